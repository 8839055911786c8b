"""Names the tests that were skipped and fails if there are any: ``skipped.py REPORT.xml``.

The report is the JUnit XML that pytest writes with ``--junitxml``; a test that is expected to fail
stands there as skipped too, with a type of its own, and is let pass.
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path


def skipped(report: Path) -> list[str]:
    """The skipped tests of a report, each with its reason. Raises ParseError for another file."""
    found = []
    for case in ElementTree.parse(report).iter("testcase"):
        for mark in case.iter("skipped"):
            if mark.get("type") != "pytest.xfail":
                found.append(f"{case.get('classname')}::{case.get('name')}: {mark.get('message')}")
    return found


def main() -> int:
    """1 where a test was skipped, else 0."""
    found = skipped(Path(sys.argv[1]))
    for line in found:
        print(f"skipped: {line}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
