from bot.domain.posting import EVERYONE
from bot.intake.importing import load_bundled
from bot.storage.store import Store
from bot.text.lexicon import data_directory


async def test_the_bundled_postings_are_kept_for_everyone_and_once(store: Store) -> None:
    names = {f"bundled/{file.name}" for file in (data_directory() / "postings").iterdir()}
    first = await load_bundled(store)
    assert (first.added, first.refused) == (len(names), ())
    assert (await load_bundled(store)).unchanged == len(names)
    assert {kept.posting.source async for kept in store.every(scopes=[EVERYONE])} == names
