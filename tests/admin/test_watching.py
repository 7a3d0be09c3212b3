"""What those who watch are told: what became of a posting, put into few words, however much there is."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders_wording import TAGS, left_in_english

from bot.admin.context import ServerCache, Services
from bot.admin.history import News, brief_changes, sum_up
from bot.admin.watching import KIND, Delivery, WatchService
from bot.answering.assistant import Assistant
from bot.domain.person import EVERYONE, ROLECALL, Person
from bot.domain.posting import Pace, Posting, Watch
from bot.parsing.parse import parse_posting
from bot.presentation.buttons import ButtonAction, ButtonId
from bot.presentation.card import Card, units
from bot.presentation.chat_service import open_store
from bot.presentation.notices import or_refusal
from bot.storage.watches import Holder, Letter

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
MIA = Person(id=7, channel=3, is_direct=True)
TEXT = "# Baker\nCompany: Acme\nLocation: Lisbon\n\nYou may work from Germany or Austria.\n\nWe pay {pay} a year.\n\nYou bake.\n"


def baker(pay: str = "$40,000", **replaced: str) -> Posting:
    text = TEXT.format(pay=pay)
    for before, after in replaced.items():
        text = text.replace(before, after)
    return parse_posting(text, "baker.md")


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (baker("$45,000"), ["Pay up: $40,000 a year → $45,000 a year"]),
        (baker("$35,000"), ["Pay down: $40,000 a year → $35,000 a year"]),
        (baker("$35,000 to $45,000"), ["Pay: $40,000 a year → $35,000 to $45,000 a year"]),
        (baker("€45,000"), ["Pay: $40,000 a year → €45,000 a year"]),
        (baker(Baker="Head Baker"), ["Title: Baker → Head Baker"]),
        (baker(bake="knead"), []),
    ],
)
def test_what_changed_is_told_in_few_words(after: Posting, told: list[str]) -> None:
    assert brief_changes(baker(), after, locale="en") == told


def test_a_place_that_is_gone_is_told() -> None:
    (told,) = brief_changes(baker(), baker(**{" or Austria": ""}), locale="de")
    assert told.startswith("Länder: ")
    assert "Österreich" in told.partition("→")[0]
    assert "Österreich" not in told.partition("→")[2]


def action(kind: str, before: int | None, after: int | None, **more: Any) -> dict[str, Any]:
    return {"posting": 1, "kind": kind, "before": before, "after": after, **more}


ADDED, CLOSED, REOPENED = action("added", None, 1), action("closed", 1, 1), action("reopened", 1, 1)


@pytest.mark.parametrize(
    ("actions", "told"),
    [
        ([ADDED], (News.NEW, None, 1)),
        ([ADDED, action("updated", 1, 2)], (News.NEW, 1, 2)),
        ([ADDED, CLOSED], (News.CLOSED, None, 1)),
        ([ADDED, CLOSED, REOPENED], (News.NEW, None, 1)),
        ([action("updated", 1, 2), action("corrected", 2, 3)], (News.CHANGED, 1, 3)),
        ([action("restored", 4, 5)], (News.CHANGED, 4, 5)),
        ([action("restored", None, 4)], (News.NEW, None, 4)),
        ([CLOSED, REOPENED], (News.REOPENED, 1, 1)),
        ([action("updated", 1, 2, fit="Fits no more")], (News.FITS_NO_MORE, 1, 2)),
    ],
)
def test_what_was_done_one_after_the_other_is_one_thing(actions: list[dict[str, Any]], told: tuple[News, int | None, int | None]) -> None:
    assert sum_up(actions) == {1: told}


@pytest.mark.parametrize(
    ("pace", "after", "told"),
    [
        (Pace.AT_ONCE, timedelta(hours=1), timedelta(hours=1)),
        (Pace.DAILY, timedelta(), timedelta(days=1)),
        (Pace.DAILY, timedelta(days=2, hours=1), timedelta(days=3)),
        (Pace.WEEKLY, timedelta(days=6), timedelta(days=7)),
        (Pace.WEEKLY, timedelta(days=7), timedelta(days=14)),
    ],
)
def test_digests_come_at_the_time_at_which_the_watch_was_made(pace: Pace, after: timedelta, told: timedelta) -> None:
    watch = Watch(name="Acme", scopes=frozenset(), pace=pace, made_at=NOON)
    assert watch.next_digest(NOON + after) == NOON + told


@pytest.fixture
async def watching(tmp_path: Path) -> AsyncIterator[WatchService]:
    async def announce(_scope: str, _card: Card) -> None: ...

    async def is_member(_person: int, _server: int) -> bool:
        return True

    async with open_store(f"sqlite+aiosqlite:///{tmp_path / 'kept.db'}") as store:
        yield WatchService(Services(store, Assistant(store), ServerCache(store), announce), is_member=is_member)


async def test_however_much_there_is_to_tell_it_is_one_message_that_discord_takes(watching: WatchService) -> None:
    store = watching._store  # noqa: SLF001 - it is what was opened
    hostile = "*_~`|[](@everyone" * 12
    await watching.watch_company("Acme", MIA, to=Delivery())
    for number in range(12):
        text = (
            f"# {hostile} {number}\nCompany: Acme\nLink: https://jobs.example/{'x' * 180}{number}\nLocation: {hostile}\n\nBread {number}.\n"
        )
        (kept,) = await store.keep([parse_posting(text, f"{number}.md")], scope=EVERYONE)
        changed = parse_posting(text.replace("Bread", "We pay $5 an hour. Cake").replace("~", "#"), f"{number}.md")
        await store.revise(kept.id, changed, scopes=[EVERYONE], by=ROLECALL)
    assert await watching.scan() == 24
    (letter,) = await store.outbox.take_due(5)
    for told in (letter, Letter(letter.id, KIND, letter.destination, letter.bundle, letter.payloads[1::2], 0)):
        notice = await watching.make(told)
        assert notice is not None
        card = notice.card
        words = (card.title, card.body, card.footer, *(entry.body for entry in card.entries))
        assert sum(units(one) for one in words if one) < 3_900
        assert len(card.entries) == 6
        assert card.footer == "… and 6 more."
        assert "@everyone" not in "".join(filter(None, words))


async def test_a_search_is_told_of_what_comes_to_fit_and_what_fits_no_more(watching: WatchService) -> None:
    store = watching._store  # noqa: SLF001 - as above
    await watching.watch_search({"workplace": "remote"}, MIA, to=Delivery())
    (kept,) = await store.keep([baker()], scope=EVERYONE)
    assert await watching.scan() == 0
    for place, news in (("Remote", "Fits now: "), ("Lisbon, on site", "Fits no more: ")):
        await store.revise(kept.id, baker(Lisbon=place), scopes=[EVERYONE], by=ROLECALL)
        assert await watching.scan() == 1
        (letter,) = await store.outbox.take_due(5)
        notice = await watching.make(letter)
        assert notice is not None
        assert notice.card.entries[0].body.startswith(news)
        await store.outbox.finish(letter.id, was_sent=True)


async def test_a_button_begins_with_a_capital_letter_and_keeps_its_others(watching: WatchService) -> None:
    card = await watching.watch_company("Acme", MIA.model_copy(update={"locale": "de"}), to=Delivery())
    assert [control.label for control in card.rows[0]] == ["Sofort", "Einmal am Tag", "Einmal in der Woche"]


async def test_whose_watch_it_is_not_may_not_touch_it(watching: WatchService) -> None:
    await watching.watch_company("Acme", MIA, to=Delivery())
    (watch,) = await watching._store.watches.list_watches(Holder("discord:7"))  # noqa: SLF001 - as above
    ben = Person(id=8, channel=3, server=5)
    for action in (ButtonAction.END_WATCH, ButtonAction.SET_PACE, ButtonAction.WATCH_POSTING):
        for group in ("own_is_daily", "server_is_daily", "own", ""):
            await watching.press(ButtonId(action, posting=watch.id, owner=8, group=group, proposal="1"), ben, echo="")
    await watching.press(ButtonId(ButtonAction.END_WATCHES, owner=8, group="own"), ben, echo="")
    assert await watching._store.watches.list_watches(Holder("discord:7")) == [watch]  # noqa: SLF001 - as above


async def _all_that_is_shown(watching: WatchService, person: Person) -> list[Card]:
    """Return what somebody is shown who makes, lists and ends watches, and all that these tell."""
    store = watching._store  # noqa: SLF001 - as above
    cards = [
        await watching.list_watches(person),
        await watching.watch_company("Initech", person, to=Delivery()),
        await watching.watch_company("Acme", person, to=Delivery()),
        await or_refusal(watching.watch_search({}, person, to=Delivery()), person.locale),
        await watching.watch_search({"role": "baker"}, person, to=Delivery()),
        await or_refusal(watching.watch_company("Acme", person, to=Delivery(role=5)), person.locale),
        await watching.list_watches(person),
    ]
    watch = next(one for one in await store.watches.list_watches(Holder(person.as_actor().id)) if one.company == "Acme")
    (number,) = await store.newest(scopes=[EVERYONE], limit=1)
    for pay in ("$45,000", "$35,000"):
        await store.revise(number, baker(pay), scopes=[EVERYONE], by=ROLECALL)
    (payload,) = [action("updated", 1, 2)]
    for one in (payload, payload | {"fit": News.FITS_NOW.value}, action("closed", 2, 2), action("added", None, 1)):
        notice = await watching.make(Letter("x" * 12, KIND, watch.destination, f"{KIND}:{watch.id}", (one | {"posting": number},), 0))
        cards += [notice.card] if notice else []
    end = ButtonId(ButtonAction.END_WATCH, posting=watch.id, owner=person.id, group="own", proposal="x")
    return [*cards, await watching.press(end, person, echo=""), await watching.press(end, person, echo="")]


@pytest.mark.parametrize("language", TAGS)
async def test_those_who_watch_are_told_all_of_it_in_their_language(watching: WatchService, language: str) -> None:
    await watching._store.keep([baker()], scope=EVERYONE)  # noqa: SLF001 - as above
    english = await _all_that_is_shown(watching, MIA)
    translated = await _all_that_is_shown(watching, MIA.model_copy(update={"id": 8, "locale": TAGS[language]}))
    assert len(english) == len(translated) == 13
    given = ("Acme", "Initech", "Baker", "Lisbon", "role: baker")
    pairs = zip(english, translated, strict=True)
    assert [left for pair in pairs for left in left_in_english(*pair, language=language, given=given)] == []
