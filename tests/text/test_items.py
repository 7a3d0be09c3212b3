"""The items of a posting's lists."""

from builders import document
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing.head import read_plain
from bot.text.headings import SectionKind
from bot.text.items import items_of, read_items


def _kinds(body: str) -> dict[str, str]:
    return {item.line.text: item.kind.value for item in read_items(document(body))}


def test_an_unnamed_list_is_told_by_its_wording() -> None:
    assert _kinds("**The role**\n* Build ovens\n* Lead bakers\n* Design cakes") == {
        "Build ovens": "responsibilities",
        "Lead bakers": "responsibilities",
        "Design cakes": "responsibilities",
    }
    assert set(_kinds("**Hello**\n* 5+ years of baking\n* Proficiency in French\n* Experience with dough").values()) == {"requirements"}


def test_an_unnamed_list_whose_wording_is_mixed_is_left_out() -> None:
    assert _kinds("**Facts**\n* Founded in 1990\n* Forty shops\n* Lead the market") == {}


def test_an_unnamed_list_before_a_named_one_of_its_kind_is_left_out() -> None:
    body = "**What the guild does**\n* Build ovens\n* Lead bakers\n\n**Responsibilities**\n* Sweep"
    assert _kinds(body) == {"Sweep": "responsibilities"}


def test_a_list_under_a_silent_heading_may_be_of_another_kind() -> None:
    body = "## Bonus points\n* Icing\n\n**At the bakery we look after you**\n* Dental insurance\n* Paid parental leave\n* Gym\n* Cake"
    assert _kinds(body)["Gym"] == "benefits"


def test_reasons_to_join_are_offers_where_some_are_benefits() -> None:
    assert set(_kinds("## Why join us?\n* Nice people\n* Paid vacation\n* Warm rooms").values()) == {"benefits"}
    assert _kinds("## Why join us?\n* Nice people\n* Warm rooms") == {}


def test_amounts_of_pay_are_no_benefits() -> None:
    body = "## Benefits\n* $50,000 - $60,000\n* All in all with the bread: PLN 3,200 - 5,400 a month\n* Bread"
    assert _kinds(body) == {"Bread": "benefits"}


def test_labels_and_hashtags_are_no_items() -> None:
    assert _kinds("## Requirements\n* Skills:\n* Dough\n* Experience with\n\n#LI-Remote") == {"Dough": "requirements"}


def test_an_item_that_stands_twice_is_read_once() -> None:
    assert len(read_items(document("## Requirements\n* Dough\n\n## Qualifications\n* Dough"))) == 1


def test_items_of_one_document_keep_their_order() -> None:
    page = document("## Perks\n* Bread\n\n## Requirements\n* Dough\n* Icing is a plus\n* Flour")
    asked = items_of(page, SectionKind.REQUIREMENTS, SectionKind.PREFERRED)
    assert [line.text for line in asked] == ["Dough", "Icing is a plus", "Flour"]


@given(
    st.lists(
        st.sampled_from(["## Requirements", "**Perks**", "* Dough", "Long talk about bread.", "", "* Lead:", "You will:"]), max_size=25
    )
)
def test_every_item_is_a_line_of_the_document(lines: list[str]) -> None:
    page = document("\n".join(lines))
    assert all(any(item.line is line for line in page.statements) for item in read_items(page))


def _told(body: str) -> dict[str, tuple[str, str]]:
    return {item.line.text: (item.kind.value, item.told_by) for item in read_items(document(body))}


def test_lines_under_a_heading_that_nobody_listed_are_told_by_their_words() -> None:
    told = _told(
        "## Zutaten\n* Mehrjährige Erfahrung mit Python und SQL\n* Sehr gute Deutschkenntnisse\n* Abgeschlossenes Studium der Informatik\n"
        "## Rosinen\n* 30 Tage Urlaub\n* Betriebliche Altersvorsorge\n* Flexible Arbeitszeiten"
    )
    assert told["Sehr gute Deutschkenntnisse"][0] == "requirements"
    assert told["Betriebliche Altersvorsorge"][0] == "benefits"


def test_a_posting_without_a_list_keeps_what_its_paragraphs_ask_and_give_to_do() -> None:
    told = _kinds(
        "Copper Pan runs forty kitchens.\n\nReporting to the head chef, you will design menus and train new cooks.\n\n"
        "We are looking for cooks with 3+ years of experience and a degree in gastronomy."
    )
    assert set(told.values()) == {"responsibilities", "requirements"}


def test_short_lines_below_each_other_are_a_list_without_marks() -> None:
    assert list(_kinds("Deine Aufgaben:\n\nMenüs entwerfen\n\nKöche anleiten\n\nEinkauf steuern").values()) == ["responsibilities"] * 3


def test_what_is_extra_among_the_benefits_is_one() -> None:
    assert _kinds("## Benefícios\n* Plano de saúde\n\n**Diferenciais:**\n* Horário flexível")["Horário flexível"] == "benefits"


def test_each_item_says_what_told_its_list() -> None:
    assert _told("## Requirements\n* Five years of baking")["Five years of baking"] == ("requirements", "its heading")


def test_most_bullets_of_an_unnamed_list_tell_the_rest() -> None:
    duties = ["erstellst Nachweise für die Zulassung", "berätst die Teams und legst Ziele fest", "führst Audits mit den Zulieferern durch"]
    bullets = [*duties, "überwachst, dass Termine eingehalten werden", "planst und steuerst die Abläufe im Werk", "Besuche im Werk"]
    assert _kinds("\n".join(["DU…", *(f"- {bullet}" for bullet in bullets)])) == dict.fromkeys(bullets, "responsibilities")


def test_long_talk_behind_a_list_ends_it() -> None:
    talk = (
        "We are a bakery with forty shops in nine towns, and we have been baking for a hundred years, in good times and in bad ones. " * 2
    )
    body = f"## Nice to have\n* Icing\n* Sugar\n\n{talk}\n\n{talk[::-1][::-1]}!\n\n* Bread shops: forty of them in nine towns"
    assert _kinds(body) == {"Icing": "preferred", "Sugar": "preferred"}


def test_a_row_between_bars_that_names_years_is_asked_for() -> None:
    assert _kinds("We bake bread.\n\nDough | Icing | 3+ years as a baker") == {"Dough | Icing | 3+ years as a baker": "requirements"}


def test_a_paragraph_that_opens_as_an_offer_and_names_it_is_a_benefit() -> None:
    body = "## Se valorará\n* Azúcar\n\nTe ofrecemos seguro de vida y horario flexible.\n\nTe ofrecemos una historia."
    assert _kinds(body) == {"Azúcar": "preferred", "Te ofrecemos seguro de vida y horario flexible.": "benefits"}


def test_a_field_of_the_posting_is_no_item_of_the_list_it_stands_in() -> None:
    offers = "Benefícios:\nVale refeição\nSeguro de vida\nPlano de saúde"
    fields = "A vaga aceita trabalho remoto?: Não\nHorário de trabalho: das 8h às 17h"
    assert set(_kinds(f"{offers}\n\n{fields}")) == {"Vale refeição", "Seguro de vida", "Plano de saúde"}


def test_a_first_paragraph_under_duties_may_speak_of_the_law() -> None:
    work = (
        "plans and directs the work of forty bakers in nine towns, trains them, keeps the books of each shop, buys flour and sugar and salt"
    )
    line = f"A chief baker {work} for all of them and for the schools, and fulfils equal employment opportunity responsibilities."
    assert list(_kinds(f"DUTIES\n\n{line}\n\nREQUIREMENTS\n\nA car").values()) == ["responsibilities", "requirements"]


def test_the_last_sentence_before_a_list_tells_it_where_the_first_ones_say_nothing() -> None:
    lead = "This job is done in Lyon and nowhere else. Good French is a must. As a team member, you can expect:"
    assert _kinds(f"## Nice to have\n* Icing\n\n{lead}\n* A gym\n* Bread every day") == {
        "Icing": "preferred",
        "A gym": "benefits",
        "Bread every day": "benefits",
    }


def test_where_one_works_told_beside_the_pay_is_no_benefit() -> None:
    place = "You work from home, anywhere in the United Kingdom, and meet the bakers in Leeds twice a year."
    asked, applying = "## Requirements\n\n* 2 years of baking", "## Applying\n\nSend a CV to bread@oven.example."
    assert place not in _kinds(f"{asked}\n\n## Where and how much\n\n{place}\n\nThe salary is £43,000 to £49,000.\n\n{applying}")


def test_an_address_and_how_to_send_papers_are_no_items() -> None:
    body = "## Requirements\n* Bread\n* Rolls\n* https://bakery.example/jobs\n\nEnvoyer votre CV et une lettre."
    assert [line.text for line in items_of(document(body), SectionKind.REQUIREMENTS)] == ["Bread", "Rolls"]


def test_what_leads_in_to_the_stages_of_a_process_begins_no_list_of_requirements() -> None:
    steps = "After meeting the qualifications, candidates will be scheduled for the following:\n\nExperience: an essay, an hour.\n"
    assert items_of(document(f"## Selection process\n\n{steps}"), SectionKind.REQUIREMENTS) == ()


def test_what_one_must_know_at_the_end_of_a_list_of_duties_is_asked_for() -> None:
    duties = (
        "Eigenständige Planung und Steuerung der Backtage in enger Abstimmung mit dem Verkauf",
        "Entwicklung neuer Brote sowie Umsetzung von Wünschen unserer Kunden",
        "Durchführung von Verkostungen und Erstellung der Rezepte",
        "Planung und Durchführung von Schulungen für das ganze Team",
    )
    asked = (
        "Mehrjährige Berufserfahrung als Bäcker",
        "Erfahrung mit Steinöfen",
        "Sehr gute Deutschkenntnisse",
        "Fließende Englischkenntnisse",
    )
    body = "Deine Aufgaben:\n\n" + "\n\n".join((*duties, *asked))
    assert [line.text for line in items_of(document(body), SectionKind.REQUIREMENTS)] == list(asked)
    assert [line.text for line in items_of(document(body), SectionKind.RESPONSIBILITIES)] == list(duties)


def test_a_heading_for_both_parts_its_list_by_words() -> None:
    read = document("## Required and Preferred Qualifications\n* Five years at an oven\n* A licence\n* Rye is a plus")
    assert [line.text for line in items_of(read, SectionKind.PREFERRED)] == ["Rye is a plus"]
    assert [line.text for line in items_of(read, SectionKind.REQUIREMENTS)] == ["Five years at an oven", "A licence"]


def test_what_an_employer_is_like_is_no_duty() -> None:
    body = "**Would you like to join an organization that...**\n* Embraces rye bread\n* Promotes good rolls\n* Encourages new ovens"
    assert items_of(document(body), SectionKind.RESPONSIBILITIES) == ()


def test_the_few_lines_of_a_chat_s_advert_are_told_by_their_words() -> None:
    head = "🟢 HIRING REMOTELY\n\nRole: Junior Baker\nCompany: Breadly\nSalary: $16/hr\nLocation: Remote"
    read = read_plain(f"{head}\n\n• Manage ordering tools & track bread orders\n• Rye, Wheat, Oats\n\nComment BREAD and we send the link.")
    assert [(item.line.text, item.kind) for item in read_items(read)] == [
        ("Manage ordering tools & track bread orders", SectionKind.RESPONSIBILITIES)
    ]


def test_what_is_said_of_the_pay_below_a_list_without_marks_is_no_item() -> None:
    body = (
        "Preferred qualifications\n\nExperience with rye ovens and with the bread of other countries\n\nKnowledge of wheat and of oats, "
        "and of where they grow\n\nThe annual compensation range for this role is listed below.\n\nAnnual Salary:\n\n$32,000 - $40,000 USD"
    )
    assert all("compensation" not in line.text for line in items_of(document(body), SectionKind.PREFERRED))


def test_what_applicants_must_be_is_asked_for_under_what_is_welcome_too() -> None:
    body = "## Preferred qualifications\n* Rye bread\n* Applicants must have the legal right to work here"
    assert [line.text for line in items_of(document(body), SectionKind.REQUIREMENTS)] == [
        "Applicants must have the legal right to work here"
    ]


def test_a_question_to_the_reader_is_no_benefit() -> None:
    body = "What we offer\n\nBread every day\n\nWe bake big. Do you?\n\nThirty days off"
    assert [line.text for line in items_of(document(body), SectionKind.BENEFITS)] == ["Bread every day", "Thirty days off"]
