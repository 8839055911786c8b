"""What may be written after ``theme``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bulletin_desktop.cli.arguments import _Builder as Builder


def add_themes(builder: Builder) -> None:
    """The subcommands for themes, as actions of ``theme``."""
    themes = builder.below("theme")
    add = themes.add("add")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--parent", metavar="NAME", help=builder.text("cli.parent"))
    add.add_argument("--colour", metavar="#RRGGBB", help=builder.text("cli.colour"))
    add.add_argument("--key", metavar="1-9", help=builder.text("cli.key"))
    add.add_argument(
        "--alias", metavar="NAME", action="append", default=[], help=builder.text("cli.alias")
    )
    themes.add_tree_verbs("cli.new_parent")
    themes.add("delete").add_argument("name", metavar="NAME")
    _add_details(themes)
    _add_split(themes)
    themes.add("export").add_argument(
        "-o", "--output", metavar="FILE", type=Path, required=True,
        help=builder.text("cli.output"),
    )  # fmt: skip
    themes.add("import").add_argument("file", metavar="FILE", type=Path)


def _add_details(themes: Builder) -> None:
    for name in ("describe", "alias", "words", "colour", "key"):
        themes.add(name).add_argument("name", metavar="NAME")
    themes.made["describe"].add_argument("text", metavar="TEXT")
    for name, metavar in (("alias", "OTHER_NAME"), ("words", "WORD")):
        parser = themes.made[name]
        parser.add_argument("given", metavar=metavar, nargs="+")
        parser.add_argument("--remove", action="store_true", help=themes.text("cli.remove_these"))
    themes.made["colour"].add_argument(
        "colour", metavar="COLOUR", help=themes.text("cli.colour_name")
    )
    themes.made["key"].add_argument("key", metavar="1-9", nargs="?")


def _add_split(themes: Builder) -> None:
    split = themes.add("split")
    split.add_argument("name", metavar="NAME")
    split.add_argument("new", metavar="NEW_NAME")
    split.add_argument(
        "--query", metavar="QUERY", required=True, help=themes.text("cli.split_query")
    )
    split.add_argument("--beside", action="store_true", help=themes.text("cli.beside"))
    split.add_argument("--keep", action="store_true", help=themes.text("cli.keep_theme"))
