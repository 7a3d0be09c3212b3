"""The wordings around a capitalised name that tell that it is the employer's, and how much each tells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.text.clean import fold
from bot.text.lexicon import read_lexicon
from bot.text.places import is_place_name

_WORD = r"[A-ZÀ-ÖØ-Þ0-9][\w&+/-]*(?:\.[A-Za-z]{2,6}\b)?(?:['’](?!s\b)[^\W\d_]{1,15})?(?:\[\w{1,3}\])?"
_CHAIN = re.compile(rf"{_WORD}(?:\s(?:(?:of|and|for|&|de|the)\s)?{_WORD}){{0,4}}")
_WORDS_IN_CHAIN = re.compile(r"\S+")
_JOINED = re.compile(r"\s(?:and|for|de|the|of)\s(?=\S)")
_SMALL_START = re.compile(r"(?<![\w@./-])[a-zà-ÿ]{1,4}-?$")
"""The small letters that a name such as "iHerb" or "q-Oven" begins with."""

_SMALL_NAME = re.compile(
    r"(?:^|(?<=\n)|(?<=[.!?]\s))(?:At|Bei|Chez|Na|About|Sobre a|Über)\s([a-zà-ÿ][\w.]{3,20}[\wà-ÿ])(?:(?=,\s(?:we|you|our|wir|nous)\b)|(?=\n|:))"
)
"""A name in small letters, which only the surest wordings can tell from any other word."""

SUREST = 6
_SEVERAL = frozenset({"we", "you", "our", "i", "it", "wir", "nous", "everyone", "employees", "every", "people", "somos", "the", "there", "all"})
_WORK_AT = re.compile(
    r"\b(?:life|working|work|careers?|benefits|perks|here|culture|join us|about us|us|why|future|grow|day|thrive|growth) (?:at|with|bei) $",
    re.IGNORECASE,
)
_POST_AT = re.compile(
    r"\b(?:employment|opportunit\w{1,3}|teams?|engineers?|everyone|careers?|interviews?|roles?|positions?|developers?|manager|engineering|jobs?"
    r"|internship|scientist|analyst|member|lead|journey|us|belong|adventure|adventure|success|hiring|stack|product|applications?|employees?"
    r"|compensation|people|experience you) (?:at|with|bei|chez|of) $",
    re.IGNORECASE,
)
_WE_ARE = re.compile(r"(?:^|[.!?\n:]\s?|\bhi, |\bhello, )(?:we['’]re|we are|nous sommes|wir sind|somos) $", re.IGNORECASE)
_OUR_POST = re.compile(r",?\s(?:you|we|our|your|I)\b")
_SEEKS = re.compile(
    r"(?:is|are)\s(?:currently\s|now\s|actively\s|also\s)?(?:seeking|looking|hiring|searching|recruiting|growing|expanding|an [Ee]qual"
    r"|(?:proud|excited|pleased) to|committed to|dedicated to|bringing|where|on\s(?:a|the)\s)"
)
_DEFINES = re.compile(
    r"(?:is|are|was|has been|ist|est|es|é)\s(?:an?|the|one of|building|redefining|transforming|revolutioni[sz]ing|reinventing|creating"
    r"|changing|backed|ein|eine|das|die|un|une|una|uma|le|la)\b"
)
_COMPANY = re.compile(
    r"(?:is|are|was|has been|ist|est|es|é)\s[^.;\n]{0,90}?\b(?:company|provider|leader|startup|start-up|firm|agency|organi[sz]ation|mission|studio"
    r"|supplier|non-?profit|bank|marketplace|consultancy|institution|manufacturer|brand|venture|retailer|publisher|leading|platform|unternehmen"
    r"|entreprise|empresa|société)\b"
)
_ACTS = frozenset(
    """seeks delivers enables operates was founded offers provides helps builds develops believes values welcomes celebrates strives embraces
    reserves invites does recrute propose accompagne emploie bietet sucht entwickelt continues makes has exists invests takes powers serves
    connects empowers creates partners focuses reverses brings uses pays participates specializes""".split()
)
_OWNED = re.compile(
    r"['’]s?\s(?:mission|teams?|platform|culture|products?|customers?|values|vision|engineering|growth|growing|core|commitment|success|clients?"
    r"|users|services|solutions|business|benefits|compensation|goals|policies|policy|engineers|careers|employees|offices?|founders|co-founders"
    r"|leadership|global|total|internal|in-house|next|privacy|US|software|technology|mobile|salary|website|tech|infrastructure|cultural|hiring)\b"
)
_FOLLOWED = re.compile(
    r"\s(?:employees?|engineers|teams?|team members|customers|offices?|family|careers|stakeholders|organi[sz]ation|locations"
    r"|leadership|benefits|experience is|compensation|users|values|culture|app\b)\b"
)
_LEGAL_FORM = re.compile(r",?\s(?:Inc|LLC|Ltd|Limited|GmbH|AG|SE|S\.A\.|SAS|B\.V\.|Corp|PLC|plc|Pty|Sp\. z)\b")
_REMARK = re.compile(r",?\s?\([^)\n]{2,60}\),?(?=\s)|,\s[^,.\n]{3,40},(?=\s)")
_TRUSTED = re.compile(r"\b(?:trust|trusts|use|uses|using|chose|choose|rely on|relies on|worldwide use|powered by|backed) $")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s|[\n•·–—\"“]\s?)(?:The\s)?$")
_LONGEST_HEADING = 60
_LOOK_BACK = 30


@dataclass(frozen=True, slots=True)
class Clue:
    """A name in a wording that speaks for it."""

    name: str
    wording: str
    """Which wording: each counts once for a name."""

    weight: int
    at: int
    """Where in the text the name begins."""


def find_clues(text: str) -> Iterator[Clue]:
    """
    Yield the names in a text that some wording speaks for, in order; one name several times where several wordings do.

    >>> [(clue.name, clue.wording) for clue in find_clues("At Shopwerk, we bake. We like Python.")]
    [('Shopwerk', 'at X we')]
    """
    for match in _CHAIN.finditer(text):
        start, end = _bare(text, match.start(), match.end())
        if start < end:
            for wording, weight, stop in _wordings(text, start, end):
                if name := to_name(text[start:stop]):
                    yield Clue(name, wording, weight, start)
    for match in _SMALL_NAME.finditer(text):
        if fold(match[1]) not in not_names("first_words"):
            yield Clue(match[1], "at x we", SUREST, match.start(1))


def to_name(written: str) -> str | None:
    """Return a name without the signs around it, or None for words that name no company."""
    name = written.strip(" .,-:!?/&+")
    words = [_key(word) for word in name.split()]
    if not words or len(name) < 2 or name.isdigit() or words[0] in not_names("first_words") or is_place_name(name):  # noqa: PLR2004
        return None
    return None if any(word in not_names("any_word") or word.rstrip("s") in not_names("any_word") for word in words) else name


@cache
def not_names(which: str) -> frozenset[str]:
    """Return one of the lists of words that are no employer's name, folded."""
    return frozenset(fold(word) for word in read_lexicon("not_employers")[which].split())


def _key(word: str) -> str:
    return word.lower() if word.isascii() else fold(word)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the capitalised words of text[start:end] without those at their beginning that begin no name."""
    if start and (text[start - 1].isalnum() or text[start - 1] in "@/_-.&"):
        small = _SMALL_START.search(text, max(0, start - 6), start)
        return (small.start(), end) if small else (end, end)
    stops = not_names("first_words")
    while start < end:
        space = text.find(" ", start, end)
        word = text[start : space if space > 0 else end]
        if _key(word) not in stops and _key(word) not in _CONNECTING:
            break
        start = space + 1 if space > 0 else end
    return start, end


def _wordings(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield each wording around text[start:end] that tells of an employer, its weight, and where the name ends."""
    first = _until_connection(text, start, end)
    before = text[max(0, start - _LOOK_BACK) : start]
    opens = _SENTENCE_START.search(before) is not None
    if before and not (opens and start == end):
        last = before.rstrip().rpartition(" ")[2].rpartition("\n")[2].lower()
        if last in _LEADING:
            yield from ((wording, weight, first) for wording, weight in _led(text, before, last, first))
    yield from ((wording, weight, end) for wording, weight in _followed(text, end, opens=opens))


