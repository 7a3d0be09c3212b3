"""How alike two texts are in meaning: the share of what their words' vectors, learned from a sentence encoder, have in common."""

import math
from array import array
from collections.abc import Sequence
from functools import cache, lru_cache
from operator import mul
from pathlib import Path

from bot.text.lexicon import data_directory
from bot.text.linear_model import DamagedModel, read_payload

_LONGEST = 127
"""What the largest part of a vector is written as."""

_KEPT_TEXTS = 8_000


class WordVectors:
    """
    The vector of each word's stem; nothing changes them, so any thread may ask.

    The vectors of a text's words, added up, point where the encoder's vector of the text does.
    """

    def __init__(self, stems: Sequence[str], parts: bytes) -> None:
        self._width = len(parts) // len(stems)
        self._parts = array("b", parts)
        self._places = {stem: place * self._width for place, stem in enumerate(stems)}

    def add_up(self, stems: Sequence[str]) -> tuple[int, ...]:
        """
        Return a text's vector, as long as any other; empty where none of its words is known.

        >>> vectors = WordVectors(["shuttle", "bus"], bytes([100, 10, 90, 20]))
        >>> vectors.add_up(["bus"]), vectors.add_up(["train"])
        ((124, 28), ())
        """
        starts = [place for place in map(self._places.get, stems) if place is not None]
        sums = [sum(parts) for parts in zip(*(self._parts[start : start + self._width] for start in starts), strict=True)]
        length = math.sqrt(sum(map(mul, sums, sums)))
        return tuple(round(_LONGEST * part / length) for part in sums) if length else ()


@cache
def word_vectors() -> WordVectors:
    """Return those that `training.likeness` made; DamagedModel is raised where their file is not what it should be."""
    return read_vectors(data_directory() / "models" / "likeness.model")


def read_vectors(path: Path) -> WordVectors:
    """Read a file of vectors; raises DamagedModel where it is missing, cut off, changed, or of another version."""
    _, stems, parts = read_payload(path)
    if not parts or len(parts) % len(stems):
        raise DamagedModel(f"The model {path.name} is damaged or of another version: install Rolecall again.")
    return WordVectors(stems, parts)


@lru_cache(maxsize=_KEPT_TEXTS)
def vector_of(stems: str) -> tuple[int, ...]:
    """Return the vector of a text's stems, which stand between spaces; those of the texts asked about last are remembered."""
    return word_vectors().add_up(stems.split())


def likeness(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Return how alike two vectors are: 1 for the same direction, 0 for nothing in common or an empty one."""
    shared: int = sum(map(mul, one, other))
    return shared / _LONGEST**2
