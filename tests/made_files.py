"""Files of many formats, made from words: as small as each format allows."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NAMESPACES = (
    f'{W} xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    """A paragraph of a Word file; plain words become a run."""
    inner = content if content.startswith("<") else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def table(rows: Iterable[Iterable[str]]) -> str:
    """A table of a Word file; a cell may hold paragraphs."""

    def cell(content: str) -> str:
        inner = content if content.startswith("<") else paragraph(content)
        return f"<w:tc>{inner}</w:tc>"

    lines = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
    return f"<w:tbl>{lines}</w:tbl>"


def docx(body: str, parts: Mapping[str, str] | None = None) -> bytes:
    """A Word file with this body; ``parts`` are roots of further parts, like ``numbering``."""
    whole = dict(parts or {})
    relations = "".join(
        f'<Relationship Id="r{i}" Type="{OFFICE}/{name.rstrip("0123456789")}" Target="{name}.xml"/>'
        for i, name in enumerate(whole)
    )
    files = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{relations}'
        "</Relationships>",
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
    }
    for name, content in whole.items():
        root = {"header": "hdr", "footer": "ftr"}.get(name.rstrip("0123456789"), name)
        files[f"word/{name}.xml"] = f"<w:{root} {NAMESPACES}>{content}</w:{root}>"
    return zipped({name: content.encode() for name, content in files.items()})


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip archive of these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def zipped_in(encoding: str, files: Mapping[str, bytes]) -> bytes:
    """An archive as old programs write them: the names in an encoding that nothing tells."""
    entries, directory = b"", b""
    for name, data in files.items():
        raw = name.encode(encoding)
        sizes = struct.pack("<3L", zipfile.crc32(data), len(data), len(data))
        head = struct.pack("<4s5H", b"PK\x03\x04", 20, 0, 0, 0, 33) + sizes
        listed = struct.pack("<4s6H", b"PK\x01\x02", 20, 20, 0, 0, 0, 33) + sizes
        directory += listed + struct.pack("<5H2L", len(raw), 0, 0, 0, 0, 0, len(entries)) + raw
        entries += head + struct.pack("<2H", len(raw), 0) + raw + data
    count = len(files)
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(entries), 0
    )
    return entries + directory + end


PrintedAt = tuple[float, float, float, str]  # left, bottom, size, words


def pdf(pages: Iterable[Iterable[PrintedAt]], picture: bool = False) -> bytes:
    """A PDF with these words; its font is one that every reader of Chinese has."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
        b"/DescendantFonts[4 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/CIDSystemInfo"
        b"<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 5 0 R"
        b"/W[1[500]2 94 500]>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/Ascent 880/Descent -120"
        b"/CapHeight 880/StemV 93/ItalicAngle 0/FontBBox[-25 -254 1000 880]>>",
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
        b"/BitsPerComponent 8/Length 1>>stream\n\x7f\nendstream",
    ]
    kids = []
    for page in pages:
        words = b"".join(
            b"BT /F %g Tf %g %g Td <%s> Tj ET\n"
            % (size, left, bottom, text.encode("utf-16-be").hex().encode())
            for left, bottom, size, text in page
        )
        if picture:
            words += b"q 100 0 0 100 200 300 cm /I Do Q\n"
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(words), words))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F 3 0 R>>/XObject<</I 6 0 R>>>>>>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    return _pdf_of(objects)


def encoded_pdf(content: bytes) -> bytes:
    """A PDF of one page, of which the content is given as it is packed (Flate)."""
    return _pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[4 0 R]>>",
            b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(content), content),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R>>",
        ]
    )


def _pdf_of(objects: list[bytes]) -> bytes:
    made, places = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table_at = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return made + trailer % (len(objects) + 1, table_at)


def rtf(content: str, fonts: str = r"{\f0\fnil\fcharset134 SimSun;}") -> bytes:
    """An RTF file; characters beyond ASCII are written in GBK."""
    words = "".join(
        c if c < "\x80" else "".join(f"\\'{byte:02x}" for byte in c.encode("gb18030"))
        for c in content
    )
    return rf"{{\rtf1\ansi\ansicpg936\deff0{{\fonttbl{fonts}}}{words}}}".encode("ascii")
