"""`/settings`, for those who manage a server."""

from typing import TYPE_CHECKING, Any, TypeAlias

import discord
from discord import app_commands
from discord.app_commands import AppCommandChannel, AppCommandThread, Choice, Range

from bot.interfaces.chat.languages import language_choices
from bot.interfaces.chat.posting_choices import LONGEST_CHOICE
from bot.interfaces.discord_managing import manager_of
from bot.interfaces.discord_notices import find_missing_rights
from bot.interfaces.discord_replying import reply
from bot.interfaces.managing.server_settings import ChosenChannel, Reset, Shown, Wanted

if TYPE_CHECKING:
    from bot.interfaces.discord_client import RolecallClient

Interaction: TypeAlias = "discord.Interaction[RolecallClient]"


class NoticesChannel(app_commands.Transformer):
    """Offers text channels, and looks at what the bot may do in the chosen one."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """What Discord lets people choose."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """The kinds of channels that are offered."""
        return [discord.ChannelType.text, discord.ChannelType.news]

    async def transform(self, _interaction: discord.Interaction[Any], value: AppCommandChannel | AppCommandThread, /) -> ChosenChannel:
        """Return the channel, with the rights that the bot lacks there."""
        channel = value.resolve()
        missing = find_missing_rights(channel) if isinstance(channel, discord.TextChannel) else ("View Channel",)
        return ChosenChannel(value.id, missing)


Language = Range[str, 1, LONGEST_CHOICE]
Channel = app_commands.Transform[ChosenChannel, NoticesChannel]

_SHOWN = {"shown to all": Shown.TO_ALL, "shown only to the one who asks": Shown.TO_ONE}
_RESET = {
    "the admin role": Reset.ADMIN_ROLE,
    "who sees answers": Reset.ANSWERS,
    "the channel for notices": Reset.NOTICES,
    "the language": Reset.LANGUAGE,
    "everything": Reset.EVERYTHING,
}


def settings_command() -> app_commands.Command[Any, ..., None]:
    """Return the command; Discord shows it to those with Manage Server, and the bot looks itself."""
    command: app_commands.Command[Any, ..., None] = app_commands.Command(
        name="settings",
        description="How I behave in this server: who manages postings, who sees answers, where changes are told",
        callback=_settings,
        allowed_contexts=app_commands.AppCommandContext(guild=True),
        allowed_installs=app_commands.AppInstallationType(guild=True),
    )
    command.default_permissions = discord.Permissions(manage_guild=True)
    command.autocomplete("language")(_offer_languages)
    return command


@app_commands.describe(
    admin_role="The role whose members manage postings, beside those with Manage Server",
    answers="Who sees answers to commands",
    notices="The channel that is told what was added, changed and removed",
    language="How numbers and countries are written in answers",
    reset="What to put back to how it was at first",
)
@app_commands.choices(
    answers=[Choice(name=name, value=shown.value) for name, shown in _SHOWN.items()],
    reset=[Choice(name=name, value=reset.value) for name, reset in _RESET.items()],
)
async def _settings(  # noqa: PLR0913, PLR0917 -- each is an option
    interaction: Interaction,
    admin_role: discord.Role | None = None,
    answers: str | None = None,
    notices: Channel | None = None,
    language: Language | None = None,
    reset: str | None = None,
) -> None:
    wanted = Wanted(
        admin_role=admin_role.id if admin_role else None,
        answers=Shown(answers) if answers else None,
        notices=notices,
        language=language,
        reset=Reset(reset) if reset else None,
    )
    await reply(interaction, interaction.client.managing.settings(wanted, manager_of(interaction)), hidden=True)


async def _offer_languages(_interaction: Interaction, typed: str) -> list[Choice[str]]:
    return [Choice(name=name, value=value) for name, value in language_choices(typed)]
