# Sourced by run.sh, test.sh and build.sh: brings the checkout to the point where the program can start.
#
# Gives ROOT (the checkout), VENV (its virtual environment) and the functions below. Everything that
# is there already is left alone, so that the second start is quick. The settings of the environment
# for proxies, pip and apt hold; PYTHON names the interpreter to use, if a particular one is wanted.

set -eu

ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
VENV=$ROOT/.venv

# Words: Chinese unless the environment asks for another language, as the program decides too.

speaks_chinese() {
    for value in "${LC_ALL:-}" "${LC_MESSAGES:-}" "${LANGUAGE:-}" "${LANG:-}"; do
        case $value in
            '' | C | C.UTF-8 | POSIX) ;;
            zh*) return 0 ;;
            *) return 1 ;;
        esac
    done
}

say() { # say ENGLISH CHINESE
    if speaks_chinese; then printf '%s\n' "$2" >&2; else printf '%s\n' "$1" >&2; fi
}

stop() { # stop ENGLISH CHINESE
    say "$@"
    exit 1
}

# Debian packages

is_debian() {
    command -v apt-get >/dev/null 2>&1
}

is_root() {
    [ "$(id -u)" = 0 ]
}

provide() { # provide PACKAGE…: install them, or name them in one line to copy and fail
    if ! is_debian; then
        say "Missing, by their Debian names: $*" "缺少以下软件包（按 Debian 的名称）：$*"
        return 1
    fi
    if is_root; then
        say "Installing Debian packages: $*" "正在安装系统软件包：$*"
        if install_packages "$@"; then return 0; fi
    fi
    sudo=
    is_root || sudo='sudo '
    say "These packages are missing; install them with:" "缺少以下系统软件包，请用这一行命令安装："
    printf '    %sapt-get install -y --no-install-recommends %s\n' "$sudo" "$*" >&2
    return 1
}

install_packages() {
    # An update that fails in part may still know the packages; the installation is what tells.
    apt-get -qq update || true
    DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends \
        -o Dpkg::Use-Pty=0 install "$@" >/dev/null
}

# Python

usable() { # usable COMMAND MODULE…: whether it is a Python new enough that has the modules
    code='import sys; assert sys.version_info >= (3, 11); [__import__(m) for m in sys.argv[1:]]'
    command -v "$1" >/dev/null 2>&1 || return 1
    interpreter=$1
    shift
    "$interpreter" -c "$code" "$@" >/dev/null 2>&1
}

find_python() { # find_python MODULE…: prints the first usable command
    for candidate in ${PYTHON:+"$PYTHON"} python3.13 python3.12 python3.11 python3; do
        if usable "$candidate" "$@"; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    return 1
}

need_python() { # sets python to a Python that can make virtual environments
    if python=$(find_python venv ensurepip); then return 0; fi
    # Debian parts the standard library: pythonX.Y-venv brings what makes environments.
    if bare=$(find_python); then
        provide "python$("$bare" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv" ||
            stop "Then run this command again." "装好后请再次运行本命令。"
    else
        provide python3 python3-venv || stop \
            "Python 3.11 or newer is needed and was not found. Install it and run this command again." \
            "需要 Python 3.11 或更新版本，但没有找到。装好后请再次运行本命令。"
    fi
    python=$(find_python venv ensurepip) || stop \
        "Python 3.11 or newer is needed; this system's own is older. Install one and name it: PYTHON=/path/to/python sh $0" \
        "需要 Python 3.11 或更新版本，系统自带的版本太旧。请另行安装，并这样指定：PYTHON=/路径/python sh $0"
}

# The virtual environment. Its stamp says for which checkout, Python and pyproject.toml the packages
# in it were installed.

stamp_now() { # fails where the environment's interpreter does not start, is too old or has no pip
    usable "$VENV/bin/python" pip || return 1
    version=$("$VENV/bin/python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    printf '%s\n' "$ROOT" "$version" "$(cksum <"$ROOT/pyproject.toml")"
}

is_moved() { # scripts in an environment name its folder, so it does not survive a move
    for file in "$VENV/installed-run" "$VENV/installed-test"; do
        if [ -f "$file" ] && [ "$(head -n 1 "$file")" != "$ROOT" ]; then return 0; fi
    done
    return 1
}

need_environment() { # need_environment run|test|packaging
    if ! is_moved && now=$(stamp_now); then
        if [ "$(cat "$VENV/installed-$1" 2>/dev/null)" = "$now" ]; then return 0; fi
    else
        need_python
        say "Making the virtual environment $VENV" "正在建立虚拟环境 $VENV"
        "$python" -m venv --clear "$VENV"
        now=$(stamp_now)
    fi
    install_project "$1"
}

install_project() { # install_project run|test|packaging
    rm -f "$VENV/installed-$1"
    say "Installing the program and what it needs; this takes a few minutes the first time." \
        "正在安装程序及其依赖，第一次需要几分钟。"
    what=.
    [ "$1" = run ] || what=".[$1]"
    quiet=
    [ -t 2 ] || quiet=--quiet
    (cd "$ROOT" && "$VENV/bin/python" -m pip install $quiet --disable-pip-version-check \
        -e "$what" >&2) ||
        stop "Installing failed (see above). Check the network connection, then run this command again." \
            "安装没有成功（原因见上）。请检查网络连接，然后再次运行本命令。"
    # The other sets hold the run set.
    for set in run "$1"; do printf '%s\n' "$now" >"$VENV/installed-$set"; done
}

# What Qt and the reader need of a Linux system: shared libraries and a Chinese font. Qt brings its
# own elsewhere.

missing_libraries() { # prints the names of the shared libraries that Qt's xcb window does not find
    for qt in "$VENV"/lib/python3.*/site-packages/PySide6; do
        ldd "$qt/QtWidgets.abi3.so" "$qt/QtNetwork.abi3.so" "$qt/Qt/plugins/platforms/libqxcb.so" \
            "$qt"/Qt/plugins/xcbglintegrations/*.so 2>/dev/null
    done | sed -n 's/^[[:space:]]*\([^ ]*\) => not found$/\1/p' | sort -u
}

package_of() { # package_of LIBRARY: prints the Debian package that has it, where that is known
    case $1 in
        libEGL.so.1) echo libegl1 ;;
        libGL.so.1) echo libgl1 ;;
        libX11.so.6) echo libx11-6 ;;
        libX11-xcb.so.1) echo libx11-xcb1 ;;
        libdbus-1.so.3) echo libdbus-1-3 ;;
        libfontconfig.so.1) echo libfontconfig1 ;;
        libfreetype.so.6) echo libfreetype6 ;;
        libglib-2.0.so.0 | libgthread-2.0.so.0) echo libglib2.0-0 ;;
        libgssapi_krb5.so.2) echo libgssapi-krb5-2 ;;
        libxkbcommon.so.0) echo libxkbcommon0 ;;
        libxkbcommon-x11.so.0) echo libxkbcommon-x11-0 ;;
        libxcb*.so.*) echo "${1%.so.*}${1##*.so.}" ;;
    esac
}

has_chinese_font() {
    command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh family | head -n 1)" ]
}

# need_system COMMAND-OR-FILE=PACKAGE…: libraries, font and commands, all in one go; sets libraries to those
# that Qt lacks after all.
need_system() {
    libraries=
    [ "$(uname -s)" = Linux ] || return 0
    libraries=$(missing_libraries)
    packages=$(missing_packages "$@")
    if [ -n "$packages" ]; then
        # shellcheck disable=SC2086 # a list of names
        provide $packages || true
        libraries=$(missing_libraries)
        has_chinese_font || say "Without a Chinese font, Chinese text shows as boxes." \
            "没有中文字体，中文会显示为方框。"
    fi
    # shellcheck disable=SC2086,SC2116 # joined to one line
    [ -z "$libraries" ] || say "Qt does not find: $(echo $libraries)" "Qt 找不到：$(echo $libraries)"
}

missing_packages() { # missing_packages COMMAND-OR-FILE=PACKAGE…
    {
        for library in $libraries; do package_of "$library"; done
        has_chinese_font || printf '%s\n' fontconfig fonts-noto-cjk
        for pair in "$@"; do
            # A library that no command tells of is named by its file.
            command -v "${pair%%=*}" >/dev/null 2>&1 || [ -e "${pair%%=*}" ] || echo "${pair#*=}"
        done
    } | sort -u | tr '\n' ' '
}

has_screen() {
    [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ] || [ "$(uname -s)" != Linux ]
}
