/* Files that a test makes: in a temporary folder of its own, removed at the end. */
#ifndef FINSAMSTAT_TESTS_TABLE_FILES_H
#define FINSAMSTAT_TESTS_TABLE_FILES_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

static char files_folder[1024];

/* Makes the folder. 0, or -1: to be used as cmocka's group setup. */
static inline int files_begin(void **state)
{
	(void)state;
	const char *base = getenv("TMPDIR");
	(void)snprintf(files_folder, sizeof files_folder, "%s/finsamstat-test-XXXXXX", base != NULL ? base : "/tmp");
	return mkdtemp(files_folder) == NULL ? -1 : 0;
}

/* Removes the folder and what is in it (no folders in it but empty ones). */
static inline int files_end(void **state)
{
	(void)state;
	DIR *folder = opendir(files_folder);
	const struct dirent *entry;
	while (folder != NULL && (entry = readdir(folder)) != NULL) {
		char path[2048];
		(void)snprintf(path, sizeof path, "%s/%s", files_folder, entry->d_name);
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			(void)remove(path);
	}
	if (folder != NULL)
		(void)closedir(folder);
	return rmdir(files_folder);
}

/* The path of a file of that name in the folder: one of four texts used in turn. */
static inline const char *files_path(const char *name)
{
	static char path[4][2048];
	static unsigned turn;
	char *text = path[turn++ % 4];
	(void)snprintf(text, sizeof path[0], "%s/%s", files_folder, name);
	return text;
}

/* Writes a file whole and returns its path; ends the test program when it cannot. */
static inline const char *files_write(const char *name, const void *bytes, size_t length)
{
	const char *path = files_path(name);
	FILE *file = fopen(path, "wb");
	if (file == NULL || fwrite(bytes, 1, length, file) != length || fclose(file) != 0)
		abort();
	return path;
}

/* One gzip member with these bytes, in memory to be freed; *gzip_length gets its length. */
static inline unsigned char *files_gzip(const void *bytes, size_t length, size_t *gzip_length)
{
	size_t room = length + length / 1000 + 1024;
	unsigned char *gzip = malloc(room);
	Bytef *copy = malloc(length + 1);
	z_stream stream = {0};
	if (gzip == NULL || copy == NULL || deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		abort();
	memcpy(copy, bytes, length);
	stream.next_in = copy;
	stream.avail_in = (uInt)length;
	stream.next_out = gzip;
	stream.avail_out = (uInt)room;
	if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
		abort();
	*gzip_length = room - stream.avail_out;
	(void)deflateEnd(&stream);
	free(copy);
	return gzip;
}

/* Writes a gzip file of one member and returns its path. */
static inline const char *files_write_gzip(const char *name, const void *bytes, size_t length)
{
	size_t gzip_length = 0;
	unsigned char *gzip = files_gzip(bytes, length, &gzip_length);
	const char *path = files_write(name, gzip, gzip_length);
	free(gzip);
	return path;
}

#endif
