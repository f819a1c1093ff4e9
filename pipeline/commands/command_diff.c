/* The command `diff`: which cells of which tables differ between two runs, and why. Of protected tables, which anyone may see,
   unless --internal. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "pipeline/base/file.h"
#include "pipeline/base/number.h"
#include "pipeline/base/text.h"
#include "pipeline/commands/command.h"
#include "pipeline/history/cause.h"
#include "pipeline/table/cube/cube.h"

struct comparison {
	const struct past *before, *after;
	bool internal;
	struct arena *arena;
	struct error *error;
	struct text json, only; /* used with --json alone: cells, tables that one run lacks */
	bool as_json;
	size_t cells, tables;
};

/* Where the run keeps the table; NULL with *missing set when it has none, else with the error set. */
static const char *table_path(const struct comparison *comparison, const struct past *past, const struct table *table, bool *missing)
{
	char *path = comparison->internal
		? arena_print(comparison->arena, comparison->error, "%s/aggregate/%s.csv", past->internal, table->name)
		: arena_print(comparison->arena, comparison->error, "%s/data/%s.csv", past->published == NULL ? "" : past->published, table->name);
	bool there = false;
	*missing = path != NULL && file_is_there(path, &there, comparison->error) == 0 && !there;
	return there ? path : NULL;
}

/* A cell as it is told: its value, "skyddad", "saknas", or "0" of a row that is not there. */
static const char *told(const struct comparison *comparison, const struct cube *cube, size_t row, size_t measure)
{
	char number[NUMBER_TEXT];
	if (row == CUBE_NO_ROW)
		return cube->table->measure[measure].kind == MEASURE_TEXT ? "" : "0";
	const struct cell *cell = cube_cell(cube, row, measure);
	if (cell->status != CELL_PUBLISHED)
		return cube_status(cell);
	if (cell->text != NULL)
		return cell->text;
	number_write_shortest(cell->number, number);
	return arena_text(comparison->arena, number, strlen(number), comparison->error);
}

/* The dimension values joined by |, as in publicerat.csv. */
static const char *key_of(const struct comparison *comparison, const struct cube *cube, size_t row)
{
	struct text key = { .arena = comparison->arena };
	for (size_t d = 0; d < cube->table->dimensions; d++)
		if (text_add_format(&key, comparison->error, "%s%s", d > 0 ? "|" : "", cube_code_of(cube, row, d)) != 0)
			return NULL;
	return key.bytes == NULL ? "" : key.bytes;
}

/* The same combination in the other cube. */
static size_t find(const struct cube *cube, const struct cube *other, size_t row)
{
	const char *codes[TABLE_DIMENSIONS];
	for (size_t d = 0; d < cube->table->dimensions; d++)
		codes[d] = cube_code_of(cube, row, d);
	return cube_find_named(other, codes);
}

static int print_cell(struct comparison *comparison, const struct table *table, const char *key, size_t measure,
	const char *before, const char *after)
{
	const char *name = table->measure[measure].name;
	if (!comparison->as_json) {
		(void)printf("  %s %s: %s -> %s\n", key, name, before, after);
		return 0;
	}
	struct text *json = &comparison->json;
	struct error *error = comparison->error;
	return text_add_format(json, error, "%s\n {\"tabell\":\"%s\",\"nyckel\":", comparison->cells > 1 ? "," : "", table->name) != 0 ||
			text_add_json(json, key, error) != 0 || text_add_format(json, error, ",\"matt\":\"%s\",\"before\":", name) != 0 ||
			text_add_json(json, before, error) != 0 || text_add_string(json, ",\"after\":", error) != 0 ||
			text_add_json(json, after, error) != 0 || text_add_string(json, "}", error) != 0
		? -1 : 0;
}

static int print_causes(struct comparison *comparison, const struct table *table)
{
	struct causes causes = { .arena = comparison->arena };
	if (comparison->as_json)
		return 0;
	if (cause_of_table(&causes, comparison->before, comparison->after, table->name, comparison->error) != 0)
		return -1;
	(void)printf("%s\n", table->name);
	for (size_t i = 0; i < causes.count; i++)
		(void)printf("  because of %s\n", causes.text[i]);
	return 0;
}

/* The rows of `cube`; `other` is the other run's. `second`: only what the other lacks, for the rest was compared before. */
static int compare_rows(struct comparison *comparison, const struct cube *cube, const struct cube *other, bool second, size_t *changed)
{
	for (size_t row = 0; row < cube->rows; row++) {
		size_t twin = find(cube, other, row);
		const char *key = NULL;
		if (second && twin != CUBE_NO_ROW)
			continue;
		for (size_t measure = 0; measure < cube->table->measures; measure++) {
			const char *here = told(comparison, cube, row, measure), *there = told(comparison, other, twin, measure);
			if (here == NULL || there == NULL || strcmp(here, there) != 0)
				key = key_of(comparison, cube, row);
			if (here == NULL || there == NULL || (strcmp(here, there) != 0 && key == NULL))
				return -1;
			if (strcmp(here, there) == 0)
				continue;
			if (++*changed == 1 && print_causes(comparison, cube->table) != 0)
				return -1;
			comparison->cells++;
			if (print_cell(comparison, cube->table, key, measure, second ? there : here, second ? here : there) != 0)
				return -1;
		}
	}
	return 0;
}

/* A table that one of the runs lacks (--tables, or another program): nothing is known of its cells there. */
static int print_only(struct comparison *comparison, const struct table *table, const struct past *past)
{
	comparison->tables++;
	if (comparison->as_json)
		return text_add_format(&comparison->only, comparison->error, "%s{\"tabell\":\"%s\",\"run\":\"%s\"}",
			comparison->only.length > 0 ? "," : "", table->name, past->name);
	(void)printf("%s\n  only in %s\n", table->name, past->name);
	return 0;
}

static int compare_table(struct comparison *comparison, const struct table *table)
{
	bool new, gone;
	const char *before_path = table_path(comparison, comparison->before, table, &new);
	const char *after_path = table_path(comparison, comparison->after, table, &gone);
	size_t changed = 0;
	if ((before_path == NULL && !new) || (after_path == NULL && !gone))
		return -1;
	if (new || gone)
		return new && gone ? 0 : print_only(comparison, table, new ? comparison->after : comparison->before);
	const struct cube *before = cube_read(table, before_path, comparison->arena, comparison->error);
	const struct cube *after = before == NULL ? NULL : cube_read(table, after_path, comparison->arena, comparison->error);
	if (after == NULL || compare_rows(comparison, before, after, false, &changed) != 0 ||
		compare_rows(comparison, after, before, true, &changed) != 0)
		return -1;
	comparison->tables += changed > 0;
	return 0;
}

static int compare(struct comparison *comparison, const char *list)
{
	const struct stage *publish = stages[stages_publisher()];
	const char **wanted = NULL;
	size_t count = 0;
	if (list != NULL && run_choose_tables(list, &wanted, &count, comparison->arena, comparison->error) != 0)
		return -1;
	for (const struct file_use *file = publish->reads; file->name != NULL; file++) {
		bool chosen = count == 0;
		for (size_t i = 0; i < count && !chosen; i++)
			chosen = strcmp(wanted[i], file->name) == 0;
		const struct table *table = !chosen ? NULL : schema_table(file->name, comparison->arena, comparison->error);
		if (chosen && (table == NULL || compare_table(comparison, table) != 0))
			return -1;
	}
	return 0;
}

static int print_all(struct comparison *comparison)
{
	struct causes causes = { .arena = comparison->arena };
	struct text json = { .arena = comparison->arena };
	struct error *error = comparison->error;
	if (cause_of_all(&causes, comparison->before, comparison->after, error) != 0)
		return -1;
	if (!comparison->as_json) {
		(void)printf("%s -> %s: %zu cells of %zu tables differ\n", comparison->before->name, comparison->after->name,
			comparison->cells, comparison->tables);
		for (size_t i = 0; i < causes.count; i++)
			(void)printf("  %s\n", causes.text[i]);
		return 0;
	}
	if (text_add_format(&json, error, "{\"before\":\"%s\",\"after\":\"%s\",\"causes\":[", comparison->before->name,
		    comparison->after->name) != 0)
		return -1;
	for (size_t i = 0; i < causes.count; i++)
		if (text_add_string(&json, i > 0 ? "," : "", error) != 0 || text_add_json(&json, causes.text[i], error) != 0)
			return -1;
	(void)printf("%s],\"only\":[%s],\"cells\":[%s]}\n", json.bytes, comparison->only.bytes == NULL ? "" : comparison->only.bytes,
		comparison->json.bytes == NULL ? "" : comparison->json.bytes);
	return 0;
}

enum exit_code command_diff(struct arguments *arguments, struct arena *arena, struct error *error)
{
	struct comparison comparison = { .internal = arguments->internal, .as_json = arguments->json, .arena = arena, .error = error,
		.json = { .arena = arena }, .only = { .arena = arena } };
	const char *out = arguments->request.out;
	comparison.before = past_open(arguments->operand[0], out, arena, error);
	comparison.after = comparison.before == NULL ? NULL
		: past_open(arguments->operand[1], out == NULL ? comparison.before->out : out, arena, error);
	for (int i = 0; i < 2 && comparison.after != NULL && !arguments->internal; i++) {
		const struct past *past = i == 0 ? comparison.before : comparison.after;
		if (past->published == NULL)
			(void)error_set(error, EXIT_USAGE, "%s was not published; --internal compares the tables before protection", past->name);
	}
	if (error->count > 0 || compare(&comparison, arguments->request.tables) != 0 || print_all(&comparison) != 0) {
		command_errors("diff", error);
		return error->code;
	}
	return EXIT_DONE;
}
