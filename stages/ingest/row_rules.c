/* Rules over several fields of a row: see row_rules.h. */
#include "stages/ingest/row_rules.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include "pipeline/base/date.h"
#include "pipeline/base/text.h"

/* ---- rules over several fields ---- */

static bool is_missing(const struct row *row, const struct extract *extract, size_t field)
{
	const union value *value = &row->value[field];
	switch (schema_column_type(extract->field[field].kind)) {
	case COLUMN_KEY:
		return (value->key.high | value->key.low) == 0;
	case COLUMN_U16:
		return value->code == CODE_NONE;
	case COLUMN_I32:
		return value->number == COLUMN_NONE_I32 || (extract->field[field].may_be_ongoing && value->number == DATE_ONGOING);
	case COLUMN_I64:
		return value->ore == COLUMN_NONE_I64;
	case COLUMN_F64:
		return isnan(value->decimal) != 0;
	case COLUMN_TEXT:
		return value->text.length == 0;
	case COLUMN_U8:
	case COLUMN_U32:
	case COLUMN_U64:
		break;
	}
	return false;
}

/* A date, or where it is missing the first or last day of the year that the rule names. */
static int32_t date_or_year(const struct row *row, const struct extract_rule *rule, size_t field, bool last)
{
	int32_t day = row->value[field].number;
	if (day != COLUMN_NONE_I32 || rule->year == EXTRACT_NO_FIELD)
		return day;
	return last ? date_day(row->value[rule->year].number, 12, 31) : date_day(row->value[rule->year].number, 1, 1);
}

/* A missing date is before every day and no end. */
static bool keeps_order(const struct row *row, const struct extract_rule *rule)
{
	int32_t end = date_or_year(row, rule, rule->field, true), start = date_or_year(row, rule, rule->other, false);
	return end == COLUMN_NONE_I32 || end >= start;
}

static bool has_companion(const struct row *row, const struct extract *extract, const struct extract_rule *rule)
{
	const struct field *field = &extract->field[rule->field];
	if (is_missing(row, extract, rule->field) || !is_missing(row, extract, rule->other))
		return true;
	return rule->value != NULL && strcmp(field->codes->entry[row->value[rule->field].code].kod, rule->value) != 0;
}

static bool is_registered(const struct row *row, const struct reading *reading, const struct extract_rule *rule)
{
	return row->insats == LAYOUT_ABSENT || reading->is_volym[row->insats] == (strcmp(rule->value, "volym") == 0);
}

enum reason row_check_rules(struct row *row, const struct reading *reading)
{
	const struct extract *extract = reading->extract;
	for (size_t i = 0; i < extract->rules; i++) {
		const struct extract_rule *rule = &extract->rule[i];
		enum reason reason = REASON_NONE;
		if (rule->kind == RULE_NOT_BEFORE && !keeps_order(row, rule))
			reason = row_broken(row, REASON_END_BEFORE_START, rule->field, rule->severity, rule->label);
		else if (rule->kind == RULE_NEEDS && !has_companion(row, extract, rule))
			reason = row_broken(row, REASON_COMPANION_MISSING, rule->other, rule->severity, rule->label);
		else if (rule->kind == RULE_REGISTERED && !is_registered(row, reading, rule))
			reason = row_broken(row, REASON_INSATS_KIND, rule->field, rule->severity, rule->label);
		if (reason != REASON_NONE)
			return reason;
	}
	return REASON_NONE;
}

/* ---- what a wrong row is as a whole ---- */

/* Each known column holds its own name. */
static bool is_header(const struct extract *extract, const struct layout *layout, const struct csv_record *record)
{
	for (size_t i = 0; i < extract->fields; i++) {
		struct csv_field text = row_text(layout, record, i);
		if (layout->column[i] != LAYOUT_ABSENT && !text_equal(text.text, text.length, extract->field[i].name))
			return false;
	}
	return true;
}

/* A field says that the row is a sum. */
static bool is_total(const struct extract *extract, const struct layout *layout, const struct csv_record *record)
{
	static const char *const words[] = { "summa", "totalt", "total", "totalsumma", "delsumma" };
	for (size_t i = 0; i < extract->fields; i++) {
		struct csv_field text = row_text(layout, record, i);
		if (text.length > 0 && text.text[text.length - 1] == ':')
			text.length--;
		for (size_t k = 0; k < sizeof words / sizeof *words; k++)
			if (text.length == strlen(words[k]) && strncasecmp(text.text, words[k], text.length) == 0)
				return true;
	}
	return false;
}

void row_name(struct row *row, const struct extract *extract, const struct layout *layout,
	const struct csv_record *record)
{
	row->warnings = 0;
	if (is_header(extract, layout, record)) {
		row->reason = REASON_HEADER_AGAIN;
		row->rule = "the header stands here once more";
		row->severity = SEVERITY_ERROR;
	} else if (is_total(extract, layout, record)) {
		row->reason = REASON_TOTAL_ROW;
		row->rule = "a total, not a record";
		row->severity = SEVERITY_ERROR;
		row->nearest = NULL;
	}
}

enum reason row_broken(struct row *row, enum reason reason, size_t field, enum severity severity, const char *rule)
{
	if (severity != SEVERITY_WARNING) {
		row->field = field;
		row->rule = rule;
		row->severity = severity;
		return reason;
	}
	if (row->warnings < ROW_WARNINGS) {
		row->warning[row->warnings].reason = reason;
		row->warning[row->warnings].field = field;
		row->warning[row->warnings++].rule = rule;
	}
	return REASON_NONE;
}

struct csv_field row_text(const struct layout *layout, const struct csv_record *record, size_t field)
{
	struct csv_field text = { "", 0 };
	if (layout->column[field] != LAYOUT_ABSENT) {
		text = record->field[layout->column[field]];
		text_trim(&text.text, &text.length);
	}
	return text;
}
