"""Every fixed sentence of an answer is there in the five languages, with the same values to fill in."""

import ast
import re
import string
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from discord.app_commands import Choice, Command

import bot
from bot.admin import adding, context, finding, history, keeping, listing, watching
from bot.answering import answers, details, reply
from bot.discord import admin_commands, commands
from bot.discord.messages import RIGHTS
from bot.domain.errors import RolecallError
from bot.intake.form_text import FORM_GROUPS, HEAD_LABELS
from bot.presentation.answer_card import WHY_CLOSED
from bot.questions.commands import OPTIONS, read_pay
from bot.text.gazetteer import name_country
from bot.text.lexicon import data_directory, read_lexicon
from bot.text.translations import SPOKEN, find_translation, language_of, name_command, read_catalogue, read_named_command, retell, say
from bot.topics import TOPICS, authorization, education, pay, workplace
from bot.topics.employment_type import EmploymentType

PACKAGE = Path(bot.__file__).parent
OTHERS = [language for language in SPOKEN if language != "en"]


TOLD_ERRORS = {"admin", "answering", "discord", "presentation", "questions"}
"""Rooms whose errors a person on Discord is told."""


FOR_HOSTS = {"SettingsError", "ServiceError"}


def said_in_code() -> Iterator[str]:
    """The sentences that stand in calls of `say`, in those of `render_listed`, and in errors that are told."""
    errors = {error.__name__ for error in _kinds_of(RolecallError)} - FOR_HOSTS
    for module in PACKAGE.rglob("*.py"):
        tree = ast.parse(module.read_text("utf-8"))
        named = _assigned_in(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "id", getattr(node.func, "attr", ""))
                is_error = called in errors and module.parent.name in TOLD_ERRORS
                if (called == "say" or is_error) and node.args:
                    yield from _constants(node.args[0], named)
                elif called in {"_announce", "announce"} and node.args:
                    yield from (text for argument in node.args for text in _constants(argument, named))
                elif called == "render_listed":
                    yield from (text for keyword in node.keywords for text in _constants(keyword.value, {}))


def _kinds_of(error: type[Exception]) -> Iterator[type[Exception]]:
    yield error
    for kind in error.__subclasses__():
        yield from _kinds_of(kind)


def _assigned_in(tree: ast.Module) -> dict[str, list[ast.expr]]:
    """Return all that is ever assigned to the names of a module."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(node.value)
    return found


def _constants(node: ast.expr, named: Mapping[str, list[ast.expr]]) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from (*_constants(node.body, named), *_constants(node.orelse, named))
    elif isinstance(node, ast.Name):
        apart = {name: assigned for name, assigned in named.items() if name != node.id}
        yield from (text for assigned in named.get(node.id, ()) for text in _constants(assigned, apart))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value


@cache
def every_message() -> list[str]:
    tables = [
        answers.EMPTY,
        *answers.EXAMPLES,
        *(text for choices in answers.TALK.values() for text in choices),
        *details.STANDING.values(),
        *reply.VERDICT_WORDS.values(),
        *authorization.KIND_WORDS.values(),
        *education.NAMES.values(),
        *pay.EACH.values(),
        *workplace.TOLD.values(),
        *read_lexicon("areas")["spoken"].values(),
        *(row["told"] for row in read_lexicon("subjects").values() if "told" in row),
        *(kind.value.replace("_", " ").capitalize() for kind in EmploymentType),
        *(text for topic in TOPICS for text in (topic.label, topic.silence)),
        *(news.value for news in history.News),
        *history.HEAD_LABELS.values(),
        *HEAD_LABELS.values(),
        *(group.label for group in FORM_GROUPS),
        "Empty: not known",
        *retold(),
        *(history.PAY_UP, history.PAY_DOWN),
        *watching.PACES.values(),
        finding.NOT_HERE,
        *finding.DONE.values(),
        *context.ADDITION,
        *context.IMPORT,
        *context.EXPORT,
        *(shown for topic in TOPICS if "posting" in (shown := topic.form.hint or topic.form.example)),
        *adding.EXPORTED.values(),
        *keeping.KEPT.values(),
        *keeping.ANNOUNCED.values(),
        keeping.CHANGED,
        *keeping.MEANWHILE.values(),
        *listing.TABS.values(),
        *listing.EMPTY.values(),
        *listing.REASONS.values(),
        *RIGHTS.values(),
        *WHY_CLOSED.values(),
        *choices_of_commands(),
    ]
    return list(dict.fromkeys([*said_in_code(), *tables]))


NAMES_OF_FORMATS = {"JSON Lines", "JSON-LD", "CSV"}
"""Called so in all languages."""


def choices_of_commands() -> Iterator[str]:
    """What Discord offers to choose from for the options of commands."""
    offered = [one for lists in vars(commands).values() if isinstance(lists, list) for one in lists if isinstance(one, Choice)]
    groups = (admin_commands.posting_group, admin_commands.board_group)
    managing: list[Any] = [admin_commands.settings_command, *(command for group in groups for command in group.walk_commands())]
    for command in managing:
        if isinstance(command, Command):
            offered += [one for parameter in command.parameters for one in parameter.choices]
    yield from (one.name for one in offered if one.name not in NAMES_OF_FORMATS)


TELLING = ("boards", "intake", "parsing")
"""Rooms that know no reader and tell in English why something was not read, or what a look at a board came to."""

FOR_THE_TERMINAL = {
    "an empty path was given; name a file or a folder",
    "is neither a file nor a folder; give the posting as a file",
    "is not there; check the path",
    "may not be read; give this user the right to read it",
    "cannot be read (\0); check the path",
    "is a link that leads out of the folder; give what it leads to by itself",
    "holds no postings; give a folder with text, mail, HTML, JSON, PDF, DOCX or zip files in it",
}
REFUSALS = {"Refusal", "Excess", "PassedOver", "UnreadablePosting", "Unread", "Refused"}


def form_of(text: str) -> str:
    """The fixed words of a sentence: what stands at its beginning for a name is left out."""
    blanked = re.sub(r"\0+", "\0", "".join(part + ("\0" if name is not None else "") for part, name, *_ in string.Formatter().parse(text)))
    return blanked.removeprefix("\0").strip(" ;.")


def _written(node: ast.expr, constants: Mapping[str, str]) -> str:
    """A string of the code as a sentence with blanks; empty for what is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value.replace("{", "{{").replace("}", "}}")
    if not isinstance(node, ast.JoinedStr):
        return ""
    parts = (part.value if isinstance(part, ast.FormattedValue) else part for part in node.values)
    return "".join(constants.get(part.id, "{}") if isinstance(part, ast.Name) else _written(part, constants) or "{}" for part in parts)


@cache
def told_below() -> tuple[frozenset[str], frozenset[str]]:
    """The forms of all strings in the rooms that know no reader, and of those that are refusals."""
    every, refusals = set[str](), set[str]()
    for module in (module for room in TELLING for module in (PACKAGE / room).rglob("*.py")):
        tree = ast.parse(module.read_text("utf-8"))
        assigned = {name: one.value for name, values in _assigned_in(tree).items() for one in values if isinstance(one, ast.Constant)}
        constants = {name: value for name, value in assigned.items() if isinstance(value, str)}
        every.update(form_of(_written(node, constants)) for node in ast.walk(tree) if isinstance(node, ast.Constant | ast.JoinedStr))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") in REFUSALS]
        refusals.update(form_of(_written(one, constants)) for node in calls for one in node.args)
    return frozenset(every), frozenset(form for form in refusals if len(form.replace("\0", " ").split()) > 3)


@cache
def retold() -> tuple[str, ...]:
    """The sentences of the catalogue that are told in English first, and those of managers that name one."""
    every, _ = told_below()
    admin = {form_of("{told}. Nothing was kept"), "The text"}
    return tuple(message for message in read_catalogue("de") if form_of(message) in every | admin and len(form_of(message)) > 3)


def test_what_was_not_read_is_told_in_every_language() -> None:
    _, refusals = told_below()
    assert refusals - {form_of(message) for message in read_catalogue("de")} - FOR_THE_TERMINAL == set()


@pytest.mark.parametrize("language", OTHERS)
def test_what_was_told_in_english_is_known_again_by_its_words(language: str) -> None:
    filled = {
        message: message.format_map({name: f"x {name}" for name in blanks_of(message)})
        for message in retold()
        if len(form_of(message).split()) > 2
    }
    assert {message: told for message, told in filled.items() if retell(told, language) == told and not told.startswith("x ")} == {}
    assert retell("bread.pdf is empty; give the posting's whole text", language).startswith("bread.pdf ")
    assert retell("Pay is a picture and not text; give the posting as a text or markdown file", language).startswith("Pay ")
    assert retell("nobody has ever said this of bread.pdf", language) == "nobody has ever said this of bread.pdf"


def test_what_was_told_in_english_is_told_with_what_stands_in_it() -> None:
    told = "menu.png is a picture and not text; give the posting as a text or markdown file. Nothing was kept"
    assert retell(told, "de") == "menu.png ist ein Bild und kein Text; gib die Anzeige als Text- oder Markdown-Datei. Nichts wurde behalten"
    assert retell(told, "en") == retell(told, "nl") == told


def blanks_of(text: str) -> set[str]:
    return {name or "" for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_translated_with_the_same_blanks(language: str) -> None:
    catalogue = read_catalogue(language)
    assert [message for message in every_message() if message not in catalogue] == []
    assert {message: words for message, words in catalogue.items() if blanks_of(message) != blanks_of(words)} == {}


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_translated_that_nobody_says(language: str) -> None:
    with (data_directory() / "translations" / f"{language}.po").open("rb") as file:
        messages = [str(message.id) for message in read_po(file) if message.id]
    assert set(messages) - set(every_message()) == set()


COMMAND = re.compile(r"(?<![\w:/])/([a-z]+(?: [a-z]+)?)")


def _commands_in(message: str, locale: str) -> set[str]:
    """Return the names by which Discord shows the commands that an English sentence names."""
    found = set[str]()
    for words in COMMAND.findall(message):
        name = next((name for name in (words, words.partition(" ")[0]) if find_translation("names", name, locale=locale)), "")
        group, _, own = name.partition(" ")
        called = [find_translation("names", group, locale=locale), find_translation("names", name, locale=locale) if own else ""]
        found.add("/" + " ".join(filter(None, called)))
    return found


@pytest.mark.parametrize("language", OTHERS)
def test_commands_are_named_as_discord_shows_them(language: str) -> None:
    named = {message: _commands_in(message, language) for message in read_catalogue(language)}
    assert "/" not in {command for commands in named.values() for command in commands}
    wrong = {message: words for message, words in read_catalogue(language).items() if any(one not in words for one in named[message])}
    assert wrong == {}


FORMAL = {
    "de": r"\b(?:Ihnen|Ihre?[mnrs]?)\b",
    "es": r"(?i)\bustede?s?\b",
    "fr": r"(?i)\bv(?:ous|otre|os)\b",
    "pt": r"(?i)\bo senhor\b|\btu\b",
}


@pytest.mark.parametrize("language", OTHERS)
def test_a_reader_is_spoken_to_as_a_friend(language: str) -> None:
    described = read_lexicon("discord_words")["descriptions"][{"es": "es-ES", "pt": "pt-BR"}.get(language, language)]
    assert [words for words in (*read_catalogue(language).values(), *described.values()) if re.search(FORMAL[language], words)] == []


ONE_AND_TWO = {
    "de": ("1 von 9 Anzeigen passt:", "2 von 9 Anzeigen passen:"),
    "es": ("1 de 9 anuncios encaja:", "2 de 9 anuncios encajan:"),
    "fr": ("1 annonce sur 9 correspond :", "2 annonces sur 9 correspondent :"),
    "pt": ("1 de 9 anúncios corresponde:", "2 de 9 anúncios correspondem:"),
}


@pytest.mark.parametrize("language", OTHERS)
def test_one_of_several_is_told_in_the_singular(language: str) -> None:
    assert tuple(say("{number} of {total} postings fit:", language, number=number, total=9) for number in (1, 2)) == ONE_AND_TWO[language]


def test_each_number_of_a_sentence_picks_its_own_words() -> None:
    sentence = "{met} met, {unmet} not met, {unsaid} not said"
    assert say(sentence, "fr", met=1, unmet=2, unsaid=1) == "1 remplie, 2 non remplies, 1 non précisée"
    assert say(sentence, "es", met=1, unmet=0, unsaid=3) == "1 cumplido, 0 sin cumplir, 3 sin indicar"
    assert say(sentence, "pt", met=2, unmet=1, unsaid=1) == "2 atendidos, 1 não atendido, 1 não informado"


def test_no_topic_is_called_what_a_value_is_called() -> None:
    """The two would share a translation: the topic Contract was called "On a contract" in other languages."""
    values = {kind.value.replace("_", " ").capitalize() for kind in EmploymentType} | {*education.NAMES.values(), *workplace.TOLD.values()}
    assert [topic.label for topic in TOPICS if topic.label in values] == []


@pytest.mark.parametrize("language", SPOKEN)
def test_a_command_is_read_again_as_it_is_named(language: str) -> None:
    given = " · ".join(f"{option}: {value}" for option, value in zip(OPTIONS, ("baker", "SQL", "Kenya", *map(str, range(10))), strict=True))
    others = ("/search fits: yes", "/compare Flex #13 · Acme: Baker", "/fit #5", "/show #5", "/unknown x: 1", "x: y")
    for words in (f"/search {given}", *others):
        named = name_command(words, language)
        assert read_named_command(named).replace(name_country("KE", language), "Kenya") == words
        assert (named == words) == (language == "en" or words in others[-2:])
    pay = read_named_command(name_command("/search pay: 60000 EUR a year", language))
    assert read_pay(pay.removeprefix("/search pay: ")) == read_pay("60000 EUR a year")


def test_a_language_that_is_not_spoken_is_answered_in_english() -> None:
    assert language_of("nl-BE") == "en"
    assert say("Yes", "nl-BE") == "Yes"


def test_what_a_posting_does_not_mention_is_named_in_words() -> None:
    assert [name for name, row in read_lexicon("subjects").items() if "topic" in row and "told" not in row] == []
