"""Whatever stands in it, what is sent is as long as Discord takes it, which counts in UTF-16."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.admin.proposals import preview_blocks
from bot.discord.buttons import to_modal
from bot.discord.sending import to_layout
from bot.domain.answer import Answer, PostingReference, Rendered, State
from bot.domain.facts import Quote
from bot.domain.posting import Posting
from bot.presentation.answer_card import View, answer_card
from bot.presentation.buttons import ButtonAction, ButtonId
from bot.presentation.card import Card, Control, Form, TextField, clip, cut, escaped_within
from bot.presentation.chat_service import numbered, posting_choices
from bot.questions.company_names import Entry

EMOJI = st.text(alphabet=st.sampled_from("🥐👩‍💻𝒜🇰🇪 a*é工"), max_size=500)
_MANY = st.integers(0, 4).map(lambda often: "🥐" * 130 * 3**often)
_ODD = st.integers(1, 9).map(lambda odd: "a" * odd + "🥐 " * 700)
WORDS = st.one_of(EMOJI, _MANY, _ODD)


def _counted(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _fits(text: str | None, most: int) -> bool:
    return text is None or 0 < _counted(text) <= most


@given(WORDS, st.integers(2, 300))
def test_what_is_cut_fits_as_discord_counts(text: str, most: int) -> None:
    assert _counted(clip(text, most)) <= most
    assert _counted(cut(text, most)) <= most
    assert _counted(escaped_within(text, most + 20)) <= most + 20
    assert text.startswith(clip(text, most))


@given(WORDS.filter(str.strip), WORDS, WORDS)
def test_every_text_and_button_fits(title: str, body: str, footer: str) -> None:
    link = f"https://jobs.example/{'(x)' * 160}"
    card = Card(body or "…", title=title, link=link, footer=footer, rows=((Control(title, link="https://jobs.example"),),))
    *texts, row = to_layout(card).to_components()[0]["components"]  # type: ignore[no-untyped-call]
    assert 0 < sum(_counted(text["content"]) for text in texts) <= 4000
    assert _fits(row["components"][0]["label"], 80)


@given(WORDS, WORDS, st.lists(WORDS, max_size=12))
def test_every_card_fits_before_it_is_cut_again(title: str, company: str, items: list[str]) -> None:
    about = PostingReference(id=3, source="a.md", title=title, company=company, link=None, read_at=datetime(2026, 1, 1, tzinfo=UTC))
    for state in State:
        answer = Answer(
            question=title, state=state, topic="requirements", postings=(about,), suggested=(about,),
            rendered=Rendered(sentence=company, items=tuple(items)), quotes=tuple(Quote(text=item, heading=title) for item in items),
        )  # fmt: skip
        card = answer_card(answer, View(owner=7))
        assert _fits(card.title, 256)
        assert _fits(card.body, 4096)
        assert _fits(card.footer, 400)
        assert all(_fits(control.label, 80) for row in card.rows for control in row)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=6))
def test_every_choice_fits(names: list[tuple[str, str]]) -> None:
    entries = [Entry(id=number, scope="everyone", company=company, title=title) for number, (company, title) in enumerate(names)]
    assert all(_fits(choice, 100) for choice in posting_choices(entries))
    assert all(_fits(numbered(f"{company}: {title}", 10**17), 100) for company, title in names)


@given(WORDS, WORDS, WORDS)
def test_every_form_fits(label: str, hint: str, text: str) -> None:
    form = Form(ButtonId(ButtonAction.PASTED), "x", (TextField("a", label, text=text, hint=hint),))
    component = to_modal(form).to_components()[0]
    assert _counted(component["label"]) <= 45
    assert _counted(component.get("description", "")) <= 100
    assert _counted(component["component"].get("value", "")) <= 4000


@given(WORDS, WORDS, WORDS)
def test_every_block_of_a_preview_fits_a_page(title: str, company: str, source: str) -> None:
    posting = Posting(source=source or "a.md", text="x", title=title, company=company, link=None, location=title)
    assert all(_counted(block) <= 4096 for block in preview_blocks(posting, "en-US"))
