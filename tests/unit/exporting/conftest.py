"""What the tests of the exporting room share: an invented compilation, a validator, LibreOffice."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from bulletin_desktop.exporting.blocks import (
    Compilation,
    CompiledArticle,
    CompiledGroup,
    Labels,
)
from bulletin_desktop.exporting.docx import write_docx

LABELS = Labels(contents="目　录", source="（{source}）", note="笔记：")
BODY = "青河县总工会召开职工代表大会，审议通过《工资集体协商办法》，覆盖企业120家。"


def make_article(**fields: object) -> CompiledArticle:
    """An article with a title, one paragraph, a source and an issue, unless told otherwise."""
    usual: dict[str, object] = {
        "title": "青河县总工会推进工资集体协商",
        "kicker": None,
        "subtitle": None,
        "author": None,
        "source": "青河县总工会",
        "issue_label": "《青河工会信息》第3期",
        "paragraphs": (BODY,),
        "note": None,
    }
    return CompiledArticle(**{**usual, **fields})


def make_compilation(*groups: CompiledGroup, **fields: object) -> Compilation:
    """A compilation of groups, with notes and without an author, unless told otherwise."""
    usual: dict[str, object] = {
        "title": "青河县工会工作选编",
        "line": "2011年　共4篇",
        "author": None,
        "labels": LABELS,
        "with_notes": True,
    }
    return Compilation(groups=groups, **{**usual, **fields})


@pytest.fixture
def article() -> Callable[..., CompiledArticle]:
    return make_article


@pytest.fixture
def compile_groups() -> Callable[..., Compilation]:
    return make_compilation


@pytest.fixture
def compilation() -> Compilation:
    """Two groups and four articles that have between them everything that can be printed."""
    full = make_article(
        title="青河县总工会召开会议\n学习贯彻“十二五”规划",
        kicker="统一思想　凝聚力量",
        subtitle="全县工会干部作风建设综述",
        author="本刊通讯员",
        paragraphs=("一、加强学习。" + BODY, "二、落实责任。\t注意：A & B < C。", BODY * 4),
        note="可作专题材料。\n待核日期。",
    )
    untitled = make_article(title=None, paragraphs=("●职工书屋揭牌。" + BODY,), source=None)
    plain = make_article(title="职工之家建设见成效", source=None, issue_label="", note="　")
    return make_compilation(
        CompiledGroup("学习贯彻", (full, untitled)),
        CompiledGroup("权益维护", (make_article(), plain)),
        author="青河县总工会",
    )


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Compilation], Path]:
    """Writes a compilation to the end and gives the path."""

    def write_all(compilation: Compilation) -> Path:
        path = tmp_path / "选编.docx"
        for _ in write_docx(compilation, path):
            pass
        return path

    return write_all


@pytest.fixture
def errors_of() -> Callable[[Path], list[str]]:
    """What the Open XML validator has against a file."""

    def errors(path: Path) -> list[str]:
        result = OpenXmlValidator().validate(path)
        return [f"{error.part_uri}: {error.description}" for error in result.errors]

    return errors


@pytest.fixture(scope="session")
def office_profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A LibreOffice profile of the tests' own, made once."""
    return tmp_path_factory.mktemp("office")


@pytest.fixture
def pdf_of(office_profile: Path) -> Callable[[Path], Path]:
    """Renders a Word document as PDF beside it with LibreOffice."""

    def convert(path: Path) -> Path:
        profile = f"-env:UserInstallation={office_profile.as_uri()}"
        run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", path.parent, path)
        return path.with_suffix(".pdf")

    return convert


@pytest.fixture
def pages_of() -> Callable[[Path], list[str]]:
    """The text of each page of a PDF, its lines as laid out."""

    def pages(path: Path) -> list[str]:
        return run("pdftotext", "-layout", path, "-").split("\f")[:-1]

    return pages


def run(*command: object) -> str:
    """What a program prints; fails if the program does."""
    words: Iterable[str] = (str(word) for word in command)
    done = subprocess.run(list(words), capture_output=True, check=True, timeout=120)
    return done.stdout.decode()
