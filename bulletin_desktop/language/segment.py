"""Chinese text cut into words by jieba, with the user dictionary of this field."""

from __future__ import annotations

import logging
import math
import threading
import warnings
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulletin_desktop.paths import resource

if TYPE_CHECKING:
    from collections.abc import Iterable

# How the packaged dictionary marks words that name things: nouns, also of doing and of being, names
# of things and organisations, short forms. Names of people and places are not among them.
_NAMING = frozenset(["n", "vn", "an", "nz", "nt", "j"])


def _import_jieba() -> Any:
    """jieba, which is slow to import, warns while it does, and logs what it loads to stderr."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.WARNING)
    return jieba


def _packaged(jieba: Any) -> bytes:
    """Jieba's dictionary: on each line a word, how often it was counted, and what kind it is."""
    return Path(jieba.__file__).with_name("dict.txt").read_bytes()


def _tokenizer() -> Any:
    """A tokenizer of our own: jieba's packaged dictionary and the user dictionary.

    jieba's own initialize() is passed by: it unmarshals a file that it finds in the shared
    temporary folder, which anyone could have put there, and holds the interpreter lock meanwhile.
    """
    jieba = _import_jieba()
    tokenizer = jieba.Tokenizer()
    # From memory: a file gives up the interpreter lock with each block it reads and takes it back
    # at once, which starves other threads (140 ms at a stretch, against 15).
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(BytesIO(_packaged(jieba)))
    tokenizer.initialized = True
    tokenizer.load_userdict(BytesIO(resource("user_dictionary.txt").read_bytes()))
    return tokenizer


class Segmenter:
    """Cuts text into words; safe to share between threads.

    The dictionary takes about 80 MB and half a second to load: once, on first use or by
    ``load`` in the background. Keep one segmenter for the life of the program.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loaded: Any = None

    def load(self) -> None:
        """Loads the dictionary if that has not been done; a second caller waits for the first.

        Raises OSError where the dictionary's file is missing.
        """
        with self._lock:
            if self._loaded is None:
                self._loaded = _tokenizer()

    def words(self, text: str) -> list[str]:
        """The words of ``text`` in order, as they stand there, without blanks and punctuation."""
        self.load()
        return [word for word in self._loaded.cut(text) if any(map(str.isalnum, word))]

    def naming(self, words: Iterable[str]) -> dict[str, float]:
        """Those of the words that name things, and how rare each is in the language, 0 to 1.

        Words of this field are all named, and as rare as can be; what stands in no dictionary is
        left out. Takes some 2 ms for each word.
        """
        self.load()
        ours = set(resource("user_dictionary.txt").read_text("utf-8").split())
        packaged = b"\n" + _packaged(_import_jieba())
        found = {}
        for word in words:
            place = packaged.find(b"\n" + word.encode() + b" ")
            if word in ours:
                found[word] = 1.0
            elif place >= 0:
                _, count, kind = packaged[place + 1 : packaged.find(b"\n", place + 1)].split()
                if kind.decode() in _NAMING:
                    found[word] = 1 - math.log(1 + int(count)) / math.log(self._loaded.total)
        return found
