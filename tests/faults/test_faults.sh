#!/bin/sh
# Some calls of a run made to fail: see faults.py. `make faults` makes many more.
command -v python3 >/dev/null || { echo "python3 is missing"; exit 77; }
BUILD=${BUILD:-build}
case $BUILD in *asan*|*tsan*) echo "a sanitizer has allocation functions of its own"; exit 77 ;; esac
mkdir -p "$BUILD/tests/faults"
${CC:-cc} -shared -fPIC -O1 -o "$BUILD/tests/faults/fail.so" tests/faults/fail.c -ldl || exit 1
exec python3 tests/faults/faults.py "${FAULTS:-3}"
