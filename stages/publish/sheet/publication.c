/* The publication in the making: see publication.h. */
#include "stages/publish/sheet/publication.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "pipeline/base/file.h"

static int open_sheet(struct publication *publication, const char *name, struct error *error)
{
	struct arena *arena = publication->arena;
	const char *path = run_input(publication->run, FILE_PROTECTED, name, arena, error);
	bool there;
	if (path == NULL || file_is_there(path, &there, error) != 0)
		return -1;
	if (!there)
		return 0;
	const struct table *table = schema_table(name, arena, error);
	const struct cube *cube = table == NULL ? NULL : cube_read(table, path, arena, error);
	if (cube == NULL)
		return -1;
	struct sheet *sheet = &publication->sheet[publication->sheets++];
	return sheet_make(sheet, cube, publication->settings, arena, error);
}

/* Figures of approved runs stand as they were approved: of a run that withheld they are not rounded. */
static int tell_of_earlier(struct publication *publication, struct error *error)
{
	bool earlier = false;
	for (size_t i = 0; i < publication->sheets; i++)
		earlier = earlier || publication->sheet[i].earlier;
	if (publication->rounded != NULL && earlier)
		publication->rounded = arena_print(publication->arena, error, "%s Uppgifter med status tidigare står som de godkändes, även om de då "
			"inte avrundades.", publication->rounded);
	return error->count > 0 ? -1 : 0;
}

int publication_open(struct publication *publication, const struct run *run, const struct file_use *reads,
	struct arena *arena, struct error *error)
{
	size_t tables = 0;
	const char *years = run_approval(run);
	*publication = (struct publication){ .run = run, .settings = run_settings(run), .arena = arena, .approved = years != NULL };
	publication->standing = years == NULL ? "Arbetsversion" : arena_print(arena, error, "Godkänd för årsredovisning %s", years);
	if (publication->settings->avrundning)
		publication->rounded = arena_print(arena, error, "Alla antal är avrundade till en närliggande multipel av %d, så att små antal inte "
			"röjs; delarna summerar till totalerna. En nolla kan vara upp till %d. Andelar, kvoter, intervall och bedömningar är "
			"räknade på de avrundade antalen.", publication->settings->minsta_antal, publication->settings->minsta_antal - 1);
	while (reads[tables].name != NULL)
		tables++;
	publication->sheet = arena_take(arena, tables, sizeof *publication->sheet, error);
	if (publication->sheet == NULL || publication->standing == NULL || error->count > 0)
		return -1;
	for (size_t i = 0; i < tables; i++)
		if (run_wants(run, reads[i].name) && open_sheet(publication, reads[i].name, error) != 0)
			return -1;
	return tell_of_earlier(publication, error);
}

const struct sheet *publication_sheet(const struct publication *publication, const char *table)
{
	for (size_t i = 0; i < publication->sheets; i++)
		if (strcmp(publication->sheet[i].table->name, table) == 0)
			return &publication->sheet[i];
	return NULL;
}

/* Whether the figure is more than a printed 0, or was before it was withheld. */
static bool is_told(const struct cell *cell)
{
	return cell->status == CELL_PROTECTED || (cell->status == CELL_PUBLISHED && (cell->text != NULL || cell->number != 0));
}

bool publication_tells(const struct publication *publication, const char *table, const char *dimension, const char *code, const char *measure)
{
	const struct sheet *sheet = publication_sheet(publication, table);
	if (sheet == NULL)
		return false;
	const struct cube *cube = sheet->cube;
	size_t d = dimension == NULL ? SIZE_MAX : sheet_dimension(sheet->table, dimension, strlen(dimension));
	size_t m = measure == NULL ? SIZE_MAX : sheet_measure(sheet->table, measure, strlen(measure));
	for (size_t row = 0; row < cube->rows; row++) {
		if (d != SIZE_MAX && strcmp(cube_code_of(cube, row, d), code) != 0)
			continue;
		for (size_t i = 0; i < sheet->table->measures; i++)
			if ((m == SIZE_MAX || i == m) && is_told(cube_cell(cube, row, i)))
				return true;
	}
	return false;
}

const char *publication_add(struct publication *publication, const char *name, struct error *error)
{
	struct arena *arena = publication->arena;
	const char *path = run_output(publication->run, FILE_PUBLICATION, name, arena, error);
	struct published_file *file = path == NULL ? NULL : arena_grow(arena, publication->file, publication->files,
		publication->files + 1, &publication->room, sizeof *file, error);
	if (file == NULL)
		return NULL;
	file[publication->files].name = arena_text(arena, name, strlen(name), error);
	if (file[publication->files].name == NULL)
		return NULL;
	file[publication->files++].path = path;
	publication->file = file;
	return path;
}
