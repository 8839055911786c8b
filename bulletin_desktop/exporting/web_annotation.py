"""What is on articles as W3C Web Annotations (JSON-LD); see docs/exchange.md.

A collection with one page. Positions are code points of the article's shown body, ends exclusive.
An article is named by the digest of its words as they are printed, everything else by a UUID of
what it is.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, BinaryIO

from bulletin_desktop import __version__
from bulletin_desktop.exporting.moments import stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bulletin_desktop.model.annotations import Note
    from bulletin_desktop.model.bundle import (
        Bundle,
        BundledArticle,
        BundledIssue,
        Marked,
        Tagging,
    )
    from bulletin_desktop.model.records import Theme

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_URNS = uuid.UUID("7d3bb3f8-6c1b-4a0b-8b50-1d1b3e1b9c55")
Json = dict[str, Any]


def article_iri(title: str | None, printed: str) -> str:
    """The name of an article: the digest of its title and its body as it is printed."""
    digest = hashlib.sha256(f"{title or ''}\n{printed}".encode()).hexdigest()
    return f"urn:sha256:{digest}"


def theme_iri(name: str) -> str:
    """The name of a theme."""
    return _urn("theme", name)


def _urn(*facts: str | None) -> str:
    return uuid.uuid5(_URNS, "\0".join(fact or "" for fact in facts)).urn


def write(bundle: Bundle, stream: BinaryIO) -> Iterator[int]:
    """Write a collection of annotations; yields how many articles are written."""
    work = _Collection(bundle)
    items: list[Json] = []
    for done, article in enumerate(bundle.articles, 1):
        items += work.on_article(article)
        yield done
    items += work.on_others()
    stream.write((json.dumps(work.whole(items), ensure_ascii=False, indent=1) + "\n").encode())


class _Collection:
    """Annotations under way."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        named = ((x.id, article_iri(x.title, x.printed())) for x in bundle.articles)
        self._iris = dict(_apart(named, "#"))
        self._themes = {theme.id: theme for theme in bundle.themes}
        told = ((x.id, "\0".join(fact or "" for fact in x[1:])) for x in bundle.issues)
        self._issues = {issue: _urn("issue", name) for issue, name in _apart(told, "\0")}
        self._used: Counter[str] = Counter()
        self._tags: dict[int, dict[str, list[Tagging]]] = defaultdict(dict)
        for said in bundle.taggings:
            if said.counts:
                self._tags[said.article].setdefault(said.annotator, []).append(said)
        self._marks: dict[int | None, list[Marked]] = defaultdict(list)
        for marked in bundle.marked:
            self._marks[marked.highlight.article].append(marked)
        self._notes: dict[tuple[str, int], list[Note]] = defaultdict(list)
        for note in bundle.notes:
            self._notes[note.kind, note.target].append(note)

    def whole(self, items: list[Json]) -> Json:
        """The collection with its page, its themes and what tells of its articles."""
        name = _urn("collection", *(item["id"] for item in items))
        page = {"id": _urn("page", name), "type": "AnnotationPage", "startIndex": 0, "items": items}
        return {
            "@context": CONTEXT,
            "id": name,
            "type": "AnnotationCollection",
            "label": self._bundle.annotator or "Bulletin Desktop",
            "generator": {"type": "Software", "name": f"Bulletin Desktop {__version__}"},
            **self._creator(""),
            "total": len(items),
            "dcterms:subject": [self._concept(theme) for theme in self._bundle.themes],
            "dcterms:references": [self._described(x) for x in self._bundle.articles],
            "dcterms:relation": [self._issue(issue) for issue in self._bundle.issues],
            "first": page,
        }

    def on_article(self, article: BundledArticle) -> Iterator[Json]:
        """The annotations of an article: its passages, its themes, its notes."""
        iri = self._iris[article.id]
        for marked in sorted(self._marks[article.id], key=lambda x: x.highlight[2:4]):
            yield self._passage(iri, article, marked)
        for annotator, said in self._tags[article.id].items():
            bodies = [self._tagging(each.theme) for each in said]
            yield self._item("tagging", bodies, iri, annotator, key=("tags", annotator))
        yield from self._noted("article", article.id, iri)

    def on_others(self) -> Iterator[Json]:
        """The notes on themes and on issues."""
        for theme in self._bundle.themes:
            yield from self._noted("theme", theme.id, theme_iri(theme.name))
        for issue in self._bundle.issues:
            yield from self._noted("issue", issue.id, self._issues[issue.id])

    def _passage(self, iri: str, article: BundledArticle, marked: Marked) -> Json:
        mark = marked.highlight
        notes = self._notes.get(("highlight", mark.id), ())
        bodies = [self._tagging(theme) for theme in mark.themes]
        bodies += [self._commenting(note) for note in notes]
        motive = "tagging" if mark.themes else "commenting" if notes else "highlighting"
        selectors = [_quotation(mark.quote, marked.before, marked.after)]
        if mark.placed:
            place = {"type": "TextPositionSelector", "start": mark.start, "end": mark.end}
            printed = article.printed(mark.start, mark.end)
            selectors = [place, _quotation(mark.quote, marked.before, marked.after)]
            if printed != mark.quote:  # a misprint is mended in it
                selectors.append(_quotation(printed, marked.before, marked.after))
        target = {"type": "SpecificResource", "source": iri, "selector": selectors}
        key = ("mark", str(mark.start), str(mark.end), mark.quote, mark.annotator)
        return self._item(motive, bodies, target, mark.annotator, mark.at, key=key)

    def _noted(self, kind: str, target: int, iri: str) -> Iterator[Json]:
        for note in self._notes.get((kind, target), ()):
            key = ("note", note.annotator)
            bodies = [self._commenting(note)]
            yield self._item("commenting", bodies, iri, note.annotator, note.at, key=key)

    def _item(
        self, motive: str, bodies: list[Json], target: str | Json, annotator: str, at: str = "",
        *, key: tuple[str, ...],
    ) -> Json:  # fmt: skip
        source = target if isinstance(target, str) else target["source"]
        name = "\0".join((source, *key))
        self._used[name] += 1
        made = stamp(at)
        return {
            "id": _urn("item", name, str(self._used[name])),
            "type": "Annotation",
            "motivation": motive,
            **self._creator(annotator),
            **({"created": made} if made else {}),
            **({"body": bodies} if bodies else {}),
            "target": target,
        }

    def _creator(self, annotator: str) -> Json:
        name = annotator or self._bundle.annotator
        return {"creator": {"type": "Person", "name": name}} if name else {}

    def _tagging(self, theme: int) -> Json:
        name = self._themes[theme].name
        return {"type": "TextualBody", "purpose": "tagging", "value": name}

    def _commenting(self, note: Note) -> Json:
        body = {"type": "TextualBody", "purpose": "commenting", "value": note.text}
        at = stamp(note.at)
        modified = {"modified": at} if at else {}
        return {**body, "format": "text/plain", **self._creator(note.annotator), **modified}

    def _concept(self, theme: Theme) -> Json:
        parent = self._themes[theme.parent].name if theme.parent is not None else None
        facts = {
            "skos:prefLabel": theme.name,
            "skos:broader": {"id": theme_iri(parent)} if parent else None,
            "schema:color": theme.colour,
            "skos:notation": theme.key,
            "skos:altLabel": list(theme.aliases),
            "skos:hiddenLabel": list(theme.words),
            "skos:definition": theme.description,
        }
        told = {name: value for name, value in facts.items() if value}
        return {"id": theme_iri(theme.name), "type": "skos:Concept", **told}

    def _described(self, article: BundledArticle) -> Json:
        facts = {
            "schema:headline": article.title,
            "schema:publisher": article.source,
            "schema:isPartOf": {"id": self._issues[article.issue]},
        }
        told = {name: value for name, value in facts.items() if value}
        return {"id": self._iris[article.id], "type": "schema:Article", **told}

    def _issue(self, issue: BundledIssue) -> Json:
        facts = {
            "schema:name": issue.title,
            "schema:issueNumber": issue.number,
            "schema:datePublished": issue.date,
        }
        told = {name: value for name, value in facts.items() if value}
        return {"id": self._issues[issue.id], "type": "schema:PublicationIssue", **told}


def _apart(named: Iterable[tuple[int, str]], mark: str) -> Iterator[tuple[int, str]]:
    """Names of which none comes twice: the second of the same ones has a mark and 2 behind it."""
    used: Counter[str] = Counter()
    for number, name in named:
        used[name] += 1
        yield number, name if used[name] == 1 else f"{name}{mark}{used[name]}"


def _quotation(exact: str, prefix: str, suffix: str) -> Json:
    found = {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}
    return {name: value for name, value in found.items() if value}
