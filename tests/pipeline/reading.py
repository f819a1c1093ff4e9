"""What a person reads: sums that miss their lines, breaks in series, and tables on a narrow terminal."""
import json
import os
import re
import shutil
import unicodedata
import zipfile

import delivery
from delivery import add, read, swap

COLUMNS = 80


def latest(folder, where, name):
    return read(os.path.join(folder, "resultat", where, "latest", name))


def check_sums(test):
    """Köket stands in Bryggan: of STAT it has more than Bryggan, of FORBUND less; the published total counts it twice."""
    folder = test.forbund()
    add(os.path.join(folder, "forbund.ini"), "[insats Köket]\nregistrering = anonym\ningår i = Bryggan\n")
    add(os.path.join(folder, "extrakt", "ekonomi.csv"), "Köket;2018;FORBUND;1000;1000;;\nKöket;2018;STAT;1000;85000;;\n")
    delivery.write(os.path.join(folder, "publicerat.csv"), "tabell;nyckel;matt;varde;kalla\n"
                   "e01_ekonomi;TOT|2018|TOT;utfall;686 900;Årsredovisning\n"
                   "e01_ekonomi;TOT|2018|STAT;utfall;42000;Årsredovisning\n"
                   "e01_ekonomi;Bryggan|2018|STAT;utfall;41000;Årsredovisning\n")
    test.expect("parts of an insats", 3, test.run("run", folder),
                "ekonomi: column 'utfall': PARTS_EXCEED: insatser that ingår i another have at most its money; of STAT in 2018 those of "
                "'Bryggan' have 85000.00 kr and it has 84000.00 kr")
    e01 = latest(folder, "internal", "aggregate/e01_ekonomi.csv")
    # 420 000 + 90 750 + 18 150 + 30 000 + 42 000, Köket's 86 000 stand in Bryggan's
    test.check("\nTOT,2018,TOT,utfall,600900," in e01, "e01: the total counts what stands in another insats")
    test.check("\nKöket,2018,TOT,utfall,86000," in e01, "e01: the part has lost its own row")
    q01 = latest(folder, "published", "data/q01_avstamning.csv")
    test.check("dubbelräkning: det publicerade räknar med insatser vars kostnad ingår i en annans" in q01, "q01 does not see the double count", q01)
    test.check("stämmer; delsumma: delarna i det publicerade blir 41000, men totalen är 42000" not in q01,
               "q01: one line is no sum")  # one published part says nothing of the sum
    page = latest(folder, "published", "rapport.html")
    test.check("Totalen räknar inte Köket, vars kostnad ingår i Bryggan.</p>" in page, "the report does not say what the total leaves out")
    said = re.findall(r"Summan stämmer inte:</strong> ([^<]*)", page)
    test.check(said == ["2018, Staten: budget och utfall för det som ingår i Bryggan är större än insatsens egen summa. "
                        "Det överskjutande saknas i totalen."], "the report on sums:", said)


def check_breaks(test):
    """Öckerö belongs from the beginning of 2018: every table of persons says so in every format, no table of participants does."""
    said = "Brott i serierna: från och med 2018 gäller förbundets totaler andra kommuner än året före."
    folder = test.forbund()
    test.expect("litet", 3, test.run("run", folder))
    published = os.path.join(folder, "resultat", "published", "latest")
    package = json.loads(read(os.path.join(published, "datapackage.json")))
    marked = [resource["name"] for resource in package["resources"] if said in resource.get("description", "")]
    test.check(marked == [name for name in sorted(r["name"] for r in package["resources"]) if name.startswith("m0")], "datapackage:", marked)
    page = read(os.path.join(published, "rapport.html"))
    test.check(page.count(said) == 1 + 7, "the report says it in its chapter and at each of seven tables, not", page.count(said), "times")
    with zipfile.ZipFile(os.path.join(published, "tabeller.xlsx")) as book:
        test.check(said in book.read("xl/sharedStrings.xml").decode(), "the workbook does not say it")
    for table, value in (("m01_forsorjningsmatt", '"År","2018"'), ("m03_samtidighet", '"Månad","2018-01"'), ("i01_deltagare", None)):
        with open(os.path.join(published, "px", table + ".px"), encoding="windows-1252", newline="") as file:
            text = file.read()
        notes = re.findall(r"VALUENOTE\(([^)]*)\)=", text)
        test.check(notes == ([value] if value else []), f"{table}.px: notes at {notes}")
        test.check(("Brott i serierna" in text.replace('"\r\n"', "")) == (value is not None), f"{table}.px: its note")
    with open(os.path.join(published, "data", "m01_forsorjningsmatt.csv"), encoding="utf-8") as file:
        test.check(file.readline() == "ar,kommun,kon,forman,matt,varde,status\n", "data/ has other columns")
    check_drawn_breaks(test)
    check_shown_breaks(test, folder, said)


def check_drawn_breaks(test):
    """A series over the turn of the year in the workbook's charts; one that begins with the break is whole."""
    said = "Personer aktuella hos parterna – från och med 2020 andra kommuner"
    for period, marked in ("2019-10-01 – 2020-12-31", True), ("2020-01-01 – 2020-12-31", False):
        folder = test.path("kust" + period[:4])
        shutil.copytree(os.path.join(delivery.ROOT, "sample-data", "alv-kust-2020"), folder)
        ini = os.path.join(folder, "forbund.ini")
        kommuner = re.search(r"(?m)^kommuner = (.*)$", read(ini))[1]
        delivery.write(ini, re.sub(r"(?m)^period = .*$", f"kommuner från 2020-07-01 = {kommuner.split(', ', 1)[1]}\nperiod = {period}", read(ini)))
        run = test.run("run", folder, "--tables", "m06")
        test.check(run.returncode in (0, 3), period, run.stderr[-400:])
        with zipfile.ZipFile(os.path.join(re.search(r"Rapport: (.*)/rapport.html", run.stdout + run.stderr)[1], "tabeller.xlsx")) as book:
            drawn = "".join(book.read(name).decode() for name in book.namelist() if name.startswith("xl/charts/"))
            test.check((said in drawn) == marked and ("andra kommuner" in drawn) == marked, period, "the chart's title", re.findall("<a:t>(.*?)</a:t>", drawn))
            test.check((said in book.read("xl/sharedStrings.xml").decode()) == marked, period, "the heading of its figures")


def check_shown_breaks(test, folder, said):
    """`show` says it below the table, of the run that made it, whatever the settings say since."""
    swap(os.path.join(folder, "forbund.ini"), "kommuner från 2018-01-01", "kommuner från 2017-01-01")
    for words, marked in ((("m01",), True), (("m03", "--internal"), True), (("m07",), True), (("i01",), False), (("g01",), False),
                          (("m03", "--json"), False), (("manad_atomer", "--internal"), True)):
        shown = test.run("show", *words, folder).stdout
        test.check(" ".join(shown.split()).endswith(said) == marked and ("Brott" in shown) == marked, "show", *words, shown[-200:])
        test.check(all(width(line) <= COLUMNS for line in shown.splitlines()) or "--json" in words, "show", *words, "is wide")
    run = latest_run(folder)
    shutil.rmtree(os.path.join(folder, "resultat", "internal", run))
    test.check("Brott" not in test.expect("show without the run's folder", 0, test.run("show", "m01", folder)).stdout, "show guesses at breaks")


def latest_run(folder):
    return os.readlink(os.path.join(folder, "resultat", "published", "latest"))


def width(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def check_terminal(test):
    """No line of the goals is wider than the terminal, however long the names; each goal says what it came to."""
    folder = test.forbund()
    long = "Samverkansteamet för unga vuxna i kommunerna Ale, Kungälv, Stenungsund och Tjörn med omnejd"
    swap(os.path.join(folder, "forbund.ini"), "[insats Kontoret]", f"[mått {long.lower()}]\nvid avslut = AO, AU\n[insats {long}]\n"
         f"mål = {long.lower()} inom 24 månader: minst 12,5 % av startade\n[insats Kontoret]")
    delivery.write(os.path.join(folder, "publicerat.csv"), "tabell;nyckel;matt;varde;kalla\ne01_ekonomi;TOT|2018|TOT;utfall;686 900;x\n"
                   "i01_deltagare;Bryggan|TOT|TOT;personer;9;x\ni01_deltagare;Bryggan|TOT|K;personer;7;x\n")
    test.expect("long names", 3, test.run("run", folder))
    account = test.run("show", "malgrupper", "--internal", folder)
    test.check(account.returncode == 0 and all(width(line) <= COLUMNS for line in account.stdout.split("\n")), account.stdout)
    for table in ("q01", "e01", "i12", "e02", "m04"):
        wide = [line for line in test.run("show", table, "--internal", folder).stdout.split("\n") if width(line) > COLUMNS]
        test.check(not wide, f"show {table}: wider than {COLUMNS} columns:", wide)
    for words in (["show", "g01", folder], ["show", "g01", "--internal", folder]):
        shown = test.run(*words, env={**os.environ, "COLUMNS": str(COLUMNS), "TERM": "dumb"})
        wide = [line for line in shown.stdout.split("\n") if width(line) > COLUMNS]
        test.check(shown.returncode == 0 and not wide, f"{words[:-1]}: wider than {COLUMNS} columns:", wide)
        test.check(long.split()[-1] in shown.stdout, f"{words[:-1]}: a name was cut")
        test.check("Uppfyllt" in shown.stdout and "57,1 %" in shown.stdout, f"{words[:-1]}: no verdicts:", shown.stdout)


with delivery.Test() as test:
    check_sums(test)
    check_breaks(test)
    check_terminal(test)
