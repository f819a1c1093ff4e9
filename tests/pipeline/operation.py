"""docs/operation.md by its word: its commands are run in a copy of the places they name, its table of exits is what the program
says, and the systemd units are sound and ask for no more than the program needs."""
import json
import os
import re
import shutil
import subprocess

import delivery
from delivery import BUILD, ROOT, latest, read, swap, write

PLACES = "/opt/finsamstat", "/srv/finsam", "/etc/systemd/system", "/media/leverans", "/var/backups"
STUBS = {  # what would change the machine that tests are run on
    "useradd": "", "systemctl": "", "chown": "",
    "runuser": 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"',
    "install": 'while case $1 in -o | -g) true ;; *) false ;; esac; do shift 2; done; [ "$1" != -d ] || { shift; while case $1 in -[og]) true ;; *) false ;;'
               ' esac; do shift 2; done; exec "$REAL_install" -d "$@"; }; exec "$REAL_install" "$@"',
    "make": 'exec "$REAL_make" -s BUILD="$BUILD" "$@"',
}


class Machine:
    """The places of the document below a folder of the test's own."""

    def __init__(self, test):
        self.test, self.root = test, test.path("machine")
        for place in PLACES[1:]:
            os.makedirs(self.root + place)
        stubs = os.path.join(self.root, "stubs")
        os.mkdir(stubs)
        for name, body in STUBS.items():
            write(os.path.join(stubs, name), "#!/bin/sh\n" + body + "\n")
            os.chmod(os.path.join(stubs, name), 0o755)
        self.environment = {**os.environ, "PATH": stubs + ":" + os.environ["PATH"], "BUILD": os.environ.get("BUILD", "build"),
                            **{"REAL_" + name: shutil.which(name) or "" for name in ("make", "install")}}

    def here(self, text):
        for place in PLACES:
            text = re.sub(re.escape(place) + r"\b", self.root + place, text)
        return text

    def shell(self, text):
        return subprocess.run(["sh", "-eu", "-c", self.here(text)], cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=300)


def blocks(kind):
    return re.findall(rf"^```{kind}\n(.*?)^```$", read(os.path.join(ROOT, "docs", "operation.md")), re.M | re.S)


def check_commands(test, machine):
    """Every block of commands in turn, as they stand in the document."""
    folder = machine.root + "/srv/finsam/insjoriket"
    for name in os.listdir(os.path.join(ROOT, "sample-data", "insjoriket-2018", "extrakt")):
        shutil.copy(os.path.join(ROOT, "sample-data", "insjoriket-2018", "extrakt", name), machine.root + "/media/leverans")
    found = blocks("sh")
    test.check(len(found) == 6, "blocks of commands:", len(found))
    for text in found:
        if "history" in text:
            check_nights(test, machine, folder)
        run = machine.shell(text)
        wanted = (0, 3) if "finsamstat check" in text else (0,)
        test.check(run.returncode in wanted, "not as the document says:\n" + text, run.returncode, run.stdout[-500:], run.stderr[-500:])
    test.check(os.path.exists(machine.root + "/var/backups/insjoriket.tar.gz"), "no backup")
    held = subprocess.run(["tar", "-tzf", machine.root + "/var/backups/insjoriket.tar.gz"], capture_output=True, text=True).stdout
    test.check("insjoriket/huvudbok.nyckel\n" in held and "/approved/2018\n" in held and "internal/work/" not in held, "the backup lacks something")
    restored = test.path("restored")
    os.mkdir(restored)
    subprocess.run(["tar", "-xzpf", machine.root + "/var/backups/insjoriket.tar.gz", "-C", restored], check=True)
    before = delivery.published(os.path.join(folder, "resultat"))
    test.check(delivery.published(os.path.join(restored, "insjoriket", "resultat")) == before, "the backup's publication is another")
    test.expect("a run of what was restored", 3, test.run("run", os.path.join(restored, "insjoriket")))


def check_nights(test, machine, folder):
    """The crontab's line: nothing without the mark, silent when it publishes, and the program's last words when it fails."""
    [line] = blocks("crontab")
    test.check(line.startswith("15 2 * * *  "), "the crontab's line", line)
    line = line.split("  ", 1)[1]
    mark = os.path.join(folder, "extrakt", ".KLAR")
    os.rename(mark, mark + "-")
    shutil.rmtree(folder + "/resultat", ignore_errors=True)  # the sample of a tree in which it was run brings its own
    run = machine.shell(line)
    test.check(run.returncode == 0 and run.stdout + run.stderr == "" and latest(folder + "/resultat") is None, "a night without delivery", run)
    os.rename(mark + "-", mark)
    run = machine.shell(line)
    test.check(run.returncode == 0 and run.stdout + run.stderr == "" and latest(folder + "/resultat"), "a good night", run.stdout[-300:], run.stderr[-300:])
    good = latest(folder + "/resultat")
    sus = os.path.join(folder, "extrakt", "sus.csv")
    os.rename(sus, sus + "-")
    for nights in 1, 2:
        said = machine.shell(line).stdout
        test.check("[insats Balder] registrering needs it" in said and f"the earlier publication stands, that of {good}\n" in said and
                   "exit 66, an extract that the settings need is missing" in said and
                   f"next: deliver it, or change the settings; then finsamstat check {folder}\n" in said, "the alarm of a bad night", said)
        test.check(("2 runs have failed since " in said) == (nights == 2), "since when", said)
    os.rename(sus + "-", sus)
    test.check(machine.shell(line).stdout == "" and latest(folder + "/resultat") != good, "the night after")


def check_exits(test):
    """The document's table: each exit that a run can be led to says what the table does, and publishes nothing."""
    rows = dict(re.findall(r"^\| (\d+) \| ([^|]*?)(?: \||:| \()", read(os.path.join(ROOT, "docs", "operation.md")), re.M))
    test.check(set(rows) == {"0", "3", "4", "64", "65", "66", "70", "74", "75", "78"}, "exits of the table", rows)
    folder = test.forbund()
    done = test.expect("litet", 3, test.run("run", folder))
    test.check("published figures" not in done.stderr, "published figures are told of without publicerat.csv")
    good = latest(os.path.join(folder, "resultat"))

    def ends(code, run, next_words):
        what = rows[str(code)]
        test.expect(what, code, run, f"nothing was published; the earlier publication stands, that of {good}\n",
                    f"finsamstat run: exit {code}, {what}", "finsamstat run: next: " + next_words)
    ends(64, test.run("run", folder, "--tables", "nope"), "finsamstat help run")
    delivery.add(os.path.join(folder, "extrakt", "volym.csv"), "x")
    ends(65, test.run("run", folder), f"ask the supplier for a new delivery; then finsamstat check {folder}")
    os.remove(os.path.join(folder, "extrakt", "volym.csv"))
    ends(66, test.run("run", folder), f"deliver it, or change the settings; then finsamstat check {folder}")
    swap(os.path.join(folder, "forbund.ini"), "[förbund]", "[förbun]")
    ends(78, test.run("run", folder), f"mend forbund.ini; then finsamstat check {folder}")
    folder = test.forbund("two words")
    out = os.path.join(folder, "resultat")
    test.expect("litet", 3, test.run("run", folder))
    good = latest(out)
    shutil.rmtree(os.path.join(out, "internal", "work"))
    write(os.path.join(out, "internal", "work"), "")
    ends(74, test.run("run", folder), f"df -h '{out}'; ls -ld '{out}'; then finsamstat run '{folder}'")
    told = json.loads(test.run("run", folder, "--json").stdout)
    test.check(told["latest"] == good and told["next"].startswith("df -h ") and told["exit"] == 74, "run --json of a failed run", told)


def check_units(test, machine):
    if not shutil.which("systemd-analyze"):
        print("systemd is not installed: the units were not looked at")
        return
    units = sorted(os.listdir(machine.root + "/etc/systemd/system"))
    test.check(units == ["finsamstat-alarm@.service", "finsamstat@.service", "finsamstat@.timer"], "units", units)
    for name in units:
        path = os.path.join(machine.root, "etc/systemd/system", name)
        write(path, machine.here(read(path)))
    paths = [os.path.join(machine.root, "etc/systemd/system", name) for name in units]
    run = subprocess.run(["systemd-analyze", "verify", *paths], capture_output=True, text=True)
    test.check(run.returncode == 0 and machine.root not in run.stderr, "systemd-analyze verify:", run.stderr)
    run = subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=10", "--no-pager", paths[1]], capture_output=True, text=True)
    test.check(run.returncode == 0, "systemd-analyze security: an exposure above 1.0:", run.stdout[-300:], run.stderr)
    check_calls(test, read(paths[1]))


def check_calls(test, unit):
    """The filter lets every system call of a run through."""
    log = test.path("calls")
    if not shutil.which("strace") or subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True).returncode != 0:
        print("strace is not installed, or may not trace: the filter of system calls was not tried")
        return

    def calls_of(name):
        if not name.startswith("@"):
            return {name}
        lines = subprocess.run(["systemd-analyze", "syscall-filter", name], capture_output=True, text=True, check=True).stdout.split("\n")[1:]
        words = [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]
        return set().union(*map(calls_of, words))
    allowed = set()
    for line in re.findall(r"^SystemCallFilter=(.*)$", unit, re.M):
        for word in line.lstrip("~").split():
            allowed = allowed - calls_of(word) if line.startswith("~") else allowed | calls_of(word)
    folder = test.forbund()
    for words in ("run", folder, "--jobs", "2"), ("run", folder), ("prune", folder):
        run = subprocess.run(["strace", "-f", "-qq", "-e", "signal=none", "-o", log, delivery.PROGRAM, *words], capture_output=True, text=True)
        test.check(run.returncode in (0, 3), "traced", *words, run.stderr[-300:])
        used = set(re.findall(r"^\d+ +(?:<\.\.\. )?(\w+)[( ]", read(log), re.M))
        if os.geteuid() == 0:
            used.discard("fchown")  # SQLite gives its journal to the owner of the file, as root alone
        test.check(used and used <= allowed, "the unit forbids", sorted(used - allowed))


with delivery.Test() as test:
    machine = Machine(test)
    check_commands(test, machine)
    check_exits(test)
    check_units(test, machine)
