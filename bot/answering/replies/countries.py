"""Replies to where one may work from, and whether somebody in a country may apply."""

from bot.answering.replies.plain import quotes_of, reply_plainly
from bot.answering.subject import Reply, Subject
from bot.domain.answer import State, Telling
from bot.domain.eligibility import Eligible, Scope
from bot.text.gazetteer import name_country
from bot.topics.countries import COUNTRIES
from bot.topics.eligible import tell_whether_eligible

_SHORT_LIST = 8
"""Countries that are named in full beside a yes."""


def reply_about_countries(subject: Subject) -> Reply:
    """Tell yes, no or not stated for the country that is asked about; without one, where the posting hires."""
    place = subject.asked.place
    if place is None or place.outside:
        return reply_plainly(subject)
    facts = COUNTRIES.facts_in(subject.kept.posting)
    eligible = tell_whether_eligible(facts[0].value if facts else None, place.code)
    name = name_country(place.code, subject.locale)
    if not facts or eligible is Eligible.UNCLEAR:
        sentence = f"The posting does not say whether one may apply from {name}."
        return Reply(State.NOT_STATED, Telling(sentence=sentence), quotes_of(facts), eligible=Eligible.UNCLEAR)
    return Reply(State.ANSWERED, _tell(subject, eligible, name=name), quotes_of(facts[:1]), eligible=eligible)


def _tell(subject: Subject, eligible: Eligible, *, name: str) -> Telling:
    """Say yes or no first, then what the posting lists; a long list only counts."""
    fact = COUNTRIES.facts_in(subject.kept.posting)[0]
    listed = COUNTRIES.tell_in(subject.locale, [fact])
    if eligible is Eligible.YES:
        many = len(fact.value.countries)
        among = f" It is one of the {many} countries that the posting lists." if many > _SHORT_LIST else f" {listed.sentence}"
        return Telling(sentence=f"Yes, from {name}.{among if fact.value.scope is Scope.LISTED else f' {listed.sentence}'}")
    return Telling(sentence=f"No, not from {name}. {listed.sentence}", items=listed.items)
