#!/bin/sh
# The rules of the house, checked on the tree given as $1 (default: this one). Prints each breach; exit 1 if there is any.
set -u
root=${1:-$(dirname "$0")/../..}
cd "$root" || exit 2
breaches=$(mktemp)
trap 'rm -f "$breaches"' EXIT

sources=$(find pipeline stages -name '*.[ch]' | sort)

# say RULE: each line of standard input is a breach of it.
say() {
	while IFS= read -r line; do
		echo "$1: $line" >>"$breaches"
	done
}

# includes FOLDER: `file:line:#include "…"` of the project's own includes below it.
includes() {
	grep -rn '^#include "' "$1" --include='*.[ch]' 2>/dev/null
}

# 1. base <- table <- maths <- stages, and beside these run <- history <- commands <- main: a room includes only rooms to its left.
includes pipeline/base | grep -v '"pipeline/base/' | say "base includes only base"
includes pipeline/table | grep -v '"pipeline/\(base\|table\)/' | say "table includes only base and table"
includes pipeline/maths | grep -v '"pipeline/\(base\|table\|maths\)/' | say "maths includes only base, table and maths"
for stage in stages/*/; do
	name=$(basename "$stage")
	includes "$stage" | grep -v "\"\\(pipeline/\\(base\\|table\\|maths\\)/\\|pipeline/stage.h\"\\|pipeline/version.h\"\\|stages/$name/\\)" |
		say "a stage includes the rooms below it, stage.h and itself"
	[ -f "stages/$name/README.md" ] || echo "stages/$name" | say "a stage has a README"
	[ -f "stages/$name/$name.h" ] && [ -f "stages/$name/$name.c" ] || echo "stages/$name" | say "a stage has NAME.h and NAME.c"
	grep -n '^[a-z].*(' "stages/$name/$name.h" 2>/dev/null | sed "s|^|stages/$name/$name.h:|" |
		say "a stage's header declares the stage and nothing else"
done
for file in pipeline/*.[ch] pipeline/run/*.[ch] pipeline/history/*.[ch] pipeline/commands/*.[ch]; do
	case $file in pipeline/stages.c | pipeline/commands/command_*.c) continue ;; esac
	grep -n '^#include "stages/' "$file" | sed "s|^|$file:|" | say "only stages.c and the commands know the stages"
done

# Where a room of the house holds rooms of its own, each includes only those named before it here.
order() { # FOLDER ROOM…
	folder=$1
	shift
	while [ $# -gt 1 ]; do
		room=$1
		shift
		later=$(echo "$*" | sed 's/ /\\|/g')
		includes "$folder/$room" | grep "\"$folder/\\($later\\)/" | say "the rooms of $folder lie in order"
	done
}
order pipeline base table maths run history commands
order pipeline/table csv column schema settings cube ledger
order stages/protect past figures engine rules facts rounding frequency
order stages/publish sheet page files workbook diagram report
order stages/audit ranges relations witnesses amounts formats file

# 2. Includes are root-relative.
grep -n '^#include "' $sources | grep -v '"\(pipeline\|stages\)/' | say "includes are root-relative"

# 3. One external library, one home.
home() { # HEADERS ALLOWED-FILES NAME
	grep -nE "^#include <($1)" $sources | grep -vE "^($2):" | say "$3 has one home"
}
home 'sodium' 'pipeline/base/hash\.c' libsodium
home 'openssl/' 'pipeline/base/hash\.c' OpenSSL
home 'xxhash' 'pipeline/base/checksum\.h' libxxhash
home 'csv\.h' 'pipeline/table/csv/csv(_[a-z]+)?\.c' libcsv
home 'zlib' 'pipeline/table/csv/zip\.c' zlib
home 'isa-l' 'pipeline/table/csv/gunzip\.c' ISA-L
home 'jansson' 'pipeline/table/schema/(schema_[a-z]+\.[ch]|(document|request|json_memory)\.c)' jansson
home 'gsl/' 'pipeline/maths/[a-z]+\.c' GSL
home 'sqlite3' 'pipeline/history/chronicle\.c' SQLite
home 'glpk' 'pipeline/maths/linear\.c' GLPK
home 'xlsxwriter' 'stages/publish/workbook/[a-z_]+\.c|stages/publish/workbook/workbook_parts\.h' libxlsxwriter
home 'omp\.h' 'pipeline/maths/[a-z]+\.c' OpenMP
grep -n '^[[:space:]]*#pragma omp' $sources | grep -v '^pipeline/maths/' | say "OpenMP has one home"

# 4. Only main ends the program, only it and the commands print; only run forks; the locale is never touched.
grep -nE '(^|[^_a-z])(exit|abort|_exit)\(' $sources | grep -vE '^pipeline/(main|run/run_process)\.c:' | grep -vE ':[[:space:]]*(\*|/\*)' |
	say "only main ends the program"
grep -nE '(^|[^a-z_])(printf|puts|perror)\(' $sources | grep -vE '^pipeline/(main|commands/command_[a-z]+)\.c:' | grep -v '__attribute__' |
	say "only main and the commands print"
grep -nE 'setlocale|strtok\(|[^_a-z]gets\(|sprintf\(|[^a-z]strcpy\(|[^a-z]strcat\(' $sources | grep -vE 'snprintf|vsnprintf' |
	say "no locale, no unbounded string functions"
grep -nE '^[[:space:]]*typedef ' $sources | grep -v '(' | say "struct tags, no typedef"

# 5. A stage reaches files through the frame: nothing in stages/ opens a path of its own making.
grep -nE '(^|[^a-z_])(open|openat|opendir|mkdir|unlink|rename|system|popen)\(' $(find stages -name '*.c' ! -name workbook_files.c) | say "stages open no paths of their own" # but a library's temporary files

# 6. Every file says first what it is for; no path of a machine.
awk 'FNR == 1 && !/^\/\* ./ { print FILENAME }' $sources | say "the first line says what the file is for"
grep -rnE '/(home|root|work|tmp)/[a-z]' --include='*.[ch]' --include='*.md' --include='*.sh' --include=Makefile \
	pipeline stages schemas sample-data docs Makefile run.sh README.md 2>/dev/null | say "no path of a machine"

if [ -s "$breaches" ]; then
	cat "$breaches"
	exit 1
fi
