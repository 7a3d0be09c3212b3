"""Postings are put right, removed, brought back, listed and looked back at on Discord, by those who may and nobody else."""

from typing import Any

import pytest
from builders_discord import embed_of, shown, text_of
from builders_managing import BAKER, BAKER_PAID_MORE, Managed, labels_of, press_of
from builders_overlapping import overlapping
from simcord import MemberActor

from bot.domain.person import EVERYONE
from bot.parsing.parse import parse_posting
from bot.presentation.buttons import ButtonAction, ButtonId

COMMANDS: list[tuple[str, dict[str, Any]]] = [
    ("posting edit", {"posting": "#1"}),
    ("posting remove", {"posting": "#1"}),
    ("posting restore", {"posting": "#1"}),
    ("posting list", {}),
    ("posting list", {"show": "removed"}),
    ("posting list", {"show": "gaps"}),
    ("posting history", {}),
    ("posting history", {"posting": "#1"}),
    ("posting export", {}),
]
WITH_CHOICES = ("posting edit", "posting remove", "posting restore", "posting history")


async def _keep(managed: Managed, text: str = BAKER, *, scope: str | None = None) -> int:
    (kept,) = await managed.stage.opened.store.keep([parse_posting(text, "baker.md")], scope=scope or managed.scope)
    return kept.id


async def _slash(managed: Managed, command: str, *, by: MemberActor | None = None, **options: Any) -> Any:
    return await (by or managed.rita).slash(managed.channel, f"posting {command}", **options)


async def test_a_posting_is_removed_after_a_question_and_comes_back_by_a_button(managed: Managed) -> None:
    await _keep(managed)
    asked = await _slash(managed, "remove", posting="acme bred")
    assert asked.ephemeral
    assert labels_of(asked) == ["Remove", "Leave it"]
    assert "Night Baker" in text_of(asked)
    removed = await managed.press(asked, "Remove")
    assert shown(removed).id == shown(asked).id
    assert await managed.kept() == []
    assert "There is no posting" in text_of(await managed.mia.slash(managed.channel, "salary", company="acme bread"))
    await managed.press(removed, "Undo")
    assert len(await managed.kept()) == 1
    assert "$40,000" in text_of(await managed.mia.slash(managed.channel, "salary", company="acme bread"))


async def test_a_question_that_was_asked_before_a_restart_is_answered_after_it(managed: Managed) -> None:
    await _keep(managed)
    asked = await _slash(managed, "remove", posting="acme")
    await managed.stage.restart()
    removed = await managed.press(asked, "Remove")
    assert await managed.kept() == []
    await managed.stage.restart()
    await managed.press(removed, "Undo")
    assert len(await managed.kept()) == 1


async def test_who_lost_the_right_between_the_question_and_the_answer_does_nothing(managed: Managed) -> None:
    await _keep(managed)
    asked = await _slash(managed, "remove", posting="acme")
    removed = await managed.press(await _slash(managed, "remove", by=managed.omar, posting="acme"), "Remove", by=managed.omar)
    managed.take_right(managed.omar)
    assert "Manage Server" in text_of(await managed.press(removed, "Undo", by=managed.omar))
    assert await managed.kept() == []
    await _slash(managed, "restore", posting="acme")
    managed.take_right(managed.rita)
    assert "Manage Server" in text_of(await managed.press(asked, "Remove"))
    assert len(await managed.kept()) == 1


@pytest.mark.parametrize(("command", "options"), COMMANDS)
async def test_a_member_without_the_right_is_told_who_may(command: str, options: dict[str, Any], managed: Managed) -> None:
    await _keep(managed)
    told = await managed.mia.slash(managed.channel, command, **options)
    assert told.ephemeral
    assert "Only members with the permission Manage Server" in text_of(told)
    assert "Baker" not in text_of(told)
    assert len(await managed.kept()) == 1


async def test_a_member_without_the_right_is_offered_nothing_and_imports_nothing(managed: Managed) -> None:
    await _keep(managed)
    for command in WITH_CHOICES:
        assert await managed.mia.autocomplete(managed.channel, command, "posting", "ac") == []
    told = await _slash(managed, "import", by=managed.mia, file=("cook.md", BAKER.replace("Baker", "Cook").encode()))
    assert "Only members with the permission Manage Server" in text_of(told)
    assert len(await managed.kept()) == 1


async def test_two_who_remove_it_at_once_remove_it_once(managed: Managed) -> None:
    number = await _keep(managed)
    asked = [await _slash(managed, "remove", by=who, posting="acme") for who in (managed.rita, managed.omar)]
    with overlapping(managed.stage.env):
        told = [await managed.press(asked[0], "Remove"), await managed.press(asked[1], "Remove", by=managed.omar)]
    await managed.stage.env.settle()
    assert sorted("already" in text_of(one) for one in told) == [False, True]
    actions = await managed.stage.opened.store.list_actions(scopes={managed.scope}, posting=number)
    assert [action.kind.value for action in actions] == ["removed", "added"]


async def test_what_belongs_to_another_server_or_to_everyone_is_not_there(managed: Managed) -> None:
    guild, _, _ = managed.open_server()
    for scope in (str(guild.id), EVERYONE):
        number = await _keep(managed, BAKER.replace("Baker", "Spy").replace("Acme Bread", f"Acme {scope}"), scope=scope)
        for command in ("edit", "remove", "restore", "history"):
            for typed in (f"#{number}", str(number), f"Acme {scope}: Night Spy #{number}", f"Acme {scope}"):
                told = await _slash(managed, command, posting=typed)
                assert "there is no" in text_of(told)
                assert "Night Spy" not in text_of(told).replace(typed, "")
        for command in WITH_CHOICES:
            for typed in ("", "acme", str(number)):
                assert await managed.rita.autocomplete(managed.channel, command, "posting", typed) == []
        for command, options in COMMANDS[3:]:
            told = await managed.rita.slash(
                managed.channel, command, **(options | ({"posting": f"#{number}"} if options.get("posting") else {}))
            )
            assert "Spy" not in text_of(told)


@pytest.mark.parametrize(
    "verb",
    [ButtonAction.REMOVE, ButtonAction.RESTORE, ButtonAction.ASK_REMOVE, ButtonAction.ASK_RESTORE, ButtonAction.EDIT, ButtonAction.HISTORY],
)
async def test_a_made_up_button_reaches_nothing_of_another_server(verb: ButtonAction, managed: Managed) -> None:
    guild, _, _ = managed.open_server()
    await _keep(managed)
    number = await _keep(managed, BAKER.replace("Baker", "Spy"), scope=str(guild.id))
    asked = await _slash(managed, "remove", posting="acme")
    for revision in (0, 1):
        managed.put_button(asked, ButtonId(verb, posting=number, revision=revision).id)
        told = await managed.press(asked, "Remove")
        assert "There is no" in text_of(told)
        assert "Spy" not in text_of(told)
    assert [kept.posting.title for kept in await managed.kept(str(guild.id))] == ["Night Spy"]


async def test_choices_are_offered_by_what_is_typed_and_mean_their_posting(managed: Managed) -> None:
    number = await _keep(managed)
    offered = await managed.rita.autocomplete(managed.channel, "posting remove", "posting", "acm")
    assert offered == [{"name": f"Acme Bread: Night Baker #{number}", "value": f"#{number}"}]
    await managed.press(await _slash(managed, "remove", posting=offered[0]["value"]), "Remove")
    assert await managed.rita.autocomplete(managed.channel, "posting remove", "posting", "acm") == []
    assert await managed.rita.autocomplete(managed.channel, "posting restore", "posting", "") == offered
    assert "Brought back" in text_of(await _slash(managed, "restore", posting=offered[0]["value"]))


async def test_history_tells_who_did_what_and_brings_an_older_revision_back(managed: Managed) -> None:
    await managed.add_and_keep()
    await managed.add_and_keep(BAKER_PAID_MORE, by=managed.omar)
    history = await _slash(managed, "history", posting="acme")
    assert history.ephemeral
    told = text_of(history)
    assert "was added by rita" in told
    assert "was updated by omar" in told
    assert "> Pay: $40,000 to $50,000 a year → $45,000 to $55,000 a year" in told
    await managed.stage.restart()
    asked = await managed.press(history, "Bring back revision 1")
    assert "> Pay: $45,000 to $55,000 a year → $40,000 to $50,000 a year" in text_of(asked)
    back = await managed.press(asked, "Bring it back")
    assert [kept.posting.text for kept in await managed.kept()] == [BAKER]
    await managed.press(back, "Undo")
    assert [kept.posting.text for kept in await managed.kept()] == [BAKER_PAID_MORE]
    assert "was brought back by rita" in text_of(await _slash(managed, "history"))


async def test_edit_shows_the_posting_as_when_it_was_added(managed: Managed) -> None:
    await _keep(managed)
    edited = await _slash(managed, "edit", posting="acme")
    assert "$40,000 to $50,000 a year" in text_of(edited)
    assert "Correct …" in labels_of(edited)
    from_history = await managed.press(await _slash(managed, "history", posting="acme"), "Edit")
    assert "Correct …" in labels_of(from_history)


async def test_the_list_turns_its_pages_and_leads_to_the_other_lists(managed: Managed) -> None:
    for number in range(12):
        await _keep(managed, BAKER.replace("Night Baker", f"Baker for oven number {number:02}").replace("400", str(400 + number)))
    first = await _slash(managed, "list")
    assert embed_of(first).title == "12 postings that you can manage"
    second = await managed.press(first, "Next ▶")
    assert shown(second).id == shown(first).id
    assert embed_of(second).footer.text == "Page 2 of 2"
    assert "No posting was removed" in text_of(await managed.press(second, "Removed"))
    await managed.mia.slash(managed.channel, "salary", company="initech")
    assert "pay of “initech”: no such posting" in text_of(await _slash(managed, "list", show="gaps"))
    assert embed_of(await _slash(managed, "list", company="acme")).title == "12 postings of Acme Bread that you can manage"
    assert press_of(first, "Removed") == "rolecall:listmanaged:0:::0:0:0:removed:"


async def test_owners_keep_everyones_postings_right_in_direct_messages_and_no_servers(managed: Managed) -> None:
    number = await _keep(managed, scope=EVERYONE)
    await _keep(managed, BAKER.replace("Baker", "Spy").replace("Acme Bread", "Crumb"))
    assert "Only the bot's owners" in text_of(await managed.mia.user.slash("posting remove", posting=f"#{number}"))
    managed.stage.client.owners = frozenset({managed.rita.id})
    listed = await managed.rita.user.slash("posting list")
    assert "Night Baker" in text_of(listed)
    assert "Spy" not in text_of(listed)
    assert "there is no" in text_of(await managed.rita.user.slash("posting remove", posting="crumb"))
    asked = await managed.rita.user.slash("posting remove", posting="acme")
    removed = await managed.rita.user.click(shown(asked), label="Remove")
    assert await managed.kept(EVERYONE) == []
    managed.stage.client.owners = frozenset()
    assert "Only the bot's owners" in text_of(await managed.rita.user.click(shown(removed), label="Undo"))
    assert len(await managed.kept()) == 1
