"""What is read of a message that somebody pointed at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.admin.adding import Pointed, ask_for, find_addresses
from bot.intake.sources import Source

LONG = "We are looking for a baker who bakes four hundred loaves each night and keeps the sourdough alive. " * 3


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("https://jobs.example/1", ["https://jobs.example/1"]),
        ("look at this: <https://jobs.example/1>!", ["https://jobs.example/1"]),
        (
            "[Baker at Acme](https://jobs.example/1) is hiring, and [Cook](<https://jobs.example/2>)",
            ["https://jobs.example/1", "https://jobs.example/2"],
        ),
        ("**https://jobs.example/1**, https://jobs.example/1.", ["https://jobs.example/1"]),
        ("HTTPS://Jobs.Example/1?a=b&c=d#e", ["HTTPS://Jobs.Example/1?a=b&c=d#e"]),
        ("||https://jobs.example/1||", ["https://jobs.example/1"]),
    ],
)
def test_a_message_that_is_little_more_than_links_is_read_from_there(text: str, addresses: list[str]) -> None:
    asked = ask_for(Pointed(text, "https://discord.example/m/1"))
    assert list(asked.urls) == addresses
    assert asked.texts == ()


@pytest.mark.parametrize(
    "text", [LONG, f"{LONG}\nApply: https://jobs.example/1", "we hire", "mail jobs@acme.example", "http://", "ftp://jobs.example/1"]
)
def test_any_other_message_is_its_own_posting(text: str) -> None:
    asked = ask_for(Pointed(text, "https://discord.example/m/1"))
    assert asked.texts == (Source("https://discord.example/m/1", text),)
    assert asked.urls == ()


def test_an_empty_message_gives_nothing() -> None:
    asked = ask_for(Pointed(" \n", "here"))
    assert (asked.texts, asked.urls) == ((), ())


@pytest.mark.parametrize(("text", "texts"), [("we hire! https://jobs.example/1", 0), (LONG, 1)])
def test_files_are_read_and_only_long_texts_beside_them(text: str, texts: int) -> None:
    asked = ask_for(Pointed(text, "here", has_files=True))
    assert len(asked.texts) == texts
    assert asked.urls == ()


def test_of_many_links_a_few_are_read() -> None:
    assert len(ask_for(Pointed(" ".join(f"https://a.example/{n}" for n in range(40)), "here")).urls) == 5


@given(st.text(max_size=300))
def test_whatever_is_written_gives_at_most_addresses_on_the_web(text: str) -> None:
    found = find_addresses(text)
    assert all(address.lower().startswith(("http://", "https://")) for address in found)
    assert not any(map(str.isspace, "".join(found)))
