/* The description of the files for machines: see datapackage.h. */
#include <string.h>

#include "pipeline/base/date.h"
#include "pipeline/base/text.h"
#include "pipeline/table/schema/codelist.h"
#include "pipeline/version.h"
#include "stages/publish/files/datapackage.h"
#include "stages/publish/sheet/words.h"

/* JSON being written; a fault is kept until the file is saved. */
struct json {
	struct text text;
	struct error *error;
	bool failed;
};

static void markup(struct json *json, const char *markup_text)
{
	if (!json->failed)
		json->failed = text_add_string(&json->text, markup_text, json->error) != 0;
}

static void string(struct json *json, const char *value)
{
	if (!json->failed)
		json->failed = text_add_json(&json->text, value, json->error) != 0;
}

/* `"name": "value"` behind some markup. */
static void member(struct json *json, const char *before, const char *name, const char *value)
{
	markup(json, before);
	string(json, name);
	markup(json, ": ");
	string(json, value);
}

/* The name of a package or file: lower-case letters and digits of the text, å ä é ö without their marks, '-' between. */
static void slug(struct json *json, const char *text)
{
	static const struct {
		const char *from, *to;
	} letters[] = { { "å", "a" }, { "ä", "a" }, { "ö", "o" }, { "é", "e" }, { "ü", "u" }, { "Å", "a" }, { "Ä", "a" },
		{ "Ö", "o" }, { "É", "e" }, { "Ü", "u" } };
	bool gap = false, any = false;
	while (*text != '\0') {
		char plain[2] = { *text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a') : *text, '\0' };
		const char *out = (plain[0] >= 'a' && plain[0] <= 'z') || (plain[0] >= '0' && plain[0] <= '9') ? plain : NULL;
		size_t length = 1;
		for (size_t i = 0; i < sizeof letters / sizeof *letters && out == NULL; i++)
			if (text_starts(text, letters[i].from)) {
				out = letters[i].to;
				length = strlen(letters[i].from);
			}
		if (out != NULL) {
			markup(json, gap && any ? "-" : "");
			markup(json, out);
			any = true;
		}
		gap = out == NULL;
		text += length;
	}
	markup(json, any ? "" : "forbund");
}

/* ---- one table ---- */

/* The codes that occur, in the order of printing, each with its label; for a dimension whose labels no other one decides. */
static void write_categories(struct json *json, const struct sheet *sheet, size_t d)
{
	const struct cube_codes *codes = &sheet->cube->codes[d];
	markup(json, ", \"categories\": [");
	for (size_t place = 0; place < codes->count; place++)
		for (size_t i = 0; i < codes->count; i++)
			if (sheet->rank[d][i] == place) {
				member(json, place > 0 ? ", { " : "{ ", "value", codes->code[i]);
				member(json, ", ", "label", sheet->label[d][i]);
				markup(json, " }");
			}
	markup(json, "]");
}

static void write_dimension(struct json *json, const struct sheet *sheet, size_t d)
{
	const struct dimension *dimension = &sheet->table->dimension[d];
	member(json, "\t\t\t\t\t{ ", "name", dimension->name);
	member(json, ", ", "title", dimension->title);
	member(json, ", ", "type", dimension->numeric ? "integer" : "string");
	markup(json, ", \"constraints\": { \"required\": true }");
	if (dimension->codes != NULL && sheet->cube->codes[d].count > 0)
		write_categories(json, sheet, d);
	markup(json, " },\n");
}

static bool holds_text(const struct table *table)
{
	for (size_t m = 0; m < table->measures; m++)
		if (measure_holds_text(table->measure[m].kind))
			return true;
	return false;
}

/* The columns that every table ends with. */
static void write_values(struct json *json, const struct table *table)
{
	markup(json, "\t\t\t\t\t{ \"name\": \"matt\", \"title\": \"Mått\", \"type\": \"string\", "
		"\"constraints\": { \"required\": true }, \"categories\": [");
	for (size_t m = 0; m < table->measures; m++) {
		member(json, m > 0 ? ", { " : "{ ", "value", table->measure[m].name);
		member(json, ", ", "label", table->measure[m].title);
		markup(json, " }");
	}
	markup(json, "] },\n");
	member(json, "\t\t\t\t\t{ \"name\": \"varde\", \"title\": \"Värde\", ", "type", holds_text(table) ? "any" : "number");
	markup(json, " },\n\t\t\t\t\t{ \"name\": \"status\", \"title\": \"Status\", \"type\": \"string\", "
		"\"constraints\": { \"enum\": [\"skyddad\", \"saknas\", \"tidigare\"] }, \"categories\": ["
		"{ \"value\": \"skyddad\", \"label\": \"Skyddad uppgift\" }, "
		"{ \"value\": \"saknas\", \"label\": \"Kan inte beräknas\" }, "
		"{ \"value\": \"tidigare\", \"label\": \"Tidigare publicerad uppgift: ändringen rör för få personer\" }] }\n");
}

static void write_resource(struct json *json, const struct sheet *sheet)
{
	const struct table *table = sheet->table;
	member(json, "\t\t{\n\t\t\t", "name", table->name);
	markup(json, ",\n\t\t\t\"path\": \"data/");
	markup(json, table->name);
	markup(json, ".csv\"");
	member(json, ",\n\t\t\t", "type", "table");
	member(json, ",\n\t\t\t", "title", table->title);
	member(json, ",\n\t\t\t", "description", sheet->note);
	markup(json, ",\n\t\t\t\"format\": \"csv\",\n\t\t\t\"mediatype\": \"text/csv\",\n\t\t\t\"encoding\": \"utf-8\",\n"
		"\t\t\t\"dialect\": { \"delimiter\": \",\", \"lineTerminator\": \"\\n\", \"header\": true },\n"
		"\t\t\t\"schema\": {\n\t\t\t\t\"fields\": [\n");
	for (size_t d = 0; d < table->dimensions; d++)
		write_dimension(json, sheet, d);
	write_values(json, table);
	markup(json, "\t\t\t\t],\n\t\t\t\t\"primaryKey\": [");
	for (size_t d = 0; d < table->dimensions; d++) {
		string(json, table->dimension[d].name);
		markup(json, ", ");
	}
	markup(json, "\"matt\"],\n\t\t\t\t\"missingValues\": [{ \"value\": \"\", "
		"\"label\": \"Skyddad uppgift eller kan inte beräknas: se status\" }]\n\t\t\t}\n\t\t}");
}

/* ---- the package ---- */

static void write_source(struct json *json, bool *any, const char *title, const char *day)
{
	member(json, *any ? ", { " : "{ ", "title", title);
	member(json, ", ", "version", day);
	markup(json, " }");
	*any = true;
}

/* Where the figures come from, by name and date: the parties of which m06 tells anything, and the follow-up register. Never a file's name,
   hash or number of rows: small files could be guessed. */
static void write_sources(struct json *json, const struct publication *publication, const char *day)
{
	const struct sheet *parties = publication_sheet(publication, "m06_manad");
	bool any = false;
	markup(json, ",\n\t\"sources\": [");
	size_t kalla = parties == NULL ? SIZE_MAX : sheet_dimension(parties->table, "kalla", 5);
	for (size_t place = 0; kalla != SIZE_MAX && place < parties->cube->codes[kalla].count; place++) {
		size_t code = sheet_code_at(parties, kalla, place);
		if (publication_tells(publication, "m06_manad", "kalla", parties->cube->codes[kalla].code[code], NULL))
			write_source(json, &any, parties->label[kalla][code], day);
	}
	if (publication_tells(publication, "i01_deltagare", NULL, NULL, NULL))
		write_source(json, &any, "Uppföljningsregistret över deltagare", day);
	markup(json, "]");
}

/* https://creativecommons.org, in Swedish. */
static void write_licence(struct json *json, const struct settings *settings)
{
	bool zero = strcmp(settings->licens, "CC0-1.0") == 0;
	member(json, ",\n\t\"licenses\": [{ ", "name", settings->licens);
	member(json, ", ", "title", zero ? "Creative Commons CC0 1.0" : "Creative Commons Erkännande 4.0");
	member(json, ", ", "path", zero ? "https://creativecommons.org/publicdomain/zero/1.0/deed.sv"
		: "https://creativecommons.org/licenses/by/4.0/deed.sv");
	markup(json, " }]");
}

static void write_head(struct json *json, const struct publication *publication)
{
	const struct settings *settings = publication->settings;
	char day[DATE_TEXT], first[DATE_TEXT], last[DATE_TEXT], period[WORDS_TEXT];
	date_write(settings->uttagsdatum, day);
	date_write(settings->period_from, first);
	date_write(settings->period_to, last);
	words_period(settings->period_from, settings->period_to, period);
	markup(json, "{\n\t\"$schema\": \"https://datapackage.org/profiles/2.0/datapackage.json\",\n\t\"name\": \"");
	slug(json, settings->namn);
	markup(json, "-");
	markup(json, first);
	markup(json, "-");
	markup(json, last);
	markup(json, "\",\n\t\"title\": ");
	char *title = json->failed ? NULL : arena_print(json->text.arena, json->error,
		"%s: målgrupper, insatser och resultat %s", settings->namn, period);
	json->failed = title == NULL;
	string(json, title == NULL ? "" : title);
	char *said = json->failed ? NULL : arena_print(json->text.arena, json->error, "%s. En tom varde har en status: skyddad (hålls "
		"tillbaka för att skydda enskilda) eller saknas (kan inte beräknas). Ett varde med status tidigare är det som "
		"redan har publicerats, eftersom ändringen sedan dess rör för få personer. En kombination utan rad är noll; TOT är totalen.%s%s",
		publication->standing, publication->rounded == NULL ? "" : " ", publication->rounded == NULL ? "" : publication->rounded);
	json->failed = said == NULL;
	member(json, ",\n\t", "description", said == NULL ? "" : said);
	markup(json, ",\n\t\"created\": \"");
	markup(json, day);
	markup(json, "T00:00:00Z\"");
	member(json, ",\n\t\"contributors\": [{ ", "title", settings->namn);
	markup(json, ", \"roles\": [\"publisher\"] }]");
	write_sources(json, publication, day);
	write_licence(json, settings);
	markup(json, ",\n\t\"finsamstat\": { ");
	member(json, "", "version", FINSAMSTAT_VERSION);
	member(json, ", ", "license", "GPL-3.0-or-later");
	member(json, ", ", "status", publication->standing);
	member(json, ", ", "skydd", publication->rounded == NULL ? "undertryckning" : "avrundning");
	member(json, ", ", "uttagsdatum", day);
	member(json, ", ", "period_fran", first);
	member(json, ", ", "period_till", last);
	markup(json, " },\n\t\"resources\": [\n");
}

int datapackage_write(struct publication *publication, struct error *error)
{
	struct json json = { .text = { .arena = publication->arena }, .error = error };
	write_head(&json, publication);
	for (size_t i = 0; i < publication->sheets; i++) {
		write_resource(&json, &publication->sheet[i]);
		markup(&json, i + 1 < publication->sheets ? ",\n" : "\n");
	}
	markup(&json, "\t]\n}\n");
	const char *path = json.failed ? NULL : publication_add(publication, "datapackage.json", error);
	return path == NULL ? -1 : text_save(&json.text, path, error);
}
