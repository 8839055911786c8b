"""Every state that the window can be in, by name: each brings it about, has it looked at, and
puts it back.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import shiboken6
from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QMenu, QWidget
from room import wait_for_paint
from window_driver import Driver, every_row, sweep

from bulletin_desktop.model.change import Message, Progress
from bulletin_desktop.model.records import Reprint
from bulletin_desktop.services import (
    browsing,
    collections,
    correcting,
    history,
    noting,
    passages,
    reading,
    tagging,
    themes,
)
from bulletin_desktop.services.files import Failure, Preview
from bulletin_desktop.services.importing import ImportReport
from bulletin_desktop.ui.actions import Act
from bulletin_desktop.ui.dialogs.issue_facts_dialog import IssueFactsDialog
from bulletin_desktop.ui.dialogs.review_dialog import ReviewDialog
from bulletin_desktop.ui.dialogs.settings_dialog import PAGES
from bulletin_desktop.ui.dialogs.trash_dialog import TrashDialog
from bulletin_desktop.ui.models.nodes import Tab
from bulletin_desktop.ui.review.encoding import EncodingPreview

Look = Callable[[QWidget], None]
State = Callable[[Driver, Look], None]


def prepare(driver: Driver) -> None:
    """Give a library what makes its window full: themes, a star, a note, a highlight, a list."""
    ids = [record.id for record in driver.records()]
    known = [theme.id for theme in themes.all_themes(driver.library)]
    driver.act(lambda library: tagging.tag(library, ids[:4], known[:3]))
    driver.act(lambda library: tagging.tag(library, ids[4:6], known[2:5]))
    driver.act(lambda library: tagging.star(library, ids[:1], starred=True))
    note = f"与上月的数字核对，见[[{driver.records()[1].heading}]]。"
    driver.act(lambda library: noting.set_note(library, "article", ids[0], note, private=True))
    driver.act(lambda library: passages.mark(library, ids[0], 0, 20, known[:1]))
    driver.act(lambda library: collections.add_articles(library, "每周选编", ids[:5]))
    _home(driver)


def _home(driver: Driver) -> None:
    """The first article, in the tree of issues, with the keyboard in the tree."""
    driver.window.activateWindow()
    driver.until(driver.window.isActiveWindow)
    driver.window.search.leave()
    driver.tab("issues").go_first()
    driver.outline.focus_list()
    driver.settle()
    driver.thought()
    wait_for_paint()


def _look(driver: Driver, look: Look) -> None:
    wait_for_paint()
    look(driver.window)


# In the window


def _article(driver: Driver, look: Look) -> None:
    _look(driver, look)


def _several(driver: Driver, look: Look) -> None:
    driver.select(*[record.id for record in driver.records()][2:6])
    driver.thought()
    _look(driver, look)


def _tab(tab: Tab, driver: Driver, look: Look) -> None:
    tree = driver.tab(tab)
    tree.expand(tree.outline.index(0, 0))
    _look(driver, look)


def _filtered(driver: Driver, look: Look) -> None:
    driver.outline._filter.setText("没有这样的文章")
    driver.outline._leave_filter()
    _look(driver, look)
    driver.outline.clear_filter()


def _search(words: str, driver: Driver, look: Look) -> None:
    driver.window.search.focus()
    driver.window.top.search.setText(words)
    driver.until(lambda: driver.outline.searching)
    driver.settle()
    _look(driver, look)
    driver.window.search.leave()


def _margin_note(driver: Driver, look: Look) -> None:
    """Writing the note on a highlight, beside its line."""
    driver.window.marking.select_sentence()
    driver.window.marking.write_note()
    driver.settle()
    _look(driver, look)
    driver.key("Escape", "Escape")


def _completions(driver: Driver, look: Look) -> None:
    driver.window.acts[Act.THEME].trigger()
    driver.completions()
    _look(driver, look)


def _notice(driver: Driver, look: Look) -> None:
    words = driver.context.text("export.done", n=5, file="/home/user/文件/每周选编 " * 4)
    driver.window.notice.show_words(words, driver.context.text("export.open"), lambda: None)
    _look(driver, look)
    driver.window.notice.hide()


def _working(driver: Driver, look: Look) -> None:
    status = driver.window.status
    driver.context.said.emit(driver.context.text("reader.all_read"))
    status.begin()
    status.progress(Progress(12, 48, Message("import.progress", {"name": "工会信息.txt"})))
    status._show_work()
    _look(driver, look)
    status.finish()


def _dropping(driver: Driver, look: Look) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/home/user/工会信息.txt")])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, mime, buttons, keys)
    QApplication.sendEvent(driver.window, entered)
    assert entered.isAccepted()
    _look(driver, look)
    QApplication.sendEvent(driver.window, QDragLeaveEvent())


def _narrow(driver: Driver, look: Look) -> None:
    before = driver.window.size()
    driver.window.resize(driver.window.minimumSizeHint())
    driver.select(*[record.id for record in driver.records()][2:6])
    _look(driver, look)
    driver.window.resize(before)


def _beside(driver: Driver, look: Look) -> None:
    driver.window.acts[Act.BESIDE].trigger()
    driver.outline.step(1)
    _look(driver, look)
    driver.window.acts[Act.BESIDE].trigger()


def _compared(driver: Driver, look: Look) -> None:
    """Two articles compared as if they were reprints."""
    driver.settle()
    here, there = (record for record in driver.records()[:2])
    driver.select(here.id)
    reprints = driver.window.reprints
    reprints._on_found(here.id, (Reprint(there, 0.92, ()),))
    driver.window.acts[Act.REPRINTS].trigger()
    driver.until(driver.reader.page.extraSelections)
    driver.window.acts[Act.NEXT_DIFFERENCE].trigger()
    _look(driver, look)
    driver.window.acts[Act.REPRINTS].trigger()
    reprints._on_found(here.id, ())


def _reading_mode(driver: Driver, look: Look) -> None:
    driver.window.acts[Act.READING_MODE].trigger()
    _look(driver, look)
    driver.window.acts[Act.READING_MODE].trigger()


# Over the window


def _palette(driver: Driver, look: Look) -> None:
    driver.window.acts[Act.PALETTE].trigger()
    _look(driver, look)
    driver.key("Esc")


def _popped(driver: Driver, act: Act, look: Look) -> None:
    """A panel that an action opens."""
    driver.window.acts[act].trigger()
    driver.until(QApplication.activePopupWidget)
    wait_for_paint()
    panel = QApplication.activePopupWidget()
    look(panel)
    _close(panel)


def _close(shown: QWidget) -> None:
    """Close what the one who looked has not closed already."""
    if shiboken6.isValid(shown):
        shown.close()


def _subheads(driver: Driver, look: Look) -> None:
    found = [record.id for record in driver.records() if _has_subheads(driver, record.id)]
    driver.tree.go_article(found[0])
    _popped(driver, Act.OUTLINE, look)


def _has_subheads(driver: Driver, article: int) -> bool:
    named = reading.subheads(browsing.text_of(driver.library, article))
    return any(head.named for head in named)


def _typography(driver: Driver, look: Look) -> None:
    _popped(driver, Act.TYPOGRAPHY, look)


def _settings(page: str, driver: Driver, look: Look) -> None:
    driver.window.companions.show_settings(page)
    _front(driver, look)


def _dialog(act: Act, driver: Driver, look: Look) -> None:
    driver.window.acts[act].trigger()
    _front(driver, look)


def _front(driver: Driver, look: Look) -> None:
    """A dialog that leaves the window usable."""

    def shown() -> list[QDialog]:
        return [
            w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()
        ]

    driver.until(shown)
    dialog = shown()[0]
    dialog.activateWindow()
    driver.until(dialog.isActiveWindow)
    wait_for_paint()
    look(dialog)
    _close(dialog)


def _asked(driver: Driver, ask: Callable[[], object], look: Look) -> None:
    """A dialog or menu that holds the program until it is closed."""
    timer = QTimer(interval=10)
    seen: list[QWidget] = []

    def meet() -> None:
        found = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if found is None or not found.isVisible():
            return
        timer.stop()
        seen.append(found)
        try:
            if not isinstance(found, QMenu):
                found.activateWindow()
                driver.until(found.isActiveWindow)
            wait_for_paint()
            look(found)
        finally:
            _close(found)

    timer.timeout.connect(meet)
    timer.start()
    ask()
    timer.stop()
    assert seen


def _modal(act: Act, driver: Driver, look: Look) -> None:
    _asked(driver, driver.window.acts[act].trigger, look)


def _report(driver: Driver, look: Look) -> None:
    failed = [Failure(f"/home/user/简报/{n}.txt", Message("file.missing")) for n in range(3)]
    driver.window.jobs._on_imported(ImportReport(failed=failed))
    _asked(driver, driver.window.notice._act.click, look)
    driver.window.notice.hide()


def _report_undecodable(driver: Driver, look: Look) -> None:
    """With a file to be read in an encoding that is chosen, and others to be looked over."""
    failed = [Failure(f"/home/user/简报/{n}.txt", Message("file.undecodable", {"position": n}))
              for n in range(3)]  # fmt: skip

    def choose(root: QWidget) -> None:
        encodings = root.findChildren(QComboBox)[1]
        encodings.setCurrentIndex(1)
        encodings.activated.emit(1)
        driver.until(lambda: root.findChild(EncodingPreview).isVisible())
        wait_for_paint()
        look(root)

    driver.window.jobs._on_imported(ImportReport(failed=failed, documents=[1]))
    _asked(driver, driver.window.notice._act.click, choose)
    driver.window.notice.hide()


def _review(bring: Callable[[ReviewDialog], object], driver: Driver, look: Look) -> None:
    driver.window.reviews.show(None)
    dialog = driver.window.reviews._dialog
    assert dialog is not None
    driver.until(lambda: dialog.bench.cutting is not None)
    dialog.activateWindow()
    driver.until(dialog.isActiveWindow)
    driver.focus(dialog.bench.view)
    driver.settle()
    bring(dialog)
    wait_for_paint()
    look(dialog)
    _close(dialog)


def _as_it_is(_: ReviewDialog) -> None:
    """The first file at its first line."""


def _said(dialog: ReviewDialog) -> None:
    dialog.bench.view.go_to(12)
    dialog.say(dialog._context.text("review.no_article"))


def _narrow_review(dialog: ReviewDialog) -> None:
    dialog.resize(dialog.minimumSizeHint().expandedTo(QSize(0, 480)))


def _other_encoding(driver: Driver) -> Callable[[ReviewDialog], object]:
    def bring(dialog: ReviewDialog) -> None:
        dialog.preview._show(Preview("big5", ("蓋坤凳彯", "頗祥", "□□", "岈雄怓")))
        driver.focus(dialog.preview.take)

    return bring


def _review_encoding(driver: Driver, look: Look) -> None:
    _review(_other_encoding(driver), driver, look)


def _review_menu(driver: Driver, look: Look) -> None:
    driver.window.reviews.show(None)
    dialog = driver.window.reviews._dialog
    assert dialog is not None
    driver.until(lambda: dialog.bench.cutting is not None)
    _open_menu(driver, dialog.bench.menu, look)
    _close(dialog)


def _page_menu(driver: Driver, look: Look) -> None:
    page = driver.reader.page
    found = page.document().find(driver.reader.article.heading[-4:])
    where = page.cursorRect(found).center()
    _asked(driver, lambda: page.customContextMenuRequested.emit(where), look)


def _facts(driver: Driver, look: Look) -> None:
    document = correcting.document_of(driver.library, driver.reading())
    issue = correcting.layout(driver.library, document).issues[0]
    dialog = IssueFactsDialog(driver.context, issue, driver.window)
    _asked(driver, dialog.exec, look)
    dialog.deleteLater()


def _sure(driver: Driver, look: Look) -> None:
    theme = themes.all_themes(driver.library)[0].id
    driver.act(lambda library: themes.delete(library, theme))
    dialog = TrashDialog(driver.context, driver.window)
    _asked(driver, dialog._empty, look)
    dialog.close()
    dialog.deleteLater()
    driver.act(history.undo)


def _menu(group: int | None, driver: Driver, look: Look) -> None:
    """The program's menu, or one of those below it."""
    menu = driver.window.top._menu.menu()
    if group is not None:
        menu = menu.actions()[group].menu()
    _open_menu(driver, menu, look)


def _switcher(driver: Driver, look: Look) -> None:
    _open_menu(driver, driver.window.top.switcher.menu(), look)


def _open_menu(driver: Driver, menu: QMenu, look: Look) -> None:
    menu.popup(driver.window.mapToGlobal(QPoint(20, 60)))
    driver.until(menu.isVisible)
    wait_for_paint()
    look(menu)
    _close(menu)


def _row_menu(tab: Tab, kind: str, driver: Driver, look: Look) -> None:
    tree = driver.tab(tab)
    node = next(n for _, n in every_row(tree.outline) if n.kind == kind)
    tree.go(tree.outline.find(node.path()))
    where = driver.window.mapToGlobal(QPoint(60, 160))
    _asked(driver, partial(driver.window._open_menu, node, where), look)


def _of_unit(act: Act, driver: Driver, look: Look) -> None:
    """What is asked of a unit that is selected."""
    tree = driver.tab("sources")
    tree.go(tree.outline.index(0, 0))
    _modal(act, driver, look)


# An empty library


def _welcome(driver: Driver, look: Look) -> None:
    _look(driver, look)


def _importing(driver: Driver, look: Look) -> None:
    driver.reader.welcome.set_busy(True)
    _look(driver, look)
    driver.reader.welcome.set_busy(False)


def _no_themes(driver: Driver, look: Look) -> None:
    driver.window.jobs.import_sample(starter=False)
    driver.until(lambda: driver.reader.article is not None and not driver.window.jobs.is_running)
    driver.settle()
    _look(driver, look)


STATES: dict[str, State] = {
    "article": _article,
    "several": _several,
    "themes": partial(_tab, "themes"),
    "sources": partial(_tab, "sources"),
    "collections": partial(_tab, "collections"),
    "filtered": _filtered,
    "hits": partial(_search, "集体协商"),
    "no_hits": partial(_search, "没有这样的文章"),
    "margin_note": _margin_note,
    "completions": _completions,
    "notice": _notice,
    "working": _working,
    "dropping": _dropping,
    "narrow": _narrow,
    "beside": _beside,
    "compared": _compared,
    "reading_mode": _reading_mode,
    "palette": _palette,
    "subheads": _subheads,
    "typography": _typography,
    **{f"settings_{page}": partial(_settings, page) for page in PAGES},
    "original": partial(_dialog, Act.ORIGINAL),
    "print": partial(_dialog, Act.PRINT),
    "key_list": partial(_modal, Act.KEY_LIST),
    "about": partial(_modal, Act.ABOUT),
    "export": partial(_modal, Act.EXPORT),
    "new_collection": partial(_modal, Act.NEW_COLLECTION),
    "notes": partial(_dialog, Act.NOTES),
    "highlights": partial(_dialog, Act.HIGHLIGHTS),
    "rules": partial(_dialog, Act.RULES),
    "arranged": partial(_dialog, Act.EDIT_COLLECTION),
    "issue_note": partial(_modal, Act.ISSUE_NOTE),
    "report": _report,
    "report_undecodable": _report_undecodable,
    "review": partial(_review, _as_it_is),
    "review_said": partial(_review, _said),
    "review_narrow": partial(_review, _narrow_review),
    "review_encoding": _review_encoding,
    "review_menu": _review_menu,
    "facts": _facts,
    "page_menu": _page_menu,
    "sure": _sure,
    "menu": partial(_menu, None),
    **{f"menu_{number}": partial(_menu, number) for number in range(7)},
    "units": partial(_modal, Act.SOURCES),
    "merge_unit": partial(_of_unit, Act.MERGE_UNIT),
    "unit_names": partial(_of_unit, Act.UNIT_NAMES),
    "switcher": _switcher,
    "menu_theme": partial(_row_menu, "themes", "theme"),
    "menu_unit": partial(_row_menu, "sources", "unit"),
    "menu_collection": partial(_row_menu, "collections", "collection"),
    "menu_article": partial(_row_menu, "issues", "article"),
}
EMPTY_STATES: dict[str, State] = {
    "welcome": _welcome,
    "importing": _importing,
    "no_themes": _no_themes,
}


def visit(driver: Driver, state: State, look: Look) -> None:
    """Bring a state about, have it looked at, and go back to the first article."""
    state(driver, look)
    sweep()
    if driver.reader.article is not None:
        _home(driver)
