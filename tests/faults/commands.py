"""Makes calls of the commands beside `run` fail, one a time, as faults.py does those of a run. A command of which a call fails says so and
ends with 74, or its answer is what it is without: never a wrong or half an answer with exit 0. What it does to the results can be done
again afterwards, and then stands as if nothing had failed.

    commands.py [N [COMMAND[:KIND]…]]    every Nth (default 1) of the places in the code that make such a call, of
                                         `approve` and `prune` fewer; 0: every call
"""
import os
import shutil
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "pipeline"))
import delivery
from delivery import latest
from shim import KINDS, Shim, chosen

START = 1, 2, 3  # allocations before the program knows what it is to do


class Commands:
    def __init__(self, test):
        self.test, self.shim = test, Shim(test)
        self.folder = test.forbund()
        self.out = os.path.join(self.folder, "resultat")
        test.expect("first run", 3, test.run("run", self.folder))
        self.first = os.path.join(self.out, "published", latest(self.out))
        volym = os.path.join(self.folder, "extrakt", "volym.csv")
        rows = delivery.table(volym)
        rows[1][-1] = str(int(rows[1][-1]) + 30)
        delivery.put(volym, rows)
        test.expect("second run", 3, test.run("run", self.folder))
        self.second = os.path.join(self.out, "published", latest(self.out))
        self.tables()
        self.kept = test.path("kept")
        shutil.copytree(self.folder, self.kept, symlinks=True)
        self.tried = self.ended = 0

    def tables(self):
        """Counts to make tables of, in the förbund's folder, which is restored."""
        counts = [[ort, alder, kon, str(freq)] for (ort, alder, kon), freq in zip(
            ((ort, alder, kon) for ort in "ABCD" for alder in ("16-19", "20-24", "25-29") for kon in "KM"),
            (3, 0, 11, 7, 2, 9, 14, 1, 0, 8, 21, 4, 6, 6, 0, 2, 17, 5, 9, 1, 3, 12, 8, 10))]
        delivery.put(self.path("micro.csv"), [["ort", "alder", "kon", "freq"], *counts])
        delivery.put(self.path("hier.csv"), [["dim", "parent", "child"], ["ort", "norr", "A"], ["ort", "norr", "B"]])
        with open(self.path("tables.json"), "w", encoding="utf-8") as file:
            file.write('{"dims": ["ort", "alder", "kon"], "tables": [["t1", ["ort", "alder"]], ["t2", ["ort", "kon"]]]}')
        done = self.test.run(*self.protect_tables("earlier.csv"))
        self.test.expect("earlier tables", 0, done)

    def path(self, name):
        return os.path.join(self.folder, name)

    def protect_tables(self, out):
        return ("protect-tables", self.path("micro.csv"), "--tables", self.path("tables.json"), "--hier", self.path("hier.csv"), "--out", self.path(out))

    def words(self):
        """COMMAND: its words, and whether it changes what lies there."""
        extract = os.path.join(self.folder, "extrakt", "fk.csv")
        earlier = self.path("earlier.csv")
        return {"show": (("show", "i01", "--internal", self.folder), False), "verify": (("verify", self.folder, "--files-only"), False),
                "diff": (("diff", self.first, self.second, "--internal", "--tables", "i01,i10"), False), "plan": (("plan", self.folder), False),
                "history": (("history", self.folder), False), "lint": (("lint", extract), False),
                "audit": (("audit", self.second), False), "audit-file": (("audit", earlier, "--hier", self.path("hier.csv")), False),
                "protect-tables": ((*self.protect_tables("later.csv"), "--ledger", earlier), True),
                "round": ((*self.protect_tables("rounded.csv"), "--round"), True), "approve": (("approve", self.second, "--year", "2018"), True),
                "prune": (("prune", self.folder), True)}

    def restore(self):
        shutil.rmtree(self.folder)
        shutil.copytree(self.kept, self.folder, symlinks=True)

    def standing(self):
        """What the commands that change something change; history.sqlite can be made again, the ledger's key is drawn."""
        found = {name: what for name, what in delivery.files(self.folder).items()
                 if "/internal/." not in name and not name.endswith((".sqlite", "huvudbok.nyckel", "huvudbok.csv", "log.jsonl", ".lock"))}
        return found, os.path.exists(os.path.join(self.folder, "huvudbok.csv"))

    @staticmethod
    def said(done, changes):
        return done.returncode, done.stdout, "" if changes else done.stderr

    @staticmethod
    def skipped(plan):
        """The stages that a plan calls up to date: where that cannot be told a stage is run, never the other way round."""
        return {words[0] for words in (line.split() for line in plan.splitlines()) if words[1:2] == ["skip"]}

    def one(self, name, words, changes, kind, at, wanted, standing):
        test = self.test
        done, _ = self.shim.run(words, kind, at)
        title = f"{name} {KINDS[kind]} {at}: exit {done.returncode}"
        self.tried += 1
        self.ended += done.returncode == 74
        if done.returncode == 74:
            test.check(done.stderr.strip() != "", title, "without a word")
        else:
            good = self.skipped(done.stdout) <= self.skipped(wanted[1]) if name == "plan" else self.said(done, changes) == wanted
            test.check(good and done.returncode == wanted[0], title, done.stdout[-300:], done.stderr[-600:])
        if changes:
            again = test.run(*words)
            test.check(again.returncode == wanted[0], title, "again:", again.returncode, again.stderr[-600:])
            test.check(self.standing() == standing, title, "again it leaves something else",
                       sorted(set(self.standing()[0].items()) ^ set(standing[0].items()))[:4])
            self.restore()

    def sweep(self, name, words, changes, step, kinds):
        done, counts = self.shim.run(words)
        wanted, standing = self.said(done, changes), self.standing()
        if changes:
            self.restore()
        self.test.check(done.returncode in (0, 65) and done.stdout + done.stderr != "", name, done.returncode, done.stderr[-600:])
        for kind, count in enumerate(counts[0]):
            if count == 0 or (kinds and KINDS[kind] not in kinds):
                continue
            places = range(1, count + 1) if step == 0 else self.shim.sites(words, kind)
            if changes and step > 0:
                self.restore()
            taken = places if step <= 1 else places[::step * 4 if changes else step]  # what changes something takes long
            for at in sorted({*taken, *(START if KINDS[kind] == "alloc" else ())}):
                self.one(name, words, changes, kind, at, wanted, standing)


def main():
    step = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    only = chosen(sys.argv[2:])
    with delivery.Test() as test:
        commands = Commands(test)
        for name, (words, changes) in commands.words().items():
            if not only or name in only:
                tried, ended = commands.tried, commands.ended
                commands.sweep(name, words, changes, step, only.get(name))
                print(f"{name}: {commands.tried - tried} calls made to fail, {commands.ended - ended} ended it", flush=True)


main()
