"""Articles as sources for reference managers."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from bulletin_desktop.exporting.compiled import CompiledGroup

# What the schema of CSL data lets these fields be.
CSL = {
    "id": str, "type": str, "title": str, "author": list, "container-title": str, "issue": str,
    "issued": dict, "section": str, "keyword": str, "note": str, "language": str,
}  # fmt: skip


def entries(text):
    """Key and fields of each BibTeX entry; braces are counted as BibTeX does, backslash or not."""
    for entry in re.split(r"\n\n(?=@|\Z)", text)[:-1] if text else []:
        key, *lines = entry.split("\n")
        assert lines.pop() == "}"
        fields = {}
        for line in lines:
            name, value = re.fullmatch(r"  ([a-z]+) = \{(.*)\},", line).groups()
            depth = 0
            for sign in value:
                depth += (sign == "{") - (sign == "}")
                assert depth >= 0
            assert depth == 0
            fields[name] = value
        yield re.fullmatch(r"@article\{([\w-]+),", key)[1], fields


def test_bibtex_counts_no_brace_of_a_user(hostile, save):
    told = dict(entries(save("bib", hostile).read_text(encoding="utf-8")))
    assert len(told) == len(hostile.groups)
    wild = next(x for x in told.values() if "textasciitilde" in x["title"])
    assert wild["journaltitle"] == (
        r"\textbraceleft{}\textbackslash{}\textbraceright{}\$\textasciicircum{}"
        r"\textasciitilde{}\%\_\#\&"
    )


def test_every_line_of_ris_has_a_tag(hostile, save):
    text = save("ris", hostile).read_bytes().decode("utf-8")
    lines = [line for line in text.split("\r\n") if line]
    assert text.count("\n") == text.count("\r\n")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert [x for x in lines if x.startswith("TY")] == ["TY  - JOUR"] * len(hostile.groups)
    assert len(text.splitlines()) == len(lines) + len(hostile.groups)


@pytest.mark.parametrize("name", ["annotated", "hostile"])
def test_csl_has_fields_of_the_schema_alone(request, save, name):
    told = json.loads(save("csl", request.getfixturevalue(name)).read_text(encoding="utf-8"))
    for item in told:
        assert all(type(value) is CSL[field] for field, value in item.items())
        assert item["type"] == "article-journal"
        assert all(set(author) == {"literal"} for author in item.get("author", []))
        (date,) = item["issued"]["date-parts"] if "issued" in item else [[2011]]
        assert 1 <= len(date) <= 3


def test_keys_are_unique_and_do_not_depend_on_the_order(article, compile_groups, save):
    two = article(number=1, date="2011"), article(number=2)
    there = compile_groups(CompiledGroup(None, two))
    back = compile_groups(CompiledGroup(None, two[::-1]), CompiledGroup(None, two[:1]))

    def keys(compilation):
        return [key for key, _ in entries(save("bib", compilation).read_text(encoding="utf-8"))]

    assert keys(there) == ["jianbao2011-1", "jianbao-2"]
    assert keys(back) == ["jianbao-2", "jianbao2011-1", "jianbao2011-1-2"]


def test_an_article_without_a_title_is_called_by_its_first_words(article, compile_groups, save):
    long = article(title=None, author="张三", paragraphs=("工" * 40,), number=3)
    compilation = compile_groups(CompiledGroup(None, (long,)))
    ((_, fields),) = entries(save("bib", compilation).read_text(encoding="utf-8"))
    assert fields["title"] == "{" + "工" * 30 + "……}"
    assert (fields["author"], fields["note"]) == ("{张三}", "来源：青河县总工会")
    named = replace(compilation, groups=(CompiledGroup(None, (replace(long, author=None),)),))
    ((_, fields),) = entries(save("bib", named).read_text(encoding="utf-8"))
    assert (fields["author"], "note" in fields) == ("{青河县总工会}", False)
