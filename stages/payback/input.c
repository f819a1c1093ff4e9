/* What the stage reads whole: participations of the period, ekonomi and the price list. */
#include "stages/payback/input.h"

#include <string.h>

static int open_file(struct column_file **file, const struct run *run, const char *name, struct arena *arena,
	struct error *error)
{
	const char *path = run_input(run, FILE_PERSONS, name, arena, error);
	return path == NULL ? -1 : column_open(file, path, error);
}

/* The columns of deltagande as arrays. */
struct columns {
	const uint32_t *person, *text[5];
	const uint16_t *insats;
	const int32_t *start, *slut;
};
enum { FORSORJNING_START, FORSORJNING_SLUT, SYSSELSATTNING_START, SYSSELSATTNING_SLUT, AVSLUT, TEXTS };

static int load_columns(const struct column_file *file, struct columns *columns, struct arena *arena,
	struct error *error)
{
	static const char *const texts[TEXTS] = { "forsorjning_start", "forsorjning_slut", "sysselsattning_start",
		"sysselsattning_slut", "avslut" };
	columns->person = column_load(file, "person", COLUMN_U32, arena, error);
	columns->insats = column_load(file, "insats", COLUMN_U16, arena, error);
	columns->start = column_load(file, "start", COLUMN_I32, arena, error);
	columns->slut = column_load(file, "slut", COLUMN_I32, arena, error);
	for (size_t i = 0; i < TEXTS; i++)
		if ((columns->text[i] = column_load(file, texts[i], COLUMN_TEXT, arena, error)) == NULL)
			return -1;
	return columns->person == NULL || columns->insats == NULL || columns->start == NULL || columns->slut == NULL ? -1 : 0;
}

static const char *text_at(const struct input *input, const struct columns *columns, size_t which, size_t row)
{
	return column_text(input->file, columns->text[which][row]);
}

/* Keeps a row that has a stretch in the period. */
static int take_row(struct input *input, const struct columns *columns, size_t row, const struct settings *settings,
	struct error *error)
{
	struct deltagande *deltagande = &input->deltagande[input->count];
	struct multi avslut, efter;
	*deltagande = (struct deltagande){
		.person = columns->person[row],
		.insats = columns->insats[row],
		.start = columns->start[row],
		.slut = columns->slut[row],
		.forsorjning_start = text_at(input, columns, FORSORJNING_START, row),
		.forsorjning_slut = text_at(input, columns, FORSORJNING_SLUT, row),
		.sysselsattning_start = text_at(input, columns, SYSSELSATTNING_START, row),
		.sysselsattning_slut = text_at(input, columns, SYSSELSATTNING_SLUT, row),
	};
	if (!deltagande_within(deltagande, settings->period_from, settings->period_to))
		return 0;
	if (deltagande->insats >= settings->insats_count)
		return error_set(error, EXIT_BUG, "a participation's insats is not in the settings");
	if (codes_read(input->codes.avslut, text_at(input, columns, AVSLUT, row), &avslut, error) != 0 ||
		codes_read(input->codes.sysselsattning, deltagande->sysselsattning_slut, &efter, error) != 0)
		return -1;
	deltagande->avslut = avslut.mask;
	deltagande->efter = efter.mask;
	input->count++;
	return 0;
}

static int read_deltaganden(struct input *input, const struct run *run, struct arena *arena, struct error *error)
{
	struct columns columns;
	if (open_file(&input->file, run, "deltagande", arena, error) != 0 ||
		load_columns(input->file, &columns, arena, error) != 0)
		return -1;
	size_t rows = column_rows(input->file);
	input->deltagande = arena_take(arena, rows + 1, sizeof *input->deltagande, error);
	int result = input->deltagande == NULL ? -1 : 0;
	for (size_t row = 0; row < rows && result == 0; row++)
		result = take_row(input, &columns, row, run_settings(run), error);
	return result;
}

static int fill_economy(struct input *input, const struct column_file *file, const struct settings *settings,
	struct arena *arena, struct error *error)
{
	size_t rows = column_rows(file);
	struct economy_row *row = arena_take(arena, rows, sizeof *row, error);
	const uint32_t *insats = column_load(file, "insats", COLUMN_TEXT, arena, error);
	const int32_t *ar = column_load(file, "ar", COLUMN_I32, arena, error);
	const uint16_t *finansiar = column_load(file, "finansiar", COLUMN_U16, arena, error);
	const int64_t *budget = column_load(file, "budget", COLUMN_I64, arena, error);
	const int64_t *utfall = column_load(file, "utfall", COLUMN_I64, arena, error);
	const int32_t *fran = column_load(file, "fran", COLUMN_I32, arena, error);
	const int32_t *till = column_load(file, "till", COLUMN_I32, arena, error);
	if (row == NULL || insats == NULL || ar == NULL || finansiar == NULL || budget == NULL || utfall == NULL ||
		fran == NULL || till == NULL)
		return -1;
	for (size_t i = 0; i < rows; i++) {
		row[i] = (struct economy_row){ .insats = settings_insats(settings, column_text(file, insats[i])), .ar = ar[i],
			.finansiar = finansiar[i], .budget = budget[i], .utfall = utfall[i], .fran = fran[i], .till = till[i] };
		economy_dates(&row[i], settings);
		if (row[i].insats >= settings->insats_count || row[i].finansiar >= input->codes.finansiar->count)
			return error_set(error, EXIT_BUG, "ekonomi: a row's insats or finansiar is not a known one");
	}
	input->economy = (struct economy){ .rows = rows, .row = row };
	return 0;
}

int input_open(struct input *input, const struct run *run, struct arena *arena, struct error *error)
{
	struct column_file *file = NULL;
	if (codes_load(&input->codes, arena, error) != 0 || read_deltaganden(input, run, arena, error) != 0 ||
		open_file(&file, run, "ekonomi", arena, error) != 0)
		return -1;
	int result = fill_economy(input, file, run_settings(run), arena, error);
	column_close(file);
	return result;
}

void input_close(struct input *input)
{
	column_close(input->file);
	*input = (struct input){ 0 };
}

static struct price_row *price_rows(const struct column_file *file, struct arena *arena, struct error *error)
{
	size_t rows = column_rows(file);
	struct price_row *row = arena_take(arena, rows, sizeof *row, error);
	const uint32_t *post = column_load(file, "post", COLUMN_TEXT, arena, error);
	const uint32_t *enhet = column_load(file, "enhet", COLUMN_TEXT, arena, error);
	const uint32_t *kalla = column_load(file, "kalla", COLUMN_TEXT, arena, error);
	const double *belopp = column_load(file, "belopp", COLUMN_F64, arena, error);
	const int32_t *ar = column_load(file, "ar", COLUMN_I32, arena, error);
	if (row == NULL || post == NULL || enhet == NULL || kalla == NULL || belopp == NULL || ar == NULL)
		return NULL;
	for (size_t i = 0; i < rows; i++) {
		const char *name = column_text(file, post[i]), *unit = column_text(file, enhet[i]);
		const char *source = column_text(file, kalla[i]);
		row[i] = (struct price_row){ .post = arena_text(arena, name, strlen(name), error),
			.enhet = arena_text(arena, unit, strlen(unit), error),
			.kalla = arena_text(arena, source, strlen(source), error), .belopp = belopp[i], .ar = ar[i] };
		if (row[i].post == NULL || row[i].enhet == NULL || row[i].kalla == NULL)
			return NULL;
	}
	return row;
}

int input_prices(const struct run *run, struct price_list *list, struct arena *arena, struct error *error)
{
	struct column_file *file = NULL;
	if (open_file(&file, run, "prislista", arena, error) != 0)
		return -1;
	struct price_row *row = price_rows(file, arena, error);
	int result = row == NULL ? -1
		: price_resolve(row, column_rows(file), settings_last_year(run_settings(run)), list, arena, error);
	column_close(file);
	return result;
}
