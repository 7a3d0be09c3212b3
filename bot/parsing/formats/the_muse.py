"""A job of The Muse's API."""

from bot.parsing.formats.board import Board, each_place, format_of

THE_MUSE = format_of(
    Board(
        name="The Muse JSON",
        signs=frozenset({"name", "contents", "refs.landing_page"}),
        title=("name",),
        company=("company.name",),
        link=("refs.landing_page",),
        places=lambda job: each_place(job.get("locations"), "name"),
        further=(("category", "categories"), ("level", "levels")),
        body=((None, "contents"),),
    )
)
