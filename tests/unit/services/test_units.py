"""Units: what sources were taken for, counted as a tree, and mended so that it stays mended."""

from __future__ import annotations

import pytest
from support import finish

from bulletin_desktop.library import integrity
from bulletin_desktop.library.store import Library
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.model.units import Printed
from bulletin_desktop.services import browsing, history, units
from bulletin_desktop.services.importing import import_paths

SUZHOU, OFFICE, STUDY = "苏州市/总工会", "苏州市/总工会/办公室", "苏州市/总工会/研究室"
LIVING, WOMEN, KUNSHAN = "苏州市/总工会/生活部", "苏州市/总工会/生活女工部", "昆山市/总工会"
MIXED = Printed("综合来稿", "苏州市")


@pytest.fixture
def import_text(library, tmp_path):
    """Imports a bulletin of 苏州市 with one article a source."""

    def run(*sources, name="later.txt"):
        lines = ["工会简报", "第7期", "苏州市总工会办公室编　　2013年5月20日", ""]
        for number, source in enumerate(sources):
            lines += [
                f"第{number}件工作有成效",
                f"　　各单位做好第{number}件工作。（{source}）",
                "",
            ]
        file = tmp_path / name
        file.write_text("\n".join(lines), "utf-8")
        assert finish(import_paths(library, [file])).imported == 1

    return run


def tree(library):
    """The names of all units, each with its counts with and without those below."""
    return {x.name: (x.articles, x.own) for x in units.directory(library).all()}


def unit(library, key):
    return units.directory(library).units[key]


def counted(library, key):
    return browsing.count_in_scope(library, units.directory(library).scope(key))


def test_an_import_says_whose_bulletins_the_issues_are(library):
    assert units.is_placed(library)
    assert library.rows("SELECT DISTINCT place FROM issues") == [("苏州市",)]


def test_the_sample_bulletins_as_units(library):
    found = tree(library)
    assert found["苏州市总工会"] == (44, 0)
    assert found["苏州市总工会研究室"] == (6, 6)
    assert found["张家港市总工会"] == found["太仓市总工会"] == (5, 5)
    assert found["苏州高新区工会"] == (2, 2)
    assert len(found) == 24
    known = units.directory(library)
    assert known.without_unit() == [MIXED]
    assert known.counts[MIXED] == 1


def test_an_article_of_two_units_counts_once_above_them(library):
    both = Scope(source="市总办公室、研究室")
    assert browsing.count_in_scope(library, both) == 3
    known = units.directory(library).narrowed(library, both)
    assert (known.units[OFFICE].articles, known.units[STUDY].articles) == (3, 3)
    assert known.units[SUZHOU].articles == 3


def test_the_scope_of_a_unit_holds_what_is_counted(library):
    for found in units.directory(library).all():
        assert counted(library, found.key) == found.articles
    below = units.directory(library).scope(SUZHOU, Scope(year="2011"))
    assert 0 < browsing.count_in_scope(library, below) < 44


def test_the_tree_has_offices_first_then_counties_then_companies(library):
    ranks = [x.rank for x in units.directory(library).below(SUZHOU)]
    assert ranks == sorted(ranks, key=["office", "county", "bureau", "company"].index)


def test_renaming(library, import_text):
    assert units.rename(library, KUNSHAN, " 昆山总 ").name.params == {
        "unit": "昆山市总工会", "name": "昆山总",
    }  # fmt: skip
    assert tree(library)["昆山总"] == (2, 2)
    import_text("昆山市总", "昆山总")
    assert tree(library)["昆山总"] == (4, 4)
    history.undo(library)
    history.undo(library)
    assert tree(library)["昆山市总工会"] == (2, 2)


def test_the_name_of_another_unit_is_refused(library):
    with pytest.raises(KnownError, match=r"unit.exists"):
        units.rename(library, KUNSHAN, "太仓市总工会")
    with pytest.raises(KnownError, match=r"unit.exists"):
        units.add_name(library, KUNSHAN, "太仓市总工会")
    for name, code in (("  ", "unit.empty_name"), ("长" * 61, "unit.long_name")):
        with pytest.raises(KnownError, match=code):
            units.rename(library, KUNSHAN, name)
    assert units.rename(library, KUNSHAN, "昆山市总工会").step is None


def test_merging_takes_articles_names_and_later_imports(library, import_text):
    before = tree(library)
    change = units.merge(library, [LIVING, STUDY], WOMEN)
    assert change.changed == 2
    assert change.topics == {"units"}
    merged = unit(library, WOMEN)
    assert (merged.articles, merged.names) == (8, ("苏州市总工会生活部", "苏州市总工会研究室"))
    assert LIVING not in units.directory(library).units
    assert [x.key for x in units.directory(library).named("苏州市总工会生活部")] == [WOMEN]
    import_text("市总生活部", "苏州市总工会研究室")
    assert unit(library, WOMEN).articles == 10
    history.undo(library)
    history.undo(library)
    assert tree(library) == before


def test_merging_again_goes_on_to_the_last(library):
    units.merge(library, [LIVING], WOMEN)
    units.merge(library, [WOMEN], STUDY)
    assert unit(library, STUDY).names == ("苏州市总工会生活部", "苏州市总工会生活女工部")
    assert counted(library, STUDY) == 8
    units.remove_name(library, STUDY, "苏州市总工会生活部")
    assert unit(library, LIVING).articles == 1


def test_a_unit_merged_into_one_below_it_leaves_its_place_to_it(library):
    units.merge(library, [SUZHOU], KUNSHAN)
    known = units.directory(library)
    assert [x.key for x in known.below(None)] == [KUNSHAN]
    assert known.units[KUNSHAN].articles == 44
    assert "昆山市/总工会/研究室" in known.units


def test_merging_a_unit_into_itself_or_one_that_is_not_there(library):
    with pytest.raises(KnownError, match=r"unit.merge_itself"):
        units.merge(library, [KUNSHAN], KUNSHAN)
    with pytest.raises(KnownError, match=r"unit.missing"):
        units.merge(library, ["没有"], KUNSHAN)


def test_moving(library):
    units.move(library, "苏州市/望亭发电厂工会", "相城区/总工会")
    assert tree(library)["相城区总工会"] == (3, 2)
    assert tree(library)["苏州市总工会"] == (44, 0)
    units.move(library, "相城区/总工会", None)
    assert tree(library)["苏州市总工会"] == (41, 0)
    assert units.move(library, "相城区/总工会", None).step is None
    with pytest.raises(KnownError, match=r"unit.ring"):
        units.move(library, "相城区/总工会", "苏州市/望亭发电厂工会")
    history.undo(library)
    history.undo(library)
    assert tree(library)["相城区总工会"] == (2, 2)


def test_other_names(library, import_text):
    units.add_name(library, KUNSHAN, "玉峰总工会")
    units.add_name(library, KUNSHAN, "鹿城", "苏州市")
    assert unit(library, KUNSHAN).names == ("玉峰总工会", "鹿城")
    import_text("玉峰总工会", "鹿城、市总办公室")
    assert unit(library, KUNSHAN).articles == 4
    assert unit(library, OFFICE).articles == 4
    assert units.add_name(library, KUNSHAN, "玉峰总工会").step is None
    units.remove_name(library, KUNSHAN, "玉峰总工会")
    assert unit(library, KUNSHAN).articles == 3
    with pytest.raises(KnownError, match=r"unit.no_name"):
        units.remove_name(library, KUNSHAN, "玉峰总工会")


def test_saying_what_a_source_means(library, import_text):
    new = units.key_of(units.directory(library), "新单位")
    change = units.set_units(library, MIXED, [SUZHOU, new])
    assert change.name.params == {"source": "综合来稿", "units": "苏州市总工会、新单位"}
    found = units.directory(library)
    assert found.readings[MIXED].decided
    assert (found.units[SUZHOU].own, found.units[new].articles) == (1, 1)
    assert tree(library)["苏州市总工会"] == (45, 1)
    import_text("综合来稿")
    assert unit(library, new).articles == 2
    assert units.set_units(library, MIXED, [SUZHOU, new]).step is None
    assert units.set_units(library, Printed("昆山市总工会", "苏州市"), []).changed == 1
    assert "昆山市总工会" not in tree(library)
    units.set_units(library, MIXED, None)
    assert MIXED in units.directory(library).without_unit()


def test_what_was_said_follows_a_unit_into_another(library):
    units.set_units(library, MIXED, [LIVING])
    units.merge(library, [LIVING], WOMEN)
    assert units.directory(library).readings[MIXED].units == (WOMEN,)


def test_by_name_the_units_of_a_source(library):
    units.set_units_of(library, "综合来稿", None, ["昆山市总工会", "别的单位"])
    assert units.directory(library).readings[MIXED].units == (KUNSHAN, "/别的单位")
    with pytest.raises(KnownError, match=r"unit.no_source"):
        units.set_units_of(library, "没有", None, [])
    library.connection.execute("UPDATE issues SET place = '' WHERE id = 2")
    with pytest.raises(KnownError, match=r"unit.places"):
        units.set_units_of(library, "太仓市总工会", None, [])
    assert units.set_units_of(library, "太仓市总工会", "苏州市", []).changed == 1


def test_units_by_name(library):
    assert units.by_name(library, " 昆山市总工会 ").key == KUNSHAN
    assert units.by_name(library, KUNSHAN).name == "昆山市总工会"
    with pytest.raises(KnownError, match=r"unit.missing"):
        units.by_name(library, "没有")
    library.connection.execute("UPDATE issues SET place = '无锡市' WHERE id = 5")
    library.connection.execute("UPDATE articles SET source = '工投公司工会' WHERE issue_id = 5")
    with pytest.raises(KnownError, match=r"unit.ambiguous"):
        units.by_name(library, "工投公司工会")


def test_issues_of_an_older_library_are_placed_when_that_is_wanted(library):
    library.connection.execute("UPDATE issues SET place = NULL")
    assert "市总工会" in tree(library)
    change = units.place_all(library)
    assert (change.step, change.changed, change.topics) == (None, 5, {"units"})
    assert units.is_placed(library)
    assert tree(library)["苏州市总工会"] == (44, 0)
    assert units.place_all(library).changed == 0


def test_what_is_doubtful_comes_first(library):
    first = units.directory(library).doubtful_first()[0]
    assert first.source == "市农村农村信用社行业管理组"
    units.set_units(library, first, units.directory(library).readings[first].units)
    assert units.directory(library).doubtful_first()[-1] == first


def test_every_ruling_survives_undo_redo_and_a_check(library_file):
    with Library(library_file) as library:
        units.rename(library, KUNSHAN, "昆山总")
        units.merge(library, [LIVING], WOMEN)
        units.move(library, KUNSHAN, WOMEN)
        units.add_name(library, WOMEN, "女工部")
        units.set_units(library, MIXED, [KUNSHAN])
        after = tree(library)
        for _ in range(5):
            history.undo(library)
        assert list(integrity.problems(library)) == []
        for _ in range(5):
            history.redo(library)
    with Library(library_file) as library:
        assert tree(library) == after
        assert list(integrity.problems(library)) == []


def test_units_that_cannot_be_read_are_found_by_a_check(library):
    units.set_units(library, MIXED, [KUNSHAN])
    library.connection.execute("UPDATE source_units SET units = '[1'")
    found = [(x.what, x.where) for x in integrity.problems(library)]
    assert ("check.value", "source_units 1") in found
