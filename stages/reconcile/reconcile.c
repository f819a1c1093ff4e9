/* The stage reconcile: opens its inputs, compares one published figure after the other, writes q01, closes. See README.md. */
#include "stages/reconcile/reconcile.h"

#include <string.h>
#include <unistd.h>

#include "pipeline/base/file.h"
#include "pipeline/base/number.h"
#include "pipeline/base/text.h"
#include "pipeline/table/column/column.h"
#include "pipeline/table/cube/figure_name.h"
#include "stages/reconcile/explain.h"

/* ---- opening ---- */

static const char *text_of(const struct column_file *file, const uint32_t *column, size_t row, struct arena *arena,
	struct error *error)
{
	const char *text = column_text(file, column[row]);
	return arena_text(arena, text, strlen(text), error);
}

static int load_figures(const struct column_file *file, const uint32_t *tabell, struct desk *desk)
{
	struct arena *arena = desk->arena;
	struct error *error = desk->error;
	size_t rows = column_rows(file);
	const uint32_t *nyckel = column_load(file, "nyckel", COLUMN_TEXT, arena, error);
	const uint32_t *matt = column_load(file, "matt", COLUMN_TEXT, arena, error);
	const uint32_t *varde = column_load(file, "varde", COLUMN_TEXT, arena, error);
	desk->figure = arena_take(arena, rows, sizeof *desk->figure, error);
	if (nyckel == NULL || matt == NULL || varde == NULL || desk->figure == NULL)
		return -1;
	for (size_t row = 0; row < rows; row++) {
		struct published figure = { .tabell = text_of(file, tabell, row, arena, error),
			.nyckel = text_of(file, nyckel, row, arena, error), .matt = text_of(file, matt, row, arena, error) };
		if (figure.matt == NULL || desk_read_value(column_text(file, varde[row]), &figure, arena, error) != 0 ||
			desk_name(desk, &figure) != 0 || desk_add(desk, &figure) != 0)
			return -1;
	}
	return error->count > 0 ? -1 : 0;
}

/* Whether a table is compared with, or may hold the base of a share. */
static bool needed(const struct column_file *file, const uint32_t *tabell, const char *name)
{
	static const char *const bases[] = { "i01", "i06", "e01" };
	for (size_t i = 0; i < sizeof bases / sizeof *bases; i++)
		if (strncmp(name, bases[i], 3) == 0)
			return true;
	for (size_t row = 0; row < column_rows(file); row++)
		if (strncmp(column_text(file, tabell[row]), name, 3) == 0)
			return true;
	return false;
}

/* The tables that were computed in this run and that are needed. */
static int load_cubes(const struct run *run, const struct column_file *file, const uint32_t *tabell, struct desk *desk)
{
	size_t most = 0;
	while (stage_reconcile.reads[most].name != NULL)
		most++;
	desk->cube = arena_take(desk->arena, most, sizeof *desk->cube, desk->error);
	desk->place = arena_take(desk->arena, most, sizeof *desk->place, desk->error);
	if (desk->cube == NULL || desk->place == NULL)
		return -1;
	for (const struct file_use *use = stage_reconcile.reads; use->name != NULL; use++) {
		if (use->class != FILE_AGGREGATE || !needed(file, tabell, use->name))
			continue;
		const char *path = run_input(run, use->class, use->name, desk->arena, desk->error);
		bool there;
		if (path == NULL || file_is_there(path, &there, desk->error) != 0)
			return -1;
		if (!there)
			continue; /* not computed in this run (--tables) */
		const struct table *table = schema_table(use->name, desk->arena, desk->error);
		desk->cube[desk->cubes] = table == NULL ? NULL : cube_read(table, path, desk->arena, desk->error);
		if (desk->cube[desk->cubes++] == NULL)
			return -1;
	}
	return 0;
}

/* ---- writing ---- */

static const char *number_text(struct desk *desk, double number)
{
	char text[NUMBER_TEXT];
	number_write_full(number, text);
	return arena_text(desk->arena, text, strlen(text), desk->error);
}

static int put_row(struct desk *desk, const struct published *figure, const struct comparison *comparison, struct cube *cube)
{
	const char *codes[] = { figure->tabell, figure->nyckel, figure->matt };
	size_t row = cube_row_named(cube, codes, desk->error), computed = cube_measure(cube, "beraknat"),
	       difference = cube_measure(cube, "skillnad");
	if (row == CUBE_NO_ROW)
		return -1;
	cube_set_text(cube, row, cube_measure(cube, "publicerat"), figure->varde);
	cube_set_text(cube, row, cube_measure(cube, "forklaring"), comparison->explanation);
	cube_set_missing(cube, row, computed);
	cube_set_missing(cube, row, difference);
	if (comparison->is_number)
		cube_set_text(cube, row, computed, number_text(desk, comparison->number));
	else if (comparison->status == CELL_PUBLISHED)
		cube_set_text(cube, row, computed, comparison->text);
	if (comparison->is_number && figure->is_number)
		cube_set_text(cube, row, difference, number_text(desk, comparison->number - figure->number));
	return desk->error->count > 0 ? -1 : 0;
}

/* The cells that the row tells of: protection lets it say no more than they do. */
static int put_seen(struct desk *desk, const struct published *figure, struct cube *cube)
{
	for (size_t i = 0; i < desk->seen_count; i++) {
		const struct seen *seen = &desk->seen[i];
		const struct table *table = seen->cube->table;
		const char *key = figure_join(seen->code, table->dimensions, desk->arena, desk->error);
		const char *codes[] = { figure->tabell, figure->nyckel, figure->matt, table->name, key,
			table->measure[seen->measure].name };
		size_t row = key == NULL ? CUBE_NO_ROW : cube_row_named(cube, codes, desk->error);
		if (row == CUBE_NO_ROW)
			return -1;
		size_t at = cube_find_named(seen->cube, seen->code);
		cube_set(cube, row, 0, cube_cell(seen->cube, at, seen->measure)->number);
	}
	return 0;
}

/* Names that are no figure's are a fault of publicerat.csv that the analyst can mend. */
static void warn_of_name(const struct run *run, const struct published *figure)
{
	const char *what = figure->naming == NO_TABLE ? "table" : figure->naming == NO_MEASURE ? "measure of its table" : "code";
	if (figure->wrong != NULL && figure->nearest != NULL)
		run_warn(run, "publicerat.csv: '%s' is no %s; did you mean '%s'?", figure->wrong, what, figure->nearest);
	else if (figure->wrong != NULL)
		run_warn(run, "publicerat.csv: '%s' is no %s", figure->wrong, what);
	else if (figure->naming == NO_KEY)
		run_warn(run, "publicerat.csv: the nyckel '%s' has not the %zu parts of %s", figure->nyckel,
			figure->table->dimensions, figure->tabell);
}

static int compare_all(const struct run *run, struct desk *desk, struct cube *table, struct cube *support)
{
	size_t differing = 0;
	for (size_t i = 0; i < desk->figures; i++) {
		struct comparison comparison;
		warn_of_name(run, &desk->figure[i]);
		if (explain(desk, &desk->figure[i], &comparison) != 0 || put_row(desk, &desk->figure[i], &comparison, table) != 0 ||
			put_seen(desk, &desk->figure[i], support) != 0)
			return -1;
		differing += !comparison.agrees && desk->figure[i].naming != NOT_COMPUTED;
	}
	if (differing > 0)
		run_warn(run, "%zu of %zu published figures differ from the computed ones; q01_avstamning explains them", differing,
			desk->figures);
	else if (desk->figures > 0)
		run_note(run, "%zu published figures agree with the computed ones", desk->figures);
	return 0;
}

static int write_cube(const struct run *run, enum file_class class, struct cube *cube, struct desk *desk)
{
	const char *path = run_output(run, class, cube->table->name, desk->arena, desk->error);
	return path == NULL ? -1 : cube_write(cube, path, desk->error);
}

static struct cube *new_cube(const char *name, struct desk *desk)
{
	const struct table *table = schema_table(name, desk->arena, desk->error);
	return table == NULL ? NULL : cube_new(table, desk->arena, desk->error);
}

static int work(const struct run *run, struct arena *arena, struct error *error)
{
	struct desk desk = { .settings = run_settings(run), .arena = arena, .error = error };
	struct column_file *file = NULL;
	int result = -1;
	const char *path = run_input(run, FILE_PERSONS, "publicerat", arena, error);
	struct cube *table = new_cube("q01_avstamning", &desk), *support = new_cube("avstamning_celler", &desk);
	if (path == NULL || table == NULL || support == NULL || column_open(&file, path, error) != 0)
		goto done;
	const uint32_t *tabell = column_load(file, "tabell", COLUMN_TEXT, arena, error);
	if (tabell == NULL || load_cubes(run, file, tabell, &desk) != 0)
		goto done;
	if (load_figures(file, tabell, &desk) != 0 || compare_all(run, &desk, table, support) != 0 ||
		write_cube(run, FILE_AGGREGATE, table, &desk) != 0 || write_cube(run, FILE_SUPPORT, support, &desk) != 0)
		goto done;
	result = 0;
done:
	column_close(file);
	return result;
}

static const struct file_use reads[] = {
	{ FILE_PERSONS, "publicerat" }, { FILE_AGGREGATE, "m01_forsorjningsmatt" }, { FILE_AGGREGATE, "m02_malgrupp" },
	{ FILE_AGGREGATE, "m03_samtidighet" }, { FILE_AGGREGATE, "m04_rundgang" }, { FILE_AGGREGATE, "m05_tid_i_forsorjning" },
	{ FILE_AGGREGATE, "m06_manad" }, { FILE_AGGREGATE, "m07_floden" }, { FILE_AGGREGATE, "i01_deltagare" },
	{ FILE_AGGREGATE, "i02_bakgrund" }, { FILE_AGGREGATE, "i03_forsorjning" }, { FILE_AGGREGATE, "i04_sysselsattning" },
	{ FILE_AGGREGATE, "i05_avslut" }, { FILE_AGGREGATE, "i06_resultat" }, { FILE_AGGREGATE, "i07_tid_i_insats" },
	{ FILE_AGGREGATE, "i08_remittent" }, { FILE_AGGREGATE, "i09_ko" }, { FILE_AGGREGATE, "i10_volym" },
	{ FILE_AGGREGATE, "i11_matris" }, { FILE_AGGREGATE, "i12_enkat" }, { FILE_AGGREGATE, "i13_overlevnad" },
	{ FILE_AGGREGATE, "i14_konsskillnad" }, { FILE_AGGREGATE, "g01_mal" }, { FILE_AGGREGATE, "e01_ekonomi" },
	{ FILE_AGGREGATE, "e02_aterbetalning" }, { FILE_AGGREGATE, "e03_kassaflode" }, { FILE_AGGREGATE, "e04_kanslighet" },
	{ FILE_AGGREGATE, "e05_potential" }, { FILE_AGGREGATE, "e06_jamforelse" }, { FILE_AGGREGATE, "e07_band" },
	{ FILE_AGGREGATE, "e08_utjamning" }, { FILE_AGGREGATE, "e09_priser" },
	{ FILE_PERSONS, NULL },
};

static const struct file_use writes[] = {
	{ FILE_AGGREGATE, "q01_avstamning" }, { FILE_SUPPORT, "avstamning_celler" }, { FILE_AGGREGATE, NULL },
};

const struct stage stage_reconcile = {
	.name = "reconcile",
	.summary = "figures published earlier beside the computed ones, with the reason of each difference (q01)",
	.reads = reads,
	.writes = writes,
	.settings = SETTINGS(MATT) | SETTINGS(INSATSER) | SETTINGS(INGAR_I) | SETTINGS(MALGRUPP) | SETTINGS(MAL),
	.brief = true,
	.work = work,
};
