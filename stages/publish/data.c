/* The tables as CSV files: see data.h. */
#include "stages/publish/data.h"

#include <string.h>

#include "pipeline/table/csv_write.h"
#include "stages/publish/format.h"

/* One of the two files being written. */
struct output {
	const struct sheet *sheet;
	struct csv_writer *writer;
	bool excel;
};

bool data_is_formula(const char *text)
{
	double number;
	return *text != '\0' && strchr("=+-@\t\r", *text) != NULL && !number_read_decimal(text, strlen(text), &number);
}

static void write_text(struct output *output, const char *text, struct arena *arena, struct error *error)
{
	if (output->excel && data_is_formula(text)) {
		const char *guarded = arena_print(arena, error, "'%s", text);
		text = guarded == NULL ? "" : guarded; /* the error ends the stage */
	}
	csv_string(output->writer, text);
}

static void write_header(struct output *output)
{
	const struct table *table = output->sheet->table;
	for (size_t d = 0; d < table->dimensions; d++)
		csv_string(output->writer, table->dimension[d].name);
	csv_string(output->writer, "matt");
	csv_string(output->writer, "varde");
	csv_string(output->writer, "status");
	csv_end(output->writer);
}

static void write_cell(struct output *output, size_t row, size_t m, struct arena *arena, struct error *error)
{
	const struct sheet *sheet = output->sheet;
	char number[NUMBER_TEXT];
	for (size_t d = 0; d < sheet->table->dimensions; d++)
		write_text(output, cube_code_of(sheet->cube, row, d), arena, error);
	csv_string(output->writer, sheet->table->measure[m].name);
	const char *text = (output->excel ? format_excel : format_machine)(sheet, row, m, number);
	if (text == number)
		csv_string(output->writer, text);
	else
		write_text(output, text, arena, error);
	csv_string(output->writer, cube_status(cube_cell(sheet->cube, row, m)));
	csv_end(output->writer);
}

static int write_table(struct publication *publication, const struct sheet *sheet, bool excel, struct error *error)
{
	struct output output = { .sheet = sheet, .excel = excel };
	struct arena *scratch = arena_new(error);
	int result = -1;
	if (scratch == NULL)
		return -1;
	const char *name = arena_print(scratch, error, "%s/%s.csv", excel ? "excel" : "data", sheet->table->name);
	const char *path = name == NULL ? NULL : publication_add(publication, name, error);
	if (path == NULL || csv_create(&output.writer, path, excel ? &csv_style_excel : &csv_style_machine, error) != 0)
		goto end;
	write_header(&output);
	for (size_t row = 0; row < sheet->cube->rows; row++)
		for (size_t m = 0; m < sheet->table->measures; m++)
			write_cell(&output, row, m, scratch, error);
	result = csv_finish(output.writer, error);
	if (error->count > 0)
		result = -1;
end:
	arena_free(scratch);
	return result;
}

int data_write(struct publication *publication, const struct sheet *sheet, struct error *error)
{
	return write_table(publication, sheet, false, error);
}

int data_write_excel(struct publication *publication, const struct sheet *sheet, struct error *error)
{
	return write_table(publication, sheet, true, error);
}
