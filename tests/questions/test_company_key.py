import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.questions.company_names import company_key, company_words


@pytest.mark.parametrize(
    "spellings",
    [
        ("Apple", "Apple Inc", "Apple, Inc.", "APPLE", " apple inc. "),
        ("Turnitin", "Turnitin, LLC"),
        ("Logic20/20", "Logic20/20 Inc.", "logic2020", "Logic 20/20"),
        ("ília", "Ilia", "I\u0301lia"),
        ("Müller", "Muller GmbH & Co. KG", "Müller & Co."),
        ("Abercrombie & Fitch", "Abercrombie and Fitch Co."),
        ("Grupo Sol", "Grupo Sol S.A. de C.V."),
        ("Foo", "Foo Sp. z o.o."),
        ("Siemens", "Siemens A/S", "Siemens AG"),
        ("OpenTable", "Open Table"),
        ("d-Matrix", "D Matrix", "dMatrix"),
        ("Wendy's", "Wendys", "Wendy’s"),
        ("Яндекс", "ЯНДЕКС", "Яндекс ООО"),
        ("腾讯科技", "腾讯科技有限公司"),
        ("トヨタ自動車", "トヨタ自動車株式会社"),
        ("Ødegaard", "odegaard AS"),
        ("ＡＢＣ", "abc"),
    ],
)
def test_spellings_of_one_company_have_one_key(spellings: tuple[str, ...]) -> None:
    assert len({company_key(name) for name in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Apple", "Apple Bank"),
        ("Inc. Magazine", "Magazine"),
        ("Йод", "Иод"),
        ("Ромашка", "Сирень"),
        ("Limited Run", "Run"),
        ("腾讯", "百度"),
        ("कंपनी", "कपन"),
    ],
)
def test_different_companies_keep_different_keys(one: str, other: str) -> None:
    assert company_key(one) != company_key(other)


@pytest.mark.parametrize("name", ["Inc", "LLC", "The Company", "A Co.", "S.A.", "株式会社", "ООО", "& Co", "3"])
def test_a_name_of_nothing_but_legal_forms_keeps_something(name: str) -> None:
    assert company_key(name)


@pytest.mark.parametrize("name", ["", "  ", "!!!", "—"])
def test_a_name_without_letters_and_digits_has_no_key(name: str) -> None:
    assert company_key(name) == ""


@pytest.mark.parametrize("marks", ["\u0301\u0323", "\u0e49", "\u0eb4", "\u20dd", "\uff9e\u0323", "\u3099\u0323"])
def test_marks_heaped_on_a_letter_are_no_part_of_a_key(marks: str) -> None:
    assert len(company_key("Acme" + marks * 2_000)) <= len("Acme") + 10


def test_digits_begin_a_word_of_their_own() -> None:
    assert company_words("Blend360") == ("blend", "360")


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(name: str) -> None:
    key = company_key(name)
    assert company_key(key) == key


@given(st.text(max_size=40))
def test_letters_and_digits_never_vanish_altogether(name: str) -> None:
    assert bool(company_key(name)) or not any(letter.isalnum() for letter in name.replace("ʼ", ""))  # an apostrophe that is a letter
