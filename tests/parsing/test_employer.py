import pytest
from builders import document

from bot.parsing.employer import find_company_name, find_other_names


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
        ("Bakers and brands worldwide use Shopwerk to sell their bread.", "Shopwerk"),
        ("We are Shopwerk, a young company. We like bread.", "Shopwerk"),
        ("Shopwerk 🍞 is a leading supplier of tills founded in 2012.", "Shopwerk"),
        ("En Shopwerk somos panaderos.", "Shopwerk"),
        ("Chez Shopwerk, nous aimons le pain.", "Shopwerk"),
        ("At shopwerk, we bake bread.", "shopwerk"),
        ("As a baker at Shopwerk you bake. Apply for roles at Shopwerk. Shopwerk's goals are high.", "Shopwerk"),
        ("We the Shopwerk Hotel are looking for a night porter.", "Shopwerk Hotel"),
        ("Wir, die Shopwerk, suchen Menschen, die gern backen.", "Shopwerk"),
        ("We bake to make Shopwerk the most honest, patient bread company of its kind.", "Shopwerk"),
        ("La startup Shopwerk recherche une personne pour le four.", "Shopwerk"),
        ("Why Shopwerk?\n\nBecause Shopwerk is a good place. We like Shopwerk.", "Shopwerk"),
        ("shopwerk is bringing bread to all.\n\nA new way of baking. Baking is the best. All at shopwerk bake.", "shopwerk"),
        ("At Shopwerk fundamentally changing bread. We have a cool hall.Shopwerk is a direct employer of bakers.", "Shopwerk"),
    ],
)
def test_the_employers_name_is_found_in_the_text(body: str, name: str) -> None:
    assert find_company_name(document(body)) == name


@pytest.mark.parametrize(
    "body",
    [
        "We are hiring. Python is a must.",
        "Join the Tills team as an engineer. The Tills team is small.",
        "You are part of the Bread community. You shape the future of AI.",
        "Experience within Salesforce. You know Salesforce, and Salesforce's objects. Salesforce developers wanted.",
        "We, like Ovenly, bake. You make Ovenly run the best way you can. Make Bavaria the best place to bake.",
        "We have used the Ovenly Toolbox since 2012. Our startup Data team is hiring.",
        "Mit dir bauen wir die Ofenlösung für Europa. Morgen backen wir die Brezel in aller Ruhe.",
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


def test_an_ordinary_word_that_is_defined_names_no_employer() -> None:
    assert find_company_name(document("We sell a new way of baking. Baking is the best hobby. Baking is a joy.")) is None


def test_the_name_that_is_borne_out_most_wins_over_a_product() -> None:
    body = "At Shopwerk, we bake. Shopwerk is a company of bakers. Breadbox is a till. Shopwerk's culture is warm."
    assert find_company_name(document(body)) == "Shopwerk"


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("Shopwerk Systems is a company of bakers. At Shopwerk, we bake. Shopwerk's culture is warm.", "Shopwerk Systems"),
        ("At Shopwerk, we bake. Shopwerk Money is seeking a baker. Shopwerk's culture is warm.", "Shopwerk Money"),
        ("At Shopwerk, we bake. Shopwerk Oven Cloud is a till. Shopwerk's culture is warm.", "Shopwerk"),
        ("Join Blue Baking, a bakery. At Blue Baking, we bake.", "Blue Baking"),
    ],
)
def test_the_long_form_counts_where_the_text_brings_the_name_in_by_it(body: str, name: str) -> None:
    assert find_company_name(document(body)) == name


@pytest.mark.parametrize(("address", "name"), [("shopwerk.com", "Shopwerk"), ("bread.com", None)])
def test_an_address_speaks_for_the_name_that_it_is_called_like(address: str, name: str | None) -> None:
    body = f"Shopwerk sells tills. Shopwerk mends them. Write to jobs@{address}."
    assert find_company_name(document(body)) == name


def test_among_very_many_addresses_the_first_speak_for_a_name() -> None:
    others = " ".join(f"https://www.x{number}.com" for number in range(300))
    body = "Tills for all. Shopwerk sells them, and Shopwerk mends them. Write to jobs@shopwerk.com."
    assert find_company_name(document(f"{body} {others}")) == "Shopwerk"


def test_an_acronym_is_told_by_the_words_that_it_stands_for() -> None:
    body = "The Bureau of Bread (BB) is hiring. At BB, we bake. BB is an agency of the mill."
    assert find_company_name(document(body)) == "Bureau of Bread"


def test_of_addresses_alone_several_name_no_employer() -> None:
    body = "We bake with Ovenly (https://ovenly.io), Doughbase (https://doughbase.io) and much else.\n\nOvenly and Doughbase are tools."
    assert find_company_name(document(body)) is None


def test_an_ordinary_word_with_an_address_of_its_own_names_no_employer() -> None:
    assert (
        find_company_name(document("Au sein de l'atelier, vous cuisez du pain. Voir https://atelier.net. L'équipe de l'atelier aide."))
        is None
    )


def test_a_city_and_not_its_department_is_the_employer() -> None:
    body = "Bread Police employees watch ovens for the City of Porto. The City of Porto offers work. Bread Police employees work at night."
    assert find_company_name(document(body)) == "City of Porto"


def test_whose_part_a_company_is_in_brackets_is_not_the_employer() -> None:
    body = "We are bakers (part of Dough Bank) and bake for forty towns. Bread is what we like, and so does everybody here."
    assert find_company_name(document(body)) is None


@pytest.mark.parametrize(
    ("text", "company", "names"),
    [
        ("At Loafly, we bake bread for the Dough Bank.", "Dough Bank", ("Loafly",)),
        ("Loafly is a company of bakers. Dough Bank owns it.", "Dough Bank", ("Loafly",)),
        ("La startup [Loafly](https://loafly.example) recrute un boulanger.", "fournil", ("Loafly",)),
        (
            "Der Rat für Brot. Bundesamt für Mühlenwesen (BfM) heißt die Behörde. Arbeiten Sie beim BfM!",
            None,
            ("BfM", "Bundesamt für Mühlenwesen"),
        ),
        (
            "La Direction interrégionale du Levain (DILEV) cuit. Écrire à postes-dilev@pain.example. La DILEV aime le pain.",
            "pain",
            ("DILEV", "Direction interrégionale du Levain"),
        ),
        (
            "La direction du levain naturel (DILEN) cuit. Écrire à postes-dilen@pain.example. La DILEN aime le pain.",
            "pain",
            ("DILEN", "direction du levain naturel"),
        ),
        (
            "You serve with the Barley and Rye Laboratory (BARL) in Ghent. The mission of BARL is good rye.",
            "Bakers of Ghent",
            ("BARL", "Barley and Rye Laboratory"),
        ),
        (
            "The job is located in the Barley Research Division (BRD). The BRD bakes.",
            "Bakers of Ghent",
            ("BRD", "Barley Research Division"),
        ),
        ("Rejoignez la communauté bread.fr, où l'on cuit. Le site de bread.fr est beau.", "Fournil", ("bread.fr",)),
        ("Loafly Ltd bakes. At Loafly, we bake.", "Loafly Ltd", ()),
        # A technology that two sure wordings tell of is the employer.
        ("At Airtable, we bake. Airtable is a company of bakers with two ovens.", "Dough Bank", ("Airtable",)),
        ("At Airtable, we keep our recipes.", "Dough Bank", ()),
    ],
)
def test_what_the_text_calls_its_employer_beside_the_head(text: str, company: str | None, names: tuple[str, ...]) -> None:
    assert find_other_names(text, company) == names


@pytest.mark.parametrize(
    "text",
    [
        "You have worked with Ovenly. Clients such as Loafly like us. We bake like Doughbase.",
        "You know the Bread Safety Agency (BSA). The BSA checks our ovens, and we write for the BSA.",
        "You work with the Barley and Rye Laboratory (BARL) of our friends. BARL bakes.",
        "You like search for ovens (SFO) and customer service for bakers (CSB). CSB and SFO are fun.",
        "We use a Continuous Oven Process (COP). The COP is fast. Join us within the COP.",
        "Write it in Oven.js, on the oven.io platform, and see www.bread.org.",
        "We are Growing. Join our Growing family. You are part of Sourdough.",
    ],
)
def test_customers_bodies_tools_and_methods_are_no_other_names(text: str) -> None:
    assert find_other_names(text, "Hooli") == ()
