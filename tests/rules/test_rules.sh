#!/bin/sh
# The tree keeps its rules, and each rule fails when it is broken: one breach a time is planted in a copy.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
failed=0

sh "$here/check.sh" "$root" || failed=1
build=${BUILD:-build}
case $build in /*) ;; *) build=$root/$build ;; esac
sh "$here/circles.sh" "$build" "$root" || failed=1

# breach RULE FILE LINE: with the line appended to the file (or alone in a new one), check.sh must name the rule.
breach() {
	printf '%s\n' "$3" >>"$copy/tree/$2"
	if ! sh "$here/check.sh" "$copy/tree" | grep -q "^$1"; then
		echo "not noticed: $1 ($2: $3)"
		failed=1
	fi
	if [ -f "$root/$2" ]; then cp "$root/$2" "$copy/tree/$2"; else rm "$copy/tree/$2"; fi
}

mkdir "$copy/tree"
cp -R "$root/pipeline" "$root/stages" "$copy/tree/"
breach 'base includes only base' pipeline/base/text.c '#include "pipeline/table/csv/csv.h"'
breach 'table includes only base' pipeline/table/csv/csv.c '#include "pipeline/maths/maths.h"'
breach 'maths includes only' pipeline/maths/root.c '#include "stages/link/link.h"'
breach 'a stage includes the rooms' stages/goals/goals.c '#include "stages/link/link.h"'
breach 'a stage includes the rooms' stages/publish/publish.c '#include "pipeline/run/run.h"'
breach "a stage's header declares" stages/goals/goals.h 'int goals_extra(void);'
breach 'the rooms of pipeline lie in order' pipeline/run/run.c '#include "pipeline/history/chronicle.h"'
breach 'the rooms of stages/protect lie in order' stages/protect/engine/window.c '#include "stages/protect/rules/rules.h"'
breach 'the rooms of stages/publish lie in order' stages/publish/sheet/sheet.c '#include "stages/publish/report/report.h"'
breach 'the rooms of pipeline/table lie in order' pipeline/table/csv/csv.c '#include "pipeline/table/cube/cube.h"'
breach 'only stages.c and the commands know' pipeline/run/run.c '#include "stages/link/link.h"'
breach 'includes are root-relative' pipeline/base/text.c '#include "text.h"'
breach 'libsodium has one home' pipeline/base/text.c '#include <sodium.h>'
breach 'libcsv has one home' stages/ingest/ingest.c '#include <csv.h>'
breach 'zlib has one home' pipeline/table/csv/csv.c '#include <zlib.h>'
breach 'ISA-L has one home' pipeline/table/csv/source.c '#include <isa-l/igzip_lib.h>'
breach 'jansson has one home' stages/publish/publish.c '#include <jansson.h>'
breach 'GSL has one home' stages/payback/payback.c '#include <gsl/gsl_cdf.h>'
breach 'SQLite has one home' pipeline/run/past.c '#include <sqlite3.h>'
breach 'libxxhash has one home' stages/link/link.c '#include <xxhash.h>'
breach 'OpenMP has one home' stages/link/link.c '#include <omp.h>'
breach 'OpenMP has one home' stages/link/link.c '#pragma omp parallel'
breach 'only main ends' stages/link/link.c 'void f(void) { exit(1); }'
breach 'only main and the commands print' stages/link/link.c 'void f(void) { printf("x"); }'
breach 'no locale' pipeline/run/run.c 'void f(void) { setlocale(0, ""); }'
breach 'struct tags' pipeline/run/run.c 'typedef int number;'
breach 'stages open no paths' stages/link/link.c 'void f(void) { open("x", 0); }'
breach 'the first line says' pipeline/base/unsaid.c 'int unsaid;'
breach 'no path of a machine' pipeline/run/run.c '/* /home/someone */'

mkdir -p "$copy/circle/pipeline/base" "$copy/circle/stages"
printf 'int b(void);\nint a(void);\nint a(void) { return b(); }\n' >"$copy/circle/pipeline/base/a.c"
printf 'int a(void);\nint b(void);\nint b(void) { return a(); }\n' >"$copy/circle/pipeline/base/b.c"
(cd "$copy/circle/pipeline/base" && ${CC:-cc} -c a.c b.c)
if [ "$(sh "$here/circles.sh" "$copy/circle" "$copy/circle" | wc -l)" -ne 2 ]; then
	echo 'not noticed: files that call one another in a circle'
	failed=1
fi
exit $failed
