"""Which of the export dialog's fields a format takes: nothing is asked that it does not use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.services.exporting import BY_NAME

if TYPE_CHECKING:
    from bulletin_desktop.services.exporting import Notes, Parts

_LAID_OUT = ("docx", "odt")  # by a word processor, whose page numbers can be looked up
_WITH_NOTES = ("xlsx", "csv", "jsonl")


def fields_of(format_name: str, parts: Parts) -> frozenset[str]:
    """The names of the fields that an export in a format takes, with a template of these parts."""
    if format_name not in BY_NAME:  # an exchange format
        return frozenset() if format_name == "qdc" else frozenset({"articles"})
    wanted = {
        "articles": True,
        "rows": format_name == "csv",
        "notes": format_name in _WITH_NOTES,
    }
    if BY_NAME[format_name].kind != "table":
        wanted |= {
            "title": True,
            "author": True,
            "template": True,
            "notes": True,
            "group": not parts.cards,
            "citations": not parts.cards,
            "highlights": not parts.cards and format_name != "txt",
            "index": BY_NAME[format_name].kind == "pages" and not (parts.cards or parts.index),
            "measured": _is_numbered(parts) and format_name in _LAID_OUT,
            "masthead": parts.masthead,
            "distribution": parts.distribution and not parts.cards,
        }
    return frozenset(name for name, is_wanted in wanted.items() if is_wanted)


def _is_numbered(parts: Parts) -> bool:
    return (parts.contents or parts.index) and not parts.cards


def notes_of(format_name: str, parts: Parts) -> tuple[Notes, ...]:
    """The ways in which a format can have notes."""
    beside = BY_NAME[format_name].kind != "table" and not parts.cards
    return ("none", "printed", "comments") if beside else ("none", "printed")
