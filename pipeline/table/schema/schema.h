/* Schemas: what an extract must look like and what a result table holds (schemas/, Frictionless Table Schema with the
   project's own properties, listed in schemas/README.md; built into the program). schema_json.c, schema_extract.c,
   schema_rules.c and schema_table.c are its parts, the only users of jansson for schemas. */
#ifndef FINSAMSTAT_TABLE_SCHEMA_H
#define FINSAMSTAT_TABLE_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/column/column.h"
#include "pipeline/table/schema/codelist.h"

/* What a field of an extract holds, and the column type that ingest gives it. */
enum field_kind {
	FIELD_PID,     /* pseudonym: COLUMN_KEY; empty (where allowed) is the zero key */
	FIELD_ID,      /* another identity (arende): COLUMN_KEY */
	FIELD_CODE,    /* one code of a list: COLUMN_U16, its index in the list; CODE_NONE when empty */
	FIELD_CODES,   /* multi-response, CODE[:PER CENT]|…: COLUMN_TEXT as written, checked */
	FIELD_DATE,    /* COLUMN_I32, days; ends of 2099 or later: DATE_ONGOING */
	FIELD_MONTH,   /* COLUMN_I32, months */
	FIELD_INTEGER, /* COLUMN_I32 */
	FIELD_AMOUNT,  /* kronor: COLUMN_I64, öre */
	FIELD_DECIMAL, /* COLUMN_F64 */
	FIELD_TEXT     /* COLUMN_TEXT */
};

/* What a breach of a rule does. */
enum severity {
	SEVERITY_ERROR,  /* the row is rejected */
	SEVERITY_REFUSE, /* the delivery is refused */
	SEVERITY_WARNING /* the row is kept, and counted */
};

/* The constraints of a field, for their severities (SEVERITY_ERROR unless the schema says otherwise). */
enum constraint { CONSTRAINT_TYPE, CONSTRAINT_REQUIRED, CONSTRAINT_RANGE, CONSTRAINT_ENUM, CONSTRAINT_PATTERN,
	CONSTRAINT_CODES, CONSTRAINT_UNIQUE, CONSTRAINTS };

struct field {
	const char *name, *title;
	enum field_kind kind;
	bool unique;   /* no two rows that differ have the same value: the extract has a rule RULE_UNIQUE for it */
	bool required; /* the column must be there and no value of it may be empty; else even the column may be absent */
	const struct codelist *codes; /* of FIELD_CODE and FIELD_CODES; of FIELD_INTEGER (sokandekategori) the values that
	                                 are known: another one is taken with a warning; else NULL */
	double minimum, maximum;      /* both included; −INFINITY, INFINITY without. FIELD_AMOUNT: kronor */
	size_t allowed_count;         /* FIELD_INTEGER: the only values it may have (omfattning); 0 without */
	const int32_t *allowed;
	bool may_be_ongoing;          /* an end date: empty or 2099 and later means ongoing */
	bool is_insats;               /* holds the name of an insats of the settings */
	int digits;                   /* FIELD_INTEGER: it is written with so many; 0 without */
	const char *pattern;          /* of a pid or text (pattern.h); NULL without */
	enum severity severity[CONSTRAINTS];
};

/* The project's own rules. Those over one row are judged as it is read; the others by whoever has the rows together. */
enum rule_kind {
	RULE_NOT_BEFORE,    /* a row: date `field` is not before date `other`; with `year`, a missing `other` is the first and a
	                       missing `field` the last day of the year in that field */
	RULE_NEEDS,         /* a row: where `field` has a value (with `value`: this code), `other` has one too */
	RULE_REGISTERED,    /* a row: the insats in `field` is registered as `value` ("volym"), or with "deltagande" not so */
	RULE_UNIQUE,        /* a source: no two rows that differ have the same values in `unique` */
	RULE_NO_OVERLAP,    /* a person: spells from `field` to `other` share no day (with `same`: those alike in that field) */
	RULE_AT_MOST,       /* a person: on no day do the spells' values of `field` sum to more than `limit` (`same` likewise) */
	RULE_AGREES,        /* a person: the same value in all records, whatever the source */
	RULE_ONE_AT_A_TIME, /* a person: one value at a time, in all sources */
	RULE_SHARES,        /* a source: the shares of the values of `field` are like those of the other sources */
	RULE_INSIDE,        /* a source: most of its rows lie in the förbund's kommuner */
	RULE_FRESH,         /* a source: its latest date is near the end of the period */
	RULE_CONTAINS,      /* a source: what insatser that `ingår i` another have of the amount `field` is within what it has */
	RULES
};

#define RULE_FIELDS 8
#define EXTRACT_NO_FIELD SIZE_MAX

struct extract_rule {
	enum rule_kind kind;
	enum severity severity;
	const char *label;                 /* what holds where the rule is kept */
	size_t field, other, same, year;   /* positions of fields; EXTRACT_NO_FIELD without */
	const char *value;                 /* NULL without */
	double limit;
	size_t fields, unique[RULE_FIELDS]; /* RULE_UNIQUE */
};

/* An extract, or one of the three tables that stand beside forbund.ini. */
struct extract {
	const char *name, *title; /* "fk" … ; also "prislista", "befolkning", "publicerat" */
	size_t fields, rules;
	const struct field *field;
	const struct extract_rule *rule;
};

enum { EXTRACT_FK, EXTRACT_AF, EXTRACT_KOMMUN, EXTRACT_REGION, EXTRACT_SUS, EXTRACT_VOLYM, EXTRACT_ENKAT,
	EXTRACT_INTRESSE, EXTRACT_EKONOMI, EXTRACT_PRISLISTA, EXTRACT_BEFOLKNING, EXTRACT_PUBLICERAT, EXTRACTS };

/* Names by the enumeration above. */
extern const char *const extract_names[EXTRACTS];

/* The schema of an extract, in the arena. NULL with the error set (EXIT_BUG) when it is missing or malformed. */
const struct extract *schema_extract(const char *name, struct arena *arena, struct error *error);

/* Position of a field by name; EXTRACT_NO_FIELD when there is none. */
size_t schema_field(const struct extract *extract, const char *name);

/* The extract's rule of a kind over a field (and `same`, NULL without); NULL when it declares none. */
const struct extract_rule *schema_rule(const struct extract *extract, enum rule_kind kind, const char *field, const char *same);

/* "END_BEFORE_START": what a breach of a rule is called; "error", "refuse", "warning". */
const char *schema_rule_code(enum rule_kind kind);
const char *schema_severity_name(enum severity severity);

/* Column type that a kind of field is stored as. */
enum column_type schema_column_type(enum field_kind kind);

/* How a measure is written once rounded, and how it is protected. */
enum measure_kind {
	MEASURE_COUNT,       /* persons or participations: integer */
	MEASURE_KR,          /* kronor, no decimals */
	MEASURE_PER_CENT,    /* 1 decimal */
	MEASURE_TWO,         /* HÅE, rates, means, ratios: 2 decimals */
	MEASURE_MONTHS,      /* 1 decimal */
	MEASURE_P,           /* p-values: 3 decimals */
	MEASURE_TEXT,        /* text */
	MEASURE_GOAL,        /* utfall of g01: its unit is the goal's (settings.h) */
	MEASURE_FIGURE       /* of q01: a text or a number written as text, rounded as the figure that tabell and matt name */
};

/* Whether cells of the kind hold a text. */
bool measure_holds_text(enum measure_kind kind);

struct dimension {
	const char *name, *title;
	bool total;                   /* has TOT */
	bool numeric;                 /* sorted as a number: mal alone; docs/manual.md sorts all else, months too, bytewise */
	const struct codelist *codes; /* labels, of TOT only where TOT is one of the codes (forman of m01); NULL where codes
	                                 are their own labels or codes_by is set */
	const char *codes_by;         /* the dimension whose code names the list (variabel, of kod in i02: a code that names
	                                 no list, aldersgrupp, has codes that are their own labels); NULL without */
};

struct measure {
	const char *name, *title;
	enum measure_kind kind;
	bool additive; /* parts along the starred dimensions sum to TOT (see `not_over`) */
	const char *not_over; /* a dimension, starred or not, over which they do not (personer over insats); NULL without */
};

#define TABLE_DIMENSIONS 6
#define TABLE_MEASURES 24

struct table {
	const char *name;  /* "m06_manad" */
	const char *title, *unit, *note;
	const char *chapter; /* malgrupp, insats, mal, ekonomi, avstamning */
	const char *parent;  /* the support cube whose counts are the parts or the base of this table's; NULL without */
	bool support;        /* a cube that helps protection and is never published */
	size_t dimensions, measures;
	struct dimension dimension[TABLE_DIMENSIONS];
	struct measure measure[TABLE_MEASURES];
};

/* Result table by full name ("m06_manad") or by the part before the underscore ("m06"), or support cube by full name. NULL
   with the error set when there is none (EXIT_USAGE, naming the nearest) or its schema is malformed (EXIT_BUG). */
const struct table *schema_table(const char *name, struct arena *arena, struct error *error);

/* Names of all result tables, or of all support cubes, in bytewise order: the embedded files tabeller/<name>.json, where a
   result table's name is a letter, two digits, '_' and a word. NULL with the error set when memory is out. */
const char *const *schema_table_names(size_t *count, struct arena *arena, struct error *error);
const char *const *schema_support_names(size_t *count, struct arena *arena, struct error *error);

#endif
