"""The bytes of a page as text."""

import codecs
import re

from bot.intake.decoding import decode_text, name_kind

_META = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s{0,5}=\s{0,5}[\"']?\s{0,5}(?P<name>[\w.:-]{1,40})", re.IGNORECASE)
_LOOKED_AT = 4_096
"""Bytes; browsers look at 1,024."""

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAME = (
    "iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16 "
    "cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp866 cp874 cp932 cp949 koi8-r koi8-u mac-roman "
    "gb18030 big5hkscs euc_jp iso2022_jp utf-16 utf-16-le utf-16-be"
)
_CODECS = dict.fromkeys(_SAME.split()) | {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""Python's names of the encodings that web pages have; read are, as in browsers, the larger ones that they are parts of."""

_LIKE_UTF8 = frozenset({"iso2022_jp", "utf-16", "utf-16-le", "utf-16-be"})
"""Bytes in these may pass for UTF-8."""


def decode_page(body: bytes, name: str, *, stated: str | None) -> str:
    """
    Return a page's text; `stated` is the encoding in the answer's head. Raises UnreadablePosting for what is no text.

    Bytes that are UTF-8 are read so whatever is said of them; else what the head says holds, then what the page says.

    >>> decode_page("привет, повар".encode("cp1251"), "page", stated="Windows-1251")
    'привет, повар'
    >>> decode_page("<meta charset=latin1>café".encode("latin1"), "page", stated=None)
    '<meta charset=latin1>café'
    """
    codec = None if body.startswith(_MARKS) else _find_codec(stated) or _find_codec(_in_page(body))
    if codec is None or name_kind(body) or (codec not in _LIKE_UTF8 and _is_utf8(body)):
        return decode_text(body, name)
    return decode_text(body.decode(codec, "replace").encode("utf-8", "replace"), name)


def _in_page(body: bytes) -> str | None:
    """Return what a page says of itself; that it were UTF-16 it could not say."""
    found = _META.search(body, 0, _LOOKED_AT)
    said = found["name"].decode("ascii", "replace") if found else None
    return None if said is None or said.lower().startswith("utf") else said


def _find_codec(written: str | None) -> str | None:
    try:
        known = codecs.lookup(written or "").name
    except (LookupError, ValueError):
        return None
    return (_CODECS[known] or known) if known in _CODECS else None


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True
