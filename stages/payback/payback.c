/* The stage: opens its files, works through the insatser, writes e01–e09 and their support cubes. */
#include "stages/payback/payback.h"

#include <math.h>

#include "pipeline/base/date.h"
#include "pipeline/maths/parallel.h"
#include "stages/payback/dominans.h"
#include "stages/payback/history.h"
#include "stages/payback/input.h"
#include "stages/payback/result.h"

static const struct file_use reads[] = {
	{ FILE_PERSONS, "deltagande" },
	{ FILE_PERSONS, "panel" },
	{ FILE_PERSONS, "spell_fk" },
	{ FILE_PERSONS, "spell_af" },
	{ FILE_PERSONS, "bistand" },
	{ FILE_PERSONS, "kontakt" },
	{ FILE_PERSONS, "ekonomi" },
	{ FILE_PERSONS, "prislista" },
	{ 0, NULL },
};

enum { E01, E02, E03, E04, E05, E06, E07, E08, E09, EKONOMI_UNDERLAG, KOHORT_UNDERLAG, DOMINANS_AKTOR, DOMINANS_POSTER, SIMULERINGSFEL,
	SIMULERINGSFEL_BAND, CUBES };
static const struct file_use writes[CUBES + 1] = {
	[E01] = { FILE_AGGREGATE, "e01_ekonomi" },
	[E02] = { FILE_AGGREGATE, "e02_aterbetalning" },
	[E03] = { FILE_AGGREGATE, "e03_kassaflode" },
	[E04] = { FILE_AGGREGATE, "e04_kanslighet" },
	[E05] = { FILE_AGGREGATE, "e05_potential" },
	[E06] = { FILE_AGGREGATE, "e06_jamforelse" },
	[E07] = { FILE_AGGREGATE, "e07_band" },
	[E08] = { FILE_AGGREGATE, "e08_utjamning" },
	[E09] = { FILE_AGGREGATE, "e09_priser" },
	[EKONOMI_UNDERLAG] = { FILE_SUPPORT, "ekonomi_underlag" },
	[KOHORT_UNDERLAG] = { FILE_SUPPORT, "kohort_underlag" },
	[DOMINANS_AKTOR] = { FILE_SUPPORT, "dominans_aktor" },
	[DOMINANS_POSTER] = { FILE_SUPPORT, "dominans_poster" },
	[SIMULERINGSFEL] = { FILE_SUPPORT, "simuleringsfel" },
	[SIMULERINGSFEL_BAND] = { FILE_SUPPORT, "simuleringsfel_band" },
	[CUBES] = { 0, NULL },
};

struct payback {
	const struct run *run;
	const struct settings *settings;
	struct input input;
	struct history history;
	struct price_list prices;
	const struct draw *draws; /* of the simulation; NULL when it is left out */
	struct cube *cube[CUBES];
	int percentiles, coarse; /* of the simulation: all, and those whose second digit is not sure */
};

static int make_cubes(struct payback *work, struct arena *arena, struct error *error)
{
	for (size_t i = 0; i < CUBES; i++) {
		const struct table *table = schema_table(writes[i].name, arena, error);
		work->cube[i] = table == NULL ? NULL : cube_new(table, arena, error);
		if (work->cube[i] == NULL)
			return -1;
	}
	return 0;
}

static int write_cubes(struct payback *work, struct arena *arena, struct error *error)
{
	for (size_t i = 0; i < CUBES; i++) {
		const char *path = run_output(work->run, writes[i].class, writes[i].name, arena, error);
		if (path == NULL || cube_write(work->cube[i], path, error) != 0)
			return -1;
	}
	return 0;
}

/* The ledgers of one member by the records (extrakt) or by what the follow-up register says (sus). */
static int read_ledgers(const struct payback *work, const struct deltagande *deltagande, enum underlag underlag,
	struct member *member, struct error *error)
{
	const struct settings *settings = work->settings;
	const struct codes *codes = &work->input.codes;
	struct multi before, after;
	if (underlag == UNDERLAG_SUS) {
		if (codes_read(codes->forsorjning, deltagande->forsorjning_start, &before, error) != 0 ||
			codes_read(codes->forsorjning, deltagande->forsorjning_slut, &after, error) != 0)
			return -1;
		ledger_set_standard(&member->before, &before, codes);
		ledger_set_standard(&member->after, &after, codes);
		return 0;
	}
	struct window window = window_before(date_month_of(deltagande->start), settings->fore, settings->historik_from);
	if (history_ledger(&work->history, deltagande->person, window, &member->before, error) != 0)
		return -1;
	window = window_after(date_month_of(deltagande->slut), settings->efter, settings_last_month(settings));
	member->observed = window.last - window.first + 1;
	return history_ledger(&work->history, deltagande->person, window, &member->after, error);
}

static int read_member(const struct payback *work, const struct deltagande *deltagande, enum underlag underlag,
	struct member *member, struct error *error)
{
	const struct codes *codes = &work->input.codes;
	struct multi before, after;
	*member = (struct member){ .days = deltagande_days(deltagande) };
	member->linked = deltagande->person != COLUMN_NONE_U32 && history_linked(&work->history, deltagande->person);
	if (read_ledgers(work, deltagande, underlag, member, error) != 0 ||
		codes_read(codes->sysselsattning, deltagande->sysselsattning_start, &before, error) != 0 ||
		codes_read(codes->sysselsattning, deltagande->sysselsattning_slut, &after, error) != 0)
		return -1;
	ledger_set_work(&member->before, &before, codes);
	ledger_set_work(&member->after, &after, codes);
	return 0;
}

/* The cohort of an insats on one underlag, with the insats's outcome and participant-days. */
static int make_cohort(const struct payback *work, size_t insats, enum underlag underlag, struct cohort *cohort,
	struct arena *arena, struct error *error)
{
	const struct settings *settings = work->settings;
	const struct input *input = &work->input;
	const struct deltagande **own = arena_take(arena, input->count, sizeof *own, error);
	const struct deltagande **chosen = arena_take(arena, input->count, sizeof *chosen, error);
	size_t owned = 0;
	if (own == NULL || chosen == NULL)
		return -1;
	*cohort = (struct cohort){ 0 };
	for (size_t i = 0; i < input->count; i++)
		if (input->deltagande[i].insats == insats) {
			own[owned++] = &input->deltagande[i];
			cohort->participant_days +=
				deltagande_days_within(&input->deltagande[i], settings->period_from, settings->period_to);
		}
	bool stated = economy_outcome(&input->economy, insats, settings, &input->codes, cohort->outcome);
	cohort->count = cohort_choose(own, owned, settings, underlag, &input->codes, chosen);
	if (!stated && cohort->count > 0 && underlag == settings->underlag)
		run_warn(work->run, "ekonomi has no utfall of %s in the period: its cost counts as 0, so that nuvarde shows gains "
			"alone", settings->insats[insats].name);
	struct member *member = arena_take(arena, cohort->count, sizeof *member, error);
	int result = member == NULL ? -1 : 0;
	for (size_t i = 0; i < cohort->count && result == 0; i++)
		result = read_member(work, chosen[i], underlag, &member[i], error);
	if (result == 0)
		calculation_order(member, cohort->count);
	cohort->member = member;
	return result;
}

/* Counts the percentiles that chance in the simulation itself could change in the second digit. */
static void count_coarse(struct payback *work, const struct spread spread[ACTORS])
{
	work->percentiles += 2 * ACTORS * PERCENTILES;
	for (size_t actor = 0; actor < ACTORS; actor++)
		work->coarse += simulate_coarse(&spread[actor].nuvarde) + simulate_coarse(&spread[actor].aterbetalning);
}

/* The tables of the settings' own underlag. `calculation` NULL: no cohort. */
static int fill_tables(struct payback *work, const char *insats, const struct cohort *cohort, const struct prices *prices,
	const struct calculation *calculation, struct arena *arena, struct error *error)
{
	const struct settings *settings = work->settings;
	struct cube **cube = work->cube;
	struct spread spread[ACTORS];
	struct percentiles *band = NULL;
	bool simulated = calculation != NULL && work->draws != NULL;
	if (simulated) {
		const struct simulation *simulation = simulate(cohort, prices, work->draws, settings, arena, error);
		if (simulation == NULL || simulate_spread(simulation, spread, arena, error) != 0 ||
			simulate_band(simulation, &band, arena, error) != 0)
			return -1;
		count_coarse(work, spread);
	}
	size_t row = cube_row_named(cube[KOHORT_UNDERLAG], &insats, error);
	if (row == CUBE_NO_ROW)
		return -1;
	cube_set(cube[KOHORT_UNDERLAG], row, cube_measure(cube[KOHORT_UNDERLAG], "kohort"), (double)cohort->count);
	if (result_payback(cube[E02], insats, calculation, simulated ? spread : NULL, settings, error) != 0 ||
		result_flow(cube[E03], insats, calculation, settings, error) != 0 ||
		result_sensitivity(cube[E04], insats, calculation, settings, error) != 0 ||
		result_potential(cube[E05], insats, calculation, prices, settings, error) != 0 ||
		result_equalisation(cube[E08], insats, calculation, prices, settings, error) != 0)
		return -1;
	if (result_errors(cube[SIMULERINGSFEL], insats, simulated ? spread : NULL, error) != 0)
		return -1;
	return result_band(cube[E07], cube[SIMULERINGSFEL_BAND], insats, band, settings->horisont, error);
}

/* One insats on one underlag. For the underlag that the settings do not ask for, a price that is missing costs only its
   rows of e06. */
static int work_underlag(struct payback *work, size_t insats, enum underlag underlag, struct arena *arena,
	struct error *error)
{
	static const char *const names[] = { [UNDERLAG_EXTRAKT] = "extrakt", [UNDERLAG_SUS] = "sus" };
	const struct settings *settings = work->settings;
	const char *name = settings->insats[insats].name;
	bool own = underlag == settings->underlag;
	bool linkable = own || underlag == UNDERLAG_SUS || (settings->gemensam_nyckel && history_whole(&work->history));
	struct cohort cohort;
	struct calculation calculation, *made = NULL;
	struct prices prices;
	struct error lacking = { 0 };
	bool need[POSTS];
	if (!linkable)
		return result_comparison(work->cube[E06], name, names[underlag], (double)NAN, NULL, settings, error);
	if (make_cohort(work, insats, underlag, &cohort, arena, error) != 0)
		return -1;
	calculation_needs(&cohort, need);
	bool priced = price_complete(&work->prices, need, &prices, own ? error : &lacking) == 0;
	if (!priced && own)
		return -1;
	if (!priced)
		run_note(work->run, "e06: %s with underlag %s is left out: %s", name, names[underlag], lacking.message[0]);
	if (cohort.count > 0 && priced) {
		if (calculation_make(&cohort, &prices, settings, &calculation, error) != 0)
			return -1;
		made = &calculation;
		if (dominans_rows(work->cube[DOMINANS_AKTOR], work->cube[DOMINANS_POSTER], name, names[underlag], &cohort, &prices, settings, error) != 0)
			return -1;
	}
	if (own && fill_tables(work, name, &cohort, &prices, made, arena, error) != 0)
		return -1;
	return result_comparison(work->cube[E06], name, names[underlag], (double)cohort.count, made, settings, error);
}

static int work_insats(struct payback *work, size_t insats, struct error *error)
{
	struct arena *arena = arena_new(error);
	int result = arena == NULL ? -1 : work_underlag(work, insats, UNDERLAG_EXTRAKT, arena, error);
	if (result == 0)
		result = work_underlag(work, insats, UNDERLAG_SUS, arena, error);
	arena_free(arena);
	return result;
}

/* Everything behind [kalkyl]. */
static int work_kalkyl(struct payback *work, struct arena *arena, struct error *error)
{
	const struct settings *settings = work->settings;
	if (history_open(&work->history, work->run, &work->input.codes, arena, error) != 0 ||
		input_prices(work->run, &work->prices, arena, error) != 0)
		return -1;
	if (work->prices.old != NULL)
		run_warn(work->run, "prislista.csv: no price for %d and no KPI to move an earlier one, which stands: %s",
			work->prices.year, work->prices.old);
	if (work->prices.unsourced != NULL)
		run_note(work->run, "prislista.csv: prices without kalla: %s", work->prices.unsourced);
	if (work->prices.unknown != NULL)
		run_note(work->run, "prislista.csv: posts that no calculation uses: %s", work->prices.unknown);
	if (result_prices(work->cube[E09], &work->prices, error) != 0)
		return -1;
	run_expect(work->run, PROGRESS_INSATSER, settings->insats_count);
	if (run_wants(work->run, writes[E02].name) || run_wants(work->run, writes[E07].name)) {
		work->draws = simulate_draws(settings, arena, error);
		if (work->draws == NULL)
			return -1;
	}
	for (size_t i = 0; i < settings->insats_count; i++) {
		if (settings->insats[i].registration != REGISTRATION_VOLUME && work_insats(work, i, error) != 0)
			return -1;
		run_advance(work->run, 1);
	}
	if (work->coarse > 0)
		run_note(work->run, "%d of %d simulated percentiles have a Monte Carlo error of more than half a unit in their second "
			"digit; more simuleringar make them steadier (finsamstat show simuleringsfel --internal)", work->coarse,
			work->percentiles);
	return 0;
}

static int work_all(const struct run *run, struct arena *arena, struct error *error)
{
	struct payback work = { .run = run, .settings = run_settings(run) };
	const struct input *input = &work.input;
	int result = -1;
	parallel_set_threads(run_jobs(run));
	if (make_cubes(&work, arena, error) != 0 || input_open(&work.input, run, arena, error) != 0 ||
		economy_fill(&input->economy, input->deltagande, input->count, work.settings, &input->codes, work.cube[E01],
			work.cube[EKONOMI_UNDERLAG], error) != 0)
		goto done;
	if (work.settings->has_kalkyl && work_kalkyl(&work, arena, error) != 0)
		goto done;
	result = write_cubes(&work, arena, error);
	if (result == 0)
		run_note(run, "%zu participations in the period, %zu rows of ekonomi", input->count, input->economy.rows);
done:
	history_close(&work.history);
	input_close(&work.input);
	return result;
}

const struct stage stage_payback = {
	.name = "payback",
	.summary = "costs and gains: budget and outcome, payback period, sensitivity and simulation (e01-e09)",
	.reads = reads,
	.writes = writes,
	.settings = SETTINGS(PERIOD) | SETTINGS(KALKYL) | SETTINGS(INSATSER) | SETTINGS(INGAR_I),
	.work = work_all,
};
