"""
Learns what questions ask, from `data/questions/`, and says how right that is on messages that were never learned from.

    python -m training.questions            write data/models/questions.model and print what it reaches
    python -m training.questions --check    print only what is reached
"""

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from scipy import sparse

from bot.questions import model as learned
from bot.questions.model import FOLLOWS_FROM, NOTHING, Stretch, choose_topics, extras_of, mask
from bot.questions.places import find_asked_places
from bot.questions.tokens import TokenisedQuestion, WordKind, find_cues, flatten, tokenise
from bot.questions.values import find_values
from bot.text.lexicon import data_directory
from bot.text.linear_model import HeadKind, LinearModel, read_model
from bot.text.words import find_language_signs
from training.linear import Example, FittedHead, Fitting, Vocabulary, choose_vocabulary, fit_head, fold_of, to_matrix, write_model
from training.question_texts import UNDERSTOOD, Filled, Labelled, fill, read_questions

_FOLDS = 8
"""One part in so many of the messages is held out."""

_TIMES = 2
"""How often a message with placeholders is filled."""

_MOST_FEATURES = 45_000
_STEPS = 150
_FIRMNESS = {"topics": 20.0, "reach": 8.0, "form": 8.0, "language": 8.0, "talk": 6.0, "follows": 8.0, "name": 2.0}
_TITLED = 0.35
"""Roles that are words of a posting's title, as the pipeline recognises them."""

_LEFT_UNSEEN = 0.12
"""Names that the pipeline does not recognise: so many are left in the text as they are."""


def is_held_out(labelled: Labelled) -> bool:
    """Tell whether a message is never learned from: by a hash of it, the same one in every run."""
    return fold_of(labelled.message, _FOLDS) == 0


def spans_of(filled: Filled, chance: random.Random, *, leave: float = _LEFT_UNSEEN) -> list[tuple[int, int, str]]:
    """Return what the pipeline recognises in a message: its values and places, most of its companies, and some of their roles."""
    companies = [(start, end, "company") for start, end in filled.companies if chance.random() >= leave]
    titled = filled.roles if companies and filled.labels.reach == "one" else ()  # the role beside a company tells its posting
    companies += [(start, end, "role") for start, end in titled if chance.random() < _TITLED]
    taken = (*filled.companies, *titled)
    text = filled.text
    values = [(one.start, one.end, one.kind) for one in find_values(text)]
    places = [(one.start, one.end, one.kind) for one in find_asked_places(text, flatten(text), language=filled.labels.language or "en")]
    free = [span for span in (*places, *values) if not any(span[0] < end and start < span[1] for start, end in taken)]
    kept: list[tuple[int, int, str]] = []
    for span in free:
        if not any(span[0] < other[1] and other[0] < span[1] for other in kept):
            kept.append(span)
    return sorted([*companies, *kept])


def make_examples(messages: Sequence[Labelled], *, seed: int) -> Iterator[tuple[Labelled, str, dict[str, float]]]:
    """Yield the messages as the model reads them: filled, masked, with what was recognised."""
    chance = random.Random(seed)  # noqa: S311 -- no secret
    for labelled in messages:
        for _ in range(_TIMES if "{" in labelled.message else 1):
            filled = fill(labelled, chance)
            spans = spans_of(filled, chance)
            masked = mask(filled.text, spans)
            yield labelled, masked, {**extras_of(spans), **find_cues(masked)}


def labels_of(labelled: Labelled, head: str) -> str | frozenset[str] | None:
    """Return what a message teaches a head, None for nothing."""
    is_understood = labelled.language in (None, *UNDERSTOOD)
    if head in ("topics", "reach", "form") and not is_understood:
        return None
    if head == "topics":
        return None if labelled.reach == "bot" or labelled.topics is None else labelled.topics or frozenset({NOTHING})
    if head == "follows":
        return None if labelled.follows is None else frozenset({"follows"} if labelled.follows else set())
    label: str | None = getattr(labelled, head)
    return label


def learn(rows: Sequence[tuple[Labelled, str, dict[str, float]]]) -> tuple[Vocabulary, list[FittedHead]]:
    """Fit the heads on messages."""
    heads = ("topics", "reach", "form", "language", "talk", "follows")
    every = [
        Example(
            text, frozenset(f"{head}={label}" for head in heads for label in _listed(labels_of(labelled, head))), labelled.message, extras
        )
        for labelled, text, extras in rows
    ]
    vocabulary = choose_vocabulary(every, most=_MOST_FEATURES)
    fitted = []
    for head in heads:
        kind = HeadKind.SEVERAL if head == "follows" else HeadKind.ONE
        own = [(labelled, text, extras) for labelled, text, extras in rows if labels_of(labelled, head) is not None]
        examples = [
            Example(text, label, labelled.message, extras_for(head, text, extras))
            for labelled, text, extras in own
            for label in _each(head, labels_of(labelled, head))
        ]
        texts = to_matrix([example.text for example in examples], vocabulary)
        fitted.append(fit_head(head, kind, examples=examples, texts=texts, fitting=Fitting(_FIRMNESS[head], _STEPS)))
    return vocabulary, fitted


def extras_for(head: str, text: str, extras: dict[str, float]) -> dict[str, float]:
    """Return the features beside its words that a head looks at."""
    return find_language_signs(text) if head == "language" else extras


def _each(head: str, labels: str | frozenset[str] | None) -> Iterator[str | frozenset[str]]:
    """Yield what is learned from one message: of several topics, each as if it were the only one."""
    if head == "topics" and isinstance(labels, frozenset):
        yield from sorted(labels)
    else:
        yield labels or frozenset()


def _listed(labels: str | frozenset[str] | None) -> frozenset[str]:
    return frozenset() if labels is None else frozenset({labels}) if isinstance(labels, str) else labels


# Which words are names.

_MATCHES = (("full", 0.5), ("core", 0.12), ("typo", 0.13), ("alias", 0.02), ("acronym", 0.02), ("prefix", 0.03), ("none", 0.18))
_CHANCE = {WordKind.FUNCTION: 0.002, WordKind.TOPICAL: 0.006, WordKind.ORDINARY: 0.003, WordKind.UNKNOWN: 0.001}
"""How often another word of a message happens to be a company's name, by its kind, among some thousand companies."""

_CHANCE_TYPO = 0.012
_FORGOTTEN = 0.15
"""So many of the features around a word are left out, so that strange surroundings are no proof against a name."""


def name_examples(messages: Sequence[Labelled], *, seed: int) -> Iterator[Example]:
    """Yield stretches of words with whether they are a company's name."""
    chance = random.Random(seed)  # noqa: S311 -- no secret
    for labelled in messages:
        if labelled.reach is None:
            continue
        for _ in range(_TIMES if "{company" in labelled.message else 1):
            yield from _stretches_of(fill(labelled, chance), chance)


def _stretches_of(filled: Filled, chance: random.Random) -> Iterator[Example]:
    question = tokenise(filled.text)
    values = values_of_tokens(question, filled)
    language, source = filled.labels.language or "en", filled.labels.message
    names = [span for start, end in filled.companies if (span := _tokens_at(question, start, end))]
    inside = {number for first, last in names for number in range(first, last + 1)}
    for first, last in names:
        stretch = Stretch(question, first, last, values, language)
        match = chance.choices([name for name, _ in _MATCHES], [share for _, share in _MATCHES])[0]
        fit = "clear" if match != "none" and filled.roles and chance.random() < 0.5 else "none"  # noqa: PLR2004 -- half of the roles are told apart
        yield Example("", frozenset({"name"}), source, _some_features(stretch, match, fit, chance))
    for number in range(len(question.tokens)):
        last = number + (chance.random() < 0.15 and number + 1 < len(question.tokens))  # noqa: PLR2004 -- pairs of words now and then
        if inside.isdisjoint(range(number, last + 1)):
            stretch = Stretch(question, number, last, values, language)
            drawn, by_chance = chance.random(), _CHANCE[max(question.kind(one) for one in range(number, last + 1))]
            match = "full" if drawn < by_chance else "core" if drawn < 1.5 * by_chance else "typo" if drawn > 1 - _CHANCE_TYPO else "none"
            fit = "clear" if match != "none" and chance.random() < 0.1 else "none"  # noqa: PLR2004 -- a role is named beside now and then
            yield Example("", frozenset(), source, _some_features(stretch, match, fit, chance))


def _some_features(stretch: Stretch, match: str, fit: str, chance: random.Random) -> dict[str, float]:
    return {
        feature: 1.0
        for feature in stretch.features(match, fit=fit)
        if feature.startswith(("match=", "fit=", "value=")) or chance.random() >= _FORGOTTEN
    }


def values_of_tokens(question: TokenisedQuestion, filled: Filled) -> list[str]:
    """Return for each token which kind of value it belongs to."""
    spans = spans_of(filled, random.Random(0), leave=1.0)  # noqa: S311 -- no secret
    return [next((kind for start, end, kind in spans if start < token.end and token.start < end), "") for token in question.tokens]


def _tokens_at(question: TokenisedQuestion, start: int, end: int) -> tuple[int, int] | None:
    numbers = [number for number, token in enumerate(question.tokens) if token.start < end and start < token.end]
    return (numbers[0], numbers[-1]) if numbers else None


def learn_names(messages: Sequence[Labelled], vocabulary: Vocabulary) -> FittedHead:
    """Fit what tells names apart: nothing of the text, only what is said of each stretch."""
    examples = list(name_examples(messages, seed=1))
    nothing = sparse.csr_matrix((len(examples), len(vocabulary.names)))
    return fit_head("name", HeadKind.SEVERAL, examples=examples, texts=nothing, fitting=Fitting(_FIRMNESS["name"]))


# What it reaches.


def report(model: LinearModel, held_out: Sequence[Labelled]) -> Iterator[str]:
    """Yield what is right on messages that were never learned from, head by head and language by language."""
    rows = list(make_examples(held_out, seed=2))
    for head in ("topics", "reach", "form", "language", "talk", "follows"):
        right: Counter[str] = Counter()
        count: Counter[str] = Counter()
        misses: dict[tuple[str, str], int] = defaultdict(int)
        for labelled, text, extras in rows:
            wanted = labels_of(labelled, head)
            if wanted is None:
                continue
            scores = model.scores(head, text, extras=extras_for(head, text, extras))
            found = _found(head, scores)
            key = labelled.language if labelled.language in UNDERSTOOD else "other" if labelled.language else "topics.tsv"
            if head == "language" and not any(
                letter.isascii() and letter.isalpha() for letter in labelled.message.split("{")[0] + labelled.message.split("}")[-1]
            ):
                continue
            for part in ("all", key):
                count[part] += 1
                right[part] += found == wanted
            if found != wanted:
                misses[_told(wanted), _told(found)] += 1
        parts = "  ".join(f"{part} {right[part] / count[part]:.3f}" for part in sorted(count))
        yield f"{head:9} {right['all']} of {count['all']} right: {parts}"
        worst = sorted(misses.items(), key=lambda item: -item[1])[:8]
        yield "          most missed: " + "; ".join(f"{wanted} as {found} {times}" for (wanted, found), times in worst)


def _told(labels: str | frozenset[str]) -> str:
    return labels if isinstance(labels, str) else "+".join(sorted(labels)) or "nothing"


def _found(head: str, scores: dict[str, float]) -> str | frozenset[str]:
    if head == "topics":
        return frozenset(choose_topics(scores))
    if head == "follows":
        return frozenset(label for label, score in scores.items() if score >= FOLLOWS_FROM)
    return max(scores, key=lambda label: scores[label])


def report_names(model: LinearModel, held_out: Sequence[Labelled]) -> Iterator[str]:
    """Yield how many names are seen, and how many other words are taken for one, at several thresholds."""
    head = model.heads["name"]
    odds: dict[tuple[bool, str], list[float]] = defaultdict(list)
    for example in name_examples(held_out, seed=3):
        match = next(feature[6:] for feature in example.extras if feature.startswith("match=") and " " not in feature)
        weight = head.bias[0] + sum(head.extras[feature][0] for feature in example.extras if feature in head.extras)
        odds["name" in example.label, match].append(weight)
    for match, _ in _MATCHES:
        told = []
        for least in (-2.0, -1.0, 0.0, 1.0):
            seen, wrong = (sum(one > least for one in odds[is_name, match]) for is_name in (True, False))
            told.append(f"from {least:+.0f}: {seen} and {wrong}")
        yield f"name {match:8} of {len(odds[True, match])} names and {len(odds[False, match])} other words: {', '.join(told)}"


def main() -> None:
    """Learn, write, and say what is reached."""
    questions = read_questions()
    taught = [one for one in questions if not is_held_out(one)]
    held_out = [one for one in questions if is_held_out(one)]
    path = data_directory() / "models" / "questions.model"
    if "--check" not in sys.argv:
        vocabulary, heads = learn(list(make_examples(taught, seed=0)))
        write_model(path, vocabulary, heads=[*heads, learn_names(taught, vocabulary)])
    learned.question_model.cache_clear()
    model = read_model(path)
    print(f"{len(taught)} messages learned, {len(held_out)} held out; {model.size} features, {path.stat().st_size / 1000:.0f} kB")
    for line in (*report(model, held_out), *report_names(model, held_out)):
        print(line)


if __name__ == "__main__":
    main()
