"""The slash commands: one for each topic, and a few of Discord's own."""

import logging
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.app_commands import Choice, Range, TranslationContextLocation, locale_str
from discord.http import Route

from bot.discord.admin_commands import settings_command
from bot.discord.members import visitor_here
from bot.discord.sending import answer
from bot.domain.query import Question
from bot.presentation.chat_service import LONGEST_CHOICE
from bot.presentation.failures import log_failure
from bot.presentation.languages import find_option_description, find_translation
from bot.topics import TOPICS
from bot.topics.countries import COUNTRIES
from bot.topics.topic import Topic

if TYPE_CHECKING:
    from bot.discord.client import RolecallClient


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


# Whether the commands that Discord has registered are the ones that there are now.

_COMPARED = (
    "type",
    "name",
    "description",
    "name_localizations",
    "description_localizations",
    "options",
    "required",
    "autocomplete",
    "choices",
    "value",
    "min_length",
    "max_length",
    "min_value",
    "max_value",
    "channel_types",
    "contexts",
    "integration_types",
    "default_member_permissions",
    "nsfw",
)
"""What we send; Discord adds ids, versions and the like, and leaves out what is empty or false."""

_IN_ANY_ORDER = ("contexts", "integration_types")


def are_registered(wanted: Sequence[Mapping[str, Any]], registered: Sequence[Mapping[str, Any]]) -> bool:
    """
    Tell whether the commands are all registered as they are wanted, and no others.

    >>> are_registered([{"name": "ask", "options": [], "nsfw": False}], [{"id": "7", "name": "ask"}])
    True
    >>> are_registered([{"name": "ask"}], [{"id": "7", "name": "ask"}, {"id": "8", "name": "old"}])
    False
    """
    return _by_name(wanted) == _by_name(registered)


def _by_name(commands: Iterable[Mapping[str, Any]]) -> list[Any]:
    return sorted((_essence({"type": 1, **command}) for command in commands), key=lambda command: (command["type"], command["name"]))


def _essence(node: Any) -> Any:
    """Return what is compared of a payload: without what Discord adds, and without what is empty."""
    if isinstance(node, Mapping):
        parts = {key: _part(key, node[key]) for key in _COMPARED if key in node}
        return {key: part for key, part in parts.items() if part not in (None, False, "", [], {})}
    if isinstance(node, list | tuple):
        return [_essence(part) for part in node]
    return node


def _part(key: str, value: Any) -> Any:
    if key.endswith("_localizations"):
        return dict(value or {})
    if key in _IN_ANY_ORDER:
        return sorted(value or ())
    return str(value) if key == "default_member_permissions" and value is not None else _essence(value)


# Registers the commands with Discord, only where they are not registered as they are.

_LOG = logging.getLogger(__name__)


async def sync_commands(tree: app_commands.CommandTree[Any]) -> bool:
    """
    Register the commands if Discord has others, and tell whether it had.

    Discord is asked and not a note of our own: the note would be wrong for another application, or after a change by hand.
    """
    wanted = await _payloads(tree)
    if are_registered(wanted, await _fetch_registered(tree.client)):
        return False
    await tree.sync()
    _LOG.info("registered %d commands", len(wanted))
    return True


async def _payloads(tree: app_commands.CommandTree[Any]) -> list[dict[str, Any]]:
    commands = tree.get_commands()
    if tree.translator is None:
        return [command.to_dict(tree) for command in commands]
    return [await command.get_translated_payload(tree, tree.translator) for command in commands]


async def _fetch_registered(client: discord.Client) -> list[dict[str, Any]]:
    """Ask for the global commands with their translations, which discord.py's own method leaves out."""
    route = Route("GET", "/applications/{application_id}/commands", application_id=client.application_id)
    registered: list[dict[str, Any]] = await client.http.request(route, params={"with_localizations": "true"})
    return registered
