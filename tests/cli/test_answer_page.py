"""An answer is shown with whose posting it is from, and with the posting's own words."""

from datetime import UTC, datetime

from bot.cli.terminal import Paragraph, answer_page
from bot.domain.answer import Answer, PostingReference, Rendered, State
from bot.domain.facts import Eligibility, Quote, Scope
from bot.domain.person import Actor

COOK = PostingReference(
    id=1, source="cook.md", title="Cook", company="Copper Pan", link="https://pan.example/1", read_at=datetime(2024, 1, 1, tzinfo=UTC)
)
PAY = Rendered(sentence="$50,000 to $60,000 a year")


def lines(answer: Answer) -> list[str]:
    return [f"{paragraph.first}{paragraph.words}" for paragraph in answer_page(answer)]


def answered(rendered: Rendered = PAY, *quotes: Quote, state: State = State.ANSWERED) -> Answer:
    return Answer(question="pay?", state=state, topic="pay", postings=(COOK,), company="Copper Pan", rendered=rendered, quotes=quotes)


def test_company_role_and_link_stand_above_what_is_said_and_the_quote_below_with_its_heading() -> None:
    assert lines(answered(PAY, Quote(text="We pay **$50,000 to $60,000**.", heading="The offer:"))) == [
        "Copper Pan · Cook",
        "https://pan.example/1",
        "$50,000 to $60,000 a year",
        "",
        "  under The offer:",
        "  > We pay $50,000 to $60,000.",
    ]


def test_the_link_that_is_shown_is_the_one_that_a_click_opens() -> None:
    linked = [paragraph for paragraph in answer_page(answered()) if paragraph.link]
    assert [(paragraph.words, paragraph.link) for paragraph in linked] == [("https://pan.example/1", "https://pan.example/1")]


def test_a_silent_posting_is_named_too() -> None:
    page = lines(answered(Rendered(sentence="The posting does not say what it pays."), state=State.NOT_STATED))
    assert page == ["Copper Pan · Cook", "https://pan.example/1", "The posting does not say what it pays."]


def test_what_the_list_says_word_for_word_is_not_quoted_again() -> None:
    rendered = Rendered(sentence="2 requirements", items=("Knives", "A calm hand"))
    page = lines(
        answered(
            rendered,
            Quote(text="**Knives**", heading="Needs"),
            Quote(text="a calm hand.", heading="Needs"),
            Quote(text="and more", heading="Needs"),
        )
    )
    assert page[3:] == ["• Knives", "• A calm hand", "", "  under Needs:", "  > and more"]


def test_what_stands_under_no_heading_is_not_put_under_one_nor_words_of_several_companies_under_any() -> None:
    quotes = (Quote(text="one", heading="Offer"), Quote(text="Location: Pan Street"))
    assert lines(answered(PAY, *quotes))[4:] == ["  > Location: Pan Street", "  under Offer:", "  > one"]
    both = (COOK, COOK.model_copy(update={"id": 2, "company": "Tin Pot"}))
    assert lines(answered(PAY, *quotes).model_copy(update={"postings": both})) == [PAY.sentence]


def test_a_heading_stands_once_above_the_quotes_under_it() -> None:
    quotes = (Quote(text="one", heading="Pay"), Quote(text="two", heading="Pay"), Quote(text="three", heading="Offer"), Quote(text="four"))
    assert lines(answered(PAY, *quotes))[4:] == ["  > four", "  under Pay:", "  > one", "  > two", "  under Offer:", "  > three"]


def test_of_many_quotes_the_first_are_shown_and_the_others_counted() -> None:
    page = lines(answered(PAY, *(Quote(text=f"words {number}") for number in range(9))))
    assert page[-1] == "  ... and 4 more"


def test_an_answer_about_no_posting_has_no_title() -> None:
    answer = Answer(
        question="pay?", state=State.NO_SUCH_COMPANY, company="Tin Pan", rendered=Rendered(sentence="There is no posting from Tin Pan.")
    )
    assert list(answer_page(answer)) == [Paragraph("There is no posting from Tin Pan.")]


def test_a_corrected_answer_says_who_corrected_it() -> None:
    corrected = answered().model_copy(update={"corrected_by": Actor(id="terminal:ada", name="ada")})
    assert lines(corrected)[-1] == "Corrected by ada."


def test_many_countries_are_listed_once_and_their_quote_is_cut() -> None:
    codes = ("AU", "AT", "BE", "BR", "CA", "CO", "HR", "DK", "EE", "FI")
    names = tuple(f"Country number {number} of the long list" for number in range(len(codes)))
    answer = answered(
        Rendered(sentence="Open to people in 10 places.", items=names), Quote(text=f"We hire in: {', '.join(names)} and no other")
    )
    listed = answer.model_copy(update={"eligibility": Eligibility(scope=Scope.LISTED, countries=codes)})
    (quote,) = [line for line in lines(listed) if line.startswith("  > ")]
    assert len(quote) < 170
    assert quote.endswith("…")
