/* The commands `show` and `lint`: a table, or an opinion of a file, on the terminal. */
#include <stdio.h>
#include <string.h>

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

/* `show malgrupper`: the numbers are of single persons' conditions and are never published. */
static enum exit_code show_account(const struct arguments *arguments, const char *out, struct arena *arena, struct error *error)
{
	char *path = NULL;
	if (!arguments->internal)
		(void)error_set(error, EXIT_USAGE, "malgrupper is not protected: it takes --internal");
	else if (arguments->json)
		(void)error_set(error, EXIT_USAGE, "malgrupper has no --json; internal/latest/malgrupper.csv holds the same");
	else
		path = run_path(arena, error, out, "internal/latest/malgrupper.csv");
	if (path != NULL && show_rules(stdout, path, arena, error) == 0)
		return EXIT_DONE;
	command_errors("show", error);
	return error->code;
}

enum exit_code command_show(struct arguments *arguments, struct arena *arena, struct error *error)
{
	const char *out = arguments->request.out;
	if (out == NULL)
		out = run_path(arena, error, arguments->operand[1], "resultat");
	if (out != NULL && strcmp(arguments->operand[0], "malgrupper") == 0)
		return show_account(arguments, out, arena, error);
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
