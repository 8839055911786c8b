"""How long fingerprints and links of reprints take beside inserting the rows, and how well they do.

usage: python benchmarks/bench_reprints.py [issues]

Of the issues every tenth comes again with its articles cut short. The second part changes the
articles of the sample bulletins and counts how many are found again.
"""

from __future__ import annotations

import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from generator import bulletins

from bulletin_desktop import paths
from bulletin_desktop.language.fingerprint import fingerprint, same
from bulletin_desktop.library import documents
from bulletin_desktop.model.change import Message
from bulletin_desktop.model.text import DecodedText, ParsedText
from bulletin_desktop.parsing.build import parse_text
from bulletin_desktop.services import Library, reprints

BATCH = 40
SENTENCE = re.compile(r"[^。！？；\n]*[。！？；]?\n?")
Change = Callable[[str, random.Random], str]


class Clock:
    """Adds up the processor time of what is done inside it."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __enter__(self) -> None:
        self._began = time.process_time()

    def __exit__(self, *_: object) -> None:
        self.seconds += time.process_time() - self._began


def texts(issues: int) -> Iterator[tuple[str, str]]:
    pick = random.Random(1)
    characters = [chr(0x4E00 + n) for n in range(3000)]

    def own(_: re.Match[str]) -> str:
        """Words of its own: phrase tables alone would make every report boilerplate."""
        return f"{''.join(pick.choices(characters, k=12))}，"

    for number, (name, text) in enumerate(bulletins(issues, seed=1)):
        told = re.sub("，", own, text)
        yield name, told
        if number % 10 == 0:
            yield f"again-{name}", re.sub(r"(?m)^.{60,}$", lambda x: shorten(x[0], pick), told)


def shorten(text: str, pick: random.Random) -> str:
    parts = SENTENCE.findall(text)
    return "".join(part for part in parts if pick.random() < 0.6) or text


def batches(issues: int) -> Iterator[list[tuple[str, str, ParsedText]]]:
    batch: list[tuple[str, str, ParsedText]] = []
    for name, text in texts(issues):
        batch.append((name, text, parse_text(text)))
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def fill(library: Library, issues: int) -> None:
    rows, prints, links = Clock(), Clock(), Clock()
    size = articles = 0
    for batch in batches(issues):
        with rows:
            opened = library.change(Message("step.import"), "documents")
            opened.__enter__()
            stored = []
            for name, text, parsed in batch:
                decoded = DecodedText(text, "utf-8")
                found = documents.insert(library.connection, name, name, decoded, parsed)
                stored.append(found.document)
                size += len(text.encode())
                articles += found.articles
        with prints:
            for document in stored:
                reprints.note(library, document)
        with rows:
            opened.__exit__(None, None, None)
    with links:
        for _ in reprints.compare_new(library):
            pass
    added = prints.seconds + links.seconds
    print(
        f"{articles} articles, {size / 1e6:.0f} MB: rows {rows.seconds:.1f} s, fingerprints"
        f" {prints.seconds:.1f} s ({prints.seconds / size * 1e9:.0f} µs/KB), links"
        f" {links.seconds:.1f} s, ratio to the rows {added / rows.seconds:.2f}"
    )
    listed = Clock()
    with listed:
        groups = reprints.groups(library)
    linked = library.value("SELECT count(*) FROM reprints") // 2
    print(f"{linked} links, {len(groups)} groups listed in {listed.seconds:.2f} s")
    sql = "SELECT sum(pgsize) FROM dbstat WHERE name LIKE ?"
    taken, whole = (library.value(sql, [name]) / 1e6 for name in ("%fingerprint%", "%"))
    print(f"of {whole:.0f} MB the fingerprints take {taken:.0f}")


def cut_short(keep: float) -> Change:
    def change(text: str, pick: random.Random) -> str:
        parts = [part for part in SENTENCE.findall(text) if part]
        kept = sorted(pick.sample(range(len(parts)), max(1, round(keep * len(parts)))))
        return "".join(parts[at] for at in kept)

    return change


def edited(rate: float) -> Change:
    def change(text: str, pick: random.Random) -> str:
        kinds = (lambda _: "", lambda old: old + pick.choice(text), lambda _: pick.choice(text))
        return "".join(pick.choice(kinds)(c) if pick.random() < rate else c for c in text)

    return change


def moved(text: str, pick: random.Random) -> str:
    parts = text.split("\n")
    return "\n".join(pick.sample(parts, len(parts)))


def first_changed(text: str, _: random.Random) -> str:
    parts = [part for part in SENTENCE.findall(text) if part]
    return "".join(["近日，记者从有关方面获悉，这项工作又有了新的进展。", *parts[1:]])


def other_figures(text: str, pick: random.Random) -> str:
    return re.sub(r"\d+", lambda x: str(pick.randrange(10 ** len(x[0]))), text)


def combined(*changes: Change) -> Change:
    def change(text: str, pick: random.Random) -> str:
        for each in changes:
            text = each(text, pick)
        return text

    return change


CHANGES: dict[str, Change] = {
    "another title": lambda text, _: text,
    "70 % of the sentences": cut_short(0.7),
    "50 % of the sentences": cut_short(0.5),
    "40 % of the sentences": cut_short(0.4),
    "paragraphs moved": moved,
    "another first sentence": first_changed,
    "5 % of the characters edited": edited(0.05),
    "10 % of the characters edited": edited(0.1),
    "50 %, first sentence, 5 % edited": combined(first_changed, cut_short(0.5), edited(0.05)),
    "other figures (is to be another)": other_figures,
}


def recall() -> None:
    files = sorted(paths.seeds().glob("*.txt"))
    issues = [issue for file in files for issue in parse_text(file.read_text("utf-8")).issues]
    known = [article.body for issue in issues for article in issue.articles]
    known = [text for text in known if fingerprint(text)]
    pairs = [(a, b) for at, a in enumerate(known) for b in known[:at]]
    wrong = sum(same(a, b) is not None for a, b in pairs)
    print(f"{len(known)} samples: {wrong} of {len(pairs)} pairs taken for the same")
    for name, change in CHANGES.items():
        pick = random.Random(2)
        made = [(text, change(text, pick)) for text in known]
        if change is other_figures:
            made = [(a, b) for a, b in made if len(set(re.findall(r"\d+", a))) > 4]
        asked = [(text, other) for text, other in made if fingerprint(other)]
        found = sum(
            len({*fingerprint(text)} & {*fingerprint(other)}) > 1 and same(text, other) is not None
            for text, other in asked
        )
        print(f"  {name}: {found} of {len(asked)} found")


def main() -> None:
    issues = int(sys.argv[1]) if len(sys.argv) > 1 else 7000
    with (
        tempfile.TemporaryDirectory() as folder,
        Library(Path(folder) / "bench.bdlib", create=True) as library,
    ):
        fill(library, issues)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")
    recall()


if __name__ == "__main__":
    main()
