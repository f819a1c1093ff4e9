/* The command `approve`: a run becomes the one behind the evaluation of a year. */
#include <stdio.h>
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/base/number.h"
#include "pipeline/commands/command.h"
#include "pipeline/history/approve.h"
#include "pipeline/run/past.h"
#include "pipeline/table/ledger/ledger.h"

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
	if (text == NULL || !number_read_integer(text, strlen(text), &number) || number < PAST_FIRST_YEAR ||
		number > PAST_LAST_YEAR)
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

/* The publication that says so, audited like every other, and the ledger before it stands: a run with the mark alone would be missing
   in it for good. */
static int enter(struct run *run, const struct past *past, const struct settings *settings, int year, struct arena *arena,
	struct error *error)
{
	const char *years = past_years(past, year, arena, error);
	int result = years == NULL ? -1 : approve_render(run, past, settings, years, arena, error);
	if (result == 0)
		result = command_audit_publication(run->publication, past->internal, settings->minsta_antal, arena, error);
	if (result != 0 && error->code == EXIT_DISCLOSURE)
		(void)error_set(error, EXIT_DISCLOSURE, "not approved: what was approved after %s was run may tell its figures; run its period again, and approve "
			"that run", past->name);
	if (result == 0)
		result = ledger_approve(document_text(past->manifest, "directory"), settings, past->published, past->internal, past->name, year,
			error);
	if (result == 0)
		result = approve_replace(run, past, years, error);
	else if (run->publication != NULL)
		approve_drop(run);
	return result == 0 ? past_approve(past, year, error) : -1;
}

enum exit_code command_approve(struct arguments *arguments, struct arena *arena, struct error *error)
{
	int year = 0;
	const struct settings *settings = NULL;
	struct run *run = arena_take(arena, 1, sizeof *run, error);
	const struct past *past = run == NULL ? NULL : past_open(arguments->operand[0], arguments->request.out, arena, error);
	if (past == NULL || check_run(past, arguments->year, &year, &settings, arena, error) != 0 ||
		run_lock(past->out, "to approve", arena, error) != 0 || past_check_publication(past, arena, error) != 0 ||
		enter(run, past, settings, year, arena, error) != 0) {
		command_errors("approve", error);
		return error->code;
	}
	if (arguments->json)
		(void)printf("{\"run\":\"%s\",\"approved\":%d}\n", past->name, year);
	else
		(void)printf("%s is approved for %d: its report, workbook and tables say so, it is kept for good, and later runs are compared "
		"with it.\n", past->name, year);
	return EXIT_DONE;
}
