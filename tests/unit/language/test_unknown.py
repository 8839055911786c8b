from __future__ import annotations

from bulletin_desktop.language.segment import Segmenter
from bulletin_desktop.language.unknown import unknown_words

TEXTS = [
    "各地争创泰伯奖，职工踊跃参加。",
    "泰伯奖揭晓，十人入选。",
    "他获得泰伯奖已有十年。",
    "工会看重泰伯奖，也开展劳动竞赛。",
]


def test_a_word_is_found_that_no_dictionary_has(segmenter: Segmenter) -> None:
    assert unknown_words(TEXTS, segmenter, 10) == [("泰伯奖", 4)]
    assert unknown_words(TEXTS, segmenter, 0) == []


def test_what_stands_in_few_texts_or_always_beside_the_same_is_none(segmenter: Segmenter) -> None:
    assert unknown_words(TEXTS[:2], segmenter, 10) == []
    assert unknown_words(["各地争创泰伯奖活动"] * 9, segmenter, 10) == []


def test_a_word_that_was_given_is_known() -> None:
    own = Segmenter()
    own.know(["泰伯奖"])
    assert unknown_words(TEXTS, own, 10) == []
