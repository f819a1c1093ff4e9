/* Reading one record: see row.h. */
#include "stages/ingest/row.h"

#include <math.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/base/number.h"
#include "pipeline/base/text.h"
#include "pipeline/table/schema/multi.h"
#include "stages/ingest/row_rules.h"

const char *const reason_codes[REASONS] = { "", "REQUIRED_MISSING", "PID_INVALID", "CODE_UNKNOWN", "KOMMUN_LEADING_ZERO",
	"MULTI_INVALID", "DATE_INVALID", "DATE_PLACEHOLDER", "NUMBER_INVALID", "OUT_OF_RANGE", "END_BEFORE_START",
	"INSATS_UNKNOWN", "TEXT_INVALID", "COMPANION_MISSING", "INSATS_KIND", "NOT_UNIQUE", "HEADER_AGAIN", "TOTAL_ROW" };

/* What is read now. */
struct cell {
	const struct reading *reading;
	const struct field *field;
	size_t index; /* of the field */
	struct csv_field text;
	union value *value;
};

static enum reason wrong(struct row *row, const struct cell *cell, enum reason reason, enum constraint constraint,
	const char *rule)
{
	return row_broken(row, reason, cell->index, cell->field->severity[constraint], rule);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static union value missing(const struct field *field)
{
	union value value = { .key = { 0, 0 } };
	switch (schema_column_type(field->kind)) {
	case COLUMN_U16:
		value.code = CODE_NONE;
		break;
	case COLUMN_I32:
		value.number = field->may_be_ongoing ? DATE_ONGOING : COLUMN_NONE_I32;
		break;
	case COLUMN_I64:
		value.ore = COLUMN_NONE_I64;
		break;
	case COLUMN_F64:
		value.decimal = (double)NAN;
		break;
	case COLUMN_TEXT:
		value.text = (struct csv_field){ "", 0 };
		break;
	case COLUMN_U8:
	case COLUMN_U32:
	case COLUMN_U64:
	case COLUMN_KEY:
		break;
	}
	return value;
}

static bool has_form(const struct cell *cell)
{
	if (cell->reading->is_class[cell->index])
		return pattern_class_matches(&cell->reading->class[cell->index], cell->text.text, cell->text.length);
	return pattern_matches(cell->field->pattern, cell->text.text, cell->text.length);
}

static enum reason read_pid(struct row *row, const struct cell *cell)
{
	cell->value->key = hash_key(cell->text.text, cell->text.length);
	if (cell->field->pattern == NULL || has_form(cell))
		return REASON_NONE;
	return wrong(row, cell, REASON_PID_INVALID, CONSTRAINT_PATTERN, cell->reading->told[cell->index]);
}

/* A kommun of three digits that is one with a zero before it. */
static bool lost_zero(const struct cell *cell)
{
	char four[4] = { '0' };
	if (cell->text.length != 3 || strcmp(cell->field->codes->name, "kommun") != 0)
		return false;
	memcpy(four + 1, cell->text.text, 3);
	return code_table_find(cell->reading->codes[cell->index], four, sizeof four) != CODE_NONE;
}

static enum reason read_code(struct row *row, const struct cell *cell)
{
	cell->value->code = code_table_find(cell->reading->codes[cell->index], cell->text.text, cell->text.length);
	if (cell->value->code != CODE_NONE)
		return REASON_NONE;
	if (lost_zero(cell))
		return wrong(row, cell, REASON_KOMMUN_LEADING_ZERO, CONSTRAINT_CODES,
			"three digits: the leading zero is lost (a spreadsheet takes it away); kommun is text");
	return wrong(row, cell, REASON_CODE_UNKNOWN, CONSTRAINT_CODES, cell->reading->told[cell->index]);
}

static enum reason read_codes(struct row *row, const struct cell *cell)
{
	struct multi multi;
	cell->value->text = cell->text;
	if (!multi_read(cell->field->codes, cell->text.text, cell->text.length, &multi))
		return wrong(row, cell, REASON_MULTI_INVALID, CONSTRAINT_TYPE,
			cell->reading->told[cell->index]);
	if (cell->index == cell->reading->avslut && cell->reading->pid != LAYOUT_ABSENT) {
		uint16_t withdrawn = code_table_find(cell->reading->codes[cell->index], "12", 2);
		if (withdrawn < MULTI_CODES && (multi.mask >> withdrawn & 1) != 0)
			row->value[cell->reading->pid].key = (struct key){ 0, 0 };
	}
	return REASON_NONE;
}

/* A year that no spell has: before 1901 a placeholder; from 2099 one too, but for an end, which then is ongoing. */
static enum reason check_year(struct row *row, const struct cell *cell, int year)
{
	if (year >= LAYOUT_END_YEAR && cell->field->may_be_ongoing) {
		cell->value->number = DATE_ONGOING;
		return REASON_NONE;
	}
	if (year < LAYOUT_FIRST_YEAR || year >= LAYOUT_END_YEAR)
		return wrong(row, cell, REASON_DATE_PLACEHOLDER, CONSTRAINT_TYPE, "a placeholder, not a date (before 1901, or 2099 and later)");
	return REASON_NONE;
}

static enum reason read_date(struct row *row, const struct cell *cell)
{
	int32_t day;
	if (!date_read(cell->text.text, cell->text.length, &day))
		return wrong(row, cell, REASON_DATE_INVALID, CONSTRAINT_TYPE, "not a date (YYYY-MM-DD)");
	cell->value->number = day;
	return check_year(row, cell, 1000 * (cell->text.text[0] - '0') + 100 * (cell->text.text[1] - '0') +
		10 * (cell->text.text[2] - '0') + (cell->text.text[3] - '0'));
}

static enum reason read_month(struct row *row, const struct cell *cell)
{
	int32_t month;
	if (!date_read_month(cell->text.text, cell->text.length, &month))
		return wrong(row, cell, REASON_DATE_INVALID, CONSTRAINT_TYPE, "not a month (YYYY-MM)");
	cell->value->number = month;
	return check_year(row, cell, date_year_of_month(month));
}

static enum reason check_range(struct row *row, const struct cell *cell, double value)
{
	if (value < cell->field->minimum || value > cell->field->maximum)
		return wrong(row, cell, REASON_OUT_OF_RANGE, CONSTRAINT_RANGE, "out of its range (see the extract's schema)");
	return REASON_NONE;
}

/* As many digits as the schema says. */
static bool has_digits(const struct cell *cell)
{
	bool right = cell->text.length == (size_t)cell->field->digits;
	for (size_t i = 0; i < cell->text.length && right; i++)
		right = is_digit(cell->text.text[i]);
	return right;
}

static enum reason read_integer(struct row *row, const struct cell *cell)
{
	const struct field *field = cell->field;
	int64_t number;
	if (field->digits > 0 && !has_digits(cell))
		return wrong(row, cell, REASON_CODE_UNKNOWN, CONSTRAINT_TYPE, "not a code of so many digits as it has");
	if (!number_read_integer(cell->text.text, cell->text.length, &number))
		return wrong(row, cell, REASON_NUMBER_INVALID, CONSTRAINT_TYPE, "not an integer (digits only; no spaces)");
	if (number <= COLUMN_NONE_I32 || number > INT32_MAX)
		return wrong(row, cell, REASON_OUT_OF_RANGE, CONSTRAINT_TYPE, "out of its range (see the extract's schema)");
	cell->value->number = (int32_t)number;
	bool allowed = field->allowed_count == 0;
	for (size_t i = 0; i < field->allowed_count && !allowed; i++)
		allowed = number == field->allowed[i];
	enum reason reason = check_range(row, cell, (double)number);
	if (reason == REASON_NONE && !allowed)
		reason = wrong(row, cell, REASON_OUT_OF_RANGE, CONSTRAINT_ENUM,
			"not one of its allowed values (see the extract's schema)");
	if (reason == REASON_NONE && field->codes != NULL &&
		code_table_find(cell->reading->codes[cell->index], cell->text.text, cell->text.length) == CODE_NONE)
		reason = wrong(row, cell, REASON_CODE_UNKNOWN, CONSTRAINT_CODES, cell->reading->told[cell->index]);
	return reason;
}

static enum reason read_amount(struct row *row, const struct cell *cell)
{
	if (!number_read_ore(cell->text.text, cell->text.length, &cell->value->ore))
		return wrong(row, cell, REASON_NUMBER_INVALID, CONSTRAINT_TYPE, "not an amount (digits, then at most two decimals; no spaces)");
	return check_range(row, cell, (double)cell->value->ore / 100);
}

static enum reason read_decimal(struct row *row, const struct cell *cell)
{
	if (!number_read_decimal(cell->text.text, cell->text.length, &cell->value->decimal))
		return wrong(row, cell, REASON_NUMBER_INVALID, CONSTRAINT_TYPE, "not a number");
	return check_range(row, cell, cell->value->decimal);
}

static enum reason find_insats(struct row *row, const struct cell *cell)
{
	const struct words *insatser = &cell->reading->insatser;
	for (size_t i = 0; i < insatser->count; i++)
		if (text_equal(cell->text.text, cell->text.length, insatser->word[i])) {
			row->insats = i;
			return REASON_NONE;
		}
	row->nearest = text_nearest(cell->text.text, cell->text.length, insatser->word, insatser->count);
	return wrong(row, cell, REASON_INSATS_UNKNOWN, CONSTRAINT_TYPE, "not an insats of forbund.ini");
}

static enum reason read_text(struct row *row, const struct cell *cell)
{
	cell->value->text = cell->text;
	if (cell->field->pattern != NULL && !has_form(cell))
		return wrong(row, cell, REASON_TEXT_INVALID, CONSTRAINT_PATTERN, cell->reading->told[cell->index]);
	return cell->field->is_insats ? find_insats(row, cell) : REASON_NONE;
}

/* Reads a field that is not empty. */
static enum reason read_value(struct row *row, const struct cell *cell)
{
	switch (cell->field->kind) {
	case FIELD_PID:
		return read_pid(row, cell);
	case FIELD_ID:
		cell->value->key = hash_key(cell->text.text, cell->text.length);
		return REASON_NONE;
	case FIELD_CODE:
		return read_code(row, cell);
	case FIELD_CODES:
		return read_codes(row, cell);
	case FIELD_DATE:
		return read_date(row, cell);
	case FIELD_MONTH:
		return read_month(row, cell);
	case FIELD_INTEGER:
		return read_integer(row, cell);
	case FIELD_AMOUNT:
		return read_amount(row, cell);
	case FIELD_DECIMAL:
		return read_decimal(row, cell);
	case FIELD_TEXT:
		return read_text(row, cell);
	}
	return REASON_NONE;
}

static enum reason read_fields(struct row *row, const struct reading *reading, const struct layout *layout,
	const struct csv_record *record)
{
	const struct extract *extract = reading->extract;
	enum reason reason = REASON_NONE;
	for (size_t i = 0; i < extract->fields && reason == REASON_NONE; i++) {
		struct cell cell = { .reading = reading, .field = &extract->field[i], .index = i, .value = &row->value[i],
			.text = row_text(layout, record, i) };
		if (cell.text.length > 0) {
			reason = read_value(row, &cell);
		} else {
			row->value[i] = missing(cell.field);
			if (cell.field->required)
				reason = wrong(row, &cell, REASON_REQUIRED_MISSING, CONSTRAINT_REQUIRED, "required, but empty");
		}
	}
	return reason;
}

void row_read(struct row *row, const struct reading *reading, const struct layout *layout,
	const struct csv_record *record)
{
	row->nearest = NULL;
	row->insats = LAYOUT_ABSENT;
	row->warnings = 0;
	row->reason = read_fields(row, reading, layout, record);
	if (row->reason == REASON_NONE)
		row->reason = row_check_rules(row, reading);
	if (row->reason != REASON_NONE)
		row_name(row, reading->extract, layout, record);
}
