/* Fuzzes the reader of forbund.ini: any bytes give settings, or faults, each with its line. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pipeline/base/text.h"
#include "pipeline/table/settings/settings.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char folder[64], path[96];
	static struct error error;
	if (folder[0] == '\0') {
		(void)snprintf(folder, sizeof folder, "fuzz-settings-XXXXXX");
		if (mkdtemp(folder) == NULL)
			abort();
		(void)snprintf(path, sizeof path, "%s/forbund.ini", folder);
	}
	FILE *file = fopen(path, "wb");
	if (file == NULL || fwrite(data, 1, size, file) != size || fclose(file) != 0)
		abort();
	error = (struct error){ .count = 0 };
	struct arena *arena = arena_new(&error);
	if (arena == NULL)
		abort();
	const struct settings *settings = settings_read(folder, NULL, arena, &error);
	if ((settings == NULL) != (error.count > 0))
		abort();
	for (size_t i = 0; i < error_kept(&error); i++)
		if (text_bad_utf8(error.message[i], strlen(error.message[i])) != strlen(error.message[i]))
			abort();
	arena_free(arena);
	(void)unlink(path);
	return 0;
}
