"""The user's words: they count at once and can be undone, and the library offers some."""

from __future__ import annotations

import pytest

from bulletin_desktop.language.segment import Segmenter
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import browsing, history, like, words

SEGMENTER = Segmenter()


def test_words_are_kept_once_and_undone(library):
    change = words.add(library, [" 创模 ", "市总", "创模"])
    assert change.topics == {"words"}
    assert words.all_words(library) == ["创模", "市总"]
    assert words.add(library, ["市总"]).step is None
    words.remove(library, ["创模"])
    assert words.all_words(library) == ["市总"]
    history.undo(library)
    assert words.all_words(library) == ["创模", "市总"]


@pytest.mark.parametrize("word", ["", "创", "创 模", "创模。", "长" * 31])
def test_what_is_no_word_is_refused(library, word):
    with pytest.raises(KnownError, match=r"words\.bad"):
        words.add(library, ["市总", word])
    assert words.all_words(library) == []


def test_a_word_that_is_not_there_cannot_be_removed(library):
    with pytest.raises(KnownError, match=r"words\.missing"):
        words.remove(library, ["创模"])


def test_a_word_counts_at_once(library):
    article = next(x.id for x in browsing.in_scope(library) if "创模" in x.heading)
    assert "创模工作" not in like.articles_like(library, article, SEGMENTER).words
    words.add(library, ["创模工作"])
    assert "创模工作" in like.articles_like(library, article, SEGMENTER).words
    history.undo(library)
    assert "创模工作" not in like.articles_like(library, article, SEGMENTER).words


def test_the_library_offers_words_that_no_dictionary_has(library):
    found = words.candidates(library, SEGMENTER)
    counts = [each.articles for each in found]
    assert counts == sorted(counts, reverse=True)
    assert not [each for each in found if SEGMENTER.has(each.word)]
    best = found[0]
    holding = [x.id for x in browsing.in_scope(library)]
    texts = [browsing.text_of(library, x) for x in holding]
    heads = [f"{t.article.heading}\n{t.body}\n{t.article.source}" for t in texts]
    assert best.articles >= sum(best.word in text for text in heads) > 2
    words.add(library, [best.word])
    assert best.word not in [each.word for each in words.candidates(library, SEGMENTER)]
