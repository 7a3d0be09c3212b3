"""What the head of a posting leaves out, found in its text: the company's name, and a link."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache

from bot.text.clean import fold
from bot.text.document import Document, Line, LineKind
from bot.text.lexicon import read_lexicon
from bot.text.links import find_links
from bot.text.places import is_place_name

_WORD = r"(?:[A-ZÀ-Þ0-9][\w&+’'-]{0,30}(?:\.[A-Za-z]{2,6}\b)?|[a-zà-ÿ]{1,4}-?[A-Z][\w.-]{1,30})"
_NAME = rf"(?P<name>{_WORD}(?:\s(?:{_WORD}|of|and|&|for|de|the)){{0,4}}?)"
_END = r"(?=[\s,.!?:;’'()–—-]|$)"
_SUREST = 6
_PATTERNS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (_SUREST, re.compile(rf"\b(?:At|Here at|Bei|Chez)\s{_NAME},\s(?:we|our|you|I|wir|nous|the|it|everyone|employees|every|people)\b")),
    (_SUREST, re.compile(rf"\b(?:At|Here at|Chez|Bei)\s{_NAME}\s(?:we|you|our)\b")),
    (
        5,
        re.compile(
            rf"\b(?:[Ww]elcome to|[Ww]hy [Jj]oin|[Ll]ife at|[Ww]orking at|[Ww]ork at|[Cc]areers? at|[Bb]enefits at"
            rf"|[Pp]erks at|[Hh]ere at|[Pp]art of the)\s{_NAME}{_END}"
        ),
    ),
    (
        5,
        re.compile(
            rf"^{_NAME}\s(?:\([^)]{{2,40}}\)\s)?(?:is|are)\s(?:currently\s|now\s|actively\s)?(?:seeking|looking"
            rf"|hiring|searching|recruiting|an [Ee]qual|proud to be|committed to)\b"
        ),
    ),
    (
        4,
        re.compile(
            rf"^(?:The\s)?{_NAME}\s(?:\([^)]{{2,60}}\)\s)?(?:is|are)\s(?:an?|the|on a|one of|building|redefining"
            rf"|transforming|revolutioni[sz]ing|reinventing|creating|changing|backed)\b"
        ),
    ),
    (
        5,
        re.compile(
            rf"^(?:(?:Founded|Established"
            rf"|Since)[^,.]{{2,30}},\s)?(?:The\s)?{_NAME}(?:,\s[^,.]{{3,40}})?,?\s(?:\([^)]{{2,60}}\)\s)?(?:is|was"
            rf"|has been)\s(?:an?|the|one of"
            rf"|on a)\s[^.;]{{0,70}}?\b(?:company|provider|leader|startup|start-up|firm|agency|organi[sz]ation"
            rf"|mission|studio|supplier"
            rf"|non-?profit|bank|marketplace|consultancy|institution|manufacturer|brand|venture|retailer|publisher|leading)\b"
        ),
    ),
    (
        4,
        re.compile(
            rf"^{_NAME}\s(?:seeks|is establishing|delivers|does not accept|provides equal|participates in"
            rf"|was founded|offers|provides|helps|builds|develops|believes|values|welcomes|celebrates|strives"
            rf"|embraces|reserves|invites)\b"
        ),
    ),
    (3, re.compile(rf"\b(?:[Jj]oin|joining)\s(?:the\s)?{_NAME}(?=[\s,.!’'])")),
    (
        3,
        re.compile(
            rf"\b(?:employment|opportunity|team|teams|engineers|everyone|work|career|interview|role|position)\s(?:at|with)\s{_NAME}{_END}"
        ),
    ),
    (
        2,
        re.compile(
            rf"\b{_NAME}(?:'s|’s)\s(?:mission|team|teams|platform|culture|products?|customers?|values|vision"
            rf"|engineering|growth|core|commitment|success|clients?|users|services|solutions|business)\b"
        ),
    ),
)
"""Wordings that name the employer and how much each tells; each counts once for a name."""

_ABOUT = re.compile(
    rf"^\W{{0,4}}(?:About|Why|Über|Sobre|À propos de|Who is|Who are|What is|Meet|Acerca de|Join|Working at|Life at"
    rf"|More about|Hello from)\s(?:the\s|The\s)?{_NAME}(?:\s(?:is|was)\b.{{0,60}}|['’]s .{{0,60}})?\W{{0,4}}$"
)
_DOMAIN = re.compile(
    r"(?:@|https?://(?:www\.)?|\bwww\.)(?:[a-z0-9-]{1,40}\.){0,2}([a-z0-9-]{2,40})\.(?:com|io|ai|co|org|net|de|fr"
    r"|dev|app|tech|health|eu|ca|co\.uk|us|es|xyz|so|gg)\b",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"\b[A-Z0-9][\w-]{1,30}")
_MOST_NAMES = 25
_OPENING = 3
"""Statements: what they define as "X is ..." is seldom anything but the employer."""

_ENOUGH = 5
"""A name needs this many points: one sure wording that is borne out elsewhere, or several others. Fewer named teams and products."""


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
    points: Counter[str] = Counter()
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for weight, written in (*_named(document), *_named_like_addresses(document)):
        key = fold(written)
        points[key] += weight
        spellings[key][written] += 1
    text = fold(" ".join(line.text for line in document.body))
    domains = _domains(document)
    scores = {key: _score(key, weight, text, domains) for key, weight in points.most_common(_MOST_NAMES)}
    if not scores:
        return None
    best = max(scores, key=lambda key: (scores[key], len(key)))
    return spellings[best].most_common(1)[0][0] if scores[best] >= _ENOUGH else None


def find_link(document: Document) -> str | None:
    """Return the first address in the body, or None."""
    return next((link for line in document.body for link in find_links(line.marked.raw)), None)


def _named(document: Document) -> Iterator[tuple[int, str]]:
    """Yield each wording's weight with the name in it; a wording counts once for a name."""
    seen: set[tuple[int, str]] = set()
    opening = {id(line) for line in document.statements[:_OPENING]}
    for line in document.body:
        extra = 1 if id(line) in opening or (line.heading and "about" in line.heading.casefold()) else 0
        for order, weight, written in _named_in(line):
            name = _to_name(written)
            if name and (order, name) not in seen:
                seen.add((order, name))
                yield weight + extra, name


def _named_like_addresses(document: Document) -> Iterator[tuple[int, str]]:
    """Yield the words of the text that an address in it is called like: "Acme" beside jobs@acme.example."""
    domains = _domains(document)
    if not domains:
        return
    words = Counter(match[0] for line in document.statements for match in _CAPITALISED.finditer(line.text))
    for word, count in words.items():
        if word.casefold() in domains and count > 1:
            yield 2, word


def _named_in(line: Line) -> Iterator[tuple[int, int, str]]:
    about = _ABOUT.match(line.text) if len(line.text) <= 60 else None  # noqa: PLR2004
    if about and line.kind in (LineKind.HEADING, LineKind.PROSE):
        yield -1, _SUREST, about["name"]
    for sentence in line.sentences:
        for order, (weight, pattern) in enumerate(_PATTERNS):
            for match in pattern.finditer(sentence.text):
                yield order, weight, match["name"]


def _to_name(written: str) -> str | None:
    """Return a name without the signs around it, or None for words that name no company."""
    name = re.sub(r"['’]s?$", "", written.strip(" .,’'-:!?")).removesuffix(" and").removesuffix(" for").removesuffix(" the").strip()
    words = [fold(word) for word in name.split()]
    if not words or len(name) < 2 or name.isdigit() or words[0] in _words("first_words") or is_place_name(name):  # noqa: PLR2004
        return None
    return None if any(word.rstrip("s") in _words("any_word") or word in _words("any_word") for word in words) else name


def _score(key: str, weight: int, text: str, domains: frozenset[str]) -> float:
    """Return a name's points: its wordings, how often it stands in the text, whether an address is called like it."""
    mentions = len(re.findall(rf"(?<![\w-]){re.escape(key)}(?![\w-])", text))
    plain = re.sub(r"[^a-z0-9]", "", key)
    owned = bool(plain) and any(plain == domain or (len(plain) > 3 and domain.startswith(plain)) for domain in domains)  # noqa: PLR2004
    return weight + min(mentions - 1, 8) * 0.75 + 5 * owned


def _domains(document: Document) -> frozenset[str]:
    found = (match[1].casefold() for line in document.body for match in _DOMAIN.finditer(line.marked.raw))
    return frozenset(domain.replace("-", "") for domain in found if domain not in _words("domains"))


@cache
def _words(which: str) -> frozenset[str]:
    return frozenset(fold(word) for word in read_lexicon("not_employers")[which].split())
