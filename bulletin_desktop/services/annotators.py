"""Who works on a library, and whose work is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletin_desktop.library import annotating
from bulletin_desktop.model.errors import KnownError

if TYPE_CHECKING:
    from bulletin_desktop.library.store import Library

_SETTING = "annotator"
_MOST = 60


def name(library: Library) -> str:
    """The name of who works on the library; "" where nobody has said it."""
    return annotating.setting(library, _SETTING) or ""


def set_name(library: Library, given: str) -> str:
    """Keep who works on the library from now on, "" for nobody in particular; gives the name.

    It is no step of the history. Raises KnownError("annotator.long_name").
    """
    clean = " ".join(given.split())
    if len(clean) > _MOST:
        raise KnownError("annotator.long_name", n=_MOST)
    if clean != name(library):
        annotating.set_setting(library, _SETTING, clean)
    return clean


def known(library: Library) -> list[str]:
    """All who put themes on articles outside the trash, the present annotator first.

    Tags of a time when nobody had said a name are the present annotator's; "" stands for one who
    still has none.
    """
    from bulletin_desktop.library import agreement  # deferred: a start only asks for the name

    present = name(library)
    names = {said or present for said in agreement.annotators(library)}
    return sorted(names, key=lambda one: (one != present, one))
