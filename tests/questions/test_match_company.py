import pytest
from company_rows import HERE, index_of

from bot.questions.company_names import Found, NearTie, Unknown
from bot.questions.match_company import complete_company, match_company, split_role
from bot.questions.title_index import read_role_words

_INDEX = index_of(
    "Flex",
    "Nixtla",
    "Pachama",
    "Nomad Health",
    "Wikimedia Foundation",
    "Palo Alto Networks",
    "NBCUniversal",
    "Cast & Crew",
    "Blend360",
    "Grafana Labs",
    "Torc Robotics",
    "Collaborative Robotics",
    "Spring Health",
    "Spring Works",
    "Affinity.co",
    "The Athletic",
    "Alan",
    "Alma",
    "Яндекс",
    "ília",
    "Squarespace",
)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("flex", "Flex"),
        ("Flex Inc.", "Flex"),
        ("flx", "Flex"),
        ("nixla", "Nixtla"),
        ("Pachma", "Pachama"),
        ("nomad", "Nomad Health"),
        ("nomad helth", "Nomad Health"),
        ("wikimedia", "Wikimedia Foundation"),
        ("wikimeda", "Wikimedia Foundation"),
        ("palo alto", "Palo Alto Networks"),
        ("PAN", "Palo Alto Networks"),
        ("NBCU", "NBCUniversal"),
        ("cast and crew", "Cast & Crew"),
        ("cast crew", "Cast & Crew"),
        ("Cast & Crwe", "Cast & Crew"),
        ("blend", "Blend360"),
        ("grafana", "Grafana Labs"),
        ("garfana", "Grafana Labs"),
        ("torq robotics", "Torc Robotics"),
        ("collabrative robotics", "Collaborative Robotics"),
        ("affinity", "Affinity.co"),
        ("athletic", "The Athletic"),
        ("яндекс", "Яндекс"),
        ("Яндкс", "Яндекс"),
        ("iliia", "ília"),
        ("allan", "Alan"),
    ],
)
def test_a_typed_name_is_found(typed: str, name: str) -> None:
    match = match_company(typed, _INDEX, scopes=HERE)
    assert isinstance(match, Found)
    assert match.name == name


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("spring", {"Spring Health", "Spring Works"}),
        ("alam", {"Alan", "Alma"}),
        ("square", {"Squarespace"}),
        ("Flex Systems", {"Flex"}),
    ],
)
def test_a_near_tie_is_asked_back(typed: str, names: set[str]) -> None:
    match = match_company(typed, _INDEX, scopes=HERE)
    assert isinstance(match, NearTie)
    assert set(match.names) == names


@pytest.mark.parametrize(
    "typed", ["initech", "Globex Corp", "hooli", "america", "health", "labs", "x", "", "!?", "meta", "nomadic life", "Палата"]
)
def test_a_name_that_is_not_there_is_said_to_be_unknown(typed: str) -> None:
    assert isinstance(match_company(typed, _INDEX, scopes=HERE), Unknown)


def test_an_unknown_name_comes_with_the_nearest() -> None:
    match = match_company("wikomedeo", _INDEX, scopes=HERE)
    assert isinstance(match, Unknown)
    assert match.nearest[:1] == ("Wikimedia Foundation",)


def test_the_whole_name_wins_over_a_longer_one() -> None:
    match = match_company("outlier", index_of("Outlier AI", "Outlier"), scopes=HERE)
    assert isinstance(match, Found)
    assert match.name == "Outlier"


def test_an_alias_needs_its_company() -> None:
    assert isinstance(match_company("facebook", index_of("Meta"), scopes=HERE), Found)
    assert isinstance(match_company("facebook", index_of("Flex"), scopes=HERE), Unknown)


@pytest.mark.parametrize(
    ("typed", "parts"),
    [("Flex: Staff ML Engineer", ("Flex", "Staff ML Engineer")), ("Flex", ("Flex", "")), ("", ("", ""))],
)
def test_a_role_may_stand_behind_a_colon(typed: str, parts: tuple[str, str]) -> None:
    assert split_role(typed) == parts


@pytest.mark.parametrize(
    ("typed", "first"),
    [("no", "Nomad Health"), ("hea", "Nomad Health"), ("wikimeid", "Wikimedia Foundation"), ("flx", "Flex"), ("ро", None), ("я", "Яндекс")],
)
def test_a_half_typed_name_is_completed(typed: str, first: str | None) -> None:
    assert next(iter(complete_company(typed, _INDEX, scopes=HERE)), None) == first


def test_nothing_typed_lists_names_in_alphabetical_order_up_to_the_limit() -> None:
    assert complete_company("", _INDEX, scopes=HERE, limit=3) == ["Affinity.co", "Alan", "Alma"]


def test_the_role_decides_between_names_that_are_equally_near() -> None:
    index = index_of("Spring Health: Nurse Coordinator", "Spring Works: Data Engineer", "Addepar: iOS Engineer")
    asked = read_role_words("data engineer pay")
    assert isinstance(match_company("spring", index, scopes=HERE), NearTie)
    by_role = match_company("spring", index, scopes=HERE, asked=asked)
    assert isinstance(by_role, Found)
    assert by_role.name == "Spring Works"
    assert isinstance(match_company("dadpar", index, scopes=HERE, asked=asked), NearTie | Unknown)


def test_a_role_makes_no_company_of_a_short_name_with_another_beginning() -> None:
    asked = read_role_words("staff data engineer")
    assert not isinstance(match_company("alex", index_of("Flex: Staff Data Engineer"), scopes=HERE, asked=asked), Found)


def test_of_two_companies_of_one_beginning_neither_is_taken_for_a_slip_of_it() -> None:
    match = match_company("sprng", _INDEX, scopes=HERE)
    assert isinstance(match, NearTie)
    assert match.names == ("Spring Health", "Spring Works")


def test_a_long_name_with_many_slips_is_named_as_near_and_not_asked_back() -> None:
    assert match_company("collabrtve robtcs", _INDEX, scopes=HERE) == Unknown(
        typed="collabrtve robtcs", nearest=("Collaborative Robotics",)
    )


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [("pacxma", True), ("pacxmaa", True), ("bacxma", False)],
)
def test_two_slips_are_made_good_by_the_role_where_the_first_letter_is_right(typed: str, *, is_found: bool) -> None:
    index = index_of("Pachama: Staff Data Engineer")
    assert not isinstance(match_company(typed, index, scopes=HERE, asked=read_role_words("engineer")), Found)
    assert isinstance(match_company(typed, index, scopes=HERE, asked=read_role_words("staff data engineer")), Found) is is_found


@pytest.mark.parametrize(("asked", "is_found"), [("bridge engineer", False), ("bridge tunnel engineer", True)])
def test_two_slips_need_a_role_that_fits_more_clearly_than_one_does(asked: str, *, is_found: bool) -> None:
    index, words = index_of("Pachama: Bridge Tunnel Engineer", "Stripely: Bridge Tunnel Engineer"), read_role_words(asked)
    assert isinstance(match_company("otripely", index, scopes=HERE, asked=words), Found)
    assert isinstance(match_company("pacxma", index, scopes=HERE, asked=words), Found) is is_found


@pytest.mark.parametrize(("typed", "is_found"), [("lorthwind", True), ("otripely", False)])
def test_a_wrong_first_letter_is_a_slip_in_a_long_name_only(typed: str, *, is_found: bool) -> None:
    assert isinstance(match_company(typed, index_of("Northwind", "Stripely"), scopes=HERE), Found) is is_found


@pytest.mark.parametrize(("second", "is_found"), [("Staff Data Engineer", False), ("Data Engineer", False), ("Nurse", True)])
def test_the_role_decides_nothing_where_both_have_one_like_it(second: str, *, is_found: bool) -> None:
    index = index_of("Spring Health: Staff Data Engineer", f"Spring Works: {second}")
    match = match_company("spring", index, scopes=HERE, asked=read_role_words("staff data engineer"))
    assert isinstance(match, Found) is is_found
