#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
#
# Everything at once on a bare machine: installs what is needed, builds, starts a server on loopback
# with a fresh store, replays a real day of a busy channel through it, and opens two client windows
# side by side, signed in as two of that day's people, who can talk at once. Without a display the
# two talk in a screen in memory, by synthesised keys and pointer, and a screenshot is kept.
#
#   packaging/run.sh [--preset release|dev] [--speed N] [--port N] [--no-install] [--headless]
#
# --speed is how many times faster than life the day is replayed. All files are in build/demo.
set -euo pipefail

usage() {
    sed -n '10,12s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

preset=release
speed=2000
port=8420
packages=install
screen=${DISPLAY:-${WAYLAND_DISPLAY:-}}
while [[ $# -gt 0 ]]; do
    case "$1" in
    --preset | --speed | --port)
        [[ $# -ge 2 ]] || usage
        printf -v "${1#--}" %s "$2"
        shift
        ;;
    --no-install) packages=keep ;;
    --headless) screen= ;;
    *) usage ;;
    esac
    shift
done

cd "$(dirname "${BASH_SOURCE[0]}")/.."
bin=build/$preset/bin
demo=$PWD/build/demo
data=$demo/server
profiles=$demo/profiles
day=resources/demo/2009-03-25
children=()

stopChildren() {
    local index
    for ((index = ${#children[@]} - 1; index >= 0; index--)); do
        kill "${children[index]}" 2>/dev/null || true
        wait "${children[index]}" 2>/dev/null || true
    done
}
trap stopChildren EXIT

fail() {
    echo "run: $1" >&2
    [[ -z ${2:-} ]] || tail -n 20 "$2" >&2
    exit 1
}

build() {
    if [[ $packages == install ]]; then
        echo "== packages"
        packaging/packages.sh install build run demo
    fi
    echo "== build ($preset)"
    cmake --preset "$preset" --log-level=WARNING
    cmake --build "build/$preset" --parallel "$(nproc)" \
        --target parleyd parleyctl parley parley-replay
}

isTaken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# A day in a minute, all of it from one address, is far more than the limits let a guest do.
writeConfig() {
    cat >"$demo/parleyd.toml" <<END
[server]
data_folder = "$data"

[listen]
address = "127.0.0.1"
port = $port

[limits]
pending_per_address = 2000
messages_burst = 100000
messages_per_second = 10000
chats_per_hour = 1000
added_members_per_hour = 10000

[accounts]
# They have met in their channel.
asking = "nowhere"
END
}

startServer() {
    while isTaken "$port"; do port=$((port + 1)); done
    url=ws://127.0.0.1:$port
    echo "== server on $url"
    rm -rf "$demo"
    mkdir -p "$data" "$profiles" "$demo/clients"
    chmod 0700 "$demo" "$data" "$profiles" "$demo/clients"
    "$bin/parleyd" --initialise --data "$data"
    writeConfig
    "$bin/parleyd" --config "$demo/parleyd.toml" >"$demo/parleyd.log" 2>&1 &
    children+=($!)
    local tries
    for ((tries = 0; tries < 100; tries++)); do
        "$bin/parleyctl" --data "$data" status >/dev/null 2>&1 && return
        sleep 0.2
    done
    fail "the server did not start" "$demo/parleyd.log"
}

replayDay() {
    echo "== replay of $(basename "$day"), $speed times faster than life"
    "$bin/parley-replay" --server "$url" --control "$data" --day "$day.log" \
        --replies "$day.replies" --speed "$speed" --profiles "$profiles"
}

# The replay names the two people who also talk in a direct chat, one a line.
signIn() {
    mapfile -t people <"$profiles/pair"
    [[ ${#people[@]} == 2 ]] || fail "the replay named no two people"
    local name
    for name in "${people[@]}"; do
        (
            umask 077
            "$bin/parleyctl" --data "$data" token create --user "$name" --json \
                | /usr/bin/python3 -c 'import json, sys; print(json.load(sys.stdin)["token"])' \
                    >"$demo/$name.token"
        )
    done
}

openWindow() {
    "$bin/parley" --profile "$1" --server "$url" --token "$demo/$1.token" --data "$demo/clients" \
        >"$demo/$1.log" 2>&1 &
    children+=($!)
    windows+=($!)
}

# Where the display lets programs place windows; elsewhere the desktop does it.
placeWindows() {
    local size width height index id
    size=$(xdotool getdisplaygeometry 2>/dev/null) || return 0
    read -r width height <<<"$size"
    for index in 0 1; do
        id=$(timeout 20 xdotool search --sync --onlyvisible --pid "${windows[index]}" 2>/dev/null | tail -n 1) \
            || return 0
        xdotool windowsize "$id" $((width / 2)) $((height - 80)) windowmove "$id" $((index * width / 2)) 0 \
            2>/dev/null || return 0
    done
}

talkByHand() {
    echo "== two windows: ${people[0]} and ${people[1]}. Close both, or press Ctrl+C here, to end."
    windows=()
    openWindow "${people[0]}"
    openWindow "${people[1]}"
    placeWindows
    wait "${windows[@]}"
}

talkInMemory() {
    echo "== no display: ${people[0]} and ${people[1]} talk in a screen in memory"
    packaging/demo/in-memory.sh "$bin/parley" "$url" "$demo" "${people[@]}"
}

build
startServer
replayDay
signIn
if [[ -n $screen ]]; then
    talkByHand
else
    talkInMemory
fi
