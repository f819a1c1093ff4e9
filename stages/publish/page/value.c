/* One figure as it is shown: see value.h. */
#include "stages/publish/page/value.h"

#include <string.h>

#include "pipeline/table/cube/figure_name.h"

struct value value_of(const struct sheet *sheet, size_t row, size_t measure)
{
	struct value value = { .status = CELL_MISSING, .text = FORMAT_MISSING, .sheet = sheet, .row = row, .measure = measure };
	if (sheet == NULL)
		return value;
	enum measure_kind kind = sheet->table->measure[measure].kind;
	if (row == CUBE_NO_ROW) {
		value.status = format_absent_is_zero(kind) ? CELL_PUBLISHED : CELL_MISSING;
		if (value.status == CELL_PUBLISHED)
			format_number(0, figure_kind_decimals(kind, NULL), value.text);
		return value;
	}
	char number[NUMBER_TEXT], text[FORMAT_TEXT];
	value.status = cube_cell(sheet->cube, row, measure)->status;
	value.text[0] = '\0';
	if (kind == MEASURE_TEXT && value.status == CELL_PUBLISHED)
		return value;
	const char *shown = format_cell(sheet, row, measure, text);
	if (strlen(shown) >= sizeof value.text)
		return value;
	memcpy(value.text, shown, strlen(shown) + 1);
	const char *machine = format_machine(sheet, row, measure, number);
	if (value.status == CELL_PUBLISHED)
		(void)number_read_full(machine, strlen(machine), &value.number);
	return value;
}

struct value value_named(const struct sheet *sheet, const char *measure, const char *const *codes)
{
	if (sheet == NULL)
		return value_of(NULL, CUBE_NO_ROW, 0);
	return value_of(sheet, cube_find_named(sheet->cube, codes), cube_measure(sheet->cube, measure));
}

bool value_published(const struct value *value)
{
	return value->status == CELL_PUBLISHED;
}

int value_add_attributes(struct text *text, const struct value *value, struct error *error)
{
	if (value->sheet == NULL || value->row == CUBE_NO_ROW)
		return 0;
	const struct table *table = value->sheet->table;
	if (text_add_string(text, " data-tabell=\"", error) != 0 || text_add_string(text, table->name, error) != 0 ||
		text_add_string(text, "\" data-nyckel=\"", error) != 0)
		return -1;
	for (size_t d = 0; d < table->dimensions; d++)
		if ((d > 0 && text_add_string(text, "|", error) != 0) ||
			text_add_html(text, cube_code_of(value->sheet->cube, value->row, d), error) != 0)
			return -1;
	if (text_add_string(text, "\" data-matt=\"", error) != 0 ||
		text_add_string(text, table->measure[value->measure].name, error) != 0)
		return -1;
	return text_add_string(text, "\"", error);
}

const char *value_machine(const struct value *value, char number[NUMBER_TEXT])
{
	number[0] = '\0';
	if (value->sheet == NULL || value->status != CELL_PUBLISHED)
		return number;
	if (value->row == CUBE_NO_ROW)
		return "0";
	return format_machine(value->sheet, value->row, value->measure, number);
}

void value_write(struct html *html, const struct value *value)
{
	char number[NUMBER_TEXT];
	bool is_cell = value->sheet != NULL && value->row != CUBE_NO_ROW;
	if (is_cell) {
		html_markup(html, "<data value=\"");
		html_text(html, value_machine(value, number));
		html_markup(html, "\"");
		if (!html->failed)
			html->failed = value_add_attributes(&html->text, value, html->error) != 0;
		html_markup(html, ">");
	}
	if (value->status == CELL_PROTECTED)
		html_markup(html, "<abbr title=\"skyddad uppgift\">" FORMAT_PROTECTED "</abbr>");
	else if (value->status == CELL_MISSING)
		html_markup(html, "<abbr title=\"kan inte beräknas\">" FORMAT_MISSING "</abbr>");
	else
		html_text(html, value->text);
	html_markup(html, is_cell ? "</data>" : "");
}

void value_write_words(struct html *html, const struct value *value, const char *unit)
{
	switch (value->status) {
	case CELL_PUBLISHED:
		value_write(html, value);
		html_text(html, unit);
		break;
	case CELL_PROTECTED:
		html_markup(html, "skyddad uppgift");
		break;
	case CELL_MISSING:
		html_markup(html, "kan inte beräknas");
		break;
	}
}
