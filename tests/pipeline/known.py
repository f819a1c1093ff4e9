"""Figures published earlier outside the program (publicerat.csv): everybody knows them. Protection reckons with them, what they fix is
withheld, exempt and listed, and the audit judges it by its own reckoning.

    python3 known.py     BUILD names the build folder (default build)
"""
import csv
import io
import os
import shutil

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


def ratios_of(truth):
    """Published ratios that would give a small count away: (line, table, key, measure of the count, least and most that the count can be when its
    base is printed)."""
    results = truth["i06_resultat"]
    for (insats, kon, measure), (value, _) in sorted(results.items()):
        base = int(results.get((insats, kon, "avslutade"), ("0",))[0])
        if measure != "arbete_eller_studier" or not 1 <= int(value) <= 4 or base < 10 or "TOT" in (insats, kon):
            continue
        share = f"{100 * int(value) / base:.1f}"
        fit = [n for n in range(1, base) if abs(100 * n / base - float(share)) <= 0.05 + 1e-9]
        yield f"i06_resultat;{insats}|{kon};andel_arbete_eller_studier;{share}", "i06_resultat", (insats, kon), measure, fit
        yield f"i14_konsskillnad;{insats};andel_{kon.lower()};{share}", "i06_resultat", (insats, kon), measure, fit
    for (year, group, kommun, kon, age, measure), (value, status) in sorted(truth["m02_malgrupp"].items()):
        count = truth["m02_malgrupp"].get((year, group, kommun, kon, age, "personer"), ("0", ""))[0]
        if measure == "per_1000" and status == "" and 1 <= int(count) <= 4:
            yield f"m02_malgrupp;{year}|{group}|{kommun}|{kon}|{age};per_1000;{float(value):.2f}", "m02_malgrupp", (year, group, kommun, kon, age), "personer", None


def check_ratios(test):
    """A share, a number per 1 000 inhabitants: beside what the run prints no such figure may give a small count, unless it does alone."""
    folder, out = test.path("insjoriket"), test.path("ratios")
    shutil.copytree(os.path.join(delivery.ROOT, "sample-data", "insjoriket-2018"), folder, ignore=shutil.ignore_patterns("resultat"))
    ini = delivery.read(os.path.join(folder, "forbund.ini"))
    delivery.write(os.path.join(folder, "forbund.ini"), "\n".join("simuleringar = 50" if line.startswith("simuleringar") else line for line in ini.splitlines()))
    run(test, folder, out, [])
    first = os.path.basename(os.path.realpath(os.path.join(out, "internal", "latest")))
    truth = {name: rows(of(out, os.path.join("aggregate", name + ".csv")), width) for name, width in (("i06_resultat", 2), ("m02_malgrupp", 5))}
    ratios = list(ratios_of(truth))
    shares = [ratio for ratio in ratios if ratio[4] is not None and len(ratio[4]) == 1]
    rates = [ratio for ratio in ratios if ratio[4] is None]
    test.check(len(shares) >= 2 and len(rates) >= 2, "too few ratios to try:", len(shares), len(rates))
    # The first publication printed the base of some: beside such a share it would have told. The audit by itself must say so, below.
    publication = os.path.join(out, "published", first)
    results = rows(delivery.read(os.path.join(publication, "data", "i06_resultat.csv")), 2)
    told = [ratio for ratio in shares if results[ratio[2] + ("avslutade",)][1] == ""]
    test.check(told, "the base of no share was printed")
    chosen = told[:1] + [shares[-1]] + rates[:2]
    _, exempt = run(test, folder, out, [ratio[0] for ratio in chosen])
    listed = {(row["tabell"], row["nyckel"], row["matt"]) for row in exempt}
    for said, table, key, measure, fit in chosen:
        data = rows(delivery.read(os.path.join(out, "published", "latest", "data", table + ".csv")), len(key))
        test.check(data[key + (measure,)] == ("", "skyddad"), said, "is known and the count is printed")
        free = (table, "|".join(key), measure) in listed
        if fit is None:
            test.check(free, said, "fixes a small count that is not listed")
        else:
            base = data[key + ("avslutade",)]
            test.check(free or base[1] == "skyddad", said, "and the printed base give", fit)
            test.check(not free, said, "alone is said to give a count")
    for said, table, key, measure, _ in told[:1]:
        audit_knows(test, publication, [said], table, key, measure)
    check_limits(test, folder, out)


def told_by_limits(truth):
    """Insatser where few of one kön went to work or studies, and more of the other: (insats, the one, the other)."""
    for (insats, kon, measure), (value, _) in sorted(truth.items()):
        if measure == "arbete_eller_studier" and insats != "TOT" and kon in "KM" and 1 <= int(value) <= 4:
            other = {"K": "M", "M": "K"}[kon]
            many, both = (int(truth.get((insats, code, measure), ("0",))[0]) for code in (other, "TOT"))
            if many >= 5 and many + int(value) == both:
                yield insats, kon, other


def check_limits(test, folder, out):
    """The limits of a share are those of one pair of counts: who has those of one kön works out the other beside the sum of both."""
    truth = rows(of(out, os.path.join("aggregate", "i06_resultat.csv")), 2)
    insats, few, many = next(told_by_limits(truth))
    lines = [f"i06_resultat;{insats}|{many};{measure};{float(truth[insats, many, measure][0]):.1f}" for measure in ("ki_lag", "ki_hog")]
    run(test, folder, out, lines)
    data = rows(delivery.read(os.path.join(out, "published", "latest", "data", "i06_resultat.csv")), 2)
    test.check(data[insats, few, "arbete_eller_studier"][1] == "skyddad", "a small count is printed")
    test.check(data[insats, "TOT", "arbete_eller_studier"][1] == "skyddad", lines, "and the printed sum give the small count of", insats, few)
    # Where the sum was published instead it is printed; beside the limits it would tell.
    run(test, folder, out, [f"i06_resultat;{insats}|TOT;arbete_eller_studier;{truth[insats, 'TOT', 'arbete_eller_studier'][0]}"])
    publication = os.path.realpath(os.path.join(out, "published", "latest"))
    data = rows(delivery.read(os.path.join(publication, "data", "i06_resultat.csv")), 2)
    test.check(data[insats, "TOT", "arbete_eller_studier"][1] == "", "a sum that was published is not printed:", insats)
    audit_knows(test, publication, lines, "i06_resultat", (insats, few), "arbete_eller_studier")


def audit_knows(test, publication, lines, table, key, measure):
    """With these lines in q01 the audit by itself must find that a count is given away."""
    q01 = os.path.join(publication, "data", "q01_avstamning.csv")
    text = delivery.read(q01).splitlines()[0] + "\n"
    for line in lines:
        named, value = line.rsplit(";", 1)
        text += named.replace(";", ",") + f",publicerat,{value},\n"
        text += "".join(named.replace(";", ",") + f",{matt},,skyddad\n" for matt in ("beraknat", "skillnad", "forklaring"))
    delivery.write(q01, text)
    done = test.run("audit", publication)
    test.check(done.returncode == 4 and f'{table},{"|".join(key)},{measure},' in done.stdout.replace('"', ""),
               f"the audit does not reckon with {lines}: {done.returncode} {done.stderr[-300:]} {done.stdout[-300:]}")


def main():
    with delivery.Test() as test:
        check_ratios(test)
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


if __name__ == "__main__":
    main()
