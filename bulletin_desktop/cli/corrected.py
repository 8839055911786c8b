"""Corrections of how documents were cut: the verbs, and what there is to correct."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bulletin_desktop.cli.arguments import UsageError
from bulletin_desktop.cli.changing import tell
from bulletin_desktop.cli.run import Run
from bulletin_desktop.model.change import Change
from bulletin_desktop.model.text import DOUBT
from bulletin_desktop.services import Library, browsing, correcting

_CORRECTIONS = ("id", "correction", "start", "end", "quote", "value", "placed")
_CUTS = ("start", "role", "words", "rule", "certainty")
_FACTS = ("title", "number", "total_number", "editor", "date")
_SHOWN = 24  # characters of a line in a table


def correct(run: Run) -> int:
    """Carry out a correction, or list those that were made, or the cuts and their reasons."""
    options = run.options
    if options.action in _READING:
        return _READING[options.action](run)
    if options.action == "facts" and all(getattr(options, fact) is None for fact in _FACTS):
        raise UsageError(run.catalogue.text("cli.facts_needed"))
    with run.library() as library:
        if options.action == "recut":
            return _recut(run, library)
        return tell(run, _VERBS[options.action](library, options))


def _recut(run: Run, library: Library) -> int:
    options = run.options
    if bool(options.documents) == options.all:
        raise UsageError(run.catalogue.text("cli.documents_or_all"))
    documents = list(dict.fromkeys(options.documents))
    if options.all:
        documents = [document.id for document in browsing.documents(library)]
    code = tell(run, run.finish(correcting.recut_all(library, documents)))
    if run.output.interrupted:
        run.output.finish()
        raise KeyboardInterrupt
    return code


def _split(library: Library, options: Any) -> Change:
    return correcting.split(library, options.document, options.at)


def _join(library: Library, options: Any) -> Change:
    return correcting.join(library, options.article)


def _role(library: Library, options: Any) -> Change:
    return correcting.set_role(library, options.document, options.at, options.role)


def _discard(library: Library, options: Any) -> Change:
    return correcting.discard(library, _articles(options))


def _articles(options: Any) -> list[int]:
    return list(dict.fromkeys(options.articles))


def _take_up(library: Library, options: Any) -> Change:
    return correcting.take_up(library, options.document, options.at)


def _kind(library: Library, options: Any) -> Change:
    return correcting.set_kind(library, _articles(options), options.kind)


def _section(library: Library, options: Any) -> Change:
    return correcting.move_to_section(library, _articles(options), options.name)


def _issue(library: Library, options: Any) -> Change:
    return correcting.move_to_issue(library, _articles(options), options.issue)


def _join_issue(library: Library, options: Any) -> Change:
    return correcting.join_issue(library, options.issue)


def _set_facts(library: Library, options: Any) -> Change:
    facts = {fact: getattr(options, fact) for fact in _FACTS}
    return correcting.set_facts(library, options.issue, **facts)


def _confirm_date(library: Library, options: Any) -> Change:
    return correcting.confirm_date(library, options.issue)


def _confirm(library: Library, options: Any) -> Change:
    return correcting.confirm(library, options.document, options.at)


def _amend(library: Library, options: Any) -> Change:
    return correcting.amend(library, options.document, options.start, options.end, options.text)


def _encoding(library: Library, options: Any) -> Change:
    return correcting.reread(library, options.document, options.encoding)


_VERBS: dict[str, Callable[[Library, Any], Change]] = {
    "split": _split,
    "join": _join,
    "role": _role,
    "discard": _discard,
    "take-up": _take_up,
    "kind": _kind,
    "section": _section,
    "issue": _issue,
    "join-issue": _join_issue,
    "facts": _set_facts,
    "confirm-date": _confirm_date,
    "confirm": _confirm,
    "amend": _amend,
    "encoding": _encoding,
}


def _list_corrections(run: Run) -> int:
    """The corrections of a document in the order in which they were made."""
    with run.library() as library:
        made = correcting.layout(library, run.options.document).corrections
    rows: list[dict[str, Any]] = [
        {
            "id": c.id,
            "correction": c.code,
            "start": c.start,
            "end": c.end,
            "quote": c.quote,
            "value": c.value,
            "placed": c.placed,
        }
        for c in made
    ]
    if run.json:
        run.output.json(rows)
        return 0
    for row in rows:
        row["correction"] = run.catalogue.text(f"cli.correction.{row['correction']}")
        row["quote"] = row["quote"][:_SHOWN]
        row["value"] = [value for value in row["value"].values() if value is not None]
    run.output.table(_CORRECTIONS, rows)
    return 0


def _list_cuts(run: Run) -> int:
    """The decisions by which a document was cut, each with its rule and how sure it is."""
    with run.library() as library:
        layout = correcting.layout(library, run.options.document)
    rows: list[dict[str, Any]] = []
    for cut in layout.cuts:
        if cut.certainty < DOUBT or not run.options.doubts:
            words = layout.text[cut.start :].partition("\n")[0].strip()
            rows.append({**cut._asdict(), "words": words, "doubt": cut.certainty < DOUBT})
    if run.json:
        run.output.json(rows)
        return 0
    for row in rows:
        row["role"] = run.catalogue.text(f"cli.cut.{row['role']}")
        row["rule"] = run.catalogue.text(row["rule"])
        row["words"] = row["words"][:_SHOWN]
        row["certainty"] = f"{row['certainty']:.0%}"
    run.output.table(_CUTS, rows)
    return 0


_READING: dict[str, Callable[[Run], int]] = {"list": _list_corrections, "cuts": _list_cuts}
COMMANDS: dict[str, Callable[[Run], int]] = {"correct": correct}
