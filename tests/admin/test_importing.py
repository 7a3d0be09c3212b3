"""An import shows how far it is, tells what became of everything, and ends well whatever ends it."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from builders_answering import posting_text
from builders_intake import invent_sources, invent_text, zip_bytes
from builders_keeping import OTHER_SCOPE, SCOPE, Scene, on_scene

from bot.admin import adding
from bot.admin.adding import export, import_files, keep_sources
from bot.admin.context import Busy, Stopped
from bot.domain.errors import StorageError, UnreadablePosting
from bot.domain.person import EVERYONE
from bot.intake.exporting import ExportForm
from bot.intake.files import read_sources
from bot.intake.reading import Upload
from bot.intake.sources import Excess, Refusal


async def _fetch(*files: Upload) -> Sequence[Upload]:
    return files


async def test_a_zip_is_kept_with_its_progress_and_its_refusals_in_a_file(empty_scene: Scene) -> None:
    members = {f"{number}.md": invent_text(number) for number in range(30)} | {"empty.md": b"", "picture.md": b"\x89PNG\x00\x01\x02"}
    card = await import_files(empty_scene.context, lambda: _fetch(Upload("postings.zip", zip_bytes(members))))
    assert card.title == "Import finished"
    assert card.body.splitlines()[0] == "**30 added, 0 updated, 0 unchanged, 2 refused**"
    (file,) = card.files
    told = file.data.decode().splitlines()
    assert len(told) == 2
    assert "empty.md" in told[0]
    assert await empty_scene.store.count(scopes={SCOPE}) == 30
    assert [one.body for one in empty_scene.announced] == ["mia imported postings: 30 added, 0 updated."]
    assert empty_scene.shown[0].title == "Importing …"
    actions = await empty_scene.store.list_actions(scopes={SCOPE})
    assert {action.by.id for action in actions} == {"discord:1"}


async def test_what_breaks_a_bound_is_refused_and_nothing_of_it_is_kept(empty_scene: Scene) -> None:
    lines = "\n".join(json.dumps({"title": f"Baker {number}", "text": "x"}) for number in range(2_001))
    with pytest.raises(UnreadablePosting, match="Nothing was kept"):
        await import_files(empty_scene.context, lambda: _fetch(Upload("many.jsonl", lines.encode())))
    with pytest.raises(UnreadablePosting, match="too large"):
        await keep_sources(empty_scene.context, [*invent_sources(3), Excess("a", "a is too large")])
    assert await empty_scene.store.count(scopes={SCOPE}) == 0
    assert empty_scene.announced == []


async def test_refusals_alone_announce_nothing(empty_scene: Scene) -> None:
    refused = [Refusal(f"{number}.md", f"{number}.md is empty @everyone") for number in range(8)]
    card = await keep_sources(empty_scene.context, refused)
    assert card.body.splitlines()[0] == "**0 added, 0 updated, 0 unchanged, 8 refused**"
    assert card.body.count("\n- ") == 5
    assert "… and 3 more; the file has all of them." in card.body
    assert "@everyone" not in card.body
    assert empty_scene.announced == []


async def test_a_second_import_into_the_same_server_is_told_to_wait(empty_scene: Scene) -> None:
    with empty_scene.context.services.imports.begin(SCOPE):
        with pytest.raises(Busy, match="running here already"):
            await keep_sources(empty_scene.context, invent_sources(3))
        assert "3 added" in (await keep_sources(empty_scene.elsewhere(OTHER_SCOPE), invent_sources(3))).body
    assert await empty_scene.store.count(scopes={SCOPE}) == 0


async def test_only_a_few_run_at_once_over_all_servers(empty_scene: Scene) -> None:
    imports = empty_scene.context.services.imports
    with imports.begin("1"), imports.begin("2"), imports.begin("3"), pytest.raises(Busy, match="Too many imports"):
        await keep_sources(empty_scene.context, invent_sources(1))
    with imports.begin("1"), imports.begin("2"), imports.begin("3"):
        pass


async def test_one_that_is_told_to_end_says_what_is_kept_and_the_rest_can_be_imported_again(empty_scene: Scene) -> None:
    services = empty_scene.context.services
    keep = services.store.keep

    async def keep_and_end(*arguments: object, **named: object) -> object:
        kept = await keep(*arguments, **named)  # type: ignore[arg-type]
        services.imports.end()
        return kept

    services.store.keep = keep_and_end  # type: ignore[method-assign, assignment]
    card = await keep_sources(empty_scene.context, invent_sources(60))
    count = await empty_scene.store.count(scopes={SCOPE})
    assert 0 < count < 60
    assert card.title == "Import broken off"
    assert f"{count} of 60 were done by then and stay: {count} added" in card.body
    assert empty_scene.announced[0].body == f"mia imported postings: {count} added, 0 updated."
    with pytest.raises(Stopped):
        await keep_sources(empty_scene.context, invent_sources(1))


async def test_one_that_takes_too_long_is_broken_off_and_what_is_kept_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "IMPORT_SECONDS", 0.0)
    async with on_scene(tmp_path, {}) as scene:
        card = await keep_sources(scene.context, invent_sources(3))
        assert card.title == "Import broken off"
        assert "An import may take 0 minutes, and this one took longer" in card.body


async def test_a_database_that_fails_meanwhile_is_told_with_what_was_kept_before(empty_scene: Scene) -> None:
    keep = empty_scene.store.keep
    calls = 0

    async def keep_until_it_fails(*arguments: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        if calls > 2:
            raise StorageError("the disk is full; make room")
        return await keep(*arguments, **named)  # type: ignore[arg-type]

    empty_scene.store.keep = keep_until_it_fails  # type: ignore[method-assign, assignment]
    card = await keep_sources(empty_scene.context, invent_sources(60))
    count = await empty_scene.store.count(scopes={SCOPE})
    assert "the disk is full; make room." in card.body
    assert f"{count} of 60 were done by then" in card.body


# What is exported is the scope's own, fits below a message, and is read back.


MEGABYTES = 10_000_000


async def _texts(scene: Scene, scope: str) -> set[str]:
    return {kept.posting.text async for kept in scene.store.every(scopes={scope})}


@pytest.mark.parametrize("form", [ExportForm.JSON_LINES, ExportForm.JSON_LD])
async def test_what_is_exported_can_be_imported_elsewhere(form: ExportForm, tmp_path: Path, scene: Scene) -> None:
    await scene.keep(posting_text("Acme Secrets", "Spy"), scope=OTHER_SCOPE)
    await scene.keep(posting_text("Everybody's", "Helper"), scope=EVERYONE)
    card = await export(scene.context, form, most_bytes=MEGABYTES)
    assert card.body.startswith("**3 postings**")
    (file,) = card.files
    (tmp_path / file.name).write_bytes(file.data)
    await keep_sources(scene.elsewhere("99"), list(read_sources([tmp_path / file.name])))
    assert await _texts(scene, "99") == await _texts(scene, SCOPE)


async def test_more_than_a_file_may_have_comes_in_several(tmp_path: Path) -> None:
    letters = "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(120_000))
    texts = {f"{number}.md": posting_text("Acme", f"Baker {number}", letters[number:] + letters[:number]) for number in range(6)}
    async with on_scene(tmp_path, texts) as scene:
        files = (await export(scene.context, ExportForm.JSON_LINES, most_bytes=600_000)).files
        assert len(files) > 1
        assert all(len(file.data) <= 600_000 for file in files)


async def test_no_postings_are_said_to_be_none_and_a_second_export_waits(empty_scene: Scene) -> None:
    assert "no postings to export" in (await export(empty_scene.context, ExportForm.CSV, most_bytes=MEGABYTES)).body
    with empty_scene.context.services.exports.begin(SCOPE), pytest.raises(Busy):
        await export(empty_scene.context, ExportForm.CSV, most_bytes=MEGABYTES)
