"""Adding postings: what was given is read, and a single posting is shown before it is kept."""

import asyncio
import secrets
from collections.abc import Sequence

from bot.domain.errors import RolecallError
from bot.domain.posting import Posting
from bot.intake.saying import Said, with_said
from bot.intake.source import Refusal, Source
from bot.intake.uploads import read_to_propose
from bot.interfaces.chat.card import Card
from bot.interfaces.chat.escaping import escaped_within
from bot.interfaces.chat.notices import as_sentence
from bot.interfaces.managing.errand import Errand
from bot.interfaces.managing.form import LONGEST_TEXT, FileField, Filled, Form, TextField
from bot.interfaces.managing.giving_back import give_back
from bot.interfaces.managing.pointing import Pointed, ask_for
from bot.interfaces.managing.presses import ManagingPress, ManagingVerb
from bot.interfaces.managing.proposing import propose
from bot.interfaces.managing.reading import Asked, read_asked, refusals_in, sources_in
from bot.interfaces.managing.several import show_several

PASTED = "pasted in Discord"
"""Where a pasted text comes from: for everybody the same, so that a newer text finds the earlier one, whoever pastes it."""

_MOST_FILES = 10
_LONGEST_REASON = 300
_LONGEST_NAME = 120

_FORM = Form(
    ManagingPress(ManagingVerb.PASTED),
    title="Add a posting",
    fields=(
        TextField("text", "The posting's text", hint="All of it; or a file below", is_long=True),
        TextField("more", "The rest, if it is long", hint=f"A box takes {LONGEST_TEXT:,} characters; a file takes more", is_long=True),
        FileField("files", "Files", hint="Text, Markdown, HTML, JSON, PDF, DOCX, or a zip of many", most=_MOST_FILES),
        TextField("company", "Company, if the text lacks it"),
        TextField("link", "Link to it, if the text lacks it"),
    ),
)


async def open_adding(_errand: Errand) -> Form:
    """Return the form for a posting's text."""
    return _FORM


async def add(errand: Errand, asked: Asked) -> Card:
    """Read what is to be added, and show it; nothing is kept yet. Raises Busy while too much is read here or elsewhere."""
    with errand.tools.additions.begin(errand.scope):
        return await _show(errand, await read_asked(errand, asked), said=Said())


async def add_message(errand: Errand, pointed: Pointed) -> Card:
    """Read a message that somebody pointed at, and show it."""
    try:
        return await add(errand, ask_for(pointed))
    except RolecallError as error:
        raise _tell_of(error, pointed.source, told="This message") from error


async def add_pasted(errand: Errand, filled: Filled) -> Card:
    """Read what was sent with the form, and show it."""
    text = join_boxes(filled.texts.get("text", ""), filled.texts.get("more", ""))
    asked = Asked(texts=(Source(PASTED, text),) if text.strip() else (), fetch=filled.fetch)
    said = Said(company=filled.texts.get("company"), link=filled.texts.get("link"))
    try:
        with errand.tools.additions.begin(errand.scope):
            return await _show(errand, await read_asked(errand, asked), said=said)
    except RolecallError as error:
        return give_back(_tell_of(error, PASTED, told="The text"), filled)


def _tell_of(error: RolecallError, source: str, *, told: str) -> RolecallError:
    """Return the same error, which calls a text so as people do, and not by where it comes from."""
    reason = str(error)
    return RolecallError(f"{told}{reason.removeprefix(source)}") if reason.startswith(f"{source} ") else error


def join_boxes(text: str, more: str) -> str:
    r"""
    Return the text of both boxes; where the first is full, its last word may have been cut there.

    >>> join_boxes("We cook.", "We bake.")
    'We cook.\nWe bake.'
    """
    if not (text and more):
        return text or more
    return text + more if len(text) >= LONGEST_TEXT else f"{text}\n{more}"


async def _show(errand: Errand, found: Sequence[Source | Refusal], *, said: Said) -> Card:
    sources = sources_in(found)
    if len(sources) != 1:
        return await show_several(errand, found)
    posting = await read_to_propose(sources[0], by=errand.actor)
    is_pasted = posting.source == PASTED
    as_read = posting
    posting = await asyncio.to_thread(with_said, posting, said, by=errand.actor, at=errand.tools.clock())
    if is_pasted and not (as_read.company and as_read.title):
        posting = _name_apart(posting)
    return await propose(errand, posting, note="\n".join(_tell_refused(refusals_in(found))))


def _name_apart(posting: Posting) -> Posting:
    """
    Return a pasted posting whose text lacks company or role with a source of its own, so that it is not taken for another such one.

    What was typed beside the text makes the source, if it says enough to find the posting again.
    """
    if posting.company and posting.title:
        own = f"{PASTED}: {posting.company[:_LONGEST_NAME]} · {posting.title[:_LONGEST_NAME]}"
    else:
        own = f"{PASTED} ({secrets.token_hex(3)})"
    return posting.model_copy(update={"source": own})


def _tell_refused(refused: Sequence[Refusal]) -> list[str]:
    told = [f"- {escaped_within(as_sentence(refusal.reason), _LONGEST_REASON)}" for refusal in refused[:_MOST_FILES]]
    return ["Not read:", *told] if told else []
