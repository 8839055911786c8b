"""The budgets for the walls, and what a run of the command line may import."""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
from collections.abc import Iterator

import pytest
from support import ROOT

PACKAGE = ROOT / "bulletin_desktop"
FILES = sorted(PACKAGE.rglob("*.py"))
MEDIAN, PERCENTILE_95, LONGEST, CLASS, FILE = 8, 35, 60, 300, 400


def nodes(kind: type | tuple[type, ...]) -> Iterator[tuple[str, int]]:
    """The names and lengths in lines of all definitions of a kind, decorators not counted."""
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, kind):
                length = node.end_lineno - node.lineno + 1
                yield f"{file.relative_to(ROOT)}:{node.lineno} {node.name}", length


def test_functions_are_short():
    lengths = dict(nodes((ast.FunctionDef, ast.AsyncFunctionDef)))
    assert len(lengths) > 300
    assert {name: n for name, n in lengths.items() if n > LONGEST} == {}
    assert statistics.median(lengths.values()) <= MEDIAN
    assert statistics.quantiles(lengths.values(), n=100)[94] <= PERCENTILE_95


def test_classes_are_short():
    assert {name: n for name, n in nodes(ast.ClassDef) if n > CLASS} == {}


def test_files_are_short():
    lengths = {str(f.relative_to(ROOT)): len(f.read_text("utf-8").splitlines()) for f in FILES}
    assert {name: n for name, n in lengths.items() if n > FILE} == {}


def imported(child_environment: dict[str, str], arguments: list[str]) -> set[str]:
    """The top-level packages that a run of the command line imports."""
    code = (
        "import sys\nfrom bulletin_desktop.__main__ import main\n"
        "code = main(sys.argv[1:])\n"
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)\n"
        "sys.exit(code)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True, text=True, encoding="utf-8", env=child_environment, check=True,
    )  # fmt: skip
    return set(run.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "articles"],
        ["search", "工会"],
        ["history"],
        ["check"],
        ["tag", "--theme", "主题", "1"],
        ["undo"],
        ["export", "--all", "--no-layout", "-o", "out.docx"],
    ],
)
def test_the_command_line_imports_neither_qt_nor_jieba_nor_what_it_does_not_need(
    arguments, library_file, run_child, child_environment, tmp_path
):
    assert run_child("theme", "add", "主题", "--library", library_file).returncode == 0
    given = [str(tmp_path / word) if word == "out.docx" else word for word in arguments]
    found = imported(child_environment, ["--library", str(library_file), *given])
    assert "bulletin_desktop" in found
    assert not found & {"PySide6", "shiboken6", "sqlite_utils"}
    if arguments[0] != "export":  # which breaks long titles between words
        assert not found & {"docx", "jieba"}


def test_parsing_and_importing_import_neither_qt_nor_jieba(child_environment, seeds, tmp_path):
    found = imported(child_environment, ["parse", "--json", str(seeds)])
    assert not found & {"PySide6", "jieba", "sqlite_utils"}
    library = str(tmp_path / "new.bdlib")
    found = imported(child_environment, ["import", "--library", library, str(seeds)])
    assert not found & {"PySide6", "jieba"}
