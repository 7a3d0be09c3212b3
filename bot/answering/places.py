"""What holds for the place that is asked about: the pay there, whether somebody there may apply; and where the place of the job is."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from bot.answering.details import reply_freely
from bot.answering.reply import (
    NO,
    UNCLEAR,
    YES,
    Reply,
    Subject,
    judged,
    quotes_of,
    render_facts,
    reply_plainly,
    say_silent,
    tell_sentence,
    wants_verdict,
    with_quote,
)
from bot.answering.wanted import WEIGHTS, weigh_word
from bot.domain.answer import Rendered, State
from bot.domain.facts import Eligibility, Eligible, Fact, Pay, Quote, Scope
from bot.domain.query import Ask, Form, Verdict, turn
from bot.questions.tokens import find_cues
from bot.text.clean import fold, fold_space
from bot.text.document import Line, Sentence, is_denied
from bot.text.gazetteer import PlaceKind, name_country
from bot.text.headings import SectionKind, read_line_kind
from bot.text.hiring import is_remote_at_large
from bot.text.lexicon import compile_later, one_of, pattern_of, read_lexicon
from bot.text.places import find_places
from bot.text.whereabouts import (
    asks_elsewhere_at,
    asks_for_place,
    find_all_remote,
    find_hybrid_choice,
    find_locations,
    find_no_presence,
    find_office_choice,
    find_presence,
    names_all_remote,
    names_office,
    names_town,
    weigh_moving_rule,
)
from bot.text.words import find_subjects, holds_subject, is_function_word, read_words, stem
from bot.topics import BY_NAME, OTHER
from bot.topics.authorization import AUTHORIZATION, Authorization, AuthorizationKind, judge_authorization
from bot.topics.countries import COUNTRIES, name_area
from bot.topics.eligible_places import (
    EITHER_REMOTE,
    as_meant,
    find_limit,
    find_paid_outside,
    find_part_limit,
    find_residence,
    find_restriction,
    judge_place,
    name_part,
    names_whole,
)
from bot.topics.pay import PAY, judge_pay
from bot.topics.pay_wording import holding_at, holding_for
from bot.topics.visa import find_transfer
from bot.topics.workplace import Workplace, asks_for

# Pay: the statements that hold where, for whom, or in the currency that is asked about; never those of elsewhere.


def reply_about_pay(subject: Subject) -> Reply:
    """Tell the statements that hold at the place, level or currency asked about; where none does, that there is no figure for it."""
    facts = PAY.facts_in(subject.kept.posting)
    is_named = subject.ask.amount is None and find_subjects(read_words(subject.ask.words)) not in ((), ("stipends",))  # a bonus, the payday
    if is_named or (_is_of_other(subject) and not asks_whether_paid(subject.ask)):
        topic = subject.topic if is_named else OTHER
        return reply_freely(replace(subject, ask=subject.ask.model_copy(update={"topic": topic})))
    if not facts or asks_whether_paid(subject.ask):
        return _tell_whether_paid(subject, facts)
    asked = [value for value in subject.ask.values if len(value) == 3 and value.isupper()]  # noqa: PLR2004 -- ISO 4217
    if asked and subject.ask.form is Form.YES_NO and subject.ask.amount is None and not subject.ask.place:
        return judged(
            render_facts(subject, facts), Verdict.told(holds=any(fact.value.currency in asked for fact in facts)), subject=subject
        )
    if asked and not any(fact.value.currency in asked for fact in facts):
        return _say_no_figure(subject, facts, ", ".join(asked))
    facts = tuple(fact for fact in facts if not asked or fact.value.currency in asked)
    here = holding_at(facts, subject.ask.place) if subject.ask.place else facts
    if subject.ask.place and subject.ask.is_denied and subject.ask.amount is None:
        here = tuple(fact for fact in facts if fact not in here)  # "outside the US"
    if not subject.ask.place and (words := f"{subject.ask.words} {' '.join(subject.ask.about)}".strip()):
        here = holding_for(facts, {word.stem for word in read_words(words)} - subject.own_stems)
    if not here:
        is_outside = subject.ask.is_denied and subject.ask.place is not None
        wanted = subject.say("places outside {place}", place=_name_place(subject)) if is_outside else _name_place(subject)
        return _say_no_figure(subject, facts, wanted)
    return judged(render_facts(subject, here), judge_pay(subject.ask, here), subject=subject)


def _is_of_other(subject: Subject) -> bool:
    """Tell whether a yes or no is asked by no word of pay, but by words for something else: "does Acme offer good parties"."""
    if subject.ask.form is not Form.YES_NO or subject.ask.values or subject.ask.amount is not None:
        return False
    words = [word for word in read_words(subject.ask.words) if weigh_word(word) > 0 and word.stem not in subject.own_stems]
    is_of_thing = any(weigh_word(word) >= WEIGHTS.ordinary for word in words)
    return is_of_thing and "cue=pay" not in find_cues(" ".join(word.text for word in words))


def _tell_whether_paid(subject: Subject, facts: Sequence[Fact[Pay]]) -> Reply:
    """Say by what is stated of the pay whether there is any, or that nothing is."""
    if not facts:
        return _tell_any_pay(subject) or say_silent(subject)
    is_paid = _of_pay("none").search(fold(subject.ask.words)) is None
    return judged(render_facts(subject, facts), turn(Verdict.told(holds=is_paid), is_denied=subject.ask.is_denied), subject=subject)


def _tell_any_pay(subject: Subject) -> Reply | None:
    """Return the yes or no to who asks whether there is any pay, by the sentence that says that there is some, or none."""
    named = _of_pay("asked").search(fold(subject.ask.words))
    is_open = subject.ask.form is not Form.YES_NO and not (named and _ANY.search(subject.ask.words))
    if is_open or subject.ask.amount is not None or not named:
        return None
    told = next((one for one in subject.document.sentences() if _of_pay("none").search(one.text) or _of_pay("some").search(one.text)), None)
    if told is None:
        return None
    is_turned = bool(_of_pay("none").search(fold(subject.ask.words)))  # "is it unpaid"
    holds = is_turned is bool(_of_pay("none").search(told.text))
    return tell_sentence(subject, told, verdict=turn(Verdict.told(holds=holds), is_denied=subject.ask.is_denied))


def asks_whether_paid(ask: Ask) -> bool:
    """
    Tell whether it is asked whether there is pay for the work at all, and not for the leave or the hours beside it.

    >>> asks = [Ask(words=words, form=Form.YES_NO) for words in ("is the internship unpaid", "is leave paid")]
    >>> asks_whether_paid(asks[0]), asks_whether_paid(asks[1])
    (True, False)
    """
    if ask.form is not Form.YES_NO or ask.amount is not None or not _of_pay("asked").search(fold(ask.words)):
        return False
    rest = {word.text for word in read_words(_of_pay("asked").sub(" ", fold(ask.words))) if not is_function_word(word.text)}
    return rest <= _work_words()


@cache
def _work_words() -> frozenset[str]:
    """Return what a job may be called where it is asked whether it is paid."""
    return frozenset(read_lexicon("passages")["paid"]["of"])


@cache
def _of_pay(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{one_of(read_lexicon('passages')['paid'][key])})(?!\w)", re.IGNORECASE)


def _say_no_figure(subject: Subject, facts: Sequence[Fact[Pay]], wanted: str) -> Reply:
    """Say for where the figures hold that the posting gives, with what it says of other places."""
    places = [fact.value.where for fact in facts if fact.value.where and subject.ask.place]
    held = ", ".join(dict.fromkeys(places or [fact.value.currency for fact in facts]))
    sentence = subject.say("The posting gives no figure for {place}; what it states holds for {where}.", place=wanted, where=held)
    money = re.compile(r"\b(?:pay|salary|salaries|compensation|paid)\b", re.IGNORECASE)
    lines = [
        sentence
        for sentence in subject.document.sentences()
        if pattern_of("elsewhere").search(sentence.text) and money.search(sentence.text)
    ]
    items = tuple(fold_space(line.text) for line in lines[:1])
    return Reply(State.ANSWERED, Rendered(sentence=sentence, items=items), (*(line.quote for line in lines[:1]), *quotes_of(facts)))


def _name_place(subject: Subject) -> str:
    """Return what the reader calls the place that is asked about."""
    place = subject.ask.place
    if place is None:
        return subject.ask.words
    if place.city or place.state or not (place.country or place.area):
        return name_part(place)
    return name_country(place.country, subject.locale) if place.country else name_area(place.area or next(iter(())), subject.locale)


# Where one may work from, and whether somebody at a place may apply.

_SHORT_LIST = 8
"""Countries that are named in full beside a yes."""


def reply_about_countries(subject: Subject) -> Reply:
    """Tell yes, no or not stated for the place that is asked about; without one, where the posting hires."""
    facts = COUNTRIES.facts_in(subject.kept.posting)
    ask = subject.ask.model_copy(update={"place": as_meant(subject.ask, facts, document=subject.document)} if subject.ask.place else {})
    subject = replace(subject, ask=ask)
    line = None if facts or ask.is_own else _find_line_at(subject)
    insiders = _tell_insiders(subject) or _tell_residence(subject)
    if insiders is not None or line is not None or ask.place is None:
        told = Reply(State.ANSWERED, Rendered(sentence=fold_space(line.text)), (line.quote(),)) if line else tell_foreigners(subject)
        return insiders or told or reply_plainly(subject)
    verdict = judge_place(ask, facts, document=subject.document)
    is_own = not (ask.is_only or ask.is_must or ask.is_denied)
    eligible = Eligible(verdict.value) if verdict and is_own else None
    if not facts or verdict is None:
        sentence = subject.say("The posting does not say whether one may apply from {place}.", place=_name_place(subject))
        return Reply(State.NOT_STATED, Rendered(sentence=sentence), eligible=eligible, verdict=UNCLEAR)
    listed = _with_restriction(subject, render_facts(subject, facts), facts[0])
    limited = _limit_yes(subject, listed) if is_own and verdict is not NO else None
    if verdict is UNCLEAR and is_own and not (limited and limited.verdict is NO):
        sentence = subject.say("The posting does not say whether one may apply from {place}.", place=_name_place(subject))
        rendered = Rendered(sentence=f"{sentence} {listed.rendered.sentence}", items=listed.rendered.items)
        return Reply(State.NOT_STATED, rendered, quotes_of(facts), eligible=eligible, verdict=verdict)
    is_barred, is_left_out = (pattern_of(table).search(ask.words) is not None for table in ("dealbreaker", "excluding"))
    is_turned = is_barred or (is_own and is_left_out)  # "do they exclude Texas"
    if is_turned or not is_own:
        return replace(judged(listed, turn(verdict, is_denied=is_turned), subject=subject), eligible=eligible)
    if limited is not None:
        return limited
    paid = find_paid_outside(ask.place, subject.document, stated=facts[0].value) if verdict is YES else None
    left_out = find_limit(ask.place, subject.document) if verdict is NO else paid
    rendered = _render_place(subject, listed.rendered, verdict=verdict)
    if left_out is not None:
        rendered = rendered.model_copy(update={"items": tuple(dict.fromkeys((*rendered.items, fold_space(left_out.text))))})
    quotes = (*((left_out.quote,) if left_out else ()), *listed.quotes)
    return Reply(State.ANSWERED, rendered, tuple(dict.fromkeys(quotes)), eligible=eligible, verdict=verdict)


def _tell_insiders(subject: Subject) -> Reply | None:
    """Say whether others than who works there may apply: "from outside the city's government" is no place to apply from."""
    if "insiders" not in find_subjects(read_words(subject.ask.words)):
        return None
    freely = reply_freely(replace(subject, ask=subject.ask.model_copy(update={"topic": OTHER, "place": None})))
    return None if freely.verdict is None else freely


def _tell_residence(subject: Subject) -> Reply | None:
    """Say yes to who asks whether one must live at a town by the sentence that says so."""
    ask = subject.ask
    sentence = find_residence(ask.place, subject.document) if ask.place is not None and ask.is_must and wants_verdict(ask) else None
    if sentence is None:
        return None
    return tell_sentence(subject, sentence, verdict=turn(YES, is_denied=ask.is_denied))


def _find_line_at(subject: Subject) -> Line | None:
    """Return the line near a posting's beginning that names a town with its state or country, or the town asked about: where the job is."""
    place, lines = subject.ask.place, [line for line in subject.document.lines[:_MOST_OF_HEAD] if len(line.text) <= _LONGEST_OF_HEAD]
    if place is not None:
        names = [re.compile(rf"(?<!\w){re.escape(fold(name))}(?!\w)") for name in (place.city, place.city and place.typed) if name]
        return next((line for line in lines if any(name.search(fold(line.text)) for name in names)), None)
    if not asks_for_place(subject.ask.words):
        return None
    return next((line for line in lines if names_town(line.text)), None)


_MOST_OF_HEAD, _LONGEST_OF_HEAD = 8, 120


def _with_restriction(subject: Subject, listed: Reply, fact: Fact[Eligibility]) -> Reply:
    """Tell with the list of places the sentence that says that they are the only ones, where the list is read from fewer words."""
    if fact.value.scope is not Scope.LISTED or (sentence := find_restriction(fact.value, subject.document)) is None:
        return listed
    return _with_sentence(listed, sentence)


def _with_sentence(reply: Reply, sentence: Sentence) -> Reply:
    """Return the reply with a sentence below it that it does not quote yet."""
    return reply if any(sentence.quote.text in quote.text for quote in reply.quotes) else with_quote(reply, sentence.quote)


def _limit_yes(subject: Subject, listed: Reply) -> Reply | None:
    """Return what is said in place of a yes to who lacks the citizenship that is demanded, or lives elsewhere than the office is."""
    if (demand := _find_citizenship(subject)) is not None:
        verdict = UNCLEAR if judge_authorization(Ask(form=Form.YES_NO, is_must=True, words="citizen"), [demand]) is NO else NO
        told = Reply(State.ANSWERED, Rendered(sentence=fold_space(demand.quote.text)), (demand.quote, *listed.quotes))
        return replace(judged(told, verdict, subject=subject), eligible=Eligible(verdict.value))
    part = subject.ask.place if subject.ask.place and (subject.ask.place.state or subject.ask.place.city) else None
    limit = weigh_moving_rule(subject.ask.words, subject.document) or (find_part_limit(part, subject.document) if part else None)
    if limit is not None:
        sentence, verdict = limit
        told = with_quote(replace(listed, state=State.ANSWERED), sentence.quote)
        return replace(judged(told, verdict, subject=subject), eligible=Eligible(verdict.value))
    if not _is_elsewhere(subject):
        return None
    beside = replace(subject, ask=Ask(topic="workplace"))
    workplace = render_facts(beside, beside.facts) if beside.facts else say_silent(beside)
    rendered = listed.rendered.model_copy(update={"items": (*listed.rendered.items, workplace.rendered.sentence)})
    told = Reply(State.ANSWERED, rendered, (*workplace.quotes, *listed.quotes))
    return replace(judged(told, UNCLEAR, subject=subject), eligible=Eligible.UNCLEAR)


def reply_about_authorization(subject: Subject) -> Reply:
    """Tell what must be held; to who asks for a clearance where only a citizenship is asked for, what is said of clearances."""
    words = read_words(subject.ask.words)
    if any(word.stem == _SPONSOR for word in words):  # "do they sponsor green cards" asks not whether one must have one
        return reply_about_visa(replace(subject, ask=subject.ask.model_copy(update={"topic": "visa"})))
    is_asked = "clearance" in find_subjects(words) and all(word.stem != CITIZEN for word in words)
    if is_asked and not any(fact.value.kind is AuthorizationKind.CLEARANCE for fact in subject.facts):
        return reply_freely(replace(subject, ask=subject.ask.model_copy(update={"topic": OTHER})))
    return reply_plainly(subject)


def reply_about_visa(subject: Subject) -> Reply:
    """Tell whether visas are sponsored; where nothing says so, to who is on one whether the posting takes citizens only."""
    if "transfer" in fold(subject.ask.words) and (found := find_transfer(subject.document)) is not None:
        return tell_sentence(subject, found[0], verdict=turn(found[1], is_denied=subject.ask.is_denied))
    reply = reply_plainly(subject)
    return reply if reply.state is State.ANSWERED else tell_foreigners(subject) or reply


def tell_foreigners(subject: Subject) -> Reply | None:
    """Return the no to who asks for foreigners, or is on a visa, by the sentence that takes citizens only: "no, but green cards do"."""
    ask = subject.ask
    is_on_visa = subject.topic == "visa" and (ask.is_own or pattern_of("on_visa").search(ask.words))
    is_asked = is_on_visa or pattern_of("foreigners").search(ask.words)
    if not is_asked or not (ask.is_own or ask.form is Form.YES_NO) or (demand := _find_demand(subject)) is None:
        return None
    told = Reply(State.ANSWERED, Rendered(sentence=demand.value.text), (demand.quote,))
    may_reside = judge_authorization(Ask(form=Form.YES_NO, is_must=True, words="citizen"), [demand]) is NO
    is_open = pattern_of("other_ways").search(demand.quote.text) is not None or (may_reside and subject.topic != "visa")
    verdict = UNCLEAR if is_open else NO
    return judged(told, turn(verdict, is_denied=ask.is_denied and not ask.is_own), subject=subject)


def _find_demand(subject: Subject) -> Fact[Authorization] | None:
    """Return the posting's demand of a citizenship, in a sentence rather than in the title."""
    facts = [fact for fact in AUTHORIZATION.facts_in(subject.kept.posting) if fact.value.kind is AuthorizationKind.CITIZENSHIP]
    return min(facts, key=lambda fact: fact.quote.text in (subject.kept.posting.title or ""), default=None)


def _is_elsewhere(subject: Subject) -> bool:
    """Tell whether somebody names a state or city that is not the one of a job that is done in an office, or in a town and nowhere else."""
    place, workplace = subject.ask.place, BY_NAME["workplace"].facts_in(subject.kept.posting)
    facts = COUNTRIES.facts_in(subject.kept.posting)
    told = [subject.kept.posting.location or "", *(fact.quote.text for fact in facts)]
    in_town = any(one.kind is PlaceKind.CITY for text in told for one in find_places(text))
    is_open = workplace[0].value is Workplace.REMOTE if workplace else not in_town
    if place is None or not (place.state or place.city) or is_open:
        return False
    if place.country and is_remote_at_large(subject.document, place.country):
        return False
    if place.country and any(EITHER_REMOTE.search(one) and names_whole(one, place.country) for one in told):
        return False  # "Lyon or remote from France" lets one live anywhere there
    said = fold(" ".join(told))
    names = (place.city, place.typed) if place.city else (place.typed, name_part(place))
    in_state = place.state and not place.city and any(place.state in fact.value.us_states for fact in facts)
    return not (in_state or any(fold(name) in said for name in names if name))


def _find_citizenship(subject: Subject) -> Fact[Authorization] | None:
    """Return the posting's demand of a citizenship, where somebody says that they have none."""
    words = subject.ask.words
    named = next((word for word in read_words(words) if word.stem == CITIZEN), None)
    if named is None or not is_denied(words, start=named.start, end=named.end):
        return None
    return _find_demand(subject)


CITIZEN, _SPONSOR = stem("citizen"), stem("sponsor")


def _render_place(subject: Subject, listed: Rendered, *, verdict: Verdict) -> Rendered:
    """Say yes or no first, then what the posting lists; a long list only counts beside a yes."""
    name, stated = _name_place(subject), COUNTRIES.facts_in(subject.kept.posting)[0].value
    if verdict is NO:
        return Rendered(sentence=f"{subject.say('No, not from {place}.', place=name)} {listed.sentence}", items=listed.items)
    yes = subject.say("Yes, from {place}.", place=name)
    if stated.scope is Scope.LISTED and len(stated.countries) > _SHORT_LIST:
        return Rendered(
            sentence=f"{yes} {subject.say('It is one of the {number} countries that the posting lists.', number=len(stated.countries))}"
        )
    return Rendered(sentence=f"{yes} {listed.sentence}")


# Where the job is done, and where offices are.

_WHERE = ("workplace", COUNTRIES.name)
_SOME_ELSEWHERE = compile_later(lambda: rf"(?<!\w)(?:{one_of(read_lexicon('workplace_words')['some']['at_home'])})(?!\w)", re.IGNORECASE)
_ANY = compile_later(r"\b(?:any|even|irgendein|alg[uú]n|alguma?|du tout)\b", re.IGNORECASE)
OFFICE_AT = compile_later(r"(?:\b(?:an|any|have|has|got|their|its)\s|^\W*)offices? in\b", re.IGNORECASE)


def reply_about_office(subject: Subject) -> Reply:
    """Answer whether there is an office at a place by what the posting says of offices, which is not where the job is done."""
    ask = subject.ask.model_copy(update={"topic": OTHER})
    reply = reply_freely(replace(subject, ask=ask))
    named = fold(ask.place.city or ask.place.typed) if ask.place else ""
    is_told = named in fold(reply.rendered.sentence)
    return reply if is_told else reply_freely(replace(subject, ask=ask.model_copy(update={"form": Form.WHAT})))


def tell_location(subject: Subject, reply: Reply) -> Reply:
    """Tell the head's location where a place is asked for ("which city?"), and what is said of the workplace, silence too."""
    ask = subject.ask
    is_open = not ask.values or (set(ask.values) == {"onsite"} and ask.form is not Form.YES_NO)  # "where is the office?"
    is_asked, is_silent = is_open and asks_for_place(ask.words), subject.topic == "workplace" and reply.state is State.NOT_STATED
    is_placed = subject.topic in _WHERE and not (ask.place or ask.is_must) and (is_asked or is_silent)
    located = _find_locations(subject) if is_placed else []
    if not located or not is_asked:
        quotes = (*located, *(fact.quote for fact in COUNTRIES.facts_in(subject.kept.posting)))[: is_placed and is_silent]
        return with_quote(reply, quotes[0]) if quotes else reply
    others = [replace(subject, ask=ask.model_copy(update={"topic": topic})) for topic in _WHERE if topic != subject.topic]
    told = [*([reply] if reply.state is State.ANSWERED else ()), *(render_facts(other, other.facts) for other in others if other.facts)]
    first, *more = (fold_space(quote.text) for quote in located)
    items = tuple(dict.fromkeys((*more, *(text for one in told for text in (one.rendered.sentence, *one.rendered.items)))))
    quotes = tuple(dict.fromkeys((*located, *(quote for one in told for quote in one.quotes))))
    return replace(reply, state=State.ANSWERED, rendered=Rendered(sentence=first, items=items), quotes=quotes, beside=_WHERE)


def _find_locations(subject: Subject) -> list[Quote]:
    """Return the words that tell the location, each of several, and where towns are asked for the lines that name those of offices."""
    posting, stated = subject.kept.posting, {fact.quote for fact in COUNTRIES.facts_in(subject.kept.posting)}
    found = list(find_locations(subject.document, posting.location or "", stated=stated))
    if pattern_of("towns").search(subject.ask.words):
        sentences = (one for one in subject.document.sentences() if len(one.text) <= _LONGEST_OF_HEAD and names_office(one.text))
        found += [one.quote for one in sentences]
    elif not found:
        based = (one for one in subject.document.sentences() if pattern_of("based").search(one.text) and find_places(one.text))
        found = [one.quote for one in based][:1]
    return list(dict.fromkeys(found))[:_MOST_OF_HEAD]


def heed_place(subject: Subject, reply: Reply) -> Reply:
    """Tell beside a yes on work elsewhere whether it may be done at the place that is named behind: "remote from Lisbon ok?"."""
    ask = subject.ask
    is_at = subject.topic == "workplace" and ask.place is not None and asks_elsewhere_at(ask.words, ask.place.typed)
    if not is_at or reply.verdict is not YES or ask.is_denied:
        return reply
    there = ask.model_copy(update={"topic": COUNTRIES.name, "values": (), "is_only": False, "is_must": False})
    placed = reply_about_countries(replace(subject, ask=there))
    plain = Rendered(sentence=fold_space(reply.quotes[0].text))
    told = render_facts(subject, subject.facts) if subject.facts else replace(reply, rendered=plain)
    first, second = (placed, told) if placed.verdict is NO else (told, placed)
    items = tuple(dict.fromkeys((*first.rendered.items, second.rendered.sentence, *second.rendered.items)))
    both = Reply(State.ANSWERED, Rendered(sentence=first.rendered.sentence, items=items), (*first.quotes, *second.quotes))
    return replace(both, verdict=NO) if placed.verdict is NO else judged(both, placed.verdict, subject=subject)


def _asks_all_remote(ask: Ask) -> bool:
    return ask.is_only or names_all_remote(ask.words)


def tell_elsewhere(subject: Subject) -> Reply | None:
    """Tell the sentence that lets one work at home, where the posting says of no workplace what it is: "in Lyon or from home"."""
    if subject.ask.values != (Workplace.REMOTE.value,):
        return None
    for sentence in subject.document.sentences():
        named = _SOME_ELSEWHERE.search(sentence.text)
        if named and pattern_of("may_elsewhere").search(sentence.text) and read_line_kind(sentence.line) is not SectionKind.COMPANY:
            holds = not is_denied(sentence.text, start=named.start(), end=named.end())
            said = UNCLEAR if holds and _asks_all_remote(subject.ask) else Verdict.told(holds=holds)  # not that it is all of the time
            verdict = turn(said, is_denied=subject.ask.is_denied) if subject.ask.form is Form.YES_NO else None
            return tell_sentence(subject, sentence, verdict=verdict)
    return None


def tell_hours(subject: Subject) -> Reply | None:
    """Tell the sentence that gives the hours by the clock, where no time zone is named: "at night, 22:00 to 06:00"; or else a week's."""
    asked = {word.stem for word in read_words(subject.ask.words) if weigh_word(word)}
    weekly = (one for one in subject.document.sentences() if asked == {_HOUR} and holds_subject(one.text, "hours"))
    found = next((one for one in subject.document.sentences() if _CLOCK.search(one.text)), next(weekly, None))
    return tell_sentence(subject, found) if found else None


_HOUR, _TIME = stem("hour"), r"(?:[01]?\d|2[0-4])"
_CLOCK = compile_later(
    rf"\b{_TIME}[:.h]\d\d\s?(?:[ap]\.?m\.?|uhr)?\s?(?:-|–|to|till|until|bis|à|a las?|às)\s?{_TIME}[:.h]\d\d\b"
    rf"|\b{_TIME}\s?[ap]\.?m\.?\s?(?:-|–|to|till|until)\s?{_TIME}\s?[ap]\.?m\b|\b{_TIME}\s?(?:-|–|bis)\s?{_TIME}\s?uhr\b",
    re.IGNORECASE,
)


def heed_presence(subject: Subject, reply: Reply) -> Reply:
    """Tell the sentence that asks to come somewhere now and then, or lets nobody have to, where it is asked whether one must."""
    must_come = Workplace.ONSITE.value in subject.ask.values and reply.verdict is NO and not subject.ask.is_denied
    if subject.topic != "workplace" or not (must_come or (_asks_all_remote(subject.ask) and reply.verdict is YES)):
        return reply
    if (coming := find_presence(subject.document)) is None or not (must_come or find_all_remote(subject.document) is None):
        sentence = coming or (find_no_presence(subject.document) if must_come else None)
        return reply if sentence is None else _with_sentence(reply, sentence)
    items = (render_facts(subject, subject.facts).rendered.sentence,) if subject.facts else ()
    told = Reply(State.ANSWERED, Rendered(sentence=fold_space(coming.text), items=items), (coming.quote, *reply.quotes))
    return judged(told, UNCLEAR, subject=subject)


def tell_all_remote(subject: Subject, reply: Reply) -> Reply:
    """Add the sentence that says that a job is remote all the time, or that one may as well come to an office, where that is asked."""
    if subject.topic != "workplace" or not subject.facts or subject.facts[0].value is not Workplace.REMOTE:
        return reply
    is_remote = subject.ask.values == (Workplace.REMOTE.value,)
    find = find_all_remote if is_remote else find_hybrid_choice if subject.ask.values == (Workplace.HYBRID.value,) else find_office_choice
    sentence = find(subject.document) if subject.ask.values and (reply.verdict is YES or not is_remote) else None
    if sentence is not None and not (is_remote or subject.ask.is_must or subject.ask.is_only or subject.ask.is_denied):
        is_open = wants_verdict(subject.ask) and reply.verdict is NO
        verdict = YES if subject.ask.is_own or asks_for("possible", subject.ask.words) else UNCLEAR
        reply = judged(render_facts(subject, subject.facts), verdict, subject=subject) if is_open else reply
    return reply if sentence is None else _with_sentence(reply, sentence)
