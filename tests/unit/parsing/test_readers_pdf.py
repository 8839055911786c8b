"""PDF: lines on pages become paragraphs, cells and running heads again."""

from __future__ import annotations

import pytest
from made_files import pdf

from bulletin_desktop.model.change import Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.parsing.readers.pdf import read

LEFT, SIZE = 85, 12
FULL = "市总工会召开会议部署全年工作要求各级工会深入基层了解职工所思所盼"  # as wide as the column


def page(*texts, top=760, step=20):
    """Lines one below the other; a pair is set in by so many characters."""
    lines = [text if isinstance(text, tuple) else (0, text) for text in texts]
    return [
        (LEFT + ems * SIZE, top - at * step, SIZE, words) for at, (ems, words) in enumerate(lines)
    ]


def lines(*pages):
    return read(pdf(pages)).text.split("\n")


def test_lines_are_joined_to_paragraphs_by_margin_and_indent():
    found = lines(
        page((2, FULL[:-2]), FULL, "句子完了。", (2, FULL[:-2]), "又一段。", "短行", "另一行")
    )
    first, second = "　　" + FULL[:-2] + FULL + "句子完了。", "　　" + FULL[:-2] + "又一段。"
    assert found == [first, second, "短行", "另一行"]


def test_titles_bullets_and_numbers_stay_lines():
    found = lines(
        page((10, "居中的标题"), FULL, "●要点", FULL, "（一）小题", FULL[:-1] + "。", "二是再说")
    )
    assert found == ["居中的标题", FULL, "●要点", FULL, "（一）小题", FULL[:-1] + "。", "二是再说"]


def test_a_word_that_had_no_room_does_not_part_a_paragraph():
    found = lines(page(FULL, FULL, FULL[:-3], "12345名职工。"))
    assert found == [FULL * 2 + FULL[:-3] + "12345名职工。"]


def test_a_wider_distance_parts_paragraphs():
    upper = page(FULL, FULL, FULL)
    lower = page(FULL, "完。", top=640)
    assert lines(upper + lower) == [FULL * 3, "", FULL + "完。"]


def test_a_paragraph_over_the_turn_of_a_page():
    first = [*page(FULL, FULL), (300, 40, 10, "- 1 -")]
    second = [(LEFT, 800, 10, "工会简报"), *page("到这里。"), (300, 40, 10, "- 2 -")]
    third = [(LEFT, 800, 10, "工会简报"), *page("后文。"), (300, 40, 10, "- 3 -")]
    assert lines(first, second, third) == [
        FULL * 2 + "到这里。",
        *("- 1 -", "\f", "工会简报", "- 2 -", "\f", "工会简报"),
        *("后文。", "- 3 -"),
    ]


def test_cells_on_one_base_are_a_row():
    row = [(LEFT, 700, SIZE, "张三"), (LEFT + 100, 700, SIZE, "总工会")]
    assert lines([*row, (LEFT, 680, SIZE, "李四"), (LEFT + 100, 680, SIZE, "一中")]) == [
        "张三\t总工会", "李四\t一中",
    ]  # fmt: skip


def test_spaces_that_are_written_stay():
    assert lines(page("工 会 简 报")) == ["工 会 简 报"]
    assert lines(page("第 3 期")) == ["第 3 期"]


def test_pictures_and_pages_without_text_are_counted():
    with_words, without = page("文字"), []
    found = read(pdf([with_words, without], picture=True))
    assert found.text == "文字\n\f"
    assert found.remarks == (
        Message("file.pictures", {"n": 1}), Message("file.pages_without_text", {"n": 1}),
    )  # fmt: skip


def test_a_scan_is_said():
    with pytest.raises(KnownError, match=r"file.no_text"):
        read(pdf([[]], picture=True))


@pytest.mark.parametrize("length", [10, 300, 900])
def test_a_file_that_is_cut_off(length):
    with pytest.raises(KnownError, match=r"file.damaged"):
        read(pdf([page("文字")])[:length])


def test_characters_that_nobody_knows_are_said():
    with pytest.raises(KnownError, match=r"file.no_characters"):
        read(pdf([page("\ue000\ue001\ue002文")]))


def test_a_password():
    encrypted = pdf([page("文字")]).replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>"
        % (b"11" * 32, b"22" * 32),
    )
    with pytest.raises(KnownError, match=r"file.encrypted"):
        read(encrypted)


def test_what_comes_again_close_to_the_text_is_text_and_no_running_foot():
    turned = [FULL[at:] + FULL[:at] for at in range(3)]
    pages = [[*page(top, FULL, "年年如此。"), (300, 40, 10, "1")] for top in turned]
    found = lines(*pages)
    assert [line for line in found if len(line) > 2] == [x + FULL + "年年如此。" for x in turned]


def test_centred_titles_are_neither_columns_nor_paragraphs():
    titles = [(200 + 3 * at, 400 - 40 * at, 22, "居中的题目" + "好" * at) for at in range(4)]
    found = lines(page(*[FULL] * 8), titles)
    assert [line for line in found if "题目" in line] == [
        "居中的题目" + "好" * at for at in range(4)
    ]
