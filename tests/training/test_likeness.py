"""What the vectors of likeness are learned from, and which stems get one."""

from pathlib import Path

import pytest

pytest.importorskip("numpy", reason="training needs the extra train")

import numpy as np

from training.likeness import choose_stems, narrow, read_lines, read_questions


def test_lines_of_postings_are_taken_once_and_other_files_are_passed_over(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("# Baker\n\nWe bake bread for the whole town.\n\nShort.\n", "utf-8")
    (tmp_path / "labels.bin").write_bytes(b"\0\1\2")
    assert read_lines([tmp_path]).count("We bake bread for the whole town.") == 1
    assert "Short." not in read_lines([tmp_path])


def test_questions_are_those_in_english_without_the_head_of_their_table() -> None:
    questions = list(read_questions())
    assert len(questions) > 1000
    assert not {"message", "topic"} & set(questions)


def test_stems_of_texts_go_before_those_of_mere_words() -> None:
    assert choose_stems([["bake"], ["oven"], ["zebra"]], [["oven", "bread"], ["oven"]], most=3) == ["oven", "bread", "bake"]


def test_narrowed_vectors_keep_their_likeness() -> None:
    wide = np.array([[1, 0, 0.1], [0.9, 0.1, 0.1], [0, 1, 0.1]], np.float32)
    one, near, far = narrow(wide / np.linalg.norm(wide, axis=1, keepdims=True), 2)
    assert np.linalg.norm(one) == pytest.approx(1)
    assert one @ near > 0.9 > one @ far
