"""Two people's work in one library: by the words of articles and passages, as one step."""

from __future__ import annotations

import json
import shutil
import zipfile

import pytest
from support import finish
from two_people import annotate, content, ids, merged, said, work

from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import (
    Library,
    annotators,
    browsing,
    bundles,
    correcting,
    history,
    merging,
    noting,
    passages,
    tagging,
    themes,
)
from bulletin_desktop.services.importing import import_paths


@pytest.fixture
def theirs(tmp_path, seeded_file):
    """The file of another annotator's library of the same bulletins."""
    file = tmp_path / "李四的.bdlib"
    shutil.copy(seeded_file, file)
    with Library(file) as opened:
        annotate(opened)
    return file


@pytest.fixture
def bundle(theirs, tmp_path):
    """The same work as a bundle."""
    file = tmp_path / "标注.bundle.zip"
    with Library(theirs) as opened:
        finish(bundles.write(opened, Scope(), file))
    return file


@pytest.fixture
def reversed_library(tmp_path, seeds):
    """A library of the same bulletins, imported the other way round from elsewhere."""
    with Library(tmp_path / "reversed.bdlib", create=True) as opened:
        for number, file in enumerate(sorted(seeds.glob("*.txt"), reverse=True)):
            copy = tmp_path / f"另存{number}.txt"
            copy.write_bytes(file.read_bytes())
            finish(import_paths(opened, [copy]))
        yield opened


@pytest.mark.parametrize("kind", ["library", "bundle"])
def test_a_merge_brings_all_of_it_by_words_and_a_second_one_nothing(
    kind, theirs, bundle, reversed_library
):
    file = {"library": theirs, "bundle": bundle}[kind]
    with Library(theirs) as opened:
        wanted = work(opened)
    before = file.read_bytes()
    report = merged(reversed_library, file)
    assert work(reversed_library) == wanted
    assert report.name == "李四"
    assert report.added == {"themes": 2, "tags": 7, "highlights": 6, "notes": 4}
    assert (report.same, report.conflicts, report.unplaced) == (0, [], [])
    again = merged(reversed_library, file)
    assert set(again.added.values()) == {0}
    assert again.same == 2 + 7 + 6 + 4
    assert again.change.step is None
    assert file.read_bytes() == before
    assert not list(file.parent.glob(f"{file.name}-*"))


def test_a_merge_is_one_step_that_undo_takes_back_to_the_last_row(theirs, library):
    annotators.set_name(library, "张三")
    themes.add(library, "维权")
    tagging.tag(library, ids(library)[:2], [1])
    before = content(library)
    change = merged(library, theirs).change
    after = content(library)
    assert (change.step, change.name.params) == (history.steps(library)[0].id, {"name": "李四"})
    history.undo(library)
    assert content(library) == before
    history.redo(library)
    assert content(library) == after


def test_where_both_differ_our_own_stays_and_is_told(theirs, library):
    annotators.set_name(library, "张三")
    themes.add(library, "权益", colour="#112233")  # their alias is its name
    some = ids(library)
    noting.set_note(library, "article", some[0], "我的笔记", typing=False)
    report = merged(library, theirs)
    assert [c.code for c in report.conflicts] == ["merge.conflict.colour", "merge.conflict.note"]
    assert browsing.note_of(library, some[0]) == "我的笔记\n\n【李四】他的笔记"
    assert [t.name for t in themes.all_themes(library)] == ["权益", "工资"]
    taken_off = themes.by_name(library, "工资").id
    tagging.untag(library, some[:1], [taken_off])
    passages.delete(library, [passages.highlights(library, some[2])[0].id])
    again = merged(library, theirs)
    told = {c.code.rpartition(".")[2] for c in again.conflicts}
    assert told == {"colour", "tag", "passage"}
    assert taken_off not in browsing.by_id(library, some[0]).themes
    assert len(passages.highlights(library, some[2])) == 1
    assert set(again.added.values()) == {0}


def test_a_note_that_its_writer_changed_takes_its_own_place(theirs, library):
    merged(library, theirs)
    with Library(theirs) as opened:
        noting.set_note(opened, "article", ids(opened)[0], "改过的笔记", typing=False)
    report = merged(library, theirs)
    assert (report.added["notes"], report.conflicts) == (1, [])
    assert browsing.note_of(library, ids(library)[0]) == "改过的笔记"


def test_private_notes_and_refusals_stay_where_they_are(theirs, bundle, library):
    with Library(theirs) as opened:
        private = ids(opened)[1]
        opened.connection.execute("INSERT INTO refusals (article_id, theme_id) VALUES (1, 1)")
    for file in (theirs, bundle):
        merged(library, file)
    assert browsing.note_of(library, private) == ""
    assert library.value("SELECT count(*) FROM refusals") == 0
    with zipfile.ZipFile(bundle) as archive:
        assert all("不给人看".encode() not in archive.read(name) for name in archive.namelist())


def test_an_article_that_was_changed_is_known_again_and_so_are_its_passages(
    theirs, tmp_path, seeds
):
    with Library(theirs) as opened:
        article = ids(opened)[0]
        heading, mark = (
            browsing.by_id(opened, article).heading,
            passages.highlights(opened, article),
        )
    with Library(tmp_path / "edited.bdlib", create=True) as library:
        for file in seeds.glob("*.txt"):
            text = file.read_text("utf-8")
            if mark[0].quote in text:
                text = text.replace(mark[1].quote, "此处已经全部改写过了，不再相同")
                text = text.replace(mark[0].quote, f"新加的话。{mark[0].quote}")
            (tmp_path / file.name).write_text(text, "utf-8")
        finish(import_paths(library, [tmp_path / f.name for f in seeds.glob("*.txt")]))
        report = merged(library, theirs)
        [lost] = report.unplaced
        assert lost.code == "merge.unplaced.passage"
        found = next(a for a in browsing.in_scope(library) if a.heading == heading)
        first, second = passages.highlights(library, found.id)
        assert browsing.text_of(library, found.id).body[first.start : first.end] == mark[0].quote
        assert (second.placed, second.quote) == (False, mark[1].quote)
        assert set(merged(library, theirs).added.values()) == {0}


def test_a_misprint_mended_on_either_side_moves_no_passage(theirs, library):
    some = ids(library)
    for number, owner in ((0, "theirs"), (1, "ours")):
        with Library(theirs) as opened:
            mark = passages.highlights(opened, some[number])[0]
            target = opened if owner == "theirs" else library
            document, places = passages.passages.body_map(target, some[number])
            start, end = places.to_document(mark.start + 3, mark.start + 5)
            correcting.amend(target, document, start, end, "勘误")
    merged(library, theirs)
    with Library(theirs) as opened:
        for number in (0, 1):
            places = [(m.start, m.end) for m in passages.highlights(opened, some[number])]
            mine = [(m.start, m.end) for m in passages.highlights(library, some[number])]
            assert mine == places


def test_articles_that_are_not_here_are_named_and_can_be_brought_along(
    theirs, bundle, tmp_path, seeds
):
    with Library(theirs) as opened:
        wanted = work(opened)
    for file in (theirs, bundle):
        with Library(tmp_path / f"{file.stem}.new.bdlib", create=True) as library:
            finish(import_paths(library, [sorted(seeds.glob("*.txt"))[0]]))
            report = merged(library, file)
            assert report.absent == len(report.unplaced) - 1 > 0  # and a note on an issue
            assert {u.code for u in report.unplaced} == {
                "merge.unplaced.article", "merge.unplaced.note",
            }  # fmt: skip
            before = content(library)
            brought = merged(library, file, with_articles=True)
            assert brought.absent == 0
            assert brought.added["documents"] > 0
            assert work(library) == wanted
            history.undo(library)
            assert content(library) == before


def test_a_cancelled_merge_leaves_the_library_as_it_was(bundle, library):
    before = content(library)
    for steps in (1, 4, 9):
        run = merging.merge(library, bundle)
        for _ in range(steps):
            next(run)
        with pytest.raises(StopIteration) as end:
            run.send(True)
        assert end.value.value.cancelled
        assert content(library) == before
        assert not library.connection.in_transaction


def test_reprints_go_to_the_issue_that_they_stand_in(tmp_path):
    story = "工资集体协商工作全面铺开，" * 12
    texts = [
        f"工会简报\n第{n}期\n2011年{n}月5日\n\n协商铺开\n{story}\n（市总工会）" for n in (3, 4)
    ]
    files = [tmp_path / f"{name}.bdlib" for name in "ab"]
    for file, order in zip(files, (texts, texts[::-1]), strict=True):
        with Library(file, create=True) as library:
            for number, text in enumerate(order):
                bulletin = tmp_path / f"{file.stem}{number}.txt"
                bulletin.write_text(text, "utf-8")
                finish(import_paths(library, [bulletin]))
    with Library(files[0]) as library:
        april = next(
            a for a in browsing.in_scope(library) if a.date and a.date.startswith("2011-04")
        )
        themes.add(library, "协商")
        tagging.tag(library, [april.id], [1])
    with Library(files[1]) as library:
        merged(library, files[0])
        tagged = [a.date[:7] for a in browsing.in_scope(library) if a.themes]
    assert tagged == ["2011-04"]


def test_who_has_no_name_is_called_after_the_file(theirs, library):
    with Library(theirs) as opened:
        annotators.set_name(opened, "")
        tagging.tag(opened, [ids(opened)[5]], [1])
    report = merged(library, theirs)
    assert report.name == "李四的"
    assert {by for _, _, by in said(library)} == {"李四", "李四的"}


def test_the_same_library_gives_the_same_bundle(theirs, bundle, tmp_path):
    second = tmp_path / "again.bundle.zip"
    with Library(theirs) as opened:
        finish(bundles.write(opened, Scope(), second))
        assert second.read_bytes() == bundle.read_bytes()
        part = finish(bundles.write(opened, Scope(ids=tuple(ids(opened)[:1])), second))
    assert part.articles == 1
    with zipfile.ZipFile(second) as archive:
        assert json.loads(archive.read("manifest.json"))["articles"] == 1
        assert not any(name.startswith("documents") for name in archive.namelist())


def spoil(bundle, file, name, change):
    """A copy of a bundle with one member changed, its sum put right again."""
    import hashlib

    with zipfile.ZipFile(bundle) as archive:
        members = {each: archive.read(each) for each in archive.namelist()}
    manifest = json.loads(members.pop("manifest.json"))
    members[name] = change(members.get(name, b""))
    manifest["sha256"] = {each: hashlib.sha256(x).hexdigest() for each, x in members.items()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        for each, data in members.items():
            archive.writestr(each, data)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("tags.jsonl", lambda data: data + b"not json\n"),
        ("tags.jsonl", lambda _: b'{"article":999,"theme":1,"annotator":"","counts":true}\n'),
        ("tags.jsonl", lambda data: b"[" * 100_000),
        ("themes.jsonl", lambda data: data.replace(b"#336699", b"red    ")),
        ("themes.jsonl", lambda data: data.replace(b'"parent":null', b'"parent":2')),
        ("notes.jsonl", lambda data: data.replace(b'"kind":"theme"', b'"kind":"setup"')),
        ("highlights.jsonl", lambda data: data.replace(b'"quote":"', b'"quote":"\\u0000')),
        ("notes.jsonl", lambda data: data.replace(b'"at":"', b'"at":"never ')),
        ("../../evil.jsonl", lambda _: b"{}\n"),
        ("articles-1.jsonl", lambda _: b" " * 40_000_000),
    ],
)
def test_a_bundle_that_is_not_as_it_should_be_is_refused_whole(
    name, change, bundle, tmp_path, library
):
    before = content(library)
    bad = tmp_path / "bad.zip"
    spoil(bundle, bad, name, change)
    with pytest.raises(KnownError) as error:
        finish(merging.merge(library, bad))
    assert error.value.code in ("bundle.damaged", "bundle.too_large")
    assert Catalogue("zh").error(error.value)
    assert content(library) == before


def test_what_is_no_bundle_is_refused_with_a_sentence(bundle, tmp_path, library, library_file):
    with zipfile.ZipFile(bundle) as archive:
        manifest = json.loads(archive.read("manifest.json")) | {"version": 2}
    newer = {"manifest.json": json.dumps(manifest)}
    files = {
        name: tmp_path / name for name in ("none.zip", "a.qdpx", "b.zip", "newer.zip", "x.txt")
    }
    for name, members in (("a.qdpx", {"project.qde": "<x/>"}), ("b.zip", {}), ("newer.zip", newer)):
        with zipfile.ZipFile(files[name], "w") as archive:
            for member, text in members.items():
                archive.writestr(member, text)
    files["x.txt"].write_text("工会简报", "utf-8")
    expected = dict(zip(files, ["missing", "damaged", "unknown", "newer", "unknown"], strict=True))
    for name, file in files.items():
        with pytest.raises(KnownError) as error:
            finish(merging.merge(library, file))
        assert error.value.code == f"bundle.{expected[name]}", name
        assert name in Catalogue("en").error(error.value)
    with pytest.raises(KnownError, match=r"merge\.itself"):
        finish(merging.merge(library, library_file))


def test_an_older_library_is_read_as_a_copy_and_stays_as_it_is(library, tmp_path, request):
    old = request.config.rootpath / "tests/data/library-v1.bdlib"
    file = tmp_path / "old.bdlib"
    shutil.copy(old, file)
    file.chmod(0o444)
    report = merged(library, file)
    assert report.added["themes"] > 0
    assert file.read_bytes() == old.read_bytes()
    assert [each.name for each in tmp_path.glob("old*")] == ["old.bdlib"]
