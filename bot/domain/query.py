"""What somebody asks, and who they are as far as an answer needs it."""

from enum import StrEnum
from typing import NamedTuple

from pydantic import Field

from bot.domain.facts import Area, EducationLevel, Eligible, Model, Period

# A message as it is understood: made by questions/, or directly from a command's options, and answered by answering/.


class Reach(StrEnum):
    """How many postings a message is about."""

    ONE = "one"
    SEVERAL = "several"
    ALL = "all"
    BOT = "bot"
    """None: it is said to the bot or about it."""


class Form(StrEnum):
    """What kind of answer is wanted."""

    WHAT = "what"
    YES_NO = "yes_no"
    WHICH = "which"
    """Which of the things that are named: "TensorFlow or JAX?"."""

    HOW_MANY = "how_many"
    """How many postings."""

    LIST = "list"
    COMPARE = "compare"
    MOST = "most"
    LEAST = "least"
    SUMMARY = "summary"
    FIT = "fit"
    """Whether what the asker told of themselves meets what is required."""

    WHOLE = "whole"
    """The posting's own text, from its beginning to its end."""


class Side(StrEnum):
    """On which side of a number the question asks."""

    MORE = "more"
    """Over it, at least it, from it on."""

    LESS = "less"
    """Under it, at most it."""

    EXACT = "exact"
    """About it: "is it 120k?"."""

    WITHIN = "within"
    """Between the ends of a range: "is 120k in the range?"."""


class Talk(StrEnum):
    """What is said to the bot that asks nothing of a posting."""

    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    INSULT = "insult"
    PRAISE = "praise"
    ABOUT_BOT = "about_bot"
    HELP = "help"
    GIBBERISH = "gibberish"
    OFF_TOPIC = "off_topic"
    NOTHING_LISTED = "nothing_listed"
    """The next page of a list or one of its postings is asked for, and the list was empty."""


class Place(Model):
    """A place that a question names, where somebody is or wants to work."""

    typed: str
    country: str | None = None
    """ISO 3166-1 alpha-2; None for an area."""

    state: str | None = None
    """The postal code of a US state or Canadian province: "TX", "ON"."""

    city: str | None = None
    area: Area | None = None
    alternatives: tuple["Place", ...] = ()
    """Other places that will do as well: of a search, "jobs in Kenya or Japan", or those that a town's name may mean too."""


class Amount(Model):
    """An amount of pay that a question names."""

    value: float
    side: Side = Side.MORE
    currency: str | None = None
    """ISO 4217, USD for a bare dollar sign; None where the question names none."""

    per: Period | None = None
    end: Side | None = None
    """Which end of a range it is held against: the lowest figure ("starts above") or the highest ("at the top end"); None for all of it."""


class Years(Model):
    """Years that a question names."""

    value: float
    side: Side = Side.EXACT
    is_strict: bool = False
    """Whether the number itself is left out: "less than 4", "more than 4"."""

    is_own: bool = False
    """Whether they are the asker's own: "i have 2 yoe", "is 2 years enough"."""


class Ask(Model):
    """
    One thing that is asked, or, in a message about all postings, one thing that they must state.

    >>> Ask(topic="pay").form is Form.WHAT
    True
    """

    topic: str | None = None
    """A topic's name, `other` for a free question; None where it is left open and nothing before fills it."""

    form: Form = Form.WHAT
    words: str = ""
    """The part of the message that asks it, without the company's name: what passages are looked for with."""

    about: tuple[str, ...] = ()
    """The particular things that are asked about, in the asker's words: ("TensorFlow", "JAX"), ("parental leave",)."""

    values: tuple[str, ...] = ()
    """Values of the topic that are named: ("remote",), ("full_time",), ("yes",)."""

    place: Place | None = None
    amount: Amount | None = None
    years: Years | None = None
    level: EducationLevel | None = None
    """A degree that is named; NONE for "no degree"."""

    is_own: bool = False
    """Whether a degree, skill or permit that is named is what the asker has: "i only have a bachelors"."""

    is_denied: bool = False
    """Whether it asks for the opposite: "is it not remote?", "no degree needed?", "outside the US?"."""

    is_only: bool = False
    """Whether it asks if nothing else holds: "US only?"."""

    is_must: bool = False
    """Whether it asks what is demanded and not what is allowed: "must I be in the office?", "do I need a PhD?"."""


def has_value(ask: Ask) -> bool:
    """Tell whether an ask names a value, thing or place."""
    return any((ask.about, ask.values, ask.years, ask.place, ask.amount, ask.level))


def alternatives_of(ask: Ask) -> list[Ask]:
    """
    Return an ask for each of several places or kinds of work that will do; nothing where it names but one.

    >>> [one.values for one in alternatives_of(Ask(topic="workplace", values=("remote", "hybrid")))]
    [('remote',), ('hybrid',)]
    """
    if ask.place is not None and ask.place.alternatives:
        places = (ask.place.model_copy(update={"alternatives": ()}), *ask.place.alternatives)
        return [ask.model_copy(update={"place": place}) for place in places]
    is_any = ask.topic in ("workplace", "employment_type") and len(ask.values) > 1
    return [ask.model_copy(update={"values": (value,)}) for value in ask.values] if is_any else []


class Profile(Model):
    """What somebody told of themselves, to be asked whether a posting fits; whatever was left out is None or empty."""

    place: Place | None = None
    years: float | None = Field(default=None, ge=0, le=60)
    degree: EducationLevel | None = None
    skills: tuple[str, ...] = Field(default=(), max_length=40)
    needs_visa: bool | None = None
    """Whether they need an employer that sponsors a visa."""

    pay: Amount | None = None
    """The least that they want."""


class Question(Model):
    """
    A question in free words, or put together from a command's options.

    Whatever option is given is taken as it is; the rest is found in the text.
    """

    text: str = ""
    topic: str | None = None
    company: str | None = None
    """A typed name, perhaps with typos, perhaps with the role behind a colon."""

    country: str | None = None
    """A typed country, perhaps with typos."""

    posting: int | None = None
    """The id of the one posting that is meant, where it was chosen and not typed."""

    thread: int | None = None
    """The id of the posting that is spoken of where it is asked: it is meant where no other is named."""

    page: int = 0
    is_turned: bool = False
    """The page was chosen, whatever the text asks for: "next" would lead on again and again."""

    is_silent: bool = False
    """A list is to show what leaves open whether it fits."""

    profile: Profile | None = None
    """What the asker told of themselves, where that is asked about."""


class TargetKind(StrEnum):
    """What became of a name in a message."""

    FOUND = "found"
    TIED = "tied"
    """Several companies, or several postings, fit equally: it is asked back."""

    UNKNOWN = "unknown"
    """No posting is from this company."""


class Order(StrEnum):
    """In which order a list's postings come."""

    NEWEST = "newest"
    PAY = "pay"
    """The highest pay first, among figures of one currency and period."""

    FIT = "fit"
    """What states most of what is asked for first; those that leave some of it open follow those that fit."""


class Target(Model):
    """A company or posting that a message names or that was chosen."""

    kind: TargetKind
    typed: str = ""
    company: str | None = None
    """As its newest posting spells it, where it is found."""

    postings: tuple[int, ...] = ()
    """Ids of the postings meant, best first; where tied, or unknown and told by words, what to choose from."""

    names: tuple[str, ...] = ()
    """Where tied, the companies that fit; where unknown, the nearest, best first."""

    role: str = ""
    """The words of the role that was named with it."""

    told_by: tuple[str, ...] = ()
    """Where tied or unknown, words that tell which is meant and that stand in no title: to be looked for in the postings' texts."""

    is_opening: bool = False
    """Whether they are looked for only in how a text begins."""


class Query(Model):
    """A message as it is understood; a slash command builds it from its options and nothing is parsed."""

    text: str = ""
    language: str = "en"
    """ISO 639-1 code of the message's language, also of one that is not understood."""

    reach: Reach = Reach.ONE
    form: Form = Form.WHAT
    targets: tuple[Target, ...] = ()
    """In the message's order; empty where none is named and nothing before fills it, and for all postings."""

    within: tuple[int, ...] = ()
    """
    Ids of the postings that a message about all is narrowed to: "which of those are remote?"; empty for all there are.

    Where a list or the like is answered, what is remembered for the next message should hold here the postings that were shown, best first:
    `query.model_copy(update={"within": ids})`. "The second one", "which of those" and "those guys" are read from it.
    """

    without: tuple[int, ...] = ()
    """Ids of the postings that a list leaves out: "not hooli, who else pays over 150k"."""

    among: tuple[int, ...] = ()
    """Of a list that was shown, what it was narrowed to itself: its next page is among the same."""

    asks: tuple[Ask, ...] = ()
    """In the message's order. For a list these are the criteria; for most and least, the first is what is compared."""

    role: str = ""
    """Words of a role that the postings of a list must have: "junior", "data engineer"."""

    fields: tuple[str, ...] = ()
    """Fields of work or kinds of employers that the postings of a list must be of, any of them: names of data/lexicons/fields.toml."""

    order: Order = Order.NEWEST
    page: int = 0
    in_vain: str = ""
    """The company, as typed, that was asked for last and is not here: "it" means that one then."""

    is_silent: bool = False
    """A list shows what leaves open whether it fits, and not what fits."""

    is_own: bool = False
    """What the asker told of themselves is asked beside `asks`."""

    with_closed: bool = False
    """Postings that are known to be closed are wanted too."""

    talk: Talk | None = None
    things: tuple[str, ...] = ()
    """Words of the message that follows which the posting spoken of has: they name no company."""

    unread: tuple[str, ...] = ()
    """Parts of the message that ask something that was not understood; they are named in the answer."""

    follows: bool = False
    """Whether it was filled from the conversation's last Query."""


class Verdict(StrEnum):
    """The truthful answer to a question for yes or no."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"

    @classmethod
    def of(cls, eligible: Eligible) -> "Verdict":
        """Return the verdict that an eligibility comes to."""
        return cls(eligible.value)

    @classmethod
    def told(cls, *, holds: bool) -> "Verdict":
        """Return yes for what holds, no for what does not."""
        return cls.YES if holds else cls.NO


def turn(verdict: Verdict | None, *, is_denied: bool) -> Verdict | None:
    """
    Return the verdict on the opposite, where a question asks for that.

    >>> turn(Verdict.YES, is_denied=True), turn(Verdict.UNCLEAR, is_denied=True)
    (<Verdict.NO: 'no'>, <Verdict.UNCLEAR: 'unclear'>)
    """
    return {Verdict.YES: Verdict.NO, Verdict.NO: Verdict.YES}.get(verdict, verdict) if is_denied and verdict is not None else verdict


# What a search across postings goes by: keys that facts are filed under, and the criteria that ask for them.


class SearchKey(NamedTuple):
    """
    One word that a fact is filed under within its topic, with an amount or a range where there is one.

    An open end of a range ("from", "up to") counts as the end that is stated.

    >>> SearchKey("USD/year", low=90_000).high is None
    True
    """

    key: str
    low: float | None = None
    high: float | None = None


class Criterion(Model):
    """
    What a posting must state on one topic to be found, and what it must not.

    It fits where it is filed under one of `keys` and none of `without`; it does not fit where it is filed under one of `against`, unless
    one of `unsure` leaves that open; of all others it is not known.

    >>> Criterion(topic="pay", keys=("USD/year",), at_least=200_000).at_most is None
    True
    """

    topic: str
    keys: tuple[str, ...] = Field(min_length=1, max_length=300)
    """The posting is filed under any of these."""

    without: tuple[str, ...] = Field(default=(), max_length=100)
    """The posting is filed under none of these; where it is, it does not fit."""

    against: tuple[str, ...] = Field(default=(), max_length=300)
    """A posting that is filed under one of these and does not fit is known not to."""

    unsure: tuple[str, ...] = Field(default=(), max_length=300)
    """With one of these it is not known all the same."""

    at_least: float | None = None
    """Its highest figure under one of the keys is this or more; in the topic's unit."""

    at_most: float | None = None
    """Its lowest figure under one of the keys is this or less."""
