"""Agreement of two annotators, against tables that were reckoned by hand or stand elsewhere."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from support import ROOT, finish

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import (
    Library,
    agreement,
    annotators,
    browsing,
    history,
    merging,
    tagging,
    themes,
    trash,
)
from bulletin_desktop.services.agreement import Row

TAGGINGS = ROOT / "tests/data/taggings"


def keys(library):
    """The articles by file and place in it, as the taggings call them."""
    found = {}
    for document in browsing.documents(library):
        issues = [i.id for i in browsing.issues(library) if i.document == document.id]
        members = [a for i in sorted(issues) for a in browsing.in_scope(library, Scope(issue=i))]
        for number, article in enumerate(members, 1):
            found[f"{Path(document.path).name}#{number}"] = article.id
    return found


def load(library, name):
    """Put a tagging on the articles of the seeds."""
    articles = keys(library)
    annotators.set_name(library, name)
    for key, names in json.loads((TAGGINGS / f"{name}.json").read_text("utf-8")).items():
        for theme in names:
            tagging.tag_new(library, [articles[key]], theme)


def expected():
    """The table of the taggings' own page: theme, first, second, both, percent, kappa."""
    page = (TAGGINGS / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| (\S+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) % \| (\S+) \|$", page, re.M)
    return {name: (*map(int, counts[:4]), counts[4]) for name, *counts in rows}


def shown(kappa):
    return "–" if kappa is None else f"{kappa:.2f}"


def test_two_taggings_that_were_merged_agree_as_their_page_says(library, tmp_path):
    load(library, "first")
    with Library(tmp_path / "second.bdlib", create=True) as second:
        from bulletin_desktop.services.importing import import_paths

        finish(import_paths(second, [ROOT / "seeds"]))
        load(second, "second")
    finish(merging.merge(library, tmp_path / "second.bdlib"))
    assert annotators.known(library) == ["first", "second"]
    themes.add(library, "女职工")
    table = agreement.table(library, "first", "second")
    found = {
        row.theme: (
            row.both + row.first, row.both + row.second, row.both,
            round(row.percent or 0), shown(row.kappa),
        )
        for row in table.rows
    }  # fmt: skip
    assert len(expected()) == 12
    assert found == expected()
    assert (table.articles, table.all.decisions) == (45, 540)
    assert (f"{table.all.percent:.1f}", shown(table.all.kappa)) == ("97.8", "0.91")


@pytest.mark.parametrize(
    ("counts", "percent", "kappa"),
    [
        ((20, 5, 10, 15), 70.0, 0.4),
        ((0, 5, 5, 0), 0.0, -1.0),
        ((7, 0, 0, 0), 100.0, None),
        ((0, 0, 0, 9), 100.0, None),
        ((0, 0, 0, 0), None, None),
        ((1, 1, 1, 1), 50.0, 0.0),
    ],
)
def test_percent_and_kappa_of_known_tables(counts, percent, kappa):
    row = Row("主题", *counts)
    assert row.percent == percent
    assert row.kappa == (None if kappa is None else pytest.approx(kappa))


def test_what_counts_are_issues_that_both_worked_on_also_what_was_taken_off(library):
    issues = [i.id for i in browsing.issues(library) if i.articles > 3][:2]
    both, only = (browsing.ids_in_scope(library, Scope(issue=issue)) for issue in issues)
    themes.add(library, "甲")
    tagging.tag(library, [both[0], only[0]], [1])
    annotators.set_name(library, "张三")  # what was tagged without a name is this one's
    tagging.tag(library, [both[1]], [1])
    annotators.set_name(library, "李四")
    tagging.tag(library, both[1:3], [1])
    annotators.set_name(library, "张三")
    tagging.untag(library, [both[2]], [1])
    table = agreement.table(library, "张三", "李四")
    assert table.articles == len(both)
    assert table.rows == (Row("甲", 1, 1, 1, len(both) - 3),)
    trash.discard_articles(library, both[2:3])
    assert agreement.table(library, "", "李四").rows == (Row("甲", 1, 1, 0, len(both) - 3),)
    assert agreement.table(library, "张三", "王五").articles == 0


def test_a_name_is_clean_is_no_step_and_signs_what_is_done_then(library):
    assert annotators.set_name(library, " 张  三\n") == "张 三"
    assert [step.code for step in history.steps(library)] == ["step.import"]
    themes.add(library, "甲")
    assert history.steps(library)[0].annotator == "张 三"
    with pytest.raises(KnownError, match="long_name"):
        annotators.set_name(library, "长" * 61)
    assert annotators.name(library) == "张 三"
