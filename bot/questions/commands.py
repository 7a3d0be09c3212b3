"""Commands as text: what a command's options say, so that it can be typed, repeated below an answer, and understood again."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from itertools import islice

from rapidfuzz import fuzz, process

from bot.domain.errors import RolecallError
from bot.domain.facts import EducationLevel, Period
from bot.domain.query import Amount, Ask, Form, Order, Profile, Query, Reach, Side, Target, TargetKind, Years
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import Found, Unknown
from bot.questions.match_company import has_part_of, match_company, split_role
from bot.questions.names import NameFinder
from bot.questions.places import find_typed_place
from bot.questions.targets import ids_of, to_target
from bot.questions.title_finder import find_by_title
from bot.questions.tokens import tokenise
from bot.text.clean import fold, fold_space
from bot.text.lexicon import compile_later, one_of, read_lexicon
from bot.text.numbers import NUMBER, read_number
from bot.topics.education import find_degrees
from bot.topics.employment_type import EmploymentType
from bot.topics.skills import unversioned
from bot.topics.workplace import Workplace

OPTIONS = ("role", "skills", "country", "workplace", "pay", "years", "contract", "degree", "visa", "company", "fits", "closed", "sort")
"""Of a search, in the order in which they are written."""

NO_SUCH_COUNTRY = "I know no country called “{typed}”. Write it out, as in: Kenya"

_SEPARATOR = " · "
_COMMAND = re.compile(r"\s*/(search|compare|fit|show)\b\s*", re.IGNORECASE)
_NUMBERED = re.compile(r".*#(\d{1,18})\s*", re.DOTALL)
_PAY = re.compile(r"(?P<sign>[$€£])?\s*(?P<amount>\d[\d.,'’ ]*)(?P<thousands>k)?\s*(?P<behind>[$€£])?\s*(?P<words>[^\d]*)", re.IGNORECASE)
_FIGURE = re.compile(NUMBER)
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
        parts = (part for typed in options for part in (typed.replace("·", " ") if _IS_CHOSEN.search(typed) else typed).split("·"))
        given = [" ".join(part.split()) for part in parts if part.strip()]
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
        names = [name for name in re.split(r"\s*[·;\n]\s*", given) if name]
        targets = [_chosen(name) or resolve_target(name, index, scopes=scopes) for name in names]
        if command[1].lower() in _OF_ONE:
            form = _OF_ONE[command[1].lower()]
            return Query(text=text, targets=tuple(targets[:1]), form=form, is_own=form is Form.FIT)
        return _to_comparison(text, [_if_here(target, index, scopes) for target in targets])
    options = read_options(given, OPTIONS)
    return _to_search(text, options, index, scopes) if options else None


def read_options(given: str, names: Sequence[str]) -> dict[str, str]:
    """
    Return what is given behind names; nothing where something stands before the first. RolecallError for another name.

    >>> read_options("years: 3 degree: master", ("years", "degree")), read_options("any years: 3", ("years",))
    ({'years': '3', 'degree': 'master'}, {})
    """
    first, *parts = re.split(rf"(?:^|[·;,\s])\s*({'|'.join(names)})\s*:\s*", given, flags=re.IGNORECASE)
    options = {name.lower(): value.strip(" ·;,\n") for name, value in zip(parts[::2], parts[1::2], strict=True)}
    if first.strip():
        return {}
    for name, value in options.items():
        if (other := _OTHER_OPTION.search(value)) is not None and name != "company":
            raise RolecallError("“{typed}” is none of {choices}", typed=other[1], choices=", ".join(names))
    return options


_OTHER_OPTION = re.compile(r"(?:[·;\n]|(?<!:)\s)\s*([^\W\d][\w-]{1,30}):\s")
_IS_CHOSEN = re.compile(r":|#\d+\s*$")
"""What is offered while a posting is typed has its role or its number behind the company."""


def _to_comparison(text: str, targets: Sequence[Target]) -> Query:
    """Return the query that sets some postings side by side, each once; RolecallError where there are too few or too many."""
    targets = tuple({(target.postings or target.typed): target for target in targets}.values())
    is_one = len(targets) == 1 and targets[0].kind is TargetKind.FOUND and len(targets[0].postings) < 2  # noqa: PLR2004 -- beside another
    if is_one or len(targets) > MOST_COMPARED:
        raise RolecallError("Name 2 to {most} postings to set side by side", most=MOST_COMPARED)
    return Query(text=text, reach=Reach.SEVERAL if len(targets) > 1 else Reach.ONE, targets=targets, form=Form.COMPARE)


def _if_here(target: Target, index: CompanyIndex, scopes: Collection[str]) -> Target:
    """Return a target that was chosen by its number as unknown where no posting has it: it is then named as such."""
    entries = [index.titles.entry(number) for number in target.postings]
    is_here = any(entry is not None and entry.scope in scopes for entry in entries)
    return target if is_here or target.kind is not TargetKind.FOUND else Target(kind=TargetKind.UNKNOWN, typed=target.typed)


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
        targets=(_chosen(company) or resolve_target(company, index, scopes=scopes),) if company else (),
        order=order,
        is_own=options.get("fits", "").lower() in _YES or (order is Order.FIT and not _READ.keys() & options.keys()),
        with_closed=options.get("closed", "").lower() in _YES,
    )


def _ask_skills(value: str) -> Iterator[Ask]:
    yield from (Ask(topic="skills", about=(name,)) for name in dict.fromkeys(map(unversioned, re.split(r"\s*[,;]\s*", value))) if name)


def _ask_country(value: str) -> Iterator[Ask]:
    place = find_typed_place(value)
    if place is None:
        raise RolecallError(NO_SUCH_COUNTRY, typed=value)
    yield Ask(topic="countries", place=place, is_own=True)  # where one would work from


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
    figure = match["amount"].strip(" .,'’") if match else ""
    if match is None or (words and words not in _periods()) or not _FIGURE.fullmatch(figure):
        raise RolecallError("“{typed}” is no amount of pay. Write it as in: 120000 USD a year", typed=value)
    if currency and currency.upper() not in read_lexicon("currencies")["codes"]["known"]:
        raise RolecallError("“{typed}” is no currency that I know. Write its code, as in: EUR", typed=currency.upper())
    currency = currency or _SIGNS.get(match["sign"] or match["behind"] or "", "")
    amount = read_number(figure, match["thousands"])
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
    """
    Return years as they are typed, at most 60; RolecallError for anything else.

    >>> read_years("4"), read_years("2,5 Jahre"), read_years("3+ yrs of experience")
    (4.0, 2.5, 3.0)
    """
    match = _YEARS.fullmatch(value)
    if match is None or (years := float(match[1].replace(",", "."))) > _MOST_YEARS:
        raise RolecallError("“{typed}” is no number of years. Write it as in: 3", typed=value)
    return years


_MOST_YEARS = 60
_UNITS = read_lexicon("experience_words")["units"]
_YEARS = compile_later(
    lambda: rf"\s*(\d{{1,2}}(?:[.,]\d)?)(?:\s?[-–]\s?\d{{1,2}})?\s?\+?\s*(?:(?:{one_of([*_UNITS['year'], *_UNITS['short']])})(?!\w)\D*)?",
    re.IGNORECASE | re.DOTALL,
)


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


# What somebody told of themselves, from what they typed, and as what a search asks for.

PROFILE_FIELDS = ("country", "years", "degree", "skills", "visa", "pay")
"""Each may be left out."""

_MOST_SKILLS, _LONGEST_SKILL = 40, 60


def read_profile(texts: Mapping[str, str]) -> Profile:
    """
    Return what was typed of oneself; RolecallError for what cannot be read.

    >>> read_profile({"country": "Kenya", "years": "4", "skills": "Go, SQL"}).skills
    ('Go', 'SQL')
    """
    given = {name: value.strip() for name, value in texts.items() if value.strip()}
    place = find_typed_place(given["country"]) if "country" in given else None
    if "country" in given and place is None:
        raise RolecallError("I know no country or state called “{typed}”. Write it out, as in: Kenya", typed=given["country"])
    skills = dict.fromkeys(fold_space(skill)[:_LONGEST_SKILL] for skill in re.split(r"[,;\n]", given.get("skills", "")))
    return Profile(
        place=place,
        years=read_years(given["years"]) if "years" in given else None,
        degree=read_degree(given["degree"]) if "degree" in given else None,
        skills=tuple(filter(None, skills))[:_MOST_SKILLS],
        needs_visa=given["visa"].lower() in ("yes", "true") if "visa" in given else None,
        pay=read_pay(given["pay"]) if "pay" in given else None,
    )


def write_profile(profile: Profile) -> dict[str, str]:
    """Return what somebody told by the names of PROFILE_FIELDS, as it can be typed."""
    pay = profile.pay
    told = {
        "country": profile.place.typed if profile.place else "",
        "years": f"{profile.years:g}" if profile.years is not None else "",
        "degree": profile.degree.value if profile.degree else "",
        "skills": ", ".join(profile.skills),
        "visa": "" if profile.needs_visa is None else "yes" if profile.needs_visa else "no",
        "pay": " ".join(filter(None, (f"{pay.value:.2f}".removesuffix(".00"), pay.currency, pay.per))) if pay else "",
    }
    return {name: value for name, value in told.items() if value}


def to_asks(profile: Profile) -> tuple[Ask, ...]:
    """Return what a search asks for somebody; of their skills it is enough that one is named."""
    asks = [Ask(topic="countries", place=profile.place, is_own=True)] if profile.place else []
    if profile.years is not None:
        asks.append(Ask(topic="experience", years=Years(value=profile.years, is_own=True), is_own=True))
    if profile.degree:
        asks.append(Ask(topic="education", level=profile.degree, is_own=True))
    if profile.skills:
        asks.append(Ask(topic="skills", about=tuple(dict.fromkeys(map(unversioned, profile.skills))), is_own=True))
    if profile.needs_visa:
        asks.append(Ask(topic="visa"))
    if profile.pay:
        asks.append(Ask(topic="pay", amount=profile.pay, values=(profile.pay.currency,) if profile.pay.currency else ()))
    return tuple(asks)


# The titles and skills that a half-typed one may become.

_NEAR_IN_A_TITLE = 80
"""Of a hundred: a letter in five may be another one."""


def complete_title(typed: str, index: CompanyIndex, *, scopes: Collection[str], limit: int = 25) -> list[str]:
    """
    Return the titles to offer, each once: those with what is typed in them, the newest first; where there is none, what looks like it.

    >>> from bot.questions.company_names import Entry
    >>> index = CompanyIndex([Entry(id=1, scope="everyone", company="Acme", title="Head Baker")])
    >>> complete_title("bak", index, scopes={"everyone"}), complete_title("haed bakr", index, scopes={"everyone"})
    (['Head Baker'], ['Head Baker'])
    """
    wanted = fold(typed)
    titles = (entry.title for entry in index.titles.newest(scopes) if wanted in fold(entry.title))
    found = list(islice(dict.fromkeys(titles), limit))
    if found or len(wanted) < _SHORTEST_COMPLETED:
        return found
    folded = {entry.title: fold(entry.title) for entry in index.titles.newest(scopes)}
    near = process.extract(wanted, folded, scorer=fuzz.partial_ratio, limit=limit, score_cutoff=_NEAR_IN_A_TITLE)
    return [title for _, _, title in near]


_LEAST_LIKE_SKILL, _SHORTEST_COMPLETED = 75.0, 5


def complete_skill(typed: str, keys: Sequence[str], *, limit: int = 25) -> list[str]:
    """
    Return the skills' keys that look like what was typed, the likest first.

    >>> complete_skill("pythn", ["python", "sql"]), complete_skill("py", ["python"])
    (['python'], [])
    """
    if len(typed) < _SHORTEST_COMPLETED:
        return []
    return [key for key, _, _ in process.extract(typed, keys, scorer=fuzz.ratio, limit=limit, score_cutoff=_LEAST_LIKE_SKILL)]
