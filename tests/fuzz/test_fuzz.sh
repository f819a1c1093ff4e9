#!/bin/sh
# Fuzzes each reader for FUZZ_SECONDS (default 1), beginning with the project's own files; a crash is printed with its input. Exit 77
# where clang or its fuzzer is missing. Crashes become files of tests/fuzz/crashes/NAME, which every run tries first.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
case $BUILD in *asan* | *tsan*) echo "the fuzzers have sanitizers of their own"; exit 77 ;; esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo 'int LLVMFuzzerTestOneInput(const char *d, unsigned long n); int LLVMFuzzerTestOneInput(const char *d, unsigned long n) { return !d && n; }' >"$work/probe.c"
if ! clang -fsanitize=fuzzer,address -o "$work/probe" "$work/probe.c" 2>/dev/null; then
	echo "clang with libFuzzer is not installed (Debian: clang)"
	exit 77
fi
make -s -j 2 BUILD="$BUILD/fuzz" CC=clang OPENMP= HARDEN=-O1 WARNINGS=-w SANITIZE="-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined" fuzzers >"$work/build" 2>&1 || {
	cat "$work/build"
	exit 1
}
mkdir "$work/csv" "$work/scalars" "$work/settings" "$work/schema" "$work/gzip" "$work/run"
for file in sample-data/*/extrakt/sus.csv sample-data/*/extrakt/intresse.csv; do
	{ printf '\004\377\020\003\100'; head -n 20 "$file"; } >"$work/csv/$(echo "$file" | tr / _)"
done
printf '\000\003\007\020\001a,b\n"x ""y"" z","1\n2"\r\n' >"$work/csv/quoted"
for kind in 1 3 5 7; do # of fuzz_gzip.c: whole, cut, a bit, trailing
	{ printf "\\00$kind\\021\\001"; head -n 9 sample-data/insjoriket-2018/prislista.csv; } >"$work/gzip/made$kind"
done
{ printf '\000\007\000'; head -n 9 sample-data/insjoriket-2018/prislista.csv | gzip -n; } >"$work/gzip/any"
n=0
for text in 1234,50 -17 2018-02-28 2018-12 191212121212 'AO:75|SU:25' 16-19 1e5 0x10 '^[a-c]{1,3}(x|y)?$' 121212-1212; do
	n=$((n + 1)) && printf %s "$text" >"$work/scalars/$n"
done
cp sample-data/insjoriket-2018/forbund.ini "$work/settings/1"
cp sample-data/alv-kust-2020/forbund.ini "$work/settings/2"
cp schemas/extrakt/*.json schemas/tabeller/m01_forsorjningsmatt.json "$work/schema/"
failed=0
programs=$(cd "$BUILD/fuzz/tests/fuzz" && pwd)
for name in csv gzip scalars settings schema; do
	[ -d "tests/fuzz/crashes/$name" ] && cp "tests/fuzz/crashes/$name/"* "$work/$name/"
	if ! (cd "$work/run" && "$programs/fuzz_$name" -seed=1 -max_total_time="${FUZZ_SECONDS:-1}" -max_len=4096 -print_final_stats=0 \
		-artifact_prefix="$work/run/" "../$name") >"$work/log" 2>&1; then
		failed=1
		tail -n 40 "$work/log"
		for crash in "$work"/run/crash-* "$work"/run/timeout-* "$work"/run/oom-*; do
			[ -f "$crash" ] && echo "$name: $crash" && od -c "$crash" | head -n 40
		done
	fi
	grep -o 'Done [0-9]* runs.*' "$work/log" | sed "s/^/$name: /"
done
exit $failed
