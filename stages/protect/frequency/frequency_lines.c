/* The cells of frequency tables, and the file of protected ones: see frequency.h. */
#include "pipeline/base/number.h"
#include "stages/protect/frequency/frequency.h"

void frequency_target(struct row *row, int64_t threshold)
{
	if (row->value < 1 || row->value >= threshold)
		return;
	row->withheld = true;
	row->lone = row->value == 1;
	system_target(row, row->value, threshold);
}

void frequency_codes(const struct frequency *frequency, const struct frequency_table *table, size_t cell, uint32_t *code)
{
	for (size_t d = frequency->request->dimensions; d > 0; d--) {
		code[d - 1] = table->code[d - 1][cell % table->codes[d - 1]];
		cell /= table->codes[d - 1];
	}
}

int frequency_begin(const struct frequency *frequency, const char *path, struct csv_writer **writer, struct error *error)
{
	if (csv_create(writer, path, &csv_style_machine, error) != 0)
		return -1;
	csv_string(*writer, "table");
	for (size_t d = 0; d < frequency->request->dimensions; d++)
		csv_string(*writer, frequency->request->dimension[d]);
	csv_string(*writer, "value");
	csv_end(*writer);
	return 0;
}

void frequency_line(const struct frequency *frequency, const struct frequency_table *table, const uint32_t *code, int64_t value,
	bool withheld, struct csv_writer *writer)
{
	char number[NUMBER_TEXT];
	csv_string(writer, table->name);
	for (size_t d = 0; d < frequency->request->dimensions; d++)
		csv_string(writer, frequency->dimension[d].code[code[d]]);
	number_write_full((double)value, number);
	csv_string(writer, withheld ? ".." : number);
	csv_end(writer);
}

int frequency_write(const struct frequency *frequency, const struct frequency_table *tables, const struct system *system,
	const char *path, struct error *error)
{
	const struct request *request = frequency->request;
	struct csv_writer *writer;
	if (frequency_begin(frequency, path, &writer, error) != 0)
		return -1;
	for (size_t t = 0; t < request->tables; t++)
		for (size_t cell = 0; cell < tables[t].cells; cell++) {
			const struct row *row = &system->row[tables[t].first_row + cell];
			uint32_t code[REQUEST_DIMENSIONS];
			frequency_codes(frequency, &tables[t], cell, code);
			frequency_line(frequency, &tables[t], code, row->value, row->withheld, writer);
		}
	return csv_finish(writer, error);
}
