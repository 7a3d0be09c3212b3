import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.facts import Area, Eligibility, Eligible, Scope
from bot.topics.eligible_places import find_country_keys, hiring_in, render_whether_eligible

CODES = st.lists(st.sampled_from(["KE", "DE", "US", "TR", "BR"]), max_size=3, unique=True).map(tuple)
ELIGIBILITY = st.builds(
    Eligibility, scope=st.just(Scope.LISTED), countries=CODES, areas=st.lists(st.sampled_from(Area), max_size=2).map(tuple), excluded=CODES
) | st.builds(Eligibility, scope=st.sampled_from([Scope.WORLDWIDE, Scope.UNSTATED]), excluded=CODES)


@given(eligibility=ELIGIBILITY, country=st.sampled_from(["KE", "DE", "US", "TR", "BR", "NG"]))
def test_a_search_finds_exactly_who_takes_people_from_a_country(eligibility: Eligibility, country: str) -> None:
    keys = {found.key for found in find_country_keys(eligibility)}
    criterion = hiring_in(country)
    is_found = bool(keys & set(criterion.keys)) and not keys & set(criterion.without)
    assert is_found == (render_whether_eligible(eligibility, country) is Eligible.YES)


@pytest.mark.parametrize(("part", "eligible"), [("CA", Eligible.YES), ("ca", Eligible.YES), ("NY", Eligible.UNCLEAR)])
def test_a_state_that_is_named_is_found_and_another_one_stays_unclear(part: str, eligible: Eligible) -> None:
    based = Eligibility(scope=Scope.LISTED, countries=("US",), us_states=("CA",))
    assert render_whether_eligible(based, "US", part=part) is eligible
    keys = {found.key for found in find_country_keys(based)}
    assert bool(keys & set(hiring_in("US", part=part).keys)) == (eligible is Eligible.YES)


def test_a_country_without_named_parts_is_open_in_all_of_them() -> None:
    whole = Eligibility(scope=Scope.LISTED, countries=("CA",))
    assert render_whether_eligible(whole, "CA", part="QC") is Eligible.YES
    assert {found.key for found in find_country_keys(whole)} & set(hiring_in("CA", part="QC").keys)


@pytest.mark.parametrize("area", Area)
def test_every_area_is_a_key_as_given(area: Area) -> None:
    found = find_country_keys(Eligibility(scope=Scope.LISTED, areas=(area,)))
    assert [key.key for key in found] == [f"area:{area}", "listed"]
