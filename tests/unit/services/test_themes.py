"""Themes: what they are known by, the tree, merging, splitting, the trash, each one step."""

from __future__ import annotations

import pytest

from bulletin_desktop.model.change import Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import browsing, history, noting, passages, tagging, themes, trash


@pytest.fixture
def named(library):
    """Makes themes by their names; gives their ids."""

    def make(*names, **fields):
        for name in names:
            themes.add(library, name, **fields)
        return [themes.by_name(library, name).id for name in names]

    return make


def theme(library, name):
    return themes.by_name(library, name)


def fails(code, verb, *given, **more):
    with pytest.raises(KnownError) as caught:
        verb(*given, **more)
    assert caught.value.code == code
    return caught.value.params


def test_what_a_theme_is_known_by_is_kept_and_undone(library, named):
    [wages] = named("工资")
    before = theme(library, "工资")
    themes.describe(library, wages, "  工资和福利\n")
    themes.set_aliases(library, wages, ["薪酬", " 工 资 ", "工资", "", "薪酬"])
    themes.set_words(library, wages, ["增长机制", "增长机制 "])
    themes.set_colour(library, wages, "#A9622F")
    kept = theme(library, "薪酬")
    assert kept == before._replace(
        description="工资和福利", aliases=("薪酬", "工 资"), words=("增长机制",), colour="#a9622f"
    )
    names = []
    for _ in range(4):
        change = history.undo(library)
        assert change.topics == {"themes"}
        names.append(change.name.code.removeprefix("step.theme_"))
    assert names == ["colour", "words", "aliases", "describe"]
    assert theme(library, "工资") == before
    assert themes.describe(library, wages, " ").step is None


def test_a_name_means_one_theme(library, named):
    wages, safety = named("工资", "安全")
    themes.set_aliases(library, wages, ["薪酬"])
    fails("theme.exists", themes.rename, library, wages, "安全")
    assert fails("theme.is_alias", themes.rename, library, safety, "薪酬")["theme"] == "工资"
    fails("theme.is_alias", themes.add, library, "薪酬")
    fails("theme.alias_taken", themes.add, library, "新的", aliases=["工资"])
    for taken in ("工资", "薪酬"):
        told = fails("theme.alias_taken", themes.set_aliases, library, safety, [taken])
        assert told == {"alias": taken, "theme": "工资"}
    themes.rename(library, wages, "薪酬")
    assert theme(library, "薪酬").aliases == ()


def test_a_colour_is_written_in_six_figures(library, named):
    [wages] = named("工资")
    for wrong in ("#2a9", "石绿", "2a9170#", "#2a917g"):
        fails("theme.bad_colour", themes.set_colour, library, wages, wrong)


def test_several_move_at_once_and_make_no_ring(library, named):
    a, b, c = named("甲", "乙", "丙")
    themes.move_all(library, [b, c], a)
    assert {theme(library, name).parent for name in "乙丙"} == {a}
    fails("theme.ring", themes.move_all, library, [b, a], c)
    fails("theme.ring", themes.move, library, a, a)
    themes.move_all(library, [b, c], None)
    assert [each.parent for each in themes.all_themes(library)] == [None] * 3
    history.undo(library)
    assert theme(library, "乙").parent == a


def test_merging_keeps_all_and_says_before_what_it_will_do(library, named):
    wages, pay, bonus, safety = named("工资", "薪酬", "奖金", "安全")
    tagging.tag(library, [1, 2], [wages])
    tagging.tag(library, [2, 3], [pay])
    tagging.tag(library, [3], [bonus])
    body = browsing.text_of(library, 1).body
    passages.mark(library, 1, 0, 4, [pay])
    passages.mark(library, 1, 5, 9, [pay, wages])
    assert len(body) > 9
    themes.describe(library, wages, "工资的事")
    themes.describe(library, pay, "薪酬的事")
    themes.set_words(library, pay, ["绩效"])
    themes.set_aliases(library, pay, ["报酬"])
    themes.set_key(library, bonus, "7")
    themes.move(library, safety, pay)
    noting.set_note(library, "theme", wages, "一")
    noting.set_note(library, "theme", pay, "二", private=True)
    before = themes.all_themes(library)

    preview = themes.merge_preview(library, [pay, bonus], wages)
    assert preview == themes.Overlap(2, 2, 1, 1)
    change = themes.merge_all(library, [pay, bonus, pay], wages)
    assert change.name == Message("step.theme_merge", {"theme": "薪酬、奖金", "into": "工资"})
    kept = theme(library, "工资")
    assert (kept.articles, kept.highlights) == (3, 2)
    assert (kept.aliases, kept.words, kept.key) == (("薪酬", "报酬", "奖金"), ("绩效",), "7")
    assert kept.description == "工资的事\n\n薪酬的事"
    note = noting.note(library, "theme", wages)
    assert (note.text, note.private) == ("一\n\n二", True)
    assert theme(library, "安全").parent == wages
    assert len(themes.all_themes(library)) == 2
    history.undo(library)
    assert themes.all_themes(library) == before


def test_a_theme_merged_into_one_below_it_leaves_it_its_place(library, named):
    top, above, middle, low = named("顶", "上", "中", "下")
    themes.move(library, above, top)
    themes.move(library, middle, above)
    themes.move(library, low, middle)
    themes.merge(library, above, low)
    assert {t.name: t.parent for t in themes.all_themes(library)} == {
        "顶": None, "中": low, "下": top,
    }  # fmt: skip
    fails("theme.merge_itself", themes.merge_all, library, [low, top], low)


def test_splitting_gives_some_of_the_articles_a_theme_of_their_own(library, named):
    parent, wages = named("权益", "工资")
    themes.move(library, wages, parent)
    tagging.tag(library, [1, 2, 3], [wages])
    library.connection.execute("UPDATE taggings SET annotator = '甲' WHERE article_id = 2")
    assert themes.split_preview(library, wages, [2, 3, 4]) == 2
    change = themes.split(library, wages, "工资协商", [2, 3, 4])
    assert change.articles == {2, 3}
    new = theme(library, "工资协商")
    assert (new.parent, new.articles, theme(library, "工资").articles) == (wages, 2, 1)
    rows = library.rows("SELECT article_id, theme_id, annotator FROM taggings ORDER BY 1")
    assert rows == [(1, wages, ""), (2, new.id, "甲"), (3, new.id, "")]
    history.undo(library)
    assert theme(library, "工资").articles == 3
    themes.split(library, wages, "协商", [2], beside=True, keep=True)
    assert theme(library, "协商").parent == parent
    assert browsing.by_id(library, 2).themes == (wages, theme(library, "协商").id)
    fails("theme.nothing_to_split", themes.split, library, wages, "空", [4])
    fails("theme.exists", themes.split, library, wages, "权益", [1])


def test_several_go_into_the_trash_and_come_back_into_the_same_tree(library, named):
    above, low, other = named("上", "下", "旁")
    themes.move(library, low, above)
    themes.delete_all(library, [above, low])
    assert [each.id for each in themes.all_themes(library)] == [other]
    entries = {entry.name: entry.id for entry in trash.trashed(library)}
    trash.restore(library, [entries["上"], entries["下"]])
    assert theme(library, "下").parent == theme(library, "上").id


def test_the_starter_set_takes_no_name_that_means_another_theme(library, named):
    themes.add(library, "我的", aliases=["安全生产", "wages"])
    themes.add_starter(library)
    names = [name for t in themes.all_themes(library) for name in (t.name, *t.aliases)]
    assert len(names) == len(set(names))
