"""The outline of an article: its subheads, to go to one of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_driver import Driver

from bulletin_desktop.services import browsing, reading
from bulletin_desktop.ui.panes.subhead_list import SubheadList, entries_of
from bulletin_desktop.ui.reader.page import Sheet

_SENTENCE = "各级工会围绕中心工作，深入企业班组，认真听取职工意见，帮助解决实际困难。" * 6


@pytest.fixture
def report(driver: Driver, tmp_path: Path) -> int:
    """An article with subheads of two levels that is longer than the page."""
    lines = ["工会简报", "第9期", "某市总工会办公室　　2013年5月20日", "", "全年工作情况报告", ""]
    for first, name in zip("一二三", ("组织建设", "权益维护", "职工服务"), strict=True):
        lines.append(f"　　{first}、{name}工作")
        for second, part in zip("一二", ("基本做法", "主要成效"), strict=True):
            lines += [f"　　（{second}）{name}的{part}", f"　　{_SENTENCE}"]
    file = tmp_path / "report.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    driver.window.deeds.import_paths([file])
    driver.until(lambda: any("全年工作" in record.heading for record in driver.records()))
    driver.settle()
    found = next(record.id for record in driver.records() if "全年工作" in record.heading)
    driver.select(found)
    return found


def _open(driver: Driver) -> SubheadList:
    driver.reader.show_outline()
    driver.until(lambda: isinstance(QApplication.activePopupWidget(), SubheadList))
    found = QApplication.activePopupWidget()
    assert isinstance(found, SubheadList)
    return found


def _rows(shown: SubheadList) -> list[str]:
    return [shown._list.item(row).text() for row in range(shown._list.count())]


def test_the_outline_has_title_and_subheads_by_depth(driver: Driver, report: int) -> None:
    shown = _open(driver)
    rows = _rows(shown)
    assert rows[0] == "全年工作情况报告"
    assert rows[1:4] == [
        "一、组织建设工作",
        "　（一）组织建设的基本做法",
        "　（二）组织建设的主要成效",
    ]
    assert len(rows) == 10
    shown.close()


def test_keys_choose_and_go_there(driver: Driver, report: int) -> None:
    driver.window.resize(1200, 500)
    shown = _open(driver)
    for _ in range(4):
        QTest.keyClick(shown._filter, Qt.Key.Key_Down)
    QTest.keyClick(shown._filter, Qt.Key.Key_Return)
    body = browsing.text_of(driver.library, report).body
    assert driver.reader.page.place == body.index("二、权益维护")
    assert QApplication.activePopupWidget() is None


def test_the_title_leads_to_the_top_of_the_page(driver: Driver, report: int) -> None:
    driver.window.resize(1200, 500)
    bar = driver.reader.page.verticalScrollBar()
    driver.until(lambda: bar.maximum() > 100)
    bar.setValue(bar.maximum())
    shown = _open(driver)
    QTest.keyClick(shown._filter, Qt.Key.Key_Return)
    assert bar.value() == 0


def test_typing_narrows_the_outline(driver: Driver, report: int) -> None:
    shown = _open(driver)
    QTest.keyClicks(shown._filter, "zygw")  # nothing has these initials
    assert shown._list.count() == 0
    QTest.keyClick(shown._filter, Qt.Key.Key_Return)
    assert QApplication.activePopupWidget() is shown
    shown._filter.clear()
    shown._filter.insert("主要成效")
    assert len(_rows(shown)) == 3
    assert all("主要成效" in row for row in _rows(shown))
    shown._filter.clear()
    assert len(_rows(shown)) == 10
    shown.close()


def test_an_article_without_subheads_says_so(driver: Driver) -> None:
    found = next(
        record
        for record in driver.records()
        if not entries_of(Sheet(browsing.text_of(driver.library, record.id), ""))
    )
    driver.select(found.id)
    driver.reader._sheet = driver.reader._sheet._replace(subheads=())
    with driver.qtbot.waitSignal(driver.context.said) as said:
        driver.reader.show_outline()
    assert said.args == [driver.context.text("reader.no_subheads")]
    assert QApplication.activePopupWidget() is None


def test_points_without_words_of_their_own_are_outlined_by_what_follows(driver: Driver) -> None:
    text = browsing.text_of(driver.library, driver.records()[0].id)
    body = f"会议要求：一是抓学习。二是抓落实，{_SENTENCE}三是抓队伍。"
    text = text._replace(paragraphs=("会议召开。", body))
    title, *points = entries_of(Sheet(text, "", reading.subheads(text)))
    assert title.words == text.article.heading
    assert [point.words[:5] for point in points] == ["一是抓学习", "二是抓落实", "三是抓队伍"]
    assert all(text.body[point.place :].startswith(point.words) for point in points)


def test_a_long_article_without_subheads_is_outlined_by_its_paragraphs(driver: Driver) -> None:
    record = driver.records()[0]
    text = browsing.text_of(driver.library, record.id)
    paragraphs = tuple(f"第{n}段。{_SENTENCE}" for n in range(12))
    sheet = Sheet(text._replace(paragraphs=paragraphs), "facts")
    entries = entries_of(sheet)[1:]
    body = sheet.text.body
    assert len(entries) == 12
    assert all(body[entry.place :].startswith(entry.words[:6]) for entry in entries)
    short = Sheet(text._replace(paragraphs=paragraphs[:3]), "facts")
    assert entries_of(short) == []
