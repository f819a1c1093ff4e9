// life.c: turns stretches of support into rows of FK, AF, the municipalities and the region.
#include "sample-data/generate/life.h"


#include "sample-data/generate/day.h"

struct way {
	enum living to;
	int weight;
};

struct rule {
	const char *forsorjning;
	const char *forman;
	int omfattning;
	int fk_day;              // kr a calendar day in full
	const char *kategori;    // NULL: not at AF
	const char *ersattning;
	int af_day;
	const char *hinder;      // NULL: no ekonomiskt bistånd
	int fs_month;
	int care;                // contacts with care per 1000 months
	int shortest, longest;   // days
	struct way way[5];       // where to, when the stretch is over
};

static const struct rule rules[LIVING_COUNT] = {
	[LIVING_NOTHING] = {"IN", NULL, 0, 0, NULL, NULL, 0, NULL, 0, 15, 60, 600,
		{{LIVING_SJUK_HEL, 30}, {LIVING_AKASSA, 25}, {LIVING_BISTAND_ARBLOS, 25},
		 {LIVING_BISTAND_SJUK, 10}, {LIVING_PROGRAM, 10}}},
	[LIVING_STUDIER] = {"ST", NULL, 0, 0, NULL, NULL, 0, NULL, 0, 15, 200, 500, {{LIVING_NOTHING, 1}}},
	[LIVING_SJUK_HEL] = {"SP", "SP", 100, 560, NULL, NULL, 0, NULL, 0, 230, 40, 540,
		{{LIVING_NOTHING, 48}, {LIVING_SJUK_HALV, 26}, {LIVING_REHAB, 10}, {LIVING_SJUKERS_HEL, 6},
		 {LIVING_BISTAND_SJUK, 10}}},
	[LIVING_SJUK_HALV] = {"SP:50|IN:50", "SP", 50, 560, NULL, NULL, 0, NULL, 0, 170, 30, 300,
		{{LIVING_NOTHING, 60}, {LIVING_SJUK_HEL, 15}, {LIVING_SJUKERS_HALV, 8},
		 {LIVING_SJUK_TVA_HALVOR, 5}, {LIVING_AKASSA, 12}}},
	[LIVING_SJUK_TVA_HALVOR] = {"SP", "SP", 50, 560, NULL, NULL, 0, NULL, 0, 230, 30, 150,
		{{LIVING_SJUK_HALV, 50}, {LIVING_NOTHING, 50}}},
	[LIVING_REHAB] = {"RP", "RP", 100, 560, NULL, NULL, 0, NULL, 0, 200, 60, 240,
		{{LIVING_NOTHING, 60}, {LIVING_SJUK_HEL, 20}, {LIVING_PROGRAM, 20}}},
	[LIVING_SJUKERS_HEL] = {"SE", "SE", 100, 345, NULL, NULL, 0, NULL, 0, 60, 4000, 9000,
		{{LIVING_NOTHING, 1}}},
	[LIVING_SJUKERS_HALV] = {"SE:50|IN:50", "SE", 50, 345, NULL, NULL, 0, NULL, 0, 60, 4000, 9000,
		{{LIVING_NOTHING, 1}}},
	[LIVING_AKTIVITETSERS] = {"AE", "AE", 100, 300, NULL, NULL, 0, NULL, 0, 110, 550, 1100,
		{{LIVING_NOTHING, 30}, {LIVING_PROGRAM, 30}, {LIVING_BISTAND_SJUK, 20}, {LIVING_SJUKERS_HEL, 20}}},
	[LIVING_AKASSA] = {"AK", NULL, 0, 0, "11", "AK", 430, NULL, 0, 40, 60, 420,
		{{LIVING_NOTHING, 60}, {LIVING_PROGRAM, 25}, {LIVING_SJUK_HEL, 8}, {LIVING_BISTAND_ARBLOS, 7}}},
	[LIVING_PROGRAM] = {"AS", NULL, 0, 0, "70", "AS", 200, NULL, 0, 60, 180, 700,
		{{LIVING_NOTHING, 45}, {LIVING_BISTAND_PROGRAM, 18}, {LIVING_LONEBIDRAG, 20}, {LIVING_SJUK_HEL, 17}}},
	[LIVING_UNGA] = {"UE", NULL, 0, 0, "69", "UE", 80, NULL, 0, 30, 90, 400,
		{{LIVING_NOTHING, 65}, {LIVING_BISTAND_ARBLOS, 20}, {LIVING_PROGRAM, 15}}},
	[LIVING_ETABLERING] = {"ET", NULL, 0, 0, "68", "ET", 220, NULL, 0, 30, 400, 730,
		{{LIVING_BISTAND_ARBLOS, 35}, {LIVING_PROGRAM, 25}, {LIVING_NOTHING, 40}}},
	[LIVING_BISTAND_SJUK] = {"FS", NULL, 0, 0, NULL, NULL, 0, "SJ1", 9000, 170, 120, 700,
		{{LIVING_BISTAND_ARBLOS, 35}, {LIVING_SJUKERS_HEL, 8}, {LIVING_NOTHING, 27},
		 {LIVING_BISTAND_PROGRAM, 30}}},
	[LIVING_BISTAND_ARBLOS] = {"FS", NULL, 0, 0, "11", NULL, 0, "AL1", 8600, 90, 60, 500,
		{{LIVING_NOTHING, 50}, {LIVING_BISTAND_PROGRAM, 20}, {LIVING_BISTAND_SJUK, 15},
		 {LIVING_PROGRAM, 15}}},
	[LIVING_BISTAND_PROGRAM] = {"AS|FS", NULL, 0, 0, "70", "AS", 200, "AL2", 3400, 90, 120, 500,
		{{LIVING_NOTHING, 35}, {LIVING_BISTAND_ARBLOS, 30}, {LIVING_LONEBIDRAG, 15},
		 {LIVING_BISTAND_SJUK, 20}}},
	[LIVING_BISTAND_SJUKPENNING] = {"SP|FS", "SP", 50, 420, NULL, NULL, 0, "SJ2", 3600, 190, 60, 400,
		{{LIVING_BISTAND_SJUK, 40}, {LIVING_NOTHING, 40}, {LIVING_SJUKERS_HALV, 20}}},
	[LIVING_BISTAND_ETABLERING] = {"ET|FS", NULL, 0, 0, "68", "ET", 220, "ET2", 3800, 30, 400, 730,
		{{LIVING_BISTAND_PROGRAM, 30}, {LIVING_BISTAND_ARBLOS, 40}, {LIVING_NOTHING, 30}}},
	[LIVING_LONEBIDRAG] = {"IN", NULL, 0, 0, "42", NULL, 0, NULL, 0, 40, 300, 1000,
		{{LIVING_NOTHING, 60}, {LIVING_PROGRAM, 40}}},
};

const char *life_forsorjning(enum living living)
{
	return rules[living].forsorjning;
}

struct person person_draw(const struct delivery_plan *plan, struct random *random, char kon, int youngest,
			  int oldest)
{
	struct person person = {.kon = kon};
	int all = 0;
	int at;

	random_hex(random, person.pid, plan->pid_length);
	person.fodelsear = day_year(plan->start) - random_between(random, youngest, oldest);
	person.level = random_below(random, 100);
	for (int i = 0; i < DELIVERY_KOMMUNER; i++)
		all += plan->kommun[i].invanare;
	at = random_below(random, all);
	while (person.kommun < DELIVERY_KOMMUNER - 1 && at >= plan->kommun[person.kommun].invanare)
		at -= plan->kommun[person.kommun++].invanare;
	return person;
}

// The fields that open every row of the four extracts.
struct opening {
	const char *kommun;
	char kon[2];
	char fodelsear[12];
};

static struct opening opening_of(const struct delivery *delivery, const struct person *person)
{
	struct opening opening = {.kommun = delivery->plan->kommun[person->kommun].kod, .kon = {person->kon}};

	snprintf(opening.fodelsear, sizeof opening.fodelsear, "%d", person->fodelsear);
	return opening;
}

static int64_t ore_of(const struct person *person, int kr, int days)
{
	return (int64_t)kr * days * (800 + 4 * person->level) / 10;
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

static int most(int a, int b)
{
	return a > b ? a : b;
}

// Duplicates are among the things that real extracts hold: about four rows in a thousand come twice.
static void row_or_two(struct sheet *sheet, struct random *random, const char *const *values)
{
	sheet_row(sheet, values);
	if (random_chance(random, 4))
		sheet_row(sheet, values);
}

static const char *diagnosis(struct random *random)
{
	static const char *const common[] = {"F", "F32", "F43", "F41", "F33", "M", "M54", "M79", "G", "S", "F", "F84"};

	return common[random_below(random, (int)(sizeof common / sizeof *common))];
}

// One row at Försäkringskassan. Ongoing: till stays empty or, as some systems write it, lies in 2099.
static void write_fk(struct delivery *delivery, struct random *random, const struct person *person,
		     const struct rule *rule, int from, int to, const char *diagnos)
{
	struct sheet *sheet = &delivery->extract[EXTRACT_FK];
	struct opening opening = opening_of(delivery, person);
	int end = delivery->plan->end;
	char share[8], first[11], last[11], amount[SHEET_AMOUNT];
	int64_t ore = ore_of(person, rule->fk_day, least(to, end) - from + 1) * rule->omfattning / 100;
	const char *till = last;

	snprintf(share, sizeof share, "%d", rule->omfattning);
	day_text(from, first);
	if (to > end)
		till = rule->forman[0] == 'S' && rule->forman[1] == 'E' && person->level % 3 == 0 ? "2099-12-31"
												  : NULL;
	else
		day_text(to, last);
	row_or_two(sheet, random, (const char *const[]){
		person->pid, opening.kommun, opening.kon, opening.fodelsear, rule->forman,
		rule->omfattning == 100 && person->level % 2 == 0 ? NULL : share, first, till, diagnos,
		sheet_amount(sheet, ore, amount)});
}

// A long sickness period comes as several rows, with differing diagnoses and now and then a break of days.
static void write_fk_rows(struct delivery *delivery, struct random *random, const struct person *person,
			  enum living living, int from, int to)
{
	const struct rule *rule = &rules[living];
	bool sick = rule->forman[0] == 'S' && rule->forman[1] == 'P';
	int stop = least(to, delivery->plan->end + 1);
	int at = from;

	while (at <= stop) {
		int last = sick && stop - at > 150 ? at + random_between(random, 70, 140) : to;
		const char *diagnos = diagnosis(random);

		write_fk(delivery, random, person, rule, at, last, diagnos);
		if (living == LIVING_SJUK_TVA_HALVOR)
			write_fk(delivery, random, person, rule, at, last, "M");
		at = last + 1;
		if (sick && random_chance(random, 120))
			at += random_between(random, 3, 24);
	}
}

static void write_af(struct delivery *delivery, struct random *random, const struct person *person,
		     const struct rule *rule, int from, int to)
{
	static const char *const programme[] = {"70", "70", "70", "71", "76", "80", "54", "87"};
	static const char *const subsidised[] = {"42", "42", "38", "39", "43"};
	static const char *const open[] = {"11", "11", "11", "11", "14", "21"};
	static const char *const reasons[] = {"1", "2", "2", "5", "6", "6", "7"};
	struct sheet *sheet = &delivery->extract[EXTRACT_AF];
	struct opening opening = opening_of(delivery, person);
	int end = delivery->plan->end;
	bool ended = to <= end;
	char first[11], last[11], amount[SHEET_AMOUNT];
	int64_t ore = ore_of(person, rule->af_day, least(to, end) - from + 1);
	const char *kategori = rule->kategori;

	day_text(from, first);
	day_text(least(to, end), last);
	if (kategori[0] == '7')
		kategori = programme[random_below(random, 8)];
	else if (kategori[0] == '4')
		kategori = subsidised[random_below(random, 5)];
	else if (kategori[0] == '1')
		kategori = open[random_below(random, 6)];
	row_or_two(sheet, random, (const char *const[]){
		person->pid, opening.kommun, opening.kon, opening.fodelsear, kategori, first,
		ended ? last : NULL, rule->ersattning, ore > 0 ? sheet_amount(sheet, ore, amount) : NULL,
		ended ? reasons[random_below(random, 7)] : NULL});
	// A decision about the programme is an event on its first day, not a state.
	if (random_chance(random, 60))
		sheet_row(sheet, (const char *const[]){person->pid, opening.kommun, opening.kon,
						       opening.fodelsear, random_chance(random, 500) ? "96" : "97",
						       first, first, NULL, NULL, NULL});
}

static const char *hinder_of(const struct rule *rule, struct random *random)
{
	static const char *const others[] = {"SS", "FL1", "BO", "UT", "AD1"};

	return random_chance(random, 40) ? others[random_below(random, 5)] : rule->hinder;
}

static void write_bistand_month(struct delivery *delivery, struct random *random, const struct person *person,
				const struct rule *rule, int month)
{
	struct sheet *sheet = &delivery->kommun[person->kommun];
	struct opening opening = opening_of(delivery, person);
	char text[8], amount[SHEET_AMOUNT];
	// A household's amount stands on one of its members.
	int household = person->level >= 94 ? 2 : 1;
	int64_t ore = ore_of(person, rule->fs_month, 1) * household +
		      (int64_t)random_between(random, -40000, 40000);
	const char *hinder = hinder_of(rule, random);

	month_text(month, text);
	row_or_two(sheet, random, (const char *const[]){
		person->pid, opening.kommun, opening.kon, opening.fodelsear, text,
		sheet_amount(sheet, ore / 100 * 100 + (person->level % 5 == 0 ? 50 : 0), amount), hinder});
}

// Support is paid for every month that begins within the stretch; a refused application stands with 0 kr.
static void write_bistand(struct delivery *delivery, struct random *random, const struct person *person,
			  const struct rule *rule, int from, int to)
{
	int first = day_month(most(from, delivery->plan->first));
	int last = day_month(least(to, delivery->plan->end));
	bool moved = random_chance(random, 12);

	if (month_first(first) < from)
		first++;
	for (int month = first; month <= last; month++)
		write_bistand_month(delivery, random, person, rule, month);
	if (last - first > 6 && moved) {
		// The month of a move: support and registration in two municipalities.
		struct person elsewhere = *person;

		elsewhere.kommun = (person->kommun + 1) % DELIVERY_KOMMUNER;
		write_bistand_month(delivery, random, &elsewhere, rule, first + 3);
		write_bistand_month(delivery, random, &elsewhere, rule, first + 4);
	}
	if (last >= first && last < day_month(delivery->plan->end) && random_chance(random, 50)) {
		struct opening opening = opening_of(delivery, person);
		char text[8];

		month_text(last + 1, text);
		sheet_row(&delivery->kommun[person->kommun],
			  (const char *const[]){person->pid, opening.kommun, opening.kon, opening.fodelsear,
						text, "0", "UT"});
	}
}

static void write_contact(struct delivery *delivery, struct random *random, const struct person *person,
			  int day, bool sick)
{
	static const char *const others[] = {"J", "K", "E11", "M54", "F41", "R", "Z", "N", "S"};
	struct sheet *sheet = &delivery->extract[EXTRACT_REGION];
	struct opening opening = opening_of(delivery, person);
	char date[11], amount[SHEET_AMOUNT];
	int kind = random_below(random, 1000);
	const char *vardform = kind < 700 ? "PV" : kind < 988 ? "OV" : "SV";
	int kr = kind < 700 ? random_between(random, 900, 2100)
		 : kind < 988 ? random_between(random, 1800, 5200)
			      : random_between(random, 18000, 62000);
	// Some contacts are registered without kon, and some with the wrong year of birth.
	bool unknown = random_chance(random, 3);
	bool wrong = random_chance(random, 2);
	bool priced = kind >= 700 || random_chance(random, 400);

	if (wrong)
		snprintf(opening.fodelsear, sizeof opening.fodelsear, "%d", person->fodelsear + 1);
	day_text(day, date);
	row_or_two(sheet, random, (const char *const[]){
		person->pid, opening.kommun, unknown ? "X" : opening.kon, opening.fodelsear, date, vardform,
		sick ? diagnosis(random) : others[random_below(random, 9)],
		priced ? sheet_amount(sheet, (int64_t)kr * 100 + (kr % 4 == 0 ? 25 : 0), amount) : NULL});
}

static void write_care(struct delivery *delivery, struct random *random, const struct person *person,
		       const struct rule *rule, int from, int to)
{
	int start = most(from, delivery->plan->first);
	int stop = least(to, delivery->plan->end);

	for (int day = start; day + 29 <= stop; day += 30)
		if (random_chance(random, rule->care))
			write_contact(delivery, random, person, random_between(random, day, day + 29),
				      rule->care >= 160);
}

void life_stretch(struct delivery *delivery, struct random *random, const struct person *person,
		  enum living living, int from, int to)
{
	const struct rule *rule = &rules[living];

	// What ended before the panel is not in a delivery that begins with it.
	if (from > delivery->plan->end || to < from || to < delivery->plan->first)
		return;
	if (rule->forman != NULL)
		write_fk_rows(delivery, random, person, living, from, to);
	if (rule->kategori != NULL)
		write_af(delivery, random, person, rule, from, to);
	if (rule->hinder != NULL)
		write_bistand(delivery, random, person, rule, from, to);
	write_care(delivery, random, person, rule, from, to);
}

static enum living next_living(struct random *random, const struct rule *rule)
{
	int all = 0;
	int at;
	size_t i = 0;

	for (size_t w = 0; w < 5; w++)
		all += rule->way[w].weight;
	at = random_below(random, all);
	while (at >= rule->way[i].weight)
		at -= rule->way[i++].weight;
	return rule->way[i].to;
}

void life_wander(struct delivery *delivery, struct random *random, struct person *person,
		 enum living living, int from, int pace)
{
	while (from <= delivery->plan->end) {
		const struct rule *rule = &rules[living];
		int days = most(24, random_between(random, rule->shortest, rule->longest) / pace);

		life_stretch(delivery, random, person, living, from, from + days - 1);
		from += days;
		if (living == LIVING_NOTHING && random_chance(random, 330 / pace))
			return;
		if (random_chance(random, 15))
			person->kommun = random_below(random, DELIVERY_KOMMUNER);
		living = next_living(random, rule);
	}
}

enum living life_first(const struct delivery_plan *plan, struct random *random, const struct person *person)
{
	static const enum living young[] = {LIVING_UNGA, LIVING_UNGA, LIVING_AKTIVITETSERS, LIVING_AKTIVITETSERS,
		LIVING_BISTAND_ARBLOS, LIVING_BISTAND_ARBLOS, LIVING_BISTAND_SJUK, LIVING_AKASSA, LIVING_SJUK_HEL,
		LIVING_BISTAND_ETABLERING};
	static const enum living grown[] = {LIVING_SJUK_HEL, LIVING_SJUK_HEL, LIVING_SJUK_HEL, LIVING_SJUK_HEL,
		LIVING_SJUK_HALV, LIVING_SJUK_HALV, LIVING_SJUKERS_HEL, LIVING_SJUKERS_HALV, LIVING_AKASSA,
		LIVING_AKASSA, LIVING_AKASSA, LIVING_PROGRAM, LIVING_PROGRAM, LIVING_BISTAND_ARBLOS,
		LIVING_BISTAND_ARBLOS, LIVING_BISTAND_SJUK, LIVING_BISTAND_PROGRAM, LIVING_BISTAND_SJUKPENNING,
		LIVING_ETABLERING, LIVING_BISTAND_ETABLERING};
	int age = day_year(plan->start) - person->fodelsear;

	return age <= 24 ? young[random_below(random, 10)] : grown[random_below(random, 20)];
}
