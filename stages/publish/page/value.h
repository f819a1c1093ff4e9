/* One figure as every output shows it: rounded, dressed in Swedish, and bearing the name of the cell that it is. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_PAGE_VALUE_H
#define FINSAMSTAT_STAGES_PUBLISH_PAGE_VALUE_H

#include <stdbool.h>

#include "pipeline/base/text.h"
#include "stages/publish/page/html.h"
#include "stages/publish/sheet/format.h"

struct value {
	enum cell_status status;
	double number;          /* as printed, rounded; 0 when it is not published: nothing withheld can be drawn */
	char text[FORMAT_TEXT]; /* "1 234,5", "..", "–"; "" of a text measure */
	const struct sheet *sheet; /* the cell; NULL: the table is not published, which is missing */
	size_t row, measure;       /* row CUBE_NO_ROW: a combination that does not occur, 0 where that is what it means */
};

/* The cell of a row. A row CUBE_NO_ROW is 0 in counts, sums and rates, else missing (docs/manual.md). */
struct value value_of(const struct sheet *sheet, size_t row, size_t measure);

/* The cell with these codes, one a dimension, in a measure by name. `sheet` NULL: missing. */
struct value value_named(const struct sheet *sheet, const char *measure, const char *const *codes);

bool value_published(const struct value *value);

/* Adds data-tabell, data-nyckel (the row's codes joined by '|') and data-matt as attributes, each after a space: by them every
   figure of a page can be read back and held against data/. Nothing for a combination without a row. 0, or -1 with the error
   set. */
int value_add_attributes(struct text *text, const struct value *value, struct error *error);

/* The figure with a decimal point, as in data/; "" when it is not published. */
const char *value_machine(const struct value *value, char number[NUMBER_TEXT]);

/* The figure in a page: <data value="1234.5" data-tabell data-nyckel data-matt>1 234,5</data>; withheld and missing ones have
   an empty value. */
void value_write(struct html *html, const struct value *value);

/* The same with its unit behind it ("12 345 kr"), or in words: "skyddad uppgift", "kan inte beräknas". */
void value_write_words(struct html *html, const struct value *value, const char *unit);

#endif
