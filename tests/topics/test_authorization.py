"""What the applicant must hold already."""

from typing import Any

import pytest
from builders import document

from bot.domain.query import Ask, Form, Verdict
from bot.topics.authorization import (
    Authorization,
    AuthorizationKind,
    find_authorization,
    judge_authorization,
    names_clearance,
    read_authorization,
    render_authorization,
    write_authorization,
)

CITIZENSHIP, CLEARANCE, RIGHT = AuthorizationKind

ASKED = [
    ("You must be a U.S. citizen.", [CITIZENSHIP]),
    ("US citizenship required due to the customer's contract", [CITIZENSHIP]),
    ("Only citizens or permanent residents of Canada can be hired.", [CITIZENSHIP]),
    ("Die deutsche Staatsangehörigkeit ist erforderlich.", [CITIZENSHIP]),
    ("La nationalité française est requise.", [CITIZENSHIP]),
    ("* Active TS/SCI clearance", [CLEARANCE]),
    ("Security clearance: Public Trust", [CLEARANCE]),
    ("Bereitschaft zu einer Sicherheitsüberprüfung", [CLEARANCE]),
    ("Applicants must be authorized to work in Ireland.", [RIGHT]),
    ("You have the right to work in the UK", [RIGHT]),
    ("Eine gültige Arbeitserlaubnis für die EU", [RIGHT]),
    ("Es imprescindible tener permiso de trabajo en España.", [RIGHT]),
    ("É necessário ter autorização para trabalhar em Portugal.", [RIGHT]),
    ("* Authorization for permanent employment in Peru", [RIGHT]),
    ("South African passport only", [CITIZENSHIP]),
    ("Irish or EU passport needed.", [CITIZENSHIP]),
    ("UK passport required", [CITIZENSHIP]),
    ("* EU-Pass oder Schweizer Pass nötig", [CITIZENSHIP]),
    ("Must hold US citizenship and an active Secret clearance.", [CITIZENSHIP, CLEARANCE]),
]

NOT_ASKED = [
    "We hire regardless of race, citizenship or age.",
    "Are you authorized to work in the US?",
    "No security clearance needed.",
    "A clearance is not required.",
    "You treat accessibility as a first-class citizen.",
    "We build services for citizens of all ages.",
    "All hires verify their identity and eligibility to work by form I-9.",
    "A security clearance is a plus.",
    "## Nice to have\n* Security clearance",
    "A valid passport for travel is needed.",
    "You lead the customs clearance of parcels.",
]


@pytest.mark.parametrize(("text", "kinds"), ASKED)
def test_what_must_be_held_is_read(text: str, kinds: list[AuthorizationKind]) -> None:
    assert [fact.value.kind for fact in find_authorization(document(text))] == kinds


@pytest.mark.parametrize("text", NOT_ASKED)
def test_equal_treatment_questions_and_wishes_ask_for_nothing(text: str) -> None:
    assert find_authorization(document(text)) == []


def test_it_is_told_in_the_words_of_the_posting() -> None:
    facts = find_authorization(document("You must be a U.S. citizen.\n\n* Hold an active Secret clearance"))
    told = render_authorization(facts)
    assert told.sentence == "It asks for a citizenship or permanent residence, a security clearance:"
    assert told.items == ("You must be a U.S. citizen.", "Hold an active Secret clearance")
    assert [fact.quote.text for fact in facts] == list(told.items)


def test_it_is_read_back_as_it_was_written() -> None:
    value = Authorization(kind=RIGHT, text="authorized to work in Peru")
    assert read_authorization(write_authorization(value)) == value


PERMITTED = "Must be authorized to work in the US.\n\nAbility to obtain a Public Trust clearance."
RESIDENTS = "Bakers must be a (i) citizen or national, (ii) lawful, permanent resident (aka green card holder), or (iii) refugee."


@pytest.mark.parametrize(
    ("text", "words", "asked", "verdict"),
    [
        ("An active security clearance is required.", "must i hold a clearance", {"is_must": True}, Verdict.YES),
        ("A security clearance or the ability to obtain one is required.", "must i hold a clearance", {"is_must": True}, Verdict.NO),
        ("Ability to obtain and maintain a security clearance.", "does it ask for a clearance", {}, Verdict.YES),
        ("Ability to obtain and maintain a security clearance.", "do i need a clearance", {"is_must": True}, Verdict.UNCLEAR),
        ("Ability to obtain and maintain a security clearance.", "do i need to have a clearance already", {"is_must": True}, Verdict.NO),
        ("Applicants must be citizens or permanent residents.", "must i be a citizen", {"is_must": True}, Verdict.NO),
        ("Able to obtain a clearance, which requires US citizenship.", "us citizens only?", {}, Verdict.YES),
        ("Able to obtain a clearance; citizenship is required, or be a permanent resident.", "us citizens only?", {}, Verdict.NO),
        ("Applicants must be citizens or green card holders.", "i have a green card, ok?", {"is_own": True}, Verdict.YES),
        ("Applicants must be citizens or green card holders.", "is a green card ok?", {}, Verdict.YES),
        ("Applicants must be citizens.", "is a green card ok?", {}, Verdict.NO),
        ("Open to all United States citizens or nationals.", "must i be a citizen", {"is_must": True}, Verdict.YES),
        ("Open to all United States citizens or nationals.", "i have a green card, ok?", {"is_own": True}, Verdict.NO),
        ("Applicants must be U.S. persons.", "is a green card ok?", {}, Verdict.UNCLEAR),
        ("Applicants must be citizens.", "i have a work permit, ok?", {"is_own": True}, Verdict.UNCLEAR),
        (RESIDENTS, "a green card holder not a citizen, can i bake", {"is_own": True, "is_denied": True}, Verdict.YES),
        (RESIDENTS, "no citizen but i got a greencard", {"is_own": True, "is_denied": True}, Verdict.YES),
        (RESIDENTS, "soy ciudadano, puedo?", {"is_own": True}, Verdict.YES),
        ("Applicants must be U.S. citizens.", "im a us citizen, ok?", {"is_own": True}, Verdict.YES),
        ("Applicants must be U.S. citizens.", "soy ciudadano mexicano, puedo?", {"is_own": True}, Verdict.UNCLEAR),
        (RESIDENTS, "im not a citizen, can i bake", {"is_own": True, "is_denied": True}, Verdict.UNCLEAR),
        ("You must hold citizenship or permanent residency.", "ok and with a green card", {}, Verdict.YES),
        ("Applicants must be citizens.", "im not a citizen, can i bake", {"is_own": True, "is_denied": True}, Verdict.NO),
        ("You have the right to work in Peru.", "i have no work permit, can i bake", {"is_own": True, "is_denied": True}, Verdict.NO),
        ("A right to work or our sponsorship is needed.", "no work permit, ok?", {"is_own": True, "is_denied": True}, Verdict.UNCLEAR),
        ("Able to obtain a security clearance.", "no clearance, ok?", {"is_own": True, "is_denied": True}, Verdict.UNCLEAR),
        ("A security clearance is required.", "no clearance, ok?", {"is_own": True, "is_denied": True}, Verdict.NO),
        (RESIDENTS, "may a french citizen without a green card apply", {"is_denied": True}, Verdict.UNCLEAR),
        (RESIDENTS, "only a green card, no passport, ok?", {"is_denied": True}, Verdict.YES),
        ("Must be a U.S. citizen.", "may an american citizen apply", {}, Verdict.YES),
        ("Must be a U.S. citizen.", "do they take foreigners", {}, Verdict.NO),
        ("EU citizenship is required.", "can a german citizen apply", {}, Verdict.YES),
        ("EU citizenship is required.", "can a us citizen apply", {}, Verdict.UNCLEAR),
        ("Must be a citizen of Peru or a permanent resident of Peru.", "can a peruvian citizen apply", {}, Verdict.YES),
        ("EU citizenship or a valid EU work permit.", "do i have to be an eu citizen", {"is_must": True}, Verdict.NO),
        ("TS/SCI with Polygraph", "will a plain secret clearance do?", {}, Verdict.NO),
        ("TS/SCI with Polygraph", "is a secret clearance enough", {"is_own": True}, Verdict.NO),
        ("TS/SCI, or able to obtain one", "i hold a secret clearance, ok?", {"is_own": True}, Verdict.UNCLEAR),
        ("Active Secret clearance required", "do i need a top secret", {"is_must": True}, Verdict.NO),
        ("Active Secret clearance required", "will a secret clearance do?", {}, Verdict.YES),
        ("Security clearance required", "is a ts/sci required", {"is_must": True}, Verdict.UNCLEAR),
        (PERMITTED, "must i be authorized to work in the us", {"is_must": True}, Verdict.YES),
        (PERMITTED, "i have no work permit, can i bake", {"is_own": True, "is_denied": True}, Verdict.NO),
    ],
)
def test_what_is_held_or_may_be_obtained_later_is_weighed(text: str, words: str, asked: dict[str, Any], verdict: Verdict) -> None:
    facts = find_authorization(document(text))
    assert judge_authorization(Ask(topic="authorization", form=Form.YES_NO, words=words, **asked), facts) is verdict


def test_what_must_be_held_is_asked_for_behind_a_list_of_what_is_welcome_too() -> None:
    body = "## Preferred\n* Rye\n\nApplicants must have the legal right to work in Peru."
    assert [fact.value.kind.value for fact in find_authorization(document(body))] == ["right_to_work"]


@pytest.mark.parametrize(
    ("words", "asked", "is_meant"),
    [
        ("do any of them need a clearance", {"is_must": True}, True),
        ("which want an active clearance", {}, False),
        ("any without a clearance", {"is_denied": True}, False),
        ("which need a citizenship", {}, False),
    ],
)
def test_jobs_that_need_a_clearance_are_those_too_where_it_is_obtained_later(words: str, asked: dict[str, Any], *, is_meant: bool) -> None:
    facts = find_authorization(document("Able to obtain a security clearance."))
    assert names_clearance(Ask(topic="authorization", words=words, **asked), facts) is is_meant
