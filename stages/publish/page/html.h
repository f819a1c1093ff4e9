/* HTML being written. Faults are kept and reported by html_save, so that writing reads like the page itself. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_PAGE_HTML_H
#define FINSAMSTAT_STAGES_PUBLISH_PAGE_HTML_H

#include <stdbool.h>
#include <stddef.h>

#include "pipeline/base/text.h"

struct html {
	struct text text; /* with its arena */
	struct error *error;
	bool failed; /* the error is set; nothing more is added */
};

/* The program's own markup, never a text from data or settings. */
void html_markup(struct html *html, const char *markup);

/* Any text, escaped; several of them, ending with NULL. */
void html_text(struct html *html, const char *text);
void html_texts(struct html *html, ...) __attribute__((sentinel));

/* A number in an attribute. */
void html_number(struct html *html, size_t number);

/* A paragraph of texts, ending with NULL. */
void html_paragraph(struct html *html, ...) __attribute__((sentinel));

/* Writes the page to a new file. 0, or -1 with the error set, also by any call before. */
int html_save(const struct html *html, const char *path);

#endif
