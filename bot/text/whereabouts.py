"""Which lines tell where a job is by their layout alone: labelled ones, lines of places, parts of titles; and words for "everywhere"."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from bot.domain.facts import Quote
from bot.domain.query import Verdict
from bot.text.clean import fold
from bot.text.document import TAG, TITLE, Document, Line, Sentence
from bot.text.gazetteer import PlaceKind
from bot.text.lexicon import compile_later, holds_piece, one_of, read_lexicon
from bot.text.numbers import COUNT, read_count
from bot.text.places import Place, find_places, is_country_first, town_start
from bot.text.prefilter import to_lower
from bot.text.words import read_words

_MOVING = compile_later(lambda: rf"(?i)(?<!\w)(?:{one_of(read_lexicon('countries')['moving']['words'])})")
_WORD = compile_later(r"[^\W_]+(?:['’/-][^\W_]+)*")
_PIECE = compile_later(r"[^\W_]+")
_LABEL = compile_later(r"\W{0,6}([^\W\d_][^:–—!?\n]{1,40}?)\s{0,2}(?::|–|—|\s-|-\s)\s{0,3}(?=\S)")
_LABEL_SIGNS = ":–—-"
_LABEL_LONGEST = 60
"""Characters within which a label's sign stands."""

_TITLE_PARTS = compile_later(r"[()\[\]|–—•]|\s[-/:@]\s|:\s|,\s(?=[A-Z])")
_BRACKETS = compile_later(r"\([^()]{1,80}\)")
_LONGEST_PLACE_LINE = 120
_FEWEST_BUT_PLACES = 1
_FEWEST_LISTED, _LONGEST_LISTED, _LONGEST_LIST = 2, 60, 8_000

_ALL_OVER = (
    r"(?:(?:from\s)?(?:literally\s|almost\s|\(almost\)\s)?anywhere(?!\s(?:else|near|close))|(?:from\s"
    r"|in\s)?any\s(?:location|place|country|part of the world)"
    r"|(?:from\s)?wherever\s(?:you|they)\s(?:want|like|are|live|choose|wish|prefer)|worldwide"
    r"|all over the (?:world|globe)|(?:around|across) the (?:world|globe)"
    r"|weltweit|de qualquer lugar|desde cualquier (?:lugar|parte))"
)
_EVERYWHERE = compile_later(
    lambda: (
        rf"(?<!co-)\b(?:work(?:ing)?|hir(?:e|ing)|liv(?:e|ing)|remot\w{{1,3}}|based|located|candidates?|applicants?"
        rf"|position|role)\b[^.;!?]{{0,40}}?\b{_ALL_OVER}"
    ),
)  # for lower case, as _LIMITED is
_LIMITED = compile_later(
    r"\b(?:weeks?|days?|months?|period|temporar\w{2,5}|occasional\w{0,2}|customers?|clients?|users?|colleagues"
    r"|teammates|employees|team members|people|offices?|talent|time to time|times? zones?|coworking"
    r"|engineers|developers|humans|companies|businesses|our team|teams|community|partners|sites|policy|schemes?"
    r"|program|experts?|staff|business|support\w{0,3}|benefits|different|spread|find|difficult|paid|individuals|collaborat\w{1,4}"
    r"|millions|patients|brands|travel\w{0,4})\b|\d{2}",
)
EVERYWHERE_SIGNS = frozenset(read_lexicon("signs")["everywhere"].split())
"""Words without one of which a text says of no place that it is everywhere."""

_SAYS_EVERYWHERE = compile_later(
    r"anywhere|wherever|worldwide|the world|the globe|any (?:location|place|country|part)|weltweit|qualquer lugar|cualquier"
)
_LETTERS = compile_later(r"[a-z]+")
_REACH = 25
_BOUND = compile_later(
    r"\W{0,3}(?:with(?:in)?|in|across|throughout|on|that|where|as long as|near|between|inside"
    r"|but)\b(?!\s(?:the\s)?(?:world|globe|earth|planet))",
    re.IGNORECASE,
)


def may_be_place_line(line: Line) -> bool:
    """Tell whether a line is short enough to tell by its layout where the job is; one that has a label for places may be longer."""
    text = line.text
    if _is_list_of_places(text):
        return True
    if not _LONGEST_PLACE_LINE < len(text) <= 2 * _LONGEST_PLACE_LINE:
        return len(text) <= _LONGEST_PLACE_LINE
    label = _label_of(text)
    return label is not None and is_place_label(label[1])


def _is_list_of_places(text: str) -> bool:
    """Tell whether a text of any length is built as "Town, State; Town, State; ..." is."""
    parts = text[:_LONGEST_LIST].split(";")
    return len(parts) > _FEWEST_LISTED and all("," in part and len(part) <= _LONGEST_LISTED for part in parts)


def _label_of(text: str) -> re.Match[str] | None:
    """Return what stands before the first colon or dash near a line's start, as a label may."""
    return _LABEL.match(text) if any(sign in text[:_LABEL_LONGEST] for sign in _LABEL_SIGNS) else None


def read_place_line(line: Line, places: Sequence[Place]) -> Sequence[Place]:
    """
    Return the places of a line, given as found there, if it tells by its layout where the job is: labelled, under such a heading, or made
    of places alone.

    A line under "Location" counts where it is short; everything else is a sentence to be read as one.
    """
    text = line.text
    if len(text) > _LONGEST_PLACE_LINE and not _is_list_of_places(text):
        label = _label_of(text)
        return [place for place in places if place.start >= label.end()] if label and may_be_place_line(line) else ()
    if not places:
        return ()
    label = _label_of(text)
    if label and is_place_label(label[1]) and label.end() <= places[0].start:
        return places
    if is_country_first(text):
        return places
    if line.heading and is_place_label(line.heading) and len(list(_words_beside(text, places))) <= len(_WORD.findall(text)) // 2:
        return places
    return places if is_made_of_places(text, places) else ()


def is_made_of_places(text: str, places: Sequence[Place]) -> bool:
    """
    Tell whether a text is places and words that say nothing beside them; what stands in brackets behind the first place is not read.

    >>> [is_made_of_places(text, find_places(text)) for text in ("Oslo (Building 7) or remote", "Oslo is cold")]
    [True, False]
    """
    if not places or not _starts_like_place_line(text):
        return False
    glue = _glue("glue")
    asides = [match.span() for match in _BRACKETS.finditer(text, places[0].start)]
    return all(word in glue for word in _words_beside(text, places, asides=asides))


def read_title_places(title: str) -> Iterator[Place]:
    """
    Yield the places that a title gives in a part of their own: in brackets, behind a dash.

    >>> [place.countries for place in read_title_places("Cook (Remote, US/Canada)")]
    [('US',), ('CA',)]
    >>> list(read_title_places("US Payroll Specialist"))
    []
    """
    places = find_places(title)
    if not places:
        return
    at = 0
    for start, end in _parts(title):
        inside = [place for place in places if start <= place.start < end]
        words = _words_beside(title, inside, start=start, end=end)
        if inside and at + start > 0 and all(word in _glue("title_glue") for word in words):
            yield from inside


def names_everywhere(tag: str) -> bool:
    """
    Tell whether a tag or a labelled value says that the whole world will do.

    >>> names_everywhere("Remote (anywhere in the world)"), names_everywhere("Remote")
    (True, False)
    """
    words = _letters_only(tag)
    return holds_piece(words, _everywhere())


def _letters_only(words: str) -> str:
    return f" {' '.join(_LETTERS.findall(fold(words)))} "


def opens_everywhere(sentence: str) -> bool:
    """
    Tell whether a sentence lets people work from anywhere, without a limit of time or place.

    >>> opens_everywhere("Work remotely from anywhere."), opens_everywhere("Work from anywhere for four weeks a year.")
    (True, False)
    """
    lowered = to_lower(sentence)
    found = _EVERYWHERE.search(lowered) if _SAYS_EVERYWHERE.search(lowered) else None
    if found is None or _BOUND.match(sentence, found.end()):
        return False
    return not _LIMITED.search(lowered, max(0, found.start() - _REACH), found.end() + 2 * _REACH)


@lru_cache(maxsize=4096)
def is_place_label(words: str) -> bool:
    """Tell whether a label or heading announces places: "Location", "Arbeitsort"."""
    return fold(words).strip(" *_:") in _labels()


def _starts_like_place_line(text: str) -> bool:
    return len(text.split()) > _FEWEST_BUT_PLACES or text[:1].isupper()


def _words_beside(
    text: str, places: Sequence[Place], *, start: int = 0, end: int | None = None, asides: Sequence[tuple[int, int]] = ()
) -> Iterator[str]:
    """Yield the words of text[start:end] that belong to no place and to none of the `asides`, folded."""
    stop = len(text) if end is None else end
    spans = [*((town_start(text, place), place.end) for place in places), *asides]
    for word in _WORD.finditer(text, start, stop):
        touching = [span for span in spans if span[0] < word.end() and word.start() < span[1]]
        if not touching:
            yield fold(word[0])
        elif "/" in word[0]:  # of "Elixir/Phoenix" a part is no place
            pieces = _PIECE.finditer(text, word.start(), word.end())
            yield from (
                fold(piece[0]) for piece in pieces if not any(first < piece.end() and piece.start() < last for first, last in touching)
            )


def is_labelled_place(line: Line) -> bool:
    """Tell whether a line has a label for places, or stands under such a heading: every town may be named there."""
    return is_place_label(line.label) if line.label else line.heading is not None and is_place_label(line.heading)


def _parts(title: str) -> Iterator[tuple[int, int]]:
    at = 0
    for mark in _TITLE_PARTS.finditer(title):
        yield at, mark.start()
        at = mark.end()
    yield at, len(title)


@cache
def _labels() -> frozenset[str]:
    return frozenset(fold(label) for label in read_lexicon("whereabouts")["labels"].replace("\n", "|").split("|") if label)


@cache
def _glue(which: str) -> frozenset[str]:
    return frozenset(fold(word) for word in read_lexicon("whereabouts")[which].split())


@cache
def _everywhere() -> tuple[str, ...]:
    return tuple(_letters_only(phrase) for phrase in read_lexicon("whereabouts")["worldwide"].replace("\n", "|").split("|") if phrase)


_REGION_BEHIND = compile_later(r"\s?[-/,]\s?[A-Z]{2}\s*$")
"""A region's code behind a town: "Curitiba- PR"."""

_ADDRESS = compile_later(
    r"(?:[A-Z][\w.]+ )?\d{1,5}(?:-\d{1,4})? \S.{2,60}[ ,]"
    r"(?:(?P<state>[A-Z][A-Za-z]|N\.?\s?Y)\.?C?\.?|(?P<city>Nyc|NYC|New Yor))\s?(?:\d{5})?$"
)


def find_address_state(text: str) -> Sequence[Place]:
    """
    Return the state that a street's address ends with; nothing for another text.

    >>> [place.us_state for place in find_address_state("225 Broadway, N.Y.")], find_address_state("9 lives")
    (['NY'], ())
    >>> [place.us_state for place in find_address_state("41 Rye St. N Y")]
    ['NY']
    """
    address = _ADDRESS.match(text)
    if address is None:
        return ()
    return find_places(f"Xx, {'NY' if address['city'] else address['state'].replace('.', '').replace(' ', '').upper()}")


def without_region(tag: str) -> str:
    """Return a tag without a region's code behind a town."""
    return _REGION_BEHIND.sub("", tag)


# Sentences on where the work of a remote job may be done.


def find_all_remote(document: Document) -> Sentence | None:
    """Return the sentence that says that a job is remote all the time."""
    return next((one for one in document.sentences() if names_all_remote(one.text)), None)


def names_all_remote(text: str) -> bool:
    """Tell whether a text names work elsewhere all the time, and not just work elsewhere."""
    return _all_remote().search(text) is not None


@cache
def _all_remote() -> re.Pattern[str]:
    lexicon = read_lexicon("workplace_words")
    only, remote = one_of(lexicon["only"]["words"]), one_of([*lexicon["denied"]["elsewhere"], *lexicon["only"]["from_home"]])
    return re.compile(rf"(?<!\w)(?:{only})[\s-]{{1,2}}(?:{remote})(?!\w)", re.IGNORECASE)


def find_office_choice(document: Document) -> Sentence | None:
    """
    Return the sentence that leaves it to whoever is hired whether to work in an office, though the job is remote.

    >>> from bot.text.lines import read_lines
    >>> def choice(body): return find_office_choice(Document(None, None, None, None, read_lines(body)))
    >>> choice("Work at home, and from our Oslo office if you like.") is None, choice("Visit our office for lunch.") is None
    (False, True)
    """
    return next((one for one in document.sentences() if _office_choice().search(one.text)), None)


def find_hybrid_choice(document: Document) -> Sentence | None:
    """
    Return the sentence that offers hybrid work as one of several ways, though the job is remote.

    >>> from bot.text.lines import read_lines
    >>> def choice(body): return find_hybrid_choice(Document(None, None, None, None, read_lines(body)))
    >>> [bool(choice(text)) for text in ("Remotely or on a hybrid schedule.", "Here, hybrid, or fully remote.", "We run hybrid clouds.")]
    [True, True, False]
    """
    return next((one for one in document.sentences() if _hybrid_choice().search(one.text)), None)


@cache
def _hybrid_choice() -> re.Pattern[str]:
    words = read_lexicon("workplace_words")["by_choice"]
    ways, leads, hybrid = one_of(words["ways"]), one_of(words["leads"]), r"h[yí]brid[eoa]?s?"
    behind = rf"(?<!\w)(?:{leads}) (?:\w{{1,12}} ){{0,2}}{hybrid}\b(?! cloud)"
    return re.compile(rf"(?i)\b{hybrid} (?:{ways})(?!\w)|{behind}|\b{hybrid},? or (?:\w{{4,10}} )?remote")


@cache
def _office_choice() -> re.Pattern[str]:
    words = read_lexicon("workplace_words")["by_choice"]
    office, choice = (rf"(?<!\w)(?:{one_of(words[key])})(?!\w)" for key in ("office", "choice"))
    home = r"\b(?:home|remote(?:ly)?|anywhere) or (?:work )?(?:in|at|from)"
    either = rf"{office}[^.;!?]{{0,40}}\bor\b[^.;!?]{{0,20}}\bremote(?:ly)?\b|{home}[^.;!?]{{0,12}}{office}"
    return re.compile(rf"(?i){office}[^.;!?]{{0,60}}{choice}|{choice}[^.;!?]{{0,50}}{office}|{either}")


def find_presence(document: Document) -> Sentence | None:
    """
    Return the sentence that asks to come somewhere now and then, though work is done elsewhere.

    >>> from bot.text.lines import read_lines
    >>> def presence(body): return find_presence(Document(None, None, None, None, read_lines(body)))
    >>> presence("We meet in our Oslo office once a quarter.") is None, presence("Our offices have free lunch once a month.") is None
    (False, True)
    """
    where, when, never = map(_presence, ("where", "when", "never"))
    texts = ((one, one.text) for one in document.sentences())
    return next((one for one, text in texts if where.search(text) and when.search(text) and not never.search(text)), None)


def find_no_presence(document: Document) -> Sentence | None:
    """Return the sentence that says that nobody must come to an office."""
    needless = re.compile(rf"{_presence('unneeded').pattern}[^.;!?]{{0,40}}{_presence('where').pattern}", re.IGNORECASE)
    return next((one for one in document.sentences() if needless.search(one.text)), None)


@cache
def _presence(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{one_of(read_lexicon('workplace_words')['presence'][key])})(?!\w)", re.IGNORECASE)


# Who lives outside of a place that is named.

_NONE_OUTSIDE = compile_later(r"(?i)\b(?:not|unable|cannot|never|no|\w+n['’]t)\b[^.;]{0,80}\boutside\b")
_NOBODY_OUTSIDE = compile_later(
    r"(?i)\b(?:not|unable|cannot|\w+n['’]t)\b[^.;]{0,30}\b(?:accept|consider|hir|tak|recruit|employ)[^.;]{0,60}\boutside\b"
    r"|\b(?:candidates|applicants|applications|people|anyone)\b[^.;]{0,30}\boutside\b[^.;]{0,60}\b(?:not|cannot|\w+n['’]t)\b"
)


def takes_nobody_outside(text: str) -> bool:
    """
    Tell whether a text says that nobody who lives outside of a place is taken.

    >>> takes_nobody_outside("We cannot hire anybody outside Leeds"), takes_nobody_outside("No travel outside Leeds")
    (True, False)
    """
    return _NOBODY_OUTSIDE.search(text) is not None


def leaves_none_inside_out(text: str) -> bool:
    """Tell whether a text that leaves somebody out leaves out those outside of a place, and none who is inside."""
    return takes_nobody_outside(text) or _NONE_OUTSIDE.search(text) is not None


def lies_zones_away(state: str | None, text: str) -> bool:
    """
    Tell whether a state of the USA shares no time zone with those that a text names: so far reach no town's surroundings.

    >>> lies_zones_away("TX", "outside Boston, Massachusetts"), lies_zones_away("NY", "outside Boston, Massachusetts")
    (True, False)
    """
    named = {one.us_state for one in find_places(text)}
    own = [states.split() for states in read_lexicon("us_states")["zones"]["states"].values() if state in states.split()]
    return bool(named and own) and None not in named and all(named.isdisjoint(states) for states in own)


def names_office(text: str) -> bool:
    """
    Tell whether a text names an office with its town.

    >>> names_office("Offices in Lyon and Nantes"), names_office("Im Berliner Büro"), names_office("Our office is bright")
    (True, True, False)
    """
    named = [word for word in read_words(text) if word.text in read_lexicon("passages")["towns"]["offices"]]
    of_town = any(_OF_TOWN.search(text, 0, word.start) for word in named)
    return bool(named) and (of_town or any(place.kind is PlaceKind.CITY for place in find_places(text)))


def find_office(document: Document) -> Sentence | None:
    """Return the first sentence that names an office with its town and tells little else."""
    return next((one for one in document.sentences() if len(one.text) <= _LONGEST_OF_OFFICE and names_office(one.text)), None)


_OF_TOWN = compile_later(r"\b[A-ZÄÖÜ][a-zäöüß]{2,20}er\s$")
"""A German town before what is there."""


def asks_elsewhere_at(words: str, place: str) -> bool:
    """
    Tell whether a question asks for work elsewhere at a place.

    >>> [asks_elsewhere_at(words, "Lyon") for words in ("remote from Lyon ok?", "i'm in Lyon, is it remote?")]
    [True, False]
    """
    return re.search(rf"{_elsewhere_in()}{re.escape(fold(place))}(?!\w)", fold(words)) is not None


@cache
def _elsewhere_in() -> str:
    elsewhere, cues = map(fold, read_lexicon("workplace_words")["denied"]["elsewhere"]), read_lexicon("asked_places")["cues"]
    return rf"(?<!\w)(?:{one_of(elsewhere)})\s(?:\w+\s){{0,3}}?(?:{one_of(cues['in'])})\s(?:(?:{one_of(cues['between'])})\s)?"


def weigh_moving_rule(words: str, document: Document) -> tuple[Sentence, Verdict] | None:
    """
    Return the sentence that takes nobody who has lived for long where the job is, with what it comes to for who tells of years there.

    >>> from bot.text.lines import read_lines
    >>> document = Document(None, None, None, None, read_lines("You must not have resided in Chile for more than 12 months."))
    >>> [weigh_moving_rule(words, document)[1].value for words in ("i live in chile", "living in chile for 3 years")]
    ['unclear', 'no']
    """
    sentence = next((one for one in document.sentences() if _MOVING.search(one.text)), None)
    if sentence is None:
        return None
    years = max((read_count(one["years"]) for one in _years_there().finditer(fold(words))), default=0.0)
    return sentence, Verdict.NO if years > _MOST_YEARS_THERE else Verdict.UNCLEAR


_LONGEST_OF_OFFICE, _MOST_YEARS_THERE = 200, 1
"""Letters; research posts of the European Union allow a year there of the last three."""


@cache
def _years_there() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<years>{COUNT})\s?(?:{one_of(map(fold, read_lexicon('experience_words')['units']['year']))})(?!\w)")


# What tells where a job is, and who asks for that.


def find_locations(document: Document, location: str, *, stated: Collection[Quote]) -> Iterator[Quote]:
    """Yield the words that tell the location: what the head says of it, each tag of several, lines labelled so, else where the firm is."""
    tags = [line.quote() for line in document.tags("location")]
    if (first := _find_location(document, location, stated=stated)) is not None:
        yield from (first, *(tags if first in tags else ()))
    labels = read_lexicon("head_words")["labels"]["location"].split("|")
    labelled = [line.quote() for line in document.statements if line.label is not None and line.label.lower() in labels]
    yield from labelled
    if first is None and not labelled:
        yield from [one.quote for one in document.sentences() if _SEATED.match(one.text) and find_places(one.text, towns=True)][:1]


_SEATED = compile_later(
    r"(?:[Ww]e(?: are|['’]re)|[A-Z][\w&.'’ -]{1,45}? (?:is|are))(?: an? [^,;.]{3,50})? (?:based|located|headquartered) in\b"
)
"""A firm and where it has its seat, at the beginning of a sentence: "Hooli is based in Lyon"."""


def _find_location(document: Document, location: str, *, stated: Collection[Quote]) -> Quote | None:
    """Return the words of the head's own location, else those of a head's line or title among what is stated of countries."""
    if location := fold(location.partition("|")[0].strip()):
        named = re.compile(rf"(?<!\w){re.escape(location)}(?!\w)")
        line = next((line for line in (*document.tags("location"), *document.lines) if named.search(fold(line.text))), None)
        if line is not None:
            return line.quote()
    heads = (line for line in document.lines if line.kind in (TITLE, TAG) or line.label is not None)
    return next((line.quote() for line in heads if line.quote() in stated), None)


def names_town(text: str) -> bool:
    """Tell whether a text names a town and right behind it the state or country that it is in."""
    places = list(find_places(text))
    return any(
        one.meaning.kind is PlaceKind.CITY and other.meaning.kind is not PlaceKind.CITY and _COMMA.fullmatch(text[one.end : other.start])
        for one, other in pairwise(places)
    )


_COMMA = compile_later(r",? ?\(?")


def asks_for_place(words: str) -> bool:
    """
    Tell whether what is asked is a place.

    >>> asks_for_place("où se trouve le bureau ?"), asks_for_place("CDI ou stage ?")
    (True, False)
    """
    text = f" {' '.join(word.text for word in read_words(words))} "
    return any(f" {one} " in text for one in read_lexicon("passages")["location"]["words"])
