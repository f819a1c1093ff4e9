/* The price list resolved for the last year of the period. */
#include "stages/payback/price.h"

#include <math.h>
#include <string.h>

#include "pipeline/base/text.h"

#define KR_MONTH "kr/m\u00e5nad"

static const struct {
	const char *name, *enhet;
} posts[POSTS] = {
	[POST_LON + WORK_AO] = { "LON_AO", KR_MONTH },
	[POST_LON + WORK_AU] = { "LON_AU", KR_MONTH },
	[POST_LON + WORK_EF] = { "LON_EF", KR_MONTH },
	[POST_HANDLAGGNING + AGENCY_FK] = { "HANDLAGGNING_FK", KR_MONTH },
	[POST_HANDLAGGNING + AGENCY_AF] = { "HANDLAGGNING_AF", KR_MONTH },
	[POST_HANDLAGGNING + AGENCY_KOM] = { "HANDLAGGNING_KOM", KR_MONTH },
	[POST_SCHABLON + FORMAN_SP] = { "SCHABLON_SP", KR_MONTH },
	[POST_SCHABLON + FORMAN_RP] = { "SCHABLON_RP", KR_MONTH },
	[POST_SCHABLON + FORMAN_SE] = { "SCHABLON_SE", KR_MONTH },
	[POST_SCHABLON + FORMAN_AE] = { "SCHABLON_AE", KR_MONTH },
	[POST_SCHABLON + FORMAN_AK] = { "SCHABLON_AK", KR_MONTH },
	[POST_SCHABLON + FORMAN_AS] = { "SCHABLON_AS", KR_MONTH },
	[POST_SCHABLON + FORMAN_UE] = { "SCHABLON_UE", KR_MONTH },
	[POST_SCHABLON + FORMAN_ET] = { "SCHABLON_ET", KR_MONTH },
	[POST_SCHABLON + FORMAN_FS] = { "SCHABLON_FS", KR_MONTH },
	[POST_VARD + CARE_PV] = { "VARD_PV", "kr" },
	[POST_VARD + CARE_OV] = { "VARD_OV", "kr" },
	[POST_VARD + CARE_SV] = { "VARD_SV", "kr" },
	[POST_PROD + WORK_AO] = { "PROD_AO", "%" },
	[POST_PROD + WORK_AU] = { "PROD_AU", "%" },
	[POST_PROD + WORK_EF] = { "PROD_EF", "%" },
	[POST_LONEBIDRAG] = { "LONEBIDRAG", "%" },
	[POST_ARBETSGIVARAVGIFT] = { "ARBETSGIVARAVGIFT", "%" },
	[POST_SKATT_KOM] = { "SKATT_KOM", "%" },
	[POST_SKATT_REG] = { "SKATT_REG", "%" },
	[POST_SKATT_STAT] = { "SKATT_STAT", "%" },
};

const char *price_name(size_t post)
{
	return posts[post].name;
}

static size_t post_of(const char *name)
{
	size_t post = 0;
	while (post < POSTS && strcmp(posts[post].name, name) != 0)
		post++;
	return post;
}

static bool is_kpi(const struct price_row *row)
{
	return strcmp(row->post, "KPI") == 0;
}

/* The faults of one row, seen with the rows before it. Posts that no calculation knows are left alone. */
static void check_row(const struct price_row *rows, size_t at, struct error *error)
{
	const struct price_row *row = &rows[at];
	size_t post = post_of(row->post);
	if (post == POSTS && !is_kpi(row))
		return;
	const char *unit = is_kpi(row) ? "index" : posts[post].enhet;
	if (strcmp(unit, row->enhet) != 0)
		(void)error_set(error, EXIT_DATA, "prislista.csv: post '%s' %d: unit '%s' must be '%s'", row->post, row->ar,
			row->enhet, unit);
	if (row->belopp < 0 || (is_kpi(row) && !(row->belopp > 0)))
		(void)error_set(error, EXIT_DATA, "prislista.csv: post '%s' %d: the amount must be %s 0", row->post, row->ar,
			is_kpi(row) ? "above" : "at least");
	for (size_t i = 0; i < at; i++)
		if (rows[i].ar == row->ar && strcmp(rows[i].post, row->post) == 0 &&
			(rows[i].belopp < row->belopp || rows[i].belopp > row->belopp))
			(void)error_set(error, EXIT_DATA, "prislista.csv: post '%s' %d: two different amounts; keep one", row->post,
				row->ar);
}

/* KPI of a year; NULL when the list has none. */
static const struct price_row *kpi_of(const struct price_row *rows, size_t count, int year)
{
	for (size_t i = 0; i < count; i++)
		if (rows[i].ar == year && is_kpi(&rows[i]))
			return &rows[i];
	return NULL;
}

static int add_name(struct text *names, const char *name, struct error *error)
{
	return text_add_format(names, error, "%s%s", names->length > 0 ? ", " : "", name);
}

/* Posts that no calculation knows, each once. */
static int find_unknown(const struct price_row *rows, size_t count, struct text *names, struct error *error)
{
	int result = 0;
	for (size_t i = 0; i < count && result == 0; i++) {
		bool named = is_kpi(&rows[i]) || post_of(rows[i].post) < POSTS;
		for (size_t j = 0; j < i && !named; j++)
			named = strcmp(rows[j].post, rows[i].post) == 0;
		if (!named)
			result = add_name(names, rows[i].post, error);
	}
	return result;
}

/* Picks the price of one post and moves it by KPI; `old` gets its name when it is an earlier year's and stands, `unsourced`
   when it has no source. */
static int resolve_post(const struct price_row *rows, size_t count, size_t post, struct price_list *list,
	struct text *old, struct text *unsourced, struct error *error)
{
	const struct price_row *chosen = NULL;
	double *price = &list->prices.of[post];
	*price = (double)NAN;
	for (size_t i = 0; i < count; i++)
		if (post_of(rows[i].post) == post && rows[i].ar <= list->year && (chosen == NULL || rows[i].ar > chosen->ar))
			chosen = &rows[i];
	list->row[post] = chosen;
	if (chosen == NULL)
		return 0;
	if (*chosen->kalla == '\0' && add_name(unsourced, posts[post].name, error) != 0)
		return -1;
	*price = post < POSTS_IN_KR ? chosen->belopp : chosen->belopp / 100;
	if (post >= POSTS_IN_KR || chosen->ar == list->year)
		return 0;
	const struct price_row *then = kpi_of(rows, count, chosen->ar);
	if (then == NULL || list->kpi_now == NULL)
		return add_name(old, posts[post].name, error);
	list->kpi[post] = then;
	*price *= list->kpi_now->belopp / then->belopp;
	return 0;
}

int price_resolve(const struct price_row *rows, size_t count, int year, struct price_list *list, struct arena *arena,
	struct error *error)
{
	struct text old = { .arena = arena }, unknown = { .arena = arena }, unsourced = { .arena = arena };
	size_t faults = error->count;
	*list = (struct price_list){ .year = year, .kpi_now = kpi_of(rows, count, year) };
	for (size_t i = 0; i < count; i++)
		check_row(rows, i, error);
	if (error->count > faults || find_unknown(rows, count, &unknown, error) != 0)
		return -1;
	for (size_t post = 0; post < POSTS; post++)
		if (resolve_post(rows, count, post, list, &old, &unsourced, error) != 0)
			return -1;
	list->old = old.length > 0 ? old.bytes : NULL;
	list->unsourced = unsourced.length > 0 ? unsourced.bytes : NULL;
	list->unknown = unknown.length > 0 ? unknown.bytes : NULL;
	return 0;
}

int price_complete(const struct price_list *list, const bool need[POSTS], struct prices *prices, struct error *error)
{
	int result = 0;
	for (size_t post = 0; post < POSTS; post++) {
		bool missing = isnan(list->prices.of[post]);
		prices->of[post] = missing ? 0 : list->prices.of[post];
		if (missing && need[post])
			result = error_set(error, EXIT_DATA, "prislista.csv: no price for post '%s' in %d or earlier",
				posts[post].name, list->year);
	}
	return result;
}
