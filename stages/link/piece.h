/* The persons of one partition: their rows sorted, duplicates gone, attributes, panel and linked records made. One thread
   makes a piece without a look at any other; numbers of persons are counted from the piece's first. */
#ifndef FINSAMSTAT_STAGES_LINK_PIECE_H
#define FINSAMSTAT_STAGES_LINK_PIECE_H

#include "pipeline/table/column/column_batch.h"
#include "stages/link/linking.h"
#include "stages/link/mask.h"
#include "stages/link/record.h"
#include "stages/link/spread.h"

/* What is made: the first four are the linked records of the parts. */
enum output { OUTPUT_YEAR = PARTS, OUTPUT_PANEL, OUTPUTS };

struct output_columns {
	const char *name; /* of the column file */
	const struct column *columns;
	size_t count;
};
extern const struct output_columns piece_outputs[OUTPUTS];

/* The same for all pieces. */
struct piece_rules {
	int32_t period_to;
	struct mask_panel panel;
	uint16_t aa;                   /* position of AA in the list fk_forman: no activity */
	uint8_t kon_unknown;           /* position of X in the list kon */
	int first_year;
	size_t years, words;
	bool all_records;              /* of every person; else of those in the follow-up, and of the first in each output */
	size_t files;                  /* of the delivery */
	const struct linked_file *file;
};

/* A row of sus or enkat and its person. */
struct follow_row {
	enum source source;
	uint32_t person;
	size_t row;
};

struct piece {
	size_t persons, follows;
	struct person_row *person;
	struct follow_row *follow;
	struct column_batch output[OUTPUTS]; /* texts of diagnos by their ranks */
	struct counts counts;           /* what this piece adds */
	uint64_t *duplicates;           /* by file, likewise */
	struct error error;
	/* scratch */
	const struct record **sorted; /* the partition's rows where they stand, in the order of persons */
	uint32_t *first;              /* in that order, the first row of each person */
	size_t rows[SOURCES];         /* of each source */
	struct record *record;
	uint32_t *bucket;
	size_t room, buckets;
};

/* Makes the persons of a partition of `spread`. {0} is an empty piece; its memory is used again. -1 with the piece's error
   set. */
int piece_make(struct piece *piece, const struct piece_rules *rules, const struct spread *spread, size_t partition);

void piece_free(struct piece *piece);

#endif
