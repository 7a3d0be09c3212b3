"""What a question is about: which company and postings, which topic, which place, what in particular."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.answering.asking import LEAVE, Asked, make_out
from bot.answering.memory import Remembered
from bot.answering.search import Search, find_other_company, make_search
from bot.domain.query import Question
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import CompanyMatch, Entry, Found, Unknown, company_key
from bot.questions.country import CountryMention, find_country, find_typed_country
from bot.questions.match_company import match_company, split_role
from bot.questions.mentions import find_company_mention
from bot.questions.roles import find_by_title, pick_postings
from bot.questions.title_index import role_nouns
from bot.questions.tokens import question_words
from bot.questions.topic import OTHER
from bot.text.lexicon import read_lexicon
from bot.text.words import Word, read_words

# Questions that go on about what a conversation was about: "and in New York?", "the staff one", "the other one".

_OTHER_ONE = frozenset({"other", "others", "second", "another"})


@dataclass(frozen=True)
class FollowUp:
    """What a question goes on about."""

    postings: tuple[int, ...]
    others: tuple[int, ...]
    """Those spoken of that it is not about."""

    asked: Asked


def follow_up(text: str, asked: Asked | None, *, remembered: Remembered) -> FollowUp | None:
    """Return what a question without a company goes on about; None if it asks for nothing."""
    words = read_words(text)
    postings, others = _choose(text, words, remembered)
    is_choice = bool(others) and set(postings) != set(remembered.postings)
    if remembered.topic and (asked is None or asked.topic == OTHER) and is_choice:
        return FollowUp(postings, others, Asked(topic=remembered.topic, text=text, words=words))
    if asked is None:
        return None
    if asked.topic == "countries" and remembered.topic == "pay" and not any(word.text in LEAVE for word in words):
        asked = replace(asked, topic="pay")
    return FollowUp(postings, others, asked)


def names_another_role(text: str, remembered: Remembered) -> bool:
    """Tell whether a question without a company names a role that is none of those spoken of: "data engineer salary"."""
    known = {word.stem for title in remembered.titles for word in read_words(title)}
    words = read_words(text)
    if not any(_is_role_word(word.text) and word.text in question_words("filler") for word in words):
        return False
    return any(_is_role_word(word.text) and word.stem not in known for word in words)


def _choose(text: str, words: Sequence[Word], remembered: Remembered) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the postings that are meant of those spoken of, and the rest: by the words of a title, or the other one."""
    if remembered.others and any(word.text in _OTHER_ONE for word in words):
        return remembered.others, remembered.postings
    entries = [
        Entry(id=number, scope="", company="", title=title) for number, title in zip(remembered.postings, remembered.titles, strict=True)
    ]
    picked = tuple(entry.id for entry in pick_postings(text, entries)) if len(entries) > 1 else remembered.postings
    return picked, tuple(number for number in remembered.postings if number not in picked) or remembered.others


def _is_role_word(word: str) -> bool:
    return word in role_nouns() or word in read_lexicon("roles")["short"]


_LONGEST_NAME = 3
"""Words: so short a text may be a company's name and nothing else."""


@dataclass(frozen=True)
class Understood:
    """A question as it was understood."""

    company: CompanyMatch | None
    """None where no company is named."""

    entries: tuple[Entry, ...] = ()
    """The postings that it may be about, the best first."""

    is_by_title: bool = False
    """Whether only the role was named: which of the postings is meant is asked back."""

    asked: Asked | None = None
    """None where nothing is asked that can be made out: a greeting, a company's name alone."""

    follows_up: tuple[int, ...] = ()
    """The postings that the conversation was about, where the question goes on about them."""

    others: tuple[int, ...] = ()
    """Those that it was about and the question is not."""

    search: Search | None = None
    """What is looked for across postings, where no company is named."""

    compared: tuple[Entry, ...] = ()
    """One posting of each of two companies that are asked about together."""


def understand(
    question: Question, index: CompanyIndex, *, scopes: Collection[str], remembered: Remembered | None, chosen: Entry | None = None
) -> Understood:
    """Make out what a question asks, with what the conversation was about before; `chosen` is the posting that it names by its id."""
    if chosen is not None:
        company: CompanyMatch | None = Found(key=company_key(chosen.company), name=chosen.company, entries=(chosen,))
        mention = find_company_mention(question.text, index, scopes=scopes)
        rest = mention.rest if mention else question.text
    else:
        company, rest = _find_company(question, index, scopes=scopes)
    place = find_typed_country(question.country) if question.country else find_country(rest)
    if company is None:
        return _understand_without_company(question, index, scopes=scopes, remembered=remembered, place=place)
    entries = tuple(pick_postings(_role_of(question, rest), company.entries)) if isinstance(company, Found) else ()
    asked = make_out(question, rest, place=place, titles=[entry.title for entry in entries])
    other = find_other_company(company, rest, index=index, scopes=scopes) if question.company is None and chosen is None else None
    if other is not None:
        return Understood(company=company, asked=asked, compared=(entries[0], pick_postings(rest, other.entries)[0]))
    return Understood(company=company, entries=entries, asked=asked)


def _understand_without_company(
    question: Question, index: CompanyIndex, *, scopes: Collection[str], remembered: Remembered | None, place: CountryMention | None
) -> Understood:
    """Make out a question that names no company: a search, a follow-up, a role."""
    text = question.text
    if remembered is not None and names_another_role(text, remembered):
        remembered = None
    asked = make_out(question, text, place=place, titles=remembered.titles if remembered else ())
    if asked is not None and (search := make_search(text, asked)) is not None:
        return Understood(company=None, asked=asked, search=search)
    if remembered is not None:
        going_on = follow_up(text, asked, remembered=remembered)
        return (
            Understood(None, asked=going_on.asked, follows_up=going_on.postings, others=going_on.others) if going_on else Understood(None)
        )
    if asked is not None and (titled := find_by_title(text, index, scopes=scopes)):
        asked = make_out(question, text, place=place, titles=[entry.title for entry in titled]) or asked
        return Understood(company=None, entries=titled, asked=asked, is_by_title=len(titled) > 1 or bool(titled[0].company))
    return Understood(company=None, asked=asked)


def _find_company(question: Question, index: CompanyIndex, *, scopes: Collection[str]) -> tuple[CompanyMatch | None, str]:
    """Return the company that is named, and the question without its name."""
    if question.company:
        name, _ = split_role(question.company)
        match = match_company(name, index, scopes=scopes)
        if isinstance(match, Unknown) and (mention := find_company_mention(question.company, index, scopes=scopes)):
            match = mention.match
        return match, question.text
    mention = find_company_mention(question.text, index, scopes=scopes)
    if mention:
        return mention.match, mention.rest
    if question.text.strip() and (question.topic or len(question.text.split()) <= _LONGEST_NAME):
        match = match_company(question.text, index, scopes=scopes)
        if question.topic or isinstance(match, Found):
            return match, ""
    return None, question.text


def _role_of(question: Question, rest: str) -> str:
    return f"{rest} {split_role(question.company)[1] or question.company}" if question.company else rest
