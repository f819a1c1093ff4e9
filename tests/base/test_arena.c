/* Tests of the arena: zeroed, aligned pieces that do not overlap, growth, and sizes that do not fit. */
#include "pipeline/base/arena.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct error error;
static struct arena *arena;

static int begin(void **state)
{
	(void)state;
	memset(&error, 0, sizeof error);
	arena = arena_new(&error);
	return arena == NULL ? -1 : 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* Each piece is filled with its own byte; at the end every piece still holds it. */
static void pieces_are_zero_aligned_and_apart(void **state)
{
	(void)state;
	enum { PIECES = 3000 };
	unsigned char **piece = arena_take(arena, PIECES, sizeof *piece, &error);
	size_t *size = arena_take(arena, PIECES, sizeof *size, &error);
	assert_true(piece != NULL && size != NULL);
	for (size_t i = 0; i < PIECES; i++) {
		size[i] = i % 100 == 99 ? 16000 + i * 50 : i * 7 % 301; /* small ones and blocks of their own */
		piece[i] = arena_take(arena, size[i], 1, &error);
		assert_non_null(piece[i]);
		assert_int_equal((uintptr_t)piece[i] % alignof(max_align_t), 0);
		for (size_t k = 0; k < size[i]; k++)
			assert_true(piece[i][k] == 0);
		memset(piece[i], (int)(i % 255 + 1), size[i]);
	}
	for (size_t i = 0; i < PIECES; i++)
		for (size_t k = 0; k < size[i]; k++)
			assert_true(piece[i][k] == i % 255 + 1);
	assert_int_equal(error.count, 0);
}

static void a_piece_may_be_empty(void **state)
{
	(void)state;
	assert_non_null(arena_take(arena, 0, 8, &error));
	assert_non_null(arena_take(arena, 8, 0, &error));
	assert_int_equal(error.count, 0);
}

static void sizes_that_overflow_are_refused(void **state)
{
	(void)state;
	static const size_t wrong[][2] = { { SIZE_MAX, 2 }, { 2, SIZE_MAX }, { SIZE_MAX / 2 + 1, 2 }, { SIZE_MAX, 1 },
		{ SIZE_MAX / 8 + 1, 8 } };
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		assert_null(arena_take(arena, wrong[i][0], wrong[i][1], &error));
		assert_int_equal(error.count, i + 1);
		assert_int_equal(error.code, EXIT_IO);
	}
	assert_null(arena_text(arena, "", SIZE_MAX, &error));
	size_t capacity = 0;
	assert_null(arena_grow(arena, NULL, 0, SIZE_MAX / 2, &capacity, 8, &error));
	assert_int_equal(capacity, 0);
	assert_non_null(arena_take(arena, 1, 1, &error)); /* still of use */
}

static void texts_are_copied(void **state)
{
	(void)state;
	char source[] = "malgrupp";
	char *copy = arena_text(arena, source, 3, &error);
	assert_non_null(copy);
	memset(source, 'x', sizeof source);
	assert_string_equal(copy, "mal");
	copy = arena_text(arena, NULL, 0, &error);
	assert_non_null(copy);
	assert_string_equal(copy, "");
	copy = arena_text(arena, "a\0b", 3, &error);
	assert_non_null(copy);
	assert_memory_equal(copy, "a\0b", 4);
}

static void texts_are_printed(void **state)
{
	(void)state;
	char *text = arena_print(arena, &error, "%s %d", "rad", 12);
	assert_non_null(text);
	assert_string_equal(text, "rad 12");
	text = arena_print(arena, &error, "%100000d", 7); /* longer than a block */
	assert_non_null(text);
	assert_int_equal(strlen(text), 100000);
	text = arena_print(arena, &error, "%s", "");
	assert_non_null(text);
	assert_string_equal(text, "");
}

static void an_array_grows(void **state)
{
	(void)state;
	size_t capacity = 0, changes = 0;
	uint32_t *items = NULL;
	for (uint32_t i = 0; i < 100000; i++) {
		size_t before = capacity;
		uint32_t *larger = arena_grow(arena, items, i, i + 1, &capacity, sizeof *items, &error);
		assert_non_null(larger);
		assert_true(capacity > i && (capacity == before || capacity >= 2 * before));
		assert_true(larger == items || capacity != before);
		assert_int_equal(larger[i], 0);
		changes += larger != items;
		items = larger;
		items[i] = i ^ 0xABCD;
	}
	for (uint32_t i = 0; i < 100000; i++)
		assert_int_equal(items[i], i ^ 0xABCD);
	assert_true(changes < 20);
	uint32_t *far = arena_grow(arena, items, 10, 1000000, &capacity, sizeof *items, &error);
	assert_non_null(far);
	assert_true(far != items && capacity >= 1000000);
	assert_memory_equal(far, items, 10 * sizeof *items);
	assert_int_equal(far[10], 0); /* only the used items are copied */
	assert_int_equal(items[99999], 99999 ^ 0xABCD);
}

static void nothing_can_be_freed(void **state)
{
	(void)state;
	arena_free(NULL);
	struct arena *empty = arena_new(&error);
	assert_non_null(empty);
	arena_free(empty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(pieces_are_zero_aligned_and_apart, begin, end),
		cmocka_unit_test_setup_teardown(a_piece_may_be_empty, begin, end),
		cmocka_unit_test_setup_teardown(sizes_that_overflow_are_refused, begin, end),
		cmocka_unit_test_setup_teardown(texts_are_copied, begin, end),
		cmocka_unit_test_setup_teardown(texts_are_printed, begin, end),
		cmocka_unit_test_setup_teardown(an_array_grows, begin, end),
		cmocka_unit_test(nothing_can_be_freed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
