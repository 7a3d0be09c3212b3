"""Which languages, tools and frameworks are named."""

from collections.abc import Iterator, Sequence
from itertools import islice

from bot.domain.answer import Telling
from bot.domain.fact import Fact
from bot.domain.search import SearchKey
from bot.text.clean import fold
from bot.text.document import Document
from bot.text.items import items_of
from bot.text.phrases import split_words
from bot.text.section_kind import SectionKind
from bot.text.technologies import find_technologies
from bot.topics.topic import Topic

MOST = 25
"""Skills that are kept: the first ones; who lists more lists everything."""

_TextFact = Fact[str]


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
    return tuple(islice(_named_in(document), MOST))


def _named_in(document: Document) -> Iterator[Fact[str]]:
    seen = {"".join(split_words(document.company or ""))}
    for line in items_of(document, SectionKind.REQUIREMENTS, SectionKind.PREFERRED):
        quote = None
        for technology in find_technologies(line.text):
            if (key := technology.key) not in seen:
                seen.add(key)
                quote = quote or line.quote()
                yield _TextFact(value=technology.name, quote=quote)


def tell_skills(facts: Sequence[Fact[str]]) -> Telling:
    """Say how many there are and list them."""
    many = "skill" if len(facts) == 1 else "skills"
    return Telling(sentence=f"It names {len(facts)} {many}:", items=tuple(fact.value for fact in facts))


def skill_key(name: str) -> str:
    """
    Return what the spellings of a skill share: lower case letters, digits, + and #.

    >>> skill_key("Node.js"), skill_key("node js"), skill_key("C++")
    ('nodejs', 'nodejs', 'c++')
    """
    return "".join(character for character in fold(name) if character.isalnum() or character in "+#")


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
    tell=tell_skills,
    keys=find_skill_keys,
    many=True,
    silence="The posting does not name particular languages or tools.",
    unstated=[],
)
