"""Forms of real postings that come back as they were shown change nothing."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.person import ROLECALL
from bot.intake.corrections import correct
from bot.intake.files import read_sources
from bot.intake.form_text import FORM_GROUPS, form_pages, write_field
from bot.intake.sources import Source
from bot.parsing.parse import parse_posting
from bot.text.lexicon import data_directory

SHARED = Path(__file__).parents[3] / "shared"
FOLDERS = {
    "bundled": (data_directory() / "postings", 1),
    "seeds": (SHARED / "seeds", 1),
    "labelled": (SHARED / "postings" / "labelled", 10),
    "unlabelled": (SHARED / "postings" / "unlabelled", 30),
}
"""Each with how many postings one is taken of: all 1,565 have gone through this."""

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("name", FOLDERS)
def test_real_postings_come_back_unchanged(name: str) -> None:
    folder, step = FOLDERS[name]
    if not folder.is_dir():
        pytest.skip("the real postings are not beside this checkout")
    sources = [found for found in read_sources([folder]) if isinstance(found, Source)]
    assert sources
    for source in sources[::step]:
        posting = parse_posting(source.text, source.name)
        shown = {box.id: box.text for group in FORM_GROUPS for page in form_pages(posting, group) for box in page}
        assert correct(posting, {box: text.replace("\n", "\r\n") for box, text in shown.items()}, by=ROLECALL, at=NOW) == posting
        whole = {field: write_field(posting, field) for group in FORM_GROUPS for field in group.fields}
        assert correct(posting, whole, by=ROLECALL, at=NOW) == posting
