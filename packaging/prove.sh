#!/bin/sh
# Proves the README's two commands on a machine that has nothing: a minimal Debian in a folder, with
# no Python, no virtual environment, no Qt libraries, no font and no screen.
#
#   sh packaging/prove.sh FOLDER                        all proofs, with the whole test suite
#   sh packaging/prove.sh FOLDER -x -q tests/unit       further words go to the suite's pytest
#   TREE=yes sh packaging/prove.sh FOLDER …             with what is not committed yet
#   PROOFS='fresh_root moved' sh packaging/prove.sh FOLDER     some of them, in this order
#
# Needs root, debootstrap, git and some 6 GB; CI does not run it. machine.sh tells what FOLDER keeps
# and how another Debian is chosen.

. "$(dirname -- "$0")/machine.sh"
shift
CHECKOUT=/srv/bulletin-desktop
INSIDE=$CHECKOUT

# The machine

new_machine() { # new_machine NAME: sets root to a fresh copy of the minimal system with a checkout
    bare_machine "$1"
    for folder in $(pip_folders); do
        mkdir -p "$root$folder"
        mount --bind -o ro "$folder" "$root$folder"
    done
    git clone --quiet --no-hardlinks "$SOURCE" "$root$CHECKOUT"
    [ -z "${TREE:-}" ] || copy_tree
    chroot "$root" chown -R reader: "$CHECKOUT"
}

copy_tree() { # the files that git knows or would take, as they stand now; some may be deleted
    (cd "$SOURCE" && git ls-files -z --cached --others --exclude-standard --deduplicate |
        tar -c --null --ignore-failed-read -T - 2>/dev/null) | tar -x -C "$root$CHECKOUT"
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
    expect "run.sh on a screen opens the window" opens_a_window root sh packaging/run.sh
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

build() {
    tell "The build on a machine with nothing, as root"
    new_machine build
    expect "build.sh builds folder, archive and package" as root sh packaging/build.sh
    expect "what it built finds its resources" as root dist/bulletin-desktop/bulletin-desktop \
        --library /tmp/w.bdlib import --starter-themes seeds
}

moved() {
    expect "a machine is ready" ready_machine
    tell "A checkout that moved, and an environment that broke"
    mv "$root$CHECKOUT" "$root$CHECKOUT 2"
    INSIDE="$CHECKOUT 2"
    expect "run.sh makes the environment anew in a folder with a blank" as root sh packaging/run.sh
    rm "$root$INSIDE/.venv/bin/python3" "$root$INSIDE/.venv/bin/python"
    expect "run.sh mends a broken environment" as root sh packaging/run.sh
    expect "it works from another folder" as root sh -c 'cd / && sh "$0/packaging/run.sh"' "$INSIDE"
    mv "$root$INSIDE" "$root$CHECKOUT"
    INSIDE=$CHECKOUT
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
    expect "run.sh on a screen opens the window" opens_a_window reader sh packaging/run.sh
    saying as reader sh packaging/test.sh -q tests/unit/language >/dev/null || true
    expect "then test.sh runs pytest too, on a virtual screen" says '^[0-9]* passed'
}

install_what_was_named() {
    # shellcheck disable=SC2046 # the line is a command with its words
    as root env DEBIAN_FRONTEND=noninteractive $(sed -n 's/^ *sudo \(apt-get \)/\1-qq /p' "$FOLDER/said")
}

expect "a minimal $SUITE stands in $FOLDER/base" make_base
for proof in ${PROOFS:-fresh_root test_command wheel build moved ordinary_user}; do
    "$proof" "$@"
done
tell "All is proved."
