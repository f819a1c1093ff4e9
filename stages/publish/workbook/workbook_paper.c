/* How a sheet of tables or charts comes out: lines of wrapped text, heights of rows, page breaks on A4. */
#include "stages/publish/workbook/workbook_parts.h"

#define PAPER_WIDTH 1007.0 /* pixels (96 an inch) between the margins, landscape */
#define PAPER_HEIGHT 494.0 /* points likewise */
#define SAFE 0.95          /* programs do not agree on the width of a letter */
#define MOST_BREAKS 1000   /* Excel's own limit is 1 023 */

static bool begins_character(char byte)
{
	return ((unsigned char)byte & 0xC0) != 0x80;
}

size_t book_characters(const char *text, bool words)
{
	size_t longest = 0, length = 0;
	for (; *text != '\0'; text++) {
		length = words && *text == ' ' ? 0 : length + begins_character(*text);
		longest = length > longest ? length : longest;
	}
	return longest;
}

size_t book_lines(const char *text, double width)
{
	size_t lines = 1, used = 0, word = 0, room = (size_t)(width * SAFE);
	for (; *text != '\0'; text++) {
		used += begins_character(*text);
		word = *text == ' ' ? 0 : word + begins_character(*text);
		if (used > room && *text != ' ') { /* the word moves down, or is broken */
			lines++;
			used = word < room ? word : 1;
			word = used;
		}
	}
	return lines;
}

double book_column_pixels(double characters)
{
	return (double)(int)(characters * 7 + 5);
}

void book_paginate(struct book *book, lxw_worksheet *sheet, double width, double repeated, const struct book_part *part, size_t parts)
{
	double scale = SAFE * PAPER_WIDTH / width, used = 0;
	double page = PAPER_HEIGHT / (scale > 1 ? 1 : scale) - repeated;
	lxw_row_t breaks[MOST_BREAKS + 1] = { 0 };
	size_t count = 0;
	for (size_t i = 0; i < parts; i++) {
		double room = page - used;
		if (i > 0 && part[i].height > room && (part[i].height <= page || room < page / 2) && count < MOST_BREAKS) {
			breaks[count++] = (lxw_row_t)part[i].row;
			used = 0;
		}
		for (used += part[i].height; used > page && page > 0; used -= page)
			continue;
	}
	if (count > 0 && !book->failed)
		book_check(book, worksheet_set_h_pagebreaks(sheet, breaks));
}
