/* Tables on the terminal: see show.h. */
#include "pipeline/commands/show.h"

#include <string.h>
#include <unistd.h>

#include "pipeline/base/file.h"
#include "pipeline/base/number.h"
#include "pipeline/base/text.h"
#include "pipeline/commands/show_wrapped.h"
#include "pipeline/table/cube/breaks.h"
#include "pipeline/table/cube/cube.h"
#include "pipeline/table/cube/figure_name.h"

static void print_padded(FILE *out, const char *text, size_t width, bool right)
{
	size_t columns = show_columns(text, strlen(text)), gap = width > columns ? width - columns : 0;
	if (right)
		(void)fprintf(out, "%*s%s", (int)gap, "", text);
	else
		(void)fprintf(out, "%s%*s", text, (int)gap, "");
}

/* A number written as text (q01), rounded as the measure that the row names; a figure of another row of another table. */
static const char *figure_text(const struct cube *cube, size_t row, const char *text, char number[NUMBER_TEXT])
{
	struct error unknown = { 0 }; /* then it stands as it is */
	const struct table *table = schema_table(cube_code_of(cube, row, 0), cube->arena, &unknown);
	size_t measure = table == NULL ? SIZE_MAX : figure_measure(table, cube_code_of(cube, row, 2));
	double value;
	if (measure == SIZE_MAX || !number_read_full(text, strlen(text), &value))
		return text;
	number_write_rounded(value, figure_kind_decimals(table->measure[measure].kind, NULL), number);
	char *point = strchr(number, '.');
	if (point != NULL)
		*point = ',';
	return number;
}

/* A cell as shown: Swedish decimal comma, `..` withheld, `–` missing. */
static const char *cell_text(const struct cube *cube, size_t row, size_t measure, char number[NUMBER_TEXT])
{
	const struct cell *cell = cube_cell(cube, row, measure);
	if (cell->status == CELL_PROTECTED)
		return "..";
	if (cell->status == CELL_MISSING)
		return "–";
	if (cell->text != NULL)
		return cube->table->measure[measure].kind == MEASURE_FIGURE ? figure_text(cube, row, cell->text, number) : cell->text;
	int decimals = figure_kind_decimals(cube->table->measure[measure].kind, NULL);
	if (cube->table->measure[measure].kind == MEASURE_GOAL) { /* its unit is the goal's: print what stands there */
		number_write_rounded(cell->number, 1, number);
		if (text_ends(number, ".0"))
			number[strlen(number) - 2] = '\0';
	} else {
		number_write_rounded(cell->number, decimals, number);
	}
	char *point = strchr(number, '.');
	if (point != NULL)
		*point = ',';
	return number;
}

/* A code as people read it: its label where the dimension has a list. */
static const char *code_text(const struct cube *cube, size_t row, size_t d)
{
	const char *code = cube_code_of(cube, row, d);
	const struct codelist *list = cube->table->dimension[d].codes;
	if (codelist_find(list, code, strlen(code)) != CODE_NONE)
		return codelist_label(list, code);
	return strcmp(code, CUBE_TOTAL) == 0 ? "Totalt" : code;
}

/* A per cent with its one decimal. */
static const char *per_cent(const struct cube *cube, size_t row, const char *measure, char text[NUMBER_TEXT])
{
	number_write_rounded(cube_cell(cube, row, cube_measure(cube, measure))->number, 1, text);
	*strchr(text, '.') = ',';
	return text;
}

/* What came of a goal: "32,5 % (13 av 40, intervall 20,1–48,0)", "105", "skyddad uppgift". */
static void write_outcome(const struct cube *cube, size_t row, char *result, size_t room)
{
	char a[NUMBER_TEXT], b[NUMBER_TEXT], c[NUMBER_TEXT], d[NUMBER_TEXT], e[NUMBER_TEXT];
	const char *measure = cube_cell(cube, row, cube_measure(cube, "matt_namn"))->text;
	size_t outcome = cube_measure(cube, "utfall"), numerator = cube_measure(cube, "taljare");
	enum cell_status status = cube_cell(cube, row, outcome)->status;
	bool share = cube_cell(cube, row, numerator)->status == CELL_PUBLISHED;
	if (status == CELL_PROTECTED)
		(void)snprintf(result, room, "skyddad uppgift");
	else if (status == CELL_MISSING)
		(void)snprintf(result, room, "inget underlag");
	else if (share)
		(void)snprintf(result, room, "%s %% (%s av %s, intervall %s–%s)", per_cent(cube, row, "utfall", a),
			cell_text(cube, row, numerator, b), cell_text(cube, row, cube_measure(cube, "namnare"), c),
			per_cent(cube, row, "ki_lag", d), per_cent(cube, row, "ki_hog", e));
	else if (strcmp(measure, "kostnad per deltagare") == 0) {
		number_write_rounded(cube_cell(cube, row, outcome)->number, 0, a);
		(void)snprintf(result, room, "%s kr", a);
	} else
		(void)snprintf(result, room, "%s%s", cell_text(cube, row, outcome, a), strcmp(measure, "kötid") == 0 ? " månader" : "");
}

/* A text in lines that fit, the further ones indented. */
static void print_line(FILE *out, const char *text, size_t indent)
{
	(void)show_wrapped(out, text, strlen(text), 0, indent, SHOW_WIDTH);
	(void)fputc('\n', out);
}

static int print_goal(FILE *out, const struct cube *cube, const struct codelist *verdicts, size_t row,
	struct error *error)
{
	char a[NUMBER_TEXT], b[NUMBER_TEXT], result[4 * NUMBER_TEXT];
	const char *measure = cell_text(cube, row, cube_measure(cube, "matt_namn"), a);
	const char *goal = arena_print(cube->arena, error, "  %s. %s: %s%s", cube_code_of(cube, row, 1), measure,
		cell_text(cube, row, cube_measure(cube, "krav"), b),
		strcmp(measure, "könsfördelning") == 0 ? " (okänt kön räknas inte)" : "");
	if (goal == NULL)
		return -1;
	print_line(out, goal, 5);
	write_outcome(cube, row, result, sizeof result);
	(void)fputs("     ", out);
	print_padded(out, result, 48, false);
	const struct cell *verdict = cube_cell(cube, row, cube_measure(cube, "bedomning"));
	(void)fprintf(out, " %s\n", verdict->status == CELL_PUBLISHED ? codelist_label(verdicts, verdict->text) : "..");
	return 0;
}

static int print_goals(FILE *out, const struct cube *cube, struct error *error)
{
	const struct codelist *verdicts = codelist_load("bedomning", cube->arena, error);
	if (verdicts == NULL)
		return -1;
	for (size_t row = 0; row < cube->rows; row++) {
		if (row == 0 || cube->key[row * cube->table->dimensions] != cube->key[(row - 1) * cube->table->dimensions])
			print_line(out, cube_code_of(cube, row, 0), 2);
		if (print_goal(out, cube, verdicts, row, error) != 0)
			return -1;
	}
	return 0;
}

/* Text of column c of a row (the dimensions, then the measures) or, for row = SIZE_MAX, its heading. */
static const char *column_text_of(const struct cube *cube, size_t row, size_t c, char number[NUMBER_TEXT])
{
	const struct table *table = cube->table;
	if (row == SIZE_MAX)
		return c < table->dimensions ? table->dimension[c].name : table->measure[c - table->dimensions].name;
	return c < table->dimensions ? code_text(cube, row, c) : cell_text(cube, row, c - table->dimensions, number);
}

static void print_rows(FILE *out, const struct cube *cube, const size_t *width, size_t columns)
{
	char number[NUMBER_TEXT];
	for (size_t line = 0; line <= cube->rows; line++) {
		for (size_t c = 0; c < columns; c++) {
			if (c > 0)
				(void)fputs("  ", out);
			print_padded(out, column_text_of(cube, line - 1, c, number), width[c], c >= cube->table->dimensions);
		}
		(void)fputc('\n', out);
	}
}

enum { NAME_WIDTH = 44, FIGURE_WIDTH = 16 };

/* "ar 2018, kommun Ale, kon Kvinnor", broken where it is too wide. */
static int print_heading(FILE *out, const struct cube *cube, size_t row, struct text *heading, struct error *error)
{
	heading->length = 0;
	for (size_t d = 0; d < cube->table->dimensions; d++)
		if (text_add_format(heading, error, "%s%s %s", d > 0 ? ", " : "", cube->table->dimension[d].name, code_text(cube, row, d)) != 0)
			return -1;
	print_line(out, heading->bytes, 1);
	return 0;
}

/* Too wide for the terminal: the dimensions as a heading, then a line a measure. */
static int print_blocks(FILE *out, const struct cube *cube, struct error *error)
{
	const struct table *table = cube->table;
	struct text heading = { .arena = cube->arena };
	char number[NUMBER_TEXT];
	for (size_t row = 0; row < cube->rows; row++) {
		if (print_heading(out, cube, row, &heading, error) != 0)
			return -1;
		for (size_t m = 0; m < table->measures; m++) {
			const char *text = cell_text(cube, row, m, number);
			(void)fputs("  ", out);
			print_padded(out, table->measure[m].name, NAME_WIDTH, false);
			if (show_columns(text, strlen(text)) <= FIGURE_WIDTH)
				print_padded(out, text, FIGURE_WIDTH, true);
			else
				(void)show_wrapped(out, text, strlen(text), 2 + NAME_WIDTH, 2 + NAME_WIDTH, SHOW_WIDTH);
			(void)fputc('\n', out);
		}
	}
	return 0;
}

static int print_columns(FILE *out, const struct cube *cube, struct error *error)
{
	size_t columns = cube->table->dimensions + cube->table->measures, all = 0;
	size_t width[TABLE_DIMENSIONS + TABLE_MEASURES] = { 0 };
	char number[NUMBER_TEXT];
	for (size_t c = 0; c < columns; c++) {
		for (size_t line = 0; line <= cube->rows; line++) {
			const char *text = column_text_of(cube, line - 1, c, number);
			size_t wide = show_columns(text, strlen(text));
			width[c] = wide > width[c] ? wide : width[c];
		}
		all += width[c] + (c > 0 ? 2 : 0);
	}
	if (all > SHOW_WIDTH)
		return print_blocks(out, cube, error);
	print_rows(out, cube, width, columns);
	return 0;
}

static int print_json(FILE *out, const struct cube *cube, struct error *error)
{
	const struct table *table = cube->table;
	struct text text = { .arena = cube->arena };
	char number[NUMBER_TEXT];
	int result = text_add_string(&text, "[", error);
	for (size_t row = 0; result == 0 && row < cube->rows; row++)
		for (size_t m = 0; result == 0 && m < table->measures; m++) {
			const struct cell *cell = cube_cell(cube, row, m);
			result = text_add_string(&text, row + m > 0 ? ",\n {" : "\n {", error);
			for (size_t d = 0; result == 0 && d < table->dimensions; d++)
				if ((result = text_add_json(&text, table->dimension[d].name, error)) == 0 &&
					(result = text_add_string(&text, ":", error)) == 0 &&
					(result = text_add_json(&text, cube_code_of(cube, row, d), error)) == 0)
					result = text_add_string(&text, ",", error);
			if (result == 0)
				result = text_add_format(&text, error, "\"matt\":\"%s\",\"varde\":", table->measure[m].name);
			if (result == 0 && cell->status != CELL_PUBLISHED)
				result = text_add_string(&text, "null", error);
			else if (result == 0 && cell->text != NULL)
				result = text_add_json(&text, cell->text, error);
			else if (result == 0) {
				number_write_shortest(cell->number, number);
				result = text_add_string(&text, number, error);
			}
			if (result == 0)
				result = text_add_format(&text, error, ",\"status\":\"%s\"}",
					cube_status(cell));
		}
	if (result == 0)
		(void)fprintf(out, "%s\n]\n", text.bytes);
	return result;
}

/* From when the series are of other municipalities. */
static int print_breaks(FILE *out, const struct table *table, const struct settings *settings, struct arena *arena, struct error *error)
{
	const char *text = settings == NULL || !breaks_concern(table) ? "" : breaks_text(settings, arena, error);
	if (text == NULL)
		return -1;
	if (*text != '\0') {
		(void)fputc('\n', out);
		print_line(out, text, 0);
	}
	return 0;
}

/* What the marks mean that stand in the table; that it holds earlier figures (which may be of another mode), or rounded ones: nothing in
   the figures shows it. */
static void print_marks(FILE *out, const struct cube *cube, const struct show_request *request)
{
	bool withheld = false, missing = false, earlier = false, goals = strcmp(cube->table->name, "g01_mal") == 0;
	for (size_t row = 0; row < cube->rows; row++)
		for (size_t m = 0; m < cube->table->measures; m++) {
			const struct cell *cell = cube_cell(cube, row, m);
			withheld = withheld || (cell->status == CELL_PROTECTED && !goals); /* goals say it in words */
			missing = missing || (cell->status == CELL_MISSING && !goals);
			earlier = earlier || cell->earlier;
		}
	bool rounded = !earlier && request->published && request->settings != NULL && request->settings->avrundning;
	if (withheld || missing || earlier || rounded)
		(void)fputc('\n', out);
	if (withheld || missing)
		(void)fprintf(out, "%s%s%s\n", withheld ? ".. skyddad uppgift" : "", withheld && missing ? "   " : "", missing ? "– kan inte beräknas" : "");
	if (rounded) {
		char text[128];
		(void)snprintf(text, sizeof text, "Alla antal är avrundade till en närliggande multipel av %d.", request->settings->minsta_antal);
		print_line(out, text, 0);
	}
	if (earlier)
		print_line(out, "Här står siffror som redan har publicerats: ändringarna sedan dess rör för få personer.", 0);
}

int show_table(FILE *out, const struct show_request *request, struct arena *arena, struct error *error)
{
	const struct table *table = schema_table(request->table, arena, error);
	char *path = table == NULL ? NULL : arena_print(arena, error, "%s/%s.%s", request->folder, table->name,
		table->support ? "cube" : "csv");
	bool there = true;
	if (path != NULL && file_is_there(path, &there, error) != 0)
		return -1;
	if (!there)
		return error_set(error, EXIT_IO, "%s has no table %s: no complete run lies there (check and --until compute none); "
			"first: finsamstat run DIR", request->folder, table->name);
	struct cube *cube = path == NULL ? NULL : cube_read(table, path, arena, error);
	if (cube == NULL)
		return -1;
	if (request->json)
		return print_json(out, cube, error);
	bool goals = strcmp(table->name, "g01_mal") == 0;
	if ((goals ? print_goals : print_columns)(out, cube, error) != 0)
		return -1;
	print_marks(out, cube, request);
	return goals ? 0 : print_breaks(out, table, request->settings, arena, error);
}
