/* The command `approve`: a run becomes the one behind the evaluation of a year. */
#include <stdio.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/base/number.h"
#include "pipeline/command.h"
#include "pipeline/past.h"
#include "pipeline/table/ledger.h"

/* The settings of the run itself, saved beside its tables. */
static const struct settings *settings_of(const struct past *past, struct arena *arena, struct error *error)
{
	const struct document *period = document_member(past->manifest, "period");
	return settings_read(past->internal, period->kind == DOCUMENT_TEXT ? period->text : NULL, arena, error);
}

static int check_run(const struct past *past, const char *text, int *year, const struct settings **settings,
	struct arena *arena, struct error *error)
{
	int64_t number;
	if (text == NULL || !number_read_integer(text, strlen(text), &number) || number < 1900 || number > 9999)
		return error_set(error, EXIT_USAGE, "--year takes the year of the evaluation, such as --year 2018");
	*year = (int)number;
	if (!past->complete || past->published == NULL || past->narrowed)
		return error_set(error, EXIT_USAGE, "%s is not a whole publication and cannot be approved", past->name);
	*settings = settings_of(past, arena, error);
	if (*settings == NULL)
		return -1;
	if (*year < settings_first_year(*settings) || *year > settings_last_year(*settings))
		return error_set(error, EXIT_USAGE, "the period of %s does not reach into %d", past->name, *year);
	return 0;
}

enum exit_code command_approve(struct arguments *arguments, struct arena *arena, struct error *error)
{
	int year = 0;
	const struct settings *settings = NULL;
	const struct past *past = past_open(arguments->operand[0], arguments->request.out, arena, error);
	if (past == NULL || check_run(past, arguments->year, &year, &settings, arena, error) != 0 ||
		run_lock(past->out, "to approve", arena, error) != 0 || past_check_publication(past, arena, error) != 0 ||
		ledger_approve(document_text(past->manifest, "directory"), settings, past->published, past->internal, past->name, year,
			error) != 0 || /* first: a run with the mark alone would be missing in it for good */
		past_approve(past, year, error) != 0) {
		command_errors("approve", error);
		return error->code;
	}
	(void)printf("%s is approved for %d: it is kept for good, and later runs are compared with it.\n", past->name, year);
	return EXIT_DONE;
}
