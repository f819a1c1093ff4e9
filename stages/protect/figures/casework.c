/* What casework tells of exits by förmån: see casework.h. */
#include "stages/protect/figures/casework.h"

#include "stages/protect/formaner.h"

/* The förmåner of an agency that anybody has, before or after. */
struct side {
	size_t any, withheld;
};

static struct side look_at(const struct tables *tables, const char *insats, size_t agency, const char *measure)
{
	struct side side = { 0 };
	size_t i03 = tables_find(tables, "i03_forsorjning");
	for (size_t f = 0; i03 != SIZE_MAX && forman_groups[agency].part[f] != NULL; f++) {
		const char *codes[] = { insats, CUBE_TOTAL, forman_groups[agency].part[f] };
		size_t row = cube_find_named(tables->cube[i03], codes);
		if (row == CUBE_NO_ROW || tables_value(tables, i03, row, measure) < 1)
			continue;
		side.any++;
		side.withheld += tables_measure_withheld(tables, i03, row, measure);
	}
	return side;
}

static bool is_bare(const struct side *side)
{
	return side->any == 1 && side->withheld == 1;
}

static bool is_settled(const struct side *side)
{
	return side->any <= 1 && side->withheld == 0;
}

bool casework_tells(const struct tables *tables, const char *insats)
{
	bool tells = false;
	for (size_t a = 0; a < FORMAN_AGENCIES && !tells; a++) {
		struct side before = look_at(tables, insats, a, "fore"), after = look_at(tables, insats, a, "efter");
		tells = (is_bare(&before) && is_settled(&after)) || (is_bare(&after) && is_settled(&before));
	}
	return tells;
}

bool casework_tells_before(const struct tables *tables, const char *insats)
{
	bool tells = false;
	for (size_t a = 0; a < FORMAN_AGENCIES && !tells; a++) {
		struct side before = look_at(tables, insats, a, "fore");
		tells = is_bare(&before);
	}
	return tells;
}
