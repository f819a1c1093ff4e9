"""What a run may touch: nothing outside OUT, no network, and no symbolic link leads it elsewhere."""
import os
import re
import shutil
import stat
import subprocess

import delivery
from delivery import PROGRAM, latest, read, swap, write

VICTIM = "kept as it is\n"
WRITES = re.compile(r"O_(WRONLY|RDWR|CREAT|TRUNC|APPEND|TMPFILE)")
CHANGES = ("open,openat,openat2,creat,mkdir,mkdirat,mknod,mknodat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,"
           "unlinkat,rmdir,truncate,chmod,fchmodat,chown,fchownat,lchown,setxattr,utimensat")
NETWORK = "socket,connect,bind,sendto,sendmsg,listen,accept"


def elsewhere(test, folder):
    """A folder outside OUT with a file in it that nobody may change."""
    place = test.path("elsewhere")
    shutil.rmtree(place, ignore_errors=True)
    os.mkdir(place)
    write(os.path.join(place, "victim"), VICTIM)
    return place


def untouched(test, title, place):
    test.check(os.listdir(place) == ["victim"] and read(os.path.join(place, "victim")) == VICTIM, title, "changed what it points to:",
               os.listdir(place))


def check_settings_and_extracts(test):
    for name, code, said in (("forbund.ini", 78, "a symbolic link"), ("prislista.csv", 65, "NOT_A_FILE"), ("befolkning.csv", 65, "NOT_A_FILE"),
                             ("extrakt/fk.csv", 65, "NOT_A_FILE"), ("extrakt/volym.csv", 65, "NOT_A_FILE")):
        folder = test.forbund()
        away = test.path("away.csv")
        shutil.move(os.path.join(folder, name), away)
        os.symlink(away, os.path.join(folder, name))
        test.expect(name + " that is a link", code, test.run("run", folder), said)
    folder = test.forbund()
    swap(os.path.join(folder, "forbund.ini"), "[insats Bryggan]", "[insats ../../Bryggan]")
    test.expect("a name with ../", 78, test.run("run", folder), "a name holds no '../'")
    for words in (("--tables", "../m01"), ("--tables", "/etc/passwd"), ("--until", "../ingest"), ("--force", "../../x")):
        test.expect(" ".join(words), 64, test.run("run", test.path("litet"), *words))
    test.expect("show ../", 64, test.run("show", "../../forbund", test.path("litet")))
    test.check(not os.path.exists(test.path("litet", "resultat")), "a refused command line made OUT")


def check_links(test):
    """Links planted in OUT: a folder of the program's own that is one ends the run; one in the place of a file goes."""
    folder = test.forbund()
    out = os.path.join(folder, "resultat")
    test.expect("litet", 3, test.run("run", folder))
    expected, kept = delivery.published(out), test.path("kept")
    shutil.copytree(out, kept, symlinks=True)

    def again(title, plant, code, *said):
        shutil.rmtree(out)
        shutil.copytree(kept, out, symlinks=True)
        place = elsewhere(test, folder)
        plant(place)
        test.expect(title, code, test.run("run", folder, "--force", "ingest"), *said)
        untouched(test, title, place)
        if code == 3:
            test.check(delivery.published(out) == expected and latest(out) != latest(kept), title, "published something else")

    def link(name, target=""):
        def plant(place):
            path = os.path.join(out, name)
            if os.path.isdir(path) and not os.path.islink(path):
                shutil.rmtree(path)
            elif os.path.lexists(path):
                os.remove(path)
            os.symlink(target or place, path)
        return plant

    victim = test.path("elsewhere", "victim")
    for name in "published", "internal", "internal/work":
        again(name + " is a link", link(name), 74, "a symbolic link; name the folder itself")
    for target in "", victim, "../../../elsewhere", "/etc", "nowhere":
        for part in "published", "internal":
            again(f"{part}/latest points to {target}", link(part + "/latest", target), 3)
    for name in ("published/.latest", "internal/.latest", "internal/work/fk.col", "internal/work/person.col", "internal/work/ingest.record"):
        again(name + " is a link", link(name, victim), 3)
    again("leftovers that are links", lambda place: [os.symlink(place, os.path.join(out, part, ".tmp-x")) for part in ("published", "internal")], 3)
    again(".lock is a link", link(".lock", victim), 74)
    for part in "published", "internal":  # what the run before made: skipped files are taken over by content alone
        run = latest(kept)
        again(f"{part}/{run} is a link", link(f"{part}/{run}"), 3)
    shutil.rmtree(out)
    place = elsewhere(test, folder)
    os.symlink(place, out)
    test.expect("OUT is a link", 74, test.run("run", folder), "a symbolic link; name the folder itself")
    untouched(test, "OUT is a link", place)

    # what reads earlier runs is not led astray either
    os.remove(out)
    shutil.copytree(kept, out, symlinks=True)
    os.symlink(victim, os.path.join(out, "internal", "history.sqlite"))
    test.expect("history.sqlite is a link", 0, test.run("history", folder))
    os.symlink(place, os.path.join(out, "internal", "20200101T000000Z"))
    os.symlink(place, os.path.join(out, "published", "20200101T000000Z"))
    test.expect("prune of links", 0, test.run("prune", folder))
    os.symlink(place, os.path.join(out, "internal", "approved"))
    test.expect("approved is a link", 74, test.run("approve", folder, "--year", "2018"))
    untouched(test, "history, prune and approve", place)
    os.remove(os.path.join(out, "published", "latest"))
    os.symlink("../../../elsewhere", os.path.join(out, "published", "latest"))
    for words in ("verify", folder), ("show", "i01", folder), ("diff", folder, folder):
        run = test.run(*words)
        test.check(run.returncode in (64, 74) and VICTIM.strip() not in run.stdout + run.stderr, *words, run.returncode, run.stderr)


def whole_calls(lines):
    """The calls of a trace, in the order they were begun: one that another thread's broke off is joined with its own thread's rest."""
    calls, begun = [], {}
    for line in lines:
        thread = line.split(" ", 1)[0]
        if rest := re.match(r"\d+ +<\.\.\. \w+ resumed>(.*)", line):
            if thread in begun:
                calls[begun.pop(thread)] += rest[1]
            continue
        if line.endswith(" <unfinished ...>"):
            begun[thread] = len(calls)
            line = line.removesuffix(" <unfinished ...>")
        calls.append(line)
    return calls


def check_whole_calls(test):
    """Two threads' calls that break each other off, and a call between them, which stays."""
    said = ['11 mkdir("a" <unfinished ...>', '12 openat(AT_FDCWD, "b", O_CREAT|O_EXCL <unfinished ...>', '13 unlink("c") = 0',
            '12 <... openat resumed>, 0666) = 7', '11 <... mkdir resumed>, 0700) = 0']
    test.check(whole_calls(said) == ['11 mkdir("a", 0700) = 0', '12 openat(AT_FDCWD, "b", O_CREAT|O_EXCL, 0666) = 7', '13 unlink("c") = 0'],
               "a trace of several threads", whole_calls(said))


def traced(test, *words):
    """The calls of the program and its stages that change files or reach a network: (call, all it says)."""
    log = test.path("trace")
    run = subprocess.run(["strace", "-f", "-qq", "-s", "4096", "-e", f"trace={CHANGES},{NETWORK}", "-e", "signal=none", "-o", log, PROGRAM, *words],
                         capture_output=True, text=True)
    lines = whole_calls(read(log).splitlines()) if os.path.exists(log) else []
    return run, [(match[1], line) for line in lines if (match := re.match(r"\d+ +(\w+)\(", line))]


def check_trace(test):
    if not shutil.which("strace") or subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True).returncode != 0:
        print("strace is not installed, or may not trace: calls were not looked at")
        return
    folder = test.forbund()
    out = test.path("out")
    os.mkdir(out)
    test.expect("run", 3, test.run("run", folder, "--out", out))
    for words in (("run", folder, "--out", out, "--force", "ingest"), ("check", folder, "--out", out), ("verify", os.path.join(out, "published", "latest")),
                  ("history", folder, "--out", out), ("diff", out, out),
                  ("prune", folder, "--out", out), ("plan", folder, "--out", out), ("show", "i01", folder, "--out", out)):
        run, calls = traced(test, *words)
        test.check(run.returncode in (0, 3) and (calls or words[0] in ("diff", "plan", "show")), *words, run.stderr[-300:])
        made = set()
        for call, line in calls:
            test.check(call not in NETWORK.split(","), *words, "reaches for a network:", line)
            if call in NETWORK.split(",") or (call.startswith("open") and not WRITES.search(line)):
                continue
            paths = re.findall(r'"((?:[^"\\]|\\.)*)"', line)
            inside = all(path.startswith(out + "/") or path == out or path in ("/dev/null", "/proc/self/exe") or not path.startswith("/")
                         for path in paths)
            test.check(inside and paths, *words, "writes outside OUT:", line)
            if "O_CREAT" in line and call.startswith("open") and not made & set(paths):
                fixed = re.search(r"/(\.lock|log\.jsonl|history\.sqlite(-journal)?)\"", line)
                test.check(("O_NOFOLLOW" in line or "/.xlsx-" in line) and ("O_EXCL" in line or fixed),
                           *words, "makes a file without O_EXCL|O_NOFOLLOW:", line)
            made |= {path for path in paths if "O_EXCL" in line}  # the workbook's library opens what the program has made


def check_outside(test):
    """Beside OUT everything is as it was, whatever happens in it."""
    folder = test.forbund()
    out = test.path("here", "out")
    os.mkdir(test.path("here"))

    def state():
        return {path: (oct(os.lstat(path).st_mode), os.lstat(path).st_mtime_ns, os.lstat(path).st_ino)
                for place, folders, names in os.walk(test.folder) for path in [place] + [os.path.join(place, name) for name in names]
                if not path.startswith(test.path("here"))}
    before = state()
    for words in (("run",), ("check",), ("run", "--force", "link"), ("run", "--tables", "i01"), ("run", "--until", "insats"), ("prune",), ("history",)):
        run = test.run(words[0], folder, "--out", out, *words[1:])
        test.check(run.returncode in (0, 3), *words, run.stderr[-300:])
    test.expect("verify", 0, test.run("verify", os.path.join(out, "published", "latest")))
    write(os.path.join(folder, "extrakt", "fk.csv"), read(os.path.join(folder, "extrakt", "fk.csv")) + "x")
    before.update({path: value for path, value in state().items() if path.endswith("fk.csv")})
    test.expect("a refused delivery", 65, test.run("run", folder, "--out", out))
    after = state()
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    test.check(not changed, "changed outside OUT:", changed)
    for place, folders, names in os.walk(os.path.join(out, "internal")):
        for path in [place] + [os.path.join(place, name) for name in names]:
            mode = os.lstat(path).st_mode
            test.check(stat.S_ISLNK(mode) or stat.S_IMODE(mode) == (0o700 if stat.S_ISDIR(mode) else 0o600), path, oct(mode))


with delivery.Test() as test:
    check_settings_and_extracts(test)
    check_links(test)
    check_outside(test)
    check_whole_calls(test)
    check_trace(test)
