/* Which variables the equations of a knowledge determine: sparse elimination modulo 2^61 − 1 (see knowledge.h).

   A variable is determined when it is 0 in every solution of the homogeneous equations. One solution is drawn at random: the
   free variables get random numbers, the others follow. A variable that is not determined is 0 in it with probability 2^−61.
   The prime is far above any minor of such sums, so that what holds modulo it holds in whole numbers. */
#include <stdlib.h>
#include <string.h>

#include "pipeline/maths/parallel.h"
#include "stages/audit/ranges/clusters.h"

#define CLUSTER 2000 /* variables of clusters that a thread takes at a time */
#define PRIME ((UINT64_C(1) << 61) - 1)

/* a·b for a, b < PRIME: 2^61 is 1. */
__extension__ typedef unsigned __int128 product;
static uint64_t multiply(uint64_t a, uint64_t b)
{
	product whole = (product)a * b;
	uint64_t sum = ((uint64_t)whole & PRIME) + (uint64_t)(whole >> 61);
	return sum >= PRIME ? sum - PRIME : sum;
}

static uint64_t subtract(uint64_t a, uint64_t b)
{
	return a >= b ? a - b : a + PRIME - b;
}

static uint64_t invert(uint64_t a) /* a^(p − 2) */
{
	uint64_t result = 1, exponent = PRIME - 2;
	if (a == 1 || a == PRIME - 1) /* as most are */
		return a;
	for (; exponent > 0; exponent >>= 1) {
		if (exponent & 1)
			result = multiply(result, a);
		a = multiply(a, a);
	}
	return result;
}

/* A row of the matrix: sorted by column. */
struct entry {
	uint32_t column;
	uint64_t value;
};
struct row {
	struct entry *entry;
	size_t count, room;
	bool done; /* it has its pivot, or is empty */
	bool own;  /* its memory is its own, no longer part of the matrix's */
};

/* A column: the rows in which it stands or has stood, and in how many of those not done it stands. */
struct column {
	uint32_t *row;
	size_t listed, room, count;
	bool done, waits; /* waits: in the queue */
	bool own;         /* as a row's */
};

struct matrix {
	size_t rows, columns, pivots;
	struct row *row;
	struct column *column;
	struct entry *entries; /* of all rows and columns, before they grow */
	uint32_t *lists;
	struct pivot {
		uint32_t row, column;
	} *pivot; /* in the order in which they were taken */
	struct entry *scratch;
	size_t scratch_room;
	uint32_t *queue; /* columns of which one row was left; the last in goes first */
	size_t queued;
	uint32_t *heap, *place; /* the rows not done, the shortest first, equally short ones by number; and where each stands */
	size_t heaped;
};

static void enqueue(struct matrix *matrix, uint32_t column)
{
	struct column *place = &matrix->column[column];
	if (place->count != 1 || place->done || place->waits)
		return;
	place->waits = true;
	matrix->queue[matrix->queued++] = column;
}

/* ---- the shortest row: a binary heap that follows the rows' lengths ---- */

static bool is_shorter(const struct matrix *matrix, uint32_t a, uint32_t b)
{
	size_t one = matrix->row[a].count, other = matrix->row[b].count;
	return one != other ? one < other : a < b;
}

static void put(struct matrix *matrix, size_t at, uint32_t row)
{
	matrix->heap[at] = row;
	matrix->place[row] = (uint32_t)at;
}

static void rise(struct matrix *matrix, size_t at)
{
	uint32_t row = matrix->heap[at];
	for (; at > 0 && is_shorter(matrix, row, matrix->heap[(at - 1) / 2]); at = (at - 1) / 2)
		put(matrix, at, matrix->heap[(at - 1) / 2]);
	put(matrix, at, row);
}

static void sink(struct matrix *matrix, size_t at)
{
	uint32_t row = matrix->heap[at];
	for (size_t below = 2 * at + 1; below < matrix->heaped; below = 2 * at + 1) {
		if (below + 1 < matrix->heaped && is_shorter(matrix, matrix->heap[below + 1], matrix->heap[below]))
			below++;
		if (!is_shorter(matrix, matrix->heap[below], row))
			break;
		put(matrix, at, matrix->heap[below]);
		at = below;
	}
	put(matrix, at, row);
}

/* After a row's length has changed. */
static void settle(struct matrix *matrix, uint32_t row)
{
	rise(matrix, matrix->place[row]);
	sink(matrix, matrix->place[row]);
}

static void take_out(struct matrix *matrix, uint32_t row)
{
	size_t at = matrix->place[row];
	uint32_t last = matrix->heap[--matrix->heaped];
	if (last != row) {
		put(matrix, at, last);
		settle(matrix, last);
	}
}

static void heap_rows(struct matrix *matrix)
{
	for (matrix->heaped = 0; matrix->heaped < matrix->rows; matrix->heaped++)
		put(matrix, matrix->heaped, (uint32_t)matrix->heaped);
	for (size_t at = matrix->heaped / 2; at-- > 0;)
		sink(matrix, at);
}

/* ---- rows and columns ---- */

static int list_row(struct column *column, uint32_t row)
{
	if (column->listed == column->room) {
		size_t room = column->room == 0 ? 4 : 2 * column->room;
		uint32_t *grown = realloc(column->own ? column->row : NULL, room * sizeof *grown);
		if (grown == NULL)
			return -1;
		if (!column->own && column->listed > 0)
			memcpy(grown, column->row, column->listed * sizeof *grown);
		column->row = grown;
		column->room = room;
		column->own = true;
	}
	column->row[column->listed++] = row;
	return 0;
}

static const struct entry *find_entry(const struct row *row, uint32_t column)
{
	size_t low = 0, high = row->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (row->entry[middle].column < column)
			low = middle + 1;
		else
			high = middle;
	}
	return low < row->count && row->entry[low].column == column ? &row->entry[low] : NULL;
}

static int compare_entries(const void *a, const void *b)
{
	uint32_t left = ((const struct entry *)a)->column, right = ((const struct entry *)b)->column;
	return left < right ? -1 : left > right;
}

/* The equation of a knowledge without the variables that bounds fix; equal columns joined. `at` has the column of each variable. */
static int add_row(struct matrix *matrix, const struct knowledge *knowledge, size_t sum, const uint32_t *at)
{
	size_t from = knowledge->start[sum], terms = knowledge->start[sum + 1] - from;
	struct row *row = &matrix->row[matrix->rows];
	for (size_t i = 0; i < terms; i++) {
		struct knowledge_term term = knowledge->term[from + i];
		if (knowledge->low[term.variable] == knowledge->high[term.variable] || term.coefficient == 0)
			continue;
		uint64_t value = term.coefficient > 0 ? (uint64_t)term.coefficient : PRIME - (uint64_t)-term.coefficient;
		row->entry[row->count++] = (struct entry){ at[term.variable], value };
	}
	qsort(row->entry, row->count, sizeof *row->entry, compare_entries);
	size_t kept = 0;
	for (size_t i = 0; i < row->count; i++) {
		if (kept > 0 && row->entry[kept - 1].column == row->entry[i].column)
			row->entry[kept - 1].value = subtract(row->entry[kept - 1].value, PRIME - row->entry[i].value);
		else
			row->entry[kept++] = row->entry[i];
		if (row->entry[kept - 1].value == 0)
			kept--;
	}
	row->count = kept;
	for (size_t i = 0; i < kept; i++) {
		struct column *column = &matrix->column[row->entry[i].column];
		column->count++;
		if (list_row(column, (uint32_t)matrix->rows) != 0)
			return -1;
	}
	matrix->rows++;
	return 0;
}

/* Takes `column` as the pivot of `row`: both are done with; columns of which one row is left may go next. */
static void take_pivot(struct matrix *matrix, uint32_t row, uint32_t column)
{
	matrix->pivot[matrix->pivots++] = (struct pivot){ row, column };
	matrix->row[row].done = true;
	take_out(matrix, row);
	matrix->column[column].done = true;
	for (size_t i = 0; i < matrix->row[row].count; i++) {
		matrix->column[matrix->row[row].entry[i].column].count--;
		enqueue(matrix, matrix->row[row].entry[i].column);
	}
}

/* The row that still holds the column, where one does. */
static uint32_t only_row(const struct matrix *matrix, uint32_t column)
{
	const struct column *place = &matrix->column[column];
	for (size_t i = 0; i < place->listed; i++)
		if (!matrix->row[place->row[i]].done && find_entry(&matrix->row[place->row[i]], column) != NULL)
			return place->row[i];
	return UINT32_MAX;
}

/* A column that stands in one row only is that row's pivot without any arithmetic. */
static void take_singles(struct matrix *matrix)
{
	while (matrix->queued > 0) {
		uint32_t column = matrix->queue[--matrix->queued];
		matrix->column[column].waits = false;
		if (matrix->column[column].done || matrix->column[column].count != 1)
			continue;
		uint32_t row = only_row(matrix, column);
		if (row != UINT32_MAX)
			take_pivot(matrix, row, column);
	}
}

/* row −= factor·pivot, by merging; new columns are listed. */
static int combine(struct matrix *matrix, uint32_t index, const struct row *pivot, uint64_t factor)
{
	struct row *row = &matrix->row[index];
	if (matrix->scratch_room < row->count + pivot->count) {
		struct entry *grown = realloc(matrix->scratch, 2 * (row->count + pivot->count) * sizeof *grown);
		if (grown == NULL)
			return -1;
		matrix->scratch = grown;
		matrix->scratch_room = 2 * (row->count + pivot->count);
	}
	size_t i = 0, j = 0, count = 0;
	while (i < row->count || j < pivot->count) {
		struct entry entry;
		if (j == pivot->count || (i < row->count && row->entry[i].column < pivot->entry[j].column)) {
			entry = row->entry[i++];
		} else if (i == row->count || pivot->entry[j].column < row->entry[i].column) {
			entry = (struct entry){ pivot->entry[j].column, subtract(0, multiply(factor, pivot->entry[j].value)) };
			j++;
			matrix->column[entry.column].count++;
			if (list_row(&matrix->column[entry.column], index) != 0)
				return -1;
		} else {
			entry = (struct entry){ row->entry[i].column,
				subtract(row->entry[i].value, multiply(factor, pivot->entry[j].value)) };
			i++;
			j++;
			matrix->column[entry.column].count -= entry.value == 0;
			enqueue(matrix, entry.column);
		}
		if (entry.value != 0)
			matrix->scratch[count++] = entry;
	}
	if (row->room < count) {
		struct entry *grown = malloc(2 * count * sizeof *grown);
		if (grown == NULL)
			return -1;
		if (row->own)
			free(row->entry);
		row->entry = grown;
		row->room = 2 * count;
		row->own = true;
	}
	if (count > 0)
		memcpy(row->entry, matrix->scratch, count * sizeof *row->entry);
	row->count = count;
	settle(matrix, index);
	return 0;
}

/* The shortest row that is left, and in it the column that stands in the fewest rows (Markowitz); false when none is left. */
static bool choose_pivot(struct matrix *matrix, uint32_t *row, uint32_t *column)
{
	while (matrix->heaped > 0 && matrix->row[matrix->heap[0]].count == 0) {
		matrix->row[matrix->heap[0]].done = true;
		take_out(matrix, matrix->heap[0]);
	}
	if (matrix->heaped == 0)
		return false;
	*row = matrix->heap[0];
	size_t fewest = SIZE_MAX;
	for (size_t i = 0; i < matrix->row[*row].count; i++) {
		uint32_t candidate = matrix->row[*row].entry[i].column;
		if (matrix->column[candidate].count < fewest) {
			fewest = matrix->column[candidate].count;
			*column = candidate;
		}
	}
	return true;
}

static int eliminate(struct matrix *matrix)
{
	uint32_t row = 0, column = 0;
	for (uint32_t c = 0; c < matrix->columns; c++)
		enqueue(matrix, c);
	heap_rows(matrix);
	take_singles(matrix);
	while (choose_pivot(matrix, &row, &column)) {
		uint64_t inverse = invert(find_entry(&matrix->row[row], column)->value);
		take_pivot(matrix, row, column);
		const struct column *place = &matrix->column[column];
		for (size_t i = 0; i < place->listed; i++) {
			uint32_t other = place->row[i];
			const struct entry *entry = matrix->row[other].done ? NULL : find_entry(&matrix->row[other], column);
			if (entry != NULL && combine(matrix, other, &matrix->row[row], multiply(entry->value, inverse)) != 0)
				return -1;
		}
		take_singles(matrix);
	}
	return 0;
}

/* A number for a variable that looks random and is the same in every run (splitmix64). */
static uint64_t random_of(size_t variable)
{
	uint64_t z = UINT64_C(20180831) + (variable + 1) * UINT64_C(0x9E3779B97F4A7C15);
	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return 1 + (z ^ (z >> 31)) % (PRIME - 1);
}

/* A random solution of the homogeneous equations: the free columns have their numbers; the pivots follow from the last to the first, each
   row of which holds later pivots and free columns only. `variable` has the variable of each column. */
static void solve(const struct matrix *matrix, const size_t *variable, uint64_t *value)
{
	for (size_t p = matrix->pivots; p-- > 0;) {
		const struct row *row = &matrix->row[matrix->pivot[p].row];
		uint32_t own = matrix->pivot[p].column;
		uint64_t sum = 0;
		for (size_t i = 0; i < row->count; i++)
			if (row->entry[i].column != own)
				sum = subtract(sum, multiply(row->entry[i].value, value[variable[row->entry[i].column]]));
		value[variable[own]] = multiply(sum, invert(find_entry(row, own)->value));
	}
}

/* Room for the entries of every row and the list of every column, as they are before elimination. */
static int share_room(struct matrix *matrix, const struct knowledge *knowledge, const size_t *sum, size_t sums, const uint32_t *at)
{
	size_t terms = 0, listed = 0;
	for (size_t i = 0; i < sums; i++) {
		matrix->row[i].room = knowledge->start[sum[i] + 1] - knowledge->start[sum[i]];
		terms += matrix->row[i].room;
		for (size_t t = knowledge->start[sum[i]]; t < knowledge->start[sum[i] + 1]; t++)
			if (!knowledge_fixed(knowledge, knowledge->term[t].variable))
				matrix->column[at[knowledge->term[t].variable]].room++;
	}
	matrix->entries = malloc((terms + 1) * sizeof *matrix->entries);
	matrix->lists = malloc((terms + 1) * sizeof *matrix->lists);
	if (matrix->entries == NULL || matrix->lists == NULL)
		return -1;
	for (size_t i = 0, from = 0; i < sums; from += matrix->row[i++].room)
		matrix->row[i].entry = matrix->entries + from;
	for (size_t c = 0; c < matrix->columns; listed += matrix->column[c++].room)
		matrix->column[c].row = matrix->lists + listed;
	return 0;
}

static int build(struct matrix *matrix, const struct knowledge *knowledge, const struct clusters *clusters, size_t c, uint32_t *at)
{
	size_t sums = clusters->sum_from[c + 1] - clusters->sum_from[c];
	const size_t *variable = &clusters->variable[clusters->variable_from[c]];
	matrix->columns = clusters->variable_from[c + 1] - clusters->variable_from[c];
	matrix->row = calloc(sums + 1, sizeof *matrix->row);
	matrix->column = calloc(matrix->columns + 1, sizeof *matrix->column);
	matrix->pivot = calloc(sums + 1, sizeof *matrix->pivot);
	matrix->queue = calloc(matrix->columns + 1, sizeof *matrix->queue);
	matrix->heap = calloc(sums + 1, sizeof *matrix->heap);
	matrix->place = calloc(sums + 1, sizeof *matrix->place);
	if (matrix->row == NULL || matrix->column == NULL || matrix->pivot == NULL || matrix->queue == NULL ||
		matrix->heap == NULL || matrix->place == NULL)
		return -1;
	for (size_t i = 0; i < matrix->columns; i++)
		at[variable[i]] = (uint32_t)i;
	if (share_room(matrix, knowledge, &clusters->sum[clusters->sum_from[c]], sums, at) != 0)
		return -1;
	for (size_t i = 0; i < sums; i++)
		if (add_row(matrix, knowledge, clusters->sum[clusters->sum_from[c] + i], at) != 0)
			return -1;
	return 0;
}

static void release(struct matrix *matrix, size_t rows)
{
	for (size_t r = 0; matrix->row != NULL && r < rows; r++)
		if (matrix->row[r].own)
			free(matrix->row[r].entry);
	for (size_t c = 0; matrix->column != NULL && c < matrix->columns; c++)
		if (matrix->column[c].own)
			free(matrix->column[c].row);
	free(matrix->entries);
	free(matrix->lists);
	free(matrix->row);
	free(matrix->column);
	free(matrix->pivot);
	free(matrix->queue);
	free(matrix->heap);
	free(matrix->place);
	free(matrix->scratch);
}

/* One random solution of the homogeneous equations, cluster by cluster. */
struct drawing {
	const struct knowledge *knowledge;
	struct clusters clusters;
	uint32_t *at; /* column of each variable in the matrix of its cluster */
	uint64_t *value;
};

static int draw_clusters(size_t block, size_t from, size_t to, void *context)
{
	struct drawing *drawing = context;
	const struct clusters *clusters = &drawing->clusters;
	int result = 0;
	(void)block;
	for (size_t c = from; c < to && result == 0; c++) {
		struct matrix matrix = { 0 };
		result = build(&matrix, drawing->knowledge, clusters, c, drawing->at) != 0 || eliminate(&matrix) != 0 ? -1 : 0;
		if (result == 0)
			solve(&matrix, &clusters->variable[clusters->variable_from[c]], drawing->value);
		release(&matrix, clusters->sum_from[c + 1] - clusters->sum_from[c]);
	}
	return result;
}

static int draw(const struct knowledge *knowledge, uint64_t *value, struct error *error)
{
	struct arena *arena = arena_new(error);
	struct drawing drawing = { .knowledge = knowledge, .value = value };
	drawing.at = arena == NULL ? NULL : arena_take(arena, knowledge->variables, sizeof *drawing.at, error);
	int result = drawing.at == NULL || clusters_find(knowledge, true, CLUSTER, &drawing.clusters, arena, error) != 0 ? -1 : 0;
	if (result == 0 && value == NULL)
		result = error_set(error, EXIT_IO, "memory is out");
	if (result == 0) {
		const struct parallel_job job = { .count = drawing.clusters.count, .block = 1, .work = draw_clusters, .context = &drawing };
		for (size_t v = 0; v < knowledge->variables; v++)
			value[v] = random_of(v);
		if (parallel_run(&job, NULL) != 0)
			result = error_set(error, EXIT_IO, "memory is out");
	}
	arena_free(arena);
	return result;
}

int knowledge_determined(const struct knowledge *knowledge, bool *determined, struct error *error)
{
	uint64_t *value = calloc(knowledge->variables + 1, sizeof *value);
	int result = draw(knowledge, value, error);
	for (size_t v = 0; result == 0 && v < knowledge->variables; v++)
		determined[v] = knowledge->low[v] == knowledge->high[v] || value[v] == 0;
	free(value);
	return result;
}

int knowledge_multiples(const struct knowledge *knowledge, size_t one, int64_t most, int64_t *multiple, struct error *error)
{
	uint64_t *value = calloc(knowledge->variables + 1, sizeof *value);
	int result = draw(knowledge, value, error);
	for (size_t v = 0; result == 0 && v < knowledge->variables; v++) {
		uint64_t times = 0;
		multiple[v] = 0;
		for (int64_t m = 1; m <= most && multiple[v] == 0; m++) {
			times = subtract(times, subtract(0, value[one])); /* one more of it */
			multiple[v] = value[v] == times && v != one ? m : 0;
		}
	}
	free(value);
	return result;
}
