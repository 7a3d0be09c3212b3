"""Whether a line among requirements is only welcome: "(preferred)", "is a plus", "ideally"."""

import re
from functools import cache, lru_cache

from bot.text.item_wording import asks_something, read_wording
from bot.text.lexicon import read_lexicon
from bot.text.phrases import split_words
from bot.text.section_kind import REQUIREMENTS

_WORD = re.compile(r"[^\W\d_]+")
_SIZE = r"(?:(?:big|huge|strong|definite|real|major|great|added|definitive|significant) )?"
_HOW_MUCH = r"(?:strongly |highly |very |much )?"
_MARK = (
    rf"(?:nice[ -]to[ -]haves?|good to have|great to have|(?:a |an )?{_SIZE}(?:plus|bonus|asset|advantage)(?:es)?"
    rf"|{_HOW_MUCH}(?:preferred|desired|desirable|preferable|advantageous|beneficial|helpful|optional|welcome|suggested|recommended)"
    r"|not (?:strictly |a )?(?:required|mandatory|must)|von vorteil|wünschenswert|(?:un )?(?:vrai |gros )?atout|un (?:vrai |gros )?plus"
    r"|souhaitée?s?|appréciée?s?|deseables?|valorables?|um diferencial|diferencial|desejáve(?:l|is))"
)
_LEADING = re.compile(
    rf"\W{{0,4}}(?:{_MARK}\W{{0,3}}[:)\]\-–—]"
    r"|(?:preferably|ideally|preferred|desirable|desired|optional(?:ly)?|idealerweise|idéalement|idealmente"
    r"|bonus(?: points)?|nice to have|plus(?= if| points))\b"
    r"|(?:it(?:'|’)s|it is|it would be|we(?:'|’)d|we would) (?:also )?(?:an? )?(?:\w{1,12} )?"
    r"(?:plus|bonus|nice|great|love|preferred|helpful) (?:it )?if\b"
    r"|if you\b[^.;]{1,160}(?:so much the better|all the better|even better|(?:a|an) (?:\w{1,12} )?(?:plus|bonus|asset|advantage))\b)",
    re.IGNORECASE,
)
_VERB = r"(?:is|are|would be|will be|consider(?:ed)?(?: (?:it|that|this))?|as|ist|sind|est|sont|serait|es|son|será|é|são)"
_MARKED = re.compile(rf"(?P<verb>\b{_VERB}\s(?:also |considered |always |a )?)?(?<!\w){_MARK}(?!\w)", re.IGNORECASE)
_AFTER = re.compile(r"\s{0,2}(?:$|[.,:;!)\]*(–—-]|but\b|though\b|although\b|for\b|if\b|and not\b)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[^\s(])")
_ANOTHER_PART = re.compile(r";\s|\s[–—]\s")
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|vs|incl|eg|ie)\.\s", re.IGNORECASE)
_CLAUSE = re.compile(
    r",\s+(?:and |but |with |or )?(?=(?:(?!equivalent|related|similar|relevant)\w{1,20} |hands-on )?"
    r"(?:experience|knowledge|familiarity|understanding|exposure|proficiency|skills|background|degree|master|phd|ph\.d|\d{1,2}\+?\s?years?)\b)",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\b(?:and|or|and/or|like|such as|e\.g\.)\s[^,]{0,60}$|^\s*(?:and|or|and/or|etc)\b", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:required|must|mandatory)\b", re.IGNORECASE)
_REQUIRED = re.compile(r"(?<!not )(?<!strictly )(?<!always )\brequired(?=\s*[.;)]|\s*$)|^must have\b", re.IGNORECASE)
_READ = 1000
"""Characters of a line that are read: longer ones are paragraphs, and hostile ones must not cost more."""

_BRACKETED = re.compile(r"\([^()]{0,160}\)")
_TELLING = frozenset({"is", "are", "we", "our"})
"""A sentence that asks for nothing holds one of these; without them it is a list of what is asked for."""

_SEEKING = frozenset({"looking", "seeking", "need", "must", "expect"})
_SHORT_TAIL = 6
"""Words: "..., AWS preferred" speaks of its last words alone."""


def is_only_preferred(text: str) -> bool:
    """
    Tell whether a whole line is welcome rather than asked for; one that mixes both is asked for.

    >>> is_only_preferred("Experience with Go is a plus"), is_only_preferred("(preferred) Experience with Go")
    (True, True)
    >>> is_only_preferred("Five years with Java; Go is a plus"), is_only_preferred("Tools like Ansible (preferred) or Chef")
    (False, False)
    """
    return _is_welcome(text[:_READ])


@lru_cache(maxsize=256)
def _is_welcome(text: str) -> bool:
    """The answer once more: several topics ask for it of the same line."""
    if _cues().isdisjoint(_WORD.findall(text.lower())):
        return False
    if _LEADING.match(text):
        return True
    text = _ABBREVIATION.sub("eg ", text) if "." in text else text
    parts = [part for part in _SENTENCE_END.split(text) if part.strip()]
    welcome = [_is_marked(part) for part in parts]
    return any(welcome) and all(is_welcome or not _asks(part) for part, is_welcome in zip(parts, welcome, strict=True))


def is_asked_for(text: str) -> bool:
    """
    Tell whether a line in a list of what is welcome says that it is required after all.

    >>> is_asked_for("A driving licence is required."), is_asked_for("Preferred but not required: French")
    (True, False)
    """
    lowered = text.lower()
    if "required" not in lowered and "must have" not in lowered:
        return False
    return _REQUIRED.search(text) is not None


def _is_marked(part: str) -> bool:
    """Tell whether a sentence says of all it names that it is welcome."""
    return _LEADING.match(part) is not None or any(
        _covers_line(part, mark) for mark in _MARKED.finditer(part) if _AFTER.match(part, mark.end())
    )


def _asks(part: str) -> bool:
    """Tell whether a sentence beside one about what is welcome asks for something itself."""
    words = split_words(part)
    return (
        _TELLING.isdisjoint(words)
        or not _SEEKING.isdisjoint(words)
        or read_wording(part) is REQUIREMENTS
        or asks_something(words, of_anyone=False)
    )


def _covers_line(text: str, mark: re.Match[str]) -> bool:
    """Tell whether a mark speaks of all that stands before it, not of its last clause."""
    before = text[: mark.start()]
    opened = before.rfind("(")
    if opened > before.rfind(")"):
        return not before[opened + 1 :].strip() and _closes_line(text, mark.end())
    before = _BRACKETED.sub("", before)
    if _ANOTHER_PART.search(before) or _CLAUSE.search(before) or _ASKED.search(before):
        return False
    if mark["verb"]:
        return True
    tail = before.rpartition(",")[2]
    return tail == before or len(tail.split()) > _SHORT_TAIL or _JOINED.search(tail) is not None


def _closes_line(text: str, end: int) -> bool:
    """Tell whether only a closing bracket and a full stop follow."""
    return not text[end:].strip(" ).!;*]")


@cache
def _cues() -> frozenset[str]:
    """Words of which every wording above holds one."""
    return frozenset(read_lexicon("wording")["preferred"]["cues"])
