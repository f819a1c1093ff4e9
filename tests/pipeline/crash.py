"""Runs that are killed, and disks that are full or cannot be written: `latest` is always a whole publication, the earlier
one stands, and the next run works."""
import os
import random
import shutil
import signal
import subprocess
import time

import delivery
from delivery import PROGRAM, latest

KILLS = 30
STEPS = 10  # below the room that is just enough


def check_killed(test):
    folder = test.forbund()
    out = os.path.join(folder, "resultat")
    start = time.monotonic()
    test.expect("litet", 3, test.run("run", folder))
    seconds = time.monotonic() - start
    expected = delivery.published(out)
    chance = random.Random(1)
    for turn in range(KILLS):
        run = subprocess.Popen([PROGRAM, "run", folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        moment = chance.random() * seconds
        time.sleep(moment)
        if run.poll() is None:  # the run alone, or with the stage's process
            (os.kill if turn % 2 else os.killpg)(run.pid, signal.SIGKILL)
        run.wait()
        said = f"killed after {moment:.3f} s:"
        test.check(delivery.published(out) == expected and delivery.sums_hold(os.path.join(out, "published", "latest")),
                   said, "latest is not a whole publication")
        if turn % 3 == 0:
            test.expect(said + " the next run", 3, test.run("run", folder))
            test.check(delivery.published(out) == expected, said, "the next run gives something else")
            left = [name for name in os.listdir(os.path.join(out, "published")) if name.startswith(".")]
            test.check(not left, said, "left behind", left)


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
    with Disk(test) as disk:
        if disk:
            check_disk(test, disk)
        else:
            print("no file system can be mounted: full and read-only disks were not tested")
