"""The PDF as a reader program sees it: geometry, order, outline, links, fonts."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace

import pypdfium2
import pytest
from pypdf import PdfReader
from support import ROOT

from bulletin_desktop import children
from bulletin_desktop.exporting import pdf
from bulletin_desktop.exporting.compiled import (
    Comment,
    Compilation,
    CompiledArticle,
    CompiledGroup,
    CompiledTheme,
    Labels,
    Mark,
    Masthead,
    Printing,
    Subhead,
)
from bulletin_desktop.exporting.template import load_template
from bulletin_desktop.model.errors import KnownError

MM = 25.4 / 72
LABELS = Labels(contents="目　录", source="（{source}）", note="笔记：")
BODY = "青河县总工会召开职工代表大会，审议通过《工资集体协商办法》，覆盖企业120家。"
LONG = "".join(chr(0x4E00 + n) for n in range(28 * 80))


def an_article(title, *, paragraphs=(BODY,), **fields):
    return CompiledArticle(
        title, fields.pop("kicker", None), None, None, "青河县总工会", "", paragraphs, **fields
    )


MARKED = an_article(
    "青河县总工会召开会议\n学习贯彻“十二五”规划",
    kicker="统一思想　凝聚力量",
    paragraphs=("一、加强学习。" + BODY, "落实责任。𠮷", BODY * 4),
    marks=(Mark(1, 10, 30, "2E7D6B", ("协商",), Comment("与后文对照。", "李四")),),
    subheads=(Subhead(0, 7, 1),),
    themes=("协商",),
    citation="《青河工会信息》第3期",
    note=Comment("可作专题材料。参见[[签订合同]]。"),
)
FULL = Compilation(
    "青河县工会工作选编",
    "2011年　共4篇",
    "青河县总工会",
    (
        CompiledGroup("学习贯彻", (MARKED, an_article("长文", paragraphs=(LONG,)))),
        CompiledGroup("权益维护", (an_article("推进协商", citation="第4期"),)),
        CompiledGroup("集体合同", (an_article("签订合同", themes=("协商",)),), 2),
    ),
    LABELS,
    printing=Printing("comments", "footnotes", highlights=True),
    themes=(CompiledTheme("协商", "2E7D6B"),),
)


def written(folder, compilation, template):
    path = folder / "选编.pdf"
    for _ in pdf.write_pdf(compilation, path, template):
        pass
    return path


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """Everything of a 选编, with an index."""
    template = load_template()
    template = replace(template, parts=replace(template.parts, index=True))
    return written(tmp_path_factory.mktemp("pdf"), FULL, template)


@pytest.fixture(scope="module")
def reader(full):
    return PdfReader(full)


@pytest.fixture(scope="module")
def rulers(full):
    """For each page its lines from above: the characters with their edges, in millimetres."""
    document = pypdfium2.PdfDocument(full)
    yield [lines_of(page) for page in document]
    document.close()


def lines_of(page):
    text, height = page.get_textpage(), page.get_height()
    lines = []
    for place in range(text.count_chars()):
        character = text.get_text_range(place, 1)
        left, bottom, right, top = (x * MM for x in text.get_charbox(place, loose=True))
        if character.strip():
            middle = height * MM - (top + bottom) / 2
            if not lines or abs(lines[-1][-1][3] - middle) > 3:
                lines.append([])
            lines[-1].append((character, left, right, middle))
    return lines


def texts(path):
    document = pypdfium2.PdfDocument(path)
    found = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return ["".join(text.split()) for text in found]


def test_a_full_page_has_22_lines_of_28_characters_between_the_margins(rulers):
    """GB/T 9704-2012, 5.2: 37 mm above, 156 mm wide, 28 mm at the left of odd pages."""
    pages = [page for page in rulers if sum(len(line) == 28 for line in page) == 22]
    assert [page[-1][1][0] for page in pages] == ["3", "4"]
    for page, left in zip(pages, (28, 26), strict=True):
        body = page[:22]
        for line in body:
            assert line[0][1] == pytest.approx(left, abs=0.2)
            assert line[-1][2] == pytest.approx(left + 156, abs=0.3)
        first, last = body[0][0], body[-1][0]
        assert first[3] == pytest.approx(37 + 28.95 * MM / 2, abs=1)
        assert (last[3] - first[3]) / 21 == pytest.approx(28.95 * MM, abs=0.02)


def test_numbers_have_their_dashes_7_mm_below_the_text_outside_and_one_character_in(rulers):
    odd, even = rulers[2][-1:], rulers[3][-1:]
    for lines, number in ((odd, "1"), (even, "2")):
        characters = [c for line in lines for c in line]
        assert "".join(c[0] for c in sorted(characters, key=lambda c: c[1])) == f"—{number}—"
        assert characters[0][3] == pytest.approx(37 + 225 + 7, abs=0.7)
    assert max(c[2] for line in odd for c in line) == pytest.approx(184 - 14 * MM, abs=0.3)
    assert min(c[1] for line in even for c in line) == pytest.approx(26 + 14 * MM, abs=0.3)


def test_every_page_says_what_it_should_in_order(full):
    pages = texts(full)
    words = [
        ["青河县工会工作选编", "2011年共4篇", "青河县总工会"],
        ["目录", "学习贯彻", "长文", "集体合同", "—I—"],
        ["学习贯彻", "统一思想凝聚力量", "青河县总工会召开会议", "规划1①", "一、加强学习。",
         "②", "落实责任。𠮷", "（青河县总工会）", "《青河工会信息》第3期", "可作专题材料。",
         "李四：与后文对照。", "—1—"],
    ]  # fmt: skip
    for page, expected in zip(pages, words, strict=False):
        places = [page.find(word) for word in expected]
        assert -1 not in places, page
        assert places == sorted(places), page
    assert LONG in re.sub("—[2-9]—", "", "".join(pages))
    assert pages[-1].startswith("主题索引协商青河县总工会召开会议学习贯彻“十二五”规划")
    assert re.search(r"签订合同\.+6—", pages[-1])


def test_words_of_a_user_lead_to_the_article_they_name(full, reader):
    assert "可作专题材料。参见签订合同。" in texts(full)[2]
    (link,) = (link.get_object() for link in reader.pages[2]["/Annots"])
    page = reader.get_page_number(link["/Dest"][0].get_object())
    assert "签订合同" in texts(full)[page]
    left, _, right, _ = (float(edge) for edge in link["/Rect"])
    assert right - left == pytest.approx(4 * 10.5, abs=0.5)


def test_outline_contents_and_links_lead_to_the_pages_of_headings(full, reader):
    found = list(outlined(reader, reader.outline))
    assert [(level, title) for level, title, _ in found] == [
        (1, "学习贯彻"), (2, "青河县总工会召开会议学习贯彻“十二五”规划"), (2, "长文"),
        (1, "权益维护"), (2, "推进协商"), (2, "集体合同"), (3, "签订合同"),
    ]  # fmt: skip
    pages = texts(full)
    labels = reader.page_labels
    for _, title, page in found:
        assert title in pages[page]
        assert f"{title}....." in pages[1].replace("—", "")
        assert f".{labels[page]}" in pages[1].split(title, 1)[1].split("....", 1)[1][:200]
    links = [link.get_object() for link in reader.pages[1]["/Annots"]]
    leads = [reader.get_page_number(link["/Dest"][0].get_object()) for link in links]
    assert leads == [page for _, _, page in found]


def outlined(reader, items, level=1):
    for item in items:
        if isinstance(item, list):
            yield from outlined(reader, item, level + 1)
        else:
            yield level, item.title, reader.get_destination_page_number(item)


def test_pages_are_called_what_is_printed_on_them(reader):
    assert reader.page_labels[:4] == ["0", "I", "1", "2"]


def test_the_document_is_named_and_its_fonts_are_embedded(reader):
    assert reader.metadata.title == "青河县工会工作选编"
    assert reader.metadata.author == "青河县总工会"
    fonts = [
        font.get_object()["/DescendantFonts"][0]
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    ]
    assert fonts
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)


def test_a_bulletin_has_its_masthead_and_ends_with_its_distribution(tmp_path):
    compilation = replace(
        FULL,
        printing=Printing("printed", "endnotes"),
        masthead=Masthead("青河简报", "第3期", "县总工会办公室", "2011年3月5日"),
        distribution=("报：市总工会", "送：县直各单位\t3月5日印发"),
    )
    path = written(tmp_path, compilation, load_template("bulletin"))
    pages = texts(path)
    assert pages[0].startswith("青河简报第3期县总工会办公室2011年3月5日学习贯彻")
    assert "1《青河工会信息》第3期" in "".join(pages)
    assert pages[-1].split("报：")[1].startswith("市总工会送：县直各单位3月5日印发")
    document = pypdfium2.PdfDocument(path)
    head = next(line for line in lines_of(document[0]) if line[-1][0] == "日")
    foot = next(line for line in lines_of(document[len(pages) - 1]) if line[-1][0] == "发")
    document.close()
    # One character in from the right margin, as what they stand beside is at the left.
    assert head[-1][2] == pytest.approx(210 - 26 - 156 / 28, abs=0.3)
    right = 26 if len(pages) % 2 else 28
    assert foot[-1][2] == pytest.approx(210 - right - 14 * MM, abs=0.3)


def test_cards_stand_in_a_table(tmp_path):
    (page,) = texts(written(tmp_path, FULL, load_template("cards")))
    assert "摘录主题文章来源日期批注" in page
    assert "协商" in page.split("批注", 1)[1]


def test_whatever_a_user_writes_is_printed(hostile, tmp_path):
    """Also what no font has: Devanagari, where Qt's stand-in for a font must not be asked."""
    compilation = replace(hostile, line="नमस्ते", author="中文")
    pages = texts(written(tmp_path, compilation, load_template("plain")))
    assert all(word in "".join(pages) for word in ("=1+1", "<script>alert(1)</script>", "中文"))


def test_closing_ends_the_child_and_leaves_the_old_file(tmp_path, monkeypatch):
    started = []
    start = children.start

    def starting(*arguments, **options):
        started.append(start(*arguments, **options))
        return started[0]

    monkeypatch.setattr(children, "start", starting)
    path = tmp_path / "选编.pdf"
    path.write_bytes(b"old")
    many = replace(FULL, groups=(CompiledGroup(None, (MARKED,) * 500),))
    writing = pdf.write_pdf(many, path, load_template())
    reached = next(progress.done for progress in writing if progress.done)
    writing.close()
    assert 0 < reached < 500
    assert started[0].poll() is not None
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("选编.pdf", b"old")]


def test_a_child_that_dies_is_told(tmp_path, monkeypatch, caplog):
    dies = [sys.executable, "-c", "raise SystemExit('no fonts')"]
    monkeypatch.setattr(pdf, "this_program", lambda *arguments: dies)
    with pytest.raises(KnownError, match=r"export.failed"):
        written(tmp_path, FULL, load_template())
    assert "no fonts" in caplog.text
    assert list(tmp_path.iterdir()) == []
    caplog.clear()


def test_the_process_that_asks_for_a_pdf_knows_no_qt():
    program = (
        "import sys, bulletin_desktop.exporting.pdf, bulletin_desktop.exporting.pdf.pictures;"
        "sys.exit('PySide6' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)
