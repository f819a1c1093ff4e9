/* Code lookup by hash: see code_table.h. A code of up to eight bytes is one number; longer ones are left to the list. */
#include "stages/ingest/code_table.h"

#include <string.h>

#define SHORT_BYTES ((size_t)8)

struct code_table {
	const struct codelist *list;
	uint64_t *code;  /* by slot: its bytes, zeros behind; 0 is a free slot */
	uint16_t *index; /* apart, so that more of them lie in the processor's cache; of a free slot CODE_NONE */
	size_t mask;     /* slots − 1; at most a quarter of the slots is taken */
};

/* The bytes of a code as a number, zeros behind: written out, since a copy of so few bytes is mostly its call. */
static uint64_t packed(const char *code, size_t length)
{
	uint64_t number = 0;
	for (size_t i = 0; i < length; i++)
		number |= (uint64_t)(unsigned char)code[i] << 8 * i;
	return number;
}

/* Whether any of the code's bytes is 0. */
static bool holds_zero(uint64_t number, size_t length)
{
	uint64_t low = UINT64_C(0x0101010101010101), beyond = length == SHORT_BYTES ? 0 : UINT64_MAX << 8 * length;
	number |= beyond;
	return ((number - low) & ~number & low << 7) != 0;
}

/* The slot that holds the code, or the free one where it belongs. */
static size_t place(const struct code_table *table, uint64_t code)
{
	size_t at = (size_t)(code * UINT64_C(0x9E3779B97F4A7C15) >> 32) & table->mask;
	while (table->code[at] != code && table->code[at] != 0)
		at = (at + 1) & table->mask;
	return at;
}

const struct code_table *code_table_make(const struct codelist *list, struct arena *arena, struct error *error)
{
	size_t slots = 16;
	while (slots < 4 * list->count)
		slots *= 2;
	struct code_table *table = arena_take(arena, 1, sizeof *table, error);
	if (table == NULL)
		return NULL;
	*table = (struct code_table){ .list = list, .mask = slots - 1 };
	table->code = arena_take(arena, slots, sizeof *table->code, error);
	table->index = arena_take(arena, slots, sizeof *table->index, error);
	if (table->code == NULL || table->index == NULL)
		return NULL;
	for (size_t i = 0; i < slots; i++)
		table->index[i] = CODE_NONE;
	for (size_t i = 0; i < list->count; i++) {
		size_t length = strlen(list->entry[i].kod);
		if (length == 0 || length > SHORT_BYTES)
			continue;
		uint64_t code = packed(list->entry[i].kod, length);
		size_t at = place(table, code);
		table->code[at] = code;
		table->index[at] = (uint16_t)i;
	}
	return table;
}

uint16_t code_table_find(const struct code_table *table, const char *code, size_t length)
{
	if (length > SHORT_BYTES)
		return codelist_find(table->list, code, length);
	uint64_t number = packed(code, length);
	if (length == 0 || holds_zero(number, length))
		return CODE_NONE;
	return table->index[place(table, number)];
}

/* No byte is 0: the lines hold none. */
void code_table_column(const struct code_table *table, const struct csv_lines *lines, size_t column, uint16_t *code)
{
	for (size_t row = 0; row < lines->rows; row++) {
		struct csv_field field = csv_lines_field(lines, row, column);
		code[row] = CODE_NONE;
		if (field.length - 1 >= SHORT_BYTES) { /* or none at all */
			if (field.length > 0)
				code[row] = codelist_find(table->list, field.text, field.length);
			continue;
		}
		code[row] = table->index[place(table, csv_lines_eight(field))];
	}
}
