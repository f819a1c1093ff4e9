/* A table as a PX-file: see px.h. The text is built in UTF-8 and saved in windows-1252, as CODEPAGE says. */
#include "stages/publish/files/px.h"

#include <stdio.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/base/text.h"
#include "pipeline/table/cube/breaks.h"
#include "pipeline/table/cube/figure_name.h"
#include "stages/publish/sheet/format.h"
#include "stages/publish/sheet/words.h"

#define MEASURES_TITLE "Mått"
#define LINE_PART 200 /* bytes of one quoted part; a line may have 256 characters */
#define LINE_BYTES 250 /* of a line that can be broken: UTF-8, at least as many as its characters */

/* A file being written; a fault is kept until it is saved. */
struct px {
	struct text text;
	const struct sheet *sheet;
	const struct settings *settings;
	const char *standing, *rounded;  /* as in struct publication */
	size_t line_start;               /* of the line being written */
	uint32_t *order[TABLE_DIMENSIONS]; /* by place in the order of printing: the index of the code */
	struct error *error;
	bool failed;
};

bool px_fits(const struct sheet *sheet)
{
	const struct table *table = sheet->table;
	if (sheet->cube->rows == 0 || table->dimensions == 0)
		return false;
	for (size_t d = 0; d < table->dimensions; d++)
		if (table->dimension[d].codes_by != NULL)
			return false;
	for (size_t m = 0; m < table->measures; m++)
		if (measure_holds_text(table->measure[m].kind) || table->measure[m].kind == MEASURE_GOAL)
			return false;
	return true;
}

/* ---- keywords and values ---- */

static void raw(struct px *px, const char *text)
{
	if (!px->failed)
		px->failed = text_add_string(&px->text, text, px->error) != 0;
}

static void bytes(struct px *px, const char *text, size_t length)
{
	if (!px->failed)
		px->failed = text_add(&px->text, text, length, px->error) != 0;
}

static void number(struct px *px, int value)
{
	if (!px->failed)
		px->failed = text_add_format(&px->text, px->error, "%d", value) != 0;
}

/* A quoted value on one line. A value can hold no quotation mark and no line break. */
static void quoted(struct px *px, const char *text)
{
	raw(px, "\"");
	for (; *text != '\0'; text++)
		bytes(px, *text == '"' ? "'" : (unsigned char)*text < ' ' ? " " : text, 1);
	raw(px, "\"");
}

/* A long quoted text in parts, each on a line of its own, cut between characters. */
static void long_text(struct px *px, const char *text)
{
	size_t left = strlen(text);
	while (left > LINE_PART) {
		size_t length = LINE_PART;
		while (length > 1 && ((unsigned char)text[length] & 0xC0) == 0x80)
			length--;
		char part[LINE_PART + 1];
		memcpy(part, text, length);
		part[length] = '\0';
		quoted(px, part);
		raw(px, "\r\n");
		text += length;
		left -= length;
	}
	quoted(px, text);
}

static void keyword(struct px *px, const char *name, const char *of)
{
	px->line_start = px->text.length;
	raw(px, name);
	if (of != NULL) {
		raw(px, "(");
		quoted(px, of);
		raw(px, ")");
	}
	raw(px, "=");
}

static void end(struct px *px)
{
	raw(px, ";\r\n");
}

static void say(struct px *px, const char *name, const char *of, const char *value)
{
	keyword(px, name, of);
	long_text(px, value);
	end(px);
}

static void say_bare(struct px *px, const char *name, const char *of, const char *value)
{
	keyword(px, name, of);
	raw(px, value);
	end(px);
}

static void say_number(struct px *px, const char *name, const char *of, int value)
{
	keyword(px, name, of);
	number(px, value);
	end(px);
}

/* Ends the line where the next `length` bytes would make it too long. */
static void make_room(struct px *px, size_t length)
{
	if (!px->failed && px->text.length + length - px->line_start > LINE_BYTES) {
		raw(px, "\r\n");
		px->line_start = px->text.length;
	}
}

/* A value of a list, with a comma before it where it is not the first. */
static void list_value(struct px *px, const char *value, bool first)
{
	if (!first)
		raw(px, ",");
	make_room(px, strlen(value) + 3); /* its quotation marks and the sign behind it */
	quoted(px, value);
}

/* ---- dimensions ---- */

static int make_order(struct px *px, size_t d)
{
	size_t count = px->sheet->cube->codes[d].count;
	px->order[d] = arena_take(px->text.arena, count, sizeof *px->order[d], px->error);
	if (px->order[d] == NULL)
		return -1;
	for (size_t i = 0; i < count; i++)
		px->order[d][px->sheet->rank[d][i]] = (uint32_t)i;
	return 0;
}

static const char *code_at(const struct px *px, size_t d, size_t place)
{
	return px->sheet->cube->codes[d].code[px->order[d][place]];
}

/* The label at a place, with its code where another code has the same label: values are unique. */
static const char *value_at(struct px *px, size_t d, size_t place)
{
	const struct sheet *sheet = px->sheet;
	const char *label = sheet->label[d][px->order[d][place]];
	bool unique = true;
	for (size_t i = 0; i < sheet->cube->codes[d].count; i++)
		unique = unique && (i == px->order[d][place] || strcmp(sheet->label[d][i], label) != 0);
	char *both = unique || px->failed ? NULL
		: arena_print(px->text.arena, px->error, "%s (%s)", label, code_at(px, d, place));
	px->failed = px->failed || (!unique && both == NULL);
	return both == NULL ? label : both;
}

static void write_list(struct px *px, const char *name, size_t d, bool codes)
{
	keyword(px, name, px->sheet->table->dimension[d].title);
	for (size_t place = 0; place < px->sheet->cube->codes[d].count; place++)
		list_value(px, codes ? code_at(px, d, place) : value_at(px, d, place), place == 0);
	end(px);
}

/* Whether the dimension is calendar time: "A1" years, "M1" months; NULL when not. */
static const char *time_scale(const struct px *px, size_t d)
{
	int32_t month;
	const char *name = px->sheet->table->dimension[d].name, *first = code_at(px, d, 0);
	if (strcmp(name, "ar") == 0)
		return "A1";
	return strcmp(name, "manad") == 0 && date_read_month(first, strlen(first), &month) ? "M1" : NULL;
}

static void write_time(struct px *px, size_t d, const char *scale)
{
	keyword(px, "TIMEVAL", px->sheet->table->dimension[d].title);
	raw(px, "TLIST(");
	raw(px, scale);
	raw(px, ")");
	for (size_t place = 0; place < px->sheet->cube->codes[d].count; place++) {
		char period[NUMBER_TEXT];
		const char *code = code_at(px, d, place);
		(void)snprintf(period, sizeof period, "%.4s%s", code, strlen(code) > 5 ? code + 5 : "");
		list_value(px, period, false);
	}
	end(px);
}

static const char *unit_of(const struct measure *measure)
{
	switch (measure->kind) {
	case MEASURE_KR:
		return "kronor";
	case MEASURE_PER_CENT:
		return "procent";
	case MEASURE_MONTHS:
		return "månader";
	case MEASURE_COUNT:
	case MEASURE_TWO:
	case MEASURE_P:
	case MEASURE_TEXT:
	case MEASURE_GOAL:
	case MEASURE_FIGURE:
		break;
	}
	return measure->title;
}

static bool has_measures_variable(const struct px *px)
{
	return px->sheet->table->measures > 1;
}

static void write_measures(struct px *px, const char *name, bool codes)
{
	const struct table *table = px->sheet->table;
	keyword(px, name, MEASURES_TITLE);
	for (size_t m = 0; m < table->measures; m++)
		list_value(px, codes ? table->measure[m].name : table->measure[m].title, m == 0);
	end(px);
}

/* ---- the head ---- */

static const char *chapter_title(const char *chapter)
{
	static const char *const titles[][2] = { { "malgrupp", "Målgrupper" }, { "insats", "Insatser" }, { "mal", "Mål" },
		{ "ekonomi", "Ekonomi" }, { "avstamning", "Avstämning" } };
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
		if (strcmp(titles[i][0], chapter) == 0)
			return titles[i][1];
	return chapter;
}

static int most_decimals(const struct table *table)
{
	int most = 0;
	for (size_t m = 0; m < table->measures; m++)
		if (figure_kind_decimals(table->measure[m].kind, NULL) > most)
			most = figure_kind_decimals(table->measure[m].kind, NULL);
	return most;
}

static int least_decimals(const struct table *table)
{
	int least = most_decimals(table);
	for (size_t m = 0; m < table->measures; m++)
		if (figure_kind_decimals(table->measure[m].kind, NULL) < least)
			least = figure_kind_decimals(table->measure[m].kind, NULL);
	return least;
}

/* "Målgrupper: personer efter år, …" as PxWeb itself would build it. */
static void write_title(struct px *px)
{
	const struct table *table = px->sheet->table;
	struct text title = { .arena = px->text.arena };
	bool failed = px->failed || text_add_format(&title, px->error, "%s, %s", px->settings->namn, table->title) != 0;
	for (size_t d = 0; d < table->dimensions && !failed; d++)
		failed = text_add_format(&title, px->error, "%s%s", d == 0 ? " efter " : ", ", table->dimension[d].title) != 0;
	px->failed = failed;
	say(px, "TITLE", NULL, failed ? "" : title.bytes);
}

static void write_axes(struct px *px)
{
	const struct table *table = px->sheet->table;
	size_t stub = table->dimensions - (table->dimensions > 1);
	raw(px, "STUB=");
	for (size_t d = 0; d < stub; d++) {
		raw(px, d > 0 ? "," : "");
		quoted(px, table->dimension[d].title);
	}
	end(px);
	if (stub < table->dimensions || has_measures_variable(px)) {
		raw(px, "HEADING=");
		if (stub < table->dimensions)
			quoted(px, table->dimension[stub].title);
		if (has_measures_variable(px)) {
			raw(px, stub < table->dimensions ? "," : "");
			quoted(px, MEASURES_TITLE);
		}
		end(px);
	}
	if (has_measures_variable(px))
		say(px, "CONTVARIABLE", NULL, MEASURES_TITLE);
}

static void write_variables(struct px *px)
{
	const struct table *table = px->sheet->table;
	for (size_t d = 0; d < table->dimensions; d++)
		write_list(px, "VALUES", d, false);
	if (has_measures_variable(px))
		write_measures(px, "VALUES", false);
	for (size_t d = 0; d < table->dimensions; d++)
		if (time_scale(px, d) != NULL)
			write_time(px, d, time_scale(px, d));
	for (size_t d = 0; d < table->dimensions; d++)
		write_list(px, "CODES", d, true);
	if (has_measures_variable(px))
		write_measures(px, "CODES", true);
	for (size_t d = 0; d < table->dimensions; d++)
		say(px, "VARIABLECODE", table->dimension[d].title, table->dimension[d].name);
	if (has_measures_variable(px))
		say(px, "VARIABLECODE", MEASURES_TITLE, "matt");
	for (size_t d = 0; d < table->dimensions; d++)
		if (time_scale(px, d) == NULL)
			say(px, "DOMAIN", table->dimension[d].title, table->dimension[d].name);
	for (size_t d = 0; d < table->dimensions; d++) {
		uint32_t total = px->sheet->cube->codes[d].total;
		if (total != UINT32_MAX)
			say(px, "ELIMINATION", table->dimension[d].title, px->sheet->label[d][total]);
	}
}

/* A note at each year or month from which the series break. */
static void write_breaks(struct px *px)
{
	const struct table *table = px->sheet->table;
	for (size_t d = 0; d < table->dimensions; d++)
		for (size_t place = 0; place < px->sheet->cube->codes[d].count; place++) {
			if (!breaks_at(px->sheet->cube, px->settings, d, px->order[d][place]))
				continue;
			raw(px, "VALUENOTE(");
			quoted(px, table->dimension[d].title);
			raw(px, ",");
			quoted(px, value_at(px, d, place));
			raw(px, ")=");
			quoted(px, "Brott i serien: härifrån gäller förbundets totaler andra kommuner.");
			end(px);
		}
}

/* Per measure where there are several: unit, contact, date. */
static void write_contents(struct px *px, const char *updated)
{
	const struct table *table = px->sheet->table;
	say(px, "UNITS", NULL, table->unit);
	for (size_t m = 0; m < table->measures && has_measures_variable(px); m++)
		say(px, "UNITS", table->measure[m].title, unit_of(&table->measure[m]));
	for (size_t m = 0; m < table->measures && has_measures_variable(px); m++) {
		int decimals = figure_kind_decimals(table->measure[m].kind, NULL);
		if (decimals > least_decimals(table)) {
			raw(px, "PRECISION(\"" MEASURES_TITLE "\",");
			quoted(px, table->measure[m].title);
			raw(px, ")=");
			number(px, decimals);
			end(px);
		}
	}
	for (size_t m = 0; m < table->measures; m++) {
		const char *of = has_measures_variable(px) ? table->measure[m].title : NULL;
		say(px, "LAST-UPDATED", of, updated);
		say(px, "CONTACT", of, px->settings->namn);
		if (of == NULL)
			break;
	}
}

static void write_head(struct px *px)
{
	const struct table *table = px->sheet->table;
	char day[DATE_TEXT], matrix[4] = { 0 }, updated[32], words[WORDS_TEXT];
	date_write(px->settings->uttagsdatum, day);
	words_day(px->settings->uttagsdatum, words);
	memcpy(updated, day, 4);
	memcpy(updated + 4, day + 5, 2);
	memcpy(updated + 6, day + 8, 2);
	memcpy(updated + 8, " 00:00", sizeof " 00:00");
	memcpy(matrix, table->name, 3);
	raw(px, "CHARSET=\"ANSI\";\r\nAXIS-VERSION=\"2013\";\r\nCODEPAGE=\"windows-1252\";\r\nLANGUAGE=\"sv\";\r\n");
	say(px, "CREATION-DATE", NULL, updated);
	say_number(px, "DECIMALS", NULL, most_decimals(table));
	say_number(px, "SHOWDECIMALS", NULL, least_decimals(table));
	say(px, "MATRIX", NULL, matrix);
	say_bare(px, "AGGREGALLOWED", NULL, "NO"); /* totals are published; sums of protected cells are no totals */
	say(px, "SUBJECT-CODE", NULL, table->chapter);
	say(px, "SUBJECT-AREA", NULL, chapter_title(table->chapter));
	say_bare(px, "COPYRIGHT", NULL, "NO");
	write_title(px);
	say(px, "CONTENTS", NULL, table->title);
	write_axes(px);
	write_variables(px);
	write_contents(px, updated);
	char *source = px->failed ? NULL : arena_print(px->text.arena, px->error,
		"%s: extrakt från parterna och uppföljningsregistret, uttag %s", px->settings->namn, words);
	char *few = px->failed ? NULL : px->rounded == NULL
		? arena_print(px->text.arena, px->error, "Antal under %d", px->settings->minsta_antal)
		: arena_print(px->text.arena, px->error, "%s Andra uppgifter om få personer", px->rounded);
	px->failed = few == NULL;
	char *rule = px->failed ? NULL : arena_print(px->text.arena, px->error,
		"%s. %s, och så många andra att de inte kan räknas "
		"fram, är skyddade och visas som två punkter; en punkt är en uppgift som inte kan beräknas.%s",
		px->standing, few, px->sheet->earlier ? " Tabellen visar uppgifter som redan har publicerats för perioden: "
		"ändringarna sedan dess rör så få personer att de inte kan visas." : "");
	px->failed = source == NULL || rule == NULL;
	say(px, "SOURCE", NULL, px->failed ? "" : source);
	say(px, "NOTEX", NULL, px->failed ? "" : rule);
	say(px, "NOTE", NULL, px->sheet->note);
	write_breaks(px);
	say(px, "DATASYMBOL1", NULL, "kan inte beräknas");
	say(px, "DATASYMBOL2", NULL, "skyddad uppgift");
}

/* ---- the data ---- */

static void write_cell(struct px *px, size_t row, size_t m)
{
	enum measure_kind kind = px->sheet->table->measure[m].kind;
	char value[NUMBER_TEXT];
	enum cell_status status = row == CUBE_NO_ROW ? CELL_PUBLISHED : cube_cell(px->sheet->cube, row, m)->status;
	const char *text = "\".\"";
	if (row == CUBE_NO_ROW && format_absent_is_zero(kind))
		text = "0";
	else if (row != CUBE_NO_ROW && status == CELL_PUBLISHED)
		text = format_machine(px->sheet, row, m, value);
	else if (status == CELL_PROTECTED)
		text = "\"..\"";
	make_room(px, strlen(text) + 1);
	raw(px, text);
	raw(px, " ");
}

static void write_data(struct px *px)
{
	const struct cube *cube = px->sheet->cube;
	const struct table *table = px->sheet->table;
	size_t place[TABLE_DIMENSIONS] = { 0 }, last = table->dimensions - 1, d;
	raw(px, "DATA=\r\n");
	px->line_start = px->text.length;
	do {
		uint32_t key[TABLE_DIMENSIONS] = { 0 };
		for (d = 0; d < table->dimensions; d++)
			key[d] = px->order[d][place[d]];
		size_t row = cube_find(cube, key);
		for (size_t m = 0; m < table->measures; m++)
			write_cell(px, row, m);
		for (d = table->dimensions; d > 0 && ++place[d - 1] == cube->codes[d - 1].count; d--)
			place[d - 1] = 0;
		if (d <= last) { /* the heading's dimension has ended: a new line */
			raw(px, "\r\n");
			px->line_start = px->text.length;
		}
	} while (d > 0 && !px->failed);
	raw(px, ";\r\n");
}

int px_write(const struct publication *publication, const struct sheet *sheet, const char *path, struct error *error)
{
	struct arena *scratch = arena_new(error);
	int result = -1;
	if (scratch == NULL)
		return -1;
	struct px px = { .text = { .arena = scratch }, .sheet = sheet, .settings = publication->settings, .standing = publication->standing, .rounded = publication->rounded,
		.error = error };
	for (size_t d = 0; d < sheet->table->dimensions; d++)
		if (make_order(&px, d) != 0)
			goto end;
	write_head(&px);
	write_data(&px);
	struct text ansi = { .arena = scratch };
	ansi.bytes = px.failed ? NULL : text_to_windows_1252(scratch, px.text.bytes, error);
	if (ansi.bytes == NULL)
		goto end;
	ansi.length = strlen(ansi.bytes);
	result = text_save(&ansi, path, error);
end:
	arena_free(scratch);
	return result;
}
