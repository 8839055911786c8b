"""DOCX: what Word shows of a file is in its text, and what is not is told."""

from __future__ import annotations

import pytest
from made_files import docx, paragraph, run, table, zipped

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.parsing.readers.docx import read


def lines(body, parts=None):
    return read(docx(body, parts)).text.split("\n")


def level(at, style, text, more=""):
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def listed(words, list_id, at=0):
    number = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return paragraph(words, number)


def lists(*levels, more=""):
    return {
        "numbering": f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'
    }


def test_paragraphs_breaks_tabs_and_indents():
    body = (
        paragraph("工会简报", '<w:jc w:val="center"/>')
        + paragraph("")
        + paragraph("正文。", '<w:ind w:firstLineChars="200" w:firstLine="480"/>')
        + paragraph("　　已有空格。", '<w:ind w:firstLine="480"/>')
        + paragraph("悬挂", '<w:ind w:hanging="480"/>')
        + paragraph("<w:r><w:t>上</w:t><w:br/><w:t>下</w:t><w:tab/><w:t>右</w:t></w:r>")
        + paragraph('<w:r><w:br w:type="page"/></w:r>')
        + paragraph("<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t><w:softHyphen/></w:r>")
    )
    text = "工会简报\n\n　　正文。\n　　已有空格。\n悬挂\n上\n下\t右\n\f\n\nA-B"
    assert lines(body) == text.split("\n")


def test_a_style_sets_paragraphs_in():
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"/>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/>'
        '<w:pPr><w:ind w:firstLineChars="200"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:basedOn w:val="b"/></w:style>'
    )
    body = paragraph("题") + paragraph("文", '<w:pStyle w:val="c"/>')
    assert lines(body, {"styles": styles}) == ["题", "　　文"]


def test_styles_in_a_ring_end():
    styles = "".join(
        f'<w:style w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>'
        for one, other in ("ab", "ba")
    )
    assert lines(paragraph("文", '<w:pStyle w:val="a"/>'), {"styles": styles}) == ["文"]


def test_list_numbers_are_words():
    nothing = '<w:suff w:val="nothing"/>'
    parts = lists(
        level(0, "chineseCountingThousand", "%1、", nothing),
        level(1, "decimal", "%2."),
        level(2, "chineseCounting", "（%3）"),
        level(3, "decimal", "%1.%4", "<w:isLgl/>"),
    )
    body = (
        listed("甲", 1) + listed("子", 1, 1) + listed("丑", 1, 1) + listed("深", 1, 2)
        + listed("乙", 1) + listed("寅", 1, 1) + paragraph("无号") + listed("法", 1, 3)
    )  # fmt: skip
    assert lines(body, parts) == [
        "一、甲", "1. 子", "2. 丑", "（一）深", "二、乙", "1. 寅", "无号", "2.1 法",
    ]  # fmt: skip


def test_a_list_that_restarts_and_one_that_goes_on():
    other = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    )
    parts = lists(level(0, "decimal", "%1)"), more=other)
    body = listed("a", 1) + listed("b", 1) + listed("c", 2) + listed("d", 3)
    assert lines(body, parts) == ["1) a", "2) b", "1) c", "2) d"]


def test_a_number_by_style_and_one_taken_away():
    parts = lists(level(0, "ideographTraditional", "%1．", '<w:pStyle w:val="h"/>')) | {
        "styles": '<w:style w:type="paragraph" w:styleId="h"><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    }
    style = '<w:pStyle w:val="h"/>'
    off = f'{style}<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = paragraph("一", style) + paragraph("无", off) + paragraph("二", style)
    assert lines(body, parts) == ["甲． 一", "无", "乙． 二"]


@pytest.mark.parametrize(
    ("sign", "font", "shown"),
    [
        ("\uf06c", "Wingdings", "●"), ("\uf06e", "Wingdings", "■"), ("u", "Wingdings", "◆"),
        ("\uf0b7", "Symbol", "●"), ("◎", "SimSun", "◎"), ("\uf0d8", "Wingdings", "➢"),
    ],
)  # fmt: skip
def test_bullets_are_the_signs_that_they_draw(sign, font, shown):
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>'
    drawn = (
        f'<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="{sign}"/>{fonts}</w:lvl>'
    )
    assert lines(listed("点", 1), lists(drawn))[0].startswith(shown)
    inline = f'<w:r><w:sym w:font="{font}" w:char="{ord(sign):04X}"/></w:r>'
    assert lines(paragraph(inline)) == [shown]


def test_rows_are_lines_and_cells_are_parted_by_tabs():
    inner = table([["甲", "乙"]])
    body = (
        paragraph("表")
        + table([["姓名", "单位"], ["张三", paragraph("市") + paragraph("总工会")], ["", "空"]])
        + table([[paragraph("只有一格") + paragraph("两段")]])
        + table([[inner + paragraph("外"), "丙"]])
        + paragraph("后")
    )
    assert lines(body) == [
        "表", "姓名\t单位", "张三\t市 总工会", "\t空", "只有一格", "两段", "甲 乙 外\t丙", "后",
    ]  # fmt: skip


def test_columns_of_a_layout_are_read_one_after_the_other():
    left = "".join(paragraph(f"左{i}") for i in range(5))
    assert lines(table([[left, "右"]])) == ["左0", "左1", "左2", "左3", "左4", "右"]


def test_what_was_deleted_or_hidden_is_not_there():
    body = (
        paragraph(
            run("留") + "<w:del><w:r><w:delText>删</w:delText><w:tab/></w:r></w:del>"
            f"<w:ins>{run('增')}</w:ins><w:moveFrom>{run('移')}</w:moveFrom>"
            + run("隐", "<w:vanish/>") + run("显", '<w:vanish w:val="0"/>')
        )
        + paragraph("前半", "<w:rPr><w:del/></w:rPr>")
        + paragraph("后半")
    )  # fmt: skip
    assert lines(body) == ["留增显", "前半后半"]


def test_boxes_notes_heads_and_feet():
    box = f"<w:txbxContent>{paragraph('框里')}</w:txbxContent>"
    drawn = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    page = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("5")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )  # fmt: skip
    parts = {
        "footnotes": '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{paragraph("出处")}</w:footnote>',
        "header1": paragraph("内部资料"),
        "header2": paragraph("内部资料") + paragraph("注意保存"),
        "footer1": paragraph(run("第") + page + run("页")),
        "footer2": paragraph("共印200份"),
    }
    body = paragraph(run("正文") + drawn + note) + paragraph("下段")
    assert lines(body, parts) == [
        "内部资料", "注意保存", "框里", "正文①", "注①：出处", "下段", "共印200份",
    ]  # fmt: skip


def test_what_is_left_out_is_counted():
    body = paragraph(
        "<w:r><w:drawing><a:blip/></w:drawing></w:r><w:r><w:pict><v:imagedata/></w:pict></w:r>"
        "<w:r><w:object><v:imagedata/></w:object></w:r><w:r><w:drawing><c:chart/></w:drawing></w:r>"
        "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath><w:r><w:commentReference/></w:r>"
    )
    found = read(docx(body))
    assert found.text == "a+b"
    assert sorted((remark.code, remark.params["n"]) for remark in found.remarks) == [
        ("file.comments", 1), ("file.formulas", 1), ("file.objects", 2), ("file.pictures", 2),
    ]  # fmt: skip


def test_content_controls_links_and_fields_are_text():
    field = '<w:fldSimple w:instr="DATE">' + run("2012年") + "</w:fldSimple>"
    body = f"<w:sdt><w:sdtContent>{paragraph('控件')}</w:sdtContent></w:sdt>" + paragraph(
        f"<w:hyperlink>{run('链接')}</w:hyperlink>{field}"
    )
    assert lines(body) == ["控件", "链接2012年"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (docx(paragraph("文"))[:300], "file.damaged"),
        (docx(paragraph("文"))[:-30], "file.damaged"),
        (docx("<w:p><w:r>"), "file.damaged"),
        (zipped({"xl/workbook.xml": b"<x/>"}), "file.not_word"),
        (zipped({"word/document.xml": b"<x/>"}), "file.not_word"),
    ],
)
def test_a_damaged_file_is_said(data, code):
    with pytest.raises(KnownError) as caught:
        read(data)
    assert caught.value.code == code
