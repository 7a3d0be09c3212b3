"""What a conversation says besides answers: the greeting, the help, the list of postings."""

from collections.abc import Iterator, Sequence

from bot.interfaces.terminal.answer_page import posting_title
from bot.interfaces.terminal.page import Paragraph
from bot.interfaces.terminal.slash_commands import SLASH_COMMANDS, nearest_slash_command
from bot.storage.records import Listed
from bot.text.clean import fold

_EXAMPLES = ("what does {} pay?", "/countries {}", "do I need a degree at {}?")
_MOST = 50
"""Postings on one page."""

_NOTHING_HERE = "There are no postings here yet. Add some with: python -m bot import PATH"


def greeting(listed: Sequence[Listed]) -> Iterator[Paragraph]:
    """Yield two lines: what there is, and three examples with companies of which there are postings."""
    names = list(dict.fromkeys(posting.company for posting in listed if posting.company))
    if not names:
        yield Paragraph(_NOTHING_HERE)
        return
    count = f"{len(listed):,} posting{'' if len(listed) == 1 else 's'}"
    examples = [example.format(names[number % len(names)]) for number, example in enumerate(_EXAMPLES)]
    yield Paragraph(f"Ask about {count} here; /help lists what can be asked, /quit ends.", style="bold")
    yield Paragraph("Try: " + " · ".join(examples), style="dim")


def help_lines() -> Iterator[Paragraph]:
    """Yield a line for each slash command."""
    width = max(len(command.name) for command in SLASH_COMMANDS) + 3
    yield Paragraph("Ask in your own words, or with a command, the company and perhaps a country: /countries flex kenya")
    yield Paragraph("What follows may leave out what was just said: and in Canada?")
    for command in SLASH_COMMANDS:
        yield Paragraph(command.description, first=f"  /{command.name}".ljust(width + 2), rest=" " * (width + 2))


def posting_lines(listed: Sequence[Listed], word: str = "") -> Iterator[Paragraph]:
    """Yield a line for each posting that has the word in its company or title, by company."""
    if not listed:
        yield Paragraph(_NOTHING_HERE)
        return
    titles = sorted((posting_title(posting.company, posting.title) for posting in listed), key=str.casefold)
    chosen = [title for title in titles if fold(word) in fold(title)]
    if not chosen:
        yield Paragraph(f"No posting here has “{word}” in its company or title; /postings lists all.")
    for title in chosen[:_MOST]:
        yield Paragraph(title, first="• ", rest="  ")
    if len(chosen) > _MOST:
        yield Paragraph(f"... and {len(chosen) - _MOST:,} more; /postings WORD lists those with the word in them.", style="dim")


def unknown_command(name: str) -> Iterator[Paragraph]:
    """Yield what to do instead of a command that there is not."""
    near = nearest_slash_command(name)
    meant = f"did you mean /{near.name}? " if near else ""
    yield Paragraph(f"There is no command /{name}; {meant}/help lists all.")
