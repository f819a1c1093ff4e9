#!/bin/sh
# Killed runs, full and read-only disks: latest is always whole (crash.py). Exit 77 without python3.
set -u
cd "$(dirname "$0")/../.." || exit 1
if ! command -v python3 >/dev/null 2>&1; then
	echo "python3 is not installed"
	exit 77
fi
export ASAN_OPTIONS="handle_segv=0:${ASAN_OPTIONS:-}" # a stage that is sent SIGSEGV dies of it, under the address sanitizer, too
PYTHONDONTWRITEBYTECODE=1 exec python3 tests/pipeline/crash.py
