/* The appendix: every table, what it holds and where it lies; the short ones in full. */
#include <string.h>

#include "stages/publish/report/report.h"
#include "stages/publish/sheet/plan.h"

#define FIGURES 1500 /* of a table that stands in the page; longer ones are for the files */

/* Writes a pivot for each combination of the named blocks. */
static void write_blocks(struct report *report, const struct pivot *pivot, const char *blocks)
{
	const struct table *table = pivot->sheet->table;
	size_t length = strcspn(blocks, " "), d = sheet_dimension(table, blocks, length);
	const char *rest = blocks + length + (blocks[length] == ' ');
	if (report->html.failed || length == 0) {
		(void)pivot_write(&report->html, pivot);
		return;
	}
	size_t count = d == SIZE_MAX ? table->measures : pivot->sheet->cube->codes[d].count;
	for (size_t place = 0; place < count; place++) {
		struct pivot block = *pivot;
		size_t i = d == SIZE_MAX ? place : sheet_code_at(pivot->sheet, d, place);
		const char *label = d == SIZE_MAX ? table->measure[i].title : pivot->sheet->label[d][i];
		if (d == SIZE_MAX)
			block.measures = table->measure[i].name;
		else
			block.fixed[d] = pivot->sheet->cube->codes[d].code[i];
		block.detail = pivot->detail == NULL ? label : report_print(report, "%s, %s", pivot->detail, label);
		write_blocks(report, &block, rest);
	}
}

static void write_table(struct report *report, const struct sheet *sheet)
{
	struct html *html = &report->html;
	const struct table *table = sheet->table;
	const struct plan *plan = plan_of(table);
	html_markup(html, "<h3 id=\"tabell-");
	html_text(html, table->name);
	html_markup(html, "\">");
	html_text(html, table->title);
	html_markup(html, " <code>");
	html_text(html, table->name);
	html_markup(html, "</code></h3>\n<p class=\"note\">");
	html_texts(html, table->unit, ". ", sheet->note, NULL);
	html_markup(html, "</p>\n");
	if (sheet->earlier)
		html_paragraph(html, SHEET_EARLIER, NULL);
	if (sheet->cube->rows == 0 || plan == NULL) {
		html_markup(html, "<p>Tabellen har inga uppgifter.</p>\n");
		return;
	}
	if (sheet->cube->rows * table->measures > FIGURES) {
		html_markup(html, "<p>Tabellen är för lång för rapporten. Den finns i <code>excel/");
		html_text(html, table->name);
		html_markup(html, ".csv</code>.</p>\n");
		return;
	}
	html_markup(html, "<p class=\"paper\">Tabellen finns i filen ");
	html_texts(html, "excel/", table->name, ".csv.", NULL);
	html_markup(html, "</p>\n");
	report_fold(report, report_print(report, "Visa tabellen: %s", table->title));
	write_blocks(report, &(struct pivot){ .sheet = sheet, .title = table->title, .down = plan->down,
		.across = plan->across, .complete = plan->complete }, plan->blocks);
	report_unfold(report);
}

void report_tables(struct report *report)
{
	html_markup(&report->html, "<h2 id=\"tabeller\">Bilaga: tabeller</h2>\n"
		"<p>Samma siffror finns som filer bredvid rapporten: i mappen <code>excel</code> för Excel och i mappen "
		"<code>data</code> för andra program. Diagrammen finns i mappen <code>diagram</code> och kan klistras in i andra dokument. "
		"En kombination som inte förekommer är noll.</p>\n");
	for (size_t i = 0; i < report->publication->sheets; i++)
		write_table(report, &report->publication->sheet[i]);
}
