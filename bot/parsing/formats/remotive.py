"""A job of Remotive's API."""

from bot.parsing.formats.board import Board, each_place, format_of
from bot.parsing.formats.json_fields import as_words

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
        body=((None, "description"),),
    )
)
