"""What is learned is what is applied."""

from pathlib import Path

import pytest

pytest.importorskip("sklearn")

from bot.text.linear_model import HeadKind, read_model
from training.linear import (
    Example,
    choose_vocabulary,
    fit_head,
    fold_of,
    predict_head,
    report_scores,
    to_matrix,
    write_model,
)

FOODS, TOOLS = ("bread", "soup", "cheese", "apple pie"), ("hammer", "chisel", "saw", "steel drill")
EXAMPLES = [
    Example(f"we like {thing} number {number}", label, f"source {number}", {"bullet": 1.0} if label == "food" else {})
    for number in range(6)
    for label, things in (("food", FOODS), ("tool", TOOLS))
    for thing in things
]


def test_the_file_says_what_was_fitted(tmp_path: Path) -> None:
    vocabulary = choose_vocabulary(EXAMPLES, most=200)
    texts = to_matrix([example.text for example in EXAMPLES], vocabulary)
    head = fit_head("kind", HeadKind.ONE, examples=EXAMPLES, texts=texts, fitting=Fitting(10.0))
    write_model(tmp_path / "kind.model", vocabulary, heads=[head])
    model = read_model(tmp_path / "kind.model")
    asked = [Example("bread and a hammer", "", ""), Example("a chisel", "", "", {"bullet": 1.0}), Example("", "", "")]
    fitted = predict_head(head, asked, texts=to_matrix([example.text for example in asked], vocabulary))
    for example, scores in zip(asked, fitted, strict=True):
        applied = model.scores("kind", example.text, extras=example.extras)
        assert list(applied.values()) == pytest.approx(list(scores), abs=0.02)


def test_several_labels_can_be_right(tmp_path: Path) -> None:
    both = [Example("bread with a hammer", frozenset({"food", "tool"}), f"source {number}") for number in range(4)]
    none = [Example("nothing of the kind", frozenset(), f"source {number}") for number in range(4)]
    examples = [Example(each.text, frozenset({str(each.label)}), each.source) for each in EXAMPLES] + both + none
    vocabulary = choose_vocabulary(examples, most=300)
    texts = to_matrix([example.text for example in examples], vocabulary)
    write_model(
        tmp_path / "kinds.model", vocabulary, heads=[fit_head("kinds", HeadKind.SEVERAL, examples=examples, texts=texts, fitting=Fitting(100.0))]
    )
    model = read_model(tmp_path / "kinds.model")
    assert min(model.scores("kinds", "bread with a hammer").values()) > 0.5
    assert max(model.scores("kinds", "nothing of the kind").values()) < 0.5


def test_what_too_few_sources_hold_is_not_learned() -> None:
    rare = [Example("we like zyxwvu", "food", f"source {number % 2}") for number in range(9)]
    names = choose_vocabulary([*EXAMPLES, *rare], most=10_000).names
    assert "=bread" in names
    assert "= we" in names
    assert not any("zyx" in name for name in names)


def test_only_the_most_telling_features_are_kept() -> None:
    assert len(choose_vocabulary(EXAMPLES, most=7).names) == 7


def test_a_source_falls_into_one_part_always() -> None:
    parts = [fold_of(f"source {number}", 4) for number in range(200)]
    assert set(parts) == {0, 1, 2, 3}
    assert parts == [fold_of(f"source {number}", 4) for number in range(200)]


def test_a_report_counts_right_ones() -> None:
    report = report_scores(["a", "a", "b"], ["a", "b", "b"])
    assert report.startswith("2 of 3 right: 0.667")
    assert "precision 1.000  recall 0.500" in report
