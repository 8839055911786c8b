"""Putting articles of a library together as a compilation: groups, extents, marks, notes."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Literal

from bulletin_desktop.exporting.compiled import (
    Comment,
    Compilation,
    CompiledArticle,
    CompiledGroup,
    CompiledTheme,
    Labels,
    Mark,
    Masthead,
    Printing,
    Subhead,
    TableWords,
)
from bulletin_desktop.library import annotating, articles, collecting, documents, noting, passages
from bulletin_desktop.model.change import Message, Progress
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import annotators, collections, reading
from bulletin_desktop.services.extents import first_sentence as first_sentence
from bulletin_desktop.services.extents import to_extent
from bulletin_desktop.services.labels import SETTLED, citation, printed_date, printed_issue

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from bulletin_desktop.catalogue import Catalogue
    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.annotations import Highlight, Note
    from bulletin_desktop.model.records import Article, ArticleText, Issue, Theme
    from bulletin_desktop.model.scope import Scope

GroupBy = Literal["theme", "issue", "source", "date", "none"]

# Articles read between two signs of life.
_STRIDE = 20
_DEEPEST = 4  # of the levels of subheads; those below stand inside paragraphs
_GREY = "D9D9D9"  # of a highlight without a theme


@dataclass(frozen=True, slots=True)
class Choices:
    """How articles are put together: under which headings, and what is printed besides them.

    ``group_by`` "none" keeps a collection's own headings. ``masthead`` and ``distribution`` are for
    templates that have a place for them.
    """

    title: str
    group_by: GroupBy = "theme"
    printing: Printing = field(default_factory=Printing)
    author: str = ""
    masthead: Masthead | None = None
    distribution: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Group:
    heading: str | None
    members: list[Article]
    level: Literal[1, 2] = 1


def compile_articles(
    library: Library,
    scope: Scope,
    choices: Choices,
    catalogue: Catalogue,
    most: int | None = None,
) -> Generator[Progress, bool | None, Compilation | None]:
    """The compilation of a scope's articles; None where a true value that was sent in cancelled it.

    A collection keeps its order and so do ``scope.ids``; else the newest issue is first. Private
    notes are left out, and of more than ``most`` articles those that would be printed last. Raises
    KnownError ``export.nothing`` where the scope is empty.
    """
    chosen = _chosen(library, scope)
    if not chosen:
        raise KnownError("export.nothing")
    own = scope.collection if choices.group_by == "none" else None
    groups = (
        _grouped(library, chosen, scope, choices.group_by, catalogue)
        if own is None
        else _collected(library, chosen, own)
    )
    if most is not None:
        groups = _first(groups, most)
    printed = [article for group in groups for article in group.members]
    compiler = _Compiler(library, catalogue, chosen, scope)
    compiled: dict[int, CompiledArticle] = {}
    for article in printed:
        compiled[article.id] = compiler.article(article.id)
        stopped = len(compiled) % _STRIDE == 0 and (yield _progress(len(compiled), len(printed)))
        if stopped:
            return None
    return Compilation(
        title=choices.title,
        line=_line(chosen, catalogue),
        author=choices.author or None,
        groups=tuple(
            CompiledGroup(x.heading, tuple(compiled[a.id] for a in x.members), x.level)
            for x in groups
        ),
        labels=_labels(catalogue),
        printing=choices.printing,
        annotator=annotators.name(library),
        intro=_intro(library, scope),
        themes=compiler.themes(compiled.values()),
        masthead=choices.masthead,
        distribution=choices.distribution,
    )


def _progress(done: int, total: int) -> Progress:
    return Progress(done, total, Message("export.reading", {"done": done, "total": total}))


def _chosen(library: Library, scope: Scope) -> list[Article]:
    found = articles.in_scope(library, scope)
    if scope.ids is None or scope.collection is not None:
        return found
    order = {article: rank for rank, article in enumerate(scope.ids)}
    return sorted(found, key=lambda article: order[article.id])


def _intro(library: Library, scope: Scope) -> tuple[str, ...]:
    """The introduction of a collection, by paragraphs."""
    if scope.collection is None:
        return ()
    return tuple(collections.by_id(library, scope.collection).intro.splitlines())


# Grouping


def _grouped(
    library: Library,
    chosen: Sequence[Article],
    scope: Scope,
    group_by: GroupBy,
    catalogue: Catalogue,
) -> list[_Group]:
    """The articles under their headings; those that have none of a kind stand last."""
    if group_by == "none":
        return [_Group(None, list(chosen))]
    if group_by == "theme":
        return _by_theme(library, chosen, scope.theme, catalogue)
    if group_by == "issue":
        return _by_issue(library, chosen, catalogue)
    if group_by == "source":
        headings = [article.source or "" for article in chosen]
        return _gathered(chosen, headings, catalogue.text("export.no_source"))
    months = [(a.date or "")[:7] for a in chosen]
    headings = [printed_date(m, "printed", catalogue) for m in months]
    return _gathered(chosen, headings, catalogue.text("export.no_date"))


def _collected(library: Library, chosen: Sequence[Article], collection: int) -> list[_Group]:
    """The articles of a collection between its own headings."""
    live = {article.id: article for article in chosen}
    groups = [_Group(None, [])]
    for item in collecting.items(library, collection):
        if item.article is None:
            groups.append(_Group(item.text, [], 1 if item.level == 1 else 2))
        elif item.article in live:
            groups[-1].members.append(live[item.article])
    return [group for group in groups if group.heading or group.members]


def _by_theme(
    library: Library, chosen: Sequence[Article], first: int | None, catalogue: Catalogue
) -> list[_Group]:
    """Each article once, under the first of its themes; the scope's own theme goes first."""
    themes = annotating.themes(library)
    themes.sort(key=lambda theme: theme.id != first)
    rank = {theme.id: place for place, theme in enumerate(themes)}
    groups: list[list[Article]] = [[] for _ in themes]
    rest = []
    for article in chosen:
        if article.themes:
            groups[min(rank[theme] for theme in article.themes)].append(article)
        else:
            rest.append(article)
    named = [_Group(theme.name, g) for theme, g in zip(themes, groups, strict=True) if g]
    return [*named, *([_Group(catalogue.text("export.untagged"), rest)] if rest else [])]


def _by_issue(library: Library, chosen: Sequence[Article], catalogue: Catalogue) -> list[_Group]:
    """One group an issue, so that two issues with the same label stay apart."""
    groups: dict[int, _Group] = {}
    issues = _issues(library, chosen)
    for article in chosen:
        heading = printed_issue(issues[article.issue], catalogue)
        group = _Group(heading or catalogue.text("export.no_issue"), [])
        groups.setdefault(article.issue, group).members.append(article)
    return list(groups.values())


def _gathered(chosen: Sequence[Article], headings: Sequence[str], otherwise: str) -> list[_Group]:
    """Articles with the same heading together, in order of first appearance; "" stands last."""
    groups: dict[str, list[Article]] = {}
    for article, heading in zip(chosen, headings, strict=True):
        groups.setdefault(heading, []).append(article)
    rest = groups.pop("", None)
    named = [_Group(heading, members) for heading, members in groups.items()]
    return [*named, *([_Group(otherwise, rest)] if rest else [])]


def _first(groups: Sequence[_Group], most: int) -> list[_Group]:
    """The groups as far as their first ``most`` articles."""
    taken = []
    for group in groups:
        if most <= 0:
            break
        taken.append(replace(group, members=group.members[:most]))
        most -= len(group.members)
    return taken


def _issues(library: Library, chosen: Sequence[Article]) -> dict[int, Issue]:
    only = tuple({article.issue for article in chosen})
    return {issue.id: issue for issue in documents.issues(library, only)}


# Articles


class _Compiler:
    """Turns articles of a library into what a document prints of them."""

    def __init__(
        self, library: Library, catalogue: Catalogue, chosen: Sequence[Article], scope: Scope
    ) -> None:
        self._library = library
        self._catalogue = catalogue
        self._issues = _issues(library, chosen)
        self._themes = {theme.id: theme for theme in annotating.themes(library)}
        open_notes = [note for note in noting.notes(library) if not note.private]
        self._notes = {(note.kind, note.target): note for note in open_notes}
        listed = () if scope.collection is None else collecting.items(library, scope.collection)
        self._items = {item.article: item for item in listed}

    def article(self, article: int) -> CompiledArticle:
        """An article with its marks, to the extent that its collection says."""
        text = articles.text_of(self._library, article)
        record = text.article
        issue = self._issues[record.issue]
        whole = CompiledArticle(
            title=record.title,
            kicker=record.kicker,
            subtitle=record.subtitle,
            author=record.author,
            source=record.source,
            issue_label=printed_issue(issue, self._catalogue),
            paragraphs=text.paragraphs,
            note=_comment(self._notes.get(("article", article))),
            number=article,
            themes=tuple(self._themes[theme].name for theme in record.themes),
            marks=tuple(self._marks(article)),
            subheads=_subheads(text),
            citation=citation(text, self._catalogue),
            kind=record.kind,
            section=record.section,
            date=record.date,
            date_label=printed_date(record.date, record.date_basis, self._catalogue),
            date_inferred=record.date is not None and record.date_basis not in SETTLED,
            issue_title=issue.title,
            issue_number=issue.number,
        )
        return to_extent(whole, self._items.get(article))

    def _marks(self, article: int) -> Iterator[Mark]:
        for found in passages.of_article(self._library, article):
            if found.placed:
                yield self._mark(found)

    def _mark(self, found: Highlight) -> Mark:
        themes = [self._themes[theme] for theme in found.themes]
        colour = themes[0].colour.lstrip("#").upper() if themes else _GREY
        note = _comment(self._notes.get(("highlight", found.id)))
        names = tuple(theme.name for theme in themes)
        return Mark(found.id, found.start, found.end, colour, names, note)

    def themes(self, compiled: Iterable[CompiledArticle]) -> tuple[CompiledTheme, ...]:
        """The themes of the articles and marks, each after those above it."""
        used = {name for article in compiled for name in article.themes}
        used |= {name for x in compiled for mark, _ in x.quotes for name in mark.themes}
        found: dict[int, CompiledTheme] = {}

        def take(theme: Theme) -> None:
            above = self._themes.get(theme.parent or 0)
            if above and above.id not in found:
                take(above)
            colour = theme.colour.lstrip("#").upper()
            found[theme.id] = CompiledTheme(theme.name, colour, above.name if above else None)

        for theme in self._themes.values():
            if theme.name in used:
                take(theme)
        return _in_tree_order(tuple(found.values()))


def _in_tree_order(themes: Sequence[CompiledTheme]) -> tuple[CompiledTheme, ...]:
    def below(parent: str | None) -> Iterator[CompiledTheme]:
        for theme in themes:
            if theme.parent == parent:
                yield theme
                yield from below(theme.name)

    return tuple(below(None))


def _comment(note: Note | None) -> Comment | None:
    return Comment(note.text, note.annotator, note.at) if note else None


def _subheads(text: ArticleText) -> tuple[Subhead, ...]:
    """The subheads with what they say, as code points of the joined paragraphs."""
    starts = [0]
    for paragraph in text.paragraphs:
        starts.append(starts[-1] + len(paragraph) + 1)
    return tuple(
        Subhead(starts[x.paragraph] + x.start, starts[x.paragraph] + x.end, x.level)
        for x in reading.subheads(text)
        if x.named and x.level <= _DEEPEST
    )


def _line(chosen: Sequence[Article], catalogue: Catalogue) -> str:
    """What stands under the title: how many articles, and from when to when."""
    years = sorted({article.date[:4] for article in chosen if article.date})
    count = len(chosen)
    if not years:
        return catalogue.text("export.line", n=count)
    span = years[0] if years[0] == years[-1] else f"{years[0]}–{years[-1]}"
    return catalogue.text("export.line_years", n=count, years=span)


def _labels(catalogue: Catalogue) -> Labels:
    # The patterns keep their own placeholder: it is filled article by article.
    text = catalogue.text
    cards = ("passage", "themes", "article", "source", "date", "note")
    one, two, three, four, five, six = (text(f"export.card_{name}") for name in cards)
    return Labels(
        contents=text("export.contents"),
        source=text("export.source", source="{source}"),
        note=text("export.note"),
        issue=text("export.issue", issue="{issue}"),
        subtitle=text("export.subtitle", subtitle="{subtitle}"),
        index=text("export.index"),
        untagged=text("export.untagged"),
        cards=(one, two, three, four, five, six),
        language=catalogue.language,
        table=TableWords(
            **{word.name: text(f"export.table_{word.name}", n="{n}") for word in fields(TableWords)}
        ),
    )
