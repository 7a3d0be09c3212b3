"""Notices about pay that name the place that the job is for."""

import re
from collections.abc import Iterator

from bot.domain.fact import Quote
from bot.text.document import HEADING, Line
from bot.text.gazetteer import COUNTRY
from bot.text.places import Place, find_places

_PAY_FOR_PLACE = re.compile(
    r"\W{0,3}(?:the|our)\s.{2,30}?\s(?:new[\s-]hire\s)?(?:annual\s)?base\s(?:salary|pay)\s[^.]{0,40}?\b(?:position|role|job)\b",
    re.IGNORECASE,
)
_PAY_AT_OFFICE = re.compile(
    r"\b(?:salary|pay|compensation)\b[^.]{0,100}\b(?:position|role|job)\s(?:is\s)?(?:based|located)\s(?:in|at|out of)\s(?:our\s|the\s)?$",
    re.IGNORECASE,
)
_PAY_OF_COUNTRY = re.compile(
    r"\s(?:annual\s)?(?:base\s)?(?:salary|pay|compensation)\s(?:range|band)s?\b|\sbase\s(?:salary|pay)\b", re.IGNORECASE
)
_LONGEST = 250
_MOST = 6
_NEAR_START = 12


def read_pay_notice(line: Line) -> Iterator[tuple[Quote, Place]]:
    """
    Yield the places that a notice about pay takes for granted, each with the words that name it.

    >>> from bot.text.lines import read_lines
    >>> def places(text):
    ...     return [place.countries for line in read_lines(text) for _, place in read_pay_notice(line)]
    >>> places("The US base salary range is 10 to 20."), places("We pay well in the US.")
    ([('US',)], [])
    """
    for start, end in [(0, len(line.text))] if line.kind is HEADING else [(s.start, s.end) for s in line.sentences]:
        text = line.text[start:end]
        for place in find_places(text[:_LONGEST])[:_MOST]:
            of_country = place.kind is COUNTRY and (
                _PAY_FOR_PLACE.match(text) or (place.start <= _NEAR_START and _PAY_OF_COUNTRY.match(text, place.end))
            )
            if of_country or _PAY_AT_OFFICE.search(text, 0, place.start):
                yield line.quote(start, end), place
