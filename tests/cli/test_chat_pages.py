"""What a conversation says besides answers fits what is there."""

from collections.abc import Iterable
from datetime import UTC, datetime

from bot.cli.chat import greeting, help_lines, posting_lines, unknown_command
from bot.cli.terminal import Paragraph
from bot.domain.person import EVERYONE
from bot.storage.records import Listed
from bot.topics import TOPICS


def listed(*names: tuple[str | None, str | None]) -> list[Listed]:
    now = datetime(2024, 1, 1, tzinfo=UTC)
    return [Listed(number, EVERYONE, company, title, "a.md", None, now) for number, (company, title) in enumerate(names, 1)]


def words(page: Iterable[Paragraph]) -> list[str]:
    return [f"{paragraph.first}{paragraph.words}" for paragraph in page]


def test_the_greeting_is_two_lines_with_three_examples_of_companies_that_are_here() -> None:
    first, second = words(greeting(listed(("Pan", "Cook"), (None, "Clerk"), ("Pan", "Waiter"), ("Tin", "Smith"))))
    assert first.startswith("Ask about 4 postings here")
    assert second == "Try: what does Pan pay? · /countries Tin · do I need a degree at Pan?"


def test_an_empty_database_is_greeted_with_how_to_fill_it() -> None:
    assert words(greeting([])) == ["There are no postings here yet. Add some with: python -m bot import PATH"]
    assert words(posting_lines([])) == words(greeting([]))


def test_the_help_has_every_topic() -> None:
    page = "\n".join(words(help_lines()))
    for topic in TOPICS:
        assert f"  /{topic.command} " in page
        assert topic.description in page


def test_postings_are_listed_by_company() -> None:
    assert words(posting_lines(listed(("Tin", "Smith"), ("pan", "Cook"), (None, "Baker")))) == ["• Baker", "• pan · Cook", "• Tin · Smith"]


def test_postings_are_listed_by_a_word_in_them_whatever_its_case_and_accents() -> None:
    here = listed(("Café Blé", "Cook"), ("Tin", "Smith"))
    assert words(posting_lines(here, "cafe")) == ["• Café Blé · Cook"]
    assert words(posting_lines(here, "gold")) == ["No posting here has “gold” in its company or title; /postings lists all."]


def test_of_very_many_postings_the_first_are_listed_and_the_others_counted() -> None:
    page = words(posting_lines(listed(*((f"Company {number:04}", None) for number in range(1050)))))
    assert len(page) == 51
    assert page[-1].startswith("... and 1,000 more")


def test_a_mistyped_command_is_asked_back() -> None:
    assert words(unknown_command("salry")) == ["There is no command /salry; did you mean /salary? /help lists all."]
    assert words(unknown_command("xyzzy")) == ["There is no command /xyzzy; /help lists all."]
