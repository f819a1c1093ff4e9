/* Cubes packed, as stages exchange those that nobody else reads: see cube.h.

   A head, then the codes of each dimension in order, then a column a dimension of the rows' codes by number, as narrow as they fit, and a
   column a measure: a byte of status a row, and the value of each published cell. What is withheld or missing has no value in the file.
   The head holds a checksum of all else. Native byte order: a file is read on the machine that wrote it. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pipeline/base/checksum.h"
#include "pipeline/base/text.h"
#include "pipeline/table/cube/cube_index.h"

static const char magic[8] = "FSCUBE1";
#define EARLIER 4U /* in a status byte, beside enum cell_status */

struct head {
	char magic[sizeof magic];
	uint64_t rows, lines, bytes; /* `bytes` behind the head */
	uint64_t sum;                /* of the head with 0 here and all behind it */
};

bool cube_is_packed(const char *path)
{
	return text_ends(path, ".cube");
}

static uint64_t sum_of(struct head head, const char *bytes)
{
	struct checksum checksum;
	head.sum = 0;
	checksum_begin(&checksum);
	checksum_add(&checksum, &head, sizeof head);
	checksum_add(&checksum, bytes, head.bytes);
	return checksum_value(&checksum);
}

/* Bytes that a number of a code takes when there are so many. */
static size_t width_of(size_t codes)
{
	return codes <= UINT8_MAX + 1U ? 1 : codes <= UINT16_MAX + 1U ? 2 : 4;
}

/* ---- writing ---- */

struct packing {
	const struct cube *cube;
	const uint32_t *row; /* the rows that are kept */
	size_t rows;
	struct text text;
	struct arena *arena;
	struct error *error;
};

static int put_text(struct packing *packing, const char *bytes)
{
	uint32_t length = (uint32_t)strlen(bytes);
	return text_add(&packing->text, (const char *)&length, sizeof length, packing->error) != 0 ||
			text_add(&packing->text, bytes, length, packing->error) != 0 ? -1 : 0;
}

/* The codes that occur in the rows, and the column of their numbers. */
static int put_dimension(struct packing *packing, size_t d)
{
	const struct cube_codes *codes = &packing->cube->codes[d];
	size_t dimensions = packing->cube->table->dimensions;
	uint32_t *number = arena_take(packing->arena, codes->count, sizeof *number, packing->error), used = 0;
	if (number == NULL)
		return -1;
	for (size_t i = 0; i < packing->rows; i++)
		number[packing->cube->key[packing->row[i] * dimensions + d]] = 1;
	for (size_t c = 0; c < codes->count; c++)
		used += number[c];
	if (text_add(&packing->text, (const char *)&used, sizeof used, packing->error) != 0)
		return -1;
	for (size_t c = 0, next = 0; c < codes->count; c++)
		if (number[c] == 1) {
			number[c] = (uint32_t)next++;
			if (put_text(packing, codes->code[c]) != 0)
				return -1;
		}
	size_t width = width_of(used);
	char *column = arena_take(packing->arena, packing->rows, width, packing->error);
	for (size_t i = 0; column != NULL && i < packing->rows; i++)
		for (size_t b = 0; b < width; b++)
			column[i * width + b] = (char)(number[packing->cube->key[packing->row[i] * dimensions + d]] >> 8 * b);
	return column == NULL ? -1 : text_add(&packing->text, column, packing->rows * width, packing->error);
}

static int put_measure(struct packing *packing, size_t m)
{
	bool texts = measure_holds_text(packing->cube->table->measure[m].kind);
	unsigned char *status = arena_take(packing->arena, packing->rows, 1, packing->error);
	double *number = arena_take(packing->arena, packing->rows, sizeof *number, packing->error);
	size_t numbers = 0;
	if (status == NULL || number == NULL)
		return -1;
	for (size_t i = 0; i < packing->rows; i++) {
		const struct cell *cell = cube_cell(packing->cube, packing->row[i], m);
		status[i] = (unsigned char)(cell->status | (cell->status == CELL_PUBLISHED && cell->earlier ? EARLIER : 0));
		if (cell->status == CELL_PUBLISHED)
			number[numbers++] = cell->number;
	}
	if (text_add(&packing->text, (const char *)status, packing->rows, packing->error) != 0 ||
		(!texts && text_add(&packing->text, (const char *)number, numbers * sizeof *number, packing->error) != 0))
		return -1;
	for (size_t i = 0; texts && i < packing->rows; i++) {
		const struct cell *cell = cube_cell(packing->cube, packing->row[i], m);
		if (cell->status == CELL_PUBLISHED && put_text(packing, cell->text) != 0)
			return -1;
	}
	return 0;
}

static int pack(struct packing *packing, const char *path)
{
	const struct table *table = packing->cube->table;
	struct head head = { .rows = packing->rows, .lines = packing->rows * table->measures };
	memcpy(head.magic, magic, sizeof magic);
	if (text_add(&packing->text, (const char *)&head, sizeof head, packing->error) != 0 || put_text(packing, table->name) != 0)
		return -1;
	for (size_t d = 0; d < table->dimensions; d++)
		if (put_dimension(packing, d) != 0)
			return -1;
	for (size_t m = 0; m < table->measures; m++)
		if (put_measure(packing, m) != 0)
			return -1;
	head.bytes = packing->text.length - sizeof head;
	head.sum = sum_of(head, packing->text.bytes + sizeof head);
	memcpy(packing->text.bytes, &head, sizeof head);
	return text_save(&packing->text, path, packing->error);
}

int cube_pack(const struct cube *cube, const uint32_t *row, size_t rows, const char *path, struct error *error)
{
	struct arena *arena = arena_new(error);
	struct packing packing = { .cube = cube, .row = row, .rows = rows, .text = { .arena = arena }, .arena = arena, .error = error };
	int result = arena == NULL ? -1 : pack(&packing, path);
	arena_free(arena);
	return result;
}

/* ---- reading ---- */

struct unpacking {
	struct cube *cube;
	const char *path, *at, *end;
	struct error *error;
};

static int damaged(const char *path, struct error *error)
{
	return error_set(error, EXIT_IO, "%s: it is damaged or not of this program", path);
}

/* The next `count` × `size` bytes; NULL with the error set when there are not so many. */
static const char *take(struct unpacking *unpacking, size_t count, size_t size)
{
	const char *bytes = unpacking->at;
	size_t left = (size_t)(unpacking->end - bytes);
	if (size > 0 && count > left / size) {
		(void)damaged(unpacking->path, unpacking->error);
		return NULL;
	}
	unpacking->at += count * size;
	return bytes;
}

static const char *take_text(struct unpacking *unpacking, size_t *length)
{
	uint32_t count;
	const char *bytes = take(unpacking, 1, sizeof count);
	if (bytes == NULL)
		return NULL;
	memcpy(&count, bytes, sizeof count);
	*length = count;
	return take(unpacking, count, 1);
}

static int take_dimension(struct unpacking *unpacking, size_t d)
{
	struct cube *cube = unpacking->cube;
	size_t dimensions = cube->table->dimensions, length;
	uint32_t codes, number = 0;
	const char *bytes = take(unpacking, 1, sizeof codes);
	if (bytes == NULL)
		return -1;
	memcpy(&codes, bytes, sizeof codes);
	for (uint32_t c = 0; c < codes; c++) {
		const char *code = take_text(unpacking, &length);
		number = code == NULL ? UINT32_MAX : cube_code_of_length(cube, d, code, length, unpacking->error);
		if (number != c)
			return unpacking->error->count > 0 ? -1 : damaged(unpacking->path, unpacking->error);
	}
	size_t width = width_of(codes);
	const char *column = take(unpacking, cube->rows, width);
	for (size_t row = 0; column != NULL && row < cube->rows; row++) {
		number = 0;
		for (size_t b = 0; b < width; b++)
			number |= (uint32_t)(unsigned char)column[row * width + b] << 8 * b;
		if (number >= codes)
			return damaged(unpacking->path, unpacking->error);
		cube->key[row * dimensions + d] = number;
	}
	return column == NULL ? -1 : 0;
}

static int take_value(struct unpacking *unpacking, struct cell *cell, bool texts)
{
	size_t length;
	const char *bytes = texts ? take_text(unpacking, &length) : take(unpacking, 1, sizeof cell->number);
	if (bytes == NULL)
		return -1;
	if (texts)
		cell->text = arena_text(unpacking->cube->arena, bytes, length, unpacking->error);
	else
		memcpy(&cell->number, bytes, sizeof cell->number);
	return texts && cell->text == NULL ? -1 : 0;
}

static int take_measure(struct unpacking *unpacking, size_t m)
{
	struct cube *cube = unpacking->cube;
	bool texts = measure_holds_text(cube->table->measure[m].kind);
	const char *status = take(unpacking, cube->rows, 1);
	if (status == NULL)
		return -1;
	for (size_t row = 0; row < cube->rows; row++) {
		struct cell cell = { .earlier = ((unsigned char)status[row] & EARLIER) != 0, .text = texts ? "" : NULL };
		unsigned of = (unsigned char)status[row] & ~EARLIER;
		if (of > CELL_MISSING)
			return damaged(unpacking->path, unpacking->error);
		cell.status = (enum cell_status)of;
		if (cell.status == CELL_PUBLISHED && take_value(unpacking, &cell, texts) != 0)
			return -1;
		*cube_cell(cube, row, m) = cell;
	}
	return 0;
}

static int unpack(struct unpacking *unpacking, const struct head *head)
{
	struct cube *cube = unpacking->cube;
	const struct table *table = cube->table;
	size_t length = 0;
	const char *name = take_text(unpacking, &length);
	if (name == NULL || !text_equal(name, length, table->name) || head->rows > head->bytes + 1)
		return unpacking->error->count > 0 ? -1 : damaged(unpacking->path, unpacking->error);
	if (cube_reserve(cube, head->rows, unpacking->error) != 0)
		return -1;
	cube->rows = head->rows;
	for (size_t d = 0; d < table->dimensions; d++)
		if (take_dimension(unpacking, d) != 0)
			return -1;
	for (size_t m = 0; m < table->measures; m++)
		if (take_measure(unpacking, m) != 0)
			return -1;
	return unpacking->at == unpacking->end ? cube_index_appended(cube, unpacking->error) : damaged(unpacking->path, unpacking->error);
}

/* Reads `count` bytes; false when there are fewer. */
static bool read_all(int file, void *bytes, size_t count)
{
	size_t got = 0;
	for (ssize_t some = 1; some > 0 && got < count; got += some > 0 ? (size_t)some : 0)
		some = read(file, (char *)bytes + got, count - got);
	return got == count;
}

/* Opens the file and reads its head; -1 with the error set. */
static int open_packed(const char *path, struct head *head, struct error *error)
{
	struct stat state;
	int file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	if (file < 0)
		return error_system(error, errno, "%s: cannot be opened", path);
	if (fstat(file, &state) == 0 && S_ISREG(state.st_mode) && read_all(file, head, sizeof *head) &&
		memcmp(head->magic, magic, sizeof magic) == 0 && (uint64_t)state.st_size - sizeof *head == head->bytes)
		return file;
	(void)close(file);
	return damaged(path, error);
}

int cube_unpack(struct cube *cube, const char *path, struct error *error)
{
	struct head head;
	int file = open_packed(path, &head, error), result = -1;
	char *bytes = file < 0 ? NULL : malloc(head.bytes + 1);
	if (file >= 0 && bytes == NULL)
		(void)error_set(error, EXIT_IO, "%s: no memory to read it", path);
	if (bytes == NULL)
		goto end;
	if (!read_all(file, bytes, head.bytes) || sum_of(head, bytes) != head.sum) {
		(void)damaged(path, error);
		goto end;
	}
	struct unpacking unpacking = { .cube = cube, .path = path, .at = bytes, .end = bytes + head.bytes, .error = error };
	result = unpack(&unpacking, &head);
end:
	free(bytes);
	if (file >= 0)
		(void)close(file);
	return result;
}

int cube_packed_lines(const char *path, unsigned long long *lines, struct error *error)
{
	struct head head;
	int file = open_packed(path, &head, error);
	if (file < 0)
		return -1;
	(void)close(file);
	*lines = head.lines;
	return 0;
}
