/* Faults with their place and the nearest name, and the readers of values that many keys share: see settings_reading.h. */
#include "pipeline/table/settings/settings_reading.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "pipeline/base/text.h"
#include "pipeline/table/csv/scan.h"
#include "pipeline/table/schema/codelist.h"

#define QUOTED 60 /* bytes of the user's text in a message */

int settings_fault(const struct reading *reading, int line, const char *format, ...)
{
	char what[ERROR_LENGTH];
	va_list arguments;
	va_start(arguments, format);
	(void)vsnprintf(what, sizeof what, format, arguments);
	va_end(arguments);
	if (line == 0)
		return error_set(reading->error, EXIT_SETTINGS, "--period: %s", what);
	return error_set(reading->error, EXIT_SETTINGS, "%s:%d: %s", reading->settings->path, line, what);
}

int settings_key_fault(const struct reading *reading, const char *format, ...)
{
	char what[ERROR_LENGTH];
	va_list arguments;
	va_start(arguments, format);
	(void)vsnprintf(what, sizeof what, format, arguments);
	va_end(arguments);
	if (reading->entry->line == 0)
		return settings_fault(reading, 0, "%s", what);
	return settings_fault(reading, reading->entry->line, "key %s: %s", settings_quote(reading, reading->entry->key),
		what);
}

int settings_not(const struct reading *reading, const char *what)
{
	return settings_key_fault(reading, "%s is not %s", settings_quote(reading, reading->entry->value), what);
}

int settings_unknown(const struct reading *reading, const char *what, const char *word, const char *const *candidates,
	size_t count)
{
	return settings_key_fault(reading, "unknown %s %s%s", what, settings_quote(reading, word),
		settings_hint(reading, word, candidates, count, "the valid ones are"));
}

int settings_line(const struct ini_section *section, const char *key)
{
	const struct ini_entry *entry = ini_find(section, key);
	return entry == NULL ? section->line : entry->line;
}

size_t settings_refer(const struct reading *reading, const char *what, const void *items, size_t count, size_t size)
{
	const char **name = arena_take(reading->arena, count, sizeof *name, reading->error);
	if (name == NULL)
		return SIZE_MAX;
	for (size_t i = 0; i < count; i++) {
		name[i] = *(const char *const *)(const void *)((const char *)items + i * size);
		if (strcmp(name[i], reading->entry->value) == 0)
			return i;
	}
	if (count == 0)
		(void)settings_key_fault(reading, "the file has no [%s …]", what);
	else
		(void)settings_unknown(reading, what, reading->entry->value, name, count);
	return SIZE_MAX;
}

bool settings_begins_circle(const void *item, const void *(*next)(const void *item), size_t count)
{
	const void *at = next(item);
	for (size_t steps = 0; at != NULL && steps < count; steps++, at = next(at)) {
		if (at == item)
			return true;
		if ((const char *)at < (const char *)item)
			return false;
	}
	return false;
}

const char *settings_quote(const struct reading *reading, const char *text)
{
	size_t length = strlen(text), cut = length;
	if (length > QUOTED) {
		cut = QUOTED;
		while (cut > 0 && ((unsigned char)text[cut] & 0xC0) == 0x80)
			cut--;
	}
	const char *quoted = arena_print(reading->arena, reading->error, "'%.*s%s'", (int)cut, text,
		cut < length ? "…" : "");
	return quoted == NULL ? "''" : quoted;
}

/* "; LEAD a, b, c" */
static const char *all_of(const struct reading *reading, const char *const *candidates, size_t count, const char *lead)
{
	struct text text = { .arena = reading->arena };
	if (text_add_format(&text, reading->error, "; %s ", lead) != 0)
		return "";
	for (size_t i = 0; i < count; i++)
		if (text_add_format(&text, reading->error, "%s%s", i == 0 ? "" : ", ", candidates[i]) != 0)
			return "";
	return text.bytes;
}

const char *settings_hint(const struct reading *reading, const char *word, const char *const *candidates, size_t count,
	const char *lead)
{
	const char *nearest = text_nearest(word, strlen(word), candidates, count);
	if (nearest == NULL)
		return lead == NULL || count == 0 ? "" : all_of(reading, candidates, count, lead);
	const char *hint = arena_print(reading->arena, reading->error, "; did you mean %s?",
		settings_quote(reading, nearest));
	return hint == NULL ? "" : hint;
}

/* Whether the word stands among the first `count`. */
static bool holds(const char *const *words, size_t count, const char *word)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(words[i], word) == 0)
			return true;
	return false;
}

int settings_split(const struct reading *reading, struct words *words)
{
	const char *value = reading->entry->value;
	size_t room = 1;
	for (const char *p = value; *p != '\0'; p++)
		room += *p == ',';
	const char **word = arena_take(reading->arena, room, sizeof *word, reading->error);
	if (word == NULL)
		return -1;
	for (size_t i = 0; i < room; i++) {
		size_t length = strcspn(value, ","), next = length + (i + 1 < room);
		const char *start = value;
		text_trim(&start, &length);
		if (length == 0)
			return settings_key_fault(reading, "nothing between two commas, or a comma at the end");
		word[i] = arena_text(reading->arena, start, length, reading->error);
		if (word[i] == NULL)
			return -1;
		if (holds(word, i, word[i]))
			return settings_key_fault(reading, "%s stands twice", settings_quote(reading, word[i]));
		value += next;
	}
	*words = (struct words){ .count = room, .word = word };
	return 0;
}

static size_t choices_count(const char *const *choices)
{
	size_t count = 0;
	while (choices[count] != NULL)
		count++;
	return count;
}

int settings_choose(const struct reading *reading, const char *const *choices)
{
	for (int i = 0; choices[i] != NULL; i++)
		if (strcmp(choices[i], reading->entry->value) == 0)
			return i;
	return settings_unknown(reading, "value", reading->entry->value, choices, choices_count(choices));
}

bool settings_scan_per_cent(const char **at, double *share)
{
	const char *p = *at;
	double number;
	if (!scan_number(&p, &number) || (!scan_sign(&p, "%") && number > 0))
		return false;
	*share = number / 100;
	*at = p;
	return true;
}

bool settings_scan_range(const char *text, int64_t *from, int64_t *to)
{
	int64_t first, last;
	if (!scan_whole(&text, &first))
		return false;
	last = first;
	if (scan_dash(&text) && !scan_whole(&text, &last))
		return false;
	if (!scan_end(text))
		return false;
	*from = first;
	*to = last;
	return true;
}

int settings_take_text(struct reading *reading, const struct key *key, void *field)
{
	(void)key;
	*(const char **)field = reading->entry->value;
	return 0;
}

int settings_take_choice(struct reading *reading, const struct key *key, void *field)
{
	int choice = settings_choose(reading, key->choices);
	if (choice < 0)
		return -1;
	*(const char **)field = key->choices[choice];
	return 0;
}

int settings_take_either(struct reading *reading, const struct key *key, void *field)
{
	int choice = settings_choose(reading, key->choices);
	if (choice < 0)
		return -1;
	*(bool *)field = choice == 1;
	return 0;
}

/* "key 'K': 'VALUE' is outside LOW–HIGH UNIT" */
static int outside(const struct reading *reading, const struct key *key, const char *unit)
{
	return settings_key_fault(reading, "%s is outside %.15g–%.15g%s", settings_quote(reading, reading->entry->value),
		key->low, key->high, unit);
}

int settings_take_whole(struct reading *reading, const struct key *key, void *field)
{
	const char *at = reading->entry->value;
	int64_t number;
	if (!scan_whole(&at, &number) || !scan_end(at))
		return settings_not(reading, "a whole number");
	if ((double)number < key->low || (double)number > key->high)
		return outside(reading, key, "");
	*(int *)field = (int)number;
	return 0;
}

int settings_take_months(struct reading *reading, const struct key *key, void *field)
{
	const char *at = reading->entry->value;
	int64_t number;
	if (!scan_whole(&at, &number) || (!scan_months(&at) && !scan_end(at)) || !scan_end(at))
		return settings_not(reading, "a number of months such as 12 månader");
	if ((double)number < key->low || (double)number > key->high)
		return outside(reading, key, " månader");
	*(int *)field = (int)number;
	return 0;
}

int settings_take_per_cent(struct reading *reading, const struct key *key, void *field)
{
	const char *at = reading->entry->value;
	double share;
	if (!settings_scan_per_cent(&at, &share) || !scan_end(at))
		return settings_not(reading, "a per cent such as 3,5 %");
	if (share < key->low / 100 || share > key->high / 100)
		return outside(reading, key, " %");
	*(double *)field = share;
	return 0;
}

int settings_take_words(struct reading *reading, const struct key *key, void *field)
{
	(void)key;
	return settings_split(reading, field);
}

/* The nearest code, or the one whose label is nearest: a user may write "Ale" for 1440. */
static int unknown_code(const struct reading *reading, const struct codelist *list, const char *word)
{
	const char **text = arena_take(reading->arena, list->count, sizeof *text, reading->error);
	if (text == NULL)
		return -1;
	for (size_t i = 0; i < list->count; i++)
		text[i] = list->entry[i].etikett;
	const char *label = text_nearest(word, strlen(word), text, list->count);
	for (size_t i = 0; i < list->count; i++) {
		if (label == list->entry[i].etikett)
			return settings_key_fault(reading, "unknown code %s; did you mean '%s' (%s)?",
				settings_quote(reading, word), list->entry[i].kod, label);
	}
	for (size_t i = 0; i < list->count; i++)
		text[i] = list->entry[i].kod;
	const char *lead = list->count <= 30 ? "the valid ones are" : NULL;
	return settings_key_fault(reading, "unknown code %s%s", settings_quote(reading, word),
		settings_hint(reading, word, text, list->count, lead));
}

int settings_take_codes(struct reading *reading, const struct key *key, void *field)
{
	struct words words;
	const struct codelist *list = codelist_load(key->list, reading->arena, reading->error);
	if (list == NULL || settings_split(reading, &words) != 0)
		return -1;
	int result = 0;
	for (size_t i = 0; i < words.count; i++)
		if (codelist_find(list, words.word[i], strlen(words.word[i])) == CODE_NONE)
			result = unknown_code(reading, list, words.word[i]);
	*(struct words *)field = words;
	return result;
}
