"""Articles alike: by words that are characteristic, without the article itself, as a query."""

from __future__ import annotations

import pytest
from support import finish

from bulletin_desktop.language.keywords import keywords
from bulletin_desktop.language.segment import Segmenter
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import browsing, like, searching
from bulletin_desktop.services.importing import import_text
from bulletin_desktop.services.searching import Options

SEGMENTER = Segmenter()


def about(library, words):
    """The first article with some words in its title."""
    return next(x.id for x in browsing.in_scope(library) if words in x.heading)


def text(library, article):
    """All that the search index has of an article."""
    found = browsing.text_of(library, article)
    record = found.article
    heads = [record.kicker, record.heading, record.subtitle, record.source]
    return "\n".join([*filter(None, heads), found.body]).lower()


def test_articles_alike_share_the_words_and_the_article_is_left_out(library):
    for article in browsing.ids_in_scope(library, Scope()):
        found = like.articles_like(library, article, SEGMENTER)
        assert article not in found.ids
        assert all(word in text(library, article) for word in found.words)
        shared = [sum(w in text(library, x) for w in found.words) for x in found.ids]
        assert all(count >= 2 for count in shared)


def test_the_same_campaign_is_found_in_other_places(library):
    article = about(library, "平江区总工会积极做好“创模”工作")
    found = like.articles_like(library, article, SEGMENTER)
    assert "创模" in found.words
    titles = [browsing.by_id(library, x).heading for x in found.ids]
    assert any("创模" in title for title in titles)


def test_the_most_alike_come_first_and_no_more_than_asked_for(library):
    article = about(library, "平江区总工会积极做好“创模”工作")
    found = like.articles_like(library, article, SEGMENTER)
    fewer = like.articles_like(library, article, SEGMENTER, limit=2)
    assert len(found.ids) > 2
    assert fewer.ids == found.ids[:2]


def test_its_query_finds_just_these_articles_among_themselves(library):
    article = about(library, "平江区总工会积极做好“创模”工作")
    found = like.articles_like(library, article, SEGMENTER)
    for language, sign in (("zh", " 或 "), ("en", " or ")):
        query = found.query(language)
        assert query.count(sign) == len(found.words) - 1
        options = Options(scope=Scope(ids=found.ids))
        hits = finish(searching.search(library, searching.parse(query), options)).hits
        assert {hit.article.id for hit in hits} == set(found.ids)
        assert all(hit.snippet.ranges for hit in hits)


def test_an_article_that_says_nothing_of_its_own_is_like_no_other(empty_library):
    finish(import_text(empty_library, "工会简报\n第1期\n\n迎新春\n\n大家都来了。\n"))
    [article] = browsing.in_scope(empty_library)
    assert like.articles_like(empty_library, article.id, SEGMENTER) == ((), ())
    assert like.Likeness((), ()).query("zh") == ""
    with pytest.raises(KnownError, match=r"article\.missing"):
        like.articles_like(empty_library, article.id + 1, SEGMENTER)


def chosen(title, body, frequency, **given):
    counted = frequency if callable(frequency) else lambda _: frequency
    return [word.text for word in keywords(title, body, SEGMENTER, counted, 1000, **given)]


def test_keywords_are_things_and_no_dates_or_places():
    body = "2008年5月1日，苏州已经认真开展劳动竞赛，投入五千元，一二三，百分之十，GDP。"
    assert chosen("", body, 5) == ["劳动竞赛"]


def test_who_sent_the_article_in_is_no_keyword():
    body = "劳动竞赛，法律援助中心。"
    assert "法律援助" in "".join(chosen("", body, 5))
    assert chosen("", body, 5, without="太仓市法律援助中心") == ["劳动竞赛"]


@pytest.mark.parametrize("frequency", [0, 1, 500])
def test_words_of_one_article_or_of_half_the_library_are_no_keywords(frequency):
    assert chosen("劳动竞赛", "劳动竞赛", frequency) == []


def test_the_title_and_rare_words_come_first():
    body = "劳动竞赛，互助保障。" * 2
    for word in ("劳动竞赛", "互助保障"):
        assert chosen(word, body, 5)[0] == word
        rare = {"劳动竞赛": 70, "互助保障": 70, word: 2}
        assert chosen("", body, rare.__getitem__)[0] == word


def test_no_keyword_is_part_of_another():
    found = chosen("", "工资集体协商，集体协商，工资，劳动竞赛，竞赛。", 5)
    assert all(a == b or a not in b for a in found for b in found)
    assert {"工资集体协商", "劳动竞赛"} <= set(found)
