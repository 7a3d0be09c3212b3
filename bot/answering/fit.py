"""Whether a posting fits somebody: each requirement that can be compared with what they told is met, not met or not said; no score."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bot.answering.details import reply_about_details
from bot.answering.mentions import name_pattern
from bot.answering.reply import NO, UNCLEAR, YES, Subject
from bot.domain.answer import Rendered
from bot.domain.errors import RolecallError
from bot.domain.facts import Fact, Quote
from bot.domain.posting import KeptPosting
from bot.domain.query import Ask, Form, Profile, Verdict, Years
from bot.questions.commands import read_degree, read_pay, read_years
from bot.questions.places import find_typed_place
from bot.text.clean import fold_space
from bot.text.translations import cut_items, say, say_of
from bot.topics import BY_NAME
from bot.topics.eligible_places import judge_place
from bot.topics.pay_wording import holding_at
from bot.topics.skills import skill_key

# What somebody told of themselves, from what they typed, and as what a search asks for.

PROFILE_FIELDS = ("country", "years", "degree", "skills", "visa", "pay")
"""Each may be left out."""

_MOST_SKILLS, _LONGEST_SKILL = 40, 60


def read_profile(texts: Mapping[str, str]) -> Profile:
    """
    Return what was typed of oneself; RolecallError for what cannot be read.

    >>> read_profile({"country": "Kenya", "years": "4", "skills": "Go, SQL"}).skills
    ('Go', 'SQL')
    """
    given = {name: value.strip() for name, value in texts.items() if value.strip()}
    place = find_typed_place(given["country"]) if "country" in given else None
    if "country" in given and place is None:
        raise RolecallError("I know no country or state called “{typed}”. Write it out, as in: Kenya", typed=given["country"])
    skills = dict.fromkeys(fold_space(skill)[:_LONGEST_SKILL] for skill in given.get("skills", "").replace("\n", ",").split(","))
    return Profile(
        place=place,
        years=read_years(given["years"]) if "years" in given else None,
        degree=read_degree(given["degree"]) if "degree" in given else None,
        skills=tuple(filter(None, skills))[:_MOST_SKILLS],
        needs_visa=given["visa"].lower() in ("yes", "true") if "visa" in given else None,
        pay=read_pay(given["pay"]) if "pay" in given else None,
    )


def write_profile(profile: Profile) -> dict[str, str]:
    """Return what somebody told by the names of PROFILE_FIELDS, as it can be typed."""
    pay = profile.pay
    told = {
        "country": profile.place.typed if profile.place else "",
        "years": f"{profile.years:g}" if profile.years is not None else "",
        "degree": profile.degree.value if profile.degree else "",
        "skills": ", ".join(profile.skills),
        "visa": "" if profile.needs_visa is None else "yes" if profile.needs_visa else "no",
        "pay": " ".join(filter(None, (f"{pay.value:.2f}".removesuffix(".00"), pay.currency, pay.per))) if pay else "",
    }
    return {name: value for name, value in told.items() if value}


def to_asks(profile: Profile) -> tuple[Ask, ...]:
    """Return what a search asks for somebody; of their skills it is enough that one is named."""
    asks = [Ask(topic="countries", place=profile.place, is_own=True)] if profile.place else []
    if profile.years is not None:
        asks.append(Ask(topic="experience", years=Years(value=profile.years, is_own=True), is_own=True))
    if profile.degree:
        asks.append(Ask(topic="education", level=profile.degree, is_own=True))
    if profile.skills:
        asks.append(Ask(topic="skills", about=profile.skills, is_own=True))
    if profile.needs_visa:
        asks.append(Ask(topic="visa"))
    if profile.pay:
        asks.append(Ask(topic="pay", amount=profile.pay, values=(profile.pay.currency,) if profile.pay.currency else ()))
    return tuple(asks)


# A posting's requirements against it.


class Requirement(NamedTuple):
    """One thing that is compared."""

    topic: str
    verdict: Verdict
    """Met, not met, or not said."""

    told: str = ""
    """What the posting says of it."""

    quote: Quote | None = None


def compare_requirements(kept: KeptPosting, profile: Profile, *, locale: str = "en") -> Iterator[Requirement]:
    """Yield each requirement of a posting that can be compared with what somebody told; the posting's text is read again for it."""
    document = Subject(kept, Ask(), locale).document
    for ask in to_asks(profile):
        topic = BY_NAME[ask.topic or ""]
        facts = topic.facts_in(kept.posting)
        if ask.topic == "skills":
            yield from _compare_skills(kept, profile.skills, locale)
        elif ask.topic == "countries":
            yield _told(ask, facts, judge_place(ask, facts, document=document), locale)
        elif ask.topic == "pay":
            yield _compare_pay(ask, locale, holding_at(facts, profile.place) if profile.place else facts)
        else:
            with_degree = ask.model_copy(update={"level": ask.level or (profile.degree if ask.topic == "experience" else None)})
            asked = with_degree.model_copy(update={"form": Form.YES_NO})
            yield _told(ask, facts, topic.judge(asked, facts) if topic.judge and facts else None, locale)
    if profile.needs_visa is False and (facts := BY_NAME["authorization"].facts_in(kept.posting)):
        yield from (_told(Ask(topic="authorization"), [fact], UNCLEAR, locale) for fact in facts)


def _told(ask: Ask, facts: Sequence[Fact[Any]], verdict: Verdict | None, locale: str) -> Requirement:
    if not facts:
        return Requirement(ask.topic or "", UNCLEAR)
    told = BY_NAME[ask.topic or ""].render_in(locale, facts)
    words = fold_space(" ".join((told.sentence, ", ".join(cut_items(told.items, _MOST_ITEMS, locale=locale))))).rstrip(".")
    return Requirement(ask.topic or "", verdict or UNCLEAR, words, facts[0].quote)


_MOST_ITEMS = 6


def _compare_pay(ask: Ask, locale: str, facts: Sequence[Fact[Any]]) -> Requirement:
    """Compare with the statements in the same currency and for the same period: it is met where one of them reaches so far."""
    amount = ask.amount
    alike = [
        fact
        for fact in facts
        if amount and (amount.currency or fact.value.currency) == fact.value.currency and (amount.per or fact.value.per) is fact.value.per
    ]
    if amount is None or not alike:
        return _told(ask, facts, None, locale)
    reaching = [fact for fact in alike if fact.value.maximum is not None and fact.value.maximum >= amount.value]
    is_open = any(fact.value.maximum is None for fact in alike)
    sure = [fact for fact in alike if fact.value.minimum is not None and fact.value.minimum >= amount.value]
    return _told(ask, reaching or sure or alike, YES if reaching or sure else UNCLEAR if is_open else NO, locale)


_MOST_COMPARED = 20


def _compare_skills(kept: KeptPosting, skills: Sequence[str], locale: str) -> Iterator[Requirement]:
    """Compare the skills that the posting requires, one by one; what is welcome, or one of several that would do, is not required."""
    own = set(map(skill_key, skills))
    facts = BY_NAME["skills"].facts_in(kept.posting)
    if not facts:
        yield Requirement("skills", UNCLEAR)
    for fact in facts[:_MOST_COMPARED]:
        name = str(fact.value)
        has = skill_key(name) in own or any(name_pattern(skill).search(name) for skill in skills)
        needed = reply_about_details(Subject(kept, Ask(topic="skills", about=(name,), is_must=True, form=Form.YES_NO), locale))
        if needed.verdict is YES or has:
            yield Requirement("skills", YES if has else NO, name, (needed.quotes or (fact.quote,))[0])


_SIGNS = {YES: "✓", NO: "✗", UNCLEAR: "?"}
_LONGEST_QUOTE = 160


_TELL_FIRST = (
    "I compare this posting with what you tell of yourself: where you live, years, degree, skills, visa or pay. Nothing is told yet."
)


def render_fit(kept: KeptPosting, profile: Profile, *, locale: str) -> tuple[Rendered, ...]:
    """Tell which requirements are met, not met and not said, each with the posting's own words."""
    found = list(compare_requirements(kept, profile, locale=locale))
    counts = {verdict: sum(one.verdict is verdict for one in found) for verdict in _SIGNS}
    if not found:
        nothing = profile == Profile()
        sentence = "Nothing that you told can be compared with this posting." if not nothing else _TELL_FIRST
        return (Rendered(sentence=say(sentence, locale)),)
    sentence = say("{met} met, {unmet} not met, {unsaid} not said", locale, met=counts[YES], unmet=counts[NO], unsaid=counts[UNCLEAR])
    tellings = [Rendered(sentence=sentence)]
    headings = {YES: say("Met:", locale), NO: say("Not met:", locale), UNCLEAR: say("Not said, or not clear:", locale)}
    for verdict, heading in headings.items():
        if items := tuple(f"{_SIGNS[verdict]} {_line(one, locale)}" for one in found if one.verdict is verdict):
            tellings.append(Rendered(sentence=heading, items=items))
    return tuple(tellings)


def _line(one: Requirement, locale: str) -> str:
    label = say(BY_NAME[one.topic].label, locale)
    if not one.told:
        return say_of(label, say("not said", locale), locale=locale)
    quote = fold_space(one.quote.text) if one.quote else ""
    cut = f"{quote[:_LONGEST_QUOTE].rsplit(' ', 1)[0]}…" if len(quote) > _LONGEST_QUOTE else quote
    return say_of(label, one.told, locale=locale) + (f" — “{cut}”" if cut and cut != one.told else "")
