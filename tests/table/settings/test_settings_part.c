/* Tests of the parts of the settings: every key of the example belongs to one, a view holds no other, and a text changes
   when its part does and only then. */
#include "tests/table/settings_text.h"

#include "pipeline/base/date.h"
#include "pipeline/stage.h"

static const char *text_of(const struct settings *settings, enum settings_part part)
{
	const char *text = settings_part_text(settings, part, arena, &error);
	assert_non_null(text);
	return text;
}

static size_t lines_of(const char *text)
{
	size_t lines = 0;
	for (; *text != '\0'; text++)
		lines += *text == '\n';
	return lines;
}

/* Together the parts say every line of the example once, but the headers of [förbund] and [redovisning], and the
   uttagsdatum that it does not give. */
static void every_line_belongs_to_one_part(void **state)
{
	(void)state;
	const struct settings *settings = read_well(example, NULL);
	size_t lines = 0;
	for (unsigned part = 0; part < SETTINGS_PARTS; part++)
		lines += lines_of(text_of(settings, (enum settings_part)part));
	assert_int_equal(lines, lines_of(example) - 2 + 1);
	assert_string_equal(text_of(settings, SETTINGS_INSATSER), "[insats Balder]\n[insats Balder] registrering = personuppgifter\n");
	assert_string_equal(text_of(settings, SETTINGS_KONFIDENSGRAD), "[redovisning] konfidensgrad = 95 %\n");
	assert_string_equal(text_of(settings, SETTINGS_PERIOD),
		"[förbund] period = 2018-01-01 – 2018-08-31\n[förbund] historik från = 2013-01\n"
		"[förbund] uttagsdatum = 2018-08-31\n[förbund] gemensam nyckel = ja\n");
	assert_string_equal(text_of(settings, SETTINGS_KALLA), "");
}

static void replace(char *text, const char *old, const char *new)
{
	char *place = strstr(text, old);
	assert_non_null(place);
	memmove(place + strlen(new), place + strlen(old), strlen(place + strlen(old)) + 1);
	memcpy(place, new, strlen(new));
}

/* Each change of the file changes the text of its part and of no other. */
static void a_change_belongs_to_its_part(void **state)
{
	(void)state;
	static const struct {
		const char *old, *new;
		enum settings_part part;
	} changes[] = {
		{ "namn = Ex", "namn = Y", SETTINGS_NAMN },
		{ "2018-01-01 = 1440", "2018-02-01 = 1440", SETTINGS_KOMMUNER },
		{ "– 2018-08-31", "– 2018-07-31", SETTINGS_PERIOD },
		{ "från = 2013", "från = 2014", SETTINGS_PERIOD },
		{ "nyckel = ja\n", "nyckel = ja\nuttagsdatum = 2018-12-31\n", SETTINGS_PERIOD },
		{ "grupper = 16–19, 20–24", "grupper = 16–24", SETTINGS_ALDERSGRUPPER },
		{ "95 %", "90 %", SETTINGS_KONFIDENSGRAD },
		{ "antal = 5", "antal = 6", SETTINGS_REDOVISNING },
		{ "horisont = 60", "horisont = 48", SETTINGS_KALKYL },
		{ "AO, AU, EF, SU", "AO, AU, EF", SETTINGS_MATT },
		{ "ålder = 16–29", "ålder = 16–24", SETTINGS_MALGRUPP },
		{ "= personuppgifter", "= anonym", SETTINGS_INSATSER },
		{ "risk = låg", "risk = hög", SETTINGS_INSATS },
		{ "minst 80", "minst 70", SETTINGS_MAL },
		{ "[insats Balder]", "[gränser]\navvisade = 2 %\n[insats Balder]", SETTINGS_GRANSER },
		{ "[insats Balder]", "[behåll]\nnätter = 3\n[insats Balder]", SETTINGS_BEHALL },
		{ "[insats Balder]", "[källa af]\nteckenkodning = windows-1252\n[insats Balder]", SETTINGS_KALLA },
	};
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		char text[sizeof example + 100];
		(void)strcpy(text, example);
		replace(text, changes[i].old, changes[i].new);
		const struct settings *before = read_well(example, NULL), *after = read_well(text, NULL);
		for (unsigned part = 0; part < SETTINGS_PARTS; part++) {
			bool same = strcmp(text_of(before, (enum settings_part)part), text_of(after, (enum settings_part)part)) == 0;
			if (same == (part == changes[i].part))
				fail_msg("'%s' to '%s': %s", changes[i].old, changes[i].new, settings_part_names[part]);
		}
	}
}

static void other_ways_to_write_the_same(void **state)
{
	(void)state;
	char text[sizeof example + 100];
	(void)strcpy(text, "# a note\n\n");
	(void)strcat(text, example);
	replace(text, "period = 2018-01-01 – 2018-08-31", "period =  2018-01  -  2018-08");
	const struct settings *before = read_well(example, NULL), *after = read_well(text, NULL);
	for (unsigned part = 0; part < SETTINGS_PARTS; part++)
		assert_string_equal(text_of(before, (enum settings_part)part), text_of(after, (enum settings_part)part));
	const struct settings *given = read_well(example, "2017-01–2017-12");
	assert_non_null(strstr(text_of(given, SETTINGS_PERIOD), "period = 2017-01-01 – 2017-12-31\n"));
}

static void a_view_holds_its_parts_alone(void **state)
{
	(void)state;
	const struct settings *settings = read_well(example, "2017-01–2017-12");
	const struct settings *view = settings_view(settings, SETTINGS(INSATSER) | SETTINGS(PERIOD), arena, &error);
	assert_non_null(view);
	assert_int_equal(view->insats_count, 1);
	assert_string_equal(view->insats[0].name, "Balder");
	assert_int_equal(view->insats[0].goals, 0);
	assert_null(view->insats[0].malgrupp);
	assert_null(view->insats[0].risk);
	assert_int_equal(view->malgrupp_count, 0);
	assert_int_equal(view->matt_count, 0);
	assert_false(view->has_kalkyl);
	assert_string_equal(view->namn, "-");
	assert_int_equal(view->period_to, date_day(2017, 12, 31));
	assert_int_equal(view->minsta_antal, -1);
	assert_true(view->konfidensgrad != view->konfidensgrad);
	view = settings_view(settings, SETTINGS(MAL) | SETTINGS(MATT) | SETTINGS(INSATSER), arena, &error);
	assert_int_equal(view->insats[0].goals, 4);
	assert_ptr_equal(view->insats[0].goal[1].matt, &view->matt[0]);
	assert_int_equal(view->period_to, date_day(2000, 1, 31));
}

static void a_part_without_the_one_it_needs(void **state)
{
	(void)state;
	const struct settings *settings = read_well(example, NULL);
	assert_null(settings_view(settings, SETTINGS(INSATSER) | SETTINGS(MAL), arena, &error));
	assert_int_equal(error.code, EXIT_BUG);
}

/* What each stage declares can be read by itself, of settings with and without all there is. */
static void every_stage_has_a_view(void **state)
{
	(void)state;
	static const char *const texts[] = { example, LEAST };
	for (size_t i = 0; i < 2; i++)
		for (size_t s = 0; s < stage_count; s++) {
			const struct settings *settings = read_well(texts[i], NULL);
			if (settings_view(settings, stages[s]->settings, arena, &error) == NULL)
				fail_msg("%s: %s", stages[s]->name, error.message[0]);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_line_belongs_to_one_part, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_change_belongs_to_its_part, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(other_ways_to_write_the_same, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_view_holds_its_parts_alone, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(a_part_without_the_one_it_needs, arena_begin, arena_end),
		cmocka_unit_test_setup_teardown(every_stage_has_a_view, arena_begin, arena_end),
	};
	return cmocka_run_group_tests(tests, files_begin, files_end);
}
