"""Times in files for other programs: everything in UTC, and nothing that is no time."""

from __future__ import annotations

from datetime import UTC, datetime


def moment(at: str) -> str:
    """A time as it is kept, in UTC; "" for what is none."""
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        return ""
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    try:
        return found.astimezone(UTC).isoformat(timespec="seconds")
    except OverflowError:
        return ""


def stamp(at: str) -> str:
    """A time as other programs write it, with Z; "" for what is none."""
    return moment(at).replace("+00:00", "Z")
