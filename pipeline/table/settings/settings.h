/* The settings of a förbund: forbund.ini read, checked and resolved (docs/manual.md). */
#ifndef FINSAMSTAT_TABLE_SETTINGS_H
#define FINSAMSTAT_TABLE_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"

struct ini;

/* Codes in the settings are kept as text and are checked against the code lists when they are read. */
struct words {
	size_t count;
	const char *const *word;
};

/* The municipalities from a day on. */
struct kommuner {
	int32_t from; /* day; INT32_MIN for the plain key `kommuner` */
	struct words codes;
};

struct age_group {
	int from, to;      /* years, both included */
	const char *label; /* "16-19" */
};

/* [mått …]: what an exit must show. Codes of one kind are joined by or. */
struct matt {
	const char *name;
	int line;
	struct words vid_avslut;    /* codes of sysselsattning */
	const struct matt *utesluter; /* an exit that meets this one is not counted; NULL without */
};

enum goal_measure {
	GOAL_DELTAGARE,
	GOAL_NYA,
	GOAL_AVSLUTADE,
	GOAL_KONSFORDELNING,
	GOAL_ENKAT,
	GOAL_KOSTNAD, /* kostnad per deltagare, kr */
	GOAL_KOTID,   /* median waiting time, months */
	GOAL_MATT     /* a [mått …] */
};
enum goal_form { GOAL_MINST, GOAL_HOGST, GOAL_CIRKA, GOAL_MELLAN };
enum goal_base { GOAL_NUMBER, GOAL_AV_AVSLUTADE, GOAL_AV_DELTAGARE, GOAL_AV_STARTADE };
enum goal_unit { GOAL_UNIT_COUNT, GOAL_UNIT_PER_CENT, GOAL_UNIT_KR, GOAL_UNIT_MONTHS };

/* `mål = MATT [inom N månader]: KRAV`. */
struct goal {
	int line;
	const char *matt_namn; /* the text before the colon, as written, spaces folded */
	const char *krav;      /* the text after it */
	enum goal_measure measure;
	const struct matt *matt; /* GOAL_MATT only */
	int within_months;       /* inom N månader; 0 without */
	enum goal_form form;
	enum goal_base base;  /* GOAL_NUMBER: a plain number; else a share of this base */
	enum goal_unit unit;  /* of utfall: PER_CENT whenever base is not GOAL_NUMBER */
	/* Bounds in the unit of utfall, per cents as 30, not 0.30. minst: low; högst: high (the other is 0); A–B: both;
	   cirka N ± P %: N·(1 − P/100) and N·(1 + P/100), also where N is a per cent. */
	double low, high;
};

enum registration { REGISTRATION_PERSONAL, REGISTRATION_ANONYMOUS, REGISTRATION_VOLUME };

struct malgrupp;

struct insats {
	const char *name;
	int line;
	enum registration registration; /* default personuppgifter */
	const struct malgrupp *malgrupp; /* NULL without */
	int maxtid_months;              /* 0 without */
	const char *risk, *effekt;      /* "låg", "medel", "hög"; NULL without */
	const char *inriktning;         /* "IND", "STR"; NULL without */
	const struct insats *ingar_i;   /* its cost is contained in that insats's; NULL without */
	size_t goals;
	const struct goal *goal;
};

enum parti { PARTI_AF, PARTI_FK, PARTI_KOM, PARTI_REG, PARTIER }; /* the order of kombination */
extern const char *const parti_names[PARTIER];

/* The parts of a code of kombination, "AF+FK", a bit for each; 0 of "TOT" and of what names none. */
unsigned parti_set(const char *combination);

/* [målgrupp …]: conditions joined by and; within one, a list is or. An empty list is no condition. */
struct malgrupp {
	const char *name;
	int line;
	int age_from, age_to;        /* −1, −1 without */
	struct words kon, kommun;
	struct words fk;             /* förmån codes, AA too */
	struct words af;             /* sokandekategori */
	struct words af_ersattning;
	bool kom;                    /* bistånd in the month */
	struct words kom_hinder;
	struct words reg_vardform;
	struct words diagnos;        /* prefixes */
	int minst_parter;            /* 0 without */
	unsigned parter;             /* bit 1 << enum parti: all of them active; 0 without */
	int sammanhangande_manader;  /* 0 without */
	int byten, byten_manader;    /* at least `byten` changes in the latest `byten_manader` months; 0, 0 without */
	const struct malgrupp *inte; /* inte målgrupp; NULL without */
};

/* A share with an uncertainty: 20 % (10–30). Fractions of 1. low = mode = high without a range. */
struct uncertain {
	double low, mode, high;
};

enum underlag { UNDERLAG_EXTRAKT, UNDERLAG_SUS };

/* [källa X] */
struct kalla {
	const char *name; /* an extract's name: "af" */
	bool windows_1252;
	struct words ignorera; /* columns to leave out */
};

struct settings {
	const char *path; /* as shown in messages */
	/* [förbund] */
	const char *namn;
	size_t kommuner_count;
	const struct kommuner *kommuner; /* by ascending day; the plain key first */
	int32_t period_from, period_to;  /* days: the first of a month and the last of a month */
	int32_t historik_from;           /* month; default: the period's first month − 60, at most 240 months in all */
	int32_t uttagsdatum;             /* day; default period_to */
	bool gemensam_nyckel;            /* default true */
	/* [redovisning] */
	int minsta_antal;                /* default 5; at least 3: a lower threshold protects nobody */
	size_t age_groups;
	const struct age_group *age_group; /* ascending, without gaps */
	const char *age_below, *age_above; /* labels outside them: "0-15", "65+" */
	double konfidensgrad;            /* default 0.95 */
	bool avrundning;                 /* skydd = avrundning: counts are rounded; default false: cells are withheld (undertryckning) */
	double dominans;                 /* fraction; 0 = nej; default 0.10 */
	const char *licens;              /* of the published data: "CC0-1.0" (default), "CC-BY-4.0" */
	/* [kalkyl] */
	bool has_kalkyl;                 /* the section stands in the file */
	enum underlag underlag;          /* default extrakt (sus when gemensam nyckel = nej) */
	double kalkylranta;              /* a year, fraction; default 0.035 */
	int horisont, fore, efter;       /* months; default 60, 12, 12 */
	struct uncertain dodvikt, avtagande; /* default 0 */
	double prisosakerhet;            /* default 0.10 */
	int simuleringar;                /* default 10000 */
	uint64_t fro;                    /* default 1 */
	double inkomstutjamning;         /* fraction taken back; 0 = nej (default) */
	/* lists */
	size_t matt_count, malgrupp_count, insats_count, kalla_count;
	const struct matt *matt;
	const struct malgrupp *malgrupp;
	const struct insats *insats;
	const struct kalla *kalla;
	/* [gränser] */
	double avvisade;                 /* share of wrong rows in a file that refuses the delivery; default 0.01 */
	int avvisade_rader;              /* so few wrong rows in a file never refuse, unless they are most of it; default 1 */
	/* A change since the run compared with is told when it passes the share of its kind and drift_antal. */
	double drift_rader;              /* of a source's rows; default 0.20 */
	double drift_saknade;            /* of the share of empty values of a column (0.05: 5 percentage points); default 0.05 */
	double drift_koder;              /* a code that is new or gone: its share of the rows; default 0.01 */
	double drift_personer;           /* of the share of a source's persons who are in another one; default 0.10 */
	int drift_antal;                 /* rows or persons; also from which a source is judged by itself; default 50 */
	int drift_dagar;                 /* by which a source's latest date may go back; default 31 */
	double drift_avvisa;             /* a source that loses more than this share of its rows, and more rows than … */
	int drift_avvisa_antal;          /* … these, refuses the delivery; defaults 0.90, 1000 */
	double utanfor;                  /* share of a source's rows outside the förbund's kommuner that is told; default 0.10 */
	double skillnad;                 /* between a source and the others in share of women or a decade of birth; default 0.25 */
	int efterslapning;               /* months that a source's latest date may be before the period's end; default 2 */
	/* [behåll] */
	int behall_natter, behall_manader; /* defaults 14, 24 */
	/* where they come from, for settings_view and settings_part_text */
	const char *bytes;               /* the file as it was read */
	size_t length;
	const struct ini *file;
	const char *period_given;        /* that of the command line; NULL without */
};

/* Parts of the settings. A stage declares those that it reads and is given a view that holds no other, so that what it makes
   can depend on nothing else. Every key belongs to one part. */
enum settings_part {
	SETTINGS_NAMN,          /* [förbund] namn */
	SETTINGS_KOMMUNER,      /* [förbund] kommuner, kommuner från */
	SETTINGS_PERIOD,        /* the rest of [förbund]: period, historik från, uttagsdatum, gemensam nyckel */
	SETTINGS_ALDERSGRUPPER, /* [redovisning] åldersgrupper */
	SETTINGS_KONFIDENSGRAD, /* [redovisning] konfidensgrad */
	SETTINGS_REDOVISNING,   /* the rest of [redovisning] */
	SETTINGS_KALKYL,        /* [kalkyl]; needs PERIOD (gemensam nyckel) */
	SETTINGS_MATT,          /* [mått …] */
	SETTINGS_MALGRUPP,      /* [målgrupp …]; needs PERIOD */
	SETTINGS_INSATSER,      /* which [insats …] there are, in their order, and registrering */
	SETTINGS_INGAR_I,       /* [insats …] ingår i; needs INSATSER */
	SETTINGS_INSATS,        /* the rest of [insats …] but mål; needs INSATSER, MALGRUPP */
	SETTINGS_MAL,           /* [insats …] mål; needs INSATSER, MATT */
	SETTINGS_KALLA,         /* [källa …] */
	SETTINGS_GRANSER,       /* [gränser] */
	SETTINGS_BEHALL,        /* [behåll] */
	SETTINGS_PARTS
};
#define SETTINGS(part) (1U << SETTINGS_##part)
extern const char *const settings_part_names[SETTINGS_PARTS]; /* "mål" */

/* The settings as they would be if the file held only the parts of the mask (SETTINGS(MAL) | …): all else has its default,
   and namn, kommuner and period, which have none, a fixed value; numbers outside the mask are NAN or −1. NULL with the error set (EXIT_BUG when a part lacks one
   that it needs). */
const struct settings *settings_view(const struct settings *settings, unsigned parts, struct arena *arena,
	struct error *error);

/* What a part says, a line a key in the order of the file: "[insats Balder] mål = deltagare: minst 80". Equal texts mean
   the same settings. NULL with the error set when memory is out. */
const char *settings_part_text(const struct settings *settings, enum settings_part part, struct arena *arena,
	struct error *error);

/* Reads DIR/forbund.ini; `period` ("A–B" of dates or months, NULL without) overrides the file's. NULL with every fault
   found in the error (EXIT_SETTINGS, a missing file too): file, line, what is wrong, and the nearest valid name. EXIT_IO
   when the file cannot be read. */
struct settings *settings_read(const char *directory, const char *period, struct arena *arena, struct error *error);

/* Positions by name; SIZE_MAX when there is none. */
size_t settings_insats(const struct settings *settings, const char *name);
size_t settings_malgrupp(const struct settings *settings, const char *name);

/* The municipalities valid on a day: the entry with the latest `from` not after it. Never NULL. */
const struct kommuner *settings_kommuner(const struct settings *settings, int32_t day);
/* Those of a calendar year: valid on its last day or the period's, the earlier. */
const struct kommuner *settings_kommuner_of_year(const struct settings *settings, int year);
/* Whether the förbund's totals of a year are of other municipalities than those of the year before, which breaks every series
   of them. Of the panel's first year and earlier ones, and of years after the period: false. */
bool settings_breaks(const struct settings *settings, int year);
bool settings_has_kommun(const struct kommuner *kommuner, const char *code);

/* Label of the age group of an age in years: "16-19"; outside the groups "0-15" (from 0 to the first group) and "65+". */
const char *settings_age_label(const struct settings *settings, int age);

/* Months and years of the period and the panel (months as in date.h). */
int32_t settings_first_month(const struct settings *settings);  /* of the period */
int32_t settings_last_month(const struct settings *settings);
int32_t settings_panel_months(const struct settings *settings); /* from historik_from to the last month */
int settings_first_year(const struct settings *settings);
int settings_last_year(const struct settings *settings);

/* The part of a calendar year inside the period: first and last day; false when there is none. */
bool settings_year_part(const struct settings *settings, int year, int32_t *first, int32_t *last);

#endif
