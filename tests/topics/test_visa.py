"""Whether visas are sponsored: yes, no, or nothing said."""

import pytest
from builders import document

from bot.topics.visa import find_visa, render_visa


def _read(body: str) -> str | None:
    found = find_visa(document(body))
    return found[0].value.value if found else None


@pytest.mark.parametrize(
    "text",
    [
        "We sponsor H-1B visas.",
        "Visa sponsorship is available for this role.",
        "We offer relocation and visa support.",
        "We are willing to sponsor eligible candidates for employment visas.",
        "Is the role eligible for immigration sponsorship?: Yes",
        "Wir unterstützen dich beim Visum: Unterstützung inklusive.",
        "We help with your work permit.",
        "Ofrecemos patrocinio de visado.",
    ],
)
def test_help_with_a_visa_is_a_yes(text: str) -> None:
    assert _read(text) == "yes"


@pytest.mark.parametrize(
    "text",
    [
        "We don’t sponsor visas for bakers.",
        "Visa sponsorship is not available to bakers.",
        "We are unable to sponsor a visa, or to take one over.",
        "You must be authorized to work in the US without sponsorship now or in the future.",
        "No sponsorship is available.",
        "Remote (Canada only, unable to sponsor)",
        "Sadly we cannot sponsor.",
        "Sponsorship cannot be provided.",
        "Candidates who require visa sponsorship will not be considered.",
        "Applicants who need sponsorship now or in the future are not eligible.",
        "Is the role eligible for immigration sponsorship?: No.",
        "You must hold a work permit and will not need visa sponsorship.",
        "Wir bieten leider keine Unterstützung beim Visum.",
    ],
)
def test_a_refusal_is_a_no(text: str) -> None:
    assert _read(text) == "no"


@pytest.mark.parametrize(
    "text",
    [
        "We offer a relocation package.",
        "Will you now or in the future require visa sponsorship?",
        "We sponsor the local football club.",
        "Company-sponsored lunches and employer-sponsored life insurance",
        "You find an executive sponsor for your position.",
        "Our investors include Visa and a bank.",
        "A valid work visa is required.",
        "You must have the right to work in the United States.",
        "You work with event sponsors.",
    ],
)
def test_silence_on_visas_is_nothing(text: str) -> None:
    assert _read(text) is None


def test_both_answers_are_told() -> None:
    assert render_visa(find_visa(document("We sponsor visas."))).sentence.startswith("The posting offers")
    assert render_visa(find_visa(document("We do not sponsor visas."))).sentence.endswith("not sponsored")


@pytest.mark.parametrize("permit", ["visa", "visas", "H1B", "H-1Bs", "blue card", "work permits"])
def test_every_permit_is_looked_at(permit: str) -> None:
    assert _read(f"We help with your {permit}.") == "yes"


def test_an_authorization_with_or_without_sponsorship_says_nothing_of_it() -> None:
    assert _read("Authorized to work in the US with or without sponsorship.") is None


def test_whose_visa_is_taken_over_may_read_that_none_is_sponsored_anew() -> None:
    assert _read("H-1B transfer candidates are welcome. We are unable to sponsor new H-1B visas.") == "no"
    assert _read("H-1B transfers are welcome.") == "yes"


@pytest.mark.parametrize(
    ("head", "visa"),
    [("Oslo OR REMOTE, VISA", "yes"), ("Oslo (visa)", "yes"), ("Oslo, no visa", "no"), ("Oslo, Visa Inc", None), ("Oslo", None)],
)
def test_a_word_alone_in_the_head_tells_it(head: str, visa: str | None) -> None:
    found = find_visa(document("We bake.", location=head))
    assert (found[0].value.value if found else None) == visa
