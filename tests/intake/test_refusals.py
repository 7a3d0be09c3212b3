from builders_intake import zip_bytes
from builders_uploads import read_bounded

from bot.intake.reading import Upload
from bot.intake.sources import Refusal, refusals_file


def test_each_refusal_is_a_line_with_its_source_and_reason() -> None:
    written = refusals_file([Refusal("a.md", "a.md is empty; give the posting's whole text"), Refusal("b.md", "no posting")])
    assert written.decode().splitlines() == ["a.md is empty; give the posting's whole text", "b.md: no posting"]


def test_a_hostile_name_stays_on_its_line() -> None:
    refusals = [
        each for each in read_bounded(Upload("x.zip", zip_bytes({"a\n\x1b[31m\u202eb.md": "", "c.md": ""}))) if isinstance(each, Refusal)
    ]
    lines = refusals_file(refusals).decode().splitlines()
    assert [line.split(" is empty")[0] for line in lines] == ["x.zip/a\ufffd\ufffd[31m\ufffdb.md", "x.zip/c.md"]


def test_nothing_refused_is_an_empty_file() -> None:
    assert refusals_file([]) == b""
    assert refusals_file([Refusal("\ud800", "\ud800 is odd")]).decode().endswith(" is odd\n")
