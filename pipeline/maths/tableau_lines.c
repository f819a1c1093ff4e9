/* Lines of a tableau: their pieces and where they stand: see tableau_inside.h. */
#include <math.h>
#include <string.h>

#include "pipeline/base/processor.h"
#include "pipeline/maths/tableau_inside.h"

#define NEARLY 1e-7 /* values that differ less are the same */
#define EQUAL 1e-9  /* likewise costs */

PROCESSOR_ANY void add_any(double *restrict to, const double *restrict from, double times, size_t columns)
{
	for (size_t j = 0; j < columns; j++)
		to[j] += times * from[j];
}

#if PROCESSOR_CHOICE
PROCESSOR_AVX2 static void add_avx2(double *restrict to, const double *restrict from, double times, size_t columns)
{
	add_any(to, from, times, columns);
}
#endif

void tableau_add(double *to, const double *from, double times, size_t columns)
{
#if PROCESSOR_CHOICE
	if (processor_has_avx2()) {
		add_avx2(to, from, times, columns);
		return;
	}
#endif
	add_any(to, from, times, columns);
}

static double near(double bound)
{
	return bound > TABLEAU_FAR ? TABLEAU_FAR : bound < -TABLEAU_FAR ? -TABLEAU_FAR : bound;
}

static void begin_line(struct tableau_line *line)
{
	line->pieces = 0;
	line->point[0] = 0;
}

/* Adds what a variable or a sum may be to its line: pieces stand in the order of their slopes. */
static void add_piece(struct tableau_line *line, const struct tableau_bounds *bounds, double sign)
{
	double low = near(bounds->low), high = near(bounds->high < bounds->low ? bounds->low : bounds->high), slope = sign * bounds->cost;
	double length = high - low;
	line->point[0] += sign > 0 ? low : -high;
	for (size_t p = 1; p <= line->pieces; p++)
		line->point[p] += sign > 0 ? low : -high;
	if (length <= 0)
		return;
	size_t at = line->pieces++;
	for (; at > 0 && line->slope[at - 1] > slope; at--) {
		line->slope[at] = line->slope[at - 1];
		line->point[at + 1] = line->point[at] + length;
	}
	line->slope[at] = slope;
	line->point[at + 1] = line->point[at] + length;
}

static void end_line(struct tableau_line *line)
{
	if (line->pieces > 0)
		return;
	line->pieces = 1;
	line->slope[0] = 0;
	line->point[1] = line->point[0];
}

void tableau_set_lines(struct tableau *tableau, const struct tableau_bounds *sum, const struct tableau_bounds *variable)
{
	for (size_t l = 0; l < tableau->columns; l++)
		begin_line(&tableau->line[l]);
	for (size_t v = 0; v < tableau->variables; v++)
		add_piece(&tableau->line[tableau->member[v].line], &variable[v], tableau->member[v].sign);
	for (size_t s = 0; s < tableau->sums; s++) {
		begin_line(&tableau->line[tableau->columns + s]);
		add_piece(&tableau->line[tableau->columns + s], &(struct tableau_bounds){ sum[s].low, sum[s].high, 0 }, 1);
	}
	for (size_t l = 0; l < tableau->columns + tableau->sums; l++)
		end_line(&tableau->line[l]);
}

void tableau_read_values(const struct tableau *tableau, const struct tableau_bounds *variable, double *value)
{
	for (size_t v = 0; v < tableau->variables;) {
		size_t end = v;
		const struct tableau_line *line = &tableau->line[tableau->member[v].line];
		for (; end < tableau->variables && tableau->member[end].line == tableau->member[v].line; end++)
			value[end] = tableau->member[end].sign > 0 ? near(variable[end].low) : near(variable[end].high < variable[end].low ? variable[end].low : variable[end].high);
		double rest = line->value - line->point[0];
		bool used[TABLEAU_PIECES] = { false };
		for (size_t taken = v; taken < end; taken++) {
			size_t next = SIZE_MAX;
			for (size_t m = v; m < end; m++)
				if (!used[m - v] && (next == SIZE_MAX || tableau->member[m].sign * variable[m].cost < tableau->member[next].sign * variable[next].cost))
					next = m;
			used[next - v] = true;
			double length = near(variable[next].high) - near(variable[next].low), part = rest < length ? rest : length;
			if (part <= 0)
				continue;
			value[next] += tableau->member[next].sign * part;
			rest -= part;
		}
		v = end;
	}
}

/* The piece that holds a value, or the nearest. */
static size_t piece_at(const struct tableau_line *line, double value)
{
	size_t piece = 0;
	while (piece + 1 < line->pieces && value > line->point[piece + 1] - NEARLY)
		piece++;
	return piece;
}

/* Whether a line may stand at its value under these costs: inside a piece or at an end; it then does. */
static bool stays(struct tableau_line *line, double cost)
{
	size_t at = piece_at(line, line->value);
	double value = line->value, low = line->point[at], high = line->point[at + 1];
	bool above = value >= high - NEARLY, inside = value > low + NEARLY && !above;
	if (value < low - NEARLY || value > high + NEARLY)
		return false;
	at += above;
	double left = inside ? line->slope[at] : at == 0 ? -(double)INFINITY : line->slope[at - 1], right = at == line->pieces ? (double)INFINITY : line->slope[at];
	if (left + cost > EQUAL || right + cost < -EQUAL)
		return false;
	line->piece = at;
	line->inside = inside;
	line->value = inside ? value : line->point[at];
	return true;
}

/* Puts a line that is not basic where its costs are met: where it stands or at 0 if they are met there, else at an end. */
static void settle(struct tableau_line *line, double cost)
{
	if (stays(line, cost))
		return;
	line->value = 0;
	if (stays(line, cost))
		return;
	size_t piece = 0;
	while (piece < line->pieces && line->slope[piece] + cost < -EQUAL)
		piece++;
	for (; piece < line->pieces && fabs(line->slope[piece] + cost) <= EQUAL && fabs(line->point[piece + 1]) < fabs(line->point[piece]);)
		piece++; /* ends with the same cost: the nearest to 0 */
	line->piece = piece;
	line->inside = false;
	line->value = line->point[piece];
}

/* The rows' values: few columns are not 0. */
static void find_values(struct tableau *tableau)
{
	size_t filled = 0;
	memset(tableau->value, 0, tableau->sums * sizeof *tableau->value);
	for (size_t j = 0; j < tableau->columns; j++) {
		double value = tableau->line[tableau->column_line[j]].value;
		if (fabs(value) <= 0)
			continue;
		size_t holders = tableau_list_rows(tableau, j, tableau->holder);
		for (size_t h = 0; h < holders; h++)
			tableau->value[tableau->holder[h]] += tableau_row(tableau, tableau->holder[h])[j] * value;
		filled++;
	}
	tableau->touched += tableau->sums * filled + tableau->columns;
}

/* Adds the costs of a row's line to those of columns. */
static void add_costs(struct tableau *tableau, size_t row, double slope)
{
	size_t filled = tableau_list_columns(tableau, row, tableau->filled);
	const double *entry = tableau_row(tableau, row);
	for (size_t k = 0; k < filled; k++)
		tableau->cost[tableau->filled[k]] += slope * entry[tableau->filled[k]];
}

void tableau_start(struct tableau *tableau)
{
	memset(tableau->cost, 0, tableau->columns * sizeof *tableau->cost);
	for (size_t i = 0; i < tableau->sums; i++) {
		struct tableau_line *line = &tableau->line[tableau->row_line[i]];
		bool kept = line->piece < line->pieces && line->value >= line->point[line->piece] - NEARLY && line->value <= line->point[line->piece + 1] + NEARLY;
		line->piece = kept ? line->piece : piece_at(line, line->value);
		double slope = line->slope[line->piece];
		tableau->touched += fabs(slope) > 0 ? tableau->columns / 4 : 1;
		if (fabs(slope) > 0)
			add_costs(tableau, i, slope);
	}
	for (size_t j = 0; j < tableau->columns; j++)
		settle(&tableau->line[tableau->column_line[j]], tableau->cost[j]);
	find_values(tableau);
}

