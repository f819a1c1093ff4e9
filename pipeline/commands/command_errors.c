/* What a command prints when it fails: see command.h. */
#include <stdio.h>
#include <unistd.h>

#include "pipeline/base/terminal.h"
#include "pipeline/commands/command.h"

void command_errors(const char *where, const struct error *error)
{
	bool colours = terminal_has_colours(STDERR_FILENO);
	const char *red = colours ? "\033[31m" : "", *plain = colours ? "\033[0m" : "";
	for (size_t i = 0; i < error_kept(error); i++)
		(void)fprintf(stderr, "%sfinsamstat %s: %s%s\n", red, where, plain, error->message[i]);
	if (error->count > ERROR_KEPT)
		(void)fprintf(stderr, "%sfinsamstat %s: %s… and %zu more\n", red, where, plain, error->count - ERROR_KEPT);
}
