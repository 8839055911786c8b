"""Reprints are found at import, linked, grouped, denied and found again after a change."""

from __future__ import annotations

import random
from array import array
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from reprint_samples import OTHER, STORY, write
from support import finish

from bulletin_desktop.language.fingerprint import same
from bulletin_desktop.library import reprints as rows
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.services import Library, browsing, history, reprints
from bulletin_desktop.services.importing import import_paths

Take = Callable[..., list[int]]


@pytest.fixture
def take(empty_library: Library, tmp_path: Path) -> Take:
    """Imports a bulletin; gives the ids of its articles."""

    def take_in(name: str, day: str, *articles: tuple[str, tuple[str, ...]]) -> list[int]:
        report = finish(import_paths(empty_library, [write(tmp_path, name, day, *articles)]))
        assert report.failed == []
        issues = set(report.issues)
        records = browsing.in_scope(empty_library)
        return [record.id for record in records if record.issue in issues]

    return take_in


def pairs(library: Library) -> set[tuple[int, int]]:
    return {(link.article, link.other) for link in rows.links(library)}


def test_a_story_that_was_sent_on_is_linked_at_import(empty_library: Library, take: Take) -> None:
    (first, other) = take("1", "3", ("临江县推进工资集体协商", STORY), ("园区有了妈咪小屋", OTHER))
    (short,) = take("2", "20", ("工资协商三个环节一个不少", STORY[:1] + STORY[2:3]))
    assert pairs(empty_library) == {(first, short), (short, first)}
    (found,) = reprints.of_article(empty_library, short)
    assert found.article.id == first
    assert found.share == 1
    assert found.differs == ("title", "length")
    assert reprints.of_article(empty_library, other) == ()


def test_groups_are_newest_first_each_beside_its_newest(empty_library: Library, take: Take) -> None:
    (old,) = take("1", "3", ("临江县推进工资集体协商", STORY))
    (new,) = take("2", "20", ("临江县推进工资集体协商", STORY))
    (mother, again) = take("3", "9", ("妈咪小屋", OTHER), ("三个环节", STORY[1:]))
    (last,) = take("4", "25", ("女工有了妈咪小屋", OTHER))
    found = [[each.article.id for each in group] for group in reprints.groups(empty_library)]
    assert found == [[last, mother], [new, again, old]]
    (_, middle, oldest) = reprints.groups(empty_library)[1]
    assert middle.differs == ("title", "length")
    assert oldest.differs == ()


def test_what_is_linked_by_way_of_another_is_one_group(empty_library: Library, take: Take) -> None:
    (whole,) = take("1", "3", ("全文", STORY))
    (front,) = take("2", "4", ("前半", STORY[:2]))
    (back,) = take("3", "5", ("后半", STORY[2:]))
    assert (front, back) not in pairs(empty_library)
    found = reprints.of_article(empty_library, front)
    assert [each.article.id for each in found] == [back, whole]
    assert found[0].share < 0.1
    assert found[1].share == 1


def test_trash_is_left_out_until_it_comes_back(empty_library: Library, take: Take) -> None:
    (first,) = take("1", "3", ("推进会", STORY))
    take("2", "20", ("推进会", STORY))
    history.undo(empty_library)
    assert reprints.of_article(empty_library, first) == ()
    assert reprints.groups(empty_library) == []
    history.redo(empty_library)
    assert len(reprints.of_article(empty_library, first)) == 1


def test_a_denial_parts_two_articles_and_can_be_taken_back(
    empty_library: Library, take: Take
) -> None:
    (first,) = take("1", "3", ("推进会", STORY))
    (second,) = take("2", "20", ("推进会", STORY))
    change = reprints.deny(empty_library, second, first)
    assert change.topics == {"reprints"}
    assert reprints.of_article(empty_library, first) == ()
    assert reprints.groups(empty_library) == []
    assert reprints.deny(empty_library, first, second).step is None
    history.undo(empty_library)
    assert len(reprints.of_article(empty_library, first)) == 1
    history.redo(empty_library)
    reprints.allow(empty_library, first, second)
    assert len(reprints.of_article(empty_library, first)) == 1
    with pytest.raises(KnownError, match=r"article\.missing"):
        reprints.deny(empty_library, first, 999)


def test_a_denied_member_of_a_group_is_not_shown_beside_the_other(
    empty_library: Library, take: Take
) -> None:
    first, second, third = (take(str(n), str(n), ("推进会", STORY))[0] for n in (1, 2, 3))
    reprints.deny(empty_library, first, second)
    found = reprints.of_article(empty_library, first)
    assert [each.article.id for each in found] == [third]


def test_a_denial_holds_for_a_new_state_of_the_file(empty_library: Library, take: Take) -> None:
    (first,) = take("1", "3", ("推进会", STORY))
    take("2", "20", ("推进会", STORY))
    reprints.deny(empty_library, first, first + 1)
    (later,) = take("2", "20", ("推进会", (*STORY, "会议开了半天。")))
    assert later != first + 1
    assert (first, later) not in pairs(empty_library)
    assert rows.denied(empty_library, later) == {first}


def test_an_article_that_is_cut_otherwise_is_compared_anew(
    empty_library: Library, take: Take
) -> None:
    (first,) = take("1", "3", ("推进会", STORY))
    (second,) = take("2", "20", ("推进会", STORY))
    with empty_library.transaction() as connection:
        connection.execute(
            "UPDATE articles SET parts = json_remove(parts, '$[2]', '$[2]', '$[2]') WHERE id = ?",
            [second],
        )
    assert pairs(empty_library) == set()
    assert finish(reprints.refresh(empty_library)) == 0  # what is left is too short
    with empty_library.transaction() as connection:
        sql = "UPDATE articles SET parts = (SELECT parts FROM articles WHERE id = ?) WHERE id = ?"
        connection.execute(sql, [first, second])
    assert finish(reprints.refresh(empty_library)) == 1
    assert pairs(empty_library) == {(first, second), (second, first)}


def test_what_was_found_does_not_keep_an_article_from_going(
    empty_library: Library, take: Take
) -> None:
    (first,) = take("1", "3", ("推进会", STORY))
    (second,) = take("2", "20", ("推进会", STORY))
    reprints.deny(empty_library, first, second)
    with empty_library.transaction() as connection:
        connection.execute("DELETE FROM articles WHERE id = ?", [second])
    assert empty_library.rows("SELECT article_id FROM fingerprints") == [(first,)]
    assert empty_library.rows("SELECT * FROM reprints") == []
    assert empty_library.rows("SELECT * FROM reprint_denials") == []


def test_a_library_from_before_is_caught_up_with(library: Library) -> None:
    wanted = library.rows("SELECT article_id, numbers FROM fingerprints ORDER BY article_id")
    assert len(wanted) == len(browsing.in_scope(library))
    with library.transaction() as connection:
        connection.execute("DELETE FROM fingerprints")
    assert reprints.catch_up(library, 0)  # one sign of life, then it stops
    while reprints.catch_up(library, 0):
        pass
    found = library.rows("SELECT article_id, numbers FROM fingerprints ORDER BY article_id")
    assert found == wanted
    assert rows.count_new(library) == 0


def test_a_phrase_of_everybody_links_nobody(empty_library: Library, take: Take) -> None:
    """The same text in more articles than a story is ever sent to is boilerplate."""
    for number in range(1, 17):
        take(str(number), str(number), ("通知", STORY))
    newest = max(record.id for record in browsing.in_scope(empty_library))
    assert len(reprints.groups(empty_library)) == 1
    with empty_library.transaction() as connection:
        connection.execute("DELETE FROM fingerprints WHERE article_id = ?", [newest])
    finish(reprints.refresh(empty_library))
    assert reprints.of_article(empty_library, newest) == ()


def plainly_linked(library: Library, batch: int) -> dict[tuple[int, int], float]:
    """What comparing gives, batch by batch and each article with each."""
    sql = "SELECT article_id, numbers FROM fingerprints ORDER BY article_id"
    numbers = {article: set(array("I", blob)) for article, blob in library.rows(sql)}
    words, articles = rows.Words(library), list(numbers)
    found: dict[tuple[int, int], float] = {}
    for begin in range(0, len(articles), batch):
        seen = articles[: begin + batch]
        often = Counter(number for article in seen for number in numbers[article])
        for article in articles[begin : begin + batch]:
            own = {number for number in numbers[article] if often[number] <= 12}
            for other in articles[: articles.index(article)]:
                if len(own & numbers[other]) >= 2:
                    like = same(words.of(article), words.of(other))
                    if like is not None:
                        found[article, other] = found[other, article] = like.share
    return found


@pytest.fixture
def uncompared(empty_library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A library of 60 articles, put together from the same paragraphs, that were not compared."""
    pick = random.Random(11)
    lines = [*STORY, *OTHER]
    for number in range(1, 13):
        articles = [
            (f"第{n}篇推进工资集体协商的报道", tuple(pick.sample(lines, pick.randint(2, 5))))
            for n in range(5)
        ]
        write(tmp_path, f"{number:02}", str(number), *articles)
    with monkeypatch.context() as patch:
        patch.setattr(reprints, "compare_new", lambda _: iter(()))
        finish(import_paths(empty_library, [tmp_path]))
    assert rows.count_new(empty_library) == 60
    return empty_library


@pytest.mark.parametrize(("batches", "numbers"), [(1, 10**9), (3, 10**9), (100, 10**9), (100, 300)])
def test_comparing_many_at_once_links_what_comparing_one_by_one_does(
    uncompared: Library, monkeypatch: pytest.MonkeyPatch, batches: int, numbers: int
) -> None:
    monkeypatch.setattr(reprints, "BATCH", 7)
    monkeypatch.setattr(reprints, "_BATCHES", batches)
    monkeypatch.setattr(reprints, "_NUMBERS", numbers)
    wanted = plainly_linked(uncompared, 7)
    assert len(wanted) > 20
    count = finish(reprints.compare_new(uncompared))
    assert count * 2 == len(wanted)
    found = uncompared.rows("SELECT article_id, other_id, share FROM reprints")
    assert {(one, other): share for one, other, share in found} == wanted
    assert rows.count_new(uncompared) == 0


def test_what_was_compared_before_a_cancel_stays(
    uncompared: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reprints, "_SECONDS", 0)
    work = reprints.compare_new(uncompared)
    assert [next(work).done for _ in range(9)] == [*range(1, 10)]
    with pytest.raises(StopIteration):
        work.send(True)
    assert rows.count_new(uncompared) == 51
    sql = "SELECT DISTINCT article_id FROM fingerprint_numbers ORDER BY article_id"
    assert len(uncompared.rows(sql)) == 9


def test_others_can_write_while_articles_are_compared(
    uncompared: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reprints, "_SECONDS", 0)
    for _ in reprints.compare_new(uncompared):
        assert not uncompared.connection.in_transaction


def test_the_samples_hold_no_reprints(library: Library) -> None:
    assert reprints.groups(library) == []
