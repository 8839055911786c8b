"""The trees' item model: Qt's own model tester on every tab, and what the rows say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from window_driver import every_row

from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import Library, browsing, collections, tagging, themes
from bulletin_desktop.ui.context import Context
from bulletin_desktop.ui.models.nodes import TABS, Tab
from bulletin_desktop.ui.models.outline_model import MIME, OutlineModel
from bulletin_desktop.ui.panes import walk
from bulletin_desktop.ui.theme import Tokens

_TESTER = QAbstractItemModelTester.FailureReportingMode.Warning


@pytest.fixture
def context(qapp: object, library: Library) -> Context:
    """A context on the sample library with starter themes, tags and a collection."""
    themes.add_starter(library)
    ids = [article.id for article in browsing.in_scope(library)]
    for number, theme in enumerate(themes.all_themes(library)[:4]):
        tagging.tag(library, ids[number * 3 : number * 3 + 5], [theme.id])
    parent, child, _, _ = themes.all_themes(library)[:4]
    themes.move(library, child.id, parent.id)
    collections.add_articles(library, "专题", ids[4:12])
    browsing.mark_read(library, ids[:3], read=True)
    return Context(library, Catalogue("zh"), Tokens("light"))


def _tested(model: QAbstractItemModel) -> QAbstractItemModelTester:
    """A tester whose complaints are Qt warnings, which fail the test.

    It does not fetch branches itself: it would do so inside a reset, and complain of that.
    """
    tester = QAbstractItemModelTester(model, _TESTER, model)
    tester.setUseFetchMore(False)
    return tester


def _model(context: Context, tab: Tab) -> OutlineModel:
    model = OutlineModel(context, tab, context)
    _tested(model)
    model.reload()
    return model


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_keeps_the_rules_of_a_model(context: Context, tab: Tab) -> None:
    model = _model(context, tab)
    rows = every_row(model)
    assert any(node.article is not None for _, node in rows)
    model.refresh(browsing.in_scope(context.library))
    model.reload(Scope(ids=tuple(browsing.ids_in_scope(context.library, Scope(containing="职工")))))
    narrowed = every_row(model)
    assert 0 < len(narrowed) < len(rows)
    model.reload(Scope())
    assert [n.path() for _, n in every_row(model)] == [n.path() for _, n in rows]


@pytest.mark.parametrize("tab", TABS)
def test_an_empty_library_has_an_empty_tree(qapp: object, empty_library: Library, tab: Tab) -> None:
    context = Context(empty_library, Catalogue("zh"), Tokens("light"))
    model = _model(context, tab)
    assert model.rowCount() == 0
    assert not model.hasChildren()
    assert not walk.first(model).isValid()


@pytest.mark.parametrize("tab", TABS)
def test_walking_meets_every_article_in_the_order_of_the_rows(context: Context, tab: Tab) -> None:
    wanted = [n.path() for _, n in every_row(_model(context, tab)) if n.article is not None]
    model = _model(context, tab)  # anew: no branch is read yet

    def walked(at: QModelIndex, step: int) -> list[tuple[str, ...]]:
        found = []
        while (node := model.node(at)) is not None:
            found.append(node.path())
            at = walk.neighbour(model, at, step)
        return found

    forward = walked(walk.first(model), 1)
    assert forward == wanted
    assert walked(model.find(wanted[-1]), -1) == wanted[::-1]


def test_the_issue_tree_shows_each_article_once_in_the_library_s_order(context: Context) -> None:
    rows = every_row(_model(context, "issues"))
    shown = [node.article.id for _, node in rows if node.article is not None]
    assert shown == [article.id for article in browsing.in_scope(context.library)]
    assert len(shown) == 45


def test_years_and_issues_run_newest_first(context: Context) -> None:
    rows = every_row(_model(context, "issues"))
    years = [node.scope.year for _, node in rows if node.kind == "year"]
    assert years == sorted(years, reverse=True)
    dates = [i.date for i in browsing.issues(context.library)]
    issues = [node.key for _, node in rows if node.kind == "issue"]
    assert issues == [f"issue {i.id}" for i in browsing.issues(context.library)]
    assert dates == sorted(dates, key=str, reverse=True)


def test_counts_are_those_of_the_library(context: Context) -> None:
    for tab in TABS:
        for _, node in every_row(_model(context, tab)):
            if node.article is None and node.kind != "year":
                inside = browsing.ids_in_scope(context.library, node.scope)
                assert node.count == str(len(inside)), node.label


def test_a_branch_holds_as_many_articles_as_it_counts(context: Context) -> None:
    for tab in ("issues", "sources", "collections"):
        model = _model(context, tab)
        rows = every_row(model)
        for index, node in rows:
            below = [
                n for _, n in rows if n.article and n.path()[: len(node.path())] == node.path()
            ]
            if node.kind in ("issue", "section", "source", "collection"):
                assert len(below) == int(node.count)
            assert model.hasChildren(index) == (node.article is None)


def test_dots_tell_what_is_unread(context: Context) -> None:
    rows = every_row(_model(context, "issues"))
    nodes = [node for _, node in rows if node.article is not None]
    unread = {a.id for a in browsing.in_scope(context.library) if a.unread}
    assert len(unread) == 42
    assert {node.article.id for node in nodes if node.unread} == unread


def test_an_inferred_date_is_called_so_and_shows_its_evidence(context: Context) -> None:
    model = _model(context, "issues")
    text = context.text
    for index, node in every_row(model):
        if node.kind != "issue":
            continue
        issue = next(i for i in browsing.issues(context.library) if node.key == f"issue {i.id}")
        inferred = issue.date_basis != "printed"
        assert (node.suffix == text("date.inferred")) == inferred
        tip = model.data(index, Qt.ItemDataRole.ToolTipRole)
        assert text("tree.unread", n=issue.unread) in tip
        assert (text("date.evidence", quote=issue.date_evidence) in tip) == inferred
        said = model.data(index, Qt.ItemDataRole.AccessibleTextRole)
        assert said.split() == [*node.label.split(), *[node.suffix] * inferred, node.count]


def test_refresh_shows_new_themes_and_stars(context: Context, qtbot: Any) -> None:
    model = _model(context, "issues")
    rows = every_row(model)
    article = next(node.article for _, node in rows if node.article is not None)
    theme = themes.all_themes(context.library)[5]
    tagging.tag(context.library, [article.id], [theme.id])
    tagging.star(context.library, [article.id], starred=True)
    with qtbot.waitSignal(model.dataChanged) as told:
        model.refresh([browsing.by_id(context.library, article.id)])
    fresh = model.node(told.args[0]).article
    assert fresh.id == article.id
    assert theme.id in fresh.themes
    assert fresh.starred


def test_paths_find_their_rows_again_in_a_tree_built_anew(context: Context) -> None:
    for tab in TABS:
        paths = [node.path() for _, node in every_row(_model(context, tab))]
        model = _model(context, tab)
        assert [model.node(model.find(path)).path() for path in paths] == paths
        assert not model.find((*paths[-1], "article 0")).isValid()
        assert not model.find(("nothing",)).isValid()


def test_a_theme_branch_shows_child_themes_and_then_its_own_articles(context: Context) -> None:
    parent, child = themes.all_themes(context.library)[:2]
    model = _model(context, "themes")
    at = model.find((f"theme {parent.id}",))
    model.fetchMore(at)
    below = [model.node(model.index(row, 0, at)) for row in range(model.rowCount(at))]
    assert below[0].key == f"theme {child.id}"
    own = [a.id for a in browsing.in_scope(context.library) if parent.id in a.themes]
    assert [node.article.id for node in below[1:]] == own
    assert not model.find((f"theme {child.id}",)).isValid()


def test_narrowing_keeps_only_what_fits(context: Context) -> None:
    ids = tuple(browsing.ids_in_scope(context.library, Scope(containing="职工")))
    model = _model(context, "issues")
    model.reload(Scope(ids=ids))
    shown = [node.article.id for _, node in every_row(model) if node.article is not None]
    assert sorted(shown) == sorted(ids)
    model.reload(Scope(ids=()))
    assert model.rowCount() == 0


def test_only_articles_of_one_collection_can_be_dropped_into_it(context: Context) -> None:
    ids = [article.id for article in browsing.in_scope(context.library)]
    collections.add_articles(context.library, "另一本", ids[20:23])
    model = _model(context, "collections")
    rows = every_row(model)
    first, other = (index for index, node in rows if node.kind == "collection")
    inside = [index for index, n in rows if n.article and n.path()[0] == model.node(first).key]
    data = model.mimeData(inside[:2])
    move = Qt.DropAction.MoveAction
    assert data.formats() == [MIME] == model.mimeTypes()
    assert model.canDropMimeData(data, move, 0, 0, first)
    assert not model.canDropMimeData(data, move, 0, 0, other)
    assert not model.canDropMimeData(data, move, 0, 0, QModelIndex())
    assert not model.canDropMimeData(QMimeData(), move, 0, 0, first)
    assert not model.dropMimeData(data, move, 0, 0, other)
    assert model.flags(inside[0]) & Qt.ItemFlag.ItemIsDragEnabled
    assert model.flags(first) & Qt.ItemFlag.ItemIsDropEnabled


def test_a_drop_asks_for_the_new_place(context: Context) -> None:
    model = _model(context, "collections")
    rows = every_row(model)
    collection = rows[0][0]
    inside = [(index, n.data) for index, n in rows if n.article]
    asked: list[tuple[Any, ...]] = []
    model.reordered.connect(lambda *wanted: asked.append(wanted))
    data = model.mimeData([inside[0][0], inside[1][0]])
    number = model.node(collection).data
    for row, before in ((5, inside[5][1]), (1, inside[2][1]), (len(inside), None), (-1, None)):
        model.dropMimeData(data, Qt.DropAction.MoveAction, row, 0, collection)
        assert asked.pop() == (number, (inside[0][1], inside[1][1]), before)


def test_headings_stand_quietly_between_the_articles_of_a_collection(context: Context) -> None:
    collections.add_heading(context.library, 1, "上编", before=3)
    model = _model(context, "collections")
    rows = every_row(model)
    collection = rows[0][0]
    index, heading = rows[3]
    assert (heading.kind, heading.label, heading.article) == ("heading", "上编", None)
    assert not model.hasChildren(index)
    asked: list[tuple[Any, ...]] = []
    model.reordered.connect(lambda *wanted: asked.append(wanted))
    data = model.mimeData([rows[6][0]])
    model.dropMimeData(data, Qt.DropAction.MoveAction, 2, 0, collection)
    assert asked == [(1, (rows[6][1].data,), heading.data)]
    assert walk.neighbour(model, rows[2][0], 1) == rows[4][0]
    found = model.node(rows[4][0])
    model.reload(Scope(ids=(found.article.id,)))
    assert [node.kind for _, node in every_row(model)] == ["collection", "article"]
    collections.create(context.library, "空")
    collections.add_heading(context.library, 2, "只有标题")
    model.reload(Scope())
    assert every_row(model)[-1][1].label == "只有标题"


def test_a_library_of_another_folder_has_the_same_paths(context: Context, tmp_path: Path) -> None:
    """Paths are made of keys of the library, not of labels that a language changes."""
    english = Context(context.library, Catalogue("en"), Tokens("dark"))
    for tab in TABS:
        chinese = [node.path() for _, node in every_row(_model(context, tab))]
        assert [node.path() for _, node in every_row(_model(english, tab))] == chinese
