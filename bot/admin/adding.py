"""Adding postings: what was given is read, and a single posting is shown before it is kept."""

import asyncio
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.admin.context import AdminContext
from bot.admin.importing import check_bounds, keep_sources, render_refused
from bot.admin.proposals import Fetch, SubmittedForm, fetch_nothing, give_back, propose
from bot.domain.errors import RolecallError, UnreadablePosting
from bot.domain.posting import HeadField, Posting, company_and_title
from bot.intake.addresses import WebRules
from bot.intake.corrections import state_head
from bot.intake.pages import read_url
from bot.intake.reading import read_to_propose, read_uploads
from bot.intake.sources import Refusal, Source
from bot.presentation.answer_card import posting_name
from bot.presentation.buttons import ButtonAction, ButtonId
from bot.presentation.card import LONGEST_TEXT, Card, Control, FileField, Form, Look, TextField, Tone, escaped_within, units
from bot.presentation.notices import count_postings

# What somebody wants to add, read: pasted texts, files and addresses, to one posting that is looked at, or to several.

NOTHING_GIVEN = "There is nothing to read; give the posting's text, a file or an address"


@dataclass(frozen=True)
class AdditionRequest:
    """What is to be read."""

    texts: tuple[Source, ...] = ()
    fetch: Fetch = fetch_nothing
    """Fetches the files."""

    urls: tuple[str, ...] = ()


async def read_request(context: AdminContext, asked: AdditionRequest) -> list[Source | Refusal]:
    """Return what was found and what was refused; raises UnreadablePosting for nothing, a broken bound, or one refusal and no more."""
    uploads = await asked.fetch()
    found: list[Source | Refusal] = [*asked.texts, *(await read_uploads(uploads) if uploads else ())]
    for url in asked.urls:
        found += await read_url(url, WebRules(allow_private=context.services.may_read_private))
    if not found:
        raise UnreadablePosting(NOTHING_GIVEN)
    check_bounds(found)
    if isinstance(found[0], Refusal) and len(found) == 1:
        raise UnreadablePosting(found[0].reason)
    return found


# A message that somebody pointed at, as what is to be added: its words, its files, or the page that it is little more than a link to.

_ADDRESS = re.compile(r"https?://[^\s<>|\"]{3,1900}", re.IGNORECASE)
_SIGNS_BEHIND = ".,;:!?)]}'*_~"
_MARKED_LINK = re.compile(r"\[[^\[\]\n]{0,200}\]\(\s*<?(?P<address>https?://[^\s<>)\[]{3,1900})>?\s*\)")
"""Without brackets within: else one message of nothing but beginnings of links held everybody up for 140 ms."""

_FEW_LETTERS = 120
"""Letters and digits beside a link that are no posting: "look at this one, they hire from anywhere". The shortest real one has some 400."""

_MOST_LINKS = 5


def request_for(text: str, *, source: str, fetch: Fetch | None = None) -> AdditionRequest:
    """
    Return what is to be read of a message that stands at `source`; `fetch` fetches its files, if it has any.

    >>> request_for("look: <https://jobs.example/1>!", source="here").urls
    ('https://jobs.example/1',)
    >>> request_for("We cook in Lisbon.", source="here").texts[0].name
    'here'
    """
    if fetch is not None:
        return AdditionRequest(texts=(Source(source, text),) if _count_letters(text) > _FEW_LETTERS else (), fetch=fetch)
    addresses = find_addresses(text)
    if addresses and _count_letters(_ADDRESS.sub(" ", _MARKED_LINK.sub(" ", text))) <= _FEW_LETTERS:
        return AdditionRequest(urls=addresses[:_MOST_LINKS])
    return AdditionRequest(texts=(Source(source, text),) if text.strip() else ())


def find_addresses(text: str) -> tuple[str, ...]:
    """
    Return the addresses in a text, each once, without the signs that end a sentence.

    >>> find_addresses("(https://jobs.example/1), [there](https://jobs.example/2) or https://jobs.example/1.")
    ('https://jobs.example/1', 'https://jobs.example/2')
    """
    bare = _MARKED_LINK.sub(r" \g<address> ", text)
    return tuple(dict.fromkeys(match[0].rstrip(_SIGNS_BEHIND) for match in _ADDRESS.finditer(bare)))


def _count_letters(text: str) -> int:
    return sum(map(str.isalnum, text))


# An upload, a board or a message that holds several postings: how many, which, what was refused, and a button that keeps them all.

_MOST_NAMED = 5
_LONGEST_SOURCE = 250
_MOST_READ = 20_000
"""Characters of a text that is read to name it; longer ones are called by their source."""

_HOW = "Nothing is kept yet. What is wrong in one can be put right afterwards, with `/posting edit`."
GONE = """\
These postings do not wait any more: they are forgotten after 15 minutes, where newer ones need the room, and when I am restarted. \
Upload them again."""
_TOO_MUCH = "These postings have too much text to wait until they are kept; give them in parts, or to /posting import, which keeps at once"
_KEPT = "These postings were kept already; /posting list shows what there is"


async def show_several(context: AdminContext, found: Sequence[Source | Refusal]) -> Card:
    """Say what several sources hold, and let them wait; nothing is kept yet."""
    names, unreadable = await _name_first(context, [one for one in found if isinstance(one, Source)])
    refused = [*(one for one in found if isinstance(one, Refusal)), *unreadable]
    count, told = len(found) - len(refused), list[str]()
    if refused:
        told = [f"\n**{context.say('Not read: {number}', number=len(refused))}**", *render_refused(refused, locale=context.locale)]
    if not count:
        return Card("\n".join(told).strip(), title=context.say("Nothing of this can be read"), tone=Tone.ASKING)
    more = [context.say("… and {number} more.", number=count - len(names))] if count > len(names) else []
    waiting = await context.services.uploads.keep(tuple(found), scope=context.scope, by=context.person.id)
    if await context.services.uploads.find(waiting, scope=context.scope) is None:
        raise RolecallError(_TOO_MUCH)
    label = context.say("Keep all {number}" if count > 1 else "Keep it", number=count)
    keep = Control(label, press=ButtonId(ButtonAction.ADD_ALL, proposal=waiting), look=Look.GOOD)
    dropped = Control(context.say("Cancel"), press=ButtonId(ButtonAction.DROP_ALL, proposal=waiting))
    body = "\n".join([context.say(_HOW), *(f"- {name}" for name in names), *more, *told])
    return Card(body, title=count_postings(count, context.locale), tone=Tone.ASKING, rows=((keep, dropped),))


async def add_all(context: AdminContext, button: ButtonId) -> Card:
    """Keep what waits."""
    waiting = await context.services.uploads.find(button.proposal, scope=context.scope)
    if waiting is None:
        raise RolecallError(GONE)
    if not waiting:
        raise RolecallError(_KEPT)
    card = await keep_sources(context, waiting)
    await context.services.uploads.keep((), scope=context.scope, by=context.person.id, name=button.proposal)
    return card


async def drop_all(context: AdminContext, button: ButtonId) -> Card:
    """Forget what waits."""
    await context.services.uploads.forget(button.proposal, scope=context.scope)
    return Card(context.say("Cancelled; nothing was kept."), tone=Tone.SILENT)


async def _name_first(context: AdminContext, sources: Sequence[Source]) -> tuple[list[str], list[Refusal]]:
    """Return what the first postings are called, a long one by where it stands, and which of those sources turned out to hold none."""
    names: list[str] = []
    unreadable: list[Refusal] = []
    for source in sources[:_MOST_NAMED]:
        try:
            posting = await read_to_propose(source, by=context.actor) if len(source.text) <= _MOST_READ else None
        except UnreadablePosting as error:
            unreadable.append(Refusal(source.name, str(error)))
        else:
            names.append(escaped_within(posting_name(posting.company, posting.title) if posting else source.name, _LONGEST_SOURCE))
    return names, unreadable


# One posting: a pasted text, a file, an address or a message.

PASTED = "pasted in Discord"
"""Where a pasted text comes from: for everybody the same, so that a newer text finds the earlier one, whoever pastes it."""

_MOST_FILES = 10
_LONGEST_NAME = 120


async def open_adding(context: AdminContext, _button: ButtonId | None = None) -> Form:
    """Return the form for a posting's text."""
    room = context.say("A box takes {number} characters; a file takes more", number=LONGEST_TEXT)
    kinds = context.say("Text, Markdown, HTML, JSON, PDF, DOCX, or a zip of many")
    return Form(
        ButtonId(ButtonAction.PASTED),
        title=context.say("Add a posting"),
        fields=(
            TextField("text", context.say("The posting's text"), hint=context.say("All of it; or a file below"), is_long=True),
            TextField("more", context.say("The rest, if it is long"), hint=room, is_long=True),
            FileField("files", context.say("Files"), hint=kinds, most=_MOST_FILES),
            TextField("company", context.say("Company, if the text lacks it")),
            TextField("link", context.say("Link to it, if the text lacks it")),
        ),
    )


async def add(context: AdminContext, asked: AdditionRequest, *, said: Mapping[HeadField, str | None] | None = None) -> Card:
    """Read what is to be added, and show it; nothing is kept yet. Raises Busy while too much is read here or elsewhere."""
    with context.begin_reading(context.services.additions):
        return await _show(context, await read_request(context, asked), said=said or {})


async def add_message(context: AdminContext, text: str, *, source: str, fetch: Fetch | None) -> Card:
    """Read a message that somebody pointed at, and show it."""
    try:
        return await add(context, request_for(text, source=source, fetch=fetch))
    except RolecallError as error:
        raise _retold(error, source, told="This message") from error


async def add_pasted(context: AdminContext, filled: SubmittedForm) -> Card:
    """Read what was sent with the form, and show it."""
    text = join_boxes(filled.texts.get("text", ""), filled.texts.get("more", ""))
    asked = AdditionRequest(texts=(Source(PASTED, text),) if text.strip() else (), fetch=filled.fetch)
    said = {HeadField.COMPANY: filled.texts.get("company"), HeadField.LINK: filled.texts.get("link")}
    try:
        return await add(context, asked, said=said)
    except RolecallError as error:
        return give_back(_retold(error, PASTED, told="The text"), filled, locale=context.locale)


def _retold(error: RolecallError, source: str, *, told: str) -> RolecallError:
    """Return the same error, which calls a text so as people do, and not by where it comes from."""
    reason = str(error)
    return RolecallError(f"{told}{reason.removeprefix(source)}") if reason.startswith(f"{source} ") else error


def join_boxes(text: str, more: str) -> str:
    r"""
    Return the text of both boxes; where the first is full, as Discord counts, its last word may have been cut there.

    >>> join_boxes("We cook.", "We bake.")
    'We cook.\nWe bake.'
    """
    if not (text and more):
        return text or more
    return text + more if units(text) >= LONGEST_TEXT - 1 else f"{text}\n{more}"


async def _show(context: AdminContext, found: Sequence[Source | Refusal], *, said: Mapping[HeadField, str | None]) -> Card:
    sources = [one for one in found if isinstance(one, Source)]
    if len(sources) != 1:
        return await show_several(context, found)
    as_read = await read_to_propose(sources[0], by=context.actor)
    posting = await asyncio.to_thread(state_head, as_read, said, by=context.actor, at=context.services.clock())
    if as_read.source == PASTED and not (as_read.company and as_read.title):
        posting = _name_apart(posting)
    refusals = [one for one in found if isinstance(one, Refusal)]
    refused = render_refused(refusals, locale=context.locale, most=_MOST_FILES)
    return await propose(context, posting, note="\n".join([context.say("Not read:"), *refused] if refused else []))


def _name_apart(posting: Posting) -> Posting:
    """
    Return a pasted posting whose text lacks company or role with a source of its own, so that it is not taken for another such one.

    What was typed beside the text makes the source, if it says enough to find the posting again.
    """
    if posting.company and posting.title:
        own = f"{PASTED}: {company_and_title(posting.company[:_LONGEST_NAME], posting.title[:_LONGEST_NAME])}"
    else:
        own = f"{PASTED} ({secrets.token_hex(3)})"
    return posting.model_copy(update={"source": own})
