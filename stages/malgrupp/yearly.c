/* The classes of a person in a year: see yearly.h. */
#include "stages/malgrupp/yearly.h"

const char *const yearly_byten[YEARLY_BYTEN] = { "0", "1", "2", "3-4", "5+" };
const char *const yearly_tid[YEARLY_TID] = { "0", "1-11", "12-35", "36-59", "60-119", "120+" };

/* Largest number of each class; the last class has none. */
static const int byten_most[] = { 0, 1, 2, 4 };
static const int tid_most[] = { 0, 11, 35, 59, 119 };

static size_t class_of(int number, const int *most, size_t classes)
{
	size_t class = 0;
	while (class < classes - 1 && number > most[class])
		class++;
	return class;
}

static bool is_active(const struct person *person, const struct measured_year *year, enum parti part)
{
	struct monthset months = monthset_and(&person->active[part], &year->months);
	return !monthset_is_empty(&months);
}

bool yearly_changes(const struct person *person, const struct measured_year *year, size_t *byten)
{
	if (!is_active(person, year, PARTI_AF) && !is_active(person, year, PARTI_FK) && !is_active(person, year, PARTI_KOM))
		return false;
	struct monthset changes = monthset_range(year->first + 1, year->last);
	changes = monthset_and(&changes, &person->changed);
	*byten = class_of(monthset_count(&changes), byten_most, YEARLY_BYTEN);
	return true;
}

bool yearly_support(const struct person *person, const struct measured_year *year, size_t *tid)
{
	bool active = false;
	for (int part = 0; part < PARTIER && !active; part++)
		active = is_active(person, year, (enum parti)part);
	if (active)
		*tid = class_of(monthset_run(&person->supported, year->last), tid_most, YEARLY_TID);
	return active;
}

bool yearly_flow(const struct person *person, const struct measured_year *year, size_t *fran, size_t *till)
{
	if (year->month_before < 0)
		return false;
	*fran = person_combination(person, year->month_before);
	*till = person_combination(person, year->last);
	return *fran != 0 || *till != 0;
}
