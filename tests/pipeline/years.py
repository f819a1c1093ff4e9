"""What approved runs of several periods tell together: of periods that follow on one another, overlap and are parts of others, of goals and curves that
count everybody so far, of målgrupper under another name, and of a shorter period after a longer one. An attacker has all publications, knows what adds up
in them and between them, and draws bounds together; what the counts are is taken from the runs' own tables before protection.

    python3 years.py     BUILD names the build folder (default build)
"""
import csv
import datetime
import os
import re
import shutil

import delivery
from delivery import read, swap, write
from earlier import FLOWS, SUS, approve, figures, make, out_of, run

FEW = 5
ENDLESS = 10 ** 9
MEASURES = ("deltaganden", "nya", "avslutade", "pagaende")


def truth(folder):
    """{(table, key…, measure): number} of the newest run before protection."""
    return truth_of(folder, "latest")


def truth_of(folder, publication):
    """Likewise of any run."""
    inside = os.path.join(out_of(folder), "internal", os.path.basename(publication), "aggregate")
    found = {}
    for name in os.listdir(inside):
        for line in read(os.path.join(inside, name)).splitlines()[1:]:
            cells = line.split(",")
            if name[0] == "i" and cells[-2]:
                found[(name[:-4], *cells[:-2])] = float(cells[-2])
    return found


def insjoriket(test):
    folder = test.path("insjoriket")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(os.path.join(delivery.ROOT, "sample-data", "insjoriket-2018"), folder, ignore=shutil.ignore_patterns("resultat", "publicerat.csv"))
    swap(os.path.join(folder, "forbund.ini"), "simuleringar = 10000", "simuleringar = 50")
    return folder


def bounds(least, most, sums):
    """Draws bounds together by sums that are 0: {variable: least}, {variable: most}."""
    of = {}
    for at, terms in enumerate(sums):
        for variable, _ in terms:
            of.setdefault(variable, []).append(at)
    todo = set(range(len(sums)))
    while todo:
        terms = sums[todo.pop()]
        for variable, sign in terms:
            rest = [(other, s) for other, s in terms if other != variable]
            low = sum(s * (least[v] if s > 0 else most[v]) for v, s in rest)
            high = sum(s * (most[v] if s > 0 else least[v]) for v, s in rest)
            low, high = (-high, -low) if sign > 0 else (low, high)
            if low > least[variable] or high < most[variable]:
                least[variable], most[variable] = max(low, least[variable]), min(high, most[variable])
                todo |= set(of[variable])
    return least, most


def days_of(period):
    first, last = (datetime.date.fromisoformat(day).toordinal() for day in period.split(" – "))
    return first - 1, last


def check_participations(test, title, periods, publications, truths):
    """i01 of all periods: sums within each, and S(d), E(d), who had started and ended by each day, of each key. No small count, and no small number of
    those who were there before a period, is known to be small or within a narrow range."""
    least, most, sums, numbers = {}, {}, [], {}

    def variable(name, low, high):
        least[name], most[name] = low, high
        return name

    for p, (period, publication, known) in enumerate(zip(periods, publications, truths)):
        before, last = days_of(period)
        keys = {key[1:4] for key in publication if key[0] == "i01_deltagare"}
        for key in keys:
            for measure in MEASURES:
                value, status = publication.get(("i01_deltagare", *key, measure), ("0", ""))
                number = int(value) if status == "" else None
                variable((p, key, measure), 1 if number is None else number, ENDLESS if number is None else number)
                numbers[(p, key, measure)] = known.get(("i01_deltagare", *key, measure), 0)
            variable((p, key, "there"), 0, ENDLESS)
            numbers[(p, key, "there")] = numbers[(p, key, "deltaganden")] - numbers[(p, key, "nya")]
            sums.append([((p, key, "deltaganden"), 1), ((p, key, "nya"), -1), ((p, key, "there"), -1)])
            sums.append([(("S", before, key), 1), (("E", before, key), -1), ((p, key, "there"), -1)])
        for key in {key[1:4] for publication in publications for key in publication if key[0] == "i01_deltagare"}:
            for day in before, last:
                for who in "S", "E":
                    if (who, day, key) not in least:
                        variable((who, day, key), 0, ENDLESS)
            for measure, whole, part in (("nya", ("S", last), ("S", before)), ("avslutade", ("E", last), ("E", before)),
                                         ("pagaende", ("S", last), ("E", last)), ("deltaganden", ("S", last), ("E", before))):
                count = [((p, key, measure), -1)] if key in keys else []
                sums.append([((*whole, key), 1), ((*part, key), -1)] + count)
        for d in range(3):
            parts = {}
            for key in keys:
                if key[d] != "TOT":
                    parts.setdefault(key[:d] + ("TOT",) + key[d + 1:], []).append(key)
            sums += [[((p, whole, measure), 1)] + [((p, part, measure), -1) for part in of] for whole, of in parts.items() for measure in MEASURES]
    days = sorted({day for period in periods for day in days_of(period)})
    for who, day, key in [name for name in least if name[0] in ("S", "E") and name[1] != days[-1]]:  # nobody goes back
        since = days[days.index(day) + 1]
        sums.append([((who, since, key), 1), ((who, day, key), -1), (variable(("since", who, day, key), 0, ENDLESS), -1)])
    first = min(days_of(period)[0] for period in periods)
    for key in {name[2] for name in least if name[0] == "E"}:
        least[("E", first, key)] = most[("E", first, key)] = 0  # only differences count
    bounds(least, most, sums)
    given = [(name, numbers[name], least[name], most[name]) for name in numbers
             if 0 < numbers[name] < FEW and (most[name] < FEW or most[name] - least[name] < FEW - 1)]
    test.check(all(least[name] <= numbers[name] <= most[name] for name in numbers), title, "the attacker is wrong")
    test.check(not given, title, len(given), "small counts of participations are known:", given[:4])


CODED = {"i03_forsorjning": ("fore", "efter"), "i04_sysselsattning": ("fore", "efter"), "i05_avslut": ("avslutade",), "i07_tid_i_insats": ("avslutade",)}


def check_exits(test, title, publications, truths):
    """Exits of periods of which each holds those before it: of each code, and those of no such code, no fewer in the longer one; kön add up, and so do the
    times of i07. No small count of any period is known to be small or within a narrow range."""
    least, most, sums, numbers = {}, {}, [], {}

    def count(p, table, key, measure):
        name = (p, table, *key, measure)
        if name not in least:
            value, status = publications[p].get((table, *key, measure), ("0", ""))
            least[name], most[name] = (int(value), int(value)) if status == "" else (1, ENDLESS)
            numbers[name] = truths[p].get((table, *key, measure), 0)
        return name

    def left(whole, part, name):
        """Those of the whole who are not in the part: somebody or nobody."""
        least[name], most[name] = 0, ENDLESS
        sums.append([(whole, 1), (part, -1), (name, -1)])
        return name

    keys = {(key[0], *key[1:-1]) for publication in publications for key in publication if key[0] in CODED}
    for table, insats, kon, code in sorted(keys):
        for measure in CODED[table]:
            row = []
            for p in range(len(publications)):
                exits, own = count(p, "i01_deltagare", (insats, "TOT", kon), "avslutade"), count(p, table, (insats, kon, code), measure)
                sums.append([(count(p, table, (insats, kon, "TOT"), measure), 1), (exits, -1)])
                row.append((own, left(exits, own, ("rest", *own))))
            for before, after in zip(row, row[1:]):
                for shorter, longer in zip(before, after):
                    left(longer, shorter, ("since", *shorter))
    for p in range(len(publications)):
        for table, insats, code in sorted({(key[0], key[1], key[3]) for key in keys}):
            for measure in CODED[table]:
                sums.append([(count(p, table, (insats, "TOT", code), measure), 1)] +
                            [(count(p, table, (insats, kon, code), measure), -1) for kon in "KMX"])
        for insats, kon in sorted({key[1:3] for key in keys}):
            codes = sorted({key[3] for key in keys if key[0][:3] == "i07"} - {"TOT"})
            sums.append([(count(p, "i07_tid_i_insats", (insats, kon, "TOT"), "avslutade"), 1)] +
                        [(count(p, "i07_tid_i_insats", (insats, kon, code), "avslutade"), -1) for code in codes])
    bounds(least, most, sums)
    given = [(name, numbers[name], least[name], most[name]) for name in numbers
             if 0 < numbers[name] < FEW and (most[name] < FEW or most[name] - least[name] < FEW - 1)]
    test.check(all(least[name] <= numbers[name] <= most[name] for name in numbers), title, "the attacker is wrong")
    test.check(not given, title, len(given), "small counts of exits are known:", given[:4])


def closure(days, edges):
    """The most by which each day's number exceeds each other's."""
    far = {(a, b): 0 if a >= b else ENDLESS for a in days for b in days}
    for a, b, most in edges:
        far[a, b] = min(far[a, b], most)
    for k in days:
        for a in days:
            for b in days:
                far[a, b] = min(far[a, b], far[a, k] + far[k, b])
    return far


def check_flows(test, title, periods, publications, truths):
    """Every count of what happened in a period, beside those of all other periods."""
    days = sorted({day for period in periods for day in days_of(period)})
    spans = [days_of(period) for period in periods]
    given = []
    for key in sorted({key for publication in publications for key in publication if key[-1] in FLOWS.get(key[0], ())}):
        edges = []
        for (before, last), publication in zip(spans, publications):
            value, status = publication.get(key, ("0", ""))
            edges += [(last, before, -1)] if status == "skyddad" else [(before, last, int(value)), (last, before, -int(value))] if status == "" else []
        far = closure(days, edges)
        for i, a in enumerate(days):
            for b in days[i + 1:]:
                least, most = -far[b, a], far[a, b]
                count = truths[spans.index((a, b))].get(key, 0) if (a, b) in spans else None
                if most < ENDLESS and (0 < count < FEW and (most < FEW or most - least < FEW - 1) if count is not None else 1 <= least <= most < FEW):
                    given.append((key, a, b, count, least, most))
    test.check(not given, title, len(given), "small counts between days are known:", given[:4])


def check_goals(test, title, publications):
    """Goals within N months and curves count everybody since ever: no two of their printed counts differ by few."""
    keys = {key for publication in publications for key in publication
            if (key[0][:3] == "g01" and key[-1] in ("taljare", "namnare") and " inom " in publication.get((*key[:-1], "matt_namn"), ("",))[0])
            or (key[0][:3] == "i13" and key[-1] in ("kvar", "handelser"))}
    near = []
    for key in keys:
        told = [int(value) for value, status in (publication.get(key, ("", "saknas")) for publication in publications) if status == ""]
        near += [(key, a, b) for a in told for b in told if 0 < b - a < FEW]
    test.check(keys and not near, title, "those who came between two reports are told:", near[:4])


def number_of(known, cell):
    """Of a cell of vittnen_celler.csv before protection."""
    return int(known.get((cell[0], *cell[1].split("|"), cell[2]), 0))


def value_of(values, witness, cells, known, cell):
    """Of a cell in a witness."""
    return values.get((witness, cells[cell]), number_of(known, cell))


def check_old_differences(test, folder, publication, then):
    """Of exits until April few went to work and not with one code (i04), both numbers withheld: also beside the figures from May on they have witnesses, and the
    audit misses those that are taken away."""
    inside = os.path.join(out_of(folder), "internal", os.path.basename(publication))
    cells = {(words[0], *key): number for number, table, *key in csv.reader(read(os.path.join(inside, "vittnen_celler.csv")).splitlines()[1:])
             if len(words := table.split(" ")) > 1}
    few = [(work, code) for work in cells if work[0] == "i06_resultat" and work[2] == "arbete" for code in cells
           if code[0] == "i04_sysselsattning" and code[1] in (f"{work[1]}|AO", f"{work[1]}|AU", f"{work[1]}|EF") and code[2] == "efter"
           and 0 < number_of(then, work) - number_of(then, code) < FEW]
    if not test.check(few, "old differences: none is small"):
        return
    path = os.path.join(inside, "vittnen.csv")
    lines = read(path).splitlines(True)
    values = {tuple(line.split(",")[:2]): int(line.split(",")[2]) for line in lines[1:]}
    for work, code in few:
        apart = {witness for witness, _ in values if value_of(values, witness, cells, then, work) - value_of(values, witness, cells, then, code)
                 != number_of(then, work) - number_of(then, code)}
        write(path, "".join(line for line in lines if line.split(",")[0] not in apart))
        done = test.expect(f"witnesses of {code} gone", 4, test.run("audit", publication), "i04_sysselsattning 2018-01-01 2018-04-30 has")
        test.check(f'i04_sysselsattning 2018-01-01 2018-04-30,"{code[1]}",efter,difference unwitnessed' in done.stdout, "not listed:", code, done.stdout[:600])
    write(path, "".join(lines))
    test.expect("all witnesses", 0, test.run("audit", publication))


def check_following(test):
    """January to April, then May to August, then both months between them and all eight."""
    folder = insjoriket(test)
    periods, publications, truths = [], [], []
    for period in ("2018-01-01 – 2018-04-30", "2018-05-01 – 2018-08-31"):
        periods.append(period)
        publication = run(test, folder, "--period", period)
        if truths:
            check_old_differences(test, folder, publication, truths[0])
        test.expect("approve", 0, test.run("approve", publication, "--year", "2018"))
        publications.append(figures(publication))
        truths.append(truth(folder))
    check_participations(test, "periods one after the other:", periods, publications, truths)
    check_goals(test, "periods one after the other:", publications)
    periods.append("2018-03-01 – 2018-06-30")
    publications.append(approve(test, folder, "--period", periods[-1]))
    truths.append(truth(folder))
    check_flows(test, "periods that overlap:", periods, publications, truths)


def check_following_audit(test):
    """Both runs were made before either was approved: protection knew nothing of the other, and the audit must say so."""
    folder = insjoriket(test)
    ini = os.path.join(folder, "forbund.ini")
    write(ini, "".join(line for line in read(ini).splitlines(True) if " inom " not in line))
    first, second = (run(test, folder, "--period", period) for period in ("2018-01-01 – 2018-04-30", "2018-05-01 – 2018-08-31"))
    test.expect("approve the first", 0, test.run("approve", first, "--year", "2018"))
    test.expect("approve the next", 4, test.run("approve", second, "--year", "2018"), "who was still there", "run its period again")
    again = run(test, folder, "--period", "2018-05-01 – 2018-08-31")
    test.expect("approve it, run again", 0, test.run("approve", again, "--year", "2018"))


def one_kommun(test):
    """A förbund of men of one kommun, in whose target group nobody is withheld; three were born in 1989."""
    folder = make(test)
    ini = os.path.join(folder, "forbund.ini")
    for name in ("sus", "af", "fk"):
        path = os.path.join(folder, "extrakt", name + ".csv")
        text = re.sub(r"\b(1407|1482)\b", "1440", read(path)).replace(";K;", ";M;").replace(",K,", ",M,")
        write(path, re.sub(r"(?m)^(person-(?!0029|0059|0089).*)1989", r"\g<1>1988", text))
    for old, new in (("1440, 1482, 1407", "1440"), ("16–29, 30–49, 50–64", "16–64"), ("[målgrupp unga]\nålder = 16–29", "[målgrupp alla]\nålder = 16–64")):
        swap(ini, old, new)
    return folder


def check_renamed(test):
    """A målgrupp under another name, of which the three are left out. The audit knows the rule, too: of a run made before the approval."""
    folder = one_kommun(test)
    first = run(test, folder)
    before = figures(first)
    swap(os.path.join(folder, "forbund.ini"), "[målgrupp alla]\nålder = 16–64", "[målgrupp vuxna]\nålder = 30–64")
    second = run(test, folder)
    test.expect("approve the first", 0, test.run("approve", first, "--year", "2018"))
    test.expect("approve another name", 4, test.run("approve", second, "--year", "2018"), "m02_malgrupp", "together with what approved runs have told")
    after = figures(run(test, folder))
    key = lambda name: ("m02_malgrupp", "2018", name, "TOT", "TOT", "TOT", "personer")
    test.check(before[key("alla")] == ("160", "") and after.get(key("alla")) == ("160", "tidigare"), "a målgrupp that is gone:", after.get(key("alla")))
    test.check(after.get(key("vuxna"), ("", "saknas"))[1] == "saknas", "a målgrupp under another name is told:", after.get(key("vuxna")))


def check_renamed_later(test):
    """An insats under another name in a longer period: whoever came in between is told by no count of it. The audit knows that, too."""
    folder = make(test)
    shorter = ("--period", "2018-01-01 – 2018-07-31")
    sus = os.path.join(folder, "extrakt", "sus.csv")
    late = [line for line in read(sus).splitlines(True) if ";2018-08-15;" in line]
    for line in late[3:]:
        swap(sus, line, "")  # few come in August
    first = run(test, folder, *shorter)
    before = figures(first)
    for name in ("forbund.ini", "extrakt/sus.csv", "extrakt/ekonomi.csv"):
        write(os.path.join(folder, name), read(os.path.join(folder, name)).replace("Bron", "Bygget"))
    second = run(test, folder)
    test.expect("approve the shorter", 0, test.run("approve", first, "--year", "2018"))
    test.expect("approve the longer", 4, test.run("approve", second, "--year", "2018"), "i02_bakgrund", "together with what approved runs have told")
    after = figures(run(test, folder))
    compared = 0
    for key, (value, status) in before.items():
        new, now = after.get(tuple("Bygget" if code == "Bron" else code for code in key), ("0", ""))
        if "Bron" in key and status == now == "" and key[-1] in {"deltaganden", "nya", "avslutade", "efter", "fore", "arbete", "studier"}:
            compared += 1
            test.check(not 0 < int(new) - int(value) < FEW, "under another name:", key, value, new)
    test.check(compared > 5, "under another name: compares", compared)


def check_shorter_after(test):
    """All eight months, then the first two: zeros of these tell nothing of what was withheld, and m07 does not contradict months that stand."""
    folder = insjoriket(test)
    longer = approve(test, folder)
    shorter = figures(run(test, folder, "--period", "2018-01-01 – 2018-02-28"))
    few = [key for key in shorter if key[-1] in FLOWS.get(key[0], ()) and shorter[key] == ("0", "") and longer.get(key, ("", ""))[1] == "skyddad"]
    test.check(few, "no zero of the shorter period stands beside a withheld count of the longer")


TIMES = {"K": ((1, 2, 1, 1), (9, 8, 9, 7)), "M": ((1, 3, 1, 1), (8, 9, 7, 9))}  # exits until April and later, of 0-2, 3-5, 6-11 and 12-17 months


def exits_by_code(test):
    """All who left were without work before (i04): where that is printed of a period and of one around it, and so is how many left in the latter, all who left in the
    shorter one are known, among whom are few of each kön and time (i07)."""
    folder = make(test)
    lines = []
    for kon in "KM":
        for later, times in enumerate(TIMES[kon]):
            for months, count in zip((1, 4, 8, 13), times):
                slut = datetime.date(2018, 7 if later else 3, 20)
                start = datetime.date(2018 + (slut.month - 1 - months) // 12, (slut.month - 1 - months) % 12 + 1, 15)
                lines += [(kon, start, slut)] * count
    lines += [("KM"[i % 2], datetime.date(2017, 6, 15), "") for i in range(30)]
    text = SUS
    for i, (kon, start, slut) in enumerate(lines):
        words = f"{('FS', 'SP', 'AS')[i % 3]};{('IN', 'FS', 'SP')[i % 3]};EJ;{('AO', 'AR', 'EJ')[i % 3]};0{1 + i % 3}" if slut else "FS;;EJ;;"
        text += f"kod-{i:04};Bron;{('1440', '1482', '1440', '1407')[i % 4]};{kon};{1960 + i % 30};2;3;KOM;{start};{slut};{words}\n"
    write(os.path.join(folder, "extrakt", "sus.csv"), text)
    return folder


def check_codes(test, title, periods, shorter, longer):
    """Of two periods of which one holds the other, whichever was approved first, and of others beside them."""
    folder = exits_by_code(test)
    publications, truths = [], []
    for period in periods:
        publications.append(approve(test, folder, "--period", period))
        truths.append(truth(folder))
    pair = [periods.index(shorter), periods.index(longer)]
    check_exits(test, f"exits of {title}:", [publications[p] for p in pair], [truths[p] for p in pair])


STAYED = (("KOM", "2017-02-01", "2018-03-10", 20), ("AF", "2017-03-01", "2018-06-10", 8), ("FK", "2017-04-01", "2018-06-20", 2),
          ("FK", "2018-05-05", "2018-07-10", 3), ("REG_PV", "2018-05-08", "2018-07-20", 6))  # remittent, start, slut, how many


def check_remittents(test):
    """Ten were there when April ended (pagaende), of whom none from KOM, since nobody from KOM takes part from May on. So eight from AF and five from FK in the second
    period hold the two from FK in the first between two and five."""
    folder = one_kommun(test)
    text, number = SUS, 0
    for remittent, start, slut, count in STAYED:
        for _ in range(count):
            words = f"{('FS', 'SP', 'AS')[number % 3]};{('IN', 'FS', 'SP')[number % 3]};EJ;{('AO', 'AR', 'EJ')[number % 3]};0{1 + number % 3}"
            text += f"kvar-{number:04};Bron;1440;M;1975;2;3;{remittent};{start};{slut};{words}\n"
            number += 1
    write(os.path.join(folder, "extrakt", "sus.csv"), text)
    publications, truths = [], []
    for period in ("2018-01-01 – 2018-04-30", "2018-05-01 – 2018-08-31"):
        publications.append(approve(test, folder, "--period", period))
        truths.append(truth(folder))
    least, most, sums, numbers = {}, {}, [], {}

    def count(p, table, *key):
        value, status = publications[p].get((table, *key), ("0", ""))
        least[p, *key], most[p, *key] = (int(value), int(value)) if status == "" else (1, ENDLESS)
        numbers[p, *key] = truths[p].get((table, *key), 0)
        return p, *key

    there = count(0, "i01_deltagare", "Bron", "1440", "M", "pagaende")
    codes = sorted({remittent for remittent, *_ in STAYED})
    sums.append([(there, -1)] + [(("there", code), 1) for code in codes])
    for p in range(2):
        cells = [count(p, "i08_remittent", "Bron", "1440", "M", code, "deltaganden") for code in codes]
        sums.append([(count(p, "i08_remittent", "Bron", "1440", "M", "TOT", "deltaganden"), 1)] + [(cell, -1) for cell in cells])
        for code, cell in zip(codes, cells):
            for name in ("there", code), ("others", *cell):
                least[name], most[name] = 0, ENDLESS
            sums.append([(cell, 1), (("there", code), -1), (("others", *cell), -1)])
    bounds(least, most, sums)
    given = [(name, numbers[name], least[name], most[name]) for name in numbers if 0 < numbers[name] < FEW and most[name] - least[name] < FEW - 1]
    test.check(any(0 < number < FEW for number in numbers.values()), "remittents of two periods: no count is small")
    test.check(all(least[name] <= numbers[name] <= most[name] for name in numbers), "remittents of two periods: the attacker is wrong")
    test.check(not given, "remittents of two periods:", len(given), "small counts are known:", given[:4])


OVERLAP = (("K", "2017-02-01", "2018-03-10", 3), ("M", "2017-03-01", "2018-07-10", 7), ("M", "2018-05-05", "2018-08-10", 4), ("M", "2018-05-08", "", 4),
           ("K", "2018-05-12", "2018-08-20", 8), ("K", "2018-06-12", "", 12))  # kön, start, slut, how many


def check_overlap(test):
    """January to April and April to August: of 15 men in the second 8 are new, so 7 took part in the first, too, where 10 did, and 3 women. The audit knows that of runs made
    before either was approved."""
    folder = make(test)
    text, number = SUS, 0
    for kon, start, slut, count in OVERLAP:
        for _ in range(count):
            words = f"{('FS', 'SP', 'AS')[number % 3]};{('IN', 'FS', 'SP')[number % 3]};EJ;{('AO', 'AR', 'EJ')[number % 3]};0{1 + number % 3}" if slut else "FS;;EJ;;"
            text += f"lapp-{number:04};Bron;1440;{kon};1975;2;3;KOM;{start};{slut};{words}\n"
            number += 1
    write(os.path.join(folder, "extrakt", "sus.csv"), text)
    for name in "af.csv", "fk.csv":  # of who lives where nothing is told
        path = os.path.join(folder, "extrakt", name)
        write(path, read(path).splitlines(True)[0])
    periods = ("2018-01-01 – 2018-04-30", "2018-04-01 – 2018-08-31")
    first, second = (run(test, folder, "--period", period) for period in periods)
    test.expect("approve the first", 0, test.run("approve", first, "--year", "2018"))
    publications = [figures(first)]
    test.expect("approve one that overlaps", 4, test.run("approve", second, "--year", "2018"), "i01_deltagare")
    second = run(test, folder, "--period", periods[1])
    test.expect("approve it, run again", 0, test.run("approve", second, "--year", "2018"))
    publications.append(figures(second))
    check_participations(test, "periods that overlap:", periods, publications, [truth_of(folder, publication) for publication in (first, second)])


def main():
    with delivery.Test() as test:
        check_overlap(test)
        check_remittents(test)
        april, august = "2018-01-01 – 2018-04-30", "2018-01-01 – 2018-08-31"
        check_codes(test, "a period and a longer one", (april, august), april, august)
        check_codes(test, "a period after a longer one", (august, april), april, august)
        inside = "2018-02-01 – 2018-04-30"
        check_codes(test, "a part in the middle of a period", (inside, august), inside, august)
        check_codes(test, "a part in the middle of a period before it", (august, inside), inside, august)
        check_following(test)
        check_following_audit(test)
        check_renamed(test)
        check_renamed_later(test)
        check_shorter_after(test)


if __name__ == "__main__":
    main()
