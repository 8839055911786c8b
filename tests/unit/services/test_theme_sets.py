"""Theme sets: out and in again in both formats, completed and never overwritten, all told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from bulletin_desktop.exporting import theme_set
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.theme_set import SetTheme, ThemeSet
from bulletin_desktop.services import Library, history, theme_sets, themes

SCHEMA = Path(__file__).parents[2] / "data" / "refi-qda" / "Codebook.xsd"
NS = 'xmlns="urn:QDA-XML:codebook:1.0"'


def everything(library):
    """All that a set can carry, with parents by their names."""
    known = {theme.id: theme for theme in themes.all_themes(library)}
    return {
        t.name: t._replace(id=0, articles=0, highlights=0, parent=t.parent and known[t.parent].name)
        for t in known.values()
    }


def codes(report):
    return [remark.code.removeprefix("theme_set.") for remark in report.remarks]


@pytest.fixture
def filled(empty_library):
    library = empty_library
    themes.add_starter(library)
    first, second, third = [theme.id for theme in themes.all_themes(library)][:3]
    themes.move(library, first, third)
    themes.move(library, second, first)
    themes.describe(library, first, "一行\n<两行> & \x0b末")
    themes.set_colour(library, second, "#123abc")
    return library


@pytest.fixture
def other(tmp_path):
    with Library(tmp_path / "other.bdlib", create=True) as opened:
        yield opened


def test_the_own_format_brings_all_back(filled, other, tmp_path):
    file = tmp_path / "主题.json"
    assert theme_sets.export_set(filled, file) == (12, ())
    report = theme_sets.import_set(other, file)
    assert (report.added, report.same, report.completed, report.remarks) == (12, 0, 0, ())
    assert everything(other) == everything(filled)
    again = tmp_path / "again.json"
    theme_sets.export_set(other, again)
    assert again.read_bytes() == file.read_bytes()
    repeated = theme_sets.import_set(other, file)
    assert (repeated.same, repeated.change.step, repeated.remarks) == (12, None, ())
    history.undo(other)
    assert themes.all_themes(other) == []


def test_a_codebook_is_valid_and_the_same_after_a_round_trip(filled, other, tmp_path):
    file, again = tmp_path / "a.qdc", tmp_path / "b.QDC"
    written = theme_sets.export_set(filled, file)
    assert codes(written) == ["qdc_leaves"]
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    tree = etree.parse(file)
    schema.assertValid(tree)
    report = theme_sets.import_set(other, file)
    assert (report.added, report.remarks) == (12, ())
    mine, theirs = everything(filled), everything(other)
    for name, theme in mine.items():
        description = theme.description.replace("\x0b", "")
        assert theirs[name] == theme._replace(
            aliases=(), words=(), key=None, description=description
        )
    theme_sets.export_set(other, again)
    assert again.read_bytes() == file.read_bytes()
    guids = set(tree.xpath("//@guid"))
    assert len(guids) == 12
    themes.move(other, themes.by_name(other, "组织建设").id, None)
    theme_sets.export_set(other, again)
    assert again.read_bytes() != file.read_bytes()
    assert set(etree.parse(again).xpath("//@guid")) == guids


def test_existing_themes_are_completed_and_nothing_is_overwritten(empty_library, tmp_path):
    library = empty_library
    themes.add(library, "工资", colour="#2a9170", aliases=["薪酬"], key="1")
    themes.add(library, "安全")
    themes.describe(library, themes.by_name(library, "工资").id, "我的说明")
    entries = [
        {"name": "安全", "parent": "权益", "description": "来的说明", "key": "1"},
        {"name": "权益", "key": "2"},
        {
            "name": "薪酬", "colour": "#000000", "aliases": ["报酬", "安全", "工资", "新的"],
            "words": ["绩效"], "description": "别的", "key": "3",
        },
        {"name": "新的", "parent": "没有", "aliases": ["薪水"], "colour": "green"},
        {"name": " "},
        {"name": "长" * 70},
    ]  # fmt: skip
    file = tmp_path / "set.json"
    whole = {"format": "bulletin-desktop-themes", "version": 1, "themes": entries}
    file.write_text(json.dumps(whole), "utf-8-sig")
    report = theme_sets.import_set(library, file)
    assert (report.added, report.same, report.completed) == (3, 0, 2)
    assert sorted(codes(report)) == sorted(
        [
            "no_parent", "nameless", "cut", "kept_colour", "kept_parent", "kept_description",
            "kept_key", "alias_taken", "bad_colour",
        ]
    )  # fmt: skip
    told = {remark.code: remark.params["names"] for remark in report.remarks}
    assert told["theme_set.alias_taken"] == "安全、新的"
    assert told["theme_set.kept_key"] == "工资、安全"
    found = everything(library)
    wages = found["工资"]
    assert (wages.aliases, wages.words) == (("薪酬", "报酬"), ("绩效",))
    assert (wages.colour, wages.description, wages.key) == ("#2a9170", "我的说明", "1")
    assert (found["安全"].description, found["安全"].parent) == ("来的说明", None)
    assert (found["权益"].key, found["新的"].aliases) == ("2", ("薪水",))
    history.undo(library)
    assert len(themes.all_themes(library)) == 2


def test_codes_of_one_name_are_told_apart_and_stay_so(empty_library, tmp_path):
    file = tmp_path / "other program.qdc"
    guid = "00000000-0000-0000-0000-00000000000"
    file.write_text(
        f"""<CodeBook {NS}><Codes>
        <Code guid="{guid}1" name="甲" isCodable="false" color="#abc">
          <Code guid="{guid}2" name="其他" isCodable="true"/></Code>
        <Code guid="{guid}3" name="乙" isCodable="true"><Description>说</Description>
          <Code guid="{guid}4" name="其他" isCodable="true"/></Code>
        </Codes><Sets><Set guid="{guid}5" name="一组"/></Sets></CodeBook>"""
    )
    etree.XMLSchema(etree.parse(SCHEMA)).assertValid(etree.parse(file))
    report = theme_sets.import_set(empty_library, file)
    assert codes(report) == ["not_codable", "sets", "twice"]
    found = everything(empty_library)
    assert {name: theme.parent for name, theme in found.items()} == {
        "甲": None, "乙": None, "其他": "甲", "其他（乙）": "乙",
    }  # fmt: skip
    assert (found["甲"].colour, found["乙"].description) == ("#aabbcc", "说")
    assert theme_sets.import_set(empty_library, file).same == 4


def test_a_ring_in_a_file_is_opened(empty_library):
    given = [{"name": "甲", "parent": "乙"}, {"name": "乙", "parent": "甲"}]
    whole = {"format": theme_set.FORMAT, "version": 1, "themes": given}
    loaded = theme_set.load(json.dumps(whole).encode())
    theme_sets.add_set(empty_library, loaded, "x")
    assert {n: t.parent for n, t in everything(empty_library).items()} == {"甲": None, "乙": "甲"}
    assert [remark.params["names"] for remark in loaded.remarks] == ["甲"]


ENTITY = '<!DOCTYPE CodeBook [<!ENTITY e SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.json", b"{", "unreadable"),
        ("a.json", b"[]", "unreadable"),
        ("a.json", b"\xff\xfe", "unreadable"),
        ("a.json", b"[" * 100_000, "unreadable"),
        ("a.json", b'{"format": "bulletin-desktop-themes", "version": 2}', "newer"),
        ("a.json", b'{"format": "bulletin-desktop-themes", "version": 1, "themes": [1]}',
         "unreadable"),
        ("a.json", b'{"format": "bulletin-desktop-themes", "version": 1,'
         b' "themes": [{"name": "\\ud800"}]}', "unreadable"),
        ("a.qdc", b"<CodeBook>", "unreadable"),
        ("a.qdc", b"", "unreadable"),
        ("a.xml", b"<Project/>", "unreadable"),
        ("a.qdc", f"{ENTITY}<CodeBook {NS}><Codes/></CodeBook>".encode(), "unreadable"),
    ],
)  # fmt: skip
def test_what_is_no_theme_set_is_refused(empty_library, tmp_path, name, data, code):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(KnownError) as caught:
        theme_sets.import_set(empty_library, tmp_path / name)
    assert caught.value.code == f"theme_set.{code}"
    assert history.steps(empty_library) == []


def test_what_cannot_be_written_is_said(empty_library, tmp_path):
    for name, code in (("a.json", "empty"), ("a.csv", "unknown_format")):
        with pytest.raises(KnownError) as caught:
            theme_sets.export_set(empty_library, tmp_path / name)
        assert caught.value.code == f"theme_set.{code}"
    assert list(tmp_path.glob("a.*")) == []


def test_a_set_may_name_a_theme_twice_by_its_alias(empty_library):
    themes.add(empty_library, "工资", aliases=["薪酬"])
    both = ThemeSet((SetTheme("薪酬", key="1"), SetTheme("工资", words=("绩效",))))
    report = theme_sets.add_set(empty_library, both, "x")
    assert (report.completed, len(themes.all_themes(empty_library))) == (2, 1)
    theme = themes.by_name(empty_library, "工资")
    assert (theme.key, theme.words) == ("1", ("绩效",))
