"""What may be written after ``export``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, get_args

from bulletin_desktop.services.exporting import NAMES, Citations, GroupBy, Notes

if TYPE_CHECKING:
    import argparse

    from bulletin_desktop.cli.arguments import _Builder as Builder


def add_export(builder: Builder) -> None:
    """The subcommand that writes articles to a file."""
    export = builder.add("export")
    export.add_argument(
        "-o", "--output", metavar="FILE", type=Path, required=True,
        help=builder.text("cli.output"),
    )  # fmt: skip
    export.add_argument("--format", choices=NAMES, help=builder.text("cli.format"))
    export.add_argument("--template", metavar="NAME", default="", help=builder.text("cli.template"))
    _add_scope(builder, export)
    export.add_argument("--group-by", choices=get_args(GroupBy), help=builder.text("cli.group_by"))
    _add_printing(builder, export)
    export.add_argument("--title", metavar="TEXT", help=builder.text("cli.title"))
    for name in ("author", "name", "number", "unit", "date"):
        help_text = builder.text(f"cli.export_{name}")
        export.add_argument(f"--{name}", metavar="TEXT", default="", help=help_text)
    export.add_argument(
        "--distribution", metavar="TEXT", action="append", default=[],
        help=builder.text("cli.export_distribution"),
    )  # fmt: skip


def _add_scope(builder: Builder, export: argparse.ArgumentParser) -> None:
    which = export.add_mutually_exclusive_group(required=True)
    which.add_argument("--query", metavar="QUERY", help=builder.text("cli.query_option"))
    which.add_argument("--collection", metavar="NAME", help=builder.text("cli.collection_option"))
    which.add_argument("--search", metavar="NAME", help=builder.text("cli.search_option"))
    which.add_argument("--theme", metavar="NAME", help=builder.text("cli.theme_scope"))
    which.add_argument(
        "--articles", metavar="ARTICLE_ID", nargs="+", type=int,
        help=builder.text("cli.articles_option"),
    )  # fmt: skip
    which.add_argument("--all", action="store_true", help=builder.text("cli.all"))


def _add_printing(builder: Builder, export: argparse.ArgumentParser) -> None:
    export.add_argument(
        "--notes", choices=get_args(Notes), nargs="?", const="printed",
        help=builder.text("cli.notes"),
    )  # fmt: skip
    export.add_argument(
        "--citations", choices=get_args(Citations), default="line",
        help=builder.text("cli.citations"),
    )  # fmt: skip
    export.add_argument("--highlights", action="store_true", help=builder.text("cli.highlights"))
    export.add_argument("--index", action="store_true", help=builder.text("cli.index"))
    export.add_argument("--no-layout", action="store_true", help=builder.text("cli.no_layout"))
