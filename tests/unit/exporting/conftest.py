"""What the tests of the exporting room share: an invented compilation, a validator, LibreOffice."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from bulletin_desktop.exporting import formats
from bulletin_desktop.exporting.compiled import (
    Comment,
    Compilation,
    CompiledArticle,
    CompiledGroup,
    CompiledTheme,
    Labels,
    Mark,
    Printing,
    Subhead,
)
from bulletin_desktop.exporting.docx import write_docx
from bulletin_desktop.exporting.template import Template, load_template

LABELS = Labels(contents="目　录", source="（{source}）", note="笔记：")
BODY = "青河县总工会召开职工代表大会，审议通过《工资集体协商办法》，覆盖企业120家。"

# Words that mean something to a format.
HOSTILE = (
    "=1+1", "＝HYPERLINK(1)", "@SUM(A1)", "-2+3", "<script>alert(1)</script>", "]]>", "<!--",
    "&amp;", "\"onmouseover='x", "\x00\x08\ufffe", "\ud800", "# 标题", "- 项", "1. 项", "---",
    "```", "[a](b)", "![a](b)", "*重*", "|a|b|", "{\\}$^~%_#&", "TY  - BOOK", "\u2028@",
    "javascript:x",
)  # fmt: skip


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
        "printing": Printing(notes="printed"),
    }
    return Compilation(groups=groups, **{**usual, **fields})


@pytest.fixture(scope="session")
def article() -> Callable[..., CompiledArticle]:
    return make_article


@pytest.fixture(scope="session")
def compile_groups() -> Callable[..., Compilation]:
    return make_compilation


@pytest.fixture(scope="session")
def compilation() -> Compilation:
    """Two groups and four articles that have between them everything that can be printed."""
    full = make_article(
        title="青河县总工会召开会议\n学习贯彻“十二五”规划",
        kicker="统一思想　凝聚力量",
        subtitle="全县工会干部作风建设综述",
        author="本刊通讯员",
        paragraphs=("一、加强学习。" + BODY, "二、落实责任。\t注意：A & B < C。", BODY * 4),
        note=Comment("可作专题材料。\n待核日期。"),
    )
    untitled = make_article(title=None, paragraphs=("●职工书屋揭牌。" + BODY,), source=None)
    plain = make_article(
        title="职工之家建设见成效", source=None, issue_label="", note=Comment("　")
    )
    return make_compilation(
        CompiledGroup("学习贯彻", (full, untitled)),
        CompiledGroup("权益维护", (make_article(), plain)),
        author="青河县总工会",
    )


@pytest.fixture(scope="session")
def annotated() -> Compilation:
    """Two groups and three articles with themes, highlights that overlap and go on, and notes."""
    text = BODY, "（一）落实责任。要求各级工会落实到位。"
    end = len(BODY)
    marked = make_article(
        number=7, title="青河县总工会召开会议\n学习贯彻“十二五”规划", author="王芳",
        paragraphs=text, date="2011-03-05", date_label="2011年3月5日", section="工作动态",
        issue_title="青河工会信息", issue_number="3", themes=("工资协商",),
        citation="《青河工会信息》2011年第3期，“青河县总工会召开会议”，青河县总工会",
        note=Comment("可作专题材料。", "张三", "2026-11-01T02:00:00+00:00"),
        subheads=(Subhead(end + 1, end + 9, 2),),
        marks=(
            Mark(1, 6, 24, "2F6B4F", ("工资协商",), Comment("典型。\n待核。", "李四")),
            Mark(2, 14, 30, "A8322B", ("权益",)),
            Mark(3, end - 9, end + 9, "3B6EA5"),
        ),
    )  # fmt: skip
    untitled = make_article(
        number=8, title=None, source=None, kind="brief", date="2011", date_label="2011年（推定）",
        date_inferred=True, paragraphs=("职工书屋揭牌。",),
        marks=(Mark(4, 0, 4, "B8860B", ("权益",)),),
    )  # fmt: skip
    return make_compilation(
        CompiledGroup("学习贯彻", (marked,)),
        CompiledGroup("权益维护", (untitled, make_article(number=9, themes=("权益",)))),
        printing=Printing(notes="comments", citations="footnotes", highlights=True),
        intro=("收录三篇。",),
        author="青河县总工会",
        themes=(
            CompiledTheme("权益", "A8322B"),
            CompiledTheme("工资协商", "2F6B4F", "权益"),
        ),
    )


@pytest.fixture
def hostile() -> Compilation:
    """A compilation in which whatever a user can write is a word of HOSTILE."""

    def hostile_article(number: int, word: str) -> CompiledArticle:
        note = Comment(word, word, word)
        return make_article(
            number=number, title=word, kicker=word, subtitle=word, author=word, source=word,
            section=word, issue_label=word, issue_title=word, issue_number=word, citation=word,
            date="2011-02-30", date_label=word, paragraphs=(word, word * 3), note=note,
            themes=(word,), marks=(Mark(number, 0, len(word), word, (word,), note),),
        )  # fmt: skip

    articles = tuple(hostile_article(*each) for each in enumerate(HOSTILE, 1))
    return make_compilation(
        *(CompiledGroup(x.title, (x,)) for x in articles),
        title="\n".join(HOSTILE),
        line=HOSTILE[4],
        author=HOSTILE[4],
        themes=tuple(CompiledTheme(word, word) for word in HOSTILE),
        printing=Printing(notes="comments", citations="endnotes", highlights=True),
    )


@pytest.fixture
def save(tmp_path: Path) -> Callable[..., Path]:
    """Writes a compilation in the format of a name, as 选编 unless told otherwise."""

    def save_as(name: str, compilation: Compilation, template: Template | None = None) -> Path:
        path = tmp_path / f"选编{formats.BY_NAME[name].endings[0]}"
        for _ in formats.writer(name)(compilation, path, template or load_template()):
            pass
        return path

    return save_as


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a compilation to the end, as 选编 unless told otherwise, and gives the path.

    No word processor is asked for the pages of headings unless the template's caller wants it.
    """

    def write_all(
        compilation: Compilation, template: Template | None = None, *, measured: bool = False
    ) -> Path:
        path = tmp_path / "选编.docx"
        printing = replace(compilation.printing, measured=measured)
        compilation = replace(compilation, printing=printing)
        for _ in write_docx(compilation, path, template or load_template()):
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
