"""How good suggestions are: leave-one-out over the 45 seed articles, by two taggings of them.

usage: python benchmarks/eval_suggestions.py [--judged] [--each] [--time LIBRARY]

For each article the library holds the other 44 with their themes. Beside the program stands the
plain baseline: a theme's name, aliases and words counted in the article, which was all that the
program did before it learned. Printed are, with 95 % confidence intervals over the articles:

  recall at 3     the share of an article's themes that are among the first three suggestions
  precision at 1  the share of the articles whose first suggestion is right

Articles without any theme are left out of both. Only the half for tuning is shown; --judged shows
the half for judging too, which no one may look at who still changes the rules. --each lists the
articles of the half for tuning. --time instead measures suggestions in a large library, as
benchmarks/bench_scale.py makes one: every fifth article of a copy is tagged. Times are of the
processor, so that other work on the machine does not count.
"""

from __future__ import annotations

import hashlib
import json
import math
import random
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from bulletin_desktop import paths
from bulletin_desktop.language.folding import fold
from bulletin_desktop.model.records import Theme
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import Library, browsing, history, tagging, themes
from bulletin_desktop.services.importing import import_paths
from bulletin_desktop.services.suggesting import Suggester
from bulletin_desktop.services.working import finish

TAGGINGS = Path(__file__).resolve().parent.parent / "tests" / "data" / "taggings"
SAMPLES = 10_000
FIRST = 3
EVERY = 5
TIMED = 200

Tagging = dict[str, list[str]]


class Given(NamedTuple):
    """The first suggestions for an article, by the baseline and by the program."""

    plain: list[str]
    learned: list[str]


def main() -> None:
    if "--time" in sys.argv:
        measure(Path(sys.argv[sys.argv.index("--time") + 1]))
        return
    halves = ["tuning", "judging"] if "--judged" in sys.argv else ["tuning"]
    for name in ("first", "second"):
        gold: Tagging = json.loads((TAGGINGS / f"{name}.json").read_text("utf-8"))
        keys = [key for key in gold if half(key) in halves]
        given = leave_one_out(gold, keys)
        for which in halves:
            report(f"{name} tagging, half for {which}", gold, given, [which])
        if len(halves) > 1:
            report(f"{name} tagging, both halves", gold, given, halves)
        if "--each" in sys.argv:
            for key in keys:
                if half(key) == "tuning":
                    print(key, gold[key], *given[key], sep="\n    ")


def half(key: str) -> str:
    digit = hashlib.sha256(key.encode()).hexdigest()[0]
    return "judging" if int(digit, 16) % 2 else "tuning"


def leave_one_out(gold: Tagging, keys: Iterable[str]) -> dict[str, Given]:
    """What is suggested for each of these articles while it is the only one without its themes."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Library(Path(folder) / "seeds.bdlib", create=True) as library,
    ):
        finish(import_paths(library, [paths.seeds()]))
        themes.add_starter(library)
        known = {theme.name: theme for theme in themes.all_themes(library)}
        ids = articles(library)
        assert set(ids) == set(gold)
        for key, names in gold.items():
            tag(library, ids[key], [known[name].id for name in names])
        plain = Baseline(library, list(known.values()))
        suggester = Suggester()
        named = {theme.id: theme.name for theme in known.values()}
        given = {}
        for key in keys:
            article, carried = ids[key], [known[name].id for name in gold[key]]
            if carried:
                tagging.untag(library, [article], carried)
            learned = suggester.suggest(library, [article], FIRST)
            found = [named[each.theme_id] for each in learned]
            given[key] = Given(plain.suggest(article)[:FIRST], found)
            if carried:
                history.undo(library)
        return given


def tag(library: Library, article: int, carried: Sequence[int]) -> None:
    if carried:
        tagging.tag(library, [article], carried)


def articles(library: Library) -> dict[str, int]:
    """The articles by ``file#n``, as the taggings name them."""
    found = {}
    for document in browsing.documents(library):
        issues = [each.id for each in browsing.issues(library) if each.document == document.id]
        ids = [
            x.id for issue in sorted(issues) for x in browsing.in_scope(library, Scope(issue=issue))
        ]
        for number, article in enumerate(ids, 1):
            found[f"{Path(document.path).name}#{number}"] = article
    return found


class Baseline:
    """Themes by their names, aliases and words counted in an article, rare and long ones more."""

    def __init__(self, library: Library, known: Sequence[Theme]) -> None:
        self._texts = {}
        for each in browsing.in_scope(library):
            body = browsing.text_of(library, each.id).body
            self._texts[each.id] = fold(f"{each.heading}\n{body}")
        self._words = {theme.name: self._worth(theme) for theme in known}

    @staticmethod
    def _worth(theme: Theme) -> dict[str, float]:
        words = {fold(word): 2.0 for word in (*theme.aliases, *theme.words)}
        return {word: worth for word, worth in (words | {fold(theme.name): 3.0}).items() if word}

    def suggest(self, article: int) -> list[str]:
        scores = {name: self._score(article, words) for name, words in self._words.items()}
        best = sorted((name for name in scores if scores[name]), key=lambda name: -scores[name])
        return [name for name in best if scores[name] >= 0.2 * scores[best[0]]]

    def _score(self, article: int, words: dict[str, float]) -> float:
        text, score = self._texts[article], 0.0
        for word in sorted(words, key=lambda word: (-len(word), word)):
            title, count = text.partition("\n")[0].count(word), text.count(word)
            share = sum(word in each for each in self._texts.values()) / len(self._texts)
            if count and share <= 0.5:
                length = math.sqrt(min(len(word), 6) / 2)
                rarity = 1 - math.sqrt(share)
                score += words[word] * rarity * length * math.log2(1 + count + 3 * title)
                text = text.replace(word, "\0" * len(word))
        return score


# Figures


def report(title: str, gold: Tagging, given: dict[str, Given], halves: Sequence[str]) -> None:
    keys = [key for key in given if half(key) in halves and gold[key]]
    print(f"\n{title}: {len(keys)} articles with themes")
    for name, figure in (("recall at 3", recall), ("precision at 1", precision)):
        plain = [figure(gold[key], given[key].plain) for key in keys]
        learned = [figure(gold[key], given[key].learned) for key in keys]
        more = [b - a for a, b in zip(plain, learned, strict=True)]
        told = (
            f"{label} {interval(x)}"
            for label, x in zip(LABELS, (plain, learned, more), strict=True)
        )
        print(f"  {name:15}", "  ".join(told))
    most = statistics.mean(min(FIRST, len(gold[key])) / len(gold[key]) for key in keys)
    bare = [key for key in given if half(key) in halves and not gold[key]]
    silent = sum(not given[key].learned for key in bare)
    print(f"  at most {most:.2f} can be reached; {silent} of {len(bare)} without themes get none")


LABELS = ("plain", "learned", "difference")


def recall(gold: Sequence[str], given: Sequence[str]) -> float:
    return len(set(gold) & set(given[:FIRST])) / len(gold)


def precision(gold: Sequence[str], given: Sequence[str]) -> float:
    return float(bool(given) and given[0] in gold)


def interval(values: Sequence[float]) -> str:
    """The mean and its 95 % interval: of so many draws of as many articles with repetition."""
    pick = random.Random(45)
    means = sorted(statistics.fmean(pick.choices(values, k=len(values))) for _ in range(SAMPLES))
    low, high = means[SAMPLES // 40], means[-SAMPLES // 40]
    return f"{statistics.fmean(values):.2f} [{low:.2f}, {high:.2f}]"


# Time


def measure(file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(file, folder))
        with Library(copy) as library:
            tag_some(library)
            suggester = Suggester()
            print(f"dictionary {timed(suggester.load) * 1000:.0f} ms")
            before = memory()
            ids = random.Random(3).sample(browsing.ids_in_scope(library, Scope()), TIMED)
            first, *rest = (
                timed(lambda id=id: suggester.suggest(library, [id])) * 1000 for id in ids
            )
            low, high = statistics.median(rest), statistics.quantiles(rest, n=20)[-1]
            print(f"first {first:.0f} ms, then median {low:.0f} ms, 95th percentile {high:.0f} ms")
            print(f"memory {memory() - before:.0f} MB")


def tag_some(library: Library) -> None:
    """Put one or two themes on every fifth article, by chance."""
    themes.add_starter(library)
    known = [theme.id for theme in themes.all_themes(library)]
    ids = browsing.ids_in_scope(library, Scope())[::EVERY]
    pick = random.Random(5)
    chosen: dict[int, list[int]] = {}
    for article in ids:
        for theme in pick.sample(known, pick.choice((1, 1, 2))):
            chosen.setdefault(theme, []).append(article)
    for theme, carrying in chosen.items():
        tagging.tag(library, carrying, [theme])
    totals = browsing.totals(library)
    print(f"{totals.articles} articles, {len(ids)} tagged")


def timed(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


def memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
