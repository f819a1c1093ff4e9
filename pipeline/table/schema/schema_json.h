/* Reading a schema's JSON strictly: what schema_extract.c, schema_rules.c and schema_table.c share. A fault is a bug of the program
   (EXIT_BUG), said with the file and the part of it. */
#ifndef FINSAMSTAT_TABLE_SCHEMA_JSON_H
#define FINSAMSTAT_TABLE_SCHEMA_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/table/schema/codelist.h"
#include "pipeline/table/schema/schema.h"

struct schema_json {
	const char *file; /* below schemas/: "extrakt/fk.json" */
	const char *part; /* for messages: the field or measure being read; "" at the top */
	json_t *root;
	struct arena *arena;
	struct error *error;
};

/* Parses the embedded file <folder>/<name>.json, an object whose `name` is `name`. -1 with the error set, root NULL, when
   there is none or it is malformed. Ended by schema_json_close, harmless after a failure. */
int schema_json_open(struct schema_json *json, const char *folder, const char *name, struct arena *arena,
	struct error *error);
void schema_json_close(struct schema_json *json);

/* Sets the error: "schemas/FILE: PART: reason"; returns −1. */
int schema_json_fault(const struct schema_json *json, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* -1 with the error set when the object has a member that is not among the known ones (the list ends with NULL). */
int schema_json_known(const struct schema_json *json, json_t *object, const char *const *known);

/* The member of an object, by kind. A text is copied into the arena. An absent member that is not `needed` gives NULL,
   false or leaves *number alone, and 0. -1 with the error set when it has the wrong kind, is an empty text, or is needed
   and absent. */
int schema_json_text(const struct schema_json *json, json_t *object, const char *member, bool needed, const char **text);
int schema_json_object(const struct schema_json *json, json_t *object, const char *member, bool needed, json_t **value);
int schema_json_array(const struct schema_json *json, json_t *object, const char *member, bool needed, json_t **value);
int schema_json_flag(const struct schema_json *json, json_t *object, const char *member, bool *flag);
int schema_json_number(const struct schema_json *json, json_t *object, const char *member, double *number);

/* The code list that `kodlista` names (a text), or the lists joined (an array of texts); NULL without it. */
int schema_json_codes(const struct schema_json *json, json_t *object, const struct codelist **codes);

/* The severity that a member names; *severity is left alone when it is absent. */
int schema_json_severity(const struct schema_json *json, json_t *object, const char *member, enum severity *severity);

/* The extract's rules, out of its object `finsamstat` (NULL: none). Its fields are read already. */
int schema_json_rules(struct schema_json *json, json_t *own, struct extract *extract);

#endif
