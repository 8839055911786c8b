#!/bin/sh
# Proves what packaging/build.sh has put into dist/, on a machine that has nothing: a minimal Debian in
# a folder, without Python and without the environment in which it was built.
#
#   sh packaging/smoke.sh FOLDER
#   PROOFS=package sh packaging/smoke.sh FOLDER     one of: archive, portable, package
#   DIST=/elsewhere sh packaging/smoke.sh FOLDER    what was built elsewhere
#
# FOLDER/*.png are pictures of the windows. machine.sh tells what else FOLDER keeps.

. "$(dirname -- "$0")/machine.sh"

DIST=${DIST:-$SOURCE/dist}
HOME_INSIDE=/home/reader
PLACE="$HOME_INSIDE/我的 程序" # a folder with a blank and Chinese characters

# The machine

has_no_python() {
    [ -z "$(find "$root/usr" "$root/bin" "$root/opt" -name 'python3*' -type f -perm /111)" ]
}

install_inside() {
    as root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

witness() { # witness PICTURE: the screen shows a window, not one plain colour
    as root import -window root "/tmp/screen.png"
    cp "$root/tmp/screen.png" "$FOLDER/$1.png"
    [ "$(as root identify -format %k /tmp/screen.png)" -gt 200 ]
}

new_desktop() { # new_desktop NAME: a machine with a screen and a font
    bare_machine "$1"
    as root apt-get -qq update
    install_inside xvfb x11-utils imagemagick fonts-noto-cjk
}

give() { # give FILE PLACE: into the home of the reader
    cp -r "$1" "$root$2"
    chroot "$root" chown -R reader: "$2"
}

# What the program does

program() { # program WORD…: what it says is kept for says
    saying as reader "$PROGRAM" "$@"
}

export_all() { # to each format that it offers
    formats=$(as reader "$PROGRAM" export --help |
        tr -d '\n' | sed -n 's/.*--format {\([^}]*\)}.*/\1/p' | tr ', ' '\n\n')
    for format in ${formats:-docx}; do
        program --library w.bdlib export --all ${formats:+--format "$format"} -o "out.$format" || return 1
        [ -s "$root$HOME_INSIDE/out.$format" ] || return 1
    done
    as reader sh -c 'head -c 2 out.docx' | grep -qx PK
}

has_no_errors() { # has_no_errors LOG: but for the screen, which ended before the program did
    [ ! -e "$root$1" ] || refuse sh -c \
        'grep -v "X11 connection broke" "$0" | grep -E "Traceback|ERROR|CRITICAL"' "$root$1"
}

works() { # works SEEDS: the command line, all the way through
    INSIDE=$HOME_INSIDE
    expect "it starts" program --version
    expect "it imports the seeds" program --library w.bdlib import --starter-themes "$1"
    expect "they are there" program --library w.bdlib list documents
    expect "it tags" program --library w.bdlib tag --theme 集体协商 --query 工资集体协商
    expect "it finds" program --library w.bdlib search '工资集体协商 -试点' --facets
    expect "it undoes" program --library w.bdlib undo
    expect "it exports to all its formats" export_all
    expect "the library is sound" program --library w.bdlib check
    expect "it brings an older library up to date" program --library old.bdlib list articles
}

unpack() {
    mkdir -p "$root$PLACE"
    tar -xzf "$DIST"/bulletin-desktop-*-linux-"$(uname -m)".tar.gz -C "$root$PLACE" --strip-components 1
    chroot "$root" chown -R reader: "$PLACE"
    PROGRAM=$PLACE/bulletin-desktop
    give "$SOURCE/tests/data/library-v1.bdlib" "$HOME_INSIDE/old.bdlib"
}

# The proofs

archive() {
    tell "The archive"
    expect "a machine with a screen" new_desktop archive
    expect "the archive unpacks into a folder with a blank and Chinese characters" unpack
    # shellcheck disable=SC2046 # a list of names
    expect "the packages that its README names come in" install_inside \
        $(sed -n 's/^ *sudo apt-get install //p' "$root$PLACE/README.txt")
    expect "there is no Python" has_no_python
    works "$PLACE/_internal/seeds"
    WITNESS='witness archive'
    expect "it opens its window" opens_a_window reader "$PROGRAM" --sample
    expect "nothing went wrong in it" has_no_errors "$HOME_INSIDE/.local/share/bulletin-desktop/bulletin-desktop.log"
    expect "the sample library is sound" program \
        --library "$HOME_INSIDE/.local/share/bulletin-desktop/sample.bdlib" check
}

wrote_only_beside_it() {
    [ -s "$root$PLACE/portable/library.bdlib" ]
    [ -s "$root$PLACE/portable/sample.bdlib" ]
    # fontconfig and the graphics driver keep a cache for each user
    [ -z "$(find "$root$HOME_INSIDE" -newer "$FOLDER/stamp" -type f -not -path '*/.cache/*' \
        -not -path "$root$PLACE/portable/*" | tee /dev/stderr)" ]
}

portable() {
    [ -x "$FOLDER/archive$PLACE/bulletin-desktop" ] && mountpoint -q "$FOLDER/archive/proc" || archive
    tell "The archive, portable"
    root=$FOLDER/archive
    PROGRAM=$PLACE/bulletin-desktop
    INSIDE=$HOME_INSIDE
    as reader mkdir "$PLACE/portable"
    touch "$FOLDER/stamp"
    sleep 1
    expect "it imports" program import "$PLACE/_internal/seeds"
    WITNESS='witness portable'
    expect "it opens its window" opens_a_window reader "$PROGRAM" --sample
    expect "all that it wrote is in the folder portable" wrote_only_beside_it
}

is_a_library() { # is_a_library FILE
    # xdg-mime asks the desktop; without one it asks file(1), which does not know MIME packages.
    as reader env XDG_CURRENT_DESKTOP=GNOME xdg-mime query filetype "$1" |
        tee /dev/stderr | grep -qx application/x-bulletin-library
}

offers() { # offers TYPE: the program is among those that open it
    as reader gio mime "$1" | tee /dev/stderr | grep -q bulletin-desktop.desktop
}

opens_by_default() {
    as reader xdg-mime query default application/x-bulletin-library | grep -qx bulletin-desktop.desktop
}

double_click() { # double_click FILE: opens the window, as a file manager would
    opens_a_window reader sh -c 'gio open "$0"; exec sleep 300' "$1"
}

open_with() { # open_with FILE: opens the window, as the file manager's menu would
    opens_a_window reader sh -c \
        'gio launch /usr/share/applications/bulletin-desktop.desktop "$0"; exec sleep 300' "$1"
}

one_document() {
    program list documents --json && [ "$(grep -c '"sha256"' "$FOLDER/said")" = 1 ]
}

is_gone() {
    [ ! -e "$root/usr/lib/bulletin-desktop" ] && [ ! -e "$root/usr/bin/bulletin-desktop" ] &&
        refuse grep -rq bulletin "$root/usr/share/mime" "$root/usr/share/applications"
}

libraries_are_left() {
    [ -s "$root$HOME_INSIDE/w.bdlib" ] && [ -s "$root$HOME_INSIDE/.local/share/bulletin-desktop/library.bdlib" ]
}

package() {
    tell "The Debian package"
    expect "a machine with a screen" new_desktop package
    expect "a desktop's tools" install_inside \
        xdg-utils shared-mime-info desktop-file-utils libglib2.0-bin dbus-x11 hicolor-icon-theme
    cp "$DIST"/bulletin-desktop_*_"$(dpkg --print-architecture)".deb "$root/root/program.deb"
    expect "it installs, with what it depends on" install_inside /root/program.deb
    expect "there is no Python" has_no_python
    PROGRAM=/usr/bin/bulletin-desktop
    give "$SOURCE/tests/data/library-v1.bdlib" "$HOME_INSIDE/old.bdlib"
    works /usr/lib/bulletin-desktop/_internal/seeds
    as reader cp w.bdlib 无后缀
    expect "the desktop entry is valid" as root desktop-file-validate /usr/share/applications/bulletin-desktop.desktop
    expect "a library is known by its ending" is_a_library w.bdlib
    expect "a library is known by its bytes" is_a_library 无后缀
    expect "libraries open with it" opens_by_default
    expect "text files can be opened with it" offers text/plain
    give "$SOURCE/seeds/$(ls "$SOURCE/seeds" | head -n 1)" "$HOME_INSIDE/一期.txt"
    WITNESS='witness open-with'
    expect "'open with' on a text file opens the window" open_with 一期.txt
    expect "the text is in the user's library" one_document
    WITNESS='witness double-click'
    expect "a double click on a library opens the window" double_click w.bdlib
    expect "nothing went wrong in them" has_no_errors "$HOME_INSIDE/.local/share/bulletin-desktop/bulletin-desktop.log"
    expect "it is removed" as root apt-get purge -y -qq bulletin-desktop
    expect "nothing of it is left on the system" is_gone
    expect "the libraries are left" libraries_are_left
}

expect "a minimal $SUITE stands in $FOLDER/base" make_base
for proof in ${PROOFS:-archive portable package}; do
    "$proof"
done
tell "All is proved."
