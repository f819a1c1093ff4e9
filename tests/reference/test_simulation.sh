#!/bin/sh
# The simulation of e02 and e07 against one of Python's own, on random deliveries, and that comparison against planted faults.
set -u
command -v python3 >/dev/null 2>&1 || { echo "python3 is missing"; exit 77; }
here=$(cd "$(dirname "$0")" && pwd)
program=$(cd "$here/../.." && pwd)/${BUILD:-build}/finsamstat
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0

compare() {
	python3 "$here/simulation.py" "$1" "$1/resultat/internal/latest/aggregate" --replicates 1000 >"$folder/out"
}

for seed in ${SEEDS:-4 6 12}; do
	delivery=$folder/$seed
	python3 "$here/random_delivery.py" "$seed" "$delivery" || exit 1
	sed -i -e 's/^simuleringar *=.*/simuleringar = 4000/' -e 's/^horisont *=.*/horisont = 36 månader/' "$delivery/forbund.ini"
	"$program" run "$delivery" --until reconcile >"$folder/out" 2>&1
	status=$?
	if [ $status -ne 0 ] && [ $status -ne 3 ]; then
		echo "seed $seed: exit $status"
		tail -n 5 "$folder/out"
		failed=1
	elif ! compare "$delivery"; then
		echo "seed $seed:"
		head -n 20 "$folder/out"
		failed=1
	fi
done
for fault in 's/^prisosäkerhet *=.*/prisosäkerhet = 60 %/' 's/^dödvikt *=.*/dödvikt = 30 % (30–60)/' 's/^avtagande *=.*/avtagande = 60 % (50–70)/'; do
	sed -i.saved "$fault" "$delivery/forbund.ini"
	if compare "$delivery"; then
		echo "planted: $fault is not noticed"
		failed=1
	fi
	mv "$delivery/forbund.ini.saved" "$delivery/forbund.ini"
done
exit $failed
