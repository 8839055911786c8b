"""The search box's language: a typed query becomes a tree, and a tree a query.

Terms must all hold; ``or`` between terms binds weaker. ``query_lexer`` says which signs are signs,
and which are text.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from bulletin_desktop.language.folding import fold
from bulletin_desktop.language.query_lexer import (
    FIELDS,
    FLAGS,
    OR_WORDS,
    RANGE_SIGN,
    Language,
    Lexeme,
    Names,
    keys_by_name,
    lexemes,
    unescaped,
)
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.query import (
    All,
    Either,
    Fact,
    Field,
    Flag,
    Node,
    Not,
    Pattern,
    Period,
    PeriodField,
    Query,
    Token,
    Word,
)
from bulletin_desktop.model.text import Kind

__all__ = [
    "FIELDS", "FLAGS", "KINDS", "Asked", "Names", "asked_at", "compile_pattern", "literal", "parse",
    "quote", "value_text", "write",
]  # fmt: skip

KINDS: dict[Kind, Names] = {
    "article": Names("文章", "article"),
    "brief": Names("简讯", "brief"),
}
# Groups in groups: databases read some sixteen, and nobody types as many as these.
DEEPEST = 10

_LONGEST_SAID = 30  # characters of a wrong value that an error names
_KIND_OF = keys_by_name(KINDS)
_FLAG_NAMES = keys_by_name(FLAGS)
_RANGE = re.compile(rf"{RANGE_SIGN}|(?<=[年月日号])-|(?<=\A[0-9]{{4}})-(?=[0-9]{{4}}\Z)")
_DATE = re.compile(
    "([0-9]{4})(?:年|(?:年|[-./])([0-9]{1,2})(?:月|(?:月|[-./])([0-9]{1,2})[日号]?)?)?"
    "|([0-9]{4})([0-9]{2})([0-9]{2})?"
)
# What the re module says of a pattern, and what we say.
_PATTERN_FAULTS = (
    (re.compile("parenthesis|subpattern"), "query.pattern_bracket"),
    (re.compile("character set"), "query.pattern_set"),
    (re.compile("repeat"), "query.pattern_repeat"),
    (re.compile("escape"), "query.pattern_escape"),
    (re.compile("character range"), "query.pattern_range"),
)
# What can be written without quotation marks where no word of the language is the same.
_PLAIN = re.compile(r'[^\s"()\-:：][^\s"():：]*')
_PLAIN_VALUE = re.compile(r'[^\s"()=＝][^\s"()]*')


class Asked(NamedTuple):
    """What is being typed: the value of a ``field``, or (None) perhaps a field's name or a flag.

    ``typed`` stands before the cursor, without quotation marks; ``start`` and ``end`` are what a
    completion takes the place of.
    """

    field: Field | None
    typed: str
    start: int
    end: int


@dataclass(slots=True)
class _Group:
    """A group that is being read: its parts so far, parted by ``or``."""

    opening: Lexeme
    parts: list[list[Node]] = field(default_factory=lambda: [[]])
    sign: Lexeme | None = None

    def node(self) -> Node | None:
        """The group's meaning, None where it is empty. Raises KnownError at a hanging ``or``."""
        if self.sign and not self.parts[-1]:
            raise _lone_or(self.sign)
        parts = tuple(p[0] if len(p) == 1 else All(tuple(p)) for p in self.parts if p)
        return Either(parts) if len(parts) > 1 else next(iter(parts), None)


def parse(text: str) -> Query:
    """The query that stands in a search box.

    Raises KnownError ``query.…`` with ``start`` and ``end``, the code points of what is wrong.
    """
    tokens: list[Token] = []
    groups = [_Group(Lexeme("open", 0, 0))]
    for lexeme in _signs_told(list(lexemes(text))):
        if lexeme.kind == "open":
            _open(groups, lexeme, tokens)
        elif lexeme.kind == "close":
            _close(groups, lexeme)
            tokens.append(Token("close", lexeme.start, lexeme.end))
        elif lexeme.kind == "or":
            _part(groups[-1], lexeme)
            tokens.append(Token("or", lexeme.start, lexeme.end, lexeme.value))
        elif node := _node(lexeme):
            groups[-1].parts[-1].append(Not(node) if lexeme.negated else node)
            tokens.append(_token(lexeme, node))
    if len(groups) > 1:
        end = groups[-1].opening.end
        raise KnownError("query.open_group", start=end - 1, end=end)
    return Query(groups[-1].node(), tuple(tokens))


def literal(text: str) -> Query:
    """The query for ``text`` as it stands, signs of the query language included."""
    if not text:
        return Query(None)
    word = Word(text, start=0, end=len(text))
    return Query(word, (Token("phrase", 0, len(text), text),))


def quote(text: str) -> str:
    """``text`` as a phrase of the query language: ``parse`` of it asks for ``literal(text)``."""
    return '"' + text.replace('"', '""') + '"'


def write(node: Node, language: Language = "zh") -> str:
    """A query that ``parse`` makes the same tree of, with the names of a language.

    The tree is one that a query can have: no empty words, and at most ten groups in each other.
    """
    if isinstance(node, Not):
        return "-" + _written(node.of, language, grouped=(Not, All, Either))
    if isinstance(node, All):
        return " ".join(_written(part, language, grouped=(All, Either)) for part in node.of)
    if isinstance(node, Either):
        sign = " 或 " if language == "zh" else " or "
        return sign.join(_written(part, language, grouped=(Either,)) for part in node.of)
    return _written_term(node, language)


def value_text(value: str) -> str:
    """A field's value as it is typed after the colon, in quotation marks where it needs them."""
    return value if _PLAIN_VALUE.fullmatch(value) else quote(value)


def asked_at(text: str, cursor: int) -> Asked | None:
    """What is being typed at a cursor (code points), in an unfinished query too; never raises.

    None where nothing is: in a phrase, behind a finished one, before a word, inside of one.
    """
    asked = None
    for lexeme in lexemes(text):
        if lexeme.start >= cursor:
            break
        asked = lexeme
    if asked is None or asked.kind != "term":
        return None
    return _asked_value(text, cursor, asked) if asked.field else _asked_name(cursor, asked)


def compile_pattern(pattern: Pattern) -> re.Pattern[str]:
    """A query's regular expression; case does not count, ``^`` and ``$`` are ends of lines."""
    with warnings.catch_warnings(action="ignore"):
        return re.compile(pattern.text, re.IGNORECASE | re.MULTILINE)


def _signs_told(found: Sequence[Lexeme]) -> Iterator[Lexeme]:
    """The lexemes, with an ``or`` that is all of its group made a word."""
    for before, lexeme, after in zip([None, *found], found, [*found[1:], None], strict=False):
        first = before is None or before.kind == "open"
        last = after is None or after.kind == "close"
        told = lexeme.kind == "or" and first and last
        yield lexeme._replace(kind="term") if told else lexeme


def _open(groups: list[_Group], lexeme: Lexeme, tokens: list[Token]) -> None:
    if len(groups) > DEEPEST:
        raise KnownError("query.too_deep", start=lexeme.end - 1, end=lexeme.end, n=DEEPEST)
    groups.append(_Group(lexeme))
    if lexeme.negated:
        tokens.append(Token("not", lexeme.start, lexeme.end - 1))
    tokens.append(Token("open", lexeme.end - 1, lexeme.end))


def _close(groups: list[_Group], lexeme: Lexeme) -> None:
    group = groups.pop()
    node = group.node()
    if node is None:
        raise KnownError("query.empty_group", start=group.opening.end - 1, end=lexeme.end)
    groups[-1].parts[-1].append(Not(node) if group.opening.negated else node)


def _part(group: _Group, sign: Lexeme) -> None:
    if not group.parts[-1]:
        raise _lone_or(sign)
    group.parts.append([])
    group.sign = sign


def _lone_or(sign: Lexeme) -> KnownError:
    return KnownError("query.lone_or", start=sign.start, end=sign.end, word=sign.value)


def _node(lexeme: Lexeme) -> Node | None:
    """What a term asks for, None for an empty phrase."""
    start, end, value = lexeme.start, lexeme.end, lexeme.value
    if not lexeme.closed:
        at = lexeme.at
        raise KnownError("query.unclosed_quote", start=at, end=at + 1, position=at)
    if lexeme.field is None:
        if name := lexeme.flag:
            return Flag(name, start=start, end=end)
        return Word(value, start=start, end=end) if value else None
    if not value:
        raise KnownError("query.no_value", start=start, end=end, field=lexeme.name)
    return _field_node(lexeme, lexeme.field)


def _field_node(lexeme: Lexeme, name: Field) -> Node:
    start, end, value = lexeme.start, lexeme.end, lexeme.value
    match name:
        case "title" | "body" | "author" | "note" | "quote":
            return Word(value, name, start=start, end=end)
        case "regex":
            _check_pattern(lexeme)
            return Pattern(value, start=start, end=end)
        case "year" | "date":
            return _period(lexeme, name)
        case "kind":
            return Fact(name, _kind(lexeme), start=start, end=end)
        case _:
            return Fact(name, value, lexeme.exact, start=start, end=end)


def _token(lexeme: Lexeme, node: Node) -> Token:
    value, negated = lexeme.value, lexeme.negated
    if isinstance(node, Flag):
        return Token("flag", node.start, node.end, node.name, negated=negated)
    if isinstance(node, Pattern):
        return Token("pattern", node.start, node.end, value, "regex", negated=negated)
    kind: Literal["word", "phrase", "fact"] = "phrase" if lexeme.quoted else "word"
    if not isinstance(node, Word):
        kind = "fact"
    return Token(kind, lexeme.start, lexeme.end, value, lexeme.field, lexeme.exact, negated=negated)


def _short(words: str) -> str:
    """Words as a sentence can hold them."""
    return words if len(words) <= _LONGEST_SAID else words[:_LONGEST_SAID] + "…"


def _kind(lexeme: Lexeme) -> Kind:
    kind = _KIND_OF.get(lexeme.value.lower())
    if kind is None:
        raise KnownError(
            "query.bad_kind", start=lexeme.at, end=lexeme.end, words=_short(lexeme.value)
        )
    return kind


def _period(lexeme: Lexeme, name: PeriodField) -> Period:
    place = {"start": lexeme.at, "end": lexeme.end, "words": _short(lexeme.value)}
    sides = [_iso(side.strip()) for side in _RANGE.split(fold(lexeme.value))]
    if len(sides) > 2 or None in sides or not any(sides):
        raise KnownError("query.bad_date", **place)
    since, until = sides[0], sides[-1]
    if since and until and since[: len(until)] > until[: len(since)]:
        raise KnownError("query.reversed_dates", **place)
    return Period(name, since or None, until or None, start=lexeme.start, end=lexeme.end)


def _iso(written: str) -> str | None:
    """A date to the precision in which it is given, "" for none; None where it cannot be read."""
    match = _DATE.fullmatch(written)
    if match is None:
        return None if written else ""
    parts = [int(part) for part in match.groups() if part]
    try:
        whole = date(*(*parts, 1, 1)[:3])
    except ValueError:
        return None
    return whole.isoformat()[: (4, 7, 10)[len(parts) - 1]]


def _check_pattern(lexeme: Lexeme) -> None:
    """Raises KnownError where the regular expression is wrong, pointing at the very place."""
    value, at = lexeme.value, lexeme.at + lexeme.quoted

    def typed(place: int) -> int:
        """Where a place of the value stands in the query, in which quotation marks are doubled."""
        return at + place + (value.count('"', 0, place) if lexeme.quoted else 0)

    try:
        compile_pattern(Pattern(value))
    except re.error as error:
        first = 0 if error.pos is None else min(error.pos, len(value) - 1)
        last = len(value) if error.pos is None else first + 1
        said = (code for fault, code in _PATTERN_FAULTS if fault.search(error.msg))
        code = next(said, "query.pattern")
        raise KnownError(code, start=typed(first), end=typed(last)) from error
    except (ValueError, OverflowError, RecursionError) as error:
        raise KnownError("query.pattern", start=lexeme.at, end=lexeme.end) from error


def _written(node: Node, language: Language, *, grouped: tuple[type, ...]) -> str:
    words = write(node, language)
    return f"({words})" if isinstance(node, grouped) else words


def _written_term(node: Word | Fact | Period | Flag | Pattern, language: Language) -> str:
    if isinstance(node, Flag):
        return FLAGS[node.name].of(language)
    if isinstance(node, Pattern):
        return f"{FIELDS['regex'].of(language)}:{value_text(node.text)}"
    if node.field is None:
        return node.text if _is_plain(node.text) else quote(node.text)
    return f"{FIELDS[node.field].of(language)}:{_written_value(node, language)}"


def _written_value(node: Word | Fact | Period, language: Language) -> str:
    if isinstance(node, Word):
        return value_text(node.text)
    if isinstance(node, Fact) and node.field == "kind":
        return KINDS[_KIND_OF[node.value]].of(language)
    if isinstance(node, Fact):
        return "=" * node.exact + value_text(node.value)
    one = node.since if node.since == node.until else None
    return one or f"{node.since or ''}..{node.until or ''}"


def _is_plain(word: str) -> bool:
    """Whether a word means itself without quotation marks."""
    signs = word in OR_WORDS or word.lower() in _FLAG_NAMES or _RANGE.fullmatch(word)
    return not signs and _PLAIN.fullmatch(word) is not None


def _asked_value(text: str, cursor: int, term: Lexeme) -> Asked | None:
    if not (term.value or term.quoted):
        behind = not text[term.at : cursor].strip() and cursor >= term.at
        return Asked(term.field, "", cursor, cursor) if behind else None
    if cursor < term.at or cursor > term.end or (cursor == term.end and _is_done(term)):
        return None
    typed = unescaped(text[term.at + term.quoted : cursor])
    return Asked(term.field, typed, term.at, term.end if term.closed else cursor)


def _asked_name(cursor: int, term: Lexeme) -> Asked | None:
    begun = not term.quoted and cursor == term.end and not re.search("[:：]", term.value)
    return Asked(None, term.value, cursor - len(term.value), cursor) if begun else None


def _is_done(term: Lexeme) -> bool:
    """Whether a closing quotation mark ends the term."""
    return term.quoted and term.closed
