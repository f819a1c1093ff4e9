/* Error messages: see error.h. */
#include "pipeline/base/error.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

size_t error_kept(const struct error *error)
{
	return error->count < ERROR_KEPT ? error->count : ERROR_KEPT;
}

/* Cuts a message that vsnprintf shortened so that no UTF-8 character is left in halves. */
static void cut_between_characters(char *text)
{
	size_t end = strlen(text);
	size_t start = end;
	while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
		start--;
	if (start == 0)
		return;
	unsigned char lead = (unsigned char)text[start - 1];
	size_t need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
	if (end - (start - 1) < need)
		text[start - 1] = '\0';
}

static char *next_message(struct error *error, enum exit_code code)
{
	if (error->count == 0)
		error->code = code;
	error->count++;
	return error->count <= ERROR_KEPT ? error->message[error->count - 1] : NULL;
}

int error_set(struct error *error, enum exit_code code, const char *format, ...)
{
	char *message = next_message(error, code);
	if (message == NULL)
		return -1;
	va_list arguments;
	va_start(arguments, format);
	(void)vsnprintf(message, ERROR_LENGTH, format, arguments);
	va_end(arguments);
	cut_between_characters(message);
	return -1;
}

int error_system(struct error *error, int number, const char *format, ...)
{
	char *message = next_message(error, EXIT_IO);
	if (message == NULL)
		return -1;
	va_list arguments;
	va_start(arguments, format);
	(void)vsnprintf(message, ERROR_LENGTH, format, arguments);
	va_end(arguments);
	size_t used = strlen(message);
	(void)snprintf(message + used, ERROR_LENGTH - used, ": %s", strerror(number));
	cut_between_characters(message);
	return -1;
}

/* Adds to a message in the making; what it has no room for is cut. */
__attribute__((format(printf, 3, 0))) static void add_list(char *message, size_t *used, const char *format, va_list arguments)
{
	int length = vsnprintf(message + *used, ERROR_LENGTH - *used, format, arguments);
	size_t room = ERROR_LENGTH - 1 - *used;
	*used += length < 0 ? 0 : (size_t)length < room ? (size_t)length : room;
}

__attribute__((format(printf, 3, 4))) static void add(char *message, size_t *used, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	add_list(message, used, format, arguments);
	va_end(arguments);
}

/* Then what was added last may be cut. */
static bool is_full(size_t used)
{
	return used == ERROR_LENGTH - 1;
}

/* Adds ": WORD" and notes where it stands. */
static void add_word(char *message, size_t *used, const char *word, uint16_t *at, uint16_t *bytes)
{
	if (word == NULL)
		return;
	add(message, used, ": ");
	*at = (uint16_t)*used;
	add(message, used, "%s", word);
	*bytes = is_full(*used) ? 0 : (uint16_t)(*used - *at);
}

static void add_column(char *message, size_t *used, const char *column, struct error_spot *spot)
{
	add_word(message, used, column, &spot->column, &spot->column_bytes);
	const char *words = message + spot->column, *quote = memchr(words, '\'', spot->column_bytes);
	const char *name = quote != NULL ? quote + 1 : memchr(words, ' ', spot->column_bytes);
	size_t before = name == NULL ? 0 : (size_t)(name - words) + (quote == NULL ? 1 : 0), behind = quote == NULL ? 0 : 1;
	if (before + behind > spot->column_bytes)
		return;
	spot->column = (uint16_t)(spot->column + before);
	spot->column_bytes = (uint16_t)(spot->column_bytes - before - behind);
}

int error_at(struct error *error, const struct error_place *place, const char *format, ...)
{
	char *message = next_message(error, EXIT_DATA);
	if (message == NULL)
		return -1;
	size_t used = 0;
	struct error_spot *spot = &error->spot[error->count - 1];
	*spot = (struct error_spot){ .line = place->line, .record = place->record };
	add(message, &used, "%s", place->file);
	spot->file = is_full(used) ? 0 : (uint16_t)used;
	if (place->line > 0)
		add(message, &used, ":%" PRIu64, place->line);
	else if (place->record > 0)
		add(message, &used, ": record %" PRIu64, place->record);
	if (!place->code_first)
		add_column(message, &used, place->column, spot);
	add_word(message, &used, place->code, &spot->code, &spot->code_bytes);
	if (place->code_first)
		add_column(message, &used, place->column, spot);
	add(message, &used, ": ");
	spot->reason = is_full(used) ? 0 : (uint16_t)used;
	va_list arguments;
	va_start(arguments, format);
	add_list(message, &used, format, arguments);
	va_end(arguments);
	if (place->line > 0 && place->record > 0 && place->record != place->line)
		add(message, &used, " (record %" PRIu64 ")", place->record);
	cut_between_characters(message);
	return -1;
}

void error_copy(struct error *error, const struct error *from, size_t message)
{
	(void)error_set(error, from->code, "%s", from->message[message]);
	if (error->count <= ERROR_KEPT)
		error->spot[error->count - 1] = from->spot[message];
}

void error_join(struct error *error, const struct error *from)
{
	for (size_t i = 0; i < error_kept(from); i++)
		error_copy(error, from, i);
	error->count += from->count - error_kept(from);
}
