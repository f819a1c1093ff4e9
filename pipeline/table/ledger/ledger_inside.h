/* Inside of the disclosure ledger: what reading it and approving share. */
#ifndef FINSAMSTAT_TABLE_LEDGER_INSIDE_H
#define FINSAMSTAT_TABLE_LEDGER_INSIDE_H

#include "pipeline/base/hash.h"
#include "pipeline/table/ledger/ledger.h"

enum { GODKAND_AR, KORNING, FRAN, TILL, TABELL, NYCKEL, MATT, STATUS, VARDE, COLUMNS };
extern const char *const ledger_columns[COLUMNS];

struct entry {
	const char *field[COLUMNS];
	int32_t from, to;
	size_t earlier; /* 1 + index of the entry before it of the same cell; 0: none */
};

struct ledger {
	struct arena *arena;
	unsigned char key[HASH_KEY_BYTES];
	size_t entries, room;
	struct entry *entry;
	size_t *slot; /* 1 + index of the latest entry of a cell */
	size_t slots;
	size_t parts, part_room;
	bool *part_rounded; /* of each: it has a rounded count */
	size_t part_rounded_room;
	size_t *part; /* of every table and days the first entry of the latest approval that has them */
	size_t names, name_room;
	struct ledger_name *name;
};

/* Adds the name in an entry's key, unless its days have it. -1 with the error set. */
int ledger_index_name(struct ledger *ledger, size_t position, struct error *error);

/* Reads the key of hashes. 1 when there is none, -1 with the error set. */
int ledger_read_key(const char *path, unsigned char *key, struct error *error);

/* The keyed hash of a withheld cell, which its fields from FRAN to MATT name. -1 when it is too long to be a cell's. */
int ledger_hash_cell(const unsigned char *key, const char *const *field, double value, char hash[HASH_TEXT]);

#endif
