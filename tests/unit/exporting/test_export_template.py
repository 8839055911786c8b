from __future__ import annotations

import json

import pytest

from bulletin_desktop.exporting.template import ROLES, load_template
from bulletin_desktop.exporting.wordml import STYLES
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
        return load_template(path)

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
    assert set(STYLES) == set(ROLES)
    assert len({identifier for identifier, _ in STYLES.values()}) == len(ROLES)


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
        load_template(path)
    assert caught.value.params == {"path": str(path), "where": ""}


def test_a_missing_template(tmp_path):
    with pytest.raises(KnownError) as caught:
        load_template(tmp_path / "none.json")
    assert caught.value.code == "export.bad_template"
