/* Atoms taken out of the ties of a window: see forms.h.

   Elimination in whole numbers: a tie gives up an atom that it holds once, so that what follows is whole when the others are. Short ties and
   atoms in few ties go first, and none that would fill the others. */
#include "stages/protect/engine/forms.h"

#define FILL 60 /* parts that taking an atom out may add to the other ties */
#define LONGEST 64 /* parts of a tie that gives up an atom */

struct column {
	size_t count, room;
	uint32_t *tie;
};

struct forms_work {
	struct arena *arena;
	struct form *all;      /* the ties as they are, those that gave up an atom as they were then */
	size_t alls;
	bool *spent;           /* of each: it gave up an atom */
	struct column *column; /* of each place: the ties that hold it and are not spent, */
	uint32_t *at;          /* scratch: 1 + where a place stands in a tie */
	size_t taken;
	uint32_t *order;       /* the atoms taken out, */
	uint32_t *giver;       /* and the ties that gave them up */
	int64_t *factor;       /* of each place in the sum at hand */
	bool *listed;          /* it is listed */
	uint32_t *heap;        /* the atoms of the sum that follow, the first taken out on top */
	size_t heaped;
	struct form sum;
	size_t standing;       /* of its parts, those listed so far */
};

static int put(struct arena *arena, struct form *form, uint32_t place, int64_t factor, struct error *error)
{
	struct form_part *part = arena_grow(arena, form->part, form->count, form->count + 1, &form->room, sizeof *part, error);
	if (part == NULL)
		return -1;
	form->part = part;
	part[form->count++] = (struct form_part){ place, factor };
	return 0;
}

static int hold(struct forms_work *work, uint32_t place, uint32_t tie, struct error *error)
{
	struct column *column = &work->column[place];
	uint32_t *list = arena_grow(work->arena, column->tie, column->count, column->count + 1, &column->room, sizeof *list, error);
	if (list == NULL)
		return -1;
	column->tie = list;
	list[column->count++] = tie;
	return 0;
}

static void drop(struct forms_work *work, uint32_t place, uint32_t tie)
{
	struct column *column = &work->column[place];
	size_t i = 0;
	while (column->tie[i] != tie)
		i++;
	column->tie[i] = column->tie[--column->count];
}

/* The ties of the window that do not follow from others. */
static int list_ties(struct forms *forms, const struct window *window, struct error *error)
{
	const struct system *system = window->system;
	struct forms_work *work = forms->work;
	for (size_t i = 0; i < window->rows; i++) {
		size_t r = window->row[i], tie = work->alls;
		if (system->row[r].kind != ROW_KNOWN || system->row[r].implied)
			continue;
		for (size_t t = system->first[r]; t < system->first[r + 1]; t++) {
			uint32_t place = window->atom_place[system->term[t].index];
			if (place > 0 && (put(work->arena, &work->all[tie], place - 1, system->term[t].sign, error) != 0 ||
				hold(work, place - 1, (uint32_t)tie, error) != 0))
				return -1;
		}
		work->alls++;
	}
	return 0;
}

/* The part of a tie to be taken out, the one in the fewest ties; SIZE_MAX when there is none. */
static size_t choose(const struct forms_work *work, const struct form *tie, const bool *plain)
{
	size_t best = SIZE_MAX, least = SIZE_MAX;
	for (size_t i = 0; i < tie->count; i++) {
		const struct form_part *part = &tie->part[i];
		size_t fill = (tie->count - 1) * (work->column[part->place].count - 1);
		if (plain[part->place] && (part->factor == 1 || part->factor == -1) && fill <= FILL && fill < least) {
			best = i;
			least = fill;
		}
	}
	return best;
}

/* Adds the tie `from`, so many times, to another one. */
static int add_tie(struct forms_work *work, size_t to, size_t from, int64_t times, struct error *error)
{
	struct form *tie = &work->all[to];
	const struct form *other = &work->all[from];
	int result = 0;
	for (size_t i = 0; i < tie->count; i++)
		work->at[tie->part[i].place] = (uint32_t)i + 1;
	for (size_t i = 0; i < other->count && result == 0; i++) {
		uint32_t place = other->part[i].place, at = work->at[place];
		if (at == 0) {
			result = put(work->arena, tie, place, times * other->part[i].factor, error) != 0 ||
				hold(work, place, (uint32_t)to, error) != 0 ? -1 : 0;
			work->at[place] = (uint32_t)tie->count;
			continue;
		}
		tie->part[at - 1].factor += times * other->part[i].factor;
		if (tie->part[at - 1].factor != 0)
			continue;
		drop(work, place, (uint32_t)to);
		work->at[place] = 0;
		tie->part[at - 1] = tie->part[--tie->count];
		if (at - 1 < tie->count)
			work->at[tie->part[at - 1].place] = at;
	}
	for (size_t i = 0; i < tie->count; i++)
		work->at[tie->part[i].place] = 0;
	return result;
}

/* Takes the atom of a part out of all other ties. */
static int take_out(struct forms *forms, size_t tie, size_t part, struct error *error)
{
	struct forms_work *work = forms->work;
	struct form *giver = &work->all[tie];
	struct form_part taken = giver->part[part];
	const struct column *column = &work->column[taken.place];
	for (size_t i = 0; i < giver->count; i++)
		drop(work, giver->part[i].place, (uint32_t)tie);
	while (column->count > 0) {
		size_t other = column->tie[column->count - 1];
		int64_t factor = 0;
		for (size_t i = 0; i < work->all[other].count; i++)
			factor = work->all[other].part[i].place == taken.place ? work->all[other].part[i].factor : factor;
		if (add_tie(work, other, tie, -factor * taken.factor, error) != 0)
			return -1;
	}
	giver->part[part] = giver->part[--giver->count];
	for (size_t i = 0; i < giver->count; i++) /* the atom is the sum of these */
		giver->part[i].factor *= -taken.factor;
	work->spent[tie] = true;
	work->giver[work->taken] = (uint32_t)tie;
	work->order[work->taken++] = taken.place;
	forms->follows[taken.place] = (uint32_t)work->taken;
	return 0;
}

static int eliminate(struct forms *forms, const bool *plain, struct error *error)
{
	struct forms_work *work = forms->work;
	for (size_t longest = 1; longest <= LONGEST; longest *= 2) {
		size_t before;
		do {
			before = work->taken;
			for (size_t i = 0; i < work->alls; i++) {
				const struct form *tie = &work->all[i];
				size_t part = work->spent[i] || tie->count > longest ? SIZE_MAX : choose(work, tie, plain);
				if (part != SIZE_MAX && take_out(forms, i, part, error) != 0)
					return -1;
			}
		} while (work->taken > before);
	}
	for (size_t i = 0; i < work->alls; i++)
		if (!work->spent[i] && work->all[i].count > 0)
			forms->tie[forms->ties++] = work->all[i];
	return 0;
}

struct forms *forms_new(const struct window *window, const bool *plain, struct arena *arena, struct error *error)
{
	struct forms *forms = arena_take(arena, 1, sizeof *forms, error);
	struct forms_work *work = arena_take(arena, 1, sizeof *work, error);
	if (forms == NULL || work == NULL)
		return NULL;
	size_t places = window->atoms, ties = window->rows;
	*work = (struct forms_work){ .arena = arena };
	forms->work = work;
	forms->places = places;
	forms->follows = arena_take(arena, places, sizeof *forms->follows, error);
	forms->tie = arena_take(arena, ties, sizeof *forms->tie, error);
	work->all = arena_take(arena, ties, sizeof *work->all, error);
	work->spent = arena_take(arena, ties, sizeof *work->spent, error);
	work->column = arena_take(arena, places, sizeof *work->column, error);
	work->at = arena_take(arena, places, sizeof *work->at, error);
	work->order = arena_take(arena, places, sizeof *work->order, error);
	work->giver = arena_take(arena, places, sizeof *work->giver, error);
	work->factor = arena_take(arena, places, sizeof *work->factor, error);
	work->listed = arena_take(arena, places, sizeof *work->listed, error);
	work->heap = arena_take(arena, places, sizeof *work->heap, error);
	work->sum.part = arena_take(arena, places, sizeof *work->sum.part, error);
	if (forms->follows == NULL || forms->tie == NULL || work->all == NULL || work->spent == NULL || work->column == NULL || work->at == NULL ||
		work->order == NULL || work->giver == NULL || work->factor == NULL || work->listed == NULL || work->heap == NULL ||
		work->sum.part == NULL || list_ties(forms, window, error) != 0 || eliminate(forms, plain, error) != 0)
		return NULL;
	return forms;
}

/* Sums ------------------------------------------------------------------------ */

static void push(struct forms_work *work, uint32_t when)
{
	size_t at = work->heaped++;
	for (; at > 0 && when < work->heap[(at - 1) / 2]; at = (at - 1) / 2)
		work->heap[at] = work->heap[(at - 1) / 2];
	work->heap[at] = when;
}

static uint32_t pop(struct forms_work *work)
{
	uint32_t top = work->heap[0], last = work->heap[--work->heaped];
	size_t at = 0;
	for (size_t child = 1; child < work->heaped; child = 2 * at + 1) {
		child += child + 1 < work->heaped && work->heap[child + 1] < work->heap[child];
		if (work->heap[child] >= last)
			break;
		work->heap[at] = work->heap[child];
		at = child;
	}
	work->heap[at] = last;
	return top;
}

void forms_add(struct forms *forms, size_t place, int64_t factor)
{
	struct forms_work *work = forms->work;
	work->factor[place] += factor;
	if (work->listed[place])
		return;
	work->listed[place] = true;
	if (forms->follows[place] > 0)
		push(work, forms->follows[place] - 1);
	else
		work->sum.part[work->standing++].place = (uint32_t)place;
}

const struct form *forms_sum(struct forms *forms)
{
	struct forms_work *work = forms->work;
	struct form *sum = &work->sum;
	while (work->heaped > 0) { /* what an atom is the sum of follows, if at all, from ties that gave up theirs later */
		uint32_t when = pop(work), place = work->order[when];
		const struct form *form = &work->all[work->giver[when]];
		int64_t factor = work->factor[place];
		work->factor[place] = 0;
		work->listed[place] = false;
		for (size_t i = 0; i < form->count && factor != 0; i++)
			forms_add(forms, form->part[i].place, factor * form->part[i].factor);
	}
	sum->count = 0;
	for (size_t i = 0; i < work->standing; i++) {
		uint32_t place = sum->part[i].place;
		if (work->factor[place] != 0)
			sum->part[sum->count++] = (struct form_part){ place, work->factor[place] };
		work->factor[place] = 0;
		work->listed[place] = false;
	}
	work->standing = 0;
	return sum;
}

void forms_fill(const struct forms *forms, double *move)
{
	const struct forms_work *work = forms->work;
	for (size_t when = work->taken; when-- > 0;) {
		const struct form *form = &work->all[work->giver[when]];
		double sum = 0;
		for (size_t i = 0; i < form->count; i++)
			sum += (double)form->part[i].factor * move[form->part[i].place];
		move[work->order[when]] = sum;
	}
}
