"""``python -m bulletin_desktop`` and the installed command: the window, or the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from bulletin_desktop import cli


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program with these arguments (the process's own by default); gives its exit code.

    With a subcommand no window opens and Qt is not imported.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["--read-apart"]:  # this process is a child that reads one file
        from bulletin_desktop.parsing.readers.apart import main as read_apart

        return read_apart(given[1:])
    if given == ["--load-ahead"]:  # a child that loads the files of an import
        from bulletin_desktop.services.ahead import main as load_ahead

        return load_ahead()
    if given[:1] == ["--lay-out"]:  # a child that lays out the pages of a PDF
        from bulletin_desktop.exporting.pdf.child import main as lay_out

        return lay_out(given[1:])
    # Deferred: a subcommand works where Qt is not installed, and the window needs no subcommands.
    if cli.is_for(given):
        from bulletin_desktop.cli.command import main as command

        return command(given)
    from bulletin_desktop.app import run

    return run(given)


if __name__ == "__main__":
    sys.exit(main())
