"""A compilation as Markdown, read back by a CommonMark parser."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bulletin_desktop.exporting.blocks import joined, lines_of
from bulletin_desktop.exporting.compiled import CompiledGroup, Printing
from bulletin_desktop.exporting.template import load_template
from bulletin_desktop.exporting.text_file import clean

SIGNS = st.text(st.sampled_from("\\`*_{}[]()<>#+-.!|~=&;:1 \t　“”。工会a"), min_size=1, max_size=20)


def parsed(path):
    """The tokens of a file in which footnotes are paragraphs: CommonMark takes them for links."""
    text = re.sub(r"(?m)^\[\^\d+\]: ", "", path.read_text(encoding="utf-8"))
    return MarkdownIt("commonmark").enable("table").parse(text)


def read(path):
    """Kind and text of each block with words, footnote signs and marks left out."""
    for before, token in pairwise(parsed(path)):
        if token.type == "inline":
            children = (x for x in token.children if x.type != "html_inline")
            words = "".join("\n" if x.type.endswith("break") else x.content for x in children)
            yield before.tag, re.sub(r"\[\^\d+\]", "", words).strip()


def test_it_reads_as_what_was_written(annotated, save):
    assert list(read(save("md", annotated))) == [
        ("h1", "青河县工会工作选编"),
        ("p", "2011年　共4篇"),
        ("p", "青河县总工会"),
        ("p", "收录三篇。"),
        ("h2", "学习贯彻"),
        ("h3", "青河县总工会召开会议学习贯彻“十二五”规划"),
        ("p", "王芳"),
        ("p", "青河县总工会召开职工代表大会，审议通过《工资集体协商办法》，覆盖企业120家。"),
        ("p", "（一）落实责任。要求各级工会落实到位。"),
        ("p", "（青河县总工会）"),
        ("p", "《青河工会信息》2011年第3期，“青河县总工会召开会议”，青河县总工会"),
        ("p", "批注：可作专题材料。"),
        ("p", "批注：典型。待核。"),
        ("h2", "权益维护"),
        ("p", "职工书屋揭牌。"),
        ("h3", "青河县总工会推进工资集体协商"),
        ("p", "青河县总工会召开职工代表大会，审议通过《工资集体协商办法》，覆盖企业120家。"),
        ("p", "（青河县总工会）"),
    ]


def test_words_of_users_stay_words(hostile, save):
    path = save("md", hostile)
    blocks = set(read(path))
    for group in hostile.groups:
        word = clean(joined(lines_of(group.heading))).strip()
        assert {("h2", word), ("h3", word), ("p", word)} <= blocks
    tokens = parsed(path)
    raw = [x.content for token in tokens for x in token.children or () if x.type == "html_inline"]
    assert all(re.fullmatch(r'</mark>|<mark>|<mark title="[^"<>]*">', tag) for tag in raw)
    kinds = {token.type for token in tokens}
    assert not kinds & {"html_block", "code_block", "fence", "table_open", "bullet_list_open", "hr"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10)
@given(st.lists(SIGNS, min_size=20, max_size=40))
def test_any_line_is_one_paragraph(compile_groups, article, save, texts):
    words = [line for line in (text.strip(" \t　") for text in texts) if line]
    one = article(title="题", paragraphs=tuple(texts), source=None, issue_label="")
    only = compile_groups(CompiledGroup(None, (one,)), title="选", line=None)
    path = save("md", replace(only, printing=Printing(citations="none")))
    assert [block for block in read(path) if block[0] != "h1"] == [
        ("h2", "题"),
        *(("p", word) for word in words),
    ]


def test_cells_of_a_table_hold_what_they_are_given(hostile, save):
    template = load_template()
    cards = replace(template, parts=replace(template.parts, cards=True))
    cells = [words for kind, words in read(save("md", hostile, cards)) if kind in ("td", "th")]
    assert len(cells) == 6 * (1 + len(hostile.groups))
    words = [clean(joined(lines_of(group.heading))) for group in hostile.groups]
    assert cells[6::6] == [word.strip() for word in words]
