/* Column files: one table of typed columns, written once, read through memory mapping. What stages before `protect`
   exchange about persons; such a file never leaves internal/.

   Layout: a header of 4096 bytes; blocks of COLUMN_BLOCK rows (the last may be shorter) in which each column's values
   stand together, each array at a multiple of 64 bytes; then a directory (rows, a checksum of the values, column names
   and types) and the texts of text columns. The header is written last and holds a checksum of directory and texts: a
   file that was not finished, was cut short or whose frame is damaged cannot be opened. Whether its values are those that
   were written, column_digest tells. Native byte order: a file
   is read on the machine that wrote it. */
#ifndef FINSAMSTAT_TABLE_COLUMN_H
#define FINSAMSTAT_TABLE_COLUMN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipeline/base/arena.h"
#include "pipeline/base/error.h"
#include "pipeline/base/hash.h"

#define COLUMN_BLOCK ((size_t)1 << 16)
#define COLUMN_NAME 60 /* room for a column's name with its NUL */

enum column_type {
	COLUMN_U8,
	COLUMN_U16,
	COLUMN_I32,  /* also days, months */
	COLUMN_U32,
	COLUMN_I64,  /* also öre */
	COLUMN_U64,  /* bit masks */
	COLUMN_F64,
	COLUMN_KEY,  /* struct key */
	COLUMN_TEXT  /* uint32_t index into the file's texts; index 0 is the empty text */
};

struct column {
	const char *name;
	enum column_type type;
};

/* Missing values, by type: what an empty field becomes. A text is missing when its index is 0. */
#define COLUMN_NONE_U8 UINT8_MAX
#define COLUMN_NONE_U16 UINT16_MAX
#define COLUMN_NONE_I32 INT32_MIN
#define COLUMN_NONE_U32 UINT32_MAX
#define COLUMN_NONE_I64 INT64_MIN
/* F64: NAN */

/* Bytes of one value of the type. */
size_t column_size(enum column_type type);

struct column_writer;

/* Creates the file, which must not exist (O_EXCL, O_NOFOLLOW, mode 0600 whatever the umask), with `count` columns.
   -1 with the error set and *writer NULL: EXIT_IO when it cannot be created, EXIT_BUG when a name is empty or too
   long. Holds one block of every column in memory. */
int column_create(struct column_writer **writer, const char *path, const struct column *columns, size_t count,
	struct error *error);

/* Sets the value of one column (by its position) in the row being made; the type must be the column's. A put that
   does not fit is ignored and reported by the next column_end_row or column_finish (EXIT_BUG). */
void column_put_u8(struct column_writer *writer, size_t column, uint8_t value);
void column_put_u16(struct column_writer *writer, size_t column, uint16_t value);
void column_put_i32(struct column_writer *writer, size_t column, int32_t value);
void column_put_u32(struct column_writer *writer, size_t column, uint32_t value);
void column_put_i64(struct column_writer *writer, size_t column, int64_t value);
void column_put_u64(struct column_writer *writer, size_t column, uint64_t value);
void column_put_f64(struct column_writer *writer, size_t column, double value);
void column_put_key(struct column_writer *writer, size_t column, struct key value);
/* A text of `length` bytes without NUL; equal texts share an index, given in the order of first use. -1 with the
   error set when memory is out. */
int column_put_text(struct column_writer *writer, size_t column, const char *text, size_t length,
	struct error *error);

/* Ends the row. Values not set in it are 0 or missing text. -1 with the error set when a full block cannot be
   written. After a fault only column_finish may follow. */
int column_end_row(struct column_writer *writer, struct error *error);

/* Writes what is left, syncs nothing, closes; a row that was not ended is dropped. -1 with the error set when that
   fails, and -1 without a further message when a fault was reported before; the file then has no header and cannot
   be opened. Frees the writer in any case; NULL is harmless and gives 0. */
int column_finish(struct column_writer *writer, struct error *error);

struct column_file;

/* Maps the file. -1 with the error set and *file NULL (EXIT_IO with the reason) when it is missing, a link, cut
   short, damaged or not a column file. Several threads may read one open file. */
int column_open(struct column_file **file, const char *path, struct error *error);

/* column_close(NULL) is harmless. */
void column_close(struct column_file *file);

/* Rows of the file, blocks they stand in (0 for a file without rows), and rows of one block: COLUMN_BLOCK but in
   the last; 0 behind it. */
size_t column_rows(const struct column_file *file);
size_t column_blocks(const struct column_file *file);
size_t column_block_rows(const struct column_file *file, size_t block);

/* A digest of all that the file holds, COLUMN_DIGEST − 1 hexadecimal digits: of the values as its writer reckoned it or, `anew`, as they
   stand in the file now, which takes as long as reading them; the two are equal unless the file was damaged. It tells any
   change by chance, but not one made by somebody who means it to be unnoticed. */
#define COLUMN_DIGEST 49
void column_digest(const struct column_file *file, bool anew, char text[COLUMN_DIGEST]);

/* Position of a column by name and type. -1 with the error set (EXIT_BUG) when the file lacks it. */
int column_find(const struct column_file *file, const char *name, enum column_type type, size_t *column,
	struct error *error);

/* The values of one column in one block: column_block_rows values of the column's type, at a multiple of 64 bytes.
   NULL for a column or block that is not there. */
const void *column_values(const struct column_file *file, size_t column, size_t block);

/* Lets go of the memory that reading a block has taken, of all its columns; read again, it comes from the file. */
void column_forget(const struct column_file *file, size_t block);

/* Number of texts (index 0 is ""), and one of them, NUL-terminated, valid until column_close; "" for an index that
   is not there. */
size_t column_texts(const struct column_file *file);
const char *column_text(const struct column_file *file, uint32_t index);

/* The whole column as one array in the arena (row i at index i): for tables that fit in memory. NULL with the error
   set when the column is missing or memory is out. */
void *column_load(const struct column_file *file, const char *name, enum column_type type, struct arena *arena,
	struct error *error);

#endif
