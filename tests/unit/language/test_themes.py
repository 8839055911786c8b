from __future__ import annotations

import itertools
import re

import pytest

from bulletin_desktop.language.themes import Colour, palette, starter_themes

PAPER = {"light": "#faf9f5", "dark": "#1f1e1c"}


def linear(hex_colour: str) -> tuple[float, float, float]:
    """Red, green and blue light, each 0 to 1, by the transfer function of sRGB."""
    shares = [int(hex_colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return red, green, blue


def luminance(hex_colour: str) -> float:
    red, green, blue = linear(hex_colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lab(hex_colour: str) -> tuple[float, float, float]:
    """CIE L*a*b* under the white of sRGB."""
    red, green, blue = linear(hex_colour)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = luminance(hex_colour)
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def difference(one: Colour, other: Colour) -> float:
    pairs = zip(lab(one.hex), lab(other.hex), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


@pytest.mark.parametrize("colour", palette(), ids=lambda colour: colour.name_en)
@pytest.mark.parametrize("paper", PAPER.values(), ids=PAPER)
def test_colours_are_legible_on_light_and_dark(colour: Colour, paper: str) -> None:
    assert contrast(colour.hex, paper) >= 3.0


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_colours_differ_from_one_another() -> None:
    close = [
        (one.name_en, other.name_en)
        for one, other in itertools.combinations(palette(), 2)
        if difference(one, other) < 20
    ]
    assert close == []


def test_colours_have_names_of_their_own() -> None:
    for names in ([c.name_zh for c in palette()], [c.name_en for c in palette()]):
        assert len(set(names)) == len(names)
        assert all(names)
    assert all(re.fullmatch("#[0-9a-f]{6}", colour.hex) for colour in palette())


def test_starter_themes_have_each_their_name_colour_and_key() -> None:
    themes = starter_themes()
    assert len(themes) == 12
    for values in (
        [theme.name for theme in themes],
        [theme.name_en for theme in themes],
        [theme.colour for theme in themes],
    ):
        assert len(set(values)) == 12
        assert all(values)
    assert sorted(theme.key for theme in themes if theme.key) == list(range(1, 10))
    assert {theme.colour for theme in themes} <= {colour.name_en for colour in palette()}


def test_a_word_speaks_for_one_theme_only() -> None:
    words = [
        word for theme in starter_themes() for word in (theme.name, *theme.aliases, *theme.words)
    ]
    assert sorted({word for word in words if words.count(word) > 1}) == []
    assert [word for word in words if len(word) < 2 or word != word.strip()] == []


def test_no_word_holds_its_themes_name() -> None:
    assert [w for theme in starter_themes() for w in theme.words if theme.name in w] == []


def test_every_theme_has_words_and_aliases() -> None:
    assert all(theme.aliases and len(theme.words) >= 10 for theme in starter_themes())
