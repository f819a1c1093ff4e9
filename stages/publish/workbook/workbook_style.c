/* How the cells of a workbook look: see workbook_parts.h. */
#include "stages/publish/workbook/workbook_parts.h"

#define INK 0x1D1D1D
#define GREY 0x595959
#define BLUE 0x12436D

static lxw_format *add_style(struct book *book, enum book_style style)
{
	lxw_format *format = workbook_add_format(book->file);
	book->style[style] = format;
	if (format == NULL)
		book_check(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
	else
		format_set_font_color(format, INK);
	return format;
}

static void make_text_styles(struct book *book)
{
	static const struct {
		enum book_style style;
		double size;
		bool bold, wrap;
		lxw_color_t colour;
	} plans[] = {
		{ BOOK_TITLE, 16, true, false, BLUE },
		{ BOOK_SUBTITLE, 12, true, false, INK },
		{ BOOK_PARAGRAPH, 11, false, true, INK },
		{ BOOK_NOTE, 10, false, true, GREY },
		{ BOOK_REMARK, 10, false, false, GREY },
		{ BOOK_HEAD, 11, true, true, INK },
		{ BOOK_HEAD_TEXT, 11, true, true, INK },
		{ BOOK_HEAD_BESIDE, 11, true, true, INK },
		{ BOOK_LABEL, 11, false, false, INK },
		{ BOOK_LABEL_SUM, 11, true, false, INK },
		{ BOOK_TEXT, 11, false, true, INK },
		{ BOOK_LINK, 11, false, false, BLUE },
		{ BOOK_YES, 11, true, true, 0x00582D },
		{ BOOK_NO, 11, true, true, 0x8A1F11 },
		{ BOOK_UNSURE, 11, true, true, GREY },
		{ BOOK_MARK, 11, false, false, GREY },
		{ BOOK_MARK_SUM, 11, true, false, GREY },
	};
	for (size_t i = 0; i < sizeof plans / sizeof *plans && !book->failed; i++) {
		lxw_format *format = add_style(book, plans[i].style);
		if (format == NULL)
			return;
		format_set_font_size(format, plans[i].size);
		format_set_font_color(format, plans[i].colour);
		format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
		if (plans[i].bold)
			format_set_bold(format);
		if (plans[i].wrap)
			format_set_text_wrap(format);
	}
}

static void make_number_styles(struct book *book)
{
	/* A minus is U+2212; Excel puts the groups' and decimals' signs of the reader's language in. */
	static const char *const formats[] = { "#,##0;\u2212#,##0", "#,##0.0;\u2212#,##0.0", "#,##0.00;\u2212#,##0.00",
		"0.000;\u22120.000" };
	for (int decimals = 0; decimals < 4 && !book->failed; decimals++)
		for (int sum = 0; sum < 2 && !book->failed; sum++) {
			lxw_format *format = add_style(book, (enum book_style)((sum ? BOOK_NUMBER_SUM : BOOK_NUMBER) + decimals));
			if (format == NULL)
				return;
			format_set_num_format(format, formats[decimals]);
			format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
			if (sum)
				format_set_bold(format);
		}
}

void book_styles(struct book *book)
{
	make_text_styles(book);
	make_number_styles(book);
	if (book->failed)
		return;
	static const enum book_style right[] = { BOOK_HEAD, BOOK_MARK, BOOK_MARK_SUM };
	for (size_t i = 0; i < sizeof right / sizeof *right; i++)
		format_set_align(book->style[right[i]], LXW_ALIGN_RIGHT);
	static const enum book_style heads[] = { BOOK_HEAD, BOOK_HEAD_TEXT, BOOK_HEAD_BESIDE };
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		format_set_bottom(book->style[heads[i]], LXW_BORDER_THIN);
		format_set_align(book->style[heads[i]], LXW_ALIGN_VERTICAL_BOTTOM);
	}
	static const enum book_style indented[] = { BOOK_HEAD_BESIDE, BOOK_TEXT, BOOK_YES, BOOK_NO, BOOK_UNSURE }; /* beside numbers */
	for (size_t i = 0; i < sizeof indented / sizeof *indented; i++)
		format_set_indent(book->style[indented[i]], 1);
	format_set_underline(book->style[BOOK_LINK], LXW_UNDERLINE_SINGLE);
	book->style[BOOK_PLAIN] = book->style[BOOK_LABEL]; /* of two equal formats the library hashes the second at every cell */
	for (int style = 0; style < BOOK_STYLES; style++)
		if (style == BOOK_LABEL_SUM || style == BOOK_MARK_SUM || style >= BOOK_NUMBER_SUM)
			format_set_top(book->style[style], LXW_BORDER_HAIR);
}
