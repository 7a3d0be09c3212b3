"""The job boards that give their postings as public JSON, and where on them an address leads."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import quote

from yarl import URL

_SLUG = re.compile(r"[^\W_][\w.&+' -]{0,99}")
"""An employer's name on a board, as boards spell it."""

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_DIGITS = re.compile(r"\d{1,20}")
_LINKS = ("jobUrl", "hostedUrl", "absolute_url", "applyUrl")


class BoardRef(NamedTuple):
    """What an address names on a board."""

    employer: str
    job: str | None = None
    """None for all jobs of the employer."""


@dataclass(frozen=True, slots=True)
class Board:
    """A job board."""

    name: str
    hosts: frozenset[str]
    """Where its pages are: exactly these."""

    find: Callable[[URL], BoardRef | None]
    """Returns what an address on these hosts names, or None for a page of another kind."""

    job: str
    """The address of one job's JSON, with {employer} and {job}; of a list where there is no other."""

    jobs: str
    """The address of the JSON of all jobs, with {employer}."""


class BoardPlace(NamedTuple):
    """What an address names, and the board that it is on."""

    board: Board
    ref: BoardRef

    @property
    def address(self) -> str:
        """The address of its JSON."""
        ref = self.ref
        employer = quote(ref.employer, safe="")
        return self.board.jobs.format(employer=employer) if ref.job is None else self.board.job.format(employer=employer, job=ref.job)


def find_board_place(url: URL, boards: tuple[Board, ...]) -> BoardPlace | None:
    """
    Return where on a board an address leads, or None for any other site.

    >>> find_board_place(URL("https://jobs.lever.co/acme/"), BOARDS).ref
    BoardRef(employer='acme', job=None)
    >>> find_board_place(URL("https://jobs.lever.co.evil.example/acme"), BOARDS) is None
    True
    """
    board = next((board for board in boards if url.raw_host in board.hosts), None)
    ref = board.find(url) if board else None
    return BoardPlace(board, ref) if board and ref and _SLUG.fullmatch(ref.employer) else None


def pick_jobs(document: Any, ref: BoardRef) -> list[Any]:
    """
    Return the jobs of a board's answer: the one that is asked for, or all that are listed.

    >>> pick_jobs({"jobs": [{"id": 7}, {"id": 8}]}, BoardRef("acme", "8"))
    [{'id': 8}]
    >>> pick_jobs([{"id": "a"}, {"id": "b", "isListed": False}], BoardRef("acme"))
    [{'id': 'a'}]
    """
    jobs = list_jobs(document) or [document]
    if ref.job is None:
        return [job for job in jobs if not isinstance(job, dict) or job.get("isListed") is not False]
    return [job for job in jobs if isinstance(job, dict) and _is_called(job, ref.job.lower())][:1]


def list_jobs(document: Any) -> list[Any]:
    """Return the list of jobs that a document is, or that it has under `jobs`; an empty one for a single job and anything else."""
    found = document.get("jobs") if isinstance(document, dict) else document
    return found if isinstance(found, list) else []


def _is_called(job: dict[str, Any], name: str) -> bool:
    """Tell whether a job has this id; where it has none, whether its link ends with it."""
    if job.get("id") is not None:
        return str(job["id"]).lower() == name
    return any(name in str(job.get(key)).lower().split("/") for key in _LINKS)


def _find_on_greenhouse(url: URL) -> BoardRef | None:
    parts = _parts_of(url)
    if parts[:1] == ["embed"]:
        job = url.query.get("token") if parts[1:] == ["job_app"] else None
        is_list = parts[1:] == ["job_board"]
        return _to_ref(url.query.get("for"), job, of=_DIGITS) if job or is_list else None
    if parts[:2] == ["v1", "boards"]:
        parts = parts[2:]
    elif len(parts) == 1:
        return BoardRef(parts[0])
    if parts[1:] == ["jobs"]:
        return BoardRef(parts[0])
    return _to_ref(parts[0], parts[2], of=_DIGITS) if len(parts) == 3 and parts[1] == "jobs" else None  # noqa: PLR2004


def _find_on_lever(url: URL) -> BoardRef | None:
    return _find_under(url, ["v0", "postings"], form="apply")


def _find_on_ashby(url: URL) -> BoardRef | None:
    return _find_under(url, ["posting-api", "job-board"], form="application")


def _find_under(url: URL, api: list[str], *, form: str) -> BoardRef | None:
    """Read EMPLOYER, EMPLOYER/JOB and EMPLOYER/JOB/FORM, which may stand below the path of the board's API."""
    parts = _parts_of(url)
    if parts[:2] == api:
        parts = parts[2:]
    if len(parts) == 1:
        return BoardRef(parts[0])
    return _to_ref(parts[0], parts[1], of=_UUID) if parts and parts[2:] in ([], [form]) else None


def _parts_of(url: URL) -> list[str]:
    return [part for part in url.parts if part not in ("", "/")]


def _to_ref(employer: str | None, job: str | None, *, of: re.Pattern[str]) -> BoardRef | None:
    if not employer or (job is not None and not of.fullmatch(job)):
        return None
    return BoardRef(employer, job)


_GREENHOUSE = "https://boards-api.greenhouse.io/v1/boards/{employer}/jobs"
_LEVER, _LEVER_EU = "https://api.lever.co/v0/postings/{employer}", "https://api.eu.lever.co/v0/postings/{employer}"
_ASHBY = "https://api.ashbyhq.com/posting-api/job-board/{employer}?includeCompensation=true"

BOARDS: tuple[Board, ...] = (
    Board(
        name="Greenhouse",
        # Its API is one for both regions: what stands on the European pages is asked from the same host.
        hosts=frozenset(
            {
                "boards.greenhouse.io",
                "job-boards.greenhouse.io",
                "boards.eu.greenhouse.io",
                "job-boards.eu.greenhouse.io",
                "boards-api.greenhouse.io",
            }
        ),
        find=_find_on_greenhouse,
        job=_GREENHOUSE + "/{job}?content=true&pay_transparency=true",
        jobs=_GREENHOUSE + "?content=true",
    ),
    Board(
        name="Lever",
        hosts=frozenset({"jobs.lever.co", "api.lever.co"}),
        find=_find_on_lever,
        job=_LEVER + "/{job}",
        jobs=_LEVER + "?mode=json",
    ),
    Board(
        name="Lever in Europe",
        hosts=frozenset({"jobs.eu.lever.co", "api.eu.lever.co"}),
        find=_find_on_lever,
        job=_LEVER_EU + "/{job}",
        jobs=_LEVER_EU + "?mode=json",
    ),
    Board(name="Ashby", hosts=frozenset({"jobs.ashbyhq.com", "api.ashbyhq.com"}), find=_find_on_ashby, job=_ASHBY, jobs=_ASHBY),
)
"""The one list of boards."""
