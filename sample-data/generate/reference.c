// reference.c: writes befolkning.csv (invented inhabitants of the right order) and prislista.csv.
#include "sample-data/generate/reference.h"


#include "sample-data/generate/sheet.h"

// Inhabitants of one age and kon: about one in 49 ages and one in two, more of those in their forties.
static int at_age(struct random *random, int aged_16_64, int years, int age)
{
	int weight = 940 + (age >= 24 && age <= 34 ? 60 : 0) + (age >= 40 && age <= 54 ? 130 : 0) -
		     (age >= 60 ? 90 : 0) + random_between(random, -30, 30);

	return (int)((int64_t)aged_16_64 * weight / 98000 * (1000 + 11 * years) / 1000);
}

static void write_kommun(FILE *file, struct random *random, const struct inhabitants *kommun, int year, int years,
			 int bands)
{
	for (int k = 0; k < 2; k++)
		for (int age = 16; age <= 64;) {
			int last = bands ? age / 5 * 5 + 4 : age;
			int from = age;
			int count = 0;

			for (; age <= last; age++)
				count += at_age(random, kommun->aged_16_64, years, age);
			fprintf(file, "%s;%d;%c;%d;%d;%d\n", kommun->kod, year, "KM"[k], from, last, count);
		}
}

int reference_befolkning(const char *dir, struct random *random, const struct inhabitants *kommuner, int count,
			 int first, int last, int bands)
{
	FILE *file = sheet_file(dir, "befolkning.csv");
	int failed;

	if (file == NULL)
		return -1;
	fputs("kommun;ar;kon;alder_fran;alder_till;antal\n", file);
	for (int i = 0; i < count; i++)
		for (int year = first; year <= last; year++)
			write_kommun(file, random, &kommuner[i], year, year - first, bands);
	failed = ferror(file);
	return fclose(file) != 0 || failed ? -1 : 0;
}

struct price {
	const char *post;
	const char *aktor;
	const char *enhet;
	const char *belopp[3];     // 2018, 2019, 2020; NULL: not known that year
	const char *kalla;
};

static const char own[] = "Antagande i exempeldata";

static const struct price prices[] = {
	{"LON_AO", "IND", "kr/månad", {"25400", "26000", "26600"}, "Antagande: ingångslön i yrken utan utbildningskrav, heltid"},
	{"LON_AU", "IND", "kr/månad", {"19600", "20000", "20500"}, "Antagande: lön i subventionerad anställning, heltid"},
	{"LON_EF", "IND", "kr/månad", {"22000", "22500", "23000"}, own},
	{"PROD_AO", "ARBG", "%", {"100", NULL, NULL}, "Antagande: produktionen motsvarar lönekostnaden"},
	{"PROD_AU", "ARBG", "%", {"60", NULL, NULL}, "Antagande: nedsatt arbetsförmåga"},
	{"PROD_EF", "ARBG", "%", {"100", NULL, NULL}, own},
	{"LONEBIDRAG", "AF", "%", {"60", NULL, NULL}, "Antagande: bidragets andel av lönen"},
	{"ARBETSGIVARAVGIFT", "STAT", "%", {"31,42", "31,42", "31,42"}, "Skatteverket"},
	{"SKATT_KOM", "KOM", "%", {"20,74", "20,70", "20,70"}, "SCB, medelskattesats till kommun"},
	{"SKATT_REG", "REG", "%", {"11,39", "11,49", "11,58"}, "SCB, medelskattesats till region, 2020 32,28 % tillsammans med kommunerna"},
	{"SKATT_STAT", "STAT", "%", {"0", "0", "0"}, "Ingen statlig inkomstskatt i dessa inkomstlägen"},
	{"HANDLAGGNING_FK", "FK", "kr/månad", {"850", "870", "890"}, own},
	{"HANDLAGGNING_AF", "AF", "kr/månad", {"1000", "1020", "1040"}, own},
	{"HANDLAGGNING_KOM", "KOM", "kr/månad", {"1500", "1530", "1560"}, own},
	{"VARD_PV", "REG", "kr", {"1450", "1490", "1530"}, "Antagande: kostnad per kontakt i primärvård"},
	{"VARD_OV", "REG", "kr", {"3300", "3390", "3480"}, "Antagande: kostnad per kontakt i öppen specialiserad vård"},
	{"VARD_SV", "REG", "kr", {"38000", "39000", "40000"}, "Antagande: kostnad per vårdtillfälle"},
	{"SCHABLON_SP", "FK", "kr/månad", {"16800", "17200", "17500"}, own},
	{"SCHABLON_RP", "FK", "kr/månad", {"16800", "17200", "17500"}, own},
	{"SCHABLON_SE", "FK", "kr/månad", {"10500", "10700", "10900"}, own},
	{"SCHABLON_AE", "FK", "kr/månad", {"9100", "9300", "9500"}, own},
	{"SCHABLON_AK", "AF", "kr/månad", {"13100", "13100", "13400"}, own},
	{"SCHABLON_AS", "AF", "kr/månad", {"6100", "6100", "6100"}, own},
	{"SCHABLON_UE", "AF", "kr/månad", {"2400", "2400", "2400"}, own},
	{"SCHABLON_ET", "AF", "kr/månad", {"6700", "6700", "6700"}, own},
	{"SCHABLON_FS", "KOM", "kr/månad", {"8700", "8900", "9000"}, "Riksnorm för ensamstående och boendekostnad"},
	{"KPI", "", "index", {"328,40", "334,26", "335,92"}, "SCB, KPI fastställda tal, årsmedeltal (1980=100)"},
};

static void write_price(FILE *file, const struct price *price, int last)
{
	for (int year = 2018; year <= last; year++)
		if (price->belopp[year - 2018] != NULL)
			fprintf(file, "%s;%s;%s;%s;%d;%s\n", price->post, price->aktor,
				price->belopp[year - 2018], price->enhet, year, price->kalla);
}

int reference_prislista(const char *dir, int last)
{
	FILE *file = sheet_file(dir, "prislista.csv");
	int failed;

	if (file == NULL)
		return -1;
	fputs("post;aktor;belopp;enhet;ar;kalla\n", file);
	for (size_t i = 0; i < sizeof prices / sizeof *prices; i++)
		write_price(file, &prices[i], last);
	failed = ferror(file);
	return fclose(file) != 0 || failed ? -1 : 0;
}
