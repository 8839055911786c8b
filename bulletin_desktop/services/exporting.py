"""Compiling articles into one document."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bulletin_desktop.exporting.blocks import Compilation, CompiledArticle, CompiledGroup, Labels
from bulletin_desktop.library import annotating, articles, documents, noting
from bulletin_desktop.model.change import Message, Progress
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services.labels import printed_date, printed_issue

if TYPE_CHECKING:
    from pathlib import Path

    from bulletin_desktop.catalogue import Catalogue
    from bulletin_desktop.library.store import Library
    from bulletin_desktop.model.records import Article, ArticleText, Issue
    from bulletin_desktop.model.scope import Scope

GroupBy = Literal["theme", "issue", "source", "date", "none"]

# Articles read between two signs of life.
_STRIDE = 20


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export wrote; where it was cancelled there is no new file and ``articles`` is 0."""

    file: Path
    articles: int
    format: str
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class _Group:
    heading: str | None
    members: list[Article]


def export(
    library: Library,
    scope: Scope,
    file: Path,
    *,
    catalogue: Catalogue,
    title: str,
    group_by: GroupBy = "theme",
    with_notes: bool = False,
    author: str = "",
) -> Generator[Progress, bool | None, ExportReport]:
    """Write the articles of a scope to ``file`` as a Word document; a true value sent in cancels.

    A collection keeps its order and so do ``scope.ids``; else the newest issue is first. ``author``
    is a property of the document and printed nowhere. Raises
    KnownError ``export.nothing`` where the scope is empty, and ``write.*`` as
    ``replacing.placing`` does.
    """
    chosen = _chosen(library, scope)
    if not chosen:
        raise KnownError("export.nothing")
    groups = _grouped(library, chosen, scope, group_by, catalogue)
    texts: dict[int, ArticleText] = {}
    for article in chosen:
        texts[article.id] = articles.text_of(library, article.id)
        if len(texts) % _STRIDE == 0 and (yield _progress(len(texts), len(chosen))):
            return ExportReport(file, 0, "docx", cancelled=True)
    compiler = _Compiler(library, catalogue, texts)
    compilation = Compilation(
        title=title,
        line=compiler.line(chosen),
        author=None,
        groups=tuple(compiler.group(group) for group in groups),
        labels=_labels(catalogue),
        with_notes=with_notes,
        annotator=author,
    )
    return (yield from _write(compilation, file))


def _write(compilation: Compilation, file: Path) -> Generator[Progress, bool | None, ExportReport]:
    # Deferred: python-docx is slow to import and most runs export nothing.
    from bulletin_desktop.exporting.docx import write_docx

    writing = write_docx(compilation, file)
    try:
        for progress in writing:
            if (yield progress):
                return ExportReport(file, 0, "docx", cancelled=True)
    finally:
        if isinstance(writing, Generator):
            writing.close()  # so that a cancelled file is gone before anybody looks
    return ExportReport(file, compilation.articles, "docx")


def _progress(done: int, total: int) -> Progress:
    return Progress(done, total, Message("export.reading", {"done": done, "total": total}))


def _chosen(library: Library, scope: Scope) -> list[Article]:
    found = articles.in_scope(library, scope)
    if scope.ids is None or scope.collection is not None:
        return found
    order = {article: rank for rank, article in enumerate(scope.ids)}
    return sorted(found, key=lambda article: order[article.id])


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


def _issues(library: Library, chosen: Sequence[Article]) -> dict[int, Issue]:
    only = tuple({article.issue for article in chosen})
    return {issue.id: issue for issue in documents.issues(library, only)}


class _Compiler:
    """Turns articles of a library into what a document prints of them."""

    def __init__(
        self, library: Library, catalogue: Catalogue, texts: dict[int, ArticleText]
    ) -> None:
        self._catalogue = catalogue
        self._texts = texts
        self._issues = _issues(library, [text.article for text in texts.values()])
        kept = [x for x in noting.notes(library) if x.kind == "article" and not x.private]
        self._notes = {note.target: note.text for note in kept}

    def group(self, group: _Group) -> CompiledGroup:
        """A group with its articles in full."""
        return CompiledGroup(group.heading, tuple(self._article(a) for a in group.members))

    def _article(self, article: Article) -> CompiledArticle:
        text = self._texts[article.id]
        return CompiledArticle(
            title=article.title,
            kicker=article.kicker,
            subtitle=article.subtitle,
            author=article.author,
            source=article.source,
            issue_label=printed_issue(self._issues[article.issue], self._catalogue),
            paragraphs=text.paragraphs,
            note=self._notes.get(article.id),
        )

    def line(self, chosen: Sequence[Article]) -> str:
        """What stands under the title: how many articles, and from when to when."""
        years = sorted({article.date[:4] for article in chosen if article.date})
        count = len(chosen)
        if not years:
            return self._catalogue.text("export.line", n=count)
        span = years[0] if years[0] == years[-1] else f"{years[0]}–{years[-1]}"
        return self._catalogue.text("export.line_years", n=count, years=span)


def _labels(catalogue: Catalogue) -> Labels:
    # The patterns keep their own placeholder: it is filled article by article.
    return Labels(
        contents=catalogue.text("export.contents"),
        source=catalogue.text("export.source", source="{source}"),
        note=catalogue.text("export.note"),
        issue=catalogue.text("export.issue", issue="{issue}"),
        subtitle=catalogue.text("export.subtitle", subtitle="{subtitle}"),
    )
