/* The publication in the making: see publication.h. */
#include "stages/publish/sheet/publication.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "pipeline/base/file.h"
#include "pipeline/maths/parallel.h"

/* A protected table that is there. */
struct opening {
	const struct table *table;
	const char *path;
};

struct openings {
	struct publication *publication;
	struct opening *opening;
};

/* Finds the table of that name, unless there is none: then nothing is added. */
static int find_table(struct publication *publication, const char *name, struct opening *opening, struct error *error)
{
	struct arena *arena = publication->arena;
	bool there;
	opening->path = run_input(publication->run, FILE_PROTECTED, name, arena, error);
	if (opening->path == NULL || file_is_there(opening->path, &there, error) != 0)
		return -1;
	opening->table = there ? schema_table(name, arena, error) : NULL;
	publication->sheets += there;
	return there && opening->table == NULL ? -1 : 0;
}

static int open_sheet(size_t item, void *context, struct error *error)
{
	struct openings *openings = context;
	struct publication *publication = openings->publication;
	const struct opening *opening = &openings->opening[item];
	struct arena *arena = publication->own[item] = arena_new(error);
	const struct cube *cube = arena == NULL ? NULL : cube_read(opening->table, opening->path, arena, error);
	return cube == NULL ? -1 : sheet_make(&publication->sheet[item], cube, publication->settings, arena, error);
}

static int open_sheets(struct publication *publication, const struct file_use *reads, struct error *error)
{
	struct openings openings = { .publication = publication };
	while (reads[publication->tables].name != NULL)
		publication->tables++;
	publication->own = arena_take(publication->arena, publication->tables, sizeof(struct arena *), error);
	publication->sheet = arena_take(publication->arena, publication->tables, sizeof *publication->sheet, error);
	openings.opening = arena_take(publication->arena, publication->tables, sizeof *openings.opening, error);
	if (publication->own == NULL || publication->sheet == NULL || openings.opening == NULL)
		return -1;
	for (size_t i = 0; i < publication->tables; i++)
		if (run_wants(publication->run, reads[i].name) &&
			find_table(publication, reads[i].name, &openings.opening[publication->sheets], error) != 0)
			return -1;
	return parallel_each(publication->sheets, open_sheet, &openings, error);
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
	const char *years = run_approval(run);
	*publication = (struct publication){ .run = run, .settings = run_settings(run), .arena = arena, .approved = years != NULL };
	publication->standing = years == NULL ? "Arbetsversion" : arena_print(arena, error, "Godkänd för årsredovisning %s", years);
	if (publication->settings->avrundning)
		publication->rounded = arena_print(arena, error, "Alla antal är avrundade till en närliggande multipel av %d, så att små antal inte "
			"röjs; delarna summerar till totalerna. En nolla kan vara upp till %d. Andelar, kvoter, intervall och bedömningar är "
			"räknade på de avrundade antalen, belopp och helårsekvivalenter likaså; medelvärden av enkätsvar har en decimal.", publication->settings->minsta_antal, publication->settings->minsta_antal - 1);
	if (publication->standing == NULL || error->count > 0 || open_sheets(publication, reads, error) != 0)
		return -1;
	return tell_of_earlier(publication, error);
}

void publication_close(const struct publication *publication)
{
	for (size_t i = 0; publication->own != NULL && i < publication->tables; i++)
		arena_free(publication->own[i]);
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
	file[publication->files].hash = NULL;
	file[publication->files++].path = path;
	publication->file = file;
	return path;
}
