"""Which posting is meant, of those that an errand may touch: by its number, or by its company and role."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, TypeAlias

from bot.admin.context import Errand
from bot.domain.administration import Deed
from bot.domain.errors import RolecallError
from bot.domain.person import Actor
from bot.domain.posting import KeptPosting, Posting
from bot.domain.query import Target, TargetKind
from bot.presentation.answer_card import posting_name
from bot.presentation.card import cut, escaped_within, readable, units
from bot.presentation.chat_service import LONGEST_CHOICE, is_choice_of
from bot.questions.company_index import CompanyIndex
from bot.questions.company_names import Entry
from bot.questions.match_company import complete_posting
from bot.questions.targets import resolve_target
from bot.storage.records import Listed
from bot.topics import TOPICS

Offer: TypeAlias = Callable[[Errand, str], Awaitable[list["Choice"]]]
"""Returns what to offer while a posting is typed."""

MOST_CHOICES = 25
_MOST_NAMED = 5
_LONGEST_NAME = 100
_ROOM_FOR_NUMBER = 22
_NUMBER = re.compile(r"(?P<name>.{1,90} )?(?P<sign>#)?(?P<number>[0-9]{1,18})", re.DOTALL)
_REMOVED = "removed: "


class NoSuchPosting(RolecallError):
    """No posting, or no single one, is meant by what was typed; the message says what there is."""


class Choice(NamedTuple):
    """What is offered while somebody types."""

    name: str
    """What is read: "Acme: Baker #12", at most 100 characters."""

    value: str
    """What is sent: "#12"."""


class _Named(NamedTuple):
    """A number that was typed, perhaps behind a name."""

    number: int
    has_name: bool


async def find_current(errand: Errand, typed: str) -> KeptPosting:
    """
    Return the current posting that is meant.

    Raises NoSuchPosting for none, and for several.
    """
    named = _read_number(typed)
    if named is not None:
        kept = await errand.store.get(named.number, scopes=errand.scopes)
        if kept is not None and (not named.has_name or is_choice_of(typed, company=kept.posting.company, title=kept.posting.title)):
            return kept
    target = await errand.tools.assistant.match_posting(typed, errand.asker)
    meant = await errand.store.get_many(target.postings[:_MOST_NAMED], scopes=errand.scopes) if target.kind is TargetKind.FOUND else ()
    number = _only_one(target, typed, names={one.id: posting_name(one.posting.company, one.posting.title) for one in meant})
    kept = await errand.store.get(number, scopes=errand.scopes)
    if kept is None:
        raise NoSuchPosting(f"“{_shown(typed)}” was removed a moment ago")
    return kept


async def find_removed(errand: Errand, typed: str) -> Listed:
    """
    Return the removed posting that is meant.

    Raises NoSuchPosting for none, and for several.
    """
    removed = {listed.id: listed for listed in await errand.store.list_removed(scopes=errand.scopes)}
    named = _read_number(typed)
    if named is not None and (listed := removed.get(named.number)) is not None:
        if not named.has_name or is_choice_of(typed, company=listed.company, title=listed.title):
            return listed
    elif named is not None and not named.has_name and await errand.store.get(named.number, scopes=errand.scopes) is not None:
        raise NoSuchPosting(f"#{named.number} is not removed; /posting history shows its older versions, which can be brought back")
    match = await asyncio.to_thread(_match_among, list(removed.values()), typed)
    names = {number: posting_name(listed.company, listed.title) for number, listed in removed.items()}
    return removed[_only_one(match, typed, names=names, among="removed postings")]


async def find_any(errand: Errand, typed: str) -> int:
    """Return the number of the posting that is meant, a current one or else a removed one; raises NoSuchPosting."""
    try:
        return (await find_current(errand, typed)).id
    except NoSuchPosting as unknown:
        try:
            return (await find_removed(errand, typed)).id
        except NoSuchPosting:
            raise unknown from None


async def offer_current(errand: Errand, typed: str) -> list[Choice]:
    """Return the current postings that a half-typed name or number may become, the best first."""
    named = _read_number(typed)
    kept = await errand.store.get(named.number, scopes=errand.scopes) if named else None
    numbered = [_enter(kept.id, kept.posting.company, kept.posting.title)] if kept else []
    found = await errand.tools.assistant.complete_posting(typed[:_LONGEST_NAME], errand.asker, limit=MOST_CHOICES)
    return _to_choices([*numbered, *found])


async def offer_removed(errand: Errand, typed: str) -> list[Choice]:
    """Return the removed postings that a half-typed name or number may become; with nothing typed the one removed last first."""
    removed = await errand.store.list_removed(scopes=errand.scopes)
    return _to_choices(await asyncio.to_thread(_complete_among, removed, typed[:_LONGEST_NAME]))


async def offer_any(errand: Errand, typed: str) -> list[Choice]:
    """Return the current postings that may be meant, then the removed ones, which say that they are."""
    current, removed = await offer_current(errand, typed), await offer_removed(errand, typed)
    marked = [Choice(cut_choice(_REMOVED + name), value) for name, value in removed]
    return [*current, *marked][:MOST_CHOICES]


def cut_choice(name: str) -> str:
    """
    Return a choice's name, cut before its number where it is too long.

    >>> cut_choice("Acme: Baker #12"), len(cut_choice("b" * 200 + " #12"))
    ('Acme: Baker #12', 81)
    """
    if units(name) <= LONGEST_CHOICE:
        return name
    words, _, number = name.rpartition(" #")
    return f"{cut(words, LONGEST_CHOICE - _ROOM_FOR_NUMBER - 1)} #{number}"


def _read_number(typed: str) -> _Named | None:
    """
    Return the number that was typed, None for anything else.

    >>> _read_number("#12"), _read_number(" 12 "), _read_number("Acme: Baker #12"), _read_number("Studio 54")
    (_Named(number=12, has_name=False), _Named(number=12, has_name=False), _Named(number=12, has_name=True), None)
    """
    match = _NUMBER.fullmatch(typed.strip())
    if match is None or (match["name"] and not match["sign"]):
        return None
    return _Named(int(match["number"]), has_name=bool(match["name"]))


def _only_one(target: Target, typed: str, *, names: Mapping[int, str], among: str = "postings that can be managed here") -> int:
    """Return the one posting that is meant; raise NoSuchPosting, which says what else there is, by its name."""
    if target.kind is TargetKind.FOUND:
        if len(target.postings) == 1:
            return target.postings[0]
        shown = ", ".join(f"#{number} {_shown(names[number])}" for number in target.postings[:_MOST_NAMED] if number in names)
        more = f" and {len(target.postings) - _MOST_NAMED} more" if len(target.postings) > _MOST_NAMED else ""
        raise NoSuchPosting(f"“{_shown(typed)}” may be {shown}{more}; name one by its number, as in #{target.postings[0]}")
    near = target.names
    told = f"; near to it are {', '.join(_shown(name) for name in near)}" if near else "; /posting list shows what there is"
    raise NoSuchPosting(f"Among the {among} there is no “{_shown(typed)}”{told}")


def _match_among(removed: Sequence[Listed], typed: str) -> Target:
    return resolve_target(typed, _index_of(removed), scopes={""})


def _complete_among(removed: Sequence[Listed], typed: str) -> list[Entry]:
    entries = [_enter(listed.id, listed.company, listed.title) for listed in removed]
    named = _read_number(typed)
    if named is not None:
        return [entry for entry in entries if str(entry.id).startswith(str(named.number))][:MOST_CHOICES]
    return complete_posting(typed, _index_of(removed), scopes={""}, limit=MOST_CHOICES) if typed.strip() else entries[:MOST_CHOICES]


def _index_of(removed: Sequence[Listed]) -> CompanyIndex:
    """Return an index of removed postings alone, which the Assistant does not know."""
    return CompanyIndex(_enter(listed.id, listed.company, listed.title) for listed in removed)


def _enter(number: int, company: str | None, title: str | None) -> Entry:
    return Entry(id=number, scope="", company=company or "", title=title or "")


def _to_choices(entries: Sequence[Entry]) -> list[Choice]:
    once = {entry.id: entry for entry in entries}
    return [Choice(cut_choice(f"{_name(entry)} #{entry.id}"), f"#{entry.id}") for entry in once.values()][:MOST_CHOICES]


def _name(entry: Entry) -> str:
    return ": ".join(filter(None, (readable(entry.company), readable(entry.title)))) or "A posting without a title"


def _shown(typed: str) -> str:
    return cut(readable(typed), _LONGEST_NAME)


# How postings, people and moments are called towards those who manage postings, as harmless markdown.

DEEDS = {
    Deed.ADDED: "added",
    Deed.UPDATED: "updated",
    Deed.CORRECTED: "corrected",
    Deed.REMOVED: "removed",
    Deed.RESTORED: "brought back",
}
"""What was done, behind "was"."""

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


def moment(at: datetime, style: str = "f") -> str:
    """Return a moment as each reader's Discord writes it: with the time of day, or in the style `d` as a short date."""
    return f"<t:{int(at.timestamp())}:{style}>"


def labels_of(posting: Posting) -> str:
    """Return the topics that a posting says something on."""
    return ", ".join(topic.label.lower() for topic in TOPICS if topic.facts_in(posting)) or "nothing"


def describe(kept: KeptPosting) -> str:
    """Say in a few lines which posting this is and what it speaks of."""
    lines = [name_kept(kept), f"Read {moment(kept.read_at)}; source: {escaped_within(kept.posting.source, _LONGEST_SOURCE)}"]
    return "\n".join((*lines, f"It says something on: {labels_of(kept.posting)}"))
