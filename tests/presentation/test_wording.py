"""Every card and form that members are shown speaks their language, and names commands as their Discord does."""

import inspect
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import pairwise
from types import ModuleType

import pytest
from builders_wording import TAGS, left_in_english, texts_of

from bot.admin.context import ADDITION, EXPORT, IMPORT, Busy
from bot.admin.service import settings_card
from bot.answering.answers import TALK, answer_talk, say_not_understood, say_unknown
from bot.discord.sending import failure_card
from bot.domain.answer import Answer, Listing, PostingReference, Rendered, State
from bot.domain.errors import RolecallError, StorageError
from bot.domain.facts import EducationLevel, Period
from bot.domain.posting import Evidence, KeptPosting, Openness, OtherPosting, Posting, ServerSettings, Sighting
from bot.domain.query import Amount, Place, Profile, Query, Side, Target, TargetKind
from bot.intake.form_text import FORM_GROUPS, form_pages
from bot.presentation import answer_card, notices, people
from bot.presentation.answer_card import View
from bot.presentation.buttons import ButtonAction, ButtonId
from bot.presentation.card import LONGEST_BODY, LONGEST_FORM_LABEL, LONGEST_FORM_TITLE, LONGEST_HINT, LONGEST_LABEL, Card, Form, Part, units
from bot.presentation.notices import Standing
from bot.text.translations import retell, say

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
GIVEN = ("Acme", "Baker", "Deutsch", "Python, SQL, …", "Kenya", "Version", "Manage Server")
REFERENCE = PostingReference(
    id=3,
    source="a.md",
    title="Baker",
    company="Acme",
    link="https://jobs.example/3",
    read_at=NOON,
    sighting=Sighting(openness=Openness.CLOSED, by=Evidence.WORDS, at=NOON, also_at=(OtherPosting(id=4, company="Hays", link=None),)),
)
POSTING = Posting(source="a.md", title="Baker", company="Acme", link=None, location=None, text="Baker")
TOLD = Profile(
    place=Place(typed="Kenya", country="KE"),
    years=4,
    degree=EducationLevel.MASTER,
    needs_visa=True,
    pay=Amount(value=60000, side=Side.MORE, currency="EUR", per=Period.YEAR),
)
STANDING = Standing("1.0", NOON, 0.05, joined_at=NOON, source="https://code.example")
TURN = ButtonId(ButtonAction.LIST, owner=7)


def _list(count: int, locale: str) -> Card:
    kept = [KeptPosting(id=number, scope="everyone", posting=POSTING, read_at=NOON, revision=1) for number in range(1, 1 + bool(count))]
    seen = {1: Sighting(openness=Openness.OPEN, seen_at=NOON, earlier_at=NOON)}
    return notices.postings_card(Part(kept, 0, 2), count=count, seen=seen, turn=TURN, locale=locale)


def _answer(locale: str, **more: object) -> Answer:
    stated = ("pay", "requirements", "benefits", "countries", "workplace", "apply")
    parts = {"question": "?", "state": State.ANSWERED, "topic": "pay", "postings": (REFERENCE,), "rendered": Rendered(sentence="5 $")}
    return Answer.model_validate(parts | {"stated": stated, "language": locale.partition("-")[0]} | more)


def _answered(locale: str) -> list[Card]:
    view = View(owner=7, locale=locale)
    listing = Listing(page=0, pages=2, silent=3, fitting=8, total=12)
    target = Target(kind=TargetKind.UNKNOWN, typed="Initech")
    query = Query(text="?", language=locale.partition("-")[0])
    answers = [
        _answer(locale),
        _answer(locale, listing=listing, postings=(REFERENCE, REFERENCE), further=(Rendered(sentence="Acme"), Rendered(sentence="Acme"))),
        _answer(locale, postings=(REFERENCE.model_copy(update={"company": None, "title": None}),)),
        say_unknown(query, target, near=(), here="", locale=locale),
        say_not_understood(query, example="Acme", locale=locale),
        *(answer_talk(query, talk, example="Acme", locale=locale) for talk in TALK),
    ]
    return [answer_card.answer_card(one, view) for one in answers]


Shown = Card | Form | list[Card]

CARDS: Mapping[str, Callable[[str], Shown]] = {
    "asking_card": lambda locale: notices.asking_card(say("There are no postings here yet.", locale)),
    "old_button_card": notices.old_button_card,
    "no_form_card": notices.no_form_card,
    "changed_commands_card": notices.changed_commands_card,
    "attachments_card": notices.attachments_card,
    "beside_attachments": lambda locale: notices.beside_attachments(Card("5 $"), locale),
    "withheld_card": notices.withheld_card,
    "help_card": lambda locale: [notices.help_card("Acme", locale), notices.help_card(None, locale)],
    "too_many_card": lambda locale: [notices.too_many_card(most, locale) for most in (1, 12000)],
    "refusal_card": lambda locale: [
        notices.refusal_card(RolecallError("“{typed}” is no number of years. Write it as in: 3", typed="x"), locale),
        *(notices.refusal_card(Busy(told, number=3), locale) for kind in (ADDITION, IMPORT, EXPORT) for told in kind),
    ],
    "unknown_country_card": lambda locale: notices.unknown_country_card("Narnia", locale),
    "postings_card": lambda locale: [_list(count, locale) for count in (0, 1, 12000)],
    "welcome_card": lambda locale: [notices.welcome_card(example, locale=locale) for example in (None, "Acme")],
    "examples_card": lambda locale: notices.examples_card(5, locale=locale),
    "about_card": lambda locale: [notices.about_card(STANDING, postings=count, owner=7, locale=locale) for count in (None, 1, 12000)],
    "privacy_card": lambda locale: [
        people.privacy_card([], 7, locale=locale),
        people.privacy_card([REFERENCE], 7, told=TOLD, watched=("Acme",), locale=locale),
    ],
    "forgotten_card": people.forgotten_card,
    "given_card": people.given_card,
    "not_here_card": lambda locale: people.not_here_card(_answer(locale), 7, locale=locale),
    "tell_card": lambda locale: people.tell_card(7, "?", locale=locale),
    "profile_form": lambda locale: people.profile_form({}, locale=locale),
    "answer_card": _answered,
    "listing_card": _answered,
    "failure_card": lambda locale: [failure_card(error("x"), locale) for error in (StorageError, RuntimeError)],
    "settings_card": lambda locale: [
        settings_card(ServerSettings(), locale=locale),
        settings_card(ServerSettings(admin_role=1, is_hidden=True, language="de"), locale=locale, is_new=True),
    ],
}


def _made_in(module: ModuleType) -> set[str]:
    makers = inspect.getmembers(module, lambda made: inspect.isfunction(made) and not inspect.iscoroutinefunction(made))
    return {
        name for name, made in makers if made.__module__ == module.__name__ and inspect.signature(made).return_annotation in (Card, Form)
    }


def test_every_public_maker_of_a_card_is_looked_at() -> None:
    made = {name for module in (notices, people, answer_card) for name in _made_in(module) if not name.startswith("_")}
    assert made - set(CARDS) == set()


def _shown(name: str, locale: str) -> list[Card | Form]:
    made = CARDS[name](locale)
    return list(made) if isinstance(made, list) else [made]


@pytest.mark.parametrize("language", TAGS)
@pytest.mark.parametrize("name", CARDS)
def test_a_card_speaks_the_readers_language_throughout(name: str, language: str) -> None:
    pairs = zip(_shown(name, "en-US"), _shown(name, TAGS[language]), strict=True)
    assert [left for pair in pairs for left in left_in_english(*pair, language=language, given=GIVEN)] == []


@pytest.mark.parametrize("language", ["en", *TAGS.values()])
@pytest.mark.parametrize("name", CARDS)
def test_what_is_said_has_room_in_every_language(name: str, language: str) -> None:
    for shown in _shown(name, language):
        if isinstance(shown, Form):
            assert units(shown.title) <= LONGEST_FORM_TITLE
            assert all(units(one.label) <= LONGEST_FORM_LABEL and units(one.hint) <= LONGEST_HINT for one in shown.fields)
        else:
            assert units(shown.body) <= LONGEST_BODY
            assert all(units(control.label) <= LONGEST_LABEL for row in shown.rows for control in row)
            assert "{" not in "".join(texts_of(shown))


@pytest.mark.parametrize("language", ["en", *TAGS.values()])
def test_no_line_goes_on_a_bullet_that_is_not_part_of_it(language: str) -> None:
    for name in CARDS:
        cards = (shown for shown in _shown(name, language) if isinstance(shown, Card))
        pairs = (pair for card in cards for pair in pairwise(card.body.split("\n")))
        assert [line for before, line in pairs if before.startswith("- ") and line and not line.startswith(("- ", "-# ", "## "))] == []


@pytest.mark.parametrize("language", TAGS)
def test_what_a_box_takes_is_said_in_every_language_and_has_room(language: str) -> None:
    hints = {box.hint for group in FORM_GROUPS for page in form_pages(POSTING, group) for box in page}
    spoken = {hint for hint in hints if "posting's" in hint or "posting does" in hint}
    assert len(spoken) > 4
    assert [hint for hint in spoken if retell(hint, language) == hint] == []
    assert all(units(retell(hint, language)) <= LONGEST_HINT for hint in hints)
