"""What the built program is made of and is known by, without building it."""

from __future__ import annotations

import configparser
import os
import re
import sqlite3
import struct
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
import yaml
from PySide6.QtGui import QImage
from support import ROOT

from bulletin_desktop import app, paths

PACKAGING = ROOT / "packaging"
LINUX = PACKAGING / "linux"
TYPE = "application/x-bulletin-library"
MIME = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}


# What goes in


@pytest.mark.parametrize(
    "place",
    [
        "resources/palette.json",
        "seeds/000.txt",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "PySide6/Qt/plugins/iconengines/libqsvgicon.so",
        "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6/Qt/plugins/styles/libqmacstyle.dylib",
        "PySide6/Qt/translations/qtbase_zh_CN.qm",
        "PySide6/Qt/lib/libQt6Core.so.6",
        "jieba/dict.txt",
        "jieba/finalseg/prob_emit.p",
        "pypinyin/phrases_dict.json",
        "docx/templates/default.docx",
        "libpython3.11.so.1.0",
        "libxcb-cursor.so.0",
    ],
)
def test_what_the_program_uses_is_built_in(script, place):
    assert script("contents").is_wanted(place)


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/plugins/sqldrivers/libqsqlite.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/translations/assistant_zh_CN.qm",
        "PySide6/opengl32sw.dll",
        "jieba/lac_small/word.dic",
        "pypinyin/core.pyi",
    ],
)
def test_what_it_does_not_use_is_left_out(script, place):
    assert not script("contents").is_wanted(place)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere everything comes along")
def test_the_libraries_of_a_linux_desktop_are_left_to_it(script):
    names = ["libX11.so.6", "libgtk-3.so.0", "libstdc++.so.6", "libglib-2.0.so.0"]
    assert [name for name in names if script("contents").is_wanted(name)] == []


def test_of_qt_goes_in_what_something_needs_even_by_others(script):
    needs = {"app": ["libQt6Gui.so.6"], "gui": ["libQt6Core.so.6", "libc.so.6"]}
    entries = [
        ("PySide6/QtGui.abi3.so", "app", "EXTENSION"),
        ("PySide6/Qt/lib/libQt6Core.so.6", "core", "BINARY"),
        ("PySide6/Qt/lib/libQt6Gui.so.6", "gui", "BINARY"),
        ("PySide6/Qt/lib/libQt6Quick.so.6", "quick", "BINARY"),
    ]
    kept = script("contents").needed(entries, lambda file: needs.get(file, []))
    assert {source for _, source, _ in kept} == {"app", "gui", "core"}


def test_the_recipe_takes_the_data_of_the_program():
    recipe = (PACKAGING / "bulletin-desktop.spec").read_text("utf-8")
    for data in ('"resources"', '"seeds"', '"pypinyin"', '"docx"'):
        assert data in recipe


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"LD_LIBRARY_PATH": "/built"}, None),
        ({"LD_LIBRARY_PATH": "/built", "LD_LIBRARY_PATH_ORIG": "/own"}, "/own"),
        ({}, None),
    ],
)
def test_programs_that_it_starts_do_not_load_its_libraries(before, after):
    code = (
        "import os, runpy, sys\nrunpy.run_path(sys.argv[1])\n"
        "print(os.environ.get('LD_LIBRARY_PATH'), 'LD_LIBRARY_PATH_ORIG' in os.environ)"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LD_")}
    run = subprocess.run(
        [sys.executable, "-c", code, str(PACKAGING / "restore_environment.py")],
        env=clean | before, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert run.stdout.split() == [str(after), "False"]


# Icons


@pytest.fixture(scope="module")
def icons(script, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("icons")
    script("icons").make(folder)
    return folder


@pytest.mark.parametrize("name", ["apps/bulletin-desktop", "mimetypes/" + TYPE.replace("/", "-")])
def test_icons_are_drawn_in_all_sizes(script, icons, name):
    for size in script("icons").SIZES:
        image = QImage(str(icons / "hicolor" / f"{size}x{size}" / f"{name}.png"))
        assert (image.width(), image.height()) == (size, size)
        colours = {image.pixel(x, y) for x in range(size) for y in range(size)}
        assert len(colours) > 2
    assert (icons / "hicolor" / "scalable" / f"{name}.svg").exists()


def test_the_icon_of_windows_holds_its_sizes(script, icons):
    data = (icons / "bulletin-desktop.ico").read_bytes()
    count = struct.unpack_from("<H", data, 4)[0]
    assert count == len(script("icons").ICO_SIZES)
    for entry in range(count):
        length, place = struct.unpack_from("<II", data, 6 + 16 * entry + 8)
        assert QImage.fromData(data[place : place + length]).width() in script("icons").ICO_SIZES


def test_the_icon_of_macos_is_as_long_as_it_says(icons):
    data = (icons / "bulletin-desktop.icns").read_bytes()
    assert data[:4] == b"icns"
    assert struct.unpack_from(">I", data, 4)[0] == len(data)


# Desktop


@pytest.fixture(scope="module")
def entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read(LINUX / "bulletin-desktop.desktop", "utf-8")
    return parser["Desktop Entry"]


def test_the_desktop_entry_opens_files_and_is_the_windows(entry, icons):
    assert entry["Exec"] == "bulletin-desktop %F"
    assert {TYPE, "text/plain"} <= set(entry["MimeType"].split(";"))
    assert entry["StartupWMClass"] == paths.APP_FOLDER
    assert (icons / "hicolor" / "48x48" / "apps" / f"{entry['Icon']}.png").exists()


def test_the_desktop_entry_speaks_both_languages(entry):
    for key in ("Name", "GenericName", "Comment", "Keywords"):
        assert entry[key].isascii()
        assert not entry[f"{key}[zh_CN]"].isascii()


def matches(rule: ElementTree.Element, data: bytes) -> bool:
    """Whether a magic rule and one of the rules inside it hold for a file."""
    value = rule.get("value").encode().replace(rb"\0", b"\0")
    offset = int(rule.get("offset"))
    inside = rule.findall("m:match", MIME)
    here = data[offset : offset + len(value)] == value
    return here and (not inside or any(matches(each, data) for each in inside))


def test_a_library_is_known_by_its_bytes_and_another_database_is_not(library_file, tmp_path):
    kind = ElementTree.parse(LINUX / "bulletin-desktop.xml").getroot().find("m:mime-type", MIME)
    assert kind.get("type") == TYPE
    (rule,) = kind.findall("m:magic/m:match", MIME)
    assert matches(rule, library_file.read_bytes())
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    assert not matches(rule, other.read_bytes())
    assert kind.find("m:glob", MIME).get("pattern") == f"*{library_file.suffix}"


def test_the_metainfo_names_the_desktop_entry_and_the_type():
    info = ElementTree.parse(LINUX / "bulletin-desktop.metainfo.xml").getroot()
    assert info.findtext("launchable") == "bulletin-desktop.desktop"
    assert info.findtext("provides/mediatype") == TYPE


# Package


def test_the_control_file_is_whole_and_its_blanks_are_filled():
    control = (LINUX / "control").read_text("utf-8")
    fields = dict(re.findall(r"^([A-Z][\w-]+): (.+)$", control, re.MULTILINE))
    wanted = {"Package", "Version", "Architecture", "Maintainer", "Depends", "Description"}
    assert wanted <= set(fields)
    assert fields["Package"] == "bulletin-desktop"
    assert "fonts-noto-cjk" in fields["Recommends"]
    build = (PACKAGING / "build.sh").read_text("utf-8")
    for blank in re.findall(r"@[A-Z]+@", control):
        assert f"s/{blank}/" in build


@pytest.mark.parametrize("name", ["build.sh", "smoke.sh", "machine.sh", "prove.sh",
                                  "try-input-method.sh", "macos/build.sh"])  # fmt: skip
def test_the_scripts_are_valid_shell(name):
    subprocess.run(["sh", "-n", str(PACKAGING / name)], check=True)


def test_the_version_of_the_package_is_that_of_the_program():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    from bulletin_desktop import __version__

    assert project["version"] == __version__


# Other systems


def test_the_workflow_is_marked_as_not_run_and_calls_what_is_there():
    text = (ROOT / ".ci" / "windows-macos.yml").read_text("utf-8")
    assert "NOT YET RUN" in text
    jobs = yaml.safe_load(text)["jobs"]
    assert set(jobs) == {"tests", "windows", "macos"}
    called = re.findall(r"packaging[/\\][\w/\\.-]+\.(?:ps1|sh)", text)
    assert len(called) == 2
    assert [path for path in called if not (ROOT / path.replace("\\", "/")).exists()] == []


def test_the_installer_takes_what_the_build_makes():
    text = (PACKAGING / "windows" / "installer.iss").read_text("utf-8")
    assert "NOT YET RUN" in text
    assert r"..\..\dist\bulletin-desktop\*" in text
    assert '".bdlib"' in text
    assert '".txt"' in text
    # What stands under [UninstallDelete] is deleted: no library may be.
    assert "UninstallDelete" not in text


# Input methods


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such choice")
@pytest.mark.parametrize(
    ("given", "modules"),
    [
        ({"QT_IM_MODULE": "fcitx"}, "fcitx;ibus"),
        ({"QT_IM_MODULE": "fcitx5"}, "fcitx5;ibus"),
        ({"QT_IM_MODULE": "ibus"}, None),
        ({"QT_IM_MODULES": "wayland;fcitx"}, "wayland;fcitx;ibus"),
        ({"QT_IM_MODULES": "wayland;fcitx;ibus"}, "wayland;fcitx;ibus"),
        ({}, None),
    ],
)
def test_ibus_stands_in_for_a_missing_fcitx(monkeypatch, given, modules):
    for name in ("QT_IM_MODULE", "QT_IM_MODULES"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(os, "environ", dict(os.environ))
    app._prepare_input_method()
    assert os.environ.get("QT_IM_MODULES") == modules
