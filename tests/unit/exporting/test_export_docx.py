from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bulletin_desktop.exporting.compiled import Comment, CompiledGroup, Masthead, Printing
from bulletin_desktop.exporting.docx import write_docx
from bulletin_desktop.exporting.template import load_template
from bulletin_desktop.exporting.text_file import clean
from bulletin_desktop.model.change import Message, Progress

GOLDEN = Path(__file__).parents[2] / "golden" / "export" / "docx"

# Everything that Python text can hold, lone surrogates and control characters too.
odd_text = st.text(st.characters(exclude_categories=()), max_size=30)


def part(path: Path, name: str):
    with zipfile.ZipFile(path) as package:
        return parse_xml(package.read(name))


def readable(path: Path) -> str:
    """A document as one line a paragraph: style, properties, and what it prints; then its notes."""
    lines = []
    for child in part(path, "word/document.xml")[0]:
        lines += _table(child) if child.tag == qn("w:tbl") else []
        lines += [_paragraph(child)] if child.tag == qn("w:p") else []
        lines += map(_section, child.iter(qn("w:sectPr")))
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if re.search("notes|comments|footer", name)]
    for name in names:
        lines.append(f"=== {name}")
        root = part(path, name)
        for note in [root] if "footer" in name else root:
            told = " ".join(f"{key.split('}')[1]}={value}" for key, value in note.items())
            lines += [f"({told}) {_paragraph(each)}" for each in note.iter(qn("w:p"))]
    return "\n".join(lines) + "\n"


def _table(table) -> list[str]:
    lines = ["+++ " + _values(table[0]), "+++ " + _values(table[1])]
    for row in table.iter(qn("w:tr")):
        cells = [" ".join(map(_paragraph, cell.iter(qn("w:p")))) for cell in row.iter(qn("w:tc"))]
        edges = "".join(f" edge={x.get(qn('w:color'))}" for x in row.iter(qn("w:left")))
        lines.append(f"| {' | '.join(cells)} |{edges} {_values(row[0])}")
    return lines


def _values(item) -> str:
    """The names and attributes of all that is in an element."""
    inner = [child for child in item.iter() if child is not item]
    return "; ".join(" ".join([c.tag.split("}")[1], *map(_value, c.items())]) for c in inner)


def _value(item) -> str:
    return f"{item[0].split('}')[1]}={item[1]}"


def _paragraph(paragraph) -> str:
    words = []
    for item in paragraph.find(qn("w:pPr")):
        name = item.tag.split("}")[1]
        if name == "pStyle":
            words.insert(0, item.get(qn("w:val")))
        elif name != "sectPr":
            words.append(name + "".join(f" {_value(value)}" for value in item.items()))
    return f"[{', '.join(words)}] {''.join(map(_printed, paragraph.iter()))}"


def _printed(item) -> str:
    name = item.tag.split("}")[1]
    number, value = item.get(qn("w:id")), item.get(qn("w:val"))
    told = {
        "bookmarkStart": f"<{item.get(qn('w:name'))}>",
        "hyperlink": f"<to {item.get(qn('w:anchor'))}>",
        "commentRangeStart": f"‹{number}:",
        "commentRangeEnd": f":{number}›",
        "rStyle": f"‹{value}›",
    }
    if name == "fldChar":
        return {"begin": "{", "separate": "=", "end": "}"}[item.get(qn("w:fldCharType"))]
    if name == "instrText":
        return item.text.strip()
    if name == "shd" and item.getparent().tag == qn("w:rPr"):
        return f"‹#{item.get(qn('w:fill'))}›"
    if item.getparent() is None or item.getparent().tag != qn("w:r"):
        return told.get(name, "")
    marks = {"t": item.text, "br": "<br>", "tab": "<tab>"}
    if name.endswith("Reference"):
        return f"<{name} {number}>"
    return marks.get(name) or ""


def _section(section) -> str:
    words = []
    for item in section:
        values = " ".join(f"{k.split('}')[1]}={v}" for k, v in item.items())
        words.append(f"{item.tag.split('}')[1]} {values}")
    return "--- " + "; ".join(words)


def with_index(name: str):
    """A template; that of compilations prints the index of themes too."""
    template = load_template(name)
    return replace(template, parts=replace(template.parts, index=name == "compilation"))


TEMPLATES = [(name, with_index(name)) for name in ("compilation", "bulletin", "cards", "plain")]


@pytest.fixture
def whole(annotated):
    """A compilation with something in every part that a template may print."""
    return replace(
        annotated,
        intro=("收录三篇，见[[青河县总工会推进工资集体协商]]与[[没有的]]。",),
        masthead=Masthead("青河工会信息", "第3期", "青河县总工会", "2011年3月5日"),
        distribution=("报：市总工会", "青河县总工会办公室\t2011年3月5日印发"),
    )


def as_agreed(path: Path, name: str) -> None:
    golden = GOLDEN / f"{name}.txt"
    assert readable(path) == golden.read_text(encoding="utf-8")


def test_a_plain_compilation_is_as_agreed(compilation, write):
    as_agreed(write(compilation), "simple")


@pytest.mark.parametrize(("name", "template"), TEMPLATES)
def test_each_template_is_as_agreed(whole, write, name, template):
    as_agreed(write(whole, template), name)


def test_endnotes_are_as_agreed(whole, write):
    printing = replace(whole.printing, citations="endnotes", highlights=False)
    as_agreed(write(replace(whole, printing=printing), load_template("plain")), "endnotes")


@pytest.mark.parametrize(("name", "template"), TEMPLATES)
def test_the_validator_passes_every_choice(
    whole, hostile, compilation, write, errors_of, name, template
):
    assert errors_of(write(compilation, template)) == []
    assert errors_of(write(hostile, template)) == []
    for notes, citations in [
        ("none", "line"), ("printed", "footnotes"), ("comments", "endnotes"), ("comments", "none"),
    ]:  # fmt: skip
        printing = Printing(notes, citations, highlights=notes != "none")
        assert errors_of(write(replace(whole, printing=printing), template)) == [], notes


@pytest.mark.parametrize("notes", ["printed", "none"])
def test_the_validator_passes_small_compilations(compile_groups, article, write, errors_of, notes):
    for groups in [
        (),
        (CompiledGroup(None, ()),),
        (CompiledGroup("只有标题", ()),),
        (CompiledGroup(None, (article(title=None, note=Comment("注")),)),),
        (CompiledGroup(None, (article(paragraphs=(), source=None, issue_label=""),)),),
        (CompiledGroup(None, (article(title="a\r\nb", subtitle="c\td"),)),),
    ]:
        some = compile_groups(*groups, line=None, printing=Printing(notes=notes))
        assert errors_of(write(some)) == [], groups


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(odd_text, odd_text, odd_text, odd_text)
def test_the_validator_passes_odd_characters(
    compile_groups, article, write, errors_of, title, body, source, note
):
    odd = article(
        title=title,
        kicker=body,
        paragraphs=(body, source),
        source=source,
        note=Comment(note, source),
    )
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
    path = write(compilation)
    styles = part(path, "word/styles.xml").findall(qn("w:style"))
    fonts = {}
    for style in styles:
        if style.get(qn("w:type")) == "paragraph":
            found = style.find(qn("w:rPr")).find(qn("w:rFonts"))
            fonts[style.get(qn("w:styleId"))] = {k.split("}")[1]: v for k, v in found.items()}
    named = {font.get(qn("w:name")) for font in part(path, "word/fontTable.xml")}
    assert {names["eastAsia"] for names in fonts.values()} <= named == set(template.fonts)
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
    quick = Printing(measured=False)
    many = compile_groups(CompiledGroup(None, (article(),) * 25), printing=quick)
    seen = list(write_docx(many, tmp_path / "a.docx", load_template()))
    assert [step.done for step in seen] == [0, 10, 20, 25]
    assert seen[1] == Progress(10, 25, Message("export.progress", {"done": 10, "total": 25}))


def test_a_template_of_ones_own(compilation, write):
    template = load_template()
    page = type(template.page)(16838, 11906, 1440, 1440, 1440, 1440, 720, 16, 40)
    own = replace(template, page=page, latin="Arial", alternates={})
    document = docx.Document(str(write(compilation, own)))
    assert {section.page_width.twips for section in document.sections} == {16838}
    normal = document.styles["Normal"].element.rPr.rFonts
    assert normal.get(qn("w:ascii")) == "Arial"
