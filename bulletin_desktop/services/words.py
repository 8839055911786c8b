"""The user's words: what the segmenter cuts whole beside the dictionary, and what it might."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bulletin_desktop.library import articles, lookup, suggestions
from bulletin_desktop.library.store import Library, atomic
from bulletin_desktop.model.change import Change, Message
from bulletin_desktop.model.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bulletin_desktop.language.segment import Segmenter

# Unknown words are sought in so many articles, spread over the library, and so much of each.
_SAMPLE = 300
_READ = 3000
_SHOWN = 40  # characters of the words in the name of a step
_LONGEST = 30


class Candidate(NamedTuple):
    """A word that no dictionary has, and in how many articles it stands."""

    word: str
    articles: int


def all_words(library: Library) -> list[str]:
    """The user's words in the order in which they were added."""
    return suggestions.words(library)


def teach(library: Library, segmenter: Segmenter) -> None:
    """Let a segmenter know the user's words of a library, and no others."""
    segmenter.know(suggestions.words(library))


@atomic
def add(library: Library, words: Sequence[str]) -> Change:
    """Add words, as one step; those that are there stay.

    Raises KnownError("words.bad") for what is no word of 2 to 30 letters or digits.
    """
    clean = [_clean(word) for word in words]
    with library.change(_named("step.words_add", clean), "words") as recording:
        suggestions.add_words(library, clean)
    return recording.result()


def _clean(word: str) -> str:
    clean = word.strip()
    if not 2 <= len(clean) <= _LONGEST or not clean.isalnum():
        raise KnownError("words.bad", word=clean)
    return clean


@atomic
def remove(library: Library, words: Sequence[str]) -> Change:
    """Take words away, as one step. Raises KnownError("words.missing")."""
    known = set(suggestions.words(library))
    for word in words:
        if word not in known:
            raise KnownError("words.missing", word=word)
    with library.change(_named("step.words_remove", words), "words") as recording:
        suggestions.remove_words(library, words)
    return recording.result()


def _named(code: str, words: Iterable[str]) -> Message:
    return Message(code, {"word": "、".join(words)[:_SHOWN]})


def candidates(library: Library, segmenter: Segmenter, limit: int = 40) -> list[Candidate]:
    """Words that may be missing from the dictionary, those of most articles first.

    Sought in some hundred articles from all parts of the library, and counted by the search index,
    where that has them. Takes a second or two; the segmenter is loaded.
    """
    from bulletin_desktop.language.unknown import unknown_words
    from bulletin_desktop.services.like import phrase_of

    teach(library, segmenter)
    texts = [text[:_READ] for text in articles.sample(library, _SAMPLE)]
    found = unknown_words(texts, segmenter, limit)
    most = lookup.count_rows(library) + 1
    counted = []
    for word, seen in found:
        phrase = phrase_of(word)
        count = lookup.frequency(library, phrase, most) if phrase else 0
        counted.append(Candidate(word, max(count, seen)))
    return sorted(counted, key=lambda each: -each.articles)
