"""What readers of formats with structure share: tables as lines, list labels, what was left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from bulletin_desktop.model.change import Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.text import DecodedText

_LONGEST_CELL = 3  # paragraphs; a cell with more is a column of a layout, not a field of a table
_LARGEST = 2**26  # characters
_PAGE_NUMBER = re.compile(r"[第页頁共总總Pageof/\d\s\-—–－·.。|｜]*")
_NO_TEXT = re.compile("[\0\ud800-\udfff]")


class LeftOut(Counter[str]):
    """How many things of each kind are in a file and not in its text."""

    def remarks(self) -> tuple[Message, ...]:
        """A sentence for each kind, such as ``file.pictures`` or ``file.objects``."""
        return tuple(Message(f"file.{kind}", {"n": n}) for kind, n in self.items() if n)


def decoded(text: str, left_out: LeftOut, encoding: str | None = None) -> DecodedText:
    """What a reader gives: its text without what is no text, and what is not in it.

    Raises KnownError ``file.too_large`` for a text that nobody wrote.
    """
    if len(text) > _LARGEST:
        raise KnownError("file.too_large")
    return DecodedText(_NO_TEXT.sub("\ufffd", text), encoding, left_out.remarks())


def is_page_number(line: str) -> bool:
    """Whether a line of a head or foot is blank or counts the pages and says no more."""
    return _PAGE_NUMBER.fullmatch(line) is not None


def row_lines(cells: Sequence[Sequence[str]]) -> list[str]:
    """A row of a table, each cell as its paragraphs: one line, the cells parted by tabs.

    A row that arranges columns of text instead gives the paragraphs of one cell after the other.
    """
    filled = [[p for p in cell if p.strip()] for cell in cells]
    wide = [cell for cell in filled if cell]
    if (len(wide) == 1 and len(wide[0]) > 1) or any(len(cell) > _LONGEST_CELL for cell in wide):
        return [paragraph for cell in wide for paragraph in cell]
    line = "\t".join(" ".join(" ".join(cell).split()) for cell in filled)
    return [line.rstrip("\t")] if wide else []


_DIGITS = "零一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ((1000, "千仟"), (100, "百佰"), (10, "十拾"))
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"


def chinese(number: int, formal: bool = False) -> str:
    """A number below 10,000 in Chinese: 12 is 十二, formally 壹拾贰."""
    if not 0 < number < 10_000:
        return str(number)
    digits, words, gap = (_FORMAL if formal else _DIGITS), "", False
    rest = number
    for value, names in _UNITS:
        digit, rest = divmod(rest, value)
        if digit:
            words += ("零" if gap else "") + digits[digit] + names[formal]
        gap = not digit and bool(words)
    words += ("零" if gap and rest else "") + (digits[rest] if rest else "")
    return words[1:] if words.startswith("一十") else words


def roman(number: int) -> str:
    """A number in Roman capitals."""
    words = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        words += letters * min(count, 9)
    return words


def letters(number: int) -> str:
    """The n-th letter, small: a, b … z, aa, bb …, as Word counts."""
    times, at = divmod(number - 1, 26)
    return chr(ord("a") + at) * min(times + 1, 9)


def circled(number: int) -> str:
    """A number in a circle, up to twenty."""
    return chr(ord("①") + number - 1) if 1 <= number <= 20 else str(number)


def _cyclic(signs: str, number: int) -> str:
    return signs[number - 1] if 1 <= number <= len(signs) else str(number)


def _full_width(number: int) -> str:
    return "".join(chr(ord(c) + 0xFEE0) for c in str(number))


_FORMATS: dict[str, Callable[[int], str]] = {
    "upperRoman": roman,
    "lowerRoman": lambda n: roman(n).lower(),
    "upperLetter": lambda n: letters(n).upper(),
    "lowerLetter": letters,
    "decimalZero": lambda n: f"{n:02}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "decimalEnclosedParen": lambda n: f"（{n}）",
    "decimalEnclosedFullstop": lambda n: f"{n}.",
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": chinese,
    "taiwaneseDigital": chinese,
    "chineseLegalSimplified": lambda n: chinese(n, formal=True),
    "ideographLegalTraditional": lambda n: chinese(n, formal=True),
    "ideographTraditional": lambda n: _cyclic(_STEMS, n),
    "ideographZodiac": lambda n: _cyclic(_BRANCHES, n),
    "ideographEnclosedCircle": lambda n: chr(ord("㊀") + n - 1) if 1 <= n <= 10 else str(n),
}


def number_label(number: int, style: str) -> str:
    """A list number as Word prints it in a number format (``w:numFmt``); decimal where unknown."""
    if style == "none":
        return ""
    return _FORMATS[style](number) if style in _FORMATS and number > 0 else str(number)


def spaced(label: str) -> str:
    """A list label with the space that parts it from its words; none after 、 or a bracket."""
    return f"{label} " if label and label[-1] not in "、，：）】。 \u3000\t" else label


# Bullets are drawn with fonts of signs, at code points of their own.
_SIGN_FONTS = {
    "wingdings": {
        "l": "●", "n": "■", "u": "◆", "w": "◆", "v": "❖", "q": "□", "o": "□", "m": "○", "p": "□",
        "¡": "○", "§": "▪", "Ø": "➢", "ü": "√", "û": "×", "þ": "☑", "ý": "☒", "¨": "□", "è": "→",
        "à": "→", "«": "★", "r": "□", "s": "◆", "x": "☒", "ß": "←", "Ÿ": "•", "\x9f": "•",
    },
    "symbol": {"·": "●", "®": "→", "´": "×", "°": "°", "±": "±", "³": "≥", "£": "≤"},
    "wingdings 2": {"˜": "●", "¡": "■", "\x97": "●", "\x98": "●", "£": "□", "R": "☑", "P": "√"},
    "wingdings 3": {"}": "▶", "\x84": "▶"},
}  # fmt: skip


def sign(character: str, font: str) -> str:
    """A character of a font of signs as the sign that it draws; what is unknown becomes ●."""
    code = ord(character)
    plain = chr(code - 0xF000) if 0xF000 <= code <= 0xF0FF else character
    signs = _SIGN_FONTS.get(font.lower())
    if signs is not None:
        return signs.get(plain, "●")
    if plain == character:
        return character
    return next((t[plain] for t in _SIGN_FONTS.values() if plain in t), "●")
