"""The job-board layout."""

import pytest

from bot.parsing.formats.layouts import read_job_board
from bot.text.document import LineKind

POSTING = """# [Staff Baker (Night Shift)](https://jobs.example/apply/staff-baker-1)
### Dough & Sons
#### `💰 €30,000 - €35,000` `🌎 Lyon, France`

## What you do

  * Bake bread

## CLICK TO [APPLY](https://jobs.example/apply/staff-baker-1)
"""


def test_the_head_is_read() -> None:
    document = read_job_board(POSTING)
    assert document is not None
    assert (document.title, document.company) == ("Staff Baker (Night Shift)", "Dough & Sons")
    assert (document.link, document.location) == ("https://jobs.example/apply/staff-baker-1", "Lyon, France")
    assert [line.text for line in document.tags("salary")] == ["€30,000 - €35,000"]


def test_the_apply_line_is_no_part_of_the_body() -> None:
    document = read_job_board(POSTING)
    assert document is not None
    assert [line.text for line in document.body] == ["What you do", "Bake bread"]


def test_every_apply_line_is_left_out_wherever_it_stands() -> None:
    apply = "## CLICK TO [APPLY](https://jobs.example/apply/staff-baker-1)"
    told = "Then CLICK TO [APPLY](https://jobs.example) again."
    body = f"{apply}\n\nWe bake.\n\n#\n  CLICK TO [APPLY](https://jobs.example)\n\n{told}\n\n{apply}\n"
    for before in ("", "\n", "Hello there, bakers.\n\n"):
        document = read_job_board(f"# [Cook](https://x.example/1)\n### Bistro\n#### \n{before}{body}")
        assert document is not None
        assert [line.text for line in document.body][-2:] == ["We bake.", "Then CLICK TO APPLY again."]


def test_lines_keep_the_numbers_they_have_in_the_file() -> None:
    document = read_job_board(POSTING)
    assert document is not None
    assert [(line.number, line.text) for line in document.statements] == [(7, "Bake bread")]


@pytest.mark.parametrize("company", ["### None  ", "###   ", "### ", "### N/A"])
def test_a_company_given_as_none_or_empty_is_no_company(company: str) -> None:
    document = read_job_board(POSTING.replace("### Dough & Sons", company))
    assert document is not None
    assert document.company is None
    assert document.location == "Lyon, France"


def test_a_posting_without_tags_has_no_place_and_no_pay() -> None:
    document = read_job_board("# [Cook](https://x.example/1)\n### Bistro\n####  \n\nWe cook.\n")
    assert document is not None
    assert document.location is None
    assert [line.kind for line in document.lines] == [LineKind.TITLE, LineKind.PROSE]


def test_a_link_that_is_not_http_is_not_kept() -> None:
    document = read_job_board("# [Cook](javascript:alert)\n### Bistro\n")
    assert document is not None
    assert document.link is None


def test_a_link_with_brackets_is_whole() -> None:
    document = read_job_board("# [Cook](https://x.example/cook_(night))\n### Bistro\n")
    assert document is not None
    assert document.link == "https://x.example/cook_(night)"


@pytest.mark.parametrize("text", ["", "# Cook", "Cook\n# [Cook](https://x.example/1)\n", "[Cook](https://x.example/1)"])
def test_a_text_that_does_not_begin_with_the_title_line_is_not_this_layout(text: str) -> None:
    assert read_job_board(text) is None


@pytest.mark.parametrize("tags", ["`  `", "`\ufe0f`", "` ` `🌎 Paris` `\t`"])
def test_a_blank_tag_says_nothing(tags: str) -> None:
    document = read_job_board(f"# [Cook](https://x.example/1)\n### Bistro\n#### {tags}\n\nWe cook.\n")
    assert document is not None
    assert [line.text for line in document.tags("location", "tag")] == (["Paris"] if "Paris" in tags else [])
