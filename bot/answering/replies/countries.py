"""Replies to where one may work from, and whether somebody in a country may apply."""

from babel import Locale

from bot.answering.replies.plain import quotes_of, reply_plainly
from bot.answering.subject import Reply, Subject
from bot.domain.answer import State, Telling
from bot.domain.eligibility import Eligibility, Eligible, Scope
from bot.domain.fact import Fact
from bot.topics.countries import COUNTRIES
from bot.topics.eligible import tell_whether_eligible

_ENGLISH = Locale("en")
_SHORT_LIST = 8
"""Countries that are named in full beside a yes."""


def reply_about_countries(subject: Subject) -> Reply:
    """Tell yes, no or not stated for the country that is asked about; without one, where the posting hires."""
    place = subject.asked.place
    if place is None or place.outside:
        return reply_plainly(subject)
    facts = COUNTRIES.facts_in(subject.kept.posting)
    eligible = tell_whether_eligible(facts[0].value if facts else None, place.code)
    name = str(_ENGLISH.territories.get(place.code, place.code))
    if not facts or eligible is Eligible.UNCLEAR:
        sentence = f"The posting does not say whether one may apply from {_with_article(name)}."
        return Reply(State.NOT_STATED, Telling(sentence=sentence), quotes_of(facts), eligible=Eligible.UNCLEAR)
    return Reply(State.ANSWERED, _tell(eligible, _with_article(name), facts[0]), quotes_of(facts[:1]), eligible=eligible)


def _tell(eligible: Eligible, name: str, fact: Fact[Eligibility]) -> Telling:
    """Say yes or no first, then what the posting lists; a long list only counts."""
    listed = COUNTRIES.tell([fact])
    if eligible is Eligible.YES:
        many = len(fact.value.countries)
        among = f" It is one of the {many} countries that the posting lists." if many > _SHORT_LIST else f" {listed.sentence}"
        return Telling(sentence=f"Yes, from {name}.{among if fact.value.scope is Scope.LISTED else f' {listed.sentence}'}")
    return Telling(sentence=f"No, not from {name}. {listed.sentence}", items=listed.items)


def _with_article(name: str) -> str:
    """
    Put "the" before the names that have it.

    >>> _with_article("United States"), _with_article("Kenya")
    ('the United States', 'Kenya')
    """
    return f"the {name}" if name.startswith(("United ", "Netherlands", "Philippines", "Czech Republic", "Bahamas", "Dominican ")) else name
