#!/usr/bin/env python3
"""Write a random, nasty but valid small förbund folder.

    python3 random_delivery.py SEED OUTDIR

The same seed gives the same folder.  Kinds of period, delimiters, encodings,
befolkning, underlag and so on go round with the seed, so that a few dozen
seeds cover all of them; the records are random.  Everything is invented.
What the contract leaves open is kept out (see AMBIGUITIES in reference.py,
those marked avoided).
"""
import datetime
import gzip
import os
import random
import re
import sys

DAY = datetime.timedelta(days=1)
KOMMUNER = ["1440", "1482", "1415", "1419", "1407", "0780"]
OUTSIDE = ["1481", "1489"]
PERIODS = [("2018-01-01", "2018-08-31"), ("2017-01-01", "2018-12-31"), ("2018-04-01", "2018-11-30"), ("2018-01-01", "2018-12-31"),
           ("2016-07-01", "2018-06-30"), ("2019-03-01", "2019-03-31"), ("2016-01-01", "2016-12-31"), ("2015-12-01", "2018-01-31"),
           ("2018-02-01", "2018-02-28"), ("2014-01-01", "2018-12-31")]
AGE_GROUPS = ["16–19, 20–24, 25–29, 30–39, 40–49, 50–59, 60–64", "16–29, 30–64", "16-24, 25-34, 35-44, 45-54, 55-64", None]
KATEGORIER = ["11", "14", "15", "21", "22", "31", "33", "38", "42", "54", "69", "70", "71", "72", "81", "87"]
HINDER = ["AL1", "AL2", "ET1", "SS", "SJ1", "SJ1", "SJ2", "SA1", "AD1", "FL1", "UT", ""]
DIAGNOSER = ["F", "F32", "F43", "M", "M54", "G", "Z73", "R52", ""]
SYSSELSATTNING = ["AO", "AU", "EF", "SU", "AR", "PR", "PG", "EJ", "OV"]
FORSORJNING = ["SP", "RP", "SE", "AE", "AK", "AS", "UE", "ET", "FS", "ST", "OV", "IN"]
AVSLUT = ["01", "02", "03", "04", "05", "06", "10", "11", "14", "98"]
RARE_AVSLUT = ["07", "08", "09", "13"]
REMITTENTER = ["AF", "FK", "KOM", "REG_PV", "REG_PSY", "SJALV", "ANN"]


def parse_date(text):
    return datetime.date(*map(int, text.split("-")))


def month_text(date):
    return "%04d-%02d" % (date.year, date.month)


# --- personnummer ------------------------------------------------------------
def is_personnummer(digits):
    """10 or 12 digits with a right date (samordningsnummer: day + 60) and check digit"""
    ten = digits[-10:]
    month, day = int(ten[2:4]), int(ten[4:6])
    if day > 60:
        day -= 60
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return False
    total = 0
    for i, c in enumerate(ten):
        x = int(c) * (2 if i % 2 == 0 else 1)
        total += x // 10 + x % 10
    return total % 10 == 0


def holds_personnummer(text):
    for m in re.finditer(r"(?<![0-9A-Za-zÅÄÖåäö])(\d{6}|\d{8})[-+]?(\d{4})(?![0-9A-Za-zÅÄÖåäö])", text):
        if is_personnummer(m.group(1) + m.group(2)):
            return True
    return False


class Delivery:
    def __init__(self, seed, out):
        self.seed, self.out = seed, out
        self.r = random.Random(seed * 7919 + 17)
        self.A, self.B = map(parse_date, PERIODS[seed % len(PERIODS)])
        self.panel = [datetime.date(2013, 1, 1), datetime.date(2014, 7, 1), None, self.A, datetime.date(2006, 1, 1), self.A.replace(year=self.B.year - 19)
                      ][(seed // 2) % 6]           # the last: twenty years, or almost
        if self.panel is None:                      # one month before the period
            self.panel = (self.A - DAY).replace(day=1)
        self.panel = min(self.panel, self.A)
        kind = seed % 3                             # uttagsdatum not given, the end of period, later
        self.uttag = None if kind == 0 else self.B if kind == 1 else self.B + datetime.timedelta(days=self.r.randint(1, 80))
        self.end = self.uttag or self.B
        self.groups = AGE_GROUPS[(seed // 3) % len(AGE_GROUPS)]
        self.underlag = "sus" if seed % 4 == 3 or seed % 6 == 4 else "extrakt"
        n = self.r.choice([2, 3, 5])
        self.kommuner = KOMMUNER[:n]
        self.later = KOMMUNER[n] if seed % 2 else None  # joins by `kommuner från`
        self.all_kommuner = self.kommuner + ([self.later] if self.later else [])
        self.encodings = {}
        if seed % 5 == 0:
            self.encodings = {"sus": "windows-1252", "af": "windows-1252", "volym": "windows-1252"}
        self.insatser = ["Balder", "Grön väg", "Team Öst", "Pinnverkstan"][: 3 + (seed // 2 % 2)]
        if len(self.insatser) == 3:
            self.insatser[2] = "Pinnverkstan"
        self.volym = "Pinnverkstan"
        self.anonym = "Team Öst" if seed % 4 != 2 else None
        self.common_key = seed % 6 != 4
        self.own_support = seed % 7 != 3            # [mått egen försörjning] stands in the settings
        self.people = self.r.choice([20, 40, 80, 150, 400]) if seed % 10 else 400

    # --- small things --------------------------------------------------------
    def chance(self, p):
        return self.r.random() < p

    def day(self, a, b):
        return a + datetime.timedelta(days=self.r.randint(0, max(0, (b - a).days)))

    def recent(self):
        """A day, most often in or just before the period"""
        if self.chance(0.25):
            return self.day(self.panel - datetime.timedelta(days=300), self.B)
        return self.day(max(self.panel - datetime.timedelta(days=60), self.A - datetime.timedelta(days=500)), self.B)

    def after_period(self):
        return self.day(self.B + DAY, self.B + datetime.timedelta(days=200))

    def till(self, start):
        x = self.r.random()
        if x < 0.12:
            return ""
        if x < 0.17:
            return self.r.choice(["2099-12-31", "2099-01-01", "9999-12-31"])
        length = self.r.choice([0, 1, 6, 13, 20, 29, 30, 31, 45, 60, 89, 120, 200, 365, 366, 700] if not self.chance(0.06) else [1600, 3000, 8000])
        return str(start + datetime.timedelta(days=length))

    def amount(self, low, high):
        """A text with a decimal point; the file's writer may make it a comma"""
        x = self.r.random()
        if x < 0.05:
            return "0"
        value = self.r.randint(low * 100, high * 100)
        if x < 0.4:
            return str(value // 100)
        if x < 0.5:
            return "%d.%d" % (value // 100, value % 10)
        return "%d.%02d" % (value // 100, value % 100)

    def pid(self):
        alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-"
        while True:
            x = self.r.random()
            if x < 0.6:
                text = "%016x" % self.r.getrandbits(64)
            elif x < 0.7:
                text = "".join(self.r.choice(alphabet) for _ in range(8))
            elif x < 0.8:
                text = "".join(self.r.choice(alphabet) for _ in range(64))
            elif x < 0.9:
                text = "p_" + "".join(self.r.choice(alphabet) for _ in range(self.r.randint(8, 30)))
            else:                                   # ten digits, no date
                text = "%02d99%06d" % (self.r.randint(0, 99), self.r.randint(0, 999999))
            # a pid of digits and one E would be taken for a number by some readers; keep it, it is valid
            if not holds_personnummer(text) and text not in self.used and re.fullmatch(r"[0-9A-Za-z_-]{8,64}", text):
                self.used.add(text)
                return text

    # --- people --------------------------------------------------------------
    def make_people(self):
        self.used = set()
        self.persons = []
        for _ in range(self.people):
            years = list(range(self.panel.year - 2, self.B.year + 2))
            home = self.r.choice(self.all_kommuner if not self.chance(0.1) else OUTSIDE)
            homes = {}
            for y in years:
                if self.chance(0.12):
                    home = self.r.choice(self.all_kommuner + OUTSIDE)
                homes[y] = home
            self.persons.append({"pid": self.pid(), "kon": self.r.choice("KKKMMX" if self.chance(0.2) else "KKM"),
                                 "fodelsear": self.r.randint(self.B.year - 72, self.B.year - 12), "homes": homes})

    def base(self, p, date):
        """pid, kommun, kon, fodelsear; now and then differing"""
        kon, born = p["kon"], p["fodelsear"]
        kommun = p["homes"].get(date.year, self.all_kommuner[0])
        if self.chance(0.05):
            kon = self.r.choice("KMX")
        if self.chance(0.05):
            born += self.r.choice([-1, 1, 2])
        if self.chance(0.05):
            kommun = self.r.choice(self.all_kommuner + OUTSIDE)
        return {"pid": p["pid"], "kommun": kommun, "kon": kon, "fodelsear": str(born)}

    def make_extracts(self):
        fk, af, kom, reg = [], [], [], []
        for p in self.persons:
            if self.chance(0.05):                   # only in sus, if anywhere
                continue
            use = [self.chance(0.55), self.chance(0.6), self.chance(0.5), self.chance(0.5)]
            shared = self.recent()                  # a start that several records share: ties
            shared = shared.replace(day=1) if self.chance(0.7) else shared

            def start():
                return shared if self.chance(0.25) else self.recent()
            if use[0]:
                for _ in range(self.r.choice([1, 1, 2, 3, 5])):
                    s = start()
                    forman = self.r.choice(["SP", "SP", "SP", "RP", "SE", "AE", "AA"])
                    row = dict(self.base(p, s), forman=forman, fran=str(s), till=self.till(s))
                    if forman == "AA":
                        row.update(omfattning="", diagnos="", belopp="", till=str(s) if self.chance(0.7) else row["till"])
                        fk.append(row)
                        continue
                    row.update(omfattning=self.r.choice(["25", "50", "50", "75", "100", "100", ""]),
                               diagnos=self.r.choice(DIAGNOSER), belopp=self.amount(10, 90000) if self.chance(0.9) else "")
                    fk.append(row)
                    if row["omfattning"] == "50":   # several 50 % spells that overlap
                        for _ in range(self.r.choice([1, 1, 2])):
                            s2 = s + datetime.timedelta(days=self.r.choice([0, 0, 3, 15, 40]))
                            if s2 <= self.B:
                                fk.append(dict(row, fran=str(s2), till=self.till(s2), diagnos=self.r.choice(DIAGNOSER), belopp=self.amount(10, 9000)))
            if use[1]:
                for _ in range(self.r.choice([1, 1, 2, 3, 6])):
                    s = start()
                    row = dict(self.base(p, s), sokandekategori=self.r.choice(KATEGORIER), fran=str(s), till=self.till(s), avslutsorsak="")
                    if self.chance(0.12):
                        row.update(sokandekategori=self.r.choice(["95", "96", "97", "98"]), ersattning="", belopp="")
                    elif self.chance(0.6):
                        row.update(ersattning=self.r.choice(["AK", "AS", "UE", "ET"]), belopp=self.amount(10, 60000))
                    else:
                        row.update(ersattning="", belopp="")
                    if row["till"] and row["till"] < "2099" and self.chance(0.5):
                        row["avslutsorsak"] = str(self.r.randint(1, 7))
                    af.append(row)
            if use[2]:
                for _ in range(self.r.choice([1, 1, 2, 3])):
                    s = start().replace(day=1)
                    for i in range(self.r.choice([1, 1, 2, 3, 6, 14])):
                        m = (s + datetime.timedelta(days=31 * i)).replace(day=1)
                        if self.chance(0.15):       # a gap
                            continue
                        belopp = "0" if self.chance(0.1) else self.amount(100, 14000)
                        zero = float(belopp) == 0
                        kom.append(dict(self.base(p, m), manad=month_text(m), belopp=belopp, forsorjningshinder="" if zero else self.r.choice(HINDER)))
                        if self.chance(0.04):       # a second row of the month
                            kom.append(dict(kom[-1], belopp=self.amount(100, 3000), forsorjningshinder=""))
            if use[3]:
                for _ in range(self.r.choice([1, 2, 4, 9])):
                    s = start()
                    reg.append(dict(self.base(p, s), datum=str(s), vardform=self.r.choice(["PV", "PV", "OV", "SV"]),
                                    diagnos=self.r.choice(DIAGNOSER), belopp=self.amount(100, 20000) if self.chance(0.6) else ""))
            # records after the period, with attributes that must not be used
            if self.chance(0.15):
                s = self.after_period()
                other = {"pid": p["pid"], "kommun": self.r.choice(KOMMUNER), "kon": self.r.choice("KM"), "fodelsear": str(p["fodelsear"] + 5)}
                which = self.r.randrange(4)
                if which == 0:
                    fk.append(dict(other, forman="SP", omfattning="100", fran=str(s), till="", diagnos="F", belopp="100"))
                elif which == 1:
                    af.append(dict(other, sokandekategori="11", fran=str(s), till="", ersattning="AK", belopp="5000", avslutsorsak=""))
                elif which == 2:
                    m = (self.B + DAY).replace(day=1)
                    kom.append(dict(other, manad=month_text(m), belopp="4000", forsorjningshinder="SJ1"))
                else:
                    reg.append(dict(other, datum=str(s), vardform="OV", diagnos="F", belopp=""))
        return {"fk": fk, "af": af, "kommun": kom, "region": reg}

    # --- sus and the rest ------------------------------------------------------
    def multi(self, values, plain=False):
        x = self.r.random()
        n = 1 if x < 0.65 else 2 if x < 0.9 else 3
        chosen = self.r.sample(values, n)
        if plain or self.chance(0.5):
            return "|".join(chosen)
        if n == 1:
            return "%s:%s" % (chosen[0], self.r.choice(["25", "50", "75", "100"]))
        if n == 2 and self.chance(0.5):
            a = self.r.choice([25, 50, 60, 75])
            return "%s:%d|%s:%d" % (chosen[0], a, chosen[1], 100 - a)
        return "|".join([chosen[0] + ":" + self.r.choice(["25", "40", "50", "75"])] + chosen[1:])

    def make_sus(self):
        sus, self.members = [], {}
        last_slut = set()
        for p in self.persons:
            if not self.chance(0.6):
                continue
            earliest = self.panel - datetime.timedelta(days=100)
            for _ in range(self.r.choice([1, 1, 1, 2, 3])):
                insats = self.r.choice([x for x in self.insatser if x != self.volym])
                start = self.day(max(earliest, self.A - datetime.timedelta(days=400)), self.B + datetime.timedelta(days=30))
                if self.chance(0.15):
                    start = self.day(max(earliest, self.A - datetime.timedelta(days=900)), self.B)
                slut = start + datetime.timedelta(days=self.r.choice([0, 5, 27, 28, 59, 60, 91, 120, 150, 184, 240, 300, 365, 400, 500]))
                if self.chance(0.1):
                    slut = self.A if slut > self.A > start else slut
                row = {"pid": "" if insats == self.anonym else p["pid"], "insats": insats, "kommun": p["homes"].get(start.year, KOMMUNER[0]),
                       "kon": p["kon"], "fodelsear": str(p["fodelsear"]),
                       "utbildning": self.r.choice(["", "0", "1", "2", "3", "4"]), "tid_off_fors": self.r.choice(["", "E", "1", "2", "3", "4", "5"]),
                       "remittent": self.r.choice(REMITTENTER), "start": str(start),
                       "forsorjning_start": self.multi(FORSORJNING) if self.chance(0.92) else "",
                       "sysselsattning_start": self.multi(SYSSELSATTNING) if self.chance(0.92) else "",
                       "slut": "", "forsorjning_slut": "", "sysselsattning_slut": "", "avslut": ""}
                if slut <= self.end and (insats, p["pid"], slut) not in last_slut and not self.chance(0.1):
                    last_slut.add((insats, p["pid"], slut))
                    row.update(slut=str(slut), avslut=self.multi(AVSLUT, plain=True) if not self.chance(0.12) else self.r.choice(RARE_AVSLUT),
                               forsorjning_slut=self.multi(FORSORJNING) if self.chance(0.9) else "",
                               sysselsattning_slut=self.multi(SYSSELSATTNING if self.chance(0.5) else ["AO", "AU", "EF", "SU", "AR"]) if self.chance(0.92) else "")
                    x = self.r.random()
                    if x < 0.05:
                        row["avslut"] = "99"
                    elif x < 0.08:
                        row["avslut"] = "04|99"
                    elif x < 0.13:
                        row["avslut"] = "12" if self.chance(0.6) else "12|10"
                elif self.chance(0.1):
                    row["slut"] = "2099-12-31"
                sus.append(row)
                codes = row["avslut"].split("|")
                reached = not row["slut"] or parse_date(row["slut"]) >= self.A
                if start <= self.B and reached and row["pid"] and "99" not in codes and "12" not in codes:
                    self.members.setdefault(insats, set()).add(p["pid"])
        for row in [x for x in sus if x["slut"] and x["slut"] < "2099"][: max(1, len(sus) // 10)]:
            # again in the same insats, from the day of the exit, still going on; or a second row of the same days
            again = dict(row, start=row["slut"], slut="", forsorjning_slut="", sysselsattning_slut="", avslut="")
            if self.chance(0.3):
                again = dict(row, sysselsattning_slut="AU:50|AR", avslut="01|04|10", slut=str(parse_date(row["slut"]) - DAY)
                             if row["slut"] > row["start"] else row["slut"])
            key = (again["insats"], again["pid"], parse_date(again["slut"]) if again["slut"] else None)
            if key not in last_slut:
                last_slut.add(key)
                sus.append(again)
        for _ in range(max(2, len(sus) // 8)):      # anonymous rows, some of them alike
            row = dict(self.r.choice(sus), pid="") if sus else None
            if row:
                sus += [row] * self.r.choice([1, 1, 2])
        # a pid with a row withdrawn or wrong in the same insats has no survey (see members)
        return sus

    def make_enkat(self, sus):
        rows = []
        dropped = {(x["insats"], x["pid"]) for x in sus if {"12", "99"} & set(x["avslut"].split("|"))}
        for insats, pids in sorted(self.members.items()):
            for pid in sorted(pids):
                if (insats, pid) in dropped or not self.chance(0.6):
                    continue
                for instrument in (["EQ5D"] if self.chance(0.6) else ["EQ5D", "KASAM"]):
                    used = set()
                    for tillfalle in self.r.choice([["start", "slut"], ["start", "mitt", "slut"], ["start", "start", "slut"],
                                                    ["start", "slut", "slut"], ["start"], ["slut"], ["slut", "start"]]):
                        when = self.day(self.A - datetime.timedelta(days=150), self.A) if tillfalle == "start" and self.chance(0.7) \
                            else self.day(self.A - datetime.timedelta(days=30), self.B + datetime.timedelta(days=40))
                        if (tillfalle, when) in used:
                            continue
                        used.add((tillfalle, when))
                        value = "%d" % self.r.choice([self.r.randint(0, 100), 50, 60, 70]) if instrument == "EQ5D" else "%.2f" % (self.r.randint(100, 999) / 100)
                        rows.append({"pid": pid, "insats": insats, "instrument": instrument, "tillfalle": tillfalle, "datum": str(when), "varde": value})
        return rows

    def make_intresse(self):
        rows = []
        for insats in self.insatser[:2]:
            for i in range(self.r.choice([0, 3, 20, 45])):
                inkom = self.day(self.A - datetime.timedelta(days=250), self.B + datetime.timedelta(days=20))
                status = self.r.choice(["VANTAR", "VANTAR", "STARTAD", "STARTAD", "AVBOJD", "AVSLAG", "ANNAN"])
                start = ""
                if status == "STARTAD":
                    start = str(inkom + datetime.timedelta(days=self.r.randint(0, 250)))
                rows.append({"arende": "A%d-%04d" % (self.insatser.index(insats), i), "insats": insats, "kommun": self.r.choice(self.all_kommuner),
                             "kon": self.r.choice("KKMX"), "remittent": self.r.choice(REMITTENTER), "inkom": str(inkom), "status": status, "start": start})
        return rows

    def years(self):
        return list(range(self.A.year, self.B.year + 1))

    def group_names(self):
        text = self.groups or AGE_GROUPS[0]
        return [x.strip().replace("–", "-") for x in text.split(",")]

    def make_volym(self):
        rows = []
        for year in [self.A.year - 1] + self.years():
            for kon in "KMX":
                for group in self.group_names():
                    for _ in range(self.r.choice([0, 1, 1, 2])):
                        rows.append({"insats": self.volym, "ar": str(year), "kommun": self.r.choice(self.kommuner), "kon": kon,
                                     "aldersgrupp": group, "antal": str(self.r.randint(0, 12))})
        if rows:
            rows.append(dict(rows[0]))              # volym rows all count
        return rows

    def make_ekonomi(self):
        rows = []
        for insats in self.insatser:
            if self.chance(0.08):
                continue
            for year in self.years() + ([self.A.year - 1] if self.chance(0.3) else []):
                for finansiar in self.r.sample(["FORBUND", "STAT", "KOM", "REG", "ESF", "OVR"], self.r.choice([1, 1, 2, 3, 6])):
                    for _ in range(self.r.choice([1, 1, 1, 2])):
                        row = {"insats": insats, "ar": str(year), "finansiar": finansiar, "budget": self.amount(1000, 900000),
                               "utfall": self.amount(1000, 900000), "fran": "", "till": ""}
                        first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
                        if year not in self.years():
                            rows.append(row)
                            continue
                        x = self.r.random()
                        if x < 0.2:
                            row.update(fran=str(first), till=str(last))
                        elif x < 0.35:              # reaching outside the period
                            row.update(fran=str(self.A - datetime.timedelta(days=self.r.randint(0, 90))) if year == self.A.year else str(first),
                                       till=str(self.B + datetime.timedelta(days=self.r.randint(0, 150))) if year == self.B.year else str(last))
                        elif x < 0.45:
                            a = self.day(max(first, self.A), min(last, self.B))
                            row.update(fran=str(a), till=str(self.day(a, last)))
                        rows.append(row)
        if rows:
            rows.append(dict(self.r.choice(rows)))  # ekonomi rows all count
        return rows

    # --- writing ---------------------------------------------------------------
    def write_file(self, name, columns, rows, encoding="utf-8", shuffle=True, options=None):
        """One CSV file with its own delimiter, line ends, decimal sign, BOM, column order, gzip"""
        delimiter, eol, comma, bom, zipped = options or (self.r.choice(",;\t"), self.r.choice(["\n", "\r\n"]), self.chance(0.5),
                                                         self.chance(0.3), self.chance(0.3))
        columns = list(columns)
        if shuffle and self.chance(0.5):
            self.r.shuffle(columns)
        lines = []
        for fields in [columns] + [[row.get(c, "") for c in columns] for row in rows]:
            cells = []
            for c, text in zip(columns, fields):
                if comma and c in ("belopp", "budget", "utfall") and re.fullmatch(r"\d+\.\d+", text):
                    text = text.replace(".", ",")
                if delimiter in text or '"' in text:
                    text = '"' + text.replace('"', '""') + '"'
                cells.append(text)
            lines.append(delimiter.join(cells))
        text = eol.join(lines) + eol
        if holds_personnummer(text):
            raise AssertionError("a personnummer by chance; choose another seed")
        data = text.encode("cp1252" if encoding != "utf-8" else "utf-8")
        if bom and encoding == "utf-8":
            data = b"\xef\xbb\xbf" + data
        path = os.path.join(self.out, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if zipped and name.startswith("extrakt/"):
            with open(path + ".gz", "wb") as f:
                f.write(gzip.compress(data, mtime=0))
        else:
            with open(path, "wb") as f:
                f.write(data)

    def write_source(self, source, columns, rows, duplicates=True):
        """One to three files; exact duplicates inside and across the files, written differently"""
        n = self.r.choice([1, 1, 2, 3])
        files = [[] for _ in range(n)]
        for row in rows:
            self.r.choice(files).append(row)
            if duplicates and self.chance(0.06):
                copy = dict(row)
                if copy.get("omfattning", None) in ("", "100"):
                    copy["omfattning"] = self.r.choice(["", "100"])
                if re.fullmatch(r"\d+", copy.get("belopp", "")):
                    copy["belopp"] += self.r.choice(["", ".0", ".00"])
                self.r.choice(files).append(copy)
        for i, part in enumerate(files):
            name = self.r.choice(["extrakt/%s.csv", "extrakt/%s_leverans.csv"]) % source if n == 1 else "extrakt/%s_%d.csv" % (source, i + 1)
            self.write_file(name, columns, part, self.encodings.get(source, "utf-8"))

    def write_befolkning(self):
        rows = []
        mode = (self.seed // 5) % 4
        for kommun in KOMMUNER + OUTSIDE:
            if mode == 2 and kommun == self.kommuner[-1]:
                continue                            # a kommun is missing
            for year in range(self.A.year - 1, self.B.year + 2):
                if self.seed % 11 == 5 and year == self.B.year:
                    continue                        # a year is missing
                for kon in "KM":
                    if mode == 0:
                        bands = [(x, x) for x in range(0, 71)]
                    elif mode == 1:
                        bands = [(0, 15), (16, 19)] + [(x, x + 4) for x in range(20, 65, 5)] + [(65, 100)]
                    elif mode == 2:
                        bands = [(x, x) for x in range(10, 66)]
                    else:                           # 15-19 cannot fill 16-19
                        bands = [(x, x + 4) for x in range(0, 70, 5)]
                    for a, b in bands:
                        rows.append({"kommun": kommun, "ar": str(year), "kon": kon, "alder_fran": str(a), "alder_till": str(b),
                                     "antal": str(self.r.randint(30, 400) * (b - a + 1))})
        self.write_file("befolkning.csv", ["kommun", "ar", "kon", "alder_fran", "alder_till", "antal"], rows, options=(";", "\n", False, False, False), shuffle=False)

    def write_prices(self):
        kr = {"LON_AO": 27000, "LON_AU": 21000, "LON_EF": 18000, "HANDLAGGNING_FK": 1200, "HANDLAGGNING_AF": 1500, "HANDLAGGNING_KOM": 1900,
              "VARD_PV": 1600, "VARD_OV": 3200, "VARD_SV": 11000, "SCHABLON_SP": 11500, "SCHABLON_RP": 11000, "SCHABLON_SE": 10500,
              "SCHABLON_AE": 9000, "SCHABLON_AK": 12000, "SCHABLON_AS": 9500, "SCHABLON_UE": 3000, "SCHABLON_ET": 6700, "SCHABLON_FS": 8100}
        percent = {"PROD_AO": 100, "PROD_AU": 60, "PROD_EF": 90, "LONEBIDRAG": 55, "ARBETSGIVARAVGIFT": 31.42,
                   "SKATT_KOM": 20.74, "SKATT_REG": 11.39, "SKATT_STAT": 0.5}
        payer = {"LON": "ARBG", "PROD": "ARBG", "VARD": "REG", "LONEBIDRAG": "AF", "ARBETSGIVARAVGIFT": "STAT", "FK": "FK", "AF": "AF", "KOM": "KOM",
                 "REG": "REG", "STAT": "STAT", "SP": "FK", "RP": "FK", "SE": "FK", "AE": "FK", "AK": "AF", "AS": "AF", "UE": "AF", "ET": "AF", "FS": "KOM"}
        rows = []
        for post, value in list(kr.items()) + list(percent.items()):
            years = [2015]                          # at least one that is early enough
            years += [y for y in (2016, 2017, 2018, 2019, 2020) if self.chance(0.5)]
            for i, year in enumerate(years):
                changed = value * (1 + 0.01 * (i + self.r.randint(-3, 3)))
                text = ("%.2f" % changed) if post in percent else str(round(changed)) + self.r.choice(["", ".5", ".25"])
                unit = "%" if post in percent else "kr" if post.startswith("VARD") else "kr/månad"
                rows.append({"post": post, "aktor": payer.get(post.split("_")[0]) or payer[post.split("_")[-1]], "belopp": text, "enhet": unit, "ar": str(year), "kalla": "påhittad"})
        for year in (2016, 2017, 2018):
            rows.append({"post": "KPI", "aktor": "", "belopp": str(300 + year - 2000), "enhet": "index", "ar": str(year), "kalla": "påhittad"})
        self.r.shuffle(rows)
        self.write_file("prislista.csv", ["post", "aktor", "belopp", "enhet", "ar", "kalla"], rows,
                        options=(";", self.r.choice(["\n", "\r\n"]), self.chance(0.5), False, False), shuffle=False)

    def write_publicerat(self):
        """Figures as if published, right only by chance"""
        r, rows = self.r, []
        year = str(r.choice(self.years()))
        named = [x for x in self.insatser if x != self.volym]

        def some(*values):
            return r.choice(values)
        for _ in range(r.choice([0, 5, 40])):
            kon, insats, kommun = some("TOT", "K", "M", "X"), some("TOT", *named), some("TOT", *self.all_kommuner)
            key, matt = some(
                (("i01_deltagare", insats, kommun, kon), some("deltaganden", "personer", "nya", "avslutade", "pagaende")),
                (("i13_overlevnad", r.choice(named), kon, some("0", "3", "12", "40")), some("kvar", "handelser")),
                (("i14_konsskillnad", r.choice(named)), some("andel_k", "skillnad")),
                (("i06_resultat", insats, kon), some("avslutade", "arbete", "andel_arbete_eller_studier", "ki_hog")),
                (("i05_avslut", r.choice(named), kon, some("TOT", "01", "04", "12")), "avslutade"),
                (("i09_ko", insats, "TOT", kon), some("vantande", "median_vantetid")),
                (("i10_volym", self.volym, year, kon, "TOT"), "antal"),
                (("e01_ekonomi", insats, year, some("TOT", "FORBUND", "STAT")), some("budget", "utfall", "kr_per_deltagande")),
                (("m01_forsorjningsmatt", year, kommun, kon, some("TOT", "SP", "OHALSA")), some("personer", "belopp_kr")),
                (("m04_rundgang", year, kommun, kon, some("TOT", "0", "3-4")), "personer"))
            value = some("%d" % r.randint(0, 60), "%d,%d" % (r.randint(0, 99), r.randint(0, 9)), "%d %03d" % (r.randint(1, 99), r.randint(0, 999)))
            rows.append({"tabell": key[0], "nyckel": "|".join(key[1:]), "matt": matt, "varde": value, "kalla": "påhittad"})
        rows = list({(x["tabell"], x["nyckel"], x["matt"]): x for x in rows}.values())
        self.write_file("publicerat.csv", ["tabell", "nyckel", "matt", "varde", "kalla"], rows, options=(";", "\n", False, False, False))

    def write_settings(self):
        r = self.r
        lines = ["# Påhittat förbund, frö %d" % self.seed, "[förbund]", "namn = Provförbundet %d" % self.seed, "kommuner = " + ", ".join(self.kommuner)]
        if self.later:
            joins = r.choice([datetime.date(self.B.year, 1, 1), self.B - datetime.timedelta(days=10), datetime.date(2014, 1, 1),
                              self.B + DAY, datetime.date(self.B.year, 7, 1)])
            lines.append("kommuner från %s = %s" % (joins, ", ".join(self.all_kommuner)))
        lines += ["period = %s – %s" % (self.A, self.B), "historik från = " + month_text(self.panel),
                  "gemensam nyckel = " + ("ja" if self.common_key else "nej")]
        if self.uttag:
            lines.append("uttagsdatum = %s" % self.uttag)
        lines += ["", "[redovisning]", "minsta antal = 5"]
        if self.groups:
            lines.append("åldersgrupper = " + self.groups)
        lines.append("konfidensgrad = %d %%" % r.choice([90, 95, 95, 99]))
        lines += ["", "[kalkyl]", "underlag = " + self.underlag, "kalkylränta = %s %%" % r.choice(["3,5", "3.5", "0", "2", "5"]),
                  "horisont = %d månader" % r.choice([36, 60, 60, 120]), "före = %d månader" % r.choice([3, 12, 12, 24]),
                  "efter = %d månader" % r.choice([3, 12, 12, 18]),
                  "dödvikt = " + r.choice(["20 % (10–30)", "0 % (0–10)", "12,5 % (5–40)"]),
                  "avtagande = " + r.choice(["10 % (5–20)", "0 % (0–5)", "7,5 % (2,5–20)"]),
                  "prisosäkerhet = %s" % r.choice(["10 %", "25 %", "0 %"]), "simuleringar = 200", "frö = %d" % (1000 + self.seed),
                  "inkomstutjämning = " + r.choice(["nej", "nej", "95 %", "37,5 %"])]
        for source in sorted(self.encodings):
            lines += ["", "[källa %s]" % source, "teckenkodning = windows-1252"]
        if self.own_support:
            lines += ["", "[mått egen försörjning]", "vid avslut = " + r.choice(["AO, AU, EF, SU", "AO, AU, EF, SU", "AO, EF", "SU, PG"])]
            if self.chance(0.2):
                lines.append("utesluter = praktik")
        lines += ["", "[mått praktik]", "vid avslut = PR", "", "[mått till arbetsmarknadens förfogande]", "vid avslut = AR",
                  "utesluter = " + ("egen försörjning" if self.own_support else "praktik"), "", "[mått studier]", "vid avslut = SU, PR",
                  "utesluter = till arbetsmarknadens förfogande"]
        groups = {
            "unga med aktivitetsersättning": ["ålder = 16–29", "FK = AE, AA"],
            "samordnat behov": ["ålder = 16–64", "minst parter = 2"],
            "långtidssjukskrivna": ["FK = SP", "sammanhängande månader = %d" % r.choice([3, 6, 12])],
            "rundgång": ["byten senaste %d månader = %d" % r.choice([(24, 4), (12, 2), (6, 2)])],
            "nollklassade": ["KOM hinder = SJ1"],
            "AF och KOM": ["parter = AF, KOM", "kön = K"],
            "arbetslösa med ersättning": ["AF = 11, 21, 69, 70", "AF ersättning = AK, AS", "kommun = " + ", ".join(self.all_kommuner[:2])],
            "psykisk ohälsa": ["diagnos = F3, F4", "inte målgrupp = samordnat behov"],
            "vård och bistånd": ["REG vardform = PV, OV", "KOM = ja", "ålder = 20–64"],
            "länge i bistånd": ["KOM = ja", "ålder = 18–64", "sammanhängande månader = 4"],
            "män utanför": ["kön = M, X", "inte målgrupp = psykisk ohälsa", "minst parter = 1"],
            "tre parter": ["parter = AF, FK, REG", "sammanhängande månader = 2"],
            "sluten vård": ["REG vardform = SV", "diagnos = F, Z73", "ålder = 30–64"],
            "avslag och byten": ["FK = AA", "byten senaste 12 månader = 1"],
            "alla i en kommun": ["kommun = " + self.all_kommuner[0]],
            "fyra parter länge": ["minst parter = 3", "sammanhängande månader = 3", "byten senaste 36 månader = 3"],
        }
        kept = [g for g in groups if g in ("samordnat behov", "psykisk ohälsa") or self.chance(0.6)]
        if not self.common_key:                     # no condition over several parts
            groups["bara bistånd"] = ["KOM = ja", "inte målgrupp = nollklassade"]
            kept = [g for g in groups if g == "nollklassade" or g in ("unga med aktivitetsersättning", "långtidssjukskrivna", "sluten vård",
                    "arbetslösa med ersättning", "länge i bistånd", "bara bistånd") and self.chance(0.8)]
        for g in kept:
            lines += ["", "[målgrupp %s]" % g] + groups[g]
        for insats in self.insatser:
            volym = insats == self.volym
            anonym = insats == self.anonym
            lines += ["", "[insats %s]" % insats, "registrering = " + ("volym" if volym else "anonym" if anonym else "personuppgifter"),
                      "målgrupp = " + ("samordnat behov" if self.common_key else "nollklassade")]
            earlier = self.insatser[:self.insatser.index(insats)]
            if earlier and self.chance(0.35):       # its cost stands in that of another
                lines += ["ingår i = " + r.choice(earlier)]
            if not volym:
                lines += ["maxtid = 12 månader"]
            lines += ["risk = " + r.choice(["låg", "medel", "hög"]), "effekt = " + r.choice(["låg", "medel", "hög"])]
            goals = ["deltagare: minst %d" % r.choice([5, 20, 80]), "deltagare: cirka %d ± %d %%" % (r.choice([10, 30, 50]), r.choice([10, 25])),
                     "deltagare: högst %d" % r.choice([10, 100]), "könsfördelning: 40–60 % av deltagare", "kostnad per deltagare: högst 50000"]
            if not volym:
                goals += ["till arbetsmarknadens förfogande inom 6 månader: minst 5 % av avslutade",
                          "egen försörjning inom 3 månader: minst 5 % av deltagare", "egen försörjning: minst 3",
                          "egen försörjning inom 12 månader: minst 2", "studier: 10–50 % av startade", "studier: högst 4",
                          "enkät vid start och avslut: minst 100 % av avslutade", "enkät vid start och avslut: 20–90 % av startade",
                          "deltagare: cirka 12,5 ± 20 %", "kötid: cirka 4 ± 50 %", "avslutade: minst 0"]
                goals += ["nya: minst %d" % r.choice([1, 15]), "avslutade: högst %d" % r.choice([5, 40]),
                          "egen försörjning: minst 30 % av avslutade", "egen försörjning: minst 12,5 % av deltagare",
                          "egen försörjning: minst 20 % av startade", "egen försörjning: 20–60 % av avslutade",
                          "till arbetsmarknadens förfogande: minst 10 % av avslutade",
                          "egen försörjning inom %d månader: minst 30 %% av startade" % r.choice([3, 6, 12, 24]),
                          "kötid: högst %s" % r.choice(["3", "4,5"]), "enkät vid start och avslut: minst %d" % r.choice([3, 20]),
                          "enkät vid start och avslut: minst 40 % av deltagare"]
            goals = [g for g in goals if not (anonym and g.startswith("enkät")) and (self.own_support or not g.startswith("egen försörjning"))]
            r.shuffle(goals)
            for g in goals[: r.randint(min(4, len(goals)), len(goals))]:
                lines.append("mål = " + g)
        with open(os.path.join(self.out, "forbund.ini"), "w", encoding="utf-8", newline="") as f:
            f.write("\n".join(lines) + "\n")

    def write(self):
        os.makedirs(os.path.join(self.out, "extrakt"), exist_ok=True)
        for name in os.listdir(os.path.join(self.out, "extrakt")):
            if name.endswith((".csv", ".csv.gz")):
                os.remove(os.path.join(self.out, "extrakt", name))
        self.make_people()
        extracts = self.make_extracts()
        common = ["pid", "kommun", "kon", "fodelsear"]
        self.write_source("fk", common + ["forman", "omfattning", "fran", "till", "diagnos", "belopp"], extracts["fk"])
        self.write_source("af", common + ["sokandekategori", "fran", "till", "ersattning", "belopp", "avslutsorsak"], extracts["af"])
        self.write_source("kommun", common + ["manad", "belopp", "forsorjningshinder"], extracts["kommun"])
        self.write_source("region", common + ["datum", "vardform", "diagnos", "belopp"], extracts["region"])
        sus = self.make_sus()
        self.write_source("sus", ["pid", "insats", "kommun", "kon", "fodelsear", "utbildning", "tid_off_fors", "remittent", "start", "slut",
                                  "forsorjning_start", "forsorjning_slut", "sysselsattning_start", "sysselsattning_slut", "avslut"], sus)
        self.write_source("enkat", ["pid", "insats", "instrument", "tillfalle", "datum", "varde"], self.make_enkat(sus))
        self.write_source("intresse", ["arende", "insats", "kommun", "kon", "remittent", "inkom", "status", "start"], self.make_intresse())
        self.write_source("volym", ["insats", "ar", "kommun", "kon", "aldersgrupp", "antal"], self.make_volym(), duplicates=False)
        self.write_source("ekonomi", ["insats", "ar", "finansiar", "budget", "utfall", "fran", "till"], self.make_ekonomi(), duplicates=False)
        self.write_befolkning()
        self.write_prices()
        self.write_settings()
        self.write_publicerat()


def main(arguments):
    if len(arguments) != 2:
        print("usage: random_delivery.py SEED OUTDIR", file=sys.stderr)
        return 64
    Delivery(int(arguments[0]), arguments[1]).write()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
