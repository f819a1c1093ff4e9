/* Plain lines: see csv_lines.h. */
#include "pipeline/table/csv/csv_lines.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/base/processor.h"

#if PROCESSOR_CHOICE
#include <immintrin.h>
#endif

enum { WIDE = 64, EIGHT = 8, SIXTEEN = 16 };

/* ---- what bytes hold ---- */

/* The bytes that are looked for in WIDE of them: bit i says of byte i. */
struct marks {
	uint64_t separators, feeds, returns; /* delimiters and LF; LF; CR */
};

/* What a stretch of lines holds. */
struct found {
	size_t separators, feeds, returns;
	bool odd;  /* a quote or NUL */
	bool high; /* a byte outside ASCII */
};

/* Looks at WIDE bytes; what is odd or high is added to `found`. */
static struct marks marks_of(const char *bytes, char delimiter, struct found *found)
{
	struct marks marks = { 0, 0, 0 };
	for (unsigned i = 0; i < WIDE; i++) {
		char c = bytes[i];
		marks.feeds |= (uint64_t)(c == '\n') << i;
		marks.returns |= (uint64_t)(c == '\r') << i;
		marks.separators |= (uint64_t)(c == delimiter || c == '\n') << i;
		found->odd |= c == '"' || c == '\0';
		found->high |= ((unsigned char)c & 0x80) != 0;
	}
	return marks;
}

#if PROCESSOR_CHOICE
PROCESSOR_AVX2 static inline struct marks marks_of_avx2(const char *bytes, char delimiter, struct found *found)
{
	struct marks marks = { 0, 0, 0 };
	const __m256i wanted = _mm256_set1_epi8(delimiter), feed = _mm256_set1_epi8('\n'), back = _mm256_set1_epi8('\r');
	const __m256i quote = _mm256_set1_epi8('"'), nul = _mm256_setzero_si256();
	for (unsigned i = 0; i < WIDE; i += 32) {
		__m256i text = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + i));
		__m256i feeds = _mm256_cmpeq_epi8(text, feed);
		__m256i odd = _mm256_or_si256(_mm256_cmpeq_epi8(text, quote), _mm256_cmpeq_epi8(text, nul));
		marks.feeds |= (uint64_t)(unsigned)_mm256_movemask_epi8(feeds) << i;
		marks.returns |= (uint64_t)(unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(text, back)) << i;
		marks.separators |= (uint64_t)(unsigned)_mm256_movemask_epi8(_mm256_or_si256(_mm256_cmpeq_epi8(text, wanted), feeds)) << i;
		found->odd |= !_mm256_testz_si256(odd, odd);
		found->high |= _mm256_movemask_epi8(text) != 0;
	}
	return marks;
}
#endif

/* Notes the places of `count` marks in the bytes from `at` on: eight at a time whether or not there are so many, so that most loops
   end alike. */
static inline void note(uint64_t marks, size_t count, uint32_t at, uint32_t *place)
{
	const uint64_t beyond = UINT64_C(1) << (WIDE - 1); /* where no mark is left */
	for (size_t i = 0; i < count; i += EIGHT)
		for (size_t k = 0; k < EIGHT; k++, marks &= marks - 1)
			place[i + k] = at + (uint32_t)__builtin_ctzll(marks | beyond);
}

#if PROCESSOR_CHOICE
PROCESSOR_AVX512_BYTES static inline struct marks marks_of_avx512(const char *bytes, char delimiter, struct found *found)
{
	__m512i text = _mm512_loadu_si512(bytes);
	__mmask64 feeds = _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8('\n'));
	__mmask64 odd = _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8('"')) | _mm512_testn_epi8_mask(text, text);
	found->odd |= odd != 0;
	found->high |= _mm512_movepi8_mask(text) != 0;
	return (struct marks){ _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8(delimiter)) | feeds, feeds,
		_mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8('\r')) };
}

/* Sixteen at a time. */
PROCESSOR_AVX512_BYTES static inline void note_avx512(uint64_t marks, size_t count, uint32_t at, uint32_t *place)
{
	static const uint8_t numbers[WIDE] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
		26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56,
		57, 58, 59, 60, 61, 62, 63 };
	uint8_t marked[WIDE];
	_mm512_storeu_si512(marked, _mm512_maskz_compress_epi8(marks, _mm512_loadu_si512(numbers)));
	for (size_t i = 0; i < count; i += SIXTEEN) {
		__m128i some = _mm_loadu_si128((const __m128i *)(const void *)(marked + i));
		_mm512_storeu_si512(place + i, _mm512_add_epi32(_mm512_cvtepu8_epi32(some), _mm512_set1_epi32((int)at)));
	}
}
#endif

/* Looks at the first `length` bytes and notes the places of delimiters and LF, and up to WIDE further places behind. What stands
   behind those bytes may be called odd or high, too. */
PROCESSOR_ANY struct found look_with(const char *bytes, size_t length, char delimiter, uint32_t *place,
	struct marks (*look_at)(const char *bytes, char delimiter, struct found *found),
	void (*note_at)(uint64_t marks, size_t count, uint32_t at, uint32_t *place))
{
	struct found found = { 0, 0, 0, false, false };
	for (size_t at = 0; at < length; at += WIDE) {
		struct marks marks = look_at(bytes + at, delimiter, &found);
		uint64_t within = length - at < WIDE ? (UINT64_C(1) << (length - at)) - 1 : UINT64_MAX;
		uint64_t left = marks.separators & within;
		size_t here = (size_t)__builtin_popcountll(left);
		note_at(left, here, (uint32_t)at, place + found.separators);
		found.separators += here;
		found.feeds += (size_t)__builtin_popcountll(marks.feeds & within);
		found.returns += (size_t)__builtin_popcountll(marks.returns & within);
	}
	return found;
}

#if PROCESSOR_CHOICE
PROCESSOR_AVX2 static struct found look_avx2(const char *bytes, size_t length, char delimiter, uint32_t *place)
{
	return look_with(bytes, length, delimiter, place, marks_of_avx2, note);
}

PROCESSOR_AVX512_BYTES static struct found look_avx512(const char *bytes, size_t length, char delimiter, uint32_t *place)
{
	return look_with(bytes, length, delimiter, place, marks_of_avx512, note_avx512);
}
#endif

static struct found look(const char *bytes, size_t length, char delimiter, uint32_t *place)
{
#if PROCESSOR_CHOICE
	if (processor_has_avx512_bytes())
		return look_avx512(bytes, length, delimiter, place);
	if (processor_has_avx2())
		return look_avx2(bytes, length, delimiter, place);
#endif
	return look_with(bytes, length, delimiter, place, marks_of, note);
}

/* ---- what is plain ---- */

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* How many bytes at the block's place are looked at. */
static size_t length_of(const struct csv_block *block)
{
	const struct csv_span *span = &block->span;
	size_t end = least(block->at + CSV_LINES_BYTES, span->length - least(span->length, CSV_LINES_BEHIND));
	bool ends = block->rules.ending == CSV_ENDING_LF || block->rules.ending == CSV_ENDING_CRLF;
	return block->rules.width == 0 || !block->rules.one_line || !ends || end <= block->at ? 0 : end - block->at;
}

/* Whether what was found makes whole lines of one width and one kind of end, as far as the last LF. */
static bool are_even(const struct csv_lines *lines, const struct found *found)
{
	if (found->odd || lines->rows == 0 || lines->rows * lines->width != found->separators || lines->rows != found->feeds ||
		found->returns != (lines->ending == 2 ? lines->rows : 0))
		return false;
	for (size_t row = 0; row < lines->rows; row++) {
		const uint32_t *end = lines->end + (row + 1) * lines->width - 1;
		if (lines->bytes[*end] != '\n' || (lines->ending == 2 && (*end == 0 || lines->bytes[*end - 1] != '\r')))
			return false;
	}
	return true;
}

/* Whether the bytes up to the end of the lines are well-formed. */
static bool are_sound(struct csv_block *block, const struct found *found, size_t length)
{
	if (!found->high)
		return true;
	csv_block_look_ahead(block);
	return block->span.bad >= block->at + length;
}

static int reserve(struct csv_lines *lines, struct error *error)
{
	if (lines->place != NULL)
		return 0;
	lines->place = malloc((CSV_LINES_BYTES + WIDE + 1) * sizeof *lines->place);
	if (lines->place == NULL)
		return error_set(error, EXIT_IO, "no memory for the fields of lines");
	lines->place[0] = UINT32_MAX; /* the first field begins one behind it: at 0 */
	lines->end = lines->place + 1;
	return 0;
}

int csv_lines_cut(struct csv_lines *lines, struct csv_block *block, struct error *error)
{
	size_t length = length_of(block);
	lines->rows = 0;
	if (length == 0 || reserve(lines, error) != 0)
		return length == 0 ? 0 : -1;
	lines->bytes = block->span.bytes + block->at;
	lines->width = block->rules.width;
	lines->ending = block->rules.ending == CSV_ENDING_CRLF ? 2 : 1;
	lines->line = block->line;
	lines->number = block->number;
	struct found found = look(lines->bytes, length, block->rules.delimiter, lines->end);
	found.returns -= lines->ending == 2 && lines->bytes[length - 1] == '\r'; /* its LF was not looked at */
	while (found.separators > 0 && lines->bytes[lines->end[found.separators - 1]] != '\n')
		found.separators--;
	lines->rows = found.separators / lines->width;
	length = lines->rows == 0 ? 0 : (size_t)lines->end[found.separators - 1] + 1;
	if (!are_even(lines, &found) || !are_sound(block, &found, length)) {
		lines->rows = 0;
		return 0;
	}
	block->at += length;
	block->line += lines->rows;
	block->number += lines->rows;
	return 1;
}

void csv_lines_free(struct csv_lines *lines)
{
	free(lines->place);
	*lines = (struct csv_lines){ .rows = 0 };
}
