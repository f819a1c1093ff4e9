// litet.c: the förbund Litet: fourteen persons in literal rows, so few that every figure can be computed by hand.
// tests/golden/litet/README.md does so, and says which rule each row is there for. A change here changes it.
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "sample-data/generate/forbund.h"
#include "sample-data/generate/sheet.h"

static const char settings[] =
	"# Litet: syntetiska uppgifter, så få att allt kan räknas för hand; se tests/golden/litet/README.md.\n"
	"[förbund]\n"
	"namn = Samordningsförbundet Litet (exempeldata)\n"
	"kommuner = 1440, 1482\n"
	"kommuner från 2018-01-01 = 1440, 1482, 1407\n"
	"period = 2018-01-01 – 2018-08-31\n"
	"historik från = 2016-07\n"
	"gemensam nyckel = ja\n"
	"[redovisning]\n"
	"minsta antal = 5\n"
	"åldersgrupper = 16–19, 20–24, 25–29, 30–39, 40–49, 50–59, 60–64\n"
	"konfidensgrad = 95 %\n"
	"[kalkyl]\n"
	"underlag = extrakt\n"
	"kalkylränta = 3,5 %\n"
	"horisont = 60 månader\n"
	"före = 12 månader\n"
	"efter = 12 månader\n"
	"dödvikt = 20 % (10–30)\n"
	"avtagande = 10 % (5–20)\n"
	"prisosäkerhet = 10 %\n"
	"simuleringar = 200\n"
	"frö = 1\n"
	"[mått egen försörjning]\n"
	"vid avslut = AO, AU, EF, SU\n"
	"[mått till arbetsmarknadens förfogande]\n"
	"vid avslut = AR\n"
	"utesluter = egen försörjning\n"
	"[målgrupp samordnat behov]\n"
	"ålder = 16–64\n"
	"minst parter = 2\n"
	"[insats Bryggan]\n"
	"registrering = personuppgifter\n"
	"målgrupp = samordnat behov\n"
	"maxtid = 12 månader\n"
	"mål = deltagare: minst 8\n"
	"mål = nya: högst 5\n"
	"mål = deltagare: cirka 10 ± 20 %\n"
	"mål = könsfördelning: 40–60 % av deltagare\n"
	"mål = egen försörjning: minst 30 % av avslutade\n"
	"mål = egen försörjning: minst 90 % av avslutade\n"
	"mål = till arbetsmarknadens förfogande: minst 20 % av avslutade\n"
	"mål = egen försörjning inom 12 månader: minst 30 % av startade\n"
	"mål = egen försörjning: minst 5 % av startade\n"
	"mål = egen försörjning: minst 50 % av deltagare\n"
	"mål = kötid: högst 4\n"
	"mål = kostnad per deltagare: högst 50000\n"
	"mål = enkät vid start och avslut: minst 60 % av avslutade\n"
	"[insats Spåret]\n"
	"registrering = personuppgifter\n"
	"mål = egen försörjning inom 6 månader: minst 30 % av startade\n"
	"mål = könsfördelning: 40–60 % av deltagare\n"
	"[insats Ateljén]\n"
	"registrering = anonym\n"
	"mål = deltagare: cirka 3 ± 10 %\n"
	"mål = egen försörjning: minst 30 % av avslutade\n"
	"mål = kötid: högst 3\n"
	"[insats Kontoret]\n"
	"registrering = volym\n"
	"mål = deltagare: minst 20\n"
	"mål = könsfördelning: 40–60 % av deltagare\n"
	"mål = kostnad per deltagare: högst 2000\n";

static const char prices[] =
	"post;aktor;belopp;enhet;ar;kalla\n"
	"LON_AO;IND;26000;kr/månad;2018;Påhittat\n"
	"LON_AO;IND;99000;kr/månad;2019;Påhittat: efter perioden, används inte\n"
	"LON_AU;IND;20000;kr/månad;2017;Påhittat: ett tidigare år, det senaste som finns\n"
	"LON_EF;IND;24000;kr/månad;2018;Påhittat\n"
	"PROD_AO;ARBG;100;%;2018;Påhittat\n"
	"PROD_AU;ARBG;60;%;2018;Påhittat\n"
	"PROD_EF;ARBG;100;%;2018;Påhittat\n"
	"LONEBIDRAG;AF;50;%;2018;Påhittat\n"
	"ARBETSGIVARAVGIFT;STAT;31,42;%;2018;Skatteverket\n"
	"SKATT_KOM;KOM;20;%;2018;Påhittat\n"
	"SKATT_REG;REG;12;%;2018;Påhittat\n"
	"SKATT_STAT;STAT;2;%;2018;Påhittat\n"
	"HANDLAGGNING_FK;FK;900;kr/månad;2018;Påhittat\n"
	"HANDLAGGNING_AF;AF;1000;kr/månad;2018;Påhittat\n"
	"HANDLAGGNING_KOM;KOM;1500;kr/månad;2018;Påhittat\n"
	"VARD_PV;REG;1500;kr;2018;Påhittat\n"
	"VARD_OV;REG;3300;kr;2018;Påhittat\n"
	"VARD_SV;REG;38000;kr;2018;Påhittat\n"
	"SCHABLON_SP;FK;16800;kr/månad;2018;Påhittat\n"
	"SCHABLON_RP;FK;16800;kr/månad;2018;Påhittat\n"
	"SCHABLON_SE;FK;10500;kr/månad;2018;Påhittat\n"
	"SCHABLON_AE;FK;9100;kr/månad;2018;Påhittat\n"
	"SCHABLON_AK;AF;13100;kr/månad;2018;Påhittat\n"
	"SCHABLON_AS;AF;6100;kr/månad;2018;Påhittat\n"
	"SCHABLON_UE;AF;2400;kr/månad;2018;Påhittat\n"
	"SCHABLON_ET;AF;6700;kr/månad;2018;Påhittat\n"
	"SCHABLON_FS;KOM;8700;kr/månad;2018;Påhittat\n"
	"KPI;;328,40;index;2018;SCB\n";

static const char inhabitants[] =
	"kommun;ar;kon;alder_fran;alder_till;antal\n"
	"1440;2017;K;16;64;5000\n"
	"1440;2018;K;16;29;300\n"
	"1440;2018;K;30;64;700\n"
	"1440;2018;M;16;29;300\n"
	"1440;2018;M;30;64;700\n"
	"1482;2018;K;16;29;500\n"
	"1482;2018;K;30;64;1000\n"
	"1482;2018;M;16;29;400\n"
	"1482;2018;M;30;64;1000\n"
	"1407;2018;K;16;29;150\n"
	"1407;2018;K;30;64;350\n"
	"1407;2018;M;16;29;200\n"
	"1407;2018;M;30;64;400\n";

static const char fk[] =
	"pid,kommun,kon,fodelsear,forman,omfattning,fran,till,diagnos,belopp\n"
	"litet-01,1440,K,1980,SP,50,2018-01-01,2018-03-31,F43,9000\n"
	"litet-01,1440,K,1980,SP,50,2018-03-01,2018-04-30,M54,6100\n"
	"litet-01,1440,K,1980,SP,50,2018-01-01,2018-03-31,F43,9000.00\n"
	"litet-02,1482,M,1985,SE,100,2017-07-01,,F32,42700\n"
	"litet-03,1440,K,1988,AA,,2018-02-01,2018-02-01,,\n"
	"litet-03,1440,K,1990,AE,50,2018-05-01,2099-12-31,F84,12300\n"
	"litet-07,1407,K,1953,SE,,2018-01-01,2018-08-31,M54,24300\n"
	"litet-09,1482,M,1988,SP,100,2017-01-01,2018-04-30,F43,232800\n"
	"litet-09,1482,M,1988,SP,50,2018-05-01,,F43,29520\n"
	"litet-11,1482,M,1992,SP,50,2017-12-15,2018-01-05,J06,1000.01\n"
	"litet-11,1482,M,1992,SP,100,2018-01-03,2018-01-20,J06,1800\n";

static const char af[] =
	"\xEF\xBB\xBF" "pid;kommun;kon;fodelsear;sokandekategori;fran;till;ersattning;belopp;avslutsorsak\r\n"
	"litet-01;1482;M;1980;11;2018-10-01;;;;\r\n"
	"litet-04;1482;M;1970;11;2018-01-15;2018-06-30;AK;16700,00;\r\n"
	"litet-04;1482;M;1970;70;2018-06-16;2018-08-15;AS;6100,00;\r\n"
	"litet-04;1482;M;1970;70;2018-08-01;2018-08-31;AS;3100,00;7\r\n"
	"litet-05;1407;X;1999;96;2018-03-01;2018-03-01;;;\r\n"
	"litet-08;1440;K;1975;11;2017-08-01;2018-05-10;;;\r\n"
	"litet-08;1440;K;1975;42;2018-05-11;;;;\r\n"
	"litet-10;1407;K;1968;96;2018-04-10;2018-04-30;;;\r\n"
	"litet-11;1482;M;1992;69;2018-01-01;2018-02-28;UE;5900,00;\r\n"
	"litet-12;1480;M;1960;11;2018-01-01;2018-08-31;AK;24300,00;\r\n"
	"litet-14;1440;M;1954;21;2018-08-31;;;;\r\n";

static const char kommun_1440[] =
	"pid;kommun;kon;fodelsear;manad;belopp;forsorjningshinder\n"
	"litet-02;1440;X;1985;2018-02;0;\n"
	"litet-03;1440;K;1990;2018-01;5000;UT\n"
	"litet-03;1440;K;1990;2018-02;5000;UT\n"
	"litet-03;1440;K;1990;2018-03;5000;UT\n"
	"litet-03;1440;K;1990;2018-04;5000;UT\n"
	"litet-06;1440;M;2003;2018-01;1000;UT\n"
	"litet-08;1440;K;1975;2017-02;10000;SJ1\n"
	"litet-08;1440;K;1975;2017-03;10000;SJ1\n"
	"litet-08;1440;K;1975;2017-04;10000;SJ1\n"
	"litet-08;1440;K;1975;2017-05;10000;SJ1\n"
	"litet-08;1440;K;1975;2017-06;10000;SJ1\n"
	"litet-08;1440;K;1975;2017-07;10000;SJ1\n"
	"litet-08;1440;K;1975;2017-08;10000;AL1\n"
	"litet-08;1440;K;1975;2017-09;10000;AL1\n"
	"litet-08;1440;K;1975;2017-10;10000;AL1\n"
	"litet-08;1440;K;1975;2017-11;10000;AL1\n"
	"litet-08;1440;K;1975;2017-12;10000;AL1\n"
	"litet-08;1440;K;1975;2018-01;10000;AL1\n"
	"litet-08;1440;K;1975;2018-02;10000;AL1\n"
	"litet-08;1440;K;1975;2018-03;10000;AL1\n"
	"litet-08;1440;K;1975;2018-04;10000;AL1\n"
	"litet-08;1440;K;1975;2018-05;10000;AL1\n";

static const char kommun_1482[] =
	"manad\tpid\tkommun\tkon\tfodelsear\tbelopp\n"
	"2018-01\tlitet-11\t1482\tM\t1992\t4000\n"
	"2018-02\tlitet-11\t1482\tM\t1992\t0\n";

static const char kommun_1407[] =
	"pid;kommun;kon;fodelsear;manad;belopp;forsorjningshinder\n"
	"litet-05;1407;X;1999;2018-03;3333,33;AL1\n"
	"litet-10;1407;K;1968;2018-06;2500;SJ2\n";

static const char region[] =
	"pid,kommun,kon,fodelsear,datum,vardform,diagnos,belopp\n"
	"litet-01,1440,K,1980,2018-02-14,PV,F43,\n"
	"litet-09,1482,M,1988,2017-03-06,PV,F43,\n"
	"litet-09,1482,M,1988,2017-06-05,OV,F43,4500\n"
	"litet-09,1482,M,1988,2018-06-04,PV,F43,\n"
	"litet-10,1407,K,1968,2018-04-12,SV,K80,\n"
	"litet-10,1482,K,1968,2018-06-01,PV,K80,1450\n"
	"litet-11,1482,M,1992,2018-01-15,OV,J06,3300\n"
	"litet-13,1482,K,2002,2018-08-31,PV,J06,1450\n";

static const char sus[] =
	"pid;insats;kommun;kon;fodelsear;utbildning;tid_off_fors;remittent;start;slut;"
	"forsorjning_start;forsorjning_slut;sysselsattning_start;sysselsattning_slut;avslut\n"
	"litet-08;Bryggan;1440;K;1975;1;3;KOM;2017-02-01;2018-01-10;FS;FS;EJ;PR;04\n"
	"litet-08;Bryggan;1440;K;1975;1;4;KOM;2018-02-01;2018-05-10;FS;IN;AR;AU:75|SU:25;01|02\n"
	"litet-09;Bryggan;1482;M;1988;2;2;FK;2018-01-15;2018-04-30;SP;SP:50|IN:50;EJ;AO:50|EJ:50;01\n"
	"litet-01;Bryggan;1440;K;1980;3;1;REG_PV;2018-03-01;2018-07-15;SP|FS;SP;EJ;AR;03\n"
	"litet-01;Bryggan;1440;K;1980;3;1;REG_PV;2018-03-01;2018-07-15;SP|FS;SP;EJ;AR;03\n"
	"litet-04;Bryggan;1482;M;1970;2;;AF;2018-02-15;2018-03-31;;;AR;OV;09\n"
	"litet-03;Bryggan;1440;K;1990;;1;KOM;2018-06-01;;FS;;EJ;;\n"
	";Bryggan;1482;M;1995;2;1;AF;2018-04-01;2018-08-15;AS|UE;ST;SU:20|EJ:80;SU|AR;02|03\n"
	"litet-10;Bryggan;1407;K;1968;1;5;REG_PSY;2018-01-01;2018-06-30;FS;FS;EJ;EJ;12\n"
	"litet-02;Bryggan;1440;M;1985;2;2;FK;2018-03-01;2018-03-01;SE;SE;EJ;EJ;99\n"
	"litet-05;Bryggan;1407;X;1999;1;1;SJALV;2017-11-01;2018-09-30;FS;IN;AR;AO;01\n"
	"litet-11;Bryggan;1482;M;1992;2;1;AF;2017-01-01;2017-12-31;UE;IN;AR;AO;01\n"
	"litet-11;Bryggan;1482;M;1992;2;1;AF;2018-09-10;;UE;;AR;;\n"
	"litet-03;Spåret;1440;K;1990;;1;KOM;2017-10-01;2018-02-28;FS;FS;EJ;PR;04|11\n"
	"litet-02;Spåret;1440;M;1985;2;2;FK;2018-05-01;;SE;;EJ;;\n"
	"litet-07;Spåret;1407;K;1953;2;5;FK;2018-02-01;2018-07-31;SE:50|IN:50;SE:50|IN:50;AO:50|EJ:50;"
	"AO:50|EJ:50;01|07\n"
	";Ateljén;1482;M;2001;1;;SJALV;2017-09-01;;FS;;EJ;;\n"
	";Ateljén;1482;K;1977;2;;SJALV;2018-04-03;;SP;;EJ;;\n"
	";Ateljén;1482;K;1977;2;;SJALV;2018-04-03;;SP;;EJ;;\n";

static const char volym[] =
	"insats,ar,kommun,kon,aldersgrupp,antal\n"
	"Kontoret,2017,1440,K,30-39,50\n"
	"Kontoret,2018,1440,K,30-39,4\n"
	"Kontoret,2018,1440,K,30-39,4\n"
	"Kontoret,2018,1482,M,40-49,9\n"
	"Kontoret,2018,1482,K,60-64,4\n";

static const char enkat[] =
	"pid,insats,instrument,tillfalle,datum,varde\n"
	"litet-09,Bryggan,EQ-VAS,start,2018-01-16,40\n"
	"litet-09,Bryggan,EQ-VAS,slut,2018-04-27,55\n"
	"litet-01,Bryggan,EQ-VAS,start,2018-03-02,35\n"
	"litet-08,Bryggan,EQ-VAS,slut,2018-05-09,60\n";

static const char intresse[] =
	"arende;insats;kommun;kon;remittent;inkom;status;start\n"
	"I1;Bryggan;1440;K;KOM;2018-05-03;VANTAR;\n"
	"I1;Bryggan;1440;K;KOM;2018-05-03;VANTAR;\n"
	"I2;Bryggan;1440;K;REG_PV;2018-02-01;STARTAD;2018-03-01\n"
	"I3;Bryggan;1482;M;AF;2018-07-02;STARTAD;2018-09-05\n"
	"I4;Bryggan;1482;K;FK;2018-03-12;AVBOJD;\n"
	"I5;Bryggan;1407;X;SJALV;2018-04-09;AVSLAG;\n"
	"I6;Bryggan;1440;M;AF;2018-06-11;ANNAN;\n"
	"I7;Bryggan;1440;K;KOM;2018-09-03;VANTAR;\n"
	"I8;Bryggan;1440;K;KOM;2017-12-20;VANTAR;\n";

static const char ekonomi[] =
	"insats;ar;finansiar;budget;utfall;fran;till\n"
	"Bryggan;2017;FORBUND;700000;690000;;\n"
	"Bryggan;2018;FORBUND;730000;;2018-01-01;2018-12-31\n"
	"Bryggan;2018;FORBUND;;336000;;\n"
	"Bryggan;2018;STAT;;84000;2018-07-03;2018-10-30\n"
	"Bryggan;2018;ESF;;84000;2017-12-01;2018-01-31\n"
	"Bryggan;2019;FORBUND;900000;;;\n"
	"Spåret;2018;KOM;100000;90750;;\n"
	"Spåret;2018;ESF;20000;18150;;\n"
	"Ateljén;2018;REG;24300;30000;;\n"
	"Kontoret;2018;FORBUND;60000;21000;;\n"
	"Kontoret;2018;FORBUND;60000;21000;;\n";

static const struct {
	const char *name;
	const char *text;
} files[] = {
	{"forbund.ini", settings},
	{"prislista.csv", prices},
	{"befolkning.csv", inhabitants},
	{"extrakt/fk.csv", fk},
	{"extrakt/af.csv", af},
	{"extrakt/kommun-1440.csv", kommun_1440},
	{"extrakt/kommun-1482.csv", kommun_1482},
	{"extrakt/kommun-1407.csv", kommun_1407},
	{"extrakt/region.csv", region},
	{"extrakt/sus.csv", sus},
	{"extrakt/volym.csv", volym},
	{"extrakt/enkat.csv", enkat},
	{"extrakt/intresse.csv", intresse},
	{"extrakt/ekonomi.csv", ekonomi},
};

static int make_folder(const char *path)
{
	return mkdir(path, 0777) == 0 || errno == EEXIST ? 0 : -1;
}

int litet_write(const char *dir)
{
	char folder[900];

	if ((size_t)snprintf(folder, sizeof folder, "%s/extrakt", dir) >= sizeof folder) {
		errno = ENAMETOOLONG;
		return -1;
	}
	if (make_folder(dir) != 0 || make_folder(folder) != 0)
		return -1;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		if (sheet_text(dir, files[i].name, files[i].text) != 0)
			return -1;
	return 0;
}
