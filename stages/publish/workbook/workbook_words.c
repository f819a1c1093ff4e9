/* What libxlsxwriter says on standard error: see workbook_words.h. */
#include "stages/publish/workbook/workbook_words.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SAID_BYTES 256 /* of what was said, for the message */

static int kept = -1, said = -1; /* standard error; what comes instead of it. One workbook is written at a time */

static void shut(int *file)
{
	if (*file >= 0)
		(void)close(*file);
	*file = -1;
}

int workbook_words_begin(struct error *error)
{
	int ends[2] = { -1, -1 };
	int result = -1;
	(void)fflush(stderr);
	/* It must not wait for a reader: what does not fit is one complaint among many. */
	if (pipe(ends) == 0 && fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0 && fcntl(ends[1], F_SETFL, O_NONBLOCK) == 0 &&
		(kept = dup(STDERR_FILENO)) >= 0 && dup2(ends[1], STDERR_FILENO) >= 0)
		result = 0;
	else
		(void)error_system(error, errno, "tabeller.xlsx: what its library says cannot be read");
	shut(&ends[1]);
	said = ends[0];
	if (result != 0) {
		shut(&said);
		shut(&kept);
	}
	return result;
}

int workbook_words_end(struct error *error)
{
	char text[SAID_BYTES];
	(void)fflush(stderr);
	int restored = dup2(kept, STDERR_FILENO), number = errno;
	ssize_t got = read(said, text, sizeof text - 1);
	bool nothing = got == 0 || (got < 0 && errno == EAGAIN);
	int result = 0;
	if (restored < 0)
		result = error_system(error, number, "standard error cannot be given back");
	else if (got < 0 && !nothing)
		result = error_system(error, errno, "tabeller.xlsx: what its library says cannot be read");
	else if (!nothing) {
		text[got] = '\0';
		text[strcspn(text, "\n")] = '\0';
		result = error_set(error, EXIT_IO, "tabeller.xlsx: libxlsxwriter says: %s", text);
	}
	shut(&said);
	shut(&kept);
	return result;
}
