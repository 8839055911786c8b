"""Bytes of a file to text: byte order mark, strict UTF-8, strong UTF-16, then GB18030 or Big5.

Most texts in Big5 are valid GB18030 as well, as rare characters. So where both read without an
error, the one with more of the characters that every Chinese text is full of is right. That tells
them apart from six characters on, where general detectors want twenty or more.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

from bulletin_desktop.model.change import Message
from bulletin_desktop.model.errors import KnownError
from bulletin_desktop.model.text import DecodedText

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16")  # what the user may choose from

# First bytes of formats that are no plain text: PDF, zip (docx), OLE (doc), images, archives.
BINARY_MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\x89PNG\r\n",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b\x08",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
)
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1b\x7f]")
_UNLIKELY = re.compile("[^\t\n\r -~\u2010-\u203b\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_FREQUENT = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过"
    "子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体"
    "制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内"
    "数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提"
    "直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计"
    "别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海"
    "口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身"
    "车例真务具万每目市县职召议服企局委镇村乡街办团报信息简刊编印送室科厅省劳模范维培训慰帮扶困难"
    "集协商层织席书记讲话精神习贯彻落推荐评选彰奖励育竞赛技创女健康"
)
_FREQUENT_TRADITIONAL = (
    "這為個國時來們於對會發動過說產種後學經進著電裡現實兩體機當點從業應開還義間樣與關線內數麼質氣"
    "變條沒結問無軍並題黨員總設長頭資邊級圖統較將組見計別論運農幾區強決幹戰則據處隊給門規熱領東導"
    "壓爭濟階術極聯認權證採轉單風帶場車務萬縣職議鎮鄉辦團報簡編廳勞範維訓幫難協層織書記講話習貫徹"
    "薦評選獎勵競賽創"
)
_PUNCTUATION = "，。、；：“”（）！？《》·—…【】「」『』　"
_COMMON = re.compile(f"[{_FREQUENT}{_FREQUENT_TRADITIONAL}{_PUNCTUATION}]")
_COMMON_OR_ASCII = re.compile(f"[\t\n\r -~{_FREQUENT}{_FREQUENT_TRADITIONAL}{_PUNCTUATION}]")
_WIDE = re.compile("[^\x00-\x7f]")
_NOT_ASCII = re.compile(b"[\x80-\xff]")
_STRAY_CONTROLS = 2  # old word processors leave one or two behind
_SAMPLE = 8192  # code units looked at to tell UTF-16 without a mark
_WIDE_SAMPLE = 2**14  # bytes looked at to tell Big5 from GB18030
_SHORTEST_SAMPLE = 4
_CLOSE = 0.15  # shares of common characters that are no nearer than this are told apart
_POOR = 0.3  # a text in Chinese has at least this share of common characters
# What Windows calls Big5, and with the characters of Hong Kong.
_BIG5 = ("cp950", "big5hkscs")


def decode_bytes(data: bytes, encoding: str | None = None) -> DecodedText:
    """The text of a file, byte order mark stripped and line ends as they are, and its encoding.

    Encodings are named ``utf-8``, ``utf-8-sig``, ``utf-16``, ``gb18030`` and ``big5``. One that is
    given outranks what the bytes tell; characters that are none in it become U+FFFD, and a remark
    counts them. Raises KnownError ``file.binary`` for what is no text and ``file.undecodable`` with
    ``position``, the byte offset at which the best reading fails.
    """
    if data.startswith(BINARY_MAGIC):
        raise KnownError("file.binary")
    if encoding is not None:
        decoded = _as_told(data, encoding)
    else:
        decoded = _with_mark(data) or _without_mark(data)
    _refuse_binary(decoded.text)
    return decoded


def candidates(data: bytes) -> tuple[str, ...]:
    """The encodings that the user may choose from, the likeliest first."""
    sample = _wide_sample(data)

    def badness(encoding: str) -> float:
        text = _as_told(sample, encoding).text
        return text.count("\ufffd") / (len(text) + 1) - _plausible(text)

    return tuple(sorted(ENCODINGS, key=badness))


def decode_names(names: Sequence[bytes]) -> list[str]:
    """File names from an archive that does not tell their encoding, decided for all together."""
    whole = b"\n".join(names)
    encoding = "utf-8" if isinstance(_attempt(whole, "utf-8"), str) else _double_byte(whole)[0]
    return [_as_told(name, encoding or "gb18030").text for name in names]


def _as_told(data: bytes, encoding: str) -> DecodedText:
    codec = {"utf-8": "utf-8-sig", "big5": _BIG5[0], "utf-16": _utf16_codec(data)}.get(
        encoding, encoding
    )
    attempts = _BIG5 if encoding == "big5" else (codec,)
    for each in attempts:
        text = _attempt(data, each)
        if isinstance(text, str):
            return DecodedText(text, encoding)
    text = data.decode(codec, "replace")
    replaced = Message("file.replaced", {"n": text.count("\ufffd"), "encoding": encoding})
    return DecodedText(text, encoding, (replaced,))


def _utf16_codec(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return _utf16_order(data) or "utf-16-le"


def _with_mark(data: bytes) -> DecodedText | None:
    try:
        if data.startswith(codecs.BOM_UTF8):
            return DecodedText(data[3:].decode("utf-8"), "utf-8-sig")
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return DecodedText(data.decode("utf-16"), "utf-16")
    except UnicodeDecodeError as error:
        mark = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
        raise KnownError("file.undecodable", position=error.start + mark) from error
    return None


def _without_mark(data: bytes) -> DecodedText:
    utf8 = _attempt(data, "utf-8")
    if isinstance(utf8, str) and "\0" not in utf8:
        return DecodedText(utf8, "utf-8")
    order = _utf16_order(data)
    utf16 = _attempt(data, order) if order else None
    if isinstance(utf16, str):
        return DecodedText(utf16, "utf-16")
    if isinstance(utf8, str):
        return DecodedText(utf8, "utf-8")
    encoding, share, runner_up = _double_byte(data)
    if encoding is None or (share < _POOR and _mostly_utf8(data)):
        best = "utf-8" if _mostly_utf8(data) else "gb18030"
        raise KnownError("file.undecodable", position=_attempt(data, best))
    doubtful = share < _POOR or share - runner_up < _CLOSE
    doubt = Message("file.encoding_doubtful", {"encoding": encoding})
    return DecodedText(_as_told(data, encoding).text, encoding, (doubt,) if doubtful else ())


def _double_byte(data: bytes) -> tuple[str | None, float, float]:
    """GB18030 or Big5, whichever reads better, None for neither, with the shares of common
    characters in it and in the other.
    """
    attempts = {"gb18030": ("gb18030",), "big5": _BIG5}
    sample = _wide_sample(data)
    shares = {
        encoding: _plausible(sample.decode(names[0], "replace"))
        for encoding, names in attempts.items()
        if any(isinstance(_attempt(data, codec), str) for codec in names)
    }
    best = max(shares, key=lambda encoding: shares[encoding], default=None)
    if best is None:
        return None, 0.0, 0.0
    share = shares.pop(best)
    return best, share, max(shares.values(), default=-1.0)


def _wide_sample(data: bytes) -> bytes:
    """Some of the data, from the first byte on that is not ASCII."""
    first = _NOT_ASCII.search(data)
    start = first.start() if first else 0
    start -= start % 2  # units of UTF-16 stay whole
    return data[start : start + _WIDE_SAMPLE]


def _plausible(text: str) -> float:
    """The share of common characters among those beyond ASCII."""
    wide = len(_WIDE.findall(text))
    return len(_COMMON.findall(text)) / wide if wide else 0.0


def _attempt(data: bytes, encoding: str) -> str | int:
    """The text, or the byte offset at which a strict reading fails."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start


def _utf16_order(data: bytes) -> str | None:
    """The byte order in which the units read as ordinary Chinese or ASCII; None where neither does.

    Bytes of another encoding, taken in pairs, give characters that are hardly ever used.
    """
    if len(data) % 2 or len(data) < 2 * _SHORTEST_SAMPLE:
        return None
    orders = [order for order in ("utf-16-le", "utf-16-be") if _reads_well(data, order)]
    return orders[0] if len(orders) == 1 else None


def _reads_well(data: bytes, order: str) -> bool:
    text = data[: 2 * _SAMPLE].decode(order, "replace")
    unlikely = len(_UNLIKELY.findall(text))
    return unlikely * 10 <= len(text) <= 3 * len(_COMMON_OR_ASCII.findall(text))


def _mostly_utf8(data: bytes) -> bool:
    """Whether more characters beyond ASCII read well as UTF-8 than fail."""
    text = data.decode("utf-8", "replace")
    failed = text.count("\ufffd")
    return sum(1 for c in text if c > "\x7f") - failed > failed


def _refuse_binary(text: str) -> None:
    allowed = _STRAY_CONTROLS + len(text) // 100
    if "\0" in text or len(_CONTROLS.findall(text)) > allowed:
        raise KnownError("file.binary")
