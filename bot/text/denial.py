"""Whether words are denied by the words around them."""

import re

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
_LONGEST_WORD = 20


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
    least = max(0, at - _LONGEST_WORD)
    while at > least and at < len(text) and text[at].isalnum() and text[at - 1].isalnum():
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    most = min(len(text), at + _LONGEST_WORD)
    while 0 < at < most and text[at - 1].isalnum() and text[at].isalnum():
        at += 1
    return at
