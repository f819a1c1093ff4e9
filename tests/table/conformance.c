/* Holds lint_file against a corpus of labelled CSV files: `conformance INDEX.tsv` prints each disagreement and a count.
   Without an argument there is nothing to do: the corpus is not part of the project. */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline/table/csv/lint.h"

/* Columns of the index, from 0. */
enum { FILE_NAME = 0, DELIMITER = 7, VERDICT = 10, RECORDS = 11, FIELDS = 12, CODE = 13, LINE = 14, COLUMNS = 18 };

struct tally {
	unsigned checked, disagreed, policy;
};

static size_t cut_tabs(char *line, char *column[COLUMNS])
{
	size_t count = 0;
	line[strcspn(line, "\n")] = '\0';
	for (char *next = line; next != NULL && count < COLUMNS; count++) {
		column[count] = next;
		next = strchr(next, '\t');
		if (next != NULL)
			*next++ = '\0';
	}
	return count;
}

/* "accept R F" or "reject CODE LINE"; a line that the index does not tell (0) is left out. */
static void expected_text(char *const column[COLUMNS], char *text, size_t room)
{
	if (strcmp(column[VERDICT], "reject") != 0)
		(void)snprintf(text, room, "accept %s %s", column[RECORDS], column[FIELDS]);
	else if (strcmp(column[LINE], "0") == 0)
		(void)snprintf(text, room, "reject %s", column[CODE]);
	else
		(void)snprintf(text, room, "reject %s %s", column[CODE], column[LINE]);
}

static void found_text(const char *path, char delimiter, bool with_line, char *text, size_t room)
{
	static struct error error;
	uint64_t records = 0, fields = 0;
	error = (struct error){0};
	if (lint_file(path, delimiter, false, &records, &fields, &error) == 0) {
		(void)snprintf(text, room, "accept %" PRIu64 " %" PRIu64, records, fields);
		return;
	}
	char code[64] = "?";
	unsigned long line = 0;
	if (strncmp(error.message[0], path, strlen(path)) == 0)
		(void)sscanf(error.message[0] + strlen(path), ":%lu: %63[A-Z0-9_]", &line, code);
	if (with_line)
		(void)snprintf(text, room, "reject %s %lu", code, line);
	else
		(void)snprintf(text, room, "reject %s", code);
}

static void check(const char *folder, char *const column[COLUMNS], struct tally *tally)
{
	char path[4096], expected[128], found[128];
	bool policy = strcmp(column[VERDICT], "policy") == 0;
	(void)snprintf(path, sizeof path, "%s/%s", folder, column[FILE_NAME]);
	char delimiter = strcmp(column[DELIMITER], "TAB") == 0 ? '\t' : column[DELIMITER][0];
	expected_text(column, expected, sizeof expected);
	found_text(path, delimiter, policy || strcmp(column[LINE], "0") != 0, found, sizeof found);
	tally->checked += !policy;
	tally->policy += policy;
	if (policy) {
		(void)printf("policy %s: %s, here %s\n", column[CODE], column[FILE_NAME], found);
	} else if (strcmp(expected, found) != 0) {
		tally->disagreed++;
		(void)printf("%s: expected %s, found %s\n", column[FILE_NAME], expected, found);
	}
}

int main(int argc, char **argv)
{
	if (argc < 2)
		return 0;
	char folder[2048], line[8192], *column[COLUMNS];
	(void)snprintf(folder, sizeof folder, "%s", argv[1]);
	char *slash = strrchr(folder, '/');
	if (slash != NULL)
		*slash = '\0';
	else
		(void)strcpy(folder, ".");
	FILE *index = fopen(argv[1], "r");
	if (index == NULL) {
		perror(argv[1]);
		return 1;
	}
	struct tally tally = {0};
	bool header = true;
	for (; fgets(line, sizeof line, index) != NULL; header = false)
		if (cut_tabs(line, column) == COLUMNS && !header)
			check(folder, column, &tally);
	(void)fclose(index);
	(void)printf("%u files checked, %u disagree; %u files left to policy\n", tally.checked, tally.disagreed,
		tally.policy);
	return tally.disagreed == 0 ? 0 : 1;
}
