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

#include "pipeline/base/terminal.h"
#include "pipeline/base/text.h"

struct log {
	int file; /* −1: none */
	enum log_voice voice;
	bool clears, colours; /* standard error is a terminal where a progress line may stand; it takes colours */
};

int log_open(struct log **log, const char *path, enum log_voice voice, struct error *error)
{
	*log = calloc(1, sizeof **log);
	if (*log == NULL)
		return error_set(error, EXIT_IO, "out of memory");
	(*log)->voice = voice;
	(*log)->clears = terminal_is(STDERR_FILENO);
	(*log)->colours = terminal_has_colours(STDERR_FILENO);
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
#define TEXT_BYTES 1024 /* of a message, with its NUL; as JSON it may be longer, and is then cut */

/* The text as well-formed UTF-8, at most TEXT_BYTES, cut between characters. */
static void make_sound(char out[TEXT_BYTES], const char *text)
{
	(void)snprintf(out, TEXT_BYTES, "%s", text);
	size_t length = strlen(out);
	bool whole = text[length] == '\0';
	for (size_t bad; (bad = text_bad_utf8(out, length)) < length;) {
		if (!whole && bad + 4 > length) { /* the character that the cut went through */
			out[bad] = '\0';
			return;
		}
		out[bad] = '?';
	}
}

/* The length of the control character at `text`: C0 and DEL 1, C1 (which some terminals obey) 2; else 0. */
static size_t control(const char *text)
{
	const unsigned char *c = (const unsigned char *)text;
	return c[0] < 0x20 || c[0] == 0x7F ? 1 : c[0] == 0xC2 && c[1] >= 0x80 && c[1] < 0xA0 ? 2 : 0;
}

/* With control characters, quotes and backslashes as JSON escapes; cut to the room. */
static void escape(char *out, size_t room, const char *text)
{
	size_t used = 0;
	for (size_t length; *text != '\0' && used + 8 < room; text += length) {
		size_t width = control(text);
		length = width > 0 ? width : 1;
		if (*text == '"' || *text == '\\')
			used += (size_t)snprintf(out + used, room - used, "\\%c", *text);
		else if (width > 0)
			used += (size_t)snprintf(out + used, room - used, "\\u%04x", (unsigned)(unsigned char)text[width - 1]);
		else
			for (out[used++] = *text; ((unsigned char)text[length] & 0xC0) == 0x80; length++) /* the whole character */
				out[used++] = text[length];
	}
	out[used] = '\0';
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

/* One line on standard error; control characters are blanks. */
static void speak(const struct log *log, enum log_level level, const char *stage, char *text)
{
	static const struct {
		const char *colour, *word;
	} marks[] = { [LOG_NOTE] = { "", "" }, [LOG_WARNING] = { "\033[33m", "warning: " }, [LOG_ERROR] = { "\033[31m", "" } };
	char line[LINE_BYTES];
	bool coloured = log->colours && level != LOG_NOTE;
	for (char *at = text; *at != '\0'; at++)
		for (size_t width = control(at); width > 0; width--)
			at[width - 1] = ' ';
	int length = snprintf(line, sizeof line, "%s%sfinsamstat %s: %s%s%s\n", log->clears ? TERMINAL_CLEAR : "",
		coloured ? marks[level].colour : "", stage, marks[level].word, coloured ? "\033[0m" : "", text);
	write_whole(STDERR_FILENO, line, (size_t)length);
}

void log_event(struct log *log, enum log_level level, const char *stage, const char *text)
{
	static const char *const names[] = { "note", "warning", "error" };
	char sound[TEXT_BYTES], escaped[LINE_BYTES - 256], line[LINE_BYTES], when[32] = "";
	make_sound(sound, text);
	if (log->file >= 0) {
		time_t now = time(NULL);
		struct tm utc;
		escape(escaped, sizeof escaped, sound);
		if (gmtime_r(&now, &utc) != NULL)
			(void)strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &utc);
		int length = snprintf(line, sizeof line,
			"{\"time\":\"%s\",\"level\":\"%s\",\"stage\":\"%s\",\"text\":\"%s\"}\n", when, names[level], stage,
			escaped);
		write_whole(log->file, line, (size_t)length);
	}
	if (log->voice == LOG_LOUD || (log->voice == LOG_QUIET && level != LOG_NOTE))
		speak(log, level, stage, sound);
}

void log_close(struct log *log)
{
	if (log == NULL)
		return;
	if (log->file >= 0)
		(void)close(log->file);
	free(log);
}
