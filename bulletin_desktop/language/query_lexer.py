"""A typed query cut into terms, signs and brackets; any text can be cut, an unfinished one too.

The rules of the signs:

* white space separates words, the ideographic space too;
* an ASCII quotation mark delimits wherever it stands: it ends the word before it, and what follows
  the closing one is a word anew. ``""`` inside stands for one mark;
* ``-`` negates at a word's start, where something follows it; a second one is text;
* a known name and a colon (``:`` or ``：``) make a field. Its value is the word or phrase that
  follows, after white space too, unless a field, group, negation or ``or`` comes there. ``=`` or
  ``＝`` before a name asks for this very one;
* ``(`` opens a group at a word's start; ``)`` closes one at a word's end, unless a bracket in the
  same word goes with it. All other brackets are text;
* a word of its own that is ``or``, ``OR`` or ``或`` is the sign of a choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeVar

from bulletin_desktop.model.query import Field, FlagName

Key = TypeVar("Key")
Language = Literal["zh", "en"]


class Names(NamedTuple):
    """What something of the query language is called: in either language, and else."""

    zh: str
    en: str
    others: tuple[str, ...] = ()

    def of(self, language: Language) -> str:
        """The name that a language has for it."""
        return self.zh if language == "zh" else self.en


def keys_by_name(names: Mapping[Key, Names]) -> dict[str, Key]:
    """What each name stands for."""
    return {name: key for key, (zh, en, more) in names.items() for name in (zh, en, *more)}


FIELDS: dict[Field, Names] = {
    "theme": Names("主题", "theme", ("标签", "tag")),
    "source": Names("来源", "source"),
    "section": Names("栏目", "section"),
    "issue": Names("期", "issue", ("期号",)),
    "year": Names("年", "year", ("年份",)),
    "date": Names("日期", "date"),
    "title": Names("标题", "title"),
    "body": Names("正文", "body"),
    "author": Names("作者", "author"),
    "note": Names("笔记", "note"),
    "quote": Names("摘录", "highlight", ("quote",)),
    "kind": Names("类型", "kind", ("type",)),
    "collection": Names("选编", "collection"),
    "regex": Names("正则", "regex", ("正则表达式",)),
}
FLAGS: dict[FlagName, Names] = {
    "starred": Names("星标", "starred"),
    "unread": Names("未读", "unread"),
    "untagged": Names("无主题", "untagged"),
    "noted": Names("有笔记", "noted"),
    "highlighted": Names("有摘录", "highlighted"),
}
OR_WORDS = frozenset({"或", "or", "OR"})
EXACT_FIELDS: frozenset[Field] = frozenset({"theme", "source", "section"})
EXACT_SIGNS = ("=", "＝")

_FIELD_OF = keys_by_name(FIELDS)
_FLAG_OF = keys_by_name(FLAGS)
_LONGEST_NAME = max(map(len, _FIELD_OF))

_SPACE = re.compile(r"\s*")
_PIECE = re.compile(r'[^\s"]+')
_PHRASE = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')
_NAME = re.compile(rf'([^\s":：]{{1,{_LONGEST_NAME}}})[:：]')
# What may stand between two dates; the full width ~ and what input methods make of .. as well.
RANGE_SIGN = r"(?:\.{2,}|…+|。{2,}|[~～]|[—–]+|至|到)"
_SPACED_RANGE = re.compile(rf'[0-9０-９][^\s"()]*\s+{RANGE_SIGN}\s+(?=[0-9０-９])')


class Lexeme(NamedTuple):
    """A term (word, phrase, field), an ``or``, or a bracket, and where it stands.

    ``at`` is where a term's value begins, with its quotation mark; a field without a value has an
    empty one. ``name`` is the field's as typed. A term that is not ``closed`` lacks its quotation
    mark and runs to the end of the text. The minus of a group belongs to its bracket.
    """

    kind: Literal["term", "or", "open", "close"]
    start: int
    end: int
    at: int = 0
    value: str = ""
    field: Field | None = None
    exact: bool = False
    negated: bool = False
    quoted: bool = False
    closed: bool = True
    name: str = ""

    @property
    def flag(self) -> FlagName | None:
        """The flag that a bare word is."""
        return None if self.quoted or self.field else _FLAG_OF.get(self.value.lower())


class _Value(NamedTuple):
    """A word or phrase; ``at`` and ``end`` with its quotation marks."""

    at: int
    end: int
    text: str
    quoted: bool = False
    closed: bool = True


def lexemes(text: str) -> Iterator[Lexeme]:
    """The terms, signs and brackets of a query, in order; never raises."""
    scanner = _Scanner(text)
    while (start := scanner.skip_space()) < len(text):
        yield scanner.read(start)


@dataclass(slots=True)
class _Scanner:
    """Where reading stands: how many groups are open, and whether a word begins here.

    Up to ``closing`` the text is brackets that close groups.
    """

    text: str
    at: int = 0
    depth: int = 0
    fresh: bool = True
    closing: int = 0

    def skip_space(self) -> int:
        end = _end_of_space(self.text, self.at)
        self.fresh = self.fresh or end > self.at
        self.at = end
        return end

    def read(self, start: int) -> Lexeme:
        """The lexeme that begins at ``start``."""
        lexeme = self._bracket(start) or self._term(start)
        self.at = lexeme.end
        self.fresh = lexeme.kind == "open"
        return lexeme

    def _bracket(self, start: int) -> Lexeme | None:
        signed = self.fresh and self.text.startswith("-(", start)
        if signed or (self.fresh and self.text[start] == "("):
            self.depth += 1
            return Lexeme("open", start, start + 1 + signed, negated=signed)
        if self.text[start] == ")" and self._closes(start):
            self.depth -= 1
            return Lexeme("close", start, start + 1)
        return None

    def _closes(self, start: int) -> bool:
        """Whether nothing but what closes open groups is left of the word."""
        if start >= self.closing:
            piece = _PIECE.match(self.text, start)
            if piece and _inner_length(piece[0], self.depth) == 0:
                self.closing = piece.end()
        return start < self.closing

    def _term(self, start: int) -> Lexeme:
        negated = self.fresh and self._negates(start)
        first = start + negated
        if name := _field_at(self.text, first):
            return self._field(start, name, negated=negated)
        value = self._value(first)
        if not (negated or value.quoted) and value.text in OR_WORDS:
            return Lexeme("or", start, value.end, value.at, value.text)
        at, end, words, quoted, closed = value
        return Lexeme("term", start, end, at, words, None, False, negated, quoted, closed)

    def _negates(self, start: int) -> bool:
        """Whether a minus stands here that something follows in its word."""
        if not self.text.startswith("-", start) or start + 1 == len(self.text):
            return False
        return self.text[start + 1] == '"' or bool(self._value(start + 1).text)

    def _field(self, start: int, name: re.Match[str], *, negated: bool) -> Lexeme:
        field, at = _FIELD_OF[name[1].lower()], name.end()
        exact = field in EXACT_FIELDS and self.text.startswith(EXACT_SIGNS, at)
        at += exact
        value = self._dates(at) if field in ("year", "date") else None
        value = value or self._value(at)
        if not (value.text or value.quoted):
            value = self._value_behind_space(at) or value
        at, end, words, quoted, closed = value
        return Lexeme("term", start, end, at, words, field, exact, negated, quoted, closed, name[1])

    def _value(self, at: int) -> _Value:
        """The word or phrase that begins here, empty where none does."""
        if self.text.startswith('"', at):
            if phrase := _PHRASE.match(self.text, at):
                return _Value(at, phrase.end(), unescaped(phrase[1]), quoted=True)
            rest = unescaped(self.text[at + 1 :])
            return _Value(at, len(self.text), rest, quoted=True, closed=False)
        piece = _PIECE.match(self.text, at)
        word = piece[0][: _inner_length(piece[0], self.depth)] if piece else ""
        return _Value(at, at + len(word), word)

    def _value_behind_space(self, at: int) -> _Value | None:
        """The field's value that follows white space, unless something else begins there."""
        first = _end_of_space(self.text, at)
        if first == at or first == len(self.text) or self.text[first] == "(":
            return None
        if _field_at(self.text, first) or self._negates(first):
            return None
        value = self._value(first)
        return None if not value.quoted and value.text in OR_WORDS | {""} else value

    def _dates(self, at: int) -> _Value | None:
        """Two dates with white space around the sign between them."""
        at = _end_of_space(self.text, at)
        first = _SPACED_RANGE.match(self.text, at)
        if first is None:
            return None
        end = self._value(first.end()).end
        return _Value(at, end, self.text[at:end])


def _end_of_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _field_at(text: str, at: int) -> re.Match[str] | None:
    """The known name with its colon that stands here."""
    name = _NAME.match(text, at)
    return name if name and name[1].lower() in _FIELD_OF else None


def _inner_length(piece: str, depth: int) -> int:
    """How much of a word is text when ``depth`` groups are open: the rest closes some of them."""
    inner = piece.rstrip(")")
    unmatched = 0
    for bracket in re.findall(r"[()]", inner):
        unmatched = unmatched + 1 if bracket == "(" else max(0, unmatched - 1)
    excess = len(piece) - len(inner) - unmatched
    return len(piece) - min(max(0, excess), depth)


def unescaped(typed: str) -> str:
    """The words between two quotation marks, where ``""`` stands for one."""
    return typed.replace('""', '"')
