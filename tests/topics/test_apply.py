import pytest
from builders import document

from bot.domain.facts import Fact, Quote
from bot.parsing.formats.layouts import read_job_board
from bot.text.lines import read_lines
from bot.topics.apply import choose_apply_link, find_apply, is_home, render_apply


def _ways(body: str) -> list[str]:
    return [fact.value for fact in find_apply(document(body))]


@pytest.mark.parametrize(
    "sentence",
    [
        "Send your resume to jobs@shop.example.",
        "email jo@ company domain",
        "Send your CV to jobs [at] hooli [dot] com",
        "Reach me: jo at hooli dot com",
        "Say hi: jo at hooli.com",
        "All our roles are at hooli.io/careers",
        "The deadline to apply is 1 May.",
        "The application deadline is the end of June.",
        "There is no specific deadline, roles are posted for two months on average.",
        "Applications are reviewed on a rolling basis.",
        "To apply, fill in the form below.",
        "Please include a cover letter.",
        "All bakers are asked to send their CV and a photo to the address below.",
        "No recruiters or agencies, please.",
        "We do not accept unsolicited resumes from agencies.",
        "Bewerbungsschluss ist Ende Mai.",
        "Envie seu currículo para vagas@padaria.example.",
        "DM me or jobs@shop.example",
        "Message me here.",
        "Ring 0100 555 0199 after six.",
        "Call Ada on +44 100 555 0199.",
    ],
)
def test_sentences_that_tell_how_to_apply(sentence: str) -> None:
    assert _ways(f"We bake bread.\n\n{sentence}\n\nWe like cats.") == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "You meet tight deadlines.",
        "The ability to apply statistics to dough is wanted.",
        "Recruiting is done by our own bakers and not by others.",
        "You learn how to apply (and not to burn) the glaze.",
        "You must meet all requirements by the closing date of this announcement.",
        "You reach customers at shops in every town.",
        "You ring the bell at 6 and call the bakers.",
        "You message our guests and text the drivers.",
        "You apply SOLID principles to our application platform.",
        "For accommodations during the application process write to help@shop.example.",
        "We encourage you to apply even if you miss a point.",
        "Our recruiters never ask for money, report fraud to us at help@shop.example.",
        "You are responsible for the interview process of our customers.",
    ],
)
def test_other_talk_of_applying_tells_nothing(sentence: str) -> None:
    assert _ways(sentence) == []


def test_the_steps_under_their_heading_are_kept_in_order() -> None:
    body = "## Interview process\n* A call with our recruiter\n* Baking together\n\n## Benefits\n* Free bread"
    assert _ways(body) == ["A call with our recruiter", "Baking together"]


def test_the_link_comes_first_and_is_found_in_the_text() -> None:
    text = "# [Baker](https://x.example/1)\n### Shop\n#### `Oslo`\n\nApply by Friday.\n"
    posting = read_job_board(text)
    assert posting is not None
    facts = find_apply(posting)
    assert [fact.value for fact in facts] == ["https://x.example/1", "Apply by Friday."]
    assert all(fact.quote.text in text for fact in facts)
    assert render_apply(facts).sentence == "Apply at https://x.example/1"
    assert render_apply(facts).items == ("Apply by Friday.",)


def test_without_a_link_the_postings_words_are_told() -> None:
    assert render_apply(find_apply(document("To apply, come by."))).items == ("To apply, come by.",)


def test_a_posting_that_says_nothing_of_it_is_silent() -> None:
    assert _ways("We bake bread. You bake bread.") == []


def test_a_sentence_that_says_no_more_than_the_link_is_not_told_twice() -> None:
    facts = find_apply(document("Apply at https://x.example/1.\n\nApply by Friday."))
    linked = [Fact(value="https://x.example/1", quote=Quote(text="https://x.example/1")), *facts]
    assert render_apply(linked).items == ("Apply by Friday.",)


@pytest.mark.parametrize(
    ("body", "link"),
    [
        ("See https://shop.example/about. Apply at https://shop.example/join/7.", "https://shop.example/join/7"),
        ("Notice: https://shop.example/privacy/applicants. Jobs: https://shop.example/careers/7", "https://shop.example/careers/7"),
        ("Our perks: https://rewards.shop.example/us/benefits\n\nhttps://jobs.lever.co/shop/7", "https://jobs.lever.co/shop/7"),
        ("[Apply here](https://forms.gle/abc) or [unsubscribe](https://shop.example/unsubscribe?job=7)", "https://forms.gle/abc"),
        ("Candidate-se: https://forms.gle/xyz", "https://forms.gle/xyz"),
        ("Apply at https://shop.example", "https://shop.example"),
        ('Apply on <a href="https://shop.example">our shop</a>: https://shop.example/jobs/7', "https://shop.example/jobs/7"),
        ("Our shop: https://shop.example/. Read https://shop.example/blog/jobs-we-love", None),
        ("https://www.youtube.com/watch?v=jobs and https://www.linkedin.com/in/ada and https://shop.example/privacy-policy/jobs", None),
        ("See https://shop.example/jobs. Or https://shop.example/careers/2.", "https://shop.example/jobs"),
        ("Nine hundred candidates use what we make: https://shop.example", None),
        ("Applications run on https://shop.example", None),
        ("[Our services](https://shop.example/offre/services)", None),
        ("No link.", None),
    ],
)
def test_the_link_that_applies_is_chosen(body: str, link: str | None) -> None:
    assert choose_apply_link(read_lines(body)) == link


@pytest.mark.parametrize(
    ("link", "home"), [("https://x.example", True), ("https://x.example/?job=7", False), ("https://x.example/#jobs", False)]
)
def test_a_site_s_home_is_its_address_alone(link: str, *, home: bool) -> None:
    assert is_home(link) is home
