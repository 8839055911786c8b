"""Suggestions learn from what is accepted and refused, at once, and say why."""

from __future__ import annotations

import pytest

from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import browsing, history, passages, suggesting, tagging, themes
from bulletin_desktop.services.suggesting import Suggester, reason_text

SUGGESTER = Suggester()


@pytest.fixture
def theme(library):
    """A theme whose name stands nowhere, so that nothing but what is put on articles speaks."""
    themes.add(library, "巡礼")
    return themes.by_name(library, "巡礼").id


@pytest.fixture
def alike(library):
    """The articles of one section that all tell of the same campaign."""
    return [each.id for each in browsing.in_scope(library) if each.section == "创模工作"]


def reasons(library, article, theme):
    found = {each.theme_id: each for each in SUGGESTER.suggest(library, [article], 9)}
    return {reason.kind: reason for reason in found[theme].reasons} if theme in found else {}


def score(library, article, theme):
    found = {each.theme_id: each.score for each in SUGGESTER.suggest(library, [article], 9)}
    return found.get(theme, 0)


def test_accepting_teaches_at_once_and_undo_unlearns(library, theme, alike):
    first, *others = alike
    assert reasons(library, first, theme) == {}
    tagging.tag(library, others, [theme])
    said = reasons(library, first, theme)
    assert set(said["similar"].articles) <= set(others)
    assert (said["similar"].n, said["similar"].of) == (len(others), len(others))
    assert "创模" in dict(said["learned"].words)
    assert (said["section"].name, said["section"].n) == ("创模工作", len(others))
    history.undo(library)
    assert reasons(library, first, theme) == {}


def test_what_is_refused_is_suggested_no_more_until_that_is_undone(library, theme, alike):
    first, *others = alike
    tagging.tag(library, others, [theme])
    change = suggesting.refuse(library, [first], theme)
    assert (change.topics, change.articles) == ({"tags"}, {first})
    assert reasons(library, first, theme) == {}
    assert suggesting.refuse(library, [first], theme).step is None
    history.undo(library)
    assert reasons(library, first, theme) != {}


def test_refusing_teaches_what_others_are_like(library, theme, alike):
    first, second, third, *others = alike
    tagging.tag(library, others, [theme])
    before = score(library, first, theme)
    suggesting.refuse(library, [second, third], theme)
    assert 0 < score(library, first, theme) < before


def test_a_word_of_a_theme_that_misleads_loses_its_weight(library):
    themes.add(library, "巡礼", aliases=["创模"])
    theme = themes.by_name(library, "巡礼").id
    first, *others = [a.id for a in browsing.in_scope(library) if "创模" in a.heading]
    before = reasons(library, first, theme)["words"].worth
    suggesting.refuse(library, others, theme)
    after = reasons(library, first, theme).get("words")
    assert after is None or after.worth < before
    tagging.tag(library, others, [theme])
    assert reasons(library, first, theme)["words"].worth == before


def test_a_theme_of_a_passage_is_suggested_for_the_article(library, theme, alike):
    passages.mark(library, alike[0], 0, 10, [theme])
    (best, *_) = SUGGESTER.suggest(library, [alike[0]])
    assert best.theme_id == theme
    assert best.reasons[0].kind == "passage"
    assert best.reasons[0].n == 1


def test_what_a_source_usually_gets(library, theme):
    source = "吴中区总工会"
    first, *others = [a.id for a in browsing.in_scope(library) if a.source == source]
    tagging.tag(library, others, [theme])
    said = reasons(library, first, theme)["source"]
    assert (said.name, said.n, said.of) == (source, len(others), len(others))


def test_a_reason_is_one_sentence(library, theme, alike):
    first, *others = alike
    tagging.tag(library, others, [theme])
    passages.mark(library, alike[1], 0, 10, [theme])
    known = {each.id: each for each in themes.all_themes(library)}
    (found,) = SUGGESTER.suggest(library, [first])
    told = reason_text(Catalogue("zh"), found, known)
    assert told.startswith("巡礼：最相近的 6 篇中有 6 篇属此主题；栏目“创模工作”的 6 篇中有 6 篇")
    assert "“创模”×" in told
    tagging.untag(library, others, [theme])
    (found,) = SUGGESTER.suggest(library, alike[1:2])
    told = reason_text(Catalogue("en"), found, known)
    assert told == "巡礼: 1 highlight in the article has it"


def test_what_does_not_exist_is_refused_with_a_word(library, theme):
    with pytest.raises(KnownError, match=r"article\.missing"):
        suggesting.refuse(library, [999], theme)
    with pytest.raises(KnownError, match=r"theme\.missing"):
        suggesting.refuse(library, [1], 999)
