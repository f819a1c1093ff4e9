/* The persons of all sources: keys numbered in their order, and the texts of column files ranked. */
#include <stdlib.h>
#include <string.h>

#include "stages/link/identity.h"
#include "stages/link/linking.h"

static const char *const source_files[SOURCES] = { "fk", "af", "kommun", "region", "sus", "enkat_svar" };
static const uint8_t source_bits[SOURCES] = { IN_FK, IN_AF, IN_KOM, IN_REG, IN_SUS, IN_ENKAT };

int linking_open(struct column_file **file, const struct linking *linking, const char *name)
{
	const char *path = run_input(linking->run, FILE_PERSONS, name, linking->arena, linking->error);
	return path == NULL ? -1 : column_open(file, path, linking->error);
}

int linking_create(struct column_writer **writer, const struct linking *linking, const char *name,
	const struct column *columns, size_t count)
{
	const char *path = run_output(linking->run, FILE_PERSONS, name, linking->arena, linking->error);
	return path == NULL ? -1 : column_create(writer, path, columns, count, linking->error);
}

/* A key that differs by source where the sources do not share their keys; sus and enkat share theirs. */
static struct key own_key(struct key key, enum source source, bool shared)
{
	if (!shared)
		key.low ^= UINT64_C(0x9E3779B97F4A7C15) * (source >= SOURCE_SUS ? SOURCE_SUS : source);
	return key;
}

/* Numbers of a source's rows in the order of first sight; COLUMN_NONE_U32 where the pid is missing. */
static int number_rows(struct linking *linking, enum source source, struct identity *identity, size_t *rows)
{
	struct column_file *file = NULL;
	size_t column;
	int result = -1;
	if (linking_open(&file, linking, source_files[source]) != 0 ||
		column_find(file, "pid", COLUMN_KEY, &column, linking->error) != 0)
		goto done;
	*rows = column_rows(file);
	uint32_t *number = arena_take(linking->arena, *rows, sizeof *number, linking->error);
	if (number == NULL)
		goto done;
	for (size_t block = 0, row = 0; block < column_blocks(file); block++) {
		const struct key *key = column_values(file, column, block);
		for (size_t i = 0; i < column_block_rows(file, block); i++, row++) {
			number[row] = COLUMN_NONE_U32;
			if ((key[i].high | key[i].low) != 0 &&
				identity_add(identity, own_key(key[i], source, linking->settings->gemensam_nyckel), &number[row],
					linking->error) != 0)
				goto done;
		}
	}
	linking->person[source] = number;
	result = 0;
done:
	column_close(file);
	return result;
}

/* From numbers of first sight to persons in the order of their keys; notes who is in which source. */
static int rank_rows(struct linking *linking, const struct identity *identity, const size_t rows[SOURCES])
{
	struct arena *arena = arena_new(linking->error);
	int result = -1;
	if (arena == NULL)
		return -1;
	const uint32_t *rank = identity_ranks(identity, arena, linking->error);
	uint8_t *presence = arena_take(arena, identity_count(identity), 1, linking->error);
	if (rank == NULL || presence == NULL)
		goto done;
	linking->persons = identity_count(identity);
	for (size_t source = 0; source < SOURCES; source++)
		for (size_t row = 0; row < rows[source]; row++) {
			uint32_t *number = &linking->person[source][row];
			if (*number == COLUMN_NONE_U32)
				continue;
			*number = rank[*number];
			presence[*number] |= source_bits[source];
		}
	for (size_t i = 0; i < linking->persons; i++)
		linking->validation.presence[presence[i]]++;
	linking->validation.persons = linking->persons;
	result = 0;
done:
	arena_free(arena);
	return result;
}

int persons_number(struct linking *linking)
{
	size_t rows[SOURCES] = { 0 };
	struct identity *identity = identity_new(linking->error);
	int result = identity == NULL ? -1 : 0;
	for (enum source source = SOURCE_FK; source < SOURCES && result == 0; source++)
		result = number_rows(linking, source, identity, &rows[source]);
	if (result == 0)
		result = rank_rows(linking, identity, rows);
	identity_free(identity);
	if (result == 0) {
		linking->kallor = arena_take(linking->arena, linking->persons, 1, linking->error);
		result = linking->kallor == NULL ? -1 : 0;
	}
	return result;
}

struct ranked {
	const char *text;
	uint32_t index;
};

static int compare_ranked(const void *a, const void *b)
{
	return strcmp(((const struct ranked *)a)->text, ((const struct ranked *)b)->text);
}

int ranking_make(struct ranking *ranking, const struct column_file *file, struct arena *arena, struct error *error)
{
	size_t count = column_texts(file);
	struct ranked *ranked = calloc(count + 1, sizeof *ranked);
	uint32_t *rank = arena_take(arena, count, sizeof *rank, error);
	const char **text = arena_take(arena, count, sizeof *text, error);
	int result = -1;
	if (ranked == NULL || rank == NULL || text == NULL) {
		if (ranked == NULL)
			(void)error_set(error, EXIT_IO, "out of memory for texts");
		goto done;
	}
	for (size_t i = 0; i < count; i++)
		ranked[i] = (struct ranked){ column_text(file, (uint32_t)i), (uint32_t)i };
	qsort(ranked, count, sizeof *ranked, compare_ranked);
	for (size_t i = 0; i < count; i++) {
		rank[ranked[i].index] = (uint32_t)i;
		text[i] = arena_text(arena, ranked[i].text, strlen(ranked[i].text), error);
		if (text[i] == NULL)
			goto done;
	}
	*ranking = (struct ranking){ .count = count, .rank = rank, .text = text };
	result = 0;
done:
	free(ranked);
	return result;
}
