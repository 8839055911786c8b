#!/bin/sh
# Builds what is installed and opened by a double click, in an environment of its own:
#
#   sh packaging/build.sh
#       dist/bulletin-desktop/                              one folder with the program and all it needs
#       dist/bulletin-desktop-VERSION-linux-ARCH.tar.gz     the same, to be unpacked anywhere
#       dist/bulletin-desktop_VERSION_ARCH.deb              the same as a Debian package
#   sh packaging/build.sh --only SCRIPT NAME
#       build/NAME/                                         another script, frozen with the same options
#
# What is built runs on systems whose C library is as new as this one's or newer.

. "$(dirname -- "$0")/setup.sh"

VENV=$ROOT/build/venv
PACKAGING=$ROOT/packaging
DIST=$ROOT/dist
NAME=bulletin-desktop
umask 022
unset PYTHONPATH PYTHONOPTIMIZE
cd "$ROOT"
mkdir -p build "$DIST"

prepare() {
    need_environment packaging
    need_system objdump=binutils objcopy=binutils strip=binutils
    missing=$libraries
    for tool in objdump objcopy strip; do
        command -v $tool >/dev/null 2>&1 || missing="$missing $tool"
    done
    [ -z "$missing" ] || stop "Without them the program cannot be built." "缺少它们，无法打包。"
    # A static Python, as Debian's own, has its library in a package apart.
    "$VENV/bin/python" -c 'from PyInstaller.depend.bindepend import get_python_library_path as find
assert find()' 2>/dev/null ||
        provide "libpython$("$VENV/bin/python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')" ||
        stop "Without Python's library the program cannot be built." "缺少 Python 的库，无法打包。"
    version=$("$VENV/bin/python" -c \
        'import tomllib; print(tomllib.load(open("pyproject.toml", "rb"))["project"]["version"])')
}

freeze() { # freeze FOLDER SPEC-OPTION…: the program, or another script
    folder=$1
    shift
    # Modules that are not compressed are read faster at the start; archive and package compress.
    PYINSTALLER_ZLIB_COMPRESSION_LEVEL=0 "$VENV/bin/pyinstaller" --noconfirm --log-level WARN \
        --distpath "$folder" --workpath build/pyinstaller packaging/bulletin-desktop.spec -- "$@"
}

make_folder() {
    say "Building dist/$NAME" "正在生成 dist/$NAME"
    "$VENV/bin/python" packaging/icons.py build/icons
    freeze "$DIST"
    # Python's own symbols for debugging may be half of it.
    find "$DIST/$NAME/_internal" -maxdepth 1 -name 'libpython*' -exec strip --strip-unneeded {} +
    find "$DIST/$NAME/_internal" -path '*/lib-dynload/*' -exec strip --strip-unneeded {} +
}

# What the folder needs of a Debian system. GTK, printing and Wayland are served where they are there.

OPTIONAL='qgtk3|printsupport|wayland'

files() { # prints the programs and libraries of the folder
    find "$DIST/$NAME" -type f \( -name '*.so' -o -name '*.so.*' -o -name $NAME \)
}

packages_of() { # packages_of LIBRARY…: prints the Debian packages that brought them here
    for library in "$@"; do
        file=$(/sbin/ldconfig -p | sed -n "s,^[[:space:]]*$library (.*) => \(/usr\)\{0\,1\},,p" | head -n 1)
        dpkg -S "*$file" | sed 's/:.*//'
    done | sort -u
}

depends() { # prints them as a control file has them
    bundled=$(files | sed 's,.*/,,')
    needed=$(files | grep -Eiv "$OPTIONAL" | xargs -d '\n' objdump -p | sed -n 's/^ *NEEDED *//p' |
        sort -u | grep -vxF "$bundled")
    # shellcheck disable=SC2086 # a list of names
    packages_of $needed | sed "s/^libc6$/libc6 (>= $(getconf GNU_LIBC_VERSION | sed 's/.* //'))/" |
        paste -sd , | sed 's/,/, /g'
}

make_archive() {
    staged=$NAME-$version-linux-$(uname -m)
    say "Packing dist/$staged.tar.gz" "正在压缩 dist/$staged.tar.gz"
    rm -rf build/archive
    mkdir -p build/archive
    cp -a "$DIST/$NAME" "build/archive/$staged"
    packages=$(printf '%s' "$depends" | sed 's/ ([^)]*)//g; s/,//g')
    sed "s/@PACKAGES@/$packages fonts-noto-cjk/" packaging/linux/README.txt \
        >"build/archive/$staged/README.txt"
    cp LICENSE "build/archive/$staged/"
    tar -C build/archive --owner=0 --group=0 --sort=name -czf "$DIST/$staged.tar.gz" "$staged"
}

install_to() { # install_to MODE FILE PLACE: makes the folders too
    mkdir -p "$(dirname "$3")"
    install -m "$1" "$2" "$3"
}

make_package() {
    architecture=$(dpkg --print-architecture)
    package=$DIST/${NAME}_${version}_$architecture.deb
    say "Packing dist/$(basename "$package")" "正在制作 dist/$(basename "$package")"
    tree=build/package
    rm -rf $tree
    mkdir -p $tree/DEBIAN $tree/usr/lib $tree/usr/bin $tree/usr/share/icons
    cp -a "$DIST/$NAME" $tree/usr/lib/
    ln -s ../lib/$NAME/$NAME $tree/usr/bin/$NAME
    cp -a build/icons/hicolor $tree/usr/share/icons/
    install_to 644 packaging/linux/$NAME.desktop $tree/usr/share/applications/$NAME.desktop
    install_to 644 packaging/linux/$NAME.xml $tree/usr/share/mime/packages/$NAME.xml
    install_to 644 packaging/linux/$NAME.metainfo.xml $tree/usr/share/metainfo/$NAME.metainfo.xml
    documents=$tree/usr/share/doc/$NAME
    mkdir -p $documents $tree/usr/share/man/man1
    sed 's/^$/./; s/^/ /' LICENSE |
        sed -e '/@LICENSE@/{r /dev/stdin' -e 'd}' packaging/linux/copyright >$documents/copyright
    gzip -9n <CHANGELOG.md >$documents/CHANGELOG.md.gz
    maintainer=$(sed -n 's/^Maintainer: //p' packaging/linux/control)
    printf '%s (%s) stable; urgency=low\n\n  * See CHANGELOG.md.gz.\n\n -- %s  %s\n' \
        $NAME "$version" "$maintainer" "$(LC_ALL=C date -R)" | gzip -9n >$documents/changelog.gz
    gzip -9n <packaging/linux/$NAME.1 >$tree/usr/share/man/man1/$NAME.1.gz
    install_to 644 packaging/linux/lintian-overrides $tree/usr/share/lintian/overrides/$NAME
    chmod -R u+rwX,go+rX,go-w $tree
    find $tree -type f -name '*.so*' -exec chmod 644 {} +
    sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@DEPENDS@/$depends/" \
        -e "s/@SIZE@/$(du -sk --exclude=DEBIAN $tree | cut -f 1)/" packaging/linux/control \
        >$tree/DEBIAN/control
    (cd $tree && find usr -type f -printf '%P\0' | sort -z | sed -z 's,^,usr/,' |
        xargs -0 md5sum >DEBIAN/md5sums)
    dpkg-deb --build --root-owner-group -Zxz $tree "$package" >/dev/null
}

prepare
if [ "${1:-}" = --only ]; then
    freeze build --entry "$2" --name "$3"
    exit
fi
make_folder
depends=
if is_debian; then depends=$(depends); fi
make_archive
if is_debian; then make_package; fi
du -sh "$DIST"/$NAME "$DIST"/$NAME-"$version"-* "$DIST"/${NAME}_"$version"_* 2>/dev/null
