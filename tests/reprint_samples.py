"""Bulletins that print a story again."""

from __future__ import annotations

from pathlib import Path

STORY = (
    "9月12日，临江县总工会在县职工文化中心召开工资集体协商工作推进会，各乡镇总工会主席共86人参加会议。",
    "白鹭镇把协商代表请进车间，用一个月时间听取了1240名职工的意见；城东街道与商会签订了区域性协议。",
    "县总工会副主席指出，要把握好三个环节：协商之前摸清底数，协商之中讲清道理，协商之后盯紧兑现。",
    "会议还通报了上半年督查情况，对6家未按期开展协商的企业提出了整改意见，并察看了两家企业的公开栏。",
)
OTHER = (
    "女职工委员会从三月起在纺织园区设立了七个“妈咪小屋”，配有冰箱、沙发和消毒柜，由班组轮流照看。",
    "过去，背奶的女工只好躲进更衣室；如今刷工牌就能进门，每天有四十多人次使用，车间主任也不再皱眉头。",
    "园区工会打算年内再建五个，并把管理办法写进女职工权益保护专项集体合同，请企业行政一并签字。",
)


def write(folder: Path, name: str, day: str, *articles: tuple[str, tuple[str, ...]]) -> Path:
    """A bulletin of one issue with these articles: titles and paragraphs."""
    lines = ["工会简报", f"第{name}期", f"某市总工会办公室　　2013年5月{day}日", ""]
    for title, paragraphs in articles:
        lines += [title, *(f"　　{paragraph}" for paragraph in paragraphs), ""]
    file = folder / f"{name}.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file
