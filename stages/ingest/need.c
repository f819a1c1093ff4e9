/* Sources that the settings need: see need.h. */
#include "stages/ingest/need.h"

#include <stdio.h>

#include "pipeline/table/schema/schema.h"

#define SOURCE(extract) (1U << (extract))
#define THREE_PARTS (SOURCE(EXTRACT_FK) | SOURCE(EXTRACT_AF) | SOURCE(EXTRACT_KOMMUN))

static bool say(char why[NEED_TEXT], const char *section, const char *name, const char *key)
{
	(void)snprintf(why, NEED_TEXT, "[%s%s%.60s] %s", section, name[0] == '\0' ? "" : " ", name, key);
	return true;
}

/* The extracts of `parter`. */
static unsigned sources_of(unsigned parter)
{
	static const unsigned extract[PARTIER] = { [PARTI_AF] = EXTRACT_AF, [PARTI_FK] = EXTRACT_FK,
		[PARTI_KOM] = EXTRACT_KOMMUN, [PARTI_REG] = EXTRACT_REGION };
	unsigned sources = 0;
	for (unsigned part = 0; part < PARTIER; part++)
		if ((parter >> part & 1) != 0)
			sources |= SOURCE(extract[part]);
	return sources;
}

static bool malgrupp_needs(const struct malgrupp *malgrupp, size_t extract, char why[NEED_TEXT])
{
	const struct {
		bool set;
		unsigned sources;
		const char *key;
	} conditions[] = {
		{ malgrupp->fk.count > 0, SOURCE(EXTRACT_FK), "FK" },
		{ malgrupp->diagnos.count > 0, SOURCE(EXTRACT_FK), "diagnos" },
		{ malgrupp->af.count > 0, SOURCE(EXTRACT_AF), "AF" },
		{ malgrupp->af_ersattning.count > 0, SOURCE(EXTRACT_AF), "AF ersättning" },
		{ malgrupp->kom, SOURCE(EXTRACT_KOMMUN), "KOM" },
		{ malgrupp->kom_hinder.count > 0, SOURCE(EXTRACT_KOMMUN), "KOM hinder" },
		{ malgrupp->reg_vardform.count > 0, SOURCE(EXTRACT_REGION), "REG vardform" },
		{ malgrupp->minst_parter > 0, THREE_PARTS, "minst parter" },
		{ malgrupp->byten > 0, THREE_PARTS, "byten" },
		{ malgrupp->parter != 0, sources_of(malgrupp->parter), "parter" },
	};
	for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++)
		if (conditions[i].set && (conditions[i].sources & SOURCE(extract)) != 0)
			return say(why, "målgrupp", malgrupp->name, conditions[i].key);
	return false;
}

static bool goal_needs(const struct goal *goal, size_t extract)
{
	switch (goal->measure) {
	case GOAL_ENKAT:
		return extract == EXTRACT_ENKAT;
	case GOAL_KOTID:
		return extract == EXTRACT_INTRESSE;
	case GOAL_KOSTNAD:
		return extract == EXTRACT_EKONOMI;
	case GOAL_DELTAGARE:
	case GOAL_NYA:
	case GOAL_AVSLUTADE:
	case GOAL_KONSFORDELNING:
	case GOAL_MATT:
		return false;
	}
	return false;
}

static bool insats_needs(const struct insats *insats, size_t extract, char why[NEED_TEXT])
{
	bool volume = insats->registration == REGISTRATION_VOLUME;
	if (extract == (volume ? EXTRACT_VOLYM : EXTRACT_SUS))
		return say(why, "insats", insats->name, "registrering");
	for (size_t i = 0; i < insats->goals; i++)
		if (goal_needs(&insats->goal[i], extract))
			return say(why, "insats", insats->name, "mål");
	return false;
}

static bool kalkyl_needs(const struct settings *settings, size_t extract, char why[NEED_TEXT])
{
	if (!settings->has_kalkyl)
		return false;
	if (extract == EXTRACT_PRISLISTA)
		return say(why, "kalkyl", "", "(the prices)");
	bool persons = false;
	for (size_t i = 0; i < settings->insats_count; i++)
		persons = persons || settings->insats[i].registration == REGISTRATION_PERSONAL;
	if (settings->underlag == UNDERLAG_EXTRAKT && persons && (THREE_PARTS & SOURCE(extract)) != 0)
		return say(why, "kalkyl", "", "underlag = extrakt");
	return false;
}

bool need_extract(const struct settings *settings, size_t extract, char why[NEED_TEXT])
{
	for (size_t i = 0; i < settings->malgrupp_count; i++)
		if (malgrupp_needs(&settings->malgrupp[i], extract, why))
			return true;
	for (size_t i = 0; i < settings->insats_count; i++)
		if (insats_needs(&settings->insats[i], extract, why))
			return true;
	return kalkyl_needs(settings, extract, why);
}
