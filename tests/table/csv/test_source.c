/* Tests of source: what is refused at once, and that no fault of a gzip file stays hidden. */
#include "pipeline/table/csv/source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/table/files.h"

static struct error error;
static const char text[] = "pid,belopp\nabc,1\ndef,2\nghi,3\n";
#define TEXT_LENGTH (sizeof text - 1)

typedef int opener(struct source **, const char *, const char *, struct error *);

static void forget(void)
{
	error.count = 0;
	error.code = EXIT_DONE;
}

/* Lays by what fits into so many calls of 7 bytes each; 0: nothing. */
static size_t calls_ahead;

static void lay_by(struct source *source)
{
	char buffer[7], path[sizeof files_folder + 8];
	if (calls_ahead == 0)
		return;
	(void)snprintf(path, sizeof path, "%s/spool", files_folder);
	int spool = source_spool(path, &error), more = 1;
	assert_true(spool >= 0);
	for (size_t i = 0; i < calls_ahead && more == 1; i++)
		more = source_ahead(source, spool, buffer, sizeof buffer, &error);
	assert_int_not_equal(more, -1);
	assert_int_equal(source_given(source), 0);
}

/* Reads all of it, `room` bytes at a time, into `content` (NUL-terminated). Its result is that of the last call. */
static int read_all(opener *open, const char *path, size_t room, char *content, size_t content_room)
{
	struct source *source = NULL;
	size_t used = 0, got = 1;
	forget();
	content[0] = '\0';
	if (open(&source, path, "s", &error) != 0) {
		assert_null(source);
		return -1;
	}
	char hash[HASH_TEXT], whole[HASH_TEXT];
	assert_false(source_hash(source, hash)); /* nobody has asked */
	assert_int_equal(source_hash_begin(source, &error), 0);
	lay_by(source);
	int result = 0;
	while (result == 0 && got > 0 && used + room < content_room) {
		result = source_read(source, content + used, room, &got, &error);
		used += result == 0 ? got : 0;
		content[used] = '\0';
	}
	if (result == 0) {
		assert_int_equal(source_given(source), used);
		assert_int_equal(hash_file(path, whole, &error), 0);
		assert_true(got > 0 || source_hash(source, hash));
		assert_true(got > 0 || strcmp(hash, whole) == 0);
	}
	source_close(source);
	return result;
}

static void expect_text(opener *open, const char *path, const char *expected)
{
	static const size_t rooms[] = {1, 2, 3, 7, 64, 4096};
	char content[10000];
	for (size_t i = 0; i < 3 * sizeof rooms / sizeof rooms[0]; i++) {
		calls_ahead = (size_t[]){ 0, 1, SIZE_MAX }[i % 3];
		assert_int_equal(read_all(open, path, rooms[i / 3], content, sizeof content), 0);
		assert_string_equal(content, expected);
		assert_int_equal(error.count, 0);
	}
	calls_ahead = 0;
}

/* The message must begin with `expected`, e.g. "s:1: IS_ZIP: ". */
static void expect_fault(opener *open, const char *path, enum exit_code code, const char *expected)
{
	char content[10000], message[ERROR_LENGTH];
	static const size_t rooms[] = {1, 5, 4096};
	for (size_t i = 0; i < 3 * sizeof rooms / sizeof rooms[0]; i++) {
		calls_ahead = (size_t[]){ 0, 2, SIZE_MAX }[i % 3];
		assert_int_equal(read_all(open, path, rooms[i / 3], content, sizeof content), -1);
		assert_int_equal(error.code, code);
		assert_int_equal(error.count, 1);
		(void)snprintf(message, sizeof message, "%.*s", (int)strlen(expected), error.message[0]);
		assert_string_equal(message, expected);
	}
	calls_ahead = 0;
}

static void plain_files_are_read(void **state)
{
	(void)state;
	expect_text(source_open, files_write("a.csv", text, TEXT_LENGTH), text);
	expect_text(source_open_by_content, files_write("a.csv", text, TEXT_LENGTH), text);
	expect_text(source_open, files_write("a.csv", "", 0), "");
	expect_text(source_open, files_write("a.csv", "x", 1), "x");
	char longer[3000];
	for (size_t i = 0; i < sizeof longer; i++)
		longer[i] = (char)('a' + i % 26);
	longer[sizeof longer - 1] = '\0';
	expect_text(source_open, files_write("a.csv", longer, strlen(longer)), longer);
}

static void gzip_files_are_read(void **state)
{
	(void)state;
	expect_text(source_open, files_write_gzip("a.csv.gz", text, TEXT_LENGTH), text);
	expect_text(source_open, files_write_gzip("a.csv.gz", "", 0), "");
	expect_text(source_open_by_content, files_write_gzip("a.csv", text, TEXT_LENGTH), text);
}

static void consumption_is_counted(void **state)
{
	(void)state;
	struct source *source = NULL;
	size_t length = 0, got = 0;
	char content[100];
	unsigned char *gzip = files_gzip(text, TEXT_LENGTH, &length);
	forget();
	assert_int_equal(source_open(&source, files_write("a.gz", gzip, length), "s", &error), 0);
	assert_int_equal(source_given(source), 0);
	assert_int_equal(source_read(source, content, 10, &got, &error), 0);
	assert_int_equal(got, 10);
	assert_int_equal(source_given(source), 10);
	assert_int_equal(source_consumed(source), length);
	source_close(source);
	source_close(NULL);
	free(gzip);
}

/* A file of `count` members, each holding the text; the bytes are to be freed. */
static unsigned char *members(size_t count, size_t *length)
{
	size_t one = 0;
	unsigned char *gzip = files_gzip(text, TEXT_LENGTH, &one);
	unsigned char *all = malloc(count * one + 16);
	assert_non_null(all);
	for (size_t i = 0; i < count; i++)
		memcpy(all + i * one, gzip, one);
	free(gzip);
	*length = count * one;
	return all;
}

static void several_members_are_one_text(void **state)
{
	(void)state;
	size_t length = 0, empty_length = 0;
	unsigned char *all = members(3, &length), *empty = files_gzip("", 0, &empty_length);
	char expected[3 * TEXT_LENGTH + 1];
	(void)snprintf(expected, sizeof expected, "%s%s%s", text, text, text);
	expect_text(source_open, files_write("a.csv.gz", all, length), expected);
	unsigned char *both = malloc(length + empty_length);
	assert_non_null(both);
	memcpy(both, empty, empty_length);
	memcpy(both + empty_length, all, length);
	expect_text(source_open, files_write("a.csv.gz", both, length + empty_length), expected);
	free(both);
	free(empty);
	free(all);
}

/* A first member of 65 535 bytes, filled up by an extra field in its header: the two bytes that begin the second member
   are read apart. */
static void members_meet_at_the_edge_of_a_read(void **state)
{
	(void)state;
	size_t length = 0, edge = 65535;
	unsigned char *gzip = members(1, &length), *all = calloc(edge + length, 1);
	char expected[2 * TEXT_LENGTH + 1];
	assert_non_null(all);
	size_t extra = edge - length - 2;
	memcpy(all, gzip, 10);
	all[3] |= 4;
	all[10] = (unsigned char)(extra & 0xFF);
	all[11] = (unsigned char)(extra >> 8);
	memcpy(all + 12 + extra, gzip + 10, length - 10);
	memcpy(all + edge, gzip, length);
	(void)snprintf(expected, sizeof expected, "%s%s", text, text);
	expect_text(source_open, files_write("a.csv.gz", all, edge + length), expected);
	expect_fault(source_open, files_write("a.csv.gz", all, edge + 1), EXIT_DATA, "s:5: GZIP_TRAILING: ");
	free(gzip);
	free(all);
}

static void truncation_shows_at_every_byte(void **state)
{
	(void)state;
	size_t length = 0;
	unsigned char *all = members(2, &length);
	char content[200];
	for (size_t cut = 0; cut < length; cut++) {
		int result = read_all(source_open, files_write("a.csv.gz", all, cut), 16, content, sizeof content);
		if (cut == length / 2) { /* a whole first member */
			assert_int_equal(result, 0);
			continue;
		}
		assert_int_equal(result, -1);
		assert_int_equal(error.code, EXIT_DATA);
		/* The first byte of a second member alone is not a member: garbage, by its look. */
		assert_non_null(strstr(error.message[0],
			cut == length / 2 + 1 ? "GZIP_TRAILING" : "GZIP_TRUNCATED"));
		size_t given = strlen(content) < TEXT_LENGTH ? strlen(content) : TEXT_LENGTH;
		assert_memory_equal(content, text, given);
	}
	free(all);
}

static void content_before_a_fault_is_given(void **state)
{
	(void)state;
	size_t length = 0;
	unsigned char *gzip = members(1, &length);
	char content[200];
	const char *path = files_write("a.csv.gz", gzip, length - 3);
	assert_int_equal(read_all(source_open, path, 100, content, sizeof content), -1);
	assert_string_equal(content, text);
	assert_string_equal(error.message[0],
		"s:5: GZIP_TRUNCATED: the compressed data break off; fetch the file again");
	free(gzip);
}

/* No changed bit changes what is read: it is a fault, or a bit that means nothing (time and system in the header, and
   what fills up the last byte of the compressed data). */
static void corruption_shows_at_every_bit(void **state)
{
	(void)state;
	size_t length = 0;
	unsigned char *gzip = members(1, &length);
	char content[4096]; /* what a damaged file gives before the fault may be long */
	unsigned harmless = 0;
	for (size_t at = 0; at < length; at++)
		for (unsigned bit = 0; bit < 8; bit++) {
			gzip[at] ^= (unsigned char)(1U << bit);
			const char *path = files_write("a.csv.gz", gzip, length);
			if (read_all(source_open, path, 64, content, sizeof content) == 0) {
				assert_string_equal(content, text);
				assert_true((at >= 3 && at < 10) || at == length - 9);
				harmless += at < 10;
			} else {
				assert_int_equal(error.code, EXIT_DATA);
			}
			gzip[at] ^= (unsigned char)(1U << bit);
		}
	assert_int_equal(harmless, 6 * 8 + 1); /* time, extra flags, system; and the flag that says it is text */
	gzip[length - 5] ^= 1; /* checksum */
	expect_fault(source_open, files_write("a.csv.gz", gzip, length), EXIT_DATA, "s:5: GZIP_CORRUPT: ");
	gzip[length - 5] ^= 1;
	gzip[length - 1] ^= 1; /* length */
	expect_fault(source_open, files_write("a.csv.gz", gzip, length), EXIT_DATA, "s:5: GZIP_CORRUPT: ");
	free(gzip);
}

/* Deflated by hand: eight letters, then 258 bytes of 25 before, where there are none; what is given is of the letters, never memory. */
static void a_repeat_of_nothing_gives_nothing(void **state)
{
	(void)state;
	static const char gzip[] = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b\x4c\x4a\x4e\x49\x4d\x4b\xcf\x18\x95\xa8\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa"
				   "\xaa\xaa\xaa\xaa\xaa\x02\x00\x00\x00\x00\x00\x00\x00\x00\x00";
	const char *path = files_write("a.csv.gz", gzip, sizeof gzip - 1);
	char content[1000];
	expect_fault(source_open, path, EXIT_DATA, "s:1: GZIP_CORRUPT: ");
	assert_int_equal(read_all(source_open, path, 900, content, sizeof content), -1);
	assert_int_equal(strncmp("abcdefgh", content, strlen(content)), 0);
}

/* A header with every part that it may have (RFC 1952), its checksum right; then wrong; then cut short. */
static void headers_of_every_part_are_read(void **state)
{
	(void)state;
	size_t length = 0, used = 10;
	unsigned char *gzip = files_gzip(text, TEXT_LENGTH, &length), *all = calloc(length + 66000, 1);
	assert_non_null(all);
	memcpy(all, gzip, 10);
	all[3] = 2 | 4 | 8 | 16;
	all[used++] = 5; /* an extra field of five bytes */
	used++;
	used += 5;
	memset(all + used, 'n', 65500); /* beyond what is read of the file at once */
	used += 65501;
	memcpy(all + used, "comment", 8);
	used += 8;
	unsigned long sum = crc32(0, all, (uInt)used);
	all[used++] = (unsigned char)(sum & 0xFF);
	all[used++] = (unsigned char)(sum >> 8 & 0xFF);
	memcpy(all + used, gzip + 10, length - 10);
	expect_text(source_open, files_write("a.csv.gz", all, used + length - 10), text);
	all[used - 1] ^= 1;
	expect_fault(source_open, files_write("a.csv.gz", all, used + length - 10), EXIT_DATA, "s:1: GZIP_CORRUPT: ");
	for (size_t cut = 3; cut < used; cut += cut < 30 || cut > used - 15 ? 1 : 1001)
		expect_fault(source_open, files_write("a.csv.gz", all, cut), EXIT_DATA, "s:1: GZIP_TRUNCATED: ");
	free(gzip);
	free(all);
}

static void bytes_behind_the_end_show(void **state)
{
	(void)state;
	static const char *const garbage[] = {"x", "\x1f", "xy", "garbage", "\x1f\x8c", "\n"};
	size_t length = 0;
	unsigned char *gzip = members(2, &length);
	for (size_t i = 0; i < sizeof garbage / sizeof garbage[0]; i++) {
		memcpy(gzip + length, garbage[i], strlen(garbage[i]));
		expect_fault(source_open, files_write("a.csv.gz", gzip, length + strlen(garbage[i])), EXIT_DATA,
			"s:9: GZIP_TRAILING: ");
	}
	memset(gzip + length, 0, 4);
	expect_fault(source_open, files_write("a.csv.gz", gzip, length + 4), EXIT_DATA, "s:9: GZIP_TRAILING: ");
	free(gzip);
}

static void names_and_contents_must_agree(void **state)
{
	(void)state;
	static const char zip[] = "PK\x03\x04\n\n", no_zip[] = "PK\x05\x06\n\n";
	static const char html[] = "\xEF\xBB\xBF \r\n<!DOCTYPE HTML>", tag[] = "<pid>,<kon>\n";
	expect_fault(source_open, files_write("a.csv.gz", text, TEXT_LENGTH), EXIT_DATA, "s:1: NOT_GZIP: ");
	expect_fault(source_open_by_content, files_write("a.csv.gz", text, TEXT_LENGTH), EXIT_DATA, "s:1: NOT_GZIP: ");
	expect_fault(source_open, files_write("a.csv.gz", "", 0), EXIT_DATA, "s:1: GZIP_TRUNCATED: ");
	expect_fault(source_open, files_write_gzip("a.csv", text, TEXT_LENGTH), EXIT_DATA, "s:1: IS_GZIP: ");
	expect_fault(source_open, files_write("a.csv", zip, sizeof zip - 1), EXIT_DATA, "s:1: IS_ZIP: ");
	expect_fault(source_open, files_write("a.csv", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1more", 12), EXIT_DATA, "s:1: IS_XLS: ");
	expect_fault(source_open, files_write("a.csv", no_zip, sizeof no_zip - 1), EXIT_DATA, "s:1: IS_ZIP: ");
	expect_fault(source_open, files_write("a.csv", html, sizeof html - 1), EXIT_DATA, "s:1: IS_HTML: ");
	expect_text(source_open_by_content, files_write("a.csv", zip, sizeof zip - 1), zip);
	expect_text(source_open, files_write("a.csv", tag, sizeof tag - 1), tag);
	expect_text(source_open, files_write("a.csv", "<", 1), "<");
}

static void only_files_are_opened(void **state)
{
	(void)state;
	const char *folder = files_path("folder"), *pipe = files_path("pipe.csv"), *link = files_path("link.csv");
	assert_int_equal(mkdir(folder, 0700), 0);
	assert_int_equal(mkfifo(pipe, 0600), 0);
	assert_int_equal(symlink(files_write("a.csv", text, TEXT_LENGTH), link), 0);
	(void)alarm(20); /* a reader that waits on the pipe is killed */
	expect_fault(source_open, folder, EXIT_DATA, "s:1: NOT_A_FILE: a directory");
	expect_fault(source_open, pipe, EXIT_DATA, "s:1: NOT_A_FILE: a pipe");
	expect_fault(source_open, link, EXIT_DATA, "s:1: NOT_A_FILE: a symbolic link");
	expect_fault(source_open, "/dev/zero", EXIT_DATA, "s:1: NOT_A_FILE: a pipe, socket or device");
	(void)alarm(0);
	expect_fault(source_open, files_path("none.csv"), EXIT_IO, "s: cannot be opened: No such file");
}

/* Reads it through without keeping it. */
static int drain(const char *path, uint64_t *given)
{
	static char room[1 << 16];
	struct source *source = NULL;
	size_t got = 1;
	int result = source_open(&source, path, "s", &error);
	while (result == 0 && got > 0)
		result = source_read(source, room, sizeof room, &got, &error);
	*given = source_given(source);
	source_close(source);
	return result;
}

/* What was not read to its end has no hash. */
static void half_a_file_has_no_hash(void **state)
{
	(void)state;
	struct source *source;
	char path[sizeof files_folder + 8], bytes[8], hash[HASH_TEXT];
	size_t got;
	forget();
	(void)snprintf(path, sizeof path, "%s/half", files_folder);
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	for (size_t i = 0; i < 100000; i++)
		assert_int_equal(fwrite(text, 1, TEXT_LENGTH, file), TEXT_LENGTH);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(source_open(&source, path, "s", &error), 0);
	assert_int_equal(source_hash_begin(source, &error), 0);
	assert_int_equal(source_read(source, bytes, sizeof bytes, &got, &error), 0);
	assert_false(source_hash(source, hash));
	source_close(source);
	assert_int_equal(unlink(path), 0);
}

static void bombs_are_refused(void **state)
{
	(void)state;
	size_t length = (size_t)SOURCE_FREE, more = length + ((size_t)1 << 20);
	char *zeros = calloc(more, 1);
	uint64_t given = 0;
	assert_non_null(zeros);
	forget();
	assert_int_equal(drain(files_write_gzip("a.csv.gz", zeros, length), &given), 0);
	assert_int_equal(given, length);
	assert_int_equal(drain(files_write_gzip("a.csv.gz", zeros, more), &given), -1);
	assert_int_equal(error.code, EXIT_DATA);
	assert_non_null(strstr(error.message[0], "s:1: GZIP_BOMB: "));
	assert_true(given <= SOURCE_FREE + (1 << 18));
	free(zeros);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_files_are_read),
		cmocka_unit_test(gzip_files_are_read),
		cmocka_unit_test(consumption_is_counted),
		cmocka_unit_test(several_members_are_one_text),
		cmocka_unit_test(members_meet_at_the_edge_of_a_read),
		cmocka_unit_test(truncation_shows_at_every_byte),
		cmocka_unit_test(content_before_a_fault_is_given),
		cmocka_unit_test(corruption_shows_at_every_bit),
		cmocka_unit_test(a_repeat_of_nothing_gives_nothing),
		cmocka_unit_test(headers_of_every_part_are_read),
		cmocka_unit_test(bytes_behind_the_end_show),
		cmocka_unit_test(names_and_contents_must_agree),
		cmocka_unit_test(only_files_are_opened),
		cmocka_unit_test(half_a_file_has_no_hash),
		cmocka_unit_test(bombs_are_refused),
	};
	return cmocka_run_group_tests(tests, files_begin, files_end);
}
