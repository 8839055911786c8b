from __future__ import annotations

import logging
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from bulletin_desktop.language import segment
from bulletin_desktop.language.segment import Segmenter
from bulletin_desktop.paths import resource

USER_WORDS = resource("user_dictionary.txt").read_text(encoding="utf-8").splitlines()


def test_words_of_the_field_stay_whole(segmenter: Segmenter) -> None:
    text = "昆山市总工会召开工资集体协商推进会，学习“两个普遍”精神。"
    words = segmenter.words(text)
    assert {"总工会", "工资集体协商", "两个普遍"} <= set(words)
    assert "".join(words) == "昆山市总工会召开工资集体协商推进会学习两个普遍精神"


def test_words_leave_out_blanks_and_punctuation(segmenter: Segmenter) -> None:
    assert segmenter.words("●  ——，\n") == []
    assert segmenter.words("") == []
    assert segmenter.words("达95%。") == ["达", "95%"]


def test_each_user_word_is_cut_whole(segmenter: Segmenter) -> None:
    assert [word for word in USER_WORDS if segmenter.words(word) != [word]] == []


def test_user_words_break_no_neighbours(segmenter: Segmenter) -> None:
    for text, words in [
        ("企业主要负责人", ["企业", "主要", "负责人"]),
        ("进入会场", ["进入", "会场"]),
        ("已经审议通过", ["已经", "审议", "通过"]),
        ("生产期间", ["生产", "期间"]),
    ]:
        assert segmenter.words(text) == words


def test_user_dictionary_is_words_only_and_once() -> None:
    assert len(USER_WORDS) == len(set(USER_WORDS))
    assert [word for word in USER_WORDS if not word.isalnum() or len(word) < 2] == []


def test_loading_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    import jieba

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    Segmenter().load()
    assert list(tmp_path.iterdir()) == []
    assert not jieba.dt.initialized
    assert jieba.dt.FREQ == {}
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("jieba").level == logging.WARNING


def test_dictionary_is_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    started, built = threading.Barrier(4), []

    class Tokenizer:
        def cut(self, text: str) -> list[str]:
            return [text]

    def build() -> Tokenizer:
        built.append(threading.get_ident())
        return Tokenizer()

    def use() -> None:
        started.wait()
        words.append(shared.words("工会"))

    monkeypatch.setattr(segment, "_tokenizer", build)
    shared, words = Segmenter(), []
    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(built) == 1
    assert words == [["工会"]] * 4


def test_nothing_heavy_is_imported_before_use() -> None:
    code = (
        "import sys\n"
        "from bulletin_desktop.language import (\n"
        "    folding, grams, matching, pinyin, query_parser, segment, suggest, themes)\n"
        "segment.Segmenter()\n"
        "print(sorted({'jieba', 'pypinyin'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_given_words_are_cut_whole_until_they_are_taken_away() -> None:
    own, text = Segmenter(), "扎实推进彩虹计划和职工书屋建设"
    before = own.words(text)
    own.know(["扎实推进彩虹", "职工书屋建设"])
    assert {"扎实推进彩虹", "职工书屋建设"} <= set(own.words(text))
    assert own.naming(["扎实推进彩虹"]) == {"扎实推进彩虹": 1.0}
    own.know(["职工书屋建设"])
    assert "扎实推进彩虹" not in own.words(text)
    assert own.has("职工书屋建设")
    own.know([])
    assert own.words(text) == before
    assert not own.has("职工书屋建设")


def test_a_given_word_of_the_dictionary_stays_in_it() -> None:
    own = Segmenter()
    own.know(["图书馆"])
    own.know([])
    assert own.words("去图书馆") == ["去", "图书馆"]


def test_words_of_the_dictionary_are_found_in_it(segmenter: Segmenter) -> None:
    found = segmenter.naming(["图书馆", "一", "龟裂", "认真", "没有这个词"])
    assert set(found) == {"图书馆"}
    assert 0 < found["图书馆"] < 1


def test_ends_of_words_and_marks_add_up_to_the_text():
    text = "工资集体协商， 2011年"
    ends = Segmenter().ends(text)
    assert ends == sorted(set(ends))
    assert {6, 7, 8} <= set(ends)
    assert ends[-1] == len(text)
