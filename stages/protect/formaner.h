/* The groups of förmåner of the tables (formansgrupp) and what they hold: the agency's that pays. */
#ifndef FINSAMSTAT_STAGES_PROTECT_FORMANER_H
#define FINSAMSTAT_STAGES_PROTECT_FORMANER_H

#define FORMAN_AGENCIES 3 /* the first groups: of Försäkringskassan, Arbetsförmedlingen, the municipality */
#define FORMAN_GROUPS 4   /* and the whole of these: parts before their wholes */

extern const struct forman_group {
	const char *code, *part[5]; /* the parts end in NULL */
} forman_groups[FORMAN_GROUPS];

#endif
