"""How the page is set, as the reader's own settings say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.ui import settings

if TYPE_CHECKING:
    from bulletin_desktop.ui.settings import Settings


class PageStyle(NamedTuple):
    """Sizes of the page: ``size`` and ``spacing`` in pixels, ``measure`` and ``indent`` in
    characters, ``leading`` in sizes.
    """

    face: str = "song"
    size: int = 17
    measure: int = 34
    leading: float = 1.9
    spacing: int = 6
    indent: int = 2
    justified: bool = True
    subheads: bool = True

    @property
    def width(self) -> int:
        """The width of a line in pixels."""
        return self.size * self.measure


def page_style(kept: Settings) -> PageStyle:
    """The style that the settings ask for."""
    return PageStyle(
        kept.get(settings.FACE),
        kept.get(settings.SIZE),
        kept.get(settings.MEASURE),
        kept.get(settings.LEADING),
        kept.get(settings.SPACING),
        kept.get(settings.INDENT),
        kept.get(settings.JUSTIFIED),
        kept.get(settings.SUBHEADS),
    )
