/* Build tool: `embed OUT.c FILE…` writes a C source that holds every file's bytes, for pipeline/table/schema/embedded.h.
   A failure leaves no OUT.c behind, so that make does not take a half one for done. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define BYTES_A_LINE 20

/* Name of a file in the program: its path below schemas/. */
static const char *embedded_name(const char *path)
{
	static const char folder[] = "schemas/";
	if (strncmp(path, "./", 2) == 0)
		path += 2;
	return strncmp(path, folder, strlen(folder)) == 0 ? path + strlen(folder) : path;
}

static int compare(const void *a, const void *b)
{
	return strcmp(embedded_name(*(char *const *)a), embedded_name(*(char *const *)b));
}

/* Names stand in a C string as they are: letters, digits and . _ - / only. */
static bool valid_name(const char *name)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/";
	return name[0] != '\0' && name[strspn(name, allowed)] == '\0';
}

/* Writes one file as an array, with a NUL behind its bytes, and gives its length. */
static int write_file(FILE *out, const char *path, int number, size_t *length)
{
	FILE *in = fopen(path, "rb");
	if (in == NULL) {
		fprintf(stderr, "embed: %s: cannot be opened: %s\n", path, strerror(errno));
		return -1;
	}
	size_t count = 0;
	fprintf(out, "/* %s */\nstatic const unsigned char file_%d[] = {", embedded_name(path), number);
	for (int byte; (byte = getc(in)) != EOF; count++)
		fprintf(out, "%s%d,", count % BYTES_A_LINE == 0 ? "\n\t" : " ", byte);
	fprintf(out, "\n\t0\n};\n\n");
	int result = ferror(in) != 0 ? -1 : 0;
	if (result != 0)
		fprintf(stderr, "embed: %s: cannot be read\n", path);
	(void)fclose(in);
	*length = count;
	return result;
}

/* Writes the whole source; `length` has room for one number a file. */
static int write_source(FILE *out, char *const *paths, int count, size_t *length)
{
	fprintf(out, "/* Made by schemas/embed.c from the files below schemas/: change those, not this. */\n"
		     "#include \"pipeline/table/schema/embedded.h\"\n\n");
	for (int i = 0; i < count; i++) {
		const char *name = embedded_name(paths[i]);
		if (!valid_name(name) || (i > 0 && strcmp(name, embedded_name(paths[i - 1])) == 0)) {
			fprintf(stderr, "embed: %s: given twice, or a name with other characters than A-Z a-z 0-9 . _ - /\n",
				paths[i]);
			return -1;
		}
		if (write_file(out, paths[i], i, &length[i]) != 0)
			return -1;
	}
	fprintf(out, "const struct embedded_file embedded_files[] = {\n");
	for (int i = 0; i < count; i++)
		fprintf(out, "\t{ \"%s\", (const char *)file_%d, %zu },\n", embedded_name(paths[i]), i, length[i]);
	fprintf(out, "};\n\nconst size_t embedded_count = %d;\n", count);
	return 0;
}

/* A device (/dev/stdout, /dev/full) must stay. */
static bool is_regular(FILE *file)
{
	struct stat status;
	return fstat(fileno(file), &status) == 0 && S_ISREG(status.st_mode);
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		fprintf(stderr, "usage: embed OUT.c FILE...\n");
		return EXIT_FAILURE;
	}
	char **paths = argv + 2;
	int count = argc - 2, result = EXIT_FAILURE;
	bool regular = false;
	size_t *length = calloc((size_t)count, sizeof *length);
	FILE *out = fopen(argv[1], "w");
	if (out == NULL || length == NULL) {
		fprintf(stderr, "embed: %s: cannot be written: %s\n", argv[1], strerror(errno));
		goto done;
	}
	regular = is_regular(out);
	qsort(paths, (size_t)count, sizeof *paths, compare);
	if (write_source(out, paths, count, length) == 0)
		result = EXIT_SUCCESS;
	if (ferror(out) != 0) {
		fprintf(stderr, "embed: %s: cannot be written\n", argv[1]);
		result = EXIT_FAILURE;
	}
done:
	if (out != NULL && fclose(out) != 0) {
		fprintf(stderr, "embed: %s: cannot be written: %s\n", argv[1], strerror(errno));
		result = EXIT_FAILURE;
	}
	if (regular && result != EXIT_SUCCESS)
		(void)remove(argv[1]);
	free(length);
	return result;
}
