import json
from pathlib import Path

import pytest
from builders_intake import CODEC, invent_sources, write_files
from builders_records import ADA, READ_AT

from bot.domain.posting import EVERYONE, Correction, HeadField
from bot.intake.exporting import ExportForm, write_export
from bot.intake.files import read_sources
from bot.intake.importing import import_sources
from bot.intake.sources import Destination
from bot.storage.corrections import apply_corrections
from bot.storage.store import Store

FORMS = pytest.mark.parametrize("form", [ExportForm.JSON_LINES, ExportForm.JSON_LD])
ALL_FORMS = pytest.mark.parametrize("form", ExportForm)


async def export(store: Store, form: ExportForm, scopes: tuple[str, ...] = (EVERYONE,)) -> str:
    pieces: list[str] = []
    count = await write_export(store, scopes, form=form, write=pieces.append)
    assert count == await store.count(scopes=scopes)
    return "".join(pieces)


@FORMS
async def test_what_is_exported_is_imported_without_loss_and_exported_the_same(store: Store, tmp_path: Path, form: ExportForm) -> None:
    await import_sources(Destination(store, EVERYONE), invent_sources(3))
    before = [kept.posting async for kept in store.every(scopes=[EVERYONE])]
    assert all(posting.facts for posting in before)
    folder = write_files(tmp_path / "exported", {f"all.{form}": await export(store, form)})
    async with Store.open(f"sqlite:///{tmp_path / 'other.db'}", CODEC) as other:
        summary = await import_sources(Destination(other, EVERYONE), read_sources([folder]))
        assert (summary.added, summary.refused) == (3, ())
        assert [kept.posting async for kept in other.every(scopes=[EVERYONE])] == before
    again = await import_sources(Destination(store, EVERYONE), read_sources([folder]))
    assert (again.added, again.updated, again.unchanged) == (0, 0, 3)


async def correct_all(store: Store) -> None:
    """Let Ada correct each posting's title, and deny what it says of pay."""
    for kept in [kept async for kept in store.every(scopes=[EVERYONE])]:
        denial = Correction(field="pay", read=kept.posting.facts["pay"], by=ADA, at=READ_AT)
        title = Correction(field=HeadField.TITLE, words=f"Watchmaker {kept.id}", by=ADA, at=READ_AT)
        assert await store.revise(kept.id, apply_corrections(kept.posting, [denial, title]), scopes=[EVERYONE], by=ADA)


@FORMS
async def test_corrections_come_back_with_who_made_them(store: Store, tmp_path: Path, form: ExportForm) -> None:
    await import_sources(Destination(store, EVERYONE), invent_sources(2))
    await correct_all(store)
    before = [kept.posting async for kept in store.every(scopes=[EVERYONE])]
    folder = write_files(tmp_path / "exported", {f"all.{form}": await export(store, form)})
    async with Store.open(f"sqlite:///{tmp_path / 'other.db'}", CODEC) as other:
        for outcome in ((2, 0, 0), (0, 0, 2)):
            summary = await import_sources(Destination(other, EVERYONE), read_sources([folder]))
            assert (summary.added, summary.updated, summary.unchanged) == outcome
            assert [kept.posting async for kept in other.every(scopes=[EVERYONE])] == before
    assert {made.by for posting in before for made in posting.corrections} == {ADA}
    assert {posting.title for posting in before} == {"Watchmaker 1", "Watchmaker 2"}


@ALL_FORMS
async def test_only_the_scopes_that_are_named_are_exported(store: Store, form: ExportForm) -> None:
    await import_sources(Destination(store, EVERYONE), invent_sources(1))
    await import_sources(Destination(store, "12345"), invent_sources(1, start=5))
    written = await export(store, form, ("12345",))
    assert "Clockmaker 5" in written
    assert "Clockmaker 0" not in written


@pytest.mark.parametrize("number", [0, 1, 3])
async def test_json_ld_is_one_document_with_a_posting_a_line(store: Store, number: int) -> None:
    await import_sources(Destination(store, EVERYONE), invent_sources(number))
    written = await export(store, ExportForm.JSON_LD)
    document = json.loads(written)
    assert document["@context"][0] == "https://schema.org"
    assert [node["@type"] for node in document["@graph"]] == ["JobPosting"] * number
    assert len(written.splitlines()) == number + 2


async def test_json_lines_is_a_posting_a_line(store: Store) -> None:
    await import_sources(Destination(store, EVERYONE), invent_sources(3))
    written = await export(store, ExportForm.JSON_LINES)
    assert [json.loads(line)["source"] for line in written.splitlines()] == ["0.md", "1.md", "2.md"]
