"""The item models of the review, and how a text is cut into the lines that are shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPlainTextEdit
from review_driver import imported
from window_driver import Driver

from bulletin_desktop.model.text import Cut
from bulletin_desktop.services import correcting
from bulletin_desktop.ui.models.layout_model import LAID, LayoutModel
from bulletin_desktop.ui.models.reviewed_model import REVIEWED, ReviewedModel, name_of
from bulletin_desktop.ui.review.cutting import Cutting, certainty_of
from bulletin_desktop.ui.review.lines import LONGEST, Lines

_FAIL = QAbstractItemModelTester.FailureReportingMode.Fatal


def test_the_model_of_documents(driver: Driver, tmp_path: Path) -> None:
    model = ReviewedModel(driver.context)
    tester = QAbstractItemModelTester(model, _FAIL)
    assert model.next_doubtful(0, 1) is None
    imported(driver, tmp_path / "files", "第7期.txt", "第8期.txt")
    found = correcting.to_review(driver.library)
    model.show(found)
    assert model.rowCount() == len(found)
    doubtful = found[1]._replace(doubts=3, remarks=2, unplaced=1)
    told = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    model.renew([doubtful, found[0]])
    assert told == [(1, 1)]
    assert model.index(1).data(REVIEWED) == doubtful
    assert (model.next_doubtful(0, 1), model.next_doubtful(3, -1)) == (1, 1)
    assert model.row_of(doubtful.document) == 1
    text = driver.context.text
    assert text("review.unplaced", n=1) in model.remarks(doubtful)
    del tester


def test_the_model_of_what_was_cut(driver: Driver, tmp_path: Path) -> None:
    model = LayoutModel(driver.context)
    tester = QAbstractItemModelTester(model, _FAIL)
    (document,) = imported(driver, tmp_path / "files")
    layout = correcting.layout(driver.library, document)
    model.show(layout)
    issue = model.index(0, 0)
    assert issue.data(LAID).kind == "issue"
    assert [model.index(row, 0, issue).data() for row in range(model.rowCount(issue))] == [
        "工作动态",
        "简讯",
    ]
    brief = model.find(("brief",), layout.articles[-1].id)
    assert brief.data(LAID).suffix == driver.context.text("cut.brief")
    assert brief.parent().parent() == issue
    assert not model.find(("article",), layout.articles[-1].id).isValid()
    model.show(None)
    assert model.rowCount() == 0
    del tester


@pytest.mark.parametrize(
    ("path", "name"),
    [("/a/b/第7期.txt", "第7期.txt"), ("/a/b.zip!/c/d.txt", "d.txt"), ("C:\\a\\b.txt", "b.txt")],
)
def test_names_of_files(path: str, name: str) -> None:
    assert name_of(path) == name


_ODD = "\n\r\v\f\x1c\x85\u2028\u2029\x00\ufdd0 　a文😀"


@given(st.text(st.sampled_from(_ODD), max_size=60))
def test_every_line_is_a_block_and_every_place_comes_back(text: str) -> None:
    lines = Lines(text)
    document = QTextDocument()
    document.setPlainText(lines.shown)
    assert document.blockCount() == len(lines)
    for at in range(len(text)):
        line = lines.line_of(at)
        assert lines.start(line) <= at
        if at < lines.end(line):
            assert lines.code_point(line, lines.column(line, at)) == at
    assert "".join(text[lines.start(n) : lines.end(n)] for n in range(len(lines))) == "".join(
        lines.words(n) for n in range(len(lines))
    )


def test_a_line_too_long_for_qt_is_shown_in_pieces(driver: Driver) -> None:
    lines = Lines("文" * (2 * LONGEST + 5) + "\n尾")
    assert len(lines) == 4
    assert lines.line_of(2 * LONGEST) == 2
    view = QPlainTextEdit(lines.shown)
    assert view.document().blockCount() == 4
    view.deleteLater()


def test_doubts_and_certainties(driver: Driver, tmp_path: Path) -> None:
    (document,) = imported(driver, tmp_path / "files")
    layout = correcting.layout(driver.library, document)
    at = layout.text.index("丙镇总工会慰问")
    cuts = (
        Cut(0, "issue", "rule.a", 0.95), Cut(at, "article", "rule.b", 0.8),
        Cut(at, "body", "rule.c", 0.4), Cut(at + 20, "article", "rule.yours", 1.0),
    )  # fmt: skip
    cutting = Cutting(layout._replace(cuts=cuts))
    line = cutting.lines.line_of(at)
    assert cutting.doubts == [line]
    assert [cut.rule for cut in cutting.cuts(line)] == ["rule.c", "rule.b"]
    assert [certainty_of(cut) for cut in cuts] == ["sure", "likely", "unsure", "yours"]
    assert cutting.next_doubt(0, 1) == line
    assert cutting.next_doubt(line, 1) is None
    assert cutting.next_doubt(line + 1, -1) == line
    roles = [[segment.role for segment in cutting.segments(line + n)] for n in range(3)]
    assert roles == [["title"], ["body"], ["source"]]
