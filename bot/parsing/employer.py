"""What the head of a posting leaves out, found in its text: the company's name."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from bot.text.clean import fold, part_sentences
from bot.text.document import DOMAIN_ENDINGS, HEADING, Document, Line, find_domains
from bot.text.lexicon import compile_later, is_english, one_of_written, read_lexicon, split_written
from bot.text.places import is_place_name
from bot.text.prefilter import to_lower
from bot.text.technologies import technology_names
from bot.topics.company import is_short_for

# The wordings around a capitalised name that tell that it is the employer's, and how much each tells.

_WORD = r"[A-ZÀ-ÖØ-Þ0-9][\w+/-]{0,40}(?:&\w{1,20})?(?:\.[A-Za-z]{2,6}\b)?(?:['’](?!s\b)[^\W\d_]{1,15})?(?:\[\w{1,3}\])?"
_CHAIN = compile_later(lambda: rf"{_WORD}(?: (?:(?:of|and|for|&|de|the) )?{_WORD}){{0,4}}")
_CONNECTION = compile_later(r" (?:and|for|de|the|of) ")
_SMALL_START = compile_later(r"(?<![\w@./-])[a-zà-ÿ]{1,4}-?$")
"""The small letters that a name such as "iHerb" or "q-Oven" begins with."""


def _words(table: str, which: str) -> str:
    """Return the source of a pattern for one of the words of a list."""
    return one_of_written(read_lexicon("employer_words")[table][which])


_SMALL_NAME = compile_later(
    lambda: rf"{_words('at', 'begins')} ([a-zà-ÿ][\w.]{{2,20}}[\wà-ÿ])(?:,? (?:we|you|our|wir|nous)\b|,? we['’]re\b)"
)
"""A name in small letters, which only the surest wording can tell from any other word."""

SUREST = 6
_WE = compile_later(lambda: rf",? {_words('at', 'we')}\b|, {_words('at', 'others')}\b")
_WORK_AT = compile_later(lambda: rf"\b{_words('at', 'life')} {_words('at', 'words')} $", re.IGNORECASE)
_POST_AT = compile_later(lambda: rf"\b{_words('at', 'posts')} {_words('at', 'words')} $", re.IGNORECASE)
_WE_ARE = compile_later(lambda: rf"(?:^|[.!?\n:] ?|\b{_words('headings', 'greetings')} ){_words('headings', 'we_are')} $", re.IGNORECASE)
_WE_OF = compile_later(lambda: rf"(?:^|\W)(?:we (?:the|at) |{_words('at', 'selves')}, (?:{_words('at', 'articles')} )?)$", re.IGNORECASE)
_MADE = compile_later(lambda: rf" {_words('at', 'best')}\b[^.;!?\n]{{0,80}} {_words('at', 'employers')}\b")
_IS_SOUGHT_BY = compile_later(lambda: rf" {_words('others', 'seeks')}\b")
_PART_OF = compile_later(r"(?<!, )(?<!\()\b(?:part|member) of $|\bwelcome to $", re.IGNORECASE)
_SEEKS = compile_later(lambda: rf" (?:is|are) (?:currently |now |actively |also )?{_words('is', 'seeks')}")
_BE = frozenset({"is", "are", "was", "has", "ist", "est", "es", "é"})
_DEFINES = compile_later(lambda: rf" {_words('is', 'verbs')} {_words('is', 'defines')}\b")
_COMPANY = compile_later(
    lambda: (
        rf" {_words('is', 'verbs')} (?:currently )?{_words('is', 'company_articles')} "
        rf"(?:[^.;\n]{{0,80}}?[ -])?{_words('is', 'company_nouns')}\b"
    )
)
_ACTS = frozenset(read_lexicon("signs")["employer_does"].split())
_OWNED = compile_later(lambda: rf"['’]s? {_words('is', 'owned')}\b")
_BEHIND = compile_later(lambda: rf",? (?P<form>{_words('is', 'forms')}(?!\w))| (?P<owned>{_words('is', 'behind')}\b)")
_REMARK = compile_later(r" [^\w\s(]{1,3}(?= )|,? ?\([^)\n]{2,60}\),?|, [^,.\n]{3,60},")
_TRUSTED = compile_later(lambda: rf"\b{_words('trusted', 'who')}\b(?: \w{{1,12}}){{0,2}} {_words('trusted', 'verbs')} $")
_FOUNDED = compile_later(lambda: rf"{_words('headings', 'founded')}[^,.\n]{{2,20}}, $")
_OPENING_SIGNS = '\n•·–—"“'
_SIGNS_BEFORE_SPACE = f"{_OPENING_SIGNS}.!?:"
_HEADING = compile_later(lambda: rf"\W{{0,4}}{_words('headings', 'begins')} (?:the |a )?$", re.IGNORECASE)
_HEADING_END = compile_later(r"\W{0,4}$|(?: (?:is|was)\b|['’]s )[^\n]{0,60}$|\?", re.MULTILINE)
_LEADING = frozenset(read_lexicon("signs")["before_employer"].split())
_APOSTROPHES = frozenset("'’")
_GAPS = frozenset(" ,")
_ARE = frozenset({"we're", "we’re", "are", "sommes", "sind", "somos"})
_OF = frozenset({"of", "to"})
_TRUST = frozenset({"trust", "use", "choose", "on"})
_AT = frozenset({"at", "bei", "chez", "na", "en"})
_MAKE = frozenset({"make", "making", "made"})
_KINDS = frozenset(read_lexicon("employer_words")["others"]["kinds"].split())
_JOIN = frozenset({"join", "joining", "joins", "rejoignant", "rejoindre", "rejoignez"})
_SPACES = frozenset(" \n")
_SENTENCE_ENDS = frozenset(".!?")
_MOST_EMPLOYERS = 1_500
"""Capitalised words of a text that are looked at: of 1,500 postings none has more than 300."""

_LOOK_BACK, _LONGEST_HEADING = 60, 60
_LONGEST_ACRONYM, _SMALL_WORDS, _MOST_OWN_WORDS, _NEAR = 7, 4, 5, 4000
"""Characters around a name in which the same name with "and" in it must stand again."""


class Clue(NamedTuple):
    """A name in a wording that speaks for it."""

    name: str
    wording: str
    """Which wording: each counts once for a name."""

    weight: int
    at: int
    """Where in the text the name begins."""


def find_clues(text: str) -> Iterator[Clue]:
    """
    Yield the names in a text that some wording speaks for, in order; one name several times where several wordings do.

    >>> [(clue.name, clue.wording) for clue in find_clues("At Shopwerk, we bake. We like Python.")]
    [('Shopwerk', 'at X, we')]
    """
    no_names = not_names("first_words")
    for match in islice(_CHAIN.finditer(text), _MOST_EMPLOYERS):
        if text[match.start() - 1 : match.start()] in _SPACES and (match[0].isdigit() or _key(match[0]) in no_names):
            continue  # most are: a figure, or a word that begins sentences
        start, end = _bare(text, start=match.start(), end=match.end())
        words = text[start:end]
        if not words or words.isdigit():
            continue
        wordings = _read_wordings(text, start=start, end=end)
        if wordings and (name := to_name(words)):
            yield from (Clue(name, wording, weight, start) for wording, weight in wordings)
    for match in _SMALL_NAME.finditer(text):
        if _begins_sentence(text, match.start()) and fold(match[1]) not in no_names:
            yield Clue(match[1], "at X, we", SUREST, match.start(1))


def _begins_sentence(text: str, at: int) -> bool:
    """Tell whether a line, or a sentence behind a space, begins at a place."""
    return not at or text[at - 1] == "\n" or (text[at - 1] == " " and text[at - 2 : at - 1] in _SENTENCE_ENDS)


@lru_cache(maxsize=256)
def to_name(written: str) -> str | None:
    """Return a name without the signs around it, or None for words that name no company."""
    name = written.strip(" .,-:!?/&+")
    words = [_key(word) for word in name.split()]
    if not words or len(name) < 2 or name.isdigit() or words[0] in not_names("first_words") or is_place_name(name):  # noqa: PLR2004
        return None
    if len(words) == 1 and words[0] in not_names("alone"):
        return None
    return None if any(word in not_names("any_word") or word.rstrip("s") in not_names("any_word") for word in words) else name


@cache
def not_names(which: str) -> frozenset[str]:
    """Return one of the lists of words that are no employer's name, folded."""
    return frozenset(fold(word) for word in read_lexicon("not_employers")[which].split())


def _key(word: str) -> str:
    return word.lower() if word.isascii() else fold(word)


def _bare(text: str, *, start: int, end: int) -> tuple[int, int]:
    """Return the span of a name in the capitalised words of text[start:end], without words before it that begin no name; empty for none."""
    if start and (text[start - 1].isalnum() or text[start - 1] in "@/_-.&"):
        small = _SMALL_START.search(text, max(0, start - 6), start)
        return (small.start(), end) if small else (end, end)
    stops = not_names("first_words")
    while start < end:
        space = text.find(" ", start, end)
        if _key(text[start : space if space > 0 else end]) not in stops:
            break
        start = space + 1 if space > 0 else end
    joined = _CONNECTION.search(text, start, end) if text.find(" ", start, end) > 0 else None
    if joined and text.count(text[start:end], max(0, start - _NEAR), end + _NEAR) == 1:
        end = joined.start()
    return start, end


def _read_wordings(text: str, *, start: int, end: int) -> list[tuple[str, int]]:
    """Return the wordings around text[start:end] that tell of an employer, with their weights; most names stand in none."""
    before = text[max(0, start - _LOOK_BACK) : start]
    words = before.rsplit(None, 1)
    last = words[-1].lower() if words else ""
    found = list(_read_before(before, last, text=text, start=start, end=end)) if last in _LEADING else []
    sign = text[end : end + 1]
    if sign in _APOSTROPHES:
        found.append(("X's mission", 2) if _OWNED.match(text, end) else ("X's", 1))
    elif sign in _GAPS:
        behind = _BEHIND.match(text, end)
        if behind and behind["form"]:
            found.append(("X, Inc", 2))
        if _opens(before):
            remark = _REMARK.match(text, end)
            found += _read_statement(text, remark.end() if remark else end)
        elif behind and behind["owned"]:
            found.append(("X employees", 2))
    return found


def _read_before(before: str, last: str, *, text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    if last in _AT:
        yield _read_at(before, text, end=end)
    elif last in _JOIN:
        yield "join X", 3
    elif last in _ARE and _WE_ARE.search(before):
        yield "we are X", 5
    elif last in _OF and _PART_OF.search(before):
        yield "part of X", 5
    elif last in _TRUST and _TRUSTED.search(before):
        yield "use X", 5
    elif last == "with" and _POST_AT.search(before):
        yield "post at X", 3
    else:
        yield from _read_further(before, last, text=text, end=end)
    line = text.rfind("\n", max(0, start - _LOOK_BACK), start) + 1
    if end - line <= _LONGEST_HEADING and _HEADING.fullmatch(text, line, start) and _HEADING_END.match(text, end):
        yield "about X", SUREST


def _read_at(before: str, text: str, *, end: int) -> tuple[str, int]:
    if _WE.match(text, end):
        return "at X, we", SUREST
    if _WORK_AT.search(before):
        return "work at X", 5
    if _is_of_us(before, text, end=end):
        return "we, X", 5
    return ("post at X", 3) if _POST_AT.search(before) else ("within X", 1)


def _read_further(before: str, last: str, *, text: str, end: int) -> Iterator[tuple[str, int]]:
    if last in ("within", "across"):
        yield "within X", 1
    elif last in _MAKE and _MADE.match(text, end):
        yield "make X the", 5
    elif last in _KINDS and _IS_SOUGHT_BY.match(text, end):
        yield "X seeks", 5
    elif _is_of_us(before, text, end=end):
        yield "we, X", 5


def _is_of_us(before: str, text: str, *, end: int) -> bool:  # "We, the Blue Hotel, are"
    return _WE_OF.search(before) is not None and text[end : end + 3].lstrip(", ")[:1].islower()


def _opens(before: str) -> bool:
    """Tell whether a name begins a sentence or a line, with "The" or "Founded in 1990," before it or not."""
    before = before.removesuffix("The ")
    last, sign = before[-1:], before[-2:-1]
    if not last or last in _OPENING_SIGNS:
        return True
    if last != " " or not sign:
        return False
    return sign in _SIGNS_BEFORE_SPACE or (sign == "," and _FOUNDED.search(before) is not None)


def _read_statement(text: str, end: int) -> Iterator[tuple[str, int]]:
    """Yield what a sentence that begins with a name says of it."""
    word = text[end + 1 : text.find(" ", end + 1, end + 20)]
    is_said = word in _BE
    if is_said and _SEEKS.match(text, end):
        yield "X seeks", 5
    elif is_said and _COMPANY.match(text, end):
        yield "X is a company", 9
    elif is_said and _DEFINES.match(text, end):
        yield "X is a", 4
    elif word in _ACTS:
        yield "X does", 4


_PART_BEFORE = compile_later(r"[\w@./-]")
_PART_BEHIND = compile_later(r"[\w-]|\.\w")
_MOST_NAMES, _MOST_ADDRESSES = 12, 40
_OPENING = 3
"""Statements: what they define as "X is ..." is seldom anything but the employer."""

_ENOUGH = 4.5
"""A name needs this many points: one sure wording that is borne out elsewhere, or several others. Fewer named teams and products."""

_BRINGS_IN = frozenset({"X is a company", "X seeks", "join X", "we are X", "about X", "at X, we", "X, Inc"})
"""The wordings in which a longer form of the name counts as the name where it stands first."""

_LEAST_LETTERS = 4  # of a name, that an address must begin with


def find_company_name(document: Document) -> str | None:
    r"""
    Return the employer's name that the text gives surely, as it is spelt there; None rather than a doubtful one.

    >>> from bot.text.lines import read_lines
    >>> def name(body):
    ...     return find_company_name(Document(None, None, None, None, read_lines(body)))
    >>> name("At Shopwerk, we write software for bakeries. Shopwerk is hiring.")
    'Shopwerk'
    >>> name("## Our company\n\nShopwerk\n\n## Apply"), name("We are hiring. Python is a must.")
    ('Shopwerk', None)
    """
    body = document.body
    text = part_sentences("\n".join(line.text for line in body))
    domains = find_domains(body)
    clues = [*find_clues(text), *_opening_name(text), *_like_addresses(text, domains), *_under_own_heading(body, text)]
    clues = [clue for clue in clues if clue.wording != "X is a" or not _is_ordinary(clue.name, text)]
    if not clues:
        return None
    points, spellings = _weigh(clues, _opening_end(body))
    scores = {key: _score(spellings[key], weight, text=text, domains=domains) for key, weight in points.most_common(_MOST_NAMES)}
    best = max(scores, key=lambda key: (scores[key], len(key)))
    if scores[best] < _ENOUGH or _is_one_of_many_addresses(best, scores, clues):
        return None
    name = _in_full(spellings[best].most_common(1)[0][0], clues, text=text)
    return _spelt_out(name, text) or name


def _opening_name(text: str) -> list[Clue]:
    """Return the strange word, in whatever letters, of which the first sentence speaks: "loafly is bringing bread to all"."""
    if (opening := _OPENING_NAME.match(text)) is None or (name := to_name(opening["name"])) is None:
        return []
    is_known = is_english(fold(name)) or name.lower() in technology_names() or fold(name).endswith(_NO_NAME)
    return [] if is_known else [Clue(name, "X opens", 3, opening.start("name"))]


_OPENING_NAME = compile_later(r"(?:At )?(?P<name>[A-Za-zÀ-ÿ][\w&-]{2,30}) (?:is|are|was|has|ist|est|es|é) [a-zà-ÿ]")
_NO_NAME, _MOST_ORDINARY = ("ing", "ly"), 4


def _is_ordinary(name: str, text: str) -> bool:
    """Tell whether a name is an English word that the text has as such too, behind others: "a new way of boating. Boating is the best"."""
    return name.istitle() and is_english(fold(name)) and f" {name.lower()}" in text and text.count(name) < _MOST_ORDINARY


def _is_one_of_many_addresses(best: str, scores: dict[str, float], clues: list[Clue]) -> bool:
    """Tell whether nothing but an address speaks for a name, and as much for another: those of tools and partners stand in texts too."""
    told = {fold(clue.name) for clue in clues if clue.wording != "address"}
    others = (key for key, score in scores.items() if key != best and score == scores[best])
    return best not in told and any(key not in told for key in others)


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


def _spelt_out(name: str, text: str) -> str | None:
    """Return the words that an acronym stands for where the text has it in brackets behind them: "Bureau of Bread (BB)"."""
    at = text.find(f"({name})") if name.isupper() and len(name) <= _LONGEST_ACRONYM else -1
    before = text[max(0, at - _LOOK_BACK * 2) : at].split() if at > 0 else []
    for count in range(len(name), len(name) + _SMALL_WORDS):
        words = before[-count:]
        if len(words) == count and words[0][0].isupper() and "".join(word[0] for word in words if word[0].isupper()) == name:
            return " ".join(words)
    return None


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
    # What stands behind an article that is joined to it is an ordinary word: "l'incubateur".
    return [
        Clue(text[at : at + len(domain)], "address", 2, at)
        for domain, at in found
        if at >= 0 and not (text[at].islower() and text[at - 1 : at] in _APOSTROPHES)
    ]


def _under_own_heading(body: Sequence[Line], text: str) -> list[Clue]:
    """Return the name that stands alone under a heading such as "Our company"."""
    own = {fold(word) for word in split_written(read_lexicon("employer_words")["headings"]["own"])}
    short = (line for line in body if line.heading and len(line.text.split()) <= _MOST_OWN_WORDS)
    lines = (line for line in short if fold(line.heading or "").strip(" :#*?") in own)
    found = ((line.text, to_name(line.text)) for line in lines)
    return [Clue(name, "about X", SUREST, text.find(name)) for written, name in found if name and _CHAIN.fullmatch(written.strip())]


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
    public = any(_PUBLIC.match(spelling) for spelling in spellings)
    return weight + min(mentions - 1, 8) * 0.75 + 5 * owned + public


_PUBLIC = compile_later(r"(?:City|County|State|Town|Government|University) of (?=[A-Z])")
"""A public employer: its departments are named more often than it is."""


def _is_plain_word(name: str, text: str) -> bool:
    """Tell whether a name is a technology's, or stands in the text as an ordinary word too: how often it stands there tells nothing."""
    return name.lower() in technology_names() or (f" {name.lower()} " in text and is_english(fold(name)))


# Other names that the text calls the employer by.

_OWN_WORDINGS = frozenset({"at X, we", "we, X", "make X the", "work at X", "we are X", "part of X", "X is a company", "X seeks", "about X"})
_LINK = compile_later(r"\[([^\[\]\n]{1,80})\]\([^()\n]{0,300}\)")
_SHORT_FORM = compile_later(r" \(([A-Z][A-Za-z]{2,7})\)")
_DOTTED = compile_later(rf"(?<![\w@/.:-])([A-Za-z][\w-]{{1,30}}(?:\.[a-z]{{2,12}})?\.(?:{DOMAIN_ENDINGS}|gouv|gov))(?![\w/@:-])")
_MAIL = compile_later(r"(?<![\w.+-])[\w.+-]{1,60}@[\w.-]{1,60}")
_BODY = compile_later(lambda: rf"\b{_words('others', 'bodies')}\b", re.IGNORECASE)
_LEAST_SAID, _LEAST_LETTERS_OF_OTHER, _MOST_OTHERS, _MOST_READ, _MOST_SPELT, _SMALL_WORD = 2, 3, 6, 30_000, 8, 3


def find_other_names(text: str, company: str | None) -> tuple[str, ...]:
    """
    Return the names that a text calls its employer by beside that in its head, by sure wordings only: else they may be a customer's.

    >>> find_other_names("At Loafly, we bake for Ovenly. Loafly is a brand of Dough Bank. At Kafka, we rise.", "Dough Bank")
    ('Loafly',)
    >>> find_other_names("Le pain de l’Agence de la Bonne Farine (ABF). L’ABF est à Gand.", None)
    ('ABF', 'Agence de la Bonne Farine')
    >>> find_other_names("The Bread Safety Agency (BSA) is old. The BSA bakes. Write to jobs@bsa.example.", "Bakers of Ghent")
    ('BSA', 'Bread Safety Agency')
    """
    plain = _LINK.sub(r"\1", text[:_MOST_READ]).replace("*", "")
    clues = (clue for clue in find_clues(plain) if clue.wording in _OWN_WORDINGS and not _is_told_in_passing(clue, plain))
    told = Counter(name for name, _ in dict.fromkeys((clue.name, clue.wording) for clue in clues))
    names = dict.fromkeys((*told, *_short_forms(plain, is_alone=not company), *_dotted_names(plain)))
    head, initials = _plain(company or ""), "".join(word[0] for word in (company or "").split() if word[0].isupper())
    are_tools = {name for name in names if name.lower() in technology_names() and told[name] < _LEAST_SAID}
    others = (name for name in names if name not in are_tools and len(_plain(name)) >= _LEAST_LETTERS_OF_OTHER)
    is_new = (name for name in others if not head or not (_plain(name) in head or _plain(name).startswith(head) or name == initials))
    return tuple(islice(is_new, _MOST_OTHERS))


def _is_told_in_passing(clue: Clue, text: str) -> bool:
    """Tell whether "We are Remote" says how the employer is, or a name that is part of something stands once."""
    return clue.wording in ("we are X", "part of X") and (text.count(clue.name) < _LEAST_SAID or clue.name.endswith("ing"))


def _short_forms(text: str, *, is_alone: bool) -> Iterator[str]:
    """Yield short forms in brackets, and what they stand for, of whom an address or what is said before or behind tells that it employs."""
    for match in islice(_SHORT_FORM.finditer(text), _MOST_ADDRESSES):
        short, line = match[1], text.rfind("\n", 0, match.start()) + 1
        if short[1:].islower() or text.count(short) < _LEAST_SAID:
            continue
        words = re.split(r"\s+|(?<!\w)[LldD]['’]", text[max(line, match.start() - _LOOK_BACK * 2) : match.start()])[-_MOST_SPELT:]
        ends = (words[start:] for start in range(len(words)) if len(words[start]) > _SMALL_WORD)
        if not (long := " ".join(next((end for end in ends if _is_spelt(short, end)), ()))):
            continue
        is_said = (is_alone and long[0].isupper()) or _is_said_to_employ(short, text) or _is_said_to_employ(long, text)
        if _owns_address(short, text) or (_BODY.search(long) and is_said):
            yield from (short, long)


def _is_spelt(short: str, words: Sequence[str]) -> bool:
    """Tell whether a short form is made of beginnings of words, small ones left out or not."""
    own = [fold(word) for word in words]
    return any(is_short_for(fold(short), some, least=1) for some in (own, [word for word in own if len(word) > _SMALL_WORD]))


def _owns_address(short: str, text: str) -> bool:
    """Tell whether mail goes to a name: "jobs-bsa@mill.example", "jobs@bsa.example"."""
    return any(fold(short) in re.split(r"[^a-z0-9]", fold(match[0])) for match in islice(_MAIL.finditer(text), _MOST_ADDRESSES))


def _is_said_to_employ(name: str, text: str) -> bool:
    """Tell whether people work at a name, or it seeks them."""
    articles = f"(?:{read_lexicon('employer_words')['others']['articles']})"
    before, behind, name = _words("others", "before"), _words("others", "behind"), re.escape(name)
    return re.search(rf"\b{before} {articles}?{name}(?!\w)|(?<!\w){name} {behind}\b", text) is not None


def _dotted_names(text: str) -> Iterator[str]:
    """Yield the names with a dot in them that people work at: "bread.example"."""
    found = Counter(match[1] for match in islice(_DOTTED.finditer(text), _MOST_EMPLOYERS))
    for name, count in islice(found.items(), _MOST_ADDRESSES):
        is_mail = f"@{name}" in text
        if (count >= _LEAST_SAID or is_mail) and fold(name) not in not_names("domains") and _is_said_to_employ(name, text):
            yield name
