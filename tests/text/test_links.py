"""Addresses in postings."""

import pytest

from bot.text.markup import find_links, to_link


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
