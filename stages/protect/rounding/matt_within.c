/* Measures within one another: see matt_within.h. */
#include "stages/protect/rounding/matt_within.h"

#include <string.h>

#define CODES 16 /* sysselsattning has nine */

struct codes {
	const char *code[CODES];
	size_t count;
	bool many; /* more than there is room for */
};

static size_t place_of(struct codes *codes, const char *code)
{
	size_t at = 0;
	while (at < codes->count && strcmp(codes->code[at], code) != 0)
		at++;
	if (at == CODES) {
		codes->many = true;
		return 0;
	}
	if (at == codes->count)
		codes->code[codes->count++] = code;
	return at;
}

static void list_codes(struct codes *codes, const struct matt *matt)
{
	for (; matt != NULL; matt = matt->utesluter)
		for (size_t i = 0; i < matt->vid_avslut.count; i++)
			(void)place_of(codes, matt->vid_avslut.word[i]);
}

/* Whether an exit with these codes, a bit each, meets the measure. */
static bool meets(struct codes *codes, const struct matt *matt, unsigned set)
{
	bool one = false;
	for (size_t i = 0; i < matt->vid_avslut.count; i++)
		one = one || (set >> place_of(codes, matt->vid_avslut.word[i]) & 1U) != 0;
	return one && (matt->utesluter == NULL || !meets(codes, matt->utesluter, set));
}

bool matt_within(const struct matt *part, const struct matt *whole)
{
	struct codes codes = { .count = 0 };
	list_codes(&codes, part);
	list_codes(&codes, whole);
	bool all = !codes.many;
	for (unsigned set = 0; set < 1U << codes.count && all; set++)
		all = !meets(&codes, part, set) || meets(&codes, whole, set);
	return all;
}
