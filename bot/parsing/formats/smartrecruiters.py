"""A posting of SmartRecruiters' posting API."""

from bot.parsing.formats.board import Board, format_of, join_place, pay_of, workplace_of_flags
from bot.parsing.formats.json_fields import Object, as_object, as_words


def _places(posting: Object) -> list[str]:
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
        places=_places,
        pay=lambda posting: pay_of(posting, "compensation", "salary", low="min", high="max", currency="currency", per="period"),
        contract=("typeOfEmployment.label",),
        workplace=lambda posting: workplace_of_flags(posting, remote="location.remote", hybrid="location.hybrid"),
        further=(("department", "department.label"), ("function", "function.label"), ("industry", "industry.label")),
        body=(
            ("About the company", "jobAd.sections.companyDescription.text"),
            ("Job description", "jobAd.sections.jobDescription.text"),
            ("Qualifications", "jobAd.sections.qualifications.text"),
            ("Additional information", "jobAd.sections.additionalInformation.text"),
        ),
    )
)
