/* i10: see volym.h. */
#include "stages/insats/volym.h"

#include <stdio.h>
#include <string.h>

#include "stages/insats/margin.h"

#define EN_DASH "\xe2\x80\x93"
#define YEAR_TEXT 12

/* The age group with a hyphen for each en dash; "" for TOT, which is no group. */
static const char *group_of(const char *text, struct arena *arena, struct error *error)
{
	char *group = arena_text(arena, text, strlen(text), error);
	if (group == NULL)
		return NULL;
	for (char *dash; (dash = strstr(group, EN_DASH)) != NULL;) {
		*dash = '-';
		memmove(dash + 1, dash + strlen(EN_DASH), strlen(dash + strlen(EN_DASH)) + 1);
	}
	return strcmp(group, CUBE_TOTAL) == 0 ? "" : group;
}

int volym_load(const struct column_file *file, const struct settings *settings, struct arena *arena,
	struct volumes *volumes, struct error *error)
{
	size_t count = column_rows(file);
	const uint32_t *insats = column_load(file, "insats", COLUMN_TEXT, arena, error);
	const uint32_t *aldersgrupp = column_load(file, "aldersgrupp", COLUMN_TEXT, arena, error);
	const uint16_t *kon = column_load(file, "kon", COLUMN_U16, arena, error);
	const int32_t *ar = column_load(file, "ar", COLUMN_I32, arena, error);
	const int32_t *antal = column_load(file, "antal", COLUMN_I32, arena, error);
	struct volume *item = arena_take(arena, count, sizeof *item, error);
	volumes->kon = codelist_load("kon", arena, error);
	if (insats == NULL || aldersgrupp == NULL || kon == NULL || ar == NULL || antal == NULL || item == NULL ||
		volumes->kon == NULL)
		return -1;
	for (size_t i = 0; i < count; i++) {
		item[i] = (struct volume){ .insats = settings_insats(settings, column_text(file, insats[i])), .ar = ar[i],
			.kon = kon[i], .antal = antal[i],
			.aldersgrupp = group_of(column_text(file, aldersgrupp[i]), arena, error) };
		if (item[i].aldersgrupp == NULL)
			return -1;
		if (item[i].insats == SIZE_MAX)
			return error_set(error, EXIT_BUG, "volym: row %zu has an insats that the settings lack", i + 1);
	}
	volumes->count = count;
	volumes->item = item;
	return 0;
}

static bool has_rows(const struct volumes *volumes, size_t insats)
{
	for (size_t i = 0; i < volumes->count; i++)
		if (volumes->item[i].insats == insats)
			return true;
	return false;
}

static int add(struct cube *cube, const char *insats, int year, const char *kon, const char *aldersgrupp, double antal,
	struct error *error)
{
	char text[YEAR_TEXT];
	(void)snprintf(text, sizeof text, "%d", year);
	const char *codes[] = { insats, text, kon, aldersgrupp };
	return margin_add(cube, codes, 0, antal, error);
}

int volym_fill(const struct volumes *volumes, const struct settings *settings, struct cube *cube, struct error *error)
{
	int first = settings_first_year(settings), last = settings_last_year(settings);
	for (size_t i = 0; i < settings->insats_count; i++) {
		if (settings->insats[i].registration != REGISTRATION_VOLUME && !has_rows(volumes, i))
			continue;
		for (int year = first; year <= last; year++)
			if (add(cube, settings->insats[i].name, year, NULL, NULL, 0, error) != 0)
				return -1;
	}
	for (size_t i = 0; i < volumes->count; i++) {
		const struct volume *row = &volumes->item[i];
		const char *kon = row->kon < volumes->kon->count ? volumes->kon->entry[row->kon].kod : NULL;
		if (row->ar >= first && row->ar <= last &&
			add(cube, settings->insats[row->insats].name, row->ar, kon,
				row->aldersgrupp[0] == '\0' ? NULL : row->aldersgrupp, row->antal, error) != 0)
			return -1;
	}
	return 0;
}
