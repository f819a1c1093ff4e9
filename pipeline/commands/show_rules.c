/* The account of the target groups' rules on the terminal: see show.h. */
#include <string.h>
#include <unistd.h>

#include "pipeline/base/file.h"
#include "pipeline/commands/show.h"
#include "pipeline/commands/show_wrapped.h"
#include "pipeline/table/csv/csv.h"

#define TEXT_WIDTH 58 /* columns of a condition and what it is indented by; the numbers stand behind it, within 80 */

enum { GROUP, CONDITION, ALONE, WITHOUT, COLUMNS };

static void print_row(FILE *out, const struct csv_record *record)
{
	const struct csv_field *text = &record->field[CONDITION], *alone = &record->field[ALONE], *without = &record->field[WITHOUT];
	static const char all[] = "alla villkor";
	bool told = text->length > 0;
	(void)fputs("  ", out);
	size_t column = show_wrapped(out, told ? text->text : all, told ? text->length : strlen(all), 2, 4, TEXT_WIDTH);
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
	(void)fprintf(out, "%-*s%10s %10s\n", TEXT_WIDTH, "Personer som i någon månad av perioden", " ensamt", "utan det");
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
	bool there;
	if (file_is_there(path, &there, error) != 0)
		return -1;
	if (!there)
		return error_set(error, EXIT_IO, "%s: the latest run made none; a complete run, without --tables, does", path);
	int result = csv_open(&csv, path, path, &options, error) != 0 ? -1 : print_rows(out, csv, path, arena, error);
	csv_close(csv);
	return result;
}
