/* A protected table with what printing it needs: labels, the order of printing, and the goals that g01 speaks of. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_SHEET_SHEET_H
#define FINSAMSTAT_STAGES_PUBLISH_SHEET_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/cube/cube.h"
#include "pipeline/table/settings/settings.h"

struct sheet {
	const struct table *table;
	const struct cube *cube;
	const struct settings *settings;
	const char *note;                             /* the table's definition, and from which years its series break */
	bool earlier;                                 /* some figures are those of an approved run (status tidigare) */
	const char **label[TABLE_DIMENSIONS];         /* by index of the code; of a code without a list its own label */
	uint32_t *rank[TABLE_DIMENSIONS];             /* by index of the code: the order of printing */
	size_t by[TABLE_DIMENSIONS];                  /* of a dimension with codes_by: the one that names the list */
	const struct codelist **lists[TABLE_DIMENSIONS]; /* by index of that one's code; NULL: codes are their own labels */
	int *decimals;                                /* by row: of the figure that q01 speaks of; NULL in other tables */
	const struct codelist *words[TABLE_MEASURES]; /* of a text measure that bears a code list's name: it holds its codes */
};

/* The sheet of a cube, which is sorted and must live as long. 0, or -1 with the error set when memory is out. */
int sheet_make(struct sheet *sheet, const struct cube *cube, const struct settings *settings, struct arena *arena,
	struct error *error);

/* What is said of figures whose status is tidigare. */
#define SHEET_EARLIER "Uppgifter med status tidigare är de som redan har publicerats för perioden. Ändringarna sedan dess rör så få " \
	"personer att de inte kan visas."

/* Position of a dimension or a measure by name (`length` bytes); SIZE_MAX when the table lacks it. */
size_t sheet_dimension(const struct table *table, const char *name, size_t length);
size_t sheet_measure(const struct table *table, const char *name, size_t length);

/* What people read for the code of row r in dimension d: its label, "Totalt" for TOT; a code without a list as it is, with
   a dash in ranges ("16–19") and a decimal comma in numbers. */
const char *sheet_label(const struct sheet *sheet, size_t row, size_t d);

/* The place of that code in the order of printing: as in its code list, insatser and målgrupper as in the settings, numbers
   and ranges by where they begin, else bytewise; TOT last. Equal for equal codes only. */
uint32_t sheet_rank(const struct sheet *sheet, size_t row, size_t d);

/* Index of the code that stands at a place (below the number of codes) in dimension d's order of printing. For a dimension whose
   codes no other one names. */
size_t sheet_code_at(const struct sheet *sheet, size_t d, size_t place);

/* The goal that a row of g01 (dimensions insats and mal) speaks of; NULL when the settings have none there, or in any other
   table. */
const struct goal *sheet_goal(const struct sheet *sheet, size_t row);

#endif
