"""Whether words are denied by the words around them."""

import re

_DENIAL = re.compile(
    r"\b(?:no|not|never|non|nor|without|unable|cannot|can't|don't|doesn't|won't|isn't|aren't|didn't|neither|unfortunately"
    r"|nicht|kein|keine|keinen|keiner|ohne|ne|pas|sans|aucun|aucune|sin|ningún|ninguna|não|sem|nenhum|nenhuma)\b",
    re.IGNORECASE,
)
_REVERSED = re.compile(
    r"\b(?:not only|no matter|not limited to|without limitation|no problem|whether or not|if not|not just|no longer than)\b", re.IGNORECASE
)


def is_denied(text: str, start: int, end: int, *, reach: int = 60) -> bool:
    """
    Tell whether text[start:end] is denied within `reach` characters before it or close behind it.

    >>> text = "We are unable to sponsor visas."
    >>> is_denied(text, text.index("sponsor"), text.index("visas"))
    True
    >>> is_denied("We sponsor visas, not only for seniors.", 3, 16)
    False
    """
    around = _straight(text[max(0, start - reach) : end + reach // 2])
    return _DENIAL.search(_REVERSED.sub(" ", around)) is not None


def _straight(text: str) -> str:
    return text.replace("’", "'")
