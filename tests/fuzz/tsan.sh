#!/bin/sh
# The threads of the program under clang's ThreadSanitizer, with libomp and its Archer tool: tests of the parallel parts, and a whole
# run of a sample förbund on four threads. Exit 77 where clang or libomp is missing.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo 'int main(void) { int n = 0;
#pragma omp parallel for reduction(+ : n)
for (int i = 0; i < 9; i++) n += i; return n != 36; }' >"$work/probe.c"
if ! clang -fopenmp -fsanitize=thread -o "$work/probe" "$work/probe.c" 2>/dev/null; then
	echo "clang with libomp is not installed (Debian: clang libomp-dev)"
	exit 77
fi
# What works on several threads.
threaded=$(ls tests/maths/test_parallel.c tests/maths/test_lanes.c tests/maths/test_meeting.c tests/stages/ingest/test_*.c tests/stages/link/test_*.c \
	tests/stages/malgrupp/test_counters.c tests/stages/payback/test_simulate.c tests/stages/protect/facts/test_together.c | sed "s|^|$BUILD/tsan/|; s|\.c$||")
make -j "$(nproc)" BUILD="$BUILD/tsan" CC=clang HARDEN=-O1 WARNINGS=-w SANITIZE=-fsanitize=thread "$BUILD/tsan/finsamstat" \
	"$BUILD/tsan/generate" $threaded >"$work/build" 2>&1 || {
	tail -n 30 "$work/build"
	exit 1
}
archer=$(find /usr/lib -name 'libarcher.so' 2>/dev/null | head -n 1)
export OMP_TOOL_LIBRARIES="$archer" TSAN_OPTIONS="ignore_noninstrumented_modules=1 halt_on_error=0 exitcode=66 die_after_fork=0"
failed=0
for test in $threaded; do
	"$test" >"$work/log" 2>&1 || { failed=1; echo "FAILED $test"; grep -A 30 'WARNING: ThreadSanitizer' "$work/log" | head -n 60; }
done
"$BUILD/tsan/generate" litet "$work/litet"
for copy in 1 2 3 4 5 6; do # packed files of one source, which threads inflate before their turn
	for turn in 1 2 3 4 5 6 7 8; do tail -n +2 "$work/litet/extrakt/kommun-1440.csv"; done >"$work/rows"
	for turn in 1 2 3 4 5 6 7 8; do cat "$work/rows" "$work/rows" >"$work/more" && mv "$work/more" "$work/rows"; done
	{ head -n 1 "$work/litet/extrakt/kommun-1440.csv" && cat "$work/rows"; } | gzip >"$work/litet/extrakt/kommun-9$copy.csv.gz"
done
for folder in "$work/litet" sample-data/insjoriket-2018; do
	"$BUILD/tsan/finsamstat" run "$folder" --out "$work/out" --jobs 4 >"$work/log" 2>&1
	status=$?
	if [ "$status" -ne 3 ] || grep -q 'WARNING: ThreadSanitizer' "$work/log"; then
		failed=1
		echo "FAILED run $folder: exit $status"
		grep -A 30 'WARNING: ThreadSanitizer' "$work/log" | head -n 60
		tail -n 5 "$work/log"
	fi
done
[ "$failed" = 0 ] && echo "no data race"
exit "$failed"
