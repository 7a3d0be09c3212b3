import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.document import Document
from bot.text.lines import read_lines
from bot.text.prefilter import by_beginning, read_whole, to_lower


def _document(body: str) -> Document:
    return Document(None, None, None, None, read_lines(body))


def test_lines_are_found_by_whole_words_of_the_text_in_any_case() -> None:
    whole = read_whole(_document("Remote, or not\n\nA hut\n\nVery REMOTE"))
    assert [line.text for line in whole.lines_with({"remote"})] == ["Remote, or not", "Very REMOTE"]
    assert whole.lines_with({"remot"}) == []
    assert [line.text for line in whole.lines_with((), also=("hu",))] == ["A hut"]


@pytest.mark.parametrize("body", ["hut,", "[hut]", "a-hut/barn", "5hut", "“hut”", "hut\n\nhutch", "→hut", "the hut’s"])
def test_a_word_is_found_between_any_signs(body: str) -> None:
    assert len(read_whole(_document(body)).lines_with({"hut"})) == 1


@pytest.mark.parametrize("body", ["hutch", "a shut door", "huts"])
def test_a_word_within_another_is_not_that_word(body: str) -> None:
    found = read_whole(_document(f"{body}\n\nA hut")).lines_with({"hut"})
    assert [line.text for line in found] == ["A hut"]


def test_lines_are_found_by_spelling_and_by_pattern() -> None:
    whole = read_whole(_document("From EST on\n\nThe best\n\n9:00"))
    assert [line.text for line in whole.lines_spelling(["EST"])] == ["From EST on"]
    assert [line.text for line in whole.lines_matching(re.compile(":00"))] == ["9:00"]


def test_a_document_is_read_once() -> None:
    document = _document("A hut")
    assert read_whole(document) is read_whole(document)
    assert read_whole(_document("A barn")).written == "A barn \n"


def test_pieces_are_found_where_they_begin_a_word_and_may_end_at_the_line() -> None:
    pieces = by_beginning(["intern ", "part-time", "contract"])
    whole = read_whole(_document("* An Intern\n* Internal tools\n* Part-time (Contracting)"))
    assert [line.text for line in whole.lines_holding(pieces)] == ["An Intern", "Part-time (Contracting)"]
    assert read_whole(_document("* Subcontract")).lines_holding(pieces) == []


def test_a_piece_may_be_held_where_its_words_are() -> None:
    whole = read_whole(_document("Say hello to the hiring-team"))
    assert set(whole.pieces_held(by_beginning(["say hi", "say hello", "/hiring", "(at)"]))) == {"say hi", "say hello", "/hiring"}


@given(st.text(alphabet="a1@[ –-./", max_size=30), st.sampled_from(["1a", "a1", "@", "a@a", "[a"]))
def test_what_holds_a_figure_or_a_sign_of_a_word_stands_among_the_odd_words(text: str, piece: str) -> None:
    whole = read_whole(_document(text))
    assert (piece in whole.odd) is (piece in whole.lowered)


@given(st.text(max_size=300))
def test_lower_case_keeps_each_letter_in_its_place(text: str) -> None:
    assert len(to_lower(text)) == len(text)
    whole = read_whole(_document(text))
    assert len(whole.starts) == max(1, len(whole.lines))
    assert all(whole.written.startswith(line.text, start) for line, start in zip(whole.lines, whole.starts, strict=False))


def test_of_very_many_lines_with_a_word_the_first_are_given() -> None:
    whole = read_whole(_document("\n".join(f"* hut {number}" for number in range(500))))
    found = [line.text for line in whole.lines_with({"hut"})]
    assert found == [f"hut {number}" for number in range(len(found))]
    assert 21 * 3 <= len(found) < 100
