"""Which rows go on which page."""

from __future__ import annotations

from bulletin_desktop.exporting.pdf.filling import FOOT_GAP, fill
from bulletin_desktop.exporting.pdf.rows import Mark, Piece, Row


def paragraph(count, **fields):
    return Piece([Row(100.0) for _ in range(count)], **fields)


def counts(pieces, height=1000.0):
    return [len(sheet.placed) for sheet in fill(pieces, height)]


def test_no_row_of_a_paragraph_stands_alone_at_the_end_of_a_page():
    assert counts([paragraph(9), paragraph(4)]) == [9, 4]


def test_no_row_of_a_paragraph_stands_alone_at_the_beginning_of_a_page():
    assert counts([paragraph(5), paragraph(6)]) == [9, 2]
    assert counts([paragraph(8), paragraph(3)]) == [8, 3]


def test_a_title_goes_along_with_what_follows():
    title = paragraph(1, keep=True, mark=Mark(7, 1, "题"))
    sheets = list(fill([paragraph(8), title, paragraph(5)], 1000.0))
    assert [len(sheet.placed) for sheet in sheets] == [8, 6]
    assert sheets[1].marks == [(0.0, Mark(7, 1, "题"))]


def test_what_is_whole_is_parted_only_where_a_page_cannot_hold_it():
    assert counts([paragraph(4), paragraph(7, whole=True)]) == [4, 7]
    assert counts([paragraph(4), paragraph(13, whole=True)]) == [4, 10, 3]


def test_the_space_above_is_left_out_at_the_top_of_a_page_unless_it_was_begun_for_it():
    pieces = [paragraph(10), paragraph(2, before=50.0), paragraph(1, before=50.0, new_page=True)]
    tops = [sheet.placed[0][0] for sheet in fill(pieces, 1000.0)]
    assert tops == [0.0, 0.0, 50.0]


def test_a_note_stands_on_the_page_of_its_row():
    noted = paragraph(3)
    noted.rows[0].feet = (Row(100.0),)
    sheets = list(fill([paragraph(8), noted], 1000.0))
    assert [(len(sheet.placed), len(sheet.feet)) for sheet in sheets] == [(8, 0), (3, 1)]


def test_a_note_longer_than_the_page_goes_on_at_the_foot_of_the_next():
    noted = paragraph(1)
    noted.rows[0].feet = tuple(Row(100.0) for _ in range(20))
    sheets = list(fill([noted, paragraph(2)], 1000.0))
    assert sum(len(sheet.feet) for sheet in sheets) == 20
    assert sum(len(sheet.placed) for sheet in sheets) == 3
    noted = [sheet for sheet in sheets if sheet.feet]
    assert all(sheet.used + sheet.feet_height + FOOT_GAP <= 1001 for sheet in noted)


def test_the_head_of_a_table_is_repeated_on_each_page():
    head = (Row(100.0),)
    table = [paragraph(1, keep=True), *(paragraph(2, whole=True, repeat=head) for _ in range(7))]
    assert counts([paragraph(1), *table]) == [10, 7]
