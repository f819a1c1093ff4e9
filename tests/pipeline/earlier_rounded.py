"""What publications with rounded counts tell beside approved ones: of the same delivery, of one that differs by one person or by many, after
a change of mode, and of a longer period. The attacker has both publications and knows that a count is within less than one base of its
rounding in each of the finest classes; what the counts are is taken from the runs' own tables before protection."""
import csv
import os
import shutil

import delivery
from delivery import add, read, swap
from earlier import approve, figures, make, out_of, participation, run

BASE = 5
ROUNDED = "minsta antal = 5\nskydd = avrundning"
EXACT = ("belopp_kr", "helarsekvivalenter", "median_vantetid", "median_vantetid_startade", "p90_vantetid", "p90_vantetid_startade")


def rounded(test):
    folder = make(test)
    swap(os.path.join(folder, "forbund.ini"), "minsta antal = 5", ROUNDED)
    return folder


def one_more(folder):
    add(os.path.join(folder, "extrakt", "sus.csv"), participation("person-9999", "1440", "K", 1980, 3, 6))
    add(os.path.join(folder, "extrakt", "af.csv"), "person-9999;1440;K;1980;11;2018-03-01;;AK;9000;\n")


def truth(folder):
    """{(table, key…, measure): number} of the newest run before protection."""
    found = {}
    inside = os.path.join(out_of(folder), "internal", "latest", "aggregate")
    for name in os.listdir(inside):
        for row in list(csv.reader(read(os.path.join(inside, name)).splitlines()))[1:]:
            found[(name[:-4], *row[:-2])] = row[-2]
    return found


def is_count(key):
    return key[0][:3] not in ("q01", "e09", "i13", "g01") and key[-1] in (
        "personer", "deltaganden", "nya", "avslutade", "pagaende", "fore", "efter", "inkomna", "startade", "vantande", "antal", "par", "utan_par",
        "arbete", "studier", "arbete_eller_studier", "arbetssokande", "borjat_eller_okat")


def two_roundings(test, title, first, second, counts):
    """first, second: figures of two publications; counts: (before, now). One count has one rounding, and so have one and the next; an amount
    beside counts that are printed alike is the same."""
    compared = 0
    for key in first.keys() | second.keys():
        (old, was), (new, now) = first.get(key, ("0", "")), second.get(key, ("0", ""))
        if is_count(key) and {was, now} <= {"", "tidigare"}:
            before, after = (int(float(count.get(key) or 0)) for count in counts)
            compared += 1
            test.check(old == new or abs(before - after) >= BASE, title, key, "is", old, "and then", new, "of", before, "and", after)
        test.check(was != "skyddad" or now not in ("", "tidigare") or not is_count(key), title, key, "was withheld and is", new)
        if key[-1] in EXACT and was in ("", "tidigare") and now in ("", "tidigare") and old != new:
            rows = [other for other in first if other[:-1] == key[:-1] and is_count(other)]
            test.check(any(first[other][0] != second.get(other, ("0", ""))[0] for other in rows), title, key, "is", old, "and then", new,
                       "beside counts that are the same")
    test.check(compared > 50, title, "compares", compared)


def audit_finds(test, folder, title, said, choose):
    """Plants one line of i01 in a copy of the newest publication: the audit ends with 4."""
    work = test.path("planted")
    shutil.rmtree(work, ignore_errors=True)
    for part in "published", "internal":
        shutil.copytree(os.path.realpath(os.path.join(out_of(folder), part, "latest")), os.path.join(work, part, "run"))
    path = os.path.join(work, "published", "run", "data", "i01_deltagare.csv")
    lines = read(path).splitlines()
    at, line = next((i, new) for i, new in ((i, choose(*line.rsplit(",", 2))) for i, line in enumerate(lines)) if new)
    delivery.write(path, "\n".join(lines[:at] + [line] + lines[at + 1:]) + "\n")
    done = test.expect(title, 4, test.run("audit", os.path.join(work, "published", "run")), "together with what approved runs have told")
    test.check(f",{said}\n" in done.stdout, title, "is told otherwise:", done.stdout)


def check_same_and_one_more(test):
    folder = rounded(test)
    before = approve(test, folder)
    counts = truth(folder)
    test.check(figures(run(test, folder)) == before, "the same delivery is rounded otherwise after approval")
    for table in "i01", "g01":
        shown = test.expect("show", 0, test.run("show", table, folder)).stdout
        test.check("avrundade till en närliggande multipel av 5" in shown and "redan har publicerats" not in shown, "show says nothing of rounding", shown[-300:])
        test.check("avrundade" not in test.run("show", table, "--internal", folder).stdout, "show --internal takes exact counts for rounded ones")
    one_more(folder)
    after = figures(run(test, folder))
    two_roundings(test, "one person more, rounded:", before, after, (counts, truth(folder)))
    test.check(any(status == "tidigare" for _, status in after.values()), "one person more shows no earlier figure")
    test.check("Här står siffror som redan har publicerats" in test.run("show", "i01", folder).stdout, "show does not say that figures are earlier ones")
    audit_finds(test, folder, "another rounding", "changed",
                lambda key, value, status: status == "tidigare" and key.endswith("deltaganden") and f"{key},{int(value) + BASE},")
    add(os.path.join(folder, "extrakt", "sus.csv"), participation("person-9998", "1440", "K", 1981, 3, 6))
    standing = approve(test, folder)
    test.check(figures(run(test, folder)) == standing, "approved earlier figures come out otherwise")


def check_many(test):
    """A whole kommun more than ever: what is far away is told."""
    folder = rounded(test)
    before = approve(test, folder)
    counts = truth(folder)
    add(os.path.join(folder, "forbund.ini"), "[insats Ny]\nregistrering = personuppgifter\n")
    add(os.path.join(folder, "extrakt", "sus.csv"), "".join(participation("", "1440", "K", 1985, 2, 0).replace("Bron", "Ny") for _ in range(200)))
    after = figures(run(test, folder))
    two_roundings(test, "another insats, rounded:", before, after, (counts, truth(folder)))


def check_modes(test):
    """Approved with withheld counts, then rounded, and the other way: a rounding beside a withheld count bounds it, an exact count a rounding."""
    for first in "undertryckning", "avrundning":
        folder = make(test)
        other = "avrundning" if first == "undertryckning" else "undertryckning"
        swap(os.path.join(folder, "forbund.ini"), "minsta antal = 5", f"minsta antal = 5\nskydd = {first}")
        before = approve(test, folder)
        swap(os.path.join(folder, "forbund.ini"), f"skydd = {first}", f"skydd = {other}")
        publication = run(test, folder)
        after = figures(publication)
        said = "står som de godkändes" in read(os.path.join(publication, "rapport.html")) and "står som de godkändes" in read(
            os.path.join(publication, "datapackage.json"))
        test.check(said == (other == "avrundning"), first, "then", other, "the report does not say what stands beside rounded figures")
        for key, (value, status) in before.items():
            if is_count(key):
                new, now = after.get(key, ("0", ""))
                test.check(now == "skyddad" if status == "skyddad" else new == value, first, "then", other, key, "was", value, status, "and is", new, now)
        one_more(folder)
        two_roundings(test, f"{first} then {other}, one more:", before, figures(run(test, folder)), ({}, {}))


ON_A_DAY = ("pagaende", "vantande")


def grows(key):
    """Whether everybody knows that a longer period counts no fewer: participations and exits, and persons in the whole förbund; not who is
    somewhere on the last day, nor the classes of a year."""
    if not is_count(key) or key[-1] in ON_A_DAY or key[0][:3] in ("i12", "m07"):
        return False
    if key[0][0] == "m":
        return whole(key)
    return key[0][0] == "i"


def whole(key):
    """m-tables: all kommuner; of m04 and m05 all classes."""
    kommun = key[3] if key[0][:3] == "m02" else key[2]
    return kommun == "TOT" and (key[0][:3] not in ("m04", "m05") or key[-2] == "TOT")


def nested(test, title, shorter, longer):
    """Rounded counts of a period and of one around it: what the longer has less than the shorter would be less than a base in truth, and
    both counts within less than a base."""
    compared = 0
    for key in shorter.keys() | longer.keys():
        (few, was), (many, now) = shorter.get(key, ("0", "")), longer.get(key, ("0", ""))
        if grows(key) and was == now == "":
            compared += 1
            test.check(int(few) <= int(many), title, key, "is", few, "within", many)
    test.check(compared > 50, title, "compares", compared)


def insjoriket(test):
    folder = test.path("insjoriket")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(os.path.join(delivery.ROOT, "sample-data", "insjoriket-2018"), folder, ignore=shutil.ignore_patterns("resultat"))
    ini = os.path.join(folder, "forbund.ini")
    delivery.write(ini, "\n".join("simuleringar = 50" if line.startswith("simuleringar") else line for line in read(ini).splitlines()) + "\n")
    swap(ini, "minsta antal = 5", ROUNDED)
    return folder


def check_periods(test):
    """January to July within January to August, approved in either order. What cannot be rounded beside the approved counts is withheld."""
    july = ("--period", "2018-01-01 – 2018-07-31")
    folder = insjoriket(test)
    before, after = approve(test, folder, *july), figures(run(test, folder))
    nested(test, "the shorter period first:", before, after)
    test.check(not any(status == "skyddad" for key, (_, status) in after.items() if is_count(key)), "rounded counts of the longer period are withheld")
    audit_finds(test, folder, "less in the longer period", "changed", lambda key, value, status: key.endswith(",deltaganden") and
                before.get(("i01_deltagare", *key.split(",")), ("0",))[0] == value and int(value) >= BASE and f"{key},{int(value) - BASE},")
    folder = insjoriket(test)
    before, after = approve(test, folder), figures(run(test, folder, *july))
    nested(test, "the longer period first:", after, before)


def main():
    with delivery.Test() as test:
        check_periods(test)
        check_same_and_one_more(test)
        check_many(test)
        check_modes(test)


if __name__ == "__main__":
    main()
