#!/usr/bin/env python3
"""Counts worked out backwards from what is made of them, and amounts of one or two persons, in published tables.

    python3 inverse.py OUT…     OUT: what `finsamstat run --out OUT` wrote

Knows the contract only. A share, a limit, a mean, a rate, an amount or a cost tells the counts that it is made of: none may be
printed where one of these is withheld. An amount that the p % rule calls sensitive is withheld, and no sum of printed ones
gives it or bounds it within p per cent; of the nets of actors no sum gives one exactly. Exit 1 on a finding, or when a planted one
is not noticed.
"""
import collections
import csv
import fractions
import glob
import json
import os
import subprocess
import sys

MINIMUM = 5
SHARE = fractions.Fraction(1, 10)
SHOWN = 4
GROUPS = {"OHALSA": ("SP", "RP", "SE", "AE"), "ARBMARK": ("AK", "AS", "UE", "ET"), "BISTAND": ("FS",),
          "TOT": ("OHALSA", "ARBMARK", "BISTAND")}
NETS = {"STATEN": ("FK", "AF", "STAT"), "OFFENTLIG": ("STATEN", "KOM", "REG"), "SAMHALLE": ("OFFENTLIG", "IND", "ARBG")}
# table: measures, and the counts that they are made of in the same row
ROWS = {
    "i06": (("andel_arbete_eller_studier", "ki_lag", "ki_hog"), ("arbete_eller_studier", "avslutade")),
    "i12": (("medel_start", "medel_slut", "skillnad", "ki_lag", "ki_hog", "p_wilcoxon"), ("par",)),
    "m01": (("belopp_kr", "helarsekvivalenter", "kr_per_invanare_dag"), ("personer",)),
    "m02": (("per_1000",), ("personer",)),
    "g01": (("utfall", "ki_lag", "ki_hog", "bedomning"), ("taljare", "namnare"))}
WAITS = {"median_vantetid": "vantande", "p90_vantetid": "vantande", "median_vantetid_startade": "startade",
         "p90_vantetid_startade": "startade"}


def read(folder):
    """table -> {codes + (measure,): (value, status)}"""
    tables = {}
    for path in sorted(glob.glob(os.path.join(folder, "*.csv"))):
        with open(path, encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        name = os.path.basename(path)[:-4]
        tables[name if name.startswith("dominans") else name[:3]] = {tuple(r[:-2]): (r[-2], r[-1]) for r in rows[1:]}
    return tables


def read_support(out):
    """The contributions of persons, which `finsamstat show` prints of what stages exchange packed: table -> {codes + (measure,): (value, status)}"""
    tables, folder = {}, os.path.join(out, "internal", "latest")
    with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as file:
        directory = json.load(file)["directory"]
    for path in sorted(glob.glob(os.path.join(folder, "support", "dominans*.cube"))):
        name = os.path.basename(path)[:-5]
        shown = subprocess.run([os.path.join(os.environ.get("BUILD", "build"), "finsamstat"), "show", name, "--internal", "--json", directory,
                                "--out", out], check=True, capture_output=True, text=True).stdout
        rows = [list(row.values()) for row in json.loads(shown, parse_float=str, parse_int=str)]
        tables[name] = {tuple(row[:-2]): (row[-2] or "", row[-1]) for row in rows}
    return tables


def number(cell):
    return fractions.Fraction(cell[0]) if cell[0] else fractions.Fraction(0)


class Reader:
    """What a reader of one publication finds."""

    def __init__(self, tables, truth, support):
        self.tables, self.truth, self.support = tables, truth, support
        self.findings = collections.defaultdict(list)

    def printed(self, table, key):
        cell = self.tables.get(table, {}).get(key)
        return cell is not None and cell[1] in ("", "tidigare")

    def withheld(self, table, key):
        cell = self.tables.get(table, {}).get(key)
        return cell is not None and cell[1] == "skyddad"

    def needs(self, table, key, *counts):
        """The figure is printed: so must be the counts, (table, key) each."""
        if self.printed(table, key):
            for other, where in counts:
                if self.withheld(other, where):
                    self.findings["tells a withheld count"].append((table, key, other, where))

    # --- figures and their counts ---------------------------------------------
    def rows(self):
        for table, (measures, counts) in ROWS.items():
            for key in self.tables.get(table, {}):
                if key[-1] in measures:
                    self.needs(table, key, *((table, key[:-1] + (count,)) for count in counts))

    def elsewhere(self):
        for key in self.tables.get("i09", {}):
            if key[-1] in WAITS:
                self.needs("i09", key, ("i09", key[:-1] + (WAITS[key[-1]],)))
        for key in self.tables.get("i14", {}):
            of = "K" if key[-1] == "andel_k" else "M" if key[-1] == "andel_m" else None
            counts = [("i06", (key[0], kon, count)) for kon in ("K", "M") if of in (None, kon)
                      for count in ("arbete_eller_studier", "avslutade")]
            self.needs("i14", key, *counts)
        for key in self.tables.get("i13", {}):
            steps = [number(self.truth["i13"].get(key[:-1] + (step,), ("", ""))) for step in ("kvar", "handelser", "censurerade")]
            if self.printed("i13", key) and any(1 <= step < MINIMUM for step in steps):
                self.findings["tells of few"].append(("i13", key))  # a curve falls by its events, and its limits by who is left
            self.needs("i13", key, *(("i01", (key[0], "TOT", key[1], count)) for count in ("deltaganden", "avslutade")))
        years = {key[1] for key in self.tables.get("e01", {})}
        for key in self.tables.get("e01", {}):
            if len(years) == 1 and key[-1] == "kr_per_deltagande":
                self.needs("e01", key, ("i01", (key[0], "TOT", "TOT", "deltaganden")))
            if len(years) == 1 and key[-1] == "kr_per_avslutad_till_arbete_eller_studier":
                self.needs("e01", key, ("i06", (key[0], "TOT", "arbete_eller_studier")))

    def cohorts(self):
        """e06: the linked, the others and the cohort itself; the economics of an insats only of a cohort that may be printed."""
        for key, cell in self.truth.get("e06", {}).items():
            cohort = number(cell)
            if key[-1] != "kohort" or cell[1] == "saknas":
                continue
            linked = round(cohort * number(self.truth["e06"].get(key[:-1] + ("andel_lankad",), ("", ""))) / 100)
            for count, measure in ((cohort, "kohort"), (linked, "andel_lankad"), (cohort - linked, "andel_lankad")):
                if 1 <= count < MINIMUM and self.printed("e06", key[:-1] + (measure,)):
                    self.findings["tells of few"].append(("e06", key[:-1] + (measure,)))

    def goals(self):
        """A share's parts, and the limits: which counts give these figures?"""
        for key in self.tables.get("g01", {}):
            if key[-1] != "taljare" or not self.printed("g01", key):
                continue
            met, base = number(self.tables["g01"][key]), number(self.tables["g01"][key[:-1] + ("namnare",)])
            for count in (met, base - met, base):
                if 1 <= count < MINIMUM:
                    self.findings["tells of few"].append(("g01", key))

    # --- sums of amounts ----------------------------------------------------------
    def sensitive(self, table, row, names):
        """By the p % rule, of the contributions that the internal support table holds."""
        total, first, second = (number(self.support.get(table, {}).get(row + (name,), ("", ""))) for name in names)
        return first > 0 and total - first - second < SHARE * first

    def forman_lines(self, measure):
        """(whole, parts) of every sum over kommun, kön and förmån."""
        table, lines = self.tables.get("m01", {}), collections.defaultdict(list)
        for key in table:
            if key[-1] != measure:
                continue
            for d in (1, 2):
                if key[d] != "TOT":
                    lines[d, key[:d] + ("TOT",) + key[d + 1:]].append(key)
            for group, members in GROUPS.items():
                if key[3] in members:
                    lines[3, key[:3] + (group, measure)].append(key)
        return [(whole, parts) for (_, whole), parts in sorted(lines.items()) if whole in table]

    def amounts(self, measure, names, unit):
        """Bounds of withheld amounts, drawn together sum by sum; printed ones are rounded to a unit."""
        table = self.tables.get("m01", {})
        bounds = {}
        for key, cell in table.items():
            if key[-1] == measure and cell[1] != "saknas":
                value = number(cell)
                bounds[key] = [fractions.Fraction(0), None] if cell[1] == "skyddad" else [value - unit / 2, value + unit / 2]
        lines = [(whole, parts) for whole, parts in self.forman_lines(measure) if all(k in bounds for k in parts + [whole])]
        for _ in range(12):
            before = {key: tuple(bound) for key, bound in bounds.items()}
            for whole, parts in lines:
                least, most = sum(bounds[p][0] for p in parts), [bounds[p][1] for p in parts]
                bounds[whole][0] = max(bounds[whole][0], least)
                if None not in most:
                    bounds[whole][1] = min(x for x in (bounds[whole][1], sum(most)) if x is not None)
                for p in parts:
                    if bounds[whole][1] is not None:
                        high = bounds[whole][1] - (least - bounds[p][0])
                        bounds[p][1] = high if bounds[p][1] is None else min(bounds[p][1], high)
                    rest = [bounds[q][1] for q in parts if q != p]
                    if None not in rest:
                        bounds[p][0] = max(bounds[p][0], bounds[whole][0] - sum(rest))
                    least = sum(bounds[q][0] for q in parts)
            if before == {key: tuple(bound) for key, bound in bounds.items()}:
                break
        for key in bounds:
            persons = number(self.truth["m01"].get(key[:-1] + ("personer",), ("", "")))
            if not self.sensitive("dominans_forman", key[:-1], names) and not 1 <= persons < MINIMUM:
                continue
            value = number(self.truth["m01"][key])
            if table[key][1] == "" and value > 0:
                self.findings["a sensitive amount is printed"].append(("m01", key))
            elif value > 4 * unit and bounds[key][1] is not None and bounds[key][1] < value * (1 + SHARE) - unit:
                self.findings["an amount is known within p per cent"].append(("m01", key))

    def nets(self):
        """Actors: a sensitive net is withheld, and so is another one of each sum that it stands in."""
        names = ("summa", "storst", "nast")
        for table, place in (("e02", 1), ("e03", 1)):
            for key in self.tables.get(table, {}):
                actor = key[place]
                if key[-1] not in ("netto_manad", "ackumulerat"):
                    continue
                if not any(self.sensitive("dominans_aktor", (key[0], self.underlag(key[0]), form, actor), names) for form in ("med", "utan")):
                    continue
                if self.printed(table, key):
                    self.findings["a sensitive net is printed"].append((table, key))
                for whole, parts in NETS.items():
                    line = [key[:place] + (name,) + key[place + 1:] for name in (whole,) + parts]
                    if key in line and sum(self.withheld(table, cell) for cell in line) == 1:
                        self.findings["a sensitive net follows from the others"].append((table, key))

    def underlag(self, insats):
        """The one whose net of SAMHALLE is e02's."""
        net = self.truth["e02"].get((insats, "SAMHALLE", "netto_manad"), ("", ""))
        for underlag in ("extrakt", "sus"):
            if self.truth.get("e06", {}).get((insats, underlag, "0", "netto_manad")) == net:
                return underlag
        return "extrakt"

    def figures(self):
        self.rows()
        self.elsewhere()
        self.cohorts()
        self.goals()
        self.nets()
        return self.findings

    def run(self):
        self.amounts("belopp_kr", ("kr_summa", "kr_storst", "kr_nast"), fractions.Fraction(1))
        self.amounts("helarsekvivalenter", ("hae_summa", "hae_storst", "hae_nast"), fractions.Fraction(1, 100))
        return self.figures()


def planted(tables, truth, support):
    """One withheld figure of each kind is printed after all: is it noticed? The kinds that were not."""
    kinds = [(table, measures[0]) for table, (measures, _) in ROWS.items() if table != "g01"]
    kinds += [("i09", "median_vantetid"), ("i13", "andel"), ("i14", "skillnad"), ("m01", "helarsekvivalenter"), ("e02", "netto_manad")]
    missed, tried = [], 0
    for table, measure in kinds:
        keys = [key for key, cell in tables.get(table, {}).items() if key[-1] == measure and cell[1] == "skyddad"]
        if not keys:
            continue
        found = False
        for key in keys[:40]:  # some are withheld for other reasons than their own counts
            changed = dict(tables)
            changed[table] = dict(tables[table])
            changed[table][key] = (truth[table][key][0], "")
            tried += 1
            if any(Reader(changed, truth, support).figures().values()):
                found = True
                break
        if not found:
            missed.append((table, measure))
    return missed, tried


def main():
    failed = tried = 0
    for out in sys.argv[1:]:
        published = os.path.join(out, "published", "latest", "data")
        internal = os.path.join(out, "internal", "latest")
        tables, truth, support = read(published), read(os.path.join(internal, "aggregate")), read_support(out)
        findings = Reader(tables, truth, support).run()
        for kind, found in findings.items():
            failed += 1
            print("%s: %s: %d" % (os.path.basename(out), kind, len(found)))
            for finding in found[:SHOWN]:
                print("   ", finding)
        if not findings:
            missed, count = planted(tables, truth, support)
            tried += count
            for kind in missed:
                failed += 1
                print("%s: %s printed where it was withheld, and not noticed" % (os.path.basename(out), kind))
    print("%d publications, %d figures planted" % (len(sys.argv) - 1, tried))
    return 1 if failed or tried == 0 else 0


sys.exit(main())
