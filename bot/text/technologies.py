"""Languages, tools, frameworks and platforms that a line names, with the choice and the level that the words around them leave."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import compress, count, pairwise
from typing import NamedTuple

from bot.domain.query import Verdict
from bot.text.clean import fold
from bot.text.lexicon import compile_later, one_of, pattern_of, read_lexicon
from bot.text.places import is_place_name
from bot.text.prefilter import to_lower
from bot.text.words import OR

_TOKEN = compile_later(
    r"[.A-Za-z0-9](?:(?<!\.)[A-Za-z0-9]*(?:[+#](?<=[A-Za-z].)[+#]?(?![A-Za-z0-9])|)|(?<=\.)(?:NET|Net|net)\b)",
)
"""It begins with one set of signs, so that all other characters are passed by at once; "or nothing" takes less time than "perhaps"."""

NO_NAMES = compile_later(r"\bhttps?://\S{1,300}|(?<![\w#])#[^\W\d][\w-]{0,60}")  # addresses, and tags of a network: "#LI-AB1"
_JOINTS = frozenset({"", " ", "-", ".", " & ", "&"})
_MOST_TOKENS = 4
_LONGEST_LINE = 1500
"""Characters of a line that are read; skills stand in its first sentences."""

_OFFICE_NAMES = compile_later(lambda: rf"(?<=[(,:/])\s?\b(?P<name>{one_of(read_lexicon('skills')['lists']['office'])})\b(?=\s?[,)/])")
_TOOL_LABEL = compile_later(lambda: rf"\W{{0,4}}(?:{one_of(read_lexicon('skills')['lists']['labels'])})\s?:\s{{0,3}}(?=\S)")
_SHAPE = compile_later(r"[A-Z]?[a-z]{2,}[A-Z][A-Za-z0-9]+|[A-Z]{1,3}[a-z]+[A-Z]{1,4}[a-z0-9]*|[A-Z]{2,}\d{1,2}|[A-Za-z]{3,}\.(?:js|io)")
"""A name that no ordinary word looks like: OpenTofu, ArgoCD, HL7, Ray.io."""

_BETWEEN = compile_later(r"\s?(?:,\s?(?:and|or)\s|,|/|\s(?:and/or|and|or|&)\s)\s?")
_NAME = compile_later(r"[A-Z][\w+#.-]{1,24}(?:\s[A-Z0-9][\w+#.-]{0,24}){0,2}")
_CAPITAL_INSIDE = compile_later(r"(?<=[a-z])(?=[A-Z])")
_INITIALS_LONGEST = 3
_MOST_WORDS = 3
_LONGEST_NAME = 30
_INITIALS = compile_later(r"\b[A-Za-z]")


class Technology(NamedTuple):
    """A name as a line spells it, and where it stands."""

    name: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """What two spellings of one name share."""
        return "".join(_TOKEN.findall(self.name)).casefold()


def find_technologies(text: str) -> list[Technology]:
    """
    Return the technologies that a line names, in order, as it spells them.

    >>> [found.name for found in find_technologies("Go and tools such as Docker, Skaffold or ArgoCD")]
    ['Go', 'Docker', 'Skaffold', 'ArgoCD']
    >>> find_technologies("You go the extra mile and excel in a team")
    []
    """
    text = text[:_LONGEST_LINE]
    if "#" in text or "://" in text:
        text = NO_NAMES.sub(lambda found: " " * len(found[0]), text)
    words = _TOKEN.findall(text)  # words alone are found faster than their places
    begins = list(compress(count(), map(_may_begin_name, words)))
    found = list(_find_named(text, begins)) if begins else []
    listed = list(_find_listed(text, words, found))
    if not found and not listed:
        return []
    found += listed
    return sorted((*found, *_find_neighbours(text, found)), key=lambda technology: technology.start)


def _find_listed(text: str, words: Sequence[str], found: Sequence[Technology]) -> Iterator[Technology]:
    """Yield the members of a list of tools that no word list has: behind a label for tools, or behind "tools such as"."""
    lowered = to_lower(text)
    taken = [(technology.start, technology.end) for technology in found]
    labelled = _TOOL_LABEL.match(lowered) if ":" in lowered else None
    lists = [(labelled.end(), len(text), True)] if labelled else []
    if _tool_noun_sign().isdisjoint(map(str.lower, words)):
        introduced: list[re.Match[str]] = []
    else:
        introduced = list(_introduced_tools().finditer(lowered))
    lists += [(match.start("members"), match.end("members"), False) for match in introduced]
    for first, last, is_labelled in lists:
        for start, end in _split_members(text, first, last):
            if any(begin < end and start < stop for begin, stop in taken) or not _may_be_tool(text[start:end], any_case=is_labelled):
                continue
            taken.append((start, end))
            yield Technology(text[start:end], start, end)
    if "office" in lowered:
        for office in _OFFICE_NAMES.finditer(lowered, lowered.index("office")):
            if not any(begin < office.end() and office.start() < stop for begin, stop in taken):
                yield Technology(text[office.start("name") : office.end()], office.start("name"), office.end())


def _may_be_tool(name: str, *, any_case: bool) -> bool:
    """Tell whether a member of a list of tools may be one: short, no ordinary word, with a capital unless a label stands before it."""
    if any_case and name in _concepts():
        return True
    words = name.split()
    if not 0 < len(words) <= _MOST_WORDS or name in _listed("never") or not name[0].isalpha() or not 1 < len(name) <= _LONGEST_NAME:
        return False
    is_named = len(words) > 1 and all(word[0].isupper() for word in words)
    if not is_named and any(word.strip("().:").lower() in _ordinary_words() for word in words):
        return False
    return name[0].isupper() or (any_case and len(words) == 1 and name.isascii())


@cache
def _concepts() -> frozenset[str]:
    return frozenset(read_lexicon("skills")["lists"]["concepts"])


@cache
def _ordinary_words() -> frozenset[str]:
    return frozenset(read_lexicon("ordinary_words")["words"].split())


@cache
def _tool_noun_sign() -> frozenset[str]:
    return frozenset(read_lexicon("skills")["lists"]["nouns"])


@cache
def _introduced_tools() -> re.Pattern[str]:
    lists = read_lexicon("skills")["lists"]
    return re.compile(
        rf"\b(?:{one_of(lists['nouns'])})\s?(?:\w{{2,12}}\s)?[,(]?\s?(?:{one_of(lists['leads'])}):?,?\s(?P<members>[^();:.]{{3,160}})",
    )


def _find_named(text: str, begins: Sequence[int]) -> Iterator[Technology]:
    """Yield names that the lexicon lists or that look like nothing else, the longest at each of the words where one may begin."""
    tokens = list(_TOKEN.finditer(text))
    before: Technology | None = None
    after = 0
    for at in begins:
        width = _width_at(text, tokens, at) if at >= after else 0
        if not width:
            continue
        after = at + width
        start, end = _start_with_maker(text, tokens, at), tokens[after - 1].end()
        if width > 1 and tokens[at][0] in _listed("makers") and (more := _MORE_MODULES.match(text, end)):
            end = more.end()
        if before is not None and start <= before.start:
            before = Technology(text[before.start : end], before.start, end)
        elif before is None or not _is_short_for(before, text[start:end], text[before.end : start]):
            if before is not None:
                yield before
            before = Technology(text[start:end], start, end)
    if before is not None:
        yield before


@lru_cache(maxsize=20_000)
def _may_begin_name(word: str) -> bool:
    """Tell whether a name may begin with a word; kept, because the words of postings are the same again and again."""
    if word.islower() and word not in _lower_first_tokens():
        return False
    listed = word.casefold() in _first_tokens() or word in _as_spelled() or word.capitalize() in _as_spelled()
    return listed or _is_shaped_as_name(word)


_MORE_MODULES = compile_later(r"(?<=[A-Z]{2})(?:/[A-Z]{2,3}\b){1,3}")
"""Further parts of one maker's product, joined to the first: "SAP MM/SD"."""


def _start_with_maker(text: str, tokens: list[re.Match[str]], at: int) -> int:
    """Return where a name begins with the maker's name, or another joined by a hyphen, that stands before it."""
    if not at:
        return tokens[0].start()
    before = tokens[at - 1]
    joint = text[before.end() : tokens[at].start()]
    if (joint == " " and before[0] in _listed("makers")) or (joint == "-" and before[0][0].isupper() and tokens[at][0][0].isupper()):
        return before.start()
    return tokens[at].start()


def _is_short_for(before: Technology, name: str, joint: str) -> bool:
    """Tell whether a name in brackets is the initials of the one before it."""
    return joint.strip() == "(" and "".join(_INITIALS.findall(before.name)).casefold() == name.casefold()


def _width_at(text: str, tokens: list[re.Match[str]], at: int) -> int:
    """Return how many tokens from one on are a name; 0 where none begins there."""
    names = _names()
    joined = ""
    widest = 0
    if tokens[at][0].casefold() not in _first_tokens():
        return int(_is_name_as_spelled(text, tokens[at]))
    for width in range(1, min(_MOST_TOKENS, len(tokens) - at) + 1):
        token = tokens[at + width - 1]
        if width > 1:
            joint = text[tokens[at + width - 2].end() : token.start()]
            if joint not in _JOINTS and joint != "/":
                break
            joined += "/" if joint == "/" else ""
        joined += token[0].casefold()
        if joined in names:
            widest = width
    return widest or int(_is_name_as_spelled(text, tokens[at]))


def _is_name_as_spelled(text: str, token: re.Match[str]) -> bool:
    word = token[0]
    if len(word) > _INITIALS_LONGEST and word.isupper() and word.capitalize() in _as_spelled():
        return _is_listed(text, token)
    if word in _as_spelled():
        return (word not in _listed("in_lists") and not _opens_sentence(text, token)) or _is_listed(text, token)
    return _is_shaped_as_name(word)


def _is_shaped_as_name(word: str) -> bool:
    return len(word) > 2 and _SHAPE.fullmatch(word) is not None and word not in _listed("never") and not _is_glued(word)  # noqa: PLR2004


def _is_glued(word: str) -> bool:
    """Tell whether a word is two ordinary ones, or one twice, that lost the space or the line break between: "experienceAbility"."""
    parts = _CAPITAL_INSIDE.split(word, maxsplit=1)
    return len(parts) > 1 and (parts[0] == parts[1] or all(part.lower() in _ordinary_words() for part in parts))


def _opens_sentence(text: str, token: re.Match[str]) -> bool:
    return not text[: token.start()].strip(" *-•\"'“") or text[: token.start()].rstrip().endswith((".", "!", "?", ":"))


def _is_listed(text: str, token: re.Match[str]) -> bool:
    """Tell whether a word stands where a skill does: between commas, after "in", before "programming"."""
    before, after = text[max(0, token.start() - 14) : token.start()], text[token.end() : token.end() + 14]
    return _before_listed().search(before) is not None and _after_listed(opens=_opens_sentence(text, token)).match(after) is not None


def _find_neighbours(text: str, found: list[Technology]) -> Iterator[Technology]:
    """Yield proper names from lists whose other members are known."""
    starts = {technology.start for technology in found}
    taken = [(technology.start, technology.end) for technology in found]
    lists = [list(_split_members(text, *listed.span("members"))) for listed in _list_pattern().finditer(text)]
    for members in (*lists, *_row_of_names(text)):
        known = sum(any(start <= place < end for place in starts) for start, end in members)
        if known * 3 < len(members) or not known:
            continue
        for start, end in members:
            name = text[start:end]
            free = not any(first < end and start < last for first, last in taken)
            if free and _NAME.fullmatch(name) and name not in _listed("never"):
                taken.append((start, end))
                yield Technology(name, start, end)


def _row_of_names(text: str) -> Iterator[list[tuple[int, int]]]:
    """Yield the members of a short line that is a row of names and nothing else: "Figma or Sketch"."""
    members = list(_split_members(text, 0, len(text))) if len(text) <= _LONGEST_ROW else []
    names = [text[start:end] for start, end in members]
    if len(names) > 1 and all(_NAME.fullmatch(name) and not is_place_name(name) for name in names):
        yield [(start, end) for (start, end), name in zip(members, names, strict=True) if _may_be_tool(name, any_case=False)]


_LONGEST_ROW = 60


def _split_members(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for between in _BETWEEN.finditer(text, start, end):
        yield from _trimmed(text, at, between.start())
        at = between.end()
    yield from _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = text[start:end]
    stripped = words.strip().rstrip(".").rstrip(" –—*-")
    if stripped:
        first = start + len(words) - len(words.lstrip())
        yield first, first + len(stripped)


@cache
def _list_pattern() -> re.Pattern[str]:
    """A list and the words that lead in to it, or its bracket."""
    leads = _either(read_lexicon("skills")["around"]["leads"])
    return re.compile(rf"(?:\b{leads}(?!\w)[:,]?|\()\s?(?P<members>[^();:]{{3,200}})", re.IGNORECASE)


@cache
def _before_listed() -> re.Pattern[str]:
    words = _either(read_lexicon("skills")["around"]["before"])
    return re.compile(rf"(?:^|[,/(&+:;]|\b{words})\s?$", re.IGNORECASE)


@cache
def _after_listed(*, opens: bool) -> re.Pattern[str]:
    around = read_lexicon("skills")["around"]
    words = _either(around["after"] if opens else [*around["after"], *around["after_inside"]])
    return re.compile(rf"\s?(?:[,/);:]|[.](?:\s|$)|$|\+\s|&\s|{words}(?!\w))", re.IGNORECASE)


def _either(words: Sequence[str]) -> str:
    return "(?:" + "|".join(map(re.escape, words)) + ")"


@cache
def _first_tokens() -> frozenset[str]:
    """The first tokens of those names, to pass by all other words at once."""
    tables = read_lexicon("skills")["any_case"].values()
    return frozenset(_TOKEN.findall(name)[0].casefold() for table in tables for name in table)


@cache
def _lower_first_tokens() -> frozenset[str]:
    """Those of them with which a name may begin in small letters, and the small names that are found as spelled."""
    return frozenset(_first_tokens() - _listed("ordinary")) | {word for word in _as_spelled() if word.islower()}


@cache
def _names() -> frozenset[str]:
    """The names found however they are written, joined as _width_at joins them; those found only as spelled left out."""
    tables = read_lexicon("skills")["any_case"].values()
    spelled = {word.casefold() for word in _as_spelled()}
    return frozenset(key for table in tables for name in table if (key := _join(name)) not in spelled)


def _join(name: str) -> str:
    tokens = list(_TOKEN.finditer(name))
    pieces = [tokens[0][0]]
    for before, token in pairwise(tokens):
        pieces.append("/" if name[before.end() : token.start()] == "/" else "")
        pieces.append(token[0])
    return "".join(pieces).casefold()


@cache
def _listed(table: str) -> frozenset[str]:
    return frozenset(read_lexicon("skills")[table]["words"])


@cache
def technology_names() -> frozenset[str]:
    """Return the names of known technologies in lower case: a company may be called so, but most that are named are tools."""
    return frozenset(name.lower() for names in read_lexicon("skills")["any_case"].values() for name in names)


@cache
def _as_spelled() -> frozenset[str]:
    return frozenset(read_lexicon("skills")["as_spelled"]["words"])


def is_spelled_only(name: str) -> bool:
    """
    Tell whether a name is an ordinary word too, so that only its spelling tells that a technology is meant: "Go", "React".

    >>> is_spelled_only("react"), is_spelled_only("kubernetes")
    (True, False)
    """
    return name.casefold() in _ordinary_names()


@cache
def _ordinary_names() -> frozenset[str]:
    ordinary = frozenset(read_lexicon("skills")["ordinary"]["words"])
    return frozenset(word.casefold() for word in _as_spelled()) | (ordinary & _first_tokens())


@cache
def same_names(name: str) -> tuple[str, ...]:
    """Return the other names of a technology: "k8s" of "kubernetes"."""
    groups = (group.split("|") for group in read_lexicon("synonyms")["same"]["groups"])
    return tuple(other for group in groups if name in group for other in group if other != name)


# One of several that would do.


def choosing_signs(text: str, start: int, *, end: int) -> list[str]:
    """
    Return the signs around what stands at text[start:end] that let one of several do.

    A slash does so only beside it, joins nothing in "C/C++", and names one skill by two names where nothing else stands there; an "or"
    behind an "and" leaves no choice of what stands before that.

    >>> choosing_signs("Go or Rust", 0, end=2), choosing_signs("SQL and Go or C", 0, end=3), choosing_signs("Some Go/C", 5, end=7)
    ([' or '], [], ['/'])
    """
    if _JOINED_NAMES.fullmatch(text.strip(" .")):
        return []
    text = text.replace("C/C++", "C+C++")
    before, behind = without_levels(text[max(0, start - _REACH) : start]), without_levels(text[end : end + _REACH])
    around, near = (
        pattern_of("or_learn").sub(" ", without_levels(f" {one}{text[start:end]}{other} ").lower())
        for one, other in ((before, behind), (_AND.split(before)[-1], _AND.split(behind)[0]))
    )
    is_beside = _SLASH_BEHIND.match(behind) or _SLASH_BEFORE.search(before)
    signs, of_what = read_lexicon("passages")["either"], before.lower()  # behind a thing examples are of it: "AWS services (e.g. Lambda)"
    said = {sign: of_what if sign in signs["examples"] else near if sign[0] == " " else around for sign in signs["words"]}
    return [sign for sign, where in said.items() if (is_beside if sign == "/" else sign in where)]


_REACH = 40
"""Letters."""

_AND, _JOINED_NAMES = compile_later(r"(?i)(?<!\w)(?:and|und|et|y|&)\s"), compile_later(r"[\w+#.-]+(?:/[\w+#.-]+)+")
_SLASH_BEHIND, _SLASH_BEFORE = compile_later(r"[\w.()+#-]{0,8}(?:\s\w{1,12})?\s?/"), compile_later(r"/\s?[\w.()+#-]{0,8}$")


@cache
def _levels_joined() -> re.Pattern[str]:
    words = read_lexicon("passages")["well"]
    levels = rf"(?P<level>{one_of([*words['strong_said'], *words['weak_said']])}|[abc][12]\+?)"
    other = rf"(?:{one_of([*words['strong_said'], *words['weak_said'], *words['above']])}|[abc][12]\+?)"
    return re.compile(rf"(?<!\w){levels}\s?(?:/|\b(?:{OR}|u)\b)\s?{other}(?!\w)", re.IGNORECASE)


def without_levels(text: str) -> str:
    """
    Return a text in which no level is one of two that would do: that leaves no choice between things.

    >>> without_levels("Advanced or fluent German"), without_levels("B2 or above in one or more languages")
    ('Advanced German', 'B2 in one or more languages')
    """
    return _levels_joined().sub(lambda one: one["level"], text)


def weigh_level(words: str, said: str) -> Verdict | None:
    """
    Say whether a level that a question names of a thing will do, or must be, by what a sentence says around it; None where it names none.

    >>> weigh_level("is basic english ok", "Fluent English"), weigh_level("must i be an expert in go", "Some Go")
    (<Verdict.NO: 'no'>, <Verdict.NO: 'no'>)
    >>> weigh_level("is expertise in go needed", "Some Go"), weigh_level("is expertise in go needed", "Go")
    (<Verdict.NO: 'no'>, None)
    >>> weigh_level("my english is basic, do they need it good", "Fluent English")
    <Verdict.YES: 'yes'>
    """
    asked = fold(words)
    is_weak, is_strong = _level("weak_said").search(said) is not None, _level("strong_said").search(said) is not None
    needed = pattern_of("need").search(asked)
    is_needed_well = needed is not None and any(_level(key).search(asked, needed.end()) for key in ("strong_asked", "good_asked"))
    if not is_needed_well and _level("weak_asked").search(asked):
        return Verdict.UNCLEAR if is_weak == is_strong else Verdict.told(holds=is_weak)
    if is_needed_well or _level("strong_asked").search(asked):
        return Verdict.UNCLEAR if is_weak == is_strong else Verdict.told(holds=is_strong)
    return Verdict.NO if is_weak and not is_strong and _level("expert_asked").search(asked) else None


@cache
def _level(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{one_of(read_lexicon('passages')['well'][key])})(?:e[mnrs]?)?(?!\w)", re.IGNORECASE)
