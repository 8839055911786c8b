"""The documents as LibreOffice lays them out; it is started once for all of them."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace

import pytest

from bulletin_desktop.exporting.compiled import Comment, CompiledGroup, Masthead, Printing
from bulletin_desktop.exporting.docx import write_docx
from bulletin_desktop.exporting.template import load_template

QUICK = Printing(notes="printed", measured=False)
BODY = "".join(chr(0x4E00 + n) for n in range(28 * 60))
TITLES = (8, 40, 80)
WORD = re.compile(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>')
POINT = 25.4 / 72  # mm


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def given(compilation, annotated, compile_groups, article):
    """What is laid out: name, compilation and template."""
    whole = replace(
        annotated,
        masthead=Masthead("青河工会信息", "第3期", "青河县总工会", "2011年3月5日"),
        distribution=("报：市总工会", "青河县总工会办公室\t2011年3月5日印发"),
        printing=Printing("printed", "footnotes", highlights=True, measured=False),
    )

    def alone(*paragraphs, **fields):
        group = CompiledGroup(None, (article(paragraphs=paragraphs),))
        return compile_groups(group, printing=QUICK, **fields)

    simple = ("simple", replace(compilation, printing=QUICK), "compilation")
    lines = ("lines", alone(BODY), "compilation")
    odd = ("odd", alone("甲\x00乙\x0b丙𠮷丁<&>"), "compilation")
    covers = [
        (f"title{length}", alone("文", title="长" * length, author="某县总工会"), "compilation")
        for length in TITLES
    ]
    cited = [article(citation=f"出处{n}", note=Comment(f"批注{n}")) for n in range(1, 7)]
    printing = Printing("comments", "footnotes", measured=False)
    noted = ("noted", compile_groups(CompiledGroup(None, cited), printing=printing), "plain")
    each = [(name, whole, name) for name in ("compilation", "bulletin", "cards", "plain")]
    return [simple, lines, odd, noted, *covers, *each]


@pytest.fixture(scope="module")
def folder(given, office_profile, tmp_path_factory):
    folder = tmp_path_factory.mktemp("rendered")
    for name, compilation, template in given:
        for _ in write_docx(compilation, folder / f"{name}.docx", load_template(template)):
            pass
    subprocess.run(
        ["soffice", f"-env:UserInstallation={office_profile.as_uri()}", "--headless",
         "--convert-to", "pdf", "--outdir", folder, *sorted(folder.glob("*.docx"))],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    return folder


@pytest.fixture
def rendered(folder, pages_of):
    return lambda name: pages_of(folder / f"{name}.pdf")


@pytest.fixture
def words_of(folder):
    """The words of a page with their edges in mm: left, top, right, bottom."""

    def words(name, page):
        command = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page)]
        told = subprocess.run(
            [*command, folder / f"{name}.pdf", "-"], capture_output=True, check=True
        )
        found = WORD.findall(told.stdout.decode())
        return [(word, *(float(edge) * POINT for edge in edges)) for *edges, word in found]

    return words


def in_order(page: str, *words: str) -> None:
    text = squeezed(page)
    places = [text.find(word) for word in words]
    assert -1 not in places, (words, text)
    assert places == sorted(places), text


def test_cover_contents_and_a_page_for_each_group(rendered):
    pages = rendered("simple")
    assert len(pages) == 5
    words = [
        ["青河县工会工作选编", "2011年共4篇", "青河县总工会"],
        ["目录", "学习贯彻", "青河县总工会召开会议", "权益维护", "职工之家建设见成效", "—I—"],
        ["学习贯彻", "统一思想凝聚力量", "青河县总工会召开会议", "——全县工会干部", "本刊通讯员",
         "一、加强学习。", "二、落实责任。", "（青河县总工会）", "——《青河工会信息》第3期",
         "笔记：可作专题材料。", "待核日期。", "—1—"],
        ["●职工书屋揭牌。", "——《青河工会信息》第3期", "—2—"],
        ["权益维护", "青河县总工会推进工资集体协商", "（青河县总工会）", "职工之家建设",
         "—3—"],
    ]  # fmt: skip
    for page, expected in zip(pages, words, strict=True):
        in_order(page, *expected)
    assert "—I" not in squeezed(pages[0])


def test_the_paper_is_a4_and_the_title_is_named(folder):
    command = ["pdfinfo", folder / "simple.pdf"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert re.search(r"Page size:\s+595\.\d+ x 841\.\d+ pts \(A4\)", told)
    assert re.search(r"Title:\s+青河县工会工作选编", told)


def test_a_full_page_has_22_lines_of_28_characters_within_the_margins(rendered, words_of):
    """GB/T 9704-2012, 5.2: 37 mm above, 28 mm at the left of odd pages, 156 x 225 mm for text."""
    pages = rendered("lines")
    lines = [line.strip() for line in pages[3].splitlines() if len(line.strip()) > 10]
    assert [len(line) for line in lines] == [28] * 22
    assert "".join(lines) in BODY
    for page, left in ((4, 26), (5, 28)):
        words = [word for word in words_of("lines", page) if len(word[0]) == 28]
        assert min(word[1] for word in words) == pytest.approx(left, abs=0.7)
        assert max(word[3] for word in words) == pytest.approx(left + 156, abs=1)
    full = [word for word in words_of("lines", 4) if len(word[0]) == 28]
    assert full[0][2] >= 37
    assert full[-1][4] <= 297 - 35
    pitch = (full[-1][2] - full[0][2]) / 21
    assert pitch == pytest.approx(28.95 * POINT, abs=0.05)


@pytest.mark.parametrize(("page", "side"), [(3, "right"), (4, "left")])
def test_page_numbers_stand_one_character_in_with_dashes_7_mm_below(words_of, page, side):
    """Odd ones at the right, even ones at the left (GB/T 9704-2012, 7.5)."""
    number = [word for word in words_of("lines", page) if word[2] > 297 - 35]
    character = 14 * POINT
    if side == "right":
        assert number[-1][3] == pytest.approx(210 - 26 - character, abs=1.5)
    else:
        assert number[0][1] == pytest.approx(26 + character, abs=1.5)
    middle = (number[0][2] + number[0][4]) / 2
    assert middle - (297 - 35) == pytest.approx(7, abs=0.7)


def test_odd_characters_survive_the_whole_way(rendered):
    assert "甲\ufffd乙\ufffd丙𠮷丁<&>" in squeezed(rendered("odd")[2])


@pytest.mark.parametrize("characters", TITLES)
def test_the_cover_is_one_page_however_long_its_title(rendered, characters):
    pages = rendered(f"title{characters}")
    assert "某县总工会" in pages[0]
    assert "目录" in squeezed(pages[1])


def test_a_compilation_with_everything(rendered):
    pages = rendered("compilation")
    assert len(pages) == 5
    in_order(pages[2], "收录三篇。", "—1—")
    in_order(
        pages[3], "学习贯彻", "召开会议", "笔记：", "“青河县总工会召开会议”，青河县总工会", "—2—"
    )


def test_footnotes_keep_their_texts_beside_comments(rendered):
    """LibreOffice mixes notes up with comments of the same number."""
    text = squeezed("".join(rendered("noted")))
    assert re.findall(r"出处\d", text) == [f"出处{n}" for n in range(1, 7)]


def test_a_bulletin_begins_with_its_masthead_and_ends_with_its_distribution(rendered, words_of):
    pages = rendered("bulletin")
    in_order(pages[0], "青河工会信息", "第3期", "青河县总工会2011年3月5日", "收录三篇。", "—1—")
    in_order(pages[-1], "职工代表大会", "报：市总工会", "青河县总工会办公室2011年3月5日印发")
    foot = [word[4] for word in words_of("bulletin", len(pages)) if "印发" in word[0]]
    assert foot[0] == pytest.approx(297 - 35, abs=3)


def test_cards_are_rows_of_a_landscape_page(rendered, folder):
    pages = rendered("cards")
    assert len(pages) == 1
    in_order(pages[0], "青河县工会工作选编", "摘录主题文章来源日期批注", "工资协商", "职工书屋")
    told = subprocess.run(["pdfinfo", folder / "cards.pdf"], capture_output=True, check=True).stdout
    assert re.search(rb"Page size:\s+841\.\d+ x 595", told)


def test_plain_has_neither_cover_nor_contents(rendered):
    pages = rendered("plain")
    in_order(pages[0], "青河县工会工作选编", "2011年共4篇", "收录三篇。", "学习贯彻", "权益维护")
    assert "目录" not in squeezed("".join(pages))
