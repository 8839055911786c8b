"""Web Annotations of anybody, read: a collection, a page, an array or a single one.

Nothing that an address leads to is fetched. What is not as the model says raises ``ValueError``
where it is no annotation at all, else it is told in ``left``.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from bulletin_desktop.model.theme_set import SetTheme

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]

_MOST = 1_000_000  # annotations
_TAGS = ("tagging", "oa:tagging", "classifying", "oa:classifying")
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_ITEMS = ("items", "first", "as:items", "rows")


class Quoted(NamedTuple):
    """Words with what stands beside them."""

    exact: str
    prefix: str = ""
    suffix: str = ""


class Body(NamedTuple):
    """What an annotation says: a note, or (``tag``) the name of a theme."""

    text: str
    tag: bool
    creator: str = ""
    at: str = ""


class Annotated(NamedTuple):
    """An annotation on one target: ``source`` is its address.

    ``start`` and ``end`` are -1 where no position is given; with neither that nor a quotation it is
    on the whole of its source.
    """

    source: str
    start: int
    end: int
    quotes: tuple[Quoted, ...]
    bodies: tuple[Body, ...]
    creator: str
    at: str

    @property
    def whole(self) -> bool:
        """Whether the whole source is meant."""
        return self.start < 0 and not self.quotes


class Described(NamedTuple):
    """What a file tells of a source: how it is called, and the issue that it is part of."""

    title: str
    source: str
    issue: str


class Collection(NamedTuple):
    """What a file holds; ``left`` has the names of what could not be read, by kind."""

    creator: str
    annotations: tuple[Annotated, ...]
    themes: tuple[SetTheme, ...]
    theme_ids: tuple[str, ...]
    sources: dict[str, Described]
    issues: dict[str, tuple[str | None, str | None, str | None]]
    left: dict[str, list[str]]


def read(data: bytes) -> Collection:
    """Read a file. Raises ValueError where it holds no annotations."""
    whole = json.loads(data.decode("utf-8-sig"))
    left: dict[str, list[str]] = {}
    top = whole if isinstance(whole, dict) else {}
    items = list(_items(whole))
    if not items and not _is(top, "AnnotationCollection", "AnnotationPage"):
        raise ValueError("Annotation")
    found = tuple(each for item in items for each in _targets(item, left))
    concepts = [x for x in _list(top.get("dcterms:subject")) if isinstance(x, dict)]
    sources = [x for x in _list(top.get("dcterms:references")) if isinstance(x, dict)]
    issues = [x for x in _list(top.get("dcterms:relation")) if isinstance(x, dict)]
    facts = ("schema:name", "schema:issueNumber", "schema:datePublished")
    return Collection(
        _name(top.get("creator")),
        found,
        tuple(_themes(concepts)),
        tuple(_id(each) for each in concepts),
        {_id(x): _described(x) for x in sources},
        {_id(x): tuple(_text(x, name) or None for name in facts) for x in issues},  # type: ignore[misc]
        left,
    )


def _items(whole: Any) -> Iterator[Json]:
    """The annotations of a file, on whichever level they stand."""
    waiting, count = [whole], 0
    while waiting:
        here = waiting.pop()
        if isinstance(here, list):
            waiting += reversed(here)
        elif isinstance(here, dict) and _is(here, "Annotation", "oa:Annotation"):
            count += 1
            if count > _MOST:
                raise ValueError("items")
            yield here
        elif isinstance(here, dict):
            waiting += [here[name] for name in reversed(_ITEMS) if name in here]


def _is(here: Json, *kinds: str) -> bool:
    types = _list(here.get("type", here.get("@type")))
    return any(kind in types for kind in kinds)


def _targets(item: Json, left: dict[str, list[str]]) -> Iterator[Annotated]:
    bodies = tuple(_bodies(item, left))
    creator, at = _name(item.get("creator")), _text(item, "created") or _text(item, "modified")
    targets = _list(item.get("target"))
    if not targets:
        left.setdefault("targets", []).append(_id(item))
    for target in targets:
        here = target if isinstance(target, dict) else {"id": target}
        source = here.get("source", here)
        address = _id(source)
        place, quotes, others = _selected(here)
        if others and place is None and not quotes:
            left.setdefault("selectors", []).append(f"{address} {'、'.join(others)}".strip())
        elif not address and not quotes:
            left.setdefault("targets", []).append(_id(item))
        else:
            start, end = place or (-1, -1)
            yield Annotated(address, start, end, tuple(quotes), bodies, creator, at)


def _selected(
    target: Json,
) -> tuple[tuple[int, int] | None, list[Quoted], list[str]]:
    """Position, quotations and the kinds of other selectors of a target."""
    place: tuple[int, int] | None = None
    quotes: list[Quoted] = []
    others: list[str] = []
    for selector in _list(target.get("selector")):
        if not isinstance(selector, dict):
            others.append("selector")
        elif _is(selector, "TextPositionSelector", "oa:TextPositionSelector"):
            start, end = selector.get("start"), selector.get("end")
            if isinstance(start, int) and isinstance(end, int) and 0 <= start < end:
                place = start, end
        elif _is(selector, "TextQuoteSelector", "oa:TextQuoteSelector"):
            words = (_text(selector, name) for name in ("exact", "prefix", "suffix"))
            quoted = Quoted(*words)
            quotes += [quoted] if quoted.exact.strip() else []
        else:
            others.append("".join(_texts(selector, "type")[:1]) or "selector")
    return place, quotes, others


def _bodies(item: Json, left: dict[str, list[str]]) -> Iterator[Body]:
    motives = _list(item.get("motivation"))
    if value := _text(item, "bodyValue"):
        yield Body(value, any(each in _TAGS for each in motives))
    for body in _list(item.get("body")):
        here = body if isinstance(body, dict) else {}
        value = _text(here, "value")
        if value.strip():
            purposes = _list(here.get("purpose")) or motives
            by = _name(here.get("creator"))
            at = _text(here, "modified") or _text(here, "created")
            yield Body(value, any(each in _TAGS for each in purposes), by, at)
        else:
            name = _text(here, "source") or _id(body)
            left.setdefault("bodies", []).append(name or "—")


def _themes(concepts: list[Json]) -> Iterator[SetTheme]:
    places = {_id(concept): place for place, concept in enumerate(concepts)}
    for place, concept in enumerate(concepts):
        above = places.get(_id(concept.get("skos:broader")))
        yield SetTheme(
            _text(concept, "skos:prefLabel"),
            above if above is not None and above < place else None,
            _text(concept, "schema:color") or None,
            _text(concept, "skos:notation") or None,
            tuple(_texts(concept, "skos:altLabel")),
            tuple(_texts(concept, "skos:hiddenLabel")),
            _text(concept, "skos:definition"),
        )


def _described(source: Json) -> Described:
    issue = source.get("schema:isPartOf")
    title = _text(source, "schema:headline")
    return Described(title, _text(source, "schema:publisher"), _id(issue))


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _text(here: Json, name: str) -> str:
    value = here.get(name)
    return _sound(value) if isinstance(value, str) else ""


def _texts(here: Json, name: str) -> list[str]:
    return [_sound(each) for each in _list(here.get(name)) if isinstance(each, str)]


def _sound(text: str) -> str:
    """Text that can be stored: no halves of surrogate pairs, no null characters."""
    return _NO_TEXT.sub("\ufffd", text)


def _id(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("id", value.get("@id"))
    return _sound(value) if isinstance(value, str) else ""


def _name(creator: Any) -> str:
    """Who somebody is: a name, else an address."""
    for each in _list(creator):
        if isinstance(each, dict):
            return _text(each, "name") or _text(each, "nickname") or _id(each)
        if isinstance(each, str):
            return _sound(each)
    return ""
