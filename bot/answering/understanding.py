"""What a question asks: which company and postings, which topic, which place, what in particular."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from bot.answering.memory import Remembered
from bot.answering.subject import Asked
from bot.domain.question import Question
from bot.matching.company_index import CompanyIndex
from bot.matching.company_match import CompanyMatch, Entry, Found, Unknown
from bot.matching.country import CountryMention, find_country
from bot.matching.match_company import match_company, split_role
from bot.matching.mentions import find_company_mention
from bot.matching.roles import pick_postings
from bot.matching.topic import OTHER, TopicMatch, find_subjects, rank_topics
from bot.text.lexicon import read_lexicon
from bot.text.words import Word, is_function_word, read_words

_SURE = 1.0
"""A topic's weight from which it stands against the mention of a place."""

_NOT_ABOUT_WHERE = frozenset({"apply", "experience", "requirements", "company", OTHER, "workplace", "employment_type", "responsibilities"})
"""Topics whose words are often said in asking where one may work from: "can I apply from Kenya?"."""


@dataclass(frozen=True)
class Understood:
    """A question as it was understood."""

    company: CompanyMatch | None
    """None where no company is named."""

    entries: tuple[Entry, ...] = ()
    """The postings that it may be about, the best first."""

    asked: Asked | None = None
    """None where nothing is asked that can be made out: a greeting, a company's name alone."""


def understand(question: Question, index: CompanyIndex, *, scopes: Collection[str], remembered: Remembered | None) -> Understood:
    """Make out what a question asks, with what the conversation was about before."""
    company, rest = _find_company(question, index, scopes)
    place = find_country(question.country or rest)
    words = read_words(rest)
    role, entries = _role_of(question, rest), ()
    if isinstance(company, Found):
        entries = tuple(pick_postings(role, company.entries))
    asked = _make_out(question, words, place=place, titles=[entry.title for entry in entries])
    if asked is None and remembered and remembered.topic and place:
        asked = Asked(topic=remembered.topic, words=words, place=place)
    return Understood(company=company, entries=entries, asked=asked)


def _find_company(question: Question, index: CompanyIndex, scopes: Collection[str]) -> tuple[CompanyMatch | None, str]:
    """Return the company that is named, and the question without its name."""
    if question.company:
        name, _ = split_role(question.company)
        match = match_company(name, index, scopes)
        if isinstance(match, Unknown) and (mention := find_company_mention(question.company, index, scopes)):
            match = mention.match
        return match, question.text
    mention = find_company_mention(question.text, index, scopes)
    if mention:
        return mention.match, mention.rest
    if question.topic and question.text.strip():
        return match_company(question.text, index, scopes), ""
    return None, question.text


def _role_of(question: Question, rest: str) -> str:
    return f"{rest} {split_role(question.company)[1] or question.company}" if question.company else rest


def _make_out(question: Question, words: tuple[Word, ...], *, place: CountryMention | None, titles: Sequence[str]) -> Asked | None:
    """Return what is asked, or None if the words ask for nothing."""
    role = {word.stem for title in titles for word in read_words(title)}
    ranked = rank_topics(words, role=role)
    content = tuple(word for word in words if not is_function_word(word.text) and not _is_within(word, place))
    details = tuple(word for word in content if word.stem not in role and word.text not in _role_words())
    topic = question.topic or _choose_topic(ranked, place) or (OTHER if details else None)
    if topic is None:
        return None
    used = next((match.used for match in ranked if match.topic == topic), frozenset())
    in_particular = tuple(word for word in details if topic == OTHER or word not in used)
    return Asked(topic=topic, words=words, details=in_particular, subjects=find_subjects(words), place=place)


def _choose_topic(ranked: Sequence[TopicMatch], place: CountryMention | None) -> str | None:
    """Return the topic that is asked for most surely; where a place is named, that is where one may work from unless the words say more."""
    if place is None:
        return ranked[0].topic if ranked else None
    firm = (match.topic for match in ranked if match.weight >= _SURE and match.topic not in _NOT_ABOUT_WHERE)
    return next(firm, "countries")


def _is_within(word: Word, place: CountryMention | None) -> bool:
    return place is not None and place.start <= word.start < place.end


@cache
def _role_words() -> frozenset[str]:
    roles = read_lexicon("roles")
    return frozenset(roles["words"]["role"].split()) | frozenset(roles["short"])
