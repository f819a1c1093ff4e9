/* Multi-response fields: CODE[:PER CENT]|CODE[:PER CENT]… */
#ifndef FINSAMSTAT_TABLE_MULTI_H
#define FINSAMSTAT_TABLE_MULTI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/table/schema/codelist.h"

#define MULTI_CODES 32

/* The codes of a field, as bits by their position in the list, and the per cent of each as read: codes without per cent
   share what is left of 100 equally. */
struct multi {
	uint32_t mask;
	double per_cent[MULTI_CODES]; /* 0 for a code that does not stand in the field */
};

/* Reads a field; an empty one has mask 0. False when it is malformed: an unknown code, a code twice, a per cent that is
   no number from 0 to 100, or per cents above 100 in all. The list holds at most MULTI_CODES codes. */
bool multi_read(const struct codelist *list, const char *text, size_t length, struct multi *multi);

#endif
