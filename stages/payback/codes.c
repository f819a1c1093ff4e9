/* Where the codes that the calculation names stand in the code lists. */
#include "stages/payback/codes.h"

#include <string.h>

/* Positions of `count` codes of one list, in the arena's copy of it. NULL with the error set when one is missing. */
static const struct codelist *find_all(const char *name, const char *const *names, uint16_t *positions, size_t count,
	struct arena *arena, struct error *error)
{
	const struct codelist *list = codelist_load(name, arena, error);
	for (size_t i = 0; list != NULL && i < count; i++) {
		positions[i] = codelist_find(list, names[i], strlen(names[i]));
		if (positions[i] == CODE_NONE) {
			(void)error_set(error, EXIT_BUG, "code list '%s' lacks the code '%s'", name, names[i]);
			return NULL;
		}
	}
	return list;
}

static uint32_t bits(const uint16_t *positions, size_t count)
{
	uint32_t mask = 0;
	for (size_t i = 0; i < count; i++)
		mask |= UINT32_C(1) << positions[i];
	return mask;
}

int codes_load(struct codes *codes, struct arena *arena, struct error *error)
{
	static const char *const forman[] = { "SP", "RP", "SE", "AE", "AK", "AS", "UE", "ET", "FS" };
	static const char *const work[] = { "AO", "AU", "EF", "SU" };
	static const char *const care[] = { "PV", "OV", "SV" };
	static const char *const bearer[] = { "FORBUND", "STAT", "KOM", "REG", "ESF", "OVR" };
	static const char *const no_saving[] = { "07", "09", "13" };
	uint16_t own[WORKS + 1], exits[3];
	*codes = (struct codes){ 0 };
	for (size_t i = 0; i < FORMANER; i++)
		codes->ersattning[i] = CODE_NONE;
	codes->forsorjning = find_all("forsorjning", forman, codes->forman, FORMANER, arena, error);
	codes->sysselsattning = find_all("sysselsattning", work, own, WORKS + 1, arena, error);
	codes->avslut = find_all("avslut", no_saving, exits, 3, arena, error);
	codes->finansiar = find_all("finansiar", bearer, codes->bearer, FINANSIARER, arena, error);
	if (codes->forsorjning == NULL || codes->sysselsattning == NULL || codes->avslut == NULL ||
		codes->finansiar == NULL || find_all("vardform", care, codes->care, CARES, arena, error) == NULL ||
		find_all("fk_forman", forman, codes->fk_forman, FORMAN_AE + 1, arena, error) == NULL ||
		find_all("ersattning", forman + FORMAN_AK, codes->ersattning + FORMAN_AK, FORMAN_FS - FORMAN_AK, arena,
			error) == NULL)
		return -1;
	memcpy(codes->work, own, sizeof codes->work);
	codes->work_or_studies = bits(own, WORKS + 1);
	codes->no_saving = bits(exits, 3);
	return 0;
}

int codes_read(const struct codelist *list, const char *text, struct multi *multi, struct error *error)
{
	if (multi_read(list, text, strlen(text), multi))
		return 0;
	return error_set(error, EXIT_BUG, "a participation holds a field of '%s' that cannot be read", list->name);
}
