/* Every table in full: long ones folded, parted into blocks and turned so that they can be read. */
#include <string.h>

#include "stages/publish/pivot.h"
#include "stages/publish/plan.h"
#include "stages/publish/report.h"

#define SHORT_TABLE 24 /* rows of a table that is not folded */

static const char *join(struct html *html, const char *detail, const char *label)
{
	if (html->failed)
		return NULL;
	const char *joined = detail == NULL ? label
		: arena_print(html->text.arena, html->error, "%s, %s", detail, label);
	html->failed = joined == NULL;
	return joined;
}

/* Writes a pivot for each combination of the named blocks. */
static void write_blocks(struct html *html, const struct pivot *pivot, const char *blocks)
{
	const struct table *table = pivot->sheet->table;
	size_t length = strcspn(blocks, " "), d = sheet_dimension(table, blocks, length);
	const char *rest = blocks + length + (blocks[length] == ' ');
	if (html->failed || length == 0) {
		(void)pivot_write(html, pivot);
		return;
	}
	size_t count = d == SIZE_MAX ? table->measures : pivot->sheet->cube->codes[d].count;
	for (size_t place = 0; place < count; place++) {
		struct pivot block = *pivot;
		size_t i = d == SIZE_MAX ? place : sheet_code_at(pivot->sheet, d, place);
		if (d == SIZE_MAX) {
			block.measures = table->measure[i].name;
			block.detail = join(html, pivot->detail, table->measure[i].title);
		} else {
			block.fixed[d] = pivot->sheet->cube->codes[d].code[i];
			block.detail = join(html, pivot->detail, pivot->sheet->label[d][i]);
		}
		write_blocks(html, &block, rest);
	}
}

static void write_table(struct html *html, const struct sheet *sheet)
{
	const struct table *table = sheet->table;
	const struct plan *plan = plan_of(table);
	bool folded = sheet->cube->rows > SHORT_TABLE;
	html_markup(html, "<h3 id=\"tabell-");
	html_text(html, table->name);
	html_markup(html, "\">");
	html_text(html, table->title);
	html_markup(html, " <code>");
	html_text(html, table->name);
	html_markup(html, "</code></h3>\n<p class=\"note\">");
	html_texts(html, table->unit, ". ", table->note, NULL);
	html_markup(html, "</p>\n");
	if (sheet->cube->rows == 0 || plan == NULL) {
		html_markup(html, "<p>Tabellen har inga uppgifter.</p>\n");
		return;
	}
	if (folded) {
		html_markup(html, "<p class=\"paper\">Tabellen finns i filen ");
		html_texts(html, "excel/", table->name, ".csv.", NULL);
		html_markup(html, "</p>\n<details><summary>Visa tabellen: ");
		html_text(html, table->title);
		html_markup(html, "</summary>\n");
	}
	write_blocks(html, &(struct pivot){ .sheet = sheet, .title = table->title, .down = plan->down,
		.across = plan->across, .complete = plan->complete }, plan->blocks);
	html_markup(html, folded ? "</details>\n" : "");
}

void report_tables(struct html *html, const struct publication *publication)
{
	html_markup(html, "<h2 id=\"tabeller\">Alla tabeller</h2>\n"
		"<p>Samma siffror finns som filer bredvid rapporten: i mappen <code>excel</code> för Excel och i mappen "
		"<code>data</code> för andra program. En kombination som inte förekommer är noll.</p>\n");
	for (size_t i = 0; i < publication->sheets; i++)
		write_table(html, &publication->sheet[i]);
}
