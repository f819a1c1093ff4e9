/* Lines of audit.csv: see findings.h. */
#include "stages/audit/findings.h"

int findings_tell(struct text *rows, const struct cube *cube, size_t row, size_t measure, const char *finding, struct error *error)
{
	if (rows->length == 0 && text_add_string(rows, "tabell,nyckel,matt,fynd\n", error) != 0)
		return -1;
	int result = text_add_format(rows, error, "%s,\"", cube->table->name);
	for (size_t d = 0; d < cube->table->dimensions && result == 0; d++) {
		result = text_add_string(rows, d == 0 ? "" : "|", error);
		for (const char *at = cube_code_of(cube, row, d); *at != '\0' && result == 0; at++)
			result = *at == '"' ? text_add_string(rows, "\"\"", error) : text_add(rows, at, 1, error);
	}
	return result != 0 ? -1 : text_add_format(rows, error, "\",%s,%s\n", cube->table->measure[measure].name, finding);
}
