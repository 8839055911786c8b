from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openxml_audit.odf import OdfValidator

from bulletin_desktop.exporting import measured
from bulletin_desktop.exporting.compiled import CompiledGroup, Masthead, Printing
from bulletin_desktop.exporting.odt import write_odt
from bulletin_desktop.exporting.odt_xml import add, add_text, document, named, serialised
from bulletin_desktop.exporting.template import load_template
from bulletin_desktop.exporting.text_file import clean

GOLDEN = Path(__file__).parents[2] / "golden" / "export" / "odt"
NAMES = re.compile(r' xmlns:\w+="[^"]+"')
UNMEASURED = Printing(notes="printed", measured=False)
MASTHEAD = Masthead("青河工会简报", "第12期", "青河县总工会办公室", "2011年3月5日")
DISTRIBUTION = ("报：市总工会", "发：各基层工会\t（共印120份）")
TEMPLATES = ("compilation", "bulletin", "cards", "plain")

# Everything that Python text can hold, lone surrogates and control characters too.
odd_text = st.text(st.characters(exclude_categories=()) | st.sampled_from(" \t\n\r"), max_size=30)


@pytest.fixture(scope="module")
def errors_of_odt():
    validator = OdfValidator(relaxng_validation=True)  # of OpenDocument 1.3; it takes a while

    def errors(path):
        result = validator.validate(path)
        return [] if result.is_valid else [str(error) for error in result.errors]

    return errors


@pytest.fixture
def odt(tmp_path):
    """Writes a compilation, by default as 选编 and without asking LibreOffice for page numbers."""

    def write(compilation, template=None, **printing):
        path = tmp_path / "选编.odt"
        chosen = replace(compilation.printing, **{"measured": False, **printing})
        template = template or load_template()
        for _ in write_odt(replace(compilation, printing=chosen), path, template):
            pass
        return path

    return write


def part(path, name):
    with zipfile.ZipFile(path) as package:
        return etree.fromstring(package.read(name))


def readable(element, depth=0):
    """XML with a line for each element, but for what is within a paragraph."""
    xml = NAMES.sub("", etree.tostring(element, encoding="unicode", with_tail=False))
    if element.tag in (named("text:p"), named("text:h")) or not len(element):
        return f"{'  ' * depth}{xml}\n"
    inner = "".join(readable(child, depth + 1) for child in element)
    return f"{'  ' * depth}{xml.partition('>')[0]}>\n{inner}"


def with_parts(name, **parts):
    template = load_template(name)
    return replace(template, parts=replace(template.parts, **parts))


def texts(path, style):
    """What the paragraphs of a style say, as a reader of the format would have it."""
    return [said(p) for p in part(path, "content.xml").iter(named("text:p")) if style == look(p)]


def look(paragraph):
    """The style of a paragraph, or the one that its automatic style rests on."""
    name = paragraph.get(named("text:style-name"))
    root = paragraph.getroottree().getroot()
    for style in root.iter(named("style:style")):
        if style.get(named("style:name")) == name:
            return style.get(named("style:parent-style-name"))
    return name


def said(element):
    """The text of an element without notes: white space collapses, elements keep it."""
    kept = {"text:s": "\x01", "text:tab": "\x02", "text:line-break": "\x03"}
    marks = {named(name): mark for name, mark in kept.items()}

    def raw(item):
        if item is not element and item.tag in (named("office:annotation"), named("text:note")):
            return ""
        mark = marks.get(item.tag, "")
        mark *= int(item.get(named("text:c"), "1")) if mark == "\x01" else 1
        inner = "".join(raw(child) + (child.tail or "") for child in item)
        return mark or (item.text or "") + inner

    collapsed = re.sub("[ \t\r\n]+", " ", raw(element))
    collapsed = re.sub(r"^ | $|(?<=[\x01-\x03]) | (?=[\x01-\x03])", "", collapsed)
    return collapsed.translate({1: " ", 2: "\t", 3: "\n"})


@pytest.mark.parametrize(
    ("name", "parts"),
    [("compilation", {"index": True}), ("bulletin", {}), ("cards", {})],
)
def test_content_is_as_agreed(annotated, odt, name, parts):
    told = replace(annotated, masthead=MASTHEAD, distribution=DISTRIBUTION)
    content = part(odt(told, with_parts(name, **parts)), "content.xml")
    expected = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert readable(content) == expected


def test_styles_are_as_agreed(annotated, odt):
    styles = part(odt(annotated), "styles.xml")
    assert readable(styles) == (GOLDEN / "styles.txt").read_text(encoding="utf-8")


def test_the_schema_allows_it(annotated, compilation, hostile, odt, errors_of_odt):
    for name in TEMPLATES:
        template = with_parts(name, index=name != "cards", contents=name != "cards")
        assert errors_of_odt(odt(annotated, template)) == [], name
    assert errors_of_odt(odt(annotated, notes="printed", citations="endnotes")) == []
    assert errors_of_odt(odt(compilation, citations="none")) == []
    assert errors_of_odt(odt(hostile)) == []
    assert errors_of_odt(odt(hostile, load_template("cards"))) == []


def test_the_schema_allows_small_compilations(compile_groups, article, odt, errors_of_odt):
    for groups in [
        (),
        (CompiledGroup("只有标题", ()),),
        (CompiledGroup(None, (article(paragraphs=(), title=None, source=None, issue_label=""),)),),
    ]:
        for name in TEMPLATES:
            some = compile_groups(*groups, title="", line=None, distribution=("报：",))
            assert errors_of_odt(odt(some, load_template(name))) == [], (groups, name)


@settings(max_examples=200, deadline=None)
@given(odd_text, odd_text)
def test_every_character_arrives_or_is_seen_to_be_replaced(text, more):
    paragraph = add(document("office:document-content", "text"), "text:p", text=f"前{text}")
    add_text(paragraph, f"{more}后")
    expected = [clean(x).replace("\r\n", "\n").replace("\r", "\n") for x in (text, more)]
    assert said(etree.fromstring(serialised(paragraph))) == f"前{''.join(expected)}后"


def test_all_text_is_in_the_document(annotated, odt):
    assert texts(odt(annotated), "Text_20_body") == [
        paragraph
        for group in annotated.groups
        for article in group.articles
        for paragraph in article.paragraphs
    ]


def test_what_users_write_stays_words(hostile, odt):
    path = odt(hostile)
    titles = [said(h) for h in part(path, "content.xml").iter(named("text:h"))]
    for group in hostile.groups:
        assert clean(group.heading) in titles


def test_the_outline_has_no_gaps(annotated, compile_groups, article, odt):
    def levels(path):
        return [h.get(named("text:outline-level")) for h in part(path, "content.xml").iter(
            named("text:h"))]  # fmt: skip

    assert levels(odt(annotated)) == ["1", "2", "1", "2"]
    group = CompiledGroup("乡镇", (article(),), 2)
    assert levels(odt(compile_groups(CompiledGroup("县", ()), group))) == ["1", "2", "3"]
    assert levels(odt(compile_groups(CompiledGroup(None, (article(),))))) == ["1"]


def test_every_style_used_is_defined(annotated, odt):
    for name in TEMPLATES:
        path = odt(annotated, load_template(name))
        content, styles = part(path, "content.xml"), part(path, "styles.xml")
        defined = {
            style.get(named("style:name"))
            for root in (content, styles)
            for tag in ("style:style", "style:master-page", "style:page-layout")
            for style in root.iter(named(tag))
        }
        uses = ("text:style-name", "table:style-name", "draw:style-name", "style:master-page-name",
                "style:parent-style-name", "style:page-layout-name")  # fmt: skip
        used = {
            x.get(named(use)) for root in (content, styles) for x in root.iter() for use in uses
        }
        assert used - {None} <= defined, name


def test_comments_name_their_author_and_end_where_their_passage_does(annotated, odt):
    content = part(odt(annotated), "content.xml")
    told = [
        [said(child) for child in comment] for comment in content.iter(named("office:annotation"))
    ]
    assert told == [
        ["张三", "2026-11-01T02:00:00Z", "可作专题材料。"],
        ["李四", "典型。", "待核。"],
    ]
    open_at, passages = {}, {}
    for place in content.iter(named("office:annotation"), named("office:annotation-end")):
        name = place.get(named("office:name"))
        if place.tag == named("office:annotation"):
            open_at[name] = place
        else:
            passages[name] = between(open_at.pop(name), place)
    assert open_at == {}
    assert list(passages.values()) == [
        "青河县总工会召开会议\n学习贯彻“十二五”规划",
        "召开职工代表大会，审议通过《工资集体",
    ]


def between(start, end):
    """What is said between two places."""
    root = start.getroottree().getroot().find(f".//{named('office:text')}")
    marked, inside = [], False
    for item in root.iter():
        if item is start:
            inside = True
            marked.append(item.tail or "")
        elif item is end:
            break
        elif inside and not any(x is start for x in item.iterancestors()):
            words = "\n" if item.tag == named("text:line-break") else item.text or ""
            marked.append(words + (item.tail or "" if not len(item) else ""))
    return "".join(marked)


@pytest.mark.parametrize("citations", ["footnotes", "endnotes"])
def test_citations_are_notes(annotated, odt, citations):
    notes = list(part(odt(annotated, citations=citations), "content.xml").iter(named("text:note")))
    assert {note.get(named("text:note-class")) for note in notes} == {citations[:-1]}
    assert said(notes[0][1]).strip() == annotated.groups[0].articles[0].citation


def test_page_numbers_are_those_that_were_measured(annotated, tmp_path, monkeypatch):
    def pages_of(data, ending, bookmarks, sign):
        yield sign
        return {anchor: 40 + anchor for anchor in bookmarks if anchor}

    monkeypatch.setattr(measured, "pages_of", pages_of)
    for _ in write_odt(annotated, tmp_path / "a.odt", load_template()):
        pass
    content = part(tmp_path / "a.odt", "content.xml")
    numbers = {
        int(field.get(named("text:ref-name")).removeprefix("_Toc")): int(field.text)
        for field in content.iter(named("text:bookmark-ref"))
    }
    assert len(numbers) == 4
    assert all(page == 40 + anchor for anchor, page in numbers.items())


def test_the_package(annotated, odt):
    path = odt(annotated)
    with zipfile.ZipFile(path) as package:
        first = package.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert package.read(first) == b"application/vnd.oasis.opendocument.text"
    meta = {item.tag: item.text for item in part(path, "meta.xml")[0]}
    assert meta[named("dc:title")] == "青河县工会工作选编"
    assert meta[named("dc:creator")] == meta[named("meta:initial-creator")] == "青河县总工会"
    assert meta[named("dc:language")] == "zh-CN"
    keywords = [x.text for x in part(path, "meta.xml").iter(named("meta:keyword"))]
    assert keywords == ["权益", "工资协商"]


def test_progress_counts_articles_and_closing_leaves_the_old_file(
    compile_groups, article, tmp_path
):
    path = tmp_path / "a.odt"
    path.write_bytes(b"old")
    group = CompiledGroup(None, (article(),) * 25)
    steps = write_odt(compile_groups(group, printing=UNMEASURED), path, load_template())
    assert [next(steps).done for _ in range(3)] == [0, 10, 20]
    steps.close()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    again = write_odt(compile_groups(group, printing=UNMEASURED), path, load_template())
    assert [step.done for step in again] == [0, 10, 20, 25]
    assert path.read_bytes().startswith(b"PK")
