/* One record of an extract, read into typed values or rejected with a reason. Pure: the same record gives the same row,
   on any thread. */
#ifndef FINSAMSTAT_STAGES_INGEST_ROW_H
#define FINSAMSTAT_STAGES_INGEST_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/hash.h"
#include "pipeline/table/csv/csv.h"
#include "stages/ingest/layout.h"

/* Why a row is wrong. */
enum reason {
	REASON_NONE,
	REASON_REQUIRED_MISSING,
	REASON_PID_INVALID,
	REASON_CODE_UNKNOWN,
	REASON_KOMMUN_LEADING_ZERO,
	REASON_MULTI_INVALID,
	REASON_DATE_INVALID,     /* or month */
	REASON_DATE_PLACEHOLDER, /* before 1901; or 2099 and later where it is not an end */
	REASON_NUMBER_INVALID,
	REASON_OUT_OF_RANGE,
	REASON_END_BEFORE_START,
	REASON_INSATS_UNKNOWN,
	REASON_TEXT_INVALID,       /* not of its pattern */
	REASON_COMPANION_MISSING,  /* a value without the one that belongs to it */
	REASON_INSATS_KIND,        /* an insats that is not registered as the extract needs */
	REASON_NOT_UNIQUE,         /* stands twice, differently (unique.h) */
	REASON_HEADER_AGAIN,       /* the header stands once more */
	REASON_TOTAL_ROW,          /* a sum, not a record */
	REASONS
};
extern const char *const reason_codes[REASONS]; /* "DATE_INVALID" */

/* A field's value; which member follows from its kind (schema_column_type). Missing values are those of column.h; a
   missing pid is the zero key. */
union value {
	struct key key;
	uint16_t code;
	int32_t number;
	int64_t ore;
	double decimal;
	struct csv_field text; /* lent by the record */
};

#define ROW_WARNINGS 8 /* warnings of a row that are kept; a row of the schemas at hand has at most three */

struct row {
	enum reason reason;
	enum severity severity;       /* of the reason: SEVERITY_ERROR or SEVERITY_REFUSE */
	size_t field;                 /* the wrong one */
	const char *rule;             /* what it must be, for people: "not a date (YYYY-MM-DD)" */
	const char *nearest;          /* REASON_INSATS_UNKNOWN: the nearest insats of the settings, or NULL */
	size_t insats;                /* position of the insats in the settings; LAYOUT_ABSENT without */
	size_t warnings;              /* rules broken that only warn: of a row that is kept */
	struct {
		enum reason reason;
		size_t field;
		const char *rule;
	} warning[ROW_WARNINGS];
	union value value[LAYOUT_FIELDS];
};

/* Reads a record (the file's, not its header). Surrounding blanks are no part of a value. Fields are read in the order of
   the schema; the first wrong one decides, unless the row is the header again or a total. row->value is whole only with
   REASON_NONE. A row whose avslut holds 12
   (consent withdrawn) has lost its pid. */
void row_read(struct row *row, const struct reading *reading, const struct layout *layout,
	const struct csv_record *record);

#endif
