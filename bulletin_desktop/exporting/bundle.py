"""The exchange bundle as a file: a zip archive of JSON; see docs/bundle.md.

The same bundle gives the same bytes. What is read may come from anybody: whatever is not as it
should be raises ``ValueError``.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from itertools import groupby
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, get_args

from bulletin_desktop import __version__
from bulletin_desktop.exporting.moments import moment
from bulletin_desktop.model.annotations import Highlight, Note, NoteKind
from bulletin_desktop.model.bundle import (
    Bundle,
    BundledArticle,
    BundledDocument,
    BundledIssue,
    Marked,
    Tagging,
)
from bulletin_desktop.model.records import Erratum, Theme
from bulletin_desktop.model.text import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence

FORMAT = "bulletin-desktop-bundle"
VERSION = 1
MANIFEST = "manifest.json"

_PORTION = 2000  # articles or documents of one member, so that none grows out of measure
_EPOCH = (1980, 1, 1, 0, 0, 0)  # a bundle tells no time of its own
_LONGEST_NAME = 60
_DIGITS = set("0123456789abcdefABCDEF")
Json = dict[str, Any]


class Manifest(NamedTuple):
    """What a bundle says of itself; ``sums`` are the SHA-256 of its members by their names."""

    version: int
    annotator: str
    sums: dict[str, str]


def write(bundle: Bundle, stream: BinaryIO) -> Iterator[None]:
    """Write a bundle; yields after each member."""
    sums: dict[str, str] = {}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in _members(bundle):
            data = "".join(f"{_json(row)}\n" for row in rows).encode()
            sums[name] = hashlib.sha256(data).hexdigest()
            archive.writestr(entry(name), data)
            yield
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "program": __version__,
            "annotator": bundle.annotator,
            "articles": len(bundle.articles),
            "sha256": sums,
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=2)
        archive.writestr(entry(MANIFEST), f"{text}\n".encode())


def entry(name: str) -> zipfile.ZipInfo:
    """A member of an archive that is the same whenever it is written."""
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _json(row: Json) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _members(bundle: Bundle) -> Iterator[tuple[str, Iterable[Json]]]:
    yield "themes.jsonl", map(_theme, bundle.themes)
    yield "issues.jsonl", (issue._asdict() for issue in bundle.issues)
    yield from _portions("articles", map(_article, bundle.articles))
    yield "tags.jsonl", (said._asdict() for said in bundle.taggings)
    yield "highlights.jsonl", map(_marked, bundle.marked)
    yield "notes.jsonl", map(_note, bundle.notes)
    yield from _portions("documents", (each._asdict() for each in bundle.documents))


def _portions(name: str, rows: Iterable[Json]) -> Iterator[tuple[str, Iterable[Json]]]:
    numbered = enumerate(rows)
    for portion, members in groupby(numbered, key=lambda pair: pair[0] // _PORTION):
        yield f"{name}-{portion + 1}.jsonl", (row for _, row in members)


def _theme(theme: Theme) -> Json:
    names = ("id", "name", "parent", "colour", "key", "aliases", "words", "description")
    return {name: getattr(theme, name) for name in names}


def _article(article: BundledArticle) -> Json:
    return article._asdict() | {"errata": [list(each) for each in article.errata]}


def _marked(marked: Marked) -> Json:
    mark = marked.highlight
    names = ("id", "article", "start", "end", "quote", "themes", "annotator", "at", "placed")
    row = {name: getattr(mark, name) for name in names}
    return row | {"before": marked.before, "after": marked.after}


def _note(note: Note) -> Json:
    names = ("kind", "target", "text", "annotator", "at")
    return {name: getattr(note, name) for name in names}


# Reading


def read_manifest(data: bytes) -> Manifest:
    """What a bundle says of itself; of a newer version nothing but that is known.

    Raises ValueError where this is no bundle.
    """
    manifest = json.loads(data)
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise ValueError(MANIFEST)
    version = _whole(manifest, "version")
    if version > VERSION:
        return Manifest(version, "", {})
    sums = _value(manifest, "sha256", dict)
    return Manifest(version, _annotator(manifest), {name: _text(sums, name) for name in sums})


def read(
    members: Mapping[str, Callable[[], bytes]], manifest: Manifest
) -> Generator[None, None, Bundle]:
    """Read a bundle; yields after each member.

    Raises ValueError for a member that is missing, unknown, damaged or senseless.
    """
    sums = manifest.sums
    if set(members) != {*sums, MANIFEST}:
        raise ValueError(", ".join(sorted(set(members) ^ {*sums, MANIFEST})))
    rows: dict[str, list[Any]] = {kind: [] for kind in _READERS}
    for name in sorted(sums, key=_portion):
        kind = _portion(name)[0]
        if kind not in rows:
            raise ValueError(name)
        data = members[name]()
        if hashlib.sha256(data).hexdigest() != sums[name]:
            raise ValueError(name)
        lines = (json.loads(line) for line in data.split(b"\n") if line)
        rows[kind] += [_READERS[kind](row) for row in lines]
        yield
    bundle = Bundle(manifest.annotator, *(tuple(found) for found in rows.values()))
    _check(bundle)
    return bundle


def _portion(name: str) -> tuple[str, int]:
    kind, _, number = name.removesuffix(".jsonl").partition("-")
    return kind, int(number or 0)


def _check(bundle: Bundle) -> None:
    """Whatever is pointed at is there, and parents stand before the themes below them."""
    issues = {issue.id for issue in bundle.issues}
    articles = {article.id for article in bundle.articles}
    marks = {marked.highlight.id for marked in bundle.marked}
    themes: set[int] = set()
    for theme in bundle.themes:
        _require(theme.parent is None or theme.parent in themes, "parent")
        themes.add(theme.id)
    _require(all(article.issue in issues for article in bundle.articles), "issue")
    _require(all(x.article in articles and x.theme in themes for x in bundle.taggings), "tags")
    for mark, _, _ in bundle.marked:
        _require(mark.article is None or mark.article in articles, "highlights")
        _require(set(mark.themes) <= themes, "highlights")
    targets = {"article": articles, "highlight": marks, "issue": issues, "theme": themes}
    _require(all(note.target in targets[note.kind] for note in bundle.notes), "notes")
    every: Sequence[Sequence[object]] = (
        bundle.themes, bundle.issues, bundle.articles, bundle.marked,
    )  # fmt: skip
    found = (themes, issues, articles, marks)
    _require(all(len(a) == len(b) for a, b in zip(every, found, strict=True)), "id")


def _require(sound: bool, what: str) -> None:
    if not sound:
        raise ValueError(what)


def _value(row: Any, name: str, kind: type | tuple[type, ...]) -> Any:
    if not isinstance(row, dict) or not isinstance(row.get(name), kind):
        raise ValueError(name)
    if isinstance(row[name], bool) and kind is not bool:
        raise ValueError(name)
    return row[name]


def _text(row: Any, name: str) -> str:
    return _sound(_value(row, name, str), name)


def _sound(text: str, name: str) -> str:
    """Text that can be stored: halves of surrogate pairs and null characters cannot."""
    if any(c == "\0" or "\ud800" <= c <= "\udfff" for c in text):
        raise ValueError(name)
    return text


def _text_or_none(row: Any, name: str) -> str | None:
    return None if isinstance(row, dict) and row.get(name) is None else _text(row, name)


def _annotator(row: Any) -> str:
    name = _text(row, "annotator")
    _require(name == " ".join(name.split()) and len(name) <= _LONGEST_NAME, "annotator")
    return name


def _moment(row: Any) -> str:
    at = _text(row, "at")
    _require(at == "" or moment(at) != "", "at")
    return at


def _whole(row: Any, name: str) -> int:
    found: int = _value(row, name, int)
    _require(0 <= found < 2**53, name)
    return found


def _whole_or_none(row: Any, name: str) -> int | None:
    return None if isinstance(row, dict) and row.get(name) is None else _whole(row, name)


def _texts(row: Any, name: str) -> tuple[str, ...]:
    return tuple(_text({name: each}, name) for each in _value(row, name, list))


def _read_theme(row: Any) -> Theme:
    name, colour = _text(row, "name"), _text(row, "colour")
    key = _text_or_none(row, "key")
    _require(bool(name) and name == " ".join(name.split()) and len(name) <= _LONGEST_NAME, "name")
    _require(len(colour) == 7 and colour[0] == "#" and set(colour[1:]) <= _DIGITS, "colour")
    _require(key is None or key in set("123456789"), "key")
    return Theme(
        _whole(row, "id"), name, _whole_or_none(row, "parent"), colour, key,
        _texts(row, "aliases"), _texts(row, "words"), 0, _text(row, "description"),
    )  # fmt: skip


def _read_issue(row: Any) -> BundledIssue:
    facts = (_text_or_none(row, name) for name in ("title", "number", "date"))
    return BundledIssue(_whole(row, "id"), *facts)


def _read_article(row: Any) -> BundledArticle:
    kind, body = _text(row, "kind"), _text(row, "body")
    _require(kind in get_args(Kind), "kind")
    errata = errata_of(_value(row, "errata", list), body)
    return BundledArticle(
        _whole(row, "id"), _whole(row, "issue"), kind,  # type: ignore[arg-type]
        _text_or_none(row, "title"), _text_or_none(row, "source"), body, errata,
    )  # fmt: skip


def errata_of(told: list[Any], body: str) -> tuple[Erratum, ...]:
    """Mended misprints of a body, from what is told of them. Raises ValueError or TypeError."""
    errata, at = [], 0
    for start, end, printed in told:
        _require(isinstance(start, int) and isinstance(end, int), "errata")
        _require(at <= start <= end <= len(body), "errata")
        errata.append(Erratum(start, end, _text({"printed": printed}, "printed")))
        at = end
    return tuple(errata)


def _read_tagging(row: Any) -> Tagging:
    return Tagging(
        _whole(row, "article"), _whole(row, "theme"), _annotator(row),
        bool(_value(row, "counts", bool)),
    )  # fmt: skip


def _read_marked(row: Any) -> Marked:
    themes = tuple(_whole({"themes": each}, "themes") for each in _value(row, "themes", list))
    start, end, quote = _whole(row, "start"), _whole(row, "end"), _text(row, "quote")
    placed = bool(_value(row, "placed", bool))
    _require(bool(quote) and (start < end or not placed), "quote")
    mark = Highlight(
        _whole(row, "id"), _whole_or_none(row, "article"), start, end, quote,
        tuple(dict.fromkeys(themes)), annotator=_annotator(row), at=_moment(row),
        placed=placed,
    )  # fmt: skip
    return Marked(mark, _text(row, "before"), _text(row, "after"))


def _read_note(row: Any) -> Note:
    kind, text = _text(row, "kind"), _text(row, "text")
    _require(kind in get_args(NoteKind) and bool(text.strip()), "notes")
    return Note(
        kind, _whole(row, "target"), text,  # type: ignore[arg-type]
        annotator=_annotator(row), at=_moment(row),
    )  # fmt: skip


def _read_document(row: Any) -> BundledDocument:
    facts = _text(row, "path"), _text(row, "sha256"), _text_or_none(row, "encoding")
    _require(len(facts[1]) == 64 and set(facts[1]) <= _DIGITS, "sha256")
    articles = tuple(_whole({"articles": x}, "articles") for x in _value(row, "articles", list))
    return BundledDocument(*facts, _text(row, "text"), articles)


# In the order of the fields of a Bundle.
_READERS: dict[str, Callable[[Any], Any]] = {
    "themes": _read_theme,
    "issues": _read_issue,
    "articles": _read_article,
    "tags": _read_tagging,
    "highlights": _read_marked,
    "notes": _read_note,
    "documents": _read_document,
}
