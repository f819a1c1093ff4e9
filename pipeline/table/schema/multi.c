/* Multi-response fields: see multi.h. */
#include "pipeline/table/schema/multi.h"

#include <string.h>

#include "pipeline/base/number.h"

/* One CODE[:PER CENT]; *per_cent is −1 without. */
static bool read_part(const struct codelist *list, const char *text, size_t length, uint16_t *code, double *per_cent)
{
	const char *colon = memchr(text, ':', length);
	size_t name = colon == NULL ? length : (size_t)(colon - text);
	*code = codelist_find(list, text, name);
	*per_cent = -1;
	if (colon == NULL)
		return *code < MULTI_CODES;
	return *code < MULTI_CODES && number_read_decimal(colon + 1, length - name - 1, per_cent) && *per_cent >= 0 &&
		*per_cent <= 100;
}

bool multi_read(const struct codelist *list, const char *text, size_t length, struct multi *multi)
{
	memset(multi, 0, sizeof *multi);
	uint32_t without = 0;
	size_t without_count = 0;
	double left = 100;
	for (size_t at = 0; length > 0 && at <= length;) {
		const char *bar = memchr(text + at, '|', length - at);
		size_t part = bar == NULL ? length - at : (size_t)(bar - (text + at));
		uint16_t code;
		double per_cent;
		if (!read_part(list, text + at, part, &code, &per_cent) || (multi->mask >> code & 1) != 0)
			return false;
		multi->mask |= UINT32_C(1) << code;
		if (per_cent < 0) {
			without |= UINT32_C(1) << code;
			without_count++;
		} else {
			multi->per_cent[code] = per_cent;
			left -= per_cent;
		}
		at += part + 1;
	}
	if (left < -1e-9)
		return false;
	for (size_t code = 0; code < MULTI_CODES; code++)
		if ((without >> code & 1) != 0)
			multi->per_cent[code] = (left > 0 ? left : 0) / (double)without_count;
	return true;
}
