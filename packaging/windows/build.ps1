# Builds dist\bulletin-desktop and the installer on Windows. PREPARED, NOT YET RUN: see packaging\README.md.
#
#   powershell -File packaging\windows\build.ps1
#
# Needs Python 3.11 or newer and Inno Setup 6 (iscc on the path). Inno Setup's own Chinese words are not
# part of it: put ChineseSimplified.isl from its list of translations beside installer.iss.

$ErrorActionPreference = "Stop"
$PSNativeCommandUseErrorActionPreference = $true
Set-Location (Join-Path $PSScriptRoot "..\..")

python -m venv build\venv
$python = "build\venv\Scripts\python.exe"
& $python -m pip install --quiet -e ".[packaging]"
& $python packaging\icons.py build\icons
$env:PYINSTALLER_ZLIB_COMPRESSION_LEVEL = "0"
& $python -m PyInstaller --noconfirm --log-level WARN --distpath dist --workpath build\pyinstaller `
    packaging\bulletin-desktop.spec
$version = & $python -c "import tomllib; print(tomllib.load(open('pyproject.toml', 'rb'))['project']['version'])"
iscc /Q "/DVersion=$version" packaging\windows\installer.iss
