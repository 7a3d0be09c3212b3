"""A position of Personio's XML feed."""

from bot.parsing.formats.board import Board, each_place, format_of
from bot.parsing.formats.json_fields import Object, as_list, as_markup, as_object, as_words
from bot.text.hypertext import read_hypertext


def _places(position: Object) -> list[str]:
    further = as_object(position.get("additionalOffices")).get("office")
    return each_place([*as_list(position.get("office")), *as_list(further)])


def _body(position: Object) -> str:
    """Return the descriptions below their names."""
    parts: list[str] = []
    for each in map(as_object, as_list(as_object(position.get("jobDescriptions")).get("jobDescription"))):
        heading, text = as_words(each.get("name")), read_hypertext(as_markup(each.get("value")))
        if text:
            parts.append(f"## {heading}\n\n{text}" if heading else text)
    return "\n\n".join(parts)


PERSONIO = format_of(
    Board(
        name="Personio XML",
        signs=frozenset({"name", "jobDescriptions"}),
        inside=("position", "workzag-jobs.position"),
        title=("name",),
        company=("subcompany",),
        link=("url", "link"),
        places=_places,
        contract=("employmentType", "schedule"),
        further=(
            ("department", "department"),
            ("seniority", "seniority"),
            ("experience in years", "yearsOfExperience"),
            ("keywords", "keywords"),
        ),
        body=_body,
    )
)
