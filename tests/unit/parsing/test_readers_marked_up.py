"""HTML and RTF: the words that a browser or a word processor would show, in their encodings."""

from __future__ import annotations

import pytest
from made_files import rtf

from bulletin_desktop.model.change import Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.parsing.readers import html as html_reader
from bulletin_desktop.parsing.readers import rtf as rtf_reader


def html(body):
    return html_reader.read(f"<html><body>{body}</body></html>".encode()).text.split("\n")


def from_rtf(content, **options):
    return rtf_reader.read(rtf(content, **options)).text.split("\n")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>工会\n简报</h1><p>一 \n 二</p>", ["工会简报", "一二"]),
        ("<p>two\nwords</p>", ["two words"]),
        ("<p>上<br>下</p><p><br></p><p>后", ["上", "下", "", "后"]),
        ("<p>a <b> b</b>c</p>", ["a bc"]),
        ("<p>　　缩进&nbsp;&amp;&#24037;", ["　　缩进\xa0&工"]),
        ('<p style="text-indent:2em">进<p style="text-indent: 0">不进', ["　　进", "不进"]),
        ("<ol><li>甲<li><p>乙</p></ol>", ["1. 甲", "2. 乙"]),
        ("<ol type=A start=3><li>丙<li value=9>丁</ol>", ["C. 丙", "I. 丁"]),
        ('<ol style="list-style:cjk-ideographic"><li>首</ol>', ["一、首"]),
        ("<ul><li>点</ul><ul type=square><li>方</ul>", ["●点", "■方"]),
        (
            "<table><tr><td>名<th>位<tr><td>张<td><p>市</p><p>总</p></table>后",
            ["名\t位", "张\t市 总", "后"],
        ),
        ("<p hidden>隐<p style='display:none'>藏<div>显</div>", ["显"]),
        ("<script>x</script><style>y</style><p>文<!-- z -->本", ["文本"]),
        ("<pre> a\n  b</pre>", [" a", "  b"]),
        ("<ruby>字<rt>zì</rt></ruby>", ["字"]),
        ("<![if !supportLists]><span>一、</span><![endif]>要点", ["一、要点"]),
    ],
)  # fmt: skip
def test_a_page_is_read_as_it_is_shown(body, expected):
    assert html(body) == expected


PAGE = '<html><head><meta charset="{}"></head><body><p>市总工会召开会议</p>'


@pytest.mark.parametrize(
    ("named", "written", "told"),
    [
        ("gb2312", "gb18030", "gb18030"),
        ("big5", "big5", "big5"),
        ("utf-8", "utf-8", "utf-8"),
        ("gb2312", "utf-8", "utf-8"),
        ("nonsense", "gb18030", "gb18030"),
        ("utf-8", "utf-8-sig", "utf-8-sig"),
        ("utf-8", "utf-16", "utf-16"),
    ],
)
def test_the_charset_that_a_page_names(named, written, told):
    words = PAGE if written != "big5" else PAGE.replace("总工会召开会议", "總工會召開會議")
    found = html_reader.read(words.format(named).encode(written))
    assert found.text in ("市总工会召开会议", "市總工會召開會議")
    assert (found.encoding, found.remarks) == (told, ())


def test_broken_bytes_in_the_charset_of_a_page_are_counted():
    data = PAGE.format("gb2312").encode("gb18030") + b"<p>\xff\xff"
    found = html_reader.read(data)
    assert found.text == "市总工会召开会议\n��"
    assert found.remarks == (Message("file.replaced", {"n": 2, "encoding": "gb18030"}),)


def test_another_encoding_by_choice():
    data = PAGE.format("utf-8").encode("gb18030")
    assert html_reader.read(data, "gb18030").text == "市总工会召开会议"


def test_a_page_in_no_encoding():
    with pytest.raises(KnownError, match=r"file.undecodable"):
        html_reader.read("<p>工会".encode() + b"\xff")


def test_what_a_page_has_beside_words_is_counted():
    found = html_reader.read(
        b"<p>a<img src=x><img width=1><svg><text>t</text></svg><iframe></iframe>"
    )
    assert found.text == "a"
    assert found.remarks == (Message("file.pictures", {"n": 2}), Message("file.objects", {"n": 1}))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (r"工会\par 简报\par", ["工会", "简报"]),
        (r"一\line 二\tab 三\page 四", ["一", "二\t三", "\f", "四"]),
        (r"\pard\fi480 进\line 不进\par\pard 平", ["　　进", "不进", "平"]),
        (r"\u24037?\u20250 ?\uc2\u24037\'b9\'a4\uc0\u20250", ["工会工会"]),
        (r"\u-10179?\u-8704?", ["😀"]),
        (r"\ldblquote 引\rdblquote\emdash\~\{\}\\", ["“引”—\xa0{}\\"]),
        (r"留{\v 隐}{\deleted 删}{\v0 显}", ["留显"]),
        (r"{\listtext\pard 一、\tab}要点\par{\pntext 1.\tab}次", ["一、要点", "1. 次"]),
        (r"前{\*\unknown 不见}{\info{\title 题}}后", ["前后"]),
        (r"{\field{\*\fldinst PAGE}{\fldrslt 5}}", ["5"]),
        (r"{\upr{ansi}{\*\ud 真}}", ["真"]),
        (r"文\bin3 {}}字", ["文字"]),
        (r"{\header 内部资料\par}{\footer 共印9份\par}正文\par", ["内部资料", "正文", "共印9份"]),
        (r"{\footer \emdash 3\emdash\par}文", ["文"]),
        (r"文{\footnote 出处}。\par 后", ["文①。", "注①：出处", "后"]),
        (r"锚{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt 框\par}}{\shprslt 框}}\par", ["框", "锚"]),
    ],
)
def test_rtf_is_read_as_it_is_shown(content, expected):
    assert from_rtf(content) == expected


def test_rows_of_rtf():
    row = r"\trowd\cellx1\cellx2\pard\intbl {}\cell {}\cell\row "
    content = r"表\par" + row.format("名", "位") + row.format("张", r"市\par 总") + r"\pard 后\par"
    assert from_rtf(content) == ["表", "名\t位", "张\t市 总", "后"]


def test_each_font_has_its_charset():
    fonts = r"{\f0\fcharset134 S;}{\f1\fcharset136 M;}{\f2\fcharset2 Symbol;}{\f3\fcharset0 T;}"
    content = r"\f0 \'b9\'a4{\f1\'a4\'75}{\f2\'b7}{\f3\'b9\'a4}"
    assert from_rtf(content, fonts=fonts) == ["工工●工"]


def test_pictures_and_objects_of_rtf_are_counted():
    content = r"文{\*\shppict{\pict\pngblip 00}}{\nonshppict{\pict 00}}{\object{\*\objdata 00}}"
    found = rtf_reader.read(rtf(content))
    assert found == ("文", None, (
        Message("file.pictures", {"n": 1}), Message("file.objects", {"n": 1}),
    ))  # fmt: skip


def test_of_a_file_that_is_cut_off_what_is_there_is_read_and_said():
    found = rtf_reader.read(rtf(r"一\par 二\par")[:-6])
    assert found.text.startswith("一")
    assert found.remarks == (Message("file.incomplete"),)
