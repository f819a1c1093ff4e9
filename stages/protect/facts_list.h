/* What holds between the counts of a run's tables, as data: what facts.c states. */
#ifndef FINSAMSTAT_STAGES_PROTECT_FACTS_LIST_H
#define FINSAMSTAT_STAGES_PROTECT_FACTS_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Dimensions over which counts add up to TOT. Open: what has no code stands in TOT alone, the codes are no more than TOT. */
struct sum_fact {
	const char *table;
	const char *measure[6]; /* NULL ends */
	const char *over[4];    /* NULL ends */
	bool open;
};
extern const struct sum_fact sum_facts[];
extern const size_t sum_fact_count;

/* Dimensions over which persons overlap, who may stand in several parts of a whole: no part is more than TOT, all together are no less. */
struct person_fact {
	const char *table, *measure;
	const char *over[4]; /* NULL ends */
};
extern const struct person_fact person_facts[];
extern const size_t person_fact_count;

/* Apart: the one lies within the other, and who is in the other only is a set that is protected, too. Mostly: that is not so by the
   definitions, but in life; it is apart where the counts do not say the contrary. */
enum pair_relation { SAME, WITHIN, APART, MOSTLY };

/* A row of a table is the same set as a row of another, or lies within it. Codes of the other row: those of the dimension that
   `from` names, or =CODE. */
struct pair_fact {
	const char *table, *measure;
	const char *only[2]; /* dimension and code that the row must have; NULL: any row */
	bool but;            /* any other code than that one */
	const char *other, *other_measure;
	const char *from[4]; /* of each dimension of the other table; NULL ends */
	enum pair_relation relation;
};
extern const struct pair_fact pair_facts[];
extern const size_t pair_fact_count;

/* A whole is no more than its parts together: some of them overlap, none is left out. */
struct cover_fact {
	const char *table, *measure;
	const char *whole;   /* code of the last dimension; NULL: any row */
	const char *part[5]; /* codes of the last dimension of `parts`, or its measures when `parts` is the table; NULL ends */
	const char *parts, *parts_measure;
};
extern const struct cover_fact cover_facts[];
extern const size_t cover_fact_count;

/* Exclusive classes of a table's persons that it does not print: each measure is the sum of some, each class adds up. */
struct class_fact {
	const char *table, *support, *support_measure;
	const char *dimension;   /* of the support cube: the class */
	const char *class[5];    /* its codes; NULL ends */
	const char *over[3];     /* dimensions of both, in their order; NULL ends */
	struct {
		const char *measure;
		unsigned set; /* a bit a class */
	} sum[5];
	unsigned apart[8]; /* sets that are differences of printed ones: protected, too; 0 ends */
};
extern const struct class_fact class_facts[];
extern const size_t class_fact_count;

/* What goals rest on, and how many times dearer it is than other figures of its row. */
struct dear_fact {
	const char *table, *measure;
	uint32_t times;
};
extern const struct dear_fact dear_facts[];
extern const size_t dear_fact_count;

#endif
