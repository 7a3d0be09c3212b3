"""Plain words in direct messages and in mentions, with follow-ups of each person's own."""

from unittest.mock import Mock

import pytest
from builders_answering import posting_text
from builders_discord import Stage, embed_of, text_of

from bot.discord.messages import answer_message
from bot.parsing.parse import parse_posting


async def _mention(stage: Stage, text: str, *, attachments: tuple[tuple[str, bytes], ...] = ()) -> str:
    me = stage.client.user
    assert me is not None
    await stage.mia.send(stage.channel, f"<@{me.id}> {text}", attachments=attachments)
    return text_of(stage.said_last())


async def test_a_direct_message_is_answered_with_its_follow_ups(stage: Stage) -> None:
    assert "$135,000" in text_of(await stage.direct("what does nomad pay?"))
    assert "$209,000" in text_of(await stage.direct("and what would flex pay in new york?"))
    assert "$188,000" in text_of(await stage.direct("and in texas?"))


async def test_follow_ups_are_forgotten_after_half_an_hour(stage: Stage) -> None:
    await stage.direct("what does flex pay?")
    stage.clock.now += 30 * 60 + 1
    assert embed_of(await stage.direct("and in new york?")).title is None


async def test_a_command_and_a_message_are_of_one_conversation(stage: Stage) -> None:
    await stage.mia.user.slash("salary", company="flex")
    assert "$188,000" in text_of(await stage.direct("and in texas?"))


async def test_a_mention_in_a_server_is_answered_as_a_reply(stage: Stage) -> None:
    assert "Yes, from Kenya" in await _mention(stage, "can I apply to wikimedia from Kenya?")
    assert stage.said_last().reference is not None
    assert "No, not from Japan" in await _mention(stage, "and from Japan?")


async def test_what_is_said_to_others_is_not_answered(stage: Stage) -> None:
    sent = await stage.mia.send(stage.channel, "what does flex pay?")
    assert stage.said_last().id == sent.id
    sent = await stage.mia.send(stage.channel, f"<@{stage.ada.id}> what does flex pay?")
    assert stage.said_last().id == sent.id
    sent = await stage.mia.send(stage.channel, "@everyone what does flex pay?")
    assert stage.said_last().id == sent.id


@pytest.mark.parametrize(
    ("said", "told", "example"),
    [
        ("hi", "Hello!", "requirements at Flex"),
        ("help", "/salary", "requirements at Flex"),
        ("hola", "¡Hola!", "requisitos de Flex"),
        ("Hilfe!", "/gehalt", "Anforderungen bei Flex"),
        ("ayuda", "/salario", "requisitos de Flex"),
        ("Thanks!", "You're welcome", ""),
    ],
)
async def test_small_talk_gets_a_short_reply_with_examples(said: str, told: str, example: str, stage: Stage) -> None:
    answer = text_of(await stage.direct(said))
    assert told in answer
    assert example in answer


@pytest.mark.parametrize("said", ["qwertyuiop", "???", "the moon is made of cheese", "\u200b\u200b", "`", "||"])
async def test_what_cannot_be_understood_gets_a_useful_reply(said: str, stage: Stage) -> None:
    assert "pay?" in text_of(await stage.direct(said))


async def test_attachments_are_left_aside_politely(stage: Stage) -> None:
    told = await _mention(stage, "what does flex pay?", attachments=(("posting.pdf", b"%PDF"),))
    assert "$209,000" in told
    assert "attachments are left aside" in text_of(stage.said_last())
    assert "not attachments" in await _mention(stage, "", attachments=(("posting.pdf", b"%PDF"),))
    assert "Anhänge lasse ich beiseite" in await _mention(stage, "was zahlt flex?", attachments=(("posting.pdf", b"%PDF"),))


async def _direct_without_words(stage: Stage, *, file: str | None = None) -> str:
    """What is said to a direct message that has a file or a sticker and no words."""
    sent = await stage.mia.send_dm("…")
    sent.content = ""
    sent.attachments = [Mock(filename=file)] if file else []
    await answer_message(sent, stage.client)
    return text_of(stage.said_last(stage.mia.user.dm_channel))


async def test_a_message_without_words_is_answered_in_the_conversations_language(stage: Stage) -> None:
    assert "not attachments" in await _direct_without_words(stage, file="posting.pdf")
    await stage.direct("was zahlt flex?")
    assert "keine Anhänge" in await _direct_without_words(stage, file="posting.pdf")
    await stage.direct("combien paie flex ?")
    assert "pièces jointes" in await _direct_without_words(stage, file="posting.pdf")


async def test_a_sticker_alone_is_greeted_in_the_conversations_language(stage: Stage) -> None:
    await stage.direct("cuánto paga flex?")
    assert "Pregúntame por los anuncios" in await _direct_without_words(stage)


async def test_a_posting_of_one_server_is_seen_in_that_server_only(stage: Stage) -> None:
    own = parse_posting(
        posting_text("Secret Works", "Spy", "We pay $120,000 a year.\n\nYou will keep what you see to yourself."), "secret.md"
    )
    await stage.opened.store.keep([own], scope=str(stage.guild.id))
    assert "$120,000" in await _mention(stage, "what does Secret Works pay?")
    stranger = stage.env.create_user("stranger")
    await stranger.send_dm("what does Secret Works pay?")
    assert "no posting from" in text_of(stage.said_last(stranger.dm_channel))


async def test_where_the_bot_may_not_write_it_keeps_silent(stage: Stage) -> None:
    me = stage.client.user
    assert me is not None
    stage.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, message="Missing Permissions")
    sent = await stage.mia.send(stage.channel, f"<@{me.id}> what does flex pay?")
    assert stage.said_last().id == sent.id
    assert "$209,000" in text_of(await stage.direct("what does flex pay?"))


async def test_no_privileged_intent_is_asked_for(stage: Stage) -> None:
    intents = stage.client.intents
    assert not any((intents.message_content, intents.members, intents.presences))


async def test_a_reply_whose_text_discord_withholds_is_told_to_mention_the_bot(stage: Stage) -> None:
    await _mention(stage, "what does flex pay?")
    reply = await stage.mia.send(stage.channel, "and in texas?", reply_to=stage.said_last())
    reply.content = ""
    await answer_message(reply, stage.client)
    assert "Mention me" in text_of(stage.said_last())
    assert "Hello" not in text_of(stage.said_last())


async def test_a_whole_posting_is_shown_in_a_server_to_who_presses_the_button_alone(stage: Stage) -> None:
    public = await _mention(stage, "show me the whole posting of nixtla")
    assert "to you alone" in public
    assert "Page 1" not in public
    opened = await stage.mia.click(stage.said_last(), label="Whole posting")
    assert opened.ephemeral
    assert "Page 1 of" in text_of(opened)
    assert "Page 1 of" in text_of(await stage.direct("show me the whole posting of nixtla"))
