#!/bin/sh
# Sets up what is missing, then runs all checks: ruff, mypy, import-linter, pytest on a virtual screen.
#
#   sh packaging/test.sh                       everything but the long proofs
#   sh packaging/test.sh --full                with the long proofs
#   sh packaging/test.sh -x tests/unit         further words go to pytest
#
# With CI=true a skipped test is a failure, and so is a tool that is missing.

. "$(dirname -- "$0")/setup.sh"

need_environment test
tools='Xvfb=xvfb xauth=xauth soffice=libreoffice-writer-nogui pdftotext=poppler-utils'
tools="$tools /usr/lib/libreoffice/program/libsclo.so=libreoffice-calc-nogui"
# shellcheck disable=SC2086 # a list of pairs
need_system $tools

cd "$ROOT"
bin=$VENV/bin
failed=

check() { # check NAME COMMAND…
    name=$1
    shift
    printf '== %s\n' "$name"
    "$@" || failed="$failed $name"
}

# Every change of a library waits for the disk; in memory, where there is room for what the tests
# write and programs may run, nothing does.
in_memory() {
    room=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
    [ "${room:-0}" -ge 1500000 ] || return 1
    probe=$(mktemp /dev/shm/bulletin-XXXXXX) || return 1
    printf '#!/bin/sh\n' >"$probe"
    chmod +x "$probe"
    "$probe" 2>/dev/null && runs=yes || runs=
    rm "$probe"
    [ -n "$runs" ]
}

[ -n "${TMPDIR:-}" ] || ! in_memory || export TMPDIR=/dev/shm
work=$(mktemp -d)
# Stopped half-way, the run in the background must not go on; it has this folder in its words.
# With nothing left to stop, pkill fails; that is not the run's result.
trap 'pkill -f "$work/" 2>/dev/null || true; rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Whoever runs the tests: the same language, and never their own library, settings or screen.
isolated() ( # isolated NAME COMMAND…
    home=$work/$1
    shift
    mkdir "$home"
    for place in data config state runtime; do mkdir -m 700 "$home/$place"; done
    export XDG_DATA_HOME="$home/data" XDG_CONFIG_HOME="$home/config"
    export XDG_STATE_HOME="$home/state" XDG_RUNTIME_DIR="$home/runtime" LC_ALL=C.UTF-8
    unset LANGUAGE WAYLAND_DISPLAY QT_STYLE_OVERRIDE
    unset QT_SCALE_FACTOR QT_SCREEN_SCALE_FACTORS QT_FONT_DPI
    "$@"
)

tests() {
    if [ -n "$libraries" ]; then
        say "pytest cannot start without Qt's libraries." "没有 Qt 的库，pytest 无法启动。"
        return 1
    fi
    case "$*" in
    '' | --full) ;;
    *)
        run_pytest all "$@"
        return
        ;;
    esac
    # Two halves side by side, for two cores; xvfb-run must not look for a screen twice at once.
    run_pytest windows "$@" tests/ui tests/e2e tests/packaging >"$work/windows.log" 2>&1 &
    windows=$!
    sleep 3
    rest=0
    run_pytest rest "$@" tests/unit tests/golden tests/faults || rest=1
    wait "$windows" || rest=1
    cat "$work/windows.log"
    return "$rest"
}

run_pytest() ( # run_pytest NAME ARGUMENTS…
    name=$1
    shift
    set -- "$bin/python" -m pytest --junitxml="$work/$name.xml" "$@"
    if command -v xvfb-run >/dev/null 2>&1 && command -v xauth >/dev/null 2>&1; then
        set -- env QT_QPA_PLATFORM=xcb xvfb-run -a -s '-screen 0 1600x1000x24' "$@"
    else
        say "No Xvfb: the tests run without a screen, and those that need one fail." \
            "没有 Xvfb：测试在没有屏幕的情况下运行，需要屏幕的测试会失败。"
        set -- env QT_QPA_PLATFORM=offscreen "$@"
    fi
    isolated "$name" "$@" || exit 1
    [ "${CI:-}" != true ] || "$bin/python" packaging/skipped.py "$work/$name.xml"
)

check ruff "$bin/ruff" check .
check format "$bin/ruff" format --check .
check mypy "$bin/mypy"
check layers "$bin/lint-imports"
# The many processes that the tests start would each compile the program anew.
"$bin/python" -m compileall -q bulletin_desktop
check pytest tests "$@"
# shellcheck disable=SC2086
if [ "${CI:-}" = true ] && [ -n "$(missing_packages $tools)" ]; then
    failed="$failed packages"
fi

[ -z "$failed" ] || stop "Failed:$failed" "没有通过：$failed"
say "All checks passed." "全部通过。"
