"""The fields of an article that is corrected: divided, read anew, put together, named otherwise."""

from __future__ import annotations

from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.text import Kind as ArticleKind
from bulletin_desktop.model.text import Part, PartRole, Span
from bulletin_desktop.parsing import sources
from bulletin_desktop.parsing.build import parse_text
from bulletin_desktop.parsing.lines import (
    SECTION_LIMIT,
    TITLE_LIMIT,
    Kind,
    kind_of,
    section_name,
    strip_number,
)
from bulletin_desktop.parsing.marks import BRIEF_SECTION, BULLETS, SECTION_NAME
from bulletin_desktop.parsing.sentences import first_sentence
from bulletin_desktop.parsing.sheet import Piece, Sheet, trim

_OF_PAGES = (Kind.PAGE, Kind.NUMBER)  # what stands at the head or foot of a page
_DASHES = "-—―－–─ \u3000\t"
_BRACKETS = "（）()〔〕[]［］【】 \u3000\t"


def divide(sheet: Sheet, piece: Piece, at: int) -> tuple[Piece | None, Piece | None]:
    """An article up to a position and from there on, each with its parts; None where nothing is."""
    return _clipped(sheet, piece, piece.start, at), _clipped(sheet, piece, at, piece.end)


def _clipped(sheet: Sheet, piece: Piece, start: int, end: int) -> Piece | None:
    first, last = trim(sheet.text, start, end)
    if last <= first:
        return None
    inside = [(p, *trim(sheet.text, max(p.start, start), min(p.end, end))) for p in piece.parts]
    parts = [Part(p.role, a, b) for p, a, b in inside if a < b and start <= a and b <= end]
    omitted = [o for o in piece.omitted if start <= o[0] and o[1] <= end]
    return Piece(piece.section, piece.kind, first, last, parts, omitted)


def close(sheet: Sheet, piece: Piece) -> None:
    """Take the source that closes an article's last line out of its body, if it has none yet."""
    _shed_pages(sheet, piece)
    body = piece.of("body")
    if not body or piece.of("source"):
        return
    last = max(body, key=lambda part: part.end)
    words = sheet.text[last.start : last.end]
    own_line = sources.credit_of_line(words) if len(body) > 1 else None
    credit = own_line or sources.trailing_credit(words)
    if credit is None:
        return
    piece.parts.remove(last)
    if own_line is None:
        piece.parts.append(Part("body", *trim(sheet.text, last.start, last.start + credit.cut)))
    _add_credit(piece, last.start, credit)


def _shed_pages(sheet: Sheet, piece: Piece) -> None:
    """Leave out page numbers and running heads with which an article ends."""
    whole = [o for o in piece.omitted if sheet.line(o[0])[0] == o[0]]
    while last := next((o for o in whole if o[1] == piece.end), None):
        piece.omitted.remove(last)
        sheet.others.append(Span("remainder", *last))
        piece.end = trim(sheet.text, piece.start, last[0])[1]


def _add_credit(piece: Piece, start: int, credit: sources.Credit) -> None:
    piece.parts.append(Part(credit.role, start + credit.start, start + credit.end))
    if credit.rest_end:
        piece.omitted.append((start + credit.rest, start + credit.rest_end))


def read(sheet: Sheet, piece: Piece) -> Piece:
    """A stretch as one article: as the parser reads it, else a title line and paragraphs."""
    made = _parsed(sheet, piece) or _plain(sheet, piece)
    made.kind = _kind_read(sheet, made)
    if made.kind == "brief":
        lead_with_sentence(sheet, made)
    return made


def _kind_read(sheet: Sheet, piece: Piece) -> ArticleKind:
    """An article where a title stands above its body; else the looks and the section decide."""
    titles, body = piece.of("title"), piece.of("body")
    if titles and body and sheet.line(titles[-1].start) != sheet.line(body[0].start):
        return "article"
    if sheet.text[piece.start] in BULLETS:
        return "brief"
    in_briefs = piece.section is not None and BRIEF_SECTION.search(piece.section.name)
    return "brief" if in_briefs else piece.kind


def _parsed(sheet: Sheet, piece: Piece) -> Piece | None:
    parsed = parse_text(sheet.text[piece.start : piece.end])
    articles = [article for issue in parsed.issues for article in issue.articles]
    if len(articles) == 1 and not piece.omitted:
        found, by = articles[0], piece.start
        if (found.start + by, found.end + by) == (piece.start, piece.end):
            parts = [Part(p.role, p.start + by, p.end + by) for p in found.parts]
            omitted = [(a + by, b + by) for a, b in found.omitted]
            return Piece(piece.section, piece.kind, piece.start, piece.end, parts, omitted)
    return None


def lead_with_sentence(sheet: Sheet, piece: Piece) -> None:
    """Make the first sentence of a brief without a title that, and the rest its body."""
    if piece.of("title") or not piece.of("body"):
        return
    first = min(piece.of("body"), key=lambda part: part.start)
    words = sheet.text[first.start : first.end]
    marked = len(words) - len(words.lstrip("".join(BULLETS) + " \u3000"))
    stop = marked + first_sentence(words[marked:])
    title = words[marked:stop].removesuffix("。").rstrip()
    at = piece.parts.index(first)
    piece.parts[at] = first._replace(start=first.start + marked)
    if words[stop:].strip():
        piece.parts[at] = Part("body", *trim(sheet.text, first.start + stop, first.end))
    piece.parts.append(Part("title", first.start + marked, first.start + marked + len(title)))


def _plain(sheet: Sheet, piece: Piece) -> Piece:
    parts = [Part("body", *line) for line in _lines(sheet, piece)]
    words = sheet.text[parts[0].start : parts[0].end] if parts else ""
    if len(parts) > 1 and len(words) <= TITLE_LIMIT and kind_of(words) is not Kind.TEXT:
        parts[0] = parts[0]._replace(role="title")
    made = Piece(piece.section, piece.kind, piece.start, piece.end, parts, piece.omitted)
    close(sheet, made)
    return made


def _lines(sheet: Sheet, piece: Piece) -> list[tuple[int, int]]:
    """The lines of an article but for what is omitted."""
    found = sheet.lines(piece.start, piece.end)
    return [x for x in found if not any(a <= x[0] and x[1] <= b for a, b in piece.omitted)]


def append(sheet: Sheet, onto: Piece, piece: Piece) -> None:
    """Let all lines from the end of one article to the end of another be body of the first.

    The other's source closes the whole, and the first's own becomes body again.
    """
    sources_after = piece.of("source")
    if sources_after:
        _give_back(sheet, onto, "source")
    between = list(sheet.lines(onto.end, piece.start))
    pages = [line for line in between if kind_of(sheet.text[slice(*line)]) in _OF_PAGES]
    onto.omitted += pages
    for start, end in [*(x for x in between if x not in pages), *_lines(sheet, piece)]:
        credits = [p for p in sources_after if start <= p.start and p.end <= end]
        body = [p for p in piece.of("body") if start <= p.start and p.end <= end]
        if not credits:
            onto.parts.append(Part("body", start, end))
        elif body:
            onto.parts.append(Part("body", start, max(p.end for p in body)))
    onto.parts += sources_after
    onto.omitted += piece.omitted
    onto.end = piece.end


def _give_back(sheet: Sheet, piece: Piece, role: PartRole) -> None:
    """Make body again of what an article has in a field, with the rest of its line."""
    for part in piece.of(role):
        start, end = sheet.line(part.start)
        start, end = max(start, piece.start), min(end, piece.end)
        body = [p for p in piece.of("body") if start <= p.start and p.end <= end]
        piece.parts = [p for p in piece.parts if p not in body and p is not part]
        piece.omitted = [o for o in piece.omitted if not start <= o[0] < end]
        first = min([p.start for p in body], default=start)
        piece.parts.append(Part("body", first, end))


def make_part(sheet: Sheet, piece: Piece, line: tuple[int, int], role: PartRole) -> None:
    """Let a line of an article be one field of it.

    Raises KnownError("correct.no_bracket") for a paragraph that shall name a source and does not.
    """
    start, end = line
    made = _credit(sheet, line, role) if role in ("source", "author") else []
    if made:
        _give_back(sheet, piece, role)
    piece.parts = [p for p in piece.parts if p.end <= start or end <= p.start]
    piece.omitted = [o for o in piece.omitted if o[1] <= start or end <= o[0]]
    words = sheet.text[start:end]
    lead = len(words) - len(words.lstrip(_DASHES)) if role == "subtitle" else 0
    piece.parts += made or [Part(role, start + lead, end)]


def _credit(sheet: Sheet, line: tuple[int, int], role: PartRole) -> list[Part]:
    """The source or author that a line is, or has in the bracket at its end."""
    start, end = line
    words = sheet.text[start:end]
    credit = sources.credit_of_line(words)
    if credit is not None:
        return [Part(role, start + credit.start, start + credit.end)]
    credit = sources.trailing_credit(words, lenient=True)
    if credit is not None:
        body = Part("body", *trim(sheet.text, start, start + credit.cut))
        return [body, Part(role, start + credit.start, start + credit.end)]
    if len(words) > TITLE_LIMIT:
        raise KnownError("correct.no_bracket")
    bare = words.strip(_BRACKETS) or words
    at = start + words.index(bare)
    return [Part(role, at, at + len(bare))]


def looks_like_heading(words: str) -> bool:
    """Whether a line right above an article is likely to name a section."""
    if len(words) > SECTION_LIMIT:
        return False
    return section_name(words) is not None or bool(SECTION_NAME.match(heading_name(words)))


def heading_name(words: str) -> str:
    """The name of a section without its marks and number."""
    bare = words.strip("".join(BULLETS) + " \u3000：")
    return section_name(words) or bare[strip_number(bare) :].strip() or words
