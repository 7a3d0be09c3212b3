"""An announcement of USAJOBS' search API: public service, with its agency, grades and who may apply."""

from bot.parsing.formats.board import Board, dig, each_place, format_of
from bot.parsing.formats.json_fields import Object, as_list, as_object, as_words, write_pay

_PERIODS = {"PA": "year", "PH": "hour", "PD": "day", "PM": "month", "BW": "biweekly", "WC": "without compensation"}


def _pay(job: Object) -> str | None:
    for pay in map(as_object, as_list(job.get("PositionRemuneration"))):
        per = as_words(pay.get("RateIntervalCode")) or ""
        written = write_pay(pay.get("MinimumRange"), pay.get("MaximumRange"), currency="USD", per=_PERIODS.get(per, per))
        if written:
            return written
    return None


def _places(job: Object) -> list[str]:
    return each_place(job.get("PositionLocation"), "LocationName") or each_place(job.get("PositionLocationDisplay"))


def _workplace(job: Object) -> str | None:
    details = as_object(dig(job, "UserArea.Details"))
    return "Remote" if details.get("RemoteIndicator") in (True, "True", "true") else None


USAJOBS = format_of(
    Board(
        name="USAJOBS JSON",
        signs=frozenset({"PositionTitle", "OrganizationName"}),
        inside=("MatchedObjectDescriptor",),
        title=("PositionTitle",),
        company=("OrganizationName", "DepartmentName"),
        link=("PositionURI", "ApplyURI"),
        places=_places,
        pay=_pay,
        contract=("PositionSchedule", "PositionOfferingType"),
        workplace=_workplace,
        further=(
            ("department", "DepartmentName"),
            ("series", "JobCategory"),
            ("who may apply", "UserArea.Details.WhoMayApply"),
            ("application deadline", "ApplicationCloseDate"),
        ),
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
