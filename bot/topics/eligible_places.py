"""Whether somebody at a place may work for a posting, down to states, provinces and cities; "only" there, and "must" I be there."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from bot.domain.facts import Area, Eligibility, Eligible, Fact, Scope
from bot.domain.query import Ask, Criterion, Place, SearchKey, Verdict, turn
from bot.text.clean import fold
from bot.text.document import HEADING, Document, Sentence, is_denied
from bot.text.gazetteer import CITY, COUNTRY, PEOPLE, REGION, STATE, name_country
from bot.text.hiring import is_remote_at_large
from bot.text.lexicon import compile_later, one_of, read_lexicon
from bot.text.places import find_places
from bot.text.whereabouts import leaves_none_inside_out, lies_zones_away, takes_nobody_outside

# Whether somebody in a country may apply: yes, no, or the posting does not say.


def render_whether_eligible(eligibility: Eligibility | None, country: str, *, part: str | None = None) -> Eligible:
    """
    Tell whether a posting takes people who live in a country (ISO 3166-1 alpha-2), or in a `part`: a US state or a Canadian province.

    What is excluded is a no; a posting that lists places is a no from everywhere else; one that lists none is unclear, never a no.
    For a country at an area's border ("Europe" and Turkey), or one that belongs to another (Puerto Rico), it stays unclear, and so for a
    state where others are named: the job may be based in those and open to all.

    >>> render_whether_eligible(Eligibility(scope=Scope.LISTED, areas=(Area.LATAM,)), "AR")
    <Eligible.YES: 'yes'>
    >>> render_whether_eligible(None, "AR")
    <Eligible.UNCLEAR: 'unclear'>
    """
    if eligibility is None:
        return Eligible.UNCLEAR
    code = country.upper()
    if code in eligibility.excluded:
        return Eligible.NO
    if eligibility.scope is Scope.UNSTATED:
        return Eligible.UNCLEAR
    if eligibility.scope is Scope.WORLDWIDE or any(code in countries_of(area) for area in eligibility.areas):
        return Eligible.YES
    if code in eligibility.countries:
        parts = _parts_of(eligibility, code)
        return Eligible.YES if part is None or not parts or part.upper() in parts else Eligible.UNCLEAR
    is_near = _holder_of(code) in eligibility.countries or any(code in _borders_of(area) for area in eligibility.areas)
    return Eligible.UNCLEAR if is_near else Eligible.NO


def _parts_of(eligibility: Eligibility, country: str) -> tuple[str, ...]:
    """Return the states or provinces of a country that a posting names."""
    return {"US": eligibility.us_states, "CA": eligibility.provinces}.get(country, ())


@cache
def countries_of(area: Area) -> frozenset[str]:
    """
    Return the countries in an area (ISO 3166-1 alpha-2).

    >>> sorted(countries_of(Area.DACH))
    ['AT', 'CH', 'DE']
    """
    table: dict[str, str] = read_lexicon("areas")["countries"]
    codes: set[str] = set()
    for word in table[area].split():
        codes |= countries_of(Area(word[1:])) if word.startswith("+") else {word}
    return frozenset(codes)


@cache
def _borders_of(area: Area) -> frozenset[str]:
    return frozenset(read_lexicon("areas")["borders"].get(area, "").split())


@cache
def _holder_of(country: str) -> str | None:
    """Return the country that another belongs to: the USA for Puerto Rico."""
    return next((holder for holder, held in read_lexicon("areas")["outlying"].items() if country in held.split()), None)


# What a posting is filed under for the countries that it hires in, and what to search for to find who hires in one.


def find_country_keys(eligibility: Eligibility) -> tuple[SearchKey, ...]:
    """
    Return the countries, with their states and provinces, and areas as given (not expanded), whether they are all, and what is excluded.

    A country that is open in all its parts has a key for that as well.

    >>> kenya = Eligibility(scope=Scope.LISTED, countries=("KE",), areas=(Area.EU,), excluded=("US",))
    >>> [found.key for found in find_country_keys(kenya)]
    ['KE', 'area:EU', 'listed', 'not:US']
    >>> [found.key for found in find_country_keys(Eligibility(scope=Scope.UNSTATED))]
    []
    """
    keys = (
        *eligibility.countries,
        *(f"{country}-{part}" for country in _PARTED for part in _parts_of(eligibility, country)),
        *(f"{country}-all" for country in _PARTED if country in eligibility.countries and not _parts_of(eligibility, country)),
        *(f"area:{area.value}" for area in eligibility.areas),
        *([] if eligibility.scope is Scope.UNSTATED else [eligibility.scope.value]),
        *(f"not:{code}" for code in eligibility.excluded),
    )
    return tuple(map(SearchKey, keys))


_PARTED = ("US", "CA")
"""Countries whose states and provinces are read."""


def hiring_in(country: str, *, part: str | None = None) -> Criterion:
    """
    Return what finds the postings that take people in a country (ISO 3166-1 alpha-2), or in a `part` of it.

    What fits, does not, or is unclear is exactly what `render_whether_eligible` says.

    >>> hiring_in("KE").keys, hiring_in("ke").without
    (('KE', 'worldwide', 'area:EMEA', 'area:AFRICA'), ('not:KE',))
    """
    code = country.upper()
    areas = (f"area:{area.value}" for area in Area if code in countries_of(area))
    places = (f"{code}-{part.upper()}", f"{code}-all") if part and code in _PARTED else (code,)
    at_border = (f"area:{area.value}" for area in Area if code in _borders_of(area))
    return Criterion(
        topic="countries",
        keys=(*places, "worldwide", *areas),
        without=(f"not:{code}",),
        against=("listed",),
        unsure=(*({code} - set(places)), *filter(None, [_holder_of(code)]), *at_border),
    )


YES, NO, UNCLEAR = Verdict.YES, Verdict.NO, Verdict.UNCLEAR

_MANY_STATES, _SEVERAL = 3, 2
"""A posting that names so many states is open in these alone; of one or two it may only say where its office is."""

_OUTLYING = frozenset({"AK", "HI"})
_CONTIGUOUS = compile_later(r"\b(?:contiguous|lower 48|continental)\b", re.IGNORECASE)
_EXCEPT = (
    r"\b(?:except(?:ing|ion of)?|exclud\w{1,4}|not (?:available|eligible|open|hiring|able to hire)|other than|outside"
    r"|(?:unable to|cannot|can['’]t|do not|don['’]t) (?:hire|employ|accept|consider))\b[^.;]{0,120}"
)
_LEAVES_OUT = compile_later(_EXCEPT, re.IGNORECASE)
_OF_PAY = compile_later(r"[$€£]|\b(?:salary|pay|compensation)\b", re.IGNORECASE)
EITHER_REMOTE = compile_later(r"\bor\b[^.;]{0,20}\bremote|\bremote[^.;]{0,20}\bor\b", re.IGNORECASE)
_OR_REMOTE = compile_later(r"\bremot\w{0,4}\b", re.IGNORECASE)
_OPEN_BEYOND = compile_later(r"\b(?:open to|other|and|or) (?:other|more) (?:countries|locations|places|regions)\b", re.IGNORECASE)
"""That the places which are named are not the only ones."""

_HIRES_NOT = compile_later(
    r"\b(?:not|never|don'?t|doesn'?t|won'?t|isn'?t|can'?t|cannot)\s(?:\w+ing to\s)?"
    r"(?:hir|recruit|accept|tak|open|available|employ|allow|consider)\w*\s"
    r"(?:[^\W\d]+\s){0,3}(?:in|from|to)\b",
    re.IGNORECASE,
)
"""What denies that anybody is hired at a place, and does not ask of those elsewhere."""

_PROVINCE_LIST = compile_later(r"\bprovinces?\b[^.;]{0,40}:", re.IGNORECASE)


def judge_place(ask: Ask, facts: Sequence[Fact[Eligibility]], *, document: Document) -> Verdict | None:
    """
    Tell whether somebody at a place may work for the posting; where nothing is stated, it is unclear, never a no.

    Asked with "only", whether nobody elsewhere may; asked for the opposite, whether somebody outside of it may; asked with "must",
    whether one must be there.
    """
    place = ask.place
    if place is None or not facts:
        return None if place is None else UNCLEAR
    if ask.is_only or ask.is_must:
        return _judge_only(place, facts[0])
    if ask.is_denied and _HIRES_NOT.search(ask.words):
        return turn(judge_place(ask.model_copy(update={"is_denied": False}), facts, document=document), is_denied=True)
    if ask.is_denied:
        is_paid = place.country in facts[0].value.countries and find_paid_outside(None, document, stated=facts[0].value) is not None
        return YES if is_paid else _judge_elsewhere(place, facts[0], document)
    verdict = _judge_country(place, facts[0])
    if verdict is not YES or not (place.state or place.city):
        return YES if verdict is NO and find_paid_outside(place, document, stated=facts[0].value) is not None else verdict
    return _judge_within(place, facts[0], document)


def as_meant(ask: Ask, facts: Sequence[Fact[Eligibility]], *, document: Document) -> Place | None:
    """
    Return the place that is asked about as what it stands for in a posting, None where no place is.

    A town that several places are called like is the one where the posting is open, if it is not open in all of them; one that is named
    in the posting's own words for its only country lies there, unless who asks names another country.
    """
    place = ask.place
    if place is None or not place.city or not facts:
        return place
    stated, plain = facts[0].value, place.model_copy(update={"alternatives": ()})
    each = [plain, *place.alternatives]
    for parts in (True, False):
        fitting = [one for one in each if one.country and _is_open(stated, one, parts=parts)]
        if fitting:
            return _with_country(fitting[0]) if len(fitting) < len(each) else plain
    said = [fact.quote.text for fact in facts]
    said += [one.text for one in filter(None, [find_restriction(stated, document)])]
    is_settled = any(one.kind in (COUNTRY, STATE) for one in find_places(ask.words, any_case=True))
    if len(stated.countries) == 1 and not is_settled and any(names_place(place, text) for text in said):
        return _with_country(plain.model_copy(update={"country": stated.countries[0], "state": None}))
    return plain


def _is_open(stated: Eligibility, place: Place, *, parts: bool) -> bool:
    return render_whether_eligible(stated, place.country or "", part=place.state if parts else None) is Eligible.YES


def _with_country(place: Place) -> Place:
    """Return a place that is told with the country that it is taken to lie in."""
    return place.model_copy(update={"typed": f"{place.typed}, {name_country(place.country)}"}) if place.country else place


def names_place(place: Place, text: str) -> bool:
    """
    Tell whether a text names a town, as it is called or typed.

    >>> names_place(Place(typed="laguna", city="Laguna"), "Bataan and Laguna only"), names_place(Place(typed="Ely", city="Ely"), "Truely")
    (True, False)
    """
    names = {fold(name) for name in (place.city, place.typed) if name}
    return re.search(rf"(?<!\w)(?:{one_of(names)})(?!\w)", fold(text)) is not None if names else False


def _judge_elsewhere(place: Place, fact: Fact[Eligibility], document: Document) -> Verdict | None:
    """Tell whether somebody outside of a place may; "Cyprus or remote" does not say where remote is."""
    is_bound = place.country == "CA" and fact.value.provinces == (place.state,) and _is_bound(fact.value, document)
    elsewhere = NO if is_bound else turn(_judge_only(place, fact), is_denied=True)
    return UNCLEAR if elsewhere is NO and EITHER_REMOTE.search(fact.quote.text) else elsewhere


def _judge_country(place: Place, fact: Fact[Eligibility]) -> Verdict:
    stated = fact.value
    if place.country is not None:
        verdict = Verdict.of(render_whether_eligible(stated, place.country))
        return UNCLEAR if verdict is NO and _OPEN_BEYOND.search(fact.quote.text) else verdict
    if place.area is None:
        return UNCLEAR
    if place.area in stated.areas:
        return YES
    each = {render_whether_eligible(stated, code) for code in countries_of(place.area)}
    return Verdict.of(next(iter(each))) if len(each) == 1 else UNCLEAR


def _judge_only(place: Place, fact: Fact[Eligibility]) -> Verdict:
    """Tell whether one must be at a place: a part of a country that is open as a whole is no must."""
    stated, said = fact.value, fact.quote.text
    if stated.scope is Scope.UNSTATED:
        return UNCLEAR
    if stated.scope is Scope.WORLDWIDE or _OPEN_BEYOND.search(said):
        return NO
    inside = countries_of(place.area) if place.area else {place.country}
    open_to = {*stated.countries, *(code for area in stated.areas for code in countries_of(area))}
    if not open_to <= inside:
        return NO
    if not (place.state or place.city):
        return YES
    is_named = any(name and fold(name) in fold(said) for name in (place.city, place.typed)) or _is_only_part(place, stated)
    return UNCLEAR if is_named and not (_OR_REMOTE.search(said) and _names_whole_country(said)) else NO


def _judge_within(place: Place, fact: Fact[Eligibility], document: Document) -> Verdict:
    """Tell whether a state, province or city is open where its country is."""
    if find_left_out(place, document) is not None:
        return NO
    if (zoned := _find_zoned(document)) is not None and (verdict := _judge_zone(place, zoned.text)) is not UNCLEAR:
        return verdict
    if (bound := find_restriction(fact.value, document)) is not None and place.city and names_place(place, bound.text):
        return YES
    stated, states, said = fact.value, fact.value.us_states, fact.quote.text
    if place.country == "US" and place.state and states and place.state not in states:
        is_few = len(states) < _MANY_STATES and not _is_bound(stated, document)
        is_open = (is_few and _OR_REMOTE.search(said) and _names_whole_country(said)) or is_remote_at_large(document, "US", beside=states)
        return YES if is_open else UNCLEAR if is_few else NO
    return _judge_province(place, stated, said, document) if place.country == "CA" else YES


def _judge_province(place: Place, stated: Eligibility, said: str, document: Document) -> Verdict:
    """Tell whether a province or a place in one is open where Canada is."""
    if stated.provinces and place.state not in stated.provinces:
        if _is_bound(stated, document):
            return NO if place.state else UNCLEAR
        if len(stated.provinces) >= _SEVERAL and not names_whole(said, "CA"):  # those named only by towns may be where offices are
            return NO if place.state and any(one.kind is REGION for one in find_places(said)) else UNCLEAR
    if lists := [line.text for line in document.lines if _PROVINCE_LIST.search(line.text)]:
        names = {fold(name) for name in (place.typed, place.city or "", PROVINCES.get(place.state or "", "")) if name}
        return Verdict.told(holds=any(name in fold(text) for name in names for text in lists))
    return YES


def _is_bound(stated: Eligibility, document: Document) -> bool:
    """Tell whether a sentence says that nowhere but in the provinces that are named one may be, or in "these states"."""
    names = [fold(PROVINCES[code]) for code in stated.provinces if code in PROVINCES]
    bound = [fold(one.text) for one in _said(document) if _restricting("restricting").search(one.text)]
    is_of_these = any(_restricting("these_parts").search(text) and not _LEAVES_OUT.search(text) for text in bound)
    return is_of_these or any(name in text for name in names for text in bound)


def _names_whole_country(said: str) -> bool:
    return any(place.countries == ("US",) and place.us_state is None for place in find_places(said))


def names_whole(said: str, country: str) -> bool:
    """
    Tell whether a text names a country by itself: not only behind a part or town of it, nor before those that it is open in.

    >>> names_whole("Paris or remote from France", "FR"), names_whole("Remote: Ontario or Quebec, Canada", "CA")
    (True, False)
    """
    places = list(find_places(said))
    for before, one, behind in zip((None, *places), places, (*places[1:], None), strict=False):
        is_behind = before is not None and before.kind is not COUNTRY and _OF_PART.fullmatch(said, before.end, one.start)
        is_before = behind is not None and behind.kind is REGION and _OPENS_PARTS.fullmatch(said, one.end, behind.start)
        if one.kind is COUNTRY and one.countries == (country,) and not (is_behind or is_before):
            return True
    return False


_OF_PART, _OPENS_PARTS = compile_later(r",?\s?\(?"), compile_later(r"\s?[(:–-]\s?")


def find_part_limit(place: Place, document: Document) -> tuple[Sentence, Verdict] | None:
    """Return the sentence that takes only who lives in a time zone or at a town of the country, and whether who is at a place does."""
    if (zoned := _find_zoned(document)) is not None:
        return zoned, _judge_zone(place, zoned.text)
    sentence = _find_town_limit(place, document)
    is_far = sentence is not None and takes_nobody_outside(sentence.text) and lies_zones_away(place.state, sentence.text)
    return None if sentence is None else (sentence, NO if is_far else UNCLEAR)


def _find_zoned(document: Document) -> Sentence | None:
    return next((one for one in _said(document) if _ZONE_ONLY.search(one.text) and not _NEAR_ZONE.search(one.text)), None)


_NEAR_ZONE = compile_later(r"(?i)\d\s?[-+]?\s?(?:hours?|hrs?|h)\b|\+/-|overlap|prefer|ideal|\b(?:europ|austral|afric|asia)")
_ZONE_ONLY = compile_later(
    r"\b(?:[Tt]ime\s?[Zz]ones?|(?:eastern|central|mountain|pacific|atlantic) time|[ECMP]S?T) only\b"
    r"|\b[Oo]nly\b[^.;]{0,40}\b(?:in|from|within)\b[^.;]{0,40}\b[Tt]ime\s?[Zz]ones?\b"
    r"|\b(?:[Mm]ust|[Rr]equired to|[Nn]eeds? to)\s(?:currently\s)?(?:live|reside|be (?:located|based|living|residing))\b"
    r"[^.;]{0,50}\b(?:[Tt]ime\s?[Zz]ones?|[ECMP][SD]T)\b"
)


def _judge_zone(place: Place, said: str) -> Verdict:
    """Tell whether a state or province lies in the time zones that a sentence names: wholly, in no part, or in a part."""
    zones = read_lexicon("us_states")["zones"]
    named = {zone for zone, words in zones["named"].items() if re.search(rf"(?<!\w)(?:{one_of(words)})(?!\w)", said)}
    parts = zones[{"US": "states", "CA": "provinces"}[place.country]] if place.country in _PARTED else {}
    own = {zone for zone, names in parts.items() if place.state in names.split()}
    return UNCLEAR if not own or not named else YES if own <= named else NO if own.isdisjoint(named) else UNCLEAR


def find_residence(place: Place, document: Document) -> Sentence | None:
    """Return the sentence that asks whoever applies to live at a town: "you live in Leeds", and not "ideally" nor "or remote"."""
    names = {name for name in (place.city, place.typed if place.city else None) if name}
    if not names:
        return None
    living = one_of(read_lexicon("countries")["living"]["words"])
    said = re.compile(rf"(?<!\w)(?:{living})\s(?:[\w-]+\s){{0,3}}?(?:{one_of(names)})(?-i:(?![a-zà-ÿ]))", re.IGNORECASE)
    for sentence in _said(document):
        if takes_nobody_outside(sentence.text) and names_place(place, sentence.text):
            return sentence
        if (found := said.search(sentence.text)) is None or EITHER_REMOTE.search(sentence.text):
            continue
        clause = _CLAUSES.split(sentence.text[: found.start()])[-1]
        around = f"{clause}{found[0]}"
        is_free = _restricting("living_free").search(sentence.text) is not None or is_denied(around, start=len(clause), end=len(around))
        if not is_free and _restricting("whoever").search(around):
            return sentence
    return None


_CLAUSES = compile_later(r"[.;:!?]\s")


def _find_town_limit(place: Place, document: Document) -> Sentence | None:
    """Return the sentence that takes only who lives at a town or region of the country, where somebody names another place there."""
    for sentence in _said(document):
        is_bound = any(pattern.search(sentence.text) for pattern in (_restricting("restricting"), _OF_THIS_JOB))
        is_limit = is_bound and any(_restricting(table).search(sentence.text) for table in ("residing", "placing"))
        if not (is_limit or takes_nobody_outside(sentence.text)) or EITHER_REMOTE.search(sentence.text):
            continue
        places = [one for one in find_places(sentence.text) if one.kind is not COUNTRY]
        kinds = (CITY, REGION, STATE) if takes_nobody_outside(sentence.text) else (CITY, REGION)
        is_told = bool(places) and all(one.kind in kinds and place.country in one.countries for one in places)
        parts = {part for one in places for part in (one.us_state, one.meaning.province) if part}
        is_other = place.state not in parts or (place.city is not None and takes_nobody_outside(sentence.text))
        if is_told and is_other and not names_place(place, sentence.text):
            return sentence
    return None


_OF_THIS_JOB = compile_later(r"\b(?:this|the) (?:role|position|job|opportunity|vacancy)\b", re.IGNORECASE)


def _is_only_part(place: Place, stated: Eligibility) -> bool:
    """Tell whether the state or province of a place is the only one that a posting names: it may well be where one must be."""
    return place.country is not None and _parts_of(stated, place.country) == (place.state,)


def find_limit(place: Place, document: Document) -> Sentence | None:
    """Return the sentence that leaves out a part of a country, or lists the provinces that are open."""
    listed = (sentence for sentence in document.sentences() if place.country == "CA" and _PROVINCE_LIST.search(sentence.text))
    return find_left_out(place, document) or next(listed, None) or (_find_zoned(document) if place.country in _PARTED else None)


def find_paid_outside(place: Place | None, document: Document, *, stated: Eligibility) -> Sentence | None:
    """Return the sentence that gives the pay outside of the one country stated, where a place, or None for any, lies: it is open there."""
    if len(stated.countries) != 1 or stated.areas or (place is not None and place.country in (None, *stated.countries)):
        return None  # a list of countries is closed, whatever holds outside of one of them
    for sentence in document.sentences():
        for one in find_places(sentence.text) if _PAID.search(sentence.text) else ():
            if tuple(one.countries) == tuple(stated.countries) and _OUTSIDE_OF.search(sentence.text, 0, one.start) is not None:
                return sentence
    return None


_OUTSIDE_OF = compile_later(
    lambda: rf"(?i)\b(?:{one_of(read_lexicon('asked_places')['cues']['outside_of'])})\s(?:(?:the|el|la|los|les|der|o|a|os)\s)?$"
)
_PAID = compile_later(lambda: rf"(?i)(?<!\w)(?:{one_of(read_lexicon('passages')['paid']['abroad'])})(?!\w)|\d\s?%")


def find_restriction(stated: Eligibility, document: Document) -> Sentence | None:
    """Return the sentence that says the most plainly that the places where a posting is open are the only ones, None where none does."""
    held: dict[str, Sentence] = {}
    for sentence in _said(document):
        strength = next((name for name in _RESTRICTING if _restricting(name).search(sentence.text)), None)
        if strength and strength not in held and not _OF_PAY.search(sentence.text) and _names_open_place(sentence.text, stated):
            held[strength] = sentence
    return next((held[name] for name in _RESTRICTING if name in held), None)


def _names_open_place(text: str, stated: Eligibility) -> bool:
    """Tell whether a sentence names one of the places where a posting is open, and none elsewhere; a language is no place."""
    places = find_places(text)
    if not any(place.kind is not PEOPLE or _RESIDENTS.match(text, place.end) for place in places):
        return False
    return all(place.area in stated.areas if place.area else set(place.countries) <= set(stated.countries) for place in places)


def _said(document: Document) -> Iterator[Sentence]:
    """Yield the sentences of a document, and of its headings those that say something: a line in bold is read as one."""
    return (one for line in document.lines for one in line.sentences if line.kind is not HEADING or one.text.count(" ") >= _SHORTEST_SAYING)


_SHORTEST_SAYING = 4  # spaces

_RESTRICTING = ("restricting", "placing")
_RESIDENTS = compile_later(lambda: rf"\W*(?:{one_of(read_lexicon('countries')['residents']['words'])})", re.IGNORECASE)


@cache
def _restricting(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{one_of(read_lexicon('countries')[name]['words'])})(?!\w)", re.IGNORECASE)


def name_part(place: Place) -> str:
    """Return the name of a state or province, as typed where it is neither."""
    name = _states().get(place.state or "") if place.country == "US" else PROVINCES.get(place.state or "")
    return name if name and not place.city else place.typed[:1].upper() + place.typed[1:]


def find_left_out(place: Place, document: Document) -> Sentence | None:
    """Return the sentence that leaves out a part of a country: a state, a city and what lies around it, what touches no other state."""
    names = {name for name in (place.city, place.typed, _states().get(place.state or "")) if name}
    folded = {fold(name) for name in names}
    names |= {metro for metro, towns in read_lexicon("metros").items() if any(name in towns or metro in name for name in folded)}
    for sentence in _said(document):
        is_outlying = place.state in _OUTLYING and _CONTIGUOUS.search(sentence.text) is not None
        leaves_out = bool(names) and _LEAVES_OUT.search(sentence.text) is not None and not leaves_none_inside_out(sentence.text)
        named = leaves_out and re.search(f"{_EXCEPT}(?<!\\w)(?:{one_of(names)})(?!\\w)", sentence.text, re.IGNORECASE)
        if (is_outlying or named) and not _OF_PAY.search(sentence.text):
            return sentence
    return None


@cache
def _states() -> dict[str, str]:
    """The names of the states of the USA by their postal codes."""
    return {code: names.partition("|")[0] for code, names in read_lexicon("us_states")["names"].items()}


PROVINCES = {
    "AB": "Alberta",
    "BC": "British Columbia",
    "MB": "Manitoba",
    "NB": "New Brunswick",
    "NL": "Newfoundland",
    "NS": "Nova Scotia",
    "ON": "Ontario",
    "PE": "Prince Edward Island",
    "QC": "Quebec",
    "SK": "Saskatchewan",
}
