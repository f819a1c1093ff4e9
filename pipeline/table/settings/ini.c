/* Sections, keys and values of a settings file: see ini.h. */
#include "pipeline/table/settings/ini.h"

#include <stdbool.h>
#include <string.h>

#include "pipeline/base/text.h"

/* One reading: the arrays grow here and are handed to the ini and its sections. */
struct parse {
	struct ini *ini;
	struct ini_section *section;
	size_t section_room;
	struct ini_entry *entry; /* of the last section */
	size_t entry_room;
	const char *repeats;
	int line;
	struct arena *arena;
	struct error *error;
};

static int fault(const struct parse *parse, const char *what)
{
	return error_set(parse->error, EXIT_SETTINGS, "%s:%d: %s", parse->ini->shown, parse->line, what);
}

/* Bytes of the white space at the start: space, tab, U+00A0, U+2007, U+2009, U+202F; 0 when there is none. */
static size_t white(const char *at, const char *end)
{
	static const char *const wide[] = { "\xC2\xA0", "\xE2\x80\x87", "\xE2\x80\x89", "\xE2\x80\xAF" };
	if (at < end && (*at == ' ' || *at == '\t'))
		return 1;
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
		size_t length = strlen(wide[i]);
		if ((size_t)(end - at) >= length && memcmp(at, wide[i], length) == 0)
			return length;
	}
	return 0;
}

/* A copy with white space folded and without the comment. NULL when memory is out. */
static char *folded(const struct parse *parse, const char *at, size_t length)
{
	char *copy = arena_take(parse->arena, length + 1, 1, parse->error);
	if (copy == NULL)
		return NULL;
	size_t used = 0;
	bool space = true; /* at the start as after white space */
	for (const char *end = at + length; at < end;) {
		size_t skip = white(at, end);
		if (skip > 0) {
			space = true;
			at += skip;
			continue;
		}
		if (space && *at == '#')
			break;
		if (space && used > 0)
			copy[used++] = ' ';
		space = false;
		copy[used++] = *at++;
	}
	copy[used] = '\0';
	return copy;
}

/* The section that entries now belong to; NULL before the first. */
static struct ini_section *last_section(struct parse *parse)
{
	return parse->ini->count == 0 ? NULL : &parse->section[parse->ini->count - 1];
}

static int add_section(struct parse *parse, const char *name)
{
	struct ini *ini = parse->ini;
	const struct ini_section *earlier = name == NULL ? NULL : ini_section(ini, name);
	struct ini_section *grown = arena_grow(parse->arena, parse->section, ini->count, ini->count + 1,
		&parse->section_room, sizeof *grown, parse->error);
	if (grown == NULL)
		return -1;
	int earlier_line = earlier == NULL ? 0 : earlier->line;
	grown[ini->count++] = (struct ini_section){ .name = name, .line = parse->line };
	parse->section = grown;
	ini->section = grown;
	parse->entry = NULL;
	parse->entry_room = 0;
	if (earlier_line > 0)
		return error_set(parse->error, EXIT_SETTINGS, "%s:%d: section [%s] stands already on line %d; join them",
			ini->shown, parse->line, name, earlier_line);
	return 0;
}

static int read_header(struct parse *parse, char *text)
{
	size_t length = strlen(text);
	if (text[length - 1] != ']') {
		(void)add_section(parse, NULL);
		return fault(parse, "a section header must end with ']': [name]");
	}
	text[length - 1] = '\0';
	const char *name = text + 1;
	size_t name_length = length - 2;
	text_trim(&name, &name_length);
	if (name_length == 0) {
		(void)add_section(parse, NULL);
		return fault(parse, "a section header without a name");
	}
	text[(size_t)(name - text) + name_length] = '\0';
	return add_section(parse, name);
}

static int add_entry(struct parse *parse, const char *key, const char *value)
{
	struct ini_section *section = last_section(parse);
	const struct ini_entry *earlier = ini_find(section, key);
	int earlier_line = earlier == NULL ? 0 : earlier->line;
	struct ini_entry *grown = arena_grow(parse->arena, parse->entry, section->count, section->count + 1,
		&parse->entry_room, sizeof *grown, parse->error);
	if (grown == NULL)
		return -1;
	grown[section->count++] = (struct ini_entry){ .key = key, .value = value, .line = parse->line };
	parse->entry = grown;
	section->entry = grown;
	bool may_repeat = parse->repeats != NULL && strcmp(key, parse->repeats) == 0;
	if (earlier_line > 0 && !may_repeat && section->name != NULL)
		return error_set(parse->error, EXIT_SETTINGS, "%s:%d: key '%s' in [%s] stands already on line %d",
			parse->ini->shown, parse->line, key, section->name, earlier_line);
	return 0;
}

static int read_entry(struct parse *parse, char *text)
{
	char *mark = strchr(text, '=');
	if (mark == NULL)
		return fault(parse, "neither [section], key = value nor # comment");
	*mark = '\0';
	const char *key = text, *value = mark + 1;
	size_t key_length = (size_t)(mark - text);
	text_trim(&key, &key_length);
	text[(size_t)(key - text) + key_length] = '\0';
	value += *value == ' ';
	if (key_length == 0)
		return fault(parse, "no key before '='");
	if (last_section(parse) == NULL)
		return error_set(parse->error, EXIT_SETTINGS, "%s:%d: key '%s' stands before the first [section]",
			parse->ini->shown, parse->line, key);
	return add_entry(parse, key, value);
}

static bool has_control(const char *line, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		unsigned char byte = (unsigned char)line[i];
		if ((byte < 0x20 && byte != '\t') || byte == 0x7F)
			return true;
	}
	return false;
}

static int read_line(struct parse *parse, const char *line, size_t length)
{
	if (length > 0 && line[length - 1] == '\r')
		length--;
	if (has_control(line, length))
		return fault(parse, "a control character in the line; is this a text file?");
	char *text = folded(parse, line, length);
	if (text == NULL)
		return -1;
	if (text[0] == '\0')
		return 0;
	return text[0] == '[' ? read_header(parse, text) : read_entry(parse, text);
}

/* Whether the bytes can be read as text at all; else the fault is in the error with the line of the first bad byte. */
static bool is_text(struct parse *parse, const char *bytes, size_t length)
{
	bool wide = length >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0);
	size_t bad = text_bad_utf8(bytes, length);
	if (bad == length)
		return true;
	for (size_t i = 0; i < bad; i++)
		parse->line += bytes[i] == '\n';
	(void)fault(parse, wide ? "the file is UTF-16; save it as UTF-8" : "not UTF-8; save the file as UTF-8");
	return false;
}

int ini_parse(struct ini *ini, const char *shown, const char *bytes, size_t length, const char *repeats,
	struct arena *arena, struct error *error)
{
	size_t faults = error->count;
	struct parse parse = { .ini = ini, .repeats = repeats, .line = 1, .arena = arena, .error = error };
	*ini = (struct ini){ .shown = shown };
	if (!is_text(&parse, bytes, length))
		return -1;
	size_t at = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	for (; at < length; parse.line++) {
		const char *newline = memchr(bytes + at, '\n', length - at);
		size_t line = newline == NULL ? length - at : (size_t)(newline - (bytes + at));
		(void)read_line(&parse, bytes + at, line);
		at += line + 1;
	}
	return error->count > faults ? -1 : 0;
}

const struct ini_entry *ini_find(const struct ini_section *section, const char *key)
{
	for (size_t i = 0; i < section->count; i++)
		if (strcmp(section->entry[i].key, key) == 0)
			return &section->entry[i];
	return NULL;
}

const struct ini_section *ini_section(const struct ini *ini, const char *name)
{
	for (size_t i = 0; i < ini->count; i++)
		if (ini->section[i].name != NULL && strcmp(ini->section[i].name, name) == 0)
			return &ini->section[i];
	return NULL;
}
