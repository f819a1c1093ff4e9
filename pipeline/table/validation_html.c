/* The validation report as a page that stands alone: see validation.h. No script, nothing loaded; light, dark and print. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "pipeline/table/validation.h"

#define WIDEST 100.0 /* per cent: a bar's full width */

static const char style[] =
	":root{color-scheme:light dark;--ink:#1b2430;--soft:#5b6675;--line:#d9dee5;--page:#fff;--card:#f5f7fa;--good:#2c7a4b;"
	"--warn:#b26a00;--bad:#b3261e;--kept:#3a7ca5;--dupl:#c9a227;--rest:#b3261e}\n"
	"@media(prefers-color-scheme:dark){:root{--ink:#e6eaf0;--soft:#9aa7b6;--line:#364150;--page:#12171e;--card:#1b222c;"
	"--good:#63c088;--warn:#f0ad4e;--bad:#ff8a80;--kept:#6fb1d8;--dupl:#e0c25a;--rest:#ff8a80}}\n"
	"*{box-sizing:border-box}body{font:15px/1.5 system-ui,\"Segoe UI\",sans-serif;color:var(--ink);background:var(--page);"
	"margin:0 auto;padding:2rem 1.2rem 4rem;max-width:72rem}\n"
	"h1{font-size:1.6rem;margin:0}h2{font-size:1.15rem;margin:2.4rem 0 .3rem}p{margin:.3rem 0;max-width:46rem}"
	".soft{color:var(--soft)}\n"
	".verdict{border-left:.5rem solid var(--good);background:var(--card);padding:.8rem 1.1rem;margin:1.2rem 0}"
	".verdict.warn{border-color:var(--warn)}.verdict.bad{border-color:var(--bad)}.verdict b{font-size:1.15rem}\n"
	".tiles{display:flex;flex-wrap:wrap;gap:.8rem;margin:1rem 0}.tile{background:var(--card);padding:.6rem 1rem;"
	"min-width:8.5rem}.tile b{display:block;font-size:1.5rem;line-height:1.2;font-variant-numeric:tabular-nums}"
	".tile span{color:var(--soft);font-size:.85rem}\n"
	".wide{overflow-x:auto}table{border-collapse:collapse;width:100%;margin:.6rem 0}th,td{border-bottom:1px solid var(--line);"
	"padding:.28rem .7rem .28rem 0;text-align:left;vertical-align:top}thead th{color:var(--soft);font-weight:600;"
	"font-size:.85rem;border-bottom-width:2px}\n"
	".n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}code{font:.85em ui-monospace,monospace;"
	"overflow-wrap:break-word}\n"
	".bar{display:flex;height:.7rem;min-width:9rem;background:var(--line);margin-top:.45rem}.bar i{display:block}"
	".kept{background:var(--kept)}.dupl{background:var(--dupl)}.rest{background:var(--rest)}\n"
	".mark{font-weight:600;white-space:nowrap}.error,.refuse{color:var(--bad)}.warning{color:var(--warn)}"
	".key i{display:inline-block;width:.8rem;height:.8rem;margin:0 .3rem 0 .9rem;vertical-align:-.1rem}\n"
	".why{min-width:16rem}@media print{body{padding:0}.verdict,.tile{border:1px solid var(--line)}}\n";

/* Digits in groups of three, with thin spaces. */
static int add_count(struct text *text, int64_t count, struct error *error)
{
	char digits[24];
	int length = snprintf(digits, sizeof digits, "%" PRId64, count);
	for (int i = 0; i < length; i++) {
		bool space = i > 0 && (length - i) % 3 == 0 && digits[i - 1] != '-';
		if ((space && text_add_string(text, "&#8239;", error) != 0) || text_add(text, &digits[i], 1, error) != 0)
			return -1;
	}
	return 0;
}

static int add_number_cell(struct text *text, int64_t count, struct error *error)
{
	if (text_add_string(text, "<td class=\"n\">", error) != 0 || add_count(text, count, error) != 0)
		return -1;
	return 0;
}

static int add_cell(struct text *text, const char *open, const char *content, struct error *error)
{
	return text_add_string(text, open, error) != 0 ? -1 : text_add_html(text, content, error);
}

static int add_tile(struct text *text, int64_t count, const char *label, struct error *error)
{
	if (text_add_string(text, "<div class=\"tile\"><b>", error) != 0 || add_count(text, count, error) != 0)
		return -1;
	return text_add_format(text, error, "</b><span>%s</span></div>\n", label);
}

static size_t findings_of(const struct validation *validation)
{
	size_t count = validation->breaches;
	for (size_t i = 0; i < validation->changes; i++)
		count += validation->change[i].told;
	return count;
}

/* A cell with some bytes of a message. */
static int add_word(struct text *text, const char *message, size_t at, size_t bytes, struct error *error)
{
	char word[ERROR_LENGTH];
	(void)snprintf(word, sizeof word, "%.*s", (int)bytes, message + at);
	return add_cell(text, "<td><code>", word, error) != 0 ? -1 : text_add_string(text, "</code>", error);
}

static int add_fault(const char *message, const struct error_spot *spot, struct text *text, struct error *error)
{
	if (spot->reason == 0)
		return add_cell(text, "<tr><td colspan=\"5\">", message, error) != 0 ? -1 : text_add_string(text, "</tr>\n", error);
	if (text_add_string(text, "<tr>", error) != 0 || add_word(text, message, 0, spot->file, error) != 0 ||
		(spot->line > 0 ? add_number_cell(text, (int64_t)spot->line, error) : text_add_string(text, "<td>", error)) != 0 ||
		add_word(text, message, spot->column, spot->column_bytes, error) != 0 ||
		add_word(text, message, spot->code, spot->code_bytes, error) != 0 ||
		add_cell(text, "<td class=\"why\">", message + spot->reason, error) != 0)
		return -1;
	return text_add_string(text, "</tr>\n", error);
}

static int add_verdict(const struct validation *validation, struct text *text, struct error *error)
{
	bool refused = validation->why != NULL && validation->why->count > 0;
	size_t findings = findings_of(validation);
	if (!refused)
		return text_add_format(text, error, "<div class=\"verdict%s\"><b>The delivery is accepted%s.</b>\n<p>%s</p></div>\n",
			findings > 0 ? " warn" : "", findings > 0 ? ", with findings" : "",
			findings > 0 ? "What was found is listed below, the gravest first: read it before the figures are used."
				     : "Every rule holds.");
	if (text_add_format(text, error, "<div class=\"verdict bad\"><b>The delivery is refused: %zu %s.</b>\n<p>Nothing is published "
			"from it; an earlier publication stands. Have these mended where the file was made, and deliver again.</p>\n<div class=\"wide\"><table><thead><tr><th>file"
			"<th class=\"n\">line<th>column<th>code<th>what is wrong</tr></thead>\n",
			validation->why->count, validation->why->count == 1 ? "fault" : "faults") != 0)
		return -1;
	for (size_t i = 0; i < error_kept(validation->why); i++)
		if (add_fault(validation->why->message[i], &validation->why->spot[i], text, error) != 0)
			return -1;
	if (validation->why->count > error_kept(validation->why) &&
		text_add_format(text, error, "<tr><td colspan=\"5\">… and %zu more\n",
			validation->why->count - error_kept(validation->why)) != 0)
		return -1;
	return text_add_string(text, "</table></div></div>\n", error);
}

static int add_tiles(const struct validation *validation, struct text *text, struct error *error)
{
	struct flow all = { 0 };
	for (size_t i = 0; i < EXTRACTS; i++) {
		all.read += validation->flow[i].read;
		all.kept += validation->flow[i].kept;
		all.rejected += validation->flow[i].rejected;
		all.duplicates += validation->flow[i].duplicates;
	}
	if (text_add_string(text, "<div class=\"tiles\">\n", error) != 0 ||
		add_tile(text, (int64_t)validation->files, "files", error) != 0 ||
		add_tile(text, (int64_t)all.read, "rows read", error) != 0 ||
		add_tile(text, (int64_t)all.kept, "kept", error) != 0 ||
		add_tile(text, (int64_t)all.rejected, "rejected", error) != 0 ||
		(validation->linked && (add_tile(text, (int64_t)all.duplicates, "duplicates", error) != 0 ||
			add_tile(text, (int64_t)validation->persons, "persons", error) != 0)))
		return -1;
	return text_add_string(text, "</div>\n", error);
}

/* A bar of what became of a source's rows. */
static int add_flow_bar(const struct flow *flow, struct text *text, struct error *error)
{
	double whole = flow->read == 0 ? 1 : (double)flow->read;
	return text_add_format(text, error, "<td><div class=\"bar\"><i class=\"kept\" style=\"width:%.2f%%\"></i>"
		"<i class=\"dupl\" style=\"width:%.2f%%\"></i><i class=\"rest\" style=\"width:%.2f%%\"></i></div></tr>\n",
		WIDEST * (double)flow->kept / whole, WIDEST * (double)flow->duplicates / whole,
		WIDEST * (double)flow->rejected / whole);
}

static int add_sources(const struct validation *validation, struct text *text, struct error *error)
{
	if (text_add_string(text, "<h2>Sources</h2>\n<p class=\"soft\">Rows read = kept + duplicates + rejected. Of the kept, rows "
			"that start after the period, and those left out (registered by mistake, or ongoing and begun after the day of "
			"extraction), count in no figure.</p>\n<p class=\"key soft\"><i class=\"kept\"></i>kept<i class=\"dupl\"></i>duplicates"
			"<i class=\"rest\"></i>rejected</p>\n<div class=\"wide\"><table><thead><tr><th>source<th class=\"n\">files"
			"<th class=\"n\">read<th class=\"n\">kept<th class=\"n\">duplicates<th class=\"n\">rejected"
			"<th class=\"n\">after the period<th class=\"n\">left out<th></tr></thead>\n", error) != 0)
		return -1;
	for (size_t i = 0; i < EXTRACTS; i++) {
		const struct flow *flow = &validation->flow[i];
		const uint64_t counts[] = { flow->files, flow->read, flow->kept, flow->duplicates, flow->rejected,
			flow->after_period, flow->left_out };
		if (text_add_format(text, error, "<tr><th>%s", extract_names[i]) != 0)
			return -1;
		for (size_t k = 0; k < sizeof counts / sizeof *counts; k++)
			if (add_number_cell(text, (int64_t)counts[k], error) != 0)
				return -1;
		if (add_flow_bar(flow, text, error) != 0)
			return -1;
	}
	return text_add_string(text, "</table></div>\n", error);
}

static int add_breach(const struct breach *breach, struct text *text, struct error *error)
{
	const char *severity = schema_severity_name(breach->severity);
	if (text_add_format(text, error, "<tr><td class=\"mark %s\">%s", severity, severity) != 0 ||
		add_cell(text, "<td>", breach->file[0] != '\0' ? breach->file
				: breach->extract < EXTRACTS   ? extract_names[breach->extract] : "all sources", error) != 0 ||
		add_cell(text, "<td>", breach->column, error) != 0 || add_cell(text, "<td><code>", breach->code, error) != 0 ||
		add_cell(text, "</code><td>", breach->label, error) != 0 || add_number_cell(text, breach->count, error) != 0)
		return -1;
	return text_add_format(text, error, "<td>%s</tr>\n", breach->unit);
}

static int add_breaches(const struct validation *validation, struct text *text, struct error *error)
{
	static const enum severity order[] = { SEVERITY_REFUSE, SEVERITY_ERROR, SEVERITY_WARNING };
	if (text_add_string(text, "<h2>Rules that are broken</h2>\n<p class=\"soft\">The rules stand in schemas/extrakt. <b>refuse</b>: "
			"the delivery is refused; <b>error</b>: the rows are rejected and listed in rejected.csv; <b>warning</b>: the rows "
			"count.</p>\n", error) != 0)
		return -1;
	if (validation->breaches == 0)
		return text_add_string(text, "<p>None.</p>\n", error);
	if (text_add_string(text, "<div class=\"wide\"><table><thead><tr><th>severity<th>where<th>column<th>code<th>what must hold"
			"<th class=\"n\">breaches<th></tr></thead>\n", error) != 0)
		return -1;
	for (size_t k = 0; k < sizeof order / sizeof *order; k++)
		for (size_t i = 0; i < validation->breaches; i++)
			if (validation->breach[i].severity == order[k] && add_breach(&validation->breach[i], text, error) != 0)
				return -1;
	return text_add_string(text, "</table></div>\n", error);
}

static int add_same(const struct delivered_file *file, struct text *text, struct error *error)
{
	if (file->same == NULL)
		return text_add_string(text, "<td>", error);
	if (strcmp(file->same, file->file) == 0)
		return text_add_string(text, "<td>delivered again: the very same rows", error);
	return add_cell(text, "<td>delivered again: the very same rows as ", file->same, error);
}

static int add_files(const struct validation *validation, struct text *text, struct error *error)
{
	if (text_add_string(text, "<h2>Files</h2>\n<p class=\"soft\">A row that stands twice counts as a duplicate "
			"of the file that holds it again.</p>\n<div class=\"wide\"><table><thead><tr><th>file<th>source<th class=\"n\">read"
			"<th class=\"n\">kept<th class=\"n\">duplicates<th class=\"n\">rejected<th>columns that it lacks<th>since the run compared with</tr></thead>\n",
			error) != 0)
		return -1;
	for (size_t i = 0; i < validation->files; i++) {
		const struct delivered_file *file = &validation->file[i];
		if (add_cell(text, "<tr><th>", file->file, error) != 0 ||
			add_cell(text, "<td>", extract_names[file->extract], error) != 0 ||
			add_number_cell(text, file->read, error) != 0 || add_number_cell(text, file->kept, error) != 0 ||
			add_number_cell(text, file->duplicates, error) != 0 ||
			add_number_cell(text, file->rejected, error) != 0 || add_cell(text, "<td>", file->absent, error) != 0 ||
			add_same(file, text, error) != 0 ||
			text_add_string(text, "</tr>\n", error) != 0)
			return -1;
	}
	return text_add_string(text, "</table></div>\n", error);
}

static int add_changes(const struct validation *validation, struct text *text, struct error *error)
{
	if (text_add_string(text, "<h2>Since the run before</h2>\n", error) != 0)
		return -1;
	if (validation->reference == NULL)
		return text_add_string(text, "<p>There is no published run to compare with.</p>\n", error);
	if (add_cell(text, "<p class=\"soft\">Compared with the run ", validation->reference, error) != 0 ||
		text_add_string(text, ". A change is marked when it passes both its limits in [gränser].</p>\n<div class=\"wide\"><table>"
			"<thead><tr><th>source<th>what<th class=\"n\">then<th class=\"n\">now<th></tr></thead>\n", error) != 0)
		return -1;
	for (size_t i = 0; i < validation->changes; i++) {
		const struct change *change = &validation->change[i];
		const char *mark = change->told ? schema_severity_name(change->severity) : "";
		if (add_cell(text, "<tr><td>", change->extract < EXTRACTS ? extract_names[change->extract] : "", error) != 0 ||
			add_cell(text, "<td>", change->what, error) != 0 || add_cell(text, "<td class=\"n\">", change->before, error) != 0 ||
			add_cell(text, "<td class=\"n\">", change->now, error) != 0 ||
			text_add_format(text, error, "<td class=\"mark %s\">%s</tr>\n", mark, mark) != 0)
			return -1;
	}
	return text_add_string(text, "</table></div>\n", error);
}

static int add_persons(const struct validation *validation, struct text *text, struct error *error)
{
	uint64_t most = 1;
	if (!validation->linked)
		return 0;
	for (unsigned bits = 1; bits < IN_COMBINATIONS; bits++)
		most = validation->presence[bits] > most ? validation->presence[bits] : most;
	if (text_add_string(text, "<h2>Persons by the sources that know them</h2>\n<p class=\"soft\">Each person stands once, in the "
			"combination of all sources that hold the pid. Sources whose persons meet in no combination were pseudonymised "
			"with different keys.</p>\n<div class=\"wide\"><table><thead><tr><th>sources<th class=\"n\">persons<th></tr></thead>\n",
			error) != 0)
		return -1;
	for (unsigned bits = 1; bits < IN_COMBINATIONS; bits++) {
		char name[VALIDATION_COMBINATION];
		if (validation->presence[bits] == 0)
			continue;
		validation_combination(bits, name);
		if (add_cell(text, "<tr><th>", name, error) != 0 ||
			add_number_cell(text, (int64_t)validation->presence[bits], error) != 0 ||
			text_add_format(text, error, "<td style=\"width:60%%\"><div class=\"bar\"><i class=\"kept\" style=\"width:%.2f%%\"></i>"
				"</div></tr>\n", WIDEST * (double)validation->presence[bits] / (double)most) != 0)
			return -1;
	}
	return text_add_string(text, "</table></div>\n", error);
}

int validation_html(const struct validation *validation, struct text *text, struct error *error)
{
	const char *title = validation->title == NULL ? "" : validation->title;
	if (text_add_string(text, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
			"content=\"width=device-width\">\n<title>Validation: ", error) != 0 ||
		text_add_html(text, title, error) != 0 ||
		text_add_format(text, error, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<h1>Validation of the delivery</h1>\n<p>", style) != 0 ||
		text_add_html(text, title, error) != 0 ||
		text_add_string(text, "</p>\n<p class=\"soft\">Internal: counts of the delivery, not protected. Not to be passed on.</p>\n",
			error) != 0 ||
		add_verdict(validation, text, error) != 0 || add_tiles(validation, text, error) != 0 ||
		add_breaches(validation, text, error) != 0 || add_sources(validation, text, error) != 0 ||
		add_files(validation, text, error) != 0 || add_changes(validation, text, error) != 0 ||
		add_persons(validation, text, error) != 0)
		return -1;
	return text_add_string(text, "</body>\n</html>\n", error);
}
