/* Codes, groups of them and how they cut one another: see codes.h. */
#include "stages/audit/file/codes.h"

#include <string.h>

static size_t hash_name(const char *name, size_t length)
{
	uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)name[i]) * UINT64_C(1099511628211);
	return (size_t)(hash ^ (hash >> 32));
}

static size_t find_slot(const struct codes *codes, const char *name, size_t length)
{
	size_t at = hash_name(name, length) & (codes->slots - 1);
	while (codes->slot[at] != CODES_NONE && (strncmp(codes->code[codes->slot[at]].name, name, length) != 0 ||
						       codes->code[codes->slot[at]].name[length] != '\0'))
		at = (at + 1) & (codes->slots - 1);
	return at;
}

static int grow_slots(struct codes *codes, struct error *error)
{
	size_t slots = codes->slots == 0 ? 64 : 2 * codes->slots;
	uint32_t *slot = arena_take(codes->arena, slots, sizeof *slot, error);
	if (slot == NULL)
		return -1;
	memset(slot, 0xFF, slots * sizeof *slot);
	codes->slot = slot;
	codes->slots = slots;
	for (uint32_t c = 0; c < codes->count; c++)
		slot[find_slot(codes, codes->code[c].name, strlen(codes->code[c].name))] = c;
	return 0;
}

int codes_begin(struct codes *codes, const char *dimension, struct arena *arena, struct error *error)
{
	*codes = (struct codes){ .arena = arena, .dimension = dimension };
	return codes_add(codes, "TOTAL", 5, error) == CODES_NONE ? -1 : 0;
}

uint32_t codes_add(struct codes *codes, const char *name, size_t length, struct error *error)
{
	if (codes->count * 2 >= codes->slots && grow_slots(codes, error) != 0)
		return CODES_NONE;
	size_t at = find_slot(codes, name, length);
	if (codes->slot[at] != CODES_NONE)
		return codes->slot[at];
	struct code *code = arena_grow(codes->arena, codes->code, codes->count, codes->count + 1, &codes->room, sizeof *code, error);
	char *copy = arena_text(codes->arena, name, length, error);
	if (code == NULL || copy == NULL)
		return CODES_NONE;
	codes->code = code;
	code[codes->count] = (struct code){ .name = copy };
	codes->slot[at] = (uint32_t)codes->count;
	return (uint32_t)codes->count++;
}

int codes_nest(struct codes *codes, uint32_t parent, uint32_t child, struct error *error)
{
	struct code *code = &codes->code[parent];
	for (size_t i = 0; i < code->children; i++)
		if (code->child[i] == child)
			return 0;
	uint32_t *grown = arena_grow(codes->arena, code->child, code->children, code->children + 1, &code->child_room,
		sizeof *grown, error);
	if (grown == NULL)
		return -1;
	code->child = grown;
	grown[code->children++] = child;
	codes->code[child].has_parent = parent != CODES_TOTAL;
	return 0;
}

static size_t count_leaves(const struct codes *codes, const uint64_t *leaf)
{
	size_t count = 0;
	for (size_t w = 0; w < codes->words; w++)
		for (uint64_t bits = leaf[w]; bits != 0; bits &= bits - 1)
			count++;
	return count;
}

static uint64_t *empty_set(const struct codes *codes, struct error *error)
{
	return arena_take(codes->arena, codes->words, sizeof(uint64_t), error);
}

/* The set of a group, after those of its children. `depth` bounds a group that holds itself. */
static int find_set(struct codes *codes, uint32_t c, size_t depth, struct error *error)
{
	struct code *code = &codes->code[c];
	if (code->leaf != NULL)
		return 0;
	if (depth > codes->count)
		return error_set(error, EXIT_DATA, "%s: dimension '%s': the group '%s' is a part of itself", codes->hierarchy, codes->dimension, code->name);
	uint64_t *leaf = empty_set(codes, error);
	if (leaf == NULL)
		return -1;
	for (size_t i = 0; i < code->children; i++) {
		if (find_set(codes, code->child[i], depth + 1, error) != 0)
			return -1;
		for (size_t w = 0; w < codes->words; w++)
			leaf[w] |= codes->code[code->child[i]].leaf[w];
	}
	code->leaf = leaf;
	code->leaves = count_leaves(codes, leaf);
	return 0;
}

/* Every code without children, but TOTAL, is a leaf; TOTAL is all of them. */
static int find_leaves(struct codes *codes, struct error *error)
{
	for (uint32_t c = 1; c < codes->count; c++)
		codes->leaves += codes->code[c].children == 0;
	codes->words = codes->leaves / 64 + 1;
	uint64_t *all = empty_set(codes, error);
	if (all == NULL)
		return -1;
	size_t next = 0;
	for (uint32_t c = 1; c < codes->count; c++) {
		struct code *code = &codes->code[c];
		if (code->children > 0)
			continue;
		code->leaf = empty_set(codes, error);
		if (code->leaf == NULL)
			return -1;
		code->leaf[next / 64] = UINT64_C(1) << next % 64;
		all[next / 64] |= code->leaf[next / 64];
		code->leaves = 1;
		next++;
	}
	codes->code[CODES_TOTAL].leaf = all;
	codes->code[CODES_TOTAL].leaves = codes->leaves;
	return 0;
}

static bool overlap(const struct codes *codes, const uint64_t *a, const uint64_t *b)
{
	for (size_t w = 0; w < codes->words; w++)
		if ((a[w] & b[w]) != 0)
			return true;
	return false;
}

bool codes_within(const struct codes *codes, uint32_t part, uint32_t whole)
{
	for (size_t w = 0; w < codes->words; w++)
		if ((codes->code[part].leaf[w] & ~codes->code[whole].leaf[w]) != 0)
			return false;
	return true;
}

/* Whether `part` can stand in a partition of `whole`: of TOTAL the groups on top, of a group its children. */
static bool may_part(const struct codes *codes, uint32_t part, uint32_t whole)
{
	const struct code *code = &codes->code[whole];
	if (part == whole || codes->code[part].children == 0 || codes->code[part].leaves >= code->leaves ||
		codes->code[part].same != part)
		return false;
	bool child = whole == CODES_TOTAL && !codes->code[part].has_parent;
	for (size_t i = 0; i < code->children && !child; i++)
		child = code->child[i] == part;
	return child;
}

/* A partition of `whole`: the group `first` and what fits beside it, then the leaves that are left. `used` marks the groups. */
static int add_partition(struct codes *codes, uint32_t whole, uint32_t first, bool *used, struct error *error)
{
	struct code *code = &codes->code[whole];
	uint64_t *covered = empty_set(codes, error);
	uint32_t *part = arena_take(codes->arena, code->leaves, sizeof *part, error);
	struct partition *partition = arena_take(codes->arena, code->partitions + 1, sizeof *partition, error);
	if (covered == NULL || part == NULL || partition == NULL)
		return -1;
	size_t parts = 0;
	for (int leaves = 0; leaves < 2; leaves++)
		for (uint32_t c = leaves ? 1 : first; c < codes->count; c++) {
			const struct code *candidate = &codes->code[c];
			bool fits = leaves ? candidate->children == 0 && codes_within(codes, c, whole) : may_part(codes, c, whole);
			if (!fits || overlap(codes, candidate->leaf, covered))
				continue;
			for (size_t w = 0; w < codes->words; w++)
				covered[w] |= candidate->leaf[w];
			used[c] = true;
			part[parts++] = c;
		}
	if (code->partitions > 0)
		memcpy(partition, code->partition, code->partitions * sizeof *partition);
	partition[code->partitions++] = (struct partition){ parts, part };
	code->partition = partition;
	return 0;
}

#define PARTITIONS 4 /* of one code that are tried */

static int find_partitions(struct codes *codes, uint32_t whole, struct error *error)
{
	bool *used = arena_take(codes->arena, codes->count, sizeof *used, error);
	if (used == NULL)
		return -1;
	for (uint32_t c = 1; c < codes->count && codes->code[whole].partitions + 1 < PARTITIONS; c++)
		if (!used[c] && may_part(codes, c, whole) && add_partition(codes, whole, c, used, error) != 0)
			return -1;
	return add_partition(codes, whole, (uint32_t)codes->count, used, error); /* of leaves alone */
}

int codes_finish(struct codes *codes, struct error *error)
{
	if (find_leaves(codes, error) != 0)
		return -1;
	for (uint32_t c = 0; c < codes->count; c++)
		if (find_set(codes, c, 0, error) != 0)
			return -1;
	for (uint32_t c = 0; c < codes->count; c++)
		for (codes->code[c].same = 0; codes->code[c].same < c; codes->code[c].same++) {
			const struct code *earlier = &codes->code[codes->code[c].same];
			if (earlier->leaves == codes->code[c].leaves &&
				memcmp(earlier->leaf, codes->code[c].leaf, codes->words * sizeof(uint64_t)) == 0)
				break;
		}
	for (uint32_t c = 0; c < codes->count; c++)
		if (codes->code[c].leaves > 1 && codes->code[c].same == c && find_partitions(codes, c, error) != 0)
			return -1;
	return 0;
}
