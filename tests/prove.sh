#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
#
# Random worlds on the real store, part of them never lived before; every fault at every storage
# operation; and the mistakes that can be built in, each in the world that is known to notice it. Builds
# the preset "mutations" for all of them: the same cores, with optimisation.
#
#   tests/prove.sh [--no-build] [WORLDS]    2,000 unless told otherwise; a twentieth of them is fresh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

jobs=${PARLEY_JOBS:-$(nproc)}
compile=yes
if [[ ${1:-} == --no-build ]]; then
    compile=
    shift
fi
worlds=${1:-2000}
[[ $worlds =~ ^[1-9][0-9]*$ && $# -le 1 ]] || {
    sed -n '9s/^# *//p' "$0" >&2
    exit 2
}

if [[ -n $compile ]]; then
    # clang takes half of gcc's time.
    if [[ -z ${CXX:-} ]] && command -v clang++ >/dev/null; then
        export CXX=clang++
    fi
    cmake --preset mutations --log-level=WARNING
    cmake --build build/mutations --parallel "$jobs" --target parley-sim parley-sweep parley-mutations -- --quiet
fi

known=$((worlds * 19 / 20))
began=$(($(date +%s) * 1000))
failed=
echo "== $known worlds of the first seeds"
build/mutations/bin/parley-sim --seeds "1..$known" --jobs "$jobs" || failed=worlds
echo "== $((worlds - known)) fresh worlds"
build/mutations/bin/parley-sim --seeds "$began..$((began + worlds - known - 1))" --jobs "$jobs" || failed=worlds
echo "== a fault at every storage operation"
build/mutations/bin/parley-sweep --jobs "$jobs" || failed=sweep
echo "== mistakes"
mapfile -t mistakes < <(sed -n 's/^\([a-z-]*\) [0-9]*$/\1/p' tests/simulation/mutations/recorded.txt)
build/mutations/bin/parley-mutations --recorded --jobs "$jobs" "${mistakes[@]}" || failed=mistakes
[[ -z $failed ]]
