/* Tests of what forbund.ini may not hold: each kind of fault with its line, its words and the nearest valid name. */
#include "tests/table/settings_text.h"

#include <sys/stat.h>

/* The text has this one fault, told behind "forbund.ini:". */
static void fault(const char *text, const char *message)
{
	assert_int_equal(arena_begin(NULL), 0);
	const struct settings *settings = read_bytes(text, strlen(text), NULL);
	if (settings != NULL || error.count != 1)
		fail_msg("%zu faults in %s", error.count, text);
	assert_int_equal(error.code, EXIT_SETTINGS);
	assert_true(strncmp(error.message[0], "forbund.ini:", strlen("forbund.ini:")) == 0);
	assert_string_equal(error.message[0] + strlen("forbund.ini:"), message);
	(void)arena_end(NULL);
}

struct faulty {
	const char *text, *message;
};

/* Each text alone behind the four lines that a file must hold. */
static void each(const struct faulty *cases, size_t count)
{
	char text[2048];
	for (size_t i = 0; i < count; i++) {
		(void)snprintf(text, sizeof text, LEAST "%s\n", cases[i].text);
		fault(text, cases[i].message);
	}
}
#define EACH(cases) each(cases, sizeof cases / sizeof *cases)

static void sections(void **state)
{
	(void)state;
	static const struct faulty cases[] = {
		{ "[insat Balder]\nx = 1", "5: unknown section [insat Balder]; did you mean [insats Balder]?" },
		{ "[malgrupp]", "5: unknown section [malgrupp]; did you mean [målgrupp NAME]?" },
		{ "[Kalkyl]", "5: unknown section [Kalkyl]; did you mean [kalkyl]?" },
		{ "[kalkyler för alla]", "5: unknown section [kalkyler för alla]; did you mean [kalkyl]?" },
		{ "[xyz]", "5: unknown section 'xyz'; the valid ones are förbund, redovisning, kalkyl, mått, målgrupp, insats, "
			   "källa, gränser, behåll" },
		{ "[insats]", "5: section [insats] needs a name: [insats NAME]" },
		{ "[kalkyl A]", "5: section [kalkyl A] takes no name; write [kalkyl]" },
		{ "[insats A]\n[insats B]\n[insats A]", "7: section [insats A] stands already on line 5; join them" },
		{ "[insats TOT]", "5: [insats TOT]: the name TOT is kept for totals" },
		{ "[insats A|B]", "5: [insats A|B]: a name holds no '|'" },
		{ "[målgrupp A|B]", "5: [målgrupp A|B]: a name holds no '|'" },
		{ "[insats ../../A]", "5: [insats ../../A]: a name holds no '../'" },
		{ "[källa afk]", "5: [källa afk] names no extract; did you mean 'af'?" },
	};
	EACH(cases);
}

static void unknown_keys(void **state)
{
	(void)state;
	static const struct faulty cases[] = {
		{ "perid = 1", "5: unknown key 'perid' in [förbund]; did you mean 'period'?" },
		{ "kommuner from 2018-01-01 = 1",
			"5: unknown key 'kommuner from 2018-01-01' in [förbund]; did you mean 'kommuner från YYYY-MM-DD'?" },
		{ "[kalkyl]\ndominans = 1 %", "6: unknown key 'dominans' in [kalkyl] (it belongs in [redovisning])" },
		{ "[kalkyl]\nkalkylranta = 3 %", "6: unknown key 'kalkylranta' in [kalkyl]; did you mean 'kalkylränta'?" },
		{ "[målgrupp a]\nbyten senast 24 månader = 4",
			"6: unknown key 'byten senast 24 månader' in [målgrupp a]; did you mean 'byten senaste N månader'?" },
		{ "[gränser]\nx = 1", "6: unknown key 'x' in [gränser]; the valid ones are avvisade, avvisade rader, drift rader, "
			"drift saknade, drift koder, drift personer, drift antal, drift dagar, drift avvisa, drift avvisa antal, utanför, "
			"skillnad mellan källor, eftersläpning" },
		{ "[insats A]\nrisk = låg\nrisk = låg", "7: key 'risk' in [insats A] stands already on line 6" },
	};
	EACH(cases);
}

static void forbund(void **state)
{
	(void)state;
	static const struct faulty cases[] = {
		{ "kommuner från 2018-02-30 = 1440",
			"5: key 'kommuner från 2018-02-30': '2018-02-30' is not a date (YYYY-MM-DD)" },
		{ "kommuner från 2018-01-01 = 1440, 14822",
			"5: key 'kommuner från 2018-01-01': unknown code '14822'; did you mean '1482'?" },
		{ "kommuner från 2018-01-01 = Ale", "5: key 'kommuner från 2018-01-01': unknown code 'Ale'; did you mean '1440' (Ale)?" },
		{ "kommuner från 2018-01-01 = 1440,, 1482",
			"5: key 'kommuner från 2018-01-01': nothing between two commas, or a comma at the end" },
		{ "kommuner från 2018-01-01 = 1440,",
			"5: key 'kommuner från 2018-01-01': nothing between two commas, or a comma at the end" },
		{ "kommuner från 2018-01-01 = 1440, 1482, 1440", "5: key 'kommuner från 2018-01-01': '1440' stands twice" },
		{ "kommuner från 2018-01-01 = 1440\nkommuner  från 2018-01-01 = 1440",
			"6: key 'kommuner från 2018-01-01' in [förbund] stands already on line 5" },
		{ "historik från = 2013", "5: key 'historik från': '2013' is not a month (YYYY-MM)" },
		{ "historik från = 2018-02",
			"5: key 'historik från': after the first month of the period, which is 2018-01" },
		{ "historik från = 1998-08", "5: key 'historik från': more than 240 months up to the end of the period; "
					     "1998-09 is the earliest" },
		{ "uttagsdatum = igår", "5: key 'uttagsdatum': 'igår' is not a date (YYYY-MM-DD)" },
		{ "uttagsdatum =", "5: key 'uttagsdatum': no value behind '='" },
		{ "gemensam nyckel = Ja", "5: key 'gemensam nyckel': unknown value 'Ja'; did you mean 'ja'?" },
	};
	EACH(cases);
}

#define HEAD "[förbund]\nnamn = X\nkommuner = 1440\n"

static void period(void **state)
{
	(void)state;
	static const struct faulty cases[] = {
		{ HEAD "period = 2018", "4: key 'period': '2018' is not a period such as 2018-01-01 – 2018-08-31" },
		{ HEAD "period = 2018-08-01 – 2018-01-31", "4: key 'period': the period ends before it begins" },
		{ HEAD "period = 2018-01-02 – 2018-08-31",
			"4: key 'period': the period must be whole months; did you mean it to begin on 2018-01-01?" },
		{ HEAD "period = 2018-01-01 – 2018-02-27",
			"4: key 'period': the period must be whole months; did you mean it to end on 2018-02-28?" },
		{ HEAD "period = 1998-01 – 2018-01", "4: key 'period': longer than 240 months" },
		{ HEAD, "1: section [förbund] lacks the key 'period'" },
		{ "[förbund]\nnamn = X\nperiod = 2018-01 – 2018-02", "1: section [förbund] lacks the key 'kommuner'" },
		{ "\n[förbund]\nkommuner = 1440\nperiod = 2018-01 – 2018-02", "2: section [förbund] lacks the key 'namn'" },
		{ "", "1: section [förbund] is missing" },
		{ "[kalkyl]\n", "1: section [förbund] is missing" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		fault(cases[i].text, cases[i].message);
}

static void redovisning(void **state)
{
	(void)state;
	static const struct faulty cases[] = {
		{ "[redovisning]\nminsta antal = 2", "6: key 'minsta antal': '2' is outside 3–1000" },
		{ "[redovisning]\nminsta antal = fem", "6: key 'minsta antal': 'fem' is not a whole number" },
		{ "[redovisning]\nåldersgrupper = 16–19, 21–24",
			"6: key 'åldersgrupper': '21–24' must begin at 20: the groups ascend without gaps" },
		{ "[redovisning]\nåldersgrupper = 16–19, 19–24",
			"6: key 'åldersgrupper': '19–24' must begin at 20: the groups ascend without gaps" },
		{ "[redovisning]\nåldersgrupper = 19–16", "6: key 'åldersgrupper': '19–16' is not an age group such as 16–19 (0–120)" },
		{ "[redovisning]\nåldersgrupper = 16+", "6: key 'åldersgrupper': '16+' is not an age group such as 16–19 (0–120)" },
		{ "[redovisning]\nkonfidensgrad = 0,95", "6: key 'konfidensgrad': '0,95' is not a per cent such as 3,5 %" },
		{ "[redovisning]\nkonfidensgrad = 100 %", "6: key 'konfidensgrad': '100 %' is outside 50–99.99 %" },
		{ "[redovisning]\nskydd = avrunding", "6: key 'skydd': unknown value 'avrunding'; did you mean 'avrundning'?" },
		{ "[redovisning]\nlicens = CC0", "6: key 'licens': unknown value 'CC0'; the valid ones are CC0-1.0, CC-BY-4.0" },
		{ "[redovisning]\ndominans = 110 %", "6: key 'dominans': '110 %' is outside 0–100 %" },
		{ "[redovisning]\ndominans = ja", "6: key 'dominans': 'ja' is not nej or a per cent such as 10 %" },
	};
	EACH(cases);
}

static void kalkyl(void **state)
{
	(void)state;
	static const struct faulty cases[] = {
		{ "[kalkyl]\nunderlag = extrakter", "6: key 'underlag': unknown value 'extrakter'; did you mean 'extrakt'?" },
		{ "[kalkyl]\nkalkylränta = 3,5 procent", "6: key 'kalkylränta': '3,5 procent' is not a per cent such as 3,5 %" },
		{ "[kalkyl]\nkalkylränta = 3,500 %", "6: key 'kalkylränta': '3,500 %' is not a per cent such as 3,5 %" },
		{ "[kalkyl]\nkalkylränta = -1 %", "6: key 'kalkylränta': '-1 %' is not a per cent such as 3,5 %" },
		{ "[kalkyl]\nhorisont = 5 år", "6: key 'horisont': '5 år' is not a number of months such as 12 månader" },
		{ "[kalkyl]\nhorisont = 0", "6: key 'horisont': '0' is outside 1–600 månader" },
		{ "[kalkyl]\ndödvikt = 20 % (30–40)", "6: key 'dödvikt': the range must hold the value: least ≤ value ≤ most" },
		{ "[kalkyl]\ndödvikt = 20 % (10–19)", "6: key 'dödvikt': the range must hold the value: least ≤ value ≤ most" },
		{ "[kalkyl]\ndödvikt = 20 % (10–130)", "6: key 'dödvikt': more than 100 %" },
		{ "[kalkyl]\ndödvikt = 20 % (10–30", "6: key 'dödvikt': '20 % (10–30' is not a per cent with its range such as 20 % (10–30)" },
		{ "[kalkyl]\navtagande = 20 % 10–30", "6: key 'avtagande': '20 % 10–30' is not a per cent with its range such as 20 % (10–30)" },
		{ "[kalkyl]\nsimuleringar = 10.000", "6: key 'simuleringar': '10.000' is not a whole number" },
		{ "[kalkyl]\nsimuleringar = 100 00", "6: key 'simuleringar': '100 00' is not a whole number" },
		{ "[kalkyl]\nfrö = 1234567890123456789", "6: key 'frö': '1234567890123456789' is not a whole number of at most 18 digits" },
		{ "[kalkyl]\ninkomstutjämning = kanske", "6: key 'inkomstutjämning': 'kanske' is not nej or the per cent taken back, such as 95 %" },
		{ "[kalkyl]\ninkomstutjämning = ja", "6: key 'inkomstutjämning': 'ja' is not nej or the per cent taken back, such as 95 %" },
		{ "[kalkyl]\ninkomstutjämning = 101 %", "6: key 'inkomstutjämning': '101 %' is outside 0–100 %" },
	};
	EACH(cases);
}

static void other_sections(void **state)
{
	(void)state;
	static const struct faulty cases[] = {
		{ "[mått a]\nvid avslut = AO, XX",
			"6: key 'vid avslut': unknown code 'XX'; the valid ones are AO, AU, EF, SU, AR, PR, PG, EJ, OV" },
		{ "[mått a]", "5: section [mått a] lacks the key 'vid avslut'" },
		{ "[mått deltagare]\nvid avslut = AO", "5: [mått deltagare] has the name of a built-in measure" },
		{ "[mått ab]\nvid avslut = AO\nutesluter = abc", "7: key 'utesluter': unknown mått 'abc'; did you mean 'ab'?" },
		{ "[källa af]\nteckenkodning = latin1",
			"6: key 'teckenkodning': unknown value 'latin1'; the valid ones are utf-8, windows-1252, UTF-8" },
		{ "[källa af]\nignorera = a, a", "6: key 'ignorera': 'a' stands twice" },
		{ "[gränser]\navvisade = 200 %", "6: key 'avvisade': '200 %' is outside 0–100 %" },
		{ "[gränser]\ndrift rader = hög", "6: key 'drift rader': 'hög' is not a per cent such as 3,5 %" },
		{ "[behåll]\nnätter = 0", "6: key 'nätter': '0' is outside 1–3650" },
		{ "[behåll]\nmånader = 2 år", "6: key 'månader': '2 år' is not a number of months such as 12 månader" },
	};
	EACH(cases);
}

static void conditions(void **state)
{
	(void)state;
	static const struct faulty cases[] = {
		{ "[målgrupp a]\nålder = 29–16", "6: key 'ålder': the range ends before it begins" },
		{ "[målgrupp a]\nålder = unga", "6: key 'ålder': 'unga' is not a range of ages such as 16–29 (0–120)" },
		{ "[målgrupp a]\nkön = Q", "6: key 'kön': unknown code 'Q'; the valid ones are K, M, X" },
		{ "[målgrupp a]\nkommun = 9999", "6: key 'kommun': unknown code '9999'; did you mean '1499'?" },
		{ "[målgrupp a]\nFK = SQ", "6: key 'FK': unknown code 'SQ'; did you mean 'SP'?" },
		{ "[målgrupp a]\nAF = 7", "6: key 'AF': '7' is not a sökandekategori of two digits" },
		{ "[målgrupp a]\nAF ersättning = SP", "6: key 'AF ersättning': unknown code 'SP'; the valid ones are AK, AS, UE, ET" },
		{ "[målgrupp a]\nKOM = nej", "6: key 'KOM': 'nej' is not ja (leave the key out for no condition)" },
		{ "[målgrupp a]\nKOM hinder = SJ9", "6: key 'KOM hinder': unknown code 'SJ9'; did you mean 'SJ1'?" },
		{ "[målgrupp a]\nREG vardform = PP", "6: key 'REG vardform': unknown code 'PP'; did you mean 'PV'?" },
		{ "[målgrupp a]\ndiagnos = f43", "6: key 'diagnos': 'f43' is not the beginning of an ICD-10 code such as F or F43" },
		{ "[målgrupp a]\nminst parter = 5", "6: key 'minst parter': '5' is outside 1–4" },
		{ "[målgrupp a]\nparter = AF, FKK", "6: key 'parter': unknown part 'FKK'; did you mean 'FK'?" },
		{ "[målgrupp a]\nsammanhängande månader = 241",
			"6: key 'sammanhängande månader': '241' is outside 1–240 månader" },
		{ "[målgrupp a]\nbyten senaste många månader = 2",
			"6: key 'byten senaste många månader': 'många' is not a number of months from 2 to 240" },
		{ "[målgrupp a]\nbyten senaste 4 månader = 4",
			"6: key 'byten senaste 4 månader': 4 months hold at most 3 changes" },
		{ "[målgrupp a]\nbyten senaste 4 månader = 2\nbyten senaste 5 månader = 2",
			"7: key 'byten senaste 5 månader': a group takes one condition on byten" },
		{ "[målgrupp ab]\ninte målgrupp = abc", "6: key 'inte målgrupp': unknown målgrupp 'abc'; did you mean 'ab'?" },
	};
	EACH(cases);
}

static void goals(void **state)
{
	(void)state;
	static const struct faulty cases[] = {
		{ "deltagare", "'deltagare' is not MEASURE: REQUIREMENT, such as deltagare: minst 80" },
		{ "deltagre: minst 5", "unknown measure 'deltagre'; did you mean 'deltagare'? If not, add a section [mått deltagre]" },
		{ "arbeten inom 3 månader: minst 5", "unknown measure 'arbeten'; did you mean 'arbete'? If not, add a section [mått arbeten]" },
		{ "arbete inom två månader: minst 5", "'inom två månader' is not 'inom N månader' with N from 1 to 240" },
		{ "arbete inom 0 månader: minst 5", "'inom 0 månader' is not 'inom N månader' with N from 1 to 240" },
		{ "nya inom 3 månader: minst 5", "'inom N månader' goes with a [mått …] only, not with 'nya'" },
		{ "deltagare: 5", "'5' is none of minst N, högst N, cirka N ± P %, A–B %; a per cent may end with "
				  "'av avslutade', 'av deltagare' or 'av startade'" },
		{ "deltagare: cirka 5", "'cirka 5' is none of minst N, högst N, cirka N ± P %, A–B %; a per cent may end with "
					"'av avslutade', 'av deltagare' or 'av startade'" },
		{ "deltagare: minst 5 stycken", "'minst 5 stycken' is none of minst N, högst N, cirka N ± P %, A–B %; a per cent "
						"may end with 'av avslutade', 'av deltagare' or 'av startade'" },
		{ "deltagare: 60–40", "the range in '60–40' ends before it begins" },
		{ "deltagare: minst 5 %", "'deltagare' is not a per cent but a plain number: minst 80" },
		{ "nya: minst 5 % av deltagare", "'nya' is not a per cent but a plain number: minst 80" },
		{ "kostnad per deltagare: högst 5 %", "'kostnad per deltagare' is not a per cent but kr" },
		{ "könsfördelning: 40–60", "'könsfördelning' is a per cent: 40–60 %" },
		{ "könsfördelning: 40–160 %", "more than 100 %" },
		{ "arbete: minst 30 %", "a per cent of what? Add 'av avslutade', 'av deltagare' or 'av startade'" },
		{ "enkät vid start och avslut: minst 30 %",
			"a per cent of what? Add 'av avslutade', 'av deltagare' or 'av startade'" },
		{ "arbete: minst 30 % av avslutad", "unknown base 'avslutad'; did you mean 'avslutade'?" },
		{ "arbete: minst 30 av avslutade", "a goal with a base is a per cent: minst 30 % av avslutade" },
		{ "kötid: högst 5 kr", "the unit kr does not belong to this measure" },
		{ "kostnad per deltagare: högst 25.000 kr", "'högst 25.000 kr' is none of minst N, högst N, cirka N ± P %, A–B %; "
			"a per cent may end with 'av avslutade', 'av deltagare' or 'av startade'" },
		{ "arbete: minst 30 % månader av avslutade", "the unit månader does not belong to this measure" },
	};
	char text[1024], message[512];
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		(void)snprintf(text, sizeof text, LEAST "[mått arbete]\nvid avslut = AO\n[insats A]\nmål = %s\n", cases[i].text);
		(void)snprintf(message, sizeof message, "8: key 'mål': %s", cases[i].message);
		fault(text, message);
	}
}

static void registrations(void **state)
{
	(void)state;
	static const struct faulty cases[] = {
		{ "[insats A]\nmål = nya: minst 5\nregistrering = volym", "6: goal 'nya' cannot be computed: [insats A] has "
			"registrering = volym, which allows deltagare, könsfördelning and kostnad per deltagare" },
		{ "[insats A]\nregistrering = volym\nmål = b: minst 5\n[mått b]\nvid avslut = AO", "7: goal 'b' cannot be "
			"computed: [insats A] has registrering = volym, which allows deltagare, könsfördelning and kostnad per deltagare" },
		{ "[insats A]\nregistrering = volym\nmål = könsfördelning: 40–60 % av avslutade",
			"7: goal 'könsfördelning' of [insats A] with registrering = volym can only be 'av deltagare'" },
		{ "[insats A]\nregistrering = anonym\nmål = enkät vid start och avslut: minst 5", "7: goal 'enkät vid start och "
			"avslut' cannot be computed: [insats A] has registrering = anonym, without the pid that links an enkät" },
		{ "[insats A]\nregistrering = volm", "6: key 'registrering': unknown value 'volm'; did you mean 'volym'?" },
		{ "[insats A]\nrisk = lag", "6: key 'risk': unknown value 'lag'; did you mean 'låg'?" },
		{ "[insats A]\nmaxtid = länge", "6: key 'maxtid': 'länge' is not a number of months such as 12 månader" },
		{ "[insats A]\nmålgrupp = x", "6: key 'målgrupp': the file has no [målgrupp …]" },
		{ "[insats A]\nmålgrupp = xy\n[målgrupp x]", "6: key 'målgrupp': unknown målgrupp 'xy'; did you mean 'x'?" },
		{ "[insats A]\ninriktning = IDN", "6: key 'inriktning': unknown value 'IDN'; the valid ones are IND, STR" },
	};
	EACH(cases);
}

static void circles(void **state)
{
	(void)state;
	static const struct faulty cases[] = {
		{ "[insats A]\ningår i = A", "6: key 'ingår i': [insats A] contains itself in a circle" },
		{ "[insats A]\ningår i = B\n[insats B]\ningår i = C\n[insats C]\ningår i = B",
			"8: key 'ingår i': [insats B] contains itself in a circle" },
		{ "[målgrupp A]\ninte målgrupp = B\n[målgrupp B]\ninte målgrupp = A",
			"6: key 'inte målgrupp': [målgrupp A] leaves out itself in a circle" },
		{ "[mått A]\nvid avslut = AO\nutesluter = B\n[mått B]\nvid avslut = AU\nutesluter = A",
			"7: key 'utesluter': [mått A] excludes itself in a circle" },
	};
	EACH(cases);
}

#define APART "gemensam nyckel = nej\n"
#define NEEDS " needs a common key, but gemensam nyckel = nej"
#define SEVERAL " has conditions on several parties, which" NEEDS

static void without_common_key(void **state)
{
	(void)state;
	static const struct faulty cases[] = {
		{ APART "[kalkyl]\nunderlag = extrakt",
			"7: key 'underlag': extrakt needs a common key, but gemensam nyckel = nej; write underlag = sus" },
		{ APART "[målgrupp a]\nålder = 16–20\nminst parter = 2", "8: key 'minst parter' in [målgrupp a]" NEEDS },
		{ APART "[målgrupp a]\nparter = AF, FK", "7: key 'parter' in [målgrupp a]" NEEDS },
		{ APART "[målgrupp a]\nbyten senaste 12 månader = 3",
			"7: key 'byten senaste 12 månader' in [målgrupp a]" NEEDS },
		{ APART "[målgrupp a]\nFK = SP\nAF = 11", "6: [målgrupp a]" SEVERAL },
		{ APART "[målgrupp a]\nKOM hinder = SJ1\nREG vardform = PV", "6: [målgrupp a]" SEVERAL },
		{ APART "[målgrupp a]\nKOM = ja\nparter = AF", "6: [målgrupp a]" SEVERAL },
		{ APART "[målgrupp a]\nKOM = ja\ndiagnos = F", "6: [målgrupp a]" SEVERAL },
		{ APART "[målgrupp a]\nKOM = ja\ninte målgrupp = b\n[målgrupp b]\nFK = SP", "6: [målgrupp a]" SEVERAL },
		{ "[målgrupp a]\nFK = SP\nAF = 11\n[förbund]",
			"8: section [förbund] stands already on line 1; join them" },
	};
	EACH(cases);
	assert_int_equal(arena_begin(NULL), 0);
	(void)read_well(LEAST APART "[kalkyl]\nunderlag = sus\n[målgrupp a]\nFK = SP\ndiagnos = F\nparter = FK\nålder = 16–20\n"
		"sammanhängande månader = 3\n[målgrupp b]\nREG vardform = PV\ndiagnos = F\nminst parter = 1\n"
		"inte målgrupp = c\n[målgrupp c]\nkön = K\n", NULL);
	(void)arena_end(NULL);
}

static void all_at_once(void **state)
{
	(void)state;
	static const char text[] = "[förbund]\nperid = 1\nkommuner = 1440, 9\n[kalkyl]\ndödvikt = mycket\n[insats A]\n"
		"mål = x\nmål = y: minst 2\n";
	assert_int_equal(arena_begin(NULL), 0);
	assert_null(read_bytes(text, strlen(text), NULL));
	assert_int_equal(error.count, 7); /* two of them are keys that [förbund] lacks */
	(void)arena_end(NULL);
}

static void long_values(void **state)
{
	(void)state;
	fault(LEAST "gemensam nyckel = ååååååååååååååååååååååååååååååååååååååååååååååååååå\n",
		"5: key 'gemensam nyckel': unknown value 'åååååååååååååååååååååååååååååå…'; the valid ones are nej, ja");
}

static void files(void **state)
{
	(void)state;
	char message[3000];
	assert_int_equal(arena_begin(NULL), 0);
	const char *path = files_path("forbund.ini");
	(void)remove(path);
	assert_null(settings_read(files_folder, NULL, arena, &error));
	(void)snprintf(message, sizeof message, "%s: no such file; a förbund folder holds its settings there", path);
	assert_int_equal(error.code, EXIT_SETTINGS);
	assert_string_equal(error.message[0], message);

	memset(&error, 0, sizeof error);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_null(settings_read(files_folder, NULL, arena, &error));
	(void)snprintf(message, sizeof message, "%s: not a regular file", path);
	assert_string_equal(error.message[0], message);
	assert_int_equal(rmdir(path), 0);

	assert_int_equal(mkfifo(path, 0600), 0); /* nothing writes to it: reading must not wait */
	assert_null(settings_read(files_folder, NULL, arena, &error));
	assert_int_equal(error.count, 2);
	assert_int_equal(unlink(path), 0);

	assert_null(settings_read(path, NULL, arena, &error)); /* a folder that is not there */
	assert_int_equal(error.count, 3);

	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(ftruncate(fileno(file), (1 << 20) + 1), 0);
	assert_int_equal(fclose(file), 0);
	memset(&error, 0, sizeof error);
	assert_null(settings_read(files_folder, NULL, arena, &error));
	(void)snprintf(message, sizeof message, "%s: larger than a settings file can be (1 MiB)", path);
	assert_string_equal(error.message[0], message);
	(void)arena_end(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sections),
		cmocka_unit_test(unknown_keys),
		cmocka_unit_test(forbund),
		cmocka_unit_test(period),
		cmocka_unit_test(redovisning),
		cmocka_unit_test(kalkyl),
		cmocka_unit_test(other_sections),
		cmocka_unit_test(conditions),
		cmocka_unit_test(goals),
		cmocka_unit_test(registrations),
		cmocka_unit_test(circles),
		cmocka_unit_test(without_common_key),
		cmocka_unit_test(all_at_once),
		cmocka_unit_test(long_values),
		cmocka_unit_test(files),
	};
	return cmocka_run_group_tests(tests, files_begin, files_end);
}
