"""What a collection of Web Annotations says, as a bundle that can be merged.

An article is known by its address, which is made of its words; where that is unknown, a quotation
that stands in one article alone tells.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.exporting.moments import moment
from bulletin_desktop.exporting.web_annotation import article_iri
from bulletin_desktop.language.anchors import Anchor, place
from bulletin_desktop.library import documents, merging
from bulletin_desktop.library.articles import in_scope
from bulletin_desktop.model.annotations import Highlight
from bulletin_desktop.model.bundle import BundledIssue, Marked
from bulletin_desktop.model.change import Message, Progress
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services.gathering import Gathering, Place, clean_name

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

    from bulletin_desktop.exporting.annotation_reader import Annotated, Collection, Quoted
    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.annotations import NoteKind
    from bulletin_desktop.model.bundle import Bundle, BundledArticle

_STRIDE = 100  # articles between two signs of life


class _Found(NamedTuple):
    """A quotation as it stands in an article."""

    article: BundledArticle
    start: int
    end: int


def to_bundle(
    library: Library, collection: Collection
) -> Generator[Progress, bool | None, tuple[Bundle, list[Message]] | None]:
    """The bundle of a collection, and what has no place in one; None where that was cancelled."""
    work = _Converting(library, collection)
    if (yield from work.run()):
        return None
    return work.gathered.bundle(), work.gathered.remarks()


class _Converting:
    def __init__(self, library: Library, collection: Collection) -> None:
        self._library = library
        self._collection = collection
        self.gathered = Gathering(library, collection.left, collection.creator)
        ids = self.gathered.add_themes(collection.themes)
        pairs = zip(collection.theme_ids, ids, strict=True)
        self._themes = {iri: theme for iri, theme in pairs if theme is not None}
        self._ids = [record.id for record in in_scope(library, Scope())]
        self._articles: dict[str, BundledArticle] = {}  # by their addresses
        self._issues: dict[str, int] = {}

    def run(self) -> Generator[Progress, bool | None, bool]:
        """Take in all; whether that was cancelled."""
        if (yield from self._find_articles()):
            return True
        loose: list[Annotated] = []
        for each in self._collection.annotations:
            if each.source in self._articles:
                self._take(self._articles[each.source], each)
            elif each.whole and each.source in self._themes:
                self._note("theme", self._themes[each.source], each)
            elif each.whole and each.source in self._issues:
                self._note("issue", self._issues[each.source], each)
            elif each.quotes:
                loose.append(each)
            else:
                self._leave("addresses", each)
        return (yield from self._take_loose(loose))

    def _leave(self, kind: str, said: Annotated) -> None:
        """Tell of an annotation by its words, or by its source."""
        told = self._collection.sources.get(said.source)
        name = (told.title if told else "") or said.source
        words = said.quotes[0].exact if said.quotes else ""
        self.gathered.left[kind].append(" · ".join(filter(None, (name, words))))

    # Articles

    def _find_articles(self) -> Generator[Progress, bool | None, bool]:
        """Find the articles that are meant by their addresses; whether that was cancelled."""
        noted = {each.source for each in self._collection.annotations}
        wanted = {x for x, told in self._collection.sources.items() if told.issue in noted}
        wanted |= noted
        names = {_name(address) for address in wanted}
        alike: dict[str, list[BundledArticle]] = defaultdict(list)
        for done, article in enumerate(merging.articles(self._library, self._ids)):
            if done % _STRIDE == 0 and (yield self._progress(done)):
                return True
            iri = article_iri(article.title, article.printed())
            if iri in names:
                alike[iri].append(article)
        self._assign({address: alike[_name(address)] for address in sorted(wanted)})
        return False

    def _assign(self, candidates: dict[str, list[BundledArticle]]) -> None:
        """Of articles with the same words an address means that of the issue which is told."""
        taken: set[int] = set()
        for sure in (True, False):
            for address, found in candidates.items():
                if address in self._articles:
                    continue
                fit = [x for x in found if not sure or len(found) == 1 or self._fits(x, address)]
                best = next((x for x in fit if x.id not in taken), next(iter(fit), None))
                if best is not None:
                    taken.add(best.id)
                    self._articles[address] = self._known(best, address)

    def _fits(self, article: BundledArticle, address: str) -> bool:
        told = self._collection.sources.get(address)
        facts = self._collection.issues.get(told.issue) if told else None
        return facts == self._facts(article.issue)

    def _progress(self, done: int) -> Progress:
        return Progress(done, len(self._ids), Message("merge.recognising"))

    def _known(self, article: BundledArticle, iri: str = "") -> BundledArticle:
        """An article of this library, in the issue that the file tells of, else in its own."""
        if article.id in self.gathered.articles:
            return self.gathered.articles[article.id]
        told = self._collection.sources.get(iri)
        name = told.issue if told and told.issue in self._collection.issues else ""
        name = name or f"#{article.issue}"
        if name not in self._issues:
            self._issues[name] = len(self.gathered.issues) + 1
            facts = self._collection.issues.get(name) or self._facts(article.issue)
            self.gathered.issues.append(BundledIssue(self._issues[name], *facts))
        known = article._replace(issue=self._issues[name])
        self.gathered.articles[article.id] = known
        return known

    def _facts(self, issue: int) -> tuple[str | None, str | None, str | None]:
        [found] = documents.issues(self._library, (issue,))
        return found.title, found.number, found.date

    # What is on them

    def _take(self, article: BundledArticle, said: Annotated) -> None:
        if said.whole:
            self._note("article", article.id, said)
            for theme in self._tags(said):
                self.gathered.tag(article.id, theme, said.creator)
            return
        mark = self._mark(article, said)
        if mark is None:
            self._leave("positions", said)
        else:
            self._note("highlight", mark, said)

    def _mark(self, article: BundledArticle, said: Annotated) -> int | None:
        """Mark a passage; None where there are no words at its position."""
        body, span = article.body, (said.start, said.end)
        words = body[slice(*span)] if said.start >= 0 else ""
        themes = self._tags(said)
        if words.strip() and (not said.quotes or any(x.exact == words for x in said.quotes)):
            return self.gathered.mark(Place(article.id, *span), said.creator, said.at, themes)
        if not said.quotes:
            return None
        quoted = next((x for x in said.quotes if x.exact in body), said.quotes[0])
        mark = Highlight(
            0, article.id, max(0, said.start), max(0, said.end), quoted.exact,
            annotator=clean_name(said.creator), at=moment(said.at), placed=False,
        )  # fmt: skip
        return self.gathered.put(Marked(mark, quoted.prefix, quoted.suffix), themes)

    def _tags(self, said: Annotated) -> list[int]:
        found = (self.gathered.theme(body.text) for body in said.bodies if body.tag)
        return [theme for theme in found if theme is not None]

    def _note(self, kind: NoteKind, target: int, said: Annotated) -> None:
        for body in said.bodies:
            if not body.tag:
                by, at = body.creator or said.creator, body.at or said.at
                self.gathered.note(kind, target, body.text, by, at)

    # Quotations from anywhere

    def _take_loose(self, loose: Sequence[Annotated]) -> Generator[Progress, bool | None, bool]:
        """Look for quotations in all articles; whether that was cancelled."""
        if not loose:
            return False
        found: dict[int, list[_Found]] = defaultdict(list)
        for done, article in enumerate(merging.articles(self._library, self._ids)):
            if (yield self._progress(done)):
                return True
            for number, said in enumerate(loose):
                found[number] += _standing(article, said.quotes)
        for number, said in enumerate(loose):
            best = _only(found[number], said.quotes[0])
            if best is None:
                self._leave("quotations", said)
            else:
                article = self._known(best.article)
                exact = said._replace(start=best.start, end=best.end, quotes=())
                self._take(article, exact)
        return False


def _name(address: str) -> str:
    """What names the words of an article; what follows tells it from another with the same ones."""
    return address.partition("#")[0]


def _standing(article: BundledArticle, quotes: Iterable[Quoted]) -> list[_Found]:
    """Where a quotation stands in an article, as its surroundings tell."""
    for quoted in quotes:
        if quoted.exact in article.body:
            span = place(article.body, Anchor(quoted.exact, quoted.prefix, quoted.suffix, 0.0))
            return [_Found(article, *span)] if span else []
    return []


def _only(found: Sequence[_Found], quoted: Quoted) -> _Found | None:
    """The one place that is meant: the only one, or that with the same words on both sides."""
    if len(found) > 1:
        found = [
            each
            for each in found
            if each.article.body[: each.start].endswith(quoted.prefix)
            and each.article.body[each.end :].startswith(quoted.suffix)
        ]
    return found[0] if len(found) == 1 else None
