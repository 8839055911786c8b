"""How import, search, saving, the tree and the file grow with the library.

usage: python benchmarks/bench_scale.py [issues …] [--keep FOLDER]

For each number of issues (1,000 and 10,000 unless said otherwise), of ten articles each, made from
the seeds' sentences: the import with index, history and fingerprints beside the raw limit of the
same minutes (read, decode, insert the rows, split and index the same pairs and letters, in one
transaction); the file's size beside the text; 200 saves of one issue each into the full library;
the time until the tree stands. With --keep the libraries stay, for bench_search.py. Prints a line
of JSON for each size at the end, for draw_growth.py.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench_import import DOCUMENT, into
from corpus import issues as made

from bulletin_desktop.library.schema import STRUCTURE
from bulletin_desktop.library.schema_search import FIELDS, INDEX_TABLES
from bulletin_desktop.library.search_index import words_of
from bulletin_desktop.services import Library, browsing, indexing, upkeep
from bulletin_desktop.services.importing import import_paths
from bulletin_desktop.services.working import finish

SAVES = 200
TREES = 9
HASH = 16 << 20
BATCH = 200  # issues whose rows and tokens are made at once; making rows is not measured

Told = dict[str, float]


def main() -> None:
    arguments = sys.argv[1:]
    keep = arguments[arguments.index("--keep") + 1] if "--keep" in arguments else None
    sizes = [int(word) for word in arguments if word.isdigit()] or [1000, 10_000]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(keep or name)
        folder.mkdir(exist_ok=True)
        found = [measured(folder, size) for size in sizes]
    for each in found:
        print(json.dumps(each))


def measured(folder: Path, size: int) -> Told:
    """All figures for a library of so many issues."""
    files = folder / f"{size}-texts"
    library = folder / f"{size}.bdlib"
    library.unlink(missing_ok=True)
    text = write(files, size)
    told = {"issues": float(size), "text": text / 1e6}
    for work in ("import", "raw", "size", "saves", "tree"):
        told |= child(work, library, files)
    print(
        f"{size} issues, {told['articles']:.0f} articles, {text / 1e6:.0f} MB: import"
        f" {told['import']:.1f} s (processor {told['import_cpu']:.1f}), raw limit"
        f" {told['raw']:.1f} s, ratio {told['import'] / told['raw']:.2f},"
        f" peak {told['import_peak']:.0f} MB;"
        f" file {told['file'] / told['text']:.2f} times the text;"
        f" slowest of {SAVES} saves {told['save_worst']:.0f} ms, median {told['save']:.0f} ms;"
        f" window with the tree {told['tree']:.0f} ms, {told['window_peak']:.0f} MB",
        flush=True,
    )
    return told


def write(folder: Path, size: int) -> int:
    """Write so many issues, and some more to be saved one by one; gives the bytes of the first."""
    folder.mkdir(exist_ok=True)
    (folder / "more").mkdir(exist_ok=True)
    total = 0
    for number, (name, text) in enumerate(made(size + SAVES + 1, seed=size)):
        data = text.encode()
        total += len(data) if number < size else 0
        ((folder / "more" if number >= size else folder) / name).write_bytes(data)
    return total


def child(work: str, library: Path, files: Path) -> Told:
    """Figures of a process of its own, so that its peak memory is its own."""
    command = [sys.executable, __file__, "--child", work, str(library), str(files)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    told: Told = json.loads(done.stdout)
    return told


def run_import(file: Path, files: Path) -> Told:
    paths = sorted(files.glob("*.txt"))
    with Library(file, create=True) as library:
        cpu, began = time.process_time(), time.perf_counter()
        finish(import_paths(library, paths))
        wall, cpu = time.perf_counter() - began, time.process_time() - cpu
        articles = browsing.totals(library).articles
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "import": wall, "import_cpu": cpu + children.ru_utime + children.ru_stime,
        "import_peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "articles": articles,
    }  # fmt: skip


def run_raw(file: Path, _: Path) -> Told:
    """Read, decode, insert the rows, split and index: what the disk and SQLite need at least."""
    target = file.with_suffix(".raw.bdlib")
    target.unlink(missing_ok=True)
    seconds = 0.0
    with Library(file) as source, Library(target, create=True) as library:
        bare(library)
        library.connection.execute("BEGIN")
        ids = [row[0] for row in source.rows("SELECT id FROM documents ORDER BY id")]
        for at in range(0, len(ids), BATCH):
            rows = rows_of(source, ids[at], ids[min(at + BATCH, len(ids)) - 1])
            began = time.perf_counter()
            store(library, rows)
            seconds += time.perf_counter() - began
        began = time.perf_counter()
        library.connection.execute("COMMIT")
        seconds += time.perf_counter() - began
    target.unlink()
    return {"raw": seconds}


def bare(library: Library) -> None:
    """No triggers, and no merging but FTS5's own."""
    for (trigger,) in library.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        library.connection.execute(f"DROP TRIGGER {trigger}")
    for table in ("search_pairs", "search_letters"):
        sql = f"INSERT INTO {table}({table}, rank) VALUES ('hashsize', ?)"
        library.connection.execute(sql, [HASH])
    assert len(INDEX_TABLES) == 2


def rows_of(source: Library, first: int, last: int) -> dict[str, list[tuple[object, ...]]]:
    """The rows of some documents, without their texts, and the words of their articles."""
    within = "BETWEEN ? AND ?"
    columns = ", ".join("NULL" if column == "text" else column for column in DOCUMENT)
    joins = {
        "layouts": f"t.id {within}",
        "issues": f"t.document_id {within}",
        "sections": f"t.issue_id IN (SELECT id FROM issues WHERE document_id {within})",
        "articles": f"t.issue_id IN (SELECT id FROM issues WHERE document_id {within})",
    }
    rows: dict[str, list[tuple[object, ...]]] = {
        table: source.rows(
            f"SELECT {', '.join('t.' + c for c in STRUCTURE[table])} FROM {table} t WHERE {which}",
            [first, last],
        )
        for table, which in joins.items()
    }
    sql = f"SELECT {columns} FROM documents WHERE id {within}"
    articles = [row[0] for row in rows["articles"]]
    words = [(printed,) for printed in words_of(source, articles)]
    return {"documents": source.rows(sql, [first, last]), **rows, "words": words}


def store(library: Library, rows: dict[str, list[tuple[object, ...]]]) -> None:
    path, encoding, text = (DOCUMENT.index(name) for name in ("path", "encoding", "text"))
    documents = []
    for document in rows["documents"]:
        row = list(document)
        row[text] = Path(str(row[path])).read_bytes().decode(str(row[encoding]))
        documents.append(row)
    connection = library.connection
    connection.executemany(into("documents", DOCUMENT), documents)
    for table in ("layouts", "issues", "sections", "articles"):
        connection.executemany(into(table, STRUCTURE[table]), rows[table])
    entries = [indexing.entry(printed) for (printed,) in rows["words"]]  # type: ignore[arg-type]
    connection.executemany(
        into("search_pairs", ("rowid", *FIELDS)),
        ((entry.printed.article, *entry.fields) for entry in entries),
    )
    connection.executemany(
        into("search_letters", ("rowid", "text")),
        ((entry.printed.article, entry.letters) for entry in entries),
    )


def run_size(file: Path, _: Path) -> Told:
    return {"file": file.stat().st_size / 1e6}


def run_saves(file: Path, files: Path) -> Told:
    """Import issues one by one, each as a change of its own with all that belongs to it.

    Between them the index is tidied, as the window does.
    """
    seconds = []
    paths = sorted((files / "more").glob("*.txt"))
    with Library(file) as library:
        finish(import_paths(library, [paths[0]]))  # what a process loads once
        for path in paths[1:]:
            began = time.perf_counter()
            finish(import_paths(library, [path]))
            seconds.append((time.perf_counter() - began) * 1000)
            upkeep.catch_up(library, 0.2)  # as the window does when nobody waits
    return {"save": statistics.median(seconds), "save_worst": max(seconds)}


def run_tree(file: Path, _: Path) -> Told:
    """From the start of the process to the window with its tree, and the memory of that."""
    seconds, peaks = [], []
    with tempfile.TemporaryDirectory() as home:
        for _ in range(TREES):
            environment = {
                **os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": f"{home}/config",
                "XDG_DATA_HOME": f"{home}/data", "XDG_RUNTIME_DIR": home,
                "BENCH_STARTED": str(time.monotonic()),
            }  # fmt: skip
            window = str(Path(__file__).with_name("real_window.py"))
            process = subprocess.Popen(
                [sys.executable, window, str(file)], env=environment, stdout=subprocess.PIPE
            )
            told, _ = process.communicate()
            seconds.append(float(told) * 1000)
            peaks.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
    return {"tree": statistics.median(seconds), "window_peak": max(peaks)}


RUNS = {
    "import": run_import, "raw": run_raw, "size": run_size, "saves": run_saves, "tree": run_tree,
}  # fmt: skip

if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        print(json.dumps(RUNS[sys.argv[2]](Path(sys.argv[3]), Path(sys.argv[4]))))
    else:
        main()
