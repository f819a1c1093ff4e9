"""Publications with rounded counts (skydd = avrundning): every count a multiple of the base, tables that add up in and across, shares
of the rounded counts, nothing of rows without persons; and a figure changed in a copy must be noticed by the audit.

    python3 rounding.py PROGRAM OUT…     OUT: what `PROGRAM run --out OUT` wrote; its settings say avrundning with 5
"""
import csv
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile

PROGRAM, OUTS = sys.argv[1], sys.argv[2:]
ROOT = os.path.join(os.path.dirname(__file__), "..", "..")
BASE = 5
faults = []

# Dimensions over which counts add up to TOT.
SUMS = {
    "i01": (["insats", "kommun", "kon"], ["deltaganden", "nya", "avslutade", "pagaende"]),
    "i02": (["kon", "kod"], ["deltaganden"]), "i03": (["kon"], ["fore", "efter"]), "i04": (["kon"], ["fore", "efter"]),
    "i05": (["kon"], ["avslutade"]), "i07": (["kon", "tid"], ["avslutade"]), "i08": (["kommun", "kon"], ["deltaganden"]),
    "i06": (["insats", "kon"], ["avslutade", "arbete", "studier", "arbete_eller_studier", "arbetssokande", "borjat_eller_okat"]),
    "i09": (["insats", "kommun", "kon"], ["inkomna", "startade", "vantande"]), "i11": (["kon"], ["avslutade"]),
    "i12": (["kon"], ["par", "utan_par"]), "m01": (["kommun", "kon"], ["personer"]),
    "m02": (["kommun", "kon", "aldersgrupp"], ["personer"]), "m03": (["kommun", "kombination"], ["personer"]),
    "m04": (["kommun", "kon", "byten"], ["personer"]), "m05": (["kommun", "kon", "tid"], ["personer"]),
    "m06": (["kommun", "kon", "aldersgrupp"], ["personer"]), "m07": (["kommun", "fran", "till"], ["personer"]),
}
# The whole of a table's codes stands in another one.
SAME = [("i02", "kod", "deltaganden", "i01", "deltaganden"), ("i03", "kod", "fore", "i01", "avslutade"),
        ("i03", "kod", "efter", "i01", "avslutade"), ("i04", "kod", "fore", "i01", "avslutade"), ("i04", "kod", "efter", "i01", "avslutade"),
        ("i05", "kod", "avslutade", "i01", "avslutade"), ("i07", "tid", "avslutade", "i01", "avslutade"),
        ("i08", "remittent", "deltaganden", "i01", "deltaganden"), ("i06", None, "avslutade", "i01", "avslutade")]


class Table:
    """A table file: figures by (codes, measure), None when withheld or missing, with the status."""

    def __init__(self, path):
        with open(path, encoding="utf-8", newline="") as file:
            header, *lines = list(csv.reader(file))
        self.dimensions = header[:-3]
        self.cell = {}
        for line in lines:
            value = line[-2]
            try:
                value = float(value) if value else None
            except ValueError:
                pass
            self.cell[tuple(line[:-3]), line[-3]] = (value, line[-1])
        self.rows = {key for key, _ in self.cell}

    def value(self, key, measure):
        return self.cell.get((key, measure), (0, ""))[0]

    def named(self, measure, **codes):
        return self.value(tuple(codes.get(d, "TOT") for d in self.dimensions), measure)


def read_tables(folder):
    return {name.split("_")[0]: Table(os.path.join(folder, name)) for name in sorted(os.listdir(folder)) if name.endswith(".csv")}


def schemas():
    for name in os.listdir(os.path.join(ROOT, "schemas", "tabeller")):
        with open(os.path.join(ROOT, "schemas", "tabeller", name), encoding="utf-8") as file:
            schema = json.load(file)
        if not schema["finsamstat"].get("support"):
            yield name.split("_")[0], {m["name"] for m in schema["finsamstat"]["measures"] if m["kind"] == "count"}


def check(truth, *what):
    if not truth:
        faults.append(" ".join(str(part) for part in what))


def check_counts(out, tables, truth, counts):
    moved = []
    for name, table in tables.items():
        for (key, measure), (value, status) in table.cell.items():
            if measure not in counts[name] or value is None:
                continue
            check(value % BASE == 0, out, name, key, measure, "is no multiple")
            check(key in truth[name].rows, out, name, key, "is a row that was not there")
            before = truth[name].value(key, measure)
            check(before != 0 or value == 0 or measure == "forandring", out, name, key, measure, "was 0")
            moved.append(abs(value - before))
        for key in table.rows:
            own = [table.value(key, m) for m in counts[name]]
            if own and name not in ("g01", "e06", "i13", "q01") and all(v == 0 for v in own):
                check("TOT" in key, out, name, key, "is a row of nobody")
    check(sum(moved) <= 2.5 * len(moved), out, "counts move by", sum(moved) / max(1, len(moved)), "in the mean")
    check(all(status == "skyddad" for _, status in tables["i13"].cell.values()), out, "a curve is printed")
    for insats, kon, _ in tables["i13"].rows:
        check(kon == "TOT" or tables["i01"].named("deltaganden", insats=insats, kon=kon) > 0, out, "i13", insats, kon, "is a curve of nobody")


def check_sums(out, tables):
    for name, (over, measures) in SUMS.items():
        table = tables[name]
        for dimension in over:
            d = table.dimensions.index(dimension)
            for measure in measures:
                sums = {}
                for key in table.rows:
                    if key[d] != "TOT":
                        whole = key[:d] + ("TOT",) + key[d + 1:]
                        sums[whole] = sums.get(whole, 0) + (table.value(key, measure) or 0)
                for key, parts in sums.items():
                    whole = table.value(key, measure)
                    open_sum = name == "i08" and dimension == "remittent"
                    check(whole is None or (parts <= whole if open_sum else parts == whole), out, name, key, measure, "is", whole, "parts", parts)


def check_links(out, tables, truth):
    for name, code, measure, other, other_measure in SAME:
        table = tables[name]
        for key in table.rows:
            codes = dict(zip(table.dimensions, key))
            if code is None or codes[code] == "TOT":
                same = tables[other].named(other_measure, **{d: codes[d] for d in ("insats", "kommun", "kon") if d in codes})
                check(table.value(key, measure) == same, out, name, key, measure, "is another in", other)
            elif code is not None:
                whole = tables[other].named(other_measure, **{d: codes[d] for d in ("insats", "kommun", "kon") if d in codes})
                check(table.value(key, measure) <= whole, out, name, key, measure, "is more than its whole")
    for key in tables["i01"].rows:
        check(tables["i01"].value(key, "personer") <= tables["i01"].value(key, "deltaganden"), out, "i01", key, "more persons than participations")
    for key in tables["i12"].rows:
        for measure, held in (("par", "deltaganden"), ("utan_par", "avslutade")):
            codes = {"insats": key[0], "kon": key[2]}
            if truth["i12"].value(key, measure) <= truth["i01"].named(held, **codes):
                check(tables["i12"].value(key, measure) <= tables["i01"].named(held, **codes), out, "i12", key, measure, "is more than", held)
    for key in tables["m06"].rows:
        month, kommun, kon, age, party = key
        if kon == "TOT" and age == "TOT" and tables["m03"].named("personer", manad=month) is not None:
            parts = sum(tables["m03"].value(other, "personer") for other in tables["m03"].rows
                        if other[:2] == (month, kommun) and party in other[2].split("+"))
            check(tables["m06"].value(key, "personer") == parts, out, "m06", key, "is not the combinations of m03")


def check_shares(out, tables, truth):
    for key in tables["i06"].rows:
        exits, either = (tables["i06"].value(key, m) for m in ("avslutade", "arbete_eller_studier"))
        share = tables["i06"].value(key, "andel_arbete_eller_studier")
        check(share is None if exits == 0 else abs(share - 100 * either / exits) <= 0.051, out, "i06", key, "has a share of", share)
    for key in tables["g01"].rows:
        met, base, share = (tables["g01"].value(key, m) for m in ("taljare", "namnare", "utfall"))
        if base:
            check(abs(share - 100 * met / base) <= 0.051, out, "g01", key, "has a share of", share)
    for key in tables["m01"].rows:
        if 0 < (truth["m01"].value(key, "personer") or 0) < BASE:
            check(tables["m01"].value(key, "helarsekvivalenter") is None, out, "m01", key, "tells an amount of few")


def check_measured(out, tables):
    """What is measured of a count's persons is withheld where the least count may be of one, and not printed twice of the same."""
    for name, pairs in {"i09": [("vantande", "median_vantetid"), ("vantande", "p90_vantetid"), ("startade", "median_vantetid_startade")],
                        "i12": [("par", "medel_start"), ("par", "skillnad")], "m01": [("personer", "belopp_kr"), ("personer", "helarsekvivalenter")]}.items():
        table = tables[name]
        for key in table.rows:
            for count, measure in pairs:
                persons, figure = table.value(key, count), table.value(key, measure)
                if figure is None or persons is None or name == "m01" and persons == 0:
                    continue
                check(persons > BASE, out, name, key, measure, "is printed beside", persons)
                for d in range(len(key)):
                    total = key[:d] + ("TOT",) + key[d + 1:]
                    check(name == "m01" or total == key or table.value(total, measure) is None or table.value(total, count) != persons, out, name, key,
                          measure, "is printed in a total of the same persons, too")
    for key in tables["i12"].rows:
        mean = tables["i12"].value(key, "medel_start")
        check(mean is None or abs(10 * mean - round(10 * mean)) < 1e-6, out, "i12", key, "has a mean of more than one decimal")


def check_amounts(out, tables, truth):
    """The mean of a row's persons times the rounded ones, and sums of these."""
    table, before = tables["m01"], truth["m01"]
    groups = {"OHALSA": {"SP", "RP", "SE", "AE"}, "ARBMARK": {"AK", "AS", "UE", "ET"}, "BISTAND": {"FS"}}
    groups["TOT"] = set().union(*groups.values())
    for measure, half in (("belopp_kr", 0.51), ("helarsekvivalenter", 0.0051)):
        for key in table.rows:
            if table.value(key, measure) is None:
                continue
            made = 0
            for other in before.rows:
                if other[0] != key[0] or other[3] not in groups.get(key[3], {key[3]}) or "TOT" in other or \
                        any(key[d] not in ("TOT", other[d]) for d in (1, 2)) or not before.value(other, "personer"):
                    continue
                made += before.value(other, measure) * table.value(other, "personer") / before.value(other, "personer")
            check(abs(table.value(key, measure) - made) <= half, out, "m01", key, measure, "is", table.value(key, measure), "and not", made)


def check_years(out, tables, truth):
    """A month has no more than its year, of those who are at a part, and whoever is paid is active."""
    def within(name, key, whole, code):
        part, held = tables[name].value(key, "personer"), tables[whole].value(code, "personer")
        if part is not None and held is not None and truth[name].value(key, "personer") <= truth[whole].value(code, "personer"):
            check(part <= held, out, name, key, "is", part, "and", whole, code, held)
    for key in tables["m06"].rows:
        month, kommun, kon, age, party = key
        if age != "TOT":
            continue
        within("m06", key, "m05", (month[:4], kommun, kon, "TOT"))
        if party != "REG":
            within("m06", key, "m04", (month[:4], kommun, kon, "TOT"))
        for code in {"KOM": ("FS", "BISTAND", "TOT"), "FK": ("OHALSA", "TOT")}.get(party, ()):
            within("m06", key, "m01", (month[:4], kommun, kon, code))
    for key in tables["m03"].rows:
        if key[2] == "TOT" and tables["m03"].value(key, "personer") is not None:
            within("m03", key, "m05", (key[0][:4], key[1], "TOT", "TOT"))
    paid, changes, others, rule = {}, {}, set(), None
    with open(os.path.join(out, "..", "forbund.ini"), encoding="utf-8") as file:
        for line in file:
            if line.startswith("["):
                rule = line.strip("[]\n").partition("målgrupp ")[2]
            elif rule and line.replace(" ", "").startswith("AFersättning="):
                paid[rule] = [code.strip() for code in line.split("=")[1].split(",")]
            elif rule and line.startswith("byten senaste ") and int(line.split()[2]) >= 12:
                changes[rule] = int(line.split("=")[1])
            elif rule and "=" in line and not line.startswith("ålder = 16–64"):
                others.add(rule)
    for key in tables["m02"].rows:
        if key[4] == "TOT" and key[1] in paid:
            codes = paid[key[1]]
            within("m02", key, "m01", (key[0], key[2], key[3], codes[0] if len(codes) == 1 else "ARBMARK"))
    for key, rule in ((key, rule) for key in tables["m04"].rows for rule in changes if key[3] == "TOT" and rule not in others):
        group = (key[0], rule, key[1], key[2], "TOT")
        printed, true = (sum(source["m04"].value(other, "personer") for other in source["m04"].rows if other[:3] == key[:3] and other[3] != "TOT" and
                             int(other[3].rstrip("+").split("-")[0]) >= changes[rule]) for source in (tables, truth))
        check(printed <= tables["m02"].value(group, "personer") or true > truth["m02"].value(group, "personer"), out, "m04", key, "changed often", printed,
              "and", group, tables["m02"].value(group, "personer"))
    for key in tables["m01"].rows:
        if key[3] == "TOT":
            within("m01", key, "m04", key)
            within("m01", key, "m05", key)
    for key in tables["m05"].rows:
        if key[3] == "TOT":  # whoever has a time is paid in the last month
            printed, true = (sum(source["m05"].value(other, "personer") for other in source["m05"].rows
                                 if other[:3] == key[:3] and other[3] not in ("0", "TOT")) for source in (tables, truth))
            for whole in ("m01", "m04"):
                check(printed <= tables[whole].value(key, "personer") or true > truth[whole].value(key, "personer"), out, "m05", key, "has times of",
                      printed, "and", whole, tables[whole].value(key, "personer"))


def check_alone(out, tables, truth):
    """A year of one month prints the same as that month of the same persons: some table of persons, all multiples of five, has all that is printed."""
    value = lambda name, *key: tables[name].value(key, "personer") or 0
    before = lambda name, *key: truth[name].value(key, "personer") or 0
    months = sorted({key[0] for key in tables["m03"].rows})
    with open(os.path.join(out, "..", "forbund.ini"), encoding="utf-8") as file:
        period = next(line for line in file if line.startswith("period")).split("=")[1].split("–")
    first, last = (tuple(int(part) for part in date.strip().split("-")[:2]) for date in period)
    for month in months:
        year = month[:4]
        if (first[1] if int(year) == first[0] else 1) != (last[1] if int(year) == last[0] else 12):
            continue
        for kommun in {key[1] for key in tables["m05"].rows if key[0] == year}:
            sets = {key[2]: value("m03", *key) for key in tables["m03"].rows if key[:2] == (month, kommun) and key[2] != "TOT"}
            true = {key[2]: before("m03", *key) for key in truth["m03"].rows if key[:2] == (month, kommun) and key[2] != "TOT"}

            def active(counts, parts, without=()):
                return sum(n for s, n in counts.items() if set(s.split("+")) & set(parts) and not set(s.split("+")) & set(without))
            for name, code, parts in (("m05", "TOT", "AF FK KOM REG"), ("m04", "TOT", "AF FK KOM"), ("m01", "FS", "KOM"), ("m01", "BISTAND", "KOM"),
                                      ("m01", "OHALSA", "FK")):
                own = value(name, year, kommun, "TOT", code)
                if before(name, year, kommun, "TOT", code) == active(true, parts.split()):
                    check(own == active(sets, parts.split()), out, name, year, kommun, code, "is", own, "and the month", active(sets, parts.split()))
            paid = value("m05", year, kommun, "TOT", "TOT") - value("m05", year, kommun, "TOT", "0")
            both = active(sets, ("FK", "KOM"))
            check(both <= paid <= both + value("m01", year, kommun, "TOT", "ARBMARK"), out, "m05", year, kommun, "has times of", paid, "beside", both)
            check(sets.get("REG", 0) <= value("m05", year, kommun, "TOT", "0"), out, "m05", year, kommun, "has fewer without than contacts alone")
    for month, kommun, kon, age, party in tables["m06"].rows:
        alone = (first[1] if int(month[:4]) == first[0] else 1) == (last[1] if int(month[:4]) == last[0] else 12)
        for code in {"KOM": ("FS", "BISTAND"), "FK": ("OHALSA",)}.get(party, ()) if alone and age == "TOT" else ():
            if before("m06", month, kommun, kon, age, party) == before("m01", month[:4], kommun, kon, code):
                check(value("m06", month, kommun, kon, age, party) == value("m01", month[:4], kommun, kon, code), out, "m01", month[:4], kommun, kon, code,
                      "is another than the month")


def read_measures(path):
    """[mått …]: the codes and the name of what is excluded."""
    measures, own = {}, None
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("["):
                own = line.strip("[]\n").partition("mått ")[2] if line.startswith("[mått ") else None
            elif own and "=" in line:
                key, value = (part.strip() for part in line.split("#")[0].split("=", 1))
                codes, without = measures.get(own, (set(), None))
                measures[own] = ({c.strip() for c in value.split(",")}, without) if key == "vid avslut" else (codes, value)
    return measures


def check_goals(out, tables, truth):
    """A goal of exits has no more than a result or code that holds all of them, and of all exits no less than one that it holds; tried by sets of codes."""
    measures = read_measures(os.path.join(out, "..", "forbund.ini"))
    sets = [set(c) for n in range(1, 8) for c in itertools.combinations(("AO", "AU", "EF", "SU", "AR", "PR", "PG"), n)]
    either = {"AO", "AU", "EF", "SU"}
    results = {"arbete": lambda s: s & {"AO", "AU", "EF"}, "studier": lambda s: "SU" in s, "arbete_eller_studier": lambda s: s & either,
               "arbetssokande": lambda s: "AR" in s and not s & either}

    def meets(name, codes):
        asked, without = measures[name]
        return bool(asked & codes) and not (without and meets(without, codes))
    for key in tables["g01"].rows:
        name, _, within = str(tables["g01"].value(key, "matt_namn")).partition(" inom ")
        krav = str(tables["g01"].value(key, "krav"))
        for count in ("taljare", "utfall") if name in measures else ():
            met, before = tables["g01"].value(key, count), truth["g01"].value(key, count)
            number = count == "taljare" or tables["g01"].value(key, "taljare") is None
            if not number or met is None or before is None or ("startade" in krav and within):
                continue
            every = not within and "startade" not in krav and "deltagare" not in krav
            for result, holds in results.items():
                held, then = (source["i06"].named(result, insats=key[0]) for source in (tables, truth))
                if all(holds(s) for s in sets if meets(name, s)):
                    check(met <= held or before > then, out, "g01", key, count, "is", met, "and", result, held)
                if every and all(meets(name, s) for s in sets if holds(s)):
                    check(met >= held or before < then, out, "g01", key, count, "is", met, "and", result, "that it holds", held)


def check_answers(out, tables, truth):
    """A goal of surveys counts persons with a pair in any instrument; of all participants no fewer than any instrument."""
    def pairs(source, insats):
        return [source["i12"].value(key, "par") for key in truth["i12"].rows if key[0] == insats and key[2] == "TOT"]
    for key in tables["g01"].rows:
        count = "utfall" if tables["g01"].value(key, "taljare") is None else "taljare"
        met, before = tables["g01"].value(key, count), truth["g01"].value(key, count)
        printed, true = pairs(tables, key[0]), pairs(truth, key[0])
        if str(tables["g01"].value(key, "matt_namn")).startswith("enkät") and met is not None and before is not None and None not in printed:
            check(met <= sum(printed) or before > sum(true), out, "g01", key, "is", met, "and the pairs", printed)
            of_persons = "avslutade" not in tables["g01"].value(key, "krav") and "startade" not in tables["g01"].value(key, "krav")
            for own, then in zip(printed, true):
                check(not of_persons or met >= own or before < then, out, "g01", key, "is", met, "and those of an instrument", own)


def check_reasons(out, tables):
    """q01 says of no figure of persons why it differs: a combination whose few are gone looks like one of nobody."""
    for key in tables["q01"].rows if "q01" in tables else ():
        table, measure = key[0].split("_")[0], key[2]
        if table in tables and table != "e09" and (table != "e01" or measure.startswith("kr_per")) and len(key[1].split("|")) == len(tables[table].dimensions):
            check(tables["q01"].cell[key, "forklaring"][1] == "skyddad", out, "q01", key, "is explained")
        gone = table in tables and tuple(key[1].split("|")) not in tables[table].rows
        if gone and "vantetid" in measure:
            check(tables["q01"].value(key, "beraknat") is None, out, "q01", key, "has a figure of nobody")


def check_economics(out, tables):
    """What is printed of the calculation follows from the rounded counts alone: a cohort of 0 looks like nobody's, of one of 5 nothing is printed, nor
    where few work; and of a cohort whose exits have few förmåner of an agency (sus) no casework."""
    def most(table, codes, insats, measures):
        return max(tables[table].named(measure, insats=insats, kod=code) for code in codes for measure in measures)

    def states(name, insats, **codes):
        table = tables[name]
        return {(key, measure): status if value is None else "printed" for (key, measure), (value, status) in table.cell.items() if key[0] == insats and
                all(key[table.dimensions.index(d)] == code for d, code in codes.items())}

    with open(os.path.join(out, "..", "forbund.ini"), encoding="utf-8") as file:
        own = "sus" if any(line.split("#")[0].replace(" ", "").strip() == "underlag=sus" for line in file) else "extrakt"
    agencies = (("SP", "RP", "SE", "AE"), ("AK", "AS", "UE", "ET"), ("FS",))
    for (insats, base, rate), measure in {(key, "kohort") for key in tables["e06"].rows}:
        cohort, status = tables["e06"].cell[(insats, base, rate), "kohort"]
        if status == "saknas":
            continue
        figures = {cell: state for cell, state in states("e06", insats, underlag=base).items() if cell[1] not in ("kohort", "andel_lankad")}
        for name in ("e02", "e03", "e04", "e05", "e07", "e08") if base == own else ():
            figures.update({((name,) + key, measure): state for (key, measure), state in states(name, insats).items()})
        check(cohort is not None and cohort <= tables["i01"].named("avslutade", insats=insats), out, "e06", insats, base, "is a cohort of", cohort)
        few = most("i04", ("AO", "AU", "EF"), insats, ("fore", "efter")) <= BASE
        calculated = {state for (_, measure), state in figures.items() if measure != "kostnad"}
        if cohort == 0:
            check(set(figures.values()) <= {"saknas"}, out, insats, base, "is no cohort and has", set(figures.values()))
        elif cohort == BASE:
            check(set(figures.values()) <= {"skyddad"}, out, insats, base, "is a cohort of the base and has", set(figures.values()))
        elif few:
            check(calculated <= {"skyddad"}, out, insats, base, "has few who work and", calculated)
        elif base == "sus" and any(most("i03", agency, insats, ("fore", "efter")) <= BASE for agency in agencies):
            open_figures = {measure for (key, measure), state in figures.items() if state != "skyddad" and
                            (measure in ("handlaggning", "produktion", "potential", "resursforbrukning") or
                             key[0] in ("e02", "e03", "e07", "e08") and key[2] != "SAMHALLE" and measure != "kostnad")}
            check(not open_figures, out, insats, "tells of few by casework:", open_figures)
        other = tables["e06"].value((insats, "extrakt" if base == "sus" else "sus", rate), "kohort")
        if other and cohort and abs(other - cohort) <= BASE:
            check(not {"kostnad", "netto_manad", "produktion"} & {m for (_, m), state in states("e06", insats, underlag=base).items() if state == "printed"},
                  out, insats, base, "is nearly the other cohort")


def audit(folder):
    run = subprocess.run([PROGRAM, "audit", folder], capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr


def change(path, old, new):
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    check(old in text, path, "holds no", old)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text.replace(old, new, 1))


def check_mutations(out):
    """One count that is not rounded; one of another multiple; one of another format. The audit must say so."""
    source = os.path.realpath(os.path.join(out, "published", "latest"))
    code, said = audit(source)
    check(code == 0 and "multiple of 5" in said, out, "audit:", code, said)
    for title, file, shift, word in [("unrounded", "data", 1, "unrounded"), ("another multiple", "data", 5, "add up"),
                                     ("in excel/", "excel", 5, "excel/")]:
        with tempfile.TemporaryDirectory() as work:
            folder = os.path.join(work, "published")
            shutil.copytree(source, folder)
            path = os.path.join(folder, file, "i01_deltagare.csv")
            with open(path, encoding="utf-8", newline="") as lines:
                mark = ",deltaganden," if file == "data" else ";deltaganden;"
                line = next(l for l in lines if mark in l and "TOT" not in l)
            head, value = line.rstrip("\r\n").rsplit(mark, 1)
            number = int(value.split(mark[0])[0])
            change(path, head + mark + value, head + mark + value.replace(str(number), str(number + shift), 1))
            code, said = audit(folder)
            check(code == 4 and word in said, out, title, "is not noticed:", code, said[-300:])


def check_told(out):
    """A wait of as few as the base, an amount with one person's more, a year of fewer than a month, a net of a cohort of the base, or that it
    has none, a withheld one of nobody: the audit must say so."""
    source = os.path.realpath(os.path.join(out, "published", "latest"))
    month = max((int(value), key) for (key, measure), (value, _) in Table(os.path.join(source, "data", "m06_manad.csv")).cell.items()
                if key[1:4] == ("TOT", "TOT", "TOT") and key[4] == "KOM")
    year = ",".join([month[1][0][:4], "TOT,TOT,BISTAND,personer,"])
    bistand = next(line for line in open(os.path.join(source, "data", "m01_forsorjningsmatt.csv"), encoding="utf-8") if line.startswith(year))
    wait = next(line for line in open(os.path.join(source, "data", "i09_ko.csv"), encoding="utf-8") if ",median_vantetid,,skyddad" in line)
    amount = next(line for line in open(os.path.join(source, "data", "m01_forsorjningsmatt.csv"), encoding="utf-8")
                  if ",TOT,TOT,TOT,helarsekvivalenter," in line and "skyddad" not in line)
    economics = Table(os.path.join(source, "data", "e06_jamforelse.csv")).cell
    net, none = (next(",".join(key) + f",nuvarde,,{status}\n" for key, measure in economics if measure == "kohort" and
                      economics[key, measure][0] == cohort and economics[key, "nuvarde"][1] == status)
                 for cohort, status in ((BASE, "skyddad"), (0, "saknas")))
    number = amount.rstrip("\r\n").split(",")[-2]
    for file, old, new, word in [("i09_ko.csv", wait, wait.replace(",,skyddad", ",2.0,"), "i09_ko prints"),
                                 ("m01_forsorjningsmatt.csv", amount, amount.replace(number, f"{float(number) + 0.4:.2f}"), "m01_forsorjningsmatt gives"),
                                 ("m01_forsorjningsmatt.csv", bistand, f"{year}{month[0] - BASE},", "m01_forsorjningsmatt prints"),
                                 ("e06_jamforelse.csv", net, net.replace(",,skyddad", ",1000,"), "e06_jamforelse prints"),
                                 ("e06_jamforelse.csv", net, net.replace(",,skyddad", ",,saknas"), "e06_jamforelse prints"),
                                 ("e06_jamforelse.csv", none, none.replace(",,saknas", ",,skyddad"), "e06_jamforelse prints")]:
        with tempfile.TemporaryDirectory() as work:
            run = os.path.basename(source)
            folder = os.path.join(work, "published", run)
            shutil.copytree(source, folder)
            shutil.copytree(os.path.join(out, "internal", run), os.path.join(work, "internal", run))
            change(os.path.join(folder, "data", file), old.rstrip("\r\n"), new.rstrip("\r\n"))
            code, said = audit(folder)
            check(code == 4 and word in said, out, file, "is not noticed:", code, said[-300:])


def main():
    counts = dict(schemas())
    for out in OUTS:
        tables = read_tables(os.path.join(out, "published", "latest", "data"))
        truth = read_tables(os.path.join(out, "internal", "latest", "aggregate"))
        check_counts(out, tables, truth, counts)
        check_sums(out, tables)
        check_links(out, tables, truth)
        check_shares(out, tables, truth)
        check_measured(out, tables)
        check_amounts(out, tables, truth)
        check_years(out, tables, truth)
        check_alone(out, tables, truth)
        check_goals(out, tables, truth)
        check_answers(out, tables, truth)
        check_reasons(out, tables)
        check_economics(out, tables)
    check_mutations(OUTS[0])
    check_told(OUTS[0])
    for fault in faults[:30]:
        print(fault)
    print(f"{len(OUTS)} publications, {len(faults)} faults")
    sys.exit(len(faults) > 0)


main()
