"""What people say to a bot that is no question."""

import re
from enum import StrEnum
from functools import cache

from bot.text.lexicon import read_lexicon

_MENTION = re.compile(r"<@[!&]?\d{1,20}>")
_SIGNS = re.compile(r"[^\w\s?]")


class SmallTalk(StrEnum):
    """The kinds, as data/lexicons/small_talk.toml calls them."""

    GREETING = "greetings"
    THANKS = "thanks"
    HELP = "help"


def without_mentions(text: str) -> str:
    """
    Return what was said without the people and roles that are mentioned in it.

    >>> without_mentions("<@123> what does Flex pay?")
    'what does Flex pay?'
    """
    return " ".join(_MENTION.sub(" ", text).split())


def find_small_talk(text: str) -> SmallTalk | None:
    """
    Return what kind of small talk a text is, None if it says more.

    >>> find_small_talk("Hi!"), find_small_talk("thank you :)"), find_small_talk("hi, what does Flex pay?")
    (<SmallTalk.GREETING: 'greetings'>, <SmallTalk.THANKS: 'thanks'>, None)
    """
    if len(text) > 60:  # noqa: PLR2004 -- no phrase of the list is nearly as long
        return None
    words = " ".join(_SIGNS.sub(" ", text.casefold()).split())
    return _kinds().get(words) or _kinds().get(words.rstrip("? "))


@cache
def _kinds() -> dict[str, SmallTalk]:
    return {phrase: kind for kind in SmallTalk for phrase in read_lexicon("small_talk")[kind.value]}
