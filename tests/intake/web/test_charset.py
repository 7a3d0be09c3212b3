"""A page's bytes are read by what they are, then by what its head says, then by what it says itself."""

import codecs

import pytest
from builders_web import Site, main_text, read_one_url
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import UnreadablePosting
from bot.intake.web.fetching import decode_page

WORDS = {
    "windows-1251": "Мы печём хлеб",
    "koi8-r": "Мы печём хлеб",
    "iso-8859-1": "Bäckerei für Übermorgen",
    "ISO-8859-2": "Pečeme chléb, piekarz łódzki",
    "shift_jis": "パンを焼く仕事です",
    "euc-jp": "パンを焼く仕事です",
    "iso-2022-jp": "パンを焼く仕事です",
    "gb2312": "我们烤面包",
    "GBK": "我们烤面包",
    "big5": "我們烤麵包",
    "euc-kr": "우리는 빵을 굽는다",
    "windows-1255": "אנחנו אופים לחם",
    "utf-16-le": "Bäckerei für Übermorgen",
    "utf-8": "Bäckerei パン",
}


@pytest.mark.parametrize(("charset", "words"), WORDS.items())
def test_the_head_says_how_a_page_is_encoded(charset: str, words: str) -> None:
    assert decode_page(words.encode(charset), "page", stated=charset) == words


@pytest.mark.parametrize(("charset", "words"), [each for each in WORDS.items() if not each[0].startswith("utf-16")])
@pytest.mark.parametrize(
    "said", ['<meta charset="{}">', "<META http-equiv=Content-Type content='text/html; charset={}'>", '<?xml version="1.0" encoding="{}"?>']
)
def test_a_page_says_it_itself(charset: str, words: str, said: str) -> None:
    page = said.format(charset) + words
    assert decode_page(page.encode(charset), "page", stated=None) == page


@pytest.mark.parametrize("stated", ["iso-8859-1", "windows-1251", "gbk", "us-ascii"])
def test_what_is_utf8_is_read_so_whatever_is_said_of_it(stated: str) -> None:
    assert (
        decode_page("<meta charset=latin1>Bäckerei “für” alle".encode(), "page", stated=stated)
        == "<meta charset=latin1>Bäckerei “für” alle"
    )


@pytest.mark.parametrize("stated", ["utf-8", "utf8", "nonsense", "", "utf-7", "idna", "unicode_escape", "zlib", "../x", "a" * 40, "rot13"])
def test_a_wrong_or_odd_encoding_is_not_taken_at_its_word(stated: str) -> None:
    assert decode_page("Bäckerei".encode("cp1252"), "page", stated=stated) == "Bäckerei"


def test_a_mark_at_the_beginning_outweighs_what_is_said() -> None:
    assert decode_page(codecs.BOM_UTF16_LE + "Bäckerei".encode("utf-16-le"), "page", stated="latin1") == "Bäckerei"


def test_a_page_cannot_say_that_it_is_utf16() -> None:
    page = "<meta charset=utf-16>Bäckerei"
    assert decode_page(page.encode("cp1252"), "page", stated=None) == page


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from([*WORDS, "utf-7", None]))
def test_any_bytes_are_text_or_refused(body: bytes, stated: str | None) -> None:
    told = ""
    try:
        assert decode_page(body, "page", stated=stated).strip()
    except UnreadablePosting as error:
        told = str(error)
    assert not told or told.startswith("page ")


async def test_the_encoding_is_taken_from_the_answer(site: Site) -> None:
    page = main_text("<h2>Requirements</h2><ul><li>Vier Jahre in einer Bäckerei</ul><h2>Benefits</h2><ul><li>Brötchen</ul>").replace(
        "<!doctype html>", ""
    )
    found = await read_one_url(site.put("/1", page.encode("latin1"), kind='text/html; Charset="ISO-8859-1"'))
    assert "einer Bäckerei" in found.text
