"""Messages for people, in Chinese and English, for the window and the command line alike."""

from __future__ import annotations

import json
import os
from functools import cache
from typing import Literal

from bulletin_desktop import paths
from bulletin_desktop.model.change import Message
from bulletin_desktop.model.errors import KnownError

Language = Literal["zh", "en"]


class Catalogue:
    """The sentences of one language, by code."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._entries = _entries(language)

    def text(self, code: str, **params: object) -> str:
        """The sentence of a code with its placeholders filled.

        An entry with the forms "one" and "other" is chosen by the parameter ``n``. A code that is
        missing is a bug and raises KeyError.
        """
        entry = self._entries[code]
        if isinstance(entry, dict):
            entry = entry["one" if params.get("n") == 1 else "other"]
        return entry.format(**params)

    def message(self, message: Message) -> str:
        """The sentence of a message."""
        return self.text(message.code, **message.params)

    def error(self, error: KnownError) -> str:
        """The sentence of an error of the user's environment."""
        return self.text(error.code, **error.params)


@cache
def _entries(language: Language) -> dict[str, str | dict[str, str]]:
    entries: dict[str, str | dict[str, str]] = {}
    for part in ("messages", "cli", "window"):
        source = paths.resource(f"translations/{language}/{part}.json")
        entries.update(json.loads(source.read_text("utf-8")))
    return entries


def system_language() -> Language:
    """Chinese where the environment asks for it (LC_ALL, LC_MESSAGES, LANGUAGE, LANG), or says
    nothing; else English.
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG"):
        value = os.environ.get(name, "")
        if value and value not in {"C", "C.UTF-8", "POSIX"}:
            return "zh" if value.startswith("zh") else "en"
    return "zh"
