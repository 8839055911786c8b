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

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Whoever runs the tests: the same language, and never their own library, settings or screen.
isolated() ( # isolated COMMAND…
    for place in data config state runtime; do mkdir -m 700 "$work/$place"; done
    export XDG_DATA_HOME="$work/data" XDG_CONFIG_HOME="$work/config"
    export XDG_STATE_HOME="$work/state" XDG_RUNTIME_DIR="$work/runtime" LC_ALL=C.UTF-8
    unset LANGUAGE WAYLAND_DISPLAY QT_STYLE_OVERRIDE
    unset QT_SCALE_FACTOR QT_SCREEN_SCALE_FACTORS QT_FONT_DPI
    "$@"
)

tests() {
    if [ -n "$libraries" ]; then
        say "pytest cannot start without Qt's libraries." "没有 Qt 的库，pytest 无法启动。"
        return 1
    fi
    # A signal does not reach Python inside a dialog's own loop; a thread ends a hanging run for good.
    set -- "$bin/python" -m pytest --junitxml="$work/report.xml" "$@"
    if command -v xvfb-run >/dev/null 2>&1 && command -v xauth >/dev/null 2>&1; then
        set -- env QT_QPA_PLATFORM=xcb xvfb-run -a -s '-screen 0 1600x1000x24' "$@"
    else
        say "No Xvfb: the tests run without a screen, and those that need one fail." \
            "没有 Xvfb：测试在没有屏幕的情况下运行，需要屏幕的测试会失败。"
        set -- env QT_QPA_PLATFORM=offscreen "$@"
    fi
    isolated "$@" || return 1
    [ "${CI:-}" != true ] || "$bin/python" packaging/skipped.py "$work/report.xml"
}

check ruff "$bin/ruff" check .
check format "$bin/ruff" format --check .
check mypy "$bin/mypy"
check layers "$bin/lint-imports"
check pytest tests "$@"
# shellcheck disable=SC2086
if [ "${CI:-}" = true ] && [ -n "$(missing_packages $tools)" ]; then
    failed="$failed packages"
fi

[ -z "$failed" ] || stop "Failed:$failed" "没有通过：$failed"
say "All checks passed." "全部通过。"
