"""Job boards' JSON and XML: a table of keys for each says where its values lie."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.parsing.formats import Format
from bot.parsing.formats.json_fields import (
    Object,
    as_list,
    as_markup,
    as_object,
    as_words,
    each_words,
    find_employer,
    name_country,
    read_data,
    write_day,
    write_pay,
)
from bot.parsing.formats.layouts import write_front_matter, write_sections
from bot.text.hypertext import read_hypertext
from bot.text.lexicon import read_lexicon
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
    terms: Callable[[Object], Iterable[tuple[str, str | None]]] = lambda _job: ()
    """Yields pay and what stands beside it with their labels, where pay alone is not all."""

    contract: tuple[str, ...] = ()
    workplace: Words = lambda _job: None
    further: tuple[tuple[str, str], ...] = ()
    """Labels, and the paths of what is written beside them."""

    posted: tuple[str, ...] = ()
    """Paths of the day on which it was published."""

    closes: tuple[str, ...] = ()
    """Paths of the last day to apply."""


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
    return write_sections((heading, _write_texts(as_list(dig(job, path)))) for heading, path in parts)


def _write_texts(values: Sequence[Any]) -> str:
    texts = [read_hypertext(each) if isinstance(each, str) else as_words(each) or "" for each in values]
    texts = [text for text in texts if text.strip()]
    return texts[0] if len(texts) == 1 else "\n".join(f"* {' '.join(text.split())}" for text in texts)


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
    return any(
        name.casefold() in place.casefold() or any(not known.isdisjoint(found.countries) for found in find_places(place))
        for place in places
    )


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
    link = next((link for path in board.link for each in as_list(dig(job, path)) if (link := to_link(as_words(each) or ""))), None)
    yield "company", first_words(job, board.company) or find_employer(link, body)
    yield "link", link
    yield from (("location", place) for place in board.places(job))
    yield "salary", board.pay(job)
    kinds = [write_contract(kind) for path in board.contract for kind in each_words(dig(job, path))]
    yield "employment type", ", ".join(dict.fromkeys(kinds))
    yield from board.terms(job)
    yield "workplace", board.workplace(job)
    for label, path in board.further:
        yield label, ", ".join(each_words(dig(job, path)))
    for label, paths in (("date posted", board.posted), ("application deadline", board.closes)):
        yield label, next((day for path in paths if (day := write_day(dig(job, path)))), None)


# An offer of Recruitee's careers site API.

_RECRUITEE_PLACE = ("city", "state", "country")


def _recruitee_places(offer: Object) -> list[str]:
    whole = join_place(offer, *_RECRUITEE_PLACE) or as_words(offer.get("location"))
    return each_place(offer.get("locations"), *_RECRUITEE_PLACE) or ([whole] if whole else [])


RECRUITEE = format_of(
    Board(
        name="Recruitee JSON",
        signs=frozenset({"title", "careers_url"}),
        inside=("offer",),
        title=("title",),
        company=("company_name",),
        link=("careers_url", "careers_apply_url"),
        places=_recruitee_places,
        pay=lambda offer: pay_of(offer, "salary", low="min", high="max", currency="currency", per="period"),
        contract=("employment_type_code",),
        workplace=workplace_of_flags,
        further=(("department", "department"),),
        posted=("published_at",),
        closes=("close_at",),
        body=((None, "description"), ("Requirements", "requirements")),
    )
)


# A posting of SmartRecruiters' posting API.


def _smartrecruiters_places(posting: Object) -> list[str]:
    location = as_object(posting.get("location"))
    place = as_words(location.get("fullLocation")) or join_place(location, "city", "region", "country")
    return [place] if place else []


SMARTRECRUITERS = format_of(
    Board(
        name="SmartRecruiters JSON",
        signs=frozenset({"name", "company.identifier", "location"}),
        title=("name",),
        company=("company.name", "company.identifier"),
        link=("postingUrl", "applyUrl"),
        places=_smartrecruiters_places,
        pay=lambda posting: pay_of(posting, "compensation", "salary", low="min", high="max", currency="currency", per="period"),
        contract=("typeOfEmployment.label",),
        workplace=lambda posting: workplace_of_flags(posting, remote="location.remote", hybrid="location.hybrid"),
        further=(("department", "department.label"), ("function", "function.label"), ("industry", "industry.label")),
        posted=("releasedDate",),
        body=(
            ("About the company", "jobAd.sections.companyDescription.text"),
            ("Job description", "jobAd.sections.jobDescription.text"),
            ("Qualifications", "jobAd.sections.qualifications.text"),
            ("Additional information", "jobAd.sections.additionalInformation.text"),
        ),
    )
)


# A job of Workable: of its careers pages, its widget and its API.


def _workable_places(job: Object) -> list[str]:
    location = as_object(job.get("location"))
    told = as_words(location.get("location_str"))
    further = each_place(job.get("locations"), "city", "region", "country")
    whole = join_place(location, "city", "region", "country") or join_place(job, "city", "state", "country")
    return [told] if told else further or ([whole] if whole else [])


def _workable_workplace(job: Object) -> str | None:
    location = as_object(job.get("location"))
    stated = write_workplace(as_words(job.get("workplace"))) or write_workplace(as_words(location.get("workplace_type")))
    is_remote = True in (job.get("telecommuting"), job.get("remote"), location.get("telecommuting"))
    return stated or ("Remote" if is_remote else None)


WORKABLE = format_of(
    Board(
        name="Workable JSON",
        signs=frozenset({"title", "shortcode"}),
        inside=("job",),
        title=("title", "full_title"),
        company=("company_name", "company.name", "account.name"),
        link=("url", "shortlink", "application_url"),
        places=_workable_places,
        pay=lambda job: pay_of(job, "salary", low="salary_from", high="salary_to", currency="salary_currency", per="salary_period"),
        contract=("employment_type", "type"),
        workplace=_workable_workplace,
        further=(("department", "department"), ("function", "function"), ("experience", "experience"), ("education", "education")),
        posted=("published_on", "published", "created_at"),
        body=((None, "description"), ("Requirements", "requirements"), ("Benefits", "benefits")),
    )
)


# A job of Teamtailor's API, with what is sent beside it.

_TEAMTAILOR_PLACE = ("city", "country")


def _teamtailor_places(job: Object) -> list[str]:
    beside = [as_object(each.get("attributes")) for each in as_list(job.get("included")) if as_object(each).get("type") == "locations"]
    return each_place(beside, *_TEAMTAILOR_PLACE) or each_place(beside, "name") or each_place(dig(job, "attributes.locations"), "name")


_TEAMTAILOR = Board(
    name="Teamtailor JSON",
    signs=frozenset({"attributes.title", "attributes.body"}),
    title=("attributes.title",),
    company=("company_name", "attributes.company-name"),
    link=("links.careersite-job-url", "links.careersite-job-apply-url"),
    places=_teamtailor_places,
    pay=lambda job: pay_of(job, "attributes", low="min-salary", high="max-salary", currency="currency", per="salary-time-unit"),
    contract=("attributes.employment-type", "attributes.employment-level"),
    workplace=lambda job: write_workplace(as_words(dig(job, "attributes.remote-status"))),
    further=(("tags", "attributes.tags"),),
    posted=("attributes.start-date", "attributes.created-at"),
    closes=("attributes.end-date",),
    body=((None, "attributes.pitch"), (None, "attributes.body")),
)


def render_teamtailor(text: str) -> str | None:
    """
    Return a job's labelled values and text, or None for other JSON; what is sent beside the job tells its places.

    >>> print(render_teamtailor('{"data": {"attributes": {"title": "Cook", "body": "<p>We cook."}}}'))
    ---
    title: Cook
    ---
    <BLANKLINE>
    We cook.
    """
    found = as_object(read_data(text))
    data = as_object(found.get("data"))
    return write_posting(_TEAMTAILOR, {**data, "included": found.get("included")} if data else found)


TEAMTAILOR = Format(name="Teamtailor JSON", render=render_teamtailor)


# A job of Remotive's API.

REMOTIVE = format_of(
    Board(
        name="Remotive JSON",
        signs=frozenset({"title", "candidate_required_location"}),
        title=("title",),
        company=("company_name",),
        link=("url",),
        places=lambda job: each_place(job.get("candidate_required_location")),
        pay=lambda job: as_words(job.get("salary")),
        contract=("job_type",),
        workplace=lambda _job: "Remote",
        further=(("category", "category"), ("tags", "tags")),
        posted=("publication_date",),
        body=((None, "description"),),
    )
)


# A job of The Muse's API.

THE_MUSE = format_of(
    Board(
        name="The Muse JSON",
        signs=frozenset({"name", "contents", "refs.landing_page"}),
        title=("name",),
        company=("company.name",),
        link=("refs.landing_page",),
        places=lambda job: each_place(job.get("locations"), "name"),
        further=(("category", "categories"), ("level", "levels")),
        posted=("publication_date",),
        body=((None, "contents"),),
    )
)


# An announcement of USAJOBS' search API: public service, with its agency, grades and who may apply.

_USAJOBS_PERIODS = {"PA": "year", "PH": "hour", "PD": "day", "PM": "month", "BW": "biweekly", "WC": "without compensation"}


def _usajobs_pay(job: Object) -> str | None:
    for pay in map(as_object, as_list(job.get("PositionRemuneration"))):
        per = as_words(pay.get("RateIntervalCode")) or ""
        written = write_pay(pay.get("MinimumRange"), pay.get("MaximumRange"), currency="USD", per=_USAJOBS_PERIODS.get(per, per))
        if written:
            return written
    return None


USAJOBS = format_of(
    Board(
        name="USAJOBS JSON",
        signs=frozenset({"PositionTitle", "OrganizationName"}),
        inside=("MatchedObjectDescriptor",),
        title=("PositionTitle",),
        company=("OrganizationName", "DepartmentName"),
        link=("PositionURI", "ApplyURI"),
        places=lambda job: each_place(job.get("PositionLocation"), "LocationName") or each_place(job.get("PositionLocationDisplay")),
        pay=_usajobs_pay,
        contract=("PositionSchedule", "PositionOfferingType"),
        workplace=lambda job: workplace_of_flags(job, remote="UserArea.Details.RemoteIndicator"),
        further=(
            ("department", "DepartmentName"),
            ("series", "JobCategory"),
            ("who may apply", "UserArea.Details.WhoMayApply"),
        ),
        posted=("PublicationStartDate",),
        closes=("ApplicationCloseDate", "PositionEndDate"),
        body=(
            ("Job summary", "UserArea.Details.JobSummary"),
            ("Duties", "UserArea.Details.MajorDuties"),
            ("Key requirements", "UserArea.Details.KeyRequirements"),
            ("Requirements", "UserArea.Details.Requirements"),
            ("Qualifications", "QualificationSummary"),
            ("Education", "UserArea.Details.Education"),
            ("Benefits", "UserArea.Details.Benefits"),
            ("How you will be evaluated", "UserArea.Details.Evaluations"),
            ("Required documents", "UserArea.Details.RequiredDocuments"),
            ("How to apply", "UserArea.Details.HowToApply"),
            ("Next steps", "UserArea.Details.WhatToExpectNext"),
        ),
    )
)


# A position of Personio's XML feed.


def _personio_places(position: Object) -> list[str]:
    further = as_object(position.get("additionalOffices")).get("office")
    return each_place([*as_list(position.get("office")), *as_list(further)])


def _personio_body(position: Object) -> str:
    told = map(as_object, as_list(as_object(position.get("jobDescriptions")).get("jobDescription")))
    return write_sections((as_words(each.get("name")), read_hypertext(as_markup(each.get("value")))) for each in told)


PERSONIO = format_of(
    Board(
        name="Personio XML",
        signs=frozenset({"name", "jobDescriptions"}),
        inside=("position", "workzag-jobs.position"),
        title=("name",),
        company=("subcompany",),
        link=("url", "link"),
        places=_personio_places,
        contract=("employmentType", "schedule"),
        further=(
            ("department", "department"),
            ("seniority", "seniority"),
            ("experience in years", "yearsOfExperience"),
            ("keywords", "keywords"),
        ),
        posted=("createdAt",),
        body=_personio_body,
    )
)
