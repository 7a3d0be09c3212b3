"""Lines are cut into sentences, and short forms with a full stop end none."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.document import split_sentences


def _split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("We bake bread. You eat it!", ["We bake bread.", "You eat it!"]),
        ("Is it remote? No. We meet daily.", ["Is it remote?", "No.", "We meet daily."]),
        ("Wait... Then go.", ["Wait...", "Then go."]),
        ("He said “go.” Then he left.", ["He said “go.”", "Then he left."]),
        ("¿Quién eres? ¡Hola!", ["¿Quién eres?", "¡Hola!"]),
        ("Paid well. **Apply** now", ["Paid well.", "**Apply** now"]),
        ("你好。世界", ["你好。", "世界"]),
        ("It is our Plan B. Founders bake.", ["It is our Plan B.", "Founders bake."]),
        ("Write to Ann B. We read it.", ["Write to Ann B.", "We read it."]),
        ("  one  ", ["one"]),
        ("", []),
    ],
)
def test_a_line_is_cut_at_the_ends_of_sentences(text: str, sentences: list[str]) -> None:
    assert _split(text) == sentences


@pytest.mark.parametrize(
    "text",
    [
        "Tools, e.g. Ansible and i.e. others, count.",
        "Based in the U.S. only, please.",
        "A Ph.D. in physics, a B.Sc. or an M.S. degree.",
        "We pay approx. 5 coins.",
        "See No. 5 on the list.",
        "Founded in 2007 by Ann B. Crust of Ghent.",
        "Bezahlt werden ca. 50.000 € bzw. mehr.",
        "Works with Node.js and v2.1 of it.",
        "Open from 9 a.m. to 5 p.m. EST.",
    ],
)
def test_a_short_form_ends_no_sentence(text: str) -> None:
    assert _split(text) == [text]


@pytest.mark.parametrize(
    ("text", "count"),
    [("Go, SQL, etc. We offer tea.", 2), ("Join Acme Inc. You will like it.", 2), ("Open to the U.S. Applicants write to us.", 2)],
)
def test_a_short_form_ends_a_sentence_where_the_next_one_starts(text: str, count: int) -> None:
    assert len(_split(text)) == count


@given(st.text(max_size=300))
def test_sentences_are_in_order_apart_and_lose_nothing_but_space(text: str) -> None:
    places = list(split_sentences(text))
    assert all(start < end for start, end in places)
    assert all(before[1] <= after[0] for before, after in pairwise(places))
    assert "".join("".join(text[start:end].split()) for start, end in places) == "".join(text.split())


def test_a_sentence_without_end_is_read_in_parts_at_spaces() -> None:
    text = "dough " * 2_000
    parts = _split(text)
    assert " ".join(parts) == text.strip()
    assert max(map(len, parts)) <= 2_000
    assert max(map(len, _split("a" * 10_000))) <= 2_000


def test_of_very_many_sentences_the_last_are_read_together() -> None:
    text = "Bake. " * 2_000
    spans = split_sentences(text)
    assert {text[start:end] for start, end in spans[:300]} == {"Bake."}
    assert len(spans) < 500
    assert spans[-1][1] == len(text.rstrip())
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
