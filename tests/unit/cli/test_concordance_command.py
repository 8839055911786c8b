"""``concordance``: every place of the words, printed or written."""

from __future__ import annotations

import csv
import io

import pytest

from bulletin_desktop.language.folding import fold

KEYS = [
    "article", "issue", "title", "source", "date", "field", "start", "end", "left", "keyword",
    "right",
]  # fmt: skip


def test_json_has_every_place_with_its_context(shell):
    told = shell.json("concordance", "职工", "--width", "5")
    assert told["total"] == len(told["lines"]) > 100
    assert all(list(line) == KEYS for line in told["lines"])
    assert {line["keyword"] for line in told["lines"]} == {"职工"}
    assert max(len(line["left"]) for line in told["lines"]) == 5
    rights = [fold(line["right"]).lstrip() for line in told["lines"]]
    assert rights == [*sorted(filter(None, rights)), *[""] * rights.count("")]


def test_places_count_in_the_field(shell):
    line = next(x for x in shell.json("concordance", "职工")["lines"] if x["field"] == "body")
    body = shell.json("show", line["article"])["body"]
    assert body[line["start"] : line["end"]] == "职工"


def test_lines_are_printed_with_the_keywords_in_a_column(shell):
    from bulletin_desktop.cli.output import width

    count, *lines = shell("concordance", "body:工资 协商", "--sort", "date").splitlines()
    assert count.startswith(f"{len(lines)} 处，见于 ")
    starts = {width(line[: line.index(f"  {w}  ")]) for line in lines for w in ("工资", "协商")
              if f"  {w}  " in line}  # fmt: skip
    assert len(starts) == 1


def test_limit_says_that_there_are_more(shell):
    told = shell.json("concordance", "职工", "--limit", "3")
    assert told["total"] == 3
    assert "不止 3 处" in shell.err


def test_no_place_is_no_failure(shell):
    assert shell.json("concordance", "翡翠鸟蛋") == {"total": 0, "lines": []}
    assert shell("concordance", "翡翠鸟蛋").splitlines() == ["0 处，见于 0 篇"]


def test_csv_on_stdout(shell):
    out = shell("concordance", "职工", "--csv", "--limit", "4")
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"), newline="")))
    assert [row["keyword"] for row in rows] == ["职工"] * 4


@pytest.mark.parametrize("kind", ["csv", "txt", "html"])
def test_a_file_is_written_in_the_format_of_its_ending(shell, tmp_path, kind):
    file = tmp_path / f"lines.{kind}"
    told = shell.json("concordance", "职工", "-o", str(file))
    assert told == {"file": str(file), "lines": told["lines"], "format": kind}
    assert file.read_text("utf-8").count("职工") >= told["lines"]


def test_wrong_usage(shell, tmp_path):
    shell("concordance", "职工", "-o", str(tmp_path / "lines.pdf"), code=2)
    shell("concordance", "职工", "--width", "0", code=2)
    shell("concordance", "职工", "--width", "61", code=2)
    shell("concordance", "(职工", code=2)
    shell("concordance", "职工", "-o", str(tmp_path / "nowhere" / "lines.csv"), code=3)
    assert list(tmp_path.glob("lines*")) == []
