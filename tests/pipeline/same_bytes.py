"""The same delivery, told in another way or under other circumstances, gives the same bytes in every published file, and in
the tables before protection too: litet has few cells that may be printed."""
import glob
import gzip
import os
import random

import delivery
from delivery import extracts, put, read, swap, table, write

START = {"fk": "fran", "af": "fran", "kommun": "manad", "region": "datum", "sus": "start", "enkat": "datum", "intresse": "inkom"}


def figures(out):
    aggregate = delivery.files(os.path.join(out, "internal", "latest", "aggregate"))
    return {**delivery.published(out), **{"aggregate/" + name: value for name, value in aggregate.items()}}


def rewrite(delimiter, end, mark):
    def change(folder):
        for path in extracts(folder):
            put(path, table(path), delimiter, end, mark)
    return change


def shuffle(seed):
    def change(folder):
        chance = random.Random(seed)
        for path in extracts(folder):
            head, *rows = table(path)
            order = list(range(len(head)))
            chance.shuffle(order)
            chance.shuffle(rows)
            put(path, [[row[i] for i in order] for row in [head] + rows])
    return change


def split(folder):
    for path in extracts(folder):
        head, *rows = table(path)
        os.remove(path)
        for part, (delimiter, end) in enumerate(((",", "\n"), (";", "\r\n"), ("\t", "\n"))):
            put(f"{path[:-4]} dél-{2 - part}.csv", [head] + rows[part::3], delimiter, end)


def compress(folder):
    for path in extracts(folder):
        data = read(path).encode()
        os.remove(path)
        third = len(data) // 3
        with open(path + ".gz", "wb") as file:
            for member in (data[:third], b"", data[third:]):
                file.write(gzip.compress(member))


def counts_once(head, row):
    """Whether a copy of the row is no new row: it has a pid, not given up by withdrawn consent, or an arende."""
    if "arende" in head:
        return True
    return "pid" in head and row[head.index("pid")] != "" and "12" not in dict(zip(head, row)).get("avslut", "").split("|")


def double(folder):
    for path in extracts(folder):
        head, *rows = table(path)
        put(path, [head] + [row for row in rows for _ in range(2 if counts_once(head, row) else 1)])


def double_otherwise_written(folder):
    defaults = {"till": "2099-12-31", "slut": "9999-12-31", "omfattning": "100"}
    for path in extracts(folder):
        head, *rows = table(path)
        copies = []
        for row in (row for row in rows if counts_once(head, row)):
            values = {key: value or defaults.get(key, "") for key, value in zip(head, row)}
            if values.get("belopp"):
                amount = values["belopp"].replace(",", ".")
                values["belopp"] = amount if "." in amount else amount + ",00"
            copies.append([" " + value + " " if value else value for value in values.values()])
        if copies:
            put(path[:-4] + "-igen.csv", [head] + copies, ";")


def capitals(folder):
    for path in extracts(folder):
        os.rename(path, os.path.join(os.path.dirname(path), os.path.basename(path).upper()))


def windows_1252(folder):
    for path in glob.glob(os.path.join(folder, "extrakt", "*.csv")):
        write(path, read(path).lstrip("\ufeff"), "windows-1252")
    names = "fk af kommun region sus volym enkat intresse ekonomi".split()
    delivery.add(os.path.join(folder, "forbund.ini"),
                 "".join(f"[källa {name}]\nteckenkodning = windows-1252\n" for name in names))


def later_records(folder):
    """Adds records that begin after August 2018 and say otherwise of the same persons."""
    chance = random.Random(7)
    for path in extracts(folder):
        source = next((name for name in START if os.path.basename(path).startswith(name)), None)
        if source is None:
            continue
        head, *rows = table(path)
        later = []
        for row in rows:
            values = dict(zip(head, row))
            values[START[source]] = chance.choice(["2018-09", "2018-12", "2019-05"]) + ("" if source == "kommun" else "-01")
            choices = {"kon": "KMX", "kommun": ["1440", "1482", "0780"], "fodelsear": ["1960", "1975", "2001"],
                       "till": ["", "2019-06-30"], "slut": ["", "2019-06-30"], "status": ["VANTAR"], "start": [""]}
            for key in set(values) & set(choices) - {START[source]}:
                values[key] = chance.choice(choices[key])
            if source == "intresse":
                values["arende"] += "-senare"
            later.append(list(values.values()))
        put(path, [head] + rows + later)


def cut(last):
    """Drops by hand what begins after the month."""
    def change(folder):
        for path in extracts(folder):
            source = next((name for name in START if os.path.basename(path).startswith(name)), None)
            if source is not None:
                head, *rows = table(path)
                put(path, [head] + [row for row in rows if row[head.index(START[source])][:7] <= last])
    return change


def check_retold(test, expected):
    def same(title, change, *words, out=None, folder=None, **more):
        folder = folder or test.forbund()
        change(folder)
        out = out or os.path.join(folder, "resultat")
        run = test.run("run", *(words or (folder,)), **more)
        if test.check(run.returncode == 3, f"{title}: exit {run.returncode}:\n{run.stderr[-500:]}"):
            got = figures(out)
            differ = sorted(name for name in set(got) | set(expected) if got.get(name) != expected.get(name))
            test.check(not differ, f"{title}: other bytes in {differ[:8]}")

    nothing = lambda folder: None
    for jobs in "1", "2", "4":
        folder = test.forbund()
        same(f"--jobs {jobs}", nothing, folder, "--jobs", jobs, folder=folder)
    for more in ({"LANG": "sv_SE.UTF-8", "LC_ALL": "sv_SE.UTF-8"}, {"LC_ALL": "tr_TR.UTF-8"}, {"LC_ALL": "C"},
                 {"TZ": "Pacific/Kiritimati"}, {"TZ": "America/Los_Angeles"}, {"OMP_NUM_THREADS": "3", "COLUMNS": "40"}):
        same(str(more), nothing, env={**os.environ, **more})
    for delimiter, end, mark in ((",", "\n", ""), (";", "\r\n", "\ufeff"), ("\t", "\r\n", ""), (",", "\n", "\ufeff")):
        same(f"delimiter {delimiter!r}, {end!r}, {mark!r}", rewrite(delimiter, end, mark))
    for seed in 1, 2, 3:
        same(f"rows and columns in another order {seed}", shuffle(seed))
    for change in split, compress, double, double_otherwise_written, capitals, windows_1252:
        same(change.__name__, change)
    same("Swedish letters, spaces and a quote in the path", nothing, folder=test.forbund('Förbund åäö "q" \\x'))
    folder = test.forbund()
    same("working directory", nothing, ".", folder=folder, cwd=folder)
    same("relative path", nothing, os.path.basename(folder) + "/", folder=folder, cwd=test.folder)
    folder = test.forbund()
    os.rename(os.path.join(folder, "extrakt"), test.path("annat håll"))
    same("--extracts and --out", nothing, folder, "--extracts", test.path("annat håll"), "--out", test.path("ut hit"),
         folder=folder, out=test.path("ut hit"))


def check_traces(test, folder):
    out = os.path.join(folder, "resultat")
    run = delivery.latest(out)
    for name in delivery.published(out):
        with open(os.path.join(out, "published", run, name), "rb") as file:
            data = file.read()
        for trace in (run, run[:8], f"{run[:4]}-{run[4:6]}-{run[6:8]}", test.folder, "resultat/", "extrakt/"):
            test.check(trace.encode() not in data, f"{name} holds the run's id, day or path: {trace}")


def check_periods(test):
    ini = "period = 2018-01-01 – 2018-08-31"
    for period in "2018-01-01–2018-08-31", "2017-07-01–2018-02-28", "2017-01-01–2017-12-31":
        told = {}
        for name, change, words in (
                ("--period on a delivery with later records", later_records, ("--period", period)),
                ("the delivery cut by hand", cut(period.split("–")[1][:7]), ("--period", period)),
                ("the period in the settings",
                 lambda folder: swap(os.path.join(folder, "forbund.ini"), ini, "period = " + period.replace("–", " – ")), ())):
            folder = test.forbund()
            change(folder)
            test.expect(f"{period}, {name}", 3, test.run("run", folder, *words))
            told[name] = figures(os.path.join(folder, "resultat"))
        first, *others = told.items()
        for name, got in others:
            differ = sorted(table for table in got if got[table] != first[1].get(table))
            test.check(got == first[1], f"{period}: {first[0]} and {name} differ in {differ[:8]}")


with delivery.Test() as test:
    reference = test.forbund()
    test.expect("litet", 3, test.run("run", reference))
    check_retold(test, figures(os.path.join(reference, "resultat")))
    check_traces(test, reference)
    check_periods(test)
