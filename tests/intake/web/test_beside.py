"""Whatever a page does to who reads it, the conversation goes on."""

import pytest
from builders_markup import BODY
from builders_web import Site, main_text, read_one_url, read_refused
from structlog.testing import capture_logs
from yarl import URL

from bot.intake.sources import Refusal
from bot.intake.web import pages
from bot.intake.web.fetching import Page
from bot.intake.web.pages import read_isolated

LONG = BODY + "<p>We bake bread by the river, day and night.</p>" * 1_000


async def test_a_long_page_is_read_in_a_process_and_gives_the_same(site: Site) -> None:
    long = await read_one_url(site.put("/1", main_text(LONG)))
    short = await read_one_url(site.put("/1", main_text()))
    assert long.text.startswith(short.text)
    assert (long.name, long.link) == (short.name, short.link)


async def test_what_a_process_refuses_is_told_as_anywhere(site: Site) -> None:
    assert (await read_refused(site.put("/1", "<p>" + "words " * 10_000))).startswith("shows no posting")


async def test_a_page_that_takes_too_long_to_read_is_left(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_SECONDS", 0.001)
    assert (await read_refused(site.put("/1", main_text(LONG)))).startswith("takes more time or memory to read than any posting; ")


@pytest.mark.parametrize("length", [10, 30_000])
async def test_a_fault_of_our_own_is_told_by_an_error_id_with_the_cause_in_the_log(length: int) -> None:
    page = Page(URL("https://dough.example/1"), b"a" * length, None)
    with capture_logs() as logged:
        # Not a reader at all: it cannot divide a page.
        (refused,) = await read_isolated(divmod, page, name="https://dough.example/1")
    assert isinstance(refused, Refusal)
    assert refused.reason.endswith(f"report it with the error id {logged[-1]['error_id']}")
    assert "TypeError" in logged[-1]["cause"]
