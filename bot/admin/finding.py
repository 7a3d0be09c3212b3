"""Which posting is meant, of those that may be managed: by its number, or by its company and role."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from bot.admin.context import AdminContext
from bot.domain.errors import RolecallError
from bot.domain.person import Actor
from bot.domain.posting import ActionKind, KeptPosting, Posting
from bot.domain.query import Target, TargetKind
from bot.presentation.answer_card import posting_name
from bot.presentation.card import cut, escaped_within, readable, timestamp
from bot.presentation.chat_service import choice_name, numbered, read_number
from bot.questions.commands import resolve_target
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import Entry
from bot.questions.match_company import complete_posting
from bot.storage.records import Listed
from bot.text.translations import language_of, say
from bot.topics import TOPICS
from bot.topics.topic import Topic

Choice: TypeAlias = tuple[str, str]
"""What is offered while somebody types: what is read, as "Acme: Baker #12", at most 100 characters; and what is sent, as "#12"."""

Offer: TypeAlias = Callable[[AdminContext, str], Awaitable[list[Choice]]]
"""Returns what to offer while a posting is typed."""

NOT_HERE = "There is no such posting here; /posting list shows what there is"
_NONE = "Among the postings that can be managed here there is no “{typed}”; /posting list shows what there is"
_NEAR = "Among the postings that can be managed here there is no “{typed}”; near to it are {names}"
_NONE_REMOVED = "Among the removed postings there is no “{typed}”; /posting list shows what there is"
_NEAR_REMOVED = "Among the removed postings there is no “{typed}”; near to it are {names}"

MOST_CHOICES = 25
_MOST_NAMED = 5
_LONGEST_NAME = 100


class NoSuchPosting(RolecallError):
    """No posting, or no single one, is meant by what was typed; the message says what there is."""

    def __init__(self, message: str = NOT_HERE, /, **values: object) -> None:
        super().__init__(message, **values)


async def find_current(context: AdminContext, typed: str) -> KeptPosting:
    """Return the current posting that is meant; raises NoSuchPosting for none, and for several."""
    named = read_number(typed)
    if named is not None:
        kept = await context.store.get(named.number, scopes=context.scopes)
        if kept is not None and named.fits(kept.posting.company, kept.posting.title):
            return kept
    target = await context.services.assistant.match_posting(typed, context.asker)
    is_found = target.kind is TargetKind.FOUND
    meant = await context.store.get_many(target.postings[:_MOST_NAMED], scopes=context.scopes) if is_found else ()
    number = _only_one(target, typed, names={one.id: posting_name(one.posting.company, one.posting.title) for one in meant})
    kept = await context.store.get(number, scopes=context.scopes)
    if kept is None:
        raise NoSuchPosting("“{typed}” was removed a moment ago", typed=_shown(typed))
    return kept


async def find_removed(context: AdminContext, typed: str) -> Listed:
    """Return the removed posting that is meant; raises NoSuchPosting for none, and for several."""
    removed = {listed.id: listed for listed in await context.store.list_removed(scopes=context.scopes)}
    named = read_number(typed)
    if named is not None and (listed := removed.get(named.number)) is not None:
        if named.fits(listed.company, listed.title):
            return listed
    elif named is not None and not named.name and await context.store.get(named.number, scopes=context.scopes) is not None:
        told = "#{number} is not removed; /posting history shows its older versions, which can be brought back"
        raise NoSuchPosting(told, number=str(named.number))
    match = await asyncio.to_thread(lambda: resolve_target(typed, _index_of(removed.values()), scopes={""}))
    names = {number: posting_name(listed.company, listed.title) for number, listed in removed.items()}
    return removed[_only_one(match, typed, names=names, is_removed=True)]


async def find_any(context: AdminContext, typed: str) -> int:
    """Return the number of the posting that is meant, a current one or else a removed one; raises NoSuchPosting."""
    try:
        return (await find_current(context, typed)).id
    except NoSuchPosting as unknown:
        try:
            return (await find_removed(context, typed)).id
        except NoSuchPosting:
            raise unknown from None


async def offer_current(context: AdminContext, typed: str) -> list[Choice]:
    """Return the current postings that a half-typed name or number may become, the best first."""
    named = read_number(typed)
    kept = await context.store.get(named.number, scopes=context.scopes) if named else None
    numbered = [_enter(kept.id, kept.posting.company, kept.posting.title)] if kept else []
    found = await context.services.assistant.complete_posting(typed[:_LONGEST_NAME], context.asker, limit=MOST_CHOICES)
    return _to_choices([*numbered, *found])


async def offer_removed(context: AdminContext, typed: str) -> list[Choice]:
    """Return the removed postings that a half-typed name or number may become; with nothing typed the one removed last first."""
    return _to_choices(await _complete_removed(context, typed))


async def offer_any(context: AdminContext, typed: str) -> list[Choice]:
    """Return the current postings that may be meant, then the removed ones, which say that they are."""
    current = await offer_current(context, typed)
    removed = await _complete_removed(context, typed)
    return [*current, *_to_choices(removed, mark="removed: ")][:MOST_CHOICES]


def _only_one(target: Target, typed: str, *, names: Mapping[int, str], is_removed: bool = False) -> int:
    """Return the one posting that is meant; raise NoSuchPosting, which says what else there is, by its name."""
    if target.kind is TargetKind.FOUND:
        if len(target.postings) == 1:
            return target.postings[0]
        shown = ", ".join(f"#{number} {_shown(names[number])}" for number in target.postings[:_MOST_NAMED] if number in names)
        shown += ", …" if len(target.postings) > _MOST_NAMED else ""
        told = "“{typed}” may be {names}; name one by its number, as in #{number}"
        raise NoSuchPosting(told, typed=_shown(typed), names=shown, number=str(target.postings[0]))
    if target.names:
        told = _NEAR_REMOVED if is_removed else _NEAR
        raise NoSuchPosting(told, typed=_shown(typed), names=", ".join(map(_shown, target.names)))
    raise NoSuchPosting(_NONE_REMOVED if is_removed else _NONE, typed=_shown(typed))


async def _complete_removed(context: AdminContext, typed: str) -> list[Entry]:
    removed, typed = await context.store.list_removed(scopes=context.scopes), typed[:_LONGEST_NAME]
    entries = [_enter(listed.id, listed.company, listed.title) for listed in removed]
    if (named := read_number(typed)) is not None:
        return [entry for entry in entries if str(entry.id).startswith(str(named.number))][:MOST_CHOICES]
    if not typed.strip():
        return entries[:MOST_CHOICES]
    return await asyncio.to_thread(lambda: complete_posting(typed, _index_of(removed), scopes={""}, limit=MOST_CHOICES))


def _index_of(removed: Iterable[Listed]) -> CompanyIndex:
    """Return an index of removed postings alone, which the Assistant does not know."""
    return CompanyIndex(_enter(listed.id, listed.company, listed.title) for listed in removed)


def _enter(number: int, company: str | None, title: str | None) -> Entry:
    return Entry(id=number, scope="", company=company or "", title=title or "")


def _to_choices(entries: Sequence[Entry], mark: str = "") -> list[Choice]:
    once = {entry.id: f"{mark}{choice_name(entry.company, entry.title) or 'A posting without a title'}" for entry in entries}
    return [(numbered(name, number), f"#{number}") for number, name in once.items()][:MOST_CHOICES]


def _shown(typed: str) -> str:
    return cut(readable(typed), _LONGEST_NAME)


# How postings and people are called towards those who manage postings, as harmless markdown.

DONE = {
    ActionKind.ADDED: "{name} was added by {who}",
    ActionKind.UPDATED: "{name} was updated by {who}",
    ActionKind.CORRECTED: "{name} was corrected by {who}",
    ActionKind.REMOVED: "{name} was removed by {who}",
    ActionKind.RESTORED: "{name} was brought back by {who}",
    ActionKind.CLOSED: "{name} was found closed by {who}",
    ActionKind.REOPENED: "{name} was found open again by {who}",
    ActionKind.REPOSTED: "{name} was found to be reposted by {who}",
}
"""What was done, and by whom."""

_LONGEST = 160
_LONGEST_PERSON = 60
_LONGEST_SOURCE = 200


def name_posting(number: int, company: str | None, *, title: str | None) -> str:
    """
    Return a posting's number, company and role.

    >>> name_posting(12, "Acme", title="Baker")
    '**#12 Acme · Baker**'
    """
    return f"**#{number} {escaped_within(posting_name(company, title), _LONGEST)}**"


def name_kept(kept: KeptPosting) -> str:
    """Return a kept posting's number, company and role."""
    return name_posting(kept.id, kept.posting.company, title=kept.posting.title)


def name_actor(actor: Actor) -> str:
    """Return a person's name."""
    return escaped_within(actor.name, _LONGEST_PERSON) or "somebody"


def labels_of(posting: Posting, locale: str) -> str:
    """Return the topics that a posting says something on."""
    return name_topics([topic for topic in TOPICS if topic.facts_in(posting)], locale) or say("nothing", locale)


def name_topics(topics: Iterable[Topic[Any]], locale: str) -> str:
    """
    Return what topics are called within a sentence.

    >>> name_topics(TOPICS[:2], "fr"), name_topics(TOPICS[:2], "de")
    ('salaire, exigences', 'Gehalt, Anforderungen')
    """
    labels = [say(topic.label, locale) for topic in topics]
    return ", ".join(labels if language_of(locale) == "de" else [label.lower() for label in labels])


def describe(kept: KeptPosting, locale: str) -> str:
    """Say in a few lines which posting this is and what it speaks of."""
    source = escaped_within(kept.posting.source, _LONGEST_SOURCE)
    read = say("Read {date}; source: {source}", locale, date=timestamp(kept.read_at), source=source)
    return "\n".join((name_kept(kept), read, say("It says something on: {topics}", locale, topics=labels_of(kept.posting, locale))))
