"""All postings that somebody manages, as files for other programs."""

from dataclasses import dataclass

from bot.domain.errors import RolecallError
from bot.intake.export_files import export_files
from bot.intake.exporting import ExportForm
from bot.interfaces.chat.card import Card, CardFile, Tone
from bot.interfaces.managing.errand import Errand

_MOST_FILES = 10
"""As many as Discord takes below a message."""

_MOST_POSTINGS = 20_000
"""About 200 MB before they are packed; they stand in memory as a whole."""

_MOST_BYTES = 25_000_000
_LEAST_BYTES = 500_000
_ELSEWHERE = "export where the bot runs, with: python -m bot export"
_EXPORTING = Card("Writing the postings …", title="Exporting …", is_personal=True)


@dataclass(frozen=True)
class Exported:
    """What is wanted."""

    form: ExportForm
    most_bytes: int
    """Of one file, as Discord takes it here."""


async def export(errand: Errand, wanted: Exported) -> Card:
    """
    Give the scope's postings as files.

    Raises RolecallError for more than fit below a message, and Busy while another export runs in the scope, or too many elsewhere.
    """
    with errand.tools.exports.begin(errand.scope):
        count = await errand.store.count(scopes=errand.scopes)
        if not count:
            return Card("There are no postings to export here yet.", tone=Tone.ASKING, is_personal=True)
        _check(count <= _MOST_POSTINGS)
        await errand.show(_EXPORTING)
        most = min(max(wanted.most_bytes, _LEAST_BYTES), _MOST_BYTES)
        files = await export_files(errand.store, errand.scopes, form=wanted.form, most_bytes=most)
        _check(len(files) <= _MOST_FILES)
    told = f"**{count:,} posting{'' if count == 1 else 's'}**, {_TOLD[wanted.form]}"
    return Card(told, title="Export", files=tuple(CardFile(name, data) for name, data in files), is_personal=True)


_TOLD = {
    ExportForm.JSON_LINES: "one a line, with what was read and put right; `/posting import` takes them back without loss.",
    ExportForm.JSON_LD: "as schema.org JobPostings; `/posting import` takes them back without loss.",
    ExportForm.CSV: "one a row, for spreadsheets; a table has no quotes and cannot be imported again.",
}


def _check(fits: bool) -> None:  # noqa: FBT001 -- reads as a sentence
    if not fits:
        raise RolecallError(f"There are more postings here than fit below a message; {_ELSEWHERE}")
