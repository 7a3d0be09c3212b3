"""Many postings come and go as files on Discord: with progress, with what was refused, within bounds."""

import csv
import io
import json
from typing import Any

import pytest
from builders_discord import shown, text_of
from builders_intake import invent_text, zip_bytes
from builders_managing import BAKER, Managed
from builders_overlapping import overlapping

from bot.domain.posting import ServerSettings
from bot.parsing.parse import parse_posting
from bot.storage.store import Store

POSTINGS = {f"{number}.md": invent_text(number) for number in range(12)}


async def _import(managed: Managed, content: bytes, name: str = "postings.zip") -> Any:
    return await managed.rita.slash(managed.channel, "posting import", file=(name, content))


def _edits(managed: Managed) -> list[str]:
    """What the hidden message said, one time after the other."""
    sent = [entry.json or {} for entry in managed.stage.env.http_requests if entry.path.endswith("/messages/@original")]
    texts = [part["content"] for body in sent for box in body["components"] for part in box["components"] if part.get("id") == 101]
    return [text.removeprefix("### ") for text in texts]


async def test_a_zip_is_imported_with_progress_and_a_file_of_what_was_refused(managed: Managed) -> None:
    notices = managed.stage.guild.create_text_channel("notices")
    await managed.stage.client.servers.change(managed.stage.guild.id, lambda _: ServerSettings(notices_channel=notices.id))
    done = await _import(managed, zip_bytes(POSTINGS | {"empty.md": b"", "scan.md": b"\x00\x01\x02\x03" * 50}))
    assert done.ephemeral
    assert "12 added, 0 updated, 0 unchanged, 2 refused" in text_of(done)
    assert _edits(managed)[0] == "Importing …"
    assert _edits(managed)[-1] == "Import finished"
    (file,) = shown(done).attachments
    assert file.filename == "not-imported.txt"
    assert len((await file.read()).decode().splitlines()) == 2
    assert len(await managed.kept()) == 12
    told = notices.last_message
    assert told is not None
    assert "rita imported postings: 12 added, 0 updated." in text_of(told)
    assert "Clockmaker" not in text_of(told)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("many.jsonl", "\n".join(json.dumps({"title": f"Baker {number}"}) for number in range(2_001)).encode(), "Nothing was kept"),
        ("large.md", b"bread " * 1_700_000, "larger than 10 MB"),
        ("bomb.zip", zip_bytes({"bomb.md": b"\n" * 80_000_000}), "bomb"),
    ],
    ids=["too many", "too large", "bomb"],
)
async def test_what_breaks_a_bound_is_refused_and_nothing_is_kept(name: str, content: bytes, told: str, managed: Managed) -> None:
    refused = await _import(managed, content, name)
    assert told in text_of(refused)
    assert await managed.kept() == []


async def test_a_second_import_is_told_to_wait_while_others_are_answered(managed: Managed) -> None:
    await managed.stage.opened.store.keep([parse_posting(BAKER, "baker.md")], scope=managed.scope)
    archive = ("postings.zip", zip_bytes(POSTINGS))
    with overlapping(managed.stage.env):
        told = [
            await managed.rita.slash(managed.channel, "posting import", file=archive),
            await managed.omar.slash(managed.channel, "posting import", file=archive),
            await managed.mia.slash(managed.channel, "salary", company="acme bread"),
        ]
    await managed.stage.env.settle()
    assert sorted("running here already" in text_of(one) for one in told[:2]) == [False, True]
    assert "$40,000" in text_of(told[2])
    assert len(await managed.kept()) == 13


async def test_a_restart_breaks_an_import_off_and_the_rest_can_be_imported_again(managed: Managed, monkeypatch: pytest.MonkeyPatch) -> None:
    keep = Store.keep

    async def keep_and_end(store: Store, *arguments: Any, **named: Any) -> Any:
        kept = await keep(store, *arguments, **named)
        managed.stage.client.admin.end()
        return kept

    with monkeypatch.context() as patched:
        patched.setattr(Store, "keep", keep_and_end)
        ended = await _import(managed, zip_bytes(POSTINGS))
    count = len(await managed.kept())
    assert 0 < count < 12
    assert f"{count} of 12 were done by then and stay: {count} added" in text_of(ended)
    await managed.stage.restart()
    assert f"{12 - count} added, 0 updated, {count} unchanged" in text_of(await _import(managed, zip_bytes(POSTINGS)))


async def test_an_answer_that_outlives_its_interaction_is_sent_to_the_person_alone(managed: Managed) -> None:
    for method in ("PATCH", "POST"):  # neither what was deferred nor a follow-up is taken with a token that is over
        managed.stage.env.inject_error(method, "/webhooks/*", status=401, code=50027, message="Invalid Webhook Token", times=None)
    await _import(managed, zip_bytes(POSTINGS | {"empty.md": b""}))
    assert managed.channel.last_message is None
    told = managed.stage.said_last(managed.rita.user.dm_channel)
    assert "12 added" in text_of(told)
    assert [file.filename for file in told.attachments] == ["not-imported.txt"]


@pytest.mark.parametrize("form", ["jsonl", "jsonld"])
async def test_what_is_exported_is_imported_again_without_a_change(form: str, managed: Managed) -> None:
    await managed.add_and_keep()
    exported = await managed.rita.slash(managed.channel, "posting export", form=form)
    assert exported.ephemeral
    (file,) = shown(exported).attachments
    guild, channel, rita = managed.open_server()
    done = await rita.slash(channel, "posting import", file=(file.filename, await file.read()))
    assert "1 added" in text_of(done)
    assert [kept.posting for kept in await managed.kept(str(guild.id))] == [kept.posting for kept in await managed.kept()]


async def test_a_table_is_exported_for_spreadsheets(managed: Managed) -> None:
    await managed.add_and_keep()
    (file,) = shown(await managed.rita.slash(managed.channel, "posting export", form="csv")).attachments
    (row,) = csv.DictReader(io.StringIO((await file.read()).decode("utf-8-sig")))
    assert "Night Baker" in row.values()
