"""A raw text becomes a posting: whole in its text, read in its beginning."""

import pytest

from bot.domain.errors import UnreadablePosting
from bot.parsing.parse import parse_posting, read_document

_FILLING = "We knead dough, day in, day out. "


def test_a_text_without_words_is_no_posting() -> None:
    with pytest.raises(UnreadablePosting):
        parse_posting("** -- ** 12 **", "signs")


def test_the_text_is_kept_whole_and_read_in_its_beginning() -> None:
    raw = "Cook\n\nThe salary is $50,000 a year.\n\n" + _FILLING * 5_000 + "\n\nWe sponsor visas."
    posting = parse_posting(raw, "long")
    assert posting.text == raw
    assert [fact.value.minimum for fact in posting.facts["pay"]] == [50_000]
    assert "visa" not in posting.facts


@pytest.mark.parametrize("raw", ["Cook\n" + "dough\n" * 40_000, "<h1>Cook</h1>" + "<p>dough" * 40_000])
def test_a_text_longer_than_a_posting_may_be_is_refused_and_never_cut(raw: str) -> None:
    told = r"^cook\.md has 2\d\d,\d{3} characters, and a posting may have 200,000; give each posting's own text by itself$"
    with pytest.raises(UnreadablePosting, match=told):
        parse_posting(raw, "cook.md")


def test_a_page_is_as_long_as_the_text_in_it() -> None:
    assert len(parse_posting("<h1>Cook</h1>" + f"<p class='{'x' * 5_000}'>{_FILLING}</p>" * 100, "page").text) < 5_000


@pytest.mark.parametrize("between", ["\n", " ", ", "])
def test_a_long_text_is_cut_behind_a_word(between: str) -> None:
    document = read_document("Cook\n\n" + f"dough{between}" * 50_000)
    assert {line.text.rstrip(",")[-5:] for line in document.body if len(line.text) > 4} == {"dough"}
    assert sum(len(line.text) for line in document.lines) <= 60_000


def test_a_text_of_very_many_lines_is_read_in_its_beginning() -> None:
    document = read_document("\n".join(f"* {number}" for number in range(50_000)))
    assert len(document.lines) <= 900
    assert document.lines[-1].text == "899"


def test_what_is_read_once_is_kept_with_its_document() -> None:
    document = read_document("Cook\n\nWe cook. We bake.")
    line = document.body[0]
    assert line.sentences == line.sentences
    assert [sentence.text for sentence in line.sentences] == ["We cook.", "We bake."]
