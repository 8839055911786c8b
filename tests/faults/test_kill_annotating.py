"""A program that is killed while it tags and works in bulk loses nothing that it said was done."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from library_walk import content
from support import ROOT

from bulletin_desktop.library import integrity
from bulletin_desktop.services import Library, history

# Tells of each step, when it is done, its number and what is in the library then.
WORKING = """
import json, sys
from pathlib import Path
from library_walk import VERBS, Walk, content
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.scope import Scope
from bulletin_desktop.services import Library, browsing, tagging
APART = {"undo", "redo", "go_to", "annotator", "note", "another note", "import"}
with Library(Path(sys.argv[1])) as library:
    walk = Walk(library, None, int(sys.argv[2]))
    names = [name for name in VERBS if name not in APART]
    everything = lambda: browsing.ids_in_scope(library, Scope())
    bulk = lambda walk: tagging.toggle(library, everything(), walk.theme())
    print(json.dumps([1, content(library)]), flush=True)
    while True:
        verb = bulk if walk.chance() else VERBS[walk.random.choice(names)]
        try:
            change = verb(walk)
        except KnownError:
            continue
        if change.step is not None:
            print(json.dumps([change.step, content(library)]), flush=True)
"""


def killed(file, seed, seconds, environment):
    """Work on a library and be killed some time after the start; gives what was told as done."""
    path = os.pathsep.join((str(ROOT / "tests"), str(ROOT)))
    child = subprocess.Popen(
        [sys.executable, "-c", WORKING, str(file), str(seed)],
        env={**environment, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
    )
    assert child.stdout is not None
    with child.stdout:
        lines = [child.stdout.readline()]
        time.sleep(seconds)
        child.send_signal(signal.SIGKILL)
        assert child.wait(60) == -signal.SIGKILL
        lines += child.stdout.readlines()
    return [json.loads(line) for line in lines if line.endswith(b"\n")]


def prove(file, told):
    """All that was told is there, and at most one step more, which is whole; gives its number."""
    step, known = told[-1]
    with Library(file) as library:
        assert list(integrity.problems(library)) == []
        steps = [each.id for each in history.steps(library, history.MAX_STEPS)]
        assert steps[::-1] == list(range(1, len(steps) + 1))
        assert steps[0] in (step, step + 1)
        if steps[0] > step:
            history.undo(library)
        assert content(library) == known
        for _ in told[:0:-1]:
            history.undo(library)
        assert content(library) == told[0][1]
        assert list(integrity.problems(library)) == []
    return step


@pytest.mark.skipif(sys.platform == "win32", reason="kills by a signal")
@pytest.mark.parametrize("seed", range(3))
def test_a_killed_program_loses_nothing_that_it_said_was_done(
    seed, library_file, child_environment
):
    assert prove(library_file, killed(library_file, seed, 0.3, child_environment)) > 1


@pytest.mark.full
@pytest.mark.skipif(sys.platform == "win32", reason="kills by a signal")
def test_two_hundred_kills_lose_nothing(seeded_file, child_environment, tmp_path):
    pick = random.Random(6)
    done = 0
    for seed in range(200):
        file = Path(shutil.copy(seeded_file, tmp_path / f"{seed}.bdlib"))
        done += prove(file, killed(file, seed, pick.uniform(0, 1), child_environment))
        file.unlink()
    assert done > 2000
