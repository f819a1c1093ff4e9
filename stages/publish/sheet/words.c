/* Swedish words for dates and settings: see words.h. */
#include "stages/publish/sheet/words.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "stages/publish/sheet/format.h"

static const char *const months[] = { "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
	"oktober", "november", "december" };

void words_day(int32_t day, char text[WORDS_TEXT])
{
	int year, month, day_of_month;
	date_parts(day, &year, &month, &day_of_month);
	(void)snprintf(text, WORDS_TEXT, "%d %s %d", day_of_month, months[month - 1], year);
}

void words_month(int32_t month, char text[WORDS_TEXT])
{
	(void)snprintf(text, WORDS_TEXT, "%.3s %d", months[month % 12], date_year_of_month(month));
}

void words_period(int32_t first_day, int32_t last_day, char text[WORDS_TEXT])
{
	int year, month, last_year, last_month, day_of_month;
	date_parts(first_day, &year, &month, &day_of_month);
	date_parts(last_day, &last_year, &last_month, &day_of_month);
	if (year != last_year)
		(void)snprintf(text, WORDS_TEXT, "%s %d–%s %d", months[month - 1], year, months[last_month - 1], last_year);
	else if (month != last_month)
		(void)snprintf(text, WORDS_TEXT, "%s–%s %d", months[month - 1], months[last_month - 1], year);
	else
		(void)snprintf(text, WORDS_TEXT, "%s %d", months[month - 1], year);
}

/* A per cent without its sign, and without a decimal that is 0. */
static void number(double fraction, char text[FORMAT_TEXT])
{
	format_number(100 * fraction, 1, text);
	size_t length = strlen(text);
	if (length > 2 && strcmp(text + length - 2, ",0") == 0)
		text[length - 2] = '\0';
}

void words_per_cent(double fraction, char text[WORDS_TEXT])
{
	char share[FORMAT_TEXT];
	number(fraction, share);
	(void)snprintf(text, WORDS_TEXT, "%.40s\u00A0%%", share);
}

void words_uncertain(const struct uncertain *share, char text[WORDS_TEXT])
{
	char mode[FORMAT_TEXT], low[FORMAT_TEXT], high[FORMAT_TEXT];
	number(share->mode, mode);
	number(share->low, low);
	number(share->high, high);
	if (share->low < share->high)
		(void)snprintf(text, WORDS_TEXT, "%.20s\u00A0%% (%.20s–%.20s\u00A0%%)", mode, low, high);
	else
		(void)snprintf(text, WORDS_TEXT, "%.20s\u00A0%%", mode);
}

void words_slug(const char *text, char slug[WORDS_TEXT])
{
	static const struct {
		const char *from;
		char to;
	} letters[] = { { "å", 'a' }, { "ä", 'a' }, { "ö", 'o' }, { "é", 'e' }, { "ü", 'u' }, { "Å", 'a' }, { "Ä", 'a' }, { "Ö", 'o' },
		{ "É", 'e' }, { "Ü", 'u' } };
	size_t length = 0;
	while (*text != '\0' && length < WORDS_SLUG) {
		char letter = *text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a') : *text;
		size_t taken = 1;
		bool plain = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
		for (size_t i = 0; i < sizeof letters / sizeof *letters && !plain; i++)
			if (strncmp(text, letters[i].from, strlen(letters[i].from)) == 0) {
				letter = letters[i].to;
				taken = strlen(letters[i].from);
				plain = true;
			}
		if (plain)
			slug[length++] = letter;
		else if (length > 0 && slug[length - 1] != '-')
			slug[length++] = '-';
		text += taken;
	}
	while (length > 0 && slug[length - 1] == '-')
		length--;
	slug[length] = '\0';
}

/* The text with no-break spaces before a unit and beside ±, as far as there is room. */
static void bind_units(const char *from, char text[WORDS_TEXT])
{
	size_t length = 0;
	for (const char *at = from; *at != '\0' && length + 3 < WORDS_TEXT; at++) {
		bool binds = *at == ' ' && (at[1] == '%' || strncmp(at + 1, "kr", 2) == 0 || strncmp(at + 1, "±", 2) == 0 ||
			(at - from >= 2 && strncmp(at - 2, "±", 2) == 0));
		if (binds)
			text[length++] = (char)0xC2;
		text[length++] = binds ? (char)0xA0 : *at;
	}
	text[length] = '\0';
}

void words_requirement(const struct goal *goal, char text[WORDS_TEXT])
{
	char bound[FORMAT_TEXT];
	double number = goal->form == GOAL_MINST ? goal->low : goal->high;
	if (goal->base != GOAL_NUMBER || (goal->form != GOAL_MINST && goal->form != GOAL_HOGST)) {
		const char *unit = goal->base != GOAL_NUMBER || goal->unit == GOAL_UNIT_COUNT ? "" : words_unit(goal);
		char plain[WORDS_TEXT];
		(void)snprintf(plain, sizeof plain, "%.70s%s", goal->krav, strstr(goal->krav, "kr") != NULL || strstr(goal->krav, "mån") != NULL ? "" : unit);
		bind_units(plain, text);
		return;
	}
	format_number(number, number < floor(number) || number > floor(number) ? 1 : 0, bound);
	(void)snprintf(text, WORDS_TEXT, "%s %.40s%s", goal->form == GOAL_MINST ? "minst" : "högst", bound, words_unit(goal));
}

const char *words_unit(const struct goal *goal)
{
	if (goal == NULL)
		return "";
	switch (goal->unit) {
	case GOAL_UNIT_COUNT:
		return "";
	case GOAL_UNIT_PER_CENT:
		return "\u00A0%";
	case GOAL_UNIT_KR:
		return "\u00A0kr";
	case GOAL_UNIT_MONTHS:
		return " månader";
	}
	return "";
}
