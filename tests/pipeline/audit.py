"""The audit of a publication: one withheld figure is printed in a copy of it, format by format, and the audit must say so.

    python3 audit.py PROGRAM OUT     OUT: what `PROGRAM run --out OUT` wrote
"""
import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

PROGRAM, OUT = sys.argv[1:3]
faults = []


def read(path, encoding="utf-8"):
    with open(path, encoding=encoding, newline="") as file:
        return file.read()


def write(path, text, encoding="utf-8"):
    with open(path, "w", encoding=encoding, newline="") as file:
        file.write(text)


def audit(work):
    run = subprocess.run([PROGRAM, "audit", os.path.join(work, "published", "run")], capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr


def copy(work):
    for part in "published", "internal":
        source = os.path.realpath(os.path.join(OUT, part, "latest"))
        target = os.path.join(work, part, "run")
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target)
    return os.path.join(work, "published", "run")


def small_cells(work, table):
    """Lines of data/TABLE.csv that are withheld and small, and what they would be."""
    def lines(path):
        return {line.rsplit(",", 2)[0]: line.rsplit(",", 2)[1:] for line in read(path).splitlines()[1:]}
    truth = lines(os.path.join(work, "internal", "run", "aggregate", table + ".csv"))
    for key, (_, status) in lines(os.path.join(work, "published", "run", "data", table + ".csv")).items():
        if status == "skyddad" and truth[key][0] in ("1", "2", "3", "4"):
            yield key, truth[key][0]


def amounts(work):
    """Lines of data/m01 with an amount of 1–4 persons, as it would be printed; and lines with the other amount of a sum of two withheld ones
    that is printed, when one of them is such an amount."""
    def lines(path):
        return {tuple(line.split(",")[:5]): line.split(",")[5:] for line in read(path).splitlines()[1:]}
    name = "m01_forsorjningsmatt.csv"
    truth = lines(os.path.join(work, "internal", "run", "aggregate", name))
    printed = lines(os.path.join(work, "published", "run", "data", name))
    for key, (_, status) in printed.items():
        if key[4] != "belopp_kr" or status != "skyddad" or float(truth[key][0]) < 1000:
            continue
        if 1 <= int(truth[key[:4] + ("personer",)][0]) <= 4:
            yield "published", key, round(float(truth[key][0]))
    for d in 1, 2: # kommun and kon
        for total in [key for key in printed if key[4] == "belopp_kr" and key[d] == "TOT" and printed[key][1] == ""]:
            line = [key for key in printed if key[:d] + key[d + 1:] == total[:d] + total[d + 1:] and printed[key][1] == "skyddad"]
            for key, other in (line, line[::-1]) if len(line) == 2 else ():
                if 1 <= int(truth[other[:4] + ("personer",)][0]) <= 4 < int(truth[key[:4] + ("personer",)][0]):
                    yield "determined", key, round(float(truth[key][0]))


def nets(work):
    """Lines of data/e02 with a withheld net, as it would be printed: each is sensitive or gives one that is."""
    truth = {line.rsplit(",", 2)[0]: line.rsplit(",", 2)[1]
             for line in read(os.path.join(work, "internal", "run", "aggregate", "e02_aterbetalning.csv")).splitlines()[1:]}
    for line in read(os.path.join(work, "published", "run", "data", "e02_aterbetalning.csv")).splitlines():
        if line.endswith(",netto_manad,,skyddad"):
            yield line[:-len(",,skyddad")], round(float(truth[line[:-len(",,skyddad")]]))


# Of each table a figure that is withheld with a count or another figure, and what the audit says where it is printed, or printed as missing.
BESIDE = (("i06_resultat", "andel_arbete_eller_studier", "beside a withheld count"), ("i12_enkat", "medel_start", "beside a withheld count"),
          ("i12_enkat", "ki_lag", "missing beside"), ("i13_overlevnad", "andel", "beside a withheld count"), ("i13_overlevnad", "ki_lag", "missing beside"),
          ("i14_konsskillnad", "skillnad", "beside a withheld count"), ("i09_ko", "median_vantetid", "beside a withheld count"),
          ("m01_forsorjningsmatt", "kr_per_invanare_dag", "beside a withheld count"), ("m02_malgrupp", "per_1000", "beside a withheld count"),
          ("e02_aterbetalning", "aterbetalning_start", "missing beside"), ("e06_jamforelse", "aterbetalning_start", "missing beside"))


def beside(work, table, measure, said):
    """Lines of data/TABLE.csv with a withheld figure that the audit must miss there, as it would be printed."""
    def lines(path):
        return {line.rsplit(",", 2)[0]: line.rsplit(",", 2)[1:] for line in read(path).splitlines()[1:]}
    truth = lines(os.path.join(work, "internal", "run", "aggregate", table + ".csv"))
    counts = {"i06_resultat": "arbete_eller_studier", "i12_enkat": "par", "i13_overlevnad": "kvar", "i09_ko": "vantande",
              "m01_forsorjningsmatt": "personer", "m02_malgrupp": "personer", "e02_aterbetalning": "netto_manad", "e06_jamforelse": "nuvarde"}
    printed = lines(os.path.join(work, "published", "run", "data", table + ".csv"))
    for key, (_, status) in printed.items():
        if not key.endswith("," + measure) or status != "skyddad":
            continue
        count = key[:-len(measure)] + counts.get(table, measure)
        if printed[count][1] != "skyddad" or (said == "missing beside") != (truth[key][1] == "saknas"):
            continue
        yield key, "saknas" if said == "missing beside" else "", truth[key][0] and str(round(float(truth[key][0]), 1))


def check_beside(work):
    """What goes with a withheld count is printed after all."""
    tried = 0
    for table, measure, said in BESIDE:
        copy(work)
        for key, status, value in list(beside(work, table, measure, said))[:1]:
            tried += 1
            expect(work, f"data/ {key}, {said}", said, lambda folder, t=table, k=key, v=value, s=status: replace(
                os.path.join(folder, "data", t + ".csv"), k + ",,skyddad", f"{k},{v},{s}"))
    if tried < 8:
        faults.append(f"only {tried} kinds of figures beside withheld counts")


def expect(work, title, said, plant):
    """Plants a breach in a fresh copy; the audit must end with 4 and name the file or table."""
    folder = copy(work)
    if plant(folder) is False:
        faults.append(title + ": nothing to plant")
        return
    code, text = audit(work)
    if code != 4 or said not in text:
        faults.append(f"{title}: exit {code}: {text[-300:]}")


def replace(path, old, new, encoding="utf-8", count=1):
    text = read(path, encoding)
    changed = text.replace(old, new, count) if isinstance(old, str) else old.sub(new, text, count=count)
    write(path, changed, encoding)
    return changed != text


def in_workbook(folder, sheet, change):
    """Rewrites one sheet of tabeller.xlsx; `change` gets its XML and the shared strings."""
    path = os.path.join(folder, "tabeller.xlsx")
    with zipfile.ZipFile(path) as book:
        members = [(item, book.read(item)) for item in book.infolist()]
    text = {item.filename: data.decode("utf-8") for item, data in members if item.filename.endswith(".xml")}
    names = re.findall(r'<sheet name="([^"]*)"', text["xl/workbook.xml"])
    strings = [re.sub("<[^>]*>", "", item) for item in re.findall("<si>(.*?)</si>", text["xl/sharedStrings.xml"], re.S)]
    name = f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"
    changed = change(text[name], strings)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for item, data in members:
            book.writestr(item.filename, changed.encode("utf-8") if item.filename == name else data)
    return changed != text[name]


def print_hidden(xml, strings):
    mark = str(strings.index(".."))
    return re.sub(r'(<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?) t="s"><v>%s</v>' % mark, r"\1><v>3</v>", xml, count=1)


def print_in_data(xml, strings):
    """Before the status of a withheld figure of a count: a value."""
    mark = str(strings.index("skyddad"))
    return re.sub(r'<c r="([A-Z]+)([0-9]+)"([^>]*) t="s"><v>%s</v></c>' % mark,
                  lambda m: f'<c r="Z{m.group(2)}"><v>3</v></c>{m.group(0)}', xml, count=1)


def table_of(path, keys):
    """{the first columns joined by |: the rest} of a CSV file."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return {"|".join(row[:keys]): row[keys:] for row in rows}


class Witnesses:
    """The witnesses of a run: what each makes of the cells, and what these are in truth."""

    def __init__(self, work):
        internal = os.path.join(work, "internal", "run")
        self.cell = {number: tuple(row) for number, row in table_of(os.path.join(internal, "vittnen_celler.csv"), 1).items()}
        self.truth, self.of = {}, {}
        known = {}
        for number, (table, key, measure) in self.cell.items():
            if table not in known:
                with open(os.path.join(internal, "aggregate", table + ".csv"), encoding="utf-8", newline="") as file:
                    known[table] = {("|".join(row[:-3]), row[-3]): row[-2] for row in list(csv.reader(file))[1:]}
            self.truth[number] = int(known[table].get((key, measure), "0"))
        for line in read(os.path.join(internal, "vittnen.csv")).splitlines()[1:]:
            witness, cell, value = line.split(",")
            self.of.setdefault(witness, {})[cell] = int(value)

    def in_sums(self, cell):
        """A cell of a table that adds up over all dimensions, so that it cannot change alone."""
        return self.cell[cell][0] in ("m02_malgrupp", "m03_samtidighet", "m06_manad") and "=" not in self.cell[cell][2]

    def needed(self):
        """Witnesses without which a small cell could not be shown to be safe, and the table of that cell."""
        seen = {}
        for witness, values in self.of.items():
            for cell, value in values.items():
                if self.in_sums(cell) and 1 <= self.truth[cell] <= 4:
                    seen.setdefault(cell, []).append((value, witness))
        for cell, values in seen.items():
            for _, witness in values:
                left = [self.truth[cell]] + [value for value, other in values if other != witness]
                if max(left) < 5 or max(left) - min(left) < 4:
                    yield witness, self.cell[cell][0]


def write_witnesses(folder, change):
    """The lines of vittnen.csv, changed."""
    path = os.path.join(folder, "..", "..", "internal", "run", "vittnen.csv")
    text = read(path)
    changed = "".join(line + "\n" for line in change(text.splitlines()))
    write(path, changed)
    return text != changed


def check_witnesses(work):
    """One value of a witness is another; one witness is gone; a count that witnesses change is printed; a file is none."""
    copy(work)
    witnesses = Witnesses(work)
    inner = [(witness, cell, value) for witness, values in witnesses.of.items() if witness != "0"
             for cell, value in values.items() if witnesses.in_sums(cell)]
    for witness, cell, value in inner[:: max(1, len(inner) // 4)][:4]:
        line, other = f"{witness},{cell},{value}", f"{witness},{cell},{value + 1}"
        expect(work, f"a witness with another value, {line}", "witness", lambda folder, old=line, new=other: write_witnesses(
            folder, lambda lines: [new if text == old else text for text in lines]))
    for witness, cell, _ in inner[:1]:
        expect(work, "a witness below 1", "witness", lambda folder, w=witness, c=cell: write_witnesses(
            folder, lambda lines: [f"{w},{c},0" if text.startswith(f"{w},{c},") else text for text in lines]))
    needed = list(witnesses.needed())
    if not needed:
        faults.append("no witness is needed")
    for witness, table in needed[:: max(1, len(needed) // 3)][:3]:
        expect(work, f"witness {witness} gone", f"table {table} has", lambda folder, w=witness: write_witnesses(
            folder, lambda lines: [text for text in lines if not text.startswith(w + ",")]))
    large = [cell for cell in witnesses.cell if witnesses.truth[cell] > 4 and "=" not in witnesses.cell[cell][2]]
    for cell in large[:: max(1, len(large) // 4)][:4]:
        table, key, measure = witnesses.cell[cell]
        row = ",".join(key.split("|") + [measure])
        expect(work, f"a withheld cell printed, {table} {row}", "witness", lambda folder, t=table, r=row, v=witnesses.truth[cell]: replace(
            os.path.join(folder, "data", t + ".csv"), r + ",,skyddad", f"{r},{v},"))
    for title, change in (("a value that is no number", lambda lines: [*lines, "1,2,x"]), ("a cell that is none", lambda lines: [*lines, "99999,99999999,5"]),
                          ("a line too short", lambda lines: [*lines, "1,2"])):
        copy(work)
        write_witnesses(os.path.join(work, "published", "run"), change)
        code, text = audit(work)
        if code != 65 or "vittnen.csv" not in text:
            faults.append(f"{title}: exit {code}: {text[-300:]}")


def check_older(work):
    """A run that kept its contributions as text: nothing is said of amounts that cannot be looked at."""
    copy(work)
    support = os.path.join(work, "internal", "run", "support")
    os.rename(os.path.join(support, "dominans_forman.cube"), os.path.join(support, "dominans_forman.csv"))
    code, text = audit(work)
    if code != 66 or "the run is of an older program" not in text:
        faults.append(f"a run of an older program: exit {code}: {text[-300:]}")


def check_sums(work):
    """A list of files that breaks off: some are listed and in no order yet; no thread may take one."""
    with open(os.path.join(copy(work), "SHA256SUMS"), "a", encoding="utf-8") as file:
        file.write("0123\n")
    code, text = audit(work)
    if code != 65 or "not a list of hashes and names" not in text:
        faults.append(f"a broken list of files: exit {code}: {text[-300:]}")


def main():
    with tempfile.TemporaryDirectory() as work:
        copy(work)
        code, text = audit(work)
        if code != 0:
            faults.append(f"the publication itself: exit {code}: {text[-300:]}")
        for table in "i01_deltagare", "i02_bakgrund", "m02_malgrupp", "m03_samtidighet", "m06_manad", "m07_floden":
            cells = list(small_cells(work, table))
            for key, value in cells[:: max(1, len(cells) // 2)][:2]:
                expect(work, f"data/ {table} {key}", table, lambda folder, t=table, k=key, v=value: replace(
                    os.path.join(folder, "data", t + ".csv"), k + ",,skyddad", f"{k},{v},"))
        for told in "published", "determined":
            cells = [cell for cell in amounts(work) if cell[0] == told]
            if not cells:
                faults.append(f"no amount to be {told}")
            for _, key, value in cells[:: max(1, len(cells) // 3)][:3]:
                expect(work, f"data/ amount {key}", f",{told}", lambda folder, k=",".join(key), v=value: replace(
                    os.path.join(folder, "data", "m01_forsorjningsmatt.csv"), k + ",,skyddad", f"{k},{v},"))
        cells = list(nets(work))
        if not cells:
            faults.append("no net to be printed")
        for key, value in cells[:: max(1, len(cells) // 3)][:3]:
            expect(work, f"data/ net {key}", "tables e02–e08 give", lambda folder, k=key, v=value: replace(
                os.path.join(folder, "data", "e02_aterbetalning.csv"), k + ",,skyddad", f"{k},{v},"))
        check_beside(work)
        check_witnesses(work)
        copy(work)
        key, value = next(small_cells(work, "i01_deltagare"))
        expect(work, "excel/", "excel/i01_deltagare.csv", lambda folder: replace(
            os.path.join(folder, "excel", "i01_deltagare.csv"), key.replace(",", ";") + ";;skyddad", f'{key.replace(",", ";")};{value};skyddad'))
        expect(work, "excel/ another value", "excel/i01_deltagare.csv", lambda folder: replace(
            os.path.join(folder, "excel", "i01_deltagare.csv"), re.compile(r";([0-9]+);\r"), r";1\1;\r"))
        for table in "i01_deltagare", "m06_manad", "i06_resultat":
            expect(work, "px/ " + table, f"px/{table}.px", lambda folder, t=table: replace(
                os.path.join(folder, "px", t + ".px"), re.compile(r'(DATA=[^"]*)"\.\."'), r"\g<1>3", "cp1252"))
        expect(work, "rapport.html", "rapport.html", lambda folder: replace(
            os.path.join(folder, "rapport.html"), re.compile(r'<data value=""([^>]*data-tabell="i0[^>]*)>'), r'<data value="3"\1>'))
        expect(work, "rapport.html, what is seen", "rapport.html", lambda folder: replace(
            os.path.join(folder, "rapport.html"), re.compile(r'(<data value=""[^>]*data-tabell="i0[^>]*>)'), r"\g<1>3 "))
        expect(work, "diagram/", "diagram/", lambda folder: replace(
            os.path.join(folder, "diagram", min(os.listdir(os.path.join(folder, "diagram")))), re.compile(r'data-varde="([0-9])'), r'data-varde="9\1'))
        expect(work, "the workbook", "tabeller.xlsx", lambda folder: in_workbook(folder, "i01_deltagare", print_hidden))
        expect(work, "the workbook's data", "tabeller.xlsx", lambda folder: in_workbook(folder, "Data", print_in_data))
        expect(work, "the workbook's goals", "tabeller.xlsx", lambda folder: in_workbook(
            folder, "Mål", lambda xml, strings: xml.replace("<v>105</v>", "<v>104.125</v>", 1)))
        expect(work, "a file that no audit reads", "figures.json", lambda folder: replace(
            os.path.join(folder, "SHA256SUMS"), "\n", "\n" + "0" * 64 + "  figures.json\n"))
        check_older(work)
        check_sums(work)
    print("\n".join(faults), end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
