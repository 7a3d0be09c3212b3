"""A job of Workable: of its careers pages, its widget and its API."""

from bot.parsing.formats.board import Board, each_place, format_of, join_place, pay_of, write_workplace
from bot.parsing.formats.json_fields import Object, as_object, as_words


def _places(job: Object) -> list[str]:
    location = as_object(job.get("location"))
    told = as_words(location.get("location_str"))
    further = each_place(job.get("locations"), "city", "region", "country")
    whole = join_place(location, "city", "region", "country") or join_place(job, "city", "state", "country")
    return [told] if told else further or ([whole] if whole else [])


def _workplace(job: Object) -> str | None:
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
        places=_places,
        pay=lambda job: pay_of(job, "salary", low="salary_from", high="salary_to", currency="salary_currency", per="salary_period"),
        contract=("employment_type", "type"),
        workplace=_workplace,
        further=(("department", "department"), ("function", "function"), ("experience", "experience"), ("education", "education")),
        body=((None, "description"), ("Requirements", "requirements"), ("Benefits", "benefits")),
    )
)
