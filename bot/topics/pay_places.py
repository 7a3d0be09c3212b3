"""Which of a posting's statements of pay hold at a place, or for a level."""

from collections.abc import Collection, Sequence

from bot.domain.facts import Fact, Pay
from bot.domain.query import Place
from bot.text.clean import fold
from bot.text.places import find_places
from bot.text.words import read_words

_ELSEWHERE = frozenset({"other", "remain", "els", "elsewher", "rest"})


def holding_at(facts: Sequence[Fact[Pay]], place: Place) -> tuple[Fact[Pay], ...]:
    """
    Return the statements that hold at a place.

    Those that name it go first, then those for "all other" places of its country, then those that name no place at all.
    """
    placed = [(fact, find_places(fact.value.where or "")) for fact in facts]
    city = fold(place.city or "")
    if city and (there := tuple(fact for fact in facts if city in fold(fact.value.where or ""))):
        return there
    if place.state and (there := tuple(fact for fact, named in placed if any(one.us_state == place.state for one in named))):
        return there
    if place.state and (there := tuple(fact for fact in facts if _ELSEWHERE & {word.stem for word in read_words(fact.value.where or "")})):
        return there
    whole = tuple(fact for fact, named in placed if any(place.country in one.countries and not one.us_state for one in named))
    if whole:
        return whole
    if not place.state and (within := tuple(fact for fact, named in placed if any(place.country in one.countries for one in named))):
        return within
    return tuple(fact for fact, named in placed if not named and not (place.country not in (None, "US") and _is_of_states(facts)))


def _is_of_states(facts: Sequence[Fact[Pay]]) -> bool:
    """Tell whether the statements are for parts of the USA, so that "all other states" is no other country."""
    return any(one.us_state for fact in facts for one in find_places(fact.value.where or ""))


def holding_for(facts: Sequence[Fact[Pay]], words: Collection[str]) -> tuple[Fact[Pay], ...]:
    """Return the statements for the level or team that one of these stems names; all of them where none is named."""
    if len(facts) == 1:
        return tuple(facts)
    scored = [(len({word.stem for word in read_words(fact.value.where or "")}.intersection(words)), fact) for fact in facts]
    best = max(score for score, _ in scored)
    return tuple(fact for score, fact in scored if score == best)
