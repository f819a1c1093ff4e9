// large.c: writes a benchmark delivery of about twelve rows a person, in random person order, without
// holding anything of the persons in memory: all about person i follows from a hash of the seed and i.
#include "sample-data/generate/large.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "sample-data/generate/day.h"
#include "sample-data/generate/kommuner.h"
#include "sample-data/generate/random.h"
#include "sample-data/generate/reference.h"
#include "sample-data/generate/settings.h"
#include "sample-data/generate/sheet.h"

enum { LAST_YEAR = 2020, BUFFER = 1 << 20, ROW_MAX = 256, MAX_DAYS = 21 * 366, PARTICIPATIONS = 300 };

struct panel {
	const struct large *large;
	int first_day;
	int days;
	int first_month;
	int months;
	char date[MAX_DAYS][11];
};

struct out {
	FILE *file;
	char *buffer;
	size_t used;
	bool failed;
};

static int out_open(struct out *out, const char *dir, const char *name)
{
	memset(out, 0, sizeof *out);
	out->buffer = malloc(BUFFER);
	out->file = out->buffer != NULL ? sheet_file(dir, name) : NULL;
	return out->file != NULL ? 0 : -1;
}

static void out_flush(struct out *out)
{
	if (fwrite(out->buffer, 1, out->used, out->file) != out->used)
		out->failed = true;
	out->used = 0;
}

static int out_close(struct out *out)
{
	bool failed = out->failed || out->file == NULL;

	if (out->file != NULL) {
		out_flush(out);
		failed = failed || out->failed;
		if (fclose(out->file) != 0)
			failed = true;
	}
	free(out->buffer);
	memset(out, 0, sizeof *out);
	return failed ? -1 : 0;
}

static char *put_text(char *at, const char *text)
{
	size_t length = strlen(text);

	memcpy(at, text, length);
	return at + length;
}

static char *put_number(char *at, int64_t value)
{
	char digits[24];
	int count = 0;

	do {
		digits[count++] = (char)('0' + value % 10);
		value /= 10;
	} while (value > 0);
	while (count > 0)
		*at++ = digits[--count];
	return at;
}

static char *put_hex(char *at, uint64_t bits)
{
	for (int i = 0; i < 16; i++, bits >>= 4)
		*at++ = "0123456789abcdef"[bits & 15];
	return at;
}

// What a person is: fixed bits of one hash, and further hashes for the rows.
struct one {
	uint64_t bits;
	int fk, af, bistand, region;   // rows in each extract
	bool young;
	int fodelsear;
	char kon;
	const char *kommun;
};

static struct one one_of(const struct panel *panel, uint64_t number)
{
	uint64_t bits = random_hash(panel->large->seed, number);
	uint64_t more = random_hash(bits, 1);
	struct one one = {.bits = bits};

	one.kommun = kommuner[(bits >> 32) % (uint64_t)panel->large->kommuner];
	one.fodelsear = LAST_YEAR - 17 - (int)(bits % 46);
	one.young = one.fodelsear > LAST_YEAR - 29;
	one.kon = (bits >> 8) % 500 == 0 ? 'X' : (bits >> 20) % 2 == 0 ? 'K' : 'M';
	one.fk = more % 100 < 35 ? 0 : 1 + (int)((more >> 8) % 5);
	one.af = (more >> 16) % 100 < 30 ? 0 : 1 + (int)((more >> 24) % 5);
	one.bistand = (more >> 32) % 100 < 70 ? 0 : 6 + (int)((more >> 40) % 26);
	one.region = (more >> 48) % 100 < 20 ? 0 : 1 + (int)((more >> 56) % 5);
	return one;
}

static char *put_pid(char *at, const struct one *one)
{
	at = put_hex(at, random_hash(one->bits, 2));
	return put_hex(at, random_hash(one->bits, 3));
}

static char *put_opening(char *at, const struct one *one)
{
	at = put_pid(at, one);
	*at++ = ',';
	at = put_text(at, one->kommun);
	*at++ = ',';
	*at++ = one->kon;
	*at++ = ',';
	at = put_number(at, one->fodelsear);
	*at++ = ',';
	return at;
}

// Row number `row` of `rows`: a spell in its own part of the panel.
struct spell {
	int from, to;
	bool ongoing;
	uint64_t draw;
};

static struct spell spell_of(const struct panel *panel, const struct one *one, int row, int rows, uint64_t kind)
{
	struct spell spell = {.draw = random_hash(one->bits, kind + (uint64_t)row)};
	int part = panel->days / rows;
	int start = row * part;

	spell.from = start + (int)(spell.draw % (uint64_t)(part / 2 + 1));
	spell.to = spell.from + (int)((spell.draw >> 20) % (uint64_t)(start + part - spell.from));
	spell.ongoing = row == rows - 1 && (spell.draw >> 40) % 4 == 0;
	return spell;
}

static char *put_spell_end(char *at, const struct panel *panel, const struct spell *spell)
{
	if (!spell->ongoing)
		at = put_text(at, panel->date[spell->to]);
	*at++ = ',';
	return at;
}

static int spell_days(const struct panel *panel, const struct spell *spell)
{
	return (spell->ongoing ? panel->days - 1 : spell->to) - spell->from + 1;
}

static char *put_fk(char *at, const struct panel *panel, const struct one *one, int row)
{
	static const char *const grown[] = {"SP", "SP", "SP", "SP", "SP", "RP", "SE", "SP"};
	static const char *const young[] = {"SP", "SP", "AE", "AE", "SP", "RP", "AE", "SP"};
	static const char *const share[] = {"100", "50", "", "25", "75", "100", "100", "50"};
	static const char *const diagnosis[] = {"F", "F32", "M", "F43", "S", "", "G", "M54"};
	struct spell spell = spell_of(panel, one, row, one->fk, 100);
	uint64_t draw = spell.draw;

	at = put_opening(at, one);
	at = put_text(at, one->young ? young[draw % 8] : grown[draw % 8]);
	*at++ = ',';
	at = put_text(at, share[(draw >> 4) % 8]);
	*at++ = ',';
	at = put_text(at, panel->date[spell.from]);
	*at++ = ',';
	at = put_spell_end(at, panel, &spell);
	at = put_text(at, diagnosis[(draw >> 8) % 8]);
	*at++ = ',';
	return put_number(at, spell_days(panel, &spell) * (250 + (int64_t)((draw >> 12) % 400)));
}

static char *put_af(char *at, const struct panel *panel, const struct one *one, int row)
{
	static const char *const kategori[] = {"11", "11", "70", "70", "21", "69", "42", "96"};
	static const char *const support[] = {"AK", "", "AS", "AS", "AK", "UE", "", ""};
	struct spell spell = spell_of(panel, one, row, one->af, 200);
	uint64_t draw = spell.draw;

	at = put_opening(at, one);
	at = put_text(at, kategori[draw % 8]);
	*at++ = ',';
	at = put_text(at, panel->date[spell.from]);
	*at++ = ',';
	at = put_spell_end(at, panel, &spell);
	at = put_text(at, support[draw % 8]);
	*at++ = ',';
	if (support[draw % 8][0] != '\0')
		at = put_number(at, spell_days(panel, &spell) * (150 + (int64_t)((draw >> 12) % 300)));
	*at++ = ',';
	if (!spell.ongoing)
		*at++ = "1225667"[(draw >> 8) % 7];
	return at;
}

// Months in a run with one gap, so that support comes and goes as it does.
static char *put_bistand(char *at, const struct panel *panel, const struct one *one, int row)
{
	static const char *const hinder[] = {"AL1", "AL1", "SJ1", "AL2", "SS", "SJ2", "UT", "ET2"};
	uint64_t draw = random_hash(one->bits, 300 + (uint64_t)row);
	uint64_t run = random_hash(one->bits, 299);
	int gap = (int)(run % 4);
	int room = panel->months - one->bistand - gap;
	int month = room > 0 ? (int)((run >> 8) % (uint64_t)room) + row + (row > one->bistand / 2 ? gap : 0)
			     : row % panel->months;
	char text[8];

	month_text(panel->first_month + month, text);
	at = put_opening(at, one);
	at = put_text(at, text);
	*at++ = ',';
	at = put_number(at, 2500 + (int64_t)(draw % 8000));
	*at++ = ',';
	return put_text(at, hinder[(draw >> 16) % 8]);
}

static char *put_region(char *at, const struct panel *panel, const struct one *one, int row)
{
	static const char *const form[] = {"PV", "PV", "PV", "PV", "PV", "OV", "OV", "SV"};
	static const char *const diagnosis[] = {"F", "F32", "M54", "J", "", "Z", "K", "F41"};
	uint64_t draw = random_hash(one->bits, 400 + (uint64_t)row);

	at = put_opening(at, one);
	at = put_text(at, panel->date[draw % (uint64_t)panel->days]);
	*at++ = ',';
	at = put_text(at, form[(draw >> 16) % 8]);
	*at++ = ',';
	at = put_text(at, diagnosis[(draw >> 20) % 8]);
	*at++ = ',';
	return (draw >> 24) % 4 == 0 ? at : put_number(at, 800 + (int64_t)((draw >> 28) % 4000));
}

static int rows_fk(const struct one *one) { return one->fk; }
static int rows_af(const struct one *one) { return one->af; }
static int rows_bistand(const struct one *one) { return one->bistand; }
static int rows_region(const struct one *one) { return one->region; }

struct extract {
	const char *name;
	const char *header;
	char *(*put)(char *at, const struct panel *panel, const struct one *one, int row);
	int (*rows)(const struct one *);
	int most;              // rows a person
};

static const struct extract extracts[] = {
	{"fk.csv", "pid,kommun,kon,fodelsear,forman,omfattning,fran,till,diagnos,belopp\n", put_fk, rows_fk, 5},
	{"af.csv", "pid,kommun,kon,fodelsear,sokandekategori,fran,till,ersattning,belopp,avslutsorsak\n", put_af,
	 rows_af, 5},
	{"kommun.csv", "pid,kommun,kon,fodelsear,manad,belopp,forsorjningshinder\n", put_bistand, rows_bistand, 31},
	{"region.csv", "pid,kommun,kon,fodelsear,datum,vardform,diagnos,belopp\n", put_region, rows_region, 5},
};

static uint64_t common_divisor(uint64_t a, uint64_t b)
{
	while (b != 0) {
		uint64_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

// One pass visits everybody once, in strides without a common divisor with the number of persons: an order
// that has nothing to do with that of the pids.
static uint64_t stride_of(const struct panel *panel, uint64_t pass)
{
	uint64_t persons = panel->large->persons;
	uint64_t stride = random_hash(panel->large->seed ^ 77, pass) % persons;

	while (stride == 0 || common_divisor(stride, persons) != 1)
		stride = stride % persons + 1;
	return stride;
}

static void write_pass(struct out *out, const struct panel *panel, const struct extract *extract, int row)
{
	uint64_t persons = panel->large->persons;
	uint64_t stride = stride_of(panel, (uint64_t)extract->name[0] * 100 + (uint64_t)row);
	uint64_t at = stride / 2;

	for (uint64_t i = 0; i < persons; i++) {
		struct one one = one_of(panel, at);

		if (row < extract->rows(&one)) {
			char *end = extract->put(out->buffer + out->used, panel, &one, row);

			*end++ = '\n';
			out->used = (size_t)(end - out->buffer);
			if (out->used > BUFFER - ROW_MAX)
				out_flush(out);
		}
		at += stride;
		if (at >= persons)
			at -= persons;
	}
}

static int write_extract(const struct panel *panel, const struct extract *extract, const char *folder)
{
	struct out out;
	int opened = out_open(&out, folder, extract->name);

	if (opened == 0) {
		out.used = (size_t)(put_text(out.buffer, extract->header) - out.buffer);
		for (int row = 0; row < extract->most; row++)
			write_pass(&out, panel, extract, row);
	}
	return out_close(&out) != 0 || opened != 0 ? -1 : 0;
}

static void write_participation(FILE *file, const struct panel *panel, int insats, int number)
{
	static const char *const before[] = {"FS", "FS", "SP", "AS", "AS|FS", "SP:50|IN:50", "FS", "IN"};
	static const char *const after[] = {"AO", "AO:75|EJ:25", "AU", "SU", "AR", "EJ", "EJ", "PR"};
	static const char *const end_of[] = {"01", "01", "01", "02", "03", "04", "10", "04"};
	static const char *const left[] = {"IN", "IN", "IN", "ST", "AS", "FS", "SP", "FS"};
	uint64_t draw = random_hash(panel->large->seed ^ 88, (uint64_t)insats * 1000 + (uint64_t)number);
	struct one one = one_of(panel, (draw >> 8) % panel->large->persons);
	int start = panel->days - 1 - (int)((draw >> 30) % (uint64_t)(panel->days / 2));
	int slut = start + 60 + (int)((draw >> 45) % 300);
	char pid[40] = "";
	bool over = slut < panel->days;

	*put_pid(pid, &one) = '\0';
	fprintf(file, "%s,Insats %d,%s,%c,%d,%d,%d,KOM,%s,%s,%s,%s,EJ,%s,%s\n", pid, insats + 1, one.kommun, one.kon,
		one.fodelsear, (int)(draw % 5), 1 + (int)(draw % 5), panel->date[start],
		over ? panel->date[slut] : "", before[draw % 8], over ? left[(draw >> 4) % 8] : "",
		over ? after[(draw >> 4) % 8] : "", over ? end_of[(draw >> 4) % 8] : "");
}

static int write_insatser(const struct panel *panel, const char *folder)
{
	FILE *sus = sheet_file(folder, "sus.csv");
	FILE *ekonomi = sheet_file(folder, "ekonomi.csv");
	bool failed = sus == NULL || ekonomi == NULL;

	if (!failed) {
		fputs("pid,insats,kommun,kon,fodelsear,utbildning,tid_off_fors,remittent,start,slut,"
		      "forsorjning_start,forsorjning_slut,sysselsattning_start,sysselsattning_slut,avslut\n", sus);
		fputs("insats,ar,finansiar,budget,utfall\n", ekonomi);
		for (int i = 0; i < panel->large->insatser; i++) {
			fprintf(ekonomi, "Insats %d,%d,FORBUND,5000000,%d\n", i + 1, LAST_YEAR, 4800000 + i);
			for (int n = 0; n < PARTICIPATIONS; n++)
				write_participation(sus, panel, i, n);
		}
		failed = ferror(sus) || ferror(ekonomi);
	}
	if (sus != NULL && fclose(sus) != 0)
		failed = true;
	if (ekonomi != NULL && fclose(ekonomi) != 0)
		failed = true;
	return failed ? -1 : 0;
}

static int write_settings(const struct large *large, const char *dir)
{
	enum { HEAD = 4096, INSATSER = 50 * 200 };
	char head[HEAD];
	char insatser[INSATSER] = "";
	char *at = head;

	at = put_text(at, "[förbund]\nnamn = Stor syntetisk leverans\nkommuner = ");
	for (int i = 0; i < large->kommuner; i++) {
		at = put_text(at, i > 0 ? ", " : "");
		at = put_text(at, kommuner[i]);
	}
	snprintf(at, (size_t)(head + HEAD - at),
		 "\nperiod = %d-01-01 – %d-12-31\nhistorik från = %d-01\ngemensam nyckel = ja\n"
		 "[kalkyl]\nfrö = %" PRIu64 "\n", LAST_YEAR, LAST_YEAR, LAST_YEAR - large->years + 1,
		 large->seed % 1000000000);
	at = insatser;
	for (int i = 0; i < large->insatser; i++)
		at += snprintf(at, (size_t)(insatser + INSATSER - at),
			       "[insats Insats %d]\nregistrering = personuppgifter\nrisk = låg\neffekt = medel\n"
			       "mål = deltagare: minst 100\nmål = egen försörjning: minst 30 %% av avslutade\n", i + 1);
	return settings_write(dir, head, insatser);
}

static int write_reference(const struct large *large, const char *dir)
{
	struct inhabitants *inhabitants = calloc((size_t)large->kommuner, sizeof *inhabitants);
	struct random random;
	int result;

	if (inhabitants == NULL)
		return -1;
	for (int i = 0; i < large->kommuner; i++) {
		inhabitants[i].kod = kommuner[i];
		inhabitants[i].aged_16_64 = 5000 + (int)(large->persons * 3 / 2 / (uint64_t)large->kommuner);
	}
	random_seed(&random, large->seed, 1);
	result = reference_befolkning(dir, &random, inhabitants, large->kommuner, LAST_YEAR - large->years + 1,
				      LAST_YEAR, 1);
	free(inhabitants);
	return result != 0 || reference_prislista(dir, LAST_YEAR) != 0 ? -1 : 0;
}

static int make_folder(const char *path)
{
	return mkdir(path, 0777) == 0 || errno == EEXIST ? 0 : -1;
}

static void panel_fill(struct panel *panel, const struct large *large)
{
	panel->large = large;
	panel->first_day = day_of(LAST_YEAR - large->years + 1, 1, 1);
	panel->days = day_of(LAST_YEAR, 12, 31) - panel->first_day + 1;
	panel->first_month = day_month(panel->first_day);
	panel->months = 12 * large->years;
	for (int i = 0; i < panel->days; i++)
		day_text(panel->first_day + i, panel->date[i]);
}

int large_write(const struct large *large, const char *dir)
{
	struct panel *panel = calloc(1, sizeof *panel);
	char folder[900];
	int result = -1;

	if (panel == NULL || (size_t)snprintf(folder, sizeof folder, "%s/extrakt", dir) >= sizeof folder)
		goto done;
	panel_fill(panel, large);
	if (make_folder(dir) != 0 || make_folder(folder) != 0 || write_settings(large, dir) != 0 ||
	    write_reference(large, dir) != 0)
		goto done;
	for (size_t i = 0; i < sizeof extracts / sizeof *extracts; i++)
		if (write_extract(panel, &extracts[i], folder) != 0)
			goto done;
	if (large->insatser > 0 && write_insatser(panel, folder) != 0)
		goto done;
	result = 0;
done:
	free(panel);
	return result;
}
