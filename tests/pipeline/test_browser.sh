#!/bin/sh
# The report and its pictures in headless Chromium (browser.cjs): html-validate and axe-core find nothing, no label lies on
# another or outside its picture. The tools come from npm into the build folder. Exit 77 without node, npm, chromium or the
# packages.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build}
for tool in node npm chromium; do
	if ! command -v "$tool" >/dev/null 2>&1; then
		echo "$tool is not installed"
		exit 77
	fi
done
tools=$BUILD/browser
if [ ! -d "$tools/node_modules/puppeteer-core" ]; then
	mkdir -p "$tools"
	if ! timeout 120 npm install --prefix "$tools" --no-save --no-audit --no-fund --ignore-scripts --loglevel=error \
		html-validate@10.17.0 axe-core@4 puppeteer-core@24 >"$tools/npm.log" 2>&1; then
		rm -rf "$tools/node_modules"
		echo "html-validate, axe-core and puppeteer-core cannot be had from npm"
		exit 77
	fi
fi
temporary=$(mktemp -d) || exit 1
trap 'rm -rf "$temporary"' EXIT
"$BUILD/generate" litet "$temporary/litet" || exit 1
"$BUILD/generate" large "$temporary/stor" --persons 1500 --kommuner 40 --seed 7 || exit 1
for sample in insjoriket-2018 alv-kust-2020 litet stor; do
	forbund=$temporary/$sample
	[ -d "$forbund" ] || forbund=sample-data/$sample
	timeout 120 "$BUILD/finsamstat" run "$forbund" --out "$temporary/ut-$sample" >"$temporary/said" 2>&1
	case $? in
	0 | 3) ;;
	*)
		cat "$temporary/said"
		exit 1
		;;
	esac
	echo "$temporary/ut-$sample/published/latest"
done >"$temporary/folders" || { cat "$temporary/folders"; exit 1; }
NODE_PATH=$(cd "$tools/node_modules" && pwd) timeout 240 node tests/pipeline/browser.cjs $(cat "$temporary/folders")
