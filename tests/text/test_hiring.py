import re

import pytest
from builders import document
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.text import hiring
from bot.text.hiring import HiringPlace, find_hiring_places, is_remote_at_large
from bot.text.whereabouts import names_everywhere, opens_everywhere, read_title_places


def _read(sentence: str) -> str:
    hits = find_hiring_places(sentence)
    return " ".join(
        ("-" if hit.is_excluded else "") + (hit.place.countries[0] if hit.place.countries else str(hit.place.area)) for hit in hits
    )


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("You must be based in Norway or Denmark.", "NO DK"),
        ("Applicants have to be authorized to work for any employer in the U.S.", "US"),
        ("Right to work in Ireland is a must.", "IE"),
        ("We can hire in the following countries: Peru, Chile and Spain.", "PE CL ES"),
        ("This role is open to candidates in Kenya.", "KE"),
        ("The position can be done remotely from anywhere in Portugal.", "PT"),
        ("U.S. citizenship is required.", "US"),
        ("Active US security clearance needed", "US"),
        ("This is a Poland-based remote role.", "PL"),
        ("EU citizens only", "EU"),
        ("Located in Latvia", "LV"),
        ("We hire people who live in Peru.", "PE"),
        ("You must be able to work out of our office in Oslo, Norway.", "NO NO"),
        ("We only take bakers who are able to work from our offices in Lyon or Paris.", "FR FR"),
        ("Hybrid, three days a week in our Vienna office.", "AT"),
        ("Join our growing team in Estonia!", "EE"),
        ("European candidates are welcome, we hire no one else.", "EUROPE"),
        ("Du wohnst in Deutschland.", "DE"),
        ("Vous résidez en Belgique.", "BE"),
        ("Debes residir en Colombia.", "CO"),
        ("Vaga remota para quem mora no Brasil.", "BR"),
        ("We work with developers from 60+ countries across Europe and Latin America.", "EUROPE LATAM"),
        (
            "We hire across Europe, selected countries in Asia (Japan and the Philippines), and Africa (including Ghana).",
            "EUROPE JP PH AFRICA GH",
        ),
        ("We hire in Oceania (Fiji preferred).", "OCEANIA FJ"),
    ],
)
def test_sentences_that_open_the_job_to_places(sentence: str, read: str) -> None:
    assert _read(sentence) == read


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("We cannot hire in Iran or Cuba.", "-IR -CU"),
        ("For legal reasons we may not employ people who live in Iran.", "-IR"),
        ("We hire in Europe except Russia.", "EUROPE -RU"),
        ("Residents of Canada are not eligible.", "-CA"),
        ("We only take people from outside the US.", "-US"),
        ("Candidates outside of Japan will not be considered.", "JP"),
        ("We are unable to hire outside Kenya.", "KE"),
    ],
)
def test_sentences_that_close_the_job_to_places(sentence: str, read: str) -> None:
    assert _read(sentence) == read


@pytest.mark.parametrize(
    "sentence",
    [
        "Our headquarters are in Oslo and we have offices in Lima and Paris.",
        "We are based in Toronto.",
        "Shopwerk is a Berlin-based company with customers in Spain.",
        "Our team is located in Poland.",
        "Our bakers work from our offices in Lyon.",
        "For candidates in Colorado the base salary is $100,000.",
        "We consider all applicants under the San Francisco Fair Chance Ordinance.",
        "401(k) for US employees",
        "You will work with our US customers.",
        "We bill in US dollars and keep US business hours.",
        "You report to a manager who is based in Lisbon.",
        "You may travel to Canada twice a year.",
        "All hires verify their identity and eligibility to work in the United States.",
        "If you are not in Poland you get cash instead.",
        "Colleagues are spread across Europe and Asia.",
        "We can talk about relocation assistance if you would like to join us in Oslo.",
    ],
)
def test_offices_customers_pay_and_legal_notices_open_nothing(sentence: str) -> None:
    assert _read(sentence) == ""


@pytest.mark.parametrize(
    ("sentence", "opens"),
    [
        ("Work remotely from anywhere.", True),
        ("We hire all over the world.", True),
        ("Location: remote, anywhere in the world", True),
        ("Work from anywhere for four weeks a year.", False),
        ("Work from anywhere in Brazil.", False),
        ("Our customers live all over the world.", False),
        ("Co-working spaces around the globe", False),
    ],
)
def test_the_whole_world_is_meant_only_without_limits(sentence: str, opens: bool) -> None:
    assert opens_everywhere(sentence) is opens


@pytest.mark.parametrize(
    ("tag", "everywhere"), [("Remote (worldwide)", True), ("Global Remote", True), ("Remote", False), ("Globex HQ", False)]
)
def test_tags_for_the_whole_world(tag: str, everywhere: bool) -> None:
    assert names_everywhere(tag) is everywhere


@pytest.mark.parametrize(
    ("title", "countries"),
    [
        ("Baker (Remote, US/Canada)", ["US", "CA"]),
        ("Baker - Poland", ["PL"]),
        ("Baker | Remote Brazil", ["BR"]),
        ("US Tax Baker", []),
        ("Baker, New York Stories", []),
    ],
)
def test_a_title_names_places_in_parts_of_their_own(title: str, countries: list[str]) -> None:
    assert [code for place in read_title_places(title) for code in place.countries] == countries


_HEADS = re.findall(
    r"\S+",
    """
located based living residing reside lives situated domiciled residents residency address reachable ansässig wohnhaft lebst basée
résider resident vive morar ubicada radicados localizadas must should need to be authorized eligible rights legally permitted
entitled able allowed work employed live arbeiten hires recruiting employ accepting considered open seek looking for welcome
preferably restricted limited reserved buscamos suchen recherche recrutement focused candidates applicants bewerber candidatos
remotely hybrid on-site onsite in-person wfh telecommuting home-based anywhere télétravail teletrabajo homeoffice à distance role
jobs position stelle poste vaga join us our the outside beyond außerhalb hors fora fuera except excluding exclusion other than
apart from aside but not non available eligible unable cannot can't don't doesn’t won't isn't no longer hire open citizens
citizenship green card security clearance passport only exclusively soil working in
    """,
)


def _find_with_every_pattern(sentence: str) -> list[HiringPlace]:
    """Read a sentence without leaving out the patterns whose words it lacks."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(hiring._Spelt, "may_hold", lambda _spelt, _name: True)  # noqa: SLF001 - what spares time must change nothing
        return list(find_hiring_places(sentence))


@settings(max_examples=400)
@given(
    st.lists(st.sampled_from(_HEADS), min_size=1, max_size=6).map(" ".join),
    st.sampled_from(["in", "in the", "from", ":", ""]),
    st.sampled_from(["", "only", "based", "residents", "citizens only", "candidates preferred"]),
)
def test_what_is_left_out_for_lack_of_its_words_would_have_found_nothing(before: str, link: str, behind: str) -> None:
    sentence = f"{before} {link} Norway {behind}"
    assert list(find_hiring_places(sentence)) == _find_with_every_pattern(sentence)


def test_of_very_many_lists_of_places_the_first_are_read() -> None:
    hits = find_hiring_places("You must be based " + "in Peru with a cat, or " * 200)
    assert {hit.place.countries for hit in hits} == {("PE",)}
    assert len(hits) < 20


@pytest.mark.parametrize(
    ("location", "country", "beside", "is_open"),
    [
        ("Reno, NV | Tulsa, OK | Remote (US)", "US", ("NV", "OK"), True),
        ("Reno, NV | Remote (Canada)", "CA", (), True),
        ("Reno, NV | Remote (Canada)", "US", ("NV",), False),
        ("Reno, NV | Remote (US)", "US", ("NV", "TX"), False),
        ("Remote (US)", "US", (), False),
        ("Reno, NV | Remote, Ontario, Canada", "CA", (), False),
    ],
)
def test_remote_work_in_all_of_a_country_may_be_one_of_several_places(
    location: str, country: str, beside: tuple[str, ...], *, is_open: bool
) -> None:
    assert is_remote_at_large(document("We bake.", title="Baker", location=location), country, beside=beside) is is_open
