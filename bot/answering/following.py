"""Questions that go on about what a conversation was about: "and in New York?", "the staff one", "the other one"."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answering.asking import LEAVE
from bot.answering.memory import Remembered
from bot.answering.subject import Asked
from bot.matching.company_match import Entry
from bot.matching.role_words import role_nouns
from bot.matching.roles import pick_postings
from bot.matching.topic import OTHER
from bot.matching.vocabulary import question_words
from bot.text.lexicon import read_lexicon
from bot.text.words import Word, read_words

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
