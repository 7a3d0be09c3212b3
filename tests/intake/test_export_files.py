import csv
import io
import json
import random
import zipfile
from pathlib import Path

import pytest
from builders_intake import CODEC, invent_sources, invent_text
from builders_records import VALUES, keep_facts

from bot.domain.errors import RolecallError
from bot.domain.posting import EVERYONE
from bot.intake.exporting import ExportForm, export_files, write_export
from bot.intake.importing import import_sources
from bot.intake.reading import Upload, read_uploads
from bot.intake.sources import Destination, Source
from bot.storage.store import Store

ROOMY, TIGHT = 10_000_000, 500_000
FORMS = pytest.mark.parametrize("form", ExportForm)


async def keep_noise(store: Store, number: int, length: int = 100_000) -> None:
    """Keep postings that hardly pack."""
    chance = random.Random(2)  # noqa: S311
    noise = [Source(f"{count}.md", invent_text(count) + chance.randbytes(length // 2).hex()) for count in range(number)]
    for place in range(0, number, 5):
        await import_sources(Destination(store, EVERYONE), noise[place : place + 5])


def read_numbers(form: ExportForm, text: str) -> list[int]:
    """Which postings a whole file of a form holds."""
    match form:
        case ExportForm.JSON_LINES:
            titles = [json.loads(line)["title"] for line in text.splitlines()]
        case ExportForm.JSON_LD:
            titles = [node["title"] for node in json.loads(text)["@graph"]]
        case _:
            titles = [row["title"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    return [int(title.split()[1]) for title in titles]


@FORMS
async def test_what_fits_is_one_plain_file_as_it_is_written_elsewhere(store: Store, form: ExportForm) -> None:
    await import_sources(Destination(store, EVERYONE), invent_sources(7))
    await import_sources(Destination(store, "42"), invent_sources(1, start=9))
    pieces: list[str] = []
    await write_export(store, [EVERYONE], form=form, write=pieces.append)
    ((name, data),) = await export_files(store, [EVERYONE], form=form, most_bytes=ROOMY)
    assert name == f"rolecall-postings.{form}"
    assert data.decode("utf-8-sig" if form is ExportForm.CSV else "utf-8") == "".join(pieces)
    assert data.startswith(b"\xef\xbb\xbf") == (form is ExportForm.CSV)


@pytest.mark.parametrize("form", [ExportForm.JSON_LINES, ExportForm.JSON_LD])
async def test_what_fits_when_it_is_packed_is_one_archive(store: Store, form: ExportForm) -> None:
    await keep_noise(store, 27, length=20_000)
    ((name, data),) = await export_files(store, [EVERYONE], form=form, most_bytes=TIGHT)
    assert name == f"rolecall-postings.{form}.zip"
    assert len(data) <= TIGHT
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        (member,) = archive.namelist()
        assert read_numbers(form, archive.read(member).decode()) == list(range(27))


@pytest.mark.parametrize("form", [ExportForm.JSON_LINES, ExportForm.JSON_LD])
async def test_what_is_still_too_large_is_parted_and_each_part_can_be_imported(store: Store, form: ExportForm, tmp_path: Path) -> None:
    await keep_noise(store, 15)
    files = await export_files(store, [EVERYONE], form=form, most_bytes=TIGHT)
    assert [name for name, _ in files] == [f"rolecall-postings-{number}.{form}.zip" for number in range(1, len(files) + 1)]
    assert len(files) > 2
    assert all(len(data) <= TIGHT for _, data in files)
    found = await read_uploads([Upload(name, data) for name, data in files])
    async with Store.open(f"sqlite:///{tmp_path / 'other.db'}", CODEC) as other:
        for place in range(0, len(found), 5):
            assert not (await import_sources(Destination(other, EVERYONE), found[place : place + 5])).refused
        texts = [kept.posting.text async for kept in other.every(scopes=[EVERYONE])]
    assert texts == [kept.posting.text async for kept in store.every(scopes=[EVERYONE])]


async def test_a_table_in_parts_has_its_head_in_each(store: Store) -> None:
    await import_sources(Destination(store, EVERYONE), [Source(f"{number}.md", noisy_title(number)) for number in range(7)])
    files = await export_files(store, [EVERYONE], form=ExportForm.CSV, most_bytes=200_000)
    assert len(files) > 1
    numbers: list[int] = []
    for _, data in files:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            numbers += read_numbers(ExportForm.CSV, archive.read(archive.namelist()[0]).decode("utf-8-sig"))
    assert numbers == list(range(7))


def noisy_title(number: int) -> str:
    noise = random.Random(number).randbytes(20_000).hex()  # noqa: S311
    return invent_text(number).replace("A steady hand", f"A steady hand {noise}")


async def test_a_posting_that_is_larger_by_itself_is_told_of(store: Store) -> None:
    kept = keep_facts(VALUES).posting  # as a database of an earlier Rolecall may hold one
    noise = random.Random(2).randbytes(750_000).hex()  # noqa: S311
    await store.keep([kept.model_copy(update={"text": f"{kept.text}\n{noise}"})], scope=EVERYONE)
    with pytest.raises(RolecallError, match=r"^A posting is larger than 0\.5 MB by itself; export [^\n]*$"):
        await export_files(store, [EVERYONE], form=ExportForm.JSON_LINES, most_bytes=TIGHT)


@FORMS
async def test_nothing_kept_is_no_file(store: Store, form: ExportForm) -> None:
    assert await export_files(store, [EVERYONE], form=form, most_bytes=ROOMY) == []
