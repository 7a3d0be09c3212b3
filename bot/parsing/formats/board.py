"""What the JSON of job boards shares: a table of keys for each board says where its values lie."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.parsing.employer import find_company_name
from bot.parsing.formats import Format
from bot.parsing.formats.front_matter import write_front_matter
from bot.parsing.formats.json_fields import (
    Object,
    as_list,
    as_object,
    as_words,
    each_words,
    name_country,
    read_data,
    write_pay,
)
from bot.text.document import Document
from bot.text.hypertext import read_hypertext
from bot.text.lexicon import read_lexicon
from bot.text.lines import read_lines
from bot.text.markup import to_link
from bot.text.places import find_places

Words = Callable[[Object], "str | None"]
EachWords = Callable[[Object], Sequence[str]]


@dataclass(frozen=True)
class Board:
    """Where a job board's JSON, or XML, keeps what; a path is keys with dots between them, and the first that has words counts."""

    name: str
    signs: frozenset[str]
    """Paths that a posting of the board has, all of them."""

    title: tuple[str, ...]
    company: tuple[str, ...]
    link: tuple[str, ...]
    places: EachWords
    body: tuple[tuple[str | None, str], ...] | Callable[[Object], str]
    """Headings, None for none, and the paths of the texts below them; or what writes them."""

    inside: tuple[str, ...] = ()
    """Paths below which the posting may lie, else it is the whole object."""

    pay: Words = lambda _job: None
    contract: tuple[str, ...] = ()
    workplace: Words = lambda _job: None
    further: tuple[tuple[str, str], ...] = ()
    """Labels, and the paths of what is written beside them."""


def format_of(board: Board) -> Format:
    """Return the format that a board's table stands for."""
    return Format(name=board.name, render=lambda text: write_posting(board, read_data(text)))


def write_posting(board: Board, data: Any) -> str | None:
    """Return the labelled values and the text of a board's posting, or None for anything else."""
    job = find_job(board, data)
    if job is None:
        return None
    body = board.body(job) if callable(board.body) else write_body(job, board.body)
    return write_front_matter(_head(board, job, body), body)


def find_job(board: Board, data: Any) -> Object | None:
    """Return the posting of a board in a JSON value: the value itself, or what lies below it."""
    if not isinstance(data, dict):
        return None
    inner = (as_object(dig(data, path)) for path in board.inside)
    return next((job for job in (*inner, data) if job and all(dig(job, sign) is not None for sign in board.signs)), None)


def dig(value: Any, path: str) -> Any:
    """
    Return what lies at a path, or None.

    >>> dig({"company": {"name": "Dough"}}, "company.name"), dig({"a": [{"b": 1}]}, "a.b"), dig({}, "a.b")
    ('Dough', 1, None)
    """
    for key in path.split("."):
        value = as_object(value).get(key)
    return value


def first_words(job: Object, paths: Sequence[str]) -> str | None:
    """Return the words at the first path that has any."""
    return next((words for path in paths if (words := as_words(dig(job, path)))), None)


def write_body(job: Object, parts: Sequence[tuple[str | None, str]]) -> str:
    """Return the texts at some paths below their headings; a list of texts becomes a list."""
    written: list[str] = []
    for heading, path in parts:
        value = dig(job, path)
        texts = [read_hypertext(each) if isinstance(each, str) else as_words(each) or "" for each in as_list(value)]
        texts = [text for text in texts if text.strip()]
        if not texts:
            continue
        below = texts[0] if len(texts) == 1 else "\n".join(f"* {' '.join(text.split())}" for text in texts)
        written.append(f"## {heading}\n\n{below}" if heading else below)
    return "\n\n".join(written)


def join_place(place: Any, *keys: str) -> str | None:
    """
    Return a place's parts with commas between them, a country's code as its name.

    >>> join_place({"city": "Lyon", "region": "", "country": "fr"}, "city", "region", "country")
    'Lyon, France'
    """
    found = as_object(place)
    parts = [(key, as_words(found.get(key))) for key in keys]
    named = [name_country(words) if "country" in key.lower() else words for key, words in parts if words]
    return ", ".join(dict.fromkeys(named)) or None


def each_place(places: Any, *keys: str) -> list[str]:
    """Return each place of a list, in words or in parts, none of them twice."""
    found = (as_words(each) if isinstance(each, str) else join_place(each, *keys) for each in as_list(places))
    return list(dict.fromkeys(place for place in found if place))


def has_country(places: Sequence[str], country: str) -> bool:
    """Tell whether one of the places names a country, or a city or state in it."""
    name = name_country(country)
    known = {code for place in find_places(name) for code in place.countries}
    return any(name.casefold() in place.casefold() or known.intersection(*_countries(place)) for place in places)


def _countries(place: str) -> Iterator[set[str]]:
    yield {code for found in find_places(place) for code in found.countries}


def pay_of(job: Object, *paths: str, low: str, high: str, currency: str, per: str) -> str | None:
    """Write the pay at the first of some paths that has amounts."""
    for path in paths:
        pay = as_object(dig(job, path)) if path else job
        if written := write_pay(pay.get(low), pay.get(high), currency=pay.get(currency), per=pay.get(per)):
            return written
    return None


def write_contract(words: str) -> str:
    """
    Return a code of a kind of contract as postings write it; other words as they are.

    >>> write_contract("FULL_TIME"), write_contract("fulltime_permanent"), write_contract("Per season")
    ('Full-time', 'Full-time, permanent', 'Per season')
    """
    codes: dict[str, str] = read_lexicon("head_words")["contract_codes"]
    return codes.get(words.casefold().replace("-", "_").replace(" ", "_"), words)


def write_workplace(words: str | None) -> str | None:
    """Return a code of a workplace as postings write it, None for one that says nothing."""
    codes: dict[str, str] = read_lexicon("head_words")["workplace_codes"]
    return codes.get((words or "").casefold().replace("-", "_").replace(" ", "_"))


def workplace_of_flags(job: Object, *, remote: str = "remote", hybrid: str = "hybrid", onsite: str = "on_site") -> str | None:
    """Return the workplace that a board's flags tell."""
    told = ((hybrid, "Hybrid"), (remote, "Remote"), (onsite, "On-site"))
    return next((words for key, words in told if dig(job, key) in (True, "true", "True")), None)


def _head(board: Board, job: Object, body: str) -> Iterator[tuple[str, str | None]]:
    yield "title", first_words(job, board.title)
    yield "company", first_words(job, board.company) or find_company_name(Document(None, None, None, None, read_lines(body)))
    yield "link", next((link for path in board.link for each in as_list(dig(job, path)) if (link := to_link(as_words(each) or ""))), None)
    yield from (("location", place) for place in board.places(job))
    yield "salary", board.pay(job)
    kinds = [write_contract(kind) for path in board.contract for kind in each_words(dig(job, path))]
    yield "employment type", ", ".join(dict.fromkeys(kinds))
    yield "workplace", board.workplace(job)
    for label, path in board.further:
        yield label, ", ".join(each_words(dig(job, path)))
