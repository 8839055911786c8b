"""Carrying long work on: to its end, or for a while."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Generator

_Result = TypeVar("_Result")


def finish(work: Generator[object, None, _Result]) -> _Result:
    """What work gives that nobody wants to cancel."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: _Result = end.value
            return result


def finish_by(work: Generator[object, bool | None, _Result], deadline: float) -> _Result:
    """What work gives that is cancelled at its first sign of life after a moment.

    ``deadline`` is one of the monotonic clock, in seconds.
    """
    answer: bool | None = None
    while True:
        try:
            work.send(answer)
        except StopIteration as end:
            result: _Result = end.value
            return result
        answer = time.monotonic() > deadline
