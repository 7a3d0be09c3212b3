"""Words are denied by the words of their own clause."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.document import is_denied


def _denied(text: str, word: str) -> bool:
    start = text.index(word)
    return is_denied(text, start=start, end=start + len(word))


@pytest.mark.parametrize(
    "text",
    [
        "We cannot sponsor visas.",
        "We can’t sponsor visas.",
        "Sadly we aren't able to sponsor anybody.",
        "You work here without needing a sponsor.",
        "A sponsor is not available.",
        "A sponsor isn’t available.",
        "Neither lodging nor a sponsor is offered.",
        "Wir bieten leider keinen sponsor.",
        "Nous n'avons pas de sponsor.",
        "Sin sponsor.",
        "Não temos sponsor.",
    ],
)
def test_a_denial_before_or_close_behind_counts(text: str) -> None:
    assert _denied(text, "sponsor")


@pytest.mark.parametrize(
    "text",
    [
        "We sponsor visas.",
        "We sponsor visas, not only for seniors.",
        "Whether or not you moved before, we sponsor you.",
        "As a non-profit we sponsor visas.",
        "Our no-code team will sponsor you.",
        "No degree? We sponsor you.",
        "We sponsor you. Not sure yet? Write to us.",
        "The piano in the corner is where all of us meet on most Fridays; we sponsor you.",
        "Trabalhe no Brasil com um sponsor.",
        "We know that you notice how we sponsor people.",
    ],
)
def test_what_is_no_denial_of_the_words_does_not_count(text: str) -> None:
    assert not _denied(text, "sponsor")


@pytest.mark.parametrize("reach", range(10, 40))
def test_a_piece_of_a_word_at_the_edge_is_not_read_as_a_denial(reach: int) -> None:
    text = "knot piano noticed nothing donor sponsor nowadays notable piano knot"
    start = text.index("sponsor")
    assert not is_denied(text, start=start, end=start + 7, reach=reach)


@given(text=st.text(max_size=200), places=st.tuples(st.integers(0, 200), st.integers(0, 200)))
def test_any_text_and_place_is_read(text: str, places: tuple[int, int]) -> None:
    start, end = sorted(min(place, len(text)) for place in places)
    assert is_denied(text, start=start, end=end) in (True, False)
