"""Whether a sentence says where the hired person may live or work, and for which of the places that it names."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from bot.text.document import Document
from bot.text.gazetteer import AREA, CITY, COUNTRY, PEOPLE, REGION, STATE
from bot.text.lexicon import compile_later, one_of, one_of_written, read_lexicon, split_written
from bot.text.places import Place, find_places
from bot.text.prefilter import to_lower

_LEXICON = read_lexicon("hiring_words")
_FILLER_WORDS = read_lexicon("whereabouts")
_FILLER = rf"(?:(?:{one_of(_FILLER_WORDS['filler'].split())})(?:[\s:;,(“\"*-]{{1,4}}|(?<='))){{0,12}}"
_IN = rf"(?:{one_of(['out of', *_FILLER_WORDS['in'].split()])})"
_PLACE_FOLLOWS = rf"\s{{0,2}}{_FILLER}$"


def _words(table: str, which: str) -> str:
    """Return the source of a pattern for one of the words of a list."""
    return one_of_written(_LEXICON[table][which])


_JOINED = compile_later(lambda: rf"(?:[\s,;/&|():+–—•·-]|\b{one_of_written(_LEXICON['joined'])}\b\.?){{0,14}}")
"""What may stand between two places of one list."""

# What stands before a place, in small letters.

_STANDING = compile_later(
    lambda: rf"\b{_words('before', 'standing')}\b[\s:]{{0,2}}(?:[\w-]{{1,15}}\s){{0,3}}{_IN}{_PLACE_FOLLOWS}",
)
_ALLOWED = compile_later(
    lambda: rf"\b{_words('before', 'allowed')}\b[^.;]{{0,45}}\b{_words('before', 'allowed_to')}\b[^.;]{{0,40}}\b{_IN}{_PLACE_FOLLOWS}",
)
_HIRING = compile_later(lambda: rf"\b{_words('before', 'hiring')}\b[^.;!]{{0,110}}?\b{_IN}{_PLACE_FOLLOWS}")
_APPLYING = compile_later(lambda: rf"\b{_words('before', 'applying')}\b[^.;!]{{0,50}}?\b{_words('before', 'applying_from')}\s{_FILLER}$")
_REMOTE = compile_later(lambda: rf"\b{_words('before', 'remote')}\b[^.;!]{{0,45}}?(?:\b|(?<=\s)|(?=[,:(|–—-])){_IN}{_PLACE_FOLLOWS}")
_WORKING = compile_later(
    lambda: (
        rf"\b{_words('before', 'working')}\b[^.;!]{{0,60}}\bwork(?:ing)?\s(?:remotely\s|on-?site\s)?"
        rf"(?:in|from|out of|at|within)\s{_FILLER}$"
    ),
)
_WORKING_AT = compile_later(
    lambda: rf"\b{_words('before', 'working')}\b[^.;!]{{0,60}}\bwork(?:ing)?\s(?:in|from|out|at|within)\s(?:\w{{1,6}}\s){{0,4}}$"
)
"""It leads to an office of the company in which the new colleague works."""

_ROLE = compile_later(
    lambda: (
        rf"(?<!company )(?<!pour )(?<!notre )(?<!our )\b{_words('before', 'role')}\b[^.;!]{{0,90}}?"
        rf"(?:\b{_words('before', 'role_in')}\b|\bfor(?=\s(?:candidates|applicants|residents))|:){_PLACE_FOLLOWS}"
    ),
)
_IF_YOU = r"(?<!if you would like to )(?<!if you want to )(?<!if you wish to )"
_JOINING = compile_later(lambda: rf"{_IF_YOU}\bjoin(?:ing)?\s(?:us|our|the|a)\b[^.;!]{{0,50}}?\b(?:in|from|at)\s{_FILLER}$")

_OUT = rf"{_words('sentence', 'except')}\b-?[\s:(]{{0,2}}(?:\w{{1,10}}\s){{0,2}}?{_FILLER}$"
_EXCEPT = compile_later(lambda: rf"\b{_OUT}|\bnot\s(?:currently\s)?{_words('sentence', 'not_offered')}\s{_IN}\s{_FILLER}$|\bnon-$")
_OUTSIDE = compile_later(lambda: rf"\b{_words('sentence', 'outside')}\b[^.;]{{0,40}}$")
_REFUSED = compile_later(lambda: rf"\b{_words('sentence', 'refused')}\b[^.;,]{{0,30}}?\b{_words('sentence', 'refused_to')}\b")
_OVERLAP = compile_later(r"\boverlap\w{0,4}\s(?:\w{1,12}\s){0,2}(?:across|with|in|throughout)\s(?:the\s)?$")
_TRAVEL = compile_later(lambda: rf"\b{_words('before', 'travel')}\b[^.;|!]{{0,40}}$")
_IF = compile_later(r"\b(?:for|if|since|when|where)\b[^,;.]{0,12}$")
_HIRED = compile_later(lambda: rf"\b{_words('sentence', 'hired')}\s(?:\w{{1,12}}\s){{0,2}}$")
_OBLIGED = compile_later(r"\b(?:to be|must|need)\b")
_ONLY = compile_later(r"\b(?:only|exclusively)\b")

# What stands behind a place.

_PEOPLE_BEHIND = compile_later(lambda: rf"[\s-]{{0,2}}(?:(?:or|and|/)\s\w{{1,12}}\s)?{_words('behind', 'people')}\b")
_BASED_BEHIND = compile_later(
    lambda: (
        rf"[\s-]{{0,2}}based\b[\s,]{{0,2}}(?:(?:{_words('behind', 'based_filler')}|[\w./+-]{{2,14}})[\s,-]{{1,2}}){{0,4}}?"
        rf"{_words('behind', 'based')}\b"
    ),
)
_ONLY_BASED = compile_later(r"[\s-]{0,2}based\b")
_ONLY_BEHIND = compile_later(r"[\s(,-]{0,3}(?:only\b|residents only|exclusively)")
_REFUSED_BEHIND = compile_later(
    r"[^.;]{0,40}\b(?:(?:is|are|will)\snot|cannot|aren['’]t|isn['’]t)\s(?:\w{1,12}\s)?(?:eligible|consider\w{0,3}"
    r"|accept\w{0,3}|supported|able|available|hired)",
)
_ATTRIBUTE = compile_later(
    lambda: (
        rf"[\s-]{{0,2}}(?:based\s)?(?:{_words('behind', 'attribute_filler')}[\s-]){{0,3}}(?:{_words('behind', 'attribute')}"
        r"|staff\b(?!\s(?:engineer|software|machine|data|developer)))\b|\s?[$€£]"
    ),
)
"""The place only tells what sort of thing that is."""

# What the whole sentence is about.

_CONDITION = compile_later(lambda: rf"\b{_words('sentence', 'condition')}\b")
_NEVER = compile_later(lambda: rf"[$€£]\s?\d|\b{_words('sentence', 'never')}\b")
_ROLE_WORDS = compile_later(lambda: rf"\b{_words('sentence', 'role_words')}\b")
_COMPANY_STANDS = compile_later(
    lambda: (
        rf"(?:\b[Ww]e(?:['’]re| are)\s(?:[\w-]{{1,20}}\s){{0,3}}?{_words('company', 'we_are')}"
        rf"|\b{_words('company', 'owners')}\s(?:[\w'’%-]{{1,20}},?\s){{0,6}}?{_words('company', 'parts')}"
        rf"|\b(?:{_words('company', 'things')}|\d{{1,3}}% (?:of|work))"
        rf"|(?!{_words('company', 'not_names')})[A-Z][\w.]{{1,25}}\s(?:is|are)\b(?!\s(?:{_words('company', 'hires')}|also|current)))"
        rf"(?:,?\s(?!{_words('company', 'hires')}|you\b|consider)[\w'’+/-]{{1,20}}){{0,6}}?[\s,:]{{0,3}}\b{_words('company', 'in')}\b"
    )
)
"""The company, its offices, teams or customers are somewhere: nothing about the new colleague."""

# Most sentences lack the words of most patterns.


def _beginnings_of(written: str) -> frozenset[str]:
    """Return the first letters of a word of each phrase: a sentence in which that list's pattern finds something has one of them."""
    pieces = (max(re.findall(r"\w+", phrase), key=len) for phrase in split_written(written))
    return frozenset(piece[:_SIGN_LETTERS] for piece in pieces)


_SIGN_LETTERS = 4
_SIGNS = {
    **{
        name: _beginnings_of(_LEXICON["before"][name]) for name in ("standing", "allowed", "hiring", "applying", "remote", "role", "travel")
    },
    **{name: _beginnings_of(_LEXICON["sentence"][name]) for name in ("outside", "refused")},
    "people": _beginnings_of(_LEXICON["behind"]["people"]),
    "except": _beginnings_of(_LEXICON["sentence"]["except"]) | {"not", "non"},
    **{
        name: _beginnings_of(words)
        for name, words in {"working": "work", "joining": "join", "based": "based", "only": "only|exclusively"}.items()
    },
}
_ANY_SIGN = frozenset[str]().union(*_SIGNS.values())
_CUES_BEFORE = tuple(
    (pattern, _SIGNS[name])
    for pattern, name in (
        (_STANDING, "standing"),
        (_ALLOWED, "allowed"),
        (_HIRING, "hiring"),
        (_APPLYING, "applying"),
        (_REMOTE, "remote"),
        (_WORKING, "working"),
        (_ROLE, "role"),
    )
)
_BEGINNINGS = compile_later(rf"(\w{{1,{_SIGN_LETTERS}}})\w*")
"""The letters of a word by which the signs of patterns are looked up."""

_TOWN_BEFORE = compile_later(r"(?<![\w.'’-])(?:[A-Z][\w.'’-]{1,20}\s){0,2}[A-Z][\w.'’-]{2,20},\s$")
_TOWN_REACH = 66
_WITHIN_COUNTRY = (CITY, STATE, REGION)
_SHORT_LINE = 90
_REACH = 200
_COMPANY_REACH = 130
_MOST_GROUPS = 12
"""Lists of places in one sentence; of 1,500 postings none has more than 6."""


class HiringPlace(NamedTuple):
    """A place where the posting says that it hires, or that it does not."""

    place: Place
    is_excluded: bool = False


def find_hiring_places(text: str, places: Sequence[Place] | None = None) -> tuple[HiringPlace, ...]:
    """
    Return the places that one sentence opens the job to, or closes it to.

    >>> [(hit.place.countries, hit.is_excluded) for hit in find_hiring_places("You must be based in Peru or Chile.")]
    [(('PE',), False), (('CL',), False)]
    >>> find_hiring_places("Our headquarters are located in Peru.")
    ()
    """
    lowered = to_lower(text)
    spelt = _Spelt(text, lowered, frozenset(_BEGINNINGS.findall(lowered)))
    if _ANY_SIGN.isdisjoint(spelt.beginnings):
        return ()
    named = find_places(text) if places is None else places
    if not named:
        return ()
    hits = tuple(_read_groups(spelt, named))
    return () if not hits or _NEVER.search(spelt.lowered) else hits


class _Spelt(NamedTuple):
    """A sentence as written and in lower case, letter for letter: all patterns but one are for small letters."""

    written: str
    lowered: str
    beginnings: frozenset[str]
    """The first letters of its words."""

    def may_hold(self, name: str) -> bool:
        """Tell whether a pattern can find anything: most sentences lack the words of most patterns."""
        return not _SIGNS[name].isdisjoint(self.beginnings)


def _read_groups(spelt: _Spelt, places: Sequence[Place]) -> Iterator[HiringPlace]:
    for group in islice(_grouped(spelt.lowered, places), _MOST_GROUPS):
        kept = [place for place in group if place.kind is not PEOPLE or _PEOPLE_BEHIND.match(spelt.lowered, place.end)]
        if not kept or _is_attribute(spelt.lowered, group):
            continue
        standing = _read_group(spelt, start=group[0].start, end=group[-1].end)
        town = _TOWN_BEFORE.search(spelt.written[: group[0].start][-_TOWN_REACH:]) if group[0].kind is STATE else None
        if standing is None and town is not None:  # "located in Elmcreek, CO": a town that no list knows leads its state
            standing = _read_group(spelt, start=group[0].start - len(town[0]), end=group[-1].end)
        if standing is None:
            continue
        within = group[0].kind in _WITHIN_COUNTRY
        named = [place for place in kept if not _is_spelt_out(spelt.lowered, place, group)]
        yield from (HiringPlace(place, is_excluded=not standing and not (within and place.kind is COUNTRY)) for place in named)


def _is_spelt_out(text: str, place: Place, group: Sequence[Place]) -> bool:
    """Tell whether brackets behind an area say which of its countries are meant: "Oceania (Australia and Fiji)"."""
    opened = _BRACKET.match(text, place.end) if place.kind is AREA else None
    if opened is None or (close := text.find(")", place.end)) < 0:
        return False
    inside = [one for one in group if place.end < one.start < close]
    return bool(inside) and all(one.kind is COUNTRY for one in inside) and inside[0].start == opened.end() and inside[-1].end == close


_BRACKET = compile_later(r"\s?\((?:the\s)?")


def _is_attribute(text: str, group: Sequence[Place]) -> bool:
    """Tell whether places only say what sort of thing follows ("US customers"); people may stand in a time zone, though."""
    behind = _ATTRIBUTE.match(text, group[-1].end)
    if behind is None:
        return False
    return "zone" not in behind[0] or _STANDING.search(text[: group[0].start]) is None


def _grouped(text: str, places: Sequence[Place]) -> Iterator[list[Place]]:
    """Yield the places in lists: those with nothing but connecting words between them stand together."""
    group: list[Place] = []
    for place in places:
        if group and not _JOINED.fullmatch(text, group[-1].end, place.start):
            yield group
            group = []
        group.append(place)
    if group:
        yield group


def _read_group(spelt: _Spelt, *, start: int, end: int) -> bool | None:
    """Tell whether the places of text[start:end] are open (True), closed (False) or not said to be either (None)."""
    before = spelt.lowered[max(0, start - _REACH) : start]
    led = _LIST_BEHIND.search(before) if ":" in before else None
    before = led[0] if led else before  # what stands before the clause that leads a list speaks of other places
    refused = spelt.may_hold("refused") and _REFUSED.search(before) is not None
    outside = _OUTSIDE.search(before) if spelt.may_hold("outside") else None
    if outside:
        if refused or _REFUSED_BEHIND.match(spelt.lowered, end):
            return True
        return False if _ONLY.search(before, 0, outside.start()) else None
    if _OVERLAP.search(before) or (spelt.may_hold("travel") and _TRAVEL.search(before)):
        return None
    if spelt.may_hold("except") and _EXCEPT.search(before):
        return False
    if not _is_open(spelt, before, start=start, end=end) and not (refused and _has_cue(spelt, before)):
        return None
    return not (refused or _REFUSED_BEHIND.match(spelt.lowered, end))


_LIST_BEHIND = compile_later(r"(?<![^,;])[^,;]*\b(?:states|provinces|countries|locations|regions|cities)\s?:\W*$")


def _is_open(spelt: _Spelt, before: str, *, start: int, end: int) -> bool:
    text = spelt.lowered
    may_be_based = spelt.may_hold("based")
    if (may_be_based and _BASED_BEHIND.match(text, end)) or (spelt.may_hold("people") and _PEOPLE_BEHIND.match(text, end)):
        return not _IF.search(before) and (len(text) <= _SHORT_LINE or _CONDITION.search(text) is not None)
    if may_be_based and _ONLY_BASED.match(text, end):
        return False
    if (spelt.may_hold("only") and _ONLY_BEHIND.match(text, end)) or (spelt.may_hold("joining") and _JOINING.search(before)):
        return True
    if not _has_cue(spelt, before):
        return False
    company = _COMPANY_STANDS.search(spelt.written[start - len(before) : start], max(0, len(before) - _COMPANY_REACH))
    if company is None or any(one.search(before, 0, company.start()) for one in (_HIRED, _WORKING_AT)):
        return True
    return _ROLE_WORDS.search(before, company.start()) is not None or _OBLIGED.search(before, company.start()) is not None


def _has_cue(spelt: _Spelt, before: str) -> bool:
    return any(cue.search(before) for cue, signs in _CUES_BEFORE if not signs.isdisjoint(spelt.beginnings))


def is_about_company(sentence: str) -> bool:
    """
    Tell whether a sentence speaks of the company or others and neither of the job nor of the one who is to be hired.

    >>> is_about_company("We are an advisory firm located in Peru."), is_about_company("You sit with the team located in Peru.")
    (True, False)
    """
    return _COMPANY_STANDS.search(sentence) is not None and _ROLE_WORDS.search(sentence.lower()) is None


def is_remote_at_large(document: Document, country: str, *, beside: Collection[str] = ()) -> bool:
    """
    Tell whether a job is in several places, one of which is remote work in all of a country: "Quito" and "Remote (US)".

    No part of the country may be named but in those places: `beside` holds the parts that are, and one of another line may be a limit.
    """
    tags = [part for line in document.tags("location") for part in line.text.split("|")]
    named = [find_places(text) for text in tags]
    parts = {place.us_state or place.meaning.province for places in named for place in places}
    whole = [(text, places) for text, places in zip(tags, named, strict=True) if all(one.kind is COUNTRY for one in places)]
    is_open = any("remote" in text.casefold() and any(country in one.countries for one in places) for text, places in whole)
    return len(tags) > 1 and is_open and parts.issuperset(beside)
