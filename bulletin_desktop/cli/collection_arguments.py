"""What may be written after ``collection``."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from bulletin_desktop.model.records import Extent
from bulletin_desktop.services.collections import SortBy

if TYPE_CHECKING:
    import argparse

    from bulletin_desktop.cli.arguments import _Builder


def add_collections(builder: _Builder) -> None:
    """Add the subcommand with its actions."""
    collections = builder.below("collection")
    for name in (
        "add", "remove", "create", "delete", "rename", "show", "heading", "move", "take-out",
        "extent", "intro", "sort", "update",
    ):  # fmt: skip
        collections.add(name).add_argument("name", metavar="NAME")
    made = collections.made
    made["rename"].add_argument("new", metavar="NEW_NAME")
    made["show"].add_argument("--csv", action="store_true", help=builder.text("cli.csv"))
    made["extent"].add_argument("extent", choices=get_args(Extent))
    made["extent"].add_argument("--summary", metavar="TEXT", help=builder.text("cli.summary"))
    for name in ("add", "remove", "extent"):
        _add_ids(made[name], "articles", "ARTICLE_ID")
    for name in ("heading", "intro"):
        made[name].add_argument("text", metavar="TEXT")
    for name in ("move", "take-out"):
        _add_ids(made[name], "items", "ITEM_ID")
    _add_places(builder, made["heading"], made["move"])
    _add_order(builder, made["sort"])


def _add_ids(parser: argparse.ArgumentParser, name: str, metavar: str) -> None:
    parser.add_argument(name, metavar=metavar, nargs="+", type=int)


def _add_places(
    builder: _Builder, heading: argparse.ArgumentParser, move: argparse.ArgumentParser
) -> None:
    heading.add_argument(
        "--level", type=int, choices=(1, 2), help=builder.text("cli.heading_level")
    )
    place = heading.add_mutually_exclusive_group()
    place.add_argument("--item", metavar="ITEM_ID", type=int, help=builder.text("cli.heading_item"))
    for parser in (place, move):
        parser.add_argument(
            "--before", metavar="ITEM_ID", type=int, help=builder.text("cli.before_item")
        )


def _add_order(builder: _Builder, sort: argparse.ArgumentParser) -> None:
    sort.add_argument(
        "--by", choices=get_args(SortBy), required=True, help=builder.text("cli.sort_by")
    )
    sort.add_argument("--descending", action="store_true", help=builder.text("cli.descending"))
