"""Addresses in postings."""

import pytest
from builders import document
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing.parse import parse_posting
from bot.text.markup import break_links, find_links, is_invitation, read_markup, strip_markup, to_link

LINKS = st.from_regex(r"https?://[a-z]{1,9}\.example/[\w*~=&%?#/.+-]{0,30}[\w/=*~]", fullmatch=True).filter(str.isascii)
HEADS = [
    "---\ntitle: Cook\nlink: {}\n---\n\n",
    "Cook\nCompany: Bistro\nLink: {}\n\n",
    "# [Cook]({})\n### Bistro\n\n",
    "Cook\n\nApply: {}\n\n",
]


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


@given(link=LINKS)
def test_a_link_keeps_its_characters_among_words(link: str) -> None:
    assert list(find_links(f"Apply at {link}.")) == [link]
    assert strip_markup(f"Apply **now** at {link} please") == f"Apply now at {link} please"


@pytest.mark.parametrize("head", HEADS)
@given(link=LINKS)
def test_a_link_keeps_its_characters_in_a_head_and_is_quoted_as_it_stands(head: str, link: str) -> None:
    text = f"{head.format(link)}We cook soup in Lisbon, all day long, and bake bread at night."
    posting = parse_posting(text, "cook.md")
    assert posting.link == link
    assert posting.facts["apply"][0].quote.text in text


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("**Apply at https://x.example/a*b*c**", "https://x.example/a*b*c"),
        ("_https://x.example/_jobs_/_", "https://x.example/_jobs_/"),
        ("(https://x.example/a_(b))", "https://x.example/a_(b)"),
        ("[Jobs](https://x.example/a_b_c)", "https://x.example/a_b_c"),
    ],
)
def test_marks_around_a_link_are_none_of_its_characters(written: str, link: str) -> None:
    assert list(find_links(written)) == [link]


def test_the_words_of_a_link_are_read_and_its_quote_is_whole() -> None:
    marked = read_markup("See [our *own* page](https://x.example/a_b_c) and https://x.example/_d_.")
    assert marked.plain == "See our own page and https://x.example/_d_."
    assert marked.words_between(4, 16) == "[our *own* page](https://x.example/a_b_c)"
    assert document("Link: [here](https://x.example/*)").link is None
