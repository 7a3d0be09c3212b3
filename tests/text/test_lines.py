"""Texts cut into lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.document import LineKind
from bot.text.headings import read_line_kind
from bot.text.lines import read_lines


def _bullets(text: str) -> list[str]:
    return [line.text for line in read_lines(text) if line.kind is LineKind.BULLET]


@pytest.mark.parametrize("mark", ["*", "-", "+", "•", "·", "●", "–", "✓", "✔", "➢", "1.", "2)", "\\-", "\\*", "o "])
def test_bullets_come_with_many_marks(mark: str) -> None:
    assert _bullets(f"Needs:\n{mark} Dough\n{mark} Icing") == ["Dough", "Icing"]


def test_a_round_letter_is_a_bullet_only_before_a_capital() -> None:
    assert _bullets("Needs:\no Dough and icing\no 2 years") == ["Dough and icing", "2 years"]
    assert _bullets("Vagas:\no forno da casa") == []


def test_a_hyphen_may_touch_a_capital_or_a_figure() -> None:
    assert _bullets("Needs:\n-Dough\n-4 years of icing\n-all in all") == ["Dough", "4 years of icing"]


def test_an_outer_bullet_that_says_nothing_leaves_the_inner_one() -> None:
    assert _bullets("Needs:\n  *     * A licence\n    * A car") == ["A licence", "A car"]


def test_wrapped_lines_are_joined() -> None:
    text = "We bake bread in the middle of the town for everyone who likes it\nand for those who do not"
    assert [line.text for line in read_lines(text)] == [text.replace("\n", " ")]


def test_a_long_passage_that_stands_twice_is_read_once() -> None:
    passage = "We bake bread in the middle of the town."
    assert len(read_lines(f"{passage}\n\n{passage}")) == 1


def test_a_heading_whose_bold_closes_on_the_next_line_is_a_heading() -> None:
    lines = read_lines("**What you will bake  \n**\n\n  * Bread")
    assert [(line.kind.value, line.text) for line in lines] == [("heading", "What you will bake"), ("bullet", "Bread")]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Minimum Qualification Requirements", LineKind.HEADING),
        ("Responsibilities", LineKind.HEADING),
        ("Experience: not required", LineKind.PROSE),
        ("Company car", LineKind.PROSE),
    ],
)
def test_a_section_s_name_under_which_nothing_stands_is_no_item(name: str, kind: LineKind) -> None:
    assert read_lines(f"Baker\n\nJob Description\n\n{name}\n\n")[-1].kind is kind


def test_a_quoted_list_is_read_as_any_other() -> None:
    lines = read_lines(">### Needs\n>\n>* Dough\n> * **Icing**\n\n> 5 years of baking")
    assert [(line.kind.value, line.text) for line in lines[:3]] == [("heading", "Needs"), ("bullet", "Dough"), ("bullet", "Icing")]
    assert lines[3].text == "> 5 years of baking"


def test_numbers_count_lines_of_the_text() -> None:
    assert [line.number for line in read_lines("## Needs\n\n* Dough", first_number=5)] == [5, 7]


def test_a_label_is_known() -> None:
    assert [line.label for line in read_lines("Location: Lyon\n\nBread is good.")] == ["Location", None]


@given(st.text(alphabet="*-#o \n:.abcA•1)", max_size=300))
def test_any_text_can_be_cut(text: str) -> None:
    numbers = [line.number for line in read_lines(text)]
    assert set(numbers) <= set(range(1, text.count("\n") + 2))
    assert numbers == sorted(numbers) or "   " in text  # columns beside each other are read one after the other


@pytest.mark.parametrize("words", ["A C# application for cooks.", "Req.# 22 is open", "We are #1 in soup"])
def test_hashes_within_a_line_stay(words: str) -> None:
    assert [line.text for line in read_lines(words)] == [words]


def test_lines_that_were_pasted_without_their_breaks_are_parted_again() -> None:
    pasted = (
        "We need a cook for our large kitchen in the old town, at once.Good with people of every kindAble to lift heavy pans all dayHonest "
        "and always on timeKeen to learn new recipes"
    )
    assert [line.text for line in read_lines(pasted)][1:3] == ["Good with people of every kind", "Able to lift heavy pans all day"]


def test_names_with_capitals_inside_part_nothing() -> None:
    text = "We use JavaScript, PostgreSQL, GitHub and PyTorch at MassMutual and AccuWeather, and EvenUp builds on TypeScript. " * 3
    assert len(read_lines(text.strip())) == 1


def test_a_line_that_stops_in_the_middle_goes_on_in_the_next() -> None:
    text = (
        "* Strong functional programming skills, above all in Standard ML,\nOCaml, F# or Haskell, and some experience with C++\n* Patience"
    )
    assert _bullets(text)[0].endswith("Standard ML, OCaml, F# or Haskell, and some experience with C++")


def test_an_address_keeps_its_lines() -> None:
    assert len(read_lines("The Institute of Very Long Names and Other Matters, Research Park,\nCambridge, UK")) == 2


COPIED = """\
Senior Baker
Copper Pan
Easy Apply
Save
About the job
We bake for the whole town.

Benefits
Free bread
Show more
Set alert for similar jobs
About the company
Copper Pan
12,345 followers
"""


def test_the_words_of_a_job_boards_interface_are_left_out() -> None:
    assert [line.text for line in read_lines(COPIED)] == [
        "Senior Baker", "Copper Pan", "About the job", "We bake for the whole town.", "Benefits", "Free bread"
    ]  # fmt: skip


def test_a_posting_that_says_one_of_those_words_keeps_it() -> None:
    assert [line.text for line in read_lines("We bake.\n\nApply now\n\nShow more\n\nAbout the company\n\nWe are old.")][1:3] == [
        "Apply now",
        "Show more",
    ]


def test_a_bullet_whose_mark_stands_on_a_line_of_its_own_takes_the_next_line() -> None:
    assert _bullets("Needs:\n- \nDough and icing\n- \nA clean apron") == ["Dough and icing", "A clean apron"]
    assert _bullets("Bonus:\n- \n\n## Perks\n- Bread") == ["Bread"]


def test_a_long_line_in_which_sections_are_named_is_cut_there() -> None:
    needs = "Requirements: five years in a bakery and a clean apron for every day of the week, also on Sundays and in summer"
    assert [line.text for line in read_lines(f"{needs} Nice to have: some pastry Location: Lyon")] == [
        needs,
        "Nice to have: some pastry",
        "Location: Lyon",
    ]


def test_words_that_lost_the_space_between_them_are_cut_in_a_text_without_line_breaks() -> None:
    pasted = "We need a baker.Good with peopleAble to liftHonest and kindExperience with ExcelAbility to lead a team of bakers"
    assert [line.text for line in read_lines(f"{pasted} in a town by the sea with GitHub and PowerPoint")] == [
        "We need a baker.",
        "Good with people",
        "Able to lift",
        "Honest and kind",
        "Experience with Excel",
        "Ability to lead a team of bakers in a town by the sea with GitHub and PowerPoint",
    ]


def test_stars_between_sentences_are_bullets_that_lost_their_lines() -> None:
    text = "* A sharp eye for dough and people* A good pair of hands* Patience with guests and ovens in every season* A car of your own"
    assert len(read_lines(f"{text}, or a bicycle with a good lock")) == 4


def test_a_section_s_name_and_years_that_stick_to_other_words_are_parted_from_them() -> None:
    text = "We need a cook.About You:Honest and kind3+ years as a cookGood with peopleAble to lift fifty kilos"
    text += "Preferred Qualifications:5 years as a baker of rye bread"
    assert [(line.heading, line.text) for line in read_lines(text)][-2:] == [
        (None, "Preferred Qualifications:"),
        ("Preferred Qualifications", "5 years as a baker of rye bread"),
    ]
    assert "3+ years as a cook" in [line.text for line in read_lines(text)]


def test_a_picture_that_lines_below_each_other_begin_with_marks_bullets() -> None:
    lines = read_lines("Baker\n\n📍 Lyon\n👉 Bakes bread\n👉 Cleans the oven\n🕐 Full-time")
    assert [line.text for line in lines if line.kind is LineKind.BULLET] == ["Bakes bread", "Cleans the oven"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Bonus points!", "preferred"),
        ("Bonus Skills", "preferred"),
        ("Preferred Qualifications", "preferred"),
        ("Warum Dough", "why"),
    ],
)
def test_a_name_that_speaks_to_the_reader_heads_the_paragraphs_below_it(name: str, kind: str | None) -> None:
    body = f"{name}\n\nExperience with rye and wheat and other sorts of corn, and with large ovens.\n\nKnowledge of sourdough in all ways."
    last = [*read_lines(f"We bake.\n\n{body}")][-1]
    assert read_line_kind(last) == kind


def test_items_behind_bullets_in_one_line_are_items_and_what_leads_in_to_them_heads_them() -> None:
    lines = read_lines("You do: • bake bread • clean up. Requirements: • two hands • 1+ year of baking")
    assert [(line.kind, line.text) for line in lines] == [
        (LineKind.HEADING, "You do:"),
        (LineKind.BULLET, "bake bread"),
        (LineKind.BULLET, "clean up."),
        (LineKind.HEADING, "Requirements:"),
        (LineKind.BULLET, "two hands"),
        (LineKind.BULLET, "1+ year of baking"),
    ]
    assert [line.text for line in read_lines("Dough • Lyon • Remote")] == ["Dough • Lyon • Remote"]
    assert [line.text for line in read_lines("What you bring:· Two hands (a must).· A year at an oven")][1:] == [
        "Two hands (a must).",
        "A year at an oven",
    ]
    assert [line.text for line in read_lines("Dough · Lyon · Remote · Full-time")] == ["Dough · Lyon · Remote · Full-time"]
    assert [line.text for line in read_lines("We offer • Rolls • Bread")] == ["We offer", "Rolls", "Bread"]
    each = [f"You bake {bread} for all of our forty shops in the town" for bread in ("rye", "wheat", "corn")]
    assert [line.text for line in read_lines(f"Here is what the day of a baker looks like • {' • '.join(each)}")][1:] == each


def test_sections_in_capitals_within_one_paragraph_are_told_apart() -> None:
    text = "MANDATORY QUALIFICATION CRITERIA: Two hands and a good back. DESIRABLE QUALIFICATION CRITERIA: A year at a large oven."
    found = read_lines(f"{text} And more of what we would like to see: bread of your own, baked at home.")
    assert [line.text.partition(":")[0] for line in found] == ["MANDATORY QUALIFICATION CRITERIA", "DESIRABLE QUALIFICATION CRITERIA"]


def test_names_of_sections_that_words_stick_to_on_both_sides_head_what_follows() -> None:
    glued = (
        "ResponsibilitiesBake bread for all the staff of the townAnswer questions on rollsClean the ovens of the houseRequirements"
        "Two years in a bakeryGood with doughWhat you getFree bread for lifeLong holidays"
    )
    lines = read_lines(f"Baker\n\n{glued}")
    assert [line.text for line in lines if line.kind is LineKind.HEADING] == ["Responsibilities", "Requirements", "What you get"]
    assert [line.text for line in lines if line.heading == "What you get"] == ["Free bread for life", "Long holidays"]


# Line breaks that a text lost when it was copied.

COLUMNS = """Requirements                 Benefits
- Three years at an oven     - Thirty days off
- Rye bread                  - Health insurance
                             - Free rolls

We bake for forty towns."""


def _under(text: str) -> list[tuple[str | None, str]]:
    return [(line.heading, line.text) for line in read_lines(text) if line.kind is not LineKind.HEADING]


def test_two_columns_are_read_below_each_other() -> None:
    assert _under(COLUMNS) == [
        ("Requirements", "Three years at an oven"),
        ("Requirements", "Rye bread"),
        ("Benefits", "Thirty days off"),
        ("Benefits", "Health insurance"),
        ("Benefits", "Free rolls"),
        ("Benefits", "We bake for forty towns."),
    ]


def test_columns_between_tabs_are_read_below_each_other() -> None:
    assert _under("What you will do\tWhat we offer\n• Bake\t• Bread\n• Clean\t• Rolls\n• Sell\t• Rest")[:3] == [
        ("What you will do", "Bake"),
        ("What you will do", "Clean"),
        ("What you will do", "Sell"),
    ]


def test_bullets_beside_each_other_are_items_of_their_own() -> None:
    assert [text for _, text in _under("Skills\n• Rye     • Wheat\n• Spelt   • Oats\n• Salt    • Yeast")] == [
        *("Rye", "Spelt", "Salt"),
        *("Wheat", "Oats", "Yeast"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Location:     Oslo\nSalary:       50,000 EUR\nStart:        May",
        "Company\tBreadly\nPlace\tOslo\nPay\t50,000 EUR",
        "Our bread     is good.\nAll of it     is ours.\nNone of it    is yours.",
        "Requirements     Benefits",
    ],
)
def test_fields_and_talk_with_gaps_are_no_columns(text: str) -> None:
    assert [line.number for line in read_lines(text)] == list(range(1, text.count("\n") + 2))


@pytest.mark.parametrize("mark", ["+", "*", "•", "-"])
def test_a_lead_is_parted_from_the_first_bullet_that_sticks_to_it(mark: str) -> None:
    text = f"What you find here, beside good people:{mark} Meal vouchers\n{mark} Day care"
    assert [line.text for line in read_lines(text)] == ["What you find here, beside good people:", "Meal vouchers", "Day care"]


def test_a_colon_before_a_sign_leads_in_to_nothing_where_no_bullet_follows() -> None:
    assert [line.text for line in read_lines("The oven goes to:- 20 degrees\nNo more.")] == ["The oven goes to:- 20 degrees", "No more."]


def test_a_rate_and_a_range_of_years_end_what_sticks_to_them() -> None:
    text = (
        "We bake bread for forty towns and look for help with all of it every day.Bake good breadClean the ovens"
        "Degree in baking or a related field3-5 years at an ovenStarting pay $25/HrBenefits:Bread every dayAble to lift"
    )
    lines = [line.text for line in read_lines(text)]
    assert "3-5 years at an oven" in lines
    assert "Starting pay $25/Hr" in lines


def test_a_section_s_name_is_parted_from_the_first_bullet_beside_it() -> None:
    assert _under("Required • Five years at an oven\n• Rye\n• Wheat")[0] == ("Required", "Five years at an oven")
    assert read_lines("Rye bread • Five loaves\n• Rolls\n• Cake")[0].text == "Rye bread • Five loaves"
