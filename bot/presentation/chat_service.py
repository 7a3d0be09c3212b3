"""Where a chat's questions are answered: a visitor and what they say in, a card out."""

import re
from collections import Counter
from collections.abc import Sequence

from bot.domain.answer import Answer, State
from bot.domain.query import Question
from bot.presentation import notices
from bot.presentation.answer_card import RecentCards, View, flag_of
from bot.presentation.buttons import Press, Verb
from bot.presentation.card import Card, cut, readable
from bot.presentation.members import Memberships, Visitor
from bot.presentation.opening import Opened
from bot.questions.company_names import Entry
from bot.questions.places import complete_country, find_asked_places
from bot.questions.tokens import flatten
from bot.text.clean import fold
from bot.text.gazetteer import form_of, name_country

# The choices that are offered while a company is typed, and what a chosen one means.

LONGEST_CHOICE = 100
_NUMBER = re.compile(r"(?P<name>.{1,90}) #(?P<posting>\d{1,18})", re.DOTALL)
_ROOM_FOR_NUMBER = 20


def posting_choices(entries: Sequence[Entry]) -> list[str]:
    """
    Return a choice for each posting: its company, and the role where the company has several.

    A choice that is cut, or that two postings share, ends in the posting's number, so that it means that one.

    >>> staff = Entry(id=1, scope="everyone", company="Flex", title="Staff Engineer")
    >>> posting_choices([staff, staff.model_copy(update={"id": 2, "title": "Data Analyst"})])
    ['Flex: Staff Engineer', 'Flex: Data Analyst']
    """
    of_company = Counter(fold(entry.company) for entry in entries)
    names = [_name(entry, with_role=of_company[fold(entry.company)] > 1) for entry in entries]
    repeated = Counter(names)
    return [
        name if len(name) <= LONGEST_CHOICE and repeated[name] == 1 else f"{cut(name, LONGEST_CHOICE - _ROOM_FOR_NUMBER)} #{entry.id}"
        for entry, name in zip(entries, names, strict=True)
        if name
    ]


def read_choice(typed: str) -> int | None:
    """
    Return the number of the posting that a choice ends in, None for any other text.

    >>> read_choice("Flex: Staff Engineer #12"), read_choice("Flex")
    (12, None)
    """
    match = _NUMBER.fullmatch(typed.strip())
    return int(match["posting"]) if match and match["posting"].isascii() else None


def is_choice_of(typed: str, *, company: str | None, title: str | None) -> bool:
    """
    Tell whether a choice with a number names this posting: a person may have typed any number.

    >>> is_choice_of("Flex: Staff Engineer #12", company="Flex", title="Staff Engineer")
    True
    >>> is_choice_of("Pachama #12", company="Flex", title="Staff Engineer")
    False
    """
    match = _NUMBER.fullmatch(typed.strip())
    whole = ": ".join(filter(None, (readable(company or ""), readable(title or ""))))
    return match is not None and whole.startswith(match["name"].rstrip("…"))


def _name(entry: Entry, *, with_role: bool) -> str:
    company, title = readable(entry.company), readable(entry.title)
    return f"{company}: {title}" if with_role and title else company


class Desk:
    """Answers everything that is said, typed or pressed in a chat."""

    def __init__(self, opened: Opened, memberships: Memberships | None = None) -> None:
        self._store, self._assistant = opened
        self._memberships = memberships or Memberships()
        self._cards = RecentCards()

    async def warm_up(self) -> None:
        """Load what the first questions need, so that nobody waits for it."""
        await self._assistant.warm_up()
        nobody = Visitor(id=0, channel=0)
        for company in await self._assistant.complete_company("", nobody.asker):
            await self.company_choices(company[:3], nobody)
            await self.say(f"tell me about {company}", nobody)
        example = await self._example(nobody) or "Acme"
        self.country_choices("Kenya", nobody)
        for text in (f"what does {example} pay?", f"can I apply to {example} from Kenya?", f"is there on-call at {example}?"):
            await self.say(text, nobody)
        self._assistant.forget(nobody.person)

    async def ask(self, question: Question, visitor: Visitor) -> Card:
        """Answer a question that is put together from a command's options, or in free words."""
        if question.country and not find_asked_places(question.country, flatten(question.country)):
            return notices.refusal_card(f"I know no country called “{question.country}”. Write it out, as in: Kenya")
        answer = await self._answer_choice(question, visitor) or await self._assistant.answer(question, visitor.asker)
        return self._cards.card_of(answer, View(owner=visitor.id, locale=visitor.locale))

    async def say(self, text: str, visitor: Visitor) -> Card:
        """Answer what is said in plain words."""
        if notices.asks_for_help(text):
            return notices.help_card(await self._example(visitor))
        return await self.ask(Question(text=text), visitor)

    async def press(self, press: Press, visitor: Visitor, *, echo: str) -> Card:
        """Do what a button stands for; `echo` is the question that the message with the button repeats."""
        match press.verb:
            case Verb.FORGET:
                self._assistant.forget(visitor.person)
                self._memberships.forget_person(visitor.id)
                return notices.FORGOTTEN
            case Verb.LIST:
                return await self.postings(visitor, press.page)
            case Verb.ASK:
                answer = await self._assistant.answer(Question(topic=press.topic, posting=press.posting), visitor.asker)
            case Verb.PICK | Verb.PAGE | Verb.MORE:
                answer = await self._answer_again(press, visitor, echo)
        view = View(owner=visitor.id, page=press.page, locale=visitor.locale, is_open=press.verb is Verb.MORE)
        return self._cards.card_of(answer, view)

    async def postings(self, visitor: Visitor, page: int = 0) -> Card:
        """List the postings that the visitor may see."""
        listed = await self._store.list_postings(scopes=visitor.asker.scopes)
        return notices.postings_card(listed, page, owner=visitor.id)

    async def help(self, visitor: Visitor) -> Card:
        """Say what can be asked."""
        return notices.help_card(await self._example(visitor))

    async def privacy(self, visitor: Visitor) -> Card:
        """Say what is kept about the visitor."""
        spoken_of = await self._assistant.remembers(visitor.person, visitor.asker)
        return notices.privacy_card(spoken_of, visitor.id, knows_servers=self._memberships.knows(visitor.id))

    async def company_choices(self, typed: str, visitor: Visitor) -> list[str]:
        """Return what to offer while a company is typed, each at most 100 characters."""
        return posting_choices(await self._assistant.complete_posting(typed[:LONGEST_CHOICE], visitor.asker))

    def country_choices(self, typed: str, visitor: Visitor) -> list[tuple[str, str]]:
        """Return the countries to offer, as they are shown and as they are sent."""
        territories = form_of(visitor.locale).territories
        codes = complete_country(typed[:LONGEST_CHOICE], visitor.locale)
        return [(f"{flag_of(code)} {territories.get(code, code)}", name_country(code).removeprefix("the ")) for code in codes]

    async def _example(self, visitor: Visitor) -> str | None:
        return next(iter(await self._assistant.complete_company("", visitor.asker, limit=1)), None)

    async def _answer_choice(self, question: Question, visitor: Visitor) -> Answer | None:
        """Answer about the posting that a choice names by its number; None for any other company."""
        number = read_choice(question.company or "")
        if number is None:
            return None
        answer = await self._assistant.answer(question.model_copy(update={"posting": number}), visitor.asker)
        about = answer.postings[0] if answer.postings else None
        return answer if about and is_choice_of(question.company or "", company=about.company, title=about.title) else None

    async def _answer_again(self, press: Press, visitor: Visitor, echo: str) -> Answer:
        """Answer about the button's posting what was asked before: the question in its own words, else the topic alone."""
        country = name_country(press.country) if press.country else None
        plain = Question(topic=press.topic, posting=press.posting, country=country)
        if echo and not press.posting:
            return await self._assistant.answer(Question(text=echo), visitor.asker)
        if not echo:
            return await self._assistant.answer(plain, visitor.asker)
        answer = await self._assistant.answer(Question(text=echo, posting=press.posting), visitor.asker)
        if press.topic and answer.topic != press.topic and answer.state is not State.NO_SUCH_COMPANY:
            answer = await self._assistant.answer(plain.model_copy(update={"text": echo}), visitor.asker)
        return answer
