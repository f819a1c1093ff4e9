/* Numbers in ascending order: see ascending.h. */
#include "pipeline/maths/ascending.h"

#include <stdint.h>
#include <string.h>

#define BYTES sizeof(uint64_t)
#define VALUES 256

/* Bits that order as the number does: of a negative one all turned, of another the sign. */
static uint64_t to_bits(double number)
{
	uint64_t bits;
	memcpy(&bits, &number, sizeof bits);
	return bits >> 63 != 0 ? ~bits : bits | UINT64_C(1) << 63;
}

static double from_bits(uint64_t bits)
{
	double number;
	bits = bits >> 63 != 0 ? bits & ~(UINT64_C(1) << 63) : ~bits;
	memcpy(&number, &bits, sizeof number);
	return number;
}

static unsigned byte_of(uint64_t bits, size_t byte)
{
	return (unsigned)(bits >> 8 * byte & (VALUES - 1));
}

/* Puts the numbers in the order of one byte, equal ones as they stood. */
static void sort_byte(const uint64_t *from, uint64_t *to, size_t count, size_t byte, const size_t *of)
{
	size_t place[VALUES], next = 0;
	for (size_t v = 0; v < VALUES; next += of[v++])
		place[v] = next;
	for (size_t i = 0; i < count; i++)
		to[place[byte_of(from[i], byte)]++] = from[i];
}

int ascending_sort(double *number, size_t count, struct arena *arena, struct error *error)
{
	uint64_t *bits = arena_take(arena, count, sizeof *bits, error), *other = arena_take(arena, count, sizeof *other, error);
	size_t of[BYTES][VALUES] = { 0 };
	if (bits == NULL || other == NULL)
		return -1;
	for (size_t i = 0; i < count; i++) {
		bits[i] = to_bits(number[i]);
		for (size_t byte = 0; byte < BYTES; byte++)
			of[byte][byte_of(bits[i], byte)]++;
	}
	for (size_t byte = 0; byte < BYTES && count > 0; byte++) {
		if (of[byte][byte_of(bits[0], byte)] == count)
			continue;
		sort_byte(bits, other, count, byte, of[byte]);
		uint64_t *swap = bits;
		bits = other;
		other = swap;
	}
	for (size_t i = 0; i < count; i++)
		number[i] = from_bits(bits[i]);
	return 0;
}
