#!/bin/sh
# The command protect-tables: the same pattern whatever the order of rows, tables and codes; statuses that agree; refusals.
set -u
cd "$(dirname "$0")/../.."
program=$PWD/${BUILD:-build}/finsamstat
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failed=0

# expect WHAT CODE COMMAND…
expect() {
	what=$1 code=$2
	shift 2
	"$@" >out 2>err
	status=$?
	[ "$status" -eq "$code" ] || { echo "$what: exit $status instead of $code: $(cat err)"; failed=1; }
}

{
	echo ort,alder,kon,freq
	i=0
	for ort in A B C D E; do
		for alder in 16-19 20-24 25-29; do
			for kon in K M; do
				i=$((i + 1))
				echo "$ort,$alder,$kon,$(((i * i * 7 + i * 3) % 23 % 17))"
			done
		done
	done
} >micro.csv
printf 'dim,parent,child\nort,norr,A\nort,norr,B\nort,kust,B\nort,kust,C\nort,ensam,D\nalder,unga,16-19\nalder,unga,20-24\n' >hier.csv
echo '{"dims": ["ort", "alder", "kon"], "tables": [["t1", ["ort", "alder"]], ["t2", {"kon": null, "ort": ["A", "B", "norr", "TOTAL"]}]]}' >tables.json
expect "protects" 0 "$program" protect-tables micro.csv --tables tables.json --hier hier.csv --out a.csv
[ "$(head -n 1 a.csv)" = "table,ort,alder,kon,value" ] || { echo "header: $(head -n 1 a.csv)"; failed=1; }
grep -q '^t1,A,TOTAL,TOTAL,' a.csv && grep -q '^t2,TOTAL,TOTAL,TOTAL,' a.csv || { echo "totals are missing"; failed=1; }
grep -Eq ',[1-4]$' a.csv && { echo "a small count is printed"; failed=1; }
grep -q ',\.\.$' a.csv || { echo "nothing is withheld"; failed=1; }
[ "$(grep '^t1,D,' a.csv | cut -d, -f3-)" = "$(grep '^t1,ensam,' a.csv | cut -d, -f3-)" ] || { echo "a group of one differs from its one"; failed=1; }
[ "$(grep -E '^t1,(A|B|norr|TOTAL),TOTAL' a.csv | cut -d, -f2-)" = "$(grep -E '^t2,[^,]*,TOTAL,TOTAL' a.csv | cut -d, -f2-)" ] ||
	{ echo "the same cell differs between two tables"; failed=1; }

# The same in another order: rows, columns, links, tables, codes.
{ echo freq,kon,ort,alder; tail -n +2 micro.csv | sort -t, -k4 | awk -F, '{ print $4 "," $3 "," $1 "," $2 }'; } >micro2.csv
{ head -n 1 hier.csv; tail -n +2 hier.csv | sort -r; } >hier2.csv
echo '{"dims": ["ort", "alder", "kon"], "tables": [["t2", {"ort": ["TOTAL", "norr", "B", "A"], "kon": null}], ["t1", ["alder", "ort"]]]}' >tables2.json
expect "protects again" 0 "$program" protect-tables micro2.csv --tables tables2.json --hier hier2.csv --out b.csv
sort a.csv >a.sorted
sort b.csv | cmp -s - a.sorted || { echo "another order gives another pattern"; failed=1; }
printf 'dim,parent,child\nort,norr,syd\nort,syd,norr\nort,syd,A\n' >circle.csv
expect "groups that hold each other" 65 "$program" protect-tables micro.csv --tables tables.json --hier circle.csv --out circle-out.csv
sed '1s/freq/antal/' micro.csv >uncounted.csv
expect "no freq" 65 "$program" protect-tables uncounted.csv --tables tables.json --out uncounted-out.csv
grep -q "no column 'freq'" err || { echo "no freq: $(cat err)"; failed=1; }
printf '{"dims": ["ort", "alder", "kon"], "tables": [["t1", {"alder": ["16-19", "Q"]}]]}' >unknown.json
expect "a code that is not there" 65 "$program" protect-tables micro.csv --tables unknown.json --out unknown-out.csv
grep -q "unknown.json: table 't1': 'Q' is no code of 'alder'" err || { echo "a code that is not there: $(cat err)"; failed=1; }
expect "the threshold" 0 "$program" protect-tables micro.csv --tables tables.json --hier hier.csv --threshold 2 --out a.csv
grep -Eq ',[2-4]$' a.csv || { echo "with a threshold of 2 a count of 2 to 4 is printed"; failed=1; }

# Rounded: every cell has a value, none is small, parts add up in and across tables, and the audit finds nothing.
expect "rounds" 0 "$program" protect-tables micro.csv --tables tables.json --hier hier.csv --round --out r.csv
grep -Eq 'cells, [0-9]+ of them small; [0-9]+ rounded, by at most [0-9]+ and [0-9.]+ in the mean' err || { echo "deviations: $(cat err)"; failed=1; }
grep -Eq ',([1-4]|\.\.)$' r.csv && { echo "a small count is printed, or one withheld"; failed=1; }
[ "$(wc -l <r.csv)" -eq "$(wc -l <a.csv)" ] || { echo "rounded tables have other cells"; failed=1; }
expect "the audit of rounded tables" 0 "$program" audit r.csv --hier hier.csv
awk -F, '$2 ~ /^[A-E]$/ && $3 == "TOTAL" && $4 == "TOTAL" && $1 == "t1" { sum += $5 } $1 == "t1" && $2 == "TOTAL" && $3 == "TOTAL" { all = $5 }
	END { exit sum != all }' r.csv || { echo "rounded places do not add up"; failed=1; }
[ "$(grep -E '^t1,(A|B|norr|TOTAL),TOTAL' r.csv | cut -d, -f2-)" = "$(grep -E '^t2,[^,]*,TOTAL,TOTAL' r.csv | cut -d, -f2-)" ] ||
	{ echo "the same rounded cell differs between two tables"; failed=1; }
expect "rounds again" 0 "$program" protect-tables micro2.csv --tables tables2.json --hier hier2.csv --round --out s.csv
sort r.csv >r.sorted
sort s.csv | cmp -s - r.sorted || { echo "another order rounds otherwise"; failed=1; }
sed 's/^t1,A,TOTAL,TOTAL,.*/t1,A,TOTAL,TOTAL,3/; s/^t2,A,TOTAL,TOTAL,.*/t2,A,TOTAL,TOTAL,3/' r.csv >broken.csv
expect "the audit of a rounded table with its small count put back" 65 "$program" audit broken.csv --hier hier.csv

# Linked tables of many small classes: classes that no table shows stay as they are, unless the tables give them.
for seed in 1 2 3 4 5 6; do
	awk -v seed=$seed 'BEGIN { srand(seed); print "a,b,c,freq"
		for (a = 0; a < 4; a++) for (b = 0; b < 5; b++) for (c = 0; c < 3; c++) print "a" a ",b" b ",c" c "," int(rand() * rand() * 12) }' >many.csv
	echo '{"dims": ["a", "b", "c"], "tables": [["ab", ["a", "b"]], ["ac", ["a", "c"]], ["bc", ["b", "c"]]]}' >linked.json
	expect "rounds linked tables $seed" 0 "$program" protect-tables many.csv --tables linked.json --round --out r.csv
	expect "the audit of linked tables $seed" 0 "$program" audit r.csv
done

# After an earlier publication. Cells are set side by side by their codes: what was printed may not differ by 1 to 4, nor what was
# withheld be printed.
beside() {
	awk -F, -v title="$1" 'FNR == 1 { file++; next } { key = $2 "," $3 "," $4 } file == 1 { before[key] = $5; next } key in before {
		both++
		d = $5 - before[key]
		if (before[key] == ".." && $5 != "..") { print title ": " key " was withheld and is printed"; bad = 1 }
		else if (before[key] != ".." && $5 == "..") { print title ": " key " was printed and is withheld"; bad = 1 }
		else if (before[key] != ".." && d != 0 && d < 5 && d > -5) { print title ": " key " differs by few"; bad = 1 } }
		END { if (both == 0) print title ": nothing is set side by side"; exit bad || both == 0 }' "$2" "$3" || failed=1
}
expect "a first publication" 0 "$program" protect-tables micro.csv --tables tables.json --hier hier.csv --out p1.csv
expect "the same again" 0 "$program" protect-tables micro.csv --tables tables.json --hier hier.csv --ledger p1.csv --out p2.csv
cmp -s p1.csv p2.csv || { echo "the same persons give other tables after a publication"; failed=1; }
awk -F, -v OFS=, 'NR == 2 { $4++ } { print }' micro.csv >more.csv
expect "one person more" 0 "$program" protect-tables more.csv --tables tables.json --hier hier.csv --ledger p1.csv --out p3.csv
grep -q 'p1.csv stands: since then' err || { echo "it is not said that figures stand: $(cat err)"; failed=1; }
cmp -s p1.csv p3.csv || { echo "one person more shows"; failed=1; }
awk -F, -v OFS=, 'NR == 3 { $4 += 30 } { print }' micro.csv >many.csv
expect "thirty more of a class" 0 "$program" protect-tables many.csv --tables tables.json --hier hier.csv --ledger p1.csv --out p4.csv
grep -q 'stands' err && { echo "thirty more are not told"; failed=1; }
beside "thirty more of a class" p1.csv p4.csv
cmp -s p1.csv p4.csv && { echo "thirty more of a class change nothing"; failed=1; }
sed '/16-19/d' micro.csv >gone.csv
sed '/16-19/d' hier.csv >gone-hier.csv
expect "a class that is gone" 0 "$program" protect-tables gone.csv --tables tables.json --hier gone-hier.csv --ledger p1.csv --out p5.csv
# A table that was not asked for then, beside those that were: the audit of all together finds nothing.
echo '{"dims": ["ort", "alder", "kon"], "tables": [["t3", ["alder", "kon"]]]}' >third.json
echo '{"dims": ["ort", "alder", "kon"], "tables": [["t1", ["ort", "alder"]], ["t2", {"kon": null, "ort": ["A", "B", "norr", "TOTAL"]}], ["t3", ["alder", "kon"]]]}' >three.json
expect "another table" 0 "$program" protect-tables micro.csv --tables third.json --hier hier.csv --ledger p1.csv --out p6.csv
{ cat p1.csv; tail -n +2 p6.csv; } >both.csv
expect "the audit of both publications" 0 "$program" audit both.csv --hier hier.csv
expect "the tables together" 0 "$program" protect-tables micro.csv --tables three.json --hier hier.csv --ledger p1.csv --out p7.csv
beside "the tables together" p1.csv p7.csv
expect "the audit of the tables together" 0 "$program" audit p7.csv --hier hier.csv
echo '{"dims": ["a", "b", "c"], "tables": [["ac", ["a", "c"]], ["bc", ["b", "c"]]]}' >later.json
echo '{"dims": ["a", "b", "c"], "tables": [["ab", ["a", "b"]]]}' >earlier.json
for seed in 62 63 64 65 66 67 68 69; do
	awk -v seed=$seed 'BEGIN { srand(seed); print "a,b,c,freq"
		for (a = 0; a < 3; a++) for (b = 0; b < 4; b++) for (c = 0; c < 3; c++) print "a" a ",b" b ",c" c "," int(rand() * rand() * 12) }' >cube.csv
	expect "one table $seed" 0 "$program" protect-tables cube.csv --tables earlier.json --out p1.csv
	expect "two more of the same persons $seed" 0 "$program" protect-tables cube.csv --tables later.json --ledger p1.csv --out p2.csv
	grep -q 'follow from' err && continue # what the first printed gives one away
	{ cat p1.csv; tail -n +2 p2.csv; } >both.csv
	expect "the audit of three tables of two years $seed" 0 "$program" audit both.csv
done
# What an earlier file withheld is a target also where the tables wanted now lack it, and so is what is left between a count that it printed
# and one that is printed now.
printf 'a,freq\na1,2\na2,10\na3,20\n' >line.csv
printf 'dim,parent,child\na,G,a1\na,G,a3\n' >line-hier.csv
echo '{"dims": ["a"], "tables": [["t1", {"a": ["a1", "a3"]}]]}' >line-1.json
echo '{"dims": ["a"], "tables": [["t2", {"a": ["a2", "TOTAL"]}]]}' >line-2.json
echo '{"dims": ["a"], "tables": [["t3", {"a": ["a3"]}]]}' >line-3.json
echo '{"dims": ["a"], "tables": [["t4", {"a": ["G"]}]]}' >line-4.json
for pair in "1 2" "3 4" "4 3"; do
	first=${pair% *} second=${pair#* }
	expect "tables $first" 0 "$program" protect-tables line.csv --tables line-$first.json --hier line-hier.csv --out p1.csv
	expect "tables $second after $first" 0 "$program" protect-tables line.csv --tables line-$second.json --hier line-hier.csv --ledger p1.csv --out p2.csv
	{ cat p1.csv; tail -n +2 p2.csv; } >both.csv
	expect "the audit of tables $first and $second" 0 "$program" audit both.csv --hier line-hier.csv
done
# What listed codes leave of their total is a class that nobody printed: it is not given away either, and H.csv tells the audit of it.
printf 'a,freq\na1,1000\na2,3\na3,9\na4,2\na5,40\n' >list.csv
printf 'dim,parent,child\na,G,a2\na,G,a3\na,TOTAL,a1\na,TOTAL,a4\na,TOTAL,a5\n' >list-hier.csv
echo '{"dims": ["a"], "tables": [["t", {"a": ["a1", "G", "a5", "TOTAL"]}]]}' >list.json
expect "listed codes" 0 "$program" protect-tables list.csv --tables list.json --hier list-hier.csv --out l1.csv
expect "the audit of listed codes" 0 "$program" audit l1.csv --hier list-hier.csv
sed -e '/a,TOTAL/d' list-hier.csv >list-short.csv
printf 'table,a,value\nt,a1,1000\nt,G,12\nt,TOTAL,1054\n' >l2.csv
expect "codes that no line tells of" 65 "$program" audit l2.csv --hier list-short.csv
grep -q "^finsamstat audit: l2.csv: .*TOTAL" err || { echo "the refusal names no file, or no way out: $(cat err)"; failed=1; }
expect "no such ledger" 74 "$program" protect-tables micro.csv --tables tables.json --hier hier.csv --ledger none.csv --out p8.csv
expect "a ledger of other columns" 65 "$program" protect-tables micro.csv --tables tables.json --hier hier.csv --ledger micro.csv --out p8.csv
sed '2s/[^,]*$/x/' p1.csv >bad.csv
expect "a ledger of no counts" 65 "$program" protect-tables micro.csv --tables tables.json --hier hier.csv --ledger bad.csv --out p8.csv

# Rounded after a rounded publication: a cell that is the same or nearly has the same rounding, in whatever tables; after withheld cells
# all stands.
again() { # TITLE FIRST SECOND: cells of both are equal unless they differ by 12 and more
	awk -F, -v title="$1" 'FNR == 1 { file++; next } { key = $2 "," $3 "," $4 } file == 1 { before[key] = $5; next } key in before {
		both++
		d = $5 - before[key]
		if (d != 0 && d < 12 && d > -12) { print title ": " key " was rounded to " before[key] " and is now " $5; bad = 1 } }
		END { if (both == 0) print title ": nothing is set side by side"; exit bad || both == 0 }' "$2" "$3" || failed=1
}
expect "a first rounded publication" 0 "$program" protect-tables micro.csv --tables tables.json --hier hier.csv --round --out q1.csv
expect "the same rounded again" 0 "$program" protect-tables micro.csv --tables tables.json --hier hier.csv --round --ledger q1.csv --out q2.csv
cmp -s q1.csv q2.csv || { echo "the same persons are rounded otherwise after a publication"; failed=1; }
for line in 2 3 5 9 14 20 27; do
	awk -F, -v OFS=, -v line=$line 'NR == line { $4++ } { print }' micro.csv >more.csv
	expect "one person more, rounded" 0 "$program" protect-tables more.csv --tables tables.json --hier hier.csv --round --ledger q1.csv --out q3.csv
	again "one person more in line $line" q1.csv q3.csv
done
expect "thirty more of a class, rounded" 0 "$program" protect-tables many.csv --tables tables.json --hier hier.csv --round --ledger q1.csv --out q4.csv
again "thirty more of a class, rounded" q1.csv q4.csv
expect "withheld" 0 "$program" protect-tables micro.csv --tables tables.json --hier hier.csv --out w1.csv
expect "rounded after withheld" 0 "$program" protect-tables micro.csv --tables tables.json --hier hier.csv --round --ledger w1.csv --out q5.csv
cmp -s w1.csv q5.csv || { echo "rounded figures stand beside withheld ones"; failed=1; }
expect "withheld after rounded" 0 "$program" protect-tables micro.csv --tables tables.json --hier hier.csv --ledger q1.csv --out q6.csv
cmp -s q1.csv q6.csv || { echo "exact figures stand beside rounded ones"; failed=1; }
expect "a class that is gone, rounded" 0 "$program" protect-tables gone.csv --tables tables.json --hier gone-hier.csv --round --ledger q1.csv --out q7.csv
for seed in 62 63 64 65 66 67 68 69; do
	awk -v seed=$seed 'BEGIN { srand(seed); print "a,b,c,freq"
		for (a = 0; a < 3; a++) for (b = 0; b < 4; b++) for (c = 0; c < 3; c++) print "a" a ",b" b ",c" c "," int(rand() * rand() * 12) }' >cube.csv
	expect "one rounded table $seed" 0 "$program" protect-tables cube.csv --tables earlier.json --round --out q1.csv
	expect "two more rounded tables $seed" 0 "$program" protect-tables cube.csv --tables later.json --round --ledger q1.csv --out q2.csv
	grep -q 'stands' err && continue # those of the later tables that the earlier one has
	{ cat q1.csv; tail -n +2 q2.csv; } >both.csv
	expect "the audit of three rounded tables $seed" 0 "$program" audit both.csv
done
# Classes of a base and more are not rounded: the tables of others go together with earlier ones.
awk -F, -v OFS=, 'NR > 1 { $4 += 7 } { print }' cube.csv >large.csv
expect "one table of large classes" 0 "$program" protect-tables large.csv --tables earlier.json --round --out q1.csv
expect "two more of large classes" 0 "$program" protect-tables large.csv --tables later.json --round --ledger q1.csv --out q2.csv
grep -q 'stands' err && { echo "tables of large classes are left out"; failed=1; }

# Refusals leave what stood there.
cp a.csv before.csv
expect "no tables" 64 "$program" protect-tables micro.csv --out a.csv
expect "no such file" 74 "$program" protect-tables none.csv --tables tables.json --out a.csv
sed '2s/,[0-9]*$/,-7/' micro.csv >bad.csv
expect "a negative count" 65 "$program" protect-tables bad.csv --tables tables.json --hier hier.csv --out a.csv
expect "an unknown code" 65 "$program" protect-tables micro.csv --tables tables.json --out a.csv
echo '{"dims": ["ort"], "tables": [["t1", ["ort"]]]}' >few.json
expect "a column too many" 65 "$program" protect-tables micro.csv --tables few.json --out a.csv
echo '{"dims": ["ort", "alder", "kon"], "tables": [["t1", ["ort", "langd"]]]}' >langd.json
expect "an unknown dimension" 65 "$program" protect-tables micro.csv --tables langd.json --out a.csv
echo 'dims' >no.json
expect "no JSON" 65 "$program" protect-tables micro.csv --tables no.json --out a.csv
printf 'dim,parent,child\nort,A,B\n' >leaf.csv
expect "a group that is a class" 65 "$program" protect-tables micro.csv --tables tables.json --hier leaf.csv --out a.csv
for name in freq table value; do
	printf '%s,freq\nx,7\n' $name >name.csv
	echo "{\"dims\": [\"$name\"], \"tables\": [[\"t1\", [\"$name\"]]]}" >name.json
	expect "a dimension called $name" 65 "$program" protect-tables name.csv --tables name.json --out a.csv
done
printf 'freq\n7\n' >name.csv
echo '{"dims": ["freq"], "tables": [["t1", ["freq"]]]}' >name.json
expect "counts alone" 65 "$program" protect-tables name.csv --tables name.json --out a.csv
printf 'dim,parent,child\nort,G,H\nort,H,G\n' >circle.csv
expect "groups in a circle" 65 "$program" audit a.csv --hier circle.csv
grep -q "audit: circle.csv: " err || { echo "the audit's refusal names no file: $(cat err)"; failed=1; }
mkfifo pipe
ln -s a.csv link
for out in pipe link; do
	expect "a $out in the place of the file" 74 "$program" protect-tables micro.csv --tables tables.json --hier hier.csv --out $out
	[ -p pipe ] && [ -L link ] || { echo "a $out was replaced by a file"; failed=1; }
done
cmp -s a.csv before.csv || { echo "a refusal changed the file"; failed=1; }
[ "$(find . -name 'a.csv.*' | wc -l)" -eq 0 ] || { echo "a refusal left a file behind"; failed=1; }
exit $failed
