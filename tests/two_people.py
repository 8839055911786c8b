"""Another annotator's work, and what a library holds of it, for tests of exchange and merging."""

from __future__ import annotations

from support import finish

from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.library import integrity
from bulletin_desktop.library.schema import TRACKED
from bulletin_desktop.services import (
    annotators,
    browsing,
    merging,
    noting,
    passages,
    tagging,
    themes,
)


def ids(library, count=6):
    """Some articles with words enough, the same ones in every library of the seeds."""
    found = [a for a in browsing.in_scope(library) if a.characters > 120 and a.title]
    return [a.id for a in sorted(found, key=lambda a: (a.heading, a.source or ""))][:count]


def annotate(library, name="李四"):
    """Another annotator's work: themes in a tree, tags, passages and notes of every kind."""
    annotators.set_name(library, name)
    themes.add(library, "维权", colour="#336699", key="1", aliases=["权益"])
    themes.add(library, "工资", parent=themes.by_name(library, "维权").id)
    wages, rights = (themes.by_name(library, each).id for each in ("工资", "维权"))
    some = ids(library)
    tagging.tag(library, some[:3], [wages])
    tagging.tag(library, some[1:5], [rights])
    for number, article in enumerate(some[:3]):
        body = browsing.text_of(library, article).body
        passages.mark(library, article, 10 + number, 60 + number, [rights, wages])
        passages.mark(library, article, len(body) - 40, len(body) - 5)
    mark = passages.highlights(library, some[0])[0]
    noting.set_note(library, "highlight", mark.id, "要引用")
    noting.set_note(library, "article", some[0], "他的笔记")
    noting.set_note(library, "article", some[1], "不给人看", private=True)
    noting.set_note(library, "issue", browsing.by_id(library, some[0]).issue, "这一期重要")
    noting.set_note(library, "theme", wages, "只指货币工资")


def work(library):
    """All that a reader put on articles, by names and words."""
    titles = {a.id: a.heading for a in browsing.in_scope(library)}
    names = {theme.id: theme.name for theme in themes.all_themes(library)}
    issues = {i.id: (i.title, i.number, i.date) for i in browsing.issues(library)}
    marks = {p.highlight.id: p.highlight for p in passages.listed(library)}
    named = {
        "article": titles,
        "theme": names,
        "issue": issues,
        "highlight": {number: mark.quote for number, mark in marks.items()},
    }
    return {
        "themes": [
            (t.name, names.get(t.parent), t.colour, t.key, t.aliases, t.description)
            for t in sorted(themes.all_themes(library), key=lambda t: t.name)
        ],
        "tags": sorted((titles[a], names[t], by) for a, t, by in said(library)),
        "shown": sorted(
            (a.heading, names[t]) for a in browsing.in_scope(library) for t in a.themes
        ),
        "marks": sorted(
            (titles[m.article], m.start, m.end, m.quote, [names[t] for t in m.themes], m.annotator)
            for m in marks.values()
        ),
        "notes": sorted(
            (n.kind, named[n.kind][n.target], n.text, n.annotator)
            for n in noting.notes(library)
            if not n.private
        ),
    }


def said(library):
    return library.rows("SELECT article_id, theme_id, annotator FROM taggings")


def merged(library, file, **options):
    report = finish(merging.merge(library, file, **options))
    catalogue = Catalogue("en")
    told = [catalogue.message(each) for each in (*report.conflicts, *report.unplaced)]
    assert all(told)
    assert not list(integrity.problems(library))
    return report


def content(library):
    """All that the history keeps; a document in the trash counts as none."""
    found = {
        table: sorted(library.rows(f"SELECT {', '.join(columns)} FROM {table}"), key=repr)
        for table, columns in TRACKED.items()
    }
    return found | {"documents": [row for row in found["documents"] if not row[1]]}
