"""A compilation as a web page: sound, closed to the outside, its links leading somewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from lxml import etree

from bulletin_desktop.exporting.compiled import CompiledGroup, Masthead
from bulletin_desktop.exporting.template import load_template
from bulletin_desktop.exporting.text_file import clean

ELEMENTS = {
    "html", "head", "meta", "title", "style", "body", "main", "header", "nav", "article", "footer",
    "h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "a", "b", "br", "mark", "span", "small", "sup",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "title", "style",
    "role", "value", "scope",
}  # fmt: skip


def tree(path):
    """The page as XML: what is not well nested or escaped fails."""
    text = (
        path.read_text(encoding="utf-8").replace("<!DOCTYPE html>\n", "").replace("<br>", "<br/>")
    )
    return etree.fromstring(re.sub(r"<meta ([^>]*)>", r"<meta \1/>", text).encode())


@pytest.fixture(params=["annotated", "hostile", "compilation"])
def page(request, save):
    return tree(save("html", request.getfixturevalue(request.param)))


def test_it_has_known_elements_alone_and_asks_for_nothing(page):
    elements = list(page.iter())
    assert {element.tag for element in elements} <= ELEMENTS
    assert {name for element in elements for name in element.attrib} <= ATTRIBUTES
    assert all(href.startswith("#") for href in page.xpath("//@href"))
    styles = page.xpath("//body//@style")
    assert all(re.fullmatch("--c: #[0-9A-F]{6}", style) for style in styles)
    assert "url(" not in page.findtext("head/style")
    assert "@import" not in page.findtext("head/style")
    assert page.xpath("//meta/@content")[0].startswith("default-src 'none'; ")


def test_every_link_leads_to_one_place(page):
    ids = page.xpath("//@id")
    assert len(set(ids)) == len(ids)
    assert {href[1:] for href in page.xpath("//@href")} <= set(ids)


def test_a_browser_nests_it_as_it_is_written(hostile, save):
    class Nesting(HTMLParser):
        def __init__(self):
            super().__init__()
            self.open = []

        def handle_starttag(self, tag, attrs):
            if tag not in ("meta", "br"):
                self.open.append(tag)

        def handle_endtag(self, tag):
            assert self.open.pop() == tag

    parser = Nesting()
    parser.feed(save("html", hostile).read_text(encoding="utf-8"))
    parser.close()
    assert parser.open == []


def test_words_of_users_stay_words(hostile, save):
    page = tree(save("html", hostile))
    titles = [title.text for title in page.iter("h3")]
    assert titles == [clean(group.heading) for group in hostile.groups]


def test_highlights_lead_to_one_another_and_themes_to_passages(annotated, save):
    page = tree(save("html", annotated))
    marks = page.xpath("//mark/@id")
    assert marks == ["m1", "m2", "m3", "m4"]
    behind = page.xpath("//a[@class='behind']/@href")
    assert behind == ["#m2", "#m3", "#m4"]
    assert page.xpath("//a[@class='before']/@href") == ["#m1", "#m2", "#m3"]
    themes = page.xpath("//nav[@id='index']/ul/li")
    assert [li.xpath(".//a/@href") for li in themes] == [
        ["#a2", "#m2", "#a5", "#m4"],
        ["#a2", "#m1"],
        ["#m3"],
    ]


def test_without_highlights_the_index_leads_to_articles(annotated, save):
    printing = replace(annotated.printing, highlights=False, notes="none")
    page = tree(save("html", replace(annotated, printing=printing)))
    assert page.xpath("//mark") == []
    assert page.xpath("//nav[@id='index']//a/@href") == ["#a2", "#a5", "#a2"]


def test_a_bulletin_of_ones_own_has_its_masthead_and_distribution(annotated, article, save):
    template = load_template()
    parts = replace(template.parts, masthead=True, distribution=True)
    bulletin = replace(
        annotated,
        groups=(CompiledGroup(None, (article(),)),),
        masthead=Masthead("工会<简报>", "第3期", "青河县总工会", "2011年3月5日"),
        distribution=("报：县委", "送：各镇"),
    )
    page = tree(save("html", bulletin, replace(template, parts=parts)))
    assert page.findtext(".//h1") == "工会<简报>"
    assert "".join(page.find(".//footer").itertext()) == "报：县委送：各镇"


def test_it_says_in_which_language_it_is(annotated, save):
    english = replace(annotated, labels=replace(annotated.labels, language="en"))
    page = tree(save("html", english))
    assert (page.get("lang"), page.find("body/main").get("lang")) == ("en", "zh-CN")
