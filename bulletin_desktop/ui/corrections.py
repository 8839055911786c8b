"""Carrying out corrections of a cut: the verb of each action, and what is asked before it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import correcting
from bulletin_desktop.services.labels import issue_label
from bulletin_desktop.ui.actions import Act
from bulletin_desktop.ui.review.cutting import article_at, issue_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.model.change import Change
    from bulletin_desktop.model.records import Issue, LaidArticle, Layout
    from bulletin_desktop.model.text import Kind
    from bulletin_desktop.services import Library
    from bulletin_desktop.ui.context import Context

    Verb = Callable[[Library], Change]

_ROLES = {
    Act.AS_KICKER: "kicker",
    Act.AS_TITLE: "title",
    Act.AS_SUBTITLE: "subtitle",
    Act.AS_AUTHOR: "author",
    Act.AS_BODY: "body",
    Act.AS_SOURCE: "source",
    Act.AS_SECTION: "section",
    Act.AS_ISSUE: "issue",
}


class Spot(NamedTuple):
    """What is to be corrected: a place in a document's text, in code points.

    ``articles`` are those that were chosen, where not the one at the place is meant; ``selection``
    are the code points of selected words.
    """

    layout: Layout
    at: int
    articles: tuple[int, ...] = ()
    selection: tuple[int, int] | None = None


class Corrections(QObject):
    """Does what an action asks for at a spot; one change after another, off the GUI thread.

    What a place belongs to is looked up when its turn comes, so that keys may be pressed faster
    than the library writes.
    """

    done = Signal(object)  # Change
    failed = Signal(object)  # KnownError

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._asking = {
            Act.TO_SECTION: self._to_section,
            Act.TO_ISSUE: self._to_issue,
            Act.FACTS: self._facts,
            Act.AMEND: self._amend,
        }

    def carry_out(self, act: Act, spot: Spot) -> None:
        """Do what an action says at a spot, asking what is to be known for it."""
        if act in self._asking:
            self._asking[act](spot)
        else:
            self.run(verb_of(act, spot))

    def run(self, verb: Verb) -> None:
        """Change the library."""
        self._context.runner.write(verb, self.done.emit, self.failed.emit)

    # What is asked first

    def _choose(self, act: Act, label: str, given: list[str], now: int, *, new: bool) -> str | None:
        from PySide6.QtWidgets import QInputDialog

        title = self._context.text(act.code).rstrip("…")
        words, accepted = QInputDialog.getItem(
            self._window, title, self._context.text(label), given, now, new
        )
        return words if accepted else None

    def _to_section(self, spot: Spot) -> None:
        articles = _articles(spot)
        if not articles:
            self.failed.emit(KnownError("review.no_article"))
            return
        issues = {article.issue for article in articles}
        none = self._context.text("tree.no_section")
        inside = (a.section for a in spot.layout.articles if a.issue in issues and a.section)
        names = [*dict.fromkeys(inside), none]
        now = names.index(articles[0].section or none)
        chosen = self._choose(Act.TO_SECTION, "review.section_name", names, now, new=True)
        if chosen is not None and chosen.strip():
            name = None if chosen == none else chosen.strip()
            ids = [article.id for article in articles]
            self.run(lambda library: correcting.move_to_section(library, ids, name))

    def _to_issue(self, spot: Spot) -> None:
        articles, issues = _articles(spot), spot.layout.issues
        if not articles or len(issues) < 2:
            code = "review.one_issue" if articles else "review.no_article"
            self.failed.emit(KnownError(code))
            return
        names = [
            f"{number}. {issue_label(issue, self._context.catalogue).text}"
            for number, issue in enumerate(issues, 1)
        ]
        now = next(n for n, issue in enumerate(issues) if issue.id == articles[0].issue)
        chosen = self._choose(Act.TO_ISSUE, "review.issue_name", names, now, new=False)
        if chosen is not None:
            issue = issues[names.index(chosen)].id
            ids = [article.id for article in articles]
            self.run(lambda library: correcting.move_to_issue(library, ids, issue))

    def _facts(self, spot: Spot) -> None:
        issue = issue_of(spot)
        if issue is None:
            self.failed.emit(KnownError("review.no_article"))
            return
        from bulletin_desktop.ui.dialogs.issue_facts_dialog import IssueFactsDialog

        dialog = IssueFactsDialog(self._context, issue, self._window)
        if dialog.exec() == IssueFactsDialog.DialogCode.Accepted:
            self.run(dialog.verb())
        dialog.deleteLater()

    def _amend(self, spot: Spot) -> None:
        from PySide6.QtWidgets import QInputDialog, QLineEdit

        if spot.selection is None:
            self.failed.emit(KnownError("review.no_words"))
            return
        start, end = spot.selection
        printed = spot.layout.text[start:end]
        text = self._context.text
        words, accepted = QInputDialog.getText(
            self._window,
            text(Act.AMEND.code).rstrip("…"),
            text("review.amended", printed=printed),
            QLineEdit.EchoMode.Normal,
            printed,
        )
        if accepted and words != printed:
            document = spot.layout.document
            self.run(lambda library: correcting.amend(library, document, start, end, words))


def verb_of(act: Act, spot: Spot) -> Verb:
    """The verb of an action that asks nothing."""
    document, at = spot.layout.document, spot.at
    if act in _ROLES:
        return lambda library: correcting.set_role(library, document, at, _ROLES[act])
    verbs: dict[Act, Callable[[Library, Spot], Change]] = {
        Act.SPLIT: _split,
        Act.JOIN: _join,
        Act.DISCARD: _discard,
        Act.SWITCH_KIND: _switch_kind,
    }
    verb = verbs[act]

    def at_its_turn(library: Library) -> Change:
        return verb(library, spot._replace(layout=correcting.layout(library, document)))

    return at_its_turn


def confirmed(spot: Spot) -> Verb:
    """The verb that lets a doubt stand as it was cut."""
    return partial(correcting.confirm, document=spot.layout.document, at=spot.at)


def issue_of(spot: Spot) -> Issue | None:
    """The issue at a spot."""
    found = issue_at(spot.layout, spot.at)
    return next((issue for issue in spot.layout.issues if issue.id == found), None)


def _articles(spot: Spot) -> list[LaidArticle]:
    """The articles that are meant: those chosen, else the one at the place."""
    if spot.articles:
        return [article for article in spot.layout.articles if article.id in spot.articles]
    here = article_at(spot.layout, spot.at)
    return [here] if here is not None else []


def _needed(spot: Spot) -> list[LaidArticle]:
    found = _articles(spot)
    if not found:
        raise KnownError("review.no_article")
    return found


def _split(library: Library, spot: Spot) -> Change:
    """A new article; also from what lies in none."""
    document = spot.layout.document
    if article_at(spot.layout, spot.at) is None:
        return correcting.take_up(library, document, spot.at)
    return correcting.split(library, document, spot.at)


def _join(library: Library, spot: Spot) -> Change:
    """The article with the one before; where an issue begins, the issue with the one before."""
    found, issue = _articles(spot), issue_of(spot)
    inside = [a for a in spot.layout.articles if issue is not None and a.issue == issue.id]
    leads = not found or found[0] == min(inside, key=lambda article: article.start, default=None)
    if issue is not None and leads and issue != spot.layout.issues[0]:
        return correcting.join_issue(library, issue.id)
    return correcting.join(library, _needed(spot)[0].id)


def _discard(library: Library, spot: Spot) -> Change:
    return correcting.discard(library, [article.id for article in _needed(spot)])


def _switch_kind(library: Library, spot: Spot) -> Change:
    """All become what the first one is not."""
    found = _needed(spot)
    kind: Kind = "article" if found[0].kind == "brief" else "brief"
    return correcting.set_kind(library, [article.id for article in found], kind)
