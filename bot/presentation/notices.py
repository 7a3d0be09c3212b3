"""What a bot says besides answers: help, lists, small talk, a welcome, and what went wrong."""

import re
from collections import Counter
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from bot.answering.answers import EXAMPLES, render_examples
from bot.domain.errors import RolecallError, ServiceError, SettingsError, StorageError
from bot.domain.posting import KeptPosting, Posting, Sighting
from bot.presentation.answer_card import posting_name, render_elsewhere, render_read
from bot.presentation.buttons import WITH_CLOSED, ButtonAction, ButtonId
from bot.presentation.card import (
    Card,
    Control,
    Entry,
    Look,
    Part,
    Row,
    Tone,
    cut,
    escaped,
    escaped_within,
    linked,
    name_place,
    paged,
    readable,
    showable_link,
    timestamp,
)
from bot.questions.commands import NO_SUCH_COUNTRY
from bot.questions.places import complete_place
from bot.text.clean import fold
from bot.text.gazetteer import form_of, name_country
from bot.text.lexicon import read_lexicon
from bot.text.translations import find_translation, language_of, read_catalogue, retell, say, say_first
from bot.topics import BY_NAME, TOPICS
from bot.topics.pay import CURRENCIES
from bot.topics.topic import Topic
from bot.topics.workplace import read_tag

POSTINGS_ON_PAGE = 6
LISTED_TOPICS = ("pay", "countries", "workplace")
"""What a list tells of each posting."""

_LONGEST_LINE = 150
_MOST_FACTS = 2
_LONGEST_NAMED, _LONGEST_FACTS = 120, 160

OWN_COMMANDS = {
    "search": "Postings that fit what you want, with what each says to it",
    "compare": "Two to five postings side by side",
    "fit": "Whether a posting fits you, requirement by requirement",
    "ask": "A question in your own words, answered in the posting's",
    "watch": "Be told what is new, what changes and what closes",
    "watches": "What you watch, with a button that ends each",
    "postings": "The postings that are here",
    "help": "What you can ask",
    "about": "What runs here, since when, and whether all is well",
    "privacy": "What is kept about you, and how to delete it",
}
"""What is asked of the bot beside the topics, with the English descriptions."""


def asking_card(told: str) -> Card:
    """Say to the one who acts what is missing, or what to do otherwise."""
    return Card(told, tone=Tone.ASKING, is_personal=True)


def old_button_card(locale: str) -> Card:
    """Say that a button or form is of a version of the bot that knew others."""
    return asking_card(say("This button belongs to another version of me. Ask again, and the new ones will work.", locale))


def no_form_card(locale: str) -> Card:
    """Say that a form did not come up."""
    return asking_card(say("Discord did not open the form in time; please try again.", locale))


def changed_commands_card(locale: str) -> Card:
    """Say that Discord showed a command that is another one by now."""
    return asking_card(say("My commands have changed; Discord shows the new ones in a moment. Try again then.", locale))


def attachments_card(locale: str) -> Card:
    """Say to who sent attachments and no words what is read."""
    told = say(
        "I read only what you write, not attachments. Ask me in words: “{question}”", locale, question=say("what does it pay?", locale)
    )
    return Card(told, tone=Tone.ASKING)


def beside_attachments(card: Card, locale: str) -> Card:
    """Return an answer to words that came with attachments, and say so."""
    return replace(card, body=f"-# {say('I read only what you write; attachments are left aside.', locale)}\n{card.body}")


def withheld_card(locale: str) -> Card:
    """Say that Discord keeps from the bot what was written."""
    told = say("Discord does not show me what you wrote. Mention me in your message, then I can read it; or use `/ask`.", locale)
    return Card(told, tone=Tone.ASKING)


def help_card(company: str | None, locale: str) -> Card:
    """Say what can be asked, each command as the reader's Discord names it; the examples name a company of which there is a posting."""
    english = {topic.command: topic.description for topic in TOPICS} | OWN_COMMANDS
    commands = "\n".join(_command_line(command, told, locale) for command, told in english.items() if command != "help")
    admins = say(
        "For a server's admins: `/posting` adds postings and keeps them right, `/board` follows job boards,"
        " `/setup` asks who may do that and how I answer.",
        locale,
    )
    promise = say("An answer is the posting's own statement, or that it does not say.", locale)
    examples = [say("There are no postings here yet.", locale)]
    if company is not None:
        name = escaped(cut(readable(company), _LONGEST_LINE))
        examples = [say("Try:", locale), *(f"- *{example}*" for example in render_examples(name, locale))]
    body = "\n\n".join(("\n".join(examples), commands, admins, promise))
    return Card(title=say("What you can ask", locale), body=body, is_personal=True)


def _command_line(command: str, told: str, locale: str) -> str:
    name, described = (find_translation(kind, command, locale=locale) for kind in ("names", "descriptions"))
    return f"`/{name or command}` {described or told}"


def too_many_card(most: int, locale: str) -> Card:
    """Say that questions came faster than they are answered: `most` of those that have to wait are taken a minute."""
    told = (
        "One question a minute may wait for an earlier one's answer; please ask this one again in a minute."
        if most == 1
        else "{number} questions a minute may wait for earlier ones' answers; please ask this one again in a minute."
    )
    return asking_card(say(told, locale, number=most))


def as_sentence(reason: str) -> str:
    """
    Return why something was refused with a full stop at its end.

    >>> as_sentence("empty.txt is empty; give the posting's text"), as_sentence("Nothing was kept.")
    ("empty.txt is empty; give the posting's text.", 'Nothing was kept.')
    """
    return reason if reason.endswith((".", "!", "?", "…")) else f"{reason}."


def render_error(error: RolecallError, locale: str) -> str:
    """Return an error's line in the language of a locale, the English one where it has no translation."""
    return say(error.message, locale, **error.values) if error.values else retell(error.message, locale)


def refusal_card(error: RolecallError, locale: str) -> Card:
    """Say in one line what a person can do about it."""
    return asking_card(escaped(as_sentence(render_error(error, locale))))


async def or_refusal(work: Awaitable[Card], locale: str) -> Card:
    """Return the card that comes of the work, or what a person can do where what they typed cannot be taken."""
    try:
        return await work
    except (StorageError, ServiceError, SettingsError):
        raise  # none of their doing
    except RolecallError as error:
        return refusal_card(error, locale)


def unknown_country_card(typed: str, locale: str) -> Card:
    """Say that no country is called so."""
    return refusal_card(RolecallError(NO_SUCH_COUNTRY, typed=typed), locale)


def count_postings(number: int, locale: str) -> str:
    """Say how many postings there are."""
    return say("1 posting" if number == 1 else "{number} postings", locale, number=number)


def postings_card(part: Part[KeptPosting], *, count: int, seen: Mapping[int, Sighting], turn: ButtonId, locale: str) -> Card:
    """
    List a page of the postings, each with its link, pay and place, and when it was read; two that look alike have their numbers.

    `count` is how many are on all pages.
    """
    kept = part.items
    is_narrowed = turn != ButtonId(ButtonAction.LIST, page=turn.page, owner=turn.owner)
    every = Control(say("All postings", locale), press=ButtonId(ButtonAction.LIST, owner=turn.owner))
    if not count:
        told = say("No posting fits that.", locale) if is_narrowed else say("There are no postings here yet.", locale)
        return Card(told, tone=Tone.ASKING, rows=((every,),) if is_narrowed else (), is_personal=True)
    names = Counter(posting_name(one.posting.company, one.posting.title, locale=locale) for one in kept)
    narrowed = [
        cut(readable(kept[0].posting.company or ""), _LONGEST_NAME) if turn.posting and kept else "",
        _name_workplace(turn.group.removesuffix(WITH_CLOSED), locale),
        turn.country and name_country(turn.country, locale),
    ]
    card = Card(
        "",
        title=" · ".join(filter(None, (count_postings(count, locale), *narrowed))),
        entries=tuple(posting_entry(one, names, seen=seen.get(one.id, Sighting()), owner=turn.owner, locale=locale) for one in kept),
        rows=((every,),) if is_narrowed else (),
    )
    return paged(card, part, turn=turn, locale=locale)


def _name_workplace(value: str, locale: str) -> str:
    return {"remote": say("remote", locale), "hybrid": say("hybrid", locale), "onsite": say("in an office", locale)}.get(value, "")


def posting_entry(kept: KeptPosting, names: Mapping[str, int], *, seen: Sighting, owner: int, locale: str) -> Entry:
    """Return a posting of a list in a few lines; with its number where `names` has its name more than once."""
    posting = kept.posting
    name = posting_name(posting.company, posting.title, locale=locale)
    number = f" #{kept.id}" if names.get(name, 0) > 1 else ""
    link = showable_link(posting.link)
    shown = linked(escaped_within(name, _LONGEST_NAMED), link)
    facts = [brief for topic in LISTED_TOPICS if (brief := _in_brief(BY_NAME[topic], posting, locale))]
    told = escaped_within(" · ".join(facts), _LONGEST_FACTS) if facts else say("Neither pay nor place is stated.", locale)
    elsewhere = render_elsewhere(seen, locale, company=posting.company)
    read = " · ".join(filter(None, (render_read(kept.read_at, seen, language=locale, style="d"), elsewhere)))
    opened = ButtonId(ButtonAction.ASK, posting=kept.id, owner=owner)
    return Entry(f"**{shown}**{number}\n{told}\n-# {read}", Control(say("Open", locale), press=opened))


def _in_brief(topic: Topic[Any], posting: Posting, locale: str) -> str:
    """Return in a few words what a posting says on a topic, empty where it says nothing; the place as its head has it."""
    place = readable(posting.location or "")
    if topic.name == "countries" and place:
        return ", ".join({fold(part): part.strip() for part in place.split(",")}.values())
    facts = topic.facts_in(posting)
    if topic.name == "workplace":
        return _name_workplace(facts[0].value, locale) if facts and read_tag(place) is not facts[0].value else ""
    told = topic.render_in(locale, facts) if facts else None
    if told is None or not told.sentence.endswith(":"):
        return told.sentence if told else ""
    return say_first(told.items[:_MOST_FACTS], len(told.items) - _MOST_FACTS, locale=locale)


# What people say to a bot that is no question.

_MENTION = re.compile(r"<@[!&]?\d{1,20}>")
_SIGNS = re.compile(r"[^\w\s?]")


def without_mentions(text: str) -> str:
    """
    Return what was said without the people and roles that are mentioned in it.

    >>> without_mentions("<@123> what does Flex pay?")
    'what does Flex pay?'
    """
    return " ".join(_MENTION.sub(" ", text).split())


def asks_for_help(text: str, *, locale: str) -> str | None:
    """
    Return the locale in which help is wanted where nothing else is said, None for anything else.

    >>> asks_for_help("Hilfe!", locale="en-US"), asks_for_help("help", locale="fr"), asks_for_help("help me with flex", locale="fr")
    ('de', 'fr', None)
    """
    if len(text) > 60:  # noqa: PLR2004 -- no phrase of the list is nearly as long
        return None
    words = " ".join(_SIGNS.sub(" ", text.casefold()).split())
    language = _asking_for_help().get(words) or _asking_for_help().get(words.rstrip("? "))
    return locale if language in ("any", language_of(locale)) else language


@cache
def _asking_for_help() -> dict[str, str]:
    return {phrase: language for language, phrases in read_lexicon("small_talk")["help"].items() for phrase in phrases}


# The languages that a server's answers may be written for: Discord's, by their own names.

LANGUAGES = (
    "en-US", "en-GB", "de", "es-ES", "es-419", "fr", "pt-BR", "bg", "cs", "da", "el", "fi", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt",
    "nl", "no", "pl", "ro", "ru", "sv-SE", "th", "tr", "uk", "vi", "zh-CN", "zh-TW",
)  # fmt: skip
"""Tags as Discord has them."""

AS_EACH_READER_HAS_IT = "as each reader has it"


def name_language(tag: str) -> str:
    """
    Return what a language is called in itself.

    >>> name_language("pt-BR"), name_language("de")
    ('português (Brasil)', 'Deutsch')
    """
    form = form_of(tag)
    country = tag.partition("-")[2]
    name = str(form.languages.get(form.language, form.language))
    return f"{name} ({form.territories[country]})" if country else name


def language_choices(typed: str, most: int = 25, *, locale: str = "en") -> list[tuple[str, str]]:
    """
    Return languages to offer while one is typed, as they are shown and as they are sent; nothing typed offers the first ones.

    >>> language_choices("deu"), language_choices("portug")
    ([('Deutsch', 'de')], [('português (Brasil)', 'pt-BR')])
    """
    wanted = fold(typed)
    offered = [(say(AS_EACH_READER_HAS_IT, locale), AS_EACH_READER_HAS_IT), *((name_language(tag), tag) for tag in LANGUAGES)]
    return [(name, tag) for name, tag in offered if wanted in fold(name) or wanted in fold(_english_name(tag)) or fold(tag) == wanted][
        :most
    ]


def place_choices(typed: str, *, is_whole: bool = False, locale: str = "en") -> list[tuple[str, str]]:
    """
    Return places to offer while one is typed, as they are shown and as they are sent; with `is_whole` only countries.

    >>> place_choices("texa"), place_choices("texa", is_whole=True), place_choices("keni", locale="de")
    ([('🇺🇸 Texas', 'Texas')], [], [('🇰🇪 Kenia', 'Kenya')])
    """
    places = complete_place(typed[:_LONGEST_NAMED], locale)
    return [(name_place(place, locale), place.typed) for place in places if not (is_whole and (place.area or place.state))]


def currency_choices(typed: str, most: int = 25, *, locale: str = "en") -> list[tuple[str, str]]:
    """
    Return currencies to offer while one is typed, by code or by name, as they are shown and as they are sent.

    >>> currency_choices("dol")[:2], currency_choices("schweiz", locale="de")
    ([('USD · US Dollar', 'USD'), ('CAD · Canadian Dollar', 'CAD')], [('CHF · Schweizer Franken', 'CHF')])
    """
    wanted = fold(typed)
    names = {code: [str(form.currencies.get(code, code)) for form in (form_of(locale), form_of("en"))] for code in CURRENCIES}
    called = ((code, own, fold(f"{code} {own} {english}").split()) for code, (own, english) in names.items())
    return [(f"{code} · {own}", code) for code, own, words in called if any(word.startswith(wanted) for word in words)][:most]


def find_language(typed: str) -> str | None:
    """
    Return the tag of a language by its tag, its own or English name or a part of one, None if no language is meant, or several may be.

    >>> find_language("DE"), find_language("german"), find_language("Norwegian"), find_language("Klingon") is None
    ('de', 'de', 'no', True)
    """
    choices = language_choices(typed)
    return _tags().get(fold(typed)) or (choices[0][1] if len(choices) == 1 and choices[0][1] in LANGUAGES else None)


@cache
def _tags() -> dict[str, str]:
    tags = {fold(name): tag for tag in reversed(LANGUAGES) for name in (_english_name(tag), name_language(tag))}
    return tags | {fold(tag): tag for tag in LANGUAGES}


def _english_name(tag: str) -> str:
    form = form_of(tag)
    return str(form_of("en").languages.get(form.language, tag))


# The names of choices, and the descriptions of options, in the languages that they are translated into.


def find_choice(name: str, *, locale: str) -> str | None:
    """
    Return what a choice of an option is called; None where it keeps the English name.

    >>> find_choice("Full time", locale="de"), find_choice("Full time", locale="ja")
    ('Vollzeit', None)
    """
    return None if language_of(locale) == "en" else read_catalogue(language_of(locale)).get(name)


def find_option_description(command: str, option: str, *, locale: str) -> str | None:
    """
    Return the description of a command's option, or of the option of that name wherever it has none of its own.

    >>> find_option_description("salary", "company", locale="fr")
    "L'entreprise, même mal tapée ; derrière deux-points, le poste"
    """
    own = find_translation("descriptions", f"{command} {option} option", locale=locale)
    return own or find_translation("descriptions", f"{option} option", locale=locale)


# What a bot says of itself: when it comes to a server, while it is set up, and when it is asked about.

_LONGEST_NAME = 100


def welcome_card(example: str | None, *, locale: str) -> Card:
    """Introduce the bot to a server; `example` is a company of which there is a posting, None where there are none yet."""
    named = escaped(cut(readable(example or "Acme"), _LONGEST_NAME))
    question = say(EXAMPLES[0], locale).format(named)
    lines = [
        say("I answer questions about job postings in their own words, and say so where they are silent.", locale),
        f"\n**{say('What you can ask', locale)}**",
        f"- {say('`/salary`, `/requirements`, `/countries` and more: one command for each thing that people ask', locale)}",
        f"- {say('`/ask`, or mention me: a question in your own words, as in “{question}”', locale, question=question)}",
        f"- {say('`/search` finds what fits, `/compare` puts postings side by side, `/fit` says whether one fits you', locale)}",
        f"- {say('`/postings` lists what is here, `/help` what can be asked', locale)}",
        f"\n**{say('For those who manage this server', locale)}**",
        f"- {say('`/setup` asks who manages postings, in which language I answer, and where I tell what changed', locale)}",
        f"- {say('`/posting add` takes a text, a file or a link; or choose Apps and “Add as posting” in the menu of a message', locale)}",
    ]
    if example is None:
        lines.append("\n" + say("To try me, add five example postings; one press takes them away again.", locale))
    return Card(
        "\n".join(lines),
        title=say("Hello, I am Rolecall", locale),
        rows=(() if example else ((examples_control(locale),),)),
    )


def examples_control(locale: str) -> Control:
    """Return the button that adds the example postings, which takes the right to manage."""
    return Control(say("Add five examples", locale), press=ButtonId(ButtonAction.ADD_EXAMPLES), look=Look.GOOD)


def examples_card(count: int, *, locale: str) -> Card:
    """Say that the examples are there."""
    told = say("{number} example postings are here now. Try `/salary company:flex`, or ask me in your own words.", locale, number=count)
    taken = Control(say("Take the examples away", locale), press=ButtonId(ButtonAction.DROP_EXAMPLES))
    return Card(told, rows=((taken,),), is_personal=True)


def first_posting_rows(*, has_postings: bool, locale: str) -> tuple[Row, ...]:
    """Return what comes after the settings: the first posting, or examples to try with."""
    add = Control(say("Add a posting", locale), press=ButtonId(ButtonAction.ADD), look=Look.GOOD if not has_postings else Look.PLAIN)
    return ((add,) if has_postings else (add, Control(examples_control(locale).label, press=ButtonId(ButtonAction.ADD_EXAMPLES))),)


@dataclass(frozen=True)
class Standing:
    """How the bot stands at the moment."""

    version: str
    running_since: datetime
    latency: float
    """Seconds that Discord takes to answer; not finite where that is not known yet."""

    joined_at: datetime | None = None
    """When it came to the server where it is asked."""

    source: str = ""
    """Where its source code is."""


def about_card(standing: Standing, *, postings: int | None, owner: int, locale: str) -> Card:
    """Say what runs here; `postings` is None where the database does not answer."""
    lines = [say("Version {version}", locale, version=standing.version)]
    if postings == 1:
        lines.append(say("1 posting here; `/postings` lists it", locale))
    elif postings is not None:
        lines.append(say("{number} postings here; `/postings` lists them", locale, number=postings))
    if standing.joined_at:
        lines.append(say("In this server since {date}", locale, date=timestamp(standing.joined_at, "D")))
    lines.append(say("Running since {date}", locale, date=timestamp(standing.running_since)))
    is_well = postings is not None and 0 <= standing.latency < float("inf")
    if postings is None:
        lines.append(say("The database does not answer just now; what I remember I still answer.", locale))
    elif is_well:
        milliseconds = round(standing.latency * 1000)
        lines.append(say("All is well: the database answers, and Discord within {number} ms.", locale, number=milliseconds))
    else:
        lines.append(say("The database answers; the connection to Discord is new.", locale))
    privacy = Control(say("What is kept about you", locale), press=ButtonId(ButtonAction.PRIVACY, owner=owner))
    source = (Control(say("Source code", locale), link=standing.source),) if standing.source else ()
    return Card(
        "\n".join(f"- {line}" for line in lines),
        title=say("About Rolecall", locale),
        tone=Tone.ANSWER if is_well else Tone.ASKING,
        rows=((privacy, *source),),
        is_personal=True,
    )
