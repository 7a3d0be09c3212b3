"""Sentences in a line."""

import re

from bot.text.lexicon import one_of, read_lexicon

_END = re.compile(r"[.!?…。！？](?:(?<=[。！？])|[\"'”’)\]*_]{0,4}\s+(?=[\"'“‘(¿¡\[*_$€£\d]{0,3}[^\W\d_]))")
"""It begins with one set of signs, so that all other characters are passed by at once."""

_LAST_WORD = re.compile(r"(\S{1,12})\s*$")
_LEXICON = read_lexicon("abbreviations")
_INSIDE = frozenset(_LEXICON["inside"])
_PERHAPS = frozenset(_LEXICON["perhaps"])
_NUMBERED = frozenset(_LEXICON["numbered"])
_STARTS = re.compile(rf"(?:{one_of(_LEXICON['starters'])})\b")
_LONGEST_WORD = 12
_LONGEST = 2_000
"""Characters: the longest sentence of 1,500 postings has 1,143; what goes on for longer is read in parts, for the finders' sake."""


_MOST = 400
"""Sentences of one line: the longest of 1,500 postings has 134 altogether; what follows is read in long parts."""


def split_sentences(text: str) -> list[tuple[int, int]]:
    """
    Return the start and end of each sentence, without the white space around it.

    >>> text = "We pay well, e.g. $5. Apply now!"
    >>> [text[a:b] for a, b in split_sentences(text)]
    ['We pay well, e.g. $5.', 'Apply now!']
    """
    found: list[tuple[int, int]] = []
    start = 0
    for end in _END.finditer(text):
        if len(found) >= _MOST:
            break
        if not _is_abbreviation(text, max(start, end.start() - _LONGEST_WORD), end):
            found += _trimmed(text, start, end.end())
            start = end.end()
    found += _trimmed(text, start, len(text))
    return found


def _is_abbreviation(text: str, start: int, end: re.Match[str]) -> bool:
    """Tell whether a full stop belongs to a short form, so that the sentence goes on."""
    found = _LAST_WORD.search(text, start, end.start() + 1)
    if found is None:
        return False
    word = found[1].lower().lstrip("(\"'“[*_")
    if word in _NUMBERED:
        return text[end.end() : end.end() + 1].isdigit()
    return word in _INSIDE or (word in _PERHAPS and not _STARTS.match(text, end.end()))


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return text[start:end] without the white space around it, in parts where it is very long."""
    found: list[tuple[int, int]] = []
    while end - start > _LONGEST:
        space = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        stop = space if space > 0 else start + _LONGEST
        found += _trimmed(text, start, stop)
        start = stop
    words = text[start:end]
    stripped = words.strip()
    if stripped and len(stripped) == len(words):
        found.append((start, end))
    elif stripped:
        first = start + len(words) - len(words.lstrip())
        found.append((first, first + len(stripped)))
    return found


# Whether words are denied by the words around them.

_DENIAL = re.compile(
    r"\b(?:no(?![-.]\w)|not|never|non(?!-)|nor|without|unable|cannot|\w{2,8}n't|neither|none|unfortunately"
    r"|nicht|kein(?:e|en|er|em|erlei)?|ohne|nie|leider|ne|n'\w+|pas|sans|aucune?|jamais|sin|ningún|ninguna|nunca|tampoco|não|sem|nenhuma?)\b",
    re.IGNORECASE,
)
_REVERSED = re.compile(
    r"\b(?:not only|no matter|not limited to|without limitation|no problem|whether or not|if not|not just|not to mention|why not"
    r"|no (?:longer|later|less|fewer|more) than"
    r"|no (?:brasil|mercado|momento|mínimo|regime|modelo|time|setor)|sin límite|nicht nur|no solo|não só)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[.!?;]\s")
_LONGEST_DENIED_WORD = 20


def is_denied(text: str, *, start: int, end: int, reach: int = 60) -> bool:
    """
    Tell whether text[start:end] is denied within `reach` characters before it or half as many behind it, in its own clause.

    >>> text = "We are unable to sponsor visas."
    >>> is_denied(text, start=text.index("sponsor"), end=text.index("visas"))
    True
    >>> is_denied("We sponsor visas, not only for seniors.", start=3, end=16)
    False
    """
    before = text[_word_start(text, max(0, start - reach)) : start]
    behind = text[end : _word_end(text, end + reach // 2)]
    opened = max((match.end() for match in _CLAUSE_END.finditer(before)), default=0)
    closed = _CLAUSE_END.search(behind)
    around = before[opened:] + text[start:end] + (behind[: closed.start()] if closed else behind)
    return _DENIAL.search(_REVERSED.sub(" ", around.replace("’", "'"))) is not None


def _word_start(text: str, at: int) -> int:
    """Move back to where the word at this place begins, so that no piece of a word is read as one."""
    least = max(0, at - _LONGEST_DENIED_WORD)
    while at > least and at < len(text) and text[at].isalnum() and text[at - 1].isalnum():
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    most = min(len(text), at + _LONGEST_DENIED_WORD)
    while 0 < at < most and text[at - 1].isalnum() and text[at].isalnum():
        at += 1
    return at
