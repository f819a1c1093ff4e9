/* Inflates gzip files with bare zlib, one after the other on one thread, and counts their bytes: what reading costs before anything is
   read. For make bench. */
#include <stdio.h>
#include <zlib.h>

#define PIECE (1 << 20)

/* Adds the bytes of one file of one or more members; -1 when it is not gzip to its end. */
static int inflate_file(FILE *file, size_t *bytes)
{
	static unsigned char packed[PIECE], content[PIECE];
	z_stream stream = { .next_in = packed };
	int status = inflateInit2(&stream, 15 + 16);
	while (status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR) {
		if (stream.avail_in == 0) {
			stream.next_in = packed;
			stream.avail_in = (uInt)fread(packed, 1, sizeof packed, file);
			if (stream.avail_in == 0)
				break;
		}
		if (status == Z_STREAM_END)
			(void)inflateReset(&stream);
		stream.next_out = content;
		stream.avail_out = sizeof content;
		status = inflate(&stream, Z_NO_FLUSH);
		*bytes += sizeof content - stream.avail_out;
	}
	(void)inflateEnd(&stream);
	return status == Z_STREAM_END ? 0 : -1;
}

int main(int argc, char **argv)
{
	size_t bytes = 0;
	for (int i = 1; i < argc; i++) {
		FILE *file = fopen(argv[i], "rb");
		if (file == NULL || inflate_file(file, &bytes) != 0)
			return 1;
		(void)fclose(file);
	}
	return printf("%zu bytes\n", bytes) < 0;
}
