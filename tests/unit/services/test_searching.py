"""Search: every mention and nothing else, in the right place, newest first."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import finish

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import browsing, indexing, noting, searching, tagging
from bulletin_desktop.services.importing import import_paths
from bulletin_desktop.services.searching import Options


def found(library, text, sort="date", *, literal=False, limit=None, **spelled):
    spelling = searching.spelled(literal=literal, **spelled)
    query = searching.parse(text, literal=literal)
    return finish(searching.search(library, query, Options(sort, spelling=spelling), limit))


def ids(library, text, **options):
    return [hit.article.id for hit in found(library, text, **options).hits]


def fields(library, article):
    """All that a search looks at in an article, each field folded for itself."""
    text = browsing.text_of(library, article.id)
    head = [article.title, article.kicker, article.subtitle, article.source]
    return [same(piece) for piece in (text.body, *head, text.note) if piece]


# A search takes full-width forms for their half-width ones.
NARROW = {0xFF01 + k: 0x21 + k for k in range(94)} | {0x3000: 0x20}


def same(text):
    return text.translate(NARROW).lower()


def scan(library, *words):
    """The articles that hold all words, by looking through everything."""
    articles = browsing.in_scope(library)
    return [a.id for a in articles if all(holds(library, a, same(word)) for word in words)]


def holds(library, article, word):
    return any(word in field for field in fields(library, article))


@given(seed=st.integers(0, 2**32))
@settings(max_examples=150, deadline=None)
def test_a_search_finds_what_a_plain_scan_finds(seed, seeded_library):
    check_against_a_scan(Random(seed), *seeded_library)


@pytest.mark.full
def test_many_searches_find_what_plain_scans_find(seeded_library):
    for seed in range(3_000):
        check_against_a_scan(Random(seed), *seeded_library)


def check_against_a_scan(random, library, texts):
    """A piece of an article, of one character or more, finds the articles that have it."""
    article = random.choice(list(texts))
    text = random.choice(texts[article])
    length = random.choice([1, 1, 2, 2, 3, 4, 8, 30])
    start = random.randrange(max(1, len(text) - length + 1))
    word = text[start : start + length]
    hits = ids(library, word, literal=True)
    assert sorted(hits) == sorted(x for x in texts if any(word in text for text in texts[x]))
    assert article in hits


@pytest.fixture(scope="module")
def seeded_library(seeded_file, tmp_path_factory):
    import shutil

    from bulletin_desktop.services import Library

    file = shutil.copy(seeded_file, tmp_path_factory.mktemp("search") / "library.bdlib")
    with Library(file) as library:
        spoil(library)
        yield library, {a.id: fields(library, a) for a in browsing.in_scope(library)}


def spoil(library):
    """Notes, characters of every kind, and articles that wait for the index."""
    noting.set_note(library, "article", 7, "待核：𠮷祥①\uf30a ＡＢＣ。\n第二行\ufffd")
    rare = "\U00020bb7\U0010f300\uf321\ufffd①—Ⅻ Straße e\u0301 ﬁ"
    with library.transaction() as connection:
        connection.execute("UPDATE articles SET title = title || ? WHERE id IN (9, 11)", [rare])
    indexing.settle(library)
    with library.transaction() as connection:
        connection.execute("UPDATE articles SET source = ? WHERE id IN (4, 11)", ["后补之单位"])
    assert library.value("SELECT count(*) FROM search_waiting") == 2


def test_all_words_must_occur_and_excluded_ones_not(library):
    both = ids(library, "工会 协商")
    assert both == scan(library, "工会", "协商")
    without = ids(library, "工会 -协商")
    assert without == [a for a in ids(library, "工会") if a not in ids(library, "协商")]
    assert sorted(ids(library, "-协商") + ids(library, "协商")) == sorted(scan(library))


def test_a_title_of_several_lines_is_searched_as_one(library):
    assert ids(library, "十二大精神推进工会工作迈上新台阶") == [2]
    assert ids(library, "十二大精神推进工会工作迈上新台阶", literal=True) == []


def test_notes_are_searched_and_shown(library):
    noting.set_note(library, "article", 3, "与苏州一九九九年的材料对照")
    (hit,) = found(library, "一九九九年").hits
    assert hit.article.id == 3
    (span,) = hit.snippet.ranges
    assert hit.snippet.text[slice(*span)] == "一九九九年"


def test_a_word_half_in_a_note_and_half_in_the_text_is_no_hit(library):
    noting.set_note(library, "article", 3, "独有之词")
    with_word = ids(library, "集体协商")
    assert ids(library, "独有之词 集体协商") == [3] * (3 in with_word)
    assert ids(library, "独有之词集体协商") == []
    assert ids(library, "-独有之词 集体协商") == [x for x in with_word if x != 3]
    assert ids(library, "独有之词 省工会十二大") == [3]


def test_snippets_hold_the_hit_in_their_own_code_points(empty_library, tmp_path):
    text = "标题在此处写明\n　　开头有\U00020bb7字，然后是ＡＢＣ和𠮷祥。共有一段。\n（市总工会）\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    finish(import_paths(empty_library, [tmp_path / "a.txt"]))
    (hit,) = found(empty_library, "abc").hits
    (span,) = hit.snippet.ranges
    assert hit.snippet.text[slice(*span)] == "ＡＢＣ"


def test_relevance_puts_the_title_first(library):
    hits = found(library, "十二大", sort="relevance").hits
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert "十二大" in hits[0].article.heading


def test_by_source_those_without_one_stand_last(library):
    library.connection.execute("UPDATE articles SET source = NULL WHERE id = 3")
    sources = [hit.article.source for hit in found(library, "工会", sort="source").hits]
    assert sources[-1] is None
    assert sources[:-1] == sorted(sources[:-1])


def test_date_order_is_that_of_the_trees(library):
    in_order = [a.id for a in browsing.in_scope(library)]
    hits = ids(library, "工会")
    assert hits == [a for a in in_order if a in set(hits)]


def test_facets_count_all_hits(library):
    tagging.tag_new(library, [11], "主题")
    result = found(library, "集体协商")
    assert result.facets["themes"] == {"主题": 1}
    assert sum(result.facets["years"].values()) == len(result.hits)
    assert sum(result.facets["kinds"].values()) == len(result.hits)


def test_a_search_can_be_cancelled(library):
    work = searching.search(library, searching.parse("工会"))
    next(work)
    with pytest.raises(StopIteration) as end:
        work.send(True)
    assert end.value.value.hits == ()


def test_an_empty_query_finds_nothing_and_a_bad_one_is_said(library):
    assert ids(library, "  ") == []
    with pytest.raises(KnownError, match=r"query.unclosed_quote"):
        searching.parse('"a')


def test_the_trash_is_not_searched(library):
    from bulletin_desktop.services import history

    history.undo(library)
    assert ids(library, "工会") == []
