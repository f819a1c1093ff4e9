#!/usr/bin/env python3
"""Measures finsamstat on a generated delivery beside other programs: see README.md.

bench.py BUILD [--persons N] [--kommuner N] [--rounds N] [--only plain|gz]
"""
import argparse
import csv
import glob
import gzip
import os
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TABLES = {"m03_samtidighet": 3, "m04_rundgang": 4, "m06_manad": 5}  # dimensions
FIRST = 2016 * 12 + 1  # the generated panel: five years, the last of them the period


class Use:
    """What a command took: wall and processor seconds, peak memory in MB."""

    def __init__(self, command, allowed=(0,), **options):
        start = time.monotonic()
        process = subprocess.Popen(command, **options)
        _, status, usage = os.wait4(process.pid, 0)
        self.wall = time.monotonic() - start
        self.cpu = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss / 1024
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in allowed:
            sys.exit(f"bench: {command[0]} ended with {process.returncode}")


def median(uses, what):
    return statistics.median(getattr(use, what) for use in uses)


def generate(build, cache, persons, kommuner):
    """The delivery, plain and gz, made once."""
    plain, packed = os.path.join(cache, f"{persons}-{kommuner}"), os.path.join(cache, f"{persons}-{kommuner}-gz")
    if not os.path.isdir(packed):
        for folder in (plain, packed):
            shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(cache, exist_ok=True)
        subprocess.run([os.path.join(build, "generate"), "large", plain, "--persons", str(persons), "--kommuner",
                        str(kommuner), "--seed", "1"], check=True)
        half = packed + ".tmp"
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(plain, half)
        for path in glob.glob(os.path.join(half, "extrakt", "*.csv")):
            subprocess.run(["gzip", "-6", path], check=True)
        os.rename(half, packed)
    return plain, packed


def size(pattern):
    return sum(os.path.getsize(path) for path in glob.glob(pattern))


def figures(path, dimensions):
    """Persons by the dimensions, without those that are 0."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    column = rows[0].index("varde") if "varde" in rows[0] else rows[0].index("personer")
    return {tuple(row[:dimensions]): float(row[column]) for row in rows[1:] if float(row[column]) != 0}


def check_equal(ours, theirs):
    for table, dimensions in TABLES.items():
        left = figures(os.path.join(ours, "internal/latest/aggregate", table + ".csv"), dimensions)
        right = figures(os.path.join(theirs, table + ".csv"), dimensions)
        if left != right:
            differing = [key for key in left.keys() | right.keys() if left.get(key) != right.get(key)]
            sys.exit(f"bench: {table} differs in {len(differing)} figures, as {sorted(differing)[0]}")
        print(f"  {table}: {len(left)} figures equal", flush=True)


def finsamstat(build, folder, out, *arguments):
    shutil.rmtree(out, ignore_errors=True)
    return Use([os.path.join(build, "finsamstat"), "run", folder, "--out", out, *arguments], allowed=(0, 3),
               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def duckdb(node, sql, database, folder, ending, out):
    os.makedirs(out, exist_ok=True)
    values = {"extrakt": os.path.join(folder, "extrakt"), "ending": ending, "out": out, "year": 2020, "months": 60,
              "first": FIRST}
    return Use(["node", os.path.join(HERE, "bench.mjs"), os.path.join(HERE, sql), database] +
               [f"{name}={value}" for name, value in values.items()], cwd=node)


def show(name, uses, megabytes=None):
    speed = "" if megabytes is None else f" {megabytes / median(uses, 'cpu'):7.0f} MB/s a core"
    print(f"  {name:42} {median(uses, 'wall'):7.2f} s {median(uses, 'cpu'):7.2f} s cpu {median(uses, 'memory'):7.0f} MB{speed}")


def ratios(name, ours, theirs):
    print(f"  {name}: wall {median(ours, 'wall') / median(theirs, 'wall'):.2f}, "
          f"cpu {median(ours, 'cpu') / median(theirs, 'cpu'):.2f}, memory {median(ours, 'memory') / median(theirs, 'memory'):.2f}")


def has_duckdb(node):
    return shutil.which("node") and os.path.isdir(os.path.join(node, "node_modules/@duckdb/node-api"))


def bench_tables(build, folder, ending, node, rounds, scratch):
    """Whole commands in turn: m03, m04 and m06, and how far the tables are from the delivery without protection."""
    ours, counted, all_tables, theirs = [], [], [], []
    out, answer = os.path.join(scratch, "out"), os.path.join(scratch, "duckdb")
    for _ in range(rounds):
        if node:
            theirs.append(duckdb(node, "tables.sql", ":memory:", folder, ending, answer))
        counted.append(finsamstat(build, folder, out, "--tables", "m03,m04,m06", "--until", "malgrupp"))
        ours.append(finsamstat(build, folder, out, "--tables", "m03,m04,m06"))
        if node and len(ours) == 1: # by another process: what starts a command must be small, or its size counts as the command's
            subprocess.run([sys.executable, __file__, build, "--compare", out, answer], check=True)
        all_tables.append(finsamstat(build, folder, out, "--tables", "m01,m02,m03,m04,m05,m06,m07"))
    show("run --tables m03,m04,m06", ours)
    show("… --until malgrupp", counted)
    show("run --tables m01 … m07", all_tables)
    if node:
        show("DuckDB, expert SQL: m03, m04, m06", theirs)
        ratios("finsamstat ÷ DuckDB", ours, theirs)
        ratios("… before protection ÷ DuckDB", counted, theirs)
    ratios("m01 … m07 ÷ m03, m04, m06", all_tables, ours)


def copy_one(packed, one, chosen):
    """A delivery that has rows in one of the large files alone; of the others the header."""
    shutil.copytree(packed, one)
    for name in ("af.csv.gz", "fk.csv.gz", "kommun.csv.gz", "region.csv.gz"):
        path = os.path.join(one, "extrakt", name)
        if name != chosen:
            with gzip.open(path, "rb") as file:
                header = file.readline()
            with gzip.open(path, "wb") as file:
                file.write(header)


def bench_reading(build, plain, packed, node, rounds, scratch):
    """Validated, typed columns on disk, beside what only reads."""
    uses = {name: [] for name in ("ingest, plain", "ingest, plain, one thread", "ingest, gz", "ingest, one gz", "gzip -dc", "inflate",
                                    "inflate, one gz", "libcsv", "DuckDB, plain")}
    one = os.path.join(scratch, "one")
    copy_one(packed, one, "kommun.csv.gz")
    files, alone = glob.glob(os.path.join(packed, "extrakt/*.gz")), [os.path.join(one, "extrakt/kommun.csv.gz")]
    out, megabytes = os.path.join(scratch, "out"), size(os.path.join(plain, "extrakt/*.csv")) / 1e6
    for _ in range(rounds):
        uses["ingest, plain"].append(finsamstat(build, plain, out, "--until", "ingest"))
        uses["ingest, plain, one thread"].append(finsamstat(build, plain, out, "--until", "ingest", "--jobs", "1"))
        uses["ingest, gz"].append(finsamstat(build, packed, out, "--until", "ingest"))
        uses["ingest, one gz"].append(finsamstat(build, one, out, "--until", "ingest"))
        uses["gzip -dc"].append(Use(["gzip", "-dc", *files], stdout=subprocess.DEVNULL))
        uses["inflate"].append(Use([os.path.join(build, "bench_inflate"), *files], stdout=subprocess.DEVNULL))
        uses["inflate, one gz"].append(Use([os.path.join(build, "bench_inflate"), *alone], stdout=subprocess.DEVNULL))
        uses["libcsv"].append(Use([os.path.join(build, "bench_libcsv"), *glob.glob(os.path.join(plain, "extrakt/*.csv"))],
                                  stdout=subprocess.DEVNULL))
        if node:
            database = os.path.join(scratch, "columns.duckdb")
            for path in glob.glob(database + "*"):
                os.remove(path)
            uses["DuckDB, plain"].append(duckdb(node, "reading.sql", database, plain, "csv", scratch))
    for name, measured in uses.items():
        if measured:
            show(name, measured, None if name.endswith("one gz") else megabytes)
    ratios("ingest of gz ÷ gzip -dc", uses["ingest, gz"], uses["gzip -dc"])
    ratios("ingest of gz ÷ inflate", uses["ingest, gz"], uses["inflate"])
    ratios("ingest of one gz ÷ inflate", uses["ingest, one gz"], uses["inflate, one gz"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--persons", type=int, default=830000)
    parser.add_argument("--kommuner", type=int, default=290)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=("plain", "gz", "reading"))
    parser.add_argument("--compare", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.compare:
        check_equal(*options.compare)
        return
    build = os.path.abspath(options.build)
    cache = os.path.join(build, "bench")
    plain, packed = generate(build, cache, options.persons, options.kommuner)
    node = cache if has_duckdb(cache) else None
    if node is None:
        print("DuckDB is left out: needs node, and `npm install --prefix build/bench @duckdb/node-api`")
    scratch = os.path.join(cache, "scratch")
    os.makedirs(scratch, exist_ok=True)
    sys.stdout.reconfigure(line_buffering=True)
    print(f"{options.persons} persons, {options.kommuner} kommuner: {size(os.path.join(plain, 'extrakt/*.csv')) / 1e6:.0f} MB, "
          f"{size(os.path.join(packed, 'extrakt/*.gz')) / 1e6:.0f} MB gz; {os.cpu_count()} processors, medians of {options.rounds}")
    for name, folder, ending in (("plain", plain, "csv"), ("gz", packed, "csv.gz")):
        if options.only in (None, name):
            print(name)
            bench_tables(build, folder, ending, node, options.rounds, scratch)
    if options.only in (None, "reading"):
        print("reading")
        bench_reading(build, plain, packed, node, options.rounds, scratch)
    shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
