"""The word lists."""

import pytest

from bot.text.lexicon import data_directory, read_lexicon

NAMES = sorted(path.stem for path in (data_directory() / "lexicons").glob("*.toml"))


def test_there_are_word_lists() -> None:
    assert NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_word_list_is_readable_and_says_where_it_comes_from(name: str) -> None:
    assert read_lexicon(name)
    assert (data_directory() / "lexicons" / f"{name}.toml").read_text("utf-8").lstrip().startswith("#")
