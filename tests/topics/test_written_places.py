"""Countries, areas and states are written by their names and read by whatever they are called."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.facts import Area, Eligibility, Scope
from bot.questions.places import find_typed_place
from bot.text.gazetteer import country_codes, form_of, name_country
from bot.text.lexicon import read_lexicon
from bot.topics.written import Miswritten
from bot.topics.written_places import ELIGIBILITY_FORM, read_eligibility, write_eligibility

LISTED, WORLDWIDE, UNSTATED = Scope.LISTED, Scope.WORLDWIDE, Scope.UNSTATED


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (
            "US, CA, EU; not in: RU; states: CA, NY",
            Eligibility(scope=LISTED, countries=("US", "CA"), areas=(Area.EU,), excluded=("RU",), us_states=("CA", "NY")),
        ),
        ("worldwide", Eligibility(scope=WORLDWIDE)),
        ("Anywhere in the world; except Cuba", Eligibility(scope=WORLDWIDE, excluded=("CU",))),
        ("not in: russia", Eligibility(scope=UNSTATED, excluded=("RU",))),
        ("not stated", Eligibility(scope=UNSTATED)),
        ("usa and canada", Eligibility(scope=LISTED, countries=("US", "CA"))),
        ("the UK, Ireland & the Netherlands", Eligibility(scope=LISTED, countries=("GB", "IE", "NL"))),
        ("Trinidad and Tobago", Eligibility(scope=LISTED, countries=("TT",))),
        ("Georgia", Eligibility(scope=LISTED, countries=("GE",))),
        ("Deutschland, États-Unis", Eligibility(scope=LISTED, countries=("DE", "US"))),
        ("latin america, EMEA", Eligibility(scope=LISTED, areas=(Area.LATAM, Area.EMEA))),
        ("California, Texas", Eligibility(scope=LISTED, countries=("US",), us_states=("CA", "TX"))),
        ("US states: ny, OR or Texas", Eligibility(scope=LISTED, countries=("US",), us_states=("NY", "OR", "TX"))),
        ("Provinces: on, Quebec", Eligibility(scope=LISTED, countries=("CA",), provinces=("ON", "QC"))),
        ("UK&I", Eligibility(scope=LISTED, countries=("GB", "IE"))),
        (" us ;; ", Eligibility(scope=LISTED, countries=("US",))),
    ],
)
def test_places_are_read_as_people_call_them(typed: str, expected: Eligibility) -> None:
    assert read_eligibility(typed) == expected


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("Berlin", '"Berlin" is no country, area or state of the USA; name the country'),
        ("Narnia and Peru", '"Narnia" is no country, area or state of the USA; name the country'),
        ("worldwide, US", '"worldwide" stands for itself, without places beside it'),
        ("US; worldwide", '"worldwide" stands for itself, without places beside it'),
        ("Germany; not in: EU", 'behind "not in" stand countries; an area or a state cannot be left out'),
        ("US states: Bavaria", '"Bavaria" is no state of the USA'),
        ("", "no place is named"),
    ],
)
def test_a_place_that_is_not_known_is_complained_of(typed: str, complaint: str) -> None:
    with pytest.raises(Miswritten) as caught:
        read_eligibility(typed)
    assert str(caught.value) == complaint


CODES = sorted(country_codes())
STATES = sorted(read_lexicon("us_states")["names"])


@pytest.mark.parametrize("code", CODES)
def test_every_country_is_read_by_the_name_it_is_written_with(code: str) -> None:
    listed = Eligibility(scope=LISTED, countries=(code,), excluded=(code,))
    assert read_eligibility(write_eligibility(listed)) == listed


def unique(codes: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(codes), unique=True, max_size=60).map(tuple)


@settings(deadline=None)
@given(unique(CODES), st.lists(st.sampled_from(Area), unique=True).map(tuple), unique(CODES), unique(STATES), st.booleans())
def test_any_eligibility_is_read_back_as_it_was_written(
    countries: tuple[str, ...],
    areas: tuple[Area, ...],
    excluded: tuple[str, ...],
    us_states: tuple[str, ...],
    is_worldwide: bool,
) -> None:
    if us_states and "US" not in countries:
        countries = (*countries, "US")
    scope = LISTED if countries or areas else WORLDWIDE if is_worldwide else UNSTATED
    value = Eligibility(scope=scope, countries=countries, areas=areas, excluded=excluded, us_states=us_states)
    assert read_eligibility(write_eligibility(value)) == value


def test_the_example_is_right() -> None:
    value, _, words = ELIGIBILITY_FORM.example.partition(" | ")
    assert words
    assert read_eligibility(value).us_states == ("CA", "NY")


LOCALES = ("en-US", "en-GB", "es-ES", "es-419", "de", "fr", "pt-BR")


def names_shown(code: str) -> set[str]:
    return {name for locale in LOCALES for name in (name_country(code, locale), str(form_of(locale).territories[code]))}


@pytest.mark.parametrize("code", CODES)
def test_every_country_is_read_by_each_name_that_is_shown_for_it(code: str) -> None:
    for name in names_shown(code):
        assert read_eligibility(name).countries == (code,), name
        assert read_eligibility(f"not in: {name.upper()}").excluded == (code,), name
        place = find_typed_place(name)
        assert place is not None, name
        assert (place.country, place.state) == (code, None), name


@settings(deadline=None)
@given(st.data(), unique(CODES), st.sampled_from([", ", " and ", " & ", " / ", ", and "]))
def test_a_list_of_countries_is_read_whatever_stands_within_and_between_their_names(
    data: st.DataObject, codes: tuple[str, ...], between: str
) -> None:
    if codes:
        names = [name_country(code, data.draw(st.sampled_from(LOCALES))) for code in codes]
        assert read_eligibility(between.join(names)).countries == codes


@pytest.mark.parametrize("written", ["Guinea, Bissau", "Hong, Kong", "St. Helena, Tristan"])
def test_a_comma_does_not_make_one_name_of_two(written: str) -> None:
    with pytest.raises(Miswritten):
        read_eligibility(written)
