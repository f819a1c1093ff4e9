/* Prints: see print.h. The loops are built for several processors, and with -O3: rows are reckoned eight at a time where the
   processor multiplies so many words. */
#include "stages/validate/print.h"

#include "pipeline/base/processor.h"

#define START UINT64_C(0x9E3779B97F4A7C15)

PROCESSOR_ANY uint64_t mix(uint64_t row, uint64_t value)
{
	row = (row ^ value) * UINT64_C(0xD6E8FEB86659FD93);
	return row ^ row >> 32;
}

void print_begin(uint64_t *number, size_t rows)
{
	for (size_t row = 0; row < rows; row++)
		number[row] = START;
}

#define MIX(type)                                                             \
	for (size_t row = 0; row < rows; row++)                               \
		number[row] = mix(number[row], ((const type *)values)[row])

PROCESSOR_ANY void mix_column(uint64_t *restrict number, size_t rows, enum column_type type, const void *values, const uint64_t *text)
{
	const struct key *key = values;
	switch (type) {
	case COLUMN_U8:
		MIX(uint8_t);
		break;
	case COLUMN_U16:
		MIX(uint16_t);
		break;
	case COLUMN_I32:
	case COLUMN_U32:
		MIX(uint32_t);
		break;
	case COLUMN_I64:
	case COLUMN_U64:
	case COLUMN_F64: /* by its bits */
		MIX(uint64_t);
		break;
	case COLUMN_KEY:
		for (size_t row = 0; row < rows; row++)
			number[row] = mix(number[row], key[row].high ^ key[row].low);
		break;
	case COLUMN_TEXT:
		for (size_t row = 0; row < rows; row++)
			number[row] = mix(number[row], text[((const uint32_t *)values)[row]]);
		break;
	}
}

PROCESSOR_ANY void add(const uint64_t *number, size_t rows, struct print *print)
{
	uint64_t sum = 0, other = 0;
	for (size_t row = 0; row < rows; row++) {
		sum += number[row];
		other += mix(number[row], START);
	}
	print->sum += sum;
	print->other += other;
}

#if PROCESSOR_CHOICE
PROCESSOR_AVX512 static void mix_column_avx512(uint64_t *number, size_t rows, enum column_type type, const void *values,
	const uint64_t *text)
{
	mix_column(number, rows, type, values, text);
}

PROCESSOR_AVX512 static void add_avx512(const uint64_t *number, size_t rows, struct print *print)
{
	add(number, rows, print);
}
#endif

void print_column(uint64_t *number, size_t rows, enum column_type type, const void *values, const uint64_t *text)
{
#if PROCESSOR_CHOICE
	if (processor_has_avx512()) {
		mix_column_avx512(number, rows, type, values, text);
		return;
	}
#endif
	mix_column(number, rows, type, values, text);
}

void print_end(const uint64_t *number, size_t rows, struct print *print)
{
#if PROCESSOR_CHOICE
	if (processor_has_avx512()) {
		add_avx512(number, rows, print);
		return;
	}
#endif
	add(number, rows, print);
}
