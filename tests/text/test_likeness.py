"""How alike texts are in meaning, and the file that this is read from."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.passages import stems_of
from bot.text.likeness import WordVectors, likeness, read_vectors, vector_of
from bot.text.linear_model import DamagedModel, pack_model

STEMS = ("bus", "shuttle", "oven")
VECTORS = WordVectors(STEMS, bytes([90, 20, 80, 40, 0, 100]))


def alike(one: str, other: str) -> float:
    return likeness(vector_of(stems_of(one)), vector_of(stems_of(other)))


@pytest.mark.parametrize(
    ("asked", "answers", "other"),
    [
        ("any way they get me to work without a car", "Free company shuttles run every morning", "You will write tests in Python"),
        ("which clothes are worn", "Business casual attire", "You will write tests in Python"),
        ("do they chip in for my glasses", "Eyeglasses reimbursement every two years", "You lead a team of five bakers"),
        ("which day is the latest for sending it in", "The deadline for applications is 4 May", "We offer a gym membership"),
        ("how often does everyone meet in person", "The whole company comes together for quarterly offsites", "Salary: $90,000"),
    ],
)
def test_what_answers_in_other_words_is_nearer_than_what_does_not(asked: str, answers: str, other: str) -> None:
    assert alike(asked, answers) > alike(asked, other) + 0.1


@given(st.lists(st.sampled_from((*STEMS, "zzz")), max_size=8))
def test_likeness_stays_within_its_bounds_and_a_text_is_like_itself(stems: list[str]) -> None:
    one = VECTORS.add_up(stems)
    assert -1.02 <= likeness(one, VECTORS.add_up(["bus"])) <= 1.02
    assert likeness(one, one) == pytest.approx(1 if one else 0, abs=0.02)


def test_a_text_of_strange_words_is_like_nothing() -> None:
    assert likeness(VECTORS.add_up(["zzz"]), VECTORS.add_up(["bus"])) == 0


def test_a_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "small.model"
    file.write_bytes(pack_model({}, STEMS, weights=bytes([90, 20, 80, 40, 0, 100])))
    assert read_vectors(file).add_up(["oven"]) == VECTORS.add_up(["oven"])


@pytest.mark.parametrize("parts", [b"", bytes([1, 2, 3, 4])])
def test_a_file_whose_vectors_do_not_match_its_words_is_named(tmp_path: Path, parts: bytes) -> None:
    file = tmp_path / "small.model"
    file.write_bytes(pack_model({}, STEMS, weights=parts))
    with pytest.raises(DamagedModel, match=r"\AThe model small\.model is damaged or of another version: install Rolecall again\.\Z"):
        read_vectors(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DamagedModel, match="cannot be read"):
        read_vectors(tmp_path / "no.model")
