from __future__ import annotations

import pytest

from bulletin_desktop.exporting.arranging import blocks_of
from bulletin_desktop.exporting.blocks import Heading
from bulletin_desktop.exporting.compiled import CompiledGroup
from bulletin_desktop.exporting.pages import guess_pages
from bulletin_desktop.exporting.template import load_template


@pytest.fixture
def guess(compile_groups):
    def pages(*groups):
        template = load_template()
        blocks = list(blocks_of(compile_groups(*groups), template.parts))
        guessed = guess_pages(blocks, template)
        return [guessed[block.anchor] for block in blocks if isinstance(block, Heading)]

    return pages


def bare(article, lines):
    """An article whose body fills so many lines of 28 characters."""
    body = ("文" * (28 * lines - 2),)
    return article(paragraphs=body, source=None, issue_label="")


def test_groups_begin_pages_of_their_own(guess, article):
    groups = [CompiledGroup(name, (article(),)) for name in "甲乙丙"]
    assert guess(*groups) == [1, 1, 2, 2, 3, 3]


def test_an_empty_group_has_a_page(guess, article):
    assert guess(CompiledGroup("甲", ()), CompiledGroup("乙", (article(),))) == [1, 2, 2]


def test_the_last_group_may_be_empty(guess, article):
    assert guess(CompiledGroup("甲", (article(),)), CompiledGroup("乙", ())) == [1, 1, 2]


# A page has 637.8 pt. A title takes 75 of them, a line of text 28.95: with 14 lines over it the
# second title has room for two lines of its own, with 15 it has not.
@pytest.mark.parametrize(("lines", "page"), [(10, 1), (14, 1), (15, 2), (19, 2), (34, 2), (40, 3)])
def test_a_title_stays_with_two_lines_of_its_text(guess, article, lines, page):
    group = CompiledGroup(None, (bare(article, lines), bare(article, 5)))
    assert guess(group) == [1, page]


def test_half_width_letters_take_half_the_room(guess, article):
    latin = article(paragraphs=("a" * 28 * 20,), source=None, issue_label="")
    chinese = article(paragraphs=("文" * 28 * 20,), source=None, issue_label="")
    assert guess(CompiledGroup(None, (latin, article()))) == [1, 1]
    assert guess(CompiledGroup(None, (chinese, article()))) == [1, 2]
