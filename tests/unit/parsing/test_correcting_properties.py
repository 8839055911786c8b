"""Whatever is corrected in whatever order: nothing is lost, and the cut stays a cut."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.parsing.build import parse_text
from bulletin_desktop.parsing.correcting import correct
from bulletin_desktop.parsing.decode import decode_bytes
from bulletin_desktop.parsing.sheet import issue_starts

FOLDERS = (ROOT / "seeds", ROOT / "tests" / "data" / "bulletins")
FILES = {path.name: path for folder in FOLDERS for path in sorted(folder.glob("*.txt"))}
LOST = 16  # characters of an article that may be in no field: brackets, labels, marks
ROLES = ("kicker", "title", "subtitle", "author", "body", "source", "section", "issue")
DEEDS = [
    *[("role", {"role": role}) for role in ROLES],
    *[(code, {}) for code in ("split", "join", "join_issue", "discard", "take_up", "confirm")],
    ("split", {}), ("take_up", {}), ("join_issue", {}),  # each has less to act on
    ("kind", {"kind": "brief"}), ("kind", {"kind": "article"}),
    ("section", {"section": None}), ("section", {"section": "新栏目"}),
    ("issue", {"issue": 0}), ("issue", {"issue": 1}),
    ("facts", {"title": "简报", "number": "3", "total_number": "9", "date": "2011-05"}),
    ("facts", {"title": "", "date": ""}),
]  # fmt: skip
ODD = (
    "一行\n",
    "标题\n\u3000\u3000正文一段。\n\n●简讯甲。又一句。（甲单位）\r\n●简讯乙，没有句号（乙单位）",
    "【栏目】同一行的话\n第一篇\n正文。\f\n- 2 -\n第二篇\n一句！（丙）\n\n\n报：市委\n送：局\n",
    "简报\n第1期\n2011年5月6日\n甲\n正文甲一二。\n本期印发：各单位\n"
    "简报\n第2期\n2011年6月6日\n乙\n正文乙。\n",
)


def read(name):
    return decode_bytes(FILES[name].read_bytes()).text


def parsed_of(name):
    """The parse of a text; each is parsed once."""
    return _parsed(TEXTS[name])


_parsed = cache(parse_text)
TEXTS = {**{name: read(name) for name in FILES}, **{f"odd {k}": t for k, t in enumerate(ODD)}}


def assert_sound(text, parsed):
    starts = issue_starts(parsed)
    assert starts == sorted(set(starts))
    at = 0
    for span in parsed.spans:
        assert span.start == at < span.end
        at = span.end
        blank = not text[span.start : span.end].strip()
        assert blank == (span.role == "blank")
    assert at == len(text)
    articles = [article for issue in parsed.issues for article in issue.articles]
    extents = sorted((a.start, a.end) for a in articles)
    assert extents == [(s.start, s.end) for s in parsed.spans if s.role == "article"]
    for issue in parsed.issues:
        assert all(a.start < b.start for a, b in pairwise(issue.articles))
        for article in issue.articles:
            assert article.section is None or 0 <= article.section < len(issue.sections)
    for article in articles:
        assert_carried(text, article)
    keys = [(cut.start, cut.role != "issue") for cut in parsed.cuts]
    assert keys == sorted(set(keys))


def assert_carried(text, article):
    """All characters of an article are in a field or omitted, but for a few marks."""
    pieces = [*article.omitted, *((part.start, part.end) for part in article.parts)]
    assert all(article.start <= start < end <= article.end for start, end in pieces)
    covered = set().union(*(range(start, end) for start, end in pieces))
    lost = [
        text[k]
        for k in range(article.start, article.end)
        if k not in covered and not text[k].isspace()
    ]
    assert len(lost) <= LOST, "".join(lost)
    for role in ("kicker", "title", "subtitle", "author", "source", "body"):
        words = [text[p.start : p.end] for p in article.parts if p.role == role]
        assert (getattr(article, role) or "") == "\n".join(words)


@given(
    name=st.sampled_from(sorted(TEXTS)),
    deeds=st.lists(
        st.tuples(st.sampled_from(DEEDS), st.floats(0, 1, exclude_max=True)), max_size=12
    ),
)
def test_any_corrections_in_any_order_leave_a_sound_cut(name, deeds):
    text = TEXTS[name]
    parsed = parsed_of(name)
    for (code, value), share in deeds:
        try:
            parsed = correct(text, parsed, code, int(share * len(text)), value)
        except KnownError as error:
            refused = error.code
        else:
            refused = "correct."
            assert_sound(text, parsed)
        assert refused.startswith("correct.")


ACTS_ON_THE_NEXT = ("join", "join_issue", "discard")


@given(
    name=st.sampled_from(sorted(TEXTS)),
    share=st.floats(0, 1, exclude_max=True),
    deed=st.sampled_from([deed for deed in DEEDS if deed[0] not in ACTS_ON_THE_NEXT]),
)
def test_a_correction_made_again_changes_nothing_more(name, share, deed):
    """So it can be made on a cut that has it already."""
    text, (code, value) = TEXTS[name], deed
    at = int(share * len(text))
    try:
        once = correct(text, parsed_of(name), code, at, value)
    except KnownError:
        return
    try:
        twice = correct(text, once, code, at, value)
    except KnownError as error:
        twice, refused = once, error.code
    else:
        refused = "correct.begins_here"
    assert refused in ("correct.begins_here", "correct.no_article")
    assert (twice.issues, twice.spans) == (once.issues, once.spans)


FIELDS = ("kicker", "title", "subtitle", "author", "source", "body", "start", "end", "kind")


@pytest.mark.parametrize("name", FILES)
def test_joined_articles_that_are_split_again_are_what_they_were(name):
    text, parsed = TEXTS[name], parsed_of(name)
    for issue in parsed.issues:
        for first, second in pairwise(issue.articles):
            joined = correct(text, parsed, "join", second.start, {})
            again = correct(text, joined, "split", second.start, {})
            found = {a.start: a for i in again.issues for a in i.articles}
            for before in (first, second):
                after = found[before.start]
                assert [getattr(before, f) for f in FIELDS] == [getattr(after, f) for f in FIELDS]
            names = [[i.sections[a.section] if a.section is not None else None for a in i.articles]
                     for i in (issue, again.issues[parsed.issues.index(issue)])]  # fmt: skip
            assert names[0] == names[1]


def test_the_texts_are_there():
    assert len(FILES) >= 12
    assert all(isinstance(path, Path) for path in FILES.values())
