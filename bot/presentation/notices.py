"""What a bot says besides answers: help, privacy, lists, small talk, a welcome, and what went wrong."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from bot.answering.answers import EXAMPLES
from bot.answering.conversations import FORGOTTEN_AFTER
from bot.answering.fit import PROFILE_FIELDS, write_profile
from bot.domain.answer import PostingReference
from bot.domain.facts import EducationLevel
from bot.domain.posting import KeptPosting, Posting, Sighting
from bot.domain.query import Profile
from bot.presentation.answer_card import ListedPage, posting_name, render_elsewhere, render_read
from bot.presentation.buttons import WITH_CLOSED, ButtonAction, ButtonId
from bot.presentation.card import (
    Card,
    ChoiceField,
    ChoiceKind,
    Control,
    Entry,
    Form,
    Look,
    Row,
    TextField,
    Tone,
    cut,
    escaped,
    escaped_within,
    paged,
    readable,
    showable_link,
)
from bot.presentation.members import REMEMBERED_FOR, SEEN_FOR
from bot.storage.proposals import LASTING, REPORTS_LAST
from bot.storage.watches import ENTRIES_LAST
from bot.text.clean import fold
from bot.text.gazetteer import form_of, name_country
from bot.text.lexicon import read_lexicon
from bot.text.translations import say
from bot.topics import BY_NAME, TOPICS
from bot.topics.education import NAMES
from bot.topics.topic import Topic

POSTINGS_ON_PAGE = 6
LISTED_TOPICS = ("pay", "countries", "workplace")
"""What a list tells of each posting."""

_LONGEST_LINE = 150
_LONGEST_ECHO = 300
_LONGEST_LISTED = 60
_LONGEST_NAMED, _LONGEST_FACTS, _LONGEST_LISTED_LINK = 120, 160, 200
_KEPT = f"""\
For a short while only:
- which postings we last spoke of and what about, for {FORGOTTEN_AFTER / 60:.0f} minutes, so that I understand “and in Canada?”
- which of my servers you are a member of, for {REMEMBERED_FOR / 60:.0f} minutes, so that you see their postings in direct messages, \
and where you used me last, for {SEEN_FOR / 3600:.0f} hours
Your questions are not kept; what I could not answer is counted without you.

Written down, for those who manage postings:
- what you report as not right, with the answer and without your name unless you give it, for {REPORTS_LAST.days} days
- who added, changed, removed or restored which posting when: your Discord name and number, as part of the posting's history
- a posting that you add and neither keep nor cancel, with your name, for {LASTING.days} days
- what a server's admins set with `/settings`

What you tell of yourself for `/fit`: for {FORGOTTEN_AFTER / 60:.0f} minutes; longer only if you press \
*Keep what I told you*, until you press *Forget it now* here
What you watch, until you end it or press that; what I told you of it, for {ENTRIES_LAST.days} days"""

NO_ATTACHMENTS = "I read only what you write; attachments are left aside."
OLD_BUTTON = Card(
    "This button belongs to another version of me. Ask again, and the new ones will work.", tone=Tone.ASKING, is_personal=True
)
NO_FORM = Card("Discord did not open the form in time; please try again.", tone=Tone.ASKING, is_personal=True)
ONLY_ATTACHMENT = Card("I read only what you write, not attachments. Ask me in words: “what does it pay?”", tone=Tone.ASKING)
WITHHELD = Card("Discord does not show me what you wrote. Mention me in your message, then I can read it; or use `/ask`.", tone=Tone.ASKING)
_OTHER_COMMANDS = """\
`/search` Postings that fit what you want, with what each says to it
`/compare` Two to five postings side by side
`/fit` Whether a posting fits you, requirement by requirement
`/ask` A question in your own words
`/watch` Be told what is new, changes and closes; `/watches` lists and ends it
`/postings` The postings that are here: all, or by company, country and workplace
`/about` What runs here, since when, and whether all is well
`/privacy` What is kept about you, and how to delete it"""
_PROMISE = "An answer is the posting's own statement, or that it does not say."
_FOR_ADMINS = (
    "For a server's admins: `/posting` adds postings and keeps them right, `/board` follows job boards,"
    " `/setup` asks who may do that and how I answer."
)


def help_card(company: str | None) -> Card:
    """Say what can be asked; the examples name a company of which there is a posting."""
    topics = "\n".join(f"`/{topic.command}` {topic.description}" for topic in TOPICS)
    return Card(
        title="What you can ask",
        body=f"{_examples(company)}\n\n{topics}\n{_OTHER_COMMANDS}\n\n{_FOR_ADMINS}\n\n{_PROMISE}",
        is_personal=True,
    )


def too_many_card(most: int) -> Card:
    """Say that questions came faster than they are answered: `most` of those that have to wait are taken a minute."""
    waiting = "question that waits" if most == 1 else "questions that wait"
    told = f"I take {most} {waiting} for an earlier one's answer a minute; please ask this one again in a minute."
    return Card(told, tone=Tone.ASKING, is_personal=True)


def as_sentence(reason: str) -> str:
    """
    Return why something was refused with a full stop at its end.

    >>> as_sentence("empty.txt is empty; give the posting's text"), as_sentence("Nothing was kept.")
    ("empty.txt is empty; give the posting's text.", 'Nothing was kept.')
    """
    return reason if reason.endswith((".", "!", "?", "…")) else f"{reason}."


def refusal_card(reason: str) -> Card:
    """Say in one line what a person can do about it."""
    return Card(escaped(as_sentence(reason)), tone=Tone.ASKING, is_personal=True)


def privacy_card(remembered: Sequence[PostingReference], owner: int, *, told: Profile | None = None, watched: Sequence[str] = ()) -> Card:
    """
    Say what is kept about a person, with buttons to see and delete what can be: their name in reports too.

    `told` is what they told of themselves, `watched` what they watch.
    """
    names = "\n".join(f"- {escaped(cut(posting_name(one.company, one.title), _LONGEST_LINE))}" for one in dict.fromkeys(remembered))
    now = f"At the moment I remember that we spoke of:\n{names}" if names else "At the moment I remember nothing that we spoke of."
    own = f"\n\nYou told me of yourself:\n{told_lines(told)}" if told else ""
    own += "\n\nYou watch:\n" + "\n".join(f"- {escaped_within(one, _LONGEST_LISTED)}" for one in watched) if watched else ""
    has_own = told is not None or bool(watched)
    give = (Control("Give me a file of it", press=ButtonId(ButtonAction.GIVE_TOLD, owner=owner)),) if has_own else ()
    rows = ((Control("Forget it now", press=ButtonId(ButtonAction.FORGET, owner=owner)), *give),)
    return Card(title="What is kept about you", body=f"{_KEPT}\n\n{now}{own}", rows=rows, is_personal=True)


# What a person tells of themselves.


def told_lines(told: Profile, locale: str = "en") -> str:
    """Return what a person told of themselves, a line for each thing."""
    labels = {
        "country": say("Country or state", locale),
        "years": say("Years of experience", locale),
        "degree": say("Degree", locale),
        "skills": say("Skills", locale),
        "visa": say("Visa sponsorship needed", locale),
        "pay": say("Least pay", locale),
    }
    return "\n".join(f"- {labels[name]}: {escaped(value)}" for name, value in write_profile(told).items()) or "–"


def tell_card(owner: int, echo: str, *, locale: str) -> Card:
    """Ask a person to tell of themselves, before it is said what fits them; `echo` is what they asked."""
    asked = say(
        "Tell me a little of yourself first: where you live, years, degree, skills, visa, pay. Each may be left out."
        " I use it for your questions only, forget it after 30 minutes, and keep it longer only if you say so.",
        locale,
    )
    return Card(
        asked,
        rows=((Control(say("Tell", locale), press=ButtonId(ButtonAction.TELL, owner=owner), look=Look.GOOD),),),
        footer=f"“{cut(readable(echo), _LONGEST_ECHO)}”" if echo else None,
        tone=Tone.ASKING,
        is_personal=True,
    )


def told_rows(owner: int, *, is_kept: bool, locale: str) -> tuple[Row, ...]:
    """Return the buttons below an answer that goes by what somebody told: to have it kept, and to tell otherwise."""
    keep = [] if is_kept else [Control(say("Keep what I told you", locale), press=ButtonId(ButtonAction.KEEP_TOLD, owner=owner))]
    return ((*keep, Control(say("Change what I told you", locale), press=ButtonId(ButtonAction.TELL, owner=owner))),)


def profile_form(told: Mapping[str, str], *, locale: str) -> Form:
    """Return the form in which a person tells of themselves, with what they told before; a form has five fields."""
    degrees = tuple((say(NAMES[level], locale), level.value) for level in EducationLevel)
    visa = ((say("I may work there already", locale), "no"), (say("I need an employer who sponsors a visa", locale), "yes"))
    years_and_pay = "; ".join(filter(None, (told.get("years", ""), told.get("pay", ""))))
    hints = say("As in: Kenya, or Texas", locale), say("As in: 4; 60000 EUR a year. One alone will do", locale)
    return Form(
        ButtonId(ButtonAction.TOLD),
        title=say("About you: each may be left empty", locale),
        fields=(
            TextField("country", say("Country, or state of the USA", locale), text=told.get("country", ""), hint=hints[0]),
            TextField("years", say("Years of experience; least pay", locale), text=years_and_pay, hint=hints[1]),
            ChoiceField("degree", say("Degree", locale), ChoiceKind.WORD, choices=degrees, chosen=told.get("degree", "")),
            TextField("skills", say("Skills", locale), text=told.get("skills", ""), hint="Python, SQL, …", is_long=True),
            ChoiceField("visa", say("Permit to work", locale), ChoiceKind.WORD, choices=visa, chosen=told.get("visa", "")),
        ),
    )


def read_form(texts: Mapping[str, str]) -> dict[str, str]:
    """
    Return what was sent with the form by what it is, as `read_profile` takes it.

    >>> read_form({"years": "4; 60000 EUR a year"}), read_form({"years": "60000 EUR"}), read_form({"years": "4 years"})
    ({'years': '4', 'pay': '60000 EUR a year'}, {'pay': '60000 EUR'}, {'years': '4 years'})
    """
    told = {name: texts[name] for name in PROFILE_FIELDS if name in texts and name != "years"}
    years, _, pay = (part.strip() for part in texts.get("years", "").partition(";"))
    if years and not pay and not _FEW_YEARS.fullmatch(years):
        years, pay = "", years
    return told | {name: value for name, value in (("years", years), ("pay", pay)) if value}


_FEW_YEARS = re.compile(r"\d{1,2}(?:[.,]\d)?\+?\s*[^\W\d]*")


FORGOTTEN = Card("Forgotten. I remember nothing about you.", is_personal=True)
GIVEN = Card("This is what you told me of yourself, and what you watch.", is_personal=True)


def postings_card(page: ListedPage, *, turn: ButtonId, locale: str) -> Card:
    """List a page of the postings, each with its link, pay and place, and when it was read; two that look alike have their numbers."""
    kept, part, count, _ = page
    is_narrowed = turn != ButtonId(ButtonAction.LIST, page=turn.page, owner=turn.owner)
    every = Control(say("All postings", locale), press=ButtonId(ButtonAction.LIST, owner=turn.owner))
    if not count:
        told = say("No posting fits that.", locale) if is_narrowed else say("There are no postings here yet.", locale)
        return Card(told, tone=Tone.ASKING, rows=((every,),) if is_narrowed else (), is_personal=True)
    names = Counter(posting_name(one.posting.company, one.posting.title) for one in kept)
    title = say("1 posting", locale) if count == 1 else say("{number} postings", locale, number=f"{count:,}")
    narrowed = [_name_workplace(turn.group.removesuffix(WITH_CLOSED), locale), turn.country and name_country(turn.country, locale)]
    card = Card(
        "",
        title=" · ".join(filter(None, (title, *narrowed))),
        entries=tuple(posting_entry(one, names, seen=page.seen.get(one.id, Sighting()), owner=turn.owner, locale=locale) for one in kept),
        rows=((every,),) if is_narrowed else (),
    )
    return paged(card, part, turn=turn)


def _name_workplace(value: str, locale: str) -> str:
    return {"remote": say("remote", locale), "hybrid": say("hybrid", locale), "onsite": say("in an office", locale)}.get(value, "")


def posting_entry(kept: KeptPosting, names: Mapping[str, int], *, seen: Sighting, owner: int, locale: str) -> Entry:
    """Return a posting of a list in a few lines; with its number where `names` has its name more than once."""
    posting = kept.posting
    name = posting_name(posting.company, posting.title)
    number = f" #{kept.id}" if names.get(name, 0) > 1 else ""
    link = showable_link(posting.link)
    label = escaped_within(name, _LONGEST_NAMED)
    shown = f"[{label}]({link})" if link and len(link) <= _LONGEST_LISTED_LINK and not {"(", ")"} & set(link) else label
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
        return place
    facts = topic.facts_in(posting)
    if topic.name == "workplace":
        way = _name_workplace(facts[0].value, locale) if facts else ""
        return "" if way in place.casefold() else way
    told = topic.render_in(locale, facts) if facts else None
    return "" if told is None else ", ".join(told.items[:2]) if told.sentence.endswith(":") else told.sentence


def _examples(company: str | None) -> str:
    if company is None:
        return "There are no postings here yet."
    return "Try:\n" + "\n".join(f"- *{example.format(_name(company))}*" for example in EXAMPLES)


def _name(company: str | None) -> str:
    return escaped(cut(readable(company or ""), _LONGEST_LINE))


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


def asks_for_help(text: str) -> bool:
    """
    Tell whether nothing is said but that help is wanted.

    >>> asks_for_help("Help!"), asks_for_help("help me with flex")
    (True, False)
    """
    if len(text) > 60:  # noqa: PLR2004 -- no phrase of the list is nearly as long
        return False
    words = " ".join(_SIGNS.sub(" ", text.casefold()).split())
    return words in _asking_for_help() or words.rstrip("? ") in _asking_for_help()


@cache
def _asking_for_help() -> frozenset[str]:
    return frozenset(read_lexicon("small_talk")["help"])


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


def language_choices(typed: str, most: int = 25) -> list[tuple[str, str]]:
    """
    Return languages to offer while one is typed, as they are shown and as they are sent; nothing typed offers the first ones.

    >>> language_choices("deu"), language_choices("portug")
    ([('Deutsch', 'de')], [('português (Brasil)', 'pt-BR')])
    """
    wanted = fold(typed)
    offered = [(AS_EACH_READER_HAS_IT, AS_EACH_READER_HAS_IT), *((name_language(tag), tag) for tag in LANGUAGES)]
    return [(name, tag) for name, tag in offered if wanted in fold(name) or wanted in fold(_english_name(tag)) or fold(tag) == wanted][
        :most
    ]


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


# The names and descriptions of commands in the languages that they are translated into.

LOCALES = ("de", "es-ES", "fr", "pt-BR")


def find_translation(kind: str, word: str, *, locale: str) -> str | None:
    """
    Return the name or description that a command or option goes by; None where it keeps the English one.

    `kind` is names or descriptions; a subcommand goes by its group's name and its own: "posting add".

    >>> find_translation("names", "salary", locale="de"), find_translation("names", "salary", locale="ja")
    ('gehalt', None)
    """
    found: str | None = read_lexicon("discord_words")[kind].get(locale, {}).get(word)
    return found


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
    question = say("what does {} pay?", locale).format(named)
    lines = [
        say("I answer questions about job postings in their own words, and say so where they are silent.", locale),
        f"\n**{say('What you can ask', locale)}**",
        f"- {say('`/salary`, `/requirements`, `/countries` and more: one command for each thing that people ask', locale)}",
        f"- {say('`/ask`, or mention me: a question in your own words, as in “{question}”', locale, question=question)}",
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
    lines = [f"{say('Version', locale)} {standing.version}"]
    if postings is not None:
        lines.append(say("{number} postings here; `/postings` lists them", locale, number=f"{postings:,}"))
    if standing.joined_at:
        lines.append(say("In this server since {date}", locale, date=_date(standing.joined_at)))
    lines.append(say("Running since {date}", locale, date=_date(standing.running_since, "f")))
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


def _date(at: datetime, form: str = "D") -> str:
    return f"<t:{int(at.timestamp())}:{form}>"
