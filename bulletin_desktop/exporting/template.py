"""The export template: page, fonts and styles of a compilation, read from a data file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

from bulletin_desktop.exporting.blocks import LineRole
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.paths import resource

LINE_ROLES: tuple[str, ...] = get_args(LineRole)
ROLES: tuple[str, ...] = (
    "normal",
    "cover_title",
    "cover_line",
    "cover_author",
    "contents_heading",
    "contents_1",
    "contents_2",
    "group",
    "title",
    *LINE_ROLES,
    "note",
    "footer",
)
ALIGNMENTS = ("left", "center", "right", "both")

_COLOUR = re.compile(r"([0-9A-F]{6})?")
_Kind = TypeVar("_Kind")


@dataclass(frozen=True, slots=True)
class Page:
    """Paper and margins in twips (1/20 pt); ``footer`` from the paper's edge to the footer's foot.

    ``lines`` of ``characters`` make the grid of the type area. ``mirror_margins`` swaps left and
    right on even pages, so that both sides of a leaf fall on each other.
    """

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int
    footer: int
    lines: int
    characters: int
    mirror_margins: bool = False

    @property
    def text_width(self) -> int:
        """The width of the type area in twips."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> int:
        """The height of the type area in twips."""
        return self.height - self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: sizes and distances in points, indents in characters of its own size.

    ``line`` is the exact line height. ``new_page`` starts a page. ``border`` and ``shade`` are
    colours RRGGBB, empty for none.
    """

    font: str
    size: float
    line: float
    align: str = "left"
    before: float = 0
    after: float = 0
    first_line: float = 0
    left: float = 0
    right: float = 0
    keep_next: bool = False
    new_page: bool = False
    border: str = ""
    shade: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """How a compilation looks: ``latin`` sets Latin letters and digits in every style.

    ``alternates`` has, for a font, the names to try where it is missing; ``styles`` one style for
    each of ROLES.
    """

    page: Page
    latin: str
    alternates: Mapping[str, tuple[str, ...]]
    styles: Mapping[str, Style]

    @property
    def fonts(self) -> tuple[str, ...]:
        """Every font that the styles name, each once."""
        return tuple(dict.fromkeys((self.latin, *(s.font for s in self.styles.values()))))


class _BadTemplateError(Exception):
    """The place in the file, dotted, whose value cannot be used."""


def load_template(path: Path | None = None) -> Template:
    """The template in a JSON file, by default the 选编 (GB/T 9704-2012 measures) of the program.

    Raises KnownError ``export.bad_template`` (path, where: the dotted place of the first unfit
    value, empty where the file cannot be read or is no JSON).
    """
    path = path or resource("export/compilation.json")
    try:
        return _template(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise KnownError("export.bad_template", path=str(path), where="") from error
    except _BadTemplateError as error:
        raise KnownError("export.bad_template", path=str(path), where=str(error)) from error


def _template(raw: object) -> Template:
    data = _object(raw, "")
    styles = _object(data.get("styles"), "styles")
    if odd := sorted(set(ROLES) ^ set(styles)):
        raise _BadTemplateError(f"styles.{odd[0]}")
    return Template(
        page=_page(data.get("page")),
        latin=_words([data.get("latin")], "latin")[0],
        alternates={
            font: _words(names, f"alternates.{font}")
            for font, names in _object(data.get("alternates"), "alternates").items()
        },
        styles={role: _style(styles[role], f"styles.{role}") for role in ROLES},
    )


def _page(raw: object) -> Page:
    page = _filled(Page, raw, "page")
    for name in ("text_width", "text_height", "lines", "characters"):
        if getattr(page, name) <= 0:
            raise _BadTemplateError(f"page.{name}")
    return page


def _style(raw: object, where: str) -> Style:
    style = _filled(Style, raw, where)
    fits = {
        "font": _is_name(style.font),
        "size": style.size >= 1,
        "line": style.line >= 1,
        "align": style.align in ALIGNMENTS,
        "border": bool(_COLOUR.fullmatch(style.border)),
        "shade": bool(_COLOUR.fullmatch(style.shade)),
    }
    for name, fit in fits.items():
        if not fit:
            raise _BadTemplateError(f"{where}.{name}")
    return style


def _object(raw: object, where: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise _BadTemplateError(where)
    return raw


def _words(raw: object, where: str) -> tuple[str, ...]:
    if not isinstance(raw, list) or not all(map(_is_name, raw)):
        raise _BadTemplateError(where)
    return tuple(raw)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value != "" and value.isprintable()


def _filled(kind: type[_Kind], raw: object, where: str) -> _Kind:
    """An instance of a dataclass from a JSON object; numbers are not negative."""
    data = _object(raw, where)
    hints = get_type_hints(kind)
    for name, value in data.items():
        if name not in hints or not _is_a(value, hints[name]):
            raise _BadTemplateError(f"{where}.{name}")
    for field in fields(kind):  # type: ignore[arg-type]
        if field.default is MISSING and field.name not in data:
            raise _BadTemplateError(f"{where}.{field.name}")
    return kind(**data)


def _is_a(value: object, hint: type) -> bool:
    if hint is float or hint is int:
        numbers = (int, float) if hint is float else (int,)
        return type(value) in numbers and 0 <= value <= 31680  # type: ignore[operator]
    return type(value) is hint
