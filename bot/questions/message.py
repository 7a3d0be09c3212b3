"""A message taken apart: its words, the names, values and places in it, and what the model makes of the rest."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, reduce
from itertools import chain

from bot.domain.query import Ask, Form, Order, Query, Reach, TargetKind, has_value
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import Found, Unknown, is_famous
from bot.questions.model import UNDERSTOOD, Scores, extras_of, heed_cues, mask, read_scores, read_topics
from bot.questions.names import Name, NameFinder
from bot.questions.places import PlaceSpan, find_asked_places
from bot.questions.title_index import posting_words, read_role_words, role_nouns, role_terms, written_words
from bot.questions.tokens import TokenisedQuestion, WordKind, find_cues, flatten, is_cue_word, question_words, things_said, tokenise
from bot.questions.values import Value, fields_in, find_values, is_wanted, mend, stands_as_thing
from bot.text.lexicon import compile_later, one_of, read_lexicon
from bot.text.words import find_subjects, read_words, small_words

_THERE_IS = compile_later(r"\b(?:is|are|isn't|was) there\b")
_IS, _DRAWN_OUT, _MOST_READ = compile_later(r"\best\b"), compile_later(r"([yioea])\1+\b"), 1000  # "heyy"
_OF_PHRASE = compile_later(r"\b[A-ZÀ-Þ][a-zà-ÿ]+ of $")  # "the Employer of Record"


@dataclass(frozen=True)
class Message:
    """A message with what was recognised in it."""

    text: str
    language: str
    question: TokenisedQuestion
    names: tuple[Name, ...]
    values: tuple[Value, ...]
    places: tuple[PlaceSpan, ...]
    roles: tuple[tuple[int, int], ...] = ()
    """Where the words of the role stand that a company's posting is named by: they ask for nothing."""

    @cached_property
    def flat(self) -> str:
        """The text in small letters without accents, letter for letter."""
        return flatten(self.text)

    @cached_property
    def spans(self) -> list[tuple[int, int, str]]:
        """Where names, places and values stand, with their kinds."""
        names = [*((name.start, name.end, "company") for name in self.names), *((start, end, "role") for start, end in self.roles)]
        places = [(place.start, place.end, place.kind) for place in self.places]
        return sorted([*names, *places, *((value.start, value.end, value.kind) for value in self.values)])

    @cached_property
    def masked(self) -> str:
        """The text with masks in place of what was recognised."""
        return mask(self.text, self.spans)

    @cached_property
    def signs(self) -> Mapping[str, float]:
        """What its words and phrases speak for; in French "est" is no time zone."""
        return find_cues(_IS.sub(" ", self.masked) if self.language == "fr" else self.masked)

    @cached_property
    def scores(self) -> Scores:
        """What the model makes of it."""
        return read_scores(self.masked, tuple({**extras_of(self.spans), **self.signs}.items()))

    def spans_in(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """Return what was recognised in text[start:end], with places within that."""
        return [(first - start, last - start, kind) for first, last, kind in self.spans if start <= first and last <= end]

    @cached_property
    def points_back(self) -> bool:
        """Whether words point at what was spoken of: "it", "they", "that job"."""
        return follow_pattern("points").search(_THERE_IS.sub(" ", self.flat)) is not None

    def topics_of(self, start: int, end: int) -> dict[str, float]:
        """Return the topics' scores of text[start:end] alone."""
        spans = self.spans_in(start, end)
        masked = mask(self.text[start:end], spans)
        companies = [(0, 0, "company")] if self.names and not any(kind == "company" for _, _, kind in spans) else []
        signs = find_cues(masked)
        return heed_cues(read_topics(masked, tuple({**extras_of([*spans, *companies]), **signs}.items())), signs)

    def without_names(self, start: int = 0, end: int | None = None) -> str:
        """Return text[start:end] without the companies' names."""
        end = len(self.text) if end is None else end
        parts, at = [], start
        for first, last in sorted([*((name.start, name.end) for name in self.names), *self.roles]):
            if start <= first < end:
                parts.append(self.text[at:first])
                at = min(end, last)
                if self.text[at : at + 2] in ("'s", "’s"):
                    at += 2
        return " ".join("".join([*parts, self.text[at:end]]).split())


def read_message(text: str, index: CompanyIndex, *, scopes: Collection[str], language: str = "en") -> Message:
    """Take a message apart: its values and places, then the companies, which win over values that they overlap."""
    text = text[:_MOST_READ]
    question = tokenise(text)
    values = find_values(text)
    places = find_asked_places(text, flatten(text), language=language)
    kinds = _kinds_of_tokens(question, values, places)
    finder = NameFinder(question, index, scopes, kinds, language if language in UNDERSTOOD else "en")
    names, said = finder.find(), things_said(question)
    names = tuple(name for name in names if not (isinstance(name.match, Unknown) and _is_piece(name, places, said=said)))
    degrees = ((one.start, one.end) for one in values if one.kind == "degree" and not _FROM.search(text[: one.start]))
    taken = [*((name.start, name.end) for name in names), *degrees]  # "an MS in chemistry" is no Mississippi
    free = tuple(place for place in places if not any(place.start < end and start < place.end for start, end in taken))
    kept = [*((name.start, name.end) for name in names), *((place.start, place.end) for place in free)]
    left = tuple(value for value in values if not any(value.overlaps(start, end) for start, end in kept))
    mended = mend(text, kept, is_own=lambda word: index.titles.knows_nearly(word, scopes))
    if mended != text:
        return read_message(mended, index, scopes=scopes, language=language)
    spans = [*kept, *((value.start, value.end) for value in left)]
    things = [Value(kind="skill", start=start, end=end, value=text[start:end]) for start, end in finder.find_things(spans)]
    return Message(text, language, question, names, (*left, *things), free)


_FROM = re.compile(r"\b(?:from|in|near|based|live) $", re.IGNORECASE)
SUREST = 3  # of a place: where somebody says that they live


def _is_piece(name: Name, places: Collection[PlaceSpan], *, said: Collection[str]) -> bool:
    """Tell whether a strange name is a piece of a place's, "Vallarta" of "Puerto Vallarta", where somebody lives, or what is to be said."""
    within = [place for place in places if place.start <= name.start and name.end <= place.end]
    is_within = any(place.end - place.start > name.end - name.start or place.sureness == SUREST for place in within)
    return is_within or (isinstance(name.match, Unknown) and name.match.typed in said)


def _kinds_of_tokens(question: TokenisedQuestion, values: tuple[Value, ...], places: tuple[PlaceSpan, ...]) -> list[str]:
    spans = [*((place.start, place.end, place.kind) for place in places), *((value.start, value.end, value.kind) for value in values)]
    return [next((kind for start, end, kind in spans if start < token.end and token.start < end), "") for token in question.tokens]


def without_role_names(message: Message) -> Message:
    """Return a message without the strange names that are words of a title of a company beside them: "the WAN job at Hooli"."""
    if not any(isinstance(name.match, Unknown) for name in message.names):
        return message
    entries = (entry for name in message.names if isinstance(name.match, Found) for entry in name.match.entries)
    terms = {term for entry in entries for term in posting_words(entry).title}
    names = tuple(
        name
        for name in message.names
        if not isinstance(name.match, Unknown)
        or not {term for word in written_words(name.match.typed) for term in role_terms(word)} <= terms
    )
    return replace(message, names=names) if terms and len(names) < len(message.names) else message


def without_mistaken(message: Message) -> Message:
    """Return a message without what is no company beside one that is here, "is ethernet a must at hooli", and no kind of contract."""
    message = _without_posts(message)
    past = [one for one in message.names if isinstance(one.match, Unknown) and _WORKED_AT.search(message.flat[: one.start])]
    message = replace(message, names=tuple(one for one in message.names if one not in past)) if past else message
    if not any(isinstance(name.match, Found) for name in message.names):
        return message
    things = [one for one in message.names if _is_hardly_named(message, one)]
    asked = [one for one in things if "cue=experience" in find_cues("".join(message.flat[one.end :].split(maxsplit=1)[:1]))]
    values = (Value(kind="skill", start=one.start, end=one.end, value=message.text[one.start : one.end]) for one in asked)
    return replace(message, names=tuple(one for one in message.names if one not in things), values=(*message.values, *values))


_WORKED_AT = compile_later(
    r"\b(?:i|we)(?: have|'?ve| had|'?d)?(?: also| already| just| only| previously)? (?:work(?:ed|ing)?|interned|been|was|were)"
    r"(?: \w+){0,3}? (?:at|for|with|in|by) (?:the )?$"
)
"""Before where somebody was: "I worked at Hooli, do they ask for that"."""


def _is_hardly_named(message: Message, name: Name) -> bool:
    """Tell whether a strange word may well be a thing: "Hooli's Loud Ovens", or in German any that no "bei" or "oder" leads."""
    if not isinstance(name.match, Unknown) or is_famous(name.match.typed):
        return False
    is_owned = any(isinstance(one.match, Found) and message.flat[one.end : name.start] in ("'s ", "’s ") for one in message.names)
    led_by = before[-1] if (before := message.flat[: name.start].split()) else ""
    is_led = led_by in question_words("leads_names")
    is_owned = is_owned or (_OF_PHRASE.search(message.text[: name.start]) is not None and message.text[name.start].isupper())
    at_one = any(isinstance(one.match, Found) and _AT.search(message.flat[: one.start]) for one in message.names)
    is_joined = led_by.endswith(",") or led_by in _DOING or _JOINED.match(message.flat, name.end) is not None
    is_apart = message.language == "de" or (at_one and not is_joined and "sign=compare" not in message.signs)
    return is_owned or name.score < 0 or before[-2:] == ["pay", "for"] or (is_apart and not is_led)


_DOING = frozenset({"", "does", "do", "did", "will", "would", "can"})
_AT = compile_later(lambda: rf"(?<!\w)(?:{one_of(question_words('strong_cues'))})\s(?:(?:the|der|dem|le|la)\s)?$")
_JOINED = compile_later(lambda: rf"\s?(?:[,/&+]|(?:{one_of(question_words('joins'))})(?!\w))")


def _without_posts(message: Message) -> Message:
    """Return a message without the kind of contract that is only its word for a posting: "is the hooli contract open to peru"."""
    posts = [found.span(found.lastindex or 0) for found in _AS_POST.finditer(message.flat)]
    values = tuple(value for value in message.values if not any(value.overlaps(start, end) for start, end in posts))
    return replace(message, values=values) if posts and len(values) < len(message.values) else message


_AS_POST = compile_later(
    r"\b(?:the|this|that)\s(?:[^\s,]+\s){0,6}?(contract|placement|apprenticeship|freelance gig|temp gig)\s"
    r"(?:open|pay|pays|paying|remote|available|based|doable|possible|hybrid|onsite|requires?|needs?|asks?|wants?|offers?|allows?)\b"
    r"|\b(?:funding|growth|seed|which|what)[\s-](stage)\b"
)


# What it asks for.


def asks_thing(message: Message, *, least: int) -> bool:
    """Tell whether at least so many words of a message ask for a thing that is no topic: "whats the min upload speed for the hooli job"."""
    is_said = follow_pattern("about_what").search(message.flat) is not None  # "what was that about goats"
    is_told = is_said or (least > 1 and logic_pattern("follow", "told_there").search(message.flat) is not None)  # "there is a gym?"
    is_asked = is_said or not {"begins=wh", "begins=which", "begins=count"}.isdisjoint(message.signs)
    is_asked = is_asked and {"sign=summary", "begins=goes_on"}.isdisjoint(message.signs)
    free = (token for token in message.question.tokens if not any(start <= token.start < end for start, end, _ in message.spans))
    rest = [token for token in free if token.word not in question_words("linking") | question_words("posts") | small_words()]
    own = [token for token in rest if token.kind >= WordKind.ORDINARY and not read_role_words(token.word).own_terms & role_nouns()]
    is_subject = least > 1 and bool(find_subjects(read_words(message.flat)))  # "and how long does it last"
    return is_subject or ((is_asked or is_told) and len(own) >= (1 if is_said else least))


def of_some(message: Message, asks: Sequence[Ask]) -> Ask | None:
    """Return what is asked of some that one posting tells of, "are the harbour ones full time": no statement of the whole answers it."""
    found = _THE_X_ONES.search(message.flat)
    ask = asks[0] if len(asks) == 1 else None
    if found is None or ask is None or ask.topic not in ("employment_type", "workplace", "experience", "education", "other"):
        return None
    inside = [token for token in message.question.tokens if found.start(1) <= token.start < found.end(1)]
    is_named = all(any(start <= token.start < end for start, end, _ in message.spans) for token in inside)
    return None if is_named or not inside else Ask(topic="other", words=ask.words)


_THE_X_ONES = compile_later(r"\b(?:the|those|these)\s((?:[^\s,?!:;]+\s){1,4}?)ones\b")


# The part of a long or polite message that asks.
_FEW_SUBJECT, _MOST_WORDS_BESIDE_NUMBER, _LIKELY = 6, 6, 0.5


def without_left_out(message: Message) -> tuple[str, tuple[int, ...]]:
    """Return what is said besides the companies that are left out, and the postings of those: "anything with python, but not flex"."""
    kept, postings, end = "", tuple[int, ...](), 0
    for name in message.names:
        between = message.flat[end : name.start]
        led = _ANOTHER.fullmatch(between) if end else None
        if (led := led or _LEFT_OUT.search(between)) is not None:
            kept += f"{message.text[end : end + led.start()]} "
            postings += tuple(entry.id for entry in name.match.entries) if isinstance(name.match, Found) else ()
            end = name.end
    return f"{kept}{message.text[end:]}".strip(" ,;:"), postings


_ANOTHER = compile_later(r"\s?(?:[,&+/]|and|or|nor|y|o|und|oder|et|ou|e)\s?")
_LEFT_OUT = compile_later(
    lambda: rf"[\s,;(]*(?<!\w)(?:(?:but|aber|mais|pero|mas)\s)?(?:{one_of(read_lexicon('asked_logic')['follow']['left_out'])})\s$"
)


_CLAUSES = read_lexicon("asked_logic")["clauses"]
OPENERS = frozenset({"begins=wh", "begins=yes_no", "begins=count"})


@cache
def logic_pattern(table: str, key: str) -> re.Pattern[str]:
    """Return one list of the phrases that tell what a message does, as whole words."""
    return re.compile(rf"(?<!\w)(?:{one_of(read_lexicon('asked_logic')[table][key])})(?!\w)")


def in_order(query: Query, flat: str, *, last: Query | None) -> Query:
    """Return a list's query in the order that is asked for: "python jobs sorted by pay", "sort them by pay" after a list."""
    query = query.model_copy(update={"page": 0}) if query.page else query  # of the list before
    sorting = logic_pattern("sorted", "in_order")
    is_sorted = sorting.search(flat) is not None
    rest = logic_pattern("sorted", "beside").sub(" ", sorting.sub(" ", flat))
    is_plain = is_sorted and all(token.kind is WordKind.FUNCTION for token in tokenise(rest).tokens)
    if is_plain and last is not None and last.within:
        listed = {"reach": Reach.ALL, "form": Form.LIST, "targets": (), "asks": (), "unread": (), "within": last.within}
        return query.model_copy(update=listed | {"order": Order.PAY})
    forms = [Form.LIST, Form.MOST] if is_sorted else []
    forms += [Form.LIST] if logic_pattern("sorted", "best_paid").search(flat) else []
    if query.reach is not Reach.ALL or query.form not in forms:
        return query
    asks = tuple(ask for ask in query.asks if ask.topic != "pay" or ask.amount is not None or ask.values)
    return query.model_copy(update={"form": Form.LIST, "order": Order.PAY, "asks": asks})


# What is asked by chance: other words look like it.

_OF_LISTS = frozenset({"company", "responsibilities", "requirements", "skills", "preferred", "other"})
_OF_POSTS = _OF_LISTS - {"preferred", "other"} | {"employment_type", "experience"}


def without_guesses(query: Query, message: Message) -> Query:
    """Return a query without the asks that are only what other words look like, or what somebody says of themselves beside a search."""
    fields = fields_in(message.flat) if query.fields else {}
    asks = [ask for ask in query.asks if not (_is_by_chance(ask, query) or (fields and _is_of_field(ask, message.flat, fields)))]
    asks = [ask for ask in asks if len(asks) == 1 or not (ask.is_own and _OF_SELF.match(flatten(ask.words)))]
    if query.reach is Reach.ALL:
        asks = [ask for ask in asks if len(asks) == 1 or not _is_told(ask, message)]
        asks = [ask for ask in asks if not (query.form is Form.LIST and _is_hardly_asked(ask, message))]
    ordinary = (at for at, one in enumerate(message.question.tokens) if one.kind is WordKind.ORDINARY and not is_cue_word(one.word))
    if not asks and any(stands_as_thing(message.question, at) for at in ordinary):
        asks = [Ask(topic="other", words=message.text)]  # "which one needs a car"
    update: dict[str, object] = {"asks": tuple(asks)}
    things = things_said(message.question) if query.reach is Reach.ALL and not any(map(_is_by_name, asks)) else ()
    if things:  # "which ads talk about scrum" names no role, and "which mention pair programming" all that list skills
        return query.model_copy(update={"asks": (Ask(topic="other", words=message.text, about=things),), "role": ""})
    if query.reach is Reach.ALL and not (asks or query.role or query.fields or query.targets):
        tokens = [token for at, token in enumerate(message.question.tokens) if is_wanted(message.question, at)]  # "anything for moms"
        read = [span for span in message.spans if span[2] != "company"]
        strange = [one for one in tokens if one.kind >= WordKind.ORDINARY and not any(at <= one.start < end for at, end, _ in read)]
        update["unread"] = tuple(message.text[token.start : token.end] for token in strange)
    return query.model_copy(update=update)


def _is_by_name(ask: Ask) -> bool:
    """Tell whether an ask names what it is about, by a value, a subject or a topic that is more than what postings list."""
    return ask.topic not in _OF_LISTS or has_value(ask) or bool(find_subjects(read_words(ask.words)))


_OF_SELF = compile_later(r"(?:(?:sorry|btw|fyi|but|and|also)\W+)*(?:my|mi|mein|mon|meu)\s\w+\s(?:is|es|ist|est|e|isn'?t)\b(?!.*\?)")


def _is_hardly_asked(ask: Ask, message: Message) -> bool:
    """Tell whether a search names a topic by no word and the model is not sure of it either."""
    is_unsure = message.scores.topics.get(ask.topic or "", 1.0) < _LIKELY and f"cue={ask.topic}" not in message.signs
    return is_unsure and ask.topic != "other" and not has_value(ask)


def _is_by_chance(ask: Ask, query: Query) -> bool:
    """Tell whether an ask is what other words look like: "résume" is no CV, and the level of a role, or "student", asks for no years."""
    is_level = bool(query.role) and ask.topic == "experience" and ask.years is None
    is_level |= query.role.startswith("intern ") and ask.topic == "education" and ask.level is None
    told = tokenise(logic_pattern("follow", "anew").sub(" ", flatten(ask.words))).tokens
    rest = {token.word for token in told if token.kind is not WordKind.FUNCTION and token.word not in small_words()}
    is_role = bool(query.role and rest) and not has_value(ask) and rest <= {*query.role.split(), *question_words("jobs_for_whom")}
    return is_level or is_role or (query.form is Form.SUMMARY and ask.topic == "apply")


def _is_of_field(ask: Ask, flat: str, fields: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether an ask beside a field of work is only what "positions" or the field's own word looks like: "jobs for a dentist"."""
    rest = reduce(lambda text, phrase: text.replace(phrase, " "), chain.from_iterable(fields.values()), flat)
    return not has_value(ask) and (ask.topic in _OF_POSTS or f"cue={ask.topic}" not in find_cues(rest))


def _is_told(ask: Ask, message: Message) -> bool:
    """Tell whether an ask is only what somebody says of themselves: "any internships? still at school", "an internship? im at uni"."""
    at = message.text.find(ask.words)
    before, behind = message.text[:at].rstrip(), message.text[at + len(ask.words) :].lstrip()
    is_apart = at > 0 and before.endswith("?") and not behind.startswith("?")
    is_told = is_apart or (ask.topic == "education" and ask.is_own and not (ask.is_denied or ask.is_must))
    return is_told and not has_value(ask) and logic_pattern("follow", "narrows").match(flatten(ask.words)) is None


# Whether a message asks for a yes or no.


def is_bare_subject(text: str) -> bool:
    """Tell whether a few words with a question mark name something that is there or is not: "weekend work??", "travel at flex?"."""
    words = read_words(text)
    is_open = any(word.text in read_lexicon("passages")["open"]["words"] for word in words)
    subjects = find_subjects(words) if text.rstrip().endswith("?") and len(words) <= _FEW_SUBJECT and not is_open else ()
    is_counted = any(word.text in read_lexicon("passages")["head"]["units"].split() for word in words)  # "weeks of vacation?"
    return any(one.get("whether") or (one.get("offered") and not is_counted) for one in map(read_lexicon("subjects").__getitem__, subjects))


def asks_whether(message: Message, span: tuple[int, int], *, is_named: bool = False) -> bool:
    """
    Tell whether a span asks for a yes or no by what begins it, also behind a name, or by words within it: "python devs get a pension?".

    What begins a question for something else makes it none. `is_named`: it names a value, such as a technology.
    """
    start, end = span
    text = flatten(message.without_names(start, end))
    text = logic_pattern("clauses", "going_on").sub(" ", text, count=1).lstrip(" ,:;-–—|")
    if _BEGINS_YES_NO.match(message.flat, start, end) or _BEGINS_YES_NO.match(text):
        return HOW_MUCH.search(text) is None and _WHAT_IS.match(text) is None
    if _OPENS.search(text):
        return False
    if _YES_NO_BEHIND.search(text) or _OR_NOT.search(text):
        return True
    is_question = text.endswith("?") or message.flat[end:].lstrip().startswith("?")
    subjects = (read_lexicon("subjects")[name] for name in find_subjects(read_words(text)))
    is_whether = is_named or any(one.get("whether") or one.get("offered") for one in subjects)
    if logic_pattern("whether", "demanded").search(text):
        return is_whether
    return any(logic_pattern("whether", key).search(text) for key in (("allowed", "whom", "does") if is_question else ("allowed",)))


HOW_MUCH = compile_later(r"\b(?:how (?:much|many|long|often)|cuant[oa]s?|combien|wie ?viele?|wie lange|quant[oa]s?|kitn[aie])\b")
"""What asks for a figure asks for no yes or no, though it begins so or asks what one must: "c'est pour combien de temps"."""

_OR_NOT = compile_later(lambda: rf"\s(?:{one_of(_CLAUSES['or_not'])})\W*$")
_WHAT_IS = compile_later(lambda: rf"[\s¿]*(?:{one_of(_CLAUSES['what_is'])})(?!\w)")
_OPENS = compile_later(lambda: rf"(?<!\w)(?:{one_of(read_lexicon('passages')['open']['words'])})(?!\w)|^\W*(?:que|o que|qu'est)(?!\w)")
_YES_NO = one_of(_CLAUSES["yes_no"])
_BEGINS_YES_NO = compile_later(rf"[\s¿]*(?:(?:and|so|but|und|aber|y|pero|et|mais|e|mas)\s)?(?:{_YES_NO})(?!\w)")
_YES_NO_BEHIND = compile_later(rf"(?:[,:;.!?)]|\s[-–—]+)\s*(?:(?:and|so|but|und|y|et|e)\s)?(?:{_YES_NO})(?!\w)")


@cache
def tells_what() -> re.Pattern[str]:
    """Return how somebody asks politely for what no yes answers: "could you please tell me which"."""
    opens, asks_you, telling = map(one_of, (read_lexicon("passages")["open"]["words"], _CLAUSES["asks_you"], _CLAUSES["telling"]))
    return re.compile(rf"\W*(?:\w+\W+){{0,3}}?(?:{asks_you})\s(?:\w+\s){{0,3}}?(?:{telling})\s(?:\w+\s){{0,2}}?(?:{opens})\b")


# A number that the asker tells of themselves and that says by itself nothing of what.
BARE_NUMBER = compile_later(r"(?<![\w.$€£#])\d{1,2}(?![\w.%])")


def tells_own_number(message: Message) -> bool:
    """Tell whether a short message tells a bare number of the asker's: "im 23 so no?", "i have 10, enough?"."""
    is_bare = not (message.values or message.names) and len(message.question.tokens) <= _MOST_WORDS_BESIDE_NUMBER
    return is_bare and BARE_NUMBER.search(message.flat) is not None and logic_pattern("own", "words").search(message.flat) is not None


def only_greets(message: Message, text: str) -> bool:
    """Tell whether a message asks for nothing but whether somebody is there, or greets and tells of who writes: "hi, 6 years at sea"."""
    said, count = logic_pattern("talk", "is_anyone").subn(" ", _DRAWN_OUT.sub(r"\1", flatten(text)))
    rest = tokenise(said).tokens if count or "begins=greets" in find_cues(text) else None
    if rest is not None and all(one.word in question_words("addressed") or "sign=greets" in find_cues(one.word) for one in rest):
        return True  # "anyone home?", "gm bot"
    is_own = bool(message.values) and not message.places and all(value.kind == "years" for value in message.values)
    asks = OPENERS | {f"sign={sign}" for sign in ("wh", "show", "count", "for_me", "any", "jobs", "which_of_all", "of_jobs")}
    return is_own and "?" not in text and "begins=greets" in find_cues(text) and asks.isdisjoint(message.signs)


# What was spoken of before, and the words that go on about it.


def asks_back(last: Query) -> bool:
    """Tell whether it was asked back which posting is meant."""
    return last.targets[:1] != () and last.targets[0].kind is TargetKind.TIED


def choices_of(last: Query) -> tuple[int, ...]:
    """Return the postings that one may be picked from: those listed, or all of the company that was spoken of or asked back."""
    return listed_in(last) if last.within or len(last.targets) != 1 else last.targets[0].postings


def listed_in(last: Query) -> tuple[int, ...]:
    """Return the postings that the last query was about: those listed, or one of each company."""
    if last.within:
        return last.within
    found = [target for target in last.targets if target.kind is TargetKind.FOUND]
    if len(found) > 1:
        return tuple(number for target in found for number in target.postings[:1])
    return found[0].postings if found else ()


def follow_pattern(key: str) -> re.Pattern[str]:
    """Return one list of the words by which a message goes on about another."""
    return logic_pattern("follow", key)


def may_apply() -> re.Pattern[str]:
    """Return the words that ask whether or where one may apply at all."""
    return logic_pattern("own", "may_apply")


def is_beside_name(text: str, span: tuple[int, int], *, names: Sequence[Name]) -> bool:
    """Tell whether words stand between a company's name and a colon or a dash, so that they name its posting: "hooli scala - visa?"."""
    start, end = span
    return any(name.end <= start and not text[name.end : start].strip() for name in names) and _ENDS_NAMING.match(text, end) is not None


_ENDS_NAMING = compile_later(r"\s?:|\s[-–—]")
