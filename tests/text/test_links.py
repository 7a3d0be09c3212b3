"""Addresses in postings."""

import pytest

from bot.text.markup import break_links, find_links, is_invitation, to_link


@pytest.mark.parametrize("written", ["https://jobs.example/1", "http://x.example", "<https://x.example/a?b=c#d>", "HTTPS://X.EXAMPLE/"])
def test_http_addresses_are_kept(written: str) -> None:
    assert to_link(written) == written.strip("<>")


@pytest.mark.parametrize(
    "written",
    [
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://x.example",
        "https://",
        "//x.example",
        "https://x.example/a b",
        "http://[::1",
        "https://" + "a" * 3000,
    ],
)
def test_anything_else_is_not(written: str) -> None:
    assert to_link(written) is None


def test_the_sign_that_ends_a_sentence_is_not_part_of_an_address() -> None:
    assert tuple(find_links("See https://a.example/x, or (https://b.example/y).")) == ("https://a.example/x", "https://b.example/y")


@pytest.mark.parametrize(
    "address",
    [
        "https://discord.gg/abc",
        "discord.gg/abc",
        "HTTPS://Discord.GG/abc",
        "http://www.discord.com/invite/abc",
        "https://ptb.discord.com:443//invite/abc",
        "https://discordapp.com/invite/abc",
        "https://discord.com/%69nvite/abc",
        "https://user@discord.gg/abc",
        "https://discord.gift/abc",
        "https://discord.com/template/abc",
    ],
)
def test_an_invitation_is_known_and_made_no_link(address: str) -> None:
    assert is_invitation(address)
    broken = break_links(f"Join ({address}) us")
    assert not any(link in broken.lower() for link in ("discord.gg", "discord.com/invite", "discordapp.com/invite", "https://", "http://"))
    assert broken.replace("\u200b", "") == f"Join ({address}) us"


@pytest.mark.parametrize("scheme", ["steam", "discord", "STEAM", "ftp", "spotify", "ms-word", "javascript", "x+y.z"])
def test_other_schemes_than_the_webs_are_words(scheme: str) -> None:
    assert break_links(f"see {scheme}://run/1, now") == f"see {scheme}:\u200b//run/1, now"


@pytest.mark.parametrize(
    "text",
    [
        "https://jobs.example/1?next=ftp://x",
        "mailto:jobs@x.example",
        "https://discord.com/jobs/1",
        "https://mydiscord.gg/",
        "a // comment",
        "Discord community manager",
    ],
)
def test_pages_and_words_stay(text: str) -> None:
    assert break_links(text) == text
    assert not is_invitation(text)
