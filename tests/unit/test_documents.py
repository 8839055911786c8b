"""The documents say what the program does, and what they lead to exists."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest
from support import ROOT

UI = ROOT / "bulletin_desktop" / "ui"
GUIDES = {"zh": ROOT / "docs" / "user-guide.zh-CN.md", "en": ROOT / "docs" / "user-guide.md"}
DOCUMENTS = sorted(
    file
    for folder in (ROOT, ROOT / "docs", ROOT / "packaging")
    for file in folder.glob("*.md")
)  # fmt: skip
IMAGES = ROOT / "docs" / "images"
LINK = re.compile(r"\[[^\]]*\]\(([^)]+)\)")
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
MOST_BYTES = 6_000_000


def text_of(file: Path) -> str:
    """A document without its blocks of code."""
    return FENCED.sub("", file.read_text("utf-8"))


def words(language: str) -> dict[str, Any]:
    file = ROOT / "resources" / "translations" / language / "window.json"
    return json.loads(file.read_text("utf-8"))


def parsed(name: str) -> ast.Module:
    """A module of the window, read and not imported: these tests need no Qt."""
    return ast.parse((UI / name).read_text("utf-8"))


def assigned(tree: ast.AST) -> dict[str, ast.expr]:
    """What stands right of the names that are assigned to, in a module or a class."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = node.value
    return found


def keys_of_actions() -> dict[str, tuple[str, ...]]:
    """The usual keys of every action, by the code of its words."""
    tree = parsed("actions.py")
    acts = next(n for n in tree.body if isinstance(n, ast.ClassDef) and n.name == "Act")
    found = {}
    for name, value in assigned(acts).items():
        assert isinstance(value, ast.Call)
        _, _, _, keys = [*map(ast.literal_eval, value.args), ()][:4]
        found[f"action.{name.lower()}"] = keys
    return found


def fixed_keys() -> dict[str, tuple[str, ...]]:
    """The keys that are no action's, by the code of their words."""
    rows = ast.literal_eval(assigned(parsed("dialogs/key_list_dialog.py"))["_FIXED"])
    return {code: keys for keys, code in rows}


def asked_settings() -> list[str]:
    """The keys of all settings that the settings dialog shows."""
    found = assigned(parsed("settings.py"))
    names = [name.id for name in found["ASKED"].elts]  # type: ignore[attr-defined]
    return [ast.literal_eval(found[name].args[0]) for name in names]  # type: ignore[attr-defined]


def key_table(language: str) -> dict[str, tuple[str, ...]]:
    """The guide's table of keys: what they do, with the keys."""
    rows = re.findall(r"^\| (`.+`) \| (.+) \|$", text_of(GUIDES[language]), re.MULTILINE)
    return {does: tuple(re.findall(r"`([^`]+)`", keys)) for keys, does in rows}


def arrows(key: str) -> str:
    """A key in the words of the guides, which call an arrow key by its arrow."""
    for name, arrow in (("Left", "←"), ("Right", "→"), ("Up", "↑"), ("Down", "↓")):
        key = key.replace(name, arrow)
    return key


def levels(file: Path) -> list[int]:
    """How deep the headings of a document lie, one after another."""
    return [len(marks) for marks in re.findall(r"^(#+) ", text_of(file), re.MULTILINE)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_guide_has_the_keys_that_are_in_force(language: str) -> None:
    known = words(language)
    expected = {
        known[code].rstrip("…"): tuple(known.get(key, arrows(key)) for key in keys)
        for code, keys in {**keys_of_actions(), **fixed_keys()}.items()
        if keys
    }

    assert key_table(language) == expected


@pytest.mark.parametrize("language", ["zh", "en"])
def test_guide_names_every_action_and_every_setting(language: str) -> None:
    known, guide = words(language), text_of(GUIDES[language])
    named = [known[code].rstrip("…") for code in keys_of_actions()]
    named += [f"| {known[f'setting.{key}']} |" for key in asked_settings()]

    assert [name for name in named if name not in guide] == []


def test_guides_have_the_same_parts() -> None:
    zh, en = GUIDES["zh"], GUIDES["en"]

    assert levels(zh) == levels(en)
    pictures = [re.findall(r"images/([\w-]+?)(?:-english)?\.png", text_of(f)) for f in (zh, en)]
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.name)
def test_what_is_linked_exists(document: Path) -> None:
    for target in LINK.findall(text_of(document)):
        path, _, part = target.partition("#")
        if "://" in path:
            continue
        file = (document.parent / path) if path else document
        assert file.exists(), target
        assert not part or part in anchors(file), target


def anchors(file: Path) -> set[str]:
    """What a link to a heading may be: its words in small letters without marks, joined."""
    headings = re.findall(r"^#+ (.+)$", text_of(file), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", words.lower()).replace(" ", "-") for words in headings}


def test_every_picture_is_taken_again_and_used() -> None:
    script = (ROOT / "docs" / "screenshots.py").read_text("utf-8")
    pages = (ROOT / "docs" / "pages.py").read_text("utf-8")
    used = "".join(text_of(document) for document in DOCUMENTS)
    pictures = sorted(IMAGES.iterdir())

    assert sum(picture.stat().st_size for picture in pictures) < MOST_BYTES
    for picture in pictures:
        of_window = f'"{picture.stem.removesuffix("-english")}": Picture(' in script
        assert of_window or f'"{picture.name}"' in pages
        assert f"images/{picture.name})" in used
