"""The middle of an issue cut into sections and articles, line by line with its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bulletin_desktop.model.text import Cut, CutRole
from bulletin_desktop.parsing import marks, sources
from bulletin_desktop.parsing.drafts import Draft
from bulletin_desktop.parsing.headings import following, holds_items
from bulletin_desktop.parsing.lines import PROSE, Kind, Line, lead, ordinal, strip_number
from bulletin_desktop.parsing.openings import (
    Opening,
    is_broken,
    is_broken_title,
    is_note,
    number_opening,
    paragraph_opening,
    title_opening,
)
from bulletin_desktop.parsing.sections import Opened, looks_like_section, section_at
from bulletin_desktop.parsing.sentences import first_sentence
from bulletin_desktop.parsing.style import Style
from bulletin_desktop.parsing.titles import is_kicker, read_title

_ITEM_LIMIT = 90  # a marked line longer than this is a paragraph
_LENIENT_LENGTH = 45  # so much before a bracket shows that a unit in it closes a paragraph
_LIST_REACH = 60
_TITLE_LINES = 2
_NAME_LENGTH = 6  # above a title a line this short may be a section's name
_UNSURE = 0.7
_DOUBTFUL = 0.25  # an article that is less likely than this to begin is not mentioned


@dataclass(slots=True)
class Middle:
    """What the middle of an issue holds: section lines, articles, and lines in neither.

    ``cuts`` say why, and where something might have begun.
    """

    sections: list[tuple[str, Line]] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    loose: list[tuple[int, int]] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)

    def explain(self, line: Line, role: CutRole, rule: str, certainty: float) -> None:
        """Note a decision about a line."""
        self.cuts.append(Cut(line.start, role, rule, certainty))


def cut_articles(lines: Sequence[Line], style: Style) -> Middle:
    """Sections and articles of an issue's middle, in order."""
    return _Cutter(lines, style).cut_all()


class _Cutter:
    """Walks over the lines; ``draft`` is the article under way."""

    def __init__(self, lines: Sequence[Line], style: Style) -> None:
        self.lines = lines
        self.style = style
        self.result = Middle()
        self.at = 0
        self.draft: Draft | None = None
        self.closing: Line | None = None  # the line that last gave a source
        self.brief = False

    def cut_all(self) -> Middle:
        at = 0
        while at < len(self.lines):
            at = self._step(at)
        self._close()
        return self.result

    def _step(self, at: int) -> int:
        self.at = at
        line = self.lines[at]
        settled = self.draft is None or self.draft.closed
        opened = section_at(self.lines, at, self.style, settled)
        if opened is not None:
            self._open_section(opened, at)
            return at + 1
        if not settled and looks_like_section(self.lines, at):
            self.result.explain(line, "body", "rule.maybe_section", 0.7)
        if self._is_apart(line) or (settled and self._is_slogan(at)):
            self._set_apart(line)
            return at + 1
        opening = self._opening(at)
        if opening is not None and opening.begins:
            return self._start(at, opening)
        if opening is not None and self.draft is not None:
            self.draft.heads += self.lines[at - 1].ended
            if opening.certainty >= _DOUBTFUL:
                certainty = round(1 - opening.certainty, 2)
                self.result.explain(line, "body", "rule.maybe_title", certainty)
        elif self._may_be_brief(at):
            self.result.explain(line, "body", "rule.maybe_brief", 0.7)
        self._continue(at)
        return at + 1

    def _open_section(self, opened: Opened, at: int) -> None:
        self._close()
        line, after = self.lines[at], following(self.lines, at)
        self.result.sections.append((opened.name, line))
        self.result.explain(line, "section", opened.rule, opened.certainty)
        titled = after is not None and after.kind is Kind.TITLE
        maybe = not titled and marks.MAYBE_BRIEFS.search(opened.name)
        known = marks.BRIEF_SECTION.search(opened.name)
        self.brief = bool(maybe or known or holds_items(self.lines, at))

    def _close(self) -> None:
        """Finish the article under way; what was omitted after its end stands apart."""
        if self.draft is None:
            return
        end = self.draft.end
        self.result.loose += [s for s in self.draft.omitted if s[0] >= end]
        self.result.drafts.append(self.draft)
        self.draft = None

    def _is_apart(self, line: Line) -> bool:
        """Pages, rules and running heads; and an imprint where no article is open."""
        if line.kind in (Kind.PAGE, Kind.RULE, Kind.NUMBER):
            return True
        settled = self.draft is None or self.draft.closed
        return line.kind in (Kind.IMPRINT, Kind.CONTENTS) and settled

    def _is_slogan(self, at: int) -> bool:
        """劳动光荣　创造伟大 at the foot of a section, where no article can begin."""
        after = self.lines[at + 1 : at + 2]
        ends = not after or after[0].kind is Kind.SECTION
        title = at > 0 and self.lines[at].kind is Kind.TITLE
        return ends and title and is_kicker(self.lines[at].text)

    def _set_apart(self, line: Line) -> None:
        if self.draft is None:
            self.result.loose.append((line.start, line.end))
        else:
            self.draft.omitted.append((line.start, line.end))

    # Does this line start an article?

    def _opening(self, at: int) -> Opening | None:
        line, draft = self.lines[at], self.draft
        if draft is None:
            return self._first_opening(at)
        if draft.appends(line):
            return None
        if line.kind is Kind.BULLET:
            return self._bullet_opening(at, draft)
        if line.kind is Kind.TITLE or line.kind is Kind.SECTION:
            opening = title_opening(self.lines, at, draft, self.style)
            # Below a source nothing but a title can stand, however little it looks like one.
            return (
                opening._replace(certainty=max(0.5, opening.certainty)) if draft.closed else opening
            )
        if line.kind is Kind.NUMBERED:
            return number_opening(line, draft, self.brief)
        if is_broken_title(self.lines, at) and (draft.closed or self._is_set_apart(at)):
            return Opening("rule.title_broken", 0.8)
        if draft.closed and is_note(self.lines, at):
            return Opening("rule.editors_note", 0.85)
        if line.kind is Kind.TEXT and self.brief:
            return paragraph_opening(line, draft)
        return None

    def _first_opening(self, at: int) -> Opening:
        """Where nothing is open, any line begins an article."""
        line = self.lines[at]
        if line.kind is Kind.BULLET:
            return Opening("rule.brief_bullet", 0.9)
        if line.kind is Kind.NUMBERED:
            return Opening("rule.title_numbered", 0.85)
        if is_note(self.lines, at):
            return Opening("rule.editors_note", 0.9)
        if line.kind in PROSE and not is_broken_title(self.lines, at):
            if self.brief or self._opens_briefs(at):
                return Opening("rule.brief_paragraph", 0.85)
            return Opening("rule.untitled", 0.6)
        opening = title_opening(self.lines, at, None, self.style)
        return opening._replace(certainty=max(0.5, opening.certainty))

    def _is_set_apart(self, at: int) -> bool:
        """Whether a line below a full sentence is set as titles are and no paragraph is."""
        line, style = self.lines[at], self.style
        outdented = line.indent == style.title_indent != style.body_indent
        return outdented and self.lines[at - 1].ended

    def _bullet_opening(self, at: int, draft: Draft) -> Opening | None:
        if self.brief or draft.marked == "bullet":
            return Opening("rule.brief_bullet", 0.95)
        if draft.closed:
            return Opening("rule.brief_bullet", 0.8)
        before = self.lines[at - 1]
        if self.lines[at].credited and before.ended and not is_broken(before.text):
            return Opening("rule.brief_bullet", 0.76)
        return Opening("rule.brief_bullet", 0.6) if _ends_with_items(self.lines, at) else None

    def _may_be_brief(self, at: int) -> bool:
        """The first marked paragraph below one that is ended, in an article that goes on."""
        line, before = self.lines[at], self.lines[at - 1]
        if line.kind is not Kind.BULLET or before.kind is not Kind.TEXT or not before.ended:
            return False
        return not is_broken(before.text) and "。" in line.text

    # An article begins

    def _start(self, at: int, opening: Opening) -> int:
        self._close()
        line = self.lines[at]
        number = len(self.result.sections) - 1 if self.result.sections else None
        self.draft = Draft(number, "brief" if self.brief else "article", line.start, line.end)
        after = self._start_with(at, self.draft)
        lines = len(self.draft.title)
        odd = lines > _TITLE_LINES or (lines > 1 and len(line.text) <= _NAME_LENGTH)
        unsure = odd and opening.rule != "rule.title_in_contents"
        certainty = min(opening.certainty, _UNSURE) if unsure else opening.certainty
        self.result.explain(line, self.draft.kind, opening.rule, certainty)
        return after

    def _start_with(self, at: int, draft: Draft) -> int:
        line = self.lines[at]
        if line.kind is Kind.TEXT and self._opens_briefs(at):
            self.brief = True
            draft.kind = "brief"
        if is_note(self.lines, at):
            self._add_line(line, 0)
            return self._start_with_title(at + 1, 0)
        skip = self._skip_mark(line, draft)
        if is_broken_title(self.lines, at):
            return self._start_with_title(at, skip)
        if line.kind in PROSE or self._is_item(at, skip):
            return self._start_with_text(at, skip)
        return self._start_with_title(at, skip)

    def _skip_mark(self, line: Line, draft: Draft) -> int:
        """How much of the line its bullet or number takes, in a place where that is a mark."""
        if line.kind is Kind.BULLET:
            draft.marked = "bullet"
            words = line.text.lstrip(marks.LEADS).lstrip()
            return len(line.text) - len(words) if words else 0
        number = strip_number(line.text)
        if 0 < number < len(line.text) and (line.kind is Kind.NUMBERED or self.brief):
            draft.marked = "number"
            draft.ordinal = ordinal(line.text)
            return number
        return 0

    def _is_item(self, at: int, skip: int) -> bool:
        """A marked line that is a whole brief: a paragraph, or a title with nothing below."""
        line = self.lines[at]
        words = line.text[skip:]
        if line.kind not in (Kind.BULLET, Kind.NUMBERED):
            return self.brief and sources.trailing_credit(words, lenient=True) is not None
        after = self.lines[at + 1 : at + 2]
        calls = words.rstrip(marks.CLOSING_QUOTES)[-1:] in marks.EXCLAIMED
        titled = calls and after and after[0].kind is Kind.TEXT
        if (line.ended and not titled) or len(words) > _ITEM_LIMIT or "。" in words:
            return True
        if sources.trailing_credit(words, lenient=True):
            return True
        goes_on = (*PROSE, Kind.TITLE, Kind.DASH, Kind.NUMBERED)
        return not after or after[0].kind not in goes_on

    def _start_with_text(self, at: int, skip: int) -> int:
        assert self.draft is not None
        line = self.lines[at]
        if self.draft.marked:
            self.draft.kind = "brief"
        self._add_line(line, skip)
        if self.draft.kind == "brief":
            _lead_with_sentence(self.draft, line)
        return at + 1

    def _opens_briefs(self, at: int) -> bool:
        """Untitled paragraphs, each with a source or a number, are briefs in any section."""
        if is_broken_title(self.lines, at):
            return False
        here = self.lines[at : at + 3]
        if here[0].credited:
            return len(here) > 1 and here[1].kind is Kind.TEXT
        credited = len(here) > 1 and here[1].kind is Kind.CREDIT
        if credited and len(here) > 2 and here[2].kind is Kind.TEXT:
            return True
        return self.draft is not None and not self.draft.body and _opens_list(self.lines, at)

    def _start_with_title(self, at: int, skip: int) -> int:
        assert self.draft is not None
        line = self.lines[at]
        if line.start in self.style.units:
            self.draft.source = (line.start, line.end)
            at += 1
        after, pages = read_title(self.lines, at, skip, self.draft, self.style.body_indent)
        self.draft.omitted += pages
        if not self.draft.title:
            self._add_line(self.lines[at], 0)
            return at + 1
        return after

    # An article goes on

    def _continue(self, at: int) -> None:
        assert self.draft is not None
        line = self.lines[at]
        if line.kind is Kind.CREDIT:
            dashed = len(line.text) - len(line.text.lstrip(sources.DASHES))
            bare = sources.Credit("source", dashed, len(line.text), 0)
            credit = sources.credit_of_line(line.text) or bare
            self.draft.close(credit, (line.start, line.end), None)
            self.closing = line
            return
        if marks.ATTACHMENT.match(line.text) and (self.draft.closed or line.kind is Kind.TITLE):
            self.draft.attach()
        elif self.draft.closed and line.kind is not Kind.DATE:
            self.draft.reopen()
            if self.closing and self.closing.start > self.draft.start:
                self.result.explain(self.closing, "body", "rule.maybe_source", 0.6)
        self._add_line(line, 0)

    def _add_line(self, line: Line, skip: int) -> None:
        """The line as a paragraph of the body, without the credit that closes it."""
        assert self.draft is not None
        words = line.text[skip:].lstrip()
        start = line.end - len(words)
        brief = self.draft.kind == "brief"
        lenient = brief or line.kind is Kind.TITLE or len(words) > _LENIENT_LENGTH
        credit = line.credit if not skip and start == line.start else None
        if credit is None and line.text[-1] in marks.CLOSING:
            credit = sources.trailing_credit(words, lenient)
        if credit is None or self.draft.attached:
            if not (line.wrapped and self._close_broken(line)):
                self.draft.add_paragraph(start, line.end)
            return
        self.draft.add_paragraph(start, start + credit.cut)
        self.draft.close(credit, (start, line.end), len(self.draft.body) - 1)
        self.closing = line

    def _close_broken(self, line: Line) -> bool:
        """Take a source whose bracket a hard-wrapped paragraph breaks: …（市档案局↵党总支）."""
        draft = self.draft
        if draft is None or not draft.body or line.text[-1] not in marks.CLOSING:
            return False
        before = self.lines[self.at - 1]
        if draft.body[-1][1] != before.end or draft.attached:
            return False
        words = before.text + " " * (line.start - before.end) + line.text
        credit = sources.trailing_credit(words, lenient=True)
        if credit is None or credit.cut >= len(before.text):
            return False
        draft.body[-1] = (draft.body[-1][0], before.start + credit.cut)
        draft.close(credit, (before.start, line.end), len(draft.body) - 1)
        return True


def _opens_list(lines: Sequence[Line], at: int) -> bool:
    """Whether a paragraph with the number 1 is the first of several."""
    count = ordinal(lines[at].text)
    if count is None or count[1] != 1:
        return False
    for line in lines[at + 1 : at + _LIST_REACH]:
        if line.kind is Kind.TEXT and ordinal(line.text) == (count[0], 2):
            return True
        if line.kind is not Kind.TEXT and line.kind is not Kind.CREDIT:
            return False
    return False


def _ends_with_items(lines: Sequence[Line], at: int) -> bool:
    """Whether marked paragraphs go on to the end of the section, below a text that is ended."""
    before, bullet = lines[at - 1], lines[at].text[0]
    if not before.ended or before.kind is not Kind.TEXT or "。" not in lines[at].text:
        return False
    for line in lines[at + 1 : at + _LIST_REACH]:
        if line.kind is Kind.SECTION:
            break
        if line.kind is not Kind.CREDIT and line.text[0] != bullet:
            return False
    return lines[at + 1 : at + 2] != []


def _lead_with_sentence(draft: Draft, line: Line) -> None:
    """Make the words before a gap, or the first sentence, a brief's title; the rest is its body."""
    start, end = draft.body[0]
    words = line.text[start - line.start : end - line.start]
    stop = lead(words) or first_sentence(words)
    title = words[:stop].removesuffix("。").rstrip() or words
    draft.title.append((start, start + len(title)))
    rest = words[stop:]
    if rest.strip():
        draft.body[0] = (start + stop + len(rest) - len(rest.lstrip()), end)
    draft.led = True
