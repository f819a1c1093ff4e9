/* The report of a refused delivery: see refusal.h. */
#include "stages/ingest/refusal.h"

#include "pipeline/table/validation.h"

/* The rules that a file's rows break; `breach` has room for all of them. */
static size_t take_breaches(const struct account *account, struct breach *breach)
{
	size_t count = 0;
	for (size_t i = 0; i < LAYOUT_FIELDS; i++)
		for (size_t k = 0; k < REASONS; k++)
			for (size_t kind = 0; kind < 2; kind++) {
				const struct finding *found = &account->found[i][k][kind];
				if (found->rows > 0)
					breach[count++] = (struct breach){ account->extract, account->shown, account->schema->field[i].name,
						reason_codes[k], found->rule, found->severity, (int64_t)found->rows, "rows" };
			}
	return count;
}

static size_t count_breaches(const struct account *account)
{
	size_t count = 0;
	for (size_t i = 0; i < LAYOUT_FIELDS; i++)
		for (size_t k = 0; k < REASONS; k++)
			count += (account->found[i][k][0].rows > 0 ? 1U : 0U) + (account->found[i][k][1].rows > 0 ? 1U : 0U);
	return count;
}

static int write(const struct run *run, const struct validation *validation, struct arena *arena, struct error *error)
{
	struct text json = { .arena = arena }, html = { .arena = arena };
	const char *json_path = run_refusal(run, "validation.json", arena, error);
	const char *html_path = run_refusal(run, "validation.html", arena, error);
	if (json_path == NULL || html_path == NULL || validation_json(validation, &json, error) != 0 ||
		validation_html(validation, &html, error) != 0 || text_save(&json, json_path, error) != 0)
		return -1;
	return text_save(&html, html_path, error);
}

void refusal_write(const struct run *run, const struct account *accounts, size_t count, struct arena *arena,
	struct error *why)
{
	struct error later = { 0 };
	size_t breaches = 0;
	for (size_t i = 0; i < count; i++)
		breaches += count_breaches(&accounts[i]);
	struct delivered_file *file = arena_take(arena, count, sizeof *file, &later);
	struct breach *breach = arena_take(arena, breaches, sizeof *breach, &later);
	struct validation *validation = arena_take(arena, 1, sizeof *validation, &later);
	if (file != NULL && breach != NULL && validation != NULL) {
		*validation = (struct validation){ .why = why, .files = count, .file = file,
			.breach = breach };
		for (size_t i = 0; i < count; i++) {
			file[i] = (struct delivered_file){ .extract = accounts[i].extract, .file = accounts[i].shown, .absent = accounts[i].absent,
				.read = (int64_t)accounts[i].read, .kept = (int64_t)accounts[i].kept, .rejected = (int64_t)accounts[i].rejected };
			validation->breaches += take_breaches(&accounts[i], breach + validation->breaches);
		}
		validation_count(validation);
		if (write(run, validation, arena, &later) == 0)
			return;
	}
	error_join(why, &later);
}
