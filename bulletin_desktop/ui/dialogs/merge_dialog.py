"""What a merge brought, where both differ, and what found no place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.ui.dialogs.told_dialog import ToldDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from bulletin_desktop.services.merging import MergeReport
    from bulletin_desktop.ui.context import Context


class MergeDialog(ToldDialog):
    """The report of a merge; articles that are missing can be brought too."""

    def __init__(self, context: Context, report: MergeReport, parent: QWidget) -> None:
        title, on = context.text("action.merge"), context.text("merge.bring", n=report.absent)
        head, told = summary(context, report), _told(context, report)
        super().__init__(context, title.rstrip("…"), head, told, on, parent)
        self.on.setVisible(report.absent > 0)
        self._lay_out()
        self.resize(640, 400)


def summary(context: Context, report: MergeReport) -> str:
    """What a merge brought, in a sentence."""
    counts = {"documents": 0, **report.added}
    return context.text("merge.done", name=report.name, same=report.same, **counts)


def _told(context: Context, report: MergeReport) -> str:
    lines: list[str] = []
    for code, messages in (("conflicts", report.conflicts), ("unplaced", report.unplaced)):
        if messages:
            lines += [context.text(f"merge.{code}", n=len(messages))]
            lines += [f"　{context.catalogue.message(each)}" for each in messages]
    return "\n".join(lines)
