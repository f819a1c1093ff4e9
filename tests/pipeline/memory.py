"""What a stage holds at a time, in bytes a person: the peak of its memory on a small and on a larger generated delivery.
Nothing is timed. The bounds are about twice what was measured (2 threads), so that a stage which begins to hold whole files, or
a second copy of its rows, fails."""
import os
import re
import subprocess

import delivery

SMALL, LARGE = 15000, 60000
MOST_MB = {"ingest": 64}                              # whatever the size of the files
MOST_BYTES = {"ingest": 400, "link": 1400, "malgrupp": 900}  # a further person


def peaks(test, persons):
    folder = test.path(f"large{persons}")
    subprocess.run([os.path.join(delivery.BUILD, "generate"), "large", folder, "--persons", str(persons), "--kommuner", "20",
                    "--seed", "1"], check=True)
    run = test.run("run", folder, "--until", "malgrupp", "--jobs", "2")
    test.check(run.returncode in (0, 3), f"{persons} persons: exit {run.returncode}\n{run.stderr}")
    return {stage: int(megabytes) for stage, megabytes in
            re.findall(r"finsamstat (\w+): done in [0-9.]+ s(?: beside others)?, at most (\d+) MB", run.stderr)}


with delivery.Test() as test:
    small, large = peaks(test, SMALL), peaks(test, LARGE)
    for stage, most in MOST_BYTES.items():
        a_person = (large[stage] - small[stage]) * 2 ** 20 / (LARGE - SMALL)
        print(f"{stage}: {small[stage]} MB and {large[stage]} MB, {a_person:.0f} bytes a person")
        test.check(a_person <= most, f"{stage} takes {a_person:.0f} bytes a further person, more than {most}")
        test.check(large[stage] <= MOST_MB.get(stage, large[stage]), f"{stage} takes {large[stage]} MB")
