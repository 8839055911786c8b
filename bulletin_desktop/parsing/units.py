"""Which units printed sources name: 市总办公室、研究室 in a bulletin of 苏州市 are two offices of
苏州市总工会.

Units come from all printed sources of a library together, since one bulletin tells what another
leaves out: that 清溪区 belongs to 东湖市, that 创元集团工会 is 苏州创元集团工会. The key of a unit
is its path, place/body/office, and is the same however it was printed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.model.units import InferredUnit, Printed, Rank, Reading, Reason
from bulletin_desktop.parsing import divisions, marks
from bulletin_desktop.parsing.sources import is_names
from bulletin_desktop.parsing.unit_places import NATION, Places
from bulletin_desktop.parsing.unit_words import UNION, Words, parts_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_NO_UNIT = re.compile(r"^(?:综合|摘自|选自|转自|转载|原载|据|来源于|本[刊报]|编辑部|《)")
_COMPANY = re.compile(
    r"公司|集团|厂|银行|医院|学校|中学|小学|大学|学院|商场|商城|酒店|宾馆|超市|发电|供电|煤矿|矿业|铁路|机场"
    r"|港务|信用社|保险|证券|股份|实业|企业|市场"
)
_BUREAU = re.compile(
    r"局|系统|行业|产业|机关|直属|(?<!团)委(?:员会)?(?:工会|$)"
    r"|^(?:教育|卫生|建材|财贸|交通|邮电|农林|轻工|纺织|建设|科技|文化|金融)工会"
)


class _Body(NamedTuple):
    """A body: where it belongs, its words without that, and its name as this source has it.

    ``form`` says how the place was printed: 3 in full, 2 short, 1 not at all.
    """

    place: str
    words: str
    name: str
    form: int
    rule: str
    certainty: float


class Units(NamedTuple):
    """What sources were taken for, and the units by key, with all that stand above them."""

    readings: dict[Printed, Reading]
    units: dict[str, InferredUnit]


def read_units(
    sources: Iterable[Printed],
    names: Mapping[Printed, str],
    merged: Mapping[str, str],
    keys: Iterable[str] = (),
) -> Units:
    """The units of printed sources.

    ``names`` are the user's, of whole sources or parts of them, in a place or ("") anywhere, with
    the keys of the units meant; ``merged`` are units that are another one; ``keys`` are further
    units that are to be there.
    """
    different = list(dict.fromkeys(sources))
    reader = _Reader(Places(different), names, merged)
    found = {source: _reading(reader.read(source)) for source in different}
    for key in keys:
        reader.keep(key)
    return Units(found, reader.units())


def _reading(parts: Sequence[Reason]) -> Reading:
    if len(parts) == 1:  # as most have
        (part,) = parts
        return Reading((part.unit,) if part.unit else (), (part,), part.certainty)
    keys = dict.fromkeys(part.unit for part in parts if part.unit is not None)
    return Reading(tuple(keys), tuple(parts), min((x.certainty for x in parts), default=0.0))


class _Reader:
    """Takes sources for units, and knows the units that it has met."""

    def __init__(
        self, places: Places, names: Mapping[Printed, str], merged: Mapping[str, str]
    ) -> None:
        self._places = places
        self._names = names
        self._merged = merged
        self._keys: dict[str, None] = {}
        self._shown: dict[str, tuple[int, str]] = {}  # body: the best form and its name

    # Sources

    def read(self, source: Printed) -> list[Reason]:
        """The parts of a source, each taken for a unit or for none."""
        if key := self._named(source.source, source.place):
            return [Reason(source.source, self.keep(key), "named_so", 1.0)]
        if _NO_UNIT.match(source.source):
            return [Reason(source.source, None, "compiled", 0.95)]
        found: list[Reason] = []
        for part in parts_of(source.source):
            found.append(self._part(part, source.place, found[-1] if found else None))
        return found

    def _named(self, words: str, place: str) -> str | None:
        if not self._names:
            return None
        return self._names.get(Printed(words, place)) or self._names.get(Printed(words, ""))

    def _part(self, part: str, place: str, before: Reason | None) -> Reason:
        if key := self._named(part, place):
            return Reason(part, self.keep(key), "named_so", 1.0)
        words = words_of(part)
        if words.kind == "office" and before is not None and before.unit is not None:
            owner = "/".join(before.unit.split("/")[:2])
            key = self.keep(f"{owner}/{words.office}")
            return Reason(part, key, "office", before.certainty, before.place)
        if words.kind == "bare" and is_names(part) and not marks.UNIT.search(part):
            return Reason(part, None, "person", 0.8)
        body = self._body(part, words, place)
        if words.doubled:
            sure = words.body == UNION and divisions.prefix_of(body.place) == body.place
            body = body._replace(rule="doubled", certainty=0.85 if sure else 0.6)
        return Reason(part, self._add(body, words.office), body.rule, body.certainty, body.place)

    def _body(self, part: str, words: Words, place: str) -> _Body:
        """The body that a part names, by its kind."""
        at, body = self._places.of(words, place), words.body
        if words.kind == "relative" and not at:
            name = words.division + body
            return _Body("", name, name, 1, "unknown", 0.4)
        if words.kind == "relative":
            own = at == place
            return _Body(at, body, at + body, 3, "own" if own else "above", 0.9 if own else 0.8)
        if words.kind == "zone":
            sure = bool(self._places.above(at))
            return _Body(
                at, body, at + body, 3, "zone" if sure else "unknown", 0.85 if sure else 0.5
            )
        if words.kind in ("named", "nation"):
            known = at == NATION or divisions.prefix_of(at) == at
            return _Body(at, body, at + body, 3, "named", 0.98 if known else 0.9)
        if words.kind == "short" and at:
            return _Body(at, body, part[: len(words.division)] + body, 2, "short", 0.85)
        return self._bare(part, words, place)

    def _bare(self, part: str, words: Words, place: str) -> _Body:
        """A body that names no place: it belongs to that of the bulletin."""
        whole = words.division + words.body
        if words.kind == "office":
            if divisions.level_of(place) is not None:
                return _Body(place, UNION, place + UNION, 3, "office_of", 0.8)
            return _Body(
                place, part, place + part, 3, "part" if place else "unknown", 0.8 if place else 0.4
            )
        short = divisions.short_name(place) if place else ""
        if short and whole.startswith(short) and whole != short:
            return _Body(place, whole.removeprefix(short), whole, 2, "short", 0.85)
        if place and divisions.level_of(place) is None:
            return _Body(place, whole, place + whole, 3, "part", 0.8)
        if below := self._places.place_below(whole, place):
            return _Body(below, whole, whole, 1, "elsewhere", 0.7)
        shaped = bool(marks.UNIT.search(whole))
        certainty = (0.8 if shaped else 0.6) if place else 0.7 if shaped else 0.5
        return _Body(place, whole, whole, 1, "bare" if place else "placeless", certainty)

    def _add(self, body: _Body, office: str) -> str:
        """The key of a body's unit, or of its office's."""
        if not body.words:  # 昆山市 alone stands for its union, or for itself
            return self.keep(self._root(body.place))
        key = f"{body.place}/{body.words}"
        form = self._shown.get(key, (0, ""))[0]
        if body.words != UNION and body.form > form:
            self._shown[key] = (body.form, body.name)
        office = "" if body.words == office else office
        return self.keep(f"{key}/{office}" if office else key)

    # Units

    def keep(self, key: str) -> str:
        """Let there be a unit of this key; gives the key that stands after all merging."""
        key = self._final(key)
        self._keys[key] = None
        return key

    def _final(self, key: str) -> str:
        """The unit that a unit was merged into; its offices go with it."""
        seen = set() if self._merged else {key}
        while key not in seen:
            seen.add(key)
            key = self._merged.get(key, key)
            owner, _, office = key.rpartition("/")
            if owner.count("/") == 1 and self._merged.get(owner, owner).count("/") == 1:
                key = f"{self._merged.get(owner, owner)}/{office}"
        return key

    def units(self) -> dict[str, InferredUnit]:
        """The units, each with what is above it."""
        found: dict[str, InferredUnit] = {}
        waiting = list(self._keys)
        while waiting:
            key = waiting.pop()
            if key not in found:
                parent = self._parent_of(key)
                found[key] = InferredUnit(key, self._name(key), self._rank(key), parent)
                waiting += [parent] if parent else []
        return found

    def _name(self, key: str) -> str:
        place, body, office = _pieces(key)
        if office:
            return self._name(f"{place}/{body}") + office
        if body == UNION and not self._places.zones.get(place, True):
            return f"{place}工会"
        return self._shown.get(key, (0, place + body))[1]

    def _rank(self, key: str) -> Rank:
        place, body, office = _pieces(key)
        level = divisions.level_of(place)
        if office:
            return "office"
        if body == UNION or not body:
            return "nation" if place == NATION else level or "company"
        if _BUREAU.search(body):
            return "bureau"
        return "company" if _COMPANY.search(body) else "other"

    def _parent_of(self, key: str) -> str | None:
        """What a unit stands below; not itself where what was above it was merged into it."""
        above = self._parent(key)
        while above is not None and self._final(above) == key:
            above = self._parent(above)
        return self._final(above) if above is not None else None

    def _parent(self, key: str) -> str | None:
        place, body, office = _pieces(key)
        if office:
            return f"{place}/{body}"
        if body and body != UNION:
            return self._root(place) if place else None
        above = self._places.above(place)
        if divisions.level_of(above) == "province" and above not in self._places.bulletins:
            return None  # a city of which no bulletin comes from above stands at the top
        return self._root(above) if above else None

    def _root(self, place: str) -> str:
        """What the units of a place stand below: its union where one is spoken of."""
        seat = divisions.level_of(place) is not None and self._places.has_union(place)
        return f"{place}/{UNION}" if seat or place == NATION else place


def _pieces(key: str) -> tuple[str, str, str]:
    """Place, body and office of a key."""
    place, body, office = [*key.split("/", 2), "", ""][:3]
    return place, body, office
