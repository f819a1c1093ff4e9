"""What becomes of each row of a delivery in many files: rows read = kept + rejected + duplicates for each file and source, in
validation.json and validation.html, the same for any number of threads. Which rows are duplicates is reckoned here anew."""
import gzip
import json
import os
import random
import re
from decimal import Decimal

import delivery
from delivery import extracts, read, table

SOURCES = "fk af kommun region sus volym enkat intresse ekonomi".split()
WRONG = {"fk": ("kon", "?"), "af": ("fran", "2018-02-30"), "kommun": ("belopp", "1 000"), "region": ("vardform", "XX"),
         "sus": ("start", ""), "enkat": ("varde", "nan"), "intresse": ("inkom", "1900-01-01")}


def source_of(path):
    return next(source for source in SOURCES if os.path.basename(path).startswith(source))


def scatter(folder, seed):
    """Deals the rows of each source, some of them again and some spoilt, to files of its own, plain and packed."""
    chance = random.Random(seed)
    rows = {}
    for path in extracts(folder):
        head, *more = table(path)
        rows.setdefault(source_of(path), []).extend(
            {key: text.replace(",", ".") for key, text in zip(head, row)} for row in more)
        os.remove(path)
    for source, records in rows.items():
        names = sorted(f"{source}-{n:02}{'.csv.gz' if n % 3 == 0 else '.csv'}" for n in range(chance.randint(2, 9)))
        dealt = {name: [] for name in names}
        for record in records + chance.choices(records, k=len(records)):
            dealt[chance.choice(names)].append(record)
        for place in dealt.values():
            chance.shuffle(place)
            if source in WRONG and place:
                place.insert(0, {**place[0], WRONG[source][0]: WRONG[source][1]})
        for name, place in dealt.items():
            head = sorted({key for record in records for key in record})
            text = "".join(",".join(row) + "\n" for row in [head] + [[record.get(key, "") for key in head] for record in place])
            with open(os.path.join(folder, "extrakt", name), "wb") as file:
                file.write(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())


def identity(source, record):
    """What two copies of a row share, None of a row that always counts: values as read, not as written."""
    if source in ("volym", "ekonomi") or record.get("pid") == "" or "12" in record.get("avslut", "").split("|"):
        return None
    value = dict(record)
    if value.get("belopp"):
        value["belopp"] = str(Decimal(value["belopp"]).normalize())
    if value.get("omfattning") == "":
        value["omfattning"] = "100"
    return tuple(sorted((key, "" if text[:4] >= "2099" and key in ("till", "slut") else text) for key, text in value.items()))


def reckon(folder):
    """{file: (rows read, kept, rejected, duplicates)}; the first file that holds a row has it."""
    wanted, seen = {}, set()
    for path in extracts(folder):
        source = source_of(path)
        with open(path, "rb") as file:
            data = file.read()
        head, *rows = [line.split(",") for line in (gzip.decompress(data) if path.endswith(".gz") else data).decode().splitlines()]
        counts = [len(rows), 0, 0, 0]
        for row in rows:
            record = dict(zip(head, row))
            if source in WRONG and record[WRONG[source][0]] == WRONG[source][1]:
                counts[2] += 1
                continue
            copy = identity(source, record)
            counts[3 if copy is not None and (source, copy) in seen else 1] += 1
            seen.add((source, copy))
        wanted["extrakt/" + os.path.basename(path)] = tuple(counts)
    return wanted


def check(test, seed):
    folder = test.forbund()
    scatter(folder, seed)
    delivery.swap(os.path.join(folder, "forbund.ini"), "[kalkyl]", "[gränser]\navvisade = 99 %\n[kalkyl]")
    wanted, reports = reckon(folder), set()
    test.check(sum(counts[3] for counts in wanted.values()) > 60, f"seed {seed}: too few duplicates to say anything")
    for jobs in "1", "2", "4":
        test.expect(f"seed {seed}, --jobs {jobs}", 3, test.run("run", folder, "--jobs", jobs, "--force", "ingest"))
        internal = os.path.join(folder, "resultat", "internal", "latest")
        report = read(os.path.join(internal, "validation.json"))
        html = read(os.path.join(internal, "validation.html"))
        reports.add(re.sub(r'"compared_with": .*|"drift": (?s:.*?)\n  \]|"same_rows_as": [^}]*', "", report))
        told = json.loads(report)
        files = {file["file"]: (file["rows_read"], file["rows_kept"], file["rows_rejected"], file["duplicates"])
                 for file in told["files"]}
        own = [name for name in files if not name.startswith("extrakt/")]
        test.check({name: files[name] for name in files if name not in own} == wanted, f"seed {seed}, --jobs {jobs}:",
                   sorted(set(files.items()) ^ {*wanted.items(), *((name, files[name]) for name in own)})[:6])
        for source in told["sources"]:
            sums = [sum(counts[i] for name, counts in wanted.items() if source_of(name[8:]) == source["source"]) for i in range(4)] \
                if source["source"] in SOURCES else [source["rows_read"], source["rows_kept"], 0, 0]
            test.check([source[key] for key in ("rows_read", "rows_kept", "rows_rejected", "duplicates")] == sums, source, sums)
        for name, (rows, kept, rejected, duplicates) in wanted.items():
            cells = "".join(f'<td class="n">{count}' for count in (rows, kept, duplicates, rejected))
            test.check(f"<th>{name}<td>{source_of(name[8:])}{cells}<td>" in html, f"validation.html lacks the account of {name}")
    test.check(len(reports) == 1, f"seed {seed}: other reports with other numbers of threads")


def check_faults(test):
    """Packed files at fault behind others of their source, which threads inflate before their turn: the same messages."""
    folder = test.forbund()
    head, *rows = read(os.path.join(folder, "extrakt", "kommun-1440.csv")).splitlines(keepends=True)
    wrong = rows[0].replace("1440", "144")
    spoil = {2: lambda data: data[:-30], 3: lambda data: data + b"more", 5: lambda data: data[:-8] + b"0000" + data[-4:],
             6: lambda data: b"", 7: lambda data: gzip.decompress(data)}
    for n in range(10):
        text = head + "".join(random.Random(n).choices(rows, k=4000)) + (wrong if n in (1, 2) else "")
        with open(os.path.join(folder, "extrakt", f"kommun-{n}.csv.gz"), "wb") as file:
            file.write(spoil.get(n, bytes)(gzip.compress(text.encode())))
    said = set()
    for jobs in "1", "2", "3", "4", "8":
        run = test.expect(f"faults, --jobs {jobs}", 65, test.run("check", folder, "--jobs", jobs), "kommun-2.csv.gz", "GZIP_TRUNCATED",
                          "GZIP_TRAILING", "GZIP_CORRUPT", "NOT_GZIP", "kommun-6.csv.gz:1: GZIP_TRUNCATED: the file is empty")
        said.add("\n".join(line for line in run.stderr.splitlines() if line.startswith("finsamstat ingest: ") and "done in" not in line))
    test.check(len(said) == 1, "faults: other messages with other numbers of threads", *said)


with delivery.Test() as test:
    for seed in 1, 2:
        check(test, seed)
    check_faults(test)
