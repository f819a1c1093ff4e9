/* The last stage: reads the publication as a reader would, and stops it when a small count can be worked out from it. */
#include "stages/audit/audit.h"

#include "pipeline/maths/parallel.h"
#include "stages/audit/audit_publication.h"

static const char *published_path(const void *context, const char *name, struct arena *arena, struct error *error)
{
	return run_input(context, FILE_PUBLICATION, name, arena, error);
}

static const char *before_path(const void *context, const char *table, struct arena *arena, struct error *error)
{
	return run_input(context, FILE_AGGREGATE, table, arena, error);
}

static const char *support_path(const void *context, const char *cube, struct arena *arena, struct error *error)
{
	return run_input(context, FILE_SUPPORT, cube, arena, error);
}

static const char *record_path(const void *context, const char *name, struct arena *arena, struct error *error)
{
	return run_input(context, FILE_RECORD, name, arena, error);
}

static int work(const struct run *run, struct arena *arena, struct error *error)
{
	struct audit_account account;
	struct text rows = { .arena = arena };
	struct error unsaved = { 0 };
	const char *path = run_output(run, FILE_RECORD, "audit.csv", arena, error);
	const char *entries = run_input(run, FILE_LEDGER, "huvudbok.csv", arena, error);
	const char *key = run_input(run, FILE_LEDGER, "huvudbok.nyckel", arena, error);
	const struct ledger *ledger = entries == NULL || key == NULL ? NULL : ledger_open(entries, key, arena, error);
	if (path == NULL || ledger == NULL)
		return -1;
	const struct audit_place place = { run, published_path, before_path, support_path, record_path, run_settings(run)->dominans,
		{ ledger, run_settings(run) } };
	parallel_set_threads(run_jobs(run));
	int result = audit_publication(&place, run_settings(run)->minsta_antal, &account, &rows, arena, error);
	struct error *saving = result == 0 ? error : &unsaved; /* what has been found is told, not that it could not be kept */
	if ((rows.length == 0 && text_add_string(&rows, "tabell,nyckel,matt,fynd\n", saving) != 0) || text_save(&rows, path, saving) != 0)
		return -1;
	if (result != 0 && error->code == EXIT_DISCLOSURE)
		return error_set(error, EXIT_DISCLOSURE, "nothing is published; audit.csv of the run's internal folder lists the cells");
	if (result == 0 && account.rounded != run_settings(run)->avrundning)
		return error_set(error, EXIT_DISCLOSURE, "datapackage.json does not say truly whether counts are rounded; nothing is published");
	if (result == 0 && account.rounded)
		run_note(run, "every printed count is a multiple of %d, and they add up; %zu figures of other formats agree with data/",
			run_settings(run)->minsta_antal, account.figures);
	else if (result == 0)
		run_note(run, "%zu withheld counts, %zu of them small, cannot be worked out; %zu figures of other formats agree with data/",
			account.withheld, account.small, account.figures);
	if (result == 0 && account.witnesses > 0)
		run_note(run, "%zu witnesses checked: each agrees with all that is printed, and together they leave the small counts, and %zu small differences, "
			"open", account.witnesses, account.differences);
	if (result == 0 && account.narrowed > 0)
		run_note(run, "%zu of these might be narrowed by a person who forms another withheld count alone", account.narrowed);
	if (result == 0 && !account.rounded && account.ranged > 0)
		run_note(run, "%zu small counts and differences have no witnesses that could be checked: judged by ranges", account.ranged);
	if (result == 0 && account.unranged > 0)
		run_note(run, "%zu of the small counts hang together with so many others that they were judged by elimination and bounds alone, "
			"without linear programs", account.unranged);
	if (result == 0 && account.amounts.withheld > 0)
		run_note(run, "%zu withheld amounts of m01, %zu of them of few persons, stay open by sums; so do %zu nets of e02–e08", account.amounts.withheld,
			account.amounts.personal, account.amounts.nets);
	if (result == 0 && account.amounts.unranged > 0)
		run_note(run, "%zu of them hang together with so many others that they were judged by elimination alone", account.amounts.unranged);
	if (result == 0 && account.exempt > 0)
		run_note(run, "%zu small counts follow from what was published before: they are exempt, nothing withheld now could help", account.exempt);
	return result;
}

static const struct file_use reads[] = { { FILE_PUBLICATION, "data/" }, { FILE_PUBLICATION, "excel/" }, { FILE_PUBLICATION, "px/" },
	{ FILE_PUBLICATION, "diagram/" }, { FILE_PUBLICATION, "tabeller.xlsx" }, { FILE_PUBLICATION, "rapport.html" },
	{ FILE_PUBLICATION, "datapackage.json" }, { FILE_PUBLICATION, "SHA256SUMS" }, { FILE_AGGREGATE, "g01_mal" },
	{ FILE_AGGREGATE, "i01_deltagare" }, { FILE_AGGREGATE, "i02_bakgrund" }, { FILE_AGGREGATE, "i03_forsorjning" },
	{ FILE_AGGREGATE, "i04_sysselsattning" }, { FILE_AGGREGATE, "i05_avslut" }, { FILE_AGGREGATE, "i06_resultat" },
	{ FILE_AGGREGATE, "i07_tid_i_insats" }, { FILE_AGGREGATE, "i08_remittent" }, { FILE_AGGREGATE, "i09_ko" },
	{ FILE_AGGREGATE, "i10_volym" }, { FILE_AGGREGATE, "i11_matris" }, { FILE_AGGREGATE, "i12_enkat" },
	{ FILE_AGGREGATE, "i13_overlevnad" }, { FILE_AGGREGATE, "i14_konsskillnad" }, { FILE_AGGREGATE, "m01_forsorjningsmatt" },
	{ FILE_AGGREGATE, "m02_malgrupp" }, { FILE_AGGREGATE, "m03_samtidighet" }, { FILE_AGGREGATE, "m04_rundgang" },
	{ FILE_AGGREGATE, "m05_tid_i_forsorjning" }, { FILE_AGGREGATE, "m06_manad" }, { FILE_AGGREGATE, "m07_floden" },
	{ FILE_AGGREGATE, "e01_ekonomi" }, { FILE_AGGREGATE, "e02_aterbetalning" }, { FILE_AGGREGATE, "e03_kassaflode" },
	{ FILE_AGGREGATE, "e04_kanslighet" }, { FILE_AGGREGATE, "e05_potential" }, { FILE_AGGREGATE, "e06_jamforelse" },
	{ FILE_AGGREGATE, "e07_band" }, { FILE_AGGREGATE, "e08_utjamning" }, { FILE_AGGREGATE, "e09_priser" },
	{ FILE_AGGREGATE, "q01_avstamning" }, { FILE_SUPPORT, "dominans_forman" }, { FILE_SUPPORT, "befolkning_celler" }, { FILE_SUPPORT, "manad_atomer" },
	{ FILE_SUPPORT, "dominans_aktor" }, { FILE_SUPPORT, "dominans_poster" }, { FILE_RECORD, "vittnen_celler.csv" },
	{ FILE_RECORD, "vittnen.csv" }, { FILE_RECORD, "vetande.csv" }, { FILE_LEDGER, "huvudbok.csv" }, { FILE_LEDGER, "huvudbok.nyckel" }, { 0, NULL } };
static const struct file_use writes[] = { { FILE_RECORD, "audit.csv" }, { 0, NULL } };

const struct stage stage_audit = { .name = "audit", .summary = "tries to work small counts out of the publication; finding one, it stops it",
	.reads = reads, .writes = writes, .settings = SETTINGS(PERIOD) | SETTINGS(ALDERSGRUPPER) | SETTINGS(REDOVISNING) | SETTINGS(KALKYL) |
		SETTINGS(KONFIDENSGRAD) | SETTINGS(MATT) | SETTINGS(MALGRUPP) | SETTINGS(INSATSER) | SETTINGS(MAL), .work = work };
