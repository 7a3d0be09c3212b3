"""Imports a folder and prints how many postings are done each time the import says so."""

import asyncio
import sys

from builders_intake import CODEC

from bot.domain.person import EVERYONE
from bot.intake.files import read_sources
from bot.intake.importing import Progress, import_sources
from bot.intake.sources import Destination
from bot.storage.store import Store


def tell(progress: Progress) -> None:
    print(progress.done, flush=True)  # noqa: T201


async def import_folder(url: str, folder: str) -> None:
    async with Store.open(url, CODEC) as store:
        await import_sources(Destination(store, EVERYONE), read_sources([folder]), on_progress=tell, workers=1)


if __name__ == "__main__":
    asyncio.run(import_folder(*sys.argv[1:]))
