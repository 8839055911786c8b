"""Correcting how a document was cut. The user's decision outranks the parser's, also at the next
import of the same file or a changed one.

Every verb is one undoable step; positions are code points of the document's text, anywhere in the
line that is meant. What makes no sense raises KnownError (correct.…).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bulletin_desktop.library import corrections, documents, layouts
from bulletin_desktop.library.documents import issues
from bulletin_desktop.library.layouts import document_of, layout, to_review
from bulletin_desktop.library.store import Library, atomic
from bulletin_desktop.model.change import Change, Message, Progress, Topic
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import encodings, files, storing
from bulletin_desktop.services.browsing import text_of
from bulletin_desktop.services.recutting import replay

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from bulletin_desktop.model.records import Issue
    from bulletin_desktop.model.text import Kind

__all__ = [
    "ENCODINGS",
    "amend",
    "confirm",
    "confirm_date",
    "discard",
    "document_of",
    "join",
    "join_issue",
    "layout",
    "move_to_issue",
    "move_to_section",
    "recut",
    "recut_all",
    "reread",
    "set_facts",
    "set_kind",
    "set_role",
    "split",
    "take_up",
    "to_review",
]

# Those that the user can choose from.
ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16")
_TOPICS: tuple[Topic, ...] = ("documents", "tags", "notes", "collections")
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_SHOWN = 24  # characters of a line in the name of a step


class _Sitting:
    """Corrections of one document in one open change."""

    def __init__(self, library: Library, document: int) -> None:
        self.library = library
        self.document = document
        self.text, self.parsed = layouts.parsed_of(library, document)

    def line(self, at: int) -> tuple[int, int]:
        from bulletin_desktop.parsing.correcting import line_at

        return line_at(self.text, self.parsed, at)

    def correct(self, code: str, at: int, value: Mapping[str, Any]) -> None:
        """Change the cut, and keep the decision with the line that it was made on."""
        from bulletin_desktop.parsing.correcting import correct

        span = self.line(at)
        self.parsed = correct(self.text, self.parsed, code, span[0], value)
        kept = corrections.quoted(self.document, code, self.text, span, value)
        corrections.add(self.library, kept)

    def store(self) -> frozenset[int]:
        return layouts.rearrange(self.library, self.document, self.text, self.parsed)


def _correct(
    library: Library, message: Message, document: int, code: str, at: Sequence[int], **value: object
) -> Change:
    """One correction at each of some positions of a document, as one step."""
    with library.change(message, *_TOPICS, structural=True) as recording:
        sitting = _Sitting(library, document)
        for place in at:
            sitting.correct(code, place, value)
        recording.articles = sitting.store()
    return recording.result()


def _at_line(
    library: Library, step: str, document: int, code: str, at: int, **value: str
) -> Change:
    """A correction of one line, which the step's name quotes."""
    text, parsed = layouts.parsed_of(library, document)
    from bulletin_desktop.parsing.correcting import line_at

    start, end = line_at(text, parsed, at)
    words = text[start : min(end, start + _SHOWN)]
    return _correct(library, Message(step, {"line": words, **value}), document, code, [at], **value)


def _name_of(library: Library, article: int) -> str:
    """The title of an article, or its first words."""
    text = text_of(library, article)
    return text.article.heading or text.body[:_SHOWN]


def _of_articles(
    library: Library, step: str, articles: Sequence[int], code: str, **value: object
) -> Change:
    """A correction of articles, which may stand in several documents."""
    starts: dict[int, list[int]] = {}
    for article in articles:
        starts.setdefault(document_of(library, article), []).append(
            layouts.start_of(library, article)
        )
    title = _name_of(library, articles[0]) if articles else ""
    message = Message(step, {"title": title, "n": len(articles), **value})
    with library.change(message, *_TOPICS, structural=True) as recording:
        changed: set[int] = set()
        for document, places in starts.items():
            sitting = _Sitting(library, document)
            for place in sorted(places):
                sitting.correct(code, place, value)
            changed |= sitting.store()
        recording.articles = frozenset(changed)
    return recording.result()


@atomic
def split(library: Library, document: int, at: int) -> Change:
    """A new article begins with this line."""
    return _at_line(library, "step.correct.split", document, "split", at)


@atomic
def join(library: Library, article: int) -> Change:
    """An article goes on the one before it."""
    return _of_articles(library, "step.correct.join", [article], "join")


@atomic
def set_role(library: Library, document: int, at: int, role: str) -> Change:
    """A line is the title, subtitle, kicker, author, source or body of its article, opens a
    section, or an issue.
    """
    return _at_line(library, f"step.correct.role.{role}", document, "role", at, role=role)


@atomic
def take_up(library: Library, document: int, at: int) -> Change:
    """What lies in no article becomes one, from this line on."""
    return _at_line(library, "step.correct.take_up", document, "take_up", at)


@atomic
def confirm(library: Library, document: int, at: int) -> Change:
    """What was doubtful at this line is right as it is."""
    return _at_line(library, "step.correct.confirm", document, "confirm", at)


@atomic
def discard(library: Library, articles: Sequence[int]) -> Change:
    """These are no articles; their text stays in the document as a remainder."""
    return _of_articles(library, "step.correct.discard", articles, "discard")


@atomic
def set_kind(library: Library, articles: Sequence[int], kind: Kind) -> Change:
    """These are articles, or briefs."""
    return _of_articles(library, f"step.correct.kind.{kind}", articles, "kind", kind=kind)


@atomic
def move_to_section(library: Library, articles: Sequence[int], name: str | None) -> Change:
    """These articles belong to a section of their issue, which may be new, or to none."""
    cleaned = " ".join(name.split()) if name else None
    step = "step.correct.section" if cleaned else "step.correct.no_section"
    return _of_articles(library, step, articles, "section", section=cleaned)


@atomic
def move_to_issue(library: Library, articles: Sequence[int], issue: int) -> Change:
    """These articles belong to another issue of the same document."""
    document, place = layouts.place_of_issue(library, issue)
    if any(document_of(library, article) != document for article in articles):
        raise KnownError("correct.other_document")
    return _of_articles(library, "step.correct.issue", articles, "issue", issue=place)


@atomic
def join_issue(library: Library, issue: int) -> Change:
    """An issue goes on the one before it in the file."""
    return _of_issue(library, issue, "step.correct.join_issue", "join_issue")


@atomic
def set_facts(
    library: Library,
    issue: int,
    *,
    title: str | None = None,
    number: str | None = None,
    total_number: str | None = None,
    date: str | None = None,
    editor: str | None = None,
) -> Change:
    """What an issue is called, who made it and when it came out.

    None leaves a fact as it is, "" clears it.

    Raises KnownError("correct.date") for a date that is not YYYY, YYYY-MM or YYYY-MM-DD.
    """
    given = {
        "title": title, "number": number, "total_number": total_number, "date": date,
        "editor": editor,
    }  # fmt: skip
    value = {name: fact.strip() for name, fact in given.items() if fact is not None}
    if value.get("date") and not _DATE.fullmatch(value["date"]):
        raise KnownError("correct.date", date=value["date"])
    return _of_issue(library, issue, "step.correct.facts", "facts", **value)


@atomic
def confirm_date(library: Library, issue: int) -> Change:
    """The inferred date of an issue is right."""
    (found,) = _issue(library, issue)
    if not found.date:
        raise KnownError("correct.no_date")
    evidence = found.date_evidence or ""
    return _of_issue(
        library, issue, "step.correct.date", "facts", date=found.date, evidence=evidence
    )


def _issue(library: Library, issue: int) -> list[Issue]:
    found = issues(library, (issue,))
    if not found:
        raise KnownError("issue.missing", id=issue)
    return found


def _of_issue(library: Library, issue: int, step: str, code: str, **value: str) -> Change:
    from bulletin_desktop.parsing.sheet import issue_starts

    document, place = layouts.place_of_issue(library, issue)
    _, parsed = layouts.parsed_of(library, document)
    start = issue_starts(parsed)[place]
    return _correct(library, Message(step, value), document, code, [start], **value)


@atomic
def amend(library: Library, document: int, start: int, end: int, text: str) -> Change:
    """Mend a misprint: the words from ``start`` to ``end`` are shown and exported as ``text``.

    The source stays. Giving the printed words again takes the mending back. Raises KnownError
    ("correct.amend") unless the words lie in one field of an article and the new ones are one line.
    """
    source, parsed = layouts.parsed_of(library, document)
    words = source[start:end]
    parts = (p for issue in parsed.issues for article in issue.articles for p in article.parts)
    inside = start < end and any(p.start <= start and end <= p.end for p in parts)
    if not inside or len((words + text).splitlines()) > 1:
        raise KnownError("correct.amend")
    message = Message("step.correct.erratum", {"printed": words, "text": text})
    with library.change(message, *_TOPICS, structural=True) as recording:
        made = corrections.corrections(library, document)
        older = [c.id for c in made if c.code == "erratum" and c.start < end and start < c.end]
        corrections.remove(library, older)
        if text != words:
            kept = corrections.quoted(document, "erratum", source, (start, end), {"text": text})
            corrections.add(library, kept)
        layouts.rearrange(library, document, source, parsed)
    return recording.result()


@atomic
def recut(library: Library, document: int) -> Change:
    """Cut a document anew by the rules of this program, with all corrections made on it again."""
    name = layouts.path_of(library, document).rpartition("/")[2]
    return _recut(library, document, Message("step.correct.recut", {"name": name}))


def recut_all(library: Library, chosen: Sequence[int]) -> Generator[Progress, bool | None, Change]:
    """Cut documents anew as one step; a true value sent in stops it and keeps what is done."""
    step, changed, message = None, 0, Message("step.correct.recut_all", {"n": 0})
    for done, document in enumerate(chosen):
        name = layouts.path_of(library, document).rpartition("/")[2]
        if (yield Progress(done, len(chosen), Message("correct.recutting", {"name": name}))):
            break
        named = Message("step.correct.recut_all", {"n": 1 + int(str(message.params["n"]))})
        change = _recut(library, document, named, step)
        if change.step is not None:
            step, changed, message = change.step, changed + change.changed, named
    return Change(step, message, changed, frozenset(_TOPICS))


@atomic
def _recut(library: Library, document: int, message: Message, step: int | None = None) -> Change:
    path = layouts.path_of(library, document)
    text, _ = layouts.parsed_of(library, document)
    made = corrections.corrections(library, document)
    parsed, placed = replay(text, files.parsed(path, text), made, len(text))
    with library.change(message, *_TOPICS, step=step, structural=True) as recording:
        for correction in placed:
            corrections.set_place(library, correction)
        recording.articles = layouts.rearrange(library, document, text, parsed)
    return recording.result()


def reread(library: Library, document: int, encoding: str) -> Change:
    """Read a document's file again in another encoding, which its folder keeps.

    The corrections and what is on its articles go with it. Raises KnownError (file.*), or
    "correct.encoding_changed" where the file is not the one that was imported.
    """
    path = layouts.path_of(library, document)
    data = files.input_at(path).read()
    if files.fingerprint(data) != documents.sha256(library, document):
        raise KnownError("correct.encoding_changed", path=path)
    loaded = files.load(path, data, encoding)
    message = Message(
        "step.correct.encoding", {"name": path.rpartition("/")[2], "encoding": encoding}
    )
    with library.change(message, *_TOPICS) as recording:
        storing.store(library, path, loaded, document, anyway=True)
        encodings.remember(library, path, encoding)
    return recording.result()
