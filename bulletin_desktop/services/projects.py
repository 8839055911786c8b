"""What a REFI-QDA project says, as a bundle that can be merged.

A source may be an article, as this program writes them, or a whole bulletin, which is then cut as
an import would cut it; where its passages lie in articles their positions tell.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.exporting.bundle import errata_of
from bulletin_desktop.exporting.positions import counting
from bulletin_desktop.library.body_map import BodyMap
from bulletin_desktop.model.bundle import BundledArticle, BundledDocument, BundledIssue
from bulletin_desktop.model.change import Message, Progress
from bulletin_desktop.services import files
from bulletin_desktop.services.gathering import Gathering, Place
from bulletin_desktop.services.recognising import recognise

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from bulletin_desktop.exporting.qdpx_project import Coding, Project, Selection, Source
    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.annotations import NoteKind
    from bulletin_desktop.model.bundle import Bundle
    from bulletin_desktop.model.records import Erratum

    Texts = Callable[[Source], str | None]

_NO_NAME = re.compile(r"[/\\\x00-\x1f\x7f]")
_LONGEST = 60  # code points of a source's name in the path of its document
_STRIDE = 20  # sources between two signs of life


class _Laid(NamedTuple):
    """An article of a source: where it lies in the source's text, and its body there."""

    id: int
    start: int
    end: int
    body: BodyMap


class _Read(NamedTuple):
    """A source with its text, and how its positions count in that."""

    source: Source
    text: str
    at: Callable[[int], int]


def to_bundle(
    library: Library, project: Project, texts: Texts
) -> Generator[Progress, bool | None, tuple[Bundle, list[Message]] | None]:
    """The bundle of a project, and what has no place in one; None where that was cancelled.

    ``texts`` gives the text of a source, or None where the file has it not. Happens inside a
    transaction, as ``recognise`` does. Raises KnownError (file.*) for a damaged archive.
    """
    work = _Converting(library, project, texts)
    if (yield from work.run()):
        return None
    return work.gathered.bundle(), work.gathered.remarks()


class _Converting:
    def __init__(self, library: Library, project: Project, texts: Texts) -> None:
        self._library = library
        self._project = project
        self._texts = texts
        self.gathered = Gathering(library, project.left, project.user)
        ids = self.gathered.add_themes([code.theme for code in project.codes])
        pairs = zip(project.codes, ids, strict=True)
        self._codes = {code.guid: theme for code, theme in pairs if theme is not None}
        self._issues: dict[tuple[str | None, ...], int] = {}
        sets = project.sets if project.ours else ()
        self._homes = {member: group.guid for group in sets for member in group.members}
        self._said: set[str] = set()  # notes that are on something
        self._laid: dict[str, list[_Laid]] = {}

    def run(self) -> Generator[Progress, bool | None, bool]:
        """Take in all; whether that was cancelled."""
        read: list[_Read] = []
        for done, source in enumerate(self._project.sources):
            if done % _STRIDE == 0 and (yield self._progress(done)):
                return True
            read += self._open(source)
        if (yield from self._lay_out(read)):
            return True
        for each in read:
            self._take(each)
        for code in self._project.codes:
            if code.guid in self._codes:
                self._note("theme", self._codes[code.guid], code.notes)
        self._take_sets()
        self._tell_memos()
        return False

    def _tell_memos(self) -> None:
        """Tell of memos on nothing, and of codes on any."""
        of_sources = {guid for source in self._project.sources for guid in source.notes}
        for guid, note in self._project.notes.items():
            name = note.name or note.content or ""
            if guid not in self._said:
                self._leave("memos", name)
            marks = [] if guid in of_sources else [x for x in note.selections if x.codings]
            for told in (*(x.name or name for x in marks), *(name for _ in note.codings)):
                self._leave("selections", told)

    def _progress(self, done: int) -> Progress:
        return Progress(done, len(self._project.sources), Message("bundle.opening"))

    def _leave(self, kind: str, name: str) -> None:
        self.gathered.left[kind].append(name)

    # Sources as articles

    def _open(self, source: Source) -> Iterator[_Read]:
        raw = self._texts(source)
        if raw is None:
            self._leave("sources", source.name)
        elif self._project.ours:
            yield _Read(source, raw, lambda position: position)
        else:
            named = [(each.start, each.end, each.name) for each in source.selections]
            yield _Read(source, *counting(raw, self._project.origin, named))

    def _lay_out(self, read: Sequence[_Read]) -> Generator[Progress, bool | None, bool]:
        """Find out what is an article of each source; whether that was cancelled."""
        unsure: dict[int, _Read] = {}
        for each in read:
            article = self._article(each)
            if not (self._project.ours or each.source.values):
                unsure[article] = each
        asked = [self.gathered.articles[article] for article in unsure]
        found = yield from recognise(self._library, asked, self.gathered.issues)
        if found is None:
            return True
        for done, (article, each) in enumerate(unsure.items()):
            if done % _STRIDE == 0 and (yield self._progress(done)):
                return True
            if article not in found:
                self._cut(article, each)
        self._print(read, set(unsure))
        return False

    def _article(self, read: _Read) -> int:
        """Take a source as one article; gives its id."""
        values, number = read.source.values, len(self.gathered.articles) + 1
        titled = "kind" in values or "title" in values
        title = values.get("title") if titled else read.source.name
        facts = tuple(values.get(name) for name in ("bulletin", "number", "date"))
        issue = self._issue(facts, self._homes.get(read.source.guid))
        self.gathered.articles[number] = BundledArticle(
            number, issue, "brief" if values.get("kind") == "brief" else "article",
            title, values.get("source"), read.text, _errata(values.get("errata"), read.text),
        )  # fmt: skip
        whole = BodyMap.of_spans([(0, len(read.text))])
        self._laid[read.source.guid] = [_Laid(number, 0, len(read.text), whole)]
        return number

    def _issue(self, facts: tuple[str | None, ...], home: str | None = None) -> int:
        """The issue with these facts; ``home`` is the set that it is, where that is known."""
        key = (*facts, home)
        if key not in self._issues:
            self._issues[key] = len(self.gathered.issues) + 1
            self.gathered.issues.append(BundledIssue(self._issues[key], *facts))
        return self._issues[key]

    def _cut(self, article: int, read: _Read) -> None:
        """Take a source as a bulletin, unless no article is found in it."""
        path = files.PASTED + _NO_NAME.sub(" ", read.source.name)[:_LONGEST]
        laid: list[_Laid] = []
        for issue in files.parsed(path, read.text).issues:
            date = issue.date.value if issue.date else None
            home = self._issue((issue.title, issue.number, date))
            for each in issue.articles:
                number = max(self.gathered.articles) + 1
                spans = [(x.start, x.end) for x in each.parts if x.role == "body"]
                laid.append(_Laid(number, each.start, each.end, BodyMap.of_spans(spans)))
                self.gathered.articles[number] = BundledArticle(
                    number, home, each.kind, each.title, each.source, each.body
                )
        if laid:
            del self.gathered.articles[article]
            self._laid[read.source.guid] = laid
        ids = tuple(each.id for each in self._laid[read.source.guid])
        self._document(path, read.text, ids)

    def _print(self, read: Sequence[_Read], unsure: set[int]) -> None:
        """Make a text of each issue of which we have the articles, for a library without them."""
        articles = self.gathered.articles
        of_issue: dict[int, list[BundledArticle]] = defaultdict(list)
        for each in read:
            for laid in self._laid[each.source.guid]:
                if laid.id not in unsure and each.source.values:
                    of_issue[articles[laid.id].issue].append(articles[laid.id])
        for issue in self.gathered.issues:
            if members := of_issue.get(issue.id):
                number = f"第{issue.number}期" if issue.number else None
                head = [x for x in (issue.title, number, issue.date) if x]
                text = "\n\n".join(["\n".join(head), *map(_printed, members)])
                name = _NO_NAME.sub(" ", " ".join(head) or members[0].name)[:_LONGEST]
                self._document(files.PASTED + name, text, tuple(x.id for x in members))

    def _document(self, path: str, text: str, articles: tuple[int, ...]) -> None:
        made = BundledDocument(path, files.fingerprint(text.encode()), None, text, articles)
        self.gathered.documents.append(made)

    # What is on them

    def _take(self, read: _Read) -> None:
        source, laid = read.source, self._laid[read.source.guid]
        for selection in source.selections:
            self._select(read, selection)
        for coding in source.codings:
            for each in laid:
                self._tag(each.id, coding)
            self._note_whole(laid, coding.notes)
        inner = set(self._take_inner(read))
        self._note_whole(laid, (x for x in source.notes if x not in inner), source)

    def _tag(self, article: int, coding: Coding) -> None:
        if coding.code in self._codes:
            self.gathered.tag(article, self._codes[coding.code], coding.by.user)
        else:
            self._leave("codings", self.gathered.articles[article].name)

    def _note_whole(
        self, laid: Sequence[_Laid], notes: Iterable[str], said: Source | None = None
    ) -> None:
        """Write notes on a source: on its article, or where it has several on their issue."""
        kind: NoteKind = "article" if len(laid) == 1 else "issue"
        target = laid[0].id if len(laid) == 1 else self.gathered.articles[laid[0].id].issue
        self._note(kind, target, notes)
        if said is not None:
            self._describe(kind, target, said.description, said.by.user, said.by.at)

    def _take_inner(self, read: _Read) -> Iterator[str]:
        """Some programs tell in a note itself which passages it is on; gives those notes."""
        for guid in read.source.notes:
            note = self._project.notes.get(guid)
            for selection in note.selections if note else ():
                words = (note.content if note else None) or ""
                if selection.start >= len(words):
                    self._select(read, selection._replace(notes=(guid,), description=""))
                    yield guid
                elif selection.codings:
                    self._leave("selections", selection.name or words)

    def _select(self, read: _Read, selection: Selection) -> None:
        """Mark a passage, in each article that has some of it."""
        start, end = (read.at(x) for x in (selection.start, selection.end))
        found = False
        for laid in self._laid[read.source.guid]:
            span = laid.body.to_body(start, end) if start < laid.end and laid.start < end else None
            body = self.gathered.articles[laid.id].body
            if span is not None and body[span[0] : span[1]].strip():
                self._mark(Place(laid.id, *span), selection)
                found = True
        if not found:
            words = selection.name or read.text[start:end]
            self._leave("outside", f"{read.source.name} · {words}")

    def _mark(self, place: Place, selection: Selection) -> None:
        themes = [self._codes[x.code] for x in selection.codings if x.code in self._codes]
        coders = (x.by.user for x in selection.codings)
        user = selection.by.user or next(filter(None, coders), "")
        mark = self.gathered.mark(place, user, selection.by.at, themes)
        inner = (guid for coding in selection.codings for guid in coding.notes)
        self._note("highlight", mark, (*selection.notes, *inner))
        self._describe("highlight", mark, selection.description, user, selection.by.at)

    def _note(self, kind: NoteKind, target: int, notes: Iterable[str]) -> None:
        for guid in notes:
            note = self._project.notes.get(guid)
            text = self._texts(note) if note else None
            if note is not None and text is not None:
                self._said.add(guid)
                self.gathered.note(kind, target, text, note.by.user, note.by.at)
            else:
                self._leave("memos", note.name if note else guid)

    def _describe(self, kind: NoteKind, target: int, text: str, user: str, at: str) -> None:
        """Take a description as a note; ours repeats the notes that are there."""
        if not self._project.ours:
            self.gathered.note(kind, target, text, user, at)

    def _take_sets(self) -> None:
        for group in self._project.sets:
            laid = [x for member in group.members for x in self._laid.get(member, ())]
            if laid and group.notes:
                self._note("issue", self.gathered.articles[laid[0].id].issue, group.notes)


def _errata(told: str | None, body: str) -> tuple[Erratum, ...]:
    try:
        return errata_of(json.loads(told), body) if told else ()
    except (ValueError, TypeError):
        return ()


def _printed(article: BundledArticle) -> str:
    """An article as a bulletin prints it."""
    source = f"（{article.source}）" if article.source else None
    return "\n".join(filter(None, (article.title, article.printed(), source)))
