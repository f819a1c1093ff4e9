/* Table files as cube_write makes them, read without a CSV reader: a line is held against the one before it, with which it has most
   codes in common. What is not of that form is left to cube_file.c, which knows what to say of it. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pipeline/base/number.h"
#include "pipeline/base/text.h"
#include "pipeline/table/cube/cube_index.h"

#define BLOCK_BYTES ((size_t)1 << 18) /* and the longest line */
#define BEYOND sizeof(uint64_t)       /* bytes behind a block that may be looked at */

struct plain {
	struct cube *cube;
	size_t row;     /* of the line before; CUBE_NO_ROW before the first */
	size_t measure; /* the next one that the row may have */
	struct dimension_text {
		const char *code; /* of the line before */
		size_t length;
		size_t end;       /* of the code and its comma in that line */
		uint32_t index;
		bool unordered; /* the codes read so far are not in the order of their indices */
	} last[TABLE_DIMENSIONS];
	const char *before; /* the line before, where it stands in the same block; NULL */
	struct error *error; /* set only when memory is out */
};

bool cube_plain_text(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (text[i] == '"' || text[i] == '\r' || text[i] == '\n' || text[i] == '\0')
			return false;
	return text_bad_utf8(text, length) == length;
}

/* Whether the bytes are a code and a comma. */
static bool is_code(const char *at, const char *end, const char *code, size_t length)
{
	return (size_t)(end - at) > length && at[length] == ',' && memcmp(at, code, length) == 0;
}

/* The index of a code that is not that of the line before; UINT32_MAX when memory is out or the code is not plain. Rows are sorted, so
   that it is mostly the next one, or the first. */
static uint32_t other_code(struct plain *plain, size_t d, const char *at, const char *end, size_t *length)
{
	struct cube *cube = plain->cube;
	struct dimension_text *last = &plain->last[d];
	const struct cube_codes *codes = &cube->codes[d];
	for (uint32_t turn = 0; turn < 2 && last->code != NULL; turn++) {
		uint32_t likely = turn == 0 ? last->index + 1 : 0;
		*length = likely < codes->count ? strlen(codes->code[likely]) : 0;
		if (likely < codes->count && is_code(at, end, codes->code[likely], *length))
			return likely;
	}
	const char *comma = memchr(at, ',', (size_t)(end - at));
	*length = comma == NULL ? 0 : (size_t)(comma - at);
	size_t known = codes->count;
	uint32_t index = comma == NULL ? UINT32_MAX : cube_code_of_length(cube, d, at, *length, plain->error);
	if (index == UINT32_MAX || codes->count == known)
		return index;
	if (known > 0 && cube_compare_codes(cube, d, codes->code[known - 1], codes->code[known]) > 0)
		last->unordered = true;
	return cube_plain_text(at, *length) ? index : UINT32_MAX;
}

static bool comes_after(const struct plain *plain, size_t d, uint32_t index)
{
	const struct dimension_text *last = &plain->last[d];
	if (!last->unordered)
		return index > last->index;
	return cube_compare_codes(plain->cube, d, last->code, plain->cube->codes[d].code[index]) < 0;
}

/* The code of dimension d, which ends before a comma; false when it does not follow the line before, or is not plain. *at behind the
   comma. */
static bool take_code(struct plain *plain, size_t d, const char **at, const char *end, bool *changed)
{
	struct dimension_text *last = &plain->last[d];
	if (last->code != NULL && is_code(*at, end, last->code, last->length)) {
		*at += last->length + 1;
		return true;
	}
	size_t length = 0;
	uint32_t index = other_code(plain, d, *at, end, &length);
	if (index == UINT32_MAX || (!*changed && plain->row != CUBE_NO_ROW && !comes_after(plain, d, index)))
		return false;
	*changed = true;
	last->code = plain->cube->codes[d].code[index];
	last->length = length;
	last->index = index;
	*at += length + 1;
	return true;
}

/* How many dimensions a line has in common with the one before, by the bytes that both begin with. */
static size_t common_codes(const struct plain *plain, const char *line, const char *end)
{
	size_t dimensions = plain->cube->table->dimensions, same = 0, d = 0;
	size_t most = plain->before == NULL ? 0 : (size_t)(end - line);
	while (same < most) {
		uint64_t one, other;
		memcpy(&one, plain->before + same, sizeof one);
		memcpy(&other, line + same, sizeof other);
		if (one != other)
			break;
		same += sizeof one;
	}
	while (same < most && plain->before[same] == line[same]) /* in the word that differs */
		same++;
	same = same < most ? same : most;
	while (d < dimensions && plain->last[d].end <= same)
		d++;
	return plain->before == NULL ? 0 : d;
}

static bool take_row(struct plain *plain, const char **at, const char *end)
{
	const char *line = *at;
	size_t dimensions = plain->cube->table->dimensions, same = common_codes(plain, line, end);
	bool changed = false;
	*at += same > 0 ? plain->last[same - 1].end : 0;
	for (size_t d = same; d < dimensions; d++) {
		if (!take_code(plain, d, at, end, &changed))
			return false;
		plain->last[d].end = (size_t)(*at - line);
	}
	plain->before = line;
	if (!changed && plain->row != CUBE_NO_ROW)
		return true;
	uint32_t key[TABLE_DIMENSIONS];
	for (size_t d = 0; d < dimensions; d++)
		key[d] = plain->last[d].index;
	plain->row = cube_append(plain->cube, key, plain->error);
	plain->measure = 0;
	return plain->row != CUBE_NO_ROW;
}

static bool take_measure(struct plain *plain, const char **at, const char *end, size_t *measure)
{
	const struct table *table = plain->cube->table;
	for (size_t m = plain->measure; m < table->measures; m++) {
		size_t length = strlen(table->measure[m].name);
		if ((size_t)(end - *at) > length && (*at)[length] == ',' && memcmp(*at, table->measure[m].name, length) == 0) {
			*measure = m;
			plain->measure = m + 1;
			*at += length + 1;
			return true;
		}
	}
	return false;
}

static bool take_value(struct plain *plain, size_t measure, const char *value, size_t length)
{
	struct cube *cube = plain->cube;
	double number;
	if (!measure_holds_text(cube->table->measure[measure].kind)) {
		if (!number_read_full(value, length, &number))
			return false;
		cube_set(cube, plain->row, measure, number);
		return true;
	}
	const char *text = cube_plain_text(value, length) ? arena_text(cube->arena, value, length, plain->error) : NULL;
	if (text == NULL)
		return false;
	cube_set_text(cube, plain->row, measure, text);
	return true;
}

/* One line without its end. */
static bool take_line(struct plain *plain, const char *at, const char *end)
{
	size_t measure = 0;
	bool earlier = false;
	if (!take_row(plain, &at, end) || !take_measure(plain, &at, end, &measure))
		return false;
	const char *comma = memchr(at, ',', (size_t)(end - at));
	int status = comma == NULL ? -1 : cube_status_of(comma + 1, (size_t)(end - comma) - 1, &earlier);
	if (status < 0 || (status != CELL_PUBLISHED && comma > at))
		return false;
	struct cell *cell = cube_cell(plain->cube, plain->row, measure);
	cell->status = (enum cell_status)status;
	if (status != CELL_PUBLISHED)
		return true;
	if (!take_value(plain, measure, at, (size_t)(comma - at)))
		return false;
	cell->earlier = earlier;
	return true;
}

/* The line of the columns' names. */
static bool is_head(const struct table *table, const char *at, const char *end)
{
	static const char values[] = "matt,varde,status";
	for (size_t d = 0; d < table->dimensions; d++) {
		size_t length = strlen(table->dimension[d].name);
		if ((size_t)(end - at) <= length || memcmp(at, table->dimension[d].name, length) != 0 || at[length] != ',')
			return false;
		at += length + 1;
	}
	return text_equal(at, (size_t)(end - at), values);
}

/* The whole lines of a block; *taken is how many bytes they are. False when one is not plain. */
static bool take_block(struct plain *plain, bool *begun, const char *bytes, size_t length, size_t *taken)
{
	const char *at = bytes, *end = bytes + length, *feed;
	plain->before = NULL;
	while ((feed = memchr(at, '\n', (size_t)(end - at))) != NULL) {
		if (*begun ? !take_line(plain, at, feed) : !is_head(plain->cube->table, at, feed))
			return false;
		*begun = true;
		at = feed + 1;
	}
	*taken = (size_t)(at - bytes);
	return true;
}

/* Room for all rows of a file, by those that its first bytes have given. */
static int make_room(struct cube *cube, int file, size_t bytes, struct error *error)
{
	struct stat state;
	if (bytes == 0 || fstat(file, &state) != 0 || state.st_size <= 0)
		return 0;
	return cube_reserve(cube, (size_t)((double)cube->rows * 1.05 * (double)state.st_size / (double)bytes) + 16, error);
}

static int read_file(struct plain *plain, int file, char *buffer)
{
	size_t used = 0, taken = 0;
	bool begun = false, measured = false;
	for (;;) {
		ssize_t got = read(file, buffer + used, BLOCK_BYTES - used);
		if (got <= 0)
			return got == 0 && used == 0 && begun;
		used += (size_t)got;
		if (!take_block(plain, &begun, buffer, used, &taken))
			return plain->error->count > 0 ? -1 : 0;
		if (taken == 0 && used == BLOCK_BYTES)
			return 0;
		if (!measured && make_room(plain->cube, file, taken, plain->error) != 0)
			return -1;
		measured = true;
		memmove(buffer, buffer + taken, used - taken);
		used -= taken;
	}
}

int cube_read_plain(struct cube *cube, const char *path, struct error *error)
{
	struct plain plain = { .cube = cube, .row = CUBE_NO_ROW, .error = error };
	char *buffer = calloc(BLOCK_BYTES + BEYOND, 1);
	int file = buffer == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);
	int result = file < 0 ? 0 : read_file(&plain, file, buffer);
	if (file >= 0)
		(void)close(file);
	free(buffer);
	return result;
}
