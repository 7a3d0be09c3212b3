"""What there is on the simulated Discord: a server with a channel, a member and an admin, and a first answer by the bot."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import discord
from simcord import ChannelHandle, Env, GuildHandle, MemberActor, UserHandle

from bot.interfaces.discord_client import RolecallClient
from bot.interfaces.tryout.avatars import Pictures, draw_avatars
from bot.topics.pay import PAY

_BOT_NAME = "Rolecall"
_SERVER = "Job seekers"
_CHANNEL = "jobs"
_TOPIC = "Type / and choose a command, or reply to an answer with a question"
_MEMBER, _ADMIN = ("mia", "Mia"), ("ada", "Ada (admin)")
_ADMIN_COLOUR = 0xE67E22


class Stage(NamedTuple):
    """What a page shows, and as whom."""

    channel: ChannelHandle
    viewers: Sequence[MemberActor | UserHandle]
    pictures: Pictures


async def set_stage(env: Env, bot: RolecallClient, *, company: str | None, is_direct: bool) -> Stage:
    """
    Build the server and its people, and let one of them ask a first question.

    The admin owns the bot too, so that everyone's postings can be managed in the direct messages, which are theirs. `company` is whom
    the question is about, None where no postings are; `is_direct` is for the direct-message channel.
    """
    await _set_clock(env)
    assert bot.user is not None  # noqa: S101 -- tells the type checker that it is logged in
    await bot.user.edit(username=_BOT_NAME)
    server = env.create_guild(_SERVER)
    member, admin = (env.create_user(name, global_name=shown, avatar=name) for name, shown in (_MEMBER, _ADMIN))
    pictures = draw_avatars(bot.user, (member, admin))
    talking, ruling = server.add_member(member), _add_admin(server, admin)
    bot.owners = frozenset({admin.id})
    if is_direct:
        await admin.send_dm(f"what does {company} pay?" if company else "hi")
        return Stage(admin.dm_channel, [admin], pictures)
    channel = server.create_text_channel(_CHANNEL, topic=_TOPIC)
    if company:
        await talking.slash(channel, PAY.command, company=company)
    else:
        await talking.slash(channel, "help")
    return Stage(channel, [talking, ruling], pictures)


async def _set_clock(env: Env) -> None:
    """Bring the simulation's clock, which begins on a fixed day and stands still, to today."""
    behind = (datetime.now(UTC) - env.now()).total_seconds()
    if behind > 0:
        await env.advance_time(behind)


def _add_admin(server: GuildHandle, user: UserHandle) -> MemberActor:
    role = server.create_role("Admin", permissions=discord.Permissions(administrator=True), color=_ADMIN_COLOUR)
    return server.add_member(user, roles=[role])
