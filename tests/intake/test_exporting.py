import json
from pathlib import Path

import pytest
from builders_intake import CODEC, invent_sources, write_files

from bot.domain.posting import EVERYONE
from bot.intake.exporting import ExportForm, write_export
from bot.intake.importing import import_sources
from bot.intake.sources import read_sources
from bot.storage.store import Store

FORMS = pytest.mark.parametrize("form", ExportForm)


async def export(store: Store, form: ExportForm, scopes: tuple[str, ...] = (EVERYONE,)) -> str:
    pieces: list[str] = []
    count = await write_export(store, scopes, form=form, write=pieces.append)
    assert count == await store.count(scopes=scopes)
    return "".join(pieces)


@FORMS
async def test_what_is_exported_is_imported_without_loss_and_exported_the_same(store: Store, tmp_path: Path, form: ExportForm) -> None:
    await import_sources(store, invent_sources(3), scope=EVERYONE)
    before = [kept.posting async for kept in store.every(scopes=[EVERYONE])]
    assert all(posting.facts for posting in before)
    folder = write_files(tmp_path / "exported", {f"all.{form}": await export(store, form)})
    async with Store.open(f"sqlite:///{tmp_path / 'other.db'}", CODEC) as other:
        summary = await import_sources(other, read_sources([folder]), scope=EVERYONE)
        assert (summary.added, summary.refused) == (3, ())
        assert [kept.posting async for kept in other.every(scopes=[EVERYONE])] == before
    again = await import_sources(store, read_sources([folder]), scope=EVERYONE)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 3)


@FORMS
async def test_only_the_scopes_that_are_named_are_exported(store: Store, form: ExportForm) -> None:
    await import_sources(store, invent_sources(1), scope=EVERYONE)
    await import_sources(store, invent_sources(1, start=5), scope="12345")
    written = await export(store, form, ("12345",))
    assert "Clockmaker 5" in written
    assert "Clockmaker 0" not in written


@pytest.mark.parametrize("number", [0, 1, 3])
async def test_json_ld_is_one_document_with_a_posting_a_line(store: Store, number: int) -> None:
    await import_sources(store, invent_sources(number), scope=EVERYONE)
    written = await export(store, ExportForm.JSON_LD)
    document = json.loads(written)
    assert document["@context"][0] == "https://schema.org"
    assert [node["@type"] for node in document["@graph"]] == ["JobPosting"] * number
    assert len(written.splitlines()) == number + 2


async def test_json_lines_is_a_posting_a_line(store: Store) -> None:
    await import_sources(store, invent_sources(3), scope=EVERYONE)
    written = await export(store, ExportForm.JSON_LINES)
    assert [json.loads(line)["source"] for line in written.splitlines()] == ["0.md", "1.md", "2.md"]
