"""Which sets of articles the window offers for export, the nearest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import browsing, collections
from bulletin_desktop.ui.dialogs.export_dialog import Choice

if TYPE_CHECKING:
    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.panes.outline_pane import OutlinePane


def export_choices(context: Context, outline: OutlinePane) -> list[Choice]:
    """The collections (the current one first), the selection, the themes in use, everything.

    A collection or theme that is selected as a whole comes first, so that it keeps its order.
    """
    text = context.text
    current = collections.current(context.library)
    known = sorted(
        collections.all_collections(context.library),
        key=lambda c: current is None or c.id != current.id,
    )
    choices = [
        Choice(
            text("export.collection", name=c.name, n=c.articles),
            Scope(collection=c.id), c.name, c.articles, ordered=True,
        )
        for c in known
        if c.articles
    ]  # fmt: skip
    selected = outline.selected_articles()
    if selected:
        name = text("export.selection", n=len(selected))
        choice = Choice(name, Scope(ids=selected), text("export.default_title"), len(selected))
        # Several selected articles are meant; a single one is only where one happens to read.
        choices.insert(0 if len(selected) > 1 else len(choices), choice)
    choices += [
        Choice(
            text("export.theme", name=t.name, n=t.articles), Scope(theme=t.id), t.name, t.articles
        )
        for t in context.themes().values()
        if t.articles
    ]
    total = browsing.totals(context.library).articles
    if total:
        name = text("export.everything", n=total)
        choices.append(Choice(name, Scope(), text("export.default_title"), total))
    whole = _whole_row(outline)
    return sorted(choices, key=lambda choice: choice.scope != whole)


def _whole_row(outline: OutlinePane) -> Scope | None:
    """The collection or theme whose row alone is selected."""
    rows = [] if outline.searching else outline.tree.selected_nodes()
    if len(rows) != 1 or rows[0].kind not in ("collection", "theme"):
        return None
    row = rows[0].data
    return Scope(collection=row) if rows[0].kind == "collection" else Scope(theme=row)
