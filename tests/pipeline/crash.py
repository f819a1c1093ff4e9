"""Runs that are killed (KILLS of them), and disks that are full or cannot be written: `latest` is always a whole publication, the earlier
one stands, and the next run works."""
import os
import random
import shutil
import signal
import subprocess
import time

import delivery
from delivery import PROGRAM, latest

KILLS = int(os.environ.get("KILLS", "16"))
STEPS = 10  # below the room that is just enough


def kill_at(folder, moment, group):
    """A run that is killed at a moment of its life: alone, or with the stage's process. False when it had ended before."""
    run = subprocess.Popen([PROGRAM, "run", folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    time.sleep(moment)
    alive = run.poll() is None
    if alive:
        (os.killpg if group else os.kill)(run.pid, signal.SIGKILL)
    run.wait()
    return alive


def left_behind(out):
    """What is neither a run with an account nor the program's own."""
    left = [name for name in os.listdir(os.path.join(out, "published")) if name.startswith(".")]
    for name in os.listdir(os.path.join(out, "internal")):
        if name.startswith(".") or (name.startswith("2") and not os.path.exists(os.path.join(out, "internal", name, "manifest.json"))):
            left.append(name)
    return left


def check_killed(test):
    """Two deliveries in turn, read anew or with what is up to date, killed at random moments: `latest` is the one or the other."""
    folder = test.forbund()
    out, volume = os.path.join(folder, "resultat"), os.path.join(folder, "extrakt", "volym.csv")
    rows = delivery.table(volume)
    antal = rows[0].index("antal")
    deliveries = [rows, rows[:1] + [row[:antal] + [str(int(row[antal]) + 40)] + row[antal + 1:] for row in rows[1:]]]
    expected, seconds = [], 0
    for rows in deliveries:
        delivery.put(volume, rows)
        start = time.monotonic()
        test.expect("litet", 3, test.run("run", folder, "--force", "ingest"))
        seconds = max(seconds, time.monotonic() - start)
        expected.append(delivery.published(out))
    test.check(expected[0] != expected[1], "the two deliveries give the same publication")
    chance, killed, switched, turn = random.Random(1), 0, 0, 0
    before = latest(out)
    while killed < KILLS and turn < 4 * KILLS:
        turn += 1
        now = chance.randrange(2)
        delivery.put(volume, deliveries[now])
        if chance.random() < 0.7:  # all stages work
            shutil.rmtree(os.path.join(out, "internal", "work"), ignore_errors=True)
        moment = chance.random() * seconds
        alive = kill_at(folder, moment, turn % 2)
        killed += alive
        seconds *= 1 if alive else 0.97  # the machine is faster now
        said = f"killed after {moment:.3f} s:"
        found = delivery.published(out)
        switched += latest(out) != before
        test.check(found == expected[now] if latest(out) != before else found in expected, said, "latest is neither the old nor the new")
        test.check(delivery.sums_hold(os.path.join(out, "published", "latest")), said, "latest is not a whole publication")
        for words in ("show", "i01", folder), ("history", folder), ("plan", folder), ("prune", folder, "--dry-run"):
            test.expect(said + words[0], 0, test.run(*words))
        if turn % 3 == 0:
            test.expect(said + " the next run", 3, test.run("run", folder))
            test.check(delivery.published(out) == expected[now], said, "the next run gives something else")
            test.check(not left_behind(out), said, "left behind", left_behind(out))
            test.expect("prune", 0, test.run("prune", folder))
        before = latest(out)
    print(f"{turn} runs, {killed} killed at work, {switched} had published")
    test.check(killed == KILLS, "too few were killed at work:", killed)


def check_permission(test):
    """A user who may not write, or not read: said, with exit 74, and nothing of the publication is touched."""
    if os.getuid() != 0:
        print("not root: another user's rights were not tested")
        return
    folder = test.forbund()
    test.expect("litet", 3, test.run("run", folder))
    out = os.path.join(folder, "resultat")
    os.chmod(test.folder, 0o755)
    program = test.path("finsamstat")
    shutil.copy(PROGRAM, program)
    before = delivery.files(out), sorted(os.listdir(out)), latest(out)

    def run(*words):
        return subprocess.run([program, *words], capture_output=True, text=True, user=65534, group=65534, extra_groups=[])
    test.expect("OUT of another user", 74, run("run", folder), "Permission denied")
    test.expect("an OUT that may not be made", 74, run("run", folder, "--out", test.path("new")), "Permission denied", "nothing was published")
    test.expect("tables before protection", 74, run("show", "i01", "--internal", folder))
    test.expect("published tables", 0, run("show", "i01", folder))
    test.check((delivery.files(out), sorted(os.listdir(out)), latest(out)) == before, "without rights: something was changed")
    os.mkdir(test.path("own"))
    os.chown(test.path("own"), 65534, 65534)
    os.chmod(os.path.join(folder, "extrakt", "sus.csv"), 0o600)
    test.expect("an extract that may not be read", 74, run("run", folder, "--out", test.path("own", "out")), "sus.csv", "Permission denied")
    os.chmod(os.path.join(folder, "forbund.ini"), 0)
    test.expect("settings that may not be read", 74, run("run", folder, "--out", test.path("own", "out")), "Permission denied")


def check_signals(test):
    """A stage that dies is named with its signal, and the run that waits for it goes on to say so."""
    folder = test.forbund()
    test.expect("litet", 3, test.run("run", folder))
    before = latest(os.path.join(folder, "resultat"))
    delivery.swap(os.path.join(folder, "forbund.ini"), "simuleringar = ", "simuleringar = 1000000 #")
    for number, name in (signal.SIGSEGV, "Segmentation fault"), (signal.SIGKILL, "Killed"), (signal.SIGTERM, "Terminated"):
        run = subprocess.Popen([PROGRAM, "run", folder], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        said = ""
        while "payback: " not in said:  # it simulates for minutes from now on
            said += run.stderr.readline()
        children = []
        while not children:
            children = delivery.read(f"/proc/{run.pid}/task/{run.pid}/children").split()
        stage = int(children[0])
        os.kill(stage, number)
        said += run.communicate(timeout=60)[1]
        test.check(run.returncode == 70 and f"stage payback was ended by signal {int(number)} ({name})" in said, name, run.returncode, said[-500:])
        test.check("nothing was published; the earlier publication stands" in said and "--force payback" in said, name, said[-500:])
        test.check(latest(os.path.join(folder, "resultat")) == before and not os.path.exists(f"/proc/{stage}"), name, "left something")


class Disk:
    """A small file system of its own; None as path when this machine lets nobody mount one."""

    def __init__(self, test):
        self.path = test.path("disk")
        os.mkdir(self.path)
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m,nr_inodes=1000", "tmpfs", self.path], capture_output=True)
        self.path = self.path if mounted.returncode == 0 else None

    def __enter__(self):
        return self.path

    def __exit__(self, *_):
        if self.path:
            subprocess.run(["umount", self.path], check=True)


def prune(out):
    """Removes all runs but the published one."""
    for part in "published", "internal":
        for name in os.listdir(os.path.join(out, part)):
            if name.startswith("2") and name != latest(out):
                shutil.rmtree(os.path.join(out, part, name))


class Room:
    """What a disk has left: bytes, or files that may still be made."""

    def __init__(self, disk, unit, enough, step):
        self.disk, self.unit, self.enough, self.step = disk, unit, enough, step
        self.fill = os.path.join(disk, "fill")

    def leave(self, amount):
        os.mkdir(self.fill)
        state = os.statvfs(self.disk)
        if self.unit == "bytes":
            with open(os.path.join(self.fill, "all"), "wb") as file:
                file.write(b"\0" * max(0, state.f_bavail * state.f_frsize - amount))
        else:
            for number in range(state.f_ffree - amount):
                os.mknod(os.path.join(self.fill, str(number)))

    def free(self):
        shutil.rmtree(self.fill)


def fails(test, folder, room, out, amount):
    """A run with so much room left: whether it fails; and that what it says of the publication is true."""
    prune(out)
    before = latest(out), set(os.listdir(os.path.join(out, "published")))
    room.leave(amount)
    run = test.run("run", folder, "--out", out)
    room.free()
    after = latest(out), set(os.listdir(os.path.join(out, "published")))
    said = f"{amount} {room.unit} left: exit {run.returncode}"
    test.check(run.returncode in (3, 74), f"{said}:\n{run.stderr[-400:]}")
    if run.returncode == 74:
        test.check(after == before, f"{said}, but published: {before} {after}")
        test.check("the earlier publication stands" in run.stderr, f"{said}: {run.stderr[-400:]}")
    test.check(delivery.sums_hold(os.path.join(out, "published", "latest")), f"{said}: latest is not whole")
    return run.returncode == 74


def check_full(test, folder, room, out):
    """Everywhere, and in small steps about the size that is just enough, where the last files are written."""
    low, high = 0, room.enough
    test.check(fails(test, folder, room, out, low), f"no {room.unit} left is no fault")
    test.check(not fails(test, folder, room, out, high), f"{high} {room.unit} are not enough")
    while high - low > room.step:
        middle = (low + high) // 2
        if fails(test, folder, room, out, middle):
            low = middle
        else:
            high = middle
    for step in range(-STEPS, 3):
        fails(test, folder, room, out, max(0, high + step * room.step))
    for part in range(1, 6):
        fails(test, folder, room, out, low * part // 6)


def check_disk(test, disk):
    folder = test.forbund()
    out = os.path.join(disk, "out")
    test.expect("litet on a small disk", 3, test.run("run", folder, "--out", out))
    expected = delivery.published(out)
    check_full(test, folder, Room(disk, "bytes", 8 << 20, 4096), out)
    check_full(test, folder, Room(disk, "files", 400, 1), out)
    test.expect("after the full disk", 3, test.run("run", folder, "--out", out))
    test.check(delivery.published(out) == expected, "after the full disk: other figures")
    before = latest(out)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    test.expect("OUT read-only", 74, test.run("run", folder, "--out", out), "the earlier publication stands")
    test.expect("no OUT, read-only", 74, test.run("run", folder, "--out", os.path.join(disk, "new")), "nothing was published")
    test.check(latest(out) == before and delivery.published(out) == expected, "OUT read-only: the publication was touched")


def check_blocked(test):
    """A `latest` that cannot be switched: the account's fails before the publication, the publication's leaves nothing."""
    for part in "internal", "published":
        folder = test.forbund()
        out = os.path.join(folder, "resultat")
        test.expect("litet", 3, test.run("run", folder))
        if part == "published":
            os.rename(os.path.join(out, part, latest(out)), os.path.join(out, part, "kept"))
        os.remove(os.path.join(out, part, "latest"))
        os.mkdir(os.path.join(out, part, "latest"))
        before = delivery.files(os.path.join(out, "published")), sorted(os.listdir(os.path.join(out, "published"))), latest(out)
        test.expect(f"{part}/latest is a folder", 74, test.run("run", folder), "nothing was published")
        after = delivery.files(os.path.join(out, "published")), sorted(os.listdir(os.path.join(out, "published"))), latest(out)
        test.check(after == before, f"{part}/latest is a folder: something was published all the same:", before[1:], after[1:])


with delivery.Test() as test:
    check_killed(test)
    check_blocked(test)
    check_permission(test)
    check_signals(test)
    with Disk(test) as disk:
        if disk:
            check_disk(test, disk)
        else:
            print("no file system can be mounted: full and read-only disks were not tested")
