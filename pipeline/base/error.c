/* Error messages: see error.h. */
#include "pipeline/base/error.h"

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

void error_join(struct error *error, const struct error *from)
{
	for (size_t i = 0; i < error_kept(from); i++)
		(void)error_set(error, from->code, "%s", from->message[i]);
	error->count += from->count - error_kept(from);
}
