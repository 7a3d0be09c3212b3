import csv
import io
import json
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest
from builders_answering import make_database
from builders_intake import CODEC, invent_sources, invent_text, write_files
from builders_records import ADA, READ_AT, VALUES, keep_facts, kept_postings
from hypothesis import given

from bot.domain.errors import RolecallError
from bot.domain.facts import Area, Education, EducationLevel, Eligibility, Pay, PayKind, Period, Scope
from bot.domain.person import EVERYONE
from bot.domain.posting import Correction, HeadField, KeptPosting
from bot.intake.exporting import ExportForm, export_files, write_csv_head, write_csv_row, write_export
from bot.intake.files import read_sources
from bot.intake.importing import import_sources
from bot.intake.reading import Upload, read_uploads
from bot.intake.records import OWN_KEY, to_job_posting
from bot.intake.sources import Destination, Source
from bot.parsing.parse import parse_posting
from bot.storage.corrections import apply_corrections
from bot.storage.store import Store
from bot.topics import BY_NAME, TOPICS

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
    async with Store.open(await make_database(tmp_path / "other.db"), CODEC) as other:
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
    async with Store.open(await make_database(tmp_path / "other.db"), CODEC) as other:
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


ROOMY, TIGHT = 10_000_000, 500_000
ANY_FORM = pytest.mark.parametrize("form", ExportForm)


async def keep_noise(store: Store, number: int, length: int = 100_000) -> None:
    """Keep postings that hardly pack."""
    chance = random.Random(2)  # noqa: S311
    read = [parse_posting(invent_text(count), f"{count}.md") for count in range(number)]
    noisy = [one.model_copy(update={"text": f"{one.text}\n{chance.randbytes(length // 2).hex()}"}) for one in read]
    await store.keep(noisy, scope=EVERYONE)


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


@ANY_FORM
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
    async with Store.open(await make_database(tmp_path / "other.db"), CODEC) as other:
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


@ANY_FORM
async def test_nothing_kept_is_no_file(store: Store, form: ExportForm) -> None:
    assert await export_files(store, [EVERYONE], form=form, most_bytes=ROOMY) == []


HEAD = ["id", "company", "title", "link", "location", "read_at"]


def read_row(kept: KeptPosting) -> dict[str, str]:
    head, row = csv.reader(io.StringIO(write_csv_head() + write_csv_row(kept), newline=""))
    assert head == [*HEAD, *(topic.name for topic in TOPICS if topic.name != "company"), "about_company"]
    return dict(zip(head, row, strict=True))


def test_a_row_has_the_head_and_each_topic_as_it_is_told() -> None:
    row = read_row(keep_facts(VALUES))
    assert [row[name] for name in HEAD] == ["7", "Tick & Tock", "Clockmaker", "https://jobs.example/1", "Bern", READ_AT.isoformat()]
    assert row["requirements"] == "Mend clocks\nRead drawings"
    assert row["experience"] == "At least 2.5 years of experience"
    assert row["pay"].splitlines()[0].startswith("€30")
    assert row["timezone"] == ""


def test_what_a_posting_leaves_out_is_an_empty_cell() -> None:
    row = read_row(keep_facts({}, title=None, company=None, link=None, location=None))
    assert {name for name, cell in row.items() if cell} == {"id", "read_at"}


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=cmd|' /C calc'!A0", "＝1+1", '=HYPERLINK("https://evil.example","x")'],
)
def test_no_cell_begins_a_formula(cell: str) -> None:
    row = read_row(keep_facts({"skills": (cell,)}, title=cell, company=cell, location=cell))
    assert [row[name] for name in ("title", "company", "location")] == [f"'{cell}"] * 3
    assert row["skills"] == f"'{cell}"


@given(kept_postings())
def test_any_posting_is_one_row_whose_cells_come_back(kept: KeptPosting) -> None:
    row = read_row(kept)
    expected: dict[str, Any] = {"company": kept.posting.company, "title": kept.posting.title, "location": kept.posting.location}
    for name, words in expected.items():
        assert row[name].removeprefix("'") == (words or "").removeprefix("'")
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())


def test_a_posting_is_told_in_the_words_of_schema_org() -> None:
    kept = keep_facts(VALUES)
    node = to_job_posting(kept)
    assert set(node.pop(OWN_KEY)) == {"rolecall", "source", "location", "facts", "corrections", "read_at", "revision"}
    united_states = {"@type": "Country", "name": "US"}
    assert node == {
        "@type": "JobPosting",
        "identifier": {"@type": "PropertyValue", "name": "Rolecall", "value": "7"},
        "title": "Clockmaker",
        "hiringOrganization": {"@type": "Organization", "name": "Tick & Tock"},
        "url": "https://jobs.example/1",
        "description": kept.posting.text,
        "baseSalary": [
            {
                "@type": "MonetaryAmount",
                "currency": "EUR",
                "value": {"@type": "QuantitativeValue", "minValue": 30, "maxValue": 40.5, "unitText": "HOUR"},
                "description": "Level 2",
            },
            {"@type": "MonetaryAmount", "currency": "USD", "value": {"@type": "QuantitativeValue", "maxValue": 9, "unitText": "YEAR"}},
        ],
        "employmentType": "FULL_TIME",
        "jobLocationType": "TELECOMMUTE",
        "applicantLocationRequirements": [
            {"@type": "Country", "name": "CA"},
            {"@type": "State", "name": "NY", "containedInPlace": united_states},
            {"@type": "AdministrativeArea", "name": "EU"},
        ],
        "experienceRequirements": {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": 30},
        "educationRequirements": {"@type": "EducationalOccupationalCredential", "credentialCategory": "bachelor degree"},
        "skills": ["Lathe", "Files"],
        "responsibilities": ["Wind the tower clock"],
        "qualifications": ["Mend clocks", "Read drawings"],
        "jobBenefits": ["Free watches"],
    }


def test_a_silent_posting_says_nothing() -> None:
    kept = keep_facts({}, title=None, company=None, link=None, location=None)
    assert set(to_job_posting(kept)) == {"@type", "identifier", "description", OWN_KEY}


@pytest.mark.parametrize(
    ("topic", "value"),
    [
        ("pay", Pay(minimum=1, maximum=2, currency="USD", per=Period.YEAR, kind=PayKind.TOTAL)),
        ("workplace", "hybrid"),
        ("countries", Eligibility(scope=Scope.WORLDWIDE)),
        ("countries", Eligibility(scope=Scope.UNSTATED)),
        ("countries", Eligibility(scope=Scope.LISTED, excluded=("FR",))),
        ("education", Education(level=EducationLevel.MASTER, required=False)),
        ("education", Education(level=EducationLevel.NONE, required=True)),
        ("visa", "yes"),
        ("preferred", "Own tools"),
    ],
)
def test_what_schema_org_has_no_word_for_is_not_said_in_another(topic: str, value: object) -> None:
    say = BY_NAME[topic].schema_org
    assert say is None or say([value]) == {}


def test_one_amount_is_one_value_and_a_country_without_states_stands_alone() -> None:
    said = to_job_posting(
        keep_facts(
            {
                "pay": [Pay(minimum=5, maximum=5, currency="USD", per=Period.DAY)],
                "countries": [Eligibility(scope=Scope.LISTED, countries=("US",), areas=(Area.LATAM,))],
            }
        )
    )
    assert said["baseSalary"]["value"] == {"@type": "QuantitativeValue", "value": 5, "unitText": "DAY"}
    assert [place["name"] for place in said["applicantLocationRequirements"]] == ["US", "LATAM"]
