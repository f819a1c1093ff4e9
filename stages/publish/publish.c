/* The last stage: reads the protected tables, writes the publication. It can open nothing else. */
#include "stages/publish/publish.h"

#include "pipeline/maths/parallel.h"
#include "stages/publish/files/data.h"
#include "stages/publish/files/datapackage.h"
#include "stages/publish/files/px.h"
#include "stages/publish/files/sums.h"
#include "stages/publish/report/report.h"
#include "stages/publish/sheet/publication.h"
#include "stages/publish/workbook/workbook.h"

static const struct file_use reads[] = {
	{ FILE_PROTECTED, "m01_forsorjningsmatt" },
	{ FILE_PROTECTED, "m02_malgrupp" },
	{ FILE_PROTECTED, "m03_samtidighet" },
	{ FILE_PROTECTED, "m04_rundgang" },
	{ FILE_PROTECTED, "m05_tid_i_forsorjning" },
	{ FILE_PROTECTED, "m06_manad" },
	{ FILE_PROTECTED, "m07_floden" },
	{ FILE_PROTECTED, "i01_deltagare" },
	{ FILE_PROTECTED, "i02_bakgrund" },
	{ FILE_PROTECTED, "i03_forsorjning" },
	{ FILE_PROTECTED, "i04_sysselsattning" },
	{ FILE_PROTECTED, "i05_avslut" },
	{ FILE_PROTECTED, "i06_resultat" },
	{ FILE_PROTECTED, "i07_tid_i_insats" },
	{ FILE_PROTECTED, "i08_remittent" },
	{ FILE_PROTECTED, "i09_ko" },
	{ FILE_PROTECTED, "i10_volym" },
	{ FILE_PROTECTED, "i11_matris" },
	{ FILE_PROTECTED, "i12_enkat" },
	{ FILE_PROTECTED, "i13_overlevnad" },
	{ FILE_PROTECTED, "i14_konsskillnad" },
	{ FILE_PROTECTED, "g01_mal" },
	{ FILE_PROTECTED, "e01_ekonomi" },
	{ FILE_PROTECTED, "e02_aterbetalning" },
	{ FILE_PROTECTED, "e03_kassaflode" },
	{ FILE_PROTECTED, "e04_kanslighet" },
	{ FILE_PROTECTED, "e05_potential" },
	{ FILE_PROTECTED, "e06_jamforelse" },
	{ FILE_PROTECTED, "e07_band" },
	{ FILE_PROTECTED, "e08_utjamning" },
	{ FILE_PROTECTED, "e09_priser" },
	{ FILE_PROTECTED, "q01_avstamning" },
	{ 0 },
};

static const struct file_use writes[] = {
	{ FILE_PUBLICATION, "data/" },
	{ FILE_PUBLICATION, "excel/" },
	{ FILE_PUBLICATION, "px/" },
	{ FILE_PUBLICATION, "tabeller.xlsx" },
	{ FILE_PUBLICATION, "diagram/" },
	{ FILE_PUBLICATION, "datapackage.json" },
	{ FILE_PUBLICATION, "rapport.html" },
	{ FILE_PUBLICATION, "SHA256SUMS" },
	{ 0 },
};

/* The publication is written in parts, beside each other. One that is a file is hashed when it has been written: the workbook takes longer than
   all others on one thread. */
struct part {
	enum { PART_WORKBOOK, PART_REPORT, PART_DATA, PART_EXCEL, PART_PX } kind;
	const struct sheet *sheet; /* NULL: of all tables */
	const char *path;          /* NULL: it adds its files itself */
	char hash[HASH_TEXT];      /* "": of what it writes not yet */
};

struct parts {
	struct publication *publication;
	struct workbook workbook;
	size_t count;
	struct part *part; /* the longest work first */
};

static int write_file(size_t item, void *context, struct error *error)
{
	struct parts *parts = context;
	const struct part *part = &parts->part[item];
	struct publication *publication = parts->publication;
	switch (part->kind) {
	case PART_WORKBOOK:
		return workbook_write(&parts->workbook, publication, part->path, error);
	case PART_REPORT: /* the only one that changes the publication */
		return datapackage_write(publication, error) != 0 ? -1 : report_write(publication, error);
	case PART_DATA:
		return data_write(part->sheet, part->path, error);
	case PART_EXCEL:
		return data_write_excel(part->sheet, part->path, error);
	case PART_PX:
		return px_write(publication, part->sheet, part->path, error);
	}
	return 0;
}

static int write_part(size_t item, void *context, struct error *error)
{
	const struct parts *parts = context;
	struct part *part = &parts->part[item];
	if (write_file(item, context, error) != 0)
		return -1;
	return part->kind == PART_WORKBOOK || part->path == NULL ? 0 : hash_file(part->path, part->hash, error);
}

static int add_file(struct parts *parts, struct part part, const char *folder, const char *name, const char *ending, struct error *error)
{
	const char *file = arena_print(parts->publication->arena, error, "%s%s%s", folder, name, ending);
	part.path = file == NULL ? NULL : publication_add(parts->publication, file, error);
	parts->part[parts->count++] = part;
	return part.path == NULL ? -1 : 0;
}

static int list_parts(struct parts *parts, struct error *error)
{
	struct publication *publication = parts->publication;
	parts->part = arena_take(publication->arena, 2 + 3 * publication->sheets, sizeof *parts->part, error);
	if (parts->part == NULL ||
		add_file(parts, (struct part){ .kind = PART_WORKBOOK }, "", "tabeller", ".xlsx", error) != 0)
		return -1;
	parts->part[parts->count++] = (struct part){ .kind = PART_REPORT };
	for (size_t i = 0; i < publication->sheets; i++) {
		const struct sheet *sheet = &publication->sheet[i];
		const char *name = sheet->table->name;
		if (add_file(parts, (struct part){ .kind = PART_DATA, .sheet = sheet }, "data/", name, ".csv", error) != 0 ||
			add_file(parts, (struct part){ .kind = PART_EXCEL, .sheet = sheet }, "excel/", name, ".csv", error) != 0 ||
			(px_fits(sheet) && add_file(parts, (struct part){ .kind = PART_PX, .sheet = sheet }, "px/", name, ".px", error) != 0))
			return -1;
	}
	return 0;
}

/* Tells the publication of the hashes, now that no part changes it. */
static void give_hashes(struct parts *parts)
{
	for (size_t i = 0; i < parts->count; i++)
		for (size_t f = 0; f < parts->publication->files && parts->part[i].hash[0] != '\0'; f++)
			if (parts->publication->file[f].path == parts->part[i].path)
				parts->publication->file[f].hash = &parts->part[i].hash;
}

/* All parts beside each other, and then what the workbook is written of by many threads. */
static int write_parts(struct parts *parts, struct error *error)
{
	if (parallel_each(parts->count, write_part, parts, error) != 0)
		return -1;
	give_hashes(parts);
	return workbook_finish(&parts->workbook, error);
}

static int work(const struct run *run, struct arena *arena, struct error *error)
{
	struct publication publication;
	struct parts parts = { .publication = &publication };
	parallel_set_threads(run_jobs(run));
	int result = publication_open(&publication, run, reads, arena, error) != 0 || list_parts(&parts, error) != 0 ? -1 : write_parts(&parts, error);
	workbook_free(&parts.workbook);
	if (result == 0 && (result = sums_write(&publication, error)) == 0)
		run_note(run, "%zu tables published", publication.sheets);
	publication_close(&publication);
	return result;
}

const struct stage stage_publish = {
	.name = "publish",
	.summary = "writes the protected tables as CSV files, a data package and a report",
	.reads = reads,
	.writes = writes,
	.settings = SETTINGS(NAMN) | SETTINGS(KOMMUNER) | SETTINGS(PERIOD) | SETTINGS(ALDERSGRUPPER) | SETTINGS(KONFIDENSGRAD) |
		SETTINGS(REDOVISNING) | SETTINGS(KALKYL) | SETTINGS(MATT) | SETTINGS(MALGRUPP) | SETTINGS(INSATSER) | SETTINGS(INGAR_I) |
		SETTINGS(INSATS) | SETTINGS(MAL),
	.work = work,
};
