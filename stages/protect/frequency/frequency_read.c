/* Reading persons and groups of codes: see frequency.h. */
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/number.h"
#include "pipeline/table/csv/csv.h"
#include "stages/protect/frequency/frequency.h"

#define CLASSES_MOST ((size_t)20000000)

/* A list of texts without doubles, found by a hash index. */
struct names {
	struct arena *arena;
	size_t count, room, slots;
	const char **name;
	uint32_t *slot;
};

static uint64_t hash_text(const char *text, size_t length)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)text[i]) * UINT64_C(1099511628211);
	return hash ^ hash >> 31;
}

/* The slot of the text: that which holds it, or the free one where it belongs. */
static size_t slot_of(const struct names *names, const char *text, size_t length)
{
	size_t at = hash_text(text, length) & (names->slots - 1);
	for (; names->slot[at] != 0; at = (at + 1) & (names->slots - 1)) {
		const char *name = names->name[names->slot[at] - 1];
		if (strncmp(name, text, length) == 0 && name[length] == '\0')
			break;
	}
	return at;
}

static int grow_slots(struct names *names, struct error *error)
{
	names->slots = names->slots == 0 ? 64 : names->slots * 2;
	names->slot = arena_take(names->arena, names->slots, sizeof *names->slot, error);
	for (size_t i = 0; names->slot != NULL && i < names->count; i++)
		names->slot[slot_of(names, names->name[i], strlen(names->name[i]))] = (uint32_t)i + 1;
	return names->slot == NULL ? -1 : 0;
}

/* Position of the text, added when it is new; SIZE_MAX with the error set when memory is out. */
static size_t add_name(struct names *names, const char *text, size_t length, struct error *error)
{
	if (names->count * 2 >= names->slots && grow_slots(names, error) != 0)
		return SIZE_MAX;
	size_t at = slot_of(names, text, length);
	if (names->slot[at] != 0)
		return names->slot[at] - 1;
	const char **name = arena_grow(names->arena, names->name, names->count, names->count + 1, &names->room, sizeof *name, error);
	char *copy = arena_text(names->arena, text, length, error);
	if (name == NULL || copy == NULL)
		return SIZE_MAX;
	names->name = name;
	name[names->count] = copy;
	names->slot[at] = (uint32_t)++names->count;
	return names->count - 1;
}

/* The persons' file while it is read: positions of names as they came. */
struct persons {
	struct frequency *frequency;
	struct error *error;
	const char *path;
	size_t column[REQUEST_DIMENSIONS], freq;
	struct names names[REQUEST_DIMENSIONS]; /* leaves, then groups */
	size_t leaves[REQUEST_DIMENSIONS];
	size_t rows, row_room;
	uint32_t *key; /* rows × dimensions */
	size_t count_room;
	int64_t *count;
};

static bool is_text(const struct csv_field *field, const char *text)
{
	return field->length == strlen(text) && memcmp(field->text, text, field->length) == 0;
}

static int take_header(void *context, const struct csv_record *record)
{
	struct persons *persons = context;
	const struct request *request = persons->frequency->request;
	persons->freq = SIZE_MAX;
	for (size_t d = 0; d < request->dimensions; d++)
		persons->column[d] = SIZE_MAX;
	bool counted = false;
	for (size_t f = 0; f < record->fields; f++)
		counted = counted || is_text(&record->field[f], "freq");
	if (!counted)
		return error_set(persons->error, EXIT_DATA, "%s:1: no column 'freq', the number of persons of a row", persons->path);
	for (size_t f = 0; f < record->fields; f++) {
		size_t *column = is_text(&record->field[f], "freq") ? &persons->freq : NULL;
		for (size_t d = 0; d < request->dimensions; d++)
			if (is_text(&record->field[f], request->dimension[d]))
				column = &persons->column[d];
		if (column == NULL || *column != SIZE_MAX)
			return error_set(persons->error, EXIT_DATA, "%s:1: column %zu, '%.*s', %s", persons->path, f + 1, (int)record->field[f].length,
				record->field[f].text, column == NULL ? "is no dimension of the tables" : "stands twice");
		*column = f;
	}
	for (size_t d = 0; d < request->dimensions; d++)
		if (persons->column[d] == SIZE_MAX)
			return error_set(persons->error, EXIT_DATA, "%s:1: no column '%s'", persons->path, request->dimension[d]);
	return 0;
}

static int take_person(void *context, const struct csv_record *record)
{
	struct persons *persons = context;
	const struct request *request = persons->frequency->request;
	const struct csv_field *freq = &record->field[persons->freq];
	size_t width = request->dimensions;
	struct arena *arena = persons->frequency->arena;
	uint32_t *key = arena_grow(arena, persons->key, persons->rows * width, (persons->rows + 1) * width, &persons->row_room, sizeof *key, persons->error);
	int64_t *count = arena_grow(arena, persons->count, persons->rows, persons->rows + 1, &persons->count_room, sizeof *count, persons->error);
	if (key == NULL || count == NULL)
		return -1;
	persons->key = key;
	persons->count = count;
	if (!number_read_integer(freq->text, freq->length, &count[persons->rows]) || count[persons->rows] < 0 || count[persons->rows] > INT64_C(1000000000))
		return error_set(persons->error, EXIT_DATA, "%s:%llu: column 'freq': not a count from 0 to 1000000000", persons->path, (unsigned long long)record->line);
	for (size_t d = 0; d < width; d++) {
		const struct csv_field *field = &record->field[persons->column[d]];
		if (field->length == 0 || is_text(field, FREQUENCY_TOTAL))
			return error_set(persons->error, EXIT_DATA, "%s:%llu: column '%s': empty, or TOTAL, which is no class", persons->path, (unsigned long long)record->line, request->dimension[d]);
		size_t name = add_name(&persons->names[d], field->text, field->length, persons->error);
		if (name == SIZE_MAX)
			return -1;
		key[persons->rows * width + d] = (uint32_t)name;
	}
	persons->rows++;
	return 0;
}

/* Calls `begin` for the header of a file and `take` for every record behind it. */
static int read_csv(void *context, const char *path, int (*begin)(void *, const struct csv_record *),
	int (*take)(void *, const struct csv_record *), struct error *error)
{
	static const struct csv_options options = { 0 };
	struct csv *csv;
	struct csv_record record;
	if (csv_open(&csv, path, path, &options, error) != 0)
		return -1;
	int more = csv_next(csv, &record, error), result = more < 0 ? -1 : 0;
	if (more == 0)
		result = error_set(error, EXIT_DATA, "%s: empty, without a header", path);
	else if (more > 0)
		result = begin(context, &record);
	while (result == 0 && (more = csv_next(csv, &record, error)) > 0)
		result = take(context, &record);
	csv_close(csv);
	return more < 0 ? -1 : result;
}

/* Groups ------------------------------------------------------------------ */

struct link {
	uint32_t parent, child; /* positions in the dimension's names */
};

struct groups {
	struct persons *persons;
	const char *path;
	size_t links[REQUEST_DIMENSIONS], room[REQUEST_DIMENSIONS];
	struct link *link[REQUEST_DIMENSIONS];
};

static int take_group_header(void *context, const struct csv_record *record)
{
	const struct groups *groups = context;
	if (record->fields == 3 && is_text(&record->field[0], "dim") && is_text(&record->field[1], "parent") && is_text(&record->field[2], "child"))
		return 0;
	return error_set(groups->persons->error, EXIT_DATA, "%s:1: the columns are dim,parent,child", groups->path);
}

static int take_link(void *context, const struct csv_record *record)
{
	struct groups *groups = context;
	struct persons *persons = groups->persons;
	struct error *error = persons->error;
	const struct request *request = persons->frequency->request;
	const char *path = groups->path;
	size_t d = 0;
	while (d < request->dimensions && !is_text(&record->field[0], request->dimension[d]))
		d++;
	if (d == request->dimensions || record->field[1].length == 0 || record->field[2].length == 0)
		return error_set(error, EXIT_DATA, "%s:%llu: an unknown dimension or an empty code", path, (unsigned long long)record->line);
	if (is_text(&record->field[1], FREQUENCY_TOTAL))
		return 0; /* TOTAL holds every class already */
	if (is_text(&record->field[2], FREQUENCY_TOTAL))
		return error_set(error, EXIT_DATA, "%s:%llu: TOTAL is no part of a group", path, (unsigned long long)record->line);
	struct link *link = arena_grow(persons->frequency->arena, groups->link[d], groups->links[d], groups->links[d] + 1, &groups->room[d], sizeof *link, error);
	size_t parent = add_name(&persons->names[d], record->field[1].text, record->field[1].length, error);
	size_t child = add_name(&persons->names[d], record->field[2].text, record->field[2].length, error);
	if (link == NULL || parent == SIZE_MAX || child == SIZE_MAX)
		return -1;
	if (parent < persons->leaves[d])
		return error_set(error, EXIT_DATA, "%s:%llu: the group '%s' is a class of the persons' file", path, (unsigned long long)record->line, persons->names[d].name[parent]);
	groups->link[d] = link;
	link[groups->links[d]++] = (struct link){ (uint32_t)parent, (uint32_t)child };
	return 0;
}

/* Marks the leaves of every group, from the links, until nothing is added; more rounds than groups would mean nothing new. */
static void close_groups(const struct groups *groups, size_t d, bool *holds)
{
	size_t leaves = groups->persons->leaves[d];
	for (bool again = true; again;) {
		again = false;
		for (size_t l = 0; l < groups->links[d]; l++) {
			const struct link *link = &groups->link[d][l];
			for (size_t leaf = 0; leaf < leaves; leaf++) {
				bool in = link->child < leaves ? leaf == link->child : holds[link->child * leaves + leaf];
				again = again || (in && !holds[link->parent * leaves + leaf]);
				holds[link->parent * leaves + leaf] = holds[link->parent * leaves + leaf] || in;
			}
		}
	}
}

/* Refuses a group that holds itself: round by round those are settled that hold only what is settled. */
static int refuse_circles(const struct groups *groups, size_t d, struct error *error)
{
	const struct names *names = &groups->persons->names[d];
	bool *held = arena_take(names->arena, names->count, 1, error), *settled = arena_take(names->arena, names->count, 1, error);
	if (held == NULL || settled == NULL)
		return -1;
	for (size_t before = SIZE_MAX, open = names->count; open < before;) {
		before = open;
		open = 0;
		memset(held, 0, names->count);
		for (size_t l = 0; l < groups->links[d]; l++)
			held[groups->link[d][l].parent] = held[groups->link[d][l].parent] || !settled[groups->link[d][l].child];
		for (size_t n = 0; n < names->count; n++) {
			settled[n] = !held[n];
			open += held[n];
		}
	}
	for (size_t n = 0; n < names->count; n++)
		if (held[n])
			return error_set(error, EXIT_DATA, "%s: the group '%s' holds itself, or a group that does", groups->path, names->name[n]);
	return 0;
}

/* Codes in order ------------------------------------------------------------ */

struct sorted {
	const char *name;
	uint32_t place;
};

static int by_name(const void *left, const void *right)
{
	return strcmp(((const struct sorted *)left)->name, ((const struct sorted *)right)->name);
}

static struct sorted *sort_names(const struct names *names, size_t first, size_t end, struct error *error)
{
	struct sorted *sorted = arena_take(names->arena, end - first, sizeof *sorted, error);
	for (size_t i = first; sorted != NULL && i < end; i++)
		sorted[i - first] = (struct sorted){ names->name[i], (uint32_t)i };
	if (sorted != NULL)
		qsort(sorted, end - first, sizeof *sorted, by_name);
	return sorted;
}

/* The dimension's codes from its names; `place` tells where each leaf of the file now stands. */
static int order_codes(const struct groups *groups, size_t d, uint32_t *place, struct error *error)
{
	const struct persons *persons = groups->persons;
	const struct names *names = &persons->names[d];
	struct arena *arena = names->arena;
	struct frequency_dimension *dimension = &persons->frequency->dimension[d];
	size_t leaves = dimension->leaves = persons->leaves[d], all = names->count;
	bool *holds = arena_take(arena, all * leaves, 1, error);
	struct sorted *leaf = sort_names(names, 0, leaves, error), *code = sort_names(names, 0, all, error);
	dimension->leaf = arena_take(arena, leaves, sizeof *dimension->leaf, error);
	dimension->code = arena_take(arena, all + 1, sizeof *dimension->code, error);
	dimension->first = arena_take(arena, all + 2, sizeof *dimension->first, error);
	if (holds == NULL || leaf == NULL || code == NULL || dimension->leaf == NULL || dimension->code == NULL || dimension->first == NULL ||
		refuse_circles(groups, d, error) != 0)
		return -1;
	for (size_t i = 0; i < leaves; i++) {
		dimension->leaf[i] = leaf[i].name;
		place[leaf[i].place] = (uint32_t)i;
		holds[i * leaves + i] = true;
	}
	close_groups(groups, d, holds);
	size_t members = leaves;
	for (size_t i = 0; i < all * leaves; i++)
		members += holds[i];
	dimension->member = arena_take(arena, members, sizeof *dimension->member, error);
	if (dimension->member == NULL)
		return -1;
	size_t at = 0;
	for (size_t c = 0; c <= all; c++) {
		dimension->code[c] = c < all ? code[c].name : FREQUENCY_TOTAL;
		dimension->first[c] = at;
		for (size_t i = 0; i < leaves; i++)
			if (c == all || holds[code[c].place * leaves + leaf[i].place])
				dimension->member[at++] = (uint32_t)i;
	}
	dimension->first[all + 1] = at;
	dimension->codes = all + 1;
	return 0;
}

static int count_classes(struct persons *persons, uint32_t *const *place, struct error *error)
{
	struct frequency *frequency = persons->frequency;
	size_t width = frequency->request->dimensions;
	frequency->classes = 1;
	for (size_t d = 0; d < width; d++) {
		if (frequency->classes > CLASSES_MOST / (frequency->dimension[d].leaves + 1))
			return error_set(error, EXIT_DATA, "%s: more than %zu combinations of classes", persons->path, CLASSES_MOST);
		frequency->classes *= frequency->dimension[d].leaves;
	}
	frequency->count = arena_take(frequency->arena, frequency->classes, sizeof *frequency->count, error);
	if (frequency->count == NULL)
		return -1;
	for (size_t row = 0; row < persons->rows; row++) {
		size_t at = 0;
		for (size_t d = 0; d < width; d++)
			at = at * frequency->dimension[d].leaves + place[d][persons->key[row * width + d]];
		frequency->count[at] += persons->count[row];
	}
	return 0;
}

int frequency_read(struct frequency *frequency, const struct request *request, const char *persons_path, const char *groups_path,
	struct arena *arena, struct error *error)
{
	*frequency = (struct frequency){ .arena = arena, .request = request };
	struct persons persons = { .frequency = frequency, .error = error, .path = persons_path };
	struct groups groups = { .persons = &persons, .path = groups_path };
	uint32_t *place[REQUEST_DIMENSIONS] = { NULL };
	for (size_t d = 0; d < request->dimensions; d++)
		persons.names[d].arena = arena;
	if (read_csv(&persons, persons_path, take_header, take_person, error) != 0)
		return -1;
	for (size_t d = 0; d < request->dimensions; d++)
		persons.leaves[d] = persons.names[d].count;
	if (groups_path != NULL && read_csv(&groups, groups_path, take_group_header, take_link, error) != 0)
		return -1;
	for (size_t d = 0; d < request->dimensions; d++) {
		place[d] = arena_take(arena, persons.leaves[d], sizeof *place[d], error);
		if (place[d] == NULL || order_codes(&groups, d, place[d], error) != 0)
			return -1;
	}
	return count_classes(&persons, place, error);
}
