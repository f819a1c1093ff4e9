/* Protection's files, each written by one thread: see outputs.h. */
#include "stages/protect/outputs.h"

#include "pipeline/base/text.h"
#include "pipeline/maths/parallel.h"
#include "pipeline/table/csv/csv_write.h"
#include "pipeline/table/cube/cube.h"
#include "stages/protect/figures/crowded.h"
#include "stages/protect/figures/group.h"
#include "stages/protect/past/known.h"

/* What became of a table's cells of persons. */
struct tally {
	size_t cells, small, withheld, earlier;
};

struct part {
	enum { PART_LINES, PART_CELLS, PART_KNOWLEDGE, PART_TABLE, PART_ACCOUNT } kind;
	const char *path;
	struct cube *cube;   /* of PART_TABLE */
	struct tally tally;
};

struct parts {
	struct outputs *outputs;
	const char *exempt_path; /* undantag.csv, which the account writes, too */
	size_t count, from;      /* the first of those that are being written */
	struct part part[TABLES_MOST + 3];
};

static struct tally count_cells(const struct cube *cube, int minimum)
{
	struct tally tally = { 0 };
	for (size_t row = 0; row < cube->rows; row++)
		for (size_t m = 0; m < cube->table->measures; m++) {
			const struct cell *cell = cube_cell(cube, row, m);
			if (cell->status == CELL_MISSING)
				continue;
			tally.cells++;
			tally.small += cube->table->measure[m].kind == MEASURE_COUNT && cell->number >= 1 && cell->number < minimum;
			tally.withheld += cell->status == CELL_PROTECTED;
			tally.earlier += cell->earlier;
		}
	return tally;
}

/* ---- the account ---- */

/* What would make the table less crowded; "" where it is not; NULL with the error set. */
static const char *advise(struct outputs *outputs, const struct cube *cube, struct text *crowded, struct error *error)
{
	const struct settings *settings = run_settings(outputs->run);
	if (!run_wants(outputs->run, cube->table->name) || cube->table->support || settings->avrundning || !crowded_is(cube, settings->minsta_antal))
		return "";
	const char *advice = crowded_advice(cube, settings->minsta_antal, outputs->tables->arena, error);
	if (advice == NULL || text_add_format(crowded, error, "%s%.3s %s", outputs->crowds++ > 0 ? "; " : "", cube->table->name, advice) != 0)
		return NULL;
	return advice;
}

static int write_table_account(struct outputs *outputs, size_t t, size_t exempt, struct csv_writer *writer, struct text *crowded,
	struct error *error)
{
	const struct cube *cube = outputs->tables->cube[t];
	int minimum = run_settings(outputs->run)->minsta_antal;
	struct tally tally = count_cells(cube, minimum);
	size_t noted = 0;
	const char *advice = advise(outputs, cube, crowded, error);
	if (advice == NULL || group_noted(cube, minimum, &noted, outputs->tables->arena, error) != 0)
		return -1;
	csv_string(writer, cube->table->name);
	csv_integer(writer, (int64_t)tally.cells);
	csv_integer(writer, (int64_t)tally.small);
	csv_integer(writer, (int64_t)tally.withheld);
	csv_string(writer, advice);
	csv_integer(writer, (int64_t)tally.earlier);
	csv_integer(writer, (int64_t)noted);
	csv_integer(writer, (int64_t)outputs->past->known_in[t]);
	csv_integer(writer, (int64_t)exempt);
	csv_end(writer);
	outputs->exempt += exempt;
	return 0;
}

static int write_account(struct outputs *outputs, const char *path, const char *exempt_path, struct error *error)
{
	static const char *const header[] = { "tabell", "celler", "sma", "skyddade", "forslag", "tidigare", "ensidiga", "kanda", "undantag" };
	struct csv_writer *writer;
	struct text crowded = { .arena = outputs->tables->arena };
	size_t exempt[TABLES_MOST];
	if (known_write(outputs->tables, exempt_path, exempt, error) != 0 || csv_create(&writer, path, &csv_style_machine, error) != 0)
		return -1;
	for (size_t i = 0; i < sizeof header / sizeof *header; i++)
		csv_string(writer, header[i]);
	csv_end(writer);
	int result = 0;
	for (size_t t = 0; t < outputs->tables->count && result == 0; t++)
		result = write_table_account(outputs, t, exempt[t], writer, &crowded, error);
	outputs->crowded = crowded.bytes;
	return csv_finish(writer, error) != 0 ? -1 : result;
}

/* What the witnesses agree with beside what always is reckoned with: for the audit, which asks no more of them. */
static int write_knowledge(const struct tables *tables, const char *path, struct error *error)
{
	struct csv_writer *writer;
	if (csv_create(&writer, path, &csv_style_machine, error) != 0)
		return -1;
	csv_string(writer, "vetande");
	csv_end(writer);
	if (tables->months) {
		csv_string(writer, "månad inom år");
		csv_end(writer);
	}
	return csv_finish(writer, error);
}

/* ---- all of them ---- */

static int write_part(size_t item, void *context, struct error *error)
{
	struct parts *parts = context;
	struct part *part = &parts->part[parts->from + item];
	switch (part->kind) {
	case PART_LINES:
		return proof_write_lines(parts->outputs->proof, part->path, error);
	case PART_CELLS:
		return proof_write_cells(parts->outputs->proof, part->path, error);
	case PART_TABLE:
		part->tally = count_cells(part->cube, run_settings(parts->outputs->run)->minsta_antal);
		return cube_write(part->cube, part->path, error);
	case PART_KNOWLEDGE:
		return write_knowledge(parts->outputs->tables, part->path, error);
	case PART_ACCOUNT: /* the only one that takes memory of the tables' arena */
		return write_account(parts->outputs, part->path, parts->exempt_path, error);
	}
	return 0;
}

static int add_part(struct parts *parts, struct part part, enum file_class class, const char *name, struct error *error)
{
	part.path = run_output(parts->outputs->run, class, name, parts->outputs->tables->arena, error);
	parts->part[parts->count++] = part;
	return part.path == NULL ? -1 : 0;
}

/* Those that name cells by where they stand. */
static int list_names(struct parts *parts, struct error *error)
{
	parts->exempt_path = run_output(parts->outputs->run, FILE_RECORD, "undantag.csv", parts->outputs->tables->arena, error);
	return parts->exempt_path == NULL ||
			add_part(parts, (struct part){ .kind = PART_CELLS }, FILE_RECORD, "vittnen_celler.csv", error) != 0 ||
			add_part(parts, (struct part){ .kind = PART_ACCOUNT }, FILE_RECORD, "protection.csv", error) != 0 ? -1 : 0;
}

/* The others, the longest work first. */
static int list_others(struct parts *parts, struct error *error)
{
	const struct outputs *outputs = parts->outputs;
	if (add_part(parts, (struct part){ .kind = PART_LINES }, FILE_RECORD, "vittnen.csv", error) != 0 ||
		add_part(parts, (struct part){ .kind = PART_KNOWLEDGE }, FILE_RECORD, "vetande.csv", error) != 0)
		return -1;
	for (size_t t = 0; t < outputs->tables->count; t++) {
		struct cube *cube = outputs->tables->cube[t];
		if (!cube->table->support && run_wants(outputs->run, cube->table->name) &&
			add_part(parts, (struct part){ .kind = PART_TABLE, .cube = cube }, FILE_PROTECTED, cube->table->name, error) != 0)
			return -1;
	}
	return 0;
}

/* A table is sorted as it is written, and rows that were added for earlier figures come among the others: what names cells by where they stand is written
   before. */
int outputs_write(struct outputs *outputs, struct error *error)
{
	struct parts parts = { .outputs = outputs };
	if (list_names(&parts, error) != 0 || parallel_each(parts.count, write_part, &parts, error) != 0)
		return -1;
	parts.from = parts.count;
	if (list_others(&parts, error) != 0 || parallel_each(parts.count - parts.from, write_part, &parts, error) != 0)
		return -1;
	for (size_t i = 0; i < parts.count; i++)
		if (parts.part[i].kind == PART_TABLE) {
			outputs->cells += parts.part[i].tally.cells;
			outputs->withheld += parts.part[i].tally.withheld;
		}
	return 0;
}
