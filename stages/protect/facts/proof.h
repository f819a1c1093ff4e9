/* The witnesses as files: what the audit checks the protection by. A witness is another set of tables that a reader cannot tell from the true
   one; it is told by the counts that differ. */
#ifndef FINSAMSTAT_STAGES_PROTECT_FACTS_PROOF_H
#define FINSAMSTAT_STAGES_PROTECT_FACTS_PROOF_H

#include "stages/protect/engine/engine.h"
#include "stages/protect/engine/most.h"
#include "stages/protect/facts/facts.h"
#include "stages/protect/rules/found.h"

/* The count of a cell in a witness. Witness 0 is the truth, of classes alone: all other counts stand in the tables. */
struct proof_line {
	uint32_t witness, cell;
	int64_t value;
};

struct proof {
	struct arena *arena;
	const struct tables *tables;
	const struct facts *facts;
	size_t cells, cell_room;
	uint32_t *cell;   /* counts that some witness changes, by their numbers (found.h): of a table, or a class that no table prints */
	size_t lines, line_room;
	struct proof_line *line;
	size_t witnesses;
	size_t *first;    /* of each atom: its cells are place[first[atom]] … place[first[atom + 1] − 1] */
	uint32_t *place;  /* cells by their numbers (found.h) */
	struct found_numbers numbers[TABLES_MOST]; /* of each table */
	size_t numbered;  /* cells of the tables; behind them the crossings and the ages (facts.h) */
	struct most_view *most; /* the witness at hand; NULL: nobody is told by age */
	uint32_t *atom;   /* likewise: its atoms, of the system */
	uint32_t *number; /* of each of them: 1 + its place in `cell`; 0: not yet there */
};

/* A proof without witnesses: where each atom of the facts' system stands, and the classes as they are. In the tables' arena. NULL with the error
   set when memory is out. */
struct proof *proof_new(const struct facts *facts, const struct tables *tables, struct error *error);

/* Adds a witness: `atom` gives the system's atom of each atom of the part in which it was found. -1 with the error set. */
int proof_add(struct proof *proof, const struct engine_table *table, const uint32_t *atom, struct error *error);

/* Adds tables as the rules found them, as witnesses. -1 with the error set. */
int proof_found(struct proof *proof, const struct found *found, struct error *error);

/* Write vittnen_celler.csv (cell,tabell,nyckel,matt) and vittnen.csv (vittne,cell,varde) to the paths; of no proof (NULL) only the header. Both
   may be at work at once. -1 with the error set (EXIT_IO). */
int proof_write_cells(const struct proof *proof, const char *path, struct error *error);
int proof_write_lines(const struct proof *proof, const char *path, struct error *error);

#endif
