"""The rows of a document follow its cut, and mended words stand over its text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_desktop.library import heirs, layouts
from bulletin_desktop.library.overlay import Mending, errata, mended
from bulletin_desktop.model.change import Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.parsing.build import parse_text


def content(library):
    tables = ("layouts", "issues", "sections", "articles")
    return {table: library.rows(f"SELECT * FROM {table} ORDER BY id") for table in tables}


def test_a_parse_read_from_its_rows_is_the_one_that_was_stored(library):
    for (document,) in library.rows("SELECT id FROM documents"):
        text, parsed = layouts.parsed_of(library, document)
        told = parse_text(text)
        assert parsed.spans == told.spans
        assert parsed.cuts == told.cuts
        for kept, issue in zip(parsed.issues, told.issues, strict=True):
            assert kept._replace(articles=()) == issue._replace(articles=())
            bodiless = [article._replace(body="") for article in issue.articles]
            assert list(kept.articles) == bodiless


def test_the_same_cut_again_changes_no_row(library):
    before = content(library)
    for (document,) in library.rows("SELECT id FROM documents"):
        text, parsed = layouts.parsed_of(library, document)
        with library.change(Message("step.test"), structural=True) as recording:
            assert layouts.rearrange(library, document, text, parsed) == frozenset()
        assert recording.result().step is None
    assert content(library) == before


def test_a_layout_shows_the_whole_document(library):
    layout = layouts.layout(library, 1)
    assert "".join(layout.text[s.start : s.end] for s in layout.spans) == layout.text
    assert [a.start for a in layout.articles] == sorted(a.start for a in layout.articles)
    assert layouts.document_of(library, layout.articles[0].id) == 1
    for missing in (layouts.layout, layouts.parsed_of, layouts.path_of):
        with pytest.raises(KnownError, match=r"document\.missing"):
            missing(library, 99)


def test_documents_to_review_have_the_most_to_look_at_first(library):
    rows = layouts.to_review(library)
    assert len(rows) == 5
    keys = [(-row.unplaced, -row.doubts, row.document) for row in rows]
    assert keys == sorted(keys)
    assert [row.document for row in layouts.to_review(library, [2])] == [2]


CUTS = st.lists(st.integers(0, 60), min_size=2, max_size=8, unique=True).map(
    lambda marks: list(zip(sorted(marks), sorted(marks)[1:], strict=False))
)


@given(old=CUTS, new=CUTS)
def test_each_old_article_goes_somewhere_and_each_new_one_comes_from_one_at_most(old, new):
    match = heirs.match(old, new)
    used = [k for k in match.row if k is not None]
    assert len(used) == len(set(used))
    assert sorted([*used, *match.gone]) == list(range(len(old)))
    for place, k in enumerate(match.row):
        if k is not None:
            assert old[k][0] < new[place][1]
            assert new[place][0] < old[k][1]
        for j in range(len(old)):  # who begins where it did keeps its row
            if old[j][0] == new[place][0]:
                assert k == j
    assert set(match.merged) <= set(match.gone)
    assert all(match.row[place] is None for place in match.born)


def test_parts_and_unions():
    whole, halves = [(0, 10)], [(0, 4), (4, 10)]
    split = heirs.match(whole, halves)
    assert (split.row, split.born, split.gone) == ([0, None], {1: 0}, [])
    joined = heirs.match(halves, whole)
    assert (joined.row, joined.gone, joined.merged) == ([0], [1], {1: 0})
    apart = heirs.match([(0, 4)], [(6, 9)])
    assert (apart.row, apart.born, apart.gone, apart.merged) == ([None], {}, [0], {})


MENDS = (Mending(4, 6, "丙丁戊"), Mending(10, 11, ""))


def test_mended_words():
    text = "0123甲乙6789x12"
    assert mended(text, 0, MENDS) == "0123丙丁戊678912"
    assert mended(text[2:8], 2, MENDS) == "23丙丁戊67"
    assert mended(text[5:], 5, MENDS) == "乙678912"  # one that reaches beyond is not made
    assert mended(text, 0, ()) == text


def test_errata_lie_in_the_shown_body():
    first, second = "0123甲乙", "89x12"
    found = errata([(first, 0), (second, 8)], MENDS)
    body = "\n".join([mended(first, 0, MENDS), mended(second, 8, MENDS)])
    assert [(body[e.start : e.end], e.printed) for e in found] == [("丙丁戊", "甲乙"), ("", "x")]
