"""Text as it came, made readable: broken encodings repaired, line ends made one kind."""

import re
import unicodedata

import ftfy
from ftfy.badness import is_bad
from ftfy.fixes import fix_surrogates, remove_control_chars

_REPAIRS = ftfy.TextFixerConfig(
    unescape_html=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    normalization=None,
    explain=False,
)
"""Only what is broken is changed: quotes, ligatures and wide letters are the posting's own."""

_INVISIBLE = re.compile("[\u200b\u200c\u2060\ufeff\u00ad]")
_LINE_END = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_SPACE = re.compile(r"\s+")
_COMBINING = re.compile("[\u0300-\u036f]")


def repair(text: str) -> str:
    r"""
    Return the text with broken encoding repaired, without control and invisible characters, lines ended by ``\n``.

    >>> repair("weâ€™re hiring\r\n")
    'we’re hiring\n'
    >>> repair("naïve “quotes” stay")
    'naïve “quotes” stay'
    """
    lines = _INVISIBLE.sub("", _LINE_END.sub("\n", text)).split("\n")
    mended = "\n".join(ftfy.fix_text(line, _REPAIRS) if not line.isascii() and is_bad(line) else line for line in lines)
    return remove_control_chars(fix_surrogates(mended))


def fold_space(text: str) -> str:
    r"""
    Return the text with every run of white space as one space.

    >>> fold_space(" a\n  b ")
    'a b'
    """
    return _SPACE.sub(" ", text).strip()


def fold(text: str) -> str:
    """
    Return the text for comparing: lower case, straight quotes, no accents on Latin letters, one space.

    >>> fold("Año  “Ília”")
    'ano "ilia"'
    """
    lowered = text.casefold().translate(_STRAIGHT)
    if not lowered.isascii():
        lowered = unicodedata.normalize("NFC", _COMBINING.sub("", unicodedata.normalize("NFD", lowered)))
    return fold_space(lowered)


_STRAIGHT = str.maketrans("’‘‛“”„–—‑\xa0", "'''\"\"\"--- ")
