"""The user's corrections of a cut: what is split, joined or named otherwise, on a sheet.

Every deed takes a position in the line or article that is meant. What makes no sense there raises
KnownError with a code ``correct.…``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast, get_args

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.text import IssueDate, ParsedText, PartRole, Span
from bulletin_desktop.parsing.build import parse_text
from bulletin_desktop.parsing.fields import (
    append,
    close,
    divide,
    heading_name,
    lead_with_sentence,
    looks_like_heading,
    make_part,
    read,
)
from bulletin_desktop.parsing.sheet import Heading, Number, Piece, Sheet

Value = Mapping[str, Any]
_HEAD: tuple[PartRole, ...] = ("kicker", "title", "subtitle")


def correct(text: str, parsed: ParsedText, code: str, at: int, value: Value) -> ParsedText:
    """What a parse becomes by one correction.

    Raises KnownError (correct.…) where it makes no sense at the position.
    """
    if not parsed.issues:
        raise KnownError("correct.blank")
    sheet = Sheet(text, parsed)
    if code in _PLAIN:
        _PLAIN[code](sheet, at)
    else:
        _VALUED[code](sheet, at, value)
    return sheet.finish()


def line_at(text: str, parsed: ParsedText, at: int) -> tuple[int, int]:
    """The trimmed line at a position. Raises KnownError("correct.blank") where it is blank."""
    return _line(Sheet(text, parsed), at)


def _line(sheet: Sheet, at: int) -> tuple[int, int]:
    start, end = sheet.line(at)
    if end <= start:
        raise KnownError("correct.blank")
    return start, end


def _piece(sheet: Sheet, at: int) -> tuple[Number, Piece]:
    found = sheet.piece_at(at)
    if found is None:
        raise KnownError("correct.no_article")
    return found


def _before(sheet: Sheet, number: Number, at: int) -> Piece | None:
    """The article that lies last before a position, if it belongs to the issue."""
    above = (p for n in sheet.numbers for p in n.pieces if p.end <= at)
    last = max(above, key=lambda p: p.start, default=None)
    return last if last in number.pieces else None


def _heading_before(number: Number, at: int) -> Heading | None:
    above = (h for h in number.headings if 0 <= h.start < at)
    return max(above, key=lambda h: h.start, default=None)


def _split(sheet: Sheet, at: int) -> None:
    """A new article begins with a line; it is read like any, up to the end of the old one."""
    start, _ = _line(sheet, at)
    number, piece = _piece(sheet, start)
    if start <= piece.start:
        raise KnownError("correct.begins_here")
    _open(sheet, number, piece, start)
    sheet.settle(start)


def _open(sheet: Sheet, number: Number, piece: Piece, start: int) -> Piece:
    """Let an article begin with a line inside another; the name of a section right above opens
    that.
    """
    *_, above = sheet.lines(piece.start, start)
    if above[0] > piece.start and looks_like_heading(sheet.text[above[0] : above[1]]):
        _make_heading(sheet, *above)
    else:
        _split_piece(sheet, number, piece, start)
    return _piece(sheet, start)[1]


def _split_piece(sheet: Sheet, number: Number, piece: Piece, start: int) -> None:
    head, tail = divide(sheet, piece, start)
    assert head is not None
    assert tail is not None
    close(sheet, head)
    rest = read(sheet, tail)
    number.pieces.remove(piece)
    number.pieces += [head, rest]


def _join(sheet: Sheet, at: int) -> None:
    """An article goes on the one before it, with all that stands between."""
    number, piece = _piece(sheet, at)
    onto = _before(sheet, number, piece.start)
    if onto is None:
        raise KnownError("correct.first_article")
    for heading in [h for h in number.headings if onto.end <= h.start < piece.start]:
        _drop_heading(number, heading, onto.section)
    sheet.clear(onto.end, piece.start)
    number.pieces.remove(piece)
    append(sheet, onto, piece)
    sheet.settle(piece.start)


def _drop_heading(number: Number, heading: Heading, instead: Heading | None) -> None:
    for piece in number.pieces:
        if piece.section is heading:
            piece.section = instead
    number.headings.remove(heading)


def _name_line(sheet: Sheet, at: int, value: Value) -> None:
    """A line is a title, a subtitle, a source … or opens a section or an issue."""
    role = str(value["role"])
    start, end = _line(sheet, at)
    if role == "section":
        _make_heading(sheet, start, end)
    elif role == "issue":
        _begin_issue(sheet, start)
    elif role not in get_args(PartRole):
        raise KnownError("correct.role", role=role)
    elif sheet.piece_at(start) is None:
        _take_line(sheet, start, end, cast("PartRole", role))
    else:
        _name_part(sheet, start, end, cast("PartRole", role))
    sheet.settle(start, issue=role == "issue")


def _name_part(sheet: Sheet, start: int, end: int, role: PartRole) -> None:
    """A line of an article is one of its fields; a title below its body opens a new one."""
    number, piece = _piece(sheet, start)
    below_body = any(part.end <= start for part in piece.of("body"))
    if below_body and role == "subtitle":
        raise KnownError("correct.not_below_title")
    if below_body and role in ("kicker", "title"):
        piece = _open(sheet, number, piece, start)
    make_part(sheet, piece, (start, end), role)


def _take_line(sheet: Sheet, start: int, end: int, role: PartRole) -> None:
    """A line outside all articles is part of one: of the next for a title, else of the last."""
    number = sheet.number_at(start)
    found = sheet.heading_at(start)
    before = _before(sheet, number, start)
    heading = _heading_before(number, start)
    if role not in _HEAD and (before is None or _parts_them(heading, before)):
        raise KnownError("correct.no_article")
    if found is not None:
        _drop_heading(*found, before.section if before else None)
    sheet.clear(start, end)
    if role in _HEAD:
        _put_above(sheet, number, heading, (start, end), role)
    elif before is not None:
        line = Piece(None, "article", start, end, [])
        sheet.clear(before.end, start)
        append(sheet, before, line)
        make_part(sheet, before, (start, end), role)


def _parts_them(heading: Heading | None, before: Piece) -> bool:
    return heading is not None and heading.start > before.start


def _put_above(
    sheet: Sheet, number: Number, heading: Heading | None, line: tuple[int, int], role: PartRole
) -> None:
    """Put a line on top of the article right below it, or make it one by itself."""
    start, end = line
    after = (p for n in sheet.numbers for p in n.pieces if p.start >= end)
    below = min(after, key=lambda p: p.start, default=None)
    if below not in number.pieces or sheet.text[end : below.start].strip():
        below = Piece(heading, "article", start, end, [])
        number.pieces.append(below)
    below.start = start
    make_part(sheet, below, line, role)


def _make_heading(sheet: Sheet, start: int, end: int) -> None:
    """A line opens a section; the articles below it up to the next one belong to it."""
    heading = Heading(heading_name(sheet.text[start:end]), start, end)
    number = sheet.number_at(start)
    found, old = sheet.piece_at(start), sheet.heading_at(start)
    if found is not None:
        _take_out(sheet, *found, heading)
    if old is not None:
        _drop_heading(*old, heading)
    sheet.clear(start, end)
    limit = min((h.start for h in number.headings if h.start > start), default=len(sheet.text))
    for piece in number.pieces:
        if start < piece.start < limit:
            piece.section = heading
    number.headings.append(heading)


def _take_out(sheet: Sheet, number: Number, piece: Piece, heading: Heading) -> None:
    """Take a line out of an article; what stands below it in the body is an article by itself."""
    head, tail = divide(sheet, piece, heading.start)
    assert tail is not None
    _, rest = divide(sheet, tail, heading.end)
    number.pieces.remove(piece)
    if head is not None:
        close(sheet, head)
        number.pieces.append(head)
    if rest is not None:
        rest.section = heading
        number.pieces.append(read(sheet, rest) if head is not None else rest)


def _begin_issue(sheet: Sheet, start: int) -> None:
    """A new issue begins with a line: what stands below it in the old one is read anew."""
    number = sheet.number_at(start)
    if start <= number.start:
        raise KnownError("correct.begins_here")
    following = [n.start for n in sheet.numbers if n.start > start]
    end = min(following, default=len(sheet.text))
    for other in sheet.numbers:
        _vacate(sheet, other, start, end)
    anew = Sheet(sheet.text, _shifted(parse_text(sheet.text[start:end]), start))
    sheet.clear(start, end)
    sheet.others += anew.others
    sheet.cuts = [c for c in sheet.cuts if not start <= c.start < end] + anew.cuts
    at = sheet.numbers.index(number) + 1
    sheet.numbers[at:at] = anew.numbers


def _vacate(sheet: Sheet, number: Number, start: int, end: int) -> None:
    """Take out of an issue what lies in a stretch; an article that reaches into it is divided."""
    for piece in [p for p in number.pieces if p.start < end and start < p.end]:
        number.pieces.remove(piece)
        head, _ = divide(sheet, piece, start)
        if head is not None:
            close(sheet, head)
            number.pieces.append(head)
    for heading in [h for h in number.headings if start <= h.start < end]:
        _drop_heading(number, heading, None)


def _shifted(parsed: ParsedText, by: int) -> ParsedText:
    """The same parse, of a text that begins further on."""
    issues = tuple(
        issue._replace(
            articles=tuple(
                a._replace(
                    start=a.start + by,
                    end=a.end + by,
                    parts=tuple(p._replace(start=p.start + by, end=p.end + by) for p in a.parts),
                    omitted=tuple((x + by, y + by) for x, y in a.omitted),
                )
                for a in issue.articles
            )
        )
        for issue in parsed.issues
    )
    spans = tuple(s._replace(start=s.start + by, end=s.end + by) for s in parsed.spans)
    cuts = tuple(c._replace(start=c.start + by) for c in parsed.cuts)
    return ParsedText(spans, issues, parsed.warning, cuts)


def _join_issues(sheet: Sheet, at: int) -> None:
    """An issue goes on the one before it in the file; its masthead becomes a remainder."""
    number = sheet.number_at(at)
    place = sheet.numbers.index(number)
    if not place:
        raise KnownError("correct.first_issue")
    onto = sheet.numbers[place - 1]
    last = _heading_before(onto, number.start)
    for piece in number.pieces:
        if piece.section is None and _heading_before(number, piece.start) is None:
            piece.section = last
    onto.headings += number.headings
    onto.pieces += number.pieces
    head = ("masthead", "contents")
    first = min((p.start for p in number.pieces), default=len(sheet.text))
    sheet.others = [
        s._replace(role="remainder") if s.role in head and number.start <= s.start < first else s
        for s in sheet.others
    ]
    sheet.numbers.remove(number)
    sheet.cuts = [c for c in sheet.cuts if (c.start, c.role) != (number.start, "issue")]


def _discard(sheet: Sheet, at: int) -> None:
    """What was taken for an article is none."""
    number, piece = _piece(sheet, at)
    number.pieces.remove(piece)
    sheet.others.append(Span("remainder", piece.start, piece.end))
    sheet.settle(piece.start)


def _take_up(sheet: Sheet, at: int) -> None:
    """What lies in no article becomes one, from a line to the end of its stretch."""
    start, _ = _line(sheet, at)
    if sheet.piece_at(start) or sheet.heading_at(start):
        raise KnownError("correct.begins_here")
    end = next((s.end for s in sheet.others if s.start <= start < s.end), start)
    number = sheet.number_at(start)
    heading = _heading_before(number, start)
    sheet.clear(start, end)
    number.pieces.append(read(sheet, Piece(heading, "article", start, end, [])))
    sheet.settle(start)


def _set_kind(sheet: Sheet, at: int, value: Value) -> None:
    _, piece = _piece(sheet, at)
    piece.kind = "brief" if value["kind"] == "brief" else "article"
    if piece.kind == "brief":
        lead_with_sentence(sheet, piece)
    sheet.settle(piece.start)


def _move_to_section(sheet: Sheet, at: int, value: Value) -> None:
    """An article belongs to a section by its name, which may be new, or to none."""
    number, piece = _piece(sheet, at)
    name = value.get("section")
    if name is None:
        piece.section = None
        return
    found = next((h for h in number.headings if h.name == name), None)
    if found is None:
        found = Heading(str(name))
        number.headings.append(found)
    piece.section = found


def _move_to_issue(sheet: Sheet, at: int, value: Value) -> None:
    """An article belongs to another issue of the file, told by its place among them."""
    number, piece = _piece(sheet, at)
    if not 0 <= int(value["issue"]) < len(sheet.numbers):
        raise KnownError("correct.issue")
    for each in sheet.numbers:  # the articles no longer tell where it begins
        sheet.settle(each.start, issue=True)
    number.pieces.remove(piece)
    piece.section = None
    sheet.numbers[int(value["issue"])].pieces.append(piece)


def _set_facts(sheet: Sheet, at: int, value: Value) -> None:
    """Title, numbers, editor and date of an issue, as the user knows them."""
    number = sheet.number_at(at)
    facts = number.facts
    number.facts = facts._replace(
        title=value.get("title", facts.title) or None,
        number=value.get("number", facts.number) or None,
        total_number=value.get("total_number", facts.total_number) or None,
        editor=value.get("editor", facts.editor) or None,
    )
    if "date" in value:
        evidence = str(value.get("evidence") or "")
        date = IssueDate(str(value["date"]), "confirmed", evidence) if value["date"] else None
        number.facts = number.facts._replace(date=date)


def _confirm(sheet: Sheet, at: int) -> None:
    start, _ = _line(sheet, at)
    sheet.settle(start)


_PLAIN: dict[str, Callable[[Sheet, int], None]] = {
    "split": _split,
    "join": _join,
    "join_issue": _join_issues,
    "discard": _discard,
    "take_up": _take_up,
    "confirm": _confirm,
}
_VALUED: dict[str, Callable[[Sheet, int, Value], None]] = {
    "role": _name_line,
    "kind": _set_kind,
    "section": _move_to_section,
    "issue": _move_to_issue,
    "facts": _set_facts,
}
