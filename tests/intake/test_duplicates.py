import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from builders_records import READ_AT
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.posting import EVERYONE, KeptPosting, Posting
from bot.intake.importing import find_likely_duplicate
from bot.parsing.parse import parse_posting

REAL = Path(__file__).parents[3] / "shared" / "postings" / "labelled"
FRAME = "Job Application for {title} at {company}\n\n{text}\n\nApply now. Share this job. Report this job. All jobs."
COMPANY = (
    "At Tick & Tock we have made and mended clocks for eighty years, in workshops that look out on the river. Everybody here owns a part"
    " of the house. We offer a watch of your own, four weeks of holiday, lunch at noon and a pension that both sides pay into. We welcome"
    " people of every age and origin, and treat each application alike."
)
TOWER = (
    "You climb the towers of the old town, wind what is to be wound, and oil what squeaks. You replace worn teeth in wheels as tall"
    " as you are. You write down how each clock runs, and tell the sexton when a bell must rest. You need a head for heights, strong arms,"
    " five years with large movements and a licence to work on ropes. You start at six and are home by three."
)
SHOP = (
    "You stand behind the counter, listen to what people miss in their clocks, and say honestly whether a repair is worth its price."
    " You keep the till, order glass and straps, and dress the window for each season. You need patience, good handwriting, some Italian"
    " and two years in any shop. You work from ten to six, on Saturdays too."
)


def keep(number: int, title: str | None, text: str, *, company: str | None = "Tick & Tock", link: str | None = None) -> KeptPosting:
    posting = Posting(source=f"{number}.md", title=title, company=company, link=link, location=None, text=f"{COMPANY}\n\n{text}")
    return KeptPosting(id=number, scope=EVERYONE, revision=1, read_at=READ_AT, posting=posting)


TOWER_KEEPER, SHOP_KEEPER = keep(1, "Senior Clock Engineer", TOWER), keep(2, "Shop Assistant", SHOP)
KEPT = [TOWER_KEEPER, SHOP_KEEPER]


def paste(kept: KeptPosting, **changed: str | None) -> Posting:
    return kept.posting.model_copy(update={"source": "pasted", **changed})


def alter(text: str, share: float, chance: random.Random) -> str:
    """Drop, replace or double so many of the words."""
    words = []
    for word in text.split():
        kind = chance.random() / share
        words += [word] if kind > 1 else [] if kind < 1 / 3 else [chance.choice(text.split())] if kind < 2 / 3 else [word, "very"]
    return " ".join(words)


SAME: list[Posting] = [
    paste(TOWER_KEEPER),
    paste(TOWER_KEEPER, text=TOWER_KEEPER.posting.text.replace(" ", "  \n").upper()),
    paste(TOWER_KEEPER, link="https://jobs.example/1?utm_source=newsletter"),
    paste(TOWER_KEEPER, company="TICK AND TOCK GmbH"),
    paste(TOWER_KEEPER, title="Sr. Clock Engineer"),
    paste(TOWER_KEEPER, title="Senior Clock Engineer (Zürich)"),
    paste(TOWER_KEEPER, title="Senior Clock Engineer at Tick & Tock"),
    paste(TOWER_KEEPER, title=None),
    paste(TOWER_KEEPER, text=FRAME.format(title="Clockmaker", company="Tick & Tock", text=TOWER_KEEPER.posting.text)),
    paste(TOWER_KEEPER, text=alter(TOWER_KEEPER.posting.text, 0.2, random.Random(1))),  # noqa: S311
    paste(TOWER_KEEPER, text=TOWER),
]


@pytest.mark.parametrize("posting", SAME, ids=range(len(SAME)))
def test_the_same_job_pasted_again_is_found(posting: Posting) -> None:
    assert find_likely_duplicate(posting, KEPT) is TOWER_KEEPER


OTHER: list[Posting] = [
    paste(SHOP_KEEPER, title="Senior Clock Engineer"),
    paste(TOWER_KEEPER, title="Clock Engineer"),
    paste(TOWER_KEEPER, title="Staff Clock Engineer"),
    paste(TOWER_KEEPER, title="Senior Clock Engineer II"),
    paste(TOWER_KEEPER, title="Senior Clock Engineer, Software"),
    paste(TOWER_KEEPER, title="Window Dresser"),
    paste(TOWER_KEEPER, company="Tick"),
    paste(TOWER_KEEPER, company=None),
    paste(TOWER_KEEPER, text=COMPANY),
    paste(TOWER_KEEPER, text=""),
]


@pytest.mark.parametrize("posting", OTHER, ids=range(len(OTHER)))
def test_another_job_is_none(posting: Posting) -> None:
    assert find_likely_duplicate(posting, KEPT) is None


def test_the_same_job_in_another_country_is_another_job() -> None:
    german = [keep(3, "Clock Engineer - Germany", TOWER)]
    assert find_likely_duplicate(paste(german[0], title="Clock Engineer - France"), german) is None
    assert find_likely_duplicate(paste(german[0], title="Clock Engineer"), german) is german[0]


def test_of_several_the_one_that_shares_most_is_returned() -> None:
    older, newer = keep(4, "Clock Engineer", f"{TOWER} {SHOP}"), keep(5, "Clock Engineer", TOWER)
    assert find_likely_duplicate(paste(newer), [older, newer]) is newer
    assert find_likely_duplicate(paste(older), [newer, older]) is older


def test_without_candidates_there_is_none() -> None:
    assert find_likely_duplicate(paste(TOWER_KEEPER), []) is None


def test_signs_that_are_written_without_spaces_are_compared_one_by_one() -> None:
    text = "我们在河边的工坊里修理钟表。你需要五年的经验和一双稳定的手。早上六点开始工作。" * 3
    kept = KeptPosting(id=9, scope=EVERYONE, revision=1, read_at=READ_AT, posting=paste(TOWER_KEEPER, text=text))
    assert find_likely_duplicate(paste(TOWER_KEEPER, text=text.replace("五年", "三年").replace("六点", "七点")), [kept]) is kept


@given(st.text(), st.none() | st.text(), st.none() | st.text())
def test_anything_is_compared(text: str, title: str | None, company: str | None) -> None:
    posting = paste(TOWER_KEEPER, text=text, title=title, company=company)
    found = find_likely_duplicate(posting, [*KEPT, keep(6, title, text, company=company)])
    assert found is None or found.id in (1, 2, 6)


def real_postings() -> Sequence[KeptPosting]:
    parsed = (parse_posting(path.read_text("utf-8", "replace"), path.name) for path in sorted(REAL.glob("*.md")))
    named = (posting for posting in parsed if posting.company and posting.title)
    return [KeptPosting(id=number, scope=EVERYONE, revision=1, read_at=READ_AT, posting=posting) for number, posting in enumerate(named, 1)]


@pytest.mark.skipif(not REAL.is_dir(), reason="the real postings are not here")
def test_real_postings_are_found_again_when_a_sixth_of_their_words_is_altered() -> None:
    kept, chance = real_postings(), random.Random(3)  # noqa: S311
    for one in kept:
        altered = one.posting.model_copy(update={"text": FRAME.format(title="", company="", text=alter(one.posting.text, 0.16, chance))})
        assert find_likely_duplicate(altered, kept) is one
        others = [other for other in kept if other is not one]
        assert find_likely_duplicate(altered, others) is None


def test_other_words_of_one_title_under_one_link_are_named_too() -> None:
    kept = keep(1, "Clock Engineer", TOWER, link="https://tick.example/jobs")
    other = kept.posting.model_copy(update={"text": SHOP})
    assert find_likely_duplicate(other, [kept]) == kept
    assert find_likely_duplicate(other.model_copy(update={"link": "https://tick.example/other"}), [kept]) is None
    assert find_likely_duplicate(other.model_copy(update={"title": "Shop Assistant"}), [kept]) is None
