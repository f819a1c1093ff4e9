#!/bin/sh
# What the audit of a publication notices (audit.py), and that a run it stops publishes nothing. Exit 77 without python3.
set -u
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build}
if ! command -v python3 >/dev/null 2>&1; then
	echo "python3 is not installed"
	exit 77
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
"$BUILD/finsamstat" run sample-data/insjoriket-2018 --out "$work/out" >"$work/log" 2>&1
case $? in
0 | 3) ;;
*) cat "$work/log"; exit 1 ;;
esac
python3 tests/pipeline/audit.py "$BUILD/finsamstat" "$work/out"
