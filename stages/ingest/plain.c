/* Rows of plain lines: see plain.h. Each loop runs over one column; values of eight bytes or fewer are read as one number. */
#include "stages/ingest/plain.h"

#include "pipeline/base/date.h"
#include "pipeline/base/hash.h"

enum { DATE_BYTES = 10, MONTH_BYTES = 7, NUMBER_BYTES = 8 };

/* A column being read: the field of a line, and where its value goes. */
struct reader {
	const struct csv_lines *lines;
	size_t column;             /* LAYOUT_ABSENT: the file has none */
	const struct field *field;
	size_t index;              /* of the field */
	const struct reading *reading;
	uint8_t *unsure;
};

/* ---- digits ---- */

static const uint64_t zeros = UINT64_C(0x3030303030303030);

/* Whether all eight bytes are digits. */
static inline bool are_digits(uint64_t bytes)
{
	const uint64_t high = UINT64_C(0xF0F0F0F0F0F0F0F0);
	return (bytes & high) == zeros && ((bytes + UINT64_C(0x0606060606060606)) & high) == zeros;
}

/* The number that 1 … 8 digits write; false when they are none. */
static inline bool read_digits(struct csv_field field, uint32_t *number)
{
	if (field.length - 1 >= NUMBER_BYTES)
		return false;
	unsigned bits = 4 * (unsigned)field.length; /* half of them: a shift by 64 is not defined */
	uint64_t bytes = csv_lines_eight(field);
	bytes = field.length == NUMBER_BYTES ? bytes : bytes << (64 - 2 * bits);
	bytes |= zeros >> bits >> bits; /* zeros before the first digit */
	if (!are_digits(bytes))
		return false;
	const uint64_t low = UINT64_C(0x000000FF000000FF);
	bytes -= zeros;
	bytes = bytes * 10 + (bytes >> 8); /* pairs, then fours, then all */
	*number = (uint32_t)(((bytes & low) * UINT64_C(0x000F424000000064) + ((bytes >> 16) & low) * UINT64_C(0x0000271000000001)) >> 32);
	return true;
}

/* Year and month of "YYYY-MM…", the last byte of the eight being left out. */
static inline bool read_year_and_month(uint64_t bytes, int *year, int *month)
{
	const uint64_t dash = UINT64_C(0xFF) << 32, last = UINT64_C(0xFF) << 56;
	if ((bytes & dash) != (uint64_t)'-' << 32)
		return false;
	bytes = (bytes & ~(dash | last)) | (zeros & (dash | last));
	if (!are_digits(bytes))
		return false;
	bytes -= zeros;
	*year = (int)(1000 * (bytes & 15) + 100 * (bytes >> 8 & 15) + 10 * (bytes >> 16 & 15) + (bytes >> 24 & 15));
	*month = (int)(10 * (bytes >> 40 & 15) + (bytes >> 48 & 15));
	return *month >= 1 && *month <= 12 && *year >= LAYOUT_FIRST_YEAR && *year < LAYOUT_END_YEAR;
}

/* ---- kinds of values: true when the value holds ---- */

static inline bool read_month(struct csv_field field, int32_t *value)
{
	int year, month;
	if (field.length != MONTH_BYTES || !read_year_and_month(csv_lines_eight(field), &year, &month))
		return false;
	*value = date_month(year, month);
	return true;
}

static inline bool read_date(const struct reading *reading, struct csv_field field, int32_t *value)
{
	int year, month;
	const char *text = field.text;
	if (field.length != DATE_BYTES || text[7] != '-' || !read_year_and_month(csv_lines_eight(field), &year, &month))
		return false;
	unsigned tens = (unsigned)(text[8] - '0'), ones = (unsigned)(text[9] - '0');
	int32_t day = (int32_t)(10 * tens + ones);
	const int32_t *first = &reading->first_day[12 * (year - LAYOUT_FIRST_YEAR) + month - 1];
	*value = first[0] + day - 1;
	return tens <= 9 && ones <= 9 && day >= 1 && *value < first[1];
}

static inline bool read_amount(struct csv_field field, int64_t *ore)
{
	uint32_t kronor, rest = 0;
	if (field.length > 3 && (field.text[field.length - 3] == '.' || field.text[field.length - 3] == ',')) {
		if (!read_digits((struct csv_field){ field.text + field.length - 2, 2 }, &rest))
			return false;
		field.length -= 3;
	}
	if (!read_digits(field, &kronor))
		return false;
	*ore = 100 * (int64_t)kronor + rest;
	return true;
}

static bool is_allowed(const struct field *field, uint32_t number)
{
	bool allowed = false;
	for (size_t i = 0; i < field->allowed_count && !allowed; i++)
		allowed = field->allowed[i] >= 0 && number == (uint32_t)field->allowed[i];
	return allowed;
}

/* The whole numbers n, none negative, for which n ÷ parts lies in the field's range: what row.c asks of each value, asked once. */
struct bounds {
	int64_t least, most;
};

static struct bounds bounds_of(const struct field *field, double parts)
{
	const double all = 1e15; /* more than is read here */
	double least = field->minimum * parts, most = field->maximum * parts;
	struct bounds bounds = { least < 1 ? 0 : least < all ? (int64_t)least - 1 : (int64_t)all,
		most < 0 ? -1 : most < all ? (int64_t)most + 1 : (int64_t)all };
	while ((double)bounds.least < all && (double)bounds.least / parts < field->minimum) /* a step or two: the product was rounded */
		bounds.least++;
	while (bounds.most >= 0 && (double)bounds.most / parts > field->maximum)
		bounds.most--;
	return bounds;
}

/* ---- columns ----
   What a loop asks for in each row it has at hand: a byte of `unsure` that is written might be any of it, as far as a compiler knows. */

/* Hashes pids: as many as there are lanes at once where they are of one length, as a source's mostly are. */
static void hash_pids(const struct reader *reader, struct key *key)
{
	const char *text[HASH_LANES];
	size_t waiting = 0, length = 0, rows = reader->lines->rows;
	for (size_t row = 0; row < rows; row++) {
		struct csv_field field = csv_lines_field(reader->lines, row, reader->column);
		if (waiting > 0 && field.length != length) {
			for (size_t i = 0; i < waiting; i++)
				key[row - waiting + i] = hash_key(text[i], length);
			waiting = 0;
		}
		text[waiting++] = field.text;
		length = field.length;
		if (waiting == HASH_LANES) {
			hash_keys(text, length, &key[row + 1 - HASH_LANES]);
			waiting = 0;
		}
	}
	for (size_t i = 0; i < waiting; i++)
		key[rows - waiting + i] = hash_key(text[i], length);
}

static void read_pids(const struct reader *reader, struct key *key)
{
	const struct csv_lines lines = *reader->lines;
	uint8_t *unsure = reader->unsure;
	hash_pids(reader, key);
	pattern_class_column(&reader->reading->class[reader->index], reader->lines, reader->column, reader->unsure);
	for (size_t row = 0; row < lines.rows; row++) /* whatever the pattern lets through */
		unsure[row] |= csv_lines_field(&lines, row, reader->column).length == 0;
}

static void read_codes(const struct reader *reader, uint16_t *code)
{
	const struct csv_lines lines = *reader->lines;
	uint8_t *unsure = reader->unsure;
	const bool required = reader->field->required;
	code_table_column(reader->reading->codes[reader->index], reader->lines, reader->column, code);
	for (size_t row = 0; row < lines.rows; row++)
		if (code[row] == CODE_NONE)
			unsure[row] |= required || csv_lines_field(&lines, row, reader->column).length > 0;
}

/* Days or months: what is missing is so by `none`. */
static void read_days(const struct reader *reader, int32_t none, int32_t *value)
{
	const struct csv_lines lines = *reader->lines;
	const struct reading *reading = reader->reading;
	uint8_t *unsure = reader->unsure;
	const bool months = reader->field->kind == FIELD_MONTH, required = reader->field->required;
	for (size_t row = 0; row < lines.rows; row++) {
		struct csv_field field = csv_lines_field(&lines, row, reader->column);
		value[row] = none;
		bool right = field.length == 0 ? !required
			: months ? read_month(field, &value[row]) : read_date(reading, field, &value[row]);
		unsure[row] |= !right;
	}
}

static void read_integers(const struct reader *reader, int32_t *value)
{
	const struct csv_lines lines = *reader->lines;
	const struct field *field = reader->field;
	uint8_t *unsure = reader->unsure;
	const struct bounds bounds = bounds_of(field, 1);
	const bool required = field->required, listed = field->allowed_count > 0;
	const size_t digits = field->digits > 0 ? (size_t)field->digits : 0;
	for (size_t row = 0; row < lines.rows; row++) {
		struct csv_field text = csv_lines_field(&lines, row, reader->column);
		uint32_t number = 0;
		value[row] = COLUMN_NONE_I32;
		bool right = text.length == 0 ? !required
			: read_digits(text, &number) && number >= bounds.least && number <= bounds.most && (!listed || is_allowed(field, number)) &&
				(digits == 0 || text.length == digits);
		if (text.length > 0)
			value[row] = (int32_t)number;
		unsure[row] |= !right;
	}
}

/* Integers that are codes, too: those that are in their list. */
static void check_codes(const struct reader *reader)
{
	const struct csv_lines lines = *reader->lines;
	const struct code_table *codes = reader->reading->codes[reader->index];
	uint8_t *unsure = reader->unsure;
	for (size_t row = 0; row < lines.rows; row++) {
		struct csv_field field = csv_lines_field(&lines, row, reader->column);
		if (field.length > 0)
			unsure[row] |= code_table_find(codes, field.text, field.length) == CODE_NONE;
	}
}

static void read_amounts(const struct reader *reader, int64_t *ore)
{
	const struct csv_lines lines = *reader->lines;
	uint8_t *unsure = reader->unsure;
	const struct bounds bounds = bounds_of(reader->field, 100);
	const bool required = reader->field->required;
	for (size_t row = 0; row < lines.rows; row++) {
		struct csv_field field = csv_lines_field(&lines, row, reader->column);
		ore[row] = COLUMN_NONE_I64;
		bool right = field.length == 0 ? !required
			: read_amount(field, &ore[row]) && ore[row] >= bounds.least && ore[row] <= bounds.most;
		unsure[row] |= !right;
	}
}

/* A column that the file lacks: missing in every row. Only fields that need not be there. */
static void read_nothing(const struct reader *reader, int32_t none, enum column_type type, void *values)
{
	for (size_t row = 0; row < reader->lines->rows; row++)
		if (type == COLUMN_U16)
			((uint16_t *)values)[row] = CODE_NONE;
		else if (type == COLUMN_I32)
			((int32_t *)values)[row] = none;
		else if (type == COLUMN_I64)
			((int64_t *)values)[row] = COLUMN_NONE_I64;
		else
			reader->unsure[row] = 1;
}

static void read_column(const struct reader *reader, void *values)
{
	const struct field *field = reader->field;
	int32_t none = field->may_be_ongoing ? DATE_ONGOING : COLUMN_NONE_I32;
	if (reader->column == LAYOUT_ABSENT)
		read_nothing(reader, none, schema_column_type(field->kind), values);
	else if (field->kind == FIELD_PID)
		read_pids(reader, values);
	else if (field->kind == FIELD_CODE)
		read_codes(reader, values);
	else if (field->kind == FIELD_DATE || field->kind == FIELD_MONTH)
		read_days(reader, none, values);
	else if (field->kind == FIELD_INTEGER)
		read_integers(reader, values);
	else
		read_amounts(reader, values);
	if (field->kind == FIELD_INTEGER && field->codes != NULL && reader->column != LAYOUT_ABSENT)
		check_codes(reader);
}

/* ---- all of them ---- */

static bool knows_field(const struct field *field)
{
	bool kind = field->kind == FIELD_CODE || field->kind == FIELD_DATE || field->kind == FIELD_MONTH ||
		field->kind == FIELD_INTEGER || field->kind == FIELD_AMOUNT;
	struct pattern_class class;
	if (field->kind == FIELD_PID)
		return field->required && field->pattern != NULL && pattern_class_of(field->pattern, &class);
	if (field->kind == FIELD_TEXT)
		return !field->required && field->pattern == NULL && !field->is_insats;
	return kind && field->pattern == NULL;
}

bool plain_takes(const struct extract *extract)
{
	size_t texts = 0;
	for (size_t i = 0; i < extract->fields; i++) {
		texts += extract->field[i].kind == FIELD_TEXT;
		if (!knows_field(&extract->field[i]))
			return false;
	}
	for (size_t i = 0; i < extract->rules; i++) {
		const struct extract_rule *rule = &extract->rule[i];
		if (rule->kind == RULE_NEEDS || rule->kind == RULE_REGISTERED || (rule->kind == RULE_NOT_BEFORE && rule->year != EXTRACT_NO_FIELD))
			return false;
	}
	return texts <= 1; /* the numbers of texts follow from the order of rows, then of fields */
}

void plain_read(const struct csv_lines *lines, const struct reading *reading, const struct layout *layout, struct column_batch *rows,
	uint8_t *unsure)
{
	const struct extract *extract = reading->extract;
	for (size_t i = 0; i < extract->fields; i++) {
		const struct reader reader = { .lines = lines, .column = layout->column[i], .field = &extract->field[i], .index = i,
			.reading = reading, .unsure = unsure };
		if (extract->field[i].kind != FIELD_TEXT)
			read_column(&reader, (char *)rows->values[i] + rows->rows * column_size(rows->type[i]));
	}
	for (size_t i = 0; i < extract->rules; i++) {
		const struct extract_rule *rule = &extract->rule[i];
		if (rule->kind != RULE_NOT_BEFORE)
			continue;
		const int32_t *end = (const int32_t *)rows->values[rule->field] + rows->rows;
		const int32_t *start = (const int32_t *)rows->values[rule->other] + rows->rows;
		for (size_t row = 0; row < lines->rows; row++)
			unsure[row] |= end[row] < start[row]; /* a missing end is the least number: row.c knows */
	}
}
