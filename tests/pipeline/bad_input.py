"""What a delivery may hold that is wrong: each is refused with its exit code, file, line, column and rule, all at once;
nothing is published then and the earlier publication stands untouched."""
import csv
import gzip
import io
import json
import os
import re
import shutil

import delivery
from delivery import add, put, read, swap, table, write

NUMBER = "191212121212"  # a valid personnummer: the one of Swedish examples
MANY = "[gränser]\navvisade = 90 %\n"  # wrong rows are listed, not refused


def extract(folder, name):
    return os.path.join(folder, "extrakt", name)


def settings(folder):
    return os.path.join(folder, "forbund.ini")


def row(**values):
    fk = {"pid": "litet-01", "kommun": "1440", "kon": "K", "fodelsear": "1980", "forman": "SP", "omfattning": "50",
          "fran": "2018-01-01", "till": "2018-03-31", "diagnos": "F43", "belopp": "9000"}
    return ",".join({**fk, **values}.values()) + "\n"


def rejected(folder):
    """{(file, line): (column, code)} of rejected.csv."""
    text = read(os.path.join(folder, "resultat", "internal", "latest", "rejected.csv"))
    return {(line["fil"], int(line["rad"])): (line["kolumn"], line["kod"]) for line in csv.DictReader(io.StringIO(text))}


def check_rows(test):
    """One delivery with a wrong row of each kind: its file, line, column and code stand in rejected.csv, right ones do not."""
    wrong = {"fk.csv": [], "sus.csv": []}
    for column, code, values in (
            ("pid", "REQUIRED_MISSING", [""]), ("pid", "PID_INVALID", ["short", "a" * 65, "abc defgh", "åäöåäöåäö"]),
            ("kommun", "CODE_UNKNOWN", ["144", "9999", "Ale", "01440"]), ("kommun", "KOMMUN_LEADING_ZERO", ["780"]),
            ("kon", "CODE_UNKNOWN", ["k", "Kvinna"]), ("fodelsear", "NUMBER_INVALID", ["0x7bc", "19 80", "1980.0"]),
            ("fodelsear", "OUT_OF_RANGE", ["1899", "80", "-1980"]), ("forman", "CODE_UNKNOWN", ["sp", "AK"]),
            ("omfattning", "OUT_OF_RANGE", ["33", "0"]), ("fran", "REQUIRED_MISSING", [""]),
            ("fran", "DATE_INVALID", ["2018-02-30", "2018-2-3", "20180203", "0000-00-00"]),
            ("fran", "DATE_PLACEHOLDER", ["1900-01-01", "2099-12-31"]), ("till", "DATE_PLACEHOLDER", ["1900-01-01"]),
            ("till", "END_BEFORE_START", ["2017-12-31"]), ("belopp", "OUT_OF_RANGE", ["-5"]),
            ("belopp", "NUMBER_INVALID", ["inf", "nan", "0x10", "1e5", "1 000", "1\u00a0000", "+5", "12.345", "9" * 20, "kr"])):
        wrong["fk.csv"] += [(column, code, row(**{column: value})) for value in values]
    sus = "litet-08;{};1440;K;1975;1;4;KOM;2018-02-01;{};FS;IN;AR;{};01\n"
    for code, column, line in (
            ("END_BEFORE_START", "slut", sus.format("Bryggan", "2018-01-10", "AU")),
            *(("MULTI_INVALID", "sysselsattning_slut", sus.format("Bryggan", "2018-05-10", text))
              for text in ("AU:75|SU:26", "AU|AU", "XX", "AU|", "AU:1e1"))):
        wrong["sus.csv"].append((column, code, line))
    right = [row(till="2099-12-31"), row(till=""), row(omfattning="", belopp=""), row(belopp='"12,50"'), row(kommun=" 0780 "),
             row(kon="X"), row(till="2018-01-01")]
    folder = test.forbund()
    add(settings(folder), MANY)
    expected = {}
    for name, rows in wrong.items():
        first = read(extract(folder, name)).count("\n") + 1
        add(extract(folder, name), "".join(line for _, _, line in rows))
        expected.update({("extrakt/" + name, first + i): (column, code) for i, (column, code, _) in enumerate(rows)})
    add(extract(folder, "fk.csv"), "".join(right))
    test.expect("wrong rows below the limit", 3, test.run("run", folder, "--until", "ingest"))
    found = rejected(folder)
    for key in sorted(set(found) | set(expected)):
        test.check(found.get(key) == expected.get(key), f"{key}: rejected as {found.get(key)}, not {expected.get(key)}")


def check_own_table(test):
    """The analyst's own tables have no [källa …] to be advised."""
    folder = test.forbund()
    with open(os.path.join(folder, "prislista.csv"), "ab") as file:
        file.write(b"\xe5\n")
    run = test.expect("a price list that is not UTF-8", 65, test.run("run", folder), "prislista.csv:", "BAD_UTF8", "save the file as UTF-8")
    test.check("[källa" not in run.stderr, "the price list is told to have a [källa …]", run.stderr)


def check_limit(test):
    for rows, bad, code in ((100, 1, 3), (100, 2, 65), (99, 1, 3), (20, 1, 3), (20, 2, 65), (1, 1, 65)):
        folder = test.forbund()
        head = read(extract(folder, "fk.csv")).split("\n")[0] + "\n"
        write(extract(folder, "fk.csv"), head + "".join(row(pid=f"person-{i:03}", kon="?" if i < bad else "K") for i in range(rows)))
        run = test.expect(f"{bad} of {rows} rows wrong", code, test.run("run", folder, "--until", "ingest"), "CODE_UNKNOWN")
        test.check("person-" not in run.stderr, "a message names a pid")
    folder = test.forbund()
    head = read(extract(folder, "fk.csv")).split("\n")[0] + "\n"
    write(extract(folder, "fk.csv"), head + row(fran="2018-02-30") * 150)
    swap(extract(folder, "sus.csv"), "remittent", "remitent")
    add(extract(folder, "af.csv"), "1;2\n\n")
    run = test.expect("150 wrong rows and faults of other files", 65, test.run("run", folder), "sus.csv:1: column 'remitent'",
                      "af.csv:13: RAGGED_SHORT", "af.csv:14: BLANK_LINE", "fk.csv:2: column 'fran': DATE_INVALID", "and 54 more")
    test.check(run.stderr.count("DATE_INVALID") == 96, "not 100 errors are printed")
    report = json.loads(test.run("run", folder, "--json").stdout)
    test.check(report["exit"] == 65 and len(report["errors"]) == 100 and report["publication"] is None, "--json of a refusal")


def ignored(folder, value):
    """A column that the settings ignore."""
    head, *rows = table(extract(folder, "fk.csv"))
    put(extract(folder, "fk.csv"), [head + ["extra"]] + [line + [value] for line in rows])
    add(settings(folder), "[källa fk]\nignorera = extra\n")


def replace(make):
    """Puts something that is no file in the place of fk.csv."""
    def change(folder):
        os.rename(extract(folder, "fk.csv"), os.path.join(folder, "away"))
        make(extract(folder, "fk.csv"), os.path.join(folder, "away"))
    return change


def packed(spoil):
    def change(folder):
        data = gzip.compress(read(extract(folder, "fk.csv")).encode())
        os.remove(extract(folder, "fk.csv"))
        with open(extract(folder, "fk.csv.gz"), "wb") as file:
            file.write(spoil(data))
    return change


def append(name, data):
    def change(folder):
        with open(extract(folder, name), "ab") as file:
            file.write(data)
    return change


def without(*names):
    return lambda folder: [os.remove(os.path.join(folder, *name.split("/"))) for name in names]


def exchange(name, old, new):
    return lambda folder: swap(os.path.join(folder, *name.split("/")), old, new)


def hold(number):
    """Ways for a personnummer to come in, and what the message says of its place."""
    return (("free text with a dash", exchange("extrakt/fk.csv", "F43", f"F43 se {number[:8]}\u2013{number[8:]}"), "fk.csv:2: column 'diagnos': PERSONNUMMER"),
            ("free text", exchange("extrakt/fk.csv", "F43", f"F43 se {number}."), "fk.csv:2: column 'diagnos': PERSONNUMMER"),
            ("a wrong row", exchange("extrakt/fk.csv", "9000", number), "fk.csv:2: column 'belopp': PERSONNUMMER"),
            ("an ignored column", lambda folder: ignored(folder, number), "fk.csv:2: column 'extra': PERSONNUMMER"),
            ("the header", exchange("extrakt/fk.csv", "diagnos", number), "fk.csv:1: column 9: PERSONNUMMER"),
            ("no header", lambda folder: write(extract(folder, "fk.csv"), f"{number},K\n"), "fk.csv:1: column 1: PERSONNUMMER"),
            ("a file name", lambda folder: os.rename(extract(folder, "fk.csv"), extract(folder, f"fk-{number}.csv")),
             "fk: PERSONNUMMER: the name of its file 1 of 1"),
            ("the price list", lambda folder: add(os.path.join(folder, "prislista.csv"), f"LON_AO;;1;kr;2018;{number}\n"),
             "column 'kalla': PERSONNUMMER"))


REFUSED = (
    (65, "an empty file", lambda folder: write(extract(folder, "fk.csv"), ""), "fk.csv:1: EMPTY_FILE: "),
    (65, "a required column is missing", exchange("extrakt/fk.csv", "forman,", "formxn,"), "fk.csv:1: column 'forman': COLUMN_MISSING: required",
     "column 'formxn': COLUMN_UNKNOWN: unknown", "'forman'"),
    (65, "a column twice", exchange("extrakt/fk.csv", "till,", "fran,"), "fk.csv:1: column 'fran': COLUMN_TWICE"),
    (65, "an unknown column", exchange("extrakt/fk.csv", "diagnos", "diagnosis"), "fk.csv:1: column 'diagnosis': COLUMN_UNKNOWN", "'diagnos'"),
    (65, "too many fields", exchange("extrakt/fk.csv", "9000", "9000,1"), "fk.csv:2: RAGGED_LONG"),
    (65, "too few fields", exchange("extrakt/fk.csv", ",9000", ""), "fk.csv:2: RAGGED_SHORT"),
    (65, "an open quote", exchange("extrakt/fk.csv", "9000", '"9000'), "fk.csv:2: NEWLINE_IN_QUOTES: column 'belopp':"),
    (65, "a bare CR", exchange("extrakt/fk.csv", "9000\n", "9000\r"), "fk.csv:2: BARE_CR"),
    (65, "a NUL byte", append("fk.csv", b"lit\0et-01,1440,K,1980,SP,50,2018-01-01,,,\n"), "fk.csv:13: NUL_BYTE"),
    (65, "windows-1252 without being said", append("fk.csv", b"litet-01,1440,K,1980,SP,50,2018-01-01,,\xe5,\n"),
     "fk.csv:13: BAD_UTF8: column 'diagnos':", "'[källa fk]' and 'teckenkodning = windows-1252'"),
    (65, "columns separated by |", lambda folder: write(extract(folder, "af.csv"), re.sub("[,;]", "|", read(extract(folder, "af.csv")))),
     "af.csv:1: HEADER_MISSING:", "this line looks separated by '|'"),
    (65, "UTF-16", lambda folder: write(extract(folder, "fk.csv"), read(extract(folder, "fk.csv")), "utf-16"), "fk.csv:1: NOT_UTF8"),
    (65, "a FIFO", replace(lambda path, away: os.mkfifo(path)), "fk.csv:1: NOT_A_FILE"),
    (65, "a folder", replace(lambda path, away: os.mkdir(path)), "fk.csv:1: NOT_A_FILE"),
    (65, "a symbolic link", replace(lambda path, away: os.symlink(away, path)), "fk.csv:1: NOT_A_FILE: a symbolic link"),
    (65, "gzip that breaks off", packed(lambda data: data[:-5]), "fk.csv.gz", "GZIP_TRUNCATED"),
    (65, "gzip with a wrong sum", packed(lambda data: data[:-8] + b"\0\0\0\0" + data[-4:]), "GZIP_CORRUPT"),
    (65, "bytes behind gzip", packed(lambda data: data + b"more"), "GZIP_TRAILING"),
    (65, "plain text named .gz", packed(gzip.decompress), "NOT_GZIP"),
    (65, "free text as age group", append("volym.csv", "Kontoret,2018,1440,K,Åsa Ek,50\nKontoret,2018,1440,K,Bo Al,50\n".encode()), "volym.csv:7: column 'aldersgrupp'"),
    (65, "an insats that the settings do not know", exchange("extrakt/sus.csv", ";Bryggan;", ";Brygan;"), "extrakt/sus.csv: ROWS_REFUSE: 1 of 19 rows",
     "extrakt/sus.csv:2: column 'insats': INSATS_UNKNOWN", "the nearest is 'Bryggan'"),
    (65, "another in ekonomi", append("ekonomi.csv", "Spåren;2018;KOM;1;1;;\n".encode()), "column 'insats': INSATS_UNKNOWN",
     "the nearest is 'Spåret'"),
    (65, "a price twice", lambda folder: add(os.path.join(folder, "prislista.csv"), "LON_AO;IND;1;kr;2018;\n"),
     "prislista.csv: record 30:", "column 'post': NOT_UNIQUE"),
    (66, "no fk", without("extrakt/fk.csv"), "fk: no file of the delivery begins with 'fk'", "[målgrupp samordnat behov]"),
    (66, "no af and no sus", without("extrakt/af.csv", "extrakt/sus.csv"), "af: no file", "sus: no file"),
    (66, "no volym", without("extrakt/volym.csv"), "volym: no file", "[insats Kontoret]"),
    (66, "no price list", without("prislista.csv"), "prislista.csv"),
    (66, "no folder of extracts", lambda folder: shutil.rmtree(os.path.join(folder, "extrakt")), "there is no folder extrakt beside forbund.ini", "fk: no file"),
    (78, "no settings", without("forbund.ini"), "forbund.ini"),
    (78, "an unknown section", exchange("forbund.ini", "[kalkyl]", "[kalkyll]"), "forbund.ini:13: unknown section", "[kalkyl]"),
    (78, "an unknown key", exchange("forbund.ini", "horisont", "horizont"), "forbund.ini:16: unknown key 'horizont'", "'horisont'"),
    (78, "a value that does not parse", exchange("forbund.ini", "antal = 5", "antal = fem"), "forbund.ini:10: key 'minsta antal'"),
    (78, "an unknown code", exchange("forbund.ini", "avslut = AO", "avslut = A0"), "forbund.ini:25:", "'AO'"),
    (78, "an unknown measure", exchange("forbund.ini", "mål = nya", "mål = nja"), "forbund.ini:37:", "'nya'"),
    (78, "a share of a volym insats", exchange("forbund.ini", "mål = deltagare: minst 20", "mål = egen försörjning: minst 30 % av avslutade"),
     "forbund.ini:60: goal 'egen försörjning' cannot be computed: [insats Kontoret] has registrering = volym"),
    (78, "a survey of an anonymous insats", exchange("forbund.ini", "mål = kötid: högst 3", "mål = enkät vid start och avslut: minst 3"),
     "goal 'enkät vid start och avslut' cannot be computed: [insats Ateljén]"),
    (78, "a circle of groups", lambda folder: add(settings(folder), "[målgrupp a]\ninte målgrupp = b\n[målgrupp b]\ninte målgrupp = a\n"),
     "key 'inte målgrupp': [målgrupp a] leaves out itself in a circle"),
    (78, "half a month", exchange("forbund.ini", "2018-08-31", "2018-08-30"), "forbund.ini:6: key 'period'", "2018-08-31"),
    (78, "no common key", exchange("forbund.ini", "nyckel = ja", "nyckel = nej"), "forbund.ini:14:", "forbund.ini:31:"),
    (78, "not UTF-8", lambda folder: write(settings(folder), read(settings(folder)), "windows-1252"), "forbund.ini:1: not UTF-8"),
)

ACCEPTED = (
    ("only a header", lambda folder: write(extract(folder, "region.csv"), read(extract(folder, "region.csv")).split("\n")[0]),
     "region.csv: no rows, only a header"),
    ("an ignored column", lambda folder: ignored(folder, "x"), ""),
    ("counts of an insats that is not volym", append("volym.csv", b"Bryggan,2018,1440,K,16-19,2\n"), "column 'insats': INSATS_KIND"),
    ("an exit without sysselsattning", append("sus.csv", b"litet-08;Bryggan;1440;K;1975;1;4;KOM;2018-06-01;2018-07-10;FS;IN;AR;;01\n"),
     "column 'sysselsattning_slut': COMPANION_MISSING"),
    ("an exit before the start", append("sus.csv", b"litet-08;Bryggan;1440;K;1975;1;4;KOM;2018-06-01;2018-05-10;FS;IN;AR;AU;01\n"),
     "extrakt/sus.csv:21: column 'slut': END_BEFORE_START"),
    ("an arende twice", append("intresse.csv", b"A-1;Bryggan;1440;K;KOM;2018-01-09;AVBOJD;\nA-1;Bryggan;1440;K;KOM;2018-01-10;AVBOJD;\n"),
     "column 'arende': NOT_UNIQUE"),
    ("a copy of a file whose rows have no pid", lambda folder: shutil.copy(extract(folder, "volym.csv"), extract(folder, "volym (2).csv")),
     "extrakt/volym.csv: FILE_TWICE: the very rows of extrakt/volym (2).csv, and rows without a pid count each time"),
    ("a source that no setting needs is missing", without("extrakt/region.csv"), "no file of: region"),
    ("a file that is no extract", lambda folder: write(extract(folder, f"till-{NUMBER}.csv"), "x"), "is not read"),
    ("a file name that is not UTF-8", lambda folder: os.rename(extract(folder, "fk.csv"), os.fsencode(extract(folder, "fk")) + b"\xe5\n.csv"), ""),
)


def holds(folder, text):
    """The files below `folder` that hold the text, and file names that do."""
    return [os.path.join(place, name) for place, _, names in os.walk(folder) for name in names
            if text in name or text.encode() in open(os.path.join(place, name), "rb").read()]


def check_places(test, title, errors, said):
    """Each fault of the validation report has its code, and its file, line, record and column where the message has them."""
    for fault in errors:
        where = re.match(r"(?P<file>.*?)(:(?P<line>\d+))?(: record (?P<record>\d+))?: ", fault["message"])
        column = re.search(r": column (?:'([^']+)'|(\d+)): ", fault["message"])
        test.check(fault["code"] and f": {fault['code']}: " in fault["message"], f"{title}: a fault without code:", fault)
        test.check(fault["file"] == where["file"] and str(fault["line"] or "") == (where["line"] or ""), f"{title}: where?", fault)
        test.check(fault["column"] == (column and (column[1] or column[2])), f"{title}: which column?", fault)
        test.check(fault["record"] in (None, fault["line"]) or where["record"] or "(record" in fault["message"], f"{title}:", fault)
    test.check(any(said[0] in fault["message"] for fault in errors), f"{title}: the report does not say it")


def check_refusals(test):
    source = test.forbund("delivery")
    out = test.path("out")
    test.expect("litet", 3, test.run("run", source, "--out", out))
    before = delivery.latest(out), delivery.files(os.path.join(out, "published"))
    ways = REFUSED + tuple((65, f"a personnummer in {title}", change, said) for title, change, said in hold(NUMBER))
    for code, title, change, *said in ways:
        folder = test.forbund()
        change(folder)
        run = test.expect(title, code, test.run("run", folder, "--out", out), "nothing was published; the earlier", *said)
        test.check(run.stdout == "", f"{title}: something on standard output")
        test.check("PERSONNUMMER" not in run.stderr or NUMBER not in run.stderr, f"{title}: the number is repeated")
        now = delivery.latest(out), delivery.files(os.path.join(out, "published"))
        test.check(now == before, f"{title}: the publication was touched")
        test.check(not os.listdir(os.path.join(out, "published"))[2:], f"{title}: something was left in published/")
        if code == 65:
            check_places(test, title, json.loads(read(os.path.join(out, "internal", "latest", "validation.json")))["errors"], said)
        shutil.rmtree(folder)
    test.check(not holds(out, NUMBER), "the number was kept:", holds(out, NUMBER))


def check_accepted(test):
    for title, change, said in ACCEPTED:
        folder = test.forbund()
        change(folder)
        run = test.expect(title, 3, test.run("run", folder), said)
        test.check(NUMBER not in run.stderr, f"{title}: the number is repeated")
        internal = os.path.join(folder, "resultat", "internal", "latest")
        for name in os.listdir(internal):
            if name.endswith(".json"):
                json.loads(read(os.path.join(internal, name)))


with delivery.Test() as test:
    check_rows(test)
    check_own_table(test)
    check_limit(test)
    check_refusals(test)
    check_accepted(test)
