"""What people wait for: watches are made, listed and ended, what was done to postings is matched with them, and told."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple, TypeAlias

from bot.admin.context import Services, scope_to_manage
from bot.admin.history import TOLD_AS, Happened, News, brief_changes, sum_up
from bot.admin.service import ChosenChannel
from bot.answering.across import weigh
from bot.domain.errors import RolecallError, StorageError
from bot.domain.person import EVERYONE, Asker, Person
from bot.domain.posting import KeptPosting, Pace, Sighting, Watch
from bot.domain.query import Form, Query, Reach, Target, TargetKind, Verdict
from bot.presentation.answer_card import posting_name
from bot.presentation.buttons import ButtonAction, ButtonId
from bot.presentation.card import Card, Control, Entry, Look, Tone, cut, cut_page, escaped_within, paged, readable, units
from bot.presentation.chat_service import read_number
from bot.presentation.notices import LISTED_TOPICS, asking_card, posting_entry, refusal_card
from bot.questions.commands import write_command
from bot.questions.company_names import company_key
from bot.storage.watches import READER, WRITTEN_AT_ONCE, Holder, Letter, LoggedAction, NotNow
from bot.storage.watches import Entry as Unsent
from bot.text.clean import begin_large
from bot.text.translations import name_search, say, say_of

KIND = "watch"
"""What the outbox calls what is told to those who watch."""

_ON_PAGE, _SHOWN = 6, 6
"""Watches on a page of their list, and postings in one message."""

_LONGEST_NAME = 120
_MOST_SCOPES = 100
_SKETCHED_AT_ONCE, _MOST_COMPARED = 50, 60
"""Postings of a message that are made into values at once, and changed ones that are looked into; of more it is only said how many."""

_LONGEST_ENTRY = 560
"""Characters told of one posting: six of them fit into a message."""

_OWN, _OF_SERVER = "own", "server"
"""Groups of buttons: whose watch it is."""

PACES = {Pace.AT_ONCE: "at once", Pace.DAILY: "once a day", Pace.WEEKLY: "once a week"}
_NO_SEARCH = "I cannot watch that: say what the postings shall be, as in /watch search with a role, a country or a workplace"
_TOO_LONG = "This question is too long to be watched by its button; /watch search takes the same"
_ONLY_IN_SERVER = "A channel is told only in its server; use /watch there, or leave the channel out to be told in a direct message"
_NO_CHANNEL = "A role is mentioned in a channel; name the channel too"
_EVERYBODY = "That role is everybody; choose one whose members want to be told"

IsMember: TypeAlias = Callable[[int, int], Awaitable[bool | None]]
"""Tells whether a person is a member of a server where the bot is, None where that cannot be said now."""


@dataclass(frozen=True)
class Delivery:
    """How somebody wants to be told."""

    pace: Pace = Pace.AT_ONCE
    channel: ChosenChannel | None = None
    """A channel of the server, which takes the right to manage; None for a direct message."""

    role: int | None = None
    """The role that is mentioned there."""


class Notice(NamedTuple):
    """What is told of a watch in one message; the id of its letter stands in the id of one of its buttons, by which it is known again."""

    card: Card
    role: int | None = None
    """The one role that is mentioned, above the card's text."""


class WatchService:
    """Makes, lists and ends watches, and says what is told of them; what cannot be done is raised, StorageError by every method."""

    def __init__(self, services: Services, *, is_member: IsMember) -> None:
        self._services = services
        self._store = services.store
        self._assistant = services.assistant
        self._is_member = is_member
        self._untold: frozenset[str] = frozenset()
        """Who has watches that were paused, and was not told so."""

    # What people say.

    async def watch_company(self, typed: str, person: Person, *, to: Delivery) -> Card:
        """Watch a company, one of its roles, or the posting that a choice names; also a company of which there is no posting yet."""
        named = read_number(typed)
        kept = await self._store.get(named.number, scopes=person.asker.scopes) if named and named.name else None
        if named and kept is not None and named.fits(kept.posting.company, kept.posting.title):
            return await self._watch(person, to, subject=_of_posting(kept))
        target = await self._assistant.match_posting(typed, person.asker)
        if target.kind is TargetKind.TIED:
            names = ", ".join(target.names[:_ON_PAGE]) or cut(readable(typed), _LONGEST_NAME)
            raise RolecallError("Several fit: {names}; write it out", names=names)
        if target.kind is TargetKind.FOUND and target.role:
            query = Query(reach=Reach.ALL, form=Form.LIST, targets=(_without_ids(target),), role=target.role)
            return await self._watch(person, to, subject={"query": query, "name": f"{target.company}: {target.role}"})
        is_new = target.kind is not TargetKind.FOUND
        return await self._watch(person, to, subject=_of_company(typed if is_new else target.company or typed), is_new=is_new)

    async def watch_search(self, options: Mapping[str, object], person: Person, *, to: Delivery) -> Card:
        """Watch what a search with these options finds."""
        return await self._watch_words(write_command("search", options) if any(options.values()) else "", person, to)

    async def press(self, button: ButtonId, person: Person, *, echo: str) -> Card:
        """Do what a button stands for; `echo` is the question that the message with the button repeats."""
        try:
            return await (self._watch_pressed(button, person, echo) if button.action is ButtonAction.WATCH else self._press(button, person))
        except StorageError:
            raise
        except RolecallError as error:
            return replace(refusal_card(error, person.locale), is_aside=True)

    async def _watch_words(self, words: str, person: Person, to: Delivery) -> Card:
        query = await self._assistant.read_search(words, person.asker) if words else None
        if query is None:
            raise RolecallError(_NO_SEARCH)
        unknown = next((one for one in query.targets if one.kind is not TargetKind.FOUND), None)
        if unknown is not None:
            name = cut(readable(unknown.typed), _LONGEST_NAME)
            raise RolecallError("I know no company “{name}” here; /watch company waits for one", name=name)
        query = query.model_copy(update={"text": "", "targets": tuple(map(_without_ids, query.targets))})
        return await self._watch(person, to, subject={"query": query, "name": name_search(words, person.locale)})

    async def _press(self, button: ButtonId, person: Person) -> Card:
        holder = await self._holder(person, is_of_server=button.group.startswith(_OF_SERVER))
        is_listed = button.action is ButtonAction.END_WATCH and not button.proposal
        if is_listed:
            await self._store.watches.remove(button.posting, holder)
        elif button.action is ButtonAction.END_WATCHES:
            await self._store.watches.remove_all(holder)
        elif button.action is ButtonAction.RESUME:
            await self._store.watches.resume(holder)
        elif button.action is not ButtonAction.WATCHES:
            found = await self._store.watches.get(button.posting, holder)
            if found is None:
                return replace(asking_card(say("This watch has ended.", person.locale)), is_aside=True)
            return await self._change(button, found, person)
        return await self._list(holder, person, page=button.page)

    async def _change(self, button: ButtonId, found: Watch, person: Person) -> Card:
        """End a watch from the message that it told something by, or have it tell otherwise or of less."""
        holder = Holder(found.person, found.server)
        if button.action is ButtonAction.END_WATCH:
            await self._store.watches.remove(found.id, holder)
            told = say("Ended. I tell you no more of **{name}**.", person.locale, name=escaped_within(found.name, _LONGEST_NAME))
            return Card(told, tone=Tone.SILENT, is_personal=True, is_aside=True)
        pace, number = button.group.rpartition("_is_")[2], int(button.proposal) if button.proposal.isdecimal() else 0
        changed: dict[str, Any] = {"pace": Pace(pace)} if pace in {*Pace} else {}
        if button.action is ButtonAction.WATCH_POSTING and (kept := await self._store.get(number, scopes=person.asker.scopes)):
            changed |= {"company": None, "company_key": None, "query": None, **_of_posting(kept)}
        watch = found.model_copy(update=changed)
        await self._store.watches.change(found.id, holder, to=watch)
        return self._made_card(watch, person)

    async def _watch_pressed(self, button: ButtonId, person: Person, echo: str) -> Card:
        """Watch what an answer is about: the posting's company, or else the posting; or what its search finds."""
        if not button.posting:
            if echo.endswith("…"):
                raise RolecallError(_TOO_LONG)
            return await self._watch_words(echo, person, Delivery())
        kept = await self._store.get(button.posting, scopes=person.asker.scopes)
        if kept is None:
            return asking_card(say("This posting is no longer here.", person.locale))
        company = kept.posting.company
        subject = _of_company(company) if company and company_key(company) else _of_posting(kept)
        return await self._watch(person, Delivery(), subject=subject, posting=kept.id if "company" in subject else 0)

    async def list_watches(self, person: Person) -> Card:
        """List a person's watches, each with a button that ends it."""
        return await self._list(Holder(person.as_actor().id), person)

    async def tell_paused(self, person: Person) -> Card | None:
        """Return what somebody is told whose watches were paused, once; None for everybody else."""
        if (name := person.as_actor().id) not in self._untold:
            return None
        self._untold -= {name}
        if not await self._store.watches.note_told(name):
            return None
        told = "I could not send you a direct message, so what you watch is paused. Let me write to you, then press the button."
        resume = ButtonId(ButtonAction.RESUME, owner=person.id, group=_OWN)
        row = (Control(say("Go on", person.locale), press=resume, look=Look.GOOD), _list_control(person.locale, person.id))
        return replace(asking_card(say(told, person.locale)), rows=(row,))

    async def _holder(self, person: Person, *, is_of_server: bool) -> Holder:
        """Return whose watches somebody acts on; raises NotAllowed where they are a server's and may not be managed."""
        if not is_of_server:
            return Holder(person.as_actor().id)
        if person.server is None:
            raise RolecallError(_ONLY_IN_SERVER)
        scope_to_manage(person, await self._services.servers.get(person.server))
        return Holder(None, person.server)

    async def _watch(self, person: Person, to: Delivery, *, subject: Mapping[str, Any], is_new: bool = False, posting: int = 0) -> Card:
        """Keep a watch and say so; of a company that `is_new` there is no posting yet."""
        holder = await self._holder(person, is_of_server=to.channel is not None)
        if to.role is not None and to.channel is None:
            raise RolecallError(_NO_CHANNEL)
        if to.role is not None and to.role == person.server:  # the role that Discord gives everybody has the server's number
            raise RolecallError(_EVERYBODY)
        if to.channel and to.channel.missing:
            missing = ", ".join(say(right, person.locale) for right in to.channel.missing)
            raise RolecallError("I may not tell that channel anything: I lack {missing} there", missing=missing)
        servers = sorted(person.asker.scopes - {EVERYONE})[:_MOST_SCOPES]
        wanted = Watch(
            person=holder.person,
            server=person.server,
            channel=to.channel.id if to.channel else None,
            role=to.role,
            scopes=frozenset({EVERYONE, *servers}),
            language=person.locale,
            pace=to.pace,
            made_at=self._store.watches.now(),
            **subject,
        )
        return self._made_card(await self._store.watches.add(wanted), person, is_new=is_new, posting=posting)

    def _made_card(self, watch: Watch, person: Person, *, is_new: bool = False, posting: int = 0) -> Card:
        """Say what is watched and how it is told, with what else may be wanted."""
        locale, group = person.locale, _group_of(watch)
        name, pace = escaped_within(watch.name, _LONGEST_NAME), say(PACES[watch.pace], locale)
        where = say("in {channel}", locale, channel=f"<#{watch.channel}>") if watch.channel else say("in a direct message", locale)
        told = "I tell {pace}, {where}, what becomes of **{name}**: what is new, what changes, closes or opens again."
        lines = [say(told, locale, name=name, pace=pace, where=where)]
        if is_new:
            lines.insert(0, say("There is no posting from “{name}” here yet.", locale, name=name))
        own = ButtonId(ButtonAction.SET_PACE, posting=watch.id, owner=person.id)
        paces = tuple(
            Control(begin_large(say(words, locale)), press=replace(own, group=f"{group}_is_{one}"), is_current=watch.pace is one)
            for one, words in PACES.items()
        )
        only = replace(own, action=ButtonAction.WATCH_POSTING, group=group, proposal=str(posting))
        first = (Control(say("Only this posting", locale), press=only),) if posting else ()
        end = Control(say("End it", locale), press=replace(own, action=ButtonAction.END_WATCH, group=group), look=Look.DANGER)
        rows = (paces, (*first, end, _list_control(locale, person.id, group)))
        return Card("\n".join(lines), title=say("Watched", locale), rows=rows, is_personal=True)

    async def _list(self, holder: Holder, person: Person, *, page: int = 0) -> Card:
        locale, owner = person.locale, person.id
        group = _OWN if holder.person is not None else _OF_SERVER
        found = await self._store.watches.list_watches(holder)
        part = cut_page(found, page, on_page=_ON_PAGE)
        turn = ButtonId(ButtonAction.WATCHES, page=part.number, owner=owner, group=group)
        last: list[Control] = []
        with suppress(RolecallError):  # they may not manage the server's
            await self._holder(person, is_of_server=True)
            last.append(_list_control(locale, owner, _OF_SERVER if group == _OWN else _OWN))
        if not found:
            told = say("Nothing is watched. Press *Watch* under an answer, or use `/watch company` or `/watch search`.", locale)
            return replace(asking_card(told), rows=(tuple(last),) if last else ())
        if any(one.is_paused for one in found):
            last.insert(0, Control(say("Go on", locale), press=replace(turn, action=ButtonAction.RESUME, page=0), look=Look.GOOD))
        end_all = replace(turn, action=ButtonAction.END_WATCHES, page=0)
        last.append(Control(say("End all", locale), press=end_all, look=Look.DANGER))
        ends = [Control(say("End it", locale), press=replace(turn, action=ButtonAction.END_WATCH, posting=one.id)) for one in part.items]
        entries = tuple(Entry(_line(one, locale), end) for one, end in zip(part.items, ends, strict=True))
        card = Card("", title=_name_list(group, locale), entries=entries, rows=(tuple(last),), is_personal=True)
        return paged(card, part, turn=turn, locale=locale)

    # What was done becomes what is to be told.

    async def scan(self) -> int:
        """
        Read what was done to postings since, and write down whom it is to be told; return how much that is.

        It is written as it is found, under keys that let nothing be there twice; that it was read is written last, so that nothing is lost.
        """
        self._untold = await self._store.watches.list_untold()
        written = 0
        while (reading := await self._store.outbox.read_ledger(READER)).end != reading.start:
            told, found = [action for action in reading.actions if action.kind in TOLD_AS], list[Unsent]()
            async for one in self._find(told):
                found.append(one)
                if len(found) == WRITTEN_AT_ONCE:
                    await self._store.outbox.add(found)
                    written += len(found)
                    found = []
            if await self._store.outbox.advance(READER, reading.start, to=reading.end, entries=found):
                written += len(found)
        return written

    async def _find(self, actions: Sequence[LoggedAction]) -> AsyncIterator[Unsent]:
        """Yield what is to be told of these actions: to those who watch the company or the posting, then to those who search."""
        by_name: dict[str | int, list[LoggedAction]] = defaultdict(list)
        for action in actions:
            by_name[action.posting].append(action)
            by_name[company_key(action.company or "")].append(action)
        keys, postings = [name for name in by_name if name and isinstance(name, str)], {action.posting for action in actions}
        async for watches in self._store.watches.find_named(keys, postings):
            for watch in watches:
                for action in filter(partial(_is_for, watch), by_name.get(watch.company_key or watch.posting or 0, ())):
                    yield self._to_unsent(watch, action)
        known: dict[_Search, Mapping[int, News | None]] = {}
        async for watches in self._store.watches.read_searches():
            for watch in watches:
                search = _Search(watch.query or Query(), watch.scopes)
                if search not in known:
                    known[search] = await self._match(search, actions)
                for action in filter(partial(_is_for, watch), actions):
                    if action.posting in known[search]:
                        yield self._to_unsent(watch, action, fit=known[search][action.posting])

    async def _match(self, search: "_Search", actions: Sequence[LoggedAction]) -> dict[int, News | None]:
        """Return which postings fit a search, and which have only come to fit it, or fit it no more."""
        actions = [action for action in actions if action.scope in search.scopes]
        fitting = await self._assistant.find_among(
            list({action.posting for action in actions}), search.query, asker=Asker(scopes=search.scopes)
        )
        found: dict[int, News | None] = dict.fromkeys(fitting)
        for action in actions:
            if TOLD_AS[action.kind] is News.CHANGED and action.before:
                did_fit = await self._did_fit(action, search.query)
                if did_fit is not (action.posting in fitting):
                    found[action.posting] = News.FITS_NO_MORE if did_fit else News.FITS_NOW
        return found

    async def _did_fit(self, action: LoggedAction, query: Query) -> bool:
        before = await self._store.history(action.posting, scopes=[action.scope], among=[action.before or 0])
        companies = {company_key(one.company or "") for one in query.targets}
        return any(
            weigh(one.kept, query).verdict is Verdict.YES and (not companies or company_key(one.kept.posting.company or "") in companies)
            for one in before
        )

    def _to_unsent(self, watch: Watch, action: LoggedAction, *, fit: News | None = None) -> Unsent:
        payload = {"watch": watch.id, "posting": action.posting, "kind": action.kind.value, "before": action.before, "after": action.after}
        return Unsent(
            key=f"{KIND}:{watch.id}:{action.at.version}:{action.at.position}",
            kind=KIND,
            destination=watch.destination,
            bundle=f"{KIND}:{watch.id}",
            place=action.at.version,
            payload={**payload, "fit": fit},
            watch=watch.id,
            next_at=None if watch.is_paused else watch.next_digest(self._store.outbox.now()),
        )

    # What is told, as it is at the moment of telling.

    async def pause(self, letter: Letter) -> None:
        """Hold back what is told of a letter's watch, because nothing can be sent there."""
        await self._store.watches.pause(_watch_of(letter))
        self._untold = await self._store.watches.list_untold()

    async def make(self, letter: Letter) -> Notice | None:
        """Return what is told; None where there is nothing, or nobody may see it. Raises NotNow where that cannot be said now."""
        number = _watch_of(letter)
        watch = (await self._store.watches.get_many([number])).get(number)
        if watch is None or (watch.person is not None and watch.server is not None and not await self._is_there(watch, watch.server)):
            return None
        told = sum_up(letter.payloads)
        kept, ids = dict[int, KeptPosting](), list(told)
        for first in range(0, len(ids), _SKETCHED_AT_ONCE):
            sketched = await self._store.sketch(LISTED_TOPICS, scopes=watch.scopes, ids=ids[first : first + _SKETCHED_AT_ONCE])
            kept |= {one.id: one for one in sketched}
        for scope in {one.scope for one in kept.values()} - {EVERYONE, str(watch.server)}:
            if not await self._is_there(watch, int(scope)):
                kept = {one.id: one for one in kept.values() if one.scope != scope}
        ids = [number for number in told if number in kept]
        looked_into = [await self._item(kept[number], told[number], watch=watch) for number in ids[:_MOST_COMPARED]]
        items = [one for one in looked_into if one is not None]
        items += [_Item(told[number].news, kept[number], ()) for number in ids[_MOST_COMPARED:]]
        if not items:
            return None
        items.sort(key=lambda one: list(News).index(one.news))
        return Notice(self._notice_card(watch, letter, items=items), watch.role)

    async def _is_there(self, watch: Watch, server: int) -> bool:
        """Tell whether who watches may see a server's postings now."""
        if watch.person is None:
            return server == watch.server
        is_member = await self._is_member(int(watch.person.rpartition(":")[2]), server)
        if is_member is None:
            raise NotNow(f"Discord does not say whether somebody is a member of server {server}")
        return is_member

    async def _item(self, kept: KeptPosting, happened: Happened, *, watch: Watch) -> "_Item | None":
        """Return what is told of a posting; None where nothing of what was read in it has changed."""
        lines: list[str] = []
        if happened.news in (News.CHANGED, News.FITS_NOW, News.FITS_NO_MORE):
            among = [number for number in (happened.before, happened.after) if number]
            said = {one.kept.revision: one.kept.posting for one in await self._store.history(kept.id, scopes=[kept.scope], among=among)}
            before, after = (said.get(number or 0) for number in (happened.before, happened.after))
            if before and after:
                lines = await asyncio.to_thread(brief_changes, before, after, locale=watch.language)
            if not lines and happened.news is News.CHANGED:
                return None
        return _Item(happened.news, kept, tuple(lines))

    def _notice_card(self, watch: Watch, letter: Letter, *, items: Sequence["_Item"]) -> Card:
        locale, shown = watch.language, items[:_SHOWN]
        owner = int(watch.person.rpartition(":")[2]) if watch.person else 0
        counts = [f"{sum(1 for _ in same)} × {say(news.value, locale)}" for news, same in groupby(items, key=lambda one: one.news)]
        head = [f"<@&{watch.role}>"] if watch.role else []
        head += [" · ".join(counts)] if len(items) > 1 else []
        more = len(items) - len(shown)
        footer = say("… and {number} more.", locale, number=more) if more else None
        group = _group_of(watch)
        end = ButtonId(ButtonAction.END_WATCH, posting=watch.id, owner=owner, group=group, proposal=letter.id)
        return Card(
            "\n".join(head),
            title=escaped_within(say("News for {name}", locale, name=watch.name), _LONGEST_NAME),
            entries=tuple(_to_entry(one, owner=owner, locale=locale) for one in shown),
            footer=footer,
            rows=((Control(say("End this watch", locale), press=end), _list_control(locale, owner, group)),),
        )


class _Search(NamedTuple):
    """What is looked for, by somebody who may see some scopes."""

    query: Query
    scopes: frozenset[str]


class _Item(NamedTuple):
    news: News
    kept: KeptPosting
    lines: tuple[str, ...]


def _to_entry(one: _Item, *, owner: int, locale: str) -> Entry:
    """Return what is told of one posting, with a button that opens it."""
    plain = posting_entry(one.kept, {}, seen=Sighting(), owner=owner, locale=locale)
    head, *facts = say_of(say(one.news.value, locale), plain.body, locale=locale).split("\n")
    lines = [head]
    for line in [f"- {line}" for line in one.lines] or facts:
        if sum(map(units, lines)) + len(lines) + units(line) <= _LONGEST_ENTRY:
            lines.append(line)
    return replace(plain, body="\n".join(lines))


def _line(watch: Watch, locale: str) -> str:
    where = f" · <#{watch.channel}>" if watch.channel else ""
    paused = f"\n-# {say('paused: nothing could be sent', locale)}" if watch.is_paused else ""
    return f"**{escaped_within(watch.name, _LONGEST_NAME)}**\n{say(PACES[watch.pace], locale)}{where}{paused}"


def _name_list(group: str, locale: str) -> str:
    return say("My watches" if group == _OWN else "This server's watches", locale)


def _list_control(locale: str, owner: int, group: str = _OWN) -> Control:
    return Control(_name_list(group, locale), press=ButtonId(ButtonAction.WATCHES, owner=owner, group=group))


def _group_of(watch: Watch) -> str:
    return _OWN if watch.person is not None else _OF_SERVER


def _is_for(watch: Watch, action: LoggedAction) -> bool:
    return action.scope in watch.scopes and action.at.version > watch.since


def _of_company(name: str) -> dict[str, Any]:
    name = " ".join(name.split())
    return {"name": name, "company": name, "company_key": company_key(name) or name.casefold()}


def _of_posting(kept: KeptPosting) -> dict[str, Any]:
    return {"name": posting_name(kept.posting.company, kept.posting.title), "posting": kept.id}


def _without_ids(target: Target) -> Target:
    """Return a company without the postings that it has now."""
    return target.model_copy(update={"postings": ()})


def _watch_of(letter: Letter) -> int:
    return int(letter.bundle.rpartition(":")[2])
