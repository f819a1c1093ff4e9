/* Tables made ready for printing: see sheet.h. */
#include "stages/publish/sheet/sheet.h"

#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/base/number.h"
#include "pipeline/base/text.h"
#include "pipeline/table/cube/breaks.h"
#include "pipeline/table/cube/figure_name.h"
#include "pipeline/table/schema/embedded.h"

#define RANK_TOTAL (UINT32_MAX - 1)

size_t sheet_dimension(const struct table *table, const char *name, size_t length)
{
	for (size_t d = 0; d < table->dimensions; d++)
		if (text_equal(name, length, table->dimension[d].name))
			return d;
	return SIZE_MAX;
}

size_t sheet_measure(const struct table *table, const char *name, size_t length)
{
	for (size_t m = 0; m < table->measures; m++)
		if (text_equal(name, length, table->measure[m].name))
			return m;
	return SIZE_MAX;
}

/* ---- labels ---- */

/* The built-in list of that name, NULL when there is none; false with the error set when it cannot be read. */
static bool find_list(const char *name, const struct codelist **list, struct arena *arena, struct error *error)
{
	*list = NULL;
	char *path = arena_print(arena, error, "kodlistor/%s.csv", name);
	if (path == NULL)
		return false;
	if (embedded_find(path) == NULL)
		return true;
	*list = codelist_load(name, arena, error);
	return *list != NULL;
}

/* A code that is its own label. Only one made of digits and signs is dressed: names stay as they are written. */
static const char *own_label(const char *code, struct arena *arena, struct error *error)
{
	size_t length = strlen(code);
	int32_t month;
	if (strcmp(code, CUBE_TOTAL) == 0)
		return "Totalt";
	const char *sign = strpbrk(code, "-.");
	if (sign == NULL || sign == code || strspn(code, "0123456789-.+") < length || date_read_month(code, length, &month))
		return code;
	return arena_print(arena, error, "%.*s%s%s", (int)(sign - code), code, *sign == '-' ? "–" : ",", sign + 1);
}

static int make_labels(struct sheet *sheet, size_t d, struct arena *arena, struct error *error)
{
	const struct cube_codes *codes = &sheet->cube->codes[d];
	const struct codelist *list = sheet->table->dimension[d].codes;
	sheet->label[d] = arena_take(arena, codes->count, sizeof *sheet->label[d], error);
	if (sheet->label[d] == NULL)
		return -1;
	for (size_t i = 0; i < codes->count; i++) {
		const char *code = codes->code[i];
		bool listed = codelist_find(list, code, strlen(code)) != CODE_NONE;
		sheet->label[d][i] = listed ? codelist_label(list, code) : own_label(code, arena, error);
		if (sheet->label[d][i] == NULL)
			return -1;
	}
	return 0;
}

/* The lists that the codes of another dimension name. */
static int load_lists(struct sheet *sheet, size_t d, struct arena *arena, struct error *error)
{
	const char *name = sheet->table->dimension[d].codes_by;
	sheet->by[d] = sheet_dimension(sheet->table, name, strlen(name));
	const struct cube_codes *naming = &sheet->cube->codes[sheet->by[d]];
	sheet->lists[d] = arena_take(arena, naming->count, sizeof *sheet->lists[d], error);
	if (sheet->lists[d] == NULL)
		return -1;
	for (size_t i = 0; i < naming->count; i++)
		if (!find_list(naming->code[i], &sheet->lists[d][i], arena, error))
			return -1;
	return 0;
}

static uint32_t code_at(const struct sheet *sheet, size_t row, size_t d)
{
	return sheet->cube->key[row * sheet->table->dimensions + d];
}

/* The list of row r's code in dimension d where another dimension names it; NULL without. */
static const struct codelist *list_of(const struct sheet *sheet, size_t row, size_t d)
{
	return sheet->lists[d] == NULL ? NULL : sheet->lists[d][code_at(sheet, row, sheet->by[d])];
}

const char *sheet_label(const struct sheet *sheet, size_t row, size_t d)
{
	const char *code = cube_code_of(sheet->cube, row, d);
	const struct codelist *list = list_of(sheet, row, d);
	if (codelist_find(list, code, strlen(code)) != CODE_NONE)
		return codelist_label(list, code);
	return sheet->label[d][code_at(sheet, row, d)];
}

/* ---- the order of printing ---- */


/* Position in the list or the settings that give the order; SIZE_MAX when nothing does. */
static size_t given_place(const struct sheet *sheet, size_t d, const char *code)
{
	const struct dimension *dimension = &sheet->table->dimension[d];
	if (dimension->codes != NULL) {
		uint16_t place = codelist_find(dimension->codes, code, strlen(code));
		return place == CODE_NONE ? SIZE_MAX : place;
	}
	if (strcmp(dimension->name, "insats") == 0)
		return settings_insats(sheet->settings, code);
	return strcmp(dimension->name, "malgrupp") == 0 ? settings_malgrupp(sheet->settings, code) : SIZE_MAX;
}

/* The whole number that a code begins with; -1 without. */
static int64_t leading(const char *code)
{
	size_t digits = strspn(code, "0123456789");
	int64_t number;
	return number_read_integer(code, digits, &number) ? number : -1;
}

/* Whether the code at position i (of codes in bytewise order) is printed before the one at position k; `place` is what gives the
   order. */
static bool precedes(const struct sheet *sheet, size_t d, const size_t *place, size_t i, size_t k)
{
	const char *a = sheet->cube->codes[d].code[i], *b = sheet->cube->codes[d].code[k];
	if (place[i] != place[k])
		return place[i] < place[k];
	bool a_total = strcmp(a, CUBE_TOTAL) == 0, b_total = strcmp(b, CUBE_TOTAL) == 0;
	if (a_total != b_total)
		return b_total;
	int64_t a_number = leading(a), b_number = leading(b);
	if (a_number >= 0 && b_number >= 0 && a_number != b_number)
		return a_number < b_number;
	return i < k;
}

static int make_ranks(struct sheet *sheet, size_t d, struct arena *arena, struct error *error)
{
	size_t count = sheet->cube->codes[d].count;
	sheet->rank[d] = arena_take(arena, count, sizeof *sheet->rank[d], error);
	size_t *place = arena_take(arena, count, sizeof *place, error);
	if (sheet->rank[d] == NULL || place == NULL)
		return -1;
	for (size_t i = 0; i < count; i++)
		place[i] = given_place(sheet, d, sheet->cube->codes[d].code[i]);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < count; k++)
			if (k != i && precedes(sheet, d, place, k, i))
				sheet->rank[d][i]++;
	return 0;
}

uint32_t sheet_rank(const struct sheet *sheet, size_t row, size_t d)
{
	const char *code = cube_code_of(sheet->cube, row, d);
	const struct codelist *list = list_of(sheet, row, d);
	uint16_t place = codelist_find(list, code, strlen(code));
	if (place != CODE_NONE)
		return place;
	if (list != NULL && strcmp(code, CUBE_TOTAL) == 0)
		return RANK_TOTAL;
	return (list == NULL ? 0 : (uint32_t)list->count) + sheet->rank[d][code_at(sheet, row, d)];
}

size_t sheet_code_at(const struct sheet *sheet, size_t d, size_t place)
{
	size_t i = 0;
	while (i + 1 < sheet->cube->codes[d].count && sheet->rank[d][i] != place)
		i++;
	return i;
}

/* ---- figures that q01 speaks of ---- */

/* Decimals of the figure that a row's tabell, nyckel and matt name; 0 when there is no such figure. */
static int named_decimals(const struct sheet *sheet, const struct table *table, size_t row, struct arena *arena,
	struct error *error)
{
	const char *nyckel = cube_code_of(sheet->cube, row, 1), *codes[TABLE_DIMENSIONS];
	size_t measure = figure_measure(table, cube_code_of(sheet->cube, row, 2));
	char *key = arena_text(arena, nyckel, strlen(nyckel), error);
	if (key == NULL || measure == SIZE_MAX || !figure_split(key, table, codes))
		return 0;
	return figure_decimals(table, measure, codes, sheet->settings);
}

static int load_decimals(struct sheet *sheet, struct arena *arena, struct error *error)
{
	const struct table *table = NULL;
	sheet->decimals = arena_take(arena, sheet->cube->rows, sizeof *sheet->decimals, error);
	for (size_t row = 0; row < sheet->cube->rows && sheet->decimals != NULL; row++) {
		const char *name = cube_code_of(sheet->cube, row, 0);
		struct error unknown = { 0 }; /* the explanation says so */
		if (table == NULL || strcmp(table->name, name) != 0)
			table = schema_table(name, arena, &unknown);
		if (table != NULL)
			sheet->decimals[row] = named_decimals(sheet, table, row, arena, error);
	}
	return sheet->decimals == NULL || error->count > 0 ? -1 : 0;
}

/* ---- the whole ---- */

/* ---- the reconciliation speaks of other tables ---- */

/* A key of the table as a reader has it: "Balder|TOT|K" is "Balder, Totalt, Kvinnor"; the key itself when the table has other
   dimensions. */
static const char *key_label(const struct table *table, const char *key, struct arena *arena, struct error *error)
{
	struct text text = { .arena = arena };
	size_t d = 0;
	for (const char *part = key; d < table->dimensions; d++) {
		size_t length = strcspn(part, "|");
		char *code = arena_text(arena, part, length, error);
		bool listed = code != NULL && codelist_find(table->dimension[d].codes, code, length) != CODE_NONE;
		const char *label = code == NULL ? NULL : listed ? codelist_label(table->dimension[d].codes, code) : own_label(code, arena, error);
		if (label == NULL || text_add_format(&text, error, "%s%s", d > 0 ? ", " : "", label) != 0)
			return NULL;
		part += length;
		if ((*part == '|') != (d + 1 < table->dimensions))
			return key;
		part += *part == '|';
	}
	return text.bytes;
}

/* A label for the code of a row; the code itself where another row has given it another label. */
static void give_label(struct sheet *sheet, size_t row, size_t d, const char *label, bool first)
{
	const char **given = &sheet->label[d][code_at(sheet, row, d)];
	if (first)
		*given = label;
	else if (strcmp(*given, label) != 0)
		*given = cube_code_of(sheet->cube, row, d);
}

/* Labels for q01: the title of the table that a row speaks of, its key in words, the measure's title. Codes that no table has stay. */
static int label_reconciled(struct sheet *sheet, struct arena *arena, struct error *error)
{
	for (size_t i = 0; i < 2 * sheet->cube->rows; i++) {
		struct error unknown = { 0 };
		bool first = i < sheet->cube->rows;
		size_t row = i % sheet->cube->rows;
		const struct table *table = schema_table(cube_code_of(sheet->cube, row, 0), arena, &unknown);
		if (table == NULL)
			continue;
		const char *name = cube_code_of(sheet->cube, row, 2), *key = key_label(table, cube_code_of(sheet->cube, row, 1), arena, error);
		size_t m = sheet_measure(table, name, strlen(name));
		if (key == NULL)
			return -1;
		give_label(sheet, row, 0, table->title, first);
		give_label(sheet, row, 1, key, first);
		if (m != SIZE_MAX)
			give_label(sheet, row, 2, table->measure[m].title, first);
	}
	return 0;
}

int sheet_make(struct sheet *sheet, const struct cube *cube, const struct settings *settings, struct arena *arena,
	struct error *error)
{
	const struct table *table = cube->table;
	*sheet = (struct sheet){ .table = table, .cube = cube, .settings = settings, .note = table->note };
	const char *breaks = breaks_concern(table) ? breaks_text(settings, arena, error) : "";
	if (breaks == NULL || (*breaks != '\0' && (sheet->note = arena_print(arena, error, "%s %s", table->note, breaks)) == NULL))
		return -1;
	for (size_t d = 0; d < table->dimensions; d++)
		if (make_labels(sheet, d, arena, error) != 0 || make_ranks(sheet, d, arena, error) != 0 ||
			(table->dimension[d].codes_by != NULL && load_lists(sheet, d, arena, error) != 0))
			return -1;
	if (strcmp(table->chapter, "avstamning") == 0 && label_reconciled(sheet, arena, error) != 0)
		return -1;
	for (size_t m = 0; m < table->measures; m++)
		if ((table->measure[m].kind == MEASURE_TEXT &&
			    !find_list(table->measure[m].name, &sheet->words[m], arena, error)) ||
			(table->measure[m].kind == MEASURE_FIGURE && sheet->decimals == NULL &&
				load_decimals(sheet, arena, error) != 0))
			return -1;
	for (size_t i = 0; i < cube->rows * table->measures && !sheet->earlier; i++)
		sheet->earlier = cube_cell(cube, i / table->measures, i % table->measures)->earlier;
	return 0;
}

const struct goal *sheet_goal(const struct sheet *sheet, size_t row)
{
	size_t by_insats = sheet_dimension(sheet->table, "insats", 6), by_mal = sheet_dimension(sheet->table, "mal", 3);
	if (by_insats == SIZE_MAX || by_mal == SIZE_MAX)
		return NULL;
	return figure_goal(sheet->settings, cube_code_of(sheet->cube, row, by_insats), cube_code_of(sheet->cube, row, by_mal));
}
