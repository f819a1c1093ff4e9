/* The commands `show` and `lint`: a table, or an opinion of a file, on the terminal. */
#include <stdio.h>

#include "pipeline/command.h"
#include "pipeline/show.h"
#include "pipeline/table/lint.h"
#include "pipeline/table/schema.h"

/* Where the table stands under OUT: published, before protection, or what helps protection and is never published. */
static const char *folder_of(const char *name, bool internal, struct arena *arena)
{
	struct error unknown = { 0 }; /* show_table says so */
	const struct table *table = internal ? schema_table(name, arena, &unknown) : NULL;
	if (!internal)
		return "published/latest/data";
	return table != NULL && table->support ? "internal/latest/support" : "internal/latest/aggregate";
}

enum exit_code command_show(struct arguments *arguments, struct arena *arena, struct error *error)
{
	const char *out = arguments->request.out;
	if (out == NULL)
		out = run_path(arena, error, arguments->operand[1], "resultat");
	char *folder = out == NULL ? NULL
				   : run_path(arena, error, out, folder_of(arguments->operand[0], arguments->internal, arena));
	struct show_request request = { .table = arguments->operand[0], .folder = folder, .json = arguments->json };
	if (folder == NULL || show_table(stdout, &request, arena, error) != 0) {
		command_errors("show", error);
		return error->code;
	}
	return EXIT_DONE;
}

enum exit_code command_lint(struct arguments *arguments, struct arena *arena, struct error *error)
{
	(void)arena;
	uint64_t records, fields;
	if (lint_file(arguments->operand[0], arguments->delimiter, &records, &fields, error) != 0) {
		if (error->code != EXIT_DATA) {
			command_errors("lint", error);
			return error->code;
		}
		for (size_t i = 0; i < error_kept(error); i++) /* the finding is the result, in the form of a compiler's */
			(void)printf("%s\n", error->message[i]);
		return fflush(stdout) == 0 ? EXIT_DATA : EXIT_IO;
	}
	(void)printf("records %llu fields %llu\n", (unsigned long long)records, (unsigned long long)fields);
	return EXIT_DONE;
}
