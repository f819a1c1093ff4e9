// insjoriket.c: the sample förbund Insjöriket, January to August 2018, with the figures that it published.
#include "sample-data/generate/day.h"
#include "sample-data/generate/drawn.h"
#include "sample-data/generate/forbund.h"

static const uint64_t seed = 20180831;

enum { STREAM_BALDER = STREAM_INSATSER, STREAM_OTHERS };

static const char head[] =
	"# Exempelförbund med syntetiska uppgifter; se sample-data/README.md.\n"
	"[förbund]\n"
	"namn = Samordningsförbundet Insjöriket (exempeldata)\n"
	"kommuner = 1481, 1402, 1401, 1441, 1489\n"
	"period = 2018-01-01 – 2018-08-31\n"
	"historik från = 2013-01\n"
	"gemensam nyckel = ja\n"
	"[kalkyl]\n"
	"frö = 20180831\n";

static const char insatser[] =
	"[insats Balder]\n"
	"registrering = personuppgifter\n"
	"målgrupp = samordnat behov\n"
	"maxtid = 12 månader\n"
	"risk = låg\n"
	"effekt = hög\n"
	"mål = deltagare: minst 80\n"
	"mål = egen försörjning: minst 30 % av avslutade\n"
	"mål = könsfördelning: 40–60 % av deltagare\n"
	"mål = egen försörjning inom 24 månader: minst 30 % av startade\n"
	"mål = kötid: högst 4\n"
	"[insats AKTIV]\n"
	"registrering = personuppgifter\n"
	"målgrupp = samordnat behov\n"
	"maxtid = 6 månader\n"
	"risk = låg\n"
	"effekt = medel\n"
	"mål = deltagare: minst 150\n"
	"mål = enkät vid start och avslut: minst 60 % av avslutade\n"
	"mål = kostnad per deltagare: högst 15000\n"
	"mål = könsfördelning: 40–60 % av deltagare\n"
	"[insats Grön rehabilitering]\n"
	"registrering = personuppgifter\n"
	"målgrupp = långtidssjukskrivna\n"
	"maxtid = 9 månader\n"
	"risk = medel\n"
	"effekt = medel\n"
	"mål = deltagare: minst 6\n"
	"[insats Vägen vidare]\n"
	"registrering = personuppgifter\n"
	"målgrupp = samordnat behov\n"
	"maxtid = 12 månader\n"
	"risk = medel\n"
	"effekt = medel\n"
	"mål = deltagare: cirka 60 ± 10 %\n"
	"mål = till arbetsmarknadens förfogande: minst 20 % av avslutade\n"
	"[insats Unga framåt]\n"
	"registrering = personuppgifter\n"
	"målgrupp = unga med aktivitetsersättning\n"
	"maxtid = 12 månader\n"
	"risk = medel\n"
	"effekt = hög\n"
	"mål = deltagare: minst 40\n"
	"mål = egen försörjning: minst 25 % av avslutade\n"
	"[insats Samspel]\n"
	"registrering = anonym\n"
	"risk = låg\n"
	"effekt = låg\n"
	"mål = deltagare: minst 20\n"
	"[insats Kansli och processledning]\n"
	"registrering = volym\n"
	"risk = låg\n"
	"effekt = medel\n";

static const char published[] =
	"tabell;nyckel;matt;varde;kalla\n"
	"i01_deltagare;TOT|TOT|TOT;personer;424;Delårsrapport januari–augusti 2018\n"
	"i01_deltagare;TOT|TOT|K;personer;268;Delårsrapport januari–augusti 2018\n"
	"i01_deltagare;TOT|TOT|M;personer;156;Delårsrapport januari–augusti 2018\n"
	"i01_deltagare;Balder|TOT|TOT;personer;105;Delårsrapport januari–augusti 2018\n"
	"i01_deltagare;Balder|TOT|K;personer;56;Delårsrapport januari–augusti 2018\n"
	"i01_deltagare;Balder|TOT|M;personer;49;Delårsrapport januari–augusti 2018\n"
	"i01_deltagare;Balder|TOT|TOT;nya;38;Delårsrapport januari–augusti 2018\n"
	"i01_deltagare;Balder|TOT|TOT;avslutade;40;Delårsrapport januari–augusti 2018\n"
	"i01_deltagare;AKTIV|TOT|TOT;personer;191;Delårsrapport januari–augusti 2018\n"
	"i01_deltagare;AKTIV|TOT|K;personer;119;Delårsrapport januari–augusti 2018\n"
	"i01_deltagare;AKTIV|TOT|M;personer;72;Delårsrapport januari–augusti 2018\n"
	"i01_deltagare;Grön rehabilitering|TOT|TOT;personer;6;Delårsrapport januari–augusti 2018\n"
	"i09_ko;Balder|TOT|TOT;inkomna;51;Delårsrapport januari–augusti 2018\n"
	"i09_ko;Balder|TOT|K;inkomna;21;Delårsrapport januari–augusti 2018\n"
	"i09_ko;Balder|TOT|M;inkomna;30;Delårsrapport januari–augusti 2018\n"
	"i09_ko;Balder|TOT|TOT;vantande;25;Delårsrapport januari–augusti 2018\n"
	"e02_aterbetalning;Balder|SAMHALLE;aterbetalning_enkel;13;Utvärdering av Balder\n";

static const struct origin balder_origins[] = {
	{LIVING_BISTAND_SJUK, "EJ", 42}, {LIVING_BISTAND_ARBLOS, "EJ", 22}, {LIVING_BISTAND_ARBLOS, "AR", 6},
	{LIVING_BISTAND_PROGRAM, "PG", 8}, {LIVING_BISTAND_SJUKPENNING, "EJ", 10}, {LIVING_SJUK_HEL, "EJ", 8},
	{LIVING_SJUK_HALV, "AU:25|EJ:75", 2}, {LIVING_PROGRAM, "PR", 2}, {LIVING_NOTHING, NULL, 0},
};

// 40 exits: 10 to work, 3 to studies and 11 to active job search, which is the 60 % published. The state takes
// over much of what the municipalities paid (aktivitetsstöd, sjukersättning, lönebidrag); that is why
// the municipalities gain most.
static const struct outcome balder_outcomes[] = {
	{LIVING_NOTHING, "AO", "01", 2, 2},
	{LIVING_NOTHING, "AO:75|EJ:25", "01", 2, 0},
	{LIVING_LONEBIDRAG, "AU:75|EJ:25", "01", 2, 1},
	{LIVING_PROGRAM, "AU:50|PR:50", "01|04", 1, 0},
	{LIVING_STUDIER, "SU", "02", 2, 0},
	{LIVING_NOTHING, "SU|AR", "02|03", 0, 1},
	{LIVING_PROGRAM, "AR", "03", 3, 1},
	{LIVING_BISTAND_ARBLOS, "AR", "03", 3, 0},
	{LIVING_BISTAND_PROGRAM, "AR:50|PR:50", "03", 3, 1},
	{LIVING_SAME, "EJ", "04", 5, 2},
	{LIVING_SJUK_HEL, "EJ", "05", 1, 0},
	{LIVING_BISTAND_SJUKPENNING, "EJ", "05", 1, 0},
	{LIVING_SJUKERS_HEL, "EJ", "06", 1, 0},
	{LIVING_SJUKERS_HALV, "EJ", "06", 1, 0},
	{LIVING_NOTHING, "OV", "09", 1, 0},
	{LIVING_SAME, "EJ", "10", 1, 1},
	{LIVING_SAME, "PR", "14", 1, 0},
	{LIVING_SAME, "OV", "98", 0, 1},
	{LIVING_NOTHING, NULL, NULL, 0, 0},
};

static const struct insats balder = {
	.name = "Balder", .women = 56, .men = 49, .nya = 38, .nya_exits = 4, .late_starts = 12,
	.shortest = 75, .longest = 365, .youngest = 20, .oldest = 61,
	.origins = balder_origins, .outcomes = balder_outcomes,
};

static const struct origin aktiv_origins[] = {
	{LIVING_SJUK_HEL, "EJ", 20}, {LIVING_SJUK_HALV, "AO:50|EJ:50", 12}, {LIVING_BISTAND_SJUK, "EJ", 18},
	{LIVING_BISTAND_ARBLOS, "AR", 14}, {LIVING_BISTAND_PROGRAM, "PG", 10}, {LIVING_PROGRAM, "PG", 14},
	{LIVING_SJUKERS_HALV, "EJ", 5}, {LIVING_REHAB, "PR", 7}, {LIVING_NOTHING, NULL, 0},
};

static const struct outcome aktiv_outcomes[] = {
	{LIVING_SAME, "EJ", "04", 46, 23},
	{LIVING_SAME, "PR", "11", 16, 8},
	{LIVING_SAME, "AR", "03", 10, 5},
	{LIVING_BISTAND_PROGRAM, "PG:50|AR:50", "03|04", 6, 2},
	{LIVING_NOTHING, "AO", "01", 3, 1},
	{LIVING_SJUK_HALV, "AO:50|EJ:50", "01|04", 4, 1},
	{LIVING_STUDIER, "SU", "02", 2, 1},
	{LIVING_SAME, "EJ", "10", 9, 4},
	{LIVING_SJUK_HEL, "EJ", "05", 4, 2},
	{LIVING_SAME, "EJ", "12", 1, 0},
	{LIVING_SAME, "OV", "98", 3, 3},
	{LIVING_NOTHING, NULL, NULL, 0, 0},
};

// The introduction is twelve occasions in six weeks; many stay on for a while.
static const struct insats aktiv = {
	.name = "AKTIV", .women = 119, .men = 72, .nya = 166, .nya_exits = 130, .late_starts = -1,
	.shortest = 42, .longest = 130, .youngest = 19, .oldest = 63,
	.origins = aktiv_origins, .outcomes = aktiv_outcomes, .instrument = "EQ-VAS", .pairs = 104,
};

static const struct origin gron_origins[] = {
	{LIVING_SJUK_HEL, "EJ", 70}, {LIVING_SJUK_HALV, "AO:50|EJ:50", 30}, {LIVING_NOTHING, NULL, 0},
};

static const struct outcome gron_outcomes[] = {
	{LIVING_SJUK_HALV, "AO:50|EJ:50", "01|04", 1, 0},
	{LIVING_SAME, "EJ", "04", 1, 0},
	{LIVING_NOTHING, "AO", "01", 0, 1},
	{LIVING_NOTHING, NULL, NULL, 0, 0},
};

static const struct insats gron = {
	.name = "Grön rehabilitering", .women = 6, .men = 0, .nya = 0, .nya_exits = 0, .late_starts = -1,
	.shortest = 90, .longest = 270, .youngest = 40, .oldest = 58,
	.origins = gron_origins, .outcomes = gron_outcomes, .small = true,
};

static const struct outcome vagen_outcomes[] = {
	{LIVING_NOTHING, "AO", "01", 2, 1},
	{LIVING_LONEBIDRAG, "AU", "01", 1, 1},
	{LIVING_STUDIER, "SU", "02", 1, 0},
	{LIVING_PROGRAM, "AR", "03", 3, 2},
	{LIVING_SAME, "EJ", "04", 4, 3},
	{LIVING_SAME, "EJ", "10", 2, 1},
	{LIVING_SJUKERS_HALV, "EJ", "06", 1, 0},
	{LIVING_NOTHING, NULL, NULL, 0, 0},
};

static const struct insats vagen = {
	.name = "Vägen vidare", .women = 39, .men = 19, .nya = 27, .nya_exits = 4, .late_starts = -1,
	.shortest = 60, .longest = 340, .youngest = 24, .oldest = 60,
	.origins = balder_origins, .outcomes = vagen_outcomes, .kommuner = 2,
};

static const struct origin unga_origins[] = {
	{LIVING_AKTIVITETSERS, "EJ", 50}, {LIVING_BISTAND_SJUK, "EJ", 20}, {LIVING_UNGA, "PG", 15},
	{LIVING_BISTAND_ARBLOS, "AR", 15}, {LIVING_NOTHING, NULL, 0},
};

static const struct outcome unga_outcomes[] = {
	{LIVING_NOTHING, "AO", "01", 1, 1},
	{LIVING_LONEBIDRAG, "AU:50|PR:50", "01", 1, 0},
	{LIVING_STUDIER, "SU", "02", 1, 1},
	{LIVING_PROGRAM, "AR", "03", 2, 0},
	{LIVING_SAME, "EJ", "04", 3, 2},
	{LIVING_SAME, "EJ", "10", 1, 1},
	{LIVING_NOTHING, NULL, NULL, 0, 0},
};

static const struct insats unga = {
	.name = "Unga framåt", .women = 30, .men = 10, .nya = 17, .nya_exits = 3, .late_starts = -1,
	.shortest = 60, .longest = 340, .youngest = 18, .oldest = 28,
	.origins = unga_origins, .outcomes = unga_outcomes, .kommuner = 3,
};

static const struct outcome samspel_outcomes[] = {
	{LIVING_SAME, "AR", "03", 2, 0},
	{LIVING_SAME, "EJ", "04", 3, 2},
	{LIVING_SAME, "EJ", "10", 1, 1},
	{LIVING_NOTHING, NULL, NULL, 0, 0},
};

static const struct insats samspel = {
	.name = "Samspel", .women = 18, .men = 6, .nya = 11, .nya_exits = 2, .late_starts = -1,
	.shortest = 50, .longest = 300, .youngest = 20, .oldest = 60,
	.origins = aktiv_origins, .outcomes = samspel_outcomes, .anonym = true,
};

// The budgets add up to 16 058 800 kr, which the bearers share as published: 8 029, 4 015 and 4 015 tkr.
static const struct ekonomi ekonomi[] = {
	{"Balder", "FORBUND", 2018, 6400000, INT64_C(422740000)},
	{"AKTIV", "FORBUND", 2018, 2900000, INT64_C(184231050)},
	{"Grön rehabilitering", "FORBUND", 2018, 480000, INT64_C(31875000)},
	{"Vägen vidare", "FORBUND", 2018, 2350000, INT64_C(150412500)},
	{"Unga framåt", "FORBUND", 2018, 1700000, INT64_C(109926000)},
	{"Samspel", "FORBUND", 2018, 650000, INT64_C(40118800)},
	{"Kansli och processledning", "FORBUND", 2018, 1578800, INT64_C(104300525)},
};

static const struct volym volymer[] = {
	{"Kansli och processledning", 2017, 160, 55, 2, 6, -1},
	{"Kansli och processledning", 2018, 118, 41, 2, 6, -1},
};

static struct delivery_plan make_plan(void)
{
	struct delivery_plan plan = {
		.kommun = {
			{"1481", 42500, {.delimiter = ';', .comma = true, .bom = true}},
			{"1402", 23600, {.delimiter = ','}},
			{"1401", 22800, {.delimiter = ';', .comma = true, .crlf = true}},
			{"1441", 24700, {.delimiter = '\t', .comma = true}},
			{"1489", 24600, {.delimiter = ';', .columns = "manad,pid,kommun,kon,fodelsear,"
								     "forsorjningshinder,belopp"}},
		},
		.form = {
			[EXTRACT_FK] = {.delimiter = ','},
			[EXTRACT_AF] = {.delimiter = '\t', .crlf = true},
			[EXTRACT_REGION] = {.delimiter = ';', .comma = true, .bom = true, .crlf = true},
			[EXTRACT_SUS] = {.delimiter = ';', .comma = true},
			[EXTRACT_VOLYM] = {.delimiter = ';'},
			[EXTRACT_ENKAT] = {.delimiter = ','},
			[EXTRACT_INTRESSE] = {.delimiter = ';', .crlf = true},
			[EXTRACT_EKONOMI] = {.delimiter = ';', .comma = true, .bom = true},
		},
		.pid_length = 16,
	};

	plan.first = day_of(2013, 1, 1);
	plan.start = day_of(2018, 1, 1);
	plan.end = day_of(2018, 8, 31);
	return plan;
}

// Earlier Balder years. Three of those who came in 2018 had been there before, and one row was
// registered twice and then marked as wrong.
static void write_balder_history(struct delivery *delivery, struct random *random,
				 const struct deltagande *deltaganden, int count)
{
	struct deltagande wrong = deltaganden[count - 20];

	for (int i = 0; i < 3; i++) {
		struct deltagande again = insats_earlier(delivery->plan, &balder, random, day_of(2015, 2, 1),
							 day_of(2015, 9, 30), day_of(2016, 6, 1));

		again.person = deltaganden[count - 1 - i].person;
		insats_sus(delivery, random, &balder, &again);
	}
	wrong.slut = wrong.start;
	wrong.outcome.work = "OV";
	wrong.outcome.avslut = "99";
	wrong.outcome.after = LIVING_SAME;
	insats_sus(delivery, random, &balder, &wrong);
	insats_history(delivery, random, &balder, 50, day_of(2014, 2, 1), day_of(2016, 8, 20));
	insats_history(delivery, random, &balder, 30, day_of(2016, 9, 5), day_of(2017, 6, 30));
}

struct queue {
	struct delivery *delivery;
	struct random random;
	int number;
	int women, men;        // still to come among the 51 of the period
	int share, all, turn;  // of those who did not start, `share` of `all` are women, evenly spread
};

static void queue_row(struct queue *queue, int kommun, char kon, int inkom, const char *status, int start)
{
	struct intresse row = {.insats = balder.name, .kommun = kommun, .kon = kon, .inkom = inkom,
			       .status = status, .start = start};

	if (inkom >= queue->delivery->plan->start && kon == 'K')
		queue->women--;
	else if (inkom >= queue->delivery->plan->start)
		queue->men--;
	insats_intresse(queue->delivery, &queue->random, &row, ++queue->number);
}

// An expression of interest that has not led to a participation; takes what is left of women and men.
static void queue_fill(struct queue *queue, int first, int last, const char *status)
{
	struct person person;
	char kon = 'M';

	queue->turn += queue->share;
	if (queue->turn >= queue->all) {
		queue->turn -= queue->all;
		kon = 'K';
	}
	person = person_draw(queue->delivery->plan, &queue->random, kon, 20, 60);
	queue_row(queue, person.kommun, person.kon, random_between(&queue->random, first, last), status, 0);
}

static int by_start(const struct deltagande *const *list, int count, int place)
{
	// The index of the participation that is number `place` by start; ties in the order of the list.
	for (int i = 0; i < count; i++) {
		int before = 0;

		for (int j = 0; j < count; j++)
			if (list[j]->start < list[i]->start || (list[j]->start == list[i]->start && j < i))
				before++;
		if (before == place)
			return i;
	}
	return 0;
}

// The expressions of interest behind the 38 who started: 20 had come in 2017, six came in 2018 and started
// within weeks, and the twelve of July and August came in the winter.
static void queue_started(struct queue *queue, const struct deltagande *deltaganden, int count)
{
	const struct deltagande *new[DELTAGANDEN];
	int started = 0;

	for (int i = 0; i < count; i++)
		if (deltaganden[i].start >= queue->delivery->plan->start)
			new[started++] = &deltaganden[i];
	for (int place = 0; place < started; place++) {
		const struct deltagande *one = new[by_start(new, started, place)];
		struct random *random = &queue->random;
		int last_year = day_of(2017, 12, 29) - random_between(random, 0, 45);
		int inkom = one->start - random_between(random, 118, 178);

		if (place >= started - 12)
			inkom = random_between(random, day_of(2018, 1, 3), day_of(2018, 2, 16));
		else if (place >= started - 18)
			inkom = one->start - random_between(random, 18, 40);
		else if (inkom > last_year)
			inkom = last_year;
		queue_row(queue, one->person.kommun, one->person.kon, inkom, "STARTAD", one->start);
	}
}

// 51 in the period. On 30 June the twelve of July and August, one from February and the twelve from March wait;
// at the end of August those thirteen and twelve who came in July and August.
static void write_queue(struct delivery *delivery, const struct deltagande *deltaganden, int count)
{
	static const char *const refused[] = {"AVBOJD", "AVBOJD", "AVSLAG", "ANNAN"};
	struct queue queue = {.delivery = delivery, .women = 21, .men = 30};
	int february = day_of(2018, 2, 20);

	random_seed(&queue.random, seed, STREAM_INTRESSE);
	queue_started(&queue, deltaganden, count);
	queue.share = queue.women;
	queue.all = queue.women + queue.men;
	queue_fill(&queue, february, february, "VANTAR");
	for (int i = 0; i < 12; i++)
		queue_fill(&queue, day_of(2018, 3, 2), day_of(2018, 3, 29), "VANTAR");
	for (int i = 0; i < 12; i++)
		queue_fill(&queue, day_of(2018, 7, 2), day_of(2018, 8, 29), "VANTAR");
	for (int i = 0; i < 8; i++)
		queue_fill(&queue, day_of(2018, 1, 8), day_of(2018, 6, 20), refused[i % 4]);
}

static void write_balder(struct delivery *delivery)
{
	struct deltagande deltaganden[DELTAGANDEN];
	struct random random;
	int count;

	random_seed(&random, seed, STREAM_BALDER);
	count = insats_draw(delivery->plan, &balder, &random, deltaganden);
	insats_write(delivery, &random, &balder, deltaganden, count);
	write_balder_history(delivery, &random, deltaganden, count);
	write_queue(delivery, deltaganden, count);
}

static void write_insatser(struct delivery *delivery)
{
	const int from = day_of(2016, 3, 1), to = day_of(2017, 3, 31);
	const struct drawn_insats others[] = {{&aktiv, 60, from, to}, {&gron, 4, from, to}, {&vagen, 30, from, to},
					      {&unga, 20, from, to}, {&samspel, 12, from, to}};

	write_balder(delivery);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		struct deltagande deltaganden[DELTAGANDEN];

		drawn_insats_write(delivery, &others[i], seed, STREAM_OTHERS + i, deltaganden);
	}
}

int insjoriket_write(const char *dir)
{
	const struct drawn_forbund forbund = {
		.seed = seed, .head = head, .insatser = insatser, .published = published, .plan = make_plan(),
		.first_year = 2013, .last_year = 2018, .write_insatser = write_insatser,
		.ekonomi = ekonomi, .ekonomi_count = sizeof ekonomi / sizeof *ekonomi,
		.volymer = volymer, .volym_count = sizeof volymer / sizeof *volymer,
	};

	return drawn_forbund_write(&forbund, dir);
}
