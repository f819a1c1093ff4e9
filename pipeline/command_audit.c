/* The command `audit`: do protected frequency tables give small counts away? */
#include <stdio.h>

#include "pipeline/command.h"
#include "stages/audit/audit_file.h"

#define THRESHOLD 5 /* counts from 1 to 4 are small */

enum exit_code command_audit(struct arguments *arguments, struct arena *arena, struct error *error)
{
	struct text findings = { .arena = arena };
	struct audit_result result;
	int64_t threshold = arguments->threshold == 0 ? THRESHOLD : arguments->threshold;
	if (audit_file(arguments->operand[0], arguments->hierarchy, threshold, &result, &findings, error) != 0) {
		command_errors("audit", error);
		return error->code;
	}
	if (findings.length > 0)
		(void)fputs(findings.bytes, stdout);
	(void)fprintf(stderr, "finsamstat audit: %zu cells, %zu withheld: %zu give%s a small count away\n", result.cells,
		result.withheld, result.findings, result.findings == 1 ? "s" : "");
	if (fflush(stdout) != 0) {
		(void)fprintf(stderr, "finsamstat audit: standard output cannot be written\n");
		return EXIT_IO;
	}
	return result.findings > 0 ? EXIT_DISCLOSURE : EXIT_DONE;
}
