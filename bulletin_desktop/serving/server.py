"""A server on the network: Datasette on one file that is only read, with our part in it."""

from __future__ import annotations

import ipaddress
import os
import socket
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from bulletin_desktop.model.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from uvicorn import Server

# Readers ask ready questions and get pages; SQL of their own, or all rows at once, could keep the
# machine busy for the others.
_SETTINGS = {
    "default_allow_sql": False,
    "allow_download": False,
    "allow_csv_stream": False,
    "suggest_facets": False,
    "default_page_size": 50,
    "sql_time_limit_ms": 3000,
    "facet_time_limit_ms": 1500,
    "default_cache_ttl": 0,
}
# Datasette takes the colour of its pages from the fingerprint of a file.
_COLOUR = "9e2b25"
_GRACE = 2  # seconds that answers under way get when the share ends


class Site(NamedTuple):
    """What is shown: a file, its tables with the numbers of their rows, Datasette's metadata on
    them, a folder of templates.

    ``query`` makes what a reader typed a query of the file's index, ``hits`` says where the words
    stand in a text. ``record`` makes a line of a table for spreadsheets.
    """

    file: Path
    tables: dict[str, int]
    metadata: dict[str, Any]
    templates: Path
    query: Callable[[str], str]
    hits: Callable[[str, str], list[tuple[int, int]]]
    record: Callable[[Iterable[str]], str]


def check() -> None:
    """Raises KnownError ``share.not_installed`` where Datasette is missing."""
    if find_spec("datasette") is None or find_spec("uvicorn") is None:
        raise KnownError("share.not_installed")


def is_private(host: str) -> bool:
    """Whether a server with this address can be reached from its own machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def listen(host: str, port: int) -> socket.socket:
    """A socket with this address, which answers nobody yet; ``port`` 0 takes any that is free.

    Raises KnownError ``share.no_address``.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        return _bound(*found[0])
    except (OSError, OverflowError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise KnownError("share.no_address", host=host, port=port, reason=reason) from error


def _bound(
    family: socket.AddressFamily, kind: socket.SocketKind, protocol: int, _: str, place: Any
) -> socket.socket:
    made = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":  # or the port stays taken for a while after the last share
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(place)
    except BaseException:
        made.close()
        raise
    return made


def address(bound: socket.socket) -> str:
    """The address of a server for a browser on the same machine."""
    host, port = bound.getsockname()[:2]
    if ipaddress.ip_address(host).is_unspecified:
        host = "127.0.0.1" if bound.family == socket.AF_INET else "::1"
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def run(site: Site, bound: socket.socket, ready: Callable[[], None]) -> None:
    """Show a site until the process is told to end, which raises KeyboardInterrupt.

    ``ready`` is called once the server answers.
    """
    from datasette.app import Datasette
    from datasette.plugins import pm

    from bulletin_desktop.serving.plugin import Plugin

    for plugin, _ in pm.list_plugin_distinfo():  # what is shown is decided here alone
        pm.unregister(plugin)
    pm.register(Plugin(site, private=is_private(bound.getsockname()[0])))
    datasette = Datasette(
        [],
        immutables=[str(site.file)],
        inspect_data={site.file.stem: _inspected(site)},
        metadata=site.metadata,
        settings=_SETTINGS,
        template_dir=str(site.templates),
    )
    try:
        _server(datasette, ready).run(sockets=[bound])
    finally:
        datasette.executor.shutdown()
        for database in datasette.databases.values():
            database.close()


def _inspected(site: Site) -> dict[str, Any]:
    """What Datasette else finds out by reading the whole file."""
    tables = {name: {"count": count} for name, count in site.tables.items()}
    return {"hash": _COLOUR, "size": site.file.stat().st_size, "tables": tables}


def _server(datasette: Any, ready: Callable[[], None]) -> Server:
    import uvicorn

    class Announced(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                ready()

    return Announced(
        uvicorn.Config(
            datasette.app(), lifespan="on", log_config=None, access_log=False, http="h11",
            ws="none", loop="asyncio", server_header=False, timeout_graceful_shutdown=_GRACE,
        )
    )  # fmt: skip
