/* The tables of counts, one entry each, and the one loop that fills them: see counts.h. */
#include "stages/insats/counts.h"

#include "pipeline/base/date.h"
#include "stages/insats/margin.h"

static const char *name_of(const struct counting *counting, const struct participation *p)
{
	return counting->settings->insats[p->insats].name;
}

static const char *code_or(const struct codelist *list, uint16_t code, const char *empty)
{
	return code < list->count ? list->entry[code].kod : empty;
}

/* ---- margins ---- */

/* The row with TOT in every starred dimension; insats is the first dimension and the only one without TOT. */
static int insats_margin(struct cube *cube, const char *insats, struct error *error)
{
	struct margin_rows rows;
	const char *codes[TABLE_DIMENSIONS] = { insats };
	return margin_rows(cube, codes, &rows, error);
}

static const char *const variabler[] = { "utbildning", "aldersgrupp", "tid_off_fors" };
#define VARIABLER (sizeof variabler / sizeof *variabler)

static int background_margins(struct cube *cube, const char *insats, struct error *error)
{
	struct margin_rows rows;
	for (size_t i = 0; i < VARIABLER; i++) {
		const char *codes[] = { insats, NULL, variabler[i], NULL };
		if (margin_rows(cube, codes, &rows, error) != 0)
			return -1;
	}
	return 0;
}

/* ---- every participation of the period ---- */

static int count_background(const struct counting *counting, const struct participation *p, struct cube *cube,
	struct error *error)
{
	const struct participation_lists *lists = counting->lists;
	const char *const value[VARIABLER] = {
		code_or(lists->utbildning, p->utbildning, "0"),
		settings_age_label(counting->settings, date_year_of(p->start) - p->fodelsear),
		code_or(lists->tid_off_fors, p->tid_off_fors, "X"),
	};
	for (size_t i = 0; i < VARIABLER; i++) {
		const char *codes[] = { name_of(counting, p), participation_kon(lists, p), variabler[i], value[i] };
		if (margin_add(cube, codes, 0, 1, error) != 0)
			return -1;
	}
	return 0;
}

static int count_remittent(const struct counting *counting, const struct participation *p, struct cube *cube,
	struct error *error)
{
	const struct participation_lists *lists = counting->lists;
	const char *codes[] = { name_of(counting, p), lists->kommun->entry[p->kommun].kod,
		participation_kon(lists, p), code_or(lists->remittent, p->remittent, NULL) };
	return margin_add(cube, codes, 0, 1, error);
}

static int count_deltagande_atom(const struct counting *counting, const struct participation *p, struct cube *cube,
	struct error *error)
{
	const struct participation_lists *lists = counting->lists;
	const char *lage = p->ny ? (p->avslutad ? "ny+avslutad" : "ny+pagaende")
				 : (p->avslutad ? "aldre+avslutad" : "aldre+pagaende");
	const char *codes[] = { name_of(counting, p), lists->kommun->entry[p->kommun].kod, participation_kon(lists, p),
		lage };
	return margin_add(cube, codes, 0, 1, error);
}

/* ---- exited participations ---- */

/* Adds 1 to the measure in the row of every code that stands in the answer. The answer's own TOT row is left alone:
   several codes in one answer are still one participation. */
static int add_answer(struct cube *cube, const char *insats, const char *kon, const struct codelist *list,
	uint32_t answer, size_t measure, double number, struct error *error)
{
	const char *const kons[] = { kon, CUBE_TOTAL };
	for (size_t code = 0; code < list->count; code++) {
		if ((answer >> code & 1) == 0)
			continue;
		for (size_t i = 0; i < 2; i++) {
			const char *codes[] = { insats, kons[i], list->entry[code].kod };
			size_t row = cube_row_named(cube, codes, error);
			if (row == CUBE_NO_ROW)
				return -1;
			cube_add(cube, row, measure, number);
		}
	}
	return 0;
}

/* fore, efter, forandring = efter − fore: measures 0, 1, 2 of i03 and i04. */
static int add_before_after(struct cube *cube, const char *insats, const char *kon, const struct codelist *list,
	uint32_t before, uint32_t after, struct error *error)
{
	const char *total[] = { insats, kon, NULL };
	if (margin_add(cube, total, 0, 1, error) != 0 || margin_add(cube, total, 1, 1, error) != 0)
		return -1;
	if (add_answer(cube, insats, kon, list, before, 0, 1, error) != 0 ||
		add_answer(cube, insats, kon, list, before, 2, -1, error) != 0)
		return -1;
	return add_answer(cube, insats, kon, list, after, 1, 1, error) != 0 ||
		add_answer(cube, insats, kon, list, after, 2, 1, error) != 0 ? -1 : 0;
}

static int count_forsorjning(const struct counting *counting, const struct participation *p, struct cube *cube,
	struct error *error)
{
	return add_before_after(cube, name_of(counting, p), participation_kon(counting->lists, p),
		counting->lists->forsorjning, p->forsorjning_start, p->forsorjning_slut, error);
}

static int count_sysselsattning(const struct counting *counting, const struct participation *p, struct cube *cube,
	struct error *error)
{
	return add_before_after(cube, name_of(counting, p), participation_kon(counting->lists, p),
		counting->lists->sysselsattning, p->sysselsattning_start, p->sysselsattning_slut, error);
}

static int count_avslut(const struct counting *counting, const struct participation *p, struct cube *cube,
	struct error *error)
{
	const char *kon = participation_kon(counting->lists, p);
	const char *total[] = { name_of(counting, p), kon, NULL };
	if (margin_add(cube, total, 0, 1, error) != 0)
		return -1;
	return add_answer(cube, name_of(counting, p), kon, counting->lists->avslut, p->avslut, 0, 1, error);
}

static const char *time_band(int32_t months)
{
	return months <= 2 ? "0-2" : months <= 5 ? "3-5" : months <= 11 ? "6-11" : months <= 17 ? "12-17"
		: months <= 23 ? "18-23" : "24+";
}

static int count_time(const struct counting *counting, const struct participation *p, struct cube *cube,
	struct error *error)
{
	const char *codes[] = { name_of(counting, p), participation_kon(counting->lists, p),
		time_band(date_completed_months(p->start, p->slut)) };
	return margin_add(cube, codes, 0, 1, error);
}

static int count_matrix(const struct counting *counting, const struct participation *p, struct cube *cube,
	struct error *error)
{
	const struct codelist *list = counting->lists->forsorjning;
	for (size_t from = 0; from < list->count; from++)
		for (size_t to = 0; to < list->count; to++) {
			if ((p->forsorjning_start >> from & 1) == 0 || (p->forsorjning_slut >> to & 1) == 0)
				continue;
			const char *codes[] = { name_of(counting, p), participation_kon(counting->lists, p),
				list->entry[from].kod, list->entry[to].kod };
			if (margin_add(cube, codes, 0, 1, error) != 0)
				return -1;
		}
	return 0;
}

static int count_utfall_atom(const struct counting *counting, const struct participation *p, struct cube *cube,
	struct error *error)
{
	const char *utfall = p->arbete ? (p->studier ? "arbete+studier" : "arbete")
		: p->studier ? "studier" : p->arbetssokande ? "arbetssokande" : "ovrigt";
	const char *codes[] = { name_of(counting, p), participation_kon(counting->lists, p), utfall };
	return margin_add(cube, codes, 0, 1, error);
}

/* ---- the tables ---- */

const struct count_table count_tables[] = {
	{ "i02_bakgrund", false, background_margins, count_background },
	{ "i03_forsorjning", true, insats_margin, count_forsorjning },
	{ "i04_sysselsattning", true, insats_margin, count_sysselsattning },
	{ "i05_avslut", true, insats_margin, count_avslut },
	{ "i07_tid_i_insats", true, insats_margin, count_time },
	{ "i08_remittent", false, insats_margin, count_remittent },
	{ "i11_matris", true, NULL, count_matrix },
	{ "deltagande_atomer", false, NULL, count_deltagande_atom },
	{ "utfall_atomer", true, NULL, count_utfall_atom },
};
const size_t count_table_count = sizeof count_tables / sizeof *count_tables;

int counts_fill(const struct count_table *table, const struct counting *counting, struct cube *cube,
	struct error *error)
{
	const struct settings *settings = counting->settings;
	for (size_t i = 0; i < settings->insats_count && table->margins != NULL; i++)
		if (settings->insats[i].registration != REGISTRATION_VOLUME &&
			table->margins(cube, settings->insats[i].name, error) != 0)
			return -1;
	for (size_t i = 0; i < counting->participations->count; i++) {
		const struct participation *p = &counting->participations->item[i];
		if (p->counted && (table->exited ? p->avslutad : p->i_period) &&
			table->count(counting, p, cube, error) != 0)
			return -1;
	}
	return 0;
}
