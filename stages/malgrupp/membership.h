/* The målgrupp sections of the settings as rules on one person's months. */
#ifndef FINSAMSTAT_STAGES_MALGRUPP_MEMBERSHIP_H
#define FINSAMSTAT_STAGES_MALGRUPP_MEMBERSHIP_H

#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/schema/codelist.h"
#include "pipeline/table/settings/settings.h"
#include "stages/malgrupp/measured.h"
#include "stages/malgrupp/person.h"

/* The code lists that conditions name. */
struct membership_lists {
	const struct codelist *fk_forman, *ersattning, *hinder, *vardform, *kon;
};

/* The texts of a file, for diagnos: text i of `count` (0 is ""). */
struct membership_texts {
	size_t count;
	const char *const *text;
};

#define MEMBERSHIP_CODES 128 /* codes of a list, and values of sokandekategori, that a rule can tell apart */

/* Codes that meet a condition; met by none when `set` is false, which is no condition. */
struct membership_codes {
	bool set;
	bool met[MEMBERSHIP_CODES];
};

struct membership_rule {
	const struct malgrupp *group;
	struct membership_codes fk, af, af_ersattning, hinder, vardform, kon;
	bool *kommun;                     /* by position in measured->kommun; NULL: no condition */
	bool *diagnos_fk, *diagnos_region; /* by text; NULL: no condition */
	size_t inte;                      /* rule that must not hold; SIZE_MAX without */
	size_t same;                      /* the first rule that asks the same: most often itself */
	size_t same_base;                 /* the first whose run of months is made of the same conditions … */
	bool base;                        /* … and whether there are such */
	uint64_t formaner;                /* of fk: bit code % 64 */
	unsigned records;                 /* without which nobody meets it: of enum person_records */
	unsigned kon_mask;                /* bit kon; all without a condition */
	int age_from;
	unsigned ages;                    /* from there on: ålder is met by these */
};

struct membership {
	const struct measured *measured;
	uint16_t rejection;               /* index of AA in fk_forman */
	size_t count;
	struct membership_rule *rule;     /* in the order of the settings */
	size_t *order, firsts;            /* the rules once more: first so many that are the first to ask what they ask, then the others */
	struct monthset panel;            /* all its months */
};

/* -1 with the error set when memory is out or a list is larger than MEMBERSHIP_CODES (EXIT_BUG). */
int membership_init(struct membership *membership, const struct measured *measured, const struct membership_lists *lists,
	const struct membership_texts *fk, const struct membership_texts *region, struct arena *arena, struct error *error);

/* The records that any rule asks for (enum person_records). */
unsigned membership_records(const struct membership *membership);

/* For each rule, in result[rule]: the months of the period in which the person, in years in which it is measured, belongs to
   the group. Behind the results, and in `done`, is scratch: both have room for membership_room. */
size_t membership_room(const struct membership *membership);
void membership_months(const struct membership *membership, const struct person *person, struct monthset *result, bool *done);

#endif
