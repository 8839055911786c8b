"""Hands and eyes for the review of the cuts in a test."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QTextCursor
from support import finish
from window_driver import Driver

from bulletin_desktop.model.records import LaidArticle, Layout
from bulletin_desktop.services import correcting
from bulletin_desktop.services.importing import ImportReport, import_paths
from bulletin_desktop.ui.dialogs.review_dialog import ReviewDialog
from bulletin_desktop.ui.review.cutting import Cutting

TEXT = """工会简报
第7期
某市总工会办公室　　2013年5月20日

【工作动态】
甲县总工会开展安全生产月活动
　　甲县总工会五月起开展安全生产月活动，组织职工查找身边隐患二百余处。
　　各企业工会当场整改一百八十处，其余列入台账。（甲县总工会）
乙区总工会举办职工技能比武
　　乙区总工会五月十二日举办职工技能比武，六个工种三百名职工参加。（乙区总工会）

丙镇总工会慰问一线职工
　　丙镇总工会近日慰问一线职工，送去防暑用品。
　　　　　　　　　　（丙镇总工会）
【简讯】
●丁厂工会组织职工体检。五月中旬，丁厂工会组织全体职工体检。（丁厂工会）
●戊厂工会开放职工书屋。书屋藏书三千册，每晚开放。（戊厂工会）

本期印发：各县区总工会
"""


def imported(driver: Driver, folder: Path, *names: str, text: str = TEXT) -> list[int]:
    """Import a bulletin under some names; gives its documents."""
    folder.mkdir(exist_ok=True)
    files = [folder / name for name in names or ("第7期.txt",)]
    for number, file in enumerate(files):  # no two are the same
        file.write_text(text + f"（共印{number + 1}00份）\n", encoding="utf-8")
    found: list[int] = []

    def work(library):
        report: ImportReport = finish(import_paths(library, files))
        assert report.imported == len(files), report
        found.extend(report.documents)
        return report.change

    driver.act(work)
    return found


class ReviewDriver:
    """Drives a review by keys, and reads what it shows."""

    def __init__(self, driver: Driver, documents: list[int] | None) -> None:
        self.driver = driver
        driver.window.reviews.show(documents)
        self.dialog: ReviewDialog = driver.window.reviews._dialog
        self.bench = self.dialog.bench
        self.view = self.bench.view
        driver.until(lambda: self.bench.cutting is not None)
        self.dialog.activateWindow()
        driver.until(self.dialog.isActiveWindow)
        driver.focus(self.view)

    def key(self, *keys: str) -> None:
        """Press keys and wait until what they do is shown."""
        self.driver.key(*keys)
        self.driver.settle()

    @property
    def cutting(self) -> Cutting:
        assert self.bench.cutting is not None
        return self.bench.cutting

    @property
    def layout(self) -> Layout:
        return self.cutting.layout

    def go(self, words: str) -> None:
        """Put the cursor before words of the text."""
        at = self.layout.text.index(words)
        line = self.cutting.lines.line_of(at)
        block = self.view.document().findBlockByNumber(line)
        cursor = QTextCursor(block)
        column = self.cutting.lines.column(line, at)
        cursor.setPosition(block.position() + column)
        self.view.setTextCursor(cursor)

    def select(self, words: str) -> None:
        self.go(words)
        cursor = self.view.textCursor()
        length = len(words.encode("utf-16-le")) // 2
        cursor.setPosition(cursor.position() + length, QTextCursor.MoveMode.KeepAnchor)
        self.view.setTextCursor(cursor)

    def headings(self) -> list[str]:
        """The titles of all articles, as the library has them."""
        stored = correcting.layout(self.driver.library, self.layout.document)
        assert [a.heading for a in stored.articles] == [a.heading for a in self.layout.articles]
        return [article.heading for article in stored.articles]

    def article(self, heading: str) -> LaidArticle:
        return next(a for a in self.layout.articles if a.heading.startswith(heading))

    def words(self, heading: str, role: str) -> list[str]:
        """The words of an article's parts of one role."""
        text = self.layout.text
        return [text[p.start : p.end] for p in self.article(heading).parts if p.role == role]

    def rows(self) -> list[str]:
        """What the tree shows, from the top down."""
        return [node.label for node in self.bench.laid._nodes if node.parent is not None]

    def line(self) -> str:
        return self.cutting.lines.words(self.view.line)
