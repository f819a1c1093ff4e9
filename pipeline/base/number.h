/* Numbers read from text and written to it, the same in every locale. */
#ifndef FINSAMSTAT_BASE_NUMBER_H
#define FINSAMSTAT_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads an integer: an optional '-', then 1–18 digits and nothing else. False, *value untouched, otherwise. */
bool number_read_integer(const char *text, size_t length, int64_t *value);

/* Reads an amount in kronor as öre: an optional '-', 1–15 digits, and optionally a decimal point or comma with one
   or two digits. More decimals are refused: "1.234" may be a thousands separator. False otherwise. */
bool number_read_ore(const char *text, size_t length, int64_t *ore);

/* Reads a decimal number: an optional '-', digits, and optionally a decimal point or comma with digits; at most 40
   characters, no exponent, no inf, nan or hex. The nearest double. False otherwise. */
bool number_read_decimal(const char *text, size_t length, double *value);

/* Reads what number_write_full writes: an optional '-', digits, optionally a point with digits, optionally 'e', a sign
   and two or three digits; at most 40 characters. The nearest double; one that is not finite is refused. False,
   *value untouched, otherwise. */
bool number_read_full(const char *text, size_t length, double *value);

#define NUMBER_TEXT 64 /* room for any number written here, with its NUL */

/* 17 significant digits: reading it back gives the same double. No decimal point where the value is an integer below
   2^53. Finite values only. */
void number_write_full(double value, char text[NUMBER_TEXT]);

/* The fewest of 15 to 17 digits that read back as the same double. Finite values only. */
void number_write_shortest(double value, char text[NUMBER_TEXT]);

/* `decimals` (0–9) decimals with a point, rounded half away from zero on the value's 15 significant decimal digits, so
   that 16.15 (a double just below) gives 16.2. Never "-0". Finite values below 1e15. */
void number_write_rounded(double value, int decimals, char text[NUMBER_TEXT]);

/* a·b/c for 0 ≤ b ≤ c, 0 < c ≤ 2^30 and any a, rounded half up (towards plus infinity), exact: the money of b days
   out of c. */
int64_t number_share(int64_t a, int64_t b, int64_t c);

#endif
