"""Servers stay apart: over many random worlds nobody is ever shown a word of a posting that they may not see."""

import os
from collections import Counter, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import pytest
from builders_leaks import NAMES, ROLES, Scope, Secrets, World, controls_of, make_world, words_of

from bot.admin.adding import export
from bot.admin.context import ServerCache, Services
from bot.admin.finding import offer_any, offer_current, offer_removed
from bot.admin.history import show_history
from bot.admin.keeping import ask_to_remove, restore_typed
from bot.admin.listing import ListKind, show_list
from bot.admin.proposals import SubmittedForm, edit
from bot.admin.service import AdminService
from bot.admin.watching import Delivery, WatchService
from bot.answering.assistant import Assistant
from bot.domain.person import EVERYONE, Person
from bot.domain.posting import Watch
from bot.domain.query import Question
from bot.intake.exporting import ExportForm
from bot.intake.form_text import FORM_GROUPS
from bot.presentation.buttons import FOR_ANYBODY, OF_WATCHES, ButtonAction, ButtonId, read_button_id
from bot.presentation.card import Card
from bot.presentation.chat_service import ChatService, Opened, open_store
from bot.presentation.notices import or_refusal
from bot.storage.watches import Holder
from bot.topics import TOPICS

WORLDS = int(os.environ.get("LEAK_WORLDS", "100"))
"""Before a change lands there are a thousand: `.ci/run`."""

_PEOPLE = 3
_TOPICS = [topic.name for topic in TOPICS]
_QUESTIONS = (
    "what does {0} pay?",
    "requirements at {0}",
    "can i apply to {0} from kenya?",
    "does {0} sponsor visas?",
    "tell me about {0}",
    "{0}",
    "compare {0} and {1}",
    "who pays more, {0} or {1}?",
    "is there on-call at {0}?",
    "who hires in kenya?",
    "which ones want python?",
    "what pays over 100k?",
    "data engineer salary",
    "what does the baker earn?",
    "and in texas?",
    "and the requirements?",
    "the other one",
)
_OF_PROPOSALS = (
    ButtonAction.LOOK,
    ButtonAction.KEEP,
    ButtonAction.KEEP_AS_UPDATE,
    ButtonAction.KEEP_AS_NEW,
    ButtonAction.LOOK_AGAIN,
    ButtonAction.CORRECT,
    ButtonAction.OPEN_FORM,
    ButtonAction.CANCEL,
)
_OF_UPLOADS = (ButtonAction.ADD_ALL, ButtonAction.DROP_ALL)
_OF_POSTINGS = tuple(
    action for action in ButtonAction if action not in (*FOR_ANYBODY, *_OF_PROPOSALS, *_OF_UPLOADS, ButtonAction.PASTED, ButtonAction.TYPED)
)
_NOWHERE = "AAAAAAAAAAAA"
"""A number that no proposal and no upload has."""

Visit: TypeAlias = Callable[[Person], Awaitable[Any]]


@dataclass
class Snoop:
    """Asks, types, presses and manages at random in one world after the other, and looks at everything that comes out."""

    secrets: Secrets
    random: Random
    chat: ChatService
    admin: AdminService
    watching: WatchService = field(init=False)
    there: set[int] = field(default_factory=set)
    """The servers that the one who is told something at the moment is in."""

    world: World = field(default_factory=lambda: World(()))
    seen: Counter[str] = field(default_factory=Counter)
    """How often something was shown that may be seen, and how often a number of another scope was refused."""

    pressed: deque[str] = field(default_factory=lambda: deque(maxlen=60))
    """Ids of buttons that somebody was shown."""

    asked: deque[str] = field(default_factory=lambda: deque([""], maxlen=20))
    forged: int = 0
    """The number of a posting that was named, whoever may see it."""

    def __post_init__(self) -> None:
        self.watching = WatchService(self.admin.services, is_member=self._is_member)

    async def _is_member(self, _person: int, server: int) -> bool:
        return server in self.there

    async def tell(self) -> None:
        """Tell those who watch, who may have left servers since."""
        await self.watching.scan()
        store = self.admin.services.store
        for letter in await store.outbox.take_due(8):
            self.there = set(self.random.sample(self.world.servers, self.random.randrange(len(self.world.servers) + 1)))
            notice = await self.watching.make(letter)
            await store.outbox.finish(letter.id, was_sent=notice is not None)
            words = words_of(notice.card) if notice else ""
            words = without(words, (await store.watches.get_many([int(letter.bundle.rpartition(":")[2])])).values())
            readers = {EVERYONE, *map(str, self.there)}
            assert self.secrets.leaked(words, readers=readers) == [], words
            self.seen["told"] += self.secrets.shows(words, readers)

    async def visit(self) -> None:
        """Do something that anybody may do, and the same again as somebody who may see other postings."""
        self.forged = 0
        do = self.random.choice(
            (self._say, self._say, self._ask, self._press, self._press, self._offer, self._list, self._answer, self._watch)
        )()
        for person in (self._visitor(), self._visitor()):
            shown = await or_refusal(do(person), person.locale)
            # What their own watches are called they saw, or typed, when they made them, wherever they are now.
            own = await self.admin.services.store.watches.list_watches(Holder(person.as_actor().id))
            self._look_at(shown, readers=person.asker.scopes, own=own)

    async def manage(self) -> None:
        """Do something that managers may do."""
        self.forged = 0
        scope, person = self._manager()
        do = self.random.choice((self._press_posting, self._press_proposal, self._press_upload, self._name_posting, self._list_managed))
        self._look_at(await do(person, scope), readers=(EVERYONE,), manages=scope.name)
        self.secrets.open(scope.name)

    def _look_at(self, shown: Any, *, readers: Any, manages: str | None = None, own: Sequence[Watch] = ()) -> None:
        words = without(words_of(shown), own)
        assert self.secrets.leaked(words, readers=readers, manages=manages) == [], words
        presses = [control.press.id for control in controls_of(shown) if control.press]
        numbers = {button.posting for written in presses if (button := read_button_id(written))}
        scopes = {EVERYONE, *readers, *filter(None, [manages])}
        assert numbers & self.world.numbers_hidden_from(scopes) <= {self.forged}, words
        self.pressed += presses
        self.seen["shown"] += self.secrets.shows(words, scopes - {EVERYONE})

    def _visitor(self) -> Person:
        person = self.random.randrange(1, _PEOPLE + 1)
        if self.random.random() < 0.5:
            return Person(id=person, channel=1, server=self.random.choice(self.world.servers))
        some = self.random.sample(self.world.servers, self.random.randrange(len(self.world.servers) + 1))
        return Person(id=person, channel=person, member_of=frozenset(some))

    def _manager(self) -> tuple[Scope, Person]:
        scope = self.random.choice(self.world.scopes[1:]) if self.random.random() < 0.9 else self.world.scopes[0]
        if scope.name == EVERYONE:
            return scope, Person(id=9, name="owner", channel=9, is_owner=True, is_direct=True)
        return scope, Person(id=8, name="admin", channel=1, server=int(scope.name), may_manage_server=True)

    def _name(self) -> str:
        """A company's name as somebody may type it: who left a server may remember one that they may not see any more."""
        if self.random.random() < 0.3:
            return self.random.choice(NAMES)
        whole = str(self.random.choice([posting for scope in self.world.scopes for posting in scope.whole]).company)
        known, _, secret = whole.rpartition(" ")
        if self.random.random() < 0.7:
            return known
        self.secrets.spoken.add(secret)
        return whole

    def _number(self) -> int:
        self.forged = self.random.choice([number for scope in self.world.scopes for number in scope.postings])
        return self.forged

    def _question(self) -> str:
        return self.random.choice(_QUESTIONS).format(self._name(), self._name())

    def _say(self) -> Visit:
        question = self._question()
        self.asked.append(question)
        return lambda person: self.chat.say(question, person)

    def _answer(self) -> Visit:
        question, begun = Question(text=self._question()), self._name()[:3]

        async def answer(person: Person) -> Any:
            assistant = self.admin.services.assistant
            return [await assistant.answer(question, person.asker), *await assistant.complete_company(begun, person.asker)]

        return answer

    def _ask(self) -> Visit:
        number = f" #{self._number()}" if self.random.random() < 0.4 else ""
        role = f": {self.random.choice(ROLES)}" if self.random.random() < 0.3 else ""
        country = "Kenya" if self.random.random() < 0.2 else None
        question = Question(topic=self.random.choice(_TOPICS), company=f"{self._name()}{role}{number}", country=country)
        return lambda person: self.chat.ask(question, person)

    def _press(self) -> Visit:
        """Press a button that somebody was shown, or one that nobody ever was."""
        button = read_button_id(self.random.choice(self.pressed)) if self.pressed and self.random.random() < 0.5 else None
        if button is None or button.action not in FOR_ANYBODY:
            action, topic = self.random.choice(sorted(FOR_ANYBODY)), self.random.choice([*_TOPICS, "other"])
            button = ButtonId(action, posting=self._number(), topic=topic, page=self.random.randrange(3), owner=1)
        self.forged = button.posting
        made, echo = button, self.random.choice(self.asked)
        return lambda person: self.chat.press(made, person, echo=echo)

    def _offer(self) -> Visit:
        name = self._name()
        typed = name[: self.random.randrange(len(name) + 1)]
        return lambda person: self.chat.company_choices(typed, person)

    def _list(self) -> Visit:
        async def read(person: Person) -> Any:
            return [words_of(card) for card in (await self.chat.postings(person), await self.chat.privacy(person))]

        return read

    def _watch(self) -> Visit:
        """Watch something, and press a button of a watch."""
        name, number, echo = self._name(), self._number(), self.random.choice(self.asked)
        action, role, to = self.random.choice(sorted(OF_WATCHES)), self.random.choice(ROLES), Delivery()

        async def watch(person: Person) -> Any:
            button = ButtonId(action, posting=number, owner=person.id, group="own")
            doing = (self.watching.watch_company(name, person, to=to), self.watching.watch_search({"role": role}, person, to=to))
            cards = [await self.watching.press(button, person, echo=echo), *[await or_refusal(one, person.locale) for one in doing]]
            return [words_of(card) for card in cards]

        return watch

    async def _press_posting(self, person: Person, _scope: Scope) -> Any:
        button = read_button_id(self.random.choice(self.pressed)) if self.pressed and self.random.random() < 0.3 else None
        if button is None or button.action in FOR_ANYBODY or button.action in _OF_UPLOADS:
            revision, page = self.random.randrange(3), self.random.randrange(2)
            group = self.random.choice([*ListKind]).value
            action = self.random.choice(_OF_POSTINGS)
            button = ButtonId(action, posting=self._number(), revision=revision, group=group, page=page)
        self.forged = button.posting
        return await self.admin.press(button, person)

    async def _press_proposal(self, person: Person, scope: Scope) -> Any:
        """Press a button of a preview, or send its form; another scope's is told no more of than one that never was."""
        owners = [one for one in self.world.scopes if one.proposals]
        if not owners:
            return ""
        owner = self.random.choice(owners)
        button = ButtonId(
            self.random.choice((*_OF_PROPOSALS, ButtonAction.TYPED)),
            proposal=self.random.choice(owner.proposals),
            posting=self._number(),
            group=self.random.choice(FORM_GROUPS).name,
        )
        shown = await self._do(button, person)
        if owner is not scope:
            self.seen["refused"] += 1
            assert words_of(shown) == words_of(await self._do(replace(button, proposal=_NOWHERE), person))
        return shown

    async def _do(self, button: ButtonId, person: Person) -> Any:
        if button.action is ButtonAction.TYPED:
            return await self.admin.submit(SubmittedForm(button, {"head_title": "Baker"}), person)
        return await self.admin.press(button, person)

    async def _press_upload(self, person: Person, scope: Scope) -> Any:
        """Press a button of another scope's upload: its own would be read by a process, which takes long."""
        owners = [one for one in self.world.scopes if one is not scope and one.uploads]
        if not owners:
            return ""
        owner = self.random.choice(owners)
        button = ButtonId(self.random.choice(_OF_UPLOADS), proposal=self.random.choice(owner.uploads))
        shown = await self.admin.press(button, person)
        assert words_of(shown) == words_of(await self.admin.press(replace(button, proposal=_NOWHERE), person))
        assert await self.admin.services.uploads.find(button.proposal, scope=owner.name)
        return shown

    async def _name_posting(self, person: Person, _scope: Scope) -> Any:
        """Name a posting by its number or by its company."""
        typed = f"#{self._number()}" if self.random.random() < 0.5 else self._name()
        do = self.random.choice((edit, ask_to_remove, restore_typed, show_history))
        offer = self.random.choice((offer_any, offer_current, offer_removed))
        choices = [part for choice in await self.admin.offer(offer, typed, person=person) for part in choice]
        return [words_of(await self.admin.carry_out(lambda context: do(context, typed), person)), *choices]

    async def _list_managed(self, person: Person, _scope: Scope) -> Any:
        if self.random.random() < 0.1:
            form = self.random.choice([*ExportForm])
            return await self.admin.carry_out(lambda context: export(context, form, most_bytes=10_000_000), person)
        if self.random.random() < 0.3:
            return await self.admin.carry_out(lambda context: show_history(context, None), person)
        company = self._name() if self.random.random() < 0.3 else None
        kind = self.random.choice([*ListKind])
        return await self.admin.carry_out(lambda context: show_list(context, kind, company=company), person)


def without(words: str, watches: Iterable[Watch]) -> str:
    """Leave out what watches are called."""
    names = {words_of(name) for watch in watches for name in (watch.name, watch.company_key) if name}
    for name in sorted(names, key=len, reverse=True):
        words = words.replace(name, "")
    return words


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    async with open_store(f"sqlite+aiosqlite:///{tmp_path / 'leaks.db'}") as store:
        yield Services(store, Assistant(store), ServerCache(store), _render_nobody)


async def _render_nobody(_scope: str, _card: Card) -> None:
    """Keep a notice to oneself."""


async def test_over_many_worlds_nobody_reads_what_is_not_theirs(services: Services) -> None:
    random, secrets, known = Random(4), Secrets(), [Scope(EVERYONE)]  # noqa: S311 -- the same worlds each time
    snoop = Snoop(secrets, random, ChatService(Opened(services.store, services.assistant)), AdminService(services))
    for _ in range(WORLDS):
        snoop.world = await make_world(random, known, secrets=secrets, services=services)
        await snoop.visit()
        await snoop.manage()
        await snoop.tell()
    await services.assistant.settle()
    for scope in known:
        gaps = words_of(one.question.company for one in await services.store.gaps.list_gaps(scopes={scope.name}))
        assert secrets.leaked(gaps, readers={scope.name, EVERYONE}) == []
    assert snoop.seen["shown"] > WORLDS / 2
    assert snoop.seen["refused"] > WORLDS / 40
    assert snoop.seen["told"] > WORLDS / 60
