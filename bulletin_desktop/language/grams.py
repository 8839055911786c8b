"""The tokens of the search index: pairs of characters that overlap, and single characters.

What stands together in a text is a phrase of pairs: 工资协商 is 工资 资协 协商, one after another,
and no other run of characters is. So the index finds each occurrence, across marks and spaces too,
and nothing else. Texts come folded; tokens are for SQLite's ``ascii`` tokenizer, to which all that
is neither a letter nor a digit of ASCII is a border: those signs are put into Unicode's private use
area.
"""

from __future__ import annotations

import re
from array import array

# Whatever changes what this module gives must change this: the index is made anew then.
VERSION = 1

_AREA = 0xF300  # so many code points from here on stand for the signs of ASCII
_END = "\uf380"
_TAKEN = re.compile("[\uf300-\uf380]")
_UNKNOWN = "\ufffd"
_COMMON = tuple((sign, chr(_AREA + ord(sign))) for sign in ',()\n :;.-%?!"/')
_SIGN = re.compile(r"[\x00-/:-@\[-`{-\x7f]")
_BORDER = ord(" ")


def indexable(folded: str) -> bool:
    """Whether the index can tell where a text stands; else the articles themselves must be asked.

    It cannot for characters that stand for signs in it, and for one that stands for those.
    """
    return bool(folded) and _UNKNOWN not in folded and not _TAKEN.search(folded)


def safe(folded: str) -> str:
    """The text with no border in it for the tokenizer, as long as before: what tokens are of."""
    if _TAKEN.search(folded):
        folded = _TAKEN.sub(_UNKNOWN, folded)
    for sign, stand_in in _COMMON:  # most of them, at a fraction of the time
        folded = folded.replace(sign, stand_in)
    return _SIGN.sub(lambda found: chr(_AREA + ord(found[0])), folded)


def pairs(text: str) -> str:
    """Each two neighbouring characters of a safe text as a token, and the last one with a sign for
    the end.

    So each character begins a token. Nothing for no text.
    """
    return _pairs(text + _END) if text else ""


def _pairs(text: str) -> str:
    encoding, size = "utf-16-le", "H"
    encoded = text.encode(encoding)
    if len(encoded) > 2 * len(text):  # a character beyond the first plane is two units there
        encoding, size = "utf-32-le", "I"
        encoded = text.encode(encoding)
    units = array(size, encoded)
    # Every third unit at once, which is ten times as fast as one token after the other.
    tokens = array(size, [_BORDER]) * (3 * len(units) - 4)
    tokens[0::3] = units[:-1]
    tokens[1::3] = units[1:]
    return tokens.tobytes().decode(encoding)


def letters(text: str) -> str:
    """Each character that a safe text has as a token, once."""
    return " ".join(set(text))


def letter(folded: str) -> str:
    """A single character as a query of those that texts have."""
    return f'"{safe(folded)}"'


def phrase(folded: str) -> str:
    """A folded text of at least one character as a query of pairs."""
    text = safe(folded)
    return f'"{_pairs(text)}"' if len(text) > 1 else f'"{text}" *'
