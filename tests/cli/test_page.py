"""A page fits its terminal, stays whole in a pipe, and carries nothing hostile."""

import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.cli.terminal import BLANK, Paragraph, open_console, show
from bot.presentation.failures import harmless

WORDS = "The posting's own words go on for quite a while, and then some more."


def shown(*page: Paragraph, width: int | None = None) -> str:
    """The page in a pipe, or on a terminal of some width."""
    file = io.StringIO()
    console = open_console(file)
    if width is not None:
        console = Console(file=file, force_terminal=True, width=width, highlight=False, markup=False, emoji=False)
    show(console, page)
    return file.getvalue()


def test_in_a_pipe_a_paragraph_is_one_line_and_has_no_colour() -> None:
    assert shown(Paragraph(WORDS * 5, style="bold red", first="• "), BLANK) == f"• {WORDS * 5}\n\n"


def test_on_a_terminal_lines_are_wrapped_below_where_they_began() -> None:
    lines = shown(Paragraph(WORDS, first="• ", rest="  "), width=30).splitlines()
    assert all(len(line) <= 30 for line in lines)
    assert [line[:2] for line in lines] == ["• ", "  ", "  "]
    assert " ".join(line[2:] for line in lines) == WORDS


@pytest.mark.parametrize("width", [1, 5, 20])
def test_a_terminal_too_narrow_for_anything_still_shows_all_the_letters(width: int) -> None:
    printed = shown(Paragraph(f"{WORDS} {'x' * 50}", first="    > ", rest="    > "), width=width)
    assert sorted(printed.replace(" ", "").replace("\n", "").replace(">", "")) == sorted(f"{WORDS}{'x' * 50}".replace(" ", ""))


def test_brackets_and_colons_are_words_and_not_markup() -> None:
    assert shown(Paragraph("[bold]so[/bold] :smile: [link=https://x.example]x[/link]"), width=80).count("\x1b") == 0


def test_colour_is_left_out_where_people_asked_for_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[31m" in shown(Paragraph("words", style="red"), width=80)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[31m" not in shown(Paragraph("words", style="red"), width=80)


@pytest.mark.parametrize(
    ("hostile", "plain"),
    [
        ("\x1b[2J\x1b[Hcleared", "cleared"),
        ("\x1b]0;new title\x07words", "words"),
        ("\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\", "click"),
        ("\x9b31mred", "red"),
        ("over\rwritten\x08\x08", "over written"),
        ("two\nlines\tand a tab", "two lines and a tab"),
        ("\u202edesrever", "desrever"),
        ("zero\u2060width\ufeff", "zerowidth"),
        ("क्‍ष and 👩‍🍳 keep their joiners", "क्‍ष and 👩‍🍳 keep their joiners"),
    ],
)
def test_what_a_terminal_would_obey_is_taken_out(hostile: str, plain: str) -> None:
    assert harmless(hostile) == plain


@given(st.text())
def test_nothing_that_controls_a_terminal_is_ever_left(text: str) -> None:
    cleaned = harmless(text)
    assert not any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in cleaned)
    assert harmless(cleaned) == cleaned
