"""How long an import takes beside reading, decoding and inserting the same rows, its peak memory,
and how soon it ends when it is cancelled.

usage: python benchmarks/bench_import.py [issues]

Each import runs in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from bench_reprints import shorten
from generator import bulletins

from bulletin_desktop import paths
from bulletin_desktop.library.schema import STRUCTURE
from bulletin_desktop.services import Library, browsing
from bulletin_desktop.services.importing import import_paths
from bulletin_desktop.services.working import finish

CANCELS = 20
BATCH = 40  # files in a transaction of the raw limit
DOCUMENT = (
    "id", "path", "sha256", "encoding", "length", "text", "remarks", "imported_at", "trashed",
)  # fmt: skip


def main() -> None:
    issues = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for count in (issues // 10, issues // 2, issues):
            files = folder / str(count)
            made = write(files, count)
            told = child("import", folder / f"{count}.bdlib", files)
            raw = child("raw", folder / f"{count}.bdlib", files)
            report(made, told, raw)
        cancelled(folder / "cancelled.bdlib", folder / str(issues))


def write(folder: Path, count: int) -> int:
    """Write so many bulletins of several shapes; gives their bytes."""
    folder.mkdir()
    size = 0
    for number, (name, text) in enumerate(texts(count)):
        data = shaped(text, number).encode("gb18030" if number % 4 == 3 else "utf-8")
        (folder / name).write_bytes(data)
        size += len(data)
    return size


def texts(count: int) -> Iterator[tuple[str, str]]:
    """Bulletins with words of their own; every tenth has the articles of the one before, cut short.

    Phrase tables alone would make all articles reprints of each other.
    """
    seeds = "".join(file.read_text("utf-8") for file in sorted(paths.seeds().glob("*.txt")))
    common = re.findall("[\u4e00-\u9fff]", seeds)
    before = ""
    for number, (name, text) in enumerate(bulletins(count, seed=1)):
        pick = random.Random(number)
        if number % 10 == 9:
            yield name, re.sub(r"(?m)^.{60,}$", lambda x: shorten(x[0], pick), before)  # noqa: B023
            continue
        before = re.sub("，", lambda _: "".join(pick.choices(common, k=12)) + "，", text)  # noqa: B023
        yield name, before


def shaped(text: str, number: int) -> str:
    """The text as it is, with a masthead, with other marks of sections, or as Windows writes it."""
    pick = random.Random(number)
    day = f"{2005 + number % 15}年{pick.randint(1, 12)}月{pick.randint(1, 28)}日"
    head = f"工会信息\n第{number % 50 + 1}期（总第{number + 1}期）\n市总工会办公室编    {day}\n\n"
    if number % 4 == 1:
        return head + text
    if number % 4 == 2:
        return head + re.sub(r"(?m)^ ?【(.*)】$", r"◆\1", text).replace("●", "◇")
    return text.replace("\n", "\r\n") if number % 4 == 3 else text


def child(work: str, library: Path, files: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--child", work, str(library), str(files)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def report(size: int, told: dict[str, float], raw: dict[str, float]) -> None:
    print(
        f"{told['files']:.0f} files, {size / 1e6:.0f} MB, {told['articles']:.0f} articles,"
        f" {told['reprints']:.0f} reprints: import {told['cpu']:.1f} s of processor time"
        f" ({told['wall']:.1f} s in all, {told['articles'] / told['cpu']:.0f} articles/s),"
        f" reading, decoding and inserting {raw['cpu']:.1f} s ({raw['wall']:.1f} s),"
        f" ratio {told['cpu'] / raw['cpu']:.2f}, peak memory {told['peak']:.0f} MB",
        flush=True,
    )


def measured(cpu: float, wall: float, **more: float) -> dict[str, float]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"cpu": cpu, "wall": wall, "peak": peak, **more}


def run_import(file: Path, files: Path) -> dict[str, float]:
    with Library(file, create=True) as library:
        cpu, wall = time.process_time(), time.perf_counter()
        done = finish(import_paths(library, [files]))
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        links = library.value("SELECT count(*) FROM reprints") / 2
    return measured(cpu, wall, files=done.imported, articles=done.articles, reprints=links)


def run_raw(file: Path, _files: Path) -> dict[str, float]:
    """Read and decode the files and insert the rows that the import made of them."""
    target = file.with_suffix(".raw.bdlib")
    cpu = wall = 0.0
    with Library(file) as source, Library(target, create=True) as library:
        for (trigger,) in library.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            library.connection.execute(f"DROP TRIGGER {trigger}")
        for documents, rows in batches(source):
            began, began_wall = time.process_time(), time.perf_counter()
            insert(library, documents, rows)
            cpu += time.process_time() - began
            wall += time.perf_counter() - began_wall
    return measured(cpu, wall)


Rows = dict[str, list[tuple[object, ...]]]


def batches(source: Library) -> Iterator[tuple[list[tuple[object, ...]], Rows]]:
    """The rows of some documents at a time, without their texts."""
    columns = ", ".join("NULL" if column == "text" else column for column in DOCUMENT)
    ids = [row[0] for row in source.rows("SELECT id FROM documents ORDER BY id")]
    joins = {
        "layouts": "",
        "issues": "",
        "sections": "JOIN issues i ON i.id = t.issue_id",
        "articles": "JOIN issues i ON i.id = t.issue_id",
    }
    key = {"layouts": "t.id", "issues": "t.document_id"}
    for at in range(0, len(ids), BATCH):
        chosen = [ids[at], ids[min(at + BATCH, len(ids)) - 1]]
        rows = {}
        for table, join in joins.items():
            names = ", ".join(f"t.{column}" for column in STRUCTURE[table])
            which = f"{key.get(table, 'i.document_id')} BETWEEN ? AND ?"
            rows[table] = source.rows(f"SELECT {names} FROM {table} t {join} WHERE {which}", chosen)
        sql = f"SELECT {columns} FROM documents WHERE id BETWEEN ? AND ?"
        yield source.rows(sql, chosen), rows


def insert(library: Library, documents: list[tuple[object, ...]], rows: Rows) -> None:
    path, encoding, text = (DOCUMENT.index(name) for name in ("path", "encoding", "text"))
    read = []
    for document in documents:
        row = list(document)
        row[text] = Path(str(row[path])).read_bytes().decode(str(row[encoding]))
        read.append(row)
    with library.transaction() as connection:
        connection.executemany(into("documents", DOCUMENT), read)
        for table, found in rows.items():
            connection.executemany(into(table, STRUCTURE[table]), found)


def into(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


def cancelled(file: Path, files: Path) -> None:
    """Cancel an import again and again, at moments that nobody can foresee."""
    pick = random.Random(1)
    answers: list[float] = []
    with Library(file, create=True) as library:
        for _ in range(CANCELS):
            answers += cancel_after(library, files, pick.uniform(0.1, 3.0))
        stored = browsing.totals(library).issues
    print(
        f"{len(answers)} cancels, {stored} issues in the library by then: answered within"
        f" {max(answers) * 1000:.0f} ms, half of them within"
        f" {sorted(answers)[len(answers) // 2] * 1000:.0f} ms"
    )


def cancel_after(library: Library, files: Path, seconds: float) -> list[float]:
    """How long the import went on after it was cancelled; nothing if it was done before."""
    asked: list[float] = []
    timer = threading.Timer(seconds, lambda: asked.append(time.perf_counter()))
    timer.start()
    work = import_paths(library, [files])
    answer: bool | None = None
    while True:
        try:
            work.send(answer)
        except StopIteration:
            timer.cancel()
            return [time.perf_counter() - moment for moment in asked]
        answer = bool(asked) or None


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        run = {"import": run_import, "raw": run_raw}[sys.argv[2]]
        print(json.dumps(run(Path(sys.argv[3]), Path(sys.argv[4]))))
    else:
        main()
