"""The desk answers in the reader's form, and knows a chosen posting from a made-up one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from builders_answering import open_assistant, posting_text, read_bundled

from bot.domain.person import Person
from bot.domain.query import Question
from bot.presentation.buttons import ButtonAction, ButtonId
from bot.presentation.chat_service import ChatService, Opened, posting_choices
from bot.presentation.notices import place_choices
from bot.questions.company_names import Entry


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[ChatService]:
    texts = read_bundled() | {f"{n}.md": posting_text("Brook", "Cook", f"We pay ${n}0,000 a year.\n\nYou will cook.") for n in (5, 6)}
    texts["6.md"] = texts["6.md"].replace("/brook/", "/other-brook/")
    async with open_assistant(tmp_path, texts) as opened:
        yield ChatService(Opened(*opened))


def _visitor(locale: str = "en-US", *, server: int | None = None) -> Person:
    return Person(id=1, channel=2, server=server, locale=locale)


@pytest.mark.parametrize(
    ("locale", "told"),
    [("de", "135.000 $ bis 180.000 $ im Jahr"), ("fr", "135 000 $US à 180 000 $US par an"), ("en-GB", "$135,000 to"), ("xx", "$135,000")],
)
async def test_amounts_are_written_as_the_reader_writes_them(locale: str, told: str, desk: ChatService) -> None:
    card = await desk.ask(Question(topic="pay", company="Nomad Health"), _visitor(locale))
    assert told in card.body


async def test_countries_are_named_as_the_reader_names_them(desk: ChatService) -> None:
    yes = await desk.ask(Question(topic="countries", company="Wikimedia", country="Kenia"), _visitor("de"))
    assert "Ja, Bewerbung möglich aus: Kenia" in yes.body
    listed = await desk.ask(Question(topic="countries", company="Wikimedia"), _visitor("pt-BR"))
    assert "🇰🇪 Quênia" in listed.body
    assert ("🇩🇪 Deutschland", "Germany") in place_choices("deut", locale="de")


async def test_countries_are_named_in_the_language_of_the_message(desk: ChatService) -> None:
    listed = await desk.say("aus welchen ländern kann ich mich bei wikimedia bewerben?", _visitor("en-US"))
    assert "🇰🇪 Kenia" in listed.body


async def test_a_question_for_one_locale_is_not_answered_in_anothers_form(desk: ChatService) -> None:
    question = Question(topic="pay", company="Nomad Health")
    cards = [await desk.ask(question, _visitor(locale)) for locale in ("de", "en-US", "de")]
    assert cards[0] == cards[2] != cards[1]


async def test_two_postings_with_the_same_role_are_two_choices(desk: ChatService) -> None:
    choices = await desk.company_choices("brook", _visitor())
    assert len(set(choices)) == 2
    cards = [await desk.ask(Question(topic="pay", company=choice), _visitor()) for choice in choices]
    assert {card.body.splitlines()[0] for card in cards} == {"## $50,000 a year", "## $60,000 a year"}


async def test_a_number_that_somebody_typed_leads_to_no_other_company(desk: ChatService) -> None:
    card = await desk.ask(Question(topic="pay", company="Flex #1"), _visitor())
    assert (card.title or "").startswith("Flex")


async def test_a_country_in_a_button_is_understood(desk: ChatService) -> None:
    number = int((await desk.ask(Question(topic="pay", company="Wikimedia"), _visitor())).rows[0][1].press.id.split(":")[2])  # type: ignore[union-attr]
    for country, told in (("US", "the United States"), ("KE", "Kenya"), ("NL", "the Netherlands"), ("GE", "Georgia")):
        card = await desk.press(
            ButtonId(ButtonAction.PICK, posting=number, topic="countries", country=country, owner=1), _visitor(), echo=""
        )
        assert f"from {told}" in card.body


async def test_every_page_of_every_topic_of_every_posting_is_shown(desk: ChatService) -> None:
    for number in range(1, 8):
        for topic in ("requirements", "benefits", "responsibilities", "company", "countries"):
            for page in range(3):
                card = await desk.press(ButtonId(ButtonAction.PAGE, posting=number, topic=topic, page=page, owner=1), _visitor(), echo="")
                assert len(card.body) <= 4096


async def test_warming_up_is_remembered_by_nobody(desk: ChatService) -> None:
    await desk.warm_up()
    card = await desk.privacy(Person(id=0, channel=0))
    assert "remember nothing" in card.body


async def test_a_comparison_is_turned_by_its_question(desk: ChatService) -> None:
    card = await desk.say("compare flex and nixtla", _visitor())
    assert card.title is None
    assert {"Flex", "Nixtla"} <= {control.label for row in card.rows for control in row}
    again = await desk.press(ButtonId(ButtonAction.PAGE, owner=1), _visitor(), echo="compare flex and nixtla")
    assert again.body == card.body


def test_of_names_without_end_no_more_is_looked_at_than_is_shown() -> None:
    marks = "e" + "\u0301\u0323" * 5
    names = [f"{marks * 100} {letter * 2_000}" for letter in "ab"]
    entries = [Entry(id=number, scope="everyone", company=name, title="Baker") for number, name in enumerate(names, start=1)]
    first, second = posting_choices(entries)
    assert (first.endswith(" #1"), second.endswith(" #2")) == (True, True)
    assert "aa" not in first
    assert max(map(len, (first, second))) <= 100
