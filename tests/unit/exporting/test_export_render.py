"""The document as LibreOffice lays it out."""

from __future__ import annotations

import re
import subprocess

import pytest

from bulletin_desktop.exporting.blocks import CompiledGroup

ENTRY = re.compile(r"^\s*(\S.*?)\s?\.{5,}\s*(\d+)\s*$", re.MULTILINE)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture
def rendered(write, pdf_of, pages_of):
    def pages(compilation):
        return pages_of(pdf_of(write(compilation)))

    return pages


def test_cover_contents_and_a_page_for_each_group(compilation, rendered):
    pages = rendered(compilation)
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
        text = squeezed(page)
        places = [text.find(word) for word in expected]
        assert -1 not in places, expected
        assert places == sorted(places), text


def test_the_cover_has_no_number(compilation, rendered):
    assert "—I" not in squeezed(rendered(compilation)[0])


def test_the_paper_is_a4_and_the_title_is_named(compilation, write, pdf_of):
    path = pdf_of(write(compilation))
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Page size:\s+595\.\d+ x 841\.\d+ pts \(A4\)", told)
    assert re.search(r"Title:\s+青河县工会工作选编", told)


def test_page_numbers_stand_outside(compilation, rendered):
    """Odd ones at the right, even ones at the left (GB/T 9704-2012, 7.5)."""
    pages = rendered(compilation)
    odd = next(line for line in pages[2].splitlines() if squeezed(line) == "—1—")
    even = next(line for line in pages[3].splitlines() if squeezed(line) == "—2—")
    assert len(odd) - len(odd.lstrip()) > 25
    assert len(even) - len(even.lstrip()) < 10


def test_the_contents_name_the_pages_on_which_the_titles_stand(compile_groups, article, rendered):
    """The cached numbers are guesses; for plain text they come true to within a page."""
    text = "各乡镇（街道）工会按照县总部署，组织职工学习《劳动合同法》，参加人数达1500人。"
    articles = [
        article(title=f"第{number}号工作简报", paragraphs=(text * (number % 5 + 1),) * 6)
        for number in range(101, 131)
    ]
    groups = [CompiledGroup(f"组{k}", tuple(articles[k * 10 : k * 10 + 10])) for k in range(3)]
    pages = rendered(compile_groups(*groups))
    first = next(i for i, page in enumerate(pages) if "—1—" in squeezed(page))
    listed = dict(ENTRY.findall("\n".join(pages[1:first])))
    listed = {squeezed(title): int(number) for title, number in listed.items()}
    assert len(listed) == 33
    for title, page in listed.items():
        real = next(i for i, text in enumerate(pages[first:], 1) if title in squeezed(text))
        assert abs(real - page) <= 1, title
    assert len(pages) > 20


def test_lines_hold_28_characters_and_begin_with_two_blank(compile_groups, article, rendered):
    body = "".join(chr(0x4E00 + n) for n in range(28 * 3))
    pages = rendered(compile_groups(CompiledGroup(None, (article(paragraphs=(body,)),))))
    lines = [
        line.strip() for line in pages[2].splitlines() if line.strip() and line.strip() in body
    ]
    assert [len(line) for line in lines] == [26, 28, 28, 2]


def test_odd_characters_survive_the_whole_way(compile_groups, article, rendered):
    odd = article(paragraphs=("甲\x00乙\x0b丙𠮷丁<&>",))
    pages = rendered(compile_groups(CompiledGroup(None, (odd,))))
    assert "甲\ufffd乙\ufffd丙𠮷丁<&>" in squeezed(pages[2])


@pytest.mark.parametrize("characters", [8, 40, 80])
def test_the_cover_is_one_page_however_long_its_title(
    compile_groups, article, rendered, characters
):
    group = CompiledGroup(None, (article(),))
    pages = rendered(compile_groups(group, title="长" * characters, author="青河县总工会"))
    assert "青河县总工会" in pages[0]
    assert "目录" in squeezed(pages[1])
