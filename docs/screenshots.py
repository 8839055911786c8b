"""Take the pictures of the documentation again, from the real window on a real screen.

Run: ``xvfb-run -a -s "-screen 0 1600x1000x24" python docs/screenshots.py`` (any screen that is as
large will do); with words after it, only pictures whose name begins with one of them.
Every picture starts from a fresh copy of the sample library and from fresh settings, so the
pictures do not depend on one another, and nothing of the user's own is touched.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QPoint, QRect, QSettings, Qt, QTimer
from PySide6.QtGui import QColor, QCursor, QImage
from PySide6.QtPrintSupport import QPrintPreviewDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from bulletin_desktop import paths
from bulletin_desktop.catalogue import Language
from bulletin_desktop.services import (
    annotators,
    browsing,
    collections,
    history,
    importing,
    libraries,
    merging,
    noting,
    passages,
    reading,
    tagging,
    themes,
)
from bulletin_desktop.services.suggesting import Suggester
from bulletin_desktop.ui import settings
from bulletin_desktop.ui.actions import Act
from bulletin_desktop.ui.desk import Desk
from bulletin_desktop.ui.dialogs.export_dialog import ExportDialog
from bulletin_desktop.ui.dialogs.key_list_dialog import KeyListDialog
from bulletin_desktop.ui.dialogs.merge_dialog import MergeDialog
from bulletin_desktop.ui.dialogs.original_dialog import OriginalDialog
from bulletin_desktop.ui.dialogs.units_dialog import UnitsDialog
from bulletin_desktop.ui.main_window import MainWindow
from bulletin_desktop.ui.models.nodes import TABS
from bulletin_desktop.ui.panes.article_deeds import locate
from bulletin_desktop.ui.panes.export_choices import export_choices
from bulletin_desktop.ui.settings import Settings
from bulletin_desktop.ui.widgets.query_list import QueryList

IMAGES = Path(__file__).parent / "images"
SHOWN = "昆山市总推出三项重点工作积极参与创新社会管理"
COLLECTED = ("昆山市总推出", "太仓党政", "常熟市委", "太仓市出实招", "苏州高新区实行", "吴中区各级")
# Passages of articles: how they begin and end, their themes, their notes.
MARKED = (
    (
        SHOWN,
        "通过开展集中要约行动",
        "调处机制，",
        ("工资集体协商",),
        "与常熟 2011 年意见第三条对照，写入专题第二节。",
    ),
    (SHOWN, "完善劳动争议预警", "职工心理咨询服务中心", ("维权与劳动关系",), ""),
    (SHOWN, "今年前4个月", "法人数880家", ("组织建设", "党工共建"), ""),
    ("太仓市出实招解决企业工资拖欠问题", "", "。", ("维权与劳动关系",), ""),
    (
        "苏州高新区实行企业工资支付保证金制度",
        "",
        "。",
        ("维权与劳动关系", "农民工"),
        "保证金的比例待查。",
    ),
    ("全市各级工会开展夏季安全“三送”活动见成效", "", "。", ("劳动保护",), ""),
    ("吴中区党工共建三年建会三大步", "", "。", ("组织建设", "党工共建"), ""),
    ("常熟市委出台关于进一步加强工会工作意见", "", "。", ("党工共建",), "全文待查。"),
)
ANNOTATORS = ("王芳", "李敏")
COLLEAGUE = "李敏的标注.bdlib"
OTHERS = ("十年工会简报.bdlib", "专题资料.bdlib")
FILE = "/home/wang/简报/工会信息 2011年5月.txt"
BULLETINS = {
    "工会信息2012-12.txt": """临江工会信息
第12期（总第96期）
临江县总工会办公室　　2012年6月18日
本期要目
县总工会部署“安全生产月”活动
纺织城工会为夜班职工添了一顿热饭

【工作动态】
县总工会部署“安全生产月”活动
　　6月1日，临江县总工会召开会议，部署第十一个“安全生产月”活动。全县一百二十家企业工会参加，会上印发了《职工安全手册》。（县安监局）
　　会议要求各企业工会在6月底以前查完所有班组，查出的隐患逐条登记，限期整改。
　　供稿：县总工会

窗口服务
县总工会职工服务大厅六月开门

　　一看合同，二看公告栏，三看体检表。县总工会把这三句话印在了手册的封底，并请安监局的同志到车间讲解。
　　职工王师傅说，过去只知道戴口罩，现在知道还要看浓度。

纺织城工会为夜班职工添了一顿热饭
　　五月起，纺织城商会工会联合会协调三家食堂，每晚十一点半为夜班职工供应热饭，已有四百多名职工受益。（纺织城商会工会联合会）

【简讯】
●青石镇总工会举办职工象棋赛。六十四名职工参加。（青石镇总工会）
●白鹭镇总工会为环卫工人体检。共体检一百零五人。（白鹭镇总工会）

报：市总工会　　送：县委办公室
""",
    "工会信息2012-13.txt": """临江工会信息
第13期（总第97期）
临江县总工会办公室　　2012年7月2日

【工作动态】
县总工会举办集体协商指导员培训班
　　6月26日，临江县总工会举办集体协商指导员培训班，五十二人参加。（县总工会）
港务集团工会把书屋建到码头
　　6月下旬，港务集团工会在三号码头建成职工书屋，藏书一千二百册。（港务集团工会）
""",
}
SIZE = (1440, 900)
COLOURS = 256
NEAR = 10  # of 256 steps of red, green or blue

# What is in a picture: the window, or the part of the screen that a widget takes.
Bring = Callable[[MainWindow], QWidget | None]


@dataclass(frozen=True)
class Picture:
    """A state of the window, and how it is to look."""

    bring: Bring
    look: str = "light"
    size: tuple[int, int] = SIZE
    filled: bool = True
    kept: tuple[tuple[settings.Setting, Any], ...] = ()


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = folder
        app = QApplication(sys.argv[:1])
        app.setApplicationName("screenshots")
        app.setOrganizationName("screenshots")
        app.setQuitOnLastWindowClosed(False)
        take = Taker(Path(folder), sys.argv[1:])
        for name, picture in PICTURES.items():
            take(name, picture, "zh")
            take(name, picture, "en")
        for name, picture in ONCE.items():
            take(name, picture, "zh")


class Taker:
    """Opens a window on a fresh library, brings it into a state, and takes its picture."""

    def __init__(self, folder: Path, wanted: list[str]) -> None:
        self._folder = folder
        self._wanted = tuple(wanted)
        self._full = folder / "full.bdlib"
        with libraries.open_library(self._full, create=True) as library:
            fill(library)
        with libraries.open_library(folder / COLLEAGUE, create=True) as library:
            fill_otherwise(library)
        for name in OTHERS:
            libraries.open_library(folder / name, create=True).close()

    def __call__(self, name: str, picture: Picture, language: Language) -> None:
        name += "-english" if language == "en" else ""
        if self._wanted and not name.startswith(self._wanted):
            return
        desk = self._desk(name, picture, language)
        window = desk.open(self._library(filled=picture.filled))
        window.move(0, 0)
        window.resize(*picture.size)
        QTest.qWaitForWindowExposed(window)
        window.activateWindow()
        QCursor.setPos(window.screen().geometry().bottomRight())  # nothing is under the mouse
        wait(600)
        shown = picture.bring(window) or window
        wait(900)
        save(shown, name)
        for other in QApplication.topLevelWidgets():
            if other is not window and other.isVisible():
                other.close()
        window.close()
        desk.deleteLater()
        wait(50)

    def _desk(self, name: str, picture: Picture, language: Language) -> Desk:
        """Windows with settings of their own."""
        own = QSettings.Scope.UserScope
        QSettings.setPath(QSettings.Format.NativeFormat, own, str(self._folder / name))
        kept = Settings()
        kept.put(settings.RECENT, tuple(str(self._folder / other) for other in OTHERS))
        kept.put(settings.LANGUAGE, language)
        for setting, value in picture.kept:
            kept.put(setting, value)
        kept.put(settings.THEME, picture.look)
        return Desk(kept)

    def _library(self, *, filled: bool) -> Path:
        """A library at the place of the sample, or of the user's own where it is to be empty."""
        path = paths.sample_library() if filled else paths.default_library()
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in path.parent.glob(f"{path.name}*"):
            old.unlink()
        if filled:
            path.write_bytes(self._full.read_bytes())
        return path


def wait(milliseconds: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(found: Callable[[], Any]) -> Any:
    """Wait for something, and give it."""
    for _ in range(1200):
        if answer := found():
            return answer
        wait(25)
    raise AssertionError(f"{found} did not come")


def save(shown: QWidget, name: str) -> None:
    """Save what the screen shows where a widget stands, in as few colours as do."""
    place = QRect(shown.mapToGlobal(QPoint(0, 0)), shown.size())
    if not isinstance(shown, MainWindow):
        place = place.marginsAdded(shown.contentsMargins())
    shot = shown.screen().grabWindow(0, place.x(), place.y(), place.width(), place.height())
    image = few_colours(shot.toImage().convertToFormat(QImage.Format.Format_RGB32))
    image.save(str(IMAGES / f"{name}.png"), "PNG", 0)
    size = (IMAGES / f"{name}.png").stat().st_size
    sys.stdout.write(f"{name}.png {shot.width()} x {shot.height()}, {size // 1024} KB\n")


def few_colours(image: QImage) -> QImage:
    """The same picture in its most frequent colours; a window has hardly more."""
    found = Counter(memoryview(image.constBits()).cast("I"))  # type: ignore[arg-type]
    table = spread(found) if len(found) > COLOURS else list(found)
    plain = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    return image.convertToFormat(QImage.Format.Format_Indexed8, table, plain)


def spread(found: Counter[int]) -> list[int]:
    """The colours that most pixels have, none of them too near to another one."""
    table: list[int] = []
    grid: set[tuple[int, int, int]] = set()
    for colour, _ in found.most_common():
        ink = QColor(colour)
        cell = (ink.red() // NEAR, ink.green() // NEAR, ink.blue() // NEAR)
        if cell not in grid:
            grid.add(cell)
            table.append(colour)
    return table[:COLOURS]


def fill(library: libraries.Library) -> None:
    """The sample with the work of one sitting in it."""
    annotators.set_name(library, ANNOTATORS[0])
    for _ in libraries.fill_sample(library):
        pass
    known = {found.name: found.id for found in themes.all_themes(library)}
    records = browsing.in_scope(library)
    suggester = Suggester()
    for record in records[::2]:
        best = suggester.suggest(library, [record.id], 1)
        tagging.tag(library, [record.id], [suggestion.theme_id for suggestion in best])
    shown = article(library, SHOWN)
    tagging.tag(library, [shown], [known["工资集体协商"], known["组织建设"]])
    tagging.star(library, [shown], starred=True)
    noting.set_note(
        library, "article", shown,
        "新增建会企业 880 家，可与 2007 年 9 月的数字（外企建会率 85%）对照，"
        "见 [[吴中区党工共建三年建会三大步]]。",
    )  # fmt: skip
    mark(library, MARKED)
    picked = [r.id for r in records if r.heading.startswith(COLLECTED)]
    collections.add_articles(library, "工资协商专题", picked)
    compose(library)
    browsing.mark_read(library, [r.id for r in records[::3]], read=True)


def compose(library: libraries.Library) -> None:
    """Headings, an introduction and extents for the collection."""
    made = collections.by_name(library, "工资协商专题").id
    listed = [item.id for item in collections.items(library, made)]
    half = listed[len(listed) // 2]
    collections.add_heading(library, made, "一、工作动态", 1, listed[0])
    collections.add_heading(library, made, "二、经验做法", 1, half)
    collections.add_heading(library, made, "（一）企业", 2, half)
    collections.set_extent(library, [listed[1]], "excerpt")
    collections.set_summary(library, listed[-1], "")
    collections.set_intro(library, made, "选自苏州工会信息 2007 至 2011 年各期。")


def mark(
    library: libraries.Library, marked: Sequence[tuple[str, str, str, tuple[str, ...], str]]
) -> None:
    """Make passages with their themes and notes."""
    known = {found.name: found.id for found in themes.all_themes(library)}
    for heading, begins, ends, names, note in marked:
        in_article = article(library, heading)
        body = browsing.text_of(library, in_article).body
        start = body.index(begins)
        end = body.index(ends, start) + len(ends)
        ids = [known[name] for name in names]
        passages.mark(library, in_article, start, end, ids, note)


def written(folder: Path) -> Path:
    """The bulletins as files."""
    made = folder / "bulletins"
    made.mkdir(exist_ok=True)
    for name, text in BULLETINS.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


def fill_otherwise(library: libraries.Library) -> None:
    """The sample as another annotator sees it, and bulletins of her own."""
    annotators.set_name(library, ANNOTATORS[1])
    for _ in libraries.fill_sample(library):
        pass
    for _ in importing.import_paths(library, [written(library.path.parent)]):
        pass
    suggester = Suggester()
    for number, record in enumerate(browsing.in_scope(library)):
        best = suggester.suggest(library, [record.id], 2)
        tagging.tag(library, [record.id], [s.theme_id for s in best[: 1 + number % 2]])
    mark(library, MARKED[2:6])
    noting.set_note(library, "article", article(library, SHOWN), "“上代下”的做法可以单独写一节。")


def article(library: libraries.Library, heading: str) -> int:
    """The id of the article with this title."""
    return next(r.id for r in browsing.in_scope(library) if r.heading == heading)


# States of the window


def library_of(window: MainWindow) -> libraries.Library:
    return window._context.library


def as_it_is(_: MainWindow) -> None:
    """An empty library needs nothing."""


def open_article(window: MainWindow) -> None:
    window.outline.show_article(article(library_of(window), SHOWN))
    until(lambda: window.tagging.facts.first_suggestion)


def open_long(window: MainWindow) -> None:
    """The article with the most subheads."""
    library = library_of(window)
    ids = [record.id for record in browsing.in_scope(library)]
    window.outline.show_article(
        max(ids, key=lambda id_: len(reading.subheads(browsing.text_of(library, id_))))
    )
    wait(600)


def tagging_input(window: MainWindow) -> None:
    open_article(window)
    window.tagging.input.setFocus(Qt.FocusReason.ShortcutFocusReason)
    QTest.keyClicks(window.tagging.input, "zgs")
    until(lambda: window.tagging.input._list and window.tagging.input._list.isVisible())


def passage(window: MainWindow) -> None:
    """One passage in hand, its note in the margin, its words in the pane."""
    open_article(window)
    library = library_of(window)
    first = passages.highlights(library, article(library, SHOWN))[1]
    window.marking.go_to(first.article, first.id)
    until(lambda: window.marking.current)


def dialog_of(act: Act, window: MainWindow) -> QWidget:
    """What an action opens."""
    open_article(window)
    window.acts[act].trigger()
    return until(dialog)


def theme_manager(window: MainWindow) -> QWidget:
    """Two themes below others, one of them chosen."""
    library, announce = library_of(window), window._context.announce
    known = {found.name: found.id for found in themes.all_themes(library)}
    announce(themes.move(library, known["党工共建"], known["组织建设"]))
    announce(themes.move(library, known["劳动保护"], known["维权与劳动关系"]))
    words = "要约、协商、集体合同；拖欠工资归“维权与劳动关系”。"
    announce(themes.describe(library, known["工资集体协商"], words))
    shown = dialog_of(Act.THEMES, window)
    shown.tree.setFocus()
    for _ in range(2):
        QTest.keyClick(shown.tree, Qt.Key.Key_Down)
    return shown


def highlight_list(window: MainWindow) -> QWidget:
    shown = dialog_of(Act.HIGHLIGHTS, window)
    until(shown.table.model().rowCount)
    shown.table.setFocus()
    return shown


def steps(window: MainWindow) -> QWidget:
    """The history with its last two steps taken back."""
    shown = dialog_of(Act.HISTORY, window)
    for _ in range(2):
        window._context.announce(history.undo(library_of(window)))
        wait(200)
    for _ in range(2):
        QTest.keyClick(shown.table, Qt.Key.Key_Down)
    return shown


def merged(window: MainWindow) -> merging.MergeReport:
    """Have the colleague's work in the library too."""
    open_article(window)
    library = library_of(window)
    work = merging.merge(library, window.library_path.parent.parent / COLLEAGUE)
    while True:
        try:
            next(work)
        except StopIteration as ended:
            window._context.announce(ended.value.change)
            return ended.value


def merge_report(window: MainWindow) -> QWidget:
    shown = MergeDialog(window._context, merged(window), window)
    shown.show()
    return shown


def agreement(window: MainWindow) -> QWidget:
    merged(window)
    window.acts[Act.AGREEMENT].trigger()
    shown = until(dialog)
    until(lambda: shown.rows.rowCount() > 1)
    return shown


def several(window: MainWindow) -> None:
    open_article(window)
    tree = window.outline.tree
    for _ in range(2):  # the other two articles of its section stand above it
        QTest.keyClick(tree, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)


def search(window: MainWindow) -> None:
    window.search.focus()
    window.top.search.setText("工资集体协商")
    until(lambda: window.outline.searching)
    window.outline.focus_first_hit()
    until(lambda: window.tagging.facts.first_suggestion)


def completions(window: MainWindow) -> None:
    """A query with terms of several kinds, at a theme's initials."""
    open_article(window)
    window.search.focus()
    field = {"zh": "主题", "en": "theme"}[window._context.catalogue.language]
    window.top.search.setText(f"协商 -创模 {field}:")
    QTest.keyClicks(window.top.search, "gz")
    until(lambda: any(each.isVisible() for each in window.findChildren(QueryList)))


def find(window: MainWindow) -> QWidget:
    open_article(window)
    window.acts[Act.FIND].trigger()
    window.finding.bar.field.setText("工会")
    until(lambda: len(window.finding.marks))
    window.finding.step(1)
    return window.reader


def concordance(window: MainWindow) -> QWidget:
    search(window)
    window.top.search.setText("协商")
    window.acts[Act.CONCORDANCE].trigger()
    shown = until(dialog)
    until(shown.rows.rowCount)
    return shown


def show_collection(window: MainWindow) -> None:
    current = collections.current(library_of(window))
    assert current is not None
    window.outline.show_collection(current.id)
    window.outline.step(1)


def arranging(window: MainWindow) -> QWidget:
    """Its third line is selected."""
    shown = dialog_of(Act.EDIT_COLLECTION, window)
    until(lambda: shown.table.model().rowCount())
    shown.table.setFocus()
    for _ in range(2):
        QTest.keyClick(shown.table, Qt.Key.Key_Down)
    return shown


def sources(window: MainWindow) -> None:
    open_article(window)
    window.outline._tabs.choose(TABS.index("sources"))


def units(window: MainWindow) -> QWidget:
    shown = UnitsDialog(window._context, window)
    shown.show()
    return shown


def switcher(window: MainWindow) -> None:
    button = window.top.switcher
    open_article(window)
    button.menu().popup(button.mapToGlobal(QPoint(0, button.height())))


def beside(window: MainWindow) -> None:
    open_article(window)
    window.acts[Act.BESIDE].trigger()
    window.outline.step(1)


def reading_mode(window: MainWindow) -> None:
    open_article(window)
    window.acts[Act.READING_MODE].trigger()
    wait(400)
    window.resize(*SIZE)  # without a window manager it does not fill the screen


def outline(window: MainWindow) -> QWidget:
    open_long(window)
    window.acts[Act.OUTLINE].trigger()
    return window.reader


def typography(window: MainWindow) -> QWidget:
    open_article(window)
    window.acts[Act.TYPOGRAPHY].trigger()
    return window.reader


def palette(window: MainWindow) -> None:
    open_article(window)
    window.acts[Act.PALETTE].trigger()
    typed = {"zh": "dc", "en": "li"}[window._context.catalogue.language]
    QTest.keyClicks(QApplication.focusWidget(), typed)
    until(lambda: window.companions._palette._answered)


def dialog() -> QDialog | None:
    """The dialog that stands open."""
    shown = QApplication.topLevelWidgets()
    return next((w for w in shown if isinstance(w, QDialog) and w.isVisible()), None)


def original(window: MainWindow) -> QWidget:
    """As if the file stood where a user has it."""
    open_article(window)
    found = locate(library_of(window), article(library_of(window), SHOWN))
    found = found._replace(original=found.original._replace(path=FILE), there=True)
    shown = OriginalDialog(window._context, found, window)
    shown.show()
    return shown


def review(window: MainWindow) -> QWidget:
    """Bulletins with two doubts, at the second."""
    folder = written(window.library_path.parent)
    reports: list[Any] = []
    window.jobs.imported.connect(reports.append)
    window.jobs.import_files([folder], starter=False)
    until(lambda: reports)
    window.reviews.show(reports[0].documents)
    shown = until(dialog)
    until(lambda: shown.bench.cutting)
    shown.bench.step(1)
    return shown


def preview(window: MainWindow) -> QWidget:
    open_article(window)
    window.acts[Act.PRINT].trigger()
    found = until(dialog)
    assert isinstance(found, QPrintPreviewDialog)
    found.resize(960, 720)
    return found


def settings_page(page: str, window: MainWindow) -> QWidget:
    open_article(window)
    window.companions.show_settings(page)
    return until(dialog)


def key_list(window: MainWindow) -> QWidget:
    shown = KeyListDialog(window._context, window.acts, window)
    shown.show()
    return shown


def export_dialog(window: MainWindow) -> QWidget:
    shown = ExportDialog(window._context, export_choices(window._context, window.outline), window)
    shown._file.setText("/home/wang/文档/工资协商专题.docx")
    shown.show()
    pages = shown._preview
    for number in range(3):  # past the cover and the contents
        until(lambda: pages._preview and pages._page == number)  # noqa: B023 - at once
        pages._turn(1)
    return shown


# Taken in both languages.
PICTURES: dict[str, Picture] = {
    "window": Picture(tagging_input),
    "window-empty": Picture(as_it_is, filled=False, size=(1200, 750)),
    "libraries": Picture(switcher),
    "several-selected": Picture(several),
    "search": Picture(search),
    "search-completions": Picture(completions),
    "find": Picture(find),
    "concordance": Picture(concordance),
    "passages": Picture(passage),
    "themes": Picture(theme_manager),
    "highlights": Picture(highlight_list),
    "history": Picture(steps),
    "merge-report": Picture(merge_report),
    "agreement": Picture(agreement),
    "collections": Picture(show_collection),
    "arranging": Picture(arranging),
    "sources": Picture(sources),
    "units": Picture(units),
    "side-by-side": Picture(beside),
    "outline": Picture(outline),
    "typography": Picture(typography),
    "original": Picture(original),
    "review": Picture(review),
    "print-preview": Picture(preview),
    "palette": Picture(palette),
    "settings": Picture(partial(settings_page, "appearance")),
    "settings-reading": Picture(partial(settings_page, "reading")),
    "settings-keys": Picture(partial(settings_page, "keys")),
    "keys": Picture(key_list),
    "export-dialog": Picture(export_dialog),
}
# Taken in Chinese, since their words do not matter.
ONCE: dict[str, Picture] = {
    "window-dark": Picture(tagging_input, look="dark"),
    "window-sepia": Picture(tagging_input, look="sepia"),
    "window-narrow": Picture(open_article, size=(820, 640)),
    "reading-mode": Picture(reading_mode),
    "reading-mode-large": Picture(
        reading_mode, look="sepia", kept=((settings.SIZE, 24), (settings.MEASURE, 28))
    ),
}


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "xcb")
    with suppress(KeyboardInterrupt):
        main()
