import pytest
from builders_markup import BODY, read_anything, read_markup_posting, values_of
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing.formats.json_ld import render_html, render_html_body
from bot.parsing.parse import parse_posting, read_document

PAGE = f"""<!DOCTYPE html>
<html lang="en"><head><title>Night Baker | Dough &amp; Sons</title><meta property="og:site_name" content="Dough &amp; Sons Careers">
<link rel="canonical" href="https://dough.example/jobs/7"><style>p {{ color: red }}</style><script>track("pay $9,000,000")</script></head>
<body><nav><a href="/">All jobs</a></nav><div class="CookieBanner">We use cookies.</div>
<header class="top"><a href="/">Home</a></header>
<div id="content"><header><h1>Night Baker</h1></header>{BODY}<p>Apply <a href="https://dough.example/apply">here</a>.</p>
<div hidden>We pay $900,000 a year.</div><p style="display: none">Remote in Peru.</p></div>
<aside>Similar: Day Baker in Oslo</aside><form><label>First name</label><input name=a></form>
<footer>Offices in Tokyo</footer></body></html>"""


def test_the_main_text_is_read_and_what_stands_around_it_is_not() -> None:
    posting = read_markup_posting(PAGE)
    assert (posting.title, posting.company, posting.link) == ("Night Baker", "Dough & Sons", "https://dough.example/jobs/7")
    assert values_of(posting, "responsibilities") == ["Bake rye bread through the night", "Keep the ovens clean"]
    for words in ("cookies", "All jobs", "Home", "Day Baker", "First name", "Tokyo", "900,000", "Peru", "9,000,000", "color"):
        assert words not in posting.text
    assert "Apply [here](https://dough.example/apply)." in posting.text


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<h1>Cook</h1><title>Other</title>", "Cook"),
        ('<meta property="og:title" content="Cook"><title>Other</title><p>x', "Cook"),
        ('<title>Candidates</title><meta name="title" content="Cook"><p>x', "Cook"),
        ('<title>Candidates</title><meta itemprop="og:title" content="Cook"><p>x', "Cook"),
        ("<title> Cook\n(night) </title><p>x", "Cook (night)"),
        ("<h1></h1><h1>Cook <b>now</b></h1>", "Cook now"),
        ("<p>x</p>", None),
    ],
)
def test_the_title_is_found(markup: str, title: str | None) -> None:
    rendered = render_html(f"<html>{markup}</html>")
    assert rendered is not None
    assert rendered.startswith(f"---\ntitle: {title}\n") if title else "title:" not in rendered


@pytest.mark.parametrize(
    ("site", "company"),
    [("Dough", "Dough"), ("LinkedIn", None), ("greenhouse.io", None), ("Somebody Else", None), ("", None), ("x" * 99, None)],
)
def test_a_site_is_the_employer_only_where_the_text_names_it(site: str, company: str | None) -> None:
    page = f'<html><meta property="og:site_name" content="{site}"><h1>Cook</h1><p>Dough wants a cook. LinkedIn and greenhouse.io have it.'
    assert ("company: " + str(company) in (render_html(page) or "")) is (company is not None)


def test_a_main_part_is_read_alone_unless_it_is_a_teaser() -> None:
    long = "<p>We bake rye bread. " * 30
    assert "Elsewhere" not in (render_html(f"<body><p>Elsewhere</p><main>{long}</main>") or "")
    assert "Elsewhere" in (render_html("<body><p>Elsewhere</p><main>More</main>") or "")


@pytest.mark.parametrize("text", ["", "Cook", "# Cook\n<b>now</b>", "5 < 6", "<3 our cooks", "<https://x.example> is our site", "{}"])
def test_what_does_not_begin_with_a_tag_is_no_page(text: str) -> None:
    assert render_html(text) is None


HOSTILE = [
    "<div>" * 200_000 + BODY,
    "<ul><li>" * 50_000 + BODY,
    "<b><i><a href=x>" * 30_000 + BODY,
    "<table><tr>" + "<td> </td>" * 200_000,
    "<svg><td>" * 50_000,
    "<div></x>" * 100_000,
    "<h1>" * 20_000 + "Cook",
    "<article>" * 20_000 + BODY,
    "<p>&amp;" * 300_000,
    f"<p>{'word ' * 1_000_000}",
    "<!--" * 100_000,
    "<script>" * 50_000 + BODY,
    '<script type="application/ld+json">' * 20_000,
    "<" * 1_000_000,
    "<a " * 300_000,
    "<html>" + "&lt;p&gt;" * 200_000,
]


@pytest.mark.parametrize("page", HOSTILE, ids=lambda page: page[:16])
def test_a_page_that_is_made_to_be_slow_is_read(page: str) -> None:
    read_anything(page)


def test_entities_are_not_read_twice_and_nothing_in_them_becomes_markup() -> None:
    posting = read_markup_posting(f"<html><h1>Cook</h1>{BODY}<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp;")
    assert "<script>alert(1)</script> &amp;" in posting.text


PIECES = [
    "<p>",
    "</p>",
    "<h1>",
    "<h2>",
    "<ul>",
    "<li>",
    "</ul>",
    "<b>",
    "</b>",
    "<br>",
    "<td>",
    "<dt>",
    "</dt>",
    '<a href="https://x.example/">',
]
PIECES += [
    "</a>",
    "&nbsp;",
    "&lt;",
    "**",
    "---",
    "# ",
    "title: x",
    "\n",
    "We pay $50,000 to $60,000 a year.",
    "Requirements",
    "5+ years",
    "</h1>",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=25))
def test_any_page_is_read_and_holds(pieces: list[str]) -> None:
    read_anything(f"<html><body><p>We bake bread for forty towns along the river.</p>{''.join(pieces)}")


@pytest.mark.parametrize(
    "page",
    [
        '<h1>C</h1><span itemprop="hiringOrganization"><b itemprop="name">Bistro Bleu</b></span><p>We cook soup in Lisbon all day.</p>',
        '<h1>Cook</h1><meta itemprop="hiringOrganization" content="Bistro Bleu"><p>We cook soup in Lisbon, all day long, every day.</p>',
        "<title>Cook - Bistro Bleu | Jobs</title><h1>Cook</h1><p>Bistro Bleu cooks soup in Lisbon, all day long, every day.</p>",
        "<title>Cook at Bistro Bleu</title><h1>Cook</h1><p>Bistro Bleu cooks soup in Lisbon, all day long, every day.</p>",
    ],
)
def test_the_employer_is_named_by_the_page_s_marks_or_beside_its_title(page: str) -> None:
    assert parse_posting(page, "x").company == "Bistro Bleu"


def test_html_below_lines_of_words_is_read_without_its_marks() -> None:
    body = "<p>We bake.</p>\n<h2>Requirements</h2>\n<ul>\n<li>7+ years of experience with <b>ovens</b></li>\n<li>Rye</li>\n</ul>"
    posting = parse_posting(f"Night Baker\nCrumb\nRemote - Denmark\n\n\n<div>{body}</div>", "a.txt")
    assert (posting.title, posting.company) == ("Night Baker", "Crumb")
    assert values_of(posting, "requirements") == ["7+ years of experience with ovens", "Rye"]
    assert [fact.value.years for fact in posting.facts["experience"]] == [7]
    assert "<" not in posting.text


def test_words_among_which_a_tag_stands_are_no_html() -> None:
    text = "Night Baker\n\nWe bake.\n<p>Rye</p>\nAnd wheat.\n* One\n* Two\n* Three\n<p>Spelt</p>\n<p>Oats</p>\nAnd so on.\nAnd on."
    assert render_html_body(text) is None


@pytest.mark.parametrize(
    ("head", "title", "company", "place"),
    [
        ("<h1>Baker</h1><p>Breadly GmbH · Lyon, France · Full-time</p>", "Baker", "Breadly GmbH", "Lyon, France"),
        ("<h1>Baker</h1><div><span>Night shift</span> · <span>Lyon</span></div>", "Baker", None, "Lyon"),
        ("<h1>Baker · Lyon</h1>", "Baker", None, "Lyon"),
        ("<h1>Baker · Breadly</h1>", "Baker · Breadly", None, None),
        ("<h1>Baker</h1><p>We bake · we clean · we sell</p>", "Baker", None, None),
    ],
)
def test_a_row_below_the_title_or_dots_in_it_tell_the_place(head: str, title: str, company: str | None, place: str | None) -> None:
    posting = parse_posting(f"<html><body>{head}<p>Bread is what is made here for forty towns along the river.</p></body></html>", "x")
    assert (posting.title, posting.company, posting.location) == (title, company, place)


def test_it_is_told_that_a_row_told_the_place() -> None:
    rendered = render_html("<html><body><h1>Baker</h1><p>Night shift · Lyon</p><p>Bread is what is made here.</p></body></html>")
    assert rendered is not None
    assert read_document(rendered).rules == ("head by its labels", "place by the row below its title")
