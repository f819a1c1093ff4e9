// insats.c: draws participations with given counts and writes them.
#include "sample-data/generate/insats.h"

#include <string.h>

#include "sample-data/generate/day.h"

static int exits_of(const struct insats *insats)
{
	int exits = 0;

	for (const struct outcome *o = insats->outcomes; o->avslut != NULL; o++)
		exits += o->early + o->late;
	return exits;
}

static struct origin draw_origin(struct random *random, const struct origin *origins)
{
	int all = 0;
	int at;

	for (const struct origin *o = origins; o->weight > 0; o++)
		all += o->weight;
	at = random_below(random, all);
	while (at >= origins->weight)
		at -= (origins++)->weight;
	return *origins;
}

// The women and men of the insats in random order.
static void draw_kon(struct random *random, const struct insats *insats, char *kon)
{
	int count = insats->women + insats->men;

	for (int i = 0; i < count; i++)
		kon[i] = i < insats->women ? 'K' : 'M';
	for (int i = count - 1; i > 0; i--) {
		int other = random_below(random, i + 1);
		char swap = kon[i];

		kon[i] = kon[other];
		kon[other] = swap;
	}
}

// Last day of the part of the period after which three whole months are left.
static int early_end(const struct delivery_plan *plan)
{
	return month_last(day_month(plan->end) - 3);
}

static void date_exit(const struct delivery_plan *plan, const struct insats *insats, struct random *random,
		      struct deltagande *one, bool early, bool new)
{
	int first = early ? plan->start : early_end(plan) + 1;
	int last = early ? early_end(plan) : plan->end;

	if (new) {
		int earliest = plan->start + insats->shortest + 7;

		one->slut = random_between(random, first > earliest ? first : earliest, last);
		first = one->slut - insats->longest;
		one->start = random_between(random, first > plan->start ? first : plan->start + 3,
					    one->slut - insats->shortest);
		return;
	}
	one->slut = random_between(random, first, last);
	first = one->slut - insats->longest;
	last = one->slut - insats->shortest;
	// Late exits from an insats of short stays began shortly before the period.
	if (first >= plan->start)
		first = plan->start - 30;
	one->start = random_between(random, first, last < plan->start ? last : plan->start - 1);
}

static void date_ongoing(const struct delivery_plan *plan, const struct insats *insats, struct random *random,
			 struct deltagande *one, bool new, bool late)
{
	int summer = month_first(day_month(plan->end) - 1);
	int earliest = plan->end - insats->longest + 20;

	one->slut = 0;
	if (!new)
		one->start = random_between(random, earliest < plan->start ? earliest : plan->start - 45,
					    plan->start - 1);
	else if (insats->late_starts < 0)
		one->start = random_between(random, earliest > plan->start ? earliest : plan->start + 3,
					    plan->end - 2);
	else if (late)
		one->start = random_between(random, summer, plan->end - 2);
	else
		one->start = random_between(random, plan->start + 3, summer - 1);
}

static void draw_exits(const struct delivery_plan *plan, const struct insats *insats, struct random *random,
		       struct deltagande *out)
{
	int exits = exits_of(insats);
	int number = 0;

	for (int late = 0; late <= 1; late++)
		for (const struct outcome *o = insats->outcomes; o->avslut != NULL; o++)
			for (int i = 0; i < (late ? o->late : o->early); i++, number++) {
				out[number].outcome = *o;
				date_exit(plan, insats, random, &out[number], !late,
					  number >= exits - insats->nya_exits);
			}
}

int insats_draw(const struct delivery_plan *plan, const struct insats *insats, struct random *random,
		struct deltagande *out)
{
	char kon[DELTAGANDEN];
	int count = insats->women + insats->men;
	int exits = insats->small ? 0 : exits_of(insats);
	int new = insats->nya - insats->nya_exits;

	memset(out, 0, DELTAGANDEN * sizeof *out);
	draw_kon(random, insats, kon);
	if (!insats->small)
		draw_exits(plan, insats, random, out);
	for (int i = exits; i < count; i++)
		date_ongoing(plan, insats, random, &out[i], i >= count - new, i >= count - insats->late_starts);
	for (int i = 0; i < count; i++) {
		out[i].person = person_draw(plan, random, kon[i], insats->youngest, insats->oldest);
		out[i].origin = draw_origin(random, insats->origins);
		if (insats->kommuner > 0)
			out[i].person.kommun %= insats->kommuner;
		if (insats->small)
			out[i].person.kommun = i % 2;
	}
	return count;
}

struct deltagande insats_earlier(const struct delivery_plan *plan, const struct insats *insats,
				 struct random *random, int from, int to, int before)
{
	struct deltagande one = {.start = random_between(random, from, to)};
	int at = random_below(random, exits_of(insats));
	const struct outcome *o = insats->outcomes;
	int longest = insats->longest < before - one.start ? insats->longest : before - one.start - 1;

	one.slut = one.start + random_between(random, insats->shortest, longest);
	while (at >= o->early + o->late) {
		at -= o->early + o->late;
		o++;
	}
	one.outcome = *o;
	one.origin = draw_origin(random, insats->origins);
	one.person = person_draw(plan, random, random_chance(random, 600) ? 'K' : 'M', insats->youngest,
				 insats->oldest);
	return one;
}

// When the support began that the participant came with: at least fourteen months before, so that the year
// before is all of one kind. The same for every call about one participation.
static int support_since(const struct deltagande *one)
{
	uint64_t draw = random_hash((uint64_t)one->start, (uint64_t)one->person.level * 7 + (uint64_t)one->person.fodelsear);

	return one->start - 425 - (int)(draw % 900) - (draw % 11 == 0 ? 1500 : 0);
}

static const char *time_on_support(const struct deltagande *one)
{
	int days = one->start - support_since(one);

	if (one->origin.living == LIVING_NOTHING)
		return "E";
	return days < 365 ? "1" : days < 3 * 365 ? "2" : days < 5 * 365 ? "3" : days < 10 * 365 ? "4" : "5";
}

static const char *draw_remittent(struct random *random)
{
	static const char *const all[] = {"AF", "AF", "AF", "FK", "FK", "KOM", "KOM", "KOM", "KOM", "KOM",
					  "KOM", "REG_PV", "REG_PV", "REG_PV"};

	return all[random_below(random, (int)(sizeof all / sizeof *all))];
}

static const char *draw_utbildning(struct random *random)
{
	static const char *const all[] = {"1", "1", "1", "2", "2", "2", "2", "2", "3", "4", "4", "0", NULL};

	return all[random_below(random, (int)(sizeof all / sizeof *all))];
}

void insats_sus(struct delivery *delivery, struct random *random, const struct insats *insats,
		const struct deltagande *one)
{
	bool over = one->slut != 0;
	enum living after = one->outcome.after == LIVING_SAME ? one->origin.living : one->outcome.after;
	char kon[2] = {one->person.kon};
	char born[12], start[11], slut[11];
	const char *utbildning = draw_utbildning(random);
	const char *remittent = draw_remittent(random);
	const char *time = time_on_support(one);

	if (insats->small && !over) {
		utbildning = one->person.kommun == 0 ? "2" : "1";
		remittent = one->person.kommun == 0 ? "REG_PV" : "FK";
		time = "2";
	}
	snprintf(born, sizeof born, "%d", one->person.fodelsear);
	day_text(one->start, start);
	if (over)
		day_text(one->slut, slut);
	sheet_row(&delivery->extract[EXTRACT_SUS], (const char *const[]){
		insats->anonym ? NULL : one->person.pid, insats->name,
		delivery->plan->kommun[one->person.kommun].kod, kon, born, utbildning, time,
		remittent, start, over ? slut : NULL, life_forsorjning(one->origin.living),
		over ? life_forsorjning(after) : NULL, one->origin.work, over ? one->outcome.work : NULL,
		over ? one->outcome.avslut : NULL});
}

void insats_life(struct delivery *delivery, struct random *random, const struct deltagande *one, int until)
{
	enum living after = one->outcome.after;
	int since = support_since(one);

	if (one->slut == 0 || after == LIVING_SAME) {
		life_stretch(delivery, random, &one->person, one->origin.living, since, until);
		return;
	}
	life_stretch(delivery, random, &one->person, one->origin.living, since, one->slut);
	life_stretch(delivery, random, &one->person, after, one->slut + 1, until);
}

static void answer(struct delivery *delivery, const struct insats *insats, const struct deltagande *one,
		   const char *tillfalle, int day, int value)
{
	char date[11], text[12];

	day_text(day, date);
	snprintf(text, sizeof text, "%d", value);
	sheet_row(&delivery->extract[EXTRACT_ENKAT],
		  (const char *const[]){one->person.pid, insats->name, insats->instrument, tillfalle, date, text});
}

// The first `pairs` of the exited answer twice, the rest and those still there at the start only.
static void write_survey(struct delivery *delivery, struct random *random, const struct insats *insats,
			 const struct deltagande *deltaganden, int count)
{
	int pairs = 0;

	for (int i = 0; i < count; i++) {
		const struct deltagande *one = &deltaganden[i];
		int before = random_between(random, 28, 66);
		int change = random_between(random, -9, 24);
		bool withdrawn = one->outcome.avslut != NULL && strcmp(one->outcome.avslut, "12") == 0;
		int last;
		bool pair = one->slut != 0 && !withdrawn && pairs < insats->pairs;

		if (withdrawn || (!pair && random_chance(random, 350)))
			continue;
		answer(delivery, insats, one, "start", one->start + random_between(random, 0, 9), before);
		if (!pair)
			continue;
		pairs++;
		if (one->slut - one->start > 120)
			answer(delivery, insats, one, "mitt", one->start + 70, before + change / 2);
		// Within the period, also when the participation ended on its first days.
		last = one->slut - random_between(random, 0, 5);
		answer(delivery, insats, one, "slut", last < delivery->plan->start ? one->slut : last,
		       before + change);
	}
}

void insats_write(struct delivery *delivery, struct random *random, const struct insats *insats,
		  const struct deltagande *deltaganden, int count)
{
	for (int i = 0; i < count; i++) {
		insats_sus(delivery, random, insats, &deltaganden[i]);
		insats_life(delivery, random, &deltaganden[i], delivery->plan->end + 400);
	}
	if (insats->instrument != NULL)
		write_survey(delivery, random, insats, deltaganden, count);
}

void insats_history(struct delivery *delivery, struct random *random, const struct insats *insats, int count,
		    int from, int to)
{
	for (int i = 0; i < count; i++) {
		struct deltagande one =
			insats_earlier(delivery->plan, insats, random, from, to, delivery->plan->start);

		insats_sus(delivery, random, insats, &one);
		insats_life(delivery, random, &one, one.slut + random_between(random, 40, 500));
	}
}

void insats_intresse(struct delivery *delivery, struct random *random, const struct intresse *intresse,
		     int number)
{
	char arende[24], inkom[11], start[11];
	char kon[2] = {intresse->kon};
	const char *remittent = draw_remittent(random);

	snprintf(arende, sizeof arende, "INT-%05d", number);
	day_text(intresse->inkom, inkom);
	if (intresse->start != 0)
		day_text(intresse->start, start);
	sheet_row(&delivery->extract[EXTRACT_INTRESSE], (const char *const[]){
		arende, intresse->insats, delivery->plan->kommun[intresse->kommun].kod, kon, remittent, inkom,
		intresse->status, intresse->start != 0 ? start : NULL});
}
