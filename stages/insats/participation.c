/* Participations: read from the column file, classified against the period: see participation.h. */
#include "stages/insats/participation.h"

#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/table/schema/multi.h"

#define PER_CENT_NOISE 1e-9 /* sums of per cents that differ by less are equal */

/* Bits of the codes in the list; a code that the list lacks has none. */
static uint32_t bits(const struct codelist *list, const char *const *codes, size_t count)
{
	uint32_t mask = 0;
	for (size_t i = 0; i < count; i++) {
		uint16_t code = codelist_find(list, codes[i], strlen(codes[i]));
		if (code < MULTI_CODES)
			mask |= UINT32_C(1) << code;
	}
	return mask;
}

int participation_lists_load(const struct settings *settings, struct arena *arena, struct participation_lists *lists,
	struct error *error)
{
	static const char *const arbete[] = { "AO", "AU", "EF" }, *const studier[] = { "SU" };
	static const char *const arbetssokande[] = { "AR" };
	struct {
		const char *name;
		const struct codelist **list;
	} const load[] = {
		{ "kon", &lists->kon }, { "kommun", &lists->kommun }, { "utbildning", &lists->utbildning },
		{ "tid_off_fors", &lists->tid_off_fors }, { "remittent", &lists->remittent },
		{ "forsorjning", &lists->forsorjning }, { "sysselsattning", &lists->sysselsattning },
		{ "avslut", &lists->avslut },
	};
	for (size_t i = 0; i < sizeof load / sizeof *load; i++) {
		*load[i].list = codelist_load(load[i].name, arena, error);
		if (*load[i].list == NULL)
			return -1;
	}
	lists->arbete = bits(lists->sysselsattning, arbete, 3);
	lists->studier = bits(lists->sysselsattning, studier, 1);
	lists->arbetssokande = bits(lists->sysselsattning, arbetssokande, 1);
	lists->egen_forsorjning = NULL;
	for (size_t i = 0; i < settings->matt_count; i++)
		if (strcmp(settings->matt[i].name, "egen försörjning") == 0)
			lists->egen_forsorjning = &settings->matt[i];
	return 0;
}

static double sum_of(const struct multi *multi, uint32_t mask)
{
	double sum = 0;
	for (size_t code = 0; code < MULTI_CODES; code++)
		if ((mask >> code & 1) != 0)
			sum += multi->per_cent[code];
	return sum;
}

bool participation_answers(const struct participation_lists *lists, const char *const text[5],
	struct participation *participation)
{
	const struct codelist *const list[] = { lists->forsorjning, lists->forsorjning, lists->sysselsattning,
		lists->sysselsattning, lists->avslut };
	struct multi multi[5];
	for (size_t i = 0; i < 5; i++)
		if (!multi_read(list[i], text[i], strlen(text[i]), &multi[i]))
			return false;
	participation->forsorjning_start = multi[0].mask;
	participation->forsorjning_slut = multi[1].mask;
	participation->sysselsattning_start = multi[2].mask;
	participation->sysselsattning_slut = multi[3].mask;
	participation->avslut = multi[4].mask;
	participation->arbete_start = sum_of(&multi[2], lists->arbete | lists->studier);
	participation->arbete_slut = sum_of(&multi[3], lists->arbete | lists->studier);
	return true;
}

/* Whether these codes meet the measure. */
static bool meets(const struct matt *matt, const struct codelist *sysselsattning, uint32_t codes)
{
	return (codes & bits(sysselsattning, matt->vid_avslut.word, matt->vid_avslut.count)) != 0 &&
		(matt->utesluter == NULL || !meets(matt->utesluter, sysselsattning, codes));
}

void participation_classify(const struct participation_lists *lists, const struct settings *settings,
	struct participation *participation)
{
	struct participation *p = participation;
	int32_t from = settings->period_from, to = settings->period_to;
	p->counted = settings->insats[p->insats].registration != REGISTRATION_VOLUME;
	p->i_period = p->start <= to && p->slut >= from;
	p->ny = p->start >= from && p->start <= to;
	p->avslutad = p->slut >= from && p->slut <= to;
	p->arbete = (p->sysselsattning_slut & lists->arbete) != 0;
	p->studier = (p->sysselsattning_slut & lists->studier) != 0;
	p->arbetssokande = (p->sysselsattning_slut & lists->arbetssokande) != 0 && !p->arbete && !p->studier;
	p->borjat_eller_okat = p->arbete_slut > p->arbete_start + PER_CENT_NOISE;
	p->egen_forsorjning = lists->egen_forsorjning == NULL
		? p->arbete || p->studier
		: meets(lists->egen_forsorjning, lists->sysselsattning, p->sysselsattning_slut);
}

/* The columns of the file, each as an array. */
struct columns {
	const uint32_t *person, *text[5];
	const uint16_t *insats, *kommun, *utbildning, *tid_off_fors, *remittent;
	const uint8_t *kon;
	const int32_t *fodelsear, *start, *slut;
};

static int load_columns(const struct column_file *file, struct columns *columns, struct arena *arena,
	struct error *error)
{
	static const char *const texts[] = { "forsorjning_start", "forsorjning_slut", "sysselsattning_start",
		"sysselsattning_slut", "avslut" };
	bool good = (columns->person = column_load(file, "person", COLUMN_U32, arena, error)) != NULL &&
		(columns->insats = column_load(file, "insats", COLUMN_U16, arena, error)) != NULL &&
		(columns->kommun = column_load(file, "kommun", COLUMN_U16, arena, error)) != NULL &&
		(columns->kon = column_load(file, "kon", COLUMN_U8, arena, error)) != NULL &&
		(columns->fodelsear = column_load(file, "fodelsear", COLUMN_I32, arena, error)) != NULL &&
		(columns->utbildning = column_load(file, "utbildning", COLUMN_U16, arena, error)) != NULL &&
		(columns->tid_off_fors = column_load(file, "tid_off_fors", COLUMN_U16, arena, error)) != NULL &&
		(columns->remittent = column_load(file, "remittent", COLUMN_U16, arena, error)) != NULL &&
		(columns->start = column_load(file, "start", COLUMN_I32, arena, error)) != NULL &&
		(columns->slut = column_load(file, "slut", COLUMN_I32, arena, error)) != NULL;
	for (size_t i = 0; i < 5 && good; i++)
		good = (columns->text[i] = column_load(file, texts[i], COLUMN_TEXT, arena, error)) != NULL;
	return good ? 0 : -1;
}

int participation_load(const struct column_file *file, const struct participation_lists *lists,
	const struct settings *settings, struct arena *arena, struct participations *participations, struct error *error)
{
	struct columns columns = { .person = NULL };
	size_t count = column_rows(file);
	if (load_columns(file, &columns, arena, error) != 0)
		return -1;
	struct participation *items = arena_take(arena, count, sizeof *items, error);
	if (items == NULL)
		return -1;
	for (size_t i = 0; i < count; i++) {
		struct participation *p = &items[i];
		*p = (struct participation){ .person = columns.person[i], .insats = columns.insats[i],
			.kommun = columns.kommun[i], .kon = columns.kon[i], .fodelsear = columns.fodelsear[i],
			.utbildning = columns.utbildning[i], .tid_off_fors = columns.tid_off_fors[i],
			.remittent = columns.remittent[i], .start = columns.start[i], .slut = columns.slut[i] };
		const char *text[5];
		for (size_t field = 0; field < 5; field++)
			text[field] = column_text(file, columns.text[field][i]);
		if (p->insats >= settings->insats_count || p->kon >= lists->kon->count ||
			p->kommun >= lists->kommun->count || !participation_answers(lists, text, p))
			return error_set(error, EXIT_BUG, "deltagande: row %zu is not as the stage link writes it", i + 1);
		participation_classify(lists, settings, p);
	}
	*participations = (struct participations){ .count = count, .item = items };
	return 0;
}

const char *participation_kon(const struct participation_lists *lists, const struct participation *participation)
{
	return lists->kon->entry[participation->kon].kod;
}
