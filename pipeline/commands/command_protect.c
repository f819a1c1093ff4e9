/* The command `protect-tables`: frequency tables of any kind, protected. */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "pipeline/base/file.h"
#include "pipeline/commands/command.h"
#include "stages/protect/frequency/frequency.h"

#define THRESHOLD 5 /* counts from 1 to 4 are small */

/* What stands at --out is replaced: a file may be, a device, a pipe or a link to one may not. */
static int refuse_no_file(const char *out, struct error *error)
{
	struct stat state;
	int found = file_look(out, &state, error);
	if (found == 1 && !S_ISREG(state.st_mode))
		return error_set(error, EXIT_IO, "%s: is no regular file, and would be replaced by one", out);
	return found < 0 ? -1 : 0;
}

/* The file appears complete or not at all: it is written beside its place and then moved there. */
static int protect(const struct arguments *arguments, struct frequency_account *account, struct arena *arena, struct error *error)
{
	const char *out = arguments->request.out;
	if (arguments->request.tables == NULL || out == NULL)
		return error_set(error, EXIT_USAGE, "--tables and --out are needed");
	const struct frequency_files files = { .persons = arguments->operand[0], .tables = arguments->request.tables,
		.groups = arguments->hierarchy, .ledger = arguments->ledger, .out = arena_print(arena, error, "%s.%ld", out, (long)getpid()) };
	if (files.out == NULL || refuse_no_file(out, error) != 0)
		return -1;
	int64_t threshold = arguments->threshold == 0 ? THRESHOLD : arguments->threshold;
	int result = (arguments->round ? frequency_round : frequency_protect)(&files, threshold, account, arena, error);
	if (result == 0 && rename(files.out, out) != 0)
		result = error_system(error, errno, "%s", out);
	if (result != 0)
		(void)unlink(files.out);
	return result;
}

enum exit_code command_protect(struct arguments *arguments, struct arena *arena, struct error *error)
{
	struct frequency_account account;
	if (protect(arguments, &account, arena, error) != 0) {
		command_errors("protect-tables", error);
		return error->code;
	}
	if (account.stands)
		(void)fprintf(stderr, "finsamstat protect-tables: %s stands: %s; %zu cells that it lacks are left out\n", arguments->ledger,
			arguments->round ? "it withholds counts, or since then some changed so little that it cannot be rounded otherwise, nor as it was"
					 : "since then some count changed by fewer than the threshold (or it was rounded), or is small now, or was withheld and is 0 now",
			account.lacking);
	else if (arguments->round)
		(void)fprintf(stderr, "finsamstat protect-tables: %zu cells, %zu of them small; %zu rounded, by at most %lld and %.2f in the mean of "
				      "all cells\n", account.cells, account.small, account.changed, (long long)account.furthest, account.mean);
	else
		(void)fprintf(stderr, "finsamstat protect-tables: %zu cells, %zu small and %zu others withheld\n", account.cells, account.small,
			account.complementary);
	if (arguments->ledger != NULL && account.stuck > 0)
		(void)fprintf(stderr, "finsamstat protect-tables: %zu small counts follow from what %s prints: nothing withheld now could help\n",
			account.stuck, arguments->ledger);
	return EXIT_DONE;
}
