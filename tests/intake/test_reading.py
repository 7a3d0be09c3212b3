import asyncio
import io
import json
import random
import zipfile

import pytest
from builders_files import docx_bytes, locked_pdf, paragraph, pdf_bytes, zip_document
from builders_intake import invent_text, zip_bytes
from builders_records import ADA, VALUES, keep_facts
from builders_uploads import WHOLE, Killer, assert_told_well, is_excess, read_bounded, refused
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.domain.errors import UnreadablePosting
from bot.domain.person import EVERYONE
from bot.intake.exporting import to_json_line
from bot.intake.importing import import_sources
from bot.intake.reading import Failure, Upload, read_one, read_to_propose, read_uploads
from bot.intake.sources import Destination, Excess, Refusal, Source
from bot.storage.store import Store

MEGABYTE = 1_000_000
LINE = to_json_line(keep_facts(VALUES)).encode()


def bomb(name: str = "bomb.md", size: int = 20 * MEGABYTE) -> bytes:
    return zip_bytes({name: b" " * size, "a.md": invent_text()})


async def test_each_kind_of_file_is_read_beside_the_event_loop() -> None:
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.001)
            ticks += 1

    ticking = asyncio.create_task(tick())
    found = await read_uploads([Upload(name, data) for name, data in WHOLE.items()])
    ticking.cancel()
    assert ticks > 10
    sources = [each for each in found if isinstance(each, Source)]
    assert not any(source.is_vouched_for for source in sources)
    assert [source.name for source in sources] == [
        "cook.md",
        "cook.txt",
        "cook.html",
        "board.json item 1",
        "board.json item 2",
        "export.jsonl line 1",
        "export.jsonl line 2",
        "export.jsonld item 1",
        "cook.pdf",
        "cook.docx",
        "many.zip/a.md",
        "many.zip/b.jsonl line 1",
        "many.zip/deep/c.html",
    ]
    (refusal,) = (each for each in found if isinstance(each, Refusal))
    assert refusal.source == "many.zip/d.docx"


async def test_long_texts_come_over_whole_and_in_order() -> None:
    texts = [f"{number} " * 150_000 for number in range(5)]
    found = await read_uploads([Upload(f"{number}.md", text.encode()) for number, text in enumerate(texts)])
    assert [each.text for each in found if isinstance(each, Source)] == texts


async def test_a_file_that_ends_its_process_is_refused_and_the_next_upload_is_read() -> None:
    (excess,) = await read_uploads([Upload("killer.pdf", Killer(b"x"))])
    assert isinstance(excess, Excess)
    assert_told_well(excess)
    assert [each.source for each in await read_uploads([Upload("a.md", b"")]) if isinstance(each, Refusal)] == ["a.md"]


async def test_no_files_hold_nothing() -> None:
    assert await read_uploads([]) == []


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([Upload("a.md", b"x" * (10 * MEGABYTE + 1))], "a.md is larger than 10 MB"),
        ([Upload(name, b"x" * 4 * MEGABYTE) for name in ("a.md", "b.md", "c.md")], "the 3 files are larger than 10 MB together"),
    ],
)
async def test_what_is_too_large_is_refused_before_it_is_read(files: list[Upload], words: str) -> None:
    (excess,) = await read_uploads(files)
    assert isinstance(excess, Excess)
    assert excess.reason.startswith(words)
    assert_told_well(excess)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (Upload("many.jsonl", (LINE + b"\n") * 2001), "came to more than 2,000 postings"),
        (Upload("many.json", b"[" + b"1," * 5000 + b"1]"), "came to more than 2,000 postings"),
        (Upload("many.zip", zip_bytes({f"{number}.md": "some words" for number in range(2001)})), "came to more than 2,000 postings"),
        (Upload("many.zip", zip_bytes({f"{number}.txt": "" for number in range(10_001)})), "holds more than 10,000 files"),
        (Upload("bomb.zip", bomb()), "unpacks to far more than text does"),
        (Upload("bomb.zip", bomb("export.jsonl", 49 * MEGABYTE)), "unpacks to far more than text does"),
        (Upload("large.zip", bomb("export.jsonl", 51 * MEGABYTE)), "unpacks to more than 50 MB"),
    ],
)
def test_nothing_is_read_of_an_upload_that_breaks_a_bound(file: Upload, words: str) -> None:
    refusal = refused(Upload("fine.md", invent_text().encode()), file, Upload("also fine.md", invent_text().encode()))
    assert words in refusal.reason
    assert is_excess(refusal)


def test_as_many_postings_as_may_be_are_read() -> None:
    assert len(read_bounded(Upload("many.jsonl", b"{}\n" * 2000))) == 2000


LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 99 + '"><!ENTITY c "' + "&b;" * 99 + '">]>'


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (Upload("a.md", b""), "is empty"),
        (Upload("a.zip", b""), "is empty"),
        (Upload("a.jsonl", b"\n \n"), "is empty"),
        (Upload("", b"\0\1\2"), "the file is not text"),
        (Upload("../../etc/passwd", b"\0"), "passwd is not text"),
        (Upload("a\u202eb\nc.md", b"\0"), "a\ufffdb\ufffdc.md is not text"),
        (Upload("x" * 5000 + ".md", b"\0"), "is not text"),
        (Upload("cook.md", b"MZ\x90\0\3\0\0\0"), "is a program and not text"),
        (Upload("cook.pdf", WHOLE["many.zip"]), "is a zip archive or an Office document and not a PDF"),
        (Upload("cook.docx", b"\x89PNG\r\n"), "is a picture and not a zip archive or an Office document"),
        (Upload("cook.docx", WHOLE["many.zip"]), "holds no Word document"),
        (Upload("cook.zip", WHOLE["cook.pdf"]), "is a PDF and not a zip archive"),
        (Upload("cook.json", WHOLE["cook.docx"]), "and not JSON"),
        (Upload("cook.pdf", invent_text().encode()), "is a damaged PDF"),
        (Upload("cook.md", invent_text().encode("utf-16-le")), "does not say how its letters are encoded"),
        (Upload("cook.md", b"\xff\xfe\x00"), "is not text"),
        (Upload("cook.md", "Köchin\0".encode("cp1252")), "is not text"),
        (Upload("deep.json", b"[" * MEGABYTE), "is not JSON: recursion limit exceeded"),
        (Upload("deep.json", b'{"a":' * MEGABYTE), "is not JSON: recursion limit exceeded"),
        (Upload("broken.json", b'{"title": '), "is not JSON"),
        (Upload("locked.pdf", locked_pdf(WHOLE["cook.pdf"], "secret")), "is protected with a password"),
        (Upload("pictures.pdf", pdf_bytes([[]])), "has no text in it"),
        (Upload("long.pdf", pdf_bytes([["one page"]] * 61)), "has more than 60 pages"),
        (Upload("laughs.docx", docx_bytes(paragraph("&c;"), before=LAUGHS)), "is a damaged Word document"),
        (Upload("bomb.docx", zip_document(b"<a>" + b" " * (21 * MEGABYTE) + b"</a>")), "unpacks to more than 20 MB"),
        (Upload("nested.zip", zip_bytes({"in.zip": WHOLE["many.zip"]})), "is an archive within an archive"),
    ],
)
def test_what_holds_no_posting_is_refused_in_one_sentence(file: Upload, words: str) -> None:
    refusal = refused(file)
    assert words in refusal.reason
    assert not is_excess(refusal)


def test_a_pdf_of_another_name_is_read_as_what_it_is() -> None:
    (source,) = read_bounded(Upload("cook.docx", WHOLE["cook.pdf"]))
    assert isinstance(source, Source)
    assert "Clockmaker" in source.text


def test_paragraphs_within_paragraphs_do_not_fill_the_memory() -> None:
    start = '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    assert "is a damaged Word document" in refused(Upload("deep.docx", zip_document(start + "<w:p>" * 100_000 + "</w:p>" * 100_001))).reason


async def test_what_is_uploaded_is_kept_by_the_one_who_uploads_it(store: Store) -> None:
    line = json.loads(LINE) | {"text": invent_text(), "facts": {}}
    found = await read_uploads([Upload("a.md", invent_text(5).encode()), Upload("b.jsonl", json.dumps(line).encode()), Upload("c.md", b"")])
    summary = await import_sources(Destination(store, "42", by=ADA), found, workers=1)
    assert (summary.added, len(summary.refused)) == (2, 1)
    assert {action.by for action in await store.list_actions(scopes=["42"])} == {ADA}
    assert await store.count(scopes=[EVERYONE]) == 0


@pytest.mark.parametrize("length", [0, 30_000], ids=["in a thread", "in a process"])
async def test_one_posting_is_read_to_be_looked_at(length: int) -> None:
    posting = await read_to_propose(Source("message", invent_text() + "\nAnd so on." * (length // 10)), by=ADA)
    assert posting.facts["pay"][0].value.minimum == 90_000
    assert posting.source == "message"


@pytest.mark.parametrize("length", [0, 30_000])
async def test_a_text_that_is_no_posting_is_refused(length: int) -> None:
    with pytest.raises(UnreadablePosting, match=r"^message holds no posting"):
        await read_to_propose(Source("message", "- " * length))


async def test_a_record_to_be_looked_at_is_claimed() -> None:
    kept = keep_facts(VALUES)
    forged = json.loads(to_json_line(kept))
    forged["facts"]["pay"][0]["value"]["maximum"] = 10.0**9
    posting = await read_to_propose(Source("x.jsonl line 1", json.dumps(forged), is_record=True), by=ADA)
    assert posting.title == kept.posting.title
    assert all(fact.value.maximum != 10.0**9 for fact in posting.facts.get("pay", ()))


def test_files_of_other_kinds_in_an_archive_are_told_of() -> None:
    others = {f"{number}.png": "x" for number in range(6)} | {"old/notes.doc": "x", ".DS_Store": "x"}
    posting, told = read_bounded(Upload("jobs.zip", zip_bytes({"a.md": invent_text(), **others})))
    assert isinstance(posting, Source)
    assert isinstance(told, Refusal)
    assert told.reason == (
        "jobs.zip also holds files of kinds that are not read (0.png, 1.png, 2.png, 3.png, 4.png and 2 more);"
        " give postings as text, mail, HTML, JSON, PDF or DOCX"
    )


NAMES = sorted(WHOLE)
FUZZED = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read_fully(file: Upload) -> None:
    """Read a file and the postings in it: each becomes a posting or is refused in one line, and nothing else ever happens."""
    for found in read_bounded(file):
        result = read_one(found, ADA) if isinstance(found, Source) else found
        assert not isinstance(result, Failure), result
        if isinstance(result, Refusal):
            assert_told_briefly(result)


def assert_told_briefly(refusal: Refusal) -> None:
    assert refusal.reason.isprintable()
    assert refusal.reason.startswith(refusal.source)
    assert len(refusal.reason) < 800


@FUZZED
@given(st.sampled_from(NAMES), st.binary(max_size=400))
@example("a.zip", b"PK\x05\x06" + b"\0" * 18)
def test_any_bytes_under_any_name(name: str, data: bytes) -> None:
    read_fully(Upload(name, data))


@FUZZED
@given(st.text(max_size=50), st.sampled_from(NAMES))
def test_any_name_of_any_file(name: str, kind: str) -> None:
    read_fully(Upload(name, WHOLE[kind]))


@FUZZED
@given(st.sampled_from(NAMES), st.integers(0, 2**32), st.integers(1, 30))
def test_files_with_some_bytes_changed(name: str, seed: int, number: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    data = bytearray(WHOLE[name])
    for _ in range(number):
        data[chance.randrange(len(data))] = chance.choice((0, 32, 34, 60, 255, chance.randrange(256)))
    read_fully(Upload(name, bytes(data)))


@FUZZED
@given(st.sampled_from(NAMES), st.integers(0, 2**32))
def test_files_cut_short_repeated_in_parts_or_joined_with_others(name: str, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    data, other = WHOLE[name], WHOLE[chance.choice(NAMES)]
    start, end = sorted(chance.randrange(len(data)) for _ in range(2))
    made = chance.choice(
        (data[:start], data[start:], data[:end] + data[start:end] * 20 + data[end:], data[:start] + other + data[start:], data + other)
    )
    read_fully(Upload(name, made))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=10,
)
RECORDS = [json.loads(line) for line in WHOLE["export.jsonl"].splitlines()] + json.loads(WHOLE["export.jsonld"])["@graph"]
BOARD = json.loads(WHOLE["board.json"])["jobs"]


@FUZZED
@given(st.data())
def test_json_with_anything_in_it(data: st.DataObject) -> None:
    record = json.loads(json.dumps(data.draw(st.sampled_from(RECORDS + BOARD))))
    place = data.draw(st.sampled_from([record, *(each for each in record.values() if isinstance(each, dict) and each)]))
    place[data.draw(st.sampled_from(sorted(place)))] = data.draw(ANYTHING)
    wrapped = data.draw(st.sampled_from([record, [record], {"@graph": [record]}, {"jobs": [record]}, {"jobs": record}]))
    read_fully(Upload("a.json", json.dumps(wrapped).encode()))
    read_fully(Upload("a.json", json.dumps(data.draw(ANYTHING)).encode()))


ENDINGS = st.sampled_from(["", ".md", ".json", ".zip", ".pdf"])
CONTENT = st.binary(max_size=60) | st.sampled_from(sorted(WHOLE.values()))
PACKED = st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
MODES = st.sampled_from([0, 0o120777 << 16])


@FUZZED
@given(st.dictionaries(st.text(max_size=20), st.tuples(ENDINGS, CONTENT, MODES), max_size=5), PACKED)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_archives_of_anything(members: dict[str, tuple[str, bytes, int]], compression: int) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, (ending, content, mode) in members.items():
            info = zipfile.ZipInfo(name.encode("utf-8", "replace").decode() + ending or ".md")
            info.external_attr = mode
            archive.writestr(info, content)
    read_fully(Upload("a.zip", packed.getvalue()))
