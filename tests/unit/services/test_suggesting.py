"""Suggested themes: with their evidence, without what an article has, safe between threads."""

from __future__ import annotations

import threading

import pytest
from support import finish

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import Library, browsing, tagging, themes
from bulletin_desktop.services.importing import import_paths
from bulletin_desktop.services.suggesting import Suggester


@pytest.fixture
def themed(library):
    themes.add_starter(library)
    return library


def names(library, suggestions):
    by_id = {theme.id: theme.name for theme in themes.all_themes(library)}
    return [by_id[suggestion.theme_id] for suggestion in suggestions]


def test_an_article_on_a_theme_gets_it_with_evidence_from_its_words(themed):
    suggester = Suggester()
    given = 0
    for article in browsing.in_scope(themed):
        text = article.heading + browsing.text_of(themed, article.id).body
        for suggestion in suggester.suggest(themed, [article.id]):
            given += 1
            assert suggestion.evidence
            assert all(text.lower().count(w.lower()) >= 1 for w, _ in suggestion.evidence)
    assert given > 20


def test_what_an_article_has_is_not_suggested_again(themed):
    suggester = Suggester()
    article = next(a.id for a in browsing.in_scope(themed) if suggester.suggest(themed, [a.id]))
    first = suggester.suggest(themed, [article])[0]
    tagging.tag(themed, [article], [first.theme_id])
    assert first.theme_id not in [s.theme_id for s in suggester.suggest(themed, [article])]


def test_several_articles_together(themed):
    suggester = Suggester()
    every = [a.id for a in browsing.in_scope(themed)]
    together = suggester.suggest(themed, every, limit=3)
    assert len(together) == 3
    scores = [suggestion.score for suggestion in together]
    assert scores == sorted(scores, reverse=True)
    best = together[0].theme_id
    tagging.tag(themed, every[:5], [best])
    assert best in [s.theme_id for s in suggester.suggest(themed, every)]
    tagging.tag(themed, every, [best])
    assert best not in [s.theme_id for s in suggester.suggest(themed, every)]


def test_a_word_that_stands_everywhere_says_nothing(themed):
    themes.add(themed, "到处", aliases=["工会"])
    every = [a.id for a in browsing.in_scope(themed)]
    assert "到处" not in names(themed, Suggester().suggest(themed, every, limit=99))


def test_new_documents_are_counted(empty_library, seeds, tmp_path):
    suggester = Suggester()
    themes.add(empty_library, "工会之事", aliases=["工会"])
    (tmp_path / "a.txt").write_text(
        "工会的标题写在这里\n　　工会的正文写在这里。\n（市总工会）\n", "utf-8"
    )
    finish(import_paths(empty_library, [tmp_path / "a.txt"]))
    assert names(empty_library, suggester.suggest(empty_library, [1])) == ["工会之事"]
    finish(import_paths(empty_library, [seeds]))
    assert suggester.suggest(empty_library, [1]) == []


def test_a_missing_article_and_no_article(themed):
    with pytest.raises(KnownError, match=r"article.missing"):
        Suggester().suggest(themed, [999])
    assert Suggester().suggest(themed, []) == []


def test_threads_share_one_suggester(library_file):
    with Library(library_file) as library:
        themes.add_starter(library)
        expected = Suggester().suggest(library, [3, 4])
    shared, given = Suggester(), []

    def work():
        with Library(library_file) as library:
            given.extend(shared.suggest(library, [3, 4]) for _ in range(5))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert given == [expected] * 20
