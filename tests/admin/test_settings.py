"""`/settings`: who may, what is set, what is refused, what is put back."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.admin.context import NotAllowed, ServerCache
from bot.admin.service import ChosenChannel, Reset, SettingsChange, Visibility, set_up_server, settings_card
from bot.domain.errors import RolecallError
from bot.domain.person import Person
from bot.domain.posting import ServerSettings
from bot.presentation.chat_service import open_store
from bot.presentation.notices import AS_EACH_READER_HAS_IT, LANGUAGES, language_choices, name_language

SERVER, ROLE, CHANNEL = 50, 60, 70
ADMIN = Person(id=1, name="ada", channel=2, server=SERVER, may_manage_server=True)
EVERYTHING = SettingsChange(admin_role=ROLE, answers=Visibility.TO_ONE, notices=ChosenChannel(CHANNEL), language="de")


@pytest.fixture
async def servers(tmp_path: Path) -> AsyncIterator[ServerCache]:
    async with open_store(f"sqlite+aiosqlite:///{tmp_path / 'servers.db'}") as store:
        yield ServerCache(store)


async def test_without_options_the_settings_are_shown_and_stay(servers: ServerCache) -> None:
    card = await set_up_server(servers, SettingsChange(), person=ADMIN)
    assert "members with Manage Server" in card.body
    assert "Saved" not in card.body
    assert card.is_personal
    assert await servers.get(SERVER) == ServerSettings()


async def test_everything_can_be_set_at_once_and_is_shown(servers: ServerCache) -> None:
    card = await set_up_server(servers, EVERYTHING, person=ADMIN)
    assert await servers.get(SERVER) == ServerSettings(admin_role=ROLE, is_hidden=True, notices_channel=CHANNEL, language="de")
    for told in (
        "Saved.",
        f"<@&{ROLE}>",
        f"<#{CHANNEL}>",
        "Deutsch",
        "only the one who asks",
        "a reply to a mention is always seen by all",
    ):
        assert told in card.body


async def test_what_is_not_named_stays(servers: ServerCache) -> None:
    await set_up_server(servers, EVERYTHING, person=ADMIN)
    await set_up_server(servers, SettingsChange(answers=Visibility.TO_ALL), person=ADMIN)
    assert await servers.get(SERVER) == ServerSettings(admin_role=ROLE, notices_channel=CHANNEL, language="de")


@pytest.mark.parametrize(
    ("reset", "left"),
    [
        (Reset.ADMIN_ROLE, ServerSettings(is_hidden=True, notices_channel=CHANNEL, language="de")),
        (Reset.ANSWERS, ServerSettings(admin_role=ROLE, notices_channel=CHANNEL, language="de")),
        (Reset.NOTICES, ServerSettings(admin_role=ROLE, is_hidden=True, language="de")),
        (Reset.LANGUAGE, ServerSettings(admin_role=ROLE, is_hidden=True, notices_channel=CHANNEL)),
        (Reset.EVERYTHING, ServerSettings()),
    ],
)
async def test_each_can_be_put_back(reset: Reset, left: ServerSettings, servers: ServerCache) -> None:
    await set_up_server(servers, EVERYTHING, person=ADMIN)
    await set_up_server(servers, SettingsChange(reset=reset), person=ADMIN)
    assert await servers.get(SERVER) == left


async def test_what_is_put_back_and_set_in_one_is_set(servers: ServerCache) -> None:
    await set_up_server(servers, EVERYTHING, person=ADMIN)
    await set_up_server(servers, SettingsChange(reset=Reset.EVERYTHING, language="fr"), person=ADMIN)
    assert await servers.get(SERVER) == ServerSettings(language="fr")


@pytest.mark.parametrize(
    "person",
    [
        ADMIN.model_copy(update={"may_manage_server": False}),
        ADMIN.model_copy(update={"may_manage_server": False, "roles": frozenset({ROLE})}),
        ADMIN.model_copy(update={"may_manage_server": False, "is_owner": True}),
        Person(id=1, name="ada", channel=2, may_manage_server=True, is_owner=True, is_direct=True),
    ],
    ids=["member", "role holder", "owner of the bot", "direct message"],
)
async def test_only_who_manages_the_server_sees_or_sets_anything(person: Person, servers: ServerCache) -> None:
    await servers.put(SERVER, ServerSettings(admin_role=ROLE))
    for wanted in (SettingsChange(), EVERYTHING, SettingsChange(reset=Reset.EVERYTHING)):
        with pytest.raises(NotAllowed, match="Manage Server"):
            await set_up_server(servers, wanted, person=person)
    assert await servers.get(SERVER) == ServerSettings(admin_role=ROLE)


@pytest.mark.parametrize(
    ("wrong", "error", "told"),
    [
        (replace(EVERYTHING, admin_role=SERVER), NotAllowed, "@everyone would let all members manage"),
        (replace(EVERYTHING, language="Klingon"), RolecallError, "no language called “Klingon”"),
        (replace(EVERYTHING, language="chinese, or so"), RolecallError, "no language called"),
        (
            replace(EVERYTHING, notices=ChosenChannel(CHANNEL, ("Send Messages", "Embed Links"))),
            RolecallError,
            "Send Messages, Embed Links",
        ),
    ],
)
async def test_where_one_thing_is_wrong_nothing_is_set(
    wrong: SettingsChange, error: type[Exception], told: str, servers: ServerCache
) -> None:
    with pytest.raises(error, match=told):
        await set_up_server(servers, wrong, person=ADMIN)
    assert await servers.get(SERVER) == ServerSettings()


@pytest.mark.parametrize("typed", ["as each reader has it", " as each reader has it "])
async def test_the_readers_own_language_is_a_choice(typed: str, servers: ServerCache) -> None:
    await set_up_server(servers, EVERYTHING, person=ADMIN)
    card = await set_up_server(servers, SettingsChange(language=typed), person=ADMIN)
    assert (await servers.get(SERVER)).language is None
    assert "as each reader has it" in card.body


@pytest.mark.parametrize("tag", LANGUAGES)
async def test_every_language_is_offered_and_taken_by_its_own_name(tag: str, servers: ServerCache) -> None:
    name = name_language(tag)
    assert (name, tag) in language_choices(name)
    for typed in (name, tag, name.upper()):
        await set_up_server(servers, SettingsChange(language=typed), person=ADMIN)
        assert (await servers.get(SERVER)).language == tag
    assert name.split()[0] in settings_card(ServerSettings(language=tag), locale="en").body


def test_at_most_25_languages_are_offered_first_of_all_the_readers_own() -> None:
    choices = language_choices("")
    assert len(choices) == 25
    assert choices[0] == (AS_EACH_READER_HAS_IT, AS_EACH_READER_HAS_IT)
