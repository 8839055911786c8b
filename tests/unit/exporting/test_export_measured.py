"""Page numbers in contents and index are those on which LibreOffice lays the headings out."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace

import pypdfium2
import pytest
from support import finish

from bulletin_desktop import office
from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.exporting import measured
from bulletin_desktop.exporting.compiled import CompiledGroup, CompiledTheme, Printing
from bulletin_desktop.exporting.docx import write_docx
from bulletin_desktop.exporting.template import load_template
from bulletin_desktop.model.change import Message, Progress
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services.compiling import Choices, compile_articles

CACHED = re.compile(r"PAGEREF _Toc(\d+) .*?separate.*?<w:t [^>]*>(\d+)</w:t>")
SIGN = Progress(1, 1, Message("export.progress", {"done": 1, "total": 1}))
SENTENCE = "各乡镇（街道）工会按照县总部署，组织职工学习《劳动合同法》，参加人数达1500人。"


def numbers(path) -> list[tuple[int, int]]:
    """Anchor and page of each line of contents and index, as they are cached in the document."""
    with zipfile.ZipFile(path) as package:
        text = package.read("word/document.xml").decode()
        assert b"updateFields" not in package.read("word/settings.xml")
    return [(int(anchor), int(page)) for anchor, page in CACHED.findall(text)]


def real_pages(pdf) -> list[int]:
    """The page of each heading in LibreOffice's own rendering, by its outline, from page 1."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range() for page in document]
    first = next(n for n, text in enumerate(texts) if re.search(r"— 1 —\s*$", text))
    pages = [x.get_dest().get_index() - first + 1 for x in document.get_toc()]
    document.close()
    return pages


def many(compile_groups, article, count):
    """Articles of several lengths in groups of twenty, with footnotes."""
    articles = [
        article(
            title=f"第{number}号工作简报" + "，又一个很长的标题" * (number % 4),
            paragraphs=(SENTENCE * (number % 5 + 1),) * (number % 7 + 1),
            citation=f"《青河工会信息》第{number}期",
            themes=("集体协商",),
        )
        for number in range(count)
    ]
    groups = [
        CompiledGroup(f"第{at // 20 + 1}组", tuple(articles[at : at + 20]))
        for at in range(0, count, 20)
    ]
    printing = Printing(citations="footnotes")
    themes = (CompiledTheme("集体协商", "B03A2E"),)
    return compile_groups(*groups, printing=printing, themes=themes)


def test_the_sample_library(library, write, pdf_of):
    compilation = finish(compile_articles(library, Scope(), Choices("选编"), Catalogue("zh")))
    assert compilation.articles == 45
    path = write(compilation, measured=True)
    assert [page for _, page in numbers(path)] == real_pages(pdf_of(path))


@pytest.mark.full
def test_two_hundred_articles(compile_groups, article, write, pdf_of):
    template = load_template()
    template = replace(template, parts=replace(template.parts, index=True))
    path = write(many(compile_groups, article, 200), template, measured=True)
    told = numbers(path)
    assert [page for _, page in told[:210]] == real_pages(pdf_of(path))
    contents = dict(told[:210])
    assert [contents[anchor] for anchor, _ in told[210:]] == [page for _, page in told[210:]]
    assert len(told) == 410


def test_the_guess_is_near(compile_groups, article, write):
    """Without LibreOffice a heading is at most a page away from where it is told to be."""
    real = [page for _, page in numbers(write(many(compile_groups, article, 40), measured=True))]
    guessed = write(many(compile_groups, article, 40))
    with zipfile.ZipFile(guessed) as package:
        assert b"updateFields" in package.read("word/settings.xml")
        text = package.read("word/document.xml").decode()
    told = [int(page) for _, page in CACHED.findall(text)]
    assert len(told) == len(real) == 42
    assert max(abs(a - b) for a, b in zip(told, real, strict=True)) <= 1


@pytest.mark.parametrize("command", [None, "false"])
def test_without_a_working_libreoffice_the_guess_stays(compilation, write, monkeypatch, command):
    monkeypatch.setattr(office, "program", lambda: command)
    with zipfile.ZipFile(write(compilation, measured=True)) as package:
        assert b"updateFields" in package.read("word/settings.xml")


def test_closing_ends_libreoffice_and_keeps_the_old_file(
    compile_groups, article, tmp_path, monkeypatch
):
    started = []
    begin = measured.office.convert

    def convert(*told):
        work = begin(*told)
        started.append(work)
        return work

    monkeypatch.setattr(measured.office, "convert", convert)
    target = tmp_path / "选编.docx"
    target.write_bytes(b"old")
    work = write_docx(many(compile_groups, article, 5), target, load_template())
    while not started:
        next(work)
    next(work)
    work.close()
    assert started[0].gi_frame is None
    assert target.read_bytes() == b"old"
