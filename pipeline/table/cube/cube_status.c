/* The names of a cell's status in table files: see cube.h and cube_index.h. */
#include "pipeline/base/text.h"
#include "pipeline/table/cube/cube_index.h"

static const char *const status_names[] = {
	[CELL_PUBLISHED] = "",
	[CELL_PROTECTED] = "skyddad",
	[CELL_MISSING] = "saknas",
};
#define STATUSES (sizeof status_names / sizeof *status_names)
static const char earlier[] = "tidigare";

const char *cube_status(const struct cell *cell)
{
	return cell->status == CELL_PUBLISHED && cell->earlier ? earlier : status_names[cell->status];
}

int cube_status_of(const char *text, size_t length, bool *stands)
{
	*stands = text_equal(text, length, earlier);
	for (size_t s = 0; s < STATUSES; s++)
		if (*stands || text_equal(text, length, status_names[s]))
			return *stands ? CELL_PUBLISHED : (int)s;
	return -1;
}
