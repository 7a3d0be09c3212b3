"""The slash commands of a conversation: one for each topic, and a few of the terminal's own."""

from dataclasses import dataclass
from difflib import get_close_matches

from bot.topics import TOPICS


@dataclass(frozen=True)
class SlashCommand:
    """A word behind a slash."""

    name: str
    description: str
    topic: str | None = None
    """The topic that it asks about, with the company and perhaps a country behind it; None for the terminal's own."""


HELP = SlashCommand("help", "What can be asked")
POSTINGS = SlashCommand("postings", "The postings that are here; with a word behind it, those with the word in them")
QUIT = SlashCommand("quit", "End the conversation")

SLASH_COMMANDS: tuple[SlashCommand, ...] = (
    *(SlashCommand(topic.command, topic.description, topic.name) for topic in TOPICS),
    POSTINGS,
    HELP,
    QUIT,
)

_BY_NAME = {command.name: command for command in SLASH_COMMANDS}


def find_slash_command(name: str) -> SlashCommand | None:
    """
    Return a command by its name in any case.

    >>> find_slash_command("Salary").topic, find_slash_command("horoscope") is None
    ('pay', True)
    """
    return _BY_NAME.get(name.lower())


def nearest_slash_command(name: str) -> SlashCommand | None:
    """
    Return the command that a name was perhaps meant for: asked back, never run.

    >>> nearest_slash_command("salry").name
    'salary'
    """
    near = get_close_matches(name.lower(), _BY_NAME, n=1)
    return _BY_NAME[near[0]] if near else None
