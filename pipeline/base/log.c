/* Log events: see log.h. */
#include "pipeline/base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct log {
	int file; /* −1: none */
	enum log_voice voice;
};

int log_open(struct log **log, const char *path, enum log_voice voice, struct error *error)
{
	*log = calloc(1, sizeof **log);
	if (*log == NULL)
		return error_set(error, EXIT_IO, "out of memory");
	(*log)->voice = voice;
	(*log)->file = -1;
	if (path == NULL)
		return 0;
	(*log)->file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if ((*log)->file >= 0 && fchmod((*log)->file, 0600) == 0)
		return 0;
	int number = errno;
	log_close(*log);
	*log = NULL;
	return error_system(error, number, "%s: cannot be written", path);
}

#define LINE_BYTES 2048

/* Copies text with control characters, quotes and backslashes as JSON escapes; cut to the room. */
static size_t escape(char *out, size_t room, const char *text)
{
	size_t used = 0;
	for (; *text != '\0' && used + 8 < room; text++) {
		unsigned char c = (unsigned char)*text;
		if (c == '"' || c == '\\')
			used += (size_t)snprintf(out + used, room - used, "\\%c", c);
		else if (c < 0x20 || c == 0x7F)
			used += (size_t)snprintf(out + used, room - used, "\\u%04x", c);
		else
			out[used++] = (char)c;
	}
	out[used] = '\0';
	return used;
}

static void write_whole(int file, const char *line, size_t length)
{
	while (length > 0) {
		ssize_t wrote = write(file, line, length);
		if (wrote <= 0) {
			if (wrote < 0 && errno == EINTR)
				continue;
			return; /* the log is an account, not a result: a full disk is found by what it records */
		}
		line += wrote;
		length -= (size_t)wrote;
	}
}

void log_event(struct log *log, enum log_level level, const char *stage, const char *text)
{
	static const char *const names[] = { "note", "warning", "error" };
	char escaped[LINE_BYTES - 256], line[LINE_BYTES], when[32] = "";
	(void)escape(escaped, sizeof escaped, text);
	if (log->file >= 0) {
		time_t now = time(NULL);
		struct tm utc;
		if (gmtime_r(&now, &utc) != NULL)
			(void)strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &utc);
		int length = snprintf(line, sizeof line,
			"{\"time\":\"%s\",\"level\":\"%s\",\"stage\":\"%s\",\"text\":\"%s\"}\n", when, names[level], stage,
			escaped);
		write_whole(log->file, line, (size_t)length);
	}
	if (log->voice == LOG_SILENT || (log->voice == LOG_QUIET && level == LOG_NOTE))
		return;
	for (size_t i = 0; text[i] != '\0' && i < sizeof escaped - 1; i++)
		escaped[i] = (unsigned char)text[i] < 0x20 || text[i] == 0x7F ? ' ' : text[i], escaped[i + 1] = '\0';
	int length = snprintf(line, sizeof line, "finsamstat %s: %s%s\n", stage,
		level == LOG_WARNING ? "warning: " : "", text[0] == '\0' ? "" : escaped);
	write_whole(STDERR_FILENO, line, (size_t)length);
}

void log_close(struct log *log)
{
	if (log == NULL)
		return;
	if (log->file >= 0)
		(void)close(log->file);
	free(log);
}
