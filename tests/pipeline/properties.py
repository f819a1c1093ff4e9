"""What must hold of any delivery: who bears which pid changes nothing; panels of twenty years and spells of any length go
through every stage, and their money adds up to the öre; inhabitants that are missing give no rate; keys that match nobody
refuse."""
import csv
import datetime
import gzip
import os
import random
import subprocess
import sys
from fractions import Fraction

import delivery
from delivery import add, extracts, put, read, swap, table, write

REFERENCE = os.path.join(delivery.ROOT, "tests", "reference")
DAY = datetime.timedelta(days=1)
SEEDS = 2, 3, 12  # all in UTF-8


def figures(folder):
    out = os.path.join(folder, "resultat")
    aggregate = delivery.files(os.path.join(out, "internal", "latest", "aggregate"))
    return {**delivery.published(out), **{"aggregate/" + name: value for name, value in aggregate.items()}}


# ---- who bears which pid ----

def relabel(folder, seed):
    """Gives every pid another one, the same wherever it stands."""
    chance = random.Random(seed)
    names = {}
    for path in extracts(folder):
        head, *rows = table(path)
        if "pid" in head:
            at = head.index("pid")
            for row in rows:
                if row[at]:
                    row[at] = names.setdefault(row[at], "%016x_%d" % (chance.getrandbits(64), len(names)))
            put(path, [head] + rows)


def check_relabelled(test):
    folders = [test.forbund()]
    for seed in SEEDS:
        folders.append(test.path(f"random{seed}"))
        subprocess.run([sys.executable, os.path.join(REFERENCE, "random_delivery.py"), str(seed), folders[-1]], check=True)
        for path in extracts(folders[-1]):
            if path.endswith(".gz"):
                with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
                    write(path[:-3], file.read())
                os.remove(path)
    for folder in folders:
        test.check(test.run("run", folder).returncode in (0, 3, 4), f"{folder}: not run")
        before = figures(folder)
        relabel(folder, 4711)
        test.check(test.run("run", folder).returncode in (0, 3, 4), f"{folder}: not run again")
        after = figures(folder)
        differ = sorted(name for name in set(before) | set(after) if before.get(name) != after.get(name))
        test.check(not differ, f"{os.path.basename(folder)}: other pids, other bytes in {differ[:8]}")


# ---- twenty years ----

def long_delivery(folder):
    """Persons of one kommun, born 1955–1982, with spells of one day to twenty years inside 1999–2018. Returns öre by förmån."""
    chance = random.Random(23)
    first, last = datetime.date(1999, 1, 1), datetime.date(2018, 12, 31)
    days = (last - first).days + 1
    money = {}
    rows = {"fk": [["pid", "kommun", "kon", "fodelsear", "forman", "omfattning", "fran", "till", "diagnos", "belopp"]],
            "af": [["pid", "kommun", "kon", "fodelsear", "sokandekategori", "fran", "till", "ersattning", "belopp", "avslutsorsak"]],
            "kommun": [["pid", "kommun", "kon", "fodelsear", "manad", "belopp", "forsorjningshinder"]],
            "region": [["pid", "kommun", "kon", "fodelsear", "datum", "vardform", "diagnos", "belopp"]]}

    def amount(forman, high):
        ore = chance.randint(1, high)
        money[forman] = money.get(forman, 0) + ore
        return "%d.%02d" % divmod(ore, 100)

    def spell(length):
        start = first + chance.randint(0, days - length) * DAY
        return str(start), str(start + (length - 1) * DAY)
    lengths = [1, 2, 30, 31, 32, 365, 366, 64 * 30, 65 * 31, 1461, 3653, days - 1, days]
    for i in range(120):
        who = [f"person-{i:03}", "1440", "KM"[i % 2], str(1955 + i % 28)]
        for length in chance.sample(lengths, 3):
            forman = chance.choice(["SP", "RP", "SE", "AE"])
            rows["fk"].append(who + [forman, chance.choice(["25", "50", "100"]), *spell(length), "F", amount(forman, 99999999)])
            ersattning = chance.choice(["AK", "AS", "UE", "ET"])
            rows["af"].append(who + ["11", *spell(chance.choice(lengths)), ersattning, amount(ersattning, 99999999), ""])
        for month in sorted(chance.sample(range(240), chance.choice([1, 30, 240]))):
            rows["kommun"].append(who + ["%04d-%02d" % (1999 + month // 12, month % 12 + 1), amount("FS", 999999), ""])
        rows["region"].append(who + [spell(1)[0], "PV", "F", "1600"])
    for path in extracts(folder):
        if not os.path.basename(path).startswith(("sus", "ekonomi", "enkat", "volym", "intresse")):
            os.remove(path)
    for source, lines in rows.items():
        put(os.path.join(folder, "extrakt", source + ".csv"), lines)
    return money


def held_against_reference(test, title, folder):
    aggregate = os.path.join(folder, "resultat", "internal", "latest", "aggregate")
    run = subprocess.run([sys.executable, os.path.join(REFERENCE, "compare.py"), folder, aggregate], capture_output=True, text=True)
    test.check(run.returncode == 0, f"{title}, held against the reference:", run.stdout[-1500:], run.stderr[-500:])


def check_long(test):
    """Twenty years of panel behind eight months, published; then twenty years of figures, whose money is all there was."""
    folder = test.forbund()
    money = long_delivery(folder)
    ini = os.path.join(folder, "forbund.ini")
    swap(ini, "historik från = 2016-07", "historik från = 1999-01")
    add(ini, "[målgrupp långt]\nFK = SP, RP, SE, AE\nsammanhängande månader = 120\n[målgrupp växlar]\nbyten senaste 240 månader = 6\n")
    test.expect("a panel of twenty years", 3, test.run("run", folder))
    held_against_reference(test, "a panel of twenty years", folder)
    published = delivery.published(os.path.join(folder, "resultat"))
    test.check("rapport.html" in published and "data/m05_tid_i_forsorjning.csv" in published, "a panel of twenty years was not published")
    swap(ini, "period = 2018-01-01 – 2018-08-31", "period = 1999-01-01 – 2018-12-31")
    swap(ini, "kommuner från 2018-01-01 = 1440, 1482, 1407\n", "")
    test.expect("a period of twenty years", 3, test.run("run", folder, "--until", "reconcile"))
    held_against_reference(test, "a period of twenty years", folder)
    aggregate = os.path.join(folder, "resultat", "internal", "latest", "aggregate")
    with open(os.path.join(aggregate, "m01_forsorjningsmatt.csv"), encoding="utf-8") as file:
        m01 = list(csv.DictReader(file))
    for forman, ore in {**money, "TOT": sum(money.values())}.items():
        years = [row for row in m01 if (row["kommun"], row["kon"], row["forman"], row["matt"]) == ("TOT", "TOT", forman, "belopp_kr")]
        found = sum(round(Fraction(row["varde"]) * 100) for row in years)
        test.check(len(years) == 20 and found == ore, f"{forman}: {found} öre in {len(years)} years, not {ore}")
    with open(os.path.join(aggregate, "m05_tid_i_forsorjning.csv"), encoding="utf-8") as file:
        test.check("2018,TOT,TOT,120+,personer," in file.read(), "nobody has ten years behind them")


# ---- what is missing ----

def check_population(test):
    """Without a kommun's inhabitants of the year its rates and the totals' are saknas; the others and all counts stand."""
    folder = test.forbund()
    path = os.path.join(folder, "befolkning.csv")
    write(path, "".join(line for line in read(path).splitlines(True) if not line.startswith("1482;2018")))
    test.expect("no inhabitants of 1482", 3, test.run("run", folder), "befolkning.csv does not cover")
    with open(os.path.join(folder, "resultat", "internal", "latest", "aggregate", "m01_forsorjningsmatt.csv"), encoding="utf-8") as file:
        rows = {(row["kommun"], row["kon"], row["forman"], row["matt"]): (row["varde"], row["status"]) for row in csv.DictReader(file)}
    test.check(rows["1482", "M", "SP", "kr_per_invanare_dag"] == ("", "saknas"), "a rate without inhabitants")
    test.check(rows["TOT", "TOT", "SP", "kr_per_invanare_dag"] == ("", "saknas"), "a total's rate over some of its kommuner")
    test.check(rows["1482", "M", "SP", "personer"] == ("2", ""), "persons need no inhabitants")
    test.check(abs(float(rows["1440", "K", "SP", "kr_per_invanare_dag"][0]) - 15100 / 1000 / 243) < 1e-12, "the rate of another kommun")
    os.remove(path)
    test.expect("no befolkning.csv", 3, test.run("run", folder), "befolkning")


def check_keys(test):
    """FK pseudonymised with another key: refused, unless the settings say that no key is shared."""
    folder = test.forbund()
    long_delivery(folder)
    path = os.path.join(folder, "extrakt", "fk.csv")
    write(path, read(path).replace("person-", "annan-"))
    run = test.run("run", folder)
    test.expect("another key", 65, run, "DIFFERENT_KEYS", "FK: none of its 120 persons is in any other source",
                "different pseudonymisation")
    # the stage that refuses works beside others: it is the one that is named, and they publish nothing
    test.check("finsamstat validate: " in run.stderr and "nothing was published" in run.stderr and "finsamstat publish: " not in run.stderr,
               "refused beside others", run.stderr)
    test.check(os.listdir(os.path.join(folder, "resultat", "published")) == [], "what is left of a refused run")
    ini = os.path.join(folder, "forbund.ini")
    swap(ini, "gemensam nyckel = ja", "gemensam nyckel = nej")
    swap(ini, "underlag = extrakt", "underlag = sus")
    swap(ini, "minst parter = 2", "FK = SP")
    run = test.run("run", folder)
    test.check(run.returncode == 3 and "DIFFERENT_KEYS" not in run.stderr, f"no common key: exit {run.returncode}:\n{run.stderr[-800:]}")


with delivery.Test() as test:
    check_relabelled(test)
    check_long(test)
    check_population(test)
    check_keys(test)
