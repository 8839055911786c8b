"""What may be written after ``highlight`` and ``rule``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from bulletin_desktop.cli.arguments import _Builder


def add_marked(builder: _Builder) -> None:
    """Add both subcommands."""
    _add_highlights(builder)
    _add_rules(builder)


def _add_highlights(builder: _Builder) -> None:
    highlights = builder.below("highlight")
    add = highlights.add("add")
    add.add_argument("article", metavar="ARTICLE_ID", type=int)
    for name in ("start", "end"):
        add.add_argument(name, metavar=name.upper(), type=int, help=builder.text("cli.body_at"))
    add.add_argument(
        "--theme", metavar="NAME", action="append", default=[],
        help=builder.text("cli.theme_option"),
    )  # fmt: skip
    add.add_argument("--note", metavar="TEXT", help=builder.text("cli.highlight_note"))
    _add_ids(highlights.add("delete"), "highlights", "HIGHLIGHT_ID", "+")
    theme = highlights.add("theme")
    _add_ids(theme, "highlights", "HIGHLIGHT_ID", "+")
    theme.add_argument(
        "--theme", metavar="NAME", required=True, help=builder.text("cli.highlight_put")
    )
    theme.add_argument("--remove", action="store_true", help=builder.text("cli.highlight_take"))


def _add_rules(builder: _Builder) -> None:
    rules = builder.below("rule")
    add = rules.add("add")
    add.add_argument("query", metavar="QUERY")
    add.add_argument("--theme", metavar="NAME", required=True, help=builder.text("cli.rule_theme"))
    add.add_argument("--at-import", action="store_true", help=builder.text("cli.at_import"))
    for name in ("years", "spaces"):
        add.add_argument(f"--{name}", action="store_true", help=builder.text(f"cli.{name}"))
    rules.add("list").add_argument("--csv", action="store_true", help=builder.text("cli.csv"))
    _add_ids(rules.add("apply"), "rules", "RULE_ID", "*")
    _add_ids(rules.add("delete"), "rules", "RULE_ID", "+")


def _add_ids(parser: argparse.ArgumentParser, name: str, metavar: str, count: str) -> None:
    parser.add_argument(name, metavar=metavar, nargs=count, type=int)
