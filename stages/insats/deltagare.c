/* i01: participations by row, and distinct persons by row: see deltagare.h. */
#include "stages/insats/deltagare.h"

#include <stdlib.h>

#include "stages/insats/margin.h"

static int by_person(const void *a, const void *b)
{
	const struct participation *x = *(const struct participation *const *)a;
	const struct participation *y = *(const struct participation *const *)b;
	return x->person != y->person ? (x->person < y->person ? -1 : 1) : (x > y) - (x < y);
}

/* Participations to count, those of one person together; NULL with the error set when memory is out. */
static const struct participation **in_order(const struct participations *all, size_t *count, struct arena *arena,
	struct error *error)
{
	const struct participation **order = arena_take(arena, all->count, sizeof *order, error);
	*count = 0;
	for (size_t i = 0; i < all->count && order != NULL; i++)
		if (all->item[i].counted && all->item[i].i_period)
			order[(*count)++] = &all->item[i];
	if (order != NULL)
		qsort(order, *count, sizeof *order, by_person);
	return order;
}

/* Rows of the cube by the last person counted there, 1 + its number; 0: none yet. */
struct last_person {
	uint64_t *person;
	size_t capacity;
};

static int count_one(const struct counting *counting, const struct participation *p, struct cube *cube,
	struct last_person *last, struct arena *arena, struct error *error)
{
	const char *codes[] = { counting->settings->insats[p->insats].name, counting->lists->kommun->entry[p->kommun].kod,
		participation_kon(counting->lists, p) };
	struct margin_rows rows;
	if (margin_rows(cube, codes, &rows, error) != 0)
		return -1;
	last->person = arena_grow(arena, last->person, last->capacity, cube->rows, &last->capacity, sizeof *last->person,
		error);
	if (last->person == NULL)
		return -1;
	for (size_t i = 0; i < rows.count; i++) {
		size_t row = rows.row[i];
		bool anonymous = p->person == COLUMN_NONE_U32;
		bool seen = !anonymous && last->person[row] == (uint64_t)p->person + 1;
		last->person[row] = (uint64_t)p->person + 1;
		cube_add(cube, row, cube_measure(cube, "deltaganden"), 1);
		cube_add(cube, row, cube_measure(cube, "personer"), seen ? 0 : 1);
		cube_add(cube, row, cube_measure(cube, "nya"), p->ny ? 1 : 0);
		cube_add(cube, row, cube_measure(cube, "avslutade"), p->avslutad ? 1 : 0);
		cube_add(cube, row, cube_measure(cube, "pagaende"), p->avslutad ? 0 : 1);
	}
	return 0;
}

int deltagare_fill(const struct counting *counting, struct cube *cube, struct arena *arena, struct error *error)
{
	const char *const total[] = { NULL, NULL, NULL };
	struct margin_rows rows;
	struct last_person last = { .person = NULL };
	size_t count;
	const struct participation **order = in_order(counting->participations, &count, arena, error);
	if (order == NULL || margin_rows(cube, total, &rows, error) != 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (count_one(counting, order[i], cube, &last, arena, error) != 0)
			return -1;
	return 0;
}
