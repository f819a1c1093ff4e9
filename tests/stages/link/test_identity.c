/* Tests of the numbering of keys: numbers by first sight, ranks by the keys' order, growth. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/base/hash.h"
#include "stages/link/identity.h"

static struct error error;

static int setup(void **state)
{
	(void)state;
	memset(&error, 0, sizeof error);
	return 0;
}

static struct key key_of(uint32_t i)
{
	return hash_key((const char *)&i, sizeof i);
}

static void test_empty_and_one(void **state)
{
	(void)state;
	struct arena *arena = arena_new(&error);
	struct identity *identity = identity_new(&error);
	uint32_t number;
	assert_int_equal(identity_count(identity), 0);
	assert_non_null(identity_ranks(identity, arena, &error));
	assert_int_equal(identity_add(identity, key_of(5), &number, &error), 0);
	assert_int_equal(number, 0);
	assert_int_equal(identity_ranks(identity, arena, &error)[0], 0);
	identity_free(identity);
	identity_free(NULL);
	arena_free(arena);
}

static void test_many(void **state)
{
	(void)state;
	enum { COUNT = 100000 };
	struct arena *arena = arena_new(&error);
	struct identity *identity = identity_new(&error);
	uint32_t number;
	for (int round = 0; round < 2; round++)
		for (uint32_t i = 0; i < COUNT; i++) {
			assert_int_equal(identity_add(identity, key_of(i), &number, &error), 0);
			assert_int_equal(number, i);
		}
	assert_int_equal(identity_count(identity), COUNT);
	uint32_t *rank = identity_ranks(identity, arena, &error), *order = arena_take(arena, COUNT, sizeof *order, &error);
	for (uint32_t i = 0; i < COUNT; i++) {
		assert_true(rank[i] < COUNT);
		order[rank[i]] = i;
	}
	for (uint32_t i = 1; i < COUNT; i++) {
		struct key a = key_of(order[i - 1]), b = key_of(order[i]);
		assert_int_equal(hash_key_compare(&a, &b), -1);
	}
	identity_free(identity);
	arena_free(arena);
}

/* Keys that share what the table looks at first, and the two halves of the order. */
static void test_alike(void **state)
{
	(void)state;
	struct arena *arena = arena_new(&error);
	struct identity *identity = identity_new(&error);
	const struct key keys[] = { { 9, 1 }, { 9, 1 + (UINT64_C(1) << 32) }, { 9 + (UINT64_C(1) << 40), 1 }, { 9, 0 } };
	uint32_t number;
	for (uint32_t i = 0; i < 4; i++) {
		assert_int_equal(identity_add(identity, keys[i], &number, &error), 0);
		assert_int_equal(number, i);
	}
	const uint32_t *rank = identity_ranks(identity, arena, &error);
	assert_int_equal(rank[0], 1);
	assert_int_equal(rank[1], 2);
	assert_int_equal(rank[2], 3);
	assert_int_equal(rank[3], 0);
	identity_free(identity);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_empty_and_one, setup),
		cmocka_unit_test_setup(test_many, setup),
		cmocka_unit_test_setup(test_alike, setup),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
