"""The companies and postings that a message is about, as targets of a Query."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from bot.domain.errors import RolecallError
from bot.domain.facts import EducationLevel, Period
from bot.domain.query import Amount, Ask, Form, Order, Query, Reach, Side, Target, TargetKind, Years
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import CompanyMatch, Entry, Found, NearTie, Unknown, company_key, famous_names, is_famous
from bot.questions.match_company import find_by_title, has_part_of, match_company, pick_postings, split_role
from bot.questions.message import Message
from bot.questions.model import is_cue_word
from bot.questions.names import Name, NameFinder
from bot.questions.places import find_typed_place
from bot.questions.title_index import RoleWords, read_role_words, role_nouns, written_words
from bot.questions.tokens import WordKind, question_words, tokenise
from bot.text.numbers import read_number
from bot.topics.education import find_degrees
from bot.topics.employment_type import EmploymentType
from bot.topics.workplace import Workplace

MOST_POSTINGS = 25


def resolve_target(typed: str, index: CompanyIndex, *, scopes: Collection[str]) -> Target:
    """
    Return what a typed name means, typos and all; of a company that is found, the postings that fit the role behind the colon best.

    A role that none of the company's postings has anything of is unknown, so that nothing is done to another one. A posting without
    a company goes by its title.

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
            return Target(kind=TargetKind.FOUND, typed=typed, postings=_ids(titled), role=typed)
    return to_target(match, index, scopes=scopes, typed=typed, role=role)


def to_target(match: CompanyMatch, index: CompanyIndex, *, scopes: Collection[str], typed: str, role: str = "") -> Target:
    """Return a matched company as a target; `role` is whatever else was said, its words tell the company's postings apart."""
    if isinstance(match, NearTie) and len(match.names) == 1 and not company_key(match.names[0]).startswith(company_key(match.typed)):
        match = Unknown(typed=match.typed, nearest=match.names)  # only alike, and so another company
    if isinstance(match, NearTie):
        entries = [entry for name in match.names for entry in index.entries(company_key(name), scopes)]
        return Target(kind=TargetKind.TIED, typed=typed, names=match.names, postings=_ids(entries), role=_named_role(role))
    if isinstance(match, Unknown):
        return Target(kind=TargetKind.UNKNOWN, typed=typed, names=match.nearest, role=_named_role(role))
    written = role.casefold().strip()
    same = [entry for entry in match.entries if written and entry.title.casefold() == written]
    picked = same or pick_postings(role, match.entries)
    return Target(
        kind=TargetKind.FOUND,
        typed=typed,
        company=match.name or None,
        postings=_ids(picked),
        role=_named_role(role) if len(match.entries) > 1 else "",
    )


def targets_of(message: Message, index: CompanyIndex, *, scopes: Collection[str]) -> tuple[Target, ...]:
    """Return the companies that a message names, each once, in its order; the role words beside one tell its postings apart."""
    found: dict[object, Target] = {}
    is_any_here = any(isinstance(name.match, Found) for name in message.names)
    for at, name in enumerate(message.names):
        if is_any_here and isinstance(name.match, Unknown) and name.score < 0 and not is_famous(name.match.typed):
            continue  # beside a company that is here, only what is surely a name is one
        target = to_target(name.match, index, scopes=scopes, typed=message.text[name.start : name.end], role=_beside(message, at))
        found.setdefault(target.company or target.typed.casefold(), target)
    return tuple(found.values())


def _beside(message: Message, at: int) -> str:
    """Return the words that may name the role at one company: all of them, or with several companies those up to the next."""
    names: Sequence[Name] = message.names
    if len(names) == 1:
        return message.without_names()
    start = names[at - 1].end if at else 0
    end = names[at + 1].start if at + 1 < len(names) else len(message.text)
    return f"{message.text[start : names[at].start]} {message.text[names[at].end : end]}"


def titled_target(message: Message, index: CompanyIndex, *, scopes: Collection[str]) -> Target | None:
    """Return the postings whose title a message without a company spells out: one is meant, several are asked back."""
    titled = find_by_title(message.text, index, scopes=scopes) or _by_one_word(message, index, scopes)
    if not titled:
        return None
    kind = TargetKind.FOUND if len(titled) == 1 else TargetKind.TIED
    company = titled[0].company or None
    names = tuple(dict.fromkeys(entry.company for entry in titled if entry.company)) if kind is TargetKind.TIED else ()
    role = _named_role(message.text)
    return Target(
        kind=kind, typed=role, company=company if kind is TargetKind.FOUND else None, postings=_ids(titled), names=names, role=role
    )


_OF_EMPLOYERS = frozenset(f"cue={topic}" for topic in ("pay", "workplace", "visa", "benefits", "countries", "apply"))
_FEW = 4
"""Words: in so few, a strange one beside what is asked is a company's name: "salary hooli"."""


def stranger_of(message: Message, index: CompanyIndex, *, scopes: Collection[str], is_of_one: bool) -> Target | None:
    """Return the company that is not here which the one strange word of a short English message names; it never becomes one that is."""
    tokens = message.question.tokens
    famous = [token for token in tokens if company_key(token.word) in famous_names()]
    if len(famous) == 1 and len(tokens) <= _FEW + 2 and not message.names and not _OF_EMPLOYERS.isdisjoint(message.signs):
        typed = message.text[famous[0].start : famous[0].end]  # "databricks salary": a technology, and an employer that is not here
        return to_target(match_company(typed, index, scopes=scopes), index, scopes=scopes, typed=typed)
    if not is_of_one or len(tokens) > _FEW or message.language != "en" or message.spans:
        return None
    strange = [token for token in tokens if token.kind is WordKind.UNKNOWN and not is_cue_word(token.word)]
    if len(strange) != 1 or len(tokens) == 1 or not any(sign.startswith("cue=") for sign in message.signs):
        return None
    typed = message.text[strange[0].start : strange[0].end]
    match = match_company(typed, index, scopes=scopes)
    if isinstance(match, Found):
        return Target(kind=TargetKind.TIED, typed=typed, names=(match.name,), postings=_ids(match.entries))
    return to_target(match, index, scopes=scopes, typed=typed)


def with_title(message: Message) -> Message:
    """Return a message with the words that name a role in it read as a name: "the ios job" asks nothing of iOS."""
    tokens = message.question.tokens
    inside = [
        at
        for at, token in enumerate(tokens)
        if read_role_words(token.word).own_terms & role_nouns() or token.word in question_words("posts")
    ]
    runs: list[list[int]] = []
    for at in inside:
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    if not runs:
        return message
    run = max(runs, key=len)
    if len(run) == 1 and run[0] and tokens[run[0]].word in question_words("posts"):
        run = [run[0] - 1, run[0]]
    start, end = tokens[run[0]].start, tokens[run[-1]].end
    name = Name(match=Unknown(typed=message.text[start:end]), start=start, end=end, score=0.0)
    values = tuple(value for value in message.values if not value.overlaps(start, end))
    return replace(message, names=(name,), values=values)


def with_roles(message: Message, targets: Sequence[Target], *, index: CompanyIndex) -> Message:
    """Return a message with the words that name the role of a company's posting marked as such: "senior ML engineer at Alt"."""
    entries = [entry for target in targets for number in target.postings if (entry := index.titles.entry(number))]
    titles = read_role_words(" ".join(entry.title for entry in entries))
    tokens = message.question.tokens
    inside = {
        at
        for at, token in enumerate(tokens)
        if any(start < token.end and token.start < end for start, end, kind in message.spans if kind != "skill")
    }
    of_role = [at for at, token in enumerate(tokens) if at not in inside and _is_of_role(token.word, titles)]
    runs: list[list[int]] = []
    skilled = {
        at
        for at, token in enumerate(tokens)
        if any(value.kind == "skill" and value.overlaps(token.start, token.end) for value in message.values)
    }
    for at in of_role:
        if runs and all(between in skilled for between in range(runs[-1][-1] + 1, at)):
            runs[-1].append(at)
        else:
            runs.append([at])
    spans = tuple((tokens[run[0]].start, tokens[run[-1]].end) for run in runs if _names_role([token.word for token in tokens], run, titles))
    values = tuple(value for value in message.values if not any(value.overlaps(start, end) for start, end in spans))
    return replace(message, roles=spans, values=values) if spans else message


def _is_of_role(word: str, titles: RoleWords) -> bool:
    read = read_role_words(word)
    if word in question_words("posts"):
        return False
    return (
        bool(read.own_terms and read.own_terms <= titles.terms)
        or bool(read.own_terms & role_nouns())
        or bool(read.ranks or (read.steps and not word.isdigit()))
    )


def _names_role(words: Sequence[str], run: Sequence[int], titles: RoleWords) -> bool:
    """Tell whether words of a title name a role: with a noun for one that the title has, with a rank, or before "job"."""
    read = [read_role_words(words[at]) for at in run]
    behind = words[run[-1] + 1] if run[-1] + 1 < len(words) else ""
    has_noun = any(one.own_terms & role_nouns() & titles.terms for one in read)
    return has_noun or (len(run) > 1 and any(one.ranks for one in read)) or behind in question_words("posts")


def _by_one_word(message: Message, index: CompanyIndex, scopes: Collection[str]) -> tuple[Entry, ...]:
    """Return the postings that "the compiler job" or "the medical policy role" points at by words of their titles."""
    words = [token.word for token in message.question.tokens]
    for at in (at for at, word in enumerate(words) if word in _POINTING):
        for end in range(at + 2, min(at + 2 + _MOST_POINTING, len(words))):
            if words[end] not in question_words("posts") and words[end] != "one":
                continue
            held = [{entry.id: entry for entry in index.titles.holding(word, scopes)} for word in words[at + 1 : end]]
            if found := [entry for number, entry in held[0].items() if all(number in one for one in held)]:
                return tuple(found)
    return ()


_MOST_POINTING = 3
"""Words between "the" and "job"."""

_POINTING = frozenset({"the", "that", "this", "la", "el", "der", "die", "le", "o", "a"})


def target_of_posting(number: int, index: CompanyIndex) -> Target:
    """Return a posting that was chosen by its id."""
    entry = index.titles.entry(number)
    return Target(kind=TargetKind.FOUND, company=(entry.company or None) if entry else None, postings=(number,))


def _ids(entries: Sequence[Entry]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(entry.id for entry in entries))[:MOST_POSTINGS]


def _named_role(words: str) -> str:
    """Return the words of a role among what was said."""
    role = read_role_words(words)
    if not (role.own_terms & role_nouns() or role.ranks):
        return ""
    return " ".join(word for word in written_words(words) if word in role_nouns() or read_role_words(word).ranks)


# Commands as text: what a command's options say, so that it can be typed, repeated below an answer, and understood again.

OPTIONS = ("role", "skills", "country", "workplace", "pay", "years", "contract", "degree", "visa", "company", "fits", "sort")
"""Of a search, in the order in which they are written."""

_SEPARATOR = " · "
_OPTION = re.compile(rf"(?:^|[·;\n])\s*({'|'.join(OPTIONS)})\s*:\s*", re.IGNORECASE)
_COMMAND = re.compile(r"\s*/(search|compare|fit)\b\s*", re.IGNORECASE)
_NUMBERED = re.compile(r".*#(\d{1,18})\s*", re.DOTALL)
_PAY = re.compile(
    r"(?P<sign>[$€£])?\s*(?P<amount>\d[\d.,' ]*)(?P<thousands>k)?\s*(?P<currency>[a-z]{3})?"
    rf"\W*(?:(?:an?|per)\s)?(?P<per>{'|'.join(Period)})?\s*",
    re.IGNORECASE,
)
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
        targets = tuple(_chosen(name) or resolve_target(name, index, scopes=scopes) for name in names[:_MOST_NAMED] if name)
        if command[1].lower() == "fit":
            return Query(text=text, targets=targets[:1], form=Form.FIT, is_own=True)
        return Query(text=text, reach=Reach.SEVERAL if len(targets) > 1 else Reach.ONE, targets=targets, form=Form.COMPARE)
    first, *parts = _OPTION.split(given)
    options = {name.lower(): value.strip(" ·;\n") for name, value in zip(parts[::2], parts[1::2], strict=True)}
    if first or not options:
        return None
    return _to_search(text, options, index, scopes)


_MOST_NAMED = 5


def _chosen(typed: str) -> Target | None:
    """Return the posting that is named by its number: "Acme: Baker #12"."""
    numbered = _NUMBERED.fullmatch(typed)
    return Target(kind=TargetKind.FOUND, typed=typed, postings=(int(numbered[1]),)) if numbered else None


def _to_search(text: str, options: Mapping[str, str], index: CompanyIndex, scopes: Collection[str]) -> Query:
    company = options.get("company")
    try:
        order = Order(options.get("sort", Order.NEWEST).lower())
    except ValueError:
        raise RolecallError(f"“{options['sort']}” is no order; there are {', '.join(Order)}") from None
    return Query(
        text=text,
        reach=Reach.ALL,
        form=Form.LIST,
        asks=tuple(ask for name, value in options.items() if name in _READ for ask in _READ[name](value)),
        role=options.get("role", ""),
        targets=(resolve_target(company, index, scopes=scopes),) if company else (),
        order=order,
        is_own=options.get("fits", "").lower() in _YES,
    )


def _ask_skills(value: str) -> Iterator[Ask]:
    yield from (Ask(topic="skills", about=(name,)) for name in dict.fromkeys(re.split(r"\s*,\s*", value)) if name)


def _ask_country(value: str) -> Iterator[Ask]:
    place = find_typed_place(value)
    if place is None:
        raise RolecallError(f"I know no country called “{value}”. Write it out, as in: Kenya")
    yield Ask(topic="countries", place=place)


def read_pay(value: str) -> Amount:
    """
    Return an amount as it is typed; RolecallError for anything else.

    >>> read_pay("€60k"), read_pay("45.50 USD an hour").per.value
    (Amount(value=60000.0, side=<Side.MORE: 'more'>, currency='EUR', per=None), 'hour')
    """
    match = _PAY.fullmatch(value.strip())
    if match is None:
        raise RolecallError(f"“{value}” is no amount of pay. Write it as in: 120000 USD a year")
    currency = (match["currency"] or _SIGNS.get(match["sign"] or "", "")).upper()
    per = Period(match["per"].lower()) if match["per"] else None
    return Amount(value=read_number(match["amount"].strip(), match["thousands"]), currency=currency or None, per=per)


def _ask_pay(value: str) -> Iterator[Ask]:
    amount = read_pay(value)
    yield Ask(topic="pay", amount=amount, values=(amount.currency,) if amount.currency else ())


def read_years(value: str) -> float:
    """Return years as they are typed; RolecallError for anything else."""
    match = re.match(r"\s*(\d{1,2}(?:[.,]\d)?)", value)
    if match is None:
        raise RolecallError(f"“{value}” is no number of years. Write it as in: 3")
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
        raise RolecallError(f"“{value}” is no degree; there are {', '.join(EducationLevel)}")
    return found[0].level


def _ask_degree(value: str) -> Iterator[Ask]:
    level = read_degree(value)
    yield Ask(topic="education", level=level, is_own=level is not EducationLevel.NONE)


def _ask_one_of(topic: str, kinds: type[StrEnum]) -> Callable[[str], Iterator[Ask]]:
    def ask(value: str) -> Iterator[Ask]:
        word = re.sub(r"[\W_]+", "_", value.casefold())
        if word not in list(kinds):
            raise RolecallError(f"“{value}” is none of {', '.join(kinds)}")
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
