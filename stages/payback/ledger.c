/* What a person gets, costs and earns in a month: see ledger.h. */
#include "stages/payback/ledger.h"

#include "pipeline/base/date.h"
#include "pipeline/base/number.h"

struct window window_before(int32_t start_month, int fore, int32_t panel_first)
{
	int32_t first = start_month - fore;
	return (struct window){ .first = first < panel_first ? panel_first : first, .last = start_month - 1 };
}

struct window window_after(int32_t exit_month, int efter, int32_t panel_last)
{
	int32_t last = exit_month + efter;
	return (struct window){ .first = exit_month + 1, .last = last > panel_last ? panel_last : last };
}

static int64_t clamp(int64_t value, int64_t most)
{
	return value < 0 ? 0 : value > most ? most : value;
}

int64_t ledger_within(struct window window, int32_t fran, int32_t till, int64_t belopp)
{
	int64_t days = (int64_t)till - fran + 1;
	if (days <= 0)
		return 0;
	int64_t before = clamp((int64_t)date_first_day(window.first) - fran, days);
	int64_t by_end = clamp((int64_t)date_last_day(window.last) - fran + 1, days);
	return number_share(belopp, by_end, days) - number_share(belopp, before, days);
}

int64_t ledger_months(struct window window, const uint64_t *words, int32_t panel_first)
{
	int64_t months = 0;
	for (int32_t month = window.first; month <= window.last; month++) {
		uint32_t bit = (uint32_t)(month - panel_first);
		months += (int64_t)(words[bit / 64] >> bit % 64 & 1);
	}
	return months;
}

void ledger_from_tally(struct ledger *ledger, const struct tally *tally, struct window window)
{
	double months = (double)(window.last - window.first + 1);
	*ledger = (struct ledger){ 0 };
	for (size_t i = 0; i < FORMANER; i++)
		ledger->at[LEDGER_SUPPORT + i] = (double)tally->support[i] / (100 * months);
	ledger->at[LEDGER_CARE] = (double)tally->care / (100 * months);
	for (size_t i = 0; i < CARES; i++)
		ledger->at[LEDGER_CONTACT + i] = (double)tally->contacts[i] / months;
	for (size_t i = 0; i < AGENCIES; i++)
		ledger->at[LEDGER_CASEWORK + i] = (double)tally->months[i] / months;
}

void ledger_set_work(struct ledger *ledger, const struct multi *sysselsattning, const struct codes *codes)
{
	for (size_t i = 0; i < WORKS; i++)
		ledger->at[LEDGER_WORK + i] = sysselsattning->per_cent[codes->work[i]] / 100;
}

void ledger_set_standard(struct ledger *ledger, const struct multi *forsorjning, const struct codes *codes)
{
	for (size_t i = 0; i < FORMANER; i++) {
		ledger->at[LEDGER_STANDARD + i] = forsorjning->per_cent[codes->forman[i]] / 100;
		if ((forsorjning->mask >> codes->forman[i] & 1) != 0)
			ledger->at[LEDGER_CASEWORK + ledger_agency(i)] = 1;
	}
}

enum agency ledger_agency(size_t forman)
{
	return forman <= FORMAN_AE ? AGENCY_FK : forman <= FORMAN_ET ? AGENCY_AF : AGENCY_KOM;
}
