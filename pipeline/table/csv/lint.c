/* The check of `finsamstat lint`: see lint.h. */
#include "pipeline/table/csv/lint.h"

#include "pipeline/table/csv/csv.h"

char lint_likely_delimiter(const char *path)
{
	const struct csv_options options = { .by_content = true };
	struct csv_record record;
	struct csv *csv = NULL;
	struct error unread = { 0 };
	char delimiter = ',';
	if (csv_open(&csv, path, path, &options, &unread) == 0 && csv_next(csv, &record, &unread) == 1)
		delimiter = csv_delimiter(csv);
	csv_close(csv);
	return delimiter;
}

int lint_file(const char *path, char delimiter, bool windows_1252, uint64_t *records, uint64_t *fields, struct error *error)
{
	struct csv_options options = {.delimiter = delimiter == '\0' ? ',' : delimiter, .by_content = true,
		.windows_1252 = windows_1252};
	struct csv_record record = {0};
	struct csv *csv = NULL;
	*records = *fields = 0;
	if (csv_open(&csv, path, path, &options, error) != 0)
		return -1;
	int result;
	while ((result = csv_next(csv, &record, error)) == 1) {
		*records = record.number;
		*fields = record.fields;
	}
	csv_close(csv);
	return result;
}
