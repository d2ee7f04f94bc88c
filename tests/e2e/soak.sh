#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
#
# Lets real clients live real days again, one after the other, for hours, on one server that is killed
# now and then, over connections that are cut; watches its memory, compares every file after each day,
# and lets the auditor judge in the end.
#
#   tests/e2e/soak.sh HOURS [--days FOLDER] [--preset dev|release|asan] [--cuts N] [--kills N]
#                     [--seed N] [--megabytes N] [--keep FOLDER] [--ledger FILE]
#
# HOURS may be a fraction (0.05 is three minutes). FOLDER holds DATE.log and DATE.replies; a lap is
# all of them. Each lap has a new store; every other day of it the server is killed --kills times, on
# the days between it lives on, and its memory is read. More than --megabytes fails.
set -euo pipefail

usage() {
    sed -n '9,14s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

[[ $# -ge 1 && $1 =~ ^[0-9]+(\.[0-9]+)?$ ]] || usage
seconds=$(awk -v hours="$1" 'BEGIN { printf "%d", hours * 3600 }')
hours=$1
shift
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
days=$root/resources/demo
preset=dev
cuts=60
kills=3
seed=1
megabytes=512
keep=
ledger=
while [[ $# -gt 0 ]]; do
    [[ $# -ge 2 ]] || usage
    case "$1" in
    --days) days=$2 ;;
    --preset) preset=$2 ;;
    --cuts) cuts=$2 ;;
    --kills) kills=$2 ;;
    --seed) seed=$2 ;;
    --megabytes) megabytes=$2 ;;
    --keep) keep=$2 ;;
    --ledger) ledger=$2 ;;
    *) usage ;;
    esac
    shift 2
done

bin=$root/build/$preset/bin
shopt -s nullglob
logs=("$days"/*.log)
[[ ${#logs[@]} -gt 0 ]] || usage
place=${keep:-$(mktemp -d)}
mkdir -p "$place"
server=
port=0
killer=
RANDOM=$seed
began=$SECONDS
daysDone=0
laps=0
killCount=0
mostKb=0
lastSummary=

# Only what was started here, by its own number.
stopAll() {
    [[ -z $killer ]] || kill "$killer" 2>/dev/null || true
    [[ -z $server ]] || kill -KILL "$server" 2>/dev/null || true
}
trap stopAll EXIT

fail() {
    echo "FAILED: $*; everything is in $place" >&2
    note 1
    exit 1
}

note() {
    local figures
    figures="$laps laps, $daysDone days, $killCount server kills, server at most $((mostKb / 1024)) MiB; $lastSummary"
    echo "$figures"
    [[ -n $ledger ]] || return 0
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$(date -u +%F)" "$("$bin/parleyd" --version | awk '{print $2}')" \
        "soak.sh" "$seed" "$hours hours" "$1" "$figures" >>"$ledger"
}

configure() {
    cat >"$place/parleyd.toml" <<END
[server]
data_folder = "$place/server"
[listen]
address = "127.0.0.1"
port = $port
[limits]
messages_burst = 100000
messages_per_second = 100000
chats_per_hour = 1000
added_members_per_hour = 100000
devices = 1000
pending_per_address = 1000
address_burst = 10000000
address_per_second = 1000000
[accounts]
password_memory_mib = 1
asking = "nowhere"
END
}

startServer() {
    configure
    : >"$place/parleyd.out"
    "$bin/parleyd" --config "$place/parleyd.toml" >"$place/parleyd.out" 2>>"$place/parleyd.log" &
    server=$!
    local waited
    for ((waited = 0; waited < 300; waited++)); do
        port=$(sed -nE 's#^listening on ws://127\.0\.0\.1:([0-9]+).*#\1#p' "$place/parleyd.out")
        [[ -z $port ]] || return 0
        kill -0 "$server" 2>/dev/null || fail "the server does not start"
        sleep 0.1
    done
    fail "the server does not listen"
}

stopServer() {
    kill -TERM "$server"
    wait "$server" || fail "the server does not stop by itself"
    server=
}

killServer() {
    readMemory
    kill -KILL "$server"
    wait "$server" 2>/dev/null || true
    startServer
    killCount=$((killCount + 1))
}

readMemory() {
    local kb
    kb=$(awk '/^VmHWM:/ { print $2 }' "/proc/$server/status")
    printf '%s\t%s\t%s\n' "$((SECONDS - began))" "$daysDone" "$kb" >>"$place/memory.tsv"
    [[ $kb -le $mostKb ]] || mostKb=$kb
    [[ $kb -le $((megabytes * 1024)) ]] || fail "the server holds $kb KiB"
}

linesOf() { if [[ -e $1 ]]; then wc -l <"$1"; else echo 0; fi; }

# One day on the server that runs; killed under it if wanted.
runDay() {
    local log=$1 wanted=$2 people replay number lines
    people=$place/people
    rm -rf "$people"
    mkdir -p "$people" "$place/journals/$daysDone"
    "$bin/parley-replay" --day "$log" --server "ws://127.0.0.1:$port/" --control "$place/server" \
        --profiles "$people" --cuts "$cuts" --seed "$((seed + daysDone))" >"$place/replay.log" 2>&1 &
    replay=$!
    killer=$replay
    for ((number = 0; number < wanted; number++)); do
        lines=$(($(linesOf "$people/journal") + 30 + RANDOM % 250))
        while [[ $(linesOf "$people/journal") -lt $lines ]]; do
            kill -0 "$replay" 2>/dev/null || break 2
            sleep 0.05
        done
        killServer
    done
    wait "$replay" || fail "the day does not come to its end: $(tail -n 3 "$place/replay.log")"
    killer=
    readMemory
    lastSummary=$("$bin/parley-compare" --server "$place/server" --journal "$people/journal" "$people" \
        2>"$place/faults.log") || fail "not equal: $(head -n 3 "$place/faults.log")"
    # Devices of the days before are away for good; what they were told holds for ever.
    cp "$people"/delivery-* "$place/journals/$daysDone/"
}

audit() {
    local arguments=() journal
    for journal in "$place"/journals/*/delivery-*; do arguments+=(--journal "$journal"); done
    lastSummary=$(python3 -B "$root/tests/e2e/auditor/audit.py" --server "$place/server" \
        "${arguments[@]}" "$place/people") || fail "the auditor: $lastSummary"
}

while [[ $((SECONDS - began)) -lt $seconds ]]; do
    rm -rf "$place/server" "$place/people" "$place/journals"
    configure
    "$bin/parleyd" --config "$place/parleyd.toml" --initialise >"$place/initialise.log" 2>&1 ||
        fail "there is no store"
    startServer
    for log in "${logs[@]}"; do
        runDay "$log" "$((daysDone % 2 == 0 ? kills : 0))"
        daysDone=$((daysDone + 1))
        echo "$((SECONDS - began)) s, day $daysDone ($(basename "$log" .log)): $killCount kills, at most $((mostKb / 1024)) MiB; $lastSummary"
        [[ $((SECONDS - began)) -lt $seconds ]] || break
    done
    stopServer
    audit
    laps=$((laps + 1))
    echo "$((SECONDS - began)) s, lap $laps: $lastSummary"
done
note 0
[[ -n $keep ]] || rm -rf "$place"
