"""People watch companies, postings and searches, and are told what becomes of them: each thing once, and what they may see."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

import discord
from builders_discord import Stage, shown, text_of
from builders_managing import BAKER, BAKER_PAID_MORE, Managed, labels_of

from bot.domain.person import EVERYONE, ROLECALL
from bot.domain.posting import Evidence, Openness
from bot.parsing.parse import parse_posting
from bot.storage.boards import Seen
from bot.storage.watches import Holder

DRIVER = BAKER.replace("Night Baker", "Tram Driver").replace("Acme Bread", "Rails")
REMOTE = BAKER.replace("Location: Lisbon", "Location: Remote").replace("Acme Bread", "Cloud Bread")


async def told(stage: Stage, person: Any = None) -> list[str]:
    """What somebody is told in direct messages by what is sent now."""
    channel = (person or stage.mia).user.dm_channel
    before = len(channel.history()) if channel else 0
    await stage.client.outbox.send_due()
    await stage.env.settle()
    channel = (person or stage.mia).user.dm_channel
    return [text_of(message) for message in channel.history()[before:]] if channel else []


async def settle(managed: Managed, openness: Openness, by: Evidence = Evidence.PAGE) -> None:
    (kept,) = await managed.kept()
    await managed.stage.opened.store.boards.settle(Seen(kept.id, openness, by), next_at=None)


async def test_whoever_presses_watch_is_told_what_is_new_changes_closes_and_opens_again(managed: Managed) -> None:
    await managed.add_and_keep()
    answer = await managed.mia.slash(managed.channel, "salary", company="acme bread")
    watched = await managed.press(answer, "Watch", by=managed.mia)
    assert watched.ephemeral
    assert "I tell at once, in a direct message, what becomes of **Acme Bread**" in text_of(watched)
    assert labels_of(watched) == ["At once", "Once a day", "Once a week", "Only this posting", "End it", "My watches"]
    assert await told(managed.stage) == []
    await managed.add_and_keep(BAKER.replace("Night Baker", "Day Baker").replace("each night", "each day"))
    (news,) = await told(managed.stage)
    assert "News for Acme Bread" in news
    assert "New: **Acme Bread · Day Baker**" in news
    assert await told(managed.stage) == []


async def test_a_change_is_told_with_what_changed(managed: Managed) -> None:
    await managed.add_and_keep()
    answer = await managed.mia.slash(managed.channel, "salary", company="acme bread")
    await managed.press(answer, "Watch", by=managed.mia)
    await revise(managed, BAKER.replace("loves bread", "adores bread"))
    assert await told(managed.stage) == []  # nothing that is read in it has changed
    await revise(managed, BAKER_PAID_MORE.replace("Location: Lisbon", "Location: Porto"))
    (news,) = await told(managed.stage)
    assert "Changed: **Acme Bread · Night Baker**\n- Location: Lisbon → Porto\n- Pay up: $40,000 to $50,000 a year → $45,000" in news


async def revise(managed: Managed, text: str) -> None:
    """Have the one posting say something else."""
    (kept,) = await managed.kept()
    posting = parse_posting(text, kept.posting.source)
    await managed.stage.opened.store.revise(kept.id, posting, scopes=[managed.scope], by=ROLECALL)


async def test_what_closes_and_opens_again_is_told(managed: Managed) -> None:
    await managed.add_and_keep()
    await managed.mia.slash(managed.channel, "watch company", company="acme bread")
    await settle(managed, Openness.CLOSED, Evidence.WORDS)
    (closed,) = await told(managed.stage)
    assert "Closed: **Acme Bread · Night Baker**" in closed
    await settle(managed, Openness.OPEN)
    (opened,) = await told(managed.stage)
    assert "Open again: **Acme Bread · Night Baker**" in opened


async def test_a_company_without_a_posting_is_waited_for_by_its_name_and_no_other(managed: Managed) -> None:
    watched = await managed.mia.slash(managed.channel, "watch company", company="Rails GmbH")
    assert "There is no posting from “Rails GmbH” here yet." in text_of(watched)
    await managed.add_and_keep()
    assert await told(managed.stage) == []
    await managed.add_and_keep(DRIVER)
    (news,) = await told(managed.stage)
    assert "New: **Rails · Tram Driver**" in news


async def test_a_search_is_watched_by_its_command_and_by_the_button_below_its_answer(managed: Managed) -> None:
    await managed.add_and_keep()
    await managed.mia.slash(managed.channel, "watch search", workplace="remote", pace="at_once")
    found = await managed.omar.slash(managed.channel, "search", role="baker")
    await managed.press(found, "Watch", by=managed.omar)
    await managed.add_and_keep(DRIVER)
    assert await told(managed.stage) == []
    await managed.add_and_keep(REMOTE)
    (news,) = await told(managed.stage)
    assert "News for workplace: remote" in news
    assert "New: **Cloud Bread · Night Baker**" in news
    assert "role: baker" in text_of(managed.stage.said_last(managed.omar.user.dm_channel))
    refused = await managed.mia.slash(managed.channel, "watch search")
    assert "say what the postings shall be" in text_of(refused)


async def test_only_this_posting_leaves_the_company_alone(managed: Managed) -> None:
    await managed.add_and_keep()
    answer = await managed.mia.slash(managed.channel, "salary", company="acme bread")
    watched = await managed.press(answer, "Watch", by=managed.mia)
    one = await managed.press(watched, "Only this posting", by=managed.mia)
    assert "**Acme Bread · Night Baker**" in text_of(one)
    await managed.add_and_keep(BAKER.replace("Night Baker", "Day Baker").replace("each night", "each day"))
    assert await told(managed.stage) == []


async def test_a_digest_comes_once_a_day_with_all_of_it(managed: Managed) -> None:
    await managed.mia.slash(managed.channel, "watch company", company="acme bread", pace="daily")
    await managed.add_and_keep()
    await managed.add_and_keep(BAKER.replace("Night Baker", "Day Baker").replace("each night", "each day"))
    assert await told(managed.stage) == []
    turn_clock(managed.stage, days=1)
    (news,) = await told(managed.stage)
    assert "2 × New" in news
    assert "Day Baker" in news
    assert "Night Baker" in news


def turn_clock(stage: Stage, **span: float) -> None:
    """Let time pass for the database."""
    for database in {id(one): one for one in _databases(stage)}.values():
        before = database.clock
        database.clock = lambda before=before: before() + timedelta(**span)


def _databases(stage: Stage) -> Sequence[Any]:
    store = stage.opened.store
    return [store._database, stage.client.admin.services.store._database]  # noqa: SLF001 - there is no other way in


async def test_a_button_in_each_message_ends_the_watch_and_the_message_stays(managed: Managed) -> None:
    await managed.mia.slash(managed.channel, "watch company", company="acme bread")
    await managed.add_and_keep()
    await told(managed.stage)
    message = managed.stage.said_last(managed.mia.user.dm_channel)
    ended = await managed.mia.user.click(message, label="End this watch")
    assert "Ended. I tell you no more of **acme bread**." in text_of(ended)
    assert "New: **Acme Bread · Night Baker**" in text_of(managed.stage.env.backend.get_message(message.channel.id, message.id))
    again = await managed.mia.user.click(message, label="End this watch")
    assert "This watch has ended." in text_of(again)
    await managed.add_and_keep(BAKER.replace("Night Baker", "Day Baker").replace("each night", "each day"))
    assert await told(managed.stage) == []


async def test_watches_are_listed_and_ended_one_by_one_and_all_together(managed: Managed) -> None:
    assert "Nothing is watched." in text_of(await managed.mia.slash(managed.channel, "watches"))
    for name in ("Acme", "Rails", "Loaf"):
        await managed.mia.slash(managed.channel, "watch company", company=name)
    listed = await managed.mia.slash(managed.channel, "watches")
    assert listed.ephemeral
    assert [name in text_of(listed) for name in ("**Acme**", "**Rails**", "**Loaf**")] == [True] * 3
    fewer = await managed.mia.click(shown(listed), custom_id=ids_of(listed)[0])
    assert "**Acme**" not in text_of(fewer)
    none = await managed.press(fewer, "End all", by=managed.mia)
    assert "Nothing is watched." in text_of(none)


async def test_twenty_five_watches_are_enough(managed: Managed) -> None:
    for number in range(25):
        await managed.mia.slash(managed.channel, "watch company", company=f"Company {number}x")
    refused = await managed.mia.slash(managed.channel, "watch company", company="One more")
    assert "There may be 25 watches" in text_of(refused)


async def test_managers_have_a_channel_told_with_one_role_and_nobody_else_may(managed: Managed) -> None:
    channel, role = managed.stage.guild.create_text_channel("news"), managed.stage.guild.create_role("Seekers", mentionable=True)
    own = {"company": "acme bread", "channel": channel, "mention": role}
    assert "Manage Server" in text_of(await managed.mia.slash(managed.channel, "watch company", **own))
    watched = await managed.rita.slash(managed.channel, "watch company", **own)
    assert f"<#{channel.id}>" in text_of(watched)
    everybody = {**own, "mention": managed.stage.guild.default_role}
    assert "That role is everybody" in text_of(await managed.rita.slash(managed.channel, "watch company", **everybody))
    alone = {"company": "acme bread", "mention": role}
    assert "name the channel too" in text_of(await managed.rita.slash(managed.channel, "watch company", **alone))
    await managed.add_and_keep(BAKER.replace("Lisbon", "Lisbon @everyone"))
    await managed.stage.client.outbox.send_due()
    (message,) = channel.history()
    assert f"<@&{role.id}>" in text_of(message)
    stored = managed.stage.env.backend.get_message(channel.id, message.id)
    assert (stored.ping_role_ids, stored.mention_everyone) == ([role.id], False)
    assert "may manage" in text_of(await managed.mia.click(message, label="End this watch"))
    mine = await managed.rita.slash(managed.channel, "watches")
    listed = await managed.press(mine, "This server's watches")
    assert f"<#{channel.id}>" in text_of(listed)
    await managed.press(listed, "End it")
    assert await managed.stage.opened.store.watches.list_watches(Holder(None, managed.stage.guild.id)) == []


async def test_closed_direct_messages_pause_and_the_next_answer_says_so(managed: Managed) -> None:
    stage = managed.stage
    await managed.mia.slash(managed.channel, "watch company", company="acme bread")
    await managed.add_and_keep()
    stage.env.inject_error("POST", "/channels/*/messages", status=403, code=50007, message="Cannot send messages to this user")
    assert await told(stage) == []
    assert (await stage.opened.store.upkeep.measure())["unsent"] == 1
    answer = await managed.mia.slash(managed.channel, "salary", company="acme bread")
    (said,) = answer.followups
    assert said.ephemeral
    assert "what you watch is paused" in text_of(said)
    assert await told(stage) == []
    await managed.mia.click(said, label="Go on")
    (news,) = await told(stage)
    assert "New: **Acme Bread · Night Baker**" in news


async def test_nobody_is_told_who_has_left_the_server_nor_of_a_server_that_the_bot_has_left(managed: Managed) -> None:
    stage = managed.stage
    for who in (managed.mia, managed.omar):
        await who.slash(managed.channel, "watch company", company="acme bread")
    stage.guild.remove_member(managed.mia)
    await managed.add_and_keep()
    assert await told(stage) == []
    assert "New: **Acme Bread" in text_of(stage.said_last(managed.omar.user.dm_channel))


async def test_a_server_is_told_nothing_of_another_ones_postings(managed: Managed) -> None:
    await managed.mia.slash(managed.channel, "watch company", company="acme bread")
    _, elsewhere, rita = managed.open_server()
    form = await rita.slash(elsewhere, "posting add")
    await managed.press(await rita.submit_modal(form, {"text": BAKER}), "Keep", by=rita)
    assert await told(managed.stage) == []
    assert (await managed.stage.opened.store.upkeep.measure())["unsent"] == 0


async def test_in_direct_messages_one_is_told_of_the_servers_that_one_is_in_still(managed: Managed) -> None:
    await managed.add_and_keep()
    await managed.mia.user.slash("watch company", company="acme bread")
    await settle(managed, Openness.CLOSED, Evidence.WORDS)
    (closed,) = await told(managed.stage)
    assert "Closed: **Acme Bread · Night Baker**" in closed
    managed.stage.guild.remove_member(managed.mia)
    await settle(managed, Openness.OPEN)
    assert await told(managed.stage) == []


async def test_what_one_watches_is_told_given_and_forgotten_by_privacy(stage: Stage) -> None:
    await stage.mia.slash(stage.channel, "watch company", company="flex")
    page = await stage.mia.slash(stage.channel, "privacy")
    assert "You watch:\n- Flex" in text_of(page)
    given = await stage.mia.click(shown(page), label="Give me a file of it")
    (file,) = shown(given).attachments
    assert b'"company": "Flex"' in stage.env.backend.get_attachment(file.id).data if hasattr(stage.env.backend, "get_attachment") else file
    await stage.mia.click(shown(page), label="Forget it now")
    assert await stage.opened.store.watches.list_watches(Holder(f"discord:{stage.mia.id}")) == []


async def test_what_was_written_down_before_a_restart_is_sent_after_it_and_once(managed: Managed) -> None:
    await managed.mia.slash(managed.channel, "watch company", company="acme bread")
    await managed.add_and_keep()
    await managed.stage.client.watching.scan()
    await managed.stage.restart()
    assert len(await told(managed.stage)) == 1
    assert await told(managed.stage) == []


async def test_a_message_that_got_through_before_its_sender_died_is_not_sent_again(managed: Managed) -> None:
    stage = managed.stage
    await managed.mia.slash(managed.channel, "watch company", company="acme bread")
    await managed.add_and_keep()
    outbox = stage.client.outbox._outbox  # noqa: SLF001 - nobody else ends between sending and writing it down
    finish, outbox.finish = outbox.finish, lambda *_, **__: _die()  # type: ignore[method-assign]
    with suppress(_Died):
        await stage.client.outbox.send_due()
    outbox.finish = finish  # type: ignore[method-assign]
    assert len(managed.mia.user.dm_channel.history()) == 1
    turn_clock(stage, hours=1)
    assert await told(stage) == []
    assert (await stage.opened.store.upkeep.measure())["unsent"] == 0


class _Died(BaseException):
    """Nobody catches it."""


async def _die() -> None:
    raise _Died


async def test_everyones_postings_are_told_too(stage: Stage) -> None:
    await stage.mia.slash(stage.channel, "watch company", company="flex")
    (kept, *_) = [one async for one in stage.opened.store.every(scopes={EVERYONE}) if one.posting.company == "Flex"]
    await stage.opened.store.boards.settle(Seen(kept.id, Openness.CLOSED, Evidence.WORDS), next_at=None)
    (news,) = await told(stage)
    assert "Closed: **[Flex · " in news


def ids_of(message: Any) -> list[str]:
    """The ids of the buttons beside the entries of a list."""
    (box,) = shown(message).components
    return [str(part["accessory"]["custom_id"]) for part in box["components"] if part["type"] == discord.ComponentType.section.value]
