/* The account of the target groups' rules on the terminal: see show.h. */
#include <string.h>
#include <unistd.h>

#include "pipeline/show.h"
#include "pipeline/table/csv.h"

#define TEXT_WIDTH 56 /* columns of a condition; the numbers stand behind it, within 80 */

enum { GROUP, CONDITION, ALONE, WITHOUT, COLUMNS };

/* Prints a condition, broken at spaces where it is longer than its column. Returns the columns of the last line. */
static size_t print_text(FILE *out, const char *text, size_t length)
{
	size_t column = 0;
	(void)fputs("  ", out);
	for (size_t at = 0; at < length;) {
		size_t end = at, wide = 0;
		for (; end < length && (end == at || text[end] != ' '); end++)
			wide += ((unsigned char)text[end] & 0xC0) != 0x80;
		if (column > 0 && column + wide > TEXT_WIDTH) {
			(void)fputs("\n    ", out);
			column = 2;
			at += text[at] == ' ';
			wide -= wide > 0;
		}
		(void)fwrite(text + at, 1, end - at, out);
		column += wide;
		at = end;
	}
	return column;
}

static void print_row(FILE *out, const struct csv_record *record)
{
	const struct csv_field *text = &record->field[CONDITION], *alone = &record->field[ALONE], *without = &record->field[WITHOUT];
	static const char all[] = "alla villkor";
	size_t column = text->length > 0 ? print_text(out, text->text, text->length) : print_text(out, all, strlen(all));
	size_t gap = column < TEXT_WIDTH ? TEXT_WIDTH - column : 0;
	(void)fprintf(out, "%*s%10.*s %10.*s\n", (int)gap, "", (int)alone->length, alone->text, (int)without->length, without->text);
}

static int print_rows(FILE *out, struct csv *csv, const char *path, struct arena *arena, struct error *error)
{
	struct csv_record record;
	char *group = NULL;
	int got = csv_next(csv, &record, error);
	if (got == 0 || (got > 0 && record.fields != COLUMNS))
		return error_set(error, EXIT_DATA, "%s is no account of rules", path);
	(void)fprintf(out, "%-*s%10s %10s\n", TEXT_WIDTH + 2, "Personer som i någon månad av perioden", " ensamt", "utan det");
	while (got > 0 && (got = csv_next(csv, &record, error)) > 0) {
		const struct csv_field *name = &record.field[GROUP];
		if (group == NULL || strlen(group) != name->length || memcmp(group, name->text, name->length) != 0) {
			group = arena_text(arena, name->text, name->length, error);
			if (group == NULL)
				return -1;
			(void)fprintf(out, "%s\n", group);
		}
		print_row(out, &record);
	}
	return got;
}

int show_rules(FILE *out, const char *path, struct arena *arena, struct error *error)
{
	const struct csv_options options = { .delimiter = ',' };
	struct csv *csv = NULL;
	if (access(path, F_OK) != 0)
		return error_set(error, EXIT_IO, "%s: the latest run made none; a complete run, without --tables, does", path);
	int result = csv_open(&csv, path, path, &options, error) != 0 ? -1 : print_rows(out, csv, path, arena, error);
	csv_close(csv);
	return result;
}
