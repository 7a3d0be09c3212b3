"""Broken text is repaired, and folded for comparing."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import clean
from bot.text.clean import bound_marks, fold, fold_space, repair


@pytest.mark.parametrize(
    ("broken", "repaired"),
    [
        ("weâ€™re", "we’re"),
        ("ðŸŒŽ Remote", "🌎 Remote"),
        ("salÃ¡rio", "salário"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\u2028b\x0bc", "a\nb\nc"),
        ("zero\u200bwidth\ufeff and soft\u00adhyphen", "zerowidth and softhyphen"),
        ("bell\x07 and null\x00", "bell and null"),
        ("a\tb", "a\tb"),
        ("A sound line — with “quotes” 😀😀\nÃ  toi, and weâ€™re", "A sound line — with “quotes” 😀😀\nà toi, and we’re"),
    ],
)
def test_what_is_broken_is_repaired(broken: str, repaired: str) -> None:
    assert repair(broken) == repaired


@pytest.mark.parametrize(
    "sound", ["naïve “quotes” — and dashes", "Ｗｉｄｅ letters", "ﬁne ligature", "&amp; stays", "日本語", "£5 – €6", "Zażółć gęślą jaźń"]
)
def test_what_is_sound_stays(sound: str) -> None:
    assert repair(sound) == sound


@pytest.mark.parametrize(
    ("words", "folded"),
    [
        ("Año  “Ília”", 'ano "ilia"'),
        ("WHAT’S\u00a0UP", "what's up"),
        ("Straße", "strasse"),
        ("a – b — c", "a - b - c"),
        ("한국어", "한국어"),
    ],
)
def test_folding_levels_case_accents_quotes_and_space(words: str, folded: str) -> None:
    assert fold(words) == folded


ACUTE, DOT_BELOW, THAI_TONE, LAO_VOWEL, CIRCLE = "\u0301\u0323\u0e49\u0eb4\u20dd"


@pytest.mark.parametrize("marks", [ACUTE + DOT_BELOW, THAI_TONE, LAO_VOWEL, CIRCLE, f"{ACUTE}\u200b{DOT_BELOW}", "\ufe0f"])
def test_a_letter_keeps_no_more_marks_than_any_script_puts_on_one(marks: str) -> None:
    assert len(repair("We bake e" + marks * 5_000 + " and a" + marks * 5_000)) == len("We bake e and a") + 2 * 10


@given(st.lists(st.sampled_from([ACUTE * 5, ACUTE * 70, DOT_BELOW, "e", "•" * 9, "🙂", " "]), max_size=40), st.integers(1, 30))
def test_marks_are_bounded_alike_in_one_piece_and_in_many(words: list[str], piece: int) -> None:
    text = "".join(words)
    whole = bound_marks(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clean, "_PIECE", max(piece, 10))
        assert bound_marks(text) == whole


@pytest.mark.parametrize("read", [fold, repair, bound_marks])
def test_marks_that_words_have_stay(read: Callable[[str], str]) -> None:
    for words in ("ཧྐྵྨླྺྼྻྂ", "בְּרֵאשִׁ֖ית", "ที่นี่ น้ำ", "1️⃣ 👩🏽‍🍳 ❤️", "•" * 30, "कार्यकर्त्री"):
        assert read(words) == words


@given(st.text(max_size=300))
def test_a_repaired_text_has_one_kind_of_line_end_and_stays_as_it_is(text: str) -> None:
    repaired = repair(text)
    assert not set(repaired) & set("\r\u2028\u2029\x85\x0b\x0c\u200b\ufeff\x00")
    assert repair(repaired).count("\n") == repaired.count("\n")


@given(st.text(alphabet=" \t\n\xa0\u2003\u3000\x85ab–é\u200b", max_size=12))
def test_every_run_of_white_space_becomes_one_space(text: str) -> None:
    assert fold_space(text) == " ".join(text.split())


@given(st.text(max_size=300))
def test_folding_space_twice_changes_nothing(text: str) -> None:
    folded = fold_space(text)
    assert fold_space(folded) == folded
    assert "  " not in folded


@given(st.text(alphabet=st.characters(codec="latin-1"), max_size=200))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_no_sign_that_controls_a_terminal_or_a_text_is_left() -> None:
    signs = "".join(map(chr, [*range(0x20), 0x7F, *range(0x206A, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFD)]))
    assert repair(f"a{signs}b").replace("\n", "") == "a\tb"
