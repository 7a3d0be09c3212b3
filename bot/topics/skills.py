"""Which languages, tools and frameworks are named."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from itertools import islice

from bot.domain.answer import Rendered
from bot.domain.facts import Fact, Quote
from bot.domain.query import SearchKey, Verdict
from bot.text.clean import fold
from bot.text.document import HEADING, Document, Line, Sentence
from bot.text.headings import SectionKind, read_line_kind
from bot.text.items import items_of
from bot.text.lexicon import compile_later, read_lexicon, split_words
from bot.text.technologies import NO_NAMES, find_technologies
from bot.text.translations import say
from bot.text.words import is_function_word, languages_in, lets_other_language, read_words, spoken_language
from bot.topics.lists import to_text_facts
from bot.topics.topic import Topic, list_as

MOST = 25
"""Skills that are kept: the first ones; who lists more lists everything."""


def find_skills(document: Document) -> Sequence[Fact[str]]:
    r"""
    Return the technologies that the requirements and the welcome points name, each once, as the posting spells it.

    The quote is the item that names it.

    >>> from bot.text.lines import read_lines
    >>> def found(body):
    ...     document = Document(title=None, company=None, link=None, location=None, lines=read_lines(body))
    ...     return [fact.value for fact in find_skills(document)]
    >>> found("## Requirements\n* Go or Python\n* Some python")
    ['Go', 'Python']
    >>> found("## Our stack\n* Go or Python")
    []
    """
    asked = to_text_facts(islice(_named_in(items_of(document, SectionKind.REQUIREMENTS, SectionKind.PREFERRED), document.company), MOST))
    return asked or to_text_facts(islice(_named_in(filter(_lists_tools, document.body), document.company), MOST))


_FEWEST_TOOLS, _LONGEST_TOOLS = 3, 200
"""Technologies that a line of so many characters must list, and be made of, to tell what one works with where nothing is asked for."""


def _lists_tools(line: Line) -> bool:
    if sum(map(line.text.count, ",/|")) < _FEWEST_TOOLS - 1:
        return False
    is_told = line.kind is not HEADING or ":" in line.text  # "Backend focus: Go, Python, AWS" heads what one does with them
    text = NO_NAMES.sub(" ", line.text) if is_told and len(line.text) <= _LONGEST_TOOLS else ""
    found = find_technologies(text) if sum(map(text.count, ",/|")) >= _FEWEST_TOOLS - 1 else []
    return len(found) >= _FEWEST_TOOLS and 2 * sum(len(split_words(each.name)) for each in found) > len(split_words(text))


def _named_in(lines: Iterable[Line], company: str | None) -> Iterator[tuple[str, Quote]]:
    seen = {"".join(split_words(company or ""))}
    for line in lines:
        quote = None
        for technology in find_technologies(line.text):
            if (key := technology.key) not in seen:
                seen.add(key)
                quote = quote or line.quote()
                yield technology.name, quote


def render_skills(facts: Sequence[Fact[str]], locale: str = "en") -> Rendered:
    """Say how many there are and list them."""
    sentence = "It names 1 skill:" if len(facts) == 1 else "It names {number} skills:"
    return Rendered(sentence=say(sentence, locale, number=len(facts)), items=tuple(fact.value for fact in facts))


def skill_key(name: str) -> str:
    """
    Return what the spellings of a skill share: lower case letters, digits, + and #.

    >>> skill_key("Node.js"), skill_key("node js"), skill_key("C++")
    ('nodejs', 'nodejs', 'c++')
    """
    return "".join(character for character in fold(name) if character.isalnum() or character in "+#")


@cache
def _names_by_key() -> dict[str, str]:
    tables = (*read_lexicon("skills")["any_case"].values(), *read_lexicon("skills")["as_spelled"].values())
    return {skill_key(name): name for table in reversed(tables) for name in reversed(table)}


def keys_of_kind(words: str) -> frozenset[str]:
    """
    Return the keys of the technologies of the kind that a question names, the longest phrase first; none where it names no kind.

    >>> "postgres" in keys_of_kind("which databases?"), "react" in keys_of_kind("which ml frameworks"), keys_of_kind("which tools")
    (True, False, frozenset())
    """
    said = f" {' '.join(word.text for word in read_words(words.replace('/', ' ')))} "
    kinds = read_lexicon("skills")["kinds"]
    named = [(len(one), kind) for kind, told in kinds.items() for one in told["asked"] if f" {one} " in said or f" {one}s " in said]
    return frozenset(map(skill_key, kinds[max(named)[1]]["names"])) if named else frozenset()


def is_among(name: str, keys: frozenset[str] | None) -> bool:
    """
    Tell whether a technology is one of these, or any, by its name or the last word of it, which its maker's may stand before.

    >>> is_among("Amazon Aurora", frozenset({"aurora"})), is_among("Aurora Borealis", frozenset({"aurora"}))
    (True, False)
    """
    return keys is None or not keys.isdisjoint({skill_key(name), skill_key(name.rsplit(maxsplit=1)[-1]), skill_key(unversioned(name))})


def is_known_skill(key: str) -> bool:
    """Tell whether a technology of this key is found by its name."""
    return key in _names_by_key()


def unversioned(name: str) -> str:
    """
    Return a technology without the number of its version; anything else, and what is called so, as it is.

    >>> unversioned("python3"), unversioned("Java 17"), unversioned("HTML5"), unversioned("C++17"), unversioned("EC2")
    ('python', 'Java', 'HTML5', 'C++', 'EC2')
    """
    plain = _VERSION.sub("", name)
    return plain if not is_known_skill(skill_key(name)) and is_known_skill(skill_key(plain)) else name


_VERSION = re.compile(r"\s?[vV]?\d[\d.]{0,8}(?:\+|\.x)?$")


def name_skill(key: str) -> str:
    """
    Return the usual spelling of a technology by its key, the key itself for any other.

    >>> name_skill("javascript"), name_skill("abapcloud")
    ('JavaScript', 'abapcloud')
    """
    return _names_by_key().get(key, key)


def near_skill(name: str) -> str | None:
    """
    Return the technology that a mistyped name comes near; None where it is one, or near to none.

    >>> near_skill("Pyton"), near_skill("kuberntes"), near_skill("Python"), near_skill("juggling")
    ('Python', 'Kubernetes', None, None)
    """
    key = skill_key(name)
    if is_known_skill(key) or len(key) < _SHORTEST_MISTYPED:
        return None
    near = get_close_matches(key, _names_by_key(), n=1, cutoff=_LEAST_LIKE)
    return name_skill(near[0]) if near else None


_SHORTEST_MISTYPED, _LEAST_LIKE = 5, 0.85
"""Letters; and how alike two keys are, of 1."""


# Spoken languages: whether one alone will do.


def find_only_language(words: str, read: Callable[[], Document]) -> tuple[Sentence, Verdict] | None:
    r"""
    Return what tells who has one spoken language only whether it will do: a sentence that demands another as well, or just this one.

    The posting is read only where somebody says so.

    >>> from bot.text.lines import read_lines
    >>> def judge(words, body):
    ...     found = find_only_language(words, lambda: Document(None, None, None, None, read_lines(body)))
    ...     return found and found[1]
    >>> judge("i only speak english", "* You speak Dutch"), judge("i only speak english", "* Fluent English (Dutch is a plus)")
    (<Verdict.NO: 'no'>, <Verdict.YES: 'yes'>)
    >>> judge("is english enough", "* German or English spoken"), judge("i speak english", "* You speak Dutch")
    (<Verdict.YES: 'yes'>, None)
    """
    if not (own := _only_languages(words)):
        return None
    found = [(sentence, _weigh_languages(own, part)) for sentence in read().sentences() for part in _parts_on_languages(sentence)]
    return next(((one, said) for wanted in (Verdict.NO, Verdict.UNCLEAR, Verdict.YES) for one, said in found if said is wanted), None)


def _only_languages(words: str) -> set[str]:
    """Return the spoken languages that are all that somebody has: "I only speak English", "is English enough"."""
    signs, read = read_lexicon("skills")["only_language"], [word.text for word in read_words(words)]
    only = {fold(sign) for sign in signs["before"] if sign == fold(sign) or sign in words.lower()}  # "so" is no "só"
    spoken = [(at, language) for at, word in enumerate(read) if (language := spoken_language(word))]
    alone = {name for at, name in spoken if not only.isdisjoint(read[max(0, at - _NEAR) : at])}
    return alone | {name for at, name in spoken if not set(signs["behind"]).isdisjoint(read[at + 1 : at + 2])}


def _parts_on_languages(sentence: Sentence) -> Iterator[str]:
    """Yield the parts of a sentence that demand a spoken language."""
    if read_line_kind(sentence.line) in _NO_DEMANDS or not languages_in(sentence.text):
        return
    signs, own = read_lexicon("passages"), read_lexicon("skills")["only_language"]
    for part in _LANGUAGE_PARTS.split(sentence.text):
        text, words = f" {part.lower()}", read_words(part)
        rest = [one for one in words if not (is_function_word(one.text) or spoken_language(one.text) or tells_how_well(one.text))]
        is_spoken = len(words) <= _SHORT or not rest or any(sign in text for sign in own["within"])
        is_spoken = is_spoken or any(f" {sign}" in text for sign in signs["speaking"]["words"])
        if is_spoken and not any(sign in text for sign in (*signs["optional"]["words"], *signs["not_needed"]["words"])):
            yield part


def tells_how_well(word: str) -> bool:
    """Tell whether a word, folded, beside a spoken language only says how well it is spoken, or that it must be: "anglais courant"."""
    return word in read_lexicon("skills")["only_language"]["levels"].split()


def _weigh_languages(own: set[str], part: str) -> Verdict | None:
    named = languages_in(part)
    if not named or named <= own:
        return Verdict.YES if named else None
    if not named & own:
        return Verdict.NO
    return Verdict.YES if lets_other_language(" ".join(own), part) else Verdict.UNCLEAR if "/" in part else Verdict.NO


_NEAR, _SHORT = 3, 3  # words
_LANGUAGE_PARTS = compile_later(r"[();,]|\s[-–—]\s")
_NO_DEMANDS = frozenset({SectionKind.PREFERRED, SectionKind.COMPANY, SectionKind.BENEFITS, SectionKind.LEGAL, SectionKind.PAY})


def find_skill_keys(name: str) -> tuple[SearchKey, ...]:
    """Return the folded name."""
    return (SearchKey(skill_key(name)),)


SKILLS: Topic[str] = Topic(
    name="skills",
    command="skills",
    label="Skills",
    description="Which languages, tools and frameworks are named",
    asked_as=(
        "skills",
        "tech stack",
        "stack",
        "tools",
        "technologies",
        "programming languages",
        "frameworks",
        "which tools",
        "what langs",
        "which language",
        "what technology",
        "tech",
        "langs",
        "language do they use",
        "what do they use",
        "programming language",
        "which languages",
        "what languages",
        "which cloud",
        "what cloud",
        "which database",
        "what database",
        "which framework",
        "what framework",
        "which * do they use",
        "what * do they use",
        "what * do you use",
        "what * does * use",
        "which * does * use",
        "tech do they use",
        "should i know",
        "which * platforms",
        "what platforms",
        "what coding",
        "coding skills",
        "use for",
    ),
    value_type=str,
    find=find_skills,
    tell=render_skills,
    keys=find_skill_keys,
    many=True,
    silence="The posting does not name particular languages or tools.",
    form_group="asked",
    schema_org=list_as("skills"),
    unstated=[],
    at_a_glance=True,
    side_by_side=True,
)
