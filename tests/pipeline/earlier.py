"""What two publications together tell: a run after an approved one, of a delivery that differs by one person, by many, from another OUT,
and of a longer period. The publications are set side by side as a reader could."""
import csv
import os
import shutil

import delivery
from delivery import add, latest, read, swap

SETTINGS = """[förbund]
namn = Samordningsförbundet Två (exempeldata)
kommuner = 1440, 1482, 1407
period = 2018-01-01 – 2018-08-31
historik från = 2017-01
gemensam nyckel = ja
[redovisning]
minsta antal = 5
åldersgrupper = 16–29, 30–49, 50–64
[kalkyl]
underlag = extrakt
kalkylränta = 3 %
horisont = 24 månader
före = 3 månader
efter = 3 månader
dödvikt = 20 % (10–30)
avtagande = 10 % (5–20)
prisosäkerhet = 10 %
simuleringar = 50
frö = 1
[mått egen försörjning]
vid avslut = AO, AU, EF, SU
[målgrupp unga]
ålder = 16–29
[insats Bron]
registrering = personuppgifter
mål = deltagare: minst 80
mål = egen försörjning: minst 30 % av avslutade
"""
SUS = "pid;insats;kommun;kon;fodelsear;utbildning;tid_off_fors;remittent;start;slut;forsorjning_start;forsorjning_slut;sysselsattning_start;sysselsattning_slut;avslut\n"
COUNTED_ON_A_DAY = {"pagaende", "vantande", "censurerade", "forandring"}
GOALS = {"utfall", "taljare", "namnare"}


def participation(pid, kommun, kon, born, start, slut, after="AO"):
    exit_words = ("FS;IN;EJ;" + after + ";01") if slut else "FS;;EJ;;"
    return f"{pid};Bron;{kommun};{kon};{born};2;3;KOM;2018-{start:02}-15;{f'2018-{slut:02}-20' if slut else ''};{exit_words}\n"


def make(test, months=8):
    """A förbund of 160 participations, started through the months, and as many jobseekers."""
    folder = test.forbund()
    shutil.rmtree(os.path.join(folder, "extrakt"))
    os.mkdir(os.path.join(folder, "extrakt"))
    delivery.write(os.path.join(folder, "forbund.ini"), SETTINGS)
    sus, af, fk = SUS, "pid;kommun;kon;fodelsear;sokandekategori;fran;till;ersattning;belopp;avslutsorsak\n", \
        "pid,kommun,kon,fodelsear,forman,omfattning,fran,till,diagnos,belopp\n"
    for i in range(160):
        kommun, kon, born = "1407" if i % 50 == 49 else ("1440", "1482")[i % 3 == 0], "KM"[i % 2], 1960 + i % 30
        start = 1 + i * 37 % months
        slut = min(start + 2, 8) if i % 2 == 0 else 0
        sus += participation(f"person-{i:04}", kommun, kon, born, start, slut, ("AO", "EJ", "SU", "AR")[i // 2 % 4])
        af += f"person-{i:04};{kommun};{kon};{born};11;2018-0{start}-01;;AK;9000;\n"
        if i % 4 == 0:
            fk += f"person-{i:04},{kommun},{kon},{born},SP,100,2018-0{start}-01,2018-08-31,F43,8000\n"
    for name, text in (("sus", sus), ("af", af), ("fk", fk), ("region", "pid,kommun,kon,fodelsear,datum,vardform,diagnos,belopp\n"),
                       ("kommun", "pid,kommun,kon,fodelsear,manad,belopp,forsorjningshinder\n"),
                       ("ekonomi", "insats,ar,finansiar,budget,utfall\nBron,2018,FORBUND,900000,850000\n")):
        delivery.write(os.path.join(folder, "extrakt", name + ".csv"), text)
    return folder


def figures(publication):
    """{(table, key…, measure): (value, status)} of data/."""
    found = {}
    for name in os.listdir(os.path.join(publication, "data")):
        with open(os.path.join(publication, "data", name), encoding="utf-8", newline="") as file:
            for row in list(csv.reader(file))[1:]:
                found[(name[:-4], *row[:-2])] = (row[-2], row[-1])
    return found


def out_of(folder):
    return os.path.join(folder, "resultat")


def run(test, folder, *words, out=None, code=3):
    out = out or out_of(folder)
    test.expect("run " + " ".join(words), code, test.run("run", folder, "--out", out, *words))
    return os.path.join(out, "published", latest(out) or "")


def approve(test, folder, *words):
    publication = run(test, folder, *words)
    test.expect("approve", 0, test.run("approve", publication, "--year", "2018"))
    return figures(publication)


def counts(name):
    """Names of measures of persons and participations, by the schema."""
    import json
    with open(os.path.join(delivery.ROOT, "schemas", "tabeller", name + ".json"), encoding="utf-8") as file:
        return {m["name"] for m in json.load(file)["finsamstat"]["measures"] if m["kind"] == "count"} - COUNTED_ON_A_DAY


def side_by_side(test, title, before, after, growing):
    """No printed count may differ by 1 to 4 from what was printed; what was withheld is not printed now. `growing`: of periods within
    one another, where only sets that grow with the period are compared."""
    kinds = {name: counts(name) for name in {key[0] for key in before}}
    compared = 0
    for key, (value, status) in before.items():
        new, now = after.get(key, ("0", ""))
        classes = key[0][:3] in ("m04", "m05") and key[-2] != "TOT"
        if key[0][:3] == "q01" or key[-1] not in kinds[key[0]] or (growing and (classes or key[0][:3] == "m07")):
            continue
        if status == "" and now in ("", "tidigare"):
            compared += 1
            test.check(not 0 < abs(int(value) - int(new)) < 5, title, key, "differs by", int(new) - int(value))
        if status == "skyddad" and not growing:
            test.check(now == "skyddad" or key[0][0] == "e", title, key, "was withheld and is printed now")
    test.check(compared > 50, title, "compares", compared)


def check_unchanged(test, folder, before):
    after = figures(run(test, folder))
    test.check(before == after, "the same delivery comes out otherwise after approval")


def check_one_person(test, folder, before):
    """Two runs that differ by one person: every figure about persons stands, in the förbund's OUT and in another."""
    add(os.path.join(folder, "extrakt", "sus.csv"), participation("person-9999", "1440", "K", 1980, 3, 6))
    add(os.path.join(folder, "extrakt", "af.csv"), "person-9999;1440;K;1980;11;2018-03-01;;AK;9000;\n")
    publication = run(test, folder)
    after = figures(publication)
    side_by_side(test, "one person more:", before, after, False)
    for key, (value, status) in before.items():
        if key[0][:3] in ("q01", "e09") or key[-1] in ("budget", "avvikelse") or (key[0][:3] == "e01" and key[-1] == "utfall"):
            continue
        test.check(after.get(key) == (value, status or "tidigare"), "one person more:", key, "was", value, status, "and is", after.get(key))
    report = read(os.path.join(publication, "rapport.html"))
    test.check("Tidigare publicerade uppgifter.</strong> Tabellerna ”" in report and "”Deltagare”" in report,
               "the report does not say that figures stand")
    test.check("tidigare" in read(os.path.join(publication, "excel", "i01_deltagare.csv")), "excel/ lacks the status")
    with open(os.path.join(publication, "px", "i01_deltagare.px"), encoding="cp1252") as file:
        test.check("redan har publicerats" in file.read().replace('"\n"', "").replace('"\r\n"', ""), "px/ lacks the note")
    shown = test.run("show", "i01", "--json", folder).stdout
    test.check('"status":"tidigare"' in shown, "show --json lacks the status")
    account = read(os.path.join(out_of(folder), "internal", "latest", "protection.csv"))
    head, *rows = list(csv.reader(account.splitlines()))
    stands = {row[0]: int(row[head.index("tidigare")]) for row in rows}
    test.check(stands["i01_deltagare"] > 0 and stands["e09_priser"] == 0, "protection.csv:", stands)
    test.expect("approve figures that stand", 0, test.run("approve", publication, "--year", "2018"))
    again = figures(run(test, folder))
    test.check(again == after, "approved earlier figures come out otherwise")
    return after


def check_new_group(test):
    """A målgrupp more, for an approved period: it is told, and holds nothing back."""
    folder = make(test)
    before = approve(test, folder)
    add(os.path.join(folder, "forbund.ini"), "[målgrupp sjuka]\nFK = SP\n")
    after = figures(run(test, folder))
    test.check(all(after.get(key) == before[key] for key in before if key[0][:3] != "q01"), "a new målgrupp changes what stood")
    test.check(after.get(("m02_malgrupp", "2018", "sjuka", "TOT", "TOT", "TOT", "personer")) == ("40", ""), "a new målgrupp is not told")


def check_elsewhere(test, folder, before):
    """Approved, the whole OUT thrown away, run again into another: the ledger lies in the förbund folder."""
    shutil.rmtree(out_of(folder))
    other = figures(run(test, folder, out=test.path("elsewhere")))
    test.check(other == before, "another OUT tells other figures")


def check_many(test):
    """Twelve men more, who go on as all men do: every change is 0 or large, and is told; what was withheld stays so."""
    folder = make(test)
    before = approve(test, folder)
    for i in range(12):
        add(os.path.join(folder, "extrakt", "sus.csv"), participation("", "1440", "M", 1985, 2, 0))
    after = figures(run(test, folder))
    side_by_side(test, "twelve more:", before, after, False)
    total = ("i01_deltagare", "TOT", "TOT", "TOT", "deltaganden")
    test.check(after[total] == (str(int(before[total][0]) + 12), ""), "twelve more are not told:", after[total])
    test.check(all(after[key] == before[key] for key in before if key[0][0] == "m"), "tables of the population change")
    return folder


def check_months(test):
    """January to June, then to August: the two months between are a table of their own that anybody can make."""
    folder = make(test)
    before = approve(test, folder, "--period", "2018-01-01 – 2018-06-30")
    alone = figures(run(test, make(test)))
    after = figures(run(test, folder))
    side_by_side(test, "cumulative:", before, after, True)
    withheld = [key for key in alone if key[0][0] != "q" and alone[key][1] == "" and after.get(key, ("0", ""))[1] == "skyddad"]
    test.check(withheld, "the longer period withholds nothing more than it would by itself")
    test.check(after[("i01_deltagare", "TOT", "TOT", "TOT", "deltaganden")][1] == "", "the grand total is withheld")


FLOWS = {"i01_deltagare": ("nya", "avslutade"), "i05_avslut": ("avslutade",), "i06_resultat": ("avslutade", "arbete", "studier", "arbetssokande"),
         "i07_tid_i_insats": ("avslutade",), "i11_matris": ("avslutade",)}


def check_parts(test):
    """January to April, May to August, and all eight months, each approved: what happened in the parts adds up to the whole, so that of no figure one alone
    of the three is withheld; nor are few left between them."""
    folder = test.path("insjoriket")
    shutil.copytree(os.path.join(delivery.ROOT, "sample-data", "insjoriket-2018"), folder, ignore=shutil.ignore_patterns("resultat", "publicerat.csv"))
    swap(os.path.join(folder, "forbund.ini"), "simuleringar = 10000", "simuleringar = 50")
    parts = [approve(test, folder, "--period", period) for period in ("2018-01-01 – 2018-04-30", "2018-05-01 – 2018-08-31", "2018-01-01 – 2018-08-31")]
    keys = {key for part in parts for key in part if key[-1] in FLOWS.get(key[0], ())}
    states = [[part.get(key, ("0", "")) for part in parts] for key in sorted(keys)]
    test.check(not [state for state in states if [status for _, status in state].count("skyddad") == 1], "two parts and their whole give one another",
               [state for state in states if [status for _, status in state].count("skyddad") == 1][:5])
    told = [state for state in states if all(status == "" for _, status in state)]
    test.check(all(int(a) + int(b) == int(c) for (a, _), (b, _), (c, _) in told), "parts and whole do not add up")
    test.check([state for state in told if int(state[2][0]) > 0] and [state for state in states if state[2][1] == "skyddad"], "parts: too little to compare")
    giving = {",".join(key[1:]) for key in keys if key[0] == "i01_deltagare" and [part.get(key, ("0", ""))[1] for part in parts].count("skyddad") == 2
              and parts[2].get(key, ("0", ""))[1] == "skyddad"}
    planted(test, folder, "the whole of which one part was withheld", "withheld before",
            lambda key, value, status, now: key in giving and int(now) > 4 and f"{key},{now},")


def planted(test, folder, title, said, choose):
    """Plants one line in a copy of the newest publication: the audit must end with 4 and name the table and the reason."""
    work = test.path("planted")
    shutil.rmtree(work, ignore_errors=True)
    for part in "published", "internal":
        shutil.copytree(os.path.realpath(os.path.join(out_of(folder), part, "latest")), os.path.join(work, part, "run"))
    truth = {tuple(row[:-2]): row[-2] for row in csv.reader(read(os.path.join(work, "internal", "run", "aggregate", "i01_deltagare.csv")).splitlines())}
    path = os.path.join(work, "published", "run", "data", "i01_deltagare.csv")
    lines = read(path).splitlines()
    at, line = next((i, new) for i, new in ((i, choose(*line.rsplit(",", 2), truth.get(tuple(line.split(",")[:-2]), "0")))
                                            for i, line in enumerate(lines)) if new)
    delivery.write(path, "\n".join(lines[:at] + [line] + lines[at + 1:]) + "\n")
    done = test.expect(title, 4, test.run("audit", os.path.join(work, "published", "run")), "table i01_deltagare gives 1 figure away together with")
    test.check(f",{said}\n" in done.stdout, title, "is told otherwise:", done.stdout)


def check_planted(test, folder):
    """One person more, of which each line would tell something."""
    planted(test, folder, "a figure that changed by one", "changed",
            lambda key, value, status, now: status == "tidigare" and value != now and not key.endswith("pagaende") and f"{key},{now},")
    planted(test, folder, "a figure that was withheld", "withheld before",
            lambda key, value, status, now: status == "skyddad" and int(now) > 4 and ",M," in key and f"{key},{now},") # the new one is a woman
    planted(test, folder, "another earlier figure", "not the earlier figure",
            lambda key, value, status, now: status == "tidigare" and f"{key},{int(value) + 50},tidigare")
    planted(test, folder, "a new figure beside earlier ones", "beside earlier figures",
            lambda key, value, status, now: status == "tidigare" and f"{key},{int(value) + 50},")


def check_calculation(test, folder):
    """One person more: e02 stands as it was approved, and the nets of today in e06 beside it are new figures, though no other figure of e06 stands."""
    work = test.path("planted")
    shutil.rmtree(work, ignore_errors=True)
    for part in "published", "internal":
        shutil.copytree(os.path.realpath(os.path.join(out_of(folder), part, "latest")), os.path.join(work, part, "run"))
    data = os.path.join(work, "published", "run", "data")
    test.check(",tidigare" in read(os.path.join(data, "e02_aterbetalning.csv")), "no figure of e02 stands")
    now = read(os.path.join(work, "internal", "run", "aggregate", "e06_jamforelse.csv")).splitlines()
    told = [line for line in now if ",netto_manad," in line and line.endswith(",")]
    test.check(told, "e06 has no nets")
    keys = {line.rsplit(",", 2)[0]: round(float(line.rsplit(",", 2)[1])) for line in told}
    lines = read(os.path.join(data, "e06_jamforelse.csv")).splitlines()
    for i, (key, _, status) in enumerate(line.rsplit(",", 2) for line in lines):
        if key in keys or status == "tidigare":
            lines[i] = f"{key},{keys[key]}," if key in keys else f"{key},,saknas"
    delivery.write(os.path.join(data, "e06_jamforelse.csv"), "\n".join(lines) + "\n")
    done = test.expect("nets of today beside approved ones", 4, test.run("audit", os.path.join(work, "published", "run")),
                       "table e06_jamforelse gives")
    test.check(",netto_manad,beside earlier figures\n" in done.stdout, "is told otherwise:", done.stdout)


def check_amounts(test):
    """Figures of one approved year stand, beside a year that no run has had: its amounts are audited all the same."""
    folder = make(test)
    for i in range(3):
        add(os.path.join(folder, "extrakt", "fk.csv"), f"person-{4 * i:04},1440,K,1980,RP,100,2017-08-01,2017-12-31,F43,{5000 + 900 * i}\n")
    for i in range(3, 20):
        add(os.path.join(folder, "extrakt", "fk.csv"), f"person-{4 * i:04},1482,M,1970,RP,100,2017-08-01,2017-12-31,F43,7000\n")
    approve(test, folder)
    add(os.path.join(folder, "extrakt", "fk.csv"), "person-0001,1440,K,1980,SP,100,2018-03-01,2018-04-30,F43,8000\n")
    publication = run(test, folder, "--period", "2017-07-01 – 2018-08-31")
    path = os.path.join(publication, "data", "m01_forsorjningsmatt.csv")
    lines = read(path).splitlines()
    test.check(any(line.startswith("2018,") and line.endswith(",tidigare") for line in lines), "no earlier figure of m01 stands")
    test.check(not any(line.startswith("2017,") and line.endswith(",tidigare") for line in lines), "a new year shows earlier figures")
    few = "2017,1440,K,RP,belopp_kr,"
    at = next(i for i, line in enumerate(lines) if line == few + ",skyddad")
    delivery.write(path, "\n".join(lines[:at] + [few + "20400,"] + lines[at + 1:]) + "\n")
    done = test.expect("an amount of few in a new year beside earlier figures", 4, test.run("audit", publication))
    test.check("m01_forsorjningsmatt,2017|1440|K|RP,belopp_kr,published" in done.stdout.replace('"', ""), "the amount is not named:", done.stdout[:400])


def check_made_before(test):
    """Two runs that differ by one person, both made before either is approved: the second is not approved after the first."""
    folder = make(test)
    first = run(test, folder)
    add(os.path.join(folder, "extrakt", "sus.csv"), participation("", "1440", "K", 1980, 3, 6))
    second = run(test, folder)
    test.expect("approve the first", 0, test.run("approve", first, "--year", "2018"))
    before = read(os.path.join(folder, "huvudbok.csv"))
    test.expect("approve the second", 4, test.run("approve", second, "--year", "2018"), "together with what approved runs have told")
    test.check(read(os.path.join(folder, "huvudbok.csv")) == before, "a refused approval is entered")


def check_more_asked(test):
    """After a higher least number: what was printed is known, and stands."""
    folder = make(test)
    before = approve(test, folder)
    swap(os.path.join(folder, "forbund.ini"), "minsta antal = 5", "minsta antal = 12")
    after = figures(run(test, folder))
    told = {key for key, (value, status) in before.items() if status == ""} - {key for key in before if key[0][:3] == "q01"}
    test.check(all(after.get(key) == before[key] for key in told), "a higher least number takes back what is known")
    head, *rows = csv.reader(read(os.path.join(out_of(folder), "internal", "latest", "protection.csv")).splitlines())
    known = {row[0]: int(row[head.index("kanda")]) for row in rows}
    test.check(sum(known.values()) > 0, "protection.csv lists nothing that is known and would be withheld")


def check_lost_key(test, folder):
    os.remove(os.path.join(folder, "huvudbok.nyckel"))
    test.expect("a ledger without its key", 74, test.run("run", folder), "the key to huvudbok.csv is missing")
    delivery.write(os.path.join(folder, "huvudbok.csv"), "x\n")
    delivery.write(os.path.join(folder, "huvudbok.nyckel"), "0" * 64 + "\n")
    test.expect("a ledger that is none", 65, test.run("run", folder), "huvudbok.csv")


def main():
    with delivery.Test() as test:
        folder = make(test)
        before = approve(test, folder)
        check_unchanged(test, folder, before)
        after = check_one_person(test, folder, before)
        check_planted(test, folder)
        check_calculation(test, folder)
        check_elsewhere(test, folder, after)
        check_new_group(test)
        check_many(test)
        check_months(test)
        check_parts(test)
        check_amounts(test)
        check_made_before(test)
        check_more_asked(test)
        check_lost_key(test, folder)


if __name__ == "__main__":
    main()
