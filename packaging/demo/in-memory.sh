#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
#
# Opens two client windows on a screen in memory and lets two people talk through them.
#
#   packaging/demo/in-memory.sh CLIENT URL FOLDER NAME NAME
#
# FOLDER holds a NAME.token for each; logs and two-people.png go there.
set -euo pipefail

if [[ ${PARLEY_DEMO_SESSION:-} != own ]]; then
    # The accessibility bus, and whatever a client wants of its desktop, in a session of its own,
    # whose daemons talk to a log and not to the reader.
    PARLEY_DEMO_SESSION=own exec dbus-run-session -- "${BASH_SOURCE[0]}" "$@" \
        4>&1 5>&2 >"$3/session.log" 2>&1
fi
exec >&4 2>&5

client=$1
url=$2
folder=$3
people=("$4" "$5")
here=$(dirname "${BASH_SOURCE[0]}")
children=()

stopChildren() {
    local index
    for ((index = ${#children[@]} - 1; index >= 0; index--)); do
        kill "${children[index]}" 2>/dev/null || true
        wait "${children[index]}" 2>/dev/null || true
    done
}
trap stopChildren EXIT

startScreen() {
    Xvfb -displayfd 3 -screen 0 1920x1000x24 -nolisten tcp 3>"$folder/display" >"$folder/xvfb.log" 2>&1 &
    children+=($!)
    local tries
    for ((tries = 0; tries < 50; tries++)); do
        [[ -s $folder/display ]] && break
        sleep 0.1
    done
    DISPLAY=:$(<"$folder/display")
    export DISPLAY
}

openWindow() {
    "$client" --profile "$1" --server "$url" --token "$folder/$1.token" --data "$folder/clients" \
        >"$folder/$1.log" 2>&1 &
    children+=($!)
    windows+=("$!:$1")
}

# No graphics card is drawn on, and the windows answer a screen reader from the start.
unset WAYLAND_DISPLAY
export QT_QPA_PLATFORM=xcb QT_QUICK_BACKEND=software QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1
export LC_ALL=C.UTF-8
mkdir -p "$folder/runtime"
chmod 0700 "$folder/runtime"
export XDG_RUNTIME_DIR=$folder/runtime

startScreen
windows=()
openWindow "${people[0]}"
openWindow "${people[1]}"
# Debian's own interpreter: the bindings to the accessibility bus are packages of it.
/usr/bin/python3 "$here/talk.py" --shot "$folder/two-people.png" "${windows[@]}"
