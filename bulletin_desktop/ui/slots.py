"""Which deed each action does."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bulletin_desktop.ui import settings
from bulletin_desktop.ui.actions import CHOICES, CORRECTIONS, Act

if TYPE_CHECKING:
    from collections.abc import Callable

    from bulletin_desktop.ui.context import Context
    from bulletin_desktop.ui.main_window import MainWindow
    from bulletin_desktop.ui.palette_offers import PaletteOffers

    Slots = dict[Act, Callable[[], object]]


def slots_of(window: MainWindow, context: Context) -> Slots:
    """A deed for every action of a window."""
    asked = [act for act in Act if act.value.group == "library"]
    companions, kept = window.companions, context.settings
    return {
        **{act: partial(window.asked.emit, act) for act in (*asked, Act.QUIT)},
        **{act: partial(kept.put, *choice) for act, choice in CHOICES.items()},
        **_deeds(window),
        **_going(window),
        **_reading(window),
        **_units(window),
        **_reprints(window),
        **_finding(window),
        **_saved(window),
        **_marking(window),
        **_annotations(window),
        Act.CLOSE_LIBRARY: window.close,
        # Bound, since an action tells whether it is checked, which is no page.
        Act.SETTINGS: partial(companions.show_settings, "appearance"),
        Act.PALETTE: partial(companions.show_palette, partial(_offers, window, context)),
        Act.KEY_LIST: companions.show_keys,
        Act.ABOUT: companions.show_about,
        Act.WATCH: partial(companions.show_watched, window.look_at_watched),
    }


def _deeds(window: MainWindow) -> Slots:
    deeds = window.deeds
    return {
        Act.IMPORT_FILES: deeds.import_files,
        Act.IMPORT_FOLDER: deeds.import_folder,
        Act.IMPORT_CLIPBOARD: deeds.import_clipboard,
        Act.REVIEW: window.reviews.show_selected,
        **{act: partial(window.corrections.carry_out, act) for act in CORRECTIONS},
        Act.UNDO: deeds.undo,
        Act.REDO: deeds.redo,
        Act.STAR: deeds.star,
        Act.COLLECT: deeds.collect,
        Act.NEW_COLLECTION: deeds.new_collection,
        Act.MOVE_UP: partial(deeds.move_in_collection, -1),
        Act.MOVE_DOWN: partial(deeds.move_in_collection, 1),
        Act.STARTER_THEMES: deeds.add_starter_themes,
    }


def _units(window: MainWindow) -> Slots:
    units = window.units
    return {
        Act.RENAME: units.rename,
        Act.MERGE_UNIT: units.merge,
        Act.MOVE_UNIT: units.move,
        Act.UNIT_NAMES: units.show_names,
        Act.SOURCES: units.show_sources,
    }


def _reprints(window: MainWindow) -> Slots:
    reprints = window.reprints
    return {
        Act.REPRINTS: reprints.show_reprints,
        Act.NEXT_DIFFERENCE: partial(reprints.step, 1),
        Act.PREVIOUS_DIFFERENCE: partial(reprints.step, -1),
    }


def _finding(window: MainWindow) -> Slots:
    finding = window.finding
    return {
        Act.FIND: finding.open,
        Act.NEXT_HIT: partial(finding.step, 1),
        Act.PREVIOUS_HIT: partial(finding.step, -1),
        Act.CONCORDANCE: window.concordances.show,
    }


def _saved(window: MainWindow) -> Slots:
    saved = window.saved
    return {
        Act.EXPORT: saved.export_meant,
        Act.SAVE_SEARCH: saved.save,
        Act.LIKE_THIS: saved.show_like_read,
    }


def _marking(window: MainWindow) -> Slots:
    marking = window.marking
    return {
        Act.SENTENCE: marking.select_sentence,
        Act.CLAUSE: marking.select_clause,
        Act.MARK: marking.mark,
        Act.UNMARK: marking.unmark,
        Act.MARK_NOTE: marking.write_note,
        Act.NEXT_MARK: partial(marking.step, 1),
        Act.PREVIOUS_MARK: partial(marking.step, -1),
        Act.REPEAT: window.deeds.repeat_theme,
        Act.ACCEPT_SUGGESTION: window.tagging.accept_suggestion,
        Act.NEXT_UNTAGGED: partial(window.going.go_untagged, 1),
        Act.PREVIOUS_UNTAGGED: partial(window.going.go_untagged, -1),
    }


def _annotations(window: MainWindow) -> Slots:
    annotations = window.annotations
    return {
        Act.THEMES: annotations.manage_themes,
        Act.EDIT_COLLECTION: annotations.arrange_meant,
        Act.RULES: annotations.show_rules,
        Act.WORDS: annotations.show_words,
        Act.HIGHLIGHTS: annotations.show_highlights,
        Act.NOTES: annotations.show_notes,
        Act.ISSUE_NOTE: annotations.note_on_issue,
        Act.HISTORY: annotations.show_history,
        Act.ARTICLE_HISTORY: annotations.show_article_history,
        Act.TRASH: annotations.show_trash,
        Act.TRASH_ARTICLE: annotations.trash_articles,
        Act.MERGE: annotations.merge,
        Act.EXPORT_BUNDLE: annotations.export_bundle,
        Act.AGREEMENT: annotations.show_agreement,
    }


def _offers(window: MainWindow, context: Context) -> PaletteOffers:
    """Where the palette can lead in this window."""
    from bulletin_desktop.ui.palette_offers import PaletteOffers

    return PaletteOffers(context, window.going, window.outline, window.search, window.saved)


def _going(window: MainWindow) -> Slots:
    going = window.going
    return {
        Act.NEXT: going.step_on,
        Act.PREVIOUS: going.step_back,
        Act.NEXT_UNREAD: going.go_on_unread,
        Act.BACK: going.go_back,
        Act.FORWARD: going.go_forward,
        Act.SEARCH: going.focus_search,
        Act.THEME: going.focus_themes,
        Act.NOTE: going.focus_note,
        Act.READING_MODE: going.toggle_mode,
    }


def _reading(window: MainWindow) -> Slots:
    reader = window.reader
    return {
        Act.PRINT: reader.print_article,
        Act.COPY_CITED: reader.copy_cited,
        Act.OUTLINE: reader.show_outline,
        Act.READ: reader.toggle_read,
        Act.ORIGINAL: reader.show_original,
        Act.FOLDER: reader.open_folder,
        Act.BESIDE: reader.toggle_beside,
        Act.LARGER: partial(reader.pages.zoom, 1),
        Act.SMALLER: partial(reader.pages.zoom, -1),
        Act.USUAL_SIZE: partial(reader.pages.put_size, settings.SIZE.default),
        Act.TYPOGRAPHY: reader.typography,
    }
