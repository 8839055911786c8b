"""What an export will look like: pictures of its pages, and the first words of a text."""

from __future__ import annotations

import pytest
from support import finish

from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services.exporting import Choices
from bulletin_desktop.services.previewing import preview, sample

ZH = Catalogue("zh")
CHOICES = Choices("题名", group_by="none")


def test_the_pages_of_the_first_articles_as_pictures(library):
    seen = finish(preview(library, Scope(), CHOICES, ZH, most=2))
    assert not seen.whole
    assert seen.count >= 3
    assert seen.size(0) == pytest.approx((595, 842), abs=1)
    picture = seen.page(0, 300)
    assert (picture.width, picture.height) == (300, pytest.approx(425, abs=2))
    assert len(picture.data) == picture.width * picture.height * 4
    dark = sum(byte < 100 for byte in picture.data[::4])
    assert 100 < dark < len(picture.data) / 40  # the title, and not a black page
    seen.close()


def test_few_articles_are_shown_whole(library):
    seen = finish(preview(library, Scope(ids=(1,)), CHOICES, ZH))
    assert seen.whole
    seen.close()


def test_a_cancelled_preview_gives_none(library):
    running = preview(library, Scope(ids=(1,)), CHOICES, ZH)
    next(running)
    with pytest.raises(StopIteration) as ended:
        running.send(True)
    assert ended.value.value is None


def test_nothing_to_show(library):
    with pytest.raises(KnownError, match=r"export.nothing"):
        finish(preview(library, Scope(ids=()), CHOICES, ZH))


def test_the_first_words_of_a_text(library):
    whole = finish(sample(library, Scope(), CHOICES, ZH, "md"))
    assert "题名" in whole[:200]
    assert finish(sample(library, Scope(), CHOICES, ZH, "md", most=50)) == whole[:50]


def test_a_workbook_is_shown_as_rows(library):
    head, first, *_ = finish(sample(library, Scope(ids=(1, 2)), CHOICES, ZH, "xlsx")).split("\n")
    assert first.startswith("1\t")
    assert head.count("\t") == first.count("\t") > 5
