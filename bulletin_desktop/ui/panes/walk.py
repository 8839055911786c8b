"""Going from article to article through a tree, whether its branches are open or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex

if TYPE_CHECKING:
    from bulletin_desktop.ui.models.outline_model import OutlineModel


def neighbour(model: OutlineModel, index: QModelIndex, step: int) -> QModelIndex:
    """The next (step 1) or previous (−1) article from a row, in the tree's order; else invalid."""
    at = _after(model, index) if step > 0 else _before(model, index)
    while at.isValid():
        node = model.node(at)
        if node is not None and node.article is not None:
            return at
        at = _after(model, at) if step > 0 else _before(model, at)
    return QModelIndex()


def first(model: OutlineModel) -> QModelIndex:
    """The first article of the tree."""
    top = model.index(0, 0)
    node = model.node(top)
    return top if node is None or node.article is not None else neighbour(model, top, 1)


def _children(model: OutlineModel, index: QModelIndex) -> int:
    if model.canFetchMore(index):
        model.fetchMore(index)
    return model.rowCount(index)


def _after(model: OutlineModel, index: QModelIndex) -> QModelIndex:
    """The row after this one where every branch is open."""
    if _children(model, index):
        return model.index(0, 0, index)
    while index.isValid():
        sibling = index.siblingAtRow(index.row() + 1) if _has_next(model, index) else QModelIndex()
        if sibling.isValid():
            return sibling
        index = index.parent()
    return QModelIndex()


def _has_next(model: OutlineModel, index: QModelIndex) -> bool:
    return index.row() + 1 < model.rowCount(index.parent())


def _before(model: OutlineModel, index: QModelIndex) -> QModelIndex:
    """The row before this one where every branch is open."""
    if not index.isValid():
        return QModelIndex()
    if index.row() == 0:
        return index.parent()
    at = index.siblingAtRow(index.row() - 1)
    while count := _children(model, at):
        at = model.index(count - 1, 0, at)
    return at
