// alv_kust.c: the sample förbund Älv & Kust, its plan for 2020 with goals met, missed and undecided.
#include "sample-data/generate/day.h"
#include "sample-data/generate/drawn.h"
#include "sample-data/generate/forbund.h"

static const uint64_t seed = 20201231;

static const char head[] =
	"# Exempelförbund med syntetiska uppgifter; se sample-data/README.md.\n"
	"[förbund]\n"
	"namn = Samordningsförbundet Älv & Kust (exempeldata)\n"
	"kommuner = 1440, 1482, 1415, 1419\n"
	"kommuner från 2018-01-01 = 1440, 1482, 1415, 1419, 1407\n"
	"period = 2020-01-01 – 2020-12-31\n"
	"historik från = 2015-01\n"
	"gemensam nyckel = ja\n"
	"[källa volym]\n"
	"teckenkodning = windows-1252\n"
	"[kalkyl]\n"
	"frö = 20201231\n";

static const char insatser[] =
	"[insats Samverkansteamet]\n"
	"registrering = personuppgifter\n"
	"målgrupp = samordnat behov\n"
	"maxtid = 18 månader\n"
	"risk = låg\n"
	"effekt = hög\n"
	"mål = deltagare: cirka 100 ± 10 %\n"
	"mål = egen försörjning: minst 25 % av avslutade\n"
	"mål = till arbetsmarknadens förfogande: minst 10 % av avslutade\n"
	"mål = könsfördelning: 40–60 % av deltagare\n"
	"mål = kötid: högst 3\n"
	"[insats AKTIV]\n"
	"registrering = personuppgifter\n"
	"målgrupp = samordnat behov\n"
	"maxtid = 6 månader\n"
	"risk = låg\n"
	"effekt = medel\n"
	"mål = deltagare: minst 200\n"
	"mål = enkät vid start och avslut: minst 40\n"
	"mål = könsfördelning: 40–60 % av deltagare\n"
	"mål = kostnad per deltagare: högst 3000\n"
	"[insats KUR]\n"
	"registrering = personuppgifter\n"
	"målgrupp = långtidssjukskrivna\n"
	"maxtid = 8 månader\n"
	"risk = medel\n"
	"effekt = medel\n"
	"mål = deltagare: minst 50\n"
	"mål = enkät vid start och avslut: minst 100 % av avslutade\n"
	"mål = könsfördelning: 40–60 % av deltagare\n"
	"mål = egen försörjning inom 12 månader: minst 20 % av startade\n"
	"[insats Framsteget]\n"
	"registrering = volym\n"
	"risk = medel\n"
	"effekt = hög\n"
	"mål = deltagare: minst 60\n"
	"[insats Växtverkstan Tjörn]\n"
	"registrering = volym\n"
	"risk = medel\n"
	"effekt = medel\n"
	"mål = deltagare: minst 30\n"
	"[insats Träningsplatser]\n"
	"registrering = volym\n"
	"risk = låg\n"
	"effekt = medel\n"
	"mål = deltagare: minst 40\n"
	"[insats Träningsaktivitet öppenpsykiatri]\n"
	"registrering = volym\n"
	"risk = hög\n"
	"effekt = låg\n"
	"mål = deltagare: minst 40\n"
	"[insats Processledning och utveckling]\n"
	"registrering = volym\n"
	"risk = låg\n"
	"effekt = medel\n";

// One figure is wrong on purpose: 98 women and 91 men in AKTIV miss the total of 187.
static const char published[] =
	"tabell;nyckel;matt;varde;kalla\n"
	"i01_deltagare;Samverkansteamet|TOT|TOT;personer;97;Årsredovisning 2020 (exempel)\n"
	"i01_deltagare;Samverkansteamet|TOT|K;personer;63;Årsredovisning 2020 (exempel)\n"
	"i01_deltagare;Samverkansteamet|TOT|M;personer;34;Årsredovisning 2020 (exempel)\n"
	"i01_deltagare;AKTIV|TOT|TOT;personer;187;Årsredovisning 2020 (exempel)\n"
	"i01_deltagare;AKTIV|TOT|K;personer;98;Årsredovisning 2020 (exempel)\n"
	"i01_deltagare;AKTIV|TOT|M;personer;91;Årsredovisning 2020 (exempel)\n"
	"i01_deltagare;KUR|TOT|TOT;personer;52;Årsredovisning 2020 (exempel)\n"
	"i10_volym;Framsteget|2020|TOT|TOT;antal;64;Årsredovisning 2020 (exempel)\n"
	"e01_ekonomi;Samverkansteamet|2020|FORBUND;budget;3860000;Verksamhetsplan 2020\n"
	"e01_ekonomi;AKTIV|2020|FORBUND;budget;450000;Verksamhetsplan 2020\n"
	"e01_ekonomi;KUR|2020|FORBUND;budget;320000;Verksamhetsplan 2020\n"
	"e01_ekonomi;TOT|2020|FORBUND;budget;9032000;Verksamhetsplan 2020\n"
	"e01_ekonomi;TOT|2020|ESF;budget;1133000;Verksamhetsplan 2020\n";

static const struct origin team_origins[] = {
	{LIVING_BISTAND_SJUK, "EJ", 34}, {LIVING_BISTAND_ARBLOS, "AR", 16}, {LIVING_BISTAND_PROGRAM, "PG", 12},
	{LIVING_BISTAND_SJUKPENNING, "EJ", 8}, {LIVING_SJUK_HEL, "EJ", 14}, {LIVING_PROGRAM, "PG", 8},
	{LIVING_SJUK_HALV, "AO:50|EJ:50", 4}, {LIVING_AKTIVITETSERS, "EJ", 4}, {LIVING_NOTHING, NULL, 0},
};

// 44 exits: 12 to work or studies (27 %), 6 more to the disposal of the labour market (14 %).
static const struct outcome team_outcomes[] = {
	{LIVING_NOTHING, "AO", "01", 3, 1},
	{LIVING_NOTHING, "AO:75|EJ:25", "01", 1, 0},
	{LIVING_LONEBIDRAG, "AU:75|EJ:25", "01", 2, 1},
	{LIVING_NOTHING, "EF", "01", 1, 0},
	{LIVING_STUDIER, "SU", "02", 2, 1},
	{LIVING_PROGRAM, "AR", "03", 2, 1},
	{LIVING_BISTAND_ARBLOS, "AR:50|PR:50", "03", 2, 1},
	{LIVING_SAME, "EJ", "04", 7, 3},
	{LIVING_SJUK_HEL, "EJ", "05", 2, 1},
	{LIVING_SJUKERS_HEL, "EJ", "06", 2, 0},
	{LIVING_SAME, "PR", "11|04", 2, 1},
	{LIVING_SAME, "EJ", "10", 3, 1},
	{LIVING_NOTHING, "OV", "08", 1, 0},
	{LIVING_NOTHING, "OV", "09", 1, 0},
	{LIVING_SAME, "EJ", "14", 1, 1},
	{LIVING_NOTHING, NULL, NULL, 0, 0},
};

static const struct insats team = {
	.name = "Samverkansteamet", .women = 63, .men = 34, .nya = 46, .nya_exits = 6, .late_starts = -1,
	.shortest = 90, .longest = 480, .youngest = 19, .oldest = 61,
	.origins = team_origins, .outcomes = team_outcomes,
};

static const struct outcome aktiv_outcomes[] = {
	{LIVING_SAME, "EJ", "04", 52, 17},
	{LIVING_SAME, "PR", "11", 14, 5},
	{LIVING_SAME, "AR", "03", 10, 4},
	{LIVING_NOTHING, "AO", "01", 4, 1},
	{LIVING_STUDIER, "SU", "02", 2, 1},
	{LIVING_SAME, "EJ", "10", 12, 5},
	{LIVING_SJUK_HEL, "EJ", "05", 4, 2},
	{LIVING_SAME, "EJ", "12", 1, 1},
	{LIVING_SAME, "OV", "98", 4, 1},
	{LIVING_NOTHING, NULL, NULL, 0, 0},
};

static const struct insats aktiv = {
	.name = "AKTIV", .women = 96, .men = 91, .nya = 165, .nya_exits = 118, .late_starts = -1,
	.shortest = 42, .longest = 120, .youngest = 19, .oldest = 63,
	.origins = team_origins, .outcomes = aktiv_outcomes, .instrument = "EQ-VAS", .pairs = 46,
};

static const struct origin kur_origins[] = {
	{LIVING_SJUK_HEL, "EJ", 55}, {LIVING_SJUK_HALV, "AO:50|EJ:50", 20}, {LIVING_REHAB, "EJ", 10},
	{LIVING_BISTAND_SJUK, "EJ", 15}, {LIVING_NOTHING, NULL, 0},
};

static const struct outcome kur_outcomes[] = {
	{LIVING_SAME, "EJ", "04", 8, 6},
	{LIVING_SJUK_HALV, "AO:50|EJ:50", "01|04", 3, 2},
	{LIVING_NOTHING, "AO", "01", 2, 1},
	{LIVING_NOTHING, "SU", "02", 1, 0},
	{LIVING_SAME, "PR", "11", 2, 1},
	{LIVING_SAME, "EJ", "10", 3, 2},
	{LIVING_NOTHING, NULL, NULL, 0, 0},
};

// Began in 2020, so that nobody's twelve months are over: the goal within twelve months has no denominator.
static const struct insats kur = {
	.name = "KUR", .women = 41, .men = 11, .nya = 52, .nya_exits = 31, .late_starts = -1,
	.shortest = 60, .longest = 230, .youngest = 24, .oldest = 62,
	.origins = kur_origins, .outcomes = kur_outcomes, .instrument = "WHO-5", .pairs = 24,
};

// The budgets are those of the plan. FORBUND adds up to 9 032 tkr: 4 516, 2 258 and 2 258 from the bearers.
static const struct ekonomi ekonomi[] = {
	{"Samverkansteamet", "FORBUND", 2019, 3700000, INT64_C(365481200)},
	{"Samverkansteamet", "FORBUND", 2020, 3860000, INT64_C(379125050)},
	{"AKTIV", "FORBUND", 2020, 450000, INT64_C(43890600)},
	{"KUR", "FORBUND", 2020, 320000, INT64_C(33214000)},
	{"Framsteget", "FORBUND", 2020, 70000, INT64_C(7000000)},
	{"Växtverkstan Tjörn", "FORBUND", 2020, 300000, INT64_C(28766075)},
	{"Träningsplatser", "FORBUND", 2020, 100000, INT64_C(9612500)},
	{"Träningsaktivitet öppenpsykiatri", "FORBUND", 2020, 100000, INT64_C(10480000)},
	{"Processledning och utveckling", "FORBUND", 2020, 3832000, INT64_C(374419900)},
	{"Processledning och utveckling", "ESF", 2020, 1133000, INT64_C(109840000)},
};

static const struct volym volymer[] = {
	{"Framsteget", 2019, 26, 31, 0, 2, -1},
	{"Framsteget", 2020, 29, 35, 0, 2, -1},
	{"Växtverkstan Tjörn", 2020, 16, 12, 1, 6, 3},
	{"Träningsplatser", 2020, 19, 22, 1, 5, -1},
	{"Träningsaktivitet öppenpsykiatri", 2020, 14, 9, 1, 4, -1},
	{"Processledning och utveckling", 2020, 131, 44, 2, 6, -1},
};

static struct delivery_plan make_plan(void)
{
	struct delivery_plan plan = {
		.kommun = {
			{"1440", 18500, {.delimiter = ';', .comma = true}},
			{"1482", 26800, {.delimiter = ',', .bom = true}},
			{"1415", 15700, {.delimiter = '\t', .comma = true, .crlf = true}},
			{"1419", 8900, {.delimiter = ';', .comma = true, .bom = true, .crlf = true}},
			{"1407", 7100, {.delimiter = ',', .columns = "kommun,manad,pid,fodelsear,kon,belopp,"
								     "forsorjningshinder"}},
		},
		.form = {
			[EXTRACT_FK] = {.delimiter = '\t', .comma = true},
			[EXTRACT_AF] = {.delimiter = ';', .comma = true, .columns = "sokandekategori,fran,till,"
				"ersattning,belopp,avslutsorsak,pid,kommun,kon,fodelsear"},
			[EXTRACT_REGION] = {.delimiter = ','},
			[EXTRACT_SUS] = {.delimiter = ',', .bom = true, .crlf = true},
			[EXTRACT_VOLYM] = {.delimiter = ';', .latin = true, .crlf = true},
			[EXTRACT_ENKAT] = {.delimiter = '\t'},
			[EXTRACT_INTRESSE] = {.delimiter = ','},
			[EXTRACT_EKONOMI] = {.delimiter = ';', .comma = true},
		},
		.pid_length = 20,
	};

	plan.first = day_of(2015, 1, 1);
	plan.start = day_of(2020, 1, 1);
	plan.end = day_of(2020, 12, 31);
	return plan;
}

// One row for everybody new in the team, then those who wait and those who did not come.
static void write_queue(struct delivery *delivery, const struct deltagande *deltaganden, int count)
{
	static const char *const statuses[] = {"VANTAR", "VANTAR", "VANTAR", "AVBOJD", "AVSLAG"};
	struct random random;
	int number = 0;

	random_seed(&random, seed, STREAM_INTRESSE);
	for (int i = 0; i < count; i++) {
		const struct deltagande *one = &deltaganden[i];
		struct intresse row = {team.name, one->person.kommun, one->person.kon,
				       one->start - random_between(&random, 25, 105), "STARTAD", one->start};

		if (one->start >= delivery->plan->start)
			insats_intresse(delivery, &random, &row, ++number);
	}
	for (int i = 0; i < 24; i++) {
		struct person person = person_draw(delivery->plan, &random, i % 7 < 4 ? 'K' : 'M', 19, 60);
		struct intresse row = {team.name, person.kommun, person.kon,
				       delivery->plan->end - random_between(&random, 12, 110), statuses[i % 5], 0};

		insats_intresse(delivery, &random, &row, ++number);
	}
}

static void write_insatser(struct delivery *delivery)
{
	const int from = day_of(2017, 3, 1), to = day_of(2019, 3, 31);
	const struct drawn_insats all[] = {{&team, 70, from, to}, {&aktiv, 60, from, to}, {&kur, 0, from, to}};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct deltagande deltaganden[DELTAGANDEN];
		int count = drawn_insats_write(delivery, &all[i], seed, STREAM_INSATSER + i, deltaganden);

		if (all[i].insats == &team)
			write_queue(delivery, deltaganden, count);
	}
}

int alv_kust_write(const char *dir)
{
	const struct drawn_forbund forbund = {
		.seed = seed, .head = head, .insatser = insatser, .published = published, .plan = make_plan(),
		.first_year = 2015, .last_year = 2020, .bands = true, .write_insatser = write_insatser,
		.ekonomi = ekonomi, .ekonomi_count = sizeof ekonomi / sizeof *ekonomi,
		.volymer = volymer, .volym_count = sizeof volymer / sizeof *volymer,
	};

	return drawn_forbund_write(&forbund, dir);
}
