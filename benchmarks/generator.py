"""Makes bulletins of the usual shape from phrase tables: the same seed gives the same text."""

from __future__ import annotations

import random
from collections.abc import Iterator

TOWNS = (
    "松溪",
    "柏林",
    "梅川",
    "竹山",
    "兰亭",
    "荷塘",
    "枫桥",
    "桂湖",
    "杉坪",
    "榆关",
    "槐荫",
    "柳河",
)
BODIES = (
    "市总工会",
    "区总工会",
    "县总工会",
    "镇总工会",
    "街道总工会",
    "纺织厂工会",
    "机床厂工会",
    "供电公司工会",
)
ACTS = ("召开", "部署", "推进", "开展", "启动", "检查", "总结", "深化")
THEMES = (
    "工资集体协商",
    "困难职工帮扶",
    "职工技能竞赛",
    "厂务公开民主管理",
    "劳动保护监督检查",
    "职工书屋建设",
    "女职工权益保护",
    "基层工会组建",
    "劳模疗休养",
    "法律援助",
)
TAILS = ("工作会议", "专项行动", "经验交流会", "集中活动月", "调研工作", "培训班")
SECTIONS = ("工作动态", "基层之窗", "经验交流", "维权在线", "调查研究")
CLAUSES = (
    "把服务职工放在更加突出的位置",
    "做到底数清、情况明、措施实",
    "形成党委领导、工会牵头、各方配合的工作格局",
    "通过走访座谈、问卷调查等方式听取职工意见",
    "建立健全联系点制度和定期通报制度",
    "为企业发展和职工成长搭建平台",
    "推动各项任务落到车间、落到班组",
    "努力在创新载体、拓展内容上下功夫",
    "进一步增强基层工会的吸引力和凝聚力",
    "得到了广大职工的普遍欢迎",
)
HEADS = (
    "会议要求",
    "会议指出",
    "活动期间",
    "据统计",
    "在此基础上",
    "下一步",
    "一是加强领导",
    "二是健全机制",
)
ENDINGS = ("取得明显成效。", "迈出坚实步伐。", "受到好评。", "工作正在有序推进。")
DISTRIBUTION = (
    "本期印发：市委、市人大、市政府、市政协有关领导，省总工会，各县（区）总工会，市各有关部门"
)


def bulletins(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Names and texts of so many bulletins, one issue each."""
    pick = random.Random(seed)
    for index in range(count):
        yield f"{index:05d}.txt", issue(pick)


def text_of_size(size: int, seed: int) -> str:
    """One text of many issues, of at least so many bytes as UTF-8."""
    pick = random.Random(seed)
    parts: list[str] = []
    written = 0
    while written < size:
        parts.append(issue(pick))
        written += len(parts[-1].encode())
    return "".join(parts)


def issue(pick: random.Random) -> str:
    """One issue: two sections of five articles, a section of briefs and a distribution line."""
    lines: list[str] = []
    year = pick.randint(2005, 2020)
    for section in pick.sample(SECTIONS, 2):
        lines.append(f" 【{section}】")
        for _ in range(pick.randint(4, 6)):
            lines += _article(pick, year)
    lines.append("【简讯】")
    lines += [_brief(pick) for _ in range(pick.randint(3, 5))]
    return "\n".join([*lines, "", DISTRIBUTION, " ", ""])


def _unit(pick: random.Random) -> str:
    return pick.choice(TOWNS) + pick.choice(BODIES)


def _title(pick: random.Random, unit: str) -> list[str]:
    first = f"{unit}{pick.choice(ACTS)}{pick.choice(THEMES)}{pick.choice(TAILS)}"
    second = f"推动{pick.choice(THEMES)}再上新台阶"
    return [first, second] if pick.random() < 0.25 else [first]


def _sentence(pick: random.Random) -> str:
    clauses = pick.sample(CLAUSES, pick.randint(2, 4))
    return f"{pick.choice(HEADS)}，{'，'.join(clauses)}，{pick.choice(ENDINGS)}"


def _paragraph(pick: random.Random) -> str:
    return "".join(_sentence(pick) for _ in range(pick.randint(2, 5)))


def _article(pick: random.Random, year: int) -> list[str]:
    unit = _unit(pick)
    day = f"{pick.randint(1, 12)}月{pick.randint(1, 28)}日"
    when = f"{year}年{day}" if pick.random() < 0.1 else day
    lead = f"{when}，{unit}{pick.choice(ACTS)}{pick.choice(THEMES)}工作。{_paragraph(pick)}"
    body = [lead, *(_paragraph(pick) for _ in range(pick.randint(0, 4)))]
    gap = "    " if pick.random() < 0.7 else f"{' ' * 20}\n"
    body[-1] += f"{gap}（{unit}）"
    between = [""] if pick.random() < 0.5 else []
    return [*_title(pick, unit), *between, *body, *between]


def _brief(pick: random.Random) -> str:
    unit = _unit(pick)
    return f"●{unit}{pick.choice(ACTS)}{pick.choice(THEMES)}。{_sentence(pick)}（{unit}）"
