#!/bin/sh
# The program against the definitions written again in Python, on random deliveries: every figure of 29 tables.
set -u
command -v python3 >/dev/null 2>&1 || { echo "python3 is missing"; exit 77; }
here=$(cd "$(dirname "$0")" && pwd)
program=$(cd "$here/../.." && pwd)/${BUILD:-build}/finsamstat
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0

python3 "$here/selftest.py" >"$folder/selftest" || { tail -n 20 "$folder/selftest"; failed=1; }
for seed in ${SEEDS:-1 2 3 4 5 6 7 8 9 10 11 12}; do
	python3 "$here/random_delivery.py" "$seed" "$folder/$seed" || exit 1
	sed -i 's/^simuleringar *=.*/simuleringar = 100/' "$folder/$seed/forbund.ini"
	"$program" run "$folder/$seed" --until reconcile >"$folder/out" 2>&1
	status=$?
	if [ $status -ne 0 ] && [ $status -ne 3 ]; then
		echo "seed $seed: exit $status"
		tail -n 5 "$folder/out"
		failed=1
	elif ! python3 "$here/compare.py" "$folder/$seed" "$folder/$seed/resultat/internal/latest/aggregate" >"$folder/out"; then
		echo "seed $seed:"
		head -n 20 "$folder/out"
		failed=1
	fi
	rm -rf "${folder:?}/$seed"
done
exit $failed
