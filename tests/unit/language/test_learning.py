"""What tagged articles teach: by shared words, source and section; refusals speak against."""

from __future__ import annotations

import pytest

from bulletin_desktop.language import learning
from bulletin_desktop.language.keywords import Keyword
from bulletin_desktop.language.learning import Decided, Holding, Usual
from bulletin_desktop.language.suggest import Reason

NONE: frozenset[int] = frozenset()
A, B = 1, 2


def decided(*themes: int, refused: tuple[int, ...] = ()) -> Decided:
    return Decided(frozenset(themes), frozenset(refused))


def holding(*given: tuple[str, float, tuple[int, ...]], characters: int = 500) -> list[Holding]:
    return [
        Holding(Keyword(text, weight), [(article, characters) for article in articles])
        for text, weight, articles in given
    ]


def test_articles_that_share_more_are_nearer_and_long_ones_less() -> None:
    near = learning.nearest(holding(("创模", 2, (10, 11)), ("验收", 1, (11, 12))), 500)
    assert near == {11: 1, 10: pytest.approx(2 / 3), 12: pytest.approx(1 / 3)}
    assert list(near) == [11, 10, 12]
    others = [holding(("创模", 2, (10,)), characters=n) for n in (500, 9999)]
    assert learning.nearest(others[0], 500)[10] > learning.nearest(others[1], 500)[10]
    assert len(learning.nearest(holding(("创模", 2, tuple(range(99)))), 500)) == 8


def test_the_similar_carry_or_refuse() -> None:
    near = {10: 0.9, 11: 0.6, 12: 0.3}
    said = learning.similar(near, {10: decided(A), 11: decided(A, B), 12: decided(refused=(B,))})
    assert said[A] == Reason("similar", pytest.approx(1.5 / 2.8), articles=(10, 11), n=2, of=3)
    assert said[B].worth == pytest.approx(0.3 / 2.8)
    assert learning.similar({}, {}) == {}
    hardly = learning.similar({10: 0.1}, {10: decided(A)})[A]
    assert hardly.worth < 0.1


def test_a_word_is_learned_where_most_articles_with_it_carry_the_theme() -> None:
    on = {10: decided(A), 11: decided(A), 12: decided(B), 13: decided(refused=(A,))}
    words = holding(("创模", 2, (10, 11, 12, 13)), ("验收", 1, (10, 12)))
    found = learning.learned(words, on, {A: 0.1, B: 0.1}, {"创模": 5})
    assert list(found) == [A]
    assert found[A].words == (("创模", 5),)
    everywhere = learning.learned(words, on, {A: 1.0}, {})
    assert everywhere == {}


def test_what_few_of_a_source_carry_counts_for_little() -> None:
    few, many = (
        learning.usual(Usual("source", "太仓", n, {A: n}), {A: 0.1, B: 0.5}) for n in (1, 20)
    )
    assert 0 < few[A].worth < many[A].worth < 1
    assert few[B].worth < 0
    assert (many[A].name, many[A].n, many[A].of) == ("太仓", 20, 20)
    assert learning.usual(Usual("source", "太仓", 0, {}), {A: 0.1}) == {}


def test_a_word_that_misleads_is_trusted_less() -> None:
    assert learning.trust(0, 0) == 1
    assert learning.trust(5, 5) == 1
    assert learning.trust(0, 5) < learning.trust(3, 5) < 1


def test_reasons_add_up_and_those_against_count_too() -> None:
    words, for_it = Reason("words", 4.0, (("创模", 2),)), Reason("similar", 0.8, n=3, of=4)
    against = Reason("section", -0.8, name="简讯")
    best, other = learning.blend([(B, words), (A, words), (A, for_it), (B, against)], 5)
    assert (best.theme_id, best.score, best.evidence) == (A, 1.3, (("创模", 2),))
    assert [reason.kind for reason in best.reasons] == ["similar", "words"]
    assert (other.theme_id, other.score) == (B, 0.3)
    assert [reason.kind for reason in other.reasons] == ["words"]
    assert learning.blend([(A, Reason("similar", 0.1))], 5) == []
    assert [x.theme_id for x in learning.blend([(A, words), (B, for_it)], 1)] == [B]


def test_what_adds_little_is_not_said() -> None:
    small = Reason("source", 0.1, name="太仓")
    (found,) = learning.blend([(A, Reason("similar", 0.9)), (A, small)], 5)
    assert [reason.kind for reason in found.reasons] == ["similar"]
    assert found.score > 0.9
