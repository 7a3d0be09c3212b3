"""Adding postings: a single one is shown before it is kept, many are kept part by part; and all of them as files for other programs."""

import asyncio
import re
import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace

from bot.admin.context import AdminContext, Stopped
from bot.admin.finding import name_actor
from bot.admin.proposals import Fetch, SubmittedForm, fetch_nothing, give_back, propose
from bot.domain.errors import RolecallError, StorageError, UnreadablePosting
from bot.domain.person import EVERYONE
from bot.domain.posting import HeadField, Posting, company_and_title
from bot.intake.addresses import WebRules
from bot.intake.corrections import state_head
from bot.intake.exporting import ExportForm, export_files
from bot.intake.importing import BUNDLED, ImportSummary, Progress, import_sources, load_bundled
from bot.intake.pages import read_url
from bot.intake.reading import read_to_propose, read_uploads
from bot.intake.sources import Destination, Excess, LeftOut, Refusal, Source, refusals_file
from bot.presentation.answer_card import posting_name
from bot.presentation.buttons import ButtonAction, ButtonId
from bot.presentation.card import (
    LONGEST_TEXT,
    Card,
    CardFile,
    Control,
    FileField,
    Form,
    Look,
    TextField,
    Tone,
    escaped,
    escaped_within,
    units,
)
from bot.presentation.notices import as_sentence, asking_card, count_postings, examples_card, render_error
from bot.text.translations import retell, say

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
"""As many as Discord takes below a message, and in a form."""

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


# Many postings at once: kept part by part, with a message that shows how far it is, and a file of what was refused and why.

_SHOWN_EVERY = 2.0
"""Seconds between two looks at how far it is: Discord lets a message be edited five times in five."""

IMPORT_SECONDS = 15 * 60.0
"""2,000 postings take one or two minutes; of texts that hang each takes another one."""

_BAR = 20
_MOST_TOLD = 5
_LONGEST_REASON = 300
_WORKERS = 1
"""One process reads, so that the answers of a bot on two cores are not held up; to start it takes a second."""

_FEW, _SHORT = 7, 20_000
"""Texts, and characters of all together, that a thread reads in a moment instead."""

_REFUSED_FILE = "not-imported.txt"
_NOTHING_YET = Progress(0, 0, 0, 0, 0)


async def import_files(context: AdminContext, fetch: Fetch) -> Card:
    """Keep all postings of uploaded files; raises UnreadablePosting, and keeps nothing, for a broken bound, Busy while there is no room."""
    with context.begin_reading(context.services.imports):
        await context.show(Card(context.say("Reading the file …"), title=context.say("Importing …"), is_personal=True))
        return await _keep_all(context, await read_uploads(await fetch()))


async def keep_sources(context: AdminContext, sources: Sequence[Source | Refusal]) -> Card:
    """Keep all postings among the sources, and say what became of them; raises Busy while another import runs here, or many elsewhere."""
    with context.services.imports.begin(context.scope):
        return await _keep_all(context, sources)


def check_bounds(found: Sequence[Source | Refusal]) -> None:
    """Raise UnreadablePosting where an upload breaks a bound."""
    if excess := next((one for one in found if isinstance(one, Excess)), None):
        raise UnreadablePosting(f"{excess.reason}. Nothing was kept")


async def _keep_all(context: AdminContext, sources: Sequence[Source | Refusal]) -> Card:
    check_bounds(sources)
    counter = _Counter(context, len(sources))
    ended = await _keep_each(context, sources, counter=counter)
    kept = counter.latest
    if kept.added or kept.updated:
        told = "{name} imported postings: {added} added, {updated} updated."
        await context.announce(told, name=name_actor(context.actor), added=kept.added, updated=kept.updated)
    if isinstance(ended, ImportSummary):
        return await _done_card(ended.refused, kept, locale=context.locale)
    stays = "{done} of {total} were done by then and stay: {counts}."
    parts = (
        f"{escaped(render_error(ended, context.locale))}.\n",
        context.say(stays, done=kept.done, total=len(sources), counts=_counts(kept, context.locale)),
        context.say("Import the same file again for the rest; what is kept already is not kept twice."),
    )
    return Card("\n".join(parts), title=context.say("Import broken off"), tone=Tone.ASKING, is_personal=True)


async def _keep_each(context: AdminContext, sources: Sequence[Source | Refusal], *, counter: "_Counter") -> ImportSummary | RolecallError:
    """Return what it came to, or why it went no further."""
    into = Destination(context.store, context.scope, by=context.actor)
    try:
        async with counter.showing(), asyncio.timeout(IMPORT_SECONDS):
            length = sum(len(one.text) for one in sources if isinstance(one, Source))
            workers = None if len(sources) <= _FEW and length <= _SHORT else _WORKERS
            return await import_sources(into, sources, on_progress=counter.note, workers=workers)
    except (Stopped, StorageError) as error:
        return error
    except TimeoutError:
        return Stopped(f"An import may take {IMPORT_SECONDS // 60:.0f} minutes, and this one took longer")


class _Counter:
    """Knows how far an import is, and shows it now and then."""

    def __init__(self, context: AdminContext, total: int) -> None:
        self._context = context
        self._total = total
        self.latest = _NOTHING_YET

    def note(self, progress: Progress) -> None:
        """Take in how far it is; raises Stopped when the bot is told to end."""
        self.latest = progress
        self._context.services.imports.check()

    @asynccontextmanager
    async def showing(self) -> AsyncIterator[None]:
        """Show how far it is as long as this lasts; at its end nothing is still to be shown."""
        is_over = asyncio.Event()
        task = asyncio.create_task(self._show_until(is_over))
        try:
            yield
        finally:
            is_over.set()
            await task

    async def _show_until(self, is_over: asyncio.Event) -> None:
        shown = None
        while not is_over.is_set():
            if shown != self.latest:
                shown = self.latest
                await self._context.show(progress_card(shown, self._total, locale=self._context.locale))
            with suppress(TimeoutError):
                await asyncio.wait_for(is_over.wait(), _SHOWN_EVERY)


def progress_card(progress: Progress, total: int, *, locale: str) -> Card:
    """
    Say how far an import is.

    >>> print(progress_card(Progress(done=5, added=3, updated=0, unchanged=1, refused=1), 20, locale="en").body)
    `█████░░░░░░░░░░░░░░░` 5 of 20
    3 added, 0 updated, 1 unchanged, 1 refused
    """
    filled = _BAR * progress.done // max(1, total)
    bar = f"`{'█' * filled}{'░' * (_BAR - filled)}` {say('{done} of {total}', locale, done=progress.done, total=total)}"
    return Card(f"{bar}\n{_counts(progress, locale)}", title=say("Importing …", locale), is_personal=True)


def render_refused(refused: Sequence[Refusal], *, locale: str, most: int = _MOST_TOLD, has_file: bool = False) -> list[str]:
    """Return a line for each of the first that were refused, and one that counts the rest."""
    lines = [f"- {escaped_within(as_sentence(retell(refusal.reason, locale)), _LONGEST_REASON)}" for refusal in refused[:most]]
    more = "… and {number} more; the file has all of them." if has_file else "… and {number} more."
    return [*lines, say(more, locale, number=len(refused) - most)] if len(refused) > most else lines


async def _done_card(refused: Sequence[Refusal], progress: Progress, *, locale: str) -> Card:
    is_for_nothing = progress.refused and progress.refused == progress.done
    left_out = [refusal for refusal in refused if isinstance(refusal, LeftOut)]
    others = [refusal for refusal in refused if not isinstance(refusal, LeftOut)]
    out = "**1 posting left out**: {why}" if len(left_out) == 1 else "**{number} postings left out**: {why}"
    told = [say(out, locale, number=len(left_out), why=escaped(as_sentence(retell(left_out[0].why, locale))))] if left_out else []
    return Card(
        "\n".join((f"**{_counts(progress, locale)}**", *told, *render_refused(others, locale=locale, has_file=True))),
        title=say("Nothing was imported" if is_for_nothing else "Import finished", locale),
        tone=Tone.ASKING if is_for_nothing else Tone.ANSWER,
        files=(CardFile(_REFUSED_FILE, await asyncio.to_thread(refusals_file, refused)),) if refused else (),
        is_personal=True,
    )


def _counts(progress: Progress, locale: str) -> str:
    told = "{added} added, {updated} updated, {unchanged} unchanged, {refused} refused"
    kinds = {"added": progress.added, "updated": progress.updated, "unchanged": progress.unchanged, "refused": progress.refused}
    return say(told, locale, **kinds)


# The bundled postings, for trying.


async def add_examples(context: AdminContext, _button: ButtonId) -> Card:
    """Keep the bundled postings in the scope; where they are for everyone already, none is added."""
    everyones = await context.store.list_postings(scopes={EVERYONE})
    if context.scope != EVERYONE and any(one.source.startswith(BUNDLED) for one in everyones):
        return replace(asking_card(context.say("The example postings are here for everyone already.")), is_aside=True)
    with context.services.imports.begin(context.scope):
        summary = await load_bundled(context.store, scope=context.scope, by=context.actor)
    return replace(examples_card(summary.added + summary.updated + summary.unchanged, locale=context.locale), is_aside=True)


async def drop_examples(context: AdminContext, _button: ButtonId) -> Card:
    """Remove the bundled postings from the scope."""
    for one in await context.store.list_postings(scopes=context.scopes):
        if one.source.startswith(BUNDLED):
            await context.store.remove(one.id, scopes=context.scopes, by=context.actor)
    return Card(context.say("The examples are taken away."), tone=Tone.SILENT, is_personal=True)


# All postings that somebody manages, as files for other programs.

_MOST_POSTINGS = 20_000
"""About 200 MB before they are packed; they stand in memory as a whole."""

_MOST_BYTES = 25_000_000
_LEAST_BYTES = 500_000
_TOO_MANY = "There are more postings here than fit below a message; export where the bot runs, with: python -m bot export"


async def export(context: AdminContext, form: ExportForm, *, most_bytes: int) -> Card:
    """
    Give the scope's postings as files, each of at most so many bytes as Discord takes here.

    Raises RolecallError for more than fit below a message, and Busy while another export runs in the scope, or too many elsewhere.
    """
    with context.services.exports.begin(context.scope):
        count = await context.store.count(scopes=context.scopes)
        if not count:
            return asking_card(context.say("There are no postings to export here yet."))
        if count > _MOST_POSTINGS:
            raise RolecallError(_TOO_MANY)
        await context.show(Card(context.say("Writing the postings …"), title=context.say("Exporting …"), is_personal=True))
        most = min(max(most_bytes, _LEAST_BYTES), _MOST_BYTES)
        files = await export_files(context.store, context.scopes, form=form, most_bytes=most)
        if len(files) > _MOST_FILES:
            raise RolecallError(_TOO_MANY)
    told = f"**{count_postings(count, context.locale)}**, {context.say(EXPORTED[form])}"
    return Card(told, title=context.say("Export"), files=tuple(CardFile(name, data) for name, data in files), is_personal=True)


EXPORTED = {
    ExportForm.JSON_LINES: "one a line, with what was read and put right; `/posting import` takes them back without loss.",
    ExportForm.JSON_LD: "as schema.org JobPostings; `/posting import` takes them back without loss.",
    ExportForm.CSV: "one a row, for spreadsheets; a table has no quotes and cannot be imported again.",
}
