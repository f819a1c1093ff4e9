#!/bin/sh
# Installs what is missing (Debian 12), builds, and runs the sample förbund; with arguments, passes them to finsamstat.
#   ./run.sh                 the sample: verdict of every goal and the path of the report
#   ./run.sh run DIR …       finsamstat run DIR …
#   ./run.sh --install-only  only the packages (also those that the tests need)
set -eu
home=$(cd "$(dirname "$0")" && pwd)

build_packages="gcc make libc6-dev libcsv-dev zlib1g-dev libisal-dev libjansson-dev libsodium-dev libgsl-dev libglpk-dev libsqlite3-dev libxlsxwriter-dev libssl-dev libxxhash-dev"
test_packages="libcmocka-dev python3"

missing() {
	for package in "$@"; do
		dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed$' || printf ' %s' "$package"
	done
}

install() {
	[ -n "$1" ] || return 0
	if [ "$(id -u)" = 0 ]; then
		root=
	elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
		root=sudo
	else
		echo "run.sh: packages are missing and this user may not install them. Let an administrator run:" >&2
		echo "  apt-get update && apt-get install -y --no-install-recommends$1" >&2
		exit 74
	fi
	echo "run.sh: installing$1" >&2
	# shellcheck disable=SC2086
	if ! { $root apt-get update && DEBIAN_FRONTEND=noninteractive $root apt-get install -y --no-install-recommends $1; } >&2; then
		echo "run.sh: apt-get failed; nothing was built" >&2
		exit 74
	fi
}

if ! command -v dpkg-query >/dev/null 2>&1; then
	echo "run.sh: this is no Debian system; install by hand: $build_packages, then run make" >&2
	exit 74
fi

if [ "${1:-}" = --install-only ]; then
	# shellcheck disable=SC2086
	install "$(missing $build_packages $test_packages)"
	exit 0
fi
# shellcheck disable=SC2086
install "$(missing $build_packages)"
make -s -C "$home" -j "$(nproc)" build/finsamstat >"$home/build.log" 2>&1 || {
	cat "$home/build.log" >&2
	exit 70
}
rm -f "$home/build.log"

if [ $# -gt 0 ]; then
	exec "$home/build/finsamstat" "$@" # in the caller's folder: its paths are relative to it
fi
cd "$home"
status=0
build/finsamstat run sample-data/insjoriket-2018 || status=$?
[ "$status" -eq 3 ] && status=0 # published with warnings: the sample holds the traps of real extracts
exit "$status"
