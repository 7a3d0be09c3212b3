import io
import os
import random
import struct
import zipfile
from pathlib import Path

import pytest
from builders_intake import invent_text, part, read_all, write_files, zip_bytes
from hypothesis import given
from hypothesis import strategies as st

from bot.intake import files
from bot.intake.files import FROM_DISK, ArchiveBounds, read_archive, read_sources
from bot.intake.sources import POSTING_BOUND, PassedOver, Refusal, Source


def test_a_folder_is_read_in_the_order_of_its_names_and_other_files_are_passed_over(tmp_path: Path) -> None:
    names = ["b.md", "a.TXT", "deep/er/c.markdown", "deep/z.text"]
    others = [".hidden.md", ".git/x.md", "__MACOSX/a.md", "picture.png", "notes.odt", "README"]
    write_files(tmp_path, dict.fromkeys([*names, *others], "some words"))
    texts, refused = read_all(tmp_path)
    assert list(texts) == [str(tmp_path / name) for name in ["a.TXT", "b.md", "deep/er/c.markdown", "deep/z.text"]]
    assert "(README, notes.odt, picture.png)" in refused.pop(str(tmp_path))
    assert not refused


def test_a_file_is_tried_whatever_its_name(tmp_path: Path) -> None:
    write_files(tmp_path, {"posting": "some words", ".hidden": "more words"})
    texts, _ = read_all(tmp_path / "posting", tmp_path / ".hidden")
    assert list(texts.values()) == ["some words", "more words"]


def test_each_path_that_cannot_be_read_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    write_files(tmp_path, {"good.md": "some words", "empty.md": "", "binary.md": b"\0\1\2", "folder/picture.png": "x"})
    (tmp_path / "bare").mkdir()
    paths = [tmp_path / name for name in ("missing.md", "empty.md", "binary.md", "folder", "bare", "good.md")]
    texts, refused = read_all(*paths, "nul\0.md")
    assert list(texts) == [str(tmp_path / "good.md")]
    told = [reason.replace(str(tmp_path), "").partition(" ")[2] for reason in refused.values()]
    assert [words.partition(";")[0].removeprefix("is ") for words in told] == [
        "not there",
        "empty",
        "not text",
        "holds no postings",
        "holds no postings",
        "cannot be read (embedded null byte)",
    ]
    assert all("; " in words for words in told)


def test_a_posting_above_the_bound_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    write_files(tmp_path, {"long.md": b"a" * (POSTING_BOUND + 1), "fits.md": b"a" * POSTING_BOUND})
    texts, refused = read_all(tmp_path)
    assert list(texts) == [str(tmp_path / "fits.md")]
    assert "larger than 5 MB" in refused[str(tmp_path / "long.md")]


def test_links_are_followed_once_and_never_in_circles(tmp_path: Path) -> None:
    write_files(tmp_path, {"top/a.md": "some words", "top/.aside/b.md": "more words"})
    (tmp_path / "top/circle").symlink_to(tmp_path / "top")
    (tmp_path / "top/one").symlink_to(tmp_path / "top/.aside")
    (tmp_path / "top/two").symlink_to(tmp_path / "top/.aside")
    (tmp_path / "top/nowhere.md").symlink_to(tmp_path / "top/gone.md")
    (tmp_path / "top/self.md").symlink_to(tmp_path / "top/self.md")
    (tmp_path / "top/selves").symlink_to(tmp_path / "top/selves")
    texts, refused = read_all(tmp_path / "top")
    assert list(texts.values()) == ["some words", "more words"]
    assert list(refused) == [*(str(tmp_path / "top" / name) for name in ("nowhere.md", "self.md")), str(tmp_path / "top")]
    assert "(selves)" in refused[str(tmp_path / "top")]


def test_links_that_lead_out_of_a_folder_are_refused_by_name(tmp_path: Path) -> None:
    write_files(tmp_path, {"top/a.md": "some words", "elsewhere/b.md": "not theirs", "top/in.json": '{"rolecall": 1}'})
    (tmp_path / "top/b.md").symlink_to(tmp_path / "elsewhere/b.md")
    (tmp_path / "top/data.json").symlink_to(tmp_path / "elsewhere/b.md")
    (tmp_path / "top/folder").symlink_to("../elsewhere")
    (tmp_path / "named").symlink_to(tmp_path / "top")
    for folder in (tmp_path / "top", tmp_path / "named"):
        texts, refused = read_all(folder)
        assert "not theirs" not in texts.values()
        assert list(texts) == [str(folder / "a.md"), str(folder / "in.json")]
        assert refused == {
            str(folder / name): f"{folder / name} is a link that leads out of the folder; give what it leads to by itself"
            for name in ("b.md", "data.json", "folder")
        }
    assert list(read_all(tmp_path / "top/b.md")[0].values()) == ["not theirs"]


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    names = [str(tmp_path / name) for name in ("pipe.json", "pipe.md", "pipe.zip")]
    for name in names:
        os.mkfifo(name)
    write_files(tmp_path, {"a.md": "some words"})
    assert "neither a file nor a folder" in read_all(names[0])[1][names[0]]
    texts, refused = read_all(tmp_path)
    assert list(texts.values()) == ["some words"]
    assert list(refused) == names
    assert all("neither a file nor a folder" in reason for reason in refused.values())


def test_a_file_without_the_right_to_read_it_is_refused(tmp_path: Path) -> None:
    write_files(tmp_path, {"locked.md": "some words"})
    (tmp_path / "locked.md").chmod(0)
    if os.access(tmp_path / "locked.md", os.R_OK):
        pytest.skip("this user may read everything")
    assert "may not be read" in read_all(tmp_path)[1][str(tmp_path / "locked.md")]


def test_a_name_with_a_line_break_is_told_in_one_line(tmp_path: Path) -> None:
    write_files(tmp_path, {"two\nlines.md": ""})
    (name,) = read_all(tmp_path)[1]
    assert name.endswith("two\ufffdlines.md")


def test_files_are_read_one_at_a_time_as_they_are_asked_for(tmp_path: Path) -> None:
    write_files(tmp_path, {f"{number}.md": invent_text(number) for number in range(3)})
    found = read_sources([tmp_path])
    next(found)
    write_files(tmp_path, {"1.md": "written after the first was read"})
    assert next(getattr(each, "text", None) for each in found) == "written after the first was read"


def test_an_empty_path_is_not_the_folder_that_one_is_in(empty_folder: Path) -> None:
    write_files(empty_folder, {"a.md": "some words"})
    assert read_all("") == ({}, {"": "an empty path was given; name a file or a folder"})
    assert list(read_all(".")[0]) == ["a.md"]


def test_archives_in_a_folder_are_read_in_their_turn(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.md": "first", "b.zip": zip_bytes({"x.md": "second"}), "c.md": "third"})
    assert list(read_all(tmp_path)[0].values()) == ["first", "second", "third"]


def test_data_of_another_kind_in_a_folder_is_passed_over_but_not_when_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "posting.md").write_text("# Cook\n\nWe cook for a living, all day long, every day of the week.\n")
    (tmp_path / "labels.jsonl").write_text('{"path": "posting.md", "title": "Cook"}\n')
    assert [found.name for found in read_sources([tmp_path]) if isinstance(found, Source)] == [str(tmp_path / "posting.md")]
    (told,) = (found for found in read_sources([tmp_path]) if isinstance(found, Refusal))
    assert isinstance(told, PassedOver)
    assert "files of kinds that are not read (labels.jsonl);" in told.reason
    assert list(read_sources([tmp_path / "labels.jsonl"]))


ENTRY = b"PK\x01\x02"


def read_zip(data: bytes, bounds: ArchiveBounds = FROM_DISK) -> tuple[dict[str, str], dict[str, str]]:
    return part(read_archive("a.zip", io.BytesIO(data), bounds=bounds))


def test_members_are_read_in_the_order_of_their_names_and_others_passed_over() -> None:
    others = ["__MACOSX/._b.md", ".hidden.md", "x/.git/y.md", "picture.png", "setup.exe"]
    texts, refused = read_zip(zip_bytes({"b.md": "two", "a/c.txt": "one", **dict.fromkeys(others, "other")}))
    assert texts == {"a.zip/a/c.txt": "one", "a.zip/b.md": "two"}
    assert "(picture.png, setup.exe)" in refused.pop("a.zip")
    assert not refused


def test_a_mail_in_a_folder_is_read_and_data_that_is_broken_is_named(tmp_path: Path) -> None:
    mail = "From: Ada <jobs@crumb.example>\nSubject: Baker\n\nWe bake bread at night and look for a baker.\n"
    write_files(tmp_path, {"a.eml": mail, "broken.json": '{"a":', "b.md": "some words"})
    texts, refused = read_all(tmp_path)
    assert list(texts) == [str(tmp_path / "a.eml"), str(tmp_path / "b.md")]
    assert "(broken.json)" in refused[str(tmp_path)]


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
