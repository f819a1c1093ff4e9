/* What was known before: see exempt.h. */
#include "stages/audit/exempt.h"

#include <string.h>

#include "stages/audit/relations/least.h"
#include "stages/audit/relations/reconciled.h"

static size_t count_found(const struct counts *counts, const struct amounts_found *amounts)
{
	size_t found = audit_amounts_count(amounts);
	for (size_t i = 0; i < counts->count; i++)
		found += counts->target[i].finding != FINDING_NONE && !counts->target[i].large;
	return found;
}

/* Whether a judgement proves that a count was given away. */
static bool is_given(const struct target *known)
{
	return known->finding == FINDING_DETERMINED || known->finding == FINDING_NARROW;
}

void exempt_counts(struct counts *counts, const struct counts *known, size_t *exempted)
{
	size_t at = 0;
	for (size_t i = 0; i < counts->count; i++) { /* both lists go by table, row and measure; the second has more */
		const struct position *own = &counts->position[i];
		struct target *target = &counts->target[i];
		while (memcmp(&known->position[at], own, sizeof *own) != 0)
			at++;
		if (!judging_asks(known, target) || !is_given(&known->target[at]))
			continue;
		target->finding = FINDING_NONE;
		++*exempted;
	}
}

/* What is judged once more: all, in parts that are not too large; in parts of any size counts that were found to be given away, or those without a witness. */
enum again { AGAIN_ALL, AGAIN_GIVEN, AGAIN_UNWITNESSED };

/* With what everybody knew before, helårsekvivalenter within p per cent; of counts without a witness to the day (exempt.h). */
static int exempt_again(const struct audit_place *place, const struct published *published, struct counts *counts, enum again again,
	struct amounts_found *amounts, size_t *exempted, struct error *error)
{
	double share = again == AGAIN_UNWITNESSED ? 0 : place->dominans;
	struct published before = { .arena = published->arena, .minimum = published->minimum, .rounded = published->rounded, .together = published->together,
		.months = published->months };
	struct counts known = { .asked = again == AGAIN_ALL ? NULL : counts, .unwitnessed = again == AGAIN_UNWITNESSED };
	struct readings readings = { 0 };
	before.knowledge = knowledge_new(before.arena, error);
	int judged = before.knowledge == NULL || judging_read(place, &before, true, &readings, error) != 0 ||
			(!published->rounded && least_state(&before, &place->earlier, share, true, error) != 0) ? -1
		: judging_judge(place, &before, &known, NULL, NULL, error);
	if (judged == 0)
		exempt_counts(counts, &known, exempted);
	if (judged == 0 && again == AGAIN_ALL && audit_amounts_exempt(place, &before, amounts, exempted, error) != 0)
		judged = -1;
	readings_free(&readings);
	return judged < 0 ? -1 : 0;
}

static bool any_left(const struct counts *counts, bool unwitnessed)
{
	const struct counts of = { .asked = counts, .unwitnessed = unwitnessed };
	size_t i = 0;
	while (i < counts->count && !judging_asks(&of, &counts->target[i]))
		i++;
	return i < counts->count;
}

int exempt_all(const struct audit_place *place, struct published *published, struct counts *counts, struct amounts_found *amounts, size_t *exempted,
	struct error *error)
{
	size_t found = count_found(counts, amounts);
	bool any = false;
	if (found > 0 && reconciled_any(published, &any, error) != 0)
		return -1;
	if (found == 0 || (!any && !published->inhabited && (place->earlier.ledger == NULL || ledger_cells(place->earlier.ledger) == 0)))
		return 0;
	if (exempt_again(place, published, counts, AGAIN_ALL, amounts, exempted, error) != 0)
		return -1;
	for (enum again again = AGAIN_GIVEN; again <= AGAIN_UNWITNESSED; again++)
		if (any_left(counts, again == AGAIN_UNWITNESSED) && exempt_again(place, published, counts, again, amounts, exempted, error) != 0)
			return -1;
	return 0;
}
