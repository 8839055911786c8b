#!/bin/sh
# Builds "dist/Bulletin Desktop.app" and a disk image on macOS. PREPARED, NOT YET RUN: see
# packaging/README.md. The bundle is signed for this machine only ("ad hoc"), not notarised.

set -eu
cd "$(dirname -- "$0")/../.."

"${PYTHON:-python3}" -m venv build/venv
python=build/venv/bin/python
"$python" -m pip install --quiet -e '.[packaging]'
"$python" packaging/icons.py build/icons
PYINSTALLER_ZLIB_COMPRESSION_LEVEL=0 "$python" -m PyInstaller --noconfirm --log-level WARN \
    --distpath dist --workpath build/pyinstaller packaging/bulletin-desktop.spec
version=$("$python" -c 'import tomllib; print(tomllib.load(open("pyproject.toml", "rb"))["project"]["version"])')
rm -rf build/image
mkdir build/image
cp -R "dist/Bulletin Desktop.app" build/image/
ln -s /Applications build/image/Applications
hdiutil create -quiet -ov -volname "Bulletin Desktop" -srcfolder build/image -format UDZO \
    "dist/bulletin-desktop-$version-macos-$(uname -m).dmg"
