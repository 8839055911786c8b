"""Chinese lines on real layouts: no closing mark begins one, no opening mark ends one."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument

from bulletin_desktop.model.records import Article, ArticleText
from bulletin_desktop.services import Library, browsing
from bulletin_desktop.ui.reader.page import Sheet, new_document, set_sheet
from bulletin_desktop.ui.reader.style import PageStyle
from bulletin_desktop.ui.theme import Tokens

_CLOSING = "，。、；：！？）》〉」』】〕”’％)]"
_OPENING = "“‘（《〈「『【〔(["
_WHOLE = ("——", "……")
_ODD = (
    "他说：“这样很好。”又说：“‘工会’是‘娘家’。”然后——这是——一个……很长的……句子，“上代下”“三个一”等等。"
    * 3,
    "GDP增长8.5%，ISO9001质量体系、“互联网+”、5G等（Trade Union）在2011年5月20日—25日，3,500元。"
    * 3,
    "《中华人民共和国工会法》（以下简称《工会法》）、《〈工会法〉实施办法》【通知】〔2011〕12号、“一法三卡”；"
    * 4,
    "作为重点工作 ，积极参与。开展 “区域性合同” ， 对近几年来（ 见附件 ）的工作 ；各级工会 、基层"
    * 3,
    "查看https://www.example.org/news/2011/05/20/abcdefghijklmnopqrstuvwxyz.html?id=12345678，或写信。"
    * 2,
)


def _lines(document: QTextDocument) -> Iterator[tuple[str, str]]:
    """Each break between two lines of a paragraph: what stands before it, and after it."""
    block = document.begin()
    while block.isValid():
        layout, text = block.layout(), block.text()
        for number in range(1, layout.lineCount()):
            at = layout.lineAt(number).textStart()
            yield text[:at], text[at:]
        block = block.next()


def _broken(document: QTextDocument) -> list[str]:
    """The breaks that the rules forbid."""
    found = []
    for before, after in _lines(document):
        torn = any(before.endswith(pair[0]) and after.startswith(pair[1]) for pair in _WHOLE)
        # A row of dots that fills the whole line is no ellipsis.
        torn = torn and not before.endswith("………………")
        if after[0] in _CLOSING or before[-1] in _OPENING or torn:
            found.append(f"{before[-12:]}|{after[:8]}")
    return found


def _document(text: ArticleText, justified: bool) -> QTextDocument:
    document = new_document()
    document.documentLayout()
    style = PageStyle(justified=justified)
    set_sheet(document, Sheet(text, "facts"), Tokens("light"), style)
    return document


def _odd() -> ArticleText:
    article = Article(
        1, 1, None, 0, "article", None, None, None, None, None, None, None, 0, False, False, ()
    )
    return ArticleText(article, None, None, None, _ODD, "")


@pytest.mark.parametrize("justified", [True, False])
@pytest.mark.parametrize("characters", [*range(10, 61, 3), 11, 22, 34])
def test_the_rules_hold_in_every_article_of_the_sample(
    qapp: object, library: Library, characters: int, justified: bool
) -> None:
    breaks = 0
    texts = [browsing.text_of(library, record.id) for record in browsing.in_scope(library)]
    for text in [*texts, _odd()]:
        document = _document(text, justified)
        document.setTextWidth(characters * PageStyle().size)
        document.size()
        breaks += sum(1 for _ in _lines(document))
        assert _broken(document) == []
    assert breaks > 100


def _run(before: str, after: str) -> str:
    """The ASCII characters without a space around a break."""
    left, right = re.search(r"[!-~]*$", before), re.match(r"[!-~]*", after)
    assert left is not None
    assert right is not None
    return left[0] + right[0]


def test_a_word_is_torn_only_where_it_is_longer_than_a_line(qapp: object) -> None:
    document = _document(_odd(), justified=True)
    torn = 0
    for characters in range(10, 61):
        document.setTextWidth(characters * PageStyle().size)
        document.size()
        for before, after in _lines(document):
            if re.search(r"[A-Za-z0-9]$", before) and re.match(r"[A-Za-z0-9]", after):
                torn += 1
                assert len(_run(before, after)) > characters
    assert torn


def test_a_paragraph_with_latin_words_is_not_stretched(qapp: object) -> None:
    words = ("主题是“Think Small, Make Big”的活动", "参加Championships的职工", "人均GDP增长8.5%")
    text = _odd()._replace(paragraphs=words)
    block = _document(text, justified=True).begin().next()
    found = []
    while block.isValid():
        found.append(block.blockFormat().alignment())
        block = block.next()
    left, justified = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignJustify
    assert found == [left, left, justified]
