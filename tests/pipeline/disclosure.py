#!/usr/bin/env python3
"""Attack published tables as a reader with a pocket calculator would.

    python3 disclosure.py OUT…     OUT: what `finsamstat run --out OUT` wrote; OUT.ini beside it: the settings

Knows the contract only, nothing of the program: which cells are the same set of persons, which are sums of others, and
that a withheld count is at least 1.  Bounds are tightened line by line until nothing changes: every bound is true, but a
linear program would find tighter ones.  The unprotected tables are read only to know which withheld cells are small.
Exit 1 when something small can be read off, or when a planted breach is not noticed.
"""
import collections
import configparser
import csv
import glob
import multiprocessing
import os
import sys

MINIMUM = 5
SHOWN = 4  # findings of a kind that are printed
EXITS = ("i03", "i04", "i05")
COUNTS = {
    "e06": ("kohort",), "g01": ("taljare", "namnare"), "i01": ("deltaganden", "personer", "nya", "avslutade", "pagaende"),
    "i02": ("deltaganden",), "i03": ("fore", "efter"), "i04": ("fore", "efter"), "i05": ("avslutade",),
    "i06": ("avslutade", "arbete", "studier", "arbete_eller_studier", "arbetssokande", "borjat_eller_okat"),
    "i07": ("avslutade",), "i08": ("deltaganden",), "i09": ("inkomna", "startade", "vantande"), "i10": ("antal",),
    "i11": ("avslutade",), "i12": ("par", "utan_par"), "i13": ("kvar", "handelser", "censurerade"), "m01": ("personer",),
    "m02": ("personer",), "m03": ("personer",), "m04": ("personer",), "m05": ("personer",), "m06": ("personer",),
    "m07": ("personer",)}
# Places of the dimensions over which a table's counts add up to TOT.
SUMS = {"i01": (0, 1, 2), "i02": (1, 3), "i03": (1,), "i04": (1,), "i05": (1,), "i06": (0, 1), "i07": (1, 2), "i08": (1, 2),
        "i09": (0, 1, 2), "i10": (2, 3), "i11": (1,), "i12": (2,), "m01": (1, 2), "m02": (2, 3, 4), "m03": (1, 2),
        "m04": (1, 2, 3), "m05": (1, 2, 3), "m06": (1, 2, 3), "m07": (1, 2, 3)}
GROUPS = {"OHALSA": ("SP", "RP", "SE", "AE"), "ARBMARK": ("AK", "AS", "UE", "ET"), "BISTAND": ("FS",),
          "TOT": ("OHALSA", "ARBMARK", "BISTAND")}
PLAIN = ("deltagare", "nya", "avslutade", "enkät vid start och avslut")  # goals that may be plain counts
WORK_OR_STUDIES = {"AO", "AU", "EF", "SU"}


def read_tables(folder, excel=False):
    """table (its first three characters) -> {codes + (measure,): (value, status)}"""
    tables = {}
    for path in sorted(glob.glob(os.path.join(folder, "*.csv"))):
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, delimiter=";" if excel else ","))
        tables[os.path.basename(path)[:3]] = {tuple(row[:-2]): (row[-2], row[-1]) for row in rows[1:]}
    return tables


def read_measures(path):
    """[mått X] -> codes at exit, the measure it excludes"""
    ini = configparser.RawConfigParser(strict=False, comment_prefixes=("#",), delimiters=("=",), interpolation=None)
    with open(path, encoding="utf-8-sig") as file:
        ini.read_string("[-]\n" + file.read())
    measures = {}
    for section in ini.sections():
        if section.startswith("mått "):
            codes = {code.strip() for code in ini[section].get("vid avslut", "").split(",")}
            measures[section[5:].strip()] = (codes, ini[section].get("utesluter", "").strip())
    return measures


class Attack:
    def __init__(self, tables, truth, measures):
        self.tables, self.truth, self.measures = tables, truth, measures
        self.bounds = {}                            # cell -> [least, most]
        self.lines = []                             # (total, parts): the total is the sum of the parts
        self.below = []                             # (part, whole): no more than the whole
        self.findings = collections.defaultdict(list)

    def cell(self, table, key):
        """The cell, with its bounds; None when it cannot be computed. No row is 0."""
        cell = (table,) + key
        value, status = self.tables.get(table, {}).get(key, ("0", ""))
        if status == "saknas":
            return None
        if cell not in self.bounds:
            least = 0 if table == "g01" else 1  # goals are withheld whole, their zeros too
            self.bounds[cell] = [least, float("inf")] if status == "skyddad" else [int(value), int(value)]
        return cell

    def true_value(self, cell):
        value, status = self.truth.get(cell[0], {}).get(cell[1:], ("0", ""))
        return 0 if status == "saknas" else round(float(value))

    def withheld(self, cell):
        return self.tables.get(cell[0], {}).get(cell[1:], ("0", ""))[1] == "skyddad"

    def line(self, total, parts):
        if total is not None and None not in parts:
            self.lines.append((total, parts))

    def within(self, part, whole):
        if part is not None and whole is not None:
            self.below.append((part, whole))

    # --- what is known to add up ---------------------------------------------
    def sums(self, table):
        parts = collections.defaultdict(list)
        for key in self.tables.get(table, {}):
            if key[-1] not in COUNTS[table] or (table, key[-1]) == ("i01", "personer"):
                continue
            self.cell(table, key)
            for d in SUMS[table]:
                if key[d] != "TOT":
                    parts[d, key[:d] + ("TOT",) + key[d + 1:]].append(self.cell(table, key))
        for (d, total), cells in sorted(parts.items()):
            self.line(self.cell(table, total), cells)

    def codes_in_wholes(self, table, place, whole):
        """Codes that may be several, or none, for one participation: each within the whole."""
        for key in self.tables.get(table, {}):
            if key[-1] not in COUNTS[table]:
                continue
            if key[place] == "TOT":
                self.line(self.cell(*whole(key)), [self.cell(table, key)])
            else:
                self.within(self.cell(table, key), self.cell(table, key[:place] + ("TOT",) + key[place + 1:]))

    def classes(self, table, marker, sets):
        """Exclusive classes that are not printed: each measure is a sum of some; each class adds up as the table does."""
        parts = collections.defaultdict(list)
        for key in self.tables.get(table, {}):
            if key[-1] != marker:
                continue
            for measure, names in sets.items():
                self.line(self.cell(table, key[:-1] + (measure,)), [self.unseen(table, key[:-1], name) for name in names])
            for d in SUMS[table]:
                if key[d] != "TOT":
                    parts[d, key[:d] + ("TOT",) + key[d + 1:-1]].append(key[:-1])
        for (_, total), keys in sorted(parts.items()):
            for name in sorted({name for names in sets.values() for name in names}):
                self.line(self.unseen(table, total, name), [self.unseen(table, key, name) for key in keys])

    def unseen(self, *name):
        self.bounds.setdefault(("rest",) + name, [0, float("inf")])
        return ("rest",) + name

    def insatser(self):
        self.classes("i01", "deltaganden", {
            "deltaganden": ("new out", "new in", "old out", "old in"), "nya": ("new out", "new in"),
            "avslutade": ("new out", "old out"), "pagaende": ("new in", "old in")})
        self.classes("i06", "avslutade", {
            "avslutade": ("work", "studies", "both", "seeking", "other"), "arbete": ("work", "both"),
            "studier": ("studies", "both"), "arbete_eller_studier": ("work", "studies", "both"), "arbetssokande": ("seeking",)})
        for key in self.tables.get("i01", {}):
            if key[-1] != "deltaganden":
                continue
            parts = [self.cell("i01", key[:3] + (measure,)) for measure in ("avslutade", "pagaende")]
            self.line(self.cell("i01", key), parts)
            self.within(self.cell("i01", key[:3] + ("personer",)), self.cell("i01", key))
        for table in ("i02", "i07"):
            for key in self.tables.get(table, {}):
                if key[-2] == "TOT":
                    self.line(self.cell("i01", (key[0], "TOT", key[1], key[-1])), [self.cell(table, key)])
        for table in EXITS:
            self.codes_in_wholes(table, 2, lambda key: ("i01", (key[0], "TOT", key[1], "avslutade")))
        self.codes_in_wholes("i08", 3, lambda key: ("i01", key[:3] + ("deltaganden",)))
        self.remittenter()
        self.outcomes()

    def remittenter(self):
        """At most the whole together: an empty remittent stands in TOT only. `rest` is what is left."""
        parts = collections.defaultdict(list)
        for key in self.tables.get("i08", {}):
            if key[3] != "TOT":
                parts[key[:3] + ("TOT", key[4])].append(self.cell("i08", key))
        for total, cells in parts.items():
            self.line(self.cell("i08", total), cells + [self.unseen("i08", total)])

    def outcomes(self):
        for key in self.tables.get("i06", {}):
            if key[-1] != "avslutade":
                continue
            def cell(measure):
                return self.cell("i06", key[:2] + (measure,))
            self.line(self.cell("i01", (key[0], "TOT", key[1], "avslutade")), [cell("avslutade")])
            self.within(cell("borjat_eller_okat"), cell("arbete_eller_studier"))
            self.line(cell("arbete_eller_studier"), [cell("arbete"), self.unseen("i06", key[:2], "studies")])
            self.line(cell("arbete_eller_studier"), [cell("studier"), self.unseen("i06", key[:2], "work")])
            self.line(cell("avslutade"), [cell("arbete_eller_studier"), cell("arbetssokande"), self.unseen("i06", key[:2], "other")])
            if key[0] != "TOT" and "i04" in self.tables:
                self.line(cell("studier"), [self.cell("i04", key[:2] + ("SU", "efter"))])
                work = [self.cell("i04", key[:2] + (code, "efter")) for code in ("AO", "AU", "EF")]
                for code in work:
                    self.within(code, cell("arbete"))
                together = self.unseen("i04", key[:2])  # of the codes, which may be several
                self.line(together, work)
                self.within(cell("arbete"), together)

    def goals(self):
        goals = self.tables.get("g01", {})
        for key in goals:
            if key[-1] != "utfall":
                continue
            insats, name, demand = key[0], goals[key[:2] + ("matt_namn",)][0], goals[key[:2] + ("krav",)][0]
            volume = sorted({k[1] for k in self.tables.get("i10", {}) if k[0] == insats})
            share = "%" in demand and "cirka" not in demand
            if name == "deltagare" and not share:
                self.goal_count(key, insats, "TOT", volume)
            elif name == "könsfördelning" and goals[key[:2] + ("taljare",)][1] != "saknas":
                self.goal_count(key[:2] + ("taljare",), insats, "K", volume)
            elif name in self.measures and share and demand.endswith("avslutade") and " inom " not in name:
                same = self.same_outcome(insats, name)
                if same is not None and goals[key[:2] + ("taljare",)][1] != "saknas":
                    self.line(same, [self.cell("g01", key[:2] + ("taljare",))])
            value, status = goals[key]
            if name in PLAIN and not share and status == "" and 1 <= int(value) < MINIMUM:
                self.findings["published count of 1–4"].append(("g01",) + key + (value,))

    def goal_count(self, key, insats, kon, volume):
        total = self.cell("g01", key)
        if volume:
            self.line(total, [self.cell("i10", (insats, year, kon, "TOT", "antal")) for year in volume])
        elif "i01" in self.tables:
            self.line(total, [self.cell("i01", (insats, "TOT", kon, "personer"))])

    def same_outcome(self, insats, name):
        """The count of i06 or i04 that is the numerator of the measure"""
        codes, without = self.measures[name]
        if without:
            excluded = self.measures.get(without, (set(), ""))
            same = codes == {"AR"} and excluded == (WORK_OR_STUDIES, "")
            return self.cell("i06", (insats, "TOT", "arbetssokande")) if same else None
        for measure, same in (("arbete", WORK_OR_STUDIES - {"SU"}), ("arbete_eller_studier", WORK_OR_STUDIES)):
            if codes == same:
                return self.cell("i06", (insats, "TOT", measure))
        return self.cell("i04", (insats, "TOT", min(codes), "efter")) if len(codes) == 1 else None

    def economy(self):
        """A ratio gives its base away; a year's bases add up to the exits of the period."""
        rows = self.tables.get("e01", {})
        for insats in sorted({key[0] for key in rows}):
            years = sorted({key[1] for key in rows if key[0] == insats})
            for ratio, base in (("kr_per_deltagande", ("i01", (insats, "TOT", "TOT", "deltaganden"))),
                                ("kr_per_avslutad_till_arbete_eller_studier", ("i06", (insats, "TOT", "arbete_eller_studier")))):
                status = [rows.get((insats, year, "TOT", ratio), ("", "saknas"))[1] for year in years]
                if base[1] not in self.tables.get(base[0], {}) or (len(years) > 1 and base[0] == "i01"):
                    continue
                cell = self.cell(*base)
                hidden = status.count("skyddad") + self.withheld(cell)
                if hidden == 1:
                    self.findings["ratio gives a withheld base"].append(cell + (ratio, "all years but one"))

    def target_groups(self):
        rows = self.tables.get("m03", {})
        months = sorted({key[0] for key in rows})
        combinations = sorted({key[2] for key in rows if key[2] != "TOT"})
        for month, kommun in sorted({key[:2] for key in rows}):
            for party in ("AF", "FK", "KOM", "REG"):
                if "m06" in self.tables:
                    self.line(self.cell("m06", (month, kommun, "TOT", "TOT", party, "personer")),
                              [self.cell("m03", (month, kommun, c, "personer")) for c in combinations if party in c.split("+")])
        for key in self.tables.get("m07", {}):
            last = [month for month in months if month[:4] == key[0]][-1:]
            if key[2] == "TOT" and key[3] not in ("TOT", "INGEN") and last:
                self.line(self.cell("m03", (last[0], key[1], key[3], "personer")), [self.cell("m07", key)])
        for key in self.tables.get("m01", {}):
            for group in GROUPS.get(key[3], ()) if key[-1] == "personer" else ():
                self.within(self.cell("m01", key[:3] + (group, "personer")), self.cell("m01", key))
        self.ages()

    def ages(self):
        """Whoever is at a part in a month is so in the year, and of one age there: the year's persons are no fewer than the most of each age together."""
        months = collections.defaultdict(set)
        for key in self.tables.get("m06", {}):
            if "TOT" not in key[1:4]:
                months[key[0][:4], key[1], key[2]].add(key)
        for (year, kommun, kon), keys in sorted(months.items()):
            for table, code, parts in (("m01", "BISTAND", ("KOM",)), ("m01", "OHALSA", ("FK",)), ("m04", "TOT", ("AF", "FK", "KOM")),
                                       ("m05", "TOT", ("AF", "FK", "KOM", "REG"))):
                whole = self.cell(table, (year, kommun, kon, code, "personer"))
                of_age = {key: self.unseen(table, (year, kommun, kon, code), key[3]) for key in sorted(keys) if key[4] in parts}
                for key, age in of_age.items():
                    self.within(self.cell("m06", key), age)
                self.line(whole, sorted(set(of_age.values())) + [self.unseen(table, (year, kommun, kon, code), "more")])

    # --- the attack -----------------------------------------------------------
    def tighten(self):
        """Every line bounds each of its cells by the others, until nothing changes."""
        touched = collections.defaultdict(list)
        for i, (total, parts) in enumerate(self.lines):
            for cell in (total, *parts):
                touched[cell].append(i)
        for i, pair in enumerate(self.below):
            for cell in pair:
                touched[cell].append(-1 - i)
        waiting = collections.deque(range(-len(self.below), len(self.lines)))
        inside = set(waiting)
        while waiting:
            i = waiting.popleft()
            inside.discard(i)
            for cell in self.tighten_line(*self.lines[i]) if i >= 0 else self.tighten_pair(*self.below[-1 - i]):
                for j in touched[cell]:
                    if j not in inside:
                        inside.add(j)
                        waiting.append(j)

    def narrow(self, cell, least, most):
        bounds = self.bounds[cell]
        changed = least > bounds[0] or most < bounds[1]
        bounds[0], bounds[1] = max(bounds[0], least), min(bounds[1], most)
        if bounds[0] > bounds[1]:
            raise ValueError("the tables contradict each other at %s" % (cell,))
        return changed

    def tighten_pair(self, part, whole):
        if self.narrow(part, 0, self.bounds[whole][1]):
            yield part
        if self.narrow(whole, self.bounds[part][0], float("inf")):
            yield whole

    def tighten_line(self, total, parts):
        least = sum(self.bounds[part][0] for part in parts)
        most = sum(self.bounds[part][1] for part in parts)
        if self.narrow(total, least, most):
            yield total
        low, high = self.bounds[total]
        endless = sum(self.bounds[part][1] == float("inf") for part in parts)
        finite = sum(self.bounds[part][1] for part in parts if self.bounds[part][1] != float("inf"))
        for part in parts:
            own = list(self.bounds[part])
            others = float("inf") if endless - (own[1] == float("inf")) else finite - (own[1] if own[1] != float("inf") else 0)
            if own[0] != own[1] and self.narrow(part, low - others if others != float("inf") else 0, high - least + own[0]):
                yield part

    def small_published(self):
        for table, rows in self.tables.items():
            for key, (value, status) in rows.items():
                if key[-1] in COUNTS.get(table, ()) and status == "" and 1 <= int(value) < MINIMUM:
                    self.findings["published count of 1–4"].append((table,) + key + (value,))

    def lone_withheld(self):
        for total, parts in self.lines:
            cells = [cell for cell in (total, *parts) if cell[0] != "rest"]
            hidden = [cell for cell in cells if self.withheld(cell)]
            if len(hidden) == 1 and len(cells) == 1 + len(parts) and hidden[0][0] != "g01":
                kind = "same persons, published elsewhere" if len(parts) == 1 else "only withheld cell of its line"
                self.findings[kind].append(hidden[0] + ("by",) + next(c for c in cells if c != hidden[0]))

    def narrow_small(self):
        for cell, (least, most) in self.bounds.items():
            if cell[0] == "rest" or not self.withheld(cell) or not 1 <= self.true_value(cell) < MINIMUM:
                continue
            if most < MINIMUM or most - least < MINIMUM - 1:
                kind = "small cell determined" if least == most else "small cell in a narrow range"
                self.findings[kind].append(cell + ("%s–%s" % (least, most),))

    def run(self):
        self.small_published()
        for table in SUMS:
            self.sums(table)
        self.insatser()
        self.goals()
        self.economy()
        self.target_groups()
        self.lone_withheld()
        self.tighten()
        self.narrow_small()
        return self.findings


def compare_excel(tables, excel):
    """The sheets for people must withhold what the files for machines withhold."""
    wrong = []
    for table in sorted(set(tables) | set(excel)):
        for key in sorted(set(tables.get(table, {})) | set(excel.get(table, {}))):
            value, status = tables.get(table, {}).get(key, ("no row", ""))
            other, other_status = excel.get(table, {}).get(key, ("no row", ""))
            if status != other_status or value.replace(",", ".") != other.replace(",", "."):
                wrong.append((table,) + key)
    return wrong


def withheld_rows_with_values(tables):
    return [(table,) + key for table, rows in tables.items() for key, (value, status) in rows.items()
            if status == "skyddad" and value != ""]


def publish(tables, truth, cell):
    """The tables with one withheld cell printed"""
    rows = dict(tables[cell[0]])
    rows[cell[1:]] = ("%d" % round(float(truth[cell[0]][cell[1:]][0])), "")
    return {**tables, cell[0]: rows}


def planted(tables, truth, measures):
    """Breaches are planted one at a time: each must be noticed, or the test is worth nothing."""
    plain = Attack(tables, truth, measures)
    plain.run()
    for table in ("i01", "i02", "m04", "m06"):
        small = [cell for cell in plain.bounds
                 if cell[0] == table and plain.withheld(cell) and 1 <= plain.true_value(cell) < MINIMUM]
        small = sorted(small)[len(small) // 2]
        other = Attack(publish(tables, truth, small), truth, measures)
        other.small_published()
        if small not in [found[:-1] for found in other.findings["published count of 1–4"]]:
            yield "a small cell of %s was published and not noticed: %s" % (table, small)
    for table in ("i02", "m02", "m05", "m06"):
        for total, parts in plain.lines:
            hidden = [cell for cell in (total, *parts) if plain.withheld(cell)]
            if total[0] == table and len(hidden) == 2 and plain.true_value(hidden[0]) >= MINIMUM:
                break
        else:
            yield "no line of %s to plant a breach in" % table
            continue
        other = Attack(publish(tables, truth, hidden[0]), truth, measures)
        alone = [found[:len(hidden[1])] for findings in other.run().values() for found in findings if "by" in found]
        if hidden[1] not in alone:
            yield "the last withheld cell of a line of %s is not noticed: %s" % (table, hidden[1])
        value = plain.true_value(hidden[1])
        if other.bounds[hidden[1]] != [value, value]:
            yield "the last withheld cell of a line of %s is not worked out: %s" % (table, hidden[1])
        if compare_excel(tables, publish(tables, truth, hidden[0])) != [hidden[0]]:
            yield "a cell printed in excel alone is not noticed: %s" % (hidden[0],)


def report(out, plant):
    """Lines to print about one publication, [] when all is well"""
    name = os.path.basename(out)
    tables = read_tables(os.path.join(out, "published/latest/data"))
    truth = read_tables(os.path.join(out, "internal/latest/aggregate"))
    measures = read_measures(out + ".ini")
    findings = Attack(tables, truth, measures).run()
    findings["differs between excel and data"] = compare_excel(
        tables, read_tables(os.path.join(out, "published/latest/excel"), True))
    findings["withheld row with a value"] = withheld_rows_with_values(tables)
    text = []
    for kind, cells in findings.items():
        if cells:
            text.append("%s: %s: %d" % (name, kind, len(cells)))
        text += ["    " + " | ".join(map(str, cell)) for cell in cells[:SHOWN]]
    if plant:
        text += ["planted: " + missed for missed in planted(tables, truth, measures)]
    return text


def main(outs):
    with multiprocessing.Pool() as pool:
        lines = sum(pool.starmap(report, [(out, out == outs[0]) for out in outs], 1), [])
    print("\n".join(lines), end="\n" if lines else "")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
