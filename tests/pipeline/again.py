"""Runs again: what is up to date is skipped by content, `plan` says it before, a run that skips gives the same bytes as one
that does not, and whatever is changed, gone or damaged is made anew."""
import json
import os
import shutil
import subprocess

import delivery
from delivery import add, put, read, swap, table

STAGES = "ingest link validate malgrupp insats payback goals protect publish".split()  # audit looks at every publication and is never skipped


def internal(out):
    return os.path.realpath(os.path.join(out, "internal", "latest"))


def manifest(out):
    return json.loads(read(os.path.join(internal(out), "manifest.json")))


def worked(out):
    return [stage["stage"] for stage in manifest(out)["stages"] if not stage["skipped"] and stage["stage"] in STAGES]


def planned(test, folder, *words):
    plan = json.loads(test.expect("plan", 0, test.run("plan", folder, "--json", *words)).stdout)
    plan = [row for row in plan if row["stage"] in STAGES]
    return ([row["stage"] for row in plan if row["does"] == "run"], [row["stage"] for row in plan if row["perhaps"]],
            {row["stage"]: row["why"] for row in plan})


def everything(out):
    """Every file that a run gives but its account of itself and of the run before: hash by name."""
    own = "manifest.json", "log.jsonl", "validation.json", "validation.html"
    found = {name: value for name, value in delivery.files(internal(out)).items() if name not in own}
    return {**found, **{"published/" + name: value for name, value in delivery.published(out).items()}}


def check(test, folder, title, change, works, why="", words=()):
    """After the change the plan names the stages that work (and no less), the run agrees, and gives what a fresh run does."""
    out = os.path.join(folder, "resultat")
    change()
    run, perhaps, reasons = planned(test, folder, *words)
    test.check(set(works) <= set(run) and set(run) - set(perhaps) <= set(works), f"{title}: planned {run}, perhaps {perhaps}")
    test.check(not why or any(why in reason for reason in reasons.values()), f"{title}: no reason says '{why}':", reasons)
    done = test.expect(title, 3, test.run("run", folder, *words))
    test.check(worked(out) == works, f"{title}: worked {worked(out)}, not {works}")
    if not works or len(works) == len(STAGES):
        return
    fresh = test.path("fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    anew = test.expect(title + ", fresh", 3, test.run("run", folder, "--out", fresh, *words))
    test.check(everything(out) == everything(fresh), f"{title}: other bytes than a fresh run in",
               [name for name, value in everything(fresh).items() if everything(out).get(name) != value][:5])
    warnings = lambda run: sorted(line for line in run.stderr.splitlines() if "warning:" in line and "listed in" not in line)
    test.check(warnings(done) == warnings(anew), f"{title}: warnings", warnings(done), warnings(anew))


with delivery.Test() as test:
    folder = test.forbund()
    out, ini = os.path.join(folder, "resultat"), os.path.join(folder, "forbund.ini")
    extract = lambda name: os.path.join(folder, "extrakt", name)
    nothing = lambda: None
    later = STAGES[STAGES.index("goals"):]

    check(test, folder, "first", nothing, STAGES, "nothing is kept of an earlier time")
    check(test, folder, "nothing changed", nothing, [])
    check(test, folder, "jobs", nothing, [], words=("--jobs", "3"))
    check(test, folder, "a goal", lambda: swap(ini, "mål = deltagare: minst", "mål = deltagare: högst"), later, "mål = deltagare: högst")
    check(test, folder, "a setting less", lambda: swap(ini, "konfidensgrad = 95 %\n", ""), ["insats", "goals", "protect", "publish"],
          "the settings have changed: [redovisning] konfidensgrad = 95 % (gone)")
    check(test, folder, "a goal less", lambda: swap(ini, "mål = nya: högst 5\n", ""), later, "have changed: [insats Bryggan] mål = nya: högst 5 (gone)")
    check(test, folder, "a comment", lambda: add(ini, "\n# a note\n"), [])
    check(test, folder, "time stamps", lambda: [os.utime(os.path.join(place, name), (1, 1)) for place in (folder, os.path.join(folder, "extrakt"))
                                               for name in os.listdir(place)], [])
    check(test, folder, "the name", lambda: swap(ini, "namn = ", "namn = Nya "), ["validate", "publish"], "namn = Nya")
    check(test, folder, "keep rules", lambda: add(ini, "[behåll]\nnätter = 3\n"), [])
    check(test, folder, "a target group", lambda: swap(ini, "ålder = 16–", "ålder = 18–"), ["malgrupp", "protect", "publish"], "[målgrupp")
    check(test, folder, "the period", nothing, STAGES[1:], "[förbund] period", ("--period", "2018-01–2018-07"))
    check(test, folder, "the period back", nothing, STAGES[1:], "[förbund] period")

    # what comes out as before ends the chain
    rows = table(extract("fk.csv"))
    check(test, folder, "the same rows in another order", lambda: put(extract("fk.csv"), [rows[0]] + rows[:0:-1]), ["ingest", "link", "validate"],
          "extrakt/fk.csv has changed")
    same_size = read(extract("enkat.csv"))
    check(test, folder, "as many bytes", lambda: swap(extract("enkat.csv"), same_size, same_size[:-3] + ("8" if same_size[-3] != "8" else "7") + same_size[-2:]),
          ["ingest", "link", "validate", "insats"], "extrakt/enkat.csv has changed")
    check(test, folder, "prices only", lambda: swap(os.path.join(folder, "prislista.csv"), ";2018;", ";2017;"),
          ["ingest", "payback", "protect", "publish"], "prislista.csv has changed")
    check(test, folder, "a file with another name", lambda: os.rename(extract("volym.csv"), extract("volym-ny.csv")), ["ingest", "link", "validate"],
          "extrakt/volym-ny.csv is new")
    check(test, folder, "--force", nothing, ["malgrupp"], "--force asks for it", ("--force", "malgrupp"))

    work = os.path.join(out, "internal", "work")

    def damage(path, how):
        os.remove(path) if how == "gone" else add(path, "x") if how == "longer" else flip(path)

    def flip(path):
        at = os.path.getsize(path) // 2
        with open(path, "r+b") as file:
            file.seek(at)
            byte = file.read(1)
            file.seek(at)
            file.write(bytes([byte[0] ^ 1]))

    for how in "gone", "flipped":
        check(test, folder, "a column file " + how, lambda: damage(os.path.join(work, "person.col"), how), ["link"], "persons/person")
        check(test, folder, "a table " + how, lambda: damage(os.path.join(internal(out), "aggregate", "m01_forsorjningsmatt.csv"), how),
              ["malgrupp"], "aggregate/m01")
        check(test, folder, "a publication " + how, lambda: damage(os.path.join(out, "published", "latest", "rapport.html"), how),
              ["publish"], "publication/rapport.html")
    for name in os.listdir(work):
        if name.endswith(".record"):
            flip(os.path.join(work, name))
    check(test, folder, "records damaged", nothing, STAGES)
    check(test, folder, "internal/work gone", lambda: shutil.rmtree(work), STAGES)
    check(test, folder, "earlier runs gone", lambda: [shutil.rmtree(os.path.join(out, part, name)) for part in ("internal", "published")
                                                      for name in os.listdir(os.path.join(out, part)) if name.startswith("2")],
          [stage for stage in STAGES if stage != "link"])  # what link makes is in work alone

    # narrower runs take what there is, and leave it
    test.expect("--tables", 3, test.run("run", folder, "--tables", "m03,i01"))
    test.check("ingest" not in worked(out) and "link" not in worked(out), "--tables reads the extracts again", worked(out))
    check(test, folder, "after --tables", nothing, [])

    test.expect("check", 3, test.run("check", folder))
    test.check(worked(out) == [], "check works again", worked(out))
    check(test, folder, "after check", nothing, [])
    run, _, _ = planned(test, folder, "--until", "link")
    test.check(run == [], "plan --until")

    # a narrower run that finds nothing makes no more than its tables need, of the same figures; who asks for more then gets it
    sample, kept = os.path.join("sample-data", "alv-kust-2020"), test.path("narrow")
    column = lambda name: os.path.getsize(os.path.join(kept, "internal", "work", name + ".col"))

    def counted(title, works, *words):
        """Works, and gives the tables before protection that do not depend on whether others are asked for: by name."""
        simulated = "e02_", "e07_", "simulering"
        test.expect(title, 3, test.run("run", sample, "--out", kept, "--until", "goals", *words))
        done = worked(kept)
        test.check(set(works) <= set(done) and ("link" in works) == ("link" in done), f"{title}: worked {done}")
        return {name: value for name, value in delivery.files(internal(kept)).items()
                if name.startswith(("aggregate/", "support/")) and not name.split("/")[1].startswith(simulated)}

    few = counted("--tables first", ["ingest", "link"], "--tables", "m03,i01"), column("bistand")
    counted("--tables again", [], "--tables", "m04,e01")
    whole = counted("all after --tables", ["link", "malgrupp"])
    test.check(few[1] < column("bistand") / 2, "link makes what m03 does not need", few[1], column("bistand"))
    test.check(len(few[0]) > 20 and whole == {**whole, **few[0]}, "--tables gives other figures",
               [name for name, value in few[0].items() if whole.get(name) != value])
    counted("--tables last", [], "--tables", "m03")
    for wanted in "m01", "m02":
        shutil.rmtree(kept)
        one = counted("--tables " + wanted, ["link"], "--tables", wanted)
        test.check(column("bistand") > 2 * few[1], wanted + " lacks records")
        test.check(any(name.startswith("aggregate/" + wanted) for name in one) and whole == {**whole, **one}, wanted + " has other figures")
    counted("all after m02", ["malgrupp"])

    # a refused delivery keeps nothing of it, and the next good one is read
    good = read(extract("fk.csv"))
    add(extract("fk.csv"), good.splitlines()[1].replace(good.splitlines()[1].split(",")[0], "198112289874") + "\n")
    test.expect("a personnummer", 65, test.run("run", folder))
    test.check(not os.path.exists(os.path.join(work, "fk.col")) and not os.path.exists(os.path.join(work, "ingest.record")),
               "a refused delivery is kept")
    test.check("198112289874" not in "".join(read(os.path.join(internal(out), name)) for name in ("manifest.json", "log.jsonl")),
               "the account holds the personnummer")
    check(test, folder, "the good delivery again", lambda: swap(extract("fk.csv"), read(extract("fk.csv")), good), ["ingest"])

    # another program, or one with other schemas, trusts nothing of the former
    other = test.path("finsamstat")
    shutil.copy(delivery.PROGRAM, other)
    with open(other, "ab") as file:
        file.write(b"\0")
    plan = json.loads(subprocess.run([other, "plan", folder, "--json"], capture_output=True, text=True).stdout)
    test.check(all(row["does"] == "run" and row["why"].startswith(("the program is another one", "it looks at every")) for row in plan),
               "plan with another program", plan)
    before = delivery.published(out)
    test.expect("another program", 3, subprocess.run([other, "run", folder], capture_output=True, text=True))
    test.check(worked(out) == STAGES and delivery.published(out) == before, "another program: worked", worked(out))
    check(test, folder, "the program back", nothing, STAGES, "the program is another one")
    before = read(ini)
    swap(ini, "simuleringar = ", "simuleringar = 9000 #")
    swap(ini, "dödvikt = ", "dödvikt = 21 % #")
    test.check(" (and 1 more)" in planned(test, folder)[2]["payback"], "the reason of two changes", planned(test, folder)[2])
    swap(ini, read(ini), before)

    # the manifest
    said = manifest(out)
    rows = {row["file"]: row for row in said["inputs"]}
    test.check(rows["extrakt/af.csv"]["rows"] == len(table(extract("af.csv"))) - 1, "rows of af", rows["extrakt/af.csv"])
    for name, row in rows.items():
        test.check(row["sha256"] == delivery.files(folder)[name], "hash of", name)
    for row in said["publication"]:
        test.check(row["sha256"] == delivery.published(out)[row["file"]], "hash of", row["file"])
    test.check(read(os.path.join(internal(out), "forbund.ini")) == read(ini), "the settings beside the run")

    # the plan of what cannot run, and of what has not run
    shutil.move(extract("sus.csv"), test.path("sus.csv"))
    test.expect("plan without sus", 66, test.run("plan", folder), "sus")
    test.expect("run without sus, all else up to date", 66, test.run("run", folder), "sus", "the earlier publication stands")
    shutil.move(test.path("sus.csv"), extract("sus.csv"))
    test.expect("plan --force nope", 64, test.run("plan", folder, "--force", "nope"))
    test.expect("run --force nope", 64, test.run("run", folder, "--force", "nope"))
    elsewhere = test.path("elsewhere")
    test.expect("plan of a new OUT", 0, test.run("plan", folder, "--out", elsewhere))
    test.check(not os.path.exists(elsewhere), "plan made a folder")
