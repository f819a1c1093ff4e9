#!/bin/sh
# An attacker on published files: the two sample förbund and six random deliveries, by sums (disclosure.py) and by what is made of
# counts and amounts (inverse.py). Exit 77 without python3.
set -u
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build}
if ! command -v python3 >/dev/null 2>&1; then
	echo "python3 is not installed"
	exit 77
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# run_forbund NAME DIR: its publication under $work/NAME. Exit 0 and 3 (published with warnings) are well: the program's own audit
# lets every lawful delivery through.
run_forbund() {
	"$BUILD/finsamstat" run "$2" --out "$work/$1" >"$work/$1.log" 2>&1
	case $? in
	0 | 3) echo "$work/$1" >>"$work/published.txt" ;;
	*) echo "$1: not published" >"$work/$1.failed" ;;
	esac
}

for name in insjoriket-2018 alv-kust-2020; do
	run_forbund "$name" "sample-data/$name" &
	cp "sample-data/$name/forbund.ini" "$work/$name.ini"
done
for seed in 3 5 13 24 437 2003; do
	python3 tests/reference/random_delivery.py "$seed" "$work/delivery$seed" >/dev/null
	run_forbund "seed$seed" "$work/delivery$seed"
	cp "$work/delivery$seed/forbund.ini" "$work/seed$seed.ini"
done
# Förbund of many small kommuner whose persons mostly have one förmån: the audit must let them through.
for size in "1500 40" "300 5"; do
	"$BUILD/generate" large "$work/large-${size#* }" --persons "${size% *}" --kommuner "${size#* }" --seed 7 || exit 1
	"$BUILD/finsamstat" run "$work/large-${size#* }" --out "$work/large" >"$work/large.log" 2>&1
	case $? in 0 | 3) ;; *) cp "$work/large.log" "$work/large.failed" ;; esac
done
# Of more than 40 kommuner the rules find tables first; here some målgrupper lie within one another, and all within m04.
"$BUILD/generate" large "$work/many" --persons 3000 --kommuner 41 --insatser 1 --seed 1 || exit 1
cat >>"$work/many/forbund.ini" <<'END'
[målgrupp unga vuxna]
ålder = 16–29
minst parter = 2
[målgrupp vuxna]
ålder = 16–59
minst parter = 2
[målgrupp sjuka]
ålder = 16–64
FK = SP
END
"$BUILD/finsamstat" run "$work/many" --tables m01,m02,m04 --out "$work/many-out" >"$work/many.log" 2>&1
case $? in 0 | 3) ;; *) cp "$work/many.log" "$work/many.failed" ;; esac
grep -q 'small differences, open' "$work/many.log" || echo "many: no differences of groups within one another were judged" >"$work/many.failed"
wait
if ls "$work"/*.failed >/dev/null 2>&1; then
	cat "$work"/*.failed
	exit 1
fi
# shellcheck disable=SC2046
python3 tests/pipeline/disclosure.py $(sort "$work/published.txt") || exit 1
# shellcheck disable=SC2046
python3 tests/pipeline/inverse.py $(sort "$work/published.txt")
