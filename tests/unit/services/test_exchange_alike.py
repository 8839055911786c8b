"""What looks alike is told apart on its way to another library: texts, issues, words, notes."""

from __future__ import annotations

import json

import pytest
from support import finish
from two_people import merged

from bulletin_desktop.library import passages as places
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import (
    Library,
    annotators,
    browsing,
    correcting,
    exchange,
    noting,
    passages,
    tagging,
    themes,
)
from bulletin_desktop.services.importing import import_paths

FORMATS = {"qdpx": "a.qdpx", "jsonld": "a.jsonld", "bundle": "a.bundle.zip"}
STORY = (
    "清溪区总工会为环卫工人建起歇脚点\n"
    "　　清溪区总工会为环卫工人建起十七个歇脚点，环卫工人可以喝水、休息、充电，受到了大家的欢迎。\n"
    "（清溪区总工会）\n"
)
OTHER = (
    "某区总工会召开座谈会听取一线职工意见\n"
    "　　某区总工会召开座谈会，听取一线职工的意见建议，会上职工代表踊跃发言，提出了许多好的建议。\n"
    "（某区总工会）\n"
)
WORDS = "职工书屋"
OFTEN = "职工书屋怎样办\n" + "".join(
    f"　　第{n}家：这里的{WORDS}办得好，{WORDS}人人夸，来的人一天比一天多。\n" for n in range(150)
)
NAMELESS = (
    "江边的老槐树\n　　{}这棵老槐树站在江边，已经看了一百多年的水，也看了一百多年的人来人往。\n"
)
TEXTS = {
    "3.txt": f"东湖工会简报\n第3期\n2012年3月5日\n\n{STORY}\n{OTHER}",
    "4.txt": f"东湖工会简报\n第4期\n2012年4月5日\n\n{STORY}\n",
    "often.txt": OFTEN,
    "one.txt": NAMELESS.format("村里的老人都说，"),
    "two.txt": NAMELESS.format("船上的水手还记得，"),
}


@pytest.fixture
def plain(tmp_path):
    """A library of texts that are alike."""
    files = [tmp_path / name for name in TEXTS]
    for file in files:
        file.write_text(TEXTS[file.name], "utf-8")
    path = tmp_path / "plain.bdlib"
    with Library(path, create=True) as library:
        finish(import_paths(library, files))
    return path


@pytest.fixture
def theirs(plain, tmp_path):
    """The same texts with work on them."""
    path = tmp_path / "theirs.bdlib"
    path.write_bytes(plain.read_bytes())
    with Library(path) as library:
        annotators.set_name(library, "李四")
        for number, article in enumerate(browsing.in_scope(library)):
            tagging.tag_new(library, [article.id], f"主题{number}")
            noting.set_note(library, "article", article.id, f"笔记{number}")
            passages.mark(library, article.id, 0, 6, (), f"批注{number}")
        for number, issue in enumerate(browsing.issues(library)):
            noting.set_note(library, "issue", issue.id, f"期{number}")
        [often] = [a.id for a in browsing.in_scope(library) if a.title == "职工书屋怎样办"]
        body = browsing.text_of(library, often).body
        last = body.rindex(WORDS)
        passages.mark(library, often, last, last + len(WORDS))
    return path


def out(library, folder, name):
    file = folder / FORMATS[name]
    finish(exchange.write(library, Scope(), file, name))
    return file


def found(library):
    """What is on the articles, by the path of the document they stand in."""
    sql = """SELECT a.id, d.path, a.title FROM articles a JOIN issues i ON i.id = a.issue_id
        JOIN documents d ON d.id = i.document_id"""
    rows = library.rows(sql)
    where = {id_: (path.rpartition("/")[2], title) for id_, path, title in rows}
    names = {t.id: t.name for t in themes.all_themes(library)}
    return {
        "tags": {(where[a.id], names[t]) for a in browsing.in_scope(library) for t in a.themes},
        "marks": {
            (where[p.highlight.article], p.highlight.start, p.highlight.quote, p.highlight.note)
            for p in passages.listed(library)
        },
        "notes": {
            (n.kind, where.get(n.article), n.text)
            for n in noting.notes(library)
            if n.kind != "highlight"
        },
    }


@pytest.mark.parametrize("name", FORMATS)
def test_each_goes_where_it_stood(name, theirs, plain, tmp_path):
    with Library(theirs) as library:
        wanted, file = found(library), out(library, tmp_path, name)
    assert len(wanted["notes"]) == 11
    with Library(plain) as library:
        report = merged(library, file)
        assert (report.conflicts, report.unplaced) == ([], [])
        assert found(library) == wanted
        assert set(merged(library, file).added.values()) == {0}
    with Library(theirs) as library:  # their own work brings them nothing
        assert set(merged(library, file).added.values()) == {0}


@pytest.mark.parametrize("name", FORMATS)
def test_a_copy_that_is_not_here_leaves_both_notes_on_the_one_that_is(name, theirs, tmp_path):
    with Library(theirs) as library:
        file = out(library, tmp_path, name)
    one = tmp_path / "4.txt"
    with Library(tmp_path / "one.bdlib", create=True) as library:
        finish(import_paths(library, [one]))
        merged(library, file)
        [article] = browsing.in_scope(library)
        text = browsing.note_of(library, article.id)
        assert text.count("笔记") == 2
        [mark] = passages.listed(library)
        assert mark.highlight.note.count("批注") == 2


@pytest.mark.parametrize("name", FORMATS)
def test_a_brief_of_theirs_is_found_though_it_is_an_article_here(name, theirs, plain, tmp_path):
    with Library(theirs) as library:
        [short] = [a.id for a in browsing.in_scope(library) if a.source == "某区总工会"]
        correcting.set_kind(library, [short], "brief")
        wanted, file = found(library), out(library, tmp_path, name)
    with Library(plain) as library:
        assert merged(library, file).unplaced == []
        assert found(library) == wanted


def test_text_that_cannot_be_stored_is_made_sound(plain, tmp_path):
    with Library(plain) as library:
        [often] = [a.id for a in browsing.in_scope(library) if a.title == "职工书屋怎样办"]
        said = {"type": "Annotation", "bodyValue": "x\ud800y\0", "created": "never",
                "creator": "\udfff", "target": {"source": "urn:x\ud800", "selector": {
                    "type": "TextQuoteSelector", "exact": "第77家：这里"}}}  # fmt: skip
        lost = {"type": "Annotation", "body": "\ud800", "target": "urn:\udc00"}
        file = tmp_path / "a.jsonld"
        file.write_text(json.dumps([said, lost]), "utf-8")
        report = merged(library, file)
        [mark] = passages.highlights(library, often)
        assert (mark.note, mark.at != "never") == ("x\ufffdy\ufffd", True)
        told = json.dumps([x.params for x in report.unplaced], ensure_ascii=False)
        assert told.encode()
        assert places.laid_of(library, mark.id).placed
