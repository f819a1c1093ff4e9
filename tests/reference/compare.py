#!/usr/bin/env python3
"""Recompute the figures of a förbund folder and compare them with a run.

    python3 compare.py DIR AGGREGATE_DIR [--tables m01,m03]

AGGREGATE_DIR holds <table>.csv as in OUT/internal/<run>/aggregate.  Numbers
agree to relative 1e-9 (or an absolute difference of rounding noise), texts
exactly, status exactly.  A combination without a row means 0, or cannot be
computed; a margin must have its row.  Each difference is printed; the last
line says how many figures were compared.  Exit 0: all agree, 1: differences.
A table that AGGREGATE_DIR lacks altogether is a difference.
"""
import csv
import os
import sys

sys.dont_write_bytecode = True
import reference  # noqa: E402

RELATIVE = 1e-9
ABSOLUTE = 1e-9
ABSOLUTE_KR = 1e-7      # sums of many kr amounts that cancel (e tables)


def read_aggregate(path, table):
    """{dims: {matt: (varde, status)}} of the measures that the reference knows, and a list of faults"""
    rows, faults = {}, []
    with open(path, encoding="utf-8", newline="") as f:
        reader = csv.reader(f)
        header = next(reader)
        expected = table.dims + ["matt", "varde", "status"]
        if header != expected:
            return rows, ["header %s, expected %s" % (",".join(header), ",".join(expected))]
        n = len(table.dims)
        previous = None
        for fields in reader:
            dims, (matt, varde, status) = tuple(fields[:n]), fields[n:]
            order = table.order(dims)
            if previous is not None and order < previous:
                faults.append("%s: not in bytewise order" % "|".join(dims))
            previous = order
            if matt in table.measures:
                if matt in rows.setdefault(dims, {}):
                    faults.append("%s %s: the row stands twice" % ("|".join(dims), matt))
                rows[dims][matt] = (varde, status)
    return rows, faults


def as_pair(value):
    return ("", "saknas") if value is reference.SAKNAS else (reference.as_text(value), "")


def to_float(text):
    try:
        return float(text)
    except ValueError:
        return None


def same(mine, theirs, absolute):
    if mine[1] != theirs[1]:
        return False
    a, b = to_float(mine[0]), to_float(theirs[0])
    if a is None or b is None:
        return mine[0] == theirs[0]
    return abs(a - b) <= max(absolute, RELATIVE * max(abs(a), abs(b)))


def is_nothing(pair, absolute):
    """0 or cannot be computed"""
    varde, status = pair
    return status == "saknas" or (status == "" and to_float(varde) is not None and abs(to_float(varde)) <= absolute)


def compare_table(table, path):
    """(differences, number of figures)"""
    if not os.path.exists(path):
        return ["no such file"], 0
    theirs, faults = read_aggregate(path, table)
    out, figures = list(faults), 0
    absolute = ABSOLUTE_KR if table.name.startswith("e") else ABSOLUTE
    mine = {dims: {m: as_pair(v) for m, v in values.items()} for dims, values in table.rows.items()}
    for dims in sorted(set(mine) | set(theirs)):
        label = "|".join(dims)
        a, b = mine.get(dims), theirs.get(dims)
        if b is None:
            figures += len(a)
            if table.is_margin(dims):
                out.append("%s: the margin has no row" % label)
            elif not all(is_nothing(p, absolute) for p in a.values()):
                out.append("%s: no row, expected %s" % (label, describe(a)))
        elif a is None:
            figures += len(b)
            if not all(is_nothing(p, absolute) for p in b.values()):
                out.append("%s: unexpected row %s" % (label, describe(b)))
        else:
            for matt in table.measures:
                if matt not in a and matt not in b:
                    continue
                figures += 1
                if matt not in b:
                    out.append("%s %s: missing, expected %s" % (label, matt, show(a[matt])))
                elif matt not in a:
                    out.append("%s %s: unexpected %s" % (label, matt, show(b[matt])))
                elif not same(a[matt], b[matt], absolute):
                    out.append("%s %s: got %s, expected %s" % (label, matt, show(b[matt]), show(a[matt])))
    return out, figures


def show(pair):
    return pair[1] or pair[0]


def describe(values):
    return " ".join("%s=%s" % (m, show(p)) for m, p in values.items())


def main(arguments):
    wanted = None
    if "--tables" in arguments:
        i = arguments.index("--tables")
        wanted = arguments[i + 1].split(",")
        del arguments[i:i + 2]
    if len(arguments) != 2:
        print("usage: compare.py DIR AGGREGATE_DIR [--tables m01,m03]", file=sys.stderr)
        return 64
    folder, aggregate = arguments
    total = bad = tables = 0
    for table in reference.compute(folder, wanted):
        differences, figures = compare_table(table, os.path.join(aggregate, table.name + ".csv"))
        for line in differences:
            print("%s: %s" % (table.name, line))
        total += figures
        bad += len(differences)
        tables += 1
    print("%d figures in %d tables compared, %d differences" % (total, tables, bad))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
