/* Inside of the settings reader: the state of one reading, how sections and keys are described, and the readers of values
   that many keys share. Only settings*.c include it. */
#ifndef FINSAMSTAT_TABLE_SETTINGS_READING_H
#define FINSAMSTAT_TABLE_SETTINGS_READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/settings/ini.h"
#include "pipeline/table/settings/settings.h"

/* The named sections of each kind are known, with room, before the first key is read: so a reference by name becomes a
   pointer at once, whatever the order of the file. */
struct reading {
	struct settings *settings;
	struct matt *matt; /* settings->matt and so on, writable */
	struct malgrupp *malgrupp;
	struct insats *insats;
	struct kalla *kalla;
	struct kommuner *kommuner; /* room for every key of the file */
	struct goal *goal;         /* likewise; the first that is not used yet */
	bool period_read, historik_read, uttagsdatum_read, underlag_read; /* given and well-formed */
	const struct ini_entry *entry; /* the one being read */
	const char *variable;          /* the variable part of its key, "24" in "byten senaste 24 månader"; NULL without */
	struct arena *arena;
	struct error *error;
};

/* A key that a section may hold. */
struct key {
	const char *name;     /* as the user writes it: "kommuner från YYYY-MM-DD" */
	const char *variable; /* the part of the name that differs: "YYYY-MM-DD"; NULL without */
	bool required;
	/* Reads reading->entry into the field; 0, or -1 with the fault added. */
	int (*read)(struct reading *reading, const struct key *key, void *field);
	size_t offset;              /* of the field in what the section fills in */
	double low, high;           /* bounds of a number, in the unit it is written in */
	const char *const *choices; /* the words it takes, ending with NULL */
	const char *list;           /* the code list of its codes */
};

/* A kind of section. */
struct section_kind {
	const char *name;
	/* Adds an item with its defaults for [målgrupp NAME], whose keys fill it in; NULL for a section without a name, whose
	   keys fill in the settings. */
	void *(*add)(struct reading *reading, const char *name, int line);
	const struct key *key;
	size_t keys;
	/* What can be judged only when the whole file has been read; NULL without. 0, or -1 with the faults added. */
	int (*check)(struct reading *reading, const struct ini_section *section, void *item);
};

extern const struct section_kind section_forbund, section_redovisning, section_kalkyl, section_kalla, section_granser,
	section_behall, section_malgrupp, section_matt, section_insats;

/* Settings of the lines of a file, which must live as long as they; `period` as in settings_read. NULL with every fault
   added to the error. */
struct settings *settings_resolve(const struct ini *ini, const char *period, struct arena *arena, struct error *error);

/* Reads the period of the command line ("--period") over the file's. 0, or -1 with the fault added. */
int settings_read_period(struct reading *reading, const char *period);

/* Adds "forbund.ini:LINE: …" (line 0: "--period: …") as EXIT_SETTINGS and returns -1. */
int settings_fault(const struct reading *reading, int line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* The same for the entry being read: "… key 'K': …". */
int settings_key_fault(const struct reading *reading, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "… key 'K': 'VALUE' is not WHAT". */
int settings_not(const struct reading *reading, const char *what);
/* "… key 'K': unknown WHAT 'WORD'; did you mean 'NEAREST'?", or the whole list when none is near. */
int settings_unknown(const struct reading *reading, const char *what, const char *word, const char *const *candidates,
	size_t count);

/* Line of a key in a section; the section's own when it lacks the key. */
int settings_line(const struct ini_section *section, const char *key);

/* Which of `count` items of `size` bytes, whose first member is their name, the entry's value names; SIZE_MAX with the
   fault added: unknown WHAT and the nearest. */
size_t settings_refer(const struct reading *reading, const char *what, const void *items, size_t count, size_t size);
/* Whether following `next` from an item (of an array of `count`) leads back to it, and it is the first of that circle. */
bool settings_begins_circle(const void *item, const void *(*next)(const void *item), size_t count);

/* A text for a message: in quotes, cut to 60 bytes between characters. Never NULL. */
const char *settings_quote(const struct reading *reading, const char *text);
/* "; did you mean 'NEAREST'?" or, when none is near, "; LEAD a, b, c" (LEAD NULL: ""). Never NULL. */
const char *settings_hint(const struct reading *reading, const char *word, const char *const *candidates, size_t count,
	const char *lead);

/* The entry's value, split at commas into words of one to many; empty ones and repetitions are faults. */
int settings_split(const struct reading *reading, struct words *words);
/* Position of the entry's value among the choices (ending with NULL); -1 with the fault added. */
int settings_choose(const struct reading *reading, const char *const *choices);

/* Takes "3,5 %" as 0.035 (a bare 0 needs no sign) when it is within the bounds, in per cent. */
bool settings_scan_per_cent(const char **at, double *share);
/* "16–29", or "16" for 16–16; from ≤ to is not checked. */
bool settings_scan_range(const char *text, int64_t *from, int64_t *to);

/* Readers for struct key: the field's type is in the comment. */
int settings_take_text(struct reading *reading, const struct key *key, void *field);     /* const char *: any text */
int settings_take_choice(struct reading *reading, const struct key *key, void *field);   /* const char *: a choice */
int settings_take_either(struct reading *reading, const struct key *key, void *field);   /* bool: the second choice? */
int settings_take_whole(struct reading *reading, const struct key *key, void *field);    /* int, within the bounds */
int settings_take_months(struct reading *reading, const struct key *key, void *field);   /* int: 12 månader, 12 */
int settings_take_per_cent(struct reading *reading, const struct key *key, void *field); /* double: a fraction */
int settings_take_codes(struct reading *reading, const struct key *key, void *field);    /* struct words: of the list */
int settings_take_words(struct reading *reading, const struct key *key, void *field);    /* struct words: any */

#endif
