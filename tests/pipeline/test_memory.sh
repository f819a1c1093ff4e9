#!/bin/sh
# Bytes of memory a person (memory.py). Exit 77 without python3, and in a build with sanitizers, whose memory is their own.
set -u
cd "$(dirname "$0")/../.." || exit 1
if ! command -v python3 >/dev/null 2>&1; then
	echo "python3 is not installed"
	exit 77
fi
case ${BUILD:-build} in *asan* | *tsan*)
	echo "a build with sanitizers has memory of its own"
	exit 77
	;;
esac
PYTHONDONTWRITEBYTECODE=1 exec python3 tests/pipeline/memory.py
