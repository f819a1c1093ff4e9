/* The last stage: reads the protected tables, writes the publication. It can open nothing else. */
#include "stages/publish/publish.h"

#include "stages/publish/data.h"
#include "stages/publish/datapackage.h"
#include "stages/publish/publication.h"
#include "stages/publish/px.h"
#include "stages/publish/report/report.h"
#include "stages/publish/sums.h"
#include "stages/publish/workbook.h"

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

static int write_tables(struct publication *publication, struct error *error)
{
	for (size_t i = 0; i < publication->sheets; i++) {
		const struct sheet *sheet = &publication->sheet[i];
		if (data_write(publication, sheet, error) != 0 || data_write_excel(publication, sheet, error) != 0 ||
			(px_fits(sheet) && px_write(publication, sheet, error) != 0))
			return -1;
	}
	return datapackage_write(publication, error) != 0 ? -1 : report_write(publication, error);
}

static int work(const struct run *run, struct arena *arena, struct error *error)
{
	struct publication publication;
	if (publication_open(&publication, run, reads, arena, error) != 0 || write_tables(&publication, error) != 0)
		return -1;
	const char *workbook = publication_add(&publication, "tabeller.xlsx", error);
	if (workbook == NULL || workbook_write(&publication, workbook, error) != 0)
		return -1;
	if (sums_write(&publication, error) != 0)
		return -1;
	run_note(run, "%zu tables published", publication.sheets);
	return 0;
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
