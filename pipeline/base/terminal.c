/* What a terminal may be sent: see terminal.h. */
#include "pipeline/base/terminal.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static bool is_set(const char *name)
{
	const char *value = getenv(name);
	return value != NULL && value[0] != '\0';
}

bool terminal_is(int file)
{
	return isatty(file) && is_set("TERM") && strcmp(getenv("TERM"), "dumb") != 0;
}

bool terminal_has_colours(int file)
{
	return terminal_is(file) && !is_set("NO_COLOR");
}

int terminal_columns(int file)
{
	struct winsize size;
	if (ioctl(file, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
		return 80;
	return size.ws_col < 20 ? 20 : size.ws_col;
}
