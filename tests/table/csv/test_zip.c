/* Zip archives: a stored and a deflated member (made by Python's zipfile), cut and damaged ones; a member exchanged for another. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "pipeline/table/csv/zip.h"

/* zipfile.ZipFile: a.txt = "hej" stored, b/c.xml = "<v>" * 20 deflated; dates of 1980. */
static const unsigned char archive[] = {
	0x50, 0x4b, 0x03, 0x04, 0x14, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x21, 0x00, 0x2e, 0x54, 0x68, 0x0c,
	0x03, 0x00, 0x00, 0x00, 0x03, 0x00, 0x00, 0x00, 0x05, 0x00, 0x00, 0x00, 0x61, 0x2e, 0x74, 0x78, 0x74, 0x68,
	0x65, 0x6a, 0x50, 0x4b, 0x03, 0x04, 0x14, 0x00, 0x00, 0x00, 0x08, 0x00, 0x00, 0x00, 0x21, 0x00, 0xa9, 0xe0,
	0xf4, 0xcc, 0x08, 0x00, 0x00, 0x00, 0x3c, 0x00, 0x00, 0x00, 0x07, 0x00, 0x00, 0x00, 0x62, 0x2f, 0x63, 0x2e,
	0x78, 0x6d, 0x6c, 0xb3, 0x29, 0xb3, 0xb3, 0x21, 0x17, 0x01, 0x00, 0x50, 0x4b, 0x01, 0x02, 0x14, 0x03, 0x14,
	0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x21, 0x00, 0x2e, 0x54, 0x68, 0x0c, 0x03, 0x00, 0x00, 0x00, 0x03,
	0x00, 0x00, 0x00, 0x05, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x80, 0x01, 0x00,
	0x00, 0x00, 0x00, 0x61, 0x2e, 0x74, 0x78, 0x74, 0x50, 0x4b, 0x01, 0x02, 0x14, 0x03, 0x14, 0x00, 0x00, 0x00,
	0x08, 0x00, 0x00, 0x00, 0x21, 0x00, 0xa9, 0xe0, 0xf4, 0xcc, 0x08, 0x00, 0x00, 0x00, 0x3c, 0x00, 0x00, 0x00,
	0x07, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x80, 0x01, 0x26, 0x00, 0x00, 0x00,
	0x62, 0x2f, 0x63, 0x2e, 0x78, 0x6d, 0x6c, 0x50, 0x4b, 0x05, 0x06, 0x00, 0x00, 0x00, 0x00, 0x02, 0x00, 0x02,
	0x00, 0x68, 0x00, 0x00, 0x00, 0x53, 0x00, 0x00, 0x00, 0x00, 0x00,
};

static struct error error;

static bool without_memory;

/* In the place of zlib's own. */
int inflateInit2_(z_streamp stream, int window, const char *version, int size)
{
	int (*next)(z_streamp, int, const char *, int);
	void *address = dlsym(RTLD_NEXT, "inflateInit2_");
	memcpy(&next, &address, sizeof next);
	return without_memory ? Z_MEM_ERROR : next(stream, window, version, size);
}

static void reads_members(void **unused)
{
	(void)unused;
	struct arena *arena = arena_new(&error);
	size_t count = 0;
	const struct zip_member *member = zip_read((const char *)archive, sizeof archive, "x.zip", &count, arena, &error);
	assert_non_null(member);
	assert_int_equal(count, 2);
	assert_string_equal(member[0].name, "a.txt");
	assert_string_equal(member[0].bytes, "hej");
	assert_string_equal(member[1].name, "b/c.xml");
	assert_int_equal(member[1].length, 60);
	assert_memory_equal(member[1].bytes, "<v><v><v>", 9);
	arena_free(arena);
}

/* The form alone: any part moved, of another length, or with another checksum is seen; what is packed is not looked at. */
static void checks_the_form(void **unused)
{
	(void)unused;
	unsigned char copy[sizeof archive + 1];
	error = (struct error){ 0 };
	assert_int_equal(zip_check((const char *)archive, sizeof archive, "x.zip", &error), 0);
	for (size_t i = 0; i < sizeof archive; i++)
		assert_int_equal(zip_check((const char *)archive, i, "x.zip", &error), -1);
	static const size_t sums[] = { 14, 52, 99, 150 }, lengths[] = { 18, 22, 56, 60, 103, 107 }; /* in headers and directory */
	for (size_t i = 0; i < 4 + 6; i++) {
		memcpy(copy, archive, sizeof archive);
		copy[i < 4 ? sums[i] : lengths[i - 4]] ^= 1;
		assert_int_equal(zip_check((const char *)copy, sizeof archive, "x.zip", &error), -1);
	}
	copy[0] = 'P'; /* a byte before all, as when something was written in front */
	memcpy(copy + 1, archive, sizeof archive);
	assert_int_equal(zip_check((const char *)copy, sizeof copy, "x.zip", &error), -1);
	assert_int_equal(error.code, EXIT_DATA);
}

/* Every cut and every changed byte gives the members or a fault, and never reads outside (run under ASan). */
static void survives_damage(void **unused)
{
	(void)unused;
	unsigned char copy[sizeof archive];
	size_t refused = 0, count;
	for (size_t i = 0; i < sizeof archive; i++) {
		struct arena *arena = arena_new(&error);
		error = (struct error){ 0 };
		assert_null(zip_read((const char *)archive, i, "x.zip", &count, arena, &error));
		assert_int_equal(error.code, EXIT_DATA);
		for (unsigned change = 1; change < 256; change *= 2) {
			memcpy(copy, archive, sizeof archive);
			copy[i] ^= (unsigned char)change;
			error = (struct error){ 0 };
			refused += zip_read((const char *)copy, sizeof copy, "x.zip", &count, arena, &error) == NULL;
		}
		arena_free(arena);
	}
	assert_true(refused > sizeof archive);
}

static void no_memory_is_no_damage(void **unused)
{
	(void)unused;
	struct arena *arena = arena_new(&error);
	size_t count;
	error = (struct error){ 0 };
	without_memory = true;
	assert_null(zip_read((const char *)archive, sizeof archive, "x.zip", &count, arena, &error));
	without_memory = false;
	assert_int_equal(error.code, EXIT_IO);
	arena_free(arena);
}

/* Gives a text a piece at a time. */
struct giving {
	const char *text;
	size_t left;
};

static size_t give(void *context, char *bytes, size_t room)
{
	struct giving *giving = context;
	size_t some = giving->left < room ? giving->left : room;
	some = some < 1000 ? some : 1000;
	memcpy(bytes, giving->text, some);
	giving->text += some;
	giving->left -= some;
	return some;
}

#define NEW_BYTES 300000

/* Packed in pieces, some of them empty, and read back: the exchanged member has the new bytes, the other its own. */
static void exchanges_a_member(void **unused)
{
	(void)unused;
	static char new[NEW_BYTES + 1];
	static const size_t cut[] = { 0, 0, 1, 70000, 70000, NEW_BYTES, NEW_BYTES };
	static const char *const names[] = { "a.txt", "b/c.xml" };
	struct zip_piece piece[6];
	for (size_t i = 0; i < NEW_BYTES; i++)
		new[i] = (char)('a' + i * i % 23);
	for (size_t n = 0; n < 2; n++) {
		struct arena *arena = arena_new(&error);
		struct text made = { .arena = arena };
		size_t count = 0;
		error = (struct error){ 0 };
		for (size_t i = 0; i < 6; i++)
			assert_int_equal(zip_pack(&piece[i], i == 5, give, &(struct giving){ new + cut[i], cut[i + 1] - cut[i] }, arena, &error), 0);
		/* the stored member is not one that packed pieces can take the place of: its header says how it is read */
		int result = zip_exchange((const char *)archive, sizeof archive, "x.zip", &(struct zip_part){ names[n], piece, 6 }, 1, &made, &error);
		assert_int_equal(result, n == 0 ? -1 : 0);
		if (n == 1) {
			assert_int_equal(zip_check(made.bytes, made.length, "x.zip", &error), 0);
			const struct zip_member *member = zip_read(made.bytes, made.length, "x.zip", &count, arena, &error);
			assert_int_equal(count, 2);
			assert_string_equal(member[0].bytes, "hej");
			assert_int_equal(member[1].length, NEW_BYTES);
			assert_memory_equal(member[1].bytes, new, NEW_BYTES);
		}
		made = (struct text){ .arena = arena };
		assert_int_equal(zip_exchange((const char *)archive, sizeof archive, "x.zip", (struct zip_part[]){ { "b/c.xml", piece, 6 }, { "b", piece, 6 } }, 2, &made,
			&error), -1);
		assert_int_equal(error.code, EXIT_DATA);
		made = (struct text){ .arena = arena };
		assert_int_equal(zip_exchange((const char *)archive, sizeof archive - 1, "x.zip", &(struct zip_part){ names[n], piece, 6 }, 1, &made, &error), -1);
		arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(reads_members), cmocka_unit_test(checks_the_form), cmocka_unit_test(survives_damage),
		cmocka_unit_test(no_memory_is_no_damage), cmocka_unit_test(exchanges_a_member) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
