"""Figures published earlier outside the program (publicerat.csv): everybody knows them. Protection reckons with them, what they fix is
withheld, exempt and listed, and the audit judges it by its own reckoning.

    python3 known.py     BUILD names the build folder (default build)
"""
import csv
import io
import os

import delivery

TABLE = "i01_deltagare"


def rows(text, dimensions=3):
    """{(codes…, measure): (value, status)} of a table."""
    return {tuple(row[:dimensions + 1]): (row[-2], row[-1]) for row in list(csv.reader(io.StringIO(text)))[1:]}


def of(out, name):
    return delivery.read(os.path.join(out, "internal", "latest", name))


def run(test, folder, out, lines, differing=False):
    """A run whose publicerat.csv has these lines; its published i01, and the listed exemptions."""
    head = "tabell;nyckel;matt;varde;kalla\n"
    delivery.write(os.path.join(folder, "publicerat.csv"), head + "".join(line + ";rapport\n" for line in lines))
    done = test.run("run", folder, "--out", out)
    test.check(done.returncode in (0, 3), f"exit {done.returncode}: {done.stderr[-800:]}")
    test.check(("published figures differ" in done.stderr) == differing, "differences:", done.stderr[-400:])
    table = rows(delivery.read(os.path.join(out, "published", "latest", "data", TABLE + ".csv")))
    exempt = list(csv.DictReader(io.StringIO(of(out, "undantag.csv"))))
    account = {row["tabell"]: int(row["undantag"]) for row in csv.DictReader(io.StringIO(of(out, "protection.csv")))}
    for name, count in account.items():
        test.check(count == sum(row["tabell"] == name for row in exempt), f"protection.csv counts {count} exempt cells of {name}")
    said = "exempt from the guarantee" in done.stderr
    test.check(said == bool(exempt), "the log and the list differ about exemptions")
    return table, exempt


def pairs_of_kon(truth):
    """Totals of i01 of which one kön has 1–4, the other 5 or more: (insats, kommun, the one, the other, measure)."""
    for (insats, kommun, kon, measure), (value, _) in sorted(truth.items()):
        other = {"K": "M", "M": "K"}.get(kon)
        if other is None or measure in ("personer", "nya") or not 1 <= int(value) <= 4:
            continue
        rest, total = (int(truth.get((insats, kommun, code, measure), ("0",))[0]) for code in (other, "TOT"))
        if rest >= 5 and rest + int(value) == total:
            yield insats, kommun, kon, other, measure


def line(insats, kommun, kon, measure, value):
    return f"{TABLE};{insats}|{kommun}|{kon};{measure};{value}"


def main():
    with delivery.Test() as test:
        folder, out = test.forbund(), test.path("out")
        run(test, folder, out, [])
        truth = rows(of(out, os.path.join("aggregate", TABLE + ".csv")))
        insats, kommun, few, many, measure = max(pairs_of_kon(truth), key=lambda pair: int(truth[pair[:2] + ("TOT", pair[4])][0]))

        def known(kon, more=0):
            return line(insats, kommun, kon, measure, int(truth[insats, kommun, kon, measure][0]) + more)

        def reasons(exempt):
            return {row["nyckel"]: row["skal"] for row in exempt if row["matt"] == measure and row["tabell"] == TABLE}

        # The small count itself: withheld and listed; beside another figure, which differs today, nothing is known.
        small = f"{insats}|{kommun}|{few}"
        table, exempt = run(test, folder, out, [known(few)])
        test.check(table[insats, kommun, few, measure] == ("", "skyddad"), "a known small count is printed")
        test.check(reasons(exempt).get(small) == "publicerad tidigare", "not listed as published:", exempt)
        _, exempt = run(test, folder, out, [known(few, 1)], differing=True)
        test.check(not exempt, "another figure makes cells exempt:", exempt)

        # The others and the total, which give it: withheld, and listed as following.
        table, exempt = run(test, folder, out, [known(many), known("TOT")])
        test.check(table[insats, kommun, few, measure] == ("", "skyddad"), "a small count that known figures give is printed")
        test.check(reasons(exempt).get(small) == "följer av kända uppgifter", "not listed as following:", exempt)

        # The others alone: known and so printed, but the total cannot be printed beside them.
        table, exempt = run(test, folder, out, [known(many)])
        test.check(table[insats, kommun, "TOT", measure] == ("", "skyddad"), "known others and a printed total give a small count")
        test.check(small not in reasons(exempt), "exempt without need:", exempt)

        # The audit by itself: q01 says that the total was published instead of the others, which are printed. Of this the protector
        # knew nothing, and what everybody knew before, the total alone, does not give the small count.
        publication = os.path.realpath(os.path.join(out, "published", "latest"))
        q01 = os.path.join(publication, "data", "q01_avstamning.csv")
        test.check(test.run("audit", publication).returncode == 0, "the audit stops a publication that gives nothing away")
        head, *lines = delivery.read(q01).splitlines()
        before = f"{TABLE},{insats}|{kommun}|{many},{measure},"
        test.check(len(lines) == 4 and all(line.startswith(before) for line in lines), "q01 holds other lines:", lines)
        after = f"{TABLE},{insats}|{kommun}|TOT,{measure},"
        told = {"publicerat": truth[insats, kommun, "TOT", measure][0] + ","}
        delivery.write(q01, "\n".join([head, *(after + matt + "," + told.get(matt, ",skyddad")
                                               for matt in ("publicerat", "beraknat", "skillnad", "forklaring"))]) + "\n")
        done = test.run("audit", publication)
        test.check(done.returncode == 4 and f"table {TABLE} gives" in done.stderr, f"the audit does not reckon with q01: {done.returncode} {done.stderr[-400:]}")
        test.check(f'\n{TABLE},' in done.stdout, "the audit names no cell of i01:", done.stdout)


main()
