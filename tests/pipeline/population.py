"""The inhabitants are known: an attacker bounds every count of persons of a kommun, kön and age group by befolkning.csv. Förbund whose classes
have hardly more inhabitants than persons in the tables must be published all the same, and no small count be narrowed but those that the inhabitants
alone leave no room, which are withheld, exempt and listed. What is per inhabitant goes with its count.

    python3 population.py DIR…     förbund folders; BUILD names the build folder (default build)
"""
import csv
import os
import shutil
import subprocess
import sys
import tempfile

import disclosure

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
PROGRAM = os.path.join(ROOT, os.environ.get("BUILD", "build"), "finsamstat")
SMALL = 5


def run(folder, out):
    done = subprocess.run([PROGRAM, "run", folder, "--out", out], capture_output=True, text=True, timeout=280, check=False)
    return done.returncode, done.stderr


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def classes(truth):
    """{(year, kommun, kön, age group): the most persons that any table of the year has there}"""
    most = {}
    for table, place in (("m02", lambda k: (k[0], k[2], k[3], k[4])), ("m06", lambda k: (k[0][:4], k[1], k[2], k[3]))):
        for key, (value, status) in truth.get(table, {}).items():
            cell = place(key)
            if key[-1] == "personer" and status == "" and "TOT" not in cell and cell[2] in "KM":
                most[cell] = max(most.get(cell, 0), round(float(value)))
    return most


def write_population(folder, most, seed):
    """Every class has 0 to 3 inhabitants more than persons."""
    known = {}
    with open(os.path.join(folder, "befolkning.csv"), "w", encoding="utf-8") as file:
        file.write("kommun;ar;kon;alder_fran;alder_till;antal\n")
        for at, ((year, kommun, kon, age), count) in enumerate(sorted(most.items())):
            low, _, high = age.partition("-")
            low, high = (low, high) if high else (low.rstrip("+"), "64")
            if not 16 <= int(low) <= int(high) <= 64:
                continue
            known[year, kommun, kon, age] = count + (at * 7 + seed) % 4
            file.write(f"{kommun};{year};{kon};{low};{high};{known[year, kommun, kon, age]}\n")
    return known


class Attack(disclosure.Attack):
    """Knows the inhabitants besides."""

    def __init__(self, tables, truth, measures, inhabitants):
        super().__init__(tables, truth, measures)
        self.inhabitants = inhabitants

    def most(self, cell):
        key = cell[1:]
        at = {"m01": (key[0], key[1], key[2], "TOT"), "m02": (key[0],) + key[2:5], "m03": (key[0][:4], key[1], "TOT", "TOT"),
              "m04": key[:3] + ("TOT",), "m05": key[:3] + ("TOT",), "m06": (key[0][:4],) + key[1:4],
              "m07": (key[0], key[1], "TOT", "TOT")}.get(cell[0]) if len(key) > 4 or cell[0] == "m03" else None
        return self.inhabitants.get(at, float("inf"))

    def cell(self, table, key):
        cell = super().cell(table, key)
        if cell is not None and table[0] == "m" and self.withheld(cell) and self.true_value(cell) <= self.most(cell):
            self.bounds[cell][1] = min(self.bounds[cell][1], self.most(cell))
        return cell


def with_totals(known):
    """Inhabitants of kön and ages together, where every class of them is known."""
    total = dict(known)
    years, kommuner, ages = ({key[d] for key in known} for d in (0, 1, 3))
    for year in years:
        for kommun in kommuner:
            for kon in "KM":
                if all((year, kommun, kon, age) in known for age in ages):
                    total[year, kommun, kon, "TOT"] = sum(known[year, kommun, kon, age] for age in ages)
            for age in [*ages, "TOT"]:
                if all((year, kommun, kon, age) in total for kon in "KM"):
                    total[year, kommun, "TOT", age] = sum(total[year, kommun, kon, age] for kon in "KM")
    return total


def judge(name, folder, out, inhabitants):
    tables = disclosure.read_tables(os.path.join(out, "published/latest/data"))
    truth = disclosure.read_tables(os.path.join(out, "internal/latest/aggregate"))
    exempt = {(row[0][:3],) + tuple(row[1].split("|")) + (row[2],) for row in rows_of(os.path.join(out, "internal/latest/undantag.csv"))[1:]}
    attack = Attack(tables, truth, disclosure.read_measures(os.path.join(folder, "forbund.ini")), inhabitants)
    faults, bounded = [], 0
    for kind, cells in attack.run().items():
        faults += [f"{name}: {kind}: {cell}" for cell in cells if not any(cell[:len(one)] == one for one in exempt)]
    for cell in attack.bounds:
        if cell[0] == "rest" or not attack.withheld(cell) or not 1 <= attack.true_value(cell) < SMALL:
            continue
        room = attack.most(cell) < SMALL and attack.true_value(cell) <= attack.most(cell)
        bounded += attack.most(cell) < 2 * SMALL
        if room and cell not in exempt:
            faults.append(f"{name}: no more than {attack.most(cell)} inhabitants and not listed: {cell}")
    for key, (_, status) in tables.get("m02", {}).items():
        if key[-1] == "per_1000" and status == "" and tables["m02"][key[:-1] + ("personer",)][1] == "skyddad":
            faults.append(f"{name}: per_1000 gives a withheld count: {key}")
    for key, (_, status) in tables.get("m01", {}).items():
        if key[-1] == "kr_per_invanare_dag" and status == "" and tables["m01"][key[:-1] + ("belopp_kr",)][1] == "skyddad":
            faults.append(f"{name}: an amount by inhabitant gives a withheld amount: {key}")
    if bounded < 10:
        faults.append(f"{name}: only {bounded} small counts are near to their inhabitants: nothing is tried")
    return faults


def main():
    faults = []
    with tempfile.TemporaryDirectory() as work:
        for number, source in enumerate(sys.argv[1:]):
            name = os.path.basename(source)
            folder, out = os.path.join(work, name), os.path.join(work, name + ".out")
            shutil.copytree(source, folder)
            with open(os.path.join(folder, "forbund.ini"), encoding="utf-8") as file:
                lines = ["simuleringar = 50\n" if line.startswith("simuleringar") else line for line in file]
            with open(os.path.join(folder, "forbund.ini"), "w", encoding="utf-8") as file:
                file.writelines(lines)
            code, said = run(folder, out)
            if code not in (0, 3):
                faults.append(f"{name}: not published: {said[-400:]}")
                continue
            first = os.path.realpath(os.path.join(out, "internal", "latest"))
            known = write_population(folder, classes(disclosure.read_tables(os.path.join(out, "internal/latest/aggregate"))), number)
            code, said = run(folder, out)
            if code not in (0, 3):
                faults.append(f"{name}: hardly more inhabitants than persons: exit {code}: {said[-600:]}")
                continue
            faults += judge(name, folder, out, with_totals(known))
            # What was published beside many inhabitants gives counts away beside few: the audit must find it by itself.
            cube = os.path.join("support", "befolkning_celler.cube")
            shutil.copyfile(os.path.join(os.path.realpath(os.path.join(out, "internal", "latest")), cube), os.path.join(first, cube))
            done = subprocess.run([PROGRAM, "audit", os.path.join(out, "published", os.path.basename(first))], capture_output=True, text=True,
                                  timeout=280, check=False)
            if done.returncode != 4 or "\nm02_malgrupp," not in done.stdout:
                faults.append(f"{name}: the audit does not reckon with the inhabitants: {done.returncode} {done.stderr[-300:]}")
    print("\n".join(faults[:20]), end="\n" if faults else "")
    sys.exit(len(faults) > 0)


main()
