#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Parley authors
# SPDX-License-Identifier: MPL-2.0
#
# The packages that Parley needs on Debian 12, Debian 13 and Ubuntu 24.04, and their installation.
#
#   packaging/packages.sh list SET...       prints them, one a line
#   packaging/packages.sh missing SET...    prints those that are not installed
#   packaging/packages.sh install SET...    installs those with apt, as root or by sudo
#
# A SET is build, run, test, fuzz, demo or lint. Releases name some packages differently: "a|b" takes the
# first that this release has.
set -euo pipefail

packagesOf() {
    case "$1" in
    build) # What CMakeLists.txt looks for; ccache and lld only make it faster.
        cat <<'END'
build-essential
ccache
cmake
libsodium-dev
libsqlite3-dev
libssl-dev
libtomlplusplus-dev
lld
ninja-build
pkg-config
qt6-base-dev
qt6-base-private-dev
qt6-declarative-dev
qt6-declarative-private-dev
qt6-svg-dev
qt6-websockets-dev
qtkeychain-qt6-dev
END
        ;;
    run) # What the programs load while they run, which no library dependency brings.
        cat <<'END'
fonts-noto-color-emoji
fonts-noto-core
libqt6sql6-sqlite
libsecret-1-0
qml6-module-qt-labs-folderlistmodel
qml6-module-qtqml
qml6-module-qtqml-workerscript
qml6-module-qtquick
qml6-module-qtquick-controls
qml6-module-qtquick-dialogs
qml6-module-qtquick-layouts
qml6-module-qtquick-templates
qml6-module-qtquick-window
qt6-svg-plugins|libqt6svg6
qt6-wayland
END
        ;;
    test) # A compiler that needs half of gcc's time, a keychain in a session of its own, network
          # namespaces, certificates, a client in Python.
        cat <<'END'
clang
dbus
git
gnome-keyring
iproute2
librapidcheck-dev
openssl
python3
python3-cbor2
qml6-module-qttest
END
        ;;
    fuzz) # libFuzzer, its sanitizers, and the sums of coverage.
        cat <<'END'
clang
libclang-rt-dev
llvm
python3
END
        ;;
    demo) # A screen in memory, keys and pointer, and reading what a screen reader reads.
        cat <<'END'
at-spi2-core
dbus
gir1.2-atspi-2.0
imagemagick
procps
python3
python3-gi
x11-utils
xdotool
xvfb
END
        ;;
    lint)
        cat <<'END'
clang-format-14|clang-format
git
qt6-declarative-dev-tools
reuse
shellcheck
END
        ;;
    *)
        echo "packages: there is no set '$1' (build, run, test, fuzz, demo, lint)" >&2
        return 2
        ;;
    esac
}

isInstalled() {
    [[ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" == installed ]]
}

isKnown() {
    [[ -n "$(apt-cache --quiet=0 madison "$1" 2>/dev/null)" ]]
}

# The one of "a|b" to use here. Without package lists the last is the safest guess.
choose() {
    local name names
    IFS='|' read -ra names <<<"$1"
    for name in "${names[@]}"; do
        if isInstalled "$name"; then
            echo "$name"
            return
        fi
    done
    for name in "${names[@]}"; do
        if isKnown "$name"; then
            echo "$name"
            return
        fi
    done
    echo "${names[-1]}"
}

listSets() {
    local set
    for set in "$@"; do packagesOf "$set"; done | sort --unique
}

missing() {
    local entry name
    listSets "$@" | while read -r entry; do
        name=$(choose "$entry")
        isInstalled "$name" || echo "$name"
    done
}

asRoot() {
    if [[ $(id -u) == 0 ]]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        echo "packages: neither root nor sudo; as root, run: $*" >&2
        return 1
    fi
}

install() {
    if ! command -v apt-get >/dev/null; then
        echo "packages: apt-get is not here, so nothing is installed. Needed, by their Debian names:"
        listSets "$@" | tr '\n' ' '
        echo
        return 0
    fi
    [[ -n "$(missing "$@")" ]] || return 0
    asRoot env DEBIAN_FRONTEND=noninteractive apt-get --quiet=2 update
    local wanted
    mapfile -t wanted < <(missing "$@") # The fresh lists may know better names.
    echo "packages: installing ${wanted[*]}"
    local log
    log=$(mktemp)
    if ! asRoot env DEBIAN_FRONTEND=noninteractive apt-get --quiet=2 --yes -o Dpkg::Use-Pty=0 \
        install --no-install-recommends "${wanted[@]}" </dev/null >"$log" 2>&1; then
        tail -n 30 "$log" >&2
        echo "packages: apt could not install them; the log is $log" >&2
        return 1
    fi
    rm -f "$log"
}

[[ $# -ge 2 ]] || {
    sed -n '5,12s/^# \{0,1\}//p' "$0" >&2
    exit 2
}
command=$1
shift
case "$command" in
list) listSets "$@" ;;
missing) missing "$@" ;;
install) install "$@" ;;
*)
    echo "packages: list, missing or install, not '$command'" >&2
    exit 2
    ;;
esac
