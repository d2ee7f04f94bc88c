#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
#
# How many people a machine of one core and 1 GiB carries: the server runs on core 1 in a control group with
# that memory, everybody is connected by TLS, and for as long as it is measured everybody talks as in the
# busiest minute of the demo's day. Prints a line for each number, and stops at the first at which the 99th
# percentile from due to delivered is above 100 ms, or something fails. Wants root, for the control group.
#
#   tests/bench/smallmachine.sh [--seconds N] [--memory MIB] [--build DIR] PEOPLE...
#
# A person sends 20 and reads 200 messages in eight hours of a day. The load has direct chats alone, in which
# a message is read by one: each person sends 200 for it, which is more work than was asked for.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

usage() {
    sed -n '10s/^#  *//p' "$0" >&2
    exit 2
}

seconds=60
memory=1024
bin=build/release/bin
people=()
while [[ $# -gt 0 ]]; do
    case "$1" in
    --seconds | --memory | --build)
        [[ $# -ge 2 ]] || usage
        case "$1" in
        --seconds) seconds=$2 ;;
        --memory) memory=$2 ;;
        --build) bin=$2 ;;
        esac
        shift
        ;;
    *)
        [[ $1 =~ ^[1-9][0-9]*$ ]] || usage
        people+=("$1")
        ;;
    esac
    shift
done
[[ ${#people[@]} -gt 0 ]] || usage

bin=$(realpath "$bin")
for program in "$bin/parley-bench" "$bin/parleyd" python3 openssl; do
    if ! command -v "$program" >/dev/null; then
        echo "smallmachine: $program is not there; a release build and packaging/packages.sh install test bring it" >&2
        exit 2
    fi
done
if [[ $(id -u) != 0 || $(nproc) -lt 2 ]]; then
    echo "smallmachine: wants root, for the control group, and two cores, one for the load" >&2
    exit 2
fi

# A connection of each person at both ends.
mostOf() { printf '%s\n' "$@" | sort --numeric-sort | tail -n 1; }
if ! ulimit -n $(($(mostOf "${people[@]}") + 400)) 2>/dev/null; then
    echo "smallmachine: no more than $(ulimit -Hn) files may be open here, which is too few for so many people" >&2
    exit 2
fi

perDay=200
daySeconds=$((8 * 3600))
day=resources/demo/2009-03-25.log
# How much more is said in the busiest minute than in one of those that the log covers, on average.
burst=$(sed -n 's/^\[\([0-9][0-9]\):\([0-9][0-9]\)\] *[<*].*/\1 \2/p' "$day" | awk '
    { minute = $1 * 60 + $2; said[minute]++; all++ }
    NR == 1 { first = minute }
    END {
        for (each in said) if (said[each] > most) most = said[each]
        printf "%.1f", most / (all / (minute - first + 1))
    }')

# The older hierarchy has a tree for each resource.
tree=/sys/fs/cgroup
limit=memory.max
peak=memory.peak
if [[ ! -f $tree/cgroup.controllers ]]; then
    tree=/sys/fs/cgroup/memory
    limit=memory.limit_in_bytes
    peak=memory.max_usage_in_bytes
elif ! grep -qw memory "$tree/cgroup.subtree_control"; then
    echo +memory >"$tree/cgroup.subtree_control"
fi
group=$tree/parley-small-$$
work=$(mktemp --directory /var/tmp/parley-small-XXXXXX)
# What the group's last process leaves to be cleared takes a moment.
endGroup() {
    for _ in $(seq 50); do
        if [[ ! -d $group ]] || rmdir "$group" 2>/dev/null; then break; fi
        sleep 0.1
    done
}
finish() {
    rm -rf "$work"
    endGroup
}
trap finish EXIT

cat >"$work/parleyd" <<END
#!/bin/sh
echo \$\$ >"$group/cgroup.procs" && exec "$bin/parleyd" "\$@"
END
chmod +x "$work/parleyd"

echo "one core, $memory MiB; $perDay messages a person in eight hours, $burst times as many as in a minute of them"
for count in "${people[@]}"; do
    mkdir "$group"
    echo $((memory * 1024 * 1024)) >"$group/$limit"
    rate=$(awk -v people="$count" -v day="$perDay" -v seconds="$daySeconds" -v burst="$burst" \
        'BEGIN { rate = people * day / seconds * burst; printf "%d", rate < 1 ? 1 : rate }')
    exitCode=0
    line=$("$bin/parley-bench" rate --tls --pin --pairs "$(((count + 1) / 2))" --rate "$rate" --text 120 \
        --warm-up 10 --seconds "$seconds" --parleyd "$work/parleyd" --data "$work/store") || exitCode=$?
    most=$(cat "$group/$peak" 2>/dev/null || echo 0)
    rm -rf "$work/store"
    endGroup
    isCarried=yes
    python3 -c '
import json, sys
line = json.loads(sys.argv[1] or "{}")
late = line.get("deliveredMs", {})
print("%d people, %d messages/s: p50 %.1f ms, p99 %.1f ms; the server %.0f%% of its core and %d MiB, "
      "its group with cached files at most %d MiB; the load %.0f%% of its core%s" % (
          int(sys.argv[2]), int(sys.argv[3]), late.get("p50", -1), late.get("p99", -1),
          100 * line.get("serverCpuShare", 0), line.get("rssAfterKib", 0) >> 10, int(sys.argv[4]) >> 20,
          100 * line.get("loadCpuShare", 0), "" if sys.argv[5] == "0" else "; FAILED"))
sys.exit(0 if sys.argv[5] == "0" and 0 <= late.get("p99", 1e9) <= 100 else 1)
' "$line" "$count" "$rate" "$most" "$exitCode" || isCarried=
    [[ -n $isCarried ]] || exit 1
done
