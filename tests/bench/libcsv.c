/* Reads CSV files with bare libcsv and counts their fields: what reading costs without any check. For make bench. */
#include <csv.h>
#include <stdio.h>

static void on_field(void *text, size_t length, void *count)
{
	(void)text;
	(void)length;
	++*(size_t *)count;
}

static void on_record(int end, void *count)
{
	(void)end;
	(void)count;
}

int main(int argc, char **argv)
{
	static char buffer[1 << 20];
	size_t fields = 0;
	for (int i = 1; i < argc; i++) {
		struct csv_parser parser;
		FILE *file = fopen(argv[i], "rb");
		if (file == NULL || csv_init(&parser, CSV_STRICT) != 0)
			return 1;
		for (size_t got; (got = fread(buffer, 1, sizeof buffer, file)) > 0;)
			if (csv_parse(&parser, buffer, got, on_field, on_record, &fields) != got)
				return 1;
		(void)csv_fini(&parser, on_field, on_record, &fields);
		csv_free(&parser);
		(void)fclose(file);
	}
	(void)printf("%zu\n", fields);
	return 0;
}
