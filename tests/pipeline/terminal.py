"""What a person at a terminal sees: the progress line of long stages, colours unless NO_COLOR, and plain lines off a terminal."""
import os
import pty
import re
import signal
import time

import delivery
from delivery import PROGRAM, swap

CLEAR = "\r\033[K"
LIMIT = 60  # seconds, after which something hangs


def watch(words, until=None, **environment):
    """What the program writes to a terminal of its own, and how it ends; it is killed once the pattern `until` is seen."""
    child, terminal = pty.fork()
    if child == 0:
        os.execve(PROGRAM, [PROGRAM, *words], {**{name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")},
                                               **environment})
    said, end = "", time.monotonic() + LIMIT
    while time.monotonic() < end:
        try:
            said += os.read(terminal, 1 << 16).decode()
        except OSError:  # the other end is closed
            break
        if until and re.search(until, said):
            os.kill(child, signal.SIGKILL)
            break
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    return said, os.waitstatus_to_exitcode(status)


def check_progress(test):
    """A simulation that takes minutes: the line tells what is done, and how long; it is drawn over itself and never among notes."""
    folder = test.forbund()
    swap(os.path.join(folder, "forbund.ini"), "simuleringar = ", "simuleringar = 1000000 #")
    said, _ = watch(("run", folder), until="payback: 0 of .*\r.*payback: 0 of ", TERM="xterm")
    lines = re.findall(r"\r\033\[K(payback: [^\r\n]*)", said)
    test.check(len(lines) >= 2 and all(re.fullmatch(r"payback: 0 of \d insatser, 0 %, \d+ s", line) for line in lines), "progress", said[-300:])
    test.check(said.count("payback: 0 of ") == len(lines), "a progress line that does not begin with an empty line", said[-300:])
    for name, value in ("TERM", "dumb"), ("TERM", ""):
        said, _ = watch(("run", folder, "--until", "insats"), **{name: value})
        test.check("\033" not in said and CLEAR not in said, "escapes on a terminal that knows none", said)
    folder = test.forbund()
    for words in (("run", folder, "--json"), ("check", folder, "--json"), ("plan", folder), ("verify", folder), ("history", folder)):
        said, _ = watch(words, TERM="xterm", NO_COLOR="1")
        test.check(" of " not in "".join(re.findall(r"\r\033\[K(\w+: [^\r\n]*)", said)), *words, "shows progress", said)


def check_colours(test):
    folder = test.forbund()
    coloured, code = watch(("check", folder), TERM="xterm")
    test.check(code == 3 and re.search("\033\\[33mfinsamstat \\w+: warning: \033\\[0m", coloured), "warnings are not coloured", code, coloured[-300:])
    for value in "1", "0":
        plain, _ = watch(("check", folder), TERM="xterm", NO_COLOR=value)
        test.check("\033[3" not in plain and "warning: " in plain, "NO_COLOR", value, plain[-300:])
    empty, _ = watch(("check", folder), TERM="xterm", NO_COLOR="")
    test.check("\033[33m" in empty, "an empty NO_COLOR counts")
    os.remove(os.path.join(folder, "extrakt", "sus.csv"))
    refused, code = watch(("check", folder), TERM="xterm")
    test.check(code == 66 and "\033[31mfinsamstat" in refused, "errors are not coloured", code, refused)
    wrong, code = watch(("run", os.path.join(folder, "none")), TERM="xterm")
    test.check(code == 78 and "\033[31mfinsamstat run: \033[0m" in wrong, "an error before the run is not coloured", code, wrong)


def check_plain(test):
    folder = test.forbund()
    run = test.expect("run", 3, test.run("run", folder, env={**os.environ, "TERM": "xterm"}))
    test.check("\033" not in run.stderr + run.stdout and "\r" not in run.stderr + run.stdout, "escapes off a terminal", run.stderr)
    for line in run.stderr.splitlines():
        test.check(line.startswith("finsamstat "), "a line of standard error that is none of the program's", line)
    done = re.findall(r"^finsamstat (\w+): done in \d+\.\d\d s(?: beside others)?, at most \d+ MB(?:, (\d+) rows written)?$", run.stderr, re.M)
    rows = {stage for stage, rows in done if rows}
    # what a stage beside the others tells has its place, however long it took
    told = [match[1] for match in re.finditer(r"^finsamstat (\w+): done in .*$", run.stderr, re.M)]
    test.check(told == "ingest link malgrupp insats payback goals reconcile protect validate publish audit".split(), "order of what is told", told)
    test.check(run.stderr.count("finsamstat validate: done in") == 1 and re.search(r"^finsamstat validate: done in \S+ s beside others,", run.stderr, re.M)
               and run.stderr.index("finsamstat protect: done") < run.stderr.index("finsamstat validate: "), "validate is not beside others", run.stderr)
    test.check(len(done) == 11 and rows == set("ingest link malgrupp insats payback goals protect".split()), "time, memory and rows", done)


with delivery.Test() as test:
    check_progress(test)
    check_colours(test)
    check_plain(test)
