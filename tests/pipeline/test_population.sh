#!/bin/sh
# Inhabitants hardly more than the persons in the tables (population.py): a random delivery and a sample. Exit 77 without python3.
set -u
cd "$(dirname "$0")/../.." || exit 1
if ! command -v python3 >/dev/null 2>&1; then
	echo "python3 is not installed"
	exit 77
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
python3 tests/reference/random_delivery.py 311 "$work/delivery311" >/dev/null || exit 1
PYTHONDONTWRITEBYTECODE=1 python3 tests/pipeline/population.py "$work/delivery311" sample-data/insjoriket-2018
