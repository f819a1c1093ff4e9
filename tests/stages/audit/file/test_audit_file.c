/* The audit of frequency tables: named traps, and brute force over random linked tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stages/audit/file/audit_file.h"
#include "tests/table/files.h"

static struct error error;

/* The findings of a file, "" when there is none; NULL when it is refused. */
static const char *findings_of(const char *tables, const char *hierarchy, struct arena *arena)
{
	struct text text = { .arena = arena };
	struct audit_result result;
	error = (struct error){ 0 };
	const char *file = files_write("tables.csv", tables, strlen(tables)), *groups = NULL;
	if (hierarchy != NULL)
		groups = files_write("groups.csv", hierarchy, strlen(hierarchy));
	if (audit_file(file, groups, 5, &result, &text, &error) != 0)
		return NULL;
	return text.length == 0 ? "" : text.bytes;
}

static void check(const char *tables, const char *hierarchy, const char *findings)
{
	struct arena *arena = arena_new(&error);
	const char *found = findings_of(tables, hierarchy, arena);
	if (found == NULL || strcmp(found, findings) != 0)
		fail_msg("%s\nexpected %s\nfound %s %s", tables, findings, found == NULL ? "none" : found, error.message[0]);
	arena_free(arena);
}

/* One withheld cell in a line: the total less the others. */
static void the_last_of_a_line(void **unused)
{
	(void)unused;
	check("table,a,value\nt,x,..\nt,y,20\nt,TOTAL,23\n", NULL, "table,a,finding\nt,x,determined\n");
	check("table,a,value\nt,x,..\nt,y,..\nt,TOTAL,40\n", NULL, "");
	check("table,a,value\nt,x,..\nt,y,20\nt,TOTAL,..\n", NULL, "");
}

/* Two withheld with the rest 2 are 1 and 1; three with rest 3 are 1 each; two with rest 5 lie within 1 … 4. */
static void ones_in_a_line(void **unused)
{
	(void)unused;
	check("table,a,value\nt,x,..\nt,y,..\nt,z,20\nt,TOTAL,22\n", NULL,
		"table,a,finding\nt,x,determined\nt,y,determined\n");
	check("table,a,value\nt,x,..\nt,y,..\nt,z,..\nt,w,20\nt,TOTAL,23\n", NULL,
		"table,a,finding\nt,x,determined\nt,y,determined\nt,z,determined\n");
	check("table,a,value\nt,x,..\nt,y,..\nt,z,20\nt,TOTAL,25\n", NULL, "table,a,finding\nt,x,narrow\nt,y,narrow\n");
	check("table,a,value\nt,x,..\nt,y,..\nt,z,20\nt,TOTAL,26\n", NULL, "");
}

/* Every line of withheld cells has two or more of them, yet all lines together fix some. */
static void two_per_line(void **unused)
{
	(void)unused;
	check("table,a,b,value\nt,x,p,..\nt,x,q,..\nt,x,r,9\nt,x,TOTAL,21\nt,y,p,..\nt,y,q,..\nt,y,r,9\nt,y,TOTAL,22\n"
	      "t,TOTAL,p,11\nt,TOTAL,q,14\nt,TOTAL,r,18\nt,TOTAL,TOTAL,43\n", NULL, "");
	check("table,a,b,value\nt,x,p,..\nt,x,q,..\nt,x,r,..\nt,x,TOTAL,21\nt,y,p,8\nt,y,q,..\nt,y,r,..\nt,y,TOTAL,31\n"
	      "t,TOTAL,p,..\nt,TOTAL,q,21\nt,TOTAL,r,18\nt,TOTAL,TOTAL,52\n", NULL,
		"table,a,b,finding\nt,x,p,determined\nt,TOTAL,p,determined\n");
	check("table,a,b,value\nt,x,p,..\nt,x,q,..\nt,x,TOTAL,21\nt,y,p,..\nt,y,q,..\nt,y,TOTAL,5\n"
	      "t,TOTAL,p,2\nt,TOTAL,q,24\nt,TOTAL,TOTAL,26\n", NULL,
		"table,a,b,finding\nt,x,p,determined\nt,x,q,determined\nt,y,p,determined\nt,y,q,determined\nt,TOTAL,p,published\n");
}

/* 16 and over less 18 and over is 16–17, printed nowhere. */
static void overlapping_bands(void **unused)
{
	(void)unused;
	const char *groups = "dim,parent,child\na,wide,16\na,wide,18\na,wide,20\na,late,18\na,late,20\n";
	check("table,a,value\nt,wide,50\nt,late,47\nt,TOTAL,50\n", groups, "table,a,finding\nt,late,difference\n");
	check("table,a,value\nt,wide,50\nt,late,44\nt,TOTAL,50\n", groups, "");
	check("table,a,value\nt,16,..\nt,18,..\nt,20,30\nu,wide,50\nu,late,46\n", groups,
		"table,a,finding\nt,16,determined\nt,18,determined\n");
}

/* A group of one municipality is that municipality, in whatever table. */
static void group_of_one(void **unused)
{
	(void)unused;
	const char *groups = "dim,parent,child\na,north,x\na,south,y\na,south,z\n";
	check("table,a,value\nt,x,..\nt,y,..\nt,z,20\nt,TOTAL,40\nu,north,3\nu,south,..\nu,TOTAL,40\n", groups,
		"table,a,finding\nt,x,published\nt,y,determined\nu,north,published\nu,south,determined\n");
}

/* Three two-way tables: that x has nobody at p, or with 2, leaves one way for the others. */
static void linked_tables(void **unused)
{
	(void)unused;
	check("table,a,b,c,value\nab,x,p,TOTAL,0\nab,x,q,TOTAL,..\nab,y,p,TOTAL,30\nab,y,q,TOTAL,..\n"
	      "ac,x,TOTAL,1,..\nac,x,TOTAL,2,0\nac,y,TOTAL,1,..\nac,y,TOTAL,2,10\n"
	      "bc,TOTAL,q,1,7\nbc,TOTAL,q,2,0\nbc,TOTAL,p,1,20\nbc,TOTAL,p,2,10\n", NULL, "");
	check("table,a,b,c,value\nab,x,p,TOTAL,0\nab,x,q,TOTAL,..\nab,y,p,TOTAL,30\nab,y,q,TOTAL,0\n"
	      "ac,x,TOTAL,1,..\nac,x,TOTAL,2,0\nac,y,TOTAL,1,..\nac,y,TOTAL,2,10\n"
	      "bc,TOTAL,q,1,..\nbc,TOTAL,q,2,0\nbc,TOTAL,p,1,20\nbc,TOTAL,p,2,10\nbc,TOTAL,TOTAL,TOTAL,33\n", NULL,
		"table,a,b,c,finding\nab,x,q,TOTAL,determined\nac,x,TOTAL,1,determined\nac,y,TOTAL,1,determined\n"
		"bc,TOTAL,q,1,determined\n");
}

/* Nothing is withheld and every printed count is large, no two differ by little: what they say together of a class that no table
   shows. Half of p + q, p + r and q + r, less one of them, is the third: 3. */
static void derived_from_what_is_printed(void **unused)
{
	(void)unused;
	const char *groups = "dim,parent,child\na,pq,p\na,pq,q\na,pr,p\na,pr,r\na,qr,q\na,qr,r\n";
	check("table,a,value\nt,pq,10\nt,pr,15\nt,qr,19\n", groups, "table,a,finding\n,p,derived\n");
	check("table,a,value\nt,pq,15\nt,pr,15\nt,qr,20\n", groups, "");
	check("table,a,value\nt,pq,10\nt,pr,15\n", groups, "");
	/* who is nowhere at z and p is at x, or at y, by the margins of the other table */
	check("table,a,b,value\nt,x,TOTAL,9\nt,y,TOTAL,17\nu,TOTAL,p,26\nu,TOTAL,q,0\nt,TOTAL,TOTAL,26\n", NULL, "");
}

/* January to April and January to August: what May to August add is a small count. */
static void cumulative(void **unused)
{
	(void)unused;
	check("table,manad,value\ndel,jan-apr,20\nhel,TOTAL,22\n", "dim,parent,child\nmanad,jan-apr,early\nmanad,maj-aug,late\n",
		"table,manad,finding\ndel,jan-apr,difference\n");
}

/* A combination without a row is 0; an empty code is TOTAL. */
static void absent_rows(void **unused)
{
	(void)unused;
	check("table,a,b,value\nt,x,p,..\nt,y,q,..\nt,y,p,10\nt,TOTAL,p,..\nt,TOTAL,q,30\nt,,,43\n", NULL,
		"table,a,b,finding\nt,x,p,determined\nt,y,q,determined\nt,TOTAL,p,determined\n");
	check("table,a,b,value\nt,x,p,..\nt,y,q,..\nt,y,p,10\nt,TOTAL,TOTAL,60\n", NULL, "");
}

static void refused(void **unused)
{
	(void)unused;
	static const char *const bad[] = { "", "table,a\nt,x\n", "table,a,value\nt,x,1.5\n", "table,a,value\nt,x,-1\n",
		"table,a,value\nt,x,\n", "table,a,value\nt,x\n", "table,a,a,value\nt,x,x,1\n", "table,value\nt,9\n",
		"table,a,value\nt,x,9\nt,TOTAL,8\n", "table,a,value\nt,x,9\nt,x,8\n",
		"table,a,value\nt,x,9\nt,y,..\nt,TOTAL,9\n", "table,a,value\nt,x,9\nt,g,9\nt,TOTAL,9\n" };
	struct arena *arena = arena_new(&error);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		if (findings_of(bad[i], NULL, arena) != NULL)
			fail_msg("%s was taken", bad[i]);
		assert_int_equal(error.code, EXIT_DATA);
	}
	static const char *const hierarchies[] = { "dim,parent\na,g\n", "dim,parent,child\nz,g,x\n",
		"dim,parent,child\na,g,h\na,h,g\n", "dim,parent,child\na,g,g\n", "dim,parent,child\na,,x\n",
		"dim,parent,child\na,g,TOTAL\n", "" };
	for (size_t i = 0; i < sizeof hierarchies / sizeof *hierarchies; i++) {
		if (findings_of("table,a,value\nt,x,9\n", hierarchies[i], arena) != NULL)
			fail_msg("%s was taken", hierarchies[i]);
		assert_int_equal(error.code, EXIT_DATA);
	}
	arena_free(arena);
}

/* ---- brute force ---- */

static uint64_t state;
static unsigned draw(unsigned below)
{
	uint64_t z = (state += UINT64_C(0x9E3779B97F4A7C15));
	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return (unsigned)((z ^ (z >> 31)) % below);
}

#define ATOMS 12
#define CELLS 160
#define ENOUGH 100000 /* steps of enumeration */

/* Cells as sets of atoms, in one to three tables. */
struct example {
	unsigned atoms, cells;
	int value[ATOMS];
	uint32_t set[CELLS];
	char name[CELLS][64];
	int sum[CELLS], low[CELLS], high[CELLS];
	bool withheld[CELLS];
	long steps;
};

static int sum_of(const int *atom, uint32_t set, unsigned atoms)
{
	int sum = 0;
	for (unsigned a = 0; a < atoms; a++)
		sum += (set >> a & 1) != 0 ? atom[a] : 0;
	return sum;
}

/* Whether the first atoms can be those of a table that agrees with what is printed. */
static bool possible(const struct example *e, const int *atom, unsigned filled)
{
	uint32_t done = (1U << filled) - 1;
	for (unsigned i = 0; i < e->cells; i++) {
		int sum = sum_of(atom, e->set[i], filled);
		bool whole = (e->set[i] & ~done) == 0;
		if (e->withheld[i] ? whole && sum < 1 : sum > e->sum[i] || (whole && sum != e->sum[i]))
			return false;
	}
	return true;
}

static void enumerate(struct example *e, int *atom, unsigned at)
{
	if (++e->steps > ENOUGH || !possible(e, atom, at))
		return;
	if (at == e->atoms) {
		for (unsigned i = 0; i < e->cells; i++) {
			int sum = sum_of(atom, e->set[i], e->atoms);
			e->low[i] = sum < e->low[i] ? sum : e->low[i];
			e->high[i] = sum > e->high[i] ? sum : e->high[i];
		}
		return;
	}
	int most = INT32_MAX; /* the grand total is printed */
	for (unsigned i = 0; i < e->cells; i++)
		if ((e->set[i] >> at & 1) != 0 && !e->withheld[i] && e->sum[i] < most)
			most = e->sum[i];
	for (atom[at] = 0; atom[at] <= most && e->steps <= ENOUGH; atom[at]++)
		enumerate(e, atom, at + 1);
}

/* The leaves, TOTAL and, with `group`, a group of the first two: as sets of leaves, with names. */
static unsigned make_codes(unsigned leaves, bool group, uint32_t *set, char names[][16])
{
	unsigned count = 0;
	for (; count < leaves; count++) {
		set[count] = 1U << count;
		(void)snprintf(names[count], 16, "l%u", count);
	}
	set[count] = (1U << leaves) - 1;
	(void)snprintf(names[count++], 16, "TOTAL");
	if (group) {
		set[count] = 3;
		(void)snprintf(names[count++], 16, "g");
	}
	return count;
}

struct shape {
	unsigned leaves[3], codes[3];
	uint32_t set[3][8];
	char names[3][8][16];
};

static void make_cell(struct example *e, const struct shape *s, unsigned table, const unsigned *code)
{
	unsigned i = e->cells++;
	(void)snprintf(e->name[i], sizeof e->name[i], "t%u,%s,%s,%s", table, s->names[0][code[0]], s->names[1][code[1]],
		s->names[2][code[2]]);
	for (unsigned a = 0; a < e->atoms; a++) {
		unsigned leaf[3] = { a % s->leaves[0], a / s->leaves[0] % s->leaves[1], a / s->leaves[0] / s->leaves[1] };
		bool inside = true;
		for (unsigned d = 0; d < 3; d++)
			inside = inside && (s->set[d][code[d]] >> leaf[d] & 1) != 0;
		if (inside)
			e->set[i] |= 1U << a;
	}
	e->sum[i] = sum_of(e->value, e->set[i], e->atoms);
}

/* Small cells are withheld, and others at random; never the whole. Equal sets have one status. */
static void withhold(struct example *e)
{
	unsigned more = draw(4);
	for (unsigned i = 0; i < e->cells; i++) {
		bool drawn = e->sum[i] > 0 && draw(4) < more;
		for (unsigned j = 0; j < i; j++)
			drawn = e->set[j] == e->set[i] ? e->withheld[j] : drawn;
		e->withheld[i] = e->set[i] != (1U << e->atoms) - 1 && ((e->sum[i] > 0 && e->sum[i] < 5) || drawn);
		e->low[i] = INT32_MAX;
		e->high[i] = -1;
	}
}

/* Random tables over two or three dimensions: of each, the dimensions as bits. */
static bool make_example(struct example *e)
{
	static const unsigned choices[][3] = { { 7, 0, 0 }, { 3, 5, 0 }, { 3, 5, 6 }, { 3, 4, 0 }, { 7, 3, 0 } };
	bool flat = draw(2) == 0, group;
	struct shape s = { .leaves = { 2 + draw(2), flat ? 2 + draw(3) : 2, flat ? 1 : 2 } };
	group = s.leaves[0] > 2 && draw(2) == 0;
	for (unsigned d = 0; d < 3; d++)
		s.codes[d] = make_codes(s.leaves[d], d == 0 && group, s.set[d], s.names[d]);
	*e = (struct example){ .atoms = s.leaves[0] * s.leaves[1] * s.leaves[2] };
	for (unsigned a = 0; a < e->atoms; a++)
		e->value[a] = draw(3) == 0 ? 0 : (int)draw(7);
	const unsigned *tables = choices[flat ? 0 : draw(5)];
	unsigned code[3];
	for (unsigned t = 0; t < 3 && tables[t] != 0; t++)
		for (code[0] = 0; code[0] < s.codes[0]; code[0]++)
			for (code[1] = 0; code[1] < s.codes[1]; code[1]++)
				for (code[2] = 0; code[2] < s.codes[2]; code[2]++) {
					bool crossed = true;
					for (unsigned d = 0; d < 3; d++)
						crossed = crossed && ((tables[t] >> d & 1) != 0 || code[d] == s.leaves[d]);
					if (crossed)
						make_cell(e, &s, t, code);
				}
	withhold(e);
	return group;
}

/* What the audit must say, by counting; NULL when the example is too large to count. */
static const char *counted(struct example *e, struct arena *arena)
{
	int atom[ATOMS];
	struct text text = { .arena = arena };
	enumerate(e, atom, 0);
	if (e->steps > ENOUGH)
		return NULL;
	for (unsigned i = 0; i < e->cells; i++) {
		const char *finding = NULL;
		if (!e->withheld[i])
			finding = e->sum[i] > 0 && e->sum[i] < 5 ? "published" : NULL;
		else if (e->low[i] == e->high[i])
			finding = "determined";
		else if (e->low[i] < 5 && (e->high[i] < 5 || e->high[i] - e->low[i] < 4))
			finding = "narrow";
		if (finding == NULL)
			continue;
		if (text.length == 0)
			assert_int_equal(text_add_string(&text, "table,a,b,c,finding\n", &error), 0);
		assert_int_equal(text_add_format(&text, &error, "%s,%s\n", e->name[i], finding), 0);
	}
	return text.length == 0 ? "" : text.bytes;
}

static void as_counted(void **unused)
{
	(void)unused;
	static struct example e;
	unsigned judged = 0, safe = 0;
	for (unsigned i = 0; i < 2500; i++) {
		state = i;
		struct arena *arena = arena_new(&error);
		struct text file = { .arena = arena };
		const char *hierarchy = make_example(&e) ? "dim,parent,child\na,g,l0\na,g,l1\n" : NULL;
		const char *expected = counted(&e, arena);
		assert_int_equal(text_add_string(&file, "table,a,b,c,value\n", &error), 0);
		for (unsigned c = 0; c < e.cells; c++)
			assert_int_equal(e.withheld[c] ? text_add_format(&file, &error, "%s,..\n", e.name[c])
						       : text_add_format(&file, &error, "%s,%d\n", e.name[c], e.sum[c]), 0);
		if (expected != NULL) {
			check(file.bytes, hierarchy, expected);
			judged++;
			safe += expected[0] == '\0';
		}
		arena_free(arena);
	}
	if (judged < 1500 || safe < 100 || judged - safe < 100)
		fail_msg("%u examples judged, %u safe", judged, safe);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(the_last_of_a_line), cmocka_unit_test(ones_in_a_line),
		cmocka_unit_test(two_per_line), cmocka_unit_test(overlapping_bands), cmocka_unit_test(group_of_one),
		cmocka_unit_test(linked_tables), cmocka_unit_test(derived_from_what_is_printed), cmocka_unit_test(cumulative), cmocka_unit_test(absent_rows), cmocka_unit_test(refused),
		cmocka_unit_test(as_counted) };
	return cmocka_run_group_tests(tests, files_begin, files_end);
}
