"""The document as LibreOffice lays it out: one run of it for all that is looked at here."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace

import pytest

from bulletin_desktop.exporting import odt
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
)
from bulletin_desktop.exporting.odt import write_odt
from bulletin_desktop.exporting.pages import guess_pages
from bulletin_desktop.exporting.template import load_template

LONG = "".join(chr(0x4E00 + n) for n in range(28 * 50))
ENTRY = re.compile(r"^\s*(\S.*?)\s?\.{5,}\s*(\d+)\s*$", re.MULTILINE)
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<')
LEFT, RIGHT, WIDTH = 79.4, 73.7, 595.3  # points


def article(title, *paragraphs, **fields):
    usual = {"kicker": None, "subtitle": None, "author": None, "source": "青河县总工会"}
    return CompiledArticle(
        title=title, paragraphs=paragraphs, issue_label="《青河工会信息》第3期", **usual | fields
    )


def compilation():
    noted = article(
        "职工之家建设见成效", "青河县总工会召开职工代表大会。", "一、加强学习。",
        citation="《青河工会信息》2011年第3期", note=Comment("见[[推进工资集体协商]]。"),
        marks=(Mark(1, 6, 18, "A8322B", ("民主管理",), Comment("重要。")),),
    )  # fmt: skip
    groups = (
        CompiledGroup("学习贯彻", (article("长篇", LONG), article(None, "●职工书屋揭牌。"))),
        CompiledGroup("权益维护", (noted, article("推进工资集体协商", "全县覆盖。"))),
    )
    return Compilation(
        "青河县工会工作选编", "2011年　共4篇", "青河县总工会", groups,
        Labels(contents="目　录", source="（{source}）", note="笔记："),
        printing=Printing("printed", "footnotes", highlights=True, measured=False),
        themes=(CompiledTheme("民主管理", "A8322B"),),
        masthead=Masthead("青河工会简报", "第12期", "青河县总工会办公室", "2011年3月5日"),
        distribution=("报：市总工会", "发：各基层工会"),
    )  # fmt: skip


def written(folder, name):
    template = load_template(name)
    parts = replace(template.parts, index=name == "compilation")
    for _ in write_odt(compilation(), folder / f"{name}.odt", replace(template, parts=parts)):
        pass
    return folder / f"{name}.odt"


@pytest.fixture(scope="module")
def folder(tmp_path_factory, office_profile):
    """The documents, written with page numbers that are all wrong, and their PDFs beside them."""
    folder = tmp_path_factory.mktemp("odt")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(odt, "guess_pages", lambda *told: dict.fromkeys(guess_pages(*told), 99))
        files = [written(folder, name) for name in ("compilation", "bulletin", "cards")]
    profile = f"-env:UserInstallation={office_profile.as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *files]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder


@pytest.fixture(scope="module")
def pages(folder):
    told = subprocess.run(
        ["pdftotext", "-layout", folder / "compilation.pdf", "-"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return told.stdout.split("\f")[:-1]


@pytest.fixture(scope="module")
def words(folder):
    """The words of each page with their edges in points: left, top, right, bottom, text."""

    def of(name):
        told = subprocess.run(
            ["pdftotext", "-bbox", folder / f"{name}.pdf", "-"],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        return [
            [(*map(float, word[:4]), word[4]) for word in WORD.findall(page)]
            for page in told.stdout.split("<page ")[1:]
        ]

    return of


def squeezed(text):
    return re.sub(r"\s", "", text)


def test_what_stands_on_which_page(pages):
    expected = [
        ["青河县工会工作选编", "2011年共4篇", "青河县总工会"],
        ["目录", "学习贯彻", "长篇", "权益维护", "职工之家", "推进工资", "—I—"],
        ["学习贯彻", "长篇", LONG[:26], "—1—"],
        ["—2—"],
        ["（青河县总工会）", "●职工书屋揭牌。", "—3—"],
        ["权益维护", "职工之家建设见成效①", "召开职工代表大会", "一、加强学习。",
         "笔记：见推进工资集体协商。", "推进工资集体协商", "①《青河工会信息》", "—4—"],
        ["主题索引", "民主管理", "职工之家建设见成效", "—5—"],
    ]  # fmt: skip
    assert len(pages) == len(expected)
    for page, said in zip(pages, expected, strict=True):
        places = [squeezed(page).find(word) for word in said]
        assert -1 not in places, said
        assert places == sorted(places), page


def test_the_cover_has_no_number(pages):
    assert "—I—" not in squeezed(pages[0])
    assert "—1—" not in squeezed(pages[0])


def test_contents_and_index_name_the_real_pages(pages):
    """They are fields: what a reader sees is right, though the file was written with others."""
    listed = dict(ENTRY.findall(pages[1]))
    assert listed == {
        "学习贯彻": "1", "长篇": "1", "权益维护": "4", "职工之家建设见成效": "4",
        "推进工资集体协商": "4",
    }  # fmt: skip
    assert dict(ENTRY.findall(pages[-1])) == {"职工之家建设见成效": "4"}


def test_22_lines_of_28_characters_within_the_margins(words):
    """GB/T 9704-2012, 5.2: a type area of 156 x 225 mm, 37 mm from the top edge."""
    full = [word for word in words("compilation")[3] if word[4] in LONG and len(word[4]) > 20]
    assert [len(word[4]) for word in full] == [28] * 22
    # The second page of the articles is an even one, a left page.
    for left, _, right, _, _ in full:
        assert left == pytest.approx(RIGHT, abs=1)
        assert right == pytest.approx(WIDTH - LEFT, abs=4)
    tops = [word[1] for word in full]
    assert (tops[-1] - tops[0]) / 21 == pytest.approx(28.95, abs=0.05)
    assert tops[0] == pytest.approx(104.9, abs=9)
    assert full[-1][3] < 841.9 - 99.2 + 3
    first = [word for word in words("compilation")[2] if word[4] in LONG]
    assert len(first[0][4]) == 26


def test_page_numbers_stand_outside_one_character_in(words):
    pages = words("compilation")
    odd = [word for word in pages[2] if word[1] > 742]
    even = [word for word in pages[3] if word[1] > 742]
    assert [word[4] for word in odd] == ["—", "1", "—"]
    assert odd[-1][2] == pytest.approx(WIDTH - RIGHT - 14, abs=1)
    assert even[0][0] == pytest.approx(RIGHT + 14, abs=1)
    # The dashes stand 7 mm under the type area (7.5).
    assert (even[0][1] + even[0][3]) / 2 == pytest.approx(742.7 + 19.8, abs=2)


def test_the_distribution_stands_at_the_foot_of_the_last_page(words):
    last = words("bulletin")[-1]
    lines = [word for word in last if word[4].startswith(("报：", "发："))]
    assert [word[4] for word in lines] == ["报：市总工会", "发：各基层工会"]
    assert lines[-1][3] == pytest.approx(742.7, abs=6)
    assert lines[0][0] == pytest.approx((LEFT if len(words("bulletin")) % 2 else RIGHT) + 14, abs=1)


def test_cards_lie_across_the_page(words):
    (page,) = words("cards")
    said = [word[4] for word in page]
    heads = ["摘录", "主题", "文章", "来源", "日期", "批注"]
    assert [word for word in said if word in heads] == heads
    assert "民主管理" in said
    assert max(word[2] for word in page) > WIDTH
