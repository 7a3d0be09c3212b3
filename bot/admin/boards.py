"""Boards that are followed: previewed, followed, listed, checked, paused and let go by those who manage a scope's postings."""

import re
from dataclasses import dataclass

from bot.admin.context import AdminContext, Announce, ServerCache
from bot.admin.finding import Choice, name_actor
from bot.boards import Preview
from bot.boards.checker import Checker, Tell
from bot.domain.errors import RolecallError
from bot.domain.person import EVERYONE
from bot.domain.posting import FollowedBoard, Proposal
from bot.intake.addresses import WebRules
from bot.intake.fetching import Hosts
from bot.presentation.answer_card import posting_name
from bot.presentation.buttons import ButtonAction, ButtonId
from bot.presentation.card import LONGEST_TITLE, Card, Control, Look, Tone, cut, escaped, escaped_within, readable, timestamp
from bot.presentation.notices import asking_card, count_postings
from bot.storage.boards import FIRST_INTERVAL
from bot.text.clean import begin_large
from bot.text.translations import language_of, retell, say

_LONGEST_URL, _LONGEST_TOLD = 150, 300
_MOST_CHOICES, _LONGEST_CHOICE = 25, 100
_HOUR, _MOST_DIGITS = 3600, 18
_FORGOTTEN = "This board does not wait any more: it is forgotten after 15 minutes and when I am restarted; give its address again"
_NO_CHANNEL = "New postings are shown in the channel for notices, and there is none; choose one with /settings first"


@dataclass(frozen=True)
class BoardRequest:
    """The board that somebody wants followed."""

    url: str
    role: str = ""
    place: str = ""
    is_shown_first: bool = False


def board_of(asked: BoardRequest, *, scope: str, checker: Checker) -> FollowedBoard:
    """Return a board as it is before it was looked at."""
    return FollowedBoard(
        id=0,
        scope=scope,
        url=asked.url,
        kind="",
        role=asked.role.strip(),
        place=asked.place.strip(),
        is_shown_first=asked.is_shown_first,
        next_at=checker.now(),
        interval=FIRST_INTERVAL,
    )


async def preview_board(context: AdminContext, asked: BoardRequest) -> Card:
    """Say how many postings a board has, with examples; it is not followed yet."""
    if asked.is_shown_first:
        is_server = context.scope != EVERYONE
        settings = await context.services.servers.get(int(context.scope)) if is_server else None
        if settings is None or settings.notices_channel is None:
            raise RolecallError(_NO_CHANNEL)
    checker = _checker_of(context)
    with context.begin_reading(context.services.additions):
        found = await checker.preview(board_of(asked, scope=context.scope, checker=checker))
    waiting = await context.services.boards.keep(found.board, scope=context.scope, by=context.person.id)
    follow = Control(context.say("Follow it"), press=ButtonId(ButtonAction.FOLLOW, proposal=waiting), look=Look.GOOD)
    cancel = Control(context.say("Cancel"), press=ButtonId(ButtonAction.DROP_ALL, proposal=waiting))
    title = context.say("A board: {kind}", kind=found.board.kind)
    return Card("\n".join(preview_lines(found, context.locale)), title=title, tone=Tone.ASKING, rows=((follow, cancel),))


def preview_lines(found: Preview, locale: str) -> list[str]:
    """Return what is told of a board before it is followed, as lines of harmless markdown."""
    board = found.board
    told = [f"**{count_postings(found.fitting, locale)}**"]
    told += [say("with “{role}” in the title", locale, role=escaped(board.role))] if board.role else []
    told += [say("those in {place} are kept", locale, place=escaped(board.place))] if board.place else []
    more = found.fitting - len(found.examples)
    rest = [say("… and {number} more.", locale, number=more)] if more > 0 and found.examples else []
    how = (
        "If you follow it, each new one is shown in the channel for notices first; what closes is told as closed."
        if board.is_shown_first
        else "If you follow it, new ones are kept at once; what closes is told as closed."
    )
    return ["; ".join(told) + ".", *(f"- {escaped_within(title, _LONGEST_URL)}" for title in found.examples), *rest, say(how, locale)]


async def follow_board(context: AdminContext, button: ButtonId) -> Card:
    """Follow a board that was previewed, and look at it for the first time."""
    wanted = await context.services.boards.find(button.proposal, scope=context.scope)
    if wanted is None:
        raise RolecallError(_FORGOTTEN)
    board = await context.store.boards.add(wanted)
    await context.services.boards.forget(button.proposal, scope=context.scope)
    await context.announce("{who} follows a board: {name}.", who=name_actor(context.actor), name=_name(board))
    told = await _look(context, board.id)
    return Card(f"{_name(board)}\n{told}", title=context.say("Followed"), is_personal=True)


async def list_boards(context: AdminContext) -> Card:
    """List the boards that are followed, with what the last look at each came to."""
    boards = await context.store.boards.list_boards(scopes=context.scopes)
    if not boards:
        return asking_card(context.say("No board is followed here yet; `/board add` takes the address of one."))
    lines = [line for board in boards for line in _lines(board, context.locale)]
    title = context.say("1 board" if len(boards) == 1 else "{number} boards", number=len(boards))
    return Card("\n".join(lines), title=title, is_personal=True)


def _lines(board: FollowedBoard, locale: str) -> list[str]:
    filters = [say("role: {role}", locale, role=escaped(board.role))] if board.role else []
    filters += [say("place: {place}", locale, place=escaped(board.place))] if board.place else []
    first = [say("shown first", locale)] if board.is_shown_first else []
    hours = max(1, round(board.interval / _HOUR))
    when = (
        say("paused", locale)
        if board.is_paused
        else say("every {hours} h, next {date}", locale, hours=hours, date=timestamp(board.next_at, "R"))
    )
    last = f"{timestamp(board.looked_at, 'R')}: " if board.looked_at else ""
    told = f"-# {last}{_retell(board.told, locale, kind=board.kind) or say('not looked at yet', locale)}"
    return [f"{_name(board)} · {' · '.join((when, *first, *filters))}", told]


_UNREAD, _COUNTS = "could not be read: it ", " listed, "
"""What a look came to that failed, before what the board does; and what stands in the counts of one that did not."""


def _retell(told: str, locale: str, *, kind: str) -> str:
    """Return what a look at a board of a kind came to, which is told in English, as harmless markdown in the reader's language."""
    if told.startswith(_UNREAD) and language_of(locale) != "en":
        told = f"{kind} {told.removeprefix(_UNREAD)}"
    parts = re.split(r"(, |; |\. )", told) if _COUNTS in told else [told]
    return escaped_within("".join(retell(part, locale) for part in parts), _LONGEST_TOLD)


async def check_board(context: AdminContext, number: int) -> Card:
    """Look at a board now."""
    await _find(context, number)
    return Card(await _look(context, number), title=context.say("Board {number}", number=str(number)), is_personal=True)


async def pause_board(context: AdminContext, number: int) -> Card:
    """Pause a board, or go on with one that is paused."""
    board = await _find(context, number)
    changed = await context.store.boards.pause(number, scopes=context.scopes, is_paused=not board.is_paused)
    done = "Paused: {name}." if changed and changed.is_paused else "Followed again: {name}."
    return Card(context.say(done, name=_name(board)), tone=Tone.SILENT, is_personal=True)


async def remove_board(context: AdminContext, number: int) -> Card:
    """Follow a board no more."""
    board = await _find(context, number)
    await context.store.boards.remove(number, scopes=context.scopes)
    await context.announce("{who} follows a board no more: {name}.", who=name_actor(context.actor), name=_name(board))
    told = context.say("Not followed any more: {name}. Its postings stay.", name=_name(board))
    return Card(told, tone=Tone.SILENT, is_personal=True)


def read_board_number(typed: str) -> int:
    """
    Return the number that a board is called by; RolecallError for anything else.

    >>> read_board_number("#12")
    12
    """
    digits = typed.strip().removeprefix("#")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS):
        raise RolecallError("“{typed}” is no number of a board; /board list shows the numbers", typed=cut(readable(typed), _MOST_DIGITS))
    return int(digits)


async def offer_boards(context: AdminContext, typed: str) -> list[Choice]:
    """Return the boards to choose from."""
    boards = await context.store.boards.list_boards(scopes=context.scopes)
    named = [(f"{board.id}: {board.kind}, {readable(board.url)}", str(board.id)) for board in boards]
    chosen = [(name, value) for name, value in named if typed.casefold() in name.casefold()]
    return [(cut(name, _LONGEST_CHOICE), value) for name, value in chosen[:_MOST_CHOICES]]


def announcing(announce: Announce, servers: ServerCache) -> Tell:
    """Return what shows a board's new posting in the channel for notices, to be looked at and kept."""

    async def tell(proposal: Proposal) -> None:
        name = escaped_within(posting_name(proposal.posting.company, proposal.posting.title), LONGEST_TITLE)
        locale = await servers.locale_of(proposal.scope)
        look = Control(say("Look at it", locale), press=ButtonId(ButtonAction.LOOK, proposal=proposal.id), look=Look.GOOD)
        told = f"**{name}**\n{escaped_within(proposal.by.name, _LONGEST_URL)}"
        card = Card(told, title=say("A new posting", locale), tone=Tone.ASKING, rows=((look,),))
        await announce(proposal.scope, card)

    return tell


async def _find(context: AdminContext, number: int) -> FollowedBoard:
    board = await context.store.boards.get(number, scopes=context.scopes)
    if board is None:
        raise RolecallError("No board {number} is followed here; /board list shows the numbers", number=str(number))
    return board


async def _look(context: AdminContext, number: int) -> str:
    board = await context.store.boards.take(number, scopes=context.scopes)
    if board is None:
        return context.say("It is paused; `/board pause` goes on with it.")
    checker = _checker_of(context)
    told = _retell(await checker.look_at(board), context.locale, kind=board.kind)
    await checker.enrol()
    return f"{begin_large(told)}."


def _name(board: FollowedBoard) -> str:
    return f"**{board.id}** {board.kind}, {escaped_within(board.url, _LONGEST_URL)}"


def _checker_of(context: AdminContext) -> Checker:
    """Return what looks at boards: the one of the running bot, so that no host is asked too often."""
    services = context.services
    return services.checker or Checker(services.store, Hosts(WebRules(allow_private=services.may_read_private)))
