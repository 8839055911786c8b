"""Putting single terms into a typed query and taking them out, as a click on a count does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from bulletin_desktop.language import query_parser
from bulletin_desktop.language.folding import fold
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.text import Kind

if TYPE_CHECKING:
    from bulletin_desktop.language.query_lexer import Language
    from bulletin_desktop.model.query import Field, Token

# The field that asks for what a search counts.
FIELD_OF: dict[str, Field] = {
    "themes": "theme",
    "sources": "source",
    "sections": "section",
    "years": "year",
    "kinds": "kind",
}
State = Literal["in", "out"]


def value_name(field: Field, value: str, language: Language) -> str:
    """A value as it is shown and typed; a kind of article has a name in each language."""
    if field == "kind" and value in get_args(Kind):
        return query_parser.KINDS[_kind(value)].of(language)
    return value


def state(text: str, field: Field, value: str) -> State | None:
    """Whether a query narrows to this very value, keeps it out, or neither."""
    token = _term(text, field, value)
    return None if token is None else "out" if token.negated else "in"


def toggled(text: str, field: Field, value: str, language: Language, wanted: State = "in") -> str:
    """The query with a term put in, or taken out where it stands there in the same sense."""
    token = _term(text, field, value)
    now = state(text, field, value)
    if token is not None:
        text = f"{text[: token.start].rstrip()} {text[token.end :].lstrip()}".strip()
    if now == wanted:
        return text
    name = query_parser.FIELDS[field].of(language)
    words = query_parser.value_text(value_name(field, value, language))
    # This very name: others that hold it are counted for themselves.
    very = "=" if field in ("source", "section") else ""
    term = f"{'-' * (wanted == 'out')}{name}:{very}{words}"
    return f"{_grouped(text)} {term}" if text.strip() else term


def _tokens(text: str) -> list[Token]:
    """The terms that stand in no group; none where the query cannot be read."""
    try:
        tokens = query_parser.parse(text).tokens
    except KnownError:
        return []
    outside, depth = [], 0
    for token in tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        if not depth:
            outside.append(token)
    return outside


def _term(text: str, field: Field, value: str) -> Token | None:
    """The term that holds for the whole query and asks for this value."""
    tokens = _tokens(text)
    if any(token.kind == "or" for token in tokens):
        return None
    names = {fold(value)}
    if field == "kind":
        zh, en, more = query_parser.KINDS[_kind(value)]
        names = {zh, en, *more}
    return next((x for x in tokens if x.field == field and fold(x.value) in names), None)


def _grouped(text: str) -> str:
    """A query to which a term can be added that holds for all of it."""
    text = text.strip()
    return f"({text})" if any(token.kind == "or" for token in _tokens(text)) else text


def _kind(value: str) -> Kind:
    return next(kind for kind in get_args(Kind) if kind == value)
