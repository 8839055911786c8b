"""What may be written after ``merge``, ``annotator`` and ``agreement``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bulletin_desktop.cli.arguments import _Builder as Builder


def add_exchanged(builder: Builder) -> None:
    """The subcommands for the work of two people."""
    merge = builder.add("merge")
    merge.add_argument("file", metavar="FILE", type=Path)
    merge.add_argument(
        "--with-articles", action="store_true", help=builder.text("cli.with_articles")
    )
    builder.add("annotator").add_argument("name", metavar="NAME", nargs="?")
    agreement = builder.add("agreement")
    agreement.add_argument("names", metavar="NAME", nargs="*", help=builder.text("cli.two_names"))
    agreement.add_argument("--csv", action="store_true", help=builder.text("cli.csv"))
