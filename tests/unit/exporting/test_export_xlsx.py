"""A compilation as a workbook, judged by a validator and opened by LibreOffice."""

from __future__ import annotations

import csv
import errno
import io
import re
import subprocess
import zipfile

import pytest
from lxml import etree
from support import ROOT
from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from bulletin_desktop.exporting import formats
from bulletin_desktop.exporting.compiled import CompiledGroup, CompiledTheme
from bulletin_desktop.exporting.template import load_template
from bulletin_desktop.exporting.text_file import clean
from bulletin_desktop.model.errors import KnownError

SHEETS = ("文章", "摘录", "主题矩阵")
# Each sheet as a file, cells as shown.
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def part(path, name):
    with zipfile.ZipFile(path) as package:
        return etree.fromstring(package.read(f"xl/{name}.xml"))


def sheet(path, number):
    return part(path, f"worksheets/sheet{number}")


@pytest.mark.parametrize("name", ["annotated", "hostile", "compilation"])
def test_the_validator_passes_it(request, save, errors_of, name):
    assert errors_of(save("xlsx", request.getfixturevalue(name))) == []


def test_sheets_are_named_filtered_and_their_heads_stay(annotated, save):
    path = save("xlsx", annotated)
    names = part(path, "workbook").xpath("//*[local-name()='sheet']/@name")
    assert tuple(names) == SHEETS
    for number in (1, 2, 3):
        found = sheet(path, number)
        assert found.xpath("//*[local-name()='pane']/@state") == ["frozen"]
        assert found.xpath("//*[local-name()='autoFilter']/@ref")


def test_formulas_are_the_sums_alone(hostile, save):
    path = save("xlsx", hostile)
    formulas = [sheet(path, number).xpath("//*[local-name()='f']/text()") for number in (1, 2, 3)]
    assert formulas[:2] == [[], []]
    assert formulas[2]
    assert all(re.fullmatch(r"SUM\([A-Z]+\d+:[A-Z]+\d+\)", formula) for formula in formulas[2])


def test_what_looks_like_a_formula_stays_text_when_it_is_edited(hostile, save):
    path = save("xlsx", hostile)
    formats = part(path, "styles").xpath("//*[local-name()='cellXfs']/*")
    quoted = {str(n) for n, x in enumerate(formats) if x.get("quotePrefix") == "1"}
    texts = part(path, "sharedStrings").xpath("//*[local-name()='si']")
    cells = [x for n in (1, 2, 3) for x in sheet(path, n).xpath("//*[@t='s']")]
    looks = {("".join(texts[int(x[0].text)].itertext())[:1], x.get("s") in quoted) for x in cells}
    assert ("=", True) in looks
    assert ("=", False) not in looks


def test_a_text_too_long_for_a_cell_says_so(article, compile_groups, save):
    long = article(paragraphs=("工𠮷" * 15_000,))
    path = save("xlsx", compile_groups(CompiledGroup(None, (long,))))
    texts = part(path, "sharedStrings").xpath("//*[local-name()='t']/text()")
    cell = max(texts, key=len)
    assert re.search("[工𠮷]……（未完，全文 30000 字）$", cell)
    assert 32_760 < len(cell.encode("utf-16-le")) / 2 <= 32_767


def test_more_themes_than_columns_go_on_another_sheet(article, compile_groups, save, monkeypatch):
    monkeypatch.setattr("bulletin_desktop.exporting.xlsx._THEMES", 2)
    themes = tuple(CompiledTheme(name, "A8322B") for name in "甲乙丙")
    one = article(themes=tuple("甲乙丙"))
    path = save("xlsx", compile_groups(CompiledGroup(None, (one,)), themes=themes))
    names = part(path, "workbook").xpath("//*[local-name()='sheet']/@name")
    assert tuple(names) == (*SHEETS, "主题矩阵 2")


def test_a_full_disk_is_said_in_a_sentence(annotated, save, monkeypatch):
    def close(book):
        raise FileCreateError(OSError(errno.ENOSPC, "full"))

    monkeypatch.setattr(Workbook, "close", close)
    with pytest.raises(KnownError, match=r"write\.disk_full"):
        save("xlsx", annotated)


def shown(folder, books, office_profile, monkeypatch):
    """What LibreOffice shows of each sheet, by workbook and sheet."""
    for name, compilation in books.items():
        list(formats.writer("xlsx")(compilation, folder / f"{name}.xlsx", load_template()))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")  # the names of sheets are in those of the files
    profile = f"-env:UserInstallation={office_profile.as_uri()}"
    files = [folder / f"{name}.xlsx" for name in books]
    command = ["soffice", profile, "--headless", "--convert-to", CSV, "--outdir", folder, *files]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    if b"source file could not be loaded" in done.stderr:
        pytest.skip("LibreOffice is here without Calc (libreoffice-calc-nogui)")
    cells = {}
    for name in books:
        for each in SHEETS:
            text = (folder / f"{name}-{each}.csv").read_bytes().decode("utf-8")
            cells[name, each] = list(csv.reader(io.StringIO(text, newline="")))
    return cells


def test_libreoffice_shows_it(tmp_path, annotated, hostile, office_profile, monkeypatch):
    books = {"annotated": annotated, "hostile": hostile}
    cells = shown(tmp_path, books, office_profile, monkeypatch)
    heads, first, brief, _ = cells["annotated", "文章"]
    assert heads[:4] == ["编号", "标题", "刊物", "期号"]
    assert (first[0], first[5], first[9]) == ("7", "2011-03-05", "58")
    assert (brief[1], brief[5]) == ("", "2011")
    passages = [row[1] for row in cells["annotated", "摘录"][1:]]
    assert passages[1] == "，审议通过《工资集体协商办法》，"
    assert [row[2:] for row in cells["annotated", "主题矩阵"]] == [
        ["权益", "工资协商", "合计"],
        ["1", "1", "2"],
        ["1", "", "1"],
        ["1", "", "1"],
        ["3", "1", "4"],
    ]
    rows = ("\t".join(row) for each in SHEETS for row in ([each], *cells["annotated", each]))
    golden = ROOT / "tests" / "golden" / "export" / "xlsx" / "annotated.txt"
    assert "\n".join(rows) + "\n" == golden.read_text("utf-8")
    titles = [row[1] for row in cells["hostile", "文章"][1:]]
    assert titles == [clean(group.heading) for group in hostile.groups]


def test_its_pages_are_the_sheets_in_their_order(
    tmp_path, annotated, office_profile, pages_of, save
):
    path = save("xlsx", annotated)
    profile = f"-env:UserInstallation={office_profile.as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path]
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    pages = [re.sub(r"\s", "", page) for page in pages_of(tmp_path / f"{path.stem}.pdf")]
    assert len(pages) == len(SHEETS)
    words = (
        ("编号标题刊物期号", "学习贯彻“十二五”规划", "（一）落实责任。", "职工书屋揭牌。"),
        ("编号摘录主题批注", "典型。", "待核。", "覆盖企业120家。", "（一）落实责任。"),
        ("编号标题权益工资协商合计", "●●2", "●1", "合计314"),
    )
    for page, expected in zip(pages, words, strict=True):
        assert all(each in page for each in expected), page
        places = [page.index(each) for each in expected[::3]]
        assert places == sorted(places)
