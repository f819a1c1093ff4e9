/* One person as the tables see it: see person.h. */
#include "stages/malgrupp/person.h"

void person_derive(struct person *person, const struct monthset *af_ersattning)
{
	person->supported = monthset_or(&person->active[PARTI_FK], &person->active[PARTI_KOM]);
	person->supported = monthset_or(&person->supported, af_ersattning);
	struct monthset af = monthset_changes(&person->active[PARTI_AF]), fk = monthset_changes(&person->active[PARTI_FK]),
		kom = monthset_changes(&person->active[PARTI_KOM]);
	person->changed = monthset_or(&af, &fk);
	person->changed = monthset_or(&person->changed, &kom);
}

unsigned person_combination(const struct person *person, int month)
{
	unsigned combination = 0;
	for (unsigned part = 0; part < PARTIER; part++)
		combination |= (unsigned)monthset_has(&person->active[part], month) << part;
	return combination;
}
