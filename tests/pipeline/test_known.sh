#!/bin/sh
# Figures published earlier outside the program count as known (known.py). Exit 77 without python3.
set -u
cd "$(dirname "$0")/../.."
if ! command -v python3 >/dev/null 2>&1; then
	echo "python3 is not installed"
	exit 77
fi
python3 tests/pipeline/known.py
