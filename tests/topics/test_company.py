from dataclasses import replace

import pytest
from builders import document

from bot.topics.company import find_company, find_company_sentences, find_own_names, render_company


def _told(body: str) -> list[str]:
    return [fact.value for fact in find_company(document(body))]


@pytest.mark.parametrize(
    "sentence",
    [
        "Shopwerk is a software house for small bakeries.",
        "Shopwerk (formerly Breadbox) provides ovens that think.",
        "We are on a mission to make every oven honest.",
        "We help bakers to sell what they bake online.",
        "Our mission is to feed the whole country.",
        "Founded in 2012, we now serve 4,000 customers in ten countries.",
        "We are backed by Flour Ventures and other investors.",
        "Wir sind ein Softwarehaus für kleine Bäckereien.",
        "I lead the ovens at Shopwerk, a small startup that bakes for a hundred towns.",
        "I'm head baker at Shopwerk, where we put honest flour into old ovens.",
        "Our first product is an oven that counts its own loaves.",
        "Our ordering system and platform, Krume, delivers warm bread by bike.",
        "Shopwerk aims to put an oven into every village school.",
    ],
)
def test_sentences_about_the_company_are_found(sentence: str) -> None:
    assert _told(f"{sentence} You will bake bread with us.") == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "We are looking for a baker who likes software.",
        "We are an equal opportunity employer and value every person.",
        "This is a great opportunity to learn how bread is made.",
        "You will work with customers in ten countries.",
        "We offer a good salary and many benefits to everyone.",
        "Are we a company for you to work at?",
        "Tu es en dernière année d'école et tu aimes le pain.",
        "The baker keeps our oldest ordering platform running with care.",
        "Bring a loaf, a company platform engineer will taste it with you.",
    ],
)
def test_the_role_the_offer_and_legal_words_are_not_about_the_company(sentence: str) -> None:
    assert _told(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "is_about"),
    [
        ("Shopwerk simplifies the shop's paperwork by reading orders and streamlining cash application.", True),
        ("Shopwerk natively integrates with the tills of village shops.", True),
        ("Shopwerk embraces a policy of open doors and of early mornings.", False),
        ("Shopwerk employees must know how a loaf is made.", False),
        ("Shopwerk does not ask for any fees from those who bake.", False),
        ("Shopwerk reads every application that somebody sends, so apply today.", False),
    ],
)
def test_what_a_company_does_is_said_behind_its_name(sentence: str, *, is_about: bool) -> None:
    assert [fact.value for fact in find_company(replace(document(sentence), company="Shopwerk"))] == [sentence] * is_about


def test_a_plain_line_about_the_company_begins_its_section() -> None:
    paragraph = "Shopwerk is a software house for small bakeries that has been at it since there were ovens. " * 2
    assert _told(f"Requirements:\n\n- Two hands\n\nAbout the company\n\n{paragraph.strip()}") == [paragraph[: len(paragraph) // 2].strip()]


def test_bullets_of_duties_are_left_out_but_bullets_about_the_company_stay() -> None:
    body = "## Responsibilities\n* Build payments for 500 customers\n\n## About Shopwerk\n* Founded in 2012 by three bakers from the north"
    assert _told(body) == ["Founded in 2012 by three bakers from the north"]


def test_only_a_handful_is_told_in_the_postings_order() -> None:
    names = ["Alpha", "Bravo", "Castle", "Denver", "Eagle", "Foxtrot", "Golfer", "Hotels"]
    told = _told("\n\n".join(f"{name} is a maker of good machines for small bakeries." for name in names))
    assert len(told) == 6
    assert told == sorted(told)


def test_of_two_sentences_one_says_what_the_company_is() -> None:
    body = "At Shopwerk, we are building ovens. We help bakers to sleep longer. Shopwerk is a maker of ovens for small towns."
    told = [quote.text for quote in find_company_sentences(replace(document(body), company="Shopwerk"), most=2)]
    assert told == ["At Shopwerk, we are building ovens.", "Shopwerk is a maker of ovens for small towns."]


def test_it_is_told_as_a_list() -> None:
    facts = find_company(document("Shopwerk is a software house for small bakeries."))
    assert render_company(facts).items == ("Shopwerk is a software house for small bakeries.",)


@pytest.mark.parametrize(
    ("text", "company", "names"),
    [
        ("[Loafly](https://loafly.org) bakes with [Ovenly](https://ovenly.org), [Doughbase](https://doughbase.io).", None, ()),
        ("Loafly bakes. We like Loafly. Bakers of Loafly rise early.", None, ("Loafly",)),
        ("Brot Crumb Kneading rises. Brot Crumb Kneading waits. Brot Crumb Kneading bakes.", None, ()),
        ("In Lisbon we bake. We like Lisbon. Come to Lisbon, Lisbon is warm.", None, ()),
        ("The QZ bakes, and our QZ waits. We like the QZ.", None, ()),
        ("Join Loafly. Loafly is hiring.", "Loafly Baking, Inc.", ()),
        # Below a heading about the company, also of an agency's posting and in small letters.
        ("**Company Description**\n\ncrumbworks is making ovens that think.", "Bakers Abroad Agency", ("crumbworks",)),
        ("## About us\n\nDiversity is our salt.\n\n## Who we are\n\nWe are bakers.", "Bakers Abroad Agency", ()),
        ("Our client is Ovenly Retail, a chain of shops. The client is German.", "Bakers Abroad Agency", ("Ovenly Retail",)),
        # Whose rules and people one has to do with, where no company is named.
        ("You follow Crumbex directives. Safety at the Ghent site of Crumbex matters.", None, ("Crumbex",)),
        ("You follow Crumbex directives. Safety at the Ghent site of Crumbex matters.", "Dough Bank", ()),
        ("Help us build a bread marketplace (LOAFly) for bakers and a shop (SQL).", None, ("LOAFly",)),
        ("You know OSHA policies and OSHA standards, and State procedures of the state.", None, ()),
        ("Come and bake. In Crumbex, we rise early. In Spring, we rest. In Ghent, we sleep.", None, ("Crumbex",)),
        # Before the name of the board in the posting's address, and where applications are sent to.
        ("link: https://breadboard.talentclue.com/ca/1\n\nWe bake for Bread Board. Ask Bread Board.", None, ("breadboard", "Bread Board")),
        ("link: https://crumbworkscareers.peoplestrong.com/job/1\n\nWe bake.", None, ("crumbworkscareers", "crumbworks")),
        ("link: https://careers-crumb.icims.com/jobs/1\n\nWe bake.", None, ("crumb",)),
        ("link: https://apply.workable.com/crumb/1\n\nWe bake.", None, ()),
        ("link: https://crumb.example/jobs/1\n\nWe bake.", None, ()),
        ("Envoyez tout à recrutement@pains.gouv.example ou candidatures.nuit@gmail.com", "Levain", ("pains.gouv.example",)),
        ("Write to privacy@pains.example or anna@pains.example", None, ()),
        ("Work on Loafly Ovens of Ghent. Read of Loafly Mills, too.", None, ("Loafly",)),
        (
            "The [Bread-Book](https://pain.example/b.html) team bakes. L'équipe [Pain-Livre](https://pain.example/p.html) recrute.",
            "pl",
            (
                "Bread-Book",
                "Pain-Livre",
            ),
        ),
        ("A job in Hooli-based ovens, with HACCP rules and HACCP plans.", None, ()),
    ],
)
def test_own_names_are_whole_words_and_neither_tools_nor_places(text: str, company: str | None, names: tuple[str, ...]) -> None:
    assert find_own_names(text, company) == names
