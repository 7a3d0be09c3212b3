"""Fits the linear models that `bot/text/linear_model.py` applies, with scikit-learn, and writes their files."""

import hashlib
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_selection import chi2
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

from bot.text.linear_model import HeadKind, features_of_word, pack_model, pairs_of, tokens_of

LEAST_SOURCES = 3
"""Sources that a feature must stand in: what is rarer could tell which posting it was learned from, and teaches nothing."""

MOST_STEPS = 60
"""Of the fitting: later ones change no label any more."""

_HIGHEST = 127
_MOST_NORM = 255

_TWO_SIDES = np.array([-1.0, 1.0])

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its label (or labels), and where it is from: what is held out is held out by source."""

    text: str
    label: str | frozenset[str]
    source: str
    extras: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The features of texts that a model knows, with how much each weighs by how rare it is."""

    names: tuple[str, ...]
    rarity: Floats

    @property
    def places(self) -> dict[str, int]:
        """Where each feature stands."""
        return {name: at for at, name in enumerate(self.names)}


@dataclass(frozen=True, slots=True)
class FittedHead:
    """What was learned for one head."""

    name: str
    kind: HeadKind
    labels: tuple[str, ...]
    bias: Floats
    of_text: Floats
    """Features by labels, rarity not yet taken in."""

    of_extras: dict[str, Floats]


def fold_of(source: str, folds: int) -> int:
    """Return the part of the sources that one falls into: the same one in every run."""
    return int.from_bytes(hashlib.sha256(source.encode()).digest()[:4]) % folds


def choose_vocabulary(examples: Sequence[Example], *, most: int) -> Vocabulary:
    """Return the features that tell most about the labels, of those that enough sources hold."""
    names, counts = _count_features(examples)
    sources = {source: at for at, source in enumerate(sorted({example.source for example in examples}))}
    where = [sources[example.source] for example in examples]
    of_sources = sparse.csr_matrix((np.ones(len(where)), (where, range(len(where)))), shape=(len(sources), len(where)))
    holding = np.asarray(((of_sources @ counts) > 0).sum(axis=0)).ravel()
    known = holding >= LEAST_SOURCES
    counts, names = counts[:, known], [name for name, is_known in zip(names, known, strict=True) if is_known]
    frequency = np.asarray((counts > 0).sum(axis=0)).ravel()
    rarity = 1 + np.log((1 + len(examples)) / (1 + frequency))
    rendered = _render_labels(_normalised(counts, rarity), examples)
    best = np.argsort(-rendered, kind="stable")[:most]
    chosen = sorted(best, key=lambda at: names[at])
    return Vocabulary(tuple(names[at] for at in chosen), rarity[chosen])


def to_matrix(texts: Sequence[str], vocabulary: Vocabulary) -> sparse.csr_matrix:
    """Return texts by features, each count weighed by rarity and each text brought to the same length."""
    return _normalised(_count_known(texts, vocabulary.places), vocabulary.rarity)


class Fitting(NamedTuple):
    """How a head is fitted."""

    firmness: float
    """How far the weights may go to fit each example (scikit-learn's C)."""

    steps: int = MOST_STEPS


def fit_head(name: str, kind: HeadKind, *, examples: Sequence[Example], texts: sparse.csr_matrix, fitting: Fitting) -> FittedHead:
    """Fit one head."""
    firmness, steps = fitting
    extra_names = _common_extras(examples)
    matrix = sparse.hstack([texts, _extras_matrix(examples, extra_names)], format="csr")
    labels = sorted({label for example in examples for label in _labels_of(example)})
    warnings.simplefilter("ignore", ConvergenceWarning)  # the steps are limited on purpose
    if kind is HeadKind.ONE:
        model = LogisticRegression(C=firmness, max_iter=steps, tol=1e-3).fit(matrix, [str(example.label) for example in examples])
        weights, bias = model.coef_, model.intercept_
        if len(labels) == len(_TWO_SIDES):  # scikit-learn then has one row, for the second label
            weights, bias = weights * _TWO_SIDES[:, None] / 2, bias * _TWO_SIDES / 2
    else:
        wanted = np.array([[label in example.label for label in labels] for example in examples], dtype=int)
        several = OneVsRestClassifier(LogisticRegression(C=firmness, max_iter=steps, tol=1e-3)).fit(matrix, wanted)
        weights = np.vstack([each.coef_ for each in several.estimators_])
        bias = np.array([each.intercept_[0] for each in several.estimators_])
    of_text, of_extras = weights[:, : texts.shape[1]].T, weights[:, texts.shape[1] :].T
    return FittedHead(name, kind, tuple(labels), bias, of_text, dict(zip(extra_names, of_extras, strict=True)))


def predict_head(head: FittedHead, examples: Sequence[Example], *, texts: sparse.csr_matrix) -> Floats:
    """Return the scores of a head of one right label, before it is written: for what a second reading learns from."""
    extras = _extras_matrix(examples, list(head.of_extras))
    totals = np.asarray(texts @ head.of_text + extras @ np.vstack(list(head.of_extras.values())) + head.bias)
    powers = np.exp(totals - totals.max(axis=1, keepdims=True))
    scores: Floats = powers / powers.sum(axis=1, keepdims=True)
    return scores


def write_model(path: Path, vocabulary: Vocabulary, *, heads: Sequence[FittedHead]) -> None:
    """Write a model's file: weights as whole numbers of -127 to 127; features that weigh nothing anywhere are kept out of it."""
    columns, written = [], []
    norms = np.square(vocabulary.rarity)
    norm_scale = _MOST_NORM / norms.max()
    for head in heads:
        of_text = head.of_text * vocabulary.rarity[:, None]
        scale = np.maximum(np.quantile(np.abs(of_text), 0.9999, axis=0), 1e-9) / _HIGHEST
        columns.append(np.clip(np.rint(of_text / scale), -_HIGHEST, _HIGHEST) + 128)
        written.append(_written(head, scale * np.sqrt(norm_scale)))
    lanes = np.hstack([np.maximum(np.rint(norms * norm_scale), 1)[:, None], *columns]).astype(np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pack_model({"heads": written}, vocabulary.names, weights=lanes.tobytes()))


def _written(head: FittedHead, scale: Floats) -> dict[str, Any]:
    extras = {name: [round(float(weight), 3) for weight in weights] for name, weights in head.of_extras.items()}
    return {
        "name": head.name,
        "kind": head.kind.value,
        "labels": list(head.labels),
        "bias": [round(float(bias), 4) for bias in head.bias],
        "scale": [float(f"{part:.6g}") for part in scale],
        "extras": {name: weights for name, weights in extras.items() if any(weights)},
    }


def report_scores(wanted: Sequence[str], found: Sequence[str]) -> str:
    """Return a table: how many are right, and each label's precision, recall and F1."""
    right = sum(one == other for one, other in zip(wanted, found, strict=True))
    lines = [f"{right} of {len(wanted)} right: {right / max(len(wanted), 1):.3f}"]
    hits, asked, told = Counter(one for one, other in zip(wanted, found, strict=True) if one == other), Counter(wanted), Counter(found)
    for label in sorted(asked | told):
        precision, recall = hits[label] / max(told[label], 1), hits[label] / max(asked[label], 1)
        both = 2 * precision * recall / max(precision + recall, 1e-9)
        lines.append(
            f"  {label:12} precision {precision:.3f}  recall {recall:.3f}  F1 {both:.3f}  ({asked[label]} wanted, {told[label]} found)"
        )
    return "\n".join(lines)


def _labels_of(example: Example) -> frozenset[str]:
    return example.label if isinstance(example.label, frozenset) else frozenset({example.label})


def _count_features(examples: Sequence[Example]) -> tuple[list[str], sparse.csr_matrix]:
    """Count all features of texts; those of words and pairs that stand in too few sources are left out before they take room."""
    sources: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        for part in _parts_of(tokens_of(example.text)):
            if len(held := sources[part]) < LEAST_SOURCES:
                held.add(example.source)
    parts = [part for part, held in sources.items() if len(held) >= LEAST_SOURCES or not part.startswith("= ")]
    names: dict[str, int] = {}
    for part in parts:
        for feature in _features_of_part(part):
            names.setdefault(feature, len(names))
    return list(names), _count_known([example.text for example in examples], names)


def _parts_of(words: Sequence[str]) -> Iterator[str]:
    """Yield the words, and the pairs of words marked as such."""
    yield from words
    for first, second in pairs_of(words):
        yield f"= {first} {second}"


def _features_of_part(part: str) -> Iterable[str]:
    return (f"={part[2:]}",) if part.startswith("= ") else features_of_word(part)


def _count_known(texts: Sequence[str], places: Mapping[str, int]) -> sparse.csr_matrix:
    """Count features by way of the parts, of which there are far fewer: texts by parts times parts by features."""
    parts: dict[str, int] = {}
    rows, columns = [], []
    for row, text in enumerate(texts):
        for part in _parts_of(tokens_of(text)):
            rows.append(row)
            columns.append(parts.setdefault(part, len(parts)))
    by_parts = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(texts), len(parts)))
    rows, columns = [], []
    for part, row in parts.items():
        for feature in _features_of_part(part):
            if feature in places:
                rows.append(row)
                columns.append(places[feature])
    of_parts = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(parts), len(places)))
    return (by_parts @ of_parts).tocsr()


def _normalised(counts: sparse.csr_matrix, rarity: Floats) -> sparse.csr_matrix:
    norms = np.sqrt(np.asarray(counts @ np.square(rarity)).ravel())
    norms[norms == 0] = 1.0
    return (sparse.diags(1 / norms) @ counts @ sparse.diags(rarity)).tocsr()


def _render_labels(matrix: sparse.csr_matrix, examples: Sequence[Example]) -> Floats:
    """Return how much each feature tells about the labels: the most that it tells about any of them."""
    told = np.zeros(matrix.shape[1])
    for label in sorted({label for example in examples for label in _labels_of(example)}):
        score, _ = chi2(matrix, [label in _labels_of(example) for example in examples])
        told = np.maximum(told, np.nan_to_num(score))
    return told


def _common_extras(examples: Sequence[Example]) -> list[str]:
    """Return the names of the extras that enough sources have."""
    sources: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        for name in example.extras:
            sources[name].add(example.source)
    return sorted(name for name, held in sources.items() if len(held) >= LEAST_SOURCES)


def _extras_matrix(examples: Sequence[Example], names: Sequence[str]) -> sparse.csr_matrix:
    places = {name: at for at, name in enumerate(names)}
    cells = [(row, places[name], value) for row, each in enumerate(examples) for name, value in each.extras.items() if name in places]
    rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(examples), len(names)))
