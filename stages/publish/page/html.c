/* HTML being written: see html.h. */
#include "stages/publish/page/html.h"

#include <stdarg.h>

void html_markup(struct html *html, const char *markup)
{
	if (!html->failed)
		html->failed = text_add_string(&html->text, markup, html->error) != 0;
}

void html_text(struct html *html, const char *text)
{
	if (!html->failed)
		html->failed = text_add_html(&html->text, text, html->error) != 0;
}

void html_number(struct html *html, size_t number)
{
	if (!html->failed)
		html->failed = text_add_format(&html->text, html->error, "%zu", number) != 0;
}

static void add_texts(struct html *html, va_list texts)
{
	for (const char *text; (text = va_arg(texts, const char *)) != NULL;)
		html_text(html, text);
}

void html_texts(struct html *html, ...)
{
	va_list texts;
	va_start(texts, html);
	add_texts(html, texts);
	va_end(texts);
}

void html_paragraph(struct html *html, ...)
{
	va_list texts;
	va_start(texts, html);
	html_markup(html, "<p>");
	add_texts(html, texts);
	html_markup(html, "</p>\n");
	va_end(texts);
}

int html_save(const struct html *html, const char *path)
{
	return html->failed ? -1 : text_save(&html->text, path, html->error);
}
