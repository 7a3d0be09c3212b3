"""Which lines are headings."""

import pytest
from builders import document

from bot.text.headings import read_heading, read_section_kind
from bot.text.lines import read_lines


@pytest.mark.parametrize(
    ("raw", "level"),
    [
        ("## Who we seek", 2),
        ("**Your day**", 7),
        ("**Bonus points!**", 7),
        ("**As a baker, you will...**", 7),
        ("_Must have_", 8),
        ("What we bake:", 10),
        ("RESPONSIBILITIES", 9),
        ("Responsibilities", 9),
        ("Your responsibilities.", 9),
        ("🥐 Perks & benefits", 9),
    ],
)
def test_headings_come_in_many_styles(raw: str, level: int) -> None:
    plain = raw.strip("#*_ ")
    heading = read_heading(raw, plain, bullet_depth=None, next_bullet_depth=None, is_last=False)
    assert heading is not None
    assert heading.level == level


@pytest.mark.parametrize(
    "raw",
    [
        "We bake bread.",
        "_Yearly Bonus Target: 12%_",
        "**We love what we do.**",
        "Bread and butter",
        "#hashtag",
        "🥐 Fresh croissants every day",
        "***",
        "",
    ],
)
def test_a_line_that_says_something_is_no_heading(raw: str) -> None:
    assert read_heading(raw, raw.strip("*_ "), bullet_depth=None, next_bullet_depth=None, is_last=False) is None


def test_the_last_line_heads_nothing() -> None:
    assert read_heading("**Join us**", "Join us", bullet_depth=None, next_bullet_depth=None, is_last=True) is None


@pytest.mark.parametrize(
    "name",
    ["Educational Requirements", "Benefit Summary", "Key Duties", "Fachliche Anforderungen", "Requisitos imprescindibles", "Desejável"],
)
def test_a_section_s_usual_name_needs_no_mark(name: str) -> None:
    assert read_heading(name, name, bullet_depth=None, next_bullet_depth=None, is_last=False) is not None


def test_a_few_words_before_a_list_are_a_heading() -> None:
    assert read_heading("Our ovens", "Our ovens", bullet_depth=None, next_bullet_depth=0, is_last=False) is not None
    assert read_heading("🥐 Fresh croissants", "🥐 Fresh croissants", bullet_depth=None, next_bullet_depth=0, is_last=False) is None


def test_a_short_bullet_above_deeper_ones_is_a_label() -> None:
    lines = document("* **Skills**\n    * Dough\n    * Icing").body
    assert [(line.kind.value, line.heading) for line in lines] == [("heading", None), ("bullet", "Skills"), ("bullet", "Skills")]


def test_a_bullet_that_names_what_is_welcome_heads_and_says_nothing() -> None:
    lines = document("* Nice to have with the dough:\n    * Icing\n* Bread").body
    assert [(line.kind.value, line.heading) for line in lines][:2] == [("heading", None), ("bullet", "Nice to have with the dough")]


def test_a_longer_bullet_above_deeper_ones_is_an_item_as_well() -> None:
    lines = document("* Four years of work with:\n    * Dough\n    * Icing\n* Wit").body
    assert [(line.kind.value, line.heading) for line in lines] == [
        ("bullet", None),
        ("bullet", "Four years of work with"),
        ("bullet", "Four years of work with"),
        ("bullet", None),
    ]


def test_an_unmarked_line_that_names_a_section_heads_the_paragraphs_below() -> None:
    duties, needs = "Du backst jeden Morgen das Brot für die Stadt.", "Du hast eine Ausbildung als Bäcker."
    text = f"Was wir gemeinsam vorhaben\n\n{duties}\n\nWomit du überzeugst\n\n{needs}"
    assert [line.heading for line in read_lines(text)] == [None, "Was wir gemeinsam vorhaben", None, "Womit du überzeugst"]


def test_an_item_that_holds_a_word_of_headings_is_no_heading() -> None:
    text = "Perks\n\nCompany car\n\nHealth insurance for you and your family"
    assert [line.heading for line in read_lines(text)] == [None, "Perks", "Perks"]


def test_a_title_alone_before_a_long_paragraph_is_a_heading_of_any_name() -> None:
    paragraph = "We bake for everyone in this town, whoever they are and wherever they come from, " * 2
    assert [line.heading for line in read_lines(f"Come as You Are\n\n{paragraph}")] == [None, "Come as You Are"]
    assert [line.heading for line in read_lines(f"Fresh bread every day\n\n{paragraph}")] == [None, None]


def test_a_row_of_a_table_is_no_heading() -> None:
    assert [line.heading for line in read_lines("BAKER II | $59,000 - $71,000\n\nNo visa is sponsored at this time.")] == [None, None]


def test_a_label_below_an_unmarked_heading_stands_under_it() -> None:
    lines = read_lines("Benefits\nFor your health:\nA gym\nFor your wallet:\nA bonus")
    assert [line.headings for line in lines if line.text in ("A gym", "A bonus")] == [
        ("Benefits", "For your health"),
        ("Benefits", "For your wallet"),
    ]


def test_a_label_behind_the_lines_of_an_unmarked_heading_stands_beside_it() -> None:
    lines = read_lines("Nice to have\n* Icing\n\nSoft skills:\n* Wit")
    assert [line.headings for line in lines if line.text == "Wit"] == [("Soft skills",)]


def test_a_labelled_value_is_no_heading() -> None:
    assert [line.heading for line in read_lines("Experience required: 6+ years\n\nBaking for schools, offices and the whole town")] == [
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Ce que tu feras", "responsibilities"),
        ("Il s'agit donc :", "responsibilities"),
        ("Como será o seu dia", "responsibilities"),
        ("Que vas a hacer", "responsibilities"),
        ("Das zeichnet dich aus", "requirements"),
        ("Imprescindibles", "requirements"),
        ("Minimum Qualifications", "requirements"),
        ("Worauf du dich freuen kannst", "benefits"),
        ("Idéalement vous avez de l'expérience dans un des domaines suivants :", "preferred"),
        ("Début souhaité", "other"),
    ],
)
def test_headings_are_known_in_five_languages(heading: str, kind: str) -> None:
    assert read_section_kind(heading) == kind


def test_one_word_tells_no_long_sentence() -> None:
    sentence = "Votre objectif est de convaincre les boulangers de la ville de rendre leur pain plus simple et moins cher pour tous"
    assert read_section_kind(sentence) is None
