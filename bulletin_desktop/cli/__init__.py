"""The command line: subcommands that work without a screen, on the same services.

Only the words are here, so that a start of the window does not pay for the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

COMMANDS = (
    "parse", "import", "list", "show", "search", "concordance", "theme", "tag", "untag",
    "highlight", "rule", "note", "collection", "saved", "star", "unit", "reprint", "correct",
    "compare", "suggest", "refuse", "words", "undo", "redo", "history", "trash", "merge",
    "annotator", "agreement", "export", "check", "serve",
)  # fmt: skip
# Options that a word follows, here and in the window's start.
WITH_VALUE = {"--library", "--lang", "--theme"}
_HELP = {"-h", "--help", "--version"}


def is_for(arguments: Sequence[str]) -> bool:
    """Whether these are words for the command line: a subcommand, help, or a first word that is
    no file either, so that a misspelt subcommand opens no window.
    """
    word = _first_word(arguments)
    if word is None:
        return bool(_HELP & set(arguments))
    return word in COMMANDS or not _is_there(word)


def _is_there(word: str) -> bool:
    try:
        return Path(word).exists()
    except OSError:
        return False  # a name that is too long, a folder that lets nobody look


def _first_word(given: Sequence[str]) -> str | None:
    rest = iter(given)
    for argument in rest:
        if argument in WITH_VALUE:
            next(rest, None)
        elif not argument.startswith("-"):
            return argument
    return None
