/* Years from which the förbund's totals are of other municipalities: see breaks.h. */
#include "pipeline/table/cube/breaks.h"

#include <stdlib.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/base/text.h"

const char *breaks_text(const struct settings *settings, struct arena *arena, struct error *error)
{
	struct text text = { .arena = arena };
	int last = settings_last_year(settings), named = 0;
	for (int year = last; year >= date_year_of_month(settings->historik_from); year--)
		if (settings_breaks(settings, year)) {
			last = year;
			break;
		}
	for (int year = date_year_of_month(settings->historik_from); year <= last; year++)
		if (settings_breaks(settings, year) &&
			text_add_format(&text, error, "%s%d", named++ == 0 ? "Brott i serierna: från och med " : year == last ? " och " : ", ",
				year) != 0)
			return NULL;
	if (named == 0)
		return "";
	if (text_add_string(&text, named == 1 ? " gäller förbundets totaler andra kommuner än året före."
		: " gäller förbundets totaler andra kommuner än respektive år före.", error) != 0)
		return NULL;
	return text.bytes;
}

bool breaks_concern(const struct table *table)
{
	return strcmp(table->chapter, "malgrupp") == 0;
}

bool breaks_at(const struct cube *cube, const struct settings *settings, size_t dimension, size_t code)
{
	const char *name = cube->table->dimension[dimension].name;
	const struct cube_codes *codes = &cube->codes[dimension];
	bool months = strcmp(name, "manad") == 0;
	if (!breaks_concern(cube->table) || (!months && strcmp(name, "ar") != 0))
		return false;
	for (size_t i = 0; i < codes->count; i++) /* "2018-01" comes before "2018-02" */
		if (strncmp(codes->code[i], codes->code[code], 4) == 0 && strcmp(codes->code[i], codes->code[code]) < 0)
			return false;
	return settings_breaks(settings, atoi(codes->code[code]));
}
