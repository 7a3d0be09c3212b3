import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.questions.places import PlaceSpan, asked_places, find_asked_places
from bot.questions.tokens import flatten


def find_country(question: str) -> PlaceSpan | None:
    """The place that a message names most surely, an area left aside."""
    found = [one for one in find_asked_places(question, flatten(question)) if one.place.country]
    return max(found, key=lambda one: one.sureness, default=None)


_HARD = pytest.mark.xfail(strict=True, reason="not told apart yet")


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("from Kenya", "KE"),
        ("canada", "CA"),
        ("Deutschland", "DE"),
        ("germny", "DE"),
        ("can i apply from the phillipines", "PH"),
        ("from nigera", "NG"),
        ("from columbia", "CO"),
        ("could I do it from new zeland", "NZ"),
        ("can i work from brasil", "BR"),
        ("swtizerland", "CH"),
        ("living in Lagos", "NG"),
        ("i'm based in sao paolo", "BR"),
        ("bangalore", "IN"),
        ("as a Brazilian, may I apply?", "BR"),
        ("can Canadians apply", "CA"),
        ("im irish, is that ok", "IE"),
        ("are indian candidates ok", "IN"),
        ("in the states", "US"),
        ("is it open in the us", "US"),
        ("is it us only", "US"),
        ("US", "US"),
        ("anyone in the uk?", "GB"),
        ("hire in Japan?", "JP"),
        ("could a canadian living in toronto get it", "CA"),
        pytest.param("is turkey ok", "TR", marks=_HARD),
        ("from south korea", "KR"),
    ],
)
def test_a_country_is_found_however_it_is_typed(question: str, code: str) -> None:
    mention = find_country(question)
    assert mention is not None
    assert mention.place.country == code


@pytest.mark.parametrize(
    "question",
    [
        "tell us more",
        "does it pay us in euros",
        "is it in it",
        "no",
        "do i need to speak spanish",
        "what are the requirements for python",
        "what does Boston Dynamics pay",
        "does canada goose sponsor visas",
        "does Bank of America hire remote",
        "salary at jordan",
        "in which country",
        "from europe",
        "for spin",
        "as a student",
        "where in the world",
        "",
        "quién usa rust?",
        "vagas de quem usa python",
    ],
)
def test_no_country_is_read_into_other_words(question: str) -> None:
    assert find_country(question) is None


@pytest.mark.parametrize(
    ("question", "place", "state"),
    [
        ("im in hawaii, is that fine", None, "HI"),
        ("if i live in texas", None, "TX"),
        ("san jose", "San Jose", "CA"),
        ("i'm in nyc", "NYC", "NY"),
        ("i live in mexico city", "Mexico City", None),
        ("im in canada", None, None),
    ],
)
def test_the_state_and_city_are_kept(question: str, place: str | None, state: str | None) -> None:
    mention = find_country(question)
    assert mention is not None
    assert (mention.place.city, mention.place.state) == (place, state)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("only US people or does Peru work too", ["Peru"]),
        ("just americans, or germany as well?", ["germany"]),
        ("canada only or can i be in kenya", ["kenya"]),
        ("nur USA oder auch Japan?", ["Japan"]),
        ("¿solo España o también México?", ["México"]),
        ("is it kenya only", ["kenya"]),
        ("kenya or japan?", ["kenya", "japan"]),
        ("i live in kenya, do they hire in japan", ["kenya", "japan"]),
    ],
)
def test_a_place_that_others_are_set_against_is_not_the_one_asked_about(question: str, asked: list[str]) -> None:
    flat = flatten(question)
    assert [one.place.typed for one in asked_places(find_asked_places(question, flat), flat)] == asked


@pytest.mark.parametrize(
    ("question", "outside"),
    [
        ("is it open to people outside the US", True),
        ("does it hire outside of cyprus", True),
        ("Non-US people?", True),
        ("outside germny?", True),
        ("from the US", False),
        ("i live in Spain, a bit outside of town", False),
    ],
)
def test_outside_a_country_is_not_from_it(question: str, outside: bool) -> None:
    mention = find_country(question)
    assert mention is not None
    assert mention.is_outside is outside


def test_where_somebody_lives_counts_before_where_they_are_from() -> None:
    mention = find_country("i'm from Chile but living in Spain")
    assert mention is not None
    assert mention.place.country == "ES"


@given(st.text(max_size=300))
def test_any_text_is_read_without_error(text: str) -> None:
    find_country(text)


@given(st.lists(st.sampled_from(["the", "baker", "\n", "  ", "pay", "?"]), max_size=6), st.sampled_from(["Kenya", "i live in Poland"]))
def test_a_country_is_found_with_its_own_words_whatever_stands_before_it(before: list[str], place: str) -> None:
    mention = find_country(" ".join([*before, place]))
    assert mention is not None
    assert mention.place.typed in place
