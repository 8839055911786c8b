"""Carrying out a subcommand."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from bulletin_desktop.catalogue import Catalogue, Language, system_language
from bulletin_desktop.cli import (
    changing,
    collected,
    corrected,
    exchanged,
    exported,
    logged,
    marked,
    reading,
    served,
    suggested,
)
from bulletin_desktop.cli.arguments import UsageError, build_parser
from bulletin_desktop.cli.output import Output, OutputError
from bulletin_desktop.cli.run import Run
from bulletin_desktop.model.errors import KnownError

DONE, SOME_FAILED, WRONG_USAGE, UNUSABLE, INTERRUPTED = 0, 1, 2, 3, 130

_LANGUAGES: dict[str, Language] = {"zh": "zh", "en": "en"}


def main(given: Sequence[str]) -> int:
    """Carry out a subcommand; gives the exit code.

    0 done, 1 some inputs failed, 2 wrong usage, 3 the library or the output could not be used,
    130 interrupted.
    """
    catalogue = Catalogue(_language(given))
    output = Output(catalogue)
    try:
        options = build_parser(catalogue).parse_args(given)
        _refuse_broken_text(options, catalogue)
        return _act(options, catalogue, output)
    except UsageError as error:
        return output.fail(str(error), WRONG_USAGE)
    except KnownError as error:
        return output.fail(catalogue.error(error), exit_code(error))
    except OutputError as error:
        return output.fail(str(error), UNUSABLE)
    except KeyboardInterrupt:
        return output.fail(catalogue.text("cli.interrupted"), INTERRUPTED)


def _refuse_broken_text(options: argparse.Namespace, catalogue: Catalogue) -> None:
    """Names and queries must be text; only paths may hold bytes that are none."""
    for value in vars(options).values():
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and any("\ud800" <= c <= "\udfff" for c in text):
                raise UsageError(catalogue.text("cli.broken_text", text=ascii(text)))


def _act(options: argparse.Namespace, catalogue: Catalogue, output: Output) -> int:
    run = Run(options, catalogue, output)
    parts = (
        reading, changing, collected, corrected, marked, logged, suggested, exchanged, exported,
        served,
    )  # fmt: skip
    commands = {name: command for part in parts for name, command in part.COMMANDS.items()}
    code: int = commands[options.command](run)
    output.finish()
    return code


def exit_code(error: KnownError) -> int:
    """The exit code that says which kind of error of the user's world this is."""
    kind = error.code.partition(".")[0]
    unusable = ("library", "export", "write", "bundle", "merge", "share")
    codes = dict.fromkeys(unusable, UNUSABLE) | {"query": WRONG_USAGE}
    return codes.get(kind, SOME_FAILED)


def _language(given: Sequence[str]) -> Language:
    """The language asked for, looked up before the parser speaks any."""
    for option, value in zip(given, [*given[1:], ""], strict=True):
        name, equals, inline = option.partition("=")
        wanted = inline if equals else value
        if name == "--lang" and wanted in _LANGUAGES:
            return _LANGUAGES[wanted]
    return system_language()
