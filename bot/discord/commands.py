"""The slash commands: one for each topic, and a few of Discord's own."""

import json
import logging
from collections.abc import Callable, Coroutine, Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice, Range, TranslationContextLocation, locale_str
from discord.http import Route

from bot.admin.watching import PACES, Delivery
from bot.discord.admin_commands import Channel, settings_command, setup_command
from bot.discord.gateway import BotClient, Interaction
from bot.discord.members import person_here
from bot.discord.messages import spoken_of
from bot.discord.sending import Ask, answer, offer
from bot.domain.facts import EducationLevel, Period
from bot.domain.person import Person
from bot.domain.posting import Pace
from bot.domain.query import Order, Question
from bot.presentation.buttons import WITH_CLOSED
from bot.presentation.card import Card
from bot.presentation.chat_service import LONGEST_CHOICE
from bot.presentation.notices import (
    OWN_COMMANDS,
    Standing,
    currency_choices,
    find_choice,
    find_option_description,
    place_choices,
)
from bot.questions.commands import write_command
from bot.text.translations import LOCALES, find_translation
from bot.topics import TOPICS
from bot.topics.education import NAMES
from bot.topics.employment_type import EmploymentType
from bot.topics.pay import EACH
from bot.topics.topic import Topic
from bot.topics.workplace import Workplace

Callback = Callable[..., Coroutine[Any, Any, None]]

COMPANY = "The company, typos and all; a role behind a colon"
COUNTRY = "The country that you would work from"
QUESTION = "Your question, with the company in it"

_WORKPLACES = [
    Choice(name=name, value=value.value)
    for value, name in ((Workplace.REMOTE, "remote"), (Workplace.HYBRID, "hybrid"), (Workplace.ONSITE, "in an office"))
]

CompanyName = Range[str, 1, 200]
CountryName = Range[str, 1, LONGEST_CHOICE]
QuestionText = Range[str, 1, 1000]

EVERYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
BY_ANYBODY = app_commands.AppInstallationType(guild=True, user=True)


class CommandTranslator(app_commands.Translator):
    """Gives names and descriptions in the languages that there are translations into."""

    async def translate(self, string: locale_str, locale: discord.Locale, context: Any) -> str | None:
        """Return a translation, None to keep the English; a subcommand is found by its group's name and its own."""
        if locale.value not in LOCALES:  # discord.py asks for 30 languages, half a thousand words each
            return None
        told = None
        match context.location:
            case TranslationContextLocation.command_name | TranslationContextLocation.group_name:
                told = find_translation("names", context.data.qualified_name, locale=locale.value)
            case TranslationContextLocation.parameter_name:
                told = find_translation("names", string.message, locale=locale.value)
            case TranslationContextLocation.command_description | TranslationContextLocation.group_description:
                told = find_translation("descriptions", context.data.qualified_name, locale=locale.value)
            case TranslationContextLocation.choice_name:
                told = find_choice(string.message, locale=locale.value)
            case TranslationContextLocation.parameter_description:
                told = find_option_description(context.data.command.qualified_name, context.data.name, locale=locale.value)
        return told


def add_commands(tree: app_commands.CommandTree[Any]) -> None:
    """Put all commands into the tree."""
    for topic in TOPICS:
        callback = _about_country(topic) if topic.takes_country else _about(topic)
        tree.add_command(_command(topic.command, topic.description, callback))
    tree.add_command(watch_group)
    for name, callback in _OWN.items():
        tree.add_command(_command(name, OWN_COMMANDS[name], callback))
    tree.add_command(setup_command)
    tree.add_command(settings_command)


def _command(
    name: str, description: str, callback: Callback, *, group: app_commands.Group | None = None
) -> app_commands.Command[Any, ..., None]:
    where: dict[str, Any] = {"parent": group} if group else {"allowed_contexts": EVERYWHERE, "allowed_installs": BY_ANYBODY}
    command: app_commands.Command[Any, ..., None] = app_commands.Command(name=name, description=description, callback=callback, **where)
    for parameter in command.parameters:
        if (offering := _OFFERS.get(parameter.name)) is not None:
            command.autocomplete(parameter.name)(offering)
    return command


def _about(topic: Topic[Any]) -> Callback:

    @app_commands.describe(company=COMPANY)
    async def ask_about(interaction: Interaction, company: CompanyName) -> None:
        await _answer(interaction, Question(topic=topic.name, company=company))

    return ask_about


def _about_country(topic: Topic[Any]) -> Callback:

    @app_commands.describe(company=COMPANY, country=COUNTRY)
    async def ask_about_country(interaction: Interaction, company: CompanyName, country: CountryName | None = None) -> None:
        await _answer(interaction, Question(topic=topic.name, company=company, country=country))

    return ask_about_country


# Across postings.

_CONTRACTS = [Choice(name=kind.value.replace("_", " ").capitalize(), value=kind.value) for kind in EmploymentType]
_DEGREES = [Choice(name=NAMES[level], value=level.value) for level in EducationLevel]
_PERIODS = [Choice(name=EACH[period], value=period.value) for period in Period]
_ORDERS = [Choice(name=order.value.capitalize(), value=order.value) for order in Order]
_Word = Range[str, 1, LONGEST_CHOICE]


_WANTED = {
    "role": "The role, as in its title",
    "skills": "Skills with commas between: all of them must be named",
    "country": COUNTRY,
    "workplace": "Remote, hybrid or in an office",
    "pay": "The least pay",
    "currency": "The currency of the pay",
    "years": "The most years of experience that may be asked for",
    "contract": "The kind of contract",
    "degree": "The highest degree that may be required",
    "sponsors": "Only who sponsors a visa",
    "company": COMPANY,
}
"""What a search asks for, once or again and again."""


@app_commands.describe(
    **_WANTED,
    period="What the pay is for",
    fits_me="By what you told of yourself, too",
    closed="Postings that are closed, too",
    sort="What comes first",
)
@app_commands.choices(workplace=_WORKPLACES, contract=_CONTRACTS, degree=_DEGREES, period=_PERIODS, sort=_ORDERS)
@app_commands.rename(fits_me="fits-me")
async def _search(  # noqa: PLR0913 -- each is an option of the command
    interaction: Interaction,
    *,
    role: _Word | None = None,
    skills: _Word | None = None,
    country: CountryName | None = None,
    workplace: str | None = None,
    pay: Range[float, 1.0, 1e9] | None = None,
    currency: Range[str, 3, 3] | None = None,
    period: str | None = None,
    years: Range[float, 0.0, 60.0] | None = None,
    contract: str | None = None,
    degree: str | None = None,
    sponsors: bool = False,
    company: CompanyName | None = None,
    fits_me: bool = False,
    closed: bool = False,
    sort: str | None = None,
) -> None:
    options = {
        "role": role,
        "skills": skills,
        "country": country,
        "workplace": workplace,
        "pay": _write_pay(pay, currency, EACH[Period(period)] if period else None),
        "years": f"{years:g}" if years is not None else None,
        "contract": contract,
        "degree": degree,
        "visa": "yes" if sponsors else None,
        "company": company,
        "fits": "yes" if fits_me else None,
        "closed": "yes" if closed else None,
        "sort": sort,
    }
    if not any(options.values()):
        options["sort"] = Order.NEWEST.value  # all that are here
    await _answer(interaction, Question(text=write_command("search", options)))


_PLAIN = 1e5
"""Numbers from here on are written out: not 1e+05."""


def _write_pay(pay: float | None, currency: str | None, period: str | None = None) -> str | None:
    """Return the least pay as a command has it, a currency alone too: it is refused, and not passed over."""
    amount = "" if pay is None else f"{pay:g}" if pay < _PLAIN else f"{pay:.0f}"
    return " ".join(filter(None, (amount, currency, period))) or None


# To be told what becomes of postings.

watch_group = app_commands.Group(name="watch", description=OWN_COMMANDS["watch"], allowed_contexts=EVERYWHERE, allowed_installs=BY_ANYBODY)
_PACES = [Choice(name=name, value=pace.value) for pace, name in PACES.items()]
_PACE_OF = {pace.value: pace for pace in Pace}
_TOLD = {
    "pace": "How soon you are told: at once, or all of a day or a week in one message",
    "channel": "For admins: the channel that is told, in place of you",
    "mention": "For admins: the role that is mentioned there",
}


@app_commands.describe(company="The company, also one that has no posting here yet; a role behind a colon", **_TOLD)
@app_commands.choices(pace=_PACES)
async def _watch_company(
    interaction: Interaction,
    company: CompanyName,
    pace: str = Pace.AT_ONCE.value,
    channel: Channel | None = None,
    mention: discord.Role | None = None,
) -> None:
    to, watching = Delivery(_PACE_OF.get(pace, Pace.AT_ONCE), channel, mention.id if mention else None), interaction.client.watching
    await answer(interaction, lambda person: watching.watch_company(company, person, to=to), hidden=True)


@app_commands.describe(**_WANTED, **_TOLD)
@app_commands.choices(workplace=_WORKPLACES, contract=_CONTRACTS, degree=_DEGREES, pace=_PACES)
async def _watch_search(  # noqa: PLR0913 -- each is an option of the command
    interaction: Interaction,
    *,
    role: _Word | None = None,
    skills: _Word | None = None,
    country: CountryName | None = None,
    workplace: str | None = None,
    pay: Range[float, 1.0, 1e9] | None = None,
    currency: Range[str, 3, 3] | None = None,
    years: Range[float, 0.0, 60.0] | None = None,
    contract: str | None = None,
    degree: str | None = None,
    sponsors: bool = False,
    company: CompanyName | None = None,
    pace: str = Pace.AT_ONCE.value,
    channel: Channel | None = None,
    mention: discord.Role | None = None,
) -> None:
    options = {
        "role": role,
        "skills": skills,
        "country": country,
        "workplace": workplace,
        "pay": _write_pay(pay, currency),
        "years": f"{years:g}" if years is not None else None,
        "contract": contract,
        "degree": degree,
        "visa": "yes" if sponsors else None,
        "company": company,
    }
    to, watching = Delivery(_PACE_OF.get(pace, Pace.AT_ONCE), channel, mention.id if mention else None), interaction.client.watching
    await answer(interaction, lambda person: watching.watch_search(options, person, to=to), hidden=True)


@app_commands.describe(first=COMPANY, second=COMPANY, third=COMPANY, fourth=COMPANY, fifth=COMPANY)
async def _compare(  # noqa: PLR0913 -- each is an option of the command
    interaction: Interaction,
    *,
    first: CompanyName,
    second: CompanyName,
    third: CompanyName | None = None,
    fourth: CompanyName | None = None,
    fifth: CompanyName | None = None,
) -> None:
    await _answer(interaction, Question(text=write_command("compare", [one for one in (first, second, third, fourth, fifth) if one])))


@app_commands.describe(company=COMPANY)
async def _fit(interaction: Interaction, company: CompanyName) -> None:
    await _answer(interaction, Question(text=write_command("fit", [company])))


async def _offer_skills(interaction: Interaction, typed: str) -> list[Choice[str]]:
    return await offer(interaction.client.chat.skill_choices(typed, person_here(interaction)))


async def _offer_roles(interaction: Interaction, typed: str) -> list[Choice[str]]:
    return await offer(interaction.client.chat.role_choices(typed, person_here(interaction)))


async def _offer_currencies(interaction: Interaction, typed: str) -> list[Choice[str]]:
    return [Choice(name=name, value=code) for name, code in currency_choices(typed, locale=str(interaction.locale))]


@app_commands.describe(question=QUESTION)
async def _ask(interaction: Interaction, question: QuestionText) -> None:
    client = interaction.client

    async def say_there(person: Person) -> Card:
        return await client.chat.say(question, person, about=await spoken_of(client, interaction.channel, guild=interaction.guild))

    await answer(interaction, say_there)


@app_commands.describe(company=COMPANY, country=COUNTRY, workplace="Where the work is done", closed="Postings that are closed, too")
@app_commands.choices(workplace=_WORKPLACES)
async def _postings(
    interaction: Interaction,
    company: CompanyName | None = None,
    country: CountryName | None = None,
    workplace: str = "",
    closed: bool = False,  # noqa: FBT001, FBT002 -- an option
) -> None:
    chat, group = interaction.client.chat, f"{workplace}{WITH_CLOSED}" if closed else workplace
    await answer(interaction, lambda person: chat.postings(person, company=company, country=country, group=group), hidden=True)


def _for_one(ask: Callable[[BotClient], Ask]) -> Callback:
    """Return a command without options, which is answered to the one who gives it."""

    async def answer_one(interaction: Interaction) -> None:
        await answer(interaction, ask(interaction.client), hidden=True)

    return answer_one


_STARTED_AT = discord.utils.utcnow()


async def _about_bot(interaction: Interaction) -> None:
    here = interaction.guild.me if interaction.guild else None
    client = interaction.client
    joined = here.joined_at if here else None
    # Over HTTP there is no heartbeat: how long the way from Discord to here took stands for it.
    way = max((discord.utils.utcnow() - interaction.created_at).total_seconds(), 0.0)
    latency = way if client.is_over_http else client.latency
    standing = Standing(_version(), _STARTED_AT, latency, joined_at=joined, source=client.source_url)
    await answer(interaction, lambda person: client.chat.about(person, standing), hidden=True)


@cache
def _version() -> str:
    try:
        return version("rolecall")
    except PackageNotFoundError:
        return "?"


async def _answer(interaction: Interaction, question: Question) -> None:
    await answer(interaction, lambda person: interaction.client.chat.ask(question, person))


async def _offer_companies(interaction: Interaction, typed: str) -> list[Choice[str]]:
    return await offer(_find_companies(interaction, typed))


async def _find_companies(interaction: Interaction, typed: str) -> list[tuple[str, str]]:
    person = await interaction.client.members.person_of(interaction, patience=0)
    return [(choice, choice) for choice in await interaction.client.chat.company_choices(typed, person)]


async def _offer_countries(interaction: Interaction, typed: str) -> list[Choice[str]]:
    is_list = interaction.command is not None and interaction.command.name == "postings"  # which is narrowed by whole countries
    return [Choice(name=name, value=value) for name, value in place_choices(typed, is_whole=is_list, locale=str(interaction.locale))]


_OWN: dict[str, Callback] = {
    "search": _search,
    "compare": _compare,
    "fit": _fit,
    "ask": _ask,
    "postings": _postings,
    "watches": _for_one(lambda client: client.watching.list_watches),
    "help": _for_one(lambda client: client.chat.help),
    "privacy": _for_one(lambda client: client.chat.privacy),
    "about": _about_bot,
}
"""Commands that are no topic's, in the order in which Discord is told of them."""

_OFFERS = {
    **dict.fromkeys(("company", "first", "second", "third", "fourth", "fifth"), _offer_companies),
    "country": _offer_countries,
    "skills": _offer_skills,
    "role": _offer_roles,
    "currency": _offer_currencies,
}
"""What completes an option, by its name."""

watch_group.add_command(_command("company", "Be told of a company's postings", _watch_company, group=watch_group))
watch_group.add_command(_command("search", "Be told of postings that fit what you want", _watch_search, group=watch_group))

# How a server's owner invites the bot.

_NEEDED = discord.Permissions(
    view_channel=True, send_messages=True, send_messages_in_threads=True, embed_links=True, attach_files=True, read_message_history=True
)


def invite_link(application: int) -> str:
    """Return the address at which the bot is invited to a server, with the permissions that it needs."""
    return discord.utils.oauth_url(application, permissions=_NEEDED, scopes=("bot", "applications.commands"))


# Registers the commands with Discord, only where they are not registered as they are.

_LOG = logging.getLogger(__name__)
_COMPARED = {
    *("type", "name", "description", "name_localizations", "description_localizations", "options", "required", "autocomplete"),
    *("choices", "value", "min_length", "max_length", "min_value", "max_value", "channel_types", "contexts", "integration_types"),
    *("default_member_permissions", "nsfw"),
}
"""What we send; Discord adds ids, versions and the like, and leaves out what is empty or false."""


async def sync_commands(tree: app_commands.CommandTree[Any]) -> bool:
    """
    Register the commands if Discord has others, and tell whether it had.

    Discord is asked and not a note of our own: the note would be wrong for another application, or after a change by hand.
    It is asked by its address: discord.py's own methods leave the translations out, or make them all once more.
    """
    wanted = [await command.get_translated_payload(tree, tree.translator or CommandTranslator()) for command in tree.get_commands()]
    own, http = "/applications/{application_id}/commands", tree.client.http
    asked, told = (Route(method, own, application_id=tree.client.application_id) for method in ("GET", "PUT"))
    if are_registered(wanted, await http.request(asked, params={"with_localizations": "true"})):
        return False
    await http.request(told, json=wanted)
    _LOG.info("registered %d commands", len(wanted))
    return True


def are_registered(wanted: Iterable[Mapping[str, Any]], registered: Iterable[Mapping[str, Any]]) -> bool:
    """
    Tell whether the commands are all registered as they are wanted, and no others.

    >>> are_registered([{"name": "ask", "options": [], "nsfw": False}], [{"id": "7", "name": "ask"}])
    True
    >>> are_registered([{"name": "ask"}], [{"id": "7", "name": "ask"}, {"id": "8", "name": "old"}])
    False
    """
    return sorted(map(_digest, wanted)) == sorted(map(_digest, registered))


def _digest(command: Mapping[str, Any]) -> str:
    return json.dumps(_essence({"type": 1, **command}), sort_keys=True)


def _essence(node: Any, key: str = "") -> Any:
    """Return what is compared of a payload: without what Discord adds, and without what is empty."""
    if isinstance(node, Mapping):
        parts = {name: _essence(part, name) for name, part in node.items() if name in _COMPARED or key.endswith("_localizations")}
        return {name: part for name, part in parts.items() if part not in (None, False, "", [], {})}
    if isinstance(node, list | tuple):
        parts_in_order = [_essence(part) for part in node]
        return sorted(parts_in_order) if key in ("contexts", "integration_types") else parts_in_order
    return str(node) if key == "default_member_permissions" and node is not None else node
