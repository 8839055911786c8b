"""What may be written after ``bulletin-desktop``, with help in the user's language."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, get_args

from bulletin_desktop import __version__, paths
from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.cli.collection_arguments import add_collections
from bulletin_desktop.cli.exchange_arguments import add_exchanged
from bulletin_desktop.cli.export_arguments import add_export
from bulletin_desktop.cli.marked_arguments import add_marked
from bulletin_desktop.cli.served import add_served
from bulletin_desktop.cli.suggest_arguments import add_suggested
from bulletin_desktop.cli.theme_arguments import add_themes
from bulletin_desktop.services.concordance import MOST, WIDEST, WIDTH
from bulletin_desktop.services.concordance_view import Sort
from bulletin_desktop.services.correcting import ENCODINGS

LISTS = (
    "issues", "articles", "themes", "highlights", "notes", "collections", "sources", "units",
    "documents", "reprints", "searches", "trash",
)  # fmt: skip
_ROLES = ("kicker", "title", "subtitle", "author", "body", "source", "section", "issue")
_SORTS = ("relevance", "date", "source")


class UsageError(Exception):
    """The words on the command line make no sense; carries the sentence that says so."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{self.format_usage()}{message}")


def build_parser(catalogue: Catalogue) -> argparse.ArgumentParser:
    """The parser of all subcommands. Parsing raises UsageError where argparse would exit."""
    _speak(catalogue)
    parser = _Parser(
        prog="bulletin-desktop",
        description=catalogue.text("cli.description"),
        epilog=catalogue.text("cli.epilog"),
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"bulletin-desktop {__version__}")
    _add_common(parser, catalogue, default=True)
    builder = _Builder(catalogue, parser.add_subparsers(dest="command", required=True))
    _add_reading(builder)
    _add_search(builder)
    _add_concordance(builder)
    add_themes(builder)
    _add_tagging(builder)
    add_marked(builder)
    add_suggested(builder)
    add_collections(builder)
    _add_saved(builder)
    _add_units(builder)
    _add_reprints(builder)
    _add_corrections(builder)
    _add_trash(builder)
    add_exchanged(builder)
    add_export(builder)
    add_served(builder)
    return parser


def _speak(catalogue: Catalogue) -> None:
    """Let argparse speak the language asked for; it has no other way to be told."""

    def translated(message: str) -> str:
        try:
            return catalogue.text(f"argparse.{message}")
        except KeyError:
            return message

    def plural(one: str, other: str, n: int) -> str:
        return translated(one if n == 1 else other)

    for name, function in {"_": translated, "ngettext": plural}.items():
        setattr(argparse, name, function)


def _add_common(parser: argparse.ArgumentParser, catalogue: Catalogue, *, default: bool) -> None:
    """The options that may stand before or after the subcommand.

    After it they have no default, or that would replace what stood before it.
    """
    library = paths.default_library() if default else argparse.SUPPRESS
    parser.add_argument(
        "--library", metavar="FILE", type=Path, default=library, help=catalogue.text("cli.library")
    )
    parser.add_argument(
        "--json",
        action="store_true",
        default=False if default else argparse.SUPPRESS,
        help=catalogue.text("cli.json"),
    )
    parser.add_argument(
        "--lang",
        choices=("zh", "en"),
        default=catalogue.language if default else argparse.SUPPRESS,
        help=catalogue.text("cli.lang"),
    )


class _Builder:
    """Makes subcommands, each with its help and the common options."""

    def __init__(self, catalogue: Catalogue, commands: Any, prefix: str = "") -> None:
        self.text: Callable[..., str] = catalogue.text
        self._catalogue = catalogue
        self._commands = commands
        self._prefix = prefix
        # Made once: there are a hundred subcommands.
        self._common = argparse.ArgumentParser(add_help=False)
        _add_common(self._common, catalogue, default=False)
        self.made: dict[str, argparse.ArgumentParser] = {}

    def add(self, name: str) -> argparse.ArgumentParser:
        """A subcommand; its help is the entry ``cli.<name>`` of the catalogue."""
        text = self.text(f"cli.{self._prefix}{name.replace('-', '_')}")
        parser: argparse.ArgumentParser = self._commands.add_parser(
            name, help=text, description=text, allow_abbrev=False, parents=[self._common]
        )
        self.made[name] = parser
        return parser

    def below(self, name: str) -> _Builder:
        """A subcommand that has subcommands of its own, kept as ``action``."""
        actions = self.add(name).add_subparsers(dest="action", required=True)
        return _Builder(self._catalogue, actions, f"{name}_")

    def add_tree_verbs(self, where: str) -> None:
        """Renaming, merging and moving what stands in a tree; ``where`` is the code of the help."""
        rename = self.add("rename")
        rename.add_argument("name", metavar="NAME")
        rename.add_argument("new", metavar="NEW_NAME")
        merge = self.add("merge")
        merge.add_argument("names", metavar="NAME", nargs="+")
        merge.add_argument("into", metavar="INTO")
        move = self.add("move")
        move.add_argument("name", metavar="NAME")
        move.add_argument("--parent", metavar="NAME", help=self.text(where))


def _add_reading(builder: _Builder) -> None:
    for name in ("parse", "import"):
        builder.add(name).add_argument("paths", metavar="PATH", nargs="+", type=Path)
    importing = builder.made["import"]
    importing.add_argument(
        "--starter-themes", action="store_true", help=builder.text("cli.starter_themes")
    )
    importing.add_argument("--encoding", choices=ENCODINGS, help=builder.text("cli.encoding"))
    listing = builder.add("list")
    listing.add_argument("what", choices=LISTS)
    listing.add_argument("--csv", action="store_true", help=builder.text("cli.csv"))
    builder.add("show").add_argument("article", metavar="ARTICLE_ID", type=int)
    for name in ("undo", "redo"):
        builder.add(name)
    builder.add("history").add_argument(
        "--article", metavar="ARTICLE_ID", type=int, help=builder.text("cli.history_of")
    )
    builder.add("check").add_argument(
        "--repair", action="store_true", help=builder.text("cli.repair")
    )


def _add_search(builder: _Builder) -> None:
    search = builder.add("search")
    search.add_argument("query", metavar="QUERY")
    search.add_argument("--literal", action="store_true", help=builder.text("cli.literal"))
    search.add_argument(
        "--limit", metavar="N", type=_count, default=50, help=builder.text("cli.limit")
    )
    search.add_argument("--facets", action="store_true", help=builder.text("cli.facets"))
    _add_ways(builder, search)


def _add_ways(builder: _Builder, parser: argparse.ArgumentParser) -> None:
    """In what order hits come, and which ways of writing count as the same."""
    parser.add_argument(
        "--sort", choices=_SORTS, default="relevance", help=builder.text("cli.sort")
    )
    parser.add_argument("--years", action="store_true", help=builder.text("cli.years"))
    parser.add_argument("--spaces", action="store_true", help=builder.text("cli.spaces"))


def _count(text: str) -> int:
    """A whole number from 0."""
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def _add_concordance(builder: _Builder) -> None:
    listing = builder.add("concordance")
    listing.add_argument("query", metavar="QUERY")
    for name in ("literal", "years", "spaces", "csv", "pinyin"):
        listing.add_argument(f"--{name}", action="store_true", help=builder.text(f"cli.{name}"))
    listing.add_argument(
        "--width", metavar="N", type=_width, default=WIDTH, help=builder.text("cli.width")
    )
    listing.add_argument(
        "--sort", choices=get_args(Sort), default="right", help=builder.text("cli.line_sort")
    )
    listing.add_argument(
        "--limit", metavar="N", type=_count, default=MOST, help=builder.text("cli.lines")
    )
    listing.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help=builder.text("cli.lines_output")
    )


def _width(text: str) -> int:
    """So many characters as a context may have."""
    number = int(text)
    if not 1 <= number <= WIDEST:
        raise ValueError(text)
    return number


def _add_tagging(builder: _Builder) -> None:
    for name in ("tag", "untag"):
        parser = builder.add(name)
        parser.add_argument(
            "--theme", metavar="NAME", action="append", required=True,
            help=builder.text("cli.theme_option"),
        )  # fmt: skip
        parser.add_argument("--query", metavar="QUERY", help=builder.text("cli.query_option"))
        parser.add_argument("articles", metavar="ARTICLE_ID", nargs="*", type=int)
    note = builder.add("note")
    note.add_argument("article", metavar="ARTICLE_ID", type=int)
    note.add_argument("text", metavar="TEXT")
    star = builder.add("star")
    star.add_argument("articles", metavar="ARTICLE_ID", nargs="+", type=int)
    star.add_argument("--off", action="store_true", help=builder.text("cli.off"))


def _add_saved(builder: _Builder) -> None:
    saved = builder.below("saved")
    for name in ("add", "replace", "rename", "delete", "freeze"):
        saved.add(name).add_argument("name", metavar="NAME")
    saved.made["rename"].add_argument("new", metavar="NEW_NAME")
    for name in ("add", "replace"):
        saved.made[name].add_argument("query", metavar="QUERY")
        _add_ways(builder, saved.made[name])


def _add_units(builder: _Builder) -> None:
    units = builder.below("unit")
    units.add_tree_verbs("cli.new_unit_parent")
    alias = units.add("alias")
    alias.add_argument("name", metavar="NAME")
    alias.add_argument("alias", metavar="OTHER_NAME")
    alias.add_argument("--remove", action="store_true", help=builder.text("cli.remove_alias"))
    source = units.add("source")
    source.add_argument("source", metavar="SOURCE")
    source.add_argument("units", metavar="NAME", nargs="*")
    source.add_argument("--infer", action="store_true", help=builder.text("cli.infer_source"))
    for parser in (alias, source):
        parser.add_argument("--place", metavar="PLACE", help=builder.text("cli.unit_place"))


def _add_reprints(builder: _Builder) -> None:
    reprints = builder.below("reprint")
    for parser in (reprints.add("deny"), reprints.add("allow"), builder.add("compare")):
        for name in ("article", "other"):
            parser.add_argument(name, metavar="ARTICLE_ID", type=int)


def _add_corrections(builder: _Builder) -> None:
    corrections = builder.below("correct")
    for name in ("split", "take-up", "confirm", "role"):
        parser = corrections.add(name)
        parser.add_argument("document", metavar="DOCUMENT_ID", type=int)
        parser.add_argument("at", metavar="AT", type=int, help=builder.text("cli.at"))
    parser.add_argument("role", choices=_ROLES)
    corrections.add("join").add_argument("article", metavar="ARTICLE_ID", type=int)
    section = corrections.add("section").add_mutually_exclusive_group(required=True)
    section.add_argument("--name", metavar="NAME", help=builder.text("cli.section_name"))
    section.add_argument("--none", action="store_true", help=builder.text("cli.no_section"))
    kind = corrections.add("kind")
    kind.add_argument("kind", choices=("article", "brief"))
    corrections.add("discard")
    for name in ("issue", "join-issue", "confirm-date", "facts"):
        corrections.add(name).add_argument("issue", metavar="ISSUE_ID", type=int)
    for name in ("discard", "kind", "section", "issue"):
        corrections.made[name].add_argument("articles", metavar="ARTICLE_ID", nargs="+", type=int)
    for name in ("title", "number", "total-number", "editor", "date"):
        corrections.made["facts"].add_argument(f"--{name}", help=builder.text("cli.fact"))
    _add_document_corrections(builder, corrections)


def _add_document_corrections(builder: _Builder, corrections: _Builder) -> None:
    amend = corrections.add("amend")
    recut = corrections.add("recut")
    recut.add_argument("documents", metavar="DOCUMENT_ID", nargs="*", type=int)
    recut.add_argument("--all", action="store_true", help=builder.text("cli.all_documents"))
    for name in ("encoding", "list", "cuts"):
        corrections.add(name)
    for name in ("amend", "encoding", "list", "cuts"):
        corrections.made[name].add_argument("document", metavar="DOCUMENT_ID", type=int)
    for name in ("start", "end"):
        amend.add_argument(name, metavar=name.upper(), type=int, help=builder.text("cli.at"))
    amend.add_argument("text", metavar="TEXT")
    corrections.made["encoding"].add_argument("encoding", choices=ENCODINGS)
    corrections.made["cuts"].add_argument(
        "--doubts", action="store_true", help=builder.text("cli.doubts")
    )


def _add_trash(builder: _Builder) -> None:
    trash = builder.below("trash")
    trash.add("list").add_argument("--csv", action="store_true", help=builder.text("cli.csv"))
    put = trash.add("put")
    for name, kind in (("articles", "ARTICLE_ID"), ("issues", "ISSUE_ID")):
        put.add_argument(
            f"--{name}", metavar=kind, nargs="+", type=int, default=[],
            help=builder.text(f"cli.trash_{name}"),
        )  # fmt: skip
    for name, count in (("restore", "+"), ("empty", "*")):
        trash.add(name).add_argument("entries", metavar="ENTRY_ID", nargs=count, type=int)
