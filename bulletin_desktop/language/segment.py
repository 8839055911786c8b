"""Chinese text cut into words by jieba, with the user dictionary of this field."""

from __future__ import annotations

import logging
import math
import threading
import warnings
from functools import cache
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulletin_desktop.language.folding import fold
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


_once = threading.Lock()


def _tokenizer() -> Any:
    """A tokenizer over the dictionaries, which all segmenters of the process share."""
    with _once:
        known = _dictionaries()
    return _over(*known)


def _over(frequencies: dict[str, int], total: int) -> Any:
    """A tokenizer over a dictionary; jieba's own initialize() is passed by: it unmarshals a file
    that it finds in the shared temporary folder, which anyone could have put there, and holds the
    interpreter lock meanwhile.
    """
    tokenizer = _import_jieba().Tokenizer()
    tokenizer.FREQ, tokenizer.total = frequencies, total
    tokenizer.initialized = True
    return tokenizer


@cache
def _dictionaries() -> tuple[dict[str, int], int]:
    """Jieba's packaged dictionary with the user dictionary: how often each word was counted, and
    all together.
    """
    jieba = _import_jieba()
    # From memory: a file gives up the interpreter lock with each block it reads and takes it back
    # at once, which starves other threads (140 ms at a stretch, against 15).
    tokenizer = _over(*jieba.Tokenizer.gen_pfdict(BytesIO(_packaged(jieba))))
    tokenizer.load_userdict(BytesIO(resource("user_dictionary.txt").read_bytes()))
    return tokenizer.FREQ, tokenizer.total


class Segmenter:
    """Cuts text into words; safe to share between threads.

    The dictionary takes about 80 MB and half a second to load: once for all segmenters, on first
    use or by ``load`` in the background.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loaded: Any = None
        self._known: frozenset[str] = frozenset()
        self._before: dict[str, int] = {}  # how often the words known were counted before

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

    def ends(self, text: str) -> list[int]:
        """The code points of ``text`` at which a word, a blank or a mark ends."""
        self.load()
        return list(accumulate(map(len, self._loaded.cut(text))))

    def know(self, words: Iterable[str]) -> None:
        """Cut these words whole from now on, beside those of the dictionaries; and no others that
        were given before.
        """
        self.load()
        wanted = frozenset(words)
        with self._lock:
            if wanted == self._known:
                return
            if not self._known and not self._before:  # the others do not know them
                self._loaded.FREQ = dict(self._loaded.FREQ)
            frequencies = self._loaded.FREQ
            for word in self._known - wanted:
                self._loaded.total -= frequencies[word]
                frequencies[word] = self._before.pop(word)
            for word in wanted - self._known:
                self._before[word] = frequencies.get(word, 0)
                self._loaded.add_word(word)
            self._known = wanted

    def has(self, word: str) -> bool:
        """Whether a word stands in a dictionary, or was given."""
        self.load()
        return bool(self._loaded.FREQ.get(word))

    def naming(self, words: Iterable[str]) -> dict[str, float]:
        """Those of the words that name things, and how rare each is in the language, 0 to 1.

        Words of this field and those that were given are all named, and as rare as can be; what
        stands in no dictionary is left out.
        """
        self.load()
        ours = {
            *resource("user_dictionary.txt").read_text("utf-8").split(),
            *map(fold, self._known),
        }
        packaged = _packaged(_import_jieba())
        found = {}
        for word in words:
            line = b"" if word in ours else _line(packaged, word.encode() + b" ")
            if word in ours:
                found[word] = 1.0
            elif line:
                _, count, kind = line.split()
                if kind.decode() in _NAMING:
                    found[word] = 1 - math.log(1 + int(count)) / math.log(self._loaded.total)
        return found


def _line(packaged: bytes, beginning: bytes) -> bytes:
    """The line of jieba's dictionary that begins so, or nothing; its lines are in order, but for a
    few at the beginning with Latin letters.
    """
    low, high = 0, len(packaged)
    while low < high:
        at = packaged.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = packaged.find(b"\n", at)
        line = packaged[at : end if end >= 0 else len(packaged)]
        if line.startswith(beginning):
            return line
        if line < beginning:
            low = at + len(line) + 1
        else:
            high = at
    return b""
