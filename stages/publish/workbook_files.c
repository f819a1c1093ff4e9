/* Temporary files of libxlsxwriter: see workbook_files.h. */
#define _GNU_SOURCE /* fopencookie, mkostemp */
#include "stages/publish/workbook_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <xlsxwriter.h>
#include <xlsxwriter/utility.h>

static int fault; /* one workbook is written at a time */
static bool doubt;

static void note(int number)
{
	fault = fault == 0 ? number : fault;
}

void workbook_files_look(void)
{
	doubt = doubt || errno == ENOMEM;
}

/* Called by each function of a stream: the library makes one for every part of the workbook. */
static int file_of(void *cookie)
{
	workbook_files_look();
	return (int)(intptr_t)cookie;
}

static ssize_t read_some(void *cookie, char *bytes, size_t room)
{
	ssize_t got;
	do
		got = read(file_of(cookie), bytes, room);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		note(errno);
	return got;
}

static ssize_t write_all(void *cookie, const char *bytes, size_t length)
{
	for (size_t at = 0; at < length;) {
		ssize_t wrote = write(file_of(cookie), bytes + at, length - at);
		if (wrote < 0 && errno != EINTR) {
			note(errno);
			return (ssize_t)at;
		}
		at += wrote > 0 ? (size_t)wrote : 0;
	}
	return (ssize_t)length;
}

static int seek_to(void *cookie, off64_t *at, int whence)
{
	off64_t found = lseek64(file_of(cookie), *at, whence);
	if (found < 0) {
		note(errno);
		return -1;
	}
	*at = found;
	return 0;
}

static int close_it(void *cookie)
{
	int result = close(file_of(cookie));
	if (result != 0)
		note(errno);
	return result;
}

/* In the place of the library's own function of this name, which it calls for every part of a workbook. */
FILE *lxw_tmpfile(char *folder)
{
	char path[4096];
	workbook_files_look();
	int length = snprintf(path, sizeof path, "%s/.xlsx-XXXXXX", folder != NULL ? folder : ".");
	int file = length > 0 && (size_t)length < sizeof path ? mkostemp(path, O_CLOEXEC) : -1;
	FILE *stream = NULL;
	if (file >= 0 && unlink(path) == 0) /* without a name, so that nothing is left however the process ends */
		stream = fopencookie((void *)(intptr_t)file, "w+",
			(cookie_io_functions_t){ .read = read_some, .write = write_all, .seek = seek_to, .close = close_it });
	if (stream == NULL)
		note(errno == 0 ? ENAMETOOLONG : errno);
	if (stream == NULL && file >= 0)
		(void)close(file);
	return stream;
}

void workbook_files_begin(void)
{
	fault = 0;
	doubt = false;
	errno = 0;
}

int workbook_files_fault(void)
{
	return fault;
}

bool workbook_files_doubt(void)
{
	return doubt;
}
