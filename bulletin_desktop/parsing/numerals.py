"""Numbers as bulletins print them: half and full width digits, Chinese numerals."""

from __future__ import annotations

DIGITS = "0-9０-９"
NUMERALS = "一二三四五六七八九十百千零〇○Ｏ两"
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_VALUES = {
    **{c: i for i, c in enumerate("零一二三四五六七八九")},
    **{c: i for i, c in enumerate("0123456789")},
    "〇": 0,
    "○": 0,
    "Ｏ": 0,
    "两": 2,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def number(words: str) -> int:
    """The number that ``words`` writes: 12, １２, 十二, 三百五十六, 二〇一二.

    Raises ValueError for anything else.
    """
    plain = "".join(words.split()).translate(_FULL_WIDTH)
    if plain.isascii():
        return int(plain)
    if any(c in _UNITS for c in plain):
        return _with_units(plain)
    return int("".join(str(_value(c)) for c in plain))


def _value(numeral: str) -> int:
    if numeral not in _VALUES:
        raise ValueError(numeral)
    return _VALUES[numeral]


def _with_units(words: str) -> int:
    total, digit = 0, 0
    for c in words:
        if c in _UNITS:
            total += (digit or 1) * _UNITS[c]
            digit = 0
        else:
            digit = _value(c)
    return total + digit
