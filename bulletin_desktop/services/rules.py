"""Rules: the articles that a search finds get a theme, when the user wants it or at each import."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from bulletin_desktop.library import annotating, articles, rules, trash
from bulletin_desktop.library.rules import all_rules
from bulletin_desktop.library.store import Library, atomic
from bulletin_desktop.model.annotations import Rule
from bulletin_desktop.model.change import Change, Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.query import Fact
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import searches, searching, themes
from bulletin_desktop.services.search_facts import Facts

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from bulletin_desktop.model.change import Progress
    from bulletin_desktop.model.query import FactField, Query
    from bulletin_desktop.model.records import Article

__all__ = ["all_rules"]

_SHOWN = 30  # code points of a query in the name of a step
_FIRST = 8  # articles that a preview shows


class Preview(NamedTuple):
    """What a rule would do now: it finds so many articles, of which so many have the theme
    already; ``first`` are the newest of the others.
    """

    found: int
    have: int
    first: tuple[Article, ...] = ()

    @property
    def gets(self) -> int:
        """How many articles would get the theme."""
        return self.found - self.have


Previewed = Preview | KnownError


class Failed(NamedTuple):
    """A rule that could not be applied, and why."""

    rule: Rule
    error: KnownError


class Ruled(NamedTuple):
    """What rules did to articles that came in: how many got a theme, and which rules failed."""

    change: Change
    articles: int
    failed: tuple[Failed, ...] = ()


class _Found(NamedTuple):
    """What a rule finds, the newest first, and which of it lacks the theme."""

    ids: list[int]
    lacking: list[int]


# Keeping


def by_id(library: Library, rule: int) -> Rule:
    """The rule with this id. Raises KnownError("rules.missing")."""
    for found in all_rules(library):
        if found.id == rule:
            return found
    raise KnownError("rules.missing", id=rule)


@atomic
def add(
    library: Library, theme: int, query: str, options: str = "", *, at_import: bool = False
) -> Change:
    """A new rule; ``options`` is what ``searches.written_options`` gives.

    Raises KnownError("theme.missing"), "search.no_query", "rules.exists", "rules.unknown" where the
    query names a theme or collection that is not there, and ``query.…`` where it cannot be read.
    """
    rule = _checked(library, Rule(0, theme, query, options, at_import))
    with library.change(_named(library, "step.rule_add", rule), "rules") as recording:
        rules.insert(library, rule)
    return recording.result()


@atomic
def change(library: Library, changed: Rule) -> Change:
    """Write a rule anew. Raises KnownError as ``add`` does, and "rules.missing"."""
    old, rule = by_id(library, changed.id), _checked(library, changed)
    with library.change(_named(library, "step.rule_change", rule), "rules") as recording:
        if rule != old:
            rules.update(library, rule)
    return recording.result()


@atomic
def delete(library: Library, ids: Sequence[int]) -> Change:
    """Put rules into the trash; what they did stays. Raises KnownError("rules.missing")."""
    gone = [by_id(library, rule) for rule in ids]
    message = Message("step.rules_delete", {"n": len(gone)})
    if len(gone) == 1:
        message = _named(library, "step.rule_delete", gone[0])
    with library.change(message, "rules", "trash") as recording:
        for rule in gone:
            name = f"{_short(rule.query)} → {themes.by_id(library, rule.theme).name}"
            trash.put(library, "rule", rule.id, name)
    return recording.result()


def _checked(library: Library, rule: Rule) -> Rule:
    themes.by_id(library, rule.theme)
    clean = rule._replace(query=rule.query.strip())
    if _query(library, clean).is_empty:
        raise KnownError("search.no_query")
    for other in all_rules(library):
        if (other.theme, other.query) == (clean.theme, clean.query) and other.id != clean.id:
            raise KnownError("rules.exists", query=_short(clean.query))
    return clean


def _query(library: Library, rule: Rule) -> Query:
    """What a rule asks for. Without a theme or collection that it names it would find nothing, or
    everything where that is unwanted: then raises KnownError("rules.unknown").
    """
    query = searching.parse(rule.query)
    facts = Facts(library)
    for token in query.tokens:
        if token.kind == "fact" and token.field in ("theme", "collection"):
            field = cast("FactField", token.field)
            if not facts.is_known(Fact(field, token.value, exact=token.exact)):
                raise KnownError("rules.unknown", value=token.value)
    return query


def _named(library: Library, code: str, rule: Rule) -> Message:
    theme = themes.by_id(library, rule.theme).name
    return Message(code, {"theme": theme, "query": _short(rule.query)})


def _short(query: str) -> str:
    return query if len(query) <= _SHOWN else query[: _SHOWN - 1] + "…"


# Applying


def preview(library: Library, rule: Rule) -> Generator[Progress, bool | None, Preview | None]:
    """What a rule, kept or not, would do now; a true value sent in ends the work with None.

    Raises KnownError ``query.…``, "rules.unknown", and "rules.too_slow" for a regular expression
    that takes too long.
    """
    found = yield from _find(library, rule)
    if found is None:
        return None
    first = articles.in_scope(library, Scope(ids=tuple(found.lacking[:_FIRST])))
    return Preview(len(found.ids), len(found.ids) - len(found.lacking), tuple(first))


def previews(
    library: Library, chosen: Sequence[Rule]
) -> Generator[Progress, bool | None, dict[int, Previewed] | None]:
    """What each of some rules would do now, by its id; for one that cannot be applied why not."""
    found: dict[int, Previewed] = {}
    for rule in chosen:
        try:
            told = yield from preview(library, rule)
        except KnownError as error:
            if not _is_of_rule(error):
                raise
            found[rule.id] = error
            continue
        if told is None:
            return None
        found[rule.id] = told
    return found


def _is_of_rule(error: KnownError) -> bool:
    return error.code.startswith(("rules.", "query."))


def apply(library: Library, ids: Sequence[int]) -> Generator[Progress, bool | None, Change]:
    """Give all articles that these rules find their themes, as one step.

    Every rule looks at the library as it was before, so that it does what its preview says. A true
    value sent in leaves the library as it was. Raises KnownError as ``preview`` does.
    """
    chosen = [by_id(library, rule) for rule in ids]
    message = Message("step.rules", {"rules": len(chosen), "n": 0})
    if len(chosen) == 1:
        message = _named(library, "step.rule_apply", chosen[0])
    wanted: list[tuple[int, list[int]]] = []
    for rule in chosen:
        found = yield from _find(library, rule)
        if found is None:
            return Change(None, message, 0)
        wanted.append((rule.theme, found.lacking))
    return _put(library, wanted, message, None).change


def apply_to_new(
    library: Library, new: Sequence[int], into: Change, *, ended: bool = False
) -> Generator[Progress, bool | None, Ruled]:
    """Let the rules for imports do their work on articles that came in by a change, as a part of
    its step. A rule that fails hinders no other; where the work was ``ended``, before or by a true
    value sent in, those that are left fail.
    """
    failed: list[Failed] = []
    wanted: dict[Rule, list[int]] = {}
    for rule in all_rules(library):
        if not rule.at_import:
            continue
        try:
            found = None if ended else (yield from _find(library, rule, Scope(ids=tuple(new))))
        except KnownError as error:
            failed.append(Failed(rule, error))
            continue
        ended = found is None
        if found is None:
            failed.append(Failed(rule, KnownError("rules.ended")))
        else:
            wanted[rule] = found.lacking
    try:
        pairs = [(rule.theme, ids) for rule, ids in wanted.items()]
        done = _put(library, pairs, into.name, into.step)
    except KnownError as error:  # the library takes no more
        done = Ruled(into._replace(step=None), 0)
        failed += (Failed(rule, error) for rule in wanted)
    return done._replace(failed=tuple(failed))


def _find(
    library: Library,
    rule: Rule,
    scope: Scope = Scope(),  # noqa: B008 - frozen
) -> Generator[Progress, bool | None, _Found | None]:
    """The articles that a rule finds; None where the work was ended meanwhile."""
    query = _query(library, rule)
    options = searches.read_options(rule.options)._replace(sort="date", scope=scope)
    work = searching.Search(library, query, options).complete()
    ended: bool | None = None
    while True:
        try:
            progress = work.send(ended)
        except StopIteration as end:
            outcome: searching.Outcome = end.value
            break
        ended = (yield progress) or ended
    if ended:
        return None
    if outcome.stopped:
        raise KnownError("rules.too_slow", query=_short(rule.query))
    have = rules.carrying(library, rule.theme)
    ids = outcome.ids.tolist()
    return _Found(ids, [article for article in ids if article not in have])


@atomic
def _put(
    library: Library,
    wanted: Sequence[tuple[int, list[int]]],
    message: Message,
    step: int | None,
) -> Ruled:
    """Put themes on articles, as far as both are still there; ``step`` is one to be continued."""
    known = {theme.id for theme in themes.all_themes(library)}
    everything = {article for _, ids in wanted for article in ids}
    live = set(articles.ids_in_scope(library, Scope(ids=tuple(everything))))
    with library.change(message, "tags", "themes", step=step) as recording:
        for theme, ids in wanted:
            if theme in known:
                annotating.add_tags(library, [x for x in ids if x in live], theme)
        if step is None:
            recording.message = Message(message.code, {**message.params, "n": len(live)})
        recording.articles = frozenset(live)
    return Ruled(recording.result(), len(live))
