from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.gazetteer import PlaceKind, country_codes, name_country, names_by_first_word, three_letter_codes
from bot.text.places import find_places, is_country_first, is_place_name, words_of_places


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Remote in the United Kingdom", ["GB"]),
        ("Canada or the U.S.", ["CA", "US"]),
        ("Estados Unidos, Países Bajos", ["US", "NL"]),
        ("Österreich und die Schweiz", ["AT", "CH"]),
        ("Côte d’Ivoire", ["CI"]),
        ("Trinidad & Tobago", ["TT"]),
        ("Bosnia and Herzegovina", ["BA"]),
        ("Papua New Guinea", ["PG"]),
        ("Northern Ireland", ["GB"]),
        ("UK&I", ["GB", "IE"]),
        ("REMOTE, BRAZIL", ["BR"]),
        ("US-Remote", ["US"]),
        ("Viet Nam", ["VN"]),
        ("Holland", ["NL"]),
    ],
)
def test_countries_are_found_in_the_languages_and_spellings_of_postings(text: str, countries: list[str]) -> None:
    assert [code for place in find_places(text) for code in place.countries] == countries


@pytest.mark.parametrize(
    "text",
    [
        "Join us in May",
        "JOIN US NOW",
        "Work in it or for me",
        "Rhode island tables",
        "An island of calm",
        "OR, IN and ME are words",
        "Us",
        "we like turkey",
    ],
)
def test_ordinary_words_are_no_countries(text: str) -> None:
    assert [place for place in find_places(text) if place.kind is PlaceKind.COUNTRY] == []


@pytest.mark.parametrize(
    ("text", "country", "state"),
    [
        ("Austin, TX", "US", "TX"),
        ("Smallville, KS", "US", "KS"),
        ("Portland, ME", "US", "ME"),
        ("Maine - Portland", "US", "ME"),
        ("Englewood Cliffs, NEW JERSEY", "US", "NJ"),
        ("Washington, D.C.", "US", "DC"),
        ("Gull Island, N.Y.", "US", "NY"),
        ("Hopewell, N.J.", "US", "NJ"),
        ("San Jose", "US", "CA"),
        ("San Jose, Costa Rica", "CR", None),
        ("London, Ontario", "CA", None),
        ("London", "GB", None),
        ("Bengaluru, IN", "IN", None),
        ("Toronto, CA", "CA", None),
        ("Vancouver, BC", "CA", None),
        ("Vancouver, WA", "US", "WA"),
        ("Zurich, CH", "CH", None),
        ("Valencia, ESP", "ES", None),
        ("Katowice", "PL", None),
        ("Espírito Santo", "BR", None),
    ],
)
def test_a_city_lies_where_the_place_behind_it_says(text: str, country: str, state: str | None) -> None:
    first = find_places(text)[0]
    assert {code for place in find_places(text) for code in place.countries} == {country}
    assert first.us_state == state


def test_georgia_is_a_country_beside_its_neighbours_and_a_state_beside_american_cities() -> None:
    assert find_places("Armenia, Georgia, Serbia")[1].countries == ("GE",)
    assert find_places("Atlanta, Georgia")[1].us_state == "GA"


def test_state_codes_count_in_a_row_of_them() -> None:
    assert [place.us_state for place in find_places("in CA, CO, NY, or WA")] == ["CA", "CO", "NY", "WA"]


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Remote EMEA", "EMEA"),
        ("Europe, the Middle East, and Africa", "EMEA"),
        ("Remote-AMER", "AMERICAS"),
        ("Latin America", "LATAM"),
        ("América Latina", "LATAM"),
        ("DACH-Region", "DACH"),
        ("the European Union", "EU"),
        ("Asia-Pacific", "APAC"),
        ("Nordic countries", "NORDICS"),
    ],
)
def test_areas_are_found_whole(text: str, area: str) -> None:
    assert [place.area for place in find_places(text)] == [area]


def test_people_are_told_from_countries() -> None:
    assert [place.kind for place in find_places("Canadians in Chile")] == [PlaceKind.PEOPLE, PlaceKind.COUNTRY]


def test_any_case_finds_typed_names_but_no_short_words() -> None:
    assert [place.countries for place in find_places("us or germany", any_case=True)] == [("DE",)]


def test_the_tables_hold_every_country() -> None:
    assert len(country_codes()) > 240
    assert three_letter_codes()["DEU"] == "DE"
    assert name_country("NL") == "the Netherlands"
    assert is_place_name("New Zealand")
    assert not is_place_name("New Balance")
    known = {
        code for names in names_by_first_word().values() for _, meanings in names for meaning in meanings for code in meaning.countries
    }
    assert known >= country_codes()


@given(st.text(max_size=200))
def test_spans_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    places = find_places(text)
    assert all(0 <= place.start < place.end <= len(text) for place in places)
    assert all(before.end <= after.start for before, after in pairwise(places))


@pytest.mark.parametrize(
    "name", ["Peru", "New York", "the Czech Republic", "Austin, TX", "UK", "U.S.", "Nuevo León", "the Netherlands", "Bend, OR"]
)
def test_the_quick_look_misses_no_place(name: str) -> None:
    text = f"You may live in {name} and work."
    assert find_places(text)
    assert words_of_places(text, _words(text))


def test_the_quick_look_passes_by_names_that_do_not_go_on() -> None:
    text = "The San team went to a New shop."
    assert not words_of_places(text, _words(text))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.lower().replace(",", " ").replace(".", " ").split())


def test_a_text_of_nothing_but_places_is_not_read_to_its_end() -> None:
    assert len(find_places("Peru, " * 5_000)) == 250


@pytest.mark.parametrize(
    ("text", "country", "state"),
    [
        ("Dublin, Georgia", "US", "GA"),
        ("Edinburgh, Indiana", "US", "IN"),
        ("Brisbane, CA", "US", "CA"),
        ("Winston-Salem, NC", "US", "NC"),
        ("Barksdale AFB, Louisiana", "US", "LA"),
        ("China Lake, California", "US", "CA"),
        ("Tbilisi, Georgia", "GE", None),
        ("Athens, Greece", "GR", None),
        ("US, CA, Bakersfield", "US", "CA"),
        ("AU, NSW, Sydney", "AU", None),
        ("GR, , Athens", "GR", None),
    ],
)
def test_a_town_lies_in_the_state_or_country_that_is_named_with_it(text: str, country: str, state: str | None) -> None:
    places = find_places(text)
    assert {code for place in places for code in place.countries} == {country}
    assert {place.us_state for place in places if place.us_state} == ({state} if state else set())


@pytest.mark.parametrize("text", ["HR, IT, Sales", "CA, NY, CT, NJ", "QA, UX, Design"])
def test_a_row_of_codes_is_no_place_from_the_country_down(text: str) -> None:
    assert not is_country_first(text)


def test_towns_of_every_size_are_found_where_they_are_asked_for() -> None:
    assert [place.countries for place in find_places("Metzingen", towns=True)] == [("DE",)]
    assert find_places("Metzingen") == ()


@pytest.mark.parametrize("text", ["Mobile", "Reading and Nice", "Jackson", "Leamington Spa"])
def test_a_town_whose_name_is_a_word_needs_its_country_beside_it(text: str) -> None:
    assert find_places(text, towns=True) == ()


def test_a_province_of_canada_is_told_from_a_state() -> None:
    assert [(place.province, place.us_state) for place in find_places("London, ON")] == [("ON", None), ("ON", None)]
    assert [place.province for place in find_places("British Columbia")] == ["BC"]
