/* What a person gets, costs and earns in a month, as means over a window of months: the quantities that prices turn into
   kronor. Pure. */
#ifndef FINSAMSTAT_STAGES_PAYBACK_LEDGER_H
#define FINSAMSTAT_STAGES_PAYBACK_LEDGER_H

#include <stdint.h>

#include "pipeline/table/schema/multi.h"
#include "stages/payback/codes.h"
#include "stages/payback/price.h"

/* Places in a ledger; several of a kind follow one another in the order of their enumeration. */
enum {
	LEDGER_SUPPORT = 0,                             /* each förmån, kr a month as paid out */
	LEDGER_STANDARD = LEDGER_SUPPORT + FORMANER,    /* each förmån, share of its SCHABLON */
	LEDGER_CARE = LEDGER_STANDARD + FORMANER,       /* care with a known amount, kr a month */
	LEDGER_CONTACT = LEDGER_CARE + 1,               /* contacts without an amount, a month, by vardform */
	LEDGER_CASEWORK = LEDGER_CONTACT + CARES,       /* share of the months active, by agency */
	LEDGER_WORK = LEDGER_CASEWORK + AGENCIES,       /* share of full time, by kind of work */
	LEDGER_SIZE = LEDGER_WORK + WORKS
};

/* Everything in it is linear: means and differences of ledgers are ledgers. */
struct ledger {
	double at[LEDGER_SIZE];
};

/* Months, both included; at least one. */
struct window {
	int32_t first, last;
};

/* The `fore` months before a start month and up to `efter` months after an exit month, as far as the panel reaches. */
struct window window_before(int32_t start_month, int fore, int32_t panel_first);
struct window window_after(int32_t exit_month, int efter, int32_t panel_last);

/* What the records of one person hold within a window, in whole öre, contacts and months. */
struct tally {
	int64_t support[FORMANER];
	int64_t care;
	int64_t contacts[CARES];
	int64_t months[AGENCIES];
};

/* The part within the window of `belopp` öre that runs from day `fran` to day `till`, by the rule "money by month": the
   months of a spell always add up to its amount. 0 for a spell that ends before it begins. */
int64_t ledger_within(struct window window, int32_t fran, int32_t till, int64_t belopp);

/* How many months of the window have their bit set; bit m of the words is month panel_first + m. */
int64_t ledger_months(struct window window, const uint64_t *words, int32_t panel_first);

/* The tally as monthly means: kr, contacts, shares. */
void ledger_from_tally(struct ledger *ledger, const struct tally *tally, struct window window);

/* Sets the shares of work from sysselsattning: per cent ÷ 100. */
void ledger_set_work(struct ledger *ledger, const struct multi *sysselsattning, const struct codes *codes);

/* Sets support and casework from forsorjning as the follow-up register gives it: per cent ÷ 100 of each SCHABLON, and a
   whole month of casework at each agency of which any förmån is present. Care stays 0. */
void ledger_set_standard(struct ledger *ledger, const struct multi *forsorjning, const struct codes *codes);

/* The agency that pays a förmån. */
enum agency ledger_agency(size_t forman);

#endif
