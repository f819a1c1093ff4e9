"""Runs of the program with one call made to fail, by the library of fail.c, and the places in the code that make such calls."""
import os
import struct
import subprocess

from delivery import BUILD, PROGRAM

SHIM = os.path.join(BUILD, "tests", "faults", "fail.so")
KINDS = "alloc", "library", "book", "open", "read", "write", "close", "sync", "name", "state", "map", "start", "short", "thread"  # as in fail.c
PROCESSES = 32
EVERY = 2 ** 64 - 1  # every call of the kind


def chosen(words):
    """WHAT:KIND of the command line, as {WHAT: kinds}; no kind: all of them."""
    only = {}
    for word in words:
        name, _, kind = word.partition(":")
        only.setdefault(name, set()).update({kind} if kind else set())
    return only


class Shim:
    def __init__(self, test):
        self.test, self.table = test, test.path("table")

    def run(self, words, kind=0, at=0, process=0, more=None):
        """finsamstat WORDS with that call failing (0: none); the counts of calls by [process][kind]."""
        with open(self.table, "wb") as file:
            file.write(bytes(PROCESSES * len(KINDS) * 8))
        environment = {**os.environ, "LD_PRELOAD": SHIM, "FAIL_KIND": str(kind), "FAIL_AT": str(at), "FAIL_PROCESS": str(process),
                       "FAIL_TABLE": self.table, **(more or {})}
        done = subprocess.run([PROGRAM, *words], env=environment, capture_output=True, text=True, errors="replace", timeout=120)
        with open(self.table, "rb") as file:
            flat = struct.unpack(f"={PROCESSES * len(KINDS)}Q", file.read())
        return done, [flat[row:row + len(KINDS)] for row in range(0, len(flat), len(KINDS))]

    def sites(self, words, kind, process=0):
        """The first call from each place in the code."""
        path = self.test.path("sites")
        if os.path.exists(path):
            os.remove(path)
        self.run(words, kind, 0, process, {"FAIL_SITES": path})
        with open(path, encoding="ascii") as file:
            return sorted({int(line) for line in file})
