import io
import json
import random
import zipfile

import pytest
from builders_records import ADA
from builders_uploads import WHOLE, read_bounded
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.intake.reading import Failure, Upload, read_one
from bot.intake.sources import Refusal, Source

NAMES = sorted(WHOLE)
FUZZED = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read_fully(file: Upload) -> None:
    """Read a file and the postings in it: each becomes a posting or is refused in one line, and nothing else ever happens."""
    for found in read_bounded(file):
        result = read_one(found, ADA) if isinstance(found, Source) else found
        assert not isinstance(result, Failure), result
        if isinstance(result, Refusal):
            assert_told_briefly(result)


def assert_told_briefly(refusal: Refusal) -> None:
    assert refusal.reason.isprintable()
    assert refusal.reason.startswith(refusal.source)
    assert len(refusal.reason) < 800


@FUZZED
@given(st.sampled_from(NAMES), st.binary(max_size=400))
@example("a.zip", b"PK\x05\x06" + b"\0" * 18)
def test_any_bytes_under_any_name(name: str, data: bytes) -> None:
    read_fully(Upload(name, data))


@FUZZED
@given(st.text(max_size=50), st.sampled_from(NAMES))
def test_any_name_of_any_file(name: str, kind: str) -> None:
    read_fully(Upload(name, WHOLE[kind]))


@FUZZED
@given(st.sampled_from(NAMES), st.integers(0, 2**32), st.integers(1, 30))
def test_files_with_some_bytes_changed(name: str, seed: int, number: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    data = bytearray(WHOLE[name])
    for _ in range(number):
        data[chance.randrange(len(data))] = chance.choice((0, 32, 34, 60, 255, chance.randrange(256)))
    read_fully(Upload(name, bytes(data)))


@FUZZED
@given(st.sampled_from(NAMES), st.integers(0, 2**32))
def test_files_cut_short_repeated_in_parts_or_joined_with_others(name: str, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    data, other = WHOLE[name], WHOLE[chance.choice(NAMES)]
    start, end = sorted(chance.randrange(len(data)) for _ in range(2))
    made = chance.choice(
        (data[:start], data[start:], data[:end] + data[start:end] * 20 + data[end:], data[:start] + other + data[start:], data + other)
    )
    read_fully(Upload(name, made))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=10,
)
RECORDS = [json.loads(line) for line in WHOLE["export.jsonl"].splitlines()] + json.loads(WHOLE["export.jsonld"])["@graph"]
BOARD = json.loads(WHOLE["board.json"])["jobs"]


@FUZZED
@given(st.data())
def test_json_with_anything_in_it(data: st.DataObject) -> None:
    record = json.loads(json.dumps(data.draw(st.sampled_from(RECORDS + BOARD))))
    place = data.draw(st.sampled_from([record, *(each for each in record.values() if isinstance(each, dict) and each)]))
    place[data.draw(st.sampled_from(sorted(place)))] = data.draw(ANYTHING)
    wrapped = data.draw(st.sampled_from([record, [record], {"@graph": [record]}, {"jobs": [record]}, {"jobs": record}]))
    read_fully(Upload("a.json", json.dumps(wrapped).encode()))
    read_fully(Upload("a.json", json.dumps(data.draw(ANYTHING)).encode()))


ENDINGS = st.sampled_from(["", ".md", ".json", ".zip", ".pdf"])
CONTENT = st.binary(max_size=60) | st.sampled_from(sorted(WHOLE.values()))
PACKED = st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
MODES = st.sampled_from([0, 0o120777 << 16])


@FUZZED
@given(st.dictionaries(st.text(max_size=20), st.tuples(ENDINGS, CONTENT, MODES), max_size=5), PACKED)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_archives_of_anything(members: dict[str, tuple[str, bytes, int]], compression: int) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, (ending, content, mode) in members.items():
            info = zipfile.ZipInfo(name.encode("utf-8", "replace").decode() + ending or ".md")
            info.external_attr = mode
            archive.writestr(info, content)
    read_fully(Upload("a.zip", packed.getvalue()))
