"""Rules: what a search finds gets a theme, previewed, as one step, also at an import."""

from __future__ import annotations

import pytest
from support import finish

from bulletin_desktop.library import integrity
from bulletin_desktop.model.annotations import Rule
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import (
    browsing,
    collections,
    history,
    importing,
    rules,
    searches,
    searching,
    tagging,
    themes,
    trash,
)
from bulletin_desktop.services.importing import import_paths, import_text

BULLETIN = """工会简报
第{number}期

纺织厂举办技能竞赛
\u3000\u30005月5日，纺织厂举办技能竞赛，三百人参加了比赛。（纺织厂工会）
水泥厂公开厂务
\u3000\u3000水泥厂把公开栏挂在食堂门口，职工天天看得见。（水泥厂工会）
"""


@pytest.fixture
def two(library):
    """The sample library with two themes, the first of them on two articles about 集体协商."""
    themes.add(library, "工资")
    themes.add(library, "协商")
    tagging.tag(library, finish(searching.matching(library, "集体协商"))[:2], [1])
    return library


def rule(library, theme=1, query="集体协商", options="", **named):
    rules.add(library, theme, query, options, **named)
    return rules.all_rules(library)[-1]


def cancelled(work):
    """What work gives that is told to stop at each of its signs of life."""
    next(work)
    while True:
        try:
            work.send(True)
        except StopIteration as end:
            return end.value


def carrying(library, theme):
    return {a.id for a in browsing.in_scope(library) if theme in a.themes}


def step_codes(library):
    return [step.code for step in history.steps(library) if not step.undone]


def test_a_rule_does_what_its_preview_says_and_can_be_undone(two):
    made = rule(two)
    before = carrying(two, 1)
    told = finish(rules.preview(two, made))
    assert (told.found, told.have, told.gets, len(told.first)) == (8, 2, 6, 6)
    assert all("集体协商" in browsing.text_of(two, a.id).body for a in told.first)
    assert carrying(two, 1) == before
    change = finish(rules.apply(two, [made.id]))
    assert (change.changed, change.name.params["n"]) == (6, 6)
    assert carrying(two, 1) - before == {a.id for a in told.first}
    assert change.articles == {a.id for a in told.first}
    assert finish(rules.apply(two, [made.id])).step is None
    history.undo(two)
    assert carrying(two, 1) == before
    history.redo(two)
    assert len(carrying(two, 1)) == 8
    assert list(integrity.problems(two)) == []


def test_several_rules_are_one_step_and_each_sees_the_library_as_it_was(two):
    first, second = rule(two), rule(two, 2, "主题:工资")
    steps = len(step_codes(two))
    change = finish(rules.apply(two, [first.id, second.id]))
    assert (change.name.code, change.name.params) == ("step.rules", {"rules": 2, "n": 8})
    assert len(step_codes(two)) == steps + 1
    assert (len(carrying(two, 1)), len(carrying(two, 2))) == (8, 2)


def test_a_rule_looks_as_its_options_say(two):
    spelled = searches.written_options(searching.Options(spelling=searching.spelled(years=True)))
    plain = finish(rules.preview(two, Rule(0, 1, "二〇一一年", "", False)))
    told = finish(rules.preview(two, Rule(0, 1, "二〇一一年", spelled, False)))
    assert plain.found < told.found


def test_rules_are_changed_and_go_to_the_trash_and_back(two):
    made = rule(two)
    rules.change(two, made._replace(query=" 工资 ", at_import=True, theme=2))
    (changed,) = rules.all_rules(two)
    assert changed == Rule(made.id, 2, "工资", "", True)
    assert rules.change(two, changed).step is None
    rules.delete(two, [made.id])
    assert rules.all_rules(two) == []
    assert trash.trashed(two)[0].name == "工资 → 协商"
    trash.restore(two, [trash.trashed(two)[0].id])
    assert rules.all_rules(two) == [changed]
    assert step_codes(two)[:4] == [
        "step.restore", "step.rule_delete", "step.rule_change", "step.rule_add",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("theme", "query", "code"),
    [
        (99, "工资", "theme.missing"),
        (1, "  ", "search.no_query"),
        (1, '"工资', "query.unclosed_quote"),
        (1, "集体协商", "rules.exists"),
        (1, "工资 -主题:没有的", "rules.unknown"),
        (1, "选编:没有的", "rules.unknown"),
    ],
)
def test_what_makes_no_sense_is_said_and_changes_nothing(two, theme, query, code):
    made, before = rule(two), step_codes(two)
    with pytest.raises(KnownError) as raised:
        rules.add(two, theme, query)
    assert raised.value.code == code
    if code != "rules.exists":
        with pytest.raises(KnownError) as raised:
            rules.change(two, made._replace(theme=theme, query=query))
        assert raised.value.code == code
    assert (rules.all_rules(two), step_codes(two)) == ([made], before)


def test_a_rule_without_what_it_names_does_nothing(two):
    """Without the theme that it leaves out it would find everything."""
    collections.create(two, "专题")
    made = rule(two, 1, "-主题:协商 -选编:专题")
    assert finish(rules.preview(two, made)).found > 0
    themes.delete(two, 2)
    with pytest.raises(KnownError, match=r"rules\.unknown"):
        finish(rules.apply(two, [made.id]))
    with pytest.raises(KnownError, match=r"rules\.missing"):
        finish(rules.apply(two, [99]))
    assert len(carrying(two, 1)) == 2


def test_a_run_that_is_cancelled_changes_nothing(two):
    made = [rule(two).id, rule(two, 2, "工会").id]
    before = step_codes(two)
    change = cancelled(rules.apply(two, made))
    assert change.step is None
    assert (step_codes(two), len(carrying(two, 1))) == (before, 2)


def test_an_import_applies_rules_to_what_is_new_in_its_step(two, tmp_path):
    rule(two, 1, "竞赛", at_import=True)
    rule(two, 2, "工会", at_import=False)
    tagged = carrying(two, 1)
    file = tmp_path / "a.txt"
    file.write_text(BULLETIN.format(number=8), "utf-8")
    report = finish(import_paths(two, [file]))
    (found,) = carrying(two, 1) - tagged
    assert browsing.by_id(two, found).title == "纺织厂举办技能竞赛"
    assert (report.ruled, report.warnings) == (1, [])
    assert report.change.topics >= {"documents", "tags", "themes"}
    assert step_codes(two)[0] == "step.import"
    assert history.steps(two)[0].params == {"n": 1}
    # What the user took off stays off when a changed file comes in.
    tagging.untag(two, [found], [1])
    file.write_text(BULLETIN.format(number=8).replace("三百人", "三百多人"), "utf-8")
    report = finish(import_paths(two, [file]))
    assert (report.updated, report.new, report.ruled) == (1, [], 0)
    assert carrying(two, 1) == tagged
    history.undo(two)
    history.undo(two)
    history.undo(two)
    assert carrying(two, 1) == tagged
    report = finish(import_text(two, BULLETIN.format(number=9)))
    assert (len(report.new), report.ruled) == (2, 1)


def test_a_rule_that_fails_hinders_neither_the_import_nor_other_rules(two, tmp_path):
    add = "INSERT INTO rules (theme_id, query, options, at_import) VALUES (1, ?, '', 1)"
    two.connection.executemany(add, [('"竞赛',), ("选编:旧",)])
    rule(two, 2, "公开", at_import=True)
    report = finish(import_text(two, BULLETIN.format(number=8)))
    assert (report.imported, report.ruled) == (1, 1)
    assert [(w.path, w.reason.code, w.reason.params) for w in report.warnings] == [
        ('"竞赛', "import.rule_unreadable", {}),
        ("选编:旧", "import.rule_unknown", {"value": "旧"}),
    ]


def test_a_cancelled_import_tells_which_rules_were_not_applied(two, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "BATCH_SECONDS", 0)
    rule(two, 1, "竞赛", at_import=True)
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(BULLETIN.format(number=number), "utf-8")
    work = import_paths(two, [tmp_path])
    progress = next(work)
    report = None
    while report is None:
        try:
            progress = work.send(progress.done > 0)
        except StopIteration as end:
            report = end.value
    assert report.cancelled
    assert (report.imported > 0, report.ruled) == (True, 0)
    assert [w.reason.code for w in report.warnings] == ["rules.ended"]
