"""Many postings at once: kept part by part, with a message that shows how far it is, and a file of what was refused and why."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

from bot.admin.context import AdminContext, Stopped
from bot.admin.finding import name_actor
from bot.admin.proposals import Fetch
from bot.domain.errors import RolecallError, StorageError, UnreadablePosting
from bot.domain.person import EVERYONE
from bot.intake.exporting import ExportForm, export_files
from bot.intake.importing import BUNDLED, ImportSummary, Progress, import_sources, load_bundled
from bot.intake.reading import read_uploads
from bot.intake.sources import Destination, Excess, LeftOut, Refusal, Source, refusals_file
from bot.presentation.buttons import ButtonId
from bot.presentation.card import Card, CardFile, Tone, escaped, escaped_within
from bot.presentation.notices import as_sentence, asking_card, count_postings, examples_card, render_error
from bot.text.translations import retell, say

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

_MOST_FILES = 10
"""As many as Discord takes below a message."""

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
