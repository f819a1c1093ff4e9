/* The validation report: see validation.h. */
#include "stages/link/validation.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>


void validation_count(struct validation *validation)
{
	for (size_t i = 0; i < validation->files; i++) {
		struct flow *flow = &validation->flow[validation->file[i].extract];
		flow->files++;
		flow->read += (uint64_t)validation->file[i].read;
		flow->rejected += (uint64_t)validation->file[i].rejected;
	}
	for (size_t i = 0; i < EXTRACTS; i++) {
		struct flow *flow = &validation->flow[i];
		flow->kept = flow->read - flow->rejected - flow->duplicates;
	}
}

static const struct {
	unsigned bits;
	const char *name;
} sources[] = { { IN_AF, "AF" }, { IN_FK, "FK" }, { IN_KOM, "KOM" }, { IN_REG, "REG" }, { IN_SUS, "SUS" },
	{ IN_ENKAT, "ENKAT" }, { IN_SUS | IN_ENKAT, "SUS and ENKAT" } };
enum { SINGLE_SOURCES = 6, PERSON_SOURCES = 4, ALL_GROUPS = 7 };

void validation_combination(unsigned bits, char name[VALIDATION_COMBINATION])
{
	size_t used = 0;
	name[0] = '\0';
	for (size_t i = 0; i < SINGLE_SOURCES; i++)
		if ((bits & sources[i].bits) != 0)
			used += (size_t)snprintf(name + used, VALIDATION_COMBINATION - used, "%s%s", used > 0 ? "+" : "",
				sources[i].name);
}

/* Persons in any of the sources `bits`; of those, the ones in no other. */
static uint64_t persons_in(const struct validation *validation, unsigned bits, uint64_t *alone)
{
	uint64_t persons = 0;
	*alone = 0;
	for (unsigned i = 0; i < IN_COMBINATIONS; i++) {
		if ((i & bits) == 0)
			continue;
		persons += validation->presence[i];
		*alone += (i & ~bits) == 0 ? validation->presence[i] : 0;
	}
	return persons;
}

bool validation_mismatch(const struct validation *validation, uint64_t least, char message[VALIDATION_MISMATCH])
{
	uint64_t alone;
	int large = 0;
	for (size_t i = 0; i < PERSON_SOURCES; i++)
		large += persons_in(validation, sources[i].bits, &alone) >= least;
	for (size_t i = 0; i < ALL_GROUPS && large >= 2; i++) {
		uint64_t persons = persons_in(validation, sources[i].bits, &alone);
		if (persons < least || alone != persons)
			continue;
		(void)snprintf(message, VALIDATION_MISMATCH,
			"%s: none of its %" PRIu64 " persons is in any other source: different pseudonymisation; have all sources "
			"pseudonymised with one key, or set gemensam nyckel = nej", sources[i].name, persons);
		return true;
	}
	return false;
}

/* ---- JSON ---- */

static int json_sources(const struct validation *validation, struct text *text, struct error *error)
{
	for (size_t i = 0; i < EXTRACTS; i++) {
		const struct flow *flow = &validation->flow[i];
		if (text_add_format(text, error,
			    "%s\n    {\"source\": \"%s\", \"files\": %" PRIu64 ", \"rows_read\": %" PRIu64
			    ", \"rows_kept\": %" PRIu64 ", \"rows_rejected\": %" PRIu64 ", \"duplicates\": %" PRIu64
			    ", \"after_period\": %" PRIu64 ", \"left_out\": %" PRIu64 "}",
			    i == 0 ? "" : ",", extract_names[i], flow->files, flow->read, flow->kept, flow->rejected,
			    flow->duplicates, flow->after_period, flow->left_out) != 0)
			return -1;
	}
	return 0;
}

/* "DATE_INVALID:2|…" as an object. */
static int json_reasons(const char *reasons, struct text *text, struct error *error)
{
	if (text_add_string(text, "{", error) != 0)
		return -1;
	for (const char *between = ""; *reasons != '\0'; between = ", ") {
		size_t name = strcspn(reasons, ":"), whole = strcspn(reasons, "|");
		if (text_add_format(text, error, "%s\"%.*s\": %.*s", between, (int)name, reasons,
			    (int)(whole > name ? whole - name - 1 : 0), reasons + name + 1) != 0)
			return -1;
		reasons += whole + (reasons[whole] == '|');
	}
	return text_add_string(text, "}}", error);
}

static int json_files(const struct validation *validation, struct text *text, struct error *error)
{
	for (size_t i = 0; i < validation->files; i++) {
		const struct delivered *file = &validation->file[i];
		if (text_add_format(text, error, "%s\n    {\"source\": \"%s\", \"file\": ", i == 0 ? "" : ",",
			    extract_names[file->extract]) != 0 ||
			text_add_json(text, file->file, error) != 0 ||
			text_add_format(text, error,
				", \"rows_read\": %" PRId64 ", \"rows_kept\": %" PRId64 ", \"rows_rejected\": %" PRId64
				", \"reasons\": ", file->read, file->kept, file->rejected) != 0 ||
			json_reasons(file->reasons, text, error) != 0)
			return -1;
	}
	return 0;
}

static int json_presence(const struct validation *validation, struct text *text, struct error *error)
{
	const char *between = "";
	for (unsigned bits = 1; bits < IN_COMBINATIONS; bits++) {
		char name[VALIDATION_COMBINATION];
		if (validation->presence[bits] == 0)
			continue;
		validation_combination(bits, name);
		if (text_add_format(text, error, "%s\n    \"%s\": %" PRIu64, between, name, validation->presence[bits]) != 0)
			return -1;
		between = ",";
	}
	return 0;
}

int validation_json(const struct validation *validation, struct text *text, struct error *error)
{
	if (text_add_string(text, "{\n  \"sources\": [", error) != 0 || json_sources(validation, text, error) != 0 ||
		text_add_string(text, "\n  ],\n  \"files\": [", error) != 0 || json_files(validation, text, error) != 0 ||
		text_add_format(text, error, "\n  ],\n  \"persons\": %" PRIu64 ",\n  \"persons_by_sources\": {",
			validation->persons) != 0 ||
		json_presence(validation, text, error) != 0)
		return -1;
	return text_add_format(text, error,
		"\n  },\n  \"persons_with_differing_kon\": %" PRIu64 ",\n  \"persons_with_differing_fodelsear\": %" PRIu64
		"\n}\n", validation->kon_differs, validation->fodelsear_differs);
}

/* ---- HTML ---- */

static int html_sources(const struct validation *validation, struct text *text, struct error *error)
{
	if (text_add_string(text, "<h2>Sources</h2>\n<p>Rows read = kept + rejected + duplicates. Of the kept rows, those "
		"that start after the period, and participations registered by mistake (99), count in no figure.</p>\n"
		"<table>\n<tr><th>source<th>files<th>read<th>kept<th>rejected<th>duplicates<th>after the period"
		"<th>left out</tr>\n", error) != 0)
		return -1;
	for (size_t i = 0; i < EXTRACTS; i++) {
		const struct flow *flow = &validation->flow[i];
		if (text_add_format(text, error, "<tr><th>%s<td>%" PRIu64 "<td>%" PRIu64 "<td>%" PRIu64 "<td>%" PRIu64
			    "<td>%" PRIu64 "<td>%" PRIu64 "<td>%" PRIu64 "</tr>\n",
			    extract_names[i], flow->files, flow->read, flow->kept, flow->rejected, flow->duplicates,
			    flow->after_period, flow->left_out) != 0)
			return -1;
	}
	return text_add_string(text, "</table>\n", error);
}

static int html_files(const struct validation *validation, struct text *text, struct error *error)
{
	if (text_add_string(text, "<h2>Files</h2>\n<table>\n<tr><th>file<th>source<th>read<th>kept<th>rejected<th>reasons"
		"</tr>\n", error) != 0)
		return -1;
	for (size_t i = 0; i < validation->files; i++) {
		const struct delivered *file = &validation->file[i];
		if (text_add_string(text, "<tr><th>", error) != 0 || text_add_html(text, file->file, error) != 0 ||
			text_add_format(text, error, "<td>%s<td>%" PRId64 "<td>%" PRId64 "<td>%" PRId64 "<td class=\"text\">",
				extract_names[file->extract], file->read, file->kept, file->rejected) != 0 ||
			text_add_html(text, file->reasons, error) != 0 || text_add_string(text, "</tr>\n", error) != 0)
			return -1;
	}
	return text_add_string(text, "</table>\n", error);
}

static int html_persons(const struct validation *validation, struct text *text, struct error *error)
{
	if (text_add_format(text, error, "<h2>Persons</h2>\n<p>%" PRIu64 " persons. Their records differ in kon for %" PRIu64
		    " (K and M) and in fodelsear for %" PRIu64 "; the latest record counts.</p>\n<table>\n"
		    "<tr><th>sources<th>persons</tr>\n",
		    validation->persons, validation->kon_differs, validation->fodelsear_differs) != 0)
		return -1;
	for (unsigned bits = 1; bits < IN_COMBINATIONS; bits++) {
		char name[VALIDATION_COMBINATION];
		if (validation->presence[bits] == 0)
			continue;
		validation_combination(bits, name);
		if (text_add_format(text, error, "<tr><th>%s<td>%" PRIu64 "</tr>\n", name, validation->presence[bits]) != 0)
			return -1;
	}
	return text_add_string(text, "</table>\n", error);
}

int validation_html(const struct validation *validation, const char *title, struct text *text, struct error *error)
{
	if (text_add_string(text, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Validation: ",
		    error) != 0 ||
		text_add_html(text, title, error) != 0 ||
		text_add_string(text, "</title>\n<style>\nbody { font: 16px/1.5 sans-serif; margin: 2em auto; max-width: 60em; }\n"
			"table { border-collapse: collapse; }\nth, td { border-bottom: 1px solid #ccc; padding: 0.2em 0.8em; "
			"text-align: right; }\nth:first-child, td.text { text-align: left; }\n</style>\n</head>\n<body>\n"
			"<h1>Validation: ", error) != 0 ||
		text_add_html(text, title, error) != 0 ||
		text_add_string(text, "</h1>\n<p>Internal: row counts of the delivery, not protected. Wrong rows are listed in "
			"rejected.csv.</p>\n", error) != 0 ||
		html_sources(validation, text, error) != 0 || html_files(validation, text, error) != 0 ||
		html_persons(validation, text, error) != 0)
		return -1;
	return text_add_string(text, "</body>\n</html>\n", error);
}
