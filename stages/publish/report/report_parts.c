/* What the chapters of the report share: see report_parts.h. */
#include "stages/publish/report/report_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "stages/publish/sheet/words.h"

const struct sheet *report_sheet(const struct report *report, const char *table)
{
	return publication_sheet(report->publication, table);
}

void *report_take(struct report *report, size_t count, size_t size)
{
	void *memory = report->html.failed ? NULL : arena_take(report->arena, count, size, report->error);
	report->html.failed = memory == NULL;
	return memory;
}

const char *report_print(struct report *report, const char *format, ...)
{
	char text[1024];
	va_list arguments;
	va_start(arguments, format);
	(void)vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	const char *kept = report->html.failed ? NULL : arena_text(report->arena, text, strlen(text), report->error);
	report->html.failed = kept == NULL;
	return kept == NULL ? "" : kept;
}

struct svg report_svg(struct report *report)
{
	return (struct svg){ .text = { .arena = report->arena }, .error = report->error, .failed = report->html.failed };
}

static void save_picture(struct report *report, const struct svg *svg, const char *name)
{
	const char *file = report_print(report, "diagram/%s.svg", name);
	const char *path = report->html.failed ? NULL : publication_add(report->publication, file, report->error);
	report->html.failed = path == NULL || svg_save(svg, path) != 0;
}

void report_picture(struct report *report, const struct svg *svg, const char *name, const char *table)
{
	struct html *html = &report->html;
	html->failed = html->failed || svg->failed;
	if (html->failed)
		return;
	save_picture(report, svg, name);
	html_markup(html, "<figure><div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Diagram\">\n");
	html_markup(html, svg->text.bytes);
	html_markup(html, table == NULL ? "</div><figcaption>Källa: förbundets egen bedömning" : "</div><figcaption>Tabell <a href=\"#tabell-");
	if (table != NULL) {
		html_text(html, table);
		html_markup(html, "\">");
		html_text(html, table);
		html_markup(html, "</a>");
	}
	html_markup(html, ", fil <code>diagram/");
	html_texts(html, name, ".svg", NULL);
	html_markup(html, "</code></figcaption></figure>\n");
}

const char *report_insats_slug(struct report *report, size_t insats)
{
	char slug[WORDS_TEXT];
	words_slug(report->settings->insats[insats].name, slug);
	return report_print(report, "%zu-%s", insats + 1, slug);
}

void report_fold(struct report *report, const char *summary)
{
	report->fold_begin = report->html.text.length;
	html_markup(&report->html, "<details><summary>");
	html_text(&report->html, summary);
	html_markup(&report->html, "</summary>\n");
	report->fold_body = report->html.text.length;
}

void report_unfold(struct report *report)
{
	if (report->html.text.length > report->fold_body)
		html_markup(&report->html, "</details>\n");
	else if (!report->html.failed) {
		report->html.text.length = report->fold_begin;
		report->html.text.bytes[report->fold_begin] = '\0';
	}
}

bool report_part_of_year(const struct report *report, int *months)
{
	*months = settings_last_month(report->settings) - settings_first_month(report->settings) + 1;
	return *months < 12;
}
