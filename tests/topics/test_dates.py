"""When a posting was published and when it closes."""

import json
from datetime import date
from pathlib import Path

import pytest
from builders import document
from command_line import run_command

from bot.topics.apply import DateKind, dates_in, find_apply, find_dates

POSTED, CLOSES = DateKind
DAY = date(2026, 5, 30)

STATED = [
    ("Closing date: 30 May 2026", CLOSES),
    ("Applications close on May 30th, 2026.", CLOSES),
    ("**Application deadline:** 2026-05-30", CLOSES),
    ("Apply by Friday, May 30, 2026", CLOSES),
    ("Applications will be accepted until 30/05/2026.", CLOSES),
    ("Bewerbungsschluss: 30.05.2026", CLOSES),
    ("Applications must be submitted on-line by SATURDAY, MAY 30, 2026.", CLOSES),
    ("Applications will be accepted through May 30, 2026", CLOSES),
    ("Fecha límite de inscripción: 30 de mayo de 2026", CLOSES),
    ("Bewerbungen bitte bis 30.05.2026", CLOSES),
    ("Bitte bewirb dich bis zum 30. Mai 2026", CLOSES),
    ("Date limite de candidature : 30 mai 2026", CLOSES),
    ("Fecha límite: 30 de mayo de 2026", CLOSES),
    ("Inscrições até 30 de maio de 2026", CLOSES),
    ("Applications must be received by FRIDAY, MAY 30, 2026.", CLOSES),
    ("Resumes have to be submitted no later than 30 May 2026.", CLOSES),
    ("Please submit a cover letter, a resume and three names in Word or PDF format by May 30, 2026.", CLOSES),
    ("Please send your CV by 30 May 2026 to jobs@pan.example.", CLOSES),
    ("Candidate-se até 30/05/2026: https://pan.example/vagas/5", CLOSES),
    ("Posted on 30 May 2026", POSTED),
    ("Open Date: 05-30-26", POSTED),
    ("Date posted: 2026-05-30T09:00:00Z", POSTED),
    ("Veröffentlicht am 30.05.2026", POSTED),
    ("Publié le 30 mai 2026", POSTED),
    ("Publicado el 30 de mayo de 2026", POSTED),
]

NOT_STATED = [
    "We start on 30 May 2026.",
    "The position is fixed-term, running until 30 May 2026.",
    "Apply by 30 May",
    "Closing date: 03/04/2026",
    "Open Date: 03-04-26",
    "Parcels are received by us on 30 May 2026.",
    "Closing date: 31 February 2026",
    "We send parcels to towns. By 30 May 2026 we move.",
    "Apply now and start by 30 May 2026 if you can begin.",
    "We were founded on 30 May 2006 and posted profits since.",
]


@pytest.mark.parametrize(("text", "kind"), STATED)
def test_a_stated_day_is_read(text: str, kind: DateKind) -> None:
    assert [(stated.kind, stated.day) for stated in find_dates(document(text))] == [(kind, DAY)]


@pytest.mark.parametrize("text", NOT_STATED)
def test_other_days_and_days_that_may_be_two_are_none(text: str) -> None:
    assert list(find_dates(document(text))) == []


def test_a_day_of_two_figures_is_read_as_another_one_of_the_text_must_be() -> None:
    found = find_dates(document("Open Date: 05-04-26\n\nRevised: 05-17-26\n\nWe cook."))
    assert [(stated.kind, stated.day) for stated in found] == [(POSTED, date(2026, 5, 4))]


def test_a_stated_day_is_told_with_how_to_apply() -> None:
    facts = find_apply(document("Posted: 2026-05-02\n\nSend your resume by May 30, 2026 to jobs@pan.example."))
    assert [fact.value for fact in facts] == ["Send your resume by May 30, 2026 to jobs@pan.example.", "Posted on 2026-05-02"]
    assert dates_in(fact.quote.text for fact in facts)[POSTED] == date(2026, 5, 2)


def test_a_day_in_the_head_alone_is_told_to_other_programs_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("cook.md").write_text(
        "---\ntitle: Cook\ncompany: Copper Pan\ncreated: 2026-05-02\n---\n\nWe cook for the town every day.\n", "utf-8"
    )
    assert json.loads(run_command("parse", "--json", "cook.md").out)["posted"] == "2026-05-02"


def test_other_programs_get_the_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("cook.md").write_text("# Cook\n\nCopper Pan is hiring.\n\nPosted: 2 May 2026\n\nClosing date: 30 May 2026\n", "utf-8")
    record = json.loads(run_command("parse", "--json", "cook.md").out)
    assert (record["posted"], record["closes"]) == ("2026-05-02", "2026-05-30")
