"""What lines say by their own words."""

import pytest

from bot.text.headings import SectionKind
from bot.text.lexicon import split_words
from bot.text.wording import is_about_pay, is_closing, is_legal, is_offer, names_offer, names_years, read_wording


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("At least 4 years of baking", SectionKind.REQUIREMENTS),
        ("Proficiency in two languages", SectionKind.REQUIREMENTS),
        ("You have run a shop", SectionKind.REQUIREMENTS),
        ("Abgeschlossenes Studium der Chemie", SectionKind.REQUIREMENTS),
        ("Conocimientos de cocina", SectionKind.REQUIREMENTS),
        ("Vous êtes à l'aise avec la pâte", SectionKind.REQUIREMENTS),
        ("A strong will to bake", SectionKind.REQUIREMENTS),
        ("Working knowledge of ovens", SectionKind.REQUIREMENTS),
        ("Version control: Proficiency with recipe books", SectionKind.REQUIREMENTS),
        ("Technical lead: Guide the other bakers", SectionKind.RESPONSIBILITIES),
        ("Working closely with the mill", SectionKind.RESPONSIBILITIES),
        ("Apply knowledge of grain", SectionKind.RESPONSIBILITIES),
        ("Flexible working hours: Work when you like", SectionKind.BENEFITS),
        ("Design ovens", SectionKind.RESPONSIBILITIES),
        ("Planning the week", SectionKind.RESPONSIBILITIES),
        ("Closely collaborate with farmers", SectionKind.RESPONSIBILITIES),
        ("You will run the kitchen", SectionKind.RESPONSIBILITIES),
        ("Automatizar os fornos", SectionKind.RESPONSIBILITIES),
        ("Animer des ateliers", SectionKind.RESPONSIBILITIES),
        ("Unlimited PTO", SectionKind.BENEFITS),
        ("401(k) with a match", SectionKind.BENEFITS),
        ("Seguro médico", SectionKind.BENEFITS),
        ("We bake without regard to race or age", SectionKind.LEGAL),
        ("The shop is on the corner", None),
        ("", None),
    ],
)
def test_a_line_tells_its_kind_by_its_words(text: str, kind: SectionKind | None) -> None:
    assert read_wording(text) is kind


def test_a_sentence_is_an_offer_where_it_names_several_benefits() -> None:
    assert is_offer(split_words("Our benefits include dental, vision and retirement plans."))
    assert not is_offer(split_words("You may be offered a bonus and equity."))
    assert not is_offer(split_words("Dental, vision and medical records are our trade."))


def test_one_benefit_is_named_where_it_is() -> None:
    assert names_offer(split_words("A dental plan"))
    assert not names_offer(split_words("A dented pan"))


def test_years_are_known_at_the_start_alone() -> None:
    assert names_years("6+ years of baking")
    assert not names_years("Baking for 6 years")


def test_closing_words_are_known() -> None:
    assert is_legal(split_words("We are an equal opportunity employer."))
    assert is_closing(split_words("To learn more about us, write to us"))
    assert is_closing(split_words("Interested candidates should forward a resume to us"))
    assert not is_closing(split_words("You know how bread rises"))


def test_a_statement_of_pay_is_known() -> None:
    assert is_about_pay(split_words("The salary range is wide"))
    assert not is_about_pay(split_words("Competitive salary"))
