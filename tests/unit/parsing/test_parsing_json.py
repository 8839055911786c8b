"""A parse rendered as the document of ``parse --json``."""

from __future__ import annotations

import json

from as_json import file_entry

from bulletin_desktop.parsing.build import parse_text
from bulletin_desktop.parsing.decode import decode_bytes

TEXT = "【简讯】\n●职工书屋开放。3月5日，读者到馆。（图书馆）\n"


def test_a_parse_renders_as_json():
    decoded = decode_bytes(TEXT.encode())
    entry = json.loads(json.dumps(file_entry("a.txt", decoded, parse_text(decoded.text))))
    assert (entry["encoding"], entry["text_length"]) == ("utf-8", len(TEXT))
    assert entry["spans"] == [
        {"role": "section", "start": 0, "end": 4},
        {"role": "blank", "start": 4, "end": 5},
        {"role": "article", "start": 5, "end": 28},
        {"role": "blank", "start": 28, "end": 29},
    ]
    assert entry["issues"][0]["sections"] == ["简讯"]
    assert entry["issues"][0]["articles"] == [
        {
            "section": "简讯", "kind": "brief", "kicker": None, "title": "职工书屋开放",
            "subtitle": None, "author": None, "source": "图书馆", "body": "3月5日，读者到馆。",
            "start": 5, "end": 28, "omitted": [],
        }
    ]  # fmt: skip
