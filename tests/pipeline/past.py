"""What can be asked of earlier runs: verify, diff, history, approve, prune."""
import contextlib
import json
import os
import shutil
import sqlite3
import stat
import zipfile

import delivery
from delivery import add, latest, put, read, swap, table


def close(a, b):
    """Whether two values of tables are the same text or number."""
    try:
        return a == b or abs(float(a) - float(b)) < 1e-9
    except ValueError:
        return False


def out_of(folder):
    return os.path.join(folder, "resultat")


def published(folder):
    return os.path.join(out_of(folder), "published", latest(out_of(folder)))


def runs_of(folder):
    return sorted(name for name in os.listdir(os.path.join(out_of(folder), "internal")) if name.startswith("2"))


def check_verify(test):
    folder = test.forbund()
    test.expect("run", 3, test.run("run", folder))
    for name in folder, published(folder), os.path.join(out_of(folder), "internal", "latest"), out_of(folder):
        done = test.expect("verify " + name, 0, test.run("verify", name))
        test.check("comes out the same" in done.stdout, "verify of a good run:", done.stdout, done.stderr)
    test.expect("verify by name", 0, test.run("verify", latest(out_of(folder)), "--out", out_of(folder), "--files-only"))
    test.check(not [name for name in os.listdir(os.path.join(out_of(folder), "internal")) if name.startswith(".")], "verify leaves something")
    test.check(len(runs_of(folder)) == 1, "verify left a run")
    for path, said in ((os.path.join(published(folder), "data", "i01_deltagare.csv"), "changed: published/data/i01_deltagare.csv"),
                       (os.path.join(published(folder), "SHA256SUMS"), "changed: published/SHA256SUMS"),
                       (os.path.join(out_of(folder), "internal", "latest", "aggregate", "m03_samtidighet.csv"), "changed: internal/aggregate/m03_samtidighet.csv"),
                       (os.path.join(folder, "extrakt", "fk.csv"), "changed: extrakt/fk.csv"),
                       (os.path.join(folder, "forbund.ini"), "changed: forbund.ini")):
        before = read(path)
        add(path, " ")
        done = test.expect("verify of a changed " + path, 65, test.run("verify", folder))
        test.check(said in done.stdout, "verify lacks", said, done.stdout)
        report = json.loads(test.run("verify", "--json", folder).stdout)
        test.check(report["differences"], "verify --json")
        delivery.write(path, before)
    delivery.write(os.path.join(published(folder), "data", "more.csv"), "x")
    test.check("not of the run: published/data/more.csv" in test.run("verify", folder, "--files-only").stdout, "a file more")
    os.remove(os.path.join(published(folder), "data", "more.csv"))
    os.remove(os.path.join(published(folder), "rapport.html"))
    test.check("gone: published/rapport.html" in test.run("verify", folder, "--files-only").stdout, "a file less")
    for words in (("verify", test.folder), ("verify", "nope"), ("verify",)):
        test.expect(" ".join(words), 64, test.run(*words))


def check_diff(test):
    folder = test.forbund()
    test.expect("run", 3, test.run("run", folder))
    first = published(folder)
    test.expect("again", 3, test.run("run", folder))
    same = test.expect("diff of the same", 0, test.run("diff", first, folder))
    test.check("0 cells of 0 tables differ" in same.stdout, "diff of the same:", same.stdout)
    path = os.path.join(folder, "extrakt", "volym.csv")
    rows = table(path)
    antal = rows[0].index("antal")
    put(path, rows[:1] + [row[:antal] + [str(int(row[antal]) + 40)] + row[antal + 1:] for row in rows[1:]])
    swap(os.path.join(folder, "forbund.ini"), "namn = ", "namn = Nya ")
    test.expect("run with other data", 3, test.run("run", folder))
    second = latest(out_of(folder))
    plain = test.expect("diff", 0, test.run("diff", first, second))
    inside = test.expect("diff --internal", 0, test.run("diff", first, second, "--internal", "--tables", "i10"))
    test.check("i10_volym" in inside.stdout and "because of data: extrakt/volym.csv has changed" in inside.stdout,
               "diff --internal:", inside.stdout)
    test.check("settings: + [förbund] namn = Nya" in plain.stdout and "data: extrakt/volym.csv has changed" in plain.stdout, "diff:", plain.stdout)
    report = json.loads(test.run("diff", first, second, "--internal", "--json").stdout)
    changed = {(cell["tabell"], cell["nyckel"], cell["matt"]): (cell["before"], cell["after"]) for cell in report["cells"]}
    expected = {}
    for name in sorted(os.listdir(os.path.join(out_of(folder), "internal", second, "aggregate"))):
        cells = []
        for run in os.path.basename(first), second:
            head, *lines = table(os.path.join(out_of(folder), "internal", run, "aggregate", name))
            cells.append({("|".join(line[:-3]), line[-3]): line[-1] or line[-2] for line in lines})
        for key in cells[0].keys() | cells[1].keys():
            pair = [side.get(key, "0") for side in cells]
            if pair[0] != pair[1]:
                expected[(name[:-4], *key)] = pair
    test.check(expected and changed.keys() == expected.keys() and
               all(close(x, y) for key in expected for x, y in zip(changed[key], expected[key])), "diff --internal --json", changed, expected)
    hidden = json.loads(test.run("diff", first, second, "--json").stdout)
    for cell in hidden["cells"]:
        lines = [line for run in (os.path.basename(first), second)
                 for line in table(os.path.join(out_of(folder), "published", run, "data", cell["tabell"] + ".csv"))[1:]]
        told = {line[-1] or line[-2] for line in lines if "|".join(line[:-3]) == cell["nyckel"] and line[-3] == cell["matt"]} | {"0"}
        test.check(all(any(close(cell[side], text) for text in told) for side in ("before", "after")),
                   "diff tells what is not published", cell, told)
    test.expect("a run of one table", 3, test.run("run", folder, "--tables", "i10"))
    part = os.path.join(out_of(folder), "published", os.readlink(os.path.join(out_of(folder), "internal", "latest")))
    report = json.loads(test.run("diff", folder, part, "--json").stdout)
    test.check(report["cells"] == [] and {row["run"] for row in report["only"]} == {second} and len(report["only"]) == 31,
               "diff with a run of one table", report["cells"][:3], report["only"][:3])
    test.check("i01_deltagare\n  only in " + second in test.run("diff", folder, part).stdout, "diff with a run of one table")
    test.check(test.run("check", folder).returncode in (0, 3), "check")
    test.expect("diff with a run that was not published", 64, test.run("diff", first, os.path.join(out_of(folder), "internal", "latest")), "--internal")
    test.expect("run of another period", 3, test.run("run", folder, "--period", "2018-01–2018-06"))
    shorter = test.expect("diff of periods", 0, test.run("diff", first, folder))
    test.check("settings: + [förbund] period = 2018-01-01 – 2018-06-30" in shorter.stdout and "other order" not in shorter.stdout,
               "diff of periods:", shorter.stdout)


def copy_runs(folder, names, files=False):
    """Earlier runs made of the newest: folders and manifests under other names; their publications are empty, or linked."""
    out, newest = out_of(folder), latest(out_of(folder))
    manifest = read(os.path.join(out, "internal", newest, "manifest.json"))
    for name in names:
        os.makedirs(os.path.join(out, "internal", name))
        delivery.write(os.path.join(out, "internal", name, "manifest.json"), manifest.replace(newest, name))
        shutil.copy(os.path.join(out, "internal", newest, "forbund.ini"), os.path.join(out, "internal", name))
        if files:
            for part in "published/{}", "internal/{}/aggregate", "internal/{}/protected":
                shutil.copytree(os.path.join(out, part.format(newest)), os.path.join(out, part.format(name)), copy_function=os.link)
        else:
            os.makedirs(os.path.join(out, "published", name))


def check_drift(test):
    """A delivery is compared with the latest approved run, else with the newest run of another delivery: however often it is read."""
    folder = test.forbund()
    add(os.path.join(folder, "forbund.ini"), "[gränser]\ndrift antal = 1\n")

    def drift(title, *words):
        run = test.expect(title, 3, test.run("run", folder, *words))
        manifest = json.loads(read(os.path.join(out_of(folder), "internal", "latest", "manifest.json")))
        told = [line for line in run.stderr.splitlines() if "DRIFT" in line]
        with_run = json.loads(read(os.path.join(out_of(folder), "internal", "latest", "validation.json")))["compared_with"]
        test.check(with_run == manifest["base"], title, "compared with", with_run, "not with", manifest["base"])
        return manifest["run"], manifest["base"], told

    first, base, told = drift("the first delivery")
    test.check(base is None and not told, "the first delivery", base, told)
    path = os.path.join(folder, "extrakt", "af.csv")
    rows = table(path)
    put(path, rows + [["x" * 9 + row[0]] + row[1:] for row in rows[1:]])
    second, base, told = drift("a delivery twice as large")
    test.check(base == first and any("af" in line and first in line for line in told), "drift is not told", base, told)
    for words in (), ("--force", "validate"), ("--force", "ingest"):
        _, base, again = drift("the same again " + " ".join(words), *words)
        test.check(base == first and again == told, "read again it has other drift", base, again)
    put(path, rows)
    third, base, told = drift("as it was")
    test.check(base != first and any("af" in line for line in told), "a third delivery", base, told)
    test.expect("approve", 0, test.run("approve", os.path.join(out_of(folder), "published", first), "--year", "2018"))
    _, base, told = drift("against the approved run", "--force", "validate")
    test.check(base == first and not told, "an approved run is not what drift is judged by", base, told)
    plan = json.loads(test.run("plan", folder, "--json").stdout)
    test.check({row["stage"]: row["does"] for row in plan}["validate"] == "skip", "plan after approval", plan)


def check_clock(test):
    """The clock was ahead for a night and is set back: what was published last is latest, and what the next is compared with."""
    folder = test.forbund()
    test.expect("run", 3, test.run("run", folder))
    out, ahead = out_of(folder), "20990101T000000Z"
    now = latest(out)
    for part in "published", "internal":
        os.rename(os.path.join(out, part, now), os.path.join(out, part, ahead))
        os.remove(os.path.join(out, part, "latest"))
        os.symlink(ahead, os.path.join(out, part, "latest"))
    swap(os.path.join(out, "internal", ahead, "manifest.json"), f'"run": "{now}"', f'"run": "{ahead}"')
    for number in range(3):
        add(os.path.join(folder, "extrakt", "enkat.csv"), read(os.path.join(folder, "extrakt", "enkat.csv")).splitlines()[1] + "\n")
        before = latest(out)
        test.expect("the clock set back", 3, test.run("run", folder))
        manifest = json.loads(read(os.path.join(out, "internal", "latest", "manifest.json")))
        test.check(latest(out) not in (ahead, before) and manifest["run"] == latest(out), "latest is not the newest publication", latest(out))
        test.check(manifest["base"] == before, "compared with", manifest["base"], "not with", before)
    test.expect("verify", 0, test.run("verify", folder))
    test.check(not pruned(test, folder) & {latest(out)}, "prune")


def check_history(test):
    folder = test.forbund()
    test.check(test.expect("history of nothing", 0, test.run("history", folder)).stdout == "", "history of nothing")
    test.check(not os.path.exists(out_of(folder)), "history made a folder")
    test.expect("run", 3, test.run("run", folder))
    first = latest(out_of(folder))
    path = os.path.join(folder, "extrakt", "volym.csv")
    rows = table(path)
    antal = rows[0].index("antal")
    put(path, rows[:1] + [row[:antal] + [str(int(row[antal]) + 40)] + row[antal + 1:] for row in rows[1:]])
    test.expect("run with other data", 3, test.run("run", folder))
    second = latest(out_of(folder))
    runs = json.loads(test.expect("history --json", 0, test.run("history", folder, "--json")).stdout)
    test.check([run["run"] for run in runs] == [first, second] and runs[1]["latest"] and runs[0]["published"], "history --json", runs)
    test.check("other-data" in test.run("history", folder).stdout.splitlines()[2], "history", test.run("history", folder).stdout)
    third = json.loads(test.run("run", folder, "--tables", "i10,m03", "--json").stdout)["run"]
    runs = json.loads(test.run("history", folder, "--json").stdout)
    test.check([run["tables"] for run in runs] == [None, None, "i10,m03"], "history --json: tables", runs)
    lines = test.run("history", folder).stdout.splitlines()
    test.check("tables=i10,m03" in lines[3] and "tables" not in lines[1] + lines[2], "history does not mark --tables", lines)
    base = os.path.join(out_of(folder), "internal", "history.sqlite")
    with contextlib.closing(sqlite3.connect(base)) as file, file:  # as an earlier program left it, with a run that is pruned
        file.execute("ALTER TABLE run DROP COLUMN tabeller")
        file.execute("INSERT INTO run SELECT '20010101T000000Z', ended, period, program, program_sha256, complete, published, warnings, data, "
                     "settings FROM run LIMIT 1")
    runs = json.loads(test.expect("history of an earlier program", 0, test.run("history", folder, "--json")).stdout)
    test.check([run["run"] for run in runs] == ["20010101T000000Z", first, second, third], "history of an earlier program", runs)
    test.expect("history --rebuild", 0, test.run("history", folder, "--rebuild"))
    test.check(stat.S_IMODE(os.stat(base).st_mode) == 0o600, "rights of history.sqlite")
    figures = json.loads(test.expect("history --table", 0, test.run("history", folder, "--table", "i10", "--json")).stdout)
    for row in figures:
        lines = table(os.path.join(out_of(folder), "published", row["run"], "data", "i10_volym.csv"))[1:]
        told = [line[-1] or line[-2] for line in lines if "|".join(line[:-3]) == row["nyckel"] and line[-3] == row["matt"]]
        test.check(told and close(told[0], row["varde"]) or (not told and row["varde"] == "0"), "history --table", row, told)
    test.check({row["run"] for row in figures} == {first, second}, "history --table: runs")
    said = test.run("history", folder, "--table", "i10").stdout
    again = test.run("history", folder, "--table", "i10", "--rebuild").stdout
    test.check(said == again, "history rebuilt tells other figures")
    delivery.write(base, "no such file" * 1000)
    test.check(test.expect("history of a damaged file", 0, test.run("history", folder, "--table", "i10")).stdout == said, "history of a damaged file")
    test.expect("history --table nope", 64, test.run("history", folder, "--table", "nope"))
    test.expect("history of no folder", 64, test.run("history", os.path.join(folder, "nope")))
    many = [f"{2000 + i // 336:04}{i // 28 % 12 + 1:02}{i % 28 + 1:02}T021500Z" for i in range(2000)]
    copy_runs(folder, many)
    runs = json.loads(test.expect("history of thousands", 0, test.run("history", folder, "--json")).stdout)
    test.check([run["run"] for run in runs] == many + [first, second, third], "history of thousands of runs")
    test.expect("run beside thousands", 3, test.run("run", folder))


def pruned(test, folder, *words):
    planned = json.loads(test.expect("prune --json", 0, test.run("prune", folder, "--dry-run", "--json")).stdout)
    lines = test.expect("prune", 0, test.run("prune", folder, *words)).stdout.splitlines()[:-1]
    test.check([[row["does"], row["run"], row["why"]] for row in planned] == [line.split(None, 2) for line in lines], "prune --json", planned, lines)
    return {line.split()[1] for line in lines if line.startswith("remove")}


def check_prune(test):
    folder = test.forbund()
    add(os.path.join(folder, "forbund.ini"), "[behåll]\nnätter = 3\nmånader = 4\n")
    test.check(pruned(test, folder) == set(), "prune of nothing")
    test.expect("run", 3, test.run("run", folder))
    newest = latest(out_of(folder))
    days = [f"2018{month:02}{day:02}T021500Z" for month in range(1, 8) for day in (1, 15, 30 if month != 2 else 28)]
    copy_runs(folder, [days[1]], True)
    copy_runs(folder, days[:1] + days[2:] + ["20180730T021500Z-2", "20180730T021500Z-10"])
    swap(os.path.join(out_of(folder), "internal", "20180730T021500Z-10", "manifest.json"), '"complete": true', '"complete": false')
    os.makedirs(os.path.join(out_of(folder), "internal", "20180729T021500Z"))  # killed
    test.expect("approve", 0, test.run("approve", os.path.join(out_of(folder), "published", days[1]), "--year", "2018"))
    kept = {newest, "20180730T021500Z-2", "20180715T021500Z",           # nights
            "20180630T021500Z", "20180530T021500Z", days[1]}            # months (the newest's own month is one), approved
    everything = set(runs_of(folder))
    test.check(everything - pruned(test, folder, "--dry-run") == kept, "prune --dry-run keeps", everything - pruned(test, folder, "--dry-run"))
    test.check(set(runs_of(folder)) == everything, "prune --dry-run removes")
    history = test.run("history", folder, "--json").stdout
    os.remove(os.path.join(out_of(folder), "internal", "history.sqlite"))
    pruned(test, folder)
    test.check(test.run("history", folder, "--json").stdout == history, "prune takes runs out of the history")
    test.check(set(runs_of(folder)) == kept, "prune keeps", set(runs_of(folder)) ^ kept)
    left = {name for name in os.listdir(os.path.join(out_of(folder), "published")) if name != "latest"}
    test.check(left == kept, "prune leaves publications", left ^ kept)
    done = test.expect("run after prune", 3, test.run("run", folder))
    worked = {line.split(":")[0] for line in done.stderr.splitlines() if ": done in" in line}  # protect: the ledger has an approval more
    test.check(worked <= {"finsamstat audit", "finsamstat protect"}, "prune took what the next run needs", done.stderr)
    test.check(delivery.sums_hold(published(folder)), "prune spoiled a publication")


def texts_of(folder):
    """(name, text) of every published file; a workbook's parts one by one."""
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            if name.endswith(".xlsx"):
                with zipfile.ZipFile(path) as book:
                    yield from ((f"{name}/{part}", book.read(part).decode()) for part in book.namelist())
            else:
                with open(path, "rb") as file:
                    yield os.path.relpath(path, folder), file.read().decode("windows-1252" if name.endswith(".px") else "utf-8")


def said_of_standing(folder):
    """What the report, the workbook, every px and the data package say alike: that they are a working version, or approved."""
    said = set()
    for name, text in texts_of(folder):
        words = {word for word in ("Arbetsversion", "Godkänd för årsredovisning 2018") if word in text.replace('"\r\n"', "")}
        if words or name in ("rapport.html", "datapackage.json", "tabeller.xlsx/docProps/core.xml", "tabeller.xlsx/xl/sharedStrings.xml") or name.endswith(".px"):
            said.add(" and ".join(sorted(words)) or f"{name}: nothing")
    return " / ".join(sorted(said))


def check_standing(test, folder, before, words):
    """After approve: other words, the same figures, checksums that hold, and a run that verifies."""
    after = delivery.files(published(folder))
    changed = {name for name in before if after.get(name) != before[name]}
    test.check(before.keys() == after.keys(), "approve adds or loses files", before.keys() ^ after.keys())
    test.check(changed == {"rapport.html", "tabeller.xlsx", "datapackage.json", "SHA256SUMS"} | {name for name in before if name.startswith("px/")},
               "approve changes", changed)
    test.check(said_of_standing(published(folder)) == words, "an approved run says", said_of_standing(published(folder)))
    test.check(delivery.sums_hold(published(folder)), "SHA256SUMS after approve")
    test.check(not [name for name in os.listdir(os.path.join(out_of(folder), "published")) if name.startswith(".")], "approve leaves something")
    mode = {stat.S_IMODE(os.stat(os.path.join(place, name)).st_mode) for place, _, names in os.walk(published(folder)) for name in names}
    test.check(mode == {0o644}, "rights after approve", mode)
    test.expect("verify of an approved run", 0, test.run("verify", folder))
    test.expect("audit of an approved run", 0, test.run("audit", published(folder)))


def check_refused(test):
    """Tables that come out otherwise, or give something away, are not approved: nothing is entered and the publication stands."""
    folder = test.forbund()
    test.expect("run", 3, test.run("run", folder))
    before = delivery.files(published(folder))
    inside = os.path.join(out_of(folder), "internal", "latest")
    other = test.forbund()
    volym = os.path.join(other, "extrakt", "volym.csv")
    counted = read(volym).splitlines(keepends=True)
    delivery.write(volym, counted[0] + "".join(line.rsplit(",", 1)[0] + ",12345\n" for line in counted[1:]))
    test.expect("run of another volym", 3, test.run("run", other))
    table_file = os.path.join("protected", "i10_volym.cube")
    with open(os.path.join(out_of(other), "internal", "latest", table_file), "rb") as file:
        another = file.read()
    with open(os.path.join(inside, "forbund.ini"), "rb") as file:
        settings = file.read()
    for path, new, code, said in (
            (os.path.join(inside, table_file), another, 65, "not what was published"),
            (os.path.join(inside, table_file), another[:-1] + b"x", 74, "it is damaged"),
            (os.path.join(inside, "forbund.ini"), settings.replace(b"minsta antal = 5", b"minsta antal = 50"), 4, "small counts")):
        with open(path, "rb") as file:
            kept = file.read()
        with open(path, "wb") as file:
            file.write(new)
        test.expect("approve with another " + path, code, test.run("approve", folder, "--year", "2018"), said)
        with open(path, "wb") as file:
            file.write(kept)
        left = [name for name in os.listdir(os.path.join(out_of(folder), "published")) if name.startswith(".")]
        test.check(not left and delivery.files(published(folder)) == before, "a refused approval changes the publication", left)
        test.check(not os.path.exists(os.path.join(folder, "huvudbok.csv")), "a refused approval is in the ledger")


def check_approve(test):
    folder = test.forbund()
    test.expect("run", 3, test.run("run", folder))
    name = latest(out_of(folder))
    for words in ((), ("--year", "x"), ("--year", "2017"), ("--year", "2019")):
        test.expect("approve " + " ".join(words), 64, test.run("approve", folder, *words))
    before = delivery.files(published(folder))
    test.check(said_of_standing(published(folder)) == "Arbetsversion", "a working version says", said_of_standing(published(folder)))
    os.makedirs(os.path.join(out_of(folder), "published", ".tmp-" + name, "rest"))  # of an approval that was killed
    test.expect("approve", 0, test.run("approve", folder, "--year", "2018"))
    test.check(read(os.path.join(out_of(folder), "internal", "approved", "2018")).strip() == name, "the mark of approval")
    check_standing(test, folder, before, "Godkänd för årsredovisning 2018")
    test.check("what it made before is approved" in test.run("plan", folder).stdout, "plan after approve", test.run("plan", folder).stdout)
    after = delivery.files(published(folder))
    again = test.expect("approve again", 0, test.run("approve", folder, "--year", "2018", "--json"))
    test.check(json.loads(again.stdout) == {"run": name, "approved": 2018}, "approve --json", again.stdout)
    test.check(delivery.files(published(folder)) == after, "approving again changes bytes")
    os.rename(published(folder), published(folder) + "-listed")  # killed when the new files were listed and not yet in place
    test.expect("run", 3, test.run("run", folder, "--out", test.path("other")))
    shutil.copytree(os.path.join(test.path("other"), "published", latest(test.path("other"))), published(folder))
    test.check(delivery.files(published(folder)) == before, "the same inputs give the same bytes")
    test.expect("approve what was not put in place", 0, test.run("approve", folder, "--year", "2018"))
    test.check(delivery.files(published(folder)) == after, "approving what was not put in place")
    shutil.rmtree(published(folder) + "-listed")
    for file in "huvudbok.csv", "huvudbok.nyckel":
        test.check(stat.S_IMODE(os.stat(os.path.join(folder, file)).st_mode) == 0o600, "rights of", file)
    head, *cells = table(os.path.join(folder, "huvudbok.csv"))
    test.check(cells and {cell[head.index("korning")] for cell in cells} == {name} and {cell[head.index("godkand_ar")] for cell in cells} == {"2018"},
               "the ledger does not hold the run")
    runs = json.loads(test.run("history", folder, "--json").stdout)
    test.check(runs[0]["approved"] == 2018, "history does not tell of the approval")
    check_refused(test)
    swap(os.path.join(folder, "forbund.ini"), "namn = ", "namn = Nya ")
    test.expect("run", 3, test.run("run", folder))
    manifest = json.loads(read(os.path.join(out_of(folder), "internal", "latest", "manifest.json")))
    test.check(manifest["base"] == name, "later runs are not compared with the approved one", manifest["base"])
    test.expect("--tables", 3, test.run("run", folder, "--tables", "i01"))
    test.expect("approve of a part", 64, test.run("approve", os.path.join(out_of(folder), "internal", "latest"), "--year", "2018"))
    former, name = name, latest(out_of(folder))
    test.expect("another run for the year", 0, test.run("approve", folder, "--year", "2018"))
    add(os.path.join(folder, "forbund.ini"), "[behåll]\nnätter = 1\nmånader = 1\n")
    why = {row["run"]: row["why"] for row in json.loads(test.run("prune", folder, "--dry-run", "--json").stdout)}
    test.check(why[former] == "was approved" and why[name] == "approved for 2018", "prune of a run that was approved before another", why)
    add(os.path.join(published(folder), "rapport.html"), " ")
    test.expect("approve of a changed publication", 65, test.run("approve", folder, "--year", "2018"), "verify")
    test.check(read(os.path.join(out_of(folder), "internal", "approved", "2018")).strip() == name, "a refused approval is written")


def check_damaged_base(test):
    """What cannot be compared with is told, and refuses no delivery."""
    folder = test.forbund()
    volym = os.path.join(folder, "extrakt", "volym.csv")
    test.expect("run", 3, test.run("run", folder))
    for turn, (name, said) in enumerate((("profile.csv", "cannot be compared with, its profile is damaged"),
                                         ("manifest.json", "cannot be compared with, its account is damaged"), ("profile.csv", None))):
        base = os.path.join(out_of(folder), "internal", latest(out_of(folder)), name)
        os.remove(base) if said is None else delivery.write(base, "{")
        rows = table(volym)
        put(volym, rows[:1] + [row[:-1] + [str(int(row[-1]) + 1 + turn)] for row in rows[1:]])
        done = test.expect("run after a damaged " + name, 3, test.run("run", folder), said or "is gone: nothing is compared")
        test.check("DRIFT" not in done.stderr, "drift from nothing:", done.stderr)


with delivery.Test() as test:
    check_damaged_base(test)
    check_verify(test)
    check_diff(test)
    check_drift(test)
    check_clock(test)
    check_history(test)
    check_prune(test)
    check_approve(test)
