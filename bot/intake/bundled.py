"""The postings that come with Rolecall."""

from dataclasses import replace

from bot.domain.posting import EVERYONE
from bot.intake.destination import Destination
from bot.intake.importing import ImportSummary, import_sources
from bot.intake.source import Source
from bot.intake.sources import read_sources
from bot.storage.store import Store
from bot.text.lexicon import data_directory


async def load_bundled(store: Store) -> ImportSummary:
    """Keep the bundled postings for everyone; those that are there already stay as they are, under `bundled/NAME.md`."""
    folder = data_directory() / "postings"
    found = read_sources([folder])
    named = (replace(each, name=f"bundled/{each.name.rpartition('/')[2]}") if isinstance(each, Source) else each for each in found)
    return await import_sources(Destination(store, EVERYONE), named)
