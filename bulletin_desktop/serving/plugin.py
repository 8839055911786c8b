"""What Datasette does not do by itself: Chinese search, cells to be read, and what stays shut."""

from __future__ import annotations

import csv
import io
import ipaddress
import json
from collections.abc import Awaitable, Callable, Iterator
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from markupsafe import Markup, escape
from pluggy import HookimplMarker

if TYPE_CHECKING:
    from bulletin_desktop.serving.server import Site

hookimpl = HookimplMarker("datasette")

_Scope = dict[str, Any]
_Receive = Callable[[], Awaitable[Any]]
_Send = Callable[[Any], Awaitable[None]]
_App = Callable[[_Scope, _Receive, _Send], Awaitable[None]]

# The browser asks no other machine for anything.
_HEADERS = [
    (
        b"content-security-policy",
        b"default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline';"
        b" img-src 'self' data:; frame-ancestors 'none'; form-action 'self'",
    ),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
]
_OK = 200
_READING = {"GET", "HEAD"}
_SHUT = {"_searchmode", "_fts_table", "_fts_pk"}  # ways to the index other than our function
_ROW_DEPTH = 3  # parts of the address of one row: database, table, row
# Columns that name a row, with its table; in lists Datasette itself leads there.
_ROWS = {
    "issue": "issues", "article": "articles", "theme": "themes", "parent": "themes",
    "highlight": "highlights", "collection": "collections",
}  # fmt: skip
_BEFORE, _AFTER = 20, 100  # characters of an excerpt on both sides of where a hit begins


class _Page(NamedTuple):
    """The page that is being made: what was searched, and whether it shows one row alone."""

    typed: str
    single: bool


_page: ContextVar[_Page] = ContextVar("page")


class Plugin:
    """Our part of Datasette. ``private`` says that only this machine may ask."""

    __name__ = "bulletin_desktop"  # by which Datasette lists its plugins

    def __init__(self, site: Site, *, private: bool) -> None:
        self._site = site
        self._private = private

    @hookimpl(trylast=True)  # after Datasette's own function of this name
    def prepare_connection(self, conn: Any) -> None:
        """Let the search box, and all that uses it, ask the index of pairs of characters."""
        conn.create_function("escape_fts", 1, self._site.query, deterministic=True)

    @hookimpl
    def asgi_wrapper(self) -> Callable[[_App], _App]:
        """Let through what reads pages; the inside of the server is nobody's business."""

        def wrap(app: _App) -> _App:
            async def guarded(scope: _Scope, receive: _Receive, send: _Send) -> None:
                if scope["type"] == "http":
                    status = self._refused(scope)
                    if status:
                        await _refuse(status, send)
                        return
                    asked = _asked(scope)
                    _page.set(_page_of(scope["path"], asked))
                    scope = scope | {"query_string": urlencode(asked).encode()}
                    send = _with_headers(send)
                    if scope["path"].endswith(".csv"):
                        send = self._with_safe_cells(send)
                await app(scope, receive, send)

            return guarded

        return wrap

    def _refused(self, scope: _Scope) -> int:
        """The status of a refusal, or 0."""
        path = scope["path"]
        if scope["method"] not in _READING:
            return 405
        if path.startswith("/-/") and not path.startswith("/-/static/"):
            return 404
        # A page of another site may have a name of its own point here; a browser tells that name.
        if self._private and not _is_here(dict(scope["headers"]).get(b"host", b"")):
            return 403
        return 0

    def _with_safe_cells(self, send: _Send) -> _Send:
        """A table for spreadsheets, which Datasette bounds, with no cell that is a formula."""
        pieces: list[bytes] | None = None

        async def sending(message: Any) -> None:
            nonlocal pieces
            if message["type"] == "http.response.start":
                pieces = [] if message["status"] == _OK else None
            elif pieces is not None:
                pieces.append(message.get("body", b""))
                if message.get("more_body"):
                    return
                rows = csv.reader(io.StringIO(b"".join(pieces).decode(), newline=""))
                message = message | {"body": "".join(map(self._site.record, rows)).encode()}
            await send(message)

        return sending

    @hookimpl
    def render_cell(self, value: object, column: str, table: str | None) -> Markup | None:
        """A cell as it is read: paragraphs, excerpts, names instead of JSON, marked hits."""
        page = _page.get()
        if isinstance(value, int) and column in _ROWS and (table is None or page.single):
            address = f"/{self._site.file.stem}/{_ROWS[column]}/{value}"
            return Markup('<a href="{}">{}</a>').format(address, value)
        if not isinstance(value, str) or not value:
            return None
        if column in ("themes", "aliases"):
            return escape("、".join(json.loads(value)))
        hits = self._site.hits(page.typed, value) if page.typed else []
        if column == "body" and not page.single:
            return Markup().join(_excerpt(value, hits))
        if column in ("body", "text", "intro", "masthead", "distribution"):
            return Markup("<br>").join(Markup().join(_marked(value, hits)).split("\n"))
        return Markup().join(_marked(value, hits)) if hits else None


def _asked(scope: _Scope) -> list[tuple[str, str]]:
    """What is asked of a page: not the index behind our back, and an empty search box is none."""
    given = parse_qsl(scope["query_string"].decode("utf-8", "replace"), keep_blank_values=True)
    return [
        (name, value)
        for name, value in given
        if name not in _SHUT and (value.strip() or not name.startswith("_search"))
    ]


def _page_of(path: str, asked: list[tuple[str, str]]) -> _Page:
    typed = [value for name, value in asked if name.startswith("_search")]
    return _Page(" ".join(typed), len(path.strip("/").split("/")) == _ROW_DEPTH)


def _is_here(host: bytes) -> bool:
    """Whether a Host header names this machine for itself."""
    try:
        name = urlsplit(f"//{host.decode('ascii')}").hostname or ""
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _with_headers(send: _Send) -> _Send:
    async def sending(message: Any) -> None:
        if message["type"] == "http.response.start":
            message = message | {"headers": [*message.get("headers", ()), *_HEADERS]}
        await send(message)

    return sending


async def _refuse(status: int, send: _Send) -> None:
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"0"), *_HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _marked(text: str, hits: list[tuple[int, int]]) -> Iterator[Markup]:
    at = 0
    for start, end in hits:
        yield escape(text[at:start])
        yield Markup("<mark>{}</mark>").format(text[start:end])
        at = end
    yield escape(text[at:])


def _excerpt(text: str, hits: list[tuple[int, int]]) -> Iterator[Markup]:
    """The words around the first hit, or the first words."""
    first = hits[0][0] if hits else 0
    start, end = max(0, first - _BEFORE), first + _AFTER
    inside = [(s - start, e - start) for s, e in hits if s >= start and e <= end]
    yield Markup("…" if start else "")
    yield from _marked(text[start:end].replace("\n", " "), inside)
    yield Markup("…" if end < len(text) else "")
