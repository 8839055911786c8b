"""How many hits there are of each kind, and hits from several places in one order."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from bulletin_desktop.library import annotating, lookup
from bulletin_desktop.services.search_facts import ancestry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_desktop.library.lookup import LiveRow, Row
    from bulletin_desktop.library.store import Library
    from bulletin_desktop.services.units import Directory

Facets = dict[str, dict[str, int]]
FACETS = ("themes", "sources", "sections", "years", "kinds")
# So many hits are sorted by the library itself.
_SORTED = 20_000


class Tally:
    """Counts hits of each kind, a few at a time.

    With a directory the units count that sources were taken for, else the sources as printed.
    """

    def __init__(self, library: Library, directory: Directory | None) -> None:
        self._library = library
        self._units = {} if directory is None else directory.named_units
        self._sections: Counter[str] = Counter()
        self._sources: Counter[str] = Counter()
        self._numbers: tuple[Counter[int | None], ...] = (Counter(), Counter())
        self._issues: Counter[int] = Counter()
        self._briefs: Counter[int] = Counter()

    def count(self, rows: Sequence[Row]) -> None:
        """Count hits of the index."""
        _, issues, sections, sources, briefs = zip(*rows, strict=True) if rows else ((),) * 5
        self._issues.update(issues)
        self._briefs.update(briefs)
        for counter, found in zip(self._numbers, (sections, sources), strict=True):
            counter.update(found)

    def count_live(self, rows: Sequence[LiveRow]) -> None:
        """Count hits that were asked one by one."""
        for _, issue, section, source, brief in rows:
            self._issues[issue] += 1
            self._briefs[brief] += 1
            self._sections[section or ""] += 1
            self._sources[source or ""] += 1

    def facets(self, ids: array[int]) -> Facets:
        """What was counted, the most frequent first; nothing without a name."""
        numbers = {x for counter in self._numbers for x in counter if x is not None}
        names = lookup.names(self._library, numbers)
        for counter, named in zip(self._numbers, (self._sections, self._sources), strict=True):
            for number, count in counter.items():
                named[names.get(number or 0, "")] += count
        years = lookup.issue_years(self._library, self._issues)
        by_year: Counter[str] = Counter()
        for issue, count in self._issues.items():
            by_year[years.get(issue, "")] += count
        sources: Counter[str] = Counter()
        for source, count in self._sources.items():
            for name in self._units.get(source, (source,)):
                sources[name] += count
        kinds = Counter({"article": self._briefs[0], "brief": self._briefs[1]})
        counters = (self._themes(ids), sources, self._sections, by_year, kinds)
        return {
            kind: {name: n for name, n in counter.most_common() if name and n}
            for kind, counter in zip(FACETS, counters, strict=True)
        }

    def _themes(self, ids: array[int]) -> Counter[str]:
        """How many hits have each theme, or one below it."""
        themes = annotating.themes(self._library, counted=False)
        names = {theme.id: theme.name for theme in themes}
        above = ancestry(themes)
        found: dict[int, set[int]] = {theme: set() for theme in names}
        for article, theme in lookup.themes_on(self._library, ids):
            for each in above[theme]:
                found[each].add(article)
        return Counter({names[theme]: len(articles) for theme, articles in found.items()})


def merged(
    library: Library, ids: array[int], issues: array[int], others: Sequence[int]
) -> array[int]:
    """Hits newest first, and those that came in no order put in their places."""
    if not others:
        return ids
    if len(ids) < _SORTED:
        return array("q", lookup.in_order(library, [*ids, *others]))
    rank = lookup.ranks(library)
    ranks = array("q", map(rank.__getitem__, issues))
    whole, at = array("q"), 0
    for issue, group in groupby(lookup.in_order(library, others), lookup.issue_of(library, others)):
        start, end = (find(ranks, rank[issue]) for find in (bisect_left, bisect_right))
        whole += ids[at:start]
        whole.extend(lookup.in_order(library, [*ids[start:end], *group]))
        at = end
    return whole + ids[at:]
