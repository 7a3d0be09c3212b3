import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.pdf import unwrap
from bot.text.clean import fold_space

FULL = "We bake bread for forty towns along the river, and the ovens are never"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{FULL}\nCold since then.", f"{FULL} Cold since then."),
        (f"{FULL}\ncold since then.", f"{FULL} cold since then."),
        (f"{FULL}\n• Rye\n• Wheat", f"{FULL}\n• Rye\n• Wheat"),
        (f"• {FULL}\nCold since then", f"• {FULL} Cold since then"),
        (f"Needs\n{FULL}\ncold.\nOffers\nBread", f"Needs\n{FULL} cold.\nOffers\nBread"),
        (f"{FULL}\n\ncold since then.", f"{FULL}\n\ncold since then."),
        ("Rye\nWheat\nSpelt", "Rye\nWheat\nSpelt"),
        (f"{FULL[:-5]} full-\ntime", f"{FULL[:-5]} full-time"),
        ("", ""),
    ],
)
def test_only_lines_that_were_broken_at_the_margin_are_joined(text: str, told: str) -> None:
    assert unwrap(text) == told


@given(st.text(st.sampled_from("ab •.\n "), max_size=400))
def test_no_word_is_lost_or_moved(text: str) -> None:
    assert fold_space(unwrap(text)).replace(" ", "") == fold_space(text).replace(" ", "")
