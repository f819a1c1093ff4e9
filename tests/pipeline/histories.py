"""Histories of small random förbund that must publish: approved runs, then a register that was corrected, another period, another way to protect. Figures of
approved runs then stand beside new ones, rounded ones beside exact ones, and the relations between tables hold within each alone.

    python3 histories.py     BUILD names the build folder (default build)
"""
import datetime
import gzip
import os
import random
import re
import shutil
import subprocess
import sys

import delivery
from delivery import latest, read, write

RANDOM = os.path.join(delivery.ROOT, "tests", "reference", "random_delivery.py")
ROUNDED = ("(minsta antal = \\d+)", "\\1\nskydd = avrundning")
EXACT = ("skydd = avrundning\n", "")


def make(test, seed):
    folder = test.path("random")
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([sys.executable, RANDOM, str(seed), folder], check=True)
    change(folder, ("simuleringar = \\d+", "simuleringar = 20"))
    return folder


SETTINGS = """[förbund]
namn = Samordning Tre (exempeldata)
kommuner = 1440, 1482, 1407
period = 2023-01-01 – 2023-06-30
[redovisning]
minsta antal = 5
åldersgrupper = 16–24, 25–44, 45–64
[målgrupp unga]
ålder = 16–29
[målgrupp samordnat behov]
ålder = 16–64
minst parter = 2
[insats Fyren]
registrering = personuppgifter
målgrupp = samordnat behov
mål = deltagare: minst 30
"""


def make_tiny(test, seed):
    """45 persons who are with two or three of the parts: of hardly any class there are five."""
    folder = test.path("random")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(os.path.join(folder, "extrakt"))
    write(os.path.join(folder, "forbund.ini"), SETTINGS)
    draw = random.Random(seed)
    lines = {"fk": "pid;kommun;kon;fodelsear;forman;omfattning;fran;till;diagnos;belopp\n",
             "af": "pid;kommun;kon;fodelsear;sokandekategori;fran;till;ersattning;belopp;avslutsorsak\n",
             "kommun": "pid;kommun;kon;fodelsear;manad;belopp;forsorjningshinder\n", "region": "pid;kommun;kon;fodelsear;datum;vardform;diagnos;belopp\n",
             "sus": "pid;insats;kommun;kon;fodelsear;start;slut;forsorjning_start;forsorjning_slut;sysselsattning_start;sysselsattning_slut;avslut\n"}
    for i in range(45):
        who = f"person-{i:04};{draw.choice(['1440', '1440', '1482', '1407'])};{draw.choice('KKM')};{draw.randint(1960, 2004)}"
        month = draw.randint(1, 5)
        if draw.random() < 0.7:
            lines["fk"] += f"{who};{draw.choice(['SP', 'SP', 'AE'])};100;2022-0{draw.randint(1, 9)}-10;2023-0{month}-20;;5000\n"
        if draw.random() < 0.7:
            lines["af"] += f"{who};11;2023-0{month}-01;;AK;9000;\n"
        if draw.random() < 0.6:
            lines["kommun"] += "".join(f"{who};2023-0{m};4000;\n" for m in range(1, month + 1))
        if i % 3 == 0:
            name, rest = who.split(";", 1)
            lines["sus"] += f"{name};Fyren;{rest};2023-0{month}-05;;FS;;EJ;;\n"
    for name, text in lines.items():
        write(os.path.join(folder, "extrakt", name + ".csv"), text)
    return folder


def change(folder, *swaps):
    """Swaps patterns in the settings, each of which must be there."""
    path = os.path.join(folder, "forbund.ini")
    text = read(path)
    for pattern, by in swaps:
        text, times = re.subn(pattern, by, text, count=1)
        if times == 0:
            raise ValueError(f"{path} does not hold '{pattern}'")
    write(path, text)


def correct(folder, every):
    """A register of which each so many rows are gone."""
    for path in delivery.extracts(folder):
        how = gzip.open if path.endswith(".gz") else open
        with how(path, "rb") as file:
            lines = file.read().split(b"\n")
        with how(path, "wb") as file:
            file.write(b"\n".join(line for i, line in enumerate(lines) if i % every != every - 1))


def rename(folder, old, new):
    """An insats under another name, in the settings and in all extracts."""
    for path in [os.path.join(folder, "forbund.ini")] + delivery.extracts(folder):
        how = gzip.open if path.endswith(".gz") else open
        with how(path, "rb") as file:
            text = file.read()
        for encoding in ("utf-8", "cp1252"):
            text = text.replace(old.encode(encoding), new.encode(encoding))
        with how(path, "wb") as file:
            file.write(text)


def lengthen(folder, months):
    """A period that ends so many months later."""
    path = os.path.join(folder, "forbund.ini")
    text = read(path)
    first, year, month = re.search("period = (\\S+) – (\\d{4})-(\\d\\d)", text).groups()
    number = int(year) * 12 + int(month) - 1 + months
    last = datetime.date((number + 1) // 12, (number + 1) % 12 + 1, 1) - datetime.timedelta(days=1)
    write(path, re.sub("uttagsdatum = .*\n", "", re.sub("period = .*", f"period = {first} – {last}", text)))


def set_period(folder, period):
    path = os.path.join(folder, "forbund.ini")
    write(path, re.sub("uttagsdatum = .*\n", "", re.sub("period = .*", "period = " + period, read(path))))


def complete(folder, longer):
    """The register complete, where rows had been missing, and a longer period."""
    shutil.rmtree(os.path.join(folder, "extrakt"))
    os.rename(os.path.join(folder, "hela"), os.path.join(folder, "extrakt"))
    lengthen(folder, longer)


def begin(folder):
    shutil.copytree(os.path.join(folder, "extrakt"), os.path.join(folder, "hela"))
    correct(folder, 20)


def run(test, folder, title):
    done = test.run("run", folder, "--jobs", "2")
    return test.check(done.returncode in (0, 3), f"{title}: exit {done.returncode}:\n{done.stderr[-800:]}")


def approve(test, folder, title):
    out = os.path.join(folder, "resultat")
    year = re.search("period = .*(\\d{4})-\\d\\d-\\d\\d", read(os.path.join(folder, "forbund.ini")))[1]
    if run(test, folder, title):
        test.expect("approve", 0, test.run("approve", os.path.join(out, "published", latest(out)), "--year", year))


def records(folder):
    """What the newest run left of its witnesses and of what is exempt."""
    return [read(os.path.join(folder, "resultat", "internal", "latest", name)) for name in ("vittnen.csv", "vittnen_celler.csv", "undantag.csv", "protection.csv")]


def make_large(test, name, persons, kommuner, insatser, seed):
    folder = test.path(name)
    subprocess.run([os.path.join(delivery.BUILD, "generate"), "large", folder, "--persons", str(persons), "--kommuner", str(kommuner),
                    "--insatser", str(insatser), "--seed", str(seed)], check=True)
    change(folder, ("2020-12-31", "2020-08-31"), ("simuleringar = \\d+", "simuleringar = 20"))
    return folder


def check_many(test):
    """January to August approved, and then the year, of so many small counts that the rules begin: what approved figures leave of others lies beyond the windows that
    are looked through then. Rows are added for earlier figures, which names of cells must not follow, on one thread and on two."""
    title = "more small counts than the engine protects by itself"
    folder = make_large(test, "many", 1500, 24, 3, 7)
    approve(test, folder, title)
    change(folder, ("2020-08-31", "2020-12-31"))
    if run(test, folder, title):
        found = records(folder)
        test.expect(title, 3, test.run("run", folder, "--jobs", "1", "--force", "protect"), "too many kommuner or small counts")
        test.check(records(folder) == found, title, "witnesses or exempt cells are others on one thread")


def check_ten(test):
    """Ten kommuner and ten insatser, January to August approved, and then the year. What the approved figures leave of a few counts lies so far apart in the tables
    of all kommuner that windows of 4 000 atoms have no table for them."""
    folder = make_large(test, "ten", 6000, 10, 10, 1)
    approve(test, folder, "ten kommuner")
    change(folder, ("2020-08-31", "2020-12-31"))
    run(test, folder, "ten kommuner, the year after a part of it")


def check_parts(test):
    """Three parts approved, and then all of them: counts of one person for whom there is another table only among all that hang together, where costs of what is
    withheld split persons and the fewest moves do not."""
    folder = make(test, 220)
    for period in ("2018-05-01 – 2018-08-31", "2018-03-01 – 2018-04-30", "2018-01-01 – 2018-02-28"):
        set_period(folder, period)
        approve(test, folder, "three parts")
    set_period(folder, "2018-01-01 – 2018-08-31")
    run(test, folder, "all of three parts")


# What it is about, how the förbund is made, of which seed, what is done before the run that is approved, and before each run after it.
HISTORIES = (
    ("a corrected register and a longer period", make, 4265, begin, lambda folder: complete(folder, 3)),
    ("the same, of a förbund of which nearly all is withheld", make, 4268, begin, lambda folder: complete(folder, 3)),
    ("rounded, then exact", make_tiny, 1, lambda folder: change(folder, ROUNDED), lambda folder: change(folder, EXACT),
     lambda folder: correct(folder, 20), lambda folder: lengthen(folder, 2)),
    ("an insats under another name, whose cost some parties do not bear", make, 3515, lambda folder: change(folder, ROUNDED),
     lambda folder: rename(folder, "Team Öst", "Team Väst")),
    ("a higher minsta antal, where days of helårsekvivalenter tell of persons", make_tiny, 20, lambda folder: None,
     lambda folder: change(folder, ("minsta antal = 5", "minsta antal = 10"))),
    ("a higher minsta antal, where all numbers of a volym insats have a kön and an age", make, 1025, lambda folder: None,
     lambda folder: change(folder, ("minsta antal = 5", "minsta antal = 10"))),
    ("periods that overlap, months that stand and are others now beside their year", make, 16,
     lambda folder: set_period(folder, "2016-01-01 – 2016-09-30"), lambda folder: set_period(folder, "2016-04-01 – 2016-12-31")),
    ("periods that overlap, a figure of publicerat.csv of a year without earlier figures beside years that have them", make, 19,
     lambda folder: set_period(folder, "2014-01-01 – 2017-09-30"), lambda folder: set_period(folder, "2015-04-01 – 2018-12-31")),
    ("a month, then three: a window of all gives up where those of tables of one kind have a table", make, 50,
     lambda folder: set_period(folder, "2018-01-01 – 2018-01-31"), lambda folder: set_period(folder, "2018-01-01 – 2018-03-31")),
    ("exact, then rounded", make_tiny, 2, lambda folder: None, lambda folder: change(folder, ROUNDED), lambda folder: correct(folder, 20),
     lambda folder: lengthen(folder, 2)),
)


def main():
    with delivery.Test() as test:
        check_many(test)
        check_ten(test)
        check_parts(test)
        for title, made, seed, first, *later in HISTORIES:
            folder = made(test, seed)
            first(folder)
            approve(test, folder, title)
            for step in later:
                step(folder)
                run(test, folder, title)


if __name__ == "__main__":
    main()
