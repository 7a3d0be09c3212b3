"""Keeps small batches without end and prints the text of each posting as soon as the Store says that it is kept."""

import asyncio
import itertools
import sys

from builders_storage import CODEC, build_fact, build_posting

from bot.domain.posting import EVERYONE
from bot.storage.store import Store


async def keep_on(url: str, name: str) -> None:
    async with Store.open(url, CODEC) as store:
        for number in itertools.count():
            texts = [f"{name} {number} {part}" for part in range(3)]
            batch = [
                build_posting(text, title=text, facts={"requirements": (build_fact(text), build_fact("more" * 200))}) for text in texts
            ]
            for text, kept in zip(texts, await store.keep(batch, scope=EVERYONE), strict=True):
                print(kept.id, text, sep="\t", flush=True)  # noqa: T201


if __name__ == "__main__":
    asyncio.run(keep_on(*sys.argv[1:]))
