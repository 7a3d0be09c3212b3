"""A preview on Discord is kept once, by who may, where it was made, and against what was there when it was looked at."""

import asyncio

import pytest
from builders_discord import shown, text_of
from builders_managing import BAKER, BAKER_PAID_MORE, Managed, labels_of, press_of

from bot.discord import sending
from bot.domain.person import EVERYONE
from bot.domain.posting import ActionKind, ServerSettings

LINKED = f"# [Night Baker](https://acme.example/baker)\n### Acme Bread\n\n{BAKER.partition('Lisbon')[2]}"
LINKED_PAID_MORE = LINKED.replace("$40,000 to $50,000", "$45,000 to $55,000")


async def test_who_may_not_manage_gets_neither_form_nor_preview(managed: Managed) -> None:
    message = await managed.mia.send(managed.channel, BAKER)
    for refused in (
        await managed.mia.slash(managed.channel, "posting add"),
        await managed.mia.slash(managed.channel, "posting add", url="https://jobs.example/1"),
        await managed.mia.slash(managed.channel, "posting add", file=("baker.md", BAKER.encode())),
        await managed.mia.context_menu(managed.channel, "Add as posting", message),
    ):
        assert refused.modal is None
        assert refused.ephemeral
        assert "Only members with the permission Manage Server" in text_of(refused)


async def test_who_has_the_role_that_settings_name_may(managed: Managed) -> None:
    role = managed.stage.guild.create_role("Librarian")
    lena = managed.stage.guild.add_member(managed.stage.env.create_user("lena"), roles=[role])
    managed.show_commands_to(role)  # as the server's owner does under Integrations
    assert (await lena.slash(managed.channel, "posting add")).modal is None
    settings = await managed.stage.client.servers.get(managed.stage.guild.id)
    await managed.stage.client.servers.put(managed.stage.guild.id, settings.model_copy(update={"admin_role": role.id}))
    await managed.add_and_keep(by=lena)
    assert len(await managed.kept()) == 1


async def test_a_right_that_was_lost_between_preview_and_keep_counts_for_every_button_and_form(managed: Managed) -> None:
    preview = await managed.paste()
    form = await managed.rita.slash(managed.channel, "posting add")
    groups = await managed.press(await managed.paste(), "Correct …")
    typed = await managed.press(groups, "Pay, contract, benefits, visa")
    managed.take_right(managed.rita)
    for label in ("Keep", "Correct …", "Cancel"):
        refused = await managed.press(preview, label)
        assert "Only members with the permission Manage Server" in text_of(refused)
        assert shown(refused).id != shown(preview).id, "the preview stays"
    for sent in (await managed.rita.submit_modal(form, {"text": BAKER}), await managed.rita.submit_modal(typed, {})):
        assert "Only members with the permission Manage Server" in text_of(sent)
    assert await managed.kept() == []


async def test_a_button_of_one_server_does_nothing_in_another(managed: Managed) -> None:
    preview = await managed.paste()
    guild, channel, rita = managed.open_server()
    theirs = await rita.slash(channel, "posting add")
    there = await rita.submit_modal(theirs, {"text": BAKER})
    managed.put_button(there, press_of(preview, "Keep"))
    told = await rita.click(shown(there), label="Keep")
    assert "belongs to another server" in text_of(told)
    assert await managed.kept() == []
    assert await managed.kept(str(guild.id)) == []


async def test_keep_works_after_a_restart_and_a_form_that_was_open_then_is_taken(managed: Managed) -> None:
    preview = await managed.paste()
    form = await managed.rita.slash(managed.channel, "posting add")
    await managed.stage.restart()
    await managed.press(preview, "Keep")
    sent = await managed.rita.submit_modal(form, {"text": BAKER.replace("Night", "Day")})
    assert "Acme Bread · Day Baker" in text_of(sent)
    await managed.stage.restart()
    await managed.press(sent, "Keep")
    assert {one.posting.title for one in await managed.kept()} == {"Night Baker", "Day Baker"}


async def test_keep_pressed_again_and_after_cancel_say_what_became_of_it(managed: Managed) -> None:
    preview = await managed.paste()
    keep, cancel = press_of(preview, "Keep"), press_of(preview, "Cancel")
    kept = await managed.press(preview, "Keep")
    managed.put_button(kept, keep)
    again = await managed.press(kept, "Undo")
    assert "kept already, as **#1 Acme Bread · Night Baker**" in text_of(again)
    second = await managed.paste(BAKER.replace("Night", "Day"))
    keep, cancelled = press_of(second, "Keep"), await managed.press(second, "Cancel")
    assert text_of(cancelled) == "Cancelled; nothing was kept."
    assert labels_of(cancelled) == []
    third = await managed.paste(BAKER.replace("Night", "Evening"))
    managed.put_button(third, keep)
    assert "This was cancelled and nothing was kept" in text_of(await managed.press(third, "Keep"))
    managed.put_button(third, cancel)
    assert "was kept already" in text_of(await managed.press(third, "Keep"))
    assert len(await managed.kept()) == 1


async def test_the_same_name_updates_whoever_pastes_it_and_may_be_kept_as_a_new_one(managed: Managed) -> None:
    await managed.add_and_keep()
    preview = await managed.paste(BAKER_PAID_MORE, by=managed.omar)
    assert "Keep updates **#1 Acme Bread · Night Baker**" in text_of(preview)
    assert labels_of(preview) == ["Keep", "Keep as a new one", "Correct …", "Cancel"]
    new = await managed.press(preview, "Keep as a new one", by=managed.omar)
    assert "Kept as **#2 " in text_of(new)
    await managed.press(await managed.paste(BAKER_PAID_MORE.replace("400", "500"), by=managed.omar), "Keep", by=managed.omar)
    kept = await managed.kept()
    assert [(one.id, one.revision) for one in kept] == [(1, 2), (2, 1)]
    actions = await managed.stage.opened.store.list_actions(scopes={managed.scope})
    done = [(one.kind, one.by.name) for one in reversed(actions)]
    assert done == [(ActionKind.ADDED, "rita"), (ActionKind.ADDED, "omar"), (ActionKind.UPDATED, "omar")]


async def test_pasted_postings_without_company_or_role_are_not_taken_for_one_another(managed: Managed) -> None:
    first = "We bake bread at night and look for somebody who lifts sacks of flour.\n\nWe pay $20 an hour, and bread is free."
    second = "We drive buses by day and look for somebody who likes people.\n\nWe pay $30 an hour, and rides are free."
    await managed.add_and_keep(first)
    preview = await managed.paste(second)
    assert "Nothing is kept yet" in text_of(preview)
    assert "No company and no title was found" in text_of(preview)
    await managed.press(preview, "Keep")
    assert len(await managed.kept()) == 2


async def test_a_likely_duplicate_is_shown_beside_it_and_can_be_updated(managed: Managed) -> None:
    await managed.add_and_keep()
    preview = await managed.paste(LINKED_PAID_MORE)
    assert "It is much like **#1 Acme Bread · Night Baker**" in text_of(preview)
    assert labels_of(preview)[:2] == ["Keep", "Keep as update"]
    updated = await managed.press(preview, "Keep as update")
    assert "Updated: **#1 Acme Bread · Night Baker**." in text_of(updated)
    own = await managed.paste(BAKER.replace("Keep the sourdough", "Watch the sourdough"))
    assert "It is much like **#1 " in text_of(own)


async def test_a_posting_that_was_changed_meanwhile_is_shown_as_it_is_now_and_looked_at_again(managed: Managed) -> None:
    await managed.add_and_keep(LINKED)
    rita = await managed.paste(LINKED_PAID_MORE)
    await managed.add_and_keep(LINKED.replace("400 loaves", "600 loaves"), by=managed.omar)
    told = await managed.press(rita, "Keep")
    for words in ("Nothing was kept: **#1 Acme Bread · Night Baker** was updated by omar", "600 loaves"):
        assert words in text_of(told)
    again = await managed.press(told, "Look again")
    assert "Keep updates **#1 " in text_of(again)
    assert "Updated: **#1 Acme Bread · Night Baker**." in text_of(await managed.press(again, "Keep"))


async def test_a_posting_that_was_removed_meanwhile_can_be_added_as_a_new_one(managed: Managed) -> None:
    await managed.add_and_keep(LINKED)
    preview = await managed.paste(LINKED_PAID_MORE)
    await managed.stage.opened.store.remove(1, scopes={managed.scope})
    told = await managed.press(preview, "Keep")
    assert "#1 was removed by Rolecall" in text_of(told)
    again = await managed.press(told, "Look again")
    assert "Nothing is kept yet" in text_of(again)
    assert "Kept as **#2 " in text_of(await managed.press(again, "Keep"))


async def test_what_was_kept_is_taken_back_by_undo_unless_somebody_changed_it_since(managed: Managed) -> None:
    added = await managed.add_and_keep()
    updated = await managed.add_and_keep(BAKER_PAID_MORE)
    assert "#1 was changed since, by rita" in text_of(await managed.press(added, "Undo"))
    await managed.stage.restart()
    assert "says again what it said before" in text_of(await managed.press(updated, "Undo"))
    (kept,) = await managed.kept()
    assert (kept.posting.text, kept.revision) == (BAKER, 3)
    other = await managed.add_and_keep(LINKED.replace("Night", "Day"))
    undone = await managed.press(other, "Undo")
    assert "is removed again" in text_of(undone)
    await managed.press(undone, "Redo")
    assert len(await managed.kept()) == 2


async def test_the_channel_for_notices_is_told_what_was_kept_and_by_whom(managed: Managed) -> None:
    news = managed.stage.guild.create_text_channel("news")
    await managed.stage.client.servers.put(managed.stage.guild.id, ServerSettings(notices_channel=news.id))
    await managed.add_and_keep()
    told = managed.stage.said_last(news)
    assert text_of(told) == "New posting: **#1 Acme Bread · Night Baker**, by rita."
    opened = await managed.mia.click(told, label="Show it")
    assert opened.ephemeral
    assert "Acme Bread · Night Baker" in text_of(opened)
    await managed.add_and_keep(BAKER_PAID_MORE, by=managed.omar)
    assert text_of(managed.stage.said_last(news)) == "Updated: **#1 Acme Bread · Night Baker**, by omar."


def _slow_down(managed: Managed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have everything take longer than an answer may wait before it is deferred."""
    known = managed.stage.client.servers.get

    async def slowly(server: int | None) -> ServerSettings:
        await asyncio.sleep(0.1)
        return await known(server)

    monkeypatch.setattr(sending, "_SLOW", 0.01)
    monkeypatch.setattr(managed.stage.client.servers, "get", slowly)


async def test_what_is_slow_is_shown_in_the_same_places(managed: Managed, monkeypatch: pytest.MonkeyPatch) -> None:
    _slow_down(managed, monkeypatch)
    form = await managed.rita.slash(managed.channel, "posting add")
    preview = await managed.rita.submit_modal(form, {"text": BAKER})
    assert preview.ephemeral
    groups = await managed.press(preview, "Correct …")
    assert shown(groups).id == shown(preview).id
    typed = await managed.press(groups, "What is asked for")
    sent = await managed.rita.submit_modal(typed, {})
    assert shown(sent).id == shown(preview).id
    managed.take_right(managed.rita)
    refused = await managed.press(sent, "Keep")
    (told,) = refused.followups
    assert told.ephemeral
    assert "Only members with the permission Manage Server" in text_of(told)
    assert "Acme Bread · Night Baker" in text_of(sent), "the preview stays"


async def test_owners_manage_everyones_postings_in_direct_messages_and_others_do_not(managed: Managed) -> None:
    refused = await managed.mia.user.slash("posting add")
    assert "Only the bot's owners" in text_of(refused)
    managed.stage.client.owners = frozenset({managed.rita.id})
    form = await managed.rita.user.slash("posting add")
    preview = await managed.rita.user.submit_modal(form, {"text": BAKER})
    assert not preview.ephemeral
    await managed.rita.user.click(shown(preview), label="Keep")
    assert len(await managed.kept(EVERYONE)) == 1
    assert await managed.kept() == []
