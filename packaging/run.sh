#!/bin/sh
# Sets up what is missing and opens the window on a library with the sample bulletins.
#
#   sh packaging/run.sh                the sample library, apart from your own
#   sh packaging/run.sh --own          your own library
#   sh packaging/run.sh --own import ~/简报      any subcommand of the command line
#
# Further words go to the program: --library FILE, --lang zh|en, --theme light|dark|sepia, files to import.
# Where there is no screen, everything is set up all the same, and the sample library is made.

. "$(dirname -- "$0")/setup.sh"

sample=--sample
if [ "${1:-}" = --own ]; then
    sample=
    shift
fi

first=
[ -f "$VENV/installed-run" ] || first=yes
need_environment run
need_system

if [ -n "$libraries" ] && has_screen && [ "${QT_QPA_PLATFORM:-xcb}" = xcb ]; then
    stop "The window cannot open without them. Everything else is set up: install them and run this command again." \
        "没有它们就打不开窗口。其余都已装好：请安装后再次运行本命令。"
fi
if [ -n "$first" ] && [ -n "$sample" ]; then
    say "To open your own library: sh packaging/run.sh --own" "打开自己的资料库：sh packaging/run.sh --own"
fi

# -P: a folder that happens to be called like a package, where the command is given, is no package.
exec "$VENV/bin/python" -P -m bulletin_desktop ${sample:+"$sample"} "$@"
