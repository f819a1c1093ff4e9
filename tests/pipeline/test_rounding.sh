#!/bin/sh
# The rounding mode of a run (rounding.py): a sample förbund, random deliveries, one kommun of many; the same bytes for any number of
# threads. Exit 77 without python3.
set -u
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build}
if ! command -v python3 >/dev/null 2>&1; then
	echo "python3 is not installed"
	exit 77
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failed=0

# run_rounded NAME DIR OPTION…: a copy of the förbund with skydd = avrundning; its publication under $work/NAME
run_rounded() {
	name=$1 dir=$2
	shift 2
	mkdir "$work/$name"
	cp -R "$dir/." "$work/$name/"
	rm -rf "$work/$name/resultat"
	sed -i -e '/^simuleringar/d' -e '/^\[redovisning\]/d' "$work/$name/forbund.ini"
	sed -i -e '/^\[kalkyl\]/a simuleringar = 100' "$work/$name/forbund.ini"
	settings=$(grep -E '^(minsta antal|åldersgrupper|konfidensgrad|dominans|licens|skydd)' "$work/$name/forbund.ini")
	sed -i -E '/^(minsta antal|åldersgrupper|konfidensgrad|dominans|licens|skydd)/d' "$work/$name/forbund.ini"
	{
		printf '\n[redovisning]\nskydd = avrundning\nminsta antal = 5\n'
		printf '%s\n' "$settings" | grep -Ev '^(minsta antal|skydd)'
	} >>"$work/$name/forbund.ini"
	"$BUILD/finsamstat" run "$work/$name" --out "$work/$name/out" "$@" >"$work/$name/log" 2>&1
	case $? in
	0 | 3) ;;
	*) echo "$name: not published"; tail -n 5 "$work/$name/log"; failed=1 ;;
	esac
}

run_rounded insjoriket sample-data/insjoriket-2018 --jobs 2
run_rounded again sample-data/insjoriket-2018 --jobs 1
cmp -s "$work/insjoriket/out/published/latest/SHA256SUMS" "$work/again/out/published/latest/SHA256SUMS" ||
	{ echo "one thread rounds otherwise than two"; failed=1; }
latest=$work/insjoriket/out/published/latest
grep -q "färre än 5" "$latest/rapport.html" && { echo "rapport.html says that what is withheld is of fewer than 5"; failed=1; }
for file in rapport.html datapackage.json px/i01_deltagare.px; do
	tr -d '"\r\n' <"$latest/$file" | iconv -f "$(case $file in *.px) echo cp1252 ;; *) echo utf-8 ;; esac)" -t utf-8 | grep -q 'multipel av 5' ||
		{ echo "$file does not say that counts are rounded"; failed=1; }
done
for seed in 3 21 7003 7005 7007 7015; do # the last two: years of one month
	python3 tests/reference/random_delivery.py "$seed" "$work/delivery$seed" >/dev/null
	run_rounded "seed$seed" "$work/delivery$seed"
done
"$BUILD/generate" large "$work/five" --persons 300 --kommuner 5 --seed 7 || failed=1
run_rounded large "$work/five"
[ $failed -eq 0 ] || exit 1
python3 tests/pipeline/rounding.py "$BUILD/finsamstat" "$work/insjoriket/out" "$work/seed3/out" "$work/seed21/out" "$work/seed7003/out" "$work/seed7005/out" "$work/seed7007/out" "$work/seed7015/out" "$work/large/out"
