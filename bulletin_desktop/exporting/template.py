"""The export template: page, fonts and styles of a compilation, read from a data file."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

from bulletin_desktop.exporting.blocks import LineRole, Parts
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.paths import resource, user_templates
from bulletin_desktop.replacing import known_write_error

LINE_ROLES: tuple[str, ...] = get_args(LineRole)
ROLES: tuple[str, ...] = (
    "normal",
    "cover_title",
    "cover_line",
    "cover_author",
    "masthead_name",
    "masthead_number",
    "masthead_line",
    "contents_heading",
    "contents_1",
    "contents_2",
    "contents_3",
    "group",
    "subgroup",
    "title",
    *LINE_ROLES,
    "note",
    "index_heading",
    "index_theme",
    "index_entry",
    "card_head",
    "card",
    "distribution",
    "footnote",
    "footer",
)
ALIGNMENTS = ("left", "center", "right", "both")
NUMBER_PLACES = ("outside", "center", "none")
SUBHEAD_LEVELS = 4
CARD_COLUMNS = 6
# Points: the rules above and below the distribution and those within it (GB/T 9704-2012, 7.4).
OUTER_RULE, INNER_RULE = 1.0, 0.75

# In the order in which they are offered.
_OWN_ORDER = ("compilation", "bulletin", "cards", "plain")
_TITLES = re.compile(r'"titles"\s*:\s*\{(?:[^"}]|"(?:\\.|[^"\\])*")*\}')
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|]|^\.|[. ]$')
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

    ``line`` is the exact line height. ``new_page`` starts a page. ``colour`` is that of the
    letters, ``border`` of a frame, ``shade`` of the ground and ``rule`` of a line below, which is
    ``rule_width`` points thick: RRGGBB, empty for none (for letters, black).
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
    colour: str = ""
    bold: bool = False
    rule: str = ""
    rule_width: float = 1


@dataclass(frozen=True, slots=True)
class Numbers:
    """How pages are numbered: ``pattern`` with ``{page}`` in it, and where it stands at the foot.

    ``outside`` is the right on odd and the left on even pages.
    """

    pattern: str = "— {page} —"
    place: str = "outside"

    @property
    def around(self) -> tuple[str, str]:
        """What stands before and behind the number."""
        before, _, after = self.pattern.partition("{page}")
        return before, after


@dataclass(frozen=True, slots=True)
class Template:
    """How a compilation looks: ``latin`` sets Latin letters and digits in every style.

    ``titles`` is what the template is called, by language, and ``parts`` what it prints.
    ``alternates`` has, for a font, the names to try where it is missing; ``styles`` one style for
    each of ROLES. ``subheads`` are the fonts of subheads by level, empty for that of their
    paragraph, and ``columns`` the widths of the columns of cards in relation to each other.
    """

    page: Page
    latin: str
    alternates: Mapping[str, tuple[str, ...]]
    styles: Mapping[str, Style]
    titles: Mapping[str, str]
    parts: Parts
    numbers: Numbers = Numbers()
    subheads: tuple[str, ...] = ("",) * SUBHEAD_LEVELS
    columns: tuple[float, ...] = (1,) * CARD_COLUMNS

    @property
    def fonts(self) -> tuple[str, ...]:
        """Every font that the styles name, each once."""
        named = (self.latin, *(s.font for s in self.styles.values()), *filter(None, self.subheads))
        return tuple(dict.fromkeys(named))

    def room(self, role: str) -> float:
        """How many Chinese characters a line of a style other than the body's holds."""
        style = self.styles[role]
        return self.page.text_width // (style.size * 20) - style.left - style.right

    def pitch(self, style: Style) -> float:
        """The width of a Chinese character in twips; text of the body's size stands on the grid."""
        if style.size == self.styles["normal"].size:
            return self.page.text_width / self.page.characters
        return style.size * 20

    def letter_space(self, style: Style) -> int:
        """Twips between characters, not above 0, so that a line holds as many as it must."""
        return min(0, math.floor(self.pitch(style) - style.size * 20))

    def contents_style(self, level: int, depth: int) -> Style:
        """The style of a line of the contents whose headings go so deep: titles alone are plain."""
        if depth == 1:
            return replace(self.styles["contents_2"], left=0)
        return self.styles[f"contents_{level}"]


@dataclass(frozen=True, slots=True)
class TemplateInfo:
    """A template that can be chosen: its name, its file, what it is called by language.

    ``own`` ones are the user's. ``error`` tells why one cannot be used; its titles are empty.
    """

    name: str
    titles: Mapping[str, str]
    path: Path
    own: bool
    error: KnownError | None = None


class _BadTemplateError(Exception):
    """The place in the file, dotted, whose value cannot be used."""


def load_template(name: str = "") -> Template:
    """The template of a name or in a JSON file; by default 选编 (GB/T 9704-2012 measures).

    The user's own templates come before the program's of the same name. Raises KnownError
    ``export.bad_template`` (path, where: the dotted place of the first unfit value, empty where
    the file cannot be read or is no JSON).
    """
    path = _file_of(name or "compilation")
    try:
        return _template(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise KnownError("export.bad_template", path=str(path), where="") from error
    except _BadTemplateError as error:
        raise KnownError("export.bad_template", path=str(path), where=str(error)) from error


def templates() -> list[TemplateInfo]:
    """The templates that there are: the program's, then the user's own by name."""
    ours = [_told(resource(f"export/{name}.json"), own=False) for name in _OWN_ORDER]
    return [*ours, *(_told(path, own=True) for path in sorted(user_templates().glob("*.json")))]


def copy_template(name: str, new_name: str) -> Path:
    """Copy a template into the user's folder under a new name, for changing, and give its file.

    Raises KnownError ``export.template_name`` (name) where it cannot be a file's name or is that of
    one of the program's, ``export.template_exists`` (path), ``export.bad_template`` and
    ``write.*``.
    """
    unfit = _NOT_IN_NAMES.search(new_name) or not _is_name(new_name) or new_name in _OWN_ORDER
    if unfit:
        raise KnownError("export.template_name", name=new_name)
    load_template(name)
    text = _file_of(name).read_text(encoding="utf-8")
    called = json.dumps({"zh": new_name, "en": new_name}, ensure_ascii=False)
    path = user_templates() / f"{new_name}.json"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as stream:
            stream.write(_TITLES.sub(lambda _: f'"titles": {called}', text, count=1))
    except FileExistsError as error:
        raise KnownError("export.template_exists", path=str(path)) from error
    except OSError as error:
        raise known_write_error(error, path) from error
    return path


def _told(path: Path, *, own: bool) -> TemplateInfo:
    try:
        return TemplateInfo(path.stem, load_template(str(path)).titles, path, own)
    except KnownError as error:
        return TemplateInfo(path.stem, {}, path, own, error)


def _file_of(name: str) -> Path:
    if name.endswith(".json"):
        return Path(name)
    own = user_templates() / f"{name}.json"
    return own if own.exists() else resource(f"export/{name}.json")


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
        titles=_titles(data.get("titles")),
        parts=_filled(Parts, data.get("parts"), "parts"),
        numbers=_numbers(data.get("numbers")),
        subheads=_subheads(data.get("subheads")),
        columns=_columns(data.get("columns")),
    )


def _numbers(raw: object) -> Numbers:
    numbers = _filled(Numbers, raw, "numbers")
    if numbers.pattern.count("{page}") != 1 or not _is_name(numbers.pattern):
        raise _BadTemplateError("numbers.pattern")
    if numbers.place not in NUMBER_PLACES:
        raise _BadTemplateError("numbers.place")
    return numbers


def _subheads(raw: object) -> tuple[str, ...]:
    fit = isinstance(raw, list) and len(raw) == SUBHEAD_LEVELS
    if not fit or not all(font == "" or _is_name(font) for font in raw):  # type: ignore[attr-defined]
        raise _BadTemplateError("subheads")
    return tuple(raw)  # type: ignore[arg-type]


def _columns(raw: object) -> tuple[float, ...]:
    fit = isinstance(raw, list) and len(raw) == CARD_COLUMNS
    if not fit or not all(_is_a(width, float) and width > 0 for width in raw):  # type: ignore[attr-defined]
        raise _BadTemplateError("columns")
    return tuple(raw)  # type: ignore[arg-type]


def _titles(raw: object) -> dict[str, str]:
    titles = _object(raw, "titles")
    for language, title in titles.items():
        if not _is_name(title):
            raise _BadTemplateError(f"titles.{language}")
    return titles


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
    }
    for name in ("border", "shade", "colour", "rule"):
        fits[name] = bool(_COLOUR.fullmatch(getattr(style, name)))
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
    hints = _hints(kind)  # type: ignore[arg-type]
    for name, value in data.items():
        if name not in hints or not _is_a(value, hints[name]):
            raise _BadTemplateError(f"{where}.{name}")
    for field in fields(kind):  # type: ignore[arg-type]
        if field.default is MISSING and field.name not in data:
            raise _BadTemplateError(f"{where}.{field.name}")
    return kind(**data)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)  # slow, and each of many styles asks


def _is_a(value: object, hint: type) -> bool:
    if hint is float or hint is int:
        numbers = (int, float) if hint is float else (int,)
        return type(value) in numbers and 0 <= value <= 31680  # type: ignore[operator]
    return type(value) is hint
