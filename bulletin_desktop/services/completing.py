"""Finding themes by what is typed: characters, pinyin, initials or an alias."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_desktop.model.records import Theme


class Completed(NamedTuple):
    """A theme that fits, and the toned pinyin of the name or alias that was found."""

    theme: Theme
    reading: str


def prepare() -> None:
    """Load the pinyin tables; slow the first time, so it is called away from the window."""
    from bulletin_desktop.language import pinyin

    pinyin.load()


def complete(typed: str, themes: Sequence[Theme]) -> list[Completed]:
    """The themes that fit what is typed, best first; all of them where nothing is typed."""
    if not typed.strip():
        return [Completed(theme, "") for theme in themes]
    from bulletin_desktop.language import pinyin

    candidates = [pinyin.Candidate(theme.id, theme.name, theme.aliases) for theme in themes]
    by_id = {theme.id: theme for theme in themes}
    return [
        Completed(by_id[found.candidate.theme_id], found.match.reading)
        for found in pinyin.complete(typed, candidates)
    ]
