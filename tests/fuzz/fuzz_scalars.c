/* Fuzzes the readers of numbers, dates, per cents and personnummer: what they take is written back to what was read. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/base/number.h"
#include "pipeline/base/text.h"
#include "pipeline/table/schema/codelist.h"
#include "pipeline/table/schema/multi.h"
#include "pipeline/table/schema/pattern.h"
#include "stages/ingest/personnummer.h"

static void must(bool truth)
{
	if (!truth)
		abort();
}

static void read_numbers(const char *text, size_t length)
{
	int64_t whole, ore;
	double decimal, full;
	char written[NUMBER_TEXT];
	bool integer = number_read_integer(text, length, &whole);
	must(!integer || (whole > -1000000000000000000 && whole < 1000000000000000000));
	if (number_read_ore(text, length, &ore))
		must(number_read_decimal(text, length, &decimal) && fabs(decimal * 100 - (double)ore) <= fabs((double)ore) * 1e-12 + 0.01);
	if (number_read_decimal(text, length, &decimal)) {
		must(isfinite(decimal) != 0);
		number_write_full(decimal, written);
		must(number_read_full(written, strlen(written), &full) && full == decimal);
	}
	must(!number_read_full(text, length, &full) || isfinite(full) != 0);
}

static void read_dates(const char *text, size_t length)
{
	int32_t day, month;
	char written[DATE_TEXT];
	if (date_read(text, length, &day)) {
		date_write(day, written);
		must(length == strlen(written) && memcmp(text, written, length) == 0);
	}
	if (date_read_month(text, length, &month)) {
		date_write_month(month, written);
		must(length == strlen(written) && memcmp(text, written, length) == 0);
	}
}

/* A personnummer stays one inside other signs, and the quick search leaves none out. */
static void find_personnummer(const char *text, size_t length)
{
	bool within = personnummer_within(text, length);
	char *around = malloc(length + 2);
	if (around == NULL)
		return;
	around[0] = ' ';
	memcpy(around + 1, text, length);
	around[length + 1] = '.';
	must(personnummer_within(around, length + 2) == within);
	bool found = false;
	for (size_t at = 0; at < length && !found; at++) {
		at = personnummer_candidate(text, at, length);
		found = at < length && (personnummer_within(text + at, length - at) || within);
	}
	must(!within || found);
	free(around);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct error error;
	static struct arena *arena;
	static const struct codelist *codes;
	struct multi multi;
	if (arena == NULL && (arena = arena_new(&error)) != NULL)
		codes = codelist_load("sysselsattning", arena, &error);
	char *text = malloc(size + 1);
	if (text == NULL || codes == NULL)
		abort();
	memcpy(text, data, size);
	text[size] = '\0';
	read_numbers(text, size);
	read_dates(text, size);
	find_personnummer(text, size);
	(void)multi_read(codes, text, size, &multi);
	(void)text_bad_utf8(text, size);
	if (size < 40 && pattern_is_valid(text))
		(void)pattern_matches(text, "16-19 abc", 9);
	free(text);
	return 0;
}
