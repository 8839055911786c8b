from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_desktop.catalogue import Catalogue
from bulletin_desktop.language.query_parser import (
    DEEPEST,
    FIELDS,
    FLAGS,
    KINDS,
    Asked,
    asked_at,
    compile_pattern,
    literal,
    parse,
    quote,
    value_text,
    write,
)
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.query import (
    All,
    Either,
    Fact,
    Field,
    Flag,
    FlagName,
    Node,
    Not,
    Pattern,
    Period,
    Query,
    TextField,
    Token,
    Word,
    marked_words,
)

A, B, C = Word("a"), Word("b"), Word("c")


def all_words(*texts: str) -> All:
    return All(tuple(Word(text) for text in texts))


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("", None),
        (" \u3000\t\n", None),
        ('""', None),
        ('-""', None),
        ("工资", Word("工资")),
        ("工资 协商", all_words("工资", "协商")),
        ("工资\u3000协商\u00a0要约\n推进", all_words("工资", "协商", "要约", "推进")),
        ('"工资 协商"', Word("工资 协商")),
        ('""""', Word('"')),
        ('"说""好""了"', Word('说"好"了')),
        ("“两个普遍”", Word("“两个普遍”")),
        ("－工资 ＂协商＂", all_words("－工资", "＂协商＂")),
        ('全国"双爱"活动', all_words("全国", "双爱", "活动")),
        ("ＡＢ", Word("ＡＢ")),
        ("a AND b", all_words("a", "AND", "b")),
        ("要约*", Word("要约*")),
    ],
)
def test_words_and_phrases(text: str, root: Node | None) -> None:
    assert parse(text).root == root


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("-a", Not(A)),
        ("a -b", All((A, Not(B)))),
        ('-"a b"', Not(Word("a b"))),
        ("-主题:a", Not(Fact("theme", "a"))),
        ("-未读", Not(Flag("unread"))),
        ("-(a b)", Not(All((A, B)))),
        ("(-a)", Not(A)),
        ("-(-a)", Not(Not(A))),
        ('"-a"', Word("-a")),
        ("-", Word("-")),
        ("(-)", Word("-")),
        ("a - b", all_words("a", "-", "b")),
        ("2008-2009", Word("2008-2009")),
        ('"a"-b', all_words("a", "-b")),
        ("--a", Not(Word("-a"))),
        ("--(a", Not(Word("-(a"))),
        ("-或", Not(Word("或"))),
    ],
)
def test_negation(text: str, root: Node) -> None:
    assert parse(text).root == root


@pytest.mark.parametrize("sign", ["or", "OR", "或"])
def test_or_stands_between_two_terms(sign: str) -> None:
    assert parse(f"a {sign} b").root == Either((A, B))
    assert parse(f"a b {sign} -c").root == Either((All((A, B)), Not(C)))
    assert parse(f'"a"{sign}"b"').root == Either((A, B))
    assert parse(f"a {sign} b {sign} c").root == Either((A, B, C))
    assert parse(sign).root == Word(sign)
    assert parse(f"a ({sign})").root == All((A, Word(sign)))
    assert parse(f'a "{sign}" b').root == All((A, Word(sign), B))
    assert parse(f"主题:{sign}").root == Fact("theme", sign)


def test_or_of_another_spelling_is_text() -> None:
    assert parse("a Or b").root == all_words("a", "Or", "b")
    assert parse("a 或者 b").root == all_words("a", "或者", "b")


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("(a)", A),
        ("((a))", A),
        ("( a b )", All((A, B))),
        ("(a or b) c", All((Either((A, B)), C))),
        ("c (a or b)", All((C, Either((A, B))))),
        ("(a b) c", All((All((A, B)), C))),
        ("(a or b) or c", Either((Either((A, B)), C))),
        ('("a b")', Word("a b")),
        ("(标题:a 未读)", All((Word("a", "title"), Flag("unread")))),
        ("职工(会员)", Word("职工(会员)")),
        ("(职工(会员) a)", All((Word("职工(会员)"), A))),
        ("(a 职工(会员))", All((A, Word("职工(会员)")))),
        ("(主题:职工(会员))", Fact("theme", "职工(会员)")),
        ("a)", Word("a)")),
        ("a )", All((A, Word(")")))),
        ("(a))", Word("a)")),
        ("a(b c)", all_words("a(b", "c)")),
        ("（a b）", all_words("（a", "b）")),
        ("(a)b)", Word("a)b")),
    ],
)
def test_groups(text: str, root: Node) -> None:
    assert parse(text).root == root


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("主题:工资", Fact("theme", "工资")),
        ("主题：工资", Fact("theme", "工资")),
        ("Theme:工资", Fact("theme", "工资")),
        ("主题: 工资", Fact("theme", "工资")),
        ('主题：\u3000"工资 协商"', Fact("theme", "工资 协商")),
        ("主题: 星标", Fact("theme", "星标")),
        ('主题:"工资 协商"', Fact("theme", "工资 协商")),
        ("主题:=工资", Fact("theme", "工资", exact=True)),
        ('主题:＝"工资 协商"', Fact("theme", "工资 协商", exact=True)),
        ("主题:= 工资", Fact("theme", "工资", exact=True)),
        ('主题:"=工资"', Fact("theme", "=工资")),
        ("来源:=总工会", Fact("source", "总工会", exact=True)),
        ("栏目:=简讯", Fact("section", "简讯", exact=True)),
        ("标题:=工资", Word("=工资", "title")),
        ("期:12", Fact("issue", "12")),
        ("选编:年鉴", Fact("collection", "年鉴")),
        ("类型:简讯", Fact("kind", "brief")),
        ("kind:Article", Fact("kind", "article")),
        ("标题:时间:3点", Word("时间:3点", "title")),
        ("标题:-工资", Word("-工资", "title")),
        ('标题:a"b c"', All((Word("a", "title"), Word("b c")))),
        ('"a"来源:b', All((A, Fact("source", "b")))),
        ("正则:工资.{0,4}协商", Pattern("工资.{0,4}协商")),
        ("正则:(甲|乙)", Pattern("(甲|乙)")),
        ('regex:"a ""b"""', Pattern('a "b"')),
        ("https://x", Word("https://x")),
        ("时间：3点", Word("时间：3点")),
        ("会议:内容", Word("会议:内容")),
        ('"主题:工资"', Word("主题:工资")),
        ("本主题:工资", Word("本主题:工资")),
        ("主题 :工资", all_words("主题", ":工资")),
    ],
)
def test_fields(text: str, root: Node) -> None:
    assert parse(text).root == root


@pytest.mark.parametrize("field", get_args(Field))
def test_a_field_has_the_same_meaning_by_each_name(field: Field) -> None:
    value = {"year": "2008", "date": "2008", "kind": "brief"}.get(field, "a")
    names = (FIELDS[field].zh, FIELDS[field].en, *FIELDS[field].others)
    roots = {parse(f"{name.upper()}：{value}").root for name in names}
    assert len(roots) == 1
    assert {getattr(root, "field", "regex") for root in roots} == {field}


@pytest.mark.parametrize("flag", get_args(FlagName))
def test_a_flag_is_a_bare_word(flag: FlagName) -> None:
    for name in (FLAGS[flag].zh, FLAGS[flag].en, FLAGS[flag].en.capitalize()):
        assert parse(name).root == Flag(flag)
        assert parse(f"-{name} a").root == All((Not(Flag(flag)), A))
        assert parse(quote(name)).root == Word(name)
        assert parse(f"{name}s").root == Word(f"{name}s")


@pytest.mark.parametrize(
    ("value", "since", "until"),
    [
        ("2008", "2008", "2008"),
        ("２００８", "2008", "2008"),
        ("2008年", "2008", "2008"),
        ("2008-1", "2008-01", "2008-01"),
        ("2008.1", "2008-01", "2008-01"),
        ("2008年1月", "2008-01", "2008-01"),
        ("2008/1/5", "2008-01-05", "2008-01-05"),
        ("2008-02-29", "2008-02-29", "2008-02-29"),
        ("2008年1月5日", "2008-01-05", "2008-01-05"),
        ("200801", "2008-01", "2008-01"),
        ("20080105", "2008-01-05", "2008-01-05"),
        ("2008-01..2008-06", "2008-01", "2008-06"),
        ("2008.1..2008.6", "2008-01", "2008-06"),
        ("2008…2009", "2008", "2009"),
        ("2008……2009", "2008", "2009"),
        ("2008。。2009", "2008", "2009"),
        ("2008~2009", "2008", "2009"),
        ("2008～2009", "2008", "2009"),
        ("2008——2009", "2008", "2009"),
        ("2008年至2009年", "2008", "2009"),
        ("2008-2009", "2008", "2009"),
        ("2008年1月-2008年6月", "2008-01", "2008-06"),
        (" 2008 .. 2009", "2008", "2009"),
        ('"2008年1月 .. 2008年6月"', "2008-01", "2008-06"),
        ("..2008", None, "2008"),
        ("2008..", "2008", None),
        ("2008..2008-03", "2008", "2008-03"),
        ("2008-12-31..2008", "2008-12-31", "2008"),
    ],
)
def test_dates(value: str, since: str | None, until: str | None) -> None:
    assert parse(f"日期:{value}").root == Period("date", since, until)
    assert parse(f"(年:{value}) a").root == All((Period("year", since, until), A))


def test_an_open_end_does_not_take_the_next_word() -> None:
    assert parse("日期:2008.. a").root == All((Period("date", "2008", None), A))
    assert parse("日期:2008 .. a").root == All((Period("date", "2008", "2008"), Word(".."), A))
    assert parse("主题:2008 .. 2009").root == All((Fact("theme", "2008"), Word(".."), Word("2009")))


@pytest.mark.parametrize(
    ("text", "code", "pointed"),
    [
        ('"', "query.unclosed_quote", '"'),
        ('a "b', "query.unclosed_quote", '"'),
        ('-"b', "query.unclosed_quote", '"'),
        ('主题:"b 标题:c', "query.unclosed_quote", '"'),
        ('"a""', "query.unclosed_quote", '"'),
        ("(a b", "query.open_group", "("),
        ("-(a", "query.open_group", "("),
        ("(a)或(b)", "query.open_group", "("),
        ("a ( ) b", "query.empty_group", "( )"),
        ('-("")', "query.empty_group", '("")'),
        ("主题:", "query.no_value", "主题:"),
        ("a -Theme： ", "query.no_value", "-Theme："),
        ('主题:""', "query.no_value", '主题:""'),
        ("主题:=", "query.no_value", "主题:="),
        ("(主题:) a", "query.no_value", "主题:"),
        ("主题: 标题:a", "query.no_value", "主题:"),
        ("主题: -a", "query.no_value", "主题:"),
        ("主题: (a b)", "query.no_value", "主题:"),
        ("主题: 或 a", "query.no_value", "主题:"),
        ("日期:2008-13", "query.bad_date", "2008-13"),
        ("日期:2007-02-29", "query.bad_date", "2007-02-29"),
        ("日期:0000", "query.bad_date", "0000"),
        ("年:08", "query.bad_date", "08"),
        ("日期:..", "query.bad_date", ".."),
        ("日期:2007..2008..2009", "query.bad_date", "2007..2008..2009"),
        ('日期:"去年 夏天" a', "query.bad_date", '"去年 夏天"'),
        ("日期:2009..2008", "query.reversed_dates", "2009..2008"),
        ("日期:2008-02..2008-01-31", "query.reversed_dates", "2008-02..2008-01-31"),
        ("类型:社论", "query.bad_kind", "社论"),
        ("a or", "query.lone_or", "or"),
        ("或 b", "query.lone_or", "或"),
        ("a OR or b", "query.lone_or", "or"),
        ("(a 或) b", "query.lone_or", "或"),
        ("c (or b)", "query.lone_or", "or"),
        ("正则:ab(c", "query.pattern_bracket", "("),
        ("正则:ab)c", "query.pattern_bracket", ")"),
        ('正则:"""a""(b"', "query.pattern_bracket", "("),
        ("正则:a[b", "query.pattern_set", "["),
        ("正则:*", "query.pattern_repeat", "*"),
        ("正则:a{9999999999}", "query.pattern", "a{9999999999}"),
        ("正则:\\q", "query.pattern_escape", "\\"),
        ("正则:[z-a]", "query.pattern_range", "z"),
        ("正则:(?<=a*)b", "query.pattern", "(?<=a*)b"),
        ("正则:(?a)(?u)x", "query.pattern", "(?a)(?u)x"),
    ],
)
def test_errors_point_at_what_is_wrong(text: str, code: str, pointed: str) -> None:
    with pytest.raises(KnownError) as caught:
        parse(text)
    assert caught.value.code == code
    start, end = caught.value.params["start"], caught.value.params["end"]
    assert text[start:end] == pointed
    for language in ("zh", "en"):
        assert Catalogue(language).error(caught.value)


def test_of_several_signs_the_one_that_lacks_its_partner_is_pointed_at() -> None:
    for text, at in [('"a" b"', 5), ("(a (b", 3), ("a or b or", 7)]:
        with pytest.raises(KnownError) as caught:
            parse(text)
        assert caught.value.params["start"] == at


def test_an_error_names_no_more_of_a_long_value_than_a_sentence_can_hold() -> None:
    with pytest.raises(KnownError) as caught:
        parse("日期:" + "长" * 1000)
    assert caught.value.params["words"] == "长" * 30 + "…"


def test_a_pattern_with_a_doubtful_set_is_taken_without_a_warning() -> None:
    assert parse("正则:[[a]").root == Pattern("[[a]")


def test_tokens_cover_sign_name_and_quotation_marks() -> None:
    text = '-标题:"a b" (星标 或 -主题:=工资) -(c "d e") 年:2008..2009 正则:a.b'
    assert [(text[t.start : t.end], t) for t in parse(text).tokens] == [
        (shown, Token(kind, text.index(shown, at), text.index(shown, at) + len(shown), *more))
        for shown, at, kind, *more in [
            ('-标题:"a b"', 0, "phrase", "a b", "title", False, True),
            ("(", 0, "open"),
            ("星标", 0, "flag", "starred"),
            ("或", 0, "or", "或"),
            ("-主题:=工资", 0, "fact", "工资", "theme", True, True),
            (")", 0, "close"),
            ("-", 23, "not"),
            ("(", 23, "open"),
            ("c", 0, "word", "c"),
            ('"d e"', 0, "phrase", "d e"),
            (")", 28, "close"),
            ("年:2008..2009", 0, "fact", "2008..2009", "year"),
            ("正则:a.b", 0, "pattern", "a.b", "regex"),
        ]
    ]


def test_nodes_know_their_place_and_are_equal_without_it() -> None:
    root = parse("a -主题:工资").root
    assert isinstance(root, All)
    word, excluded = root.of
    assert (word.start, word.end) == (0, 1)
    assert isinstance(excluded, Not)
    assert (excluded.of.start, excluded.of.end) == (2, 8)
    assert root == parse("  a   -主题: 工资").root


def test_marked_words_are_those_that_are_looked_for() -> None:
    query = parse("a -b (标题:c or 主题:d) -(e -f) 正则:g -(-h)")
    assert marked_words(query) == (A, Word("c", "title"), Word("f"), Word("h"))
    assert marked_words(parse("")) == ()


def test_an_empty_query() -> None:
    assert parse(" ").is_empty
    assert literal("").is_empty
    assert literal("") == Query(None, ())
    assert not parse("-a").is_empty


def test_literal_takes_signs_as_text() -> None:
    query = literal("-a (主题:b")
    assert query.root == Word("-a (主题:b")
    assert query.tokens == (Token("phrase", 0, 8, "-a (主题:b"),)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("theme:a tag:b", "主题:a 主题:b", "theme:a theme:b"),
        ("a OR b", "a 或 b", "a or b"),
        ("kind:brief -starred", "类型:简讯 -星标", "kind:brief -starred"),
        ("((a or b)) c", "(a 或 b) c", "(a or b) c"),
        ("-(a b) or c d", "-(a b) 或 c d", "-(a b) or c d"),
        ("日期:2008年1月~2008年6月", "日期:2008-01..2008-06", "date:2008-01..2008-06"),
        ("年:2008.. 日期:..2009", "年:2008.. 日期:..2009", "year:2008.. date:..2009"),
        ('摘录:"a b" 来源:="c d"', '摘录:"a b" 来源:="c d"', 'highlight:"a b" source:="c d"'),
        ('"or" "星标" "-a" "a:b"', '"or" "星标" "-a" "a:b"', '"or" "星标" "-a" "a:b"'),
        ("正则:(a|b) 职工(会员)", '正则:"(a|b)" "职工(会员)"', 'regex:"(a|b)" "职工(会员)"'),
    ],
)
def test_write(text: str, zh: str, en: str) -> None:
    root = parse(text).root
    assert root is not None
    assert write(root) == zh
    assert write(root, "en") == en


def test_a_value_is_quoted_where_it_must_be() -> None:
    assert [value_text(v) for v in ("工资", "a b", "=a", "-a", "a:b", 'a"', "(a")] == [
        "工资", '"a b"', '"=a"', "-a", "a:b", '"a"""', '"(a"',
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("|", None),
        ("a |", None),
        ("主|", Asked(None, "主", 0, 1)),
        ("a -(主|", Asked(None, "主", 4, 5)),
        ("a -the|", Asked(None, "the", 3, 6)),
        ("(主|) b", Asked(None, "主", 1, 2)),
        ("|主", None),
        ("主|工资", None),
        ('"主|', None),
        ('"主"|', None),
        ("会议:|", None),
        ("a or|", None),
        ("主题:|", Asked("theme", "", 3, 3)),
        ("主题： |", Asked("theme", "", 4, 4)),
        ("主题：| 标题:a", Asked("theme", "", 3, 3)),
        ("主题： |标题:a", Asked("theme", "", 4, 4)),
        ("a -主题:=|", Asked("theme", "", 7, 7)),
        ("主题:工|", Asked("theme", "工", 3, 4)),
        ("主题: 工|", Asked("theme", "工", 4, 5)),
        ("主题:工|资 b", Asked("theme", "工", 3, 5)),
        ("主题:=工|", Asked("theme", "工", 4, 5)),
        ("(主题:工|) b", Asked("theme", "工", 4, 5)),
        ("主题:|工资", Asked("theme", "", 3, 5)),
        ('主题:"工 |', Asked("theme", "工 ", 3, 6)),
        ('主题:"工| 标题:c', Asked("theme", "工", 3, 5)),
        ('主题:"工|资"', Asked("theme", "工", 3, 7)),
        ('主题:"工""|资"', Asked("theme", '工"', 3, 9)),
        ('主题:"工资"|', None),
        ("主|题:工资", None),
        ("主题:工资 |", None),
        ("日期:2008|", Asked("date", "2008", 3, 7)),
        ('(主题:a "b" 来源:张|', Asked("source", "张", 13, 14)),
    ],
)
def test_asked_at(text: str, asked: Asked | None) -> None:
    cursor = text.index("|")
    assert asked_at(text.replace("|", ""), cursor) == asked


@pytest.mark.parametrize("sign", ["(", "-(", "(a ", "(a or "])
def test_groups_in_groups_have_a_limit(sign: str) -> None:
    deep = sign * DEEPEST + "b" + ")" * DEEPEST
    assert not parse(deep).is_empty
    with pytest.raises(KnownError, match=r"query\.too_deep") as caught:
        parse(sign * 1000 + "b" + ")" * 1000)
    start, end = caught.value.params["start"], caught.value.params["end"]
    assert (start, end) == (len(sign) * DEEPEST + sign.index("("), start + 1)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("词 " * 10_000, 10_000),
        ("a or " * 10_000 + "b", 20_001),
        ("(a)" + ")" * 10_000, 3),
        ("a" + "(" * 10_000 + ")" * 10_000, 1),
        ("-" * 10_000, 1),
        ('"' * 10_000, 1),
        ("主题:" * 10_000, 1),
        ('日期:"2008' + " " * 10_000 + '.. 2009"', 1),
    ],
)
def test_long_queries_have_a_result(text: str, count: int) -> None:
    query = parse(text)
    assert len(query.tokens) == count
    assert query.root is not None
    assert parse(write(query.root)).root == query.root


def test_a_pattern_of_many_brackets_is_a_known_error() -> None:
    with pytest.raises(KnownError, match=r"query\.pattern "):
        parse("正则:" + "(" * 10_000 + ")" * 10_000)


def test_compile_pattern_ignores_case_and_knows_lines() -> None:
    assert compile_pattern(Pattern("^gdp$")).findall("a\nGDP\nGDP b") == ["GDP"]


SIGNS = st.lists(
    st.sampled_from(
        [*"ab工-(): \u3000\n：=＝\"“”.…或1至[*\\", "or", "主题:", "星标", "日期:", "2008", "正则:",
         "标题：", " or ", "类型:", "简讯", ' "', " -(", ") ", ".."],
    )
).map("".join)  # fmt: skip


def outcome(text: str) -> Query | KnownError:
    try:
        return parse(text)
    except KnownError as error:
        return error


@given(SIGNS | st.text())
def test_any_text_gives_a_query_or_a_place(text: str) -> None:
    query = outcome(text)
    if isinstance(query, KnownError):
        assert 0 <= query.params["start"] < query.params["end"] <= len(text)
        assert Catalogue("zh").error(query)
        return
    at = 0
    for token in query.tokens:
        assert at <= token.start < token.end <= len(text)
        assert not text[at : token.start].replace('-""', "").replace('""', "").strip()
        at = token.end
    assert query.is_empty == (not query.tokens)
    if query.root is not None:
        assert parse(write(query.root)).root == query.root
        assert parse(write(query.root, "en")).root == query.root


@given(SIGNS | st.text(), st.integers(-2, 60))
def test_anything_can_be_asked_anywhere(text: str, cursor: int) -> None:
    asked = asked_at(text, cursor)
    if asked is not None:
        assert 0 <= asked.start <= cursor
        assert cursor <= asked.end or cursor > len(text)


@given(SIGNS | st.text())
def test_any_text_can_be_quoted(text: str) -> None:
    assert parse(quote(text)).root == literal(text).root


TEXTS = SIGNS.filter(bool) | st.text(min_size=1)
DATES = st.dates().map(lambda day: day.isoformat()) | st.sampled_from(["2008", "2009-12"])
NODES = st.recursive(
    st.builds(Word, TEXTS, st.none() | st.sampled_from(get_args(TextField)))
    | st.builds(Fact, st.sampled_from(["theme", "source", "section"]), TEXTS, st.booleans())
    | st.builds(Fact, st.sampled_from(["issue", "collection"]), TEXTS)
    | st.builds(Fact, st.just("kind"), st.sampled_from(sorted(KINDS)))
    | DATES.map(lambda day: Period("date", day, day))
    | DATES.map(lambda day: Period("year", day, None))
    | DATES.map(lambda day: Period("date", None, day))
    | st.builds(Flag, st.sampled_from(get_args(FlagName)))
    | st.builds(Pattern, st.sampled_from(["a.b", "(a|b) c", '"', "^[一-龥]$", "\\("])),
    lambda parts: (
        st.builds(Not, parts)
        | st.builds(All, st.lists(parts, min_size=2, max_size=3).map(tuple))
        | st.builds(Either, st.lists(parts, min_size=2, max_size=3).map(tuple))
    ),
    max_leaves=6,
)


def depth(node: Node) -> int:
    if isinstance(node, Not):
        return 1 + depth(node.of)
    return 1 + max(map(depth, node.of)) if isinstance(node, (All, Either)) else 0


@given(NODES.filter(lambda node: depth(node) <= DEEPEST), st.sampled_from(["zh", "en"]))
def test_what_is_written_is_read_the_same(node: Node, language: str) -> None:
    assert parse(write(node, language)).root == node
