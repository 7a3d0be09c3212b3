"""Whether a sentence says where the hired person may live or work, and for which of the places that it names."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from bot.text.gazetteer import CITY, COUNTRY, PEOPLE, REGION, STATE
from bot.text.lexicon import compile_later, one_of, read_lexicon
from bot.text.places import Place, find_places
from bot.text.prefilter import to_lower

_JOINED = compile_later(
    r"(?:[\s,;/&|():+–—•·-]|\b(?:and|or|either|the|in|from|within|plus|also|anywhere|continental|contiguous|across"
    r"|to|as|well|both|any|of|our|based"
    r"|und|oder|et|ou|y|e|o|el|la|le|les|en|ciudad|área|states?|province|countries|such|like|including|not limited"
    r"|e\.g|i\.e|areas?|remote(?:ly)?|hybrid"
    r"|hq|headquarters|offices?|city|metro|region|time)\b\.?){0,14}",
)
"""What may stand between two places of one list."""

_LEXICON = read_lexicon("whereabouts")
_FILLER = rf"(?:(?:{one_of(_LEXICON['filler'].split())})(?:[\s:;,(“\"*-]{{1,4}}|(?<='))){{0,12}}"
_IN = rf"(?:{one_of(['out of', *_LEXICON['in'].split()])})"

_STANDING = compile_later(
    lambda: (
        rf"\b(?:located|based|living|residing|reside|lives?|situated|domiciled|residents?|residence|residency|address"
        rf"|reachable|ansässig|wohnhaft|wohnsitz|wohnst|wohnen|lebst|leben|basée?s?|"
        rf"résid\w{{1,6}}|resid\w{{1,6}}|vive|viva|morar?|ubicad[oa]s?|radicad[oa]s?|localizad[oa]s?|must be|should be"
        rf"|need to be|needs to be|have to be|to be)\b"
        rf"[\s:]{{0,2}}(?:[\w-]{{1,15}}\s){{0,3}}{_IN}\s{{0,2}}{_FILLER}$"
    ),
)
_ALLOWED = compile_later(
    lambda: (
        rf"\b(?:authori[sz]\w{{1,6}}|eligib\w{{1,6}}|rights?|legal(?:ly)?|permit(?:ted)?|permission|entitled|able"
        rf"|allowed|approved|qualified|visa|status)\b[^.;]{{0,45}}"
        rf"\b(?:work(?:ing)?|employ\w{{0,6}}|live|reside|arbeiten)\b[^.;]{{0,40}}\b{_IN}\s{{0,2}}{_FILLER}$"
    ),
)
_HIRING = compile_later(
    lambda: (
        rf"\b(?:hir(?:e|es|ing)|recruit(?:s|ing)?|employ|accept(?:s|ing)?|consider(?:s|ing|ed)?|open|opened|seek(?:s"
        rf"|ing)?|look(?:s|ing)?\sfor|search(?:es|ing)?|welcome"
        rf"|prefer(?:s|red|ence|ably)?|restricted|limited|reserved|contratando|buscamos|suchen|recherch\w{{1,5}}"
        rf"|recrut\w{{1,5}}|focus(?:ed|ing)?\son)\b"
        rf"[^.;!]{{0,110}}?\b{_IN}\s{{0,2}}{_FILLER}$"
    ),
)
_APPLYING = compile_later(
    lambda: (
        rf"\b(?:candidates?|applicants?|applications?|bewerber\w{{0,5}}|candidat\w{{1,5}})\b[^.;!]{{0,50}}?\b(?:in|from"
        rf"|within|based in|across|of|aus|en|de|do)\s{_FILLER}$"
    ),
)
_REMOTE = compile_later(
    lambda: (
        rf"(?:\bremot\w{{0,4}}|\bhybrid\w?|\bon-?site|\bin-?person|\bwfh|\btelecommut\w{{1,4}}"
        rf"|\bwork(?:ing)?[\s-](?:from|in|at|out|on|anywhere|remotely)|\bhome[\s-](?:based|office)|\banywhere"
        rf"|\btélétravail|\bteletrabajo|\bhome-?office|\bà distance)\b[^.;!]{{0,45}}?(?:\b|(?<=\s)|(?=[,:(|–—-])){_IN}\s{{0,2}}{_FILLER}$"
    ),
)
_WORKING = compile_later(
    lambda: (
        rf"\b(?:you|role|must|position|able|required|can|will|option|hybrid"
        rf"|days)\b[^.;!]{{0,60}}\bwork(?:ing)?\s(?:remotely\s|onsite\s|on-site\s)?(?:in|from|out of|at"
        rf"|within)\s{_FILLER}$"
    ),
)
_ROLE = compile_later(
    lambda: (
        rf"(?<!company )\b(?:role|position|job|opportunity|vacancy|opening|assignment|location|stelle|poste|vaga|puesto"
        rf"|posição|contrat|stage|mission|alternance|contrato)s?\b[^.;!]{{0,90}}?"
        rf"(?:\b(?:in|within|across|throughout|from|at|to|near|is|are|aus|innerhalb|im|en|dans|desde|no|na|sur|à)\b"
        rf"|\bfor(?=\s(?:candidates|applicants|residents))|:)\s{{0,2}}{_FILLER}$"
    ),
)
_JOINING = compile_later(lambda: rf"\bjoin(?:ing)?\s(?:us|our|the|a)\b[^.;!]{{0,50}}?\b(?:in|from|at)\s{_FILLER}$")
_SIGNS = {name: frozenset(signs.split()) for name, signs in read_lexicon("signs")["hiring"].items()}
"""Beginnings of words, one of which a sentence holds wherever the pattern of that name finds something."""

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

_PEOPLE_BEHIND = compile_later(
    r"[\s-]{0,2}(?:(?:or|and|/)\s\w{1,12}\s)?(?:citizens?(?:hip)?|resid(?:ents?|ency|ence)|nationals?|green\scard"
    r"|permanent\sresiden\w{1,4}|persons?|work\s(?:authori[sz]ation|permit|eligibility|visa)"
    r"|work(?:ing)?\srights?|(?:government\s|dod\s|federal\s)?(?:security\s)?clearance|passport|candidates?|applicants?|soil)\b",
)
_BASED_BEHIND = compile_later(
    r"[\s-]{0,2}based\b[\s,]{0,2}(?:(?:fully|100%|and|or|only|full-time|part-time|contract|senior|staff|lead"
    r"|principal|[\w./+-]{2,14})[\s,-]{1,2}){0,4}?"
    r"(?:role|position|job|opportunity|remote|hybrid|candidates?|applicants?|only|individuals?|person|people"
    r"|work-from-home|engineers?|developers?|residents?|contractors?)\b",
)
_ONLY_BASED = compile_later(r"[\s-]{0,2}based\b")
_IF = compile_later(r"\b(?:for|if|since|when|where)\b[^,;.]{0,12}$")
_OBLIGED = compile_later(r"\b(?:to be|must|need)\b")
_HIRED = compile_later(r"\b(?:hire|hiring|accept|take|consider|welcome|seek|seeking|looking for|employ)\s(?:\w{1,12}\s){0,2}$")
_ONLY_BEHIND = compile_later(r"[\s(,-]{0,3}(?:only\b|residents only|exclusively)")
_CONDITION = compile_later(
    r"\b(?:must|only|requir\w{1,6}|need(?:ed|s)?|valid|hold|open to|limited|eligible|look(?:ing)? for|seek\w{0,3}"
    r"|hir(?:e|ing)|welcome|accept\w{0,3}|consider\w{0,3}|prefer\w{0,4}|restricted"
    r"|active|obtain|ability|able|possess|mandatory|necessary|exclusively|position|role|are you|you(?:['’]re| are))\b",
)

_OUT = (
    rf"(?:except(?:ing)?|exclud(?:ing|es|ed|e)|exclusion|exception|outside|other than|apart from|aside from|but not|non"
    rf"|außer|sauf|hormis|excepto|exceto|excluindo)\b-?[\s:(]{{0,2}}(?:\w{{1,10}}\s){{0,2}}?{_FILLER}$"
)
_EXCEPT = compile_later(
    lambda: rf"\b{_OUT}|\bnot\s(?:currently\s)?(?:available|eligible|open|offered|possible|valid)\s{_IN}\s{_FILLER}$|\bnon-$"
)
_OUTSIDE = compile_later(r"\b(?:outside|beyond|außerhalb|hors|fora|fuera)\b[^.;]{0,40}$")
_REFUSED = compile_later(
    r"\b(?:unable|not able|cannot|can['’]?t|can not|do not|does not|don['’]t|doesn['’]t|won['’]t|will not"
    r"|not currently|currently not|are not|is not|isn['’]t|aren['’]t|no longer|not)\b"
    r"[^.;,]{0,30}?\b(?:hire|hiring|employ\w{0,4}|accept\w{0,3}|consider\w{0,3}|recruit\w{0,3}|open|eligible"
    r"|available|support\w{0,3}|engage|work|permitted|allowed|offer\w{0,3})\b",
)
_REFUSED_BEHIND = compile_later(
    r"[^.;]{0,40}\b(?:(?:is|are|will)\snot|cannot|aren['’]t|isn['’]t)\s(?:\w{1,12}\s)?(?:eligible|consider\w{0,3}"
    r"|accept\w{0,3}|supported|able|available|hired)",
)

_ATTRIBUTE = compile_later(
    r"[\s-]{0,2}(?:based\s)?(?:(?:east(?:ern)?|west(?:ern)?|pacific|central|coast|compatible|friendly|standard"
    r"|business|working|core|public|bank|national)[\s-]){0,3}"
    r"(?:time[\s-]?zones?|hours|time\b|times|holidays?|dollars?|customers?|clients?|compan(?:y|ies)|startups?"
    r"|start-ups?|firms?|markets?|governments?|law\b|laws|teams?|users?|payroll"
    r"|tax(?:es)?|banks?|export|military|army|navy|department|dept|census|treasury|entit(?:y|ies)|culture|economy"
    r"|history|subsidiary|parent|population|industry"
    r"|full[\s-]time employees|employees|staff\b(?!\s(?:engineer|software|machine|data|developer))|benefits"
    r"|office hours|english|version|federal|regulat\w{1,6}|election|patents?)\b"
    r"|\s?[$€£]",
)
"""Behind a place: the place only tells what sort of thing that is."""

_NEVER = compile_later(
    r"[$€£]\s?\d|\b(?:salar(?:y|ies)|pay (?:range|scale|transparency|zone)|base pay|compensation|wages?|401\s?\(?k"
    r"|insurance|medical|dental|pension|stipend|vacation|ordinance|criminal|arrest"
    r"|conviction|discriminat\w{1,5}|e-?verify|i-9|privacy|ccpa|gdpr|covey|aedt|fair chance|pursuant"
    r"|disabilit\w{1,4}|accommodations?|veterans?|cost of labor|zones? based"
    r"|retirement|contributions?|reimburse\w{0,5}|benefits?|perks|allowances?|verify (?:their |your )?identity"
    r"|verification|best (?:place|compan|workplace)\w{0,4}|great place|personal data|parental leave|labor law"
    r"|licen[sc]\w{1,6}|consultants?\slocated|fiscal|allocated|travel(?:l?ing)? to|trips? to|retreats?|offsite)\b",
)
"""Pay notices, benefits, legal notices and awards name places that nobody is hired by."""

_COMPANY_STANDS = compile_later(
    r"(?:\b[Ww]e(?:['’]re| are)\s(?:[\w-]{1,20}\s){0,3}?(?:based|located|headquartered|spread|distributed|split"
    r"|growing|present|a|an|in|across)"
    r"|\b(?:[Oo]ur|[Tt]he|with|of|and|an?|other|all|many|most|[Aa]t|[Ww]ho"
    r"|[Yy]our)\s(?:[\w'’%-]{1,20},?\s){0,6}?(?:company|team|office|hq|entity|studio|department|business|startup"
    r"|start-up|firm|leader|agency"
    r"|provider|manager|director|headquarters|team members|who is)"
    r"|\b(?:headquartered|founded|established|presence|headquarters|operates?|operating|teams|offices|employees"
    r"|members|clients?|customers?|colleagues|managers|developers are|engineers are|founders|users|people"
    r"|investors"
    r"|companies|startups|start-ups|partners?|stores?|hubs?|hospitals|banks|stakeholders|\d{1,3}% (?:of|work)"
    r"|which is|report(?:s|ing)? (?:directly )?(?:in)?to)"
    r"|(?!This|It|Role|Position|Candidates|Applicants|They|You|There|Location|Here|Job|That|Remote|Work|Roles"
    r"|Which)[A-Z][\w.]{1,25}\s(?:is|are)\b(?!\s(?:looking|hiring|seeking|searching|recruiting|open|offer|also"
    r"|current)))"
    r"(?:,?\s(?!looking|hiring|seeking|searching|recruiting|open|offer|you\b"
    r"|consider)[\w'’+/-]{1,20}){0,6}?[\s,:]{0,3}\b(?:in|within|across|from|at|throughout|of|near|out of|around"
    r"|over|into|on|to|outside)\b"
)
"""The company, its offices, teams or customers are somewhere: nothing about the new colleague."""

_ROLE_WORDS = compile_later(
    r"\b(?:you|your|you['’]ll|candidates?|applicants?|role|position|job|opportunity|must|should|required|only"
    r"|looking for|seeking|hiring|someone|eligible|preferred|vacancy|opening)\b",
)
_ONLY = compile_later(r"\b(?:only|exclusively)\b")
_BEGINNINGS = compile_later(r"(\w{1,4})\w*")
"""The letters of a word by which the signs of patterns are looked up."""

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
        if standing is None:
            continue
        within = group[0].kind in _WITHIN_COUNTRY
        yield from (HiringPlace(place, is_excluded=not standing and not (within and place.kind is COUNTRY)) for place in kept)


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
    refused = spelt.may_hold("refused") and _REFUSED.search(before) is not None
    outside = _OUTSIDE.search(before) if spelt.may_hold("outside") else None
    if outside:
        if refused or _REFUSED_BEHIND.match(spelt.lowered, end):
            return True
        return False if _ONLY.search(before, 0, outside.start()) else None
    if spelt.may_hold("except") and _EXCEPT.search(before):
        return False
    if not _is_open(spelt, before, start=start, end=end) and not (refused and _has_cue(spelt, before)):
        return None
    return not (refused or _REFUSED_BEHIND.match(spelt.lowered, end))


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
    if company is None or _HIRED.search(before, 0, company.start()):
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
