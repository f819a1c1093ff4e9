/* Every table in full: long ones folded, parted into blocks and turned so that they can be read. */
#include <string.h>

#include "stages/publish/pivot.h"
#include "stages/publish/report.h"

/* How a table is laid out: a block for each combination of the first names, the next down, the last across; "matt" stands
   for the measures. */
struct plan {
	const char *table, *blocks, *down, *across;
	bool complete; /* every block has the rows and columns of all */
};
static const struct plan plans[] = {
	{ "m01_forsorjningsmatt", "ar matt", "kommun forman", "kon", true },
	{ "m02_malgrupp", "ar malgrupp matt", "kommun kon", "aldersgrupp", true },
	{ "m03_samtidighet", "kombination", "manad", "kommun", true },
	{ "m04_rundgang", "", "ar kommun kon", "byten", false },
	{ "m05_tid_i_forsorjning", "", "ar kommun kon", "tid", false },
	{ "m06_manad", "kalla kommun", "manad kon", "aldersgrupp", true },
	{ "m07_floden", "ar", "fran till", "kommun", false },
	{ "i01_deltagare", "insats", "kommun kon", "matt", false },
	{ "i02_bakgrund", "insats", "variabel kod", "kon", false },
	{ "i03_forsorjning", "insats", "kod", "kon matt", false },
	{ "i04_sysselsattning", "insats", "kod", "kon matt", false },
	{ "i05_avslut", "insats", "kod", "kon", false },
	{ "i06_resultat", "", "insats kon", "matt", false },
	{ "i07_tid_i_insats", "", "insats kon", "tid", false },
	{ "i08_remittent", "insats", "kommun kon", "remittent", false },
	{ "i09_ko", "insats", "kommun kon", "matt", false },
	{ "i10_volym", "", "insats ar kon", "aldersgrupp", false },
	{ "i11_matris", "insats", "fran till", "kon", false },
	{ "i12_enkat", "", "insats instrument kon", "matt", false },
	{ "i13_overlevnad", "insats kon", "manad", "matt", false },
	{ "i14_konsskillnad", "", "insats", "matt", false },
	{ "g01_mal", "", "insats mal", "matt", false },
	{ "e01_ekonomi", "insats", "ar finansiar", "matt", false },
	{ "e02_aterbetalning", "insats", "matt", "aktor", false },
	{ "e03_kassaflode", "insats", "manad", "aktor", false },
	{ "e04_kanslighet", "insats", "parameter lage", "matt", false },
	{ "e05_potential", "", "insats", "matt", false },
	{ "e06_jamforelse", "insats", "underlag ranta", "matt", false },
	{ "e07_band", "insats aktor", "manad", "matt", false },
};

#define SHORT_TABLE 24 /* rows of a table that is not folded */

static const struct plan *plan_of(const struct table *table)
{
	for (size_t i = 0; i < sizeof plans / sizeof *plans; i++)
		if (strcmp(plans[i].table, table->name) == 0)
			return &plans[i];
	return NULL;
}

/* Index of the code that is printed at a place. */
static size_t code_at_place(const struct sheet *sheet, size_t d, size_t place)
{
	size_t i = 0;
	while (i + 1 < sheet->cube->codes[d].count && sheet->rank[d][i] != place)
		i++;
	return i;
}

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
		size_t i = d == SIZE_MAX ? place : code_at_place(pivot->sheet, d, place);
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
