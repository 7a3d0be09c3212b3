"""Where one may live and work from, and whether a country is among it."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from bot.domain.answer import Rendered
from bot.domain.facts import Area, Eligibility, Fact, Quote, Scope
from bot.domain.query import Ask, Verdict, turn
from bot.text.clean import fold
from bot.text.document import HEADING, TAG, TITLE, Document, Line, Sentence
from bot.text.gazetteer import AREA, COUNTRY, PEOPLE, name_country, name_province
from bot.text.hiring import HiringPlace, find_hiring_places, is_about_company
from bot.text.lexicon import compile_later, holds_any, holds_piece, one_of, read_lexicon
from bot.text.places import Place, find_places, is_place_name, words_of_places
from bot.text.prefilter import read_whole
from bot.text.translations import say
from bot.text.whereabouts import (
    EVERYWHERE_SIGNS,
    find_address_state,
    is_labelled_place,
    is_made_of_places,
    is_place_label,
    may_be_place_line,
    names_everywhere,
    opens_everywhere,
    read_place_line,
    read_title_places,
    without_region,
)
from bot.topics.eligible_places import find_country_keys
from bot.topics.topic import Topic

# Notices about pay that name the place that the job is for.

_PAY_FOR_PLACE = compile_later(
    r"\W{0,3}(?:the|our)\s.{2,30}?\s(?:new[\s-]hire\s)?(?:annual\s)?base\s(?:salary|pay)\s[^.]{0,40}?\b(?:position|role|job)\b",
    re.IGNORECASE,
)
_PAY_AT_OFFICE = compile_later(
    r"\b(?:salary|pay|compensation)\b[^.]{0,100}\b(?:position|role|job)\s(?:is\s)?(?:based|located)\s(?:in|at|out of)\s(?:our\s|the\s)?$",
    re.IGNORECASE,
)
_PAY_OF_COUNTRY = compile_later(
    r"\s(?:annual\s)?(?:base\s)?(?:salary|pay|compensation)\s(?:range|band)s?\b|\sbase\s(?:salary|pay)\b", re.IGNORECASE
)
_LONGEST = 250
_MOST = 6
_NEAR_START = 12


def read_pay_notice(line: Line) -> Iterator[tuple[Quote, Place]]:
    """
    Yield the places that a notice about pay takes for granted, each with the words that name it.

    >>> from bot.text.lines import read_lines
    >>> def places(text):
    ...     return [place.countries for line in read_lines(text) for _, place in read_pay_notice(line)]
    >>> places("The US base salary range is 10 to 20."), places("We pay well in the US.")
    ([('US',)], [])
    """
    for start, end in [(0, len(line.text))] if line.kind is HEADING else [(s.start, s.end) for s in line.sentences]:
        text = line.text[start:end]
        for place in find_places(text[:_LONGEST])[:_MOST]:
            of_country = place.kind is COUNTRY and (
                _PAY_FOR_PLACE.match(text) or (place.start <= _NEAR_START and _PAY_OF_COUNTRY.match(text, place.end))
            )
            if of_country or _PAY_AT_OFFICE.search(text, 0, place.start):
                yield line.quote(start, end), place


_NOT_FROM = compile_later(r"\bnon[\s-]{0,2}$|\b(?:except|excluding|outside)(?:\sof)?(?:\sthe)?\s$", re.IGNORECASE)
_TIME_ZONE_BEHIND = compile_later(
    r"[\s-]{0,3}(?:(?:east|west|eastern|western|pacific|central)[\s-]){0,2}(?:coast\s)?(?:time\s?zones?|hours|working hours)\b",
    re.IGNORECASE,
)
_TRAVEL_TO = compile_later(r"\b(?:travel\w{0,4}|trips?|visits?)\b[^;|]{0,60}?\bto\b[^.;|]{0,60}$", re.IGNORECASE)
_ONLY_THERE = compile_later(r"\banywhere (?:with)?in\b|\bremot\w{0,4}\b[^.;]{0,40}\bonly\b", re.IGNORECASE)
_OFFICE_DAYS = compile_later(
    r"\b(?:hybrid|days?)\b[^.;]{0,60}\b(?:from|in|at|out of)\s(?:one of\s)?our\s(?:\w{1,12}\s)?(?:offices|hubs|office hubs)\b",
    re.IGNORECASE,
)
_OFFICES = compile_later(r"\W{0,4}(?:our\s)?offices\s(?:are\s)?(?:located\s)?in\s", re.IGNORECASE)
_LAST_CODE = compile_later(r"\),\s?([A-Z]{2})\s*$")
"""A state's code behind a city and a remark in brackets."""

_PUBLIC = re.compile(
    r"\b(?:(?:City|County|State) of (?=[A-Z])|(?=[A-Z]\w{1,15}(?: [A-Z]\w{1,15})? City (?:Department|Council|Housing|Police|Fire)\b))"
)
"""A public employer: its own place is where one works."""

_NEAR_PUBLIC = 24

_ADDRESS_WITHIN = 8
"""The line of a text up to which a street and a state are where one works."""

_HEAD = (TITLE, TAG)
_MANY = 6
_LONGEST_PART = 60
_MOST_LINES = 120
_MOST_SENTENCES = 40
"""Lines that name places, and sentences in them that are asked for who is hired: of 1,500 postings none has more than 17 and 12."""


class _Statement(NamedTuple):
    """Some of the posting's words that open the job to places or close it to them."""

    quote: Quote
    places: tuple[HiringPlace, ...] = ()
    is_everywhere: bool = False
    is_labelled_everywhere: bool = False
    """The posting's own place line says so: it stands above the areas that a job board added."""

    @property
    def weight(self) -> int:
        """How much it says: how many countries and areas."""
        return len({(hit.place.countries, hit.place.area, hit.is_excluded) for hit in self.places}) + self.is_everywhere


def find_countries(document: Document) -> Sequence[Fact[Eligibility]]:
    """
    Return where the posting says that it hires, as one fact; nothing if it names no place for the person.

    The place tag, the title and lines such as "Location: ..." count, and sentences that say where the person lives, works or is hired.
    Offices, customers, pay notices and legal notices name places that mean nothing here. "Remote" alone is no place.

    >>> from bot.text.lines import read_lines
    >>> def eligibility(body):
    ...     return [fact.value for fact in find_countries(Document(None, None, None, None, read_lines(body)))]
    >>> [value.countries for value in eligibility("You must be based in Norway.")]
    [('NO',)]
    >>> eligibility("Our offices are in Norway. We work remotely.")
    []
    """
    head = list(_read_head(document))
    statements = [*head, *_read_body(document, is_placed=any(statement.places for statement in head))]
    if not any(hit for statement in statements for hit in statement.places if not hit.is_excluded):
        statements += _read_asides(document) if not any(statement.is_everywhere for statement in statements) else ()
    if head and _is_overruled(head, statements):
        statements = statements[len(head) :]
    value = _put_together(statements)
    if value.scope is Scope.UNSTATED and not value.excluded:
        return ()
    is_worldwide = value.scope is Scope.WORLDWIDE
    best = max(statements, key=lambda statement: (is_worldwide and statement.is_everywhere, statement.weight))
    return (Fact(value=value, quote=best.quote),)


def render_countries(facts: Sequence[Fact[Eligibility]], locale: str = "en") -> Rendered:
    """Say from where people may apply; a long list of countries stands below the sentence."""
    value = facts[0].value
    names = [*(name_area(area, locale) for area in value.areas), *(name_country(code, locale) for code in value.countries)]
    excluded = _join([name_country(code, locale) for code in value.excluded], locale) if value.excluded else ""
    without = f" {say('Not from {places}.', locale, places=excluded)}" if value.excluded else ""
    states = f" {say('US states named: {states}.', locale, states=', '.join(value.us_states))}" if value.us_states else ""
    if value.provinces:
        states += f" {say('Canadian provinces named: {provinces}.', locale, provinces=', '.join(map(name_province, value.provinces)))}"
    if value.scope is Scope.WORLDWIDE:
        return Rendered(sentence=f"{say('Open to people anywhere in the world.', locale)}{without}")
    if not names:
        return Rendered(sentence=without.strip() or say("The posting names no country.", locale))
    if len(names) > _MANY:
        sentence = say("Open to people in {number} places.", locale, number=len(names))
        return Rendered(sentence=f"{sentence}{without}{states}", items=tuple(name[0].upper() + name[1:] for name in names))
    return Rendered(sentence=f"{say('Open to people in {places}.', locale, places=_join(names, locale))}{without}{states}")


def name_area(area: Area, locale: str = "en") -> str:
    """
    Return what a sentence calls an area.

    >>> name_area(Area.LATAM)
    'Latin America'
    """
    return say(read_lexicon("areas")["spoken"][area], locale)


def _read_head(document: Document) -> Iterator[_Statement]:
    """Yield what the place tags and the title say."""
    tags = list(document.tags("location"))
    for tag in tags:
        if _OFFICES.match(tag.text) and any("remote" in other.text.lower() for other in tags):
            continue
        everywhere = names_everywhere(tag.text)
        hits = tuple(_read_tag(tag.text))
        if hits or everywhere:
            yield _Statement(tag.quote(), hits, is_everywhere=everywhere and all(hit.is_excluded for hit in hits))
    for tag in document.tags("tag"):
        places = find_places(tag.text, towns=True)
        if places and is_made_of_places(without_region(tag.text), places):
            yield _Statement(tag.quote(), _as_open(tag.text, places))
    for line in document.lines:
        if line.kind is TITLE and (places := tuple(read_title_places(line.text))):
            yield _Statement(line.quote(), _as_open(line.text, places))


def _read_tag(text: str) -> Iterator[HiringPlace]:
    places = find_places(text, any_case=True, towns=True)
    if not places and (code := _LAST_CODE.search(text)):
        places = find_places(f"Xx, {code[1]}")
    for hit in _as_open(text, places):
        yield HiringPlace(hit.place, is_excluded=_NOT_FROM.search(text[: hit.place.start]) is not None)


def _as_open(text: str, places: Sequence[Place]) -> tuple[HiringPlace, ...]:
    """Return all the places but those that only name a time zone or where one travels to."""
    told = tuple(
        HiringPlace(place)
        for place in places
        if place.kind is not PEOPLE and not _TIME_ZONE_BEHIND.match(text, place.end) and not _TRAVEL_TO.search(text, 0, place.start)
    )
    if told and "emote" in text and (elsewhere := _OR_REMOTE_WITHIN.search(text, told[0].place.end)):
        # "Lyon or remote within CET": a zone bounds it, and no place.
        told = tuple(hit for hit in told if hit.place.start > elsewhere.start() or told[-1].place.start > elsewhere.start())
    if (len(told) > 1 and "ead" in text) or "HQ" in text:
        # Where the head office is limits nobody who may work elsewhere.
        return tuple(hit for hit in told if not _HEAD_OFFICE.search(text, 0, hit.place.start)) or told
    return told


_OR_REMOTE_WITHIN = compile_later(r"\bor\s(?:\w{4,12}\s)?remote(?:ly)?\s(?:with)?in\s", re.IGNORECASE)
_OF_THE_YEAR = compile_later(r"\b(?:days|weeks|months) (?:per|a|each|every|of the) year\b", re.IGNORECASE)
"""What one may do for some time of each year only."""

_HEAD_OFFICE = compile_later(
    r"\b(?:HQ|[Hh]eadquarter(?:s|ed)|[Hh]ead office)(?:['’]?d)?\s?(?:is\s|are\s)?(?:in|at|:)?\s?(?:[A-Z][\w.]{1,14},?\s){0,2}$"
)


def _read_body(document: Document, *, is_placed: bool) -> Iterator[_Statement]:
    """Yield what the body says; where the head has a place (`is_placed`), only what speaks of the job or the person adds to it."""
    whole = read_whole(document)
    words = words_of_places(whole.written, whole.words)
    left = iter(range(_MOST_SENTENCES))
    spelling = list(islice(whole.lines_spelling(words), _MOST_LINES))
    for line in spelling:
        if line.kind not in _HEAD:
            yield from (told for told in _read_line(line, words, left=left) if not is_placed or _adds_to_head(line, told))
    known = {line.number for line in spelling}
    for line in document.statements:
        if line.number not in known and is_labelled_place(line) and may_be_place_line(line):
            yield from _read_line(line, words, left=left)
    for line in document.body:
        if line.label and is_place_label(line.label) and names_everywhere(line.text):
            yield _Statement(line.quote(), is_everywhere=True, is_labelled_everywhere=True)
    for line in whole.lines_with(EVERYWHERE_SIGNS):
        if line.kind not in _HEAD and not (" year" in line.text.lower() and _OF_THE_YEAR.search(line.text)):
            yield from (_Statement(sentence.quote, is_everywhere=True) for sentence in line.sentences if opens_everywhere(sentence.text))


def _read_line(line: Line, words: frozenset[str], *, left: Iterator[int]) -> Iterator[_Statement]:
    """
    Yield what a body line says: as a whole where its layout says it all, else by the sentences that hold one of the `words`.

    `left` counts those: where it ends, no more are read.
    """
    if parts := line.parts:
        yield from _read_parts(parts)
        return
    places = find_places(line.text, towns=is_labelled_place(line)) if may_be_place_line(line) else None
    if places and (told := read_place_line(line, places)):
        hits = _as_open(line.text, told)
        if hits:
            yield _Statement(line.quote(), hits)
            return
    for sentence in line.sentences if places != () else ():
        text = sentence.text
        inside = places if len(text) == len(line.text) else None
        if holds_piece(text, words) and next(left, None) is not None and (hits := find_hiring_places(text, inside)):
            yield _Statement(sentence.quote, _without_rights(text, hits))


def _without_rights(text: str, hits: tuple[HiringPlace, ...]) -> tuple[HiringPlace, ...]:
    """Return the places but those that one must only have a right to work in, where one must live at another."""
    if not holds_any(text, _LIVING) or not any(_LIVING_IN.search(text, 0, hit.place.start) for hit in hits):
        return hits
    return tuple(hit for hit in hits if not _RIGHT_IN.search(text, 0, hit.place.start)) or hits


_LIVING = ("based", "located", "resid", "liv")
_LIVING_IN = compile_later(r"\b(?:based|located|residing|reside|living|live)\s(?:\w+\s)?(?:in|within)\s(?:the\s)?$", re.IGNORECASE)
_RIGHT_IN = compile_later(
    r"\b(?:eligib|authori[sz]|right to|rights to|permi|entitled|legally|citizen)\w*\b[^.;,]{0,40}\b(?:in|within|of)\s(?:the\s|any\s)?$",
    re.IGNORECASE,
)


def _read_parts(parts: Sequence[Sentence]) -> Iterator[_Statement]:
    """Yield what the parts of a line with bars say: those made of places alone, and sentences."""
    for part in parts:
        text = part.text
        places = find_places(text, towns=True)
        told = _as_open(text, places) if is_made_of_places(text, places) else find_hiring_places(text, places)
        everywhere = len(text) <= _LONGEST_PART and names_everywhere(text)
        if told or everywhere:
            yield _Statement(part.quote, told, is_everywhere=everywhere)


def _adds_to_head(line: Line, told: _Statement) -> bool:
    """Tell whether a statement in the body adds to the places of the head: a place alone as a heading only parts a list by country."""
    if line.kind is HEADING:
        return not is_place_name(line.text.strip(" :*"))
    return not is_about_company(told.quote.text)


def _read_asides(document: Document) -> Iterator[_Statement]:
    """
    Yield the places that a posting takes for granted: only asked where nothing else is said.

    "The US base salary for this position" is for people there, and who comes to "one of our offices" lives where those are.
    """
    at_offices = False
    for line in (*document.tags("location"), *document.body):
        text = line.text
        if line.number <= _ADDRESS_WITHIN and (state := find_address_state(text.rpartition(": ")[2])):
            yield _Statement(line.quote(), _as_open(text, state))
        if "alary" in text or "pay" in text or "Pay" in text or "ompensation" in text:
            yield from (_Statement(quote, (HiringPlace(place),)) for quote, place in read_pay_notice(line))
        if ("City" in text or "County of" in text or "State of" in text) and (owned := _PUBLIC.search(text)):
            town = text[owned.end() : owned.end() + _NEAR_PUBLIC]
            if (places := find_places(town, towns=True)[:1]) and not places[0].start:
                yield _Statement(line.quote(owned.start(), owned.end() + places[0].end), _as_open(town, places))
        at_offices = at_offices or (("office" in text or "hub" in text) and _OFFICE_DAYS.search(text) is not None)
        if at_offices and (offices := _OFFICES.match(text)):
            yield _Statement(line.quote(), _as_open(text, find_places(text, start=offices.end())))


def _is_overruled(head: Sequence[_Statement], statements: Sequence[_Statement]) -> bool:
    """
    Tell whether the body says where one may work where the head only names a town: anywhere in the world, or in these places only.

    A head that names a country or an area stands.
    """
    named = [hit.place.kind for statement in head for hit in statement.places]
    if not named or any(kind in (COUNTRY, AREA) for kind in named):
        return False
    body = statements[len(head) :]
    return any(
        (told.is_everywhere and names_everywhere(told.quote.text))
        or (_ONLY_THERE.search(told.quote.text) and any(hit.place.kind in (COUNTRY, AREA) and not hit.is_excluded for hit in told.places))
        for told in body
    )


def _put_together(statements: Sequence[_Statement]) -> Eligibility:
    hits = [hit for statement in statements for hit in statement.places]
    opened = [hit.place for hit in hits if not hit.is_excluded]
    countries = dict.fromkeys(code for place in opened for code in place.countries)
    areas = dict.fromkeys(place.area for place in opened if place.area is not None)
    closed = (hit.place for hit in hits if hit.is_excluded and hit.place.kind in (COUNTRY, PEOPLE))
    excluded = dict.fromkeys(code for place in closed for code in place.countries if code not in countries)
    everywhere = any(statement.is_everywhere for statement in statements)
    if any(statement.is_labelled_everywhere for statement in statements):
        countries, areas = {}, {}
    scope = Scope.LISTED if countries or areas else Scope.WORLDWIDE if everywhere else Scope.UNSTATED
    return Eligibility(
        scope=scope,
        countries=tuple(countries),
        areas=tuple(areas),
        excluded=tuple(excluded),
        us_states=tuple(dict.fromkeys(place.us_state for place in opened if place.us_state)),
        provinces=tuple(dict.fromkeys(place.province for place in opened if place.province)),
    )


def _join(names: Sequence[str], locale: str) -> str:
    """
    Put names in a row.

    >>> _join(["Peru", "Chile", "Spain"], "en")
    'Peru, Chile or Spain'
    """
    *most, last = names
    return say("{names} or {name}", locale, names=", ".join(most), name=last) if most else last


def to_schema_countries(values: Sequence[Eligibility]) -> dict[str, Any]:
    """Return listed places in the words of schema.org, which has none for those that are left out."""
    eligibility = values[0]
    if eligibility.scope is not Scope.LISTED:
        return {}
    united_states = {"@type": "Country", "name": "US"}
    states = [{"@type": "State", "name": state, "containedInPlace": united_states} for state in eligibility.us_states]
    # Named beside its states, the whole country would say more than the posting does.
    countries = [{"@type": "Country", "name": code} for code in eligibility.countries if not (states and code == "US")]
    areas = [{"@type": "AdministrativeArea", "name": area.value} for area in eligibility.areas]
    places = [*countries, *states, *areas]
    return {"applicantLocationRequirements": places} if places else {}


def judge_everywhere(ask: Ask, facts: Sequence[Fact[Eligibility]]) -> Verdict | None:
    """Tell whether people anywhere in the world may work for the posting, where that is asked, and not of a place."""
    if not facts or not asks_everywhere(ask):
        return None
    scope, is_limited = facts[0].value.scope, bool(facts[0].value.excluded)
    is_open = scope is Scope.UNSTATED or (scope is Scope.WORLDWIDE and is_limited)
    return Verdict.UNCLEAR if is_open else turn(Verdict.told(holds=scope is Scope.WORLDWIDE), is_denied=ask.is_denied)


def asks_everywhere(ask: Ask) -> bool:
    """Tell whether somebody asks what is open to the whole world."""
    return ask.topic == COUNTRIES.name and ask.place is None and _EVERYWHERE.search(fold(ask.words)) is not None


_EVERYWHERE = compile_later(lambda: rf"(?<!\w)(?:{one_of(read_lexicon('asked_logic')['where']['everywhere'])})(?!\w)")

COUNTRIES: Topic[Eligibility] = Topic(
    name="countries",
    command="countries",
    label="Countries",
    description="Where one may live and work from, and whether a country is among it",
    asked_as=(
        "countries",
        "country",
        "where can i work from",
        "can i apply from",
        "can i work from",
        "which countries",
        "where do you need to live",
        "where is it based",
        "location",
        "hire in",
        "hiring in",
        "based in",
        "located",
        "outside the us",
        "relocate",
        "from my country",
        "where are they hiring",
        "where * live",
        "where * based",
        "where * located",
        "where can i live",
        "where do i have to live",
        "where do you have to live",
        "where should i live",
        "which country",
        "what country",
        "what countries",
        "where is the job",
        "which states",
        "what states",
        "can i live",
        "anywhere in the world",
        "anywhere on earth",
        "anywhere on the planet",
        "worldwide",
        "abroad",
        "overseas",
        "international applicants",
        "where * hiring",
        "hire outside",
        "be in the",
        "from anywhere",
        "still hire me",
        "hire someone in",
        "where is * job",
        "where is * role",
        "where is * position",
        "which cities",
        "which city",
        "what city",
    ),
    value_type=Eligibility,
    find=find_countries,
    tell=render_countries,
    keys=find_country_keys,
    judge=judge_everywhere,
    silence="The posting does not say from which countries one may apply.",
    form_group="where",
    is_next=True,
    takes_country=True,
    schema_org=to_schema_countries,
    key="eligibility",
    unstated={"scope": "unstated", "countries": [], "areas": [], "excluded": [], "us_states": [], "provinces": []},
    at_a_glance=True,
    side_by_side=True,
)
