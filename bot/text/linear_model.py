"""Linear text classifiers: weights that `training/` learned, read from a small file and applied without heavy libraries."""

import json
import math
import re
import struct
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from operator import mul
from pathlib import Path
from typing import Any, NamedTuple

from bot.domain.errors import RolecallError

MAGIC = b"rolecall linear model 1\n"
LANE = 3
"""Bytes of one sum in a packed row: a longest text's weights of -127 to 127 add up to less."""

MOST_READ = 4000
"""Characters of a text that are read."""

_LONGEST_WORD = 30
_SHORTEST_GRAM, _LONGEST_GRAM = 2, 5
_KEPT_WORDS = 16_384
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[$€£¥%+#@?!:&/]")
_PLAIN = {ord(digit): "0" for digit in "123456789"} | {ord("`"): "'"}
_ROUND_MARKS = "’‘´"
"""Exchanged by themselves: what is then plain letters alone is read twenty times as fast by the table."""


class DamagedModel(RolecallError):
    """A model's file is not there or is not what it should be."""


class HeadKind(StrEnum):
    """How a head's sums become scores."""

    ONE = "one"
    """One label is right: the scores add up to 1."""

    SEVERAL = "several"
    """Each label is right or wrong by itself: each score stands between 0 and 1 alone."""


@dataclass(frozen=True, slots=True)
class Head:
    """One question that a model answers about a text."""

    name: str
    kind: HeadKind
    labels: tuple[str, ...]
    bias: tuple[float, ...]
    scale: tuple[float, ...]
    """What a text weight of 1 in the file stands for, label by label."""

    extras: Mapping[str, tuple[float, ...]]
    """Named features that are no words of the text, each with its weights label by label."""

    start: int
    """The place of its first label among the model's sums."""


class TextSums(NamedTuple):
    """What a text's words and characters add up to, before any head: made once, used by every head."""

    sums: tuple[int, ...]
    norm: float
    length: int
    """Its words and signs."""


def tokens_of(text: str) -> list[str]:
    """
    Cut a text into the words and signs that features are made of, without case, accents and the digits' values.

    >>> tokens_of("5+ años, I’d pay $120k")
    ['0', '+', 'anos', "i'd", 'pay', '$', '000k']
    """
    folded = text[:MOST_READ].casefold()
    if not folded.isascii():
        for mark in _ROUND_MARKS:
            folded = folded.replace(mark, "'")
    folded = folded.translate(_PLAIN)
    if not folded.isascii():
        folded = "".join(sign for sign in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(sign))
    return _TOKEN.findall(folded)


def features_of_word(word: str) -> Iterator[str]:
    """
    Yield the word itself and its runs of two to five characters, the edges marked by a space.

    >>> list(features_of_word("go"))
    ['=go', ' g', 'go', 'o ', ' go', 'go ', ' go ']
    """
    yield f"={word}"
    padded = f" {word[:_LONGEST_WORD]} "
    if padded[1].isalnum():
        for length in range(_SHORTEST_GRAM, _LONGEST_GRAM + 1):
            for start in range(len(padded) - length + 1):
                yield padded[start : start + length]


def pairs_of(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the words that stand next to each other; the first one stands next to nothing."""
    return zip(("", *words), words, strict=False)


def feature_of_pair(first: str, second: str) -> str:
    """Return the feature that two words next to each other are."""
    return f"={first} {second}"


class LinearModel:
    """
    A model as its file has it; nothing changes it, so any thread may ask.

    Each feature's weights for all labels of all heads are one whole number, a lane of 24 bits for each: adding up the features of a text is
    adding numbers, and what a word adds is remembered. Numbers are made when they are first needed, which keeps the start quick.
    """

    def __init__(self, heads: Sequence[Head], places: Mapping[str, int], weights: bytes) -> None:
        self.heads = {head.name: head for head in heads}
        self._places = places
        self._lanes = 1 + sum(len(head.labels) for head in heads)
        packed = bytearray(len(weights) * LANE)
        packed[::LANE] = weights
        self._packed = bytes(packed)
        self._too_high = sum(128 << (8 * LANE * lane) for lane in range(1, self._lanes))
        self._middle = sum(1 << (8 * LANE * lane + 8 * LANE - 1) for lane in range(self._lanes))
        self._sum_of_word = lru_cache(maxsize=_KEPT_WORDS)(self._add_word)

    @property
    def size(self) -> int:
        """How many features of texts it knows."""
        return len(self._places)

    def read_text(self, text: str) -> TextSums:
        """Add up what a text's words, pairs of words and runs of characters weigh."""
        words = tokens_of(text)
        total = sum(map(self._sum_of_word, words)) + self._add(map(feature_of_pair, ("", *words), words))
        norm, *sums = self._lanes_of(total)
        return TextSums(tuple(sums), math.sqrt(norm) if norm > 0 else 1.0, len(words))

    def scores(self, head: str, text: TextSums | str, *, extras: Mapping[str, float] | None = None) -> dict[str, float]:
        """Return each label's score between 0 and 1; a named feature that the model does not know adds nothing."""
        asked = self.heads[head]
        read = self.read_text(text) if isinstance(text, str) else text
        sums = read.sums[asked.start : asked.start + len(asked.labels)]
        totals = [bias + scale * part / read.norm for bias, scale, part in zip(asked.bias, asked.scale, sums, strict=True)]
        known = [(asked.extras[name], value) for name, value in (extras or {}).items() if name in asked.extras]
        if known:  # label by label: a third of the time of feature by feature
            rows, values = zip(*known, strict=True)
            totals = [sum(map(mul, values, column), total) for column, total in zip(zip(*rows, strict=True), totals, strict=True)]
        return dict(zip(asked.labels, _to_scores(totals, asked.kind), strict=True))

    def explain(
        self, head: str, text: str, *, label: str, extras: Mapping[str, float] | None = None, most: int = 10
    ) -> list[tuple[str, float]]:
        """Return the features that speak most for and against a label, the strongest first, with what each adds to its sum."""
        asked = self.heads[head]
        at = asked.labels.index(label)
        norm = self.read_text(text).norm
        parts: dict[str, float] = {}
        for feature in _features_of(text):
            if feature in self._places:
                weight = self._lanes_of(self._add([feature]))[1 + asked.start + at]
                parts[feature] = parts.get(feature, 0.0) + asked.scale[at] * weight / norm
        for name, value in (extras or {}).items():
            if name in asked.extras:
                parts[name] = value * asked.extras[name][at]
        return sorted(parts.items(), key=lambda part: (-abs(part[1]), part[0]))[:most]

    def _add_word(self, word: str) -> int:
        return self._add(features_of_word(word))

    def _add(self, features: Iterable[str]) -> int:
        """Add up the rows of the features that are known; the file has every weight 128 too high, and the norm as it is."""
        width = self._lanes * LANE
        starts = [place * width for place in map(self._places.get, features) if place is not None]
        return sum([int.from_bytes(self._packed[at : at + width], "little") for at in starts]) - len(starts) * self._too_high

    def _lanes_of(self, total: int) -> list[int]:
        packed = (total + self._middle).to_bytes(self._lanes * LANE + 1, "little")
        half = 1 << (8 * LANE - 1)
        # Each lane's bytes, the lowest first: one slice for all lanes takes half the time of one for each.
        return [
            low + (middle << 8) + (high << 16) - half
            for low, middle, high in zip(packed[::LANE], packed[1::LANE], packed[2::LANE], strict=False)
        ]


def read_model(path: Path) -> LinearModel:
    """
    Read a model's file.

    Raises DamagedModel where it is missing, cut off, changed, or of another version.
    """
    with _told_plainly(path):
        return _to_model(*_read_parts(path))


def read_payload(path: Path) -> tuple[Mapping[str, Any], list[str], bytes]:
    """Return the header, the features and the rows of weights of a model's file; it raises as `read_model` does."""
    with _told_plainly(path):
        return _read_parts(path)


@contextmanager
def _told_plainly(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DamagedModel(f"The model {path.name} cannot be read ({error.strerror}): install Rolecall again.") from error
    except (ValueError, KeyError, TypeError, AttributeError, struct.error, zlib.error) as error:
        raise DamagedModel(f"The model {path.name} is damaged or of another version ({error}): install Rolecall again.") from error


def pack_model(header: Mapping[str, Any], vocabulary: Sequence[str], *, weights: bytes) -> bytes:
    """Return the bytes of a model's file: a checksum, then, compressed, a header in JSON, the features and a row of weights for each."""
    head = json.dumps(header, sort_keys=True, separators=(",", ":")).encode()
    payload = struct.pack("<I", len(head)) + head + "\n".join(vocabulary).encode() + b"\0" + weights
    return MAGIC + struct.pack("<I", zlib.crc32(payload)) + zlib.compress(payload, 9)


def _unpack(raw: bytes) -> bytes:
    if not raw.startswith(MAGIC):
        raise ValueError("it does not begin as a model does")
    (checksum,) = struct.unpack_from("<I", raw, len(MAGIC))
    payload = zlib.decompress(raw[len(MAGIC) + 4 :])
    if zlib.crc32(payload) != checksum:
        raise ValueError("its checksum is wrong")
    return payload


def _read_parts(path: Path) -> tuple[Mapping[str, Any], list[str], bytes]:
    payload = _unpack(path.read_bytes())
    (length,) = struct.unpack_from("<I", payload)
    words, _, weights = payload[4 + length :].partition(b"\0")
    return json.loads(payload[4 : 4 + length]), words.decode().split("\n"), weights


def _to_model(header: Mapping[str, Any], vocabulary: Sequence[str], weights: bytes) -> LinearModel:
    heads = list(_read_heads(header["heads"]))
    if not heads:
        raise ValueError("it has no heads")
    lanes = 1 + sum(len(head.labels) for head in heads)
    if len(weights) != lanes * len(vocabulary):
        raise ValueError("its features and weights do not match")
    return LinearModel(heads, {feature: place for place, feature in enumerate(vocabulary)}, weights)


def _read_heads(written: Sequence[Mapping[str, Any]]) -> Iterator[Head]:
    start = 0
    for head in written:
        labels = tuple(map(str, head["labels"]))
        extras = {str(name): _numbers(weights, len(labels)) for name, weights in head["extras"].items()}
        bias, scale = _numbers(head["bias"], len(labels)), _numbers(head["scale"], len(labels))
        yield Head(str(head["name"]), HeadKind(head["kind"]), labels, bias, scale, extras, start)
        start += len(labels)


def _numbers(written: Sequence[float], count: int) -> tuple[float, ...]:
    numbers = tuple(map(float, written))
    if len(numbers) != count or not all(map(math.isfinite, numbers)):
        raise ValueError("a head's numbers do not match its labels")
    return numbers


def _features_of(text: str) -> Iterator[str]:
    words = tokens_of(text)
    for word in words:
        yield from features_of_word(word)
    for first, second in pairs_of(words):
        yield feature_of_pair(first, second)


def _to_scores(totals: Sequence[float], kind: HeadKind) -> list[float]:
    if kind is HeadKind.SEVERAL:
        return [1 / (1 + math.exp(-max(-50.0, min(50.0, total)))) for total in totals]
    highest = max(totals)
    powers = [math.exp(total - highest) for total in totals]
    whole = sum(powers)
    return [power / whole for power in powers]
