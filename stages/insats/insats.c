/* The stage insats: opens its inputs, fills and writes one table after the other, closes. See README.md. */
#include "stages/insats/insats.h"

#include "pipeline/base/date.h"
#include "pipeline/table/column/column.h"
#include "pipeline/table/cube/cube.h"
#include "pipeline/table/schema/schema.h"
#include "stages/insats/counts.h"
#include "stages/insats/deltagare.h"
#include "stages/insats/enkat.h"
#include "stages/insats/ko.h"
#include "stages/insats/overlevnad.h"
#include "stages/insats/resultat.h"
#include "stages/insats/volym.h"

/* All that the tables are filled from. */
struct sources {
	const struct run *run;
	struct arena *arena;
	struct counting counting;
	struct pairs pairs;
	struct interests interests;
	struct volumes volumes;
	const struct cube *i06; /* once it is filled */
};

/* Fills one table's cube. */
typedef int fill_table(struct sources *sources, struct cube *cube, struct error *error);

static int fill_i01(struct sources *sources, struct cube *cube, struct error *error)
{
	return deltagare_fill(&sources->counting, cube, sources->arena, error);
}

static int fill_i06(struct sources *sources, struct cube *cube, struct error *error)
{
	sources->i06 = cube;
	return resultat_fill(&sources->counting, cube, error);
}

static int fill_i09(struct sources *sources, struct cube *cube, struct error *error)
{
	return ko_fill(&sources->interests, sources->counting.settings, cube, sources->arena, error);
}

static int fill_i10(struct sources *sources, struct cube *cube, struct error *error)
{
	return volym_fill(&sources->volumes, sources->counting.settings, cube, error);
}

static int fill_i12(struct sources *sources, struct cube *cube, struct error *error)
{
	return enkat_fill(&sources->pairs, sources->counting.lists, sources->counting.settings, cube, sources->arena, error);
}

static int fill_i13(struct sources *sources, struct cube *cube, struct error *error)
{
	return overlevnad_fill(&sources->counting, cube, sources->arena, error);
}

static int fill_i14(struct sources *sources, struct cube *cube, struct error *error)
{
	if (resultat_fill_difference(sources->counting.settings, sources->i06, cube, error) != 0)
		return -1;
	return overlevnad_compare(&sources->counting, cube, sources->arena, error);
}

/* The tables that are more than counts; i06 stands before i14, which is made of it. */
static const struct {
	const char *name;
	fill_table *fill;
} tables[] = {
	{ "i01_deltagare", fill_i01 }, { "i06_resultat", fill_i06 }, { "i09_ko", fill_i09 }, { "i10_volym", fill_i10 },
	{ "i12_enkat", fill_i12 }, { "i13_overlevnad", fill_i13 }, { "i14_konsskillnad", fill_i14 },
};

static struct cube *new_cube(const struct sources *sources, const char *name, struct error *error)
{
	const struct table *table = schema_table(name, sources->arena, error);
	return table == NULL ? NULL : cube_new(table, sources->arena, error);
}

static int write_cube(const struct sources *sources, struct cube *cube, struct error *error)
{
	const char *path = run_output(sources->run, cube->table->support ? FILE_SUPPORT : FILE_AGGREGATE,
		cube->table->name, sources->arena, error);
	return path == NULL ? -1 : cube_write(cube, path, error);
}

static int make_tables(struct sources *sources, struct error *error)
{
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		struct cube *cube = new_cube(sources, tables[i].name, error);
		if (cube == NULL || tables[i].fill(sources, cube, error) != 0 || write_cube(sources, cube, error) != 0)
			return -1;
	}
	for (size_t i = 0; i < count_table_count; i++) {
		struct cube *cube = new_cube(sources, count_tables[i].name, error);
		if (cube == NULL || counts_fill(&count_tables[i], &sources->counting, cube, error) != 0 ||
			write_cube(sources, cube, error) != 0)
			return -1;
	}
	return 0;
}

/* ---- utfall, for goals ---- */

enum { UTFALL_INSATS, UTFALL_PERSON, UTFALL_KON, UTFALL_START, UTFALL_SLUT, UTFALL_I_PERIOD, UTFALL_NY, UTFALL_AVSLUTAD,
	UTFALL_SYSSELSATTNING, UTFALL_ENKATPAR, UTFALL_COLUMNS };

static const struct column utfall_columns[UTFALL_COLUMNS] = {
	[UTFALL_INSATS] = { "insats", COLUMN_U16 }, [UTFALL_PERSON] = { "person", COLUMN_U32 },
	[UTFALL_KON] = { "kon", COLUMN_U8 }, [UTFALL_START] = { "start", COLUMN_I32 },
	[UTFALL_SLUT] = { "slut", COLUMN_I32 }, [UTFALL_I_PERIOD] = { "i_period", COLUMN_U8 },
	[UTFALL_NY] = { "ny", COLUMN_U8 }, [UTFALL_AVSLUTAD] = { "avslutad", COLUMN_U8 },
	[UTFALL_SYSSELSATTNING] = { "sysselsattning", COLUMN_U16 }, [UTFALL_ENKATPAR] = { "enkatpar", COLUMN_U8 },
};

static void put_utfall(struct column_writer *writer, const struct participation *p, int32_t to, bool has_pair)
{
	column_put_u16(writer, UTFALL_INSATS, p->insats);
	column_put_u32(writer, UTFALL_PERSON, p->person);
	column_put_u8(writer, UTFALL_KON, p->kon);
	column_put_i32(writer, UTFALL_START, p->start);
	column_put_i32(writer, UTFALL_SLUT, p->slut > to ? DATE_ONGOING : p->slut);
	column_put_u8(writer, UTFALL_I_PERIOD, p->i_period);
	column_put_u8(writer, UTFALL_NY, p->ny);
	column_put_u8(writer, UTFALL_AVSLUTAD, p->avslutad);
	column_put_u16(writer, UTFALL_SYSSELSATTNING, (uint16_t)p->sysselsattning_slut);
	column_put_u8(writer, UTFALL_ENKATPAR, has_pair);
}

static int write_utfall(const struct sources *sources, struct error *error)
{
	const struct participations *all = sources->counting.participations;
	struct column_writer *writer = NULL;
	int result = -1;
	const bool *has_pair = enkat_has_pair(&sources->pairs, all, sources->arena, error);
	const char *path = run_output(sources->run, FILE_PERSONS, "utfall", sources->arena, error);
	if (has_pair == NULL || path == NULL || column_create(&writer, path, utfall_columns, UTFALL_COLUMNS, error) != 0)
		goto done;
	for (size_t i = 0; i < all->count; i++) {
		put_utfall(writer, &all->item[i], sources->counting.settings->period_to, has_pair[i]);
		if (column_end_row(writer, error) != 0)
			goto done;
	}
	result = 0;
done:
	return column_finish(writer, error) == 0 ? result : -1;
}

/* ---- the stage ---- */

enum { FILE_DELTAGANDE, FILE_ENKAT, FILE_KO, FILE_VOLYM, FILES };
static const char *const file_names[FILES] = { "deltagande", "enkat", "ko", "volym" };

static int open_files(const struct run *run, struct column_file *files[FILES], struct arena *arena, struct error *error)
{
	for (size_t i = 0; i < FILES; i++) {
		const char *path = run_input(run, FILE_PERSONS, file_names[i], arena, error);
		if (path == NULL || column_open(&files[i], path, error) != 0)
			return -1;
	}
	return 0;
}

/* Rows that no table counts, because the settings say that their insats is only counted by volym. */
static void note_left_out(const struct run *run, const struct participations *all)
{
	size_t count = 0;
	for (size_t i = 0; i < all->count; i++)
		count += !all->item[i].counted;
	if (count > 0)
		run_note(run, "%zu participations left out: their insats has registrering = volym", count);
}

static int work(const struct run *run, struct arena *arena, struct error *error)
{
	const struct settings *settings = run_settings(run);
	struct column_file *files[FILES] = { NULL };
	struct participation_lists lists;
	struct participations participations = { .count = 0 };
	struct answers answers = { .count = 0 };
	struct sources sources = { .run = run, .arena = arena,
		.counting = { .settings = settings, .lists = &lists, .participations = &participations } };
	int result = -1;
	if (open_files(run, files, arena, error) != 0 || participation_lists_load(settings, arena, &lists, error) != 0 ||
		participation_load(files[FILE_DELTAGANDE], &lists, settings, arena, &participations, error) != 0 ||
		enkat_load(files[FILE_ENKAT], settings, arena, &answers, error) != 0 ||
		ko_load(files[FILE_KO], settings, arena, &sources.interests, error) != 0 ||
		volym_load(files[FILE_VOLYM], settings, arena, &sources.volumes, error) != 0)
		goto done;
	if (enkat_pairs(&answers, &participations, &lists, settings, arena, &sources.pairs, error) != 0 ||
		make_tables(&sources, error) != 0 || write_utfall(&sources, error) != 0)
		goto done;
	note_left_out(run, &participations);
	run_note(run, "%zu participations on file, %zu survey pairs", participations.count, sources.pairs.count);
	result = 0;
done:
	for (size_t i = 0; i < FILES; i++)
		column_close(files[i]);
	return result;
}

static const struct file_use reads[] = {
	{ FILE_PERSONS, "deltagande" }, { FILE_PERSONS, "enkat" }, { FILE_PERSONS, "ko" }, { FILE_PERSONS, "volym" },
	{ FILE_PERSONS, NULL },
};

static const struct file_use writes[] = {
	{ FILE_AGGREGATE, "i01_deltagare" }, { FILE_AGGREGATE, "i02_bakgrund" }, { FILE_AGGREGATE, "i03_forsorjning" },
	{ FILE_AGGREGATE, "i04_sysselsattning" }, { FILE_AGGREGATE, "i05_avslut" }, { FILE_AGGREGATE, "i06_resultat" },
	{ FILE_AGGREGATE, "i07_tid_i_insats" }, { FILE_AGGREGATE, "i08_remittent" }, { FILE_AGGREGATE, "i09_ko" },
	{ FILE_AGGREGATE, "i10_volym" }, { FILE_AGGREGATE, "i11_matris" }, { FILE_AGGREGATE, "i12_enkat" },
	{ FILE_AGGREGATE, "i13_overlevnad" }, { FILE_AGGREGATE, "i14_konsskillnad" },
	{ FILE_SUPPORT, "deltagande_atomer" }, { FILE_SUPPORT, "utfall_atomer" }, { FILE_PERSONS, "utfall" },
	{ FILE_AGGREGATE, NULL },
};

const struct stage stage_insats = {
	.name = "insats",
	.summary = "participants of each insats: background, results, queue, surveys (i01–i14)",
	.reads = reads,
	.writes = writes,
	.settings = SETTINGS(PERIOD) | SETTINGS(ALDERSGRUPPER) | SETTINGS(KONFIDENSGRAD) | SETTINGS(MATT) | SETTINGS(INSATSER),
	.work = work,
};
