import re

from hypothesis import given
from hypothesis import strategies as st

from bot.text.document import Document
from bot.text.lines import read_lines
from bot.text.signs import read_whole, to_lower


def _document(body: str) -> Document:
    return Document(None, None, None, None, read_lines(body))


def test_lines_are_found_by_whole_words_of_the_text_in_any_case() -> None:
    whole = read_whole(_document("Remote, or not\n\nA hut\n\nVery REMOTE"))
    assert [line.text for line in whole.lines_with(frozenset({"remote"}))] == ["Remote, or not", "Very REMOTE"]
    assert whole.lines_with(frozenset({"remot"})) == []
    assert [line.text for line in whole.lines_with(frozenset(), also=("hu",))] == ["A hut"]


def test_lines_are_found_by_spelling_and_by_pattern() -> None:
    whole = read_whole(_document("From EST on\n\nThe best\n\n9:00"))
    assert [line.text for line in whole.lines_spelling(["EST"])] == ["From EST on"]
    assert [line.text for line in whole.lines_matching(re.compile(":00"))] == ["9:00"]


def test_a_document_is_read_once() -> None:
    document = _document("A hut")
    assert read_whole(document) is read_whole(document)
    assert read_whole(_document("A barn")).written == "A barn"


def test_a_line_far_down_or_without_end_is_not_looked_at() -> None:
    assert read_whole(_document("hut " * 100_000)).lines == ()
    assert len(read_whole(_document("A hut\n\n" * 100_000 + "hut " * 100_000)).lines) <= 100_000


@given(st.text(max_size=300))
def test_lower_case_keeps_each_letter_in_its_place(text: str) -> None:
    assert len(to_lower(text)) == len(text)
    whole = read_whole(_document(text))
    assert len(whole.starts) == max(1, len(whole.lines))
    assert all(whole.written.startswith(line.text, start) for line, start in zip(whole.lines, whole.starts, strict=False))
