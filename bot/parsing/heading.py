"""What the head of a posting leaves out, found in its text: the company's name, and a link."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import islice

from bot.parsing.employer import Clue, find_clues, not_names, technology_names
from bot.text.clean import fold
from bot.text.document import HEADING, Document, Line
from bot.text.links import find_links
from bot.text.signs import to_lower

_DOMAIN = re.compile(
    r"(?:@|https?://(?:www\.)?|\bwww\.)(?:[a-z0-9-]{1,40}\.){0,2}([a-z0-9-]{2,40})\.(?:com|io|ai|co|org|net|de|fr"
    r"|dev|app|tech|health|eu|ca|co\.uk|us|es|xyz|so|gg|dk|me)\b",
    re.IGNORECASE,
)
_PART_BEFORE = re.compile(r"[\w@./-]")
_PART_BEHIND = re.compile(r"[\w-]|\.\w")
_MOST_NAMES = 12
_MOST_DOMAINS = 40
_OPENING = 3
"""Statements: what they define as "X is ..." is seldom anything but the employer."""

_ENOUGH = 4.5
"""A name needs this many points: one sure wording that is borne out elsewhere, or several others. Fewer named teams and products."""

_BRINGS_IN = frozenset({"X is a company", "X seeks", "join X", "we are X", "about X", "at X, we", "X, Inc"})
"""The wordings in which a longer form of the name counts as the name where it stands first."""

_LEAST_LETTERS = 4
"""A name's letters that an address must begin with."""


def find_company_name(document: Document) -> str | None:
    """
    Return the employer's name that the text gives surely, as it is spelt there; None rather than a doubtful one.

    >>> from bot.text.lines import read_lines
    >>> def name(body):
    ...     return find_company_name(Document(None, None, None, None, read_lines(body)))
    >>> name("At Shopwerk, we write software for bakeries. Shopwerk is hiring.")
    'Shopwerk'
    >>> name("We are hiring. Python is a must.") is None
    True
    """
    body = document.body
    text = "\n".join(line.text for line in body)
    domains = _domains(body)
    clues = [*find_clues(text), *_like_addresses(text, domains)]
    if not clues:
        return None
    points, spellings = _weigh(clues, _opening_end(body))
    scores = {key: _score(spellings[key], weight, text=text, domains=domains) for key, weight in points.most_common(_MOST_NAMES)}
    best = max(scores, key=lambda key: (scores[key], len(key)))
    if scores[best] < _ENOUGH:
        return None
    return _in_full(spellings[best].most_common(1)[0][0], clues, text=text)


def find_link(document: Document) -> str | None:
    """Return the first address in the body, or None."""
    raws = (line.marked.raw for line in document.body)
    return next((link for raw in raws if "://" in raw for link in find_links(raw)), None)


def _in_full(name: str, clues: list[Clue], *, text: str) -> str:
    """Return the longer form in which the text brings a name in: "Acme Systems" where that stands first or is said to be hiring."""
    first = text.find(name)
    for clue in clues:
        longer = clue.name
        if longer.startswith(f"{name} ") and clue.weight > 1:
            is_company_word = longer.rpartition(" ")[2].lower() in not_names("company_words")
            if is_company_word or (clue.at <= first and clue.wording in _BRINGS_IN):
                return longer
    return name


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(name))


def _opening_end(body: Sequence[Line]) -> int:
    """Return where in the body's text its first statements end."""
    seen = at = 0
    for line in body:
        at += len(line.text) + 1
        seen += line.kind is not HEADING
        if seen == _OPENING:
            break
    return at


def _weigh(clues: list[Clue], opening_end: int) -> tuple[Counter[str], dict[str, Counter[str]]]:
    """Return each name's points, and how often it is spelt in which way; a wording counts once for a name."""
    points: Counter[str] = Counter()
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    seen: set[tuple[str, str]] = set()
    for clue in clues:
        key = fold(clue.name)
        spellings[key][clue.name] += 1
        if (clue.wording, key) not in seen:
            seen.add((clue.wording, key))
            points[key] += clue.weight + (clue.at < opening_end and clue.weight > 1)
    return points, spellings


def _like_addresses(text: str, domains: Sequence[str]) -> list[Clue]:
    """Return the names that an address in the text is called like: "Acme" beside jobs@acme.example."""
    lowered = to_lower(text) if domains else ""
    found = ((domain, _find_word(domain, lowered)) for domain in domains if domain.isalnum())
    return [Clue(text[at : at + len(domain)], "address", 2, at) for domain, at in found if at >= 0]


def _find_word(word: str, text: str) -> int:
    """Return where a word stands that is no part of a longer one or of an address; -1 where it does not."""
    at = text.find(word)
    while at >= 0 and (_PART_BEFORE.match(text, at - 1 if at else len(text)) or _PART_BEHIND.match(text, at + len(word))):
        at = text.find(word, at + 1)
    return at


def _score(spellings: Counter[str], weight: int, *, text: str, domains: Sequence[str]) -> float:
    """Return a name's points: its wordings, how often it stands in the text, whether an address is called like it."""
    mentions = 1 if any(_is_plain_word(spelling, text) for spelling in spellings) else sum(text.count(spelling) for spelling in spellings)
    plain = _plain(next(iter(spellings)))
    owned = bool(plain) and any(plain == domain or (len(plain) >= _LEAST_LETTERS and domain.startswith(plain)) for domain in domains)
    return weight + min(mentions - 1, 8) * 0.75 + 5 * owned


def _is_plain_word(name: str, text: str) -> bool:
    """Tell whether a name is a technology's, or stands in the text as an ordinary word too: how often it stands there tells nothing."""
    return name.lower() in technology_names() or f" {name.lower()} " in text


def _domains(body: Sequence[Line]) -> tuple[str, ...]:
    raws = (line.marked.raw for line in body)
    found = (match[1].casefold() for raw in raws if "@" in raw or "://" in raw or "www." in raw for match in _DOMAIN.finditer(raw))
    named = dict.fromkeys(domain.replace("-", "") for domain in found if domain not in not_names("domains"))
    return tuple(islice(named, _MOST_DOMAINS))
