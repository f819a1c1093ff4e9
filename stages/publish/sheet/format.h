/* Figures as they are printed: rounded once, at the end, and dressed for machines, for Excel and for people. A figure that
   is withheld or missing has no number in any of them. */
#ifndef FINSAMSTAT_STAGES_PUBLISH_SHEET_FORMAT_H
#define FINSAMSTAT_STAGES_PUBLISH_SHEET_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include "pipeline/base/number.h"
#include "stages/publish/sheet/sheet.h"

#define FORMAT_TEXT 96 /* room for a number for people, with its NUL */

/* Decimals that a figure is printed with: of its kind (figure_name.h), of the goal's unit, or of the figure that q01 speaks of. */
int format_decimals(const struct sheet *sheet, size_t row, size_t measure);

/* Whether a combination without a row is 0 in a measure of this kind (counts, sums, rates of them); else it has no value. */
bool format_absent_is_zero(enum measure_kind kind);

/* A cell of a table file: rounded, with a decimal point; "" when withheld or missing; a text as it is. The result lies in
   `number` or in the cube. */
const char *format_machine(const struct sheet *sheet, size_t row, size_t measure, char number[NUMBER_TEXT]);

/* The same with a decimal comma. Texts are not guarded: see data.c. */
const char *format_excel(const struct sheet *sheet, size_t row, size_t measure, char number[NUMBER_TEXT]);

/* A number in Swedish: decimal comma, groups of three parted by no-break spaces, U+2212 as minus. Finite, below 1e15. */
void format_number(double value, int decimals, char text[FORMAT_TEXT]);

#define FORMAT_PROTECTED ".."
#define FORMAT_MISSING "–"
#define FORMAT_SMALL_P "<0,001" /* a p-value that rounds to 0,000 */

/* A cell for people: a number in Swedish, `..` withheld, `–` missing; a text, or the label of one that is a code. The result
   lies in `text`, in the cube or in a code list. */
const char *format_cell(const struct sheet *sheet, size_t row, size_t measure, char text[FORMAT_TEXT]);

#endif
