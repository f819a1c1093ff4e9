#!/usr/bin/env python3
"""Small cases worked out by hand: python3 selftest.py"""
import os
import sys
import tempfile

sys.dont_write_bytecode = True
import reference as ref  # noqa: E402
from random_delivery import holds_personnummer  # noqa: E402
from fractions import Fraction  # noqa: E402

INI = """[förbund]
namn = Hand
kommuner = 1440
kommuner från 2018-06-01 = 1440, 1482
period = 2018-01-01 – 2018-12-31
historik från = 2017-01
[kalkyl]
kalkylränta = 0 %
horisont = 60 månader
dödvikt = 0 % (0–0)
avtagande = 0 % (0–0)
[mått egen försörjning]
vid avslut = AO, AU, EF, SU
[målgrupp sjuka]
FK = SP
sammanhängande månader = 3
[målgrupp växlare]
byten senaste 6 månader = 2
[insats Balder]
registrering = personuppgifter
mål = deltagare: minst 3
mål = egen försörjning: minst 60 % av avslutade
mål = egen försörjning inom 3 månader: minst 10 % av startade
mål = kötid: högst 6
"""
FILES = {
    # a: two 50 % and one 25 % spell in January-March; an ongoing one in December; a gap month in May is bridged
    "fk.csv": """pid;kommun;kon;fodelsear;forman;omfattning;fran;till;belopp
aaaaaaaa;1440;K;1980;SP;50;2018-01-01;2018-01-10;100,01
aaaaaaaa;1440;K;1980;SP;50;2018-01-05;2018-02-10;3700
aaaaaaaa;1440;K;1980;SP;50;2018-01-09;2018-01-10;
aaaaaaaa;1440;K;1980;SP;50;2018-01-09;2018-01-10;
aaaaaaaa;1440;K;1980;SP;100;2018-04-30;2018-04-30;0
aaaaaaaa;1440;M;1981;SP;;2018-12-22;2099-12-31;1000
aaaaaaaa;1482;M;1955;SP;;2019-01-02;;1000
""",
    "af.csv": """pid;kommun;kon;fodelsear;sokandekategori;fran;till;ersattning;belopp
bbbbbbbb;1440;M;1990;11;2018-01-01;2018-01-31;AK;310
bbbbbbbb;1440;M;1990;21;2018-01-15;2018-02-14;AK;31
cccccccc;1440;K;1990;95;2018-03-01;2018-03-10;;
""",
    "kommun.csv": """pid;kommun;kon;fodelsear;manad;belopp;forsorjningshinder
bbbbbbbb;1482;X;1990;2018-02;500,5;SJ1
bbbbbbbb;1440;M;1990;2018-03;0;
cccccccc;1440;K;1990;2017-12;10;
""",
    "region.csv": """pid;kommun;kon;fodelsear;datum;vardform;diagnos;belopp
aaaaaaaa;1440;K;1980;2018-01-05;PV;F32;
""",
    "sus.csv": """pid;insats;kommun;kon;fodelsear;start;slut;sysselsattning_start;sysselsattning_slut;forsorjning_start;forsorjning_slut;avslut
aaaaaaaa;Balder;1440;K;1980;2018-03-01;2018-05-31;AR;AO:50|SU:25;SP;IN;01
bbbbbbbb;Balder;1440;M;1990;2018-01-31;2018-04-30;AR;AR;FS;FS;98
bbbbbbbb;Balder;1440;M;1990;2018-06-01;;AR;;FS;;
;Balder;1440;K;1970;2017-06-01;2018-01-01;;EF;;IN;01
dddddddd;Balder;1440;M;1970;2018-02-01;2018-03-01;;;;;12
dddddddd;Balder;1440;M;1970;2018-02-01;2018-03-01;;;;;99
""",
    "ekonomi.csv": """insats;ar;finansiar;budget;utfall;fran;till
Balder;2018;FORBUND;1000;2000;;
Balder;2018;ESF;0;730;2018-07-01;2019-06-30
""",
    "intresse.csv": """arende;insats;kommun;kon;remittent;inkom;status;start
x1;Balder;1440;K;AF;2018-12-01;VANTAR;
x1;Balder;1440;K;AF;2018-12-01;VANTAR;
x2;Balder;1440;K;AF;2018-11-01;STARTAD;2019-01-01
x3;Balder;1440;K;AF;2018-10-01;AVBOJD;
""",
}
PRICES = [("LON_AO", 20000, "kr/månad"), ("LON_AU", 20000, "kr/månad"), ("LON_EF", 20000, "kr/månad"), ("HANDLAGGNING_FK", 1200, "kr/månad"),
          ("HANDLAGGNING_AF", 0, "kr/månad"), ("HANDLAGGNING_KOM", 0, "kr/månad"), ("VARD_PV", 1600, "kr"), ("VARD_OV", 1, "kr"), ("VARD_SV", 1, "kr"),
          *(("SCHABLON_" + forman, 8000, "kr/månad") for forman in ref.FORMANER),
          ("PROD_AO", 100, "%"), ("PROD_AU", 60, "%"), ("PROD_EF", 90, "%"), ("LONEBIDRAG", 50, "%"), ("ARBETSGIVARAVGIFT", 30, "%"),
          ("SKATT_KOM", 20, "%"), ("SKATT_REG", 10, "%"), ("SKATT_STAT", 0, "%")]


def build(folder):
    os.mkdir(os.path.join(folder, "extrakt"))
    for name, text in FILES.items():
        with open(os.path.join(folder, "extrakt", name), "w", encoding="utf-8") as f:
            f.write(text)
    with open(os.path.join(folder, "forbund.ini"), "w", encoding="utf-8") as f:
        f.write(INI)
    with open(os.path.join(folder, "prislista.csv"), "w", encoding="utf-8") as f:
        f.write("post;aktor;belopp;enhet;ar;kalla\n")
        for post, value, unit in PRICES:
            f.write("%s;;%s;%s;2018;x\n%s;;999;%s;2019;x\n" % (post, value, unit, post, unit))
    with open(os.path.join(folder, "befolkning.csv"), "w", encoding="utf-8") as f:
        f.write("kommun;ar;kon;alder_fran;alder_till;antal\n")
        for kommun in ("1440", "1482"):
            for kon in "KM":
                f.write("%s;2018;%s;16;19;40\n%s;2018;%s;20;64;60\n" % (kommun, kon, kommun, kon))


def main():
    failures = []

    def check(what, got, expected):
        ok = got == expected or (not isinstance(got, (str, dict)) and not isinstance(expected, (str, dict)) and abs(got - expected) < 1e-9)
        if not ok:
            failures.append(what)
            print("%s: got %s, expected %s" % (what, got, expected))

    with tempfile.TemporaryDirectory() as folder:
        build(folder)
        t = {x.name[:3]: x.rows for x in ref.compute(folder)}

    # a is M 1981 by the latest record (22 December 2018); all spells of 10+37+2 days: 1-4 Jan 50 %, 5-10 Jan 100 %, 11 Jan-10 Feb 50 %,
    # 30 Apr 100 %, 22-31 Dec 100 %: 4*.5 + 6 + 31*.5 + 1 + 10 = 34.5 days
    row = t["m01"][("2018", "1440", "M", "SP")]
    check("SP persons", row["personer"], 1)
    check("SP HÅE", row["helarsekvivalenter"], Fraction(69, 730))
    check("SP kr", row["belopp_kr"], Fraction(10001 + 370000 + 100000, 100))
    check("SP rate", row["kr_per_invanare_dag"], Fraction(480001, 100) / 100 / 365)
    check("SP rate TOT", t["m01"][("2018", "TOT", "TOT", "SP")]["kr_per_invanare_dag"], Fraction(480001, 100) / 400 / 365)
    # b: AK 1 January - 14 February, union 45 days; kommun 1440 (latest start March), M (X does not count)
    row = t["m01"][("2018", "1440", "M", "AK")]
    check("AK HÅE", row["helarsekvivalenter"], Fraction(45, 365))
    check("FS HÅE", t["m01"][("2018", "1440", "M", "FS")]["helarsekvivalenter"], Fraction(1, 12))
    check("TOT persons", t["m01"][("2018", "TOT", "TOT", "TOT")]["personer"], 2)
    check("empty margin", t["m01"][("2018", "TOT", "TOT", "ET")]["personer"], 0)
    # months
    check("m03 Jan", t["m03"][("2018-01", "TOT", "FK+REG")]["personer"], 1)
    check("m03 Feb", t["m03"][("2018-02", "TOT", "AF+KOM")]["personer"], 1)
    check("m06 Feb", t["m06"][("2018-02", "1440", "M", "25-29", "KOM")]["personer"], 1)
    # SP holds Jan, Feb, Apr, Dec: April is month 4 of the run Jan-Apr (gap March); so the group is met in April
    check("sjuka", t["m02"][("2018", "sjuka", "TOT", "TOT", "TOT")]["personer"], 1)
    # a: FK FK - FK - ... : changes Feb/Mar, Mar/Apr, Apr/May within six months; b: AF, AF+KOM, none;
    # c: KOM in December 2017 only: Nov/Dec and Dec/Jan
    check("växlare", t["m02"][("2018", "växlare", "TOT", "TOT", "TOT")]["personer"], 3)
    check("m04 a", t["m04"][("2018", "1440", "M", "3-4")]["personer"], 1)   # Mar, Apr, May, Dec = 4
    check("m04 b", t["m04"][("2018", "1440", "M", "2")]["personer"], 1)
    check("m05 a", t["m05"][("2018", "1440", "M", "1-11")]["personer"], 1)
    check("m05 b", t["m05"][("2018", "1440", "M", "0")]["personer"], 1)
    check("m07 c", t["m07"][("2018", "1440", "KOM", "INGEN")]["personer"], 1)
    check("m07 TOT", t["m07"][("2018", "TOT", "TOT", "TOT")]["personer"], 2)
    # participations: a, b, b, anonymous, d (12: anonymous); d 99 never
    check("i01", t["i01"][("TOT", "TOT", "TOT")], dict(deltaganden=5, personer=4, nya=4, avslutade=4, pagaende=1))
    row = t["i06"][("Balder", "TOT")]
    check("i06", (row["arbete"], row["studier"], row["arbete_eller_studier"], row["arbetssokande"], row["borjat_eller_okat"]).__str__(), "(2, 1, 2, 1, 2)")
    # Wilson, 2 of 4: centre .5, half 1.96*sqrt(1/16+.98^2/16)/(1+.98^2)... known limits 15.0 and 85.0
    check("Wilson", round(row["ki_lag"], 1), 15.0)
    check("Wilson", round(row["ki_hog"], 1), 85.0)
    check("i02", t["i02"][("Balder", "TOT", "tid_off_fors", "X")]["deltaganden"], 5)
    check("i03", t["i03"][("Balder", "TOT", "FS")], dict(fore=1, efter=1, forandring=0))
    check("i04 TOT", t["i04"][("Balder", "TOT", "TOT")], dict(fore=4, efter=4, forandring=0))
    check("i07 two months", t["i07"][("Balder", "M", "0-2")]["avslutade"], 2)  # 31 Jan - 30 Apr: two completed months; 1 Feb - 1 Mar: one
    # goals
    check("mål 1", t["g01"][("Balder", "1")]["bedomning"], "uppfyllt")
    check("mål 2", t["g01"][("Balder", "2")]["bedomning"], "ej_uppfyllt_osakert")
    # on file: a (1 Mar + 3 = 1 Jun, exit 31 May: met), b1 (30 Apr, not own), b2 (1 Sep), anonymous (1 Sep 2017, later exit), d: 1 of 5
    check("mål 3", "%s/%s" % (t["g01"][("Balder", "3")]["taljare"], t["g01"][("Balder", "3")]["namnare"]), "1/5")
    check("kötid", t["g01"][("Balder", "4")]["utfall"], Fraction(30 + 60, 2) / Fraction(487, 16))
    # ekonomi: ESF 184 of 365 days inside
    check("ESF", t["e01"][("Balder", "2018", "ESF")]["utfall"], 368)
    check("e01 per deltagande", t["e01"][("Balder", "2018", "TOT")]["kr_per_deltagande"], Fraction(2368, 5))
    # cohort: a and b (first participation); mean days (92 + 90) / 2 = 91; D = 3
    # participant-days: a 92, b 90, b 214, anonymous 1, d 29 = 426
    row = t["e02"][("Balder", "SAMHALLE")]
    check("C", row["kostnad"], Fraction(2368, 426) * 91)
    # before a: months March 2017 - February 2018: V 1600/12, H_FK 1200*2/12 = 200; b: 12 months before, no price but FS and AK
    # after a: June - December 2018: SP in December, H_FK 1200/7, Q half-time AO = 10000*1.3
    # dQ = 6500, dV = -1600/24, dH = (1200/7 - 200)/2
    check("SAMHALLE", row["netto_manad"], 6500 + Fraction(1600, 24) - (Fraction(1200, 7) - 200) / 2)
    net, cost = row["netto_manad"], row["kostnad"]
    check("start", row["aterbetalning_start"], float(3 + cost / net))
    check("avslut", row["aterbetalning_avslut"], float(cost / net))
    check("nuvarde", row["nuvarde"], float(57 * net - cost))
    check("FK bears nothing", t["e02"][("Balder", "FK")]["aterbetalning_enkel"], ref.SAKNAS)
    check("STATEN bears half of FORBUND", t["e02"][("Balder", "STATEN")]["kostnad"], Fraction(1000, 426) * 91)

    # money by month adds up
    check("spread", sum(ref.spread(100, ref.parse_date("2018-01-31"), ref.parse_date("2018-03-02")).values()), 100)
    check("Luhn", holds_personnummer("x;811218-9876;y"), True)
    check("Luhn", holds_personnummer("x;811218-9875;y"), False)
    check("payback", ref.payback([0.0, -10.0, -4.0, 2.0, -1.0, 3.0]), 4.25)
    # R: wilcox.test(c(1.83,.5,1.62,2.48,1.68,1.88,1.55,3.06,1.30), c(.878,.647,.598,2.05,1.06,1.29,1.06,3.14,1.29), paired=TRUE): p = 0.03906
    x = [183, 50, 162, 248, 168, 188, 155, 306, 130]
    y = [87.8, 64.7, 59.8, 205, 106, 129, 106, 314, 129]
    check("Wilcoxon", round(float(ref.wilcoxon([Fraction(a) - Fraction(str(b)) for a, b in zip(x, y)])), 8), 0.0390625)
    check("t 0.975, 9", round(ref.t_quantile(0.975, 9), 9), 2.262157163)
    print("selftest: %d failures" % len(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
