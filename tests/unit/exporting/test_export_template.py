from __future__ import annotations

import json

import pytest

from bulletin_desktop.exporting.template import (
    ROLES,
    copy_template,
    load_template,
    templates,
)
from bulletin_desktop.exporting.word_styles import HEADINGS, STYLES
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.paths import resource


@pytest.fixture
def raw():
    return json.loads(resource("export/compilation.json").read_text(encoding="utf-8"))


@pytest.fixture
def load(tmp_path):
    def load_raw(raw):
        path = tmp_path / "template.json"
        path.write_text(json.dumps(raw), encoding="utf-8")
        return load_template(str(path))

    return load_raw


def test_the_default_keeps_to_the_standard():
    """GB/T 9704-2012: 156 x 225 mm type area of 22 lines with 28 characters of 16 pt."""
    template = load_template()
    page, body = template.page, template.styles["body"]
    assert (page.width, page.height) == (11906, 16838)
    assert page.text_width / 1440 * 25.4 == pytest.approx(156, abs=0.2)
    assert page.text_height / 1440 * 25.4 == pytest.approx(225, abs=0.2)
    assert (page.lines, page.characters) == (22, 28)
    assert page.lines * body.line <= page.text_height / 20
    assert (body.size, body.font, body.first_line) == (16, "仿宋_GB2312", 2)
    assert (template.styles["title"].font, template.styles["title"].size) == ("方正小标宋简体", 22)


def test_every_role_has_a_word_style():
    assert set(STYLES) | set(HEADINGS) == set(ROLES)
    assert len({identifier for identifier, _ in STYLES.values()}) == len(STYLES)


def test_a_changed_value_arrives(raw, load):
    raw["styles"]["body"]["size"] = 14
    assert load(raw).styles["body"].size == 14


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("latin", ""),
        ("latin", 3),
        ("page", []),
        ("page.width", "wide"),
        ("page.width", -1),
        ("page.lines", 0),
        ("page.colour", "red"),
        ("alternates.黑体", "SimHei"),
        ("styles.body", None),
        ("styles.body.size", 0),
        ("styles.body.size", True),
        ("styles.body.line", 0),
        ("styles.body.align", "justify"),
        ("styles.body.font", ""),
        ("styles.body.font", "仿\x00宋"),
        ("styles.note.shade", "beige"),
        ("styles.note.border", "bfbfbf"),
        ("styles.masthead_name.colour", "red"),
        ("styles.masthead_line.rule_width", "2"),
        ("numbers", None),
        ("numbers.pattern", "— —"),
        ("numbers.place", "left"),
        ("subheads", ["黑体"]),
        ("columns", [1, 2, 3, 4, 5, 0]),
        ("parts.index", 1),
        ("titles.zh", ""),
        ("styles.poem", {}),
    ],
)
def test_an_unfit_value_is_named(raw, load, place, value):
    *way, last = place.split(".")
    inner = raw
    for step in way:
        inner = inner[step]
    inner[last] = value
    with pytest.raises(KnownError) as caught:
        load(raw)
    assert caught.value.code == "export.bad_template"
    assert caught.value.params["where"] == place


@pytest.mark.parametrize("place", ["styles.body", "styles.body.font", "page.width", "latin"])
def test_a_missing_value_is_named(raw, load, place):
    *way, last = place.split(".")
    inner = raw
    for step in way:
        inner = inner[step]
    del inner[last]
    with pytest.raises(KnownError) as caught:
        load(raw)
    assert caught.value.params["where"] == place


def test_margins_wider_than_the_paper(raw, load):
    raw["page"]["left"] = 11000
    with pytest.raises(KnownError) as caught:
        load(raw)
    assert caught.value.params["where"] == "page.text_width"


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe\xff", b"[]"])
def test_no_template_at_all(tmp_path, content):
    path = tmp_path / "template.json"
    path.write_bytes(content)
    with pytest.raises(KnownError) as caught:
        load_template(str(path))
    assert caught.value.params == {"path": str(path), "where": ""}


def test_a_missing_template(tmp_path):
    with pytest.raises(KnownError) as caught:
        load_template(str(tmp_path / "none.json"))
    assert caught.value.code == "export.bad_template"


@pytest.fixture
def own(tmp_path, monkeypatch):
    """The folder of the user's own templates."""
    monkeypatch.setattr("bulletin_desktop.exporting.template.user_templates", lambda: tmp_path)
    return tmp_path


def test_the_programs_templates_can_be_used_and_are_named_in_both_languages(own):
    found = templates()
    assert [told.name for told in found] == ["compilation", "bulletin", "cards", "plain"]
    assert all(told.error is None and not told.own for told in found)
    assert all(told.titles["zh"] and told.titles["en"] for told in found)
    assert load_template("plain").fonts == ("宋体",)
    assert load_template("cards").page.width > load_template("cards").page.height


def test_a_copy_is_listed_after_them_under_its_own_name(own):
    path = copy_template("bulletin", "我局简报")
    assert path == own / "我局简报.json"
    told = templates()[-1]
    assert (told.name, told.own, told.path) == ("我局简报", True, path)
    assert told.titles == {"zh": "我局简报", "en": "我局简报"}
    copied, original = load_template("我局简报"), load_template("bulletin")
    assert (copied.styles, copied.page) == (original.styles, original.page)


def test_a_broken_template_is_listed_with_its_error(own):
    (own / "坏.json").write_text('{"styles": {}}', encoding="utf-8")
    told = templates()[-1]
    assert (told.name, told.titles) == ("坏", {})
    assert told.error is not None
    assert told.error.code == "export.bad_template"


@pytest.mark.parametrize("name", ["", "a/b", "..", "甲:乙", "plain", "甲\n乙", "末."])
def test_a_name_that_no_template_can_have(own, name):
    with pytest.raises(KnownError) as caught:
        copy_template("plain", name)
    assert caught.value.code == "export.template_name"
    assert list(own.iterdir()) == []


def test_a_copy_never_overwrites(own):
    path = copy_template("plain", "我的")
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(KnownError) as caught:
        copy_template("cards", "我的")
    assert caught.value.code == "export.template_exists"
    assert path.read_text(encoding="utf-8") == "mine"
