"""Opens what answers, and answers what is said in a chat: a person and their words in, a card out."""

import asyncio
import json
import re
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from cachetools import LRUCache
from pydantic import TypeAdapter

from bot.answering.answers import locale_of
from bot.answering.conversations import PersonalNotes
from bot.domain.answer import Answer, State
from bot.domain.errors import StorageError
from bot.domain.person import Person
from bot.domain.posting import Watch
from bot.domain.query import Ask, Place, Profile, Query, Question, SearchKey
from bot.parsing.employer import find_other_names
from bot.presentation import notices, people
from bot.presentation.answer_card import View, answer_card, write_echo
from bot.presentation.buttons import WITH_CLOSED, ButtonAction, ButtonId
from bot.presentation.card import MOST_ROWS, Card, CardFile, Control, Form, Part, cut, cut_page, readable, units
from bot.presentation.charts import describe_chart, draw_picture
from bot.presentation.notices import Standing, about_card, welcome_card
from bot.presentation.people import Memberships, Turns
from bot.questions.commands import complete_skill, read_profile, write_command, write_profile
from bot.questions.company_index import pack
from bot.questions.company_names import Entry
from bot.questions.model import find_language
from bot.questions.places import find_asked_places, find_typed_place
from bot.questions.tokens import flatten
from bot.storage.address import check_there
from bot.storage.records import codec_of
from bot.storage.rows import OWN_NAMES
from bot.storage.store import Store
from bot.storage.watches import Holder
from bot.text.clean import fold
from bot.text.gazetteer import name_country
from bot.text.translations import say
from bot.topics import TOPICS
from bot.topics.company import find_own_names
from bot.topics.skills import name_skill, skill_key
from bot.topics.workplace import Workplace

if TYPE_CHECKING:
    from bot.answering.assistant import Assistant

# Opens the database and what answers from it, plugged together from the floors below; every interface begins here.

CODEC = codec_of(
    {topic.name: topic.adapter for topic in TOPICS},
    {topic.name: topic.keys for topic in TOPICS}
    | {OWN_NAMES: lambda one: map(SearchKey, {*find_other_names(one.text, one.company), *find_own_names(one.text, one.company)})},
    call=lambda posting, names: pack(Entry(0, "", posting.company or "", posting.title or "", posting.location or "", names=tuple(names))),
)
"""The topics' own types for what is kept, their keys to search by, and what postings are called by."""


class Opened(NamedTuple):
    """What an interface works with."""

    store: Store
    assistant: "Assistant"


@asynccontextmanager
async def open_store(database_url: str, *, may_create: bool = True) -> AsyncIterator[Store]:
    """Open the database with the topics' own types for what it holds; StorageError says in one line what keeps it shut."""
    if not may_create:
        check_there(database_url)
    async with Store.open(database_url, CODEC) as store:
        yield store


@asynccontextmanager
async def open_for_answers(
    database_url: str, *, fresh_for: float = 0.0, is_shared: bool = False, may_create: bool = True
) -> AsyncIterator[Opened]:
    """
    Open the database to answer from it; one that was never used is given the bundled postings first.

    `fresh_for` is how many seconds what other processes change may stay unseen, so that answers need not wait for a look. With
    `is_shared` they go on with the same conversations.
    """
    from bot.answering.assistant import Assistant

    async with open_store(database_url, may_create=may_create) as store:
        if await store.version() == 0:
            from bot.intake.importing import load_bundled

            await load_bundled(store)
        assistant = Assistant(store, fresh_for=fresh_for, is_shared=is_shared)
        try:
            yield Opened(store, assistant)
        finally:
            await assistant.settle()


# The choices that are offered while a company is typed, and what a chosen one means.

LONGEST_CHOICE = 100
_LONGEST_NAME = 150
"""Signs of a company or role that are looked at: a name of thousands of marks would hold everybody up at each keystroke."""

_ROOM_FOR_NUMBER = 22
_MOST_OF_COMPANY = 100
_NUMBER = re.compile(r"(?P<name>.{1,90} )?(?P<sign>#)?(?P<number>[0-9]{1,18})", re.DOTALL)


class TypedNumber(NamedTuple):
    """The number of a posting that was typed or chosen, perhaps behind a name."""

    number: int
    name: str

    def fits(self, company: str | None, title: str | None) -> bool:
        """
        Tell whether the name, if there is one, is that of this posting: a person may have typed any number.

        >>> TypedNumber(12, "Flex: Staff…").fits("Flex", "Staff Engineer"), TypedNumber(12, "Pachama").fits("Flex", None)
        (True, False)
        """
        return choice_name(company, title).startswith(self.name.rstrip("…"))


def read_number(typed: str) -> TypedNumber | None:
    """
    Return the number that was typed, None for anything else.

    >>> read_number(" 12 "), read_number("Acme: Baker #12"), read_number("Studio 54")
    (TypedNumber(number=12, name=''), TypedNumber(number=12, name='Acme: Baker'), None)
    """
    match = _NUMBER.fullmatch(typed.strip())
    if match is None or (match["name"] and not match["sign"]):
        return None
    return TypedNumber(int(match["number"]), (match["name"] or "").strip())


def choice_name(company: str | None, title: str | None) -> str:
    """Return what a posting is called where one is chosen: its company, and behind a colon its role."""
    return ": ".join(filter(None, (readable((name or "")[:_LONGEST_NAME]) for name in (company, title))))


def numbered(name: str, number: int) -> str:
    """
    Return a choice that means one posting by its number, cut before it where it is too long.

    >>> numbered("Acme: Baker", 12), len(numbered("b" * 200, 12))
    ('Acme: Baker #12', 82)
    """
    return f"{cut(name, LONGEST_CHOICE - _ROOM_FOR_NUMBER)} #{number}"


def posting_choices(entries: Sequence[Entry]) -> list[str]:
    """
    Return a choice for each posting: its company, and the role where the company has several.

    A choice that is cut, or that two postings share, ends in the posting's number, so that it means that one.

    >>> staff = Entry(id=1, scope="everyone", company="Flex", title="Staff Engineer")
    >>> posting_choices([staff, replace(staff, id=2, title="Data Analyst")])
    ['Flex: Staff Engineer', 'Flex: Data Analyst']
    """
    companies = [fold(entry.company[:_LONGEST_NAME]) for entry in entries]
    of_company = Counter(companies)
    names = [
        choice_name(entry.company, entry.title if of_company[company] > 1 else None)
        for entry, company in zip(entries, companies, strict=True)
    ]
    repeated = Counter(names)
    return [
        name if units(name) <= LONGEST_CHOICE and repeated[name] == 1 else numbered(name, entry.id)
        for entry, name in zip(entries, names, strict=True)
        if name
    ]


_LOOKED_AT = 500
"""Characters of a message in which its language is looked for."""


def locale_of_text(text: str, locale: str) -> str:
    """
    Return the locale that a message is answered in: that of its language, the reader's where it does not tell or is the same.

    >>> locale_of_text("was zahlt flex?", "en-US"), locale_of_text("flex", "pt-BR"), locale_of_text("quanto paga a flex?", "pt-BR")
    ('de', 'pt-BR', 'pt-BR')
    """
    return locale_of(Query(language=find_language(text[:_LOOKED_AT], locale=locale)), locale)


_MOST_CHOICES, _MOST_CARDS = 25, 2000
_WARMED = 8
"""Companies that are asked about before anybody does: more would find all that is loaded by then, and keep the process from being ready."""


_COMMANDS = {ButtonAction.FIT: "fit", ButtonAction.WHOLE: "show", ButtonAction.LEAF: "show"}
"""What buttons stand for that are about one posting."""


async def _with_picture(card: Card, answer: Answer) -> Card:
    """Return a card with its answer's chart, drawn in a thread."""
    if answer.chart is None:
        return card
    picture = await asyncio.to_thread(draw_picture, answer.chart, answer.language)
    return replace(card, files=(CardFile("pay.png", picture, describe_chart(answer.chart, answer.language)),))


class ChatService:
    """Answers everything that is said, typed or pressed in a chat."""

    def __init__(self, opened: Opened, memberships: Memberships | None = None, *, turns: Turns | None = None) -> None:
        self._store, self._assistant = opened
        self._memberships = memberships or Memberships()
        self._cards: LRUCache[tuple[int, View], tuple[Answer, Card]] = LRUCache(_MOST_CARDS)
        """By the identity of an answer, which the Assistant gives again for the same question; as long as it is here, no other has it."""

        self._turns = turns
        shared, texts = self._store.remembered, TypeAdapter(dict[str, str])
        self._told = PersonalNotes(shared, "told", TypeAdapter(Profile))
        """What people told of themselves, by who they are; written down only where they say so."""

        self._typed = PersonalNotes(shared, "typed", texts)
        """What could not be read of it, so that it need not be typed again."""

        self._asked = PersonalNotes(shared, "asked", TypeAdapter(str))
        """What they asked that goes by it."""

    async def warm_up(self) -> None:
        """Load what the first questions need, so that nobody waits for it."""
        await self._assistant.warm_up()
        nobody = Person(id=0, channel=0)
        for company in await self._assistant.complete_company("", nobody.asker, limit=_WARMED):
            await self.company_choices(company[:3], nobody)
            await self._say(f"tell me about {company}", nobody)
        example = await self._example(nobody) or "Acme"
        notices.place_choices("Kenya", locale=nobody.locale)
        for text in (f"what does {example} pay?", f"can I apply to {example} from Kenya?", f"is there on-call at {example}?"):
            await self._say(text, nobody)
        self._assistant.forget(str(nobody.id))

    async def settle(self) -> None:
        """Return when other processes know what was spoken of, or cannot be told."""
        await self._store.remembered.settle()

    async def ask(self, question: Question, person: Person) -> Card:
        """Answer a question that is put together from a command's options, or in free words."""
        if question.country and not find_asked_places(question.country, flatten(question.country)):
            return notices.unknown_country_card(question.country, person.locale)
        return await self._ask(question, person)

    async def _ask(self, question: Question, person: Person, *, page: int = 0, is_open: bool = False) -> Card:
        """Answer a question; one that goes by what somebody told of themselves is for their eyes only, and asks for that first."""
        view = View(owner=person.id, page=page, locale=person.locale, is_open=is_open)
        answer = await self._answer_choice(question, person) or await self._assistant.answer(question, person.asker)
        if not answer.is_own or answer.state is State.AMBIGUOUS:
            return await self._card_of(answer, view)
        in_public = people.not_here_card(answer, person.id, locale=answer.language)
        kept = await self._store.profiles.get(person.as_actor().id)
        told = await self._told.get(person.id) or kept
        if told is None:
            return replace(people.tell_card(person.id, question.text, locale=answer.language), in_public=in_public)
        answer = await self._assistant.answer(question.model_copy(update={"profile": told}), person.asker)
        card = await _with_picture(answer_card(answer, view), answer)
        is_list = answer.listing is not None or answer.state is not State.ANSWERED
        rows = (*(card.rows if is_list else card.rows[:1]), *people.told_rows(person.id, is_kept=told == kept, locale=answer.language))
        return replace(card, rows=rows[:MOST_ROWS], is_personal=True, in_public=in_public)

    async def _card_of(self, answer: Answer, view: View) -> Card:
        known = self._cards.get((id(answer), view))
        if known is None:
            known = self._cards[id(answer), view] = (answer, answer_card(answer, view))
        return await _with_picture(known[1], answer)

    async def profile_form(self, person: Person, *, echo: str) -> Form:
        """Return the form in which a person tells of themselves, with what they told or typed last; `echo` is answered when it is sent."""
        await self._asked.put(person.id, echo)
        told = await self._profile(person)
        return people.profile_form(await self._typed.get(person.id) or (write_profile(told) if told else {}), locale=person.locale)

    async def submit(self, texts: Mapping[str, str], person: Person) -> Card:
        """Take what a person told of themselves, and answer what they had asked before, if anything."""
        typed, echo = people.read_form(texts), await self._asked.get(person.id) or ""
        if refused := people.refusals_of(typed, locale=person.locale):
            await self._typed.put(person.id, typed)
            again = Control(say("Open the form again", person.locale), press=ButtonId(ButtonAction.TELL, owner=person.id))
            return replace(notices.asking_card(refused), rows=((again,),), footer=write_echo(echo, person.locale))
        await self._typed.drop(person.id)
        await self._asked.drop(person.id)
        await self._told.put(person.id, read_profile(typed))
        if echo:
            return await self._ask(Question(text=echo), person)
        return await self.privacy(person)

    async def locale_without_words(self, person: Person) -> str:
        """Return in whose words to answer who says nothing in words: as the conversation went on last, else the person's own."""
        language = await self._assistant.last_language(person.asker)
        return locale_of(Query(language=language), person.locale) if language else person.locale

    async def say(self, text: str, person: Person, *, about: int | None = None) -> Card:
        """Answer what is said in plain words, when it is the person's turn; `about` is the posting that is spoken of there, if any."""
        if self._turns is None:
            return await self._say(text, person, about)
        turn = self._turns.take(person.id)
        if turn is None:
            return notices.too_many_card(self._turns.most, locale_of_text(text, person.locale))
        async with turn:
            return await self._say(text, person, about)

    async def _say(self, text: str, person: Person, about: int | None = None) -> Card:
        if wanted_in := notices.asks_for_help(text, locale=person.locale):
            return notices.help_card(await self._example(person), wanted_in)
        return await self.ask(Question(text=text, thread=about), person)

    async def press(self, button: ButtonId, person: Person, *, echo: str) -> Card:  # noqa: PLR0911 -- one for each kind
        """Do what a button stands for; `echo` is the question that the message with the button repeats."""
        match button.action:
            case ButtonAction.FORGET:
                return await self._forget(person)
            case ButtonAction.PRIVACY:
                return await self.privacy(person)
            case ButtonAction.KEEP_TOLD | ButtonAction.GIVE_TOLD:
                return await self._press_own(button, person, echo)
            case ButtonAction.FIT | ButtonAction.COMPARE | ButtonAction.SILENT | ButtonAction.WHOLE | ButtonAction.LEAF:
                return await self._ask(await self._asked_by(button, person, echo), person, page=button.page)
            case ButtonAction.PAGE if echo and not button.posting:
                return await self._ask(Question(text=echo, page=button.page, is_turned=True), person, page=button.page)
            case ButtonAction.LIST:
                return await self.turn_postings(person, button)
            case ButtonAction.ASK:
                answer = await self._assistant.answer(Question(topic=button.topic, posting=button.posting), person.asker)
            case _:
                answer = await self._answer_again(button, person, echo)
        is_open = button.action is ButtonAction.MORE
        if answer.is_own and answer.state is not State.AMBIGUOUS:
            fit = Question(text=write_command("fit", [f"{answer.company or ''} #{button.posting}"]))
            return await self._ask(fit, person, page=button.page, is_open=is_open)
        return await self._card_of(answer, View(owner=person.id, page=button.page, locale=person.locale, is_open=is_open))

    async def _forget(self, person: Person) -> Card:
        self._assistant.forget(str(person.id))
        self._memberships.forget_person(person.id)
        for notes in (self._told, self._typed, self._asked):
            await notes.drop(person.id)
        if self._store.remembered.is_shared:
            await self._store.remembered.forget_person(str(person.id))
        await self._store.deferrals.forget_person(str(person.id))
        await self._store.profiles.delete(person.as_actor().id)
        await self._store.reports.forget(person.as_actor().id)
        await self._store.watches.remove_all(Holder(person.as_actor().id))
        return people.forgotten_card(person.locale)

    async def _asked_by(self, button: ButtonId, person: Person, echo: str) -> Question:
        """Return the question that a button of a list, or one that asks for a fit, stands for."""
        if button.action in _COMMANDS:
            return Question(text=write_command(_COMMANDS[button.action], [f"#{button.posting}"]))
        if button.action is ButtonAction.SILENT:
            return Question(text=echo, page=button.page, is_turned=True, is_silent=True)
        told = await self._profile(person)
        listed = await self._assistant.answer(Question(text=echo, page=button.page, is_turned=True, profile=told), person.asker)
        return Question(
            text=write_command("compare", [f"{one.company or one.title or ''} #{one.id}" for one in listed.suggested or listed.postings])
        )

    async def _profile(self, person: Person) -> Profile | None:
        return await self._told.get(person.id) or await self._store.profiles.get(person.as_actor().id)

    async def _press_own(self, button: ButtonId, person: Person, echo: str) -> Card:
        """Keep what a person told of themselves, or give it to them."""
        told, watched = await self._profile(person), await self._watched(person)
        if button.action is ButtonAction.GIVE_TOLD and (told is not None or watched):
            own = told.model_dump(mode="json", exclude_none=True) if told else {}
            own |= {"watches": [one.model_dump(mode="json", exclude_defaults=True) for one in watched]} if watched else {}
            written = json.dumps(own, indent=2, ensure_ascii=False)
            return replace(people.given_card(person.locale), files=(CardFile("about-you.json", written.encode()),))
        if told is None:
            return people.tell_card(person.id, echo, locale=person.locale)
        await self._store.profiles.put(person.as_actor().id, told)
        return await (self._ask(Question(text=echo), person) if echo else self.privacy(person))

    async def postings(self, person: Person, *, company: str | None = None, country: str | None = None, group: str = "") -> Card:
        """
        List the postings that the person may see: all, or those of a company, open to a country, done in one way.

        `group` is a workplace, and ends in WITH_CLOSED where closed ones are wanted too.
        """
        if country and not find_asked_places(country, flatten(country)):
            return notices.unknown_country_card(country, person.locale)
        target = await self._assistant.match_posting(company, person.asker) if company else None
        if target and not target.postings:
            return await self.ask(Question(company=company), person)
        place = find_typed_place(country) if country else None
        number, code = target.postings[0] if target else 0, place.country if place else None
        turn = ButtonId(ButtonAction.LIST, posting=number, country=code, owner=person.id, group=group)
        return await self.turn_postings(person, turn)

    async def turn_postings(self, person: Person, turn: ButtonId) -> Card:
        """List the page of a button that narrows the list as its id says."""
        asker = person.asker
        with_closed = turn.group.endswith(WITH_CLOSED)
        workplace = turn.group.removesuffix(WITH_CLOSED)
        asks = [Ask(topic="workplace", values=(workplace,))] if workplace in {*Workplace} else []
        asks += [Ask(topic="countries", place=Place(typed=turn.country, country=turn.country))] if turn.country else []
        ids: list[int] | None = None
        if turn.posting:
            named = await self._store.get(turn.posting, scopes=asker.scopes)
            company = named.posting.company if named else None
            ids = [one.id for one in await self._assistant.postings_like(company, asker, limit=_MOST_OF_COMPANY)] if company else []
        if (asks or ids) and ids != []:
            ids = await self._assistant.find_fitting(asks, asker, within=ids or (), with_closed=with_closed)
        here = (await self._store.weigh([], scopes=asker.scopes, with_closed=with_closed)).here if ids is None else 0
        count, limit = len(ids) if ids is not None else here.bit_count(), notices.POSTINGS_ON_PAGE
        part = cut_page(range(count) if ids is None else ids, turn.page, on_page=limit)
        if ids is None:
            skip = part.number * limit
            part = part._replace(items=await self._store.newest(scopes=asker.scopes, limit=limit, skip=skip, with_closed=with_closed))
        kept = await self._store.sketch(notices.LISTED_TOPICS, scopes=asker.scopes, ids=part.items)
        kept.sort(key=lambda one: -one.id)
        seen = await self._store.boards.sightings(part.items, scopes=asker.scopes)
        turn = replace(turn, page=part.number, owner=person.id)
        return notices.postings_card(Part(kept, part.number, part.pages), count=count, seen=seen, turn=turn, locale=person.locale)

    async def help(self, person: Person) -> Card:
        """Say what can be asked."""
        return notices.help_card(await self._example(person), person.locale)

    async def about(self, person: Person, standing: Standing) -> Card:
        """Say what runs here, also while the database is away."""
        try:
            postings = await self._store.count(scopes=person.asker.scopes)
        except StorageError:
            postings = None
        return about_card(standing, postings=postings, owner=person.id, locale=person.locale)

    async def welcome(self, server: int, locale: str) -> Card:
        """Introduce the bot to a server."""
        return welcome_card(await self._example(Person(id=0, channel=0, server=server)), locale=locale)

    async def privacy(self, person: Person) -> Card:
        """Say what is kept about the person."""
        spoken_of = await self._assistant.remembers(str(person.id), person.asker)
        watched = [one.name for one in await self._watched(person)]
        return people.privacy_card(spoken_of, person.id, told=await self._profile(person), watched=watched, locale=person.locale)

    async def _watched(self, person: Person) -> list[Watch]:
        return await self._store.watches.list_watches(Holder(person.as_actor().id))

    async def company_choices(self, typed: str, person: Person) -> list[str]:
        """Return what to offer while a company is typed, each at most 100 characters."""
        return posting_choices(await self._assistant.complete_posting(typed[:LONGEST_CHOICE], person.asker))

    async def skill_choices(self, typed: str, person: Person) -> list[tuple[str, str]]:
        """Return the skills to offer that postings here name, behind those that are typed already."""
        *before, last = typed.split(",")
        wanted, scopes = skill_key(last[:LONGEST_CHOICE]), person.asker.scopes
        keys = [key for key, _ in await self._store.list_keys("skills", wanted, scopes=scopes)]
        keys = keys or complete_skill(wanted, [key for key, _ in await self._store.list_keys("skills", "", scopes=scopes)])
        chosen = [name.strip() for name in before if name.strip()]
        names = [name_skill(key) for key in keys if key not in map(skill_key, chosen)]
        whole = [", ".join([*chosen, name]) for name in names[:_MOST_CHOICES]]
        return [(name, name) for name in whole if units(name) <= LONGEST_CHOICE]

    async def role_choices(self, typed: str, person: Person) -> list[tuple[str, str]]:
        """Return the titles to offer that postings here have."""
        titles = await self._assistant.complete_title(typed[:LONGEST_CHOICE], person.asker)
        return [(name, name) for name in dict.fromkeys(cut(readable(title), LONGEST_CHOICE) for title in titles) if name]

    async def _example(self, person: Person) -> str | None:
        return next(iter(await self._assistant.complete_company("", person.asker, limit=1)), None)

    async def _answer_choice(self, question: Question, person: Person) -> Answer | None:
        """Answer about the posting that a choice names by its number; None for any other company."""
        typed = read_number(question.company or "")
        if typed is None or not typed.name:
            return None
        answer = await self._assistant.answer(question.model_copy(update={"posting": typed.number}), person.asker)
        about = answer.postings[0] if answer.postings else None
        return answer if about and typed.fits(about.company, about.title) else None

    async def _answer_again(self, button: ButtonId, person: Person, echo: str) -> Answer:
        """Answer about the button's posting what was asked before: the question in its own words, else the topic alone."""
        country = name_country(button.country) if button.country else None
        plain = Question(topic=button.topic, posting=button.posting, country=country)
        if not echo:
            return await self._assistant.answer(plain, person.asker)
        answer = await self._assistant.answer(Question(text=echo, posting=button.posting), person.asker)
        if button.topic and answer.topic != button.topic and answer.state is not State.NO_SUCH_COMPANY:
            answer = await self._assistant.answer(plain.model_copy(update={"text": echo}), person.asker)
        return answer
