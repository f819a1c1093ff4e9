/* Parts that cost more than their whole: see economy.h. */
#include "stages/validate/economy.h"

#include <inttypes.h>

/* The rows of ekonomi, one amount of them, and sums by insats, year of the period and financier: of an insats itself, and
   of those that `ingår i` it. */
struct sums {
	const struct column_file *file;
	const struct settings *settings;
	const struct codelist *finansiar;
	const uint32_t *name;
	const int32_t *ar;
	const uint16_t *payer;
	int first_year;
	size_t years, count;
	int64_t *own, *parts;
};

static int open_sums(struct sums *sums, const struct extract *schema, struct arena *arena, struct error *error)
{
	sums->first_year = settings_first_year(sums->settings);
	sums->years = (size_t)(settings_last_year(sums->settings) - sums->first_year + 1);
	sums->finansiar = schema->field[schema_field(schema, "finansiar")].codes;
	sums->count = sums->settings->insats_count * sums->years * sums->finansiar->count;
	sums->name = column_load(sums->file, "insats", COLUMN_TEXT, arena, error);
	sums->ar = column_load(sums->file, "ar", COLUMN_I32, arena, error);
	sums->payer = column_load(sums->file, "finansiar", COLUMN_U16, arena, error);
	sums->own = arena_take(arena, sums->count, sizeof *sums->own, error);
	sums->parts = arena_take(arena, sums->count, sizeof *sums->parts, error);
	return sums->name == NULL || sums->ar == NULL || sums->payer == NULL || sums->own == NULL || sums->parts == NULL ? -1 : 0;
}

static size_t place(const struct sums *sums, size_t insats, size_t year, size_t payer)
{
	return (insats * sums->years + year) * sums->finansiar->count + payer;
}

static int add_rows(struct sums *sums, const int64_t *amount, struct error *error)
{
	for (size_t i = 0; i < sums->count; i++)
		sums->own[i] = sums->parts[i] = 0;
	for (size_t i = 0; i < column_rows(sums->file); i++) {
		size_t insats = settings_insats(sums->settings, column_text(sums->file, sums->name[i]));
		if (insats >= sums->settings->insats_count || sums->payer[i] >= sums->finansiar->count)
			return error_set(error, EXIT_BUG, "ekonomi: row %zu is not as the stage ingest writes it", i + 1);
		int year = sums->ar[i] - sums->first_year;
		if (amount[i] == COLUMN_NONE_I64 || year < 0 || year >= (int)sums->years)
			continue;
		const struct insats *whole = sums->settings->insats[insats].ingar_i;
		sums->own[place(sums, insats, (size_t)year, sums->payer[i])] += amount[i];
		if (whole != NULL)
			sums->parts[place(sums, (size_t)(whole - sums->settings->insats), (size_t)year, sums->payer[i])] += amount[i];
	}
	return 0;
}

static int add_breach(struct list *list, const struct sums *sums, const struct extract *schema, const struct extract_rule *rule,
	size_t insats, size_t year, size_t payer, struct error *error)
{
	size_t at = place(sums, insats, year, payer);
	const struct breach breach = { .extract = EXTRACT_EKONOMI, .file = "", .column = schema->field[rule->field].name,
		.code = schema_rule_code(rule->kind), .severity = rule->severity, .count = 1, .unit = "sums",
		.label = arena_print(list->arena, error, "%s; of %s in %d those of '%s' have %" PRId64 ".%02d kr and it has %" PRId64
			".%02d kr", rule->label, sums->finansiar->entry[payer].kod, sums->first_year + (int)year,
			sums->settings->insats[insats].name, sums->parts[at] / 100, (int)(sums->parts[at] % 100), sums->own[at] / 100,
			(int)(sums->own[at] % 100)) };
	return breach.label == NULL ? -1 : list_breach(list, &breach, error);
}

static int check_field(struct list *list, struct sums *sums, const struct extract *schema, const struct extract_rule *rule,
	struct error *error)
{
	const int64_t *amount = column_load(sums->file, schema->field[rule->field].name, COLUMN_I64, list->arena, error);
	if (amount == NULL || add_rows(sums, amount, error) != 0)
		return -1;
	for (size_t insats = 0; insats < sums->settings->insats_count; insats++)
		for (size_t year = 0; year < sums->years; year++)
			for (size_t payer = 0; payer < sums->finansiar->count; payer++)
				if (sums->parts[place(sums, insats, year, payer)] > sums->own[place(sums, insats, year, payer)] &&
					add_breach(list, sums, schema, rule, insats, year, payer, error) != 0)
					return -1;
	return 0;
}

int economy_check(struct list *list, const struct column_file *rows, const struct extract *schema,
	const struct settings *settings, struct error *error)
{
	struct sums sums = { .file = rows, .settings = settings };
	if (open_sums(&sums, schema, list->arena, error) != 0)
		return -1;
	for (size_t i = 0; i < schema->rules; i++)
		if (schema->rule[i].kind == RULE_CONTAINS && check_field(list, &sums, schema, &schema->rule[i], error) != 0)
			return -1;
	return 0;
}
