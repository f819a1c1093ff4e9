/* Column files without some rows: see column_leave_out.h. */
#include "pipeline/table/column/column_leave_out.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static int copy_value(struct column_writer *writer, const struct column_file *file, enum column_type type, size_t i, size_t row,
	struct error *error)
{
	const char *value = (const char *)column_values(file, i, row / COLUMN_BLOCK) + row % COLUMN_BLOCK * column_size(type);
	union {
		uint8_t u8;
		uint16_t u16;
		int32_t i32;
		uint32_t u32;
		int64_t i64;
		uint64_t u64;
		double f64;
		struct key key;
	} any;
	memcpy(&any, value, column_size(type));
	switch (type) {
	case COLUMN_U8:
		column_put_u8(writer, i, any.u8);
		break;
	case COLUMN_U16:
		column_put_u16(writer, i, any.u16);
		break;
	case COLUMN_I32:
		column_put_i32(writer, i, any.i32);
		break;
	case COLUMN_U32:
		column_put_u32(writer, i, any.u32);
		break;
	case COLUMN_I64:
		column_put_i64(writer, i, any.i64);
		break;
	case COLUMN_U64:
		column_put_u64(writer, i, any.u64);
		break;
	case COLUMN_F64:
		column_put_f64(writer, i, any.f64);
		break;
	case COLUMN_KEY:
		column_put_key(writer, i, any.key);
		break;
	case COLUMN_TEXT: {
		const char *text = column_text(file, any.u32);
		return column_put_text(writer, i, text, strlen(text), error);
	}
	}
	return 0;
}

static int copy_rows(struct column_writer *writer, const struct column_file *file, const struct column *columns, size_t count,
	const bool *out, struct error *error)
{
	for (size_t row = 0; row < column_rows(file); row++) {
		if (out[row])
			continue;
		for (size_t i = 0; i < count; i++)
			if (copy_value(writer, file, columns[i].type, i, row, error) != 0)
				return -1;
		if (column_end_row(writer, error) != 0)
			return -1;
	}
	return 0;
}

int column_leave_out(const char *path, const struct column *columns, size_t count, const bool *out, struct error *error)
{
	struct column_file *file = NULL;
	struct column_writer *writer = NULL;
	int result = column_open(&file, path, error);
	for (size_t i = 0; i < count && result == 0; i++) {
		size_t at = i;
		result = column_find(file, columns[i].name, columns[i].type, &at, error);
		if (result == 0 && at != i)
			result = error_set(error, EXIT_BUG, "%s: column '%s' stands elsewhere", path, columns[i].name);
	}
	if (result == 0 && unlink(path) != 0)
		result = error_system(error, errno, "%s: cannot be removed", path);
	if (result == 0)
		result = column_create(&writer, path, columns, count, error);
	if (result == 0)
		result = copy_rows(writer, file, columns, count, out, error);
	if (column_finish(writer, error) != 0)
		result = -1;
	column_close(file);
	return result;
}
