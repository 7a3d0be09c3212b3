"""An answer becomes a card that Discord takes, whatever stands in it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answer import Answer, PostingReference, Rendered, State
from bot.domain.facts import Area, Eligibility, Quote, Scope
from bot.domain.person import Actor
from bot.presentation.answer_card import View, answer_card, question_in
from bot.presentation.card import Card

WORDS = st.text(max_size=1500)
REFERENCES = st.builds(
    PostingReference,
    id=st.integers(1, 10**9),
    source=st.just("x.md"),
    title=st.none() | WORDS,
    company=st.none() | st.sampled_from(["Acme", "*Bistro*", "\u200b"]),
    link=st.none() | st.sampled_from(["https://jobs.example/1", "javascript:1"]),
    read_at=st.just(datetime(2026, 1, 1, tzinfo=UTC)),
)
TELLINGS = st.builds(Rendered, sentence=WORDS, items=st.lists(WORDS, max_size=30).map(tuple))
ANSWERS = st.builds(
    Answer,
    question=WORDS,
    state=st.sampled_from(State),
    topic=st.sampled_from([None, "pay", "requirements", "other"]),
    postings=st.lists(REFERENCES, max_size=12, unique_by=lambda one: one.id).map(tuple),
    rendered=TELLINGS,
    further=st.lists(TELLINGS, max_size=2).map(tuple),
    quotes=st.lists(st.builds(Quote, text=WORDS, heading=st.none() | WORDS), max_size=8).map(tuple),
    corrected_by=st.none() | st.builds(Actor, id=st.just("discord:1"), name=st.text(max_size=100)),
)


@given(ANSWERS, st.integers(0, 50), st.booleans())
def test_every_card_is_one_that_discord_takes(answer: Answer, page: int, is_open: bool) -> None:
    card = answer_card(answer, View(owner=7, page=page, is_open=is_open))
    assert 0 < len(card.body) <= 4096
    assert card.title is None or 0 < len(card.title) <= 256
    assert len(card.body) + len(card.title or "") + len(card.footer or "") <= 6000
    assert len(card.rows) <= 5
    controls = [control for row in card.rows for control in row]
    assert all(1 <= len(row) <= 5 for row in card.rows)
    assert all(1 <= len(control.label) <= 80 for control in controls)
    ids = [control.press.id for control in controls if control.press]
    assert len(ids) == len(set(ids))


def _answer(**more: object) -> Answer:
    about = PostingReference(
        id=3, source="a.md", title="Cook", company="Acme", link="https://jobs.example/3", read_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    parts = {"question": "", "state": State.ANSWERED, "topic": "pay", "postings": (about,), "rendered": Rendered(sentence="$5 an hour")}
    return Answer.model_validate(parts | more)


def _show(answer: Answer, **view: object) -> Card:
    return answer_card(answer, View(**({"owner": 7} | view)))  # type: ignore[arg-type]


def test_figures_come_first_then_the_quote_with_its_place_and_the_day() -> None:
    card = _show(_answer(quotes=(Quote(text="We pay **$5** an hour.", heading="## Pay:"),)))
    assert card.title == "Acme · Cook"
    assert card.body.splitlines() == [
        "## $5 an hour",
        "-# Pay",
        "> We pay $5 an hour.",
    ]
    assert card.note == "Posting read <t:1767225600:D>"


def test_a_quote_that_only_repeats_the_list_is_left_out() -> None:
    card = _show(
        _answer(rendered=Rendered(sentence="2 things:", items=("A pan", "A pot")), quotes=(Quote(text="* A pan"), Quote(text="* A pot")))
    )
    assert card.body.splitlines()[:3] == ["**2 things:**", "- A pan", "- A pot"]
    assert ">" not in card.body.replace("D>", "")


def test_countries_have_flags_and_the_readers_names() -> None:
    listed = Eligibility(scope=Scope.LISTED, countries=("DE", "KE"), areas=(Area.EU,))
    card = _show(
        _answer(topic="countries", eligibility=listed, language="de", rendered=Rendered(sentence="Offen für Menschen.", items=("x",))),
        locale="de",
    )
    assert "- 🇪🇺 " in card.body
    assert "- 🇩🇪 Deutschland\n- 🇰🇪 Kenia" in card.body
    assert "- x" not in card.body


@pytest.mark.parametrize(
    ("question", "echo"),
    [*((short, short) for short in ("what does it pay?", "“quoted” — or not", "Page 1 of 2 · “x”")), ("a" * 500, f"{'a' * 299}…")],
)
def test_the_question_is_found_again_in_the_footer(question: str, echo: str) -> None:
    long = Rendered(sentence="Many:", items=tuple(f"item {n}" for n in range(40)))
    for rendered in (long, Rendered(sentence="one")):
        assert question_in(_show(_answer(question=question, rendered=rendered)).footer) == echo


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "pt"])
@pytest.mark.parametrize("question", ["/search country: KE · fits: yes", "was zahlt „Acme“?", "« oui » ?", "/fit #5"])
def test_a_question_is_found_again_in_every_language(question: str, language: str) -> None:
    assert question_in(_show(_answer(question=question, language=language), locale=language).footer) == question


def test_an_answer_about_several_companies_is_shown_as_none_of_theirs() -> None:
    others = tuple(
        PostingReference(id=n, source="x", title="Cook", company=name, link=None, read_at=datetime(2026, 1, 1, tzinfo=UTC))
        for n, name in ((1, "Acme"), (2, "Bistro"))
    )
    card = _show(_answer(postings=others, question="who pays more?", quotes=(Quote(text="We pay"),)))
    assert card.title is None
    assert card.link is None
    assert [control.label for row in card.rows for control in row] == ["Acme", "Bistro", "Not right?"]
    assert "We pay" not in card.body


def test_a_corrected_answer_says_who_corrected_it() -> None:
    card = _show(_answer(corrected_by=Actor(id="discord:7", name="ada *the admin*")))
    assert (card.note or "").endswith(r"· corrected by ada \*the admin\*")


def test_each_quote_stands_under_its_own_heading() -> None:
    quotes = (Quote(text="We pay well.", heading="Pay"), Quote(text="A bonus, too."), Quote(text="And equity.", heading="Perks"))
    body = _show(_answer(quotes=quotes)).body
    assert body.splitlines()[1:] == ["> A bonus, too.", "", "-# Pay", "> We pay well.", "", "-# Perks", "> And equity."]


def test_what_is_not_said_is_small_and_no_button_asks_for_what_the_posting_lacks() -> None:
    silence = Rendered(sentence="The posting does not say whether it sponsors visas.")
    card = _show(_answer(state=State.NOT_STATED, topic="visa", rendered=silence, stated=("pay", "countries", "apply")))
    assert card.body == "-# The posting does not say whether it sponsors visas."
    assert [control.label for row in card.rows for control in row] == [
        "Pay",
        "Countries",
        "Apply ↗",
        "Whole posting",
        "Does it fit me?",
        "Watch",
        "Not right?",
    ]


def test_many_countries_are_listed_once_and_their_quote_is_cut() -> None:
    listed = Eligibility(scope=Scope.LISTED, countries=("DE", "KE"))
    long = Quote(text=f"We hire in {'many places and '.join('' for _ in range(40))} more")
    card = _show(_answer(topic="countries", eligibility=listed, rendered=Rendered(sentence="Open to 2."), quotes=(long,)))
    assert len(card.body.splitlines()[-1]) < 170


def test_postings_of_several_companies_that_may_be_meant_are_told_apart_by_their_companies() -> None:
    def build(number: int, company: str) -> PostingReference:
        at = datetime(2026, 1, 1, tzinfo=UTC)
        return PostingReference(id=number, source="x", title="Cook", company=company, link=None, read_at=at)

    card = _show(_answer(state=State.AMBIGUOUS, postings=(build(1, "Acme"), build(2, "Bistro"), build(3, "Bistro"))))
    assert [control.label for control in card.rows[0]] == ["Acme", "Bistro: Cook #2", "Bistro: Cook #3"]


def test_what_those_compared_say_to_one_thing_stands_on_one_page() -> None:
    rows = tuple(
        Rendered(sentence=f"Topic {n}", items=tuple(f"{name}: {n} loaves" for name in ("Acme", "Bistro", "Cafe"))) for n in range(7)
    )
    answer = _answer(rendered=Rendered(sentence="3 postings side by side:"), further=rows)
    pages = [answer_card(answer, View(owner=7, page=page)).body for page in range(2)]
    assert all(body.count("Acme: ") == body.count("Cafe: ") for body in pages)
