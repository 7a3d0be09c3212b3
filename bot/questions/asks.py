"""What a message asks: its topics, each with the values, places and words that belong to it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from typing import NamedTuple

from bot.domain.facts import EducationLevel, Period
from bot.domain.query import Amount, Ask, Place, Side, Years
from bot.questions import model
from bot.questions.message import BARE_NUMBER, HOW_MUCH, Message, logic_pattern, may_apply
from bot.questions.model import CLAUSE_TOPIC_FROM, LEAST_BESIDE, LEAST_OF_WHOLE, NOTHING, OPEN, SURE_CLAUSE_FROM, choose_topics, heed_cues
from bot.questions.places import PlaceSpan, asked_places, is_of_people_at, listed_places
from bot.questions.reach import FIXED, form_of_ask
from bot.questions.tokens import WordKind, find_cues, flatten, word_kind
from bot.questions.values import LESSER, Value, phrases_of
from bot.text.lexicon import compile_later, one_of, read_lexicon
from bot.text.numbers import find_age
from bot.text.words import find_subjects, read_words
from bot.topics.workplace import names_thing_there

_FEWEST_LETTERS, _MOST_CLAUSES, _FEW = 2, 12, 6
TOPIC_OF_VALUE = {"amount": "pay", "years": "experience", "degree": "education", "skill": "skills"} | {one: one for one in FIXED}
"""Which topic a value speaks for, where nothing else is asked or it is a criterion of a list."""

PLACED = ("countries", "pay", "visa", "timezone", "workplace", "authorization", "benefits", "employment_type")  # a place narrows them
_WITH_YEARS, _OF_DUTIES = ("experience", "skills", "requirements"), ("preferred", "other", "responsibilities")
_LOGIC, _POINTING = read_lexicon("asked_logic"), frozenset(read_lexicon("passages")["brought"]["pointing"])
_TAILS = [*_LOGIC["must"]["words"], *read_lexicon("passages")["dealbreaker"]["words"], *_LOGIC["clauses"]["tails"]]
"""What only asks what comes of what stands before it: "Go, a must?", "no Go, is that a dealbreaker"."""

_JOINT = compile_later(
    lambda: (
        rf"\s*(?!,\s*(?:(?:{one_of(_LOGIC['clauses']['tail_leads'])})\s)*(?:{one_of(_TAILS)})(?!\w)"
        rf"(?:\s(?:{one_of(_LOGIC['clauses']['tail_ends'])})(?!\w))*(?:\s(?:for|at|with|bei|chez|en)\s[^,;?.]*)?\W*$)"
        r"(?:[,;\n]|[?!.](?=\s|$)|\s[-–—/+&]\s|(?<=\w)[-–—]\s|\s\(?(?:\d|[a-e])\)\s"
        rf"|(?<!\w)(?:{one_of(_LOGIC['clauses']['joints'])})(?=\s))\s*"
    )
)
_WHERE = compile_later(r"\b(?:where(?:'?s)?|wheres|wo|donde|onde)\b")
_WHERE_BASED = compile_later(
    lambda: rf"{logic_pattern('where', 'cities').pattern}|\bwhere(?:'?s)?\b.{{0,60}}\b(?:based|located|hiring)\b|\bwo\b.{{0,40}}\bsitzt\b"
)
_PAYS_FOR = compile_later(
    r"(?!.*\b(?:how much|what)\b).*\b(?:do|does|will|would|can)\b.{1,40}\b"
    r"(?:(?:pay|money|cash|compensat\w*) (?:for|towards?) (?!the (?:job|role)\b)|pay to (?:move|relocate)|pay back (?=\w)"
    r"|help (?:me |us )?(?:with|w) (?!th\w+ (?:job|role)\b))"
)
_OF_THEIR_OWN = frozenset({"pay", "visa", "timezone", "benefits"})  # a place only narrows them
_OPENS = compile_later(lambda: rf"\s*(?:{one_of(read_lexicon('passages')['open']['words'])})\s\w+\s\w+")
_NAME_AT = compile_later(r"[\s,:;-]*xcompany\s(?:in\s|at\s)?(?:xcity|xcountry)[\s,:;-]*")  # "the clerk job in NYC, how much"
_RANGE = compile_later(lambda: rf"\b(?:{one_of(read_lexicon('asked_signs')['range'])})\b")


class Clause(NamedTuple):
    """A part of a message that may ask something by itself."""

    start: int
    end: int


def split_clauses(message: Message) -> tuple[Clause, ...]:
    """Return the parts of a message between commas, signs and "and"; a part that only names a company goes to none."""
    bounds = [0]
    for joint in _JOINT.finditer(message.flat):
        whole = [*message.spans, *((*match.span(), "") for match in _RANGE.finditer(message.flat))]
        between = ((one[1], other[0]) for one, other in pairwise(message.spans) if one[2] == other[2] == "skill")
        whole += [(start - 1, end + 1, "") for start, end in between if message.flat[start:end].strip() in ("+", "&", "/")]  # "Go + Rust"
        if not any(start < joint.end() and joint.start() < end for start, end, _ in whole):
            bounds += [joint.start(), joint.end()]
    bounds.append(len(message.flat))
    parts: list[Clause] = []
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        said = flatten(message.without_names(start, end).strip(" ?!.:,-"))
        part = model.mask(message.text[start : end + 1], message.spans_in(start, end))
        is_counted = parts and HOW_MUCH.fullmatch(said) and find_subjects(read_words(message.flat[parts[-1].start : parts[-1].end]))
        if parts and (is_counted or logic_pattern("must", "words").fullmatch(said)):
            parts[-1] = Clause(parts[-1].start, end)  # "kotlin, required?" asks once, and "travel? how much" for no pay
        elif len(said) >= _FEWEST_LETTERS and not (len(bounds) > _FEWEST_LETTERS and _NAME_AT.fullmatch(part)):
            parts.append(Clause(start, end))
    return tuple(parts[:_MOST_CLAUSES])


@dataclass(frozen=True)
class AskReader:
    """Reads what a part of a message asks; `of_all` is for messages about all postings, where each value that is named is a criterion."""

    message: Message
    part: Clause
    of_all: bool

    def read(self) -> tuple[Ask, ...]:
        """Return what is asked, in the message's order; nothing where the topic is left open or none is asked about."""
        found = self._topics()
        several = {topic: parts for topic, parts in found.items() if len(parts) > 1 and not self.of_all}
        parted = [(topic, [clause]) for topic, parts in several.items() if self._differ(topic, parts) for clause in parts]
        is_single = len(found) == 1 and not parted
        found = {topic: [self.part] for topic in found} if is_single else found
        whole = [item for item in found.items() if item[0] not in dict(parted)]
        ordered = sorted([*whole, *parted], key=lambda item: item[1][0].start)
        asks = [self._make_ask(*one, is_single=is_single) for one in ordered]
        return tuple(_with_places(self.message, _held_together(asks), of_all=self.of_all))

    def _differ(self, topic: str, parts: Sequence[Clause]) -> bool:
        """Tell whether clauses of one topic each ask for something else of it: "base pay, and is there a bonus"."""
        first, *_, last = said = [self.message.flat[part.start : part.end] for part in parts]
        named = [one for one in (frozenset(find_subjects(read_words(text))) for text in said) if one]
        own = logic_pattern("own", "words")  # "a green card, no citizen", "i got a tattoo, do they mind that"
        is_held = own.search(self.message.flat) if topic == "authorization" else own.match(first) and not _POINTING.isdisjoint(last.split())
        return len(set(named)) == len(named) and (topic == "other" or len(named) >= len(parts) - 1) and not is_held

    def _topics(self) -> dict[str, list[Clause]]:
        message, part = self.message, self.part
        clauses = [clause for clause in split_clauses(message) if part.start <= clause.start and clause.end <= part.end]
        found, kinds = self._topics_of_words(clauses), {value.kind for value in message.values}
        told = {clause for parts in found.values() for clause in parts}
        if "workplace" in found and "workplace" not in kinds and (message.places or _WHERE.search(message.flat)):
            found.setdefault("countries", found.pop("workplace"))  # where it is done, and where one may be, are one question with a place
        if (set(found) == {"company"} or (set(found) == {"requirements"} and kinds == {"degree"})) and (of_value := self._of_value()):
            found = {of_value: [part]}  # "acme (the startup) remote ok?" asks nothing of the company
        if (where := _WHERE_BASED.search(message.flat)) is not None:
            found = self._of_where(found, where.span(), clauses)
        found = self._asked_once(found)
        beside = {"pay", "workplace", *_LIKE_PERKS - kinds, *(one for one in found if f"cue={one}" not in message.signs)}
        perks = {one for one in beside & found.keys() if self._is_of_perk(found[one])}  # "employee stock plan" asks of no employment
        if "amount" not in kinds and (perks := perks | ({"pay"} if _PAYS_FOR.match(message.flat) else set())):
            found.pop("other" if found.get("other") == found.get("pay") else "", None)
            perks |= {"preferred"} if kinds <= {"years"} else set()
            found = model.rename_topics(found, dict.fromkeys(perks, "benefits"))
        found = {"pay": [part]} if self._is_of_amount(found) else found  # "over 200?", "does it start above 90k"
        found = model.settle_topics(found or {NOTHING: [part]}, message.flat, masked=flatten(message.masked), scores=message.scores.topics)
        found = {topic: parts for topic, parts in found.items() if topic not in {NOTHING, *self._guesses(found)}}
        is_of_place = "cue=countries" in message.signs or any(place.sureness > 1 for place in message.places)
        if not (self.of_all or is_of_place) and find_age(message.flat) is not None:
            found.pop("countries", None)
            found = found or {"other": [part]}  # "Acme in Lyon: is 24 too young" asks of no place
        for topic in _topics_of_values(message, part, found, of_all=self.of_all):
            at = next((value.start for value in message.values if TOPIC_OF_VALUE.get(value.kind) == topic), -1)
            found.setdefault(topic, [next((clause for clause in clauses if clause.start <= at < clause.end), part)])
        if set(found) == {"apply"} and not self.of_all and logic_pattern("where", "who_may").search(message.flat):
            found |= dict.fromkeys(("countries", "authorization"), found.pop("apply"))
        found = {one: at for one, at in found.items() if one != "apply" or len(found) == 1 or not may_apply().search(message.flat)}
        return self._of_search(found) if self.of_all else self._with_things(found, [one for one in clauses if one not in told])

    def _is_of_perk(self, parts: Sequence[Clause]) -> bool:
        """Tell whether what is paid is asked for a benefit, and not for work: "how much do they give for courses"."""
        return bool(parts) and not any(_PERKS.isdisjoint(find_subjects(read_words(self.message.without_names(*one)))) for one in parts)

    def _of_where(self, found: dict[str, list[Clause]], where: tuple[int, int], clauses: Sequence[Clause]) -> dict[str, list[Clause]]:
        """Return the topics with the place that words ask for, and without those that these words are only taken for."""
        workplaces = {one.value for one in self.message.values if one.kind == "workplace"}
        taken = {"pay", "company", "apply", "workplace" if workplaces <= {"onsite"} else ""}  # "where's the office"
        taken |= {one for one in found if one not in ("countries", "workplace") and f"cue={one}" not in self.message.signs}
        beside = [one for one in clauses if one.end <= where[0] or where[1] <= one.start]
        found = {one: at for one, at in found.items() if one not in taken or any(clause in beside for clause in at)}
        own = found and [one for one in clauses if one not in beside]
        return found if "countries" in found else {**found, "countries": own or [self.part]}

    def _with_things(self, found: dict[str, list[Clause]], left: Sequence[Clause]) -> dict[str, list[Clause]]:
        """Return the topics with the clauses that are left and ask for a thing: "how many beds" beside "what does it pay"."""
        told = {clause for parts in found.values() for clause in parts}
        things = [one for one in left if one not in told and self._asks_thing(one)] if found and self.part not in told else []
        return found | ({"other": sorted([*found.get("other", []), *things], key=lambda one: one.start)} if things else {})

    def _asks_thing(self, clause: Clause) -> bool:
        text = flatten(self.message.without_names(clause.start, clause.end)).rpartition(":")[2].strip(" ,;-")
        rest = [word for word in read_words(text) if word_kind(word.text) is not WordKind.FUNCTION]
        is_place = any(place.end == clause.end for place in self.message.places)  # "what about canada"
        bare = logic_pattern("must", "words").sub(" ", logic_pattern("talk", "remarks").sub(" ", text)).split()  # "pay? badge needed?"
        is_end = self.message.flat[clause.end : clause.end + 1] == "?" and self.message.flat.count("?") > 1
        is_bare = is_end and 0 < len(bare) <= len(rest) <= _FEW / 2
        return (is_bare or _OPENS.match(text) is not None) and bool(rest) and not is_place

    def _of_search(self, found: dict[str, list[Clause]]) -> dict[str, list[Clause]]:
        """Return the topics of a search without those that its words are only taken for."""
        message, signs, scores = self.message, self.message.signs, self.message.scores.topics
        if "cue=benefits" in signs and "cue=pay" not in signs and "benefits" in found:
            found.pop("pay", None)  # equity is asked for once
        if message.places and not any(f"cue={one}" in signs for one in found):
            found = {one: at for one, at in found.items() if one in ("countries", "other") or scores[one] >= SURE_CLAUSE_FROM}
            found.setdefault("countries", [self.part])  # "list the london ones"
        if _IN_UNITS.search(message.flat) or (set(found) == {"other"} and "cue=pay" in signs and _units_of_pay(message.flat)):
            found = {"pay": [self.part]}  # "which is in pesos"; "which one pays monthly" asks for no payday
        is_of_thing = self._is_named(self.part, "other") or (bool(found) and not any(f"cue={topic}" in signs for topic in found))
        is_of_thing = found.keys() <= {"requirements", "preferred", "responsibilities"} and not message.values and is_of_thing
        if is_of_thing or (set(found) == {"workplace"} and names_thing_there(message.flat)):
            found = {"other": [self.part]}  # "the postings that talk about a driver's license", "who has beer in the office"
        if len(found) > 1 and not any(value.kind == "years" for value in message.values):
            found.pop("experience", None)
        return found

    def _of_value(self) -> str | None:
        """Return the topic of the first value that is named, of those that speak of no work: "remote", "part time", an amount, a degree."""
        kinds = (value.kind for value in self.message.values if value.kind not in ("skill", "years"))
        is_needed = logic_pattern("must", "words").search(self.message.flat) is not None  # "web3 needed?" asks for no trade of theirs
        return next((TOPIC_OF_VALUE[kind] for kind in kinds if kind in TOPIC_OF_VALUE), "requirements" if is_needed else None)

    def _is_of_amount(self, found: Mapping[str, object]) -> bool:
        """Tell whether an amount of pay is asked about, whatever the other words are taken for."""
        kinds = {value.kind for value in self.message.values}
        is_bare = "bare_amount" in kinds and not any(f"cue={one}" in self.message.signs for one in found)
        return is_bare or ("amount" in kinds and _end_of_pay(self.message.flat) is not None and set(found) <= {"other", "pay"})

    def _asked_once(self, found: dict[str, list[Clause]]) -> dict[str, list[Clause]]:
        if not self.of_all and may_apply().search(self.message.flat) and "insiders" in find_subjects(read_words(self.message.flat)):
            return {"other": [self.part]}  # "not working for them now, can I still go for it"
        if not self.message.places or not self._is_of_place(found):
            return found
        apart = {one: parts for one, parts in found.items() if self._is_apart(one, found)}
        there = [one for one in split_clauses(self.message) if one not in chain.from_iterable(apart.values())]
        return {"countries": there[:1] if apart else [self.part]} | apart  # "can I do it from Kenya"

    def _is_of_place(self, found: Mapping[str, object]) -> bool:
        """Tell whether a message that names a place asks whether one may or must be there, whatever else its words are taken for."""
        flat, signs = self.message.flat, self.message.signs
        is_of_people = any(is_of_people_at(place, flat) for place in self.message.places)  # "only for people in Lyon"
        topics = {one for one in found if not is_of_people or f"cue={one}" in signs}
        if is_of_people or logic_pattern("where", "be_there").search(flat):
            return not (_OF_THEIR_OWN - {"timezone"}) & topics
        if {"countries", "authorization", *_OF_THEIR_OWN} & topics:
            own = {"countries", *_OF_THEIR_OWN, *({"authorization"} if "phrase=authorization" in signs else ())}  # "no right to work"
            return may_apply().search(flat) is not None and not own & topics
        kinds = {value.kind for value in self.message.values if value.value != "internship"}
        is_from = kinds.isdisjoint(FIXED) and any(place.sureness > 1 for place in self.message.places)
        return may_apply().search(flat) is not None or (is_from and logic_pattern("where", "is_ok").search(flat) is not None)

    def _guesses(self, found: Mapping[str, Sequence[Clause]]) -> Iterator[str]:
        """Yield what is asked by no words of its own beside other things: "I'm in Kenya, can I work for Flex" is one question."""
        signs = self.message.signs
        yield from ("company",) if len(found) > 1 and "cue=company" not in signs else ()
        told = [found.get(one) for one in ("benefits", "pay") if f"cue={one}" in signs]
        yield from (one for one in ("other", "company") if found.get(one) in told)  # "do they give equity" asks once
        if "phrase=preferred" not in signs and {*found.get("preferred", ())} & {*found.get("pay", ()), *found.get("benefits", ())}:
            yield "preferred"  # "any bonus on top" asks for no nice to have
        if "sign=counts_hours" in signs and "employment_type" in found:
            yield "timezone"  # "hours? like how many a week" asks for no time of the day
        if {"years", "skill"} == {value.kind for value in self.message.values}:
            yield "education"  # "is a year of Rust at school enough" asks for no degree
        asked = (may_apply(), logic_pattern("where", "is_ok"))
        may = "countries" in found and bool(self.message.places) and any(one.search(self.message.flat) for one in asked)
        if may:
            sure = {one for one in found if f"cue={one}" in signs and self.message.scores.topics[one] >= LEAST_BESIDE / 2} - {"other"}
            yield from (one for one in found if one not in {"countries", *sure} and not self._is_apart(one, found))
        is_outside = any(place.is_outside for place in self.message.places)
        pays = found.get("pay") if not may or "cue=pay" in signs else None
        kinds = {value.value for value in self.message.values if value.kind == "employment_type"}
        if not kinds and "requirements" in found and logic_pattern("must", "words").search(self.message.flat):
            yield "employment_type"  # "apprenticeship required or not"
        if "pay" in found and kinds == {"internship"} and any(_THE.search(self.message.flat, 0, one.start) for one in self.message.values):
            yield "employment_type"  # "is the internship paid" asks for no kind of contract
        elif pays and all(_LIVES.match(self.message.flat, part.start) for part in found.get("countries", ())):
            yield "countries"  # "i live in Texas, can it reach 90k" asks what is paid there
        elif pays == found.get("countries") == [self.part] and ("cue=countries" not in signs or is_outside):
            yield "countries"  # "pay in ny vs texas" asks what is paid there

    def _is_apart(self, topic: str, found: Mapping[str, Sequence[Clause]]) -> bool:
        """Tell whether clauses of their own ask for a topic beside a place: "can i work from Spain, and is there equity"."""
        free = [one for one in found[topic] if not any(one.start <= place.start < one.end for place in self.message.places)]
        is_cued = all(f"only cue={topic}" in find_cues(self.message.text[one.start : one.end]) for one in free)
        return topic in ("pay", "benefits", "visa", "education") and bool(free) and is_cued

    def _topics_of_words(self, clauses: Sequence[Clause]) -> dict[str, list[Clause]]:
        message, part, scores = self.message, self.part, heed_cues(self.message.scores.topics, self.message.signs)
        found = self._topics_of_clauses(clauses, scores) if len(clauses) > 1 else {}
        chosen = choose_topics(scores)
        is_one = len(clauses) == 1 and not message.values and f"cue={chosen[0]}" in message.signs
        for topic in (one for one in chosen if one not in (OPEN, NOTHING) and (not is_one or f"cue={one}" in message.signs)):
            if topic in found or (len(found) > 1 and chosen == ("other",)):
                continue  # beside "whats the address" a topic that no word asks for is none
            clause = max(clauses, key=lambda one: message.topics_of(one.start, one.end)[topic]) if len(clauses) > 1 else None
            is_taken = clause is not None and any(clause in taken for taken in found.values())
            if not is_taken or scores[topic] >= LEAST_BESIDE:
                found[topic] = [clause or part]
        return found

    def _topics_of_clauses(self, clauses: Sequence[Clause], scores: Mapping[str, float]) -> dict[str, list[Clause]]:
        """Return the topics that single clauses ask for by themselves: "pay, remote?, visa?"."""
        found: dict[str, list[Clause]] = {}
        for clause in clauses:
            own = self.message.topics_of(clause.start, clause.end)
            best = max(own, key=lambda topic: own[topic])
            cues = find_cues(self.message.text[clause.start : clause.end]) if scores.get(OPEN, 0.0) < LEAST_BESIDE else {}
            is_cued = best != "countries" and f"cue={best}" in cues
            is_told = is_cued or scores[best] >= LEAST_OF_WHOLE or own[best] >= SURE_CLAUSE_FROM or self._is_named(clause, best)
            is_sure = own[best] >= (LEAST_BESIDE if is_cued else CLAUSE_TOPIC_FROM) and is_told
            if not is_sure and own["other"] >= LEAST_BESIDE and _OPENS.match(self.message.flat, clause.start):
                best, is_sure = "other", True  # "minimum age and which phone do I need"
            is_placed = any(clause.start <= place.start < clause.end for place in self.message.places)
            is_placed = is_placed and not _LIVES.match(self.message.flat, clause.start)  # "i'm in Lisbon. is it remote?"
            if is_placed and not is_sure and sum(own[one] for one in ("countries", "authorization", "workplace")) >= CLAUSE_TOPIC_FROM:
                best, is_sure = "countries", True  # "and is it only US people who can apply"
            if best not in (OPEN, NOTHING) and is_sure:
                found.setdefault(best, []).append(clause)
        return found

    def _is_named(self, clause: Clause, topic: str) -> bool:
        """Tell whether a clause names a thing that is asked for freely: "open to outsiders?"."""
        named = find_subjects(read_words(self.message.flat[clause.start : clause.end])) if topic == "other" else ()
        return any("topic" not in read_lexicon("subjects")[subject] for subject in named)

    def _make_ask(self, topic: str, parts: Sequence[Clause], *, is_single: bool) -> Ask:
        message, of_all = self.message, self.of_all
        within = [self.part] if is_single or of_all else parts
        values = [value for value in message.values if any(part.start <= value.start < part.end for part in within)]
        own = [value for value in values if TOPIC_OF_VALUE.get(value.kind) == topic]
        own = (wanted := _before_denial(message, own) if of_all else []) or own
        start, end = min(part.start for part in parts), max(part.end for part in parts)
        flat = message.flat[start:end]
        is_about = topic in (*_WITH_YEARS, *_OF_DUTIES) and not (of_all and topic == "experience")
        about = tuple(dict.fromkeys(str(value.value) for value in values if is_about and value.kind in ("skill", "spoken")))
        is_without = topic == "experience" and any(value.value == EducationLevel.NONE for value in values)  # "no degree" denies no years
        degree = next((value.value for value in own if value.kind == "degree" and value.value != "any"), None)
        has_both = any(one.kind == "years" for one in message.values) and (degree is not None or bool(about and BARE_NUMBER.search(flat)))
        is_told = has_both and not logic_pattern("own", "demanded").search(message.flat)
        return Ask(
            topic=topic,
            form=form_of_ask(message, [(part.start, part.end) for part in parts], about=about, own=own, is_single=is_single),
            words=message.without_names(start, end).strip(" ,;:-–—"),
            about=about,
            values=_units_of_pay(flat) if topic == "pay" else tuple(dict.fromkeys(str(one.value) for one in own if one.kind in FIXED)),
            amount=amount_of(values, message.flat) if topic == "pay" else None,
            years=_years_of(values, message, about=about) if topic in _WITH_YEARS and not (of_all and topic != "experience") else None,
            level=EducationLevel(str(degree)) if degree else None,
            is_own=is_told or logic_pattern("own", "words").search(message.flat if is_single or of_all else flat) is not None,
            is_denied=not (is_without or wanted) and _is_denied(_without_confirming(message, start, end), degree, message.language),
            is_only=_is_only(message, topic),
            is_must=logic_pattern("must", "words").search(flat) is not None and HOW_MUCH.search(flat) is None,
        )


def _held_together(asks: Sequence[Ask]) -> list[Ask]:
    """Return the asks with the degree that somebody has told of beside their years: more years may be asked for with a lower one."""
    level = next((ask.level for ask in asks if ask.topic == "education" and ask.is_own and not ask.is_denied), None)
    level = None if level is EducationLevel.NONE else level
    is_held = [level and ask.topic == "experience" and ask.level is None and ask.years and ask.years.is_own for ask in asks]
    return [ask.model_copy(update={"level": level}) if held else ask for ask, held in zip(asks, is_held, strict=True)]


def _before_denial(message: Message, own: Sequence[Value]) -> list[Value]:
    """Return the kinds of work that a search wants beside what it denies: "remote, no hybrid", "not remote, on site only"."""
    no = logic_pattern("denied", "words").search(logic_pattern("denied", "never").sub(lambda one: " " * len(one[0]), message.flat))
    said = [*(one.start for one in message.question.tokens if one.kind is not WordKind.FUNCTION), *(start for start, _, _ in message.spans)]
    is_denied = no is not None and any(no.end() <= start for start in said)
    if no is None:
        return []
    kinds = [value for value in own if value.kind in FIXED]
    before, behind = [one for one in kinds if one.end <= no.start()], [one for one in kinds if one.start >= no.end()]
    is_set_against = len(behind) > 1 and _AGAINST.search(message.flat[behind[0].end : behind[1].start]) is not None
    return (before if is_denied else []) or (behind[1:] if is_set_against else [])


_AGAINST = compile_later(r"[,;/]|\b(?:but|only|sondern|sino|mais|mas|nur|solo|so)\b")


def _topics_of_values(message: Message, part: Clause, found: dict[str, list[Clause]], *, of_all: bool) -> Iterator[str]:
    """Yield topics that only values speak for: all of them in a search, else where nothing is asked."""
    kinds = {value.kind for value in message.values}
    if "degree" in kinds and (set(found) == {"experience"} or ("years" in kinds and set(found) == {"education"})):
        yield from {"experience", "education"} - set(found)  # "no degree but 5 years of it, ok?" asks for both
    if found and not of_all:
        return
    told = (value.kind for value in message.values if part.start <= value.start < part.end)
    listed = {"skill"} if {"requirements", "preferred"} & set(found) else set()
    yield from (TOPIC_OF_VALUE[kind] for kind in told if kind in TOPIC_OF_VALUE and kind not in listed)
    if not found and "spoken" in kinds:
        yield "other"  # "anything for portuguese speakers"
    if message.places and not (set(found) & {"countries", "visa", "authorization", "timezone"}):
        yield "countries"


_PERKS = {one for one, subject in read_lexicon("subjects").items() if subject.get("topic") == "benefits"} - {"stipends"} | {"referral"}
_LIKE_PERKS = {"employment_type", "company", "education"}  # "an employee stock plan"
_CURRENCIES = read_lexicon("asked_values")["currencies"]
_IN_UNITS = compile_later(lambda: rf"\b(?:in|en|em|auf)\s(?:{one_of([name for names in _CURRENCIES.values() for name in names])})(?!\w)")


def _units_of_pay(flat: str) -> tuple[str, ...]:
    """Return the currencies and the period shorter than a year that a question about pay names."""
    named = [(len(one[0]), codes) for codes in _CURRENCIES for one in phrases_of("currencies", codes).finditer(flat)]
    periods = (one.value for one in Period if one is not Period.YEAR and phrases_of("periods", one.value).search(flat))
    return (*(max(named)[1].split() if named else ()), *islice(periods, 1))


_LIVES = compile_later(lambda: rf"\W*(?:so |and )?(?:{one_of(_LOGIC['where']['lives'])})(?!\w)")
_THE = compile_later(rf"(?<!\w)(?:{one_of(_LOGIC['own']['articles'])})\s(?:\S+\s){{0,6}}$")


def amount_of(values: Sequence[Value], flat: str) -> Amount | None:
    """Return the amount of pay among values, a bare number last: beside yearly pay it counts thousands; `flat` tells an end of a range."""
    end = _end_of_pay(flat)
    found = [one for kind in ("amount", "bare_amount") for one in values if one.kind == kind]
    if not found or not isinstance(amount := found[0].value, Amount):
        return None
    if found[0].kind == "bare_amount" and amount.per is None and amount.value < 1000:  # noqa: PLR2004 -- "over 200?" means thousands
        amount = amount.model_copy(update={"value": amount.value * 1000})
    if end is None and phrases_of("ends_of_pay", "reached").search(flat):
        return amount.model_copy(update={"end": Side.MORE, "side": Side.MORE})  # "does it go above 90k" asks of the highest
    is_within = amount.side is Side.EXACT and end is None and phrases_of("ends_of_pay", "within").search(flat)
    return amount.model_copy(update={"end": end, "side": Side.WITHIN if is_within else amount.side})


def _end_of_pay(flat: str) -> Side | None:
    """Return the end of a range of pay that a question names: LESS the lowest, MORE the highest."""
    return next((side for side in (Side.LESS, Side.MORE) if phrases_of("ends_of_pay", side.value).search(flat)), None)


def _years_of(values: Sequence[Value], message: Message, *, about: Sequence[str]) -> Years | None:
    """Return the years that are named, of several those right before what they are asked of: "6 yrs of web but just 1 of Rust"."""
    thing = next((value.start for value in values if about and value.kind in ("skill", "spoken")), 0)
    told = [(one.value, at < thing, at if at < thing else -at) for one in values if isinstance(one.value, Years) for at in (one.start,)]
    years = max(told, key=lambda one: (one[0].is_own, *one[1:]))[0] if told else None
    if years is None:
        return None
    demanded = "sign=at_least" in message.signs or logic_pattern("own", "demanded").search(message.flat) is not None
    is_own = years.is_own or logic_pattern("own", "words").search(message.flat) is not None or not demanded
    return years.model_copy(update={"is_own": (is_own and years.side is not Side.LESS) or (is_own and not demanded)})


def _is_denied(flat: str, degree: object, language: str) -> bool:
    flat = phrases_of("degrees", EducationLevel.NONE.value).sub(" ", flat) if degree in LESSER else flat
    text = logic_pattern("denied", "never").sub(" ", flat)
    text = re.sub(r"\bno\b", " ", text) if language == "pt" else text  # in Portuguese it is "in the"
    if degree == EducationLevel.NONE.value:
        return logic_pattern("must", "words").search(text) is not None and logic_pattern("own", "words").search(text) is None
    return logic_pattern("denied", "words").search(text) is not None


def _without_confirming(message: Message, start: int, end: int) -> str:
    """Return a part in small letters without a "not" in front that asks for confirmation: "isn't Acme remote" denies nothing."""
    flat, at = message.flat[start:end], next((name.end - start for name in message.names if name.start == start), 0)
    opening = _CONFIRMING.match(flat, at)  # also behind a name: "acme: isn't it remote"
    if opening is None:
        return flat
    named = any(kind in ("company", "role") and first == start + opening.end() for first, _, kind in message.spans)
    is_thing = opening[0].lstrip().startswith(("isn", "aren", "wasn")) and _NEEDED_THING.match(flat, opening.end())
    return flat[opening.end() :] if named or is_thing or _SUBJECT.match(flat, opening.end()) else flat


_CONFIRMING = compile_later(lambda: rf"\W*(?:(?:and|so|but|ok|wait|well|hey)\W+)?(?:{one_of(_LOGIC['denied']['confirming'])})\s+")
_NEEDED_THING = compile_later(lambda: r"(?!{0})[^,;.?!]{{1,60}}?\s{0}".format(logic_pattern("must", "words").pattern))
_SUBJECT = compile_later(lambda: rf"(?:{one_of(_LOGIC['denied']['subjects'])})(?!\w)")  # asked about; in "doesn't need a degree" none is


def _is_only(message: Message, topic: str) -> bool:
    if topic not in ("countries", "workplace", "employment_type", "authorization", "visa", "skills", "preferred"):
        return False
    flat, lives = message.flat, logic_pattern("where", "lives")
    for one in (value for value in message.values if value.kind == "workplace"):
        flat = f"{flat[: one.start]}{'#' * (one.end - one.start)}{flat[one.end :]}"  # "fully remote from Kenya" leaves the place open
    kinds = ("country", "city", *(() if topic == "countries" else ("workplace", "employment_type", "skill")))
    own = {place.start for place in message.places if lives.search(flat, max(0, place.start - 24), place.start)}  # "I am from Pune only"
    spans = [(first, last) for first, last, kind in message.spans if kind in kinds and first not in own]
    return any(_ONLY_BEFORE.search(flat[max(0, first - 36) : first]) or _ONLY_BEHIND.match(flat, last) for first, last in spans)


_ONLY_BEFORE = compile_later(lambda: rf"(?<!\w)(?:{one_of(_LOGIC['only']['words'])})\s(?:\w{{1,6}}\s){{0,6}}$")
_ONLY_BEHIND = compile_later(lambda: rf"[\s-](?:{one_of(_LOGIC['only']['words'])})(?!\w)")


def _with_places(message: Message, asks: Sequence[Ask], *, of_all: bool) -> Iterator[Ask]:
    """Yield the asks with the places that narrow them; in a search each further place of its own is left to the first."""
    places = [one for one in message.places if not _names_employer(message, one)] or message.places
    surest = max(asked_places(places, message.flat), key=lambda span: span.sureness, default=None)
    for ask in asks:
        narrows = ask.topic in PLACED and (not of_all or ask.topic == "countries" or all(one.topic != "countries" for one in asks))
        place: Place | None = surest.place if surest and narrows else None
        outside = surest is not None and surest.is_outside
        is_only = ask.is_only and (place is None or len(message.places) == 1)  # not "in Canada, or is it US only"
        # "I live in Canada and have no green card" denies no place, nor does "in Texas, not the remote ones".
        lacks = ask.topic == "authorization" if ask.is_own else surest is not None and _denies(message, surest)
        told = {"place": place, "is_denied": outside or (ask.is_denied and lacks), "is_only": is_only}
        placed = ask.model_copy(update=told) if place else ask
        is_told_apart = ask.topic in ("countries", "pay") and not (of_all or ask.is_only or ask.is_must or outside)
        both = listed_places(message.places, message.flat) if is_told_apart else ()
        if of_all and placed.place and len(any_of := listed_places(message.places, message.flat)) > 1:
            placed = placed.model_copy(update={"place": any_of[0].model_copy(update={"alternatives": any_of[1:]})})
        yield from [placed.model_copy(update={"place": one}) for one in both] or [placed]


def _names_employer(message: Message, span: PlaceSpan) -> bool:
    """Tell whether a place right behind a company's name tells which one is meant: "can I do Flex in Berlin from Kenya"."""
    return any(message.flat[one.end : span.start].strip() in _AT for one in message.names if one.end <= span.start)


_AT = frozenset({"", ",", "in", "at", "en", "em", "a"})


def _denies(message: Message, span: PlaceSpan) -> bool:
    """Tell whether what a message denies is a place: no other value stands between, and behind it hardly a word."""
    text = logic_pattern("denied", "never").sub(lambda found: " " * len(found[0]), message.flat)
    before = [match.end() for match in logic_pattern("denied", "words").finditer(text, 0, span.start)]
    if before and not any(before[-1] <= value.start < span.start for value in message.values):
        return _JOINT.search(text, before[-1], span.start) is None
    behind = [match.start() for match in logic_pattern("denied", "words").finditer(text, span.end)]
    return any(len(text[span.end : at].split()) < _FEWEST_LETTERS and not _JOINT.search(text, span.end, at) for at in behind)
