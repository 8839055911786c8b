"""Every pair of a word's colour and the ground it stands on has enough contrast, in each theme.

After WCAG 2.2, success criterion 1.4.3: at least 4.5:1 for text, computed from relative luminance.
"""

from __future__ import annotations

import json
from itertools import product

import pytest

from bulletin_desktop import paths
from bulletin_desktop.language.themes import palette
from bulletin_desktop.ui.reader import mark_colours

THEMES = sorted(file.stem for file in paths.resource("themes").glob("*.json"))
LEAST = 4.5

GROUNDS = ("paper", "ground")
ROLES = (
    "role_masthead", "role_contents", "role_section", "role_kicker", "role_title", "role_subtitle",
    "role_author", "role_source", "role_distribution", "role_remainder",
)  # fmt: skip
PAIRS = [
    *product(("text", "muted", "faint", "accent", "good"), GROUNDS),
    *product(("text", "muted", "faint"), ("selection", "hover", "chip")),  # rows, buttons, chips
    *product(("text", "accent"), ("accent_soft",)),  # marked words, the chosen tab, notices
    *product(("on_accent",), ("accent", "accent_hover")),
    *product(("text",), ("mark", "only")),
    *product(("text", "muted"), ("hit", "hit_now")),  # hits in an article
    *product(("text",), ("query_fact", "query_phrase", "query_sign", "query_not")),  # search box
    *product(("text",), ROLES),  # the review of the cuts
    ("paper", "text"),  # the toast
]


def tokens(theme: str) -> dict[str, str]:
    return json.loads(paths.resource(f"themes/{theme}.json").read_text("utf-8"))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_the_known_one() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_there_are_three_themes_with_the_same_names() -> None:
    assert THEMES == ["dark", "light", "sepia"]
    assert len({tuple(tokens(theme)) for theme in THEMES}) == 1


@pytest.mark.parametrize("theme", THEMES)
def test_words_can_be_read_on_their_ground(theme: str) -> None:
    known = tokens(theme)
    poor = {
        f"{word} on {ground}": round(contrast(known[word], known[ground]), 2)
        for word, ground in PAIRS
        if contrast(known[word], known[ground]) < LEAST
    }
    assert poor == {}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("depth", [1, 2, 6])
def test_words_can_be_read_on_every_highlight(theme: str, depth: int) -> None:
    known = tokens(theme)
    palette = [c["hex"] for c in json.loads(paths.resource("palette.json").read_text("utf-8"))]
    inks = [known["highlight"], "#000000", "#FFFFFF", *palette]
    grounds = {
        (ink, other): mark_colours.ground(known["paper"], known["text"], (ink, other), depth)
        for ink, other in product(inks, inks)
    }
    poor = {
        pair: ground for pair, ground in grounds.items() if contrast(known["text"], ground) < LEAST
    }
    assert poor == {}
    own = [grounds[colour, colour] for colour in palette]
    assert len({known["paper"], *own}) == len(palette) + 1, "colours are told apart"


def test_more_highlights_over_the_same_words_are_a_stronger_ground() -> None:
    known = tokens("light")
    one, two = (mark_colours.ground(known["paper"], known["text"], ["#2a9170"], n) for n in (1, 2))
    assert contrast(one, known["paper"]) < contrast(two, known["paper"])


@pytest.mark.parametrize("theme", THEMES)
def test_theme_colours_are_seen_on_every_ground(theme: str) -> None:
    """After WCAG 2.2, success criterion 1.4.11: at least 3:1 for what is no text."""
    known = tokens(theme)
    poor = {
        f"{colour.name_en} on {ground}": round(contrast(colour.hex, known[ground]), 2)
        for colour in palette()
        for ground in ("paper", "ground", "hover", "chip")
        if contrast(colour.hex, known[ground]) < 3
    }
    assert poor == {}
