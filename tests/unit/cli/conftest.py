"""The command line on a library of one test."""

from __future__ import annotations

import json

import pytest

from bulletin_desktop import __main__


class Shell:
    """Runs subcommands on one library, in this process."""

    def __init__(self, file, capsys):
        self.file, self.capsys = file, capsys

    def __call__(self, *arguments, code=0, library=None):
        got = __main__.main([*map(str, arguments), "--library", str(library or self.file)])
        out, self.err = self.capsys.readouterr()
        assert got == code, self.err
        return out

    def json(self, *arguments, code=0, library=None):
        return json.loads(self(*arguments, "--json", code=code, library=library))


@pytest.fixture
def shell(library_file, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    return Shell(library_file, capsys)
