"""Every slash command is answered, in servers and in direct messages."""

from pathlib import Path
from typing import Any

import discord
import pytest
from builders_discord import Stage, buttons_of, embed_of, on_stage, shown, text_of

from bot.discord.commands import are_registered
from bot.topics import TOPICS

COMMANDS = [topic.command for topic in TOPICS]


@pytest.mark.parametrize("command", COMMANDS)
async def test_each_topic_has_a_command_that_answers_about_the_company(command: str, stage: Stage) -> None:
    answer = await stage.mia.slash(stage.channel, command, company="Nomad Health")
    assert "Nomad Health" in (embed_of(answer).title or "")
    assert embed_of(answer).url is not None
    assert not answer.ephemeral


async def test_the_answer_shows_figures_quote_place_and_time(stage: Stage) -> None:
    told = text_of(await stage.mia.slash(stage.channel, "salary", company="nomad health")).splitlines()
    assert told[1] == "## $135,000 to $180,000 a year"
    assert told[2] == "-# Qualifications"
    assert told[3].startswith("> This is a full-time position")
    assert told[-1].startswith("-# Posting read <t:")


async def test_commands_work_in_direct_messages_too(stage: Stage) -> None:
    answer = await stage.mia.user.slash("salary", company="nomad helth")
    assert "$135,000" in text_of(answer)


async def test_what_is_registered_allows_every_place_and_is_translated(tmp_path: Path) -> None:
    async with on_stage(tmp_path) as stage:
        registered = {name: command for (name, _), command in stage.env.backend.commands[None].items()}
    for_all = {*COMMANDS, "ask", "postings", "help", "privacy", "about", "search", "compare", "fit", "watch", "watches"}
    for_managers = {"settings", "setup", "posting", "board", "Add as posting"}
    assert set(registered) == for_all | for_managers
    assert {registered[name]["default_member_permissions"] for name in for_managers} == {discord.Permissions(manage_guild=True).value}
    for name in for_all:
        assert sorted(registered[name]["contexts"]) == [0, 1, 2]
        assert sorted(registered[name]["integration_types"]) == [0, 1]
    assert (registered["settings"]["contexts"], registered["settings"]["integration_types"]) == ([0], [0])
    salary = registered["salary"]
    assert salary["name_localizations"] == {"de": "gehalt", "es-ES": "salario", "es-419": "salario", "fr": "salaire", "pt-BR": "salário"}
    assert salary["description_localizations"]["fr"] == "Ce que le poste paie, tel que c'est écrit"
    assert salary["options"][0]["name_localizations"]["de"] == "firma"


async def test_can_i_apply_from_there_is_yes_no_or_not_stated(stage: Stage) -> None:
    assert "Yes, from Kenya" in text_of(await stage.mia.slash(stage.channel, "countries", company="wikimedia", country="kenya"))
    assert "No, not from Japan" in text_of(await stage.mia.slash(stage.channel, "countries", company="wikimedia", country="Japan"))
    assert "does not say" in text_of(await stage.mia.slash(stage.channel, "countries", company="pachama", country="germny"))


async def test_countries_are_listed_with_flags_all_39(stage: Stage) -> None:
    told = text_of(await stage.mia.slash(stage.channel, "countries", company="Wikimedia Foundation"))
    assert "39" in told
    flags = [character for character in told if "\U0001f1e6" <= character <= "\U0001f1ff"]
    assert len(flags) == 2 * 39
    assert "🇰🇪 Kenya" in told


async def test_a_country_that_there_is_not_is_said_to_the_one_who_typed_it(stage: Stage) -> None:
    answer = await stage.mia.slash(stage.channel, "countries", company="Wikimedia", country="Narnia")
    assert "no country called “Narnia”" in text_of(answer)
    assert answer.ephemeral


async def test_ask_takes_free_words_and_follow_ups(stage: Stage) -> None:
    assert "$209,000" in text_of(await stage.mia.slash(stage.channel, "ask", question="what would flex pay me in new york?"))
    assert "$188,000" in text_of(await stage.mia.slash(stage.channel, "ask", question="and in texas?"))


async def test_another_person_is_not_in_the_same_conversation(stage: Stage) -> None:
    await stage.mia.slash(stage.channel, "salary", company="flex")
    assert "Which company" in text_of(await stage.ada.slash(stage.channel, "ask", question="what about the visa?"))


async def test_an_unknown_company_is_told_to_the_one_who_typed_it_only(stage: Stage) -> None:
    answer = await stage.mia.slash(stage.channel, "salary", company="Initech")
    assert "no posting from" in text_of(answer)
    assert answer.ephemeral


async def test_help_is_for_the_one_who_asks_and_names_every_command(stage: Stage) -> None:
    answer = await stage.mia.slash(stage.channel, "help")
    assert answer.ephemeral
    assert all(f"`/{command}`" in text_of(answer) for command in (*COMMANDS, "ask", "postings", "privacy"))


async def test_what_is_kept_can_be_seen_and_deleted(stage: Stage) -> None:
    await stage.direct("what does flex pay?")
    kept = await stage.mia.slash(stage.channel, "privacy")
    assert kept.ephemeral
    assert "Flex" in text_of(kept)
    assert "30 minutes" in text_of(kept)
    forgotten = await stage.mia.click(shown(kept), label="Forget it now")
    assert "Forgotten" in text_of(forgotten)
    assert "remember nothing" in text_of(await stage.mia.slash(stage.channel, "privacy"))
    assert embed_of(await stage.direct("and in new york?")).title is None


async def test_silence_is_said_and_a_person_is_not_told_anothers(stage: Stage) -> None:
    await stage.mia.slash(stage.channel, "salary", company="flex")
    assert "remember nothing" in text_of(await stage.ada.slash(stage.channel, "privacy"))
    assert "does not say" in text_of(await stage.mia.slash(stage.channel, "visa", company="flex"))


async def test_the_buttons_below_an_answer_lead_on(stage: Stage) -> None:
    answer = await stage.mia.slash(stage.channel, "salary", company="flex")
    buttons = buttons_of(answer)
    assert list(buttons) == [
        "Requirements",
        "Countries",
        "Responsibilities",
        "More",
        "Apply ↗",
        "Whole posting",
        "Does it fit me?",
        "Watch",
        "Not right?",
    ]
    assert buttons["Apply ↗"]["url"].startswith("https://")


# Commands are registered when they changed, and only then.


def _registrations(stage: Stage) -> int:
    return sum(entry.method == "PUT" and entry.path.endswith("/commands") for entry in stage.env.http_requests)


async def test_a_restart_registers_nothing_again(stage: Stage) -> None:
    assert _registrations(stage) == 1
    await stage.restart()
    assert _registrations(stage) == 1


async def test_a_command_that_was_changed_by_another_version_is_registered_anew(stage: Stage) -> None:
    registered = stage.env.backend.commands[None]
    salary = next(command for (name, _), command in registered.items() if name == "salary")
    salary["name_localizations"] = {"de": "lohn"}
    await stage.restart()
    assert _registrations(stage) == 2
    assert stage.env.backend.commands[None][("salary", 1)]["name_localizations"]["de"] == "gehalt"


# What Discord adds to a command or leaves out of it is no change; everything else is.


SALARY: dict[str, Any] = {
    "name": "salary",
    "description": "What it pays",
    "type": 1,
    "name_localizations": {"de": "gehalt"},
    "options": [{"name": "company", "type": 3, "description": "Which", "required": True, "autocomplete": True, "name_localizations": {}}],
    "nsfw": False,
    "default_member_permissions": None,
    "contexts": [0, 1, 2],
    "integration_types": [0, 1],
}


def test_ids_defaults_and_order_are_no_change() -> None:
    registered = SALARY | {"id": "1", "version": "2", "application_id": "3", "contexts": [2, 0, 1], "dm_permission": True}
    del registered["nsfw"]
    assert are_registered([SALARY], [registered])


@pytest.mark.parametrize(
    "change",
    [
        {"description": "What it pays, as written"},
        {"name_localizations": {"de": "lohn"}},
        {"name_localizations": None},
        {"contexts": [0]},
        {"options": []},
        {"options": [SALARY["options"][0] | {"required": False}]},
        {"options": [SALARY["options"][0] | {"max_length": 5}]},
        {"nsfw": True},
        {"default_member_permissions": "32"},
    ],
)
def test_whatever_a_person_would_notice_is_a_change(change: dict[str, Any]) -> None:
    assert not are_registered([SALARY], [SALARY | change])
    assert not are_registered([SALARY | change], [SALARY])
