"""The messages that the question model learns from: read from `data/questions/`, their placeholders filled."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.questions.company_names import famous_names
from bot.text.lexicon import read_lexicon

QUESTIONS = Path(__file__).resolve().parent.parent / "data" / "questions"
LANGUAGES = ("english", "spanish", "german", "french", "portuguese", "other_languages")

UNDERSTOOD = ("en", "es", "de", "fr", "pt")

_AUTHORIZATION = re.compile(
    r"citizen|clearance|green ?card|authori[sz]|right to work|\bead\b|permit\b|passport|settled status|titre de s|aufenthalt", re.IGNORECASE
)
"""Messages of topics.tsv that were labelled before there was this topic are left out."""

_PLACEHOLDER = re.compile(r"\{(company|role|country|place|skill|amount|years|degree)\d?\}")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message as it is written down, with what it asks."""

    message: str
    """With placeholders such as {company} and {place}."""

    topics: frozenset[str] | None = None
    language: str | None = None
    reach: str | None = None
    form: str | None = None
    follows: bool | None = None
    talk: str | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """A message with its placeholders filled."""

    text: str
    companies: tuple[tuple[int, int], ...]
    """Where the companies' names stand."""

    roles: tuple[tuple[int, int], ...]
    """Where the roles stand."""

    labels: Labelled


def read_questions() -> list[Labelled]:
    """Return all messages that are written down, each once."""
    found: dict[str, Labelled] = {}
    for labelled in (*_read_messages(), *_read_talk(), *_read_topics()):
        found.setdefault(labelled.message, labelled)
        if labelled.talk and found[labelled.message].talk is None:
            known = found[labelled.message]
            found[labelled.message] = Labelled(
                known.message, known.topics, known.language, known.reach, known.form, known.follows, labelled.talk
            )
    return list(found.values())


def _rows(name: str) -> Iterator[list[str]]:
    lines = (QUESTIONS / f"{name}.tsv").read_text("utf-8").splitlines()
    yield from (line.split("\t") for line in lines[1:] if line.strip())


def _read_messages() -> Iterator[Labelled]:
    for name in LANGUAGES:
        for message, language, reach, form, topics, follows in _rows(name):
            asked = frozenset({"open"} if topics == "-" else set() if topics == "none" else set(topics.split(",")))
            yield Labelled(message, asked, language, reach, None if reach == "bot" else form.replace("-", "open"), follows == "yes")


def _read_talk() -> Iterator[Labelled]:
    for message, talk in _rows("talk"):
        yield Labelled(message, frozenset(), None, "bot", None, follows=False, talk=talk)


def _read_topics() -> Iterator[Labelled]:
    for topic, message in _rows("topics"):
        if topic == "authorization" or not _AUTHORIZATION.search(message):
            yield Labelled(message, frozenset({topic}))


# Filling placeholders.

_VALUES: Mapping[str, tuple[str, ...]] = {
    "role": (
        "data engineer",
        "backend engineer",
        "frontend developer",
        "qa engineer",
        "product manager",
        "ml engineer",
        "designer",
        "devops engineer",
        "data scientist",
        "android developer",
        "software engineer",
        "sre",
        "support engineer",
        "sales manager",
        "recruiter",
        "senior backend developer",
        "staff engineer",
        "data analyst",
        "ios engineer",
        "technical writer",
        "security engineer",
        "full stack developer",
        "marketing manager",
        "swe",
        "nurse",
        "accountant",
        "truck driver",
        "lab technician",
        "math teacher",
        "electrician",
        "paralegal",
        "compliance officer",
    ),
    "country": (
        "germany",
        "nigeria",
        "india",
        "brazil",
        "canada",
        "the us",
        "spain",
        "kenya",
        "france",
        "mexico",
        "poland",
        "portugal",
        "argentina",
        "uk",
        "philippines",
        "egypt",
        "japan",
        "turkey",
        "ukraine",
        "Colombia",
        "Italy",
        "Vietnam",
        "South Africa",
        "the netherlands",
        "Pakistan",
        "Australia",
    ),
    "place": (
        "texas",
        "berlin",
        "london",
        "california",
        "new york",
        "lisbon",
        "toronto",
        "europe",
        "bangalore",
        "madrid",
        "lagos",
        "ohio",
        "ontario",
        "latam",
        "Paris",
        "Nairobi",
        "Austin",
        "seattle",
        "the eu",
        "São Paulo",
        "Warsaw",
        "hawaii",
        "Buenos Aires",
        "Amsterdam",
    ),
    "skill": (
        "python",
        "sql",
        "react",
        "kubernetes",
        "java",
        "rust",
        "pytorch",
        "aws",
        "docker",
        "typescript",
        "c++",
        "terraform",
        "spark",
        "django",
        "tensorflow",
        "kafka",
        "node.js",
        "golang",
        "ruby on rails",
        "Kotlin",
        "postgres",
        "jax",
        "airflow",
        "spring boot",
        "graphql",
        "C#",
        "PHP",
        "swift",
    ),
    "amount": (
        "120k",
        "$150k",
        "80.000 €",
        "200k",
        "100k usd",
        "90,000",
        "£60k",
        "$50/h",
        "60k eur",
        "150000",
        "5k a month",
        "10 lakhs",
        "40 €/h",
        "250k",
    ),
    "years": ("2", "3", "5", "1", "7", "10", "4", "6", "8", "two", "3+", "5+"),
    "degree": ("bachelors", "masters", "phd", "bachelor's degree", "BSc", "MSc", "degree", "master's", "bachelor", "diploma"),
}
_DEGREES = {
    "es": ("licenciatura", "máster", "doctorado", "título", "grado"),
    "de": ("bachelor", "master", "abschluss", "doktor", "abitur"),
    "fr": ("licence", "master", "doctorat", "diplôme", "bac"),
    "pt": ("graduação", "mestrado", "doutorado", "diploma", "faculdade"),
}
_COUNTRIES = {
    "es": ("alemania", "españa", "méxico", "colombia", "perú", "estados unidos", "argentina", "chile", "francia", "brasil"),
    "de": ("deutschland", "österreich", "der schweiz", "polen", "frankreich", "spanien", "den usa", "indien", "italien"),
    "fr": ("france", "allemagne", "espagne", "maroc", "tunisie", "canada", "belgique", "suisse", "états-unis", "sénégal"),
    "pt": ("brasil", "portugal", "alemanha", "angola", "espanha", "estados unidos", "moçambique", "argentina", "frança"),
}
_HEADS = (
    "ka",
    "ve",
    "lo",
    "tri",
    "mon",
    "bra",
    "sy",
    "quo",
    "nex",
    "zen",
    "fin",
    "ari",
    "pul",
    "cor",
    "hel",
    "dra",
    "sto",
    "wri",
    "gla",
    "ju",
    "oc",
    "tem",
    "bo",
    "ryn",
    "ap",
    "im",
    "ple",
    "su",
    "al",
    "ni",
)
_TAILS = (
    "la",
    "ro",
    "ly",
    "xa",
    "ma",
    "vio",
    "tic",
    "ra",
    "so",
    "nt",
    "ix",
    "ora",
    "ado",
    "eda",
    "ify",
    "io",
    "ex",
    "um",
    "el",
    "on",
    "ta",
    "pay",
    "hub",
    "ware",
    "soft",
    "ster",
    "na",
    "chi",
    "vity",
    "lio",
)
_KINDS = (
    "Labs",
    "Health",
    "Foundation",
    "Technologies",
    "AI",
    "Group",
    "Energy",
    "Systems",
    "Bank",
    "Software",
    "Robotics",
    "Studios",
    "Games",
    "Capital",
    "Media",
    "Networks",
)


@cache
def _ordinary() -> tuple[str, ...]:
    words = read_lexicon("ordinary_words")["words"].split()
    return tuple(word for word in words if 3 < len(word) < 9)  # noqa: PLR2004 -- names are of middling length


def make_name(chance: random.Random) -> str:
    """Return a made-up company's name: an invented word, an ordinary one, two words, or initials."""
    shape = chance.random()
    invented = (chance.choice(_HEADS) + chance.choice((*_HEADS, "")) + chance.choice(_TAILS)).capitalize()
    if shape < 0.46:  # noqa: PLR2004 -- half of all names
        return invented
    ordinary = chance.choice(_ordinary()).capitalize()
    if shape < 0.74:  # noqa: PLR2004
        return ordinary
    if shape < 0.88:  # noqa: PLR2004
        return f"{chance.choice((invented, ordinary))} {chance.choice(_KINDS)}"
    if shape < 0.94:  # noqa: PLR2004
        return chance.choice(sorted(famous_names())).capitalize()
    if shape < 0.97:  # noqa: PLR2004
        return chance.choice(
            (
                "Remote",
                "Simple",
                "Match",
                "Stage",
                "Base",
                "Scale",
                "Linear",
                "Notion",
                "Level",
                "Gather",
                "Deel",
                "Ramp",
                "Wise",
                "Range",
                "Benefit",
                "Indeed",
            )
        )
    return "".join(chance.choice("ABCDGIKLMNPRSTUVX") for _ in range(3))


def fill(labelled: Labelled, chance: random.Random) -> Filled:
    """Return a message with its placeholders filled, names mostly in small letters as people type them."""
    parts: list[str] = []
    companies: list[tuple[int, int]] = []
    roles: list[tuple[int, int]] = []
    at = length = 0
    case = chance.random()
    for match in _PLACEHOLDER.finditer(labelled.message):
        before = labelled.message[at : match.start()]
        value = _value(match[1], labelled.language or "en", chance)
        if match[1] == "company":
            value = value.lower() if case < 0.55 else value.upper() if case > 0.97 else value  # noqa: PLR2004 -- how people type
            companies.append((length + len(before), length + len(before) + len(value)))
        if match[1] == "role":
            roles.append((length + len(before), length + len(before) + len(value)))
        parts += [before, value]
        length += len(before) + len(value)
        at = match.end()
    parts.append(labelled.message[at:])
    return Filled("".join(parts), tuple(companies), tuple(roles), labelled)


def _value(kind: str, language: str, chance: random.Random) -> str:
    if kind == "company":
        return make_name(chance)
    tables: dict[str, Mapping[str, Sequence[str]]] = {"degree": _DEGREES, "country": _COUNTRIES}
    choices = tables[kind].get(language) if kind in tables else None
    return chance.choice(choices if choices and chance.random() < 0.8 else _VALUES[kind])  # noqa: PLR2004 -- English words are mixed in
