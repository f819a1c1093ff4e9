/* Tests of the stage from protected tables to the publication: bytes, checksums, escaping, what is withheld. */
#include "tests/stages/publish/forbund.h"

#include "pipeline/base/hash.h"
#include "stages/publish/publish.h"

static struct run_request request = { .quiet = true };
static struct run_report report;
static struct run run;

/* Folders for one run; its tables go to in_folder/protected. */
static void begin_run(const char *in_folder, const char *out_folder)
{
	memset(&report, 0, sizeof report);
	memset(&error, 0, sizeof error);
	run = (struct run){ .arena = arena, .request = &request, .settings = settings, .shown = settings, .stage = &stage_publish,
		.report = &report };
	run.internal = run_path(arena, &error, files_folder, in_folder);
	run.publication = run_path(arena, &error, files_folder, out_folder);
	assert_int_equal(run_make_folder(run.internal, 0700, &error), 0);
	assert_int_equal(run_make_folder(run_path(arena, &error, run.internal, "protected"), 0700, &error), 0);
	assert_int_equal(run_make_folder(run.publication, 0755, &error), 0);
	assert_int_equal(log_open(&run.log, NULL, 1, &error), 0);
}

static int publish(void)
{
	struct arena *own = arena_new(&error);
	int result = stage_publish.work(&run, own, &error);
	arena_free(own);
	log_close(run.log);
	return result;
}

static void save(struct cube *cube)
{
	char *path = arena_print(arena, &error, "%s/protected/%s.cube", run.internal, cube->table->name);
	assert_int_equal(cube_write(cube, path, &error), 0);
}

/* A file of the publication as text. */
static const char *read_whole(const char *folder, const char *name)
{
	char *path = arena_print(arena, &error, "%s/%s/%s", files_folder, folder, name);
	FILE *file = fopen(path, "rb");
	assert_non_null(file);
	char *bytes = arena_take(arena, 1, (size_t)1 << 20, &error);
	size_t length = fread(bytes, 1, ((size_t)1 << 20) - 1, file);
	assert_int_equal(fclose(file), 0);
	assert_true(length < ((size_t)1 << 20) - 1);
	return bytes;
}

/* Goals, participants and flows, with names and texts that try to break out. */
static void save_tables(void)
{
	struct cube *goals = forbund_cube("g01_mal"), *people = forbund_cube("i01_deltagare");
	forbund_cell(goals, "matt_namn", FORBUND_INSATS, "2")->text = "egen försörjning";
	forbund_cell(goals, "krav", FORBUND_INSATS, "2")->text = "minst 30 % av avslutade";
	forbund_cell(goals, "utfall", FORBUND_INSATS, "2")->number = 35;
	forbund_cell(goals, "taljare", FORBUND_INSATS, "2")->number = 14;
	forbund_cell(goals, "namnare", FORBUND_INSATS, "2")->number = 40;
	forbund_cell(goals, "ki_lag", FORBUND_INSATS, "2")->number = 22.13;
	forbund_cell(goals, "ki_hog", FORBUND_INSATS, "2")->number = 50.47;
	forbund_cell(goals, "bedomning", FORBUND_INSATS, "2")->text = "uppfyllt_osakert";
	forbund_cell(goals, "matt_namn", FORBUND_FORMULA, "1")->text = "@deltagare";
	forbund_cell(goals, "krav", FORBUND_FORMULA, "1")->text = "-5";
	for (const char *const *name = (const char *const[]){ "utfall", "taljare", "bedomning", NULL }; *name != NULL; name++)
		forbund_cell(goals, *name, FORBUND_FORMULA, "1")->status = CELL_PROTECTED;
	save(goals);
	forbund_cell(people, "deltaganden", FORBUND_INSATS, "TOT", "TOT")->number = 1050;
	forbund_cell(people, "deltaganden", FORBUND_FORMULA, "TOT", "TOT")->number = 6;
	forbund_cell(people, "personer", FORBUND_INSATS, "TOT", "TOT")->status = CELL_PROTECTED;
	forbund_cell(people, "personer", FORBUND_INSATS, "TOT", "TOT")->number = 987654;
	forbund_cell(people, "nya", FORBUND_INSATS, "TOT", "TOT")->status = CELL_MISSING;
	save(people);
}

static void files_for_machines_and_excel(void **state)
{
	(void)state;
	begin_run("in-files", "out-files");
	save_tables();
	assert_int_equal(publish(), 0);
	assert_string_equal(read_whole("out-files", "data/i01_deltagare.csv"),
		"insats,kommun,kon,matt,varde,status\n"
		"\"<b>&\"\"Bo'\",TOT,TOT,deltaganden,1050,\n"
		"\"<b>&\"\"Bo'\",TOT,TOT,personer,,skyddad\n"
		"\"<b>&\"\"Bo'\",TOT,TOT,nya,,saknas\n"
		"\"<b>&\"\"Bo'\",TOT,TOT,avslutade,0,\n"
		"\"<b>&\"\"Bo'\",TOT,TOT,pagaende,0,\n"
		"=SUMMA(A1),TOT,TOT,deltaganden,6,\n"
		"=SUMMA(A1),TOT,TOT,personer,0,\n"
		"=SUMMA(A1),TOT,TOT,nya,0,\n"
		"=SUMMA(A1),TOT,TOT,avslutade,0,\n"
		"=SUMMA(A1),TOT,TOT,pagaende,0,\n");
	const char *excel = read_whole("out-files", "excel/g01_mal.csv");
	assert_non_null(strstr(excel, "\xEF\xBB\xBFinsats;mal;matt;varde;status\r\n"));
	assert_non_null(strstr(excel, ";2;utfall;35,0;\r\n"));
	assert_non_null(strstr(excel, ";2;ki_lag;22,1;\r\n"));
	assert_non_null(strstr(excel, "\r\n'=SUMMA(A1);1;matt_namn;'@deltagare;\r\n"));
	assert_non_null(strstr(excel, "\r\n'=SUMMA(A1);1;krav;-5;\r\n"));
	assert_non_null(strstr(excel, ";1;utfall;;skyddad\r\n"));
	assert_non_null(strstr(read_whole("out-files", "data/g01_mal.csv"), "\n=SUMMA(A1),1,matt_namn,@deltagare,\n"));
}

static void the_report_escapes_and_speaks(void **state)
{
	(void)state;
	begin_run("in-report", "out-report");
	save_tables();
	assert_int_equal(publish(), 0);
	const char *page = forbund_unmarked(read_whole("out-report", "rapport.html"));
	assert_null(strstr(page, "<b>"));
	assert_null(strstr(page, "<i>"));
	assert_null(strstr(page, "<script"));
	assert_non_null(strstr(page, "Förbundet &lt;i&gt;&amp;&quot;"));
	assert_non_null(strstr(page, "&lt;b&gt;&amp;&quot;Bo&#39;"));
	assert_non_null(strstr(page, "35,0\u00A0% (14 av 40; 95\u00A0% konfidensintervall 22,1–50,5\u00A0%)"));
	assert_non_null(strstr(page, "(✓)</i> Uppfyllt, osäkert"));
	assert_non_null(strstr(page, "<td>skyddad uppgift</td>"));
	assert_non_null(strstr(page, "1\u00A0050"));
	assert_non_null(strstr(page, "Arbetsversion"));
	assert_non_null(strstr(page, "färre än 5 personer"));
	assert_non_null(strstr(page, "ändrades den 1 januari 2018. Nya kommuner: Öckerö."));
	assert_non_null(strstr(page, "<html lang=\"sv\">"));
}

/* Figures of e02 for an actor of the first insats. */
static void put_actor(struct cube *cube, const char *actor, double netto, double nuvarde)
{
	forbund_cell(cube, "kostnad", FORBUND_INSATS, actor)->number = 40260.95;
	forbund_cell(cube, "netto_manad", FORBUND_INSATS, actor)->number = netto;
	forbund_cell(cube, "nuvarde", FORBUND_INSATS, actor)->number = nuvarde;
	forbund_cell(cube, "aterbetalning_start", FORBUND_INSATS, actor)->status = CELL_MISSING;
	forbund_cell(cube, "sannolikhet_lonsam", FORBUND_INSATS, actor)->number = 12.34;
}

static void a_loss_is_as_clear_as_a_gain(void **state)
{
	(void)state;
	begin_run("in-loss", "out-loss");
	struct cube *cube = forbund_cube("e02_aterbetalning");
	put_actor(cube, "SAMHALLE", -250, -12345);
	put_actor(cube, "STATEN", -10, -1);
	put_actor(cube, "KOM", 300.4, 1);
	put_actor(cube, "REG", 0, -1);
	put_actor(cube, "IND", -0.2, 0);
	save(cube);
	assert_int_equal(publish(), 0);
	const char *page = forbund_unmarked(read_whole("out-loss", "rapport.html"));
	assert_non_null(strstr(page, "Kostnaden är inte återbetald inom 60 månader."));
	assert_non_null(strstr(page, "En hel medverkan kostar i genomsnitt 40\u00A0261\u00A0kr per deltagare, och samhällets netto efter insatsen är "
		"\u2212250\u00A0kr per månad."));
	assert_non_null(strstr(page, "Nuvärdet över 60 månader är \u221212\u00A0345\u00A0kr per deltagare: insatsen kostar mer än den ger"));
	assert_non_null(strstr(page, "Sannolikheten att insatsen är lönsam är 12,3\u00A0%."));
	assert_non_null(strstr(page, "Av staten, kommunerna och regionen får kommunerna det största nettot."));
}

/* Time to self-support, results by sex and a wholly withheld table: what stands in the section of an insats. */
static void an_insats_is_told_in_sentences_and_pictures(void **state)
{
	(void)state;
	begin_run("in-told", "out-told");
	struct cube *time = forbund_cube("i13_overlevnad"), *sexes = forbund_cube("i14_konsskillnad"), *exits = forbund_cube("i05_avslut");
	for (int month = 0; month < 4; month++) {
		char *code = arena_print(arena, &error, "%d", month);
		forbund_cell(time, "andel", FORBUND_INSATS, "TOT", code)->number = 100 - 10 * month;
		forbund_cell(time, "ki_lag", FORBUND_INSATS, "TOT", code)->number = 80 - 10 * month;
		forbund_cell(time, "ki_hog", FORBUND_INSATS, "TOT", code)->number = 100;
	}
	forbund_cell(time, "andel", FORBUND_INSATS, "TOT", "2")->status = CELL_PROTECTED; /* the line stops */
	forbund_cell(sexes, "andel_k", FORBUND_INSATS)->number = 29.2;
	forbund_cell(sexes, "andel_m", FORBUND_INSATS)->number = 37.5;
	forbund_cell(sexes, "skillnad", FORBUND_INSATS)->number = -8.3;
	forbund_cell(sexes, "ki_lag", FORBUND_INSATS)->number = -36.1;
	forbund_cell(sexes, "ki_hog", FORBUND_INSATS)->number = 19.3;
	forbund_cell(exits, "avslutade", FORBUND_INSATS, "TOT", "01")->status = CELL_PROTECTED;
	forbund_cell(exits, "avslutade", FORBUND_INSATS, "TOT", "TOT")->number = 12;
	save(time);
	save(sexes);
	save(exits);
	assert_int_equal(publish(), 0);
	const char *page = forbund_unmarked(read_whole("out-told", "rapport.html"));
	assert_non_null(strstr(page, "Till arbete eller studier gick 29,2\u00A0% av kvinnorna och 37,5\u00A0% av männen. Skillnaden är \u22128,3 "
		"procentenheter (konfidensintervall \u221236,1 till 19,3), vilket kan bero på slumpen."));
	assert_non_null(strstr(page, "som inte kan visas i en så liten grupp: avslutningsanledningar."));
	const char *picture = read_whole("out-told", "diagram/insats-1-b-bo-tid-till-forsorjning.svg");
	assert_non_null(strstr(picture, "0 100,0, 1 90,0, 2 skyddad uppgift, 3 70,0."));
	assert_non_null(strstr(page, "Kaplan–Meier"));
}

static void no_winner_is_named_when_a_party_is_withheld(void **state)
{
	(void)state;
	begin_run("in-winner", "out-winner");
	struct cube *cube = forbund_cube("e02_aterbetalning");
	put_actor(cube, "SAMHALLE", 250, 12345);
	put_actor(cube, "STATEN", 10, 1);
	put_actor(cube, "KOM", 300, 1);
	put_actor(cube, "REG", 0, 1);
	forbund_cell(cube, "netto_manad", FORBUND_INSATS, "REG")->status = CELL_PROTECTED;
	forbund_cell(cube, "aterbetalning_start", FORBUND_INSATS, "SAMHALLE")->status = CELL_PROTECTED;
	save(cube);
	assert_int_equal(publish(), 0);
	const char *page = forbund_unmarked(read_whole("out-winner", "rapport.html"));
	assert_null(strstr(page, "största nettot"));
	assert_non_null(strstr(page, "Återbetalningstiden är en skyddad uppgift."));
	assert_non_null(strstr(page, "insatsen ger mer än den kostar"));
}

static void no_file_tells_what_is_withheld(void **state)
{
	(void)state;
	static const char *const names[] = { "data/i01_deltagare.csv", "excel/i01_deltagare.csv", "datapackage.json", "rapport.html",
		"SHA256SUMS" };
	begin_run("in-secret", "out-secret");
	save_tables();
	assert_int_equal(publish(), 0);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		assert_null(strstr(read_whole("out-secret", names[i]), "987654"));
		assert_null(strstr(read_whole("out-secret", names[i]), "987\u00A0654"));
	}
}

/* A file that is no protected table as protect writes it (which has no place for a withheld value) is refused, and none of it repeated. */
static void what_protect_did_not_write_is_refused(void **state)
{
	(void)state;
	static const char lines[] = "ar,kommun,kon,byten,matt,varde,status\n2018,1440,K,0,personer,987654,skyddad\n";
	begin_run("in-leak", "out-leak");
	(void)files_write("in-leak/protected/m04_rundgang.cube", lines, sizeof lines - 1);
	assert_int_equal(publish(), -1);
	assert_int_equal(error.code, EXIT_IO);
	assert_null(strstr(error.message[0], "987654"));
}

static void checksums_are_right(void **state)
{
	(void)state;
	begin_run("in-sums", "out-sums");
	save_tables();
	assert_int_equal(publish(), 0);
	const char *sums = read_whole("out-sums", "SHA256SUMS"), *before = "";
	size_t files = 0;
	for (const char *line = sums; *line != '\0'; line = strchr(line, '\n') + 1, files++) {
		char hash[HASH_TEXT];
		size_t length = strcspn(line + 66, "\n");
		char *name = arena_text(arena, line + 66, length, &error);
		assert_memory_equal(line + 64, "  ", 2);
		assert_true(strcmp(before, name) < 0);
		assert_int_equal(hash_file(arena_print(arena, &error, "%s/%s", run.publication, name), hash, &error), 0);
		assert_memory_equal(hash, line, 64);
		before = name;
	}
	assert_int_equal(files, 9); /* two tables twice, one in px, the workbook, the data package, the report and its picture */
}

/* A sentence says what is published and has no place for what is not. */
static void sentences_leave_out_what_is_withheld(void **state)
{
	(void)state;
	begin_run("in-part", "out-part");
	struct cube *people = forbund_cube("i01_deltagare"), *queue = forbund_cube("i09_ko");
	forbund_cell(people, "personer", FORBUND_FORMULA, "TOT", "TOT")->number = 12;
	forbund_cell(people, "personer", FORBUND_FORMULA, "TOT", "K")->status = CELL_PROTECTED;
	forbund_cell(people, "nya", FORBUND_FORMULA, "TOT", "TOT")->status = CELL_PROTECTED;
	forbund_cell(people, "avslutade", FORBUND_FORMULA, "TOT", "TOT")->number = 7;
	forbund_cell(people, "pagaende", FORBUND_FORMULA, "TOT", "TOT")->number = 5;
	static const char *const withheld[] = { "inkomna", "vantande", "median_vantetid" };
	for (size_t i = 0; i < sizeof withheld / sizeof *withheld; i++)
		forbund_cell(queue, withheld[i], FORBUND_FORMULA, "TOT", "TOT")->status = CELL_PROTECTED;
	forbund_cell(queue, "startade", FORBUND_FORMULA, "TOT", "TOT")->number = 9;
	save(people);
	save(queue);
	assert_int_equal(publish(), 0);
	const char *page = forbund_unmarked(read_whole("out-part", "rapport.html"));
	assert_non_null(strstr(page, "<p>12 personer deltog. Av deltagandena avslutades 7 och 5 pågick när perioden slutade.</p>"));
	assert_non_null(strstr(page, "<p>9 intresseanmälningar ledde till start.</p>"));
	assert_non_null(strstr(page, "en del av antalen deltagare och en del av antalen intresseanmälningar."));
}

static void the_reconciliation_speaks_in_words(void **state)
{
	(void)state;
	begin_run("in-words", "out-words");
	struct cube *cube = forbund_cube("q01_avstamning");
	static const char *const keys[][3] = { { "i01_deltagare", "=SUMMA(A1)|1440|K", "personer" }, { "i01_deltagare", "=SUMMA(A1)|TOT|TOT", "nya" },
		{ "e03_kassaflode", "=SUMMA(A1)|KOM|TOT", "ackumulerat" }, { "i01_deltagare", "=SUMMA(A1)|KOM|TOT", "personer" }, { "i01_deltagare", "en|två", "vad" } };
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		forbund_cell(cube, "beraknat", keys[i][0], keys[i][1], keys[i][2])->number = 7;
	save(cube);
	assert_int_equal(publish(), 0);
	const char *page = forbund_unmarked(read_whole("out-words", "rapport.html"));
	assert_non_null(strstr(page, ">Deltagare</th><td class=\"x\">=SUMMA(A1), Ale, Kvinnor</td><td class=\"x\">Personer</td>"));
	assert_non_null(strstr(page, ">=SUMMA(A1), Totalt, Totalt</td><td class=\"x\">Nya</td>"));
	assert_non_null(strstr(page, ">=SUMMA(A1)|KOM|TOT</td>")); /* two meanings: neither is told */
	assert_non_null(strstr(page, ">en|två</td><td class=\"x\">vad</td>"));
}

static void same_inputs_give_same_bytes(void **state)
{
	(void)state;
	begin_run("in-first", "out-first");
	save_tables();
	assert_int_equal(publish(), 0);
	begin_run("in-second", "out-second");
	save_tables();
	assert_int_equal(publish(), 0);
	assert_string_equal(read_whole("out-first", "SHA256SUMS"), read_whole("out-second", "SHA256SUMS"));
	assert_null(strstr(read_whole("out-first", "rapport.html"), files_folder));
	assert_null(strstr(read_whole("out-first", "datapackage.json"), files_folder));
}

static void the_data_package_describes_the_tables(void **state)
{
	(void)state;
	begin_run("in-package", "out-package");
	save_tables();
	assert_int_equal(publish(), 0);
	const char *package = read_whole("out-package", "datapackage.json");
	assert_non_null(strstr(package, "\"name\": \"forbundet-i-2018-01-01-2018-08-31\""));
	assert_non_null(strstr(package, "\"path\": \"data/g01_mal.csv\""));
	assert_non_null(strstr(package, "\"uttagsdatum\": \"2018-08-31\""));
	assert_non_null(strstr(package, "{ \"value\": \"TOT\", \"label\": \"Totalt\" }"));
	assert_non_null(strstr(package, "\"enum\": [\"skyddad\", \"saknas\", \"tidigare\"]"));
	assert_non_null(strstr(package, "\"licenses\": [{ \"name\": \"CC0-1.0\""));
	assert_non_null(strstr(package, "\"sources\": [{ \"title\": \"Uppföljningsregistret över deltagare\""));
	assert_null(strstr(package, "m06_manad"));
}

static void tables_not_asked_for_are_left_out(void **state)
{
	(void)state;
	const char *wanted[] = { "i01_deltagare" };
	begin_run("in-wanted", "out-wanted");
	save_tables();
	run.wanted = wanted;
	run.wanted_count = 1;
	assert_int_equal(publish(), 0);
	assert_non_null(strstr(read_whole("out-wanted", "SHA256SUMS"), "data/i01_deltagare.csv"));
	assert_null(strstr(read_whole("out-wanted", "SHA256SUMS"), "g01_mal"));
	assert_non_null(strstr(read_whole("out-wanted", "rapport.html"), "Inga mål redovisas."));
}

static void a_run_without_tables_still_reports(void **state)
{
	(void)state;
	begin_run("in-none", "out-none");
	assert_int_equal(publish(), 0);
	assert_non_null(strstr(read_whole("out-none", "rapport.html"), "Inga ekonomiska uppgifter redovisas."));
	assert_non_null(strstr(read_whole("out-none", "datapackage.json"), "\"resources\": [\n\t]"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_for_machines_and_excel),
		cmocka_unit_test(the_report_escapes_and_speaks),
		cmocka_unit_test(a_loss_is_as_clear_as_a_gain),
		cmocka_unit_test(an_insats_is_told_in_sentences_and_pictures),
		cmocka_unit_test(no_winner_is_named_when_a_party_is_withheld),
		cmocka_unit_test(no_file_tells_what_is_withheld),
		cmocka_unit_test(what_protect_did_not_write_is_refused),
		cmocka_unit_test(checksums_are_right),
		cmocka_unit_test(sentences_leave_out_what_is_withheld),
		cmocka_unit_test(the_reconciliation_speaks_in_words),
		cmocka_unit_test(same_inputs_give_same_bytes),
		cmocka_unit_test(the_data_package_describes_the_tables),
		cmocka_unit_test(tables_not_asked_for_are_left_out),
		cmocka_unit_test(a_run_without_tables_still_reports),
	};
	return cmocka_run_group_tests(tests, forbund_begin, forbund_end);
}
