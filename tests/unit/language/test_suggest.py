from __future__ import annotations

import pytest

from bulletin_desktop.language.segment import Segmenter
from bulletin_desktop.language.suggest import Suggestion, ThemeWords, suggest
from bulletin_desktop.language.themes import starter_themes

STARTERS = [
    ThemeWords(number, theme.name, (*theme.aliases, *theme.words))
    for number, theme in enumerate(starter_themes())
]

ARTICLES = [
    (
        "组织建设",
        "开发区一季度新建工会四十家\n开发区总工会把外资企业作为建会重点，派员上门指导，"
        "三个月发展会员两千多名，工会组建率提高到九成。",
    ),
    (
        "工资集体协商",
        "纺织行业签下第一份工价协议\n经过三轮协商，行业工会与企业方代表签订了工资专项集体合同，"
        "最低工资标准上浮百分之八，覆盖职工六千人。",
    ),
    (
        "维权与劳动关系",
        "法律援助帮职工讨回工资\n接到投诉后，工会律师介入调查，经劳动争议调解，"
        "被拖欠工资的三十名职工当天领到了欠款。",
    ),
    (
        "民主管理",
        "轧钢厂职工代表投票否决食堂改造方案\n在二届三次职代会上，职工代表听取厂长报告，"
        "对方案逐项表决。厂务公开栏当天公布了结果。",
    ),
    (
        "帮扶救助",
        "春节前走访慰问三百户困难职工\n各级工会筹集慰问金五十万元，把米、油和棉被送到家中，"
        "并为患病职工办理大病救助。",
    ),
    (
        "劳动竞赛",
        "地铁工地百日立功竞赛收官\n八个标段比安全、比质量、比进度，评出工人先锋号五个，"
        "职工提出合理化建议一百二十条。",
    ),
    (
        "职工素质与文化",
        "职工艺术节落下帷幕\n两个月里举办文艺演出十二场、书画摄影展三次，"
        "职工书屋的读书活动吸引了上万人次。",
    ),
    (
        "农民工",
        "把夜校办到工棚里\n市建筑工会在建筑工地开设农民工课堂，请老师傅讲识图，"
        "让外来务工人员下班后有书读。",
    ),
    (
        "女职工",
        "“三八”节前的健康讲座\n医院妇科专家为女职工讲解两癌筛查知识，"
        "工会还为孕期和哺乳的姐妹开辟了母婴室。",
    ),
    (
        "劳动保护",
        "高温天里查隐患\n检查组走访了十二个露天工地，发放防暑降温用品，"
        "督促整改事故隐患二十处，讲解职业病防治知识。",
    ),
    (
        "党工共建",
        "党支部与工会小组同上一堂课\n街道坚持党建带工建，党组织书记与工会主席结成对子，"
        "设立党员先锋岗十五个。",
    ),
    (
        "工会自身建设",
        "区总举办新任工会主席培训班\n培训班讲授工会财务、工会经费收缴和经审工作，"
        "六十名工会干部参加学习。",
    ),
]


@pytest.mark.parametrize(("theme", "text"), ARTICLES, ids=[theme for theme, _ in ARTICLES])
def test_the_theme_of_an_article_comes_first(theme: str, text: str, segmenter: Segmenter) -> None:
    best = suggest(text, STARTERS, segmenter)[0]
    assert STARTERS[best.theme_id].name == theme


def test_an_article_about_nothing_of_these_suggests_nothing(segmenter: Segmenter) -> None:
    assert suggest("城北公园的荷花开了\n游客纷纷前来观赏。", STARTERS, segmenter) == []
    assert suggest("", STARTERS, segmenter) == []
    assert suggest("工会", [], segmenter) == []


def test_evidence_is_quoted_and_counted_and_not_twice(segmenter: Segmenter) -> None:
    theme = ThemeWords(7, "工资集体协商", ("集体协商", "ＱＱ群"))
    text = "推进会\n工资集体协商、集体协商、工资集体协商，加入qq群。"
    (suggestion,) = suggest(text, [theme], segmenter)
    assert suggestion.theme_id == 7
    assert suggestion.evidence == (("工资集体协商", 2), ("集体协商", 1), ("qq群", 1))


def test_scores_rank(segmenter: Segmenter) -> None:
    own, parts = ThemeWords(1, "写作", ("读书",)), ThemeWords(2, "读书分享")
    assert ids(suggest("我爱读书", [parts, own], segmenter)) == [1, 2]


def test_a_name_counts_more_than_another_word(segmenter: Segmenter) -> None:
    name, word = ThemeWords(1, "农民工", ("新市民",)), ThemeWords(2, "返乡", ("留守者",))
    assert ids(suggest("留守者与农民工", [word, name], segmenter)) == [1, 2]


def test_the_title_counts_more(segmenter: Segmenter) -> None:
    themes = [ThemeWords(1, "读书", ("书屋",)), ThemeWords(2, "竞赛", ("比武",))]
    assert ids(suggest("竞赛\n读书读书", themes, segmenter)) == [2, 1]
    assert ids(suggest("通知\n竞赛读书读书", themes, segmenter)) == [1, 2]


def test_only_a_name_without_words_is_cut(segmenter: Segmenter) -> None:
    assert suggest("书法", [ThemeWords(1, "书法与摄影", ("画展",))], segmenter) == []
    (suggestion,) = suggest("书法", [ThemeWords(1, "书法与摄影")], segmenter)
    assert suggestion.evidence == (("书法", 1),)


def test_everyday_words_of_a_name_suggest_nothing(segmenter: Segmenter) -> None:
    assert suggest("工会开展工作", [ThemeWords(1, "工会文化工作")], segmenter) == []


def test_a_single_character_suggests_nothing(segmenter: Segmenter) -> None:
    assert suggest("回家", [ThemeWords(1, "家", ("回",))], segmenter) == []


def test_common_words_suggest_nothing_and_rarer_ones_more(segmenter: Segmenter) -> None:
    shares = {"职工": 0.9, "技协": 0.01, "竞赛": 0.3}
    themes = [ThemeWords(1, "竞赛", ("职工",)), ThemeWords(2, "技协", ("职工",))]
    found = suggest("职工竞赛、技协", themes, segmenter, common=shares.__getitem__)
    assert ids(found) == [2, 1]
    assert [suggestion.evidence for suggestion in found] == [(("技协", 1),), (("竞赛", 1),)]


def test_what_is_common_is_asked_only_of_words_that_occur(segmenter: Segmenter) -> None:
    asked: list[str] = []

    def common(word: str) -> float:
        asked.append(word)
        return 0.1

    suggest("厂务公开", STARTERS, segmenter, common)
    assert asked == ["厂务公开"]


def test_no_more_than_the_limit_and_none_that_is_much_weaker(segmenter: Segmenter) -> None:
    words = ["读书", "竞赛", "帮扶", "维权", "书法", "摄影"]
    themes = [ThemeWords(number, word, ("无",)) for number, word in enumerate(words)]
    assert len(suggest("、".join(words), themes, segmenter)) == 5
    assert len(suggest("、".join(words), themes, segmenter, limit=2)) == 2
    assert suggest("、".join(words), themes, segmenter, limit=0) == []
    strong = ThemeWords(9, "农民工", ("新市民", "外来工", "务工人员", "返乡", "工棚", "夜校"))
    text = "农民工新市民外来工务工人员返乡工棚夜校" * 9 + "帮扶"
    assert ids(suggest(text, [*themes, strong], segmenter)) == [9]


class NoSegmenter(Segmenter):
    def load(self) -> None:
        raise AssertionError("the dictionary is not needed here")


def test_the_dictionary_is_not_loaded_for_themes_with_words() -> None:
    assert suggest("厂务公开", STARTERS, NoSegmenter())


def ids(suggestions: list[Suggestion]) -> list[int]:
    return [suggestion.theme_id for suggestion in suggestions]
