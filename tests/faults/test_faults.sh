#!/bin/sh
# Calls of a run made to fail, FAULTS of each kind in each process (default 1): see faults.py; and of the other commands, every STEPth place:
# see commands.py. `make sweep` and `make faults` make many more.
# Exit 77 without python3 or under a sanitizer.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
export BUILD
case $BUILD in *asan*|*tsan*) echo "a sanitizer has allocation functions of its own"; exit 77 ;; esac
command -v python3 >/dev/null 2>&1 || { echo "python3 is not installed"; exit 77; }
mkdir -p "$BUILD/tests/faults"
${CC:-cc} -shared -fPIC -O1 -o "$BUILD/tests/faults/fail.so" tests/faults/fail.c -ldl || exit 1
export PYTHONDONTWRITEBYTECODE=1
python3 tests/faults/faults.py "${FAULTS:-1}" || exit 1
exec python3 tests/faults/commands.py "${STEP:-80}"
