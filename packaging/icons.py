"""Draws the icons of all three systems from the SVG files: ``icons.py FOLDER``.

Gives PNG files by size, in the folders of an icon theme (``hicolor/48x48/apps/…``), an ICO file for
Windows and an ICNS file for macOS. A small size that has a drawing of its own is drawn from that.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWINGS = Path(__file__).resolve().parent.parent / "resources" / "icons"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
# Apple's names for a PNG of this size.
ICNS_TYPES = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09"}

PROGRAM = "bulletin-desktop"
LIBRARY = "application-x-bulletin-library"


def png(name: str, size: int) -> bytes:
    """A drawing at a size in pixels. Raises ValueError where the SVG file is missing or broken."""
    own = DRAWINGS / f"{name}-{size}.svg"
    renderer = QSvgRenderer(str(own if own.exists() else DRAWINGS / f"{name}.svg"))
    if not renderer.isValid():
        raise ValueError(f"no drawing: {name}")
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know no device
    return data.data()


def ico(name: str) -> bytes:
    """A drawing as an ICO file: a directory, then the PNG files."""
    pictures = [png(name, size) for size in ICO_SIZES]
    place = 6 + 16 * len(pictures)
    parts = [struct.pack("<HHH", 0, 1, len(pictures))]
    for size, picture in zip(ICO_SIZES, pictures, strict=True):
        side = size % 256  # 256 is written as 0
        parts.append(struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), place))
        place += len(picture)
    return b"".join(parts + pictures)


def icns(name: str) -> bytes:
    """A drawing as an ICNS file: blocks of a type, a length and a PNG file."""
    blocks = [(kind, png(name, size)) for size, kind in ICNS_TYPES.items()]
    body = b"".join(kind + struct.pack(">I", 8 + len(data)) + data for kind, data in blocks)
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


def make(folder: Path) -> None:
    """All icons, into a folder that is made where it is missing."""
    for drawing, kind, name in (("app", "apps", PROGRAM), ("library", "mimetypes", LIBRARY)):
        for size in SIZES:
            place = folder / "hicolor" / f"{size}x{size}" / kind
            place.mkdir(parents=True, exist_ok=True)
            (place / f"{name}.png").write_bytes(png(drawing, size))
        place = folder / "hicolor" / "scalable" / kind
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{name}.svg").write_bytes((DRAWINGS / f"{drawing}.svg").read_bytes())
        (folder / f"{name}.ico").write_bytes(ico(drawing))
        (folder / f"{name}.icns").write_bytes(icns(drawing))


if __name__ == "__main__":
    make(Path(sys.argv[1]))
