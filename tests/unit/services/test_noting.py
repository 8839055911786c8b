"""Notes: links to articles, all of them with names; themes of a path that is typed."""

from __future__ import annotations

import pytest

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import browsing, history, noting, passages, tagging, themes, trash


def links(library, text):
    """The words of each link and the articles that it leads to."""
    return [(text[link.start : link.end], link.articles) for link in noting.links(library, text)]


def test_links_lead_to_articles_by_their_headings(library):
    first, second = (browsing.by_id(library, article) for article in (3, 4))
    one, _ = noting.links_to(library, [first, second])
    assert one == f"[[{first.heading}]]"
    text = f"𠀀 {one} [[没有]] [[{second.heading}#{second.id}]] [[ ]] [[开着"
    assert links(library, text) == [
        (one, (3,)), ("[[没有]]", ()), (f"[[{second.heading}#4]]", (4,)), ("[[ ]]", ()),
    ]  # fmt: skip
    assert links(library, "[[改了的标题#4]] [[没有#9999]]") == [
        ("[[改了的标题#4]]", (4,)), ("[[没有#9999]]", ()),
    ]  # fmt: skip
    assert links(library, f"[[{first.heading}#4]]") == [(f"[[{first.heading}#4]]", (3,))]
    trash.discard_articles(library, [3])
    assert links(library, one) == [(one, ())]


def test_articles_of_one_heading_are_told_apart(library):
    for article in (3, 4):
        library.connection.execute(
            "UPDATE articles SET title = ? WHERE id = ?", ["同一\n标题", article]
        )
    library.connection.execute("UPDATE articles SET title = '带[号]' WHERE id = 5")
    library.connection.commit()
    given = [browsing.by_id(library, article) for article in (3, 4, 5)]
    made = noting.links_to(library, given)
    assert made == ["[[同一标题#3]]", "[[同一标题#4]]", "[[带［号］#5]]"]
    assert [found for _, found in links(library, " ".join(made))] == [(3,), (4,), (5,)]
    assert [set(found) for _, found in links(library, "[[同一标题]]")] == [{3, 4}]


def test_all_notes_with_the_names_of_what_they_are_on(library):
    article = browsing.by_id(library, 3)
    tagging.tag_new(library, [3], "主题")
    theme = themes.by_name(library, "主题").id
    passages.mark(library, 3, 0, 4)
    (mark,) = passages.highlights(library, 3)
    on = [("article", 3), ("highlight", mark.id), ("issue", article.issue), ("theme", theme)]
    for kind, target in on:
        noting.set_note(library, kind, target, f"于{kind}")
    named = {each.note.kind: each.name for each in noting.listed(library)}
    assert named == {
        "article": article.heading, "highlight": mark.quote,
        "issue": noting.name_of(library, "issue", article.issue), "theme": "主题",
    }  # fmt: skip
    trash.discard_issues(library, [article.issue])
    assert [each.note.kind for each in noting.listed(library)] == ["theme"]


def test_a_path_makes_what_is_missing_of_it_in_one_step(library):
    tagging.tag_new(library, [3], "甲 / 乙／丙")
    tree = {theme.name: theme for theme in themes.all_themes(library)}
    assert tree["丙"].parent == tree["乙"].id
    assert tree["乙"].parent == tree["甲"].id
    assert browsing.by_id(library, 3).themes == (tree["丙"].id,)
    tagging.tag_new(library, [4], "丁", tree["乙"].id)
    tagging.tag_new(library, [4], "甲/丙")  # there already: it stays where it is
    tree = {theme.name: theme for theme in themes.all_themes(library)}
    assert tree["丁"].parent == tree["丙"].parent == tree["乙"].id
    assert browsing.by_id(library, 4).themes == (tree["丁"].id, tree["丙"].id)
    for _ in range(3):
        history.undo(library)
    assert themes.all_themes(library) == []
    for wrong in ("甲/", "/甲", " "):
        with pytest.raises(KnownError, match=r"theme\.empty_name"):
            tagging.tag_new(library, [3], wrong)
