"""What headings mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.headings import SectionKind, is_section_name, read_section_kind

_KINDS = {
    SectionKind.REQUIREMENTS: (
        "Requirements",
        "Minimum Qualifications:",
        "What you'll bring",
        "Who you are",
        "📌 About you",
        "You might be a fit if you have skills and experience in",
        "Dein Profil",
        "Das bringst du mit",
        "Votre profil",
        "Lo que buscamos",
        "Pré-requisitos",
        "The ideal candidate has",
        "Our rules shape the bakery, so you'll do well if",
        "What we value",
        "As a baker with us, we expect you have",
        "Education requirement",
        "Ton profil idéal",
        "Lo que necesitas tener",
        "Quem procuramos",
        "You:",
        "What we'd like",
    ),
    SectionKind.PREFERRED: (
        "Nice to have",
        "Preferred Qualifications",
        "Bonus points!",
        "Skills that are a plus",
        "It would be great if you have",
        "What would set you apart",
        "Major bonus",
        "Bonus traits",
        "It's an advantage if you",
        "We'd particularly love it if you have",
        "Se valora",
        "Requirements (not mandatory)",
        "Von Vorteil",
        "Atouts",
        "Deseable",
        "Diferencial",
    ),
    SectionKind.RESPONSIBILITIES: (
        "Responsibilities",
        "What you'll do",
        "In this role, you will...",
        "Your day-to-day",
        "As a senior baker in our house, you will",
        "They are looking for a baker who can",
        "Some of your role",
        "Requirements gathering",
        "Specifically, we are looking for you to",
        "Tes responsabilités",
        "Suas responsabilidades",
        "Duties & Tasks",
        "How you'll make an impact",
        "Deine Aufgaben",
        "Vos missions",
        "Funciones",
        "Responsabilidades",
    ),
    SectionKind.BENEFITS: (
        "Advantages of baking at night",
        "Benefits",
        "Perks & benefits",
        "Compensation and Benefits",
        "What we offer",
        "What's in it for you?",
        "We can offer",
        "The bakery offers",
        "We do so by offering",
        "Ce que nous offrons à nos boulangers",
        "Unsere Benefits",
        "Wir bieten",
        "Nos avantages",
        "Ofrecemos",
        "Benefícios",
    ),
    SectionKind.COMPANY: ("About us", "About Marmalade", "Our values", "Who we are", "Über uns"),
    SectionKind.LEGAL: ("Equal Opportunity Employer", "Diversity & Inclusion", "Chancengleichheit"),
    SectionKind.PAY: ("Salary range", "Compensation:", "Base pay"),
    SectionKind.PROCESS: ("Interview process", "How to apply", "Next steps", "During the interview stage, you can expect", "How we hire"),
    SectionKind.STACK: ("Our tech stack", "Technologies we use"),
    SectionKind.OTHER: ("In your first 30 days", "Location", "You should apply if:", "Why this role is important", "Contract length"),
    SectionKind.ROLE: ("About the role", "Job description", "Requirements and responsibilities"),
    SectionKind.TRAITS: ("Technical skills", "Experience"),
    SectionKind.WHY: ("Why join us?",),
}


@pytest.mark.parametrize(("heading", "kind"), [(heading, kind) for kind, headings in _KINDS.items() for heading in headings])
def test_a_heading_tells_what_its_section_is(heading: str, kind: SectionKind) -> None:
    assert read_section_kind(heading) is kind


@pytest.mark.parametrize("heading", ["Blue sky", "Kraków", "", "🎉", "Onwards and upwards"])
def test_a_heading_without_meaning_tells_nothing(heading: str) -> None:
    assert read_section_kind(heading) is None


@pytest.mark.parametrize(
    ("words", "is_name"),
    [
        ("Responsibilities", True),
        ("What we offer", True),
        ("Duties, Tasks & Responsibilities", True),
        ("Desired Experience, Skills, and Technologies", True),
        ("Wished Experience and Bread", False),
        ("Desired Experience and Skills", True),
        ("Qualifications and Education", True),
        ("Benefits are paid late", False),
        ("Duties, bread & Responsibilities", False),
        ("Health, Insurance & Retirement plans", False),
        ("", False),
    ],
)
def test_only_the_usual_name_alone_is_a_sections_name(words: str, is_name: bool) -> None:
    assert is_section_name(words) is is_name


@given(st.text(max_size=300))
def test_any_text_can_be_asked(text: str) -> None:
    assert read_section_kind(text) in {None, *SectionKind}


@pytest.mark.parametrize(
    "heading",
    [
        "Preferably you also bring",
        "Helpful skills",
        "Not essential",
        "It would be cool if",
        "Wünschenswerte Kenntnisse",
        "Atouts",
        "En bonus",
        "Deseado",
    ],
)
def test_one_word_tells_that_a_list_is_welcome_only(heading: str) -> None:
    assert read_section_kind(heading) is SectionKind.PREFERRED


@pytest.mark.parametrize("heading", ["Annual bonus and salary", "Optional benefits", "Who we are: a helpful team"])
def test_a_word_does_not_outweigh_what_else_a_heading_says(heading: str) -> None:
    assert read_section_kind(heading) is not SectionKind.PREFERRED


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Required and Preferred Qualifications", SectionKind.REQUIREMENTS),
        ("Preferred and required skills", SectionKind.REQUIREMENTS),
        ("Must-haves & nice-to-haves", SectionKind.REQUIREMENTS),
        ("Anforderungen und Pluspunkte", SectionKind.REQUIREMENTS),
        ("Requisitos y valorables", SectionKind.REQUIREMENTS),
        ("Preferred skills and qualifications", SectionKind.PREFERRED),
        ("Preferred, but not required", SectionKind.PREFERRED),
        ("Requirements (preferred)", SectionKind.PREFERRED),
        ("To apply, you must have:", SectionKind.REQUIREMENTS),
        ("Les technologies sont", SectionKind.STACK),
        ("Who this is NOT for", SectionKind.OTHER),
        ("PROCESS NOTES", SectionKind.PROCESS),
        ("Basic Requirement", SectionKind.REQUIREMENTS),
        ("Bakers may be responsible for any of the following:", SectionKind.RESPONSIBILITIES),
        ("What we need help with right now", SectionKind.ROLE),
        ("In short, this is a great role as", SectionKind.WHY),
        ("Ne vous censurez pas si", SectionKind.LEGAL),
    ],
)
def test_headings_that_hold_words_of_several_kinds_are_told(heading: str, kind: SectionKind) -> None:
    assert read_section_kind(heading) is kind
