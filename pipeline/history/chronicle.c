/* The history file: see chronicle.h. The only user of SQLite. */
#include "pipeline/history/chronicle.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pipeline/base/date.h"
#include "pipeline/base/hash.h"
#include "pipeline/base/number.h"
#include "pipeline/base/text.h"
#include "pipeline/run/past.h"
#include "pipeline/run/run.h"
#include "pipeline/table/cube/cube.h"

#define WAIT_MS 10000 /* for another history at work on the same file */

/* A table that comes out the same night after night is kept once: an edition is its file's hash. */
static const char schema[] =
	"PRAGMA user_version = 1;"
	"CREATE TABLE IF NOT EXISTS run (name TEXT PRIMARY KEY, ended TEXT, period TEXT, program TEXT, program_sha256 TEXT,"
	" complete INTEGER, published INTEGER, warnings INTEGER, data TEXT, settings TEXT, tabeller TEXT) WITHOUT ROWID;"
	"CREATE TABLE IF NOT EXISTS edition (tabell TEXT, run TEXT, sha256 TEXT, PRIMARY KEY (tabell, run)) WITHOUT ROWID;"
	"CREATE TABLE IF NOT EXISTS figure (sha256 TEXT, nyckel TEXT, matt TEXT, varde TEXT, PRIMARY KEY (sha256, nyckel, matt))"
	" WITHOUT ROWID;";

/* Runs in the order of time: -10 comes after -9. */
#define IN_TIME(run) "substr(" run ", 1, 16), length(" run "), " run

struct chronicle {
	sqlite3 *base;
	const char *out;
	struct arena *arena;
};

static int fault(const struct chronicle *chronicle, struct error *error)
{
	return error_set(error, EXIT_IO, "%s/internal/history.sqlite: %s", chronicle->out, sqlite3_errmsg(chronicle->base));
}

static int execute(const struct chronicle *chronicle, const char *sql, struct error *error)
{
	return sqlite3_exec(chronicle->base, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : fault(chronicle, error);
}

/* A statement with texts bound in order; NULL with the error set. */
static sqlite3_stmt *prepare(const struct chronicle *chronicle, const char *sql, const char *const *texts, int count,
	struct error *error)
{
	sqlite3_stmt *statement = NULL;
	bool good = sqlite3_prepare_v2(chronicle->base, sql, -1, &statement, NULL) == SQLITE_OK;
	for (int i = 0; i < count && good; i++)
		good = sqlite3_bind_text(statement, i + 1, texts[i], -1, SQLITE_STATIC) == SQLITE_OK;
	if (good)
		return statement;
	(void)fault(chronicle, error);
	(void)sqlite3_finalize(statement);
	return NULL;
}

static int execute_with(const struct chronicle *chronicle, const char *sql, const char *const *texts, int count,
	struct error *error)
{
	sqlite3_stmt *statement = prepare(chronicle, sql, texts, count, error);
	if (statement == NULL)
		return -1;
	int result = sqlite3_step(statement) == SQLITE_DONE ? 0 : fault(chronicle, error);
	(void)sqlite3_finalize(statement);
	return result;
}

/* Whether the query gives a row; −1 with the error set. */
static int any(const struct chronicle *chronicle, const char *sql, const char *const *texts, int count, struct error *error)
{
	sqlite3_stmt *statement = prepare(chronicle, sql, texts, count, error);
	if (statement == NULL)
		return -1;
	int step = sqlite3_step(statement);
	(void)sqlite3_finalize(statement);
	return step == SQLITE_ROW ? 1 : step == SQLITE_DONE ? 0 : fault(chronicle, error);
}

static const char *text_at(sqlite3_stmt *statement, int column)
{
	const unsigned char *text = sqlite3_column_text(statement, column);
	return text == NULL ? "" : (const char *)text;
}

/* ---- filling ---- */

static const char *value_of(const struct cell *cell, char number[NUMBER_TEXT])
{
	if (cell->status != CELL_PUBLISHED)
		return cube_status(cell);
	if (cell->text != NULL)
		return cell->text;
	number_write_shortest(cell->number, number);
	return number;
}

static int add_figures(const struct chronicle *chronicle, const struct cube *cube, const char *edition, struct arena *arena,
	struct error *error)
{
	sqlite3_stmt *insert = prepare(chronicle, "INSERT OR IGNORE INTO figure VALUES (?, ?, ?, ?)", &edition, 1, error);
	int result = insert == NULL ? -1 : 0;
	for (size_t row = 0; row < cube->rows && result == 0; row++) {
		struct text key = { .arena = arena };
		for (size_t d = 0; d < cube->table->dimensions && result == 0; d++)
			result = text_add_format(&key, error, "%s%s", d > 0 ? "|" : "", cube_code_of(cube, row, d));
		for (size_t measure = 0; measure < cube->table->measures && result == 0; measure++) {
			char number[NUMBER_TEXT];
			if (sqlite3_bind_text(insert, 2, key.bytes, -1, SQLITE_STATIC) != SQLITE_OK ||
				sqlite3_bind_text(insert, 3, cube->table->measure[measure].name, -1, SQLITE_STATIC) != SQLITE_OK ||
				sqlite3_bind_text(insert, 4, value_of(cube_cell(cube, row, measure), number), -1, SQLITE_TRANSIENT) != SQLITE_OK ||
				sqlite3_step(insert) != SQLITE_DONE || sqlite3_reset(insert) != SQLITE_OK)
				result = fault(chronicle, error);
		}
	}
	(void)sqlite3_finalize(insert);
	return result;
}

/* One published table. A file that is not what the run published is left out: its figures would be somebody else's. */
static int add_edition(const struct chronicle *chronicle, const struct past *past, const char *name, const char *hash,
	struct arena *arena, struct error *error)
{
	char digest[HASH_TEXT];
	const struct table *table = schema_table(name, arena, error);
	char *path = table == NULL ? NULL : arena_print(arena, error, "%s/data/%s.csv", past->published, name);
	if (path == NULL)
		return -1;
	struct error unread = { 0 };
	const char *edition[] = { table->name, past->name, hash };
	int known = any(chronicle, "SELECT 1 FROM figure WHERE sha256 = ?", &hash, 1, error);
	if (known < 0 || (known == 0 && (hash_file(path, digest, &unread) != 0 || strcmp(digest, hash) != 0)))
		return known < 0 ? -1 : 0;
	if (known == 0) {
		const struct cube *cube = cube_read(table, path, arena, error);
		if (cube == NULL || add_figures(chronicle, cube, hash, arena, error) != 0)
			return -1;
	}
	return execute_with(chronicle, "INSERT OR REPLACE INTO edition VALUES (?, ?, ?)", edition, 3, error);
}

static int add_editions(const struct chronicle *chronicle, const struct past *past, struct arena *arena, struct error *error)
{
	const struct document *files = past_publication(past);
	for (size_t i = 0; i < files->count && past->published != NULL; i++) {
		const char *file = document_text(&files->item[i], "file");
		if (!text_starts(file, "data/") || !text_ends(file, ".csv"))
			continue;
		char *name = arena_text(arena, file + 5, strlen(file) - 9, error);
		if (name == NULL || add_edition(chronicle, past, name, document_text(&files->item[i], "sha256"), arena, error) != 0)
			return -1;
	}
	return 0;
}

/* One hash of the inputs' hashes, forbund.ini left out. */
static int data_hash(const struct past *past, char digest[HASH_TEXT], struct arena *arena, struct error *error)
{
	const struct document *inputs = document_member(past->manifest, "inputs");
	struct text all = { .arena = arena };
	for (size_t i = 0; i < inputs->count; i++) {
		const char *file = document_text(&inputs->item[i], "file");
		if (strcmp(file, "forbund.ini") != 0 &&
			text_add_format(&all, error, "%s %s\n", file, document_text(&inputs->item[i], "sha256")) != 0)
			return -1;
	}
	hash_bytes(all.bytes == NULL ? "" : all.bytes, all.length, digest);
	return 0;
}

/* The period that the run was of, from the part of its settings: "[förbund] period = 2018-01-01 – 2018-08-31". */
static char *period_of(const struct past *past, struct arena *arena, struct error *error)
{
	const char *said = document_text(document_member(past->manifest, "settings"), "period"), *equals = strstr(said, " = ");
	return equals == NULL ? arena_text(arena, "", 0, error)
			      : arena_text(arena, equals + 3, strcspn(equals + 3, "\n"), error);
}

static int add_run(const struct chronicle *chronicle, const char *name, struct error *error)
{
	struct arena *arena = arena_new(error); /* of this run alone: there may be thousands */
	struct error unread = { 0 };
	const struct past *past = arena == NULL ? NULL : past_open(name, chronicle->out, arena, &unread);
	char data[HASH_TEXT], warnings[32];
	int result = arena == NULL ? -1 : 0;
	if (past == NULL) /* at work, or killed: it has no account yet */
		goto done;
	(void)snprintf(warnings, sizeof warnings, "%.0f", document_number(past->manifest, "warnings"));
	char *period = period_of(past, arena, error);
	if (period == NULL || data_hash(past, data, arena, error) != 0) {
		result = -1;
		goto done;
	}
	const char *const texts[] = { past->name, document_text(past->manifest, "ended"), period,
		document_text(past->manifest, "program"), document_text(past->manifest, "program_sha256"), past->complete ? "1" : "0",
		past->published != NULL ? "1" : "0", warnings, data, past_hash(past, "inputs", "forbund.ini"),
		document_text(past->manifest, "tables") };
	result = execute_with(chronicle, "INSERT OR REPLACE INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", texts, 11, error);
	if (result == 0)
		result = add_editions(chronicle, past, arena, error);
done:
	arena_free(arena);
	return result;
}

static int fill(const struct chronicle *chronicle, struct error *error)
{
	const char *const *names;
	size_t count;
	if (past_names(chronicle->out, &names, &count, chronicle->arena, error) != 0 || execute(chronicle, "BEGIN IMMEDIATE", error) != 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		int known = any(chronicle, "SELECT 1 FROM run WHERE name = ? AND (published OR NOT complete)", &names[i], 1, error);
		if (known < 0 || (known == 0 && add_run(chronicle, names[i], error) != 0)) {
			struct error later = { 0 };
			(void)execute(chronicle, "ROLLBACK", &later);
			return -1;
		}
	}
	return execute(chronicle, "COMMIT", error);
}

/* ---- the file ---- */

/* A file that an earlier program made lacks what --tables had: it is not rebuilt, for it may hold runs that are pruned. */
static int add_column(const struct chronicle *chronicle, struct error *error)
{
	if (execute(chronicle, "BEGIN IMMEDIATE", error) != 0)
		return -1;
	int there = any(chronicle, "SELECT 1 FROM pragma_table_info('run') WHERE name = 'tabeller'", NULL, 0, error);
	if (there == 0 && execute(chronicle, "ALTER TABLE run ADD COLUMN tabeller TEXT", error) != 0)
		return -1;
	return there < 0 ? -1 : execute(chronicle, "COMMIT", error);
}

/* Opens or makes the file, 0600; a link or another thing of that name is refused. */
static int open_file(struct chronicle *chronicle, const char *path, struct error *error)
{
	int file = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (file < 0)
		return error_system(error, errno, "%s", path);
	(void)fchmod(file, 0600);
	(void)close(file);
	if (sqlite3_open_v2(path, &chronicle->base, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
		return fault(chronicle, error);
	(void)sqlite3_busy_timeout(chronicle->base, WAIT_MS);
	return execute(chronicle, schema, error) != 0 ? -1 : add_column(chronicle, error);
}

static int try_file(struct chronicle *chronicle, const char *path, struct error *error)
{
	if (open_file(chronicle, path, error) == 0 && fill(chronicle, error) == 0)
		return 0;
	(void)sqlite3_close(chronicle->base);
	chronicle->base = NULL;
	return -1;
}

static int build_in_memory(struct chronicle *chronicle, struct error *error)
{
	if (sqlite3_open_v2(":memory:", &chronicle->base, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
		return fault(chronicle, error);
	return execute(chronicle, schema, error) == 0 ? fill(chronicle, error) : -1;
}

static int remove_file(const char *path, struct arena *arena, struct error *error)
{
	static const char *const endings[] = { "", "-journal", "-wal", "-shm" };
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		char *name = arena_print(arena, error, "%s%s", path, endings[i]);
		if (name == NULL || run_remove(name, error) != 0)
			return -1;
	}
	return 0;
}

int chronicle_open(struct chronicle **chronicle, const char *out, bool rebuild, struct arena *arena, struct error *error)
{
	struct error first = { 0 }, second = { 0 }, gone = { 0 };
	char *folder = arena_print(arena, error, "%s/internal", out);
	char *path = folder == NULL ? NULL : arena_print(arena, error, "%s/history.sqlite", folder);
	*chronicle = arena_take(arena, 1, sizeof **chronicle, error);
	if (path == NULL || *chronicle == NULL)
		return -1;
	(*chronicle)->out = out;
	(*chronicle)->arena = arena;
	if (access(folder, F_OK) != 0)
		return build_in_memory(*chronicle, error); /* nothing has run: an empty history */
	if (rebuild && remove_file(path, arena, error) != 0)
		return -1;
	if (try_file(*chronicle, path, &first) == 0)
		return 0;
	/* damaged, or of another kind: it can be rebuilt; and where it cannot be written, it is built in memory */
	if (remove_file(path, arena, &gone) == 0 && try_file(*chronicle, path, &second) == 0)
		return 0;
	if (build_in_memory(*chronicle, error) == 0)
		return 0;
	chronicle_close(*chronicle);
	*chronicle = NULL;
	return -1;
}

void chronicle_close(struct chronicle *chronicle)
{
	if (chronicle != NULL)
		(void)sqlite3_close(chronicle->base);
}

/* ---- questions ---- */

int chronicle_runs(struct chronicle *chronicle, int (*take)(void *context, const struct chronicle_run *run), void *context,
	struct error *error)
{
	sqlite3_stmt *rows = prepare(chronicle,
		"SELECT name, ended, period, program, complete, published, warnings,"
		" data IS NOT lag(data, 1, data) OVER time, settings IS NOT lag(settings, 1, settings) OVER time,"
		" program_sha256 IS NOT lag(program_sha256, 1, program_sha256) OVER time, tabeller"
		" FROM run WINDOW time AS (ORDER BY " IN_TIME("name") ") ORDER BY " IN_TIME("name"), NULL, 0, error);
	int step = SQLITE_DONE, result = rows == NULL ? -1 : 0;
	while (result == 0 && (step = sqlite3_step(rows)) == SQLITE_ROW) {
		const struct chronicle_run run = { .name = text_at(rows, 0), .ended = text_at(rows, 1), .period = text_at(rows, 2),
			.program = text_at(rows, 3), .complete = sqlite3_column_int(rows, 4) != 0,
			.published = sqlite3_column_int(rows, 5) != 0, .warnings = sqlite3_column_int(rows, 6),
			.other_data = sqlite3_column_int(rows, 7) != 0, .other_settings = sqlite3_column_int(rows, 8) != 0,
			.other_program = sqlite3_column_int(rows, 9) != 0, .tables = text_at(rows, 10) };
		result = take(context, &run);
	}
	if (result == 0 && step != SQLITE_DONE)
		result = fault(chronicle, error);
	(void)sqlite3_finalize(rows);
	return result;
}

int chronicle_figures(struct chronicle *chronicle, const char *table,
	int (*take)(void *context, const char *key, const char *measure, const char *run, const char *value), void *context,
	struct error *error)
{
	sqlite3_stmt *rows = prepare(chronicle,
		"WITH step AS MATERIALIZED (SELECT run, sha256 FROM (SELECT run, sha256,"
		"  lag(sha256) OVER (ORDER BY " IN_TIME("run") ") AS former FROM edition WHERE tabell = ?)"
		"  WHERE sha256 IS NOT former),"
		" kept AS (SELECT DISTINCT nyckel, matt FROM figure WHERE sha256 IN (SELECT sha256 FROM step))"
		" SELECT kept.nyckel, kept.matt, step.run, coalesce(figure.varde, '0') FROM kept CROSS JOIN step"
		" LEFT JOIN figure ON figure.sha256 = step.sha256 AND figure.nyckel = kept.nyckel AND figure.matt = kept.matt"
		" ORDER BY kept.nyckel, kept.matt, " IN_TIME("step.run"), &table, 1, error);
	int step = SQLITE_DONE, result = rows == NULL ? -1 : 0;
	while (result == 0 && (step = sqlite3_step(rows)) == SQLITE_ROW)
		result = take(context, text_at(rows, 0), text_at(rows, 1), text_at(rows, 2), text_at(rows, 3));
	if (result == 0 && step != SQLITE_DONE)
		result = fault(chronicle, error);
	(void)sqlite3_finalize(rows);
	return result;
}
