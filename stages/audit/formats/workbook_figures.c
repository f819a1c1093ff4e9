/* The figures of tabeller.xlsx against data/: see formats.h. The sheet Data lists every figure, table by table in the order of data/;
   a sheet named like a table shows them in another layout. Every number on either must be a printed figure of the table, no oftener
   than data/ has it; so must every number on the other sheets be of some table. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/number.h"
#include "pipeline/base/text.h"
#include "pipeline/maths/ascending.h"
#include "pipeline/table/csv/zip.h"
#include "stages/audit/formats/formats.h"

/* The printed numbers of a table. */
struct printed {
	size_t count;
	double *number;
};

static int compare_numbers(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;
	return left < right ? -1 : left > right;
}

static int gather(const struct formats *formats, const struct published_table *table, struct printed *printed, struct error *error)
{
	size_t cells = table->cube->rows * table->cube->table->measures;
	*printed = (struct printed){ .number = arena_take(formats->arena, cells, sizeof(double), error) };
	if (printed->number == NULL)
		return -1;
	for (size_t i = 0; i < cells; i++) {
		const struct cell *cell = cube_cell(table->cube, i / table->cube->table->measures, i % table->cube->table->measures);
		double number = cell->number;
		if (cell->status == CELL_PUBLISHED && (cell->text == NULL || number_read_full(cell->text, strlen(cell->text), &number)))
			printed->number[printed->count++] = number; /* q01 has figures as texts */
	}
	return 0;
}

/* The sorted numbers `shown` are among the printed ones, each no oftener; zeros may stand for what does not occur. */
static bool among(const struct printed *printed, const double *shown, size_t count)
{
	size_t at = 0;
	for (size_t i = 0; i < count; i++) {
		if (!(shown[i] < 0) && !(shown[i] > 0))
			continue;
		while (at < printed->count && printed->number[at] < shown[i])
			at++;
		if (at == printed->count || printed->number[at] > shown[i])
			return false;
		at++;
	}
	return true;
}

static const struct zip_member *member_named(const struct zip_member *member, size_t members, const char *name)
{
	for (size_t i = 0; i < members; i++)
		if (strcmp(member[i].name, name) == 0)
			return &member[i];
	return NULL;
}

/* The numbers of a sheet: <c …><v>…</v></c> that are no shared string. *count of them. NULL with the error set. */
static double *sheet_numbers(const struct formats *formats, const char *xml, size_t *count, struct error *error)
{
	size_t room = 0;
	double *numbers = NULL;
	*count = 0;
	for (const char *at = xml; (at = strstr(at, "<c ")) != NULL;) {
		const char *end = strchr(at, '>'), *inside = end == NULL ? at : end + 1;
		bool text = false;
		for (const char *in = at; end != NULL && in + 4 < end && !text; in++)
			text = in[0] == ' ' && in[1] == 't' && in[2] == '=' && in[3] == '"';
		if (end == NULL || strncmp(inside, "<f", 2) == 0) { /* a formula would compute what is not printed */
			(void)error_set(error, EXIT_DATA, "%s holds a formula, or is cut off", formats->shown);
			return NULL;
		}
		at = inside;
		if (text || inside[-2] == '/' || strncmp(inside, "<v>", 3) != 0)
			continue;
		size_t length = strcspn(inside + 3, "<");
		numbers = arena_grow(formats->arena, numbers, *count, *count + 1, &room, sizeof *numbers, error);
		char value[NUMBER_TEXT] = "";
		if (numbers == NULL)
			return NULL;
		if (length >= sizeof value || !number_read_full(inside + 3, length, &numbers[*count])) {
			(void)error_set(error, EXIT_DATA, "%s: a number of a sheet cannot be read", formats->shown);
			return NULL;
		}
		++*count;
	}
	if (numbers == NULL)
		numbers = arena_take(formats->arena, 1, sizeof *numbers, error);
	return numbers == NULL || ascending_sort(numbers, *count, formats->arena, error) != 0 ? NULL : numbers;
}

/* The table that a sheet's name names; NULL for another sheet. */
static struct published_table *table_of(struct formats *formats, const char *name, size_t length)
{
	for (size_t t = 0; t < formats->published->own; t++)
		if (text_equal(name, length, formats->published->table[t].cube->table->name))
			return &formats->published->table[t];
	return NULL;
}

/* A workbook being checked. */
struct workbook {
	struct formats *formats;
	struct printed all; /* the numbers of all tables, once they are asked for */
};

static int gather_all(struct workbook *workbook, struct error *error)
{
	struct formats *formats = workbook->formats;
	struct printed *all = &workbook->all, printed;
	size_t room = 0;
	for (size_t t = 0; t < formats->published->own; t++) {
		if (gather(formats, &formats->published->table[t], &printed, error) != 0)
			return -1;
		double *grown = arena_grow(formats->arena, all->number, all->count, all->count + printed.count + 1, &room, sizeof *grown,
			error);
		if (grown == NULL)
			return -1;
		all->number = grown;
		memcpy(&all->number[all->count], printed.number, printed.count * sizeof *grown);
		all->count += printed.count;
	}
	return ascending_sort(all->number, all->count, formats->arena, error);
}

/* Every distinct number of a sheet of several tables is printed in some table. */
static int check_mixed(struct workbook *workbook, const double *shown, size_t count, bool each_once, struct error *error)
{
	struct formats *formats = workbook->formats;
	const struct printed *all = &workbook->all;
	formats->figures += count;
	if (count == 0)
		return 0;
	if (all->number == NULL && gather_all(workbook, error) != 0)
		return -1;
	for (size_t i = 0; !each_once && i < count; i++) {
		bool zero = !(shown[i] < 0) && !(shown[i] > 0);
		if (!zero && (all->count == 0 || bsearch(&shown[i], all->number, all->count, sizeof(double), compare_numbers) == NULL))
			return error_set(error, EXIT_DISCLOSURE, "%s shows a figure that no table of data/ prints; nothing is published",
				formats->shown);
	}
	if (each_once && !among(all, shown, count))
		return error_set(error, EXIT_DISCLOSURE, "%s lists a figure that data/ withholds or gives otherwise; nothing is published",
			formats->shown);
	return 0;
}

static int check_sheet(struct workbook *workbook, const char *name, size_t length, const struct zip_member *sheet, struct error *error)
{
	struct formats *formats = workbook->formats;
	size_t count = 0;
	struct published_table *table = table_of(formats, name, length);
	struct printed printed;
	double *shown = sheet_numbers(formats, sheet->bytes, &count, error);
	if (shown == NULL)
		return -1;
	if (table == NULL)
		return check_mixed(workbook, shown, count, text_equal(name, length, "Data"), error);
	formats->figures += count;
	if (gather(formats, table, &printed, error) != 0 || ascending_sort(printed.number, printed.count, formats->arena, error) != 0)
		return -1;
	return among(&printed, shown, count) ? 0 : formats_differ(formats, table, error);
}

/* The numbers that a chart keeps beside its references to cells. */
static int check_chart(struct workbook *workbook, const struct zip_member *chart, struct error *error)
{
	struct formats *formats = workbook->formats;
	size_t count = 0, room = 0;
	double *numbers = NULL;
	for (const char *cache = chart->bytes; (cache = strstr(cache, "<c:numCache>")) != NULL; cache++) {
		const char *end = strstr(cache, "</c:numCache>");
		for (const char *at = cache; end != NULL && (at = strstr(at, "<c:v>")) != NULL && at < end; at++) {
			char value[NUMBER_TEXT] = "";
			size_t length = strcspn(at + 5, "<");
			numbers = arena_grow(formats->arena, numbers, count, count + 1, &room, sizeof *numbers, error);
			if (numbers == NULL)
				return -1;
			if (length > 0 && (length >= sizeof value || !number_read_full(at + 5, length, &numbers[count])))
				return error_set(error, EXIT_DATA, "%s: a number of a chart cannot be read", formats->shown);
			count += length > 0;
		}
	}
	return check_mixed(workbook, numbers, count, false, error);
}

int formats_workbook(struct formats *formats, struct error *error)
{
	size_t members = 0, number = 0;
	struct workbook workbook = { .formats = formats };
	const struct zip_member *member = zip_read(formats->bytes, formats->length, formats->shown, &members, formats->arena, error);
	const struct zip_member *book = member == NULL ? NULL : member_named(member, members, "xl/workbook.xml");
	if (book == NULL)
		return error->count > 0 ? -1 : error_set(error, EXIT_DATA, "%s is no workbook", formats->shown);
	for (const char *at = book->bytes; (at = strstr(at, "<sheet name=\"")) != NULL; at++) {
		char path[64];
		const char *name = at + strlen("<sheet name=\"");
		(void)snprintf(path, sizeof path, "xl/worksheets/sheet%zu.xml", ++number);
		const struct zip_member *sheet = member_named(member, members, path);
		if (sheet == NULL)
			return error_set(error, EXIT_DATA, "%s lacks its sheet %zu", formats->shown, number);
		if (check_sheet(&workbook, name, strcspn(name, "\""), sheet, error) != 0)
			return -1;
	}
	for (size_t i = 0; i < members; i++)
		if (text_starts(member[i].name, "xl/charts/chart") && check_chart(&workbook, &member[i], error) != 0)
			return -1;
	return 0;
}
