/* The tables as CSV files: see data.h. */
#include "stages/publish/files/data.h"

#include <string.h>

#include "pipeline/table/cube/cube_lines.h"
#include "stages/publish/sheet/format.h"

bool data_is_formula(const char *text)
{
	double number;
	return *text != '\0' && strchr("=+-@\t\r", *text) != NULL && !number_read_decimal(text, strlen(text), &number);
}

/* A text as it stands in excel/: NULL with the error set when memory is out. */
static const char *guarded(const char *text, struct arena *arena, struct error *error)
{
	return data_is_formula(text) ? arena_print(arena, error, "'%s", text) : text;
}

static int write_rows(const struct sheet *sheet, const struct cube_lines *lines, struct csv_writer *writer, bool excel,
	struct arena *arena, struct error *error)
{
	for (size_t row = 0; row < sheet->cube->rows; row++)
		for (size_t m = 0; m < sheet->table->measures; m++) {
			char number[NUMBER_TEXT];
			const char *text = (excel ? format_excel : format_machine)(sheet, row, m, number);
			if (excel && text != number && (text = guarded(text, arena, error)) == NULL)
				return -1;
			cube_lines_put(lines, writer, row, m, text);
		}
	return 0;
}

static int write_table(const struct sheet *sheet, const char *path, bool excel, struct error *error)
{
	const struct csv_style *style = excel ? &csv_style_excel : &csv_style_machine;
	struct csv_writer *writer = NULL;
	struct arena *scratch = arena_new(error);
	int result = -1;
	if (scratch == NULL)
		return -1;
	const struct cube_lines *lines = cube_lines_new(sheet->cube, style, excel ? guarded : NULL, scratch, error);
	if (lines == NULL || csv_create(&writer, path, style, error) != 0)
		goto end;
	cube_lines_head(lines, writer);
	int written = write_rows(sheet, lines, writer, excel, scratch, error);
	result = csv_finish(writer, error) != 0 ? -1 : written;
end:
	arena_free(scratch);
	return result;
}

int data_write(const struct sheet *sheet, const char *path, struct error *error)
{
	return write_table(sheet, path, false, error);
}

int data_write_excel(const struct sheet *sheet, const char *path, struct error *error)
{
	return write_table(sheet, path, true, error);
}
