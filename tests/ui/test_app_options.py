"""The window's options."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin_desktop.app import Options, read_options
from bulletin_desktop.model.errors import KnownError


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ([], Options()),
        (["--sample"], Options(sample=True)),
        (["--library", "a b.bdlib"], Options(library=Path("a b.bdlib"))),
        (["--library=a=b.bdlib"], Options(library=Path("a=b.bdlib"))),
        (["--lang", "en", "--theme=dark"], Options(language="en", theme="dark")),
        (["--lang=zh", "--theme", "light"], Options(language="zh", theme="light")),
        (["简报.txt", "文件夹"], Options(files=(Path("简报.txt"), Path("文件夹")))),
        (["a.txt", "--sample"], Options(sample=True, files=(Path("a.txt"),))),
    ],
)
def test_options_are_read(words: list[str], wanted: Options) -> None:
    assert read_options(words) == wanted


@pytest.mark.parametrize(
    "words",
    [["--nothing"], ["--library"], ["--library="], ["--lang", "fr"], ["--lang"], ["--theme=blue"]],
)
def test_what_is_no_option_is_refused(words: list[str]) -> None:
    with pytest.raises(KnownError) as refused:
        read_options(words)
    assert refused.value.code == "start.usage"
    assert words[0] == refused.value.params["word"]
