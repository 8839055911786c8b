"""What may be written after ``suggest``, ``refuse`` and ``words``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bulletin_desktop.cli.arguments import _Builder as Builder


def add_suggested(builder: Builder) -> None:
    """The subcommands for suggestions and the user's words."""
    refuse = builder.add("refuse")
    refuse.add_argument(
        "--theme", metavar="NAME", required=True, help=builder.text("cli.refused_theme")
    )
    for parser in (builder.add("suggest"), refuse):
        parser.add_argument("articles", metavar="ARTICLE_ID", nargs="+", type=int)
    below = builder.below("words")
    for name in ("add", "remove"):
        below.add(name).add_argument("words", metavar="WORD", nargs="+")
    for name in ("list", "candidates"):
        below.add(name)
