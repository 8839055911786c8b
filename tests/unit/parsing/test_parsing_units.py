"""Which units sources name: a table for the sample bulletins, and what bulletins tell together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_desktop.model.text import DOUBT
from bulletin_desktop.model.units import Printed, Reason
from bulletin_desktop.parsing.units import read_units

# Every source of the sample bulletins, which are of 苏州市.
SUZHOU = {
    "市总研究室": ["苏州市总工会研究室"],
    "市总工会研究室": ["苏州市总工会研究室"],
    "市总办公室、研究室": ["苏州市总工会办公室", "苏州市总工会研究室"],
    "市总宣教部": ["苏州市总工会宣教部"],
    "市总生活女工部": ["苏州市总工会生活女工部"],
    "市总工会生活部": ["苏州市总工会生活部"],
    "市总工会生产部": ["苏州市总工会生产部"],
    "市总工会组织部": ["苏州市总工会组织部"],
    "张家港市总工会": ["张家港市总工会"],
    "常熟市总工会": ["常熟市总工会"],
    "太仓市总工会": ["太仓市总工会"],
    "昆山市总工会": ["昆山市总工会"],
    "吴江市总工会": ["吴江市总工会"],
    "吴中区总工会": ["吴中区总工会"],
    "相城区总工会": ["相城区总工会"],
    "金阊区总工会": ["金阊区总工会"],
    "平江区总工会": ["平江区总工会"],
    "沧浪区总工会": ["沧浪区总工会"],
    "高新区工会": ["苏州高新区工会"],
    "苏州高新区工会": ["苏州高新区工会"],
    "张家港市总工会、常熟市总工会": ["张家港市总工会", "常熟市总工会"],
    "工投公司工会": ["工投公司工会"],
    "苏州创元集团工会": ["苏州创元集团工会"],
    "苏州供电公司工会": ["苏州供电公司工会"],
    "望亭发电厂工会": ["望亭发电厂工会"],
    "市农村农村信用社行业管理组": ["苏州市农村信用社行业管理组"],
    "综合来稿": [],
}
# Bulletins of invented places: a city, two of its districts, and a school.
DONGHU = {
    "东湖市": {
        "市总办公室": ["东湖市总工会办公室"],
        "市总财务部": ["东湖市总工会财务部"],
        "市总政策研究室": ["东湖市总工会政策研究室"],
        "临江县总工会": ["临江县总工会"],
        "云岭区总工会": ["云岭区总工会"],
        "清溪区总工会": ["清溪区总工会"],
        "白鹭镇总工会、白鹭镇成人教育中心": ["白鹭镇总工会", "白鹭镇成人教育中心"],
    },
    "云岭区": {
        "区总办公室": ["云岭区总工会办公室"],
        "区总生产保护部": ["云岭区总工会生产保护部"],
        "青石街道总工会": ["青石街道总工会"],
        "纺织城商会工会联合会": ["纺织城商会工会联合会"],
        "河东社区": ["河东社区"],
        "区职工服务中心": ["云岭区职工服务中心"],
    },
    "清溪区": {
        "区总宣教部": ["清溪区总工会宣教部"],
        "区总工会办公室": ["清溪区总工会办公室"],
        "区总生活保障部": ["清溪区总工会生活保障部"],
        "市建材工会": ["东湖市建材工会"],
        "清溪针织厂工会": ["清溪针织厂工会"],
        "东门市场工会": ["东门市场工会"],
        "区教育工会": ["清溪区教育工会"],
    },
    "清溪中学": {
        "科技教育中心": ["清溪中学科技教育中心"],
        "教务处": ["清溪中学教务处"],
        "校工会": ["清溪中学工会"],
        "退管会": ["清溪中学退管会"],
        "校团委": ["清溪中学团委"],
    },
}


def read(*sources):
    """The units of sources, each a pair of source and place."""
    return read_units([Printed(*source) for source in sources], {}, {})


def names(found, source, place):
    return [found.units[key].name for key in found.readings[Printed(source, place)].units]


def parents(found):
    """Every unit with the one above it, by their names."""
    return {
        unit.name: found.units[unit.parent].name if unit.parent else None
        for unit in found.units.values()
    }


def test_every_source_of_the_sample_bulletins():
    found = read(*((source, "苏州市") for source in SUZHOU))
    assert {source: names(found, source, "苏州市") for source in SUZHOU} == SUZHOU
    above = parents(found)
    assert above.pop("苏州市总工会") is None
    assert set(above.values()) == {"苏州市总工会"}
    doubtful = [x.source for x, reading in found.readings.items() if reading.certainty < DOUBT]
    assert doubtful == ["市农村农村信用社行业管理组"]


def test_invented_places_tell_by_shape_what_belongs_where():
    pairs = [(source, place) for place, table in DONGHU.items() for source in table]
    found = read(*pairs)
    for place, table in DONGHU.items():
        assert {source: names(found, source, place) for source in table} == table
    above = parents(found)
    assert above["东湖市总工会"] is None
    assert above["清溪中学"] is None
    for county in ("临江县总工会", "云岭区总工会", "清溪区总工会", "白鹭镇总工会"):
        assert above[county] == "东湖市总工会"
    assert above["青石街道总工会"] == above["河东社区"] == "云岭区总工会"
    assert above["东湖市建材工会"] == "东湖市总工会"
    assert above["清溪区教育工会"] == above["清溪针织厂工会"] == "清溪区总工会"
    assert above["清溪中学教务处"] == "清溪中学"


@pytest.mark.parametrize(
    ("source", "place", "units"),
    [
        ("昆山市总", "苏州市", ["昆山市总工会"]),
        ("张家港、常熟市总工会", "苏州市", ["张家港市总工会", "常熟市总工会"]),
        ("吴江市总工会工会", "苏州市", ["吴江市总工会"]),
        ("市总", "昆山市", ["昆山市总工会"]),  # a city of the rank of a county
        ("区总", "吴中区", ["吴中区总工会"]),
        ("市总", "吴中区", ["苏州市总工会"]),
        ("省总", "苏州市", ["江苏省总工会"]),
        ("全总", "苏州市", ["中华全国总工会"]),
        ("市教育局工会、市卫生系统工会", "苏州市", ["苏州市教育局工会", "苏州市卫生系统工会"]),
        ("市教育局工会办公室", "苏州市", ["苏州市教育局工会办公室"]),
        ("研究室", "苏州市", ["苏州市总工会研究室"]),
        ("沙钢集团工会办公室", "苏州市", ["沙钢集团工会办公室"]),
        ("某某有限公司工会", "苏州市", ["某某有限公司工会"]),
        ("苏州市总工会", "", ["苏州市总工会"]),
        ("李明", "苏州市", []),
        ("摘自《工人日报》", "苏州市", []),
        ("综合", "苏州市", []),
    ],
)
def test_other_sources(source, place, units):
    assert names(read((source, place)), source, place) == units


@pytest.mark.parametrize("source", ["市总", "市总办公室", "高新区工会", "研究室"])
def test_what_cannot_be_known_without_the_place_is_doubtful(source):
    found = read((source, ""))
    assert found.readings[Printed(source, "")].certainty < DOUBT
    assert len(found.readings[Printed(source, "")].units) == 1


def test_bureaus_and_companies_have_their_rank_and_stand_below_the_union():
    found = read(
        ("市教育局工会", "苏州市"), ("沙钢集团工会", "苏州市"), ("市总宣教部", "苏州市"),
        ("昆山市总工会", "苏州市"), ("玉山镇总工会", "昆山市"), ("昆山沪光公司工会", "苏州市"),
    )  # fmt: skip
    ranks = {unit.name: unit.rank for unit in found.units.values()}
    assert ranks == {
        "苏州市总工会": "city", "苏州市教育局工会": "bureau", "沙钢集团工会": "company",
        "苏州市总工会宣教部": "office", "昆山市总工会": "county", "玉山镇总工会": "town",
        "昆山沪光公司工会": "company",
    }  # fmt: skip
    above = parents(found)
    assert above["玉山镇总工会"] == above["昆山沪光公司工会"] == "昆山市总工会"


def test_a_division_alone_stands_for_its_union_where_unions_are_spoken_of():
    assert names(read(("昆山", "苏州市")), "昆山", "苏州市") == ["昆山市"]
    found = read(("昆山", "苏州市"), ("市总宣教部", "苏州市"))
    assert names(found, "昆山", "苏州市") == ["昆山市总工会"]


def test_one_company_by_two_names():
    found = read(("创元集团工会", "苏州市"), ("苏州创元集团工会", "苏州市"))
    assert names(found, "创元集团工会", "苏州市") == ["苏州创元集团工会"]
    found = read(("沙钢集团工会", "苏州市"), ("张家港沙钢集团工会", "苏州市"))
    assert names(found, "沙钢集团工会", "苏州市") == ["张家港沙钢集团工会"]


def test_companies_of_the_same_name_in_two_cities_are_two():
    found = read(("供电公司工会", "苏州市"), ("供电公司工会", "无锡市"))
    first, second = (x.units for x in found.readings.values())
    assert first != second


def test_districts_of_the_same_name_in_two_cities_are_two():
    found = read(("鼓楼区总工会", "南京市"), ("鼓楼区总工会", "徐州市"))
    assert names(found, "鼓楼区总工会", "南京市") == ["南京市鼓楼区总工会"]
    assert parents(found)["徐州市鼓楼区总工会"] == "徐州市总工会"
    alone = read(("鼓楼区总工会", "南京市"))
    assert names(alone, "鼓楼区总工会", "南京市") == ["鼓楼区总工会"]


def test_a_town_belongs_to_the_county_whose_bulletin_names_it():
    found = read(("白鹭镇总工会", "东湖市"), ("白鹭镇总工会", "云岭区"), ("云岭区总工会", "东湖市"))
    assert parents(found)["白鹭镇总工会"] == "云岭区总工会"


def test_a_province_stands_above_where_a_bulletin_of_it_is_there():
    below = [("苏州市总工会", "江苏省"), ("无锡市总工会", "江苏省")]
    assert parents(read(*below))["苏州市总工会"] == "江苏省总工会"
    assert parents(read(("省总", "苏州市"), ("市总", "苏州市")))["苏州市总工会"] is None


def test_where_no_union_is_spoken_of_none_is_made_up():
    found = read(("市教育局", "东湖市"), ("市政府办公室", "东湖市"))
    assert parents(found) == {
        "东湖市": None,
        "东湖市教育局": "东湖市",
        "东湖市政府办公室": "东湖市",
    }


def test_the_users_names_come_first():
    keys = {
        Printed("市总", ""): "昆山市/总工会",
        Printed("女工部", "苏州市"): "苏州市/总工会/生活女工部",
    }
    sources = [Printed("市总、女工部", "苏州市"), Printed("女工部", "无锡市")]
    found = read_units(sources, keys, {})
    assert names(found, "市总、女工部", "苏州市") == ["昆山市总工会", "苏州市总工会生活女工部"]
    assert names(found, "女工部", "无锡市") == ["无锡市总工会女工部"]


def test_what_is_merged_takes_its_offices_along():
    sources = [Printed("市总办公室", ""), Printed("昆山市总工会", "")]
    found = read_units(sources, {}, {"/市总工会": "昆山市/总工会"})
    assert names(found, "市总办公室", "") == ["昆山市总工会办公室"]


def test_a_unit_that_its_own_parent_is_merged_into_stands_below_what_was_above():
    sources = [
        Printed("玉山镇总工会", "昆山市"),
        Printed("市总", "昆山市"),
        Printed("市总", "苏州市"),
    ]
    found = read_units(sources, {}, {"昆山市/总工会": "玉山镇/总工会"})
    assert parents(found)["玉山镇总工会"] == "苏州市总工会"


def test_each_part_has_its_reason():
    found = read(("市总办公室、研究室", "苏州市"))
    assert found.readings[Printed("市总办公室、研究室", "苏州市")].reasons == (
        Reason("市总办公室", "苏州市/总工会/办公室", "own", 0.9, "苏州市"),
        Reason("研究室", "苏州市/总工会/研究室", "office", 0.9, "苏州市"),
    )


WORDS = st.text(
    st.sampled_from("市区县总工会办室昆山苏州高新张家港校、 厂/局综合李明镇东湖"), max_size=12
)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=8), st.dictionaries(WORDS, WORDS, max_size=3))
def test_any_sources_give_a_tree(sources, merged):
    found = read_units([Printed(*source) for source in sources], {}, merged, ["a/b/c", ""])
    assert {Printed(*source) for source in sources} == found.readings.keys()
    for reading in found.readings.values():
        assert set(reading.units) <= found.units.keys()
    for unit in found.units.values():
        seen, at = set(), unit.key
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = found.units[at].parent
