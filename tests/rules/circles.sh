#!/bin/sh
# No files call one another in a circle: prints the files of the circles among the object files below $1 whose sources lie below $2;
# exit 1 if there are any.
set -u
build=$1 root=$2
found=$(mktemp)
trap 'rm -f "$found"' EXIT
objects=$(cd "$root" && find pipeline stages -name '*.c' | sort | sed 's/c$/o/')

# USER NEEDED, a line for each object file and another that it takes a name from; tsort names those that lie in circles.
(cd "$build" && nm -A -g $objects) | awk '
	{ file = $1; sub(/:.*/, "", file); kind = $(NF - 1); name = $NF }
	kind ~ /^[BDRTV]$/ { home[name] = file }
	kind == "U" { taken[file "\t" name] }
	END {
		for (pair in taken) {
			split(pair, part, "\t")
			if (part[2] in home && home[part[2]] != part[1])
				print part[1], home[part[2]]
		}
	}' | sort -u | LC_ALL=C tsort 2>&1 >/dev/null | sed 's/^tsort: //' | grep -v '^-: ' | sort -u >"$found"
sed 's/^/files call one another in a circle: /' "$found"
[ ! -s "$found" ]
