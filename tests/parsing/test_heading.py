import pytest
from builders import document

from bot.parsing.heading import find_company_name, find_link


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("At Shopwerk, we write software for bakeries.", "Shopwerk"),
        ("# About Bread & Butter\n\nBread & Butter is a chain of shops.\n\nYou bake.", "Bread & Butter"),
        ("q-Oven does not accept resumes from agencies. q-Oven builds ovens.", "q-Oven"),
        ("Founded in 2012, Shopwerk is a leading maker of tills.", "Shopwerk"),
        ("Shopwerk is a remote-first company that builds tills.", "Shopwerk"),
        ("Welcome to Shopwerk! Shopwerk's mission is bread.", "Shopwerk"),
        ("Shopwerk is seeking a baker. Join Shopwerk!", "Shopwerk"),
        ("Tills for all. Shopwerk sells them, and Shopwerk mends them. Write to jobs@shopwerk.com.", "Shopwerk"),
        ("Why Shopwerk?\n\nBecause Shopwerk is a good place. We like Shopwerk.", "Shopwerk"),
    ],
)
def test_the_employers_name_is_found_in_the_text(body: str, name: str) -> None:
    assert find_company_name(document(body)) == name


@pytest.mark.parametrize(
    "body",
    [
        "We are hiring. Python is a must.",
        "Our client is a leading provider of tills and is looking for a baker.",
        "About You\n\nYou like bread.",
        "About the Role\n\nThe Role is a good one. Join our Team!",
        "At Work, we like bread only a little.",
        "We are based in Germany. Germany is a country of bread.",
        "Write to someone@gmail.com or see linkedin.com/company/x.",
        "",
    ],
)
def test_no_name_is_better_than_a_doubtful_one(body: str) -> None:
    assert find_company_name(document(body)) is None


def test_the_name_that_is_borne_out_most_wins_over_a_product() -> None:
    body = "At Shopwerk, we bake. Shopwerk is a company of bakers. Breadbox is a till. Shopwerk's culture is warm."
    assert find_company_name(document(body)) == "Shopwerk"


def test_the_first_link_is_found() -> None:
    assert find_link(document("See https://shop.example/jobs. Or https://shop.example/2.")) == "https://shop.example/jobs"
    assert find_link(document("No link.")) is None
