"""Replies to where one may work from, and whether somebody in a country may apply."""

from babel import Locale

from bot.answering.replies.plain import quotes_of, reply_plainly
from bot.answering.subject import Reply, Subject
from bot.domain.answer import State, Telling
from bot.domain.eligibility import Eligibility, Eligible
from bot.domain.fact import Fact
from bot.topics.countries import COUNTRIES
from bot.topics.eligible import tell_whether_eligible

_ENGLISH = Locale("en")


def reply_about_countries(subject: Subject) -> Reply:
    """Tell yes, no or not stated for the country that is asked about; without one, where the posting hires."""
    place = subject.asked.place
    if place is None or place.outside or place.code is None:
        return reply_plainly(subject)
    facts = COUNTRIES.facts_in(subject.kept.posting)
    fact = facts[0] if facts else None
    eligible = tell_whether_eligible(fact.value if fact else None, place.code)
    name = str(_ENGLISH.territories.get(place.code, place.code))
    if fact is None or eligible is Eligible.UNCLEAR:
        sentence = f"The posting does not say whether one may apply from {name}."
        return Reply(State.NOT_STATED, Telling(sentence=sentence), quotes_of(facts), eligible=Eligible.UNCLEAR)
    return Reply(State.ANSWERED, _tell(eligible, name, fact), quotes_of([fact]), eligible=eligible)


def _tell(eligible: Eligible, name: str, fact: Fact[Eligibility]) -> Telling:
    listed = COUNTRIES.tell([fact])
    verdict = f"Yes, from {name}." if eligible is Eligible.YES else f"No, not from {name}."
    return Telling(sentence=f"{verdict} {listed.sentence}", items=listed.items)
