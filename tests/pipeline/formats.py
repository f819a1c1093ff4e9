"""Reads back every format of a publication and compares it with data/*.csv: excel/, px/, tabeller.xlsx, the report and diagram/.

A figure must be the same number, or be withheld or missing, wherever it stands; and a workbook holds no formula.
"""
import collections
import csv
import itertools
import json
import os
import re
import shutil
import sys
import xml.etree.ElementTree as tree
import zipfile

import delivery
import pages

SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
ZERO_KINDS = {"count", "kr", "two"}  # a combination without a row is 0 in these


def read_data(folder):
    """{table: (dimension names, {key + (measure,): (value, status)} in the order of the file)}"""
    tables = {}
    for name in sorted(os.listdir(os.path.join(folder, "data"))):
        with open(os.path.join(folder, "data", name), newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        figures = {tuple(row[:-2]): (row[-2], row[-1]) for row in rows[1:]}
        tables[name[:-4]] = (rows[0][:-3], figures)
    return tables


def read_kinds(table):
    with open(os.path.join(delivery.ROOT, "schemas", "tabeller", table + ".json"), encoding="utf-8") as file:
        return {measure["name"]: measure["kind"] for measure in json.load(file)["finsamstat"]["measures"]}


def check_excel(test, folder, tables):
    for table, (names, figures) in tables.items():
        with open(os.path.join(folder, "excel", table + ".csv"), newline="", encoding="utf-8-sig") as file:
            rows = list(csv.reader(file, delimiter=";"))
        test.check(rows[0][:len(names)] == names, table, "excel/: other columns")
        test.check(len(rows) - 1 == len(figures), table, "excel/: other rows")
        kinds = read_kinds(table)
        for row, (key, (value, status)) in zip(rows[1:], figures.items()):
            text = kinds[key[-1]] == "text"
            shown = row[-2] if text else row[-2].replace(",", ".")
            test.check((shown.removeprefix("'") if text else shown, row[-1]) == (value, status), table, key, "excel/:", row[-2:])


# ---- PX ----

def read_px(path):
    """Keywords with their subkey → list of values; DATA → the cells."""
    with open(path, encoding="cp1252", newline="") as file:
        text = file.read()
    head, data = text.split("DATA=", 1)
    keywords = {}
    for statement in re.findall(r'((?:[^";]|"[^"]*")+);', head):
        name, value = statement.strip().split("=", 1) if '"' not in statement.split("=", 1)[0] or "(" in statement.split("=", 1)[0] \
            else re.match(r'(.*?\))=(.*)', statement.strip(), re.S).groups()
        value = re.sub(r'"\s*\r\n\s*"', "", value)  # a text in parts
        keywords[name] = re.findall(r'"([^"]*)"', value) or [value.strip()]
    return keywords, re.findall(r'"[^"]*"|[^\s;]+', data)


PX_MANDATORY = ("CHARSET", "AXIS-VERSION", "CODEPAGE", "LANGUAGE", "CREATION-DATE", "DECIMALS", "MATRIX", "SUBJECT-CODE", "SUBJECT-AREA", "TITLE",
                "CONTENTS", "UNITS", "STUB", "HEADING", "SOURCE", "NOTEX", "NOTE")


def check_px_form(test, path, name, kinds):
    """What a strict reader asks of the file itself: bytes, lines, the keywords that must be there, subkeys that are variables and values."""
    with open(path, "rb") as file:
        raw = file.read()
    test.check(not set(raw) & {0x81, 0x8D, 0x8F, 0x90, 0x9D} and not any(byte < 32 and byte not in (10, 13) for byte in raw), name, "odd bytes")
    test.check(raw.count(b"\n") == raw.count(b"\r\n") and raw.endswith(b";\r\n"), name, "lines")
    test.check(max(map(len, raw.split(b"\r\n"))) <= 256, name, "a line is longer than 256 characters")
    keywords, cells = read_px(path)
    test.check(not [word for word in PX_MANDATORY if word not in keywords] and next(iter(keywords)) == "CHARSET", name, "keywords", list(keywords))
    axes = keywords["STUB"] + keywords["HEADING"]
    test.check(len(set(axes)) == len(axes), name, "a variable stands twice")
    for word in keywords:
        for of in re.findall(r'\((.*)\)', word):
            subjects = re.findall(r'"([^"]*)"', of)
            if word.startswith(("VALUES", "CODES", "VARIABLECODE", "DOMAIN", "ELIMINATION", "TIMEVAL", "PRECISION", "VALUENOTE")):
                test.check(subjects[0] in axes, name, word, "is of no variable")
            else:
                subjects = [keywords["CONTVARIABLE"][0]] + subjects
            test.check(len(subjects) < 2 or subjects[1] in keywords[f'VALUES("{subjects[0]}")'], name, word, "is of no value")
    for axis in axes:
        total = keywords.get(f'ELIMINATION("{axis}")')
        test.check(total is None or total[0] in keywords[f'VALUES("{axis}")'], name, axis, "is eliminated by no value of it")
    decimals = {"count": 0, "kr": 0, "months": 1, "per_cent": 1, "two": 2, "p": 3}
    most = max(decimals[kind] for kind in kinds.values())
    test.check(keywords["DECIMALS"] == [str(most)] and int(keywords["SHOWDECIMALS"][0]) <= most, name, "decimals", keywords["DECIMALS"])
    for cell in cells:
        if not re.fullmatch(r'"\.\.?"|-?\d+(\.\d{1,%d})?' % max(most, 1), cell):
            test.check(False, name, "holds", cell)


def full_cubes(tables):
    """The tables whose measures are numbers of one kind each and whose codes depend on no other dimension, with a row at least."""
    return {table for table, (names, figures) in tables.items() if figures and table != "i02_bakgrund"
            and not set(read_kinds(table).values()) & {"text", "goal", "figure"}}


def check_px(test, folder, tables):
    made = {name[:-3] for name in os.listdir(os.path.join(folder, "px"))}
    test.check(made == full_cubes(tables), "px/ of other tables than the full cubes", made ^ full_cubes(tables))
    for name in sorted(os.listdir(os.path.join(folder, "px"))):
        check_px_form(test, os.path.join(folder, "px", name), name, read_kinds(name[:-3]))
        table = name[:-3]
        names, figures = tables[table]
        keywords, cells = read_px(os.path.join(folder, "px", name))
        kinds = read_kinds(table)
        axes = keywords["STUB"] + keywords.get("HEADING", [])
        variable = [keywords[f'VARIABLECODE("{axis}")'][0] for axis in axes]
        codes = [keywords[f'CODES("{axis}")'] for axis in axes]
        for axis in axes:
            values = keywords[f'VALUES("{axis}")']
            test.check(len(set(values)) == len(values) == len(keywords[f'CODES("{axis}")']), name, axis, "values are not unique")
        if variable[-1] != "matt":
            variable, codes = variable + ["matt"], codes + [list(kinds)]
        test.check(variable == names + ["matt"], name, "axes", variable)
        seen = 0
        combinations = list(itertools.product(*codes))
        if not test.check(len(combinations) == len(cells), name, len(cells), "cells, not", len(combinations)):
            continue
        for key, cell in zip(combinations, cells):
            value, status = figures.get(key, ("0" if kinds[key[-1]] in ZERO_KINDS else "", ""))
            seen += key in figures
            wanted = '".."' if status == "skyddad" else '"."' if status == "saknas" or value == "" else value
            test.check(cell == wanted, name, key, "is", cell, "not", wanted)
        test.check(seen == len(figures), name, "lacks figures of data/")
        test.check(keywords["CODEPAGE"] == ["windows-1252"] and keywords["LANGUAGE"] == ["sv"], name, "code page or language")


# ---- the workbook ----

def number(text):
    return round(float(text), 6)


def read_sheet(book, path, strings):
    """[(row, column letters, number or text)]; a formula is a fault."""
    cells = []
    for cell in tree.fromstring(book.read(path)).iter(SPREADSHEET + "c"):
        if cell.find(SPREADSHEET + "f") is not None:
            raise ValueError(f"{path}: a formula in {cell.get('r')}")
        value = cell.find(SPREADSHEET + "v")
        if value is None:
            continue
        column, row = re.match(r"([A-Z]+)(\d+)", cell.get("r")).groups()
        cells.append((int(row), column, strings[int(value.text)] if cell.get("t") == "s" else number(value.text)))
    return cells


def read_book(path):
    with zipfile.ZipFile(path) as book:
        strings = ["".join(text.text or "" for text in item.iter(SPREADSHEET + "t"))
            for item in tree.fromstring(book.read("xl/sharedStrings.xml"))]
        names = [sheet.get("name") for sheet in tree.fromstring(book.read("xl/workbook.xml")).iter(SPREADSHEET + "sheet")]
        sheets = {name: read_sheet(book, f"xl/worksheets/sheet{i + 1}.xml", strings) for i, name in enumerate(names)}
        hidden = [sheet for sheet in tree.fromstring(book.read("xl/workbook.xml")).iter(SPREADSHEET + "sheet")
            if sheet.get("state")]
        drawn = [number(value.text) for name in book.namelist() if name.startswith("xl/charts/")
            for values in tree.fromstring(book.read(name)).iter(CHART + "val")
            for value in values.iter(CHART + "v") if value.text]
    return sheets, drawn, hidden


def check_paper(test, path):
    """Every sheet is A4 and one page wide; a page ends before a block of its own heading, not in it; Data prints its heading alone."""
    with zipfile.ZipFile(path) as book:
        whole = tree.fromstring(book.read("xl/workbook.xml"))
        names = [sheet.get("name") for sheet in whole.iter(SPREADSHEET + "sheet")]
        areas = {area.get("localSheetId"): area.text for area in whole.iter(SPREADSHEET + "definedName")
                 if area.get("name") == "_xlnm.Print_Area"}
        test.check(list(areas) == [str(names.index("Data"))] and re.fullmatch(r"Data!\$A\$1:\$[A-Z]+\$1", list(areas.values())[0]), "print areas", areas)
        breaks = 0
        for i, name in enumerate(names):
            sheet = tree.fromstring(book.read(f"xl/worksheets/sheet{i + 1}.xml"))
            setup, fit = sheet.find(SPREADSHEET + "pageSetup"), sheet.find(f"{SPREADSHEET}sheetPr/{SPREADSHEET}pageSetUpPr")
            test.check(setup.get("paperSize") == "9" and setup.get("fitToHeight") == "0" and fit is not None and fit.get("fitToPage") == "1",
                       name, "is not one A4 page wide")
            cells = collections.Counter(int(re.sub("[A-Z]", "", cell.get("r"))) for cell in sheet.iter(SPREADSHEET + "c"))
            ends = [int(end.get("id")) for end in sheet.iter(SPREADSHEET + "brk")]
            test.check(ends == sorted(set(ends)) and all(cells[end + 1] == 1 and cells[end] == 0 for end in ends),
                       name, "a page ends inside a block:", ends)
            breaks += len(ends)
        test.check(breaks > 0, "no sheet has page breaks")


def place(name):
    """"AB7" as row and column, from 1."""
    letters, row = re.fullmatch(r"([A-Z]+)(\d+)", name).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(row), column


def check_sheets(test, path):
    """As the format's readers want it: cells from left to right, rows downwards, within what their sheet says is in use."""
    with zipfile.ZipFile(path) as book:
        shared, strings = tree.fromstring(book.read("xl/sharedStrings.xml")), 0
        for name in sorted(name for name in book.namelist() if name.startswith("xl/worksheets/sheet")):
            sheet = tree.fromstring(book.read(name))
            cells = [(place(cell.get("r")), row, cell) for row in sheet.iter(SPREADSHEET + "row") for cell in row]
            places = [at for at, row, cell in cells]
            test.check(places == sorted(set(places)), name, "cells out of order")
            test.check(all(at[0] == int(row.get("r")) for at, row, cell in cells), name, "a cell in another row")
            spans = {row.get("r"): [int(end) for end in row.get("spans").split(":")] for at, row, cell in cells}
            test.check(all(spans[row.get("r")][0] <= at[1] <= spans[row.get("r")][1] for at, row, cell in cells), name, "spans")
            blocks = collections.defaultdict(lambda: (set(), set()))
            for at, row, cell in cells:
                blocks[(at[0] - 1) // 16][0].add(at[1])
                blocks[(at[0] - 1) // 16][1].add(tuple(spans[row.get("r")]))
            test.check(all(said == {(min(used), max(used))} for used, said in blocks.values()), name, "rows of sixteen span", dict(blocks))
            last = place(sheet.find(SPREADSHEET + "dimension").get("ref").split(":")[-1])
            test.check(last == (max(at[0] for at in places), max(at[1] for at in places)), name, "says it ends at", last)
            strings += sum(cell.get("t") == "s" for at, row, cell in cells)
        test.check(strings == int(shared.get("count")) and len(shared) == int(shared.get("uniqueCount")), "shared strings", strings, shared.attrib)


def nonzero(values):
    return collections.Counter(value for value in values if value != 0)


def check_book(test, folder, tables):
    sheets, drawn, hidden = read_book(os.path.join(folder, "tabeller.xlsx"))
    test.check(not hidden, "the workbook has a hidden sheet")
    for wanted in ("Läs mig", "Innehåll", "Data", "Definitioner"):
        test.check(wanted in sheets, "the workbook lacks", wanted)
    everything = set()
    for table, (names, figures) in tables.items():
        kinds = read_kinds(table)
        published = [number(value) for key, (value, status) in figures.items() if status == "" and kinds[key[-1]] != "text" and value]
        everything |= set(published)
        withheld = sum(status == "skyddad" for value, status in figures.values())
        if not test.check(table in sheets, "the workbook lacks", table):
            continue
        cells = [value for row, column, value in sheets[table] if row > 5]
        test.check(nonzero(value for value in cells if isinstance(value, float)) == nonzero(published), table, "the sheet has other numbers")
        test.check(sum(value == ".." for value in cells) == withheld, table, "the sheet withholds",
            sum(value == ".." for value in cells), "figures, not", withheld)
    rows = collections.defaultdict(dict)
    for row, column, value in sheets["Data"]:
        rows[row][column] = value
    letters = {name: column for column, name in rows[1].items()}
    wanted = [(table, value if read_kinds(table)[key[-1]] == "text" else number(value) if value else "", status)
        for table, (names, figures) in tables.items() for key, (value, status) in figures.items()
        if table != "q01_avstamning"]  # its dimensions are a table and a measure themselves
    found = [(row[letters["tabell"]], row.get(letters["varde"], ""), row.get(letters["status"], ""))
        for at, row in sorted(rows.items()) if at > 1]
    order = list(dict.fromkeys(table for table, value, status in found))
    wanted.sort(key=lambda row: order.index(row[0]) if row[0] in order else -1)
    test.check(len(found) == len(wanted), "Data has", len(found), "rows, not", len(wanted))
    for one, other in zip(found, wanted):
        if isinstance(other[1], float) or other[2]:
            test.check(one == other, "Data:", one, "not", other)
    for value in drawn + [value for row, column, value in sheets.get("Diagram", []) if isinstance(value, float)]:
        test.check(value in everything or value == 0, "a chart draws", value, "which no table publishes")
    for row, column, value in sheets.get("Mål", []):
        if isinstance(value, float):
            test.check(value in everything, "Mål shows", value, "which no table publishes")


def check_publication(test, folder):
    check_sheets(test, os.path.join(folder, "tabeller.xlsx"))
    tables = read_data(folder)
    test.check(len(tables) >= 29, "only", len(tables), "tables")
    check_excel(test, folder, tables)
    check_px(test, folder, tables)
    check_book(test, folder, tables)
    check_paper(test, os.path.join(folder, "tabeller.xlsx"))
    pages.check_report(test, folder, tables)


def named_sources(folder):
    """What the data package and the report say that the figures come from."""
    place = os.path.join(folder, "resultat", "published", "latest")
    with open(os.path.join(place, "datapackage.json"), encoding="utf-8") as file:
        package = [source["title"] for source in json.load(file)["sources"]]
    with open(os.path.join(place, "rapport.html"), encoding="utf-8") as file:
        said = re.search("<dt>Källor</dt><dd>(.*?)</dd>", file.read())
    return package, said[1]


def check_sources(test):
    """Only what was delivered is named."""
    folder = test.forbund()
    test.expect("all sources", 3, test.run("run", folder))
    package, said = named_sources(folder)
    test.check(package == ["Arbetsförmedlingen", "Försäkringskassan", "Kommunen", "Regionen", "Uppföljningsregistret över deltagare"], "sources", package)
    test.check(said == "Pseudonymiserade utdrag från Försäkringskassan, Arbetsförmedlingen, kommunerna och regionen. Förbundets "
               "uppföljningsregister över deltagare, enkäter, intresseanmälningar, volymuppgifter och ekonomi. Folkmängden står i förbundets "
               "befolkningsfil.", "sources", said)
    ini = os.path.join(folder, "forbund.ini")
    text = delivery.read(ini)
    delivery.write(ini, text[:text.index("[insats ")])
    for name in "region.csv", "sus.csv", "enkat.csv", "intresse.csv", "volym.csv", "ekonomi.csv":
        os.remove(os.path.join(folder, "extrakt", name))
    for name in "publicerat.csv", "befolkning.csv":
        if os.path.exists(os.path.join(folder, name)):
            os.remove(os.path.join(folder, name))
    test.expect("three sources", 3, test.run("run", folder))
    package, said = named_sources(folder)
    test.check(package == ["Arbetsförmedlingen", "Försäkringskassan", "Kommunen"], "sources that were not delivered", package)
    test.check(said == "Pseudonymiserade utdrag från Försäkringskassan, Arbetsförmedlingen och kommunerna.", "sources that were not delivered", said)


with delivery.Test() as test:
    for sample in ("insjoriket-2018", "alv-kust-2020", None):
        forbund = test.forbund() if sample is None else test.path(sample)
        if sample is not None:
            shutil.copytree(os.path.join(delivery.ROOT, "sample-data", sample), forbund)
        run = test.run("run", forbund, "--out", test.path("ut-" + (sample or "litet")))
        if test.check(run.returncode in (0, 3), "exit", run.returncode, run.stderr[-400:]):
            check_publication(test, test.path("ut-" + (sample or "litet"), "published", "latest"))
    check_sources(test)
