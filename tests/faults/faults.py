"""Makes calls of a run of the förbund litet fail, one a run: allocations, opens, reads, writes, closes, renames … Whatever fails, the
run says so and ends with an exit code of the manual: no crash, no partial publication, `latest` is the old one or the new one
whole, and the next run works on what was left. A call that does not matter must not change a byte of what the stage makes.

    faults.py [N [STAGE[:KIND]…]]    N calls of each kind in each process, evenly spread (default 1); 0: every one; `places`: one
                                     from each place in the code that makes any, by its callers; `places/N`: every Nth of them.
                                     `run` as a STAGE is the process that starts the others, `check` the one of that command
"""
import json
import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "pipeline"))
import delivery
from delivery import PROGRAM, latest
from shim import EVERY, KINDS, Shim, chosen

REMOVING = "open", "read", "name", "alloc", "sync", "state"  # what keeps the process from removing what it made; the next one does
CLEAN = (74,)  # what a run may end with; 65 and the like would blame the delivery, 3 is judged by what it published


class Faults:
    """A stage is run alone (--until), what it made compared by the hashes of the manifest; publish, audit and run to the end."""

    def __init__(self, test):
        self.test = test
        self.folder, self.out, self.shim = test.forbund(), test.path("out"), Shim(test)
        test.expect("litet", 3, test.run("run", self.folder, "--out", self.out))
        self.wanted = delivery.published(self.out)
        self.tried = self.ended = 0
        self.stages = subprocess.run([PROGRAM, "help"], capture_output=True, text=True, check=True).stdout
        self.stages = [words[0] for words in (line.split() for line in self.stages.split("one of these:\n")[1].splitlines())
                       if len(words) > 2 and words[0].isalpha() and words[0].islower() and words[0] != "finsamstat"]

    def run(self, words, kind=0, *where):
        """On one thread, so that calls have the same order, but where the start of another is to fail."""
        jobs = "2" if KINDS[kind] == "thread" else "1"
        return self.shim.run(["run", self.folder, "--out", self.out, "--jobs", jobs, *words], kind, *where)

    def sites(self, words, kind, process):
        return self.shim.sites(["run", self.folder, "--out", self.out, "--jobs", "1", *words], kind, process)

    def state(self):
        published = os.path.join(self.out, "published")
        return latest(self.out), sorted(name for name in os.listdir(published) if not name.startswith("."))

    def made(self, stage):
        """{file: hash} of what the stage last made."""
        with open(os.path.join(self.out, "internal", "latest", "manifest.json"), encoding="utf-8") as file:
            stages = json.load(file)["stages"]
        return next(({made["file"]: made.get("sha256", made.get("checksum")) for made in of["writes"]} for of in stages if of["stage"] == stage), {})

    def left(self):
        """What a run makes under a name that it gives up in the end."""
        return sorted(os.path.join(part, name) for part in ("published", "internal") for name in os.listdir(os.path.join(self.out, part))
                      if name.startswith("."))

    def prune(self):
        for part in "published", "internal":
            for name in os.listdir(os.path.join(self.out, part)):
                if name.startswith("2") and name not in (latest(self.out), os.readlink(os.path.join(self.out, "internal", "latest"))):
                    shutil.rmtree(os.path.join(self.out, part, name))

    def one(self, title, words, kind, at, process, wanted, code):
        """One call made to fail; `code`: what the run ends with when none does. What an earlier failure left is where this run begins."""
        test, before, left = self.test, self.state(), self.left()
        done, _ = self.run(words, kind, at, process)
        title = f"{title} {KINDS[kind]} {at}: exit {done.returncode}"
        after = self.state()
        self.tried += 1
        self.ended += done.returncode in CLEAN
        still = self.left()
        test.check(not still or (process == 0 and KINDS[kind] in REMOVING and not set(still) & set(left)), title, "left", still)
        if after != before or self.tried % 50 == 0:
            test.check(delivery.published(self.out) == self.wanted, title, "latest holds something else", done.stderr[-600:])
        if done.returncode in CLEAN:
            test.check(done.stderr.strip() != "" and "stands" in done.stderr, title, "does not say so:", done.stderr[-600:])
            test.check(after == before, title, "but published", before, after)
            test.check("without saying why" not in done.stderr, title, done.stderr[-600:])
            test.check("signal" not in done.stderr, title, done.stderr[-600:])
        else:
            test.check(done.returncode == code, title, done.stderr[-900:])
            made = self.made(words[1])
            differ = sorted(name for name in wanted if made.get(name) != wanted[name])
            test.check(not differ, title, "other bytes in", differ[:4], done.stderr[-600:])
        if self.tried % 50 == 0:
            self.prune()

    def sweep(self, title, words, process, samples, kinds):
        """The calls of one process of `run WORDS`, by kind."""
        self.run(words)
        wanted = self.made(words[1])
        done, counts = self.run(words)
        again = self.made(words[1])
        wanted = {name: wanted[name] for name in wanted if wanted[name] == again[name]}  # the validation report has a date
        self.test.check(done.returncode in (0, 3), title, done.returncode, done.stderr[-900:])
        for kind, count in enumerate(counts[process]):
            if count == 0 or (kinds and KINDS[kind] not in kinds):
                continue
            if samples < 0:
                places = self.sites(words, kind, process)[::-samples]
            else:
                step = max(1.0, count / (samples or count))
                places = sorted({1 + int((turn + 0.5) * step) for turn in range(int(count / step))})
            if process == 0 and KINDS[kind] == "alloc":
                # before main() OpenMP's beginning, which ended with 1; OpenSSL's, which went on without its state and crashed
                places = sorted({*places, *range(1, 11), 20, 40})
            tried, ended = self.tried, self.ended
            for at in places:
                self.one(title, words, kind, min(at, count), process, wanted, done.returncode)
            if KINDS[kind] == "short":  # a sheet of the workbook had been read once, and taken for empty where less came than is there
                self.one(title, words, kind, EVERY, process, wanted, done.returncode)
        thread = KINDS.index("thread")
        if (not kinds or "thread" in kinds) and self.run(words, thread)[1][process][thread] > 0:
            self.one(title, words, thread, 1, process, wanted, done.returncode)
            if samples <= 0:
                print(f"{title} {KINDS[kind]}: {self.tried - tried} of {count} made to fail, {self.ended - ended} ended the run",
                      flush=True)
        return counts[process]


def main():
    how, _, step = (sys.argv[1] if len(sys.argv) > 1 else "1").partition("/")
    samples = -int(step or 1) if how == "places" else int(how)  # below 0: places in the code
    only = chosen(sys.argv[2:])
    with delivery.Test() as test:
        faults = Faults(test)
        for stage in [*faults.stages, "run", "check"]:
            if only and stage not in only:
                continue
            starting = stage in ("run", "check")
            # a publication that was not audited is made again: audit is the second process, that the first is sure to be publish
            words = ["--force", {"run": faults.stages[0], "check": faults.stages[0], "audit": "publish"}.get(stage, stage)]
            words += [] if stage in ("publish", "audit", "run") else ["--until", "validate" if stage == "check" else stage]
            counts = faults.sweep(stage, words, 0 if starting else 2 if stage == "audit" else 1, samples, only.get(stage))
            print(stage, *(f"{name} {count}" for name, count in zip(KINDS, counts)), flush=True)
        test.expect("afterwards", 3, test.run("run", faults.folder, "--out", faults.out))
        test.check(delivery.published(faults.out) == faults.wanted, "afterwards: other figures")
        print(f"{faults.tried} calls made to fail, {faults.ended} ended the run")


main()
