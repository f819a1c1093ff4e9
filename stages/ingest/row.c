/* Reading one record: see row.h. */
#include "stages/ingest/row.h"

#include <math.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/base/number.h"
#include "pipeline/base/text.h"
#include "pipeline/table/multi.h"

enum { PID_SHORTEST = 8, PID_LONGEST = 64, FIRST_YEAR = 1901, ONGOING_YEAR = 2099 };

const char *const reason_codes[REASONS] = { "", "REQUIRED_MISSING", "PID_INVALID", "CODE_UNKNOWN", "KOMMUN_LEADING_ZERO",
	"MULTI_INVALID", "DATE_INVALID", "DATE_PLACEHOLDER", "NUMBER_INVALID", "OUT_OF_RANGE", "END_BEFORE_START",
	"INSATS_UNKNOWN" };

/* What is read now. */
struct cell {
	const struct reading *reading;
	const struct field *field;
	size_t index; /* of the field */
	struct csv_field text;
	union value *value;
};

static enum reason wrong(struct row *row, enum reason reason, const char *rule)
{
	row->rule = rule;
	return reason;
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

/* The characters of a pid; a table, because a branch on random ones is guessed wrong half of the time. */
static const bool of_pid[256] = { ['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1, ['4'] = 1, ['5'] = 1, ['6'] = 1, ['7'] = 1,
	['8'] = 1, ['9'] = 1, ['A'] = 1, ['B'] = 1, ['C'] = 1, ['D'] = 1, ['E'] = 1, ['F'] = 1, ['G'] = 1, ['H'] = 1, ['I'] = 1,
	['J'] = 1, ['K'] = 1, ['L'] = 1, ['M'] = 1, ['N'] = 1, ['O'] = 1, ['P'] = 1, ['Q'] = 1, ['R'] = 1, ['S'] = 1, ['T'] = 1,
	['U'] = 1, ['V'] = 1, ['W'] = 1, ['X'] = 1, ['Y'] = 1, ['Z'] = 1, ['a'] = 1, ['b'] = 1, ['c'] = 1, ['d'] = 1, ['e'] = 1,
	['f'] = 1, ['g'] = 1, ['h'] = 1, ['i'] = 1, ['j'] = 1, ['k'] = 1, ['l'] = 1, ['m'] = 1, ['n'] = 1, ['o'] = 1, ['p'] = 1,
	['q'] = 1, ['r'] = 1, ['s'] = 1, ['t'] = 1, ['u'] = 1, ['v'] = 1, ['w'] = 1, ['x'] = 1, ['y'] = 1, ['z'] = 1, ['_'] = 1,
	['-'] = 1 };

static enum reason read_pid(struct row *row, const struct cell *cell)
{
	bool valid = cell->text.length >= PID_SHORTEST && cell->text.length <= PID_LONGEST;
	for (size_t i = 0; i < cell->text.length && valid; i++)
		valid = of_pid[(unsigned char)cell->text.text[i]];
	if (!valid)
		return wrong(row, REASON_PID_INVALID, "not a pid (8-64 characters of 0-9 A-Z a-z _ -)");
	cell->value->key = hash_key(cell->text.text, cell->text.length);
	return REASON_NONE;
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
		return wrong(row, REASON_KOMMUN_LEADING_ZERO,
			"three digits: the leading zero is lost (a spreadsheet takes it away); kommun is text");
	return wrong(row, REASON_CODE_UNKNOWN, "not a code of its list");
}

static enum reason read_codes(struct row *row, const struct cell *cell)
{
	struct multi multi;
	cell->value->text = cell->text;
	if (!multi_read(cell->field->codes, cell->text.text, cell->text.length, &multi))
		return wrong(row, REASON_MULTI_INVALID,
			"not CODE[:PER CENT]|… with codes of its list, each once, and at most 100 per cent in all");
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
	if (year >= ONGOING_YEAR && cell->field->may_be_ongoing) {
		cell->value->number = DATE_ONGOING;
		return REASON_NONE;
	}
	if (year < FIRST_YEAR || year >= ONGOING_YEAR)
		return wrong(row, REASON_DATE_PLACEHOLDER, "a placeholder, not a date (before 1901, or 2099 and later)");
	return REASON_NONE;
}

static enum reason read_date(struct row *row, const struct cell *cell)
{
	int32_t day;
	if (!date_read(cell->text.text, cell->text.length, &day))
		return wrong(row, REASON_DATE_INVALID, "not a date (YYYY-MM-DD)");
	cell->value->number = day;
	return check_year(row, cell, 1000 * (cell->text.text[0] - '0') + 100 * (cell->text.text[1] - '0') +
		10 * (cell->text.text[2] - '0') + (cell->text.text[3] - '0'));
}

static enum reason read_month(struct row *row, const struct cell *cell)
{
	int32_t month;
	if (!date_read_month(cell->text.text, cell->text.length, &month))
		return wrong(row, REASON_DATE_INVALID, "not a month (YYYY-MM)");
	cell->value->number = month;
	return check_year(row, cell, date_year_of_month(month));
}

static enum reason check_range(struct row *row, const struct cell *cell, double value)
{
	if (value < cell->field->minimum || value > cell->field->maximum)
		return wrong(row, REASON_OUT_OF_RANGE, "out of its range (see the extract's schema)");
	return REASON_NONE;
}

/* sokandekategori: two digits, also such as the list does not know. */
static enum reason check_two_digits(struct row *row, const struct cell *cell)
{
	const char *text = cell->text.text;
	if (cell->text.length != 2 || !is_digit(text[0]) || !is_digit(text[1]))
		return wrong(row, REASON_CODE_UNKNOWN, "not a code of two digits");
	row->unknown_sokandekategori = code_table_find(cell->reading->codes[cell->index], text, 2) == CODE_NONE;
	return REASON_NONE;
}

static enum reason read_integer(struct row *row, const struct cell *cell)
{
	int64_t number;
	if (cell->field->codes != NULL) {
		enum reason reason = check_two_digits(row, cell);
		if (reason != REASON_NONE)
			return reason;
	}
	if (!number_read_integer(cell->text.text, cell->text.length, &number))
		return wrong(row, REASON_NUMBER_INVALID, "not an integer");
	if (number <= COLUMN_NONE_I32 || number > INT32_MAX)
		return wrong(row, REASON_OUT_OF_RANGE, "out of its range (see the extract's schema)");
	cell->value->number = (int32_t)number;
	bool allowed = cell->field->allowed_count == 0;
	for (size_t i = 0; i < cell->field->allowed_count && !allowed; i++)
		allowed = number == cell->field->allowed[i];
	if (!allowed)
		return wrong(row, REASON_OUT_OF_RANGE, "not one of its allowed values (see the extract's schema)");
	return check_range(row, cell, (double)number);
}

static enum reason read_amount(struct row *row, const struct cell *cell)
{
	if (!number_read_ore(cell->text.text, cell->text.length, &cell->value->ore))
		return wrong(row, REASON_NUMBER_INVALID, "not an amount (digits, then at most two decimals; no spaces)");
	return check_range(row, cell, (double)cell->value->ore / 100);
}

static enum reason read_decimal(struct row *row, const struct cell *cell)
{
	if (!number_read_decimal(cell->text.text, cell->text.length, &cell->value->decimal))
		return wrong(row, REASON_NUMBER_INVALID, "not a number");
	return check_range(row, cell, cell->value->decimal);
}

static size_t digits_at(const struct csv_field *text, size_t at)
{
	size_t end = at;
	while (end < text->length && is_digit(text->text[end]))
		end++;
	return end - at;
}

/* 16-19 or 16–19, 65+, TOT: the column is published as it stands, so it may hold nothing else. */
static bool is_age_group(const struct csv_field *text)
{
	static const char *const signs[] = { "-", "\xe2\x80\x93", "+" };
	size_t from = digits_at(text, 0);
	if (from == 0 || from > 3)
		return text_equal(text->text, text->length, "TOT");
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		size_t at = from + strlen(signs[i]);
		if (at > text->length || memcmp(text->text + from, signs[i], strlen(signs[i])) != 0)
			continue;
		size_t to = digits_at(text, at);
		return at + to == text->length && (signs[i][0] == '+' ? to == 0 : to >= 1 && to <= 3);
	}
	return false;
}

static enum reason read_text(struct row *row, const struct cell *cell)
{
	cell->value->text = cell->text;
	if (cell->index == cell->reading->aldersgrupp && !is_age_group(&cell->text))
		return wrong(row, REASON_CODE_UNKNOWN, "not an age group (16-19, 65+)");
	if (cell->index != cell->reading->insats)
		return REASON_NONE;
	const struct words *insatser = &cell->reading->insatser;
	for (size_t i = 0; i < insatser->count; i++)
		if (text_equal(cell->text.text, cell->text.length, insatser->word[i]))
			return REASON_NONE;
	row->nearest = text_nearest(cell->text.text, cell->text.length, insatser->word, insatser->count);
	return wrong(row, REASON_INSATS_UNKNOWN, "not an insats of forbund.ini");
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

/* The rules over several fields of a row whose fields are right. */
static void check_fields(struct row *row, const struct reading *reading)
{
	for (size_t i = 0; i < reading->extract->fields; i++) {
		size_t start = reading->not_before[i];
		if (start == LAYOUT_ABSENT || row->value[i].number == COLUMN_NONE_I32)
			continue;
		if (row->value[i].number < row->value[start].number) { /* a missing start is before every day */
			row->field = i;
			row->reason = wrong(row, REASON_END_BEFORE_START, "before the date that it may not precede");
			return;
		}
	}
	row->exit_without_occupation = reading->slut != LAYOUT_ABSENT && reading->sysselsattning_slut != LAYOUT_ABSENT &&
		row->value[reading->slut].number != DATE_ONGOING && row->value[reading->sysselsattning_slut].text.length == 0;
}

void row_read(struct row *row, const struct reading *reading, const struct layout *layout,
	const struct csv_record *record)
{
	const struct extract *extract = reading->extract;
	row->reason = REASON_NONE;
	row->nearest = NULL;
	row->unknown_sokandekategori = false;
	row->exit_without_occupation = false;
	for (size_t i = 0; i < extract->fields; i++) {
		struct cell cell = { .reading = reading, .field = &extract->field[i], .index = i, .value = &row->value[i] };
		if (layout->column[i] != LAYOUT_ABSENT) {
			cell.text = record->field[layout->column[i]];
			text_trim(&cell.text.text, &cell.text.length);
		}
		if (cell.text.length > 0) {
			row->reason = read_value(row, &cell);
		} else {
			row->value[i] = missing(cell.field);
			if (cell.field->required)
				row->reason = wrong(row, REASON_REQUIRED_MISSING, "required, but empty");
		}
		if (row->reason != REASON_NONE) {
			row->field = i;
			return;
		}
	}
	check_fields(row, reading);
}
