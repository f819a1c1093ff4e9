/* Participations that overlap: see participations.h. */
#include "stages/validate/participations.h"

#include <stdlib.h>

struct participation {
	uint32_t person;
	uint16_t insats;
	int32_t start, slut;
};

static int compare(const void *a, const void *b)
{
	const struct participation *left = a, *right = b;
	if (left->person != right->person)
		return left->person < right->person ? -1 : 1;
	if (left->insats != right->insats)
		return left->insats < right->insats ? -1 : 1;
	return (left->start > right->start) - (left->start < right->start);
}

/* Persons with two participations in one insats that share a day; sorts them. */
static int64_t count_persons(struct participation *participation, size_t count)
{
	int64_t persons = 0;
	uint32_t counted = COLUMN_NONE_U32;
	qsort(participation, count, sizeof *participation, compare);
	for (size_t i = 1, last = 0; i < count; i++) { /* last: the one of the same person and insats that ends last */
		const struct participation *at = &participation[i], *before = &participation[last];
		bool alike = at->person == before->person && at->insats == before->insats;
		if (alike && at->start <= before->slut && at->person != counted) {
			counted = at->person;
			persons++;
		}
		if (!alike || at->slut > before->slut)
			last = i;
	}
	return persons;
}

int participations_check(struct list *list, const struct column_file *deltagande, const struct extract *sus,
	struct error *error)
{
	const struct extract_rule *rule = schema_rule(sus, RULE_NO_OVERLAP, "start", "insats");
	size_t rows = column_rows(deltagande), count = 0;
	const uint32_t *person = column_load(deltagande, "person", COLUMN_U32, list->arena, error);
	const uint16_t *insats = column_load(deltagande, "insats", COLUMN_U16, list->arena, error);
	const int32_t *start = column_load(deltagande, "start", COLUMN_I32, list->arena, error);
	const int32_t *slut = column_load(deltagande, "slut", COLUMN_I32, list->arena, error);
	struct participation *participation = arena_take(list->arena, rows, sizeof *participation, error);
	if (person == NULL || insats == NULL || start == NULL || slut == NULL || participation == NULL)
		return -1;
	for (size_t i = 0; i < rows && rule != NULL; i++)
		if (person[i] != COLUMN_NONE_U32)
			participation[count++] = (struct participation){ person[i], insats[i], start[i], slut[i] };
	int64_t persons = count_persons(participation, count);
	if (persons == 0)
		return 0;
	const struct breach breach = { .extract = EXTRACT_SUS, .file = "", .column = sus->field[rule->field].name,
		.code = schema_rule_code(rule->kind), .label = rule->label, .severity = rule->severity, .count = persons,
		.unit = "persons" };
	return list_breach(list, &breach, error);
}
