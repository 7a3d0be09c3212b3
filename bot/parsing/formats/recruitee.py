"""An offer of Recruitee's careers site API."""

from bot.parsing.formats.board import Board, each_place, format_of, join_place, pay_of, workplace_of_flags
from bot.parsing.formats.json_fields import Object, as_words

_PLACE = ("city", "state", "country")


def _places(offer: Object) -> list[str]:
    whole = join_place(offer, *_PLACE) or as_words(offer.get("location"))
    return each_place(offer.get("locations"), *_PLACE) or ([whole] if whole else [])


RECRUITEE = format_of(
    Board(
        name="Recruitee JSON",
        signs=frozenset({"title", "careers_url"}),
        inside=("offer",),
        title=("title",),
        company=("company_name",),
        link=("careers_url", "careers_apply_url"),
        places=_places,
        pay=lambda offer: pay_of(offer, "salary", low="min", high="max", currency="currency", per="period"),
        contract=("employment_type_code",),
        workplace=workplace_of_flags,
        further=(("department", "department"),),
        body=((None, "description"), ("Requirements", "requirements")),
    )
)
