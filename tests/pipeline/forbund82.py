"""A folder of many förbund (FORBUND of them: 82 are all there are), unlike in size, municipalities, years, insatser, keys and form: run
one after the other, then again four at a time, and every publication is the same to the byte."""
import concurrent.futures
import os
import random
import shutil
import subprocess
import time

import delivery
from delivery import BUILD, PROGRAM, add, extracts, latest, put, read, swap, table

FORBUND = int(os.environ.get("FORBUND", "6"))
TOGETHER = 4


def make(test, number):
    """The förbund of the number: always the same."""
    chance = random.Random(number)
    folder = test.path(f"forbund-{number:02}")
    if number % 4 == 3:  # the small sample with rows of persons left out, in another form
        shutil.copytree(test.path("litet"), folder)
        for path in extracts(folder):
            head, *rows = table(path)
            put(path, [head] + [row for row in rows if chance.random() < 0.8], chance.choice(",;\t"), chance.choice(("\n", "\r\n")))
        swap(os.path.join(folder, "forbund.ini"), "namn = ", f"namn = {number} ")
        if chance.random() < 0.5:
            add(os.path.join(folder, "forbund.ini"), f"\n[behåll]\nnätter = {chance.randrange(1, 30)}\n")
        return folder
    persons, kommuner = chance.choice((40, 150, 400, 1000, 2500)), chance.randrange(5, 12)
    subprocess.run([os.path.join(BUILD, "generate"), "large", folder, "--persons", str(persons), "--kommuner", str(kommuner), "--seed",
                    str(number), "--years", str(chance.randrange(1, 6)), "--insatser", str(chance.randrange(0, 7))], check=True)
    settings = os.path.join(folder, "forbund.ini")
    if number % 4 == 1 and "minsta antal = " in read(settings):
        swap(settings, "minsta antal = ", f"minsta antal = {chance.randrange(3, 11)} #")
    return folder


def run(folder, out):
    start = time.monotonic()
    done = subprocess.run([PROGRAM, "run", folder, "--out", out, "--jobs", "1"], capture_output=True, text=True, timeout=600)
    return folder, done, time.monotonic() - start


with delivery.Test() as test:
    folders = [make(test, number) for number in range(FORBUND)]
    expected, seconds, stopped = {}, [], []
    for folder in folders:
        _, done, took = run(folder, os.path.join(folder, "resultat"))
        seconds.append((took, os.path.basename(folder)))
        if done.returncode == 4:  # whether it should is for the tests of protection; here: that it publishes nothing
            stopped.append(os.path.basename(folder))
            test.check(latest(os.path.join(folder, "resultat")) is None, folder, "was stopped and has published")
        elif test.check(done.returncode in (0, 3), os.path.basename(folder), "exit", done.returncode, done.stderr[-700:]):
            expected[folder] = delivery.published(os.path.join(folder, "resultat"))
            test.check(delivery.sums_hold(os.path.join(folder, "resultat", "published", "latest")), folder, "is not whole")
        if os.environ.get("KEEP") and done.returncode not in (0, 3):
            shutil.copytree(folder, os.path.join(os.environ["KEEP"], os.path.basename(folder)), symlinks=True)
    start = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(TOGETHER) as pool:
        for folder, done, _ in pool.map(lambda folder: run(folder, folder + "-ut"), expected):
            test.check(done.returncode in (0, 3), os.path.basename(folder), f"{TOGETHER} at a time: exit", done.returncode, done.stderr[-700:])
            test.check(delivery.published(folder + "-ut") == expected[folder], os.path.basename(folder), "gives other bytes beside others")
    test.check(2 * len(expected) > len(folders), "too few were published:", stopped)
    print(f"{len(folders)} förbund, {len(expected)} published, stopped by the audit: {stopped}; {sum(took for took, _ in seconds):.0f} s one after the other, the longest "
          f"{max(seconds)[0]:.1f} s ({max(seconds)[1]}); {TOGETHER} at a time {time.monotonic() - start:.0f} s")
