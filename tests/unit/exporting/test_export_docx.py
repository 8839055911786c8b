from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bulletin_desktop.exporting.blocks import CompiledGroup
from bulletin_desktop.exporting.docx import write_docx
from bulletin_desktop.exporting.template import load_template
from bulletin_desktop.exporting.wordml import clean
from bulletin_desktop.model.change import Message, Progress

GOLDEN = Path(__file__).parents[2] / "golden" / "export" / "compilation.txt"

# Everything that Python text can hold, lone surrogates and control characters too.
odd_text = st.text(st.characters(exclude_categories=()), max_size=30)


def part(path: Path, name: str):
    with zipfile.ZipFile(path) as package:
        return parse_xml(package.read(name))


def readable(path: Path) -> str:
    """The body of a document as one line a paragraph: style, properties, and what it prints."""
    body = part(path, "word/document.xml")[0]
    lines = []
    for child in body:
        if child.tag == qn("w:p"):
            lines.append(_paragraph(child))
        for section in child.iter(qn("w:sectPr")):
            lines.append(_section(section))
    return "\n".join(lines) + "\n"


def _paragraph(paragraph) -> str:
    properties = paragraph.find(qn("w:pPr"))
    words = []
    for item in properties:
        name = item.tag.split("}")[1]
        if name == "pStyle":
            words.insert(0, item.get(qn("w:val")))
        elif name != "sectPr":
            words.append(name + "".join(f" {k.split('}')[1]}={v}" for k, v in item.items()))
    return f"[{', '.join(words)}] {''.join(map(_printed, paragraph.iter()))}"


def _printed(item) -> str:
    name = item.tag.split("}")[1]
    if name == "fldChar":
        return {"begin": "{", "separate": "=", "end": "}"}[item.get(qn("w:fldCharType"))]
    if name == "bookmarkStart":
        return f"<{item.get(qn('w:name'))}>"
    if name == "hyperlink":
        return f"<to {item.get(qn('w:anchor'))}>"
    if name == "instrText":
        return item.text.strip()
    within_run = item.getparent().tag == qn("w:r")
    marks = {"t": item.text, "br": "<br>", "tab": "<tab>"}
    return (marks.get(name) or "") if within_run else ""


def _section(section) -> str:
    words = []
    for item in section:
        values = " ".join(f"{k.split('}')[1]}={v}" for k, v in item.items())
        words.append(f"{item.tag.split('}')[1]} {values}")
    return "--- " + "; ".join(words)


def test_the_body_is_as_agreed(compilation, write):
    assert readable(write(compilation)) == GOLDEN.read_text(encoding="utf-8")


def test_the_validator_passes_it(compilation, write, errors_of):
    assert errors_of(write(compilation)) == []


@pytest.mark.parametrize("with_notes", [True, False])
def test_the_validator_passes_small_compilations(
    compile_groups, article, write, errors_of, with_notes
):
    for groups in [
        (),
        (CompiledGroup(None, ()),),
        (CompiledGroup("只有标题", ()),),
        (CompiledGroup(None, (article(title=None, note="注"),)),),
        (CompiledGroup(None, (article(paragraphs=(), source=None, issue_label=""),)),),
        (CompiledGroup(None, (article(title="a\r\nb", subtitle="c\td"),)),),
    ]:
        some = compile_groups(*groups, line=None, with_notes=with_notes)
        assert errors_of(write(some)) == [], groups


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(odd_text, odd_text, odd_text, odd_text)
def test_the_validator_passes_odd_characters(
    compile_groups, article, write, errors_of, title, body, source, note
):
    odd = article(title=title, kicker=body, paragraphs=(body, source), source=source, note=note)
    group = CompiledGroup(title, (odd, article()))
    path = write(compile_groups(group, title=title, line=body, author=source))
    assert errors_of(path) == []


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(odd_text)
def test_every_character_arrives_or_is_seen_to_be_replaced(compile_groups, article, write, text):
    framed = f"前{text}后"
    path = write(compile_groups(CompiledGroup(None, (article(paragraphs=(framed,)),))))
    body = [p.text for p in docx.Document(str(path)).paragraphs if p.style.name == "Body Text"]
    # XML has one line end; Word's break for it reads back as a line feed.
    assert body == [clean(framed).replace("\r\n", "\n").replace("\r", "\n")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a\x00b", "a\ufffdb"), ("\x0b\x1f", "\ufffd\ufffd"), ("\ud800", "\ufffd"),
     ("\ufffe\uffff", "\ufffd\ufffd"), ("𠮷𬱖\t\n", "𠮷𬱖\t\n")],
)  # fmt: skip
def test_only_what_xml_cannot_hold_is_replaced(text, expected):
    assert clean(text) == expected


def test_every_style_names_its_fonts(compilation, write):
    template = load_template()
    styles = part(write(compilation), "word/styles.xml").findall(qn("w:style"))
    fonts = {}
    for style in styles:
        if style.get(qn("w:type")) == "paragraph":
            found = style.find(qn("w:rPr")).find(qn("w:rFonts"))
            fonts[style.get(qn("w:styleId"))] = {k.split("}")[1]: v for k, v in found.items()}
    assert len(fonts) == len(template.styles)
    for names in fonts.values():
        assert names["ascii"] == names["hAnsi"] == names["cs"] == "Times New Roman"
    assert fonts["BodyText"]["eastAsia"] == "仿宋_GB2312"
    assert fonts["Heading1"]["eastAsia"] == "黑体"
    assert fonts["Heading2"]["eastAsia"] == "方正小标宋简体"
    assert fonts["ArticleSource"]["eastAsia"] == "楷体_GB2312"


def test_body_and_headings_are_what_word_expects(compilation, write):
    document = docx.Document(str(write(compilation)))
    body = document.styles["Body Text"].element
    indent = body.find(qn("w:pPr")).find(qn("w:ind"))
    assert indent.get(qn("w:firstLineChars")) == "200"
    assert indent.get(qn("w:firstLine")) == "640"
    spacing = body.find(qn("w:pPr")).find(qn("w:spacing"))
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("579", "exact")
    for name, level in [("Heading 1", "0"), ("Heading 2", "1")]:
        properties = document.styles[name].element.find(qn("w:pPr"))
        assert properties.find(qn("w:outlineLvl")).get(qn("w:val")) == level
        assert properties.find(qn("w:keepNext")) is not None
        assert properties.find(qn("w:widowControl")) is not None


def test_defaults_speak_chinese_and_ask_for_fresh_fields(compilation, write):
    path = write(compilation)
    language = next(part(path, "word/styles.xml").iter(qn("w:lang")))
    assert language.get(qn("w:eastAsia")) == "zh-CN"
    found = {child.tag for child in part(path, "word/settings.xml")}
    assert {qn("w:updateFields"), qn("w:evenAndOddHeaders"), qn("w:mirrorMargins")} <= found


def test_fonts_have_stand_ins(compilation, write):
    fonts = {
        font.get(qn("w:name")): font.find(qn("w:altName"))
        for font in part(write(compilation), "word/fontTable.xml")
    }
    assert fonts["仿宋_GB2312"].get(qn("w:val")) == "仿宋,FangSong"
    assert fonts["Times New Roman"] is None


def test_properties(compilation, compile_groups, write):
    properties = docx.Document(str(write(compilation))).core_properties
    assert properties.title == "青河县工会工作选编"
    assert properties.author == properties.last_modified_by == "青河县总工会"
    assert properties.language == "zh-CN"
    assert properties.comments == ""
    long = docx.Document(str(write(compile_groups(title="长" * 300 + "\x00")))).core_properties
    assert long.title == "长" * 255
    assert long.author == ""
    anonymous = replace(compile_groups(), annotator="王老师")
    assert docx.Document(str(write(anonymous))).core_properties.author == "王老师"
    assert "王老师" not in "".join(p.text for p in docx.Document(str(write(anonymous))).paragraphs)
    signed = replace(compilation, annotator="王老师")
    assert docx.Document(str(write(signed))).core_properties.author == "青河县总工会"


def test_no_stranger_in_the_package(compilation, write):
    with zipfile.ZipFile(write(compilation)) as package:
        names = {name for name in package.namelist() if not name.endswith(".rels")}
        text = b"".join(package.read(name) for name in names)
    assert names == {
        "[Content_Types].xml", "docProps/core.xml", "word/document.xml", "word/fontTable.xml",
        "word/footer1.xml", "word/footer2.xml", "word/settings.xml", "word/styles.xml",
        "word/theme.xml",
    }  # fmt: skip
    assert b"python-docx" not in text


def test_every_style_used_is_defined(compilation, write):
    path = write(compilation)
    defined = {s.get(qn("w:styleId")) for s in part(path, "word/styles.xml").iter(qn("w:style"))}
    used = {s.get(qn("w:val")) for s in part(path, "word/document.xml").iter(qn("w:pStyle"))}
    assert used <= defined


def test_no_paragraph_is_empty_but_the_one_that_ends_the_contents(compilation, write):
    paragraphs = docx.Document(str(write(compilation))).paragraphs
    empty = [p for p in paragraphs if not p.text]
    assert [p._p.pPr.find(qn("w:sectPr")) is not None for p in empty] == [True]


def test_progress_counts_articles(compile_groups, article, tmp_path):
    many = compile_groups(CompiledGroup(None, (article(),) * 25))
    seen = list(write_docx(many, tmp_path / "a.docx"))
    assert [step.done for step in seen] == [0, 10, 20, 25]
    assert seen[1] == Progress(10, 25, Message("export.progress", {"done": 10, "total": 25}))


def test_a_template_of_ones_own(compilation, tmp_path):
    template = load_template()
    page = type(template.page)(16838, 11906, 1440, 1440, 1440, 1440, 720, 16, 40)
    own = type(template)(page, "Arial", {}, template.styles)
    for _ in write_docx(compilation, tmp_path / "a.docx", own):
        pass
    document = docx.Document(str(tmp_path / "a.docx"))
    assert {section.page_width.twips for section in document.sections} == {16838}
    normal = document.styles["Normal"].element.rPr.rFonts
    assert normal.get(qn("w:ascii")) == "Arial"
