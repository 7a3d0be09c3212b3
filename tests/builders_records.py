"""Kept postings with facts of every topic, made up and random, for the tests of exports."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from bot.domain.facts import Area, Education, EducationLevel, Eligibility, Experience, Fact, Pay, PayKind, Period, Quote, Scope
from bot.domain.person import EVERYONE, Actor
from bot.domain.posting import Correction, HeadField, KeptPosting, Posting
from bot.topics import TOPICS

READ_AT = datetime(2026, 3, 4, 5, 6, 7, 891011, tzinfo=UTC)
LISTED = Eligibility(scope=Scope.LISTED, countries=("US", "CA"), areas=(Area.EU,), excluded=("FR",), us_states=("NY",))
VALUES: dict[str, Sequence[Any]] = {
    "pay": (
        Pay(minimum=30, maximum=40.5, currency="EUR", per=Period.HOUR, where="Level 2"),
        Pay(maximum=9, currency="USD", per=Period.YEAR),
    ),
    "requirements": ("Mend clocks", "Read drawings"),
    "responsibilities": ("Wind the tower clock",),
    "benefits": ("Free watches",),
    "skills": ("Lathe", "Files"),
    "countries": (LISTED,),
    "experience": (Experience(years=2.5),),
    "education": (Education(level=EducationLevel.BACHELOR, required=True),),
    "employment_type": ("full_time",),
    "workplace": ("remote",),
    "visa": ("no",),
}


def keep_facts(values: Mapping[str, Sequence[Any]], **changed: Any) -> KeptPosting:
    """A kept posting that states these values, each quoted from its text."""
    facts = {
        topic.name: tuple(
            Fact(value=topic.adapter.validate_python(value), quote=Quote(text=f"{topic.label} {place}", heading="What counts"))
            for place, value in enumerate(values[topic.name])
        )
        for topic in TOPICS
        if topic.name in values
    }
    text = "Clockmaker\n\n" + "\n".join(fact.quote.text for found in facts.values() for fact in found)
    head = {"source": "clock.md", "title": "Clockmaker", "company": "Tick & Tock", "link": "https://jobs.example/1", "location": "Bern"}
    posting = Posting(**(head | {"text": text, "facts": facts} | changed))
    return KeptPosting(id=7, scope=EVERYONE, revision=3, read_at=READ_AT, posting=posting)


_WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\t \u2028"), min_size=1, max_size=30).filter(str.strip)
_LINKS = st.sampled_from(["https://jobs.example/1?a=b&c=%20", "http://x.example"])
_AMOUNTS = st.floats(0, 1e9) | st.integers(0, 10**7).map(float)
_PAY = st.tuples(_AMOUNTS, _AMOUNTS).flatmap(
    lambda pair: st.builds(
        Pay,
        minimum=st.sampled_from([None, min(pair)]),
        maximum=st.just(max(pair)),
        currency=st.sampled_from(["USD", "CHF"]),
        per=st.sampled_from(Period),
        kind=st.none() | st.sampled_from(PayKind),
        where=st.none() | _WORDS,
    )
)
_ELIGIBILITY = st.builds(
    Eligibility,
    scope=st.sampled_from(Scope),
    countries=st.lists(st.sampled_from(["US", "DE"])).map(tuple),
    areas=st.lists(st.sampled_from(Area), max_size=3).map(tuple),
    us_states=st.lists(st.sampled_from(["NY", "CA"]), max_size=3).map(tuple),
)
_OF_TOPIC: dict[str, st.SearchStrategy[Any]] = {
    "pay": _PAY,
    "countries": _ELIGIBILITY,
    "experience": st.builds(Experience, years=st.floats(0, 60)),
    "education": st.builds(Education, level=st.sampled_from(EducationLevel), required=st.booleans()),
    "employment_type": st.sampled_from(["full_time", "internship"]),
    "workplace": st.sampled_from(["remote", "hybrid", "onsite"]),
    "visa": st.sampled_from(["yes", "no"]),
    **dict.fromkeys(("requirements", "preferred", "responsibilities", "benefits", "skills", "apply", "company"), _WORDS),
}


ADA = Actor(id="discord:7", name="ada")
_ACTORS = st.builds(Actor, id=_WORDS, name=_WORDS)
_TIMES = st.datetimes(timezones=st.just(UTC))


def correct_facts(kept: KeptPosting, topic: str, *, by: Actor = ADA, read: Sequence[Fact[Any]] = ()) -> Correction:
    """A correction that makes a topic's facts what they are, in the place of others."""
    return Correction(field=topic, facts=tuple(kept.posting.facts.get(topic, ())), read=tuple(read), by=by, at=READ_AT)


@st.composite
def _corrections(draw: st.DrawFn, kept: KeptPosting) -> tuple[Correction, ...]:
    """Any corrections of topics that the posting states, and of its head."""
    topics = draw(st.sets(st.sampled_from(sorted(kept.posting.facts)))) if kept.posting.facts else set()
    made = [correct_facts(kept, topic, by=draw(_ACTORS), read=kept.posting.facts[topic][:1]) for topic in sorted(topics)]
    for field in sorted(draw(st.sets(st.sampled_from(HeadField)))):
        words = getattr(kept.posting, field.attribute)
        made.append(Correction(field=field, words=words, read_words=draw(st.none() | _WORDS), by=draw(_ACTORS), at=draw(_TIMES)))
    return tuple(made)


@st.composite
def kept_postings(draw: st.DrawFn) -> KeptPosting:
    """Any posting with facts of any topics, and with corrections."""
    values = draw(st.fixed_dictionaries({}, optional={name: st.lists(value, min_size=1, max_size=3) for name, value in _OF_TOPIC.items()}))
    words = st.none() | _WORDS
    kept = keep_facts(
        values, source=draw(_WORDS), title=draw(words), company=draw(words), location=draw(words), link=draw(st.none() | _LINKS)
    )
    text = draw(_WORDS) + kept.posting.text + draw(_WORDS)
    return kept.model_copy(update={"posting": kept.posting.model_copy(update={"text": text, "corrections": draw(_corrections(kept))})})
