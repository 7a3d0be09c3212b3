import io
import random
import struct
import zipfile
from pathlib import Path

import pytest
from builders_intake import part, read_all, write_files, zip_bytes
from hypothesis import given
from hypothesis import strategies as st

from bot.intake import files
from bot.intake.files import FROM_DISK, ArchiveBounds, read_archive

ENTRY = b"PK\x01\x02"


def read_zip(data: bytes, bounds: ArchiveBounds = FROM_DISK) -> tuple[dict[str, str], dict[str, str]]:
    return part(read_archive("a.zip", io.BytesIO(data), bounds=bounds))


def test_members_are_read_in_the_order_of_their_names_and_others_passed_over() -> None:
    others = ["__MACOSX/._b.md", ".hidden.md", "x/.git/y.md", "picture.png", "setup.exe"]
    texts, refused = read_zip(zip_bytes({"b.md": "two", "a/c.txt": "one", **dict.fromkeys(others, "other")}))
    assert texts == {"a.zip/a/c.txt": "one", "a.zip/b.md": "two"}
    assert not refused


@pytest.mark.parametrize(
    ("member", "name"),
    [
        ("../../up.md", "a.zip/up.md"),
        ("/etc/absolute.md", "a.zip/etc/absolute.md"),
        ("..\\..\\back.md", "a.zip/back.md"),
        ("x/../y/./z.md", "a.zip/x/y/z.md"),
        ("two\nlines.md", "a.zip/two\ufffdlines.md"),
        ("\u202eright.md", "a.zip/\ufffdright.md"),
    ],
)
def test_a_hostile_name_is_only_shown_and_cleaned(member: str, name: str, empty_folder: Path) -> None:
    write_files(empty_folder, {"a.zip": zip_bytes({member: "some words"})})
    assert read_all("a.zip")[0] == {name: "some words"}
    assert [file.name for file in empty_folder.rglob("*")] == ["a.zip"]


def test_a_link_in_an_archive_is_passed_over() -> None:
    link = zipfile.ZipInfo("link.md")
    link.external_attr = 0o120777 << 16
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr(link, "/etc/passwd")
        made.writestr("a.md", "some words")
    assert read_zip(packed.getvalue()) == ({"a.zip/a.md": "some words"}, {})


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"no archive at all", "is not a zip archive"),
        (zip_bytes({"a.md": "some words"})[:-10], "is not a zip archive"),
        (zip_bytes({}), "holds no postings"),
        (zip_bytes({"a.png": "x"}), "holds no postings"),
        (zip_bytes({"word/document.xml": "x"}), "holds no postings"),
    ],
)
def test_an_archive_without_postings_is_refused(data: bytes, words: str) -> None:
    texts, refused = read_zip(data)
    assert not texts
    assert words in refused["a.zip"]


def test_an_encrypted_archive_is_refused() -> None:
    data = bytearray(zip_bytes({"a.md": "some words", "b.md": "more words"}))
    data[data.index(ENTRY) + 8] |= 1
    texts, refused = read_zip(bytes(data))
    assert not texts
    assert "is encrypted" in refused["a.zip"]


def test_an_archive_within_an_archive_is_refused_and_the_rest_is_read() -> None:
    texts, refused = read_zip(zip_bytes({"inner.zip": zip_bytes({"a.md": "x"}), "b.md": "some words"}))
    assert texts == {"a.zip/b.md": "some words"}
    assert "an archive within an archive" in refused["a.zip/inner.zip"]


@pytest.mark.parametrize(("name", "size"), [("bomb.md", 4_000_000), ("bomb.jsonl", 30_000_000)])
def test_a_bomb_is_not_unpacked(name: str, size: int) -> None:
    texts, refused = read_zip(zip_bytes({name: b"\n" * size, "b.md": "some words"}))
    assert texts == {"a.zip/b.md": "some words"}
    assert "unpacks to far more than text does" in refused[f"a.zip/{name}"]


def test_a_text_above_the_bound_is_refused() -> None:
    noise = random.Random(1).randbytes(2_600_000).hex()  # noqa: S311
    _, refused = read_zip(zip_bytes({"a.md": noise}))
    assert "larger than 5 MB" in refused["a.zip/a.md"]


def test_a_member_that_declares_less_than_it_holds_is_refused() -> None:
    data = bytearray(zip_bytes({"a.md": "some words " * 500, "b.md": "more words"}))
    struct.pack_into("<I", data, data.index(ENTRY) + 24, 20)
    texts, refused = read_zip(bytes(data))
    assert texts == {"a.zip/b.md": "more words"}
    assert "is damaged" in refused["a.zip/a.md"]


def test_members_that_are_too_large_together_are_refused() -> None:
    data = bytearray(zip_bytes({f"{number}.jsonl": "{}" for number in range(3)}))
    at = 0
    while (at := data.find(ENTRY, at + 1)) > 0:
        struct.pack_into("<I", data, at + 24, 70_000_000)
    _, refused = read_zip(bytes(data))
    assert "unpacks to more than 200 MB" in refused["a.zip"]


def test_an_archive_of_too_many_files_is_refused_before_its_directory_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_CHUNK", 7)
    bounds = ArchiveBounds(total=100_000, members=100)
    assert "holds more than 100 files" in read_zip(zip_bytes(dict.fromkeys(map(str, range(101)), "")), bounds)[1]["a.zip"]
    assert len(read_zip(zip_bytes({f"{number}.md": "some words" for number in range(100)}), bounds)[0]) == 100


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_unusual_compression_is_refused(compression: int) -> None:
    _, refused = read_zip(zip_bytes({"a.md": "some words"}, compression=compression))
    assert "compressed in a way that is not read" in refused["a.zip/a.md"]


WHOLE = zip_bytes({"a.md": "some words " * 20, "b.jsonl": '{"rolecall": 1}\n' * 3, "deep/c.txt": "more words"})


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=8), st.integers(0, len(WHOLE)))
def test_any_damage_ends_in_texts_and_refusals(changes: list[tuple[int, int]], length: int) -> None:
    data = bytearray(WHOLE)
    for place, value in changes:
        data[place] = value
    read_zip(bytes(data))
    read_zip(bytes(data[:length]))
