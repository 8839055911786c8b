"""Use cases: each a verb; the only place where parsing, language, library and exporting meet."""

from bulletin_desktop.library.store import Library

__all__ = ["Library"]
