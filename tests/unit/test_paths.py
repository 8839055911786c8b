"""Where a checkout, a built program and a portable one keep things."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from support import ROOT

from bulletin_desktop import paths


@pytest.fixture
def built(tmp_path, monkeypatch) -> Path:
    """The folder of a built program that runs."""
    folder = tmp_path / "我的 程序"
    folder.mkdir()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(folder / "_internal"), raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "bulletin-desktop"))
    return folder


def test_a_checkout_has_its_own_resources_and_is_not_portable():
    assert paths.resource("palette.json") == ROOT / "resources" / "palette.json"
    assert paths.portable() is None


def test_a_built_program_has_resources_and_seeds_inside(built):
    assert paths.resource("palette.json") == built / "_internal" / "resources" / "palette.json"
    assert paths.seeds() == built / "_internal" / "seeds"


def test_without_the_folder_a_built_program_keeps_libraries_with_the_user(built):
    assert paths.portable() is None
    assert built not in paths.user_data().parents


def test_the_folder_beside_it_makes_it_portable(built):
    (built / "portable").mkdir()
    assert paths.portable() == built / "portable"
    for place in (paths.default_library(), paths.sample_library(), paths.log_file()):
        assert place.parent == built / "portable"


def test_a_file_of_that_name_does_not(built):
    (built / "portable").touch()
    assert paths.portable() is None


def test_the_folder_stands_beside_a_bundle_not_in_it(built, monkeypatch):
    program = built / "Bulletin Desktop.app" / "Contents" / "MacOS" / "bulletin-desktop"
    monkeypatch.setattr(sys, "executable", str(program))
    (built / "portable").mkdir()
    assert paths.portable() == built / "portable"


def test_a_link_to_the_program_counts_as_the_program(built, tmp_path, monkeypatch):
    program = built / "bulletin-desktop"
    program.touch()
    link = tmp_path / "bulletin-desktop"
    link.symlink_to(program)
    monkeypatch.setattr(sys, "executable", str(link))
    (built / "portable").mkdir()
    assert paths.portable() == built / "portable"
