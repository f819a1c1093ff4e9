/* Figures named by text, and the decimals they are printed with: see figure_name.h. */
#include "pipeline/table/cube/figure_name.h"

#include <stdint.h>
#include <string.h>

#include "pipeline/base/number.h"
#include "pipeline/base/text.h"

size_t figure_measure(const struct table *table, const char *name)
{
	for (size_t m = 0; m < table->measures; m++)
		if (strcmp(table->measure[m].name, name) == 0)
			return m;
	return SIZE_MAX;
}

bool figure_split(char *key, const struct table *table, const char *codes[TABLE_DIMENSIONS])
{
	size_t count = 0;
	for (char *at = key; at != NULL; count++) {
		char *bar = strchr(at, '|');
		if (count == table->dimensions)
			return false;
		codes[count] = at;
		if (bar != NULL)
			*bar++ = '\0';
		at = bar;
	}
	return count == table->dimensions;
}

const char *figure_join(const char *const *codes, size_t count, struct arena *arena, struct error *error)
{
	struct text text = { .arena = arena };
	for (size_t i = 0; i < count; i++)
		if ((i > 0 && text_add_string(&text, "|", error) != 0) || text_add_string(&text, codes[i], error) != 0)
			return NULL;
	return text.bytes == NULL ? "" : text.bytes;
}

const struct goal *figure_goal(const struct settings *settings, const char *insats, const char *mal)
{
	size_t at = settings_insats(settings, insats);
	int64_t number;
	if (at == SIZE_MAX || !number_read_integer(mal, strlen(mal), &number) || number < 1 ||
		(uint64_t)number > settings->insats[at].goals)
		return NULL;
	return &settings->insats[at].goal[number - 1];
}

int figure_kind_decimals(enum measure_kind kind, const struct goal *goal)
{
	switch (kind) {
	case MEASURE_COUNT:
	case MEASURE_KR:
	case MEASURE_TEXT:
	case MEASURE_FIGURE:
		return 0;
	case MEASURE_PER_CENT:
	case MEASURE_MONTHS:
		return 1;
	case MEASURE_TWO:
		return 2;
	case MEASURE_P:
		return 3;
	case MEASURE_GOAL:
		return goal == NULL || goal->unit == GOAL_UNIT_PER_CENT || goal->unit == GOAL_UNIT_MONTHS ? 1 : 0;
	}
	return 0;
}

int figure_decimals(const struct table *table, size_t measure, const char *const *codes, const struct settings *settings)
{
	enum measure_kind kind = table->measure[measure].kind;
	return figure_kind_decimals(kind, kind == MEASURE_GOAL ? figure_goal(settings, codes[0], codes[1]) : NULL);
}
