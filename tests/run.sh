#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
#
# Installs what is needed, builds everything, and runs all tests.
#
#   tests/run.sh [--preset dev|asan|tsan] [--core] [--no-install] [--no-test] [TEST-NAME-PATTERN]
#
# --core builds and runs only the tests of the cores and their stores; --no-test stops when all is built.
set -euo pipefail

usage() {
    sed -n '7s/^# *//p' "$0" >&2
    exit 2
}

preset=dev
packages=install
isTesting=yes
selection=(--tests-regex .)
target=all
# A loaded machine makes real processes late: what fails once is tried again, and said.
tries=3
while [[ $# -gt 0 ]]; do
    case "$1" in
    --preset)
        [[ $# -ge 2 ]] || usage
        preset=$2
        shift
        ;;
    --core)
        target=core_tests
        tries=1 # They have no clock.
        selection+=(--label-regex '^core$')
        ;;
    --no-install) packages=keep ;;
    --no-test) isTesting= ;;
    -*) usage ;;
    *) selection[1]=$1 ;;
    esac
    shift
done

cd "$(dirname "${BASH_SOURCE[0]}")/.."
build=build/$preset
jobs=${PARLEY_JOBS:-$(nproc)}
began=$SECONDS

step() { echo "== $* ($((SECONDS - began)) s)"; }

if [[ $packages == install ]]; then
    step "packages"
    sets=(build run test)
    [[ $preset != asan ]] || sets+=(fuzz) # its runtimes
    packaging/packages.sh install "${sets[@]}"
fi

step "configure ($preset)"
# clang takes half of gcc's time; gcc makes what is installed.
if [[ $preset == dev && -z ${CXX:-} ]] && command -v clang++ >/dev/null; then
    export CXX=clang++
fi
cmake --preset "$preset" --log-level=WARNING

step "build, $jobs at a time"
progress=(--quiet) # For a log; a person at a terminal sees how far it is.
[[ ! -t 1 ]] || progress=()
cmake --build "$build" --parallel "$jobs" --target "$target" -- "${progress[@]}"
[[ -n $isTesting ]] || exit 0

# Tests write nowhere but into folders of their own, and a bare machine has no session.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -m 0700 "$scratch/runtime"
export XDG_RUNTIME_DIR=$scratch/runtime
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1:halt_on_error=1}

step "test"
log=$scratch/ctest.log
status=0
ctest --test-dir "$build" --output-on-failure --no-tests=error --repeat "until-pass:$tries" --parallel "$jobs" \
    "${selection[@]}" </dev/null 2>&1 | tee "$log" || status=$?

# Qt Test's own sums, one a program: how many functions are behind the programs that ctest counts.
# Of what was tried again the last try counts.
awk '/ Testing: / { name = $NF }
     /^Totals: [0-9]+ passed/ { p[name] = $2; f[name] = $4; s[name] = $6 }
     END { for (name in p) { programs++; passed += p[name]; failed += f[name]; skipped += s[name] }
           printf "%d test programs: %d functions passed, %d failed, %d skipped\n",
                  programs, passed, failed, skipped }' "$build/Testing/Temporary/LastTest.log"
grep -E '^SKIP ' "$build/Testing/Temporary/LastTest.log" | sort --unique | sed 's/^SKIP *: /skipped: /' || true
# What passed only when it was tried again is told, not hidden.
sed -n 's/^.* Test *#[0-9]*: \([a-z_A-Z0-9]*\) .*\*\*\*\([A-Z][A-Za-z]*\).*/failed once or more: \1 (\2)/p' "$log" |
    sort | uniq --count
step "done"

closing=$(grep -E '^[0-9]+% tests passed, [0-9]+ tests? failed out of [0-9]+' "$log" || true)
if [[ -z $closing || $closing =~ "out of 0" ]]; then
    echo "no test ran" >&2
    exit 1
fi
echo "$closing"
exit "$status"
