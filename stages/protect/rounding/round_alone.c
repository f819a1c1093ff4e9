/* Years of which the period has one month: see rounded.h.

   Such a year counts the persons of its month. Two roundings of the same persons would narrow them (5 and 0: 1 to 4). So the month is rounded by its finest
   classes, and the year's counts are sums of these: one table of persons, all of it multiples of the base, has all that is printed. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "stages/protect/asked.h"
#include "stages/protect/formaner.h"
#include "stages/protect/rounding/rounded.h"

#define AF (1U << PARTI_AF)
#define FK (1U << PARTI_FK)
#define KOM (1U << PARTI_KOM)
#define REG (1U << PARTI_REG)
#define SETS 16 /* of parts at which somebody is active */

static const char m01[] = "m01_forsorjningsmatt", m02[] = "m02_malgrupp", m04[] = "m04_rundgang", m05[] = "m05_tid_i_forsorjning";

/* Persons of a year, kommun and kön by the parts at which they are active: rounded, and before. */
struct month_alone {
	int64_t printed[SETS], before[SETS];
};

/* Some of them. */
struct count {
	int64_t printed, before;
};

bool rounded_is_alone(const struct rounded *rounded, const struct cube *cube, size_t row)
{
	int32_t first, last;
	return settings_year_part(rounded->settings, atoi(cube_code_of(cube, row, 0)), &first, &last) && date_month_of(first) == date_month_of(last);
}

static size_t classes_at(const struct rounded *rounded)
{
	return tables_find(rounded->tables, "manad_atomer");
}

/* The number of a year (or month of it), kommun and kön; SIZE_MAX where the month has nobody there, and of totals. */
static size_t place_of(const struct rounded *rounded, const char *const place[3])
{
	const struct cube *classes = rounded->tables->cube[classes_at(rounded)];
	uint32_t kommun = cube_find_code(classes, 1, place[1]), kon = cube_find_code(classes, 2, place[2]);
	if (kommun == UINT32_MAX || kon == UINT32_MAX || kommun == classes->codes[1].total || kon == classes->codes[2].total)
		return SIZE_MAX;
	size_t later = atoi(place[0]) != settings_first_year(rounded->settings);
	return (later * classes->codes[1].count + kommun) * classes->codes[2].count + kon;
}

int rounded_take_alone(struct rounded *rounded, struct error *error)
{
	size_t at = classes_at(rounded);
	if (at == SIZE_MAX)
		return 0;
	const struct cube *classes = rounded->tables->cube[at];
	size_t measure = cube_measure(classes, "personer"), places = 2 * classes->codes[1].count * (size_t)classes->codes[2].count;
	struct month_alone *alone = NULL;
	for (size_t row = 0; row < classes->rows; row++) {
		if (!rounded_is_alone(rounded, classes, row))
			continue;
		if (alone == NULL && (alone = arena_take(rounded->tables->arena, places, sizeof *alone, error)) == NULL)
			return -1;
		size_t place = place_of(rounded, (const char *const[]){ cube_code_of(classes, row, 0), cube_code_of(classes, row, 1), cube_code_of(classes, row, 2) });
		unsigned set = parti_set(cube_code_of(classes, row, 4));
		if (place == SIZE_MAX || cube_is_total(classes, row, 3) || cube_is_total(classes, row, 4))
			continue;
		alone[place].printed[set] += llround(cube_cell(classes, row, measure)->number);
		alone[place].before[set] += llround(rounded_truth(rounded, at, row, measure));
	}
	rounded->alone = alone;
	return 0;
}

/* ---- who is counted ---- */

/* Those of a place who are active at one of the parts, at one of those beside it too (0: whether or not), and at none of the others. */
static struct count active(const struct month_alone *alone, unsigned any, unsigned beside, unsigned none)
{
	struct count count = { 0, 0 };
	for (unsigned set = 1; set < SETS; set++)
		if ((set & any) != 0 && (beside == 0 || (set & beside) != 0) && (set & none) == 0) {
			count.printed += alone->printed[set];
			count.before += alone->before[set];
		}
	return count;
}

static int64_t truth_of(const struct rounded *rounded, const char *name, const char *const place[3], const char *code)
{
	size_t table = tables_find(rounded->tables, name);
	const struct cube *cube = table == SIZE_MAX ? NULL : rounded->tables->cube[table];
	size_t row = cube == NULL ? CUBE_NO_ROW : cube_find_named(cube, (const char *const[]){ place[0], place[1], place[2], code });
	return row == CUBE_NO_ROW ? 0 : llround(rounded_truth(rounded, table, row, cube_measure(cube, "personer")));
}

/* Those who are paid and neither at FK nor at KOM: of so many before rounding as m05 tells, or m01 where that is not of the run, the multiple beside it that is
   nearer; all of the month's where it was all. */
static struct count paid_alone(const struct rounded *rounded, const char *const place[3], const struct month_alone *alone)
{
	bool timed = tables_find(rounded->tables, m05) != SIZE_MAX;
	int64_t paid = timed ? truth_of(rounded, m05, place, CUBE_TOTAL) - truth_of(rounded, m05, place, "0") : truth_of(rounded, m01, place, CUBE_TOTAL);
	struct count of = active(alone, AF, 0, FK | KOM), count = { 0, paid - active(alone, FK | KOM, 0, 0).before };
	if (count.before > of.before) /* they have what is no activity (sokandekategori 95-98), beside contacts of the region */
		of = active(alone, AF | REG, 0, FK | KOM);
	int64_t nearest = (count.before + rounded->base / 2) / rounded->base * rounded->base;
	count.printed = count.before <= 0 ? 0 : count.before >= of.before || nearest > of.printed ? of.printed : nearest;
	return count;
}

bool rounded_alone_divides(const struct rounded *rounded, const struct cube *cube, size_t row)
{
	const char *name = cube->table->name;
	return rounded->alone != NULL && (strcmp(name, m04) == 0 || strcmp(name, m05) == 0) && rounded_is_alone(rounded, cube, row);
}

size_t rounded_alone_sums(const struct rounded *rounded)
{
	const struct cube *classes = rounded->tables->cube[classes_at(rounded)];
	return 4 * (size_t)classes->codes[1].count * classes->codes[2].count;
}

size_t rounded_alone_sum(const struct rounded *rounded, const struct cube *cube, size_t row, int64_t *printed, int64_t *before)
{
	const char *place[] = { cube_code_of(cube, row, 0), cube_code_of(cube, row, 1), cube_code_of(cube, row, 2) };
	size_t at = place_of(rounded, place);
	if (at == SIZE_MAX)
		return SIZE_MAX;
	const struct month_alone *alone = &rounded->alone[at];
	bool times = strcmp(cube->table->name, m05) == 0, without = times && strcmp(cube_code_of(cube, row, 3), "0") == 0;
	struct count count = active(alone, AF | FK | KOM, 0, 0);
	if (times) {
		struct count all = active(alone, AF | FK | KOM | REG, 0, 0), insured = active(alone, FK | KOM, 0, 0), paid = paid_alone(rounded, place, alone);
		paid = (struct count){ insured.printed + paid.printed, insured.before + paid.before };
		count = without ? (struct count){ all.printed - paid.printed, all.before - paid.before } : paid;
	}
	*printed = count.printed;
	*before = count.before;
	return 2 * at + without;
}

/* ---- m01 ---- */

struct line {
	struct rounded *rounded;
	size_t table, measure;
	const char *place[3];
};

static size_t row_of(const struct line *line, const char *code)
{
	return cube_find_named(line->rounded->tables->cube[line->table], (const char *const[]){ line->place[0], line->place[1], line->place[2], code });
}

static int64_t persons(const struct line *line, const char *code)
{
	size_t row = row_of(line, code);
	return row == CUBE_NO_ROW ? 0 : llround(cube_cell(line->rounded->tables->cube[line->table], row, line->measure)->number);
}

static int64_t before(const struct line *line, const char *code)
{
	size_t row = row_of(line, code);
	return row == CUBE_NO_ROW ? 0 : llround(rounded_truth(line->rounded, line->table, row, line->measure));
}

/* The row is to the other count as it was before: as many, no more or no fewer. */
static void agree(const struct line *line, const char *code, struct count other)
{
	size_t row = row_of(line, code);
	int64_t own = before(line, code), now = persons(line, code);
	bool moves = own == other.before || (own < other.before ? now > other.printed : now < other.printed);
	if (row != CUBE_NO_ROW && moves)
		rounded_change(line->rounded, line->table, row, other.printed);
}

/* Each förmån of the group as it, and together no fewer: the largest makes up for what lacks. */
static void bind_parts(const struct line *line, const struct forman_group *group)
{
	int64_t lacks = persons(line, group->code);
	const char *largest = group->part[0];
	for (size_t p = 0; p < sizeof group->part / sizeof *group->part && group->part[p] != NULL; p++) {
		agree(line, group->part[p], (struct count){ persons(line, group->code), before(line, group->code) });
		lacks -= persons(line, group->part[p]);
		largest = before(line, group->part[p]) > before(line, largest) ? group->part[p] : largest;
	}
	size_t row = row_of(line, largest);
	if (lacks > 0 && row != CUBE_NO_ROW)
		rounded_change(line->rounded, line->table, row, persons(line, largest) + lacks);
}

static void bind_formaner(const struct line *line, const struct month_alone *alone)
{
	struct count paid = paid_alone(line->rounded, line->place, alone), insured = active(alone, FK | KOM, 0, 0), both = active(alone, AF, FK | KOM, 0);
	agree(line, CUBE_TOTAL, (struct count){ insured.printed + paid.printed, insured.before + paid.before });
	agree(line, "FS", active(alone, KOM, 0, 0));
	agree(line, "BISTAND", active(alone, KOM, 0, 0));
	agree(line, "OHALSA", active(alone, FK, 0, 0));
	agree(line, "ARBMARK", (struct count){ paid.printed + both.printed, paid.before + both.before });
	agree(line, "ARBMARK", paid);
	for (size_t g = 0; g < FORMAN_AGENCIES; g++)
		bind_parts(line, &forman_groups[g]);
}

static void bind_m01(struct rounded *rounded, size_t table)
{
	const struct cube *cube = rounded->tables->cube[table];
	for (size_t row = 0; row < cube->rows; row++) {
		struct line line = { rounded, table, cube_measure(cube, "personer"), { cube_code_of(cube, row, 0), cube_code_of(cube, row, 1), cube_code_of(cube, row, 2) } };
		size_t place = cube_is_total(cube, row, 3) && rounded_is_alone(rounded, cube, row) ? place_of(rounded, line.place) : SIZE_MAX;
		if (place != SIZE_MAX)
			bind_formaner(&line, &rounded->alone[place]);
	}
}

/* ---- m02 ---- */

/* What the month has at most of a row of m02; whether it has all of it. */
struct asked {
	struct count count;
	bool any, exact;
};

/* Adds a class of the month to what the målgrupp's row may be of. */
static void add_class(const struct rounded *rounded, size_t table, const struct malgrupp *rule, size_t class, struct asked *asked)
{
	size_t at = classes_at(rounded);
	const struct cube *classes = rounded->tables->cube[at];
	const char *kommun = cube_code_of(classes, class, 1), *kon = cube_code_of(classes, class, 2), *age = cube_code_of(classes, class, 3);
	char year[5] = "";
	unsigned parts = asked_parts(rule), set = parti_set(cube_code_of(classes, class, 4));
	(void)strncat(year, cube_code_of(classes, class, 0), 4);
	if ((parts == 0 && rule->minst_parter == 0) || (parts & ~set) != 0 || __builtin_popcount(set) < rule->minst_parter || !asked_of(rule, kommun, kon))
		return;
	size_t row = cube_find_named(rounded->tables->cube[table], (const char *const[]){ year, rule->name, kommun, kon, age });
	if (row == CUBE_NO_ROW)
		return;
	asked[row].count.printed += llround(cube_cell(classes, class, cube_measure(classes, "personer"))->number);
	asked[row].count.before += llround(rounded_truth(rounded, at, class, cube_measure(classes, "personer")));
	asked[row].any = true;
	asked[row].exact = !asked_more(rule) && rounded_holds_ages(rounded->settings, rule, age);
}

static int bind_m02(struct rounded *rounded, size_t table, struct error *error)
{
	const struct cube *cube = rounded->tables->cube[table], *classes = rounded->tables->cube[classes_at(rounded)];
	size_t measure = cube_measure(cube, "personer");
	struct asked *asked = calloc(cube->rows + 1, sizeof *asked);
	if (asked == NULL)
		return error_set(error, EXIT_IO, "memory is out");
	for (size_t class = 0; class < classes->rows; class++)
		for (size_t g = 0; rounded_is_alone(rounded, classes, class) && g < rounded->settings->malgrupp_count; g++)
			if (!cube_is_total(classes, class, 1) && !cube_is_total(classes, class, 2) && !cube_is_total(classes, class, 3) && !cube_is_total(classes, class, 4))
				add_class(rounded, table, &rounded->settings->malgrupp[g], class, asked);
	for (size_t row = 0; row < cube->rows; row++) {
		int64_t now = llround(cube_cell(cube, row, measure)->number), own = llround(rounded_truth(rounded, table, row, measure));
		const struct count *count = &asked[row].count;
		if (asked[row].any && ((asked[row].exact && own == count->before) || (own <= count->before && now > count->printed)))
			rounded_change(rounded, table, row, count->printed);
	}
	free(asked);
	return 0;
}

int rounded_bind_alone(struct rounded *rounded, const char *name, struct error *error)
{
	size_t table = rounded->alone == NULL ? SIZE_MAX : tables_find(rounded->tables, name);
	if (table == SIZE_MAX || (strcmp(name, m01) != 0 && strcmp(name, m02) != 0))
		return 0;
	if (strcmp(name, m02) == 0)
		return bind_m02(rounded, table, error);
	bind_m01(rounded, table);
	return 0;
}
