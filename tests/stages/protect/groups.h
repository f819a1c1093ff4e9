/* What tests of groups within groups share: two målgrupper in one kommun, women alone, of two ages. */
#ifndef FINSAMSTAT_TESTS_PROTECT_GROUPS_H
#define FINSAMSTAT_TESTS_PROTECT_GROUPS_H

#include "pipeline/table/settings/settings.h"
#include "tests/stages/protect/cubes.h"

static const struct age_group two_ages[] = { { 16, 19, "16-19" }, { 20, 24, "20-24" } };

/* Adds a målgrupp with so many of each age, in every margin. */
static inline void add_ages(struct cube *m02, const char *name, double young, double old)
{
	static const char *const kommun[] = { "1440", "TOT" }, *const kon[] = { "K", "TOT" };
	for (size_t i = 0; i < 4; i++) {
		PUT(m02, "personer", young, "2018", name, kommun[i / 2], kon[i % 2], "16-19");
		PUT(m02, "personer", old, "2018", name, kommun[i / 2], kon[i % 2], "20-24");
		PUT(m02, "personer", young + old, "2018", name, kommun[i / 2], kon[i % 2], "TOT");
	}
}

static const char *const fk_codes[] = { "SP", "RP", "SE", "AE", "AA" }, *const prefix[] = { "F", "F3" };
#define ANY .age_from = -1, .age_to = -1
#define WORDS(list, number) { .count = number, .word = list }

static const struct malgrupp left_out[] = { { ANY, .fk = WORDS(fk_codes, 1) }, { ANY, .fk = WORDS(fk_codes, 2) } };

/* Rules of two groups, and whether by them the first lies within the second, and the second within the first. */
static const struct nested {
	struct malgrupp first, second;
	bool within, holds;
} nested[] = {
	{ { .minst_parter = 2, .age_from = 18, .age_to = 64 }, { .minst_parter = 2, .age_from = 16, .age_to = 64 }, true, false },
	{ { .minst_parter = 2, .age_from = 18, .age_to = 64 }, { .minst_parter = 2, ANY }, true, false },
	{ { .minst_parter = 2, .age_from = 30, .age_to = 64 }, { .minst_parter = 2, .age_from = 17, .age_to = 40 }, false, false },
	{ { .minst_parter = 3, ANY }, { .minst_parter = 2, ANY }, true, false },
	{ { .parter = 3, ANY }, { .minst_parter = 2, ANY }, true, false },
	{ { .parter = 3, ANY }, { .parter = 1, ANY }, true, false },
	{ { ANY, .fk = WORDS(fk_codes, 1) }, { ANY, .fk = WORDS(fk_codes, 3) }, true, false },
	{ { ANY, .fk = WORDS(fk_codes, 4) }, { ANY, .parter = 1U << PARTI_FK }, true, true },
	{ { ANY, .fk = WORDS(fk_codes, 5) }, { ANY, .parter = 1U << PARTI_FK }, false, true },
	{ { ANY, .kom = true }, { ANY, .parter = 1U << PARTI_KOM }, true, true },
	{ { ANY, .fk = WORDS(fk_codes, 1), .kom = true }, { ANY, .minst_parter = 2 }, true, false },
	{ { ANY, .diagnos = WORDS(prefix + 1, 1) }, { ANY, .diagnos = WORDS(prefix, 1) }, true, false },
	{ { ANY, .fk = WORDS(fk_codes, 1), .sammanhangande_manader = 12 }, { ANY, .fk = WORDS(fk_codes, 1), .sammanhangande_manader = 6 }, true, false },
	{ { ANY, .byten = 4, .byten_manader = 24 }, { ANY, .byten = 2, .byten_manader = 24 }, true, false },
	{ { ANY, .byten = 4, .byten_manader = 24 }, { ANY, .byten = 2, .byten_manader = 12 }, false, false },
	{ { ANY, .minst_parter = 1, .inte = &left_out[1] }, { ANY, .minst_parter = 1, .inte = &left_out[0] }, true, false },
	{ { ANY, .minst_parter = 1, .inte = &left_out[0] }, { ANY, .minst_parter = 1 }, true, false },
	{ { ANY, .fk = WORDS(fk_codes, 1) }, { ANY, .minst_parter = 2 }, false, false },
};

/* Settings with the two groups, "a" and "b". */
static inline struct settings settings_of(const struct malgrupp *first, const struct malgrupp *second, struct malgrupp list[2])
{
	list[0] = *first;
	list[1] = *second;
	list[0].name = "a";
	list[1].name = "b";
	return (struct settings){ .age_groups = 2, .age_group = two_ages, .malgrupp_count = 2, .malgrupp = list };
}

/* Persons of m02 by a rule, or of m01, and whether by definition (or, for all who are paid, in life) they lie within the 30 of m04: 27 do. */
static const char *const registered[] = { "11", "96" };
static const struct insured {
	struct malgrupp rule;
	const char *forman; /* NULL: of m02 */
	double sick, paid, supported, all; /* of m01 */
	bool within;
} insured[] = {
	{ .forman = "OHALSA", .sick = 27, .paid = 33, .all = 33, .within = true },
	{ .forman = "BISTAND", .supported = 27, .paid = 33, .all = 33, .within = true },
	{ .forman = "TOT", .paid = 27, .all = 27, .within = true },
	{ .forman = "TOT", .paid = 33, .all = 33 }, /* some are paid and not active at AF */
	{ .forman = "ARBMARK", .paid = 27, .supported = 10, .all = 34 },
	{ .rule = { ANY, .minst_parter = 2 }, .within = true },
	{ .rule = { ANY, .minst_parter = 1 } },
	{ .rule = { ANY, .af = WORDS(registered, 1) }, .within = true },
	{ .rule = { ANY, .af = WORDS(registered, 2) } },
	{ .rule = { ANY, .parter = 1U << PARTI_REG } },
	{ .rule = { ANY, .byten = 2, .byten_manader = 24 } },
};

/* m04 with 30 women of one kommun; and the table of those of the case. */
static inline struct cube *count_insured(const struct insured *of, struct cube **m04)
{
	static const char *const kommun[] = { "1440", "TOT" }, *const kon[] = { "K", "TOT" };
	struct cube *other = new_cube(of->forman != NULL ? "m01_forsorjningsmatt" : "m02_malgrupp");
	*m04 = new_cube("m04_rundgang");
	for (size_t i = 0; i < 4; i++) {
		PUT(*m04, "personer", 30, "2018", kommun[i / 2], kon[i % 2], "0");
		PUT(*m04, "personer", 30, "2018", kommun[i / 2], kon[i % 2], "TOT");
		static const char *const forman[] = { "SP", "OHALSA", "AK", "ARBMARK", "FS", "BISTAND", "TOT" };
		const double count[] = { of->sick, of->sick, of->paid, of->paid, of->supported, of->supported, of->all };
		for (size_t f = 0; f < sizeof forman / sizeof *forman && of->forman != NULL; f++)
			if (count[f] > 0)
				PUT(other, "personer", count[f], "2018", kommun[i / 2], kon[i % 2], forman[f]);
	}
	if (of->forman == NULL)
		add_ages(other, "a", 17, 10);
	return other;
}

/* Groups of one age group that three others split: 16, 17 and 18–19 years. 2 women and 10 men each. */
static const struct malgrupp slices[] = { { .name = "a", .minst_parter = 2, .age_from = 16, .age_to = 16 },
	{ .name = "b", .minst_parter = 2, .age_from = 17, .age_to = 17 }, { .name = "c", .minst_parter = 2, .age_from = 18, .age_to = 19 },
	{ .name = "all", .minst_parter = 2, .age_from = 16, .age_to = 19 } };
static const struct settings of_slices = { .age_groups = 2, .age_group = two_ages, .malgrupp_count = 4, .malgrupp = slices };

static inline struct cube *count_slices(void)
{
	static const char *const kommun[] = { "1440", "TOT" }, *const kon[] = { "K", "M", "TOT" }, *const age[] = { "16-19", "TOT" };
	static const double count[] = { 2, 10, 12 };
	struct cube *m02 = new_cube("m02_malgrupp");
	for (size_t g = 0; g < 4; g++)
		for (size_t i = 0; i < 12; i++)
			PUT(m02, "personer", count[i % 3] * (g == 3 ? 3 : 1), "2018", slices[g].name, kommun[i / 6], kon[i % 3], age[i / 3 % 2]);
	return m02;
}

/* m04 of 25 women of a year: so many changed as often as a class says, the others never. */
static inline struct cube *count_changes(const char *least, double often)
{
	static const char *const kommun[] = { "1440", "TOT" }, *const kon[] = { "K", "TOT" };
	struct cube *m04 = new_cube("m04_rundgang");
	for (size_t i = 0; i < 4; i++) {
		PUT(m04, "personer", 25 - often, "2018", kommun[i / 2], kon[i % 2], "0");
		PUT(m04, "personer", often, "2018", kommun[i / 2], kon[i % 2], least);
		PUT(m04, "personer", 25, "2018", kommun[i / 2], kon[i % 2], "TOT");
	}
	return m04;
}

/* Rules by changes alone, the class of m04 that has as many, and whether whoever is in it is in the group. */
static const struct changing {
	struct malgrupp rule;
	const char *least;
	bool within;
} changing[] = {
	{ { ANY, .byten = 4, .byten_manader = 12 }, "5+", true },
	{ { ANY, .byten = 5, .byten_manader = 24 }, "5+", true },
	{ { .age_from = 16, .age_to = 64, .byten = 3, .byten_manader = 12 }, "3-4", true },
	{ { ANY, .byten = 2, .byten_manader = 12 }, "3-4", true },
	{ { ANY, .byten = 4, .byten_manader = 12 }, "3-4", false },
	{ { ANY, .byten = 6, .byten_manader = 12 }, "5+", false },
	{ { ANY, .byten = 4, .byten_manader = 11 }, "5+", false },
	{ { ANY, .byten = 4, .byten_manader = 12, .kom = true }, "5+", false },
	{ { .age_from = 18, .age_to = 64, .byten = 4, .byten_manader = 12 }, "5+", false },
};

#endif
