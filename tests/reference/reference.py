#!/usr/bin/env python3
"""Slow, plain reference implementation of the figures of finsamstat.

    python3 reference.py DIR [OUTDIR] [--tables m01,m03]

Reads a förbund folder DIR and writes OUTDIR/<table>.csv in the internal
aggregate format (dimensions, matt, varde, status; 17 significant digits).
Without OUTDIR it prints how many rows each table has.

Only the standard library is used.  One function makes one table; the sentence
of the contract that it follows stands above it.  Amounts are whole öre, and
everything that can be exact is an int or a Fraction until it is written.

AMBIGUITIES - where the contract can be read in more than one way.  The choice
made here is the most literal reading; those marked (*) are switches below.
random_delivery.py keeps away from those marked (avoided).

 A1  m05: "from the first to the last of the unbroken run ... that holds the
     last month of the year": the whole run, also its months after that year
     when `period` (so the panel) goes on (*).
 A2  e01: budget is cut by days in the same way as utfall (*).
 A3  e01: the part inside `period` is cut with the rule of "Money by month":
     R(T*c(B)/n) - R(T*c(A-1)/n), whole öre (*).
 A4  e01: only rows whose ar is a year of `period` count, in e02 as well; a row
     keeps its own ar even where fran/till reach into another year.
     (ar outside but dates inside: avoided)
 A5  e01: deltaganden for insats TOT are those of all insatser; an insats
     without participations (a volym insats) gets `saknas`.
 A6  m01: personer of OHALSA, ARBMARK, BISTAND, TOT are distinct persons with a
     day (month) of any of their förmåner; the other measures are sums.
 A7  m01: an AF row with belopp but without ersattning is money of no förmån
     and counts nowhere; an AF row 95-98 with ersattning counts in money and
     days, as nothing says otherwise (the latter avoided).
 A8  m02: per_1000 of aldersgrupp TOT divides by the inhabitants 16-64, also
     when the målgrupp has an age condition.
 A9  m02: `KOM hinder` holds on any row of the month, 0 kr too (avoided).
 A10 m02: `diagnos` looks at FK spells of any förmån that overlap the month
     (AA with a diagnosis: by its dates; avoided).
 A11 m02: sammanhängande månader: the month itself must meet the conditions;
     months before the panel are unknown and end the run.
 A12 m04: "both months in the year" means in the part of the year in `period`.
 A13 m07: the last month of the year before is December; the last month of the
     year is the last one in `period`.  kommun and age are those of the year.
 A14 An AA record with empty till is ongoing for the attribute kommun, as any
     other record (it is a record too).
 A15 Duplicates: an end of 2099 or later, and omfattning empty, are compared as
     parsed (ongoing, 100); an empty belopp differs from 0; multi-response
     values compare in their written order.
 A16 An end date of 2099 or later is ongoing in sus too.
 A17 borjat_eller_okat: an empty field has the sum 0.
 A18 i08: an empty remittent counts in TOT only; i10: likewise an empty kon or
     aldersgrupp (avoided).
 A19 i10 and volym goals: the whole antal of every ar that has a month in
     `period`; nothing is cut.
 A20 könsfördelning: K / (K + M) of i01's personer, so a pid with rows of both
     sexes stands in both (avoided).
 A21 g01, [mått] av deltagare: a person meets it when one of the participations
     exited in `period` does; `utesluter` is judged per participation.
 A22 g01, start + N months: the same day N months on, or the last day of that
     month where it lacks the day; met when slut <= that day.
     `inom N månader` av avslutade / deltagare: the denominator is unchanged,
     only exits within N months of start are counted.
 A23 g01, a [mått] with a plain number counts exited participations, with
     `inom N månader` those within N months of their start.
 A24 g01, enkät vid start och avslut: distinct pid among the participants of
     the insats in `period` having a pair (as i12) in any instrument; av
     avslutade / startade: the participations of those pid.
 A25 g01, a cirka goal is met from N(1-P/100) to N(1+P/100), ends included.
     Plain numbers: ej_bedombart only when the figure cannot be computed.
 A26 e02 cohort: equal exits of one pid: the later start (then avoided).
     "3 months observed after the exit month" also when `efter` is smaller.
 A27 e02: aterbetalning_enkel is `saknas` when netto_manad <= 0 or the actor
     bears no cost; it is not limited by the horizon.
 A28 e02: nuvarde is the discounted sum at month `horisont`, counted from the
     start (= e03's last month); nyttokostnadskvot uses the same months.
     A cost month beyond the horizon is not in it (avoided).
 A29 e02: FK, AF, STAT, IND and ARBG bear no cost (kostnad 0); STATEN bears
     finansiär STAT and half of FORBUND.
 A30 e02, e05: without a cohort every measure is `saknas` (no
     rows is accepted as the same by compare.py).
 A31 e02: a contact without both belopp and vardform costs 0 (avoided).
 A32 e05: verkningsgrad is `saknas` when potential is 0.
 A33 Margins of unstarred insats: the participation tables have them for the
     insatser that are not registrering = volym, i10 for those that are or
     have volym rows; further rows holding only 0 or `saknas` are accepted.
 A34 i12: rows for the instruments with an answer by the end of `period`; the latest participation
     is by start, among all rows of the pid and insats without avslut 99 that
     start by the end of `period`; none: kon X.
     Equal dates of measurements of one pid and tillfälle: avoided.
 A35 What inkomstutjämning takes back from KOM and REG goes to STAT.
 A36 `uttagsdatum` is read from [förbund] and is not before the end of `period`.
 A37 With fewer than 2 pairs ki is `saknas`; p_wilcoxon is `saknas` when every
     difference is 0.  Equal differences in all pairs: ki of width 0.
 A38 m02: AF rows 95-98 meet `AF ersättning` by their dates (avoided).
 A39 An avslut 12 row loses its pid before duplicates are looked for, so equal
     such rows all count.
 A41 e04: brytvarde is in per cent, of dodvikt, avtagande and kalkylranta the
     per cent itself (0-100), of the others per cent of the amounts as they
     are (0-100000); `saknas` when nuvarde does not change sign.
 A42 e06: netto_manad = produktion + vard + handlaggning; uppfoljning = mean
     months that the after means rest on. Discounted sums to months 12 and 60
     whatever the horizon. A price of an earlier year is moved by KPI when the
     list has both years.
 A43 q01: publicerat is a number with its decimals as written; of a figure that stands twice the first counts; forklaring
     is not computed here.
 A40 kon of a sus, intresse or volym row is the row's own, never the attribute.
 A44 i13: every participation on file that has started by the end of `period`,
     also those that ended before it. Time is in completed months; an exit after
     `period` has not happened: censored at its end. egen försörjning is
     `[mått egen försörjning]`; without that section arbete_eller_studier.
     A curve has the months from 0 to its last time; ki is `saknas` where andel
     is 0 or 100. An insats without such a participation has no rows.
 A45 i14 has a row an insats that is not volym; the difference is `saknas` when
     women or men have no exit. Beyond the contract p_logrank, of the curves of i13: `saknas`
     when the variance is 0.
 A46 `ingår i`: of insats TOT in e01 only the money is left out; the rows of the
     insats itself are not cut. A part of a part is a part.
 A47 Without a common key a pid of two sources is two persons; personer of
     forman TOT in m01 would need the link and is `saknas`; a målgrupp is
     counted over the persons of all sources. Of m03, m04, m05, m07 only
     the margins have rows. sus and enkat are one source.
     e06: extrakt is `saknas`; nobody of sus is linked.
"""
import calendar
import copy
import csv
import datetime
import gzip
import io
import math
import os
import re
import sys
from fractions import Fraction
from itertools import product
from statistics import NormalDist

# --- switches for some of the ambiguities ---------------------------------
M05_WHOLE_RUN = True          # A1
E01_CUT_BUDGET = True         # A2
E01_CUT_IN_ORE = True         # A3 (False: exact fraction, unrounded)

FK_FORMAN = ["SP", "RP", "SE", "AE"]
AF_FORMAN = ["AK", "AS", "UE", "ET"]
FORMANER = FK_FORMAN + AF_FORMAN + ["FS"]
GROUPS = {"OHALSA": FK_FORMAN, "ARBMARK": AF_FORMAN, "BISTAND": ["FS"], "TOT": FORMANER}
PARTS = ["AF", "FK", "KOM", "REG"]                   # order in a combination
ATTR_ORDER = {"FK": 0, "AF": 1, "KOM": 2, "REG": 3}  # order at ties
AKTORER = ["FK", "AF", "STAT", "STATEN", "KOM", "REG", "OFFENTLIG", "IND", "ARBG", "SAMHALLE"]
MONTH_DAYS = Fraction(487, 16)                       # 30.4375
SAKNAS = "saknas"                                    # marker for a value that cannot be computed
ONE_DAY = datetime.timedelta(days=1)


# ==========================================================================
# small tools
# ==========================================================================
def parse_date(text):
    return datetime.date(int(text[0:4]), int(text[5:7]), int(text[8:10]))


def month_of(date):
    """Months are numbered 12 * year + month - 1."""
    return date.year * 12 + date.month - 1


def parse_month(text):
    return int(text[0:4]) * 12 + int(text[5:7]) - 1


def year_of_month(m):
    return m // 12


def month_text(m):
    return "%04d-%02d" % (m // 12, m % 12 + 1)


def first_day(m):
    return datetime.date(m // 12, m % 12 + 1, 1)


def last_day(m):
    return first_day(m + 1) - ONE_DAY


def add_months(date, n):
    m = month_of(date) + n
    return datetime.date(m // 12, m % 12 + 1, min(date.day, calendar.monthrange(m // 12, m % 12 + 1)[1]))


def days_between(a, b):
    """Days from a to b, both counted; 0 when b is before a."""
    return max(0, (b - a).days + 1)


def round_half_up(fraction):
    return math.floor(Fraction(fraction) + Fraction(1, 2))


def number(text):
    """A number with decimal comma or point, as a Fraction."""
    cleaned = text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace(",", ".")
    return Fraction(cleaned)


def ore(text):
    """An amount in whole öre, or None when the field is empty."""
    if text.strip() == "":
        return None
    amount = number(text) * 100
    assert amount.denominator == 1, text
    return int(amount)


def quantile7(values, p):
    """R's quantile type 7."""
    values = sorted(values)
    h = (len(values) - 1) * Fraction(p)
    low = math.floor(h)
    high = min(low + 1, len(values) - 1)
    return values[low] + (h - low) * (values[high] - values[low])


def wilson(hits, n, confidence):
    """Wilson limits in per cent."""
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    p = hits / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return 100 * (centre - half), 100 * (centre + half)


def multi(text):
    """Multi-response: `AU:75|SU:25`; codes without per cent share what is left
    of 100 equally.  Gives [(code, per cent as Fraction)] in written order."""
    if text.strip() == "":
        return []
    items = []
    for piece in text.split("|"):
        code, colon, percent = piece.strip().partition(":")
        items.append((code.strip(), number(percent.replace("%", "")) if colon else None))
    given = sum((p for _, p in items if p is not None), Fraction(0))
    without = sum(1 for _, p in items if p is None)
    return [(c, p if p is not None else (100 - given) / without) for c, p in items]


def codes(items):
    return [c for c, _ in items]


# ==========================================================================
# settings
# ==========================================================================
class Goal:
    def __init__(self, text):
        name, _, krav = text.partition(":")
        self.matt_namn, self.krav = name.strip(), krav.strip()
        m = re.fullmatch(r"(.*\S)\s+inom\s+(\d+)\s+månader", self.matt_namn)
        self.measure, self.within = (m.group(1), int(m.group(2))) if m else (self.matt_namn, None)
        k = self.krav.replace("–", "-").replace("−", "-")
        num = r"(\d[\d\s\u00a0]*(?:[.,]\d+)?)"
        self.base = None
        if m := re.fullmatch(rf"minst {num}\s*%\s*av (avslutade|deltagare|startade)", k):
            self.kind, self.low, self.high, self.base = "share", number(m.group(1)), None, m.group(2)
        elif m := re.fullmatch(rf"{num}\s*-\s*{num}\s*%(?:\s*av (avslutade|deltagare|startade))?", k):
            self.kind, self.low, self.high = "share", number(m.group(1)), number(m.group(2))
            self.base = m.group(3) or "deltagare"
        elif m := re.fullmatch(rf"minst {num}", k):
            self.kind, self.low, self.high = "plain", number(m.group(1)), None
        elif m := re.fullmatch(rf"högst {num}", k):
            self.kind, self.low, self.high = "plain", None, number(m.group(1))
        elif m := re.fullmatch(rf"cirka {num}\s*±\s*{num}\s*%", k):
            n, p = number(m.group(1)), number(m.group(2)) / 100
            self.kind, self.low, self.high = "plain", n * (1 - p), n * (1 + p)
        else:
            raise ValueError("goal not understood: " + text)


class Settings:
    pass


def split_list(text):
    return [x.strip() for x in text.split(",") if x.strip()]


def span(text):
    a, _, b = text.replace("–", "-").partition("-")
    return int(a), int(b)


def bounds(text):
    """`20 % (10-30)`: the two bounds; without them the number itself, twice."""
    inside = re.search(r"\((.*)\)", text)
    if inside is None:
        return (leading_number(text) / 100,) * 2
    low, high = inside.group(1).replace("–", "-").replace("%", "").split("-")
    return number(low) / 100, number(high) / 100


def leading_number(text):
    return number(re.match(r"\s*([\d\s]*[.,]?\d+)", text).group(1))


def read_settings(folder):
    sections = []                                   # (name, [(key, value)])
    with open(os.path.join(folder, "forbund.ini"), encoding="utf-8-sig") as f:
        for line in f:
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            line = re.sub(r"\s+#.*$", "", line)
            if line.startswith("["):
                sections.append((line[1:line.index("]")].strip(), []))
            else:
                key, _, value = line.partition("=")
                sections[-1][1].append((key.strip(), value.strip()))

    s = Settings()
    s.kommuner = []                                 # (valid from, list)
    s.groups = [span(x) for x in "16–19, 20–24, 25–29, 30–39, 40–49, 50–59, 60–64".split(",")]
    s.confidence = 0.95
    s.underlag, s.rate, s.horizon, s.before, s.after = "extrakt", Fraction(35, 1000), 60, 12, 12
    s.deadweight = s.decay = Fraction(0)
    s.deadweight_bounds = s.decay_bounds = (Fraction(0), Fraction(0))
    s.price_spread, s.equalised, s.simulations = Fraction(1, 10), Fraction(0), 10000
    s.encoding, s.measures, s.malgrupper, s.insatser = {}, {}, {}, {}
    s.common_key, underlag = True, None
    uttag = None
    for name, pairs in sections:
        d = dict(pairs)
        kind, _, title = name.partition(" ")
        if name == "förbund":
            for key, value in pairs:
                if key == "kommuner":
                    s.kommuner.append((datetime.date.min, split_list(value)))
                elif key.startswith("kommuner från"):
                    s.kommuner.append((parse_date(key.split()[-1]), split_list(value)))
            dates = re.findall(r"\d{4}-\d{2}-\d{2}", d["period"])
            s.A, s.B = parse_date(dates[0]), parse_date(dates[1])
            s.panel_first = parse_month(d["historik från"]) if "historik från" in d else month_of(s.A)
            uttag = d.get("uttagsdatum")
            s.common_key = d.get("gemensam nyckel", "ja") == "ja"
        elif name == "redovisning":
            if "åldersgrupper" in d:
                s.groups = [span(x) for x in d["åldersgrupper"].split(",")]
            if "konfidensgrad" in d:
                s.confidence = float(leading_number(d["konfidensgrad"]) / 100)
        elif name == "kalkyl":
            underlag = d.get("underlag")
            if "kalkylränta" in d:
                s.rate = leading_number(d["kalkylränta"]) / 100
            s.horizon = int(leading_number(d.get("horisont", "60")))
            s.before = int(leading_number(d.get("före", "12")))
            s.after = int(leading_number(d.get("efter", "12")))
            s.deadweight = leading_number(d.get("dödvikt", "0")) / 100
            s.decay = leading_number(d.get("avtagande", "0")) / 100
            s.deadweight_bounds = bounds(d.get("dödvikt", "0"))
            s.decay_bounds = bounds(d.get("avtagande", "0"))
            s.price_spread = leading_number(d.get("prisosäkerhet", "10")) / 100
            s.simulations = int(d.get("simuleringar", "10000"))
            if d.get("inkomstutjämning", "nej") != "nej":
                s.equalised = leading_number(d["inkomstutjämning"]) / 100
        elif kind == "mått":
            s.measures[title.strip()] = (split_list(d.get("vid avslut", "")), split_list(d.get("utesluter", "")))
        elif kind == "målgrupp":
            s.malgrupper[title.strip()] = d
        elif kind == "källa":
            s.encoding[title.strip()] = d.get("teckenkodning", "utf-8")
        elif kind == "insats":
            s.insatser[title.strip()] = {"registrering": d.get("registrering", "personuppgifter"), "part_of": d.get("ingår i"),
                                         "goals": [Goal(v) for k, v in pairs if k == "mål"]}
    s.underlag = underlag or ("extrakt" if s.common_key else "sus")
    s.kommuner.sort()
    s.uttag = parse_date(uttag) if uttag else s.B
    s.first, s.last = month_of(s.A), month_of(s.B)      # months of period
    s.panel = range(s.panel_first, s.last + 1)
    s.months = range(s.first, s.last + 1)
    s.years = list(range(s.A.year, s.B.year + 1))
    return s


def kommuner_valid(s, year):
    """The förbund's kommuner valid on the last day of that year or of `period`, the earlier."""
    day = min(datetime.date(year, 12, 31), s.B)
    return [lst for start, lst in s.kommuner if start <= day][-1]


def year_part(s, year):
    """First and last day of the year inside `period`."""
    return max(s.A, datetime.date(year, 1, 1)), min(s.B, datetime.date(year, 12, 31))


def year_months(s, year):
    return [m for m in s.months if year_of_month(m) == year]


def age_group(s, age):
    for a, b in s.groups:
        if a <= age <= b:
            return "%d-%d" % (a, b)
    return None


# ==========================================================================
# reading
# ==========================================================================
def read_csv(path, encoding="utf-8"):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rb") as f:
        data = f.read()
    text = data.decode("cp1252" if encoding.lower() in ("windows-1252", "cp1252") else "utf-8-sig")
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    names = [n.strip() for n in next(reader)]
    for fields in reader:
        if fields:
            row = dict(zip(names, (f.strip() for f in fields)))
            yield row


def read_source(folder, s, source):
    directory = os.path.join(folder, "extrakt")
    for name in sorted(os.listdir(directory)):
        if name.startswith(source) and (name.endswith(".csv") or name.endswith(".csv.gz")):
            yield from read_csv(os.path.join(directory, name), s.encoding.get(source, "utf-8"))


class Row:
    """One parsed record.  `key` holds all parsed values, for the duplicates."""

    def __init__(self, **values):
        self.__dict__.update(values)
        self.key = tuple(str(v) for v in values.values())


def distinct(rows, has_key):
    """Exact duplicates (parsed values, all files of a source) count once where the row has a pid or an arende."""
    seen, out = set(), []
    for r in rows:
        if has_key(r):
            if r.key in seen:
                continue
            seen.add(r.key)
        out.append(r)
    return out


def end_date(text):
    """None = ongoing: empty, or 2099 or later."""
    if text == "" or int(text[:4]) >= 2099:
        return None
    return parse_date(text)


def read_data(folder, s):
    d = Settings()
    with_pid = lambda r: r.pid != ""
    d.fk = distinct([Row(pid=r["pid"], kommun=r["kommun"], kon=r["kon"], fodelsear=int(r["fodelsear"]), forman=r["forman"],
                         omfattning=int(r.get("omfattning") or 100), start=parse_date(r["fran"]), till=end_date(r.get("till", "")),
                         diagnos=r.get("diagnos", ""), belopp=ore(r.get("belopp", "")))
                     for r in read_source(folder, s, "fk")], with_pid)
    d.af = distinct([Row(pid=r["pid"], kommun=r["kommun"], kon=r["kon"], fodelsear=int(r["fodelsear"]), kategori=r["sokandekategori"],
                         start=parse_date(r["fran"]), till=end_date(r.get("till", "")), ersattning=r.get("ersattning", ""),
                         belopp=ore(r.get("belopp", "")), avslutsorsak=r.get("avslutsorsak", ""))
                     for r in read_source(folder, s, "af")], with_pid)
    d.kom = distinct([Row(pid=r["pid"], kommun=r["kommun"], kon=r["kon"], fodelsear=int(r["fodelsear"]), start=parse_date(r["manad"] + "-01"),
                          belopp=ore(r["belopp"]), hinder=r.get("forsorjningshinder", ""))
                      for r in read_source(folder, s, "kommun")], with_pid)
    d.reg = distinct([Row(pid=r["pid"], kommun=r["kommun"], kon=r["kon"], fodelsear=int(r["fodelsear"]), start=parse_date(r["datum"]),
                          vardform=r.get("vardform", ""), diagnos=r.get("diagnos", ""), belopp=ore(r.get("belopp", "")))
                      for r in read_source(folder, s, "region")], with_pid)
    # Records that start after `period` are ignored, for attributes too.
    for name in ("fk", "af", "kom", "reg"):
        setattr(d, name, [r for r in getattr(d, name) if r.start <= s.B])
    # Ongoing = until `uttagsdatum`.
    for r in d.fk + d.af:
        r.end = r.till or s.uttag
    for r in d.kom:
        r.end = last_day(month_of(r.start))
    for r in d.reg:
        r.end = r.start

    sus = []
    for r in read_source(folder, s, "sus"):
        row = Row(pid=r.get("pid", ""), insats=r["insats"], kommun=r["kommun"], kon=r["kon"], fodelsear=int(r["fodelsear"]),
                  utbildning=r.get("utbildning", "") or "0", tid_off_fors=r.get("tid_off_fors", "") or "X", remittent=r.get("remittent", ""),
                  start=parse_date(r["start"]), slut=end_date(r.get("slut", "")),
                  forsorjning_start=multi(r.get("forsorjning_start", "")), forsorjning_slut=multi(r.get("forsorjning_slut", "")),
                  sysselsattning_start=multi(r.get("sysselsattning_start", "")), sysselsattning_slut=multi(r.get("sysselsattning_slut", "")),
                  avslut=multi(r.get("avslut", "")))
        # avslut 12 (consent withdrawn): the pid is dropped on reading, the row is anonymous.
        if "12" in codes(row.avslut):
            row.pid = ""
        sus.append(row)
    d.sus = distinct(sus, with_pid)
    for i, r in enumerate(d.sus):
        r.person = r.pid or ("anonym", i)          # each anonymous row one person
    # avslut 99 (felregistrering): always excluded from every count
    d.on_file = [r for r in d.sus if "99" not in codes(r.avslut)]
    # Participation in [A,B]: start <= B and (slut empty or slut >= A), avslut without 99.
    d.participations = in_period(d.on_file, s.A, s.B)
    d.exited = [r for r in d.participations if r.slut and s.A <= r.slut <= s.B]

    d.volym = [Row(insats=r["insats"], ar=int(r["ar"]), kon=r.get("kon", ""), aldersgrupp=r.get("aldersgrupp", "").replace("–", "-"),
                   antal=int(r["antal"])) for r in read_source(folder, s, "volym")]
    d.enkat = distinct([Row(pid=r["pid"], insats=r["insats"], instrument=r["instrument"], tillfalle=r["tillfalle"],
                            datum=parse_date(r["datum"]), varde=number(r["varde"])) for r in read_source(folder, s, "enkat")], with_pid)
    d.intresse = distinct([Row(arende=r["arende"], insats=r["insats"], kommun=r["kommun"], kon=r["kon"], remittent=r["remittent"],
                               inkom=parse_date(r["inkom"]), status=r["status"], start=parse_date(r["start"]) if r.get("start") else None)
                           for r in read_source(folder, s, "intresse")], lambda r: r.arende != "")
    d.ekonomi = []
    for r in read_source(folder, s, "ekonomi"):
        ar = int(r["ar"])
        # fran,till (dates; default: 1 January to 31 December or, if earlier, the end of `period`)
        fran = parse_date(r["fran"]) if r.get("fran") else datetime.date(ar, 1, 1)
        till = parse_date(r["till"]) if r.get("till") else min(datetime.date(ar, 12, 31), s.B)
        d.ekonomi.append(Row(insats=r["insats"], ar=ar, finansiar=r["finansiar"], budget=ore(r.get("budget", "")) or 0,
                             utfall=ore(r.get("utfall", "")) or 0, fran=fran, till=till))

    d.befolkning = {}
    path = os.path.join(folder, "befolkning.csv")
    if os.path.exists(path):
        for r in read_csv(path):
            d.befolkning.setdefault((r["kommun"], int(r["ar"]), r["kon"]), []).append(
                (int(r["alder_fran"]), int(r["alder_till"]), int(r["antal"])))
    d.publicerat = []
    path = os.path.join(folder, "publicerat.csv")
    if os.path.exists(path):
        for r in read_csv(path):
            d.publicerat.append((r["tabell"], r["nyckel"], r["matt"], r["varde"].replace(" ", "").replace(",", ".").rstrip("%")))
    d.prices = {}
    path = os.path.join(folder, "prislista.csv")
    if os.path.exists(path):
        # of each post the latest ar not after the last year of `period`; enhet `%` = hundredths
        # where the list has KPI, a kr price of an earlier year is moved to the last year by it (A42)
        best = {}
        rows = list(read_csv(path))
        kpi = {int(r["ar"]): number(r["belopp"]) for r in rows if r["post"] == "KPI"}
        for r in rows:
            ar = int(r["ar"])
            if ar <= s.B.year and ar >= best.get(r["post"], -1):
                best[r["post"]] = ar
                price = number(r["belopp"]) / (100 if r["enhet"] == "%" else 1)
                if r["enhet"].startswith("kr") and ar in kpi and s.B.year in kpi:
                    price = price * kpi[s.B.year] / kpi[ar]
                d.prices[r["post"]] = price
    return d


def in_period(rows, a, b):
    return [r for r in rows if r.start <= b and (r.slut is None or r.slut >= a)]


# ==========================================================================
# persons, panel
# ==========================================================================
class Person:
    def __init__(self, pid):
        self.pid = pid
        self.fk, self.af, self.kom, self.reg = [], [], [], []
        self.active = {p: set() for p in PARTS}       # part -> months of the panel
        self.support = set()                          # months with FK, KOM or AF with ersattning
        self.money = {f: {} for f in FORMANER}        # forman -> {month: öre}
        self.kon, self.fodelsear, self.kommun = None, None, {}

    def combination(self, m):
        return "+".join(p for p in PARTS if m in self.active[p])

    def state(self, m):
        """set{AF,FK,KOM} of the month"""
        return frozenset(p for p in ("AF", "FK", "KOM") if m in self.active[p])


def spread(amount, start, end):
    """An amount T öre over n days is spread as R(T*c(m)/n) - R(T*c(m-1)/n),
    c = days passed by the end of m, R = round half up."""
    n = days_between(start, end)
    if n == 0:
        return {}
    out, previous = {}, 0
    for m in range(month_of(start), month_of(end) + 1):
        passed = days_between(start, min(end, last_day(m)))
        rounded = round_half_up(Fraction(amount * passed, n))
        out[m] = rounded - previous
        previous = rounded
    return out


def months_overlapped(record):
    return range(month_of(record.start), month_of(record.end) + 1)


def pick(records, value):
    """The value of the record with the latest start; ties by source FK, AF,
    KOM, REG, then the larger value.  records: (source, record)."""
    return max(records, key=lambda sr: (sr[1].start, -ATTR_ORDER[sr[0]], value(sr[1])))


def build_persons(s, d):
    persons = {}
    for source, rows in (("fk", d.fk), ("af", d.af), ("kom", d.kom), ("reg", d.reg)):
        for r in rows:
            # `gemensam nyckel = nej` (each source has its own keys): nothing is linked
            key = r.pid if s.common_key else (source, r.pid)
            person = persons.setdefault(key, Person(key))
            getattr(person, source).append(r)
    panel = set(s.panel)
    for p in persons.values():
        # Activity of a person in month m
        for r in p.fk:                              # FK: a spell of SP, RP, SE or AE overlaps m
            if r.forman in FK_FORMAN:
                p.active["FK"].update(panel.intersection(months_overlapped(r)))
        for r in p.af:                              # AF: a record whose sokandekategori is not 95-98 overlaps m
            if r.kategori not in ("95", "96", "97", "98"):
                p.active["AF"].update(panel.intersection(months_overlapped(r)))
            if r.ersattning:
                p.support.update(panel.intersection(months_overlapped(r)))
        for r in p.kom:                             # KOM: a row with manad = m and belopp > 0
            if r.belopp > 0 and month_of(r.start) in panel:
                p.active["KOM"].add(month_of(r.start))
        for r in p.reg:                             # REG: a contact in m
            if month_of(r.start) in panel:
                p.active["REG"].add(month_of(r.start))
        p.support |= p.active["FK"] | p.active["KOM"]
        # Money by month
        flows = [(r.forman, spread(r.belopp, r.start, r.end)) for r in p.fk if r.forman in FK_FORMAN and r.belopp]
        flows += [(r.ersattning, spread(r.belopp, r.start, r.end)) for r in p.af if r.ersattning in AF_FORMAN and r.belopp]
        flows += [("FS", {month_of(r.start): r.belopp}) for r in p.kom]
        for forman, months in flows:
            for m, amount in months.items():
                p.money[forman][m] = p.money[forman].get(m, 0) + amount
        # Person attributes
        records = [("FK", r) for r in p.fk] + [("AF", r) for r in p.af] + [("KOM", r) for r in p.kom] + [("REG", r) for r in p.reg]
        known = [sr for sr in records if sr[1].kon in ("K", "M")]  # X counts only when no record has K or M
        p.kon = pick(known or records, lambda r: r.kon)[1].kon
        p.fodelsear = pick(records, lambda r: r.fodelsear)[1].fodelsear
        # kommun, per calendar year: from the record active in that year with the latest start
        # (none active: the latest started before), same ties
        for year in s.years:
            first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
            active = [sr for sr in records if sr[1].start <= last and sr[1].end >= first]
            before = [sr for sr in records if sr[1].start < first]
            chosen = active or before
            p.kommun[year] = pick(chosen, lambda r: r.kommun)[1].kommun if chosen else None
    return persons


def malgrupp_persons(s, persons, year):
    """Målgrupp tables hold persons aged 16-64 that year whose kommun is among the förbund's kommuner."""
    valid = kommuner_valid(s, year)
    return [p for p in persons.values() if 16 <= year - p.fodelsear <= 64 and p.kommun[year] in valid]


# ==========================================================================
# tables
# ==========================================================================
class Table:
    """rows: {dims: {matt: value}}; a value is a number, a text or SAKNAS."""

    def __init__(self, name, dims, measures):
        self.name = name
        self.dims = [x.rstrip("*") for x in dims]
        self.starred = [x.endswith("*") for x in dims]
        self.measures = measures
        self.rows = {}

    def is_margin(self, dims):
        return any(self.starred) and all(v == "TOT" for v, star in zip(dims, self.starred) if star)

    def cells(self, *values):
        """Every combination of the values with TOT in the starred dimensions.
        None = the value stands in TOT only."""
        choices = []
        for value, star in zip(values, self.starred):
            choices.append(([] if value is None else [value]) + (["TOT"] if star and value != "TOT" else []))
        return product(*choices)

    def put(self, dims, **values):
        self.rows.setdefault(tuple(dims), {}).update(values)

    def order(self, dims):
        """sorted bytewise by their dimension columns, mal numerically"""
        return [int(v) if n == "mal" else v.encode() for n, v in zip(self.dims, dims)]

    def sorted_rows(self):
        for dims in sorted(self.rows, key=self.order):
            for matt in self.measures:
                if matt in self.rows[dims]:
                    yield dims, matt, self.rows[dims][matt]

    def write(self, directory):
        with open(os.path.join(directory, self.name + ".csv"), "w", encoding="utf-8", newline="") as f:
            w = csv.writer(f, lineterminator="\n")
            w.writerow(self.dims + ["matt", "varde", "status"])
            for dims, matt, value in self.sorted_rows():
                w.writerow(list(dims) + [matt] + (["", SAKNAS] if value is SAKNAS else [as_text(value), ""]))


def as_text(value):
    if isinstance(value, str):
        return value
    if isinstance(value, int) or (isinstance(value, Fraction) and value.denominator == 1):
        return str(int(value))
    return "%.17g" % float(value)


class Count:
    """Distinct things per cell."""

    def __init__(self, table):
        self.table, self.sets = table, {}

    def add(self, thing, *values):
        for dims in self.table.cells(*values):
            self.sets.setdefault(dims, set()).add(thing)

    def margin(self, *dims):
        self.sets.setdefault(dims, set())

    def fill(self, matt):
        for dims, things in self.sets.items():
            self.table.put(dims, **{matt: len(things)})

    def fill_linked(self, s, matt):
        """What needs a common key: without one the margins alone, and those cannot be computed."""
        self.fill(matt)
        if not s.common_key:
            self.table.rows = {dims: {matt: SAKNAS} for dims in self.table.rows if self.table.is_margin(dims)}


def inhabitants(d, kommuner, kon, year, a, b):
    """Inhabitants of the kommuner, kon (TOT: K and M) and ages a-b; None when
    befolkning.csv cannot fill them, and for kon X."""
    total = 0
    for kommun in kommuner:
        for k in (["K", "M"] if kon == "TOT" else [kon]):
            if k not in ("K", "M"):
                return None
            next_age = a
            for low, high, antal in sorted(d.befolkning.get((kommun, year, k), [])):
                if low == next_age and high <= b:
                    total += antal
                    next_age = high + 1
            if next_age != b + 1:
                return None
    return total


# --- m01 -------------------------------------------------------------------
# ar,kommun*,kon*,forman (nine codes, OHALSA, ARBMARK, BISTAND, TOT) |
# personer, belopp_kr, helarsekvivalenter, kr_per_invanare_dag (inhabitants 16-64)
def m01_forsorjningsmatt(s, d, persons):
    t = Table("m01_forsorjningsmatt", ["ar", "kommun*", "kon*", "forman"],
              ["personer", "belopp_kr", "helarsekvivalenter", "kr_per_invanare_dag"])
    for year in s.years:
        a, b = year_part(s, year)
        year_days = 366 if calendar.isleap(year) else 365
        months = year_months(s, year)
        sums = {}                                   # dims -> [persons, öre, HÅE]
        for forman in FORMANER + list(GROUPS):
            sums[(str(year), "TOT", "TOT", forman)] = [0, 0, Fraction(0)]
        for p in malgrupp_persons(s, persons, year):
            own = {}                                # forman -> (has a day, öre, HÅE)
            for forman in FORMANER:
                money = sum(p.money[forman].get(m, 0) for m in months)
                if forman in FK_FORMAN:
                    # FK: days*omfattning/100, at most 100 % a person, day and förmån
                    per_day = {}
                    for r in p.fk:
                        if r.forman == forman:
                            for day in range(max(a, r.start).toordinal(), min(b, r.end).toordinal() + 1):
                                per_day[day] = per_day.get(day, 0) + r.omfattning
                    hae = Fraction(sum(min(100, x) for x in per_day.values()), 100 * year_days)
                    present = bool(per_day)
                elif forman in AF_FORMAN:
                    # AF: days with ersattning (a union) / days of the year
                    days = set()
                    for r in p.af:
                        if r.ersattning == forman:
                            days.update(range(max(a, r.start).toordinal(), min(b, r.end).toordinal() + 1))
                    hae, present = Fraction(len(days), year_days), bool(days)
                else:
                    # KOM: months with bistånd / 12
                    with_aid = [m for m in months if m in p.active["KOM"]]
                    hae, present = Fraction(len(with_aid), 12), bool(with_aid)
                own[forman] = (present, money, hae)
            for group, members in GROUPS.items():
                own[group] = (any(own[f][0] for f in members), sum(own[f][1] for f in members), sum(own[f][2] for f in members))
            for forman, (present, money, hae) in own.items():
                if present:
                    for dims in t.cells(str(year), p.kommun[year], p.kon, forman):
                        cell = sums.setdefault(dims, [0, 0, Fraction(0)])
                        cell[0] += 1
                        cell[1] += money
                        cell[2] += hae
                else:
                    assert money == 0
        for dims, (count, money, hae) in sums.items():
            kommuner = kommuner_valid(s, year) if dims[1] == "TOT" else [dims[1]]
            people = inhabitants(d, kommuner, dims[2], year, 16, 64)
            # Days = days of the year inside `period`
            rate = Fraction(money, 100) / people / days_between(a, b) if people else SAKNAS
            known = s.common_key or dims[3] != "TOT"
            t.put(dims, personer=count if known else SAKNAS, belopp_kr=Fraction(money, 100), helarsekvivalenter=hae, kr_per_invanare_dag=rate)
    return t


# --- m02 -------------------------------------------------------------------
def group_basic(s, p, cond, m):
    """The conditions of a målgrupp other than ålder, kön, kommun, byten,
    inte målgrupp and sammanhängande månader: for the person in the month."""
    def overlaps(r):
        return r.start <= last_day(m) and r.end >= first_day(m)
    for key, value in cond.items():
        wanted = split_list(value)
        if key == "FK":
            # AA holds in the month of `fran` and the 11 after it
            ok = any(overlaps(r) for r in p.fk if r.forman in wanted and r.forman != "AA")
            ok = ok or ("AA" in wanted and any(0 <= m - month_of(r.start) <= 11 for r in p.fk if r.forman == "AA"))
        elif key == "AF":
            ok = any(overlaps(r) for r in p.af if r.kategori in wanted)
        elif key == "AF ersättning":
            ok = any(overlaps(r) for r in p.af if r.ersattning in wanted)
        elif key == "KOM":
            ok = m in p.active["KOM"]
        elif key == "KOM hinder":
            ok = any(month_of(r.start) == m and r.hinder in wanted for r in p.kom)
        elif key == "REG vardform":
            ok = any(month_of(r.start) == m and r.vardform in wanted for r in p.reg)
        elif key == "diagnos":                      # prefix, of FK spells and care contacts
            found = [r.diagnos for r in p.fk if overlaps(r)] + [r.diagnos for r in p.reg if month_of(r.start) == m]
            ok = any(x.startswith(w) for x in found for w in wanted)
        elif key == "minst parter":
            ok = sum(1 for part in PARTS if m in p.active[part]) >= int(value)
        elif key == "parter":                       # A, B = active at both
            ok = all(m in p.active[part] for part in wanted)
        else:
            ok = True
        if not ok:
            return False
    return True


def run_start(holds, m, first):
    """First month of the unbroken run that holds m; a gap of one month does not break it."""
    start, k = m, m - 1
    while k >= first:
        if holds(k):
            start = k
        elif k + 1 != start:                        # a second month in a row without
            break
        k -= 1
    return start


def in_group(s, p, name, m, memo):
    if (name, m) in memo:
        return memo[(name, m)]
    cond = s.malgrupper[name]
    year = year_of_month(m)

    def basic(k):
        if ("basic", name, k) not in memo:
            memo[("basic", name, k)] = group_basic(s, p, cond, k)
        return memo[("basic", name, k)]
    ok = basic(m)
    for key, value in cond.items():
        if not ok:
            break
        if key == "ålder":
            ok = any(a <= year - p.fodelsear <= b for a, b in map(span, split_list(value)))
        elif key == "kön":
            ok = p.kon in split_list(value)
        elif key == "kommun":
            ok = p.kommun[year] in split_list(value)
        elif key == "inte målgrupp":
            ok = not any(in_group(s, p, other, m, memo) for other in split_list(value))
        elif key.startswith("byten senaste"):
            # at least that many (both months of a change inside the N months and the panel)
            n = int(key.split()[2])
            first = max(m - n + 1, s.panel_first)
            ok = sum(1 for k in range(first + 1, m + 1) if p.state(k) != p.state(k - 1)) >= int(leading_number(value))
        elif key == "sammanhängande månader":
            # have held for N months up to and including the month, a gap of one month
            # neither breaking nor being deducted
            ok = m - run_start(basic, m, s.panel_first) + 1 >= int(leading_number(value))
    memo[(name, m)] = ok
    return ok


# ar,malgrupp,kommun*,kon*,aldersgrupp* | personer (in the group in at least one
# month of the year within `period`), per_1000
def m02_malgrupp(s, d, persons):
    t = Table("m02_malgrupp", ["ar", "malgrupp", "kommun*", "kon*", "aldersgrupp*"], ["personer", "per_1000"])
    count = Count(t)
    for year in s.years:
        for name in s.malgrupper:
            count.margin(str(year), name, "TOT", "TOT", "TOT")
        for p in malgrupp_persons(s, persons, year):
            memo = {}
            for name in s.malgrupper:
                if any(in_group(s, p, name, m, memo) for m in year_months(s, year)):
                    count.add(p.pid, str(year), name, p.kommun[year], p.kon, age_group(s, year - p.fodelsear))
    count.fill("personer")
    for dims in t.rows:
        year = int(dims[0])
        kommuner = kommuner_valid(s, year) if dims[2] == "TOT" else [dims[2]]
        a, b = (16, 64) if dims[4] == "TOT" else span(dims[4])
        people = inhabitants(d, kommuner, dims[3], year, a, b)
        t.put(dims, per_1000=Fraction(1000 * t.rows[dims]["personer"], people) if people else SAKNAS)
    return t


# --- m03 -------------------------------------------------------------------
# manad,kommun*,kombination* (15 of them, parts in the order AF FK KOM REG) | personer
def m03_samtidighet(s, d, persons):
    t = Table("m03_samtidighet", ["manad", "kommun*", "kombination*"], ["personer"])
    count = Count(t)
    for m in s.months:
        count.margin(month_text(m), "TOT", "TOT")
    for year in s.years:
        for p in malgrupp_persons(s, persons, year):
            for m in year_months(s, year):
                if p.combination(m):
                    count.add(p.pid, month_text(m), p.kommun[year], p.combination(m))
    count.fill_linked(s, "personer")
    return t


# --- m04 -------------------------------------------------------------------
# ar,kommun*,kon*,byten* (0,1,2,3-4,5+) | personer active in AF, FK or KOM in the year;
# no activity is a set too; a change = set{AF,FK,KOM} differs from the month before, both months in the year
def m04_rundgang(s, d, persons):
    t = Table("m04_rundgang", ["ar", "kommun*", "kon*", "byten*"], ["personer"])
    count = Count(t)
    for year in s.years:
        count.margin(str(year), "TOT", "TOT", "TOT")
        months = year_months(s, year)
        for p in malgrupp_persons(s, persons, year):
            if any(p.state(m) for m in months):
                changes = sum(1 for m in months[1:] if p.state(m) != p.state(m - 1))
                band = str(changes) if changes <= 2 else "3-4" if changes <= 4 else "5+"
                count.add(p.pid, str(year), p.kommun[year], p.kon, band)
    count.fill_linked(s, "personer")
    return t


# --- m05 -------------------------------------------------------------------
# ar,kommun*,kon*,tid* | personer active at any part in the year, by calendar months from the first
# to the last of the unbroken run with FK, KOM or AF with ersattning that holds the last month of the
# year in `period` (0 when that month has none); a gap of one month does not break it and counts
def m05_tid_i_forsorjning(s, d, persons):
    t = Table("m05_tid_i_forsorjning", ["ar", "kommun*", "kon*", "tid*"], ["personer"])
    count = Count(t)
    for year in s.years:
        count.margin(str(year), "TOT", "TOT", "TOT")
        months = year_months(s, year)
        for p in malgrupp_persons(s, persons, year):
            if not any(p.combination(m) for m in months):
                continue
            last = months[-1]
            length = 0
            if last in p.support:
                first = run_start(lambda k: k in p.support, last, s.panel_first)
                end = last
                if M05_WHOLE_RUN:
                    for k in range(last + 1, s.last + 1):
                        if k in p.support:
                            end = k
                        elif k - 1 != end:
                            break
                length = end - first + 1
            count.add(p.pid, str(year), p.kommun[year], p.kon, band_of(length, [(0, "0"), (11, "1-11"), (35, "12-35"), (59, "36-59"),
                                                                                (119, "60-119"), (None, "120+")]))
    count.fill_linked(s, "personer")
    return t


def band_of(value, bands):
    for top, label in bands:
        if top is None or value <= top:
            return label


# --- m06 -------------------------------------------------------------------
# manad,kommun*,kon*,aldersgrupp*,kalla (AF,FK,KOM,REG) | personer
def m06_manad(s, d, persons):
    t = Table("m06_manad", ["manad", "kommun*", "kon*", "aldersgrupp*", "kalla"], ["personer"])
    count = Count(t)
    for m in s.months:
        for part in PARTS:
            count.margin(month_text(m), "TOT", "TOT", "TOT", part)
    for year in s.years:
        for p in malgrupp_persons(s, persons, year):
            for m in year_months(s, year):
                for part in PARTS:
                    if m in p.active[part]:
                        count.add(p.pid, month_text(m), p.kommun[year], p.kon, age_group(s, year - p.fodelsear), part)
    count.fill("personer")
    return t


# --- m07 -------------------------------------------------------------------
# ar,kommun*,fran*,till* (combination, or INGEN, in the last month of the year before and of the year;
# INGEN to INGEN left out; no rows when the month before lies outside the panel) | personer
def m07_floden(s, d, persons):
    t = Table("m07_floden", ["ar", "kommun*", "fran*", "till*"], ["personer"])
    count = Count(t)
    for year in s.years:
        before, after = year * 12 - 1, year_months(s, year)[-1]
        if before not in s.panel:
            continue
        count.margin(str(year), "TOT", "TOT", "TOT")
        for p in malgrupp_persons(s, persons, year):
            x, y = p.combination(before) or "INGEN", p.combination(after) or "INGEN"
            if (x, y) != ("INGEN", "INGEN"):
                count.add(p.pid, str(year), p.kommun[year], x, y)
    count.fill_linked(s, "personer")
    return t


# --- i01 -------------------------------------------------------------------
def participation_insatser(s):
    return [n for n, v in s.insatser.items() if v["registrering"] != "volym"]


# insats*,kommun*,kon* | deltaganden, personer, nya, avslutade, pagaende
# nya: start in [A,B]. avslutade: slut in [A,B]. pagaende: slut empty or slut > B.
# personer: distinct pid, each anonymous row one.
def i01_deltagare(s, d, persons):
    t = Table("i01_deltagare", ["insats*", "kommun*", "kon*"], ["deltaganden", "personer", "nya", "avslutade", "pagaende"])
    cells = {("TOT", "TOT", "TOT"): []}
    for r in d.participations:
        for dims in t.cells(r.insats, r.kommun, r.kon):
            cells.setdefault(dims, []).append(r)
    for dims, rows in cells.items():
        t.put(dims, deltaganden=len(rows), personer=len({r.person for r in rows}),
              nya=sum(1 for r in rows if s.A <= r.start <= s.B),
              avslutade=sum(1 for r in rows if r.slut and s.A <= r.slut <= s.B),
              pagaende=sum(1 for r in rows if r.slut is None or r.slut > s.B))
    return t


# --- i02 -------------------------------------------------------------------
# insats,kon*,variabel (utbildning, aldersgrupp, tid_off_fors),kod* | deltaganden; age in the year of start,
# groups written `16-19`, outside them `0-15`, `65+`; empty codes: utbildning 0, tid_off_fors X
def i02_bakgrund(s, d, persons):
    t = Table("i02_bakgrund", ["insats", "kon*", "variabel", "kod*"], ["deltaganden"])
    count = Count(t)
    for insats in participation_insatser(s):
        for variabel in ("utbildning", "aldersgrupp", "tid_off_fors"):
            count.margin(insats, "TOT", variabel, "TOT")
    for i, r in enumerate(d.participations):
        age = r.start.year - r.fodelsear
        group = age_group(s, age) or ("0-15" if age <= 15 else "65+")
        count.add(i, r.insats, r.kon, "utbildning", r.utbildning)
        count.add(i, r.insats, r.kon, "aldersgrupp", group)
        count.add(i, r.insats, r.kon, "tid_off_fors", r.tid_off_fors)
    count.fill("deltaganden")
    return t


# --- i03, i04 --------------------------------------------------------------
# insats,kon*,kod* | fore, efter, forandring (exited; multi-response: TOT: fore = efter = the number of
# exited, forandring 0; a row with an empty field counts in TOT only)
def before_after(name, field, s, d):
    t = Table(name, ["insats", "kon*", "kod*"], ["fore", "efter", "forandring"])
    cells = {(insats, "TOT", "TOT"): [0, 0] for insats in participation_insatser(s)}
    for r in d.exited:
        for side, which in enumerate(("_start", "_slut")):
            for kod in sorted(set(codes(getattr(r, field + which)))) + ["TOT"]:
                for kon in (r.kon, "TOT"):
                    cells.setdefault((r.insats, kon, kod), [0, 0])[side] += 1
    for dims, (fore, efter) in cells.items():
        t.put(dims, fore=fore, efter=efter, forandring=efter - fore)
    return t


def i03_forsorjning(s, d, persons):
    return before_after("i03_forsorjning", "forsorjning", s, d)


def i04_sysselsattning(s, d, persons):
    return before_after("i04_sysselsattning", "sysselsattning", s, d)


# --- i05 -------------------------------------------------------------------
# insats,kon*,kod* | avslutade (multi-response, TOT likewise)
def i05_avslut(s, d, persons):
    t = Table("i05_avslut", ["insats", "kon*", "kod*"], ["avslutade"])
    count = Count(t)
    for insats in participation_insatser(s):
        count.margin(insats, "TOT", "TOT")
    for i, r in enumerate(d.exited):
        count.add(i, r.insats, r.kon, None)
        for kod in codes(r.avslut):
            count.add(i, r.insats, r.kon, kod)
    count.fill("avslutade")
    return t


# --- i06 -------------------------------------------------------------------
# arbete = sysselsattning_slut has AO, AU or EF; studier = SU; arbetssokande = AR without arbete or studier;
# borjat_eller_okat = the sum of the per cents of AO, AU, EF, SU is larger after than before
def outcome(r):
    after = set(codes(r.sysselsattning_slut))
    arbete, studier = bool(after & {"AO", "AU", "EF"}), "SU" in after
    own = ("AO", "AU", "EF", "SU")
    total = lambda items: sum((p for c, p in items if c in own), Fraction(0))
    return {"arbete": arbete, "studier": studier, "arbete_eller_studier": arbete or studier,
            "arbetssokande": "AR" in after and not arbete and not studier,
            "borjat_eller_okat": total(r.sysselsattning_slut) > total(r.sysselsattning_start)}


# insats*,kon* | avslutade, arbete, studier, arbete_eller_studier, arbetssokande, borjat_eller_okat,
# andel_arbete_eller_studier with ki_lag, ki_hog
def i06_resultat(s, d, persons):
    names = ["arbete", "studier", "arbete_eller_studier", "arbetssokande", "borjat_eller_okat"]
    t = Table("i06_resultat", ["insats*", "kon*"], ["avslutade"] + names + ["andel_arbete_eller_studier", "ki_lag", "ki_hog"])
    cells = {("TOT", "TOT"): []}
    for r in d.exited:
        for dims in t.cells(r.insats, r.kon):
            cells.setdefault(dims, []).append(outcome(r))
    for dims, outcomes in cells.items():
        n = len(outcomes)
        t.put(dims, avslutade=n, **{x: sum(o[x] for o in outcomes) for x in names})
        hits = t.rows[dims]["arbete_eller_studier"]
        low, high = wilson(hits, n, s.confidence) if n else (SAKNAS, SAKNAS)
        t.put(dims, andel_arbete_eller_studier=Fraction(100 * hits, n) if n else SAKNAS, ki_lag=low, ki_hog=high)
    return t


# --- i07 -------------------------------------------------------------------
# insats,kon*,tid* (0-2, 3-5, 6-11, 12-17, 18-23, 24+ completed months) | avslutade
# Completed months = 12*dy + dm - (day of slut < day of start)
def i07_tid_i_insats(s, d, persons):
    t = Table("i07_tid_i_insats", ["insats", "kon*", "tid*"], ["avslutade"])
    count = Count(t)
    for insats in participation_insatser(s):
        count.margin(insats, "TOT", "TOT")
    for i, r in enumerate(d.exited):
        count.add(i, r.insats, r.kon, band_of(completed_months(r.start, r.slut), [(2, "0-2"), (5, "3-5"), (11, "6-11"), (17, "12-17"), (23, "18-23"), (None, "24+")]))
    count.fill("avslutade")
    return t


# --- i08 -------------------------------------------------------------------
# insats,kommun*,kon*,remittent* | deltaganden
def i08_remittent(s, d, persons):
    t = Table("i08_remittent", ["insats", "kommun*", "kon*", "remittent*"], ["deltaganden"])
    count = Count(t)
    for insats in participation_insatser(s):
        count.margin(insats, "TOT", "TOT", "TOT")
    for i, r in enumerate(d.participations):
        count.add(i, r.insats, r.kommun, r.kon, r.remittent or None)
    count.fill("deltaganden")
    return t


# --- i09 -------------------------------------------------------------------
# vantande at its end (inkom <= B and VANTAR, or STARTAD with start > B); of the waiting (days / 30.4375)
def waiting_months(s, rows):
    return [days_between(r.inkom, s.B) - 1 for r in rows if r.inkom <= s.B and
            (r.status == "VANTAR" or (r.status == "STARTAD" and r.start and r.start > s.B))]


# insats*,kommun*,kon* | inkomna and startade in `period`; vantande at its end; median_vantetid, p90_vantetid
def i09_ko(s, d, persons):
    t = Table("i09_ko", ["insats*", "kommun*", "kon*"], ["inkomna", "startade", "vantande", "median_vantetid", "p90_vantetid",
                                                         "median_vantetid_startade", "p90_vantetid_startade"])
    cells = {("TOT", "TOT", "TOT"): []}
    for r in d.intresse:
        for dims in t.cells(r.insats, r.kommun, r.kon):
            cells.setdefault(dims, []).append(r)
    for dims, rows in cells.items():
        waiting = waiting_months(s, rows)
        started = [r for r in rows if r.status == "STARTAD" and r.start and s.A <= r.start <= s.B]
        before = [(r.start - r.inkom).days for r in started if r.start >= r.inkom]
        t.put(dims, median_vantetid_startade=quantile7(before, Fraction(1, 2)) / MONTH_DAYS if before else SAKNAS,
              p90_vantetid_startade=quantile7(before, Fraction(9, 10)) / MONTH_DAYS if before else SAKNAS)
        t.put(dims, inkomna=sum(1 for r in rows if s.A <= r.inkom <= s.B),
              startade=len(started),
              vantande=len(waiting),
              median_vantetid=quantile7(waiting, Fraction(1, 2)) / MONTH_DAYS if waiting else SAKNAS,
              p90_vantetid=quantile7(waiting, Fraction(9, 10)) / MONTH_DAYS if waiting else SAKNAS)
    return t


# --- i10 -------------------------------------------------------------------
# insats,ar,kon*,aldersgrupp* | antal
def i10_volym(s, d, persons):
    t = Table("i10_volym", ["insats", "ar", "kon*", "aldersgrupp*"], ["antal"])
    sums = {}
    has_rows = {r.insats for r in d.volym}
    for insats, v in s.insatser.items():
        if v["registrering"] == "volym" or insats in has_rows:
            for year in s.years:
                sums[(insats, str(year), "TOT", "TOT")] = 0
    for r in d.volym:
        if r.ar in s.years:
            for dims in t.cells(r.insats, str(r.ar), r.kon or None, r.aldersgrupp or None):
                sums[dims] = sums.get(dims, 0) + r.antal
    for dims, antal in sums.items():
        t.put(dims, antal=antal)
    return t


# --- i11 -------------------------------------------------------------------
# insats,kon*,fran,till | avslutade having försörjning `fran` before and `till` after
def i11_matris(s, d, persons):
    t = Table("i11_matris", ["insats", "kon*", "fran", "till"], ["avslutade"])
    count = Count(t)
    for i, r in enumerate(d.exited):
        for before in codes(r.forsorjning_start):
            for after in codes(r.forsorjning_slut):
                count.add(i, r.insats, r.kon, before, after)
    count.fill("avslutade")
    return t


# --- i12 -------------------------------------------------------------------
def survey_pairs(s, d):
    """{(insats, instrument): {pid: (start value, slut value)}}
    one pair a pid: its last `slut` in `period`, its last `start` not after that"""
    measured = {}
    for r in d.enkat:
        measured.setdefault((r.insats, r.instrument, r.pid), []).append(r)
    pairs = {}
    for (insats, instrument, pid), rows in measured.items():
        ends = [r for r in rows if r.tillfalle == "slut" and s.A <= r.datum <= s.B]
        if not ends:
            continue
        end = max(ends, key=lambda r: r.datum)
        starts = [r for r in rows if r.tillfalle == "start" and r.datum <= end.datum]
        if starts:
            begin = max(starts, key=lambda r: r.datum)
            pairs.setdefault((insats, instrument), {})[pid] = (begin.varde, end.varde)
    return pairs


def incomplete_beta(a, b, x):
    """Regularised incomplete beta function (continued fraction, Lentz)."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)) / a
    c, dd = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    f = dd
    for m in range(1, 2000):
        for num in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                    -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            dd = 1 / (1 + num * dd)
            c = 1 + num / c
            f *= c * dd
        if abs(c * dd - 1) < 1e-16:
            break
    return front * f


def t_quantile(p, df):
    """p > 0.5"""
    low, high = 0.0, 1.0
    upper = lambda q: 0.5 * incomplete_beta(df / 2, 0.5, df / (df + q * q))
    while upper(high) > 1 - p:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if upper(middle) > 1 - p else (low, middle)
    return (low + high) / 2


def wilcoxon(differences):
    """As R's wilcox.test(x, paired): exact below 50 pairs without ties or zeros,
    else normal with continuity correction."""
    nonzero = [x for x in differences if x != 0]
    n = len(nonzero)
    if n == 0:
        return SAKNAS
    sizes = sorted(abs(x) for x in nonzero)
    positions = {}
    for i, x in enumerate(sizes, 1):
        positions.setdefault(x, []).append(i)
    rank = {x: Fraction(sum(i), len(i)) for x, i in positions.items()}
    v = sum(rank[abs(x)] for x in nonzero if x > 0)
    ties = any(len(i) > 1 for i in positions.values())
    if n < 50 and not ties and n == len(differences):
        ways = [1]                                  # number of subsets of ranks 1..n by sum
        for r in range(1, n + 1):
            ways = [(ways[k] if k < len(ways) else 0) + (ways[k - r] if 0 <= k - r < len(ways) else 0)
                    for k in range(len(ways) + r)]
        if v > Fraction(n * (n + 1), 4):
            tail = sum(ways[int(v):])
        else:
            tail = sum(ways[:int(v) + 1])
        return min(Fraction(1), 2 * Fraction(tail, 2 ** n))
    z = v - Fraction(n * (n + 1), 4)
    variance = Fraction(n * (n + 1) * (2 * n + 1), 24) - sum(Fraction(len(i) ** 3 - len(i), 48) for i in positions.values())
    if variance == 0:
        return SAKNAS
    correction = Fraction(1, 2) if z > 0 else Fraction(-1, 2) if z < 0 else 0
    z = float(z - correction) / math.sqrt(variance)
    return min(1.0, math.erfc(abs(z) / math.sqrt(2)))


# insats,instrument,kon* | par, utan_par (exited in `period`, with pid, without a pair), medel_start, medel_slut, skillnad, ki_lag, ki_hog (t), p_wilcoxon;
# kon of the latest participation
def i12_enkat(s, d, persons):
    t = Table("i12_enkat", ["insats", "instrument", "kon*"], ["par", "utan_par", "medel_start", "medel_slut", "skillnad", "ki_lag", "ki_hog", "p_wilcoxon"])
    found = survey_pairs(s, d)
    for insats, instrument in sorted({(r.insats, r.instrument) for r in d.enkat if r.datum <= s.B}):
        pairs = found.get((insats, instrument), {})
        cells = {(insats, instrument, "TOT"): []}
        without = {}

        def latest_kon(pid):
            own = [r for r in d.on_file if r.pid == pid and r.insats == insats and r.start <= s.B]
            return max(own, key=lambda r: r.start).kon if own else "X"
        for pid, pair in pairs.items():
            for dims in t.cells(insats, instrument, latest_kon(pid)):
                cells.setdefault(dims, []).append(pair)
        for pid in {r.pid for r in d.exited if r.insats == insats and r.pid and r.pid not in pairs}:
            for dims in t.cells(insats, instrument, latest_kon(pid)):
                without[dims] = without.get(dims, 0) + 1
        for dims in set(cells) | set(without):
            values = cells.get(dims, [])
            n = len(values)
            t.put(dims, par=n, utan_par=without.get(dims, 0))
            if n == 0:
                t.put(dims, medel_start=SAKNAS, medel_slut=SAKNAS, skillnad=SAKNAS, ki_lag=SAKNAS, ki_hog=SAKNAS, p_wilcoxon=SAKNAS)
                continue
            before, after = sum(a for a, _ in values) / n, sum(b for _, b in values) / n
            differences = [b - a for a, b in values]
            mean, low, high = after - before, SAKNAS, SAKNAS
            if n >= 2:
                sd = math.sqrt(sum((x - mean) ** 2 for x in differences) / (n - 1))
                half = t_quantile(0.5 + s.confidence / 2, n - 1) * sd / math.sqrt(n)
                low, high = float(mean) - half, float(mean) + half
            t.put(dims, par=n, medel_start=before, medel_slut=after, skillnad=mean, ki_lag=low, ki_hog=high, p_wilcoxon=wilcoxon(differences))
    return t


# --- i13, i14 ---------------------------------------------------------------
def completed_months(a, b):
    """12*dy + dm - (day of b < day of a)"""
    return month_of(b) - month_of(a) - (1 if b.day < a.day else 0)


def to_own_support(s, r):
    """egen försörjning at the exit"""
    return meets(s, "egen försörjning", r) if "egen försörjning" in s.measures else outcome(r)["arbete_eller_studier"]


def followed(s, d, insats, kon):
    """[(completed months, whether they ended in an exit to egen försörjning)] from start to exit or the end of `period`"""
    out = []
    for r in d.on_file:
        if r.insats == insats and kon in (r.kon, "TOT") and r.start <= s.B:
            gone = r.slut is not None and r.slut <= s.B
            out.append((completed_months(r.start, r.slut if gone else s.B), gone and to_own_support(s, r)))
    return out


# insats,kon*,manad | kvar, handelser, censurerade, andel, ki_lag, ki_hog (Kaplan-Meier from start to an exit to egen
# försörjning; log-log limits)
def i13_overlevnad(s, d, persons):
    t = Table("i13_overlevnad", ["insats", "kon*", "manad"], ["kvar", "handelser", "censurerade", "andel", "ki_lag", "ki_hog"])
    z = NormalDist().inv_cdf(0.5 + s.confidence / 2)
    for insats in participation_insatser(s):
        for kon in ("K", "M", "X", "TOT"):
            times = followed(s, d, insats, kon)
            left, hazard = Fraction(1), Fraction(0)
            for month in range(1 + max((x for x, _ in times), default=-1)):
                at_risk = sum(1 for x, _ in times if x >= month)
                events = sum(1 for x, event in times if x == month and event)
                left *= Fraction(at_risk - events, at_risk)
                if left > 0:
                    hazard += Fraction(events, at_risk * (at_risk - events))
                low = high = SAKNAS
                if 0 < left < 1:
                    # log(-log S) +- z sqrt(sum d/(r(r-d))) / |log S|
                    middle, half = math.log(-math.log(left)), z * math.sqrt(hazard) / -math.log(left)
                    low, high = (100 * math.exp(-math.exp(middle + sign * half)) for sign in (1, -1))
                t.put((insats, kon, str(month)), kvar=at_risk, handelser=events,
                      censurerade=sum(1 for x, event in times if x == month and not event), andel=100 * left, ki_lag=low, ki_hog=high)
    return t


def logrank(women, men):
    """Two-sided p that the two have the same time, by the hypergeometric expectation of each month; SAKNAS without variance."""
    difference, variance = Fraction(0), Fraction(0)
    for month in sorted({x for x, event in women + men if event}):
        n1, n2 = (sum(1 for x, _ in group if x >= month) for group in (women, men))
        d1, d2 = (sum(1 for x, event in group if x == month and event) for group in (women, men))
        n, dead = n1 + n2, d1 + d2
        difference += d1 - Fraction(dead * n1, n)
        if n > 1:
            variance += Fraction(dead * n1 * n2 * (n - dead), n * n * (n - 1))
    return math.erfc(math.sqrt(difference * difference / variance / 2)) if variance else SAKNAS


# insats | andel_k, andel_m, skillnad, ki_lag, ki_hog (Newcombe) of arbete_eller_studier
def i14_konsskillnad(s, d, persons):
    names = ["andel_k", "andel_m", "skillnad", "ki_lag", "ki_hog"]
    t = Table("i14_konsskillnad", ["insats"], names + ["p_logrank"])
    for insats in participation_insatser(s):
        (k, nk), (m, nm) = ((sum(outcome(r)["arbete_eller_studier"] for r in rows), len(rows)) for rows in
                            ([r for r in d.exited if r.insats == insats and r.kon == kon] for kon in "KM"))
        t.put((insats,), **dict.fromkeys(names, SAKNAS), p_logrank=logrank(followed(s, d, insats, "K"), followed(s, d, insats, "M")))
        pk, pm = (Fraction(100 * hits, n) if n else SAKNAS for hits, n in ((k, nk), (m, nm)))
        t.put((insats,), andel_k=pk, andel_m=pm)
        if nk and nm:
            (low_k, high_k), (low_m, high_m) = wilson(k, nk, s.confidence), wilson(m, nm, s.confidence)
            # Newcombe's hybrid: the distances to the Wilson limits, squared and added
            t.put((insats,), skillnad=pk - pm, ki_lag=float(pk - pm) - math.hypot(pk - low_k, high_m - pm), ki_hog=float(pk - pm) + math.hypot(high_k - pk, pm - low_m))
    return t


# --- ekonomi ---------------------------------------------------------------
def cut(s, r, amount):
    """Of a row only what reaches outside `period` is cut, by days."""
    n = days_between(r.fran, r.till)
    if n == 0:
        return 0
    by_end = days_between(r.fran, min(r.till, s.B))
    by_start = days_between(r.fran, min(r.till, s.A - ONE_DAY))
    if E01_CUT_IN_ORE:
        return round_half_up(Fraction(amount * by_end, n)) - round_half_up(Fraction(amount * by_start, n))
    return Fraction(amount * (by_end - by_start), n)


def utfall_by_finansiar(s, d, insats):
    """Utfall in `period` as in e01, in öre."""
    out = {}
    for r in d.ekonomi:
        if r.insats == insats and r.ar in s.years:
            out[r.finansiar] = out.get(r.finansiar, 0) + cut(s, r, r.utfall)
    return out


# --- g01 -------------------------------------------------------------------
def meets(s, measure, r):
    """[mått]: `vid avslut` = one of the codes in sysselsattning_slut; `utesluter` = does not meet those."""
    wanted, excluded = s.measures[measure]
    return bool(set(wanted) & set(codes(r.sysselsattning_slut))) and not any(meets(s, other, r) for other in excluded)


# insats,mal (number in settings order) | matt_namn, krav, utfall, taljare, namnare, ki_lag, ki_hog,
# bedomning (uppfyllt / uppfyllt_osakert / ej_uppfyllt / ej_uppfyllt_osakert / ej_bedombart)
def g01_mal(s, d, persons):
    t = Table("g01_mal", ["insats", "mal"], ["matt_namn", "krav", "utfall", "taljare", "namnare", "ki_lag", "ki_hog", "bedomning"])
    pairs = survey_pairs(s, d)
    for insats, info in s.insatser.items():
        for mal, goal in enumerate(info["goals"], 1):
            value, hits, n = goal_value(s, d, insats, info["registrering"] == "volym", goal, pairs)
            row = dict(matt_namn=goal.matt_namn, krav=goal.krav, utfall=value, taljare=hits, namnare=n, ki_lag=SAKNAS, ki_hog=SAKNAS)
            if value is SAKNAS:
                row["bedomning"] = "ej_bedombart"   # when the denominator is 0
            else:
                ok = (goal.low is None or value >= goal.low) and (goal.high is None or value <= goal.high)
                unsure = False
                if n is not SAKNAS:                 # Shares carry Wilson intervals
                    row["ki_lag"], row["ki_hog"] = wilson(hits, n, s.confidence)
                    # A bound is inside the interval when lag <= bound <= hög (A-B: either)
                    unsure = any(bound is not None and row["ki_lag"] <= bound <= row["ki_hog"] for bound in (goal.low, goal.high))
                row["bedomning"] = ("uppfyllt" if ok else "ej_uppfyllt") + ("_osakert" if unsure else "")
            t.put((insats, str(mal)), **row)
    return t


def goal_value(s, d, insats, is_volym, goal, pairs):
    """(utfall, taljare, namnare); taljare and namnare are `saknas` for plain numbers."""
    rows = [r for r in d.participations if r.insats == insats]
    exited = [r for r in d.exited if r.insats == insats]
    started = [r for r in rows if s.A <= r.start <= s.B]
    volym = [r for r in d.volym if r.insats == insats and r.ar in s.years]
    # deltagare = personer of i01 (volym: antal of i10)
    people = sum(r.antal for r in volym) if is_volym else len({r.person for r in rows})
    name = goal.measure

    def share(hits, n):
        return (Fraction(100 * hits, n) if n else SAKNAS), hits, n

    if name == "könsfördelning":                    # share of women among known sex
        if is_volym:
            women, men = (sum(r.antal for r in volym if r.kon == k) for k in "KM")
        else:
            women, men = (len({r.person for r in rows if r.kon == k}) for k in "KM")
        return share(women, women + men)
    if name == "enkät vid start och avslut":
        filled = {pid for (i, _), found in pairs.items() if i == insats for pid in found}
        hit = lambda r: r.pid != "" and r.pid in filled
        exit_hit = start_hit = hit
    elif name in s.measures:
        exit_hit = lambda r: meets(s, name, r)
        start_hit = lambda r: r in exited and meets(s, name, r)
    if goal.kind == "share":
        if goal.base == "avslutade":                # avslutade and startade are participations
            within = lambda r: goal.within is None or r.slut <= add_months(r.start, goal.within)
            return share(sum(1 for r in exited if exit_hit(r) and within(r)), len(exited))
        if goal.base == "startade":
            if goal.within is not None:
                # every participation on file with start + N months <= B, met when exited within start + N months
                base = [r for r in d.on_file if r.insats == insats and add_months(r.start, goal.within) <= s.B]
                return share(sum(1 for r in base if r.slut and r.slut <= add_months(r.start, goal.within) and exit_hit(r)), len(base))
            return share(sum(1 for r in started if start_hit(r)), len(started))
        # deltagare as denominator: the distinct persons who meet it are counted
        if name == "enkät vid start och avslut":
            return share(len({r.person for r in rows if exit_hit(r)}), people)
        within = lambda r: goal.within is None or r.slut <= add_months(r.start, goal.within)
        return share(len({r.person for r in exited if exit_hit(r) and within(r)}), people)
    if name == "deltagare":
        value = people
    elif name == "nya":
        value = len(started)
    elif name == "avslutade":
        value = len(exited)
    elif name == "enkät vid start och avslut":
        value = len({r.person for r in rows if exit_hit(r)})
    elif name == "kostnad per deltagare":
        total = Fraction(sum(utfall_by_finansiar(s, d, insats).values()), 100)
        value = total / people if people else SAKNAS
    elif name == "kötid":                           # kötid = median
        waiting = waiting_months(s, [r for r in d.intresse if r.insats == insats])
        value = quantile7(waiting, Fraction(1, 2)) / MONTH_DAYS if waiting else SAKNAS
    else:
        value = sum(1 for r in exited if exit_hit(r) and (goal.within is None or r.slut <= add_months(r.start, goal.within)))
    return value, SAKNAS, SAKNAS


# --- e01 -------------------------------------------------------------------
# insats*,ar,finansiar* | budget, utfall (of a row only what reaches outside `period` is cut, by days),
# avvikelse = budget - utfall, kr_per_deltagande, kr_per_avslutad_till_arbete_eller_studier
# (utfall of the row / deltaganden, and exits, in that year's part of `period`)
def e01_ekonomi(s, d, persons):
    t = Table("e01_ekonomi", ["insats*", "ar", "finansiar*"],
              ["budget", "utfall", "avvikelse", "kr_per_deltagande", "kr_per_avslutad_till_arbete_eller_studier"])
    sums = {("TOT", str(year), "TOT"): [0, 0] for year in s.years}
    for r in d.ekonomi:
        if r.ar in s.years:
            for dims in t.cells(r.insats, str(r.ar), r.finansiar):
                # an insats whose cost stands in another's (`ingår i`) is not counted twice
                if dims[0] == "TOT" and s.insatser[r.insats]["part_of"]:
                    continue
                cell = sums.setdefault(dims, [0, 0])
                cell[0] += cut(s, r, r.budget) if E01_CUT_BUDGET else r.budget
                cell[1] += cut(s, r, r.utfall)
    for dims, (budget, utfall) in sums.items():
        a, b = year_part(s, int(dims[1]))
        rows = [r for r in in_period(d.on_file, a, b) if dims[0] in ("TOT", r.insats)]
        exits = sum(1 for r in rows if r.slut and a <= r.slut <= b and outcome(r)["arbete_eller_studier"])
        kr = Fraction(utfall, 100)
        t.put(dims, budget=Fraction(budget, 100), utfall=kr, avvikelse=Fraction(budget - utfall, 100),
              kr_per_deltagande=kr / len(rows) if rows else SAKNAS,
              kr_per_avslutad_till_arbete_eller_studier=kr / exits if exits else SAKNAS)
    return t


# --- e02, e03, e05 ---------------------------------------------------------
PART_FORMAN = {"FK": FK_FORMAN, "AF": AF_FORMAN, "KOM": ["FS"]}


def cohort_of(s, d, insats):
    """exited in `period`; without avslut 07, 09, 13; one member a pid, the last exit that qualifies.
    extrakt: with pid, with at least 3 months observed after the exit month and one before the start
    month inside the panel.  sus: an anonymous row is a member too."""
    chosen = {}
    for r in d.exited:
        if r.insats != insats or set(codes(r.avslut)) & {"07", "09", "13"}:
            continue
        if s.underlag == "extrakt":
            if not r.pid or s.last - month_of(r.slut) < 3 or month_of(r.start) <= s.panel_first:
                continue
        if r.person not in chosen or (r.slut, r.start) > (chosen[r.person].slut, chosen[r.person].start):
            chosen[r.person] = r
    return list(chosen.values())


def care_cost(d, person, m):
    """kr; VARD_PV, VARD_OV, VARD_SV = kr a contact where belopp is empty"""
    total = Fraction(0)
    for r in person.reg:
        if month_of(r.start) == m:
            if r.belopp is not None:
                total += Fraction(r.belopp, 100)
            elif r.vardform:
                total += d.prices["VARD_" + r.vardform]
    return total


def work(d, items):
    """W = sum share*LON_x, Q = sum share*LON_x*(1+e)*PROD_x, LB = share_AU*LON_AU*LONEBIDRAG"""
    p = d.prices
    w = q = lb = Fraction(0)
    for code, percent in items:
        if code in ("AO", "AU", "EF"):
            wage = percent / 100 * p["LON_" + code]
            w += wage
            q += wage * (1 + p["ARBETSGIVARAVGIFT"]) * p["PROD_" + code]
            if code == "AU":
                lb += wage * p["LONEBIDRAG"]
    return {"W": w, "Q": q, "LB": lb}


def levels(s, d, persons, r, after):
    """Monthly means before or after of one member: T of each förmån, V, H of each part, W, Q, LB (kr)."""
    out = work(d, r.sysselsattning_slut if after else r.sysselsattning_start)
    if s.underlag == "sus":
        support = dict.fromkeys(FORMANER, Fraction(0))
        present = set()
        for code, percent in (r.forsorjning_slut if after else r.forsorjning_start):
            if code in FORMANER:
                support[code] += percent / 100 * d.prices["SCHABLON_" + code]
                present.add(code)
        out.update(support)
        out["V"] = Fraction(0)
        for part, members in PART_FORMAN.items():
            out["H_" + part] = d.prices["HANDLAGGNING_" + part] if present & set(members) else Fraction(0)
        return out
    if after:                                       # up to `efter` months after the exit month, as far as the panel reaches
        months = [m for m in range(month_of(r.slut) + 1, month_of(r.slut) + s.after + 1) if m in s.panel]
    else:                                           # the `före` months before the start month
        months = [m for m in range(month_of(r.start) - s.before, month_of(r.start)) if m in s.panel]
    person = persons.get(r.pid) or Person(r.pid)
    n = len(months)
    for forman in FORMANER:
        out[forman] = Fraction(sum(person.money[forman].get(m, 0) for m in months), 100 * n)
    out["V"] = sum(care_cost(d, person, m) for m in months) / Fraction(n)
    for part in PART_FORMAN:
        share = Fraction(sum(1 for m in months if m in person.active[part]), n)
        out["H_" + part] = d.prices["HANDLAGGNING_" + part] * share
    return out


def mean_levels(s, d, persons, cohort, after):
    each = [levels(s, d, persons, r, after) for r in cohort]
    return {k: sum(x[k] for x in each) / len(each) for k in each[0]}


def monthly_net(s, d, before, after):
    """Delta = (cohort mean after - before) * (1 - dödvikt); monthly net per participant, kr, of every actor."""
    p = d.prices
    D = {k: (after[k] - before[k]) * (1 - s.deadweight) for k in before}
    tk, tr, ts, e = p["SKATT_KOM"], p["SKATT_REG"], p["SKATT_STAT"], p["ARBETSGIVARAVGIFT"]
    Y = D["W"] + D["SP"] + D["RP"] + D["SE"] + D["AE"] + D["AK"] + D["AS"]
    T = sum(D[f] for f in FORMANER)
    net = {
        "FK": -(D["SP"] + D["RP"] + D["SE"] + D["AE"]) - D["H_FK"],
        "AF": -(D["AK"] + D["AS"] + D["UE"] + D["ET"]) - D["LB"] - D["H_AF"],
        # inkomstutjämning: the share of the tax gain of KOM and REG that is taken back goes to STAT (A35)
        "STAT": e * D["W"] + ts * Y + s.equalised * (tk + tr) * Y,
        "KOM": -D["FS"] - D["H_KOM"] + (1 - s.equalised) * tk * Y,
        "REG": -D["V"] + (1 - s.equalised) * tr * Y,
        "IND": D["W"] + T - (tk + tr + ts) * Y,
        "ARBG": D["Q"] - (1 + e) * D["W"] + D["LB"],
    }
    net["STATEN"] = net["FK"] + net["AF"] + net["STAT"]
    net["OFFENTLIG"] = net["STATEN"] + net["KOM"] + net["REG"]
    net["SAMHALLE"] = net["OFFENTLIG"] + net["IND"] + net["ARBG"]
    assert net["SAMHALLE"] == D["Q"] - D["V"] - D["H_FK"] - D["H_AF"] - D["H_KOM"]
    return net, D


class Calculation:
    """Cost, net and cash flow of one insats; .ok is False when it cannot be computed."""

    def __init__(self, s, d, persons, insats):
        self.ok = False
        cohort = cohort_of(s, d, insats)
        if not cohort:
            return
        self.before = mean_levels(s, d, persons, cohort, False)
        self.after = mean_levels(s, d, persons, cohort, True)
        self.net, self.delta = monthly_net(s, d, self.before, self.after)
        self.members = len(cohort)
        self.linked = Fraction(100 * sum(1 for r in cohort if r.pid in persons), len(cohort))
        self.follow_up = SAKNAS
        if s.underlag == "extrakt":
            self.follow_up = Fraction(sum(min(s.after, s.last - month_of(r.slut)) for r in cohort), len(cohort))
        # participant-days in `period` of all participations, anonymous too; days count both ends
        participant_days = sum(days_between(max(r.start, s.A), min(r.slut or s.B, s.B))
                               for r in d.participations if r.insats == insats)
        mean_days = Fraction(sum(days_between(r.start, r.slut) for r in cohort), len(cohort))
        self.D = math.ceil(mean_days / MONTH_DAYS)  # mean days / 30.4375, rounded up
        c = {f: Fraction(u) / 100 / participant_days * mean_days for f, u in utfall_by_finansiar(s, d, insats).items()}
        c = {f: c.get(f, Fraction(0)) for f in ("FORBUND", "STAT", "KOM", "REG", "ESF", "OVR")}
        # Bearers: FORBUND splits STATEN 1/2, REG 1/4, KOM 1/4; ESF and OVR count only in SAMHALLE
        self.cost = dict.fromkeys(AKTORER, Fraction(0))
        self.cost["STATEN"] = c["STAT"] + c["FORBUND"] / 2
        self.cost["KOM"] = c["KOM"] + c["FORBUND"] / 4
        self.cost["REG"] = c["REG"] + c["FORBUND"] / 4
        self.cost["OFFENTLIG"] = self.cost["STATEN"] + self.cost["KOM"] + self.cost["REG"]
        self.cost["SAMHALLE"] = sum(c.values())
        self.ok = True

    def flow(self, s, aktor, months=None, rate=None, decay=None):
        """[(discounted net, discounted cost)] of months 1...horisont.  Cost evenly over months 1...D,
        net * (1-avtagande)^((h-1)/12) in month D+h, both discounted by (1+r)^(-t/12)."""
        out = []
        rate, decay = float(s.rate if rate is None else rate), float(s.decay if decay is None else decay)
        for t in range(1, (months or s.horizon) + 1):
            discount = (1 + rate) ** (-t / 12)
            cost = float(self.cost[aktor]) / self.D * discount if t <= self.D else 0.0
            h = t - self.D
            net = float(self.net[aktor]) * (1 - decay) ** ((h - 1) / 12) * discount if h >= 1 else 0.0
            out.append((net, cost))
        return out

    def accumulated(self, s, aktor):
        """S[0] = 0, S[t] = discounted sum after month t"""
        sums = [0.0]
        for net, cost in self.flow(s, aktor):
            sums.append(sums[-1] + net - cost)
        return sums


def payback(sums):
    """first point, interpolated within the month, from which the discounted sum stays >= 0 to the horizon"""
    negative = [t for t, x in enumerate(sums) if x < 0]
    if not negative:
        return 0.0
    t = negative[-1]
    if t == len(sums) - 1:
        return SAKNAS
    return t + -sums[t] / (sums[t + 1] - sums[t])


# insats,aktor | kostnad, netto_manad, aterbetalning_enkel, aterbetalning_start, aterbetalning_avslut, nuvarde, nyttokostnadskvot
def e02_aterbetalning(s, d, persons):
    names = ["kostnad", "netto_manad", "aterbetalning_enkel", "aterbetalning_start", "aterbetalning_avslut", "nuvarde", "nyttokostnadskvot"]
    t = Table("e02_aterbetalning", ["insats", "aktor"], names)
    for insats in participation_insatser(s):
        calc = Calculation(s, d, persons, insats)
        for aktor in AKTORER:
            if not calc.ok:
                t.put((insats, aktor), **dict.fromkeys(names, SAKNAS))
                continue
            cost, net = calc.cost[aktor], calc.net[aktor]
            sums = calc.accumulated(s, aktor)
            flow = calc.flow(s, aktor)
            start = payback(sums) if cost > 0 else SAKNAS
            t.put((insats, aktor), kostnad=cost, netto_manad=net,
                  aterbetalning_enkel=cost / net if cost > 0 and net > 0 else SAKNAS,
                  aterbetalning_start=start,
                  aterbetalning_avslut=start - calc.D if start is not SAKNAS else SAKNAS,
                  nuvarde=sums[-1],
                  nyttokostnadskvot=sum(x for x, _ in flow) / sum(c for _, c in flow) if cost > 0 else SAKNAS)
    return t


# insats,aktor,manad (1...horisont) | ackumulerat (discounted)
def e03_kassaflode(s, d, persons):
    t = Table("e03_kassaflode", ["insats", "aktor", "manad"], ["ackumulerat"])
    for insats in participation_insatser(s):
        calc = Calculation(s, d, persons, insats)
        if calc.ok:
            for aktor in AKTORER:
                for month, value in enumerate(calc.accumulated(s, aktor)[1:], 1):
                    t.put((insats, aktor, str(month)), ackumulerat=value)
    return t


# insats,parameter (dodvikt, avtagande: their bounds; kalkylranta 2 and 5 %; kostnad, lon, ersattningar, vard,
# handlaggning: +- prisosäkerhet),lage (lag/hog) | aterbetalning_start, nuvarde, brytvarde (SAMHALLE)
# brytvarde in per cent, 0-100 of the first three and 0-100000 of the others' amounts (A41)
def e04_kanslighet(s, d, persons):
    names = ["aterbetalning_start", "nuvarde", "brytvarde"]
    t = Table("e04_kanslighet", ["insats", "parameter", "lage"], names)
    spread = (1 - s.price_spread, 1 + s.price_spread)
    values = {"dodvikt": s.deadweight_bounds, "avtagande": s.decay_bounds, "kalkylranta": (Fraction(2, 100), Fraction(5, 100))}
    values.update(dict.fromkeys(("kostnad", "lon", "ersattningar", "vard", "handlaggning"), spread))
    for insats in participation_insatser(s):
        calc = Calculation(s, d, persons, insats)
        for parameter, pair in values.items():
            most = 1 if parameter in ("dodvikt", "avtagande", "kalkylranta") else 1000
            broken = break_even(s, calc, parameter, most) if calc.ok else SAKNAS
            for lage, value in zip(("lag", "hog"), pair):
                if not calc.ok:
                    t.put((insats, parameter, lage), **dict.fromkeys(names, SAKNAS))
                    continue
                sums, cost = society_sums(s, calc, parameter, value)
                t.put((insats, parameter, lage), nuvarde=sums[-1], aterbetalning_start=payback(sums) if cost > 0 else SAKNAS,
                      brytvarde=broken)
    return t


def society_sums(s, calc, parameter, value):
    """The discounted sums of SAMHALLE month by month with one parameter at the value, and its cost."""
    D = calc.delta
    scale = {x: value if parameter == x else 1 for x in ("kostnad", "lon", "vard", "handlaggning")}
    net = scale["lon"] * D["Q"] - scale["vard"] * D["V"] - scale["handlaggning"] * (D["H_FK"] + D["H_AF"] + D["H_KOM"])
    if parameter == "dodvikt":
        # Delta holds 1 - dödvikt already; with a dödvikt of 100 % it could not be taken out (avoided)
        net = net / (1 - s.deadweight) * (1 - Fraction(value))
    changed = copy.copy(calc)
    changed.net, changed.cost = {"SAMHALLE": net}, {"SAMHALLE": calc.cost["SAMHALLE"] * scale["kostnad"]}
    sums = [0.0]
    for gain, cost in changed.flow(s, "SAMHALLE", rate=value if parameter == "kalkylranta" else None,
                                   decay=value if parameter == "avtagande" else None):
        sums.append(sums[-1] + gain - cost)
    return sums, changed.cost["SAMHALLE"]


def break_even(s, calc, parameter, most):
    """The value in per cent between 0 and `most` at which nuvarde is 0, by halving; SAKNAS without a change of sign."""
    at = lambda value: society_sums(s, calc, parameter, Fraction(value))[0][-1]
    low, high = 0.0, float(most)
    at_low, at_high = at(low), at(high)
    if abs(at_low - at_high) <= 1e-9 * max(1, abs(at_low)) or (at_low < 0 and at_high < 0) or (at_low > 0 and at_high > 0):
        return SAKNAS
    if at_low == 0 or at_high == 0:
        return 100 * (low if at_low == 0 else high)
    for _ in range(200):
        middle = (low + high) / 2
        if (at(middle) < 0) == (at_low < 0):
            low = middle
        else:
            high = middle
    return 100 * low


# insats,underlag (extrakt, sus),ranta (0, 2, 3.5, 5) | kohort, andel_lankad, aterbetalning_start, nuvarde, resultat_12,
# resultat_60 (SAMHALLE); beyond the contract uppfoljning, kostnad, netto_manad and its parts (A42)
def e06_jamforelse(s, d, persons):
    names = ["kohort", "andel_lankad", "aterbetalning_start", "nuvarde", "resultat_12", "resultat_60",
             "uppfoljning", "kostnad", "netto_manad", "produktion", "vard", "handlaggning"]
    t = Table("e06_jamforelse", ["insats", "underlag", "ranta"], names)
    for insats in participation_insatser(s):
        for underlag in ("extrakt", "sus"):
            own = copy.copy(s)
            own.underlag = underlag
            possible = underlag == "sus" or s.underlag == "extrakt" or (s.common_key and d.fk and d.af and d.kom)
            calc = Calculation(own, d, persons, insats)
            for code, rate in (("0", 0), ("2", Fraction(2, 100)), ("3.5", Fraction(35, 1000)), ("5", Fraction(5, 100))):
                t.put((insats, underlag, code), **dict.fromkeys(names, SAKNAS))
                if possible and not calc.ok:
                    t.put((insats, underlag, code), kohort=0)
                if not possible or not calc.ok:
                    continue
                sums = [0.0]
                for net, cost in calc.flow(own, "SAMHALLE", months=max(s.horizon, 60), rate=rate):
                    sums.append(sums[-1] + net - cost)
                own_cost = calc.cost["SAMHALLE"]
                t.put((insats, underlag, code), kohort=calc.members, andel_lankad=calc.linked, uppfoljning=calc.follow_up,
                      aterbetalning_start=payback(sums[:s.horizon + 1]) if own_cost > 0 else SAKNAS,
                      nuvarde=sums[s.horizon], resultat_12=sums[12], resultat_60=sums[60],
                      kostnad=own_cost, netto_manad=calc.net["SAMHALLE"], produktion=calc.delta["Q"], vard=-calc.delta["V"],
                      handlaggning=-(calc.delta["H_FK"] + calc.delta["H_AF"] + calc.delta["H_KOM"]))
    return t


# Beyond the contract: what inkomstutjämning moves, without and with it
def e08_utjamning(s, d, persons):
    t = Table("e08_utjamning", ["insats", "aktor", "utjamning"], ["netto_manad", "aterbetalning_start", "nuvarde"])
    for insats in participation_insatser(s) if s.equalised else []:
        for utjamning in ("utan", "med"):
            own = copy.copy(s)
            own.equalised = s.equalised if utjamning == "med" else Fraction(0)
            calc = Calculation(own, d, persons, insats)
            for aktor in ("STAT", "STATEN", "KOM", "REG"):
                if not calc.ok:
                    t.put((insats, aktor, utjamning), **dict.fromkeys(t.measures, SAKNAS))
                    continue
                sums = calc.accumulated(own, aktor)
                t.put((insats, aktor, utjamning), netto_manad=calc.net[aktor], nuvarde=sums[-1],
                      aterbetalning_start=payback(sums) if calc.cost[aktor] > 0 else SAKNAS)
    return t


# Potential, per participant and month with dödvikt: after = W of full-time AO, no transfers, H = 0, V as observed;
# produktion = its dQ, resursforbrukning = its -dV - sum dH; verkningsgrad = realised SAMHALLE / potential, per cent
def e05_potential(s, d, persons):
    names = ["potential", "realiserat", "verkningsgrad", "produktion", "resursforbrukning"]
    t = Table("e05_potential", ["insats"], names)
    for insats in participation_insatser(s):
        calc = Calculation(s, d, persons, insats)
        if not calc.ok:
            t.put((insats,), **dict.fromkeys(names, SAKNAS))
            continue
        keep = 1 - s.deadweight
        before = calc.before
        produktion = (work(d, [("AO", Fraction(100))])["Q"] - before["Q"]) * keep
        resurs = (-(calc.after["V"] - before["V"]) + before["H_FK"] + before["H_AF"] + before["H_KOM"]) * keep
        potential, realised = produktion + resurs, calc.net["SAMHALLE"]
        t.put((insats,), potential=potential, realiserat=realised, produktion=produktion, resursforbrukning=resurs,
              verkningsgrad=100 * realised / potential if potential != 0 else SAKNAS)
    return t


# --- q01 -------------------------------------------------------------------
# tabell,nyckel,matt | publicerat, beraknat, skillnad; nyckel = the dimension values in the table's order joined by `|`
def q01_avstamning(s, d, persons, tables):
    t = Table("q01_avstamning", ["tabell", "nyckel", "matt"], ["publicerat", "beraknat", "skillnad"])
    by_name = {x.name: x for x in tables}
    for tabell, nyckel, matt, varde in d.publicerat:
        if (tabell, nyckel, matt) in t.rows or tabell not in by_name:
            continue
        # A combination that does not occur means 0 (of shares and medians: cannot be computed)
        absent = SAKNAS if matt.startswith(("andel", "ki_", "median", "p90")) else 0
        row = by_name[tabell].rows.get(tuple(nyckel.split("|")), {matt: absent})
        computed = row[matt]
        number = computed is not SAKNAS and not isinstance(computed, str)
        t.put((tabell, nyckel, matt), publicerat=varde, beraknat=computed,
              skillnad=computed - Fraction(varde) if number else SAKNAS)
    return t


TABLES = [m01_forsorjningsmatt, m02_malgrupp, m03_samtidighet, m04_rundgang, m05_tid_i_forsorjning, m06_manad, m07_floden,
          i01_deltagare, i02_bakgrund, i03_forsorjning, i04_sysselsattning, i05_avslut, i06_resultat, i07_tid_i_insats,
          i08_remittent, i09_ko, i10_volym, i11_matris, i12_enkat, i13_overlevnad, i14_konsskillnad, g01_mal, e01_ekonomi, e02_aterbetalning, e03_kassaflode, e04_kanslighet,
          e05_potential, e06_jamforelse, e08_utjamning]


def compute(folder, wanted=None):
    """All tables (or those whose name starts with one of `wanted`) of a förbund folder."""
    s = read_settings(folder)
    d = read_data(folder, s)
    persons = build_persons(s, d)
    tables = [f(s, d, persons) for f in TABLES if not wanted or any(f.__name__.startswith(w) for w in wanted)]
    if not wanted or "q01" in wanted:
        tables.append(q01_avstamning(s, d, persons, tables))
    return tables


def main(arguments):
    wanted = None
    if "--tables" in arguments:
        i = arguments.index("--tables")
        wanted = arguments[i + 1].split(",")
        del arguments[i:i + 2]
    if not 1 <= len(arguments) <= 2:
        print("usage: reference.py DIR [OUTDIR] [--tables m01,m03]", file=sys.stderr)
        return 64
    tables = compute(arguments[0], wanted)
    if len(arguments) == 2:
        os.makedirs(arguments[1], exist_ok=True)
    for t in tables:
        if len(arguments) == 2:
            t.write(arguments[1])
        else:
            print(t.name, sum(1 for _ in t.sorted_rows()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
