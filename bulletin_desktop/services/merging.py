"""Taking in what another annotator put on the same articles, as one undoable step."""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulletin_desktop.library import annotating, documents, merging, noting, passages
from bulletin_desktop.library.articles import in_scope
from bulletin_desktop.model.bundle import Tagging
from bulletin_desktop.model.change import Change, Message, Progress, Topic
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.model.text import DecodedText
from bulletin_desktop.services import (
    annotators,
    files,
    foreign,
    indexing,
    reprints,
    storing,
    theme_sets,
    units,
)
from bulletin_desktop.services.merged_page import Page
from bulletin_desktop.services.recognising import recognise

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.annotations import Highlight, Note, NoteKind
    from bulletin_desktop.model.bundle import Bundle, BundledArticle, BundledDocument, Marked
    from bulletin_desktop.model.records import Theme

_TOPICS: tuple[Topic, ...] = (
    "documents", "themes", "tags", "highlights", "notes", "collections",
)  # fmt: skip
# So many articles with passages, and so many tags, are taken in between two signs of life.
_STRIDE, _TAGS = 20, 5000
_SHOWN = 30  # code points of a passage in a report


@dataclass(slots=True)
class MergeReport:
    """What a merge did; where it was cancelled the library is as it was.

    ``added`` counts themes, tags, highlights, notes and documents, ``same`` what was there
    already. ``conflicts`` tell where the two differ and this library's own stayed, ``unplaced``
    what found no place; ``absent`` counts the articles among those that are not in this library.
    """

    name: str = ""
    added: dict[str, int] = field(default_factory=dict)
    same: int = 0
    conflicts: list[Message] = field(default_factory=list)
    unplaced: list[Message] = field(default_factory=list)
    absent: int = 0
    change: Change | None = None
    cancelled: bool = False


class _CancelledError(Exception):
    """The user wants no merge any more."""


def merge(
    library: Library, file: Path, *, with_articles: bool = False
) -> Generator[Progress, bool | None, MergeReport]:
    """Take in the themes, tags, highlights and notes of a library, a bundle, or another program.

    What others write may be REFI-QDA projects (.qdpx) and codebooks (.qdc), and Web Annotations
    (.jsonld). Articles are known again by their words, passages by their quotations. Where both
    have something else this library's own stays; private notes and refusals stay with the other
    one, whose file is never changed. ``with_articles`` imports the documents of articles that this
    library has not. A true value sent in cancels. Raises KnownError ``bundle.*``, ``library.*``,
    ``theme_set.*`` and "merge.itself".
    """
    if foreign.is_theme_set(file):
        return (yield from _merge_themes(library, file))
    incoming = yield from foreign.opened(library, file, documents=with_articles)
    if incoming is None:
        return MergeReport(cancelled=True)
    report = MergeReport(
        incoming.annotator or file.name.partition(".")[0],
        dict.fromkeys(("themes", "tags", "highlights", "notes"), 0),
    )
    try:
        with library.change(Message("step.merge", {"name": report.name}), *_TOPICS) as recording:
            converted = yield from incoming.convert(library)
            if converted is None:
                raise _CancelledError
            bundle, remarks = converted
            yield from _Merging(library, bundle, report).run(with_articles=with_articles)
            report.unplaced += remarks
    except _CancelledError:
        return MergeReport(cancelled=True)
    report.change = recording.result()
    if report.added.get("documents"):
        with suppress(KnownError):  # then it is done the next time
            yield from indexing.catch_up(library)
            yield from reprints.compare_new(library)
    return report


def look(file: Path) -> None:
    """Raise KnownError ``bundle.*`` where a file can be nothing that is merged."""
    foreign.kind_of(file)


def _merge_themes(library: Library, file: Path) -> Generator[Progress, bool | None, MergeReport]:
    """Take in a file of themes alone."""
    if (yield Progress(0, 0, Message("bundle.opening"))):
        return MergeReport(cancelled=True)
    done = theme_sets.import_set(library, file)
    added = {"themes": done.added, "tags": 0, "highlights": 0, "notes": 0}
    same = done.same + done.completed
    name = file.name.partition(".")[0]
    return MergeReport(name, added, same, unplaced=list(done.remarks), change=done.change)


class _Merging:
    """One merge under way, inside an open change."""

    def __init__(self, library: Library, bundle: Bundle, report: MergeReport) -> None:
        self._library = library
        self._bundle = bundle
        self._report = report
        self._mine = annotators.name(library)
        self._needed = {article.id: article for article in bundle.bearing(bundle.articles)}
        # Their ids with ours.
        self._articles: dict[int, int] = {}
        self._themes: dict[int, int] = {}
        self._marks: dict[int, int] = {}
        self._written: set[tuple[NoteKind, int]] = set()

    def run(self, *, with_articles: bool) -> Generator[Progress, bool | None, None]:
        """Take in all. Raises _CancelledError."""
        yield from self._recognise()
        if with_articles and self._absent():
            yield from self._import()
            yield from self._recognise()
        self._take_themes()
        yield from self._take_tags()
        yield from self._take_marks()
        self._take_notes()
        self._tell_absent()

    def _theirs(self, annotator: str) -> str:
        """Who of the other library said something."""
        return annotator or self._report.name

    def _add(self, what: str) -> None:
        self._report.added[what] = self._report.added.get(what, 0) + 1

    # Articles

    def _absent(self) -> list[BundledArticle]:
        return [x for x in self._needed.values() if x.id not in self._articles]

    def _recognise(self) -> Generator[Progress, bool | None, None]:
        found = yield from recognise(self._library, self._absent(), self._bundle.issues)
        if found is None:
            raise _CancelledError
        self._articles |= found

    def _import(self) -> Generator[Progress, bool | None, None]:
        """Import the documents of articles that are not here."""
        absent = {article.id for article in self._absent()}
        wanted = [x for x in self._bundle.documents if not absent.isdisjoint(x.articles)]
        issues: list[int] = []
        for done, document in enumerate(wanted):
            if (yield Progress(done, len(wanted), Message("merge.importing"))):
                raise _CancelledError
            issues += self._store(document)
        units.place_issues(self._library, issues)

    def _store(self, document: BundledDocument) -> tuple[int, ...]:
        known = documents.state(self._library, document.sha256)
        if known is not None and not known.trashed:
            return ()
        self._add("documents")
        if known is not None:
            return storing.restore(self._library, known.document, None).stored.issues
        decoded = DecodedText(document.text, document.encoding)
        parsed = files.parsed(document.path, document.text)
        loaded = files.Loaded(document.path, document.sha256, decoded, parsed)
        return storing.store(self._library, document.path, loaded, None).stored.issues

    def _tell_absent(self) -> None:
        """Name the articles that are not here, with how much is on each."""
        on = Counter(said.article for said in self._bundle.taggings if said.counts)
        on.update(marked.highlight.article or 0 for marked in self._bundle.marked)
        on.update(note.target for note in self._bundle.notes if note.kind == "article")
        for article in self._absent():
            if on[article.id]:
                told = {"title": article.name, "n": on[article.id]}
                self._report.unplaced.append(Message("merge.unplaced.article", told))
                self._report.absent += 1

    # Themes and tags

    def _take_themes(self) -> None:
        own = annotating.themes(self._library)
        named = {alias: theme for theme in own for alias in theme.aliases}
        named |= {theme.name: theme for theme in own}
        keys = {theme.key for theme in own}
        for theirs in self._bundle.themes:
            parent = self._themes.get(theirs.parent) if theirs.parent is not None else None
            ours = next((named[x] for x in (theirs.name, *theirs.aliases) if x in named), None)
            if ours is None:
                free = tuple(alias for alias in theirs.aliases if alias not in named)
                key = None if theirs.key in keys else theirs.key
                ours = theirs._replace(parent=parent, key=key, aliases=free)
                ours = ours._replace(id=annotating.insert_theme(self._library, ours))
                keys.add(key)
                named |= dict.fromkeys((*free, ours.name), ours)
                self._add("themes")
            else:
                self._report.same += 1
                self._compare(ours, theirs, parent)
            self._themes[theirs.id] = ours.id

    def _compare(self, ours: Theme, theirs: Theme, parent: int | None) -> None:
        """Tell where a theme is another here."""
        differs = {
            "parent": ours.parent != parent,
            "colour": ours.colour.lower() != theirs.colour.lower(),
            "description": bool(theirs.description) and ours.description != theirs.description,
        }
        for what, different in differs.items():
            if different:
                self._conflict(what, theme=ours.name)

    def _conflict(self, what: str, **told: object) -> None:
        self._report.conflicts.append(Message(f"merge.conflict.{what}", told))

    def _take_tags(self) -> Generator[Progress, bool | None, None]:
        said: dict[tuple[int, int], list[Tagging]] = defaultdict(list)
        for each in self._bundle.taggings:
            if each.article in self._articles:
                pair = self._articles[each.article], self._themes[each.theme]
                said[pair].append(each)
        known: dict[tuple[int, int], list[Tagging]] = defaultdict(list)
        for here in merging.taggings(self._library, [article for article, _ in said]):
            known[here.article, here.theme].append(here)
        new: list[Tagging] = []
        for pair, theirs in said.items():
            new += self._new_taggings(pair, theirs, known.get(pair, []))
        for done in range(0, len(new), _TAGS):
            if (yield Progress(done, len(new), Message("merge.tagging"))):
                raise _CancelledError
            merging.add_taggings(self._library, new[done : done + _TAGS])

    def _new_taggings(
        self, pair: tuple[int, int], theirs: list[Tagging], ours: list[Tagging]
    ) -> Iterator[Tagging]:
        """What is to be written of their word that a theme is an article's.

        A theme that was taken off here stays off, unless somebody new says that it belongs there.
        """
        known = {said.annotator or self._mine for said in ours}
        fresh = {self._theirs(said.annotator): said for said in theirs}
        fresh = {name: said for name, said in fresh.items() if name not in known}
        counts = any(said.counts for said in fresh.values())
        if any(said.counts for said in ours):
            self._report.same += 1
        elif counts:
            self._add("tags")
        elif any(said.counts for said in theirs):
            article = self._needed[theirs[0].article].name
            name = next(x.name for x in self._bundle.themes if x.id == theirs[0].theme)
            self._conflict("tag", title=article, theme=name)
        for name in fresh:
            yield Tagging(*pair, name, counts)

    # Passages

    def _take_marks(self) -> Generator[Progress, bool | None, None]:
        deleted = merging.deleted_marks(self._library)
        pages: dict[int, list[Marked]] = defaultdict(list)
        for marked in self._bundle.marked:
            article = marked.highlight.article
            if article is None:
                self._lost(marked.highlight, "")
            elif article in self._articles:
                pages[article].append(marked)
        for done, (article, marks) in enumerate(pages.items()):
            if done % _STRIDE == 0 and (yield Progress(done, len(pages), Message("merge.placing"))):
                raise _CancelledError
            page = Page(self._library, self._articles[article], self._needed[article])
            for marked in marks:
                self._take_mark(page, marked, deleted)

    def _lost(self, mark: Highlight, title: str) -> None:
        told = {"quote": _short(mark.quote), "title": title}
        code = "merge.unplaced.passage" if title else "merge.unplaced.alone"
        self._report.unplaced.append(Message(code, told))

    def _take_mark(
        self, page: Page, marked: Marked, deleted: set[tuple[int, int, int, str]]
    ) -> None:
        mark, laid = marked.highlight, page.find(marked)
        if not laid.placed:
            self._lost(mark, page.theirs.name)
        themes = list(dict.fromkeys(self._themes[theme] for theme in mark.themes))
        known = page.known(laid)
        if known is not None:
            self._report.same += 1
            for theme in themes:
                if theme not in page.themes[known]:
                    self._add("tags")
        elif (laid.document, laid.start, laid.end, laid.quote) in deleted:
            self._conflict("passage", quote=_short(mark.quote), title=page.theirs.name)
            return
        else:
            known = page.insert(laid, self._theirs(mark.annotator), mark.at)
            self._add("highlights")
        for theme in themes:
            passages.add_themes(self._library, [known], theme)
            page.themes[known].add(theme)
        self._marks[mark.id] = known

    # Notes

    def _take_notes(self) -> None:
        targets = {
            "article": self._articles,
            "highlight": self._marks,
            "issue": self._issues(),
            "theme": self._themes,
        }
        for note in self._bundle.notes:
            target = targets[note.kind].get(note.target)
            if target is not None:
                self._take_note(note, target)
            elif note.kind == "issue":
                told = {"text": _short(note.text)}
                self._report.unplaced.append(Message("merge.unplaced.note", told))

    def _issues(self) -> dict[int, int]:
        """For their issues those of ours that most of their articles are in."""
        if all(note.kind != "issue" for note in self._bundle.notes):
            return {}
        ids = tuple(set(self._articles.values()))
        home = {x.id: x.issue for x in in_scope(self._library, Scope(ids=ids))}
        votes: dict[int, Counter[int]] = defaultdict(Counter)
        for theirs, ours in self._articles.items():
            votes[self._needed[theirs].issue][home[ours]] += 1
        return {issue: count.most_common(1)[0][0] for issue, count in votes.items()}

    def _take_note(self, note: Note, target: int) -> None:
        """Write a note; beside one that says something else it comes below, with its name.

        One that came from the same person before, and was not changed here, gets its new words.
        """
        library, by = self._library, self._theirs(note.annotator)
        ours = noting.note(library, note.kind, target)
        if ours is not None and note.text.strip() in ours.text:
            self._report.same += 1
        elif ours is None or self._is_newer(note, ours):
            noting.set_note(library, note.kind, target, note.text.strip())
            noting.sign(library, note.kind, target, by, note.at)
            self._written.add((note.kind, target))
            self._add("notes")
        else:
            below = f"{ours.text}\n\n【{by}】{note.text.strip()}"
            noting.set_note(library, note.kind, target, below)
            self._add("notes")
            self._conflict("note", name=by, text=_short(note.text))

    def _is_newer(self, note: Note, ours: Note) -> bool:
        """Whether a note is what its writer says now instead of what came from them before."""
        by = self._theirs(note.annotator)
        now = (ours.kind, ours.target) not in self._written
        return now and by == ours.annotator != self._mine and ours.at <= note.at


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
