#!/bin/sh
# Tries Chinese input methods on the built program, with real key presses on a virtual screen.
#
#   sh packaging/try-input-method.sh                         dist/bulletin-desktop with ibus, then fcitx5
#   PROGRAM=/usr/bin/bulletin-desktop sh packaging/try-input-method.sh fcitx5
#
# A note is typed in pinyin, single keys are pressed in the tree while the input method is on, and keys
# that are shortcuts are pressed while a word is composed. Pictures are left in build/input-method/.
# Needs (Debian): xvfb xdotool imagemagick dbus ibus-libpinyin fcitx5-chinese-addons.

set -eu

ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
PROGRAM=${PROGRAM:-$ROOT/dist/bulletin-desktop/bulletin-desktop}
PICTURES=$ROOT/build/input-method

if [ "${1:-}" != --inside ]; then
    for method in ${1:-ibus fcitx5}; do
        dbus-run-session -- sh "$0" --inside "$method"
    done
    exit
fi
method=$2

home=$(mktemp -d)
mkdir -p "$PICTURES"
mkdir -m 700 "$home/run"
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME QT_IM_MODULES WAYLAND_DISPLAY
export HOME="$home" XDG_RUNTIME_DIR="$home/run" LC_ALL=C.UTF-8 NO_AT_BRIDGE=1
library=$home/library.bdlib

Xvfb -displayfd 3 -screen 0 1600x1000x24 3>"$home/display" 2>/dev/null &
screen=$!
window=
method_process=
trap 'kill $window $method_process $screen 2>/dev/null || true; wait; rm -rf "$home"' EXIT
until [ -s "$home/display" ]; do sleep 0.2; done
DISPLAY=:$(cat "$home/display")
export DISPLAY

fail() {
    import -window root "$PICTURES/$method-failed.png"
    printf 'NOT proved with %s: %s\n' "$method" "$1"
    exit 1
}

expect() { # expect SENTENCE COMMAND…: within some seconds it succeeds
    sentence=$1
    shift
    for _ in $(seq 20); do
        if "$@" >/dev/null 2>&1; then
            import -window root "$PICTURES/$method-$((picture += 1)).png"
            printf 'proved with %s: %s\n' "$method" "$sentence"
            return
        fi
        sleep 0.5
    done
    fail "$sentence"
}
picture=0

start_ibus() {
    ibus-daemon --panel disable &
    method_process=$!
    until [ "$(ibus engine 2>/dev/null)" = libpinyin ]; do # it fails at first, and may all the same obey
        ibus engine libpinyin 2>/dev/null || sleep 0.5
    done
}

start_fcitx5() {
    mkdir -p "$home/.config/fcitx5"
    cat >"$home/.config/fcitx5/profile" <<'PROFILE'
[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin

[Groups/0/Items/0]
Name=pinyin

[GroupOrder]
0=Default
PROFILE
    fcitx5 --disable=wayland,waylandim >/dev/null 2>&1 &
    method_process=$!
    # It says here, as ibus does, where it is to be reached by ibus's protocol.
    until ls "$home/.config/ibus/bus/"*"-unix-${DISPLAY#:}" >/dev/null 2>&1; do sleep 0.5; done
}

shows_the_window() {
    found=$(xdotool search --onlyvisible --name 简报台 | tail -n 1)
    [ -n "$found" ] && xdotool windowfocus "$found"
}

keys() {
    for key in "$@"; do
        xdotool key "$key"
        sleep 0.3
    done
}

composed() { # composed LETTERS: pressed one by one
    xdotool type --delay 150 "$1"
    sleep 1
}

stars() { # stars NUMBER: so many articles have one
    [ "$("$PROGRAM" --library "$library" list articles --json | grep -c '"starred": true')" = "$1" ]
}

note_is() {
    "$PROGRAM" --library "$library" list notes --json | grep -q "\"note\": \"$1\""
}

"$PROGRAM" --library "$library" import "$ROOT/seeds" >/dev/null
"start_$method"
QT_IM_MODULE=$method "$PROGRAM" --library "$library" 2>"$home/said" &
window=$!
expect "the window opens" shows_the_window
sleep 2

# In a field the input method composes, and no shortcut fires: s is the star, j the next article.
keys n
composed gongzi
import -window root "$PICTURES/$method-composing.png"
keys space
expect "a word typed in pinyin goes into the note" note_is 工资
composed sj
stars 0 || fail "while a word is composed no shortcut fires"
keys BackSpace BackSpace
note_is 工资 || fail "while a word is composed the text stays"

# In the tree single keys act all the same. Escape leaves the note.
keys Escape s
expect "S stars an article while the input method is on" stars 1
keys j s
expect "J goes to the next, and S stars it" stars 2

[ ! -s "$home/said" ] || { cat "$home/said"; fail "the program says nothing on stderr"; }
