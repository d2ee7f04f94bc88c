#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
#
# How many branches of the cores the tests take (clang's source-based coverage, assertions left out),
# and how many assertions the cores have.
#
#   tests/coverage.sh [--no-build] [--worlds N]   builds the preset "coverage", runs the cores' tests
#                                                 and N simulated worlds, prints a line for each core
#   tests/coverage.sh --untaken [CORE]            lists the branches that no test took, after a run
#   tests/coverage.sh --assertions                counts assertions alone, without a build
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

build=build/coverage
cores=(shared/codec shared/protocol server/messages server/gateway/session server/store
    server/presence server/queue client/core client/cache)
tests=(tst_cbor tst_json tst_roundtrip tst_frame tst_identity tst_hostileframes tst_fuzzcorpus
    tst_accounts tst_beginnings tst_chatpages tst_matrix tst_members tst_operations tst_outcomes
    tst_userdesk tst_watermarks tst_deviceneeds tst_handshake tst_lagging tst_limiter tst_reads
    tst_session tst_presence tst_queues tst_serialise tst_conformance tst_markconformance
    tst_userconformance tst_sqlitestore tst_storefaults tst_backoff tst_catchingup tst_chats
    tst_crashes tst_fetching tst_heartbeat tst_intervals tst_marks tst_merge tst_restore tst_sending
    tst_timelinereader tst_userstate tst_cachefolder tst_sqlitecache tst_mergeproperties
    tst_outboxproperties tst_unreadproperties tst_searcher)
worlds=200
mode=run
compile=yes
core=
while [[ $# -gt 0 ]]; do
    case "$1" in
    --no-build) compile= ;;
    --worlds)
        worlds=$2
        shift
        ;;
    --untaken) mode=untaken ;;
    --assertions) mode=assertions ;;
    -*)
        sed -n '7,11s/^#  *//p' "$0" >&2
        exit 2
        ;;
    *) core=$1 ;;
    esac
    shift
done

# The goal is one for each 25 lines of what decides: lines of .cpp files that are neither empty, comment
# nor a lone bracket.
assertions() {
    local name files lines found
    for name in server/messages client/core server/gateway/session server/presence; do
        mapfile -t files < <(find "${name%/*}" -path "$name*" -name '*.cpp' | sort)
        lines=$(cat "${files[@]}" | grep -cvE '^[[:space:]]*(//|///|\*|[{}();]*$)' || true)
        found=$(cat "${files[@]}" | grep -cE 'PARLEY_(ASSERT|UNREACHABLE)\(' || true)
        printf '%-26s %6d lines %5d assertions, one in %d\n' "$name" "$lines" "$found" \
            "$((lines / (found > 0 ? found : 1)))"
    done
}

if [[ $mode == assertions ]]; then
    assertions
    exit
fi

programs=()
for test in "${tests[@]}"; do [[ ! -x $build/tests/$test ]] || programs+=("$build/tests/$test"); done
if [[ $mode == run ]]; then
    if [[ -n $compile ]]; then
        cmake --preset coverage --log-level=WARNING
        cmake --build "$build" --parallel "${PARLEY_JOBS:-$(nproc)}" --target "${tests[@]}" parley-sim \
            -- --quiet
        programs=("${tests[@]/#/$build/tests/}")
    fi
    rm -rf "$build/profiles"
    mkdir -p "$build/profiles"
    export QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8
    for program in "${programs[@]}"; do
        LLVM_PROFILE_FILE=$build/profiles/${program##*/}.profraw "$program" >"$build/profiles/log" 2>&1 ||
            echo "${program##*/} failed: see $build/profiles/log" >&2
    done
    if [[ $worlds -gt 0 ]]; then
        LLVM_PROFILE_FILE=$build/profiles/sim.profraw "$build/bin/parley-sim" --seeds "1..$worlds" \
            | tail -n 1
    fi
    llvm-profdata merge -sparse "$build"/profiles/*.profraw -o "$build/merged.profdata"
fi

[[ ! -x $build/bin/parley-sim ]] || programs+=("$build/bin/parley-sim")
objects=()
for program in "${programs[@]:1}"; do objects+=(-object "$program"); done
llvm-cov export -instr-profile="$build/merged.profdata" "${programs[0]}" "${objects[@]}" \
    -ignore-filename-regex='(/usr/|/build/|/tests/|_autogen)' >"$build/coverage.json"
python3 tests/branches.py "$build/coverage.json" "$mode" "${core:-}" "${cores[@]}"
[[ $mode == untaken ]] || assertions
