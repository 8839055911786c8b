"""The modules of packaging/, which are scripts and no package."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from types import ModuleType

import pytest
from support import ROOT


@pytest.fixture(scope="session")
def script() -> Callable[[str], ModuleType]:
    """Imports a script of packaging/ by its name."""

    def load(name: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(
            f"packaging_{name}", ROOT / "packaging" / f"{name}.py"
        )
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load
