"""Where words stand in a text as whole words and whole numbers."""

_WORD_SIGNS = frozenset("+#")
"""Behind a single letter they belong to it: "C" does not stand in "C++"."""

_NUMBER_SIGNS = frozenset(".,")
"""Between two digits they belong to the number: "$20" does not stand in "$20,000"."""

_MOST_TRIES = 10_000
"""Places where the words stand within longer words: a text of one letter a million times has no others."""

_FIRST_WITHOUT_SPACES = "\u2e80"
"""From here on letters are of scripts that put no space between words."""


def find_whole(text: str, wanted: str) -> int | None:
    """
    Return the first place where the words stand whole, None where they stand nowhere or only within longer words and numbers.

    >>> find_whole("15 years, or 5 years", "5 years"), find_whole("$20,000", "$20"), find_whole("C++ or C", "C")
    (13, None, 7)
    """
    at = text.find(wanted) if wanted else -1
    for _ in range(_MOST_TRIES):
        if at < 0:
            return None
        end = at + len(wanted)
        if not (_begins_before(text[max(at - 2, 0) : at], wanted) or _goes_on(wanted, text[end : end + 2])):
            return at
        at = text.find(wanted, at + 1)
    return None


def _begins_before(before: str, wanted: str) -> bool:
    """Tell whether the first of the words begins before them."""
    return _are_one_word(before[-1:], wanted[0]) or (before[-1:] in _NUMBER_SIGNS and before[:1].isdigit() and wanted[0].isdigit())


def _goes_on(wanted: str, behind: str) -> bool:
    """Tell whether the last of the words goes on behind them."""
    if _are_one_word(wanted[-1], behind[:1]) or (behind[:1] in _WORD_SIGNS and len(wanted.rsplit(maxsplit=1)[-1]) == 1):
        return True
    return behind[:1] in _NUMBER_SIGNS and behind[1:].isdigit() and wanted[-1].isdigit()


def _are_one_word(before: str, behind: str) -> bool:
    """Tell whether two signs side by side, if both are there, belong to one word."""
    return before.isalnum() and behind.isalnum() and before < _FIRST_WITHOUT_SPACES and behind < _FIRST_WITHOUT_SPACES
