"""The command line: commands, options and exit codes, what goes to standard output, JSON, rights, and which runs switch
`latest`."""
import fcntl
import json
import os
import re
import shutil
import stat
import subprocess

import delivery
from delivery import PROGRAM, add, latest, read, write

TABLES = 32


def out_of(folder):
    return os.path.join(folder, "resultat")


def check_usage(test, folder):
    for words in (("nope",), ("run",), ("run", folder, "more"), ("check", folder, "more"), ("lint",), ("lint", "a", "b"),
                  ("show",), ("show", "i01"), ("show", "nope", folder), ("show", "../x", folder), ("run", "--frobnicate", folder),
                  ("run", folder, "--jobs"), ("run", folder, "--jobs", "0"), ("run", folder, "--jobs", "2x"),
                  ("run", folder, "--jobs", "-1"), ("run", folder, "--until", "nope"), ("run", folder, "--tables", "nope"),
                  ("run", folder, "--tables", ""), ("run", folder, "--internal"), ("show", "i01", folder, "--period", "2018"),
                  ("lint", "a", "--delimiter", "ab"), ("lint", "a", "--delimiter", ""), ("help", "nope")):
        run = test.expect(" ".join(words), 64, test.run(*words))
        test.check(run.stdout == "" and run.stderr.startswith("finsamstat "), " ".join(words), run.stdout, run.stderr)
    for words, near in ((("runn", folder), "run"), (("lnik", folder), "link"), (("help", "publsh"), "publish"),
                        (("run", folder, "--tabels", "m01"), "--tables"), (("run", folder, "--force", "malgrup"), "malgrupp"),
                        (("run", folder, "--until", "linc"), "link"), (("run", folder, "--tables", "m3"), "m03_samtidighet")):
        test.expect(" ".join(words), 64, test.run(*words), f"did you mean '{near}'?")
    for period in "x", "2018-01-02–2018-08-31", "2018-08-01–2018-01-31", "2018-01-01–9999-12-31":
        test.expect("--period " + period, 78, test.run("run", folder, "--period", period), "period",
                    "mend --period: YYYY-MM-DD–YYYY-MM-DD, whole months\n")
    run = test.expect("--extracts that is not there", 66, test.run("check", folder, "--extracts", os.path.join(folder, "none")),
                      "no such folder of extracts")
    # a check speaks of itself, and not of a publication: it would have made none
    test.check("finsamstat check: exit 66, " in run.stderr and "finsamstat check: next: " in run.stderr
               and "published" not in run.stderr and "runs have failed" not in run.stderr, "a check that fails", run.stderr)
    shutil.rmtree(out_of(folder))
    test.expect("no förbund folder", 78, test.run("run", os.path.join(folder, "none")), "forbund.ini")
    test.expect("--out below nothing", 74, test.run("run", folder, "--out", os.path.join(folder, "none", "out")), "cannot be made")
    test.expect("--out that is a file", 74, test.run("run", folder, "--out", os.path.join(folder, "forbund.ini")))
    test.check(not os.path.exists(out_of(folder)), "a wrong command line left something in OUT")
    for words, said in ((("help",), "Exit: 0 done"), ((), "finsamstat run DIR"), (("help", "link"), "writes"),
                        (("help", "publish"), "  publication rapport.html\n"), (("help", "protect"), "  ledger      huvudbok.csv\n"),
                        (("help", "run"), "--tables"), (("--version",), "finsamstat ")):
        run = test.expect(" ".join(words), 0, test.run(*words))
        test.check(said in run.stdout and run.stderr == "", "finsamstat", *words, run.stdout, run.stderr)


def check_waiting(test):
    """Threads that have nothing to do sleep: OpenMP's runtime says how it was told to wait, before and after the user says so."""
    for asked, waits in ((None, "PASSIVE"), ("active", "ACTIVE")):
        environment = {name: value for name, value in os.environ.items() if name not in ("OMP_WAIT_POLICY", "GOMP_SPINCOUNT")}
        environment["OMP_DISPLAY_ENV"] = "true"
        if asked:
            environment["OMP_WAIT_POLICY"] = asked
        said = subprocess.run([PROGRAM, "--version"], env=environment, capture_output=True, text=True, check=True).stderr
        test.check(f"OMP_WAIT_POLICY = '{waits}'" in said, "OpenMP's threads wait otherwise than", waits, said)


def check_audit(test, folder):
    """`audit` is a command on a file or a publication, and a stage on a förbund folder."""
    tables = test.path("tables.csv")
    for total, code, said in (("40", 0, ""), ("23", 4, "t,x,narrow\nt,y,narrow\n"), ("22", 4, "t,x,determined\nt,y,determined\n")):
        delivery.put(tables, [["table", "a", "value"], ["t", "x", ".."], ["t", "y", ".."], ["t", "z", "20"], ["t", "TOTAL", total]])
        run = test.expect("audit FILE", code, test.run("audit", tables), "4 cells, 2 withheld")
        test.check(run.stdout == ("table,a,finding\n" + said if said else ""), "audit FILE", run.stdout)
    test.expect("audit without FILE", 64, test.run("audit"))
    test.expect("audit of nothing", 74, test.run("audit", test.path("none.csv")))
    test.expect("audit --threshold", 64, test.run("audit", tables, "--threshold", "1"))
    test.expect("audit of a publication", 0, test.run("audit", os.path.join(out_of(folder), "published", "latest")), "agree with data/")


def check_run(test, folder):
    run = test.expect("run", 3, test.run("run", folder), "8 warnings, listed in", "finsamstat link: ")
    test.check("Måluppfyllelse" in run.stdout and "Rapport: " in run.stdout and "warning" not in run.stdout, run.stdout)
    publication = os.path.join(out_of(folder), "published", latest(out_of(folder)))
    test.check(len(os.listdir(os.path.join(publication, "data"))) == TABLES, "tables are missing")
    test.check(delivery.sums_hold(publication), "SHA256SUMS is not that of the files")
    internal = os.path.join(out_of(folder), "internal", "latest")
    manifest = json.loads(read(os.path.join(internal, "manifest.json")))
    test.check(manifest["complete"] and manifest["warnings"] == 8 and len(manifest["inputs"]) == 14, "manifest", manifest)
    for line in read(os.path.join(internal, "log.jsonl")).splitlines():
        json.loads(line)
    for name in "validation.json", "delivery.json":
        json.loads(read(os.path.join(internal, name)))
    json.loads(read(os.path.join(publication, "datapackage.json")))
    run = test.expect("run --json", 3, test.run("run", folder, "--json"))
    report = json.loads(run.stdout)
    test.check(report["publication"].endswith(latest(out_of(folder))) and report["errors"] == [] and report["warnings"] == 8,
               "run --json", report)
    quiet = subprocess.run([PROGRAM, "run", folder], stdout=open("/dev/full", "w"), stderr=subprocess.PIPE, text=True)
    test.expect("standard output is full", 3, quiet, "the publication stands")
    closed = subprocess.run(f'"{PROGRAM}" run "{folder}" <&- >&- 2>&-', shell=True)
    test.check(closed.returncode == 3, "with closed streams: exit", closed.returncode)
    for line in read(os.path.join(internal, "log.jsonl")).splitlines():
        json.loads(line)  # nothing else was written into it


def check_show(test, folder):
    aggregate = os.path.join(out_of(folder), "internal", "latest", "aggregate")
    for name in sorted(os.listdir(aggregate)):
        for more in (), ("--internal",):
            run = test.expect("show " + name, 0, test.run("show", name.split("_")[0], "--json", *more, folder))
            rows = json.loads(run.stdout)
            test.check(all({"matt", "varde", "status"} <= set(row) for row in rows), f"show {name} --json")
            withheld = sum(row["status"] == "skyddad" for row in rows)
            test.check(not (more and withheld), f"show {name} --internal hides something")
            shown = test.expect("show " + name, 0, test.run("show", name[:-4], *more, folder)).stdout
            test.check((".. skyddad uppgift" in shown) == (withheld > 0 and not name.startswith("g01")), f"show {name} explains the mark, or one that is not there")
    other = test.path("checked")
    test.expect("check", 3, test.run("check", folder, "--out", other))
    test.expect("show a support table", 0, test.run("show", "simuleringsfel", "--internal", folder))
    test.expect("show after check", 74, test.run("show", "i01", "--internal", "--out", other, folder), "has no table i01_deltagare")
    before = {name: test.run("show", name, "--internal", folder).stdout for name in ("i01", "simuleringsfel", "malgrupper")}
    name = os.readlink(os.path.join(out_of(folder), "internal", "latest"))
    test.expect("check", 3, test.run("check", folder))
    for table, said in before.items():
        run = test.expect("show --internal after check", 0, test.run("show", table, "--internal", folder), "shown is that of the run " + name)
        test.check(run.stdout == said, "show --internal after check shows another", table)
    test.expect("run", 3, test.run("run", folder))
    test.check(test.run("show", "i01", "--internal", folder).stderr == "", "show --internal of the newest run")
    test.expect("show malgrupper", 64, test.run("show", "malgrupper", folder), "it takes --internal")
    rules = test.expect("show malgrupper --internal", 0, test.run("show", "malgrupper", "--internal", folder)).stdout
    groups = {row["malgrupp"]: row["varde"] for row in json.loads(test.run("show", "m02", "--internal", "--json", folder).stdout)
        if row["matt"] == "personer" and row["kommun"] == row["kon"] == row["aldersgrupp"] == "TOT"}
    shown = [line.split()[-1] for line in rules.splitlines() if "alla villkor" in line]
    test.check(shown == [str(groups[name]) for name in dict.fromkeys(line for line in rules.splitlines() if line in groups)],
        "show malgrupper has other numbers than m02", rules)
    test.check(all(len(line) <= 80 for line in rules.splitlines()), "show malgrupper is wider than 80 columns")
    rows = json.loads(test.run("show", "i01", "--json", folder).stdout)
    test.check(any(row["status"] == "skyddad" and row["varde"] is None for row in rows), "show i01 prints what is protected")


def check_partial(test, folder):
    """check, --until, a stage and --tables leave `latest`; the stages publish and audit are a whole run."""
    out = out_of(folder)
    before = latest(out)
    for words in ("check", folder), ("run", folder, "--until", "link"), ("ingest", folder), ("run", folder, "--until", "protect"):
        run = test.run(*words)
        test.check(run.returncode in (0, 3), *words, run.stderr)
        internal = run.stdout.strip()
        test.check(os.path.isdir(internal) and latest(out) == before, *words, "switched latest or told no folder:", run.stdout)
        test.check(not json.loads(read(os.path.join(internal, "manifest.json")))["complete"], *words, "counts as complete")
        test.check(not os.path.exists(os.path.join(out, "published", os.path.basename(internal))), *words, "published")
    report = json.loads(test.run("check", "--json", folder).stdout)
    test.check(report["publication"] is None and os.path.isdir(report["internal"]) and report["exit"] == 3, "check --json", report)
    test.check(os.path.exists(os.path.join(report["internal"], "validation.html")), "check wrote no validation report")
    for tables in "i01", "m03,m06":
        said = re.search(r"tables? ha(?:s|ve) more than 10 % small counts: [^(]*\(([^)]*)\)\. A setting can leave out aldersgrupp alone", test.run("run", folder, "--tables", tables).stderr)
        names = {name.split()[0] for name in said[1].split("; ")} if said else set()
        test.check(names and names <= set(tables.split(",")), "--tables", tables, "warns of", names)
    report = json.loads(test.run("run", folder, "--tables", "i01,m03_samtidighet", "--json").stdout)
    names = sorted(os.listdir(os.path.join(report["publication"], "data")))
    test.check(names == ["i01_deltagare.csv", "m03_samtidighet.csv"] and latest(out) == before, "--tables", names)
    test.check(delivery.sums_hold(report["publication"]), "SHA256SUMS of --tables")
    for name in names:
        whole = os.path.join(out, "published", before, "data", name)
        test.check(read(whole) == read(os.path.join(report["publication"], "data", name)), "--tables gives another", name)
    test.check(os.readlink(os.path.join(out, "internal", "latest")) == report["run"], "internal/latest is not the newest run")
    for words in ("publish", folder), ("run", folder, "--until", "publish"), ("run", folder, "--until", "audit"):
        before = latest(out)
        test.expect(" ".join(words[::2]), 3, test.run(*words), "finsamstat audit: ", "agree with data/")
        test.check(latest(out) != before, *words, "did not switch latest")


def check_odd(test):
    """Deliveries that are whole though tables do not add up: no common key, and numbers without kön or age."""
    folder = test.forbund()
    ini = os.path.join(folder, "forbund.ini")
    lines = read(ini).replace("nyckel = ja", "nyckel = nej").replace("underlag = extrakt", "underlag = sus").split("\n")
    linked = "minst parter", "parter =", "byten senaste"  # conditions over several parts
    write(ini, "\n".join(line if not line.startswith(linked) else "ålder = 16–64" if "ålder" not in lines[i - 1] + lines[i + 1] else ""
                         for i, line in enumerate(lines)))
    test.expect("no common key", 3, test.run("run", folder), "agree with data/")
    data = os.path.join(out_of(folder), "published", "latest", "data")
    test.check(",,saknas" in read(os.path.join(data, "m03_samtidighet.csv")), "m03 without a common key")
    folder = test.forbund()
    volume = os.path.join(folder, "extrakt", "volym.csv")
    head, first = read(volume).split("\n")[:2]
    row = {**dict(zip(head.split(","), first.split(","))), "ar": "2018"}
    for more in {"kon": "", "aldersgrupp": "", "antal": "41"}, {"kon": "", "antal": "23"}, {"aldersgrupp": "", "antal": "17"}:
        add(volume, ",".join({**row, **more}.get(column, "") for column in head.split(",")) + "\n")
    test.expect("numbers without kön or age", 3, test.run("run", folder), "agree with data/")
    place = os.path.join(out_of(folder), "published", "latest", "data", "i10_volym.csv")
    test.check("TOT,TOT,antal,102," in read(place), "large numbers without kön or age are not printed", read(place))
    for more in {"kon": "", "aldersgrupp": "", "antal": "3"}, {"kon": "", "antal": "2"}, {"kon": "M", "aldersgrupp": "", "antal": "4"}:
        write(volume, head + "\n" + ",".join({**row, **more}.get(column, "") for column in head.split(",")) + "\n")
        test.expect("a small number without kön or age", 3, test.run("run", folder), "agree with data/")
        counts = [line.split(",")[-2] for line in read(place).splitlines()[1:]]
        test.check("" in counts and not {"1", "2", "3", "4"} & set(counts), "a small number of i10 is printed", read(place))


def check_rights(test):
    for mask in "000", "077":
        for spoil in "", "x":
            folder = test.forbund()
            if mask == "000":  # made by somebody's hand
                os.makedirs(os.path.join(out_of(folder), "internal", "work"), 0o777)
            add(os.path.join(folder, "extrakt", "volym.csv"), spoil)
            run = subprocess.run(f'umask {mask}; exec "{PROGRAM}" run "{folder}"', shell=True, capture_output=True)
            test.check(run.returncode == (65 if spoil else 3), "umask", mask, run.stderr)
            for place, folders, names in os.walk(out_of(folder)):
                for path in (os.path.join(place, name) for name in folders + names):
                    state = os.lstat(path)
                    mode, is_folder = stat.S_IMODE(state.st_mode), stat.S_ISDIR(state.st_mode)
                    inside = "/internal" in path[len(folder):]
                    wanted = (0o700 if is_folder else 0o600) if inside else 0o755 if is_folder else 0o644
                    if not stat.S_ISLNK(state.st_mode) and not path.endswith("/.lock"):
                        test.check(mode == wanted, f"umask {mask}: {path[len(folder):]} has {mode:o}")


def check_lock(test, folder):
    out = out_of(folder)
    before = latest(out)
    with open(os.path.join(out, ".lock"), "w") as lock:
        lock.write(f"pid {os.getpid()}, started 20200101T000000Z")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        test.expect("a run beside another", 75, test.run("run", folder), f"pid {os.getpid()}, started 20200101T000000Z",
                    "the earlier publication stands")
        test.expect("show beside a run", 0, test.run("show", "i01", folder))
        test.check(latest(out) == before, "the run beside another switched latest")
    runs = [subprocess.Popen([PROGRAM, "run", folder], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) for _ in "12345"]
    ends = [(run.communicate()[1], run.returncode) for run in runs]
    test.check(all(code in (3, 75) and ("started 20" in said or code == 3) for said, code in ends) and
               any(code == 3 for _, code in ends), "five at once:", ends)


def check_lint(test, folder):
    fk = os.path.join(folder, "extrakt", "fk.csv")
    test.check(test.run("lint", fk).stdout == "records 12 fields 10\n", "lint fk.csv")
    test.check(test.run("lint", fk, "--delimiter", "\\t").stdout == "records 12 fields 1\n", "lint --delimiter")
    test.check(test.run("lint", fk, "--delimiter", "TAB").stdout == "records 12 fields 1\n", "lint --delimiter TAB")
    add(fk, "a,b\n")
    prices = os.path.join(folder, "prislista.csv")
    run = test.run("lint", prices)
    test.check("--delimiter ';' reads it so" in run.stderr, "lint of a file with semicolons does not say so", run.stderr)
    run = test.expect("lint --delimiter ;", 0, test.run("lint", prices, "--delimiter", ";"))
    test.check(run.stdout.endswith("fields 6\n") and run.stderr == "", "lint --delimiter ;", run.stdout, run.stderr)
    old = os.path.join(folder, "old.csv")
    delivery.write(old, "namn,ort\nÅsa,Göteborg\n", "windows-1252")
    run = test.expect("lint of windows-1252", 65, test.run("lint", old), "--encoding windows-1252 reads")
    test.check(run.stdout.startswith(old + ":2: BAD_UTF8: "), "lint of windows-1252", run.stdout)
    run = test.expect("lint --encoding", 0, test.run("lint", old, "--encoding", "windows-1252"))
    test.check(run.stdout == "records 2 fields 2\n" and run.stderr == "", "lint --encoding", run.stdout, run.stderr)
    test.expect("lint --encoding nope", 64, test.run("lint", old, "--encoding", "latin-1"), "--encoding takes utf-8 or windows-1252")
    os.remove(old)
    run = test.expect("lint of a ragged file", 65, test.run("lint", fk))
    test.check(run.stdout.startswith(fk + ":13: RAGGED_SHORT: ") and run.stderr == "", "lint of a ragged file")
    run = test.expect("lint of a folder", 65, test.run("lint", folder))
    test.check(run.stdout.startswith(folder + ":1: NOT_A_FILE: "), "lint of a folder", run.stdout)
    run = test.expect("lint of no file", 74, test.run("lint", fk + "x"), "finsamstat lint: ")
    test.check(run.stdout == "", "lint of no file prints a result")


with delivery.Test() as test:
    folder = test.forbund("Förbund åäö")
    check_usage(test, folder)
    check_waiting(test)
    check_run(test, folder)
    check_audit(test, folder)
    check_show(test, folder)
    check_partial(test, folder)
    check_lock(test, folder)
    check_lint(test, folder)
    check_rights(test)
    check_odd(test)
