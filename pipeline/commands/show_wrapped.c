/* Lines no wider than the terminal: see show_wrapped.h. */
#include "pipeline/commands/show_wrapped.h"

#include <string.h>

size_t show_columns(const char *text, size_t length)
{
	size_t columns = 0;
	for (size_t i = 0; i < length; i++)
		columns += ((unsigned char)text[i] & 0xC0) != 0x80;
	return columns;
}

size_t show_wrapped(FILE *out, const char *text, size_t length, size_t at, size_t indent, size_t width)
{
	size_t column = at;
	for (size_t from = 0, to; from < length; from = to) {
		const char *space = memchr(text + from + 1, ' ', length - from - 1);
		to = space == NULL ? length : (size_t)(space - text);
		size_t word = show_columns(text + from, to - from);
		if (text[from] == ' ' && column + word > width) {
			(void)fprintf(out, "\n%*s", (int)indent, "");
			column = indent;
			from++;
			word--;
		}
		(void)fwrite(text + from, 1, to - from, out);
		column += word;
	}
	return column;
}
