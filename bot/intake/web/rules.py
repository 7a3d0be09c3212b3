"""What is read from the web, and how much: every bound in this one place, with its story."""

from dataclasses import dataclass

from bot.intake.source import POSTING_BOUND
from bot.intake.web.boards import BOARDS, Board
from bot.intake.web.resolving import LookUp, look_up

MOST_BYTES = POSTING_BOUND
"""Of one answer, unpacked: 5 MB, what one posting's text may have. A posting's page has 0.05 to 1 MB, a board with some 300 jobs 5 MB."""

MOST_SECONDS = 10.0
"""For everything that one address leads to, name look-ups and redirects too: sites answer in one or two, and a person waits for it."""

MOST_REDIRECTS = 5
"""A short link, a country's site, a language and a slash at the end make four."""


@dataclass(frozen=True, slots=True)
class WebRules:
    """What holds while an address is read; tests use smaller bounds, other boards, and a look-up of their own."""

    allow_private: bool = False
    """Whether addresses that are not public are read too: for tests on loopback only."""

    boards: tuple[Board, ...] = BOARDS
    """The boards whose public JSON is read in a page's place."""

    look_up: LookUp = look_up

    most_bytes: int = MOST_BYTES
    most_seconds: float = MOST_SECONDS
    most_redirects: int = MOST_REDIRECTS
