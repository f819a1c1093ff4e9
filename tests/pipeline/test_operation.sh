#!/bin/sh
# docs/operation.md by its word, and the systemd units (operation.py). Exit 77 without python3.
set -u
cd "$(dirname "$0")/../.." || exit 1
if ! command -v python3 >/dev/null 2>&1; then
	echo "python3 is not installed"
	exit 77
fi
export ASAN_OPTIONS="detect_leaks=0:${ASAN_OPTIONS:-}" # the search for leaks does not work under strace
PYTHONDONTWRITEBYTECODE=1 exec python3 tests/pipeline/operation.py
