/* Drift: see drift.h. */
#include "stages/validate/drift.h"

#include <inttypes.h>
#include <math.h>

#include "pipeline/base/date.h"

/* A source in the two runs. */
struct pair {
	size_t extract;
	const struct profile_source *before, *now;
	const struct settings *settings;
	struct list *list;
	struct error *error;
};

static int add(const struct pair *pair, const char *what, const char *before, const char *now, bool told,
	enum severity severity)
{
	if (what == NULL || before == NULL || now == NULL)
		return -1;
	const struct change change = { pair->extract, what, before, now, told, severity };
	return list_change(pair->list, &change, pair->error);
}

static const char *print_count(const struct pair *pair, uint64_t count)
{
	return arena_print(pair->list->arena, pair->error, "%" PRIu64, count);
}

static const char *print_share(const struct pair *pair, double share)
{
	return arena_print(pair->list->arena, pair->error, "%.1f %%", 100 * share);
}

static double share_of(uint64_t part, uint64_t whole)
{
	return whole == 0 ? 0 : (double)part / (double)whole;
}

/* Whether a share of `whole` changes by more than `limit`, and that is more of the whole than `drift antal`. */
static bool share_moves(const struct pair *pair, double before, double now, uint64_t whole, double limit)
{
	double moved = fabs(now - before);
	return moved > limit && moved * (double)whole > pair->settings->drift_antal;
}

static int compare_rows(const struct pair *pair)
{
	const struct settings *settings = pair->settings;
	double before = (double)pair->before->rows, now = (double)pair->now->rows, moved = fabs(now - before);
	bool told = moved > settings->drift_rader * before && moved > settings->drift_antal;
	bool refused = before - now > settings->drift_avvisa * before && before - now > settings->drift_avvisa_antal;
	return add(pair, "rows", print_count(pair, pair->before->rows), print_count(pair, pair->now->rows), told || refused,
		refused ? SEVERITY_REFUSE : SEVERITY_WARNING);
}

static int compare_persons(const struct pair *pair)
{
	double before = share_of(pair->before->elsewhere, pair->before->persons);
	double now = share_of(pair->now->elsewhere, pair->now->persons);
	if (pair->before->persons == 0 || pair->now->persons == 0)
		return 0;
	return add(pair, "persons who are in another source too", print_share(pair, before), print_share(pair, now),
		share_moves(pair, before, now, pair->now->persons, pair->settings->drift_personer), SEVERITY_WARNING);
}

static int compare_latest(const struct pair *pair, const struct profile_field *before, const struct profile_field *now)
{
	char then[DATE_TEXT], later[DATE_TEXT];
	if (before->latest == COLUMN_NONE_I32 || now->latest == COLUMN_NONE_I32)
		return 0;
	date_write(before->latest, then);
	date_write(now->latest, later);
	bool back = now->latest < before->latest - pair->settings->drift_dagar && pair->before->rows > (uint64_t)pair->settings->drift_antal;
	return add(pair, arena_print(pair->list->arena, pair->error, "latest %s", now->name),
		arena_print(pair->list->arena, pair->error, "%s", then), arena_print(pair->list->arena, pair->error, "%s", later), back,
		SEVERITY_WARNING);
}

static int compare_empty(const struct pair *pair, const struct profile_field *before, const struct profile_field *now)
{
	double then = share_of(before->empty, pair->before->rows), share = share_of(now->empty, pair->now->rows);
	if (!share_moves(pair, then, share, pair->now->rows, pair->settings->drift_saknade))
		return 0;
	return add(pair, arena_print(pair->list->arena, pair->error, "empty %s", now->name), print_share(pair, then),
		print_share(pair, share), true, SEVERITY_WARNING);
}

/* Codes of `some` that `other` lacks; `gone` tells which of the two is the run before. */
static int compare_codes(const struct pair *pair, const struct profile_field *some, const struct profile_field *other,
	uint64_t rows, bool gone)
{
	for (size_t i = 0; i < some->codes; i++) {
		const struct profile_code *code = &some->code[i];
		if (profile_code_rows(other, code->code) > 0)
			continue;
		const char *what = arena_print(pair->list->arena, pair->error, "%s %s %s", gone ? "no longer" : "new in", some->name,
			code->code);
		const char *count = print_count(pair, code->rows);
		if (add(pair, what, gone ? count : "0", gone ? "0" : count,
			    share_moves(pair, share_of(code->rows, rows), 0, rows, pair->settings->drift_koder), SEVERITY_WARNING) != 0)
			return -1;
	}
	return 0;
}

static int compare_source(const struct pair *pair)
{
	if (pair->before->rows == 0 && pair->now->rows == 0)
		return 0;
	if (compare_rows(pair) != 0 || compare_persons(pair) != 0)
		return -1;
	for (size_t i = 0; i < pair->now->fields && pair->before->rows > 0 && pair->now->rows > 0; i++) {
		const struct profile_field *now = &pair->now->field[i], *before = profile_field(pair->before, now->name);
		if (before == NULL)
			continue;
		if (compare_latest(pair, before, now) != 0 || compare_empty(pair, before, now) != 0 ||
			compare_codes(pair, now, before, pair->now->rows, false) != 0 ||
			compare_codes(pair, before, now, pair->before->rows, true) != 0)
			return -1;
	}
	return 0;
}

int drift_compare(struct list *list, const struct profile *before, const struct profile *now,
	const struct settings *settings, struct error *error)
{
	for (size_t i = 0; i < EXTRACT_PRISLISTA; i++) {
		const struct pair pair = { i, &before->source[i], &now->source[i], settings, list, error };
		if (compare_source(&pair) != 0)
			return -1;
	}
	return 0;
}
