"""The choices that are offered while a company is typed, and what a chosen one means."""

import re
from collections import Counter
from collections.abc import Sequence

from bot.interfaces.chat.escaping import cut, readable
from bot.matching.company_match import Entry
from bot.text.clean import fold

LONGEST_CHOICE = 100
_NUMBER = re.compile(r"(?P<name>.{1,90}) #(?P<posting>\d{1,18})", re.DOTALL)
_ROOM_FOR_NUMBER = 20


def posting_choices(entries: Sequence[Entry]) -> list[str]:
    """
    Return a choice for each posting: its company, and the role where the company has several.

    A choice that is cut, or that two postings share, ends in the posting's number, so that it means that one.

    >>> staff = Entry(id=1, scope="everyone", company="Flex", title="Staff Engineer")
    >>> posting_choices([staff, staff.model_copy(update={"id": 2, "title": "Data Analyst"})])
    ['Flex: Staff Engineer', 'Flex: Data Analyst']
    """
    of_company = Counter(fold(entry.company) for entry in entries)
    names = [_name(entry, with_role=of_company[fold(entry.company)] > 1) for entry in entries]
    repeated = Counter(names)
    return [
        name if len(name) <= LONGEST_CHOICE and repeated[name] == 1 else f"{cut(name, LONGEST_CHOICE - _ROOM_FOR_NUMBER)} #{entry.id}"
        for entry, name in zip(entries, names, strict=True)
        if name
    ]


def read_choice(typed: str) -> int | None:
    """
    Return the number of the posting that a choice ends in, None for any other text.

    >>> read_choice("Flex: Staff Engineer #12"), read_choice("Flex")
    (12, None)
    """
    match = _NUMBER.fullmatch(typed.strip())
    return int(match["posting"]) if match and match["posting"].isascii() else None


def is_choice_of(typed: str, *, company: str | None, title: str | None) -> bool:
    """
    Tell whether a choice with a number names this posting: a person may have typed any number.

    >>> is_choice_of("Flex: Staff Engineer #12", company="Flex", title="Staff Engineer")
    True
    >>> is_choice_of("Pachama #12", company="Flex", title="Staff Engineer")
    False
    """
    match = _NUMBER.fullmatch(typed.strip())
    whole = ": ".join(filter(None, (readable(company or ""), readable(title or ""))))
    return match is not None and whole.startswith(match["name"].rstrip("…"))


def _name(entry: Entry, *, with_role: bool) -> str:
    company, title = readable(entry.company), readable(entry.title)
    return f"{company}: {title}" if with_role and title else company
