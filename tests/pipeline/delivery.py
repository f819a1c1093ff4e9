"""What the tests of the command line share: the förbund litet to be changed at will, runs of it, and an account of faults.

    with delivery.Test() as test: …     BUILD names the build folder (default build), as for tests/run
"""
import csv
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
BUILD = os.path.join(ROOT, os.environ.get("BUILD", "build"))
PROGRAM = os.path.join(BUILD, "finsamstat")
SECONDS = 400  # after which a run counts as hanging


class Test:
    """A temporary folder, förbund in it, and what failed; leaving it ends the program with exit 0 or 1."""

    def __enter__(self):
        self.folder = os.path.realpath(tempfile.mkdtemp())
        self.failed = 0
        self.made = 0
        subprocess.run([os.path.join(BUILD, "generate"), "litet", self.path("litet")], check=True)
        return self

    def __exit__(self, kind, value, trace):
        shutil.rmtree(self.folder, ignore_errors=True)
        if kind is None:
            sys.exit(1 if self.failed else 0)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def check(self, truth, *what):
        if not truth:
            self.failed += 1
            print(*what)
        return truth

    def forbund(self, name=None):
        """A new förbund folder as the generator makes it."""
        self.made += 1
        folder = self.path(name or f"f{self.made}")
        shutil.copytree(self.path("litet"), folder)
        return folder

    def run(self, *words, **more):
        return subprocess.run([PROGRAM, *words], capture_output=True, text=True, errors="replace", timeout=SECONDS, **more)

    def expect(self, title, code, run, *said):
        """That a run ended so and that standard error holds each text."""
        good = self.check(run.returncode == code, f"{title}: exit {run.returncode}, not {code}:\n{run.stderr[-600:]}")
        for text in said if good else ():
            self.check(text in run.stderr, f"{title}: standard error lacks '{text}':\n{run.stderr[:1200]}")
        return run


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def write(path, text, encoding="utf-8"):
    with open(path, "w", encoding=encoding, newline="") as file:
        file.write(text)


def swap(path, old, new):
    """Replaces the first `old`, which must be there."""
    text = read(path)
    if old not in text:
        raise ValueError(f"{path} does not hold '{old}'")
    write(path, text.replace(old, new, 1))


def add(path, text):
    write(path, read(path) + text)


def table(path):
    """The records of an extract of any delimiter."""
    text = read(path).lstrip("\ufeff")
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


def put(path, rows, delimiter=",", end="\n", mark=""):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    write(path, mark + text.getvalue())


def extracts(folder):
    return sorted(os.path.join(folder, "extrakt", name) for name in os.listdir(os.path.join(folder, "extrakt")))


def latest(out):
    """The name of the newest complete publication; None without."""
    path = os.path.join(out, "published", "latest")
    return os.readlink(path) if os.path.islink(path) else None


def files(folder):
    """{path below the folder: hash of the file}."""
    found = {}
    for place, _, names in os.walk(os.path.realpath(folder)):
        for name in names:
            path = os.path.join(place, name)
            if os.path.islink(path):
                continue
            with open(path, "rb") as file:
                found[os.path.relpath(path, os.path.realpath(folder))] = hashlib.sha256(file.read()).hexdigest()
    return found


def published(out):
    return files(os.path.join(out, "published", "latest"))


def sums_hold(publication):
    """Whether every file is there with the hash that SHA256SUMS gives it, and no other."""
    wanted = dict(reversed(line.split("  ", 1)) for line in read(os.path.join(publication, "SHA256SUMS")).splitlines())
    found = files(publication)
    found.pop("SHA256SUMS")
    return wanted == found
