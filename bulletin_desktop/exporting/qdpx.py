"""What is on articles as a REFI-QDA project (.qdpx); see docs/exchange.md.

A zip archive: ``project.qde`` tells all, ``sources/`` has the text of each article. Positions are
code points of that text, ends exclusive. Every GUID is made of what it names, so that the same
thing has the same one whenever and from wherever it is exported.
"""

from __future__ import annotations

import json
import uuid
import zipfile
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from lxml import etree

from bulletin_desktop import __version__
from bulletin_desktop.exporting.bundle import entry
from bulletin_desktop.exporting.moments import stamp
from bulletin_desktop.exporting.qdc import code_guid, fill_code
from bulletin_desktop.exporting.safe_xml import allowed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulletin_desktop.model.annotations import Highlight, Note
    from bulletin_desktop.model.bundle import Bundle, BundledArticle, BundledIssue, Tagging
    from bulletin_desktop.model.records import Theme

NAMESPACE = "urn:QDA-XML:project:1.0"
PROJECT = "project.qde"
ORIGIN = "Bulletin Desktop"

# What an article has besides its text, and how the variable is called that has it.
VARIABLES = {
    "title": "标题",
    "bulletin": "简报",
    "number": "期号",
    "date": "日期",
    "source": "来源",
    "kind": "类别",
    "errata": "勘误",
}
_GUIDS = uuid.UUID("0f6a6f1e-2f0e-4f5b-9a43-0e1a7c7f7f21")
_SHOWN = 60  # code points of a passage that name its selection


class _Text(NamedTuple):
    """A file of ``sources/``."""

    name: str
    data: bytes


def write(bundle: Bundle, stream: BinaryIO) -> Iterator[int]:
    """Write a project; yields how many articles are written.

    A highlight without a place has none here either and is left out.
    """
    project = _Project(bundle)
    done = 0
    for done in project.build():
        yield done
    data = etree.tostring(project.root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(entry(PROJECT), data)
        for text in project.texts:
            archive.writestr(entry(text.name), text.data)
            yield done


class _Project:
    """The XML of a project under way; ``texts`` are what stands beside it."""

    def __init__(self, bundle: Bundle) -> None:
        self.root = etree.Element(_tag("Project"), nsmap={None: NAMESPACE})
        self.texts: list[_Text] = []
        self._bundle = bundle
        self._latest = max((stamp(x.at) for x in _dated(bundle)), default="")
        self._used: Counter[str] = Counter()
        self._users: dict[str, str] = {}
        self._notes: list[etree._Element] = []
        self._noted: dict[tuple[str, int], list[Note]] = defaultdict(list)
        for note in bundle.notes:
            self._noted[note.kind, note.target].append(note)
        self._themes = {theme.id: theme for theme in bundle.themes}
        self._issues = {issue.id: issue for issue in bundle.issues}
        self._variables: dict[str, str] = {}

    def build(self) -> Iterator[int]:
        """Fill ``root``; yields how many articles are in it."""
        codebook, sources, sets = self._codebook(), _element("Sources"), _element("Sets")
        members: dict[int, list[str]] = defaultdict(list)
        tags: dict[int, list[Tagging]] = defaultdict(list)
        for said in self._bundle.taggings:
            tags[said.article].append(said)
        marks: dict[int | None, list[Highlight]] = defaultdict(list)
        for marked in self._bundle.marked:
            marks[marked.highlight.article].append(marked.highlight)
        for done, article in enumerate(self._bundle.articles, 1):
            source = self._source(article)
            self._mark(source, article, marks[article.id])
            self._tag(source, tags[article.id])
            self._refer(source, "article", article.id)
            self._tell(source, article)
            sources.append(source)
            members[article.issue].append(source.get("guid", ""))
            yield done
        for issue in self._bundle.issues:
            if members[issue.id]:
                sets.append(self._set(issue, members[issue.id]))
        self._assemble(codebook, sources, sets)

    def _assemble(self, *parts: etree._Element) -> None:
        """Put the parts in the order that the schema wants, and none that is empty."""
        codebook, sources, sets = parts
        owner = self._user(self._bundle.annotator)
        self.root.set("name", self._bundle.annotator or ORIGIN)
        self.root.set("origin", f"{ORIGIN} {__version__}")
        self._by(self.root, owner, "creatingUserGUID", self._latest)
        users, variables, notes = _element("Users"), _element("Variables"), _element("Notes")
        for name, guid in self._users.items():
            _below(users, "User", guid=guid, name=allowed(name))
        for name, guid in self._variables.items():
            _below(variables, "Variable", guid=guid, name=name, typeOfVariable="Text")
        notes.extend(self._notes)
        for part in (users, codebook, variables, sources, notes, sets):
            if len(part):
                self.root.append(part)

    # What has a GUID

    def _guid(self, *facts: str | None) -> str:
        """A GUID that nothing else here has."""
        key = "\0".join(fact or "" for fact in facts)
        self._used[key] += 1
        again = self._used[key]
        return str(uuid.uuid5(_GUIDS, key if again == 1 else f"{key}\0{again}")).upper()

    def _user(self, annotator: str) -> str:
        """The GUID of somebody; "" for one without a name."""
        name = annotator or self._bundle.annotator
        if name and name not in self._users:
            self._users[name] = self._guid("user", name)
        return self._users.get(name, "")

    @staticmethod
    def _by(made: etree._Element, user: str, attribute: str = "creatingUser", at: str = "") -> None:
        """Write who made something, and when."""
        if user:
            made.set(attribute, user)
        if at:
            made.set("creationDateTime", at)

    # Codes

    def _codebook(self) -> etree._Element:
        codebook = _element("CodeBook")
        if self._bundle.themes:
            codes = _below(codebook, "Codes")
            made: dict[int, etree._Element] = {}
            for theme in self._bundle.themes:
                above = codes if theme.parent is None else made[theme.parent]
                made[theme.id] = self._code(above, theme)
        return codebook

    def _code(self, above: etree._Element, theme: Theme) -> etree._Element:
        code = _below(above, "Code")
        fill_code(code, theme)
        if theme.description:
            _below(code, "Description").text = allowed(theme.description)
        self._refer(code, "theme", theme.id)
        return code

    def _coding(self, above: etree._Element, theme: int, annotator: str, at: str = "") -> None:
        code, user = code_guid(self._themes[theme].name), self._user(annotator)
        coding = _below(above, "Coding", guid=self._guid(above.get("guid"), code, user))
        self._by(coding, user, at=at)
        _below(coding, "CodeRef", targetGUID=code)

    # Sources

    def _source(self, article: BundledArticle) -> etree._Element:
        guid = self._guid("article", article.title, article.printed())
        name = f"sources/{guid}.txt"
        self.texts.append(_Text(name, article.body.encode()))
        path = f"internal://{guid}.txt"
        source = _element("TextSource", guid=guid, name=_line(article.name), plainTextPath=path)
        self._by(source, self._user(""), at=self._latest)
        self._describe(source, "article", article.id)
        return source

    def _mark(
        self, source: etree._Element, article: BundledArticle, marks: list[Highlight]
    ) -> None:
        for mark in sorted(marks, key=lambda mark: (mark.start, mark.end, mark.id)):
            if mark.placed:
                place = (str(mark.start), str(mark.end))
                selection = _below(
                    source, "PlainTextSelection", guid=self._guid(source.get("guid"), *place),
                    name=_line(article.body[mark.start : mark.end])[:_SHOWN],
                    startPosition=place[0], endPosition=place[1],
                )  # fmt: skip
                at = stamp(mark.at) or self._latest
                self._by(selection, self._user(mark.annotator), at=at)
                self._describe(selection, "highlight", mark.id)
                for theme in mark.themes:
                    self._coding(selection, theme, mark.annotator, at)
                self._refer(selection, "highlight", mark.id)

    def _tag(self, source: etree._Element, said: list[Tagging]) -> None:
        for each in said:
            if each.counts:
                self._coding(source, each.theme, each.annotator)

    def _tell(self, source: etree._Element, article: BundledArticle) -> None:
        """Give a source the values of its variables."""
        issue = self._issues[article.issue]
        errata = json.dumps(article.errata, ensure_ascii=False) if article.errata else None
        values = {
            "title": article.title, "bulletin": issue.title, "number": issue.number,
            "date": issue.date, "source": article.source, "kind": article.kind, "errata": errata,
        }  # fmt: skip
        for field, value in values.items():
            if value is not None:
                name = VARIABLES[field]
                if name not in self._variables:
                    self._variables[name] = self._guid("variable", field)
                told = _below(source, "VariableValue")
                _below(told, "VariableRef", targetGUID=self._variables[name])
                _below(told, "TextValue").text = allowed(value)

    def _set(self, issue: BundledIssue, members: list[str]) -> etree._Element:
        facts = (issue.title, issue.number, issue.date)
        named = (issue.title, f"第{issue.number}期" if issue.number else None, issue.date)
        made = _element("Set", guid=self._guid("issue", *facts))
        made.set("name", _line(" ".join(filter(None, named))) or "—")
        for member in members:
            _below(made, "MemberSource", targetGUID=member)
        self._refer(made, "issue", issue.id, "MemberNote")
        return made

    # Notes

    def _describe(self, made: etree._Element, kind: str, target: int) -> None:
        """Notes stand in the description too: some programs show nothing else."""
        texts = [note.text for note in self._noted.get((kind, target), ())]
        if texts:
            _below(made, "Description").text = allowed("\n\n".join(texts))

    def _refer(
        self, above: etree._Element, kind: str, target: int, reference: str = "NoteRef"
    ) -> None:
        for note in self._noted.get((kind, target), ()):
            guid = self._guid("note", above.get("guid"), note.annotator)
            made = _element("Note", guid=guid, name=_line(note.text)[:_SHOWN])
            self._by(made, self._user(note.annotator), at=stamp(note.at) or self._latest)
            _below(made, "PlainTextContent").text = allowed(note.text)
            self._notes.append(made)
            _below(above, reference, targetGUID=guid)


def _dated(bundle: Bundle) -> Iterator[Highlight | Note]:
    yield from (marked.highlight for marked in bundle.marked)
    yield from bundle.notes


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _element(kind: str, /, **attributes: str) -> etree._Element:
    return etree.Element(_tag(kind), attributes, nsmap={None: NAMESPACE})


def _below(above: etree._Element, kind: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(above, _tag(kind), attributes)


def _line(text: str) -> str:
    """A text on one line, as an attribute holds it."""
    return " ".join(allowed(text).split())
