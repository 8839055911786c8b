#!/bin/sh
# Proves the README's two commands on a machine that has nothing: a minimal Debian in a folder, with
# no Python, no virtual environment, no Qt libraries, no font and no screen.
#
#   sh packaging/prove.sh FOLDER                        all proofs, with the whole test suite
#   sh packaging/prove.sh FOLDER -x -q tests/unit       further words go to the suite's pytest
#   TREE=yes sh packaging/prove.sh FOLDER …             with what is not committed yet
#   PROOFS='fresh_root moved' sh packaging/prove.sh FOLDER     some of them, in this order
#
# Needs root, debootstrap, git and some 6 GB; CI does not run it. FOLDER/base keeps the minimal system
# for the next time; SUITE (bookworm) and MIRROR (the one of this machine's apt) choose another one.
# The settings of this machine for apt, pip, proxies and certificates hold inside too. All mounts are
# in a namespace of their own and end with this script.

set -eu

if [ -z "${PROOF_INSIDE:-}" ]; then
    [ $# -gt 0 ] || { sed -n '2,/^$/s/^# \{0,1\}//p' "$0"; exit 2; }
    PROOF_INSIDE=yes exec unshare --mount --pid --fork --kill-child sh "$0" "$@"
fi

SOURCE=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
mkdir -p "$1"
FOLDER=$(CDPATH='' cd -- "$1" && pwd -P)
shift
SUITE=${SUITE:-bookworm}
CHECKOUT=/srv/bulletin-desktop
umask 022

tell() {
    printf '%s  %s\n' "$(date +%H:%M:%S)" "$*"
}

expect() { # expect SENTENCE COMMAND…: the command must succeed
    sentence=$1
    shift
    begun=$(date +%s)
    if "$@" >"$FOLDER/output" 2>&1; then
        tell "proved: $sentence ($(($(date +%s) - begun)) s)"
    else
        cat "$FOLDER/output"
        tell "NOT proved: $sentence"
        exit 1
    fi
}

refuse() { # refuse COMMAND…: it must fail
    if "$@"; then return 1; fi
}

# The machine

mirror() {
    # shellcheck disable=SC2016 # apt's own placeholder
    apt-get indextargets --format '$(REPO_URI)' "Codename: $SUITE" | head -n 1
}

make_base() {
    [ ! -d "$FOLDER/base" ] || return 0
    rm -rf "$FOLDER/base.part"
    debootstrap --variant=minbase "$SUITE" "$FOLDER/base.part" "${MIRROR:-$(mirror)}"
    mv "$FOLDER/base.part" "$FOLDER/base"
}

pip_files() {
    ls /etc/pip.conf "$HOME/.config/pip/pip.conf" "$HOME/.pip/pip.conf" 2>/dev/null || true
}

pip_folders() { # folders of this machine that pip's settings name
    { pip_files | xargs -r cat; export -p | grep '^export PIP_' || true; } |
        grep -oE '/[[:alnum:]._/+-]+' | sed 's,^/*,/,' | sort -u |
        while read -r folder; do
            # The files of an index lie beside it.
            case $folder in */simple) folder=${folder%/simple} ;; esac
            case $folder in /etc/*) ;; *) [ ! -d "$folder" ] || echo "$folder" ;; esac
        done
}

copy_settings() { # copy_settings ROOT
    cp /etc/resolv.conf /etc/hosts "$1/etc/"
    cp -r /etc/apt/apt.conf.d "$1/etc/apt/"
    if [ -z "${MIRROR:-}" ]; then
        rm -f "$1/etc/apt/sources.list"
        cp -r /etc/apt/sources.list* "$1/etc/apt/"
        cp -r /etc/apt/trusted.gpg.d /etc/apt/keyrings "$1/etc/apt/" 2>/dev/null || true
    fi
    export -p | grep -iE '^export (PIP_|(https?|no)_proxy=)' >"$1/settings" || true
    if [ -f /etc/ssl/certs/ca-certificates.crt ]; then
        cp /etc/ssl/certs/ca-certificates.crt "$1/certificates"
        echo 'export PIP_CERT=/certificates' >>"$1/settings"
    fi
    for file in $(pip_files); do
        case $file in /etc/*) cp "$file" "$1/etc/" ;; *) cp "$file" "$1/user-pip.conf" ;; esac
    done
    [ ! -f "$1/user-pip.conf" ] || echo 'export PIP_CONFIG_FILE=/user-pip.conf' >>"$1/settings"
}

new_machine() { # new_machine NAME: sets root to a fresh copy of the minimal system with a checkout
    root=$FOLDER/$1
    rm -rf --one-file-system "$root"
    cp -a "$FOLDER/base" "$root"
    copy_settings "$root"
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount -t tmpfs tmpfs "$root/tmp"
    for folder in $(pip_folders); do
        mkdir -p "$root$folder"
        mount --bind -o ro "$folder" "$root$folder"
    done
    git clone --quiet --no-hardlinks "$SOURCE" "$root$CHECKOUT"
    [ -z "${TREE:-}" ] || copy_tree
    chroot "$root" useradd --create-home reader
    chroot "$root" chown -R reader: "$CHECKOUT"
}

copy_tree() { # the files that git knows or would take, as they stand now; some may be deleted
    (cd "$SOURCE" && git ls-files -z --cached --others --exclude-standard --deduplicate |
        tar -c --null --ignore-failed-read -T - 2>/dev/null) | tar -x -C "$root$CHECKOUT"
}

as() { # as USER COMMAND…: in the checkout, with nothing in the environment but the settings
    user=$1
    shift
    home=/home/$user
    [ "$user" != root ] || home=/root
    # shellcheck disable=SC2016 # for the shell inside
    chroot --userspec="$user" "$root" env -i HOME="$home" PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        ${SCREEN:+DISPLAY="$SCREEN"} ${CI:+CI="$CI"} \
        sh -c '. /settings; cd "$0" && exec "$@"' "$CHECKOUT" "$@"
}

# Looks at what a command did

sample_of() { # sample_of USER
    if [ "$1" = root ]; then echo /root; else echo "/home/$1"; fi |
        sed 's,$,/.local/share/bulletin-desktop/sample.bdlib,'
}

holds_the_seeds() { # holds_the_seeds USER: five documents, in the sample and nowhere else
    as "$1" .venv/bin/python -m bulletin_desktop --library "$(sample_of "$1")" list documents --json |
        tee /dev/stderr | grep -c '"sha256"' | grep -qx 5
    [ ! -e "$root$(dirname "$(sample_of "$1")")/library.bdlib" ]
}

steps() {
    as "$1" .venv/bin/python -m bulletin_desktop --library "$(sample_of "$1")" history --json
}

says() { # says WORDS: the last command said them
    grep -q -- "$1" "$FOLDER/said"
}

saying() { # saying COMMAND…: keeps what it says for says
    "$@" >"$FOLDER/said" 2>&1 && code=0 || code=$?
    cat "$FOLDER/said"
    return $code
}

opens_a_window() { # opens_a_window USER: on a screen inside; the window has its title and its size
    # The network is this machine's, and so are the names of its screens: Xvfb looks for a free one.
    rm -f "$FOLDER/display"
    as root Xvfb -displayfd 1 -screen 0 1600x1000x24 -ac >"$FOLDER/display" &
    screen=$!
    for _ in $(seq 30); do [ -s "$FOLDER/display" ] || sleep 1; done
    SCREEN=:$(cat "$FOLDER/display")
    as "$1" sh packaging/run.sh &
    program=$!
    found=
    for _ in $(seq 120); do
        as root env LC_ALL=C.UTF-8 xwininfo -root -tree >"$FOLDER/windows" 2>/dev/null || true
        if grep '简报台' "$FOLDER/windows" | grep -E '[0-9]{4}x[0-9]{3}'; then found=yes; fi
        [ -z "$found" ] || break
        sleep 1
    done
    sleep 2 # it must still stand
    kill "$program" || found=
    wait "$program" || true
    kill "$screen" || found=
    wait "$screen" || true
    SCREEN=
    [ -n "$found" ]
}

# The proofs

fresh_root() {
    tell "A machine with nothing, as root"
    new_machine root
    expect "run.sh without a screen sets everything up" saying as root sh packaging/run.sh
    expect "it says where the sample library is" says "$(sample_of root)"
    expect "the seeds are in the sample library, the user's own is untouched" holds_the_seeds root
    steps root >"$FOLDER/before"
    expect "a second run has nothing to do" saying as root sh packaging/run.sh
    steps root >"$FOLDER/after"
    expect "it imports nothing again" cmp "$FOLDER/before" "$FOLDER/after"
    expect "the window's tools come in" as root apt-get install -y -qq xvfb x11-utils
    expect "run.sh on a screen opens the window" opens_a_window root
}

test_command() { # test_command PYTEST WORDS…
    tell "The second command on a machine with nothing, as root"
    new_machine tests
    CI=true
    expect "test.sh passes $*" as root sh packaging/test.sh "$@"
    CI=
    tail -n 15 "$FOLDER/output"
}

ready_machine() { # the machine of fresh_root, or a new one where that was not asked for
    root=$FOLDER/root
    mountpoint -q "$root/proc" || { new_machine root && as root sh packaging/run.sh; }
}

moved() {
    expect "a machine is ready" ready_machine
    tell "A checkout that moved, and an environment that broke"
    mv "$root$CHECKOUT" "$root$CHECKOUT 2"
    CHECKOUT="$CHECKOUT 2"
    expect "run.sh makes the environment anew in a folder with a blank" as root sh packaging/run.sh
    rm "$root$CHECKOUT/.venv/bin/python3" "$root$CHECKOUT/.venv/bin/python"
    expect "run.sh mends a broken environment" as root sh packaging/run.sh
    expect "it works from another folder" as root sh -c 'cd / && sh "$0/packaging/run.sh"' "$CHECKOUT"
    mv "$root$CHECKOUT" "$root${CHECKOUT% 2}"
    CHECKOUT=${CHECKOUT% 2}
}

wheel() {
    expect "a machine is ready" ready_machine
    tell "The wheel"
    as root python3 -m venv /tmp/wheel
    expect "a wheel is built and installed" as root /tmp/wheel/bin/pip install -q .
    expect "it carries seeds and resources" as root sh -c \
        'cd /tmp && seeds=$(wheel/bin/python -c "from bulletin_desktop import paths; print(paths.seeds())") &&
        case $seeds in /tmp/wheel/*) ;; *) exit 1 ;; esac &&
        wheel/bin/bulletin-desktop --library w.bdlib import --starter-themes "$seeds" &&
        wheel/bin/bulletin-desktop --library w.bdlib export --all -o w.docx'
}

ordinary_user() {
    tell "A machine with nothing, as an ordinary user"
    new_machine user
    expect "without Python run.sh stops" saying refuse as reader sh packaging/run.sh
    expect "it names the packages in one line" says 'sudo apt-get install .*python3 python3-venv'
    as root apt-get -qq update
    expect "that line, as root" install_what_was_named
    expect "run.sh without a screen goes on without the rest" saying as reader sh packaging/run.sh
    expect "it names the missing packages in one line" says 'sudo apt-get .*fonts-noto-cjk.*libxcb-cursor0'
    expect "the seeds are in the user's sample library" holds_the_seeds reader
    SCREEN=:1 # whether one answers there is not asked
    expect "test.sh runs the checks that can run" saying refuse as reader sh packaging/test.sh
    expect "it names the missing packages in one line" \
        says 'sudo apt-get .*libreoffice-writer-nogui.*poppler-utils.*xauth xvfb'
    expect "mypy and import-linter are among them" says ' kept, 0 broken'
    expect "with a screen run.sh stops and says why" saying refuse as reader sh packaging/run.sh
    expect "it names the missing packages in one line" says 'sudo apt-get .*fonts-noto-cjk.*libxcb-cursor0'
    SCREEN=
    expect "that line, as root" install_what_was_named
    expect "the window's tools come in" as root apt-get install -y -qq xvfb xauth x11-utils
    expect "run.sh on a screen opens the window" opens_a_window reader
    saying as reader sh packaging/test.sh -q tests/unit/language >/dev/null || true
    expect "then test.sh runs pytest too, on a virtual screen" says '^[0-9]* passed'
}

install_what_was_named() {
    # shellcheck disable=SC2046 # the line is a command with its words
    as root env DEBIAN_FRONTEND=noninteractive $(sed -n 's/^ *sudo \(apt-get \)/\1-qq /p' "$FOLDER/said")
}

expect "a minimal $SUITE stands in $FOLDER/base" make_base
for proof in ${PROOFS:-fresh_root test_command wheel moved ordinary_user}; do
    "$proof" "$@"
done
tell "All is proved."
