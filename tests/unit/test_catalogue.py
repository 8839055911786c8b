"""Every message that the program can give exists in both languages."""

from __future__ import annotations

import ast
import json
import string
from collections.abc import Iterator

import pytest
from support import ROOT

from bulletin_desktop.catalogue import Catalogue, system_language
from bulletin_desktop.cli import COMMANDS
from bulletin_desktop.cli.arguments import build_parser
from bulletin_desktop.model.change import Message
from bulletin_desktop.model.errors import KnownError

PACKAGE = ROOT / "bulletin_desktop"
PARTS = ("messages", "cli", "window")
CALLS = {"KnownError", "Message", "text", "words", "Problem"}


def entries(language: str, part: str) -> dict[str, object]:
    file = ROOT / "resources" / "translations" / language / f"{part}.json"
    return json.loads(file.read_text("utf-8"))


def placeholders(entry: object) -> set[str]:
    forms = entry.values() if isinstance(entry, dict) else [entry]
    return {name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name}


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Each call that takes a code, with the code and where it stands."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                for code in codes(node.args[0]) if name in CALLS else ():
                    yield code, f"{file.relative_to(ROOT)}:{node.lineno}", node


def codes(argument: ast.expr) -> Iterator[str]:
    """The string literals that an argument can be, where they look like codes."""
    if isinstance(argument, ast.IfExp):
        yield from codes(argument.body)
        yield from codes(argument.orelse)
    elif isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        head, dot, _ = argument.value.partition(".")
        if dot and head.isidentifier() and " " not in argument.value:
            yield argument.value


def test_both_languages_have_the_same_codes_with_the_same_placeholders():
    for part in PARTS:
        chinese, english = entries("zh", part), entries("en", part)
        assert chinese.keys() == english.keys(), part
        differing = [c for c in chinese if placeholders(chinese[c]) != placeholders(english[c])]
        assert differing == []


def test_no_code_is_in_two_parts():
    seen: dict[str, str] = {}
    for part in PARTS:
        for code in entries("zh", part):
            assert code not in seen, f"{code} is in {seen[code]} and {part}"
            seen[code] = part


def test_no_sentence_is_empty_but_the_joint_of_chinese_words():
    for language in ("zh", "en"):
        for part in PARTS:
            empty = [c for c, entry in entries(language, part).items() if not entry]
            assert set(empty) <= {"label.join"}, (language, part)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_code_in_the_source_has_a_sentence(language):
    known = {code for part in PARTS for code in entries(language, part)}
    found = list(calls())
    assert len(found) > 80
    assert [f"{where} {code}" for code, where, _ in found if code not in known] == []


def test_what_the_source_gives_fills_the_placeholders():
    known = {code: entry for part in PARTS for code, entry in entries("zh", part).items()}
    # with_params adds the path where the file is known; catalogue texts of paths likewise.
    added = {"path"}
    for code, where, call in calls():
        given = {keyword.arg for keyword in call.keywords}
        if len(call.args) > 1 and isinstance(call.args[1], ast.Dict):
            given |= {key.value for key in call.args[1].keys if isinstance(key, ast.Constant)}
        elif len(call.args) > 1 or None in given:
            continue  # parameters that are not written out
        missing = placeholders(known[code]) - given - added
        assert not missing, f"{where} {code} {missing}"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_sentence_can_be_said(language):
    catalogue = Catalogue(language)
    for part in PARTS:
        for code, entry in entries(language, part).items():
            if not code.startswith("argparse."):
                params = dict.fromkeys(placeholders(entry), 1)
                assert catalogue.text(code, **params) is not None


def test_one_and_other():
    catalogue = Catalogue("en")
    assert catalogue.text("step.import", n=1) == "Import 1 file"
    assert catalogue.text("step.import", n=2) == "Import 2 files"
    assert Catalogue("zh").text("step.import", n=2) == "导入 2 个文件"


def test_messages_and_errors_are_sentences():
    catalogue = Catalogue("en")
    assert catalogue.message(Message("step.star", {"n": 3})) == "Star 3 articles"
    assert "7" in catalogue.error(KnownError("article.missing", id=7))
    with pytest.raises(KeyError):
        catalogue.text("no.such.code")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LC_ALL": "de_DE.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "en_GB.UTF-8"}, "en"),
        ({}, "zh"),
    ],
)
def test_the_language_of_the_system(environment, language, monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert system_language() == language


@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_is_there_for_every_subcommand(language):
    parser = build_parser(Catalogue(language))
    assert "bulletin-desktop" in parser.format_help()
    commands = parser._subparsers._group_actions[0].choices
    assert sorted(commands) == sorted(COMMANDS)
    for command in commands.values():
        assert command.description
