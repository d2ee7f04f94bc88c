#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
#
# The same work on Parley, ejabberd, mosquitto and a bare relay, in one go: servers on core 1, the load on
# core 0, every run on a fresh store with a server that was just started. Says first how long it takes, and
# ends with a table and plots. Ends with 1 when anything failed or was not run; the rest is run all the same.
#
#   tests/bench/compare.sh [--quick] [--minutes N] [--rounds N] [--seconds N] [--warm-up N]
#       [--build DIR] [--out DIR] [--only NAME,...] [--no-install]
#
# --quick    less of everything, once: whether it works, not how fast
# --minutes  no run begins later than that (30; quick: 5)
# --rounds   how often the main figures are taken; the table has their medians (3; quick: 1)
# --seconds  how long each is measured (5; quick: 1)
# --warm-up  how long it runs before that (3; quick: 1)
# --build    where parley-bench, parleyd and parley-bench-relay are (build/release/bin)
# --out      where lines.jsonl, table.md, the plots and the log go (build/compare)
# --only     some of parley, ejabberd, mosquitto, relay, parley-tls, ejabberd-tls
#
# Everything they write is in one temporary folder, and they are ended by the numbers of their processes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

usage() {
    sed -n '9,10p' "$0" | sed 's/^#  *//' >&2
    exit 2
}

isQuick='' minutes='' rounds='' seconds='' warmUp=''
bin=build/release/bin
out=build/compare
packages=install
all=(parley ejabberd mosquitto relay parley-tls ejabberd-tls)
only=$(IFS=,; echo "${all[*]}")
while [[ $# -gt 0 ]]; do
    case "$1" in
    --quick) isQuick=yes ;;
    --no-install) packages=keep ;;
    --minutes | --rounds | --seconds | --warm-up | --build | --out | --only)
        [[ $# -ge 2 ]] || usage
        case "$1" in
        --minutes) minutes=$2 ;;
        --rounds) rounds=$2 ;;
        --seconds) seconds=$2 ;;
        --warm-up) warmUp=$2 ;;
        --build) bin=$2 ;;
        --out) out=$2 ;;
        --only) only=$2 ;;
        esac
        shift
        ;;
    *) usage ;;
    esac
    shift
done
if [[ $isQuick ]]; then
    minutes=${minutes:-5} rounds=${rounds:-1} seconds=${seconds:-1} warmUp=${warmUp:-1}
    sessions=300 manyPairs=0 idles=(500) moreIdles=(1000) rates=(100 2000)
    group=100 missed=(--chats 20 --messages 5000)
else
    minutes=${minutes:-30} rounds=${rounds:-3} seconds=${seconds:-5} warmUp=${warmUp:-3}
    sessions=2000 manyPairs=1000 idles=(500 2000) moreIdles=(10000)
    rates=(100 1000 4000 16000)
    group=1000 missed=(--chats 200 --messages 100000)
fi
for number in "$minutes" "$rounds" "$seconds" "$warmUp"; do
    [[ $number =~ ^[0-9]+$ && $number -gt 0 ]] || usage
done
for program in parley-bench parley-bench-relay parleyd; do
    if [[ ! -x $bin/$program ]]; then
        echo "compare: $bin has no $program" >&2
        exit 2
    fi
done
for program in python3 openssl; do
    if ! command -v "$program" >/dev/null; then
        echo "compare: $program is not there; packaging/packages.sh install test brings it" >&2
        exit 2
    fi
done
if [[ $(nproc) -lt 2 ]]; then
    echo "compare: wants two cores, one for the server and one for the load" >&2
    exit 2
fi

# Not in /tmp: what lies in memory makes syncing free.
work=$(mktemp --directory /var/tmp/parley-compare-XXXXXX)
lines=$out/lines.jsonl
log=$out/log
began=$SECONDS
doing=counting
estimate=0
failures=0
declare -A behind=() # servers that did not keep up with a rate

wanted() { [[ ,$only, == *,$1,* ]]; }

# shellcheck source=tests/bench/servers.sh
. tests/bench/servers.sh

finish() {
    stopServer
    rm -rf "$work"
}
trap finish EXIT

# About how long a run takes, on a machine that does nothing else.
add() {
    local server=$1 scenario=$2 lasts=$((seconds + warmUp)) around=2
    case "$scenario" in
    storm) lasts=$((seconds + 1)) ;;
    idle) lasts=$((seconds + 3 * warmUp)) around=4 ;;
    beside) lasts=$((3 * lasts)) around=6 ;;
    catchup) lasts=8 ;;
    esac
    if [[ $server == ejabberd* ]]; then around=$((around + 4)); fi
    estimate=$((estimate + lasts + around))
}

# One line for each run, whatever became of it; says what that was.
record() {
    local server=$1 round=$2 exitCode=$3
    shift 3
    python3 -B tests/bench/record.py "$lines" "$server" "$round" "$exitCode" "$work/complaints" "$*" \
        <"$work/line"
}

# Parley's server is started by parley-bench, the others here; fresh each time.
load() {
    local server=$1 exitCode=0 options=(--pin --seconds "$seconds" --warm-up "$warmUp")
    shift
    rm -rf "$work/store"
    [[ $server == *-tls ]] && options+=(--tls)
    case "$server" in
    parley*) options+=(--parleyd "$bin/parleyd" --data "$work/store") ;;
    *)
        startServer "$server" >"$work/complaints" || return 1
        options+=(--server "$(urlOf "$server")" --pid "$running")
        ;;
    esac
    timeout --foreground --kill-after=5 $((3 * (seconds + warmUp) + 120)) \
        "$bin/parley-bench" "$@" "${options[@]}" >"$work/line" 2>"$work/complaints" || exitCode=$?
    if [[ -n $running && $exitCode != 0 ]]; then
        tail -n 20 "$work/store/output" >>"$work/complaints" || true
    fi
    return $exitCode
}

run() {
    local server=$1 round=$2 exitCode=0 verdict
    shift 2
    wanted "$server" || return 0
    if [[ $doing == counting ]]; then
        add "$server" "$@"
        return
    fi
    : >"$work/line"
    : >"$work/complaints"
    if ((SECONDS - began >= minutes * 60)); then
        echo "not run: the $minutes minutes were over" >"$work/complaints"
        exitCode=125
    else
        load "$server" "$@" || exitCode=$?
        stopServer
    fi
    verdict=$(record "$server" "$round" "$exitCode" "$@") || verdict="failed: there is no line of it"
    echo "$((SECONDS - began)) s: $server: $*: $verdict" | tee --append "$log" >&2
    cat "$work/complaints" >>"$log"
    case "$verdict" in
    failed*) failures=$((failures + 1)) behind[$server]=yes ;;
    behind*) behind[$server]=yes ;;
    esac
}

runFor() {
    local names=$1 round=$2 server
    shift 2
    for server in $names; do run "$server" "$round" "$@"; done
}

# What is taken once: memory, what Parley alone can do, and what the plots show.
once() {
    local idle rate server
    runFor "${all[*]}" 1 idle --sessions "$sessions"
    runFor "parley-tls ejabberd-tls" 1 storm --sessions "$((sessions / 2))"
    for idle in "${idles[@]}"; do
        runFor "parley ejabberd" 1 beside --pairs 50 --outstanding 4 --idle "$idle"
    done
    for idle in "${moreIdles[@]}"; do
        runFor "parley mosquitto relay" 1 beside --pairs 50 --outstanding 4 --idle "$idle"
    done
    runFor "parley parley-tls" 1 fanout --members "$group" --senders 4
    runFor "parley parley-tls" 1 catchup "${missed[@]}"
    # Up to the first that a server does not keep up with.
    behind=()
    for rate in "${rates[@]}"; do
        for server in parley ejabberd mosquitto relay; do
            # It is asked for all that it can do, but not counted with.
            if [[ $doing == counting && $server == ejabberd && $rate -gt 1000 ]]; then continue; fi
            [[ ${behind[$server]:-} ]] || run "$server" 1 rate --pairs 100 --rate "$rate"
        done
    done
}

everything() {
    local round plain='parley ejabberd mosquitto relay'
    for ((round = 1; round <= rounds; ++round)); do
        runFor "$plain parley-tls ejabberd-tls" "$round" rate --pairs 100 --rate 500
        runFor "$plain parley-tls ejabberd-tls" "$round" saturation --pairs 100 --outstanding 4
        if ((manyPairs > 0)); then
            runFor "$plain" "$round" saturation --pairs "$manyPairs" --outstanding 1
        fi
        runFor "$plain" "$round" storm --sessions "$((sessions / 2))"
        if ((round == 1)); then once; fi
        # What does not sync is no measure, and is not taken again.
        plain='parley ejabberd relay'
    done
}

# As many as any run needs.
accounts() {
    local most=$sessions idle
    for idle in "${idles[@]}"; do
        if ((idle + 100 > most)); then most=$((idle + 100)); fi
    done
    echo $((2 * manyPairs > most ? 2 * manyPairs : most))
}

everything
if wanted ejabberd || wanted ejabberd-tls; then estimate=$((estimate + $(accounts) / 50)); fi
echo "compare: about $(((estimate + 59) / 60)) minutes, $minutes at most" >&2
mkdir -p "$out"
: >"$lines"
: >"$log"
[[ $packages == keep ]] || install
began=$SECONDS
if wanted ejabberd || wanted ejabberd-tls; then
    # Without them its runs fail, one by one, and say so.
    makeAccountsAtEjabberd "$(accounts)" >>"$log" || true
    stopServer
    echo "$((SECONDS - began)) s: the accounts at ejabberd are made" >&2
fi
doing=running
everything

python3 -B tests/bench/table.py "$lines" >"$out/table.md"
python3 -B tests/bench/plot.py "$lines" "$out"
cat "$out/table.md"
echo "compare: took $((SECONDS - began)) s; $out has the table, the lines, the plots and the log" >&2
if ((failures > 0)); then
    echo "compare: $failures runs failed or were not run" >&2
    exit 1
fi
