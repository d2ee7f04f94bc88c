#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
#
# The same work on Parley, ejabberd, mosquitto and a bare relay, in one go: servers on core 1, the load on
# core 0. Prints a table, and keeps the lines of parley-bench that it comes from.
#
#   tests/bench/compare.sh [--build DIR] [--seconds N] [--out FILE] [--no-install] [--only NAME,...]
#
# --build    where parley-bench, parleyd and parley-bench-relay are (build/release/bin)
# --seconds  how long each figure is measured (20)
# --out      the lines, one JSON object each (build/compare.jsonl)
# --only     some of parley, parley-tls, ejabberd, mosquitto, relay
#
# ejabberd: SQLite archive in WAL mode with its default synchronous = FULL, stream management, receipts;
# passwords kept plainly, so that signing in costs it the least. mosquitto: QoS 1, and it does NOT sync:
# what it has acknowledged is in its memory. The relay syncs once a turn of its loop and does nothing else.
# Everything they write is in one temporary folder, and they are ended by the numbers of their processes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

usage() {
    sed -n '8p' "$0" | sed 's/^#  *//' >&2
    exit 2
}

bin=build/release/bin
seconds=20
out=build/compare.jsonl
packages=install
only=parley,parley-tls,ejabberd,mosquitto,relay
while [[ $# -gt 0 ]]; do
    case "$1" in
    --no-install) packages=keep ;;
    --build | --seconds | --out | --only)
        [[ $# -ge 2 ]] || usage
        case "$1" in
        --build) bin=$2 ;;
        --seconds) seconds=$2 ;;
        --out) out=$2 ;;
        --only) only=$2 ;;
        esac
        shift
        ;;
    *) usage ;;
    esac
    shift
done

# Not in /tmp: what lies in memory makes syncing free.
work=$(mktemp --directory /var/tmp/parley-compare-XXXXXX)
declare -A url pid
started=()
serverCore=1
ejabberdPort=15222

wanted() { [[ ,$only, == *,$1,* ]]; }

# What has ended stays in the table of processes until it is waited for.
alive() { [[ $(sed -n 's/^State:\s*\(.\).*/\1/p' "/proc/$1/status" 2>/dev/null) == [^Z] ]]; }

endProcess() {
    local patience=100
    kill "$1" 2>/dev/null || return 0
    while alive "$1" && ((patience-- > 0)); do sleep 0.1; done
    kill -KILL "$1" 2>/dev/null || true
}

finish() {
    local each
    for each in "${started[@]}"; do endProcess "$each"; done
    rm -rf "$work"
}
trap finish EXIT

# Until something listens, or the process that should is gone.
awaitPort() {
    local patience=300
    while ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; do
        if ! alive "$2" || ((patience-- == 0)); then
            echo "compare: nothing listens on port $1; see the log:" >&2
            tail -n 30 "$3" >&2
            exit 1
        fi
        sleep 0.1
    done
}

processesNamed() {
    local each
    for each in /proc/[0-9]*; do
        case "$(cat "$each/comm" 2>/dev/null)" in
        beam.smp | epmd | mosquitto) basename "$each" ;;
        esac
    done
}

# The packages start services of their own; those that were not there before are ended again.
install() {
    local before each wants=()
    if wanted ejabberd && [[ ! -e /usr/sbin/ejabberdctl ]]; then wants+=(ejabberd erlang-p1-sqlite3); fi
    if wanted mosquitto && [[ ! -e /usr/sbin/mosquitto ]]; then wants+=(mosquitto); fi
    [[ ${#wants[@]} -gt 0 ]] || return 0
    before=" $(processesNamed | tr '\n' ' ') "
    local asRoot=()
    [[ $(id -u) == 0 ]] || asRoot=(sudo)
    "${asRoot[@]}" env DEBIAN_FRONTEND=noninteractive apt-get --quiet=2 update
    "${asRoot[@]}" env DEBIAN_FRONTEND=noninteractive apt-get --quiet=2 --yes install \
        --no-install-recommends "${wants[@]}" </dev/null >"$work/apt.log" 2>&1 || {
        tail -n 30 "$work/apt.log" >&2
        exit 1
    }
    for each in $(processesNamed); do
        [[ $before == *" $each "* ]] || "${asRoot[@]}" kill "$each" || true
    done
}

configureEjabberd() {
    local folder=$work/ejabberd
    mkdir "$folder"
    # The way of writing is kept in the file; an empty one is filled by ejabberd.
    python3 - "$folder/archive.db" <<'END'
import sqlite3, sys
store = sqlite3.connect(sys.argv[1])
assert store.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
store.execute("CREATE TABLE gone (x)")
store.execute("DROP TABLE gone")
store.commit()
END
    cat >"$folder/ejabberd.yml" <<END
hosts: [localhost]
loglevel: warning
listen:
  - {port: $ejabberdPort, ip: "127.0.0.1", module: ejabberd_c2s, shaper: none, access: all, backlog: 4096}
auth_method: sql
auth_password_format: plain
default_db: sql
sql_type: sqlite
sql_database: "$folder/archive.db"
registration_timeout: infinity
modules:
  mod_mam: {default: always}
  mod_offline: {}
  mod_register: {access: all, ip_access: all}
  mod_roster: {}
  mod_stream_mgmt: {max_ack_queue: 100000}
END
}

startEjabberd() {
    local folder=$work/ejabberd library
    library=$(find /usr/lib -path '*ejabberd*/ebin/ejabberd_app.beam' -print -quit)
    # Without a node name: no epmd, and nothing else to end. It runs on the cores that it may use.
    HOME=$folder ERL_LIBS=$(dirname "$(dirname "$(dirname "$library")")") \
        ERL_CRASH_DUMP=$folder/crash EJABBERD_CONFIG_PATH=$folder/ejabberd.yml \
        EJABBERD_LOG_PATH=$folder/log \
        taskset --cpu-list $serverCore erl +K true +P 250000 -noinput \
        -mnesia dir "\"$folder/mnesia\"" -s ejabberd >"$folder/output" 2>&1 &
    pid[ejabberd]=$!
    started+=($!)
    awaitPort $ejabberdPort $! "$folder/output"
    url[ejabberd]=xmpp://127.0.0.1:$ejabberdPort
}

# Making accounts takes memory that is not about sessions: they are made, and it is started anew.
registerAtEjabberd() {
    "$bin/parley-bench" idle --sessions "$1" --seconds 0 --warm-up 0 --register \
        --server "${url[ejabberd]}" --pid "${pid[ejabberd]}" >"$work/registering"
    endProcess "${pid[ejabberd]}"
    startEjabberd
}

startMosquitto() {
    local folder=$work/mosquitto port=11883
    mkdir "$folder"
    cat >"$folder/mosquitto.conf" <<END
user $(id -un)
listener $port 127.0.0.1
allow_anonymous true
persistence true
persistence_location $folder/
max_inflight_messages 0
max_queued_messages 0
set_tcp_nodelay true
END
    taskset --cpu-list $serverCore /usr/sbin/mosquitto -c "$folder/mosquitto.conf" >"$folder/output" 2>&1 &
    pid[mosquitto]=$!
    started+=($!)
    awaitPort $port $! "$folder/output"
    url[mosquitto]=mqtt://127.0.0.1:$port
}

startRelay() {
    local folder=$work/relay port=18880
    mkdir "$folder"
    taskset --cpu-list $serverCore "$bin/parley-bench-relay" $port "$folder/messages" \
        >"$folder/output" 2>&1 &
    pid[relay]=$!
    started+=($!)
    awaitPort $port $! "$folder/output"
    url[relay]=relay://127.0.0.1:$port
}

# Parley's server is started by parley-bench, fresh each time; the others go on with what they have.
run() {
    local server=$1 options=(--pin --seconds "$seconds")
    shift
    wanted "$server" || return 0
    case "$server" in
    parley) ;;
    parley-tls) options+=(--tls) ;;
    *) options+=(--server "${url[$server]}" --pid "${pid[$server]}") ;;
    esac
    echo "$server: $*" >&2
    # What went wrong stands in the line, and in the table.
    "$bin/parley-bench" "$@" "${options[@]}" | sed "s/^{/{\"server\":\"$server\",/" >>"$out" || true
}

runAll() {
    local server
    for server in parley parley-tls ejabberd mosquitto relay; do run "$server" "$@"; done
}

[[ $packages == keep ]] || install
: >"$out"
if wanted ejabberd; then
    configureEjabberd
    startEjabberd
    registerAtEjabberd 2000
fi
if wanted mosquitto; then startMosquitto; fi
if wanted relay; then startRelay; fi

runAll idle --sessions 2000 --warm-up 3
runAll rate --pairs 100 --rate 500 --warm-up 3
runAll saturation --pairs 100 --outstanding 4 --warm-up 3
runAll saturation --pairs 1000 --outstanding 1 --warm-up 3
runAll storm --sessions 1000
run parley beside --pairs 50 --outstanding 4 --idle 10000 --warm-up 3
run parley-tls beside --pairs 50 --outstanding 4 --idle 5000 --warm-up 3
run parley fanout --members 1000 --senders 4 --warm-up 3
run parley-tls fanout --members 1000 --senders 4 --warm-up 3
run parley catchup
run parley-tls catchup

python3 -B tests/bench/table.py "$out"
