/* The widths of letters: see lettering.h. */
#include "stages/publish/diagram/lettering.h"

#include <string.h>

/* Thousandths of the size, of the characters from ' ' to '~' in DejaVu Sans 2.37 (measured). */
static const short widths[] = { 318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636,
	636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557,
	863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615,
	352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838 };

/* The others that Swedish texts hold; what is neither here nor there counts as wide. */
static const struct {
	const char *letter;
	short width;
} others[] = { { "\u00A0", 318 }, { "å", 613 }, { "ä", 613 }, { "ö", 612 }, { "é", 615 }, { "ü", 634 }, { "Å", 684 }, { "Ä", 684 },
	{ "Ö", 787 }, { "É", 632 }, { "Ü", 732 }, { "–", 500 }, { "”", 518 }, { "’", 318 } };
#define WIDE 1000
#define BOLD 1.16 /* the bold cut is wider, over a word, by less than this */

static size_t letter_length(const char *text)
{
	size_t length = 1;
	while (((unsigned char)text[length] & 0xC0) == 0x80)
		length++;
	return length;
}

static short letter_width(const char *text, size_t length)
{
	if (length == 1)
		return *text >= ' ' && *text <= '~' ? widths[*text - ' '] : WIDE;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (strlen(others[i].letter) == length && memcmp(others[i].letter, text, length) == 0)
			return others[i].width;
	return WIDE;
}

double lettering_width(const char *text, size_t length, double size, bool bold)
{
	double width = 0;
	for (size_t i = 0; i < length;) {
		size_t letter = letter_length(text + i);
		width += letter_width(text + i, letter);
		i += letter;
	}
	return width * size / 1000 * (bold ? BOLD : 1);
}

double lettering_width_of(const char *text, double size, bool bold)
{
	return lettering_width(text, strlen(text), size, bold);
}

/* Bytes of the longest beginning that fits both the width and a line, cut between letters. */
static size_t fitting(const char *text, double width, double size, bool bold)
{
	size_t length = 0;
	while (text[length] != '\0') {
		size_t next = length + letter_length(text + length);
		if (next >= LETTERING_TEXT - 4 || lettering_width(text, next, size, bold) > width)
			break;
		length = next;
	}
	return length;
}

/* Where a line that may hold `fits` bytes ends: after its last place to break; 0 without such a place. */
static size_t last_break(const char *text, size_t fits)
{
	if (text[fits] == '\0' || text[fits] == ' ')
		return fits;
	for (size_t i = fits; i > 0; i--)
		if (text[i - 1] == ' ' || (i > 3 && (text[i - 1] == '-' || text[i - 1] == '/') && text[i - 3] != ' ' && text[i - 3] != '('))
			return i;
	return 0;
}

static void cut_line(char *line, const char *text, double width, double size, bool bold)
{
	size_t length = fitting(text, width - lettering_width_of("…", size, bold), size, bold);
	memcpy(line, text, length);
	memcpy(line + length, "…", sizeof "…");
}

struct lettering lettering_break(const char *text, double width, size_t most, double size, bool bold)
{
	struct lettering broken = { .lines = 0 };
	do {
		char *line = broken.line[broken.lines++];
		size_t fits = fitting(text, width, size, bold), end = last_break(text, fits);
		if (text[fits] == '\0') {
			memcpy(line, text, fits + 1);
			break;
		}
		if (end == 0 || broken.lines == most) {
			cut_line(line, text, width, size, bold);
			text += end == 0 ? strcspn(text, " ") : end;
		} else {
			size_t shown = end;
			while (shown > 0 && text[shown - 1] == ' ')
				shown--;
			memcpy(line, text, shown);
			line[shown] = '\0';
			text += end;
		}
		text += strspn(text, " ");
	} while (*text != '\0' && broken.lines < most);
	return broken;
}
