"""Commands as text: what a command's options say, so that it can be typed, repeated below an answer, and understood again."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache

from bot.domain.errors import RolecallError
from bot.domain.facts import EducationLevel, Period
from bot.domain.query import Amount, Ask, Form, Order, Query, Reach, Side, Target, TargetKind, Years
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import Found, Unknown
from bot.questions.match_company import has_part_of, match_company, split_role
from bot.questions.names import NameFinder
from bot.questions.places import find_typed_place
from bot.questions.targets import ids_of, to_target
from bot.questions.title_finder import find_by_title
from bot.questions.tokens import tokenise
from bot.text.lexicon import read_lexicon
from bot.text.numbers import read_number
from bot.topics.education import find_degrees
from bot.topics.employment_type import EmploymentType
from bot.topics.workplace import Workplace

OPTIONS = ("role", "skills", "country", "workplace", "pay", "years", "contract", "degree", "visa", "company", "fits", "closed", "sort")
"""Of a search, in the order in which they are written."""

NO_SUCH_COUNTRY = "I know no country called “{typed}”. Write it out, as in: Kenya"

_SEPARATOR = " · "
_COMMAND = re.compile(r"\s*/(search|compare|fit|show)\b\s*", re.IGNORECASE)
_NUMBERED = re.compile(r".*#(\d{1,18})\s*", re.DOTALL)
_PAY = re.compile(r"(?P<sign>[$€£])?\s*(?P<amount>\d[\d.,' ]*)(?P<thousands>k)?\s*(?P<behind>[$€£])?\s*(?P<words>[^\d]*)", re.IGNORECASE)
_CURRENCY = re.compile(r"([a-z]{3})(?![a-zà-ÿ])\W*", re.IGNORECASE)
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP"}
_YES = frozenset({"yes", "true", "1"})


def write_command(name: str, options: Mapping[str, object] | Sequence[str]) -> str:
    """
    Return a command as it can be typed.

    >>> write_command("search", {"role": "baker", "skills": None, "years": 3})
    '/search role: baker · years: 3'
    >>> write_command("compare", ["Flex", "Nomad Health"])
    '/compare Flex · Nomad Health'
    """
    if isinstance(options, Mapping):
        given = [f"{option}: {' '.join(str(options[option]).split())}" for option in OPTIONS if options.get(option) not in (None, "")]
    else:
        given = [" ".join(typed.replace("·", " ").split()) for typed in options]
    return f"/{name} {_SEPARATOR.join(given)}".strip()


def resolve_target(typed: str, index: CompanyIndex, *, scopes: Collection[str]) -> Target:
    """
    Return what a typed name means, typos and all; of a company that is found, the postings that fit the role behind the colon best.

    A role that none of the company's postings has anything of is unknown, so that nothing is done to another one. A posting without
    a company goes by its title.

    >>> from bot.questions.company_names import Entry
    >>> staff = Entry(id=1, scope="everyone", company="Flex", title="Staff Engineer")
    >>> data = Entry(id=2, scope="everyone", company="Flex", title="Data Analyst")
    >>> index = CompanyIndex([staff, data, Entry(id=3, scope="everyone", company="", title="Night Porter")])
    >>> [resolve_target(typed, index, scopes={"everyone"}).postings for typed in ("flx: data", "staff at flex", "night porter", "flex")]
    [(2,), (1,), (3,), (2, 1)]
    >>> resolve_target("flex: nurse", index, scopes={"everyone"}).kind
    <TargetKind.UNKNOWN: 'unknown'>
    """
    name, role = split_role(typed)
    match = match_company(name, index, scopes=scopes)
    if isinstance(match, Found) and role and not any(has_part_of(role, entry) for entry in match.entries):
        return Target(kind=TargetKind.UNKNOWN, typed=typed, names=(match.name,), role=role)
    if isinstance(match, Unknown) and not role:
        question = tokenise(typed)
        named = NameFinder(question, index, scopes).find()
        if named:
            match, role = named[0].match, f"{typed[: named[0].start]} {typed[named[0].end :]}".strip()
    if isinstance(match, Unknown):
        titled = tuple(entry for entry in find_by_title(typed, index, scopes=scopes) if not entry.company)
        if titled:
            return Target(kind=TargetKind.FOUND, typed=typed, postings=ids_of(titled), role=typed)
    return to_target(match, index, scopes=scopes, typed=typed, role=role)


def read_command(text: str, index: CompanyIndex, *, scopes: Collection[str]) -> Query | None:
    """
    Return the Query of a command that is typed; None for what is none, or gives no options: those are plain words.

    Raises RolecallError for a value that is none of its option.

    >>> read_command("/search workplace: remote · pay: 90k EUR", CompanyIndex(), scopes={"everyone"}).asks[1].amount.value
    90000.0
    """
    command = _COMMAND.match(text)
    given = text[command.end() :].strip() if command else ""
    if command is None or not given:
        return None
    if command[1].lower() != "search":
        names = re.split(r"\s*[·;\n]\s*", given)
        targets = tuple(_chosen(name) or resolve_target(name, index, scopes=scopes) for name in names[:MOST_COMPARED] if name)
        if command[1].lower() in _OF_ONE:
            form = _OF_ONE[command[1].lower()]
            return Query(text=text, targets=targets[:1], form=form, is_own=form is Form.FIT)
        return Query(text=text, reach=Reach.SEVERAL if len(targets) > 1 else Reach.ONE, targets=targets, form=Form.COMPARE)
    options = read_options(given, OPTIONS)
    return _to_search(text, options, index, scopes) if options else None


def read_options(given: str, names: Sequence[str]) -> dict[str, str]:
    """
    Return what is given behind names; nothing where something stands before the first.

    >>> read_options("years: 3; degree: master", ("years", "degree")), read_options("any years: 3", ("years",))
    ({'years': '3', 'degree': 'master'}, {})
    """
    first, *parts = re.split(rf"(?:^|[·;\n])\s*({'|'.join(names)})\s*:\s*", given, flags=re.IGNORECASE)
    options = {name.lower(): value.strip(" ·;\n") for name, value in zip(parts[::2], parts[1::2], strict=True)}
    return {} if first.strip() else options


MOST_COMPARED = 5
_OF_ONE = {"fit": Form.FIT, "show": Form.WHOLE}
"""Commands that are about one posting."""


def _chosen(typed: str) -> Target | None:
    """Return the posting that is named by its number: "Acme: Baker #12"."""
    numbered = _NUMBERED.fullmatch(typed)
    return Target(kind=TargetKind.FOUND, typed=typed, postings=(int(numbered[1]),)) if numbered else None


def _to_search(text: str, options: Mapping[str, str], index: CompanyIndex, scopes: Collection[str]) -> Query:
    company = options.get("company")
    try:
        order = Order(options.get("sort", Order.NEWEST).lower())
    except ValueError:
        raise RolecallError("“{typed}” is no order; there are {choices}", typed=options["sort"], choices=", ".join(Order)) from None
    return Query(
        text=text,
        reach=Reach.ALL,
        form=Form.LIST,
        asks=tuple(ask for name, value in options.items() if name in _READ for ask in _READ[name](value)),
        role=options.get("role", ""),
        targets=(resolve_target(company, index, scopes=scopes),) if company else (),
        order=order,
        is_own=options.get("fits", "").lower() in _YES,
        with_closed=options.get("closed", "").lower() in _YES,
    )


def _ask_skills(value: str) -> Iterator[Ask]:
    yield from (Ask(topic="skills", about=(name,)) for name in dict.fromkeys(re.split(r"\s*,\s*", value)) if name)


def _ask_country(value: str) -> Iterator[Ask]:
    place = find_typed_place(value)
    if place is None:
        raise RolecallError(NO_SUCH_COUNTRY, typed=value)
    yield Ask(topic="countries", place=place)


def read_pay(value: str) -> Amount:
    """
    Return an amount as it is typed; RolecallError for anything else.

    >>> read_pay("€60k"), read_pay("45.50 USD an hour").per.value, read_pay("60.000 € im Jahr").per.value
    (Amount(value=60000.0, side=<Side.MORE: 'more'>, currency='EUR', per=None, end=None), 'hour', 'year')
    """
    match = _PAY.fullmatch(value.strip())
    words = " ".join(match["words"].casefold().split()) if match else ""
    named = _CURRENCY.match(words)
    currency = named[1] if named and named[0].strip() not in _periods() and named[1] not in _per() else ""
    words = words.removeprefix(named[0] if currency and named else "").strip(" .,;/")
    if match is None or (words and words not in _periods()):
        raise RolecallError("“{typed}” is no amount of pay. Write it as in: 120000 USD a year", typed=value)
    currency = currency or _SIGNS.get(match["sign"] or match["behind"] or "", "")
    amount = read_number(match["amount"].strip(), match["thousands"])
    return Amount(value=amount, currency=currency.upper() or None, per=_periods().get(words))


def _per() -> frozenset[str]:
    return frozenset(read_lexicon("pay_words")["periods"]["per"])


@cache
def _periods() -> dict[str, Period]:
    """Return the periods by the words for them in all languages, with and without a word such as "per"."""
    words = read_lexicon("pay_words")["periods"]
    units = {unit: Period(period) for period, several in words["units"].items() for unit in several}
    adverbs = {adverb: Period(period) for period, several in words["adverbs"].items() for adverb in several}
    return units | adverbs | {f"{each} {unit}": period for each in words["per"] for unit, period in units.items()}


def _ask_pay(value: str) -> Iterator[Ask]:
    amount = read_pay(value)
    yield Ask(topic="pay", amount=amount, values=(amount.currency,) if amount.currency else ())


def read_years(value: str) -> float:
    """Return years as they are typed; RolecallError for anything else."""
    match = re.match(r"\s*(\d{1,2}(?:[.,]\d)?)", value)
    if match is None:
        raise RolecallError("“{typed}” is no number of years. Write it as in: 3", typed=value)
    return float(match[1].replace(",", "."))


def _ask_years(value: str) -> Iterator[Ask]:
    yield Ask(topic="experience", years=Years(value=read_years(value), side=Side.LESS, is_own=True))


def read_degree(value: str) -> EducationLevel:
    """
    Return a degree as it is typed; RolecallError for anything else.

    >>> read_degree("Master's").value, read_degree("high school").value
    ('master', 'high_school')
    """
    word = re.sub(r"\W+", "_", value.casefold().removesuffix("'s").removesuffix("’s")).strip("_")
    if word in list(EducationLevel):
        return EducationLevel(word)
    found = find_degrees(value)
    if not found:
        raise RolecallError("“{typed}” is no degree; there are {choices}", typed=value, choices=", ".join(EducationLevel))
    return found[0].level


def _ask_degree(value: str) -> Iterator[Ask]:
    level = read_degree(value)
    yield Ask(topic="education", level=level, is_own=level is not EducationLevel.NONE)


def _ask_one_of(topic: str, kinds: type[StrEnum]) -> Callable[[str], Iterator[Ask]]:
    def ask(value: str) -> Iterator[Ask]:
        word = re.sub(r"[\W_]+", "_", value.casefold())
        if word not in list(kinds):
            raise RolecallError("“{typed}” is none of {choices}", typed=value, choices=", ".join(kinds))
        yield Ask(topic=topic, values=(word,))

    return ask


def _ask_visa(value: str) -> Iterator[Ask]:
    yield from (Ask(topic="visa"),) if value.lower() in _YES else ()


_READ: dict[str, Callable[[str], Iterator[Ask]]] = {
    "skills": _ask_skills,
    "country": _ask_country,
    "workplace": _ask_one_of("workplace", Workplace),
    "pay": _ask_pay,
    "years": _ask_years,
    "contract": _ask_one_of("employment_type", EmploymentType),
    "degree": _ask_degree,
    "visa": _ask_visa,
}
