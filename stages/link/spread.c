/* Rows by person: see spread.h. */
#include "stages/link/spread.h"

#include <stdlib.h>
#include <string.h>

#include "pipeline/base/large.h"
#include "pipeline/maths/parallel.h"

#define PARTITION_ROWS 4096          /* so many rows of a partition fit in a core's cache */
#define MOST_BITS 18
#define GROUP_ROWS ((size_t)5 << 20) /* rows placed at a time (48 bytes each), if not a sixth of all are more */
#define GROUPS 6
#define STRIPES ((size_t)8)      /* of a source's file: several for each thread, so that none waits long for another */
#define ALL_STRIPES (SOURCES * STRIPES)
#define BATCH_ROWS 256

/* Names of a part's columns in ingest's file; NULL where it has none. */
static const struct names {
	const char *file, *start, *end, *code, *cause, *number, *diagnos;
} names[PARTS] = {
	[PART_FK] = { "fk", "fran", "till", "forman", NULL, "omfattning", "diagnos" },
	[PART_AF] = { "af", "fran", "till", "ersattning", "avslutsorsak", "sokandekategori", NULL },
	[PART_KOM] = { "kommun", "manad", NULL, "forsorjningshinder", NULL, NULL, NULL },
	[PART_REG] = { "region", "datum", NULL, "vardform", NULL, NULL, "diagnos" },
};

/* The columns of a source's file. */
struct view {
	size_t pid, kommun, kon, fodelsear, start, end, code, cause, number, diagnos, belopp;
};

static int find(const struct column_file *file, const char *name, enum column_type type, size_t *column,
	struct error *error)
{
	*column = SIZE_MAX;
	return name == NULL ? 0 : column_find(file, name, type, column, error);
}

static int find_columns(struct view *view, const struct column_file *file, enum part part, struct error *error)
{
	const struct names *name = &names[part];
	if (find(file, "kommun", COLUMN_U16, &view->kommun, error) != 0 ||
		find(file, "kon", COLUMN_U16, &view->kon, error) != 0 ||
		find(file, "fodelsear", COLUMN_I32, &view->fodelsear, error) != 0 ||
		find(file, name->start, COLUMN_I32, &view->start, error) != 0 ||
		find(file, name->end, COLUMN_I32, &view->end, error) != 0 ||
		find(file, name->code, COLUMN_U16, &view->code, error) != 0 ||
		find(file, name->cause, COLUMN_U16, &view->cause, error) != 0 ||
		find(file, name->number, COLUMN_I32, &view->number, error) != 0 ||
		find(file, name->diagnos, COLUMN_TEXT, &view->diagnos, error) != 0)
		return -1;
	return find(file, "belopp", COLUMN_I64, &view->belopp, error);
}


/* A pass over a source's file. */
struct pass {
	struct spread *spread;
	enum source source;
	struct column_file *file;
	struct view view;
};

static const char *const source_files[SOURCES] = { "fk", "af", "kommun", "region", "sus", "enkat_svar" };

static int open_file(struct pass *pass, struct spread *spread, enum source source)
{
	struct linking *linking = spread->linking;
	*pass = (struct pass){ .spread = spread, .source = source };
	if (linking_open(&pass->file, linking, source_files[source]) != 0 ||
		column_find(pass->file, "pid", COLUMN_KEY, &pass->view.pid, linking->error) != 0)
		return -1;
	return source < SOURCE_SUS ? find_columns(&pass->view, pass->file, (enum part)source, linking->error) : 0;
}

/* The stripes of all sources: each has every STRIPES-th block of its source's file to itself, with counts of its own. */
struct passes {
	struct pass of[SOURCES];
	void (*work)(const struct pass *pass, size_t block, uint32_t *count);
};

static uint32_t *counts_of(const struct spread *spread, size_t stripe)
{
	return spread->count + stripe * spread->partitions;
}

static int work_stripe(size_t number, size_t from, size_t to, void *context)
{
	const struct passes *passes = context;
	const struct pass *pass = &passes->of[number / STRIPES];
	size_t stripe = number % STRIPES;
	(void)from;
	(void)to;
	for (size_t block = stripe; block < column_blocks(pass->file); block += STRIPES) {
		passes->work(pass, block, counts_of(pass->spread, number));
		column_forget(pass->file, block);
	}
	return 0;
}

static int pass_over(struct spread *spread, void (*work)(const struct pass *pass, size_t block, uint32_t *count))
{
	struct passes passes = { .work = work };
	const struct parallel_job job = { .count = ALL_STRIPES, .block = 1, .work = work_stripe, .context = &passes };
	int result = 0;
	for (enum source source = SOURCE_FK; source < SOURCES && result == 0; source++)
		result = open_file(&passes.of[source], spread, source);
	if (result == 0)
		result = parallel_run(&job, NULL);
	for (enum source source = SOURCE_FK; source < SOURCES; source++)
		column_close(passes.of[source].file);
	return result;
}

/* The row's key: one that differs by source where the sources do not share their keys; sus and enkat share theirs. */
static struct key own_key(const struct pass *pass, struct key key)
{
	if (!pass->spread->linking->settings->gemensam_nyckel)
		key.low ^= UINT64_C(0x9E3779B97F4A7C15) * (pass->source >= SOURCE_SUS ? SOURCE_SUS : pass->source);
	return key;
}

static bool is_anonymous(const struct key *key)
{
	return (key->high | key->low) == 0;
}

static size_t partition_of(const struct spread *spread, const struct key *key)
{
	return (size_t)(key->high >> (64 - spread->bits));
}

/* ---- counting ---- */

static void count_block(const struct pass *pass, size_t block, uint32_t *count)
{
	const struct key *key = column_values(pass->file, pass->view.pid, block);
	size_t rows = column_block_rows(pass->file, block);
	for (size_t i = 0; i < rows; i++)
		count[partition_of(pass->spread, &key[i])] += !is_anonymous(&key[i]);
}

static int count_rows(struct linking *linking, size_t *rows)
{
	for (enum source source = SOURCE_FK; source < SOURCES; source++) {
		struct column_file *file = NULL;
		if (linking_open(&file, linking, source_files[source]) != 0)
			return -1;
		*rows += column_rows(file);
		column_close(file);
	}
	return 0;
}

int spread_count(struct spread *spread, struct linking *linking, const struct ranking diagnos[PARTS])
{
	size_t rows = 0;
	*spread = (struct spread){ .linking = linking, .diagnos = diagnos, .bits = 1,
		.uttagsdatum = linking->settings->uttagsdatum };
	if (count_rows(linking, &rows) != 0)
		return -1;
	while (spread->bits < MOST_BITS && rows >> spread->bits > PARTITION_ROWS)
		spread->bits++;
	spread->partitions = (size_t)1 << spread->bits;
	spread->all = rows;
	spread->room = rows / GROUPS > GROUP_ROWS ? rows / GROUPS : GROUP_ROWS;
	spread->count = calloc(ALL_STRIPES * spread->partitions, sizeof *spread->count);
	spread->start = calloc(spread->partitions + 1, sizeof *spread->start);
	if (spread->count == NULL || spread->start == NULL)
		return error_set(linking->error, EXIT_IO, "out of memory for the rows of persons");
	uint64_t placed = 0;
	int result = pass_over(spread, count_block);
	for (size_t i = 0; i < ALL_STRIPES * spread->partitions; i++)
		placed += spread->count[i];
	run_expect(linking->run, PROGRESS_ROWS, placed);
	return result;
}

/* ---- placing ---- */

/* The values of the columns of a source in one block. */
struct block_values {
	const uint16_t *kommun, *kon, *code, *cause;
	const int32_t *fodelsear, *start, *end, *number;
	const uint32_t *diagnos;
	const int64_t *belopp;
};

static struct block_values values_of(const struct pass *pass, size_t block)
{
	const struct view *view = &pass->view;
	const struct column_file *file = pass->file;
	return (struct block_values){ .kommun = column_values(file, view->kommun, block),
		.kon = column_values(file, view->kon, block), .code = column_values(file, view->code, block),
		.cause = column_values(file, view->cause, block), .fodelsear = column_values(file, view->fodelsear, block),
		.start = column_values(file, view->start, block), .end = column_values(file, view->end, block),
		.number = column_values(file, view->number, block), .diagnos = column_values(file, view->diagnos, block),
		.belopp = column_values(file, view->belopp, block) };
}

static inline struct record record_at(const struct pass *pass, enum part part, const struct block_values *values, size_t i,
	size_t file)
{
	bool spell = part == PART_FK || part == PART_AF, diagnosed = part == PART_FK || part == PART_REG;
	const struct raw raw = { .file = (uint32_t)file, .kommun = values->kommun[i], .kon = values->kon[i],
		.fodelsear = values->fodelsear[i], .code = values->code[i],
		.cause = part == PART_AF ? values->cause[i] : 0, .number = spell ? values->number[i] : 0,
		.start = values->start[i], .end = spell ? values->end[i] : 0,
		.diagnos = diagnosed ? pass->spread->diagnos[part].rank[values->diagnos[i]] : 0, .belopp = values->belopp[i] };
	return record_make(part, &raw, pass->spread->uttagsdatum);
}

/* Rows whose places are taken, and asked for, before any of them is written: the writes go all over memory. */
struct batch {
	size_t count;
	struct {
		uint32_t row, at; /* in the block; in spread->placed */
	} place[BATCH_ROWS];
};

/* Those of the rows `from` … `to` − 1, at most BATCH_ROWS, that belong to the partitions being placed. Which do is anybody's guess, so
   each is put down and counted only if it does; `next` is where a partition's next row goes. */
static void take_places(struct batch *batch, const struct spread *spread, const struct key *key, size_t from, size_t to, uint32_t *next)
{
	size_t count = 0, partitions = spread->to - spread->from;
	for (size_t row = from; row < to; row++) {
		size_t partition = partition_of(spread, &key[row]) - spread->from; /* of an earlier one: more than there are */
		batch->place[count].row = (uint32_t)row;
		batch->place[count].at = (uint32_t)partition;
		count += (size_t)(partition < partitions) & (size_t)!is_anonymous(&key[row]);
	}
	for (size_t i = 0; i < count; i++) {
		size_t at = next[spread->from + batch->place[i].at]++;
		const char *bytes = (const char *)&spread->placed[at];
		__builtin_prefetch(bytes, 1);
		__builtin_prefetch(bytes + sizeof *spread->placed - 1, 1);
		batch->place[i].at = (uint32_t)at;
	}
	batch->count = count;
}

/* A block being placed. */
struct placing {
	const struct pass *pass;
	const struct key *key;
	struct block_values values;
	size_t from; /* its first row in the source */
	size_t file; /* of the row placed last */
};

/* Of one source at a time, so that what a source lacks takes no time. */
static inline void write_rows(struct placing *placing, enum source source, const struct batch *batch)
{
	const struct pass *pass = placing->pass;
	const struct linking *linking = pass->spread->linking;
	for (size_t i = 0; i < batch->count; i++) {
		size_t row = batch->place[i].row;
		struct placed *placed = &pass->spread->placed[batch->place[i].at];
		placing->file = files_of_row(linking->file, linking->files, placing->file, placing->from + row);
		placed->key = own_key(pass, placing->key[row]);
		placed->record = source < SOURCE_SUS ? record_at(pass, (enum part)source, &placing->values, row, placing->file)
			: (struct record){ .file = placing->file & (RECORD_FILES - 1), .row = placing->from + row };
	}
}

static void write_batch(struct placing *placing, const struct batch *batch)
{
	switch (placing->pass->source) {
	case SOURCE_FK:
		write_rows(placing, SOURCE_FK, batch);
		break;
	case SOURCE_AF:
		write_rows(placing, SOURCE_AF, batch);
		break;
	case SOURCE_KOM:
		write_rows(placing, SOURCE_KOM, batch);
		break;
	case SOURCE_REG:
		write_rows(placing, SOURCE_REG, batch);
		break;
	case SOURCE_SUS:
	case SOURCE_ENKAT:
	case SOURCES:
		write_rows(placing, SOURCE_SUS, batch);
		break;
	}
}

static void place_block(const struct pass *pass, size_t block, uint32_t *next)
{
	struct spread *spread = pass->spread;
	const struct linking *linking = spread->linking;
	struct placing placing = { .pass = pass, .key = column_values(pass->file, pass->view.pid, block), .from = block * COLUMN_BLOCK,
		.file = files_first(linking->file, linking->files, source_extracts[pass->source]) };
	size_t rows = column_block_rows(pass->file, block);
	struct batch batch;
	if (pass->source < SOURCE_SUS)
		placing.values = values_of(pass, block);
	for (size_t from = 0, to; from < rows; from = to) {
		to = rows - from < BATCH_ROWS ? rows : from + BATCH_ROWS;
		take_places(&batch, spread, placing.key, from, to, next);
		write_batch(&placing, &batch);
	}
}

static int prepare_slice(size_t block, size_t from, size_t to, void *context)
{
	(void)block;
	(void)to;
	large_prepare((char *)context + from * LARGE_SLICE, LARGE_SLICE);
	return 0;
}

static int release_slice(size_t block, size_t from, size_t to, void *context)
{
	(void)block;
	(void)to;
	large_release((char *)context + from * LARGE_SLICE, LARGE_SLICE);
	return 0;
}

/* Each slice of the memory for `rows` rows, on all threads. */
static void for_slices(struct placed *placed, size_t rows, int (*work)(size_t block, size_t from, size_t to, void *context))
{
	const struct parallel_job job = { .count = rows * sizeof *placed / LARGE_SLICE, .block = 1, .work = work, .context = placed };
	if (placed != NULL)
		(void)parallel_run(&job, NULL);
}

/* Memory for the rows that are placed at a time, made real. NULL when it is out. */
static struct placed *take_rows(size_t rows)
{
	struct placed *placed = large_take(rows + 1, sizeof *placed);
	for_slices(placed, rows, prepare_slice);
	return placed;
}

/* Chooses the next partitions, and turns their counts into the places of their first rows. */
static int choose_partitions(struct spread *spread)
{
	size_t rows = 0;
	spread->from = spread->to;
	for (; spread->to < spread->partitions; spread->to++) {
		size_t count = 0;
		for (size_t stripe = 0; stripe < ALL_STRIPES; stripe++)
			count += counts_of(spread, stripe)[spread->to];
		if (rows > 0 && rows + count > spread->room)
			break;
		spread->start[spread->to] = (uint32_t)rows;
		for (size_t stripe = 0; stripe < ALL_STRIPES; stripe++) {
			uint32_t *place = &counts_of(spread, stripe)[spread->to], own = *place;
			*place = (uint32_t)rows;
			rows += own;
		}
	}
	spread->start[spread->to] = (uint32_t)rows;
	if (rows > UINT32_MAX)
		return error_set(spread->linking->error, EXIT_DATA, "too many rows of one person");
	if (spread->placed == NULL || rows > spread->rows) { /* room for the largest, most likely, or a person of more rows */
		free(spread->placed);
		spread->rows = rows > spread->room ? rows : spread->room < spread->all ? spread->room : spread->all;
		spread->placed = take_rows(spread->rows);
	}
	if (spread->placed == NULL)
		return error_set(spread->linking->error, EXIT_IO, "out of memory for the rows of persons");
	return 0;
}

int spread_next(struct spread *spread)
{
	if (spread->to == spread->partitions)
		return 0;
	return choose_partitions(spread) == 0 && pass_over(spread, place_block) == 0 ? 1 : -1;
}

size_t spread_rows(const struct spread *spread, size_t partition)
{
	return spread->start[partition + 1] - spread->start[partition];
}

void spread_free(struct spread *spread)
{
	free(spread->count);
	free(spread->start);
	for_slices(spread->placed, spread->rows, release_slice);
	free(spread->placed);
}
