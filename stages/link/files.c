/* Which rows stand in which file of the delivery. */
#include "stages/link/linking.h"
#include "stages/link/record.h"

const size_t source_extracts[SOURCES] = { EXTRACT_FK, EXTRACT_AF, EXTRACT_KOMMUN, EXTRACT_REGION, EXTRACT_SUS, EXTRACT_ENKAT };

int files_read(struct linking *linking)
{
	struct column_file *leverans = NULL;
	struct arena *arena = linking->arena;
	struct error *error = linking->error;
	size_t rows[EXTRACTS] = { 0 };
	enum source source = SOURCE_FK;
	int result = -1;
	if (linking_open(&leverans, linking, "leverans") != 0)
		return -1;
	const uint8_t *kalla = column_load(leverans, "kalla", COLUMN_U8, arena, error);
	const int64_t *behallna = column_load(leverans, "behallna", COLUMN_I64, arena, error);
	linking->files = column_rows(leverans);
	linking->file = arena_take(arena, linking->files, sizeof *linking->file, error);
	linking->duplicates = arena_take(arena, linking->files, sizeof *linking->duplicates, error);
	if (kalla == NULL || behallna == NULL || linking->file == NULL || linking->duplicates == NULL)
		goto done;
	if (linking->files >= RECORD_FILES) {
		(void)error_set(error, EXIT_DATA, "%zu files are more than link takes: join some of a source", linking->files);
		goto done;
	}
	for (size_t i = 0; i < linking->files; i++) {
		if (kalla[i] >= EXTRACTS || (i > 0 && kalla[i] < kalla[i - 1])) {
			(void)error_set(error, EXIT_BUG, "leverans: its files are not in the order of the sources");
			goto done;
		}
		while (source < SOURCES && source_extracts[source] < kalla[i])
			source++;
		size_t from = rows[kalla[i]];
		rows[kalla[i]] += (size_t)behallna[i];
		linking->file[i] = (struct linked_file){ .extract = kalla[i], .from = from, .to = rows[kalla[i]],
			.source = source < SOURCES && source_extracts[source] == kalla[i] ? source : SOURCES };
	}
	result = 0;
done:
	column_close(leverans);
	return result;
}

size_t files_first(const struct linked_file *file, size_t files, size_t extract)
{
	size_t at = 0;
	while (at < files && file[at].extract < extract)
		at++;
	return at;
}
