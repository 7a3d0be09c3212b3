"""Postings, files and archives for the tests of intake."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.domain.posting import Posting
from bot.intake.files import read_sources
from bot.intake.form_text import write_lines
from bot.intake.sources import Refusal, Source
from bot.storage.records import codec_of
from bot.topics import TOPICS

CODEC = codec_of({topic.name: topic.adapter for topic in TOPICS})


def invent_text(number: int = 1, *, pay: int = 90_000) -> str:
    """A posting's text; one number, one link."""
    return (
        f"# [Clockmaker {number}](https://jobs.example/{number})\n### Tick & Tock {number}\n#### `🌎 Remote`\n\n"
        f"## Requirements\n\n* 4+ years of mending clocks\n* A steady hand\n\n## Pay\n\nThe base salary is ${pay:,} a year.\n"
    )


def invent_sources(number: int, *, start: int = 0) -> list[Source]:
    return [Source(f"{count}.md", invent_text(count)) for count in range(start, start + number)]


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder, and return it."""
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def zip_bytes(members: Mapping[str, str | bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of these members."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def read_all(*paths: Path | str) -> tuple[dict[str, str], dict[str, str]]:
    """Names with their texts, and names with why they were refused."""
    return part(read_sources(paths))


def part(found: Iterable[Source | Refusal]) -> tuple[dict[str, str], dict[str, str]]:
    texts: dict[str, str] = {}
    refused: dict[str, str] = {}
    for each in found:
        if isinstance(each, Source):
            texts[each.name] = each.text
        else:
            assert len(each.reason.splitlines()) == 1
            assert each.source in each.reason
            refused[each.source] = each.reason
    return texts, refused


def write_field(posting: Posting, field: str) -> str:
    """The whole text of a field of the correction form."""
    return "\n".join(write_lines(posting, field))
