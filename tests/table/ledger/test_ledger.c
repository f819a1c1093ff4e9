/* The disclosure ledger: what an approval enters, what a later run is told of it, and the key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pipeline/base/date.h"
#include "pipeline/table/ledger/ledger.h"
#include "tests/table/files.h"

static struct error error;
static const struct settings *settings;
static const struct table *i01, *m03;

static void write_in(const char *folder, const char *name, const char *text)
{
	char path[600];
	(void)snprintf(path, sizeof path, "%s/%s", folder, name);
	(void)files_write(path, text, strlen(text));
}

/* A run with i01 and m03 in the folder `name`: published below it, aggregate too. */
static void make_run(const char *name, const char *i01_published, const char *i01_before, const char *m03_published)
{
	static const char *const parts[] = { "", "/data", "/aggregate" };
	char path[600];
	for (size_t i = 0; i < 3; i++) {
		(void)snprintf(path, sizeof path, "%s%s", name, parts[i]);
		assert_int_equal(mkdir(files_path(path), 0700), 0);
	}
	write_in(name, "data/i01_deltagare.csv", i01_published);
	write_in(name, "aggregate/i01_deltagare.csv", i01_before);
	write_in(name, "data/m03_samtidighet.csv", m03_published);
	write_in(name, "aggregate/m03_samtidighet.csv", m03_published);
}

static void approve(const char *name)
{
	char folder[600];
	(void)snprintf(folder, sizeof folder, "%s", files_path(name));
	if (ledger_approve(files_folder, settings, folder, folder, name, 2018, &error) != 0)
		fail_msg("%s", error.message[0]);
}

static enum ledger_state look(const struct ledger *ledger, const struct table *table, const char *a, const char *b, const char *c,
	double value, const char *text)
{
	const char *key[] = { a, b, c };
	char joined[100];
	int32_t from, to;
	ledger_days(settings, table, key, &from, &to);
	(void)snprintf(joined, sizeof joined, "%s|%s|%s", a, b, c);
	return ledger_look(ledger, table->name, joined, table->measure[0].name, from, to, value, text, false);
}

static struct ledger *read_ledger(struct arena *arena)
{
	char path[600], key[600];
	(void)snprintf(path, sizeof path, "%s", files_path("huvudbok.csv"));
	(void)snprintf(key, sizeof key, "%s", files_path("huvudbok.nyckel"));
	return ledger_open(path, key, arena, &error);
}

#define HEAD "insats,kommun,kon,matt,varde,status\n"
#define M03 "manad,kommun,kombination,matt,varde,status\n2018-03,TOT,TOT,personer,40,\n"

static char *contents(struct arena *arena, const char *name)
{
	FILE *file = fopen(files_path(name), "rb");
	assert_non_null(file);
	char *text = arena_take(arena, 1 << 16, 1, &error);
	assert_true(fread(text, 1, (1 << 16) - 1, file) > 0);
	(void)fclose(file);
	return text;
}

static void approvals(void **unused)
{
	(void)unused;
	struct arena *arena = arena_new(&error);
	struct stat state;
	struct ledger *ledger = read_ledger(arena);
	assert_non_null(ledger);
	assert_int_equal(ledger_cells(ledger), 0);
	assert_int_equal(look(ledger, i01, "A", "TOT", "K", 3, "3"), LEDGER_NEW);

	make_run("r1", HEAD "A,TOT,K,deltaganden,,skyddad\nA,TOT,M,deltaganden,,skyddad\nA,TOT,TOT,deltaganden,26,\nA,TOT,TOT,personer,,saknas\n",
		HEAD "A,TOT,K,deltaganden,3,\nA,TOT,M,deltaganden,23,\nA,TOT,TOT,deltaganden,26,\n", M03);
	write_in("", ".huvudbok.nyckel.ny", "0123"); /* an approval was cut off while it made the key */
	approve("r1");
	assert_int_equal(stat(files_path("huvudbok.csv"), &state), 0);
	assert_int_equal(state.st_mode & 0777, 0600);
	assert_int_equal(stat(files_path("huvudbok.nyckel"), &state), 0);
	assert_int_equal(state.st_mode & 0777, 0600);
	ledger = read_ledger(arena);
	assert_non_null(ledger);
	assert_int_equal(look(ledger, i01, "A", "TOT", "K", 3, "3"), LEDGER_WITHHELD);
	assert_int_equal(look(ledger, i01, "A", "TOT", "K", 4, "4"), LEDGER_CHANGED);
	assert_int_equal(look(ledger, i01, "A", "TOT", "TOT", 26, "26"), LEDGER_PRINTED);
	assert_int_equal(look(ledger, i01, "A", "TOT", "TOT", 27, "27"), LEDGER_REVISED);
	assert_int_equal(look(ledger, i01, "B", "TOT", "TOT", 0, "0"), LEDGER_PRINTED); /* no row: printed as 0 */
	assert_int_equal(look(ledger, i01, "B", "TOT", "TOT", 6, "6"), LEDGER_REVISED);
	assert_int_equal(look(ledger, m03, "2018-03", "TOT", "TOT", 40, "40"), LEDGER_PRINTED);
	assert_int_equal(look(ledger, m03, "2018-04", "TOT", "TOT", 40, "40"), LEDGER_NEW); /* another month */

	/* no small count stands in the file, nor are equal ones told equal */
	const char *text = contents(arena, "huvudbok.csv");
	assert_non_null(strstr(text, "2018,r1,2018-01-01,2018-08-31,i01_deltagare,A|TOT|K,deltaganden,skyddad,"));
	assert_null(strstr(text, ",3\n"));
	assert_non_null(strstr(text, "2018,r1,2018-03-01,2018-03-31,m03_samtidighet,2018-03|TOT|TOT,personer,,40\n"));

	/* a second approval: the latest counts; approved again, a run stands once */
	make_run("r2", HEAD "A,TOT,K,deltaganden,8,\nA,TOT,TOT,deltaganden,31,\n", HEAD "A,TOT,K,deltaganden,8,\nA,TOT,TOT,deltaganden,31,\n", M03);
	approve("r2");
	ledger = read_ledger(arena);
	size_t cells = ledger_cells(ledger);
	assert_int_equal(look(ledger, i01, "A", "TOT", "K", 8, "8"), LEDGER_PRINTED);
	assert_int_equal(look(ledger, i01, "A", "TOT", "M", 23, "23"), LEDGER_WITHHELD);
	approve("r2");
	assert_int_equal(ledger_cells(read_ledger(arena)), cells);

	/* an approval that fails leaves the ledger as it was */
	write_in("r2", "data/m03_samtidighet.csv", "nonsense\n");
	char folder[600];
	(void)snprintf(folder, sizeof folder, "%s", files_path("r2"));
	assert_int_equal(ledger_approve(files_folder, settings, folder, folder, "r3", 2018, &error), -1);
	assert_int_equal(error.code, EXIT_DATA);
	error = (struct error){ 0 };
	assert_int_equal(ledger_cells(read_ledger(arena)), cells);

	/* another key knows nothing; no key is a fault */
	assert_int_equal(unlink(files_path("huvudbok.nyckel")), 0);
	assert_null(read_ledger(arena));
	assert_int_equal(error.code, EXIT_IO);
	error = (struct error){ 0 };
	write_in("", "huvudbok.nyckel", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n");
	ledger = read_ledger(arena);
	assert_non_null(ledger);
	assert_int_equal(look(ledger, i01, "A", "TOT", "M", 23, "23"), LEDGER_REVISED); /* the latest lacks it: 0 */
	assert_int_equal(look(ledger, i01, "A", "TOT", "TOT", 31, "31"), LEDGER_PRINTED);
	arena_free(arena);
}

/* What is told of the cells of other days; and a run that shows earlier figures enters what was withheld then. */
static void earlier_figures(void **unused)
{
	(void)unused;
	struct arena *arena = arena_new(&error);
	const struct settings *months = settings;
	struct settings whole = *months;
	make_run("r4", HEAD "C,TOT,K,deltaganden,,skyddad\nC,TOT,TOT,deltaganden,40,\n", HEAD "C,TOT,K,deltaganden,4,\nC,TOT,TOT,deltaganden,40,\n", M03);
	approve("r4");
	whole.period_to = date_day(2018, 12, 31);
	settings = &whole;
	make_run("r5", HEAD "C,TOT,K,deltaganden,6,\nC,TOT,TOT,deltaganden,46,\nC,TOT,TOT,personer,,saknas\n",
		HEAD "C,TOT,K,deltaganden,6,\nC,TOT,TOT,deltaganden,46,\n", M03);
	approve("r5");
	settings = months;
	make_run("r6", HEAD "C,TOT,K,deltaganden,,skyddad\nC,TOT,TOT,deltaganden,40,tidigare\n",
		HEAD "C,TOT,K,deltaganden,5,\nC,TOT,TOT,deltaganden,41,\n", M03);
	approve("r6");
	struct ledger *ledger = read_ledger(arena);
	assert_non_null(ledger);
	assert_int_equal(look(ledger, i01, "C", "TOT", "K", 4, "4"), LEDGER_WITHHELD);
	assert_int_equal(look(ledger, i01, "C", "TOT", "K", 5, "5"), LEDGER_CHANGED);
	assert_int_equal(look(ledger, i01, "C", "TOT", "TOT", 40, "40"), LEDGER_PRINTED);
	size_t at = ledger_find(ledger, "i01_deltagare", "C|TOT|TOT", "deltaganden"), part = ledger_part(ledger, "i01_deltagare", months->period_from, months->period_to);
	const char *const runs[] = { "r6", "r5", "r4" }, *const texts[] = { "40", "46", "40" };
	for (size_t i = 0; i < 3; i++, at = ledger_before(ledger, at)) {
		assert_int_not_equal(at, LEDGER_NONE);
		assert_string_equal(ledger_entry(ledger, at).run, runs[i]);
		assert_string_equal(ledger_entry(ledger, at).text, texts[i]);
		assert_int_equal(ledger_entry(ledger, at).to, i == 1 ? whole.period_to : months->period_to);
		assert_int_equal(ledger_entry(ledger, at).status, CELL_PUBLISHED);
	}
	assert_int_equal(at, LEDGER_NONE);
	assert_string_equal(ledger_entry(ledger, part).run, "r6");
	assert_int_equal(ledger_part(ledger, "i01_deltagare", months->period_from, months->period_to + 1), LEDGER_NONE);
	assert_int_equal(ledger_find(ledger, "i01_deltagare", "D|TOT|TOT", "deltaganden"), LEDGER_NONE);
	at = ledger_find(ledger, "i01_deltagare", "C|TOT|TOT", "personer");
	assert_int_equal(ledger_entry(ledger, at).status, CELL_PUBLISHED); /* a measure without a line is 0 */
	assert_int_equal(ledger_entry(ledger, ledger_before(ledger, at)).status, CELL_MISSING);
	arena_free(arena);
}

/* A rounded count is entered as such, and as what it was where it stands later; who prints the same exactly tells something new. */
static void rounded_figures(void **unused)
{
	(void)unused;
	struct arena *arena = arena_new(&error);
	const struct settings *exact = settings;
	struct settings rounded = *exact;
	rounded.avrundning = true;
	const char *key = "E|TOT|TOT";
	settings = &rounded;
	make_run("r7", HEAD "E,TOT,TOT,deltaganden,40,\n", HEAD "E,TOT,TOT,deltaganden,38,\n", M03);
	approve("r7");
	settings = exact;
	for (int pass = 0; pass < 2; pass++) {
		struct ledger *ledger = read_ledger(arena);
		assert_non_null(ledger);
		size_t at = ledger_find(ledger, "i01_deltagare", key, "deltaganden");
		assert_true(ledger_entry(ledger, at).rounded);
		assert_int_equal(ledger_entry(ledger, at).status, CELL_PUBLISHED);
		assert_string_equal(ledger_entry(ledger, at).text, "40");
		assert_true(ledger_part_rounded(ledger, "i01_deltagare", exact->period_from, exact->period_to));
		assert_false(ledger_part_rounded(ledger, "i01_deltagare", exact->period_from, exact->period_to + 1));
		assert_int_equal(ledger_look(ledger, "i01_deltagare", key, "deltaganden", exact->period_from, exact->period_to, 40, "40", true), LEDGER_PRINTED);
		assert_int_equal(ledger_look(ledger, "i01_deltagare", key, "deltaganden", exact->period_from, exact->period_to, 40, "40", false), LEDGER_REVISED);
		if (pass == 0) {
			make_run("r8", HEAD "E,TOT,TOT,deltaganden,40,tidigare\n", HEAD "E,TOT,TOT,deltaganden,38,\n", M03);
			approve("r8");
		}
	}
	make_run("r9", HEAD "E,TOT,TOT,deltaganden,60,\n", HEAD "E,TOT,TOT,deltaganden,60,\n", M03);
	approve("r9");
	struct ledger *ledger = read_ledger(arena);
	assert_non_null(ledger);
	assert_false(ledger_part_rounded(ledger, "i01_deltagare", exact->period_from, exact->period_to));
	arena_free(arena);
}

/* January to August and the whole year are two cells. */
static void days(void **unused)
{
	(void)unused;
	struct settings year = *settings;
	int32_t from, to;
	const char *key[] = { "A", "TOT", "TOT" };
	year.period_to = date_day(2018, 12, 31);
	ledger_days(&year, i01, key, &from, &to);
	assert_int_equal(from, date_day(2018, 1, 1));
	assert_int_equal(to, date_day(2018, 12, 31));
	ledger_days(settings, i01, key, &from, &to);
	assert_int_equal(to, date_day(2018, 8, 31));
	const char *month[] = { "2018-02", "TOT", "TOT" };
	ledger_days(settings, m03, month, &from, &to);
	assert_int_equal(from, date_day(2018, 2, 1));
	assert_int_equal(to, date_day(2018, 2, 28));
}

static int remove_runs(void **unused)
{
	(void)unused;
	static const char *const names[] = { "r1/data", "r1/aggregate", "r1", "r2/data", "r2/aggregate", "r2",
		"r4/data", "r4/aggregate", "r4", "r5/data", "r5/aggregate", "r5", "r6/data", "r6/aggregate", "r6",
		"r7/data", "r7/aggregate", "r7", "r8/data", "r8/aggregate", "r8", "r9/data", "r9/aggregate", "r9" };
	static const char *const files[] = { "i01_deltagare.csv", "m03_samtidighet.csv" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		for (size_t f = 0; f < 2; f++) {
			char path[600];
			(void)snprintf(path, sizeof path, "%s/%s", names[i], files[f]);
			(void)remove(files_path(path));
		}
		(void)rmdir(files_path(names[i]));
	}
	return files_end(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(approvals), cmocka_unit_test(earlier_figures), cmocka_unit_test(rounded_figures),
		cmocka_unit_test(days) };
	struct settings half_year = { .period_from = date_day(2018, 1, 1), .period_to = date_day(2018, 8, 31) };
	struct arena *arena = arena_new(&error);
	settings = &half_year;
	i01 = schema_table("i01", arena, &error);
	m03 = schema_table("m03", arena, &error);
	int failed = cmocka_run_group_tests(tests, files_begin, remove_runs);
	arena_free(arena);
	return failed;
}
