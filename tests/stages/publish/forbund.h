/* A förbund with names that try every escape, and cubes of it, for the tests of publishing. */
#ifndef FINSAMSTAT_TESTS_STAGES_PUBLISH_FORBUND_H
#define FINSAMSTAT_TESTS_STAGES_PUBLISH_FORBUND_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "pipeline/base/text.h"
#include "pipeline/run/run.h"
#include "pipeline/table/cube/cube.h"
#include "tests/arena.h"
#include "tests/table/files.h"

#define FORBUND_INSATS "<b>&\"Bo'"
#define FORBUND_FORMULA "=SUMMA(A1)"

static const char forbund_ini[] =
	"[förbund]\n"
	"namn = Förbundet <i>&\"\n"
	"kommuner = 1440, 1482\n"
	"kommuner från 2018-01-01 = 1440, 1482, 1407\n"
	"period = 2018-01-01 – 2018-08-31\n"
	"historik från = 2017-01\n"
	"[mått egen försörjning]\n"
	"vid avslut = AO, SU\n"
	"[målgrupp unga]\n"
	"ålder = 16–29\n"
	"[insats " FORBUND_INSATS "]\n"
	"registrering = personuppgifter\n"
	"mål = deltagare: minst 80\n"
	"mål = egen försörjning: minst 30 % av avslutade\n"
	"mål = kostnad per deltagare: högst 15000 kr\n"
	"mål = kötid: högst 4 månader\n"
	"[insats " FORBUND_FORMULA "]\n"
	"registrering = personuppgifter\n"
	"mål = deltagare: minst 5\n";

static const struct settings *settings;

static int forbund_begin(void **state)
{
	if (arena_begin(state) != 0)
		return -1;
	if (arena == NULL || files_begin(state) != 0)
		return -1;
	(void)files_write("forbund.ini", forbund_ini, sizeof forbund_ini - 1);
	settings = settings_read(files_folder, NULL, arena, &error);
	if (settings == NULL)
		print_error("%s\n", error.message[0]);
	return settings == NULL ? -1 : 0;
}

static int forbund_end(void **state)
{
	(void)state;
	int result = run_remove(files_folder, &error);
	arena_free(arena);
	return result;
}

static inline struct cube *forbund_cube(const char *table)
{
	const struct table *schema = schema_table(table, arena, &error);
	struct cube *cube = schema == NULL ? NULL : cube_new(schema, arena, &error);
	assert_non_null(cube);
	return cube;
}

/* The cell of a row (made if new) named by its codes, ending with NULL. */
static inline struct cell *forbund_cell(struct cube *cube, const char *measure, ...)
{
	const char *codes[TABLE_DIMENSIONS] = { 0 };
	va_list arguments;
	va_start(arguments, measure);
	for (size_t d = 0; d < cube->table->dimensions; d++)
		codes[d] = va_arg(arguments, const char *);
	va_end(arguments);
	size_t row = cube_row_named(cube, codes, &error);
	assert_true(row != CUBE_NO_ROW);
	return cube_cell(cube, row, cube_measure(cube, measure));
}

/* A page as it is read: without the marks that say which cell each figure is. */
static inline const char *forbund_unmarked(const char *page)
{
	size_t length = 0;
	char *plain = arena_text(arena, page, strlen(page), &error);
	assert_non_null(plain);
	for (const char *at = page; *at != '\0';)
		if (strncmp(at, "<data ", 6) == 0 || strncmp(at, "</data>", 7) == 0)
			at = strchr(at, '>') + 1;
		else
			plain[length++] = *at++;
	plain[length] = '\0';
	return plain;
}

#endif
