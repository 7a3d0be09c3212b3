"""The lines written for this project, and how they are put together."""

from collections import Counter

import pytest

pytest.importorskip("sklearn")

from bot.text.lexicon import data_directory
from bot.text.line_model import LineClass
from training.lines import read_written_lines

FILES = sorted((data_directory() / "lines").glob("*.tsv"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_written_line_has_a_class_and_stands_once(path: object) -> None:
    text = (data_directory() / "lines" / str(getattr(path, "name", path))).read_text("utf-8")
    rows = [row.split("\t") for row in text.splitlines() if not row.startswith("#")]
    assert all(len(row) == 2 and row[1].strip() for row in rows)
    assert {row[0] for row in rows} == {kind.value for kind in LineClass}
    assert [line for line, times in Counter(row[1] for row in rows).items() if times > 1] == []


def test_five_languages_are_learned() -> None:
    assert [path.stem for path in FILES] == ["de", "en", "es", "fr", "pt"]


def test_written_lines_are_put_together_the_same_way_every_time() -> None:
    first = read_written_lines()
    assert first == read_written_lines()
    assert all(len(posting.lines) == len(posting.labels) for posting in first)
    assert {label for posting in first for label in posting.labels} == set(LineClass)
