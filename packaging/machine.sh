# Sourced by prove.sh and smoke.sh: a minimal Debian in a folder, in which something is proved.
#
# Needs root and debootstrap. The script that sources it is given the FOLDER as its first word; all
# mounts are in a namespace of their own and end with that script. FOLDER/base keeps the minimal
# system for the next time; SUITE (bookworm) and MIRROR (the one of this machine's apt) choose another
# one. The settings of this machine for apt, pip, proxies and certificates hold inside too.
#
# Gives SOURCE (the checkout), FOLDER, INSIDE (the folder inside in which commands run) and the
# functions below.

set -eu

if [ -z "${PROOF_INSIDE:-}" ]; then
    [ $# -gt 0 ] || { sed -n '2,/^$/s/^# \{0,1\}//p' "$0"; exit 2; }
    PROOF_INSIDE=yes exec unshare --mount --pid --fork --kill-child sh "$0" "$@"
fi

SOURCE=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
mkdir -p "$1"
FOLDER=$(CDPATH='' cd -- "$1" && pwd -P)
SUITE=${SUITE:-bookworm}
INSIDE=/
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

bare_machine() { # bare_machine NAME: sets root to a fresh copy of the minimal system
    root=$FOLDER/$1
    rm -rf --one-file-system "$root"
    cp -a "$FOLDER/base" "$root"
    copy_settings "$root"
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount -t tmpfs tmpfs "$root/tmp"
    chroot "$root" useradd --create-home reader
}

as() ( # as USER COMMAND…: in INSIDE, with nothing in the environment but the settings
    become "$@"
)

become() { # become USER COMMAND…: the same in the place of this shell
    user=$1
    shift
    home=/home/$user
    [ "$user" != root ] || home=/root
    # shellcheck disable=SC2016 # for the shell inside
    exec chroot --userspec="$user" "$root" env -i HOME="$home" PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        ${SCREEN:+DISPLAY="$SCREEN"} ${CI:+CI="$CI"} \
        sh -c '. /settings; cd "$0" && exec "$@"' "$INSIDE" "$@"
}

# Looks at what a command did

says() { # says WORDS: the last command said them
    grep -q -- "$1" "$FOLDER/said"
}

saying() { # saying COMMAND…: keeps what it says for says
    "$@" >"$FOLDER/said" 2>&1 && code=0 || code=$?
    cat "$FOLDER/said"
    return $code
}

end() { # end PROCESS: fails where it has ended by itself
    kill "$1" && code=0 || code=$?
    wait "$1" || true
    return $code
}

opens_a_window() { # opens_a_window USER COMMAND…: on a screen inside; it has its title and its size
    # WITNESS is a command that looks at it while it stands.
    # The network is this machine's, and so are the names of its screens: Xvfb looks for a free one.
    rm -f "$FOLDER/display"
    become root Xvfb -displayfd 1 -screen 0 1600x1000x24 -ac >"$FOLDER/display" &
    screen=$!
    for _ in $(seq 30); do [ -s "$FOLDER/display" ] || sleep 1; done
    SCREEN=:$(cat "$FOLDER/display")
    become "$@" &
    program=$!
    found=
    for _ in $(seq 120); do
        as root env LC_ALL=C.UTF-8 xwininfo -root -tree >"$FOLDER/windows" 2>/dev/null || true
        if grep '简报台' "$FOLDER/windows" | grep -E '[0-9]{4}x[0-9]{3}'; then found=yes; fi
        [ -z "$found" ] || break
        sleep 1
    done
    sleep 2 # it must still stand
    ${WITNESS:-true} || found=
    end "$program" || found=
    end "$screen" || found=
    SCREEN=
    [ -n "$found" ]
}
