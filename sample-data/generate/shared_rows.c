// shared_rows.c: writes the register population, ekonomi and volym of a sample förbund.
#include "sample-data/generate/shared_rows.h"

#include "sample-data/generate/day.h"

enum { AGE_GROUPS = 7 };

// A refused application for aktivitetsersättning: an event in the extract, not a support.
static void write_refusal(struct delivery *delivery, struct random *random, const struct person *person)
{
	char born[12], day[11];
	char kon[2] = {person->kon};
	int from = random_between(random, delivery->plan->first + 200, delivery->plan->end);

	snprintf(born, sizeof born, "%d", person->fodelsear);
	day_text(from, day);
	sheet_row(&delivery->extract[EXTRACT_FK],
		  (const char *const[]){person->pid, delivery->plan->kommun[person->kommun].kod, kon, born, "AA",
					NULL, day, day, NULL, NULL});
}

void population_write(struct delivery *delivery, struct random *random, int count)
{
	for (int i = 0; i < count; i++) {
		char kon = random_chance(random, 3) ? 'X' : random_chance(random, 545) ? 'K' : 'M';
		// One in five is young: the förbund look for them. Some leave working age during the panel.
		struct person person = random_chance(random, 200)
					       ? person_draw(delivery->plan, random, kon, 18, 29)
					       : person_draw(delivery->plan, random, kon, 22, 66);
		int from = random_between(random, delivery->plan->first - 500, delivery->plan->end - 40);
		int pace = i % 8 == 0 ? 6 : 1;
		enum living living = life_first(delivery->plan, random, &person);

		if (day_year(delivery->plan->start) - person.fodelsear <= 27 && random_chance(random, 110))
			write_refusal(delivery, random, &person);
		life_wander(delivery, random, &person, living, from, pace);
	}
}

void ekonomi_write(struct delivery *delivery, const struct ekonomi *ekonomi)
{
	struct sheet *sheet = &delivery->extract[EXTRACT_EKONOMI];
	char year[12], budget[SHEET_AMOUNT], utfall[SHEET_AMOUNT], first[11], last[11], end[11];

	snprintf(year, sizeof year, "%d", ekonomi->year);
	day_text(day_of(ekonomi->year, 1, 1), first);
	day_text(day_of(ekonomi->year, 12, 31), last);
	day_text(delivery->plan->end, end);
	sheet_amount(sheet, (int64_t)ekonomi->budget * 100, budget);
	sheet_amount(sheet, ekonomi->utfall_ore, utfall);
	// A year that is over needs no dates: they are the whole year unless something else is said.
	if (day_of(ekonomi->year, 12, 31) <= delivery->plan->end) {
		sheet_row(sheet, (const char *const[]){ekonomi->insats, year, ekonomi->finansiar, budget, utfall,
						       NULL, NULL});
		return;
	}
	sheet_row(sheet, (const char *const[]){ekonomi->insats, year, ekonomi->finansiar, budget, "0", first, last});
	sheet_row(sheet, (const char *const[]){ekonomi->insats, year, ekonomi->finansiar, "0", utfall, first, end});
}

void volym_write(struct delivery *delivery, struct random *random, const struct volym *volym)
{
	static const char *const ages[AGE_GROUPS] = {"16-19", "20-24", "25-29", "30-39", "40-49", "50-59", "60-64"};
	int counts[DELIVERY_KOMMUNER][2][AGE_GROUPS] = {0};
	char year[12], number[12];

	for (int i = 0; i < volym->women + volym->men; i++) {
		struct person person = person_draw(delivery->plan, random, 'X', 16, 64);

		counts[volym->kommun < 0 ? person.kommun : volym->kommun][i < volym->women ? 0 : 1]
		      [random_between(random, volym->youngest, volym->oldest)]++;
	}
	snprintf(year, sizeof year, "%d", volym->year);
	for (int kommun = 0; kommun < DELIVERY_KOMMUNER; kommun++)
		for (int kon = 0; kon < 2; kon++)
			for (int age = 0; age < AGE_GROUPS; age++) {
				if (counts[kommun][kon][age] == 0)
					continue;
				snprintf(number, sizeof number, "%d", counts[kommun][kon][age]);
				sheet_row(&delivery->extract[EXTRACT_VOLYM],
					  (const char *const[]){volym->insats, year,
								delivery->plan->kommun[kommun].kod,
								kon == 0 ? "K" : "M", ages[age], number});
			}
}
