import pytest
from builders import document
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.facts import Area, Eligibility, Eligible, Fact, Quote, Scope
from bot.domain.query import Ask, Verdict
from bot.parsing.parse import read_document
from bot.text.gazetteer import country_codes, name_country
from bot.topics.countries import find_countries, judge_everywhere, render_countries
from bot.topics.eligible_places import countries_of, render_whether_eligible


def _eligibility(body: str = "We bake.", *, title: str | None = None, location: str | None = None) -> Eligibility | None:
    facts = find_countries(document(body, title=title, location=location))
    return facts[0].value if facts else None


@pytest.mark.parametrize(
    ("location", "countries", "areas"),
    [
        ("Remote, US", ["US"], []),
        ("US-Remote", ["US"], []),
        ("remote,Massachusetts - Boston", ["US"], []),
        ("Remote,Montréal, Canada", ["CA"], []),
        ("Remote (within Australia, New Zealand)", ["AU", "NZ"], []),
        ("hybrid,Paris or Remote from France", ["FR"], []),
        ("Stuttgart, DEU, Remote", ["DE"], []),
        ("Remote - LatAm only", [], [Area.LATAM]),
        ("UK/EU or compatible timezone", ["GB"], [Area.EU]),
        ("Warszawa / Gdańsk", ["PL"], []),
        ("Atlanta - remote first in US", ["US"], []),
    ],
)
def test_the_place_tag_counts(location: str, countries: list[str], areas: list[Area]) -> None:
    value = _eligibility(location=location)
    assert value is not None
    assert (value.scope, list(value.countries), list(value.areas)) == (Scope.LISTED, countries, areas)


@pytest.mark.parametrize(
    "location",
    ["Remote", "remote,Remote", "Hybrid or Remote", "USA timezones", "Remote - EST", "Lyon-based or fully remote within CET +/- 2h"],
)
def test_remote_or_a_time_zone_alone_is_no_place(location: str) -> None:
    assert _eligibility(location=location) is None


def test_tag_title_and_text_are_put_together_in_the_postings_order() -> None:
    value = _eligibility("Candidates must reside in the United States or Canada.", title="Baker (Remote, Mexico)", location="Remote US")
    assert value is not None
    assert sorted(value.countries) == ["CA", "MX", "US"]


@pytest.mark.parametrize(
    ("body", "countries"),
    [
        ("Standort: Berlin, Deutschland", ["DE"]),
        ("**Location: Remote - Canada**\n\nWe bake.", ["CA"]),
        ("## Location\nRiga or Tallinn\n\n## About us\nWe have an office in Oslo.", ["LV", "EE"]),
        ("Remote - Brazil or Argentina", ["BR", "AR"]),
        ("Location: Atlanta, Georgia", ["US"]),
    ],
)
def test_labelled_lines_and_lines_of_places_count(body: str, countries: list[str]) -> None:
    value = _eligibility(body)
    assert value is not None
    assert list(value.countries) == countries


def test_states_are_kept_beside_the_country() -> None:
    value = _eligibility("You must reside in one of these states: CA, NY, WA.")
    assert value is not None
    assert (value.countries, value.us_states) == (("US",), ("CA", "NY", "WA"))


@pytest.mark.parametrize(
    ("body", "location", "excluded"),
    [
        ("We hire anywhere except Brazil.", None, ("BR",)),
        ("Work from anywhere you like.", "Remote", ()),
        ("We bake.", "Global Remote (Non-US)", ("US",)),
        ("Location: Anywhere in the world", "Remote-EMEA", ()),
    ],
)
def test_the_whole_world_may_have_exceptions(body: str, location: str | None, excluded: tuple[str, ...]) -> None:
    value = _eligibility(body, location=location)
    assert value is not None
    assert (value.scope, value.excluded) == (Scope.WORLDWIDE, excluded)


def test_a_cue_for_anywhere_does_not_widen_a_listed_posting() -> None:
    value = _eligibility("Work from anywhere.", location="Remote, Kenya")
    assert value is not None
    assert value.scope is Scope.LISTED


def test_only_a_pay_notice_for_the_role_speaks_where_nothing_else_does() -> None:
    notice = "The US base salary range for this full-time position is $100,000 to $120,000."
    assert _eligibility(notice) == Eligibility(scope=Scope.LISTED, countries=("US",))
    both = _eligibility(f"{notice}\n\nOpen to candidates in Chile.")
    assert both is not None
    assert both.countries == ("CL",)


@pytest.mark.parametrize(
    ("body", "countries"),
    [
        ("#### US Salary Range\n\n$130,000 - $185,000", ["US"]),
        ("The base salary range for this position based at our Toronto headquarters is $90,000.", ["CA"]),
        ("The Canada base salary falls within the range of $90,000.", ["CA"]),
        ("This is a hybrid role, three days a week from one of our office hubs.\n\n* Offices in Lima and Oslo", ["PE", "NO"]),
        ("We have many teams.\n\n* Offices in Lima and Oslo", []),
    ],
)
def test_what_is_taken_for_granted_counts_where_nothing_else_is_said(body: str, countries: list[str]) -> None:
    found = find_countries(document(body))
    assert [code for fact in found for code in fact.value.countries] == countries
    named = find_countries(document(f"You must live in Chile.\n\n{body}"))
    assert named[0].value.countries == ("CL",)


def test_the_quote_is_the_statement_that_says_most() -> None:
    facts = find_countries(document("You may live in Peru, Chile or Spain.", location="Remote, Peru"))
    assert facts[0].quote.text == "You may live in Peru, Chile or Spain."


_LISTED = Eligibility(scope=Scope.LISTED, countries=("US",), areas=(Area.LATAM,), excluded=("CU",))


@pytest.mark.parametrize(
    ("eligibility", "country", "eligible"),
    [
        (_LISTED, "US", Eligible.YES),
        (_LISTED, "br", Eligible.YES),
        (_LISTED, "CU", Eligible.NO),
        (_LISTED, "DE", Eligible.NO),
        (Eligibility(scope=Scope.WORLDWIDE, excluded=("RU",)), "RU", Eligible.NO),
        (Eligibility(scope=Scope.WORLDWIDE), "JP", Eligible.YES),
        (Eligibility(scope=Scope.UNSTATED), "JP", Eligible.UNCLEAR),
        (Eligibility(scope=Scope.UNSTATED, excluded=("JP",)), "JP", Eligible.NO),
        (None, "JP", Eligible.UNCLEAR),
        (Eligibility(scope=Scope.LISTED, areas=(Area.EUROPE,)), "TR", Eligible.UNCLEAR),
        (Eligibility(scope=Scope.LISTED, areas=(Area.EU,)), "GB", Eligible.NO),
        (Eligibility(scope=Scope.LISTED, areas=(Area.EMEA,)), "ZA", Eligible.YES),
        (Eligibility(scope=Scope.LISTED, areas=(Area.AMERICAS,)), "JM", Eligible.YES),
    ],
)
def test_eligibility_is_yes_no_or_unclear(eligibility: Eligibility | None, country: str, eligible: Eligible) -> None:
    assert render_whether_eligible(eligibility, country) is eligible


@pytest.mark.parametrize("area", list(Area))
def test_every_area_has_countries_that_exist(area: Area) -> None:
    assert countries_of(area)
    assert countries_of(area) <= country_codes()


@given(st.sampled_from(sorted(country_codes())))
def test_silence_is_never_a_no(country: str) -> None:
    assert render_whether_eligible(Eligibility(scope=Scope.UNSTATED), country) is Eligible.UNCLEAR


def test_places_are_told_in_words() -> None:
    fact = Fact(value=_LISTED, quote=Quote(text="x"))
    assert render_countries([fact]).sentence == "Open to people in Latin America or the United States. Not from Cuba."
    everywhere = Fact(value=Eligibility(scope=Scope.WORLDWIDE), quote=Quote(text="x"))
    assert render_countries([everywhere]).sentence == "Open to people anywhere in the world."


def test_a_long_list_is_told_line_by_line() -> None:
    codes = ("AU", "AT", "BE", "BR", "CA", "CO", "NL")
    told = render_countries([Fact(value=Eligibility(scope=Scope.LISTED, countries=codes), quote=Quote(text="x"))])
    assert told.sentence == "Open to people in 7 places."
    assert told.items[-1] == "The Netherlands"


def test_a_list_of_a_hundred_countries_is_read_to_its_end() -> None:
    names = [name_country(code).removeprefix("the ") for code in sorted(country_codes())]
    plain = [name for name in names if name.isalpha() and name.isascii()][:100]
    facts = find_countries(document("## Locations\n\n" + "\n".join(f"* {name}" for name in plain)))
    assert len(facts[0].value.countries) > 90


@pytest.mark.parametrize(
    ("body", "countries"),
    [
        ("Copper Pan | Cook | Santa Monica, CA + Hybrid | Full-Time", ["US"]),
        ("Copper Pan | Cook | Remote (US/Canada) | Full-Time", ["US", "CA"]),
        ("Contrat de 3 ans sur Paris, Lyon ou Rennes", ["FR"]),
        ("Blue Pond, Minnesota;  Grey Field, Minnesota; Oak Lake, Minnesota", ["US"]),
        ("Location: Metzingen", ["DE"]),
        ("Location: Flexible though Boston, MA preferred. Travel to our office in Bamako, Mali, is required.", ["US"]),
    ],
)
def test_places_are_read_in_lines_of_other_shapes(body: str, countries: list[str]) -> None:
    value = _eligibility(body)
    assert value is not None
    assert list(value.countries) == countries


def test_provinces_of_canada_are_told_in_words() -> None:
    facts = find_countries(document("We bake.", location="Remote (Ontario or Montreal, QC)"))
    assert facts[0].value.provinces == ("ON", "QC")
    assert render_countries(facts).sentence == "Open to people in Canada. Canadian provinces named: Ontario, Quebec."


@pytest.mark.parametrize("body", ["INDIAN PREFERENCE applies.", "Applicants are licensed in the District of Columbia or Puerto Rico."])
def test_preferences_and_licences_open_no_country(body: str) -> None:
    assert _eligibility(body) is None


def test_a_list_of_benefits_by_country_adds_no_country_to_the_head() -> None:
    value = _eligibility("## Benefits\n\n### Canada\n* Dental\n\n### United Kingdom\n* Pension", location="New York, NY")
    assert value is not None
    assert value.countries == ("US",)


def test_a_sentence_about_the_company_adds_no_country_to_the_head() -> None:
    value = _eligibility("Copper Pan is a firm that serves kitchens located in Peru and Chile.", location="Oslo, Norway")
    assert value is not None
    assert value.countries == ("NO",)


@pytest.mark.parametrize(
    "address",
    ["225 Broadway, N.Y.", "59-17 Junction Blvd Corona Ny", "10 Walker Rd, Valhalla NY10595", "125 Worth Street, Nyc", "41 Rye St. N Y"],
)
def test_the_state_of_a_street_near_the_top_is_where_one_works(address: str) -> None:
    found = _eligibility(f"{address}\n\nWe bake.")
    assert found is not None
    assert (found.countries, found.us_states) == (("US",), ("NY",))


def test_a_street_in_the_head_tells_the_state_too() -> None:
    found = _eligibility("We bake.", location="41 Rye St., N.Y.")
    assert found is not None
    assert (found.countries, found.us_states) == (("US",), ("NY",))


def test_a_street_without_a_state_is_no_place() -> None:
    assert _eligibility("96-05 Horace Harding Expway\n\nWe bake.") is None


@pytest.mark.parametrize(
    ("location", "body", "scope", "countries", "areas"),
    [
        ("Berlin", "This is a remote position: work from anywhere in the world.", Scope.WORLDWIDE, (), ()),
        ("Lisbon", "You can work from anywhere in Brazil or Portugal.", Scope.LISTED, ("BR", "PT"), ()),
        ("Austin, TX", "Remote, LATAM only.", Scope.LISTED, (), (Area.LATAM,)),
        ("Remote, US", "Work remotely from anywhere in the world.", Scope.LISTED, ("US",), ()),
        ("Berlin", "Our customers work from anywhere in Brazil.", Scope.LISTED, ("DE",), ()),
    ],
)
def test_what_is_said_about_working_there_comes_before_a_town_in_the_head(
    location: str, body: str, scope: Scope, countries: tuple[str, ...], areas: tuple[Area, ...]
) -> None:
    value = _eligibility(body, location=location)
    assert value is not None
    assert (value.scope, value.countries, value.areas) == (scope, countries, areas)


def test_a_public_employer_works_in_its_own_place() -> None:
    found = find_countries(document("A Baker bakes. The City of Los Angeles does not discriminate."))
    assert [(fact.value.countries, fact.quote.text) for fact in found] == [(("US",), "City of Los Angeles")]


@pytest.mark.parametrize(
    ("location", "countries", "states"),
    [
        ("REMOTE in US (HQ in Nashville)", ["US"], []),
        ("Remote (US), headquartered in Denver", ["US"], []),
        ("Remote US, Remote CA, Remote DE, Remote Fr, Remote UK", ["US", "CA", "DE", "FR", "GB"], []),
        ("Remote (US/CA)", ["US", "CA"], []),
        ("Remote (UK, FR, PL)", ["GB", "FR", "PL"], []),
        ("Remote: US, CA, DE", ["US"], ["CA", "DE"]),
        ("San Francisco, CA, US", ["US"], ["CA"]),
        ("Dover, DE; Los Angeles, CA", ["US"], ["DE", "CA"]),
    ],
)
def test_codes_in_a_row_of_countries_are_countries_and_a_head_office_limits_nobody(
    location: str, countries: list[str], states: list[str]
) -> None:
    stated = _eligibility(location=location)
    assert stated is not None
    assert (list(stated.countries), list(stated.us_states)) == (countries, states)


@pytest.mark.parametrize(
    ("body", "countries"),
    [
        ("Vaga aberta para todo o Brasil.", ["BR"]),
        ("Puedes trabajar desde cualquier lugar de España.", ["ES"]),
        ("Open to candidates in the USA, CANADA & MEXICO.", ["US", "CA", "MX"]),
        ("You may work remotely from within Peru for up to 40 days per year.", []),
        ("Zone 3: Texas and Nevada; Sales roles located in Georgia and Ohio", []),
        ("Work from (almost) anywhere: you may do so for 20 days per year.", []),
    ],
)
def test_places_where_one_may_be_for_some_days_or_is_paid_by_are_none(body: str, countries: list[str]) -> None:
    stated = _eligibility(body)
    assert list(stated.countries if stated else ()) == countries


def test_an_overlap_of_hours_opens_no_place() -> None:
    stated = _eligibility("The role is based in Lima, positioned for timezone overlap across Europe.")
    assert stated is not None
    assert (stated.countries, stated.areas) == (("PE",), ())


def test_a_technology_named_like_a_town_is_no_place() -> None:
    stated = _eligibility(title="Cook - Elixir/Phoenix - Remote - Latin America")
    assert stated is not None
    assert (stated.countries, stated.areas) == ((), (Area.LATAM,))


@pytest.mark.parametrize(("beside", "countries"), [("Remote | ", []), ("", [("NO",)])])
def test_where_offices_are_is_not_where_one_works_beside_remote_work(beside: str, countries: list[tuple[str, ...]]) -> None:
    read = read_document(f"Breadly | Baker | {beside}Offices in Oslo and Bergen\n\nWe bake.")
    assert [fact.value.countries for fact in find_countries(read)] == countries


@pytest.mark.parametrize(
    "body",
    [
        "Le Pain a pour mission de faciliter l'accès au pain, en France, depuis dix ans.",
        "Télétravail bienvenu, avec déplacements à prévoir à Paris pour les sessions communes.",
        "Le nombre de bénéficiaires du pain, résidant en France entière, est de deux millions.",
    ],
)
def test_what_a_service_is_for_and_where_one_travels_to_is_no_place_to_live_in(body: str) -> None:
    assert _eligibility(body) is None


def test_travels_beside_the_place_of_the_work_change_nothing() -> None:
    found = _eligibility("Le poste est basé à Lyon, avec quelques déplacements à Berlin.")
    assert found is not None
    assert found.countries == ("FR",)


@pytest.mark.parametrize(
    ("location", "words", "verdict"),
    [
        ("Remote, worldwide", "can i bake from anywhere in the world", Verdict.YES),
        ("Remote, Peru", "can i bake from anywhere on earth", Verdict.NO),
        ("Remote, Peru", "ist das weltweit", Verdict.NO),
        ("Remote, Peru", "where can i live", None),
    ],
)
def test_whether_the_whole_world_may_apply_is_told(location: str, words: str, verdict: Verdict | None) -> None:
    facts = find_countries(document("We bake.", location=location))
    assert judge_everywhere(Ask(topic="countries", words=words), facts) is verdict
