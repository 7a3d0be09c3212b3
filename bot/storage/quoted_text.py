"""Whether a later text still has the words that a person quoted, and how it spells them."""

import re
from functools import cached_property
from itertools import takewhile

from bot.text.clean import fold_space
from bot.text.whole_words import find_whole

_MARKS = frozenset("*_`~\\\ufeff\u200b\u200c\u200d\u2060")
"""Emphasis, code and escape marks, and characters of no width: by them the same words are another spelling."""

_PIECE = re.compile(rf"(?P<space>\s+)|[^\s{re.escape(''.join(sorted(_MARKS)))}]+")
_NO_MARKS = dict.fromkeys(map(ord, _MARKS))


def fold_marks(words: str) -> str:
    r"""
    Return words without marks and with single spaces.

    >>> fold_marks("pays **$20** \n an hour")
    'pays $20 an hour'
    """
    return fold_space(words.translate(_NO_MARKS))


class QuotedText:
    """The text of one posting; it is taken apart when words are looked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    def find(self, words: str) -> str | None:
        """
        Return words as the text has them, with other space as they are, with other marks as they stand there; None where it has not.

        They stand there as whole words and numbers only.

        >>> QuotedText("It pays **$20** an hour").find("pays $20"), QuotedText("It pays $200").find("pays $20") is None
        ('pays **$20**', True)
        """
        if (folded := fold_space(words)) and find_whole(self._folded, folded) is not None:
            return words
        wanted = fold_marks(words)
        if not any(map(str.isalnum, wanted)) or (at := find_whole(self._plain, wanted)) is None:
            return None
        start, end = self._places[at], self._places[at + len(wanted) - 1] + 1
        if not _MARKS.isdisjoint(self._text[start:end]):
            end += len(list(takewhile(_MARKS.__contains__, self._text[end : end + 3])))
        return self._text[start:end]

    @cached_property
    def _folded(self) -> str:
        return fold_space(self._text)

    @cached_property
    def _places(self) -> list[int]:
        """Where in the text each sign of `_plain` stands; of a run of space its first one."""
        places: list[int] = []
        was_space = True
        for piece in _PIECE.finditer(self._text):
            is_space = piece["space"] is not None
            if not is_space:
                places.extend(range(*piece.span()))
            elif not was_space:
                places.append(piece.start())
            was_space = is_space
        return places

    @cached_property
    def _plain(self) -> str:
        return fold_marks(self._text)
