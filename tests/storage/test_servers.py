import asyncio

from builders_storage import CODEC, connecting
from sqlalchemy import text

from bot.domain.administration import ServerSettings
from bot.storage.store import Store

SETTINGS = ServerSettings(admin_role=2**63 + 5, is_hidden=True, notices_channel=7, language="pt-BR")


async def test_where_nothing_was_set_the_defaults_hold(store: Store) -> None:
    assert await store.servers.get("4711") == ServerSettings()


async def test_what_was_set_comes_back_and_only_there(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        await store.servers.put("4711", ServerSettings(language="de"))
        await store.servers.put("4711", SETTINGS)
    async with Store.open(url, CODEC) as store:
        assert await store.servers.get("4711") == SETTINGS
        assert await store.servers.get("471") == ServerSettings()
        assert await store.version() == 0


async def test_what_another_version_has_set_beside_is_left_and_what_cannot_be_read_is_passed_over(url: str) -> None:
    async with Store.open(url, CODEC) as store:
        await store.servers.put("4711", SETTINGS)
        async with connecting(url) as connection:
            changed = """{"horoscope": "daily", "is_hidden": "perhaps", "admin_role": 7, "language": "de"}"""
            await connection.execute(text("UPDATE server SET settings = :changed"), {"changed": changed})
        assert await store.servers.get("4711") == ServerSettings(admin_role=7, language="de")
        await store.servers.put("4711", ServerSettings())
    async with connecting(url) as connection:
        assert "horoscope" in str((await connection.execute(text("SELECT settings FROM server"))).scalar())


async def test_hostile_settings_are_kept(store: Store) -> None:
    hostile = ServerSettings(admin_role=-(2**200), language="x\x00" * 10_000)
    await store.servers.put("x" * 1000, hostile)
    assert await store.servers.get("x" * 1000) == hostile


async def test_two_who_set_them_at_once_both_succeed(url: str) -> None:
    async with Store.open(url, CODEC) as first, Store.open(url, CODEC) as second:
        wanted = [ServerSettings(admin_role=number) for number in range(4)]
        await asyncio.gather(*(store.servers.put("4711", one) for store, one in zip((first, second) * 2, wanted, strict=True)))
        assert await first.servers.get("4711") in wanted
