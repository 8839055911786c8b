"""A REFI-QDA project of whatever program, read as it stands; see docs/exchange.md.

What has no place in a library is told in ``left``, by kind and name, and nothing is left untold.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from bulletin_desktop.exporting import qdc
from bulletin_desktop.exporting.qdpx import ORIGIN, VARIABLES
from bulletin_desktop.exporting.safe_xml import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulletin_desktop.model.theme_set import SetTheme

# Sources that have no text of their own, and what is marked in them.
_MEDIA = {
    "PictureSource": "pictures",
    "PDFSource": "pdfs",
    "AudioSource": "audio",
    "VideoSource": "video",
}
_TEXTS = ("Representation", "TextDescription", "Transcript")
_FIELDS = {name: field for field, name in VARIABLES.items()}


class Stated(NamedTuple):
    """Who made something and when; "" where that is not said."""

    user: str = ""
    at: str = ""


class Coding(NamedTuple):
    """A code on something, by its GUID."""

    code: str
    by: Stated
    notes: tuple[str, ...] = ()


class Selection(NamedTuple):
    """A marked passage of a text; ``start`` and ``end`` count in it as its program does."""

    guid: str
    name: str
    start: int
    end: int
    description: str
    codings: tuple[Coding, ...]
    notes: tuple[str, ...]
    by: Stated


class Source(NamedTuple):
    """A text: either ``content`` or the path of a file has it. ``values`` are variables of ours."""

    guid: str
    name: str
    content: str | None
    plain: str
    rich: str
    description: str
    selections: tuple[Selection, ...]
    codings: tuple[Coding, ...]
    notes: tuple[str, ...]
    values: dict[str, str]
    by: Stated


class Group(NamedTuple):
    """A set of sources; for ours an issue."""

    guid: str
    name: str
    members: tuple[str, ...]
    notes: tuple[str, ...]


class Code(NamedTuple):
    """A code, with what notes are on it."""

    guid: str
    theme: SetTheme
    notes: tuple[str, ...]


class Project(NamedTuple):
    """All that a project says; ``ours`` tells one that this program wrote."""

    ours: bool
    origin: str
    user: str
    codes: tuple[Code, ...]
    sources: tuple[Source, ...]
    notes: dict[str, Source]
    sets: tuple[Group, ...]
    left: dict[str, list[str]]


def read(data: bytes) -> Project:
    """Read ``project.qde``. Raises ValueError where it is none."""
    return _Reader(parsed(data, "Project")).project()


class _Reader:
    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._left: dict[str, list[str]] = defaultdict(list)
        users = root.iterfind("{*}Users/{*}User")
        self._users = {_guid(x): x.get("name") or x.get("id") or "" for x in users}
        variables = root.iterfind("{*}Variables/{*}Variable")
        self._variables = {_guid(each): each.get("name", "") for each in variables}
        self._cases: dict[str, str] = {}
        self._codes: dict[str, str] = {}
        self._links: dict[str, list[str]] = defaultdict(list)

    def project(self) -> Project:
        """All of it."""
        root = self._root
        origin = root.get("origin", "")
        ours = origin.startswith(ORIGIN)
        codes = tuple(self._codebook())
        self._read_cases()
        notes = {each.guid: each for each in map(self._text, root.iterfind("{*}Notes/{*}Note"))}
        self._read_links(set(notes))
        sources = tuple(self._sources())
        sets = tuple(map(_group, root.iterfind("{*}Sets/{*}Set")))
        self._tell_rest({x.name for x in sets} if not ours else set())
        user = self._users.get(_bare(root.get("creatingUserGUID")), "")
        if not user and len(self._users) == 1:
            user = next(iter(self._users.values()))
        left = {kind: names for kind, names in self._left.items() if names}
        return Project(ours, origin, user, codes, sources, notes, sets, left)

    def _codebook(self) -> Iterator[Code]:
        book = self._find("CodeBook")
        for element, theme in qdc.collect(book) if book is not None else ():
            self._codes[_guid(element)] = theme.name
            if qdc.is_group(element):
                self._left["groups"].append(theme.name)
            yield Code(_guid(element), theme, _references(element))

    def _find(self, name: str) -> etree._Element | None:
        return next(self._root.iterchildren(f"{{*}}{name}"), None)

    def _read_cases(self) -> None:
        for case in self._root.iterfind("{*}Cases/{*}Case"):
            self._cases[_guid(case)] = case.get("name", "")
            self._left["cases"].append(case.get("name", ""))

    def _read_links(self, notes: set[str]) -> None:
        """A link between a note and something else is a note on that; others have no place."""
        for link in self._root.iterfind("{*}Links/{*}Link"):
            ends = _bare(link.get("originGUID")), _bare(link.get("targetGUID"))
            bound = [end for end in ends if end in notes]
            if len(bound) == 1 and all(ends):
                other = ends[0] if ends[1] in notes else ends[1]
                self._links[other] += bound
            else:
                self._left["links"].append(link.get("name", ""))

    def _tell_rest(self, sets: set[str]) -> None:
        left, root = self._left, self._root
        left["sets"] += sorted(sets)
        left["sets"] += [x.get("name", "") for x in root.iterfind("{*}CodeBook/{*}Sets/{*}Set")]
        left["graphs"] += [x.get("name", "") for x in root.iterfind("{*}Graphs/{*}Graph")]
        left["variables"] += [x for x in self._variables.values() if x not in _FIELDS]
        described = root.findtext("{*}Description") or ""
        left["project"] += [described] if described.strip() else []

    # Sources

    def _sources(self) -> Iterator[Source]:
        top = self._find("Sources")
        for element in top.iterchildren(etree.Element) if top is not None else ():
            kind = etree.QName(element).localname
            if kind == "TextSource":
                yield self._text(element)
            else:
                yield from self._medium(element, _MEDIA.get(kind, "sources"))

    def _medium(self, element: etree._Element, kind: str) -> Iterator[Source]:
        """The text that stands for a source which is none; marks on the thing itself are left."""
        name = element.get("name", "")
        texts = [x for x in element if etree.QName(x).localname in _TEXTS]
        marks = [x for x in element if etree.QName(x).localname.endswith("Selection")]
        for number, text in enumerate(texts):
            source = self._text(text)._replace(name=name or text.get("name", ""))
            synced = list(text.iterchildren("{*}TranscriptSelection"))
            self._left["selections"] += [self._told(name, x) for x in synced]
            if number == 0:
                source = source._replace(
                    codings=source.codings + tuple(self._codings(element)),
                    notes=source.notes + self._noted(element),
                    description=source.description or _description(element),
                )
            yield source
        if not texts:
            told = self._told(name, element), _description(element)
            self._left[kind].append(" · ".join(filter(None, told)))
        elif kind != "pdfs":
            self._left[kind].append(name)
        self._left["selections"] += [self._told(name, x) for x in marks]

    def _told(self, name: str, marked: etree._Element) -> str:
        """How a mark that has no place is named: where it is, and its codes."""
        codes = (self._codes[each.code] for each in self._codings(marked))
        return " · ".join(dict.fromkeys(filter(None, (name, marked.get("name"), *codes))))

    def _text(self, element: etree._Element) -> Source:
        rich, plain = element.get("richTextPath", ""), element.get("plainTextPath", "")
        return Source(
            _guid(element), element.get("name", ""), element.findtext("{*}PlainTextContent"),
            plain, rich, _description(element),
            tuple(self._selections(element)),
            tuple(self._codings(element)), self._noted(element),
            dict(self._values(element)), self._by(element),
        )  # fmt: skip

    def _selections(self, text: etree._Element) -> Iterator[Selection]:
        for element in text.iterchildren("{*}PlainTextSelection"):
            start, end = element.get("startPosition", ""), element.get("endPosition", "")
            if start.strip().isdecimal() and end.strip().isdecimal():
                yield Selection(
                    _guid(element), element.get("name", ""), int(start), int(end),
                    _description(element), tuple(self._codings(element)), self._noted(element),
                    self._by(element),
                )  # fmt: skip
            else:
                self._left["selections"].append(element.get("name", ""))

    def _codings(self, element: etree._Element) -> Iterator[Coding]:
        for coding in element.iterchildren("{*}Coding"):
            reference = coding.find("{*}CodeRef")
            code = _bare(reference.get("targetGUID") if reference is not None else "")
            if code in self._codes:
                yield Coding(code, self._by(coding), _references(coding))
            elif code not in self._cases:  # cases are told by their names
                self._left["codings"].append(element.get("name", ""))

    def _values(self, element: etree._Element) -> Iterator[tuple[str, str]]:
        for value in element.iterchildren("{*}VariableValue"):
            reference = value.find("{*}VariableRef")
            guid = _bare(reference.get("targetGUID") if reference is not None else "")
            field = _FIELDS.get(self._variables.get(guid, ""))
            told = [x.text or "" for x in value if etree.QName(x).localname != "VariableRef"]
            if field and told:
                yield field, told[0]

    def _noted(self, element: etree._Element) -> tuple[str, ...]:
        return (*_references(element), *self._links.get(_guid(element), ()))

    def _by(self, element: etree._Element) -> Stated:
        user = element.get("creatingUser") or element.get("modifyingUser")
        at = element.get("creationDateTime") or element.get("modifiedDateTime") or ""
        return Stated(self._users.get(_bare(user), ""), at)


def _group(element: etree._Element) -> Group:
    members = (_bare(x.get("targetGUID")) for x in element.iterchildren("{*}MemberSource"))
    notes = (_bare(x.get("targetGUID")) for x in element.iterchildren("{*}MemberNote"))
    return Group(_guid(element), element.get("name", ""), tuple(members), tuple(notes))


def _references(element: etree._Element) -> tuple[str, ...]:
    return tuple(_bare(x.get("targetGUID")) for x in element.iterchildren("{*}NoteRef"))


def _description(element: etree._Element) -> str:
    return element.findtext("{*}Description") or ""


def _guid(element: etree._Element) -> str:
    return _bare(element.get("guid"))


def _bare(guid: str | None) -> str:
    """A GUID as it is compared: programs write it in either case, and in braces."""
    return (guid or "").strip().strip("{}").upper()
