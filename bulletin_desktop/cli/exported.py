"""The subcommand that writes articles to a file of any format."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

from bulletin_desktop.cli.arguments import UsageError
from bulletin_desktop.cli.changing import matching, once
from bulletin_desktop.cli.run import Run
from bulletin_desktop.cli.searched import found_by
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import Library, collections, exporting, tagging, themes

if TYPE_CHECKING:
    from bulletin_desktop.model.change import Progress
    from bulletin_desktop.services.exporting import ExportReport

    Work = Generator[Progress, bool | None, ExportReport]


def export(run: Run) -> int:
    """Write articles to a document, or for another program."""
    options = run.options
    name = options.format or exporting.format_of(options.output)
    if name is None:
        endings = " ".join(map(exporting.ending_of, exporting.NAMES))
        words = {"name": options.output.name, "endings": endings}
        raise UsageError(run.catalogue.text("cli.unknown_format", **words))
    _require_template(run)
    with run.library() as library:
        scope, title = _scope(run, library)
        report = run.finish(_writing(run, library, scope, name, options.title or title))
    if report.cancelled:
        raise KeyboardInterrupt
    told = {"file": str(report.file), "articles": report.articles, "format": report.format}
    if run.json:
        run.output.json(told)
    else:
        run.output.line(run.catalogue.text("cli.exported", **told, n=report.articles))
    for remark in report.remarks:
        run.output.say(run.catalogue.message(remark))
    return 0


def _require_template(run: Run) -> None:
    """Name the templates there are where the one asked for is none of them."""
    given = run.options.template
    if not given or given.endswith(".json"):
        return
    known = [each.name for each in exporting.templates()]
    if given not in known:
        names = "、".join(known)
        raise UsageError(run.catalogue.text("cli.unknown_template", name=given, names=names))


def _writing(run: Run, library: Library, scope: Scope, name: str, title: str) -> Work:
    options = run.options
    if name in exporting.EXCHANGE:
        from bulletin_desktop.services import exchange  # deferred: most exports are documents

        return exchange.write(library, scope, options.output, name)
    return exporting.export(
        library, scope, options.output, _choices(run, scope, title, name), run.catalogue,
        format_name=name, template=options.template,
    )  # fmt: skip


def _choices(run: Run, scope: Scope, title: str, name: str) -> exporting.Choices:
    options = run.options
    ordered = scope.collection is not None or bool(options.articles or options.search)
    masthead = None
    parts = exporting.template_of(options.template).parts
    # Tables and cards have a column for notes.
    column = parts.cards or exporting.BY_NAME[name].kind == "table"
    if parts.masthead:
        lines = (options.number, options.unit, options.date)
        masthead = exporting.Masthead(options.name or title, *lines)
    return exporting.Choices(
        title,
        options.group_by or ("none" if ordered else "theme"),
        exporting.Printing(
            options.notes or ("printed" if column else "none"),
            options.citations,
            options.highlights,
            measured=not options.no_layout,
            index=options.index,
        ),
        options.author,
        masthead,
        tuple(options.distribution),
    )


def _scope(run: Run, library: Library) -> tuple[Scope, str]:
    """The articles to export, and a title for them where none is given."""
    options, words = run.options, run.catalogue.text
    if options.collection is not None:
        collection = collections.by_name(library, options.collection)
        return Scope(collection=collection.id), collection.name
    if options.theme is not None:
        theme = themes.by_name(library, options.theme)
        return Scope(theme=theme.id), words("export.title_of", name=theme.name)
    if options.search is not None:
        return Scope(ids=found_by(run, library, options.search)), options.search
    if options.query is not None:
        found = tuple(matching(run, library))
        return Scope(ids=found), words("export.title_of", name=options.query)
    if options.articles is not None:
        articles = once(options.articles)
        tagging.require(library, articles)
        return Scope(ids=tuple(articles)), words("export.title")
    return Scope(), words("export.title")


COMMANDS: dict[str, Callable[[Run], int]] = {"export": export}
