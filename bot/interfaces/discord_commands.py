"""The slash commands: one for each topic, and a few of Discord's own."""

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.app_commands import Choice, Range, TranslationContextLocation, locale_str

from bot.domain.question import Question
from bot.interfaces.chat.posting_choices import LONGEST_CHOICE
from bot.interfaces.chat.translations import find_option_description, find_translation
from bot.interfaces.discord_members import visitor_here
from bot.interfaces.discord_replying import answer
from bot.interfaces.discord_settings import settings_command
from bot.interfaces.failures import log_failure
from bot.topics import TOPICS
from bot.topics.countries import COUNTRIES
from bot.topics.topic import Topic

if TYPE_CHECKING:
    from bot.interfaces.discord_client import RolecallClient

Interaction = discord.Interaction["RolecallClient"]
Callback = Callable[..., Coroutine[Any, Any, None]]

COMPANY = "The company, typos and all; a role behind a colon"
COUNTRY = "The country that you would work from"
QUESTION = "Your question, with the company in it"

CompanyName = Range[str, 1, 200]
CountryName = Range[str, 1, LONGEST_CHOICE]
QuestionText = Range[str, 1, 1000]

EVERYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
BY_ANYBODY = app_commands.AppInstallationType(guild=True, user=True)


class CommandTranslator(app_commands.Translator):
    """Gives names and descriptions in the languages that there are translations into."""

    async def translate(self, string: locale_str, locale: discord.Locale, context: Any) -> str | None:
        """Return a translation, None to keep the English; a subcommand is found by its group's name and its own."""
        match context.location:
            case TranslationContextLocation.command_name | TranslationContextLocation.group_name:
                return find_translation("names", context.data.qualified_name, locale=locale.value)
            case TranslationContextLocation.parameter_name:
                return find_translation("names", string.message, locale=locale.value)
            case TranslationContextLocation.command_description | TranslationContextLocation.group_description:
                return find_translation("descriptions", context.data.qualified_name, locale=locale.value)
            case TranslationContextLocation.parameter_description:
                return find_option_description(context.data.command.qualified_name, context.data.name, locale=locale.value)
        return None


def add_commands(tree: "app_commands.CommandTree[RolecallClient]") -> None:
    """Put all commands into the tree."""
    for topic in TOPICS:
        callback = _about_countries() if topic is COUNTRIES else _about(topic)
        tree.add_command(_command(topic.command, topic.description, callback))
    tree.add_command(_command("ask", "A question in your own words, answered in the posting's", _ask))
    tree.add_command(_command("postings", "The postings that are here", _postings))
    tree.add_command(_command("help", "What you can ask", _help))
    tree.add_command(_command("privacy", "What is kept about you, and how to delete it", _privacy))
    tree.add_command(settings_command())


def _command(name: str, description: str, callback: Callback) -> app_commands.Command[Any, ..., None]:
    command: app_commands.Command[Any, ..., None] = app_commands.Command(
        name=name, description=description, callback=callback, allowed_contexts=EVERYWHERE, allowed_installs=BY_ANYBODY
    )
    for parameter in command.parameters:
        if parameter.name == "company":
            command.autocomplete("company")(_offer_companies)
        if parameter.name == "country":
            command.autocomplete("country")(_offer_countries)
    return command


def _about(topic: Topic[Any]) -> Callback:
    """Return the command that asks about a topic."""

    @app_commands.describe(company=COMPANY)
    async def ask_about(interaction: Interaction, company: CompanyName) -> None:
        await _answer(interaction, Question(topic=topic.name, company=company))

    return ask_about


def _about_countries() -> Callback:
    @app_commands.describe(company=COMPANY, country=COUNTRY)
    async def ask_about_countries(interaction: Interaction, company: CompanyName, country: CountryName | None = None) -> None:
        await _answer(interaction, Question(topic=COUNTRIES.name, company=company, country=country))

    return ask_about_countries


@app_commands.describe(question=QUESTION)
async def _ask(interaction: Interaction, question: QuestionText) -> None:
    await answer(interaction, lambda visitor: interaction.client.desk.say(question, visitor))


async def _postings(interaction: Interaction) -> None:
    await answer(interaction, interaction.client.desk.postings, hidden=True)


async def _help(interaction: Interaction) -> None:
    await answer(interaction, interaction.client.desk.help, hidden=True)


async def _privacy(interaction: Interaction) -> None:
    await answer(interaction, interaction.client.desk.privacy, hidden=True)


async def _answer(interaction: Interaction, question: Question) -> None:
    await answer(interaction, lambda visitor: interaction.client.desk.ask(question, visitor))


async def _offer_companies(interaction: Interaction, typed: str) -> list[Choice[str]]:
    try:
        visitor = await interaction.client.members.visitor_of(interaction, patience=0)
        choices = await interaction.client.desk.company_choices(typed, visitor)
    except Exception as error:  # noqa: BLE001 -- nobody can be told while they type; they are when they send it
        log_failure(error, is_for_operator=True)
        return []
    return [Choice(name=choice, value=choice) for choice in choices]


async def _offer_countries(interaction: Interaction, typed: str) -> list[Choice[str]]:
    choices = interaction.client.desk.country_choices(typed, visitor_here(interaction))
    return [Choice(name=name, value=value) for name, value in choices]
