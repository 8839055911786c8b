"""Texts are known again though cut short, moved about or edited; two reports are not one."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT

from bulletin_desktop.language.fingerprint import (
    LEAST,
    RUN,
    Compared,
    Likeness,
    fingerprint,
    likeness,
    same,
    words_of,
)
from bulletin_desktop.parsing.build import parse_text

REPORT = "\n".join(
    [
        "9月12日，临江县总工会在县职工文化中心召开工资集体协商工作推进会，各乡镇（街道）总"
        "工会主席、县级产业工会负责人共86人参加会议。",
        "会上，白鹭镇总工会、城东街道总工会和县建筑业工会联合会分别介绍了做法。白鹭镇把协商代"
        "表请进车间，用一个月时间听取了1240名职工的意见；城东街道由街道牵头，与商会签订了"
        "区域性协议，覆盖小企业132家。",
        "县总工会副主席指出，要把握好三个环节：协商之前摸清底数，协商之中讲清道理，协商之后盯"
        "紧兑现。凡是合同到期的企业，必须在10月底以前完成续签。",
        "会议还通报了上半年督查情况，对6家未按期开展协商的企业提出了整改意见。与会人员实地察"
        "看了两家企业的公开栏。",
    ]
)

OTHER = "\n".join(
    [
        "9月14日，青石区总工会召开工资集体协商工作推进会，各街道总工会主席、区级产业工会负"
        "责人共54人参加会议。",
        "会议传达了市里的部署，总结了前八个月的工作。全区已有417家企业签订专项合同，职工工"
        "资平均增长百分之七。",
        "区总工会主席强调，要紧紧依靠党委政府，发挥三方机制作用，坚持先易后难，逐步推开。下一"
        "步，将从区里的财政中安排专项经费，用来培训协商指导员。",
        "会后，与会人员观看了专题片，并就行业协商的范围、标准和程序交换了看法。",
    ]
)


def bodies() -> list[str]:
    """The bodies of the sample bulletins' articles."""
    texts = [file.read_text("utf-8") for file in sorted((ROOT / "seeds").glob("*.txt"))]
    issues = [issue for text in texts for issue in parse_text(text).issues]
    return [article.body for issue in issues for article in issue.articles]


def sentences(text: str) -> list[str]:
    return [found for found in re.findall(r"[^。！？；\n]*[。！？；]?\n?", text) if found]


def cut_short(text: str, keep: float, pick: random.Random) -> str:
    """So many of the sentences, in order."""
    parts = sentences(text)
    kept = sorted(pick.sample(range(len(parts)), max(1, round(keep * len(parts)))))
    return "".join(parts[at] for at in kept)


def edited(text: str, rate: float, pick: random.Random) -> str:
    """Characters taken out, put in and replaced by others of the text."""
    letters = words_of(text)
    kinds = [lambda _: "", lambda old: old + pick.choice(letters), lambda _: pick.choice(letters)]
    return "".join(pick.choice(kinds)(c) if pick.random() < rate else c for c in text)


def test_the_numbers_are_the_rolling_hash_of_the_folded_text() -> None:
    words = words_of(REPORT)
    factors = (2654435761, 3266489917, 668265263, 374761393, 2246822519, 3323198485)
    numbers = {
        sum(
            ord(c) * factor
            for c, factor in zip(reversed(words[at : at + RUN]), factors, strict=True)
        )
        % 2**32
        for at in range(len(words) - RUN + 1)
    }
    assert fingerprint(REPORT) == sorted(numbers)[: len(fingerprint(REPORT))]
    assert len(fingerprint(REPORT)) == 16


def test_spaces_marks_and_width_make_no_difference() -> None:
    wide = REPORT.translate({ord(str(n)): 0xFF10 + n for n in range(10)})
    assert fingerprint(f"　　{wide}".replace("，", "，\n　　")) == fingerprint(REPORT)


def test_a_short_text_has_no_fingerprint_and_a_long_one_more_numbers() -> None:
    words = words_of(REPORT)
    assert fingerprint(words[: LEAST - 1]) == []
    assert len(fingerprint(words[:LEAST])) == 16
    long = "".join(chr(0x4E00 + (n * 7919) % 20000) for n in range(4000))
    assert len(fingerprint(long)) == 100


@given(st.text(max_size=400))
def test_any_text_has_a_fingerprint(text: str) -> None:
    numbers = fingerprint(text)
    assert numbers == sorted(set(numbers))
    assert all(0 <= number < 2**32 for number in numbers)


def test_what_two_texts_share_is_counted_in_the_shorter() -> None:
    whole = likeness(REPORT, REPORT)
    assert (whole.characters, whole.share) == (len(words_of(REPORT)), 1)
    assert (whole.pieces, whole.forward) == (1, 1)
    first = REPORT.split("\n")[0]
    assert likeness(first, REPORT) == likeness(REPORT, first)
    assert likeness(first, REPORT).share == 1
    assert likeness(REPORT, "").share == 0


@pytest.mark.parametrize("keep", [0.4, 0.5, 0.7])
def test_a_story_cut_short_is_the_same(keep: float) -> None:
    found = same(REPORT, cut_short(REPORT, keep, random.Random(1)))
    assert found is not None
    assert found.share > 0.95


def test_moved_paragraphs_and_another_beginning_are_the_same() -> None:
    paragraphs = REPORT.split("\n")
    assert same(REPORT, "\n".join(paragraphs[::-1])) is not None
    assert same(REPORT, "\n".join(["近日，记者从临江县获悉。", *paragraphs[1:]])) is not None


def test_two_reports_of_the_same_kind_of_meeting_are_two() -> None:
    assert same(REPORT, OTHER) is None


def test_a_notice_with_other_figures_is_another() -> None:
    year = iter(range(13, 99))
    assert same(REPORT, re.sub(r"\d+", lambda _: str(next(year)), REPORT)) is None


def test_phrases_in_another_order_are_another_report() -> None:
    """A report put together from the phrases of another, as far as it has any."""
    pick = random.Random(3)
    phrases = re.findall(r"[^，。；：、\n]{4,}", re.sub(r"\d+", "", REPORT))
    pick.shuffle(phrases)
    mixed = "。".join(
        [*phrases[: len(phrases) * 2 // 3], *re.findall(r"[^，。；：、\n]{4,}", OTHER)[:8]]
    )
    assert likeness(REPORT, mixed).share > 0.5
    assert same(REPORT, mixed) is None


def plainly_same(one: str, other: str) -> Likeness | None:
    """What ``same`` says, by its rules one after the other."""
    found = likeness(one, other)
    if found.characters < 50 or found.share < 0.55:
        return None
    order = found.forward / found.pieces
    least = 0.62 if order >= 0.95 else 0.75 if order >= 0.7 else 0.9
    in_passages = found.characters >= 25 * found.pieces or found.share >= least
    short, long = (set(re.findall(r"\d[\d,.]*\w?", x)) for x in sorted((one, other), key=len))
    if len(short) < 4:
        return found if in_passages else None
    kept = len(short & long) / len(short)
    return found if kept >= 0.75 or (kept >= 0.5 and in_passages) else None


def put_together(picks: list[int], figures: int) -> str:
    """A text of phrases, some of which come again, with the figures of some year."""
    phrases = re.findall(r"[^，。；：、\n]+", REPORT)
    words = "。".join(phrases[pick % len(phrases)] for pick in picks)
    return re.sub(r"\d+", lambda found: str(int(found[0]) + figures), words)


TEXTS = st.builds(
    put_together,
    st.integers(0, 24).flatmap(lambda at: st.permutations(range(at, at + 12)))
    | st.lists(st.integers(0, 40), max_size=30)
    | st.integers(0, 20).map(lambda at: [*range(at, at + 14), at, at]),
    st.sampled_from((0, 0, 0, 1)),
)


@given(TEXTS, st.lists(TEXTS | st.text(max_size=200), min_size=1, max_size=4))
def test_pairs_that_are_parted_early_are_parted_by_all_rules(one: str, others: list[str]) -> None:
    compared = Compared(one)
    for other in others:
        wanted = plainly_same(one, other)
        assert compared.same(other) == wanted
        assert same(one, other) == wanted
        assert same(other, one) == plainly_same(other, one)


def test_each_way_of_being_the_same_or_not_is_met() -> None:
    """So that the test above proves something: both answers, early and late."""
    pick = random.Random(7)
    counts = {"parted early": 0, "parted late": 0, "same": 0}
    for _ in range(300):
        picks = pick.sample(range(30), 14)
        other = [*picks[: pick.randint(2, 14)], *pick.sample(range(30), 5)]
        pick.shuffle(other[: pick.randint(0, 12)])
        one, two = put_together(picks, 0), put_together(other, pick.choice((0, 0, 1)))
        found = likeness(one, two)
        if same(one, two):
            counts["same"] += 1
        elif found.share >= 0.55:
            counts["parted late"] += 1
        else:
            counts["parted early"] += 1
        assert same(one, two) == plainly_same(one, two)
    assert min(counts.values()) > 20, counts


CHANGES = {
    "half of the sentences": lambda text, pick: cut_short(text, 0.5, pick),
    "one character in twenty": lambda text, pick: edited(text, 0.05, pick),
    "one character in ten": lambda text, pick: edited(text, 0.1, pick),
    "paragraphs": lambda text, pick: "\n".join(pick.sample(lines := text.split("\n"), len(lines))),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_nearly_every_sample_is_found_again_and_none_is_taken_for_another(
    change: Callable[[str, random.Random], str],
) -> None:
    pick = random.Random(5)
    texts = [text for text in bodies() if fingerprint(text)]
    changed = [change(text, pick) for text in texts]
    asked = found = 0
    for number, (text, other) in enumerate(zip(texts, changed, strict=True)):
        if not fingerprint(other):
            continue
        asked += 1
        shared = set(fingerprint(text)) & set(fingerprint(other))
        found += len(shared) >= 2 and same(text, other) is not None
        assert not any(same(other, x) for x in texts[:number] + texts[number + 1 :])
    assert asked > 30
    assert found >= 0.9 * asked
