/* One person as the tables see it: see person.h. */
#include "stages/malgrupp/person.h"

void person_derive(struct person *person, const struct monthset *af_ersattning, size_t words)
{
	uint64_t af_before = 0, fk_before = 0, kom_before = 0;
	for (size_t w = 0; w < words; w++) {
		uint64_t af = person->active[PARTI_AF].word[w], fk = person->active[PARTI_FK].word[w], kom = person->active[PARTI_KOM].word[w];
		uint64_t before_known = w == 0 ? ~UINT64_C(1) : UINT64_MAX; /* month 0 has no month before */
		person->supported.word[w] = fk | kom | af_ersattning->word[w];
		person->changed.word[w] = ((af ^ (af << 1 | af_before)) | (fk ^ (fk << 1 | fk_before)) | (kom ^ (kom << 1 | kom_before))) & before_known;
		af_before = af >> 63;
		fk_before = fk >> 63;
		kom_before = kom >> 63;
	}
}

unsigned person_combination(const struct person *person, int month)
{
	unsigned combination = 0;
	for (unsigned part = 0; part < PARTIER; part++)
		combination |= (unsigned)monthset_has(&person->active[part], month) << part;
	return combination;
}
