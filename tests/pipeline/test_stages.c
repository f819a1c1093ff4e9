/* The list of stages is sound, and stages_check says so of no list that crosses the privacy boundary. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/stage.h"
#include "pipeline/table/schema/schema.h"

#define FILES(...) ((const struct file_use[]){ __VA_ARGS__, { 0, NULL } })
#define NOTHING ((const struct file_use[]){ { 0, NULL } })

static int check_pair(const struct stage *first, const struct stage *second, struct error *error)
{
	const struct stage *list[] = { first, second };
	return stages_check(list, 2, error);
}

static void the_list_is_sound(void **unused)
{
	(void)unused;
	struct error error = { 0 };
	assert_int_equal(stages_check(stages, stage_count, &error), 0);
	assert_string_equal(stages[stage_count - 2]->name, "publish");
	assert_string_equal(stages[stage_count - 1]->name, "audit");
}

static void a_read_must_have_been_written(void **unused)
{
	(void)unused;
	struct error error = { 0 };
	struct stage link = { .name = "link", .reads = FILES({ FILE_PERSONS, "fk" }), .writes = NOTHING };
	struct stage ingest = { .name = "ingest", .reads = FILES({ FILE_EXTRACT, "fk" }), .writes = FILES({ FILE_PERSONS, "fk" }) };
	assert_int_equal(check_pair(&ingest, &link, &error), 0);
	assert_int_equal(check_pair(&link, &ingest, &error), -1);
	assert_non_null(strstr(error.message[0], "no earlier stage writes"));
}

static void a_file_has_one_writer(void **unused)
{
	(void)unused;
	struct error error = { 0 };
	struct stage one = { .name = "one", .reads = NOTHING, .writes = FILES({ FILE_AGGREGATE, "m01" }) };
	struct stage two = { .name = "two", .reads = NOTHING, .writes = FILES({ FILE_AGGREGATE, "m01" }) };
	assert_int_equal(check_pair(&one, &two, &error), -1);
	assert_non_null(strstr(error.message[0], "both write"));
}

static void who_needs_all_comes_later(void **unused)
{
	(void)unused;
	struct error error = { 0 };
	static const char *const needed_by[] = { "m01", NULL };
	const struct stage malgrupp = { .name = "malgrupp", .reads = NOTHING, .writes = FILES({ FILE_AGGREGATE, "m01" }) };
	struct stage link = { .name = "link", .reads = NOTHING, .writes = NOTHING, .needed_by = needed_by };
	assert_int_equal(check_pair(&link, &malgrupp, &error), 0);
	assert_int_equal(check_pair(&malgrupp, &link, &error), -1);
	assert_non_null(strstr(error.message[0], "no later stage writes"));
}

static void the_privacy_boundary_holds(void **unused)
{
	(void)unused;
	const enum file_class secret[] = { FILE_PERSONS, FILE_SUPPORT, FILE_AGGREGATE, FILE_RECORD };
	for (size_t i = 0; i < sizeof secret / sizeof *secret; i++) {
		struct error error = { 0 };
		struct stage maker = { .name = "insats", .reads = NOTHING, .writes = FILES({ secret[i], "x" }) };
		struct stage publish = { .name = "publish", .reads = FILES({ secret[i], "x" }), .writes = NOTHING };
		assert_int_equal(check_pair(&maker, &publish, &error), -1);
		assert_non_null(strstr(error.message[0], "privacy boundary"));
	}
	const struct {
		const char *stage;
		enum file_class class;
		bool writes;
	} forbidden[] = { { "insats", FILE_PROTECTED, true }, { "insats", FILE_PUBLICATION, true },
		{ "protect", FILE_PERSONS, true }, { "protect", FILE_AGGREGATE, true }, { "publish", FILE_AGGREGATE, true },
		{ "link", FILE_EXTRACT, false }, { "goals", FILE_PROTECTED, false }, { "publish", FILE_PUBLICATION, false },
		{ "audit", FILE_PERSONS, false }, { "audit", FILE_SUPPORT, true }, { "audit", FILE_PROTECTED, false },
		{ "audit", FILE_AGGREGATE, true }, { "audit", FILE_PUBLICATION, true }, { "goals", FILE_PUBLICATION, false },
		{ "insats", FILE_LEDGER, false }, { "publish", FILE_LEDGER, false }, { "protect", FILE_LEDGER, true } };
	for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++) {
		struct error error = { 0 };
		const struct file_use *file = FILES({ forbidden[i].class, "x" });
		struct stage stage = { .name = forbidden[i].stage, .reads = forbidden[i].writes ? NOTHING : file,
			.writes = forbidden[i].writes ? file : NOTHING };
		const struct stage *list[] = { &stage };
		assert_int_equal(stages_check(list, 1, &error), -1);
	}
}

/* Every result table that some stage writes is protected and then published; none goes around. */
static void every_table_goes_through_protect(void **unused)
{
	(void)unused;
	for (size_t s = 0; s < stage_count; s++)
		for (const struct file_use *file = stages[s]->writes; file->name != NULL; file++) {
			size_t protected = 0, published = 0;
			if (file->class != FILE_AGGREGATE)
				continue;
			for (size_t t = 0; t < stage_count; t++) {
				for (const struct file_use *w = stages[t]->writes; w->name != NULL; w++)
					protected += w->class == FILE_PROTECTED && strcmp(w->name, file->name) == 0;
				for (const struct file_use *r = stages[t]->reads; r->name != NULL; r++)
					published += r->class == FILE_PROTECTED && strcmp(r->name, file->name) == 0;
			}
			size_t audited = 0;
			for (const struct file_use *r = stages[stage_count - 1]->reads; r->name != NULL; r++)
				audited += r->class == FILE_AGGREGATE && strcmp(r->name, file->name) == 0;
			if (protected != 1 || published != 1 || audited != 1)
				fail_msg("%s is protected %zu times, published %zu times and audited %zu times", file->name, protected,
					published, audited);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_list_is_sound),
		cmocka_unit_test(a_read_must_have_been_written),
		cmocka_unit_test(a_file_has_one_writer),
		cmocka_unit_test(who_needs_all_comes_later),
		cmocka_unit_test(the_privacy_boundary_holds),
		cmocka_unit_test(every_table_goes_through_protect),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
