/* Fuzzes the gzip reader. Any bytes named .gz give the same content and the same fault whatever the room of a read; and a gzip of
   two members that is whole, cut short, changed in one bit or followed by a byte gives its content or a fault, never other bytes. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "pipeline/table/csv/source.h"

enum { WHOLE, CUT, BIT, TRAILING };
enum { LONGEST = 1 << 20 };

static char path[96];

static void must(bool truth)
{
	if (!truth)
		abort();
}

/* The content of a file of these bytes, `room` bytes a read; its length. *fault gets the message, "" without one. */
static size_t read_gzip(const unsigned char *bytes, size_t length, size_t room, char *content, char fault[ERROR_LENGTH])
{
	static struct error error;
	struct source *source = NULL;
	size_t given = 0, got = 0;
	FILE *file = fopen(path, "wb");
	must(file != NULL && fwrite(bytes, 1, length, file) == length);
	must(fclose(file) == 0);
	error = (struct error){ .count = 0 };
	int result = source_open(&source, path, "f.gz", &error);
	while (result == 0 && given < LONGEST) {
		result = source_read(source, content + given, room < LONGEST - given ? room : LONGEST - given, &got, &error);
		if (result == 0 && got == 0)
			break;
		given += result == 0 ? got : 0;
	}
	must((result != 0) == (error.count > 0));
	(void)snprintf(fault, ERROR_LENGTH, "%s", result != 0 ? error.message[0] : "");
	source_close(source);
	return given;
}

static void read_any(const unsigned char *bytes, size_t length, size_t room, char *one, char *other)
{
	char fault[ERROR_LENGTH], again[ERROR_LENGTH];
	size_t first = read_gzip(bytes, length, LONGEST, one, fault);
	size_t second = read_gzip(bytes, length, room, other, again);
	if (first == LONGEST || second == LONGEST)
		return; /* what lies behind was not looked at */
	must(first == second && memcmp(one, other, first) == 0 && strcmp(fault, again) == 0);
}

/* Adds one gzip member. */
static size_t add_member(unsigned char *gzip, size_t used, size_t room, unsigned char *bytes, size_t length)
{
	z_stream stream = { .next_in = bytes, .avail_in = (uInt)length, .next_out = gzip + used, .avail_out = (uInt)(room - used) };
	must(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK && deflate(&stream, Z_FINISH) == Z_STREAM_END);
	(void)deflateEnd(&stream);
	return room - stream.avail_out;
}

static void read_made(unsigned damage, size_t place, unsigned char *bytes, size_t length, char *content)
{
	char fault[ERROR_LENGTH];
	size_t room = length + 4096, cut = length == 0 ? 0 : place % length;
	unsigned char *gzip = malloc(room);
	must(gzip != NULL);
	size_t member = add_member(gzip, 0, room, bytes, cut);
	size_t end = add_member(gzip, member, room, bytes + cut, length - cut), used = end;
	if (damage == CUT)
		used = place % end;
	else if (damage == BIT)
		gzip[place % end] ^= (unsigned char)(1U << place % 8);
	else if (damage == TRAILING)
		gzip[used++] = (unsigned char)place;
	size_t given = read_gzip(gzip, used, 1 + place % 700, content, fault);
	bool whole = given == length && memcmp(content, bytes, length) == 0;
	if (damage == WHOLE)
		must(fault[0] == '\0' && whole);
	else if (damage == TRAILING)
		must(fault[0] != '\0');
	else if (damage == CUT)
		must(given <= length && memcmp(content, bytes, given) == 0 && (fault[0] != '\0' || (used == member && given == cut)));
	else
		must(fault[0] != '\0' || whole);
	free(gzip);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char folder[32], *one, *other;
	if (folder[0] == '\0') {
		(void)snprintf(folder, sizeof folder, "fuzz-gzip-XXXXXX");
		must(mkdtemp(folder) != NULL);
		(void)snprintf(path, sizeof path, "%s/f.gz", folder);
		one = malloc(LONGEST);
		other = malloc(LONGEST);
		must(one != NULL && other != NULL);
	}
	if (size < 3)
		return 0;
	size_t place = data[1] + 256U * data[2], rest = size - 3;
	unsigned char *copy = malloc(rest);
	must(copy != NULL || rest == 0);
	if (rest > 0)
		memcpy(copy, data + 3, rest);
	if ((data[0] & 1) == 0)
		read_any(copy, rest, 1 + place % 300, one, other);
	else
		read_made(data[0] >> 1 & 3, place, copy, rest, one);
	free(copy);
	(void)unlink(path);
	return 0;
}
