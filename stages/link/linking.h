/* What the parts of link share: the work in hand. */
#ifndef FINSAMSTAT_STAGES_LINK_LINKING_H
#define FINSAMSTAT_STAGES_LINK_LINKING_H

#include <stddef.h>
#include <stdint.h>

#include "pipeline/stage.h"
#include "pipeline/table/column.h"
#include "pipeline/table/schema.h"
#include "stages/link/validation.h"

/* The sources that hold pids; the first four are those of enum part. */
enum source { SOURCE_FK, SOURCE_AF, SOURCE_KOM, SOURCE_REG, SOURCE_SUS, SOURCE_ENKAT, SOURCES };

struct linking {
	const struct run *run;
	const struct settings *settings;
	struct arena *arena;
	struct error *error;
	size_t persons;
	uint32_t *person[SOURCES];  /* by row of the source's file: the person; COLUMN_NONE_U32: anonymous */
	uint8_t *kallor;            /* by person: bits of sources with records that count (validation.h) */
	struct validation validation;
};

/* The texts of a column file in bytewise order. */
struct ranking {
	size_t count;
	uint32_t *rank;          /* by index in the file */
	const char *const *text; /* by rank; copied, so they outlive the file */
};

/* 0, or -1 with the error set when memory is out. */
int ranking_make(struct ranking *ranking, const struct column_file *file, struct arena *arena, struct error *error);

/* The path of an input and the file opened; -1 with the error set. */
int linking_open(struct column_file **file, const struct linking *linking, const char *name);
/* A new output file. */
int linking_create(struct column_writer **writer, const struct linking *linking, const char *name,
	const struct column *columns, size_t count);

/* Numbers the persons of all sources: fills persons, person and the validation's presence. */
int persons_number(struct linking *linking);

/* The four extracts: writes person, person_ar, panel, spell_fk, spell_af, bistand, kontakt. After followup_write, which
   completes kallor. */
int extracts_write(struct linking *linking);

/* The follow-up: writes deltagande, enkat and ko. */
int followup_write(struct linking *linking);

#endif
