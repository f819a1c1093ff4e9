/* A record of FK, AF, KOM or REG in one packed form: what makes sorting by person, finding duplicates and picking
   attributes the same work for all four. */
#ifndef FINSAMSTAT_STAGES_LINK_RECORD_H
#define FINSAMSTAT_STAGES_LINK_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/date.h"
#include "pipeline/table/column/column.h"
#include "pipeline/table/schema/codelist.h"

/* The four extracts, in the order that decides ties. */
enum part { PART_FK, PART_AF, PART_KOM, PART_REG, PARTS };

/* A row as ingest typed it (missing values as in column.h). */
struct raw {
	uint32_t file;     /* of the delivery: a row of leverans */
	uint16_t kommun, kon;
	int32_t fodelsear;
	uint16_t code;     /* FK forman, AF ersattning, KOM forsorjningshinder, REG vardform */
	uint16_t cause;    /* AF avslutsorsak */
	int32_t number;    /* FK omfattning, AF sokandekategori */
	int32_t start;     /* fran or datum as a day; KOM: manad as a month */
	int32_t end;       /* till, DATE_ONGOING for none; of FK and AF */
	uint32_t diagnos;  /* place of the text among the sorted texts; of FK and REG */
	int64_t belopp;
};

/* 32 bytes, for there are as many of them in memory as there is room for. */
struct record {
	int32_t start;     /* fran, first day of manad, datum */
	int32_t end;       /* last day; ongoing: uttagsdatum */
	union {
		int64_t belopp;
		uint64_t row; /* of sus and enkat, of which nothing else is packed: the row's number in the source's column file */
	};
	uint32_t diagnos;  /* FK, REG */
	uint32_t file : 24; /* that the row stands in; no value of it */
	uint32_t kon : 7;
	uint32_t ongoing : 1;
	uint16_t head;     /* FK: forman, omfattning; AF: sokandekategori */
	uint16_t kommun;
	int16_t fodelsear;
	uint8_t code;      /* AF: ersattning; REG: vardform; UINT8_MAX: none */
	uint8_t tail;      /* KOM: forsorjningshinder; AF: avslutsorsak; likewise */
};
_Static_assert(sizeof(struct record) == 32, "a record has no holes");
#define RECORD_FILES ((size_t)1 << 24) /* fewer than so many files */
#define RECORD_CODES UINT8_MAX         /* codes of a list, at most */

static inline uint8_t record_narrow(uint16_t code)
{
	return code == CODE_NONE ? UINT8_MAX : (uint8_t)code;
}

static inline uint16_t record_wide(uint8_t code)
{
	return code == UINT8_MAX ? CODE_NONE : code;
}

/* Packs a row; an empty omfattning is 100. */
static inline struct record record_make(enum part part, const struct raw *raw, int32_t uttagsdatum)
{
	enum { FULL = 100 };
	struct record record = { .file = raw->file & (RECORD_FILES - 1), .start = raw->start, .end = raw->start,
		.belopp = raw->belopp, .kommun = raw->kommun, .fodelsear = (int16_t)raw->fodelsear, .kon = raw->kon & 0x7Fu };
	switch (part) {
	case PART_FK:
		record.head = (uint16_t)(raw->code << 8 | (uint8_t)(raw->number == COLUMN_NONE_I32 ? FULL : raw->number));
		record.diagnos = raw->diagnos;
		break;
	case PART_AF:
		record.head = (uint16_t)raw->number;
		record.code = record_narrow(raw->code);
		record.tail = record_narrow(raw->cause);
		break;
	case PART_KOM:
		record.start = date_first_day(raw->start);
		record.end = date_last_day(raw->start);
		record.tail = record_narrow(raw->code);
		break;
	case PART_REG:
		record.code = record_narrow(raw->code);
		record.diagnos = raw->diagnos;
		break;
	case PARTS:
		break;
	}
	if (part == PART_FK || part == PART_AF) {
		record.ongoing = raw->end == DATE_ONGOING;
		record.end = record.ongoing ? uttagsdatum : raw->end;
	}
	return record;
}

static inline uint16_t record_forman(const struct record *record) /* of FK */
{
	return record->head >> 8;
}

static inline uint8_t record_omfattning(const struct record *record) /* of FK */
{
	return (uint8_t)record->head;
}

static inline int32_t record_sokandekategori(const struct record *record) /* of AF */
{
	return record->head;
}

/* −1, 0, 1. 0: equal in every value of the row as parsed, so exact duplicates within one part. Else the order of the outputs'
   columns. */
int record_compare(const struct record *a, const struct record *b);

/* Copies the records of one person and part in their order, one of equal ones, and gives their number. Adds to duplicates[file],
   by number of a file, each copy but the one in the first file that holds it. */
size_t record_unique(struct record *records, const struct record *const *from, size_t count, uint64_t *duplicates);

#endif
