#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
#
# The servers that compare.sh holds against Parley's: installed, and started one at a time on a store that
# is fresh for each run. Sourced by compare.sh, which says where: $work, $bin.
#
# ejabberd: SQLite archive in WAL mode with its default synchronous = FULL, stream management, receipts;
# passwords kept plainly, so that signing in costs it the least. mosquitto: QoS 1, and it does NOT sync:
# what it has acknowledged is in its memory. The relay syncs once a turn of its loop and does nothing else.
# shellcheck disable=SC2154

serverCore=1
running='' # the process of the server that runs
declare -A ports=([ejabberd]=15222 [ejabberd-tls]=15223 [mosquitto]=11883 [relay]=18880)

# What has ended stays in the table of processes until it is waited for.
alive() { [[ $(sed -n 's/^State:\s*\(.\).*/\1/p' "/proc/$1/status" 2>/dev/null) == [^Z] ]]; }

# Gently where what it has stored is needed; after a run nobody wants it.
stopServer() {
    local patience=100
    [[ -n $running ]] || return 0
    if [[ ${1:-} == gently ]]; then
        kill "$running" 2>/dev/null || true
        while alive "$running" && ((patience-- > 0)); do sleep 0.1; done
    fi
    if alive "$running"; then kill -KILL "$running" || true; fi
    wait "$running" 2>/dev/null || true
    running=''
}

urlOf() {
    local -A schemes=([ejabberd]=xmpp [ejabberd-tls]=xmpp [mosquitto]=mqtt [relay]=relay)
    echo "${schemes[$1]}://127.0.0.1:${ports[$1]}"
}

# The sockets that listen on a port, by the numbers that the system gave them.
listeners() {
    awk -v port="$(printf ':%04X' "$1")" \
        '$4 == "0A" && substr($2, length($2) - 4) == port { print $10 }' /proc/net/tcp /proc/net/tcp6
}

holds() {
    local each
    for each in "/proc/$1/fd"/*; do
        [[ $(readlink "$each") == "socket:[$2]" ]] && return 0
    done
    return 1
}

isFree() {
    [[ -z $(listeners "$1") ]] && return 0
    echo "somebody listens on port $1 already"
    return 1
}

# Until the process that was started listens: it, and nobody else.
awaitPort() {
    local patience=300 found
    while ((patience-- > 0)); do
        if ! alive "$running"; then
            echo "the server ended before it listened"
            return 1
        fi
        found=$(listeners "$1")
        if [[ -n $found ]]; then
            holds "$running" "${found%%$'\n'*}" && return 0
            echo "somebody else listens on port $1"
            return 1
        fi
        sleep 0.1
    done
    echo "nothing listens on port $1"
    return 1
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
    local before each wants=() asRoot=()
    if wanted ejabberd || wanted ejabberd-tls; then wants+=(ejabberd erlang-p1-sqlite3); fi
    if wanted mosquitto; then wants+=(mosquitto); fi
    for each in "${!wants[@]}"; do
        if [[ $(dpkg-query --show --showformat '${db:Status-Status}' "${wants[each]}" 2>/dev/null) == installed ]]; then
            unset "wants[each]"
        fi
    done
    [[ ${#wants[@]} -gt 0 ]] || return 0
    before=" $(processesNamed | tr '\n' ' ') "
    [[ $(id -u) == 0 ]] || asRoot=(sudo)
    "${asRoot[@]}" env DEBIAN_FRONTEND=noninteractive apt-get --quiet=2 update
    "${asRoot[@]}" env DEBIAN_FRONTEND=noninteractive apt-get --quiet=2 --yes install \
        --no-install-recommends "${wants[@]}" </dev/null >"$work/apt.log" 2>&1 || {
        tail -n 30 "$work/apt.log" >&2
        return 1
    }
    for each in $(processesNamed); do
        [[ $before == *" $each "* ]] || "${asRoot[@]}" kill "$each" || true
    done
}

configureEjabberd() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
        -keyout "$work/key.pem" -out "$work/certificate.pem" 2>/dev/null
    cat "$work/key.pem" >>"$work/certificate.pem"
    cat >"$work/ejabberd.yml" <<END
hosts: [localhost]
loglevel: warning
certfiles: ["$work/certificate.pem"]
listen:
  - {port: ${ports[ejabberd]}, ip: "127.0.0.1", module: ejabberd_c2s, shaper: none, access: all,
     backlog: 4096}
  - {port: ${ports[ejabberd-tls]}, ip: "127.0.0.1", module: ejabberd_c2s, shaper: none, access: all,
     backlog: 4096, tls: true}
auth_method: sql
auth_password_format: plain
default_db: sql
sql_type: sqlite
sql_database: "$work/store/archive.db"
registration_timeout: infinity
modules:
  mod_mam: {default: always}
  mod_offline: {}
  mod_register: {access: all, ip_access: all}
  mod_roster: {}
  mod_stream_mgmt: {max_ack_queue: 100000}
END
}

# The way of writing is kept in the file; an empty one is filled by ejabberd.
makeArchive() {
    python3 - "$work/store/archive.db" <<'END'
import sqlite3, sys
store = sqlite3.connect(sys.argv[1])
assert store.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
store.execute("CREATE TABLE gone (x)")
store.execute("DROP TABLE gone")
store.commit()
END
}

launchEjabberd() {
    local library
    library=$(find /usr/lib -path '*ejabberd*/ebin/ejabberd_app.beam' -print -quit)
    # Without a node name: no epmd, and nothing else to end. It runs on the cores that it may use.
    HOME=$work/store ERL_LIBS=$(dirname "$(dirname "$(dirname "$library")")") \
        ERL_CRASH_DUMP=$work/store/crash EJABBERD_CONFIG_PATH=$work/ejabberd.yml \
        EJABBERD_LOG_PATH=$work/store/output.ejabberd \
        taskset --cpu-list $serverCore erl +K true +P 250000 -noinput \
        -mnesia dir "\"$work/store/mnesia\"" -s ejabberd >"$work/store/output" 2>&1 &
    running=$!
}

# Making accounts takes long, and memory that is not about sessions: they are made once, and each run gets
# a copy of what was in the store then.
makeAccountsAtEjabberd() {
    rm -rf "$work/store" "$work/accounts"
    mkdir "$work/store"
    configureEjabberd
    makeArchive
    isFree "${ports[ejabberd]}" && isFree "${ports[ejabberd-tls]}" || return 1
    launchEjabberd
    awaitPort "${ports[ejabberd]}" || return 1
    "$bin/parley-bench" idle --sessions "$1" --seconds 0 --warm-up 0 --register \
        --server "$(urlOf ejabberd)" --pid "$running" >"$work/registering" || {
        echo "the accounts could not be made: $(tail -n 1 "$work/registering")"
        return 1
    }
    stopServer gently
    mv "$work/store" "$work/accounts"
}

# A line of the log for each connection is left out, as at Parley's and ejabberd.
launchMosquitto() {
    cat >"$work/mosquitto.conf" <<END
user $(id -un)
listener ${ports[mosquitto]} 127.0.0.1
allow_anonymous true
persistence true
persistence_location $work/store/
max_inflight_messages 0
max_queued_messages 0
set_tcp_nodelay true
connection_messages false
END
    taskset --cpu-list $serverCore /usr/sbin/mosquitto -c "$work/mosquitto.conf" \
        >"$work/store/output" 2>&1 &
    running=$!
}

launchRelay() {
    taskset --cpu-list $serverCore "$bin/parley-bench-relay" "${ports[relay]}" "$work/store/messages" \
        >"$work/store/output" 2>&1 &
    running=$!
}

# Starts one on a fresh store; what it says is why that was not possible.
startServer() {
    isFree "${ports[$1]}" || return 1
    case "$1" in
    ejabberd*)
        if [[ ! -e $work/accounts ]]; then
            echo "there are no accounts"
            return 1
        fi
        cp --archive "$work/accounts" "$work/store"
        launchEjabberd
        ;;
    mosquitto) mkdir "$work/store" && launchMosquitto ;;
    relay) mkdir "$work/store" && launchRelay ;;
    esac
    awaitPort "${ports[$1]}"
}
