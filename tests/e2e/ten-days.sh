#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
#
# Replays every day of a folder through real clients and the real server while connections are cut,
# compares all files, and prints one line a day.
#
#   tests/e2e/ten-days.sh FOLDER [--preset dev|release|asan] [--cuts N] [--seed N] [--keep FOLDER]
#
# FOLDER holds DATE.log and DATE.replies, as resources/demo does. What a day leaves behind is deleted
# unless it is kept; that of a day that failed always stays.
set -euo pipefail

usage() {
    sed -n '7,10s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

[[ $# -ge 1 && $1 != -* ]] || usage
days=$1
shift
preset=dev
cuts=60
seed=1
keep=
while [[ $# -gt 0 ]]; do
    [[ $# -ge 2 ]] || usage
    case "$1" in
    --preset) preset=$2 ;;
    --cuts) cuts=$2 ;;
    --seed) seed=$2 ;;
    --keep) keep=$2 ;;
    *) usage ;;
    esac
    shift 2
done

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
bin=$root/build/$preset/bin
place=${keep:-$(mktemp -d)}
failed=0
count=0

runDay() {
    local log=$1 day folder said compared
    day=$(basename "$log" .log)
    folder=$place/$day
    rm -rf "$folder"
    mkdir -p "$folder"
    if ! "$bin/parley-replay" --day "$log" --in-process "$folder/server" --profiles "$folder/people" \
        --cuts "$cuts" --seed "$seed" >"$folder/replay.log" 2>"$folder/errors.log"; then
        echo "$day: the replay failed, see $folder/replay.log and errors.log"
        return 1
    fi
    compared=$("$bin/parley-compare" --server "$folder/server" --journal "$folder/people/journal" \
        "$folder/people" 2>"$folder/faults.log") || {
        echo "$day: NOT EQUAL: $compared; see $folder/faults.log"
        return 1
    }
    said=$(grep -oE '[0-9]+ people in [0-9]+ visits said [0-9]+ lines' "$folder/replay.log")
    echo "$day: $said, $(grep -oE '[0-9]+ connections cut' "$folder/replay.log"), $(
        grep -oE 'at rest after [0-9.]+ s' "$folder/replay.log"); $compared"
    [[ -n $keep ]] || rm -rf "$folder"
}

for log in "$days"/*.log; do
    [[ -e $log ]] || usage
    count=$((count + 1))
    runDay "$log" || failed=$((failed + 1))
done
[[ -n $keep || $failed -gt 0 ]] || rmdir "$place"
echo "$((count - failed)) of $count days equal, seed $seed"
[[ $failed == 0 ]]
