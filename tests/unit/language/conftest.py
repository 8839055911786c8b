from __future__ import annotations

import pytest

from bulletin_desktop.language.segment import Segmenter


@pytest.fixture(scope="session")
def segmenter() -> Segmenter:
    """One for all tests: its dictionary takes half a second to load."""
    return Segmenter()
