/* The account of one file of the delivery: what was read, kept and rejected, and why. */
#ifndef FINSAMSTAT_STAGES_INGEST_ACCOUNT_H
#define FINSAMSTAT_STAGES_INGEST_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/base/text.h"
#include "pipeline/table/column/column.h"
#include "stages/ingest/row.h"

#define ACCOUNT_SHOWN 3          /* wrong rows of an accepted file that are narrated */
#define ACCOUNT_KEPT ERROR_KEPT  /* wrong rows of a file whose messages are kept, for when it is refused */

/* A rule that rows of a file break. */
struct finding {
	uint64_t rows;
	const char *rule; /* what must hold; NULL while rows is 0 */
	enum severity severity;
};

/* A wrong row whose message is kept. */
struct wrong_row {
	uint64_t line, record;
	const char *column, *code, *reason; /* column: "column 'fran'" */
};

struct account {
	size_t extract;        /* EXTRACT_FK … */
	const struct extract *schema; /* its schema */
	const char *shown;     /* the file's name for messages */
	const char *absent;    /* optional columns that it lacks: "omfattning, diagnos"; "" for none */
	char delimiter;        /* 0 when no header was read */
	uint64_t read, kept, rejected; /* rows, the header not counted; read = kept + rejected */
	uint64_t reason[REASONS];      /* rejected rows by reason */
	uint64_t refusing;             /* of the rejected: rows that refuse the delivery, however few */
	struct finding found[LAYOUT_FIELDS][REASONS][2]; /* by field and reason: rejected rows; warnings of kept ones */
	uint64_t personnummer; /* fields that hold one */
	bool faulty;           /* the file itself is at fault */
	bool refused;          /* more of its rows are wrong than may be */
	size_t messages;
	struct wrong_row *wrong; /* the first of them: `messages` */
	size_t wrong_room;
};

/* Counts a row that was read, kept or not. */
void account_row(struct account *account, const struct row *row);

/* How many rows of a file may be wrong: as account_refuses. */
struct limits {
	double allowed;
	int few;
	bool set; /* by [gränser] avvisade */
};

/* Adds the refusal of the file to the error (EXIT_DATA) when its wrong rows refuse it, and sets `refused`. */
void account_judge(struct account *account, const struct limits *limits, struct error *error);

/* Keeps the message of a wrong row, of at most ACCOUNT_KEPT. -1 with the error set when memory is out. */
int account_keep_row(struct account *account, const struct wrong_row *row, struct arena *arena, struct error *error);

/* Adds the message of a wrong row to the error: FILE:LINE: column 'NAME': CODE: reason. */
void account_refuse_row(const struct account *account, size_t message, struct error *error);

/* Adds the counts of a part of the file. */
void account_join(struct account *account, const struct account *part);

/* Whether so many rows are wrong that the file refuses the delivery: more than the share `allowed` of those read and more
   than `few`; or more than half of them. With allowed = 0 and few = 0 any wrong row refuses, and so does
   a row that breaks a rule of severity refuse. */
bool account_refuses(const struct account *account, double allowed, int few);

/* Per cent of the rows that are wrong; 0 of none. */
double account_share(const struct account *account);

/* A row for each rule that rows of the file break: kalla, fil, kolumn, kod, regel, allvar (enum severity), rader. */
int account_findings(const struct account *account, struct column_writer *writer, struct error *error);

/* delivery.json: the accounts of all files. */
int account_json(const struct account *accounts, size_t count, struct text *text, struct error *error);

#endif
