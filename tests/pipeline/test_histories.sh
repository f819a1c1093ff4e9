#!/bin/sh
# Histories of small random förbund that must publish (histories.py). Exit 77 without python3.
set -u
cd "$(dirname "$0")/../.." || exit 1
if ! command -v python3 >/dev/null 2>&1; then
	echo "python3 is not installed"
	exit 77
fi
PYTHONDONTWRITEBYTECODE=1 exec python3 tests/pipeline/histories.py
