"""Linear models as they are applied: from the file to scores, and why."""

from pathlib import Path

import pytest

from bot.text.linear_model import MAGIC, DamagedModel, HeadKind, LinearModel, features_of_word, pack_model, read_model, tokens_of

WORDS = ("=oven", "=oven door", "=salary", "ov")


def header(**changes: object) -> dict[str, object]:
    head = {
        "name": "topic",
        "kind": "one",
        "labels": ["kitchen", "pay"],
        "bias": [0.0, 0.1],
        "scale": [0.1, 0.1],
        "extras": {"previous:kitchen": [3.0, 0.0]},
    }
    return {"heads": [head | changes]}


def rows(*weights: tuple[int, int]) -> bytes:
    """The rows of a file: how rare the feature is, then each label's weight."""
    return bytes(part for first, second in weights for part in (1, first + 128, second + 128))


KNOWN = rows((90, -20), (50, 0), (-40, 120), (10, 0))


DAMAGED = r"\AThe model small\.model is damaged or of another version \([^\n]*\): install Rolecall again\.\Z"


def written(folder: Path, **changes: object) -> Path:
    path = folder / "small.model"
    path.write_bytes(pack_model(header(**changes), WORDS, weights=KNOWN))
    return path


@pytest.fixture
def model(tmp_path: Path) -> LinearModel:
    return read_model(written(tmp_path))


def test_the_words_of_a_text_decide(model: LinearModel) -> None:
    assert max((scores := model.scores("topic", "The OVEN door")), key=lambda label: scores[label]) == "kitchen"
    assert max((scores := model.scores("topic", "A salary")), key=lambda label: scores[label]) == "pay"
    assert sum(scores.values()) == pytest.approx(1)


def test_a_text_without_a_known_word_is_told_by_the_bias(model: LinearModel) -> None:
    scores = model.scores("topic", "")
    assert scores["pay"] > scores["kitchen"]
    assert scores == model.scores("topic", "zzz")


def test_a_named_feature_adds_its_weight_and_an_unknown_one_nothing(model: LinearModel) -> None:
    assert model.scores("topic", "", extras={"previous:kitchen": 1.0})["kitchen"] > 0.9
    assert model.scores("topic", "", extras={"position:9": 1.0}) == model.scores("topic", "")


def test_labels_of_a_head_with_several_right_ones_are_scored_apart(tmp_path: Path) -> None:
    model = read_model(written(tmp_path, kind=HeadKind.SEVERAL.value, bias=[5.0, 5.0]))
    assert min(model.scores("topic", "").values()) > 0.9


def test_an_explanation_adds_up_to_the_sum(model: LinearModel) -> None:
    parts = dict(model.explain("topic", "oven door", label="kitchen", extras={"previous:kitchen": 0.5}))
    assert next(iter(parts)) == "=oven"
    assert set(parts) == {"=oven", "=oven door", "ov", "previous:kitchen"}
    norm = 3**0.5
    assert parts["=oven"] == pytest.approx(9 / norm)
    assert parts["previous:kitchen"] == pytest.approx(1.5)


def test_only_the_strongest_are_explained(model: LinearModel) -> None:
    assert [feature for feature, _ in model.explain("topic", "oven salary", label="pay", most=1)] == ["=salary"]


def test_a_very_long_text_overflows_nothing(model: LinearModel) -> None:
    scores = model.scores("topic", "oven " * 100_000)
    assert scores["kitchen"] > 0.99


def test_accents_case_and_digits_make_no_difference() -> None:
    assert tokens_of("Über 45.000 €") == tokens_of("uber 12.345 €")


def test_signs_are_words_without_runs_of_characters() -> None:
    assert list(features_of_word("$")) == ["=$"]


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(DamagedModel, match=r"\AThe model none\.model cannot be read \(.*\): install Rolecall again\.\Z"):
        read_model(tmp_path / "none.model")


CUTS = [
    slice(0, 0),
    slice(4, None),
    slice(0, len(MAGIC) + 2),
    slice(0, len(MAGIC) + 40),
    slice(0, -1),
]


@pytest.mark.parametrize("kept", CUTS, ids=str)
def test_a_file_that_is_cut_off_is_one_line(tmp_path: Path, kept: slice) -> None:
    path = written(tmp_path)
    path.write_bytes(path.read_bytes()[kept])
    with pytest.raises(DamagedModel, match=DAMAGED):
        read_model(path)


def test_a_file_with_one_wrong_byte_is_one_line(tmp_path: Path) -> None:
    path = written(tmp_path)
    raw = bytearray(path.read_bytes())
    for at in range(len(raw)):
        path.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
        with pytest.raises(DamagedModel, match=DAMAGED):
            read_model(path)


@pytest.mark.parametrize(
    "content",
    [
        pack_model(header(), WORDS, weights=KNOWN[:-1]),
        pack_model(header(), WORDS[:-1], weights=KNOWN),
        pack_model(header(bias=[1.0]), WORDS, weights=KNOWN),
        pack_model(header(scale=[1.0, float("nan")]), WORDS, weights=KNOWN),
        pack_model(header(extras={"a": ["x", 1]}), WORDS, weights=KNOWN),
        pack_model(header(kind="some"), WORDS, weights=KNOWN),
        pack_model({"heads": []}, WORDS, weights=KNOWN),
        pack_model({}, WORDS, weights=KNOWN),
        pack_model({"heads": [1]}, WORDS, weights=KNOWN),
    ],
)
def test_a_file_whose_parts_do_not_fit_is_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "small.model"
    path.write_bytes(content)
    with pytest.raises(DamagedModel, match=DAMAGED):
        read_model(path)
