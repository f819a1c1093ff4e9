"""Makes one call after the other fail, in a run of the förbund litet: an allocation, a read, a write, a close. Whatever fails, the
run says so and leaves things clean: no crash, no partial publication, and the earlier one stands.

    faults.py [N]    N calls of each kind, evenly over the run (default 5); 0: every one
"""
import os
import shutil
import subprocess
import struct
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "pipeline"))
import delivery
from delivery import BUILD, PROGRAM, latest, swap

SHIM = os.path.join(BUILD, "tests", "faults", "fail.so")
KINDS = "alloc", "read", "write", "close"


def run(test, folder, out, kind, at):
    """The run with that call failing, and how many calls of the kind it made."""
    counter = test.path("count")
    with open(counter, "wb") as file:
        file.write(struct.pack("=Q", 0))
    environment = {**os.environ, "LD_PRELOAD": SHIM, "FAIL_KIND": kind, "FAIL_AT": str(at), "FAIL_COUNT": counter}
    done = subprocess.run([PROGRAM, "run", folder, "--out", out, "--jobs", "2"], env=environment, capture_output=True, timeout=120)
    with open(counter, "rb") as file:
        return done, struct.unpack("=Q", file.read())[0]


def state(out):
    published = os.path.join(out, "published")
    return latest(out), sorted(os.listdir(published)), delivery.files(os.path.join(published, "latest"))


def check(test, folder, before, wanted, kind, at):
    """One failing call; says what became of the run."""
    out = test.path("out")
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(before, out, symlinks=True)
    old = state(out)
    done, _ = run(test, folder, out, kind, at)
    said = done.stderr.decode(errors="replace")
    title = f"{kind} {at}: exit {done.returncode}"
    new = state(out)
    test.check(delivery.sums_hold(os.path.join(out, "published", "latest")), title, "latest is not whole")
    test.check(not [name for name in new[1] if name.startswith(".tmp")], title, "something was left:", new[1])
    if done.returncode == 74:
        test.check("finsamstat" in said and new == old, title, "not clean:", said[-600:], old[:2], new[:2])
    elif done.returncode in (0, 3):  # the call's failure did not matter
        test.check(delivery.published(out) == wanted, title, "published something else", said[-600:])
    else:
        test.check(False, title, said[-900:])
    return done.returncode


def main():
    samples = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with delivery.Test() as test:
        folder, before, other = test.forbund(), test.path("before"), test.path("wanted")
        # an earlier publication, and settings that have changed since, so that every stage works again
        test.expect("litet", 3, test.run("run", folder, "--out", before))
        shutil.rmtree(os.path.join(before, "internal", "work"))
        swap(os.path.join(folder, "forbund.ini"), "frö = 1", "frö = 2")
        counts = {}
        for kind in KINDS:
            shutil.rmtree(other, ignore_errors=True)
            shutil.copytree(before, other, symlinks=True)
            done, counts[kind] = run(test, folder, other, kind, 0)
            test.check(done.returncode == 3 and counts[kind] > 10, kind, done.returncode, counts[kind], done.stderr[-600:])
        wanted = delivery.published(other)
        for kind in KINDS:
            step = 1 if samples == 0 else max(1, counts[kind] // samples)
            codes = [check(test, folder, before, wanted, kind, at) for at in range(1 + step // 2, counts[kind] + 1, step)]
            print(f"{kind}: {counts[kind]} calls, {len(codes)} made to fail, {codes.count(74)} ended the run")


main()
