#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
#
# Fuzzes every target for a time, and says how often each ran, what was new, and what fell.
#
#   tests/fuzz/run.sh [--ledger] [--no-build] SECONDS [TARGET...]   builds the preset "fuzz", fuzzes
#   tests/fuzz/run.sh --keep [TARGET...]    takes the smallest inputs that cover the same into the corpus
#
# What makes a target fall lies in build/fuzz/findings; once it is mended, its input belongs into
# tests/fuzz/corpus/TARGET. With --ledger a line is added to docs/reliability-ledger.tsv.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

usage() {
    sed -n '6,9s/^#  *//p' "$0" >&2
    exit 2
}

build=build/fuzz
work=$build/work
findings=$build/findings
version=$(sed -n 's/^project(Parley VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
ledger=
keep=
compile=yes
while [[ ${1:-} == --* ]]; do
    case "$1" in
    --ledger) ledger=docs/reliability-ledger.tsv ;;
    --keep) keep=yes ;;
    --no-build) compile= ;;
    *) usage ;;
    esac
    shift
done
seconds=
if [[ -z $keep ]]; then
    [[ ${1:-} =~ ^[0-9]+$ ]] || usage
    seconds=$1
    shift
fi

if [[ -n $compile && -z $keep ]]; then
    cmake --preset fuzz --log-level=WARNING
    cmake --build "$build" --target fuzzers --parallel "${PARLEY_JOBS:-$(nproc)}" -- --quiet
fi
if [[ $# -gt 0 ]]; then targets=("$@"); else mapfile -t targets < <("$build/bin/parley-fuzzseeds"); fi

# Qt allocates once and keeps: what is reachable at the end is no leak, so leaks are not counted here;
# the test tst_fuzzcorpus counts them in the preset "asan".
export ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
export LC_ALL=C.UTF-8

inputsLongest() { case "$1" in serversession | clientcore) echo 1500 ;; cachefile) echo 200 ;; *) echo 4096 ;; esac; }

# Inputs that were found to reach something of their own, the smallest ones: no more than this.
keepSmallest() {
    local target=$1 folder=tests/fuzz/corpus/$1 most=60000 sum=0 size name
    rm -rf "$work/$target/merged"
    mkdir -p "$work/$target/merged" "$folder"
    "$build/bin/fuzz_$target" -merge=1 "$work/$target/merged" "$folder" "$build/seeds/$target" \
        "$work/$target/corpus" >"$work/$target/merge.log" 2>&1 || tail -n 3 "$work/$target/merge.log"
    # What was named by hand is a regression, and stays.
    find "$folder" -regextype posix-egrep -regex '.*/[0-9a-f]{40}' -delete
    while read -r size name; do
        ((sum + size <= most)) || break
        sum=$((sum + size))
        cp "$work/$target/merged/$name" "$folder/$name"
    done < <(find "$work/$target/merged" -type f -printf '%s %f\n' | sort -n)
    printf '%-14s %5d inputs, %6d bytes\n' "$target" "$(find "$folder" -type f | wc -l)" "$sum"
}

executionsOf() { awk '$1 == "stat::number_of_executed_units:" { print $2 }' "$1"; }
# The first and the last number of edges that libFuzzer tells.
edges() { grep -o 'cov: [0-9]*' "$1" | awk '{ print $2 }' | sed -n "${2}p"; }

all=0
fell=0
new=0
[[ -n $keep ]] || printf '%-14s %12s %10s %8s %6s %8s\n' target executions per-second edges new fallen
for target in "${targets[@]}"; do
    mkdir -p "$work/$target/corpus" "$findings"
    "$build/bin/parley-fuzzseeds" "$build/seeds" "$target"
    if [[ -n $keep ]]; then
        keepSmallest "$target"
        continue
    fi
    mkdir -p "tests/fuzz/corpus/$target"
    log=$work/$target/log
    before=$(find "$findings" -name "$target-*" | wc -l)
    "$build/bin/fuzz_$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 \
        -max_len="$(inputsLongest "$target")" -artifact_prefix="$findings/$target-" \
        -print_final_stats=1 "$work/$target/corpus" "tests/fuzz/corpus/$target" \
        "$build/seeds/$target" >"$log" 2>&1 || tail -n 25 "$log" >&2
    after=$(find "$findings" -name "$target-*" | wc -l)
    ran=$(executionsOf "$log")
    first=$(edges "$log" 1)
    last=$(edges "$log" '$')
    gained=$((${last:-0} - ${first:-0}))
    all=$((all + ${ran:-0}))
    new=$((new + gained))
    fell=$((fell + after - before))
    printf '%-14s %12d %10d %8d %6d %8d\n' "$target" "${ran:-0}" \
        "$((${ran:-0} / (seconds > 0 ? seconds : 1)))" "${last:-0}" "$gained" "$((after - before))"
    if [[ -n $ledger ]]; then
        printf '%s\t%s\tfuzz %s\t-\t%d executions\t%d\t%d s; %d edges, %d of them new\n' \
            "$(date -u +%F)" "$version" "$target" "${ran:-0}" "$((after - before))" "$seconds" \
            "${last:-0}" "$gained" >>"$ledger"
    fi
done
[[ -n $keep ]] || echo "$all executions, $new new edges, $fell fallen (see $findings)"
[[ $fell == 0 ]]
